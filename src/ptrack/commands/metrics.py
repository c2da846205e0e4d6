"""`ptrack metrics`."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ptrack.app import App
from ptrack.clients.queries import Practice, client_names, inactive_trainers, trainer_names
from ptrack.clients.rules import responsible_trainer
from ptrack.commands.edge import Change, Client, Context, Listing, app_of, completing, new_group
from ptrack.commands.tracking import From, Range, To, followed_practice, named_period
from ptrack.database.reading import Reader
from ptrack.moments import place, read_moment
from ptrack.naming import Named, clean, resolve
from ptrack.progress.metrics import queries, views
from ptrack.progress.rules.measuring import kept_unit, read_assignment, read_value
from ptrack.progress.rules.periods import Period, Span
from ptrack.vocabulary import Aggregation, Better, MetricCategory

if TYPE_CHECKING:
    from ptrack.progress.metrics.actions import Measured, MetricChanges

group = new_group("Body and training metrics: add, list, chart, statistics.")


def _keys(app: App, incomplete: str) -> list[str]:
    with app.reading() as reader:
        return [row.key for row in queries.metrics(reader) if row.key.startswith(incomplete)]


Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY", help="The metric's key, name or beginning of it.", autocompletion=completing(_keys)
    ),
]
Everything = Annotated[
    bool, typer.Option("--all", help="Those of other types of studio too.", show_default=False)
]


def _wanted(reader: Reader, house: Practice, *, everything: bool) -> list[queries.MetricRow]:
    rows = queries.metrics(reader)
    return rows if everything else queries.shown_metrics(rows, house.studio_type)


@group.command("add", cls=Change)
def add(
    context: Context,
    client: Client,
    values: Annotated[list[str], typer.Argument(metavar="KEY=VALUE...", help="weight=82.5 waist=81cm")],
    when: Annotated[str | None, typer.Option(metavar="WHEN", help="When it was measured; now.")] = None,
    note: Annotated[str | None, typer.Option(help="Anything about it.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Take values that are not plausible.", show_default=False)
    ] = False,
) -> None:
    """Enter what was measured of a client: all of it, or nothing."""
    from ptrack.progress.metrics import actions

    app = app_of(context)
    with app.writing() as work:
        house = followed_practice(work.reader)
        number = resolve(client, client_names(work.reader), "client").id
        measured = _measured(work.reader, house, values)
        moment = _moment(app, house, when)
        trainer = _trainer(app, work.reader, number)
        entries = actions.add_entries(work, number, measured, moment, trainer, note, force=force)
    with app.reading() as reader:
        rows = [queries.added_entry(reader, entry) for entry in entries]
    app.show(views.added_document(rows, house))


def _measured(reader: Reader, house: Practice, texts: Sequence[str]) -> "list[Measured]":
    from ptrack.progress.metrics.actions import Measured

    rows = queries.metrics(reader)
    found = []
    for text in texts:
        key, value = read_assignment(text)
        metric = queries.find_metric(rows, key)
        found.append(Measured(metric, read_value(value, metric.unit, house.unit)))
    return found


def _moment(app: App, house: Practice, when: str | None) -> datetime:
    """The instant that was said; a day without an hour is its noon."""
    if when is None:
        return app.now
    placed = place(read_moment(when, house.local(app.now).replace(tzinfo=None)).local, house.zone)
    if placed.notice:
        app.notice(placed.notice)
    return placed.instant


def _trainer(app: App, reader: Reader, client: int) -> int:
    own = queries.trainer_of_client(reader, client)
    names, inactive = trainer_names(reader), inactive_trainers(reader)
    return responsible_trainer(None, own, app.settings.trainer, names, inactive)


@group.command("list", cls=Listing)
def list_metrics(context: Context, client: Client, everything: Everything = False) -> None:
    """List each metric: its figure, last entry and trend."""
    app = app_of(context)
    with app.reading() as reader:
        house = followed_practice(reader)
        who = resolve(client, client_names(reader), "client")
        rows = queries.figures(reader, who.id, _wanted(reader, house, everything=everything))
    app.show(views.list_of_figures(who, rows, house))


class _Followed(NamedTuple):
    """A metric of a client over a period."""

    who: Named
    metric: queries.MetricRow
    entries: list[queries.EntryRow]
    trend: Any
    period: Period
    house: Practice


def _follow(
    app: App, client: str, key: str, span: Span | None, first: str | None, last: str | None
) -> _Followed:
    with app.reading() as reader:
        house = followed_practice(reader)
        who = resolve(client, client_names(reader), "client")
        metric = queries.find_metric(queries.metrics(reader), key)
        period = named_period(app, house, span, first, last)
        entries = queries.entries(reader, who.id, metric, *period.bounds(house.zone))
    return _Followed(who, metric, entries, queries.figure(metric, entries).trend, period, house)


@group.command("history", cls=Listing)
def history(
    context: Context, client: Client, key: Key, span: Range = None, first: From = None, last: To = None
) -> None:
    """List the entries of one metric, with their trend."""
    app = app_of(context)
    app.show(views.history_document(*_follow(app, client, key, span, first, last)))


@group.command("chart", cls=Change)
def chart(
    context: Context, client: Client, key: Key, span: Range = None, first: From = None, last: To = None
) -> None:
    """Draw one metric over time, with its trend."""
    app = app_of(context)
    app.show(views.chart_document(*_follow(app, client, key, span, first, last)))


@group.command("stats", cls=Listing)
def stats(
    context: Context,
    client: Client,
    span: Range = None,
    first: From = None,
    last: To = None,
    everything: Everything = False,
) -> None:
    """Say what the entries of a period come to, metric by metric."""
    app = app_of(context)
    with app.reading() as reader:
        house = followed_practice(reader)
        who = resolve(client, client_names(reader), "client")
        period = named_period(app, house, span, first, last)
        wanted = _wanted(reader, house, everything=everything)
        rows = queries.figures(reader, who.id, wanted, *period.bounds(house.zone))
    app.show(views.stats_document(who, rows, period, house))


@group.command("define", cls=Change)
def define(
    context: Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="Small letters, digits and _.")],
    name: Annotated[str | None, typer.Option(help="How it is read.")] = None,
    unit: Annotated[str | None, typer.Option(help="kg, cm, min, ...; empty for none.")] = None,
    category: Annotated[MetricCategory | None, typer.Option(help="What it is about.")] = None,
    aggregation: Annotated[Aggregation | None, typer.Option(help="How entries become a figure.")] = None,
    better: Annotated[Better | None, typer.Option(help="Which way it improves.")] = None,
    minimum: Annotated[str | None, typer.Option("--min", help="Least plausible value, or none.")] = None,
    maximum: Annotated[str | None, typer.Option("--max", help="Greatest plausible value, or none.")] = None,
    visible_to_client: Annotated[
        bool | None, typer.Option("--visible/--hidden", help="Whether clients see it.")
    ] = None,
) -> None:
    """Define a metric of one's own, or change one."""
    said = {key: value for key, value in locals().items() if key not in ("context", "key")}
    from ptrack.progress.metrics import actions

    app = app_of(context)
    with app.writing() as work:
        house = followed_practice(work.reader)
        actions.define_metric(work, key, _changes(work.reader, house, key, said))
    with app.reading() as reader:
        (row,) = (row for row in queries.metrics(reader) if row.key == key)
    app.show(views.definition_document(row, house))


