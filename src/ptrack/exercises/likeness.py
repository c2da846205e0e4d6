"""Which exercises may stand in for another one: the same muscles, worked in the same way."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ptrack.exercises.queries import ExerciseDetails, ExerciseRow
from ptrack.exercises.rules import loose_words
from ptrack.vocabulary import Muscle

SHOWN = 5


class Similar(NamedTuple):
    """An exercise that may stand in for another, and why."""

    exercise: ExerciseRow
    shared: tuple[Muscle, ...]
    reason: str


def similar(
    of: ExerciseRow, others: Sequence[ExerciseRow], muscles: Mapping[int, ExerciseDetails]
) -> list[Similar]:
    """The exercises that train a muscle of the same first ones, the likest first.

    The more of their first muscles are the same the better; then the same category, the same kind of sets,
    the more of the other muscles and of the words of the name is in common.
    """
    own = muscles.get(of.id, ExerciseDetails())
    words = set(loose_words(of.name))
    ranked = []
    for other in others:
        its = muscles.get(other.id, ExerciseDetails())
        shared = tuple(muscle for muscle in own.primary if muscle in its.primary)
        if other.id == of.id or not shared:
            continue
        rank = (
            -_overlap(own.primary, its.primary),
            (other.category != of.category) + (other.tracked != of.tracked),
            -_overlap(own.secondary, its.secondary) - _overlap(words, loose_words(other.name)),
            other.name,
        )
        ranked.append((rank, other, shared))
    ranked.sort(key=lambda one: one[0])
    return [Similar(other, shared, _reason(of, other, shared)) for _, other, shared in ranked]


def _overlap(one: Sequence[str] | set[str], other: Sequence[str]) -> float:
    """How much of all is in both: 0 for nothing, 1 for everything."""
    both = {*one, *other}
    return len({*one} & {*other}) / len(both) if both else 1.0


def _reason(of: ExerciseRow, other: ExerciseRow, shared: Sequence[Muscle]) -> str:
    """`chest; dumbbell instead of barbell`."""
    parts = [", ".join(shared)]
    if other.category != of.category:
        parts.append(other.category)
    if other.tracked != of.tracked:
        parts.append(f"by {other.tracked}")
    if other.equipment != of.equipment:
        tool = other.equipment or "nothing"
        parts.append(f"{tool} instead of {of.equipment}" if of.equipment else f"with {tool}")
    return "; ".join(parts).replace("_", " ")
