"""The program as a process: closed and interrupted, in a poor locale, with a clock far off."""

import json
import os
import subprocess
import sys

import pytest

from harness import Run

PTRACK = [sys.executable, "-c", "from ptrack.cli import main; main()"]


def _in_shell(command: str) -> subprocess.CompletedProcess[str]:
    asked = ["sh", "-c", command, sys.executable]
    return subprocess.run(asked, capture_output=True, text=True, check=False)


def test_answers_and_notices_may_have_nowhere_to_go(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    for closed in (">&-", "2>&-", "<&-", ">&- 2>&- <&-"):
        command = f'exec "$0" -m ptrack clients list --json {closed}'
        done = subprocess.run(
            ["sh", "-c", command, sys.executable], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
    refused = 'exec "$0" -m ptrack clients show Zoe --json 2>&-'
    done = _in_shell(refused)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "not_found"


INTERRUPTED_AT = """
import importlib.abc, os, sys

awaited = sys.argv.pop(1)

class Impatient(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == awaited:
            os.kill(os.getpid(), 2)

sys.meta_path.insert(0, Impatient())
from ptrack.cli import main
main()
"""


@pytest.mark.parametrize("module", ["typer", "ptrack.commands.clients", "ptrack.clients.views"])
def test_an_interrupt_leaves_no_traceback_however_early(run: Run, module: str) -> None:
    run("clients", "add", "Anna Berg")
    asked = [sys.executable, "-c", INTERRUPTED_AT, module, "clients", "list"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert done.stdout == ""
    assert done.stderr in ("", "Interrupted. What was not yet finished was taken back.\n")


def test_an_ignored_interrupt_stays_ignored() -> None:
    ask = "import signal; signal.signal(2, signal.SIG_IGN); import ptrack.cli; print(signal.getsignal(2))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("Handlers.SIG_IGN", "1")


def test_an_error_in_json_is_utf8_in_any_locale(run: Run) -> None:
    run("clients", "add", "Zoë Łukasz")
    poor = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [*PTRACK, "clients", "show", "Zoe Lukasch", "--json"], capture_output=True, env=poor, check=False
    )
    assert done.returncode == 1
    assert json.loads(done.stdout.decode("utf-8"))["error"]["candidates"] == ["Zoë Łukasz"]


@pytest.mark.parametrize("far", ["0001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00+14:00"])
def test_a_clock_outside_of_all_calendars_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch, far: str
) -> None:
    run("clients", "list")
    monkeypatch.setenv("PTRACK_NOW", far)
    for page in (("today",), ("appointments", "month"), ("clients", "list")):
        assert "is outside 1900 to 2199" in run(*page, status=2).err


@pytest.mark.parametrize("year", [1970, 2025, 2027, 2199])
def test_a_clock_that_is_off_changes_the_day_alone(
    run: Run, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    run("clients", "list")
    monkeypatch.setenv("PTRACK_NOW", f"{year}-12-31T12:00:00Z")
    assert run("today", "--json").json["date"] == f"{year}-12-31"
    run("appointments", "week")
    run("appointments", "month")


def test_wrong_numbers_are_told_in_plain_words(run: Run) -> None:
    assert "'x' is no whole number." in run("log", "show", "x", status=2).err
    assert "'nan' is no whole number." in run("packages", "sell", "1", "--sessions", "nan", status=2).err
    assert "'tall' is no number." in run("clients", "add", "Anna", "--height", "tall", status=2).err
