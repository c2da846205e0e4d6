"""One run: claim what is due, hand it over, mark what became of it.

A message is claimed and committed, marked as on its way and committed just before its data leaves, and marked
once more when the answer is there. No transaction is open while the network is.
"""

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from ptrack.config import Settings
from ptrack.database.reading import Reader, begin_writing, connect, database_error, one_line
from ptrack.errors import DatabaseError, PtrackError, UsageError
from ptrack.mail.locks import clear_away, is_dead, living
from ptrack.mail.outcomes import (
    DoubtError,
    Letter,
    PutOffError,
    Transport,
    UnreachableError,
    WithdrawnError,
)
from ptrack.mail.preview import SAMPLE_TOKENS
from ptrack.mail.senders import address_of, sender_of, way_out
from ptrack.mail.settings import MailSettings, mail_settings
from ptrack.naming import clean
from ptrack.outbox import claims, queries
from ptrack.outbox.claims import Terms
from ptrack.outbox.queries import House, MessageRow
from ptrack.outbox.rules import NEWS, Quiet, after_quiet
from ptrack.vocabulary import Channel, MessageKind, MessageStatus, TokenPurpose

if TYPE_CHECKING:
    from ptrack.mail.compose import Attachment, Sender

AT_ONCE = 50
"""So many messages are claimed in one transaction: others that run at the same time find some, too."""

TOKENS_LAST = {TokenPurpose.VALIDATE: timedelta(days=90), TokenPurpose.UNSUBSCRIBE: timedelta(days=730)}
"""How long what a message carries can be answered."""

_SKIPPED = (MessageStatus.EXPIRED, MessageStatus.SUPERSEDED)

Progress = Callable[[int, int], None]
"""Told how many messages of how many are done."""

Attaching = Callable[[MessageRow], "Sequence[Attachment]"]
"""Makes the files that go along with a message."""


class Outcome(NamedTuple):
    """What became of one message."""

    id: int
    kind: MessageKind
    to: str
    subject: str | None
    status: MessageStatus
    error: str | None = None
    client: str | None = None


class Report(NamedTuple):
    """What a run did: the messages it handled, what ended it early, and how the outbox stands now.

    `pending` is what is due and still waits, what was put off with it; `uncertain` are the numbers of all
    messages of which nobody knows whether they were sent.
    """

    outcomes: Sequence[Outcome]
    problems: Sequence[str]
    pending: int
    uncertain: Sequence[int]
    is_dry: bool = False

    def count(self, *statuses: MessageStatus) -> int:
        """How many messages came to one of those ends."""
        return sum(outcome.status in statuses for outcome in self.outcomes)

    @property
    def is_partial(self) -> bool:
        """Whether something that was tried did not go."""
        undone = (MessageStatus.FAILED, MessageStatus.UNCERTAIN, MessageStatus.PENDING)
        return bool(self.problems) or (not self.is_dry and self.count(*undone) > 0)


class Wishes(NamedTuple):
    """What a run is asked: at most so many messages; how attachments are made; whom to tell how far it is.

    With `only`, all messages stay where they are but those of these numbers.
    """

    limit: int | None = None
    attach: Attaching | None = None
    progress: Progress | None = None
    only: Collection[int] | None = None


def nothing_done(reader: Reader) -> Report:
    """The report of a run that found nothing to do."""
    return Report((), (), 0, reader.values(queries.UNCERTAIN_NUMBERS))


def rehearse(reader: Reader, settings: Settings, now: datetime, limit: int | None) -> Report:
    """What a run would send now; nothing is claimed."""
    house = queries.house(reader)
    sender = sender_of(settings, mail_settings(settings), house)
    rows = queries.due(reader, now, limit, wakes=_wakes(house, now))
    outcomes = [_rehearsed(row, sender) for row in rows]
    return Report(outcomes, (), len(rows), reader.values(queries.UNCERTAIN_NUMBERS), is_dry=True)


def _rehearsed(row: MessageRow, sender: "Sender") -> Outcome:
    from ptrack.mail.compose import compose

    outcome = Outcome(row.id, row.kind, row.recipient, None, MessageStatus.PENDING, None, row.client)
    try:
        content = compose(row, sender, SAMPLE_TOKENS)
    except PtrackError as error:
        return outcome._replace(error=error.message)
    return outcome._replace(subject=str(content["Subject"]))


NO_WISHES = Wishes()


