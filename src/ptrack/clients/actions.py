"""What is done with people: one function per intention. The caller's transaction holds it together."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ptrack.clients.queries import trainer_names
from ptrack.clients.rules import required_name, valid_birth_date, valid_email
from ptrack.clients.staff import free_name
from ptrack.database.session import Writing
from ptrack.errors import StateError
from ptrack.models.practice import Client, ClientTag, Trainer
from ptrack.models.studio import Studio
from ptrack.naming import clean
from ptrack.vocabulary import Channel, ClientStatus, Sex


class ClientChanges(BaseModel):
    """What can be said of a client; only what is set is written."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    birth_date: date | None = None
    sex: Sex | None = None
    height_cm: float | None = Field(default=None, ge=30, le=300)
    trainer_id: int | None = None
    location_id: int | None = None
    goals: str | None = None
    notes: str | None = None
    guardian_name: str | None = None
    guardian_email: str | None = None
    channel: Channel | None = None
    reminder_offsets: str | None = None
    takes_studios_offsets: bool | None = None
    is_subscribed: bool | None = None
    leaderboard_opt_in: bool | None = None
    tags: list[str] | None = None


def _checked(changes: ClientChanges, today: date) -> dict[str, Any]:
    """The values as they are stored; an empty text takes away what was known."""
    values = changes.model_dump(exclude_none=True, exclude={"tags", "takes_studios_offsets", "is_subscribed"})
    if changes.name is not None:
        values["name"] = required_name(changes.name, "client")
    for key in ("email", "guardian_email"):
        if values.get(key):
            values[key] = valid_email(values[key])
    if changes.birth_date is not None:
        valid_birth_date(changes.birth_date, today)
    for key in ("phone", "guardian_name"):
        if values.get(key) is not None:
            values[key] = clean(values[key])
    return {key: value if value != "" else None for key, value in values.items()} | _mail(changes)


def _mail(changes: ClientChanges) -> dict[str, Any]:
    """When a client is reminded: an empty text is never, None when the studio says."""
    if changes.takes_studios_offsets:
        return {"reminder_offsets": None}
    return {} if changes.reminder_offsets is None else {"reminder_offsets": changes.reminder_offsets}


def _subscribe(client: Client, changes: ClientChanges, now: datetime) -> None:
    """Let a client have all mail again, or news of appointments only; since when stays as it is."""
    if changes.is_subscribed is True:
        client.unsubscribed_at = None
    elif changes.is_subscribed is False:
        client.unsubscribed_at = client.unsubscribed_at or now


def add_client(work: Writing, changes: ClientChanges, today: date) -> int:
    """Take on a client; the number. Two people may share a name."""
    values = _checked(changes, today)
    client = Client(**values, created_at=work.now)
    _subscribe(client, changes, work.now)
    work.add(client)
    assert client.id is not None  # noqa: S101  flushed
    _set_tags(work, client.id, changes.tags)
    return client.id


def edit_client(work: Writing, number: int, changes: ClientChanges, today: date) -> None:
    """Change what is known of a client."""
    client = work.get(Client, number)
    values = _checked(changes, today)
    for key, value in values.items():
        setattr(client, key, value)
    _subscribe(client, changes, work.now)
    _set_tags(work, number, changes.tags)
    work.flush()


def _set_tags(work: Writing, number: int, tags: list[str] | None) -> None:
    if tags is None:
        return
    wanted = {clean(tag) for tag in tags if clean(tag)}
    there = {
        str(tag) for tag in work.reader.values("SELECT tag FROM client_tag WHERE client_id = :id", id=number)
    }
    for tag in sorted(wanted - there):
        work.add(ClientTag(client_id=number, tag=tag))


_MOVES = {
    ClientStatus.ACTIVE: (ClientStatus.PAUSED, ClientStatus.CHURNED),
    ClientStatus.PAUSED: (ClientStatus.ACTIVE,),
    ClientStatus.CHURNED: (ClientStatus.ACTIVE, ClientStatus.PAUSED),
}


def move_client(
    work: Writing, number: int, status: ClientStatus, today: date, reason: str | None = None
) -> None:
    """Pause, resume or churn a client; a move to where they are already is refused by name."""
    client = work.get(Client, number)
    if client.status not in _MOVES[status]:
        raise StateError(f"{client.name} is {client.status}; that cannot become {status}.")
    client.status = status
    client.churned_on = today if status is ClientStatus.CHURNED else None
    client.churn_reason = clean(reason) if reason and status is ClientStatus.CHURNED else None
    work.flush()


def set_up(work: Writing, changes: dict[str, Any], owner: str | None, email: str | None) -> None:
    """Set the practice's columns (values already read) and say who owns it; safe to do again."""
    studio = work.get(Studio, 1)
    for key, value in changes.items():
        setattr(studio, key, value)
    first = work.get(Trainer, trainer_names(work.reader)[0].id)
    if owner is not None:
        first.name = free_name(owner, "trainer", trainer_names(work.reader), first.id)
    if email is not None:
        first.email = valid_email(email)
    work.flush()
