"""Working hours as people write them, and the time they make."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.errors import UsageError
from ptrack.scheduling.hours import Interval, Off, Span, hours_text, off_on, read_hours, working_time

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 11, 24)


def span(starts: float, ends: float) -> Span:
    return Span(int(starts * 60), int(ends * 60))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        (
            "mon-fri 9-17, sat 9:00-12:30",
            {**{day: (span(9, 17),) for day in range(5)}, 5: (span(9, 12.5),)},
        ),
        ("mon 7-12 14-20", {0: (span(7, 12), span(14, 20))}),
        ("Mon 14-20, 7-12", {0: (span(7, 12), span(14, 20))}),
        ("mon, wed 9-17", {0: (span(9, 17),), 2: (span(9, 17),)}),
        ("mon: 9 to 17; tue: 10 \u2013 12", {0: (span(9, 17),), 1: (span(10, 12),)}),
        ("sat-mon 9am-5pm", {day: (span(9, 17),) for day in (0, 5, 6)}),
        ("fri 22-24, sat 0-2", {4: (span(22, 24),), 5: (span(0, 2),)}),
        ("tu 9.30-12 pm", {1: (span(9.5, 12),)}),
        ("daily 6-9", {day: (span(6, 9),) for day in range(7)}),
        (
            "weekdays 9-17 weekend 10-12",
            {day: (span(9, 17) if day < 5 else span(10, 12),) for day in range(7)},
        ),
        ("mon 9-12, mon 12-17", {0: (span(9, 17),)}),
        ("none", {}),
    ],
)
def test_hours_are_read(text: str, hours: dict[int, tuple[Span, ...]]) -> None:
    assert read_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "are no hours"),
        ("mon", "are no hours"),
        ("9-17", "are no hours"),
        ("9-17 mon", "are no hours"),
        ("mon 9-17 tue", "are no hours"),
        ("mon 9", "are no hours"),
        ("mon 9-x", "are no hours"),
        ("xyz 9-17", '"xyz" is no weekday'),
        ("m 9-17", '"m" is no weekday'),
        ("mon 9-25", "no clock shows"),
        ("mon 9:60-10", "no clock shows"),
        ("mon 13pm-14", "no clock shows"),
        ("mon 24:30-25", "no clock shows"),
        ("mon 17-9", "ends before it begins"),
        ("mon 9-9", "ends before it begins"),
        ("mon 9-12, mon 11-13", "The hours of Monday overlap: 9-12 and 11-13."),
    ],
)
def test_what_are_no_hours_is_told(text: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_hours(text)
    assert told in refused.value.message


@st.composite
def weeks(draw: st.DrawFn) -> dict[int, tuple[Span, ...]]:
    """Any week: up to three spans a day that do not touch."""
    week = {}
    for day in range(7):
        edges = sorted(draw(st.sets(st.integers(0, 288), max_size=6)))
        found = tuple(Span(first * 5, last * 5) for first, last in zip(edges[::2], edges[1::2], strict=False))
        if found:
            week[day] = found
    return week


@given(weeks())
@settings(deadline=None)
def test_hours_are_read_back_from_their_text(week: dict[int, tuple[Span, ...]]) -> None:
    assert read_hours(hours_text(week) or "none") == week


def test_days_alike_are_written_once() -> None:
    assert hours_text(read_hours("tue 9-17 mon 9-17 sat 9:00-12:30 fri 9-17")) == (
        "Mon-Tue 9-17, Fri 9-17, Sat 9-12:30"
    )
    assert hours_text({}) == ""


def at(hour: int, day: date = TUESDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN).astimezone(UTC)


def test_the_time_worked_leaves_out_days_off() -> None:
    hours = read_hours("mon-fri 9-17")
    monday = TUESDAY - timedelta(days=1)
    christmas = Off(TUESDAY, TUESDAY, reason="Christmas")
    assert working_time(TUESDAY, TUESDAY, hours, (), BERLIN) == [Interval(at(9), at(17))]
    assert working_time(monday, TUESDAY, hours, (christmas,), BERLIN) == [
        Interval(at(9, monday), at(17, monday))
    ]
    assert off_on(TUESDAY, (christmas,), 1) == christmas
    assert off_on(TUESDAY, (christmas._replace(trainer_id=2),), 1) is None
    assert off_on(monday, (christmas,), 1) is None


def test_nights_are_one_span_over_midnight() -> None:
    (night,) = working_time(
        TUESDAY, TUESDAY + timedelta(days=1), read_hours("tue 22-24, wed 0-2"), (), BERLIN
    )
    assert night == Interval(at(22), at(2, TUESDAY + timedelta(days=1)))


@pytest.mark.parametrize(
    ("day", "text", "minutes"),
    [
        (date(2026, 3, 29), "sun 0-4", 180),
        (date(2026, 3, 29), "sun 2-3", 0),
        (date(2026, 3, 29), "sun 0-2:30", 120),
        (date(2026, 3, 29), "sun 2:30-9", 360),
        (date(2026, 10, 25), "sun 0-4", 300),
        (date(2026, 10, 25), "sun 2-3", 120),
        (date(2026, 10, 25), "sun 0-2", 120),
        (date(2026, 3, 29), "sun 9-17", 480),
    ],
)
def test_hours_go_by_the_wall_clock_when_it_is_put_forward_or_back(
    day: date, text: str, minutes: int
) -> None:
    worked = working_time(day, day, read_hours(text), (), BERLIN)
    assert sum(interval.minutes for interval in worked) == minutes


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Beirut",
    "Pacific/Apia",
    "Africa/Cairo",
)


@given(weeks(), st.dates(date(2011, 12, 20), date(2030, 1, 1)), st.integers(0, 10), st.sampled_from(ZONES))
@settings(deadline=None)
def test_the_time_worked_is_in_order_and_shows_hours_of_the_week(
    week: dict[int, tuple[Span, ...]], first: date, days: int, name: str
) -> None:
    zone = ZoneInfo(name)
    worked = working_time(first, first + timedelta(days=days), week, (), zone)
    assert all(interval.begins < interval.ends for interval in worked)
    assert all(one.ends < other.begins for one, other in pairwise(worked))
    for interval in worked:
        begins = interval.begins.astimezone(zone)
        minute = begins.hour * 60 + begins.minute
        assert any(span.starts_min <= minute < span.ends_min for span in week[begins.weekday()])
