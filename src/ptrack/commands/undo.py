"""`ptrack undo`."""

from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import practice
from ptrack.commands.edge import Context, DryRun, Listing, Yes, app_of
from ptrack.errors import UsageError
from ptrack.exchange.undone_views import changes_document, mended_document, question

if TYPE_CHECKING:
    from ptrack.desk.undo import Mended

group = typer.Typer(rich_markup_mode=None, add_completion=False)

MOST_STEPS = 20

Steps = Annotated[
    int, typer.Option("--steps", "-n", metavar="N", min=1, max=MOST_STEPS, help="How many changes.")
]


@group.command(cls=Listing)
def undo(
    context: Context,
    steps: Steps = 1,
    show_list: Annotated[
        bool, typer.Option("--list", help="List the last changes; change nothing.", show_default=False)
    ] = False,
    is_redo: Annotated[
        bool, typer.Option("--redo", help="Bring back instead, as `ptrack redo`.", show_default=False)
    ] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Take back the last change of any command."""
    app = app_of(context)
    if show_list:
        list_changes(app)
        return
    if app.format == "csv":
        raise UsageError("--csv is for the list: ptrack undo --list --csv")
    mend(app, steps, is_redo=is_redo, yes=yes, dry_run=dry_run)


def list_changes(app: App) -> None:
    """Show the last changes, and which of them can be taken back."""
    from ptrack.desk.undo import list_changes as listed

    with app.reading() as reader:
        rows, house = listed(reader), practice(reader)
    app.show(changes_document(rows, house, app.now))


def mend(app: App, steps: int, *, is_redo: bool, yes: bool, dry_run: bool) -> None:
    """Take back, or bring back, after saying what that does; the saying is a rehearsal that is not kept."""
    if dry_run or not yes:
        mended = _do(app, steps, is_redo=is_redo, is_dry=True)
        if not dry_run:
            app.confirm(question(mended, app.now, is_redo=is_redo), yes=yes)
    if not dry_run:
        expected = None if yes else [one.past.id for one in mended]
        mended = _do(app, steps, is_redo=is_redo, expected=expected)
    with app.reading() as reader:
        house = practice(reader)
    app.show(mended_document(mended, house, app.now, is_redo=is_redo, is_dry=dry_run))


def _do(
    app: App, steps: int, *, is_redo: bool, is_dry: bool = False, expected: list[int] | None = None
) -> "list[Mended]":
    from ptrack.exchange import undoing
    from ptrack.exchange.bulk import bulk_writing

    does = undoing.redo if is_redo else undoing.undo
    app.ensure_database()
    with bulk_writing(app.path, app.now, "redo" if is_redo else "undo") as bulk:
        return does(bulk, steps, is_dry=is_dry, expected=expected)
