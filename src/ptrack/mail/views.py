"""What a run of mail did, on a page and in lines."""

from collections.abc import Iterator, Sequence
from typing import Any

from ptrack.clients.queries import Practice
from ptrack.mail.run import Outcome, Report
from ptrack.mail.settings import MailSettings, folder_lines
from ptrack.mail.trial import Tried
from ptrack.moments import clock_text
from ptrack.outbox.queries import MessageRow
from ptrack.outbox.views import status_style, word
from ptrack.output.document import Column, Document, Fields, Lines, Part, Table, line
from ptrack.vocabulary import MessageKind, MessageStatus

_UNSENT = (MessageStatus.FAILED, MessageStatus.UNCERTAIN, MessageStatus.PENDING)
_SKIPPED = (MessageStatus.EXPIRED, MessageStatus.SUPERSEDED)
_SHOWN_NUMBERS = 10


def report_data(report: Report) -> dict[str, Any]:
    """A run for programs: `skipped` were past their time or no longer true, `pending` are due and wait."""
    return {
        "sent": report.count(MessageStatus.SENT),
        "failed": report.count(MessageStatus.FAILED),
        "skipped": report.count(*_SKIPPED),
        "pending": report.pending,
        "uncertain": list(report.uncertain),
        "problems": list(report.problems),
        "dry_run": report.is_dry,
        "messages": [
            {
                "id": outcome.id,
                "kind": outcome.kind,
                "client": outcome.client,
                "to": outcome.to,
                "subject": outcome.subject,
                "status": outcome.status,
                "error": outcome.error,
            }
            for outcome in report.outcomes
        ],
    }


_COLUMNS = (
    Column("id", "No.", align="right"),
    Column("kind", "Kind", show=word, priority=1),
    Column("to", "To", flexible=True),
    Column("subject", "Subject", show=lambda text: text or "", flexible=True, priority=2),
    Column("status", "Status", show=word, style=lambda outcome: status_style(outcome.status)),
)


def report_document(report: Report, mail: MailSettings | None = None) -> Document:
    """What was sent; with `mail`, whether that left the machine."""
    parts: list[Part] = [Table(_COLUMNS, report.outcomes, empty="Nothing is due.")]
    parts.append(Lines([line(text) for text in _sums(report, mail)]))
    return Document(parts, data=report_data(report))


def _sums(report: Report, mail: MailSettings | None) -> Iterator[str]:
    if report.is_dry:
        yield f"{report.pending} would be sent. Nothing was."
        return
    waiting = f", {report.pending} pending" if report.pending else ""
    if report.outcomes or report.pending:
        skipped = report.count(*_SKIPPED)
        yield (
            f"{report.count(MessageStatus.SENT)} sent, {report.count(MessageStatus.FAILED)} failed"
            f"{f', {skipped} skipped' if skipped else ''}{waiting}."
        )
    if mail is not None:
        yield from folder_lines(mail)


def problem_lines(report: Report) -> list[str]:
    """A line for each thing that somebody should know, even if nobody sits there."""
    return [
        *report.problems,
        *(_problem(outcome) for outcome in report.outcomes if outcome.status in _UNSENT and outcome.error),
        *_uncertain_lines(report),
    ]


def own_lines(
    report: Report, waiting: Sequence[MessageRow], practice: Practice, mail: MailSettings | None = None
) -> list[str]:
    """What became of the mail that a command made: what did not go, how much did, what waits for its time.

    With `mail`, whether that left the machine.
    """
    lines = [*problem_lines(report), f"Mail: {'; '.join(_own_sums(report, waiting, practice))}."]
    if report.is_partial:
        lines.append("What was asked for is done; not all of its mail was sent: ptrack mail list")
    if mail is not None and report.outcomes:
        lines += folder_lines(mail)
    return lines


def _own_sums(report: Report, waiting: Sequence[MessageRow], practice: Practice) -> Iterator[str]:
    """`1 sent; 1 waits for the end of the quiet hours, Sat 21 Nov 2026, 07:00; 2 reminders go out later`."""
    if not (report.outcomes or report.problems or waiting):
        yield "none comes of it"
        return
    if report.outcomes or report.problems:
        yield f"{report.count(MessageStatus.SENT)} sent"
    held = [row for row in waiting if row.kind is not MessageKind.REMINDER]
    if held:
        until = clock_text(practice.local(min(row.not_before for row in held)))
        waits = "1 waits" if len(held) == 1 else f"{len(held)} wait"
        yield f"{waits} for the end of the quiet hours, {until}"
    if later := len(waiting) - len(held):
        yield "1 reminder goes out in its time" if later == 1 else f"{later} reminders go out in their time"


def _problem(outcome: Outcome) -> str:
    what = f"Message {outcome.id} ({word(outcome.kind)} to {outcome.to})"
    if outcome.status is MessageStatus.PENDING:
        return f"{what} was put off: {outcome.error}"
    said = "failed" if outcome.status is MessageStatus.FAILED else "is uncertain"
    return f"{what} {said}: {outcome.error}"


def _uncertain_lines(report: Report) -> list[str]:
    """Those of which nobody knows whether they were sent, this time or any time before."""
    if not report.uncertain:
        return []
    return [uncertain_text(report.uncertain)]


def uncertain_text(numbers: Sequence[int]) -> str:
    """`2 messages may or may not have been sent (7, 9): ptrack mail list --status uncertain`."""
    shown = ", ".join(str(number) for number in numbers[:_SHOWN_NUMBERS])
    more = " …" if len(numbers) > _SHOWN_NUMBERS else ""
    noun = "message" if len(numbers) == 1 else "messages"
    return (
        f"{len(numbers)} {noun} may or may not have been sent ({shown}{more}): "
        "ptrack mail list --status uncertain"
    )


def tried_document(address: str, tried: Tried) -> Document:
    """What a test came to."""
    pairs = [
        ("To", address),
        ("From", tried.sender),
        ("By way of", tried.way),
        ("Answer", tried.reply),
    ]
    data = {"to": address, "from": tried.sender, "by": tried.way, "answer": tried.reply, "status": "sent"}
    return Document((Fields(pairs),), data=data)
