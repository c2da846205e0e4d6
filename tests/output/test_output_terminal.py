import io
import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from output.output_samples import (
    ANNA,
    HOSTILE,
    LEE,
    client_table,
    every_part,
    month,
    shared_week,
    week,
    weight_chart,
    whole_page,
)
from ptrack.output.cells import Surface, cut, printable, wrap
from ptrack.output.document import (
    Bar,
    Bars,
    Block,
    Chart,
    Column,
    Document,
    Fields,
    Heading,
    Hint,
    Lines,
    MonthText,
    Part,
    Span,
    Style,
    Table,
    TimeGrid,
    line,
)
from ptrack.output.terminal import Terminal, has_colour, page_lines, page_width
from ptrack.output.weeks import place

SNAPSHOTS = Path(__file__).parent / "snapshots"
WIDTHS = (40, 80, 100, 160)


def shown(*parts: Part, width: int = 80, encoding: str = "utf-8", colour: bool = False) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="surrogateescape", newline="\n")
    Terminal(stream, io.StringIO(), width=width, colour=colour).show(Document(parts))
    stream.flush()
    return raw.getvalue().decode(encoding)


def assert_harmless(text: str, width: int) -> None:
    for row in text.splitlines():
        assert cell_len(row) <= width, row
    for character in set(text) - {"\n"}:
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}, repr(character)
        assert unicodedata.bidirectional(character) not in {
            "RLO",
            "LRO",
            "RLE",
            "LRE",
            "PDF",
            "RLI",
            "LRI",
            "FSI",
            "PDI",
        }


@pytest.mark.parametrize("width", [40, 80, 160])
def test_a_page_with_every_part_looks_like_its_snapshot(width: int) -> None:
    text = shown(*whole_page().parts, width=width)
    snapshot = SNAPSHOTS / f"page-{width}.txt"
    if os.environ.get("WRITE_SNAPSHOTS"):
        snapshot.write_text(text, encoding="utf-8")
    assert text == snapshot.read_text(encoding="utf-8")


def test_an_ascii_terminal_gets_ascii_signs() -> None:
    text = shown(*whole_page().parts, encoding="ascii")
    snapshot = SNAPSHOTS / "page-80-ascii.txt"
    if os.environ.get("WRITE_SNAPSHOTS"):
        snapshot.write_text(text, encoding="ascii")
    assert text == snapshot.read_text(encoding="ascii")
    assert text.replace("??????", "").count("?") == 0


@pytest.mark.parametrize("width", [40, 160])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_part_fits_and_is_harmless(text: str, width: int) -> None:
    assert_harmless(shown(*every_part(text), width=width), width)


@pytest.mark.parametrize(("encoding", "width"), [("ascii", 80), ("cp437", 100)])
def test_hostile_text_fits_whatever_the_encoding(encoding: str, width: int) -> None:
    for text in HOSTILE:
        parts = [part for part in every_part(text[:1000]) if not isinstance(part, Chart)]
        assert_harmless(shown(*parts, width=width, encoding=encoding), width)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=120), st.sampled_from(WIDTHS))
def test_any_text_in_every_part_fits_and_is_harmless(text: str, width: int) -> None:
    assert_harmless(shown(*every_part(text), width=width), width)


