"""The demo's programs fit what its story logs."""

import pytest

from harness import Run


def test_a_planned_load_is_a_step_above_the_last_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTRACK_DB", run("demo", "--json").json["path"])
    planned = run("programs", "next", "ben", "--json").json["exercises"]
    assert {each["name"]: each["misses"] for each in planned if each["misses"]} == {}
    (squat,) = (each for each in planned if each["name"] == "Back Squat")
    last = run("log", "history", "ben", "Back Squat", "--json").json[0]["best_weight_kg"]
    assert last > 100
    assert f"5x5 {last + 2.5:g}kg" in squat["notation"]
    for each in run("programs", "list", "--json").json:
        assert "missed" not in run("programs", "show", str(each["id"])).out
