"""The report as an editable Word file: headings, lists and tables in styles of their own; figures as tables.

Needs python-docx (the extra `docx`). Everything is plain text: no field, macro or formula; the same outline gives the
same bytes.
"""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from nqpf_assess.locale import _
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.problem import UserError
from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Block, Chart, Inline, Outline, OutlinePart
from nqpf_assess.report.figures import MAKERS, as_table, card_table
from nqpf_assess.report.intake import cleaned

WIDTH = 9360 * 635
"""Width of text on an A4 page with the margins below, in EMU (165 mm)."""

NARROWEST = 0.085
"""Part of the width that a column has at least."""

FONTS = {False: ("Calibri", "SimSun"), True: ("Times New Roman", "FangSong")}
HEADING_FONTS = {False: ("Calibri", "SimHei"), True: ("Times New Roman", "SimHei")}
"""Fonts for Latin letters and for Chinese characters, by whether the language is written in the latter."""
SIZES = {"body": 10.5, "lead": 12.0, "note": 8.5, "caption": 9.5}
NAVY, GREY, LINES, GROUND = "0B2A4A", "5B6B7B", "B9C4CF", "EDF4FA"
SIDES = ("top", "left", "bottom", "right", "start", "end", "insideH", "insideV")
SAFE = ("http://", "https://", "mailto:")
MISSING = _("Word files need the part “docx”, which is not installed.")
INSTALL = _('Install it with: pip install "nqpf-assess[docx]"')


def write_docx(outline: Outline) -> bytes:
    """Write an outline as a Word file. Raises `UserError` (status 3) where python-docx is not installed."""
    try:
        from docx import Document
    except ImportError as fault:
        raise UserError(MISSING, hint=INSTALL, status=3) from fault
    outline = cleaned(outline)
    document: Any = Document()
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)
    section.header.paragraphs[0].text = outline.header
    section.footer.paragraphs[0].text = outline.footer
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Title"):
        style = document.styles[name]
        heading = name.startswith(("Heading", "Title"))
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        latin, han = (HEADING_FONTS if heading else FONTS)[grammar(outline.language).han]
        style.font.name = latin
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{key}"), None)
        fonts.set(qn("w:eastAsia"), han)
        tongue = style.element.rPr.find(qn("w:lang"))
        tongue = style.element.rPr.makeelement(qn("w:lang")) if tongue is None else tongue
        tongue.set(qn("w:val"), grammar(outline.language).tag)
        tongue.set(qn("w:eastAsia"), "zh-CN")
        style.element.rPr.append(tongue)
        if heading:
            style.font.color.rgb = RGBColor.from_string(NAVY)
        else:
            style.font.size = Pt(SIZES["body"])
    from docx.oxml.ns import qn

    for border in document.styles["Table Grid"].element.iter(*(qn(f"w:{side}") for side in SIDES)):
        border.set(qn("w:color"), LINES)
    day = datetime.fromisoformat(outline.date)
    document.core_properties.title, document.core_properties.subject = outline.title[:255], outline.subject[:255]
    document.core_properties.author = document.core_properties.last_modified_by = "nqpf-assess"
    document.core_properties.keywords, document.core_properties.comments = ", ".join(outline.keywords)[:255], ""
    document.core_properties.language = grammar(outline.language).tag
    document.core_properties.created = document.core_properties.modified = day
    document.core_properties.revision = 1
    for index, part in enumerate(outline.parts):
        if index:
            document.add_page_break()
        _DocxWriter(document, part).write()
    saved = io.BytesIO()
    document.save(saved)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved.getvalue())) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()


