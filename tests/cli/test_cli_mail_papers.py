"""The summary of a workout goes out with its paper."""

import io
from email import policy
from email.parser import BytesParser
from pathlib import Path

from pypdf import PdfReader

from harness import Run


def test_a_summary_takes_the_paper_of_its_workout_along(run: Run, tmp_path: Path) -> None:
    run("clients", "add", "Anna Berg", "--email", "anna@example.org")
    run("appointments", "add", "anna", "today 9:00")
    run("appointments", "complete", "1", "--log", "Back Squat: 3x5 100kg")
    sent = run("reminders", "send", "--json").json
    assert sorted(message["kind"] for message in sent["messages"]) == ["validation", "workout_summary"]
    (path,) = (tmp_path / "practice-mail").glob("*workout_summary*.eml")
    with path.open("rb") as file:
        (paper,) = BytesParser(policy=policy.default).parse(file).iter_attachments()
    assert paper.get_filename() == "workout-1.pdf"
    text = PdfReader(io.BytesIO(paper.get_content())).pages[0].extract_text()
    assert "Anna Berg" in text
    assert "Back Squat" in text
