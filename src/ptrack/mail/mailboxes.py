"""Mailboxes on this machine: a Maildir, and an mbox file. They are read and never changed."""

import mailbox
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ptrack.errors import UnreadableError
from ptrack.mail.replies import LARGEST_HEAD, LARGEST_MAIL


class Item(NamedTuple):
    """A mail in a mailbox: its key there, its head or more of it, and how to read as much as counts."""

    key: str
    head: bytes
    read: Callable[[], bytes]


class Mailbox(Protocol):
    """Where replies are found."""

    def items(self) -> Iterator[Item]:
        """The mails that may be replies, in the order in which they came."""

    def mark(self, keys: Sequence[str]) -> None:
        """Note, where the mailbox can, which replies were read."""


class Maildir:
    """A folder of mails, one a file, in `new` and `cur`."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "cur").is_dir():
            raise UnreadableError(f"{folder} is no Maildir: it has no folder cur.")
        self._folder = folder

    def items(self) -> Iterator[Item]:
        """The mails by the time they came; one that is moved meanwhile waits for the next time."""
        for path in sorted(self._files(), key=lambda path: (path.name.partition(".")[0], path.name)):
            head = _beginning(path, LARGEST_HEAD)
            if head:
                yield Item(path.name, head, partial(_beginning, path, LARGEST_MAIL))

    def _files(self) -> Iterator[Path]:
        for name in ("new", "cur"):
            folder = self._folder / name
            if folder.is_dir():
                yield from (path for path in folder.iterdir() if not path.name.startswith("."))

    def mark(self, keys: Sequence[str]) -> None:
        """Do nothing: the practice itself knows which replies it has read."""


def _beginning(path: Path, size: int) -> bytes:
    """The first bytes of a file, none where it is gone or no file."""
    try:
        with path.open("rb") as file:
            return file.read(size)
    except (FileNotFoundError, IsADirectoryError):
        return b""
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}.") from error


class Mbox:
    """A file of mails, one after the other."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise UnreadableError(f"There is no mbox file {path}.")
        self._path = path

    def items(self) -> Iterator[Item]:
        """The mails in the order of the file."""
        try:
            box = mailbox.mbox(self._path, create=False)
            for number in range(len(box)):
                yield Item(
                    str(number), _part(box, number, LARGEST_HEAD), partial(_part, box, number, LARGEST_MAIL)
                )
        except OSError as error:
            raise UnreadableError(f"{self._path} cannot be read: {error.strerror}.") from error

    def mark(self, keys: Sequence[str]) -> None:
        """Do nothing: the practice itself knows which replies it has read."""


def _part(box: Any, number: int, size: int) -> bytes:
    """The first bytes of a mail, without the line that parts it from the one before."""
    return bytes(box.get_file(number).read(size))
