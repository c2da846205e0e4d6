"""Exports of Hevy: kilograms or pounds, kilometres or miles, dates in the phone's language."""

from ptrack.exchange.layouts import Format
from ptrack.exchange.sets import SetKind
from ptrack.naming import fold

COLUMNS = {
    "start": ("start_time",),
    "title": ("title",),
    "client": ("client", "client_name"),
    "end": ("end_time",),
    "workout_notes": ("description",),
    "exercise": ("exercise_title",),
    "superset": ("superset_id",),
    "notes": ("exercise_notes",),
    "set_index": ("set_index",),
    "kind": ("set_type",),
    "weight_kg": ("weight_kg",),
    "weight_lb": ("weight_lbs", "weight_lb"),
    "reps": ("reps",),
    "distance_km": ("distance_km",),
    "distance_mi": ("distance_miles", "distance_mi"),
    "distance_m": ("distance_meters",),
    "seconds": ("duration_seconds",),
    "rpe": ("rpe",),
}


def kind_of(word: str) -> SetKind:
    """What Hevy's set type tells; drop sets, sets to failure and whatever comes new are working sets."""
    return SetKind.WARM_UP if fold(word) in ("warmup", "warm_up", "warm up") else SetKind.WORKING


HEVY = Format("hevy", COLUMNS, ("start", "exercise", "reps"), kind_of)
