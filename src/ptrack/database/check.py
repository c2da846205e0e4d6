"""Named checks of a whole database; each is silent where all is well."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass

from ptrack.database.fresh import shipped
from ptrack.database.migrations import snapshot
from ptrack.database.reading import Reader
from ptrack.database.versions import HEAD, schema_version

QUESTIONS = {
    "credits": """
SELECT 'session ' || session_id || ' costs ' || -sum(delta) || ' credits'
FROM credit_entry WHERE session_id IS NOT NULL GROUP BY session_id HAVING sum(delta) NOT BETWEEN -1 AND 0""",
    "sessions": """
SELECT 'appointment ' || a.id || ' is ' || a.status || ' while its session is ' || s.status
FROM appointment a JOIN session s ON s.appointment_id = a.id
WHERE a.status <> s.status AND NOT (a.status = 'scheduled' AND s.status = 'in_progress')
UNION ALL
SELECT 'appointment ' || a.id || ' is completed without a session'
FROM appointment a WHERE a.status = 'completed'
AND NOT EXISTS (SELECT 1 FROM session s WHERE s.appointment_id = a.id)""",
    "workouts": """
SELECT 'workout ' || w.id || ' is of client ' || w.client_id || ', its session of client ' || s.client_id
FROM workout w JOIN session s ON s.id = w.session_id WHERE s.client_id <> w.client_id""",
    "metrics": """
SELECT 'metric entry ' || e.id || ' is of another client than its workout ' || w.id
FROM metric_entry e JOIN workout w ON w.id = e.workout_id WHERE w.client_id <> e.client_id""",
}
"""What must hold between rows beyond the constraints; each question lists what breaks it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: the check that found it, and what it found."""

    check: str
    text: str


def check_file(reader: Reader) -> list[Finding]:
    """Everything wrong with the open database: the file, its schema, its keys, what holds between rows.

    What holds between rows is asked of the present schema only; an older one is held to its own text.
    """
    damage = [row[0] for row in reader.tuples("PRAGMA integrity_check")]
    if damage != ["ok"]:
        return [Finding("integrity", text) for text in damage]
    found = [
        Finding("keys", f"{table} row {row} points to a row of {parent} that is not there")
        for table, row, parent, _ in reader.tuples("PRAGMA foreign_key_check")
    ]
    found += [Finding("schema", text) for text in _schema_differences(reader)]
    if found or schema_version(reader.connection) != HEAD:
        return found
    return [
        Finding(check, str(text)) for check, question in QUESTIONS.items() for text in reader.values(question)
    ]


_SCHEMA = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"


def schema_of(connection: sqlite3.Connection) -> dict[str, str]:
    """Every table, index and trigger by name, with its text in single spaces."""
    return {name: " ".join(str(sql).split()) for name, sql in connection.execute(_SCHEMA)}


def _schema_differences(reader: Reader) -> list[str]:
    version = schema_version(reader.connection) or HEAD
    with closing(sqlite3.connect(":memory:")) as shipped_schema:
        shipped_schema.executescript(shipped("schema.sql") if version == HEAD else snapshot(version))
        should = schema_of(shipped_schema)
    there = schema_of(reader.connection)
    return [f"{name} is missing" for name in sorted(should.keys() - there.keys())] + [
        f"{name} is not as it should be"
        for name in sorted(should)
        if there.get(name, should[name]) != should[name]
    ]
