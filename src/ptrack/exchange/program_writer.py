"""Programs of a file as rows: new ones added, changed ones brought up to date, what is known left alone.

A program is known again by its name, and a client's by theirs and its name. A hash of what it says tells
whether it was changed; one that the trainer has edited, or a client has trained by, is never touched.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ptrack.database.reading import instant_text
from ptrack.exchange.bulk import Bulk
from ptrack.exchange.program_drafts import ProgramDraft, digest
from ptrack.naming import fold
from ptrack.notation.model import Program, SetGroup
from ptrack.programs.prescriptions import columns_of
from ptrack.programs.queries import plans, program
from ptrack.vocabulary import ExerciseCategory, ProgramStatus, Tracked
from ptrack.workouts.rules import inferred_tracking

KNOWN_PROGRAMS = """
SELECT p.id, p.name, p.client_id, p.origin, p.status, p.start_date, p.import_hash, p.edited_at,
       (SELECT count(*) FROM workout w WHERE w.program_id = p.id) AS workouts
FROM program p ORDER BY p.id"""
ADD_PROGRAM_BATCH = """
INSERT INTO import_batch (kind, format, file, row_count, created, created_at)
VALUES ('programs', :app, :file, 0, '{}', :now)"""
FINISH_PROGRAM_BATCH = "UPDATE import_batch SET row_count = :rows, created = :created WHERE id = :batch"
ADD_PROGRAM = """
INSERT INTO program (id, kind, name, weeks, days_per_week, goal, description, origin, client_id, trainer_id,
  start_date, end_date, status, import_batch_id, import_key, import_hash, created_at)
VALUES (:id, :kind, :name, :weeks, :days_per_week, :goal, :description, :origin, :client_id, :trainer_id,
  :start_date, :end_date, :status, :batch, :key, :digest, :now)"""
CHANGE_PROGRAM = """
UPDATE program SET weeks = :weeks, days_per_week = :days_per_week, goal = :goal, description = :description,
  import_key = :key, import_hash = :digest
WHERE id = :id"""
CLEAR_PROGRAM = "DELETE FROM program_day WHERE program_id = :id"
ADD_PROGRAM_DAY = """
INSERT INTO program_day (id, program_id, position, name, week)
VALUES (:id, :program, :position, :name, :week)"""
ADD_PRESCRIPTION = """
INSERT INTO prescription (day_id, exercise_id, position, part, section, superset, sets, reps_min, reps_max,
  amrap, weight_g, percent, is_bodyweight, rpe, seconds, meters, per_side, tempo, is_warmup, rest_seconds,
  progression, notes)
