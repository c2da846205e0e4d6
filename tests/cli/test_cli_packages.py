"""`ptrack packages` as its users meet it."""

import pytest

from harness import Run


@pytest.fixture
def anna(run: Run) -> Run:
    run("clients", "add", "Anna Berg")
    return run


def test_a_package_is_sold_and_listed(anna: Run) -> None:
    sold = anna("packages", "sell", "anna", "--sessions", "10", "--price", "450,50", "--json").json
    for key, value in {
        "id": 1,
        "client": "Anna Berg",
        "client_id": 1,
        "name": "10 sessions",
        "kind": "sessions",
        "sessions_total": 10,
        "used": 0,
        "remaining": 10,
        "total": 10,
        "price_cents": 45050,
        "expires_on": None,
        "settled": [],
    }.items():
        assert sold[key] == value
    anna("clients", "add", "Ben Olsen")
    anna("packages", "sell", "ben", "--kind", "unlimited", "--session-value", "40", "--name", "Flat rate")
    assert [row["id"] for row in anna("packages", "list", "--json").json] == [1, 2]
    (flat,) = anna("packages", "list", "--client", "ben", "--json").json
    assert (flat["name"], flat["used"], flat["remaining"], flat["total"]) == ("Flat rate", None, None, None)
    assert anna("clients", "show", "anna", "--json").json["credits"] == 10


def test_the_ledger_reads_like_a_bank_statement(anna: Run) -> None:
    anna("packages", "sell", "anna", "--sessions", "10")
    adjusted = anna("packages", "adjust", "1", "-1", "--note", "gift card", "--json").json
    assert (adjusted["remaining"], adjusted["used"], adjusted["total"]) == (9, 0, 9)
    anna("packages", "sell", "anna", "--sessions", "5", "--solo", "3")
    rows = anna("packages", "ledger", "anna", "--json").json
    assert [(row["package"], row["delta"], row["reason"], row["balance"]) for row in rows] == [
        (1, 10, "purchase", 10),
        (1, -1, "adjustment", 9),
        (2, 5, "purchase", 14),
    ]
    assert rows[1]["note"] == "gift card"
    assert rows[0]["session"] is None
    assert rows[0]["created_at"] == "2026-11-20T10:20:00+01:00"
    page = anna("packages", "ledger", "anna").out.splitlines()
    assert page[0] == " Credits of Anna Berg"
    lines = [line.split("  ") for line in page]
    assert [[part.strip() for part in line if part.strip()] for line in lines][2:] == [
        ["No", "Date", "What", "Package", "In", "Out", "Left"],
        ["1", "Fri 20 Nov", "Sold: 10 sessions", "1", "10", "10"],
        ["2", "Fri 20 Nov", "Adjusted (gift card)", "1", "1", "9"],
        ["3", "Fri 20 Nov", "Sold: 5 sessions + 3 solo", "2", "5", "14"],
        ["In, out and left", "15", "1", "14"],
    ]


def test_what_cannot_be_sold_is_said(anna: Run) -> None:
    assert "--sessions 10" in anna("packages", "sell", "anna", status=2).err
    anna("packages", "sell", "anna", "--sessions", "0", status=2)
    anna("packages", "sell", "anna", "--sessions", "10", "--price", "much", status=2)
    assert (
        "--session-value"
        in anna("packages", "sell", "anna", "--sessions", "10", "--session-value", "40", status=2).err
    )
    assert anna("packages", "list", "--json").json == []


def test_a_package_past_its_expiry_is_sold_with_a_word(anna: Run) -> None:
    ran = anna("packages", "sell", "anna", "--sessions", "10", "--expires", "2026-11-01", "--json")
    assert ran.json["state"] == "expired"
    assert "2026-11-01" in ran.err


def test_closing_tells_what_is_written_off(anna: Run) -> None:
    anna("packages", "sell", "anna", "--sessions", "10")
    assert "10 credits written off" in anna("packages", "close", "1").out
    assert anna("packages", "list", "--json").json[0]["state"] == "closed"
    assert "closed" in anna("packages", "close", "1", status=1).err
    assert anna("packages", "adjust", "7", "1", "--json", status=1).json["error"]["code"] == "not_found"


@pytest.mark.parametrize("columns", ["80", "40"])
def test_pages_fit_their_width(anna: Run, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    anna("packages", "sell", "anna", "--sessions", "10", "--price", "450", "--expires", "+90d")
    for page in (("list",), ("ledger", "anna")):
        assert all(len(text) <= int(columns) for text in anna("packages", *page).out.splitlines())


def test_a_hybrid_package_counts_its_solo_side(anna: Run) -> None:
    anna("packages", "sell", "anna", "--sessions", "10", "--solo", "5")
    anna("log", "add", "anna", "Back Squat: 3x5 100kg", "--create")
    (row,) = anna("packages", "list", "--json").json
    assert (row["kind"], row["solo_total"], row["solo_used"], row["used"]) == ("hybrid", 5, 1, 0)
    assert "1 of 5" in anna("packages", "adjust", "1", "1").out
