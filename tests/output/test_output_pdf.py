import io
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from output.output_samples import ANNA, HOSTILE, LONG, client_table, every_part, week, whole_page
from ptrack.errors import PtrackError, UnreadableError
from ptrack.output.document import (
    Chart,
    Column,
    Document,
    Fields,
    Heading,
    Hint,
    Lines,
    Part,
    Table,
    line,
    list_document,
)
from ptrack.output.files import write_file
from ptrack.output.pdf import Pdf, PdfWriter

CREATED = datetime(2026, 11, 20, 10, 20, tzinfo=UTC)


def rendered(*documents: Document) -> list[Pdf]:
    writer = PdfWriter(footer="Studio Nord", author="Studio Nord", created=CREATED)
    return [writer.render(document) for document in documents]


def pages(pdf: Pdf) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages]


def a_logo(path: Path) -> Path:
    from PIL import Image

    Image.new("RGB", (300, 90), (28, 93, 118)).save(path)
    return path


def test_a_page_holds_what_the_document_says() -> None:
    (pdf,) = rendered(whole_page())
    text = "\n".join(pages(pdf))
    for expected in (
        "Maya Lindqvist, Studio Nord",
        "Anna Berg",
        "63.2",
        "anna@example.org",
        "30 (66.7 %)",
        "Weight, Anna Berg (kg)",
        "trend",
        "falling, 0.25 kg a week",
        "Studio Nord",
        "page 1 of",
    ):
        assert expected in text
    assert pdf.missing == ("李", "小", "龍")


def test_commands_are_not_for_clients() -> None:
    (pdf,) = rendered(Document([Heading("Workout"), Hint("ptrack today", "next")]))
    assert "ptrack today" not in pages(pdf)[0]


def test_a_long_table_repeats_its_header_and_counts_its_pages() -> None:
    table = client_table([ANNA, LONG] * 60)
    (pdf,) = rendered(list_document(table, Heading("Clients")))
    found = pages(pdf)
    assert len(found) == 3
    for number, text in enumerate(found, start=1):
        assert f"page {number} of 3" in text
        assert "Credits" in text
    assert "".join(found).count("Anna Berg") == 60
    assert "120 clients" in found[-1]


def test_the_same_document_gives_the_same_bytes() -> None:
    first, second = rendered(whole_page(), whole_page())
    assert first.content == second.content


def test_a_pdf_says_whose_it_is() -> None:
    (pdf,) = rendered(whole_page())
    about = PdfReader(io.BytesIO(pdf.content)).metadata
    assert about is not None
    assert (about.title, about.author, about.creator) == ("Week 47", "Studio Nord", "ptrack")
    assert about.creation_date == CREATED


@pytest.mark.parametrize(
    "name", ["Zoë Ångström", "Ελένη Παπαδοπούλου", "Дмитрий Щукин", "Nguyễn Thị Hằng", "Գրիգոր"]
)
def test_names_of_many_scripts_have_their_glyphs(name: str) -> None:
    (pdf,) = rendered(Document([Heading(name), Fields([("Client", name)])], title=name))
    assert pdf.missing == ()
    assert pages(pdf)[0].count(name) == 2


def test_a_character_without_a_glyph_is_a_box_and_is_named() -> None:
    (pdf,) = rendered(Document([Fields([("Client", "李 Lee 🏋 李")])]))
    assert pdf.missing == ("李", "🏋")
    assert "□ Lee □ □" in pages(pdf)[0]
    assert pdf.warnings() == ["The PDF's font has no sign for 李 (U+674E), 🏋 (U+1F3CB); a box stands there."]


def test_many_missing_characters_are_counted() -> None:
    (sentence,) = Pdf(b"", tuple("一二三四五六七")).warnings()
    assert "五 (U+4E94) and 2 more; a box stands there." in sentence


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_part_stays_on_the_page(text: str) -> None:
    (pdf,) = rendered(Document(every_part(text[:600]), title=text))
    beginning = PdfReader(io.BytesIO(pdf.content)).pages[0]
    found = beginning.extract_text()
    assert "page 1 of" in found
    assert not set(found) & {"\x1b", "\x00", "\u202e", "\u2066"}


