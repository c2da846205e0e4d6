"""`ptrack import workouts`, `list` and `undo` as their users meet them."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from exchange_samples import (
    EXAMPLES,
    HEVY_HEADER,
    REAL,
    STRONG_HEADER,
    contents,
    one,
    opened,
    rows_of,
    strong_file,
    strong_row,
)
from harness import Run
from ptrack.exchange.report_views import skipped_text

REAL_FILES = sorted([*REAL.glob("strong-*.csv"), *REAL.glob("hevy-*.csv")])
SETS = """
SELECT x.name, s.reps, s.weight_g, s.rpe, s.seconds, s.meters, s.is_warmup
FROM workout w JOIN workout_exercise e ON e.workout_id = w.id JOIN exercise x ON x.id = e.exercise_id
JOIN workout_set s ON s.workout_exercise_id = e.id ORDER BY w.performed_at, e.position, s.position"""


@pytest.fixture
def anna(run: Run) -> str:
    run("clients", "add", "Anna Berg")
    return "anna"


def balances(report: dict[str, Any]) -> bool:
    """Whether every row is accounted for."""
    taken = report["rows_imported"] + report["duplicates"] + report["rows_refused"]
    return bool(report["rows"] == taken + len(report["rejected"]) + report["skipped"])


def made(counts: dict[str, int]) -> dict[str, int]:
    """What there is any of."""
    return {key: count for key, count in counts.items() if count}


@pytest.mark.skipif(not REAL_FILES, reason="the shared test data are not in a clone")
@pytest.mark.parametrize("file", REAL_FILES, ids=lambda path: path.name)
def test_real_files_come_out_as_counted_elsewhere(run: Run, anna: str, tmp_path: Path, file: Path) -> None:
    truth = json.loads(Path(f"{file}.truth.json").read_text(encoding="utf-8"))
    unit = "lb" if truth["unit"] == "lb" else "kg"
    arguments = ("import", "workouts", str(file), "--client", anna, "--create", "--unit", unit, "--json")
    report = run(*arguments).json
    sets = truth["set_rows"] - truth["empty_sets"]
    assert report["created"]["workouts"] == one(tmp_path, "SELECT count(*) FROM workout") == truth["workouts"]
    assert report["created"]["sets"] == one(tmp_path, "SELECT count(*) FROM workout_set") == sets
    exercises = one(tmp_path, "SELECT count(DISTINCT exercise_id) FROM workout_exercise")
    assert exercises == truth["exercises"]
    assert report["rows"] == truth["records"]
    assert balances(report)
    volume_kg = one(tmp_path, "SELECT sum(reps * abs(weight_g)) / 1000.0 FROM workout_set")
    assert volume_kg == pytest.approx(truth.get("volume_kg", truth["volume"]), rel=1e-6)
    again = run(*arguments).json
    assert again["duplicates"] == sets
    assert not any(again["created"].values())


def test_the_strong_sample(run: Run, anna: str, tmp_path: Path) -> None:
    report = run("import", "workouts", str(EXAMPLES / "strong-sample.csv"), "--client", anna, "--json").json
    assert made(report["created"]) == {"workouts": 3, "sets": 10}
    assert {"exercises", "aliases", "appointments", "groups", "series"} <= report["created"].keys()
    assert report["skipped_reasons"] == {"rest_timer": 1, "nothing_done": 1}
    assert (report["rows"], report["skipped"], report["rejected"], report["unresolved"]) == (12, 2, [], [])
    assert balances(report)
    assert rows_of(tmp_path, SETS) == [
        ("Bench Press", 10, 40_000, None, None, None, 1),
        ("Bench Press", 5, 80_000, 8, None, None, 0),
        ("Bench Press", 5, 80_000, 8.5, None, None, 0),
        ("Bench Press", 5, 80_000, 8.5, None, None, 0),
        ("Push-Up", 15, 0, None, None, None, 0),
        ("Push-Up", 12, 0, None, None, None, 0),
        ("Back Squat", 5, 100_000, None, None, None, 0),
        ("Back Squat", 5, 100_000, None, None, None, 0),
        ("Plank", None, None, None, 60, None, 0),
        ("Run", None, None, None, 1890, 5200, 0),
    ]
    assert rows_of(tmp_path, "SELECT title, performed_at, duration_min, activity, notes FROM workout") == [
        ("Push", "2026-09-07 16:02:11.000000", 65, "strength", "Slept badly"),
        ("Legs", "2026-09-10 05:30:00.000000", 58, "strength", None),
        ("Morning run", "2026-09-12 07:00:00.000000", 32, "cardio", None),
    ]
    assert one(tmp_path, "SELECT notes FROM workout_exercise ORDER BY id") == "Pause on the chest"


def test_the_hevy_sample(run: Run, anna: str, tmp_path: Path) -> None:
    report = run("import", "workouts", str(EXAMPLES / "hevy-sample.csv"), "--client", anna, "--json").json
    assert (report["format"], report["created"]["workouts"], report["created"]["sets"]) == ("hevy", 2, 7)
    exercises = rows_of(
        tmp_path, "SELECT superset, notes FROM workout_exercise WHERE workout_id = 1 ORDER BY position"
    )
    assert exercises == [("A1", None), ("A2", "Straps, last set\nto failure"), (None, None)]
    assert rows_of(tmp_path, "SELECT duration_min, notes FROM workout ORDER BY id") == [
        (56, "First day back"),
        (51, None),
    ]
    assert one(tmp_path, "SELECT sum(is_warmup) FROM workout_set") == 1


def test_imported_workouts_make_the_records_and_metrics_of_live_ones(
    run: Run, anna: str, tmp_path: Path
) -> None:
    file = strong_file(
        tmp_path,
        strong_row(),
        strong_row(date="2026-09-09 18:00:00", weight="90"),
        strong_row(date="2026-09-11 18:00:00"),
    )
    run("import", "workouts", file, "--client", anna)
    entries = rows_of(
        tmp_path,
        "SELECT m.key, e.value FROM metric_entry e JOIN metric m ON m.id = e.metric_id "
        "ORDER BY e.recorded_at, m.key",
    )
    assert entries == [
        ("weight_lifted", 400),
        ("personal_records", 1),
        ("weight_lifted", 450),
        ("weight_lifted", 400),
    ]


GERMAN = (
    "Datum,Workout-Name,Dauer,Name der Übung,Reihenfolge festlegen,Gewicht,Wiederh.,Entfernung,"
    "Sekunden,Notizen,Workout-Notizen,RPE"
)
CHINESE = "日期,锻炼名称,时长,运动名称,设置顺序,重量,次,距离,秒"
FRENCH = "Date,Nom de l'entraînement,Durée,Nom de l'exercice,Ordre de la série,Poids,Réps,Distance,Secondes"
QUOTED = (
    '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";"Weight (kg)";'
    '"Reps";"RPE";"Distance (meters)";"Seconds"'
)
ANDROID = (
    "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;"
    "Notes;Workout Notes;Workout Duration"
)
OF_2015 = "Date\tWorkout Name\tDuration\tExercise Name\tSet Order\tkg\tReps\tkm"
HEVY_LB = HEVY_HEADER.replace("kg", "lbs").replace("km", "miles")
HEVY_REST = ",,Bench Press (Barbell),,,0,normal"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (GERMAN, '2026-09-07 18:02:11,Push,1h 5min,Bench Press (Barbell),1,"80,5",5,0,"0,0",,,'),
        (CHINESE, "2026-09-07 18:02:11,Push,1小时5分钟,Bench Press (Barbell),1,80.5,5,0,0"),
        (FRENCH, "2026-09-07 18:02:11,Push,1h 5m,Bench Press (Barbell),1,80.5,5,0,0"),
        (QUOTED, '"1";"2026-09-07 18:02:11";"Push";"3900";"Bench Press (Barbell)";"1";"80.5";"5";"";"0";"0"'),
        (ANDROID, "2026-09-07 18:02:11;Push;Bench Press (Barbell);1;177.472124;lbs;5;;;;0;;;1h 5m"),
        (OF_2015, "2026-09-07 18:02:11\tPush\t65m\tBench Press (Barbell)\t0\t80,5\t5\t"),
        (f"sep=,\n{STRONG_HEADER}", "2026-09-07 18:02:11,Push,1h 5m,Bench Press (Barbell),1,80.5,5,0,0,,,"),
        (HEVY_HEADER, f'Push,"7 Sep 2026, 18:02:11","7 Sep 2026, 19:07:11"{HEVY_REST},80.5,5,,,'),
        (HEVY_LB, f'Push,"Sep 7, 2026, 6:02:11 PM","Sep 7, 2026, 7:07:11 PM"{HEVY_REST},177.472124,5,,,'),
    ],
)
def test_layouts_of_many_releases(run: Run, anna: str, tmp_path: Path, header: str, row: str) -> None:
    report = run(
        "import", "workouts", strong_file(tmp_path, row, header=header), "--client", anna, "--json"
    ).json
    assert report["created"]["sets"] == 1
    assert rows_of(tmp_path, SETS) == [("Bench Press", 5, 80_500, None, None, None, 0)]
    assert rows_of(tmp_path, "SELECT title, performed_at, duration_min FROM workout") == [
        ("Push", "2026-09-07 16:02:11.000000", 65)
    ]


def test_units_of_the_row_the_option_and_the_studio(run: Run, anna: str, tmp_path: Path) -> None:
    rows = [
        "2026-09-07 18:00,Push,Bench Press,1,100,kg,5",
        "2026-09-07 18:00,Push,Bench Press,2,225,lbs,5",
        "2026-09-07 18:00,Push,Bench Press,3,225,,5",
    ]
    file = strong_file(
        tmp_path, *rows, header="Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps"
    )
    run("import", "workouts", file, "--client", anna, "--unit", "lb")
    assert [row[2] for row in rows_of(tmp_path, SETS)] == [100_000, 102_058, 102_058]


def test_a_bad_row_refuses_the_file_and_is_told(run: Run, anna: str, tmp_path: Path) -> None:
    file = strong_file(tmp_path, strong_row(), strong_row(reps="877777"), strong_row(weight="2956"))
    report = run("import", "workouts", file, "--client", anna, "--json", status=1).json
    assert [(row["line"], row["column"]) for row in report["rejected"]] == [(3, "Reps"), (4, "Weight")]
    assert "877777" in report["rejected"][0]["reason"]
    assert (report["batch"], report["rows_refused"]) == (None, 1)
    assert not any(report["created"].values())
    assert balances(report)
    assert one(tmp_path, "SELECT count(*) FROM workout") == 0
    screen = run("import", "workouts", file, "--client", anna, status=1)
    assert "877777 reps" in screen.out
    assert "--partial" in screen.err


def test_the_good_rows_come_in_with_partial(run: Run, anna: str, tmp_path: Path) -> None:
    file = strong_file(tmp_path, strong_row(), strong_row(reps="877777"), strong_row(exercise="Zorb Rolling"))
    report = run("import", "workouts", file, "--client", anna, "--partial", "--json", status=3).json
    assert (report["created"]["sets"], len(report["rejected"])) == (1, 2)
    assert [one["name"] for one in report["unresolved"]] == ["Zorb Rolling"]
    assert balances(report)
    mended = strong_file(tmp_path, strong_row(), strong_row(reps="8"), strong_row(exercise="Zorb Rolling"))
    again = run("import", "workouts", mended, "--client", anna, "--create", "--json").json
    assert (again["updated"], again["rows_imported"]) == (1, 3)
    assert one(tmp_path, "SELECT count(*) FROM workout_set") == 3


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"weight": "NaN"}, "Weight"),
        ({"weight": "inf"}, "Weight"),
        ({"reps": "-1"}, "Reps"),
        ({"reps": "5.5"}, "Reps"),
        ({"rpe": "11"}, "RPE"),
        ({"rpe": "7.3"}, "RPE"),
        ({"date": "1969-12-31 10:00:00"}, "Date"),
        ({"date": "2036-12-01 10:00:00"}, "Date"),
        ({"date": "soon"}, "Date"),
        ({"seconds": "86401"}, "Seconds"),
        ({"distance": "-2"}, "Distance"),
        ({"exercise": ""}, "Exercise Name"),
        ({"order": "Z"}, "Set Order"),
        ({"rpe": "8,extra"}, None),
    ],
)
def test_what_is_rejected(
    run: Run, anna: str, tmp_path: Path, said: dict[str, str], column: str | None
) -> None:
    file = strong_file(tmp_path, strong_row(**said), strong_row())
    report = run("import", "workouts", file, "--client", anna, "--partial", "--json", status=3).json
    assert [(row["line"], row["column"]) for row in report["rejected"]] == [(2, column)]
    assert report["created"]["sets"] == 1
    assert balances(report)


def test_a_row_that_is_too_long_is_rejected(run: Run, anna: str, tmp_path: Path) -> None:
    file = strong_file(
        tmp_path, strong_row(notes="x" * 70_000), strong_row(notes="y" * 2_000_000), strong_row()
    )
    report = run("import", "workouts", file, "--client", anna, "--partial", "--json", status=3).json
    assert [row["line"] for row in report["rejected"]] == [2, 3]
    assert balances(report)


def test_unknown_names_refuse_with_candidates(run: Run, anna: str, tmp_path: Path) -> None:
    file = strong_file(tmp_path, strong_row(exercise="Bench Pres"))
    report = run("import", "workouts", file, "--client", anna, "--json", status=1).json
    (name,) = report["unresolved"]
    assert name["name"] == "Bench Pres"
    assert "Bench Press" in name["candidates"]
    assert one(tmp_path, "SELECT count(*) FROM workout") == 0


def test_what_is_measured_of_a_new_exercise_follows_from_its_sets(
    run: Run, anna: str, tmp_path: Path
) -> None:
    file = strong_file(
        tmp_path,
        strong_row(exercise="Zorb Press"),
        strong_row(exercise="Zorb Up", weight="0"),
        strong_row(exercise="Zorb Hold", weight="0", reps="0", seconds="30"),
        strong_row(exercise="Zorb Rolling", weight="0", reps="0", seconds="30", distance="2"),
        strong_row(exercise="Zorb Dip", weight="-20"),
    )
    run("import", "workouts", file, "--client", anna, "--create")
    assert rows_of(tmp_path, "SELECT name, tracked, category FROM exercise WHERE is_custom ORDER BY id") == [
        ("Zorb Press", "weight_reps", "other"),
        ("Zorb Up", "reps", "other"),
        ("Zorb Hold", "time", "other"),
        ("Zorb Rolling", "distance_time", "cardio"),
        ("Zorb Dip", "bodyweight_plus", "other"),
    ]


@pytest.mark.parametrize("names", [("BB Bench Press", "Bench Press"), ("Bench Press", "BB Bench Press")])
def test_two_names_of_a_file_stay_two_exercises(
    run: Run, anna: str, tmp_path: Path, names: tuple[str, str]
) -> None:
    file = strong_file(tmp_path, *(strong_row(exercise=name) for name in names))
    report = run("import", "workouts", file, "--client", anna, "--create", "--json").json
    assert report["created"]["exercises"] == 1
    assert sorted(row[0] for row in rows_of(tmp_path, SETS)) == ["BB Bench Press", "Bench Press"]


def test_a_map_says_what_names_mean_and_is_remembered(run: Run, anna: str, tmp_path: Path) -> None:
    file = strong_file(tmp_path, strong_row(exercise="Brustdrücken LH"), strong_row(exercise="Bankdrücken"))
    said = tmp_path / "map.csv"
    said.write_text("theirs,ours\nBrustdrücken LH,Bench Press\nBankdrücken,bench press\n", encoding="utf-8")
    report = run("import", "workouts", file, "--client", anna, "--map", str(said), "--json").json
    assert (report["created"]["aliases"], report["unresolved"]) == (2, [])
    later = strong_file(tmp_path, strong_row(exercise="bankdrucken", date="2026-09-08 18:00:00"))
    assert run("import", "workouts", later, "--client", anna, "--json").json["created"]["sets"] == 1
    assert {row[0] for row in rows_of(tmp_path, SETS)} == {"Bench Press"}


def test_a_map_that_names_nothing_of_ours_is_an_error(run: Run, anna: str, tmp_path: Path) -> None:
    said = tmp_path / "map.csv"
    said.write_text("Bankdrücken,Zorb Rolling\n", encoding="utf-8")
    file = strong_file(tmp_path, strong_row())
    assert (
        "Zorb Rolling" in run("import", "workouts", file, "--client", anna, "--map", str(said), status=1).err
    )


def test_tomorrows_export_adds_only_what_is_new(run: Run, anna: str, tmp_path: Path) -> None:
    run("import", "workouts", strong_file(tmp_path, strong_row()), "--client", anna)
    before = contents(tmp_path)
    file = strong_file(tmp_path, strong_row(date="2026-09-08 18:00:00"), strong_row())
    report = run("import", "workouts", file, "--client", anna, "--json").json
    assert (report["created"]["workouts"], report["duplicates"], report["updated"]) == (1, 1, 0)
    after = contents(tmp_path)
    assert after["workout"][:1] == before["workout"]
    unchanged = contents(tmp_path)
    report = run("import", "workouts", file, "--client", anna, "--json").json
    assert (report["batch"], report["duplicates"]) == (None, 2)
    assert contents(tmp_path) == unchanged


def test_a_workout_edited_in_the_app_is_updated(run: Run, anna: str, tmp_path: Path) -> None:
    run("import", "workouts", strong_file(tmp_path, strong_row(), strong_row()), "--client", anna)
    edited = strong_file(tmp_path, strong_row(title="Push A", weight="85"), strong_row(title="Push A"))
    report = run("import", "workouts", edited, "--client", anna, "--json").json
    assert (report["updated"], report["created"]["workouts"], report["rows_imported"]) == (1, 0, 2)
    assert balances(report)
    assert rows_of(tmp_path, "SELECT id, title FROM workout") == [(1, "Push A")]
    assert [row[2] for row in rows_of(tmp_path, SETS)] == [85_000, 80_000]


def test_what_the_trainer_edited_is_never_touched(run: Run, anna: str, tmp_path: Path) -> None:
    run("import", "workouts", strong_file(tmp_path, strong_row()), "--client", anna)
    with opened(tmp_path) as connection, connection:
        connection.execute("UPDATE workout SET title = 'Mine', edited_at = created_at")
    before = contents(tmp_path)
    report = run(
        "import", "workouts", strong_file(tmp_path, strong_row(weight="85")), "--client", anna, "--json"
    ).json
    assert (report["updated"], report["duplicates"], report["kept_edited"]) == (0, 1, 1)
    assert contents(tmp_path) == before


def test_two_workouts_that_began_together_stay_two(run: Run, anna: str, tmp_path: Path) -> None:
    file = strong_file(
        tmp_path, strong_row(title="A"), strong_row(title="B"), strong_row(title=" B "), strong_row(title="A")
    )
    report = run("import", "workouts", file, "--client", anna, "--json").json
    assert (report["created"]["workouts"], report["created"]["sets"]) == (3, 4)
    assert run("import", "workouts", file, "--client", anna, "--json").json["duplicates"] == 4


def test_scattered_rows_of_a_workout_come_together(run: Run, anna: str, tmp_path: Path) -> None:
    other = {"date": "2026-09-08 18:00:00"}
    rows = [
        strong_row(),
        strong_row(**other),
        strong_row(reps="6"),
        strong_row(**other, reps="x"),
        strong_row(**other),
    ]
    report = run(
        "import", "workouts", strong_file(tmp_path, *rows), "--client", anna, "--partial", "--json", status=3
    ).json
    assert (report["created"]["workouts"], report["created"]["sets"]) == (2, 4)
    assert [row["line"] for row in report["rejected"]] == [5]


def test_identical_sets_are_all_kept(run: Run, anna: str, tmp_path: Path) -> None:
    report = run(
        "import", "workouts", strong_file(tmp_path, *[strong_row()] * 3), "--client", anna, "--json"
    ).json
    assert report["created"]["sets"] == 3


def test_a_dry_run_changes_nothing(run: Run, anna: str, tmp_path: Path) -> None:
    before = (tmp_path / "practice.db").read_bytes()
    file = strong_file(tmp_path, strong_row(), strong_row(exercise="Zorb Rolling"))
    report = run("import", "workouts", file, "--client", anna, "--create", "--dry-run", "--json").json
    assert made(report["created"]) == {"workouts": 1, "sets": 2, "exercises": 1}
    assert (tmp_path / "practice.db").read_bytes() == before


@pytest.mark.usefixtures("anna")
def test_a_column_may_name_the_client(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Ben Noll")
    rows = [f"{strong_row()},Anna Berg", f"{strong_row()},ben", f"{strong_row()},Nobody"]
    file = strong_file(tmp_path, *rows, header=f"{STRONG_HEADER},Client")
    report = run("import", "workouts", file, "--partial", "--json", status=3).json
    assert report["created"]["workouts"] == 2
    assert [(row["line"], row["column"]) for row in report["rejected"]] == [(4, "Client")]
    assert rows_of(tmp_path, "SELECT client_id FROM workout ORDER BY id") == [(1,), (2,)]


def test_whose_workouts_must_be_said(run: Run, tmp_path: Path) -> None:
    assert "--client" in run("import", "workouts", strong_file(tmp_path, strong_row()), status=2).err


def test_several_files_come_in_together_or_not_at_all(run: Run, anna: str, tmp_path: Path) -> None:
    good = strong_file(tmp_path, strong_row(), name="good.csv")
    bad = strong_file(tmp_path, strong_row(reps="x"), name="bad.csv")
    reports = run("import", "workouts", good, bad, "--client", anna, "--json", status=1).json
    assert [len(report["rejected"]) for report in reports] == [0, 1]
    assert one(tmp_path, "SELECT count(*) FROM import_batch") == 0
    hevy = str(EXAMPLES / "hevy-sample.csv")
    reports = run("import", "workouts", good, hevy, "--client", anna, "--json").json
    assert [report["batch"] for report in reports] == [1, 2]


@pytest.mark.parametrize("text", ["", "a,b,c\n1,2,3\n", "Date,Workout Name,Exercise Name,Set Order,Weight\n"])
def test_what_is_no_export_is_unreadable(run: Run, anna: str, tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    ran = run("import", "workouts", str(path), "--client", anna, "--json", status=2)
    assert ran.json["error"]["code"] == "unreadable"


def test_a_missing_file_and_a_folder_are_unreadable(run: Run, anna: str, tmp_path: Path) -> None:
    run("import", "workouts", str(tmp_path / "none.csv"), "--client", anna, status=2)
    run("import", "workouts", str(tmp_path), "--client", anna, status=2)


def test_dates_that_leave_the_order_open_ask_for_it(run: Run, anna: str, tmp_path: Path) -> None:
    file = strong_file(tmp_path, strong_row(date="03/04/2026 18:00"))
    assert "--date-format" in run("import", "workouts", file, "--client", anna, status=2).err
    run("import", "workouts", file, "--client", anna, "--date-format", "mdy")
    assert one(tmp_path, "SELECT performed_at FROM workout") == "2026-03-04 17:00:00.000000"


def test_unknown_columns_are_named(run: Run, anna: str, tmp_path: Path) -> None:
    file = strong_file(tmp_path, f"{strong_row()},x", header=f"{STRONG_HEADER},Mood")
    assert run("import", "workouts", file, "--client", anna, "--json").json["unknown_columns"] == ["Mood"]


def test_imports_are_listed_and_taken_back(run: Run, anna: str, tmp_path: Path) -> None:
    before = contents(tmp_path)
    file = strong_file(
        tmp_path, strong_row(), strong_row(exercise="Zorb Rolling"), strong_row(exercise="Brust")
    )
    said = tmp_path / "map.csv"
    said.write_text("Brust;Bench Press\n", encoding="utf-8")
    run("import", "workouts", file, "--client", anna, "--create", "--map", str(said))
    (row,) = run("import", "list", "--json").json
    assert (row["batch"], row["format"], row["workouts"], row["sets"], row["undone_at"]) == (
        1,
        "strong",
        1,
        3,
        None,
    )
    assert run("import", "undo", "1", "--dry-run", "--json").json["removed"]["workouts"] == 1
    assert "--yes" in run("import", "undo", "1", status=2).err
    undone = run("import", "undo", "1", "--yes", "--json").json
    assert made(undone["removed"]) == {"workouts": 1, "sets": 3, "exercises": 1, "aliases": 1}
    after = contents(tmp_path)
    after["import_batch"] = []
    assert after == before
    assert "already" in run("import", "undo", "1", "--yes", status=1).err
    assert "no import 9" in run("import", "undo", "9", "--yes", status=1).err


def test_undo_leaves_what_was_edited_and_says_so(run: Run, anna: str, tmp_path: Path) -> None:
    rows = [strong_row(exercise="Zorb Rolling"), strong_row(date="2026-09-08 18:00:00")]
    run("import", "workouts", strong_file(tmp_path, *rows), "--client", anna, "--create")
    with opened(tmp_path) as connection, connection:
        connection.execute("UPDATE workout SET edited_at = created_at WHERE id = 1")
    undone = run("import", "undo", "1", "--yes", "--json").json
    assert undone["left"] == {
        "workouts_edited": [1],
        "workouts_updated": 0,
        "appointments_edited": [],
        "appointments_updated": 0,
        "exercises_in_use": ["Zorb Rolling"],
        "programs_in_use": [],
        "programs_updated": 0,
        "exercises_edited": [],
        "exercises_updated": 0,
    }
    assert rows_of(tmp_path, "SELECT id FROM workout") == [(1,)]


def test_after_undo_a_file_comes_in_anew(run: Run, anna: str, tmp_path: Path) -> None:
    file = shutil.copy(EXAMPLES / "strong-sample.csv", tmp_path)
    run("import", "workouts", str(file), "--client", anna)
    run("import", "undo", "1", "--yes")
    assert one(tmp_path, "SELECT count(*) FROM metric_entry") == 0
    assert run("import", "workouts", str(file), "--client", anna, "--json").json["created"]["workouts"] == 3


def test_metrics_are_collected_across_the_years(run: Run, anna: str, tmp_path: Path) -> None:
    times = ("2022-05-01 10:00:00", "2023-01-01 00:30:00", "2025-12-31 23:30:00", "2026-03-01 10:00:00")
    rows = [strong_row(date=time, weight=str(80 + place)) for place, time in enumerate(times)]
    run("import", "workouts", strong_file(tmp_path, *rows), "--client", anna)
    asked = """
