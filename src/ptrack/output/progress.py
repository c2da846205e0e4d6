"""How far long work is, on a terminal's standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress

HowFar = Callable[[int, int, int], None]
"""Told now and then: how much is done, how much there is, and how many rows that was."""


@contextmanager
def progress_bar(total: int, what: str) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal's standard error that the yielded function moves on; silent elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn

    with _bar(TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}")) as bar:
        task = bar.add_task(what, total=total, name="")
        yield lambda name: bar.update(task, advance=1, name=name)


@contextmanager
def done_bar(total: int, what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error that the yielded function sets to how many of how many are done."""
    from rich.progress import BarColumn, MofNCompleteColumn

    with _bar(BarColumn(), MofNCompleteColumn()) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def rows_bar(what: str) -> Iterator[HowFar | None]:
    """A bar with rows per second on a terminal's standard error; None, and silent, elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, TextColumn

    columns = (BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TextColumn("{task.fields[rate]}"))
    with _bar(TextColumn(what), *columns) as bar:
        task = bar.add_task(what, total=None, rate="")

        def tell(done: int, total: int, rows: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            rate = f"{rows / elapsed:,.0f} rows/s" if elapsed else ""
            bar.update(task, completed=done, total=total, rate=rate)

        yield tell


def _bar(*columns: Any) -> "Progress":
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    return Progress(*columns, console=console, transient=True)
