"""Whatever the order in which workouts are entered, moved and removed, the same follows from them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.clients.actions import ClientChanges, add_client
from ptrack.clients.queries import practice
from ptrack.database.fresh import create_database
from ptrack.database.session import Writing, writing
from ptrack.desk.log import LogChanges, LogRequest, edit_workout, log_workout, read_notation, remove_workout
from ptrack.errors import NotFoundError
from ptrack.progress.actions import collect
from ptrack.progress.logged import logged, standing_records
from ptrack.vocabulary import Activity

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
TEXTS = (
    "Back Squat: 3x5 100kg",
    "Back Squat: 1x3 110kg, 2x8 90kg; Pull-Up: 3x8 bw",
    "Pull-Up: 3x5 bw+10kg; Push-Up: 2x20",
    "Back Squat: w 1x5 140kg, 1x5 102,5kg",
    "Run: 1x5km 27:30; Plank: 2x60s",
    "Run: 1x3km 15:00",
)
ENTRIES = """
SELECT m.key, e.value, e.recorded_at, w.title
FROM metric_entry e JOIN metric m ON m.id = e.metric_id JOIN workout w ON w.id = e.workout_id
ORDER BY w.title, m.key"""

_Plan = list[tuple[int, str, Activity | None]]
_PLANS = st.lists(
    st.tuples(st.integers(1, 30), st.sampled_from(TEXTS), st.sampled_from([None, Activity.YOGA])),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one[0],
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "template.db"
    create_database(path, "Europe/Berlin", NOW)
    with writing(path, "test", NOW) as work:
        add_client(work, ClientChanges(name="Anna Berg"), NOW.date())
        work.reader.connection.execute(
            "INSERT INTO metric_entry (client_id, metric_id, value, recorded_at, source) "
            "SELECT 1, id, 63.2, '2026-11-10 08:00:00.000000', 'manual' FROM metric WHERE key = 'weight'"
        )
    return path


@contextmanager
def _copy(template: Path) -> Iterator[Writing]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "copy.db"
        shutil.copy(template, path)
        with writing(path, "test", NOW) as work:
            yield work


def _log(work: Writing, day: int, text: str, activity: Activity | None) -> int:
    lines = read_notation(work, text)
    at = NOW - timedelta(days=day)
    return log_workout(work, LogRequest(1, at, lines, title=f"{-day:04}", duration_min=50, activity=activity))


def _outcome(work: Writing) -> tuple[Any, ...]:
    """What follows from the log, workouts named by their titles, for their numbers may differ."""
    house = practice(work.reader)
    titles = dict(work.reader.tuples("SELECT id, title FROM workout"))
    pages = [logged(work.reader, number, house) for number in titles]
    broken = [
        (page.workout.title, page.experience, record.exercise, record.broken.kind, record.broken.value,
         record.broken.previous, record.previous_at)
        for page in sorted(pages, key=lambda page: page.workout.performed_at)
        for record in page.records
    ]  # fmt: skip
    standing = [
        (row.exercise, row.standing.kind, row.standing.value, row.standing.weight_g, row.standing.previous,
         titles[row.standing.workout])
        for row in standing_records(work.reader, 1, house)
    ]  # fmt: skip
    return broken, standing, work.reader.tuples(ENTRIES)


@given(plan=_PLANS, data=st.data())
@settings(deadline=None, max_examples=12)
def test_the_order_of_entering_makes_no_difference(template: Path, plan: _Plan, data: st.DataObject) -> None:
    with _copy(template) as work:
        for one in sorted(plan, reverse=True):
            _log(work, *one)
        expected = _outcome(work)
    with _copy(template) as work:
        for one in data.draw(st.permutations(plan)):
            _log(work, *one)
        assert _outcome(work) == expected


@given(plan=_PLANS, extra=st.sampled_from(TEXTS), data=st.data())
@settings(deadline=None, max_examples=12)
def test_a_workout_that_was_changed_moved_or_removed_leaves_no_trace(
    template: Path, plan: _Plan, extra: str, data: st.DataObject
) -> None:
    with _copy(template) as work:
        for one in plan:
            _log(work, *one)
        expected = _outcome(work)
        number = _log(work, data.draw(st.integers(31, 40)), extra, None)
        moved = NOW - timedelta(days=data.draw(st.integers(40, 50)))
        edit_workout(work, number, LogChanges(performed_at=moved))
        remove_workout(work, number)
        assert _outcome(work) == expected
        number = _log(work, 60, extra, None)
        day, text, activity = plan[0]
        changes = LogChanges(read_notation(work, text), NOW - timedelta(days=day), f"{-day:04}")
        first = work.reader.value("SELECT id FROM workout WHERE title = :title", title=f"{-day:04}")
        remove_workout(work, first)
        edit_workout(work, number, changes)
        if activity is not None:
            edit_workout(work, number, LogChanges(activity=activity))
        assert _outcome(work) == expected


def test_collecting_again_writes_nothing(template: Path) -> None:
    with _copy(template) as work:
        for day, text in enumerate(TEXTS, 1):
            _log(work, day, text, None)
        before = work.reader.tuples("SELECT * FROM metric_entry ORDER BY id")
        collect(work, 1, NOW - timedelta(days=400))
        assert work.reader.tuples("SELECT * FROM metric_entry ORDER BY id") == before


def test_a_body_weight_entered_later_counts_for_workouts_of_its_day(template: Path) -> None:
    with _copy(template) as work:
        _log(work, 30, "Pull-Up: 1x10 bw", None)
        assert "weight_lifted" not in {key for key, *_ in work.reader.tuples(ENTRIES)}
        work.reader.connection.execute(
            "INSERT INTO metric_entry (client_id, metric_id, value, recorded_at, source) "
            "SELECT 1, id, 70, '2026-10-21 20:00:00.000000', 'manual' FROM metric WHERE key = 'weight'"
        )
        collect(work, 1, datetime(2026, 10, 20, 22, tzinfo=UTC))
        entries = {key: value for key, value, *_ in work.reader.tuples(ENTRIES)}
        assert entries["weight_lifted"] == 700
        assert entries["calories_burned"] == pytest.approx(3.5 * 70 * 50 / 60)


def test_a_mindful_streak_grows_by_day_and_mends_when_a_day_is_filled(template: Path) -> None:
    def streaks(work: Writing) -> dict[str, float]:
        rows = work.reader.tuples(ENTRIES)
        return {title: value for key, value, _, title in rows if key == "mindfulness_streak"}

    with _copy(template) as work:
        _log(work, 3, "Plank: 1x60s", Activity.YOGA)
        _log(work, 1, "Plank: 1x60s", Activity.YOGA)
        assert streaks(work) == {"-003": 1, "-001": 1}
        _log(work, 2, "Plank: 1x60s", Activity.YOGA)
        assert streaks(work) == {"-003": 1, "-002": 2, "-001": 3}


def test_every_row_of_a_removed_workout_is_in_the_journal(template: Path) -> None:
    with _copy(template) as work:
        number = _log(work, 1, TEXTS[1], None)
        remove_workout(work, number)
        gone = dict(
            work.reader.tuples(
                "SELECT table_name, count(*) FROM change_row WHERE after IS NULL GROUP BY table_name"
            )
        )
        assert gone == {"workout": 1, "workout_exercise": 2, "workout_set": 6}
        with pytest.raises(NotFoundError):
            edit_workout(work, number, LogChanges(title="x"))