@settings(deadline=None)
@given(st.text(), st.integers(4, 200), st.integers(0, 20))
def test_wrapping_keeps_every_word_and_every_width(text: str, width: int, hanging: int) -> None:
    text = printable(text)
    lines = wrap(text, width, min(hanging, width // 2))
    assert all(cell_len(row) <= width for row in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@settings(deadline=None)
@given(st.text(), st.integers(0, 50))
def test_a_cut_is_a_beginning_that_fits(text: str, width: int) -> None:
    text = printable(text)
    assert text.startswith(cut(text, width))
    assert cell_len(cut(text, width)) <= width


def test_markup_is_only_text() -> None:
    assert "[red]bold[/red] [/]" in shown(Heading("[red]bold[/red] [/]"))


def test_escape_sequences_are_shown_as_what_they_are() -> None:
    assert shown(Lines([line("\x1b[31mred")])) == " \ufffd[31mred\n"


def test_colour_only_repeats() -> None:
    coloured = shown(*whole_page().parts, colour=True)
    assert "\x1b[31m0\x1b[0m" in coloured
    plain = coloured
    for code in ("0", "1", "2", "31", "32", "33"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert [row.rstrip() for row in plain.splitlines()] == shown(*whole_page().parts).splitlines()


class FakeScreen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm"}, True),
        ({}, True),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1", "TERM": "xterm"}, False),
        ({"NO_COLOR": ""}, True),
    ],
)
def test_colour_is_for_terminals_that_want_it(environment: dict[str, str], *, expected: bool) -> None:
    assert has_colour(FakeScreen(), environment) is expected
    assert not has_colour(io.StringIO(), environment)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [("60", 60), ("5", 20), ("0", 100), ("-3", 100), ("wide", 100), ("", 100), ("99999", 100), ("²", 100)],
)
def test_a_pipe_is_as_wide_as_columns_says_or_100(columns: str, expected: int) -> None:
    assert page_width(io.StringIO(), {"COLUMNS": columns}) == expected


def test_notices_go_to_standard_error_only() -> None:
    out, err = io.StringIO(), FakeScreen()
    terminal = Terminal(out, err, width=40, colour=False)
    terminal.notice("The database was made.")
    terminal.warn("Mail is \x1b[1muncertain.")
    terminal.error("Nothing has that name: Anna Berg, Anders Holm.\nName one in full.")
    assert out.getvalue() == ""
    assert err.getvalue() == (
        " The database was made.\n Mail is \ufffd[1muncertain.\n"
        " Nothing has that name: Anna Berg,\n Anders Holm.\n Name one in full.\n"
    )


def test_a_log_gets_an_error_in_one_piece() -> None:
    err = io.StringIO()
    Terminal(io.StringIO(), err, width=40).error("word " * 40)
    assert err.getvalue().count("\n") == 1


def test_columns_of_high_priority_go_first_and_names_get_an_ellipsis() -> None:
    narrow = shown(client_table(), width=40).splitlines()
    assert narrow[0] == "  No  Client             Status  Credits"
    assert narrow[2] == "  17  Maximiliane von…   paused        0"


def test_numbers_are_never_shortened() -> None:
    table = Table(
        [Column(f"n{i}", f"Number {i}", value=lambda row: row, align="right") for i in range(6)],
        [1_234_567_890],
    )
    text = shown(table, width=40)
    assert text.count("1234567890") == 6
    assert "…" not in text
    assert text.startswith(" Number 0  1234567890\n Number 1  1234567890\n")


def test_wide_letters_keep_the_columns_straight() -> None:
    rows = shown(client_table([ANNA, LEE]), width=80).splitlines()
    ends = {cell_len(row[: row.index(status)]) for row, status in zip(rows[1:3], ["active"] * 2, strict=True)}
    assert len(ends) == 1


def test_an_empty_table_says_what_to_do() -> None:
    assert shown(client_table([])) == " No clients yet. Add one: ptrack clients add 'Anna Berg'\n"


def test_a_heading_with_no_room_puts_its_aside_below() -> None:
    text = shown(Heading("A long heading over the page", "and a long aside"), width=40)
    assert text == " A long heading over the page\n and a long aside\n"


def test_the_aside_ends_where_the_page_does() -> None:
    assert shown(Heading("Friday", "3 appointments"), width=160).splitlines()[0].endswith("3 appointments")
    assert len(shown(Heading("Friday", "3 appointments"), width=160).splitlines()[0]) == 79


def test_fields_without_a_value_are_left_out() -> None:
    assert shown(Fields([("Email", "a@b.c"), ("Phone", "")])) == " Email  a@b.c\n"
    assert shown(Fields([("Phone", "")], title="Contact")) == ""


def test_styles_stay_with_their_words_when_a_line_wraps() -> None:
    words = line("plain words before ", Span("strong words that go on and on", Style.STRONG), " and after")
    lines = page_lines([Lines([words])], Surface(30))
    strong = " ".join(span.text for row in lines for span in row if span.style == Style.STRONG)
    assert strong.split() == ["strong", "words", "that", "go", "on", "and", "on"]


def test_hints_line_up_and_are_never_shortened() -> None:
    hints = (Hint("ptrack close tue", "close"), Hint("ptrack packages sell anna-lena --sessions 10", "renew"))
    assert shown(*hints).splitlines()[0] == " close  ptrack close tue"
    assert shown(*hints, width=40).splitlines() == [
        " close",
        "   ptrack close tue",
        " renew",
        "   ptrack packages sell anna-lena",
        "     --sessions 10",
    ]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -5.0, 0.0])
