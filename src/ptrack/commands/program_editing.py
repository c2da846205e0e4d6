"""How a program is edited: the editor, mistakes, difference and question, or a text that is ready."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ptrack.app import App
from ptrack.clients.queries import practice
from ptrack.commands.program_edge import today_of
from ptrack.desk.present import plan_today
from ptrack.errors import NotationError, PtrackError, UsageError
from ptrack.notation.remarks import with_remarks, without_remarks
from ptrack.output.document import Document, Heading
from ptrack.output.texts import text_in
from ptrack.programs import queries, views
from ptrack.programs.difference_views import difference_data, difference_parts

if TYPE_CHECKING:
    from ptrack.desk.revise import Opened
    from ptrack.output.editor import Draft
    from ptrack.programs.differences import Difference


def edit_from_text(app: App, number: int, file: str, *, create: bool, dry_run: bool) -> None:
    """Make a program what a file says, or with `dry_run` show what that would change."""
    from ptrack.desk.revise import open_program, preview, save

    text = text_in(file)
    notices: Sequence[str] = ()
    with app.writing() as work:
        opened = open_program(work.reader, number, today_of(app, work.reader))
        if dry_run:
            found = tuple(preview(work, opened, text, source=file, create=create))
        else:
            found, notices = save(work, opened, text, source=file, create=create)
    _show_changes(app, number, found)
    for notice in ("Nothing was changed: this is what would be.",) if dry_run else notices:
        app.notice(notice)


def _show_changes(app: App, number: int, found: Sequence["Difference"]) -> None:
    """What was different, and for programs to read the program as it now is."""
    with app.reading() as reader:
        today, row = today_of(app, reader), queries.program(reader, number)
        (each,) = queries.followed(reader, [row], today)
        (written,) = queries.plans(reader, [row])
        data = views.program_data(each, plan_today(reader, row, today), practice(reader).unit, written)
    parts = (Heading(f"{row.name} ({row.id})", row.client or "template"), *difference_parts(found))
    app.show(Document(parts, data=data | {"changes": difference_data(found)}))


def edit_in_editor(app: App, number: int, *, create: bool, yes: bool) -> None:
    """Edit a program in the person's editor until its text has no mistake, and save it if that is wanted.

    What was written is kept in a file whenever it is not saved.
    """
    from ptrack.desk.revise import open_program, save
    from ptrack.output.editor import Draft, require_terminal

    require_terminal()
    with app.reading() as reader:
        opened = open_program(reader, number, today_of(app, reader))
    draft = Draft(app.path.parent, f"program-{number}-", opened.text)
    with _kept(app, draft, opened):
        text, found = _mended(app, draft, opened, create=create)
        if not yes:
            app.terminal.aside(difference_parts(found))
        app.confirm("Save this?", yes=yes)
        with app.writing() as work:
            found, notices = save(work, opened, text, create=create)
    draft.discard()
    if yes:
        _show_changes(app, number, found)
    else:
        app.notice(f"{opened.row.name} ({number}) is saved.")
    for notice in notices:
        app.notice(notice)


def _mended(
    app: App, draft: "Draft", opened: "Opened", *, create: bool
) -> tuple[str, Sequence["Difference"]]:
    """The text once it has no mistake, and what it changes; the editor opens again until then.

    Raises PtrackError where the person leaves the text, or its mistakes, as they were.
    """
    from ptrack.desk.revise import preview

    before, mistakes = opened.text, 0
    while True:
        text = without_remarks(draft.edit())
        if text.rstrip() == before.rstrip():
            raise _given_up(mistakes)
        try:
            with app.writing() as work:
                found = preview(work, opened, text, create=create)
        except NotationError as error:
            before, mistakes = text, len(error.places)
            draft.write(with_remarks(text, error.places))
            continue
        if not found:
            raise _given_up(0)
        return text, found


def _given_up(mistakes: int) -> PtrackError:
    if mistakes:
        them = "is still a mistake" if mistakes == 1 else f"are still {mistakes} mistakes"
        return UsageError(f"There {them} in the text; nothing was saved.")
    return PtrackError("Nothing was changed.\nIf the editor does not wait, tell it to: EDITOR='code --wait'")


@contextmanager
def _kept(app: App, draft: "Draft", opened: "Opened") -> Iterator[None]:
    """See that what was written is not lost: say where it is, and how to take it up again."""
    try:
        yield
    except BaseException as error:
        if draft.says(opened.text):
            draft.discard()
            raise
        again = f"ptrack programs edit {opened.row.id} {draft.path}"
        kept = f"Your text is kept. Mend it there and take it up again: {again}"
        if isinstance(error, PtrackError):
            raise _with_line(error, kept) from error
        app.notice(kept)
        raise


def _with_line(error: PtrackError, text: str) -> PtrackError:
    """The error with a line more of what to do."""
    told = type(error) if not isinstance(error, NotationError) else UsageError
    return told(f"{error.message}\n{text}", error.candidates)
