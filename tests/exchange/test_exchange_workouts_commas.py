"""Numbers of which nobody can tell whether their comma parts thousands or decimals."""

from ptrack.exchange.sets import SetKind, SetReader, SetValues, Wrong

COLUMNS = ("reps", "weight_lb")


def reader(*, has_decimal_commas: bool) -> SetReader:
    return SetReader(COLUMNS, lambda _: SetKind.WORKING, "kg", "km", has_decimal_commas=has_decimal_commas)


def test_a_comma_that_may_part_thousands_is_asked_about() -> None:
    found = reader(has_decimal_commas=False).read(("5", "1,125"))
    assert found == Wrong("weight_lb", '"1,125" may be 1125 or 1.125; write either of them')


def test_where_commas_part_decimals_it_is_read() -> None:
    found = reader(has_decimal_commas=True).read(("5", "110,231"))
    assert isinstance(found, SetValues)
    assert found.weight_g == 50_000


def test_a_comma_that_can_only_part_decimals_is_read_everywhere() -> None:
    found = reader(has_decimal_commas=False).read(("5", "110,23"))
    assert isinstance(found, SetValues)
    assert found.weight_g == 49_999
