"""A practice in which the desk can be tried: Anna and Ben, their trainers, the clock of the tests."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ptrack.database.fresh import create_database
from ptrack.database.session import Writing, writing
from ptrack.models.practice import Client, Trainer
from ptrack.vocabulary import CommissionKind

NOW = datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
Desk = Callable[..., AbstractContextManager[Writing]]


@pytest.fixture
def desk_path(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    create_database(path, "Europe/Berlin", NOW)
    with writing(path, "test", NOW) as work:
        work.add(Client(name="Anna Berg", created_at=NOW))
        work.add(Client(name="Ben Olsen", created_at=NOW))
        work.add(Trainer(name="Maya Lind", commission_kind=CommissionKind.PERCENT, commission=4000))
        work.add(Trainer(name="Fio Ray", commission_kind=CommissionKind.FIXED, commission=2500))
    return path


@pytest.fixture
def desk(desk_path: Path) -> Desk:
    """A transaction at a time that is so many hours after the tests' now."""

    @contextmanager
    def opened(hours: float = 0) -> Iterator[Writing]:
        with writing(desk_path, "test", NOW + timedelta(hours=hours)) as work:
            yield work

    return opened