SELECT e.value FROM metric_entry e JOIN metric m ON m.id = e.metric_id
WHERE m.key = '{}' ORDER BY e.recorded_at"""
    assert rows_of(tmp_path, asked.format("weight_lifted")) == [(400,), (405,), (410,), (415,)]
    assert rows_of(tmp_path, asked.format("personal_records")) == [(1,), (1,), (1,)]
    run("import", "undo", "1", "--yes")
    assert one(tmp_path, "SELECT count(*) FROM metric_entry") == 0


def test_repeats_of_a_title_at_one_time_keep_their_keys(run: Run, anna: str, tmp_path: Path) -> None:
    rows = [
        strong_row(title=title, exercise=exercise)
        for title, exercise in (("Push", "Bench Press"), ("Pull", "Deadlift"), (" Push", "Back Squat"))
    ]
    file = strong_file(tmp_path, *rows)
    run("import", "workouts", file, "--client", anna)
    keys = [key for (key,) in rows_of(tmp_path, "SELECT import_key FROM workout ORDER BY id")]
    began = "strong:2026-09-07 18:02:11"
    assert keys == [began, f"{began}:Pull", f"{began}#2"]
    assert run("import", "workouts", file, "--client", anna, "--json").json["duplicates"] == 3


def test_help_from_a_machine_stands_below_zero(run: Run, anna: str, tmp_path: Path) -> None:
    file = strong_file(tmp_path, strong_row(exercise="Pull Up (Assisted)", weight="20.0", reps="6"))
    run("import", "workouts", file, "--client", anna)
    (exercise,) = run("log", "show", "1", "--json").json["exercises"]
    assert (exercise["name"], exercise["sets"][0]["weight_kg"]) == ("Assisted Pull-Up", -20)


def test_one_of_what_was_skipped_is_told_in_the_singular() -> None:
    told = skipped_text({"rest_timer": 1, "empty": 2}, {"rest_timer": "rest timers", "empty": "empty"})
    assert told == "3 rows: 1 rest timer, 2 empty"
