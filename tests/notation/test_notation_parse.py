"""The examples of the specification, and what a person types between two sets."""

import pytest

from ptrack.errors import NotationError
from ptrack.notation import (
    ExerciseLine,
    Load,
    LoadKind,
    Place,
    Progression,
    ProgressionKind,
    SetGroup,
    parse_workout,
)
from ptrack.vocabulary import Section, Unit


def weight(kilograms: float) -> Load:
    return Load(LoadKind.WEIGHT, round(kilograms * 1000))


def bodyweight(kilograms: float = 0) -> Load:
    return Load(LoadKind.BODYWEIGHT, round(kilograms * 1000))


def read(text: str, *, unit: Unit = Unit.KG, planned: bool = False) -> ExerciseLine[str]:
    lines = parse_workout(text, unit=unit, planned=planned, resolve=str)
    assert len(lines) == 1
    return lines[0]


def groups(text: str, *, unit: Unit = Unit.KG, planned: bool = True) -> tuple[SetGroup, ...]:
    return read(f"Squat: {text}", unit=unit, planned=planned).groups


def of(sets: int, reps: int | None = None, load: Load | None = None, **more: object) -> SetGroup:
    return SetGroup(sets=sets, reps_min=reps, reps_max=reps, load=load or Load(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3x5 100kg", [of(3, 5, weight(100))]),
        ("3x5 100", [of(3, 5, weight(100))]),
        ("5,5,4 100kg", [of(2, 5, weight(100)), of(1, 4, weight(100))]),
        ("5,4,5 100kg", [of(1, 5, weight(100)), of(1, 4, weight(100)), of(1, 5, weight(100))]),
        ("3x8-12 60kg", [SetGroup(3, 8, 12, load=weight(60))]),
        ("3x5+ 100kg", [of(3, 5, weight(100), amrap=True)]),
        ("5,5,5+ 100kg", [of(3, 5, weight(100), amrap=True)]),
        ("5+,5 100kg", [of(1, 5, weight(100), amrap=True), of(1, 5, weight(100))]),
        ("3x5 100kg @8", [of(3, 5, weight(100), rpe=8.0)]),
        ("3x5 @8.5", [of(3, 5, rpe=8.5)]),
        ("3x5 rir2", [of(3, 5, rpe=8.0)]),
        ("3x5 rir 0.5", [of(3, 5, rpe=9.5)]),
        ("3x5 75%", [of(3, 5, Load(LoadKind.PERCENT, percent=75.0))]),
        ("3x5 72.5%", [of(3, 5, Load(LoadKind.PERCENT, percent=72.5))]),
        ("3x8 bw", [of(3, 8, bodyweight())]),
        ("3x5 bw+10kg", [of(3, 5, bodyweight(10))]),
        ("3x5 bw-20kg", [of(3, 5, bodyweight(-20))]),
        ("3x5 bw+10", [of(3, 5, bodyweight(10))]),
        ("3x5 bw + 2,5 kg", [of(3, 5, bodyweight(2.5))]),
        ("w 2x5 60kg, 3x5 100kg", [of(2, 5, weight(60), is_warmup=True), of(3, 5, weight(100))]),
        ("w 5,3 60kg, 5 100kg", [
            of(1, 5, weight(60), is_warmup=True), of(1, 3, weight(60), is_warmup=True), of(1, 5, weight(100)),
        ]),
        ("3x45s", [of(3, seconds=45)]),
        ("1x20min", [of(1, seconds=1200)]),
        ("1x1:30", [of(1, seconds=90)]),
        ("1x1:02:03", [of(1, seconds=3723)]),
        ("1x1.5h", [of(1, seconds=5400)]),
        ("20 min", [of(1, seconds=1200)]),
        ("1x2000m 8:15", [of(1, meters=2000.0, seconds=495)]),
        ("1x5km 27:30 @7", [of(1, meters=5000.0, seconds=1650, rpe=7.0)]),
        ("1x20min 5km", [of(1, meters=5000.0, seconds=1200)]),
        ("1x1mi", [of(1, meters=1609.344)]),
        ("1x100yd", [of(1, meters=91.44)]),
        ("3x40m 30kg", [of(3, None, weight(30), meters=40.0)]),
        ("3x5 100kg, 1x10 80kg", [of(3, 5, weight(100)), of(1, 10, weight(80))]),
        ("3x5 100kg,1x10 80kg", [of(3, 5, weight(100)), of(1, 10, weight(80))]),
        ("3x10/side 12kg", [of(3, 10, weight(12), per_side=True)]),
        ("8,8/side 12kg", [of(2, 8, weight(12), per_side=True)]),
        ("3x10 tempo 3-1-1-0", [of(3, 10, tempo="3-1-1-0")]),
        ("3x10 tempo 31X0", [of(3, 10, tempo="31X0")]),
        ("8", [of(1, 8)]),
        ("8, 8, 6 bw", [of(1, 8), of(1, 8), of(1, 6, bodyweight())]),
        ("8,8,8 bw", [of(3, 8, bodyweight())]),
        ("3x5 0kg", [of(3, 5, weight(0))]),
    ],
)  # fmt: skip
def test_what_is_written_means(text: str, expected: list[SetGroup]) -> None:
    assert list(groups(text)) == expected


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("3\u00d75 100kg", "3x5 100kg"),
        ("3 X 5  100 KG", "3x5 100kg"),
        ("3x8\u201312 60kg", "3x8-12 60kg"),
        ("3x8 - 12 60kg", "3x8-12 60kg"),
        ("3x5 62,5kg", "3x5 62.5kg"),
        ("3x5 62,5 kg @8,5", "3x5 62.5kg @8.5"),
        ("3x5 100kg@8", "3x5 100kg @8"),
        ("3x5@8", "3x5 @8"),
        ("3x5 @ 8 100kg", "3x5 100kg @8"),
        ("3x5 225lbs", "3x5 225lb"),
        ("3x5 BW\u221220kg", "3x5 bw-20kg"),
        ("3x45 sec", "3x45s"),
        ("W 3x5 60kg", "w 3x5 60kg"),
        ("3x5\u00a0100kg", "3x5 100kg"),
        ("3x10 / side", "3x10/side"),
        ("3x5 , 1x3", "3x5, 1x3"),
    ],
)
def test_letter_case_spaces_and_typographic_signs_do_not_matter(written: str, same: str) -> None:
    assert groups(written) == groups(same)


