"""`ptrack trainers`."""

from typing import Annotated

import typer

from ptrack.clients import queries, views
from ptrack.commands.edge import Change, Context, Listing, app_of, new_group
from ptrack.errors import UsageError
from ptrack.vocabulary import CommissionKind, Role

group = new_group("Trainers: add, list.")


def commission_rate(text: str | None) -> tuple[CommissionKind, int]:
    """`40%` as hundredths of a percent, `25` or `25.50` as cents a session."""
    if text is None:
        return CommissionKind.PERCENT, 0
    from decimal import Decimal, InvalidOperation

    kind = CommissionKind.PERCENT if text.strip().endswith("%") else CommissionKind.FIXED
    try:
        amount = Decimal(text.strip().rstrip("%").strip().replace(",", ".")) * 100
    except InvalidOperation:
        raise UsageError(f'"{text}" is no commission like 40% or 25.00 (a session).') from None
    most = 10_000 if kind is CommissionKind.PERCENT else 10_000_000
    if not amount.is_finite() or not 0 <= amount <= most or amount != int(amount):
        raise UsageError(f'"{text}" is no commission like 40% (up to 100%) or 25.00 (a session).')
    return kind, int(amount)


@group.command("add", cls=Change)
def add(
    context: Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The trainer's name.")],
    email: Annotated[str | None, typer.Option(help="E-mail address.")] = None,
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.TRAINER,
    commission: Annotated[
        str | None, typer.Option(metavar="RATE", help="40% of what a session is worth, or 25.00 a session.")
    ] = None,
) -> None:
    """Take on a trainer."""
    from ptrack.clients import actions

    app = app_of(context)
    with app.writing() as work:
        number = actions.add_trainer(work, name, email, role, commission_rate(commission))
    with app.reading() as reader:
        rows = [row for row in queries.trainers(reader) if row.id == number]
    app.show(views.one_of(views.trainers_document(rows)))


@group.command("list", cls=Listing)
def list_trainers(context: Context) -> None:
    """List trainers."""
    app = app_of(context)
    with app.reading() as reader:
        rows = queries.trainers(reader)
    app.show(views.trainers_document(rows))
