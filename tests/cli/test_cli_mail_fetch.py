"""`ptrack mail fetch` as its users meet it: Maildir, mbox, and all that a reply can be."""

import hashlib
import mailbox
from datetime import timedelta
from pathlib import Path

import pytest

from harness import Run
from ptrack.vocabulary import TokenPurpose
from reply_samples import ANNA, BEN, NOW, make_maildir, reply, token_for


@pytest.fixture
def practice(run: Run, tmp_path: Path) -> Path:
    """Anna's session 1 and Ben's session 2 are completed."""
    for day, (name, address) in enumerate((("Anna Berg", ANNA), ("Ben Olsen", BEN)), start=10):
        run("clients", "add", name, "--email", address)
        run("appointments", "add", name, f"2026-11-{day} 10:00")
    run("appointments", "complete", "1")
    run("appointments", "complete", "2")
    return tmp_path / "practice.db"


def _fetch(run: Run, folder: Path, *mails: bytes) -> list[tuple[str, str | None, str | None]]:
    """Fetch those mails; the answer, the fate and the reason of each."""
    replies = run("mail", "fetch", "--maildir", str(make_maildir(folder, *mails)), "--json").json["replies"]
    return [(row["answer"], row["status"], row["reason"]) for row in replies]


def _validation(run: Run, session: int = 1) -> str:
    return str(run("sessions", "show", str(session), "--json").json["validation"])


