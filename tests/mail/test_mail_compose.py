"""Each kind of message as it arrives: what stands in it, for people and for mail programs."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from mail_samples import FACTS, NORD, NOW, TOKENS, Row, arrived, calendars_in, page_in, row_of, text_in
from ptrack.mail.compose import Attachment, compose
from ptrack.mail.facts import UntellableError
from ptrack.mail.parts import written
from ptrack.vocabulary import Channel, MessageKind

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


class Page(HTMLParser):
    """A page as it is read: its words, its links, its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_data(self, data: str) -> None:
        self.words += data.split()


@pytest.mark.parametrize("recipient", ["anna@example.org", "anna@bücher.example"])
@pytest.mark.parametrize("kind", list(MessageKind))
def test_a_message_is_written_as_the_library_would_write_it(
    kind: MessageKind, recipient: str, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(PNG)
    sender = NORD._replace(name="Größe, Maß & Söhne", logo_path=str(logo))
    paper = Attachment("Übersicht.pdf", b"%PDF" * 100)
    message = compose(row_of(kind, recipient=recipient), sender, TOKENS, [paper])
    assert written(message) == message.as_bytes()


def sent(kind: MessageKind, sender: Any = NORD, **facts: Any) -> Any:
    return arrived(compose(row_of(kind, **facts), sender, TOKENS))


def read(message: Any) -> Page:
    return Page(page_in(message))


@pytest.mark.parametrize("kind", MessageKind)
def test_each_kind_arrives_whole_in_text_and_on_a_page(kind: MessageKind) -> None:
    message = sent(kind)
    text, page = text_in(message), read(message)
    assert message["To"] == "Anna Berg <anna@example.org>"
    assert message["From"] == "Studio Nord <hello@nord.example>"
    assert message["Subject"].strip() == message["Subject"] != ""
    assert text.startswith("Hello Anna,\n\n")
    assert "Maya Lindqvist\nStudio Nord\n" in text
    assert "\n\n\n" not in text
    assert not any(line != line.rstrip() for line in text.splitlines())
    assert all(len(line) <= 72 or "mailto:" in line for line in text.splitlines())
    assert {"Anna,", "Lindqvist", "Nord"} <= set(page.words)
    assert not any(word in text + page_in(message) for word in ("None", "{{", "{%", "Undefined"))


@pytest.mark.parametrize("kind", MessageKind)
def test_no_page_fetches_anything_or_runs_anything(kind: MessageKind, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    page = read(sent(kind, NORD._replace(logo_path=str(tmp_path / "logo.png"))))
    assert not {"script", "link", "iframe", "form", "object"} & {tag for tag, _ in page.tags}
    assert [attrs["src"] for tag, attrs in page.tags if "src" in attrs] == ["cid:logo@ptrack"]
    assert all(link.startswith("mailto:hello@nord.example?subject=ptrack%20") for link in page.links)


def test_a_time_is_told_in_words_with_its_zone() -> None:
    message = sent(MessageKind.CONFIRMATION)
    assert "When     Tuesday 24 November 2026, 10:00 to 11:00 (Berlin time, CET)\n" in text_in(message)
    assert message["Subject"] == "Booked: Tuesday 24 November, 10:00, with Maya Lindqvist"


@pytest.mark.parametrize(
    ("zone", "starts_at", "told"),
    [
        (
            "Europe/Berlin",
            "2026-07-01T08:00:00Z",
            "Wednesday 1 July 2026, 10:00 to 11:00 (Berlin time, CEST)",
        ),
        (
            "Europe/Berlin",
            "2026-11-24T22:30:00Z",
            "23:30 to 00:30 on Wednesday 25 November (Berlin time, CET)",
        ),
        (
            "Europe/Berlin",
            "2026-10-25T00:30:00Z",
            "Sunday 25 October 2026, 02:30 to 02:30 (Berlin time, CEST)",
        ),
        ("Asia/Kathmandu", "2026-11-24T09:00:00Z", "14:45 to 15:45 (Kathmandu time, UTC+05:45)"),
        ("America/New_York", "2026-11-24T09:00:00Z", "04:00 to 05:00 (New York time, EST)"),
        ("UTC", "2026-11-24T09:00:00Z", "09:00 to 10:00 (UTC)"),
    ],
)
def test_zones_are_told_as_people_say_them(zone: str, starts_at: str, told: str) -> None:
    text = text_in(sent(MessageKind.REMINDER, zone=zone, starts_at=starts_at))
    assert told in " ".join(text.split())


def test_a_confirmation_says_where_how_to_cancel_and_what_is_left() -> None:
    text = text_in(sent(MessageKind.CONFIRMATION, url="https://meet.example/anna", owed=2, group=4))
    assert "Where    Mitte, Hauptstr. 1, 10115 Berlin\n" in text
    assert "Online   https://meet.example/anna\n" in text
    assert "Group    4 people\n" in text
    assert "Credits  9 left\nOpen     2 sessions not paid yet\n" in text
    flowed = " ".join(text.split())
    assert "until Monday 23 November 2026, 10:00. Later than that the session may count as taken." in flowed


def test_a_reminder_after_the_last_hour_to_cancel_says_so() -> None:
    late = row_of(MessageKind.REMINDER)._replace(not_before=NOW.replace(day=24, hour=8))
    assert "At this short notice" in text_in(arrived(compose(late, NORD)))
    assert "At this short notice" not in text_in(sent(MessageKind.REMINDER))


def test_a_change_tells_the_old_and_the_new() -> None:
    message = sent(MessageKind.CHANGE)
    assert message["Subject"] == "Moved to Tuesday 24 November, 10:00 (was Monday 23 November, 08:00)"
    before = text_in(message).partition("Before:")[2]
    assert "When     Monday 23 November 2026, 08:00\nWhere    Nord\nTrainer  Ben\n" in before
    place = {"starts_at": "2026-11-24T09:00:00Z", "place": "Nord", "trainer": "Maya Lindqvist"}
    elsewhere = sent(MessageKind.CHANGE, was=place)
    assert elsewhere["Subject"] == "Changed: Tuesday 24 November, 10:00"
    assert "Before:\n\nWhere    Nord\n\n" in text_in(elsewhere)


def several(kind: MessageKind) -> list[dict[str, Any]]:
    return [
        {**FACTS[kind], "starts_at": f"2026-{day}T09:00:00Z", "uid": f"a-{day}@ptrack"}
        for day in ("11-24", "12-01", "12-08")
    ]


def test_a_series_is_one_message_with_every_time() -> None:
    message = sent(MessageKind.CONFIRMATION, series=several(MessageKind.CONFIRMATION))
    assert message["Subject"] == "Booked: 3 sessions from Tuesday 24 November on, with Maya Lindqvist"
    text = text_in(message)
    assert "  Tuesday 24 November 2026, 10:00 to 11:00\n  Tuesday 1 December 2026, 10:00 to 11:00\n" in text
    assert "at the latest 24 hours before" in " ".join(text.split())
    assert page_in(message).count("<li") == 3


def test_several_that_moved_tell_each_where_it_was() -> None:
    message = sent(MessageKind.CHANGE, series=several(MessageKind.CHANGE))
    assert message["Subject"] == "Changed: 3 sessions from Tuesday 24 November on"
    text = text_in(message)
    assert "  Tuesday 1 December 2026, 10:00 to 11:00\n      before: Monday 23 November 2026, 08:00\n" in text
    off = sent(MessageKind.CANCELLATION, series=several(MessageKind.CANCELLATION))
    assert "These 3 sessions were cancelled:" in text_in(off)


def test_records_and_totals_stand_in_the_text_and_the_paper_is_attached() -> None:
    row = row_of(MessageKind.WORKOUT_SUMMARY)
    message = arrived(compose(row, NORD, TOKENS, [Attachment("Upper Ä.pdf", b"%PDF-1.7")]))
    assert "Volume   5,240 kg\n" in text_in(message)
    assert "  Back Squat, e1RM: 116.7 kg (before: 113.4 kg)\n" in text_in(message)
    assert "attached PDF" in text_in(message)
    (paper,) = message.iter_attachments()
    assert (paper.get_filename(), paper.get_content()) == ("Upper Ä.pdf", b"%PDF-1.7")
    assert "PDF" not in text_in(sent(MessageKind.WORKOUT_SUMMARY))


def test_answers_are_mails_with_the_token_in_their_subject() -> None:
    links = read(sent(MessageKind.VALIDATION)).links
    begin = "mailto:hello@nord.example?subject=ptrack%20"
    assert links[:3] == [f"{begin}{said}%20{'v' * 43}" for said in ("yes", "no", "1%20star")]
    assert len(links) == 2 + 4 * 5 + 1
    text = text_in(sent(MessageKind.VALIDATION))
    assert all(link in text for link in links)
    few = read(sent(MessageKind.VALIDATION, questions=["session"])).links
    assert len(few) == 2 + 5 + 1
    assert "tell us more" not in text_in(sent(MessageKind.VALIDATION, questions=[]))


def test_with_pages_of_its_own_answers_lead_there() -> None:
    message = sent(MessageKind.VALIDATION, NORD._replace(base_url="https://nord.example/"))
    links = read(message).links
    assert links[0] == f"https://nord.example/validate/{'v' * 43}?took_place=1"
    assert links[6] == f"https://nord.example/validate/{'v' * 43}?session=5"
    assert links[-1] == f"https://nord.example/unsubscribe/{'u' * 43}"
    assert "makes a mail" not in text_in(message)


def test_a_question_without_a_token_is_not_asked() -> None:
    with pytest.raises(UntellableError, match="without a token"):
        compose(row_of(MessageKind.VALIDATION), NORD)


@pytest.mark.parametrize(
    ("facts", "subject"),
    [
        ({}, "2 credits left"),
        ({"balance": 1}, "1 credit left"),
        ({"reason": "none_left", "balance": 0}, "You have no credit left"),
        ({"reason": "expiring", "balance": 4}, "4 credits expire on Tuesday 19 January"),
    ],
)
def test_credits_are_told_by_reason(facts: dict[str, Any], subject: str) -> None:
    message = sent(MessageKind.CREDITS, **facts)
    assert message["Subject"] == subject
    assert "  2026-11-19    -1     2 left  Session\n" in text_in(message)


def test_machines_are_told_what_it_is() -> None:
    message = sent(MessageKind.REMINDER, NORD._replace(base_url="https://nord.example"))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    page, mail = message["List-Unsubscribe"].replace(" ", "").split(",")
    assert page == f"<https://nord.example/unsubscribe/{'u' * 43}>"
    assert mail == f"<mailto:hello@nord.example?subject=ptrack%20unsubscribe%20{'u' * 43}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    by_mail = bytes(compose(row_of(MessageKind.REMINDER), NORD, TOKENS))
    assert f"\r\nList-Unsubscribe: {mail}\r\n".encode() in by_mail
    assert b"List-Unsubscribe-Post" not in by_mail


@pytest.mark.parametrize("kind", [MessageKind.CONFIRMATION, MessageKind.CHANGE, MessageKind.CANCELLATION])
def test_what_always_comes_offers_no_way_to_stop_it(kind: MessageKind) -> None:
    message = sent(kind)
    assert "from now on" not in text_in(message)
    assert "List-Unsubscribe" in message  # for all the rest


def test_answers_go_where_the_practice_wants_them() -> None:
    message = sent(MessageKind.VALIDATION, NORD._replace(reply_to="desk@nord.example"))
    assert message["Reply-To"] == "desk@nord.example"
    assert read(message).links[0].startswith("mailto:desk@nord.example?")
    assert "Reply-To" not in sent(MessageKind.REMINDER)


def test_a_guardian_reads_whose_copy_it_is() -> None:
    message = arrived(compose(row_of(MessageKind.REMINDER, recipient="eva@example.org", is_copy=True), NORD))
    assert message["To"] == "eva@example.org"
    assert text_in(message).startswith("Hello,\n")
    assert "This is a copy of what Anna Berg was sent." in text_in(message)
    assert "This is a copy of what Anna Berg was sent." in page_in(message)


def test_a_signature_stands_for_names() -> None:
    sender = NORD._replace(signature="Maya\nHauptstr. 1 <Berlin>")
    message = sent(MessageKind.REMINDER, sender)
    assert "Maya\nHauptstr. 1 <Berlin>\n" in text_in(message)
    assert "Maya<br>\nHauptstr. 1 &lt;Berlin&gt;" in page_in(message)
    assert "Maya Lindqvist\nStudio Nord" not in text_in(message)


def test_a_logo_goes_along_within_the_message(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    message = sent(MessageKind.CONFIRMATION, NORD._replace(logo_path=str(tmp_path / "logo.png")))
    (picture,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert picture.get_content() == PNG
    assert picture["Content-ID"] == "<logo@ptrack>"
    assert 'alt="Studio Nord"' in page_in(message)


@pytest.mark.parametrize("content", [b"<svg/>", PNG + b"\0" * 200_000, None])
def test_a_message_goes_without_a_logo_that_cannot_be_used(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    message = sent(MessageKind.REMINDER, NORD._replace(logo_path=str(tmp_path / "logo.png")))
    assert "<img" not in page_in(message)
    assert message.get_content_type() == "multipart/alternative"


def test_every_byte_on_the_wire_is_plain_and_no_line_is_long() -> None:
    facts: dict[str, Any] = {
        "client": "Zoë Łukasz 山田太郎 🏋️",
        "first_name": "Zoë",
        "place": "Größe " * 60,
        "plan": "x" * 3000,
    }
    content = bytes(compose(row_of(MessageKind.REMINDER, **facts), NORD._replace(name="Größe, Nord"), TOKENS))
    assert content.isascii()
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 150  # the link that unsubscribes stays whole
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_the_same_row_makes_the_same_bytes() -> None:
    row = row_of(MessageKind.CONFIRMATION)
    assert bytes(compose(row, NORD, TOKENS)) == bytes(compose(row, NORD, TOKENS))


@pytest.mark.parametrize(
    "facts", ["", "[]", "{", '{"starts_at": "soon"}', '{"zone": "Europe/Nowhere"}', "null"]
)
def test_facts_that_are_none_fail_by_name(facts: str) -> None:
    with pytest.raises(UntellableError):
        compose(Row(MessageKind.REMINDER, facts), NORD)


@pytest.mark.parametrize(
    "address",
    ["", "anna", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "<a@b.example>", "a b@c.de"],
)
def test_what_is_no_single_address_is_refused(address: str) -> None:
    with pytest.raises(UntellableError, match="no address to send mail to"):
        compose(row_of(MessageKind.REMINDER, recipient=address), NORD)


def test_domains_beyond_ascii_are_written_as_servers_know_them() -> None:
    message = compose(row_of(MessageKind.REMINDER, recipient="anna@müller.example"), NORD)
    assert message["To"].addresses[0].addr_spec == "anna@xn--mller-kva.example"


def test_what_goes_by_a_command_has_no_address_to_be_checked() -> None:
    row = row_of(MessageKind.CONFIRMATION, recipient="+49 170 1234567")._replace(channel=Channel.COMMAND)
    message = arrived(compose(row, NORD))
    assert "To" not in message
    assert text_in(message).startswith("Hello Anna,")
    assert "attendee" not in calendars_in(message)[0].events[0]


def test_in_a_list_of_times_none_is_broken() -> None:
    days = ("2026-11-24T09:00:00Z", "2026-12-01T09:00:00Z")
    series = [{**FACTS[MessageKind.CONFIRMATION], "starts_at": day} for day in days]
    page = page_in(sent(MessageKind.CONFIRMATION, series=series))
    time = '<span style="white-space: nowrap;">10:00 to 11:00</span>'
    for day in ("Tuesday 24 November 2026", "Tuesday 1 December 2026"):
        assert f"{day}, {time}" in page
