"""Text files as they come: any of four encodings and three separators, read as a stream.

A file is looked over once for its encoding and for lines too long to be held, then read row by row; memory
doesn't grow with it.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar

from ptrack.errors import UnreadableError
from ptrack.output.progress import HowFar

MAX_LINE = 1 << 20
MAX_FIELD = 1 << 16
SEPARATORS = (",", ";", "\t")
TOLD_EVERY = 500
"""After how many rows it is told how far the reading has come."""

_BLOCK = 1 << 20
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEADER_TRIES = 5
_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is no row: why."""

    reason: str


Row = tuple[int, "list[str] | Broken"]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that has been looked over: how it is encoded, and whether a line of it is too long."""

    path: Path
    size: int
    encoding: str
    has_long_line: bool

    def open(self) -> TextIOWrapper:
        """Open it as text; what cannot be decoded shows as U+FFFD."""
        try:
            return self.path.open(encoding=self.encoding, errors="replace", newline="")
        except OSError as error:
            raise unreadable(self.path, error) from error


def unreadable(path: Path, error: OSError) -> UnreadableError:
    """Say why a file cannot be opened."""
    if isinstance(error, IsADirectoryError):
        return UnreadableError(f"{path} is a folder; name the file in it.")
    return UnreadableError(f"{path} cannot be read: {error.strerror}.")


def look_over(path: Path) -> TextFile:
    """Find out a file's encoding by reading it through once.

    Raises UnreadableError for what is missing, a folder, forbidden, empty or no text.
    """
    try:
        with path.open("rb") as stream:
            return _looked_over(path, stream)
    except OSError as error:
        raise unreadable(path, error) from error


def _looked_over(path: Path, stream: BinaryIO) -> TextFile:
    scan = _Scan()
    while block := stream.read(_BLOCK):
        scan.take(block)
    if not scan.size:
        raise UnreadableError(f"{path} is empty.")
    return TextFile(path, scan.size, scan.encoding(path), scan.has_long_line)


class _Scan:
    """What is learnt of a file block by block."""

    def __init__(self) -> None:
        from codecs import getincrementaldecoder

        self.size, self.has_long_line = 0, False
        self._head, self._open_line, self._is_utf8 = b"", 0, True
        self._decoder = getincrementaldecoder("utf-8")()

    def take(self, block: bytes) -> None:
        """Look at the next block."""
        self._head = self._head or block[:4096]
        self.size += len(block)
        first = block.find(b"\n")
        if self._open_line + (len(block) if first < 0 else first) > MAX_LINE:
            self.has_long_line = True
        last = block.rfind(b"\n")
        self._open_line = self._open_line + len(block) if last < 0 else len(block) - last - 1
        try:
            if self._is_utf8:
                self._decoder.decode(block)
        except UnicodeDecodeError:
            self._is_utf8 = False

    def encoding(self, path: Path) -> str:
        """The encoding that the file was most likely written in."""
        for mark, name in _MARKS:
            if self._head.startswith(mark):
                return name
        odd, even = self._head[1::2].count(0), self._head[::2].count(0)
        if max(odd, even) * 4 > len(self._head):
            return "utf-16-le" if odd > even else "utf-16-be"
        if odd or even:
            raise UnreadableError(f"{path} is no text file.")
        return "utf-8" if self._is_utf8 else "cp1252"


class _Limited:
    """The lines of a stream of which some are too long: those raise, the next one goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(MAX_LINE + 1)
        if not line:
            raise StopIteration
        if len(line) <= MAX_LINE:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._stream.readline(MAX_LINE)
        raise OverflowError


def rows(stream: TextIO, file: TextFile, separator: str) -> Iterator[Row]:
    """Each record of a CSV stream with the number of its first line; blank lines are left out."""
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(_Limited(stream) if file.has_long_line else stream, delimiter=separator)
    line, lost = 1, 0  # a line that is too long is none that the reader counts
    while True:
        try:
            for cells in reader:
                if cells:
                    yield line, cells
                line = reader.line_num + 1 + lost
        except csv.Error:
            yield line, Broken("a field is over 64 KiB; perhaps a quote is not closed")
        except OverflowError:
            yield line, Broken("the line is over 1 MiB")
            lost += 1
        else:
            return
        line = reader.line_num + 1 + lost


def telling(
    entries: Iterable[_Entry], stream: TextIO, file: TextFile, progress: HowFar | None
) -> Iterable[_Entry]:
    """The entries of an open file, telling now and then how many of its bytes have been read."""
    return _told(entries, stream, file, progress) if progress else entries


def _told(entries: Iterable[_Entry], stream: TextIO, file: TextFile, progress: HowFar) -> Iterator[_Entry]:
    for count, entry in enumerate(entries, 1):
        if count % TOLD_EVERY == 0:
            progress(stream.buffer.tell(), file.size, count)
        yield entry


def first_lines(file: TextFile) -> list[str]:
    """The first lines of a file that are not blank, among which its header is looked for."""
    with file.open() as stream:
        found: list[str] = []
        while len(found) < _HEADER_TRIES and (line := stream.readline(MAX_LINE)):
            if line.strip():
                found.append(line)
        return found


def header_cells(line: str, separator: str) -> list[str]:
    """A line cut into cells; one that is no CSV is a single cell."""
    csv.field_size_limit(MAX_LINE)
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return [line]
