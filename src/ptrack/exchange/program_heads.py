"""What the columns of a program as a whole say, in each of its rows."""

from datetime import date

from ptrack.exchange.program_drafts import Heads
from ptrack.naming import clean, fold
from ptrack.vocabulary import ProgramStatus

HEAD_COLUMNS = frozenset(
    {"client", "trainer", "start", "end", "status", "weeks", "days_per_week", "goal", "description"}
)

_STATUS = {status.value: status for status in ProgramStatus}


def take_head(heads: Heads, role: str, text: str) -> tuple[str, str] | None:
    """Keep what a cell says of the program; where it can't be read, why, and what could be written."""
    plain = clean(text)
    if role in ("weeks", "days_per_week"):
        return _take_number(heads, role, plain)
    if role in ("start", "end"):
        return _take_day(heads, role, plain)
    if role == "status":
        heads.status = _STATUS.get(fold(plain))
        return None if heads.status else ("no status of a program", ", ".join(_STATUS))
    setattr(heads, role, plain or None)
    return None


def _take_number(heads: Heads, role: str, text: str) -> tuple[str, str] | None:
    number = text.split(maxsplit=1)[0] if text else ""
    if not (number.isascii() and number.isdigit() and len(number) <= 3):  # noqa: PLR2004  three digits are enough
        return "a whole number is expected", "8"
    setattr(heads, role, int(number))
    return None


def _take_day(heads: Heads, role: str, text: str) -> tuple[str, str] | None:
    try:
        setattr(heads, role, date.fromisoformat(text[:10]))
    except ValueError:
        return "a day is written YYYY-MM-DD", "2026-11-24"
    return None
