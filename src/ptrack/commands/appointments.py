"""`ptrack appointments`."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import Practice, client, client_names, practice, trainer_names
from ptrack.clients.rules import responsible_trainer
from ptrack.commands.agenda import (
    ClientName,
    From,
    LocationName,
    Period,
    To,
    WhoseTrainer,
    bounds_of,
    location_number,
    open_calendar,
    today_of,
    trainer_number,
)
from ptrack.commands.calendars import day, month, week
from ptrack.commands.edge import LARGEST, Change, Client, CommandGroup, Context, Listing, app_of
from ptrack.credits.queries import session_credit
from ptrack.errors import UsageError
from ptrack.moments import place, read_moment
from ptrack.naming import resolve
from ptrack.scheduling import queries, views
from ptrack.scheduling.rules import CancelledBy
from ptrack.vocabulary import AppointmentStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from ptrack.database.session import Writing
    from ptrack.desk.cancel import Cancellation
    from ptrack.desk.complete import Outcome


class Appointments(CommandGroup):
    """Its `w` is the week, which is asked for more often than a charge is waived."""

    aliases = {"w": "week"}  # noqa: RUF012  a constant of the class


group = typer.Typer(
    cls=Appointments,
    help="Appointments and the calendar: day, week, month.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


Number = Annotated[int, typer.Argument(metavar="ID", max=LARGEST, help="The appointment's number.")]
Duration = Annotated[int | None, typer.Option(min=1, max=1440, metavar="MIN", help="How long it takes.")]
TrainerName = Annotated[str | None, typer.Option(metavar="TRAINER", help="With this trainer.")]
PackageNumber = Annotated[
    int | None, typer.Option(metavar="PACKAGE", max=LARGEST, help="The package that is to pay.")
]
Notes = Annotated[str | None, typer.Option(help="Anything else.")]
Force = Annotated[bool, typer.Option("--force", help="Book it whatever is in the way.", show_default=False)]
Charge = Annotated[
    bool | None, typer.Option("--charge/--no-charge", help="Whether a late one costs a credit.")
]


def _instant(app: App, house: Practice, when: str) -> datetime:
    """The instant that is meant; a choice that had to be made is told."""
    moment = read_moment(when, house.local(app.now).replace(tzinfo=None))
    if not moment.has_hour:
        raise UsageError(f'"{when}" names no hour. Say at what time: "{when} 10:00"')
    placed = place(moment.local.replace(second=0, microsecond=0), house.zone)
    if placed.notice:
        app.notice(placed.notice)
    return placed.instant


def _show(app: App, number: int) -> None:
    with app.reading() as reader:
        house = practice(reader)
        row = queries.appointment(reader, number, today_of(app, house))
    app.show(views.appointment_document(row, house))


@group.command("add", cls=Change)
def add(
    context: Context,
    name: Client,
    when: Annotated[list[str], typer.Argument(metavar="WHEN", help="'2026-11-24 10:00', 'tue 10:00'.")],
    duration: Duration = None,
    trainer: TrainerName = None,
    location: LocationName = None,
    package: PackageNumber = None,
    notes: Notes = None,
    force: Force = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse where no credit is left.", show_default=False)
    ] = False,
) -> None:
    """Book an appointment."""
    from ptrack.desk.book import Booking, book

    app = app_of(context)
    with app.writing() as work:
        house = open_calendar(work.reader)
        number = resolve(name, client_names(work.reader), "client").id
        known = client(work.reader, number, app.now)
        booking = Booking(
            client_id=number,
            trainer_id=responsible_trainer(
                trainer, known.trainer_id, app.settings.trainer, trainer_names(work.reader)
            ),
            starts_at=_instant(app, house, " ".join(when)),
            duration_min=duration or 60,
            location_id=location_number(work.reader, location) or known.location_id,
            package_id=package,
            notes=notes,
            force=force,
            strict=strict,
        )
        booked = book(work, booking)
    for notice in booked.notices:
        app.notice(notice)
    _show(app, booked.appointment_id)


@group.command("list", cls=Listing)
def list_appointments(
    context: Context,
    name: ClientName = None,
    trainer: WhoseTrainer = None,
    location: LocationName = None,
    status: Annotated[AppointmentStatus | None, typer.Option(help="Only of this status.")] = None,
    begin: From = None,
    end: To = None,
    period: Period = None,
) -> None:
    """List appointments in order of time."""
    app = app_of(context)
    with app.reading() as reader:
        house = open_calendar(reader)
        begins, ends = bounds_of(app, house, begin, end, period)
        number = resolve(name, client_names(reader), "client").id if name is not None else None
        rows = queries.appointments(
            reader,
            today_of(app, house),
            begins,
            ends,
            client_id=number,
            trainer_id=trainer_number(reader, trainer),
            location_id=location_number(reader, location),
            status=status,
        )
    app.show(views.appointments_document(rows, house, today_of(app, house)))


@group.command("show", cls=Change)
def show(context: Context, number: Number) -> None:
    """Show one appointment."""
    app = app_of(context)
    with app.reading() as reader:
        open_calendar(reader)
    _show(app, number)


@group.command("edit", cls=Change)
def edit(
    context: Context,
    number: Number,
    when: Annotated[str | None, typer.Option(metavar="WHEN", help="Another time.")] = None,
    duration: Duration = None,
    trainer: TrainerName = None,
    location: LocationName = None,
    package: PackageNumber = None,
    notes: Notes = None,
    force: Force = False,
) -> None:
    """Change an appointment that is still scheduled."""
    from ptrack.desk.book import Changes, rebook

    app = app_of(context)
    with app.writing() as work:
        house = open_calendar(work.reader)
        changes = Changes(
            starts_at=_instant(app, house, when) if when is not None else None,
            duration_min=duration,
            trainer_id=resolve(trainer, trainer_names(work.reader), "trainer").id if trainer else None,
            location_id=location_number(work.reader, location),
            package_id=package,
            notes=notes,
            force=force,
        )
        booked = rebook(work, number, changes)
    for notice in booked.notices:
        app.notice(notice)
    _show(app, number)


def _move(context: Context, move: "Callable[[Writing], Outcome]") -> None:
    """Do one thing to an appointment and show what became of it."""
    app = app_of(context)
    with app.writing() as work:
        open_calendar(work.reader)
        outcome = move(work)
    for notice in outcome.notices:
        app.notice(notice)
    with app.reading() as reader:
        house = practice(reader)
        row = queries.appointment(reader, outcome.appointment_id, today_of(app, house))
        session = queries.session(reader, row.session) if row.session is not None else None
        credit = session_credit(reader, row.session) if row.session is not None else None
    app.show(views.moved_document(row, outcome.effect, session, credit, house))


@group.command("start", cls=Change)
def start(context: Context, number: Number) -> None:
    """Open the session of an appointment that begins."""
    from ptrack.desk import complete as desk

    _move(context, lambda work: desk.start(work, number))


@group.command("complete", cls=Change)
def complete(
    context: Context,
    number: Number,
    duration: Duration = None,
    log: Annotated[
        str | None, typer.Option(metavar="NOTATION", help="What was done: 'Back Squat: 3x5 100kg'.")
    ] = None,
    create: Annotated[
        bool, typer.Option("--create", help="Make unknown exercises custom ones.", show_default=False)
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Even before it has begun.", show_default=False)
    ] = False,
) -> None:
    """Record that it took place: the session, its credit, its workout."""
    from ptrack.desk import complete as desk

    completion = desk.Completion(duration, log, create, force)
    _move(context, lambda work: desk.complete(work, number, completion))


@group.command("reopen", cls=Change)
def reopen(context: Context, number: Number) -> None:
    """Take a completion back; the credit returns."""
    from ptrack.desk import complete as desk

    _move(context, lambda work: desk.reopen(work, number))


@group.command("no-show", cls=Change)
def no_show(
    context: Context,
    number: Number,
    charge: Annotated[
        bool | None, typer.Option("--charge/--waive", help="Whether it costs a credit; else the policy.")
    ] = None,
) -> None:
    """Record that the client did not come."""
    from ptrack.desk import cancel as desk
    from ptrack.scheduling.rules import policy_charges

    app = app_of(context)
    if charge is None and app.is_interactive:
        with app.reading() as reader:
            costs = policy_charges(open_calendar(reader).no_show_charges, None)
        charge = _ask(desk.ABSENT) if costs is None else None
    _move(context, lambda work: desk.record_no_show(work, number, charge))


@group.command("cancel", cls=Change)
def cancel(
    context: Context,
    number: Number,
    charge: Charge = None,
    by: Annotated[CancelledBy, typer.Option(help="Who calls it off.")] = CancelledBy.CLIENT,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Call an appointment off; a late one may cost a credit."""
    from ptrack.desk import cancel as desk

    app = app_of(context)
    if charge is None and app.is_interactive:
        charge = _ask_late(app, number, desk.Cancellation(by))
    _move(context, lambda work: desk.cancel(work, number, desk.Cancellation(by, charge, reason)))


