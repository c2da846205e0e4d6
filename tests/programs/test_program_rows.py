"""Plans are kept as rows and come back as they were; programs are assigned, ended and settled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptrack.clients.actions import ClientChanges, add_client
from ptrack.database.fresh import create_database
from ptrack.database.session import Writing, writing
from ptrack.errors import ConflictError, NotFoundError
from ptrack.exercises.actions import NewExercise, add_exercise
from ptrack.models.logbook import Workout
from ptrack.models.plans import Program as ProgramTable
from ptrack.notation import (
    Day,
    ExerciseLine,
    Load,
    LoadKind,
    Program,
    Progression,
    ProgressionKind,
    SetGroup,
    parse_program,
    print_program,
)
from ptrack.programs import actions, queries
from ptrack.programs.prescriptions import GroupRow, columns_of, lines_of
from ptrack.vocabulary import ProgramStatus, Section, Unit, WorkoutStatus

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
TODAY = date(2026, 11, 20)
EXERCISES = ("Zercher Test Lift", "Sled Test Drag", "Hollow Test Hold")

grams = st.integers(0, 1_000_000)
loads = st.one_of(
    st.just(Load()),
    grams.map(lambda weight_g: Load(LoadKind.WEIGHT, weight_g)),
    st.integers(-1_000_000, 1_000_000).map(lambda weight_g: Load(LoadKind.BODYWEIGHT, weight_g)),
    st.integers(1, 20_000).map(lambda hundredths: Load(LoadKind.PERCENT, percent=hundredths / 100)),
)
progressions = st.one_of(
    st.none(),
    st.integers(1, 1_000_000).map(lambda step_g: Progression(ProgressionKind.ADD, step_g)),
    (st.none() | st.integers(1, 1_000_000)).map(lambda step_g: Progression(ProgressionKind.DOUBLE, step_g)),
)


@st.composite
def set_groups(draw: st.DrawFn) -> SetGroup:
    measures = draw(st.sets(st.sampled_from(["reps", "seconds", "meters"]), min_size=1))
    low = draw(st.integers(1, 9_999)) if "reps" in measures else None
    high = draw(st.just(low) | st.integers(low, 9_999)) if low else None
    return SetGroup(
        sets=draw(st.integers(1, 99)),
        reps_min=low,
        reps_max=high,
        amrap=draw(st.booleans()) if low and low == high else False,
        load=draw(loads),
        rpe=draw(st.none() | st.integers(2, 20).map(lambda twice: twice / 2)),
        seconds=draw(st.integers(1, 86_400)) if "seconds" in measures else None,
        meters=draw(st.integers(1, 10**10)) / 10_000 if "meters" in measures else None,
        per_side=draw(st.booleans()),
        tempo=draw(st.none() | st.just("3-1-x-0")),
        is_warmup=draw(st.booleans()),
    )


def exercise_lines() -> st.SearchStrategy[ExerciseLine[int]]:
    return st.builds(
        lambda number, groups, superset, section, rest, progression, note: ExerciseLine(
            EXERCISES[number], number + 1, tuple(groups), superset, section, rest, progression, note
        ),
        st.integers(0, len(EXERCISES) - 1),
        st.lists(set_groups(), min_size=1, max_size=4),
        st.none() | st.just("A1"),
        st.sampled_from(Section),
        st.none() | st.integers(1, 86_400),
        progressions,
        st.none() | st.just("elbows in"),
    )


def kept(lines: list[ExerciseLine[int]]) -> list[GroupRow]:
    return [
        GroupRow(day_id=1, exercise=line.name, **columns)
        for position, line in enumerate(lines, 1)
        for columns in columns_of(line, position)
    ]


@given(st.lists(exercise_lines(), min_size=1, max_size=5))
@settings(deadline=None)
def test_lines_come_back_from_their_rows(lines: list[ExerciseLine[int]]) -> None:
    assert lines_of(kept(lines)) == tuple(lines)


@pytest.fixture
def practice(tmp_path: Path) -> Any:
    """Opens a practice with one client, Anna, in one transaction after the other."""
    path = tmp_path / "rows.db"
    create_database(path, "Europe/Berlin", NOW)

    @contextmanager
    def opened() -> Iterator[Writing]:
        with writing(path, "test", NOW) as work:
            yield work

    with opened() as work:
        for name in EXERCISES:
            add_exercise(work, NewExercise(name))
        add_client(work, ClientChanges(name="Anna Berg"), TODAY)
    return opened


def numbered(work: Writing, lines: list[ExerciseLine[int]]) -> tuple[ExerciseLine[int], ...]:
    """The lines with the numbers that the exercises have in this practice."""
    numbers = dict(work.reader.tuples("SELECT name, id FROM exercise"))
    return tuple(
        ExerciseLine(
            line.name,
            numbers[line.name],
            line.groups,
            line.superset,
            line.section,
            line.rest_seconds,
            line.progression,
            line.note,
        )
        for line in lines
    )


@given(days=st.lists(st.lists(exercise_lines(), min_size=1, max_size=3), min_size=1, max_size=3))
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_plan_comes_back_from_the_database_and_from_its_notation(
    practice: Any, days: list[list[ExerciseLine[int]]]
) -> None:
    with practice() as work:
        count = work.reader.value("SELECT count(*) FROM program")
        plan = Program(
            f"Plan {count}",
            8,
            4,
            tuple(
                Day(f"Day {number}", numbered(work, lines), number) for number, lines in enumerate(days, 1)
            ),
            "strength",
        )
        number = actions.add_template(work, plan)
        (found,) = queries.plans(work.reader, [queries.program(work.reader, number)])
        assert found == plan
        numbers = dict(work.reader.tuples("SELECT name, id FROM exercise"))
        for unit in Unit:
            text = print_program(found, unit)
            assert parse_program(text, unit=unit, resolve=lambda name: int(numbers[name])) == plan


def template(work: Writing, name: str = "Two Days", weeks: int = 2) -> int:
    days = "day: A; Sled Test Drag: 3x5; day: B; Sled Test Drag: 5x5"
    text = f"program: {name}; weeks: {weeks}; days per week: 2; {days}"
    numbers = dict(work.reader.tuples("SELECT name, id FROM exercise"))
    plan = parse_program(text, unit=Unit.KG, resolve=lambda typed: int(numbers[typed]))
    return actions.add_template(work, plan)


def assignment(template_id: int, **said: Any) -> actions.Assignment:
    return actions.Assignment(template_id, client_id=1, trainer_id=1, start_date=TODAY, **said)


def log(work: Writing, program: int, status: WorkoutStatus = WorkoutStatus.COMPLETED) -> int:
    """Log the client's next planned workout, which must be of that program."""
    day = queries.next_planned(work.reader, 1, TODAY)
    assert day is not None
    assert day.program_id == program
    workout = work.add(
        Workout(
            client_id=1, program_id=program, day_id=day.day_id, week=day.week, performed_at=NOW,
            status=status, created_at=NOW,
        )
    )  # fmt: skip
    assert workout.id is not None
    return workout.id


