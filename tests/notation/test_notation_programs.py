"""Program files: heads, days, weeks that differ."""

import pytest

from ptrack.errors import NotationError
from ptrack.notation import Place, Program, parse_program
from ptrack.vocabulary import Section, Unit

HEADS = "program: P\nweeks: 8\ndays per week: 2\n"
NO_HEAD = (
    "is no head of a program (program, weeks, days per week, goal); exercises stand under a day: Upper A"
)
WEEKS = "weeks are written (week 4), (weeks 1-3) or (weeks 4, 8)"
UPPER_LOWER = """\
program: Upper/Lower
weeks: 8
days per week: 4
goal: strength and size
# anything after a hash is a remark; even this: one

day: Upper A
[warm-up]
Band Pull-Apart: 2x15
[main]
Bench Press: 4x6-8 70kg @8 rest 2min progress +2.5kg
Pull-Up: 3x6-10 bw progress double
[accessory]
A1 Lateral Raise: 3x12-15 8kg
A2 Triceps Pushdown: 3x12-15 25kg rest 60s

day: Lower A
Back Squat: 3x5
"""


def program(text: str, name: str | None = None) -> Program[str]:
    return parse_program(text, unit=Unit.KG, name=name, resolve=str)


def refused(text: str) -> NotationError:
    with pytest.raises(NotationError) as caught:
        parse_program(text, unit=Unit.KG, source="p.txt", resolve=str)
    return caught.value


def sentences(error: NotationError) -> list[str]:
    return [text.removeprefix("p.txt:") for text in error.details.splitlines() if text.startswith("p.txt:")]


def test_the_program_of_the_specification() -> None:
    read = program(UPPER_LOWER)
    assert (read.name, read.weeks, read.days_per_week, read.goal) == (
        "Upper/Lower",
        8,
        4,
        "strength and size",
    )
    upper, lower = read.days
    assert (upper.name, upper.week, lower.name) == ("Upper A", None, "Lower A")
    assert [(line.superset, line.name, line.section) for line in upper.lines] == [
        (None, "Band Pull-Apart", Section.WARM_UP),
        (None, "Bench Press", Section.MAIN),
        (None, "Pull-Up", Section.MAIN),
        ("A1", "Lateral Raise", Section.ACCESSORY),
        ("A2", "Triceps Pushdown", Section.ACCESSORY),
    ]
    assert [(line.section, line.place) for line in lower.lines] == [(Section.MAIN, Place(18, 1))]


def test_heads_may_come_in_any_order_and_case_and_have_remarks() -> None:
    read = program(
        "DAYS  per Week : 1 # one\nday: A # a day\nSquat: 3x5 # a note\nWeeks:2\n"
        'Program: "Block #2; heavy" # second'
    )
    assert (read.name, read.weeks, read.days_per_week, read.goal) == ("Block #2; heavy", 2, 1, None)
    assert (read.days[0].name, read.days[0].lines[0].note) == ("A", "a note")


def test_a_name_given_takes_the_place_of_the_texts_own() -> None:
    text = "weeks: 1; days per week: 1; day: A; Squat: 3x5"
    assert program(text, "Mine").name == "Mine"
    assert program(f"program: Theirs; {text}", "Mine").name == "Mine"
    assert sentences(refused(text)) == ["1:1: a line such as program: Upper/Lower is missing"]


def test_weeks_that_differ() -> None:
    read = program(
        HEADS.replace("2", "3")
        + "day: A\nSquat: 3x5\nday: A (week 4)\nSquat: 2x5\nday: A (Weeks 6\u20138, 5)\nSquat: 1x5\n"
        'day: "B (week 1)" (week 2)\nRow: 3x5\nday: "C (week 3)"; Dip: 3x5'
    )
    assert [(day.name, day.week, day.lines[0].groups[0].sets) for day in read.days] == [
        ("A", None, 3),
        ("A", 4, 2),
        ("A", 6, 1),
        ("A", 7, 1),
        ("A", 8, 1),
        ("A", 5, 1),
        ("B (week 1)", 2, 3),
        ("C (week 3)", None, 3),
    ]


