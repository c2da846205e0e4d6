"""Booking several at once: one client again and again, several together, or both; all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ptrack.clients.queries import Practice, practice
from ptrack.database.session import Writing
from ptrack.desk.book import check_link, meeting
from ptrack.desk.clearance import (
    Obstacle,
    afford,
    in_the_way_numbers,
    obstacles,
    obstacles_text,
    outside_hours,
)
from ptrack.desk.correspondence import follow
from ptrack.errors import ConflictError, UsageError
from ptrack.models.agenda import Appointment, AppointmentGroup, AppointmentSeries
from ptrack.moments import clock_text
from ptrack.naming import clean
from ptrack.scheduling.recurrence import (
    Occurrence,
    Rhythm,
    gaps_text,
    occurrences,
    short_months,
    wall_times,
)
from ptrack.scheduling.rules import Slot


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is agreed with one client or several, once or in a rhythm; `first` is a local time.

    Several clients, a name or a capacity make it a group. `skip` leaves out the times that cannot be booked,
    `is_silent` tells the clients nothing.
    """

    client_ids: tuple[int, ...]
    trainer_id: int
    first: datetime
    rhythm: Rhythm | None = None
    duration_min: int = 60
    location_id: int | None = None
    package_id: int | None = None
    notes: str | None = None
    name: str | None = None
    capacity: int | None = None
    force: bool = False
    strict: bool = False
    skip: bool = False
    is_silent: bool = False

    @property
    def is_group(self) -> bool:
        """Whether a group comes, be it of one as yet."""
        return len(self.client_ids) > 1 or self.name is not None or self.capacity is not None


@dataclass(frozen=True, slots=True)
class Agreed:
    """The numbers of the appointments in order of time, and what is worth saying about them."""

    numbers: tuple[int, ...]
    notices: tuple[str, ...] = ()


class _Time(NamedTuple):
    """One time of the agreement: when, whom it takes up, and what is in the way."""

    local: datetime
    slots: tuple[Slot, ...]
    obstacles: tuple[Obstacle, ...]


def agree(work: Writing, agreement: Agreement) -> Agreed:
    """Write all the appointments of an agreement.

    Raises ConflictError naming everything in the way (unless forced or skipped), UsageError for times that
    do not exist (unless skipped) and what makes no series, RuleError where a strict practice finds too few
    credits; then nothing is written.
    """
    house = practice(work.reader)
    _check(work, agreement)
    walls = [agreement.first]
    notices: list[str] = []
    if agreement.rhythm is not None:
        walls = wall_times(agreement.first, agreement.rhythm)
        notices += _short_months_text(walls, agreement.rhythm)
    found = occurrences(walls, house.zone)
    notices += _existing_only(agreement, found)
    times = _times(work, house, agreement, found)
    free = _free(agreement, times)
    notices += _left_out(times, free)
    if taken := [obstacle for time in free for obstacle in time.obstacles]:
        notices.append(obstacles_text(taken, "Booked all the same"))
    for time in free:
        notices += outside_hours(work, house, time.slots[0])
    starts = [time.slots[0].starts_at for time in free]
    for client in agreement.client_ids:
        notices += afford(work, house, client, starts, strict=agreement.strict, linked=agreement.package_id)
    numbers = _write(work, agreement, free)
    follow(work, numbers, is_silent=agreement.is_silent)
    return Agreed(numbers, tuple(dict.fromkeys(notices)))


def _check(work: Writing, agreement: Agreement) -> None:
    """See that what was said of package and capacity can be."""
    size = len(agreement.client_ids)
    if agreement.package_id is not None and size > 1:
        raise UsageError("--package names one client's package; link it to theirs: appointments edit ID")
    check_link(work, agreement.client_ids[0], agreement.package_id)
    if agreement.capacity is not None and size > agreement.capacity:
        raise UsageError(
            f"{size} clients are more than --capacity {agreement.capacity}. Raise it, or name fewer."
        )


def _short_months_text(walls: list[datetime], rhythm: Rhythm) -> list[str]:
    months = short_months(walls, rhythm)
    if not months:
        return []
    named = ", ".join(f"{month:%b %Y}" for month in months)
    return [f"Left out, for it has no day {walls[0].day}: {named}."]


