"""Messages to look at: of the practice's own next appointment if there is one, else of made-up facts."""

import json
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from typing import Any, NamedTuple

from ptrack.credits.queries import standing
from ptrack.database.reading import Reader
from ptrack.mail.compose import Attachment, Sender, compose
from ptrack.mail.facts import APPOINTED
from ptrack.mail.rendering import template_files
from ptrack.moments import place
from ptrack.outbox import cause_queries as queries
from ptrack.outbox.cause_queries import House, Scene
from ptrack.outbox.facts import Credits, Item, appointment_facts, first_name, instant_iso
from ptrack.outbox.rules import Agreed, Person, Told
from ptrack.vocabulary import AppointmentStatus, Channel, ClientStatus, MessageKind, TokenPurpose

TOKENS: dict[str, str] = {TokenPurpose.VALIDATE: "x" * 43, TokenPurpose.UNSUBSCRIBE: "x" * 43}
"""Tokens that open nothing."""

_FILES = {MessageKind.WORKOUT_SUMMARY: ("workout.pdf",), MessageKind.CERTIFICATE: ("certificate.pdf",)}
_DAY_BEFORE_MIN = 1440
_CREDITS = Credits(9, 9, 0)
_SOMEBODY = Person(
    0, "Anna Berg", "anna@example.org", None, None, None, Channel.EMAIL, None, None, ClientStatus.ACTIVE, None
)  # fmt: skip
_PLACE = ("Studio", "Hauptstr. 1, 10115 Berlin")


class Sample(NamedTuple):
    """A message that is in no outbox."""

    kind: MessageKind
    recipient: str
    facts: str
    created_at: datetime
    not_before: datetime
    is_copy: bool = False
    channel: Channel = Channel.EMAIL


class Shown(NamedTuple):
    """A message made of a sample, with the facts and the files of which it was made."""

    message: EmailMessage
    facts: dict[str, Any]
    templates: tuple[str, ...]


def shown(reader: Reader, kind: MessageKind, client: int | None, sender: Sender, now: datetime) -> Shown:
    """A message of a kind as it would go out now.

    Raises UntellableError where the trainer's own templates allow none.
    """
    row = sample(reader, kind, client, now)
    files = [Attachment(name, b"%PDF-") for name in _FILES.get(kind, ())]
    message = compose(row, sender, TOKENS, files)
    message["Date"] = now
    return Shown(message, json.loads(row.facts), template_files(kind, sender.templates))


def sample(reader: Reader, kind: MessageKind, client: int | None, now: datetime) -> Sample:
    """A message of a kind as that client would get it, or somebody made up where there is none."""
    house = queries.house(reader)
    person = queries.people(reader, [client])[client] if client is not None else _SOMEBODY
    facts = (_appointed if kind in APPOINTED else _other)(reader, house, person, kind, now)
    recipient = person.email or "client@example.org"
    return Sample(kind, recipient, json.dumps(facts, ensure_ascii=False), now, now)


def _appointed(
    reader: Reader, house: House, person: Person, kind: MessageKind, now: datetime
) -> dict[str, Any]:
    """What is told of the client's next appointment."""
    coming = queries.to_come(reader, now, person.id)[:1]
    scene = next(iter(queries.scenes(reader, coming)), None) or _made_up_scene(reader, house, person, now)
    earlier = scene.agreed._replace(starts_at=scene.starts_at - timedelta(days=1, hours=2))
    item = Item(scene.id, scene.agreed, scene.sequence, scene, Told(earlier, 0, is_cancelled=False))
    facts = appointment_facts(house, person, [item], kind, _credits(reader, house, person, now), now)
    about = {"plan": "Upper A", "offset_min": _DAY_BEFORE_MIN} if kind is MessageKind.REMINDER else {}
    return {**facts, **about}


def _made_up_scene(reader: Reader, house: House, person: Person, now: datetime) -> Scene:
    day = now.astimezone(house.zone).date() + timedelta(days=4)
    agreed = Agreed(
        place(datetime.combine(day, time(10)), house.zone).instant, 60, _trainer(reader), _PLACE[0]
    )
    return Scene(
        id=1,
        client_id=person.id,
        trainer=agreed.trainer,
        place=agreed.place,
        address=_PLACE[1],
        url=None,
        starts_at=agreed.starts_at,
        duration_min=agreed.duration_min,
        status=AppointmentStatus.SCHEDULED,
        reason=None,
        sequence=0,
        uid=None,
        import_key=None,
        import_batch_id=None,
        together=None,
        session_status=None,
    )


def _trainer(reader: Reader) -> str:
    from ptrack.clients.queries import trainers

    return trainers(reader)[0].name


def _credits(reader: Reader, house: House, person: Person, now: datetime) -> Credits:
    if not person.id:
        return _CREDITS
    where = standing(reader, person.id, now.astimezone(house.zone).date())
    return Credits(None if where.is_unlimited else where.usable, where.available, where.owed)


def _other(reader: Reader, house: House, person: Person, kind: MessageKind, now: datetime) -> dict[str, Any]:
    """What is told of anything else: to that client, but made up."""
    return {
        "client": person.name,
        "first_name": first_name(person.name),
        "trainer": _trainer(reader),
        "studio": house.name,
        "zone": house.timezone,
        "starts_at": instant_iso(now - timedelta(hours=18)),
        **_made_up(kind, now),
    }


def _made_up(kind: MessageKind, now: datetime) -> dict[str, Any]:
    totals = {"sets": 18, "reps": 146, "volume_kg": 5240.0, "volume": "5,240 kg"}
    records = [
        {"exercise": "Back Squat", "kind": "e1RM", "value": "116.7 kg", "previous": "113.4 kg"},
        {"exercise": "Pull-Up", "kind": "most reps", "value": "9", "previous": None},
    ]
    achieved = [{"title": "50 workouts", "text": "since you began here"}]
    near = [{"title": "Bench Press 60 kg", "text": "2.5 kg to go"}]

    def on(days: int) -> str:
        return str((now + timedelta(days=days)).date())

    facts: dict[MessageKind, dict[str, Any]] = {
        MessageKind.WORKOUT_SUMMARY: {"workout": 1, "title": "Upper A", "totals": totals, "records": records},
        MessageKind.VALIDATION: {
            "session": 1, "duration_min": 60, "questions": ["session", "trainer", "energy", "soreness"],
        },
        MessageKind.CREDITS: {
            "reason": "two_left", "balance": 2, "package": 1, "package_name": "10 sessions",
            "expires_on": on(60), "ledger": [
                {"date": on(-28), "text": "10 sessions", "delta": 10, "balance": 10},
                {"date": on(-7), "text": "Session", "delta": -1, "balance": 3},
                {"date": on(-1), "text": "Session", "delta": -1, "balance": 2},
            ],
        },
        MessageKind.GOAL: {
            "goal": "Back Squat 100 kg", "progress": "100 kg", "reached": True, "reached_on": on(-1),
        },
        MessageKind.ACHIEVEMENT: {"achievements": achieved, "near": near},
        MessageKind.WEEKLY_SUMMARY: {
            "first_on": on(-7), "last_on": on(-1), "workouts": 3, "sessions": 2, "totals": totals,
            "records": records, "achievements": achieved, "goals": near,
            "next": [{"starts_at": instant_iso(now + timedelta(days=2)), "duration_min": 60, "place": None}],
        },
        MessageKind.CERTIFICATE: {
            "program": "Strength, 12 weeks", "completed_on": on(-1), "weeks": 12, "workouts": 34,
        },
    }  # fmt: skip
    return facts[kind]
