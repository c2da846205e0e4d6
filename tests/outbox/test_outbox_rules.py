"""What is owed and when it may go out: the rules of the outbox, by example and for every case."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptrack.outbox import rules
from ptrack.outbox.rules import Addressee, Agreed, Person, Quiet, Told
from ptrack.vocabulary import Channel, ClientStatus, MessageKind

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Quiet(21 * 60, 7 * 60, BERLIN)
NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
TODAY = date(2026, 11, 20)
START = datetime(2026, 11, 24, 9, tzinfo=UTC)
ANNA = Person(1, "Anna", "a@x.org", "0171", None, None, Channel.EMAIL, None, None, ClientStatus.ACTIVE, None)
AGREED = Agreed(START, 60, "Maya", "Park")

ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca"]
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))
MINUTES = st.integers(0, 1439)


def local(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        ("2026-11-20 20:59", "2026-11-20 20:59"),
        ("2026-11-20 21:00", "2026-11-21 07:00"),
        ("2026-11-21 00:00", "2026-11-21 07:00"),
        ("2026-11-21 06:59", "2026-11-21 07:00"),
        ("2026-11-21 07:00", "2026-11-21 07:00"),
        ("2026-03-28 23:00", "2026-03-29 07:00"),
        ("2026-10-24 23:00", "2026-10-25 07:00"),
    ],
)
def test_quiet_hours_end_at_seven(moment: str, goes: str) -> None:
    assert rules.after_quiet(local(moment), NIGHT) == local(goes)


def test_quiet_hours_may_lie_within_a_day() -> None:
    noon = Quiet(12 * 60, 14 * 60, BERLIN)
    assert rules.after_quiet(local("2026-11-20 12:30"), noon) == local("2026-11-20 14:00")
    assert rules.after_quiet(local("2026-11-20 23:30"), noon) == local("2026-11-20 23:30")


def test_equal_ends_are_never_quiet() -> None:
    assert not Quiet(420, 420, BERLIN).holds(local("2026-11-20 07:00"))


def test_quiet_hours_that_end_in_the_hour_that_comes_twice() -> None:
    quiet = Quiet(60, 150, BERLIN)
    assert rules.after_quiet(local("2026-10-25 02:10"), quiet) == local("2026-10-25 02:30")
    assert rules.after_quiet(local("2026-10-25 02:10", fold=1), quiet) == local("2026-10-25 02:30", fold=1)


def test_quiet_hours_that_end_in_the_hour_that_is_left_out() -> None:
    nearly_always = Quiet(180, 150, BERLIN)
    assert rules.after_quiet(local("2026-03-28 12:00"), nearly_always) == local("2026-03-30 02:30")


@given(MOMENTS, MINUTES, MINUTES, ZONES)
def test_what_is_held_back_goes_out_when_it_is_not_quiet(
    moment: datetime, begin: int, end: int, zone: str
) -> None:
    quiet = Quiet(begin, end, ZoneInfo(zone))
    goes = rules.after_quiet(moment, quiet)
    assert goes >= moment
    assert not quiet.holds(goes)
    assert (goes == moment) is not quiet.holds(moment)
    assert goes - moment <= timedelta(hours=50)


def test_what_would_come_too_late_is_not_held_back() -> None:
    night, early = local("2026-11-23 22:00"), local("2026-11-24 06:30")
    assert rules.may_go_at(night, NIGHT, early) == night
    assert rules.may_go_at(night, NIGHT, START) == local("2026-11-24 07:00")
    assert rules.may_go_at(night, NIGHT) == local("2026-11-24 07:00")


def test_a_day_before_is_elapsed_time_across_a_change_of_the_clocks() -> None:
    monday = local("2026-10-26 10:00")
    sunday = local("2026-10-25 10:00")
    (one,) = rules.schedule(sunday, [1440], NIGHT)
    assert one.due_at == local("2026-10-24 11:00")  # the clocks were put back between
    assert rules.schedule(monday, [1440], NIGHT)[0].due_at == local("2026-10-25 10:00")


def test_of_reminders_that_fall_together_the_nearer_one_stays() -> None:
    early = local("2026-11-24 07:30")
    assert [(each.offset_min, each.not_before) for each in rules.schedule(early, [1440, 480, 60], NIGHT)] == [
        (1440, local("2026-11-23 07:30")),
        (60, local("2026-11-24 07:00")),
    ]


@given(MOMENTS, st.lists(st.integers(1, 10_000), max_size=6), MINUTES, MINUTES, ZONES)
def test_every_reminder_is_due_before_its_start(
    start: datetime, offsets: list[int], begin: int, end: int, zone: str
) -> None:
    found = rules.schedule(start, offsets, Quiet(begin, end, ZoneInfo(zone)))
    times = [each.not_before for each in found]
    assert len(set(times)) == len(times) <= len(set(offsets))
    for each in found:
        assert each.due_at == start - timedelta(minutes=each.offset_min)
        assert each.due_at <= each.not_before < start
    assert bool(found) is bool(offsets)
    if found:
        assert min(each.offset_min for each in found) == min(offsets)


def test_a_reminder_that_is_due_already_is_skipped() -> None:
    planned = rules.schedule(START, [1440, 60], NIGHT)
    assert rules.ahead(planned, START - timedelta(hours=24)) == planned[1:]
    assert rules.ahead(planned, START - timedelta(hours=24, seconds=1)) == planned


def told(*, off: bool = False, **changes: object) -> Told:
    return Told(AGREED._replace(**changes), 3, off)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "stands", "kind"),
    [
        (None, AGREED, MessageKind.CONFIRMATION),
        (told(off=True), AGREED, MessageKind.CONFIRMATION),
        (told(), AGREED, None),
        (told(starts_at=START + timedelta(hours=1)), AGREED, MessageKind.CHANGE),
        (told(duration_min=30), AGREED, MessageKind.CHANGE),
        (told(trainer="Fio"), AGREED, MessageKind.CHANGE),
        (told(place=None), AGREED, MessageKind.CHANGE),
        (told(starts_at=NOW - timedelta(days=1)), AGREED, MessageKind.CHANGE),
        (None, AGREED._replace(starts_at=NOW), None),
        (told(), AGREED._replace(starts_at=NOW - timedelta(days=1)), None),
        (told(), None, MessageKind.CANCELLATION),
        (told(off=True), None, None),
        (told(starts_at=NOW), None, None),
        (None, None, None),
    ],
)
def test_what_is_news(known: Told | None, stands: Agreed | None, kind: MessageKind | None) -> None:
    assert rules.news(known, stands, NOW) is kind


def test_what_nobody_announced_is_no_news() -> None:
    assert rules.news(None, AGREED, NOW, announces=False) is None
    assert rules.news(told(trainer="Fio"), AGREED, NOW, announces=False) is MessageKind.CHANGE


def test_versions_rise() -> None:
    assert rules.next_sequence(0, None) == 0
    assert rules.next_sequence(1, told()) == 4
    assert rules.next_sequence(7, told()) == 7


@pytest.mark.parametrize(
    ("born", "minor"),
    [
        (None, False),
        (date(2008, 11, 20), False),
        (date(2008, 11, 21), True),
        (date(2008, 12, 1), True),
        (date(2008, 10, 30), False),
        (date(2015, 1, 1), True),
        (date(1980, 1, 1), False),
    ],
)
def test_who_is_under_eighteen(born: date | None, minor: bool) -> None:
    assert rules.is_minor(born, TODAY) is minor


@pytest.mark.parametrize("kind", MessageKind)
def test_who_wants_what(kind: MessageKind) -> None:
    is_news = kind in rules.NEWS
    brings_back = kind in rules.CAPPED or kind is MessageKind.CREDITS
    assert rules.wants(ANNA, kind)
    assert rules.wants(ANNA._replace(unsubscribed_at=NOW), kind) is is_news
    assert rules.wants(ANNA._replace(status=ClientStatus.PAUSED), kind) is not brings_back
    assert rules.wants(ANNA._replace(status=ClientStatus.CHURNED), kind) is not brings_back
    gone = ANNA._replace(removed_at=NOW)
    assert rules.wants(gone, kind) is (kind is MessageKind.CANCELLATION)


CHILD = ANNA._replace(birth_date=date(2012, 5, 1), guardian_email="g@x.org")
COPY = Addressee(Channel.EMAIL, "g@x.org", is_copy=True)


@pytest.mark.parametrize(
    ("person", "found"),
    [
        (ANNA, [Addressee(Channel.EMAIL, "a@x.org")]),
        (ANNA._replace(email=None), []),
        (ANNA._replace(channel=Channel.NONE), []),
        (ANNA._replace(channel=Channel.COMMAND), [Addressee(Channel.COMMAND, "0171")]),
        (ANNA._replace(channel=Channel.COMMAND, phone=None), [Addressee(Channel.COMMAND, "a@x.org")]),
        (ANNA._replace(channel=Channel.COMMAND, phone=None, email=None), []),
        (ANNA._replace(guardian_email="g@x.org"), [Addressee(Channel.EMAIL, "a@x.org")]),
        (CHILD, [Addressee(Channel.EMAIL, "a@x.org"), COPY]),
        (CHILD._replace(email=None), [COPY]),
        (CHILD._replace(channel=Channel.NONE), []),
        (CHILD._replace(removed_at=NOW), []),
    ],
)
def test_where_it_goes(person: Person, found: list[Addressee]) -> None:
    assert rules.addressees(person, MessageKind.REMINDER, TODAY) == found


def test_one_mail_of_progress_a_day() -> None:
    goal, weekly, balance = MessageKind.GOAL, MessageKind.WEEKLY_SUMMARY, MessageKind.CREDITS
    assert rules.is_within_cap(goal, [])
    assert rules.is_within_cap(goal, [balance])
    assert not rules.is_within_cap(goal, [balance, weekly])
    assert rules.is_within_cap(balance, [goal, weekly])


def test_what_is_about_no_start_lasts_a_week_or_two() -> None:
    assert rules.expires_at(MessageKind.VALIDATION, NOW) == NOW + timedelta(days=14)
    assert rules.expires_at(MessageKind.CREDITS, NOW) == NOW + timedelta(days=7)


def test_keys_tell_causes_apart() -> None:
    key = rules.reminder_key(12, 60, START)
    assert key == "reminder:12:60:20261124T090000"
    assert rules.reminder_offset(key) == 60
    assert rules.reminder_key(12, 60, START + timedelta(seconds=1)) != key
    assert rules.copy_key(key, COPY) == f"{key}:guardian"
    assert rules.copy_key(key, Addressee(Channel.EMAIL, "a@x.org")) == key
    assert rules.news_key(MessageKind.CHANGE, 12, 3) == "change:12:3"


class Row(NamedTuple):
    id: int
    kind: MessageKind
    recipient: str
    dedupe_key: str


def row(number: int, offset: int, about: int = 12, recipient: str = "a@x.org") -> Row:
    return Row(number, MessageKind.REMINDER, recipient, rules.reminder_key(about, offset, START))


def test_of_reminders_due_together_the_nearest_goes_out() -> None:
    news = Row(9, MessageKind.CHANGE, "a@x.org", "change:12:1")
    assert rules.superseded_together([row(1, 1440), row(2, 60), row(3, 120), news]) == [1, 3]
    assert rules.superseded_together([row(1, 1440), row(2, 60, about=13)]) == []
    assert rules.superseded_together([row(1, 1440), row(2, 60, recipient="g@x.org")]) == []
    assert rules.superseded_together([]) == []


@pytest.mark.parametrize(
    ("clock", "is_quiet"), [("11:59", False), ("12:00", True), ("13:59", True), ("14:00", False)]
)
def test_it_is_quiet_from_the_first_minute_to_before_the_last(clock: str, is_quiet: bool) -> None:
    assert Quiet(12 * 60, 14 * 60, BERLIN).holds(local(f"2026-11-20 {clock}")) is is_quiet


@pytest.mark.parametrize(("minutes", "kind"), [(1, MessageKind.CANCELLATION), (0, None), (-1, None)])
def test_what_has_begun_is_not_called_off(minutes: int, kind: MessageKind | None) -> None:
    known = Told(AGREED._replace(starts_at=NOW + timedelta(minutes=minutes)), 0, is_cancelled=False)
    assert rules.news(known, None, NOW) is kind


def test_only_what_is_still_to_come_due_is_ahead() -> None:
    planned = [rules.Reminder(60, NOW + timedelta(minutes=minutes), NOW) for minutes in (-1, 0, 1)]
    assert rules.ahead(planned, NOW) == planned[2:]
