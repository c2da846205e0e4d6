"""What is done with programs: one function per intention. The caller's transaction holds it together."""

from dataclasses import dataclass
from datetime import date

from ptrack.clients.queries import practice
from ptrack.clients.rules import required_name
from ptrack.database.fresh import shipped
from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.errors import ConflictError
from ptrack.exercises.queries import exercise_names
from ptrack.models.plans import Program, ProgramDay
from ptrack.models.prescriptions import Prescription
from ptrack.naming import fold
from ptrack.notation.model import Day
from ptrack.notation.model import Program as Plan
from ptrack.notation.programs import parse_program
from ptrack.programs import queries
from ptrack.programs.prescriptions import columns_of
from ptrack.programs.rules import check_ending, check_removal, description_of, valid_dates
from ptrack.vocabulary import Origin, ProgramKind, ProgramStatus, Unit


@dataclass(frozen=True, slots=True)
class Assignment:
    """A template, or a plan of their own, to be followed by a client from a day on.

    A client who follows a program already gets this one in its place with `replaces`, beside it with
    `is_beside`.
    """

    template_id: int | None
    client_id: int
    trainer_id: int
    start_date: date
    end_date: date | None = None
    replaces: bool = False
    is_beside: bool = False


def add_template(
    work: Writing,
    plan: Plan[int],
    origin: Origin = Origin.OWN,
    description: str | None = None,
    template_id: int | None = None,
) -> int:
    """Keep a plan as a template, a copy of another one if that is named; the number.

    Raises ConflictError where a template has that name.
    """
    name = required_name(plan.name, "template")
    require_free_name(work, name)
    row = Program(
        kind=ProgramKind.TEMPLATE,
        name=name,
        weeks=plan.weeks,
        days_per_week=plan.days_per_week,
        goal=plan.goal,
        description=description,
        origin=origin,
        template_id=template_id,
        created_at=work.now,
    )
    return _write_program(work, row, plan.days)


def require_free_name(work: Writing, name: str, but: int | None = None) -> None:
    """See that no template but that one has the name; ConflictError otherwise."""
    for other in queries.template_names(work.reader):
        if fold(other.name) == fold(name) and other.id != but:
            raise ConflictError(
                f"There is a template {other.name} ({other.id}) already.\nGive this one another: --name NAME",
                (other.name,),
            )


def _write_program(work: Writing, row: Program, days: tuple[Day[int], ...]) -> int:
    number = work.add(row).id
    assert number is not None  # noqa: S101  flushed
    for position, day in enumerate(days, 1):
        _write_day(work, ProgramDay(program_id=number, position=position, name=day.name, week=day.week), day)
    return number


def _write_day(work: Writing, row: ProgramDay, day: Day[int]) -> None:
    number = work.add(row).id
    assert number is not None  # noqa: S101  flushed
    work.session.add_all(
        Prescription(day_id=number, **columns)
        for position, line in enumerate(day.lines, 1)
        for columns in columns_of(line, position)
    )
    work.flush()


def assign(work: Writing, assignment: Assignment) -> int:
    """Copy a template into a client's program; its number.

    Raises ConflictError where the client follows one already, and nothing was said of that.
    """
    assert assignment.template_id is not None  # noqa: S101  else it is a plan of the client's own
    template = queries.program(work.reader, assignment.template_id)
    (plan,) = queries.plans(work.reader, [template])
    return add_program(work, plan, assignment, template.description)


def add_program(
    work: Writing, plan: Plan[int], assignment: Assignment, description: str | None = None
) -> int:
    """Keep a plan as a client's program; its number. Raises as `assign` does."""
    valid_dates(assignment.start_date, assignment.end_date)
    _make_room(work, assignment)
    row = Program(
        kind=ProgramKind.PROGRAM,
        name=required_name(plan.name, "program"),
        weeks=plan.weeks,
        days_per_week=plan.days_per_week,
        goal=plan.goal,
        description=description,
        template_id=assignment.template_id,
        client_id=assignment.client_id,
        trainer_id=assignment.trainer_id,
        start_date=assignment.start_date,
        end_date=assignment.end_date,
        status=ProgramStatus.ACTIVE,
        created_at=work.now,
    )
    return _write_program(work, row, plan.days)


