"""A month of a two-trainer practice, played through the command line, its ledger added up by hand beside it.

October 2026 in Berlin: the clocks go back on Sunday the 25th. Each move of a credit is noted in `Book` when
the command is given, from the rules of the trade alone; at the end every balance must be what was noted.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from harness import Run

SUMMER, WINTER = "+02:00", "+01:00"


class Book:
    """The ledger kept by hand: credits by package, and sessions owed by client."""

    def __init__(self) -> None:
        self.packages: Counter[int] = Counter()
        self.owed: Counter[str] = Counter()

    def note(self, package: int, delta: int) -> None:
        self.packages[package] += delta


@pytest.fixture
def at(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a command at a moment, as JSON."""

    def command(moment: str, *words: str, status: int = 0) -> Any:
        offset = SUMMER if moment < "2026-10-25 03" else WINTER
        monkeypatch.setenv("PTRACK_NOW", f"{moment.replace(' ', 'T')}:00{offset}")
        return run(*words, "--json", status=status).json

    return command


def _numbers(found: Any) -> list[int]:
    return [row["id"] for row in found]


def test_a_month_of_two_trainers(at: Callable[..., Any], run: Run) -> None:  # noqa: PLR0915  a month is long
    book = Book()
    opening = "2026-10-01 09:00"
    at(opening, "init", "--name", "Studio Nord", "--timezone", "Europe/Berlin", "--trainer", "Maya Lind")
    at(opening, "trainers", "edit", "Maya", "--commission", "40%")
    at(opening, "trainers", "add", "Jonas Falk", "--commission", "25.00")
    for name, trainer in (
        ("Anna Berg", "Maya"), ("Ben Olsen", "Maya"), ("Cleo Marsh", "Maya"), ("Finn Wolf", "Maya"),
        ("Dana Kraus", "Jonas"), ("Emil Sand", "Jonas"),
    ):  # fmt: skip
        at(opening, "clients", "add", name, "--trainer", trainer)

    def sell(client: str, *options: str) -> int:
        number: int = at(opening, "packages", "sell", client, *options)["id"]
        return number

    anna = sell("Anna", "--sessions", "10", "--price", "600")
    ben = sell("Ben", "--sessions", "5", "--price", "325", "--expires", "2026-10-20")
    dana = sell("Dana", "--sessions", "8", "--solo", "4", "--price", "400")
    sell("Emil", "--kind", "unlimited", "--price", "300", "--session-value", "50")
    finn = sell("Finn", "--sessions", "5", "--price", "300")
    for package, sessions in ((anna, 10), (ben, 5), (dana, 8), (finn, 5)):
        book.note(package, sessions)

    # Series keep the wall time over the change of the clocks.
    annas = at(
        opening, "appointments", "add", "Anna", "2026-10-06 10:00", "--repeat", "weekly", "--times", "4"
    )
    assert [row["starts_at"] for row in annas] == [
        "2026-10-06T10:00:00+02:00", "2026-10-13T10:00:00+02:00", "2026-10-20T10:00:00+02:00",
        "2026-10-27T10:00:00+01:00",
    ]  # fmt: skip
    assert len({row["series"] for row in annas}) == 1
    bens = at(
        opening,
        "appointments",
        "add",
        "Ben",
        "2026-10-07 18:00",
        "--repeat",
        "weekly",
        "--until",
        "2026-10-28",
    )
    assert len(bens) == 4
    emils = at(
        opening, "appointments", "add", "Emil", "2026-10-09 07:00", "--repeat", "fortnightly", "--times", "2"
    )
    groups = at(
        opening, "appointments", "add", "Cleo,Finn,Dana", "2026-10-10 09:00", "--trainer", "Maya",
        "--repeat", "weekly", "--times", "3",
    )  # fmt: skip
    assert len(groups) == 9
    assert len({row["group"] for row in groups}) == 3
    saturdays = {
        day: {row["client"]: row for row in groups if row["starts_at"].startswith(f"2026-10-{day}")}
        for day in ("10", "17", "24")
    }

    # A series that is in its own trainer's way is refused whole, every conflict named.
    refused = at(
        opening,
        "appointments",
        "add",
        "Finn",
        "2026-10-06 10:30",
        "--repeat",
        "weekly",
        "--times",
        "4",
        status=1,
    )
    assert refused["error"]["code"] == "conflict"
    assert set(refused["error"]["candidates"]) == {str(row["id"]) for row in annas}
    assert at(opening, "appointments", "list", "--client", "Finn") == [
        row for row in at(opening, "appointments", "list", "--client", "Finn") if row["group"]
    ]

    def complete(moment: str, number: int, *options: str) -> Any:
        return at(moment, "appointments", "complete", str(number), *options)

    # First week: all come.
    assert complete("2026-10-06 11:05", annas[0]["id"])["session"]["credit"]["remaining"] == 9
    book.note(anna, -1)
    complete("2026-10-07 19:00", bens[0]["id"])
    book.note(ben, -1)
    assert complete("2026-10-09 08:00", emils[0]["id"])["session"]["credit"]["deducted"] is False
    for client, row in saturdays["10"].items():
        done = complete("2026-10-10 10:00", row["id"])
        if client == "Cleo Marsh":
            assert done["session"]["credit"]["owed"] is True
            book.owed[client] += 1
    book.note(finn, -1)
    book.note(dana, -1)

    # Second week: completed by mistake and taken back; a no-show in the group.
    complete("2026-10-13 11:00", annas[1]["id"])
    at("2026-10-13 11:01", "undo", "--yes")
    assert at("2026-10-13 11:02", "appointments", "show", str(annas[1]["id"]))["status"] == "scheduled"
    complete("2026-10-13 11:03", annas[1]["id"])
    book.note(anna, -1)
    complete("2026-10-14 19:00", bens[1]["id"])
    book.note(ben, -1)
    complete("2026-10-17 10:00", saturdays["17"]["Finn Wolf"]["id"])
    book.note(finn, -1)
    complete("2026-10-17 10:00", saturdays["17"]["Dana Kraus"]["id"])
    book.note(dana, -1)
    missed = at("2026-10-17 10:01", "appointments", "no-show", str(saturdays["17"]["Cleo Marsh"]["id"]))
    assert missed["session"]["credit"]["owed"] is True
    book.owed["Cleo Marsh"] += 1

    # Third week: a late cancellation charged and then waived; a package expires; a client joins the group.
    late = str(annas[2]["id"])
    assert at("2026-10-20 08:00", "appointments", "cancel", late, status=2)["error"]["code"] == "usage"
    at("2026-10-20 08:00", "appointments", "cancel", late, "--charge", "--reason", "train strike")
    at("2026-10-20 20:00", "appointments", "waive", late)  # -1 and +1: the balance stands
    at("2026-10-21 00:05", "packages", "expire")
    book.note(ben, -3)
    assert at("2026-10-21 00:10", "packages", "expire") == []
    assert complete("2026-10-21 19:00", bens[2]["id"])["session"]["credit"]["owed"] is True
    book.owed["Ben Olsen"] += 1
    complete("2026-10-23 08:00", emils[1]["id"])
    third = str(saturdays["24"]["Cleo Marsh"]["group"])
    joined = at("2026-10-23 09:00", "appointments", "join", third, "Emil")
    assert joined["starts_at"] == saturdays["24"]["Cleo Marsh"]["starts_at"]
    at("2026-10-23 20:00", "appointments", "leave", third, "Dana", "--charge")  # 13 hours before: late
    book.note(dana, -1)
    for number in (joined["id"], saturdays["24"]["Cleo Marsh"]["id"], saturdays["24"]["Finn Wolf"]["id"]):
        complete("2026-10-24 10:00", number)
    book.owed["Cleo Marsh"] += 1
    book.note(finn, -1)

    # The clocks go back: two in the morning comes twice, and the first is taken.
    night = at("2026-10-24 12:00", "appointments", "add", "Finn", "2026-10-25 02:30")
    assert night["starts_at"] == "2026-10-25T02:30:00+02:00"
    at("2026-10-24 12:01", "appointments", "cancel", str(night["id"]), "--by", "trainer")

    # Last week: the trainer falls ill; a package is shared; a sale settles what was owed.
    complete("2026-10-27 11:00", annas[3]["id"])
    book.note(anna, -1)
    at("2026-10-28 12:00", "appointments", "cancel", str(bens[3]["id"]), "--by", "trainer")
    source, given = at("2026-10-29 12:00", "packages", "transfer", str(anna), "Cleo", "--sessions", "2")
    assert source["id"] == anna
    book.note(anna, -2)
    book.note(given["id"], 2)
    book.note(given["id"], -2)  # the two oldest of the three that Cleo owes
    book.owed["Cleo Marsh"] -= 2
    sold = at("2026-10-30 12:00", "packages", "sell", "Ben", "--sessions", "10", "--price", "650")
    assert len(sold["settled"]) == 1
    book.note(sold["id"], 10 - 1)
    book.owed["Ben Olsen"] -= 1

    end = "2026-10-31 20:00"
    packages = at(end, "packages", "list")
    assert {row["id"]: row["remaining"] for row in packages if row["remaining"] is not None} == dict(
        book.packages
    )
    for client in at(end, "clients", "list"):
        ledger = at(end, "packages", "ledger", str(client["id"]))
        mine = [row["id"] for row in packages if row["client_id"] == client["id"]]
        by_hand = sum(book.packages[number] for number in mine)
        assert sum(row["delta"] for row in ledger) == by_hand == client["credits"]
        assert client["owed"] == book.owed[client["name"]]
    assert at(end, "db", "check") == []

    # Who gets what: 40 % of 60.00, 65.00, 60.00; 25.00 a session for Jonas.
    commission = at(end, "report", "commission", "--month", "2026-10")
    shares = {row["trainer"]: row for row in commission["trainers"]}
    maya_cents = (
        3 * 2_400  # Anna, 600.00 for 10: three completed
        + 3 * 2_600  # Ben: two at 325.00 for 5, one that 650.00 for 10 settled
        + 3 * 2_400  # Finn, 300.00 for 5, in the group
        + 2 * 2_000  # Dana, 400.00 for 8, in Maya's group
        + 1 * 2_000  # Emil joined it: 50.00 a session
        + 1 * 2_400  # Cleo: the oldest of hers that Anna's credits paid, completed
    )
    jonas_cents = 2 * 2_500
    assert shares["Maya Lind"]["commission_cents"] == maya_cents
    assert shares["Jonas Falk"]["commission_cents"] == jonas_cents
    attendance = at(end, "report", "attendance", "--from", "2026-10-01", "--to", "2026-10-31")
    assert (attendance["completed"], attendance["no_shows"], attendance["late_cancellations"]) == (16, 1, 2)
    assert attendance["rate"] == pytest.approx(100 * 16 / 19, abs=0.05)
    practice = at(end, "report", "practice", "--from", "2026-10-01", "--to", "2026-10-31")
    (month,) = practice["months"]
    assert (month["sessions"], month["no_shows"]) == (16, 1)
    assert month["income_cents"] == 60_000 + 32_500 + 40_000 + 30_000 + 30_000 + 65_000
    run("appointments", "week", "2026-10-24", "--trainer", "all")
