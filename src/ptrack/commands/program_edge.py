"""What the command files of `ptrack programs` share: how programs are named, and shown after a change."""

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ptrack.app import App
from ptrack.clients import queries as people
from ptrack.clients.queries import client_names, practice
from ptrack.clients.rules import responsible_trainer
from ptrack.commands.edge import completing
from ptrack.database.reading import Reader
from ptrack.desk.present import plan_today
from ptrack.desk.remarks import idle_progress
from ptrack.errors import UsageError
from ptrack.moments import read_day
from ptrack.naming import beginning_with, resolve
from ptrack.notation.model import Program
from ptrack.programs import queries, views
from ptrack.programs.queries import ProgramRow
from ptrack.programs.rules import require_programs
from ptrack.progress.planned import current_lines
from ptrack.progress.planned_views import deload_hints
from ptrack.vocabulary import ProgramStatus

if TYPE_CHECKING:
    from ptrack.programs.actions import Assignment


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
Start = Annotated[str | None, typer.Option("--start", metavar="DATE", help="The first day; today if none.")]
End = Annotated[str | None, typer.Option("--end", metavar="DATE", help="The last day it is meant for.")]
Trainer = Annotated[str | None, typer.Option("--trainer", metavar="TRAINER", help="Whose program it is.")]
Replace = Annotated[
    bool, typer.Option("--replace", help="Drop the program the client follows.", show_default=False)
]
Also = Annotated[bool, typer.Option("--also", help="Have it beside that program.", show_default=False)]
Create = Annotated[
    bool, typer.Option("--create", help="Make unknown exercises custom ones.", show_default=False)
]


def today_of(app: App, reader: Reader) -> date:
    """Today in the studio's zone; refused where programs are switched off."""
    house = practice(reader)
    require_programs(is_on=house.programs)
    return house.local(app.now).date()


def plan_of(app: App, reader: Reader, row: ProgramRow, *, written: bool = False) -> Program[int]:
    """What a program prescribes: with the loads of today, or as it is written."""
    if written:
        (plan,) = queries.plans(reader, [row])
        return plan
    return plan_today(reader, row, today_of(app, reader))


def show_program(app: App, number: int, *, with_days: bool = False, written: bool = False) -> None:
    """A template or program after a change: its heads on screen, all of it for programs to read."""
    with app.reading() as reader:
        today, row = today_of(app, reader), queries.program(reader, number)
        (each,) = queries.followed(reader, [row], today)
        (base,), unit = queries.plans(reader, [row]), practice(reader).unit
        lines = current_lines(reader, row, today)
        plan = base if written else plan_today(reader, row, today, lines)
        is_active = row.status is ProgramStatus.ACTIVE
        advice = deload_hints(chain(*lines.values()), number, unit) if is_active and with_days else ()
    app.show(views.program_document(each, plan, unit, with_days=with_days, written=base, advice=advice))


def tell_idle_progress(app: App, numbers: Iterable[int]) -> None:
    """Say which lines of programs that were just written say `progress` where nothing can go up."""
    with app.reading() as reader:
        for notice in dict.fromkeys(chain.from_iterable(idle_progress(reader, each) for each in numbers)):
            app.notice(notice)


class Follower(NamedTuple):
    """Who is to follow a program and how, as it was said; None is unsaid."""

    client: str
    start: str | None = None
    end: str | None = None
    trainer: str | None = None
    replace: bool = False
    also: bool = False


def assignment(app: App, reader: Reader, said: Follower, template_id: int | None = None) -> "Assignment":
    """What was said of who is to follow a program, understood."""
    from ptrack.programs.actions import Assignment

    if said.replace and said.also:
        raise UsageError("Either --replace or --also: the old program is dropped, or it stays.")
    today = today_of(app, reader)
    client_id = resolve(said.client, client_names(reader), "client").id
    return Assignment(
        template_id=template_id,
        client_id=client_id,
        trainer_id=_trainer_of(app, reader, client_id, said.trainer),
        start_date=read_day(said.start, today) if said.start else today,
        end_date=read_day(said.end, today) if said.end else None,
        replaces=said.replace,
        is_beside=said.also,
    )


def _trainer_of(app: App, reader: Reader, client_id: int, named: str | None) -> int:
    theirs = people.client(reader, client_id, app.now).trainer_id
    names, inactive = people.trainer_names(reader), people.inactive_trainers(reader)
    return responsible_trainer(named, theirs, app.settings.trainer, names, inactive)
