"""What all command files share: the group and command classes, common arguments, and little else.

Groups know abbreviations; commands know `--json` and `--csv` and take negative numbers as arguments.
"""

import re
from collections.abc import Callable
from typing import Annotated, Any, cast

import typer
from typer._click.exceptions import UsageError as ClickUsageError
from typer._click.parser import _OptionParser, _ParsingState
from typer._click.shell_completion import CompletionItem
from typer._click.types import IntParamType, IntRange, StringParamType
from typer.core import TyperCommand, TyperGroup, TyperOption

from ptrack.app import App, Format

LARGEST = 2**63 - 1
"""The largest number that a record can have."""

NEGATIVE_NUMBER = re.compile(r"-(\d+([.,]\d*)?|[.,]\d+|\d+ *(d|w|wk|m|mo|days?|weeks?|months?))")


class _NumberParser(_OptionParser):
    """Takes `-1` for a number and `-1w` for a time ago, which need no `--` before them."""

    def _process_opts(self, arg: str, state: _ParsingState) -> None:
        if NEGATIVE_NUMBER.fullmatch(arg):
            state.largs.append(arg)
        else:
            super()._process_opts(arg, state)


def _set_format(name: Format) -> Callable[..., None]:
    def choose(context: typer.Context, _parameter: Any, value: bool) -> None:
        if value and isinstance(context.obj, App):
            context.obj.format = name

    return choose


class _RecordNumber(IntParamType):
    """A record's number. Its limit is the database's, and nothing that a page of help need tell."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The number, where there can be such a one."""
        number = super().convert(value, param, ctx)
        if abs(number) > LARGEST:
            self.fail(f"{number} is larger than any number here.", param, ctx)
        return number


def _said_plainly(parameter: Any) -> Any:
    """The parameter with nothing in its help that only the parser needs: types' names, the largest number."""
    if isinstance(parameter.type, IntRange) and parameter.type.max == LARGEST:
        parameter.type = _RecordNumber()
    for kind, metavar in ((StringParamType, "TEXT"), (IntParamType, "N"), (IntRange, "N")):
        if isinstance(parameter.type, kind) and parameter.param_type_name == "option":
            parameter.metavar = parameter.metavar or metavar
    return parameter


class Change(TyperCommand):
    """A command that shows or changes one thing: it takes `--json`."""

    formats: tuple[tuple[Format, str], ...] = ((Format.JSON, "Print JSON for a program to read."),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "rich_markup_mode": None})
        self.params = [_said_plainly(parameter) for parameter in self.params]
        self.params += [
            TyperOption(
                param_decls=[f"--{name}"], is_flag=True, default=False, expose_value=False, is_eager=True,
                callback=_set_format(name), help=text, show_default=False,
            )
            for name, text in self.formats
        ]  # fmt: skip

    def invoke(self, ctx: Any) -> Any:
        """Run it, under its name in the change journal."""
        if isinstance(ctx.obj, App):
            ctx.obj.command = ctx.command_path.partition(" ")[2]
        return super().invoke(ctx)

    def make_parser(self, ctx: Any) -> _OptionParser:
        """A parser that takes negative numbers as arguments."""
        parser = _NumberParser(ctx)
        for parameter in self.get_params(ctx):
            parameter.add_to_parser(parser, ctx)
        return parser


class Listing(Change):
    """A command that lists things: it takes `--json` and `--csv`."""

    formats = (*Change.formats, (Format.CSV, "Print CSV for a spreadsheet or a program to read."))


def unambiguous(typed: str, names: list[str], aliases: dict[str, str]) -> str:
    """The one name that `typed` is or begins; itself where there is none.

    Several are an error that lists them.
    """
    if typed in names:
        return typed
    if typed in aliases:
        return aliases[typed]
    found = [name for name in names if name.startswith(typed)] if typed else []
    if len(found) > 1:
        raise ClickUsageError(f'"{typed}" may be {", ".join(found[:-1])} or {found[-1]}.')
    return found[0] if found else typed


class CommandGroup(TyperGroup):
    """A group whose commands may be abbreviated."""

    aliases: dict[str, str] = {}  # noqa: RUF012  a constant of the class

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "rich_markup_mode": None})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command by its name, an alias, or an unambiguous beginning."""
        name = unambiguous(args[0], self.list_commands(ctx), self.aliases)
        return super().resolve_command(ctx, [name, *args[1:]])


def new_group(help_text: str) -> typer.Typer:
    """An empty group of commands."""
    return typer.Typer(
        cls=CommandGroup, help=help_text, no_args_is_help=True, add_completion=False, rich_markup_mode=None
    )


def app_of(context: typer.Context) -> App:
    """The App that the root made for this run."""
    return cast("App", context.obj)


def completing(names: Callable[[App, str], list[str]]) -> Callable[..., list[str]]:
    """A completion from a function that reads names; whatever goes wrong, completion stays silent."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        from ptrack.config import Settings
        from ptrack.errors import PtrackError

        try:
            root = ctx.find_root()
            settings = Settings(root.params.get("db"), root.params.get("config"))
            if not settings.db.is_file():
                return []
            return names(App(settings, upgrades=False), incomplete)
        except (PtrackError, OSError):
            return []

    return complete


def client_names_beginning(app: App, incomplete: str) -> list[str]:
    """The clients whose names begin so, for completion."""
    from ptrack.clients.queries import client_names
    from ptrack.naming import beginning_with

    with app.reading() as reader:
        return beginning_with(incomplete, client_names(reader))


def trainer_names_beginning(app: App, incomplete: str) -> list[str]:
    """The trainers whose names begin so, for completion."""
    from ptrack.clients.queries import trainer_names
    from ptrack.naming import beginning_with

    with app.reading() as reader:
        return beginning_with(incomplete, trainer_names(reader))


Context = typer.Context
Client = Annotated[
    str,
    typer.Argument(
        metavar="CLIENT",
        help="Number, name or beginning of it.",
        autocompletion=completing(client_names_beginning),
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.", show_default=False)]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would happen; change nothing.", show_default=False)
]

__all__ = [
    "Change",
    "Client",
    "CommandGroup",
    "CompletionItem",
    "Context",
    "DryRun",
    "Listing",
    "Yes",
    "app_of",
    "client_names_beginning",
    "completing",
    "new_group",
    "trainer_names_beginning",
    "unambiguous",
]
