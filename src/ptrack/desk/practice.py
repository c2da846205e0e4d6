"""Changing the practice's settings, with what follows from them."""

from typing import Any

from ptrack.clients.actions import set_up
from ptrack.database.session import Writing
from ptrack.desk.audit import BEGINNING, TRAINING_CLIENTS
from ptrack.progress.actions import collect

DECIDES_RECORDS = frozenset(("e1rm_formula", "timezone"))
"""Another formula makes other records, another zone other days: what was collected is decided anew."""


def change_practice(
    work: Writing, changes: dict[str, Any], owner: str | None = None, email: str | None = None
) -> None:
    """Set the practice's columns and who owns it; metrics that depend on them are collected anew."""
    set_up(work, changes, owner, email)
    if DECIDES_RECORDS & changes.keys():
        for client in work.reader.values(TRAINING_CLIENTS):
            collect(work, client, BEGINNING)
