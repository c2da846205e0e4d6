"""`ptrack config`: the practice's settings, kept in its database, and this machine's, kept in a file."""

from typing import Annotated, Any

import typer

from ptrack.app import App
from ptrack.clients import queries
from ptrack.clients.settings import AS_TYPED, SETTINGS, find_setting, setting_text
from ptrack.commands.edge import Change, Context, Listing, app_of, new_group
from ptrack.config import OPTIONS, template
from ptrack.errors import UsageError
from ptrack.output.document import Column, Document, Fields, Table, list_document

group = new_group("Settings of the practice and of this machine.")


def _plain(key: str, value: Any) -> Any:
    """A value as programs read it: weekdays, times of day and reminders as they are typed."""
    return setting_text(key, value) if key in AS_TYPED else value


def _rows(app: App) -> list[dict[str, Any]]:
    with app.reading() as reader:
        values = queries.practice_settings(reader, [setting.key for setting in SETTINGS])
    rows = [
        {
            "key": setting.key,
            "value": _plain(setting.key, values[setting.key]),
            "meaning": setting.meaning,
            "kept": "practice",
        }
        for setting in SETTINGS
    ]
    machine = {option.key: app.settings.value(option.key) for option in OPTIONS}
    machine["db"] = str(app.settings.db)
    rows += [
        {"key": option.key, "value": machine[option.key], "meaning": option.meaning, "kept": "machine"}
        for option in OPTIONS
    ]
    return rows


def _value_text(value: Any) -> str:
    return setting_text("", value)


_COLUMNS = (
    Column("key", "Setting", value=lambda row: row["key"]),
    Column("value", "Value", value=lambda row: row["value"], show=_value_text, flexible=True),
    Column("meaning", "Meaning", value=lambda row: row["meaning"], flexible=True, priority=1),
    Column("kept", "Kept with", value=lambda row: row["kept"], priority=2),
)


@group.command("list", cls=Listing)
def list_settings(context: Context) -> None:
    """List every setting."""
    app = app_of(context)
    app.show(list_document(Table(_COLUMNS, _rows(app))))


def _show_one(app: App, key: str) -> None:
    (row,) = (row for row in _rows(app) if row["key"] == key)
    app.show(Document((Fields([(key, _value_text(row["value"]))]),), data={key: row["value"]}))


Key = Annotated[str, typer.Argument(metavar="KEY", help="The setting's name.")]


@group.command("get", cls=Change)
def get(context: Context, key: Key) -> None:
    """Show one setting."""
    app = app_of(context)
    machine = [option.key for option in OPTIONS]
    _show_one(app, key if key in machine else find_setting(key).key)


@group.command("set", cls=Change)
def set_value(
    context: Context,
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its new value.")],
    keep_wall_times: Annotated[
        bool,
        typer.Option(
            "--keep-wall-times",
            help="With timezone: appointments to come stay at the same hour.",
            show_default=False,
        ),
    ] = False,
) -> None:
    """Change one setting of the practice."""
    app = app_of(context)
    if key in [option.key for option in OPTIONS]:
        raise UsageError(f"{key} is kept in this machine's configuration file.\nEdit it: ptrack config edit")
    from ptrack.desk.practice import change_practice

    setting = find_setting(key)
    changes = {setting.key: setting.read(value)}
    if keep_wall_times and setting.key != "timezone":
        raise UsageError(f"--keep-wall-times goes with timezone; {setting.key} moves no appointment.")
    with app.writing() as work:
        notices = change_practice(work, changes, keeps_wall_times=keep_wall_times)
    for notice in notices:
        app.notice(notice)
    _show_one(app, setting.key)


@group.command("path", cls=Change)
def path(context: Context) -> None:
    """Say where the configuration file is."""
    app = app_of(context)
    where = str(app.settings.config_path)
    app.show(Document((Fields([("Configuration", where)]),), data={"path": where}))


@group.command("edit", cls=Change)
def edit(context: Context) -> None:
    """Open the configuration file in $EDITOR."""
    from ptrack.output.editor import edit_file, require_terminal

    app = app_of(context)
    target = app.settings.config_path
    require_terminal(f"Without one, edit {target} yourself.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not target.exists():
        target.touch(mode=0o600)
        target.write_text(template(), encoding="utf-8")
    edit_file(target)
