"""`ptrack mail fetch`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.app import App
from ptrack.commands.edge import Context, DryRun, app_of
from ptrack.commands.sending import is_watched
from ptrack.errors import UsageError

if TYPE_CHECKING:
    from ptrack.mail.mailboxes import Mailbox


@contextmanager
def _mailbox(app: App, maildir: Path | None, mbox: Path | None) -> Iterator["Mailbox"]:
    """The mailbox that was named, or else the one on the server."""
    from ptrack.mail.mailboxes import Maildir, Mbox

    if maildir is not None:
        yield Maildir(maildir)
    elif mbox is not None:
        yield Mbox(mbox)
    else:
        from ptrack.mail.imap import Imap, imap_password, imap_server

        server = imap_server(app.settings)
        folder = app.settings.value("mail.imap_folder") or "INBOX"
        with Imap(server, imap_password(app.settings, server), folder) as box:
            yield box


def fetch(
    context: Context,
    imap: Annotated[
        bool, typer.Option("--imap", help="From the server in the settings, as usual.", show_default=False)
    ] = False,
    maildir: Annotated[Path | None, typer.Option(metavar="DIR", help="From this Maildir.")] = None,
    mbox: Annotated[Path | None, typer.Option(metavar="FILE", help="From this mbox file.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Read what clients answered; leave all other mail alone.

    Each new reply is filed or refused, and told of. Without a terminal nothing is said where there is none.
    """
    from ptrack.clients.queries import practice
    from ptrack.mail import fetching
    from ptrack.mail.fetch_views import fetched_document

    app = app_of(context)
    if sum((imap, maildir is not None, mbox is not None)) > 1:
        raise UsageError("Give one of --imap, --maildir and --mbox.")
    app.ensure_database()
    with _mailbox(app, maildir, mbox) as box:
        doors = fetching.Doors(app.reading, app.writing)
        report = (fetching.rehearse if dry_run else fetching.fetch)(box, doors, app.now)
    if not report.outcomes and not is_watched(app):
        return
    with app.reading() as reader:
        house = practice(reader)
    app.show(fetched_document(report, house))