def test_a_bar_without_a_length_is_only_its_note(value: float) -> None:
    text = shown(Bars("", [Bar("Solo", value, "none"), Bar("Led", 2, "2")]))
    assert text.splitlines()[0] == " Solo  none"


def test_bars_have_the_lengths_of_their_values() -> None:
    text = shown(Bars("", [Bar("a", 30), Bar("b", 15), Bar("c", 0.001)]), encoding="ascii")
    assert [row.count("#") for row in text.splitlines()] == [40, 20, 1]


def test_a_week_fits_eighty_columns_and_becomes_a_list_below_seventy() -> None:
    assert "[Fri 20]" in shown(week(), width=80).splitlines()[0]
    assert shown(week(), width=68).splitlines()[0] == " Mon 16"
    assert "   10:20 ── now ──" in shown(week(), width=40).splitlines()


def marks_of(rows: list[str]) -> int:
    return sum(row.count("/MA") for row in rows)


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_the_weeks_of_several_trainers_look_like_their_snapshots(width: int) -> None:
    parts: list[Part] = []
    for trainers, is_crowded in ((2, False), (2, True), (6, True), (12, True)):
        title = f"{trainers} trainers, {'crowded' if is_crowded else 'one after the other'}"
        parts += [Heading(title), shared_week(trainers, is_crowded=is_crowded)]
    text = shown(*parts, width=width)
    snapshot = SNAPSHOTS / f"trainers-{width}.txt"
    if os.environ.get("WRITE_SNAPSHOTS"):
        snapshot.write_text(text, encoding="utf-8")
    assert text == snapshot.read_text(encoding="utf-8")


def test_trainers_stand_side_by_side_where_there_is_room() -> None:
    rows = shown(shared_week(2), width=160).splitlines()
    assert rows[1].split() == ["Maya", "Olof"] * 2 + ["Maya", "Olof", "off"] + ["Maya", "Olof"] * 4
    assert marks_of(rows) == 0
    rows = shown(shared_week(3), width=200).splitlines()
    assert rows[1].split()[:3] == ["Maya", "Olof", "Fio"]


def test_trainers_share_a_grid_by_their_marks_as_long_as_none_hides() -> None:
    rows = shown(shared_week(2), width=80).splitlines()
    assert rows[1].split() == ["off/OL"]
    assert any("/MA Maya Lindqvist   /OL Olof Lindqvist" in row for row in rows)
    assert "o Ben…/MA" in rows[2]
    rows = shown(shared_week(2, is_crowded=True), width=80).splitlines()
    assert marks_of(rows) == 0
    assert rows[1].split() == ["Maya", "Lindqvist", "Olof", "Lindqvist"]


@given(st.integers(2, 12), st.integers(40, 220), st.booleans())
@settings(deadline=None, max_examples=60)
def test_of_several_trainers_nothing_hides_at_any_width(trainers: int, width: int, is_crowded: bool) -> None:
    text = shown(shared_week(trainers, is_crowded=is_crowded), width=width)
    assert_harmless(text, width)
    assert sum(row.count(" x4") for row in text.splitlines()) == trainers
    assert "+1" not in text


def test_a_text_goes_up_to_its_neighbour_where_that_is_free() -> None:
    days = week().days[:3]
    group = Block(0, 540, 600, "o", ("Group",), tail=" x4")
    alone = shown(TimeGrid(days, [group]), width=36).splitlines()
    assert "o Group x4" in alone[1]
    beside = shown(TimeGrid(days, [group, group._replace(day=1)]), width=36).splitlines()
    assert beside[1].split("o ")[1:] == ["Group   ", "Group x4"]
    assert "| x4      |" in beside[2]


def test_texts_are_joined_or_wrapped_to_fit_their_rows() -> None:
    def rows(block: Block, width: int = 36) -> list[str]:
        return shown(TimeGrid(week().days[:1], [block]), width=width).splitlines()[1:]

    four = ("Anna", "4 left", "Nord", "Upper A")
    assert rows(Block(0, 540, 600, "o", four)) == [" 09   o Anna, 4 left, Nord", "      | Upper A"]
    assert rows(Block(0, 540, 600, "o", four), 20) == [" 09   o Anna, 4 left", "      | Nord"]
    names = ("Legs", "Anna, Ben, Cleo, Dana and Emil")
    assert rows(Block(0, 540, 630, "o", names), 30) == [
        " 09   o Legs",
        "      | Anna, Ben, Cleo, Dana",
        " 10   | and Emil",
    ]


