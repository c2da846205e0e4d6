"""The live logger where no screen can be drawn: the page is printed after each line that is typed."""

import os
import select
import sys
from typing import TextIO

from ptrack.output.cells import Surface
from ptrack.output.live import Talk, plain_lines
from ptrack.output.terminal import Terminal, paint

_CHUNK = 4096


class LivePlain:
    """One talk by lines; questions and answers go to standard error, as everywhere."""

    def __init__(self, talk: Talk, terminal: Terminal, stream: TextIO | None = None) -> None:
        self._talk, self._terminal = talk, terminal
        self._number = (stream or sys.stdin).fileno()
        self._waiting = b""

    def run(self) -> None:
        """Print the page and hear a line until the talk is over, or nobody is there any more."""
        while not self._talk.is_over:
            self._print()
            line = self._line()
            if line is None:
                self._talk.leave()
            elif kept := self._talk.enter(line):
                self._write(f'Not kept: "{self._surface.clean(kept)}". Write it anew.\n')

    @property
    def _surface(self) -> Surface:
        return self._terminal.err_surface

    def _print(self) -> None:
        page = self._talk.page(self._surface.width)
        left = f"{page.done} of {page.total} sets" if page.total else ""
        text = paint([(), *plain_lines(page, self._surface)], colour=self._terminal.err_colour)
        ask = "   ".join(filter(None, (left, page.enter)))
        self._write(f"{text} {self._surface.clean(ask)}\n > ")

    def _write(self, text: str) -> None:
        self._terminal.err_stream.write(text)
        self._terminal.err_stream.flush()

    def _line(self) -> str | None:
        """The next line; None at the end of input. While it is waited for, the pause may end."""
        while b"\n" not in self._waiting:
            ready, _, _ = select.select([self._number], [], [], self._talk.rings_in)
            if not ready:
                if self._talk.rings():
                    self._write("\a\n Rest is over.\n > ")
                continue
            chunk = os.read(self._number, _CHUNK)
            if not chunk:
                return None
            self._waiting += chunk
        line, _, self._waiting = self._waiting.partition(b"\n")
        return line.decode("utf-8", "replace").rstrip("\r")
