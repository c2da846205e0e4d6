"""The root of the command line: the table of commands, the global options, the boundary of errors."""

import gc

gc.disable()  # a short run leaves nothing to collect; long commands switch it on again

import errno  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
from typing import Annotated, Any, NoReturn  # noqa: E402

from ptrack.errors import EXIT_INTERRUPTED, EXIT_REFUSED, EXIT_USAGE, NotationError, PtrackError  # noqa: E402


def _leave_loading(_number: int, _frame: object) -> None:
    """Ctrl-C while the program is being loaded: there is nothing yet to take back."""
    os._exit(EXIT_INTERRUPTED)


def _hear(now: Any, then: Any) -> None:
    """Let Ctrl-C do `then` where it did `now`; where it is ignored, or heard by others, leave it so."""
    if signal.getsignal(signal.SIGINT) is now and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, then)


_hear(signal.default_int_handler, _leave_loading)

from collections.abc import Sequence  # noqa: E402
from importlib import import_module  # noqa: E402

import typer  # noqa: E402
import typer.main  # noqa: E402
from typer._click.shell_completion import CompletionItem  # noqa: E402

from ptrack import __version__  # noqa: E402
from ptrack.commands.edge import CommandGroup  # noqa: E402

_hear(_leave_loading, signal.default_int_handler)

COMMANDS = {
    "init": ("init", "Set up the practice."),
    "demo": ("demo", "Build a demo practice and take a short tour of it."),
    "today": ("today", "The day: appointments, credits, what is left to do."),
    "close": ("close", "Close the day's appointments: done, no-show, cancelled."),
    "clients": ("clients", "Clients: add, list, show, edit, pause, resume, churn, remove."),
    "trainers": ("trainers", "Trainers: add, list, show, edit, hours, days off, deactivate."),
    "locations": ("locations", "Places of sessions: add, list, show, edit, deactivate."),
    "packages": ("packages", "Packages and credits: sell, list, ledger, transfer, expire."),
    "appointments": ("appointments", "Appointments: add, list, edit, cancel; day, week, month, free."),
    "sessions": ("sessions", "Sessions that took place: list, show, validate, dispute."),
    "exercises": ("exercises", "The exercise library: search, show, edit, merge, similar."),
    "programs": ("programs", "Programs: templates, new, edit, diff, assign, next, show."),
    "log": ("log", "Workouts: log them, also live; records, history, strength."),
    "metrics": ("metrics", "Body and training metrics: add, list, chart, statistics."),
    "feedback": ("feedback", "What clients say of their sessions: add, list, summary."),
    "reminders": ("reminders", "Reminders and all other mail that is due: send, preview."),
    "mail": ("mail", "Mail: list, show, send, retry, forget, test, preview, fetch."),
    "jobs": ("jobs", "What cron runs by day and by week: daily, weekly."),
    "report": ("report", "Reports: usage, attendance, commission, practice; also as PDF."),
    "import": ("imports", "Bring the past in from other programs."),
    "export": ("exports", "Take data out: for spreadsheets, programs and calendars."),
    "undo": ("undo", "Take back the last change."),
    "redo": ("redo", "Bring back what was taken back."),
    "config": ("config", "Settings of the practice and of this machine."),
    "db": ("db", "The database: info, check, backup, restore, upgrade."),
}
ALIASES = {"appt": "appointments", "prog": "programs", "ex": "exercises", "wk": "log", "cl": "clients"}


