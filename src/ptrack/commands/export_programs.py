"""`ptrack export programs`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ptrack.app import Format
from ptrack.clients.queries import client_names, practice
from ptrack.commands.agenda import ClientName
from ptrack.commands.edge import Context, app_of
from ptrack.exchange.program_export import (
    Leaving,
    ProgramFormat,
    chosen,
    content_of,
    files_of,
    format_of,
    require_some,
)
from ptrack.naming import resolve
from ptrack.vocabulary import Unit

Programs = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PROGRAM]...", help="Numbers or names; all if none."),
]
Target = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE|DIR", help="This file, or a folder for a file each."),
]


def programs(
    context: Context,
    named: Programs = None,
    templates: Annotated[
        bool, typer.Option("--templates", help="Only templates, no clients' programs.", show_default=False)
    ] = False,
    client: ClientName = None,
    output: Target = None,
    format_name: Annotated[
        ProgramFormat | None,
        typer.Option("--format", help="What to write; by the file's name, or CSV, if none."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that are there.", show_default=False)
    ] = False,
) -> None:
    """Export programs as notation, CSV, JSON or xlsx."""
    app = app_of(context)
    target = None if output is None or str(output) == "-" else output
    said = ProgramFormat.JSON if app.format is Format.JSON else format_name
    wanted = format_of(said, target)
    with app.reading() as reader:
        client_id = resolve(client, client_names(reader), "client").id if client is not None else None
        found = chosen(reader, named or [], client_id, only_templates=templates)
        unit = practice(reader).unit
    require_some(found)
    if target is None:
        _print(found, wanted, unit)
        return
    count = _write(found, wanted, unit, target, force=force)
    app.notice(f"{len(found):,} program{'' if len(found) == 1 else 's'} written to {target}{count}.")


def _print(found: list[Leaving], wanted: ProgramFormat, unit: Unit) -> None:
    from ptrack.output.data import write_text

    content = content_of(found, wanted, unit)
    if wanted is ProgramFormat.XLSX:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_text(content.decode(), sys.stdout)


def _write(found: list[Leaving], wanted: ProgramFormat, unit: Unit, target: Path, *, force: bool) -> str:
    """Write one file, or a file each into a folder; what to say of that."""
    from ptrack.output.files import check_free, check_target, write_file

    is_folder = target.is_dir()
    files = files_of(found, wanted, unit) if is_folder else {"": content_of(found, wanted, unit)}
    paths = [target / name if name else target for name in files]
    for path in paths:
        (check_target if force else check_free)(path)
    for path, content in zip(paths, files.values(), strict=True):
        write_file(path, content)
    return ", a file each" if is_folder else ""
