"""The history of one exercise on a page: the last workouts with it, and a chart of them all."""

from collections.abc import Callable, Container, Sequence
from operator import itemgetter

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_only
from ptrack.naming import Named
from ptrack.output.document import (
    Chart,
    Column,
    Document,
    Heading,
    Hint,
    Lines,
    Part,
    Series,
    Span,
    Style,
    Table,
    line,
)
from ptrack.progress.exercise_history import ExerciseHistory, PastWorkout
from ptrack.progress.figures import (
    DATA_UNITS,
    FORMULA_NAMES,
    KIND_NAMES,
    estimate_text,
    in_unit,
    kilograms,
    record_text,
    set_text,
)
from ptrack.progress.record_views import day_column
from ptrack.progress.rules.charted import Charted, kind_to_draw
from ptrack.progress.rules.records import SetFact
from ptrack.progress.rules.trends import Trend, line_at, trend
from ptrack.progress.stall_views import stall_text
from ptrack.vocabulary import Direction, RecordKind, Tracked, Unit
from ptrack.workouts.queries import SetRow

ON_SCREEN = 12
"""How many workouts the page lists where no number is given."""


_WITH_REPS = (Tracked.WEIGHT_REPS, Tracked.BODYWEIGHT_PLUS, Tracked.REPS)
_LONG_S, _FAR_M = 600, 2000


def history_document(
    client: Named, found: ExerciseHistory, practice: Practice, charted: Charted | None, limit: int | None
) -> Document:
    """What a client did of one exercise: the last workouts as a table, then all of them as a chart.

    Without `limit` the page lists the last 12 and the data all of the period. Without `charted` it draws what
    tells most of the exercise, where there are two workouts or more.
    """
    rows = found.rows if limit is None else found.rows[:limit]
    table = Table(_columns(found.tracked, practice), rows, empty=_empty(client, found))
    shown = table._replace(rows=rows[:ON_SCREEN] if limit is None else rows)
    parts: list[Part] = [_heading(client, found, practice), shown]
    if chart := _chart(found, practice, charted):
        parts.append(chart)
    if found.stall:
        text = f"Stalled: {stall_text(found.stall, practice.unit)}."
        parts.append(Lines([line(Span(text, Style.WARN))]))
    if len(shown.rows) < len(found.rows):
        command = f"ptrack log history {client.id} '{found.exercise}' --limit {len(found.rows)}"
        parts.append(Hint(command, f"all {len(found.rows):,} workouts"))
    return Document(parts, listing=table)


def _heading(client: Named, found: ExerciseHistory, practice: Practice) -> Heading:
    is_loaded = found.tracked in (Tracked.WEIGHT_REPS, Tracked.BODYWEIGHT_PLUS)
    aside = f"e1RM by {FORMULA_NAMES[practice.e1rm_formula]}, {practice.unit}" if is_loaded else ""
    return Heading(f"{client.name}: {found.exercise}", aside)


def _empty(client: Named, found: ExerciseHistory) -> str:
    if not found.period.is_open:
        return f"{client.name} has not logged {found.exercise} in that period. See all: --range all"
    return (
        f"{client.name} has not logged {found.exercise} yet. "
        f"Log it: ptrack log add {client.id} '{found.exercise}: ...'"
    )


def _columns(tracked: Tracked, practice: Practice) -> list[Column]:
    is_loaded = tracked in (Tracked.WEIGHT_REPS, Tracked.BODYWEIGHT_PLUS)
    return [
        day_column(practice, lambda row: row.performed_at, 0),
        Column("workout", "Workout", align="right", priority=3),
        Column("sets", "Sets", align="right", priority=2),
        Column("reps", "Reps", align="right", priority=4, on_screen=tracked in _WITH_REPS),
        *_best_columns(tracked, practice),
        *_strength_columns(practice, on_screen=is_loaded),
        Column(
            "records",
            "Record",
            value=lambda row: list(row.records),
            show=lambda kinds: ", ".join(KIND_NAMES[kind] for kind in kinds),
            flexible=True,
            style=lambda _row: Style.GOOD,
        ),
    ]


def _best_columns(tracked: Tracked, practice: Practice) -> list[Column]:
    def shown(row: PastWorkout) -> str:
        return set_text(_as_row(row.best), tracked, practice.unit)

    return [
        Column("best", "Best set", value=shown, align="right", in_data=False),
        Column("best_reps", value=lambda row: row.best.reps, on_screen=False),
        Column("best_weight_kg", value=lambda row: kilograms(row.best.weight_g), on_screen=False),
        Column("best_seconds", value=lambda row: row.best.seconds, on_screen=False),
        Column("best_meters", value=lambda row: row.best.meters, on_screen=False),
    ]


def _as_row(fact: SetFact) -> SetRow:
    return SetRow(
        workout_exercise_id=0,
        position=fact.position,
        reps=fact.reps,
        weight_g=fact.weight_g,
        rpe=None,
        seconds=fact.seconds,
        meters=fact.meters,
        is_warmup=False,
        is_amrap=False,
        per_side=fact.per_side,
        tempo=None,
    )


