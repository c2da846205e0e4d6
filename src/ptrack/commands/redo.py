"""`ptrack redo`."""

import typer

from ptrack.commands.edge import Change, Context, DryRun, Yes, app_of
from ptrack.commands.undo import Steps, mend

group = typer.Typer(rich_markup_mode=None, add_completion=False)


@group.command(cls=Change)
def redo(context: Context, steps: Steps = 1, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Bring back what was taken back last, while nothing else was changed since."""
    mend(app_of(context), steps, is_redo=True, yes=yes, dry_run=dry_run)
