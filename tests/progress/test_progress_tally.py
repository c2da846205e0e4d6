"""The one pass over a long history gives what the records' rules give, and streaks and weights by day."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.progress.rules.bodyweight import BodyWeights, Weighing
from ptrack.progress.rules.records import Broken, SetFact, history
from ptrack.progress.rules.streaks import streak_on
from ptrack.progress.rules.strength import effective_load_g, set_volume_g
from ptrack.progress.rules.tally import Tally, TallyExercise, TallySet, streaks_by_day
from ptrack.vocabulary import E1rmFormula, RecordKind, Tracked

_START = datetime(2026, 1, 1, tzinfo=UTC)
_EXERCISES = {number: TallyExercise(tracked, number == 4) for number, tracked in enumerate(Tracked)}


def _time(workout: int) -> datetime:
    return _START + timedelta(days=workout)


def _body_g(workout: int) -> int | None:
    return None if workout < 2 else 70_000 + 500 * (workout % 3)


_FIGURES = st.tuples(
    st.sampled_from([None, 1, 5, 8, 12]),
    st.sampled_from([None, 0, 60_000, 62_500, 65_000, -10_000]),
    st.sampled_from([None, 30, 60]),
    st.sampled_from([None, 400.0, 1000.0]),
    st.booleans(),
)


@st.composite
def _histories(draw: st.DrawFn) -> list[TallySet]:
    sets: list[TallySet] = []
    for workout in range(draw(st.integers(1, 7))):
        for _ in range(draw(st.integers(1, 3))):
            exercise = draw(st.sampled_from(sorted(_EXERCISES)))
            done = [one for one in draw(st.lists(_FIGURES, max_size=3)) if any(one[:1] + one[2:4])]
            sets += [(workout, exercise, *figures) for figures in done]
    return sets


def _fact(one: TallySet, place: int = 0) -> SetFact:
    workout, exercise, reps, weight_g, seconds, meters, per_side = one
    effective_g = effective_load_g(weight_g, _EXERCISES[exercise].tracked, _body_g(workout))
    return SetFact(workout, _time(workout), 0, place, reps, weight_g, effective_g, seconds, meters, per_side)


@given(_histories(), st.sampled_from(list(E1rmFormula)))
@settings(deadline=None, max_examples=150)
def test_the_pass_finds_the_records_that_the_rules_find(sets: list[TallySet], formula: E1rmFormula) -> None:
    tally = Tally(_EXERCISES, _time, _body_g)
    tally.take(sets)
    expected: Counter[int] = Counter()
    volumes_g: Counter[int] = Counter()
    for number, exercise in _EXERCISES.items():
        facts = [_fact(one, place) for place, one in enumerate(sets) if one[1] == number]
        expected.update({broken.workout for broken in history(facts, exercise.tracked, formula).broken})
        for fact in facts:
            volumes_g[fact.workout] += set_volume_g(fact.reps, fact.effective_g, fact.per_side)
    assert +tally.exercises_with_record(formula) == +expected
    assert +tally.volume_g == +volumes_g


@given(_histories(), st.sampled_from(list(E1rmFormula)))
@settings(deadline=None, max_examples=300)
def test_what_the_pass_keeps_decides_the_same_history(sets: list[TallySet], formula: E1rmFormula) -> None:
    tally = Tally(_EXERCISES, _time, _body_g)
    tally.take(sets)
    for number, exercise in _EXERCISES.items():
        facts = [_fact(one, place) for place, one in enumerate(sets) if one[1] == number]
        decided = history(facts, exercise.tracked, formula)
        found = tally.records(number, formula)
        assert found.standing == decided.standing
        assert [record[:5] for record in found.broken] == [record[:5] for record in decided.broken]
        assert [_done(record) for record in found.broken] == [_done(record) for record in decided.broken]


def _done(record: Broken) -> tuple[object, ...] | None:
    return record.fact[4:9] if record.fact else None


@given(_histories())
@settings(deadline=None)
def test_the_load_of_a_set_is_the_effective_one(sets: list[TallySet]) -> None:
    tally = Tally(_EXERCISES, _time, _body_g)
    for one in sets:
        assert tally.effective_g(one[0], one[1], one[3]) == _fact(one).effective_g


def test_the_same_set_with_a_heavier_body_is_a_record_of_strength() -> None:
    (bodily,) = (number for number, kind in _EXERCISES.items() if kind.tracked is Tracked.BODYWEIGHT_PLUS)
    assert (_body_g(3), _body_g(4)) == (70_000, 70_500)
    tally = Tally(_EXERCISES, _time, _body_g)
    tally.take([(workout, bodily, 5, 10_000, None, None, False) for workout in (3, 4, 6)])
    found = {record.kind: record.workout for record in tally.records(bodily, E1rmFormula.EPLEY).broken}
    assert found == {RecordKind.E1RM: 4, RecordKind.VOLUME: 4}


def test_cardio_time_is_that_of_cardio_exercises() -> None:
    tally = Tally(
        {1: TallyExercise(Tracked.TIME, False), 2: TallyExercise(Tracked.TIME, True)}, _time, _body_g
    )
    tally.take([(1, 1, None, None, 45, None, False), (1, 2, None, None, 600, None, False)])
    assert tally.cardio_seconds == {1: 600}


@given(st.lists(st.integers(0, 30)))
@settings(deadline=None)
def test_streaks_by_day_are_the_streaks_on_each_day(offsets: list[int]) -> None:
    days = [date(2026, 2, 20) + timedelta(days=offset) for offset in offsets]
    assert streaks_by_day(days) == {day: streak_on(days, day) for day in days}


def test_the_weight_known_on_a_day_is_the_last_at_or_before_its_end() -> None:
    first, second, third = date(2026, 11, 1), date(2026, 11, 15), date(2026, 11, 16)
    weights = BodyWeights([Weighing(first, 70_000), Weighing(second, 64_000), Weighing(second, 63_200)])
    assert weights.known_on(first - timedelta(days=1)) is None
    assert weights.grams_on(second - timedelta(days=1)) == 70_000
    assert weights.known_on(second) == Weighing(second, 63_200)
    assert weights.grams_on(third) == 63_200
    assert not BodyWeights([])
