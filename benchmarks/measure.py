"""Cost of commands as ratios within one run: user and system time, alternating, medians."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 7
PYTHON = sys.executable
PTRACK = str(Path(sys.executable).parent / "ptrack")

Command = Sequence[str]
Prepare = Callable[[], None]


def _nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Side:
    """One side of a ratio: a command, its environment beyond the common one, and what makes it ready."""

    command: Command
    environment: dict[str, str] | None = None
    prepare: Prepare = _nothing
    stdin: Path | None = None


def clean_environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """This environment with bytecode allowed and output buffered, as a user's shell has it."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PTRACK_"))
    }
    return environment | {"COLUMNS": "80"} | (extra or {})


@dataclass(frozen=True)
class Cost:
    """What one run cost: seconds of user and system time, and the most memory it held, in MiB."""

    seconds: float
    memory_mib: float


def cost(side: Side) -> Cost:
    """Run a command once, its output thrown away."""
    side.prepare()
    stdin = side.stdin.open("rb") if side.stdin else subprocess.DEVNULL
    process = subprocess.Popen(
        list(side.command), env=clean_environment(side.environment), stdin=stdin,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    complaint = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(side.command)} ended with {process.returncode}: {complaint.decode()}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def ratio(one: Side, other: Side, rounds: int = ROUNDS) -> float:
    """The median cost of one side over that of the other, run in turn; the first round is not counted."""
    costs = [(cost(one).seconds, cost(other).seconds) for _ in range(rounds + 1)][1:]
    first, second = (float(statistics.median(column)) for column in zip(*costs, strict=True))
    return first / second


def excess(one: Side, start: Side, other: Side, rounds: int = ROUNDS) -> float:
    """What one side costs beyond its start over the cost of the other, in turn and by medians as `ratio`."""
    sides = (one, start, other)
    costs = [tuple(cost(side).seconds for side in sides) for _ in range(rounds + 1)][1:]
    whole, begun, bare = (float(statistics.median(column)) for column in zip(*costs, strict=True))
    return (whole - begun) / bare


PASS = Side((PYTHON, "-c", "pass"))
"""B: what an empty program costs here."""


def ptrack(*arguments: str, db: Path, prepare: Prepare = _nothing, **environment: str) -> Side:
    """A ptrack command on a practice."""
    return Side((PTRACK, *arguments), {"PTRACK_DB": str(db), **environment}, prepare)
