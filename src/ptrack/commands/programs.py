"""`ptrack programs`."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ptrack.app import App, Format
from ptrack.clients import queries as people
from ptrack.clients.queries import client_names, practice
from ptrack.clients.rules import responsible_trainer
from ptrack.commands.edge import Change, Client, Context, Listing, app_of, completing, new_group
from ptrack.database.reading import Reader
from ptrack.errors import NotFoundError, StateError, UnreadableError, UsageError
from ptrack.moments import read_day
from ptrack.naming import Named, beginning_with, resolve
from ptrack.programs import queries, views
from ptrack.programs.rules import require_programs
from ptrack.vocabulary import ProgramStatus

group = new_group("Programs: templates, new, assign, next, list, show.")

_LONGEST_FILE = 1_000_000


def _completed_templates(app: App, incomplete: str) -> list[str]:
    with app.reading() as reader:
        return beginning_with(incomplete, queries.template_names(reader))


def _completed_programs(app: App, incomplete: str) -> list[str]:
    with app.reading() as reader:
        names = [*queries.template_names(reader), *queries.program_names(reader)]
        return beginning_with(incomplete, names)


ProgramName = Annotated[
    str,
    typer.Argument(metavar="PROGRAM", help="Number or name.", autocompletion=completing(_completed_programs)),
]
TemplateName = Annotated[
    str,
    typer.Argument(
        metavar="TEMPLATE", help="Number or name.", autocompletion=completing(_completed_templates)
    ),
]


def _today(app: App, reader: Reader) -> date:
    """Today in the studio's zone; refused where programs are switched off."""
    house = practice(reader)
    require_programs(is_on=house.programs)
    return house.local(app.now).date()


def _show(app: App, number: int, *, with_days: bool = False) -> None:
    """A template or program after a change: its heads on screen, all of it for programs to read."""
    with app.reading() as reader:
        row = queries.program(reader, number)
        (each,) = queries.followed(reader, [row], _today(app, reader))
        (plan,) = queries.plans(reader, [row])
        app.show(views.program_document(each, plan, practice(reader).unit, with_days=with_days))


@group.command("templates", cls=Listing)
def templates(context: Context) -> None:
    """List the templates."""
    app = app_of(context)
    with app.reading() as reader:
        today, rows = _today(app, reader), queries.templates(reader)
        each = queries.followed(reader, rows, today)
        plans = queries.plans(reader, rows) if app.format is Format.JSON else None
        unit = practice(reader).unit
    app.show(views.templates_document(each, plans, unit))


@group.command("list", cls=Listing)
def list_programs(
    context: Context,
    client: Annotated[str | None, typer.Option(metavar="CLIENT", help="Only this client's.")] = None,
    status: Annotated[ProgramStatus | None, typer.Option(help="Only programs of this status.")] = None,
) -> None:
    """List clients' programs with how far along they are."""
    app = app_of(context)
    with app.reading() as reader:
        today = _today(app, reader)
        client_id = resolve(client, client_names(reader), "client").id if client else None
        rows = queries.programs(reader, client_id, status)
        each = queries.followed(reader, rows, today)
        plans = queries.plans(reader, rows) if app.format is Format.JSON else None
        unit = practice(reader).unit
    app.show(views.programs_document(each, plans, unit))


@group.command("show", cls=Change)
def show(
    context: Context,
    program: ProgramName,
    notation: Annotated[
        bool, typer.Option("--notation", help="As a program file, ready to read back.", show_default=False)
    ] = False,
) -> None:
    """Show a template or a client's program."""
    app = app_of(context)
    with app.reading() as reader:
        _today(app, reader)
        number = queries.any_program(reader, program).id
    if notation and app.format is Format.SCREEN:
        _print_notation(app, number)
    else:
        _show(app, number, with_days=True)


def _print_notation(app: App, number: int) -> None:
    from ptrack.output.data import write_text

    with app.reading() as reader:
        today, row = _today(app, reader), queries.program(reader, number)
        (each,), (plan,) = queries.followed(reader, [row], today), queries.plans(reader, [row])
        write_text(views.notation_text(each.row, plan, practice(reader).unit), sys.stdout)


@group.command("new", cls=Change)
def new(
    context: Context,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A program file, or - for standard input.")],
    name: Annotated[str | None, typer.Option(help="What it is called, instead of its own name.")] = None,
    create: Annotated[
        bool, typer.Option("--create", help="Make unknown exercises custom ones.", show_default=False)
    ] = False,
) -> None:
    """Make a template of one's own from a program file."""
    text = _text_of(file)
    from ptrack.desk.plan import new_template

    app = app_of(context)
    with app.writing() as work:
        _today(app, work.reader)
        number = new_template(work, text, source=file, name=name, create=create)
    _show(app, number)


