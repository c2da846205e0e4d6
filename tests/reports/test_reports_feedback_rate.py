"""How many requests for feedback were answered, month by month."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptrack.naming import Named
from ptrack.output.data import document_data
from ptrack.reports.periods import last_months
from ptrack.reports.practice import practice_figures
from ptrack.reports.practice_page import practice_document
from report_rows import Rows, put_back, stored

TODAY = date(2026, 11, 20)
QUARTER = last_months(TODAY, 3)


def asked(rows: Rows, session: int, status: str = "sent", kind: str = "validation", copy: int = 0) -> None:
    sent_at = stored("2026-10-01 09:01") if status == "sent" else None
    rows.insert(
        "message", kind=kind, session_id=session, channel="email", recipient="a@example.org", is_copy=copy,
        facts="{}", dedupe_key=f"{kind}:{session}:{status}:{copy}", not_before=stored("2026-10-01 09:00"),
        status=status, attempts=1, sent_at=sent_at, created_at=stored("2026-10-01 09:00"),
    )  # fmt: skip


def rated(rows: Rows, session: int) -> None:
    rows.insert(
        "feedback", session_id=session, session_rating=5, source="reply",
        answered_at=stored("2026-11-15 09:00"),
    )  # fmt: skip


@pytest.fixture
def asked_rows(rows: Rows) -> Rows:
    """October: four were asked, two answered; one was rated unasked, and of others the mail did not go."""
    anna = rows.client("Anna Berg")
    sessions = [rows.took_place(anna, f"2026-10-{day:02} 09:00") for day in range(1, 9)]
    for session in sessions[:4]:
        asked(rows, session)
    asked(rows, sessions[0], copy=1)
    for number in (0, 1, 4):
        rated(rows, sessions[number])
    asked(rows, sessions[5], "superseded")
    asked(rows, sessions[6], "sent", "workout_summary")
    away = rows.session(anna, "2026-10-20 09:00", "no_show")
    asked(rows, away)
    later = rows.took_place(anna, "2026-11-02 09:00", location_id=rows.place("Nord"))
    asked(rows, later)
    return rows


def test_what_was_sent_and_answered_counts_in_the_month_of_its_session(asked_rows: Rows) -> None:
    found = practice_figures(asked_rows.reader, asked_rows.house, QUARTER, TODAY)
    september, october, november = (row.figures for row in found.months)
    assert (september.feedback_requests, september.feedback_rate) == (0, None)
    assert (october.feedback_requests, october.feedback_answers, october.feedback_rate) == (4, 2, 50.0)
    assert (november.feedback_requests, november.feedback_answers, november.feedback_rate) == (1, 0, 0.0)
    assert (found.total.feedback_requests, found.total.feedback_answers) == (5, 2)
    nord = practice_figures(asked_rows.reader, asked_rows.house, QUARTER, TODAY, Named(1, "Nord"))
    assert nord.total.feedback_requests == 1


def test_the_page_and_the_data_tell_it_with_its_counts(asked_rows: Rows) -> None:
    found = practice_figures(asked_rows.reader, asked_rows.house, QUARTER, TODAY)
    document = practice_document(found, asked_rows.house)
    totals = document_data(document)["totals"]
    keys = ("feedback_requests", "feedback_answers", "feedback_rate")
    assert [totals[key] for key in keys] == [5, 2, 40.0]
    assert set(keys) <= set(document_data(document)["months"][0])
    assert "2 of 5 requests for feedback answered." in repr(document.parts)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12))
def test_never_more_answers_than_requests(rows: Rows, done: list[tuple[bool, bool]]) -> None:
    with put_back(rows):
        anna = rows.client("Anna Berg")
        for number, (is_asked, is_rated) in enumerate(done):
            session = rows.took_place(anna, f"2026-11-{number + 1:02} 09:00")
            if is_asked:
                asked(rows, session)
            if is_rated:
                rated(rows, session)
        total = practice_figures(rows.reader, rows.house, QUARTER, TODAY).total
    assert total.feedback_requests == sum(is_asked for is_asked, _ in done)
    assert total.feedback_answers == sum(is_asked and is_rated for is_asked, is_rated in done)
