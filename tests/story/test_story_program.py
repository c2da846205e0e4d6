"""Twelve weeks of a program, from a text to its last workout, beside a ledger that was reckoned by hand.

The client misses three squats in a row, gets a deload, has a light week, and a harder program from week 9 on.
"""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from harness import Run

PROGRAM = """program: Twelve Weeks
weeks: 12
days per week: 2

day: A
Back Squat: w 1x5 60kg, 3x5 100kg rest 3min progress +2.5kg
Bench Press: 3x6-8 60kg progress double

day: B
Back Squat: w 1x5 60kg, 3x5 100kg rest 3min progress +2.5kg
Deadlift: 3x3 80%

day: A (week 7)
Back Squat: 3x5 80kg
Bench Press: 3x6 50kg
"""
START = date(2026, 8, 31)
SQUAT, BENCH, DEADLIFT = "Back Squat", "Bench Press", "Deadlift"


class Day(NamedTuple):
    """One planned workout: what must be planned, and what is done; None is as planned, empty is left out."""

    squat: str
    other: str
    squat_done: str | None = None
    other_done: str | None = None


WEEKS = (
    (Day("3x5 100kg", "3x6-8 60kg"), Day("3x5 102.5kg", "3x3 140kg")),
    (Day("3x5 105kg", "3x7-8 60kg", None, "8,7,7 60kg"), Day("3x5 107.5kg", "3x3 140kg")),
    (Day("3x5 110kg", "3x8 60kg"), Day("3x5 112.5kg", "3x3 140kg")),
    (
        Day("3x5 115kg", "3x6-8 62.5kg", "5,5,4 115kg", "7,7,6 62.5kg"),
        Day("3x5 115kg", "3x3 140kg", "5,4,4 115kg"),
    ),
    (Day("3x5 115kg", "3x7-8 62.5kg", "2x5 115kg", "3x6 62.5kg"), Day("3x5 102.5kg", "3x3 140kg")),
    (
        Day("3x5 105kg", "3x7-8 62.5kg", None, "3x8 62.5kg"),
        Day("3x5 107.5kg", "3x3 140kg", None, "3x3 170kg"),
    ),
    (Day("3x5 80kg", "3x6 50kg"), Day("3x5 110kg", "3x3 150kg")),
    (Day("3x5 112.5kg", "3x6-8 65kg", None, "3x8 65kg"), Day("3x5 115kg", "3x3 150kg")),
    (Day("4x4 120kg", "3x6-8 67.5kg"), Day("4x4 125kg", "3x3 150kg")),
    (Day("4x4 130kg", "3x7-8 67.5kg", "4,4,3,3 130kg"), Day("4x4 130kg", "3x3 150kg")),
    (Day("4x4 135kg", "3x8 67.5kg"), Day("4x4 140kg", "3x3 150kg", "")),
    (Day("4x4 140kg", "3x6-8 70kg", "4x4 142.5kg"), Day("4x4 145kg", "3x3 150kg")),
)  # fmt: skip


class Ledger:
    """What the client has lifted, and which workouts must have broken a weight record."""

    def __init__(self) -> None:
        self.heaviest: dict[str, float] = {}
        self.estimate: dict[str, float] = {}

    def enter(self, exercise: str, done: str) -> bool:
        """Keep one exercise of a workout; whether it is heavier than all before. The first time is none."""
        sets = _sets(done)
        before = self.heaviest.get(exercise)
        self.heaviest[exercise] = max([before or 0, *(kilograms for _, kilograms in sets)])
        estimates = [kilograms * (1 + reps / 30) if reps > 1 else kilograms for reps, kilograms in sets]
        self.estimate[exercise] = max([self.estimate.get(exercise, 0), *estimates])
        return before is not None and self.heaviest[exercise] > before


def _sets(done: str) -> list[tuple[int, float]]:
    """Reps and kilograms of each set: of `3x5 100kg`, `3x6-8 60kg` (six each), `5,5,4 115kg`."""
    amount, load = done.split()
    kilograms = float(load.removesuffix("kg"))
    if "x" in amount:
        sets, reps = amount.split("x")
        return [(int(reps.split("-")[0]), kilograms)] * int(sets)
    return [(int(reps), kilograms) for reps in amount.split(",")]


def _volume(*done: str) -> float:
    return sum(reps * kilograms for text in done if text for reps, kilograms in _sets(text))


