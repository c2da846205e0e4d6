"""The person's own text editor: found, opened on a file, and waited for."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ptrack.errors import PtrackError, UsageError
from ptrack.output.texts import text_in

_USUAL = ("sensible-editor", "nano", "vi")


def editor_words(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The command that opens an editor: $VISUAL, else $EDITOR, else what is usual on this system.

    Each may have arguments (`code --wait`); a path with spaces may stand as it is, or in quotes. Raises
    UsageError where there is none.
    """
    is_dumb = environment.get("TERM", "dumb") in {"dumb", "unknown"}
    for name in ("EDITOR",) if is_dumb else ("VISUAL", "EDITOR"):
        if said := environment.get(name, "").strip():
            return _words(said, name)
    found = next((path for name in _USUAL if (path := shutil.which(name))), None)
    if found is None or is_dumb:
        where = "This terminal can show no editor" if is_dumb else "There is no editor here"
        raise UsageError(f"{where}. Name one, as in EDITOR=nano, or write into a file without ptrack.")
    return [found]


def _words(said: str, name: str) -> list[str]:
    if shutil.which(said):
        return [said]
    try:
        return shlex.split(said)
    except ValueError:
        raise UsageError(f"{name}={said} cannot be understood: a quote in it is not closed.") from None


def require_terminal(instead: str) -> None:
    """See that an editor can be shown; UsageError with what to do instead otherwise."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError(f"An editor needs a terminal. {instead}")


def edit_file(path: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Open a file in the editor and wait until it is closed.

    Raises UsageError where there is no editor, PtrackError where it failed.
    """
    words = editor_words(environment)
    try:
        with _interrupts_left_to_editor():
            status = subprocess.run([*words, str(path)], check=False).returncode  # noqa: S603
    except OSError as error:
        raise UsageError(f"The editor {words[0]} cannot be started: {error.strerror}.") from error
    if status:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        raise PtrackError(f"The editor {words[0]} {how}.")


@contextmanager
def _interrupts_left_to_editor() -> Iterator[None]:
    """Let Ctrl-C reach the editor alone; it hears it as it would in a shell."""

    def wait_on(_number: int, _frame: Any) -> None:
        """Nothing: the editor decides what an interrupt means."""

    before = signal.signal(signal.SIGINT, wait_on)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Draft:
    """A text on its way through the editor, in a file that only its owner can read.

    The file stays until it is discarded, whatever happens to the program.
    """

    def __init__(self, folder: Path, prefix: str, text: str) -> None:
        try:
            handle, name = tempfile.mkstemp(dir=folder, prefix=prefix, suffix=".txt")
        except OSError:
            handle, name = tempfile.mkstemp(prefix=prefix, suffix=".txt")
        os.close(handle)
        self.path = Path(name)
        self.write(text)

    def write(self, text: str) -> None:
        """Put a text in place of what is there."""
        self.path.write_text(text, encoding="utf-8", newline="")

    def edit(self) -> str:
        """Open it in the editor; what it says when that is closed. Raises as `edit_file` and `text_in`."""
        edit_file(self.path)
        return text_in(str(self.path))

    def says(self, text: str) -> bool:
        """Whether it is gone or says no more than a text that is known."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace").rstrip() == text.rstrip()
        except OSError:
            return True

    def discard(self) -> None:
        """Remove the file, if it is still there."""
        with suppress(OSError):
            self.path.unlink()
