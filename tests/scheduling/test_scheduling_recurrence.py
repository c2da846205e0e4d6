"""When the appointments of a series are."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from ptrack.errors import UsageError
from ptrack.scheduling.recurrence import (
    Rhythm,
    gaps_text,
    occurrences,
    rhythm_of,
    shifted,
    short_months,
    wall_times,
)
from ptrack.vocabulary import Repeat

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 11, 24, 10)


def days(*rhythm: object, first: datetime = TUESDAY) -> list[str]:
    return [f"{local:%m-%d}" for local in wall_times(first, Rhythm(*rhythm))]  # type: ignore[arg-type]


def test_each_rhythm_has_its_days() -> None:
    assert days(Repeat.DAILY, 3) == ["11-24", "11-25", "11-26"]
    assert days(Repeat.WEEKLY, 3) == ["11-24", "12-01", "12-08"]
    assert days(Repeat.FORTNIGHTLY, 3) == ["11-24", "12-08", "12-22"]
    assert days(Repeat.MONTHLY, 3) == ["11-24", "12-24", "01-24"]


def test_the_last_day_is_included() -> None:
    assert days(Repeat.WEEKLY, None, date(2026, 12, 8)) == ["11-24", "12-01", "12-08"]
    assert days(Repeat.WEEKLY, None, date(2026, 12, 7)) == ["11-24", "12-01"]
    assert days(Repeat.DAILY, None, date(2026, 11, 24)) == ["11-24"]


def test_months_without_the_day_are_left_out_and_named() -> None:
    first, rhythm = datetime(2026, 12, 31, 18), Rhythm(Repeat.MONTHLY, 5)
    walls = wall_times(first, rhythm)
    assert [f"{local:%m-%d}" for local in walls] == ["12-31", "01-31", "03-31", "05-31", "07-31"]
    assert short_months(walls, rhythm) == [date(2027, 2, 1), date(2027, 4, 1), date(2027, 6, 1)]
    until = Rhythm(Repeat.MONTHLY, until=date(2027, 4, 30))
    assert short_months(wall_times(first, until), until) == [date(2027, 2, 1)]
    assert short_months(wall_times(TUESDAY, Rhythm(Repeat.MONTHLY, 5)), Rhythm(Repeat.MONTHLY, 5)) == []
    assert short_months(wall_times(TUESDAY, Rhythm(Repeat.DAILY, 99)), Rhythm(Repeat.DAILY, 99)) == []


def test_ten_stays_ten_when_the_clocks_change() -> None:
    placed = occurrences(wall_times(datetime(2026, 10, 24, 10), Rhythm(Repeat.DAILY, 3)), BERLIN)
    assert [each.instant.hour for each in placed if each.instant] == [8, 9, 9]
    assert {f"{each.instant.astimezone(BERLIN):%H:%M}" for each in placed if each.instant} == {"10:00"}


def test_a_jump_has_no_instant_and_a_double_time_a_notice() -> None:
    gap = occurrences([datetime(2027, 3, 28, 2, 30)], BERLIN)[0]
    assert gap.instant is None
    assert gap.gap is not None
    assert gaps_text([gap.gap]) == (
        "2027-03-28 02:30 (nearest 2027-03-28 01:59 and 2027-03-28 03:00) does not exist in Europe/Berlin: "
        "the clocks are put forward"
    )
    assert "do not exist" in gaps_text([gap.gap, gap.gap])
    twice = occurrences([datetime(2027, 10, 31, 2, 30)], BERLIN)[0]
    assert twice.notice is not None
    assert twice.gap is None


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        (Rhythm(Repeat.WEEKLY, until=date(2026, 11, 23)), "before the first one, 2026-11-24"),
        (Rhythm(Repeat.DAILY, 367), "at most 366"),
        (Rhythm(Repeat.DAILY, until=date(2028, 11, 24)), "at most 366"),
        (Rhythm(Repeat.WEEKLY, 200), "at most three years"),
        (Rhythm(Repeat.MONTHLY, until=date(2199, 1, 1)), "at most three years"),
    ],
)
def test_what_is_no_series(rhythm: Rhythm, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        wall_times(TUESDAY, rhythm)


def test_a_series_may_be_as_long_as_it_may() -> None:
    assert len(wall_times(TUESDAY, Rhythm(Repeat.DAILY, 366))) == 366
    assert len(wall_times(TUESDAY, Rhythm(Repeat.WEEKLY, until=date(2029, 11, 23)))) == 157


@pytest.mark.parametrize(
    ("repeats", "times", "until", "said"),
    [
        (None, 3, None, "--times needs --repeat"),
        (None, None, date(2027, 1, 1), "--until needs --repeat"),
        (Repeat.WEEKLY, None, None, "Say how long it goes on"),
        (Repeat.WEEKLY, 3, date(2027, 1, 1), "not both"),
    ],
)
def test_options_that_do_not_fit(
    repeats: Repeat | None, times: int | None, until: date | None, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        rhythm_of(repeats, times, until)


def test_options_that_fit() -> None:
    assert rhythm_of(None, None, None) is None
    assert rhythm_of(Repeat.DAILY, 3, None) == Rhythm(Repeat.DAILY, 3)


def test_a_moved_one_takes_the_others_along_by_days_and_to_its_hour() -> None:
    was, becomes = datetime(2026, 11, 24, 10), datetime(2026, 11, 26, 18, 30)
    assert shifted(datetime(2026, 12, 1, 10), was, becomes) == datetime(2026, 12, 3, 18, 30)
    assert shifted(datetime(2026, 12, 9, 11), was, becomes) == datetime(2026, 12, 11, 18, 30)
