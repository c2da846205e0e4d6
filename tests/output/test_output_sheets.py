"""Training sheets on paper: a week a page, boxes for each set, nothing cut that is a number."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from harness import Run
from output.output_samples import HOSTILE
from ptrack.output import sheet_pages
from ptrack.output.paper import LINE_MM, MARGIN_MM
from ptrack.output.pdf import Pdf, PdfWriter
from ptrack.output.sheets import SheetDay, SheetGroup, SheetLine, Sheets, SheetSection, SheetWeek

CREATED = datetime(2026, 11, 20, 10, 20, tzinfo=UTC)
SQUAT = SheetLine(
    "Back Squat",
    [SheetGroup(2, "5", ["40 kg"], is_warmup=True), SheetGroup(5, "5", ["102.5 kg"], "8")],
    rest="2min",
    notes=["+2.5 kg when all reps are done"],
)
BENCH = SheetLine("Bench Press", [SheetGroup(4, "6\u20138", ["75 %", "82.5 kg"], "8.5")], "A1")
PULL = SheetLine("Pull-Up", [SheetGroup(3, "8", ["bw +12.5 kg"])], "A2")
DAY = SheetDay("Upper A", [SheetSection("Main", [SQUAT, BENCH, PULL])])


WARM_UP = SheetSection(
    "Warm-up",
    [
        SheetLine("Row Machine", [SheetGroup(1, "5min", effort="4")]),
        SheetLine("Band Pull-Apart", [SheetGroup(2, "15")], rest="30s", notes=["slowly"]),
    ],
    is_brief=True,
)
ACCESSORY = SheetSection(
    "Accessory",
    [
        SheetLine("Dumbbell Curl", [SheetGroup(3, "10\u201312", effort="9", is_load_open=True)], "A1"),
        SheetLine(
            "Plank", [SheetGroup(3, "8\u201312 each side", ["bodyweight"], "9.5")], "A2", rest="1min 30s"
        ),
    ],
)
FULL_DAY = SheetDay("Upper A", [WARM_UP, SheetSection("Main", [SQUAT, BENCH, PULL]), ACCESSORY])
ROOMY, TIGHT, NARROW, BROKEN = range(4)
EXAMPLES = Path(__file__).parents[2] / "examples" / "programs"
LAYOUTS = sheet_pages._LAYOUTS
_PT_PER_MM = 72 / 25.4
_BOTTOM_PT = (MARGIN_MM + LINE_MM) * _PT_PER_MM


def sheets(days: list[SheetDay], weeks: int = 1, title: str = "Upper/Lower", client: str = "Anna") -> Sheets:
    week = [SheetWeek(f"Week {number} of {weeks}", days) for number in range(1, weeks + 1)]
    return Sheets(title, client, "Studio Nord", "strength", week)


def rendered(made: Sheets, logo: Path | None = None) -> Pdf:
    return PdfWriter(logo, footer="Studio Nord", author="Studio Nord", created=CREATED).render_sheets(made)


def pages(pdf: Pdf) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages]


def boxes(pdf: Pdf) -> int:
    """How many rectangles are drawn on the pages: one to tick for each set."""
    found = PdfReader(io.BytesIO(pdf.content)).pages
    contents = [page.get_contents() for page in found]
    return sum(bytes(each.get_data()).count(b" re S") for each in contents if each is not None)


def test_a_page_holds_the_plan() -> None:
    (page,) = pages(rendered(sheets([DAY])))
    for piece in (
        "Anna", "Upper/Lower", "Week 1 of 1", "Studio Nord", "Upper A", "Back Squat", "102.5 kg", "6\u20138",
        "82.5 kg", "bw +12.5 kg", "8.5", "2min", "A1", "A2", "when all reps are done", "page 1 of 1",
    ):  # fmt: skip
        assert piece in page


def test_every_set_has_its_box() -> None:
    assert boxes(rendered(sheets([DAY]))) == 2 + 5 + 4 + 3


def test_of_very_many_sets_twelve_have_boxes_and_the_others_are_counted() -> None:
    line = SheetLine("Kettlebell Swing", [SheetGroup(99, "10", ["24 kg"])])
    pdf = rendered(sheets([SheetDay("A", [SheetSection("Main", [line])])]))
    assert boxes(pdf) == 12
    assert "+ 87" in pages(pdf)[0]


def test_each_week_begins_a_page() -> None:
    found = pages(rendered(sheets([DAY], weeks=104)))
    assert len(found) == 104
    assert all(f"Week {number} of 104" in page for number, page in enumerate(found, 1))


def test_a_day_stays_on_one_page_and_the_next_one_has_the_heading() -> None:
    days = [SheetDay(f"Day {number}", [*DAY.sections] * 3) for number in range(1, 15)]
    found = pages(rendered(sheets(days)))
    assert len(found) > 3
    assert all("Week 1 of 1" in page and "Anna" in page for page in found)
    assert not any("goes on" in page for page in found)


def test_a_day_longer_than_a_page_goes_on_by_name() -> None:
    found = pages(rendered(sheets([SheetDay("Everything", [*DAY.sections] * 20)])))
    assert all("Everything (goes on)" in page for page in found[1:])
    assert len(found) > 2


def test_long_names_are_wrapped_and_numbers_whole() -> None:
    name = "Maximilian-Alexander von und zu Hohenlohe-Langenburg the Younger of Waldenburg"
    line = SheetLine(
        name, [SheetGroup(12, "9,999 each side", ["bw +1,000.25 kg"], "10")], "A1", "1:02:03", [name]
    )
    day = SheetDay(f"{name} {name}", [SheetSection("Main", [line])])
    (page,) = pages(rendered(sheets([day], title=f"{name} {name}", client=name)))
    text = " ".join(page.split())
    for word in (*name.split(), "9,999", "1,000.25", "1:02:03"):
        assert word in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_on_the_page(text: str) -> None:
    line = SheetLine(
        text, [SheetGroup(3, text[:50], [text[:50]], text[:5])], text[:2], text[:9], [text[:300]]
    )
    pdf = rendered(sheets([SheetDay(text, [SheetSection(text[:80], [line])])], title=text, client=text))
    assert pages(pdf)


def test_a_sign_that_no_font_has_is_told() -> None:
    assert rendered(sheets([DAY], client="李小龍")).missing == ("李", "小", "龍")


def test_the_logo_stands_on_each_page_in_place_of_the_name(tmp_path: Path) -> None:
    from PIL import Image

    logo = tmp_path / "logo.png"
    Image.new("RGB", (300, 90), (28, 93, 118)).save(logo)
    found = PdfReader(io.BytesIO(rendered(sheets([DAY], weeks=2), logo).content)).pages
    assert [len(page.images) for page in found] == [1, 1]


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert rendered(sheets([DAY])).content == rendered(sheets([DAY])).content


def only(monkeypatch: pytest.MonkeyPatch, layout: int) -> None:
    """Let there be one layout to choose."""
    monkeypatch.setattr(sheet_pages, "_LAYOUTS", [LAYOUTS[layout]])


def texts(days: list[SheetDay]) -> Iterator[str]:
    """Whatever is planned on these days."""
    for day in days:
        yield day.name
        for section in day.sections:
            yield section.caption
            for line in section.lines:
                yield from (line.name, line.superset, line.rest, *line.notes)
                for group in line.groups:
                    yield from (f"{group.sets} \u00d7 {group.amount}", *group.load, group.effort)


@pytest.mark.parametrize("layout", [ROOMY, TIGHT, NARROW])
def test_every_layout_has_the_same_words_and_boxes(layout: int, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, layout)
    days = [FULL_DAY, FULL_DAY._replace(name="Lower A")]
    pdf = rendered(sheets(days))
    (page,) = pages(pdf)
    assert [word for text in texts(days) for word in text.split() if word not in page] == []
    assert boxes(pdf) == 2 * sum(group.sets for _, group in groups(FULL_DAY))


def groups(day: SheetDay) -> Iterator[tuple[SheetLine, SheetGroup]]:
    for section in day.sections:
        for line in section.lines:
            yield from ((line, group) for group in line.groups)


def test_a_week_becomes_tight_and_then_two_columns_before_it_takes_two_pages() -> None:
    counts = [len(pages(rendered(sheets([FULL_DAY] * days)))) for days in range(1, 9)]
    assert counts[:5] == [1] * 5
    assert counts[-1] > 1
    assert all(before <= after for before, after in pairwise(counts))


def test_a_week_that_fits_roomily_is_drawn_so(monkeypatch: pytest.MonkeyPatch) -> None:
    made = sheets([FULL_DAY])
    chosen = rendered(made).content
    only(monkeypatch, ROOMY)
    assert rendered(made).content == chosen
    only(monkeypatch, TIGHT)
    assert rendered(made).content != chosen


@pytest.mark.parametrize("layout", [ROOMY, TIGHT, NARROW])
def test_a_long_name_of_a_day_stands_above_the_titles(layout: int, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, layout)
    name = "Monday with a rather long name for a day"
    (short,) = PdfReader(io.BytesIO(rendered(sheets([FULL_DAY])).content)).pages
    (long,) = PdfReader(io.BytesIO(rendered(sheets([FULL_DAY._replace(name=name)])).content)).pages
    assert lowest(long) < lowest(short) - 10


def test_a_day_goes_on_in_the_second_column_between_exercises_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, BROKEN)
    (page,) = pages(rendered(sheets([FULL_DAY])))
    begun, rest = page.split("Upper A (goes on)")
    assert "Squat" in begun
    assert not re.search("Squat|warm-up|102.5", rest)
    assert ("A1" in rest) == ("A2" in rest)


@pytest.mark.parametrize(
    "template",
    ["Upper/Lower", "Push/Pull/Legs", "Full Body", "5x5 Strength", "Yoga Foundations", "Conditioning Base"],
)
def test_each_week_of_a_built_in_template_is_one_page(template: str, run: Run, tmp_path: Path) -> None:
    made = run("programs", "show", template, "--pdf", str(tmp_path / "t.pdf"), "--json").json
    found = PdfReader(tmp_path / "t.pdf").pages
    assert len(found) == made["weeks"]


@pytest.mark.parametrize("example", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_each_week_of_an_example_is_one_page(example: Path, run: Run, tmp_path: Path) -> None:
    verb = ("programs", "new") if example.suffix == ".txt" else ("import", "programs")
    run(*verb, str(example), "--create")
    newest = max(each["id"] for each in run("programs", "templates", "--json").json)
    made = run("programs", "show", str(newest), "--pdf", str(tmp_path / "e.pdf"), "--json").json
    assert len(PdfReader(tmp_path / "e.pdf").pages) == made["weeks"]


WORDS = st.text("abcdef ghij", min_size=1, max_size=60).filter(str.strip)
GROUPS = st.builds(
    SheetGroup,
    sets=st.integers(1, 14),
    amount=st.sampled_from(["5", "8\u201312", "45s each side", "2000m in 8:15"]),
    load=st.sampled_from([(), ("bodyweight",), ("82.5 %", "bw +112.25 kg")]),
    effort=st.sampled_from(["", "8.5"]),
    is_warmup=st.booleans(),
    is_load_open=st.booleans(),
)
LINES = st.builds(
    SheetLine,
    name=WORDS,
    groups=st.lists(GROUPS, min_size=1, max_size=3),
    superset=st.sampled_from(["", "A1", "A2", "B1"]),
    rest=st.sampled_from(["", "2min 30s"]),
    notes=st.lists(WORDS, max_size=3),
)
SECTIONS = st.builds(
    SheetSection,
    caption=st.sampled_from(["Warm-up", "Main", "Accessory"]),
    lines=st.lists(LINES, min_size=1, max_size=4),
    is_brief=st.booleans(),
)
DAYS = st.lists(
    st.builds(SheetDay, name=WORDS, sections=st.lists(SECTIONS, min_size=1, max_size=3)),
    min_size=1,
    max_size=7,
)


def heights(content: str) -> Iterator[float]:
    """How far above the lower edge of the page the boxes, lines and texts on it stand, in points."""
    for y, height in re.findall(r"(\S+) \S+ (\S+) re", content):
        yield float(y) + min(float(height), 0.0)
    for y, end in re.findall(r"(\S+) m \S+ (\S+) l S", content):
        yield min(float(y), float(end))
    for y in re.findall(r"BT \S+ (\S+) Td", content):
        yield float(y)


def lowest(page: PageObject) -> float:
    """How far above the lower edge the lowest thing stands, but for the two texts of the footer."""
    content = page.get_contents()
    assert content is not None
    return sorted(heights(bytes(content.get_data()).decode("latin-1")))[2]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DAYS)
def test_nothing_is_drawn_below_the_bottom_margin(days: list[SheetDay]) -> None:
    pdf = rendered(sheets(days))
    expected = sum(min(group.sets, 12) for day in days for _, group in groups(day))
    assert boxes(pdf) == expected
    for page in PdfReader(io.BytesIO(pdf.content)).pages:
        assert lowest(page) + 0.01 >= _BOTTOM_PT
