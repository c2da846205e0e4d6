"""`ptrack packages`."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import Practice, client_names, practice
from ptrack.commands.edge import LARGEST, Change, Client, Context, Listing, app_of, new_group
from ptrack.credits import queries, views
from ptrack.credits.rules import Shape, package_shape, price_in_cents
from ptrack.database.reading import Reader
from ptrack.errors import UsageError
from ptrack.moments import read_day
from ptrack.naming import resolve
from ptrack.vocabulary import PackageKind

group = new_group("Packages and the credit ledger.")

MOST = 10_000

PackageNumber = Annotated[int, typer.Argument(metavar="PACKAGE", max=LARGEST, help="The package's number.")]
Sessions = Annotated[int | None, typer.Option(min=1, max=MOST, help="How many sessions with a trainer.")]
Solo = Annotated[int | None, typer.Option(min=1, max=MOST, help="How many solo workouts: a hybrid.")]


def _today(app: App, reader: Reader) -> date:
    return practice(reader).local(app.now).date()


def _beside(reader: Reader, client_id: int | None, house: Practice) -> views.Beside:
    solo = queries.solo_workouts(reader, queries.packages(reader, client_id), house.zone)
    return views.Beside(queries.settlements(reader, client_id), solo)


def _show(app: App, number: int, words: Sequence[str], settled: Sequence[int] | None = None) -> None:
    """The page of a package; `settled` is what its sale has just paid for."""
    with app.reading() as reader:
        row = queries.package(reader, number)
        house, today = practice(reader), _today(app, reader)
        standing = queries.standing(reader, row.client_id, today)
        beside = _beside(reader, row.client_id, house)
    if settled is not None:
        beside = views.Beside({number: settled}, beside.solo)
    app.show(views.package_document(row, beside, standing, house, today, [text for text in words if text]))


@group.command("sell", cls=Change)
def sell(
    context: Context,
    client: Client,
    sessions: Sessions = None,
    solo: Solo = None,
    kind: Annotated[PackageKind | None, typer.Option(help="What it covers; the numbers tell it.")] = None,
    price: Annotated[str | None, typer.Option(metavar="AMOUNT", help="450 or 450.00.")] = None,
    session_value: Annotated[
        str | None,
        typer.Option(metavar="AMOUNT", help="What one session of an unlimited package is worth."),
    ] = None,
    expires: Annotated[str | None, typer.Option(metavar="DATE", help="The last day it is good.")] = None,
    name: Annotated[str | None, typer.Option(help="What it is called.")] = None,
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
        expires_on = read_day(expires, today) if expires else None
        sold = do_sell(work, Sale(client_id, shape, name, price_cents, value_cents, expires_on))
    if expires_on and expires_on < today:
        app.notice(f"It expired on {expires_on}: it pays only for sessions up to that day.")
    _show(app, sold.package_id, [views.settled_text(sold.settled)], sold.settled)


def _cents(text: str | None) -> int | None:
    return price_in_cents(text) if text is not None else None


def _session_value(text: str | None, shape: Shape) -> int | None:
    if text is not None and shape.kind is not PackageKind.UNLIMITED:
        raise UsageError("--session-value is for an unlimited package; of others the price tells it.")
    return _cents(text)


@group.command("list", cls=Listing)
def list_packages(
    context: Context,
    client: Annotated[str | None, typer.Option(metavar="CLIENT", help="Only this client's.")] = None,
) -> None:
    """List packages with what is used and left."""
    app = app_of(context)
    with app.reading() as reader:
        number = resolve(client, client_names(reader), "client").id if client is not None else None
        rows, house = queries.packages(reader, number), practice(reader)
        beside, today = _beside(reader, number, house), _today(app, reader)
    app.show(views.packages_document(rows, beside, house, today))


@group.command("ledger", cls=Listing)
def ledger(context: Context, client: Client) -> None:
    """Show every credit that came and went, with the balance after it."""
    app = app_of(context)
    with app.reading() as reader:
        found = resolve(client, client_names(reader), "client")
        rows, house = queries.ledger(reader, found.id), practice(reader)
    app.show(views.ledger_document(found.name, found.id, rows, house))


@group.command("adjust", cls=Change)
def adjust(
    context: Context,
    package: PackageNumber,
    delta: Annotated[
        int,
        typer.Argument(metavar="DELTA", min=-MOST, max=MOST, help="Credits to add, or with a minus to take."),
    ],
    note: Annotated[str | None, typer.Option(help="Why; it stands in the ledger.")] = None,
) -> None:
    """Add credits to a package or take some from it, with an entry."""
    from ptrack.credits import actions

    app = app_of(context)
    with app.writing() as work:
        actions.adjust_package(work, package, delta, note)
    _show(app, package, [f"{delta:+d} in the ledger."])


@group.command("close", cls=Change)
def close(context: Context, package: PackageNumber) -> None:
    """End a package; what was left of it is written off."""
    from ptrack.credits import actions

    app = app_of(context)
    with app.writing() as work:
        left = actions.close_package(work, package)
    _show(app, package, [f"{left} credits written off." if left else "No credit was left."])
