import csv
import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from output.output_samples import ANNA, HOSTILE, LONG, Client, client_table, every_part
from ptrack.output.data import (
    error_to_json,
    plain,
    to_csv,
    to_json,
    without_guard,
    write_csv,
    write_data,
)
from ptrack.output.document import Column, Document, Table, list_document
from ptrack.vocabulary import ClientStatus


def csv_text(table: Table) -> str:
    stream = io.StringIO(newline="")
    to_csv(table, stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (ANNA.next_appointment, "2026-11-24T10:00:00+01:00"),
        (datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC), "2026-01-02T03:04:05+00:00"),
        (date(2026, 11, 20), "2026-11-20"),
        (time(9, 30), "09:30"),
        (ClientStatus.ACTIVE, "active"),
        (Decimal("12.50"), 12.5),
        (Decimal(7), 7),
        (0.1 + 0.2, 0.3),
        (102.05830000001, 102.0583),
        (-0.0, 0.0),
        (float("nan"), None),
        (float("-inf"), None),
        (Decimal("NaN"), None),
        (5, 5),
        (True, True),
        (None, None),
        ((1, (2,)), [1, [2]]),
        ({ClientStatus.PAUSED: ()}, {"paused": []}),
    ],
)
def test_values_become_what_json_knows(value: Any, expected: Any) -> None:
    found = plain(value)
    assert found == expected
    assert type(found) is type(expected)
    assert str(found) == str(expected)


def test_frozen_rows_become_objects() -> None:
    assert plain(LONG) == {
        "id": 17,
        "name": LONG.name,
        "status": "paused",
        "credits": 0,
        "weight_kg": 0.3,
        "next_appointment": None,
    }


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="without a zone"):
        plain(datetime(2026, 1, 1))


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(TypeError, match="complex"):
        plain(1j)


def test_a_listing_is_an_array_of_flat_objects_with_the_columns_of_its_data() -> None:
    rows = json.loads(to_json(list_document(client_table())))
    assert [row["name"] for row in rows] == ["Anna Berg", LONG.name, "李小龍"]
    assert list(rows[0]) == ["id", "name", "status", "credits", "weight_kg", "next_appointment", "hidden"]
    assert rows[0]["next_appointment"] == "2026-11-24T10:00:00+01:00"
    assert rows[1]["weight_kg"] == 0.3


def test_data_goes_before_the_listing_and_keeps_letters_readable() -> None:
    document = Document([], data={"name": "Zoë", "none": None}, listing=client_table())
    assert to_json(document) == '{\n  "name": "Zoë",\n  "none": null\n}'


def test_an_empty_listing_is_an_empty_array() -> None:
    assert to_json(list_document(client_table([]))) == "[]"
    assert csv_text(client_table([])) == "id,name,status,credits,weight_kg,next_appointment,hidden\n"


def test_an_error_is_an_object_with_its_candidates() -> None:
    text = error_to_json("ambiguous", 'Two clients begin with "an".', ("Anna Berg", "Anders Holm"))
    assert json.loads(text) == {
        "error": {
            "code": "ambiguous",
            "message": 'Two clients begin with "an".',
            "candidates": ["Anna Berg", "Anders Holm"],
        }
    }


def test_csv_holds_raw_values_and_leaves_the_absent_empty() -> None:
    assert csv_text(client_table()).splitlines() == [
        "id,name,status,credits,weight_kg,next_appointment,hidden",
        "3,Anna Berg,active,9,63.2,2026-11-24T10:00:00+01:00,6",
        f"17,{LONG.name},paused,0,0.3,,34",
        "104,李小龍,active,-1,,2026-11-27T17:00:00+01:00,208",
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_csv_disarms_formulas_but_keeps_negative_numbers(start: str) -> None:
    table = Table([Column("text", value=lambda row: row), Column("n", value=lambda _: -3)], [f"{start}1+1"])
    (row,) = list(csv.reader(io.StringIO(csv_text(table), newline="")))[1:]
    assert row == [f"'{start}1+1", "-3"]


@given(st.one_of(st.text(), st.from_regex(r"'{0,3}[=+@\uff1d-]?.{0,3}", fullmatch=True)))
@example("'=1+1")
@example("''=1+1")
@example("'tis")
def test_every_text_comes_back_out_of_a_csv_as_it_was(text: str) -> None:
    table = Table([Column("text", value=lambda row: row), Column("end", value=lambda _: "end")], [text])
    (row,) = list(csv.reader(io.StringIO(csv_text(table), newline="")))[1:]
    assert without_guard(row[0]) == text


def test_csv_writes_truth_and_nested_values_as_json_does() -> None:
    columns = [
        Column("yes", value=lambda _: True),
        Column("list", value=lambda _: [{"offset_min": 60, "status": ClientStatus.ACTIVE}]),
    ]
    (row,) = list(csv.reader(io.StringIO(csv_text(Table(columns, [1])))))[1:]
    assert row == ["true", '[{"offset_min": 60, "status": "active"}]']


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_passes_json_unchanged_and_csv_whole(text: str) -> None:
    table = client_table([Client(1, text, ClientStatus.ACTIVE, 0, None, None)])
    written = to_json(list_document(table))
    written.encode("utf-8")
    assert not any(ord(character) < 32 and character != "\n" for character in written)
    assert json.loads(written)[0]["name"] == text
    (row,) = list(csv.reader(io.StringIO(csv_text(table), newline="")))[1:]
    assert row[1].removeprefix("'") == text.replace("\ud800", "\\ud800")


@settings(deadline=None)
@given(st.text(), st.floats(), st.integers())
def test_json_and_csv_take_anything(text: str, number: float, whole: int) -> None:
    data = {text: [number, whole, text]}
    assert json.loads(to_json(Document([], data=data)))[text][1:] == [whole, text]
    table = Table(
        [Column("a", value=lambda row: row[0]), Column("b", value=lambda row: row[1])], [(text, whole)]
    )
    rows = list(csv.reader(io.StringIO(csv_text(table), newline="")))
    assert len(rows) == 2
    assert rows[1][1] == str(whole)


def test_data_is_utf8_whatever_the_stream_is() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="\r\n")
    write_data(Document([], data="Zoë"), stream)
    write_csv(Table([Column("n", value=lambda row: row)], ["李"]), stream)
    assert raw.getvalue() == '"Zoë"\nn\n李\n'.encode()


def test_json_needs_no_rich() -> None:
    heavy = ("rich", "fpdf", "plotext", "typer")
    code = f"import sys, ptrack.output.data; print(*[name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_parts_alone_have_no_data() -> None:
    assert to_json(Document(every_part())) == "null"