def test_a_template_s_name_is_taken_once(practice: Any) -> None:
    with practice() as work:
        template(work)
        with pytest.raises(ConflictError, match="--name"):
            template(work, "two days")


def test_assigning_copies_the_template(practice: Any) -> None:
    with practice() as work:
        original = template(work)
        number = actions.assign(work, assignment(original))
        row = queries.program(work.reader, number)
        assert (row.template_id, row.client, row.status) == (original, "Anna Berg", ProgramStatus.ACTIVE)
        rows = [queries.program(work.reader, each) for each in (original, number)]
        first, second = queries.plans(work.reader, rows)
        assert first == second


def test_a_second_program_needs_a_word(practice: Any) -> None:
    with practice() as work:
        original = template(work)
        first = actions.assign(work, assignment(original))
        with pytest.raises(ConflictError, match="--replace"):
            actions.assign(work, assignment(original))
        second = actions.assign(work, assignment(original, is_beside=True))
        assert queries.program(work.reader, first).status is ProgramStatus.ACTIVE
        actions.assign(work, assignment(original, replaces=True))
        for number in (first, second):
            row = queries.program(work.reader, number)
            assert (row.status, row.end_date) == (ProgramStatus.DROPPED, TODAY)


def test_a_program_of_which_all_is_completed_is_completed_and_opens_again(practice: Any) -> None:
    with practice() as work:
        program = actions.assign(work, assignment(template(work)))
        for _ in range(3):
            log(work, program)
            assert actions.settle(work, program) is ProgramStatus.ACTIVE
        last = log(work, program)
        assert actions.settle(work, program) is ProgramStatus.COMPLETED
        assert queries.next_planned(work.reader, 1, TODAY) is None
        work.delete(work.get(Workout, last))
        assert actions.settle(work, program) is ProgramStatus.COMPLETED
        assert actions.settle(work, program, removed=1) is ProgramStatus.ACTIVE
        assert work.get(ProgramTable, program).end_date is None


