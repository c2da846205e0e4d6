"""Which day each date line of a note means: what one leaves open, the others and the weekday may tell."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from ptrack.notation.date_lines import DateLine

EARLIEST = date(1900, 1, 1)
_MONTHS = 12
_YEARS_LOOKED_BACK = 11
_A_WEEK = 7


class DateOrder(StrEnum):
    """How the two numbers of `3/4` follow each other."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class Dated:
    """The days of the date lines, one after another; `wrongs` has what is wrong with a line, by its index."""

    def __init__(self, lines: Sequence[DateLine], today: date) -> None:
        self.days: list[date] = []
        self.wrongs: dict[int, str] = {}
        self._today = today
        self._order = _settled(lines, today)
        self._weekdays: dict[int, int] = {}
        self._is_asked = False
        for index, line in enumerate(lines):
            self.days.append(self._day(index, line, lines))

    def _day(self, index: int, line: DateLine, lines: Sequence[DateLine]) -> date:
        """The day of a line; one that is wrong is noted, and stands in for the day that it may mean."""
        if line.relative is not None:
            return self._today + timedelta(days=line.relative)
        numbers = self._numbers(index, line)
        if numbers is None:
            return self._of_weekday(index, line, lines)
        found = self._of_numbers(index, line, *numbers)
        if index not in self.wrongs:
            self._check(index, line, found)
        return found

    def _numbers(self, index: int, line: DateLine) -> tuple[int, int] | None:
        """Day and month of a line, or None where it has a weekday alone."""
        if line.day is not None and line.month is not None:
            return line.day, line.month
        if line.first is None or line.second is None:
            return None
        own = _told_by(line, self._today)
        order = own or self._order
        if order is None and line.first != line.second and not self._is_asked:
            self.wrongs[index], self._is_asked = _ambiguous(line, self._today), True
        return (line.second, line.first) if order is DateOrder.MONTH_FIRST else (line.first, line.second)

    def _of_numbers(self, index: int, line: DateLine, day: int, month: int) -> date:
        if line.year is not None:
            found = _valid(line.year, month, day)
            if found is None:
                self.wrongs.setdefault(index, f"{line.text} is no day of the calendar")
            return found or self._before
        candidates = [
            found
            for years in range(-1, _YEARS_LOOKED_BACK)
            if (found := _valid(self._today.year - years, month, day))
        ]
        if not candidates:
            self.wrongs.setdefault(index, f"{line.text} is no day of the calendar")
            return self._before
        return self._of_some_year(index, line, candidates)

    @property
    def _before(self) -> date:
        """The day of the line before."""
        return self.days[-1] if self.days else self._today

    def _of_some_year(self, index: int, line: DateLine, candidates: Sequence[date]) -> date:
        """The one nearest to the day of the line before; of the first line the last that has come."""
        nearest = min(candidates, key=lambda found: abs(found - self._before))
        if self.days or nearest <= self._today:
            return nearest
        past = max(found for found in candidates if found <= self._today)
        self.wrongs.setdefault(
            index, f"{line.text} may be {nearest}, which lies ahead, or {past}; write its year"
        )
        return past

    def _of_weekday(self, index: int, line: DateLine, lines: Sequence[DateLine]) -> date:
        """A weekday alone: the first one behind the date before it, if that has come; else the last one."""
        assert line.weekday is not None  # noqa: S101  a line without a date has one
        last = self._today - timedelta(days=(self._today.weekday() - line.weekday) % _A_WEEK)
        if any(not _is_bare(each) for each in lines[:index]):
            behind = self._before + timedelta(days=(line.weekday - self._before.weekday() - 1) % _A_WEEK + 1)
            return min(behind, last)
        if line.weekday in self._weekdays:
            first = lines[self._weekdays[line.weekday]].place.line
            self.wrongs[index] = (
                f"{line.text} stands here a second time (first in line {first}); write its date"
            )
        self._weekdays.setdefault(line.weekday, index)
        return last

    def _check(self, index: int, line: DateLine, found: date) -> None:
        """Hold a day to the calendar: it has come, and has the weekday that stands with it."""
        if found > self._today:
            self.wrongs[index] = (
                f"{line.text} is {found:%a} {found}, which lies ahead; a log is of what was done"
            )
        elif found < EARLIEST:
            self.wrongs[index] = f"{line.text} is before {EARLIEST.year}"
        elif line.weekday is not None and found.weekday() != line.weekday:
            self.wrongs[index] = f"{found} is a {found:%A}, not what {line.text} says"


def _is_bare(line: DateLine) -> bool:
    """Whether a line has a weekday alone."""
    return line.day is None and line.first is None and line.relative is None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _settled(lines: Iterable[DateLine], today: date) -> DateOrder | None:
    """The order that a text's dates with slashes tell: by a number past twelve, or by their weekdays."""
    told = {order for line in lines if line.first is not None and (order := _told_by(line, today))}
    return told.pop() if len(told) == 1 else None


def _told_by(line: DateLine, today: date) -> DateOrder | None:
    """The order that one line tells of; None where it fits both."""
    first, second = line.first or 0, line.second or 0
    if (first > _MONTHS) != (second > _MONTHS):
        return DateOrder.DAY_FIRST if first > _MONTHS else DateOrder.MONTH_FIRST
    if line.weekday is None or first == second:
        return None
    pairs = ((DateOrder.DAY_FIRST, first, second), (DateOrder.MONTH_FIRST, second, first))
    fitting = [order for order, day, month in pairs if _has_weekday(line, day, month, today)]
    return fitting[0] if len(fitting) == 1 else None


def _has_weekday(line: DateLine, day: int, month: int, today: date) -> bool:
    """Whether a day has the weekday that stands with it; without a year it is the last that has come."""
    years = [line.year] if line.year else [today.year, today.year - 1]
    days = [found for year in years if (found := _valid(year, month, day)) and found <= today]
    return bool(days) and days[0].weekday() == line.weekday


def _ambiguous(line: DateLine, today: date) -> str:
    year = line.year or today.year
    return (
        f"whether {line.text} begins with the day or the month cannot be told from this text; "
        f"write {year}-{line.first:02}-{line.second:02} or {year}-{line.second:02}-{line.first:02}"
    )
