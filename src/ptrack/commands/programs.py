"""`ptrack programs`."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from ptrack.app import App, Format
from ptrack.clients.queries import client_names, practice
from ptrack.commands.edge import Change, Client, Context, Listing, app_of, new_group
from ptrack.commands.program_edge import (
    Also,
    End,
    Follower,
    ProgramName,
    Replace,
    Start,
    TemplateName,
    Trainer,
    assignment,
    plan_of,
    show_program,
    today_of,
)
from ptrack.commands.program_loads import deload, show_actual
from ptrack.commands.program_paper import SheetFile, write_sheets
from ptrack.commands.program_text import copy, diff, edit, new, remove
from ptrack.desk.present import plans_today
from ptrack.errors import NotFoundError, StateError
from ptrack.naming import Named, resolve
from ptrack.programs import queries, views
from ptrack.vocabulary import ProgramStatus

group = new_group("Programs: templates, new, edit, diff, assign, next, show.")


@group.command("templates", cls=Listing)
def templates(context: Context) -> None:
    """List the templates."""
    app = app_of(context)
    with app.reading() as reader:
        today, rows = today_of(app, reader), queries.templates(reader)
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
        today = today_of(app, reader)
        client_id = resolve(client, client_names(reader), "client").id if client else None
        rows = queries.programs(reader, client_id, status)
        each = queries.followed(reader, rows, today)
        plans = plans_today(reader, rows, today) if app.format is Format.JSON else None
        unit = practice(reader).unit
        written = queries.plans(reader, rows) if plans else None
    app.show(views.programs_document(each, plans, unit, written))


@group.command("show", cls=Change)
def show(
    context: Context,
    program: ProgramName,
    notation: Annotated[
        bool, typer.Option("--notation", help="As a program file, ready to read back.", show_default=False)
    ] = False,
    written: Annotated[
        bool, typer.Option("--written", help="Loads as written, not as logs raised.", show_default=False)
    ] = False,
    actual: Annotated[
        bool, typer.Option("--actual", help="Week by week, planned and done.", show_default=False)
    ] = False,
    week: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=104, help="One week, planned and done.")
    ] = None,
    pdf: SheetFile = None,
) -> None:
    """Show a template or a client's program, loads as of today."""
    app = app_of(context)
    with app.reading() as reader:
        today_of(app, reader)
        number = queries.any_program(reader, program).id
    if pdf is not None:
        write_sheets(app, number, pdf, week)
    elif actual or week is not None:
        show_actual(app, number, week)
    elif notation and app.format is Format.SCREEN:
        _print_notation(app, number, written=written)
    else:
        show_program(app, number, with_days=True, written=written)


def _print_notation(app: App, number: int, *, written: bool) -> None:
    from ptrack.output.data import write_text

    with app.reading() as reader:
        row, unit = queries.program(reader, number), practice(reader).unit
        plan = plan_of(app, reader, row, written=written)
        write_text(views.notation_text(row, plan, unit), sys.stdout)


group.command("new", cls=Change)(new)
group.command("edit", cls=Change)(edit)
group.command("diff", cls=Listing)(diff)
group.command("from", cls=Change)(copy)


@group.command("assign", cls=Change)
def assign(
    context: Context,
    template: TemplateName,
    client: Client,
    start: Start = None,
    end: End = None,
    trainer: Trainer = None,
    replace: Replace = False,
    also: Also = False,
) -> None:
    """Give a client a copy of a template. It may then differ."""
    from ptrack.programs import actions

    app = app_of(context)
    said = Follower(client, start, end, trainer, replace, also)
    with app.writing() as work:
        today_of(app, work.reader)
        number = queries.template(work.reader, template).id
        number = actions.assign(work, assignment(app, work.reader, said, number))
    show_program(app, number)


@group.command("next", cls=Change)
def next_workout(context: Context, client: Client) -> None:
    """Show a client's next planned workout with today's loads."""
    from ptrack.progress import planned as planned_loads
    from ptrack.progress.planned_views import next_document

    app = app_of(context)
    with app.reading() as reader:
        today_of(app, reader)
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
        today_of(app, work.reader)
        number = queries.client_program(work.reader, program).id
        end_program(work, number, ending)
    show_program(app, number)


group.command("deload", cls=Change)(deload)
group.command("remove", cls=Change)(remove)
