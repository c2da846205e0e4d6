"""Documents as PDF files: fonts embedded, the same bytes for the same document, written whole or not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ptrack.errors import ConflictError, UnreadableError, UsageError
from ptrack.output.document import Document
from ptrack.output.files import check_target, write_file

if TYPE_CHECKING:
    from ptrack.output.paper import Paper
    from ptrack.output.sheets import Sheets

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_PDF = b"%PDF"
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
        from ptrack.output.paper_parts import draw_part

        paper = self._paper(document.title)
        if self.logo_path:
            paper.draw_logo(self.logo_path)
        for part in document.parts:
            draw_part(paper, part)
        return Pdf(paper.finish(), tuple(paper.missing), self.notices)

    def render_sheets(self, sheets: "Sheets") -> Pdf:
        """Training sheets as a PDF in memory, the logo on each page."""
        from ptrack.output.sheet_pages import draw_sheets

        paper = self._paper(f"{sheets.title}, {sheets.client}" if sheets.client else sheets.title)
        draw_sheets(paper, sheets, self.logo_path)
        return Pdf(paper.finish(), tuple(paper.missing), self.notices)

    def _paper(self, title: str) -> "Paper":
        from ptrack.output.paper import Paper

        paper = Paper(self.footer, self.created)
        paper.pdf.set_title(paper.clean(title))
        paper.pdf.set_author(self.author)
        paper.pdf.set_creator("ptrack")
        paper.pdf.set_lang("en")
        return paper

    def write(self, document: Document, path: Path | str) -> Pdf:
        """Render the document into a file (0600); an UnreadableError or PtrackError says why it cannot be."""
        return self._written(lambda: self.render(document), Path(path))

    def write_sheets(self, sheets: "Sheets", path: Path | str) -> Pdf:
        """Write training sheets into a file, as `write` does a document."""
        return self._written(lambda: self.render_sheets(sheets), Path(path))

    def _written(self, render: Callable[[], Pdf], target: Path) -> Pdf:
        _check_pdf(target)
        made = render()
        write_file(target, made.content)
        return made


def _check_pdf(target: Path) -> None:
    """Refuse what cannot be written, and a file of something else: only a PDF, or nothing, is replaced."""
    if target.name == "-":
        raise UsageError("A PDF goes to a file, not to standard output. Name one: --pdf sheet.pdf")
    check_target(target)
    if not target.is_file():
        return
    try:
        with target.open("rb") as file:
            beginning = file.read(len(_PDF))
    except OSError as failure:
        raise UnreadableError(f"{target} may not be read. Name another file.") from failure
    if beginning not in (_PDF, b""):
        raise ConflictError(f"{target} exists already, is no PDF, and was left as it is. Name another file.")


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
