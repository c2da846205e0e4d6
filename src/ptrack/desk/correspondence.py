"""What clients are told of their appointments: the outbox is made to agree with how each one stands.

Nothing here is sent, and nothing is told twice: what a client was told is read from the outbox itself. News
of several appointments that is made at once is one message to each client.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from ptrack.clients.rules import read_offsets
from ptrack.credits.queries import has_package, standing
from ptrack.outbox import cause_queries as queries
from ptrack.outbox import rules
from ptrack.outbox.actions import Draft, Transaction, add_messages, facts_text, refresh, supersede
from ptrack.outbox.cause_queries import House, Scene, Written
from ptrack.outbox.facts import Credits, Item, appointment_facts
from ptrack.outbox.rules import Addressee, Reminder, Told
from ptrack.vocabulary import MessageKind, MessageStatus

_ARMED_AGAIN = (MessageStatus.SUPERSEDED,)


class Due(Protocol):
    """What is asked of a message that is about to go out."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def kind(self) -> MessageKind:
        """What it is about."""

    @property
    def appointment_id(self) -> int | None:
        """The appointment that it is about."""

    @property
    def dedupe_key(self) -> str:
        """What it is known by."""


class Notice(NamedTuple):
    """That a client will be told what they were not told of before, and when that was sent, if it was."""

    client: str
    kind: MessageKind
    sent_at: datetime | None


class Followed(NamedTuple):
    """What following came to: the messages that were made, and who is told that something is otherwise."""

    made: tuple[Draft, ...] = ()
    notices: tuple[Notice, ...] = ()


def follow(
    work: Transaction,
    appointments: Collection[int],
    *,
    announces: bool = True,
    is_silent: bool = False,
    clients: Collection[int] = (),
) -> Followed:
    """Let the outbox agree with how those appointments stand; what is made by that.

    With `announces` clients are told of appointments that they do not know of. With `is_silent` nothing is
    told of what was done, but reminders move with their appointment, and what is no longer true goes.
    `clients` are those of appointments that are gone.
    """
    if not appointments:
        return Followed()
    work.flush()
    desk = _Desk(work, set(appointments), set(clients))
    if is_silent:
        news = [draft for draft in desk.news(desk.untold) if draft.kind is not MessageKind.CANCELLATION]
        return desk.reconcile([*news, *desk.reminders(desk.armed)])
    told_of = desk.numbers if announces else desk.known
    return desk.reconcile([*desk.news(desk.numbers, announces=announces), *desk.reminders(told_of)])


def follow_reminders(work: Transaction, client: int | None = None) -> None:
    """Arm the reminders of what is still to come anew, a client's or everybody's.

    That is for when it was changed who is reached how and when; nobody is told of an appointment by it.
    """
    work.flush()
    desk = _Desk(work, set(queries.to_come(work.reader, work.now, client)), set())
    booked = {scene.id for scene in desk.scenes.values() if scene.import_batch_id is None}
    desk.reconcile([*desk.news(desk.untold), *desk.reminders(desk.known | booked)])


def freshen(work: Transaction, messages: Sequence[Due]) -> dict[int, str]:
    """Let reminders that are about to go out tell the credits, and what is planned, as of now.

    They were made when the appointment was, maybe weeks ago. Their facts as they are now, by number.
    """
    rows = [row for row in messages if row.kind is MessageKind.REMINDER and row.appointment_id is not None]
    if not rows:
        return {}
    desk = _Desk(work, {row.appointment_id or 0 for row in rows}, set())
    plans = _plans(work, desk.house, {scene.client_id for scene in desk.scenes.values()})
    told = {}
    for row in rows:
        scene = desk.scenes.get(row.appointment_id or 0)
        if scene is not None:
            facts = desk.reminder_facts(scene, rules.reminder_offset(row.dedupe_key))
            told[row.id] = facts_text(facts | {"plan": plans.get(scene.client_id)})
    refresh(work, told)
    return told


def _plans(work: Transaction, house: House, clients: Collection[int]) -> dict[int, str]:
    """The titles of the workouts that are planned next, by client."""
    found = queries.on_a_program(work.reader, sorted(clients))
    if not found:
        return {}
    from ptrack.programs.queries import next_days

    today = work.now.astimezone(house.zone).date()
    return {client: day.day for client, day in next_days(work.reader, found, today).items()}


class _Last(NamedTuple):
    """The message that told of an appointment last, and what it told."""

    row: Written
    told: Told


