"""The reference tables, where they lie beside the project."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "reference"

Rows = list[dict[str, str]]


@pytest.fixture
def reference() -> Callable[[str], Rows]:
    """Reads a reference table by its file name; skips the test where there is none."""

    def read(name: str) -> Rows:
        path = REFERENCE / name
        if not path.is_file():
            pytest.skip(f"no reference table {name} beside the project")
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
