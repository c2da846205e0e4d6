"""Trainers who leave, places that are given up, days off: what that means for what is booked."""

from datetime import date

from ptrack.clients.queries import Practice, clients_at_place, clients_of_trainer, practice, trainer_names
from ptrack.clients.staff import set_active
from ptrack.database.session import Writing
from ptrack.errors import RuleError, StateError
from ptrack.models.practice import Location, Trainer
from ptrack.moments import clock_text, local_day_bounds
from ptrack.scheduling import queries
from ptrack.scheduling.availability_queries import Ahead, ahead_at, ahead_with
from ptrack.scheduling.hours_actions import add_day_off
from ptrack.vocabulary import AppointmentStatus

_NAMED = 3


def deactivate_trainer(work: Writing, number: int, *, force: bool) -> list[str]:
    """Book nothing more with a trainer; what stays to be done about it.

    Raises RuleError for the owner, StateError where appointments are still scheduled (unless forced).
    """
    trainer = work.get(Trainer, number)
    if number == trainer_names(work.reader)[0].id:
        raise RuleError(
            f"{trainer.name} ({number}) is the owner, whom records without a trainer belong to.\n"
            f"An owner can be renamed, not deactivated: ptrack trainers edit {number} --name NAME"
        )
    set_active(work, trainer, active=False)
    notices = _still_booked(work, trainer.name, ahead_with(work.reader, number), f"--trainer {number}", force)
    theirs = clients_of_trainer(work.reader, number)
    if theirs:
        notices.append(
            f"{_count(theirs, 'client')} of {trainer.name}: ptrack clients list --trainer {number}. "
            "Give each another: ptrack clients edit CLIENT --trainer NAME"
        )
    return notices


def deactivate_location(work: Writing, number: int, *, force: bool) -> list[str]:
    """Book nothing more at a place; what stays to be done about it.

    Raises StateError where appointments are still scheduled there (unless forced).
    """
    place = work.get(Location, number)
    set_active(work, place, active=False)
    notices = _still_booked(work, place.name, ahead_at(work.reader, number), f"--location {number}", force)
    there = clients_at_place(work.reader, number)
    if there:
        notices.append(
            f"{_count(there, 'client')} at {place.name}: ptrack clients list --location {number}. "
            "Give each another: ptrack clients edit CLIENT --location NAME"
        )
    return notices


def _still_booked(work: Writing, name: str, ahead: Ahead, option: str, force: bool) -> list[str]:
    """That something is still to take place; the refusal of it unless it is forced."""
    if not ahead.number:
        return []
    first = f", the first on {clock_text(practice(work.reader).local(ahead.first))}" if ahead.first else ""
    told = f"{name} still has {_count(ahead.number, 'appointment')}{first}"
    see = f"See: ptrack appointments list {option} --status scheduled"
    if not force:
        raise StateError(f"{told}.\n{see}. Deactivate all the same: --force")
    return [f"{told}. {see}"]


def take_days_off(
    work: Writing, trainer_id: int | None, first_day: date, last_day: date, reason: str | None
) -> tuple[int, list[str]]:
    """Note days off; their number, and which appointments are booked on them."""
    number = add_day_off(work, trainer_id, first_day, last_day, reason)
    return number, _booked_on(work, practice(work.reader), trainer_id, first_day, last_day)


def _booked_on(
    work: Writing, house: Practice, trainer_id: int | None, first_day: date, last_day: date
) -> list[str]:
    rows = queries.appointments(
        work.reader,
        house.local(work.now).date(),
        local_day_bounds(first_day, house.zone)[0],
        local_day_bounds(last_day, house.zone)[1],
        trainer_id=trainer_id,
        status=AppointmentStatus.SCHEDULED,
    )
    if not rows:
        return []
    named = "; ".join(
        f"{row.id} {row.client} {clock_text(house.local(row.starts_at))}" for row in rows[:_NAMED]
    )
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    option = f" --trainer {trainer_id}" if trainer_id is not None else ""
    return [
        f"Booked on these days: {named}{more}.",
        f"See: ptrack appointments list{option} --from {first_day} --to {last_day} --status scheduled",
    ]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
