"""What trainers have earned: the commission of a period, by trainer and by the package that paid.

Worth and commission are those that were kept on each session when it was completed: a new rate or price never
rewrites the past. A session that was reopened or deleted is not completed any more, and not counted.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice, TrainerRow, practice_settings, trainers
from ptrack.clients.staff_views import commission_text
from ptrack.credits.views import money_text
from ptrack.database.reading import Reader
from ptrack.output.document import (
    Column,
    Document,
    Heading,
    Hint,
    Lines,
    Part,
    Span,
    Style,
    Table,
    line,
)
from ptrack.output.tables import shown_text
from ptrack.progress.rules.periods import Period
from ptrack.reports.periods import period_text
from ptrack.reports.whose import Whose

LINES = """
SELECT k.trainer_id, p.name AS package_name, p.price_cents, k.session_value_cents,
       sum(k.sessions) AS sessions, sum(k.commission_cents) AS commission_cents,
       sum(k.validated) AS validated, sum(k.validated_commission_cents) AS validated_commission_cents
FROM (
  SELECT s.trainer_id, s.package_id, s.value_cents AS session_value_cents,
         count(*) AS sessions, sum(s.commission_cents) AS commission_cents,
         count(*) FILTER (WHERE s.validation = 'validated') AS validated,
         coalesce(sum(s.commission_cents) FILTER (WHERE s.validation = 'validated'), 0)
           AS validated_commission_cents
  FROM session s
  WHERE s.starts_at >= :begins AND s.starts_at < :ends AND s.status = 'completed'{whose}
  GROUP BY s.trainer_id, s.package_id, s.value_cents
) k
LEFT JOIN package p ON p.id = k.package_id
GROUP BY k.trainer_id, p.name, p.price_cents, k.session_value_cents"""


class Earned(NamedTuple):
    """Completed sessions, what they are worth and the trainer's share of that, in cents."""

    sessions: int = 0
    value_cents: int = 0
    commission_cents: int = 0

    def plus(self, other: "Earned") -> "Earned":
        """Both together."""
        return Earned(*(one + more for one, more in zip(self, other, strict=True)))


class Line(NamedTuple):
    """What a trainer has earned on packages of one name, price and worth of a session, or on none."""

    trainer_id: int
    package_name: str | None
    price_cents: int | None
    session_value_cents: int
    sessions: int
    commission_cents: int
    validated: int
    validated_commission_cents: int

    @property
    def earned(self) -> Earned:
        """All of it."""
        return Earned(self.sessions, self.sessions * self.session_value_cents, self.commission_cents)

    @property
    def validated_part(self) -> Earned:
        """What the clients have validated."""
        value_cents = self.validated * self.session_value_cents
        return Earned(self.validated, value_cents, self.validated_commission_cents)

    @property
    def unvalidated_part(self) -> Earned:
        """What they have not."""
        return Earned(*(one - part for one, part in zip(self.earned, self.validated_part, strict=True)))


class Share(NamedTuple):
    """What one trainer or all of them have earned: in all, validated, not yet, and the lines of that."""

    lines: tuple[Line, ...]
    earned: Earned
    validated: Earned
    unvalidated: Earned
    trainer: TrainerRow | None = None


class Commission(NamedTuple):
    """The trainers' shares of a period; `requires_validation` where only what is validated is paid."""

    period: Period
    trainers: tuple[Share, ...]
    total: Share
    requires_validation: bool

    def payable_cents(self, earned: Earned, validated: Earned) -> int:
        """What of it is to be paid."""
        return (validated if self.requires_validation else earned).commission_cents


def _share(lines: Iterable[Line], trainer: TrainerRow | None = None) -> Share:
    kept = tuple(sorted(lines, key=_dearest_first))
    earned, validated, unvalidated = Earned(), Earned(), Earned()
    for each in kept:
        earned = earned.plus(each.earned)
        validated = validated.plus(each.validated_part)
        unvalidated = unvalidated.plus(each.unvalidated_part)
    return Share(kept, earned, validated, unvalidated, trainer)


