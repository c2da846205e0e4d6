"""Help fits a terminal of 80 columns: no line of it is cut off."""

import pytest

from harness import Run
from ptrack.cli import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_no_line_of_help_is_cut_off(run: Run, name: str) -> None:
    lines = run(name, "--help").out.splitlines()
    assert [line for line in lines if line.endswith("...") and not line.startswith("Usage:")] == []
    assert max(map(len, lines)) <= 80