def remove_template(work: Writing, number: int) -> int:
    """Remove a template of one's own; programs that came from it stay, and how many these are.

    Raises StateError for a client's program, RuleError for a built-in template.
    """
    row = work.get(Program, number)
    check_removal(row.name, number, row.status, row.origin)
    copies = work.reader.values(queries.COPIES, program=number)
    for copy in copies:
        work.get(Program, copy).template_id = None
    work.flush()
    for day in work.reader.values(queries.DAY_NUMBERS, program=number):
        for line in work.reader.values(queries.LINE_NUMBERS, day=day):
            work.delete(work.get(Prescription, line))
        work.delete(work.get(ProgramDay, day))
    work.delete(row)
    return len(copies)


def require_room(reader: Reader, assignment: Assignment) -> None:
    """See that the client follows no program that nothing was said of; ConflictError otherwise."""
    if assignment.is_beside or assignment.replaces:
        return
    for other in queries.programs(reader, assignment.client_id, ProgramStatus.ACTIVE):
        raise ConflictError(
            f"{other.client} follows {other.name} ({other.id}) already.\n"
            "Drop that one with --replace, or have both with --also.",
            (other.name,),
        )


def _make_room(work: Writing, assignment: Assignment) -> None:
    """See that the client may have another active program, dropping those there are where that was asked."""
    require_room(work.reader, assignment)
    if assignment.replaces:
        for other in queries.programs(work.reader, assignment.client_id, ProgramStatus.ACTIVE):
            end_program(work, other.id, ProgramStatus.DROPPED)


def end_program(work: Writing, number: int, ending: ProgramStatus) -> None:
    """Complete or drop a client's active program today; StateError where it is not active."""
    row = work.get(Program, number)
    check_ending(row.name, number, row.status, ending)
    row.status = ending
    row.end_date = practice(work.reader).local(work.now).date()
    work.flush()


def settle(work: Writing, number: int, *, removed: int = 0) -> ProgramStatus:
    """Bring a program's status in line with its workouts, after some were logged or removed; the status.

    An active program of which every planned workout is completed becomes completed. One that was so becomes
    active again when `removed` workouts were taken away from it, if the client follows no other by now.
    """
    row = work.get(Program, number)
    assert row.status is not None  # noqa: S101  workouts belong to programs, not to templates
    standing = queries.program_standing(work.reader, number, practice(work.reader).local(work.now).date())
    if row.status is ProgramStatus.ACTIVE and standing.completed == standing.planned > 0:
        end_program(work, number, ProgramStatus.COMPLETED)
    elif _is_open_again(row, standing.planned - standing.completed, removed):
        others = queries.programs(work.reader, row.client_id, ProgramStatus.ACTIVE)
        if not others:
            row.status, row.end_date = ProgramStatus.ACTIVE, None
            work.flush()
    return row.status


def _is_open_again(row: Program, left: int, removed: int) -> bool:
    """Whether the program was at 100 % until so many workouts were removed."""
    return row.status is ProgramStatus.COMPLETED and 0 < left <= removed


TEMPLATES = ("upper-lower", "push-pull-legs", "full-body", "5x5", "yoga", "conditioning")
"""The files of the built-in templates, in the order in which they are listed."""


def plant_templates(work: Writing) -> int:
    """Write the templates that ship into a practice that has its exercises; how many."""
    library = {fold(each.name): each.id for each in exercise_names(work.reader)}
    for file in TEMPLATES:
        text = shipped(f"templates/{file}.txt")
        plan = parse_program(text, unit=Unit.KG, source=file, resolve=lambda name: library[fold(name)])
        add_template(work, plan, Origin.BUILT_IN, description_of(text))
    return len(TEMPLATES)
