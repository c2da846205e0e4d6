"""The pauses between the sets of a workout that is going on: how long they are to be, and when they ring."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ptrack.workouts.live import LiveLine, Rest, last_done, rest_of

FORGOTTEN = timedelta(minutes=15)
"""So long after its end a pause is none any more."""
_RINGS_WITHIN = timedelta(seconds=10)


class Pauses:
    """What one window knows of the pauses: lengths chosen in it, which were ended, which have rung."""

    def __init__(self) -> None:
        self._chosen: dict[int, int] = {}
        self._ended: datetime | None = None
        self._rung: datetime | None = None

    def choose(self, line: LiveLine, seconds: int) -> None:
        """Rest so long after an exercise from now on."""
        self._chosen[line.id] = seconds

    def end(self, lines: Sequence[LiveLine]) -> None:
        """Go on at once."""
        found = last_done(lines)
        self._ended = found[1].completed_at if found else None

    def running(self, lines: Sequence[LiveLine], now: datetime) -> Rest | None:
        """The pause since the last set, unless it was ended or is long over."""
        found = last_done(lines)
        since = found[1].completed_at if found else None
        if found is None or since is None or since == self._ended:
            return None
        line, last = found
        seconds = rest_of(lines, line, last.done)
        rest = Rest(since, self._chosen.get(line.id, seconds) if seconds else 0)
        return rest if rest.seconds and now - rest.ends_at < FORGOTTEN else None

    def rings(self, rest: Rest | None, now: datetime) -> bool:
        """Whether a pause has just ended; each rings once, and none that ended long ago."""
        if rest is None or rest.since == self._rung or now < rest.ends_at:
            return False
        self._rung = rest.since
        return now - rest.ends_at < _RINGS_WITHIN

    def rings_in(self, rest: Rest | None, now: datetime) -> float | None:
        """How many seconds until the bell; None where none is due."""
        if rest is None or rest.since == self._rung:
            return None
        return max((rest.ends_at - now).total_seconds(), 0)