def test_pounds_are_kept_to_the_gram() -> None:
    assert groups("3x5 225", unit=Unit.LB)[0].load.weight_g == 102_058
    assert groups("3x5 225lb")[0].load.weight_g == 102_058
    assert groups("3x5 100kg", unit=Unit.LB)[0].load.weight_g == 100_000
    assert groups("3x5 bw+45", unit=Unit.LB)[0].load.weight_g == 20_412


def test_what_a_skip_says() -> None:
    assert groups("Skip", planned=False) == (SetGroup(is_skipped=True),)
    assert groups("3x5 100kg, 1x5 100kg skip", planned=False) == (
        of(3, 5, weight(100)),
        of(1, 5, weight(100), is_skipped=True),
    )


@pytest.mark.parametrize(
    ("tail", "rest_seconds", "progression"),
    [
        ("", None, None),
        ("rest 90s", 90, None),
        ("rest 2min", 120, None),
        ("Rest 1:30", 90, None),
        (", rest 2,5min", 150, None),
        ("progress +2.5kg", None, Progression(ProgressionKind.ADD, 2500)),
        ("progress +2,5 kg", None, Progression(ProgressionKind.ADD, 2500)),
        ("progress +5", None, Progression(ProgressionKind.ADD, 5000)),
        ("progress +5lb", None, Progression(ProgressionKind.ADD, 2268)),
        ("progress double", None, Progression(ProgressionKind.DOUBLE)),
        ("progress double +1.25kg", None, Progression(ProgressionKind.DOUBLE, 1250)),
        ("progress double rest 60s", 60, Progression(ProgressionKind.DOUBLE)),
    ],
)
def test_rest_and_progression(tail: str, rest_seconds: int | None, progression: Progression | None) -> None:
    for planned in (True, False):
        line = read(f"Squat: 3x5 100kg {tail}", planned=planned)
        assert (line.groups, line.rest_seconds, line.progression) == (
            (of(3, 5, weight(100)),),
            rest_seconds,
            progression,
        )


