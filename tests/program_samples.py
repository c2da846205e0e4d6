"""Plans as trainers keep them, made for the tests, and ways to look at what became of them."""

import io
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from openpyxl import Workbook

EXAMPLES = Path(__file__).parents[1] / "examples" / "programs"
REAL = Path(__file__).parents[2] / "shared" / "data" / "programs"

GRID = """\
12 Week Plan,,,,,
Coach Maya,,,,,

Day 1 - Upper A,Sets,Reps,Weight,Rest,Notes
A1. Bench Press,4,6-8,70,2:00,pause
A2. Barbell Row,4,6-8,60,2:00,
Warm-up,,,,,
Push-Up,2,10/side,,,

Day 2 - Lower,Sets,Reps,Weight,Rest,Notes
Back Squat,5,5,100,3 min,
,1,10+,80,,back off
Plank,3,45 sec,,,
* RPE 8 means two left,,,,,
"""

JSON_PLAN = """\
{"name": "Basics", "weeks": 6, "days": [
  {"name": "Day A", "exercises": [
    {"name": "Back Squat", "sets": 3, "reps": "5", "weight": 100, "rest": "2 min"},
    {"name": "Bench Press", "notation": "3x8-12 60kg @8"},
    "Plank 3x45s"
  ]}
]}
"""

PLANNED = """
SELECT p.name, p.weeks, d.name, d.week, x.name, g.sets, g.reps_min, g.reps_max, g.amrap, g.weight_g,
       g.percent, g.seconds, g.rest_seconds, g.superset, g.section, g.notes
FROM program p JOIN program_day d ON d.program_id = p.id JOIN prescription g ON g.day_id = d.id
JOIN exercise x ON x.id = g.exercise_id
WHERE p.origin = 'own' OR p.kind = 'program'
ORDER BY p.id, d.position, g.position, g.part"""


def workbook(**sheets: Sequence[Any]) -> bytes:
    """A workbook with those rows; an underscore in a sheet's name stands for a space."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def plan_file(folder: Path, content: str | bytes, name: str = "plan.csv") -> str:
    """A file of that content; its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def planned(folder: Path, *columns: int) -> list[tuple[Any, ...]]:
    """What the practice's own programs prescribe: those columns of PLANNED, from 0, row by row."""
    with closing(sqlite3.connect(folder / "practice.db")) as connection:
        return [tuple(row[place] for place in columns) for row in connection.execute(PLANNED)]


def programs_held(folder: Path) -> list[tuple[Any, ...]]:
    """The practice's own templates and clients' programs: name, kind, client, start, status."""
    with closing(sqlite3.connect(folder / "practice.db")) as connection:
        return connection.execute(
            "SELECT p.name, p.kind, c.name, p.start_date, p.status FROM program p "
            "LEFT JOIN client c ON c.id = p.client_id "
            "WHERE p.origin IS NULL OR p.origin = 'own' ORDER BY p.id"
        ).fetchall()