def _dearest_first(row: Line) -> tuple[int, str, int]:
    return -row.session_value_cents, row.package_name or "", row.price_cents or 0


def commission(reader: Reader, practice: Practice, period: Period, whose: Whose) -> Commission:
    """What was earned in a period, by trainers who had a session in it; who is named is always there."""
    begins, ends = period.bounds(practice.zone)
    question = LINES.format(whose=whose.conditions("s"))
    lines = reader.rows(Line, question, begins=begins, ends=ends, **whose.given)
    by_trainer: dict[int, list[Line]] = {}
    for each in lines:
        by_trainer.setdefault(each.trainer_id, []).append(each)
    settings = practice_settings(reader, ("commission_requires_validation",))
    return Commission(
        period,
        tuple(
            _share(by_trainer.get(row.id, ()), row)
            for row in sorted(trainers(reader), key=lambda row: (row.name.casefold(), row.id))
            if row.id in by_trainer or row.id == whose.trainer_id
        ),
        _share(lines),
        settings["commission_requires_validation"],
    )


def _share_data(found: Commission, share: Share) -> dict[str, Any]:
    return {
        **share.earned._asdict(),
        "validated": share.validated,
        "unvalidated": share.unvalidated,
        "payable_cents": found.payable_cents(share.earned, share.validated),
    }


def _line_data(found: Commission, row: Line) -> dict[str, Any]:
    return {
        "name": row.package_name,
        "price_cents": row.price_cents,
        "session_value_cents": row.session_value_cents,
        **row.earned._asdict(),
        "validated": row.validated_part,
        "unvalidated": row.unvalidated_part,
        "payable_cents": found.payable_cents(row.earned, row.validated_part),
    }


def _trainer_data(found: Commission, share: Share) -> dict[str, Any]:
    assert share.trainer is not None  # noqa: S101  only the total is nobody's
    return {
        "trainer": share.trainer.name,
        "trainer_id": share.trainer.id,
        "commission_kind": share.trainer.commission_kind,
        "commission": share.trainer.commission / 100,
        **_share_data(found, share),
        "packages": [_line_data(found, row) for row in share.lines],
    }


def _data(found: Commission, practice: Practice) -> dict[str, Any]:
    return {
        "from": found.period.first,
        "to": found.period.last,
        "currency": practice.currency,
        "requires_validation": found.requires_validation,
        "trainers": [_trainer_data(found, share) for share in found.trainers],
        "totals": _share_data(found, found.total),
    }


def cents_text(cents: int | None) -> str:
    """`1,450.00`, for a column whose heading names the currency."""
    return "" if cents is None else f"{cents / 100:,.2f}"


def _money(key: str, title: str, value: Callable[[Any], int | None], priority: int = 0) -> Column:
    return Column(key, title, value=value, show=cents_text, align="right", priority=priority)


def _trainer_columns(found: Commission) -> list[Column]:
    columns = [
        Column(
            "trainer", "Trainer", value=lambda share: share.trainer.name if share.trainer else "Total",
            flexible=True,
        ),
        Column(
            "rate", "Rate now", value=lambda share: commission_text(share.trainer) if share.trainer else "",
            align="right", priority=4,
        ),
        Column("sessions", "Sessions", value=lambda share: share.earned.sessions, align="right", priority=1),
        _money("value", "Worth", lambda share: share.earned.value_cents, priority=3),
        _money("validated", "Validated", lambda share: share.validated.commission_cents, priority=2),
        _money("unvalidated", "Not yet", lambda share: share.unvalidated.commission_cents, priority=2),
        _money("commission", "Commission", lambda share: share.earned.commission_cents),
    ]  # fmt: skip
    if not found.requires_validation:
        return columns
    return [*columns, _money("payable", "Payable", lambda share: share.validated.commission_cents)]


