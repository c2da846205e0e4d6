from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.progress.rules.usage import Share, percentage, usage
from ptrack.vocabulary import WorkoutKind

NONE = Share(0, 0.0)


def test_four_solo_and_two_trainer_led() -> None:
    assert usage({WorkoutKind.SOLO: 4, WorkoutKind.TRAINER_LED: 2}) == {
        WorkoutKind.SOLO: Share(4, 66.7),
        WorkoutKind.TRAINER_LED: Share(2, 33.3),
        WorkoutKind.TRAINER_ASSISTED: NONE,
        WorkoutKind.GROUP: NONE,
    }


def test_thirty_solo_of_forty_five() -> None:
    shares = usage({WorkoutKind.SOLO: 30, WorkoutKind.TRAINER_LED: 15})
    assert shares[WorkoutKind.SOLO] == Share(30, 66.7)
    assert shares[WorkoutKind.TRAINER_LED] == Share(15, 33.3)


def test_nothing_is_zero_of_everything() -> None:
    assert usage({}) == dict.fromkeys(WorkoutKind, NONE)
    assert usage({WorkoutKind.SOLO: 0}) == dict.fromkeys(WorkoutKind, NONE)


def test_a_half_is_rounded_up() -> None:
    assert percentage(1, 2000) == 0.1  # 0.05
    assert percentage(3, 2000) == 0.2  # 0.15
    assert percentage(1, 2001) == 0.0
    assert percentage(1, 8) == 12.5
    assert percentage(5, 5) == 100.0


@given(total=st.integers(1, 10**6), data=st.data())
@settings(deadline=None)
def test_rounding_is_exact(total: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, total))
    exact = Fraction(100 * part, total)
    found = Fraction(str(percentage(part, total)))
    assert Fraction(-1, 20) < found - exact <= Fraction(1, 20)
