"""`ptrack trainers`."""

from datetime import date
from typing import Annotated

import typer

from ptrack.app import App
from ptrack.clients import queries, staff_views
from ptrack.commands.edge import (
    LARGEST,
    Change,
    Context,
    Listing,
    app_of,
    completing,
    new_group,
    trainer_names_beginning,
)
from ptrack.database.reading import Reader
from ptrack.errors import UsageError
from ptrack.moments import EARLIEST, read_day
from ptrack.naming import resolve
from ptrack.scheduling import hours_queries
from ptrack.vocabulary import CommissionKind, Role

WEEKS_SHOWN = 5

group = new_group("Trainers: add, list, show, edit, hours, days off, deactivate.")
off = new_group("Days off: add, list, remove.")

Trainer = Annotated[
    str,
    typer.Argument(
        metavar="TRAINER",
        help="Number, name or beginning of it.",
        autocompletion=completing(trainer_names_beginning),
    ),
]
Email = Annotated[str | None, typer.Option(help="E-mail address.")]
RoleOption = Annotated[Role | None, typer.Option(help="What they may do.")]
Commission = Annotated[
    str | None, typer.Option(metavar="RATE", help="40% of what a session is worth, or 25.00 a session.")
]
Buffer = Annotated[
    int | None, typer.Option(min=0, max=240, metavar="MIN", help="Minutes kept free between appointments.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Even with appointments still scheduled.", show_default=False)
]


def commission_rate(text: str | None) -> tuple[CommissionKind, int] | None:
    """`40%` as hundredths of a percent, `25` or `25.50` as cents a session."""
    if text is None:
        return None
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


def _number(reader: Reader, name: str) -> int:
    return resolve(name, queries.trainer_names(reader), "trainer").id


def _today(app: App, reader: Reader) -> date:
    return queries.practice(reader).local(app.now).date()


def _show(app: App, number: int) -> None:
    """The page of one trainer, with how full this week and the next four are."""
    from ptrack.scheduling import availability_queries, hours_views

    with app.reading() as reader:
        house, today = queries.practice(reader), _today(app, reader)
        page = hours_views.TrainerPage(
            queries.trainer_row(reader, number),
            queries.clients_of_trainer(reader, number),
            availability_queries.ahead_with(reader, number),
            hours_queries.hours_by_trainer(reader).get(number, {}),
            hours_queries.days_off(reader, today, number),
            hours_queries.weeks_of(reader, house, today, WEEKS_SHOWN, number),
        )
    app.show(hours_views.trainer_document(page, house))


@group.command("add", cls=Change)
def add(
    context: Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The trainer's name.")],
    email: Email = None,
    role: RoleOption = None,
    commission: Commission = None,
    buffer: Buffer = None,
) -> None:
    """Take on a trainer."""
    from ptrack.clients.staff import TrainerChanges, add_trainer

    app = app_of(context)
    with app.writing() as work:
        changes = TrainerChanges(name, email, role, commission_rate(commission), buffer)
        number = add_trainer(work, changes)
    _show(app, number)


@group.command("list", cls=Listing)
def list_trainers(context: Context) -> None:
    """List trainers."""
    app = app_of(context)
    with app.reading() as reader:
        rows = queries.trainers(reader)
    app.show(staff_views.trainers_document(rows))


@group.command("show", cls=Change)
def show(context: Context, trainer: Trainer) -> None:
    """Show one trainer. Hours, days off, how full the next weeks are."""
    app = app_of(context)
    with app.reading() as reader:
        number = _number(reader, trainer)
    _show(app, number)


@group.command("edit", cls=Change)
def edit(
    context: Context,
    trainer: Trainer,
    name: Annotated[str | None, typer.Option(help="A new name.")] = None,
    email: Email = None,
    role: RoleOption = None,
    commission: Commission = None,
    buffer: Buffer = None,
) -> None:
    """Change what is known of a trainer."""
    from ptrack.clients.staff import TrainerChanges, edit_trainer

    app = app_of(context)
    with app.writing() as work:
        number = _number(work.reader, trainer)
        edit_trainer(work, number, TrainerChanges(name, email, role, commission_rate(commission), buffer))
    if commission is not None:
        app.notice("The rate is for sessions from now on; those completed so far keep theirs.")
    _show(app, number)


