"""Writing the notation: what is printed here reads back as an equal plan, in either unit.

Two things are mended on the way, for the notation has no place for them: any run of white space in a name, a
note or a head becomes one space, and a semicolon in a note a comma.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from ptrack.notation.measures import GRAMS, METERS, decimals, exact_weight, meters
from ptrack.notation.model import (
    Day,
    ExerciseLine,
    Load,
    LoadKind,
    Program,
    Progression,
    ProgressionKind,
    SetGroup,
)
from ptrack.vocabulary import Section, Unit

_OTHER = {Unit.KG: Unit.LB, Unit.LB: Unit.KG}
_SECTION_HEADINGS = {
    Section.WARM_UP: "[warm-up]",
    Section.MAIN: "[main]",
    Section.ACCESSORY: "[accessory]",
    Section.COOL_DOWN: "[cool-down]",
}
_MOST_LISTED = 12
_SECONDS_UP_TO = 120
_KILOMETERS_FROM = 5_000.0
_ROUND_LENGTHS = (("km", 3), ("m", 0), ("mi", 1), ("yd", 0), ("mi", 3))
_MISREAD_NAME = re.compile(r'["#\[\uff03]|.*[:;\uff1a\uff1b]|[a-z]\d{1,2}\s', re.IGNORECASE)
_MISREAD_VALUE = re.compile(r'"|.*[#;\uff03\uff1b]|.*\)\Z')


def format_load(weight_g: int, unit: Unit) -> str:
    """A weight for the eye, as a number in `unit` with at most two decimals: `62.5`, `225`."""
    return decimals(weight_g / GRAMS[unit.value], 2)


def format_seconds(seconds: int) -> str:
    """A length of time as the notation has it: `45s`, `90s`, `20min`, `2:15`, `1:02:03`."""
    if seconds < _SECONDS_UP_TO:
        return f"{seconds}s"
    return f"{seconds // 60}min" if seconds % 60 == 0 else format_clock(seconds)


def format_clock(seconds: int) -> str:
    """A time as a clock shows it: `8:15`, `27:30`, `1:02:03`."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def format_distance(length_m: float) -> str:
    """A length with the unit in which it is a round number: `40m`, `2000m`, `5km`, `100yd`, `26.2mi`.

    From 5 km on kilometres are used; what is round in no unit is given in metres to a tenth of a millimetre.
    """
    for unit, places in _ROUND_LENGTHS[length_m < _KILOMETERS_FROM :]:
        number = decimals(length_m / METERS[unit], places)
        if meters(float(number), unit) == length_m:
            return number + unit
    return f"{decimals(length_m, 4)}m"


def print_groups(groups: Sequence[SetGroup], unit: Unit) -> str:
    """Groups of sets, parted by commas: `w 2x5 60kg, 5,5,4 100kg @8`."""
    return ", ".join(_print_run(run, unit) for run in _runs(groups))


def print_prescription(line: ExerciseLine[Any], unit: Unit) -> str:
    """What stands after the colon, but for the note: sets, rest, progression."""
    parts = [print_groups(line.groups, unit)]
    if line.rest_seconds is not None:
        parts.append(f"rest {format_seconds(line.rest_seconds)}")
    if line.progression is not None:
        parts.append(print_progression(line.progression, unit))
    return " ".join(parts)


def print_line(line: ExerciseLine[Any], unit: Unit) -> str:
    """A whole exercise line: `A1 Bench Press: 4x6-8 70kg @8 rest 2min # elbows in`."""
    label = f"{line.superset} " if line.superset else ""
    note = " ".join(line.note.replace(";", ",").replace("\uff1b", ",").split()) if line.note else ""
    name = print_name(line.name)
    return f"{label}{name}: {print_prescription(line, unit)}" + (f" # {note}" if note else "")


def print_workout(lines: Iterable[ExerciseLine[Any]], unit: Unit) -> str:
    """The lines of a workout or a day, each on its own, under the headings of their sections."""
    printed: list[str] = []
    section = Section.MAIN
    for line in lines:
        if line.section is not section:
            section = line.section
            printed.append(_SECTION_HEADINGS[section])
        printed.append(print_line(line, unit))
    return "".join(f"{text}\n" for text in printed)


def print_program(program: Program[Any], unit: Unit) -> str:
    """A program file: heads, then the days; weeks of one day that are alike share a heading."""
    heads = [
        f"program: {_value(program.name)}",
        f"weeks: {program.weeks}",
        f"days per week: {program.days_per_week}",
    ]
    if program.goal:
        heads.append(f"goal: {_value(program.goal)}")
    days = [_print_days(list(alike), unit) for _, alike in groupby(program.days, key=_sameness)]
    return "\n".join(["".join(f"{head}\n" for head in heads), *days])


def _sameness(day: Day[Any]) -> tuple[object, ...]:
    """Equal for neighbouring days that may share a heading."""
    return day.name, day.week is None, day.lines


def _print_days(days: Sequence[Day[Any]], unit: Unit) -> str:
    weeks = [day.week for day in days if day.week is not None]
    heading = f"day: {_value(days[0].name)}"
    if weeks:
        heading += f" (week{'s' if len(weeks) > 1 else ''} {', '.join(week_ranges(weeks))})"
    return f"{heading}\n{print_workout(days[0].lines, unit)}"


