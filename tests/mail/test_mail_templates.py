"""A trainer's own templates: taken before the program's, kept in a sandbox, and named where they fail."""

from pathlib import Path
from typing import Any

import pytest

from mail_samples import NORD, TOKENS, arrived, calendars_in, page_in, row_of, text_in
from ptrack.mail.compose import compose
from ptrack.mail.facts import UntellableError
from ptrack.mail.rendering import template_files
from ptrack.vocabulary import MessageKind

REMINDER = MessageKind.REMINDER


def sent(folder: Path, kind: MessageKind = REMINDER, **facts: Any) -> Any:
    return arrived(compose(row_of(kind, **facts), NORD._replace(templates=folder), TOKENS))


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def fault(folder: Path, kind: MessageKind = REMINDER) -> str:
    with pytest.raises(UntellableError) as caught:
        sent(folder, kind)
    return caught.value.message


def test_a_file_of_the_same_name_is_taken_first(tmp_path: Path) -> None:
    write(tmp_path, "reminder.txt.j2", "See you, {{ first_name }}\n\n{{ starts_at|day }}. Ça va?\n")
    message = sent(tmp_path)
    assert message["Subject"] == "See you, Anna"
    assert text_in(message) == "Tuesday 24 November 2026. Ça va?\n"
    assert "Here is your next session." in page_in(message)
    used = template_files(REMINDER, tmp_path)
    assert used[0] == str(tmp_path / "reminder.txt.j2")
    assert used[1] != str(tmp_path / "reminder.html.j2")
    assert sent(tmp_path, MessageKind.CANCELLATION)["Subject"].startswith("Cancelled")


def test_what_several_share_can_be_changed_in_one_place(tmp_path: Path) -> None:
    write(tmp_path, "details.txt.j2", "On {{ starts_at|moment }}\n")
    for kind in (REMINDER, MessageKind.CONFIRMATION):
        assert "On Tuesday 24 November 2026, 10:00\n" in text_in(sent(tmp_path, kind))


def test_all_words_can_be_in_another_language(tmp_path: Path) -> None:
    write(
        tmp_path,
        "words.j2",
        """{% set language = "de" %}
{% set weekdays = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"] %}
{% set months = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
                 "Oktober", "November", "Dezember"] %}
{% set short_day = "{weekday}, {day}. {month}" %}{% set full_day = "{weekday}, {day}. {month} {year}" %}
{% set short_moment = "{day}, {time} Uhr" %}{% set full_moment = "{day}, {time} Uhr" %}
{% set one_day = "{day}, {begin} bis {end} Uhr" %}{% set two_days = "{day}, {begin} bis {end}, {end_day}" %}
{% set place_of_zone = "Zeit in {place}" %}{% set zone = "({place}, {name})" %}""",
    )
    message = sent(tmp_path)
    assert "Dienstag, 24. November 2026, 10:00 bis 11:00 Uhr (Zeit in Berlin, CET)" in " ".join(
        text_in(message).split()
    )
    assert message["Content-Language"] == "de"
    assert '<html lang="de">' in page_in(message)


def test_an_invitation_can_be_called_otherwise(tmp_path: Path) -> None:
    write(tmp_path, "invite.txt.j2", "Yoga mit {{ trainer }}\n")
    (event,) = calendars_in(sent(tmp_path, MessageKind.CONFIRMATION))[0].events
    assert event["summary"] == "Yoga mit Maya Lindqvist"
    assert "description" not in event


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Subject\n\n{{ nobody }}", ", line 3: 'nobody' is undefined"),
        ("Subject\n{{ was.starts_at }}", ", line 2: "),
        ("Subject\n{% if %}", ", line 2: "),
        ("Subject\n\n{{ 1 // 0 }}", ", line 3: "),
        ("Subject\n{{ credits + 'x' }}", ", line 2: "),
        ("Subject\n{{ starts_at|shout }}", ", line 2: No filter named 'shout'"),
        ("Subject\n{% include 'none.j2' %}", "there is no template none.j2"),
        ("Subject\n{% include '../../config.toml' %}", "there is no template ../../config.toml"),
        ("", "gives no subject"),
        ("{% block subject %}{% endblock %}", "gives no subject"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, text: str, told: str) -> None:
    message = fault(write(tmp_path, "reminder.txt.j2", text))
    assert "reminder.txt.j2" in message
    assert told in message
    assert "\n" not in message


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "reminder.html.j2").write_bytes(b"\xff\xfe")
    assert fault(tmp_path).startswith("reminder.html.j2")


def test_a_mistake_in_one_template_spares_all_others(tmp_path: Path) -> None:
    write(tmp_path, "reminder.html.j2", "{{ nobody }}")
    assert "reminder.html.j2, line 1" in fault(tmp_path)
    assert sent(tmp_path, MessageKind.GOAL)["Subject"] == "Nearly there: Squat 100 kg"


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ starts_at.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.system('true') }}",
        "{{ series.append(1) if series else [].append(1) }}",
        "{% for x in range(10**9) %}x{% endfor %}",
        "{{ words.__init__.__globals__ }}",
    ],
)
def test_templates_stay_in_their_sandbox(tmp_path: Path, text: str) -> None:
    assert "reminder.txt.j2" in fault(write(tmp_path, "reminder.txt.j2", f"Subject\n{text}"))


def test_pages_of_ones_own_are_escaped_too(tmp_path: Path) -> None:
    write(tmp_path, "reminder.html.j2", "<p>{{ client }}{% include 'mine.j2' %}</p>")
    write(tmp_path, "mine.j2", "{{ trainer }}")
    assert page_in(sent(tmp_path, client="<b>", trainer="<i>")) == "<p>&lt;b&gt;&lt;i&gt;</p>\n"


def test_links_are_only_made_of_addresses_of_pages() -> None:
    good = arrived(compose(row_of(MessageKind.CONFIRMATION, url="https://meet.example/a?b=1&c=2"), NORD))
    assert '<a href="https://meet.example/a?b=1&amp;c=2">' in page_in(good)
    for url in ("javascript:alert(1)", "data:text/html,x", "meet.example", "https://x y"):
        assert "<a " not in page_in(arrived(compose(row_of(MessageKind.CONFIRMATION, url=url), NORD)))
