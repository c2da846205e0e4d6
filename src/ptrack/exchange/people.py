"""Whose workouts a file holds: one client's, or those that a column names."""

from collections.abc import Sequence

from ptrack.errors import AmbiguousError, NotFoundError, UsageError
from ptrack.exchange.layouts import Layout
from ptrack.naming import Named, resolve


class People:
    """The clients of one file: the one that was named, or the one each row names."""

    def __init__(self, entries: Sequence[Named], client: str | None, layout: Layout, file: str) -> None:
        self._entries = entries
        self._one = resolve(client, entries, "client").id if client is not None else None
        self._found: dict[str, int | str] = {}
        if client is None and "client" not in layout.places:
            raise UsageError(
                f"Whose workouts {file} holds is not said, and it has no column for the client.\n"
                "Name the client: --client NAME"
            )

    def number(self, name: str) -> int | str:
        """The number of the client that a row is of, or why there is none."""
        if self._one is not None:
            return self._one
        if name not in self._found:
            self._found[name] = self._looked_up(name)
        return self._found[name]

    def _looked_up(self, name: str) -> int | str:
        if not name:
            return "the client is missing"
        try:
            return resolve(name, self._entries, "client").id
        except (NotFoundError, AmbiguousError) as error:
            return error.message
