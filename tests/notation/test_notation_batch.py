"""A note of many workouts: how people date them, and what is told of what cannot be read."""

import random
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.errors import NotationError
from ptrack.naming import Named, resolve
from ptrack.notation.batch import Batch, has_dates, parse_batch
from ptrack.notation.printing import print_workout
from ptrack.vocabulary import Unit

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 10, 20)  # a Friday
NAMES = [
    Named(number, name)
    for number, name in enumerate(
        ("Bench Press", "Back Squat", "Pull-Up", "Friday Finisher", "Sun Salutation", "Deadlift"), 1
    )
]
BENCH = "Bench Press: 3x5 100kg"


def number_of(name: str) -> int:
    return resolve(name, NAMES, "exercise").id


def read(text: str) -> Batch[int]:
    return parse_batch(text, unit=Unit.KG, zone=BERLIN, now=NOW, resolve=number_of)


def told(text: str) -> list[str]:
    with pytest.raises(NotationError) as caught:
        read(text)
    return [line for line in caught.value.details.splitlines() if line.startswith("-:")]


def the_one(head: str) -> tuple[str, str | None]:
    (workout,) = read(f"{head}\n{BENCH}\n").workouts
    return f"{workout.local:%Y-%m-%d %H:%M}", workout.title


@pytest.mark.parametrize(
    ("head", "local", "title"),
    [
        ("2026-11-18", "2026-11-18 12:00", None),
        ("2026-11-18T18:30", "2026-11-18 18:30", None),
        ("2026/11/18 7am", "2026-11-18 07:00", None),
        ("18.11.", "2026-11-18 12:00", None),
        ("18.11", "2026-11-18 12:00", None),
        ("18.11.26", "2026-11-18 12:00", None),
        ("18.11.2026 18:30", "2026-11-18 18:30", None),
        ("18. 11. 2026, 18.30 Uhr", "2026-11-18 18:30", None),
        ("Wed 18 Nov", "2026-11-18 12:00", None),
        ("Wednesday, 18th of November", "2026-11-18 12:00", None),
        ("Mi 18. Nov", "2026-11-18 12:00", None),
        ("18-Nov-26", "2026-11-18 12:00", None),
        ("18 Nov 2026, 7am", "2026-11-18 07:00", None),
        ("Nov 18, 2026 at 7:15 pm", "2026-11-18 19:15", None),
        ("November 18th", "2026-11-18 12:00", None),
        ("Tuesday", "2026-11-17 12:00", None),
        ("Fri", "2026-11-20 12:00", None),
        ("yesterday 18h30", "2026-11-19 18:30", None),
        ("--- 18/11 ---", "2026-11-18 12:00", None),
        ("=== 11/18/2026 ===", "2026-11-18 12:00", None),
        ("• 18/11/26: Legs", "2026-11-18 12:00", "Legs"),
        ("1. 18.11. Legs", "2026-11-18 12:00", "Legs"),
        ("18.11. Upper A", "2026-11-18 12:00", "Upper A"),
        ("Mon 18:00 Legs", "2026-11-16 18:00", "Legs"),
        ("Mon 16.11. \u2013 Legs, 7am", "2026-11-16 07:00", "Legs"),
        ("**Mon 16.11.**  Legs", "2026-11-16 12:00", "Legs"),
        ("[16.11.2026] Legs # tired", "2026-11-16 12:00", "Legs"),
        ("(Monday)", "2026-11-16 12:00", None),
        ("\u00a0Mon\u00a016.11.\t18:00\u00a0Legs", "2026-11-16 18:00", "Legs"),
        ("3.10.", "2026-10-03 12:00", None),
    ],
)
def test_a_date_is_written_in_many_ways(head: str, local: str, title: str | None) -> None:
    assert has_dates(head)
    assert the_one(head) == (local, title)


@pytest.mark.parametrize(
    "text",
    [
        BENCH,
        "Friday finisher: 3x10 5kg",
        "Sun Salutation: 3x5",
        "5/3/1 Bench: 3x5 100",
        "1/2 Squat: 3x5 100kg",
        "10.12 km run",
        "2.5 km run",
        "1. Bench Press: 3x5",
        "today 5x5 squats",
        "# monday",
        "",
    ],
)
def test_a_text_without_dates_is_one_workout(text: str) -> None:
    assert not has_dates(text)


def test_the_time_of_a_range_is_its_length() -> None:
    (workout,) = read(f"16.11. 18:00\u201319:10 Legs\n{BENCH}").workouts
    assert (workout.duration_min, workout.title, workout.has_hour) == (70, "Legs", True)


def test_what_phones_put_around_lines_does_not_count() -> None:
    plain = read("16.11.\nBench Press: 3x5 100kg\nPull-Up: 3x8 bw\nBack Squat: 5,5,4 80")
    bench, pull = "• Bench Press: 3\u00d75 100kg", "- [x] Pull\u2013Up: 3x8\u00a0bw"
    note = f"16.11.\r\n{bench}\r\n{pull}\r\n2) \u201cBack Squat\u201d: 5,5,4 80\r\n"
    lines = read(note).workouts[0].lines
    assert [(line.exercise, line.groups) for line in lines] == [
        (line.exercise, line.groups) for line in plain.workouts[0].lines
    ]


