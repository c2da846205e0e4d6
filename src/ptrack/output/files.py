"""Files that answers are written to: whole or not at all, and readable by their owner only."""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from ptrack.errors import ConflictError, PtrackError, UnreadableError

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def write_file(target: Path, content: bytes) -> None:
    """Put the content in the target's place at once, readable by its owner only; a device is written to."""
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".ptrack-", suffix=target.suffix)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as failure:
        raise _write_error(target, failure) from failure


def check_target(target: Path) -> None:
    """Refuse before anything is made what cannot be written."""
    try:
        if target.is_dir():
            raise UnreadableError(f"{target} is a directory. Name the file in it.")
        if _is_protected(target):
            raise UnreadableError(f"{target} is write-protected and was left as it is. Name another file.")
        parent = target.parent.stat()
    except OSError as failure:
        raise _write_error(target, failure) from failure
    if not stat.S_ISDIR(parent.st_mode):
        raise UnreadableError(f"{target.parent} is no directory. Name another place for the file.")


def _is_protected(target: Path) -> bool:
    """Whether a file is there that its owner lets nobody write to; it could be replaced all the same."""
    return target.is_file() and not target.stat().st_mode & _WRITABLE


def make_folder(folder: Path) -> None:
    """Make a folder for files, entered by its owner only, unless it is there."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError:
        raise UnreadableError(f"{folder} is a file. Name a folder.") from None
    except OSError as failure:
        raise _write_error(folder, failure) from failure


def check_free(target: Path) -> None:
    """Refuse a file that is there already; a device is never in the way."""
    check_target(target)
    if target.is_file():
        raise ConflictError(
            f"{target} exists already and was left as it is.\nName another file, or overwrite it: --force"
        )


def _write_error(target: Path, failure: OSError) -> PtrackError:
    if isinstance(failure, FileNotFoundError):
        return UnreadableError(f"The directory {target.parent} does not exist. Make it, or name another.")
    if isinstance(failure, PermissionError):
        return UnreadableError(f"{target} may not be written. Name another place for the file.")
    reason = failure.strerror or str(failure)
    return PtrackError(f"{target} could not be written: {reason}. Nothing was left behind.")
