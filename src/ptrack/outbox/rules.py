"""What a client is owed by mail and when it may go out; pure.

Offsets are elapsed time: 24 hours before a start are 24 hours, also where the clocks change between, so that
the reminder of Monday 10:00 may come on Sunday at 9:00 or 11:00. Quiet hours are minutes of the studio's
clock.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from ptrack.vocabulary import Channel, ClientStatus, MessageKind, MessageStatus

UNSENT = frozenset((MessageStatus.PENDING, MessageStatus.CLAIMED, MessageStatus.FAILED))
"""What has not gone out, and is taken out of the outbox once it is no longer true."""
REACHED = frozenset((MessageStatus.IN_FLIGHT, MessageStatus.SENT, MessageStatus.UNCERTAIN))
"""What the client has been told, or may have been."""

NEWS = frozenset((MessageKind.CONFIRMATION, MessageKind.CHANGE, MessageKind.CANCELLATION))
"""What tells a client of an appointment made, changed or called off; nobody can unsubscribe from it."""
CAPPED = frozenset((MessageKind.GOAL, MessageKind.ACHIEVEMENT, MessageKind.WEEKLY_SUMMARY))
"""What comes of jobs: of all these together a client gets one a day."""

COPY = ":guardian"
"""What the key of a guardian's copy ends with."""

OF_AGE = 18
FEW_CREDITS = {2: "two_left", 0: "none_left"}
"""The balances at which a client is told of them, and what that is called in the facts."""
EXPIRING_DAYS = 14
"""So many days before its last day a client is told that a package with credits runs out."""
AFTERWARDS = timedelta(days=7)
"""A session longer ago than this is history that somebody catches up on; no mail is made of it."""

_LASTING = {MessageKind.VALIDATION: timedelta(days=14)}
_LASTING_ELSE = timedelta(days=7)


class Quiet(NamedTuple):
    """The part of the day in which nothing goes out, in minutes of the zone's clock; equal ends are none."""

    from_min: int
    to_min: int
    zone: ZoneInfo

    def holds(self, moment: datetime) -> bool:
        """Whether it is quiet at that instant."""
        local = moment.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        if self.from_min <= self.to_min:
            return self.from_min <= minute < self.to_min
        return minute >= self.from_min or minute < self.to_min


class Agreed(NamedTuple):
    """What a client has to know of an appointment, so that a change of it is news."""

    starts_at: datetime
    duration_min: int
    trainer: str
    place: str | None


class Told(NamedTuple):
    """What a client was told last of an appointment, and the number of its version (SEQUENCE)."""

    agreed: Agreed
    sequence: int
    is_cancelled: bool


class Person(NamedTuple):
    """Whom mail is for, as far as that decides what is made and where it goes."""

    id: int
    name: str
    email: str | None
    phone: str | None
    birth_date: date | None
    guardian_email: str | None
    channel: Channel
    reminder_offsets: str | None
    unsubscribed_at: datetime | None
    status: ClientStatus
    removed_at: datetime | None


class Addressee(NamedTuple):
    """Where a message goes: the client, or (`is_copy`) the guardian."""

    channel: Channel
    recipient: str
    is_copy: bool = False


class Reminder(NamedTuple):
    """A reminder of a start: so many minutes before, at that instant, or later where it was quiet then."""

    offset_min: int
    due_at: datetime
    not_before: datetime


class Waiting(Protocol):
    """What is asked of a message that is about to go out."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def kind(self) -> MessageKind:
        """What it is about."""

    @property
    def recipient(self) -> str:
        """Where it goes."""

    @property
    def dedupe_key(self) -> str:
        """What it is known by."""


def after_quiet(moment: datetime, quiet: Quiet) -> datetime:
    """The first instant from that one on at which it is not quiet."""
    if not quiet.holds(moment):
        return moment
    day = moment.astimezone(quiet.zone).date()
    return next(end for end in _ends(day, quiet) if end > moment and not quiet.holds(end))


def _ends(day: date, quiet: Quiet) -> Iterator[datetime]:
    """The instants at which it stops being quiet from a day on: two where the clock shows that time twice."""
    while True:
        wall = datetime.combine(day, time(*divmod(quiet.to_min, 60)), quiet.zone)
        yield from (wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
        day += timedelta(days=1)


def may_go_at(moment: datetime, quiet: Quiet, starts_at: datetime | None = None) -> datetime:
    """When a message may go out that is made at `moment`: after the quiet hours.

    One about an appointment that would pass meanwhile is not held back.
    """
    later = after_quiet(moment, quiet)
    return moment if starts_at is not None and later >= starts_at else later


def schedule(starts_at: datetime, offsets: Iterable[int], quiet: Quiet) -> list[Reminder]:
    """The reminders of a start, the earliest first; of two that fall together the nearer one stays."""
    found: dict[datetime, Reminder] = {}
    for offset in sorted(set(offsets), reverse=True):
        due = starts_at - timedelta(minutes=offset)
        goes = may_go_at(due, quiet, starts_at)
        found[goes] = Reminder(offset, due, goes)
    return list(found.values())


def ahead(reminders: Iterable[Reminder], now: datetime) -> list[Reminder]:
    """Those that are not due yet; an appointment booked later than an offset goes without that reminder."""
    return [reminder for reminder in reminders if reminder.due_at > now]


def news(
    told: Told | None, stands: Agreed | None, now: datetime, *, announces: bool = True
) -> MessageKind | None:
    """What a client is to be told of an appointment that is still to come, if anything.

    `stands` is None where it was called off or is gone. Without `announces` nobody is told of an appointment
    that they do not know of.
    """
    knows = told is not None and not told.is_cancelled
    if stands is None:
        is_ahead = told is not None and told.agreed.starts_at > now
        return MessageKind.CANCELLATION if knows and is_ahead else None
    if stands.starts_at <= now:
        return None
    if not knows:
        return MessageKind.CONFIRMATION if announces else None
    return MessageKind.CHANGE if told is not None and told.agreed != stands else None


def next_sequence(own: int, told: Told | None) -> int:
    """The number of the version to be told: the appointment's own, and higher than what was told."""
    return own if told is None else max(own, told.sequence + 1)


