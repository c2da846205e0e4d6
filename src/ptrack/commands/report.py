"""`ptrack report`: on screen, as JSON, as PDF."""

from typing import Annotated

import typer

from ptrack.clients import queries
from ptrack.commands.agenda import From, To
from ptrack.commands.agenda import Period as Length
from ptrack.commands.edge import LARGEST, Change, Client, Context, Listing, app_of, new_group
from ptrack.commands.practice_reports import attendance, commission, practice_report
from ptrack.commands.reporting import Asked, MonthName, PdfFile, period_asked, show_or_write
from ptrack.commands.workout_papers import workouts
from ptrack.naming import resolve
from ptrack.progress.rules.periods import Period

group = new_group("Reports: usage, attendance, commission, practice; also as PDF.")


@group.command("workout", cls=Change)
def workout(
    context: Context,
    number: Annotated[int, typer.Argument(metavar="ID", max=LARGEST, help="The workout's number.")],
    pdf: PdfFile = None,
) -> None:
    """Show one workout: planned and done, and its records."""
    from ptrack.reports.workout import workout_report

    app = app_of(context)
    with app.reading() as reader:
        practice = queries.practice(reader)
        document = workout_report(reader, number, practice, on_paper=pdf is not None)
    show_or_write(app, document, practice, pdf)


@group.command("usage", cls=Listing)
def usage(
    context: Context,
    client: Client,
    month: MonthName = None,
    begin: From = None,
    end: To = None,
    length: Length = None,
    pdf: PdfFile = None,
) -> None:
    """Show solo and trainer sessions, and credits.

    Goes over all time where none is named; the credits are those of today.
    """
    from ptrack.reports.usage import client_usage, usage_document

    app = app_of(context)
    with app.reading() as reader:
        practice = queries.practice(reader)
        period = period_asked(app, practice, Asked(month, begin, end, length), Period())
        found = resolve(client, queries.client_names(reader), "client")
        result = client_usage(reader, found, period, practice)
    show_or_write(app, usage_document(result), practice, pdf)


group.command("workouts", cls=Listing)(workouts)
group.command("attendance", cls=Listing)(attendance)
group.command("commission", cls=Listing)(commission)
group.command("practice", cls=Listing)(practice_report)
