"""Trainers and places on a page."""

from collections.abc import Sequence
from typing import TypeVar

from ptrack.clients.queries import LocationRow, TrainerRow
from ptrack.output.document import Column, Document, Style, Table, list_document
from ptrack.vocabulary import CommissionKind

Row = TypeVar("Row", TrainerRow, LocationRow)


def _style(row: TrainerRow | LocationRow) -> Style:
    return Style.PLAIN if row.is_active else Style.MUTED


def _active(row: TrainerRow | LocationRow) -> bool:
    return row.is_active


def _yes_or_no(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _some(count: int | None) -> str:
    return str(count or "")


def commission_text(row: TrainerRow) -> str:
    """`40 %` or `25.00 a session`."""
    if not row.commission:
        return ""
    amount = row.commission / 100
    return f"{amount:g} %" if row.commission_kind is CommissionKind.PERCENT else f"{amount:.2f} a session"


TRAINER_COLUMNS = (
    Column("id", "No", align="right"),
    Column("name", "Trainer", flexible=True, style=_style),
    Column("email", "E-mail", flexible=True, priority=4),
    Column("role", "Role", priority=2),
    Column("commission_kind", on_screen=False),
    Column("commission", value=lambda row: row.commission / 100, on_screen=False),
    Column("commission_text", "Commission", value=commission_text, align="right", priority=3, in_data=False),
    Column("buffer_min", "Buffer", align="right", show=_some, priority=5),
    Column("active", "Active", value=_active, show=_yes_or_no, priority=1),
)

LOCATION_COLUMNS = (
    Column("id", "No", align="right"),
    Column("name", "Place", flexible=True, style=_style),
    Column("address", "Address", flexible=True, priority=4),
    Column("url", "Address online", flexible=True, priority=5),
    Column("capacity", "Holds", align="right", show=_some, priority=2),
    Column("buffer_min", "Buffer", align="right", show=_some, priority=3),
    Column("active", "Active", value=_active, show=_yes_or_no, priority=1),
)


def trainers_document(rows: Sequence[TrainerRow]) -> Document:
    """The list of trainers, those who have left last."""
    return list_document(Table(TRAINER_COLUMNS, _active_first(rows)))


def locations_document(rows: Sequence[LocationRow]) -> Document:
    """The list of places, those no longer in use last."""
    empty = 'No places yet. Add one: ptrack locations add "Studio Nord"'
    return list_document(Table(LOCATION_COLUMNS, _active_first(rows), empty=empty))


def _active_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: not row.is_active)
