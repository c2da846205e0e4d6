"""Changing what is known of a client, with what follows for how and when they are reached."""

from datetime import date

from ptrack.clients.actions import ClientChanges, edit_client
from ptrack.database.session import Writing
from ptrack.desk.correspondence import follow_reminders

REACHED_BY = frozenset(
    (
        "name", "email", "phone", "birth_date", "guardian_email", "channel", "reminder_offsets",
        "takes_studios_offsets", "is_subscribed",
    )
)  # fmt: skip
"""What decides where messages to a client go, and which are made."""


def change_client(work: Writing, number: int, changes: ClientChanges, today: date) -> None:
    """Change what is known of a client; what waits in the outbox goes where they are reached by now."""
    edit_client(work, number, changes, today)
    if REACHED_BY & changes.model_fields_set:
        follow_reminders(work, number)
