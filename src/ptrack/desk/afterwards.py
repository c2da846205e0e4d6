"""What clients are told after a session: that it took place, what was done, how many credits are left."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from ptrack.clients.queries import practice
from ptrack.credits.queries import ledger, standing
from ptrack.desk.endings import ending_key
from ptrack.desk.summaries import records_facts, totals_facts
from ptrack.outbox import cause_queries as queries
from ptrack.outbox import rules
from ptrack.outbox.actions import Draft, Transaction, add_message, add_messages, supersede
from ptrack.outbox.cause_queries import Ending, Held, House, Written
from ptrack.outbox.facts import first_name, instant_iso
from ptrack.outbox.rules import Person
from ptrack.vocabulary import MessageKind, SessionStatus, Validation, WorkoutStatus

LEDGER_LINES = 6
"""So many of the last entries a message about credits quotes."""

_TOLD = (MessageKind.VALIDATION, MessageKind.WORKOUT_SUMMARY, MessageKind.CREDITS)


def follow_session(work: Transaction, session: int | None) -> None:
    """Let the outbox agree with how a session stands, also where it was deleted; safe to do again.

    Once it took place its client is asked to confirm it and told what was logged in it; a deduction that
    leaves few credits is told whatever it was for.
    """
    if session is None:
        return
    work.flush()
    rows = [row for row in queries.about_session(work.reader, session) if row.kind in _TOLD]
    found = queries.held(work.reader, session)
    owed = {draft.dedupe_key: draft for draft in _Aftermath(work, found, rows).drafts()} if found else {}
    stale = []
    for row in rows:
        draft = owed.get(row.dedupe_key)
        is_true = _is_drawn(row, found) or (draft is not None and draft.facts_text == row.facts)
        if row.is_unsent and not is_true:
            stale.append(row.id)
        elif row.is_unsent:
            owed.pop(row.dedupe_key, None)
    supersede(work, stale)
    add_messages(work, owed.values())


class _Aftermath:
    """A session that is there, with the messages about it."""

    def __init__(self, work: Transaction, session: Held, rows: Sequence[Written]) -> None:
        self._work, self._session, self._rows = work, session, rows
        self._house = queries.house(work.reader)
        self._today = work.now.astimezone(self._house.zone).date()
        self._person = queries.people(work.reader, [session.client_id])[session.client_id]

    def drafts(self) -> Iterator[Draft]:
        """All that is owed."""
        session = self._session
        is_recent = session.ends_at > self._work.now - rules.AFTERWARDS
        is_done = session.status is SessionStatus.COMPLETED and is_recent
        if is_done and session.validation is Validation.PENDING:
            yield from self._addressed(MessageKind.VALIDATION, self._validation_key(), self._validation)
        if is_done and session.workout_status is WorkoutStatus.COMPLETED:
            key = f"{MessageKind.WORKOUT_SUMMARY}:{session.workout}"
            yield from self._addressed(MessageKind.WORKOUT_SUMMARY, key, self._summary)
        yield from self._credits()

    def _addressed(self, kind: MessageKind, key: str, facts: Any) -> Iterator[Draft]:
        """One message, to everybody to whom it goes."""
        told: dict[str, Any] | None = None
        for addressee in rules.addressees(self._person, kind, self._today):
            told = told or facts()
            session = self._session
            yield Draft(
                kind,
                session.client_id,
                addressee.channel,
                addressee.recipient,
                told,
                rules.copy_key(key, addressee),
                rules.may_go_at(self._work.now, self._house.quiet),
                rules.expires_at(kind, self._work.now),
                session_id=session.id,
                workout_id=session.workout if kind is MessageKind.WORKOUT_SUMMARY else None,
                package_id=session.package if kind is MessageKind.CREDITS else None,
                is_copy=addressee.is_copy,
            )

    def _validation_key(self) -> str:
        """Asked once, and again only where what was sent cannot be answered any more."""
        asked = {
            row.dedupe_key.removesuffix(rules.COPY)
            for row in self._rows
            if row.kind is MessageKind.VALIDATION and row.status in rules.REACHED
        }
        serial = len(asked) if asked and self._session.tokens else len(asked) + 1
        return f"{MessageKind.VALIDATION}:{self._session.id}:{serial}"

    def _about(self) -> dict[str, Any]:
        """What every message after a session tells."""
        return {
            "client": self._person.name,
            "first_name": first_name(self._person.name),
            "trainer": self._session.trainer,
            "starts_at": instant_iso(self._session.starts_at),
            "zone": self._house.timezone,
            "studio": self._house.name,
        }

    def _validation(self) -> dict[str, Any]:
        from ptrack.feedback.rules import questions_due

        session = self._session
        return self._about() | {
            "session": session.id,
            "duration_min": session.duration_min,
            "questions": list(questions_due(session.nth, self._house.feedback_every)),
        }

    def _summary(self) -> dict[str, Any]:
        """What was done and which records that broke, in the practice's unit."""
        from ptrack.progress.logged import logged

        house = practice(self._work.reader)
        done = logged(self._work.reader, self._session.workout or 0, house)
        return self._about() | {
            "workout": done.workout.id,
            "title": done.workout.title,
            "totals": totals_facts(done.sets, done.reps, done.volume_g, house.unit),
            **records_facts(done.records, house.unit),
        }

    def _credits(self) -> Iterator[Draft]:
        """That few credits are left, where the session's was the last that was taken."""
        session = self._session
        if session.entry is None or session.package is None or not session.is_newest:
            return
        where = standing(self._work.reader, session.client_id, self._today)
        reason = rules.FEW_CREDITS.get(where.usable)
        if reason is None or where.is_unlimited:
            return
        key = f"{MessageKind.CREDITS}:{session.package}:{reason}:{session.entry}"
        package = (session.package, session.package_name, session.expires_on)
        told = credits_facts(self._work, self._house, self._person, reason, where.usable, package)
        yield from self._addressed(MessageKind.CREDITS, key, lambda: told)


