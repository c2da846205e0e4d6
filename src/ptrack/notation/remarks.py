"""Mistakes as remarks in the text itself, for whoever mends it in an editor.

A remark of this kind begins with `#!`. What is wrong stands above the line at fault, with that line's number
in the file as it now is; a caret for each place stands below it. Reading the file again leaves them out.
"""

from collections.abc import Iterable, Sequence

from ptrack.notation.mistakes import shown, width
from ptrack.notation.statements import lines_of

MARK = "#!"


def with_remarks(text: str, places: Iterable[tuple[int, int, str]]) -> str:
    """The text with its mistakes (line and column from 1, what was expected) remarked upon."""
    found: dict[int, list[tuple[int, str]]] = {}
    for number, column, message in sorted(set(places)):
        found.setdefault(number, []).append((column, message))
    written: list[str] = []
    for number, line in enumerate(lines_of(text), 1):
        mistakes = found.get(number, [])
        at = len(written) + len(mistakes) + 1
        written += [f"{MARK} {at}:{column} {shown(message)}" for column, message in mistakes]
        written.append(line)
        if mistakes:
            written.append(_carets(line, [column for column, _ in mistakes]))
    return "\n".join(written)


def _carets(line: str, columns: Sequence[int]) -> str:
    """The remark that points at columns of the line above it; the first two are hidden by its own mark."""
    last = max(columns)
    signs = [_blank(character) for character in line[:last].ljust(last)]
    for column in columns:
        signs[column - 1] = "^" + signs[column - 1][1:]
    hidden = "^" if min(columns) <= len(MARK) else ""
    return (MARK + hidden + "".join(signs)[len(MARK + hidden) :]).rstrip()


def _blank(character: str) -> str:
    """White space as wide as the character."""
    return "\t" if character == "\t" else " " * width(shown(character))


def without_remarks(text: str) -> str:
    """The text without the remarks of `with_remarks`, its line ends plain."""
    return "\n".join(line for line in lines_of(text) if not line.startswith(MARK))
