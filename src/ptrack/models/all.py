"""All tables at once: for migrations, the shipped schema and the tests."""

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import UTCDateTime

from ptrack.models import (
    agenda,
    hours,
    imports,
    journal,
    ledger,
    library,
    logbook,
    mail,
    measures,
    packages,
    plans,
    practice,
    prescriptions,
    sets,
    studio,
)
from ptrack.models.base import SQLModel

AREAS = (
    studio, practice, hours, packages, agenda, ledger, imports, library, plans, prescriptions,
    logbook, sets, measures, mail, journal,
)  # fmt: skip
TRIGGERS = ledger.TRIGGERS

_TYPE_TESTS = {
    sa.Boolean: "{0} IN (0, 1)",
    sa.Integer: "{0} IS NULL OR typeof({0}) = 'integer'",
    sa.Float: "{0} IS NULL OR typeof({0}) IN ('real', 'integer')",
    sa.Date: "{0} IS NULL OR {0} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'",
    UTCDateTime: "{0} IS NULL OR ({0} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9] "
    "[0-2][0-9]:[0-5][0-9]:[0-5][0-9].*' AND length({0}) = 26)",
}


def _type_checks(table: sa.Table) -> None:
    """Add the CHECKs that hold each column to its type, for SQLite takes any value in any column.

    Only the schema needs them, so a command that merely writes does not pay for building them.
    """
    for column in table.columns:
        test = next((text for kind, text in _TYPE_TESTS.items() if isinstance(column.type, kind)), None)
        if test and not column.primary_key:
            check = sa.CheckConstraint(test.format(f'"{column.name}"'), name=f"{column.name}_type")
            table.append_constraint(check.ddl_if(dialect="sqlite"))


def _complete(metadata: sa.MetaData) -> sa.MetaData:
    for table in metadata.tables.values():
        _type_checks(table)
    return metadata


METADATA = _complete(SQLModel.metadata)
"""Every table with all its constraints."""
