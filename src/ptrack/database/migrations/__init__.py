"""The steps from one schema to the next, for files that an older ptrack made."""

import sqlite3
from pathlib import Path


def migrate(path: Path, revision: str = "head") -> None:
    """Bring a file to a revision, in one transaction; an empty file becomes a practice without content."""
    import sqlalchemy as sa
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.pool import NullPool

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(path, isolation_level=None)

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    config = Config()
    config.set_main_option("script_location", "ptrack:database/migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
