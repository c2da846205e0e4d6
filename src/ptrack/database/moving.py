"""Bringing a practice to another schema: up when an older one is opened, down when somebody asks for it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ptrack.database.backup import back_up, default_backup_path
from ptrack.database.fresh import discard
from ptrack.database.migrations import migrating
from ptrack.database.versions import require_known

_WRITE_NOTHING = "UPDATE alembic_version SET version_num = version_num"
"""Fails where the file may not be written, which its lock does not look at: no backup is made for nothing."""


@dataclass(frozen=True, slots=True)
class Moved:
    """From which schema to which a practice was brought, and where it is kept as it was before."""

    before: str
    after: str
    kept: Path


def move(database: Path, revision: str, now: datetime) -> Moved | None:
    """Bring a practice to the schema of a revision; None where it is of that one already.

    It is locked from before the backup until all is done: no change can fall between the two, and of two
    programs that begin at once one waits and finds it done. Where anything fails the practice is what it was.
    """
    kept = None
    try:
        with migrating(database) as migration:
            there = require_known(migration.raw, database)
            if there == revision:
                return None
            migration.raw.execute(_WRITE_NOTHING)
            kept = back_up(database, default_backup_path(database, now, revision))
            migration.go_to(revision)
    except BaseException:
        if kept:
            discard(kept)
        raise
    return Moved(there, revision, kept)
