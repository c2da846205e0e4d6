"""Who and where an appointment of a file is: client, trainer and place, by the names that the file gives."""

from collections.abc import Mapping
from typing import NamedTuple

from ptrack.clients.queries import inactive_trainers, location_names, trainer_names
from ptrack.clients.rules import responsible_trainer
from ptrack.database.reading import Reader
from ptrack.errors import AmbiguousError, NotFoundError
from ptrack.exchange.whose import ClientEntry, Whose
from ptrack.naming import clean, fold, resolve

DIRECTORY_CLIENTS = """
SELECT c.id, c.name, c.email, c.trainer_id, c.location_id FROM client c WHERE c.removed_at IS NULL
ORDER BY c.id"""


class _ClientRow(NamedTuple):
    id: int
    name: str
    email: str | None
    trainer_id: int | None
    location_id: int | None


class Named(NamedTuple):
    """What was said beside the files; None is unsaid. `usual_trainer` is the one configured here."""

    client: str | None = None
    trainer: str | None = None
    location: str | None = None
    usual_trainer: str | None = None


class Directory:
    """The practice's people and places, as one file's appointments ask for them."""

    def __init__(self, reader: Reader, named: Named, said: Mapping[str, str]) -> None:
        self._clients = {row.id: row for row in reader.rows(_ClientRow, DIRECTORY_CLIENTS)}
        entries = [ClientEntry(row.id, row.name, row.email) for row in self._clients.values()]
        self.whose = Whose(entries, named.client, said)
        self._named, self._trainers = named, trainer_names(reader)
        self._inactive = inactive_trainers(reader)
        self._locations = location_names(reader)
        self._places = {fold(place.name): place.id for place in self._locations}
        self._location = (
            resolve(named.location, self._locations, "location").id if named.location is not None else None
        )
        self._trainer_of: dict[int, int] = {}

    def name_of(self, client_id: int) -> str:
        """What a client is called."""
        return self._clients[client_id].name

    def trainer(self, client_id: int, name: str = "") -> int | None:
        """Whose appointment it is: who was said beside the file, or in it, else as for any record.

        None where the name in the file is nobody's.
        """
        if name and self._named.trainer is None:
            return self._trainer_by_name(name)
        if client_id not in self._trainer_of:
            own = self._clients[client_id].trainer_id
            self._trainer_of[client_id] = responsible_trainer(
                self._named.trainer, own, self._named.usual_trainer, self._trainers, self._inactive
            )
        return self._trainer_of[client_id]

    def _trainer_by_name(self, name: str) -> int | None:
        try:
            return resolve(name, self._trainers, "trainer").id
        except (NotFoundError, AmbiguousError):
            return None

    def place(self, text: str) -> int | None:
        """The place of that name, which an address may follow; None where there is none of it."""
        if self._location is not None:
            return self._location
        key = fold(clean(text))
        return self._places.get(key) or self._places.get(key.partition(",")[0].strip()) if key else None

    def usual_place(self, client_id: int) -> int | None:
        """Where the client trains if nothing else is said."""
        return self._location or self._clients[client_id].location_id
