"""What the commands of `ptrack import` share: options, and how they end."""

from collections.abc import Sequence
from typing import Annotated, Protocol

import typer

from ptrack.app import App
from ptrack.errors import EXIT_PARTIAL, EXIT_REFUSED
from ptrack.vocabulary import Unit

Create = Annotated[
    bool, typer.Option("--create", help="Make custom exercises of unknown names.", show_default=False)
]
LoadUnit = Annotated[Unit | None, typer.Option("--unit", help="The unit of loads where the file tells none.")]
Partial = Annotated[
    bool,
    typer.Option("--partial", help="Import the good rows even if others are rejected.", show_default=False),
]


class Judged(Protocol):
    """The report on a file."""

    @property
    def is_clean(self) -> bool:
        """Whether every row could be taken."""


def end(app: App, reports: Sequence[Judged], *, is_partial: bool) -> None:
    """Leave with the status that the reports ask for."""
    if all(report.is_clean for report in reports):
        return
    if is_partial:
        raise typer.Exit(EXIT_PARTIAL)
    app.notice("Nothing was imported. Mend what is listed, or take the good rows with --partial.")
    raise typer.Exit(EXIT_REFUSED)
