"""A workout that is going on beside what was before it: the last time, and the records it breaks as it goes.

Records count only once the workout is finished; what is celebrated on the way is what it would break if it
ended now.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.database.reading import Reader
from ptrack.progress.lately import LastTime, last_times
from ptrack.progress.queries import ExerciseFacts, body_weights, exercise_facts
from ptrack.progress.rules.records import Broken, SetFact, history
from ptrack.progress.rules.strength import effective_load_g
from ptrack.vocabulary import E1rmFormula, RecordKind
from ptrack.workouts.live import LiveLine
from ptrack.workouts.live_queries import OpenWorkout


class Before(NamedTuple):
    """What a client did of an exercise before a workout: the last time, and all that records follow from."""

    last: LastTime | None
    facts: ExerciseFacts


def before_of(
    reader: Reader, workout: OpenWorkout, exercises: Sequence[int], house: Practice
) -> dict[int, Before]:
    """What was done of each of those exercises before a workout, by their numbers."""
    if not exercises:
        return {}
    last = last_times(reader, workout.client_id, exercises, workout.performed_at)
    facts = exercise_facts(reader, workout.client_id, house, exercises, workout.performed_at)
    return {
        number: Before(
            last.get(number),
            found._replace(sets=tuple(fact for fact in found.sets if fact.workout != workout.id)),
        )
        for number, found in facts.items()
    }


def body_weight_g(reader: Reader, workout: OpenWorkout, house: Practice) -> int | None:
    """What the client weighs on the day of a workout, in grams; None where nothing is known."""
    day = house.local(workout.performed_at).date()
    return body_weights(reader, workout.client_id, house).grams_on(day)


def own_facts(workout: OpenWorkout, lines: Iterable[LiveLine], body_g: int | None) -> list[SetFact]:
    """The working sets done so far, as records are decided from them."""
    return [
        SetFact(
            workout.id, workout.performed_at, line.position, each.position, each.done.reps,
            each.done.weight_g, effective_load_g(each.done.weight_g, line.tracked, body_g),
            each.done.seconds, each.done.meters, each.done.per_side,
        )
        for line in lines
        for each in line.sets
        if not each.done.is_warmup
    ]  # fmt: skip


def broken_so_far(before: Before, own: Sequence[SetFact], formula: E1rmFormula) -> list[Broken]:
    """The records of one exercise that a workout would break if it ended now."""
    if not own:
        return []
    found = history([*before.facts.sets, *own], before.facts.tracked, formula)
    return [record for record in found.broken if record.workout == own[0].workout]


def newly_broken(then: Iterable[Broken], now: Iterable[Broken]) -> list[Broken]:
    """What the last set broke: kinds not broken before it, or broken by more.

    A volume that is the most so far grows with every set; it is told once.
    """
    known = {record.kind: record.value for record in then}
    return [
        record
        for record in now
        if record.kind not in known
        or (record.kind is not RecordKind.VOLUME and record.value != known[record.kind])
    ]
