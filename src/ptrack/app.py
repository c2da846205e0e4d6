"""What every command is handed: settings, the clock, the database to read or to write, and the output."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ptrack.config import Settings
from ptrack.database.reading import Reader, database_error, open_reading
from ptrack.database.versions import HEAD
from ptrack.errors import DatabaseError, OutdatedError, PtrackError, UsageError
from ptrack.output.document import Document

if TYPE_CHECKING:
    from ptrack.database.session import Writing
    from ptrack.output.terminal import Terminal


_LARGE_BYTES = 32 * 2**20


class Format(StrEnum):
    """How the answer is printed."""

    SCREEN = "screen"
    JSON = "json"
    CSV = "csv"


class App:
    """One run of the program.

    `command` is its name for the change journal: the command's words alone, for what follows may be private.
    A practice that an older ptrack made is upgraded when it is opened, unless `upgrades` is False.
    """

    def __init__(self, settings: Settings, *, upgrades: bool = True) -> None:
        self.settings = settings
        self.upgrades = upgrades
        self.command = "ptrack"
        self.format = Format.SCREEN

    @cached_property
    def now(self) -> datetime:
        """The instant of this run, the same throughout; `PTRACK_NOW` sets it for tests and rehearsals."""
        pretended = os.environ.get("PTRACK_NOW")
        if not pretended:
            return datetime.now(UTC)
        from ptrack.moments import EARLIEST, LATEST

        try:
            moment = datetime.fromisoformat(pretended)
        except ValueError:
            raise UsageError(
                f"PTRACK_NOW={pretended} is no instant like 2026-11-20T10:20:00+01:00."
            ) from None
        if not EARLIEST.year <= moment.year < LATEST.year:
            raise UsageError(f"PTRACK_NOW={pretended} is outside {EARLIEST.year} to {LATEST.year - 1}.")
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)

    @property
    def path(self) -> Path:
        """The database file."""
        return self.settings.db

    @cached_property
    def terminal(self) -> "Terminal":
        """Where pages, notices and warnings go."""
        from ptrack.output.terminal import Terminal

        return Terminal(sys.stdout, sys.stderr)

    def ensure_database(self, *, may_be_older: bool = False) -> None:
        """Make sure that there is a practice and that this program can work with it.

        For whoever opens the file without `reading` or `writing`; an older practice is upgraded, as there.
        """
        with self.reading(may_be_older=may_be_older):
            pass

    def _make_if_none(self) -> None:
        """Make the practice's file if there is none, and say so."""
        try:
            is_folder, is_there = self.path.is_dir(), self.path.exists()
        except OSError as error:
            raise DatabaseError(
                f"The database {self.path} cannot be reached: {error.strerror}.\n"
                "See that its folder may be entered, or name another place: --db PATH"
            ) from error
        if is_folder:
            raise UsageError(
                f"{self.path} is a folder; name the file of a practice: --db {self.path}/ptrack.db"
            )
        if is_there:
            return
        from ptrack.database.fresh import create_database

        if create_database(self.path, now=self.now):
            then = "" if self.command == "init" else " Set it up: ptrack init"
            self.notice(f"A new practice was made in {self.path}.{then}")

    @contextmanager
    def reading(self, *, may_be_older: bool = False) -> Iterator[Reader]:
        """The database for looking only; nothing that happens inside can change it.

        An older practice is upgraded first, unless it may be older.
        """
        self._make_if_none()
        try:
            with self._damage_named(), closing(self._opened(may_be_older=may_be_older)) as connection:
                yield Reader(connection)
        except (sqlite3.Error, UnicodeDecodeError) as error:  # text that is none is damage, too
            raise database_error(error, self.path) from error

    def _opened(self, *, may_be_older: bool) -> sqlite3.Connection:
        try:
            return open_reading(self.path, may_be_older=may_be_older)
        except OutdatedError:
            self._upgrade()
        return open_reading(self.path)

    def _upgrade(self) -> None:
        """Bring an older practice to this program's schema, and say so; another program may just do it."""
        if not self.upgrades:
            raise OutdatedError(f"The database {self.path} waits for an upgrade: ptrack db upgrade")
        from ptrack.database.moving import move

        if self.path.stat().st_size > _LARGE_BYTES:
            self.notice(
                f"The practice is upgraded to schema {HEAD}, which takes a moment for so large a one."
            )
        try:
            moved = move(self.path, HEAD, self.now)
        except DatabaseError as error:
            message = f"The practice must first be upgraded to schema {HEAD}. {error.message}"
            raise type(error)(message) from error
        if moved:
            self.notice(
                f"The practice was upgraded from schema {moved.before} to {moved.after}. "
                f"As it was before, it is kept in {moved.kept}.\n"
                "To hand it to somebody with an older ptrack: ptrack db downgrade"
            )

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        """Tell damage of the file apart from mistakes of the program: rows that nobody could have written."""
        try:
            yield
        except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError):
            from ptrack.database.backup import verify

            verify(self.path)
            raise

    @contextmanager
    def writing(self) -> Iterator["Writing"]:
        """One transaction: kept when the block ends, taken back when it raises."""
        from ptrack.database.session import writing

        self._make_if_none()
        with self._damage_named(), ExitStack() as stack:
            try:
                work = stack.enter_context(writing(self.path, self.command, self.now))
            except OutdatedError:
                self._upgrade()
                work = stack.enter_context(writing(self.path, self.command, self.now))
            yield work

    def show(self, document: Document) -> None:
        """Print the answer in the format that was asked for."""
        if self.format is Format.SCREEN:
            self.terminal.show(document)
            return
        from ptrack.output.data import write_csv, write_data

        if self.format is Format.JSON:
            write_data(document, sys.stdout)
        elif document.listing is not None:
            write_csv(document.listing, sys.stdout)

    def notice(self, text: str) -> None:
        """Say something beside the answer, on standard error."""
        if self.format is Format.SCREEN:
            self.terminal.notice(text)
        else:
            from ptrack.output.cells import printable

            sys.stderr.write("".join(f"{printable(line)}\n" for line in text.splitlines()))

    @property
    def is_interactive(self) -> bool:
        """Whether somebody sits at a terminal who could be asked."""
        return self.format is Format.SCREEN and sys.stdin.isatty() and sys.stderr.isatty()

    def confirm(self, question: str, *, yes: bool) -> None:
        """Go on only if the person says yes; without a terminal `--yes` must have been given."""
        if yes:
            return
        if not self.is_interactive:
            raise UsageError(f"{question}\nNobody can be asked here: give --yes to go ahead.")
        from ptrack.output.cells import printable, wrap

        width = self.terminal.err_surface.width
        lines = [
            part for text in f"{question} [y/N]".splitlines() for part in wrap(printable(text), width, 2)
        ]
        sys.stderr.write("\n".join(lines) + " ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
            raise PtrackError("Nothing was changed.")
