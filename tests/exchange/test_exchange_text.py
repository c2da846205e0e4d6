"""Files in the encodings and separators that programs write."""

from pathlib import Path

import pytest

from ptrack.errors import UnreadableError
from ptrack.exchange.text import MAX_FIELD, MAX_LINE, Broken, look_over, rows

TEXT = "name;Größe\nAnna;1,72\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, raw: bytes, encoding: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(raw)
    file = look_over(path)
    assert file.encoding == encoding
    with file.open() as stream:
        assert [cells for _, cells in rows(stream, file, ";")] == [["name", "Größe"], ["Anna", "1,72"]]


def test_a_character_cut_by_a_block_is_still_utf8(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a\n" * (1 << 19) + "ü\n".encode() + b"x" * ((1 << 20) - 2) + "ü\n".encode())
    assert look_over(path).encoding == "utf-8"


def test_quoted_line_breaks_and_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b'a,b\r\n\r\n1,"two\r\nlines"\r\n3,4\r\n')
    file = look_over(path)
    with file.open() as stream:
        assert list(rows(stream, file, ",")) == [(1, ["a", "b"]), (3, ["1", "two\r\nlines"]), (5, ["3", "4"])]


def test_a_line_and_a_field_that_are_too_long_are_broken_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    long_line, long_field = "x" * (MAX_LINE + 10), "y" * (MAX_FIELD + 1)
    path.write_text(f"a,b\n1,2\n{long_line}\n3,4\n{long_field},5\n6,7\n", encoding="utf-8")
    file = look_over(path)
    with file.open() as stream:
        found = list(rows(stream, file, ","))
    assert [line for line, _ in found] == [1, 2, 3, 4, 5, 6]
    assert [type(cells) is Broken for _, cells in found] == [False, False, True, False, True, False]


def test_a_quote_that_is_not_closed_loses_one_row_at_most_of_64_kib(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('a,b\n1,"2\n' + "3,4\n" * 50_000, encoding="utf-8")
    file = look_over(path)
    with file.open() as stream:
        found = [cells for _, cells in rows(stream, file, ",")]
    assert sum(isinstance(cells, Broken) for cells in found) == 1
    assert found[-1] == ["3", "4"]


@pytest.mark.parametrize(
    ("raw", "says"), [(b"", "is empty"), (b"\x00\x01\x02\x03" * 9 + b"abcdefgh" * 9, "no text")]
)
def test_what_is_no_text_is_unreadable(tmp_path: Path, raw: bytes, says: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(raw)
    with pytest.raises(UnreadableError, match=says):
        look_over(path)


def test_a_folder_and_nothing_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="folder"):
        look_over(tmp_path)
    with pytest.raises(UnreadableError, match="No such file"):
        look_over(tmp_path / "none.csv")
