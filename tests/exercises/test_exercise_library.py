"""The exercise library that ships: complete, without contradictions, and found by what apps call things."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from ptrack.exercises.rules import NameIndex
from ptrack.naming import Named, clean, fold, resolve
from ptrack.notation import parse_workout
from ptrack.vocabulary import ExerciseCategory, Muscle, Tracked, Unit

COLUMNS = ["name", "category", "tracked", "equipment", "primary", "secondary", "aliases", "description"]
EQUIPMENT = {
    "barbell", "dumbbell", "kettlebell", "machine", "cable", "bodyweight", "band", "smith_machine",
    "cardio_machine", "ez_bar", "trap_bar", "plate", "medicine_ball", "suspension", "ball", "sled", "rope",
    "other", "none",
}  # fmt: skip
REQUIRED = {
    "Back Squat": Tracked.WEIGHT_REPS,
    "Front Squat": Tracked.WEIGHT_REPS,
    "Bench Press": Tracked.WEIGHT_REPS,
    "Overhead Press": Tracked.WEIGHT_REPS,
    "Deadlift": Tracked.WEIGHT_REPS,
    "Romanian Deadlift": Tracked.WEIGHT_REPS,
    "Barbell Row": Tracked.WEIGHT_REPS,
    "Pull-Up": Tracked.BODYWEIGHT_PLUS,
    "Chin-Up": Tracked.BODYWEIGHT_PLUS,
    "Push-Up": Tracked.REPS,
    "Dip": Tracked.BODYWEIGHT_PLUS,
    "Plank": Tracked.TIME,
    "Row Machine": Tracked.DISTANCE_TIME,
    "Run": Tracked.DISTANCE_TIME,
    "Band Pull-Apart": Tracked.REPS,
    "Lateral Raise": Tracked.WEIGHT_REPS,
    "Triceps Pushdown": Tracked.WEIGHT_REPS,
}
EXPORTS = Path(__file__).parents[2].parent / "shared/data/workouts"
NAME_COLUMNS = {"Exercise Name", "exercise_title", "运动名称", "Exercise"}
STRONGLIFTS_COLUMN = re.compile(r"Exercise \d")
APPS = ("strong-*", "hevy*", "fitnotes*", "stronglifts*")


@cache
def rows() -> list[dict[str, str]]:
    text = (files("ptrack") / "data/exercises.csv").read_text("utf-8")
    reader = csv.DictReader(text.splitlines(), strict=True)
    assert reader.fieldnames == COLUMNS
    return list(reader)


def parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@cache
def library() -> list[Named]:
    return [Named(number, row["name"], parts(row["aliases"])) for number, row in enumerate(rows(), 1)]


def spellings() -> Iterator[tuple[str, Named]]:
    for entry in library():
        for spelling in (entry.name, *entry.aliases):
            yield spelling, entry


def named(number: int | None) -> str | None:
    return None if number is None else library()[number - 1].name


def test_there_are_at_least_330_exercises_of_every_kind() -> None:
    assert len(rows()) >= 330
    assert {row["category"] for row in rows()} == set(ExerciseCategory)
    assert {row["tracked"] for row in rows()} == set(Tracked)
    assert {row["equipment"] for row in rows()} == EQUIPMENT
    assert {muscle for row in rows() for muscle in parts(row["primary"])} == set(Muscle)


def test_every_row_uses_the_fixed_words() -> None:
    for row in rows():
        first, second = parts(row["primary"]), parts(row["secondary"])
        assert row["category"] in set(ExerciseCategory), row
        assert row["tracked"] in set(Tracked), row
        assert row["equipment"] in EQUIPMENT, row
        assert first, row
        assert set(first + second) <= set(Muscle), row
        assert len(set(first + second)) == len(first + second), row


def test_every_description_is_one_short_sentence() -> None:
    for row in rows():
        cue = row["description"]
        assert cue[0].isupper() or cue[0].isdigit(), cue
        assert cue.endswith("."), cue
        assert 10 <= len(cue) <= 110, cue
    assert len({row["description"] for row in rows()}) == len(rows())


def test_the_required_exercises_are_there_and_tracked_as_they_must_be() -> None:
    tracked = {row["name"]: row["tracked"] for row in rows()}
    assert {name: tracked.get(name) for name in REQUIRED} == REQUIRED


def test_no_name_or_alias_is_used_twice() -> None:
    counted = Counter(fold(spelling) for spelling, _ in spellings())
    assert [spelling for spelling, count in counted.items() if count > 1] == []


def test_names_are_stored_as_a_name_is() -> None:
    assert [spelling for spelling, _ in spellings() if clean(spelling) != spelling or not spelling] == []


def test_names_and_aliases_mean_their_own_exercise_when_typed() -> None:
    # Every twentieth: each is compared with the whole library.
    typed = [*spellings()][::20]
    assert [text for text, entry in typed if resolve(text, library(), "exercise") != entry] == []
    assert not [text for text, _ in spellings() if text.isdigit()]


def test_every_name_and_alias_means_its_own_exercise_in_a_file() -> None:
    index = NameIndex(library())
    assert [spelling for spelling, entry in spellings() if index.match(spelling) != entry.id] == []


def test_every_name_and_alias_can_be_written_in_notation() -> None:
    written = [spelling for spelling, _ in spellings()]
    for start in range(0, len(written), 200):
        day = written[start : start + 200]
        text = "\n".join(f"{spelling}: 3x5" for spelling in day)
        assert [line.exercise for line in parse_workout(text, unit=Unit.KG, resolve=str)] == day


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bench", "Bench Press"),
        ("bench p", "Bench Press"),
        ("squat", "Back Squat"),
        ("front s", "Front Squat"),
        ("overhead p", "Overhead Press"),
        ("ohp", "Overhead Press"),
        ("deadl", "Deadlift"),
        ("rdl", "Romanian Deadlift"),
        ("pull up", "Pull-Up"),
        ("pullups", "Pull-Up"),
        ("chin", "Chin-Up"),
        ("push up", "Push-Up"),
        ("press-ups", "Push-Up"),
        ("dips", "Dip"),
        ("run", "Run"),
        ("rower", "Row Machine"),
        ("lat pull", "Lat Pulldown"),
        ("band pull", "Band Pull-Apart"),
        ("lateral r", "Lateral Raise"),
        ("tricep p", "Triceps Pushdown"),
        ("swing", "Kettlebell Swing"),
    ],
)
def test_what_a_trainer_types_in_a_hurry(typed: str, meant: str) -> None:
    assert resolve(typed, library(), "exercise").name == meant


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Bench Press (Barbell)", "Bench Press"),
        ("Flat Barbell Bench Press", "Bench Press"),
        ("Barbell Bench Presses", "Bench Press"),
        ("Bench Press (Dumbbell)", "Dumbbell Bench Press"),
        ("Incline Bench Press (DB)", "Incline Dumbbell Press"),
        ("Squat (Barbell)", "Back Squat"),
        ("Squat (Smith Machine)", "Smith Machine Squat"),
        ("Bent Over Row (Barbell)", "Barbell Row"),
        ("Bent-over barbell rows", "Barbell Row"),
        ("Lat Pulldown (Cable)", "Lat Pulldown"),
        ("Lat Pulldown (Machine)", "Machine Lat Pulldown"),
        ("Seated Row (Machine)", "Seated Machine Row"),
        ("Rowing (Machine)", "Row Machine"),
        ("Pull Up", "Pull-Up"),
        ("Pull Up (Weighted)", "Weighted Pull-Up"),
        ("Pull Up (Assisted)", "Assisted Pull-Up"),
        ("Triceps Pushdown", "Triceps Pushdown"),
        ("Triceps Rope Pushdown", "Rope Pushdown"),
        ("Rope Push Down", "Rope Pushdown"),
        ("Chest Fly (Machine)", "Machine Chest Fly"),
        ("Butterfly (Pec Deck)", "Pec Deck"),
        ("Cable Flyes", "Cable Fly"),
        ("Lateral Dumbbell Raise", "Lateral Raise"),
        ("EZ-Bar Skullcrusher", "EZ-Bar Skullcrusher"),
        ("Lying Leg Curl Machine", "Lying Leg Curl"),
        ("Squat", "Back Squat"),
        ("Planks", "Plank"),
        ("Barbell Curls", "Barbell Curl"),
        ("Running", "Run"),
        ("Tire Flip", "Tyre Flip"),
        ("Plough Pose", "Plow Pose"),
        ("Farmers Walk", "Farmer's Carry"),
        ("Leg Press Keller", None),
        ("Incline", None),
    ],
)
def test_what_apps_call_things(theirs: str, ours: str | None) -> None:
    assert named(NameIndex(library()).match(theirs)) == ours


def exports() -> list[Path]:
    return sorted(path for app in APPS for path in EXPORTS.glob(f"{app}.csv"))


def set_rows(path: Path) -> Counter[str]:
    """How many rows each exercise of an export has."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *body = csv.reader(file)
    places = [i for i, name in enumerate(head) if name in NAME_COLUMNS or STRONGLIFTS_COLUMN.fullmatch(name)]
    return Counter(row[place] for row in body for place in places if len(row) > place and row[place])


@pytest.mark.skipif(not EXPORTS.is_dir(), reason="the shared exports are not on this machine")
def test_real_exports_are_matched_and_no_two_names_of_one_become_one_exercise() -> None:
    paths = exports()
    assert len(paths) >= 9
    index = NameIndex(library())
    for path in paths:
        counted = set_rows(path)
        theirs = defaultdict(list)
        for name in counted:
            theirs[index.match(name)].append(name)
        unresolved = theirs.pop(None, [])
        assert [names for names in theirs.values() if len(names) > 1] == [], path.name
        share = 1 - sum(counted[name] for name in unresolved) / counted.total()
        assert share >= 0.9, (path.name, unresolved)
