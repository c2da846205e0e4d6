"""What commands share whose change is told to clients: `--send-now`, which lets its mail go at once."""

from typing import Any

import typer
from typer.core import TyperOption

from ptrack.commands.edge import Change
from ptrack.errors import UsageError

_SENDS_NOW = "ptrack.sends_now"


def _note(context: typer.Context, _parameter: Any, value: bool) -> None:
    context.meta[_SENDS_NOW] = value


def sends_now(context: typer.Context) -> bool:
    """Whether the command's mail is sent as soon as it is done."""
    return bool(context.meta.get(_SENDS_NOW))


class Telling(Change):
    """A command that changes something clients are told of: it takes `--send-now`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(
            TyperOption(
                param_decls=["--send-now"], is_flag=True, default=False, expose_value=False, callback=_note,
                help="Send what mail comes of it at once.", show_default=False,
            )
        )  # fmt: skip

    def invoke(self, ctx: Any) -> Any:
        """Run it; once what it did is kept, its mail is sent where that was asked for."""
        if not sends_now(ctx):
            return super().invoke(ctx)
        if ctx.params.get("no_mail"):
            raise UsageError("Say --send-now or --no-mail, not both.")
        from ptrack.commands.sending import send_own

        try:
            result = super().invoke(ctx)
        except typer.Exit:
            send_own(ctx.obj)
            raise
        send_own(ctx.obj)
        return result
