"""`ptrack clients`, `trainers`, `locations` as their users meet them."""

from harness import Run


def test_a_client_is_added_and_shown(run: Run) -> None:
    added = run(
        "clients", "add", "Anna Berg", "--email", "anna@example.org", "--goal", "strength", "--json"
    ).json
    assert (added["id"], added["name"], added["status"], added["credits"]) == (1, "Anna Berg", "active", 0)
    assert run("clients", "show", "anna", "--json").json == added
    assert run("clients", "list", "--json").json[0]["name"] == "Anna Berg"


def test_the_first_command_makes_the_practice_and_says_so(run: Run) -> None:
    ran = run("clients", "list", "--json")
    assert ran.out == "[]\n"
    assert "A new practice was made" in ran.err


def test_an_unknown_client_is_told_with_the_nearest(run: Run) -> None:
    run("clients", "add", "Xenia Maro")
    ran = run("clients", "show", "xena", "--json", status=1)
    assert ran.json["error"]["code"] == "not_found"
    assert any("Xenia Maro" in candidate for candidate in ran.json["error"]["candidates"])


def test_pausing_twice_is_refused_by_name(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    assert run("clients", "pause", "1", "--json").json["status"] == "paused"
    assert "Anna Berg is paused" in run("clients", "pause", "1", status=1).err
    assert (
        run("clients", "churn", "1", "--reason", "moved away", "--json").json["churn_reason"] == "moved away"
    )
    assert run("clients", "resume", "1", "--json").json["churned_on"] is None


def test_commands_may_be_abbreviated(run: Run) -> None:
    run("clients", "add", "Anna Berg")
    assert run("cl", "l", "--json").json[0]["id"] == 1


def test_trainers_and_locations(run: Run) -> None:
    assert run("trainers", "add", "Maya Lind", "--commission", "40%", "--json").json["commission"] == 40
    assert run("locations", "add", "Studio Nord", "--json").json["name"] == "Studio Nord"
    assert "already" in run("locations", "add", "studio nord", status=1).err


def test_init_that_makes_the_practice_does_not_send_to_itself(run: Run) -> None:
    ran = run("init", "--name", "Nord")
    assert "A new practice was made" in ran.err
    assert "ptrack init" not in ran.err