class _Desk:
    """Some appointments as they stand, with what their clients were told and what is in the outbox."""

    def __init__(self, work: Transaction, appointments: set[int], clients: set[int]) -> None:
        self._work, self._now = work, work.now
        self.house = queries.house(work.reader)
        self._today = work.now.astimezone(self.house.zone).date()
        self._credits: dict[int, Credits] = {}
        self._upheld: set[str] = set()
        self._notices: list[Notice] = []
        self._load(appointments, clients)

    def _load(self, appointments: set[int], clients: set[int]) -> None:
        """Read all that is about the appointments; those that share news not yet sent with them join them."""
        reader = self._work.reader
        scenes = queries.scenes(reader, appointments)
        own = queries.about_one(reader, appointments)
        clients = clients | {scene.client_id for scene in scenes} | {row.client_id for row in own}
        shared = [row for row in queries.about_several(reader, clients) if _is_about(row, appointments)]
        joining = {number for row in shared if row.is_unsent for number, _ in row.told()} - appointments
        if joining:
            self._load(appointments | joining, clients)
            return
        self.numbers, self.scenes = appointments, {scene.id: scene for scene in scenes}
        self._rows, self._people = [*own, *shared], queries.people(reader, clients)
        self._waiting = {_base(row.dedupe_key) for row in self._rows if row.is_unsent}

    @property
    def armed(self) -> set[int]:
        """The appointments of which a reminder was ever made."""
        rows = (row for row in self._rows if row.kind is MessageKind.REMINDER)
        return {row.appointment_id for row in rows if row.appointment_id is not None}

    @property
    def known(self) -> set[int]:
        """The appointments that somebody was told of, or was to be."""
        return self.armed | {number for row in self._news_rows() for number, _ in row.told()}

    @property
    def untold(self) -> set[int]:
        """The appointments of which there is news that has not gone out."""
        return {number for row in self._news_rows() if row.is_unsent for number, _ in row.told()}

    def _news_rows(self) -> list[Written]:
        return [row for row in self._rows if row.kind in rules.NEWS]

    def news(self, numbers: Collection[int], *, announces: bool = False) -> Iterator[Draft]:
        """What clients are to be told of those appointments: one message to each of all news of a kind."""
        told, known, forgotten = self._last_told(), self.known, self._forgotten()
        found: dict[tuple[int, MessageKind], list[Item]] = {}
        for number in sorted(numbers):
            scene, last = self.scenes.get(number), told.get(number)
            kind = self._news_of(scene, last and last.told, announces=announces or number in known)
            if kind is not None:
                client = scene.client_id if scene is not None else last.row.client_id if last else 0
                item = _beside_forgotten(_item(number, scene, last and last.told, kind), kind, forgotten)
                if item is not None:
                    found.setdefault((client, kind), []).append(item)
            elif last is not None:
                self._upheld.add(_base(last.row.dedupe_key))
        for (client, kind), items in found.items():
            items.sort(key=lambda item: (item.agreed.starts_at, item.appointment))
            yield from self._news_drafts(client, kind, items, told.get(items[0].appointment))

    def _last_told(self) -> dict[int, _Last]:
        """What was told last of each appointment, and by which message: each told a higher version."""
        found: dict[int, _Last] = {}
        for row in self._news_rows():
            for number, told in row.told() if row.has_reached else ():
                if number not in found or told.sequence > found[number].told.sequence:
                    found[number] = _Last(row, told)
        return found

    def _forgotten(self) -> dict[int, list[Told]]:
        """What of each appointment a person said is never to be told, neither to the client nor in a copy."""
        owed = {_base(row.dedupe_key) for row in self._rows if not row.is_forgotten}
        found: dict[int, list[Told]] = {}
        for row in self._news_rows():
            if row.is_forgotten and not row.has_reached and _base(row.dedupe_key) not in owed:
                for number, told in row.told():
                    found.setdefault(number, []).append(told)
        return found

    def _news_of(self, scene: Scene | None, told: Told | None, *, announces: bool) -> MessageKind | None:
        if scene is None or scene.is_off:
            return rules.news(told, None, self._now)
        if not scene.is_scheduled:  # it took place, or is taking place
            return None
        return rules.news(told, scene.agreed, self._now, announces=announces)

    def _news_drafts(
        self, client: int, kind: MessageKind, items: list[Item], last: _Last | None
    ) -> Iterator[Draft]:
        person = self._people.get(client)
        goes_to = rules.addressees(person, kind, self._today) if person is not None else []
        if person is None or not goes_to:
            return
        if last is not None:
            self._notices.append(Notice(person.name, kind, last.row.sent_at))
        first = items[0]
        facts = appointment_facts(self.house, person, items, kind, self._credits_of(client), self._now)
        key = rules.news_key(kind, first.appointment, first.sequence)
        for addressee in goes_to:
            yield Draft(
                kind,
                client,
                addressee.channel,
                addressee.recipient,
                {**facts, "channel": addressee.channel.value},
                rules.copy_key(key, addressee),
                rules.may_go_at(self._now, self.house.quiet, first.agreed.starts_at),
                items[-1].agreed.starts_at,
                appointment_id=first.appointment if len(items) == 1 else None,
                is_copy=addressee.is_copy,
            )

    def reminders(self, numbers: Collection[int]) -> Iterator[Draft]:
        """The reminders of those appointments that are still to come."""
        for scene in self.scenes.values():
            if scene.id in numbers and scene.is_scheduled and scene.starts_at > self._now:
                yield from self._reminders_of(scene)

    def _reminders_of(self, scene: Scene) -> Iterator[Draft]:
        person = self._people[scene.client_id]
        goes_to = rules.addressees(person, MessageKind.REMINDER, self._today)
        if not goes_to:
            return
        kept = person.reminder_offsets
        offsets = read_offsets(self.house.reminder_offsets if kept is None else kept)
        planned = rules.schedule(scene.starts_at, offsets, self.house.quiet)
        ahead = rules.ahead(planned, self._now)
        for reminder in planned:
            key = rules.reminder_key(scene.id, reminder.offset_min, scene.starts_at)
            if reminder in ahead or key in self._waiting:
                for addressee in goes_to:
                    yield self._reminder(scene, reminder, addressee, rules.copy_key(key, addressee))

    def _reminder(self, scene: Scene, reminder: Reminder, addressee: Addressee, key: str) -> Draft:
        return Draft(
            MessageKind.REMINDER,
            scene.client_id,
            addressee.channel,
            addressee.recipient,
            self.reminder_facts(scene, reminder.offset_min),
            key,
            reminder.not_before,
            scene.starts_at,
            appointment_id=scene.id,
            is_copy=addressee.is_copy,
        )

    def reminder_facts(self, scene: Scene, offset_min: int) -> dict[str, Any]:
        """What a reminder tells of its appointment."""
        item = Item(scene.id, scene.agreed, scene.sequence, scene)
        where = self._credits_of(scene.client_id)
        person, kind = self._people[scene.client_id], MessageKind.REMINDER
        return {
            **appointment_facts(self.house, person, [item], kind, where, self._now),
            "offset_min": offset_min,
        }

    def _credits_of(self, client: int) -> Credits:
        if client not in self._credits:
            self._credits[client] = credits_of(self._work, client, self._today)
        return self._credits[client]

    def reconcile(self, drafts: Iterable[Draft]) -> Followed:
        """Take out of the outbox what is no longer owed, and put in what is; what stays as it is stays."""
        owed = {draft.dedupe_key: draft for draft in drafts}
        stale = []
        for row in self._rows:
            if row.is_unsent and _base(row.dedupe_key) in self._upheld:
                continue  # the other copy of what was told already
            if row.is_unsent and not _is_still(row, owed.get(row.dedupe_key)):
                stale.append(row.id)
            elif row.is_unsent or row.is_forgotten or row.status not in _ARMED_AGAIN:
                owed.pop(row.dedupe_key, None)
        supersede(self._work, stale)
        add_messages(self._work, owed.values())
        return Followed(tuple(owed.values()), tuple(self._notices))


