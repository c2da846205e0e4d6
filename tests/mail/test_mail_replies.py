"""What is read out of a reply, and what machines send instead of clients."""

import time
from datetime import UTC, datetime
from email.header import Header
from email.message import EmailMessage

import pytest

from ptrack.feedback.rules import YES, Answer, Question, Reply
from ptrack.mail.replies import Mail, read_comment, read_head, shown_subject
from reply_samples import reply

WHOLE = "Zm9vYmFyLWJhei1xdXV4XzAxMjM0NTY3ODlhYmNkZWY"
FOUR = Answer(Question.SESSION, 4)


def _read(raw: bytes) -> Mail:
    found = read_head(raw)
    assert found is not None
    return found


def test_a_reply_is_read() -> None:
    mail = _read(reply(f"Re: ptrack 4 stars {WHOLE}", "Good.", minute=5))
    assert mail.reply == Reply(FOUR, WHOLE)
    assert (mail.sender, mail.subject) == ("anna@example.com", "Re: ptrack 4 stars …")
    assert mail.sent_at == datetime(2026, 11, 20, 8, 5, tzinfo=UTC)
    assert not mail.is_automatic


def test_other_mail_is_none_whatever_its_body_says() -> None:
    assert read_head(reply("Hello", f"Subject: ptrack yes {WHOLE}")) is None
    assert read_head(b"") is None
    assert read_head(b"\0\xff\xfe" * 100) is None
    assert read_head(f"\r\n\r\nSubject: ptrack yes {WHOLE}\r\n".encode()) is None


@pytest.mark.parametrize(
    "subject",
    [
        f"ptrack\r\n 4 stars\r\n\t{WHOLE}",
        f"ptrack 4 stars {WHOLE[:20]}\r\n {WHOLE[20:]}",
        Header(f"Wtr: ptrack 4 stars {WHOLE}", "utf-8").encode(),
        Header(f"Réf : ptrack 4 stars {WHOLE}", "iso-8859-1").encode(),
        Header(f"\u200bptrack\u00a04\u00a0stars\u00a0{WHOLE}", "utf-8").encode(),
        f"=?us-ascii?Q?ptrack_4_stars_{WHOLE[:9]}?=\r\n =?us-ascii?Q?{WHOLE[9:].replace('_', '=5F')}?=",
        f"=?x-unknown?Q?ptrack?= 4 stars {WHOLE}",
        f"=?utf-8?B?!!!?= ptrack 4 stars {WHOLE}",
        f"ptrack%204%20stars%20{WHOLE}",
        f"PTRACK 4 STARS {WHOLE}",
        f"Grüße ptrack 4 stars {WHOLE}",
    ],
)
def test_subjects_are_read_however_they_were_written(subject: str) -> None:
    assert _read(reply(subject)).reply == Reply(FOUR, WHOLE)


def test_the_same_reply_is_known_again_and_another_is_not() -> None:
    raw = reply(f"ptrack yes {WHOLE}", "So it was.")
    assert _read(raw).digest == _read(b"Received: from elsewhere\r\n" + raw + b"more").digest
    assert _read(raw).digest == _read(raw.replace(b"\r\n", b"\n")).digest
    others = [reply(f"ptrack no {WHOLE}"), reply(f"ptrack yes {WHOLE}", minute=1)]
    assert len({_read(mail).digest for mail in (raw, *others)}) == 3


@pytest.mark.parametrize(
    "more",
    [
        "Auto-Submitted: auto-replied", "auto-submitted: Auto-Generated (vacation)", "Precedence: bulk",
        "X-Autoreply: yes", "X-Autorespond: away", "Return-Path: <>", "Precedence: auto_reply",
    ],
)  # fmt: skip
def test_machines_are_told_from_people(more: str) -> None:
    assert _read(reply(f"ptrack yes {WHOLE}", more=more)).is_automatic


@pytest.mark.parametrize(
    "before",
    ["Automatic reply:", "Auto:", "Automatische Antwort:", "Abwesenheitsnotiz: AW:", "Out of Office:",
     "Undeliverable:", "Réponse automatique :"],
)  # fmt: skip
def test_subjects_of_machines_are_known(before: str) -> None:
    assert _read(reply(f"{before} ptrack yes {WHOLE}")).is_automatic


def test_people_are_not_taken_for_machines() -> None:
    for more in ("Auto-Submitted: no", "X-Auto-Response-Suppress: All", "Return-Path: <anna@example.com>"):
        assert not _read(reply(f"AW: ptrack yes {WHOLE}", more=more)).is_automatic
    assert _read(reply(f"ptrack yes {WHOLE}", sender="MAILER-DAEMON@example.com")).is_automatic


