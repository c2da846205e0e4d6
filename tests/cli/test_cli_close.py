"""`ptrack close` as its users meet it: on a terminal, key by key, and from scripts."""

import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from at_a_terminal import AtATerminal
from harness import Run

SQUATS = "Back Squat: 3x5 100kg"


@pytest.fixture
def evening(run: Run) -> Run:
    """Three appointments of this morning, one of them just begun, and one of Tuesday; Anna has 10 credits."""
    run("clients", "add", "Anna Berg")
    run("clients", "add", "Ben Olsen")
    run("clients", "add", "Cleo Marsh")
    run("packages", "sell", "anna", "--sessions", "10")
    for client, when in (("anna", "7:00"), ("ben", "8:00"), ("cleo", "10:00")):
        run("appointments", "add", client, "today", when)
    run("appointments", "add", "anna", "2026-11-17 11:00", "--duration", "45")
    return run


@pytest.fixture
def statuses(tmp_path: Path) -> Callable[[], list[str]]:
    """The statuses of all appointments by number, as the file has them."""

    def read() -> list[str]:
        with closing(sqlite3.connect(tmp_path / "practice.db")) as connection:
            rows = connection.execute("SELECT status FROM appointment ORDER BY id").fetchall()
            return [status for (status,) in rows]

    return read


def test_without_a_terminal_it_names_the_option(evening: Run) -> None:
    for words in ((), ("tue",), ("--json",)):
        refused = evening("close", *words, status=2)
        assert "ptrack close --all-completed" in refused.err


def test_all_that_are_over_are_completed_for_scripts(evening: Run, statuses: Callable[[], list[str]]) -> None:
    closed = evening("close", "--all-completed", "--json").json
    assert [row["id"] for row in closed] == [1, 2]
    assert [row["session"]["credit"]["owed"] for row in closed] == [False, True]
    assert statuses() == ["completed", "completed", "scheduled", "scheduled"]
    assert evening("close", "--all-completed", "--json").json == []
    page = evening("close", "tue", "--all-completed").out
    assert "ptrack undo --steps 1\n" in page
    assert "1 done." in page
    assert "1 credit drawn." in page
    assert "Fri 20 Nov: 1 open     ptrack close\n" in page


def test_a_rehearsal_changes_nothing(evening: Run, statuses: Callable[[], list[str]]) -> None:
    assert [row["id"] for row in evening("close", "--dry-run", "--json").json] == [1, 2, 3]
    assert [row["id"] for row in evening("close", "--dry-run", "--all-completed", "--json").json] == [1, 2]
    page = evening("close", "--dry-run", "--from", "mon").out
    assert "4 to be closed" in page
    assert statuses() == ["scheduled"] * 4


