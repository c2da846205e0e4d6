"""What summaries tell of workouts: what they came to and the records they broke, in the practice's unit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ptrack.vocabulary import RecordKind, Unit

if TYPE_CHECKING:
    from ptrack.progress.logged import LoggedRecord

RECORDS_SHOWN = 8
"""So many records are named, the greatest steps of them; the others are counted."""


def totals_facts(sets: int, reps: int, volume_g: int, unit: Unit) -> dict[str, Any]:
    """What workouts came to, the volume as it is told: `5,240 kg`."""
    from ptrack.progress.figures import record_text

    volume = f"{record_text(RecordKind.VOLUME, volume_g, unit)} {unit}"
    return {"sets": sets, "reps": reps, "volume_kg": volume_g / 1000, "volume": volume}


def records_facts(records: Sequence["LoggedRecord"], unit: Unit) -> dict[str, Any]:
    """The records that were broken, as many as a page of a message may hold, and how many more there are."""
    best = sorted(range(len(records)), key=lambda number: -_step(records[number]))[:RECORDS_SHOWN]
    return {
        "records": [_record_facts(records[number], unit) for number in sorted(best)],
        "records_more": len(records) - len(best),
    }


def _step(record: "LoggedRecord") -> float:
    """How far a record went beyond what stood, as a share of that; the first of its kind is the least."""
    kind, value, previous = record.broken.kind, record.broken.value, record.broken.previous
    if previous is None:
        return -1.0
    better, worse = (previous, value) if kind is RecordKind.PACE else (value, previous)
    return better / worse - 1 if worse else 1.0


def _record_facts(record: "LoggedRecord", unit: Unit) -> dict[str, Any]:
    """A record with its unit and with what stood before."""
    from ptrack.progress.figures import DATA_UNITS, KIND_NAMES, record_text

    def told(kind: RecordKind, value: float) -> str:
        text = record_text(kind, value, unit)
        if kind is RecordKind.REPS:
            return f"{text} reps"
        return f"{text} {unit}" if DATA_UNITS[kind] == "kg" and value else text

    kind, previous, fact = record.broken.kind, record.broken.previous, record.broken.fact
    value = told(kind, record.broken.value)
    if kind is RecordKind.REPS and fact is not None and fact.weight_g:
        value = f"{value} at {told(RecordKind.WEIGHT, fact.weight_g)}"
    return {
        "exercise": record.exercise,
        "kind": KIND_NAMES[kind],
        "value": value,
        "previous": None if previous is None else told(kind, previous),
    }