def is_minor(born: date | None, today: date) -> bool:
    """Whether somebody is known to be under 18."""
    if born is None:
        return False
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < OF_AGE


def wants(person: Person, kind: MessageKind) -> bool:
    """Whether a message of that kind is made for a client at all.

    Who unsubscribed gets news of appointments only, who was removed cancellations only; who is paused or has
    left gets what is about appointments and sessions, and nothing that is to bring them back.
    """
    if person.removed_at is not None:
        return kind is MessageKind.CANCELLATION
    if person.unsubscribed_at is not None:
        return kind in NEWS
    return person.status is ClientStatus.ACTIVE or kind not in CAPPED | {MessageKind.CREDITS}


def addressees(person: Person, kind: MessageKind, today: date) -> list[Addressee]:
    """Where a message to a client goes; nowhere where they want none or cannot be reached.

    The guardian of a client under 18 gets a copy by e-mail, whether or not the client has an address.
    """
    if person.channel is Channel.NONE or not wants(person, kind):
        return []
    found = []
    if own := own_address(person):
        found.append(Addressee(person.channel, own))
    if person.guardian_email and is_minor(person.birth_date, today):
        found.append(Addressee(Channel.EMAIL, person.guardian_email, is_copy=True))
    return found


def own_address(person: Person) -> str | None:
    """The address of a client's channel: a command is given the telephone number, or else the e-mail's."""
    return (person.phone or person.email) if person.channel is Channel.COMMAND else person.email


def is_within_cap(kind: MessageKind, made_today: Collection[MessageKind]) -> bool:
    """Whether a client may get one more message of that kind on a day on which those were made."""
    return kind not in CAPPED or CAPPED.isdisjoint(made_today)


def expires_at(kind: MessageKind, made_at: datetime) -> datetime:
    """Until when a message that is about no start ahead is worth sending."""
    return made_at + _LASTING.get(kind, _LASTING_ELSE)


def reminder_key(appointment: int, offset_min: int, starts_at: datetime) -> str:
    """What a reminder is known by: moved appointments have others."""
    return f"reminder:{appointment}:{offset_min}:{starts_at.astimezone(UTC):%Y%m%dT%H%M%S}"


def news_key(kind: MessageKind, appointment: int, sequence: int) -> str:
    """What news of an appointment, or of several of which it is the first, is known by."""
    return f"{kind}:{appointment}:{sequence}"


def copy_key(key: str, addressee: Addressee) -> str:
    """The key of a message, or of the guardian's copy of it."""
    return f"{key}{COPY}" if addressee.is_copy else key


def reminder_offset(dedupe_key: str) -> int:
    """How many minutes before the start a reminder is for, by its key."""
    return int(dedupe_key.split(":")[2])


def superseded_together(rows: Sequence[Waiting]) -> list[int]:
    """Of what goes out together, the reminders beside which a nearer one goes; their numbers.

    That is one of the same appointment to the same recipient.
    """
    nearest: dict[tuple[str, str], int] = {}
    found = []
    reminders = [row for row in rows if row.kind is MessageKind.REMINDER]
    for row in sorted(reminders, key=lambda row: (reminder_offset(row.dedupe_key), row.id)):
        about = (row.dedupe_key.split(":")[1], row.recipient)
        if nearest.setdefault(about, row.id) != row.id:
            found.append(row.id)
    return sorted(found)
