"""The one family of errors: each class owns its code (for scripts) and its exit status (for shells).

An error's message is one or two lines: what is wrong, and what to do about it. Nothing has been written when
one is raised, for the transaction it leaves is rolled back.
"""

from collections.abc import Sequence

EXIT_REFUSED = 1
EXIT_USAGE = 2
EXIT_PARTIAL = 3
EXIT_DATABASE = 4
EXIT_INTERRUPTED = 130


class PtrackError(Exception):
    """Base of all errors that a person is told about; refused by the data or a rule unless told otherwise.

    `candidates` are names (or numbers) that may have been meant, nearest first.
    """

    code = "refused"
    exit_status = EXIT_REFUSED

    def __init__(self, message: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.candidates = tuple(candidates)


class NotFoundError(PtrackError):
    """Nothing has that number or name."""

    code = "not_found"


class AmbiguousError(PtrackError):
    """Several things have a name that begins so."""

    code = "ambiguous"


class ConflictError(PtrackError):
    """Something is in the way: an overlapping appointment, a name already taken."""

    code = "conflict"


class StateError(PtrackError):
    """The record is not in a state that allows the move."""

    code = "state"


class RuleError(PtrackError):
    """A rule of the practice refuses it (a policy, a plausible range, a flag that is off)."""

    code = "rule"


class RejectedError(PtrackError):
    """An import was refused because of rows or names in it; the report lists them."""

    code = "rejected"


class UsageError(PtrackError):
    """The command, an option or its value cannot be understood."""

    code = "usage"
    exit_status = EXIT_USAGE


class NotationError(UsageError):
    """A workout text has mistakes; `details` holds the full listing with places and carets.

    `places` are the mistakes one by one: line and column from 1, and what was expected there.
    """

    code = "notation"

    def __init__(
        self,
        message: str,
        details: str,
        candidates: Sequence[str] = (),
        places: Sequence[tuple[int, int, str]] = (),
    ) -> None:
        super().__init__(message, candidates)
        self.details = details
        self.places = tuple(places)


class UnreadableError(UsageError):
    """A file or standard input cannot be read as what it should be."""

    code = "unreadable"


class PartialError(PtrackError):
    """The work was done in part."""

    code = "partial"
    exit_status = EXIT_PARTIAL


class DatabaseError(PtrackError):
    """The database is busy, damaged, missing, or newer than the program."""

    code = "database"
    exit_status = EXIT_DATABASE


class UnusableError(DatabaseError):
    """The file is no whole database that this ptrack can use: damaged, another program's, or newer."""


class OutdatedError(UnusableError):
    """The file is of an older schema than this ptrack works with, and can be brought there."""


class BusyError(DatabaseError):
    """Another program kept the database locked for the whole waiting time."""

    code = "busy"
