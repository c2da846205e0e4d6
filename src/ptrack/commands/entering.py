"""Logging what was said, one workout or a note of many, and the page of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ptrack.clients.queries import practice
from ptrack.output.document import Document

if TYPE_CHECKING:
    from ptrack.database.session import Writing
    from ptrack.desk.entry import Entry


def log_entry(work: "Writing", entry: "Entry") -> tuple[Document, Sequence[str]]:
    """Log one workout; its page, and what to say beside it."""
    from ptrack.desk.entry import enter
    from ptrack.progress.logged import logged
    from ptrack.progress.views import logged_document

    entered, house = enter(work, entry), practice(work.reader)
    work.flush()
    return logged_document(logged(work.reader, entered.number, house), house), entered.notices


def log_note(work: "Writing", entry: "Entry", *, again: bool, is_dry: bool) -> tuple[Document, Sequence[str]]:
    """Log the workouts of a note that has dates; of one without, the one workout that it is."""
    from ptrack.desk.batch import enter_batch, is_batch

    if not is_batch(entry.text):
        return log_entry(work, entry)
    from ptrack.progress.batch_views import batch_document
    from ptrack.progress.logged import logged

    entered, house = enter_batch(work, entry, again=again), practice(work.reader)
    work.flush()
    found = [logged(work.reader, number, house) for number in entered.numbers]
    return batch_document(found, house, is_dry=is_dry), entered.notices