def _trainer_table(found: Commission, practice: Practice) -> Table:
    columns = _trainer_columns(found)
    sums = [shown_text(column, found.total) for column in columns] if len(found.trainers) > 1 else None
    return Table(columns, found.trainers, title=f"By trainer, in {practice.currency}", sum_row=sums)


class _Detail(NamedTuple):
    """A line of the table of packages, with the trainer whose it is."""

    trainer: TrainerRow | None
    row: Line


def _package_table(found: Commission, practice: Practice) -> Table:
    details = [_Detail(share.trainer, row) for share in found.trainers for row in share.lines]
    columns = [
        Column(
            "trainer", "Trainer", value=lambda each: each.trainer.name, flexible=True,
            on_screen=len(found.trainers) > 1,
        ),
        Column("trainer_id", value=lambda each: each.trainer.id, on_screen=False),
        Column(
            "package_name", "Package", value=lambda each: each.row.package_name,
            show=lambda name: name or "no package", flexible=True,
        ),
        _money("price_cents", "Price", lambda each: each.row.price_cents, priority=4),
        _money("session_value_cents", "Each", lambda each: each.row.session_value_cents, priority=3),
        Column("sessions", "Sessions", value=lambda each: each.row.sessions, align="right", priority=1),
        _money("value_cents", "Worth", lambda each: each.row.earned.value_cents, priority=2),
        _money("commission_cents", "Commission", lambda each: each.row.commission_cents),
        *_data_columns(found, practice),
    ]  # fmt: skip
    return Table(columns, details, title=f"By package, in {practice.currency}")


def _data_columns(found: Commission, practice: Practice) -> list[Column]:
    """What only a spreadsheet is told of a line."""
    values: dict[str, Callable[[_Detail], Any]] = {
        "validated_sessions": lambda each: each.row.validated,
        "validated_commission_cents": lambda each: each.row.validated_commission_cents,
        "payable_cents": lambda each: found.payable_cents(each.row.earned, each.row.validated_part),
        "currency": lambda _: practice.currency,
        "from": lambda _: found.period.first,
        "to": lambda _: found.period.last,
    }
    return [Column(key, value=value, on_screen=False) for key, value in values.items()]


def _total_text(found: Commission, practice: Practice) -> str:
    total = found.total
    sessions = "1 session" if total.earned.sessions == 1 else f"{total.earned.sessions} sessions"
    parts = (
        total.earned.commission_cents,
        total.validated.commission_cents,
        total.unvalidated.commission_cents,
    )
    in_all, validated, not_yet = (money_text(cents, practice.currency) for cents in parts)
    return f"{in_all} for {sessions}: {validated} validated, {not_yet} not yet."


def commission_document(found: Commission, practice: Practice, whose: str = "") -> Document:
    """The page of commissions; `whose` says whom it is narrowed to."""
    heading = Heading(f"Commission, {whose}" if whose else "Commission", period_text(found.period))
    data, table = _data(found, practice), _package_table(found, practice)
    if not found.total.lines:
        empty = Lines([line("No session was completed in this time.")])
        hint = Hint("ptrack report commission --month 'last month'", "the month before")
        return Document((heading, empty, hint), data=data, listing=table, title="Commission")
    parts: list[Part] = [
        heading,
        Lines([line(_total_text(found, practice))]),
        _trainer_table(found, practice),
        table,
        Lines([line(Span(text, Style.MUTED)) for text in _footnotes(found)]),
    ]
    if found.total.unvalidated.sessions and found.requires_validation:
        parts.append(Hint("ptrack sessions list --status completed", "what is still to be validated"))
    return Document(parts, data=data, listing=table, title="Commission")


def _footnotes(found: Commission) -> Iterator[str]:
    """From what it was computed."""
    yield "Worth and commission as kept when each session was completed."
    if found.requires_validation:
        yield "Payable is what the clients have validated."