def _changes(reader: Reader, house: Practice, key: str, said: dict[str, Any]) -> "MetricChanges":
    """The options of `define` as values; bounds are typed in the unit that people see."""
    from ptrack.progress.metrics.actions import MetricChanges

    there = {row.key: row.unit for row in queries.metrics(reader)}.get(key)
    given = {name: value for name, value in said.items() if value is not None}
    unit, typed = kept_unit(clean(given.get("unit", there) or ""), house.unit)
    if "unit" in given:
        given["unit"] = unit or None
    for bound in ("minimum", "maximum"):
        if bound in given:
            text = given[bound]
            given[bound] = None if text.casefold() == "none" else read_value(text, unit, typed)
    return MetricChanges(**given)


@group.command("definitions", cls=Listing)
def definitions(context: Context, everything: Everything = False) -> None:
    """List what is measured."""
    app = app_of(context)
    with app.reading() as reader:
        house = followed_practice(reader)
        rows = _wanted(reader, house, everything=everything)
        hidden = len(queries.metrics(reader)) - len(rows)
    app.show(views.definitions_document(rows, hidden, house))


@group.command("seed", cls=Listing)
def seed(context: Context) -> None:
    """Put in the default metrics that are missing. What was changed on others stays."""
    from ptrack.progress.metrics import actions

    app = app_of(context)
    with app.writing() as work:
        house = followed_practice(work.reader)
        added = actions.seed(work)
    with app.reading() as reader:
        rows = [row for row in queries.metrics(reader) if row.key in added]
    app.show(views.seeded_document(rows, house))
