"""How fast the notation is read, in this process: lines a second of CPU time."""

import time
from collections.abc import Callable

from ptrack.notation.parse import parse_workout
from ptrack.notation.programs import parse_program
from ptrack.vocabulary import Unit

ROUNDS = 7
DAYS, LINES_A_DAY = 4, 50
LOGGED = (
    "Back Squat: w 1x5 60, 3x5 100 @8",
    "Pull-Up: 3x8 bw",
    "Bench Press: 5x5 82.5kg @8  # paused",
    "Plank: 3x60s",
    "Run: 1x5km 27:30",
    "A1 Dumbbell Row: 3x10/side 30",
    "Deadlift: 1x5 140, 1x3 160, 1x1 180",
    "Overhead Press: 8,8,6 42.5",
)
PLANNED = (
    "Back Squat: w 2x5 40%, 1x5 65%, 1x5 75%, 1x5+ 85% rest 3min",
    "Bench Press: 3x8-12 60kg @7 rest 90s progress double +2.5kg",
    "Pull-Up: 3x6-10 bw",
    "A1 Dumbbell Curl: 2x10-12 6kg",
    "A2 Plank: 2x30s rest 60s",
)


def _repeated(lines: tuple[str, ...], number: int) -> list[str]:
    return [lines[place % len(lines)] for place in range(number)]


def _log() -> None:
    text = "\n".join(_repeated(LOGGED, LINES_A_DAY))
    for _ in range(DAYS):
        parse_workout(text, unit=Unit.KG, resolve=str)


def _program() -> None:
    heads = ["program: Strength", "weeks: 8", f"days per week: {DAYS}"]
    days = [
        line for day in range(DAYS) for line in (f"day: Day {day + 1}", *_repeated(PLANNED, LINES_A_DAY - 1))
    ]
    parse_program("\n".join(heads + days), unit=Unit.KG, resolve=str)


def lines_per_second() -> dict[str, float]:
    """Of a log of 200 lines (four days of 50), and of a program of as many; the median of some rounds."""
    return {
        name: DAYS * LINES_A_DAY / _seconds(read)
        for name, read in (("a log of 200 lines", _log), ("a program of 200 lines", _program))
    }


def _seconds(read: Callable[[], None]) -> float:
    read()
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(10):
            read()
        rounds.append((time.process_time() - start) / 10)
    return sorted(rounds)[ROUNDS // 2]
