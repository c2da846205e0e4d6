"""Taking changes back by the journal: the ledger's order, rows that moved house, parents that are gone."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ptrack.database.journal import RowChange, record_change
from ptrack.database.session import writing
from ptrack.desk.entry import Entry, enter
from ptrack.desk.undoing.rules import counter_entries, is_as_left, net_changes, repeated_entries
from ptrack.errors import StateError
from ptrack.exchange.bulk import bulk_writing
from ptrack.exchange.undoing import redo, undo
from ptrack.models.hours import DayOff
from ptrack.models.library import Exercise, ExerciseAlias
from ptrack.models.practice import Trainer
from ptrack.models.sets import WorkoutSet
from ptrack.progress.actions import collect
from ptrack.vocabulary import Tracked
from undo_samples import contents, differences

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)


def back(path: Path) -> None:
    with bulk_writing(path, NOW, "undo") as bulk:
        undo(bulk, 1)


def forth(path: Path) -> None:
    with bulk_writing(path, NOW, "redo") as bulk:
        redo(bulk, 1)


def entry(number: int, package: int, delta: int) -> RowChange:
    image = {
        "id": number, "package_id": package, "delta": delta, "reason": "session", "session_id": 7,
        "note": None,
    }  # fmt: skip
    return RowChange("credit_entry", f"[{number}]", None, image)


def test_counter_entries_give_before_they_take() -> None:
    rows = [entry(1, 3, 1), entry(2, 4, -1)]
    found = counter_entries(rows, "packages transfer")
    assert [(one.package_id, one.delta, one.reason) for one in found] == [(4, 1, "undo"), (3, -1, "undo")]
    assert {one.note for one in found} == {"packages transfer taken back"}
    assert [(one.package_id, one.delta, one.reason) for one in repeated_entries(rows)] == [
        (3, 1, "session"), (4, -1, "session"),
    ]  # fmt: skip


def test_a_row_comes_to_what_it_was_first_and_is_last() -> None:
    rows = [
        RowChange("client", "[1]", {"a": 1}, {"a": 2}),
        RowChange("client", "[1]", {"a": 2}, {"a": 3}),
        RowChange("client", "[2]", None, {"a": 1}),
        RowChange("client", "[2]", {"a": 1}, None),
        RowChange("client", "[3]", {"a": 1}, {"a": 2}),
        RowChange("client", "[3]", {"a": 2}, {"a": 1}),
    ]
    assert net_changes(rows) == [RowChange("client", "[1]", {"a": 1}, {"a": 3})]


@pytest.mark.parametrize(
    ("now", "left", "holds"),
    [
        ({"a": 1, "later": 5}, {"a": 1}, True),
        ({"a": 1}, {"a": 1, "gone": 5}, True),
        ({"a": 1}, {"a": True}, True),
        ({"a": 2}, {"a": 1}, False),
        (None, {"a": 1}, False),
        ({"a": 1}, None, False),
        (None, None, True),
    ],
)
def test_a_row_is_as_it_was_left(
    now: dict[str, object] | None, left: dict[str, object] | None, holds: bool
) -> None:
    assert is_as_left(now, left) is holds


def test_what_moved_to_another_before_that_went_comes_back_and_goes_again(desk_path: Path) -> None:
    with writing(desk_path, "exercises add", NOW) as work:
        first = work.add(Exercise(name="First", name_key="first"))
        second = work.add(Exercise(name="Second", name_key="second"))
        work.add(ExerciseAlias(alias_key="one", alias="One", exercise_id=first.id or 0))
    before = contents(desk_path)
    with writing(desk_path, "exercises merge", NOW) as work:
        work.get(ExerciseAlias, "one").exercise_id = second.id or 0
        work.flush()
        work.delete(work.get(Exercise, first.id))
    after = contents(desk_path)
    back(desk_path)
    assert differences(contents(desk_path), before) == {}
    forth(desk_path)
    assert differences(contents(desk_path), after) == {}


def test_nothing_comes_back_to_a_parent_that_is_gone(desk_path: Path) -> None:
    with writing(desk_path, "trainers off add", NOW) as work:
        day = date(2026, 12, 1)
        number = work.add(DayOff(trainer_id=2, first_day=day, last_day=day)).id
    with writing(desk_path, "trainers off remove", NOW) as work:
        work.delete(work.get(DayOff, number))
    with writing(desk_path, "jobs daily", NOW) as work:
        work.delete(work.get(Trainer, 2))
        work.is_background()
    before = contents(desk_path)
    with pytest.raises(StateError, match="day off 1 cannot come back: its trainer 2 is gone"):
        back(desk_path)
    assert contents(desk_path) == before


def test_a_name_that_was_taken_since_is_told(desk_path: Path) -> None:
    with writing(desk_path, "exercises add", NOW) as work:
        number = work.add(Exercise(name="Mine", name_key="mine")).id
    with writing(desk_path, "exercises remove", NOW) as work:
        work.delete(work.get(Exercise, number))
    with writing(desk_path, "jobs daily", NOW) as work:
        work.add(Exercise(name="Mine", name_key="mine"))
        work.is_background()
    with pytest.raises(StateError, match="UNIQUE constraint failed"):
        back(desk_path)


def test_what_an_earlier_schema_kept_otherwise_is_refused(desk_path: Path) -> None:
    with bulk_writing(desk_path, NOW, "old") as bulk:
        record_change(bulk.reader, "old", NOW, [RowChange("client", "[1]", None, {"number": 1})])
    with pytest.raises(StateError, match="earlier version of ptrack"):
        back(desk_path)


def figures(path: Path) -> list[tuple[float]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT e.value FROM metric_entry e JOIN metric m ON m.id = e.metric_id "
            "WHERE m.key = 'weight_lifted' ORDER BY e.id"
        ).fetchall()


def test_what_follows_from_single_sets_and_exercises_is_collected_anew(desk_path: Path) -> None:
    with writing(desk_path, "log add", NOW) as work:
        enter(work, Entry(1, "Back Squat: 2x5 100kg"))
    assert figures(desk_path) == [(1000.0,)]
    with writing(desk_path, "log resume", NOW) as work:
        (key,) = work.reader.tuples(
            "SELECT workout_exercise_id, position FROM workout_set WHERE position = 2"
        )
        work.delete(work.get(WorkoutSet, key))
        collect(work, 1, NOW)
    assert figures(desk_path) == [(500.0,)]
    with writing(desk_path, "exercises edit", NOW) as work:
        work.get(
            Exercise, work.reader.value("SELECT exercise_id FROM workout_exercise")
        ).tracked = Tracked.TIME
        collect(work, 1, NOW)
    assert figures(desk_path) == []
    back(desk_path)
    assert figures(desk_path) == [(500.0,)]
    with bulk_writing(desk_path, NOW, "undo") as bulk:
        (mended,) = undo(bulk, 1)
    assert mended.does == ("1 set comes back",)
    assert figures(desk_path) == [(1000.0,)]


def test_many_alike_are_told_as_one(desk_path: Path) -> None:
    with writing(desk_path, "trainers edit", NOW) as work:
        for number in range(4):
            work.add(Trainer(name=f"Trainer {number}"))
    with writing(desk_path, "trainers edit", NOW) as work:
        trainer = work.get(Trainer, 1)
        trainer.name, trainer.email, trainer.buffer_min, trainer.is_active = "x" * 60, "a@b.example", 9, False
    with bulk_writing(desk_path, NOW, "undo") as bulk:
        changed, added = undo(bulk, 2)
    assert changed.does == ("trainer Owner (1) gets back: name Owner, email none, buffer 0 and 1 more",)
    assert added.does == ("4 trainers go",)


def test_many_that_each_get_back_their_own_are_told_as_one(desk_path: Path) -> None:
    with writing(desk_path, "trainers edit", NOW) as work:
        for number in range(4):
            work.add(Trainer(name=f"Trainer {number}"))
    with writing(desk_path, "trainers edit", NOW) as work:
        for number in range(4):
            work.get(Trainer, number + 2).name = f"Somebody {number}"
    with bulk_writing(desk_path, NOW, "undo") as bulk:
        (changed,) = undo(bulk, 1)
    assert changed.does == ("4 trainers get back: name",)
