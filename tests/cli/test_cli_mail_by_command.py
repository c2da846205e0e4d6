"""Clients who are written to by a command: no text speaks of what cannot go along."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness import Run


def told(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "told").read_text().splitlines()]


@pytest.fixture
def by_number(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PTRACK_MAIL_COMMAND", f"cat >> '{tmp_path}/told'; echo >> '{tmp_path}/told'")
    run("clients", "add", "Anna Berg", "--phone", "+49 170 1234567", "--channel", "command")
    run("packages", "sell", "Anna", "--sessions", "3")
    return run


def test_nothing_that_is_told_by_command_speaks_of_what_cannot_go_along(
    by_number: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTRACK_NOW", "2026-11-20T09:20:00+01:00")
    by_number("appointments", "add", "Anna", "2026-11-20 10:00", "--send-now")
    by_number("appointments", "add", "Anna", "2026-12-01 10:00", "--send-now")
    by_number(
        "appointments", "add", "Anna", "2026-12-02 10:00", "--repeat", "weekly", "--times", "3", "--send-now"
    )
    by_number("appointments", "edit", "2", "--when", "2026-12-01 12:00", "--send-now")
    by_number("appointments", "cancel", "2", "--send-now")
    by_number("appointments", "cancel", "3", "--following", "--send-now")
    monkeypatch.setenv("PTRACK_NOW", "2026-11-20T11:05:00+01:00")
    by_number("appointments", "complete", "1", "--log", "Back Squat: 3x5 100kg", "--send-now")
    said = told(tmp_path)
    assert [each["kind"] for each in said] == [
        *("confirmation", "confirmation", "confirmation", "change", "cancellation", "cancellation"),
        *("validation", "workout_summary", "credits"),
    ]
    for each in said:
        assert "attached" not in each["text"]
        assert "this mail" not in each["text"]


def test_the_copy_of_a_guardian_goes_by_mail_with_its_invitation(by_number: Run, tmp_path: Path) -> None:
    by_number("clients", "edit", "Anna", "--born", "2012-05-01", "--guardian-email", "mum@example.org")
    by_number("appointments", "add", "Anna", "2026-12-01 10:00", "--send-now")
    (file,) = (tmp_path / "practice-mail").glob("*confirmation*.eml")
    assert "The attached invitation" in file.read_text()
    (own,) = told(tmp_path)
    assert "attached" not in own["text"]
