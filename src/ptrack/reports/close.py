"""The pages of closing: an appointment to be closed, what was said of it, and what came of it all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ptrack.clients.queries import Practice
from ptrack.credits.rules import Effect
from ptrack.credits.views import effect_text
from ptrack.desk.undoing.queries import MOST_BACK
from ptrack.output.document import Document, Heading, Hint, Line, Lines, Part, Span, Style, line
from ptrack.scheduling.queries import AppointmentRow
from ptrack.scheduling.rules import State
from ptrack.scheduling.spans import day_word
from ptrack.scheduling.views import SIGNS, Moved, credits_of, several_moved_document
from ptrack.vocabulary import WorkoutStatus

_DAYS_NAMED = 5

HELP = (
    "d  done: the session took place, its credit is drawn",
    "n  no-show: the client did not come",
    "c  cancelled: by whom is asked, and the charge where the practice asks",
    "l  later: leave it open",
    "g  done, with a log: Back Squat: 3x5 100kg; Pull-Up: 3x8 bw",
    "D  all of the group done that are still open",
    "u  take back the last answer",
    "q  quit; what was answered is kept",
)


class Card(NamedTuple):
    """An appointment that is to be closed: which of how many, its group, what is planned."""

    row: AppointmentRow
    number: int
    total: int
    group: str = ""
    planned: str = ""

    @property
    def is_group(self) -> bool:
        """Whether it is one of a group, which can be closed together."""
        return self.row.group is not None


def card_parts(card: Card, house: Practice) -> list[Part]:
    """What somebody has to see before they answer."""
    row = card.row
    begins, ends = house.local(row.starts_at), house.local(row.ends_at)
    who = f"{card.group}: {row.client}" if card.group else row.client
    time = f"{begins:%a} {begins.day} {begins:%b} {begins:%H:%M} to {ends:%H:%M}"
    head = line(
        f"{card.number} of {card.total}   {time}   ", Span(who, Style.STRONG), f"   {credits_of(row)}"
    )
    running = SIGNS[row.state][1] if row.state is State.IN_PROGRESS else ""
    about = ", ".join(filter(None, (running, card.planned, row.location, f"with {row.trainer}", row.notes)))
    return [Lines([(), head, line("  ", Span(about, Style.MUTED))])]


def keys_line(card: Card) -> Line:
    """The keys that may be pressed."""
    together = "  D all" if card.is_group else ""
    return line(
        Span(f"d done{together}  n no-show  c cancelled  l later  g log  u undo  q quit  ? help", Style.MUTED)
    )


def answer_line(moved: Moved) -> Line:
    """What became of an appointment, and what that cost."""
    sign, word, style = SIGNS[moved.row.state]
    told = [] if moved.row.state is State.COMPLETED or not moved.why else [moved.why]
    told.append(_cost_text(moved))
    session = moved.session
    if session and session.workout_status is WorkoutStatus.IN_PROGRESS:
        told.append(f"{session.workout_title or 'The workout'} is open, to be filled.")
    return line(Span(f"{sign} {word}", style), f"   {' '.join(told)}")


def _cost_text(moved: Moved) -> str:
    """`1 credit drawn from package 3, 2 left.`; what to sell stands at the end of the walk."""
    if moved.effect is Effect.OWED:
        return "1 session is owed, for no package covers it."
    return effect_text(moved.effect, moved.credit, moved.row.client_id)


class Closed(NamedTuple):
    """What came of closing: the days, what was answered, how many stay open, what other days have open.

    `option` is what a command adds to mean the same trainers; `steps` how many changes take it all back, 0
    where that cannot be said; `waiting` counts the messages that were made by it.
    """

    first: date
    last: date
    moves: Sequence[Moved]
    left: int
    others: Mapping[date, int]
    today: date
    option: str = ""
    steps: int = 0
    waiting: int = 0


def closed_document(closed: Closed, house: Practice) -> Document:
    """What was done, what it cost, who has no credit left, what is still open."""
    parts: list[Part] = [Heading(_days_text(closed), _left_text(closed.left))]
    parts.append(Lines([line(text) for text in _told(closed)]))
    parts += _renewals(closed.moves)
    parts += _to_fill(closed.moves)
    parts += _still_open(closed)
    if closed.waiting:
        wait = "1 message waits" if closed.waiting == 1 else f"{closed.waiting} messages wait"
        parts.append(Hint("ptrack reminders send", wait))
    if 0 < closed.steps <= MOST_BACK:
        parts.append(Hint(f"ptrack undo --steps {closed.steps}", "if that was a mistake"))
    data = several_moved_document(closed.moves, house, closed.today).data
    return Document(parts, data=data, title="Close")


def _days_text(closed: Closed) -> str:
    first, last = (f"{day:%A} {day.day} {day:%B %Y}" for day in (closed.first, closed.last))
    return first if closed.first == closed.last else f"{first} to {last}"


def _left_text(left: int) -> str:
    return f"{left} left open" if left else "all closed"


def _told(closed: Closed) -> list[str]:
    """The lines `3 done, 1 no-show` and `4 credits drawn, 1 session owed`."""
    if not closed.moves:
        return ["Nothing was answered." if closed.left else "Nothing is open."]
    states = Counter(moved.row.state for moved in closed.moves)
    done = [f"{states[state]} {word}" for state, (_, word, _) in SIGNS.items() if states[state]]
    effects = Counter(moved.effect for moved in closed.moves)
    drawn, owed = effects[Effect.DRAWN], effects[Effect.OWED]
    costs = [f"{drawn} credit{'s' if drawn != 1 else ''} drawn"] if drawn or not owed else []
    costs += [f"{owed} session{'s' if owed > 1 else ''} owed"] if owed else []
    return [f"{', '.join(done)}.", f"{', '.join(costs)}."]


def _renewals(moves: Sequence[Moved]) -> list[Part]:
    """Who has no credit left, with the command that sells some."""
    rows = {moved.row.client_id: moved.row for moved in moves}
    return [
        Hint(f"ptrack packages sell {row.client_id} --sessions 10", f"{row.client} {_short_text(row)}")
        for row in rows.values()
        if row.owed or (row.standing.remaining is not None and row.balance <= 0)
    ]


def _short_text(row: AppointmentRow) -> str:
    return f"owes {row.owed}" if row.owed else "has no credit left"


def _to_fill(moves: Sequence[Moved]) -> list[Part]:
    """The planned workouts that were opened, to be filled."""
    return [
        Hint(
            f"ptrack log add {moved.row.client_id} --session {moved.session.id}",
            f"fill {moved.session.workout_title or 'the workout'} of {moved.row.client}",
        )
        for moved in moves
        if moved.session and moved.session.workout_status is WorkoutStatus.IN_PROGRESS
    ]


def _still_open(closed: Closed) -> list[Part]:
    """The days with something open, with the commands that close them."""
    hints: list[Part] = [
        Hint(
            f"ptrack close{day_word(day, closed.today)}{closed.option}",
            f"{day:%a} {day.day} {day:%b}: {count} open",
        )
        for day, count in list(closed.others.items())[-_DAYS_NAMED:]
    ]
    more = list(closed.others)[:-_DAYS_NAMED]
    if more:
        text = f"and {len(more)} earlier day{'s' if len(more) > 1 else ''}"
        hints.append(Hint(f"ptrack close --from {more[0]}{closed.option}", text))
    return hints


def to_close_document(rows: Sequence[AppointmentRow], closed: Closed, house: Practice) -> Document:
    """What would be closed."""
    from ptrack.scheduling.views import appointments_document

    listed = appointments_document(rows, house, closed.today)
    parts: list[Any] = [Heading(_days_text(closed), f"{len(rows)} to be closed")]
    parts += listed.parts if rows else [Lines([line("Nothing is open.")])]
    return Document([*parts, *_still_open(closed)], listing=listed.listing, title="Close")
