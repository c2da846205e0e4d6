"""Documents as PDF files: fonts embedded, the same bytes for the same document, written whole or not."""

import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ptrack.errors import PtrackError, UnreadableError
from ptrack.output.document import Document

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF, the characters that no glyph was found for, and what else a person should be told."""

    content: bytes
    missing: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def warnings(self) -> list[str]:
        """Sentences for standard error: boxes in the place of characters, a logo left out."""
        if not self.missing:
            return list(self.notices)
        named = ", ".join(f"{character} (U+{ord(character):04X})" for character in self.missing[:_MOST_NAMED])
        more = len(self.missing) - _MOST_NAMED
        rest = f" and {more} more" if more > 0 else ""
        return [*self.notices, f"The PDF's font has no sign for {named}{rest}; a box stands there."]


class PdfWriter:
    """Makes PDFs that share a logo, a footer, an author and a date of creation."""

    def __init__(
        self,
        logo_path: Path | str | None = None,
        footer: str = "",
        author: str = "",
        created: datetime | None = None,
    ) -> None:
        self.footer = footer
        self.author = author
        self.created = created or datetime.now(UTC)
        self.logo_path, self.notices = _usable_logo(logo_path)

    def render(self, document: Document) -> Pdf:
        """The document as a PDF in memory."""
        from ptrack.output.paper import Paper
        from ptrack.output.paper_parts import draw_part

        paper = Paper(self.footer, self.created)
        paper.pdf.set_title(paper.clean(document.title))
        paper.pdf.set_author(self.author)
        paper.pdf.set_creator("ptrack")
        paper.pdf.set_lang("en")
        if self.logo_path:
            paper.draw_logo(self.logo_path)
        for part in document.parts:
            draw_part(paper, part)
        return Pdf(paper.finish(), tuple(paper.missing), self.notices)

    def write(self, document: Document, path: Path | str) -> Pdf:
        """Render the document into a file (0600); an UnreadableError or PtrackError says why it cannot be."""
        target = Path(path)
        _check_target(target)
        made = self.render(document)
        write_file(target, made.content)
        return made


def write_pdf(
    document: Document,
    path: Path | str,
    logo_path: Path | str | None = None,
    footer: str = "",
    author: str = "",
    created: datetime | None = None,
) -> Pdf:
    """Write one document as a PDF file; what `PdfWriter.write` does."""
    return PdfWriter(logo_path, footer, author, created).write(document, path)


def write_file(target: Path, content: bytes) -> None:
    """Put the content in the target's place at once, readable by its owner only; a device is written to."""
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".ptrack-", suffix=".pdf")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as failure:
        raise _write_error(target, failure) from failure


def _check_target(target: Path) -> None:
    """Refuse before anything is drawn what cannot be written."""
    try:
        if target.is_dir():
            raise UnreadableError(f"{target} is a directory. Name the PDF file in it.")
        parent = target.parent.stat()
    except OSError as failure:
        raise _write_error(target, failure) from failure
    if not stat.S_ISDIR(parent.st_mode):
        raise UnreadableError(f"{target.parent} is no directory. Name another place for the PDF.")


def _write_error(target: Path, failure: OSError) -> PtrackError:
    if isinstance(failure, FileNotFoundError):
        return UnreadableError(f"The directory {target.parent} does not exist. Make it, or name another.")
    if isinstance(failure, PermissionError):
        return UnreadableError(f"{target} may not be written. Name another place for the PDF.")
    reason = failure.strerror or str(failure)
    return PtrackError(f"{target} could not be written: {reason}. Nothing was left behind.")


def _usable_logo(logo_path: Path | str | None) -> tuple[Path | None, tuple[str, ...]]:
    """The logo if it can be drawn, or else a notice that says why it was left out."""
    if not logo_path:
        return None, ()
    path = Path(logo_path)
    try:
        with path.open("rb") as file:
            beginning = file.read(8)
        if not beginning.startswith(_SIGNATURES):
            return None, (f"The logo {path} is no PNG or JPEG; the PDF goes without it.",)
        from PIL import Image

        with Image.open(path) as image:
            image.load()
    except Exception as failure:  # noqa: BLE001 - whatever a picture holds, it never stops a document
        reason = failure.strerror if isinstance(failure, OSError) and failure.strerror else "it is damaged"
        return None, (f"The logo {path} cannot be used ({reason}); the PDF goes without it.",)
    return path, ()
