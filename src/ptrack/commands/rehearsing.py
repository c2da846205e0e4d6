"""Changes that can be rehearsed: done as always, looked at, and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ptrack.app import App

if TYPE_CHECKING:
    from ptrack.database.session import Writing


class _Rehearsed(Exception):  # noqa: N818  it ends a rehearsal, and never leaves this file
    """Takes a transaction back that was only to be looked at."""


@contextmanager
def writing(app: App, *, is_dry: bool) -> Iterator["Writing"]:
    """One transaction as `app.writing` gives it; with `is_dry` it is taken back when the block ends."""
    with suppress(_Rehearsed), app.writing() as work:
        yield work
        if is_dry:
            raise _Rehearsed
    if is_dry:
        app.notice("Nothing was saved: this is what would be.")
