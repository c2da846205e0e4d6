"""Entering a workout as it is said: what was left unsaid is taken from the session, the plan, the client."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from ptrack.clients.queries import client, inactive_trainers, practice, trainer_names
from ptrack.clients.rules import responsible_trainer
from ptrack.database.session import Writing
from ptrack.desk.log import Lines, LogRequest, log_workout, read_notation
from ptrack.desk.remarks import remarks
from ptrack.errors import ConflictError, UsageError
from ptrack.programs.queries import PlannedDay, last_counted, next_planned, program
from ptrack.programs.rules import as_planned, require_programs
from ptrack.progress.percents import weighed
from ptrack.progress.planned import PlannedWorkout, lines_after, next_workout
from ptrack.progress.planned_words import earned_notices, planned_texts
from ptrack.vocabulary import Activity, ProgramStatus, WorkoutKind
from ptrack.workouts.live_queries import open_workouts_of
from ptrack.workouts.queries import session_facts, set_keys, workout


@dataclass(frozen=True)
class Entry:
    """A workout as it was said; None is unsaid.

    `text` is notation, `lines` the same when it has been read. `follows_program` says whether it is the
    program's next workout; unsaid, it is if at least half of that day's exercises were done, on the program's
    first day or later, and not before the last workout that counts for it. `usual_trainer` is the one
    configured on this machine.
    """

    client_id: int
    text: str | None = None
    lines: Lines | None = None
    performed_at: datetime | None = None
    session_id: int | None = None
    kind: WorkoutKind | None = None
    title: str | None = None
    duration_min: int | None = None
    intensity: int | None = None
    activity: Activity | None = None
    follows_program: bool | None = None
    create: bool = False
    trainer: str | None = None
    usual_trainer: str | None = None
    notes: str | None = None


@dataclass(frozen=True)
class Entered:
    """The number of the workout, and what should be said about it."""

    number: int
    notices: tuple[str, ...]


@dataclass(frozen=True)
class _Plan:
    """What was done, the planned workout it is (if it is one), and what to say about that."""

    lines: Lines
    workout: PlannedWorkout | None = None
    notices: tuple[str, ...] = ()

    @property
    def day(self) -> PlannedDay | None:
        """The planned day, if it is one."""
        return self.workout.day if self.workout else None


def enter(work: Writing, entry: Entry) -> Entered:
    """Log a workout as it was said.

    Percentages become loads. Raises what `log_workout` and `read_notation` raise; UsageError where there is
    neither notation nor a plan nor an activity; ConflictError where the planned day is being done live.
    """
    plan = _plan(work, entry)
    _require_untouched(work, plan.day)
    session_id = entry.session_id or _waiting_session(work, plan.day)
    session = session_facts(work.reader, session_id) if session_id else None
    kind = entry.kind or (session.kind if session else WorkoutKind.SOLO)
    now = work.now.replace(microsecond=0)
    performed_at = entry.performed_at or (session.starts_at if session else now)
    lines, told = weighed(work.reader, entry.client_id, plan.lines, performed_at, practice(work.reader))
    plan = replace(plan, lines=lines, notices=(*told, *plan.notices))
    request = LogRequest(
        client_id=entry.client_id,
        performed_at=performed_at,
        lines=plan.lines,
        kind=kind,
        session_id=session_id,
        trainer_id=_trainer(work, entry, kind, session.trainer_id if session else None),
        program_id=plan.day.program_id if plan.day else _program(work, entry, kind),
        day_id=plan.day.day_id if plan.day else None,
        week=plan.day.week if plan.day else None,
        title=entry.title or (plan.day.day_name if plan.day else None),
        duration_min=_duration_min(entry, session.duration_min if session else None),
        intensity=entry.intensity,
        activity=entry.activity,
        notes=entry.notes,
        planned=_planned(work, plan),
        fills=plan.day.workout_id if plan.day and session is None else None,
    )
    number = log_workout(work, request)
    told = _finished(work, request.program_id) or _earned(work, plan, performed_at)
    is_typed = entry.text is not None or entry.lines is not None
    doubts = remarks(work.reader, lines, practice(work.reader).unit) if is_typed else ()
    beside = _open_beside(work, entry.client_id, performed_at)
    return Entered(number, (*plan.notices, *told, *beside, *doubts))


def _require_untouched(work: Writing, day: PlannedDay | None) -> None:
    """Refuse to log a planned day of which sets were done live: neither a second time nor in their place."""
    sets = len(set_keys(work.reader, day.workout_id)) if day and day.workout_id else 0
    if day and sets:
        done = "1 set" if sets == 1 else f"{sets} sets"
        raise ConflictError(
            f"{day.day_name}, week {day.week}, is open as workout {day.workout_id} with {done} done live.\n"
            f"Go on: ptrack log resume {day.workout_id}; or log this beside it: --no-program",
            (str(day.workout_id),),
        )


def _open_beside(work: Writing, client_id: int, performed_at: datetime) -> tuple[str, ...]:
    """That the client has another workout open in which sets were done that day."""
    house = practice(work.reader)
    day = house.local(performed_at).date()
    return tuple(
        f"Workout {row.id} of {row.client} is still open. Go on: ptrack log resume {row.id}"
        for row in open_workouts_of(work.reader, client_id)
        if row.sets and house.local(row.performed_at).date() == day
    )


def _earned(work: Writing, plan: _Plan, performed_at: datetime) -> tuple[str, ...]:
    """What the log has made of the loads that are planned next."""
    if plan.workout is None:
        return ()
    house = practice(work.reader)
    after = lines_after(work.reader, plan.workout, performed_at, house)
    done = {line.exercise for line in plan.lines}
    return tuple(earned_notices(plan.workout.lines, after, done, plan.workout.day.program_id, house.unit))


def _finished(work: Writing, program_id: int | None) -> tuple[str, ...]:
    """That the program was completed by this, if it was."""
    if program_id is None:
        return ()
    row = program(work.reader, program_id)
    return (f"{row.name} is completed.",) if row.status is ProgramStatus.COMPLETED else ()


def _plan(work: Writing, entry: Entry) -> _Plan:
    """What was done by what was said, or by the plan where nothing was."""
    house = practice(work.reader)
    if entry.follows_program:
        require_programs(is_on=house.programs)
    at = entry.performed_at or work.now
    has_plan = house.programs and entry.follows_program is not False
    planned = next_workout(work.reader, entry.client_id, at, house, with_last=False) if has_plan else None
    if planned is None and entry.follows_program:
        raise UsageError("--program: the client has no active program with a day left.")
    lines = entry.lines
    if lines is None and entry.text is not None:
        lines = read_notation(work, entry.text, create=entry.create)
    if lines is None:
        return _unsaid(work, entry, planned)
    if planned is None:
        return _Plan(lines)
    day = planned.day
    if not (entry.follows_program or _is_opened_for(work, entry, day)):
        shared, of_all = _shared(lines, day)
        if apart := _why_apart(work, day, house.local(at).date(), shared, of_all):
            told = f"Kept apart from {day.day_name}, week {day.week} ({apart}); --program counts it."
            return _Plan(lines, notices=(told,) if shared else ())
    told = f"Counted as {day.day_name}, week {day.week} of {day.program}; --no-program keeps it apart."
    return _Plan(lines, planned, (told,))


def _unsaid(work: Writing, entry: Entry, planned: PlannedWorkout | None) -> _Plan:
    """The planned day as planned; with an activity alone, training without sets."""
    if entry.activity is not None and not entry.follows_program:
        return _Plan(())
    if planned is not None:
        plan = as_planned(planned.day.lines, planned.day.loaded)
        return _Plan(plan.lines, planned, plan.notices)
    name = client(work.reader, entry.client_id, work.now).name
    raise UsageError(
        f"There is nothing to log: {name} has no planned workout.\n"
        "Say what was done: 'Back Squat: 3x5 100kg'; or, without sets: --activity yoga --duration 60"
    )


def _is_opened_for(work: Writing, entry: Entry, day: PlannedDay) -> bool:
    """Whether the planned day was opened for the very session that the log is of."""
    if day.workout_id is None or entry.session_id is None:
        return False
    return session_facts(work.reader, entry.session_id).workout == day.workout_id


def _shared(lines: Lines, day: PlannedDay) -> tuple[int, int]:
    """How many of a day's exercises were done, and how many it has."""
    planned = {line.exercise for line in day.lines}
    return len(planned & {line.exercise for line in lines}), len(planned)


