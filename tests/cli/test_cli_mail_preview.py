"""`ptrack mail preview`: every kind to look at, on the screen and as files, before anybody gets one."""

import os
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from harness import Run
from mail_samples import NOW, page_in, text_in
from ptrack.vocabulary import MessageKind

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.mark.parametrize("kind", MessageKind)
def test_each_kind_can_be_looked_at_before_there_is_anything(run: Run, kind: MessageKind) -> None:
    shown = run("mail", "preview", kind, "--json").json
    assert shown["headers"]["To"] == "Anna Berg <anna@example.org>"
    assert shown["text"].startswith("Hello Anna,")
    assert shown["html"].startswith("<!DOCTYPE html>")
    assert [Path(name).name for name in shown["templates"]] == [f"{kind}.txt.j2", f"{kind}.html.j2"]
    assert shown["facts"]["client"] == "Anna Berg"


@pytest.fixture
def practice(run: Run) -> Run:
    run("init", "--name", "Nord", "--trainer", "Maya", "--timezone", "Europe/Berlin")
    run("config", "set", "sender", "Studio Nord <hello@nord.example>")
    run("locations", "add", "Mitte", "--address", "Hauptstr. 1")
    run("clients", "add", "Dana Roth", "--email", "dana@example.org")
    run("clients", "add", "Emil Sand", "--email", "emil@example.org")
    run("appointments", "add", "emil", "wed 18:30", "--location", "Mitte")
    return run


def test_it_shows_a_clients_own_next_appointment(practice: Run) -> None:
    page = practice("mail", "preview", "reminder", "--client", "emil").out
    assert "From              Studio Nord <hello@nord.example>\n" in page
    assert "To                Emil Sand <emil@example.org>\n" in page
    assert "Subject           Reminder: Wednesday 25 November, 18:30, with Maya\n" in page
    assert " Where    Mitte, Hauptstr. 1\n" in page
    assert "Subject           Reminder: Tuesday" in practice("mail", "preview", "reminder").out
    booked = practice("mail", "preview", "confirmation", "--client", "2").out
    assert "Attached          invite.ics\n" in booked


def test_nothing_is_made_by_looking(practice: Run) -> None:
    before = practice("mail", "list", "--json").json
    practice("mail", "preview", "confirmation", "--client", "emil")
    assert practice("mail", "list", "--json").json == before


def test_it_is_written_as_page_text_and_message(practice: Run, tmp_path: Path) -> None:
    for option in ("--text", "--html", "--eml"):
        written = practice("mail", "preview", "change", option, "--output", str(tmp_path), "--json").json
        assert written == {"path": str(tmp_path / f"change.{option[2:].replace('text', 'txt')}")}
    message = message_from_bytes((tmp_path / "change.eml").read_bytes(), policy=default)
    assert text_in(message) == (tmp_path / "change.txt").read_text()
    assert page_in(message) == (tmp_path / "change.html").read_text()
    assert message["Date"].datetime == NOW
    assert (
        "exists already" in practice("mail", "preview", "change", "--eml", "-o", str(tmp_path), status=1).err
    )
    practice("mail", "preview", "change", "--eml", "-o", str(tmp_path), "--force")
    assert practice("mail", "preview", "change", "--html", "-o", "-").out.startswith("<!DOCTYPE html>")


def test_without_a_place_a_file_lands_where_one_stands(
    practice: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    practice("mail", "preview", "goal", "--html")
    assert (tmp_path / "goal.html").is_file()


def test_a_page_shows_its_logo_without_the_message(practice: Run, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    practice("config", "set", "logo_path", str(tmp_path / "logo.png"))
    practice("mail", "preview", "goal", "--html", "-o", str(tmp_path))
    assert 'src="data:image/png;base64,iVBOR' in (tmp_path / "goal.html").read_text()
    (tmp_path / "big.png").write_bytes(PNG + b"\0" * 200_000)
    practice("config", "set", "logo_path", str(tmp_path / "big.png"))
    assert "mail takes 200,000 at most" in practice("mail", "preview", "goal").err


def test_templates_of_ones_own_stand_beside_the_configuration(practice: Run) -> None:
    folder = Path(os.environ["HOME"]) / ".config" / "ptrack" / "mail"
    folder.mkdir(parents=True)
    (folder / "goal.txt.j2").write_text("Yes, {{ first_name }}!\n\n{{ goal }}\n")
    shown = practice("mail", "preview", "goal", "--json").json
    assert (shown["headers"]["Subject"], shown["text"]) == ("Yes, Dana!", "Back Squat 100 kg\n")
    assert shown["templates"][0] == str(folder / "goal.txt.j2")


def test_a_mistake_in_ones_own_template_is_named(practice: Run) -> None:
    folder = Path(os.environ["HOME"]) / ".config" / "ptrack" / "mail"
    folder.mkdir(parents=True)
    (folder / "goal.txt.j2").write_text("Yes\n\n{{ gaol }}\n")
    wrong = practice("mail", "preview", "goal", status=1)
    assert wrong.err.strip() == f"{folder / 'goal.txt.j2'}, line 3: 'gaol' is undefined"


def test_what_makes_no_sense_is_refused(practice: Run, tmp_path: Path) -> None:
    assert "Say one of" in practice("mail", "preview", "goal", "--html", "--eml", status=2).err
    assert "No client is called" in practice("mail", "preview", "goal", "--client", "zz", status=1).err
    assert "is not one of" in practice("mail", "preview", "party", status=2).err
    missing = str(tmp_path / "none" / "goal.html")
    assert "does not exist" in practice("mail", "preview", "goal", "--html", "-o", missing, status=2).err