VALUES (:day_id, :exercise_id, :position, :part, :section, :superset, :sets, :reps_min, :reps_max, :amrap,
  :weight_g, :percent, :is_bodyweight, :rpe, :seconds, :meters, :per_side, :tempo, :is_warmup, :rest_seconds,
  :progression, :notes)"""
ADD_PLANNED_EXERCISE = """
INSERT INTO exercise (id, name, name_key, category, tracked, is_custom, source, import_batch_id)
VALUES (:number, :name, :key, :category, :tracked, 1, :app, :batch)"""
ADD_PLANNED_ALIAS = """
INSERT INTO exercise_alias (alias_key, alias, exercise_id) VALUES (:key, :alias, :exercise)"""


class KnownProgram(NamedTuple):
    """A template or program that is there."""

    id: int
    name: str
    client_id: int | None
    origin: str | None
    status: ProgramStatus | None
    start_date: date | None
    import_hash: str | None
    edited_at: str | None
    workouts: int


class Owner(NamedTuple):
    """Whose a program is to be, with whom, from when on; `also` beside another one that they follow."""

    client_id: int
    client: str
    trainer_id: int
    start: date
    end: date | None = None
    status: ProgramStatus = ProgramStatus.ACTIVE
    also: bool = False


class Brought(NamedTuple):
    """One program of a file, and what became of it: `created`, `updated`, `duplicate` or `kept`."""

    id: int
    name: str
    outcome: str
    weeks: int
    is_long_unknown: bool
    client: str | None = None


@dataclass
class Written:
    """What a file brought."""

    programs: list[Brought] = field(default_factory=list)
    days: int = 0
    prescriptions: int = 0
    exercises: int = 0
    aliases: int = 0
    alias_keys: list[str] = field(default_factory=list)
    rows_imported: int = 0
    rows_duplicate: int = 0

    def count(self, outcome: str) -> int:
        """How many programs came to that."""
        return sum(one.outcome == outcome for one in self.programs)


class ProgramWriter:
    """Writes the programs of one file for one batch, which is made when the first row is written."""

    def __init__(self, bulk: Bulk, app: str, file: str) -> None:
        self._bulk, self._app, self._file = bulk, app, file
        self.batch: int | None = None
        self.written = Written()
        self._known = bulk.reader.rows(KnownProgram, KNOWN_PROGRAMS)
        self._now = instant_text(bulk.now)

    def conflict(self, draft: ProgramDraft, plan: Program[int], owner: Owner | None) -> str | None:
        """Why a program cannot be kept beside those that are there."""
        known = self._match(plan.name, owner)
        if owner is None:
            if known is None or known.import_hash is not None or self._is_alike(known, plan):
                return None
            return (
                f"there is a template {known.name} ({known.id}) already; give this one another: --name NAME"
            )
        if known is not None or owner.also or draft.heads.status is not None:
            return None
        other = next(
            (one for one in self._known if one.client_id == owner.client_id and one.status == "active"), None
        )
        if other is None:
            return None
        return (
            f"{owner.client} follows {other.name} ({other.id}) already; "
            f"drop that one, ptrack programs drop {other.id}, or have both: --also"
        )

    def add(self, draft: ProgramDraft, plan: Program[int], owner: Owner | None, rows: int) -> None:
        """Write a program, or tell it from one that is there."""
        hashed = digest(plan)
        known = self._match(plan.name, owner)
        if known is None:
            self._new(draft, plan, owner, hashed)
            self.written.rows_imported += rows
        elif known.import_hash == hashed or self._is_alike(known, plan):
            self._told(known.id, draft, plan, owner, "duplicate")
            self.written.rows_duplicate += rows
        elif known.edited_at is not None or known.workouts or known.import_hash is None:
            self._told(known.id, draft, plan, owner, "kept")
            self.written.rows_duplicate += rows
        else:
            self._change(known, draft, plan, owner, hashed)
            self.written.rows_imported += rows

    def _match(self, name: str, owner: Owner | None) -> KnownProgram | None:
        """The program of that name that is the owner's; of several the one that began on the same day."""
        client_id = owner.client_id if owner else None
        named = [one for one in self._known if fold(one.name) == fold(name) and one.client_id == client_id]
        if owner is None:
            return next(iter(named), None)
        same = [one for one in named if one.start_date == owner.start]
        active = [one for one in named if one.status == "active" and owner.status is ProgramStatus.ACTIVE]
        return next(iter([*same, *active]), None)

    def _is_alike(self, known: KnownProgram, plan: Program[int]) -> bool:
        """Whether a program that was not imported says just what the file does."""
        (found,) = plans(self._bulk.reader, [program(self._bulk.reader, known.id)])
        return digest(found) == digest(plan)

    def _told(
        self, number: int, draft: ProgramDraft, plan: Program[int], owner: Owner | None, outcome: str
    ) -> None:
        client = owner.client if owner else None
        self.written.programs.append(
            Brought(number, plan.name, outcome, plan.weeks, draft.is_long_unknown, client)
        )

    def _new(self, draft: ProgramDraft, plan: Program[int], owner: Owner | None, hashed: str) -> None:
        number = self._bulk.next_number("program")
        values = {
            "id": number,
            "kind": "template" if owner is None else "program",
            "name": plan.name,
            "origin": "own" if owner is None else None,
            "client_id": owner.client_id if owner else None,
            "trainer_id": owner.trainer_id if owner else None,
            "start_date": owner.start.isoformat() if owner else None,
            "end_date": owner.end.isoformat() if owner and owner.end else None,
            "status": owner.status.value if owner else None,
            "batch": self.batch_number(),
            "now": self._now,
            **_heads(draft, plan, hashed),
        }
        self._bulk.connection.execute(ADD_PROGRAM, values)
        self._write_days(number, plan)
        self._told(number, draft, plan, owner, "created")
        self._known.append(
            KnownProgram(
                number, plan.name, values["client_id"], values["origin"], owner.status if owner else None,
                owner.start if owner else None, hashed, None, 0,
            )
        )  # fmt: skip

    def _change(
        self, known: KnownProgram, draft: ProgramDraft, plan: Program[int], owner: Owner | None, hashed: str
    ) -> None:
        self.batch_number()
        self._bulk.connection.execute(CHANGE_PROGRAM, {"id": known.id, **_heads(draft, plan, hashed)})
        self._bulk.connection.execute(CLEAR_PROGRAM, {"id": known.id})
        self._write_days(known.id, plan)
        self._told(known.id, draft, plan, owner, "updated")

    def _write_days(self, number: int, plan: Program[int]) -> None:
        for position, day in enumerate(plan.days, 1):
            day_id = self._bulk.next_number("program_day")
            values = {
                "id": day_id,
                "program": number,
                "position": position,
                "name": day.name,
                "week": day.week,
            }
            self._bulk.connection.execute(ADD_PROGRAM_DAY, values)
            self.written.days += 1
            for place, line in enumerate(day.lines, 1):
                rows = [{**columns, "day_id": day_id} for columns in columns_of(line, place)]
                self._bulk.connection.executemany(
                    ADD_PRESCRIPTION, [{**row, "section": row["section"].value} for row in rows]
                )
                self.written.prescriptions += len(rows)

    def make_exercise(self, name: str, groups: list[SetGroup]) -> int:
        """A custom exercise for a name; what is measured of it is what is prescribed."""
        number = self._bulk.next_number("exercise")
        tracked = inferred_tracking(groups)
        category = ExerciseCategory.CARDIO if tracked is Tracked.DISTANCE_TIME else ExerciseCategory.OTHER
        values = {
            "number": number, "name": name, "key": fold(name), "category": category.value,
            "tracked": tracked.value, "app": self._app, "batch": self.batch_number(),
        }  # fmt: skip
        self._bulk.connection.execute(ADD_PLANNED_EXERCISE, values)
        self.written.exercises += 1
        return number

    def add_alias(self, alias: str, exercise: int) -> None:
        """Keep a name that a person has decided on, so that the next import knows it."""
        self.batch_number()
        values = {"key": fold(alias), "alias": alias, "exercise": exercise}
        self._bulk.connection.execute(ADD_PLANNED_ALIAS, values)
        self.written.alias_keys.append(fold(alias))
        self.written.aliases += 1

    def batch_number(self) -> int:
        """The batch of this import, made when it is first needed."""
        if self.batch is None:
            values = {"app": self._app, "file": self._file, "now": self._now}
            self.batch = self._bulk.connection.execute(ADD_PROGRAM_BATCH, values).lastrowid
            assert self.batch is not None  # noqa: S101  just inserted
            self._bulk.note_batch(self.batch)
        return self.batch

    def finish(self, rows: int) -> None:
        """Say of the batch what it brought."""
        if self.batch is None:
            return
        written = self.written
        created = {
            "programs": written.count("created"),
            "days": written.days,
            "prescriptions": written.prescriptions,
            "exercises": written.exercises,
            "aliases": written.aliases,
            "updated": written.count("updated"),
            "alias_keys": written.alias_keys,
        }
        values = {"rows": rows, "created": json.dumps(created), "batch": self.batch}
        self._bulk.connection.execute(FINISH_PROGRAM_BATCH, values)


def _heads(draft: ProgramDraft, plan: Program[int], hashed: str) -> dict[str, Any]:
    return {
        "weeks": plan.weeks,
        "days_per_week": plan.days_per_week,
        "goal": plan.goal,
        "description": draft.heads.description,
        "key": fold(plan.name),
        "digest": hashed,
    }
