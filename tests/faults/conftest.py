"""The process that is killed, and the practice that it is killed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.intentions import prepare
from faults.system_calls import can_be_replaced
from faults.victim import Victim


@pytest.fixture(scope="session")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victim]:
    """A process whose children may be killed."""
    if not can_be_replaced():
        pytest.skip("this Python's SQLite does not let its system calls be replaced")
    with Victim(tmp_path_factory.mktemp("home")) as process:
        yield process


@pytest.fixture(scope="session")
def prepared(victim: Victim, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a practice in it; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(victim, folder)
    return folder
