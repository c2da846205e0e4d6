"""Exercises on a page."""

from collections.abc import Mapping, Sequence

from ptrack.exercises.queries import ExerciseDetails, ExerciseRow
from ptrack.output.document import Column, Document, Fields, Heading, Hint, Table, list_document
from ptrack.vocabulary import Muscle


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def exercises_document(rows: Sequence[ExerciseRow], primary: Mapping[int, Sequence[Muscle]]) -> Document:
    """The list of exercises."""

    def muscles(row: ExerciseRow) -> list[Muscle]:
        return list(primary.get(row.id, ()))

    columns = (
        Column("id", "No", align="right"),
        Column("name", "Exercise", flexible=True),
        Column("category", "Category", show=_spaced, priority=1),
        Column("tracked", "Tracked", show=_spaced, priority=4),
        Column("equipment", "Equipment", flexible=True, priority=3),
        Column(
            "primary",
            "Muscles",
            value=muscles,
            show=lambda found: _spaced(", ".join(found)),
            flexible=True,
            priority=2,
        ),
        Column("is_custom", on_screen=False),
    )
    empty = "No exercise fits. See them all: ptrack exercises list"
    return list_document(Table(columns, rows, empty=empty))


def exercise_document(row: ExerciseRow, details: ExerciseDetails) -> Document:
    """The page of one exercise."""
    data = {
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
    }
    pairs = [
        ("Category", _spaced(row.category)),
        ("Tracked", _spaced(row.tracked)),
        ("Equipment", row.equipment or ""),
        ("Muscles", _spaced(", ".join(details.primary))),
        ("Also trains", _spaced(", ".join(details.secondary))),
        ("Also called", ", ".join(details.aliases)),
        ("How", row.description or ""),
        ("Video", row.video_url or ""),
        ("Source", " ".join(part for part in (row.source, row.licence) if part)),
    ]
    aside = "custom" if row.is_custom else ""
    hint = Hint(f"ptrack log add CLIENT '{row.name}: 3x8'", "log it")
    return Document((Heading(f"{row.name} ({row.id})", aside), Fields(pairs), hint), data=data)
