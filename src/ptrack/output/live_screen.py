"""The live logger's screen: a page that is drawn anew each second, and a line to type in below it.

The terminal comes back as it was however it ends: by a key, by Ctrl-C, or told to by a signal.
"""

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import completion_is_selected, has_completions
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    BufferControl,
    Float,
    FloatContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    Window,
)
from prompt_toolkit.layout.menus import CompletionsMenu
from prompt_toolkit.layout.processors import BeforeInput, Processor, Transformation, TransformationInput
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import Style as Sheet

from ptrack.output.cells import Surface
from ptrack.output.document import Line, Style
from ptrack.output.live import Talk, keys_line, page_lines

SECONDS_BETWEEN = 0.5
_FOOT_LINES = 2
_NARROWEST, _WIDEST = 20, 100
_MENU_LINES = 6
_ENDING = (signal.SIGTERM, signal.SIGHUP)
_LOOKS = {
    Style.PLAIN: "",
    Style.STRONG: "bold",
    Style.MUTED: "dim",
    Style.GOOD: "ansigreen",
    Style.WARN: "ansiyellow",
    Style.BAD: "ansired",
    Style.ACCENT: "bold",
}
_SHEET = Sheet.from_dict(
    {
        "completion-menu": "noinherit",
        "completion-menu.completion": "noinherit",
        "completion-menu.completion.current": "noinherit reverse",
        "scrollbar.background": "noinherit",
        "scrollbar.button": "noinherit",
    }
)


class _Offers(Completer):
    """The talk's offers as completions that take the place of the whole line."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """The lines that may be meant."""
        del complete_event
        text = document.text_before_cursor
        for line in self._talk.offers(text):
            yield Completion(line, start_position=-len(text))


class _Hint(Processor):
    """What Enter does, said in an empty line."""

    def __init__(self, text: Callable[[], str]) -> None:
        self._text = text

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The line, with the hint behind it where it is empty."""
        fragments = transformation_input.fragments
        if transformation_input.buffer_control.buffer.text:
            return Transformation(fragments)
        return Transformation([*fragments, ("dim", self._text())])


class LiveScreen:
    """The screen of one talk; `colour` says whether colours may be used."""

    def __init__(self, talk: Talk, encoding: str, *, colour: bool) -> None:
        self._talk, self._encoding = talk, encoding
        self._signal: int | None = None
        self._buffer = Buffer(
            completer=_Offers(talk), complete_while_typing=True, multiline=False, accept_handler=self._accept
        )
        self._application: Application[None] = Application(
            layout=self._layout(),
            key_bindings=self._keys(),
            style=_SHEET,
            full_screen=True,
            refresh_interval=SECONDS_BETWEEN,
            color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
            before_render=self._before,
        )
        self._application.ttimeoutlen = 0.05

    def run(self) -> int | None:
        """Show the page until the talk is over; a signal that ended it is still to be obeyed."""
        self._application.run(pre_run=self._hear)
        return self._signal

    def _hear(self) -> None:
        """Let the terminal be put in order before a signal ends the program."""
        loop = self._application.loop
        assert loop is not None  # noqa: S101  it runs
        for number in _ENDING:
            loop.add_signal_handler(number, self._end, number)

    def _end(self, number: int) -> None:
        self._signal = number
        if self._application.is_running and not self._application.is_done:
            self._application.exit()

    def _before(self, application: "Application[None]") -> None:
        """Ring if it is time to, and close where the talk has come to its end by itself."""
        if self._talk.rings():
            application.output.bell()
        if self._talk.is_over and application.is_running and not application.is_done:
            application.exit()

    @contextmanager
    def _failing_well(self) -> Iterator[None]:
        """Let a mistake of the program end the screen first, and be told of after that."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  whatever it is, it is raised again by `run`
            if self._application.is_running and not self._application.is_done:
                self._application.exit(exception=error)

    def _accept(self, buffer: Buffer) -> bool:
        text = ""
        with self._failing_well():
            text = self._talk.enter(buffer.text)
        if self._talk.is_over and not self._application.is_done:
            self._application.exit()
            return False
        buffer.document = Document(text, len(text))
        return True

    def _surface(self) -> tuple[Surface, int]:
        size = self._application.output.get_size()
        width = min(max(size.columns, _NARROWEST), _WIDEST)
        return Surface(width, self._encoding), max(size.rows - _FOOT_LINES, 1)

    def _body(self) -> StyleAndTextTuples:
        surface, height = self._surface()
        lines: list[Line] = []
        with self._failing_well():
            lines = page_lines(self._talk.page(surface.width), surface, height)
        return _fragments(lines)

    def _foot(self) -> StyleAndTextTuples:
        surface, _ = self._surface()
        return _fragments([keys_line(self._talk.page(surface.width), surface)])

    def _layout(self) -> Layout:
        line = Window(
            BufferControl(
                self._buffer,
                input_processors=[
                    BeforeInput(" > ", style="bold"),
                    _Hint(lambda: self._talk.page(self._surface()[0].width).enter),
                ],
            ),
            height=1,
        )
        rows = HSplit(
            [
                Window(FormattedTextControl(self._body, focusable=False), wrap_lines=False),
                line,
                Window(FormattedTextControl(self._foot, focusable=False), height=1),
            ]
        )
        menu = Float(CompletionsMenu(max_height=_MENU_LINES, scroll_offset=1), xcursor=True, ycursor=True)
        return Layout(FloatContainer(rows, [menu]), focused_element=line)

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        keys.add("enter", filter=has_completions & completion_is_selected)(self._take_offer)
        keys.add("c-c")(self._leave)
        keys.add("c-d")(self._close)
        keys.add(Keys.SIGINT)(self._leave)
        keys.add("escape")(lambda event: event.current_buffer.reset())
        keys.add("c-l")(lambda event: event.app.renderer.clear())
        keys.add("c-z")(lambda event: event.app.suspend_to_background())
        return keys

    def _take_offer(self, event: KeyPressEvent) -> None:
        """Put the chosen offer into the line, and enter it."""
        event.current_buffer.complete_state = None
        event.current_buffer.validate_and_handle()

    def _leave(self, event: KeyPressEvent) -> None:
        """Ctrl-C leaves."""
        self._talk.leave(is_interrupted=True)
        event.app.exit()

    def _close(self, event: KeyPressEvent) -> None:
        """Ctrl-D leaves where nothing stands in the line."""
        if not event.current_buffer.text:
            self._talk.leave()
            event.app.exit()


def _fragments(lines: Iterable[Line]) -> StyleAndTextTuples:
    """The lines as the screen takes them."""
    found: StyleAndTextTuples = []
    for at, line in enumerate(lines):
        if at:
            found.append(("", "\n"))
        found += [(_LOOKS[span.style], span.text) for span in line]
    return found
