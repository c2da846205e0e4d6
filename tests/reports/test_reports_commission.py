"""Commission, worked by hand, and as sums that hold for any sessions."""

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptrack.output.data import document_data
from ptrack.progress.rules.periods import Period
from ptrack.reports.commission import Commission, Earned, commission, commission_document
from ptrack.reports.periods import month_of
from ptrack.reports.whose import Whose
from report_rows import Rows, put_back

NOVEMBER = month_of(date(2026, 11, 1))
ALWAYS = Period()


def _of(rows: Rows, period: Period = NOVEMBER, whose: Whose | None = None) -> Commission:
    return commission(rows.reader, rows.house, period, whose or Whose())


def _data(found: Commission, rows: Rows) -> Any:
    return document_data(commission_document(found, rows.house))


def _two_trainers(rows: Rows) -> tuple[int, int]:
    """Maya gave six sessions in November, of four worths, three of them validated; Olof one."""
    maya, olof = rows.trainer("Maya Lind"), rows.trainer("Olof Berg")
    anna, ben = rows.client("Anna Berg"), rows.client("Ben Olsen")
    ten = rows.package(anna, "2026-10-01", 45000)
    dearer = rows.package(anna, "2026-11-10", 50000)
    same = rows.package(ben, "2026-11-01", 45000)
    free = rows.package(ben, "2026-11-01", None, name="Unlimited", kind="unlimited", sessions_total=None)

    def give(client: int, at: str, package: int | None, cents: tuple[int, int], **more: Any) -> None:
        value, share = cents
        trainer = more.pop("trainer", maya)
        rows.session(
            client, at, trainer=trainer, package_id=package, value_cents=value, commission_cents=share, **more
        )

    give(anna, "2026-11-02 09:00", ten, (4500, 1800), validation="validated")
    give(anna, "2026-11-04 09:00", ten, (4500, 1350), validation="validated")  # at the rate of then, 30 %
    give(anna, "2026-11-11 09:00", dearer, (5000, 2000), validation="disputed")
    give(ben, "2026-11-12 09:00", same, (4500, 1800))
    give(ben, "2026-11-13 09:00", free, (0, 0), validation="validated")
    give(ben, "2026-11-14 09:00", None, (0, 0))  # owed
    give(ben, "2026-11-15 09:00", same, (4500, 1800), trainer=olof)
    for status in ("in_progress", "no_show", "cancelled"):
        give(anna, "2026-11-20 09:00", ten, (4500, 1800), status=status)
    give(anna, "2026-10-31 23:59", ten, (4500, 1800))
    give(anna, "2026-12-01 00:00", ten, (4500, 1800))
    return maya, olof


def test_a_month_of_two_trainers(rows: Rows) -> None:
    _two_trainers(rows)
    found = _of(rows)
    maya, olof = found.trainers
    # 45 + 45 + 50 + 45 + 0 + 0; 18 + 13.50 + 20 + 18
    assert maya.earned == Earned(6, 18500, 6950)
    assert maya.validated == Earned(3, 9000, 3150)
    assert maya.unvalidated == Earned(3, 9500, 3800)
    assert olof.earned == olof.unvalidated == Earned(1, 4500, 1800)
    assert found.total.earned == Earned(7, 23000, 8750)


def test_packages_of_one_name_and_price_are_one_line(rows: Rows) -> None:
    _two_trainers(rows)
    maya = _of(rows).trainers[0]
    assert [
        (row.package_name, row.price_cents, row.session_value_cents, row.sessions, row.commission_cents)
        for row in maya.lines
    ] == [
        ("10 sessions", 50000, 5000, 1, 2000),
        ("10 sessions", 45000, 4500, 3, 4950),
        (None, None, 0, 1, 0),
        ("Unlimited", None, 0, 1, 0),
    ]


def test_one_worth_at_two_prices_is_two_lines(rows: Rows) -> None:
    anna = rows.client("Anna Berg")
    for cents, number in ((45000, 10), (90000, 20)):
        package = rows.package(anna, "2026-11-01", cents, name="Strength", sessions_total=number)
        rows.session(anna, "2026-11-02 09:00", package_id=package, value_cents=4500, commission_cents=1800)
    assert [(row.price_cents, row.earned) for row in _of(rows).total.lines] == [
        (45000, Earned(1, 4500, 1800)),
        (90000, Earned(1, 4500, 1800)),
    ]


