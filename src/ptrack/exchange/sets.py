"""One row of an export as a set: its figures in our units, or why it is none.

Rows repeat: the same load for the same reps comes hundreds of times in a file. What a row's cells mean is
therefore worked out once and remembered, which is faster than any validation of every row.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from ptrack.exchange.amounts import GRAMS, METERS, duration_seconds, either_way, number, rounded, unit

MAX_WEIGHT_G = 1_000_000
MAX_REPS = 9999
MAX_SECONDS = 86_400
MAX_METERS = 1_000_000

_REMEMBERED = 20_000


Figures = tuple[int | None, int | None, float | None, int | None, float | None, bool]
"""Of a set: reps, grams, RPE, seconds, meters, whether it is a warm-up, as they are stored."""


class SetValues(NamedTuple):
    """A set that was done; `token` is the same for the same figures, for the hash of a workout's content.

    `is_plain` says that it has reps and a load, if any, and nothing else.
    """

    figures: Figures
    token: str
    is_plain: bool

    @property
    def reps(self) -> int | None:
        """Its repetitions."""
        return self.figures[0]

    @property
    def weight_g(self) -> int | None:
        """Its load in grams."""
        return self.figures[1]

    @property
    def meters(self) -> float | None:
        """Its distance."""
        return self.figures[4]


class Left(NamedTuple):
    """A row that is no set and is passed over."""

    reason: str


class Wrong(NamedTuple):
    """A row that cannot be taken: in which of our columns, and why."""

    column: str
    reason: str


Outcome = SetValues | Left | Wrong


class SetKind(StrEnum):
    """What a format says of a row before its figures are looked at."""

    WORKING = "working"
    WARM_UP = "warm_up"
    REST = "rest_timer"
    NOTE = "note"
    UNKNOWN = "unknown"


class _Refusal(Exception):  # noqa: N818  no error that is told
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


class SetReader:
    """Reads the cells of a set's columns.

    `columns` says which of our columns each cell is, `kind_of` what the format's word for the kind of set
    means, `weight_unit` and `distance_unit` what holds where no column and no cell says another. Unless the
    file `has_decimal_commas`, nobody can tell whether 1,125 is over a thousand.
    """

    def __init__(
        self,
        columns: Sequence[str],
        kind_of: Callable[[str], SetKind],
        weight_unit: str,
        distance_unit: str,
        *,
        has_decimal_commas: bool = False,
    ) -> None:
        self.columns, self._kind_of = columns, kind_of
        self._weight_unit, self._distance_unit = weight_unit, distance_unit
        self._has_decimal_commas = has_decimal_commas
        self.known: dict[tuple[str, ...], Outcome] = {}
        self._by_kind: dict[tuple[SetKind, tuple[str, ...]], Outcome] = {}

    def read(self, cells: tuple[str, ...]) -> Outcome:
        """What the cells of a set mean, worked out and remembered in `known`.

        A set's number may be the word for its kind: what is known of the others' figures holds for it, too.
        """
        if len(self.known) > _REMEMBERED:
            self.known.clear()
        has_kind = self.columns[0] == "kind"
        kind = self._kind_of(cells[0].strip() if has_kind else "")
        outcome = self._figured(kind, cells[has_kind:])
        self.known[cells] = outcome
        return outcome

    def _figured(self, kind: SetKind, figures: tuple[str, ...]) -> Outcome:
        outcome = self._by_kind.get((kind, figures))
        if outcome is not None:
            return outcome
        if len(self._by_kind) > _REMEMBERED:
            self._by_kind.clear()
        names = self.columns[-len(figures) :]
        try:
            outcome = self._outcome(kind, dict(zip(names, figures, strict=True)))
        except _Refusal as refusal:
            outcome = Wrong(refusal.column, refusal.reason)
        self._by_kind[kind, figures] = outcome
        return outcome

    def _outcome(self, kind: SetKind, said: Mapping[str, str]) -> Outcome:
        if kind in (SetKind.REST, SetKind.NOTE):
            return Left(kind.value)
        if not self._has_decimal_commas:
            _refuse_open_commas(said)
        reps = _whole(said, "reps", MAX_REPS)
        seconds = _seconds(said)
        meters = self._meters(said)
        if not (reps or seconds or meters):
            return Left("nothing_done")
        if kind is SetKind.UNKNOWN:
            is_rest = not (reps or meters)
            return Left("rest_timer") if is_rest else Wrong("kind", "the kind of set is none ptrack knows")
        figures = (
            reps, self._weight_g(said, has_reps=bool(reps)), _rpe(said), seconds, meters,
            kind is SetKind.WARM_UP,
        )  # fmt: skip
        return SetValues(figures, "/".join(map(str, figures)), not any(figures[2:]))

    def _weight_g(self, said: Mapping[str, str], *, has_reps: bool) -> int | None:
        """The load in grams; a zero beside a time alone says nothing."""
        for column, named in (("weight_kg", "kg"), ("weight_lb", "lb"), ("weight", self._weight_unit)):
            value = _number(said, column)
            if value is None:
                continue
            grams = value * GRAMS[_named_unit(said, "weight_unit", GRAMS) or named]
            if not -MAX_WEIGHT_G <= grams <= MAX_WEIGHT_G:
                raise _Refusal(column, f"a load of {said[column].strip()} is over 1,000 kg")
            return rounded(grams) if grams or has_reps else None
        return None

    def _meters(self, said: Mapping[str, str]) -> float | None:
        columns = (("distance_m", "m"), ("distance_km", "km"), ("distance_mi", "mi"))
        for column, named in (*columns, ("distance", self._distance_unit)):
            value = _number(said, column)
            if value is None:
                continue
            meters = value * METERS[_named_unit(said, "distance_unit", METERS) or named]
            if not 0 <= meters <= MAX_METERS:
                raise _Refusal(column, f"a distance of {said[column].strip()} is not between 0 and 1,000 km")
            return round(meters, 2) or None
        return None


def _refuse_open_commas(said: Mapping[str, str]) -> None:
    for column, text in said.items():
        if "," in text and (ways := either_way(text)) is not None:
            raise _Refusal(
                column, f'"{text.strip()[:40]}" may be {ways[0]} or {ways[1]}; write either of them'
            )


def _number(said: Mapping[str, str], column: str) -> float | None:
    """The number in a column, None where there is nothing in it."""
    text = said.get(column, "").strip()
    if not text:
        return None
    value = number(text)
    if value is None:
        raise _Refusal(column, f'"{text[:40]}" is no number')
    return value


def _whole(said: Mapping[str, str], column: str, most: int) -> int | None:
    value = _number(said, column)
    if value is None:
        return None
    shown = said[column].strip()
    if not 0 <= value <= most:
        raise _Refusal(column, f"{shown} {column} are not between 0 and {most:,}")
    if value != int(value):
        raise _Refusal(column, f"{shown} {column} are no whole number")
    return int(value) or None


def _seconds(said: Mapping[str, str]) -> int | None:
    text = said.get("seconds", "").strip()
    if not text:
        return None
    value = duration_seconds(text)
    if value is None:
        raise _Refusal("seconds", f'"{text[:40]}" is no time')
    if value > MAX_SECONDS:
        raise _Refusal("seconds", f"{text[:40]} seconds are more than a day")
    return value or None


def _rpe(said: Mapping[str, str]) -> float | None:
    value = _number(said, "rpe")
    if not value:
        return None
    if not 1 <= value <= 10:  # noqa: PLR2004  the scale
        raise _Refusal("rpe", f"RPE {said['rpe'].strip()} is not between 1 and 10")
    if value * 2 != int(value * 2):
        raise _Refusal("rpe", f"RPE {said['rpe'].strip()} is no half step")
    return value


def _named_unit(said: Mapping[str, str], column: str, known: Mapping[str, float]) -> str | None:
    """The unit that a row names for itself."""
    text = said.get(column, "").strip()
    if not text:
        return None
    named = unit(text)
    if named not in known:
        raise _Refusal(column, f'"{text[:40]}" is no unit ptrack knows')
    return named
