"""What the clients of a simulated month are owed by mail, reckoned from the rules of the trade alone.

Nothing here asks ptrack anything. A mail is known by its recipient, its kind, and what it is about.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
OFFSETS = (1440, 60)
LATE = timedelta(minutes=100)
"""So long after it was due, a mail has gone out whatever was in its way."""

Mail = tuple[str, str, str]


def utc(moment: datetime) -> str:
    """An instant as mails are known by it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def goes_at(due: datetime, start: datetime) -> datetime:
    """When a reminder goes out: not between nine in the evening and seven, unless the start would pass."""
    local = due.astimezone(ZONE)
    if 7 <= local.hour < 21:
        return due
    day = local.date() + timedelta(days=local.hour >= 21)
    morning = datetime.combine(day, time(7), ZONE).astimezone(UTC)
    return due if morning >= start else morning


@dataclass
class Person:
    """A client: where mail to them goes, and their credits."""

    name: str
    recipients: tuple[str, ...]
    credits: int


@dataclass
class Slot:
    """An appointment as the model knows it; `touched` is when it was changed last."""

    number: int
    who: Person
    start: datetime
    touched: datetime
    is_open: bool = True
    is_alone: bool = True
    reminders: list[datetime] = field(default_factory=list)

    def is_quiet(self, now: datetime) -> bool:
        """Whether no mail about it can be on its way at an instant."""
        return all(not now - LATE < goes <= now for goes in self.reminders) and self.touched <= now - LATE


class Owed:
    """The book of all that is owed up to an instant: every mail with when it is due."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.trained: set[tuple[str, str]] = set()
        self._mails: list[Mail] = []

    def _note(self, who: Person, kind: str, about: str) -> None:
        self._mails += [(recipient, kind, about) for recipient in who.recipients]

    def booked(self, who: Person, rows: list[tuple[int, datetime]], now: datetime, *, alone: bool) -> None:
        """One confirmation for all of it, reminders for each."""
        for number, start in rows:
            slot = Slot(number, who, start, now, is_alone=alone)
            self._arm(slot, now)
            self.slots.append(slot)
        self._note(who, "confirmation", utc(min(start for _, start in rows)))

    @staticmethod
    def _arm(slot: Slot, now: datetime) -> None:
        """The reminders whose time has not passed."""
        due = [slot.start - timedelta(minutes=offset) for offset in OFFSETS]
        slot.reminders = [goes_at(moment, slot.start) for moment in due if moment > now]

    def _disarm(self, slot: Slot, now: datetime) -> None:
        """What went out before `now` was owed; what was to come is not."""
        for offset in OFFSETS:
            goes = goes_at(slot.start - timedelta(minutes=offset), slot.start)
            if goes in slot.reminders and goes <= now:
                self._note(slot.who, f"reminder {offset}", utc(slot.start))
        slot.reminders = []

    def moved(self, slot: Slot, start: datetime, now: datetime) -> None:
        """The change is told, and reminders are for the new time."""
        self._disarm(slot, now)
        slot.start, slot.touched = start, now
        self._arm(slot, now)
        self._note(slot.who, "change", utc(start))

    def cancelled(self, slot: Slot, now: datetime) -> None:
        """That it is off is told, and there are no more reminders."""
        self._disarm(slot, now)
        slot.is_open = False
        self._note(slot.who, "cancellation", utc(slot.start))

    def closed(self, slot: Slot, now: datetime, *, is_done: bool, is_logged: bool) -> None:
        """It took place, or the client did not come; a credit is drawn, if there is one."""
        self._disarm(slot, now)
        slot.is_open = False
        if is_done:
            self._note(slot.who, "validation", utc(slot.start))
            day = slot.start.astimezone(ZONE).date()
            self.trained.add((slot.who.name, str(day - timedelta(days=day.weekday()))))
        if is_logged:
            self._note(slot.who, "workout_summary", utc(slot.start))
        if slot.who.credits:
            slot.who.credits -= 1
            if slot.who.credits in (0, 2):
                self._note(slot.who, "credits", utc(slot.start))

    def week_told(self, people: dict[str, Person], monday: str) -> None:
        """A summary to everybody who trained in the week of that Monday."""
        for name, week in sorted(self.trained):
            if week == monday:
                self._note(people[name], "weekly_summary", monday)

    def expiring(self, who: Person, last_day: str) -> None:
        """That a package comes to its last day."""
        self._note(who, "credits", last_day)

    def at_end(self, now: datetime) -> Counter[Mail]:
        """All that is owed by an instant."""
        for slot in self.slots:
            self._disarm(slot, now)
        return Counter(self._mails)