def test_dates_behind_hashes_are_headings_where_all_stand_so() -> None:
    note = f"# Anna\n## Mon 16.11. Legs\n{BENCH}\n# a remark\n## 18 Nov\n{BENCH}"
    assert [(each.local.day, each.title) for each in read(note).workouts] == [(16, "Legs"), (18, None)]
    (workout,) = read(f"16.11.\n# 17.11. was too much\n{BENCH}\n# 18.11.").workouts
    assert workout.local.day == 16


def test_sections_and_an_exercise_behind_the_date_belong_to_their_workout() -> None:
    batch = read("16.11.: Bench: 3x5 60; squat: 3x5 100\n[warm-up]\nPull-Up: 1x5\n17.11.\nBench: 3x5")
    assert [[line.section for line in workout.lines] for workout in batch.workouts] == [
        ["main", "main", "warm_up"],
        ["main"],
    ]


def test_a_year_once_said_carries_on_both_ways() -> None:
    heads = ["28.12.2025", "4.1.", "Tue 6 Jan", "2.1."]
    found = [
        f"{each.local:%Y-%m-%d}" for each in read("\n".join(f"{head}\n{BENCH}" for head in heads)).workouts
    ]
    assert found == ["2025-12-28", "2026-01-04", "2026-01-06", "2026-01-02"]


def test_weekdays_behind_a_date_go_on_from_it() -> None:
    heads = ["2.11.", "Wed", "Fri", "Mon"]
    found = [each.local.day for each in read("\n".join(f"{head}\n{BENCH}" for head in heads)).workouts]
    assert found == [2, 4, 6, 9]


@pytest.mark.parametrize(
    ("heads", "days"),
    [
        (["3/4/2026", "13/4/2026"], ["2026-04-03", "2026-04-13"]),
        (["4/3/2026", "4/13/2026"], ["2026-04-03", "2026-04-13"]),
        (["Wed 4/11", "6/11"], ["2026-11-04", "2026-11-06"]),
        (["Wed 11/4", "11/6"], ["2026-11-04", "2026-11-06"]),
        (["5/5/2026"], ["2026-05-05"]),
    ],
)
def test_the_order_of_day_and_month_is_settled_over_the_whole_text(heads: list[str], days: list[str]) -> None:
    text = "\n".join(f"{head}\n{BENCH}" for head in heads)
    assert [f"{each.local:%Y-%m-%d}" for each in read(text).workouts] == days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"3/4\n{BENCH}", "-:1:1: whether 3/4 begins with the day or the month cannot be told"),
        (f"31.2.\n{BENCH}", "-:1:1: 31.2. is no day of the calendar"),
        (f"0.11.2026\n{BENCH}", "-:1:1: 0.11.2026 is no day of the calendar"),
        (
            f"18.12.\n{BENCH}",
            "-:1:1: 18.12. may be 2026-12-18, which lies ahead, or 2025-12-18; write its year",
        ),
        (f"2026-11-21\n{BENCH}", "-:1:1: 2026-11-21 is Sat 2026-11-21, which lies ahead"),
        (f"today 18:00\n{BENCH}", "-:1:1: 2026-11-20 18:00 lies ahead"),
        (f"Tue 18 Nov\n{BENCH}", "-:1:1: 2026-11-18 is a Wednesday, not what Tue 18 Nov says"),
        (f"18.11. 25:00\n{BENCH}", "-:1:8: 25:00 is no hour; write 18:30 or 7am"),
        (f"18.11. 13pm\n{BENCH}", "-:1:8: 13pm is no hour"),
        (f"29.3.2026 02:30\n{BENCH}", "-:1:1: 2026-03-29 02:30 does not exist in Europe/Berlin"),
        (f"Mon\n{BENCH}\nMon\n{BENCH}", "-:3:1: Mon stands here a second time (first in line 1)"),
        ("18.11.\n\n17.11.\n" + BENCH, "-:1:1: no exercise stands under 18.11."),
        (f"Anna\n18.11.\n{BENCH}", "-:1:1: Anna stands before the first date; to keep it as a remark"),
        ("18.11.\n- Bench 3x5 100", "-:2:8: a colon is missing behind Bench; write Bench: 3x5 100"),
        ("18.11.\nBench w 1x5 60, 3x5 100", "-:2:6: a colon is missing behind Bench; write Bench: w 1x5"),
        (
            "18.11.\nBnech 3x5 100",
            '-:2:1: Bnech 3x5 100 has no colon behind an exercise. No exercise is called "Bnech"',
        ),
        (
            "18.11.\nB 3x5 100",
            '-:2:1: B 3x5 100 has no colon behind an exercise. Two exercises begin with "B"',
        ),
        (
            "18.11.\nfelt tired",
            "-:2:1: felt tired is no exercise line; to keep it as a remark, put a # before it",
        ),
        ("18.11.\n3x5 100", "-:2:1: 3x5 100 has no exercise before it"),
        ("18.11.\nWarm-up:\nBench: 3x5", "-:2:1: a section is written [warm-up]"),
        (
            "18.11.\nBench Press\n3x5 100kg\n1x10 60",
            "-:2:12: an exercise and its sets stand on one line, a colon between; write Bench Press: 3x5",
        ),
        ("18.11.\nBench Press\nPull-Up: 3x8", "-:2:12: sets are missing behind Bench Press"),
    ],
)
def test_a_mistake_is_told_at_its_place_with_what_to_write(text: str, expected: str) -> None:
    (found,) = told(text)
    assert found.startswith(expected)