def test_a_program_does_not_open_again_beside_the_next_one(practice: Any) -> None:
    with practice() as work:
        original = template(work, weeks=1)
        program = actions.assign(work, assignment(original))
        workouts = [log(work, program) for _ in range(2)]
        actions.settle(work, program)
        actions.assign(work, assignment(original))
        work.delete(work.get(Workout, workouts[0]))
        assert actions.settle(work, program, removed=1) is ProgramStatus.COMPLETED


def test_a_program_completed_by_hand_stays_so(practice: Any) -> None:
    with practice() as work:
        program = actions.assign(work, assignment(template(work)))
        workout = log(work, program)
        actions.end_program(work, program, ProgramStatus.COMPLETED)
        work.delete(work.get(Workout, workout))
        assert actions.settle(work, program, removed=1) is ProgramStatus.COMPLETED


def test_a_skipped_day_is_behind_but_not_completed(practice: Any) -> None:
    with practice() as work:
        program = actions.assign(work, assignment(template(work, weeks=1)))
        log(work, program, WorkoutStatus.SKIPPED)
        log(work, program)
        assert actions.settle(work, program) is ProgramStatus.ACTIVE
        assert queries.program_standing(work.reader, program, TODAY).progress == 50.0
        assert queries.next_planned(work.reader, 1, TODAY) is None


def test_a_workout_that_was_opened_is_the_one_to_fill(practice: Any) -> None:
    with practice() as work:
        program = actions.assign(work, assignment(template(work)))
        opened = log(work, program, WorkoutStatus.IN_PROGRESS)
        day = queries.next_planned(work.reader, 1, TODAY)
        assert day is not None
        assert (day.workout_id, day.number, day.day_name) == (opened, 1, "A")
        assert [line.name for line in day.lines] == ["Sled Test Drag"]


def test_of_two_programs_the_one_that_started_first_comes_first(practice: Any) -> None:
    with practice() as work:
        original = template(work, weeks=1)
        actions.assign(work, assignment(original))
        earlier = actions.Assignment(original, 1, 1, start_date=date(2026, 11, 1), is_beside=True)
        program = actions.assign(work, earlier)
        assert [log(work, program), log(work, program)]
        following = queries.next_planned(work.reader, 1, TODAY)
        assert following is not None
        assert following.program_id != program


def test_programs_are_found_by_number_and_by_name(practice: Any) -> None:
    with practice() as work:
        original = template(work)
        program = actions.assign(work, assignment(original))
        assert queries.any_program(work.reader, "two days").id == original
        assert queries.any_program(work.reader, str(program)).id == program
        assert queries.any_program(work.reader, "anna").id == program
        assert queries.client_program(work.reader, "two days").id == program
        assert queries.template(work.reader, "two").id == original
        with pytest.raises(NotFoundError, match="no template but a client's: Two Days, Anna Berg"):
            queries.template(work.reader, str(program))
        actions.end_program(work, program, ProgramStatus.DROPPED)
        with pytest.raises(NotFoundError):
            queries.client_program(work.reader, "two days")
