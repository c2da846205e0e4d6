"""What groups are called."""

from collections.abc import Iterable

from ptrack.database.reading import Reader, named_list
from ptrack.scheduling.queries import AppointmentRow

GROUP_NAMES = "SELECT g.id, g.name FROM appointment_group g WHERE g.name IS NOT NULL AND g.id IN ({ids})"


def group_names(reader: Reader, rows: Iterable[AppointmentRow]) -> dict[int, str]:
    """The names of the groups among the appointments, by number; no question where there is no group."""
    numbers = sorted({row.group for row in rows if row.group is not None})
    if not numbers:
        return {}
    ids, values = named_list("id", numbers)
    return dict(reader.tuples(GROUP_NAMES.format(ids=ids), values))
