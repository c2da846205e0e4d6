"""Every SQL text is prepared on the present schema, and the hot ones find their rows by an index."""

import importlib
import pkgutil
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import ptrack
from ptrack.database.fresh import create_database

STATEMENT = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
GROWING = (
    "appointment", "session", "credit_entry", "workout", "workout_exercise", "workout_set", "metric_entry",
    "change", "change_row",
)  # fmt: skip


def _modules() -> Iterator[str]:
    for module in pkgutil.walk_packages(ptrack.__path__, "ptrack."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            yield module.name


def _texts() -> Iterator[tuple[str, str]]:
    for name in _modules():
        if not re.search(r"quer|check|audit|actions|writer|reports", name):
            continue
        module = importlib.import_module(name)
        for constant, text in vars(module).items():
            if constant.isupper() and isinstance(text, str) and STATEMENT.match(text) and "{" not in text:
                yield f"{name}.{constant}", text


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("schema") / "practice.db"
    create_database(path, "Europe/Berlin")
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def _plan(connection: sqlite3.Connection, text: str) -> list[str]:
    names = dict.fromkeys(re.findall(r":([a-z_][a-z_0-9]*)", text))
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}", names)]


def test_every_text_can_be_prepared(schema: sqlite3.Connection) -> None:
    texts = dict(_texts())
    assert len(texts) > 20
    for name, text in texts.items():
        try:
            _plan(schema, text)
        except sqlite3.Error as error:
            pytest.fail(f"{name}: {error}")
