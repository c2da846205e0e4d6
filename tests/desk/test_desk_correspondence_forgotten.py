"""What a person forgot is never told for the same cause again; what is otherwise since then is."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from desk.conftest import Desk
from desk.test_desk_correspondence import TUESDAY, booked, kinds, reachable, send, waiting
from ptrack.credits.actions import add_package
from ptrack.credits.rules import Shape
from ptrack.database.session import Writing
from ptrack.desk.afterwards import expiring, follow_session
from ptrack.desk.book import Changes, rebook
from ptrack.desk.cancel import Cancellation, cancel
from ptrack.desk.complete import Completion, complete
from ptrack.desk.correspondence import follow, follow_reminders
from ptrack.desk.endings import untold_endings
from ptrack.desk.series import Agreement, agree
from ptrack.desk.weekly import summaries, tell_week
from ptrack.models.practice import Trainer
from ptrack.outbox.claims import forget
from ptrack.outbox.queries import MessageRow, messages
from ptrack.scheduling.recurrence import Rhythm
from ptrack.vocabulary import MessageKind, MessageStatus, PackageKind, Repeat

WEDNESDAY = TUESDAY + timedelta(days=1)


def drop(work: Writing, rows: Sequence[MessageRow]) -> None:
    forget(work.reader, rows)


def of_kind(work: Writing, kind: str) -> list[MessageRow]:
    return [row for row in messages(work.reader, status=MessageStatus.PENDING) if row.kind == kind]


def test_a_reminder_that_was_forgotten_stays_so_until_the_appointment_moves(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        send(work)
        drop(work, of_kind(work, "reminder")[:1])
        follow(work, (number,))
        follow_reminders(work)
        assert follow(work, (number,)).made == ()
        assert kinds(work) == ["reminder"]
        rebook(work, number, Changes(starts_at=WEDNESDAY))
        assert kinds(work) == ["change", "reminder", "reminder"]


def test_a_confirmation_that_was_forgotten_is_not_made_by_what_does_not_concern_it(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        drop(work, of_kind(work, "confirmation"))
        assert follow(work, (number,)).made == ()
        follow(work, (number,), announces=False)
        follow_reminders(work)
        assert "confirmation" not in kinds(work)
        rebook(work, number, Changes(starts_at=WEDNESDAY))
        assert kinds(work)[0] == "confirmation"


def test_another_trainer_is_news_though_the_one_before_was_forgotten(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        send(work)
        others = [work.add(Trainer(name=name)).id for name in ("Uta", "Ole")]
        rebook(work, number, Changes(trainer_id=others[0]))
        drop(work, of_kind(work, "change"))
        follow(work, (number,))
        assert "change" not in kinds(work)
        rebook(work, number, Changes(trainer_id=others[1]))
        (change,) = [row for row in waiting(work) if row.kind == "change"]
        assert (change.told["trainer"], change.told["sequence"]) == ("Ole", 2)
        send(work)
        rebook(work, number, Changes(trainer_id=others[0]))
        assert [row.told["trainer"] for row in waiting(work) if row.kind == "change"] == ["Uta"]


def test_what_was_forgotten_is_told_where_it_comes_about_once_more(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        send(work)
        rebook(work, number, Changes(starts_at=WEDNESDAY))
        drop(work, of_kind(work, "change"))
        rebook(work, number, Changes(starts_at=TUESDAY))
        assert "change" not in kinds(work)
        rebook(work, number, Changes(starts_at=WEDNESDAY))
        assert kinds(work)[0] == "change"


def test_one_of_a_series_that_was_forgotten_is_not_told_for_itself(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        rhythm = Rhythm(Repeat.WEEKLY, times=3)
        numbers = agree(work, Agreement((1,), 1, TUESDAY.replace(tzinfo=None), rhythm=rhythm)).numbers
        drop(work, of_kind(work, "confirmation"))
        follow(work, numbers[1:2], announces=False)
        assert "confirmation" not in kinds(work)
        cancel(work, numbers[1], Cancellation())
        assert set(kinds(work)) == {"reminder"}


def test_a_guardians_copy_goes_though_the_clients_own_was_forgotten(desk: Desk) -> None:
    with desk() as work:
        reachable(work, birth_date=date(2012, 5, 1), guardian_email="mum@example.org")
        number = booked(work)
        drop(work, [row for row in of_kind(work, "confirmation") if not row.is_copy])
        follow(work, (number,))
        assert [row.is_copy for row in of_kind(work, "confirmation")] == [True]


@pytest.mark.parametrize(("status", "told"), [("pending", False), ("failed", False), ("uncertain", True)])
def test_who_may_have_been_told_is_told_of_the_end_of_it(desk: Desk, status: str, told: bool) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        work.reader.tuples(
            "UPDATE message SET status = :status, last_error = 'lost' WHERE kind = 'confirmation'",
            status=status,
        )
        drop(work, [row for row in messages(work.reader) if row.kind is MessageKind.CONFIRMATION])
        follow(work, (number,))
        assert "confirmation" not in kinds(work)
        cancel(work, number, Cancellation())
        assert ("cancellation" in kinds(work)) is told


def test_what_came_after_a_session_and_was_forgotten_is_not_made_anew(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
    with desk(96) as work:
        complete(work, number, Completion())
        (session,) = work.reader.values("SELECT id FROM session")
        drop(work, of_kind(work, "validation"))
        follow_session(work, session)
        assert "validation" not in kinds(work)


def test_jobs_do_not_make_what_was_forgotten_nor_say_so(desk: Desk) -> None:
    with desk() as work:
        reachable(work)
        number = booked(work)
        last = date(2026, 12, 1)
        add_package(work, 1, Shape(PackageKind.SESSIONS, 10), date(2026, 11, 1), expires_on=last)
        complete(work, number, Completion(force=True))
    with desk(10 * 24) as work:
        today = work.now.date()
        tell_week(work, summaries(work.reader, work.now))
        expiring(work, today)
        assert {"weekly_summary", "credits"} <= set(kinds(work))
        drop(work, [*of_kind(work, "weekly_summary"), *of_kind(work, "credits")])
        assert summaries(work.reader, work.now) == []
        assert (expiring(work, today), untold_endings(work.reader, work.now)) == (0, [])
        assert {"weekly_summary", "credits"}.isdisjoint(kinds(work))