def _existing_only(agreement: Agreement, found: list[Occurrence]) -> list[str]:
    """What to say of the zone's jumps; times that do not exist are refused, unless they may be left out."""
    gaps = [occurrence.gap for occurrence in found if occurrence.gap is not None]
    notices = [occurrence.notice for occurrence in found if occurrence.notice is not None]
    if not gaps:
        return notices
    if not agreement.skip:
        if agreement.rhythm is None:
            raise UsageError(gaps[0].text)
        raise UsageError(f"{gaps_text(gaps)}.\nTake another hour, or leave them out: --skip-conflicts")
    return [f"Left out: {gaps_text(gaps)}.", *notices]


def _times(work: Writing, house: Practice, agreement: Agreement, found: Sequence[Occurrence]) -> list[_Time]:
    """Each time that exists, with all that is in its way."""
    times: list[_Time] = []
    for number, occurrence in enumerate(found, start=1):
        if occurrence.instant is None:
            continue
        group = -number if agreement.is_group else None  # a group that has no number yet
        slots = tuple(
            Slot(
                None,
                client,
                agreement.trainer_id,
                occurrence.instant,
                agreement.duration_min,
                group_id=group,
                location_id=agreement.location_id,
            )
            for client in agreement.client_ids
        )
        party = len(slots)
        blocked = [each for slot in slots for each in obstacles(work, house, slot, party=party)]
        if times:
            blocked += meeting(house, [times[-1].slots[0], slots[0]])
        times.append(_Time(occurrence.local, slots, tuple(dict.fromkeys(blocked))))
    return times


def _free(agreement: Agreement, times: Sequence[_Time]) -> list[_Time]:
    """The times to be booked; ConflictError names all that is in the way of the others."""
    if agreement.force:
        return list(times)
    free = [time for time in times if not time.obstacles]
    if free and (agreement.skip or len(free) == len(times)):
        return free
    if not times:
        raise UsageError("None of these times exists; take another hour.")
    found = [obstacle for time in times for obstacle in time.obstacles]
    way_out = "Take another time, or book it all the same: --force"
    counted = ""
    if len(times) > 1:
        counted = f"{len(times) - len(free)} of {len(times)} times are taken"
        if free:
            way_out = "Book the free ones: --skip-conflicts; or all of them all the same: --force"
    raise ConflictError(f"{obstacles_text(found, counted)}\n{way_out}", in_the_way_numbers(found))


def _left_out(times: Sequence[_Time], free: Sequence[_Time]) -> list[str]:
    """Which times were left out, and why."""
    left_out = [time for time in times if time not in free]
    if not left_out:
        return []
    told = [f"  {clock_text(time.local)}: {_every_text(time)}" for time in left_out]
    return ["\n".join([f"Left out {len(left_out)} of {len(times)}:", *told])]


def _every_text(time: _Time) -> str:
    return "; ".join(dict.fromkeys(obstacle.text for obstacle in time.obstacles))


def _write(work: Writing, agreement: Agreement, times: Sequence[_Time]) -> tuple[int, ...]:
    series = _series(work, agreement)
    rows: list[Appointment] = []
    for time in times:
        group = _group(work, agreement)
        rows += [
            Appointment(
                client_id=slot.client_id,
                trainer_id=slot.trainer_id,
                location_id=slot.location_id,
                package_id=agreement.package_id,
                group_id=group,
                series_id=series,
                starts_at=slot.starts_at,
                duration_min=slot.duration_min,
                notes=agreement.notes or None,
                created_at=work.now,
            )
            for slot in time.slots
        ]
    work.session.add_all(rows)
    work.flush()
    return tuple(row.id or 0 for row in rows)


def _series(work: Writing, agreement: Agreement) -> int | None:
    if agreement.rhythm is None:
        return None
    return work.add(AppointmentSeries(repeats=agreement.rhythm.repeats, created_at=work.now)).id


def _group(work: Writing, agreement: Agreement) -> int | None:
    if not agreement.is_group:
        return None
    name = clean(agreement.name or "") or None
    group = AppointmentGroup(name=name, capacity=agreement.capacity, created_at=work.now)
    return work.add(group).id
