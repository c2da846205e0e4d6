"""What the commands that send mail share: one run, told to whom it may concern."""

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from ptrack.app import App, Format
from ptrack.clients.queries import practice
from ptrack.errors import EXIT_PARTIAL, PtrackError
from ptrack.outbox import queries
from ptrack.outbox.queries import UNCERTAIN_NUMBERS, Work, work_to_do
from ptrack.output.pdf import PdfWriter
from ptrack.vocabulary import Channel, MessageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ptrack.mail.compose import Attachment
    from ptrack.mail.run import Attaching, Progress, Report
    from ptrack.outbox.queries import MessageRow

MANY = 20
"""From so many messages on a bar shows how far it is."""


def send(app: App, limit: int | None, *, dry_run: bool, tells: bool) -> None:
    """Send everything due; a run that is not to tell what it sent names problems all the same.

    Ends with exit status 3 where something that was tried did not go.
    """
    with app.reading() as reader:
        work, uncertain = work_to_do(reader, app.now), reader.values(UNCERTAIN_NUMBERS)
    if not (work or uncertain or tells):
        return
    report = _rehearsal(app, limit) if dry_run else _run(app, limit, work)
    _tell(app, report, tells=tells)
    if report.is_partial:
        raise typer.Exit(EXIT_PARTIAL)


def send_own(app: App) -> None:
    """Send the messages that this command has made and that are due; a note on standard error tells of it.

    Ends with exit status 3 where one did not go, though what was asked for is done.
    """
    with app.reading() as reader:
        made = queries.made_at(reader, app.now)
    report, is_sent = _sent_of(app, [row.id for row in made if row.not_before <= app.now])
    from ptrack.mail.settings import mail_settings
    from ptrack.mail.views import own_lines

    with app.reading() as reader:
        house, waiting = practice(reader), queries.made_at(reader, app.now)
    mail = mail_settings(app.settings) if sys.stderr.isatty() else None
    for text in own_lines(report, [row for row in waiting if row.not_before > app.now], house, mail):
        app.notice(text)
    if not is_sent:
        raise typer.Exit(EXIT_PARTIAL)


def _sent_of(app: App, numbers: "Sequence[int]") -> "tuple[Report, bool]":
    """The run of those messages, and whether all that it tried went."""
    from ptrack.mail.run import Report, Wishes, send_due

    if not numbers:
        return Report((), (), 0, ()), True
    try:
        report = send_due(app.settings, app.now, Wishes(attach=_papers(app), only=numbers))
    except PtrackError as error:
        return Report((), (error.message,), len(numbers), ()), False
    return report, not report.is_partial


def is_watched(app: App) -> bool:
    """Whether somebody, or a program that asked, wants to be told what was sent."""
    return app.format is not Format.SCREEN or sys.stdout.isatty()


def _rehearsal(app: App, limit: int | None) -> "Report":
    from ptrack.mail.run import rehearse

    with app.reading() as reader:
        return rehearse(reader, app.settings, app.now, limit)


def _run(app: App, limit: int | None, work: Work) -> "Report":
    from ptrack.mail.run import Wishes, nothing_done, send_due

    if not work:
        with app.reading() as reader:
            return nothing_done(reader)
    with _bar(app, min(work.due, limit or work.due)) as progress:
        return send_due(app.settings, app.now, Wishes(limit, _papers(app), progress))


def _papers(app: App) -> "Attaching":
    """Makes what goes along with a message: the paper of a workout with its summary; fonts are read once."""
    writers: list[PdfWriter] = []

    def attach(row: "MessageRow") -> "Sequence[Attachment]":
        if row.kind is not MessageKind.WORKOUT_SUMMARY or row.workout_id is None:
            return ()
        if row.channel is Channel.COMMAND:  # what goes by number carries no files
            return ()
        from ptrack.mail.compose import Attachment
        from ptrack.reports.workout import workout_report

        with app.reading() as reader:
            house = practice(reader)
            document = workout_report(reader, row.workout_id, house)
        if not writers:
            writers.append(PdfWriter(house.logo_path, house.name, house.name, app.now))
        return (Attachment(f"workout-{row.workout_id}.pdf", writers[0].render(document).content),)

    return attach


def _tell(app: App, report: "Report", *, tells: bool) -> None:
    from ptrack.mail.settings import mail_settings
    from ptrack.mail.views import problem_lines, report_document

    for text in problem_lines(report):
        app.notice(text)
    if tells:
        app.show(report_document(report, mail_settings(app.settings) if sys.stdout.isatty() else None))


@contextmanager
def _bar(app: App, due: int) -> "Iterator[Progress | None]":
    """A bar on a terminal, where it will take a while."""
    if due < MANY or app.format is not Format.SCREEN or not sys.stderr.isatty():
        yield None
        return
    from ptrack.output.progress import done_bar

    with done_bar(due, "mail") as progress:
        yield progress
