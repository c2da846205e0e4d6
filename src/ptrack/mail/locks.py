"""By what a run is known to live: a file beside the practice that the operating system keeps locked for it.

However a run ends, the system lets go of its lock; no clock is asked. A run's name is the end of its file's
name.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ptrack.database.fresh import PRIVATE_FILE
from ptrack.errors import DatabaseError


def lock_path(practice: Path, run: str) -> Path:
    """The file of a run, the same by whatever way the practice is reached."""
    real = practice.resolve()
    return real.with_name(f"{real.name}.mail-{run}.lock")


@contextmanager
def living(practice: Path) -> Iterator[str]:
    """A run with a name of its own, that everybody can tell to be alive until the block ends."""
    run, handle = next(taken for taken in iter(lambda: _taken(practice), ()) if taken)
    try:
        yield run
    finally:
        lock_path(practice, run).unlink(missing_ok=True)
        os.close(handle)


def _taken(practice: Path) -> tuple[str, int] | None:
    """A new run's name and its open, locked file; None where somebody cleared that away before the lock."""
    run = os.urandom(8).hex()
    path = lock_path(practice, run)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE)
    except OSError as error:
        raise DatabaseError(
            f"No mail can be sent: nothing can be written in {path.parent} ({error.strerror}).\n"
            "A run keeps a file there for as long as it lasts. Mend the folder's permissions."
        ) from error
    fcntl.flock(handle, fcntl.LOCK_EX)
    if os.fstat(handle).st_nlink:
        return run, handle
    os.close(handle)
    return None


def is_dead(practice: Path, run: str) -> bool:
    """Whether nobody holds that run's lock; what it left behind is cleared away."""
    path = lock_path(practice, run)
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        path.unlink(missing_ok=True)
        return True
    finally:
        os.close(handle)


def clear_away(practice: Path) -> None:
    """Remove the files of runs that ended before they had claimed anything."""
    real = practice.resolve()
    for path in real.parent.glob(f"{_literal(real.name)}.mail-*.lock"):
        with contextlib.suppress(OSError):
            is_dead(practice, path.name[len(real.name) + 6 : -5])


def _literal(name: str) -> str:
    """A name as a pattern that matches nothing else."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
