"""What another time zone means for the appointments still to come."""

from zoneinfo import ZoneInfo

from ptrack.database.session import Writing
from ptrack.desk.correspondence import follow
from ptrack.errors import RuleError
from ptrack.moments import Gap
from ptrack.scheduling.actions import still_to_come
from ptrack.scheduling.recurrence import gaps_text, occurrences

_NAMED = 10


def keep_wall_times(work: Writing, was: ZoneInfo, becomes: ZoneInfo) -> list[str]:
    """Place what is still to come at the same time on the clock in another zone; what is worth saying.

    Raises RuleError naming the times that do not exist there; then nothing is moved.
    """
    rows = still_to_come(work)
    walls = [row.starts_at.astimezone(was).replace(tzinfo=None) for row in rows]
    found = list(zip(rows, occurrences(walls, becomes), strict=True))
    if gaps := {row.id: each.gap for row, each in found if each.gap is not None}:
        raise _no_such_times(gaps)
    moved = 0
    for row, each in found:
        if each.instant is not None and each.instant != row.starts_at:
            row.starts_at, row.edited_at = each.instant, work.now
            row.sequence += 1
            moved += 1
    work.flush()
    follow(work, [row.id or 0 for row in rows], is_silent=True)
    told = [f"{_appointments(moved)} to come kept the time on the clock."] if moved else []
    return [*told, *dict.fromkeys(each.notice for _, each in found if each.notice is not None)]


def _no_such_times(gaps: dict[int | None, Gap]) -> RuleError:
    numbers = ", ".join(map(str, list(gaps)[:_NAMED])) + (" and others" if len(gaps) > _NAMED else "")
    times = list({gap.local: gap for gap in gaps.values()}.values())
    return RuleError(
        f"{gaps_text(times)} (appointment {numbers}).\n"
        "Nothing was changed. Move those first: ptrack appointments edit ID --when TIME"
    )


def other_wall_times(work: Writing, was: ZoneInfo, becomes: ZoneInfo) -> list[str]:
    """That appointments to come show other times in another zone, and how to keep the times instead."""
    rows = still_to_come(work)
    changed = sum(
        row.starts_at.astimezone(was).replace(tzinfo=None)
        != row.starts_at.astimezone(becomes).replace(tzinfo=None)
        for row in rows
    )
    if not changed:
        return []
    shows = "shows" if changed == 1 else "show"
    told = (
        f"{_appointments(changed)} to come {shows} another time on the clock now.\n"
        f"To keep the time instead: ptrack config set timezone {was.key} && "
        f"ptrack config set timezone {becomes.key} --keep-wall-times"
    )
    return [told]


def _appointments(count: int) -> str:
    return "1 appointment" if count == 1 else f"{count} appointments"
