"""Booking and booking anew: `ptrack appointments add`, `edit` and `join`."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import (
    Practice,
    client,
    client_names,
    inactive_trainers,
    practice,
    trainer_names,
    usual_place,
)
from ptrack.clients.rules import responsible_trainer
from ptrack.commands.agenda import LocationName, location_number, open_calendar, today_of
from ptrack.commands.edge import LARGEST, Client, Context, app_of, client_names_beginning, completing
from ptrack.database.reading import Reader
from ptrack.errors import UsageError
from ptrack.moments import place, read_day, read_moment
from ptrack.naming import resolve, split_names
from ptrack.scheduling import company_queries, queries, views
from ptrack.scheduling.recurrence import Rhythm, rhythm_of
from ptrack.vocabulary import Repeat

if TYPE_CHECKING:
    from ptrack.database.session import Writing
    from ptrack.desk.series import Agreement

Number = Annotated[int, typer.Argument(metavar="ID", max=LARGEST, help="The appointment's number.")]
GroupNumber = Annotated[int, typer.Argument(metavar="GROUP", max=LARGEST, help="The group's number.")]
Clients = Annotated[
    str,
    typer.Argument(
        metavar="CLIENT[,CLIENT...]",
        help="Number, name or beginning of it; several make a group.",
        autocompletion=completing(client_names_beginning),
    ),
]
When = Annotated[list[str] | None, typer.Argument(metavar="[WHEN]", help="'2026-11-24 10:00', 'tue 10:00'.")]
NextFree = Annotated[
    bool, typer.Option("--next-free", help="The first free time in their usual rhythm.", show_default=False)
]
Duration = Annotated[int | None, typer.Option(min=1, max=1440, metavar="MIN", help="How long it takes.")]
TrainerName = Annotated[str | None, typer.Option(metavar="TRAINER", help="With this trainer.")]
PackageNumber = Annotated[
    int | None, typer.Option(metavar="PACKAGE", max=LARGEST, help="The package that is to pay.")
]
Notes = Annotated[str | None, typer.Option(help="Anything else.")]
Force = Annotated[bool, typer.Option("--force", help="Book it whatever is in the way.", show_default=False)]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse where no credit is left.", show_default=False)]
NoMail = Annotated[
    bool, typer.Option("--no-mail", help="The client is told nothing of it.", show_default=False)
]
Following = Annotated[
    bool, typer.Option("--following", help="And the rest of its series.", show_default=False)
]


def local_time(app: App, house: Practice, when: str) -> datetime:
    """The local time that is meant, to the minute; it must name an hour."""
    moment = read_moment(when, house.local(app.now).replace(tzinfo=None))
    if not moment.has_hour:
        raise UsageError(f'"{when}" names no hour. Say at what time: "{when} 10:00"')
    return moment.local.replace(second=0, microsecond=0)


def instant(app: App, house: Practice, when: str) -> datetime:
    """The instant that is meant; a choice that had to be made is told."""
    placed = place(local_time(app, house, when), house.zone)
    if placed.notice:
        app.notice(placed.notice)
    return placed.instant


def show_one(app: App, number: int) -> None:
    """Show an appointment with what it belongs to."""
    with app.reading() as reader:
        house = practice(reader)
        row = queries.appointment(reader, number, today_of(app, house))
        company = company_queries.company(reader, row)
    app.show(views.appointment_document(row, house, company))


def show_several(app: App, numbers: Sequence[int], what: str = "") -> None:
    """Show the appointments that were made or changed together."""
    with app.reading() as reader:
        house = practice(reader)
        rows = queries.numbered(reader, numbers, today_of(app, house))
    app.show(views.several_document(rows, house, today_of(app, house), what))


def _rhythm(
    app: App, house: Practice, repeat: Repeat | None, times: int | None, until: str | None
) -> Rhythm | None:
    last = read_day(until, today_of(app, house)) if until is not None else None
    return rhythm_of(repeat, times, last)


def _agreement(
    app: App,
    reader: Reader,
    names: str,
    first: datetime,
    trainer: str | None,
    location: str | None,
) -> "Agreement":
    """What is agreed with the clients: trainer and place are those named, else those they have in common."""
    from ptrack.desk.series import Agreement

    found = split_names(names, client_names(reader), "client", distinct=True)
    known = [client(reader, entry.id, app.now) for entry in found]
    trainers = {row.trainer_id for row in known}
    places = {row.location_id for row in known}
    return Agreement(
        client_ids=tuple(entry.id for entry in found),
        trainer_id=responsible_trainer(
            trainer,
            known[0].trainer_id if len(trainers) == 1 else None,
            app.settings.trainer,
            trainer_names(reader),
            inactive_trainers(reader),
        ),
        first=first,
        location_id=location_number(reader, location)
        or usual_place(reader, known[0].location_id if len(places) == 1 else None),
    )


def _first(app: App, house: Practice, when: list[str] | None, *, next_free: bool) -> datetime:
    """The local time that is meant; where the next free one is looked for, what the clock shows now."""
    if when and next_free:
        raise UsageError("Say when, or --next-free, not both.")
    if next_free:
        return house.local(app.now).replace(tzinfo=None)
    if not when:
        raise UsageError("Say when: 'tue 10:00', or take the client's next free time: --next-free")
    return local_time(app, house, " ".join(when))


def _at_next_free(app: App, work: "Writing", house: Practice, agreement: "Agreement") -> "Agreement":
    """The agreement at the client's next free time; which it is and why is told."""
    from dataclasses import replace

    from ptrack.desk.next_free import next_free
    from ptrack.scheduling.availability import Wish

    if len(agreement.client_ids) > 1:
        raise UsageError("--next-free goes by one client's rhythm. Say when the group is to come.")
    wish = Wish(agreement.trainer_id, agreement.duration_min, agreement.client_ids[0], agreement.location_id)
    found = next_free(work, house, wish)
    app.notice(found.why)
    return replace(agreement, first=found.local)


