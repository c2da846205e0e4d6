"""`ptrack db`."""

from pathlib import Path
from typing import Annotated

import typer

from ptrack.commands.edge import Change, Context, Listing, Yes, app_of, new_group
from ptrack.database.backup import back_up, default_backup_path, restore
from ptrack.database.check import Finding, check_file
from ptrack.database.versions import HEAD
from ptrack.errors import DatabaseError
from ptrack.output.document import Column, Document, Fields, Table

group = new_group("The database: info, check, backup, restore.")

COUNTED = (
    "client",
    "appointment",
    "session",
    "package",
    "workout",
    "workout_set",
    "metric_entry",
    "program",
    "exercise",
)


@group.command("info", cls=Change)
def info(context: Context) -> None:
    """Say where the practice is kept and how much is in it."""
    import sqlite3

    app = app_of(context)
    with app.reading() as reader:
        counts = {table: reader.value(f"SELECT count(*) FROM {table}") for table in COUNTED}
        changes = reader.value("SELECT count(*) FROM change")
    size = app.path.stat().st_size
    data = {
        "path": str(app.path), "bytes": size, "schema": HEAD, "sqlite": sqlite3.sqlite_version,
        "rows": counts, "changes": changes,
    }  # fmt: skip
    pairs = [
        ("File", str(app.path)),
        ("Size", f"{size / 1024:,.0f} KiB"),
        ("Schema", HEAD),
        ("SQLite", sqlite3.sqlite_version),
    ]
    pairs += [(table.replace("_", " "), f"{count:,}") for table, count in counts.items()]
    app.show(Document((Fields(pairs),), data=data))


@group.command("check", cls=Listing)
def check(context: Context) -> None:
    """Check the file, its schema and what must hold between rows; silent where all is well."""
    from ptrack.desk.audit import check_collected

    app = app_of(context)
    with app.reading() as reader:
        found = check_file(reader)
        if not found:
            found = [Finding("collected", text) for text in check_collected(reader)]
    columns = (Column("check", "Check"), Column("text", "Found", flexible=True))
    if found or app.format != "screen":
        table = Table(columns, found)
        app.show(Document((table,), listing=table))
    if found:
        raise DatabaseError(
            f"{len(found)} found wrong with {app.path}; nothing was changed.\n"
            "Bring back a backup: ptrack db restore FILE"
        )


@group.command("backup", cls=Change)
def backup(
    context: Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where to; by default beside the practice.")
    ] = None,
) -> None:
    """Copy the practice to a file, and make sure that the copy is good."""
    app = app_of(context)
    app.ensure_database()
    target = back_up(app.path, file or default_backup_path(app.path, app.now))
    size = target.stat().st_size
    app.show(
        Document(
            (Fields([("Backup", str(target)), ("Size", f"{size / 1024:,.0f} KiB")]),),
            data={"path": str(target), "bytes": size},
        )
    )


@group.command("restore", cls=Change)
def restore_backup(
    context: Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to bring back.")],
    yes: Yes = False,
) -> None:
    """Make the practice what a backup says; what it was before is kept beside it."""
    app = app_of(context)
    app.confirm(f"This replaces {app.path} by {file}; what it holds now is kept beside it.", yes=yes)
    kept = restore(file, app.path, app.now)
    app.show(
        Document(
            (Fields([("Restored", str(app.path)), ("Kept from before", str(kept or ""))]),),
            data={"path": str(app.path), "kept": str(kept) if kept else None},
        )
    )