def test_a_line_with_everything() -> None:
    line = read("  a1  Bench   Press : 4x6-8 70kg @8 rest 2min progress +2.5kg #  elbows  in ", planned=True)
    assert line == ExerciseLine(
        name="Bench Press",
        exercise="Bench Press",
        groups=(SetGroup(4, 6, 8, load=weight(70), rpe=8.0),),
        superset="A1",
        rest_seconds=120,
        progression=Progression(ProgressionKind.ADD, 2500),
        note="elbows in",
    )
    assert line.place == Place(1, 7)


def test_lines_sections_and_remarks() -> None:
    text = (
        "# Monday; heavy: no\n\n[Warm Up]\r\nRow: 1x5min; Squat: 3x5\r"
        "[cool_down] # slowly\nPlank: 3x45s\n  [MAIN]; Dip: 3x8 bw;;"
    )
    lines = parse_workout(text, unit=Unit.KG, resolve=str)
    assert [(line.name, line.section, line.place) for line in lines] == [
        ("Row", Section.WARM_UP, Place(4, 1)),
        ("Squat", Section.WARM_UP, Place(4, 14)),
        ("Plank", Section.COOL_DOWN, Place(6, 1)),
        ("Dip", Section.MAIN, Place(7, 11)),
    ]


def test_a_note_ends_at_a_semicolon_and_a_remark_between_them_is_passed_over() -> None:
    lines = parse_workout("Squat: 3x5 #easy; # later; Dip: 3x8", unit=Unit.KG, resolve=str)
    assert [(line.name, line.note) for line in lines] == [("Squat", "easy"), ("Dip", None)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('"Row: wide; grip": 3x5', "Row: wide; grip"),
        ('"so ""called"" row" : 3x5', 'so "called" row'),
        ('" Row:\t wide ": 3x5', "Row: wide"),
        ('24" Box Jump: 3x5', '24" Box Jump'),
        ("Machine #3: 3x5", "Machine #3"),
        ('A1 "A1 Sauce": 3x5', "A1 Sauce"),
        ("A1: 3x5", "A1"),
        ("T2: 3x5", "T2"),
        ("スクワット\uff1a3x5", "スクワット"),
    ],
)
def test_names(written: str, name: str) -> None:
    assert read(written).name == name


def test_two_quoted_names_on_one_line() -> None:
    lines = parse_workout('"a;b": 1x1; C1 "c;d": 1x2 # "x; e: 3', unit=Unit.KG, resolve=str)
    assert [(line.name, line.groups[0].reps_min) for line in lines] == [("a;b", 1), ("c;d", 2), ("e", 3)]


def test_a_text_with_nothing_in_it_has_no_lines() -> None:
    for text in ("", "\n \n", "# only a remark", ";;", "\ufeff"):
        assert parse_workout(text, unit=Unit.KG, resolve=str) == ()


def test_each_name_is_resolved_once() -> None:
    asked: list[str] = []

    def resolve(name: str) -> int:
        asked.append(name)
        return len(asked)

    lines = parse_workout("Squat: 3x5; Row: 3x5; squat: 3x5; Squat: 1x3", unit=Unit.KG, resolve=resolve)
    assert asked == ["Squat", "Row", "squat"]
    assert [line.exercise for line in lines] == [1, 2, 3, 1]


def test_what_else_a_resolver_raises_is_not_hidden() -> None:
    def resolve(name: str) -> str:
        raise ZeroDivisionError(name)

    with pytest.raises(ZeroDivisionError):
        parse_workout("Squat: 3x5", unit=Unit.KG, resolve=resolve)


def test_a_log_keeps_what_a_plan_may_say_but_for_ranges() -> None:
    assert groups("3x5+ 75%", planned=False)[0].amrap
    with pytest.raises(NotationError, match="8-12 is a range; a log writes the reps that were reached"):
        read("Squat: 3x8-12 60kg")
    with pytest.raises(NotationError, match="skip stands in a log"):
        read("Squat: 3x5 skip", planned=True)
