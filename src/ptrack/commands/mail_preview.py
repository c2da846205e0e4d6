"""`ptrack mail preview`: a message to look at before anybody gets one."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ptrack.app import App
from ptrack.clients.queries import client_names
from ptrack.commands.edge import Context, app_of
from ptrack.commands.exports import Force
from ptrack.errors import UsageError
from ptrack.naming import resolve
from ptrack.vocabulary import MessageKind

if TYPE_CHECKING:
    from ptrack.mail.compose import Sender
    from ptrack.mail.samples import Shown

_SCREEN = Path("-")


class Form(StrEnum):
    """What a preview is written as: the endings of its files."""

    TEXT = "txt"
    HTML = "html"
    EML = "eml"


Kind = Annotated[MessageKind, typer.Argument(metavar="KIND", help=f"One of {', '.join(MessageKind)}.")]
Text = Annotated[bool, typer.Option("--text", help="The text, as without any of these.", show_default=False)]
Html = Annotated[bool, typer.Option("--html", help="The page, as a file.", show_default=False)]
Eml = Annotated[bool, typer.Option("--eml", help="The whole message, as a file.", show_default=False)]
Whose = Annotated[str | None, typer.Option("--client", metavar="CLIENT", help="As this client would get it.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write it there; into a folder by its kind, - to the screen."
    ),
]


def preview(
    context: Context,
    kind: Kind,
    client: Whose = None,
    text: Text = False,
    html: Html = False,
    eml: Eml = False,
    output: Output = None,
    force: Force = False,
) -> None:
    """Show what a message looks like.

    It tells of a client's next appointment, or of made-up facts. Nothing is sent. Templates of your
    own go into the folder mail beside the configuration file.
    """
    from ptrack.mail.logos import logo_of
    from ptrack.mail.sample_views import message_document

    app = app_of(context)
    form = _form(text=text, html=html, eml=eml)
    target = _target(kind, form, output, force=force)
    shown, sender = _composed(app, kind, client)
    if fault := logo_of(sender.logo_path).fault:
        app.notice(fault)
    if target is None:
        app.show(message_document(shown))
    else:
        _write(app, shown, form, sender, target)


def _form(*, text: bool, html: bool, eml: bool) -> Form:
    if text + html + eml > 1:
        raise UsageError("Say one of --text, --html and --eml.")
    return Form.HTML if html else Form.EML if eml else Form.TEXT


def _target(kind: MessageKind, form: Form, output: Path | None, *, force: bool) -> Path | None:
    """The file to write, free to be written; None for the screen."""
    from ptrack.output.files import check_free, check_target

    if output is None and form is Form.TEXT:
        return None
    if output == _SCREEN:
        return output
    output = output or Path()
    target = output / f"{kind}.{form}" if output.is_dir() else output
    (check_target if force else check_free)(target)
    return target


def _composed(app: App, kind: MessageKind, client: str | None) -> "tuple[Shown, Sender]":
    """The message as it would go out now, and who it would come from."""
    from ptrack.mail.samples import shown
    from ptrack.mail.senders import sender_of
    from ptrack.mail.settings import mail_settings
    from ptrack.outbox.queries import house

    with app.reading() as reader:
        names = client_names(reader)
        found = resolve(client, names, "client") if client is not None else next(iter(names), None)
        sender = sender_of(app.settings, mail_settings(app.settings), house(reader))
        return shown(reader, kind, found.id if found else None, sender, app.now), sender


def _write(app: App, shown: "Shown", form: Form, sender: "Sender", target: Path) -> None:
    """Write the message to a file, and say where it is."""
    from ptrack.mail.sample_views import page_of, text_of
    from ptrack.output.data import write_text
    from ptrack.output.document import Document, Fields
    from ptrack.output.files import write_file

    message = shown.message
    content = {
        Form.TEXT: lambda: text_of(message).encode(),
        Form.HTML: lambda: page_of(message, sender.logo_path).encode(),
        Form.EML: lambda: bytes(message),
    }[form]()
    if target == _SCREEN:
        write_text(content.decode(), sys.stdout)
        return
    write_file(target, content)
    app.show(Document((Fields([("Written", str(target))]),), data={"path": str(target)}))
