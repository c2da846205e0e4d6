"""`ptrack programs new`, `edit`, `diff`, `from` and `remove`: programs as text."""

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.app import Format
from ptrack.clients.queries import practice
from ptrack.commands.edge import Context, DryRun, Yes, app_of
from ptrack.commands.program_edge import (
    Also,
    Create,
    End,
    Follower,
    ProgramName,
    Replace,
    Start,
    TemplateName,
    Trainer,
    assignment,
    show_program,
    tell_idle_progress,
    today_of,
)
from ptrack.errors import UsageError
from ptrack.output.texts import text_in
from ptrack.programs import queries, views
from ptrack.programs.rules import check_removal

if TYPE_CHECKING:
    from ptrack.database.session import Writing

Name = Annotated[str | None, typer.Option("--name", help="What it is called, instead of its own name.")]


def new(
    context: Context,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE|-", help="A program file; in $EDITOR if none.")
    ] = None,
    name: Name = None,
    create: Create = False,
    client: Annotated[
        str | None, typer.Option("--client", metavar="CLIENT", help="Give it to this client at once.")
    ] = None,
    start: Start = None,
    end: End = None,
    trainer: Trainer = None,
    replace: Replace = False,
    also: Also = False,
) -> None:
    """Make a template, or a client's program, from text.

    With --client the program is the client's own and of no template. ptrack programs from makes it one.
    """
    from ptrack.commands.program_editing import write_in_editor
    from ptrack.desk.plan import new_program, new_template
    from ptrack.programs.actions import require_room

    if client is None and (start or end or trainer or replace or also):
        raise UsageError("--start, --end, --trainer, --replace and --also go with --client CLIENT.")
    app, source = app_of(context), file or "-"
    with app.reading() as reader:
        today_of(app, reader)
        said = Follower(client, start, end, trainer, replace, also) if client is not None else None
        given = assignment(app, reader, said) if said else None
        if given:
            require_room(reader, given)

    def save(work: "Writing", text: str) -> int:
        if given is None:
            return new_template(work, text, source=source, name=name, create=create)
        return new_program(work, text, given, source=source, name=name, create=create)

    if file is None:
        number = write_in_editor(app, save, _once_more(said, name), create=create)
    else:
        text = text_in(file)
        with app.writing() as work:
            number = save(work, text)
    show_program(app, number)
    tell_idle_progress(app, [number])


def _once_more(said: Follower | None, name: str | None) -> str:
    """The command that takes up what was written and not saved, but for the file."""
    options: dict[str, str | bool | None] = {"name": name, **(said._asdict() if said else {})}
    words = [
        word
        for option, value in options.items()
        if value
        for word in ([f"--{option}"] if isinstance(value, bool) else [f"--{option}", shlex.quote(str(value))])
    ]
    return " ".join(["new", *words])


def edit(
    context: Context,
    program: ProgramName,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE|-", help="The new text, instead of an editor.")
    ] = None,
    create: Create = False,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Edit a program as text, in $EDITOR or from a file.

    A client's program is shown with the loads of today. Lines whose sets and progression are left alone go on
    from there; what was trained stays. Remarks are not kept, but for those on top.
    """
    from ptrack.commands.program_editing import edit_from_text, edit_in_editor

    if dry_run and file is None:
        raise UsageError(
            "--dry-run goes with FILE; the editor's text is shown, and asked about, before it is saved."
        )
    app = app_of(context)
    with app.reading() as reader:
        today_of(app, reader)
        number = queries.any_program(reader, program).id
    if file is None:
        edit_in_editor(app, number, create=create, yes=yes)
    else:
        edit_from_text(app, number, file, create=create, dry_run=dry_run)


def diff(
    context: Context,
    program: ProgramName,
    other: Annotated[
        str | None,
        typer.Argument(metavar="TEMPLATE", help="What it is compared with; its own template if none."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE|CHANGE", help="Compare with how it was before then."),
    ] = None,
) -> None:
    """Show how a program differs from its template.

    Or from another program, or from itself before a day or a change (ptrack undo --list). What logs have
    raised is told apart from what was edited. A program of no template is compared with how it first was.
    """
    if other is not None and since is not None:
        raise UsageError("Either another program or --since: it is compared with one thing.")
    from ptrack.desk.compare import compare
    from ptrack.programs.difference_views import differences_document

    app = app_of(context)
    with app.reading() as reader:
        today, number = today_of(app, reader), queries.any_program(reader, program).id
        other_number = queries.any_program(reader, other).id if other is not None else None
        compared = compare(reader, number, today, other_number, since)
    app.show(differences_document(*compared))


def copy(context: Context, program: ProgramName, name: Name = None) -> None:
    """Make a template of one's own from a template or program.

    A client's program is copied with the loads of today.
    """
    from ptrack.desk.plan import copy_template

    app = app_of(context)
    with app.writing() as work:
        today_of(app, work.reader)
        number = copy_template(work, queries.any_program(work.reader, program).id, name)
    show_program(app, number)


def remove(context: Context, template: TemplateName, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Remove a template of one's own. Programs made of it stay."""
    from ptrack.commands.rehearsing import writing
    from ptrack.programs.actions import remove_template

    app = app_of(context)
    with app.reading() as reader:
        today_of(app, reader)
        row = queries.program(reader, queries.any_program(reader, template).id)
        check_removal(row.name, row.id, row.status, row.origin)
        (each,) = queries.followed(reader, [row], today_of(app, reader))
        (plan,) = queries.plans(reader, [row])
        page = views.program_document(each, plan, practice(reader).unit, with_days=False)
    if not dry_run:
        app.confirm(f"Remove the template {row.name} ({row.id})?", yes=yes)
    with writing(app, is_dry=dry_run) as work:
        copies = remove_template(work, row.id)
    stay = f" {copies} made of it stay." if copies > 1 else " The one made of it stays." if copies else ""
    app.notice(f"{row.name} ({row.id}) {'would be' if dry_run else 'is'} removed.{stay}")
    if app.format is Format.JSON:
        app.show(page)
