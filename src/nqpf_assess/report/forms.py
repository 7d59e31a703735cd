"""The forms a report is written in: how files end and begin, are named and drawn; what a house adds to their look."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nqpf_assess.files.unchanged import is_unchanged
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.report_form import Form, WordStyle
from nqpf_assess.report.blocks import Outline
from nqpf_assess.typography.clean import clean_line

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

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])")
"""Names Windows keeps for devices, whatever ending follows their first point."""

LONGEST = 120
"""Bytes of a name made from the subject; file systems take 255, and a temporary name beside it is longer."""


def ending_of(form: Form) -> str:
    """Return the ending that files of a form are given."""
    return next(ending for ending, named in ENDINGS.items() if named == form)


def form_of(path: Path) -> Form | None:
    """Return the form that the ending of a file stands for; None where we know no such ending."""
    return ENDINGS.get(path.suffix.lower())


def file_name(subject: Subject, otherwise: str) -> str:
    """Return a file's name, without ending, made from a subject and its period, else from `otherwise`.

    No separators, nothing hidden, no name that a system keeps for a device, at most 120 bytes in UTF-8.
    """
    words = [clean_line(part) for part in (subject.name, subject.period) if part.strip()]
    joined = "-".join(words) if subject.name.strip() else ""
    for wished in (unicodedata.normalize("NFC", joined), otherwise):
        named = FORBIDDEN.sub("_", wished).strip(" ._-")
        if named:
            break
    stem, point, rest = (named or "report").partition(".")
    if DEVICES.fullmatch(stem.strip()):
        named = f"{stem}_{point}{rest}"
    return (named or "report").encode()[:LONGEST].decode(errors="ignore").strip(" .-")


def is_foreign(path: Path, form: Form) -> bool:
    """Return whether a file lies there that we have not written in this form, or not left so, and must not replace."""
    return path.is_file() and path.stat().st_size > 0 and not is_unchanged(path, BEGINNINGS[form])


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

            return write_text(outline, width=width).encode(), ()
        case "html":
            from nqpf_assess.report.html import write_html

            return write_html(outline).encode(), ()


@dataclass(frozen=True, slots=True)
class House:
    """Fonts of the house (regular, bold or both, told apart by their weight) and the file of its logo, "" for none."""

    fonts: tuple[Path, ...] = ()
    logo: bytes = b""

    @property
    def plain(self) -> bool:
        """Whether it adds nothing."""
        return not self.fonts and not self.logo
