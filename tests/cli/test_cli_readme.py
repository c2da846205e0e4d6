"""The README's tour works as it stands, from the first line to the last."""

import re
import shlex
from pathlib import Path

import pytest

from harness import Run

ROOT = Path(__file__).parents[2]
SECTION = re.compile(r"^## Ten minutes$(.*?)^## ", re.MULTILINE | re.DOTALL)


def _lines() -> list[str]:
    """Every command of the tour."""
    found = SECTION.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert found is not None
    blocks = re.findall(r"```sh\n(.*?)```", found[1], re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def test_the_tour_of_the_readme_works(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    lines = _lines()
    assert len(lines) > 30
    for line in lines:
        for command in line.split("&&"):
            words, _, source = command.partition("<")
            program, *arguments = shlex.split(words, comments=True)
            assert program == "ptrack"
            run(*arguments, stdin=Path(source.strip()).read_text(encoding="utf-8") if source else None)
    assert (tmp_path / "calendar.ics").stat().st_size > 0
    assert run("db", "check").out == ""
