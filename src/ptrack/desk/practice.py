"""Changing the practice's settings, with what follows from them."""

from typing import Any

from ptrack.clients.actions import set_up
from ptrack.clients.queries import practice
from ptrack.database.session import Writing
from ptrack.desk.audit import BEGINNING, DECIDES_RECORDS, TRAINING_CLIENTS
from ptrack.desk.correspondence import follow_reminders
from ptrack.desk.zones import keep_wall_times, other_wall_times
from ptrack.progress.actions import collect

GOES_OUT = frozenset(("reminder_offsets", "quiet_from_min", "quiet_to_min", "timezone"))
"""The settings that decide when reminders go out."""


def change_practice(
    work: Writing,
    changes: dict[str, Any],
    owner: str | None = None,
    email: str | None = None,
    *,
    keeps_wall_times: bool = False,
) -> list[str]:
    """Set the practice's columns and who owns it; metrics that depend on them are collected anew.

    With another time zone, appointments to come keep their instants, or with `keeps_wall_times` their time on
    the clock. What is worth saying of them is returned.
    """
    was = practice(work.reader).zone
    set_up(work, changes, owner, email)
    if DECIDES_RECORDS & changes.keys():
        for client in work.reader.values(TRAINING_CLIENTS):
            collect(work, client, BEGINNING)
    if GOES_OUT & changes.keys():
        follow_reminders(work)
    becomes = practice(work.reader).zone
    if was.key == becomes.key:
        return []
    return (keep_wall_times if keeps_wall_times else other_wall_times)(work, was, becomes)
