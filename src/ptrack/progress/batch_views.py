"""The workouts of a note, logged in one go: a line each, with what they came to."""

from collections.abc import Sequence

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time
from ptrack.output.document import Column, Document, Heading, Hint, Lines, Span, Style, Table
from ptrack.progress.figures import in_unit
from ptrack.progress.logged import Logged
from ptrack.progress.views import logged_data

_MOST_NAMED = 3
_NOTHING = "Nothing new: every workout of the text is logged already."


def batch_document(found: Sequence[Logged], practice: Practice, *, is_dry: bool = False) -> Document:
    """The page of workouts that were logged together; with `is_dry`, of what would be."""
    data = [logged_data(each, practice) for each in found]
    if not found:
        return Document([Lines([(Span(_NOTHING, Style.MUTED),)])], data=data)
    count = "1 workout" if len(found) == 1 else f"{len(found)} workouts"
    records = sum(len(each.records) for each in found)
    aside = f"{records} record{'' if records == 1 else 's'}" if records else ""
    heading = Heading(f"{count} of {found[0].workout.client}{' to be logged' if is_dry else ''}", aside)
    table = Table(_columns(practice, is_dry=is_dry), found)
    hints = () if is_dry else (Hint("ptrack undo", "takes all of it back"),)
    return Document((heading, table, *hints), data=data)


def _columns(practice: Practice, *, is_dry: bool) -> list[Column]:
    number = Column("id", "No", value=lambda each: each.workout.id, align="right")
    columns = [
        Column(
            "performed_at",
            "When",
            value=lambda each: practice.local(each.workout.performed_at),
            show=lambda moment: day_and_time(practice, moment),
        ),
        Column("title", "Workout", value=_name, flexible=True),
        Column("exercises", "Exercises", value=_exercises, flexible=True, priority=2),
        Column("sets", "Sets", align="right", priority=3),
        Column(
            "volume",
            f"Volume {practice.unit}",
            value=lambda each: f"{in_unit(each.volume_g, practice.unit):,.0f}" if each.volume_g else "",
            align="right",
            priority=1,
        ),
        Column(
            "records",
            "Records",
            value=lambda each: len(each.records),
            show=lambda count: str(count or ""),
            align="right",
            style=lambda _: Style.GOOD,
            priority=2,
        ),
    ]
    return columns if is_dry else [number, *columns]


def _name(each: Logged) -> str:
    """What it is called, with the day and week of the program where it is one."""
    row = each.workout
    day = f"{row.day}, week {row.week}" if row.day and row.week else row.day
    if not row.title or row.title == row.day:
        return day or ""
    return f"{row.title} ({day})" if day else row.title


def _exercises(each: Logged) -> str:
    names = [exercise.row.name for exercise in each.exercises]
    more = f" + {len(names) - _MOST_NAMED}" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