def add(
    context: Context,
    name: Clients,
    when: When = None,
    next_free: NextFree = False,
    duration: Duration = None,
    trainer: TrainerName = None,
    location: LocationName = None,
    package: PackageNumber = None,
    repeat: Annotated[Repeat | None, typer.Option(help="A series at the same hour.")] = None,
    times: Annotated[int | None, typer.Option(min=1, metavar="N", help="So many times.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Up to this day.")] = None,
    skip_conflicts: Annotated[
        bool, typer.Option("--skip-conflicts", help="Leave out the times that are taken.", show_default=False)
    ] = False,
    called: Annotated[
        str | None, typer.Option("--name", metavar="TEXT", help="What a group is called.")
    ] = None,
    capacity: Annotated[
        int | None, typer.Option(min=1, max=1000, metavar="N", help="How many may join a group.")
    ] = None,
    notes: Notes = None,
    force: Force = False,
    strict: Strict = False,
    no_mail: NoMail = False,
) -> None:
    """Book an appointment, a series of them, or a group."""
    from dataclasses import replace

    from ptrack.desk.series import agree

    app = app_of(context)
    with app.writing() as work:
        house = open_calendar(work.reader)
        first = _first(app, house, when, next_free=next_free)
        agreement = replace(
            _agreement(app, work.reader, name, first, trainer, location),
            rhythm=_rhythm(app, house, repeat, times, until),
            duration_min=duration or 60,
            package_id=package,
            notes=notes,
            name=called,
            capacity=capacity,
            force=force,
            strict=strict,
            skip=skip_conflicts,
            is_silent=no_mail,
        )
        if next_free:
            agreement = _at_next_free(app, work, house, agreement)
        agreed = agree(work, agreement)
    for notice in agreed.notices:
        app.notice(notice)
    if agreement.rhythm is not None or agreement.is_group:
        show_several(app, agreed.numbers, str(repeat or ""))
    else:
        show_one(app, agreed.numbers[0])


def edit(
    context: Context,
    number: Number,
    when: Annotated[str | None, typer.Option(metavar="WHEN", help="Another time.")] = None,
    duration: Duration = None,
    trainer: TrainerName = None,
    location: LocationName = None,
    package: PackageNumber = None,
    notes: Notes = None,
    following: Following = False,
    force: Force = False,
    no_mail: NoMail = False,
) -> None:
    """Change an appointment that is still scheduled. A group moves as one."""
    from ptrack.desk.book import Changes, rebook

    app = app_of(context)
    with app.writing() as work:
        house = open_calendar(work.reader)
        changes = Changes(
            starts_at=instant(app, house, when) if when is not None else None,
            duration_min=duration,
            trainer_id=resolve(trainer, trainer_names(work.reader), "trainer").id if trainer else None,
            location_id=location_number(work.reader, location),
            package_id=package,
            notes=notes,
            force=force,
            following=following,
            is_silent=no_mail,
        )
        booked = rebook(work, number, changes)
    for notice in booked.notices:
        app.notice(notice)
    if following or len(booked.numbers) > 1:
        show_several(app, booked.numbers, "changed")
    else:
        show_one(app, number)


def join(
    context: Context,
    group: GroupNumber,
    name: Client,
    following: Following = False,
    force: Force = False,
    strict: Strict = False,
    no_mail: NoMail = False,
) -> None:
    """Book a client into a group."""
    from ptrack.desk.groups import Joining
    from ptrack.desk.groups import join as join_group

    app = app_of(context)
    with app.writing() as work:
        open_calendar(work.reader)
        number = resolve(name, client_names(work.reader), "client").id
        agreed = join_group(work, group, Joining(number, following, force, strict, no_mail))
    for notice in agreed.notices:
        app.notice(notice)
    if following:
        show_several(app, agreed.numbers, "joined")
    else:
        show_one(app, agreed.numbers[0])