def test_all_mistakes_are_told_in_one_go_in_order() -> None:
    places = [
        line.split(": ")[0] for line in told("31.2.\nBench: 3x5 100kgs\nFri\nBench 3x5 80x\n17.11. 24:00\nx")
    ]
    assert places == ["-:1:1", "-:2:15", "-:4:6", "-:4:13", "-:5:8", "-:6:1"]


def test_the_line_is_offered_as_it_reads() -> None:
    (mistake,) = told("18.11.\nBench 3x5 100kg @8")
    offered = mistake.partition("write ")[2]
    (workout,) = read(f"18.11.\n{offered}").workouts
    assert print_workout(workout.lines, Unit.KG) == "Bench: 3x5 100kg @8\n"


def test_an_hour_that_comes_twice_is_the_first_and_said_so() -> None:
    batch = read(f"25.10.2026 02:30\n{BENCH}")
    assert batch.workouts[0].instant.hour == 0
    assert "comes twice in Europe/Berlin" in batch.notices[0]


def test_the_whole_text_has_the_limit_of_any_text() -> None:
    (found,) = told("18.11.\n" + "# x\n" * 20_000)
    assert found.startswith("-:1:1: the text has 80,007 bytes; the limit is 64 KiB")


NOTE = f"""Tue 17 Nov 18:00\u201319:15 Upper A
\u2022 Bench Press: w 1x5 60, 3\u00d75 100kg @8 # elbows
- [x] Pull-Up: 3x8 bw

18/11/2026 \u2014 Legs, 7am
1. Back Squat: 5,5,4 120; \u201cDeadlift\u201d: 1x5 140
[cool-down]
Sun Salutation: 3x45s
yesterday: {BENCH}
"""
BITS = [
    *[
        "\n",
        " ",
        "\t",
        "\u00a0",
        ":",
        ";",
        ",",
        ".",
        "/",
        "-",
        "#",
        '"',
        "\u201c",
        "[",
        "]",
        "(",
        ")",
        "*",
        "**",
    ],
    *[
        "18.11.",
        "2026-11-18",
        "31.2.",
        "3/4",
        "13/4/26",
        "Mon",
        "Sun",
        "yesterday",
        "Nov 18",
        "99.99.",
        "0000-00-00",
    ],
    *[
        "25:00",
        "7am",
        "18:00-19:00",
        "24:61",
        "3x5",
        "100kg",
        "skip",
        "Bench",
        "\u202e",
        "\x00",
        "\ud800",
        "9" * 300,
    ],
    *[
        " " * 3000,
        "," * 3000,
        "(" * 3000,
        "- " * 2000,
        "1 " * 2000,
        "_" * 3000,
        "\u0663",
        "\r",
        "\ufeff",
        "~",
    ],
]


def mutated(chance: random.Random) -> str:
    text = NOTE
    for _ in range(chance.randint(1, 8)):
        place, end = chance.randint(0, len(text)), chance.randint(0, 12)
        text = text[:place] + chance.choice(BITS) + text[place + end :]
    if chance.random() < 0.2:
        lines = text.split("\n")
        chance.shuffle(lines)
        text = "\n".join(lines)
    return text


def check_answer(text: str) -> None:
    """A note gives workouts that have come, each with a line, or mistakes, all with places; and soon."""
    begun = time.process_time()
    if has_dates(text):
        try:
            for workout in read(text).workouts:
                assert workout.lines
                assert workout.local.date() <= NOW.date()
        except NotationError as error:
            assert error.message.startswith("-:")  # noqa: PT017  either answer will do
    assert time.process_time() - begun < 1


def test_mutated_notes_give_workouts_or_mistakes() -> None:
    chance = random.Random(5)  # noqa: S311
    for _ in range(2_000):
        check_answer(mutated(chance))


@pytest.mark.full
def test_very_many_mutated_notes_give_workouts_or_mistakes() -> None:
    chance = random.Random(6)  # noqa: S311
    for _ in range(100_000):
        check_answer(mutated(chance))


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_under_a_date_gives_workouts_or_mistakes(text: str) -> None:
    check_answer(f"18.11.\n{text}")
    check_answer(text)
