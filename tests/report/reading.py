"""How the tests make small outlines and read what was written."""

import io
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace

import page as validator
import pikepdf
import pypdfium2

from nqpf_assess.report.blocks import Block, Outline, OutlinePart

PROFILES = (validator.ValidationProfile.PDF_A_3A, validator.ValidationProfile.PDF_UA_1)
UNSEEN = frozenset({"alt", "anchor", "link", "style", "tone", "align"})
"""Fields of blocks that are not drawn."""


def outline(*sequence: Block, language: str = "en", **more: object) -> Outline:
    """Bind blocks into a report of one part."""
    return Outline("Title", "Subject", language, "2026-11-25", "", "", (OutlinePart(language, sequence),), **more)  # type: ignore[arg-type]


def findings(data: bytes) -> list[str]:
    """List what the validator finds against either standard."""
    reports = [validator.validate_pdf_bytes(data, profile=profile) for profile in PROFILES]
    assert all(report.rules.total > 50 for report in reports)
    return [f"{failure.rule_id} {failure.message}" for report in reports for failure in report.failures]


def opened(data: bytes) -> pikepdf.Pdf:
    """Open a written file."""
    return pikepdf.open(io.BytesIO(data))


def extracted(data: bytes) -> list[str]:
    """Return the text of each page as copied out of it, without white space."""
    document = pypdfium2.PdfDocument(data)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield the elements of the structure tree in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        node = waiting.pop(0)
        yield node
        kids = [kid for kid in node.get("/K", pikepdf.Array()) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        waiting = kids + waiting


def mapped(value: object, change: Callable[[str, str], str], name: str = "") -> object:
    """Change every text of a block; `change` gets the text and the name of its field."""
    if isinstance(value, str):
        return change(value, name)
    if isinstance(value, tuple):
        return tuple(mapped(part, change, name) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: mapped(getattr(value, f.name), change, f.name) for f in fields(value)})
    return value