@settings(deadline=None, max_examples=8)
@given(st.text(max_size=60))
def test_any_text_makes_a_pdf(text: str) -> None:
    (pdf,) = rendered(Document(every_part(text)))
    assert pdf.content.startswith(b"%PDF")


def test_a_table_too_wide_for_any_page_becomes_records() -> None:
    columns = [Column(f"n{i}", f"Number {i}", value=lambda row: row, align="right") for i in range(12)]
    (pdf,) = rendered(list_document(Table(columns, [123_456_789_012_345, 2])))
    text = "".join(pages(pdf))
    assert text.count("123456789012345") == 12
    assert "Number 11" in text


def test_empty_parts_say_so() -> None:
    empty_week = type(week())(week().days, [], empty="No appointments.")
    parts: list[Part] = [client_table([]), Chart("Weight", "kg", [], empty="No entries yet."), empty_week]
    (pdf,) = rendered(Document(parts))
    text = pages(pdf)[0]
    assert all(sentence in text for sentence in ("No clients yet.", "No entries yet.", "No appointments."))


def test_many_lines_go_on_over_the_page() -> None:
    (pdf,) = rendered(Document([Lines([line(f"line {number}") for number in range(120)])]))
    found = pages(pdf)
    assert len(found) > 1
    assert "line 119" in found[-1]


def test_a_file_is_the_owners_alone_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "workout.pdf"
    target.write_bytes(b"%PDF-1.4 an older one")
    made = PdfWriter(logo_path=a_logo(tmp_path / "logo.png"), created=CREATED).write(whole_page(), target)
    assert made.notices == ()
    assert target.read_bytes() == made.content
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["logo.png", "workout.pdf"]
    assert len(PdfReader(target).pages[0].images) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        (b"", "no PNG or JPEG"),
        (b"GIF89a", "no PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n" + b"rubbish" * 9, "cannot be used"),
        (b"\xff\xd8\xff\xe0 broken", "cannot be used"),
    ],
)
def test_a_broken_logo_is_left_out_with_a_notice(tmp_path: Path, content: bytes | None, said: str) -> None:
    logo = tmp_path / "logo.png"
    if content is not None:
        logo.write_bytes(content)
    made = PdfWriter(logo_path=logo).write(whole_page(), tmp_path / "a.pdf")
    assert said in made.warnings()[0]
    assert "goes without it" in made.warnings()[0]


def test_a_truncated_logo_is_left_out(tmp_path: Path) -> None:
    logo = a_logo(tmp_path / "logo.png")
    logo.write_bytes(logo.read_bytes()[:60])
    assert PdfWriter(logo_path=logo).write(whole_page(), tmp_path / "a.pdf").notices


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="does not exist"):
        PdfWriter().write(whole_page(), tmp_path / "missing" / "a.pdf")
    with pytest.raises(UnreadableError, match="is a directory"):
        PdfWriter().write(whole_page(), tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(PtrackError):
        PdfWriter().write(whole_page(), tmp_path / "file" / "a.pdf")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(PtrackError, match="No space left on device"):
        write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.pdf"]


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(Path(os.devnull), b"anything")
    assert not Path(os.devnull).is_file()


def test_a_file_of_something_else_is_never_overwritten(tmp_path: Path) -> None:
    notes, paper, empty = tmp_path / "notes.txt", tmp_path / "paper.pdf", tmp_path / "empty"
    notes.write_text("Do not lose this.")
    with pytest.raises(PtrackError, match="is no PDF, and was left as it is") as refused:
        PdfWriter().write(whole_page(), notes)
    assert refused.value.exit_status == 1
    assert notes.read_text() == "Do not lose this."
    empty.touch()
    PdfWriter().write(whole_page(), empty)
    for _ in range(2):
        PdfWriter().write(whole_page(), paper)


def test_a_pdf_does_not_go_to_a_file_called_dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PtrackError, match="Name one: --pdf") as refused:
        PdfWriter().write(whole_page(), "-")
    assert refused.value.exit_status == 2
    assert not (tmp_path / "-").exists()


def test_a_write_protected_file_stays(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7")
    paper.chmod(0o400)
    with pytest.raises(UnreadableError, match="write-protected"):
        PdfWriter().write(whole_page(), paper)
    assert paper.read_bytes() == b"%PDF-1.7"
