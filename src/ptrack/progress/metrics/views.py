"""Metrics on a page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.clients.views import day_and_time, day_only
from ptrack.naming import Named
from ptrack.output.document import (
    Chart,
    Column,
    Document,
    Fields,
    Heading,
    Hint,
    Lines,
    Part,
    Series,
    Span,
    Style,
    Table,
    line,
    list_document,
)
from ptrack.progress.metrics.queries import AddedRow, EntryRow, Figure, MetricRow
from ptrack.progress.rules.measuring import (
    decimals_needed,
    number_text,
    range_text,
    shown_unit,
    shown_value,
    with_unit,
)
from ptrack.progress.rules.periods import Period
from ptrack.progress.rules.trends import Trend, line_at
from ptrack.vocabulary import Aggregation, Better, Direction, EntrySource

_SIGNS = {
    Direction.RISING: "^ rising",
    Direction.FALLING: "v falling",
    Direction.FLAT: "= flat",
    Direction.INSUFFICIENT: "",
}
_GOOD = {Better.UP: Direction.RISING, Better.DOWN: Direction.FALLING}
_BAD = {Better.UP: Direction.FALLING, Better.DOWN: Direction.RISING}
_OF = {
    Aggregation.SUM: "sum",
    Aggregation.MAX: "highest",
    Aggregation.AVG: "mean",
    Aggregation.LATEST: "latest",
}
_INPUTS = {
    "bmi": "It is reckoned from the weight and the client's height.",
    "lean_mass": "It is reckoned from the weight and the body fat.",
    "waist_hip_ratio": "It is reckoned from waist and hips.",
}
_FIRST_INPUT = {"bmi": "weight", "lean_mass": "weight", "waist_hip_ratio": "waist"}
_COLLECTED = frozenset(
    (
        "weight_lifted",
        "cardio_duration",
        "personal_records",
        "classes_attended",
        "minutes_practised",
        "mindfulness_streak",
        "calories_burned",
    )
)


def _trend_style(figure: Figure) -> Style:
    if figure.trend.direction is _GOOD.get(figure.metric.better):
        return Style.GOOD
    return Style.WARN if figure.trend.direction is _BAD.get(figure.metric.better) else Style.PLAIN


def _value_text(figure: Figure, practice: Practice) -> str:
    if figure.value is None:
        return ""
    return number_text(shown_value(figure.value, figure.metric.unit, practice.unit))


def _figure_columns(practice: Practice) -> list[Column]:
    """What `list` and `stats` share: the metric, its figure and the number of its entries."""
    return [
        Column("key", value=lambda row: row.metric.key, on_screen=False),
        Column("name", "Metric", value=lambda row: row.metric.name, flexible=True),
        Column(
            "value_text", "Value", value=lambda row: _value_text(row, practice), align="right", in_data=False
        ),
        Column(
            "unit_text", "Unit", in_data=False,
            value=lambda row: shown_unit(row.metric.unit, practice.unit) or "",
        ),
        Column("unit", value=lambda row: row.metric.unit, on_screen=False),
        Column("aggregation", value=lambda row: row.metric.aggregation, on_screen=False),
        Column("of", "Figure", value=lambda row: _OF[row.metric.aggregation], in_data=False, priority=3),
        Column("value", on_screen=False),
        Column("entries", "Entries", align="right", priority=2),
    ]  # fmt: skip


def list_of_figures(client: Named, rows: Sequence[Figure], practice: Practice) -> Document:
    """The current figure of each metric; those without an entry are only named."""

    def last(row: Figure) -> Any:
        return practice.local(row.last.recorded_at) if row.last else None

    columns = [
        *_figure_columns(practice),
        Column("category", value=lambda row: row.metric.category, on_screen=False),
        Column("last_value", value=lambda row: row.last.value if row.last else None, on_screen=False),
        Column(
            "last_recorded_at", "Last entry", value=last, show=lambda at: day_only(practice, at), priority=1
        ),
        Column("direction", value=lambda row: row.trend.direction, on_screen=False),
        Column("slope_per_week", value=lambda row: row.trend.slope_per_week, on_screen=False),
        Column(
            "trend_text", "Trend", value=lambda row: _SIGNS[row.trend.direction], style=_trend_style,
            in_data=False,
        ),
    ]  # fmt: skip
    known = [row for row in rows if row.entries]
    missing = [row.metric.key for row in rows if not row.entries]
    empty = (
        f"Nothing has been measured of {client.name} yet. Begin: ptrack metrics add {client.id} weight=82.5"
    )
    parts: list[Part] = [Heading(f"Metrics of {client.name}"), Table(columns, known, empty=empty)]
    if known and missing:
        parts.append(Lines([line(Span(f"No entry yet: {', '.join(missing)}", Style.MUTED))]))
    charted = max(known, key=lambda row: row.trend.points, default=None)
    if charted:
        parts.append(Hint(f"ptrack metrics chart {client.id} {charted.metric.key}", "see one over time"))
    return Document(parts, listing=Table(columns, rows))


def stats_document(client: Named, rows: Sequence[Figure], period: Period, practice: Practice) -> Document:
    """What the entries of a period come to, metric by metric."""
    columns = [
        *_figure_columns(practice),
        Column("from", value=lambda _: period.first, on_screen=False),
        Column("to", value=lambda _: period.last, on_screen=False),
    ]
    known = [row for row in rows if row.entries]
    table = Table(columns, known, empty=f"No entry of {client.name} in this period.")
    heading = Heading(f"Statistics of {client.name}", period_text(period))
    return Document((heading, table), listing=Table(columns, rows))


def period_text(period: Period) -> str:
    """`14 Nov to 20 Nov 2026`, `since 1 Jan 2026`, `all time`."""
    if period.first and period.last:
        return f"{_day(period.first)} to {_day(period.last)}"
    if period.first:
        return f"since {_day(period.first)}"
    return f"up to {_day(period.last)}" if period.last else "all time"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def history_data(metric: MetricRow, entries: Sequence[EntryRow], trend: Trend, practice: Practice) -> Any:
    """The entries of a metric with their trend, for programs; values in the metric's own unit.

    A reckoned entry has no number, for it isn't stored.
    """
    return {
        "key": metric.key,
        "unit": metric.unit,
        "entries": [
            {
                "id": None if metric.is_derived else entry.id,
                "value": entry.value,
                "recorded_at": practice.local(entry.recorded_at),
                "source": entry.source,
                "note": None if metric.is_derived else entry.note,
            }
            for entry in entries
        ],
        "trend": {
            "direction": trend.direction,
            "slope_per_week": trend.slope_per_week,
            "points": trend.points,
        },
        "projection": None,
        "goal": None,
    }


def history_document(
    client: Named,
    metric: MetricRow,
    entries: Sequence[EntryRow],
    trend: Trend,
    period: Period,
    practice: Practice,
) -> Document:
    """Every entry of a metric, the last one at the end, with the trend below."""
    data = history_data(metric, entries, trend, practice)
    unit = shown_unit(metric.unit, practice.unit)
    values = [shown_value(entry.value, metric.unit, practice.unit) for entry in entries]
    decimals = decimals_needed(values)
    columns = [
        Column("id", "No", value=lambda row: row["id"], align="right", on_screen=not metric.is_derived),
        Column(
            "recorded_at", "When", value=lambda row: row["recorded_at"],
            show=lambda at: day_and_time(practice, at),
        ),
        Column(
            "value", unit or "Value", value=lambda row: row["value"], align="right",
            show=lambda value: number_text(shown_value(value, metric.unit, practice.unit), decimals),
        ),
        Column("source", "Source", value=lambda row: row["source"], priority=2),
        Column(
            "note", "Note", value=lambda row: row["note"], show=lambda note: note or "", flexible=True,
            priority=1,
        ),
    ]  # fmt: skip
    table = Table(columns, data["entries"], empty=_empty(client, metric, period))
    parts: list[Part] = [_title(client, metric, period), table]
    if entries:
        parts.append(Lines([line(_summary(metric, entries, trend, practice))]))
        parts.append(Hint(f"ptrack metrics chart {client.id} {metric.key}", "see it drawn"))
    return Document(parts, data=data, listing=table)


def _title(client: Named, metric: MetricRow, period: Period) -> Heading:
    return Heading(f"{metric.name}, {client.name}", period_text(period))


def chart_document(
    client: Named,
    metric: MetricRow,
    entries: Sequence[EntryRow],
    trend: Trend,
    period: Period,
    practice: Practice,
) -> Document:
    """The entries as points, with the line of their trend where there is one, and a sentence that says it."""

    def seen(value: float) -> float:
        return shown_value(value, metric.unit, practice.unit)

    points = [(practice.local(entry.recorded_at), seen(entry.value)) for entry in entries]
    series = [Series(metric.name, points)]
    ends = [points[0][0], points[-1][0]] if points else []
    path = [(moment, seen(value)) for moment in ends if (value := line_at(trend, moment)) is not None]
    if path:
        series.append(Series("trend", path, kind="line"))
    chart = Chart(
        f"{metric.name}, {client.name}",
        shown_unit(metric.unit, practice.unit) or "",
        series,
        summary=_summary(metric, entries, trend, practice) if entries else "",
        empty=_empty(client, metric, period),
    )
    return Document((chart,), data=history_data(metric, entries, trend, practice))


def _summary(metric: MetricRow, entries: Sequence[EntryRow], trend: Trend, practice: Practice) -> str:
    """Where it goes, how fast, and from what that was reckoned."""
    last = entries[-1]
    latest = (
        f"Last {with_unit(last.value, metric.unit, practice.unit)} on {day_only(practice, last.recorded_at)}."
    )
    if trend.slope_per_week is None:
        count = f"{trend.points} point{'s' if trend.points > 1 else ''}"
        return f"{latest} Too little for a trend: {count}; it takes 3 points over 7 days."
    slope = shown_value(trend.slope_per_week, metric.unit, practice.unit)
    unit = shown_unit(metric.unit, practice.unit)
    pace = f"{_signed(slope)}{f' {unit}' if unit else ''} a week"
    first = day_only(practice, entries[0].recorded_at)
    return (
        f"{latest} Trend: {trend.direction}, {pace} (least squares, {trend.points:,} points since {first})."
    )


def _signed(slope: float) -> str:
    """A slope with its sign and two figures that count, at least two decimals."""
    text = f"{slope:+,.2f}" if abs(slope) >= 0.01 else f"{slope:+.2g}"  # noqa: PLR2004  two decimals show it
    return "0.00" if slope == 0 else text


def _empty(client: Named, metric: MetricRow, period: Period) -> str:
    """What to do where there is no entry."""
    if not period.is_open:
        stretch = f"in that period ({period_text(period)})"
        return f"No entry of {metric.name} for {client.name} {stretch}. See all: --range all"
    told = f"No entry of {metric.name} for {client.name} yet."
    if metric.is_derived:
        key = _FIRST_INPUT[metric.key]
        return f"{told} {_INPUTS[metric.key]} Enter: ptrack metrics add {client.id} {key}=VALUE"
    if metric.key in _COLLECTED:
        return f"{told} Logged workouts make the entries: ptrack log add {client.id}"
    return f"{told} Enter one: ptrack metrics add {client.id} {metric.key}=VALUE"


def added_document(rows: Sequence[AddedRow], practice: Practice) -> Document:
    """What was entered: one entry as an object, several as a list."""

    def text(row: AddedRow) -> str:
        return number_text(shown_value(row.value, row.unit, practice.unit))

    columns = [
        Column("id", "No", align="right"),
        Column("client_id", on_screen=False),
        Column("client", on_screen=False),
        Column("key", on_screen=False),
        Column("name", "Metric", flexible=True),
        Column("value_text", "Value", value=text, align="right", in_data=False),
        Column(
            "unit_text", "Unit", value=lambda row: shown_unit(row.unit, practice.unit) or "", in_data=False
        ),
        Column("unit", on_screen=False),
        Column("value", on_screen=False),
        Column("recorded_at", value=lambda row: practice.local(row.recorded_at), on_screen=False),
        Column("source", value=lambda row: EntrySource(row.source), on_screen=False),
        Column("note", "Note", show=lambda note: note or "", flexible=True, priority=1),
    ]
    first = rows[0]
    parts: list[Part] = [
        Heading(first.client, day_and_time(practice, first.recorded_at)),
        Table(columns, rows),
        Hint(f"ptrack metrics chart {first.client_id} {first.key}", "see it over time"),
    ]
    data = [{column.key: column.raw(row) for column in columns if column.in_data} for row in rows]
    return Document(parts, data=data[0] if len(data) == 1 else data)


def _definition_columns(practice: Practice) -> list[Column]:
    def plausible(row: MetricRow) -> str:
        return range_text(row.minimum, row.maximum, row.unit, practice.unit)

    return [
        Column("id", on_screen=False),
        Column("key", "Key"),
        Column("name", "Metric", flexible=True),
        Column(
            "unit_text", "Unit", value=lambda row: shown_unit(row.unit, practice.unit) or "", in_data=False
        ),
        Column("unit", on_screen=False),
        Column("category", "Category", priority=3),
        Column("aggregation", "Figure", show=lambda of: _OF[of], priority=2),
        Column("better", "Better", priority=4),
        Column("plausible", "Plausible", value=plausible, in_data=False, priority=1),
        Column("minimum", on_screen=False),
        Column("maximum", on_screen=False),
        Column("visible_to_client", on_screen=False),
        Column("is_default", on_screen=False),
        Column("is_derived", on_screen=False),
    ]


def definitions_document(rows: Sequence[MetricRow], hidden: int, practice: Practice) -> Document:
    """What is measured; `hidden` counts the defaults of other types of studio that are left out."""
    table = Table(
        _definition_columns(practice), rows, empty="No metrics. Put in the defaults: ptrack metrics seed"
    )
    after: list[Part] = []
    if hidden:
        text = f"{hidden} more belong to other types of studio: --all shows them."
        after.append(Lines([line(Span(text, Style.MUTED))]))
    after.append(Hint("ptrack metrics define grip_strength --unit kg --better up", "measure something else"))
    return list_document(table, after=after)


def definition_document(row: MetricRow, practice: Practice) -> Document:
    """One metric as it stands."""
    pairs = [
        ("Key", row.key),
        ("Unit", shown_unit(row.unit, practice.unit) or "none"),
        ("Category", str(row.category)),
        ("Figure", _OF[row.aggregation]),
        ("Better", str(row.better)),
        ("Plausible", range_text(row.minimum, row.maximum, row.unit, practice.unit)),
        ("Clients see it", "yes" if row.visible_to_client else "no"),
    ]
    data = {column.key: column.raw(row) for column in _definition_columns(practice) if column.in_data}
    return Document((Heading(row.name), Fields(pairs)), data=data)


def seeded_document(rows: Sequence[MetricRow], practice: Practice) -> Document:
    """The default metrics that were put in."""
    empty = "Every default metric is there already. Nothing was changed."
    return list_document(Table(_definition_columns(practice), rows, empty=empty))
