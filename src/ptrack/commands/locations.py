"""`ptrack locations`."""

from typing import Annotated

import typer

from ptrack.app import App
from ptrack.clients import queries, staff_views
from ptrack.commands.edge import Change, Context, Listing, app_of, new_group
from ptrack.database.reading import Reader
from ptrack.naming import resolve

group = new_group("Places of sessions: add, list, show, edit, deactivate.")

Place = Annotated[str, typer.Argument(metavar="LOCATION", help="Number, name or beginning of it.")]
Address = Annotated[str | None, typer.Option(help="Where it is.")]
Url = Annotated[str | None, typer.Option(help="Its address online, for sessions held there.")]
Capacity = Annotated[
    int | None, typer.Option(min=0, max=1000, metavar="N", help="Clients it holds at once; 0 is any number.")
]
Buffer = Annotated[
    int | None, typer.Option(min=0, max=240, metavar="MIN", help="Minutes kept free between appointments.")
]


def _number(reader: Reader, name: str) -> int:
    return resolve(name, queries.location_names(reader), "location").id


def _show(app: App, number: int) -> None:
    from ptrack.scheduling.availability_queries import ahead_at
    from ptrack.scheduling.hours_views import location_document

    with app.reading() as reader:
        row, house = queries.location_row(reader, number), queries.practice(reader)
        clients, ahead = queries.clients_at_place(reader, number), ahead_at(reader, number)
    app.show(location_document(row, clients, ahead, house))


@group.command("add", cls=Change)
def add(
    context: Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the place is called.")],
    address: Address = None,
    url: Url = None,
    capacity: Capacity = None,
    buffer: Buffer = None,
) -> None:
    """Add a place."""
    from ptrack.clients.staff import LocationChanges, add_location

    app = app_of(context)
    with app.writing() as work:
        number = add_location(work, LocationChanges(name, address, url, buffer, capacity))
    _show(app, number)


@group.command("list", cls=Listing)
def list_locations(context: Context) -> None:
    """List places."""
    app = app_of(context)
    with app.reading() as reader:
        rows = queries.locations(reader)
    app.show(staff_views.locations_document(rows))


@group.command("show", cls=Change)
def show(context: Context, location: Place) -> None:
    """Show one place."""
    app = app_of(context)
    with app.reading() as reader:
        number = _number(reader, location)
    _show(app, number)


@group.command("edit", cls=Change)
def edit(
    context: Context,
    location: Place,
    name: Annotated[str | None, typer.Option(help="A new name.")] = None,
    address: Address = None,
    url: Url = None,
    capacity: Capacity = None,
    buffer: Buffer = None,
) -> None:
    """Change what is known of a place."""
    from ptrack.clients.staff import LocationChanges, edit_location

    app = app_of(context)
    with app.writing() as work:
        number = _number(work.reader, location)
        edit_location(work, number, LocationChanges(name, address, url, buffer, capacity))
    _show(app, number)


@group.command("deactivate", cls=Change)
def deactivate(
    context: Context,
    location: Place,
    force: Annotated[
        bool, typer.Option("--force", help="Even with appointments still scheduled.", show_default=False)
    ] = False,
) -> None:
    """Book nothing more at a place; the past stays."""
    from ptrack.desk.staff import deactivate_location

    app = app_of(context)
    with app.writing() as work:
        number = _number(work.reader, location)
        notices = deactivate_location(work, number, force=force)
    for notice in notices:
        app.notice(notice)
    _show(app, number)


@group.command("activate", cls=Change)
def activate(context: Context, location: Place) -> None:
    """Book at a place again."""
    from ptrack.clients.staff import set_active
    from ptrack.models.practice import Location

    app = app_of(context)
    with app.writing() as work:
        number = _number(work.reader, location)
        set_active(work, work.get(Location, number), active=True)
    _show(app, number)
