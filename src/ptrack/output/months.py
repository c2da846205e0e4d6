"""A month in cells: weeks down, weekdays across; where it is narrow, a list of the days with entries."""

from collections.abc import Sequence

from ptrack.output.cells import Surface, cell_width, cut
from ptrack.output.document import Line, MonthDay, MonthGrid, MonthText, Span, Style
from ptrack.output.parts import wrap_line

_NARROWEST_DAY = 9
_WIDEST_DAY = 24
_MOST_TEXTS = 6


def month_lines(month: MonthGrid, surface: Surface) -> list[Line]:
    """The month as lines."""
    across = len(month.weekday_labels)
    if not across or not month.days:
        return []
    day_width = min((surface.width - 1) // across, _WIDEST_DAY)
    if day_width < _NARROWEST_DAY:
        return day_list(month, surface)
    labels = [MonthText(surface.clean(label), Style.MUTED) for label in month.weekday_labels]
    lines = [_row(labels, day_width, surface)]
    for start in range(0, len(month.days), across):
        lines += _week(month.days[start : start + across], day_width, surface)
    return lines


def _week(days: Sequence[MonthDay], day_width: int, surface: Surface) -> list[Line]:
    texts = [_day_texts(day, surface) for day in days]
    height = max(map(len, texts))
    numbers = [_number(day) for day in days]
    rows = [[text[row] if row < len(text) else MonthText("") for text in texts] for row in range(height)]
    return [(), *(_row(row, day_width, surface) for row in (numbers, *rows))]


def _day_texts(day: MonthDay, surface: Surface) -> list[MonthText]:
    shown = [
        MonthText(surface.clean(text.text), text.style, surface.clean(text.tail))
        for text in day.texts[:_MOST_TEXTS]
    ]
    if len(day.texts) > _MOST_TEXTS:
        shown[-1] = MonthText(f"+{len(day.texts) - _MOST_TEXTS + 1} more", Style.MUTED)
    return shown


def _number(day: MonthDay) -> MonthText:
    if day.is_today:
        return MonthText(f"[{day.date.day}]", Style.STRONG)
    return MonthText(str(day.date.day), Style.PLAIN if day.in_month else Style.MUTED)


def _row(texts: Sequence[MonthText], day_width: int, surface: Surface) -> Line:
    cells: list[Span] = [Span(" ")]
    for each in texts:
        tail = cut(each.tail, day_width - 2)
        text = surface.shorten(each.text, day_width - 1 - cell_width(tail)) + tail
        cells += (Span(text, each.style), Span(" " * (day_width - cell_width(text))))
    return tuple(cells)


def day_list(month: MonthGrid, surface: Surface) -> list[Line]:
    """The days that hold something, each with its texts below it."""
    lines: list[Line] = []
    for index, day in enumerate(month.days):
        if not day.texts and not day.is_today:
            continue
        label = surface.clean(month.weekday_labels[index % len(month.weekday_labels)])
        label = f"{surface.shorten(label, 10)} {day.date.day:>2}"
        lines.append((Span(f"[{label}]" if day.is_today else f" {label}", Style.STRONG),))
        lines += (
            line
            for text in day.texts
            for line in wrap_line((Span(text.text + text.tail, text.style),), surface, 3)
        )
    return lines or [(Span(" Nothing on these days.", Style.MUTED),)]
