"""Texts that people and their enemies put into names: nothing runs, no header is forged, nothing is lost."""

from datetime import UTC
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail_samples import NORD, TOKENS, arrived, calendars_in, name_in, page_in, row_of, said_in, text_in
from ptrack.mail.addressing import LONGEST_HEADER, file_parameter, header_text
from ptrack.mail.compose import Attachment, compose
from ptrack.mail.facts import visible
from ptrack.vocabulary import MessageKind

NASTY = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% for x in range(9) %}x{% endfor %}",
    "Anna\r\nBcc: everybody@example.org\r\n\r\nspam",
    "=?utf-8?q?a=0D=0ABcc:x=40y.z?=",
    '"Anna" <eve@example.org>, mallory@example.org',
    "\u202egreB annA\u2066",
    "Zoë 🏋️\u200d♀️ 山田",
    "\x1b[31mred\x07",
    "Anna;CN=Eve:mailto:eve@example.org\\n",
    "a" * 10_000,
    "é" * 10_000,
    "%s %d {client} ${x} #{y}",
    "' onload='x' \" onclick=\"y",
    "\ud800half",
)
HEADERS = {
    "From", "To", "Subject", "Auto-Submitted", "Content-Language", "List-Unsubscribe", "MIME-Version",
    "Content-Type",
}  # fmt: skip


def sent(kind: MessageKind, **facts: Any) -> Any:
    return compose(row_of(kind, **facts), NORD, TOKENS)


def assert_harmless(composed: Any) -> None:
    message = arrived(composed)
    assert set(message.keys()) == HEADERS
    assert len(message["To"].addresses) == len(message["From"].addresses) == 1
    assert message["To"].addresses[0].addr_spec == "anna@example.org"
    assert not any("\n" in str(value) or "\r" in str(value) for value in message.values())
    assert "<script" not in page_in(message)
    assert "49xxxxxxxxx" not in text_in(message) + page_in(message)
    assert not any(len(line) > 150 for line in bytes(composed).partition(b"\r\n\r\n")[0].split(b"\r\n"))
    for part in message.walk():
        assert not part.defects


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("kind", MessageKind)
def test_nothing_in_a_name_is_obeyed(kind: MessageKind, text: str) -> None:
    named = dict.fromkeys(("client", "first_name", "trainer", "studio"), text)
    message = sent(kind, **named)
    assert_harmless(message)
    seen = visible(text)
    assert name_in(message, "To") == header_text(text)
    assert " ".join(text_in(message).split()).startswith(f"Hello {seen},")
    assert f"Hello {seen}," in unescape(page_in(message))


@pytest.mark.parametrize("text", NASTY)
def test_nothing_in_a_place_is_obeyed(text: str) -> None:
    named = dict.fromkeys(("place", "address", "url", "plan", "reason"), text)
    for kind in (MessageKind.CONFIRMATION, MessageKind.CHANGE, MessageKind.CANCELLATION):
        message = sent(kind, **named)
        assert_harmless(message)
        (calendar,) = calendars_in(message)
        (event,) = calendar.events
        assert str(event["location"]) == f"{visible(text)}, {visible(text)}"
        assert len([key for key in event if key.upper() == "ATTENDEE"]) == 1


texts = st.text(max_size=80) | st.sampled_from(NASTY[:9])


@given(name=texts, first=texts, trainer=texts, place=texts)
@settings(max_examples=80, deadline=None, database=None)
def test_whatever_the_texts_a_message_reads_back_as_it_was_meant(
    name: str, first: str, trainer: str, place: str
) -> None:
    facts = {"client": name, "first_name": first, "trainer": trainer, "place": place, "plan": place}
    for kind in (MessageKind.REMINDER, MessageKind.CONFIRMATION):
        message = sent(kind, **facts)
        assert_harmless(message)
        assert name_in(message, "To") == header_text(name)
        told = f", with {visible(trainer)}" if visible(trainer) else ""
        assert said_in(message, "Subject").endswith(
            header_text(f"24 November, 10:00{told}")[-LONGEST_HEADER // 2 :]
        )
        assert visible(place) in unescape(page_in(message))
    (event,) = calendars_in(message)[0].events
    assert event["attendee"] == "mailto:anna@example.org"
    assert event["dtstart"].dt.astimezone(UTC).hour == 9


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None, database=None)
def test_a_text_of_a_header_is_one_short_line(text: str) -> None:
    shown = header_text(text)
    assert len(shown) <= LONGEST_HEADER
    assert "=?" not in shown
    assert shown == "".join(shown.splitlines())


@given(name=st.text(min_size=1, max_size=60))
@settings(max_examples=60, deadline=None, database=None)
def test_a_file_keeps_its_name(name: str) -> None:
    message = arrived(compose(row_of(MessageKind.CERTIFICATE), NORD, TOKENS, [Attachment(name, b"%PDF")]))
    (paper,) = message.iter_attachments()
    assert paper.get_filename() == (header_text(name).replace("/", "_") or "file")
    assert file_parameter(name).isascii()