@pytest.mark.parametrize(
    "date", ["", "nonsense", "Fri, 99 Nov 2026 10:00", "Mon, 1 Jan 0100 00:00 +2400", "\udc80", "9" * 400]
)
def test_a_date_that_is_none_is_none(date: str) -> None:
    raw = f"Subject: ptrack yes {WHOLE}\r\nDate: {date}\r\n\r\n".encode("utf-8", "surrogateescape")
    assert _read(raw).sent_at is None


@pytest.mark.parametrize(
    ("body", "comment"),
    [
        ("", None),
        ("  \r\n\r\n", None),
        ("Great!\nThank you.", "Great! Thank you."),
        ("Great!\n-- \nAnna Berg\nStreet 1", "Great!"),
        ("Great!\n\nOn Tue, 24 Nov 2026 at 10:00, Maya Lind <maya@example.com>\nwrote:\n> How", "Great!"),
        ("Gut!\n\nAm 24.11.26 um 10:00 schrieb Maya Lind:\n> Wie", "Gut!"),
        ("Gut!\n________________________________\nVon: Maya", "Gut!"),
        ("Gut!\n-----Ursprüngliche Nachricht-----\nVon: Maya", "Gut!"),
        ("Good\n\nSent from my iPhone", "Good"),
        ("Gut\n\nVon meinem iPhone gesendet", "Gut"),
        ("Get Outlook for Android<https://aka.ms>", None),
        ("---------- Forwarded message ---------\nFrom: Anna", None),
        ("> all quoted\n> of it", None),
        ("On Monday I was sore.\nFrom my side: good", "On Monday I was sore. From my side: good"),
        ("a\x1b[31m\u202eb\x00", "a[31mb"),
    ],
)  # fmt: skip
def test_comments_end_where_quotation_and_signature_begin(body: str, comment: str | None) -> None:
    assert read_comment(reply("x", body)) == comment


def test_comments_come_out_of_pages_where_there_is_no_text() -> None:
    mail = EmailMessage()
    mail.set_content(
        "<html><head><title>T</title><style>p {}</style></head><body><p>Very <b>good</b>&nbsp;&amp; hard</p>"
        "<div>Anna</div><div class=q>On Tue Maya wrote:<blockquote>Was it?</blockquote></div></body></html>",
        subtype="html",
    )
    assert read_comment(mail.as_bytes()) == "Very good & hard Anna"
    mail.add_attachment("attached", filename="a.txt")
    assert read_comment(mail.as_bytes()) == "Very good & hard Anna"


def test_text_is_taken_before_pages_and_files() -> None:
    mail = EmailMessage()
    mail.set_content("Grüße", cte="base64")
    mail.add_alternative("<p>page</p>", subtype="html")
    mail.add_attachment(b"\0" * 2_000_000, maintype="image", subtype="png", filename="me.png")
    assert read_comment(mail.as_bytes()) == "Grüße"


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: text/plain; charset=nonsense\r\n\r\nGood",
        b"Content-Type: text/plain; charset=idna\r\n\r\nGood",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: uuencode\r\n\r\nGood",
        b"Content-Type: ; ; =\r\n\r\nGood",
    ],
)
def test_words_in_unknown_clothes_are_read_as_far_as_can_be(raw: bytes) -> None:
    assert read_comment(raw) in ("Good", None)


def test_nested_large_and_endless_mails_take_no_time() -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(3_000)
    )
    subject = b"Subject: ptrack yes " + b"a " * 500_000 + b"\r\n"
    brackets = b"Content-Type: text/html\r\n\r\n" + b"<" * 1_000_000
    words = b"\r\n\r\n" + b"on " * 300_000
    tokens = ("Subject: " + "ptrack yes " * 6_000 + "\r\n").encode()
    for raw in (
        nested,
        subject,
        brackets,
        words,
        tokens,
        b"=?utf-8?b?" * 50_000,
        b"\r\n\r\n" + b"\n" * 10**6,
    ):
        began = time.process_time()
        read_head(raw)
        read_comment(raw)
        assert time.process_time() - began < 1.0


def test_no_token_is_shown() -> None:
    assert shown_subject(f"ptrack yes {WHOLE}") == "ptrack yes …"
    assert WHOLE[:8] not in shown_subject(f"ptrack yes {WHOLE[:30]} {WHOLE[30:]}")
    assert shown_subject("a" * 19 + " b") == "a" * 19 + " b"
    assert YES.value == 1
