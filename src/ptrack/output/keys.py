"""Single keys from a terminal, and lines; the terminal is left as it was found, however the program ends."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, Protocol, Self, TextIO

ESCAPE = "\x1b"
_END = "\x04"
_UTF8_START = 0x80
_SEQUENCE_SECONDS = 0.05


class Keys(Protocol):
    """Where answers come from. Both ways raise EOFError where nobody is there any more.

    `are_unseen` says that the terminal does not show what is pressed.
    """

    are_unseen: bool

    def __enter__(self) -> Self:
        """Begin to listen."""

    def __exit__(self, *error: object) -> None:
        """Leave everything as it was."""

    def key(self) -> str:
        """The next key: a character, a line feed for Enter, ESCAPE, or nothing for one without a letter."""

    def line(self, prompt: str, text: str = "") -> str:
        """A line of text, with `text` there to be changed where that can be done."""


class SingleKeys:
    """Keys as they are pressed, without Enter.

    The terminal's modes come back at the end, on Ctrl-C, and when the program is told to end; after a stop
    (Ctrl-Z) listening goes on.
    """

    are_unseen = True

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._number = stream.fileno()
        self._modes: list[Any] = []
        self._handlers: dict[int, Any] = {}

    def __enter__(self) -> Self:
        """Hear keys one by one, unseen."""
        import termios

        self._modes = termios.tcgetattr(self._number)
        for number, handler in self._heard().items():
            self._handlers[number] = signal.signal(number, handler)
        self._listen()
        termios.tcflush(self._number, termios.TCIFLUSH)  # what was typed before the question answers nothing
        return self

    def __exit__(self, *error: object) -> None:
        """Leave the terminal as it was."""
        self._restore()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def _heard(self) -> Mapping[int, Callable[[int, FrameType | None], None]]:
        return {signal.SIGTERM: self._end, signal.SIGHUP: self._end, signal.SIGCONT: self._resume}

    def _listen(self) -> None:
        import termios
        import tty

        tty.setcbreak(self._number, termios.TCSADRAIN)

    def _restore(self) -> None:
        import termios

        with suppress(termios.error, OSError):  # a terminal that was closed has nothing to be restored
            termios.tcsetattr(self._number, termios.TCSADRAIN, self._modes)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        """End as the signal asks, with the terminal as it was."""
        self._restore()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def _resume(self, _number: int, _frame: FrameType | None) -> None:
        self._listen()

    def key(self) -> str:
        """The next key that is pressed."""
        first = os.read(self._number, 1)
        if first in (b"", _END.encode()):
            raise EOFError
        if first == ESCAPE.encode():
            return "" if self._rest() else ESCAPE
        if first[0] >= _UTF8_START:
            self._rest()
            return ""
        return "\n" if first == b"\r" else first.decode("ascii")

    def _rest(self) -> bytes:
        """What a key sends after its first byte, if it is one that sends more."""
        import select

        ready, _, _ = select.select([self._number], [], [], _SEQUENCE_SECONDS)
        return os.read(self._number, 16) if ready else b""

    def line(self, prompt: str, text: str = "") -> str:
        """A line, edited as in a shell where the system can do that."""
        self._restore()
        try:
            return _edited(prompt, text, self._stream)
        finally:
            self._listen()


def _edited(prompt: str, text: str, stream: TextIO) -> str:
    try:
        import readline
    except ImportError:
        readline = None  # type: ignore[assignment]
    if readline is None or not sys.stdout.isatty() or stream is not sys.stdin:
        return _plain(prompt, stream)
    readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        return input(prompt)
    finally:
        readline.set_startup_hook()


def _plain(prompt: str, stream: TextIO) -> str:
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = stream.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


class Lines:
    """Keys as the first letters of lines, for a terminal that can do no better."""

    are_unseen = False

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __enter__(self) -> Self:
        """Nothing is to be prepared."""
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing is to be restored."""

    def key(self) -> str:
        """The first letter of the next line, Enter for an empty one."""
        said = _plain("", self._stream).strip()
        return said[:1] or "\n"

    def line(self, prompt: str, text: str = "") -> str:
        """A line; what there was before has to be written again."""
        del text
        return _plain(prompt, self._stream)


def keys_of(stream: TextIO, environment: Mapping[str, str] = os.environ) -> Keys:
    """The keys of a terminal, or its lines where it is a dumb one."""
    if environment.get("TERM", "") in {"", "dumb", "unknown"}:
        return Lines(stream)
    try:
        import termios  # noqa: F401  what single keys need
    except ImportError:
        return Lines(stream)
    return SingleKeys(stream)


@contextmanager
def unhurried() -> Iterator[None]:
    """Keep Ctrl-C waiting until the block has ended, so that what it did is known."""
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt
