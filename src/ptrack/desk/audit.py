"""Comparing what is kept beside the records with what the records say."""

from ptrack.database.reading import Reader


def check_collected(reader: Reader) -> list[str]:
    """Where automatic metric entries differ from what the workouts give."""
    return []
