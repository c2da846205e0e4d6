"""Whose records a report is about."""

from typing import NamedTuple


class Whose(NamedTuple):
    """Whose appointments a report is about, by number; None is everybody's."""

    client_id: int | None = None
    trainer_id: int | None = None
    location_id: int | None = None

    def conditions(self, table: str) -> str:
        """What narrows a question to them."""
        return "".join(f" AND {table}.{key} = :{key}" for key in self.given)

    @property
    def given(self) -> dict[str, int]:
        """The parameters of those conditions."""
        return {key: value for key, value in self._asdict().items() if value is not None}
