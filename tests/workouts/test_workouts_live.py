"""Which set comes next, and what typed text means."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptrack.errors import UsageError
from ptrack.vocabulary import ExerciseCategory, Section, Tracked, Unit
from ptrack.workouts.live import (
    LiveLine,
    LiveSet,
    begun_at,
    blocks,
    goes_on,
    in_turn,
    last_done,
    minutes_between,
    offer,
    passed_with,
    rest_of,
    targets_of,
    upcoming,
)
from ptrack.workouts.pauses import Pauses
from ptrack.workouts.rules import DoneSet
from ptrack.workouts.typed import Order, TypedSet, Word, merged, read, read_rest

BEGUN = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
SQUAT = DoneSet(reps=5, weight_g=100_000, rpe=8.0)


def a_line(
    number: int,
    planned: str | None = None,
    superset: str | None = None,
    tracked: Tracked = Tracked.WEIGHT_REPS,
    category: ExerciseCategory = ExerciseCategory.COMPOUND,
) -> LiveLine:
    targets, rest_seconds = targets_of(planned, Unit.KG)
    return LiveLine(
        number, 100 + number, f"Exercise {number}", category, tracked, number, Section.MAIN, superset,
        planned, None, None, targets, rest_seconds, (),
    )  # fmt: skip


def did(lines: Sequence[LiveLine], number: int, done: DoneSet | None = None, at: int = 0) -> list[LiveLine]:
    """The lines after one more set of the exercise of that number."""
    (line,) = (line for line in lines if line.id == number)
    one = done or offer(line) or DoneSet(reps=1)
    each = LiveSet(len(line.sets) + 1, one, BEGUN + timedelta(minutes=at))
    after = line._replace(sets=(*line.sets, each), passed=passed_with(line, one))
    return [after if line.id == number else line for line in lines]


def walked(lines: Sequence[LiveLine]) -> list[int]:
    """The exercises in the order in which Enter goes through them."""
    order = []
    while (line := in_turn(lines)) is not None:
        order.append(line.id)
        lines = did(lines, line.id, at=len(order))
    return order


def test_a_plan_is_walked_exercise_by_exercise() -> None:
    assert walked([a_line(1, "w 1x5 60kg, 2x5 100kg"), a_line(2, "2x8 bw")]) == [1, 1, 1, 2, 2]


def test_the_members_of_a_superset_take_turns_and_the_longer_one_ends_alone() -> None:
    lines = [a_line(1, "1x5"), a_line(2, "3x12 8kg", "A1"), a_line(3, "2x12 25kg", "A2"), a_line(4, "1x5")]
    assert walked(lines) == [1, 2, 3, 2, 3, 2, 4]
    assert [[line.id for line in block] for block in blocks(lines)] == [[1], [2, 3], [4]]


def test_neighbouring_supersets_are_told_apart_by_their_letters() -> None:
    lines = [a_line(1, "1x5", "A1"), a_line(2, "1x5", "A2"), a_line(3, "1x5", "B1"), a_line(4, "1x5", "B2")]
    assert [[line.id for line in block] for block in blocks(lines)] == [[1, 2], [3, 4]]


def test_after_a_jump_what_lies_behind_comes_first_and_what_was_left_comes_last() -> None:
    lines = did([a_line(1, "2x5"), a_line(2, "1x5"), a_line(3, "1x5")], 2)
    assert [line.id for line in upcoming(lines)] == [3, 1]


def test_an_exercise_without_a_plan_goes_on_until_it_is_left() -> None:
    lines = did([a_line(1), a_line(2, "1x5")], 1)
    assert in_turn(lines) == lines[0]
    left = [lines[0]._replace(passed=0), lines[1]]
    assert in_turn(left) == lines[1]


def test_passed_sets_count_as_behind() -> None:
    line = a_line(1, "w 1x5 60kg, 3x5 100kg")._replace(passed=2)
    assert line.at == 2
    assert line.left == 2
    assert line._replace(passed=4).is_open is False


def test_a_warm_up_more_than_planned_is_no_planned_set() -> None:
    lines = did([a_line(1, "3x5 100kg")], 1, DoneSet(reps=5, weight_g=60_000, is_warmup=True))
    assert lines[0].at == 0


def test_a_warm_up_too_many_makes_up_for_one_that_was_passed_over() -> None:
    line = a_line(1, "w 2x5 60kg, 3x5 100kg")._replace(passed=1)
    warmup = DoneSet(reps=5, weight_g=60_000, is_warmup=True)
    lines = did([line], 1, warmup)
    assert (lines[0].at, lines[0].passed) == (2, 1)
    lines = did(lines, 1, warmup)
    assert (lines[0].at, lines[0].passed) == (2, 0)
    lines = did(lines, 1)
    assert lines[0].at == 3


def test_what_enter_writes() -> None:
    planned = a_line(1, "1x6-8 70kg @8, 1x5+ 60kg")
    assert offer(planned) == DoneSet(reps=6, weight_g=70_000, rpe=8.0)
    assert offer(did([planned], 1)[0]) == DoneSet(reps=5, weight_g=60_000, is_amrap=True)
    last = [DoneSet(reps=5, weight_g=90_000), DoneSet(reps=4, weight_g=95_000)]
    percent = a_line(1, "3x5 75%")
    assert offer(percent) == DoneSet(reps=5)
    assert offer(percent, last) == DoneSet(reps=5, weight_g=90_000)
    assert offer(did([percent], 1, DoneSet(reps=5, weight_g=80_000))[0], last) == DoneSet(
        reps=5, weight_g=80_000
    )
    free = a_line(1)
    assert offer(free) is None
    assert offer(free, last) == last[0]
    assert offer(did([free], 1, DoneSet(reps=9))[0]) == DoneSet(reps=9)
    assert offer(did([free], 1, last[0])[0], last) == last[1]
    assert offer(did([free], 1, DoneSet(reps=9))[0], last) == DoneSet(reps=9)
    assert offer(a_line(1, "3x5", tracked=Tracked.REPS), last) == DoneSet(reps=5)


def test_rest_is_the_plans_else_the_kinds_and_none_inside_a_superset() -> None:
    lines = [a_line(1, "2x5 100kg rest 3min"), a_line(2, "2x5 100kg")]
    assert rest_of(did(lines, 1), did(lines, 1)[0], SQUAT) == 180
    assert rest_of(did(lines, 2), did(lines, 2)[1], SQUAT) == 120
    assert rest_of(did(lines, 1), did(lines, 1)[0], replace(SQUAT, is_warmup=True)) == 60
    pair = [a_line(1, "2x12 8kg", "A1"), a_line(2, "2x12 25kg rest 60s", "A2")]
    first = did(pair, 1, at=1)
    assert rest_of(first, first[0], SQUAT) == 0
    second = did(first, 2, at=2)
    assert rest_of(second, second[1], SQUAT) == 60
    done = did([a_line(1, "1x5 100kg")], 1)
    assert rest_of(done, done[0], SQUAT) == 0


def test_the_last_set_is_the_one_that_was_entered_last() -> None:
    lines = did(did([a_line(1, "2x5"), a_line(2, "2x5")], 2, at=1), 1, at=5)
    found = last_done(lines)
    assert found is not None
    assert found[0].id == 1
    assert last_done([a_line(1)]) is None


def test_it_takes_a_minute_at_least_and_a_day_at_most() -> None:
    assert minutes_between(BEGUN, BEGUN) == 1
    assert minutes_between(BEGUN, BEGUN + timedelta(minutes=55, seconds=31)) == 56
    assert minutes_between(BEGUN, BEGUN + timedelta(days=3)) == 1440


def test_a_workout_that_is_filled_hours_later_begins_with_its_first_set() -> None:
    soon, late = did([a_line(1, "2x5")], 1, at=20), did([a_line(1, "2x5")], 1, at=500)
    assert begun_at(BEGUN, soon) == BEGUN
    assert begun_at(BEGUN, late) == BEGUN + timedelta(minutes=500)
    assert begun_at(BEGUN, [a_line(1)]) == BEGUN


def test_a_remark_behind_the_plan_is_no_part_of_it() -> None:
    targets, rest_seconds = targets_of("3x5 90kg rest 2min # 75 % of 120 kg", Unit.KG)
    assert (len(targets), rest_seconds) == (3, 120)
    assert targets_of(None, Unit.KG) == ((), None)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("", SQUAT),
        ("8", DoneSet(8, 100_000)),
        ("8x62.5", DoneSet(8, 62_500)),
        ("8 \u00d7 62,5kg", DoneSet(8, 62_500)),
        ("8 60", DoneSet(8, 60_000)),
        ("62.5", DoneSet(5, 62_500)),
        ("62,5", DoneSet(5, 62_500)),
        ("60kg", DoneSet(5, 60_000)),
        ("135lb", DoneSet(5, 61_235)),
        ("x100", DoneSet(5, 100_000)),
        ("+2.5", DoneSet(5, 102_500)),
        ("-5", DoneSet(5, 95_000)),
        ("@9", DoneSet(5, 100_000, 9.0)),
        ("8 @9", DoneSet(8, 100_000, 9.0)),
        ("8x60@8.5", DoneSet(8, 60_000, 8.5)),
        ("rir2", DoneSet(5, 100_000, 8.0)),
        ("bw+10", DoneSet(5, 10_000)),
        ("8 bw", DoneSet(8, 0)),
        ("6xbw-20", DoneSet(6, -20_000)),
        ("8/side", DoneSet(8, 100_000, per_side=True)),
        ("45s", DoneSet(weight_g=100_000, seconds=45)),
        ("100 reps", DoneSet(100, 100_000)),
        ("w 5x40", DoneSet(5, 40_000, is_warmup=True)),
    ],
)
def test_a_set_is_said_by_what_differs(text: str, done: DoneSet) -> None:
    said = read(text, Unit.KG, Tracked.WEIGHT_REPS, 5)
    assert isinstance(said, TypedSet)
    assert merged(said, SQUAT) == done


@pytest.mark.parametrize(
    ("text", "planned", "done"),
    [
        ("50", DoneSet(seconds=45), DoneSet(seconds=50)),
        ("1:30", DoneSet(seconds=45), DoneSet(seconds=90)),
        ("45x10", DoneSet(seconds=40), DoneSet(seconds=45, weight_g=10_000)),
        ("10kg", DoneSet(seconds=40), DoneSet(seconds=40, weight_g=10_000)),
    ],
)
def test_what_is_timed_takes_seconds(text: str, planned: DoneSet, done: DoneSet) -> None:
    said = read(text, Unit.KG, Tracked.TIME)
    assert isinstance(said, TypedSet)
    assert merged(said, planned) == done


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("2:05", DoneSet(seconds=125, meters=500.0)),
        ("600m", DoneSet(meters=600.0)),
        ("2km 8:15", DoneSet(seconds=495, meters=2000.0)),
    ],
)
def test_a_distance_has_its_own_time(text: str, done: DoneSet) -> None:
    said = read(text, Unit.KG, Tracked.DISTANCE_TIME)
    assert isinstance(said, TypedSet)
    assert merged(said, DoneSet(seconds=130, meters=500.0)) == done


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("skip", Order(Word.SKIP)),
        ("Skip All", Order(Word.NEXT)),
        ("next", Order(Word.NEXT)),
        ("+ ben", Order(Word.ADD, "ben")),
        ("+ben pr", Order(Word.ADD, "ben pr")),
        ("+", Order(Word.ADD)),
        ("undo", Order(Word.UNDO)),
        ("=", Order(Word.AGAIN)),
        ("fix @9", Order(Word.FIX, "@9")),
        ("go squat", Order(Word.GO, "squat")),
        ("note Left Knee", Order(Word.NOTE, "Left Knee")),
        ("rest 90", Order(Word.REST, "90")),
        ("rest", Order(Word.REST)),
        ("?", Order(Word.HELP)),
        ("end", Order(Word.END)),
        ("q", Order(Word.LEAVE)),
    ],
)
def test_words_are_orders(text: str, order: Order) -> None:
    assert read(text, Unit.KG, Tracked.WEIGHT_REPS) == order


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("100", "100kg for the load, or 100 reps"),
        ("8x", "after the x stands the load"),
        ("8.5 reps", "reps are whole"),
        ("@11", "no RPE"),
        ("8x60x60", "one load"),
        ("5 5 5", "one load"),
        ("@8 @9", "twice"),
        ("squat", "+ squat"),
        ("8 !", '"!" is no set'),
        ("1001kg", "limit"),
        ("99999", "at most 9,999"),
        ("8" * 3000, "too long"),
    ],
)
def test_a_mistake_says_what_to_write(text: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(text, Unit.KG, Tracked.WEIGHT_REPS, 5)
    assert told.lower() in refused.value.message.lower()


def test_a_distance_needs_its_unit() -> None:
    with pytest.raises(UsageError, match="500m, 500s"):
        read("500", Unit.KG, Tracked.DISTANCE_TIME)


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("90s", 90), ("2min", 120), ("1:30", 90), ("2h", 3600)]
)
def test_a_pause_is_a_time(text: str, seconds: int) -> None:
    assert read_rest(text) == seconds


@pytest.mark.parametrize("text", ["8x5", "60kg", "skip", "@8"])
def test_nothing_else_is_a_pause(text: str) -> None:
    with pytest.raises(UsageError, match="rest 90"):
        read_rest(text)


@pytest.mark.parametrize(
    ("text", "usual_kg", "told"),
    [
        ("3x5", 100, "3 sets of 5, or 3 reps at 5kg? Write 5 for each set, or 3x5kg"),
        ("3x5", None, "3 sets of 5"),
        ("5x5", 0, "5 sets of 5"),
        ("3 x 10", 80, "3 sets of 10"),
        ("5,5", 100, "5 and 5 reps, or 5.5kg? Write 5 for a set, or 5.5kg"),
        ("8,7", None, "8 and 7 reps"),
    ],
)
def test_sets_of_reps_are_asked_about(text: str, usual_kg: int | None, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(text, Unit.KG, Tracked.WEIGHT_REPS, 5, usual_kg * 1000 if usual_kg is not None else None)
    assert told in refused.value.message


@pytest.mark.parametrize(
    ("text", "usual_kg"),
    [("3x5kg", 100), ("8x10", 12), ("8x10", None), ("10x5", 12), ("8x62,5", 100), ("62,5", 70), ("7,5", 10),
     ("5x40", 100), ("w 5x20", 140), ("12x20", 100), ("3x25", 100)],
)  # fmt: skip
def test_a_likely_load_is_taken(text: str, usual_kg: int | None) -> None:
    usual_g = usual_kg * 1000 if usual_kg is not None else None
    said = read(text, Unit.KG, Tracked.WEIGHT_REPS, 5, usual_g)
    assert isinstance(said, TypedSet)
    assert said.load is not None


def test_less_than_nothing_is_a_load_of_the_body_alone() -> None:
    with pytest.raises(UsageError, match="write 8 -5"):
        read("8x-5", Unit.KG, Tracked.WEIGHT_REPS, 5)
    said = read("8x-5", Unit.KG, Tracked.BODYWEIGHT_PLUS, 5)
    assert isinstance(said, TypedSet)
    assert merged(said, DoneSet(reps=5, weight_g=0)) == DoneSet(reps=8, weight_g=-5_000)


@pytest.mark.parametrize("text", ["40m 24", "45s 24"])
def test_a_bare_number_behind_a_measure_is_asked_about(text: str) -> None:
    with pytest.raises(UsageError, match="24 of what"):
        read(text, Unit.KG, Tracked.WEIGHT_REPS, 5)
    assert isinstance(read("40m 24kg", Unit.KG, Tracked.WEIGHT_REPS, 5), TypedSet)


def test_a_side_stays_with_the_plan_alone() -> None:
    side = DoneSet(reps=10, weight_g=12_000, per_side=True)
    said = read("8x55", Unit.KG, Tracked.WEIGHT_REPS, None, 12_000)
    assert isinstance(said, TypedSet)
    assert merged(said, side, is_plan=False) == DoneSet(reps=8, weight_g=55_000)
    assert merged(said, side) == DoneSet(reps=8, weight_g=55_000, per_side=True)
    assert merged(TypedSet(), side, is_plan=False) == side


def test_enter_leaves_what_was_added_for_the_plan() -> None:
    lines = [a_line(1, "2x5 100kg"), a_line(2)]
    assert goes_on(lines, lines[1]) is None
    lines = did(lines, 2)
    assert goes_on(lines, lines[1]) == lines[0]
    assert goes_on(lines, lines[0]) is None
    done = did(did(lines, 1, at=1), 1, at=2)
    assert goes_on(done, done[1]) is None


def test_nothing_comes_of_nothing() -> None:
    for said in (TypedSet(), TypedSet(rpe=8.0)):
        with pytest.raises(UsageError):
            merged(said, None)


@given(st.text(max_size=40) | st.text("0123456789x.,@:+-wkgbsm /", max_size=20))
def test_whatever_is_typed_is_a_set_an_order_or_refused(text: str) -> None:
    message = ""
    try:
        said = read(text, Unit.KG, Tracked.WEIGHT_REPS, 5)
        done = merged(said, SQUAT) if isinstance(said, TypedSet) else SQUAT
        assert done.reps or done.seconds or done.meters
    except UsageError as refused:
        message = refused.message
    assert len(message.splitlines()) <= 1


PLANS = st.lists(
    st.tuples(
        st.sampled_from(["w 2x5 60kg, 3x5 100kg", "3x8", "1x5", "2x45s", "2x500m 2:00"]),
        st.sampled_from([None, "A1", "A2", "B1"]),
    ),
    min_size=1,
    max_size=5,
)


@given(PLANS)
def test_enter_alone_does_every_planned_set_once(plan: list[tuple[str, str | None]]) -> None:
    lines = [a_line(number, text, label) for number, (text, label) in enumerate(plan, 1)]
    order = walked(lines)
    assert sorted(order) == sorted(line.id for line in lines for _ in line.targets)


@given(PLANS, st.lists(st.sampled_from(["done", "skip", "warm-up", "jump"]), max_size=25), st.data())
def test_what_is_done_and_passed_over_never_leads_past_the_plan(
    plan: list[tuple[str, str | None]], moves: list[str], data: st.DataObject
) -> None:
    lines = [a_line(number, text, label) for number, (text, label) in enumerate(plan, 1)]
    for at, move in enumerate(moves):
        line = in_turn(lines) if move != "jump" else data.draw(st.sampled_from(lines))
        if line is None:
            break
        before = line.at
        if move == "skip" and line.target:
            place = lines.index(line)
            lines[place] = line._replace(passed=(line.passed or 0) + 1)
            assert lines[place].at == before + 1
        elif move == "warm-up":
            is_planned = line.target is not None and line.target.done.is_warmup
            lines = did(lines, line.id, DoneSet(reps=3, is_warmup=True), at)
            assert lines[line.id - 1].at == before + is_planned
        else:
            lines = did(lines, line.id, at=at)
            assert lines[line.id - 1].at == min(before + 1, len(line.targets))
    assert all(0 <= line.left <= len(line.targets) for line in lines)


def test_a_pause_rings_once_and_is_forgotten_after_a_while() -> None:
    lines = did([a_line(1, "2x5 100kg rest 90s")], 1)
    pauses = Pauses()
    during, end = BEGUN + timedelta(seconds=80), BEGUN + timedelta(seconds=91)
    rest = pauses.running(lines, during)
    assert rest is not None
    assert (rest.seconds, pauses.rings_in(rest, during), pauses.rings(rest, during)) == (90, 10.0, False)
    assert pauses.rings(rest, end)
    assert not pauses.rings(rest, end)
    assert pauses.rings_in(rest, end) is None
    assert pauses.running(lines, BEGUN + timedelta(hours=1)) is None
    assert not Pauses().rings(rest, end + timedelta(minutes=1))


def test_a_pause_is_as_long_as_was_chosen_or_ended_at_once() -> None:
    lines = did([a_line(1, "2x5 100kg rest 90s")], 1)
    pauses = Pauses()
    pauses.choose(lines[0], 30)
    rest = pauses.running(lines, BEGUN)
    assert rest is not None
    assert rest.seconds == 30
    pauses.end(lines)
    assert pauses.running(lines, BEGUN) is None
