"""Mail into a folder, a file each: so that everything can be tried and nothing leaves the machine."""

import os
import tempfile
from pathlib import Path

from ptrack.database.fresh import private_folder
from ptrack.errors import PtrackError
from ptrack.mail.outcomes import Begin, Letter, PutOffError, UnreachableError
from ptrack.mail.parts import written


class Folder:
    """A folder of .eml files that only their owner may read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> str:
        """Make the folder; its path."""
        try:
            private_folder(self._folder)
        except PtrackError as error:
            raise UnreachableError(error.message.splitlines()[0]) from error
        return str(self._folder)

    def deliver(self, letter: Letter, begin: Begin) -> str:
        """Write a message whole under another name and then give it its own; the file's path."""
        whole = self._written(written(letter.content))
        try:
            begin()
            target = self._folder / _name_of(letter)
            whole.replace(target)
        except OSError as error:
            raise PutOffError(f"{self._folder}: {error.strerror}") from error
        finally:
            whole.unlink(missing_ok=True)
        return str(target)

    def close(self) -> None:
        """Nothing is held."""

    def _written(self, data: bytes) -> Path:
        try:
            handle, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=self._folder)
        except OSError as error:
            raise UnreachableError(f"{self._folder}: {error.strerror}") from error
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            Path(name).unlink(missing_ok=True)
            raise UnreachableError(f"{self._folder}: {error.strerror}") from error
        return Path(name)


def _name_of(letter: Letter) -> str:
    """A file name that sorts by message and is never given twice: `000017-reminder-1a2b3c4d5e6f7081.eml`."""
    local = letter.content["Message-ID"].strip("<>").partition("@")[0].partition(".")[0]
    number, kind = (f"{letter.row.id:06}", letter.row.kind) if letter.row else ("000000", "test")
    return f"{number}-{kind}-{local}.eml"