def test_what_is_refused_is_named_and_the_rest_goes_on(
    evening: Run, statuses: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ptrack.desk import close as desk
    from ptrack.errors import StateError

    answer = desk.answer

    def refuse_ben(work: Any, number: int, reply: desk.Reply) -> desk.Answered:
        if number == 2:
            raise StateError("appointment 2 is no-show; it cannot be completed")
        return answer(work, number, reply)

    monkeypatch.setattr(desk, "answer", refuse_ben)
    ran = evening("close", "--all-completed", "--from", "tue", "--json", status=3)
    assert [row["id"] for row in ran.json] == [4, 1]
    assert ran.err == "Appointment 2, Ben Olsen: appointment 2 is no-show; it cannot be completed\n"
    assert statuses() == ["completed", "scheduled", "scheduled", "completed"]


@pytest.mark.parametrize(
    "words", [("tomorrow",), ("tue", "--from", "mon"), ("soon",), ("--trainer", "nobody")]
)
def test_what_cannot_be_closed(evening: Run, words: tuple[str, ...]) -> None:
    assert evening("close", "--dry-run", *words, status=None).status in (1, 2)


def test_all_that_was_completed_can_be_taken_back(evening: Run, statuses: Callable[[], list[str]]) -> None:
    assert "ptrack undo --steps 2\n" in evening("close", "--all-completed").out
    evening("undo", "--steps", "2", "--yes")
    assert statuses() == ["scheduled"] * 4
    assert "ptrack undo" not in evening("close", "wed", "--all-completed").out


def test_one_trainers_evening(evening: Run) -> None:
    evening("trainers", "add", "Olof Berg")
    evening("appointments", "add", "ben", "today 9:00", "--trainer", "olof")
    assert [row["id"] for row in evening("close", "--dry-run", "--trainer", "olof", "--json").json] == [5]
    page = evening("close", "--all-completed", "--trainer", "olof berg").out
    assert "all closed" in page
    assert "ptrack close tue" not in page


@pytest.mark.parametrize("columns", [80, 40])
def test_a_walk_takes_a_key_for_each(evening: Run, statuses: Callable[[], list[str]], columns: int) -> None:
    with AtATerminal("close", columns=columns) as there:
        assert "Anna Berg" in there.sees(" > ")
        there.ask("d", "x done")
        assert "Ben Olsen" in there.sees(" > ")
        there.ask("n", "! no-show")
        assert "Cleo Marsh" in there.sees(" > ")
        there.ask("l", "stays open")
        assert there.ends() == 0
        assert "1 done, 1 no-show." in there.screen
        assert "1 left open" in there.screen
        assert "1 credit drawn, 1 session owed." in there.screen
        assert all(len(row) <= columns for row in there.screen.splitlines())
        assert there.modes_now == there.modes
    assert statuses() == ["completed", "no_show", "scheduled", "scheduled"]
    evening("db", "check")


@pytest.mark.usefixtures("evening")
def test_keys_typed_ahead_count(statuses: Callable[[], list[str]]) -> None:
    with AtATerminal("close") as there:
        there.sees(" > ")
        there.press("dnl")
        assert there.ends() == 0
    assert statuses() == ["completed", "no_show", "scheduled", "scheduled"]


def test_answers_are_taken_back_in_the_walk(evening: Run, statuses: Callable[[], list[str]]) -> None:
    with AtATerminal("close") as there:
        there.sees(" > ")
        assert "Nothing of this walk" in there.ask("u", " > ")
        there.ask("d", "2 of 3")
        there.ask("l", "3 of 3")
        there.ask("u", "2 of 3")
        there.ask("u", "it is open again")
        there.sees("1 of 3")
        there.ask("q", "3 left open")
        assert there.ends() == 0
    assert statuses() == ["scheduled"] * 4
    assert evening("clients", "show", "anna", "--json").json["credits"] == 10
    evening("db", "check")


def test_a_log_with_a_mistake_is_asked_for_again(evening: Run) -> None:
    with AtATerminal("close") as there:
        there.sees(" > ")
        there.ask("g", "log> ")
        told = there.ask("Back Squat: 3x5 100kgs\n", "log> ")
        assert "^" in told
        assert "Nothing was saved." in told
        there.press("\x15" + SQUATS + "\n")
        there.sees("x done")
        there.sees("2 of 3")
        there.ask("g", "log> ")
        there.ask("\n", "2 of 3")
        there.press("q")
        assert there.ends() == 0
    (workout,) = evening("log", "list", "--json").json
    assert workout["client"] == "Anna Berg"


def test_a_cancellation_asks_by_whom_and_for_the_charge(
    evening: Run, statuses: Callable[[], list[str]]
) -> None:
    with AtATerminal("close") as there:
        there.sees(" > ")
        there.ask("c", "By whom?")
        there.ask("x", "1 of 3")
        there.ask("c", "By whom?")
        there.ask("c", "Does it cost a credit?")
        there.ask("\x1b", "1 of 3")
        there.ask("c", "By whom?")
        there.ask("c", "Does it cost a credit?")
        there.ask("y", "- cancelled")
        there.sees("2 of 3")
        there.ask("c", "By whom?")
        there.ask("t", "- cancelled")
        there.sees("3 of 3")
        there.press("q")
        assert there.ends() == 0
    assert statuses()[:2] == ["cancelled", "cancelled"]
    assert evening("clients", "show", "anna", "--json").json["credits"] == 9


def test_a_no_show_asks_where_the_practice_asks(evening: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "practice.db")) as connection:
        connection.execute("UPDATE studio SET no_show_charges = 'ask'")
        connection.commit()
    with AtATerminal("close") as there:
        there.sees(" > ")
        there.ask("n", "Does it cost a credit?")
        there.ask("n", "! no-show")
        there.sees("2 of 3")
        there.press("\x04")
        assert there.ends() == 0
    assert evening("clients", "show", "anna", "--json").json["credits"] == 10


