"""The live logger as its users meet it: on a terminal, set by set."""

import shutil
import signal
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from harness import Run
from live_terminal import LiveTerminal
from undo_samples import contents, differences

PLAN = """program: Two Days
weeks: 4
days per week: 2

day: Upper A
Bench Press: w 1x5 40kg, 2x5 60kg rest 2min
A1 Lateral Raise: 2x12 8kg
A2 Triceps Pushdown: 2x12 25kg rest 60s
Plank: 1x45s

day: Lower A
Back Squat: 3x5 100kg @8
Pull-Up: 2x6-8 bw
"""
PREPARED = (
    ("init", "--name", "Studio Nord", "--timezone", "Europe/Berlin"),
    ("clients", "add", "Anna Berg"),
    ("clients", "add", "Ben Olsen"),
    ("packages", "sell", "anna", "--sessions", "10"),
    ("log", "add", "anna", "Bench Press: 3x5 57.5", "--when", "2026-11-13 18:00"),
    ("programs", "new", "{folder}/plan.txt"),
    ("programs", "assign", "Two Days", "anna", "--start", "2026-11-16"),
    ("appointments", "add", "anna", "2026-11-21 10:00"),
    ("appointments", "add", "ben", "today", "10:00"),
)
LATER = "2026-11-20T11:20:00+01:00"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the practice waits that is prepared once."""
    return tmp_path_factory.mktemp("live") / "practice.db"


@pytest.fixture
def studio(run: Run, kept: Path, tmp_path: Path) -> Run:
    """Anna follows a program of two days; Ben has an appointment now, and no program."""
    path = tmp_path / "practice.db"
    if not kept.exists():
        (tmp_path / "plan.txt").write_text(PLAN)
        for words in PREPARED:
            run(*(word.replace("{folder}", str(tmp_path)) for word in words))
        shutil.copy(path, kept)
    shutil.copy(kept, path)
    return run


@pytest.fixture
def sets(tmp_path: Path) -> Callable[[], list[tuple[Any, ...]]]:
    """The sets of workouts that were logged live, in the order in which they were done."""

    def read() -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(tmp_path / "practice.db")) as connection:
            return connection.execute(
                "SELECT x.name, s.reps, s.weight_g / 1000.0, s.rpe, s.seconds, s.is_warmup "
                "FROM workout_set s JOIN workout_exercise e ON e.id = s.workout_exercise_id "
                "JOIN exercise x ON x.id = e.exercise_id WHERE s.completed_at IS NOT NULL "
                "ORDER BY s.completed_at, e.position, s.position"
            ).fetchall()

    return read


Sets = Callable[[], list[tuple[Any, ...]]]

UPPER = [
    ("Bench Press", 5, 40.0, None, None, 1),
    ("Bench Press", 5, 60.0, None, None, 0),
    ("Bench Press", 5, 60.0, None, None, 0),
    ("Lateral Raise", 12, 8.0, None, None, 0),
    ("Triceps Pushdown", 12, 25.0, None, None, 0),
    ("Lateral Raise", 12, 8.0, None, None, 0),
    ("Triceps Pushdown", 12, 25.0, None, None, 0),
    ("Plank", None, None, None, 45, 0),
]

UPPER_TEXT = "Bench Press: 2x5 60; Lateral Raise: 2x12 8; Triceps Pushdown: 2x12 25; Plank: 1x45s"


def enter_all(terminal: LiveTerminal, first: int = 0, total: int = 8) -> None:
    """Press Enter for each set that is left."""
    for done in range(first, total):
        terminal.says("", f"{done + 1} of {total} sets")


def test_a_whole_workout_by_enter_alone(studio: Run, sets: Sets) -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        page = terminal.shows("0 of 8 sets", "Enter  5\u00d740 w  as planned")
        assert "Anna Berg   Upper A, week 1" in page
        assert "Bench Press                                                     warm-up 1 of 1" in page
        assert "last     Fri 13 Nov   5\u00d757.5   5\u00d757.5   5\u00d757.5" in page
        assert "plan     w 1x5 40kg, 2x5 60kg rest 2min" in page
        assert "next     A1 Lateral Raise     2x12 8kg" in page
        enter_all(terminal)
        page = terminal.shows("All done.", "Enter finishes")
        assert "Bench Press          5\u00d740 w   5\u00d760   5\u00d760" in page
        terminal.says("", "How hard was it")
        terminal.press("7\r")
        assert terminal.ends() == 0
        assert terminal.modes_now == terminal.modes
        terminal.sees("7 working sets, 58 reps")
        terminal.sees("points")
    assert sets() == UPPER
    shown = studio("log", "show", "2", "--json").json
    assert (shown["status"], shown["intensity"], shown["duration_min"]) == ("completed", 7, 1)
    assert (shown["day"], shown["week"], shown["kind"]) == ("Upper A", 1, "solo")
    assert [record["kind"] for record in shown["records"]] == ["weight", "e1rm", "reps"]
    assert studio("programs", "list", "--json").json[0]["next_day"] == "Lower A"


def test_what_is_typed_overrides(studio: Run, sets: Sets) -> None:
    with LiveTerminal("log", "start", "anna", "--day", "lower") as terminal:
        terminal.shows("0 of 5 sets")
        terminal.says("w 5x60", "5\u00d760 w")
        terminal.says("5x102.5 @9", "5\u00d7102.5 @9", "1 of 5 sets")
        terminal.says("97.5", "2 of 5 sets")
        terminal.says("fix 4", "Now   Back Squat  4\u00d797.5")
        terminal.says("note knees in", "note     knees in")
        terminal.says("100", "100 reps? Write 100kg for the load")
        terminal.shows(" > 100")
        terminal.press("\x15")
        terminal.says("skip", "3 of 5 sets", "Pull-Up")
        terminal.says("7 bw+10", "7\u00d7bw+10")
        terminal.says("=", "5 of 5 sets", "All done.")
        terminal.says("undo", "4 of 5 sets", "Taken back   Pull-Up")
        terminal.says("next", "All done.")
        terminal.says("+ benhc pres", "Like it: Bench Press")
        terminal.press("\x15")
        terminal.says("+ bench press", "Added: Bench Press", "set 1")
        terminal.says("8x50", "Saved   Bench Press  8\u00d750")
        terminal.says("", "Saved   Bench Press  8\u00d750", "set 3")
        terminal.says("go squat", "set 3", "knees in")
        terminal.says("back", "This is the first")
        terminal.press("\x15")
        terminal.says("next", "Left: Back Squat")
        terminal.says("next", "All done.")
        terminal.says("end", "How hard")
        terminal.press("\r")
        assert terminal.ends() == 0
    assert sets() == [
        ("Back Squat", 5, 60.0, None, None, 1),
        ("Back Squat", 5, 102.5, 9.0, None, 0),
        ("Back Squat", 4, 97.5, None, None, 0),
        ("Pull-Up", 7, 10.0, None, None, 0),
        ("Bench Press", 8, 50.0, None, None, 0),
        ("Bench Press", 8, 50.0, None, None, 0),
    ]
    squat, pull_up, _ = studio("log", "show", "2", "--json").json["exercises"]
    assert (squat["notes"], squat["planned"]) == ("knees in", "3x5 100kg @8")
    assert not squat["skipped"]
    assert not pull_up["skipped"]


def test_what_was_added_is_done_once_and_then_the_plan_goes_on(studio: Run, sets: Sets) -> None:
    with LiveTerminal("log", "start", "anna", "--day", "lower") as terminal:
        terminal.says("+ hip thrust", "Added: Hip Thrust", "set 1")
        terminal.says("3x5", "3 sets of 5, or 3 reps at 5kg?")
        terminal.press("\x15")
        terminal.says("10/side 12", "10\u00d712/side", "Enter  on to Back Squat", "= once more")
        terminal.says("=", "set 3")
        terminal.says("8x55 @8", "Saved   Hip Thrust  8\u00d755 @8")
        terminal.says("fix 5x77.5", "5\u00d777.5 @8")
        terminal.says("", "Left: Hip Thrust", "Back Squat")
        terminal.says("", "Saved   Back Squat")
        terminal.press("\x03")
        assert terminal.ends() == 130
    assert [row[:4] for row in sets()] == [
        ("Hip Thrust", 10, 12.0, None), ("Hip Thrust", 10, 12.0, None), ("Hip Thrust", 5, 77.5, 8.0),
        ("Back Squat", 5, 100.0, 8.0),
    ]  # fmt: skip
    page = studio("log", "show", "2").out
    assert "ptrack log resume 2" in page
    assert "log edit" not in page


@pytest.mark.usefixtures("studio")
def test_the_bell_rings_once_at_the_end_of_a_rest() -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.shows("0 of 8 sets")
        terminal.says("rest 1", "Rest is 1 s here.")
        terminal.says("", "1 of 8 sets", "rest")
        terminal.shows("over")
        terminal.rests(1.5)
        assert terminal.bells == 1
        terminal.press("rest\r")
        terminal.lacks("over")
        terminal.press("\x03")
        assert terminal.ends() == 130


def test_a_record_is_celebrated_as_it_happens_and_counts_when_it_is_finished(studio: Run) -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.shows("0 of 8 sets")
        assert "Record" not in terminal.says("", "1 of 8 sets")
        page = terminal.says("", "2 of 8 sets", "* Record: Bench Press")
        assert "weight 57.5 -> 60 kg" in page
        assert "Record" not in terminal.says("", "3 of 8 sets")
        terminal.says("go bench", "set 3")
        terminal.says("5x65", "weight 57.5 -> 65 kg")
        terminal.press("\x03")
        terminal.ends()
    before = studio("log", "records", "anna", "bench press", "--json").json
    assert {row["value"] for row in before if row["kind"] == "weight"} == {57.5}
    assert studio("log", "show", "2", "--json").json["records"] == []


def test_what_is_being_done_live_is_not_logged_a_second_time(studio: Run, sets: Sets) -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.shows("0 of 8 sets")
        terminal.says("", "1 of 8 sets")
        terminal.press("\x03")
        terminal.ends()
    for words in ((), (UPPER_TEXT,), ("Run: 1x5km 27:30", "--program")):
        assert "ptrack log resume 2" in studio("log", "add", "anna", *words, status=1).err
    assert sets() == UPPER[:1]
    beside = studio("log", "add", "anna", UPPER_TEXT, "--no-program")
    assert "Workout 2 of Anna Berg is still open. Go on: ptrack log resume 2" in beside.err
    assert "ptrack log resume 2" in studio("log", "add", "anna", "Run: 1x5km 27:30").err
    assert "resume" not in studio("log", "add", "anna", "Run: 1x5km 27:30", "--when", "2026-11-19").err
    assert sets() == UPPER[:1]


def test_a_session_with_sets_done_live_is_not_filled_over(studio: Run, sets: Sets) -> None:
    with LiveTerminal("log", "start", "ben") as terminal:
        terminal.shows("Ben Olsen")
        terminal.says("+ bench press", "Added: Bench Press")
        terminal.says("8x50", "Saved   Bench Press  8\u00d750")
        terminal.press("\x03")
        terminal.ends()
    for words in (
        ("log", "add", "ben", "Plank: 3x45s", "--session", "1"),
        ("appointments", "complete", "2", "--log", "Plank: 3x45s"),
    ):
        assert "Go on: ptrack log resume 2" in studio(*words, status=1).err
    assert [name for name, *_ in sets()] == ["Bench Press"]


def test_a_log_fills_what_was_begun_live_and_left_empty(studio: Run) -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.shows("0 of 8 sets")
        terminal.kill()
    filled = studio("log", "add", "anna", UPPER_TEXT, "--json").json
    assert (filled["id"], filled["status"], filled["day"]) == (2, "completed", "Upper A")
    assert filled["exercises"][0]["planned"] == "w 1x5 40kg, 2x5 60kg rest 2min"
    assert len(studio("log", "list", "--client", "anna", "--json").json) == 2


def test_ctrl_c_leaves_it_open_and_resume_goes_on_where_it_stood(studio: Run, sets: Sets) -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.shows("0 of 8 sets")
        for done in range(4):
            terminal.says("", f"{done + 1} of 8 sets")
        terminal.press("8x")
        terminal.press("\x03")
        assert terminal.ends() == 130
        terminal.sees("Go on: ptrack log resume 2")
        assert terminal.modes_now == terminal.modes
    today = studio("today")
    assert "Anna Berg, Upper A: 4 sets so far  ptrack log resume 2" in today.out
    for words in (("log", "resume"), ("log", "start", "anna"), ("log", "resume", "2")):
        with LiveTerminal(*words, PTRACK_NOW=LATER) as terminal:
            terminal.shows("4 of 8 sets", "It goes on: begun 10:20, 4 sets done.", "A2 Triceps Pushdown")
            terminal.shows("60 min")
            assert terminal.bells == 0
            if words[-1] == "2":
                enter_all(terminal, 4)
                terminal.says("", "How hard")
                terminal.press("\r")
                assert terminal.ends() == 0
            else:
                terminal.press("quit\r")
                assert terminal.ends() == 0
    assert sets() == UPPER
    assert studio("log", "show", "2", "--json").json["duration_min"] == 60
    assert [row["status"] for row in studio("log", "list", "--json").json] == ["completed", "completed"]


@pytest.mark.usefixtures("studio")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_terminal_as_it_was(number: int, sets: Sets) -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.says("", "1 of 8 sets")
        terminal.signal(number)
        status = terminal.ends()
        assert status == (130 if number == signal.SIGINT else -number)
        assert terminal.modes_now == terminal.modes
        assert terminal.raw.rindex(b"\x1b[?1049l") > terminal.raw.rindex(b"\x1b[?1049h")
        assert "ptrack log resume 2" in terminal.screen
    assert len(sets()) == 1


@pytest.mark.usefixtures("studio")
def test_two_windows_neither_lose_nor_double_a_set(sets: Sets) -> None:
    with LiveTerminal("log", "start", "anna") as one, LiveTerminal("log", "start", "ben") as other:
        one.says("", "1 of 8 sets")
        other.press("quit\r")
        other.ends()
        with LiveTerminal("log", "resume", "anna") as two:
            two.shows("1 of 8 sets")
            one.press("6\r")
            two.press("7\r")
            one.shows("2 of 8 sets")
            two.shows("2 of 8 sets")
            assert len(sets()) == 2
            assert "another window; nothing was saved" in one.display + two.display
            loser, winner = (one, two) if "nothing was saved" in one.display else (two, one)
            loser.press("\r")
            loser.shows("3 of 8 sets")
            winner.shows("3 of 8 sets")
            assert [row[1] for row in sets()[1:]] in ([6, 7], [7, 6])
            winner.says("undo", "2 of 8 sets")
            loser.shows("2 of 8 sets")
            enter_all(winner, 2)
            winner.says("", "How hard")
            winner.press("\r")
            assert winner.ends() == 0
            assert loser.ends() == 0
            loser.sees("is over")


def test_two_that_begin_at_once_share_one_workout(studio: Run) -> None:
    with LiveTerminal("log", "start", "anna") as one, LiveTerminal("log", "start", "anna") as two:
        one.shows("0 of 8 sets")
        two.shows("0 of 8 sets")
        one.says("", "1 of 8 sets")
        two.shows("1 of 8 sets")
    assert len(studio("log", "list", "--json").json) == 2


def test_an_appointment_is_begun_and_closed_with_its_credit(studio: Run, tmp_path: Path) -> None:
    studio("appointments", "add", "anna", "today", "11:15")
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.shows("0 of 8 sets")
        row = studio("appointments", "show", "3", "--json").json
        assert row["session"] == 1
        enter_all(terminal)
        terminal.says("", "How hard")
        terminal.press("\r")
        assert terminal.ends() == 0
        terminal.sees("trainer-led")
        terminal.sees("1 credit drawn from package 1")
    assert studio("appointments", "show", "3", "--json").json["status"] == "completed"
    assert studio("log", "show", "2", "--json").json["session"] == 1
    # Undo takes back the finish with its credit, then the workout as a whole; redo brings both back.
    path = tmp_path / "practice.db"
    finished = contents(path)
    studio("undo", "--yes")
    assert studio("log", "show", "2", "--json").json["status"] == "in_progress"
    assert studio("clients", "show", "anna", "--json").json["credits"] == 10
    studio("undo", "--yes")
    assert [row["id"] for row in studio("log", "list", "--json").json] == [1]
    assert studio("appointments", "show", "3", "--json").json["status"] == "scheduled"
    studio("redo", "--yes", "--steps", "2")
    assert differences(contents(path), finished) == {}
    studio("db", "check")


def test_a_completed_appointment_takes_the_workout_that_was_begun_without_it(studio: Run) -> None:
    with LiveTerminal("log", "start", "anna", "--day", "lower") as terminal:
        terminal.says("", "1 of 5 sets")
        terminal.press("\x03")
        terminal.ends()
    studio("appointments", "add", "anna", "today 10:00", "--force")
    assert studio("log", "show", "2", "--json").json["kind"] == "solo"
    done = studio("appointments", "complete", "3", "--json")
    assert "Workout 2, which is open, is its workout now. Go on: ptrack log resume 2" in done.err
    assert done.json["workout"]["id"] == 2
    workout = studio("log", "show", "2", "--json").json
    assert (workout["kind"], workout["trainer_id"], workout["status"]) == ("trainer_led", 1, "in_progress")
    studio("undo", "--yes")
    workout = studio("log", "show", "2", "--json").json
    assert (workout["kind"], workout["session"]) == ("solo", None)


def test_a_workout_of_another_time_is_left_alone(studio: Run) -> None:
    with LiveTerminal("log", "start", "anna", "--day", "lower") as terminal:
        terminal.says("", "1 of 5 sets")
        terminal.press("\x03")
        terminal.ends()
    studio("appointments", "add", "anna", "today 7:00")
    assert studio("appointments", "complete", "3", "--json").json["workout"]["id"] != 2


def test_the_journal_has_one_change_for_all_sets_and_one_for_the_end(studio: Run) -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.says("", "1 of 8 sets")
        studio("clients", "edit", "ben", "--name", "Ben Dahl")
        terminal.says("", "2 of 8 sets")
        terminal.press("quit\r")
        terminal.ends()
    with LiveTerminal("log", "resume") as terminal:
        enter_all(terminal, 2)
        terminal.says("", "How hard")
        terminal.press("\r")
        terminal.ends()
    commands = [row["command"] for row in studio("undo", "--list", "--json").json][:3]
    assert commands == ["log finish", "clients edit", "log start"]


def test_called_off_meanwhile_it_becomes_a_solo_workout(studio: Run) -> None:
    with LiveTerminal("log", "start", "2") as terminal:
        terminal.shows("What comes first?")
        terminal.says("+ plank", "Plank")
        terminal.says("45", "Saved   Plank  45s")
        studio("appointments", "cancel", "2", "--no-charge")
        terminal.shows("called off meanwhile")
        terminal.says("60", "Saved   Plank  60s")
        terminal.says("end", "How hard")
        terminal.press("\r")
        assert terminal.ends() == 0
        terminal.sees("solo")
    shown = studio("log", "show", "2", "--json").json
    assert (shown["kind"], shown["session"], shown["activity"]) == ("solo", None, "strength")


def test_removed_meanwhile_it_says_so(studio: Run) -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.says("", "1 of 8 sets")
        studio("log", "remove", "2", "--yes")
        assert terminal.ends() == 0
        terminal.sees("over or taken away")


def test_nothing_done_is_taken_away_on_request(studio: Run) -> None:
    with LiveTerminal("log", "start", "anna", "--no-program") as terminal:
        terminal.says("end", "Nothing was done yet")
        terminal.press("y\r")
        assert terminal.ends() == 0
    assert len(studio("log", "list", "--json").json) == 1


@pytest.mark.usefixtures("studio")
def test_completion_offers_exercises() -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.shows("0 of 8 sets")
        terminal.press("+ overh")
        terminal.shows("+ Overhead Press")
        terminal.press("\t\r")
        terminal.shows("Added: Overhead Press")
        terminal.press("quit\r")
        terminal.ends()


def test_numbers_are_appointments_of_today_or_clients(studio: Run) -> None:
    assert "is on Sat 21 Nov, not today" in _refused("log", "start", "#1")
    assert "No appointment has the number 99" in _refused("log", "start", "99")
    studio("appointments", "add", "anna", "today", "15:00")
    studio("clients", "add", "Cleo Marsh")
    told = _refused("log", "start", "3")
    assert "appointment 3 of Anna Berg, or client Cleo Marsh" in told
    assert "No workout of Cleo Marsh is open" in _refused("log", "resume", "cleo")


def _refused(*words: str) -> str:
    with LiveTerminal(*words) as terminal:
        assert terminal.ends() == 1
        return " ".join(terminal.screen.split())


@pytest.mark.usefixtures("studio")
def test_an_old_workout_is_not_mixed_up_with_a_new_one() -> None:
    with LiveTerminal("log", "start", "anna", PTRACK_NOW="2026-11-18T10:20:00+01:00") as terminal:
        terminal.says("", "1 of 8 sets")
        terminal.press("quit\r")
        terminal.ends()
    assert "left open on Wed 18 Nov" in _refused("log", "start", "anna")


@pytest.mark.parametrize("words", [("start", "anna"), ("resume",), ("start", "anna", "--json")])
def test_without_a_terminal_it_names_log_add(words: Sequence[str], studio: Run) -> None:
    assert "ptrack log add CLIENT" in studio("log", *words, status=2).err


@pytest.mark.usefixtures("studio")
def test_a_dumb_terminal_gets_plain_questions(sets: Sets) -> None:
    with LiveTerminal("log", "start", "anna", columns=40, TERM="dumb") as terminal:
        terminal.sees("0 of 8 sets   Enter  5\u00d740 w  as planned")
        terminal.press("rest 1\n")
        terminal.sees("Rest is 1 s here.")
        terminal.press("\n")
        terminal.sees("Saved   Bench Press  5\u00d740 w")
        terminal.sees("\a")
        terminal.sees("Rest is over.")
        terminal.press("frob\n")
        terminal.sees("write + frob.")
        terminal.press("\n" * 7)
        terminal.sees("8 of 8 sets   Enter finishes")
        terminal.press("\n")
        terminal.sees("How hard was it")
        terminal.press("\n")
        assert terminal.ends() == 0
    assert "\x1b" not in terminal.raw.decode()
    assert sets() == UPPER


@pytest.mark.usefixtures("studio")
@pytest.mark.parametrize(("columns", "rows"), [(40, 20), (80, 24), (120, 40), (30, 8)])
def test_it_fits_the_screen(columns: int, rows: int) -> None:
    with LiveTerminal("log", "start", "anna", columns=columns, rows=rows) as terminal:
        terminal.shows("Bench Press", "Enter  5")
        terminal.resize(columns + 10, rows + 2)
        terminal.signal(signal.SIGWINCH)
        terminal.says("", "Saved   Bench")
        assert "Anna Berg" in terminal.display.splitlines()[0]
        terminal.press("quit\r")
        terminal.ends()


@pytest.mark.full  # it waits as long as the practice waits for others
@pytest.mark.usefixtures("studio")
def test_a_busy_database_is_told_and_the_line_kept(tmp_path: Path, sets: Sets) -> None:
    with LiveTerminal("log", "start", "anna") as terminal:
        terminal.shows("0 of 8 sets")
        with closing(sqlite3.connect(tmp_path / "practice.db", isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            terminal.says("7x42.5", "busy", " > 7x42.5")
            connection.execute("ROLLBACK")
        terminal.says("", "Saved   Bench Press  7\u00d742.5 w", "1 of 8 sets")
    assert sets() == [("Bench Press", 7, 42.5, None, None, 1)]