def test_midnight_in_berlin_parts_the_months(rows: Rows) -> None:
    _two_trainers(rows)
    assert _of(rows, month_of(date(2026, 10, 1))).total.earned == Earned(1, 4500, 1800)
    assert _of(rows, month_of(date(2026, 12, 1))).total.earned == Earned(1, 4500, 1800)
    assert _of(rows, ALWAYS).total.earned == Earned(9, 32000, 12350)


def test_only_what_is_validated_is_payable_where_the_studio_says_so(rows: Rows) -> None:
    _two_trainers(rows)
    assert _data(_of(rows), rows)["totals"]["payable_cents"] == 8750
    rows.connection.execute("UPDATE studio SET commission_requires_validation = 1")
    data = _data(_of(rows), rows)
    assert data["requires_validation"] is True
    assert data["totals"]["payable_cents"] == 3150
    assert [trainer["payable_cents"] for trainer in data["trainers"]] == [3150, 0]
    assert [line["payable_cents"] for line in data["trainers"][0]["packages"]] == [0, 3150, 0, 0]


def test_one_trainer_or_place(rows: Rows) -> None:
    maya, olof = _two_trainers(rows)
    nord = rows.place("Nord")
    rows.session(1, "2026-11-20 09:00", trainer=maya, location_id=nord, value_cents=100, commission_cents=40)
    (only,) = _of(rows, whose=Whose(trainer_id=olof)).trainers
    assert only.earned == Earned(1, 4500, 1800)
    (there,) = _of(rows, whose=Whose(location_id=nord)).trainers
    assert there.earned == Earned(1, 100, 40)


def test_who_is_named_is_shown_without_a_session(rows: Rows) -> None:
    maya = rows.trainer("Maya Lind")
    assert _of(rows).trainers == ()
    (named,) = _data(_of(rows, whose=Whose(trainer_id=maya)), rows)["trainers"]
    assert (named["trainer"], named["sessions"], named["commission_cents"], named["packages"]) == (
        "Maya Lind",
        0,
        0,
        [],
    )


SESSIONS = st.lists(
    st.tuples(
        st.integers(1, 2),  # trainer
        st.integers(1, 3),  # package
        st.sampled_from([0, 3333, 4500]),
        st.integers(0, 4500),
        st.sampled_from(["pending", "validated", "disputed"]),
        st.sampled_from(["completed", "completed", "no_show", "in_progress"]),
    ),
    max_size=25,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(given_sessions=SESSIONS, data=st.data())
def test_lines_trainers_and_totals_add_up_whatever_the_order(
    rows: Rows, given_sessions: list[tuple[int, int, int, int, str, str]], data: st.DataObject
) -> None:
    told = []
    for order in (given_sessions, data.draw(st.permutations(given_sessions))):
        with put_back(rows):
            told.append(_sum(rows, order))
    assert told[0] == told[1]
    found = told[0]
    done = [row for row in given_sessions if row[5] == "completed"]
    assert found["totals"]["sessions"] == len(done)
    assert found["totals"]["value_cents"] == sum(row[2] for row in done)
    assert found["totals"]["commission_cents"] == sum(row[3] for row in done)
    assert found["totals"]["validated"]["sessions"] == sum(row[4] == "validated" for row in done)
    for whole, parts in [
        (found["totals"], found["trainers"]),
        *((trainer, trainer["packages"]) for trainer in found["trainers"]),
    ]:
        for key in ("sessions", "value_cents", "commission_cents", "payable_cents"):
            assert whole[key] == sum(part[key] for part in parts)
        for key in ("sessions", "value_cents", "commission_cents"):
            assert whole[key] == whole["validated"][key] + whole["unvalidated"][key]


def _sum(rows: Rows, sessions: list[tuple[int, int, int, int, str, str]]) -> Any:
    """What the report says of the sessions, put in in this order, with the numbers of trainers left out."""
    trainers = [rows.trainer("Maya Lind"), rows.trainer("Olof Berg")]
    client = rows.client("Anna Berg")
    packages = [rows.package(client, "2026-11-01", cents) for cents in (45000, 50000, None)]
    for trainer, package, value, share, validation, status in sessions:
        rows.session(
            client, "2026-11-05 09:00", status, trainers[trainer - 1], package_id=packages[package - 1],
            value_cents=value, commission_cents=share, validation=validation,
        )  # fmt: skip
    return _data(_of(rows), rows)
