"""Weeks of a practice under a simulated clock: cron sends every five minutes, runs are killed, servers fail.

Meanwhile appointments are made, moved, called off, completed and missed, each while a run is under way. In
the end every mail that is owed by a model of its own (`story.owed`) came once, or is listed as uncertain and
came once at most. October 2026 in Berlin: the clocks go back on Sunday the 25th.
"""

import email
import email.policy
import json
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from harness import Run
from mail_server import Fault, Line, MailServer, answer, drop, mail_server, take_and_drop
from story.cron import Cron
from story.owed import ZONE, Mail, Owed, Person, Slot, utc

TICK = timedelta(minutes=5)
MEANWHILE = timedelta(minutes=2)
FAULT_SHARE, KILL_SHARE = 0.1, 0.7
FAULTS: list[tuple[str, Fault]] = [
    ("GREETING", answer("421 4.3.2 too busy")),
    ("GREETING", drop),
    ("EHLO", drop),
    ("MAIL", answer("451 4.3.0 later")),
    ("RCPT", answer("450 4.2.1 later")),
    ("DATA", answer("451 4.3.0 later")),
    ("DATA", drop),
    ("END", answer("452 4.3.1 later")),
    ("END", drop),
    ("END", take_and_drop),
    ("RCPT", answer("550 5.1.1 no such mailbox")),
    ("END", answer("554 5.6.0 not wanted")),
    ("QUIT", drop),
]
OFTEN = ("Anna Berg", "Ben Olsen", "Cleo Marsh", "Dana Vogt", "Finn Wolf", "Ida Sand")


def slowly(line: Line) -> bool:
    """Take a mail after a moment, and answer after another: both are moments to be killed in."""
    line.server.is_stopped.wait(0.004)
    line.take()
    line.server.is_stopped.wait(0.004)
    line.say("250 2.0.0 taken")
    return False


