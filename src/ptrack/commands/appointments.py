"""`ptrack appointments`."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ptrack.app import App
from ptrack.clients.queries import client_names, practice
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
from ptrack.commands.availability import free
from ptrack.commands.booking import (
    Duration,
    Following,
    GroupNumber,
    NoMail,
    Number,
    add,
    edit,
    join,
    show_one,
)
from ptrack.commands.calendars import day, month, week
from ptrack.commands.edge import Change, Client, CommandGroup, Context, Listing, app_of
from ptrack.commands.telling import Telling
from ptrack.errors import UsageError
from ptrack.naming import resolve
from ptrack.scheduling import company_queries, queries, views
from ptrack.scheduling.rules import CancelledBy, Move
from ptrack.vocabulary import AppointmentStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from ptrack.database.session import Writing
    from ptrack.desk.cancel import Cancellation
    from ptrack.desk.complete import Outcome


ORDER = (
    *("add", "list", "show", "edit", "day", "week", "month", "free"),
    *("start", "complete", "no-show", "cancel", "waive", "reopen", "join", "leave"),
)
"""The commands as they are looked for: booking and looking first, then what becomes of it."""


class Appointments(CommandGroup):
    """Its `w` is the week, which is asked for more often than a charge is waived."""

    aliases = {"w": "week"}  # noqa: RUF012  a constant of the class

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command by its name, in the order in which they are looked for."""
        return sorted(super().list_commands(ctx), key=ORDER.index)


group = typer.Typer(
    cls=Appointments,
    help="Appointments: add, list, edit, cancel; day, week, month, free.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


Charge = Annotated[
    bool, typer.Option("--charge", help="It costs a credit, whatever the policy says.", show_default=False)
]
NoCharge = Annotated[
    bool, typer.Option("--no-charge", help="It costs none, whatever the policy says.", show_default=False)
]
WholeGroup = Annotated[
    bool, typer.Option("--whole-group", help="For everybody in its group.", show_default=False)
]
By = Annotated[CancelledBy, typer.Option(help="Who calls it off.")]
Reason = Annotated[str | None, typer.Option(help="Why.")]


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
    show_one(app, number)


def _move(context: Context, move: "Callable[[Writing], Outcome]") -> None:
    """Do one thing to an appointment and show what became of it."""
    from ptrack.desk.complete import became

    app = app_of(context)
    with app.writing() as work:
        open_calendar(work.reader)
        outcome = move(work)
    for notice in outcome.notices:
        app.notice(notice)
    with app.reading() as reader:
        house = practice(reader)
        moved = became(reader, outcome, today_of(app, house))
        company = company_queries.company(reader, moved.row)
    app.show(views.moved_document(moved, house, company))


def _move_several(context: Context, move: "Callable[[Writing], list[Outcome]]") -> None:
    """Do one thing to several appointments and show what became of each."""
    from ptrack.desk.complete import became

    app = app_of(context)
    with app.writing() as work:
        open_calendar(work.reader)
        outcomes = move(work)
    for notice in dict.fromkeys(notice for outcome in outcomes for notice in outcome.notices):
        app.notice(notice)
    with app.reading() as reader:
        house = practice(reader)
        moves = [became(reader, outcome, today_of(app, house)) for outcome in outcomes]
    app.show(views.several_moved_document(moves, house, today_of(app, house)))


def _whole(context: Context, number: int, move: Move, one: "Callable[[Writing, int], Outcome]") -> None:
    """Do one thing to everybody's appointment in a group."""
    from ptrack.desk.groups import Reach, reached

    _move_several(
        context,
        lambda work: [one(work, each) for each in reached(work, number, Reach(whole_group=True), move)],
    )


def _said(charge: bool, waive: bool, waive_option: str) -> bool | None:
    """What was said of a charge; None where nothing was, UsageError where both were."""
    if charge and waive:
        raise UsageError(f"Say --charge or {waive_option}, not both.")
    return charge if charge or waive else None


@group.command("start", cls=Change)
def start(context: Context, number: Number, whole_group: WholeGroup = False) -> None:
    """Open the session of an appointment that begins."""
    from ptrack.desk import complete as desk

    if whole_group:
        _whole(context, number, Move.START, desk.start)
    else:
        _move(context, lambda work: desk.start(work, number))


@group.command("complete", cls=Telling)
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
    whole_group: WholeGroup = False,
    force: Annotated[
        bool, typer.Option("--force", help="Even before it has begun.", show_default=False)
    ] = False,
) -> None:
    """Record that it took place: the session, its credit, its workout."""
    from ptrack.desk import complete as desk

    completion = desk.Completion(duration, log, create, force)
    if whole_group:
        _whole(context, number, Move.COMPLETE, lambda work, each: desk.complete(work, each, completion))
    else:
        _move(context, lambda work: desk.complete(work, number, completion))


