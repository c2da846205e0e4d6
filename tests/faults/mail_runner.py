"""A process that sends mail in children of its own, which may be killed in the midst of it.

Its arguments are the practice and a port. It reads a line for each child: after how many milliseconds that is
killed, 0 for never. It answers `killed` or `ended`, and needs no time to load what is loaded already.
"""

import os
import signal
import sys
import threading
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

from ptrack.config import Settings
from ptrack.database.reading import Reader, open_reading
from ptrack.feedback import tokens as _tokens  # noqa: F401  loaded for all children
from ptrack.mail.run import rehearse, send_due
from ptrack.mail.transports import smtp as _smtp  # noqa: F401

NOW = datetime.fromisoformat(os.environ["PTRACK_NOW"])


def child(practice: Path, milliseconds: float) -> int:
    """Send what is due; the wait status of the child that did."""
    number = os.fork()
    if number == 0:
        code = 1
        try:
            send_due(Settings(str(practice)), NOW)
            code = 0
        finally:
            os._exit(code)
    if milliseconds:
        time.sleep(milliseconds / 1_000)
        os.kill(number, signal.SIGKILL)
    return os.waitpid(number, 0)[1]


def main() -> None:
    """One child after the other."""
    practice = Path(sys.argv[1])
    with closing(open_reading(practice)) as connection:  # what is loaded here, no child has to load
        rehearse(Reader(connection), Settings(str(practice)), NOW, 1)
    assert threading.active_count() == 1
    for line in sys.stdin:
        status = child(practice, float(line))
        sys.stdout.write(
            "killed\n" if os.WIFSIGNALED(status) else f"ended {os.waitstatus_to_exitcode(status)}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
