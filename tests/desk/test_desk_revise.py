"""A client's program edited midway: it stands as the text says, and what was trained still counts."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptrack.clients.actions import ClientChanges, add_client
from ptrack.database.fresh import create_database
from ptrack.database.session import Writing, writing
from ptrack.desk.entry import Entry, enter
from ptrack.desk.plan import copy_template, new_program
from ptrack.desk.present import plan_today
from ptrack.desk.revise import open_program, preview, save
from ptrack.errors import ConflictError, RuleError
from ptrack.models.plans import Program as ProgramTable
from ptrack.notation import Program, print_program
from ptrack.programs import queries
from ptrack.programs.actions import Assignment
from ptrack.vocabulary import ProgramStatus, Unit

BEGIN = datetime(2026, 11, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
TODAY = date(2026, 11, 20)
FIVES = """\
program: Fives
weeks: 4
days per week: 2
day: A
Back Squat: 3x5 100kg progress +2.5kg
Bench Press: 3x5 60kg progress +2.5kg
day: B
Back Squat: 3x5 100kg progress +2.5kg
Deadlift: 1x5 120kg progress +5kg # straps
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice with one client, Anna."""
    path = tmp_path_factory.mktemp("revise") / "practice.db"
    create_database(path, "Europe/Berlin", BEGIN)
    with writing(path, "test", BEGIN) as work:
        add_client(work, ClientChanges(name="Anna Berg"), TODAY)
    return path


@pytest.fixture
def practice(path: Path) -> Any:
    """Opens a transaction that is taken back when it ends."""

    class TakenBackError(Exception):
        pass

    @contextmanager
    def opened() -> Iterator[Writing]:
        with suppress(TakenBackError), writing(path, "test", NOW) as work:
            yield work
            raise TakenBackError

    return opened


def assigned(work: Writing, text: str, workouts: int = 0) -> int:
    """Anna's program of that text, after so many workouts as planned."""
    number = new_program(work, text, Assignment(None, 1, 1, BEGIN.date()))
    for place in range(workouts):
        enter(work, Entry(1, performed_at=BEGIN + timedelta(days=place)))
    return number


def edited(work: Writing, number: int, text: str) -> tuple[str, ...]:
    return save(work, open_program(work.reader, number, TODAY), text).notices


def shown(work: Writing, number: int) -> str:
    return open_program(work.reader, number, TODAY).text


def lines_of(work: Writing, number: int) -> list[Any]:
    return work.reader.tuples(
        "SELECT g.id, x.name, g.weight_g, g.load_since FROM prescription g "
        "JOIN program_day d ON d.id = g.day_id JOIN exercise x ON x.id = g.exercise_id "
        "WHERE d.program_id = :program ORDER BY d.position, g.position",
        program=number,
    )


def test_lines_that_are_left_alone_keep_what_they_earned(practice: Any) -> None:
    with practice() as work:
        number = assigned(work, FIVES, workouts=2)
        before = lines_of(work, number)
        text = shown(work, number)
        assert "Bench Press: 3x5 62.5kg" in text
        assert text.count("Back Squat: 3x5 105kg") == 2
        edited(work, number, text.replace("62.5kg", "62.5kg rest 2min").replace("# straps", "# no straps"))
        assert lines_of(work, number) == before
        assert "Bench Press: 3x5 62.5kg rest 2min progress" in shown(work, number)


def test_a_load_that_was_changed_counts_from_now(practice: Any) -> None:
    with practice() as work:
        number = assigned(work, FIVES, workouts=2)
        edited(work, number, shown(work, number).replace("62.5kg", "70kg"))
        (bench,) = (line for line in lines_of(work, number) if line[1] == "Bench Press")
        assert bench[2:] == (70_000, "2026-11-20 09:20:00.000000")
        assert "Bench Press: 3x5 70kg" in shown(work, number)


def test_a_line_that_shared_its_logs_with_a_changed_one_stands_as_before(practice: Any) -> None:
    with practice() as work:
        number = assigned(work, FIVES, workouts=4)
        text = shown(work, number)
        assert text.count("Back Squat: 3x5 110kg") == 2
        changed = text.replace("110kg", "90kg", 1)
        edited(work, number, changed)
        assert shown(work, number) == changed
        gone = changed[: changed.index("day: A")] + changed[changed.index("day: B") :]
        assert edited(work, number, gone) == (
            "A is gone; 2 workouts of it stay in the log, but no planned day counts them any more.",
        )
        assert shown(work, number) == gone


def test_workouts_follow_their_day_to_its_new_name_and_to_a_week_of_its_own(practice: Any) -> None:
    with practice() as work:
        number = assigned(work, FIVES, workouts=3)
        text = shown(work, number).replace("day: A", "day: Push")
        edited(work, number, text)
        assert queries.program_standing(work.reader, number, TODAY).completed == 3
        week = text.replace("day: Push", "day: Push (weeks 1-2)") + "day: Push\nDip: 3x5\n"
        assert edited(work, number, week) == ()
        standing = queries.program_standing(work.reader, number, TODAY)
        assert standing.completed == 3
        assert standing.next is not None
        assert (standing.next.week, standing.next.day.name) == (2, "B")
        edited(work, number, text)
        assert queries.program_standing(work.reader, number, TODAY).completed == 3


def test_a_shorter_program_is_completed_and_a_longer_one_goes_on(practice: Any) -> None:
    with practice() as work:
        number = assigned(work, FIVES, workouts=4)
        text = shown(work, number)
        assert edited(work, number, text.replace("weeks: 4", "weeks: 2")) == ("Fives is completed now.",)
        assert edited(work, number, text.replace("weeks: 4", "weeks: 3")) == ("Fives is active again.",)
        assert work.get(ProgramTable, number).status is ProgramStatus.ACTIVE


