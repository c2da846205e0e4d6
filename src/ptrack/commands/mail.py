"""`ptrack mail`: the outbox."""

from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.clients.queries import client_names, practice
from ptrack.commands.edge import (
    LARGEST,
    Change,
    Context,
    DryRun,
    Listing,
    Yes,
    app_of,
    client_names_beginning,
    completing,
    new_group,
)
from ptrack.commands.mail_fetch import fetch
from ptrack.commands.mail_preview import preview
from ptrack.commands.sending import send as send_mail
from ptrack.errors import UsageError
from ptrack.naming import resolve
from ptrack.outbox import queries
from ptrack.vocabulary import MessageKind, MessageStatus

if TYPE_CHECKING:
    from ptrack.mail.decisions import Choice

group = new_group("Mail: list, show, send, retry, forget, test, preview, fetch.")

Limit = Annotated[int | None, typer.Option("--limit", min=1, help="At most so many messages.")]
Number = Annotated[int, typer.Argument(metavar="ID", max=LARGEST, help="The message's number.")]
Numbers = Annotated[
    list[int] | None, typer.Argument(metavar="[ID...]", max=LARGEST, help="The messages' numbers.")
]
AllFailed = Annotated[bool, typer.Option("--all-failed", help="All that failed.", show_default=False)]
AllUncertain = Annotated[
    bool, typer.Option("--all-uncertain", help="All that are uncertain.", show_default=False)
]


@group.command("list", cls=Listing)
def list_messages(
    context: Context,
    status: Annotated[MessageStatus | None, typer.Option(help="Only of this status.")] = None,
    client: Annotated[
        str | None,
        typer.Option(
            metavar="CLIENT", help="Only to this client.", autocompletion=completing(client_names_beginning)
        ),
    ] = None,
    kind: Annotated[
        MessageKind | None, typer.Option(metavar="KIND", help="Only of this kind, like reminder.")
    ] = None,
    limit: Limit = 1_000,
) -> None:
    """List messages, the newest first."""
    from ptrack.outbox.views import messages_document

    app = app_of(context)
    with app.reading() as reader:
        house = practice(reader)
        number = resolve(client, client_names(reader), "client").id if client is not None else None
        rows = queries.messages(reader, status, number, kind, limit or -1)
    app.show(messages_document(rows, house))


@group.command("show", cls=Change)
def show(context: Context, message: Number) -> None:
    """Show one message: what became of it, what it says."""
    from ptrack.mail.preview import told_of
    from ptrack.outbox.views import message_document

    app = app_of(context)
    with app.reading() as reader:
        row, house = queries.message(reader, message), practice(reader)
        told = told_of(reader, app.settings, row)
    app.show(message_document(row, house, told.subject, told.text, told.words))


@group.command("send", cls=Change)
def send(context: Context, limit: Limit = None, dry_run: DryRun = False) -> None:
    """Send everything that is due now."""
    send_mail(app_of(context), limit, dry_run=dry_run, tells=True)


@group.command("retry", cls=Listing)
def retry(
    context: Context,
    messages: Numbers = None,
    all_failed: AllFailed = False,
    all_uncertain: AllUncertain = False,
) -> None:
    """Send again what failed, was put off or is uncertain.

    What is uncertain may then come twice.
    """
    from ptrack.mail.decisions import try_again
    from ptrack.outbox.views import messages_document

    app = app_of(context)
    choice = _choice(messages, all_failed=all_failed, all_uncertain=all_uncertain)
    with app.reading() as reader:
        house = practice(reader)
    rows = try_again(app.path, choice, app.now)
    app.show(messages_document(rows, house))
    if rows:
        app.notice("They go out with the next run: ptrack mail send")


@group.command("forget", cls=Listing)
def forget(
    context: Context,
    messages: Numbers = None,
    all_failed: AllFailed = False,
    all_uncertain: AllUncertain = False,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Never send messages that failed, wait or are uncertain."""
    from ptrack.mail.decisions import drop
    from ptrack.outbox.views import messages_document

    app = app_of(context)
    choice = _choice(messages, all_failed=all_failed, all_uncertain=all_uncertain)
    with app.reading() as reader:
        house, rows = practice(reader), queries.chosen(reader, *choice)
    if dry_run:
        app.notice("Nothing was forgotten: this is what would be.")
    elif rows:
        app.confirm(f"Never send {_counted(len(rows))}? This cannot be undone.", yes=yes)
        rows = drop(app.path, choice, app.now)
    app.show(messages_document(rows, house))


@group.command("test", cls=Change)
def test(context: Context, address: Annotated[str, typer.Argument(metavar="ADDRESS")]) -> None:
    """Send a mail at once, and tell what the server said to it."""
    from ptrack.mail.trial import try_out
    from ptrack.mail.views import tried_document

    app = app_of(context)
    with app.reading() as reader:
        tried = try_out(reader, app.settings, address, app.now)
    app.show(tried_document(address, tried))


def _choice(numbers: list[int] | None, *, all_failed: bool, all_uncertain: bool) -> "Choice":
    """The messages that were meant; refused where none were named."""
    from ptrack.mail.decisions import Choice

    wanted = {MessageStatus.FAILED: all_failed, MessageStatus.UNCERTAIN: all_uncertain}
    statuses = [status for status, is_wanted in wanted.items() if is_wanted]
    if not numbers and not statuses:
        raise UsageError("Which ones? Name their numbers, or give --all-failed or --all-uncertain.")
    return Choice(numbers or [], statuses)


def _counted(number: int) -> str:
    return f"{number} message{'' if number == 1 else 's'}"


group.command("preview", cls=Change)(preview)
group.command("fetch", cls=Change)(fetch)
