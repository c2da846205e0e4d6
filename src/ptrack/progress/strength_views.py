"""How strong a client is, on a page."""

from typing import Any

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_only
from ptrack.naming import Named
from ptrack.output.document import (
    Column,
    Document,
    Fields,
    Heading,
    Hint,
    Lines,
    Part,
    Span,
    Style,
    Table,
    line,
)
from ptrack.progress.figures import (
    DATA_UNITS,
    EXAMPLE_WEIGHT,
    FORMULA_NAMES,
    in_unit,
    kilograms,
    load_text,
    record_data,
)
from ptrack.progress.metrics.views import period_text
from ptrack.progress.rules.bodyweight import Weighing
from ptrack.progress.stall_views import WHEN_STALLED, best_text, day_text
from ptrack.progress.stalled import ExerciseStall
from ptrack.progress.strength import Lift, Strength, Total
from ptrack.vocabulary import Sex, Tracked


def strength_document(client: Named, found: Strength, practice: Practice) -> Document:
    """Lifts with their e1RM in body weights, the total with its points, what is missing, what has stalled."""
    aside = f"e1RM by {FORMULA_NAMES[practice.e1rm_formula]}, {period_text(found.period)}"
    parts: list[Part] = [
        Heading(f"Strength of {client.name}", aside),
        Table(_columns(practice), found.lifts, empty=_empty(client, found)),
    ]
    if found.total:
        parts.append(Fields(_total_pairs(found.total, practice)))
    missing = _missing(client, found, practice) if found.lifts else []
    if missing:
        parts.append(Lines([line(Span(what, Style.WARN)) for what, _ in missing]))
    if found.stalls:
        parts.append(Table(_stall_columns(practice), found.stalls))
        parts.append(Lines([line(Span(WHEN_STALLED, Style.MUTED))]))
    parts += [Hint(command, "enter it") for _, command in missing if command]
    if found.lifts:
        lift = found.lifts[0].exercise
        parts.append(Hint(f"ptrack log history {client.id} '{lift}'", "one lift over time"))
    return Document(parts, data=_data(client, found, practice))


def _empty(client: Named, found: Strength) -> str:
    if found.period.is_open:
        return (
            f"{client.name} has no e1RM in a main lift yet. "
            f"Log one: ptrack log add {client.id} 'Back Squat: 3x5 100'"
        )
    return (
        f"No e1RM in a main lift in this time ({period_text(found.period)}). "
        f"See all: ptrack log strength {client.id} --range all"
    )


def _columns(practice: Practice) -> list[Column]:
    def estimate(lift: Lift) -> str:
        return f"{in_unit(lift.e1rm_g, practice.unit):,.1f}"

    def of_set(lift: Lift) -> str:
        sign = "+" if lift.tracked is Tracked.BODYWEIGHT_PLUS and (lift.weight_g or 0) > 0 else ""
        load = f"{sign}{load_text(lift.weight_g, practice.unit)}" if lift.weight_g else "bw"
        return f"{load}\u00d7{lift.reps}"

    def body(lift: Lift) -> str:
        return f"{in_unit(lift.body.weight_g, practice.unit):.1f}" if lift.body else ""

    def ratio(lift: Lift) -> str:
        return "" if lift.ratio is None else f"{lift.ratio:.2f}\u00d7"

    return [
        Column("exercise", "Lift", flexible=True),
        Column("e1rm", f"e1RM {practice.unit}", value=estimate, align="right"),
        Column("set", "From", value=of_set, align="right", priority=2),
        Column("day", "Day", value=lambda lift: day_only(practice, lift.performed_at), priority=3),
        Column("body", f"Body {practice.unit}", value=body, align="right", priority=1),
        Column("ratio", "\u00d7 body", value=ratio, align="right"),
    ]


def _total_pairs(total: Total, practice: Practice) -> list[tuple[str, str]]:
    """The total and its points, each with what it is made of."""
    names = ", ".join(lift.exercise for lift in total.lifts)
    weight = f"{in_unit(total.weight_g, practice.unit):,.1f} {practice.unit}"
    pairs = [("Total", f"{weight} of e1RMs: {names}")]
    if total.scores and total.body:
        at = f"at {_weighing_text(total.body, practice)}"
        pairs += [
            ("DOTS", f"{total.scores.dots:.1f} {at}"),
            ("Wilks 2020", f"{total.scores.wilks:.1f}"),
            ("IPF GL", f"{total.scores.ipf_gl:.1f} (classic)"),
        ]
    return pairs