def _state(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_answers_are_filed_and_the_mailbox_stays_as_it_was(run: Run, practice: Path, tmp_path: Path) -> None:
    token = token_for(practice, 1, 1)
    box = make_maildir(
        tmp_path / "box",
        reply("Hello", f"ptrack yes {token}"),
        reply(f"Re: ptrack yes {token}", "Great work\n-- \nAnna", minute=1),
        reply(f"ptrack 4 stars {token}", minute=2),
        reply(f"ptrack energy 3 {token}", minute=3),
    )
    before = _state(box)
    tried = run("mail", "fetch", "--maildir", str(box), "--dry-run", "--json").json
    assert (tried["filed"], tried["dry_run"]) == (3, True)
    assert _validation(run) == "pending"
    done = run("mail", "fetch", "--maildir", str(box), "--json").json
    assert [done[key] for key in ("filed", "unchanged", "refused", "dry_run")] == [3, 0, 0, False]
    first = done["replies"][0]
    assert (first["client"], first["client_id"], first["session"]) == ("Anna Berg", 1, 1)
    assert (first["question"], first["value"], first["comment"]) == ("took_place", 1, "Great work")
    assert first["sent_at"] == "2026-11-20T09:01:00+01:00"
    assert _state(box) == before
    assert _validation(run) == "validated"
    (said,) = run("feedback", "list", "--json").json
    assert (said["session_rating"], said["energy"], said["comment"]) == (4, 3, "Great work")
    assert (said["source"], said["answered_at"]) == ("reply", "2026-11-20T09:03:00+01:00")
    assert run("mail", "fetch", "--maildir", str(box)).out == ""


def test_what_is_undone_stays_undone(run: Run, practice: Path, tmp_path: Path) -> None:
    mail = reply(f"ptrack no {token_for(practice, 1, 1)}", "We only talked")
    assert _fetch(run, tmp_path / "box", mail) == [("no", "filed", None)]
    assert _validation(run) == "disputed"
    assert "disputed: We only talked" in run("sessions", "show", "1").out
    assert "mail fetch" in run("undo", "--yes").out
    assert _validation(run) == "pending"
    assert _fetch(run, tmp_path / "box") == []
    assert _validation(run) == "pending"


def test_the_last_answer_stands_whatever_the_order_of_arrival(
    run: Run, practice: Path, tmp_path: Path
) -> None:
    token = token_for(practice, 1, 1)
    late = [reply(f"ptrack {word} {token}", minute=minute) for word, minute in (("yes", 9), ("no", 4))]
    assert [row[0] for row in _fetch(run, tmp_path / "box", *late)] == ["no", "yes"]
    assert _validation(run) == "validated"
    again = reply(f"ptrack yes {token}", minute=11)
    assert _fetch(run, tmp_path / "box", again) == [("yes", "unchanged", None)]
    stars = [reply(f"ptrack {number} stars {token}", minute=20 + number) for number in (2, 5)]
    assert [row[1] for row in _fetch(run, tmp_path / "box", *stars, *stars)] == ["filed", "filed"]
    assert run("feedback", "list", "--json").json[0]["session_rating"] == 5


def test_only_a_valid_token_of_an_open_question_counts(run: Run, practice: Path, tmp_path: Path) -> None:
    token = token_for(practice, 1, 1)
    stale = token_for(practice, 1, 1, issued_at=NOW - timedelta(days=20))
    wrong = token_for(practice, 1, None, TokenPurpose.UNSUBSCRIBE)
    of_ben = token_for(practice, 2, 1)
    odd = [
        (f"ptrack yes {'A' * 43}", "", "none of this practice's"),
        (f"ptrack yes {token[:-1]}", "", "not whole"),
        (f"ptrack yes {stale}", "", "expired"),
        (f"ptrack yes {wrong}", "", "for something else"),
        (f"ptrack unsubscribe {token}", "", "for something else"),
        (f"ptrack yes {of_ben}", "", "not a completed one"),
        (f"ptrack 7 stars {token}", "", "no answer"),
        (f"ptrack yes {token} ptrack no {token}", "", "or several"),
        (f"ptrack yes {token}", "Auto-Submitted: auto-replied", "by a machine"),
        (f"Out of office: ptrack yes {token}", "", "by a machine"),
    ]
    mails = [reply(subject, minute=n, more=more) for n, (subject, more, _) in enumerate(odd)]
    found = _fetch(run, tmp_path / "box", *mails)
    assert {fate for _, fate, _ in found} == {"refused"}
    assert all(why in (told or "") for (_, _, told), (_, _, why) in zip(found, odd, strict=True))
    assert (_validation(run), _validation(run, 2)) == ("pending", "pending")
    assert run("feedback", "list", "--json").json == []
    assert _fetch(run, tmp_path / "box") == []


def test_refusals_leak_neither_clients_nor_tokens(run: Run, practice: Path, tmp_path: Path) -> None:
    token = token_for(practice, 1, 1, days=0)
    box = make_maildir(tmp_path / "box", reply(f"ptrack yes {token}", sender="eve@example.com"))
    tried = run("mail", "fetch", "--maildir", str(box), "--dry-run")
    done = run("mail", "fetch", "--maildir", str(box), "--json")
    for ran in (tried, done):
        assert token not in ran.out
        assert "Anna" not in ran.out
    assert "its token has expired" in tried.out
    assert done.json["replies"][0]["client"] is None


def test_a_reopened_or_deleted_session_cannot_be_spoken_of(run: Run, practice: Path, tmp_path: Path) -> None:
    first, second = token_for(practice, 1, 1), token_for(practice, 2, 2)
    run("appointments", "reopen", "1")
    run("sessions", "delete", "2", "--yes")
    mails = [reply(f"ptrack yes {token}", minute=n) for n, token in enumerate((first, second))]
    assert [row[1:] for row in _fetch(run, tmp_path / "box", *mails)] == [
        ("refused", "its token was revoked"),
        ("refused", "its token was revoked"),
    ]
    run("appointments", "complete", "1")
    assert _fetch(run, tmp_path / "box", reply(f"ptrack yes {first}", minute=30))[0][1] == "refused"
    assert _validation(run) == "pending"


def test_a_forwarded_token_counts_and_is_noted(run: Run, practice: Path, tmp_path: Path) -> None:
    token = token_for(practice, 1, 1)
    run("clients", "edit", "anna", "--guardian-email", "mum@example.com")
    mails = [
        reply(f"ptrack 4 stars {token}", sender="Mum@Example.com"),
        reply(f"Fwd: ptrack yes {token}", sender=BEN, minute=1),
    ]
    box = make_maildir(tmp_path / "box", *mails)
    page = run("mail", "fetch", "--maildir", str(box)).out
    assert "yes from Anna Berg, Fri 20 Nov 2026 09:01: sent from ben@example.com" in " ".join(page.split())
    assert page.count("sent from") == 1
    assert (_validation(run, 1), _validation(run, 2)) == ("validated", "pending")


def test_unsubscribing_by_mail_stops_what_can_be_stopped(run: Run, practice: Path, tmp_path: Path) -> None:
    token = token_for(practice, 1, None, TokenPurpose.UNSUBSCRIBE)
    mail = reply(f"ptrack unsubscribe {token}", more="Auto-Submitted: auto-generated")
    assert _fetch(run, tmp_path / "box", mail) == [("unsubscribe", "filed", None)]
    again = reply(f"ptrack unsubscribe {token}", minute=2)
    assert _fetch(run, tmp_path / "box", again) == [("unsubscribe", "unchanged", None)]
    assert "goes" not in run("undo", "--yes").out


def test_an_mbox_is_read_and_never_changed(run: Run, practice: Path, tmp_path: Path) -> None:
    path = tmp_path / "mail.mbox"
    token = token_for(practice, 1, 1)
    box = mailbox.mbox(path)
    box.add(reply("Hello", "From the start\nptrack"))
    box.add(reply(f"ptrack yes {token}", "Good\n\n> quoted", minute=1))
    box.close()
    path.chmod(0o444)
    before = path.read_bytes(), path.stat().st_mtime_ns
    done = run("mail", "fetch", "--mbox", str(path), "--json").json
    assert [row["comment"] for row in done["replies"]] == ["Good"]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    # the same mail in another mailbox is the same reply
    assert _fetch(run, tmp_path / "box", reply(f"ptrack yes {token}", "Good\n\n> quoted", minute=1)) == []


def test_a_large_mail_is_read_as_far_as_counts(run: Run, practice: Path, tmp_path: Path) -> None:
    mail = reply(f"ptrack yes {token_for(practice, 1, 1)}", "x" * 3_000_000)
    assert _fetch(run, tmp_path / "box", mail) == [("yes", "filed", None)]
    assert len(run("feedback", "list", "--json").json[0]["comment"]) == 2_000


def test_where_to_fetch_from_must_be_said(run: Run, practice: Path, tmp_path: Path) -> None:
    assert practice.is_file()
    assert "mail.imap_host" in run("mail", "fetch", status=2).err
    assert "no mbox file" in run("mail", "fetch", "--mbox", str(tmp_path / "none"), status=2).err
    assert "no Maildir" in run("mail", "fetch", "--maildir", str(tmp_path), status=2).err
    both = run("mail", "fetch", "--maildir", str(tmp_path), "--mbox", "x", "--json", status=2)
    assert both.json["error"]["code"] == "usage"
