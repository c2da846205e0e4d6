"""Which day comes when, what is next, how far along a client is, what a plan logs as."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.errors import RuleError, StateError, UsageError
from ptrack.notation import parse_workout, print_workout
from ptrack.programs.rules import (
    PlanDay,
    Slot,
    Tally,
    as_planned,
    check_ending,
    days_of_week,
    description_of,
    due_workouts,
    planned_slots,
    require_programs,
    standing,
    valid_dates,
)
from ptrack.vocabulary import ProgramStatus, Unit, WorkoutStatus

MONDAY = date(2026, 11, 2)


def day(number: int, name: str, week: int | None = None) -> PlanDay:
    return PlanDay(number, 1, name, week)


def tally(
    number: int, week: int | None, status: WorkoutStatus = WorkoutStatus.COMPLETED, times: int = 1
) -> Tally:
    return Tally(1, number, week, status, times)


def order(days: list[PlanDay], weeks: int, days_per_week: int) -> list[tuple[int, str]]:
    return [(slot.week, slot.day.name) for slot in planned_slots(days, weeks, days_per_week)]


def test_days_come_in_order_week_by_week() -> None:
    assert order([day(1, "A"), day(2, "B")], 2, 2) == [(1, "A"), (1, "B"), (2, "A"), (2, "B")]


def test_fewer_days_than_the_week_has_take_turns() -> None:
    names = [name for _, name in order([day(1, "A"), day(2, "B")], 2, 3)]
    assert "".join(names) == "ABABAB"


def test_a_day_of_one_week_takes_the_general_one_s_place() -> None:
    days = [day(1, "A"), day(2, "B"), day(3, "a", week=2), day(4, "Test", week=3)]
    assert [each.id for each in days_of_week(days, 1)] == [1, 2]
    assert [each.id for each in days_of_week(days, 2)] == [3, 2]
    assert [each.id for each in days_of_week(days, 3)] == [1, 2, 4]


def test_a_day_of_single_weeks_stands_where_the_file_has_it() -> None:
    days = [day(1, "Heavy", week=1), day(2, "Heavy", week=2), day(3, "Light")]
    assert order(days, 3, 2)[:4] == [(1, "Heavy"), (1, "Light"), (2, "Heavy"), (2, "Light")]
    assert order(days, 3, 2)[4:] == [(3, "Light"), (3, "Light")]


def test_a_week_without_days_has_no_workout() -> None:
    assert order([day(1, "A", week=1), day(2, "A", week=3)], 3, 1) == [(1, "A"), (3, "A")]


def test_a_missed_day_shifts_and_a_skipped_one_is_behind() -> None:
    slots = list(planned_slots([day(1, "A"), day(2, "B")], 2, 2))
    late = standing(slots, [tally(2, 1)], due=4)
    assert late.next == slots[0]
    skipped = standing(slots, [tally(2, 1), tally(1, 1, WorkoutStatus.SKIPPED)], due=4)
    assert skipped.next == slots[2]
    assert (skipped.completed, skipped.progress, skipped.adherence) == (1, 25.0, 25.0)


def test_a_workout_in_progress_is_still_to_be_filled() -> None:
    slots = list(planned_slots([day(1, "A")], 2, 1))
    assert standing(slots, [tally(1, 1, WorkoutStatus.IN_PROGRESS)], due=0).next == slots[0]


def test_a_workout_without_its_week_stands_for_the_first_open_one() -> None:
    slots = list(planned_slots([day(1, "A")], 3, 1))
    assert standing(slots, [tally(1, 1), tally(1, None)], due=0).next == slots[2]


def test_one_more_of_the_same_day_counts_for_nothing() -> None:
    slots = list(planned_slots([day(1, "A")], 2, 1))
    found = standing(slots, [tally(1, 1, times=5)], due=0)
    assert (found.completed, found.progress, found.next) == (1, 50.0, slots[1])


def test_nothing_due_has_no_adherence_and_more_than_due_is_all_of_it() -> None:
    slots = list(planned_slots([day(1, "A")], 4, 1))
    assert standing(slots, [], due=0).adherence is None
    assert standing(slots, [], due=2).adherence == 0.0
    assert standing(slots, [tally(1, 1), tally(1, 2)], due=1).adherence == 100.0
    assert standing(slots, [], due=40).due == 4


@pytest.mark.parametrize(
    ("days", "per_week", "due"),
    [(0, 4, 0), (1, 4, 0), (2, 4, 1), (6, 4, 3), (7, 4, 4), (9, 4, 5), (14, 3, 6), (-3, 3, 0), (1, 7, 1)],
)
def test_due_are_whole_weeks_and_the_full_days_of_the_one_begun(days: int, per_week: int, due: int) -> None:
    assert due_workouts(MONDAY, MONDAY + timedelta(days=days), per_week) == due


@given(st.integers(0, 400), st.integers(1, 14))
@settings(deadline=None)
def test_due_never_falls_and_grows_by_a_week_each_week(days: int, per_week: int) -> None:
    today = MONDAY + timedelta(days=days)
    due = due_workouts(MONDAY, today, per_week)
    assert due <= due_workouts(MONDAY, today + timedelta(days=1), per_week)
    assert due_workouts(MONDAY, today + timedelta(days=7), per_week) == due + per_week


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[PlanDay], int, int]:
    """Days with at least one for every week, in at most so many weeks and days as a test can walk."""
    weeks, per_week = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    general = draw(st.integers(1, per_week))
    days: list[tuple[str, int | None]] = [(f"Day {number}", None) for number in range(general)]
    for week in draw(st.lists(st.integers(1, weeks), max_size=3, unique=True)):
        names = draw(st.lists(st.integers(0, per_week - 1), min_size=1, max_size=per_week, unique=True))
        days += [(f"Day {number}", week) for number in names]
    return [day(number, name, week) for number, (name, week) in enumerate(days, 1)], weeks, per_week


@given(plans(), st.data())
@settings(deadline=None, max_examples=60)
def test_a_whole_program_is_walked_each_day_once_in_order(
    plan: tuple[list[PlanDay], int, int], data: st.DataObject
) -> None:
    days, weeks, per_week = plan
    slots = list(planned_slots(days, weeks, per_week))
    assert [slot.number for slot in slots] == list(range(1, weeks * per_week + 1))
    ahead = data.draw(st.sets(st.sampled_from(slots)), label="logged before their turn")
    behind, walked, completed = _tallies_of(ahead), [], len(ahead)
    while (found := standing(slots, behind, due=0).next) is not None:
        walked.append(found)
        status = data.draw(st.sampled_from([WorkoutStatus.COMPLETED, WorkoutStatus.SKIPPED]))
        completed += status is WorkoutStatus.COMPLETED
        behind.append(tally(found.day.id, found.week, status))
    # Turns of one day within a week can't be told apart: the first of them stands for what was logged ahead.
    keys = Counter((slot.week, slot.day.id) for slot in slots)
    keys.subtract((slot.week, slot.day.id) for slot in ahead)
    assert Counter((slot.week, slot.day.id) for slot in walked) == +keys
    assert walked == sorted(walked, key=lambda slot: slot.number)
    assert standing(slots, behind, due=0).completed == completed


def _tallies_of(slots: set[Slot]) -> list[Tally]:
    return [tally(slot.day.id, slot.week) for slot in slots]


def test_a_plan_is_logged_by_its_lower_ends_without_rest_and_progression() -> None:
    lines = parse_workout(
        "Bench Press: w 2x5 40kg, 4x6-8 70kg @8 rest 2min progress +2.5kg; Dip: 2x5, 1x5+ bw; Plank: 3x45s",
        unit=Unit.KG,
        planned=True,
        resolve=str,
    )
    logged = as_planned(lines)
    assert print_workout(logged.lines, Unit.KG).splitlines() == [
        "Bench Press: w 2x5 40kg, 4x6 70kg @8",
        "Dip: 2x5, 1x5+ bw",
        "Plank: 3x45s",
    ]
    assert logged.notices == ("No load was planned for Dip.",)


def test_a_percentage_is_logged_open_and_told_of() -> None:
    lines = parse_workout(
        "[warm-up]; Push-Up: 1x10; [main]; Back Squat: 3x5 75%, 1x5 60%; Deadlift: w 1x5, 1x5 100kg",
        unit=Unit.KG,
        planned=True,
        resolve=str,
    )
    logged = as_planned(lines)
    assert print_workout(logged.lines[1:2], Unit.KG) == "Back Squat: 3x5, 1x5\n"
    assert logged.notices == ("Planned in percent, so the load is left open: Back Squat.",)


def test_only_what_is_done_with_a_weight_is_missed_one() -> None:
    lines = parse_workout("Sun Salutation A: 3x1; Leg Press: 3x8", unit=Unit.KG, planned=True, resolve=str)
    assert as_planned(lines).notices == ("No load was planned for Sun Salutation A, Leg Press.",)
    assert as_planned(lines, {"Leg Press"}).notices == ("No load was planned for Leg Press.",)


def test_what_a_plan_logs_can_be_read_as_a_log() -> None:
    plan = parse_workout(
        "Row: 3x8-12 60%, 1x5+ rest 90s progress double", unit=Unit.KG, planned=True, resolve=str
    )
    text = print_workout(as_planned(plan).lines, Unit.KG)
    assert parse_workout(text, unit=Unit.KG, resolve=str) == as_planned(plan).lines


def test_only_an_active_program_ends() -> None:
    check_ending("Full Body", 7, ProgramStatus.ACTIVE, ProgramStatus.DROPPED)
    with pytest.raises(StateError, match=r"Full Body \(7\) is dropped; it cannot be completed"):
        check_ending("Full Body", 7, ProgramStatus.DROPPED, ProgramStatus.COMPLETED)
    with pytest.raises(StateError, match="template"):
        check_ending("Full Body", 2, None, ProgramStatus.DROPPED)


def test_a_switched_off_module_names_the_way_back() -> None:
    require_programs(is_on=True)
    with pytest.raises(RuleError, match="ptrack config set programs on"):
        require_programs(is_on=False)


def test_a_program_cannot_end_before_it_starts() -> None:
    valid_dates(MONDAY, MONDAY)
    with pytest.raises(UsageError, match="before it starts"):
        valid_dates(MONDAY, MONDAY - timedelta(days=1))


def test_the_remarks_on_top_describe_the_program() -> None:
    assert (
        description_of("# For beginners.\n#  Rest well.\nprogram: X\n# not this\n")
        == "For beginners. Rest well."
    )
    assert description_of("# Short.\n#\n# ptrack programs new x.txt\n") == "Short."
    assert description_of("program: X\n# not this\n") is None
