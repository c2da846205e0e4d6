"""`ptrack demo`: a practice to look at, and a short tour of the real commands."""

import gc
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from ptrack.app import App, Format
from ptrack.clients.queries import practice
from ptrack.commands.edge import Change, Context, app_of
from ptrack.config import database_path
from ptrack.database.fresh import create_database
from ptrack.database.reading import connect
from ptrack.errors import ConflictError
from ptrack.output.document import Document
from ptrack.output.progress import progress_bar

group = typer.Typer(rich_markup_mode=None, add_completion=False)

TOUR = (
    ("today",),
    ("appointments", "week"),
    ("log", "records", "Anna Berg", "Back Squat"),
    ("metrics", "chart", "Emil Sand", "weight", "--range", "year"),
    ("report", "usage", "Anna Berg"),
    ("programs", "next", "Ben Olsen"),
)


def demo_path(app: App, named: str | None) -> Path:
    """Where the demo goes: the new file that `--db` names, else its own beside the practice.

    Only a file that was made as a demo is ever made anew.
    """
    path = database_path(named) if named else app.path.with_name("demo.db")
    if path.exists() and (named or not _is_demo(path)):
        raise ConflictError(
            f"{path} exists already and was left as it is.\nName a new file: ptrack demo --db FILE"
        )
    return path


def _is_demo(path: Path) -> bool:
    try:
        with closing(connect(path)) as connection:
            return bool(
                connection.execute("SELECT 1 FROM change WHERE id = 1 AND command = 'demo'").fetchone()
            )
    except sqlite3.Error:
        return False


def build(app: App, path: Path) -> None:
    """Make the demo's file under another name and give it its own when it is whole."""
    from ptrack.database.session import writing
    from ptrack.desk.demo.cast import CAST
    from ptrack.desk.demo.story import tell

    made = path.with_name(f".{path.name}.new")
    made.unlink(missing_ok=True)
    create_database(made, now=app.now, uid="demo")
    with progress_bar(len(CAST), "A year of Studio Nord") as progress, writing(made, "demo", app.now) as work:
        tell(work, practice(work.reader).zone, progress)
        work.cannot_be_undone("a demo is made as a whole; ptrack demo makes another one")
    made.replace(path)


def _tour(path: Path) -> None:
    """Run the commands of the tour, each under its command line."""
    import subprocess

    environment = os.environ | {"PTRACK_DB": str(path)}
    for words in TOUR:
        line = " ".join(f'"{word}"' if " " in word else word for word in words)
        sys.stdout.write(f"\n$ ptrack {line}\n\n")
        sys.stdout.flush()
        subprocess.run([sys.executable, "-m", "ptrack", *words], env=environment, check=False)  # noqa: S603
    sys.stdout.write(f"\nLook around: export PTRACK_DB='{path}'; ptrack --help\n")


@group.command(cls=Change)
def demo(
    context: Context,
    db: Annotated[str | None, typer.Option("--db", metavar="PATH", help="A new file for it.")] = None,
) -> None:
    """Build a demo practice in a file of its own, and take a short tour of it."""
    app = app_of(context)
    path = demo_path(app, db or context.find_root().params.get("db"))
    gc.enable()
    build(app, path)
    if app.format is Format.JSON:
        app.show(Document((), data={"path": str(path), "tour": [list(words) for words in TOUR]}))
        return
    app.notice(f"A demo practice was made in {path}.")
    _tour(path)