class Root(CommandGroup):
    """Imports a command's file only when that command is run."""

    aliases = ALIASES

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  the base class's signature
        """Every command by its name, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Import the file of that command."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"ptrack.commands.{COMMANDS[cmd_name][0]}").group
        is_group = found.info.cls is CommandGroup  # a group of one command is still a group
        command = typer.main.get_group(found) if is_group else typer.main.get_command(found)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """List the commands from the table, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[CompletionItem]:
        """Complete names from the table, and the root's own options."""
        if incomplete.startswith("-"):
            return [
                CompletionItem(option)
                for parameter in self.get_params(ctx)
                for option in getattr(parameter, "opts", [])
                if option.startswith(incomplete)
            ]
        return [CompletionItem(name) for name in COMMANDS if name.startswith(incomplete)]

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = False,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run a command and end the process with its exit status; no traceback reaches a person."""
        del standalone_mode
        arguments = list(sys.argv[1:] if args is None else args)
        try:
            result = super().main(
                arguments, prog_name or "ptrack", complete_var, False, windows_expand_args, **extra
            )
            sys.stdout.flush()
        except Exception as error:  # noqa: BLE001  the boundary
            result = _end(error, arguments)
        sys.exit(result if isinstance(result, int) else 0)


def _end(error: Exception, arguments: list[str]) -> int:
    """Tell of an error in one or two lines; its exit status."""
    if os.environ.get("PTRACK_DEBUG") == "1":
        raise error
    if isinstance(error, OSError) and error.errno in _UNWRITTEN:
        return _unwritten(error, arguments)
    if isinstance(error, PtrackError):
        mistaken = error if isinstance(error, NotationError) else None
        text = f"{mistaken.details}\nNothing was saved." if mistaken else error.message
        return _tell(error.code, text, error.candidates, error.exit_status, arguments, mistaken)
    if isinstance(error, typer.Abort):
        sys.stderr.write("Nothing was changed.\n")
        return EXIT_REFUSED
    if isinstance(error, typer.TyperException):
        return _tell("usage", _usage_text(error), (), EXIT_USAGE, arguments)
    if type(error).__name__ == "ValidationError" and hasattr(error, "errors"):
        return _tell("usage", _invalid_text(error), (), EXIT_USAGE, arguments)
    return _tell("internal", _logged(error), (), EXIT_REFUSED, arguments)


_UNWRITTEN = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def _unwritten(error: OSError, arguments: list[str]) -> int:
    """Tell that the answer could not go where it should, unless nobody wants it; it may tell of a change."""
    _close_quietly()
    if error.errno == errno.EPIPE:
        return 0
    text = f"The answer could not be written: {error.strerror}.\nWhat it is about may be done: look first."
    return _tell("unwritten", text, (), EXIT_REFUSED, arguments)


def _usage_text(error: Any) -> str:
    text = _in_plain_words(str(error.format_message()).strip())
    context = getattr(error, "ctx", None)
    return f"{text}\nSee: {context.command_path} --help" if context is not None else text


_PLAIN_WORDS = {
    "is not a valid int range": "is no whole number",
    "is not a valid int": "is no whole number",
    "is not a valid float": "is no number",
}


def _in_plain_words(text: str) -> str:
    """The parser's complaint without its names for types."""
    for said, meant in _PLAIN_WORDS.items():
        text = text.replace(said, meant)
    return text


def _invalid_text(error: Any) -> str:
    """What pydantic found wrong with values, a line each."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return "\n".join(f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}." for item in found)


def _logged(error: Exception) -> str:
    """Keep the traceback in a private file and say where."""
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="ptrack-", suffix=".log", delete=False, encoding="utf-8"
        ) as log:
            traceback.print_exception(error, file=log)
        where = f"What happened is written in {log.name}."
    except OSError:
        where = "Run it again with PTRACK_DEBUG=1 to see what happened."
    failed = f"ptrack failed where it should not: {type(error).__name__}."
    return f"{failed} See what is there before doing it again.\n{where}"


def _tell(
    code: str,
    text: str,
    candidates: tuple[str, ...],
    status: int,
    arguments: list[str],
    notation: NotationError | None = None,
) -> int:
    """Write an error for people and, with `--json`, for programs; these get a text's mistakes one by one."""
    from ptrack.output.cells import printable

    try:
        sys.stderr.write("".join(f"{printable(line)}\n" for line in text.splitlines()))
        if "--json" in arguments:
            from ptrack.output.data import error_to_json, write_text

            message, places = (notation.message, notation.places) if notation else (text, ())
            write_text(error_to_json(code, message, candidates, places) + "\n", sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
    return status


def _close_quietly() -> None:
    """Keep the interpreter from complaining about a closed pipe when it ends."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())


root = typer.Typer(cls=Root, no_args_is_help=True, rich_markup_mode=None, add_completion=True)


def _show_version(value: bool) -> None:
    if value:
        sys.stdout.write(f"ptrack {__version__}\n")
        raise typer.Exit


VERSION = typer.Option(
    "--version", is_eager=True, callback=_show_version, help="Show the version.", show_default=False
)


@root.callback()
def start(
    context: typer.Context,
    db: Annotated[str | None, typer.Option(metavar="PATH", help="The practice's file.")] = None,
    config: Annotated[str | None, typer.Option(metavar="FILE", help="The configuration file.")] = None,
    version: Annotated[bool, VERSION] = False,
) -> None:
    """The personal trainer's practice in a terminal."""
    del version
    if context.resilient_parsing:
        return
    from ptrack.app import App
    from ptrack.config import Settings

    context.obj = App(Settings(db, config))


def _open_what_is_closed() -> None:
    """Give the answer and the notices somewhere to go where the caller has closed their streams (`>&-`)."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8")  # noqa: SIM115, PTH123
            setattr(sys, name, nowhere)


def main() -> None:
    """The console script."""
    if os.environ.get("_PTRACK_COMPLETE") is None and sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"ptrack {__version__}\n")
        return
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        root(prog_name="ptrack")
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted. What was not yet finished was taken back.\n")
        sys.exit(EXIT_INTERRUPTED)