@group.command("reopen", cls=Change)
def reopen(context: Context, number: Number) -> None:
    """Take a completion back; the credit returns."""
    from ptrack.desk import complete as desk

    _move(context, lambda work: desk.reopen(work, number))


@group.command("no-show", cls=Telling)
def no_show(
    context: Context,
    number: Number,
    charge: Charge = False,
    waive: Annotated[
        bool, typer.Option("--waive", help="It costs none, whatever the policy says.", show_default=False)
    ] = False,
) -> None:
    """Record that the client did not come."""
    from ptrack.desk import cancel as desk
    from ptrack.scheduling.rules import policy_charges

    app = app_of(context)
    said = _said(charge, waive, "--waive")
    if said is None and app.is_interactive:
        with app.reading() as reader:
            costs = policy_charges(open_calendar(reader).no_show_charges, None)
        said = _ask(desk.ABSENT) if costs is None else None
    _move(context, lambda work: desk.record_no_show(work, number, said))


@group.command("cancel", cls=Telling)
def cancel(
    context: Context,
    number: Number,
    charge: Charge = False,
    no_charge: NoCharge = False,
    by: By = CancelledBy.CLIENT,
    reason: Reason = None,
    following: Following = False,
    whole_group: WholeGroup = False,
    no_mail: NoMail = False,
) -> None:
    """Call an appointment off; a late one may cost a credit."""
    from ptrack.desk import cancel as desk
    from ptrack.desk.groups import Reach, reached

    app = app_of(context)
    said = _said(charge, no_charge, "--no-charge")
    if said is None and app.is_interactive:
        said = _ask_late(app, number, desk.Cancellation(by))
    cancellation = desk.Cancellation(by, said, reason, no_mail)
    if not following and not whole_group:
        _move(context, lambda work: desk.cancel(work, number, cancellation))
        return
    reach = Reach(following, whole_group)
    _move_several(
        context,
        lambda work: desk.cancel_each(work, reached(work, number, reach, Move.CANCEL), cancellation),
    )


@group.command("leave", cls=Telling)
def leave(
    context: Context,
    group_number: GroupNumber,
    name: Client,
    charge: Charge = False,
    no_charge: NoCharge = False,
    by: By = CancelledBy.CLIENT,
    reason: Reason = None,
    following: Following = False,
    no_mail: NoMail = False,
) -> None:
    """Take a client out of a group. It is a cancellation like any other."""
    app = app_of(context)
    with app.reading() as reader:
        open_calendar(reader)
        client_id = resolve(name, client_names(reader), "client").id
        number = company_queries.place_in(reader, group_number, client_id)
    cancel(context, number, charge, no_charge, by, reason, following, no_mail=no_mail)


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
    """Let the client off a charge. The credit returns, the status stays."""
    from ptrack.desk import cancel as desk

    _move(context, lambda work: desk.waive(work, number, note))


for _name, _command in (("day", day), ("week", week), ("month", month)):
    group.command(_name, cls=Listing)(_command)
group.command("add", cls=Telling)(add)
group.command("edit", cls=Telling)(edit)
group.command("join", cls=Telling)(join)
group.command("free", cls=Listing)(free)
