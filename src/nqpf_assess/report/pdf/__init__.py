"""The report as PDF: an outline in, the bytes of one file out, the same bytes for the same outline.

The file is tagged for assistive technology and made for archives (PDF/UA-1, PDF/A-3a), with the data attached.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqpf_assess.report.blocks import Intake, Outline
from nqpf_assess.report.pdf.archive import FileCard, finish
from nqpf_assess.report.pdf.fonts import FontChoice, FontError, load_fonts
from nqpf_assess.report.pdf.story import draw, language_tag

if TYPE_CHECKING:
    from nqpf_assess.report.pdf.logo import Logo

__all__ = ["FontChoice", "FontError", "PdfFile", "write_pdf"]


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A finished report: its bytes, how many pages it has, which characters no font has (drawn as 〓)."""

    data: bytes
    pages: int
    missing: tuple[str, ...]


def write_pdf(outline: Outline, *, fonts: FontChoice | None = None, logo: "Logo | None" = None) -> PdfFile:
    """Draw an outline as PDF, with a house's own fonts and logo. Raises FontError if a font cannot be used."""
    font_set = load_fonts(fonts)
    intake = Intake(font_set.drawable)
    clean = intake.outline(outline)
    drawn = draw(clean, font_set, logo)
    card = FileCard(
        clean.title,
        clean.subject,
        clean.keywords,
        language_tag(clean.language),
        tuple(dict.fromkeys(language_tag(part.language) for part in clean.parts)),
        clean.date,
    )
    data = finish(drawn, card, clean.attachments)
    return PdfFile(data, len(drawn.owners), tuple(sorted(intake.missing)))
