"""The fixtures that all tests share: a practice of one's own, a clock that stands, and `run`.

No test touches the home folder or leaves the machine. The heavier runs are left out unless markers are named:
`pytest -m full tests/faults`.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import Ran, Run

NOW = "2026-11-20T10:20:00+01:00"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.markexpr:
        return
    heavy = [item for item in items if item.get_closest_marker("full")]
    if heavy:
        config.hook.pytest_deselected(items=heavy)
        items[:] = [item for item in items if item not in heavy]


@pytest.fixture(autouse=True)
def _stay_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home folder of the test's own, and no way to the network but this machine's own address."""
    home = tmp_path / "home"
    home.mkdir()
    for name in [name for name in os.environ if name.startswith(("PTRACK_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("PTRACK_NOW", NOW)
    monkeypatch.setenv("PTRACK_DB", str(tmp_path / "practice.db"))
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            pytest.fail(f"a test reaches for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run a command in this process; its status must be the one expected (0), unless None is."""
    from ptrack.cli import root

    def command(*arguments: str, status: int | None = 0, stdin: str | None = None) -> Ran:
        if stdin is not None:
            return _in_process_of_its_own(arguments, status, stdin)
        capfd.readouterr()
        old, sys.argv = sys.argv, ["ptrack", *arguments]
        try:
            root(prog_name="ptrack")
        except SystemExit as ended:
            got = ended.code if isinstance(ended.code, int) else 0
        finally:
            sys.argv = old
        captured = capfd.readouterr()
        ran = Ran(got, captured.out, captured.err)
        assert status in (None, ran.status), f"{arguments}: exit {ran.status}\n{ran.out}\n{ran.err}"
        assert "Traceback" not in ran.err
        return ran

    return command  # type: ignore[return-value]


def _in_process_of_its_own(arguments: tuple[str, ...], status: int | None, stdin: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "ptrack", *arguments], input=stdin, capture_output=True, text=True, check=False
    )
    ran = Ran(done.returncode, done.stdout, done.stderr)
    assert status in (None, ran.status), f"{arguments}: exit {ran.status}\n{ran.out}\n{ran.err}"
    return ran
