"""`ptrack init`."""

import sys
from typing import Annotated, Any

import typer

from ptrack.app import App
from ptrack.clients import queries
from ptrack.clients.settings import SETTINGS, find_setting, setting_text
from ptrack.commands.edge import Change, Context, app_of
from ptrack.output.document import Document, Fields, Heading, Hint

group = typer.Typer(rich_markup_mode=None, add_completion=False)

_ASKED = (
    ("name", "name", "Name of the practice"),
    ("type", "studio_type", "Type (gym, yoga, hybrid)"),
    ("timezone", "timezone", "Time zone"),
    ("unit", "unit", "Unit of load (kg, lb)"),
    ("currency", "currency", "Currency"),
)


def _ask(question: str, default: str) -> str | None:
    """What is typed, None where the default is kept."""
    sys.stderr.write(f"{question} [{default}]: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() or None


def _asked(app: App, said: dict[str, str | None]) -> dict[str, str | None]:
    """What was not said is asked, on a terminal and only where nothing at all was said."""
    if any(said.values()) or not app.is_interactive:
        return said
    with app.reading() as reader:
        now = queries.practice_settings(reader, [column for _, column, _ in _ASKED])
        owner = queries.trainers(reader)[0]
    answers: dict[str, str | None] = {
        option: _ask(text, setting_text(column, now[column])) for option, column, text in _ASKED
    }
    answers["trainer"] = _ask("Your name", owner.name)
    answers["email"] = _ask("Your e-mail address", owner.email or "none")
    return answers


@group.command(cls=Change)
def init(
    context: Context,
    name: Annotated[str | None, typer.Option(help="What the practice is called.")] = None,
    studio_type: Annotated[str | None, typer.Option("--type", help="gym, yoga or hybrid.")] = None,
    timezone: Annotated[str | None, typer.Option(help="IANA name, like Europe/Berlin.")] = None,
    unit: Annotated[str | None, typer.Option(help="kg or lb.")] = None,
    currency: Annotated[str | None, typer.Option(help="ISO 4217, like EUR.")] = None,
    trainer: Annotated[str | None, typer.Option(help="Your name.")] = None,
    email: Annotated[str | None, typer.Option(help="Your e-mail address.")] = None,
) -> None:
    """Set up the practice. Asks on a terminal, and is safe to run again."""
    from ptrack.desk.practice import change_practice

    app = app_of(context)
    said = _asked(app, {
        "name": name, "type": studio_type, "timezone": timezone, "unit": unit, "currency": currency,
        "trainer": trainer, "email": email,
    })  # fmt: skip
    owner, address = said.pop("trainer"), said.pop("email")
    columns = {option: column for option, column, _ in _ASKED}
    changes = {
        columns[option]: find_setting(columns[option]).read(text)
        for option, text in said.items()
        if text is not None
    }
    with app.writing() as work:
        notices = change_practice(work, changes, owner, address)
    for notice in notices:
        app.notice(notice)
    _show(app)


def _show(app: App) -> None:
    with app.reading() as reader:
        values = queries.practice_settings(reader, [setting.key for setting in SETTINGS])
        owner = queries.trainers(reader)[0]
    pairs = [
        ("Type", values["studio_type"]),
        ("Time zone", values["timezone"]),
        ("Unit", values["unit"]),
        ("Currency", values["currency"]),
        ("Trainer", " ".join(filter(None, (owner.name, owner.email)))),
        ("File", str(app.path)),
    ]
    data: dict[str, Any] = {
        **values, "trainer": owner.name, "trainer_id": owner.id, "email": owner.email, "path": str(app.path),
    }  # fmt: skip
    hint = Hint('ptrack clients add "Anna Berg"', "the first client")
    app.show(Document((Heading(values["name"]), Fields(pairs), hint), data=data))
