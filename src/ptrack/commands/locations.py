"""`ptrack locations`."""

from typing import Annotated

import typer

from ptrack.clients import queries, views
from ptrack.commands.edge import Change, Context, Listing, app_of, new_group

group = new_group("Places where sessions are held: add, list.")


@group.command("add", cls=Change)
def add(
    context: Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the place is called.")],
    address: Annotated[str | None, typer.Option(help="Where it is.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address online, for sessions held there.")] = None,
) -> None:
    """Add a place."""
    from ptrack.clients import actions

    app = app_of(context)
    with app.writing() as work:
        number = actions.add_location(work, name, address, url)
    with app.reading() as reader:
        rows = [row for row in queries.locations(reader) if row.id == number]
    app.show(views.one_of(views.locations_document(rows)))


@group.command("list", cls=Listing)
def list_locations(context: Context) -> None:
    """List places."""
    app = app_of(context)
    with app.reading() as reader:
        rows = queries.locations(reader)
    app.show(views.locations_document(rows))
