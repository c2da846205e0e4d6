"""`ptrack log add CLIENT -` with a note of many workouts."""

import io
import sys
from collections.abc import Callable
from typing import Any

import pytest

from harness import Ran, Run

NOTE = """Mon 16.11. 18:00\u201319:10 Upper A
\u2022 Bench Press: w 1x5 60, 3\u00d75 100kg @8
\u2022 Pull-Up: 3x8 bw

18.11. Legs
1. Back Squat: 3x5 120  # tired

yesterday
Bench Press: 3x5 102,5kg
"""


Paste = Callable[..., Ran]


@pytest.fixture
def paste(run: Run, monkeypatch: pytest.MonkeyPatch) -> Paste:
    """Give a note to `log add` as standard input, for a client that there is."""
    run("clients", "add", "Anna Berg")

    def pasted(note: str, *options: str, status: int = 0) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(note.encode()), "utf-8"))
        return run("log", "add", "anna", "-", *options, status=status)

    return pasted


def logged(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("log", "list", "--client", "anna", "--json").json
    return found


def test_a_pasted_note_becomes_its_workouts(paste: Paste) -> None:
    made = paste(NOTE, "--json").json
    assert [(each["performed_at"], each["title"], each["duration_min"]) for each in made] == [
        ("2026-11-16T18:00:00+01:00", "Upper A", 70),
        ("2026-11-18T12:00:00+01:00", "Legs", None),
        ("2026-11-19T12:00:00+01:00", None, None),
    ]
    assert [each["totals"]["volume_kg"] for each in made] == [1500, 1800, 1537.5]
    assert {record["kind"] for record in made[2]["records"]} >= {"weight", "e1rm"}


def test_the_page_has_a_line_for_each(paste: Paste) -> None:
    out = paste(NOTE).out
    assert "3 workouts of Anna Berg" in out
    assert "Mon 16 Nov 2026 18:00  Upper A" in out
    assert "ptrack undo" in out


def test_one_dated_workout_is_an_array_of_one(paste: Paste) -> None:
    assert len(paste("18.11.\nBack Squat: 3x5 100", "--json").json) == 1


def test_a_text_without_dates_stays_one_workout(paste: Paste) -> None:
    made = paste("Back Squat: 3x5 100\nPull-Up: 3x8 bw", "--json").json
    assert (made["performed_at"], len(made["exercises"])) == ("2026-11-20T10:20:00+01:00", 2)


def test_one_mistake_keeps_all_of_it_out(run: Run, paste: Paste) -> None:
    ran = paste(f"{NOTE}31.2.\nBench 3x5 100\n", status=2)
    assert (
        "-:11:6: a colon is missing behind Bench; write Bench: 3x5 100\n  Bench 3x5 100\n       ^" in ran.err
    )
    assert "-:10:1: 31.2. is no day of the calendar" in ran.err
    assert ran.err.endswith("Nothing was saved.\n")
    assert logged(run) == []


def test_the_same_note_again_logs_nothing_twice(run: Run, paste: Paste) -> None:
    paste(NOTE)
    ran = paste(NOTE)
    assert "Nothing new" in ran.out
    assert "3 workouts are logged already and left alone: 1 (Mon 16 Nov 2026, 18:00)" in ran.err
    assert paste(NOTE, "--json").json == []
    assert len(logged(run)) == 3


def test_a_note_that_grew_logs_what_is_new(paste: Paste) -> None:
    paste(NOTE)
    made = paste(f"{NOTE}\ntoday\nDeadlift: 1x5 140\n", "--json").json
    assert [each["exercises"][0]["name"] for each in made] == ["Deadlift"]


def test_what_was_logged_live_is_known_by_its_day(run: Run, paste: Paste) -> None:
    run("log", "add", "anna", "Back Squat: 3x5 100", "--when", "2026-11-18 18:05")
    assert paste("18.11.\nBack Squat: 3x5 100", "--json").json == []


def test_other_sets_at_the_same_time_are_refused(run: Run, paste: Paste) -> None:
    paste(NOTE)
    ran = paste("18.11.\nBack Squat: 3x5 125\n", status=2)
    assert "-:1:1: workout 2 stands at Wed 18 Nov 2026, 12:00 with other sets" in ran.err
    assert "ptrack log edit 2" in ran.err
    assert len(logged(run)) == 3


def test_another_workout_of_the_day_is_none_of_them(paste: Paste) -> None:
    paste(NOTE)
    assert len(paste("18.11.\nDeadlift: 1x5 140\n", "--json").json) == 1


def test_again_logs_it_all_the_same(run: Run, paste: Paste) -> None:
    paste(NOTE)
    paste(NOTE, "--again")
    assert len(logged(run)) == 6


def test_two_workouts_of_a_day_keep_their_order(run: Run, paste: Paste) -> None:
    paste("18.11. Morning\nBack Squat: 3x5 100\n18.11. Evening\nBack Squat: 3x5 105\n")
    assert [each["title"] for each in logged(run)] == ["Evening", "Morning"]


def test_the_newest_first_counts_as_the_programs_days_in_order(run: Run, paste: Paste) -> None:
    run("programs", "assign", "Full Body", "anna", "--start", "2026-11-02")
    number = str(run("programs", "list", "--json").json[0]["id"])
    days = run("programs", "show", number, "--json").json["days"][:2]
    names = [day["name"] for day in days]
    first, second = ("\n".join(f"{line['name']}: 5" for line in day["exercises"]) for day in days)
    ran = paste(f"18.11.\n{second}\n16.11.\n{first}\n", "--json")
    assert [(each["day"], each["week"]) for each in ran.json] == [(names[0], 1), (names[1], 1)]
    assert f"Mon 16 Nov 2026, 12:00: Counted as {names[0]}, week 1" in ran.err


def test_no_program_keeps_them_apart(run: Run, paste: Paste) -> None:
    run("programs", "assign", "Full Body", "anna", "--start", "2026-11-02")
    made = paste(NOTE, "--no-program", "--json").json
    assert {each["day"] for each in made} == {None}


def test_a_rehearsal_shows_all_and_keeps_nothing(run: Run, paste: Paste) -> None:
    ran = paste(NOTE, "--dry-run")
    assert "3 workouts of Anna Berg to be logged" in ran.out
    assert "Nothing was saved" in ran.err
    assert logged(run) == []


def test_a_single_workout_can_be_rehearsed_too(run: Run, paste: Paste) -> None:
    ran = paste("Back Squat: 3x5 100", "--dry-run")
    assert "Back Squat" in ran.out
    assert "Nothing was saved" in ran.err
    assert logged(run) == []


def test_a_new_exercise_is_made_once_for_all(paste: Paste) -> None:
    text = "17.11.\nSled Drag: 3x40m\n18.11.\nsled drag: 3x50m\n"
    made = paste(text, "--create", "--json").json
    assert len({each["exercises"][0]["exercise_id"] for each in made}) == 1


def test_undo_takes_the_whole_note_back(run: Run, paste: Paste) -> None:
    paste(NOTE)
    run("undo", "--yes")
    assert logged(run) == []


@pytest.mark.parametrize("option", [("--when", "today"), ("--session", "1")])
def test_what_one_workout_has_cannot_be_said_of_a_note(
    run: Run, paste: Paste, option: tuple[str, str]
) -> None:
    assert option[0] in paste(NOTE, *option, status=2).err
    assert logged(run) == []


def test_input_that_is_no_text_is_told(paste: Paste) -> None:
    assert "There is no exercise in the text" in paste("", status=2).err


def test_percentages_are_of_what_stands_above_and_are_known_again(run: Run, paste: Paste) -> None:
    note = "2026-11-10\nBack Squat: 1x1 100\n\n2026-11-12\nBack Squat: 3x5 77%, 1x5 90\n"
    assert "3x5 77.5kg: 77 % of 100 kg" in paste(note).err
    (exercise,) = run("log", "show", "2", "--json").json["exercises"]
    assert [one["weight_kg"] for one in exercise["sets"]] == [77.5, 77.5, 77.5, 90]
    assert "2 workouts are logged already" in paste(note).err
    for other in (("1x5 90", "1x5 95"), ("3x5 77%", "2x5 77%"), ("3x5 77%", "3x4 77%")):
        assert "with other sets" in paste(note.replace(*other), status=2).err
    assert len(logged(run)) == 2


def test_a_text_with_zero_bytes_is_no_log(paste: Paste) -> None:
    assert "zero bytes" in paste("Plank: 3x45s # a\0b", status=2).err
