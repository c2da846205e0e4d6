"""Completion at the shell: names of commands, clients, exercises, templates and metrics."""

import subprocess
import sys

import pytest

from harness import Run


def completed(words: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the shell is offered for the last of the words."""
    monkeypatch.setenv("_PTRACK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    code = "from ptrack.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.split("\n") if line]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("ptrack appo", ["appointments"]),
        ("ptrack clients sh", ["show"]),
        ("ptrack clients show An", ["Anna Berg"]),
        ("ptrack cl show An", ["Anna Berg"]),
        ("ptrack log add An", ["Anna Berg"]),
        ("ptrack exercises show Overhead-P", []),
        ("ptrack exercises show Romanian", ["Romanian Deadlift"]),
        ("ptrack programs assign Upper", ["Upper/Lower"]),
        ("ptrack metrics chart Anna wei", ["weight", "weight_lifted"]),
        ("ptrack --ver", ["--version"]),
    ],
)
def test_names_are_completed(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: str, offered: list[str]
) -> None:
    run("clients", "add", "Anna Berg")
    assert completed(words, monkeypatch) == offered


def test_completion_makes_no_practice_and_tells_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert completed("ptrack clients show An", monkeypatch) == []
    monkeypatch.setenv("PTRACK_DB", "/")
    assert completed("ptrack clients show An", monkeypatch) == []
