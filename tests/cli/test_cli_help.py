"""Help fits a terminal of 80 columns, names nothing a trainer does not know, and is in order."""

from typing import Any

import pytest
import typer.main

from harness import Run
from ptrack.cli import COMMANDS, root


@pytest.mark.parametrize("name", COMMANDS)
def test_no_line_of_help_is_cut_off(run: Run, name: str) -> None:
    lines = run(name, "--help").out.splitlines()
    assert [line for line in lines if line.endswith("...") and not line.startswith("Usage:")] == []
    assert max(map(len, lines)) <= 80


def subcommands() -> list[tuple[str, ...]]:
    """Every command below the groups, as its words."""
    table: Any = typer.main.get_group(root)
    groups = {name: getattr(table.get_command(None, name), "commands", {}) for name in COMMANDS}
    return [(name, one) for name, commands in groups.items() for one in commands]


@pytest.mark.parametrize("words", subcommands(), ids=" ".join)
def test_no_line_of_a_commands_help_is_too_wide(run: Run, words: tuple[str, ...]) -> None:
    assert [line for line in run(*words, "--help").out.splitlines() if len(line) > 80] == []


def test_every_command_has_one_line_in_the_list_of_all(run: Run) -> None:
    lines = run("--help").out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == list(COMMANDS)


def test_appointments_are_listed_as_they_are_looked_for(run: Run) -> None:
    lines = run("appointments", "--help").out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == [
        *("add", "list", "show", "edit", "day", "week", "month", "free"),
        *("start", "complete", "no-show", "cancel", "waive", "reopen", "join", "leave"),
    ]


def test_help_names_no_types_and_no_largest_number(run: Run) -> None:
    text = run("appointments", "add", "--help").out
    assert "--notes TEXT" in text
    assert "<str>" not in text
    assert "9223372036854775807" not in text
    assert "--sessions N" in run("packages", "transfer", "--help").out


@pytest.mark.parametrize("number", ["99999999999999999999", "-99999999999999999999"])
def test_a_number_that_no_record_has_is_refused(run: Run, number: str) -> None:
    assert "larger than any number here" in run("appointments", "show", number, status=2).err
