"""A terminal for tests: a command on a pseudo-terminal, keys sent to it, its screen read."""

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from typing import Any, Self

WAIT_SECONDS = 60
COLOURS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class AtATerminal:
    """A command on a terminal of its own, `columns` wide; `screen` is all that it has shown so far."""

    def __init__(self, *words: str, columns: int = 80, **environment: str) -> None:
        self._master, self._slave = pty.openpty()
        self.modes = termios.tcgetattr(self._slave)
        given = {**os.environ, "TERM": "xterm", "COLUMNS": str(columns), **environment}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _CONTROLLED, *words],
            stdin=self._slave, stdout=self._slave, stderr=self._slave,
            env=given, start_new_session=True,
        )  # fmt: skip
        self._poll = select.poll()
        self._poll.register(self._master, select.POLLIN)
        self.screen = ""
        self._seen = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        os.close(self._slave)
        os.close(self._master)

    def sees(self, text: str) -> str:
        """Wait until the text is shown after what was seen before; what was shown up to it."""
        end = time.monotonic() + WAIT_SECONDS
        while text not in self.screen[self._seen :]:
            if not self._read(end - time.monotonic()):
                raise AssertionError(f"{text!r} is not to be seen:\n{self.screen}")
        begin = self._seen
        self._seen = self.screen.index(text, begin) + len(text)
        return self.screen[begin : self._seen]

    def _read(self, seconds: float) -> bool:
        """Read what is there; False where nothing comes any more."""
        if self._is_ready(max(min(seconds, 0.2), 0)):
            with contextlib.suppress(OSError):
                chunk = os.read(self._master, 65536)
                self.screen += COLOURS.sub("", chunk.decode("utf-8", "replace"))
                self._take(chunk)
            return True
        return seconds > 0 and self.process.poll() is None

    def _is_ready(self, seconds: float) -> bool:
        """Whether something is there to be read, waiting so long; by a poll, whatever the file's number."""
        return bool(self._poll.poll(seconds * 1000))

    def _take(self, chunk: bytes) -> None:
        """What else is to be done with what was shown."""

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def ask(self, keys: str, answer: str) -> str:
        """Press keys and wait for what they lead to."""
        self.press(keys)
        return self.sees(answer)

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def ends(self) -> int:
        """Wait for the end; the status."""
        end = time.monotonic() + WAIT_SECONDS
        while self.process.poll() is None and self._read(end - time.monotonic()):
            pass
        status = self.process.wait(timeout=5)
        while self._read(0.0) and self._is_ready(0.0):
            pass
        return status

    @property
    def modes_now(self) -> list[Any]:
        return termios.tcgetattr(self._slave)


_CONTROLLED = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
sys.argv = ["ptrack", *sys.argv[1:]]
from ptrack.cli import main
main()
"""
