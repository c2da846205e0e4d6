"""A process that runs commands in children of its own, which are killed or find the disk full.

It reads one JSON request a line: commands, the point, and what happens there. It answers with how the child
ended and what it had acknowledged until then: each command's status and output. Having everything imported
already, a child takes as long as the command itself.
"""

import contextlib
import io
import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from faults.system_calls import Faults, How

TESTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class Told:
    """One command that ended: its status, what it said, the points passed by then."""

    status: int
    out: str
    err: str
    points: int


@dataclass(frozen=True)
class Ended:
    """How a child ended, and what it had acknowledged."""

    was_killed: bool
    told: tuple[Told, ...]


def environment(home: Path) -> dict[str, str]:
    """What a process of the tests' own is to find: its home, the tests' clock and zone, their modules."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PTRACK_", "XDG_"))}
    return kept | {
        "HOME": str(home), "PTRACK_NOW": "2026-11-20T10:20:00+01:00", "TZ": "Europe/Berlin", "COLUMNS": "80",
        "PYTHONPATH": str(TESTS),
    }  # fmt: skip


class Victim:
    """The process, from outside."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "faults.victim"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(home),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def run(
        self, commands: list[list[str]], how: How = How.COUNT, at: int = 0, limit: int | None = None
    ) -> Ended:
        """Run commands in one child. `limit` is the size in bytes beyond which no file may grow."""
        assert self._process.stdin
        assert self._process.stdout
        request = {"commands": commands, "how": how.value, "at": at, "limit": limit}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Ended(answer["was_killed"], tuple(Told(**one) for one in answer["told"]))


def _load() -> None:
    """Import all that commands use, so that children needn't."""
    from ptrack.cli import COMMANDS

    for module, _ in COMMANDS.values():
        import_module(f"ptrack.commands.{module}")
    for name in (
        "models.all", "database.session", "desk.complete", "desk.log", "desk.entry", "desk.sell",
        "desk.audit", "desk.erase", "exchange.undoing",
        "output.terminal", "output.data", "database.fresh", "progress.metrics.actions",
    ):  # fmt: skip
        import_module(f"ptrack.{name}")
    for name in ("alembic.command", "alembic.script", "ptrack.database.moving"):
        import_module(name)
    import_module("sqlalchemy.orm").configure_mappers()


def _command(arguments: list[str]) -> tuple[int, str, str]:
    from ptrack.cli import root

    out, err = io.StringIO(), io.StringIO()
    sys.argv = ["ptrack", *arguments]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            root(prog_name="ptrack")
        except SystemExit as ended:
            return int(ended.code or 0), out.getvalue(), err.getvalue()
    raise AssertionError("a command ends its process")


def _child(request: dict[str, Any], acknowledge: int) -> None:
    faults = Faults(How(request["how"]), request["at"])
    if request["limit"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["limit"], resource.RLIM_INFINITY))
    faults.install()
    for arguments in request["commands"]:
        status, out, err = _command(arguments)
        told = {"status": status, "out": out, "err": err, "points": faults.points}
        os.write(acknowledge, json.dumps(told).encode() + b"\n")


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    source, target = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(source)
            _child(request, target)
            status = 0
        finally:
            os._exit(status)
    os.close(target)
    with os.fdopen(source, "rb") as lines:
        told = [json.loads(line) for line in lines]
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    return {"was_killed": status != 0, "told": told}


if __name__ == "__main__":
    _load()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()
