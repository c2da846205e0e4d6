"""Mail to a program that takes it as sendmail does: who it is from and to as arguments, the mail as input."""

import os
import re
import shutil
import subprocess

from ptrack.mail.outcomes import Begin, DoubtError, Letter, PutOffError, RefusedError, UnreachableError
from ptrack.mail.parts import written

TIMEOUT_S = 60.0
"""So long the program may take over a message; it may well talk to a server itself."""

_FOR_NOW = (os.EX_TEMPFAIL, os.EX_OSERR, os.EX_IOERR)
_MISCONFIGURED = (os.EX_NOPERM, os.EX_CONFIG)
_NOT_STARTED = (126, 127)
"""What a shell says of a command that is not there or may not be run."""


class Sendmail:
    """A sendmail program: sendmail's own, Postfix's, msmtp."""

    def __init__(self, program: str) -> None:
        self._program = program

    def open(self) -> str:
        """See that the program is there; its path."""
        if shutil.which(self._program) is None:
            raise UnreachableError(f"There is no program {self._program} that could take mail.")
        return self._program

    def deliver(self, letter: Letter, begin: Begin) -> str:
        """Give the program one message; its exit status (sysexits.h) says what became of it."""
        text = re.sub(rb"\r\n|\r", b"\n", written(letter.content))
        words = [self._program, "-i", "-f", letter.sender, "--", letter.recipient]
        begin()
        judge(self._program, words, text, TIMEOUT_S, _FOR_NOW, _MISCONFIGURED)
        return f"{self._program} took it"

    def close(self) -> None:
        """Nothing is held."""


def judge(
    name: str,
    words: list[str],
    data: bytes,
    timeout_s: float,
    for_now: tuple[int, ...],
    misconfigured: tuple[int, ...] = (),
) -> None:
    """Run a program on a message; raises what its end means.

    One that was stopped or killed may have passed the message on all the same.
    """
    try:
        done = subprocess.run(  # noqa: S603  what the user configured
            words,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DoubtError(f"{name} did not end within {timeout_s:.0f} seconds and was stopped.") from None
    except OSError as error:
        raise UnreachableError(f"{name} cannot be started: {error.strerror}") from error
    if done.returncode == 0:
        return
    text = f"{name} ended with status {done.returncode}{_complaint(done.stderr)}"
    if done.returncode < 0:
        raise DoubtError(text)
    if done.returncode in misconfigured + _NOT_STARTED:
        raise UnreachableError(text)
    if done.returncode in for_now:
        raise PutOffError(text)
    raise RefusedError(text)


def _complaint(said: bytes) -> str:
    """The first line of what a program complained of."""
    from ptrack.database.reading import one_line
    from ptrack.naming import clean

    lines = said.decode("utf-8", "replace").strip().splitlines()
    return f": {clean(one_line(lines[0]))}" if lines else ""
