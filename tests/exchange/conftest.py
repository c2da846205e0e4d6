"""A practice with two clients, into which appointments come."""

import pytest

from harness import Run


@pytest.fixture
def practice(run: Run) -> Run:
    run("clients", "add", "Anna Berg", "--email", "anna@example.org")
    run("clients", "add", "Ben Cole")
    return run
