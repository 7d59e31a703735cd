"""The report as an editable Word file: contents, headings, captions, lists and tables in Word's own styles.

Needs python-docx (the extra `docx`). Figures become tables. The only fields are Word's own for contents, captions and
page numbers; texts are plain and never become a field, macro or formula. The same outline gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nqpf_assess.locale import _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import summed
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.report_form import WordStyle
from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Block, Chart, Inline, Outline, OutlinePart, card_table, cleaned, head_column
from nqpf_assess.report.figures import MAKERS, as_table

NARROWEST = 0.085
"""Part of the width that a column has at least."""

NAVY, GREY, LINES, GROUND, BLACK = "0B2A4A", "5B6B7B", "B9C4CF", "EDF4FA", "000000"
SIDES = ("top", "left", "bottom", "right", "start", "end", "insideH", "insideV")
SAFE = ("http://", "https://", "mailto:")
TABLE, FIGURE = _("Table {number}"), _("Figure {number}")
CONTENTS_HINT = _("(page numbers appear when the contents are updated: F9 in Word)")
MISSING = _("Word files need the part “docx”, which is not installed.")
INSTALL = _('Install it with: pip install "nqpf-assess[docx]"')


@dataclass(frozen=True, slots=True)
class Look:
    """How a Word file looks: margins in millimetres (top, right, bottom, left), fonts (Latin, Chinese), sizes (points).

    `headings`: the title and three levels, each with its Chinese font, size and weight; `leading`: exact line spacing
    in points, 0 for a plain multiple; `grid`: lines on a page and characters on a line that the page's grid sets out.
    """

    margins: tuple[float, float, float, float]
    fonts: Mapping[bool, tuple[str, str]]
    headings: tuple[tuple[str, float, bool], ...]
    sizes: Mapping[str, float]
    title: str
    quiet: str
    leading: float = 0.0
    indent: int = 0
    """Characters by which the first line of a paragraph is set in."""
    grid: tuple[int, int] | None = None

    @property
    def width(self) -> int:
        """Width of text on an A4 page, in EMU."""
        return int((210 - self.margins[1] - self.margins[3]) * 36000)


LOOKS: Mapping[WordStyle, Look] = {
    "report": Look(
        (22, 22, 22, 22),
        {False: ("Calibri", "SimSun"), True: ("Times New Roman", "FangSong")},
        (("SimHei", 24, True), ("SimHei", 16, True), ("SimHei", 13, True), ("SimHei", 11.5, True)),
        {"body": 10.5, "lead": 12.0, "note": 9.0, "caption": 9.5, "cell": 9.0, "foot": 8.5},
        NAVY,
        GREY,
    ),
    # GB/T 9704-2012: type area 156 mm by 225 mm, 22 lines of 28 characters, 3 号仿宋; heads 黑体, 楷体, 仿宋
    "gongwen": Look(
        (37, 26, 35, 28),
        {False: ("Times New Roman", "仿宋_GB2312"), True: ("Times New Roman", "仿宋_GB2312")},
        (("方正小标宋简体", 22, False), ("黑体", 16, False), ("楷体_GB2312", 16, False), ("仿宋_GB2312", 16, True)),
        {"body": 16.0, "lead": 16.0, "note": 12.0, "caption": 14.0, "cell": 12.0, "foot": 14.0},
        BLACK,
        BLACK,
        leading=225 / 22 / 25.4 * 72,
        indent=2,
        grid=(22, 28),
    ),
}


def write_docx(outline: Outline, *, style: WordStyle = "report") -> bytes:
    """Write an outline as a Word file. Raises `UserError` (status 3) where python-docx is not installed.

    `style`: our own look, or `gongwen`: page, named fonts and line grid of official papers (GB/T 9704-2012).
    """
    try:
        from docx import Document
    except ImportError as fault:
        raise UserError(MISSING, hint=INSTALL, status=3) from fault
    outline, look = cleaned(outline), LOOKS[style]
    document: Any = Document()
    _set_styles(document, outline, look)
    day = datetime.fromisoformat(outline.date)
    document.core_properties.title, document.core_properties.subject = outline.title[:255], outline.subject[:255]
    document.core_properties.author = document.core_properties.last_modified_by = "nqpf-assess"
    document.core_properties.keywords, document.core_properties.comments = ", ".join(outline.keywords)[:255], ""
    document.core_properties.language = grammar(outline.language).tag
    document.core_properties.created = document.core_properties.modified = day
    document.core_properties.revision = 1
    marks: dict[str, str] = {}
    counted: dict[str, dict[str, int]] = {}  # tables and figures in each language: one report has one figure 1

    for index, part in enumerate(outline.parts):
        section = document.add_section() if index else document.sections[0]
        _set_page(section, part, outline, look)
        own = counted.setdefault(part.language, {TABLE.key: 0, FIGURE.key: 0})
        _DocxWriter(document, part, look, marks, own, foreign=part.language != outline.language).write()
    return _packed(document.part.package)


def _packed(package: Any) -> bytes:
    """Pack the file: the same bytes at any clock, without the picture of an empty page that the template brings."""
    from docx.opc.pkgwriter import PackageWriter

    for part in package.parts:
        part.before_marshal()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        writer: Any = PackageWriter
        pack = _Pack(target)
        writer._write_content_types_stream(pack, package.parts)
        writer._write_pkg_rels(pack, package.rels)
        writer._write_parts(pack, package.parts)
    return packed.getvalue()


@dataclass(frozen=True, slots=True)
class _Pack:
    """What python-docx writes its parts into: its own asks the clock, and a ZIP knows no year before 1980."""

    target: zipfile.ZipFile

    def write(self, place: Any, content: bytes) -> None:
        """Write one part."""
        name = place.membername
        if name.endswith("thumbnail.jpeg"):
            return
        entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 0
        if name in ("_rels/.rels", "[Content_Types].xml"):
            content = re.sub(rb'<Relationship [^>]*thumbnail[^>]*/>|<Default Extension="jpeg"[^>]*/>', b"", content)
        self.target.writestr(entry, content)


# ── Page and styles ──


def _set_page(section: Any, part: OutlinePart, outline: Outline, look: Look) -> None:
    """Set page, grid, running head and foot of a part; its pages are counted from 1."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, look.margins)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    for old in section._sectPr.findall(_qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.find(_qn("w:pgMar")).addnext(_element(section._sectPr, "w:pgNumType", start="1"))
    if look.grid:
        lines, letters = look.grid
        pitch = round((297 - look.margins[0] - look.margins[2]) / lines / 25.4 * 1440)
        wide = (210 - look.margins[1] - look.margins[3]) / letters / 25.4 * 72 - look.sizes["body"]
        grid = section._sectPr.find(_qn("w:docGrid"))
        if grid is not None:
            section._sectPr.remove(grid)
        _element(
            section._sectPr, "w:docGrid", type="linesAndChars", linePitch=str(pitch), charSpace=str(round(wide * 4096))
        )
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.text = "" if look.grid else part.header or outline.header
    foot.text = "— " if look.grid else (part.footer or outline.footer) + "    "
    _field(foot, "PAGE", "1")
    foot.add_run(" —" if look.grid else "")
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.grid else WD_ALIGN_PARAGRAPH.LEFT
    for paragraph in (head, foot):
        paragraph.paragraph_format.first_line_indent = Pt(0)
        for run in paragraph.runs:
            run.font.size = Pt(look.sizes["foot"])


