"""The words of trainers' spreadsheets: what columns are called, and what weeks, days and sections are.

English, German, French and Spanish, folded: letter case and accents don't count.
"""

import re
from collections.abc import Sequence
from functools import cache

from ptrack.naming import clean, fold
from ptrack.notation.statements import plain_signs
from ptrack.vocabulary import Section

ONE_SET = "set "
"""How the roles of columns begin that hold a single set: `Set 1`, `Set 2`."""

COLUMNS: dict[str, str] = {
    "program": "program, programme, programm, plan, template, programa, trainingsplan, plan name, "
    "program name",
    "kind": "kind, art",
    "client": "client, kunde, kundin, athlete, klient, cliente, athlet",
    "trainer": "trainer, coach, entraineur, entrenador",
    "start": "start, start date, start_date, beginn, startdatum, debut, inicio",
    "end": "end, end date, end_date, ende, enddatum, fin",
    "status": "status",
    "weeks": "weeks, number of weeks, wochen, semaines, semanas, duration weeks",
    "days_per_week": "days per week, days_per_week, days/week, tage pro woche, jours par semaine, "
    "dias por semana, frequency",
    "goal": "goal, ziel, objectif, objetivo",
    "description": "description, about, beschreibung, descripcion",
    "week": "week, wk, week no, week number, woche, semaine, semana, kw",
    "day": "day, days, training day, tag, trainingstag, jour, dia, session, workout, einheit, seance, "
    "sesion, weekday, wochentag",
    "focus": "focus, day name, theme, schwerpunkt, fokus, title, titel, workout name, titre, titulo, "
    "gym focus",
    "line": "line, zeile",
    "section": "section, block, phase, abschnitt, bloc, bloque, category, teil, bereich",
    "superset": "superset, group, order, label, supersatz, superserie, pairing, a/b, reihenfolge, ss, id",
    "exercise": "exercise, exercises, exercise name, movement, lift, lifts, name, ubung, ubungen, uebung, "
    "uebungen, exercice, exercices, ejercicio, ejercicios, mouvement, movimiento, movements",
    "warmup": "warmup, warm-up set, warm up set, is warmup, aufwarmsatz, w",
    "sets": "sets, set, number of sets, working sets, saetze, satze, satz, series, serie, # sets, sets #, "
    "no of sets, arbeitssatze",
    "reps": "reps, rep, repetitions, rep range, target reps, wiederholungen, wiederholung, wdh, whd, wdh., "
    "repetitions (reps), repeticiones, repetition, # reps, reps/time, reps / time, reps or time, "
    "reps/duration, reps per set",
    "prescription": "prescription, sets x reps, sets/reps, sets & reps, sets and reps, set x rep, volume, "
    "saetze x wdh, satze x wdh, satze x wiederholungen, sets x wdh, series x reps, "
    "series x repeticiones, programming, scheme, set/rep scheme, set & rep scheme, notation, vorgabe, "
    "sets*reps, setsxreps",
    "reps_min": "reps_min, min reps, reps min",
    "reps_max": "reps_max, max reps, reps max",
    "amrap": "amrap",
    "seconds": "seconds, sec",
    "meters": "meters, metres",
    "rest_seconds": "rest_seconds, rest (s), rest (sec), rest (seconds), pause (s), pause (sek), rest_s, "
    "rest s",
    "rest_minutes": "rest (min), pause (min), rest (minutes)",
    "load": "load, weight, weights, gewicht, last, charge, poids, peso, carga, resistance, intensity, "
    "intensitat, working weight, target weight, target load, belastung, load/intensity",
    "load_kg": "load_kg, weight_kg, kg, weight (kg), load (kg), gewicht (kg), poids (kg), peso (kg), "
    "charge (kg), carga (kg), weight kg, load kg, gewicht kg, weight in kg, gewicht in kg",
    "load_lb": "load_lb, weight_lb, lb, lbs, weight (lb), weight (lbs), load (lb), load (lbs), weight lbs, "
    "load lbs, pounds",
    "unit": "unit, einheit (gewicht), unite, unidad, weight unit, load unit",
    "bodyweight": "bodyweight, bw, korpergewicht",
    "percent": "percent, %, % 1rm, %1rm, percentage, prozent, pourcentage, porcentaje, % of 1rm, % e1rm, "
    "intensity %, % rm, %rm, 1rm %, intensity (%), % tm, %tm",
    "rpe": "rpe, target rpe, effort, rpe/rir, rpe target",
    "rir": "rir, reps in reserve, target rir",
    "time": "time, duration, zeit, dauer, duree, tiempo, duracion, temps, hold",
    "distance": "distance, distanz, strecke, distancia",
    "side": "per_side, per side, each side, side, pro seite",
    "rest": "rest, rest time, pause, rest period, erholung, repos, descanso, "
    "recuperation, pausen, pausa, "
    "rest periods, satzpause",
    "tempo": "tempo, cadence, kadenz, ritmo, cadencia",
    "progression": "progression, progress, steigerung, progresion",
    "notes": "notes, note, comment, comments, remarks, cues, bemerkung, bemerkungen, notiz, notizen, "
    "hinweis, hinweise, remarque, remarques, notas, nota, comentario, comentarios, observations, "
    "observaciones, instructions, coaching notes, coach notes, kommentar, anmerkung, anmerkungen, technique",
}  # fmt: skip
"""What our columns are called by others, ours first, parted by commas."""

