"""Cron of a simulated month: a process that runs commands in children of its own, at an instant it is told.

It reads a JSON request a line (`now`, `words`, `kill_ms`, 0 for never) and answers with how the child ended
(`killed`, or its exit status) and what it said. A child need not load what is loaded already, and takes no
longer than the command itself.
"""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any, Self

TESTS = Path(__file__).parents[1]
LOADED = (
    "ptrack.cli", "ptrack.commands.reminders", "ptrack.commands.jobs", "ptrack.mail.run",
    "ptrack.mail.compose", "ptrack.mail.views", "ptrack.mail.transports.smtp", "ptrack.feedback.tokens",
    "ptrack.database.session", "ptrack.jobs.daily", "ptrack.jobs.weekly", "ptrack.jobs.views",
    "ptrack.exchange.bulk", "ptrack.desk.expire", "ptrack.desk.afterwards", "ptrack.desk.weekly",
    "ptrack.desk.correspondence", "ptrack.progress.logged",
)  # fmt: skip


class Cron:
    """The process, from outside."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "story.cron"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment, "PYTHONPATH": str(TESTS)},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def start(self, now: str, *words: str, kill_ms: float = 0) -> None:
        """Start a command, and don't wait for it."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"now": now, "words": words, "kill_ms": kill_ms}) + "\n")
        self._process.stdin.flush()

    def end(self) -> tuple[int | str, str]:
        """Wait for it: how it ended, and what it said."""
        assert self._process.stdout
        status, said = json.loads(self._process.stdout.readline())
        return status, said


def run_child(request: dict[str, Any], output: int) -> int:
    """One command in a process of its own; its wait status."""
    number = os.fork()
    if number == 0:
        status = 70
        try:
            os.environ["PTRACK_NOW"] = request["now"]
            sys.argv = ["ptrack", *request["words"]]
            said = io.StringIO()
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                try:
                    import_module("ptrack.cli").root(prog_name="ptrack")
                except SystemExit as ended:
                    status = ended.code if isinstance(ended.code, int) else 0
            os.write(output, said.getvalue().encode())
        finally:
            os._exit(status)
    if request["kill_ms"]:
        time.sleep(request["kill_ms"] / 1_000)
        os.kill(number, signal.SIGKILL)
    return os.waitpid(number, 0)[1]


def main() -> None:
    """One command after the other, until nobody asks any more."""
    for name in LOADED:
        import_module(name)
    for line in sys.stdin:
        pipe_out, pipe_in = os.pipe()
        status = run_child(json.loads(line), pipe_in)
        os.close(pipe_in)
        with os.fdopen(pipe_out, encoding="utf-8") as pipe:
            said = pipe.read()
        told = "killed" if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
        sys.stdout.write(json.dumps([told, said]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