@pytest.fixture
def number(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The program of a client who once pulled 150 kg five times."""
    monkeypatch.setenv("PTRACK_NOW", f"{START}T08:00+02:00")
    (tmp_path / "twelve.txt").write_text(PROGRAM)
    run("clients", "add", "Anna Berg")
    run("log", "add", "anna", "Deadlift: 1x5 150kg", "--when", "2026-08-24 18:00")
    run("programs", "new", str(tmp_path / "twelve.txt"))
    return str(run("programs", "assign", "twelve", "anna", "--json").json["id"])


def _train(run: Run, day: Day, other: str, ledger: Ledger) -> Any:
    """Train one day: what is planned must be what the ledger says, and so must the records be."""
    planned = run("programs", "next", "anna", "--json").json["exercises"]
    working = [re.sub(r"^w \S+ \S+, ", "", each["notation"]).split(" rest ")[0] for each in planned]
    assert [text.split(" progress ")[0] for text in working] == [day.squat, day.other]
    done = [
        (name, said if said is not None else plan.replace("-8", ""))
        for name, plan, said in ((SQUAT, day.squat, day.squat_done), (other, day.other, day.other_done))
    ]
    text = "; ".join(f"{name}: {sets}" for name, sets in done if sets)
    logged = run("log", "add", "anna", *([] if day[2:] == (None, None) else [text]), "--json")
    heavier = {name for name, sets in done if sets and ledger.enter(name, sets)}
    broken = {each["exercise"] for each in logged.json["records"] if each["kind"] == "weight"}
    assert broken == heavier
    return logged


def test_twelve_weeks(run: Run, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger()
    ledger.enter(DEADLIFT, "1x5 150kg")
    for week, days in enumerate(WEEKS, 1):
        for place, (day, other) in enumerate(zip(days, (BENCH, DEADLIFT), strict=True)):
            on = START + timedelta(days=7 * (week - 1) + 3 * place)
            monkeypatch.setenv("PTRACK_NOW", f"{on}T19:00")
            logged = _train(run, day, other, ledger)
            if (week, place) == (5, 0):
                assert "3x5 115kg was missed 3 times in a row; lighter: 3x5 102.5kg" in logged.err
                run("programs", "deload", "anna", "squat")
            elif "missed" in logged.err:
                pytest.fail(f"a deload was suggested in week {week}")
        if week == 8:
            _make_harder(run, number, tmp_path)
    _look_back(run, number, ledger)


def _make_harder(run: Run, number: str, folder: Path) -> None:
    """From week 9 on four sets of four, from 120 kg, in steps of 5; as text, in the program's own file."""
    text = run("programs", "show", number, "--notation").out
    assert text.count("3x5 117.5kg") == 2
    assert "Bench Press: 3x6-8 67.5kg progress double" in text
    (folder / "harder.txt").write_text(
        text.replace("3x5 117.5kg rest 3min progress +2.5kg", "4x4 120kg rest 3min progress +5kg")
    )
    run("programs", "edit", number, str(folder / "harder.txt"))


def _look_back(run: Run, number: str, ledger: Ledger) -> None:
    """The program is completed; planned and done, and the records, are the ledger's."""
    told = run("programs", "show", number, "--actual", "--json").json
    assert (told["status"], told["completed"], told["planned"], told["progress"]) == (
        "completed",
        24,
        24,
        100,
    )
    for week, days in zip(told["weeks"], WEEKS, strict=True):
        plans = [text for day in days for text in (day.squat, day.other)]
        done = [
            plan if said is None else said
            for day in days
            for plan, said in ((day.squat, day.squat_done), (day.other, day.other_done))
        ]
        assert week["planned"]["volume_kg"] == pytest.approx(_volume(*plans))
        assert week["done"]["volume_kg"] == pytest.approx(_volume(*done))
        assert week["done"]["sets"] == sum(len(_sets(text)) for text in done if text)
    assert [week["missed"] for week in told["weeks"]] == [0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 1, 0]
    page = run("programs", "show", number, "--week", "11").out
    assert "skipped" in page
    standing = {
        (row["exercise"], row["kind"]): row["value"] for row in run("log", "records", "anna", "--json").json
    }
    for exercise in (SQUAT, BENCH, DEADLIFT):
        assert standing[exercise, "weight"] == ledger.heaviest[exercise]
        assert standing[exercise, "e1rm"] == pytest.approx(ledger.estimate[exercise], abs=0.01)
