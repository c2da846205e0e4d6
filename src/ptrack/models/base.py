"""What all tables share: named constraints, enumerations the database checks, instants in UTC."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

SQLModel.model_config["defer_build"] = True
"""Tables do not validate, so pydantic need not build a validator for each; input models build theirs."""

NUMBERED = {"sqlite_autoincrement": True}
"""Table arguments under which a public number, once given, is never given again."""


def enum_type(enumeration: type[StrEnum], name: str) -> sa.Enum:
    """A text column that holds an enumeration's values and nothing else; `name` names the CHECK."""
    return sa.Enum(
        enumeration,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        name=name,
        length=32,
    )


def enum_field(enumeration: type[StrEnum], name: str, default: Any = ..., *, nullable: bool = False) -> Any:
    """A field of an enumeration, checked by the database under the given name."""
    return Field(default=default, sa_column=sa.Column(enum_type(enumeration, name), nullable=nullable))


def key_to(table: str, *, nullable: bool = False, ondelete: str | None = None, index: bool = False) -> Any:
    """A field that points to another table's number."""
    return Field(
        default=None if nullable else ...,
        sa_column=sa.Column(
            sa.Integer, sa.ForeignKey(f"{table}.id", ondelete=ondelete), nullable=nullable, index=index
        ),
    )


def instant(*, nullable: bool = False) -> Any:
    """A field that holds an instant, stored as UTC."""
    return Field(default=None if nullable else ..., sa_column=sa.Column(UTCDateTime(), nullable=nullable))


def not_blank(column: str, name: str) -> sa.CheckConstraint:
    """The constraint that a text is not empty."""
    return sa.CheckConstraint(f"length(trim({column})) > 0", name=name)


def between(column: str, low: float, high: float) -> sa.CheckConstraint:
    """The constraint that a number, where there is one, lies in a range, ends included."""
    return sa.CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_range")


__all__ = [
    "NUMBERED",
    "SQLModel",
    "between",
    "datetime",
    "enum_field",
    "enum_type",
    "instant",
    "key_to",
    "not_blank",
]