@pytest.mark.usefixtures("evening")
def test_other_keys_help_and_do_nothing(statuses: Callable[[], list[str]]) -> None:
    with AtATerminal("close") as there:
        there.sees(" > ")
        for key in ("?", "\n", "\x1b[A", "ж", "\x1b", "x"):
            assert "take back the last answer" in there.ask(key, "1 of 3")
        there.press("q")
        assert there.ends() == 0
    assert statuses() == ["scheduled"] * 4


def test_a_group_is_closed_together_or_one_by_one(run: Run, statuses: Callable[[], list[str]]) -> None:
    for name in ("Anna Berg", "Ben Olsen", "Cleo Marsh"):
        run("clients", "add", name)
    run("appointments", "add", "anna,ben,cleo", "today 8:00")
    with AtATerminal("close") as there:
        assert "Group x3: Anna Berg" in there.sees(" > ")
        there.ask("n", "2 of 3")
        told = there.ask("D", "2 done, 1 no-show.")
        assert "Ben Olsen: x done" in told
        assert "Cleo Marsh: x done" in told
        assert there.ends() == 0
    assert statuses() == ["no_show", "completed", "completed"]


def test_what_another_terminal_closed_is_passed_over(evening: Run, statuses: Callable[[], list[str]]) -> None:
    with AtATerminal("close") as there:
        there.sees(" > ")
        evening("appointments", "complete", "2")
        evening("appointments", "no-show", "1")
        told = there.ask("d", "3 of 3")
        assert "appointment 1 is a no-show; it cannot be completed" in told
        assert "Anna Berg: closed meanwhile." in told
        assert "Ben Olsen: closed meanwhile." in told
        there.press("q")
        assert there.ends() == 0
    assert statuses()[:3] == ["no_show", "completed", "scheduled"]


@pytest.mark.usefixtures("evening")
def test_an_interrupt_says_what_was_done(statuses: Callable[[], list[str]]) -> None:
    with AtATerminal("close") as there:
        there.sees(" > ")
        there.ask("d", "2 of 3")
        there.sees(" > ")
        there.press("\x03")
        assert there.ends() == 130
        assert "1 done." in there.screen
        assert "Traceback" not in there.screen
        assert there.modes_now == there.modes
    assert statuses()[0] == "completed"


@pytest.mark.usefixtures("evening")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_leaves_the_terminal_as_it_was(number: int) -> None:
    with AtATerminal("close") as there:
        there.sees(" > ")
        assert there.modes_now != there.modes
        there.signal(number)
        assert there.ends() == -number
        assert there.modes_now == there.modes


@pytest.mark.usefixtures("evening")
def test_stopped_and_continued_it_goes_on() -> None:
    with AtATerminal("close") as there:
        there.sees(" > ")
        there.signal(signal.SIGSTOP)
        there.signal(signal.SIGCONT)
        there.ask("l", "2 of 3")
        there.press("q")
        assert there.ends() == 0


def test_killed_it_keeps_what_was_answered(evening: Run, statuses: Callable[[], list[str]]) -> None:
    with AtATerminal("close") as there:
        there.sees(" > ")
        there.ask("d", "2 of 3")
        there.ask("n", "3 of 3")
        there.kill()
    assert statuses() == ["completed", "no_show", "scheduled", "scheduled"]
    evening("db", "check")
    assert [row["id"] for row in evening("close", "--dry-run", "--json").json] == [3]


@pytest.mark.usefixtures("evening")
def test_a_dumb_terminal_asks_for_lines(statuses: Callable[[], list[str]]) -> None:
    with AtATerminal("close", TERM="dumb", NO_COLOR="1") as there:
        there.sees(" > ")
        there.ask("done\n", "2 of 3")
        there.ask("g\n", "log> ")
        there.ask(SQUATS + "\n", "3 of 3")
        there.ask("\n", "take back the last answer")
        there.ask("q\n", "2 done.")
        assert there.ends() == 0
        assert there.modes_now == there.modes
    assert statuses()[:3] == ["completed", "completed", "scheduled"]


def test_an_evening_with_nothing_open(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    with AtATerminal("close") as there:
        assert there.ends() == 0
        assert "Nothing is open." in there.screen
    assert "Nothing is open." in run("close", "--all-completed").out
