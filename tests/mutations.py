"""Ways to damage a file."""

from collections.abc import Callable, Sequence
from functools import reduce

from hypothesis import strategies as st

Edit = Callable[[bytes], bytes]


def flipped(where: float, value: int) -> Edit:
    return lambda raw: raw[: int(where * len(raw))] + bytes([value]) + raw[int(where * len(raw)) + 1 :]


def cut(where: float, length: int) -> Edit:
    return lambda raw: raw[: int(where * len(raw))] + raw[int(where * len(raw)) + length :]


def doubled(where: float, length: int) -> Edit:
    return lambda raw: raw[: int(where * len(raw)) + length] + raw[int(where * len(raw)) :]


def put_in(where: float, text: bytes) -> Edit:
    return lambda raw: raw[: int(where * len(raw))] + text + raw[int(where * len(raw)) :]


def swapped(old: bytes, new: bytes) -> Edit:
    return lambda raw: raw.replace(old, new)


def recoded(name: str) -> Edit:
    return lambda raw: raw.decode("utf-8", "replace").encode(name, "replace")


PLACE = st.floats(0, 1, exclude_max=True)
NASTY = [
    b"\x00",
    b'"',
    b"\n",
    b"\r",
    b",",
    b";",
    b"\xff\xfe",
    b"=HYPERLINK(1)",
    b"\x1b[31m",
    b"[/red]",
    b"NaN",
    b"1e308",
    b"-",
    b"\xe2\x80\xae",
    b"9" * 400,
]
EDITS = st.one_of(
    st.builds(flipped, PLACE, st.integers(0, 255)),
    st.builds(cut, PLACE, st.integers(1, 300)),
    st.builds(doubled, PLACE, st.integers(1, 300)),
    st.builds(put_in, PLACE, st.sampled_from(NASTY)),
    st.builds(
        swapped,
        st.sampled_from([b",", b'"', b"\n", b"5", b"."]),
        st.sampled_from([b";", b"\t", b"\r\n", b",", b"", b"-"]),
    ),
    st.builds(recoded, st.sampled_from(["utf-16", "utf-16-be", "cp1252", "utf-8-sig"])),
)


def damaged(raw: bytes, edits: Sequence[Edit]) -> bytes:
    """The file after all of them."""
    return reduce(lambda so_far, edit: edit(so_far), edits, raw)
