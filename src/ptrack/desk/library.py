"""Correcting an exercise, with what follows for those who have done it."""

from datetime import UTC, datetime
from typing import NamedTuple

from ptrack.database.session import Writing
from ptrack.exercises.actions import ExerciseChanges
from ptrack.exercises.actions import edit_exercise as edit
from ptrack.exercises.queries import exercise
from ptrack.progress.actions import collect

DONE_SINCE = """
SELECT w.client_id, min(w.performed_at) FROM workout_exercise e JOIN workout w ON w.id = e.workout_id
WHERE e.exercise_id = :exercise GROUP BY w.client_id ORDER BY w.client_id"""


class Redecided(NamedTuple):
    """Of how many clients records and metrics were decided anew."""

    clients: int = 0


def edit_exercise(work: Writing, number: int, changes: ExerciseChanges) -> Redecided:
    """Correct an exercise; where it is measured otherwise now, records and metrics are decided anew.

    Raises as the library's `edit_exercise`.
    """
    before = exercise(work.reader, number)
    edit(work, number, changes)
    after = exercise(work.reader, number)
    if (before.tracked, before.category) == (after.tracked, after.category):
        return Redecided()
    done = work.reader.tuples(DONE_SINCE, exercise=number)
    for client_id, since in done:
        collect(work, client_id, datetime.fromisoformat(since).replace(tzinfo=UTC))
    return Redecided(len(done))
