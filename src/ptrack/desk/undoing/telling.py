"""What clients are told after rows were put back: the outbox is made to agree with how things stand again."""

from collections.abc import Iterator, Sequence

from ptrack.clients.queries import practice
from ptrack.desk.afterwards import follow_session
from ptrack.desk.correspondence import Notice, follow, follow_reminders
from ptrack.desk.undoing.rules import Step, of_table
from ptrack.moments import clock_text
from ptrack.outbox.actions import Transaction
from ptrack.vocabulary import MessageKind

_AGREED = ("starts_at", "duration_min", "trainer_id", "location_id", "status")
_REACHED_BY = (
    "email", "phone", "channel", "reminder_offsets", "unsubscribed_at", "guardian_email", "birth_date",
    "removed_at",
)  # fmt: skip
_GOES_OUT = ("reminder_offsets", "quiet_from_min", "quiet_to_min", "timezone")
_NOUNS = {
    MessageKind.CONFIRMATION: "a confirmation",
    MessageKind.CHANGE: "the change",
    MessageKind.CANCELLATION: "a cancellation",
}


def tell_clients(work: Transaction, steps: Sequence[Step]) -> list[str]:
    """Follow what these steps did to appointments, sessions, clients and settings; who is told, in words."""
    rows = [step for step in of_table(steps, "appointment") if step.differs(_AGREED)]
    numbers = {step.image["id"] for step in rows} | set(_begun(steps))
    clients = {step.image["client_id"] for step in rows}
    followed = follow(work, numbers, announces=False, clients=clients)
    for session in _sessions(steps):
        follow_session(work, session)
    if any(step.differs(_GOES_OUT) for step in of_table(steps, "studio")):
        follow_reminders(work)
    for step in of_table(steps, "client"):
        if step.want is not None and step.differs(_REACHED_BY):
            follow_reminders(work, step.image["id"])
    return [_notice_text(work, notice) for notice in followed.notices]


def _begun(steps: Sequence[Step]) -> Iterator[int]:
    """The appointments whose session comes or goes."""
    for step in of_table(steps, "session"):
        if step.image["appointment_id"] is not None:
            yield step.image["appointment_id"]


def _sessions(steps: Sequence[Step]) -> list[int]:
    """The sessions of which, or of whose workouts, something changes."""
    found = [step.image["id"] for step in of_table(steps, "session")]
    for step in of_table(steps, "workout"):
        found += [image["session_id"] for image in (step.have, step.want) if image is not None]
    return [number for number in dict.fromkeys(found) if number is not None]


def _notice_text(work: Transaction, notice: Notice) -> str:
    """`Anna Berg was told by mail on Fri 20 Nov 2026, 10:20 and will be sent a cancellation`."""
    when = ""
    if notice.sent_at is not None:
        when = f" on {clock_text(practice(work.reader).local(notice.sent_at))}"
    return f"{notice.client} was told by mail{when} and will be sent {_NOUNS[notice.kind]}"
