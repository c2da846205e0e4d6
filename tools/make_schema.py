"""Write the schema and the seed that ptrack ships, from the models and the data files.

    python tools/make_schema.py            writes src/ptrack/data/schema.sql and seed.sql
    python tools/make_schema.py --check    says whether they are up to date, and changes nothing
    python tools/make_schema.py --frozen   writes the newest revision's text as well, until it is released

A fresh database is made from these two files, since running the migrations takes many times as long. A test
holds the schema equal to what the migrations make.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from ptrack.database.session import writing
from ptrack.database.versions import HEAD
from ptrack.desk.founding import plant
from ptrack.models.all import METADATA, TRIGGERS

PTRACK = Path(__file__).parent.parent / "src" / "ptrack"
DATA = PTRACK / "data"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def _statements() -> Iterator[str]:
    dialect = sqlite.dialect()
    for table in METADATA.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect))
    yield from TRIGGERS


def _tidy(statement: str) -> str:
    lines = (line.rstrip() for line in statement.strip().splitlines())
    return "\n".join(line for line in lines if line)


def frozen_text() -> str:
    """Every table, index and trigger, as they stand beside a revision."""
    return "".join(f"{_tidy(statement)};\n" for statement in _statements())


def schema_text() -> str:
    """Every table, index and trigger, and the stamp of the newest revision."""
    return (
        f"{frozen_text()}CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL,\n"
        "\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n);\n"
        f"INSERT INTO alembic_version (version_num) VALUES ('{HEAD}');\n"
    )


def seed_text() -> str:
    """What every fresh practice holds, as INSERT statements."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "seed.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(schema_text())
        with writing(path, "init", EPOCH) as work:
            plant(work)
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript("DELETE FROM change_row; DELETE FROM change;")
            skip = (
                "CREATE ",
                'INSERT INTO "alembic_version"',
                "BEGIN",
                "COMMIT",
                'DELETE FROM "sqlite_sequence"',
            )
            kept = [
                line
                for line in connection.iterdump()
                if not line.startswith(skip) and '"sqlite_sequence"' not in line
            ]
    return "".join(f"{line}\n" for line in kept)


def main() -> int:
    """Write or check both files; 1 where a check finds one out of date."""
    if "--frozen" in sys.argv:
        (newest,) = (PTRACK / "database" / "migrations" / "versions").glob(f"{HEAD}_*.sql")
        newest.write_text(frozen_text(), encoding="utf-8")
    stale = 0
    for name, text in (("schema.sql", schema_text()), ("seed.sql", seed_text())):
        target = DATA / name
        if "--check" not in sys.argv:
            target.write_text(text, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != text:
            print(f"{name} is out of date: run tools/make_schema.py")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
