"""Importing a calendar file: each event, with what differs from it, becomes appointments."""

import warnings
from collections.abc import Iterable, Sequence
from datetime import datetime

from ptrack.exchange.appointment_writer import (
    INSTANCE_SIGN,
    MEMBER_SIGN,
    AppointmentWriter,
    Draft,
    KnownRow,
    Outcome,
)
from ptrack.exchange.appointments import Rejected, Scene, is_outside
from ptrack.exchange.calendar_events import CalendarEvent, EventReader, Unreadable
from ptrack.exchange.calendar_files import CalendarTexts, EventText
from ptrack.exchange.occurrences import Occurrence, mark_of, occurrences, repeats_of
from ptrack.exchange.zones import Zones
from ptrack.naming import fold
from ptrack.scheduling.invites import own_number
from ptrack.vocabulary import Repeat

_OUTSIDE = "outside"


class CalendarImport:
    """The import of one calendar file."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.writer = AppointmentWriter(scene.bulk, "ics", scene.file.path.name)
        texts = CalendarTexts(scene.file)
        self._groups = texts.gathered()
        self._reader = EventReader(Zones(texts.zones), scene.house.zone, scene.bulk.now)

    def carry_out(self) -> None:
        """Read and write the file."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library's, of names of zones that it guesses
            for together in self._groups:
                self._take(together)

    def _take(self, together: Sequence[EventText]) -> None:
        """The events of one UID: the event itself, and those that stand for some of its times."""
        self._scene.ledger.rows += len(together)
        events = self._current([event for text in together if (event := self._read(text))])
        own = own_number(events[0].uid, self._scene.uid) if events else None
        if own is not None:
            self._scene.ledger.own(self._scene.bulk.reader, own, len(events))
            return
        masters = [event for event in events if event.instance is None]
        overrides = [event for event in events if event.instance is not None]
        for master in masters:
            self._take_event(master, overrides)
        for one in overrides:
            self._take_override(one, masters[0] if masters else None)

    def _read(self, text: EventText) -> CalendarEvent | None:
        try:
            return self._reader.read(text)
        except Unreadable as error:
            self._scene.ledger.reject(text.line, error.column, error.reason)
            return None

    def _current(self, events: Iterable[CalendarEvent]) -> list[CalendarEvent]:
        """The events without those that a newer version in the same file replaces."""
        newest: dict[object, CalendarEvent] = {}
        for event in events:
            key = event.instance.instant if event.instance else None
            rival = newest.get(key) if event.uid else None
            if rival is not None:
                self._scene.ledger.skipped["replaced"] += 1
            if rival is None or (event.sequence, event.changed) >= (rival.sequence, rival.changed):
                newest[key if event.uid else event.line] = event
        return list(newest.values())

    def _take_event(self, event: CalendarEvent, overrides: Sequence[CalendarEvent]) -> None:
        """An event that stands for itself, once or many times."""
        ledger = self._scene.ledger
        if event.left:
            ledger.skipped[event.left] += 1
            return
        try:
            found = self._times(event, overrides)
        except Unreadable as error:
            ledger.reject(event.line, error.column, error.reason)
            return
        gone = self._gone(event, found, overrides)
        clients = self._clients(event) if found or gone else ()
        if clients or not (found or gone):
            outcomes = [outcome for one in found for outcome in self._follow(one, clients, event, gone)]
            outcomes += [self.writer.call_off(known, event.sequence) for known in gone]
            ledger.settle(outcomes, "cancelled" if event.is_cancelled else _OUTSIDE)

    def _times(self, event: CalendarEvent, overrides: Sequence[CalendarEvent]) -> list[Occurrence]:
        """When it takes place, as far as that is asked for; a recurring one that is called off, never."""
        if not (event.is_recurring or overrides):
            one = Occurrence(event, event.start.instant)
            return [] if is_outside(self._scene, one.starts_at) else [one]
        return [] if event.is_cancelled else occurrences(event, overrides, self._scene.wanted.horizon)

    def _gone(
        self, event: CalendarEvent, found: Sequence[Occurrence], overrides: Sequence[CalendarEvent]
    ) -> list[KnownRow]:
        """What earlier files had of an event inside the horizon, and this one hasn't any more."""
        if not event.uid:
            return []
        horizon = self._scene.wanted.horizon
        marks = {one.mark for one in found} | {mark_of(one, event.start) for one in overrides}
        keys = {_key(event, mark) for mark in marks}
        return [
            row
            for row in self.writer.instances(event.uid)
            if row.import_key.removesuffix(f"{MEMBER_SIGN}{row.client_id}") not in keys
            and horizon.has(row.starts_at)
        ]

    def _follow(
        self, one: Occurrence, clients: Sequence[int], event: CalendarEvent, gone: list[KnownRow]
    ) -> list[Outcome]:
        """Write one time of a recurring event; where the whole event was moved, that day's goes with it."""
        zone = event.start.zone
        day = one.starts_at.astimezone(zone).date()
        moved = next((row for row in gone if row.starts_at.astimezone(zone).date() == day), None)
        if moved is None or len(clients) > 1 or self.writer.known(_key(event, one.mark)):
            return self._write(one, clients, repeats_of(event))
        gone.remove(moved)
        (draft,) = self._drafts(one, clients, repeats_of(event))
        self.writer.belongs(draft, moved)
        return [self.writer.change(moved, draft)]

    def _take_override(self, one: CalendarEvent, master: CalendarEvent | None) -> None:
        """An event that stands for one time of a recurring one."""
        start = master.start if master else one.start
        occurrence = Occurrence(one, one.start.instant, mark_of(one, start))
        if one.left:
            self._scene.ledger.skipped[one.left] += 1
            return
        is_near = self._scene.wanted.horizon.has(occurrence.starts_at)
        if not is_near and not self.writer.known(_key(one, occurrence.mark)):
            self._scene.ledger.skipped[_OUTSIDE] += 1
            return
        clients = self._clients(one)
        if clients:
            repeats = repeats_of(master) if master else None
            self._scene.ledger.settle(self._write(occurrence, clients, repeats), _OUTSIDE)

    def _clients(self, event: CalendarEvent) -> tuple[int, ...]:
        """Whom an event is with; where that cannot be told, it is noted."""
        found = self._scene.directory.whose.find(event.summary, event.emails)
        if not found:
            reason = f'no client is named in "{event.summary}"' if event.summary else "no client is named"
            self._scene.ledger.nameless.append(Rejected(event.line, "SUMMARY", reason))
        return found

    def _write(self, one: Occurrence, clients: Sequence[int], repeats: Repeat | None = None) -> list[Outcome]:
        return [self.writer.add(draft) for draft in self._drafts(one, clients, repeats)]

    def _drafts(self, one: Occurrence, clients: Sequence[int], repeats: Repeat | None = None) -> list[Draft]:
        """The appointments of one time of an event, one for each client."""
        event, directory = one.event, self._scene.directory
        key, place = _key(event, one.mark), directory.place(event.location)
        drafts, is_group = [], len(clients) > 1
        for client_id in clients:
            trainer_id = directory.trainer(client_id)
            assert trainer_id is not None  # noqa: S101  no name was given that could be nobody's
            together = f"{key}{MEMBER_SIGN}{client_id}"
            draft = Draft(
                key=together if is_group else key,
                other_key=key if is_group else together,
                uid=event.uid or None,
                client_id=client_id,
                trainer_id=trainer_id,
                starts_at=one.starts_at,
                minutes=event.minutes or 1,
                location_id=place or directory.usual_place(client_id),
                notes=self._notes(event, clients, place) or None,
                sequence=event.sequence,
                is_cancelled=event.is_cancelled,
                group=key if is_group else None,
                series=event.uid if repeats else None,
                repeats=repeats,
            )
            self.writer.belongs(draft)
            drafts.append(draft)
        return drafts

    def _notes(self, event: CalendarEvent, clients: Sequence[int], place: int | None) -> str:
        """What an event says beyond who, when and where, and a place that is none of ours."""
        names = {fold(self._scene.directory.name_of(client)) for client in clients}
        title = "" if fold(event.summary) in names else event.summary
        where = "" if place else event.location
        return "\n".join(filter(None, (title, where, event.notes)))


def _key(event: CalendarEvent, mark: datetime | None) -> str:
    """What an appointment is known by: its event's name, and which time of a recurring one."""
    name = event.uid or f"{event.start.instant:%Y%m%dT%H%M%SZ} {event.summary}"
    return name if mark is None else f"{name}{INSTANCE_SIGN}{mark:%Y%m%dT%H%M%SZ}"
