"""What the commands of `ptrack import` share: options, and how they end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Protocol

import typer

from ptrack.app import App, Format
from ptrack.errors import EXIT_PARTIAL, EXIT_REFUSED
from ptrack.output.progress import HowFar
from ptrack.vocabulary import Unit

SLOW_BYTES = 4_000_000
"""From this size on a file may take over a second, and a bar shows how far it is."""

SLOW_PROGRAM_BYTES = 200_000
"""The same for programs, of which every cell is understood."""

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


@contextmanager
def bar(app: App, files: Sequence[Path], slow_bytes: int = SLOW_BYTES) -> Iterator[HowFar | None]:
    """A bar while files are read, on a terminal, where it will take a while."""
    size = sum(file.stat().st_size for file in files if file.is_file())
    if size < slow_bytes or app.format is not Format.SCREEN:
        yield None
        return
    from ptrack.output.progress import rows_bar

    with rows_bar("Reading") as progress:
        yield progress


def end(app: App, reports: Sequence[Judged], *, is_partial: bool) -> None:
    """Leave with the status that the reports ask for."""
    if all(report.is_clean for report in reports):
        return
    if is_partial:
        raise typer.Exit(EXIT_PARTIAL)
    app.notice("Nothing was imported. Mend what is listed, or take the good rows with --partial.")
    raise typer.Exit(EXIT_REFUSED)
