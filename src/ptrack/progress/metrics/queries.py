"""Metrics and their entries, stored ones and those that follow from them, as frozen rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ptrack.database.reading import Reader
from ptrack.errors import AmbiguousError, NotFoundError, UsageError
from ptrack.naming import Named, clean, fold, nearest
from ptrack.progress.definitions import DEFAULT_METRICS, DERIVED_METRICS
from ptrack.progress.rules.aggregates import Entry, aggregate
from ptrack.progress.rules.automatic import bmi, lean_mass, waist_hip_ratio
from ptrack.progress.rules.derived import derive
from ptrack.progress.rules.periods import BEGINNING, END
from ptrack.progress.rules.trends import Trend, trend
from ptrack.vocabulary import Aggregation, Better, EntrySource, MetricCategory, StudioType

_SHOWN_CHARS = 60


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A metric; `id` is None for one that is reckoned from others and never stored."""

    id: int | None
    key: str
    name: str
    unit: str | None
    category: MetricCategory
    aggregation: Aggregation
    better: Better
    visible_to_client: bool
    minimum: float | None
    maximum: float | None
    is_default: bool

    @property
    def is_derived(self) -> bool:
        """Whether it is reckoned from others."""
        return self.id is None


@dataclass(frozen=True, slots=True)
class EntryRow(Entry):
    """An entry with where it came from. A reckoned one has number and source of the first it is made of."""

    source: EntrySource
    note: str | None


@dataclass(frozen=True, slots=True)
class _KeyedEntry(EntryRow):
    key: str


@dataclass(frozen=True, slots=True)
class AddedRow:
    """An entry as it stands, with its metric's key and its client."""

    id: int
    client_id: int
    client: str
    key: str
    name: str
    unit: str | None
    value: float
    recorded_at: datetime
    source: EntrySource
    note: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """What the entries of a metric come to; `value` is None where there is nothing to say."""

    metric: MetricRow
    value: float | None
    entries: int
    last: EntryRow | None
    trend: Trend


METRICS = """
SELECT id, key, name, unit, category, aggregation, better, visible_to_client, minimum, maximum, is_default
FROM metric ORDER BY id"""

ENTRIES = """
SELECT id, recorded_at, value, source, note FROM metric_entry
WHERE client_id = :client AND metric_id = :metric AND recorded_at >= :since AND recorded_at < :until
ORDER BY recorded_at, id"""

ENTRIES_OF_ALL = """
SELECT m.key, e.id, e.recorded_at, e.value, e.source, e.note
FROM metric m CROSS JOIN metric_entry e
WHERE e.client_id = :client AND e.metric_id = m.id AND e.recorded_at >= :since AND e.recorded_at < :until
ORDER BY m.id, e.recorded_at, e.id"""

ADDED = """
SELECT e.id, e.client_id, c.name AS client, m.key, m.name, m.unit, e.value, e.recorded_at, e.source, e.note
FROM metric_entry e
JOIN client c ON c.id = e.client_id
JOIN metric m ON m.id = e.metric_id
WHERE e.id = :entry"""

HEIGHT = "SELECT height_cm FROM client WHERE id = :client"

TRAINER_OF_CLIENT = "SELECT trainer_id FROM client WHERE id = :client"

_DERIVED = tuple(
    MetricRow(
        None, one.key, one.name, one.unit, one.category, one.aggregation, one.better,
        visible_to_client=True, minimum=None, maximum=None, is_default=True,
    )
    for one in DERIVED_METRICS
)  # fmt: skip
_STUDIO_TYPES = {one.key: one.studio_types for one in (*DEFAULT_METRICS, *DERIVED_METRICS)}
_CATEGORIES = list(MetricCategory)
_INPUTS = {"bmi": ("weight", None), "lean_mass": ("weight", "body_fat"), "waist_hip_ratio": ("waist", "hips")}


def metrics(reader: Reader) -> list[MetricRow]:
    """Every metric by category, those reckoned from others after the stored ones."""
    stored = reader.rows(MetricRow, METRICS)
    return sorted([*stored, *_DERIVED], key=lambda row: _CATEGORIES.index(row.category))


def shown_metrics(rows: Iterable[MetricRow], studio_type: StudioType) -> list[MetricRow]:
    """The metrics that a practice of that type shows: those a trainer defined, and its type's defaults."""
    return [
        row for row in rows if not row.is_default or studio_type in _STUDIO_TYPES.get(row.key, StudioType)
    ]


