"""Entries of other libraries of exercises, made for the tests in the forms that those libraries have."""

import json
from pathlib import Path
from typing import Any

REAL = Path(__file__).parents[2] / "shared/data/exercises/free-exercise-db.json"


def free_entry(**said: Any) -> dict[str, Any]:
    """An entry of free-exercise-db, but for what is said."""
    usual = {
        "name": "Anvil Press", "force": "push", "level": "beginner", "mechanic": "compound",
        "equipment": "barbell", "primaryMuscles": ["shoulders"],
        "secondaryMuscles": ["triceps", "middle back"], "instructions": ["Stand tall.", "Press."],
        "category": "strength", "images": [], "id": "Anvil_Press",
    }  # fmt: skip
    return usual | said


def wger_entry(**said: Any) -> dict[str, Any]:
    """An entry of wger's `exerciseinfo`, but for what is said."""
    usual = {
        "id": 345, "uuid": "c788d643-150a-4ac7-97ef-84643c6419bf", "created": "2023-08-06T10:17:17+02:00",
        "category": {"id": 9, "name": "Legs"},
        "muscles": [{"id": 10, "name": "Quadriceps femoris", "name_en": "Quads", "is_front": True}],
        "muscles_secondary": [
            {"id": 8, "name": "Gluteus maximus", "name_en": "Glutes", "is_front": False},
            {"id": 3, "name": "Serratus anterior", "name_en": "", "is_front": True},
        ],
        "equipment": [{"id": 8, "name": "Bench"}, {"id": 3, "name": "Dumbbell"}],
        "license": {"id": 2, "full_name": "Creative Commons Attribution Share Alike 4",
                    "short_name": "CC-BY-SA 4", "url": "https://creativecommons.org/licenses/by-sa/4.0/"},
        "license_author": "Ida Kern", "images": [], "videos": [], "variations": None,
        "translations": [
            {"id": 1, "name": "Kurzhantel-Treppe", "description": "<p>Steige <b>auf</b>.</p>", "language": 1,
             "aliases": [{"id": 7, "alias": "Treppe"}], "notes": []},
            {"id": 2, "name": "Dumbbell Staircase", "language": 2, "notes": [],
             "description": "<ol><li>Step&nbsp;up.</li><li>Step &amp; down.</li></ol><script>x</script>",
             "aliases": [{"id": 8, "alias": "DB Stairs"}]},
        ],
    }  # fmt: skip
    return usual | said


def older_wger_entry(**said: Any) -> dict[str, Any]:
    """An entry of wger's older `exercise`, which tells of everything in numbers, but for what is said."""
    usual = {
        "id": 77, "uuid": "9c2e1f4e-0000-4f3c-8b0e-000000000077", "name": "Ring Fallout",
        "exercise_base": 12, "description": "<p>Lean.</p>", "creation_date": "2019-01-01", "category": 10,
        "muscles": [6, 14], "muscles_secondary": [12], "equipment": [7], "language": 2, "license": 1,
        "license_author": "wger.de", "variations": [],
    }  # fmt: skip
    return usual | said


def library(folder: Path, *entries: dict[str, Any], name: str = "library.json", **beside: Any) -> str:
    """A file with those entries: a list, or an object with the list where something stands beside it."""
    path = folder / name
    content = {**beside, "results": entries} if beside else entries
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return str(path)
