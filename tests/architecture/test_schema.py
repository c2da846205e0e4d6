"""The shipped schema, the models and the migrations say the same."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from ptrack.database.check import schema_of
from ptrack.database.fresh import create_database
from ptrack.database.migrations import migrating
from ptrack.database.versions import HEAD, REVISIONS

ROOT = Path(__file__).parents[2]


def test_schema_and_seed_are_what_the_models_and_data_files_say() -> None:
    done = subprocess.run(
        [sys.executable, "tools/make_schema.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_migrations_make_the_shipped_schema(tmp_path: Path) -> None:
    (tmp_path / "migrated.db").touch()
    with migrating(tmp_path / "migrated.db") as migration:
        migration.go_to(HEAD)
    create_database(tmp_path / "fresh.db", "Europe/Berlin")
    with (
        closing(sqlite3.connect(tmp_path / "migrated.db")) as migrated,
        closing(sqlite3.connect(tmp_path / "fresh.db")) as fresh,
    ):
        assert schema_of(migrated) == schema_of(fresh)
        assert migrated.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_every_migration_is_known_by_number() -> None:
    files = (ROOT / "src/ptrack/database/migrations/versions").glob("*.py")
    assert sorted(file.name[:4] for file in files if file.name != "__init__.py") == list(REVISIONS)


def test_every_area_of_the_models_stands_alone() -> None:
    for area in sorted((ROOT / "src/ptrack/models").glob("*.py")):
        if area.stem in ("__init__", "base"):
            continue
        code = f"import ptrack.models.{area.stem}, sqlalchemy.orm as orm; orm.configure_mappers()"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{area.stem}: {done.stderr}"