def _is_drawn(row: Written, session: Held | None) -> bool:
    """Whether a message tells of a credit that is still drawn; others may have been drawn since."""
    if row.kind is not MessageKind.CREDITS or session is None:
        return False
    return row.dedupe_key.removesuffix(rules.COPY).rpartition(":")[2] == str(session.entry)


def credits_facts(
    work: Transaction,
    house: House,
    person: Person,
    reason: str,
    balance: int,
    package: tuple[int, str | None, date | None],
) -> dict[str, Any]:
    """What a message about credits tells: how many are left and why that is told, with the last entries."""
    from ptrack.credits.ledger_views import entry_text

    number, name, expires_on = package
    of, today = practice(work.reader), work.now.astimezone(house.zone).date()
    rows = ledger(work.reader, person.id)[-LEDGER_LINES:]
    return {
        "client": person.name,
        "first_name": first_name(person.name),
        "reason": reason,
        "balance": balance,
        "package": number,
        "package_name": name,
        "expires_on": expires_on.isoformat() if expires_on else None,
        "ledger": [
            {
                "date": of.local(row.created_at).date().isoformat(),
                "text": entry_text(row, of, today),
                "delta": row.delta,
                "balance": row.balance,
            }
            for row in rows
        ],
        "zone": house.timezone,
        "studio": house.name,
    }


def expiring(work: Transaction, day: date) -> int:
    """Tell the clients whose packages come to their last day within 14 days of a day, each once; how many.

    Made on any of those days, so that a day on which nothing ran is made up for.
    """
    house = queries.house(work.reader)
    found = queries.ending(work.reader, day, day + timedelta(days=rules.EXPIRING_DAYS))
    people = queries.people(work.reader, {row.client_id for row in found})
    made = [_tell_ending(work, house, people[row.client_id], row) for row in found]
    return sum(made)


def _tell_ending(work: Transaction, house: House, person: Person, row: Ending) -> bool:
    """Tell one client of a package that comes to its last day; whether that was still to be told."""
    today = work.now.astimezone(house.zone).date()
    goes_to = rules.addressees(person, MessageKind.CREDITS, today)
    if not goes_to:
        return False
    package = (row.package, row.name, row.expires_on)
    facts = credits_facts(work, house, person, "expiring", row.credits, package)
    made = [
        add_message(
            work,
            Draft(
                MessageKind.CREDITS,
                row.client_id,
                addressee.channel,
                addressee.recipient,
                facts,
                rules.copy_key(ending_key(row), addressee),
                rules.may_go_at(work.now, house.quiet),
                rules.expires_at(MessageKind.CREDITS, work.now),
                package_id=row.package,
                is_copy=addressee.is_copy,
            ),
        )
        for addressee in goes_to
    ]
    return any(number is not None for number in made)