@group.command("deactivate", cls=Change)
def deactivate(context: Context, trainer: Trainer, force: Force = False) -> None:
    """Book nothing more with a trainer; the past stays."""
    from ptrack.desk.staff import deactivate_trainer

    app = app_of(context)
    with app.writing() as work:
        number = _number(work.reader, trainer)
        notices = deactivate_trainer(work, number, force=force)
    for notice in notices:
        app.notice(notice)
    _show(app, number)


@group.command("activate", cls=Change)
def activate(context: Context, trainer: Trainer) -> None:
    """Book with a trainer again."""
    from ptrack.clients.staff import set_active
    from ptrack.models.practice import Trainer as TrainerTable

    app = app_of(context)
    with app.writing() as work:
        number = _number(work.reader, trainer)
        set_active(work, work.get(TrainerTable, number), active=True)
    _show(app, number)


@group.command("hours", cls=Listing)
def hours(
    context: Context,
    trainer: Trainer,
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="[HOURS]", help="'mon-fri 9-17, sat 9:00-12:30', 'mon 7-12 14-20', none."),
    ] = None,
) -> None:
    """Show or set when a trainer works."""
    from ptrack.scheduling.hours import read_hours
    from ptrack.scheduling.hours_views import hours_document

    app = app_of(context)
    if text:
        from ptrack.scheduling.hours_actions import set_hours

        with app.writing() as work:
            set_hours(work, _number(work.reader, trainer), read_hours(" ".join(text)))
    with app.reading() as reader:
        row = queries.trainer_row(reader, _number(reader, trainer))
        week = hours_queries.hours_by_trainer(reader).get(row.id, {})
    app.show(hours_document(row, week))


@off.command("add", cls=Change)
def add_off(
    context: Context,
    trainer: Annotated[str, typer.Argument(metavar="TRAINER|all", help="Whose; all for the whole practice.")],
    first: Annotated[str, typer.Argument(metavar="FROM", help="The day, or the first of them.")],
    last: Annotated[str | None, typer.Argument(metavar="[TO]", help="The last of them.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Note a day off, or several; what is booked on them stays and is named."""
    from ptrack.desk.staff import take_days_off
    from ptrack.scheduling.hours_views import day_off_document

    app = app_of(context)
    with app.writing() as work:
        today = _today(app, work.reader)
        begins = read_day(first, today)
        ends = read_day(last, today) if last is not None else begins
        whose = None if trainer.casefold() == "all" else _number(work.reader, trainer)
        number, notices = take_days_off(work, whose, begins, ends, reason)
    for notice in notices:
        app.notice(notice)
    with app.reading() as reader:
        row = hours_queries.day_off(reader, number)
    app.show(day_off_document(row))


@off.command("list", cls=Listing)
def list_off(
    context: Context,
    trainer: Annotated[
        str | None, typer.Argument(metavar="[TRAINER]", help="Only this trainer's and the practice's.")
    ] = None,
    past: Annotated[
        bool, typer.Option("--all", help="Those that are over, too.", show_default=False)
    ] = False,
) -> None:
    """List days off that are not over."""
    from ptrack.scheduling.hours_views import days_off_document

    app = app_of(context)
    with app.reading() as reader:
        number = _number(reader, trainer) if trainer is not None else None
        rows = hours_queries.days_off(reader, EARLIEST if past else _today(app, reader), number)
    app.show(days_off_document(rows))


@off.command("remove", cls=Change)
def remove_off(
    context: Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", max=LARGEST, help="As the list shows it.")],
) -> None:
    """Take days off back: they are worked after all."""
    from ptrack.scheduling.hours_actions import remove_day_off
    from ptrack.scheduling.hours_views import day_off_document

    app = app_of(context)
    with app.writing() as work:
        row = hours_queries.day_off(work.reader, number)
        remove_day_off(work, number)
    app.notice("Taken back:")
    app.show(day_off_document(row))


group.add_typer(off, name="off")
