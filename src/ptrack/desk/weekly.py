"""Telling clients what they did in the week that is over, each once."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ptrack.clients.queries import practice
from ptrack.credits.queries import standing
from ptrack.database.reading import Reader
from ptrack.desk.summaries import records_facts, totals_facts
from ptrack.moments import local_day_bounds
from ptrack.outbox import cause_queries, rules, week_queries
from ptrack.outbox.actions import Draft, Transaction, add_messages
from ptrack.outbox.cause_queries import House
from ptrack.outbox.facts import first_name, instant_iso
from ptrack.outbox.rules import Person
from ptrack.outbox.week_queries import Coming
from ptrack.progress.rules.periods import Period
from ptrack.vocabulary import MessageKind

NEXT_SHOWN = 3
"""So many of the appointments ahead are named,"""
NEXT_DAYS = 14
"""and only those within so many days."""

_KIND = MessageKind.WEEKLY_SUMMARY


def week_before(today: date) -> date:
    """The Monday of the last week that is over."""
    return today - timedelta(days=today.weekday() + 7)


def week_key(client: int, monday: date) -> str:
    """What the summary of a client's week is known by: `weekly_summary:7:2026-W46`."""
    year, week, _ = monday.isocalendar()
    return f"{_KIND}:{client}:{year}-W{week:02}"


def summaries(reader: Reader, now: datetime) -> list[Draft]:
    """The summaries of the last week that are still to be made: of clients who did something in it.

    Whichever day of the next week it is, so that a day on which nothing ran is made up for.
    """
    house = cause_queries.house(reader)
    week = _Week(reader, house, now)
    return list(week.drafts())


def tell_week(work: Transaction, drafts: Sequence[Draft]) -> list[Draft]:
    """Put summaries into the outbox, those left out that another run was faster with; what was made."""
    house = cause_queries.house(work.reader)
    made = _untold(work.reader, house, drafts)
    add_messages(work, made)
    return made


class _Week:
    """The week that is over, as the log and the calendar have it."""

    def __init__(self, reader: Reader, house: House, now: datetime) -> None:
        self._reader, self._house, self._now = reader, house, now
        self._today = now.astimezone(house.zone).date()
        self._monday = week_before(self._today)
        self._sunday = self._monday + timedelta(days=6)
        begins, ends = Period(self._monday, self._sunday).bounds(house.zone)
        self._workouts = week_queries.workouts_between(reader, begins, ends)
        self._sessions = week_queries.sessions_between(reader, begins, ends)
        self._practice = practice(reader)

    def drafts(self) -> Iterator[Draft]:
        """The messages that are not there yet; facts are gathered for those alone."""
        people = cause_queries.people(self._reader, self._workouts.keys() | self._sessions.keys())
        bare = [draft for person in people.values() for draft in self._addressed(person)]
        open_ = _untold(self._reader, self._house, bare)
        coming = week_queries.coming(self._reader, self._now, self._now + timedelta(days=NEXT_DAYS))
        told: dict[int, dict[str, Any]] = {}
        for draft in open_:
            client = draft.client_id
            if client not in told:
                told[client] = self._facts(people[client], coming.get(client, []))
            yield draft._replace(facts=told[client])

    def _addressed(self, person: Person) -> Iterator[Draft]:
        """One summary without its facts, to everybody to whom it goes."""
        key = week_key(person.id, self._monday)
        for addressee in rules.addressees(person, _KIND, self._today):
            yield Draft(
                _KIND,
                person.id,
                addressee.channel,
                addressee.recipient,
                {},
                rules.copy_key(key, addressee),
                rules.may_go_at(self._now, self._house.quiet),
                rules.expires_at(_KIND, self._now),
                is_copy=addressee.is_copy,
            )

    def _facts(self, person: Person, coming: Sequence[Coming]) -> dict[str, Any]:
        """What a client is told: a session counts once, logged or not, as does a workout without one."""
        workouts, sessions = self._workouts.get(person.id, []), self._sessions.get(person.id, 0)
        where = standing(self._reader, person.id, self._today)
        return {
            "client": person.name,
            "first_name": first_name(person.name),
            "first_on": self._monday.isoformat(),
            "last_on": self._sunday.isoformat(),
            "workouts": sessions + sum(is_alone for _, is_alone in workouts),
            "sessions": sessions or None,
            **self._done([number for number, _ in workouts]),
            "achievements": None,
            "goals": None,
            "credits": None if where.is_unlimited else where.usable,
            "owed": where.owed,
            "next": [
                {
                    "starts_at": instant_iso(row.starts_at),
                    "duration_min": row.duration_min,
                    "place": row.place,
                }
                for row in coming[:NEXT_SHOWN]
            ],
            "zone": self._house.timezone,
            "studio": self._house.name,
        }

    def _done(self, workouts: Sequence[int]) -> dict[str, Any]:
        """What workouts came to together, and their records: of each kind and exercise the last."""
        from ptrack.progress.logged import logged

        done = [logged(self._reader, number, self._practice) for number in workouts]
        records = {
            (record.exercise_id, record.broken.kind): record for each in done for record in each.records
        }
        unit, sets = self._practice.unit, sum(each.sets for each in done)
        reps, volume_g = sum(each.reps for each in done), sum(each.volume_g for each in done)
        totals = totals_facts(sets, reps, volume_g, unit) if sets else None
        return {"totals": totals, **records_facts(list(records.values()), unit)}


def _untold(reader: Reader, house: House, drafts: Sequence[Draft]) -> list[Draft]:
    """Those that were not made yet and that the day's cap lets through."""
    there = week_queries.keys_there(reader, [draft.dedupe_key for draft in drafts])
    left = [draft for draft in drafts if draft.dedupe_key not in there]
    if not left:
        return []
    day = left[0].not_before.astimezone(house.zone).date()
    begins, ends = local_day_bounds(day, house.zone)
    made = week_queries.capped_between(reader, sorted({draft.client_id for draft in left}), begins, ends)
    return [draft for draft in left if rules.is_within_cap(_KIND, made.get(draft.client_id, ()))]
