"""Exercises on a page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.exercises.likeness import SHOWN, Similar
from ptrack.exercises.queries import ExerciseDetails, ExerciseRow, PlanRow, Usage, UserRow
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
    list_document,
)
from ptrack.vocabulary import Muscle

_SHOWN_PROGRAMS = 10
_SHOWN_FOUND = 20


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _columns(muscles: Mapping[int, ExerciseDetails]) -> list[Column]:
    def primary(row: ExerciseRow) -> list[Muscle]:
        return list(muscles[row.id].primary) if row.id in muscles else []

    return [
        Column("id", "No", align="right"),
        Column("name", "Exercise", flexible=True),
        Column("category", "Category", show=_spaced, priority=1),
        Column("tracked", "Tracked", show=_spaced, priority=4),
        Column("equipment", "Equipment", show=lambda tool: _spaced(tool or ""), flexible=True, priority=3),
        Column(
            "primary",
            "Muscles",
            value=primary,
            show=lambda found: _spaced(", ".join(found)),
            flexible=True,
            priority=2,
        ),
        Column("is_custom", on_screen=False),
    ]


def exercises_document(rows: Sequence[ExerciseRow], muscles: Mapping[int, ExerciseDetails]) -> Document:
    """The list of exercises."""
    empty = "No exercise fits. See them all: ptrack exercises list"
    return list_document(Table(_columns(muscles), rows, empty=empty))


def found_document(rows: Sequence[ExerciseRow], muscles: Mapping[int, ExerciseDetails]) -> Document:
    """What a search found; a screen shows the first ones, so that the best stays in sight."""
    table = Table(_columns(muscles), rows, empty="No exercise fits. See them all: ptrack exercises list")
    parts: list[Part] = [table._replace(rows=rows[:_SHOWN_FOUND])]
    if len(rows) > _SHOWN_FOUND:
        more = f"and {len(rows) - _SHOWN_FOUND:,} more; another word makes them fewer"
        parts.append(Lines((line(Span(more, Style.MUTED)),)))
    return Document(tuple(parts), listing=table)


def nothing_found_document(text: str, near: Sequence[Named]) -> Document:
    """That a search found nothing: what comes nearest, and how to add what was looked for."""
    after: list[Part] = []
    if near:
        named = ", ".join(f"{entry.name} ({entry.id})" for entry in near)
        after.append(Lines((line(f"Nearest: {named}"),)))
    plain = text.replace("'", "")
    after.append(Hint(f"ptrack exercises add '{plain}'", "make it one of your own"))
    return list_document(Table(_columns({}), (), empty="No exercise fits."), after=tuple(after))


def similar_document(of: ExerciseRow, found: Sequence[Similar]) -> Document:
    """What may stand in for an exercise."""
    columns = (
        Column("id", "No", value=lambda row: row.exercise.id, align="right"),
        Column("name", "Instead", value=lambda row: row.exercise.name, flexible=True),
        Column("reason", "Why", flexible=True),
        Column("category", value=lambda row: row.exercise.category, on_screen=False),
        Column("tracked", value=lambda row: row.exercise.tracked, on_screen=False),
        Column("equipment", value=lambda row: row.exercise.equipment, on_screen=False),
        Column("shared", value=lambda row: list(row.shared), on_screen=False),
    )
    empty = f"Nothing trains what {of.name} trains first."
    return list_document(Table(columns, found, empty=empty), Heading(f"Like {of.name} ({of.id})"))


def _exercise_data(
    row: ExerciseRow,
    details: ExerciseDetails,
    similar: Sequence[Similar],
    usage: Usage,
    practice: Practice,
) -> dict[str, Any]:
    """One exercise for programs."""
    return {
        "id": row.id,
        "name": row.name,
        "category": row.category,
        "tracked": row.tracked,
        "equipment": row.equipment,
        "primary": list(details.primary),
        "secondary": list(details.secondary),
        "aliases": list(details.aliases),
        "description": row.description,
        "video_url": row.video_url,
        "is_custom": row.is_custom,
        "source": row.source,
        "licence": row.licence,
        "similar": [
            {"id": one.exercise.id, "name": one.exercise.name, "reason": one.reason}
            for one in similar[:SHOWN]
        ],
        "used_by": [
            {
                "client": user.client,
                "client_id": user.client_id,
                "workouts": user.workouts,
                "last_at": practice.local(user.last_at),
            }
            for user in usage.clients
        ],
        "programs": [plan._asdict() for plan in usage.programs],
    }


def exercise_document(
    row: ExerciseRow,
    details: ExerciseDetails,
    similar: Sequence[Similar],
    usage: Usage,
    practice: Practice,
) -> Document:
    """The page of one exercise."""
    data = _exercise_data(row, details, similar, usage, practice)
    pairs = [
        ("Category", _spaced(row.category)),
        ("Tracked", _spaced(row.tracked)),
        ("Equipment", _spaced(row.equipment or "")),
        ("Muscles", _spaced(", ".join(details.primary))),
        ("Also trains", _spaced(", ".join(details.secondary))),
        ("Also called", ", ".join(details.aliases)),
        ("How", row.description or ""),
        ("Video", row.video_url or ""),
        ("Source", ", ".join(part for part in (row.source, row.licence) if part)),
        ("Instead", ", ".join(one.exercise.name for one in similar[:SHOWN])),
        ("Planned in", _programs_text(usage.programs)),
    ]
    aside = "custom" if row.is_custom else ""
    parts: list[Part] = [Heading(f"{row.name} ({row.id})", aside), Fields(pairs)]
    if usage.clients:
        parts.append(_users_table(usage.clients, practice))
    parts.append(Hint(f"ptrack log add CLIENT {_quoted_set(row.name)}", "log it"))
    return Document(tuple(parts), data=data)


def _quoted_set(name: str) -> str:
    """Three sets of an exercise as a shell takes them."""
    import shlex

    from ptrack.notation.printing import print_name

    return shlex.quote(f"{print_name(name)}: 3x8")


def _programs_text(programs: Sequence[PlanRow]) -> str:
    """`5x5 Strength, Full Body (Anna Berg) and 3 more`."""
    named = [f"{plan.program} ({plan.client})" if plan.client else plan.program for plan in programs]
    more = len(named) - _SHOWN_PROGRAMS
    return ", ".join(named[:_SHOWN_PROGRAMS]) + (f" and {more:,} more" if more > 0 else "")


def _users_table(users: Sequence[UserRow], practice: Practice) -> Table:
    def day(moment: datetime) -> str:
        local = practice.local(moment)
        return f"{local.day} {local:%b %Y}"

    columns = (
        Column("client", "Done by", flexible=True),
        Column("workouts", "Workouts", align="right"),
        Column("last_at", "Last", show=day, align="right", priority=1),
    )
    return Table(columns, users)