def find_metric(rows: Sequence[MetricRow], text: str) -> MetricRow:
    """The metric that the text means: its key or name, the beginning of one, or of a word of one.

    Raises UsageError, AmbiguousError or NotFoundError; nothing is guessed.
    """
    wanted = _spelt(text)
    if not wanted:
        raise UsageError("No metric is named.")
    for found in (
        [row for row in rows if wanted == _spelt(row.key)],
        [row for row in rows if wanted == _spelt(row.name)],
        [row for row in rows if any(name.startswith(wanted) for name in _names(row))],
        [row for row in rows if any(f" {wanted}" in name for name in _names(row))],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            keys = [row.key for row in found]
            raise AmbiguousError(f'"{_cut(text)}" may be {", ".join(keys[:-1])} or {keys[-1]}.', keys)
    raise _unknown(rows, text)


def _spelt(text: str) -> str:
    """The form in which keys and names are compared: `arm_left` is "arm left"."""
    return fold(clean(text).replace("_", " "))


def _names(row: MetricRow) -> tuple[str, str]:
    return _spelt(row.key), _spelt(row.name)


def _unknown(rows: Sequence[MetricRow], text: str) -> NotFoundError:
    named = [Named(place, row.key, (row.name,)) for place, row in enumerate(rows)]
    near = [one.name for one in nearest(text, named)]
    told = f" Nearest: {', '.join(near)}." if near else ""
    return NotFoundError(
        f'No metric is called "{_cut(text)}".{told}\nSee them all: ptrack metrics definitions --all', near
    )


def _cut(text: str) -> str:
    shown = clean(text)
    return shown if len(shown) <= _SHOWN_CHARS else shown[: _SHOWN_CHARS - 1] + "…"


def entries(
    reader: Reader, client: int, metric: MetricRow, since: datetime = BEGINNING, until: datetime = END
) -> list[EntryRow]:
    """A client's entries of a metric from `since` to before `until`, in the order of time.

    Those of a metric that is reckoned from others: one for each entry of the first, with what was last known
    of the other at that moment, be it from before `since`.
    """
    if metric.id is not None:
        return reader.rows(EntryRow, ENTRIES, client=client, metric=metric.id, since=since, until=until)
    return _reckoned(reader, client, metric.key, since, until)


def _reckoned(reader: Reader, client: int, key: str, since: datetime, until: datetime) -> list[EntryRow]:
    stored = {row.key: row for row in reader.rows(MetricRow, METRICS)}

    def of(other: str, start: datetime) -> list[EntryRow]:
        return entries(reader, client, stored[other], start, until) if other in stored else []

    first, other = _INPUTS[key]
    return _derived(reader, client, key, of(first, since), of(other, BEGINNING) if other else [])


def _derived(
    reader: Reader, client: int, key: str, firsts: Sequence[EntryRow], others: Sequence[EntryRow]
) -> list[EntryRow]:
    if key == "bmi":
        height_cm = reader.value(HEIGHT, client=client)
        return derive(firsts, others, lambda weight_kg, _: bmi(weight_kg, height_cm))
    return derive(firsts, others, lean_mass if key == "lean_mass" else waist_hip_ratio)


def figures(
    reader: Reader,
    client: int,
    wanted: Sequence[MetricRow],
    since: datetime = BEGINNING,
    until: datetime = END,
) -> list[Figure]:
    """What the entries of each metric come to; one that is reckoned only where its inputs are there."""
    stored = _entries_by_key(reader, client, since, until)
    found = []
    for metric in wanted:
        if metric.id is not None:
            found.append(figure(metric, stored.get(metric.key, [])))
        elif stored.get(_INPUTS[metric.key][0]) and (
            reckoned := _reckoned_from(reader, client, metric.key, stored, since, until)
        ):
            found.append(figure(metric, reckoned))
    return found


def _reckoned_from(
    reader: Reader,
    client: int,
    key: str,
    stored: Mapping[str, Sequence[EntryRow]],
    since: datetime,
    until: datetime,
) -> list[EntryRow]:
    """As `_reckoned`, of entries that are known already, if they are from the beginning."""
    if since > BEGINNING:
        return _reckoned(reader, client, key, since, until)
    first, other = _INPUTS[key]
    return _derived(reader, client, key, stored.get(first, ()), stored.get(other or "", ()))


def _entries_by_key(
    reader: Reader, client: int, since: datetime, until: datetime
) -> dict[str, list[EntryRow]]:
    found: dict[str, list[EntryRow]] = {}
    for row in reader.rows(_KeyedEntry, ENTRIES_OF_ALL, client=client, since=since, until=until):
        found.setdefault(row.key, []).append(row)
    return found


def figure(metric: MetricRow, found: Sequence[EntryRow]) -> Figure:
    """What these entries, in the order of time, come to."""
    return Figure(
        metric,
        aggregate(found, metric.aggregation),
        len(found),
        found[-1] if found else None,
        trend([(entry.recorded_at, entry.value) for entry in found]),
    )


def added_entry(reader: Reader, entry: int) -> AddedRow:
    """One stored entry by number."""
    found = reader.row(AddedRow, ADDED, entry=entry)
    assert found is not None  # noqa: S101  the number comes from writing it
    return found


def trainer_of_client(reader: Reader, client: int) -> int | None:
    """The number of a client's own trainer."""
    number = reader.value(TRAINER_OF_CLIENT, client=client)
    return None if number is None else int(number)
