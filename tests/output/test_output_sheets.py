"""Training sheets on paper: a week a page, boxes for each set, nothing cut that is a number."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from output.output_samples import HOSTILE
from ptrack.output.pdf import Pdf, PdfWriter
from ptrack.output.sheets import SheetDay, SheetGroup, SheetLine, Sheets, SheetSection, SheetWeek

CREATED = datetime(2026, 11, 20, 10, 20, tzinfo=UTC)
SQUAT = SheetLine(
    "Back Squat",
    [SheetGroup(2, "5", ["40 kg"], is_warmup=True), SheetGroup(5, "5", ["102.5 kg"], "8")],
    rest="2min",
    notes=["+2.5 kg when all reps are done"],
)
BENCH = SheetLine("Bench Press", [SheetGroup(4, "6\u20138", ["75 %", "82.5 kg"], "8.5")], "A1")
PULL = SheetLine("Pull-Up", [SheetGroup(3, "8", ["bw +12.5 kg"])], "A2")
DAY = SheetDay("Upper A", [SheetSection("Main", [SQUAT, BENCH, PULL])])


def sheets(days: list[SheetDay], weeks: int = 1, title: str = "Upper/Lower", client: str = "Anna") -> Sheets:
    week = [SheetWeek(f"Week {number} of {weeks}", days) for number in range(1, weeks + 1)]
    return Sheets(title, client, "Studio Nord", "strength", week)


def rendered(made: Sheets, logo: Path | None = None) -> Pdf:
    return PdfWriter(logo, footer="Studio Nord", author="Studio Nord", created=CREATED).render_sheets(made)


def pages(pdf: Pdf) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages]


def boxes(pdf: Pdf) -> int:
    """How many rectangles are drawn on the pages: one to tick for each set."""
    found = PdfReader(io.BytesIO(pdf.content)).pages
    contents = [page.get_contents() for page in found]
    return sum(bytes(each.get_data()).count(b" re S") for each in contents if each is not None)


def test_a_page_holds_the_plan() -> None:
    (page,) = pages(rendered(sheets([DAY])))
    for piece in (
        "Anna", "Upper/Lower", "Week 1 of 1", "Studio Nord", "Upper A", "Back Squat", "102.5 kg", "6\u20138",
        "82.5 kg", "bw +12.5 kg", "8.5", "2min", "A1", "A2", "when all reps are done", "page 1 of 1",
    ):  # fmt: skip
        assert piece in page


def test_every_set_has_its_box() -> None:
    assert boxes(rendered(sheets([DAY]))) == 2 + 5 + 4 + 3


def test_of_very_many_sets_twelve_have_boxes_and_the_others_are_counted() -> None:
    line = SheetLine("Kettlebell Swing", [SheetGroup(99, "10", ["24 kg"])])
    pdf = rendered(sheets([SheetDay("A", [SheetSection("Main", [line])])]))
    assert boxes(pdf) == 12
    assert "+ 87" in pages(pdf)[0]


def test_each_week_begins_a_page() -> None:
    found = pages(rendered(sheets([DAY], weeks=104)))
    assert len(found) == 104
    assert all(f"Week {number} of 104" in page for number, page in enumerate(found, 1))


def test_a_day_stays_on_one_page_and_the_next_one_has_the_heading() -> None:
    days = [SheetDay(f"Day {number}", [*DAY.sections] * 3) for number in range(1, 15)]
    found = pages(rendered(sheets(days)))
    assert len(found) > 3
    assert all("Week 1 of 1" in page and "Anna" in page for page in found)
    assert not any("goes on" in page for page in found)


def test_a_day_longer_than_a_page_goes_on_by_name() -> None:
    found = pages(rendered(sheets([SheetDay("Everything", [*DAY.sections] * 20)])))
    assert all("Everything (goes on)" in page for page in found[1:])
    assert len(found) > 2


def test_long_names_are_wrapped_and_numbers_whole() -> None:
    name = "Maximilian-Alexander von und zu Hohenlohe-Langenburg the Younger of Waldenburg"
    line = SheetLine(
        name, [SheetGroup(12, "9,999 each side", ["bw +1,000.25 kg"], "10")], "A1", "1:02:03", [name]
    )
    day = SheetDay(f"{name} {name}", [SheetSection("Main", [line])])
    (page,) = pages(rendered(sheets([day], title=f"{name} {name}", client=name)))
    text = " ".join(page.split())
    for word in (*name.split(), "9,999", "1,000.25", "1:02:03"):
        assert word in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_on_the_page(text: str) -> None:
    line = SheetLine(
        text, [SheetGroup(3, text[:50], [text[:50]], text[:5])], text[:2], text[:9], [text[:300]]
    )
    pdf = rendered(sheets([SheetDay(text, [SheetSection(text[:80], [line])])], title=text, client=text))
    assert pages(pdf)


def test_a_sign_that_no_font_has_is_told() -> None:
    assert rendered(sheets([DAY], client="李小龍")).missing == ("李", "小", "龍")


def test_the_logo_stands_on_each_page_in_place_of_the_name(tmp_path: Path) -> None:
    from PIL import Image

    logo = tmp_path / "logo.png"
    Image.new("RGB", (300, 90), (28, 93, 118)).save(logo)
    found = PdfReader(io.BytesIO(rendered(sheets([DAY], weeks=2), logo).content)).pages
    assert [len(page.images) for page in found] == [1, 1]


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert rendered(sheets([DAY])).content == rendered(sheets([DAY])).content
