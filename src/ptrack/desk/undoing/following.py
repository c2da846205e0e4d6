"""What is decided anew after rows were put back: the automatic metric entries that follow from them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from ptrack.clients.queries import practice
from ptrack.database.reading import Reader
from ptrack.database.transaction import Transaction
from ptrack.desk.audit import BEGINNING, DECIDES_RECORDS, TRAINING_CLIENTS
from ptrack.desk.undoing.rules import Step, of_table
from ptrack.moments import local_day_bounds
from ptrack.progress.actions import collect

DONE_BY = """
SELECT DISTINCT w.client_id FROM workout_exercise e JOIN workout w ON w.id = e.workout_id
WHERE e.exercise_id = :exercise"""
WORKOUT_OF = "SELECT workout_id FROM workout_exercise WHERE id = :exercise"
WORKOUT = "SELECT client_id, performed_at FROM workout WHERE id = :workout"
WEIGHT = "SELECT id FROM metric WHERE key = 'weight'"

_DECIDES_EXERCISE = ("tracked", "category")


def follow_up(work: Transaction, steps: Sequence[Step]) -> None:
    """Collect anew what the rows of these steps decide, for each client from the earliest time touched."""
    since: dict[int, datetime] = {}
    for client, moment in _touched(work.reader, steps):
        since[client] = min(moment, since.get(client, moment))
    for client, moment in since.items():
        collect(work, client, moment)


def _touched(reader: Reader, steps: Sequence[Step]) -> Iterator[tuple[int, datetime]]:
    """The clients whose entries may be others now, and from when on."""
    if any(step.differs(DECIDES_RECORDS) for step in of_table(steps, "studio")):
        yield from ((client, BEGINNING) for client in reader.values(TRAINING_CLIENTS))
    for step in of_table(steps, "exercise"):
        if step.differs(_DECIDES_EXERCISE):
            clients = reader.values(DONE_BY, exercise=step.image["id"])
            yield from ((client, BEGINNING) for client in clients)
    yield from _workouts(reader, steps)
    yield from _weights(reader, steps)


def _workouts(reader: Reader, steps: Sequence[Step]) -> Iterator[tuple[int, datetime]]:
    """The workouts touched: when they were, and when they are to be."""
    known = set()
    for step in of_table(steps, "workout"):
        known.add(step.image["id"])
        for image in (step.have, step.want):
            if image is not None:
                yield image["client_id"], _instant(image["performed_at"])
    lines = {step.image["id"]: step.image["workout_id"] for step in of_table(steps, "workout_exercise")}
    for step in of_table(steps, "workout_set"):
        line = step.image["workout_exercise_id"]
        if line not in lines:
            lines[line] = reader.value(WORKOUT_OF, exercise=line)
    for workout in {*lines.values()} - known - {None}:
        for client, moment in reader.tuples(WORKOUT, workout=workout):
            yield client, _instant(moment)


def _weights(reader: Reader, steps: Sequence[Step]) -> Iterator[tuple[int, datetime]]:
    """The days from which on another body weight counts."""
    entries = of_table(steps, "metric_entry")
    if not entries:
        return
    house, weight = practice(reader), reader.value(WEIGHT)
    for step in entries:
        for image in (step.have, step.want):
            if image is not None and image["metric_id"] == weight:
                day = house.local(_instant(image["recorded_at"])).date()
                yield image["client_id"], local_day_bounds(day, house.zone)[0]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
