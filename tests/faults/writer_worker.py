"""One of several processes that write into one practice at once, and report what they were told was done.

Its arguments: the practice, its own number, how many things to do, and what there is to be done in the
practice, as JSON. It waits for a line on standard input, so that all begin together, and prints its report.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ptrack.credits.actions import adjust_package
from ptrack.database.session import Writing, writing
from ptrack.desk.complete import Completion, complete
from ptrack.desk.entry import Entry, enter
from ptrack.errors import PtrackError, RuleError, StateError
from ptrack.exchange.bulk import bulk_writing
from ptrack.exchange.workouts import Wanted, import_workouts
from ptrack.models import all as _tables  # noqa: F401  all of them will be used
from ptrack.progress.metrics.actions import Measured, add_entries
from ptrack.progress.metrics.queries import metrics

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
LONGEST_S = 600
"""Nobody begins anything after that long."""


class Worker:
    """Does one thing after the other, each in a transaction of its own, and keeps count of what was done."""

    def __init__(self, practice: Path, number: int, there: dict[str, Any]) -> None:
        self._practice, self._number, self._there = practice, number, there
        self._chance = random.Random(number)  # noqa: S311  no secret
        self._end = time.monotonic() + LONGEST_S
        self.done: Counter[str] = Counter()
        self.completed: list[int] = []
        self.faults: list[str] = []

    def run(self, count: int) -> None:
        """Do that many things."""
        things: list[Callable[[], None]] = [self._complete, self._adjust, self._log, self._measure]
        for _ in range(count):
            if time.monotonic() > self._end:
                return
            try:
                self._chance.choice(things)()
            except PtrackError as error:
                self.faults.append(f"{type(error).__name__}: {error.message}")

    def import_files(self, count: int) -> None:
        """Bring in that many files of one workout each, every second one for the second time."""
        folder = Path(self._there["exports"])
        for number in range(count):
            if time.monotonic() > self._end:
                return
            file = folder / f"{number // 2}.csv"
            try:
                with bulk_writing(self._practice, NOW) as bulk:
                    (report,) = import_workouts(bulk, [file], Wanted(client="anna"))
                self.done["imported"] += report.written.workouts
            except PtrackError as error:
                self.faults.append(f"{type(error).__name__}: {error.message}")

    def _writing(self, does: Callable[[Writing], object]) -> None:
        with writing(self._practice, "worker", NOW) as work:
            does(work)

    def _complete(self) -> None:
        """Complete one of the appointments that all workers are after; a StateError says who was first."""
        number = self._there["appointments"].pop(0) if self._there["appointments"] else 1
        log = "Plank: 60s" if number % 2 else None
        try:
            self._writing(lambda work: complete(work, number, Completion(log=log)))
        except StateError:
            self.done["late"] += 1
        else:
            self.completed.append(number)
            self.done["logged"] += log is not None

    def _adjust(self) -> None:
        delta = self._chance.choice((1, -1))
        try:
            self._writing(lambda work: adjust_package(work, self._there["package"], delta, "race"))
        except RuleError:
            self.done["refused"] += 1
        else:
            self.done["adjusted"] += delta
            self.done["adjustments"] += 1

    def _log(self) -> None:
        entry = Entry(self._there["client"], f"Bench Press: 1x5 {60 + self._chance.randrange(40)}kg")
        self._writing(lambda work: enter(work, entry))
        self.done["logged"] += 1

    def _measure(self) -> None:
        def measure(work: Writing) -> None:
            weight = next(row for row in metrics(work.reader) if row.key == "weight")
            add_entries(work, self._there["client"], [Measured(weight, 80.0)], NOW, 1)

        self._writing(measure)
        self.done["measured"] += 1


def main() -> None:
    """Wait, work, report."""
    practice, number, count, there = sys.argv[1:]
    worker = Worker(Path(practice), int(number), json.loads(there))
    sys.stdin.readline()
    if number == "0":
        worker.import_files(int(count))
    else:
        worker.run(int(count))
    report = {"done": worker.done, "completed": worker.completed, "faults": worker.faults}
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
