"""What the live logger's page says of a workout that is going on.

Sets are written as they are typed: reps, then the load.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from ptrack.clients.queries import Practice
from ptrack.notation.printing import format_clock, format_distance, format_seconds
from ptrack.output.document import Style
from ptrack.output.live import Fact, LivePage, RestShown
from ptrack.progress.figures import FORMULA_NAMES, KIND_NAMES, load_text, record_text
from ptrack.progress.live import Before
from ptrack.progress.rules.records import Broken, primary
from ptrack.vocabulary import RecordKind, Tracked, Unit
from ptrack.workouts.live import LiveLine, Rest, blocks, goes_on, offer, upcoming
from ptrack.workouts.live_queries import OpenWorkout
from ptrack.workouts.rules import DoneSet

KEYS = ("? help", "8", "8x62.5", "@9", "skip", "undo", "+ exercise", "next", "go", "note", "end")
HELP = (
    "Enter       the set as it stands           skip    pass this set over",
    "8           8 reps                         next    leave this exercise",
    "8x62.5      8 reps at 62.5                 undo    take the last set back",
    "62.5  60kg  another load, +2.5 more        fix @9  correct the last set",
    "@9          as planned, RPE 9              =       the last set once more",
    "45s  1:30   time; 500m 2:05 distance       + name  another exercise",
    "bw+10       body weight and 10             go name  jump to an exercise",
    "w 5x40      a warm-up                      back    the exercise before",
    "rest 90     rest so long                   note    write something down",
    "end         finish                         quit    leave it open for later",
)
SHORT_HELP = (
    "Enter as it stands; 8; 8x62.5; 60kg; +2.5",
    "@9; 45s; 500m 2:05; bw+10; w 5x40 warm-up",
    "skip, next, undo, fix @9, = once more",
    "+ name, go name, back, note, rest 90",
    "end finishes, quit leaves it open",
)
_SHORT_HELP_BELOW = 72
_FIRST_STEPS = (
    Fact("first", "+ and the beginning of a name; Tab chooses, Enter takes it"),
    Fact("then", "8x60 for 8 reps at 60; Enter does the same set again"),
    Fact("last", "end"),
)
_TAIL = re.compile(r"\s(?:rest|progress|#)\s")


class Standing(NamedTuple):
    """Everything that the page is made from; `current` is the exercise of which a set comes next, if any."""

    workout: OpenWorkout
    lines: Sequence[LiveLine]
    current: LiveLine | None
    before: dict[int, Before]
    rest: Rest | None
    now: datetime


def offered(line: LiveLine, before: Before | None) -> DoneSet | None:
    """What Enter writes of an exercise."""
    last = [one for one in before.last.sets if not one.is_warmup] if before and before.last else []
    return offer(line, last)


def typed_text(done: DoneSet, tracked: Tracked, unit: Unit) -> str:
    """One set as it would be typed, in few signs: `8x70@8`, `8xbw+10`, `45s`, `500m/2:05`."""
    amount = f"{done.reps}" if done.reps else ""
    load = _load_text(done, tracked, unit)
    measure = _measure_text(done)
    text = "\u00d7".join(part for part in (amount or measure, load) if part)
    if amount and measure:
        text += f" {measure}"
    side = "/side" if done.per_side else ""
    effort = f" @{done.rpe:g}" if done.rpe is not None else ""
    return f"{text}{side}{'+' if done.is_amrap else ''}{effort}{' w' if done.is_warmup else ''}"


def _measure_text(done: DoneSet) -> str:
    if not done.meters:
        return format_seconds(done.seconds) if done.seconds else ""
    return format_distance(done.meters) + (f"/{format_clock(done.seconds)}" if done.seconds else "")


def _load_text(done: DoneSet, tracked: Tracked, unit: Unit) -> str:
    """The load, that on top of the body with its sign."""
    if tracked is Tracked.BODYWEIGHT_PLUS:
        if not done.weight_g:
            return "bw" if done.weight_g == 0 else ""
        sign = "+" if done.weight_g > 0 else "-"
        return f"bw{sign}{load_text(abs(done.weight_g), unit)}"
    return load_text(done.weight_g, unit) if done.weight_g else ""


def page_of(standing: Standing, house: Practice, width: int) -> LivePage:
    """The page without its messages."""
    workout, current = standing.workout, standing.current
    total = sum(len(line.targets) for line in standing.lines)
    left = sum(line.left for line in standing.lines)
    page = LivePage(
        title=workout.client,
        aside=", ".join(filter(None, (workout.title, f"week {workout.week}" if workout.week else ""))),
        clock=_clock(standing, house, width),
        done=total - left if total else sum(len(line.sets) for line in standing.lines),
        total=total,
        exercise="",
        counter="",
        figures="",
        unit="",
        rest=_rest(standing),
        keys=KEYS,
    )
    if current is None:
        return _at_the_end(page, standing, house.unit)
    return _with_current(page, standing, current, house, width)


def _clock(standing: Standing, house: Practice, width: int) -> str:
    """The time of day, where there is room for it, and how long the workout takes so far."""
    minutes = max(int((standing.now - standing.workout.performed_at).total_seconds() // 60), 0)
    hour = f"{house.local(standing.now):%H:%M}   " if width >= _SHORT_HELP_BELOW else ""
    return f"{hour}{minutes} min"


def _rest(standing: Standing) -> RestShown | None:
    """The pause, for a while after its end, too."""
    rest = standing.rest
    if rest is None or standing.current is None or not rest.seconds:
        return None
    gone = max((standing.now - rest.since).total_seconds(), 0)
    left = rest.seconds - gone
    if left <= 0:
        return RestShown(f"+{format_clock(min(int(-left), 5999))}", 1.0, is_over=True)
    return RestShown(format_clock(-int(-left // 1)), gone / rest.seconds)


def _at_the_end(page: LivePage, standing: Standing, unit: Unit) -> LivePage:
    """What was done, where nothing is left; how to begin, where nothing is there."""
    if any(line.sets for line in standing.lines):
        return page._replace(
            listed=[
                (_named(line), _sets_text(_done(line), line, unit) or "skipped") for line in standing.lines
            ],
            exercise="All done." if page.total else "What comes next?",
            enter="Enter finishes; + exercise adds one",
            keys=("? help", "Enter finishes", "undo", "+ exercise", "go", "quit"),
        )
    return page._replace(
        exercise="What comes first?",
        facts=_FIRST_STEPS,
        enter="for example  + bench",
        keys=("? help", "+ exercise", "quit"),
    )


def _with_current(
    page: LivePage, standing: Standing, line: LiveLine, house: Practice, width: int
) -> LivePage:
    before = standing.before.get(line.exercise_id)
    then = goes_on(standing.lines, line)
    done = offered(line, before) if then is None else None
    figures, unit = _large(done, line, house.unit) if done else ("", "")
    facts = [*_plan_facts(line, before, house), *_done_facts(line, house.unit)]
    return page._replace(
        exercise=_named(line),
        counter=_counter(line, standing.lines),
        figures=figures,
        unit=unit,
        facts=facts,
        ahead=[(_named(each), _plan_text(each)) for each in _following(standing, line)],
        enter=f"Enter  on to {_named(then)}   = once more" if then else _enter_text(line, done, house.unit),
        keys=KEYS if width >= _SHORT_HELP_BELOW else ("? help", "8x62.5", "skip", "undo", "+", "end"),
    )


def _enter_text(line: LiveLine, done: DoneSet | None, unit: Unit) -> str:
    """What Enter does."""
    if done is None:
        return "8x60, 45s, 500m 2:05"
    why = "as planned" if line.target and done == line.target.done else "as before"
    is_bare = line.tracked is Tracked.WEIGHT_REPS and done.weight_g is None
    return f"Enter  {typed_text(done, line.tracked, unit)}  {'without a load' if is_bare else why}"


def _named(line: LiveLine) -> str:
    return f"{line.superset} {line.name}" if line.superset else line.name


def _following(standing: Standing, line: LiveLine) -> list[LiveLine]:
    """What comes after the current exercise: the rest of its superset first."""
    return [each for each in upcoming(standing.lines) if each.id != line.id]


def _counter(line: LiveLine, lines: Sequence[LiveLine]) -> str:
    """Which set it is: of the warm-ups, or of the working sets."""
    target = line.target
    if target is None:
        return f"set {sum(not each.done.is_warmup for each in line.sets) + 1}"
    alike = [at for at, one in enumerate(line.targets) if one.done.is_warmup == target.done.is_warmup]
    word = "warm-up" if target.done.is_warmup else "set"
    own = next(block for block in blocks(lines) if line in block)
    members = "superset   " if len(own) > 1 else ""
    return f"{members}{word} {alike.index(line.at) + 1} of {len(alike)}"


def _large(done: DoneSet, line: LiveLine, unit: Unit) -> tuple[str, str]:
    """The figures of a set to be drawn large, and what stands beside them."""
    effort = f"@{done.rpe:g}" if done.rpe is not None else ""
    reach = "or more" if done.is_amrap else _range_text(line)
    marks = (reach, "each side" if done.per_side else "", effort)
    load, unit_text = _large_load(done, line.tracked, unit)
    if done.reps:
        words = (unit_text or ("" if load else "reps" if done.reps > 1 else "rep"), *marks)
        sign = "x" if load[:1].isdigit() else ""
        return f"{done.reps}{sign}{load}", "  ".join(filter(None, words))
    if done.meters:
        number = format_distance(done.meters)
        digits = number.rstrip("kmiyd")
        time = f"in {format_clock(done.seconds)}" if done.seconds else ""
        held = f"with {load} {unit_text}" if load else ""
        return digits, "  ".join(filter(None, (number[len(digits) :], time, held, effort)))
    return format_clock(done.seconds or 0), "  ".join(filter(None, (f"{load} {unit_text}".strip(), effort)))


def _range_text(line: LiveLine) -> str:
    """The range that the plan leaves to the day."""
    group = line.target.group if line.target else None
    if group is None or group.reps_min == group.reps_max:
        return ""
    return f"{group.reps_min} to {group.reps_max} reps"


def _large_load(done: DoneSet, tracked: Tracked, unit: Unit) -> tuple[str, str]:
    if not done.weight_g:
        return "", "body weight" if tracked is Tracked.BODYWEIGHT_PLUS else ""
    if tracked is Tracked.BODYWEIGHT_PLUS:
        return f"{'+' if done.weight_g > 0 else '-'}{load_text(abs(done.weight_g), unit)}", f"{unit}"
    return load_text(done.weight_g, unit), f"{unit}"


def _plan_text(line: LiveLine) -> str:
    """The planned sets without rest, progression and remark."""
    return _TAIL.split(line.planned or "")[0]


def _plan_facts(line: LiveLine, before: Before | None, house: Practice) -> Iterable[Fact]:
    """What is planned of this set, what was done the last time, what is noted."""
    if line.planned:
        yield Fact("plan", line.planned + _open_text(line))
    if before and before.last:
        day = house.local(before.last.performed_at)
        yield Fact("last", f"{day:%a} {day.day} {day:%b}   {_sets_text(before.last.sets, line, house.unit)}")
    elif before is not None and not before.facts.sets:
        yield Fact("last", "the first time", Style.MUTED)
    if line.notes:
        yield Fact("note", line.notes)


def _open_text(line: LiveLine) -> str:
    """Why the load is left to the day."""
    group = line.target.group if line.target else None
    if group is not None and group.load.percent:
        return f"   (no record yet to take {group.load.percent:g}% of)"
    return ""


def _done_facts(line: LiveLine, unit: Unit) -> Iterable[Fact]:
    if line.sets:
        yield Fact("done", _sets_text(_done(line), line, unit), Style.GOOD)
    if line.passed:
        yield Fact("skipped", f"{line.passed} set{'' if line.passed == 1 else 's'}", Style.MUTED)


def _done(line: LiveLine) -> list[DoneSet]:
    return [each.done for each in line.sets]


def _sets_text(sets: Sequence[DoneSet], line: LiveLine, unit: Unit) -> str:
    return "   ".join(typed_text(one, line.tracked, unit) for one in sets)


def saved_text(line: LiveLine, done: DoneSet, unit: Unit) -> str:
    """What was entered."""
    return f"{line.name}  {typed_text(done, line.tracked, unit)}"


def record_message(name: str, records: Sequence[Broken], house: Practice) -> str:
    """A record as it is told when it happens: the kind, what stood, what stands; others in short."""
    by_kind = {record.kind: record for record in records}
    first = by_kind.pop(primary(by_kind))
    text = f"* Record: {name}, {_told(first, house)}"
    others = [f"{KIND_NAMES[kind]} {_value(record, house)}" for kind, record in by_kind.items()]
    return f"{text}; also {', '.join(others)}" if others else text


def _told(record: Broken, house: Practice) -> str:
    kind = KIND_NAMES[record.kind]
    if record.kind is RecordKind.E1RM:
        kind = f"{kind} ({FORMULA_NAMES[house.e1rm_formula]})"
    if record.previous is None:
        return f"{kind} {_value(record, house)}, none before it"
    return f"{kind} {record_text(record.kind, record.previous, house.unit)} -> {_value(record, house)}"


def _value(record: Broken, house: Practice) -> str:
    text = record_text(record.kind, record.value, house.unit)
    if record.kind is RecordKind.REPS and record.fact and record.fact.weight_g:
        return f"{text} at {load_text(record.fact.weight_g, house.unit)}"
    is_load = record.kind in (RecordKind.WEIGHT, RecordKind.E1RM, RecordKind.VOLUME)
    return f"{text} {house.unit}" if is_load and record.value else text


def help_lines(width: int) -> Sequence[str]:
    """What can be typed."""
    return HELP if width >= _SHORT_HELP_BELOW else SHORT_HELP