def _why_apart(work: Writing, day: PlannedDay, done_on: date, shared: int, of_all: int) -> str | None:
    """Why what was done on a day is not taken for the planned one; None where it is."""
    begins = program(work.reader, day.program_id).start_date
    if begins and done_on < begins:
        return f"done before the program begins, {_day_text(begins)}"
    last = last_counted(work.reader, day.program_id)
    if last and done_on < (counted_on := practice(work.reader).local(last).date()):
        return f"done before its last workout, {_day_text(counted_on)}"
    return f"{shared} of its {of_all} exercises" if 2 * shared < of_all else None


def _day_text(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def _waiting_session(work: Writing, day: PlannedDay | None) -> int | None:
    """The session for which the planned day was opened and waits to be filled."""
    return workout(work.reader, day.workout_id).session if day and day.workout_id else None


def _trainer(work: Writing, entry: Entry, kind: WorkoutKind, session_trainer: int | None) -> int | None:
    """Whose workout it is; of a solo one nobody's, unless somebody is named, which will be refused."""
    if entry.trainer is None and kind is not WorkoutKind.TRAINER_ASSISTED:
        return session_trainer
    own = session_trainer or client(work.reader, entry.client_id, work.now).trainer_id
    names, inactive = trainer_names(work.reader), inactive_trainers(work.reader)
    return responsible_trainer(entry.trainer, own, entry.usual_trainer, names, inactive)


def _program(work: Writing, entry: Entry, kind: WorkoutKind) -> int | None:
    """The program of a workout that is no planned day: only a trainer-assisted one must name it."""
    if kind is not WorkoutKind.TRAINER_ASSISTED:
        return None
    today = practice(work.reader).local(work.now).date()
    day = next_planned(work.reader, entry.client_id, today)
    return day.program_id if day else None


def _duration_min(entry: Entry, session_min: int | None) -> int | None:
    return entry.duration_min if entry.duration_min is not None else session_min


def _planned(work: Writing, plan: _Plan) -> tuple[str | None, ...]:
    """The notation that was planned beside each line."""
    if plan.workout is None:
        return ()
    texts = planned_texts(plan.workout.lines, practice(work.reader).unit)
    planned: dict[int, list[str]] = {}
    for line, text in zip(plan.workout.day.lines, texts, strict=True):
        planned.setdefault(line.exercise, []).append(text)
    return tuple(planned[line.exercise].pop(0) if planned.get(line.exercise) else None for line in plan.lines)
