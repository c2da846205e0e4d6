"""How a program is edited: the editor, mistakes, difference and question, or a text that is ready."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ptrack.app import App
from ptrack.clients.queries import practice
from ptrack.commands.program_edge import today_of
from ptrack.desk.present import plan_today
from ptrack.errors import NotationError, PtrackError, UsageError
from ptrack.notation.remarks import MARK, with_remarks, without_remarks
from ptrack.output.document import Document, Heading
from ptrack.output.editor import Draft, require_terminal
from ptrack.output.texts import text_in
from ptrack.programs import queries, views
from ptrack.programs.difference_views import difference_data, difference_parts
from ptrack.programs.differences import Difference

if TYPE_CHECKING:
    from ptrack.database.session import Writing

_WITHOUT = "Without one, give the text in a file, or - to read it."
_BEGINNING = f"""\
{MARK} Write the program below; save and close. Lines that begin with {MARK} are left out.
{MARK} day: A
{MARK} [main]
{MARK} Back Squat: w 2x5 60kg, 3x5 100kg @8 rest 3min progress +2.5kg # a remark
{MARK} A1 Pull-Up: 3x6-10 bw progress double
program: New
weeks: 8
days per week: 4

"""


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


def _show_changes(app: App, number: int, found: Sequence[Difference]) -> None:
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
    from ptrack.desk.revise import open_program, preview, save

    require_terminal(_WITHOUT)
    with app.reading() as reader:
        opened = open_program(reader, number, today_of(app, reader))

    found: list[Difference] = []

    def check(text: str) -> bool:
        with app.writing() as work:
            found[:] = preview(work, opened, text, create=create)
        return bool(found)

    draft = Draft(app.path.parent, f"program-{number}-", opened.text)
    with _kept(app, draft, opened.text, f"edit {number}"):
        text = _mended(draft, opened.text, check)
        if not yes:
            app.terminal.aside(difference_parts(found))
        app.confirm("Save this?", yes=yes)
        with app.writing() as work:
            saved = save(work, opened, text, create=create)
    draft.discard()
    if yes:
        _show_changes(app, number, saved.differences)
    else:
        app.notice(f"{opened.row.name} ({number}) is saved.")
    for notice in saved.notices:
        app.notice(notice)


def write_in_editor(app: App, save: Callable[["Writing", str], int], again: str, *, create: bool) -> int:
    """Have a new program written in the person's editor, and save it as it is told; its number.

    `again` is the command that takes up what was written, but not saved.
    """
    from ptrack.desk.plan import understand

    require_terminal(_WITHOUT)

    def check(text: str) -> bool:
        with app.writing() as work:
            understand(work, text, create=create)
        return True

    draft = Draft(app.path.parent, "program-new-", _BEGINNING)
    with _kept(app, draft, _BEGINNING, again):
        text = _mended(draft, without_remarks(_BEGINNING), check)
        with app.writing() as work:
            number = save(work, text)
    draft.discard()
    return number


def _mended(draft: Draft, before: str, check: Callable[[str], bool]) -> str:
    """The text once it has no mistake; the editor opens again until then.

    `check` says whether it is worth saving, or raises NotationError. Raises PtrackError where it is not, and
    where the person leaves the text, or its mistakes, as they were.
    """
    mistakes = 0
    while True:
        text = without_remarks(draft.edit())
        if text.rstrip() == before.rstrip():
            raise _given_up(mistakes)
        try:
            is_worth_saving = check(text)
        except NotationError as error:
            before, mistakes = text, len(error.places)
            draft.write(with_remarks(text, error.places))
            continue
        if not is_worth_saving:
            raise _given_up(0)
        return text


def _given_up(mistakes: int) -> PtrackError:
    if mistakes:
        them = "is still a mistake" if mistakes == 1 else f"are still {mistakes} mistakes"
        return UsageError(f"There {them} in the text; nothing was saved.")
    return PtrackError("Nothing was changed.\nIf the editor does not wait, tell it to: EDITOR='code --wait'")


@contextmanager
def _kept(app: App, draft: Draft, before: str, again: str) -> Iterator[None]:
    """See that what was written is not lost: say where it is, and how to take it up again."""
    try:
        yield
    except BaseException as error:
        if draft.says(before):
            draft.discard()
            raise
        kept = f"Your text is kept. To take it up again: ptrack programs {again} {draft.path}"
        if isinstance(error, PtrackError):
            raise _with_line(error, kept) from error
        app.notice(kept)
        raise


def _with_line(error: PtrackError, text: str) -> PtrackError:
    """The error with a line more of what to do."""
    told = type(error) if not isinstance(error, NotationError) else UsageError
    return told(f"{error.message}\n{text}", error.candidates)
