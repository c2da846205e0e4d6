"""Changing a package that was sold, and opening a closed one again; what comes back settles what is owed."""

from dataclasses import dataclass

from ptrack.clients.queries import practice
from ptrack.credits.actions import Moved, PackageChanges, edit_package, reopen_package
from ptrack.database.session import Writing
from ptrack.desk.sell import settle_owed

EXTENDED = "owed until the package was extended"
REOPENED = "owed until the package was reopened"


@dataclass(frozen=True, slots=True)
class Amended:
    """The credits that came back to a package, and the sessions owed that they paid for."""

    back: Moved
    settled: tuple[int, ...] = ()


def amend(work: Writing, number: int, changes: PackageChanges) -> Amended:
    """Change a package; one that is extended takes back what had expired and pays for what it covers now."""
    back = edit_package(work, number, changes)
    if changes.expires_on is None and not changes.never:
        return Amended(back)
    return Amended(back, settle_owed(work, practice(work.reader), number, EXTENDED))


def reopen(work: Writing, number: int) -> Amended:
    """Open a closed package again, with the credits that it was closed with."""
    back = reopen_package(work, number)
    return Amended(back, settle_owed(work, practice(work.reader), number, REOPENED))
