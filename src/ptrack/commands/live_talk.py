"""The talk of the live logger: a line that was typed, done at once; and the page that follows from it."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from ptrack.app import App
from ptrack.clients.queries import Practice
from ptrack.commands.live_names import ExerciseNames
from ptrack.database.reading import Reader
from ptrack.database.session import Writing
from ptrack.desk import live as desk
from ptrack.desk.live import Finished, Live
from ptrack.errors import NotFoundError, PtrackError, UsageError
from ptrack.exercises.queries import exercise_names
from ptrack.exercises.rules import find_exercise
from ptrack.naming import Named
from ptrack.output.document import Style
from ptrack.output.live import LivePage
from ptrack.progress.live import Before, before_of, body_weight_g, broken_so_far, newly_broken, own_facts
from ptrack.progress.live_views import (
    Standing,
    help_lines,
    offered,
    page_of,
    record_message,
    saved_text,
)
from ptrack.progress.rules.records import Broken
from ptrack.vocabulary import Tracked
from ptrack.workouts.live import LiveLine, LiveSet, Rest, goes_on, in_turn, last_done
from ptrack.workouts.live_queries import OpenWorkout, live_change, live_lines, open_workout
from ptrack.workouts.pauses import Pauses
from ptrack.workouts.rules import DoneSet
from ptrack.workouts.typed import Order, TypedSet, Word, merged, read, read_rest

_LOOKS_AGAIN = timedelta(seconds=2)
_FINISHING = "log finish"


class LiveTalk:
    """One talk about one workout; every line is kept before it is answered.

    `finished` is what came of it at the end; None where the workout stays open. `is_gone` tells that somebody
    finished or removed it elsewhere.
    """

    def __init__(self, app: App, house: Practice, number: int, greeting: str = "") -> None:
        self._app, self._house = app, house
        self._begun, self._clock = app.now, time.time()
        self.is_over = False
        self.is_gone = False
        self.is_interrupted = False
        self.finished: Finished | None = None
        self._messages: list[tuple[str, Style]] = [(greeting, Style.MUTED)] if greeting else []
        self._question: Callable[[str], None] | None = None
        self._asked = ""
        self._chosen: int | None = None
        self._pauses = Pauses()
        self._passed: list[tuple[datetime, int, int | None]] = []
        self._before: dict[int, Before] = {}
        self._body_g: int | None = None
        with app.reading() as reader:
            workout = open_workout(reader, number)
            if workout is None:
                raise NotFoundError(f"Workout {number} is not going on.\nSee: ptrack log show {number}")
            self._workout: OpenWorkout = workout
            self._lines: list[LiveLine] = []
            self._names = ExerciseNames(exercise_names(reader))
            self._body_g = body_weight_g(reader, workout, house)
            self._live = Live(number, live_change(reader, number, workout.performed_at))
            self._look(reader)

    @property
    def now(self) -> datetime:
        """The instant as it goes on from that of the run."""
        return self._begun + timedelta(seconds=max(time.time() - self._clock, 0))

    # What is seen.

    def _look(self, reader: Reader) -> None:
        """See how the workout stands now."""
        self._looked = self.now
        workout = open_workout(reader, self._live.number)
        if workout is None:
            self.is_gone = self.is_over = True
            return
        if workout.session is None and self._workout.session is not None:
            self._say("The appointment was called off meanwhile; this is a solo workout now.", Style.WARN)
        self._workout = workout
        self._lines = live_lines(reader, workout.id, self._house.unit)
        new = {line.exercise_id for line in self._lines} - self._before.keys()
        self._before |= before_of(reader, workout, sorted(new), self._house)

    def _look_again(self) -> None:
        """Look how the workout stands; where that cannot be seen just now, what was seen last stays."""
        try:
            with self._app.reading() as reader:
                self._look(reader)
        except PtrackError as error:
            self._looked = self.now
            if (error.message, Style.BAD) not in self._messages:
                self._say(error.message, Style.BAD)

    @property
    def _current(self) -> LiveLine | None:
        """The exercise that is chosen, else the one in turn."""
        chosen = next((line for line in self._lines if line.id == self._chosen), None)
        return chosen or in_turn(self._lines)

    @property
    def _rest(self) -> Rest | None:
        return self._pauses.running(self._lines, self.now)

    def page(self, width: int) -> LivePage:
        """The page as it is now; what was entered in another window is seen after a moment."""
        if self.now - self._looked > _LOOKS_AGAIN and not self.is_over:
            self._look_again()
        standing = Standing(self._workout, self._lines, self._current, self._before, self._rest, self.now)
        page = page_of(standing, self._house, width)
        told = {"?": help_lines(width)}
        messages = [(line, style) for text, style in self._messages for line in told.get(text, [text])]
        if self._question is not None:
            return page._replace(messages=[*messages, (self._asked, Style.STRONG)], enter="", keys=())
        return page._replace(messages=messages)

    def rings(self) -> bool:
        """Whether the pause has just ended; each rings once."""
        return self._pauses.rings(self._rest, self.now)

    @property
    def rings_in(self) -> float | None:
        """How many seconds until the bell; None where none is due."""
        return self._pauses.rings_in(self._rest, self.now)

    def offers(self, text: str) -> Sequence[str]:
        """Exercises to add or to jump to, by what is typed of them."""
        return self._names.offers(text, self._lines)

    # What is said.

    def _say(self, text: str, style: Style = Style.MUTED) -> None:
        self._messages.append((text, style))

    def enter(self, text: str) -> str:
        """Do what a line says; where it is refused, say why and leave it to be mended."""
        self._messages = []
        try:
            if self._question is not None:
                question, self._question = self._question, None
                question(text.strip().lower())
            else:
                self._obey(text.strip())
        except PtrackError as error:
            self._say(error.message, Style.BAD)
            self._look_again()
            return text
        return ""

    def leave(self, *, is_interrupted: bool = False) -> None:
        """Leave the workout open; Ctrl-C is told apart from `quit`."""
        self.is_over, self.is_interrupted = True, is_interrupted

    def _obey(self, text: str) -> None:
        current = self._current
        if not text and (current is None or goes_on(self._lines, current)):
            self._end("") if current is None else self._next("")
            return
        reps = current.target.done.reps if current and current.target else None
        tracked = current.tracked if current else Tracked.WEIGHT_REPS
        usual = self._offered(current) if current else None
        said = read(text, self._house.unit, tracked, reps, usual.weight_g if usual else None)
        if isinstance(said, Order):
            self._orders[said.word](said.text)
        elif current is None:
            raise UsageError("All is done. Enter finishes; + exercise adds one; go EXERCISE jumps back.")
        else:
            self._enter_set(current, said)

    @property
    def _orders(self) -> Mapping[Word, Callable[[str], None]]:
        return {
            Word.SKIP: self._skip, Word.NEXT: self._next, Word.ADD: self._add, Word.UNDO: self._undo,
            Word.AGAIN: self._again, Word.FIX: self._fix, Word.GO: self._go, Word.BACK: self._back,
            Word.NOTE: self._note, Word.REST: self._set_rest, Word.HELP: lambda _: self._say("?"),
            Word.END: self._end, Word.LEAVE: lambda _: self.leave(),
        }  # fmt: skip

    def _need_current(self) -> LiveLine:
        if self._current is None:
            raise UsageError("No exercise is at hand; go EXERCISE jumps to one, + exercise adds one.")
        return self._current

    # What is done.

    @contextmanager
    def _writing(self) -> Iterator[Writing]:
        """One transaction, as of now; afterwards the workout is looked at anew."""
        self._app.now = self.now
        with self._app.writing() as work:
            yield work
            work.flush()
            change = work.change
        self._live = self._live._replace(change=change or self._live.change)
        self._look_again()

    def _enter_set(self, line: LiveLine, said: TypedSet) -> None:
        self._write_set(line, merged(said, self._offered(line), is_plan=line.target is not None))

    def _offered(self, line: LiveLine) -> DoneSet | None:
        return offered(line, self._before.get(line.exercise_id))

    def _write_set(self, line: LiveLine, done: DoneSet) -> None:
        broken = self._broken(line.exercise_id)
        with self._writing() as work:
            desk.enter_set(work, self._live, line, done)
        self._chosen = None
        self._say(f"Saved   {saved_text(line, done, self._house.unit)}")
        self._celebrate(line, broken)

    def _broken(self, exercise: int) -> list[Broken]:
        """The records of an exercise that the workout has broken so far."""
        before = self._before.get(exercise)
        if before is None or not self._house.progress_tracking:
            return []
        own = [line for line in self._lines if line.exercise_id == exercise]
        facts = own_facts(self._workout, own, self._body_g)
        return broken_so_far(before, facts, self._house.e1rm_formula)

    def _celebrate(self, line: LiveLine, then: Sequence[Broken]) -> None:
        new = newly_broken(then, self._broken(line.exercise_id))
        if new:
            self._say(record_message(line.name, new, self._house), Style.GOOD)

    def _skip(self, _text: str) -> None:
        line = self._need_current()
        if line.target is None:
            raise UsageError("No planned set is left to be passed over; next leaves the exercise.")
        self._pass(line, (line.passed or 0) + 1)
        self._say(f"Passed over: a set of {line.name}")

    def _next(self, _text: str) -> None:
        line = self._need_current()
        self._chosen = None
        if line.targets:
            self._pass(line, (line.passed or 0) + line.left)
        elif line.sets:
            self._pass(line, line.passed or 0)
        else:
            with self._writing() as work:
                desk.drop_line(work, self._live, line)
        self._say(f"Left: {line.name}")

    def _pass(self, line: LiveLine, passed: int) -> None:
        with self._writing() as work:
            desk.pass_over(work, self._live, line, passed)
        self._passed.append((self.now, line.id, line.passed))

    def _last_set(self) -> tuple[LiveLine, LiveSet]:
        found = last_done(self._lines)
        if found is None:
            raise UsageError("No set was entered yet.")
        return found

    def _undo(self, _text: str) -> None:
        """Take back what was done last: a set, or what was passed over in this window."""
        found = last_done(self._lines)
        if self._passed and (found is None or (found[1].completed_at or self._begun) < self._passed[-1][0]):
            self._unpass()
            return
        line, last = self._last_set()
        with self._writing() as work:
            desk.take_set_back(work, self._live, line, last.position)
        self._chosen = line.id
        self._say(f"Taken back   {saved_text(line, last.done, self._house.unit)}", Style.WARN)

    def _unpass(self) -> None:
        _, number, passed = self._passed[-1]
        line = next((line for line in self._lines if line.id == number), None)
        if line is not None:
            with self._writing() as work:
                desk.pass_over(work, self._live, line, passed)
            self._chosen = line.id
            self._say(f"{line.name} is to be done again.", Style.WARN)
        self._passed.pop()

    def _again(self, _text: str) -> None:
        line = self._need_current()
        done = [each.done for each in line.sets] or [self._last_set()[1].done]
        self._write_set(line, done[-1])

    def _fix(self, text: str) -> None:
        line, last = self._last_set()
        said = read(text, self._house.unit, line.tracked, usual_g=last.done.weight_g)
        if isinstance(said, Order) or not text:
            raise UsageError("Write what the last set was: fix 7, fix 7x60, fix @9")
        done = replace(merged(said, last.done), rpe=last.done.rpe if said.rpe is None else said.rpe)
        broken = self._broken(line.exercise_id)
        with self._writing() as work:
            desk.replace_set(work, self._live, line, last.position, done)
        self._say(f"Now   {saved_text(line, done, self._house.unit)}")
        self._celebrate(line, broken)

    def _go(self, text: str) -> None:
        if not text:
            raise UsageError("Write where to: go bench")
        entries = [Named(line.id, line.name) for line in self._lines]
        try:
            self._chosen = find_exercise(text, entries).id
        except NotFoundError:
            raise UsageError(f"{text} is not in this workout; + {text} adds it.") from None

    def _back(self, _text: str) -> None:
        current = self._current
        earlier = [line for line in self._lines if current is None or line.position < current.position]
        if not earlier:
            raise UsageError("This is the first exercise.")
        self._chosen = earlier[-1].id

    def _note(self, text: str) -> None:
        line = self._need_current()
        if not text:
            raise UsageError("Write the note behind the word: note left knee is fine")
        with self._writing() as work:
            desk.note_line(work, self._live, line, text)
        self._say(f"Noted with {line.name}")

    def _set_rest(self, text: str) -> None:
        """Rest so long after this exercise; without a length, end the pause."""
        if not text:
            self._pauses.end(self._lines)
            return
        seconds, found = read_rest(text), last_done(self._lines)
        for line in filter(None, (found[0] if found else None, self._current)):
            self._pauses.choose(line, seconds)
        self._say(f"Rest is {seconds} s here.")

    def _add(self, text: str) -> None:
        """Add an exercise, or go to it where the workout has it; `!` makes a new one of what is unknown."""
        if not text:
            raise UsageError("Write its name: + bench, then Tab or the arrows; Enter takes it.")
        found = self._names.find(text)
        known = next((line for line in self._lines if line.exercise_id == found.id), None)
        if known is not None:
            self._chosen = known.id
            return
        with self._writing() as work:
            number = found.id or self._names.make(work, found.name)
            self._chosen = desk.add_line(work, self._live, number)
        self._say(f"Added: {found.name}")

    # The end.

    def _end(self, _text: str) -> None:
        """Ask for what has to be known before the end."""
        left = sum(line.left for line in self._lines)
        if last_done(self._lines) is None:
            self._ask("Nothing was done yet. y take the workout away   Enter back", self._discard)
        elif left:
            sets = "1 set is" if left == 1 else f"{left} sets are"
            self._ask(f"{sets} left. y finish without   l later   Enter back", self._end_early)
        else:
            self._ask_intensity()

    def _ask(self, text: str, answer: Callable[[str], None]) -> None:
        self._asked, self._question = text, answer

    def _discard(self, reply: str) -> None:
        if reply in ("y", "yes"):
            with self._app.writing() as work:
                desk.discard(work, self._live)
            self.is_gone = self.is_over = True

    def _end_early(self, reply: str) -> None:
        if reply in ("y", "yes"):
            self._ask_intensity()
        elif reply in ("l", "later"):
            self.leave()

    def _ask_intensity(self) -> None:
        self._ask("How hard was it, 1 to 10? Enter leaves that open, b goes back.", self._finish)

    def _finish(self, reply: str) -> None:
        if reply in ("b", "back"):
            return
        if reply and not (reply.isascii() and reply.isdigit() and 1 <= int(reply[:3]) <= 10):  # noqa: PLR2004
            self._ask_intensity()
            raise UsageError("Write a number from 1 (easy) to 10 (all out), or nothing.")
        self._app.now, command = self.now, self._app.command
        self._app.command = _FINISHING
        try:
            with self._app.writing() as work:
                self.finished = desk.finish(work, self._live.number, int(reply) if reply else None)
        finally:
            self._app.command = command
        self.is_over = True
