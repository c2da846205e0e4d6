"""Numbers past all measure, empty texts and missing homes: one or two lines, and the documented status."""

import json
import os
import pwd
from pathlib import Path

import pytest

from harness import Run

TOO_LARGE = "99999999999999999999999"


@pytest.mark.parametrize(
    "command",
    [
        ("log", "show", TOO_LARGE),
        ("log", "edit", TOO_LARGE, "--title", "Legs"),
        ("log", "remove", TOO_LARGE, "--yes"),
        ("log", "add", "Anna", "Plank: 1x30s", "--session", TOO_LARGE),
        ("report", "workout", TOO_LARGE),
        ("import", "undo", TOO_LARGE, "--yes"),
        ("appointments", "show", TOO_LARGE),
        ("sessions", "show", TOO_LARGE),
        ("packages", "adjust", TOO_LARGE, "1"),
    ],
)
def test_a_number_that_no_record_can_have_is_wrong_usage(run: Run, command: tuple[str, ...]) -> None:
    run("clients", "add", "Anna Berg")
    ran = run(*command, status=2)
    assert TOO_LARGE in ran.err
    assert len(ran.err.splitlines()) == 2
    assert ran.out == ""


def test_an_empty_name_of_a_trainer_or_place_is_not_everybody(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    for option in ("--trainer", "--location"):
        assert "is named" in run("clients", "list", option, "", status=2).err
        assert "is named" in run("clients", "edit", "Anna", option, "", status=2).err


def test_an_empty_text_takes_away_what_was_known_of_a_client(run: Run) -> None:
    run(
        "clients",
        "add",
        "Anna",
        "--email",
        "a@x.org",
        "--phone",
        "1",
        "--goal",
        "Squat",
        "--notes",
        "left knee",
    )
    edited = run(
        "clients", "edit", "Anna", "--email", "", "--phone", "", "--goal", "", "--notes", "", "--json"
    ).json
    assert [edited[key] for key in ("email", "phone", "goals", "notes")] == [None] * 4
    assert "needs a name" in run("clients", "edit", "Anna", "--name", "", status=2).err


def test_a_list_that_nobody_fits_does_not_say_that_there_are_no_clients(run: Run) -> None:
    assert "No clients yet" in run("clients", "list").out
    run("clients", "add", "Anna Berg")
    for asked in (("--status", "churned"), ("--tag", "mornings")):
        assert "No client is like that" in run("clients", "list", *asked).out


def test_articles_and_plurals_fit(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    assert run("exercises", "add", "", status=2).err == "An exercise needs a name.\n"
    run("log", "add", "Anna", "Plank: 1x30s")
    assert run("report", "usage", "Anna").out.splitlines()[0].endswith("1 workout")


def test_a_weight_record_is_as_exact_as_its_set(run: Run) -> None:
    run("init", "--unit", "lb")
    run("clients", "add", "Anna Berg")
    run("log", "add", "Anna", "Bench Press: 1x5 225lb", "--when", "yesterday")
    run("log", "add", "Anna", "Bench Press: 1x5 230lb")
    records = run("log", "records", "Anna", "--json").json
    best = next(record for record in records if record["kind"] == "weight")
    assert (best["value"], best["weight_kg"], best["previous"]) == (104.326, 104.326, 102.058)
    assert "230" in run("log", "records", "Anna").out


def test_a_home_that_is_no_folder_has_no_configuration(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", os.devnull)
    run("clients", "add", "Anna Berg")
    run("appointments", "add", "Anna", "tue 10:00")


def test_without_any_home_the_practice_is_not_made_where_one_happens_to_be(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def unknown(_number: int) -> pwd.struct_passwd:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.delenv("HOME")
    run("clients", "add", "Anna Berg")
    run("appointments", "add", "Anna", "tue 10:00")
    monkeypatch.delenv("PTRACK_DB")
    monkeypatch.chdir(tmp_path)
    assert "--db PATH" in run("clients", "list", status=2).err
    assert not (tmp_path / "~").exists()


def test_a_configuration_that_cannot_be_read_is_told_in_plain_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PTRACK_DB")
    binary = tmp_path / "config.toml"
    binary.write_bytes(b"\x8a\xff")
    ran = run("--config", str(binary), "clients", "list", "--json", status=2)
    assert json.loads(ran.out)["error"]["message"].endswith("is no text in UTF-8.")
    assert "home folder" in run("--db", "~nobody-by-that-name/x.db", "clients", "list", status=2).err
