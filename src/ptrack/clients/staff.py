"""What is done with trainers and places: one function per intention."""

from collections.abc import Sequence
from dataclasses import dataclass

from ptrack.clients.queries import location_names, trainer_names
from ptrack.clients.rules import required_name, valid_email
from ptrack.database.session import Writing
from ptrack.errors import ConflictError, StateError
from ptrack.models.practice import Location, Trainer
from ptrack.naming import Named, clean, fold
from ptrack.vocabulary import CommissionKind, Role


@dataclass(frozen=True, slots=True)
class TrainerChanges:
    """What can be said of a trainer; None leaves a thing as it is.

    Commission is in hundredths of a percent, or cents a session.
    """

    name: str | None = None
    email: str | None = None
    role: Role | None = None
    commission: tuple[CommissionKind, int] | None = None
    buffer_min: int | None = None


@dataclass(frozen=True, slots=True)
class LocationChanges:
    """What can be said of a place; None leaves a thing as it is, and a capacity of 0 is none."""

    name: str | None = None
    address: str | None = None
    url: str | None = None
    buffer_min: int | None = None
    capacity: int | None = None


def free_name(text: str, noun: str, there: Sequence[Named], own: int | None) -> str:
    """A name as it is stored; ConflictError where another has it, letter case and accents ignored."""
    stored = required_name(text, noun)
    for other in there:
        if fold(other.name) == fold(stored) and other.id != own:
            raise ConflictError(f"There is a {noun} {other.name} ({other.id}) already.", (other.name,))
    return stored


def add_trainer(work: Writing, changes: TrainerChanges) -> int:
    """Take on a trainer; the number. No two share a name."""
    trainer = Trainer(name="", role=Role.TRAINER)
    _apply_to_trainer(work, trainer, changes)
    work.add(trainer)
    assert trainer.id is not None  # noqa: S101  flushed
    return trainer.id


def edit_trainer(work: Writing, number: int, changes: TrainerChanges) -> None:
    """Change what is known of a trainer; sessions completed so far keep their rate."""
    _apply_to_trainer(work, work.get(Trainer, number), changes)
    work.flush()


def _apply_to_trainer(work: Writing, trainer: Trainer, changes: TrainerChanges) -> None:
    if changes.name is not None:
        trainer.name = free_name(changes.name, "trainer", trainer_names(work.reader), trainer.id)
    if changes.email is not None:
        trainer.email = valid_email(changes.email) if changes.email else None
    if changes.commission is not None:
        trainer.commission_kind, trainer.commission = changes.commission
    trainer.role = changes.role or trainer.role
    if changes.buffer_min is not None:
        trainer.buffer_min = changes.buffer_min


def add_location(work: Writing, changes: LocationChanges) -> int:
    """Add a place; the number. No two share a name."""
    location = Location(name="", name_key="")
    _apply_to_location(work, location, changes)
    work.add(location)
    assert location.id is not None  # noqa: S101  flushed
    return location.id


def edit_location(work: Writing, number: int, changes: LocationChanges) -> None:
    """Change what is known of a place."""
    _apply_to_location(work, work.get(Location, number), changes)
    work.flush()


def _apply_to_location(work: Writing, location: Location, changes: LocationChanges) -> None:
    if changes.name is not None:
        location.name = free_name(changes.name, "location", location_names(work.reader), location.id)
        location.name_key = fold(location.name)
    if changes.address is not None:
        location.address = clean(changes.address) or None
    if changes.url is not None:
        location.url = clean(changes.url) or None
    if changes.buffer_min is not None:
        location.buffer_min = changes.buffer_min
    if changes.capacity is not None:
        location.capacity = changes.capacity or None


def set_active(work: Writing, row: Trainer | Location, *, active: bool) -> None:
    """Take a trainer or a place out of use or back into it; StateError where that is so already."""
    if row.is_active is active:
        raise StateError(f"{row.name} is {'active' if active else 'inactive'} already.")
    row.is_active = active
    work.flush()