class _DocxWriter:
    """Writes the blocks of one part into a document."""

    def __init__(self, document: Any, part: OutlinePart) -> None:
        self.document, self.part = document, part
        self.headings = [block for block in part.blocks if isinstance(block, blocks.Heading)]
        self.marks = 0

    def write(self) -> None:
        """Write all blocks in order."""
        for block in self.part.blocks:
            WRITERS[type(block)](self, block)

    # ── Running text ──

    def paragraph(self, runs: Inline, *, style: str | None = None, size: float | None = None, colour: str = "") -> Any:
        """Add a paragraph of runs."""
        added = self.document.add_paragraph(style=style)
        self.fill(added, runs, size=size, colour=colour)
        return added

    def fill(
        self, paragraph: Any, runs: Inline, *, bold: bool = False, size: float | None = None, colour: str = ""
    ) -> None:
        """Write runs into a paragraph."""
        from docx.shared import Pt, RGBColor

        for run in runs:
            words = " ".join(run.text.split("\n"))
            place = self.linked(paragraph, run.link) if run.link.startswith(SAFE) else paragraph
            written = place.add_run(words) if place is paragraph else _run_in(paragraph, place, words)
            written.bold = True if run.bold or bold else None
            if size:
                written.font.size = Pt(size)
            if colour:
                written.font.color.rgb = RGBColor.from_string(colour)

    def linked(self, paragraph: Any, address: str) -> Any:
        """Open a link to an address outside the report."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        paragraph._p.append(link)
        return link

    def heading(self, block: blocks.Heading) -> None:
        """Add a heading."""
        added = self.document.add_heading(block.text.replace("\n", " "), level=min(block.level, 3))
        added.paragraph_format.page_break_before = block.new_page
        added.paragraph_format.keep_with_next = True

    def text(self, block: blocks.Paragraph) -> None:
        """Add running text."""
        self.paragraph(block.runs, size=SIZES[block.style], colour=GREY if block.style == "note" else "")

    def bullets(self, block: blocks.Bullets) -> None:
        """Add a list; numbers are written out, so that every list begins with 1."""
        for place, item in enumerate(block.items, start=1):
            if block.numbered:
                self.paragraph((blocks.Run(f"{place}. "), *item))
            else:
                self.paragraph(item, style="List Bullet")

    def callout(self, block: blocks.Callout) -> None:
        """Add a framed paragraph."""
        self.paragraph((blocks.Run(f"{block.label}: ", bold=True), *block.runs))

    # ── Front ──

    def cover(self, block: blocks.Cover) -> None:
        """Add the first page."""
        self.document.add_heading(block.title, level=0)
        self.paragraph((blocks.Run(block.subtitle),), size=SIZES["lead"], colour=GREY)
        self.paragraph((blocks.Run(block.subject, bold=True),), size=18)
        rows = tuple(blocks.cells(label, value) for label, value in block.facts)
        self.grid((blocks.TableColumn("", 1.0), blocks.TableColumn("", 3.0)), rows, header=False)
        self.paragraph((blocks.Run(block.notice),), colour=GREY)

    def contents(self, block: blocks.Contents) -> None:
        """Add the list of headings."""
        from docx.shared import Pt

        self.paragraph((blocks.Run(block.title, bold=True),), size=14)
        for heading in self.headings:
            if heading.level <= 2:
                words = "\u3000" * (heading.level - 1) + heading.text
                self.paragraph((blocks.Run(words, bold=heading.level == 1),)).paragraph_format.space_after = Pt(2)

    # ── Tables ──

    def table(self, block: blocks.Table, said: str = "") -> None:
        """Add a table between its caption and its note; `said` describes it to those who cannot see it."""
        if block.caption:
            caption = self.paragraph((blocks.Run(block.caption, bold=True),), size=SIZES["caption"], colour=NAVY)
            caption.paragraph_format.keep_with_next = True
        table = self.grid(block.columns, block.rows, bold=block.bold_rows)
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for kind, words in (("w:tblCaption", block.caption), ("w:tblDescription", said)):
            if words:
                entry = OxmlElement(kind)
                entry.set(qn("w:val"), words)
                table._tbl.tblPr.append(entry)
        self.paragraph((blocks.Run(block.note),), size=SIZES["note"], colour=GREY)

    def grid(
        self,
        columns: Sequence[blocks.TableColumn],
        rows: Sequence[tuple[Inline, ...]],
        *,
        bold: frozenset[int] = frozenset(),
        header: bool = True,
    ) -> Any:
        """Add the cells of a table; its header repeats on every page, no row is cut."""
        table = self.document.add_table(rows=0, cols=len(columns))
        table.style, table.autofit = "Table Grid", False
        shares = [column.share for column in columns]
        parts = [max(share / sum(shares), NARROWEST) for share in shares]
        widths = [int(WIDTH * part / sum(parts)) for part in parts]
        for drawn, width in zip(table.columns, widths, strict=True):
            drawn.width = width
        if header:
            titles = tuple(blocks.runs(column.title) for column in columns)
            head = self.row(table, titles, columns, widths, bold=True)
            _mark(head, "w:tblHeader")
            from docx.oxml import OxmlElement
            from docx.oxml.ns import qn

            for cell in head.cells:
                ground = OxmlElement("w:shd")
                for key, value in (("val", "clear"), ("color", "auto"), ("fill", GROUND)):
                    ground.set(qn(f"w:{key}"), value)
                cell._tc.get_or_add_tcPr().append(ground)
        for place, row in enumerate(rows):
            self.row(table, row, columns, widths, bold=place in bold)
        return table

    def row(
        self,
        table: Any,
        cells: Sequence[Inline],
        columns: Sequence[blocks.TableColumn],
        widths: Sequence[int],
        *,
        bold: bool,
    ) -> Any:
        """Add one row."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        added = table.add_row()
        _mark(added, "w:cantSplit")
        for cell, words, column, width in zip(added.cells, cells, columns, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if column.align == "right":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self.fill(paragraph, words, bold=bold, size=9)
        return added

    def key_figures(self, block: blocks.KeyFigures) -> None:
        """Add key figures as a table of one row each."""
        rows = tuple(blocks.cells(figure.label, figure.value, figure.note) for figure in block.figures)
        columns = (blocks.TableColumn("", 1.4), blocks.TableColumn("", 0.8, "right"), blocks.TableColumn("", 2.4))
        self.grid(columns, rows, header=False)
        self.document.add_paragraph()

    def card(self, block: blocks.Card) -> None:
        """Add a card as a table of labelled lines under its title."""
        badge = f"  ({block.badge})" if block.badge else ""
        title = self.paragraph((blocks.Run(block.title + badge, bold=True),), size=12, colour=NAVY)
        title.paragraph_format.keep_with_next = True
        if block.lead:
            self.paragraph(block.lead)
        rows = tuple((blocks.runs(blocks.Run(field.label, bold=True)), field.runs) for field in block.fields)
        self.grid((blocks.TableColumn("", 1.0), blocks.TableColumn("", 4.0)), rows, header=False)
        self.document.add_paragraph()

    def card_row(self, block: blocks.CardRow) -> None:
        """Add cards side by side as a table."""
        self.table(card_table(block))

    def chart(self, block: Chart) -> None:
        """Add a figure as a table, with its alternative text."""
        self.table(as_table(block, self.part.language), block.alt)

    def page_break(self, _block: blocks.PageBreak) -> None:
        """Begin a new page."""
        self.document.add_page_break()


def _mark(row: Any, kind: str) -> None:
    """Mark a row: `w:tblHeader` stands again on top of every page, `w:cantSplit` is not cut between two."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(kind))


def _run_in(paragraph: Any, link: Any, words: str) -> Any:
    written = paragraph.add_run(words)
    link.append(written._r)
    return written


WRITERS: Mapping[type[Block], Callable[[_DocxWriter, Any], None]] = {
    blocks.Heading: _DocxWriter.heading,
    blocks.Paragraph: _DocxWriter.text,
    blocks.Bullets: _DocxWriter.bullets,
    blocks.Callout: _DocxWriter.callout,
    blocks.Table: _DocxWriter.table,
    blocks.KeyFigures: _DocxWriter.key_figures,
    blocks.Card: _DocxWriter.card,
    blocks.CardRow: _DocxWriter.card_row,
    blocks.Cover: _DocxWriter.cover,
    blocks.Contents: _DocxWriter.contents,
    blocks.PageBreak: _DocxWriter.page_break,
    **dict.fromkeys(MAKERS, _DocxWriter.chart),
}
