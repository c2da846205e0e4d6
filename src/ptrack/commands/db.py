"""`ptrack db`."""

from pathlib import Path
from typing import Annotated

import typer

from ptrack.commands.edge import Change, Context, DryRun, Listing, Yes, app_of, new_group
from ptrack.database.backup import back_up, default_backup_path, require_other, restore
from ptrack.database.check import Finding, check_file
from ptrack.database.migrations import losses
from ptrack.database.moving import Moved, move
from ptrack.database.vacuum import vacuum
from ptrack.database.versions import HEAD, require_known, revision_above, revision_below
from ptrack.errors import DatabaseError
from ptrack.output.document import Column, Document, Fields, Table

group = new_group("The database: info, check, backup, restore, upgrade.")

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
    with app.reading(may_be_older=True) as reader:
        schema = require_known(reader.connection, app.path)
        counts = {table: reader.value(f"SELECT count(*) FROM {table}") for table in COUNTED}
        changes = reader.value("SELECT count(*) FROM change")
    size = app.path.stat().st_size
    data = {
        "path": str(app.path), "bytes": size, "schema": schema, "newest_schema": HEAD,
        "sqlite": sqlite3.sqlite_version, "rows": counts, "changes": changes,
    }  # fmt: skip
    pairs = [
        ("File", str(app.path)),
        ("Size", f"{size / 1024:,.0f} KiB"),
        ("Schema", schema if schema == HEAD else f"{schema}; the newest is {HEAD}: ptrack db upgrade"),
        ("SQLite", sqlite3.sqlite_version),
    ]
    pairs += [(table.replace("_", " "), f"{count:,}") for table, count in counts.items()]
    app.show(Document((Fields(pairs),), data=data))


@group.command("check", cls=Listing)
def check(context: Context) -> None:
    """Check the file, its schema and its rows. Silent where all is well."""
    from ptrack.desk.audit import check_collected

    app = app_of(context)
    with app.reading(may_be_older=True) as reader:
        found = check_file(reader)
        if not found and require_known(reader.connection, app.path) == HEAD:
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
    """Copy the practice to a file. The copy is checked."""
    app = app_of(context)
    app.ensure_database(may_be_older=True)
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
    """Make the practice what a backup says. What it was before is kept beside it."""
    app = app_of(context)
    require_other(file, app.path)
    app.confirm(f"This replaces {app.path} by {file}; what it holds now is kept beside it.", yes=yes)
    kept = restore(file, app.path, app.now)
    app.show(
        Document(
            (Fields([("Restored", str(app.path)), ("Kept from before", str(kept or ""))]),),
            data={"path": str(app.path), "kept": str(kept) if kept else None},
        )
    )
    app.ensure_database()


@group.command("upgrade", cls=Change)
def upgrade(
    context: Context,
    to: Annotated[
        str | None, typer.Option(metavar="REV", help="The schema to stop at; the newest if not given.")
    ] = None,
) -> None:
    """Bring the practice to the newest schema; a backup comes first."""
    app = app_of(context)
    with app.reading(may_be_older=True) as reader:
        there = require_known(reader.connection, app.path)
    target = revision_above(there, to)
    moved = move(app.path, target, app.now) if target != there else None
    if moved is None:
        app.notice(f"The practice is of schema {target}: there is nothing to do.")
    app.show(_moved_document(app.path, there, target, moved))


@group.command("downgrade", cls=Change)
def downgrade(
    context: Context,
    revision: Annotated[
        str | None, typer.Argument(metavar="[REV]", help="The schema to go back to; one back if not given.")
    ] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Bring the practice back to an older schema for an older ptrack."""
    app = app_of(context)
    with app.reading(may_be_older=True) as reader:
        there = require_known(reader.connection, app.path)
        target = revision_below(there, revision)
        lost = losses(reader.connection, target)
    if not dry_run:
        app.confirm(_question(app.path, target, lost), yes=yes)
    moved = None if dry_run else move(app.path, target, app.now)
    app.show(_moved_document(app.path, there, target, moved, lost))
    app.notice(
        "Nothing was changed: this is what would be done."
        if dry_run
        else "It is for an older ptrack now: whatever this one does with it next upgrades it again."
    )


def _question(path: Path, target: str, lost: dict[str, int]) -> str:
    return f"This brings {path} back to schema {target}, which loses {_lost_text(lost)}."


def _lost_text(lost: dict[str, int]) -> str:
    return ", ".join(f"{what} ({count:,})" for what, count in lost.items()) or "nothing"


def _moved_document(
    path: Path, there: str, target: str, moved: Moved | None, lost: dict[str, int] | None = None
) -> Document:
    """From where to where a practice went, or would go; what is lost where it goes back."""
    kept = str(moved.kept) if moved else None
    data = {
        "path": str(path), "from": there, "to": target, "backup": kept,
        "lost": [{"what": what, "count": count} for what, count in (lost or {}).items()],
    }  # fmt: skip
    pairs = [
        ("Practice", str(path)),
        ("Schema", target if there == target else f"{there} → {target}"),
        ("Kept from before", kept or ""),
        ("Lost", "" if lost is None else _lost_text(lost)),
    ]
    return Document((Fields(pairs),), data=data)


@group.command("vacuum", cls=Change)
def vacuum_file(context: Context) -> None:
    """Give back the room in the file that deleted rows left."""
    app = app_of(context)
    app.ensure_database()
    before, after = vacuum(app.path)
    pairs = [("Size before", f"{before / 1024:,.0f} KiB"), ("Size now", f"{after / 1024:,.0f} KiB")]
    data = {"path": str(app.path), "bytes_before": before, "bytes_after": after}
    app.show(Document((Fields(pairs),), data=data))
