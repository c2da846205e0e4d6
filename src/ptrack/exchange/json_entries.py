"""A list in a JSON file, read as a stream: one entry at a time, each with the line on which it begins."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from ptrack.errors import UnreadableError
from ptrack.exchange.text import MAX_LINE

_BLOCK = 1 << 16
_SPACE = " \t\r\n\ufeff"


class JsonEntries:
    """The entries of a file that is a list, or an object with a list under one of those names.

    `beside` is what stands before the list in its object. Memory holds an entry at a time, which may have
    1 MiB of text.
    """

    def __init__(self, stream: TextIO, path: Path, names: tuple[str, ...]) -> None:
        self._stream, self._path, self._names = stream, path, names
        self._text, self._place, self._line, self._is_read = "", 0, 1, False
        self._decoder = json.JSONDecoder()
        self.beside: dict[str, Any] = {}

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        """Yield each entry with its line. Raises UnreadableError for what is no JSON, or has no such list."""
        if self._next() == "{":
            self._find_list()
        elif self._next() != "[":
            raise self._broken("this is no JSON")
        self._place += 1
        while self._next() != "]":
            line = self._line_of(self._place)
            yield line, self._value()
            self._go_on("]")

    def _find_list(self) -> None:
        """Go to the list, remembering what stands before it."""
        self._place += 1
        while self._next() != "}":
            name = self._value()
            if self._next() != ":":
                raise self._broken("a colon is missing")
            self._place += 1
            if self._next() == "[" and name in self._names:
                return
            self.beside[str(name)] = self._value()
            self._go_on("}")
        raise UnreadableError(f"{self._path} has no list of {' or '.join(self._names)} in it.")

    def _go_on(self, end: str) -> None:
        """Pass over a comma; what comes then is read by the next."""
        if self._next() == ",":
            self._place += 1
        elif self._next() != end:
            raise self._broken("a comma is missing")

    def _next(self) -> str:
        """The next character that is no space, at which the place then is; empty at the end of the file."""
        while True:
            while self._place < len(self._text) and self._text[self._place] in _SPACE:
                self._place += 1
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._read():
                return ""

    def _value(self) -> Any:
        """The value at the place, which goes behind it."""
        self._next()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._place)
            except (ValueError, RecursionError) as error:
                if isinstance(error, RecursionError) or len(self._text) - self._place > MAX_LINE:
                    raise self._broken("an entry is over 1 MiB, or no JSON") from error
                if not self._read():
                    raise self._broken("this is no JSON", getattr(error, "pos", self._place)) from error
            else:
                # A number may go on in the next block.
                if end < len(self._text) or not self._read():
                    self._place = end
                    return value

    def _read(self) -> bool:
        """Read on, letting go of what lies behind; whether there was more."""
        block = self._stream.read(_BLOCK)
        self._line = self._line_of(self._place)
        self._text, self._place = self._text[self._place :] + block, 0
        return bool(block)

    def _line_of(self, place: int) -> int:
        return self._line + self._text.count("\n", 0, place)

    def _broken(self, why: str, place: int | None = None) -> UnreadableError:
        line = self._line_of(self._place if place is None else place)
        return UnreadableError(f"{self._path}, line {line}: {why}. Export it from its program anew.")
