"""The reports of `ptrack report` that are about the whole practice: attendance, commission, practice."""

from typing import Annotated

import typer

from ptrack.clients.queries import location_names, practice
from ptrack.commands.agenda import ClientName, From, LocationName, Period, To, open_calendar, today_of
from ptrack.commands.edge import Context, app_of
from ptrack.commands.reporting import (
    Asked,
    MonthName,
    PdfFile,
    named_or_all,
    period_asked,
    show_or_write,
    whose_asked,
)
from ptrack.progress.rules.periods import period_of
from ptrack.reports.periods import last_months, month_of

_MONTHS = 12

OneTrainer = Annotated[
    str | None, typer.Option("--trainer", metavar="TRAINER", help="Only this trainer's; all without it.")
]


def attendance(
    context: Context,
    month: MonthName = None,
    begin: From = None,
    end: To = None,
    length: Period = None,
    client: ClientName = None,
    trainer: OneTrainer = None,
    location: LocationName = None,
    pdf: PdfFile = None,
) -> None:
    """Show who came, by client, weekday and hour.

    Goes over the last 91 days where no time is named.
    """
    from ptrack.reports import attendance as report

    app = app_of(context)
    with app.reading() as reader:
        house = open_calendar(reader)
        quarter = period_of("quarter", None, None, today_of(app, house))
        period = period_asked(app, house, Asked(month, begin, end, length), quarter)
        whose, names = whose_asked(reader, client, trainer, location)
        found = report.attendance(reader, house, period, whose)
    show_or_write(app, report.attendance_document(found, house, names), house, pdf)


def commission(
    context: Context,
    month: MonthName = None,
    begin: From = None,
    end: To = None,
    length: Period = None,
    trainer: OneTrainer = None,
    location: LocationName = None,
    pdf: PdfFile = None,
) -> None:
    """Show what trainers have earned, by package.

    Goes over this month where no time is named.
    """
    from ptrack.reports import commission as report

    app = app_of(context)
    with app.reading() as reader:
        house = practice(reader)
        this_month = month_of(today_of(app, house))
        period = period_asked(app, house, Asked(month, begin, end, length), this_month)
        whose, names = whose_asked(reader, None, trainer, location)
        found = report.commission(reader, house, period, whose)
    show_or_write(app, report.commission_document(found, house, names), house, pdf)


def practice_report(
    context: Context,
    month: MonthName = None,
    begin: From = None,
    end: To = None,
    length: Period = None,
    location: LocationName = None,
    pdf: PdfFile = None,
) -> None:
    """Show sessions, hours, money and clients by month.

    Goes over the last twelve months where no time is named.
    """
    from ptrack.reports.practice import practice_figures
    from ptrack.reports.practice_page import practice_document

    app = app_of(context)
    with app.reading() as reader:
        house = practice(reader)
        today = today_of(app, house)
        period = period_asked(app, house, Asked(month, begin, end, length), last_months(today, _MONTHS))
        place = named_or_all(location, location_names, "location", reader)
        found = practice_figures(reader, house, period, today, place)
    show_or_write(app, practice_document(found, house), house, pdf)
