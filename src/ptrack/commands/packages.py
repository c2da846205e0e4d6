"""`ptrack packages`."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from ptrack.app import App, Format
from ptrack.clients.queries import Practice, client_names, practice
from ptrack.commands.agenda import From, Period, To, bounds_of
from ptrack.commands.edge import LARGEST, Change, Client, Context, DryRun, Listing, app_of, new_group
from ptrack.credits import ledger_views, queries, views
from ptrack.credits.expiry_queries import expiring
from ptrack.credits.forecast_queries import forecasts, paces
from ptrack.credits.rules import Shape, last_day, package_shape, price_in_cents
from ptrack.database.reading import Reader
from ptrack.errors import UsageError
from ptrack.moments import read_day
from ptrack.naming import resolve
from ptrack.vocabulary import PackageKind

group = new_group("Packages and credits: sell, list, ledger, transfer, expire.")

MOST = 10_000

PackageNumber = Annotated[int, typer.Argument(metavar="PACKAGE", max=LARGEST, help="The package's number.")]
Sessions = Annotated[int | None, typer.Option(min=1, max=MOST, help="How many sessions with a trainer.")]
Solo = Annotated[int | None, typer.Option(min=1, max=MOST, help="How many solo workouts: a hybrid.")]
Price = Annotated[str | None, typer.Option(metavar="AMOUNT", help="450 or 450.00.")]
SessionValue = Annotated[
    str | None, typer.Option(metavar="AMOUNT", help="What one session of an unlimited package is worth.")
]
Name = Annotated[str | None, typer.Option(help="What it is called.")]
Whose = Annotated[str | None, typer.Option("--client", metavar="CLIENT", help="Only this client's.")]
Note = Annotated[str | None, typer.Option(help="Why; it stands in the ledger.")]


def _today(app: App, reader: Reader) -> date:
    return practice(reader).local(app.now).date()


def _number_of(reader: Reader, client: str | None) -> int | None:
    return resolve(client, client_names(reader), "client").id if client is not None else None


def _beside(reader: Reader, client_id: int | None, house: Practice, today: date) -> views.Beside:
    rows = queries.packages(reader, client_id, with_taken_back=True)
    paces_of = paces(reader, house, today, client_id)
    return views.Beside(
        queries.settlements(reader, client_id),
        queries.solo_workouts(reader, rows, house.zone),
        forecasts(rows, paces_of, today),
        paces_of,
    )


def _show(app: App, number: int, words: Sequence[str] = (), settled: Sequence[int] | None = None) -> None:
    """The page of a package; `settled` is what its sale has just paid for."""
    with app.reading() as reader:
        row = queries.package(reader, number)
        house, today = practice(reader), _today(app, reader)
        standing = queries.standing(reader, row.client_id, today)
        beside = _beside(reader, row.client_id, house, today)
    if settled is not None:
        beside = views.with_settled(beside, number, settled)
    app.show(views.package_document(row, beside, standing, house, today, [text for text in words if text]))


@group.command("sell", cls=Change)
def sell(
    context: Context,
    client: Client,
    sessions: Sessions = None,
    solo: Solo = None,
    kind: Annotated[PackageKind | None, typer.Option(help="What it covers; the numbers tell it.")] = None,
    price: Price = None,
    session_value: SessionValue = None,
    expires: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day it is good, or '3 months' from the sale.")
    ] = None,
    sold: Annotated[str | None, typer.Option(metavar="DATE", help="When it was sold, if not today.")] = None,
    name: Name = None,
) -> None:
    """Sell a package; it settles sessions that are owed."""
    shape = package_shape(kind, sessions, solo)
    price_cents, value_cents = _cents(price), _session_value(session_value, shape)
    from ptrack.desk.sell import Sale
    from ptrack.desk.sell import sell as do_sell

    app = app_of(context)
    with app.writing() as work:
        today = _today(app, work.reader)
        client_id = resolve(client, client_names(work.reader), "client").id
        sold_on = read_day(sold, today) if sold is not None else today
        expires_on = last_day(expires, sold_on) if expires else None
        sale = Sale(client_id, shape, name, price_cents, value_cents, expires_on, sold_on)
        done = do_sell(work, sale)
    if expires_on and expires_on < today:
        app.notice(f"It expired on {expires_on}: it pays only for sessions up to that day.")
    _show(app, done.package_id, [views.settled_text(done.settled)], done.settled)


def _cents(text: str | None) -> int | None:
    return price_in_cents(text) if text is not None else None


def _session_value(text: str | None, shape: Shape) -> int | None:
    if text is not None and shape.kind is not PackageKind.UNLIMITED:
        raise UsageError("--session-value is for an unlimited package; of others the price tells it.")
    return _cents(text)


@group.command("list", cls=Listing)
def list_packages(
    context: Context,
    client: Whose = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Those whose sale was undone, too.", show_default=False)
    ] = False,
) -> None:
    """List packages: used, left, and when they run out."""
    app = app_of(context)
    with app.reading() as reader:
        number, house, today = _number_of(reader, client), practice(reader), _today(app, reader)
        rows = queries.packages(reader, number, with_taken_back=everything)
        beside = _beside(reader, number, house, today)
    app.show(views.packages_document(rows, beside, house, today))


@group.command("show", cls=Change)
def show(context: Context, package: PackageNumber) -> None:
    """Show one package."""
    _show(app_of(context), package)


@group.command("ledger", cls=Listing)
def ledger(
    context: Context,
    client: Client,
    package: Annotated[
        int | None, typer.Option(metavar="PACKAGE", max=LARGEST, help="Only this package's entries.")
    ] = None,
    begin: From = None,
    end: To = None,
    period: Period = None,
) -> None:
    """Show every credit that came and went, with the balance after it."""
    app = app_of(context)
    with app.reading() as reader:
        house, found = practice(reader), resolve(client, client_names(reader), "client")
        begins, ends = bounds_of(app, house, begin, end, period)
        if package is not None:
            queries.package_of(reader, package, found)
        rows = queries.ledger(reader, found.id, package)
        owed = queries.owed_sessions(reader, found.id) if package is None else []
        today = _today(app, reader)
    statement = ledger_views.statement(found.name, found.id, rows, begins, ends)
    statement = statement._replace(owed=owed, package=package)
    app.show(ledger_views.ledger_document(statement, house, today))


@group.command("adjust", cls=Change)
def adjust(
    context: Context,
    package: PackageNumber,
    delta: Annotated[
        int,
        typer.Argument(metavar="DELTA", min=-MOST, max=MOST, help="Credits to add, or with a minus to take."),
    ],
    note: Note = None,
) -> None:
    """Add credits to a package or take some from it, with an entry."""
    from ptrack.credits import actions

    app = app_of(context)
    with app.writing() as work:
        entry = actions.adjust_package(work, package, delta, note)
    _show(app, package, [f"{delta:+d} in the ledger (entry {entry})."])


@group.command("edit", cls=Change)
def edit(
    context: Context,
    package: PackageNumber,
    expires: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The last day it is good, '3 months' from today, or never."),
    ] = None,
    name: Name = None,
    price: Price = None,
    session_value: SessionValue = None,
) -> None:
    """Change a package. Credits that have expired come back when it is extended."""
    from ptrack.credits.actions import PackageChanges
    from ptrack.desk.extend import amend

    app = app_of(context)
    if expires is None and name is None and price is None and session_value is None:
        raise UsageError("Nothing is to be changed. Give --expires, --name, --price or --session-value.")
    never = expires is not None and expires.strip().casefold() in ("", "never", "none")
    with app.writing() as work:
        until = last_day(expires, _today(app, work.reader)) if expires and not never else None
        changes = PackageChanges(name, _cents(price), _cents(session_value), until, never)
        done = amend(work, package, changes)
    words = [views.back_text(done.back.credits, done.back.entry), views.settled_text(done.settled)]
    _show(app, package, words)


@group.command("transfer", cls=Listing)
def transfer(
    context: Context,
    package: PackageNumber,
    client: Client,
    sessions: Annotated[
        int | None, typer.Option(min=1, max=MOST, help="How many; all that are left unless told.")
    ] = None,
    note: Note = None,
) -> None:
    """Hand credits of a package on to another client."""
    from ptrack.desk.transfer import transfer as do_transfer

    app = app_of(context)
    with app.writing() as work:
        number = resolve(client, client_names(work.reader), "client").id
        done = do_transfer(work, package, number, sessions, note)
    with app.reading() as reader:
        source, target = queries.package(reader, package), queries.package(reader, done.package_id)
        house, today = practice(reader), _today(app, reader)
        beside = views.joined([_beside(reader, row.client_id, house, today) for row in (source, target)])
    words = views.transferred_text(source, target, done.credits, done.entries)
    words += [views.settled_text(done.settled)]
    app.show(views.transferred_document(source, target, beside, house, today, [t for t in words if t]))


@group.command("expire", cls=Listing)
def expire(
    context: Context,
    client: Whose = None,
    day: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="As on this day, if not today.")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Write off what is left on packages past their last day. Silent where there is nothing."""
    app = app_of(context)
    if dry_run:
        with app.reading() as reader:
            today, number = _today(app, reader), _number_of(reader, client)
            rows = expiring(reader, read_day(day, today) if day else today, number)
        app.notice("Nothing was written off: this is what would be.")
    else:
        from ptrack.desk.expire import expire as do_expire

        with app.writing() as work:
            today, number = _today(app, work.reader), _number_of(work.reader, client)
            rows = list(do_expire(work, read_day(day, today) if day else today, number))
    if rows or app.format is not Format.SCREEN:
        app.show(views.expired_document(rows))


@group.command("close", cls=Change)
def close(context: Context, package: PackageNumber) -> None:
    """End a package; what was left of it is written off."""
    from ptrack.credits import actions

    app = app_of(context)
    with app.writing() as work:
        done = actions.close_package(work, package)
        links, house = queries.linked(work.reader, package), practice(work.reader)
    _show(app, package, views.closed_text(done.credits, done.entry, links, house))


@group.command("reopen", cls=Change)
def reopen(context: Context, package: PackageNumber) -> None:
    """Open a closed package again; what was written off comes back."""
    from ptrack.desk.extend import reopen as do_reopen

    app = app_of(context)
    with app.writing() as work:
        done = do_reopen(work, package)
    words = [views.back_text(done.back.credits, done.back.entry), views.settled_text(done.settled)]
    _show(app, package, words)