def _set_styles(document: Any, outline: Outline, look: Look) -> None:
    """Set fonts, sizes, colours and languages of the styles that the report uses."""
    from docx.shared import Pt, RGBColor

    levels = dict(zip(("Title", "Heading 1", "Heading 2", "Heading 3"), look.headings, strict=True))
    for name in ("Normal", *levels, "Caption", "List Bullet", "List Number", "Header", "Footer"):
        style = document.styles[name]
        latin, han = look.fonts[grammar(outline.language).han]
        han, size, bold = levels.get(name, (han, look.sizes["caption" if name == "Caption" else "body"], False))
        style.font.name, style.font.size = latin, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(_qn(f"w:{key}"), None)
        fonts.set(_qn("w:eastAsia"), han)
        tongue = style.element.rPr.find(_qn("w:lang"))
        tongue = style.element.rPr.makeelement(_qn("w:lang")) if tongue is None else tongue
        tongue.set(_qn("w:val"), grammar(outline.language).tag)
        tongue.set(_qn("w:eastAsia"), "zh-CN")
        style.element.rPr.append(tongue)
        if name in levels or name == "Caption":
            style.font.color.rgb = RGBColor.from_string(look.title)
            style.font.bold = bold or name == "Caption"
        if look.leading and name not in ("Header", "Footer"):
            style.paragraph_format.line_spacing = Pt(look.leading)
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    if look.grid:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        title = document.styles["Title"]
        title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for line in title.element.iter(_qn("w:pBdr")):
            line.getparent().remove(line)
            break
    for border in document.styles["Table Grid"].element.iter(*(_qn(f"w:{side}") for side in SIDES)):
        border.set(_qn("w:color"), LINES if look.quiet == GREY else BLACK)


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _element(parent: Any, kind: str, **said: str) -> Any:
    """Append an element of Word's own to another."""
    from docx.oxml import OxmlElement

    added = OxmlElement(kind)
    for name, value in said.items():
        added.set(_qn(f"w:{name}"), value)
    parent.append(added)
    return added