def _strength_columns(practice: Practice, *, on_screen: bool) -> list[Column]:
    """e1RM and volume, as text in the studio's unit and as kilograms."""

    def estimate(row: PastWorkout) -> str:
        return estimate_text(row.estimate, practice.unit)

    def estimate_kg(row: PastWorkout) -> float | None:
        return round(row.estimate.weight_g / 1000, 2) if row.estimate else None

    def is_reliable(row: PastWorkout) -> bool | None:
        return row.estimate.is_reliable if row.estimate else None

    def volume(row: PastWorkout) -> str:
        return f"{in_unit(row.volume_g, practice.unit):,.0f}" if row.volume_g else ""

    return [
        Column("e1rm", "e1RM", value=estimate, align="right", priority=1, in_data=False, on_screen=on_screen),
        Column("e1rm_kg", value=estimate_kg, on_screen=False),
        Column("e1rm_reliable", value=is_reliable, on_screen=False),
        Column(
            "volume", "Volume", value=volume, align="right", priority=2, in_data=False, on_screen=on_screen
        ),
        Column("volume_kg", value=lambda row: kilograms(row.volume_g), on_screen=False),
    ]


def _chart(found: ExerciseHistory, practice: Practice, charted: Charted | None) -> Chart | None:
    """The chart that was asked for; without that, of what tells most, where there are two points or more."""
    kind = kind_to_draw(charted, found.tracked, _There(found))
    if kind is None or not found.rows:
        return None
    figures = [(row, value) for row in reversed(found.rows) if (value := row.best_of(kind)) is not None]
    if charted is None and len(figures) < 2:  # noqa: PLR2004  one is no line
        return None
    return _drawn(found, kind, figures, practice)


class _There(Container[RecordKind]):
    """The kinds of figures that there are in some workout; each is looked for when it is asked for."""

    def __init__(self, found: ExerciseHistory) -> None:
        self._rows = found.rows

    def __contains__(self, kind: object) -> bool:
        """Whether some workout has a figure of that kind."""
        return isinstance(kind, RecordKind) and any(row.best_of(kind) is not None for row in self._rows)


def _drawn(
    found: ExerciseHistory,
    kind: RecordKind,
    figures: Sequence[tuple[PastWorkout, float]],
    practice: Practice,
) -> Chart:
    """Each workout's best as a point, its records marked, with the line of their trend."""
    label, unit, scaled = _scale(kind, [value for _, value in figures], practice.unit)
    points = [(practice.local(row.performed_at), scaled(value)) for row, value in figures]
    records = [point for point, (row, _) in zip(points, figures, strict=True) if kind in row.records]
    path = trend(points)
    ends = [points[0][0], points[-1][0]] if points else []
    fitted = [(moment, value) for moment in ends if (value := line_at(path, moment)) is not None]
    series = [
        Series(label, points),
        *([Series("record", records)] if records else []),
        *([Series("trend", fitted, kind="line")] if fitted else []),
    ]
    there = ", ".join(kind for kind in RecordKind if kind in _There(found)) if not points else ""
    return Chart(
        f"{found.exercise}: {label}",
        unit,
        series,
        summary=_summary(figures, kind, path, unit, practice) if points else "",
        empty=f"No {KIND_NAMES[kind]} in these workouts. There is: {there}.",
    )


def _scale(
    kind: RecordKind, values: Sequence[float], unit: Unit
) -> tuple[str, str, Callable[[float], float]]:
    """What the points are called, their unit, and how a value becomes one."""
    if DATA_UNITS[kind] == "kg":
        label = {RecordKind.WEIGHT: "heaviest set", RecordKind.E1RM: "best e1RM"}.get(kind, "volume")
        return label, str(unit), lambda value: in_unit(value, unit)
    if kind is RecordKind.TIME and max(values, default=0) >= _LONG_S:
        return "longest", "min", lambda value: value / 60
    if kind is RecordKind.DISTANCE and max(values, default=0) >= _FAR_M:
        return "farthest", "km", lambda value: value / 1000
    label = {
        RecordKind.REPS: "most reps", RecordKind.TIME: "longest", RecordKind.DISTANCE: "farthest",
        RecordKind.PACE: "best pace",
    }[kind]  # fmt: skip
    return label, "" if kind is RecordKind.REPS else DATA_UNITS[kind], lambda value: value


def _summary(
    figures: Sequence[tuple[PastWorkout, float]], kind: RecordKind, path: Trend, unit: str, practice: Practice
) -> str:
    """The best and the last, where it goes, and from how much that is reckoned."""
    better = min if kind is RecordKind.PACE else max
    best = better(figures, key=itemgetter(1))
    told = f"Best {_told(*best, kind, practice)}, last {_told(*figures[-1], kind, practice)}."
    if path.slope_per_week is None:
        count = f"{len(figures)} workout{'' if len(figures) == 1 else 's'}"
        return f"{told} Too little for a trend: {count}; it takes 3 over 7 days."
    pace = f"{path.slope_per_week:+,.2f}{f' {unit}' if unit else ''} a week"
    slower = ", slower" if kind is RecordKind.PACE and path.direction is Direction.RISING else ""
    first = day_only(practice, figures[0][0].performed_at)
    return (
        f"{told} Trend: {path.direction}{slower}, {pace} "
        f"(least squares, {path.points:,} workouts since {first})."
    )


def _told(row: PastWorkout, value: float, kind: RecordKind, practice: Practice) -> str:
    """One workout's figure with its unit and day."""
    text = record_text(kind, value, practice.unit)
    unit = f" {practice.unit}" if DATA_UNITS[kind] == "kg" and value else ""
    return f"{text}{unit} on {day_only(practice, row.performed_at)}"