def _ask_late(app: App, number: int, cancellation: "Cancellation") -> bool | None:
    """Ask whether a late cancellation is charged, where the practice asks; before anything is locked."""
    from ptrack.desk import cancel as desk

    with app.reading() as reader:
        house = open_calendar(reader)
        row = queries.appointment(reader, number, today_of(app, house))
    is_open = row.status is AppointmentStatus.SCHEDULED
    costs = desk.cost_of_cancelling(house, row.starts_at, app.now, cancellation)
    return _ask(desk.LATE) if is_open and costs is None else None


def _ask(what: str) -> bool | None:
    """A yes or no from the person at the terminal; anything else leaves it unsaid."""
    sys.stderr.write(f"{what}. Does it cost a credit? [y/n] ")
    sys.stderr.flush()
    said = sys.stdin.readline().strip().casefold()
    return {"y": True, "yes": True, "n": False, "no": False}.get(said)


@group.command("waive", cls=Change)
def waive(
    context: Context,
    number: Number,
    note: Annotated[str | None, typer.Option(help="Why; it stands in the ledger.")] = None,
) -> None:
    """Let the client off a charge: the credit returns, the status stays."""
    from ptrack.desk import cancel as desk

    _move(context, lambda work: desk.waive(work, number, note))


for _name, _command in (("day", day), ("week", week), ("month", month)):
    group.command(_name, cls=Listing)(_command)
