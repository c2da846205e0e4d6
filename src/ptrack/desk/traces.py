"""What the change journal holds about one client, in whichever table."""

import json
from dataclasses import dataclass, field
from typing import Any

from ptrack.database.reading import Reader

JOURNAL = """
SELECT id, change_id, before, after FROM change_row WHERE table_name = :table"""

TABLES = "SELECT DISTINCT table_name FROM change_row"

PARTS_OF = {
    "workout": (("workout_exercise", "workout_id"), ("metric_entry", "workout_id")),
    "workout_exercise": (("workout_set", "workout_exercise_id"),),
    "program": (("program_day", "program_id"),),
    "program_day": (("prescription", "day_id"),),
    "package": (("credit_entry", "package_id"),),
    "appointment": (("message", "appointment_id"),),
    "session": (("message", "session_id"), ("feedback", "session_id")),
}
"""What belongs to a client's rows without naming the client: the table, and its column that says to which."""


LIVE = {
    "workout": "SELECT id FROM workout WHERE client_id = :client",
    "workout_exercise": """
SELECT e.id FROM workout_exercise e JOIN workout w ON w.id = e.workout_id WHERE w.client_id = :client""",
    "program": "SELECT id FROM program WHERE client_id = :client",
    "program_day": """
SELECT d.id FROM program_day d JOIN program p ON p.id = d.program_id WHERE p.client_id = :client""",
    "appointment": "SELECT id FROM appointment WHERE client_id = :client",
    "session": "SELECT id FROM session WHERE client_id = :client",
    "package": """
SELECT p.id FROM package p LEFT JOIN package o ON o.id = p.source_package_id
WHERE p.client_id = :client OR o.client_id = :client""",
}
"""What the client has now; an import brings rows of which the journal knows nothing.

Packages that others were handed from theirs are among them: what the ledger says of those names the client.
"""


@dataclass
class Traces:
    """The journal's rows about a client, and the changes that made them."""

    rows: set[int] = field(default_factory=set)
    changes: set[int] = field(default_factory=set)


def traces_of(reader: Reader, client: int) -> Traces:
    """Find all that the journal holds about a client, rows that are long gone included."""
    search = _Search(reader, client)
    for table in {*reader.values(TABLES), *LIVE}:
        column = "id" if table == "client" else "client_id"
        search.collect_parts(table, search.collect(table, column, {client}))
    return search.found


class _Search:
    """One search through the journal, a table at a time."""

    def __init__(self, reader: Reader, client: int) -> None:
        self._reader, self._client = reader, client
        self.found = Traces()

    def collect_parts(self, table: str, numbers: set[Any]) -> None:
        """Note what belongs to rows of a table, and what belongs to that."""
        if table in LIVE:
            numbers |= set(self._reader.values(LIVE[table], client=self._client))
        for part, column in PARTS_OF.get(table, ()):
            self.collect_parts(part, self.collect(part, column, numbers))

    def collect(self, table: str, column: str, wanted: set[Any]) -> set[Any]:
        """Note the rows of a table with one of these values in a column; the numbers of those rows."""
        numbers = set()
        for row, change, *texts in self._reader.connection.execute(JOURNAL, {"table": table}):
            for text in texts:
                image = json.loads(text) if text is not None else {}
                if image.get(column) in wanted:
                    self.found.rows.add(row)
                    self.found.changes.add(change)
                    numbers.add(image.get("id"))
        return numbers