def _weighing_text(body: Weighing, practice: Practice) -> str:
    weight = f"{in_unit(body.weight_g, practice.unit):.1f} {practice.unit}"
    return f"{weight}, weighed {body.day:%a} {body.day.day} {body.day:%b %Y}"


def _missing(client: Named, found: Strength, practice: Practice) -> list[tuple[str, str]]:
    """What is not known, and the command that enters it."""
    told: list[tuple[str, str]] = []
    weigh = f"ptrack metrics add {client.id} weight={EXAMPLE_WEIGHT[practice.unit]}"
    if not found.is_weighed:
        text = "No body weight is known: there is no \u00d7 body, no DOTS, no e1RM of pull-ups and dips."
        told.append((text, weigh))
    elif before := [lift.performed_at for lift in found.lifts if lift.body is None]:
        text = "Lifts before the first body weight have no \u00d7 body."
        first = practice.local(min(before)).date()
        told.append((text, f"{weigh} --when {first}"))
    if found.sex is None:
        told.append(("DOTS needs the sex.", f"ptrack clients edit {client.id} --sex female"))
    elif found.sex is Sex.OTHER:
        told.append(("DOTS, Wilks and IPF GL have formulas for female and male alone.", ""))
    if found.missing:
        lifts = " and ".join(found.missing)
        told.append((f"No total, for there is no e1RM of the {lifts} in this time.", ""))
    return told


def _stall_columns(practice: Practice) -> list[Column]:
    return [
        Column("exercise", "Stalled", flexible=True),
        Column("workouts", "Workouts", value=lambda one: one.stall.workouts, align="right"),
        Column("since", "Since", value=lambda one: day_text(one.stall.since), priority=2),
        Column("best", "Last best", value=lambda one: best_text(one.stall, practice.unit), priority=1),
        Column("best_on", "On", value=lambda one: day_text(one.stall.best_on), priority=3),
    ]


def _data(client: Named, found: Strength, practice: Practice) -> dict[str, Any]:
    total = found.total
    points = total.scores if total else None
    return {
        "client": client.name,
        "client_id": client.id,
        "from": found.period.first,
        "to": found.period.last,
        "formula": practice.e1rm_formula,
        "sex": found.sex,
        "lifts": [_lift_data(lift, practice) for lift in found.lifts],
        "total_kg": round(total.weight_g / 1000, 2) if total else None,
        "body_weight_kg": kilograms(total.body.weight_g) if total and total.body else None,
        "body_weight_on": total.body.day if total and total.body else None,
        "dots": round(points.dots, 2) if points else None,
        "wilks": round(points.wilks, 2) if points else None,
        "ipf_gl": round(points.ipf_gl, 2) if points else None,
        "missing": [text for text, _ in _missing(client, found, practice)],
        "stalls": [_stall_data(one) for one in found.stalls],
    }


def _lift_data(lift: Lift, practice: Practice) -> dict[str, Any]:
    return {
        "exercise": lift.exercise,
        "exercise_id": lift.exercise_id,
        "e1rm_kg": round(lift.e1rm_g / 1000, 2),
        "reps": lift.reps,
        "weight_kg": kilograms(lift.weight_g),
        "performed_at": practice.local(lift.performed_at),
        "workout": lift.workout,
        "body_weight_kg": kilograms(lift.body.weight_g) if lift.body else None,
        "body_weight_on": lift.body.day if lift.body else None,
        "relative": None if lift.ratio is None else round(lift.ratio, 3),
    }


def _stall_data(one: ExerciseStall) -> dict[str, Any]:
    stall = one.stall
    return {
        "exercise": one.exercise,
        "exercise_id": one.exercise_id,
        "workouts": stall.workouts,
        "since": stall.since,
        "last": stall.last,
        "best_on": stall.best_on,
        "kind": stall.kind,
        "value": record_data(stall.kind, stall.value),
        "unit": DATA_UNITS[stall.kind],
    }
