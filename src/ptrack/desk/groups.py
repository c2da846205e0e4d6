"""Groups: who joins one, and what is done to all of one at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from ptrack.clients.queries import practice
from ptrack.database.session import Writing
from ptrack.desk.book import slot_of
from ptrack.desk.clearance import afford, in_the_way_numbers, obstacles, obstacles_text
from ptrack.desk.correspondence import follow
from ptrack.desk.series import Agreed
from ptrack.errors import ConflictError, RuleError, StateError
from ptrack.models.agenda import Appointment, AppointmentGroup
from ptrack.models.practice import Client
from ptrack.scheduling.actions import (
    find_appointment,
    group_members,
    open_members,
    rest_of_series,
    take_for,
)
from ptrack.scheduling.rules import Move
from ptrack.vocabulary import AppointmentStatus


@dataclass(frozen=True, slots=True)
class Reach:
    """How far something goes that is done to an appointment: the rest of its series, its whole group."""

    following: bool = False
    whole_group: bool = False


def reached(work: Writing, number: int, reach: Reach, move: Move) -> list[int]:
    """The numbers of the appointments that a move is for, in order of time.

    Raises UsageError where there is no such group or series, StateError where nothing is left in it to be
    moved.
    """
    anchor = find_appointment(work, number)
    if not reach.following and not reach.whole_group:
        return [number]
    if not reach.following:
        rows = open_members(work, anchor)
        if not rows:
            raise StateError(f"nobody in group {anchor.group_id} is still to come; it cannot be {move}")
    else:
        rows = _following(work, take_for(work, number, move), whole_group=reach.whole_group)
    return [row.id or 0 for row in rows]


def _following(work: Writing, anchor: Appointment, *, whole_group: bool) -> list[Appointment]:
    """The rest of a series: the client's alone, or with everybody in its groups."""
    rows = rest_of_series(work, anchor)
    if not whole_group:
        return [row for row in rows if row.client_id == anchor.client_id]
    found = {row.id: row for row in rows}
    for row in {row.group_id: row for row in rows if row.group_id is not None}.values():
        found |= {member.id: member for member in open_members(work, row)}
    return sorted(found.values(), key=lambda row: (row.starts_at, row.id))


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joins a group: this time, or with `following` the rest of its series."""

    client_id: int
    following: bool = False
    force: bool = False
    strict: bool = False
    is_silent: bool = False


def join(work: Writing, group: int, joining: Joining) -> Agreed:
    """Book a client into a group that is still to come.

    Raises StateError for a group that is over or cancelled, RuleError for a full one (unless forced),
    ConflictError where the client is in it or somebody is taken at that time; then nothing is written.
    """
    anchor = _anchor(work, group)
    every = _hosts(work, anchor) if joining.following else [anchor]
    hosts = [host for host in every if not _is_in(work, host, joining.client_id)]
    if not hosts:
        _require_absent(work, anchor, joining.client_id)
    notices = [notice for host in hosts for notice in _seat(work, host, joining)]
    notices += _clear_way(work, hosts, joining)
    house = practice(work.reader)
    starts = [host.starts_at for host in hosts]
    notices += afford(work, house, joining.client_id, starts, strict=joining.strict)
    rows = [
        Appointment(
            client_id=joining.client_id,
            trainer_id=host.trainer_id,
            location_id=host.location_id,
            group_id=host.group_id,
            series_id=host.series_id if joining.following else None,
            starts_at=host.starts_at,
            duration_min=host.duration_min,
            created_at=work.now,
        )
        for host in hosts
    ]
    work.session.add_all(rows)
    work.flush()
    numbers = tuple(row.id or 0 for row in rows)
    follow(work, numbers, is_silent=joining.is_silent)
    return Agreed(numbers, tuple(dict.fromkeys(notices)))


def _anchor(work: Writing, group: int) -> Appointment:
    """An appointment of the group that says when and where it is; StateError where it can't be joined."""
    members = group_members(work, group)
    still_open = [member for member in members if member.status is AppointmentStatus.SCHEDULED]
    if still_open:
        return next((member for member in still_open if member.series_id is not None), still_open[0])
    is_called_off = all(member.status is AppointmentStatus.CANCELLED for member in members)
    raise StateError(f"group {group} is {'cancelled' if is_called_off else 'over'}; it cannot be joined")


def _hosts(work: Writing, anchor: Appointment) -> list[Appointment]:
    """One appointment of each group in the rest of the series."""
    rows = rest_of_series(work, anchor)
    return list({row.group_id: row for row in reversed(rows) if row.group_id is not None}.values())[::-1]


def _present(work: Writing, group: int | None) -> list[Appointment]:
    """The members of a group who have not cancelled."""
    members = group_members(work, group or 0)
    return [member for member in members if member.status is not AppointmentStatus.CANCELLED]


def _is_in(work: Writing, host: Appointment, client_id: int) -> bool:
    return client_id in {member.client_id for member in _present(work, host.group_id)}


def _require_absent(work: Writing, host: Appointment, client_id: int) -> None:
    for member in _present(work, host.group_id):
        if member.client_id == client_id:
            name = work.get(Client, client_id).name
            raise ConflictError(
                f"{name} is in group {host.group_id} already: appointment {member.id}.", [str(member.id)]
            )


def _seat(work: Writing, host: Appointment, joining: Joining) -> list[str]:
    """See that the group is not full; where one more is forced in, that it is."""
    capacity = work.get(AppointmentGroup, host.group_id).capacity
    present = len(_present(work, host.group_id))
    if capacity is None or present < capacity:
        return []
    told = f"Group {host.group_id} is full: {present} of {capacity}"
    if not joining.force:
        raise RuleError(f"{told}.\nOne more all the same: --force")
    return [f"{told}. Booked all the same."]


def _clear_way(work: Writing, hosts: Sequence[Appointment], joining: Joining) -> list[str]:
    """See that the client is free each time; what is worth saying where that is forced."""
    house = practice(work.reader)
    wanted = [slot_of(host)._replace(id=None, client_id=joining.client_id) for host in hosts]
    found = [obstacle for slot in wanted for obstacle in obstacles(work, house, slot)]
    if found and not joining.force:
        raise ConflictError(
            f"{obstacles_text(found)}\nBook it all the same: --force", in_the_way_numbers(found)
        )
    return [obstacles_text(found, "Booked all the same")] if found else []
