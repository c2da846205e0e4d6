"""Messages from templates: the program's own, and the trainer's in the configuration folder before them.

A text template gives the subject on its first line and the text below it. The templates run in a sandbox, in
HTML everything is escaped, and a name that does not exist is an error and never an empty place.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from textwrap import wrap
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from ptrack.mail.facts import UntellableError

if TYPE_CHECKING:
    from jinja2 import Environment, Template

WIDTH = 72
"""The columns of a text message."""

_LABEL = re.compile(r"\S+ {2,}|\d+: |\s*")
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_FAULTS = (
    ArithmeticError, AttributeError, AssertionError, LookupError, MemoryError, OSError, RecursionError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip


class Told(NamedTuple):
    """What a text template gave: its first line, and the rest in lines of at most 72 columns."""

    subject: str
    text: str


def told(name: str, values: Mapping[str, Any], folder: Path | None) -> Told:
    """The subject and the text of a template; `folder` is where the trainer's own may be.

    Raises UntellableError with file and line for a template that fails.
    """
    subject, _, text = _rendered(f"{name}.txt.j2", values, folder).lstrip().partition("\n")
    return Told(" ".join(subject.split()), _laid_out(text))


def page(name: str, values: Mapping[str, Any], folder: Path | None) -> str:
    """The HTML of a template. Raises UntellableError with file and line for one that fails."""
    lines = (line.strip() for line in _rendered(f"{name}.html.j2", values, folder).splitlines())
    return "\n".join(filter(None, lines)) + "\n"


def template_files(name: str, folder: Path | None) -> tuple[str, ...]:
    """The files that a message is made from: the trainer's own or the program's.

    Raises UntellableError for one with a mistake in it.
    """
    names = (f"{name}.txt.j2", f"{name}.html.j2")
    return tuple(str(_checked(each, folder).filename) for each in names)


def language(folder: Path | None) -> str:
    """The language that the templates are in."""
    return str(_environment(folder).globals["words"].language)  # type: ignore[attr-defined]


def _rendered(name: str, values: Mapping[str, Any], folder: Path | None) -> str:
    from jinja2 import TemplateError

    template = _checked(name, folder)
    try:
        return template.render(values)
    except (TemplateError, *_FAULTS) as error:
        raise UntellableError(_fault(error, name)) from error


def _checked(name: str, folder: Path | None) -> "Template":
    """A template without mistakes of grammar."""
    from jinja2 import TemplateError

    try:
        return _template(name, folder)
    except (TemplateError, *_FAULTS) as error:
        raise UntellableError(_fault(error, name)) from error


def _fault(error: Exception, name: str) -> str:
    """What is wrong with a template, where."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

    if isinstance(error, TemplateNotFound):
        return f"{name}: there is no template {error.name}."
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or name}, line {error.lineno}: {error.message}"
    what = str(error) if isinstance(error, UndefinedError) else f"{error} ({type(error).__name__})"
    return f"{_place(error.__traceback__) or name}: {what}"


def _place(trace: TracebackType | None) -> str | None:
    """The innermost line of a template that an error came through."""
    place = None
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            place = f"{file}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place


@lru_cache(256)
def _template(name: str, folder: Path | None) -> "Template":
    return _environment(folder).get_template(name)


@lru_cache(8)
def _environment(folder: Path | None) -> "Environment":
    """Where the templates of a run come from; each is compiled once."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    folders = [*([str(folder)] if folder else []), str(files("ptrack") / "data" / "mail")]
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders), undefined=StrictUndefined, autoescape=_is_page, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False, cache_size=-1,
    )  # fmt: skip
    words = environment.get_template("words.j2").module
    environment.globals["words"] = words
    environment.filters.update(_filters(words))
    return environment


def _is_page(name: str | None) -> bool:
    """Whether a template's values are escaped: all are but those of text, should a name be new."""
    return name is None or not name.endswith((".txt.j2", "words.j2"))


def _filters(words: Any) -> dict[str, Callable[..., Any]]:
    """How times and numbers are told, in the words of `words.j2`."""

    def day(moment: date, form: str = words.full_day) -> str:
        weekday, month = words.weekdays[moment.weekday()], words.months[moment.month - 1]
        return str(form).format(weekday=weekday, day=moment.day, month=month, year=moment.year)

    def span(begin: datetime, end: datetime) -> str:
        form = words.one_day if begin.date() == end.date() else words.two_days
        return str(form).format(
            day=day(begin), begin=f"{begin:%H:%M}", end=f"{end:%H:%M}", end_day=day(end, words.short_day)
        )

    def moment(instant: datetime) -> str:
        return str(words.full_moment).format(day=day(instant), time=f"{instant:%H:%M}")

    def short(instant: datetime) -> str:
        return str(words.short_moment).format(day=day(instant, words.short_day), time=f"{instant:%H:%M}")

    def zone(instant: datetime) -> str:
        if not _city(instant):
            return f"({_zone_name(instant)})"
        return str(words.zone).format(place=place_of_zone(instant), name=_zone_name(instant))

    def place_of_zone(instant: datetime) -> str:
        city = _city(instant)
        return str(words.place_of_zone).format(place=city) if city else _zone_name(instant)

    return {
        "day": day, "span": span, "moment": moment, "short": short, "zone": zone,
        "short_day": lambda instant: day(instant, words.short_day), "date": lambda instant: f"{instant:%F}",
        "place_of_zone": place_of_zone, "number": lambda value: f"{value:,.0f}",
        "is_link": lambda text: bool(_LINK.fullmatch(text)),
    }  # fmt: skip


def _city(instant: datetime) -> str:
    """The place that a zone is called after; empty for those called after none."""
    area, _, city = getattr(instant.tzinfo, "key", "").rpartition("/")
    return city.replace("_", " ") if area and area != "Etc" else ""


def _zone_name(instant: datetime) -> str:
    """What the zone's time is called then: CET, or UTC+05:45 where it has but a number."""
    name = instant.tzname() or ""
    offset = f"{instant:%z}"
    return name if name.isalpha() else f"UTC{offset[:3]}:{offset[3:5]}"


def _laid_out(text: str) -> str:
    """A text in lines of at most 72 columns, never more than one of them empty; links stay whole."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.strip():
            lines += _wrapped(line.rstrip())
        elif lines and lines[-1]:
            lines.append("")
    return "\n".join(lines).rstrip() + "\n" if lines else ""


def _wrapped(line: str) -> list[str]:
    """A line cut between words; what follows a label or an indent stays below its beginning."""
    label = _LABEL.match(line)
    begin = label.group() if label else ""
    if len(line) <= WIDTH or " " not in line[len(begin) :]:
        return [line]
    indent = " " * min(len(begin), WIDTH // 2)
    return wrap(
        line[len(begin) :], WIDTH, initial_indent=begin, subsequent_indent=indent, break_long_words=False,
        break_on_hyphens=False,
    ) or [line]  # fmt: skip