def _item(number: int, scene: Scene | None, told: Told | None, kind: MessageKind) -> Item:
    """What is told of an appointment: of one that is called off, what its client knows of it."""
    if kind is MessageKind.CANCELLATION:
        assert told is not None  # noqa: S101  nothing else is called off
        agreed = told.agreed
    else:
        assert scene is not None  # noqa: S101  it stands
        agreed = scene.agreed
    own = scene.sequence if scene is not None else 0
    return Item(number, agreed, rules.next_sequence(own, told), scene, told)


def _beside_forgotten(item: Item, kind: MessageKind, forgotten: Mapping[int, Sequence[Told]]) -> Item | None:
    """What is told beside what was forgotten of the same appointment: nothing where it is just that.

    Else its version is higher, so that it has a key of its own.
    """
    others = []
    for told in forgotten.get(item.appointment, ()):
        is_same = (told.is_cancelled, told.agreed) == (kind is MessageKind.CANCELLATION, item.agreed)
        if is_same and told.sequence >= item.sequence:
            return None
        others.append(told.sequence + 1)
    return item._replace(sequence=max([item.sequence, *others]))


def _base(dedupe_key: str) -> str:
    """What a message and its guardian's copy have in common."""
    return dedupe_key.removesuffix(rules.COPY)


def _is_about(row: Written, appointments: Collection[int]) -> bool:
    return any(number in appointments for number, _ in row.told())


def _is_still(row: Written, draft: Draft | None) -> bool:
    """Whether a message says what is owed, to whom it is owed; a later try of it keeps its time."""
    return (
        draft is not None
        and (row.channel, row.recipient) == (draft.channel, draft.recipient)
        and row.facts == draft.facts_text
        and (bool(row.attempts) or row.not_before == draft.not_before or row.kind in rules.NEWS)
    )


def credits_of(work: Transaction, client: int, today: date) -> Credits:
    """Where a client stands, as facts tell it; who never had a package is told of no credits."""
    where = standing(work.reader, client, today)
    is_counted = not where.is_unlimited and has_package(work.reader, client)
    left = where.usable if is_counted else None
    return Credits(left, where.available, where.owed)
