"""What is done with working hours and days off."""

from datetime import date

from ptrack.database.session import Writing
from ptrack.errors import UsageError
from ptrack.models.hours import DayOff, WorkingHours
from ptrack.naming import clean
from ptrack.scheduling.hours import Hours, Span
from ptrack.scheduling.hours_queries import hours_by_trainer


def set_hours(work: Writing, trainer_id: int, hours: Hours) -> None:
    """Set a trainer's week; what stays as it was is left alone."""
    before = _spans(hours_by_trainer(work.reader).get(trainer_id, {}))
    after = _spans(hours)
    for key in before.keys() - after.keys():
        work.delete(work.get(WorkingHours, (trainer_id, *key)))
    for (weekday, starts), ends in sorted(after.items()):
        if (weekday, starts) in before:
            work.get(WorkingHours, (trainer_id, weekday, starts)).ends_min = ends
        else:
            work.add(WorkingHours(trainer_id=trainer_id, weekday=weekday, starts_min=starts, ends_min=ends))
    work.flush()


def _spans(hours: Hours) -> dict[tuple[int, int], int]:
    """The end of each span by its weekday and its beginning, which are its key."""
    return {
        (day, starts): ends
        for day, spans in hours.items()
        for starts, ends in (Span(*span) for span in spans)
    }


def add_day_off(
    work: Writing, trainer_id: int | None, first_day: date, last_day: date, reason: str | None
) -> int:
    """Note days on which a trainer, or without one nobody, works; the number."""
    if last_day < first_day:
        raise UsageError(f"{last_day} is before {first_day}. Give the first day, then the last.")
    row = work.add(
        DayOff(
            trainer_id=trainer_id,
            first_day=first_day,
            last_day=last_day,
            reason=clean(reason or "") or None,
        )
    )
    assert row.id is not None  # noqa: S101  flushed
    return row.id


def remove_day_off(work: Writing, number: int) -> None:
    """Take days off back."""
    work.delete(work.get(DayOff, number))
