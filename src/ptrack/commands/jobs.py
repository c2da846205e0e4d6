"""`ptrack jobs`: what cron runs beside `reminders send`."""

import typer

from ptrack.commands.edge import Change, Context, DryRun, app_of, new_group
from ptrack.commands.sending import is_watched
from ptrack.errors import EXIT_PARTIAL

group = new_group("What cron runs by day and by week: daily, weekly.")


@group.command("daily", cls=Change)
def daily(context: Context, dry_run: DryRun = False) -> None:
    """Expire credits, tell of what expires soon, read replies.

    Safe to run at any time, any number of times; without a terminal it tells of problems alone, a line each.
    """
    from ptrack.jobs.daily import daily as do_daily
    from ptrack.jobs.views import daily_document, problem_lines

    app = app_of(context)
    done = do_daily(app, is_dry=dry_run)
    for text in problem_lines(done):
        app.notice(text)
    if dry_run or is_watched(app):
        app.show(daily_document(done))
    if done.problems:
        raise typer.Exit(EXIT_PARTIAL)


@group.command("weekly", cls=Change)
def weekly(context: Context, dry_run: DryRun = False) -> None:
    """Tell each client what they did last week.

    Makes a message for everybody who trained or had a session from Monday to Sunday, once a week. Safe to run
    at any time, any number of times; `ptrack reminders send` sends them.
    """
    from ptrack.jobs.views import weekly_document
    from ptrack.jobs.weekly import weekly as do_weekly

    app = app_of(context)
    done = do_weekly(app, is_dry=dry_run)
    if dry_run or is_watched(app):
        app.show(weekly_document(done))