def _text_of(file: str) -> str:
    """What a file, or with `-` standard input, says in UTF-8."""
    try:
        if file == "-":
            content = sys.stdin.buffer.read(_LONGEST_FILE)
        else:
            with Path(file).open("rb") as stream:
                content = stream.read(_LONGEST_FILE)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(f"{file} is no text in UTF-8.\nSave it as UTF-8 and try again.") from None
    except OSError as error:
        raise UnreadableError(f"{file} cannot be read: {error.strerror}.") from None


@group.command("assign", cls=Change)
def assign(
    context: Context,
    template: TemplateName,
    client: Client,
    start: Annotated[str | None, typer.Option(metavar="DATE", help="The first day; today if none.")] = None,
    end: Annotated[str | None, typer.Option(metavar="DATE", help="The last day it is meant for.")] = None,
    trainer: Annotated[str | None, typer.Option(metavar="TRAINER", help="Whose program it is.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Drop the program the client follows.", show_default=False)
    ] = False,
    also: Annotated[
        bool, typer.Option("--also", help="Have it beside that program.", show_default=False)
    ] = False,
) -> None:
    """Give a client a copy of a template. It may then differ."""
    if replace and also:
        raise UsageError("Either --replace or --also: the old program is dropped, or it stays.")
    from ptrack.programs import actions

    app = app_of(context)
    with app.writing() as work:
        today = _today(app, work.reader)
        client_id = resolve(client, client_names(work.reader), "client").id
        assignment = actions.Assignment(
            template_id=queries.template(work.reader, template).id,
            client_id=client_id,
            trainer_id=_trainer_of(app, work.reader, client_id, trainer),
            start_date=read_day(start, today) if start else today,
            end_date=read_day(end, today) if end else None,
            replaces=replace,
            is_beside=also,
        )
        number = actions.assign(work, assignment)
    _show(app, number)


def _trainer_of(app: App, reader: Reader, client_id: int, named: str | None) -> int:
    theirs = people.client(reader, client_id, app.now).trainer_id
    names, inactive = people.trainer_names(reader), people.inactive_trainers(reader)
    return responsible_trainer(named, theirs, app.settings.trainer, names, inactive)


@group.command("next", cls=Change)
def next_workout(context: Context, client: Client) -> None:
    """Show a client's next planned workout with today's loads."""
    from ptrack.progress import planned as planned_loads
    from ptrack.progress.planned_views import next_document

    app = app_of(context)
    with app.reading() as reader:
        _today(app, reader)
        who, house = resolve(client, client_names(reader), "client"), practice(reader)
        active = queries.programs(reader, who.id, ProgramStatus.ACTIVE)
        planned = planned_loads.next_workout(reader, who.id, app.now, house)
    if planned is None:
        raise _nothing_planned(who, active)
    app.show(next_document(planned, who, house))
    others = [f"{row.name} ({row.id})" for row in active if row.id != planned.day.program_id]
    if others:
        app.notice(f"{who.name} also follows {', '.join(others)}.")


def _nothing_planned(who: Named, active: Sequence[queries.ProgramRow]) -> NotFoundError | StateError:
    if not active:
        return NotFoundError(
            f"{who.name} follows no program. Assign one: ptrack programs assign TEMPLATE {who.id}"
        )
    return StateError(
        f"Every day of {active[0].name} ({active[0].id}) is behind {who.name}.\n"
        f"Complete it: ptrack programs complete {active[0].id}"
    )


@group.command("drop", cls=Change)
def drop(context: Context, program: ProgramName) -> None:
    """End a client's program before its time."""
    _end(context, program, ProgramStatus.DROPPED)


@group.command("complete", cls=Change)
def complete(context: Context, program: ProgramName) -> None:
    """Call a client's program completed, whatever was skipped. At 100 % that happens by itself."""
    _end(context, program, ProgramStatus.COMPLETED)


def _end(context: Context, program: str, ending: ProgramStatus) -> None:
    from ptrack.programs.actions import end_program

    app = app_of(context)
    with app.writing() as work:
        _today(app, work.reader)
        number = queries.client_program(work.reader, program).id
        end_program(work, number, ending)
    _show(app, number)
