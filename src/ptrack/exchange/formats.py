"""What a file of appointments may be."""

from enum import StrEnum


class FileFormat(StrEnum):
    """A calendar, or a table."""

    ICS = "ics"
    CSV = "csv"
