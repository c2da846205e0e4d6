"""The walk of `ptrack close` on a terminal: a card for each open appointment, a key for its answer."""

import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ptrack.app import App
from ptrack.clients.queries import Practice
from ptrack.desk.close import (
    Answer,
    Answered,
    Reply,
    answer,
    charge_is_open,
    take_answer_back,
)
from ptrack.desk.complete import Outcome, became
from ptrack.errors import NotationError, PtrackError
from ptrack.output.document import Line, Lines, Span, Style, line
from ptrack.output.keys import ESCAPE, Keys, unhurried
from ptrack.programs.queries import next_days
from ptrack.reports.close import HELP, Card, answer_line, card_parts, keys_line
from ptrack.scheduling import queries
from ptrack.scheduling.queries import AppointmentRow
from ptrack.scheduling.rules import CancelledBy
from ptrack.vocabulary import AppointmentStatus

_WHO = {"c": CancelledBy.CLIENT, "t": CancelledBy.TRAINER}
_YES = {"y": True, "n": False}


class _Step(NamedTuple):
    """A card that was left behind: where it lies, and the answer, None where it was left open."""

    at: int
    answered: Answered | None


class Walk:
    """One walk; every answer is written at once, in a transaction of its own.

    `groups` are what the groups are called. `outcomes` holds what was answered and not taken back.
    """

    def __init__(
        self, app: App, house: Practice, rows: Sequence[AppointmentRow], groups: Mapping[int, str], keys: Keys
    ) -> None:
        self._app, self._house, self._rows, self._groups, self._keys = app, house, rows, groups, keys
        self._today = house.local(app.now).date()
        self._at = 0
        self._steps: list[_Step] = []

    @property
    def outcomes(self) -> list[Outcome]:
        """What was answered, in order."""
        return [step.answered.outcome for step in self._steps if step.answered]

    def go(self) -> None:
        """Ask about one after the other, until the last or until somebody quits."""
        try:
            while self._at < len(self._rows) and self._visit():
                pass
        except EOFError:
            self._say(line("Nobody is there any more."))

    def _visit(self) -> bool:
        """Show a card and do what its key says; False to quit."""
        card = self._card()
        if card.row.status is not AppointmentStatus.SCHEDULED:
            self._say(line(f"{card.row.client}: closed meanwhile."))
            self._at += 1
            return True
        self._app.terminal.aside(card_parts(card, self._house))
        key = self._ask(keys_line(card))
        if key == "q":
            return False
        actions = {"n": self._no_show, "c": self._cancelled, "l": self._later, "g": self._log}
        if key == "D" and card.is_group:
            self._group_done(card)
        elif key.lower() == "d":
            self._write(card, Reply(Answer.DONE))
        elif key == "u":
            self._undo()
        elif key.lower() in actions:
            actions[key.lower()](card)
        else:
            self._say(*(line(text) for text in HELP))
        return True

    def _card(self) -> Card:
        row = self._rows[self._at]
        with self._app.reading() as reader:
            now = queries.appointment(reader, row.id, self._today)
            planned = next_days(reader, [row.client_id], self._today) if self._house.programs else {}
        next_day = planned.get(row.client_id)
        return Card(
            row=now,
            number=self._at + 1,
            total=len(self._rows),
            group=self._group_text(row),
            planned=f"{next_day.program} {next_day.day}" if next_day else "",
        )

    def _group_text(self, row: AppointmentRow) -> str:
        if row.group is None:
            return ""
        return f"{self._groups.get(row.group, 'Group')} x{len(self._mates(row))}"

    def _mates(self, row: AppointmentRow) -> list[int]:
        """Where the appointments of the same group at the same time lie in the walk."""
        return [
            at
            for at, other in enumerate(self._rows)
            if other.group == row.group and other.starts_at == row.starts_at
        ]

    def _say(self, *lines: Line) -> None:
        self._app.terminal.aside([Lines(lines)])

    def _ask(self, question: Line) -> str:
        """A key, after the question on its line."""
        self._app.terminal.aside([Lines([question])])
        sys.stderr.write(" > ")
        sys.stderr.flush()
        key = self._keys.key()
        if self._keys.are_unseen:
            sys.stderr.write(f"{key.strip()}\n")
        return "" if key == ESCAPE else key

    def _no_show(self, card: Card) -> None:
        self._write_charged(card, Reply(Answer.NO_SHOW))

    def _cancelled(self, card: Card) -> None:
        key = self._ask(line("By whom?  c the client  t the trainer  any other key: back"))
        if key.lower() in _WHO:
            self._write_charged(card, Reply(Answer.CANCELLED, by=_WHO[key.lower()]))

    def _write_charged(self, card: Card, reply: Reply) -> None:
        """Write the answer, after asking for the charge where the practice asks each time."""
        if charge_is_open(self._house, card.row, reply, self._app.now):
            key = self._ask(line("Does it cost a credit?  y yes  n no  any other key: back"))
            if key.lower() not in _YES:
                return
            reply = reply._replace(charge=_YES[key.lower()])
        self._write(card, reply)

    def _later(self, card: Card) -> None:
        self._steps.append(_Step(self._at, None))
        self._say(line(f"{card.row.client} stays open."))
        self._at += 1

    def _log(self, card: Card) -> None:
        """Ask for what was done until it can be read; nothing leads back to the card."""
        self._say(line(Span("What was done, like Back Squat: 3x5 100kg; nothing to go back.", Style.MUTED)))
        text = ""
        while text := self._line(text):
            try:
                self._do(card, Reply(Answer.DONE, log=text))
            except NotationError as error:
                self._refuse(f"{error.details}\nNothing was saved.")
            except PtrackError as error:
                self._refuse(error.message)
                return
            else:
                return

    def _line(self, text: str) -> str:
        """A line of notation, begun with the one that could not be read; nothing at the end of input."""
        try:
            return self._keys.line(" log> ", text).strip()
        except EOFError:
            return ""

    def _group_done(self, card: Card) -> None:
        """Complete everybody in the group who is still open, each in a change of their own."""
        for at in self._mates(card.row):
            with self._app.reading() as reader:
                row = queries.appointment(reader, self._rows[at].id, self._today)
            if at >= self._at and row.status is AppointmentStatus.SCHEDULED:
                self._at = at
                if not self._write(card._replace(row=row), Reply(Answer.DONE), name=f"{row.client}: "):
                    return

    def _write(self, card: Card, reply: Reply, name: str = "") -> bool:
        """Write an answer and say what it did; a refusal is said, and the card comes again."""
        try:
            self._do(card, reply, name)
        except PtrackError as error:
            self._refuse(error.message)
            return False
        return True

    def _do(self, card: Card, reply: Reply, name: str = "") -> None:
        with unhurried():
            with self._app.writing() as work:
                answered = answer(work, card.row.id, reply)
            self._steps.append(_Step(self._at, answered))
            self._at += 1
        with self._app.reading() as reader:
            moved = became(reader, answered.outcome, self._today)
        self._say((Span(name), *answer_line(moved)))
        for notice in answered.outcome.notices:
            self._app.notice(notice)

    def _refuse(self, text: str) -> None:
        self._app.terminal.error(text)

    def _undo(self) -> None:
        """Take back the last answer, or go back to what was left open."""
        if not self._steps:
            self._say(line("Nothing of this walk is left to be taken back."))
            return
        step = self._steps[-1]
        with unhurried():
            if step.answered is None or self._take_back(step.answered):
                self._steps.pop()
                self._at = step.at

    def _take_back(self, answered: Answered) -> bool:
        from ptrack.exchange.bulk import bulk_writing

        try:
            with bulk_writing(self._app.path, self._app.now, "undo") as bulk:
                take_answer_back(bulk, answered.change)
        except PtrackError as error:
            self._refuse(error.message)
            return False
        self._say(line("Taken back; it is open again."))
        return True
