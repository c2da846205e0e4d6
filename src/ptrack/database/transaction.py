"""What is asked of an open write transaction, be it the ORM's or the bare one of an import."""

from typing import Protocol

from ptrack.database.reading import Reader


class Transaction(Protocol):
    """Answers questions about what is written, once what waits is written, too."""

    @property
    def reader(self) -> Reader:
        """Asks questions of the transaction's connection."""

    def flush(self) -> None:
        """Write what waits, so that questions see it."""
