"""An agenda and a ledger in plain values: what the practice must look like after each step.

It is written from the rules, not from the program: whoever books, moves or cancels there does the same here,
and the two are compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
LATE = timedelta(hours=24)
EARLY = timedelta(minutes=15)


@dataclass
class Took:
    """The session of an appointment: how it stands, whether it costs a credit, who pays."""

    status: str
    charged: bool = False
    package: int | None = None


@dataclass
class Agreed:
    """An appointment."""

    id: int
    client: int
    trainer: int
    starts_at: datetime
    minutes: int
    group: int | None = None
    series: int | None = None
    status: str = "scheduled"
    session: Took | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_open(self) -> bool:
        return self.status == "scheduled"

    @property
    def in_progress(self) -> bool:
        return self.is_open and self.session is not None and self.session.status == "in_progress"


@dataclass
class Bought:
    """A package; `left` is None where nothing is counted."""

    id: int
    client: int
    left: int | None
    expires_on: date | None

    def covers(self, day: date) -> bool:
        is_good = self.expires_on is None or day <= self.expires_on
        return is_good and (self.left is None or self.left > 0)


@dataclass
class Model:
    """The whole practice."""

    appointments: dict[int, Agreed] = field(default_factory=dict)
    packages: dict[int, Bought] = field(default_factory=dict)

    def in_the_way(self, wanted: Sequence[Agreed], aside: Sequence[int] = ()) -> bool:
        """Whether any of these meets what is booked, or one another."""
        booked = [
            each for each in self.appointments.values() if each.id not in aside and each.status != "cancelled"
        ]
        pairs = [(one, other) for one in wanted for other in booked]
        pairs += [(one, other) for number, one in enumerate(wanted) for other in wanted[number + 1 :]]
        return any(_meet(one, other) for one, other in pairs)

    def charge(self, appointment: Agreed) -> None:
        """Let the first package that is good on the day pay; owed where none is."""
        assert appointment.session is not None
        day = appointment.starts_at.astimezone(ZONE).date()
        good = [
            package
            for package in self.packages.values()
            if package.client == appointment.client and package.covers(day)
        ]
        payer = min(good, key=lambda package: (package.expires_on or date.max, package.id), default=None)
        appointment.session.package = payer.id if payer else None
        appointment.session.charged = payer is None or payer.left is not None
        if payer and payer.left is not None:
            payer.left -= 1

    def refund(self, appointment: Agreed) -> None:
        """Give back what the session cost."""
        took = appointment.session
        assert took is not None
        if not took.charged:
            return
        took.charged = False
        if took.package is not None:
            package = self.packages[took.package]
            assert package.left is not None
            package.left += 1

    def settle(self, package: Bought) -> None:
        """Let a new package pay for what its client owes, the oldest first."""
        owed = [
            each
            for each in self.appointments.values()
            if each.client == package.client
            and each.session is not None
            and each.session.charged
            and each.session.package is None
        ]
        for each in sorted(owed, key=lambda each: (each.starts_at, each.id)):
            assert each.session is not None
            if package.covers(each.starts_at.astimezone(ZONE).date()):
                each.session.package, each.session.charged = package.id, package.left is not None
                if package.left is not None:
                    package.left -= 1

    def members(self, group: int) -> list[Agreed]:
        return [each for each in self.appointments.values() if each.group == group]

    def rest(self, anchor: Agreed) -> list[Agreed]:
        """What is still open of the anchor's series from it on."""
        return [
            each
            for each in self.appointments.values()
            if each.series == anchor.series and each.is_open and each.starts_at >= anchor.starts_at
        ]

    def moved_with(self, anchor: Agreed, *, following: bool) -> list[Agreed]:
        """What moves when one is moved: the rest of its series, and everybody in their groups."""
        rows = self.rest(anchor) if following else [anchor]
        found = {each.id: each for each in rows}
        for group in {each.group for each in rows if each.group is not None}:
            found |= {each.id: each for each in self.members(group) if each.is_open}
        return list(found.values())


def _meet(one: Agreed, other: Agreed) -> bool:
    if one.group is not None and one.group == other.group:
        return False
    shares = one.trainer == other.trainer or one.client == other.client
    return shares and one.starts_at < other.ends_at and other.starts_at < one.ends_at