def test_what_was_changed_meanwhile_is_not_overwritten(practice: Any) -> None:
    with practice() as work:
        number = assigned(work, FIVES)
        opened = open_program(work.reader, number, TODAY)
        edited(work, number, opened.text.replace("60kg", "65kg"))
        with pytest.raises(ConflictError, match="changed by somebody else meanwhile"):
            save(work, opened, opened.text.replace("60kg", "70kg"))


def test_a_log_meanwhile_is_no_change_of_the_program(practice: Any) -> None:
    with practice() as work:
        number = assigned(work, FIVES)
        opened = open_program(work.reader, number, TODAY)
        enter(work, Entry(1, performed_at=BEGIN))
        save(work, opened, opened.text.replace("120kg", "130kg"))
        assert "Bench Press: 3x5 62.5kg" in shown(work, number)
        assert "Deadlift: 1x5 130kg" in shown(work, number)


def test_a_workout_later_today_is_not_counted_twice(practice: Any) -> None:
    with practice() as work:
        number = assigned(work, FIVES)
        enter(work, Entry(1, performed_at=NOW + timedelta(hours=8)))
        text = shown(work, number).replace("62.5kg", "80kg")
        edited(work, number, text)
        assert shown(work, number) == text


def test_nothing_is_written_where_nothing_is_different(practice: Any) -> None:
    with practice() as work:
        number = assigned(work, FIVES)
        opened = open_program(work.reader, number, TODAY)
        assert preview(work, opened, opened.text) == []
        assert save(work, opened, opened.text.replace("\n", "\r\n") + "\n\n# no remark is kept\n") == ((), ())
        assert work.get(ProgramTable, number).edited_at is None


def test_a_built_in_template_stays_and_its_copy_is_edited(practice: Any) -> None:
    with practice() as work:
        with pytest.raises(RuleError, match="ptrack programs from 1"):
            open_program(work.reader, 1, TODAY)
        number = copy_template(work, 1)
        text = shown(work, number)
        assert text.splitlines()[1] == "program: Upper/Lower 2"
        edited(work, number, text.replace("weeks: 8", "weeks: 9"))
        assert "weeks: 9" in shown(work, number)
        with pytest.raises(ConflictError, match=r"There is a template Upper/Lower \(1\)"):
            edited(work, number, text.replace("Upper/Lower 2", "upper/lower"))


def test_a_program_s_copy_has_the_loads_of_today(practice: Any) -> None:
    with practice() as work:
        number = assigned(work, FIVES, workouts=2)
        for name in ("Fives", "Fives, Anna Berg", "Fives, Anna Berg 2"):
            row = queries.program(work.reader, copy_template(work, number))
            assert (row.name, row.client_id, row.template_id) == (name, None, None)
            assert "Back Squat: 3x5 105kg" in shown(work, row.id)


lines = st.lists(
    st.sampled_from(
        [
            "Back Squat: 3x5 100kg progress +2.5kg",
            "Back Squat: 3x5 105kg progress +2.5kg",
            "Back Squat: 5x3 100kg",
            "Bench Press: 3x6-8 60kg progress double",
            "Bench Press: w 1x8 40kg, 3x6-8 60kg rest 2min progress double +5kg",
            "Pull-Up: 3x5 bw progress +2.5kg",
            "A1 Dip: 3x8 bw # slow",
            "[accessory]\nPlank: 3x45s\n[main]",
            "Deadlift: 3x5 75% progress +5kg",
        ]
    ),
    min_size=1,
    max_size=4,
).map("\n".join)
headings = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(["", " (week 1)", " (weeks 2-3)"])),
    min_size=1,
    max_size=5,
    unique=True,
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    days = "".join(f"day: {name}{weeks}\n{draw(lines)}\n" for name, weeks in draw(headings))
    return f"program: P\nweeks: {draw(st.integers(3, 5))}\ndays per week: {draw(st.integers(3, 4))}\n{days}"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts(), texts(), st.integers(0, 6), st.data())
def test_whatever_is_edited_stands_as_the_text_says(
    practice: Any, first: str, then: str, workouts: int, data: st.DataObject
) -> None:
    with practice() as work:
        number = assigned(work, first)
        for place in range(workouts):
            if queries.next_planned(work.reader, 1, TODAY) is None:
                break
            enter(work, Entry(1, performed_at=BEGIN + timedelta(days=place)))
        wanted = data.draw(st.sampled_from([then, shown(work, number)]))
        logged = work.reader.tuples("SELECT id, title, program_id, week FROM workout ORDER BY id")
        edited(work, number, wanted)
        assert printed(plan_today(work.reader, queries.program(work.reader, number), TODAY)) == printed(
            open_program(work.reader, number, TODAY).shown
        )
        assert edited(work, number, wanted) == ()
        assert preview(work, open_program(work.reader, number, TODAY), wanted) == []
        assert work.reader.tuples("SELECT id, title, program_id, week FROM workout ORDER BY id") == logged
        days = work.reader.tuples("SELECT DISTINCT day_id FROM workout WHERE day_id IS NOT NULL")
        own = work.reader.values(queries.DAY_NUMBERS, program=number)
        assert {day for (day,) in days} <= set(own)
        assert work.reader.tuples("PRAGMA foreign_key_check") == []


def printed(plan: Program[int]) -> str:
    return print_program(plan, Unit.KG)
