"""Sets and volume by muscle and week, on a page."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.naming import Named
from ptrack.output.document import (
    Bar,
    Bars,
    Column,
    Document,
    Heading,
    Hint,
    Line,
    Lines,
    Part,
    Span,
    Style,
    Table,
    line,
)
from ptrack.progress.figures import EXAMPLE_WEIGHT, in_unit
from ptrack.progress.rules.volume import Work
from ptrack.progress.volume import MuscleVolume, MuscleWeek, totals
from ptrack.vocabulary import Muscle

_TOP = 10
_LAST_WEEKS = 12


class _MuscleRow(NamedTuple):
    """One muscle across the weeks; `mean` is that of the weeks that are over since the first workout."""

    muscle: Muscle
    weeks: dict[date, Work]
    mean: Work | None


def volume_document(client: Named, found: MuscleVolume, practice: Practice) -> Document:
    """Sets of each muscle by week, the newest at the right, and what a week came to on average."""
    rows = _muscle_rows(found)
    table = Table(_muscle_columns(found, practice), rows[:_TOP], empty=_empty(client, found))
    parts: list[Part] = [_heading(f"{client.name}: hard sets by muscle", found), table]
    parts += _folded(rows[_TOP:])
    if over := _over(found):
        title = f"A week, mean of {_weeks_text(len(over))} from {_day(over[0])}"
        parts += _bars(title, rows[:_TOP], practice)
    parts += _remarks(client, found, practice)
    if rows:
        parts.append(Hint(f"ptrack log volume {client.id} --muscle {rows[0].muscle}", "one muscle"))
    return Document(parts, listing=_listing(found.rows))


def muscle_document(client: Named, found: MuscleVolume, muscle: Muscle, practice: Practice) -> Document:
    """One muscle week by week, with the exercises that it was trained by."""
    own = [row for row in found.rows if row.muscle is muscle]
    weeks = _by_week(own, muscle)
    table = Table(_week_columns(found, muscle, weeks, practice), found.weeks if own else [])
    table = table._replace(empty=_empty(client, found))
    parts: list[Part] = [_heading(f"{client.name}: {_name(muscle)}", found), table]
    if own:
        bars = [
            Bar(_day(week), weeks[week].sets if week in weeks else 0.0, _sets(weeks.get(week, Work()).sets))
            for week in found.weeks
        ]
        parts.append(Bars("Sets", bars))
    return Document((*parts, *_remarks(client, found, practice)), listing=_listing(own))


def _listing(rows: Sequence[MuscleWeek]) -> Table:
    return Table(
        [
            Column("week"),
            Column("muscle"),
            Column("sets"),
            Column("volume_kg", value=lambda row: round(row.volume_g / 1000, 2)),
        ],
        rows,
    )


def _heading(title: str, found: MuscleVolume) -> Heading:
    first = _day(found.weeks[0], year=True)
    number = len(found.weeks)
    return Heading(title, f"{number} whole week{'' if number == 1 else 's'} from {first}")


def _weeks_text(number: int) -> str:
    return f"{number} week{'' if number == 1 else 's'}"


def _empty(client: Named, found: MuscleVolume) -> str:
    first = _day(found.weeks[0], year=True)
    told = f"{client.name} has logged no such sets since {first}."
    return f"{told} See all: ptrack log volume {client.id} --range all"


def _by_week(rows: Sequence[MuscleWeek], muscle: Muscle) -> dict[date, Work]:
    return {row.week: Work(row.sets, row.volume_g) for row in rows if row.muscle is muscle}


def _over(found: MuscleVolume) -> list[date]:
    """The weeks that are over, from that of the first workout on."""
    worked = [*(row.week for row in found.rows), *(one.week for one in found.exercises)]
    begun = min(worked, default=found.this_week)
    return [week for week in found.weeks if begun <= week < found.this_week]


def _muscle_rows(found: MuscleVolume) -> list[_MuscleRow]:
    """The muscles, those that got most a week first; where no week is over, those that got most."""
    rows = [_MuscleRow(one, _by_week(found.rows, one), _mean(found, one)) for one in totals(found.rows)]
    return sorted(rows, key=lambda row: (-row.mean.sets, -row.mean.volume_g) if row.mean else (0.0, 0.0))


def _mean(found: MuscleVolume, muscle: Muscle) -> Work | None:
    """What the muscle got a week, on average over the weeks that are over; None where none is."""
    over = _over(found)
    if not over:
        return None
    work = totals(row for row in found.rows if row.week < found.this_week).get(muscle, Work())
    return Work(work.sets / len(over), work.volume_g / len(over))


def _muscle_columns(found: MuscleVolume, practice: Practice) -> list[Column]:
    def mean(row: _MuscleRow) -> str:
        return f"{row.mean.sets:.1f}" if row.mean else ""

    def volume(row: _MuscleRow) -> str:
        return f"{in_unit(row.mean.volume_g, practice.unit):,.0f}" if row.mean else ""

    shown = found.weeks[-_LAST_WEEKS:]
    return [
        Column("muscle", "Muscle", show=_name, flexible=True),
        *(_week_column(week, len(shown) - place - 1) for place, week in enumerate(shown)),
        Column("mean", "Mean", value=mean, align="right"),
        Column("volume", f"{practice.unit} a week", value=volume, align="right", priority=2),
    ]


def _week_column(week: date, age: int) -> Column:
    def sets(row: _MuscleRow) -> str:
        return _sets(row.weeks[week].sets) if week in row.weeks else ""

    return Column(str(week), _day(week), value=sets, align="right", priority=age + 2 if age else 0)


def _week_columns(
    found: MuscleVolume, muscle: Muscle, weeks: dict[date, Work], practice: Practice
) -> list[Column]:
    def sets(week: date) -> str:
        return _sets(weeks[week].sets) if week in weeks else ""

    def volume(week: date) -> str:
        return f"{in_unit(weeks[week].volume_g, practice.unit):,.0f}" if week in weeks else ""

    def exercises(week: date) -> str:
        own = [
            (one.sets, one.exercise)
            for one in found.exercises
            if one.week == week and muscle in (*one.muscles.primary, *one.muscles.secondary)
        ]
        own.sort(key=lambda one: (-one[0], one[1]))
        return ", ".join(f"{name} {number}" for number, name in own)

    return [
        Column("week", "Week of", value=lambda week: week, show=_day),
        Column("sets", "Sets", value=sets, align="right"),
        Column("volume", f"Volume {practice.unit}", value=volume, align="right"),
        Column("exercises", "Sets of", value=exercises, flexible=True, priority=1),
    ]


def _folded(rows: Sequence[_MuscleRow]) -> list[Part]:
    """The muscles with least sets, in one line."""
    if not rows:
        return []
    told = ", ".join(
        f"{_name(row.muscle)} {_sets(sum(work.sets for work in row.weeks.values()))}" for row in rows
    )
    return [Lines([line(Span(f"Least, sets in all weeks: {told}", Style.MUTED))])]


def _bars(title: str, rows: Sequence[_MuscleRow], practice: Practice) -> list[Part]:
    bars = [
        Bar(
            _name(row.muscle),
            row.mean.sets,
            f"{row.mean.sets:.1f}  {in_unit(row.mean.volume_g, practice.unit):,.0f} {practice.unit}",
        )
        for row in rows
        if row.mean
    ]
    return [Bars(title, bars)] if bars else []


def _remarks(client: Named, found: MuscleVolume, practice: Practice) -> list[Part]:
    """How it is counted, and what could not be."""
    lines: list[Line] = []
    if found.rows:
        told = "Working sets; a primary muscle counts 1, a secondary one 0.5, sets and volume alike."
        lines.append(line(Span(told, Style.MUTED)))
    if found.nowhere:
        names = ", ".join(f"{name} ({sets})" for name, sets in sorted(found.nowhere.items()))
        first = min(found.nowhere)
        lines.append(line(Span(f"No muscles known of: {names}.", Style.WARN)))
        lines.append(line(f"Tell them: ptrack exercises edit '{first}' --primary chest"))
    if found.unweighed:
        names = ", ".join(found.unweighed)
        told = f"Sets before a body weight was known have no volume: {names}."
        lines.append(line(Span(told, Style.WARN)))
        command = f"ptrack metrics add {client.id} weight={EXAMPLE_WEIGHT[practice.unit]}"
        lines.append(line(f"Enter one: {command} --when {found.weeks[0]}"))
    return [Lines(lines)] if lines else []


def _name(muscle: Muscle) -> str:
    return str(muscle).replace("_", " ")


def _sets(sets: float) -> str:
    """Sets in halves: `12.0`, `12.5`."""
    return f"{sets:.1f}"


def _day(day: date, *, year: bool = False) -> str:
    return f"{day.day} {day:%b %Y}" if year else f"{day.day} {day:%b}"
