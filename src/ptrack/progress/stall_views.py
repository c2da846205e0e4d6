"""Stalls in words."""

from datetime import date

from ptrack.progress.figures import DATA_UNITS, KIND_NAMES, load_text, record_text
from ptrack.progress.rules.stalls import Stall
from ptrack.vocabulary import RecordKind, Unit

WHEN_STALLED = (
    "Stalled: 4 workouts or more over 3 weeks or more without a new best load, e1RM, reps, time, distance "
    "or pace; held against the last 26 weeks."
)
"""How a stall is decided, in words."""


def stall_text(stall: Stall, unit: Unit) -> str:
    """How long nothing got better, and what the last best was.

    `no new best in 6 workouts, Mon 12 Oct 2026 to Mon 16 Nov 2026; the last on Fri 9 Oct 2026: e1RM 122.5 kg`
    """
    span = f"{day_text(stall.since)} to {day_text(stall.last)}"
    return (
        f"no new best in {stall.workouts} workouts, {span}; "
        f"the last on {day_text(stall.best_on)}: {best_text(stall, unit)}"
    )


def best_text(stall: Stall, unit: Unit) -> str:
    """The last best with its kind: `e1RM 122.5 kg`, `12 reps at 20 kg`."""
    value = record_text(stall.kind, stall.value, unit)
    if stall.kind is RecordKind.REPS:
        return (
            f"{value} reps at {load_text(stall.weight_g, unit)} {unit}" if stall.weight_g else f"{value} reps"
        )
    with_unit = f"{value} {unit}" if DATA_UNITS[stall.kind] == "kg" else value
    return f"{KIND_NAMES[stall.kind]} {with_unit}"


def day_text(day: date) -> str:
    """`Mon 16 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"