def week_ranges(weeks: Sequence[int]) -> Iterator[str]:
    """Weeks in their order, those that follow one another as a range: 1, 2, 3, 8 is `1-3`, `8`."""
    for _, run in groupby(enumerate(weeks), key=lambda item: item[1] - item[0]):
        numbers = [week for _, week in run]
        yield f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])


def print_name(name: str) -> str:
    """An exercise name as it can be read back, in quotes if it would be taken for something else."""
    plain = " ".join(name.split())
    heads = plain.lower() in {"program", "weeks", "days per week", "goal", "day"}
    return _in_quotes(plain) if heads or _MISREAD_NAME.match(plain) else plain


def _value(value: str) -> str:
    """The value of a head as it can be read back."""
    plain = " ".join(value.split())
    return _in_quotes(plain) if not plain or _MISREAD_VALUE.match(plain) else plain


def _in_quotes(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def print_progression(progression: Progression, unit: Unit) -> str:
    """How a load goes up: `progress +2.5kg`, `progress double`."""
    double = " double" if progression.kind is ProgressionKind.DOUBLE else ""
    step = f" +{print_weight(progression.step_g, unit)}" if progression.step_g else ""
    return f"progress{double}{step}"


def _runs(groups: Sequence[SetGroup]) -> list[list[SetGroup]]:
    """The groups, those neighbours together that can be written as one list of reps: `5,5,4 100kg`."""
    runs: list[list[SetGroup]] = []
    for group in groups:
        if runs and _continues(runs[-1], group):
            runs[-1].append(group)
        else:
            runs.append([group])
    return runs


def _continues(run: Sequence[SetGroup], group: SetGroup) -> bool:
    """Whether the group differs from the run's last in its plain reps alone, and the list stays short."""
    last = run[-1]
    plain = all(one.reps_min and one.reps_min == one.reps_max for one in (last, group))
    if not plain or last.reps_min == group.reps_min or _shared(last) != _shared(group):
        return False
    return sum(one.sets for one in run) + group.sets <= _MOST_LISTED


def _shared(group: SetGroup) -> tuple[object, ...]:
    """What the groups of one list have in common: everything but sets and reps."""
    return (
        group.load,
        group.rpe,
        group.seconds,
        group.meters,
        group.per_side,
        group.tempo,
        group.is_warmup,
        group.is_skipped,
    )


def _print_run(run: Sequence[SetGroup], unit: Unit) -> str:
    group = run[0]
    parts = ["w"] if group.is_warmup else []
    amount = ",".join(_listed(one) for one in run) if len(run) > 1 else print_amount(group)
    parts.append(amount + "/side" if amount and group.per_side else amount or "skip")
    parts.extend(_details(group, unit))
    if amount and group.is_skipped:
        parts.append("skip")
    return " ".join(parts)


def _listed(group: SetGroup) -> str:
    return ",".join([str(group.reps_min)] * group.sets) + ("+" if group.amrap else "")


def print_amount(group: SetGroup) -> str:
    """`3x5`, `3x8-12`, `3x5+`, `1x2000m`, `3x45s`; nothing for a group that is a skip and no more."""
    times = f"{group.sets}x"
    if group.reps_min is not None:
        upper = f"-{group.reps_max}" if group.reps_max not in {None, group.reps_min} else ""
        return f"{times}{group.reps_min}{upper}{'+' if group.amrap else ''}"
    if group.meters is not None:
        return times + format_distance(group.meters)
    return times + format_seconds(group.seconds) if group.seconds is not None else ""


def _details(group: SetGroup, unit: Unit) -> Iterator[str]:
    """What follows the sets: length and time where they don't lead, load, effort, tempo."""
    if group.meters is not None and group.reps_min is not None:
        yield format_distance(group.meters)
    if group.seconds is not None and group.meters is not None:
        yield format_clock(group.seconds)
    elif group.seconds is not None and group.reps_min is not None:
        yield format_seconds(group.seconds)
    if group.load.kind is not LoadKind.OPEN:
        yield print_load(group.load, unit)
    if group.rpe is not None:
        yield f"@{decimals(group.rpe, 1)}"
    if group.tempo:
        yield f"tempo {group.tempo}"


def print_load(load: Load, unit: Unit) -> str:
    """A load as it can be read back: `62.5kg`, `75%`, `bw+10kg`."""
    if load.kind is LoadKind.PERCENT:
        return f"{decimals(load.percent, 2)}%"
    if load.kind is LoadKind.WEIGHT:
        return print_weight(load.weight_g, unit)
    if not load.weight_g:
        return "bw"
    return f"bw{'+' if load.weight_g > 0 else '-'}{print_weight(abs(load.weight_g), unit)}"


def print_weight(weight_g: int, unit: Unit) -> str:
    """A weight with its unit that reads back to the gram.

    It is in `unit` if it is a round number there, else in the other unit if it is one in that (225 lb in a
    studio of kilograms, 100 kg in one of pounds), else in `unit` with three decimals.
    """
    for each in (unit, _OTHER[unit]):
        number = exact_weight(weight_g, each)
        if _is_round(number, each):
            return number + each.value
    return exact_weight(weight_g, unit) + unit.value


def _is_round(number: str, unit: Unit) -> bool:
    """Whether plates make such a number: to a tenth or a quarter, in kilograms to a hundredth."""
    places = len(number.partition(".")[2])
    return places <= 1 or number.endswith((".25", ".75")) or (unit is Unit.KG and places == 2)  # noqa: PLR2004