def send_due(settings: Settings, now: datetime, wishes: Wishes = NO_WISHES) -> Report:
    """Send what is due, and settle what dead runs have left; what this run still holds at its end, too."""
    path = settings.db
    try:
        with living(path) as name, closing(connect(path, "rw")) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            run = _Run(Reader(connection), name, settings, now, wishes)
            try:
                run.go()
            finally:
                with run.writing():
                    claims.settle(run.reader, name)
            clear_away(path)
            return run.report()
    except sqlite3.Error as error:
        raise database_error(error, path) from error


@dataclass(slots=True)
class _Moment:
    """The open transaction of a claim, as what is decided in it asks for it."""

    reader: Reader
    now: datetime

    def flush(self) -> None:
        """Nothing waits here: every statement was run when it was given."""


class _Run:
    """A run under way; `name` is what its lock and its claims go by."""

    def __init__(self, reader: Reader, name: str, settings: Settings, now: datetime, wishes: Wishes) -> None:
        self.reader, self._name, self._settings, self._wishes = reader, name, settings, wishes
        self._begun, self._started = now, time.monotonic()
        self._house = queries.house(reader)
        self._ways: dict[Channel, Transport] = {}
        self._open = [Channel.EMAIL, Channel.COMMAND]
        self._outcomes: list[Outcome] = []
        self._problems: list[str] = []
        self._tokens: dict[int, Mapping[str, str]] = {}

    @property
    def _now(self) -> datetime:
        """The instant it is by the clock that the run began with."""
        return self._begun + timedelta(seconds=time.monotonic() - self._started)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One short transaction."""
        begin_writing(self.reader.connection)
        try:
            yield
        except BaseException:
            self.reader.connection.execute("ROLLBACK")
            raise
        self.reader.connection.execute("COMMIT")

    def go(self) -> None:
        """Batch by batch, as long as something is due and a way is open."""
        with self.writing():
            claims.settle_dead(self.reader, lambda run: is_dead(self._settings.db, run))
        total = self.reader.value(queries.NUMBER_DUE, now=self._begun)
        try:
            while rows := self._claimed():
                self._send(rows, total)
        finally:
            for way in self._ways.values():
                way.close()

    def _send(self, rows: Sequence[MessageRow], total: int) -> None:
        """Send what was claimed; what is left when a way closes is let go of."""
        sender = self._sender
        for number, row in enumerate(rows):
            if row.channel not in self._open:
                self._release(rows[number:])
                return
            self._outcomes += self._handled(row, sender)
            if self._wishes.progress:
                self._wishes.progress(len(self._outcomes), total)

    def _claimed(self) -> list[MessageRow]:
        """The next messages, with the tokens that they will carry; what is skipped is noted."""
        done = sum(outcome.status not in _SKIPPED for outcome in self._outcomes)
        most = AT_ONCE if self._wishes.limit is None else min(AT_ONCE, self._wishes.limit - done)
        if most <= 0 or not self._open:
            return []
        terms = Terms(
            self._name,
            self._begun,
            _wakes(self._house, self._now),
            self._open,
            self._domain,
            self._wishes.only,
        )
        with self.writing():
            found = claims.claim(self.reader, terms, self._now, most)
            rows = self._freshened(found.rows)
            self._tokens = {row.id: self._issued(row) for row in rows}
        skipped = [queries.message(self.reader, number) for number in found.expired + found.superseded]
        self._outcomes += [self._outcome(row, None, row.status) for row in skipped if self._is_asked(row)]
        return rows

    def _is_asked(self, row: MessageRow) -> bool:
        return self._wishes.only is None or row.id in self._wishes.only

    def _freshened(self, rows: list[MessageRow]) -> list[MessageRow]:
        """The messages, reminders with credits and plans as they are now."""
        from ptrack.desk.correspondence import freshen

        told = freshen(_Moment(self.reader, self._now), rows)
        return [row._replace(facts=told.get(row.id, row.facts)) for row in rows]

    @cached_property
    def _mail(self) -> MailSettings:
        return mail_settings(self._settings)

    @cached_property
    def _sender(self) -> "Sender":
        return sender_of(self._settings, self._mail, self._house)

    @property
    def _domain(self) -> str:
        """What Message-IDs end with: the sender's domain."""
        return address_of(self._mail, self._house).rpartition("@")[2]

    def _issued(self, row: MessageRow) -> Mapping[str, str]:
        """Tokens for what a message asks, and for stopping such messages where that can be."""
        from ptrack.feedback.tokens import issue

        if row.client_id is None or row.kind in NEWS:
            return {}
        purposes = [TokenPurpose.UNSUBSCRIBE]
        if row.kind is MessageKind.VALIDATION:
            purposes.append(TokenPurpose.VALIDATE)
        now = self._now
        return {
            purpose: issue(
                self.reader.connection,
                purpose,
                row.client_id,
                now,
                now + TOKENS_LAST[purpose],
                row.session_id if purpose is TokenPurpose.VALIDATE else None,
            )
            for purpose in purposes
        }

    def _release(self, rows: Sequence[MessageRow]) -> None:
        """Let go of messages that were not tried."""
        with self.writing():
            for row in rows:
                claims.release(self.reader, row)

    def _handled(self, row: MessageRow, sender: "Sender") -> list[Outcome]:
        """Send one message and mark what became of it; nothing where its way turned out to be closed."""
        letter = None
        try:
            letter = self._letter(row, sender)
            self._way(row.channel).deliver(letter, lambda: self._begin(row))
        except UnreachableError as error:
            self._open.remove(row.channel)
            self._problems.append(error.message)
            self._release([row])
            return []
        except (sqlite3.Error, DatabaseError):
            raise
        except Exception as error:  # noqa: BLE001  one odd message must not hold up all others
            return [self._marked(row, letter, error)]
        with self.writing():
            claims.mark_sent(self.reader, row, self._now)
        return [self._outcome(row, letter, MessageStatus.SENT)]

    def _begin(self, row: MessageRow) -> None:
        """Commit that the message is on its way, unless it may not go any more."""
        with self.writing():
            if claims.begin_sending(self.reader, row, self._now):
                return
        raise WithdrawnError("It is not to be sent any more.")

    def _marked(self, row: MessageRow, letter: Letter | None, error: Exception) -> Outcome:
        """Mark a message that was not sent, as far as anybody knows."""
        text = error.message if isinstance(error, PtrackError) else _unexpected(error)
        with self.writing():
            stands = queries.message(self.reader, row.id)
            if isinstance(error, WithdrawnError):
                return self._outcome(row, letter, stands.status)
            if isinstance(error, PutOffError):
                claims.put_off(self.reader, row, text, self._begun)
            elif isinstance(error, DoubtError) or (
                stands.status is MessageStatus.IN_FLIGHT and not isinstance(error, PtrackError)
            ):
                claims.mark_uncertain(self.reader, row, text)
            else:
                claims.mark_failed(self.reader, row, text)
            return self._outcome(row, letter, queries.message(self.reader, row.id).status, text)

    def _letter(self, row: MessageRow, sender: "Sender") -> Letter:
        """The message as it goes out, to one recipient, with what names it and says when."""
        from ptrack.mail.addressing import wire_address
        from ptrack.mail.compose import compose

        files = self._wishes.attach(row) if self._wishes.attach else ()
        content = compose(row, sender, self._tokens.get(row.id), files)
        content.set_raw("Date", format_datetime(self._now))
        content.set_raw("Message-ID", str(row.message_id))
        to = wire_address(row.recipient) if row.channel is Channel.EMAIL else row.recipient
        return Letter(wire_address(sender.address), to, content, row)

    def _way(self, channel: Channel) -> Transport:
        """The transport of a channel, ready."""
        if channel not in self._ways:
            way = way_out(channel, self._settings, self._mail)
            try:
                way.open()
            except UsageError as error:
                raise UnreachableError(error.message) from error
            self._ways[channel] = way
        return self._ways[channel]

    @staticmethod
    def _outcome(
        row: MessageRow, letter: Letter | None, status: MessageStatus, error: str | None = None
    ) -> Outcome:
        subject = str(letter.content["Subject"]) if letter else None
        return Outcome(row.id, row.kind, row.recipient, subject, status, error, row.client)

    def report(self) -> Report:
        """What was done, and how the outbox stands."""
        put_off = sum(outcome.status is MessageStatus.PENDING for outcome in self._outcomes)
        waiting = self.reader.value(queries.NUMBER_DUE, now=self._begun)
        return Report(
            self._outcomes, self._problems, waiting + put_off, self.reader.values(queries.UNCERTAIN_NUMBERS)
        )


def _wakes(house: House, now: datetime) -> datetime | None:
    """The end of the quiet hours where it is quiet now."""
    quiet = Quiet(house.quiet_from_min, house.quiet_to_min, ZoneInfo(house.timezone))
    return after_quiet(now, quiet) if quiet.holds(now) else None


def _unexpected(error: Exception) -> str:
    return f"{type(error).__name__}: {clean(one_line(error))}"
