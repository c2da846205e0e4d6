"""Planned loads in words: what was planned of a day, what a log made of it, what had better be lighter."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from ptrack.notation.model import LoadKind, SetGroup
from ptrack.notation.printing import format_load, print_groups, print_prescription
from ptrack.progress.planned import Line, PlannedLine
from ptrack.vocabulary import Unit


def percent_text(line: PlannedLine, unit: Unit) -> str | None:
    """What a line's loads are percentages of, where they were resolved: `75 % of 120 kg`."""
    if line.best_g is None:
        return None
    percents = dict.fromkeys(
        f"{group.load.percent:g}" for group in line.written.groups if group.load.kind is LoadKind.PERCENT
    )
    return f"{', '.join(percents)} % of {format_load(line.best_g, unit)} {unit}"


def planned_texts(lines: Iterable[PlannedLine], unit: Unit) -> tuple[str, ...]:
    """What was planned of each line, as notation without the exercise's name.

    Loads that were percentages stand as loads, with a remark of what they are a part of, so that the text
    reads back as what was planned that day: `5x5 90kg rest 2min # 75 % of 120 kg`.
    """
    return tuple(_planned_text(each, unit) for each in lines)


def _planned_text(each: PlannedLine, unit: Unit) -> str:
    remark = percent_text(each, unit)
    return print_prescription(each.line, unit) + (f" # {remark}" if remark else "")


def working_text(line: Line, unit: Unit) -> str:
    """A line's working sets as notation."""
    return print_groups(_working(line), unit)


def _working(line: Line) -> list[SetGroup]:
    return [group for group in line.groups if not group.is_warmup]


def deload_command(program_id: int, line: Line) -> str:
    """The command that makes a line of a program lighter."""
    name = line.name if line.name.isalnum() else f"'{line.name}'"
    return f"ptrack programs deload {program_id} {name}"


def deload_text(each: PlannedLine, unit: Unit) -> str:
    """Why a line had better be lighter, and what it would be then."""
    assert each.deload is not None  # noqa: S101  asked of lines that have one
    return (
        f"{each.line.name} {working_text(each.line, unit)} was missed {each.gain.misses} times in a row; "
        f"lighter: {working_text(each.deload, unit)}"
    )


def earned_notices(
    before: Sequence[PlannedLine],
    after: Sequence[PlannedLine],
    done: Collection[int],
    program_id: int,
    unit: Unit,
) -> Iterator[str]:
    """What a log has made of a planned day's lines: those that go up, and those that had better go down.

    `done` are the numbers of the exercises that were logged.
    """
    raised = [
        f"{new.line.name} {working_text(new.line, unit)}"
        for old, new in zip(before, after, strict=True)
        if (new.gain.steps, new.gain.reps) != (old.gain.steps, old.gain.reps)
    ]
    if raised:
        yield f"Next time: {', '.join(dict.fromkeys(raised))}."
    for each in after:
        if each.deload is not None and each.line.exercise in done:
            yield f"{deload_text(each, unit)}: {deload_command(program_id, each.line)}"
