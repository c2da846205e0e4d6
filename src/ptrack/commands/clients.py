"""`ptrack clients`."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ptrack.app import App
from ptrack.clients import queries, views
from ptrack.commands.edge import Change, Client, Context, DryRun, Listing, Yes, app_of, new_group
from ptrack.database.reading import Reader
from ptrack.moments import read_day
from ptrack.naming import resolve
from ptrack.vocabulary import Channel, ClientStatus, Sex

if TYPE_CHECKING:
    from ptrack.clients.actions import ClientChanges

group = new_group("Clients: add, list, show, edit, pause, resume, churn, remove.")

Email = Annotated[str | None, typer.Option(help="E-mail address.")]
Phone = Annotated[str | None, typer.Option(help="Telephone number.")]
Goal = Annotated[list[str] | None, typer.Option(help="What they train for; may be given several times.")]
TrainerName = Annotated[str | None, typer.Option(metavar="TRAINER", help="Their trainer.")]
LocationName = Annotated[str | None, typer.Option(metavar="LOCATION", help="Where they train.")]
Born = Annotated[str | None, typer.Option(metavar="DATE", help="Date of birth.")]
SexOption = Annotated[Sex | None, typer.Option(help="For the formulas that ask for it.")]
Height = Annotated[float | None, typer.Option(metavar="CM", help="Height in centimetres.")]
GuardianName = Annotated[str | None, typer.Option(help="Name of a minor's guardian.")]
GuardianEmail = Annotated[str | None, typer.Option(help="Address of a minor's guardian.")]
Tag = Annotated[list[str] | None, typer.Option(help="A word to group by; may be given several times.")]
Notes = Annotated[str | None, typer.Option(help="Anything else.")]
ChannelOption = Annotated[Channel | None, typer.Option(help="How they are reached.")]
Reminders = Annotated[
    str | None, typer.Option(metavar="TIMES", help="How long before: '24h, 2h', none, or studio's.")
]
Subscribed = Annotated[
    bool | None,
    typer.Option("--subscribe/--unsubscribe", help="All mail, or news of appointments only."),
]
Status = Annotated[ClientStatus | None, typer.Option(help="Only clients of this status.")]


def _numbers(reader: Reader, trainer: str | None, location: str | None) -> tuple[int | None, int | None]:
    """The numbers of a trainer and a place, None where none is named; an empty name is a mistake."""
    return (
        resolve(trainer, queries.trainer_names(reader), "trainer").id if trainer is not None else None,
        resolve(location, queries.location_names(reader), "location").id if location is not None else None,
    )


def _changes(reader: Reader, today: date, said: dict[str, Any]) -> "ClientChanges":
    """The options of `add` and `edit` as values."""
    from ptrack.clients.actions import ClientChanges

    trainer, location = said.pop("trainer"), said.pop("location")
    goals, tags, born, height = said.pop("goal"), said.pop("tag"), said.pop("born"), said.pop("height")
    said["is_subscribed"] = said.pop("subscribed")
    if (reminders := said.pop("reminders")) is not None:
        said |= _offsets(reminders)
    trainer_id, location_id = _numbers(reader, trainer, location)
    return ClientChanges(
        **{key: value for key, value in said.items() if value is not None},
        trainer_id=trainer_id,
        location_id=location_id,
        goals="; ".join(goals) if goals else None,
        tags=tags or None,
        birth_date=read_day(born, today) if born is not None else None,
        height_cm=height,
    )


def _offsets(reminders: str) -> dict[str, Any]:
    """When a client is to be reminded: as said, or as the studio does."""
    from ptrack.clients.rules import offset_minutes

    if reminders.casefold().strip() in ("studio", "studio's", "studios"):
        return {"takes_studios_offsets": True}
    return {"reminder_offsets": offset_minutes(reminders)}


def _show(app: App, reader: Reader, number: int, words: Sequence[str] = ()) -> None:
    """The page of a client, with what was just done in words."""
    from ptrack.credits.leave_views import with_words

    row = queries.client(reader, number, app.now)
    details, tags = queries.client_details(reader, number), queries.client_tags(reader, number)
    app.show(with_words(views.client_document(row, details, tags, queries.practice(reader)), words))


def _today(app: App, reader: Reader) -> date:
    return queries.practice(reader).local(app.now).date()


@group.command("add", cls=Change)
def add(
    context: Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The client's name.")],
    email: Email = None,
    phone: Phone = None,
    goal: Goal = None,
    trainer: TrainerName = None,
    location: LocationName = None,
    born: Born = None,
    sex: SexOption = None,
    height: Height = None,
    guardian_name: GuardianName = None,
    guardian_email: GuardianEmail = None,
    tag: Tag = None,
    notes: Notes = None,
    channel: ChannelOption = None,
    reminders: Reminders = None,
    subscribed: Subscribed = None,
) -> None:
    """Take on a client."""
    said = {key: value for key, value in locals().items() if key != "context"}
    from ptrack.clients import actions

    app = app_of(context)
    with app.writing() as work:
        today = _today(app, work.reader)
        number = actions.add_client(work, _changes(work.reader, today, said), today)
    with app.reading() as reader:
        _show(app, reader, number)


@group.command("list", cls=Listing)
def list_clients(
    context: Context,
    status: Status = None,
    trainer: TrainerName = None,
    location: LocationName = None,
    tag: Annotated[str | None, typer.Option(help="Only clients with this tag.")] = None,
) -> None:
    """List clients with credits, next appointment and last workout."""
    app = app_of(context)
    with app.reading() as reader:
        trainer_id, location_id = _numbers(reader, trainer, location)
        rows = queries.clients(reader, app.now, status, trainer_id, location_id, tag)
        practice = queries.practice(reader)
    is_whole = (status, trainer, location, tag) == (None,) * 4
    app.show(views.clients_document(rows, practice, is_whole=is_whole))


@group.command("show", cls=Change)
def show(context: Context, client: Client) -> None:
    """Show one client."""
    app = app_of(context)
    with app.reading() as reader:
        _show(app, reader, resolve(client, queries.client_names(reader), "client").id)


@group.command("edit", cls=Change)
def edit(
    context: Context,
    client: Client,
    name: Annotated[str | None, typer.Option(help="A new name.")] = None,
    email: Email = None,
    phone: Phone = None,
    goal: Goal = None,
    trainer: TrainerName = None,
    location: LocationName = None,
    born: Born = None,
    sex: SexOption = None,
    height: Height = None,
    guardian_name: GuardianName = None,
    guardian_email: GuardianEmail = None,
    tag: Tag = None,
    notes: Notes = None,
    channel: ChannelOption = None,
    reminders: Reminders = None,
    subscribed: Subscribed = None,
) -> None:
    """Change what is known of a client."""
    said = {key: value for key, value in locals().items() if key not in ("context", "client")}
    from ptrack.desk.reach import change_client

    app = app_of(context)
    with app.writing() as work:
        today = _today(app, work.reader)
        number = resolve(client, queries.client_names(work.reader), "client").id
        change_client(work, number, _changes(work.reader, today, said), today)
    with app.reading() as reader:
        _show(app, reader, number)


@group.command("pause", cls=Change)
def pause(
    context: Context,
    client: Client,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="When the pause began, if not today.")
    ] = None,
) -> None:
    """Set a client aside for a while. Their packages do not run meanwhile."""
    from ptrack.credits.leave_views import booked_text
    from ptrack.desk import leave

    app = app_of(context)
    with app.writing() as work:
        number = resolve(client, queries.client_names(work.reader), "client").id
        began = read_day(since, _today(app, work.reader)) if since is not None else None
        remains, house = leave.pause(work, number, began), queries.practice(work.reader)
    with app.reading() as reader:
        _show(app, reader, number, booked_text(remains.booked, house))


@group.command("resume", cls=Change)
def resume(context: Context, client: Client) -> None:
    """Take a paused or churned client up again. Packages last longer by the days of a pause."""
    from ptrack.credits.leave_views import extended_text
    from ptrack.desk import leave

    app = app_of(context)
    with app.writing() as work:
        number = resolve(client, queries.client_names(work.reader), "client").id
        extended = leave.resume(work, number)
    with app.reading() as reader:
        _show(app, reader, number, [extended_text(*one) for one in extended])


@group.command("churn", cls=Change)
def churn(
    context: Context,
    client: Client,
    reason: Annotated[str | None, typer.Option(help="Why they left.")] = None,
) -> None:
    """Note that a client has left."""
    from ptrack.credits.leave_views import booked_text, left_text
    from ptrack.desk import leave

    app = app_of(context)
    with app.writing() as work:
        number = resolve(client, queries.client_names(work.reader), "client").id
        remains, house = leave.churn(work, number, reason), queries.practice(work.reader)
    words = left_text(number, remains.credits, remains.owed) + booked_text(remains.booked, house)
    with app.reading() as reader:
        _show(app, reader, number, words)


@group.command("remove", cls=Change)
def remove(
    context: Context,
    client: Client,
    erase: Annotated[
        bool, typer.Option("--erase", help="Forget the person for good; no undo.", show_default=False)
    ] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Take a client out of every list, or --erase them for good."""
    (_erase if erase else _remove)(app_of(context), client, yes=yes, dry_run=dry_run)