_SECTIONS = {
    Section.WARM_UP: "warm-up, warm up, warmup, warm_up, aufwarmen, aufwaermen, echauffement, calentamiento, "
    "activation, mobility, mobilisation, prep, preparation, movement prep, warm-ups",
    Section.MAIN: "main, main lift, main lifts, main work, strength, hauptteil, principal, hauptubung, "
    "hauptubungen, kraft, main lift(s), primary, primary lifts, force, fuerza, workout",
    Section.ACCESSORY: "accessory, accessories, accessory work, assistance, assistance work, zubehor, "
    "accessoires, accesorios, auxiliary, secondary, isolation, core, supplemental, nebenubungen, zusatz, "
    "zusatzubungen, finisher, hypertrophy",
    Section.COOL_DOWN: "cool-down, cool down, cooldown, cool_down, abwarmen, abwaermen, retour au calme, "
    "vuelta a la calma, stretching, dehnen, cooldowns, etirements, estiramientos",
}

_WEEK_WORDS = r"(?:weeks?|wk|woche|wo|semaine|sem|semana|microcycle|microciclo)"
_WEEK = re.compile(
    rf"{_WEEK_WORDS}\s*[.#:-]?\s*(\d{{1,3}})\b|(\d{{1,3}})\s*(?:\.|st|nd|rd|th|e|ere|eme|a|o)\s*{_WEEK_WORDS}\b|"
    r"w(\d{1,3})(?=\s|$|[:-])"
)
_LENGTH = re.compile(r"\b(\d{1,3})[\s-]*(?:weeks?|wochen|semaines|semanas)\b")
_ONE_SET = re.compile(r"(?:set|satz|serie|s)\s*[#.]?\s*(\d{1,2})")
_WEEKDAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|"
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    "lunes|martes|miercoles|jueves|viernes|sabado|domingo"
)
_SPLITS = (
    "upper|lower|push|pull|legs?|full[ -]?body|whole[ -]?body|oberkorper|unterkorper|ganzkorper|beine|"
    "drucken|ziehen|haut du corps|bas du corps|torso|pierna|arms?|back|chest|"
    "shoulders?|squat|bench|deadlift|press"
)
_DAY = re.compile(
    r"(?:(?:training|workout)\s+)?"
    r"(?:day|tag|trainingstag|jour|dia|session|workout|einheit|training|seance|sesion|entreno)"
    rf"\s*[#.:-]?\s*(?:\d{{1,2}}|[a-h])\b.*|d\d{{1,2}}(?:\s*[:-].*)?|(?:{_WEEKDAYS})\b\.?(?:\s*[:(,-].*)?|"
    rf"(?:{_SPLITS})(?:\s+(?:day|tag|body|session))?(?:\s*[#-]?\s*(?:[a-h]|\d{{1,2}}))?(?:\s*[:(-].*)?"
)
_PLAIN_LIFT = re.compile(r"(?:squat|bench|deadlift|press|arms?|back|chest|shoulders?)s?")
_RESTING = re.compile(
    r"(?:rest|off|rest day|day off|ruhetag|ruhe|frei|repos|descanso|n/?a|none|nothing|keine?|aucune?|"
    r"ninguna?|no|-|--|\?|x)(?:\s+\D*)?"
)
_SUPERSET = re.compile(r"([a-z])\s*(\d{0,2})[.):]?")
_MOST_TITLE = 80


