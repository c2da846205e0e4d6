"""Exports of Strong: of old and new releases, iOS and Android, in four languages."""

from ptrack.exchange.layouts import Format
from ptrack.exchange.sets import SetKind
from ptrack.naming import fold

COLUMNS = {
    "start": ("Date", "Datum", "日期"),
    "title": ("Workout Name", "Workout-Name", "Nom de l'entraînement", "锻炼名称"),
    "client": ("Client", "Client Name"),
    "duration": ("Duration", "Workout Duration", "Duration (sec)", "Dauer", "Durée", "时长"),
    "exercise": ("Exercise Name", "Name der Übung", "Nom de l'exercice", "运动名称"),
    "kind": ("Set Order", "Reihenfolge festlegen", "Ordre de la série", "设置顺序"),
    "weight": ("Weight", "Gewicht", "Poids", "重量"),
    "weight_kg": ("Weight (kg)", "kg"),
    "weight_lb": ("Weight (lb)", "Weight (lbs)", "lb", "lbs"),
    "weight_unit": ("Weight Unit", "Gewichtseinheit", "Unité de poids"),
    "reps": ("Reps", "Wiederh.", "Wiederholungen", "Réps", "Réps.", "Répétitions", "次"),
    "distance": ("Distance", "Entfernung", "Distanz", "距离"),
    "distance_km": ("km", "Distance (km)"),
    "distance_mi": ("mi", "Distance (mi)", "Distance (miles)"),
    "distance_m": ("Distance (meters)", "Distance (m)"),
    "distance_unit": ("Distance Unit",),
    "seconds": ("Seconds", "Sekunden", "Secondes", "秒"),
    "rpe": ("RPE",),
    "notes": ("Notes", "Notizen", "备注"),
    "workout_notes": ("Workout Notes", "Workout-Notizen", "Notes de l'entraînement", "锻炼备注"),
    "number": ("Workout #", "Workout No"),
}

_KINDS = {
    "w": SetKind.WARM_UP, "warm_up": SetKind.WARM_UP, "warmup": SetKind.WARM_UP, "warm up": SetKind.WARM_UP,
    "d": SetKind.WORKING, "drop": SetKind.WORKING, "drop_set": SetKind.WORKING, "dropset": SetKind.WORKING,
    "drop set": SetKind.WORKING, "f": SetKind.WORKING, "failure": SetKind.WORKING, "normal": SetKind.WORKING,
    "working": SetKind.WORKING, "": SetKind.WORKING,
    "rest timer": SetKind.REST, "rest_timer": SetKind.REST, "ruhezeit": SetKind.REST,
    "休息计时器": SetKind.REST, "minuteur de repos": SetKind.REST, "note": SetKind.NOTE,
}  # fmt: skip


def kind_of(word: str) -> SetKind:
    """What Strong's set order tells: a number, or a letter or word for the kind of set."""
    return SetKind.WORKING if word.isdecimal() else _KINDS.get(fold(word), SetKind.UNKNOWN)


STRONG = Format("strong", COLUMNS, ("start", "exercise", "kind", "reps"), kind_of)