def _remove(app: App, client: str, *, yes: bool, dry_run: bool) -> None:
    from ptrack.clients.removal_views import removal_question, removed_document
    from ptrack.desk.remove import removal, remove_client

    with app.reading() as reader:
        house, named = queries.practice(reader), resolve(client, queries.client_names(reader), "client")
        found = removal(reader, named.id, named.name)
    if not dry_run:
        times = [appointment.starts_at for appointment in found.appointments]
        app.confirm(removal_question(named.name, times, found.credits, house), yes=yes)
        with app.writing() as work:
            found = remove_client(work, named.id)
    app.show(removed_document(named.id, named.name, found.appointments, house, is_dry=dry_run))


def _erase(app: App, client: str, *, yes: bool, dry_run: bool) -> None:
    from ptrack.clients.removal_views import erased_document, erasure_question
    from ptrack.database.vacuum import vacuum
    from ptrack.desk.erase import erase_client, erasure
    from ptrack.desk.remove import removal

    with app.reading() as reader:
        named = resolve(client, queries.every_client(reader), "client")
        found, open_ = erasure(reader, named.id), removal(reader, named.id, named.name)
    if not dry_run:
        app.confirm(erasure_question(named.name, *found[1:], len(open_.appointments)), yes=yes)
        with app.writing() as work:
            found = erase_client(work, named.id)
        vacuum(app.path)
    app.show(erased_document(named.id, named.name, found.gone, found.kept, is_dry=dry_run))
