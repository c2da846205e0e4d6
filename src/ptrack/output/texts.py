"""Texts that a person hands in, as files or on standard input."""

import sys
from pathlib import Path

from ptrack.errors import UnreadableError

_MOST_BYTES = 1_000_000


def text_in(source: str) -> str:
    """What a file, or with `-` standard input, says; UnreadableError where it is no text of usual size."""
    try:
        if source == "-":
            return _text_of(sys.stdin.buffer.read(_MOST_BYTES + 1), "standard input")
        with Path(source).open("rb") as stream:
            return _text_of(stream.read(_MOST_BYTES + 1), source)
    except OSError as error:
        raise UnreadableError(f"{source} cannot be read: {error.strerror}.") from None


def is_file(source: str) -> bool:
    """Whether a text is the name of a file that is there."""
    try:
        return Path(source).is_file()
    except (OSError, ValueError):  # longer than any name, say
        return False


def _text_of(content: bytes, source: str) -> str:
    """The text that bytes are in UTF-8; UnreadableError where they are none, or too many to be notation."""
    if len(content) > _MOST_BYTES:
        raise UnreadableError(f"{source} is far too large to be notation: at most 1 MB can be read.")
    if b"\0" in content:
        raise UnreadableError(f"{source} is no text: it has zero bytes in it.\nSave it as text in UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(f"{source} is no text in UTF-8.\nSave it as UTF-8 and try again.") from None
