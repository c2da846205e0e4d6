"""`ptrack metrics` as its users meet it."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Any

import pytest

from harness import Run

HOSTILE = (
    "\x1b[31mred\x1b[0m", "[bold]x[/]", "=HYPERLINK(1)", "a\nb\x01c", "\u202egnp.exe", "𓀀 🏋️ ñ", "x" * 10_000,
)  # fmt: skip


@pytest.fixture
def anna(run: Run) -> Run:
    run("clients", "add", "Anna Berg", "--height", "170")
    return run


def _sql(text: str, values: dict[str, Any] | None = None) -> list[Any]:
    with closing(sqlite3.connect(os.environ["PTRACK_DB"])) as connection, connection:
        return connection.execute(text, values or {}).fetchall()


def _row(rows: list[dict[str, Any]], key: str) -> dict[str, Any]:
    (found,) = (row for row in rows if row["key"] == key)
    return found


def _values(run: Run, *words: str) -> list[float]:
    return [entry["value"] for entry in run("metrics", "history", "anna", *words, "--json").json["entries"]]


def test_one_value_is_an_object_and_several_a_list(anna: Run) -> None:
    one = anna("metrics", "add", "anna", "weight=82,5kg", "--note", "morning", "--json").json
    assert one == {
        "id": 1, "client_id": 1, "client": "Anna Berg", "key": "weight", "name": "Body weight",
        "unit": "kg", "value": 82.5, "recorded_at": "2026-11-20T10:20:00+01:00", "source": "manual",
        "note": "morning",
    }  # fmt: skip
    two = anna("metrics", "add", "anna", "Chest=101", "body fat=21%", "--json").json
    assert [(entry["key"], entry["value"]) for entry in two] == [("chest", 101.0), ("body_fat", 21.0)]


def test_one_refused_keeps_none(anna: Run) -> None:
    refused = anna("metrics", "add", "anna", "weight=82", "chest=999", status=1)
    assert "the range is 40 to 220 cm" in refused.err
    assert _values(anna, "weight") == []
    anna("metrics", "add", "anna", "weight=82", "chest=999", "--force")
    assert _values(anna, "chest") == [999.0]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "eighty", "80stone", "", "1e400"])
def test_what_is_no_number_is_refused(anna: Run, value: str) -> None:
    assert (
        anna("metrics", "add", "anna", f"weight={value}", "--json", status=2).json["error"]["code"] == "usage"
    )


def test_keys_are_never_guessed(anna: Run) -> None:
    several = anna("metrics", "add", "anna", "arm=30", "--json", status=1).json["error"]
    assert (several["code"], several["candidates"]) == ("ambiguous", ["arm_left", "arm_right"])
    none = anna("metrics", "add", "anna", "waste=80", "--json", status=1).json["error"]
    assert (none["code"], none["candidates"]) == ("not_found", ["waist"])
    assert anna("metrics", "add", "anna", "left arm=30", "--json").json["key"] == "arm_left"
    assert anna("metrics", "add", "anna", "fat=20", "--json").json["key"] == "body_fat"
    anna("metrics", "add", "anna", "weight=80", "WEIGHT=81", status=2)


def test_a_reckoned_metric_is_not_entered(anna: Run) -> None:
    assert "reckoned from other metrics" in anna("metrics", "add", "anna", "bmi=22", status=1).err


def test_when(anna: Run) -> None:
    def at(when: str) -> str:
        made = anna("metrics", "add", "anna", "weight=80", "--when", when, "--json").json
        return str(made["recorded_at"])

    assert at("19.11.") == "2026-11-19T12:00:00+01:00"
    assert at("2026-07-01 7:30") == "2026-07-01T07:30:00+02:00"
    assert at("2026-10-25 02:30") == "2026-10-25T02:30:00+02:00"
    assert at("tomorrow 9") == "2026-11-21T09:00:00+01:00"
    anna("metrics", "add", "anna", "weight=80", "--when", "+2d", status=1)
    anna("metrics", "add", "anna", "weight=80", "--when", "2026-03-29 02:30", status=2)


def test_the_latest_is_by_time_then_by_number(anna: Run) -> None:
    for value, when in (("80", "10.11."), ("81", "18.11. 8:00"), ("82", "18.11. 8:00"), ("83", "1.11.")):
        anna("metrics", "add", "anna", f"weight={value}", "--when", when)
    row = _row(anna("metrics", "list", "anna", "--json").json, "weight")
    assert (row["value"], row["entries"], row["last_value"]) == (82.0, 4, 82.0)
    assert _values(anna, "weight") == [83.0, 80.0, 81.0, 82.0]


def test_nothing_is_not_zero(anna: Run) -> None:
    rows = anna("metrics", "stats", "anna", "--json").json
    assert list(rows[0]) == ["key", "name", "unit", "aggregation", "value", "entries", "from", "to"]
    for row in rows:
        assert row["value"] == (0 if row["aggregation"] == "sum" else None)
        assert (row["entries"], row["from"], row["to"]) == (0, None, None)


def test_ranges_are_calendar_days_of_the_studio(anna: Run) -> None:
    entries = {
        "2026-11-13 23:59": 1, "2026-11-14 00:00": 2, "2026-11-20 23:59": 3, "2026-11-21 00:00": 4,
        "2026-10-21 23:59": 5, "2026-10-22 00:00": 6,
    }  # fmt: skip
    for when, value in entries.items():
        anna("metrics", "add", "anna", f"hips={50 + value}", "--when", when)
    assert _values(anna, "hips", "--range", "week") == [52.0, 53.0]
    assert _values(anna, "hips", "--range", "month") == [56.0, 51.0, 52.0, 53.0]
    assert _values(anna, "hips", "--from", "21.11.") == [54.0]
    assert _values(anna, "hips", "--to", "2026-10-21") == [55.0]
    assert len(_values(anna, "hips", "--range", "all")) == 6
    week = _row(anna("metrics", "stats", "anna", "--range", "week", "--json").json, "hips")
    assert (week["value"], week["entries"], week["from"], week["to"]) == (53.0, 2, "2026-11-14", "2026-11-20")
    anna("config", "set", "timezone", "America/New_York")  # six hours behind: other days, other entries
    assert _values(anna, "hips", "--range", "week") == [53.0, 54.0]
    anna("metrics", "history", "anna", "hips", "--range", "week", "--from", "1.11.", status=2)


def test_a_trend_has_its_slope_per_week(anna: Run) -> None:
    for day, value in ((6, 80), (13, 81), (20, 82)):
        anna("metrics", "add", "anna", f"weight={value}", "--when", f"2026-11-{day:02} 8:00")
    seen = anna("metrics", "history", "anna", "weight", "--json").json
    assert seen["trend"] == {"direction": "rising", "slope_per_week": 1.0, "points": 3}
    assert (seen["projection"], seen["goal"], seen["unit"]) == (None, None, "kg")
    assert anna("metrics", "chart", "anna", "weight", "--json").json == seen
    page = anna("metrics", "chart", "anna", "weight").out
    assert "Trend: rising, +1.00 kg a week" in page
    assert "3 points" in " ".join(page.split())


@pytest.mark.parametrize("columns", ["40", "80"])
def test_a_chart_reads_without_colour_at_any_width(
    anna: Run, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "metrics add 1" in " ".join(anna("metrics", "chart", "anna", "waist").out.split())
    for number, value in enumerate((80, 80, 80)):
        anna("metrics", "add", "anna", f"waist={value}", "--when", f"2026-11-{1 + number * 5:02}")
        page = anna("metrics", "chart", "anna", "waist").out
        assert "\x1b" not in page
        assert all(len(text) <= int(columns) for text in page.splitlines())
        assert sum(text.count("o") for text in page.splitlines() if "┤" in text or "│" in text) == number + 1
    assert "flat" in page


def test_ten_thousand_points_are_one_chart(anna: Run) -> None:
    (number,) = _sql("SELECT id FROM metric WHERE key = 'weight'")[0]
    with closing(sqlite3.connect(os.environ["PTRACK_DB"])) as connection, connection:
        connection.executemany(
            "INSERT INTO metric_entry (client_id, metric_id, value, recorded_at, source) "
            "VALUES (1, ?, ?, ?, 'device')",
            [
                (
                    number,
                    80 + place % 7,
                    f"2026-{1 + place // 1000:02}-{1 + place % 28:02} 08:00:00.{place:06}",
                )
                for place in range(10_000)
            ],
        )
    page = anna("metrics", "chart", "anna", "weight").out
    assert "10,000 points" in page
    assert len(page.splitlines()) < 30


def test_reckoned_metrics_follow_their_inputs(anna: Run) -> None:
    assert "bmi" not in [row["key"] for row in anna("metrics", "list", "anna", "--json").json]
    anna("metrics", "add", "anna", "body_fat=20", "--when", "1.11.")
    anna("metrics", "add", "anna", "weight=80", "waist=80", "--when", "10.11.", "--note", "x")
    anna("metrics", "add", "anna", "weight=82", "hips=100", "--when", "18.11.")
    rows = anna("metrics", "list", "anna", "--json").json
    assert _row(rows, "bmi")["value"] == pytest.approx(82 / 1.7**2, abs=1e-5)
    assert _row(rows, "lean_mass")["value"] == pytest.approx(65.6)
    assert "waist_hip_ratio" not in [row["key"] for row in rows]
    seen = anna("metrics", "history", "anna", "lean", "--range", "month", "--json").json
    assert [(entry["id"], entry["value"], entry["note"]) for entry in seen["entries"]] == [
        (None, 64.0, None),
        (None, 65.6, None),
    ]
    # A week holds the last weight only, and knows the body fat from before it.
    week = anna("metrics", "stats", "anna", "--range", "week", "--json").json
    assert _row(week, "lean_mass")["value"] == pytest.approx(65.6)
    assert "Lean mass" in anna("metrics", "chart", "anna", "lean_mass").out
    assert "Too little" in anna("metrics", "history", "anna", "bmi").out


def test_the_type_of_studio_hides_and_never_deletes(anna: Run) -> None:
    anna("metrics", "add", "anna", "weight_lifted=5000")

    def keys(*words: str) -> set[str]:
        return {row["key"] for row in anna("metrics", *words, "--json").json}

    gym, everything = keys("list", "anna"), keys("definitions", "--all")
    anna("config", "set", "studio_type", "yoga")
    yoga = keys("list", "anna")
    assert "weight_lifted" in gym - yoga
    assert "classes_attended" in yoga - gym
    assert keys("definitions", "--all") == everything
    assert "weight_lifted" in keys("list", "anna", "--all")
    assert _values(anna, "weight_lifted") == [5000.0]
    anna("config", "set", "studio_type", "hybrid")
    assert keys("list", "anna") == gym | yoga


def test_seeding_again_keeps_what_was_edited(anna: Run) -> None:
    anna("metrics", "define", "waist", "--name", "Belly", "--max", "180", "--hidden")
    before = anna("metrics", "definitions", "--all", "--json").json
    assert anna("metrics", "seed", "--json").json == []
    assert anna("metrics", "definitions", "--all", "--json").json == before
    _sql("DELETE FROM metric WHERE key = 'chest'")
    assert [row["key"] for row in anna("metrics", "seed", "--json").json] == ["chest"]
    belly = _row(anna("metrics", "definitions", "--json").json, "waist")
    assert (belly["name"], belly["maximum"], belly["visible_to_client"]) == ("Belly", 180.0, False)


def test_a_studio_in_pounds_sees_pounds_and_json_kilograms(anna: Run) -> None:
    anna("config", "set", "unit", "lb")
    assert anna("metrics", "add", "anna", "weight=225", "--json").json["value"] == pytest.approx(102.058283)
    anna("metrics", "add", "anna", "weight=100kg", "--when", "1.11.")
    page = anna("metrics", "history", "anna", "weight").out
    assert "225.00" in page
    assert "220.46" in page
    assert "225  lb" in anna("metrics", "list", "anna").out
    assert "44.09 to 881.85 lb" in anna("metrics", "add", "anna", "weight=9", status=1).err
    assert "(lb)" in anna("metrics", "chart", "anna", "weight").out
    assert _row(anna("metrics", "stats", "anna", "--json").json, "weight")["unit"] == "kg"
    sled = anna("metrics", "define", "sled", "--unit", "lb", "--max", "1000", "--json").json
    assert (sled["unit"], sled["maximum"]) == ("kg", pytest.approx(453.59237))


def test_a_metric_of_ones_own(anna: Run) -> None:
    made = anna(
        "metrics", "define", "grip", "--name", "Grip strength", "--unit", "kg", "--better", "up",
        "--aggregation", "max", "--min", "0", "--json",
    ).json  # fmt: skip
    assert (made["key"], made["category"], made["minimum"], made["is_default"]) == (
        "grip",
        "custom",
        0.0,
        False,
    )
    anna("metrics", "add", "anna", "grip strength=50")
    anna("metrics", "add", "anna", "grip=48")
    assert _row(anna("metrics", "list", "anna", "--json").json, "grip")["value"] == 50.0
    assert anna("metrics", "define", "grip", "--min", "none", "--json").json["minimum"] is None
    assert "there are entries in it" in anna("metrics", "define", "grip", "--unit", "cm", status=1).err
    skill = anna("metrics", "define", "handstand", "--category", "skill", "--json").json
    assert (skill["minimum"], skill["maximum"], skill["aggregation"]) == (1.0, 5.0, "latest")
    anna("metrics", "add", "anna", "handstand=6", status=1)


BAD_DEFINITIONS = [
    (("Grip-x",), 2),
    (("x", "--min", "5", "--max", "1"), 2),
    (("x", "--min", "nan"), 2),
    (("x", "--unit", "furlongs per fortnight"), 2),
    (("x", "--name", " "), 2),
    (("x", "--name", "body WEIGHT"), 1),
    (("bmi", "--name", "Mass"), 1),
    (("weight", "--unit", "stone"), 1),
]


def test_a_definition_that_cannot_be_changes_nothing(anna: Run) -> None:
    before = anna("metrics", "definitions", "--all", "--json").out
    for words, status in BAD_DEFINITIONS:
        anna("metrics", "define", *words, status=status)
    assert anna("metrics", "definitions", "--all", "--json").out == before


def test_hostile_notes_do_no_harm(anna: Run) -> None:
    for note in HOSTILE:
        anna("metrics", "add", "anna", "weight=80", "--note", note)
    for words in ((), ("--json",), ("--csv",)):
        out = anna("metrics", "history", "anna", "weight", *words).out
        assert not set(out) & {"\x1b", "\x01", "\u202e"}
    assert ",'=HYPERLINK" in out
    entries = anna("metrics", "history", "anna", "weight", "--json").json["entries"]
    assert [entry["note"] for entry in entries[1:4]] == ["[bold]x[/]", "=HYPERLINK(1)", "a bc"]


def test_a_flag_that_is_off_is_named(anna: Run) -> None:
    anna("config", "set", "progress_tracking", "off")
    for words in (("list", "anna"), ("add", "anna", "weight=80"), ("chart", "anna", "weight"), ("seed",)):
        refused = anna("metrics", *words, status=1).err
        assert "ptrack config set progress_tracking on" in " ".join(refused.split())


def test_a_body_weight_settles_the_calories_of_its_day(anna: Run) -> None:
    _sql(
        "INSERT INTO workout (client_id, kind, performed_at, duration_min, activity, status, source, "
        "created_at) VALUES (1, 'solo', :at, 60, 'yoga', 'completed', 'manual', :at)",
        {"at": "2026-11-18 06:00:00.000000"},
    )
    anna("metrics", "add", "anna", "weight=80", "--when", "18.11. 20:00")
    assert _values(anna, "calories_burned") == [200.0]  # MET 2.5 of Hatha yoga * 80 kg * 1 h


def test_a_client_without_metrics_is_shown_what_to_do(anna: Run) -> None:
    assert "ptrack metrics add 1 weight=82.5" in " ".join(anna("metrics", "list", "anna").out.split())
    assert "No entry" in anna("metrics", "stats", "anna").out
    anna("metrics", "list", "nobody", status=1)


def test_looking_needs_no_models() -> None:
    code = (
        "import sys, ptrack.commands.metrics as m\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'pydantic', 'plotext', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