def test_an_empty_week_teaches() -> None:
    assert (
        shown(TimeGrid(week().days, [], empty="No appointments this week."))
        == " No appointments this week.\n"
    )


def test_overlapping_blocks_stand_side_by_side_or_are_counted() -> None:
    assert "o Cleo +1" in shown(week(), width=80)
    wide = next(row for row in shown(week(), width=160).splitlines() if "o Cleo" in row)
    assert "o :15 Dana" in wide


def test_blocks_that_touch_do_not_overlap() -> None:
    first, second = Block(0, 420, 495, "o", ["A"]), Block(0, 495, 555, "o", ["B"])
    assert [(item.lanes, item.hidden) for item in place([first, second], 3)] == [(1, 0), (1, 0)]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(-100, 1600), st.integers(0, 1600)), max_size=12),
    st.integers(1, 4),
)
def test_every_block_is_placed_or_counted_and_none_covers_another(
    spans: Sequence[tuple[int, int]], lanes: int
) -> None:
    blocks = [Block(0, start, start + length, "o", ["x"]) for start, length in spans]
    placed = place(blocks, lanes)
    assert len(placed) + sum(item.hidden for item in placed) == len(blocks)
    taken = [(item.lane, row) for item in placed for row in range(item.first_row, item.end_row)]
    assert len(taken) == len(set(taken))
    assert all(item.lane < item.lanes <= lanes for item in placed)


def test_a_month_counts_what_it_has_no_room_for() -> None:
    crowded = month()
    day = crowded.days[10]
    full = type(day)(day.date, [MonthText(f"{n:02d} Ben") for n in range(9)])
    text = shown(type(crowded)(crowded.weekday_labels, [full, *crowded.days[1:7]]))
    assert "+4 more" in text
    assert "05 Ben" not in text
    assert "04 Ben" in text


def test_a_narrow_month_lists_the_days_that_hold_something() -> None:
    rows = shown(month(), width=40).splitlines()
    assert rows[0] == " Tue 27"
    assert "[Fri 20]" in rows


def test_a_chart_draws_points_and_lines_with_different_marks() -> None:
    text = shown(weight_chart(), encoding="ascii", width=60)
    legend = next(row for row in text.splitlines() if "trend" in row)
    assert legend == " o weight   . trend   - goal"
    picture = text[: text.index(legend)]
    assert all(picture.count(mark) > 3 for mark in "o.-")


def test_a_chart_without_numbers_says_so() -> None:
    chart = weight_chart()
    nothing = type(chart.series[0])("weight", [(chart.series[0].points[0][0], float("nan"))])
    text = shown(Chart("Weight", "kg", [nothing], empty="No entries yet."))
    assert text == " Weight (kg)\n No entries yet.\n"


@pytest.mark.parametrize(
    "values", [[5.0], [5.0, 5.0], [1e12 - 1, -1e12 + 1], [1e-9, 2e-9], [float("inf"), 1.0]]
)
def test_a_chart_takes_few_flat_and_strange_values(values: list[float]) -> None:
    start = weight_chart().series[0].points[0][0]
    series = weight_chart().series[0]
    chart = Chart("x", "", [type(series)("a", [(start, value) for value in values])])
    for width in WIDTHS:
        assert_harmless(shown(chart, width=width), width)


def test_many_points_are_thinned_to_two_a_column() -> None:
    from ptrack.output.scales import points_to_draw

    many = weight_chart(count=20_000).series[0]
    drawn = points_to_draw(many, 70)
    assert len(drawn) <= 140
    values = [value for _, value in many.points]
    assert {min(values), max(values)} <= {value for _, value in drawn}


def test_a_line_never_ends_inside_quotes_or_before_the_formula_of_a_figure() -> None:
    from ptrack.output.cells import wrap

    assert wrap("Book it: ptrack book anna 'tue 10:00' --place Nord", 33) == [
        "Book it: ptrack book anna",
        "'tue 10:00' --place Nord",
    ]
    assert wrap("3 x 5, e1RM 116.7 (Epley)", 20) == ["3 x 5, e1RM", "116.7 (Epley)"]
    assert wrap("'one long quoted text'", 10) == ["'one long", "quoted", "text'"]
