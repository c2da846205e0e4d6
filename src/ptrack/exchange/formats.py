"""What a file of appointments or of exercises may be."""

from enum import StrEnum


class FileFormat(StrEnum):
    """A calendar, or a table."""

    ICS = "ics"
    CSV = "csv"


class ExerciseFormat(StrEnum):
    """Whose library of exercises a file is from."""

    FREE_EXERCISE_DB = "free-exercise-db"
    WGER = "wger"
    PTRACK = "ptrack"