def test_fewer_days_than_days_per_week_are_allowed() -> None:
    assert len(program(HEADS + "day: A\nSquat: 3x5").days) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "",
            [
                "1:1: a line such as program: Upper/Lower is missing",
                "1:1: a line such as weeks: 8 is missing",
                "1:1: a line such as days per week: 4 is missing",
                "1:1: the program has no days; a day begins with day: Upper A",
            ],
        ),
        (
            "program: P\nweeks: 0\ndays per week: 15\nday: A\nSquat: 3x5",
            [
                "2:8: 0 is no number from 1 to 104, as in weeks: 8",
                "3:16: 15 is no number from 1 to 14, as in days per week: 4",
            ],
        ),
        (
            "program: P\nweeks: 105\ndays per week: four\nday: A\nSquat: 3x5",
            [
                "2:8: 105 is no number from 1 to 104, as in weeks: 8",
                "3:16: four is no number from 1 to 14, as in days per week: 4",
            ],
        ),
        ("program: P\nweeks: \u0663\ndays per week: 1\nday: A\nSquat: 3x5", [
            "2:8: \u0663 is no number from 1 to 104, as in weeks: 8",
        ]),
        (HEADS + "weeks: 9\nday: A\nSquat: 3x5", ["4:1: a second weeks; a program has one"]),
        (HEADS + "goal:\nday: A\nSquat: 3x5", [
            "4:6: goal has no value; it is written goal: strength and size",
        ]),
        (HEADS + 'goal: "a" b\nday: A\nSquat: 3x5', [
            "4:7: goal has more behind the quotes than it can take",
        ]),
        (HEADS + 'goal: "a\nday: A\nSquat: 3x5', [
            '4:7: this quote is not closed; a quoted name is written "Row: wide grip": 3x8',
        ]),
        (
            HEADS + "author: me\nSquat\nday: A\nSquat: 3x5",
            [
                f"4:1: author {NO_HEAD}",
                f"5:1: Squat {NO_HEAD}",
            ],
        ),
        (HEADS + "day:\nSquat: 3x5 1kgs", [
            "4:5: the day's name is missing; it is written day: Upper A",
            "5:13: kgs is no unit; a load is 100kg, 225lb, 75% or bw",
        ]),
        (HEADS + "day: (week 3)\nSquat: 3x5", ["4:6: the day's name is missing; it is written day: Upper A"]),
        (HEADS + "day: A\nday: B\n[main]", ["4:6: day A has no exercises", "5:6: day B has no exercises"]),
        (HEADS + "day: A\nSquat: 3x5\nday: a\nSquat: 3x5", ["6:6: day a stands twice, first in line 4"]),
        (HEADS + "day: A (weeks 1-3)\nSquat: 3x5\nday: A (week 2)\nSquat: 3x5", [
            "6:6: day A stands twice in week 2, first in line 4",
        ]),
        (HEADS + "day: A (week 9)\nSquat: 3x5", ["4:6: week 9 is past the program's 8"]),
        (HEADS + "day: A (weeks 7-10)\nSquat: 3x5", ["4:6: week 9 is past the program's 8"]),
        (HEADS + 'day: "A" B\nSquat: 3x5', [
            f"4:6: more stands behind the day's name than weeks; {WEEKS}",
        ]),
        *(
            (HEADS + f"day: A ({weeks})\nSquat: 3x5", [f"4:6: {words}"])
            for weeks, words in [
                ("week", WEEKS),
                ("week four", WEEKS),
                ("weeks 1,", WEEKS),
                ("week 0", f"week 0 is not within 1-104; {WEEKS}"),
                ("weeks 3-1", f"week 3-1 is not within 1-104; {WEEKS}"),
            ]
        ),
        (HEADS + "day: A\nS: 3x5\nday: B\nS: 3x5\nday: C\nS: 3x5", [
            "3:16: days per week is 2, but there are 3 days",
        ]),
        (HEADS + "day: A\nS: 3x5\nday: B\nS: 3x5\nday: C (week 3)\nS: 3x5", [
            "3:16: days per week is 2, but week 3 has 3 days",
        ]),
    ],
)  # fmt: skip
def test_mistakes_in_programs(text: str, expected: list[str]) -> None:
    assert sentences(refused(text)) == expected


def test_days_of_different_weeks_do_not_add_up() -> None:
    text = "".join(f"day: {name} (week {week})\nS: 3x5\n" for week, name in enumerate("ABCDEF", 1))
    assert len(program(HEADS + text).days) == 6


def test_a_day_in_parentheses_that_are_no_weeks() -> None:
    assert program(HEADS + "day: A (weekend)\nS: 3x5").days[0].name == "A (weekend)"


def test_the_limit_of_lines_is_for_each_day() -> None:
    lines = "Squat: 3x5\n" * 200
    assert len(program(f"{HEADS}day: A\n{lines}day: B\n{lines}").days[1].lines) == 200
    assert sentences(refused(f"{HEADS}day: A\nS: 3x5\nday: B\n{lines}S: 3x5")) == [
        "207:1: more than 200 lines; a day has at most 200"
    ]


def test_a_text_past_64_kib_is_not_read_at_all() -> None:
    assert sentences(refused(UPPER_LOWER + "#" * 65_536)) == [
        "1:1: the text has 65,915 bytes; the limit is 64 KiB (65,536)"
    ]
