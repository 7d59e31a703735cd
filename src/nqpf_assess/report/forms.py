"""The forms a report is written in: how files end and begin, and are drawn; what a house adds to their look."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nqpf_assess.files.presence import is_file
from nqpf_assess.files.unchanged import is_unchanged, sealed_plain
from nqpf_assess.model.report_form import Form, WordStyle
from nqpf_assess.report.blocks import Outline

ENDINGS: Mapping[str, Form] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".md": "md",
    ".markdown": "md",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
}
"""The form that the ending of a file stands for; the first of a form is the one we give."""

BEGINNINGS: Mapping[Form, bytes] = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "md": b"<!-- nqpf-assess",
    "text": "═".encode(),
    "html": b"<!doctype html>\n<!-- nqpf-assess",
}
"""First bytes by which a file is known as one we may have written in that form."""


def ending_of(form: Form) -> str:
    """Return the ending that files of a form are given."""
    return next(ending for ending, named in ENDINGS.items() if named == form)


def form_of(path: Path) -> Form | None:
    """Return the form that the ending of a file stands for; None where we know no such ending."""
    return ENDINGS.get(path.suffix.lower())


def is_foreign(path: Path, form: Form) -> bool:
    """Return whether a file lies there that we have not written in this form, or not left so, and must not replace."""
    return is_file(path) and path.stat().st_size > 0 and not is_unchanged(path, BEGINNINGS[form])


def draw(
    outline: Outline, form: Form, *, width: int = 80, style: WordStyle = "report"
) -> tuple[bytes, tuple[str, ...]]:
    """Draw an outline in a form; returns the file and the characters that the fonts of a PDF lack.

    `width`: of plain text, in cells; `style`: of a Word file.
    """
    match form:
        case "pdf":
            from nqpf_assess.report.pdf import write_pdf

            drawn = write_pdf(outline)
            return drawn.data, drawn.missing
        case "docx":
            from nqpf_assess.report.docx import write_docx

            return write_docx(outline, style=style), ()
        case "md":
            from nqpf_assess.report.markdown import write_markdown

            return write_markdown(outline).encode(), ()
        case "text":
            from nqpf_assess.report.text import write_text

            return sealed_plain(write_text(outline, width=width)).encode(), ()
        case "html":
            from nqpf_assess.report.html import write_html

            return write_html(outline).encode(), ()


@dataclass(frozen=True, slots=True)
class House:
    """Fonts of the house (regular, bold or both, told apart by their weight) and the file of its logo, "" for none."""

    fonts: tuple[Path, ...] = ()
    logo: bytes = b""
