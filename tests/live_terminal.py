"""A terminal whose screen is drawn: what the live logger shows at this moment, not all it ever wrote."""

import fcntl
import struct
import termios
import time
from collections.abc import Callable

import pyte

import at_a_terminal
from at_a_terminal import AtATerminal

BELL = "\a"


class LiveTerminal(AtATerminal):
    """A command on a terminal of its own with a screen of so many columns and rows."""

    def __init__(self, *words: str, columns: int = 80, rows: int = 24, **environment: str) -> None:
        super().__init__(*words, columns=columns, **{"TERM": "xterm-256color", **environment})
        self.resize(columns, rows)
        self._drawn = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._drawn)
        self.raw = b""

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if hasattr(self, "_drawn"):
            self._drawn.resize(rows, columns)

    def _take(self, chunk: bytes) -> None:
        self.raw += chunk
        self._stream.feed(chunk)

    @property
    def display(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._drawn.display)

    def shows(self, *texts: str) -> str:
        """Wait until all of the texts stand on the screen, and the page is drawn to its end."""
        return self._waits(lambda: all(text in self.display for text in texts), f"no {texts!r}")

    def lacks(self, text: str) -> str:
        """Wait until a text does not stand on the screen any more."""
        return self._waits(lambda: text not in self.display, f"still {text!r}")

    def _waits(self, is_so: Callable[[], bool], otherwise: str) -> str:
        end = time.monotonic() + at_a_terminal.WAIT_SECONDS
        while self._is_drawing or not is_so():
            if not self._read(end - time.monotonic()):
                raise AssertionError(f"{otherwise} on the screen:\n{self.display}")
        return self.display

    @property
    def _is_drawing(self) -> bool:
        """Whether only a part of a page was read as yet: the cursor is hidden while one is drawn."""
        return bool(self._drawn.cursor.hidden)

    def says(self, line: str, *texts: str) -> str:
        """Type a line, and wait for what is to stand on the screen then."""
        self.press(f"{line}\r")
        return self.shows(*texts)

    def rests(self, seconds: float) -> None:
        """Look on for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._read(end - time.monotonic()):
            pass

    @property
    def bells(self) -> int:
        """How often the bell was rung."""
        return self.raw.count(BELL.encode())