def _field(paragraph: Any, code: str, result: str) -> None:
    """Append one of Word's fields with the result that shows until Word works it out."""
    _element(paragraph.add_run()._r, "w:fldChar", fldCharType="begin")
    asked = _element(paragraph.add_run()._r, "w:instrText")
    asked.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    asked.text = f" {code} "
    _element(paragraph.add_run()._r, "w:fldChar", fldCharType="separate")
    paragraph.add_run(result)
    _element(paragraph.add_run()._r, "w:fldChar", fldCharType="end")


class _DocxWriter:
    """Writes the blocks of one part into a document."""

    def __init__(
        self,
        document: Any,
        part: OutlinePart,
        look: Look,
        marks: dict[str, str],
        counted: dict[str, int],
        *,
        foreign: bool = False,
    ) -> None:
        self.document, self.part, self.look, self.marks, self.foreign = document, part, look, marks, foreign
        self.counted = counted
        self.headings = [block for block in part.blocks if isinstance(block, blocks.Heading)]
        self.own: dict[str, str] = {}
        for block in part.blocks:
            anchor = block.anchor if isinstance(block, blocks.Heading | blocks.DetailCard) else ""
            if anchor and anchor not in self.own:
                self.own[anchor] = f"p{len(marks) + 1}_{re.sub('[^A-Za-z0-9]', '_', anchor)}"[:40]
                marks[self.own[anchor]] = anchor
        self.whole = f"p{len(marks) + 1}"
        marks[self.whole] = ""

    def write(self) -> None:
        """Write all blocks in order, within a bookmark by which the contents name the headings of this part alone."""
        number, body = str(len(self.marks)), self.document.element.body
        page = body[-1]  # what is written comes before it
        page.addprevious(_element(body, "w:bookmarkStart", id=number, name=self.whole))
        for block in self.part.blocks:
            WRITERS[type(block)](self, block)
        page.addprevious(_element(body, "w:bookmarkEnd", id=number))

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
            inside = self.own.get(run.link.removeprefix("#")) if run.link.startswith("#") else None
            if inside:
                place = _element(paragraph._p, "w:hyperlink", anchor=inside, history="1")
            else:
                place = self.linked(paragraph, run.link) if run.link.startswith(SAFE) else paragraph
            written = paragraph.add_run(words)
            if place is not paragraph:
                place.append(written._r)
            if self.foreign:
                _element(written._r.get_or_add_rPr(), "w:lang", val=grammar(self.part.language).tag, eastAsia="zh-CN")
            written.bold = True if run.bold or bold else None
            if size:
                written.font.size = Pt(size)
            if colour:
                written.font.color.rgb = RGBColor.from_string(colour)

    def linked(self, paragraph: Any, address: str) -> Any:
        """Open a link to an address outside the report."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        link = _element(paragraph._p, "w:hyperlink")
        link.set(_qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return link

    def heading(self, block: blocks.Heading) -> None:
        """Add a heading with a bookmark, which contents and links lead to."""
        # The standard sets the title of a paper apart from its heads; a brief has no cover that holds it.
        opens = self.look.grid and block is self.part.blocks[0]
        added = self.document.add_heading("", level=0 if opens else min(block.level, 3))
        self.fill(added, (blocks.Run(block.text),))
        self.bookmark(added, block.anchor)
        added.paragraph_format.page_break_before = block.new_page and not self.look.grid
        added.paragraph_format.keep_with_next = True

    def bookmark(self, paragraph: Any, anchor: str) -> None:
        """Mark a paragraph as the place of an anchor."""
        if anchor not in self.own:
            return
        number = str(list(self.marks).index(self.own[anchor]) + 1)
        end = _element(paragraph._p, "w:bookmarkEnd", id=number)
        begin = _element(paragraph._p, "w:bookmarkStart", id=number, name=self.own[anchor])
        runs = [kid for kid in paragraph._p if kid.tag == _qn("w:r")]
        if runs:
            runs[0].addprevious(begin)
            runs[-1].addnext(end)

    def text(self, block: blocks.Paragraph) -> None:
        """Add running text."""
        quiet = self.look.quiet if block.style == "note" else ""
        added = self.paragraph(block.runs, size=self.look.sizes[block.style], colour=quiet)
        if self.look.indent and block.style in ("body", "lead"):
            wide = round(20 * self.look.indent * self.look.sizes["body"])
            letters = str(100 * self.look.indent)
            _element(added._p.get_or_add_pPr(), "w:ind", firstLineChars=letters, firstLine=str(wide))

    def verdict(self, block: blocks.WordsWithChart) -> None:
        """Add the verdict in words."""
        self.text(blocks.Paragraph(block.runs, "lead"))

    def bullets(self, block: blocks.Bullets) -> None:
        """Add a list; numbers are written out, so that every list begins with 1."""
        for place, item in enumerate(block.items, start=1):
            if block.numbered:
                self.paragraph((blocks.Run(f"{place}. "), *item))
            else:
                self.paragraph(item, style="List Bullet")

    def callout(self, block: blocks.Callout) -> None:
        """Add a framed paragraph."""
        self.paragraph((blocks.Run(block.label + grammar(self.part.language).colon, bold=True), *block.runs))

    # ── Front ──

    def cover(self, block: blocks.Cover) -> None:
        """Add the first page."""
        self.document.add_heading(block.title, level=0)
        self.paragraph((blocks.Run(block.subtitle),), size=self.look.sizes["lead"], colour=self.look.quiet)
        self.paragraph((blocks.Run(block.subject, bold=True),), size=18)
        rows = tuple(blocks.cells(label, value) for label, value in block.facts)
        self.grid((blocks.TableColumn("", 1.0), blocks.TableColumn("", 3.0)), rows, header=False)
        self.paragraph((blocks.Run(block.notice),), colour=self.look.quiet)

    def contents(self, block: blocks.Contents) -> None:
        """Add Word's own contents; until Word works them out they are links to the headings."""
        from docx.shared import Mm, Pt

        shown = [heading for heading in self.headings if heading.level <= 2 and heading.anchor in self.own]
        self.paragraph((blocks.Run(block.title, bold=True),), size=14).paragraph_format.keep_with_next = True
        lines = [self.document.add_paragraph() for _ in shown] or [self.document.add_paragraph()]
        begin = lines[0].add_run()
        _element(begin._r, "w:fldChar", fldCharType="begin", dirty="true")
        asked = _element(lines[0].add_run()._r, "w:instrText")
        asked.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        asked.text = f' TOC \\o "1-2" \\h \\z \\u \\b {self.whole} '
        _element(lines[0].add_run()._r, "w:fldChar", fldCharType="separate")
        for line, heading in zip(lines, shown, strict=False):
            words = blocks.Run(heading.text, bold=heading.level == 1, link=f"#{heading.anchor}")
            self.fill(line, (words,))
            line.paragraph_format.space_after = Pt(2)
            line.paragraph_format.left_indent = Mm(6 * (heading.level - 1))
        _element(lines[-1].add_run()._r, "w:fldChar", fldCharType="end")
        self.paragraph((blocks.Run(tell(CONTENTS_HINT, self.part.language)),), size=9, colour=self.look.quiet)

    # ── Tables ──

    def table(self, block: blocks.Table, said: str = "", *, figure: bool = False) -> None:
        """Add a table between its caption and its note; `said` describes it to those who cannot see it."""
        if block.caption:
            caption = self.document.add_paragraph(style="Caption")
            label = FIGURE if figure else TABLE
            self.counted[label.key] += 1
            before, _, after = tell(label, self.part.language, number="\0").partition("\0")
            caption.add_run(before)
            name = "Figure" if figure else "Table"
            begun = " \\r 1" if self.counted[label.key] == 1 else ""
            _field(caption, f"SEQ {name} \\* ARABIC{begun}", str(self.counted[label.key]))
            caption.add_run(f"{after}  ")
            self.fill(caption, (blocks.Run(block.caption),))
            caption.paragraph_format.keep_with_next = True
        if not block.rows or not block.columns:
            return
        table = self.grid(block.columns, block.rows, bold=block.bold_rows)
        for kind, words in (("w:tblCaption", block.caption), ("w:tblDescription", said)):
            if words:
                _element(table._tbl.tblPr, kind, val=words)
        look = table._tbl.tblPr.find(_qn("w:tblLook"))
        if look is not None:
            look.set(_qn("w:firstRow"), "1")
            look.set(_qn("w:firstColumn"), "1" if head_column(block) == 0 else "0")
        self.paragraph((blocks.Run(block.note),), size=self.look.sizes["note"], colour=self.look.quiet)

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
        parts = [max(share / summed(shares), NARROWEST) for share in shares]
        widths = [int(self.look.width * part / summed(parts)) for part in parts]
        for drawn, width in zip(table.columns, widths, strict=True):
            drawn.width = width
        if header:
            titles = tuple(blocks.runs(column.title) for column in columns)
            head = self.row(table, titles, columns, widths, bold=True)
            _mark(head, "w:tblHeader")
            for cell in head.cells if not self.look.grid else ():
                _element(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=GROUND)
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
            if self.look.grid:
                paragraph._p.get_or_add_pPr().insert(0, _element(paragraph._p.pPr, "w:snapToGrid", val="0"))
            if column.align == "right":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.line_spacing = 1.15
            self.fill(paragraph, words, bold=bold, size=self.look.sizes["cell"])
        return added

    def key_figures(self, block: blocks.KeyFigures) -> None:
        """Add key figures as a table of one row each."""
        rows = tuple(blocks.cells(figure.label, figure.value, figure.note) for figure in block.figures)
        columns = (blocks.TableColumn("", 1.4), blocks.TableColumn("", 0.8, "right"), blocks.TableColumn("", 2.4))
        self.grid(columns, rows, header=False)
        self.document.add_paragraph()

    def card(self, block: blocks.DetailCard) -> None:
        """Add a card as a table of labelled lines under its title."""
        badge = f"  ({block.badge})" if block.badge else ""
        title = self.paragraph((blocks.Run(block.title + badge, bold=True),), size=12, colour=self.look.title)
        title.paragraph_format.keep_with_next = True
        self.bookmark(title, block.anchor)
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
        self.table(as_table(block, self.part.language), block.alt, figure=True)

    def page_break(self, _block: blocks.PageBreak) -> None:
        """Begin a new page."""
        if not self.look.grid:
            self.document.add_page_break()


def _mark(row: Any, kind: str) -> None:
    """Mark a row: `w:tblHeader` stands again on top of every page, `w:cantSplit` is not cut between two."""
    _element(row._tr.get_or_add_trPr(), kind)


WRITERS: Mapping[type[Block], Callable[[_DocxWriter, Any], None]] = {
    blocks.Heading: _DocxWriter.heading,
    blocks.Paragraph: _DocxWriter.text,
    blocks.WordsWithChart: _DocxWriter.verdict,
    blocks.Bullets: _DocxWriter.bullets,
    blocks.Callout: _DocxWriter.callout,
    blocks.Table: _DocxWriter.table,
    blocks.KeyFigures: _DocxWriter.key_figures,
    blocks.DetailCard: _DocxWriter.card,
    blocks.CardRow: _DocxWriter.card_row,
    blocks.Cover: _DocxWriter.cover,
    blocks.Contents: _DocxWriter.contents,
    blocks.PageBreak: _DocxWriter.page_break,
    **dict.fromkeys(MAKERS, _DocxWriter.chart),
}
