"""When a package runs out at the present pace, and from what that is told."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.credits.rules import PACE_DAYS, Forecast, Pace, Payer, forecast, pace_of
from ptrack.vocabulary import PackageKind

TODAY = date(2026, 11, 20)
SOLD = date(2026, 9, 1)
WEEKLY = Pace(8, 56, TODAY - timedelta(55))


def payer(number: int, left: int, expires_on: date | None = None, sold_on: date = SOLD) -> Payer:
    return Payer(number, PackageKind.SESSIONS, left, sold_on, expires_on, is_open=True)


def days_ago(*days: int) -> list[date]:
    return [TODAY - timedelta(day) for day in days]


def test_the_pace_is_that_of_eight_weeks_or_since_the_first_session() -> None:
    assert pace_of(date(2025, 1, 1), days_ago(0, 7, 55), TODAY) == Pace(3, 56, TODAY - timedelta(55))
    assert pace_of(date(2025, 1, 1), days_ago(0, 7, 56), TODAY) == Pace(2, 56, TODAY - timedelta(55))
    young = pace_of(TODAY - timedelta(13), days_ago(13, 9, 6, 2), TODAY)
    assert young == Pace(4, 14, TODAY - timedelta(13))
    assert young is not None
    assert young.per_week == 2.0


def test_fewer_than_two_sessions_are_no_pace() -> None:
    assert pace_of(None, [], TODAY) is None
    assert pace_of(TODAY, days_ago(0), TODAY) is None
    assert pace_of(date(2025, 1, 1), days_ago(0, 80), TODAY) is None
    assert pace_of(TODAY - timedelta(1), [*days_ago(1), TODAY + timedelta(1)], TODAY) is None


def test_a_package_runs_out_after_what_is_left_at_that_pace() -> None:
    assert forecast([payer(1, 4)], WEEKLY, TODAY) == {1: Forecast(date(2026, 12, 18))}
    three_in_two_weeks = Pace(3, 14, TODAY - timedelta(13))
    assert forecast([payer(1, 1)], three_in_two_weeks, TODAY) == {1: Forecast(TODAY + timedelta(5))}
    assert forecast([payer(1, 4)], None, TODAY) == {}


def test_packages_are_used_in_the_order_in_which_they_pay() -> None:
    first, second = payer(2, 2, date(2027, 3, 1)), payer(1, 3)
    assert forecast([second, first], WEEKLY, TODAY) == {
        2: Forecast(TODAY + timedelta(14)),
        1: Forecast(TODAY + timedelta(35)),
    }


def test_what_expires_before_is_told_with_what_will_be_left() -> None:
    soon = payer(1, 5, TODAY + timedelta(15))
    assert forecast([soon, payer(2, 1)], WEEKLY, TODAY) == {
        1: Forecast(None, 3),
        2: Forecast(date(2026, 12, 12)),
    }
    assert forecast([payer(1, 2, TODAY + timedelta(14))], WEEKLY, TODAY) == {1: Forecast(date(2026, 12, 4))}
    after_the_other = [payer(1, 2, TODAY + timedelta(2)), payer(2, 1, TODAY + timedelta(3))]
    assert forecast(after_the_other, WEEKLY, TODAY) == {1: Forecast(None, 2), 2: Forecast(None, 1)}


def test_only_what_can_still_pay_is_reckoned() -> None:
    rows = [
        payer(1, 0),
        payer(2, 3, TODAY - timedelta(1)),
        payer(3, 3)._replace(is_open=False),
        payer(4, 0)._replace(kind=PackageKind.UNLIMITED),
        payer(5, 0)._replace(kind=PackageKind.SOLO),
    ]
    assert forecast(rows, WEEKLY, TODAY) == {}


def test_centuries_ahead_are_not_told() -> None:
    slow = Pace(2, PACE_DAYS, TODAY)
    assert forecast([payer(1, 100_000)], slow, TODAY) == {1: Forecast(None)}


PACES = st.builds(Pace, st.integers(2, 60), st.integers(1, PACE_DAYS), st.just(TODAY))
PAYERS = st.lists(
    st.builds(
        payer,
        st.integers(1, 9),
        st.integers(1, 30),
        st.none() | st.dates(TODAY, TODAY + timedelta(400)),
        st.dates(date(2025, 1, 1), TODAY),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda package: package.id,
)


def until(found: Forecast, package: Payer) -> tuple[date, int]:
    """For comparison: the day it is over, and what was used of it by then."""
    if found.runs_out_on is not None:
        return found.runs_out_on, package.balance
    assert found.left_at_expiry is not None
    assert package.expires_on is not None
    return package.expires_on, package.balance - found.left_at_expiry


@given(PAYERS, PACES, st.data())
@settings(deadline=None)
def test_more_left_never_runs_out_earlier(packages: list[Payer], pace: Pace, data: st.DataObject) -> None:
    more = data.draw(st.sampled_from(packages))
    richer = [one._replace(balance=one.balance + 1) if one == more else one for one in packages]
    before, after = forecast(packages, pace, TODAY), forecast(richer, pace, TODAY)
    far = date.max
    for one in packages:
        assert (after[one.id].runs_out_on or far) >= (before[one.id].runs_out_on or far)


@given(PAYERS, PACES)
@settings(deadline=None)
def test_no_more_is_used_than_the_pace_allows(packages: list[Payer], pace: Pace) -> None:
    found = forecast(packages, pace, TODAY)
    assert set(found) == {package.id for package in packages}
    over = [until(found[package.id], package) for package in packages]
    for day, _ in over:
        used = sum(count for other, count in over if other <= day)
        assert used <= pace.sessions * (day - TODAY).days / pace.days + 1e-9
    for package in packages:
        left = found[package.id].left_at_expiry
        assert left is None or 0 < left <= package.balance