@cache
def _roles() -> dict[str, str]:
    """Our column by every spelling, folded."""
    return {fold(name): ours for ours, names in COLUMNS.items() for name in names.split(",")}


@cache
def _sections() -> dict[str, Section]:
    return {fold(name): section for section, names in _SECTIONS.items() for name in names.split(",")}


def role_of(text: str) -> str | None:
    """Which of our columns a header names; None where it is none that we know."""
    plain = fold(clean(plain_signs(text))).strip(" :*")
    one_set = _ONE_SET.fullmatch(plain)
    if one_set:
        return f"{ONE_SET}{int(one_set[1])}"
    return _roles().get(plain) if plain else None


def section_of(text: str) -> Section | None:
    """The section that a heading opens."""
    return _sections().get(fold(clean(text)).strip(" :[]*"))


def week_of(text: str) -> int | None:
    """The number of a week: `Week 3`, `Wk3`, `W3`, `Woche 3`, `3. Woche`, `Semaine 3 (deload)`."""
    found = _WEEK.match(fold(clean(text)).strip(" *"))
    if found is None:
        return None
    return int(next(number for number in found.groups() if number is not None))


def length_of(text: str) -> int | None:
    """How many weeks a title says that a plan takes: `12 Week Strength Block`."""
    found = _LENGTH.search(fold(clean(text)))
    return int(found[1]) if found else None


def is_day(text: str) -> bool:
    """Whether a heading names a day: `Day 1`, `Montag`, `Upper A`, `Jour 2 - Bas du corps`."""
    plain = fold(clean(text)).strip(" *")
    return len(plain) <= _MOST_TITLE and _DAY.fullmatch(plain) is not None


def is_sure_day(text: str) -> bool:
    """Whether a heading can be nothing but a day's: no exercise is called so, as `Squat` may be."""
    return is_day(text) and _PLAIN_LIFT.fullmatch(fold(clean(text)).strip(" *")) is None


def is_resting(text: str) -> bool:
    """Whether a cell says that nothing is planned: `Rest`, `None required`, `-`."""
    plain = fold(clean(text))
    return not plain or (_RESTING.fullmatch(plain) is not None and not any(map(str.isdigit, plain)))


def superset_of(text: str) -> str | None:
    """A superset's label such as `A1`; None for what is none. A letter alone marks a group of one."""
    found = _SUPERSET.fullmatch(fold(clean(text)))
    return f"{found[1].upper()}{int(found[2] or 1)}" if found else None


def week_number(text: str) -> int | None:
    """The number of a week in a column of weeks, where it may stand alone."""
    plain = clean(text)
    if plain.isascii() and plain.isdigit() and len(plain) < 9:  # noqa: PLR2004  no int() of more
        return int(plain)
    return week_of(plain)


def day_name(named: Sequence[str]) -> str:
    """`Day 1` for a bare number, `Day 1: Upper A` with what the day is about."""
    first, *others = named
    called = f"Day {first}" if first.isdigit() else first
    return ": ".join([called, *others])