class Month:
    """One run of the story."""

    def __init__(
        self, run: Run, clock: pytest.MonkeyPatch, crons: tuple[Cron, Cron], server: MailServer, path: Path
    ) -> None:
        self.run, self.clock, (self.sender, self.worker) = run, clock, crons
        self.server, self.path = server, path
        self.chance = random.Random(20261023)  # noqa: S311  no secret
        self.owed = Owed()
        self.people: dict[str, Person] = {}
        self.free: list[datetime] = []
        self.kills_left, self.kill_share, self.idle_share = 0, 0.0, 1.0
        self.counts: Counter[str] = Counter()
        self.undoable: Slot | None = None

    def at(self, now: datetime, *words: str) -> Any:
        """Run a command at an instant, as JSON."""
        self.clock.setenv("PTRACK_NOW", now.isoformat())
        ran = self.run(*words, "--json")
        return ran.json if ran.out.strip() else ran.err

    def open(self, now: datetime, days: int) -> None:
        """Set the practice up: its clients and their credits."""
        self.at(now, "init", "--name", "Studio Nord", "--timezone", "Europe/Berlin", "--trainer", "Maya Lind")
        own = {name: f"{name.split()[0].lower()}@example.org" for name in OFTEN}
        for name in OFTEN:
            options = ["--email", own[name]]
            recipients: tuple[str, ...] = (own[name],)
            if name == "Finn Wolf":
                options += ["--born", "2011-03-04", "--guardian-email", "parent@example.org"]
                recipients += ("parent@example.org",)
            if name == "Ida Sand":
                options, recipients = [*options, "--channel", "none"], ()
            self._add(now, name, recipients, options, 3 + 4 * (days // 7))
        self._add(now, "Hal Kent", ("hal@example.org",), ["--email", "hal@example.org"], 0)
        last_day = (now + timedelta(days=15)).astimezone(ZONE).date()
        self.at(now, "packages", "sell", "Hal", "--sessions", "5", "--expires", str(last_day))
        self.owed.expiring(self.people["Hal Kent"], str(last_day))
        first = now.astimezone(ZONE).date()
        self.free = [
            datetime.combine(first + timedelta(days=day), time(hour), ZONE).astimezone(UTC)
            for day in range(days)
            for hour in (7, *range(9, 20), 22)
        ]

    def _add(
        self, now: datetime, name: str, recipients: tuple[str, ...], options: list[str], credits_: int
    ) -> None:
        self.people[name] = Person(name, recipients, credits_)
        self.at(now, "clients", "add", name, *options)
        if credits_:
            self.at(now, "packages", "sell", name, "--sessions", str(credits_))

    def play(self, now: datetime, days: int, kills: int) -> None:
        """Every five minutes of the days, and the morning after them."""
        self.kills_left, self.kill_share = kills, max(KILL_SHARE * 3 / days, 0.25)
        end = now + timedelta(days=days)
        while now < end + timedelta(hours=6):
            is_over = now >= end
            events = [] if is_over else list(self._closings(now)) + list(self._doings(now))
            self._tick(now, events, is_over=is_over)
            now += TICK

    def _tick(self, now: datetime, events: list[Any], *, is_over: bool) -> None:
        """One run of `reminders send`, with what else is to be done at the same time.

        Of the runs that find nothing to do, most of which there are, `idle_share` take place.
        """
        local = now.astimezone(ZONE)
        jobs = {time(6, 15): "daily", time(7, 30): "weekly"}.get(local.time())
        is_due = self._is_due(now)
        if not (is_due or events or jobs or self.chance.random() < self.idle_share):
            return
        self.server.faults = {"END": slowly}
        if is_due and not is_over and self.chance.random() < FAULT_SHARE:
            verb, fault = self.chance.choice(FAULTS)
            self.server.faults[verb] = [fault]
            self.counts["faults"] += 1
        may_kill = is_due and not is_over and self.kills_left and self.chance.random() < self.kill_share
        self.sender.start(
            now.isoformat(), "reminders", "send", kill_ms=self.chance.uniform(3, 130) if may_kill else 0
        )
        self.counts["runs"] += 1
        if jobs:
            self.worker.start(now.isoformat(), "jobs", jobs)
        for event in events:
            event(now + MEANWHILE)
        if jobs:
            status, said = self.worker.end()
            assert (status, said) == (0, ""), said
            if jobs == "weekly":
                self._week_told(local.date())
        status, said = self.sender.end()
        self.counts["killed"] += status == "killed"
        self.kills_left -= status == "killed"
        assert status in ("killed", 0, 3), said
        assert "Traceback" not in said
        if self.number_of("status = 'failed'"):
            self.at(now + MEANWHILE, "mail", "retry", "--all-failed")
            self.counts["retried"] += 1

    def _week_told(self, day: date) -> None:
        """Each week is told on its first morning; running again changes nothing."""
        if day.weekday() == 0:
            self.owed.week_told(self.people, str(day - timedelta(days=7)))

    def _is_due(self, now: datetime) -> bool:
        """Whether a run finds anything to do."""
        text = f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
        waits = f"status = 'pending' AND not_before <= '{text}'"
        return bool(self.number_of(f"status IN ('claimed', 'in_flight') OR {waits}"))

    def number_of(self, condition: str) -> int:
        """How many messages of the outbox are so."""
        with closing(sqlite3.connect(self.path)) as connection:
            sql = f"SELECT count(*) FROM message WHERE {condition}"
            return int(connection.execute(sql).fetchone()[0])

    def _closings(self, now: datetime) -> Iterator[Any]:
        """What is over an hour after it began is closed."""
        for slot in self.owed.slots:
            if slot.is_open and slot.start + timedelta(minutes=60) == now:
                yield lambda moment, slot=slot: self._close(moment, slot)

    def _close(self, now: datetime, slot: Slot) -> None:
        self.undoable = None
        number = str(slot.number)
        is_done, is_logged = self.chance.random() < 0.85, self.chance.random() < 0.4
        if is_done:
            log = ["--log", f"Back Squat: 3x5 {60 + self.chance.randrange(20)}kg"] if is_logged else []
            self.at(now, "appointments", "complete", number, *log)
        else:
            self.at(now, "appointments", "no-show", number, "--charge")
        self.counts["completed" if is_done else "missed"] += 1
        self.owed.closed(slot, now, is_done=is_done, is_logged=is_done and is_logged)

    def _doings(self, now: datetime) -> Iterator[Any]:
        """At half past each hour of the day somebody calls."""
        local = now.astimezone(ZONE)
        if local.minute != 30 or not 8 <= local.hour < 20:
            return
        if self.undoable is not None:
            if self.undoable.is_quiet(now + MEANWHILE):
                yield self._undo
            return
        doing = self.chance.choice(("book", "book", "series", "group", "move", "cancel", "regret", ""))
        if doing:
            yield getattr(self, f"_{doing}")

    def _take(self, now: datetime, number: int = 1) -> list[datetime]:
        """Free times that are still to come, soon rather than late."""
        ahead = [start for start in self.free if start > now + timedelta(minutes=20)][:40]
        taken = sorted(self.chance.sample(ahead, number)) if len(ahead) >= number else []
        self.free = [start for start in self.free if start not in taken]
        return taken

    def _who(self) -> str:
        return self.chance.choice(OFTEN)

    @staticmethod
    def _when(start: datetime) -> str:
        return f"{start.astimezone(ZONE):%Y-%m-%d %H:%M}"

    def _book(self, now: datetime) -> Slot | None:
        for start in self._take(now):
            name = self._who()
            found = self.at(now, "appointments", "add", name, self._when(start))
            number = found["id"] if isinstance(found, dict) else found[0]["id"]
            self.owed.booked(self.people[name], [(number, start)], now, alone=True)
            self.counts["booked"] += 1
            return self.owed.slots[-1]
        return None

    def _series(self, now: datetime) -> None:
        """Three days one after the other, at the same hour."""
        for start in self._take(now):
            local = start.astimezone(ZONE)
            days = [local.date() + timedelta(days=more) for more in range(3)]
            starts = [datetime.combine(day, local.time(), ZONE).astimezone(UTC) for day in days]
            if not set(starts[1:]) <= set(self.free):
                return
            self.free = [start for start in self.free if start not in starts]
            name = self._who()
            rows = self.at(
                now, "appointments", "add", name, self._when(start), "--repeat", "daily", "--times", "3"
            )
            numbers = [row["id"] for row in rows]
            self.owed.booked(self.people[name], list(zip(numbers, starts, strict=True)), now, alone=True)
            self.counts["booked"] += 3

    def _group(self, now: datetime) -> None:
        for start in self._take(now):
            names = self.chance.sample(OFTEN, 3)
            rows = self.at(now, "appointments", "add", ",".join(names), self._when(start))
            for row in rows:
                who = self.people[row["client"]]
                self.owed.booked(who, [(row["id"], start)], now, alone=False)
                self.counts["booked"] += 1

    def _quiet_slots(self, now: datetime) -> list[Slot]:
        """Appointments to come of which no mail is on its way."""
        ahead = (
            slot for slot in self.owed.slots if slot.is_open and slot.start > now + timedelta(minutes=10)
        )
        return [slot for slot in ahead if slot.is_quiet(now)]

    def _move(self, now: datetime) -> None:
        slots = [slot for slot in self._quiet_slots(now) if slot.is_alone]
        if not slots:
            return
        slot = self.chance.choice(slots)
        for start in self._take(now):
            self.at(now, "appointments", "edit", str(slot.number), "--when", self._when(start))
            self.owed.moved(slot, start, now)
            self.counts["moved"] += 1

    def _cancel(self, now: datetime) -> None:
        slots = self._quiet_slots(now)
        if not slots:
            return
        slot = self.chance.choice(slots)
        by = self.chance.choice(("client", "trainer"))
        self.at(now, "appointments", "cancel", str(slot.number), "--no-charge", "--by", by)
        self.owed.cancelled(slot, now)
        self.counts["cancelled"] += 1

    def _regret(self, now: datetime) -> None:
        """Book what is undone once its confirmation went out, unless something else is done before."""
        self.undoable = self._book(now)

    def _undo(self, now: datetime) -> None:
        slot, self.undoable = self.undoable, None
        assert slot is not None
        if slot.start <= now:
            return
        self.clock.setenv("PTRACK_NOW", now.isoformat())
        beforehand = self.run("undo", "--dry-run")
        if slot.who.recipients:
            assert "will be sent a cancellation" in " ".join((beforehand.out + beforehand.err).split())
        self.run("undo", "--yes")
        self.owed.cancelled(slot, now)
        self.counts["undone"] += 1


def told_by(row: dict[str, Any]) -> Mail:
    """A message of the outbox as the model knows it."""
    facts = row["facts"]
    kind, about = row["kind"], facts.get("starts_at")
    if kind == "reminder":
        kind = f"reminder {facts['offset_min']}"
    elif kind == "credits":
        about = facts["expires_on"] if facts["reason"] == "expiring" else row["session_start"]
    elif kind == "weekly_summary":
        about = facts["first_on"]
    return row["recipient"], kind, str(about)


def outbox(path: Path) -> list[dict[str, Any]]:
    """All messages, with when the session was that they are about."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(
            "SELECT m.*, s.starts_at AS session FROM message m LEFT JOIN session s ON s.id = m.session_id"
        ).fetchall()
    found = [dict(row) | {"facts": json.loads(row["facts"])} for row in rows]
    for row in found:
        start = row["session"] and datetime.fromisoformat(f"{row['session']}+00:00")
        row["session_start"] = utc(start) if start else None
    return found


def invitations(server: MailServer) -> Counter[tuple[str, str, str]]:
    """Every invitation that arrived: to whom, its method, the start of its first event."""
    found: Counter[tuple[str, str, str]] = Counter()
    for taken in server.taken:
        message = email.message_from_bytes(taken.data, policy=email.policy.default)
        for part in message.walk():
            if part.get_content_type() == "text/calendar" and part.get_param("method"):
                text = part.get_content()
                event = text[text.index("BEGIN:VEVENT") :]
                start = re.search(r"DTSTART;TZID=[^:]+:(\d{8}T\d{4})", event)
                method = re.search(r"METHOD:(\w+)", text)
                assert start
                assert method
                found[taken.recipient, method[1], start[1]] += 1
    return found


def local_start(about: str) -> str:
    """The start in an invitation."""
    return f"{datetime.fromisoformat(about).astimezone(ZONE):%Y%m%dT%H%M}"


def check(month: Month, now: datetime) -> None:
    """Each owed mail was sent once or is listed as uncertain, and none came twice."""
    owed = month.owed.at_end(now)
    rows = outbox(month.path)
    by_number = {row["message_id"]: row for row in rows if row["message_id"]}
    arrived = Counter(taken.message_id for taken in month.server.taken)
    assert max(arrived.values()) == 1
    assert arrived.keys() <= by_number.keys()
    assert all(by_number[number]["recipient"] == taken.recipient for taken in month.server.taken
               for number in [taken.message_id])  # fmt: skip
    statuses = Counter(row["status"] for row in rows)
    settled = Counter(told_by(row) for row in rows if row["status"] in ("sent", "uncertain"))
    assert settled - owed == Counter(), "sent, but not owed"
    assert owed - settled == Counter(), "owed, but neither sent nor listed"
    assert {row["message_id"] for row in rows if row["status"] == "sent"} <= arrived.keys()
    assert not statuses.keys() - {"sent", "uncertain", "superseded"}
    listed = {row["id"] for row in month.at(now, "mail", "list", "--status", "uncertain")}
    assert listed == {row["id"] for row in rows if row["status"] == "uncertain"}
    wanted = {"confirmation": "REQUEST", "change": "REQUEST", "cancellation": "CANCEL"}
    invited = Counter(
        {
            (to, wanted[kind], local_start(about)): number
            for (to, kind, about), number in owed.items()
            if kind in wanted
        }
    )
    assert invitations(month.server) - invited == Counter(), "invitations that nobody is owed"
    month.counts.update(
        {f"mails {status}": number for status, number in statuses.items()}
        | {"owed": owed.total(), "arrived": arrived.total()}
    )
    kinds = Counter(kind for _, kind, _ in owed.elements())
    figures = json.dumps([month.counts, kinds], indent=1, sort_keys=True)
    month.path.with_name("counts.json").write_text(figures, encoding="utf-8")


def tell_story(
    run: Run, clock: pytest.MonkeyPatch, path: Path, begin: datetime, days: int, kills: int, *, idle: float
) -> Counter[str]:
    """Play the days and look at what came of them."""
    with mail_server() as server:
        environment = {
            "PTRACK_MAIL_HOST": "127.0.0.1",
            "PTRACK_MAIL_PORT": str(server.port),
            "PTRACK_MAIL_SECURITY": "none",
            "PTRACK_MAIL_FROM": "maya@nord.example",
        }
        with Cron(environment) as sender, Cron(environment) as worker:
            month = Month(run, clock, (sender, worker), server, path)
            month.idle_share = idle
            month.open(begin, days)
            month.play(begin, days, kills)
        check(month, begin + timedelta(days=days, hours=6))
        assert run("db", "check", "--json").json == []
    assert month.counts["killed"] == kills
    return month.counts


def test_three_days_of_mail(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    begin = datetime(2026, 10, 23, 7, 0, tzinfo=ZONE)
    counts = tell_story(run, monkeypatch, tmp_path / "practice.db", begin, 3, 6, idle=0.03)
    assert counts["owed"] > 40


@pytest.mark.full
def test_a_month_of_mail(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    begin = datetime(2026, 10, 5, 7, 0, tzinfo=ZONE)
    counts = tell_story(run, monkeypatch, tmp_path / "practice.db", begin, 30, 60, idle=1)
    assert counts["owed"] > 400
