"""Exercises that come in from other libraries and tables, and go out again."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_samples import EXAMPLES, one, rows_of
from exercise_samples import REAL, free_entry, library, older_wger_entry, wger_entry
from harness import Run
from ptrack.exchange.exercise_entries import plain_text
from ptrack.exchange.exercise_rows import joined, separated

ALL = """
SELECT name, category, tracked, equipment, description, video_url, is_custom, source, licence,
  (SELECT group_concat(alias, '|') FROM (SELECT alias FROM exercise_alias a WHERE a.exercise_id = x.id
                                          ORDER BY alias_key)),
  (SELECT group_concat(muscle || is_primary, '|') FROM (SELECT muscle, is_primary FROM exercise_muscle m
                                          WHERE m.exercise_id = x.id ORDER BY muscle))
FROM exercise x ORDER BY name_key"""


def take(run: Run, *words: str, status: int = 0) -> Any:
    """The report on an import of exercises, of which every entry is accounted for."""
    report = run("import", "exercises", *words, "--json", status=status).json
    counted = report["rows_imported"] + report["rows_refused"] + report["duplicates"] + report["skipped"]
    assert report["rows"] == counted + len(report["rejected"])
    return report


def shown(run: Run, name: str) -> Any:
    return run("exercises", "show", name, "--json").json


@pytest.mark.skipif(not REAL.exists(), reason="the shared test data are not in a clone")
def test_the_whole_of_free_exercise_db_comes_in_or_is_ours_already(run: Run, tmp_path: Path) -> None:
    report = take(run, str(REAL))
    assert (report["rows"], report["rejected"], report["unmapped"]) == (873, [], {})
    assert report["created"]["exercises"] + report["duplicates"] == 873
    assert report["duplicates"] >= 200
    assert report["unknown_columns"] == ["level", "images"]
    assert one(tmp_path, "SELECT count(*) FROM exercise") == 763 + report["created"]["exercises"]
    assert one(tmp_path, "SELECT count(DISTINCT licence) FROM exercise") == 1
    again = take(run, str(REAL))
    assert (again["duplicates"], again["batch"]) == (873, None)
    run("db", "check")


def test_an_entry_of_free_exercise_db_in_our_words(run: Run, tmp_path: Path) -> None:
    take(run, library(tmp_path, free_entry()))
    made = shown(run, "Anvil Press")
    told = {key: made[key] for key in ("category", "tracked", "equipment", "primary", "secondary")}
    assert told == {
        "category": "compound", "tracked": "weight_reps", "equipment": "barbell",
        "primary": ["front_delts"], "secondary": ["triceps", "upper_back"],
    }  # fmt: skip
    assert (made["source"], made["licence"], made["is_custom"]) == ("free-exercise-db", "Unlicense", False)
    assert made["description"] == "Stand tall. Press."


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"category": "stretching", "mechanic": None}, ("mobility", "time")),
        ({"category": "cardio", "mechanic": None}, ("cardio", "distance_time")),
        ({"force": "static"}, ("compound", "time")),
        ({"category": "plyometrics", "equipment": None}, ("compound", "reps")),
        ({"equipment": "body only", "mechanic": "isolation"}, ("isolation", "reps")),
        ({"equipment": "body only", "name": "Anvil Chin-Up"}, ("compound", "bodyweight_plus")),
        ({"mechanic": None}, ("other", "weight_reps")),
    ],
)
def test_what_is_measured_follows_from_what_an_entry_is(
    run: Run, tmp_path: Path, said: dict[str, Any], expected: tuple[str, str]
) -> None:
    take(run, library(tmp_path, free_entry(**said)))
    made = shown(run, str(said.get("name", "Anvil Press")))
    assert (made["category"], made["tracked"]) == expected


@pytest.mark.parametrize(
    ("name", "part"),
    [("Anvil Rear Raise", "rear_delts"), ("Anvil Side Raise", "side_delts"), ("Anvil Press", "front_delts")],
)
def test_shoulders_are_the_part_that_the_name_tells(run: Run, tmp_path: Path, name: str, part: str) -> None:
    take(run, library(tmp_path, free_entry(name=name)))
    assert shown(run, name)["primary"] == [part]


def test_wger_in_english_with_its_licence_and_author(run: Run, tmp_path: Path) -> None:
    report = take(run, library(tmp_path, wger_entry(), count=845, next="https://wger.de/x", previous=None))
    assert (report["format"], report["more"]) == ("wger", 844)
    assert report["unmapped"] == {"serratus anterior": 1}
    made = shown(run, "Dumbbell Staircase")
    assert (made["licence"], made["source"]) == ("CC-BY-SA 4, by Ida Kern", "wger")
    assert made["description"] == "Step up. Step & down."
    assert (made["primary"], made["secondary"], made["equipment"]) == (["quads"], ["glutes"], "dumbbell")
    assert (made["aliases"], made["category"]) == (["DB Stairs"], "compound")


def test_wger_in_another_language_keeps_the_english_name(run: Run, tmp_path: Path) -> None:
    take(run, library(tmp_path, wger_entry()), "--language", "de")
    made = shown(run, "Kurzhantel-Treppe")
    assert (made["aliases"], made["description"]) == (["Dumbbell Staircase", "Treppe"], "Steige auf.")


def test_a_language_is_one_that_wger_has(run: Run, tmp_path: Path) -> None:
    said = run("import", "exercises", library(tmp_path, wger_entry()), "--language", "xx", status=2).err
    assert "the languages are de, en" in said


def test_wgers_older_list_tells_in_numbers(run: Run, tmp_path: Path) -> None:
    other = older_wger_entry(name="Ringfall", language=1, uuid="x")
    report = take(run, library(tmp_path, older_wger_entry(), other, count=2))
    assert (report["created"]["exercises"], report["skipped_reasons"]) == (1, {"other_language": 1})
    made = shown(run, "Ring Fallout")
    assert (made["primary"], made["secondary"]) == (["abs", "obliques"], ["lats"])
    assert (made["equipment"], made["tracked"]) == ("bodyweight", "reps")
    assert made["licence"] == "CC-BY-SA 3, by wger.de"


def test_entries_without_a_name_say_which_list_has_them(run: Run, tmp_path: Path) -> None:
    nameless = {"id": 1, "uuid": "u", "category": 10, "muscles": [], "license_author": None}
    report = take(run, library(tmp_path, nameless), status=1)
    assert "/api/v2/exerciseinfo/" in report["rejected"][0]["reason"]


def test_what_we_call_so_is_ours_already(run: Run, tmp_path: Path) -> None:
    before = shown(run, "bench press")
    names = ("Bench Press (Barbell)", "BB bench-press", "Barbell Bench Presses")
    report = take(run, library(tmp_path, *(free_entry(name=name, id=name) for name in names)))
    assert (report["duplicates"], report["created"]["exercises"]) == (3, 0)
    assert shown(run, "bench press") == before


def test_a_later_file_updates_what_it_brought_unless_it_was_edited(run: Run, tmp_path: Path) -> None:
    other = {"name": "Anvil Row", "id": "r"}
    take(run, library(tmp_path, free_entry(), free_entry(**other)))
    run("exercises", "edit", "Anvil Press", "--description", "My way.")
    changed = library(tmp_path, free_entry(mechanic="isolation"), free_entry(**other, equipment="cable"))
    report = take(run, changed)
    assert (report["updated"], report["kept_edited"], report["duplicates"]) == (1, 1, 1)
    assert shown(run, "Anvil Press")["description"] == "My way."
    assert shown(run, "Anvil Row")["equipment"] == "cable"
    assert take(run, changed)["duplicates"] == 2


def test_a_licence_that_changes_is_followed(run: Run, tmp_path: Path) -> None:
    take(run, library(tmp_path, wger_entry()))
    assert take(run, library(tmp_path, wger_entry(license_author="Bo Lind")))["updated"] == 1
    assert shown(run, "Dumbbell Staircase")["licence"] == "CC-BY-SA 4, by Bo Lind"


def test_one_renamed_there_keeps_the_name_that_it_had(run: Run, tmp_path: Path) -> None:
    take(run, library(tmp_path, free_entry()))
    take(run, library(tmp_path, free_entry(name="Anvil Push")))
    assert shown(run, "Anvil Push")["aliases"] == ["Anvil Press"]


@pytest.mark.parametrize(
    ("entry", "column", "reason"),
    [
        ({**free_entry(), "name": ""}, "name", "the name is missing"),
        ({**free_entry(), "name": ["x"]}, "name", "the name is missing"),
        ({**free_entry(), "name": "x" * 201}, "name", "200 characters"),
        ({**free_entry(), "instructions": ["x" * 70_000]}, "description", "over 64 KiB"),
        ("Anvil Press", None, "this is no exercise"),
        ({"name": "Rope Fly", "tracked": "luck"}, "tracked", '"luck" is none of'),
        ({"name": "Rope Fly", "tracked": "reps", "primary": ["wings"]}, "primary", '"wings" is no muscle'),
        ({"name": "Rope Fly", "tracked": "reps", "video_url": "javascript:1"}, "video_url", "no web address"),
    ],
)
def test_entries_that_cannot_be_taken(
    run: Run, tmp_path: Path, entry: Any, column: str | None, reason: str
) -> None:
    good = free_entry(name="Good Raise", id="g")
    if "Rope" in str(entry):
        good = {"name": "Good Raise", "tracked": "reps"}
    path = library(tmp_path, good, entry)
    report = take(run, path, status=1)
    (rejected,) = report["rejected"]
    assert (rejected["column"], reason in rejected["reason"]) == (column, True)
    assert rejected["line"] == json.dumps([good], indent=1).count("\n") + 1
    assert report["created"]["exercises"] == 0
    assert run("exercises", "search", "good raise", "--json").json == []
    assert take(run, path, "--partial", status=3)["created"]["exercises"] == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "line 1: this is no JSON"),
        ('[{"name": "a", "primaryMuscles": []},\n {"na', "line 2: this is no JSON"),
        ('["a" "b"]', "a comma is missing"),
        ('{"count": 3}', "has no list of results or exercises"),
        ("[]", "has no exercise in it"),
        ('[{"title": "x"}]', "no list of exercises that ptrack knows"),
        ("client,when\nAnna,today\n", "no line of titles with a column name"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_files_that_cannot_be_read(run: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.json").write_text(text)
    assert said in run("import", "exercises", str(tmp_path / "x.json"), status=2).err


def test_a_long_list_is_read_block_by_block(run: Run, tmp_path: Path) -> None:
    entries = [free_entry(name=f"Anvil Press {n}", id=str(n), note="ü" * 400) for n in range(300)]
    report = take(run, library(tmp_path, *entries, count=300))
    assert (report["created"]["exercises"], report["unknown_columns"]) == (300, ["level", "images", "note"])


def test_an_import_is_rehearsed_listed_and_taken_back(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    before = rows_of(tmp_path, ALL)
    path = library(
        tmp_path, *(free_entry(name=f"Anvil {word}", id=word) for word in ("Press", "Row", "Curl"))
    )
    assert take(run, path, "--dry-run")["created"]["exercises"] == 3
    assert rows_of(tmp_path, ALL) == before
    batch = take(run, path)["batch"]
    assert run("import", "list", "--json").json[0]["exercises"] == 3
    run("log", "add", "anna", "Anvil Row: 3x5 40kg")
    run("exercises", "edit", "Anvil Curl", "--video-url", "https://example.org/curl")
    page = run("import", "undo", str(batch), "--yes", "--json").json
    assert page["removed"]["exercises"] == 1
    assert page["left"]["exercises_in_use"] == ["Anvil Row"]
    assert page["left"]["exercises_edited"] == ["Anvil Curl"]


def test_an_import_is_the_last_change_and_taken_back_as_such(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    before = rows_of(tmp_path, ALL)
    take(run, library(tmp_path, free_entry()))
    assert "1 exercise" in run("undo", "--yes").out
    assert rows_of(tmp_path, ALL) == before


def test_the_example_table(run: Run) -> None:
    report = take(run, str(EXAMPLES / "exercises.csv"))
    assert (report["format"], report["created"]["exercises"], report["created"]["aliases"]) == (
        "ptrack",
        3,
        2,
    )
    made = shown(run, "bag carry")
    assert (made["primary"], made["secondary"]) == (["full_body", "traps"], ["abs", "obliques"])
    assert (made["is_custom"], made["licence"]) == (True, None)
    assert take(run, str(EXAMPLES / "exercises.csv"))["duplicates"] == 3


def test_a_row_says_only_what_its_columns_say(run: Run, tmp_path: Path) -> None:
    before = shown(run, "bench press")
    (tmp_path / "t.csv").write_text(
        "Name;Video;Colour\nBench Press;https://example.org/b;red\n;;\nNew One;;\n"
    )
    report = take(run, str(tmp_path / "t.csv"))
    assert (report["updated"], report["created"]["exercises"]) == (1, 1)
    assert (report["skipped_reasons"], report["unknown_columns"]) == ({"empty": 1}, ["Colour"])
    assert shown(run, "bench press") == before | {"video_url": "https://example.org/b"}


def test_what_is_measured_otherwise_by_a_file_decides_records_anew(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg")
    run("log", "add", "anna", "Bench Press: 3x5 80kg")
    assert run("log", "records", "anna", "--json").json
    (tmp_path / "t.csv").write_text("name,tracked\nBench Press,time\n")
    take(run, str(tmp_path / "t.csv"))
    run("db", "check")


def prepared(run: Run) -> None:
    """A practice with exercises of its own, and others corrected."""
    run(
        "exercises", "add", "=Rope | Fly", "--tracked", "reps", "--primary", "chest", "--alias", "-1 Fly",
        "--alias", "Fly \\ Rope", "--description", 'Say, "wide".', "--video-url", "https://example.org/f",
    )  # fmt: skip
    run("exercises", "add", "Bench Presses", "--category", "isolation", "--equipment", "Some Tool")
    run(
        "exercises",
        "edit",
        "Back Squat",
        "--name",
        "High-Bar Squat",
        "--primary",
        "glutes",
        "--tracked",
        "reps",
    )
    run("exercises", "edit", "plank", "--description", "", "--secondary", "quads")
    run("exercises", "alias", "deadlift", "Kreuzheben")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_went_out_comes_into_an_empty_practice_the_same(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    prepared(run)
    want, path = rows_of(tmp_path, ALL), str(tmp_path / f"library.{form}")
    run("export", "exercises", "-o", path, *(["--json"] if form == "json" else []))
    assert take(run, path)["duplicates"] == 765
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setenv("PTRACK_DB", str(other / "practice.db"))
    report = take(run, path)
    assert (report["created"]["exercises"], report["updated"], report["rejected"]) == (2, 3, [])
    assert rows_of(other, ALL) == want
    assert take(run, path)["duplicates"] == 765
    run("db", "check")


def test_only_ones_own_go_out_where_they_are_asked_for(run: Run) -> None:
    prepared(run)
    rows = list(csv.DictReader(run("export", "exercises", "--custom").out.splitlines()))
    assert [row["name"] for row in rows] == ["'=Rope | Fly", "Bench Presses"]
    assert rows[0]["aliases"] == "'-1 Fly|Fly \\\\ Rope"


@given(st.lists(st.text(min_size=1).map(str.strip).filter(bool)))
def test_texts_in_one_cell_are_taken_apart_again(words: list[str]) -> None:
    assert separated(joined(words)) == words


@given(st.text())
def test_any_html_has_a_text_of_one_line(html: str) -> None:
    text = plain_text(html)
    assert text == " ".join(text.split())
