"""A spreadsheet (Office Open XML, ISO/IEC 29500) out of plain rows: every cell a text, drop-down lists where wanted.

The same sheets give the same bytes: no clock, a fixed order.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

MOMENT = (1980, 1, 1, 0, 0, 0)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_767
"""Characters that a cell can hold."""


@dataclass(frozen=True, slots=True)
class DropDown:
    """A cell that offers values: its place (row and column from 1), and the range of another sheet that lists them."""

    row: int
    column: int
    source: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. The first row stays in sight; `widths`: of the columns, in characters."""

    name: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()
    drops: Sequence[DropDown] = ()


def letters(column: int) -> str:
    """Name a column: 1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write the file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in _parts(sheets):
            archive.writestr(zipfile.ZipInfo(name, MOMENT), (HEAD + words).encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{overrides}</Types>',
    )
    yield (
        "_rels/.rels",
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    names = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    yield "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{names}</sheets></workbook>'
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{PACKAGE}/relationships">{links}<Relationship Id="rId{len(sheets) + 1}" '
        f'Type="{DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
    )
    yield "xl/styles.xml", STYLES
    for number, sheet in zip(numbers, sheets, strict=True):
        yield f"xl/worksheets/sheet{number}.xml", _sheet(sheet)


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2">'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""Every cell is of the format “text”, so that no spreadsheet makes a date of 1/3 or a number of an id."""


def _sheet(sheet: Sheet) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1" style="0"/>'
        for n, width in enumerate(sheet.widths, start=1)
    )
    rows = "".join(_row(number, cells) for number, cells in enumerate(sheet.rows, start=1))
    drops = "".join(
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="0" '
        f'sqref="{letters(drop.column)}{drop.row}"><formula1>{escape(drop.source)}</formula1></dataValidation>'
        for drop in sheet.drops
    )
    return (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{rows}</sheetData>"
        + (f'<dataValidations count="{len(sheet.drops)}">{drops}</dataValidations>' if drops else "")
        + "</worksheet>"
    )


def _row(number: int, cells: Sequence[str]) -> str:
    inside = "".join(_cell(number, place, said) for place, said in enumerate(cells, start=1) if said)
    return f'<row r="{number}">{inside}</row>'


def _cell(row: int, column: int, said: str) -> str:
    place, style = f"{letters(column)}{row}", 1 if row == 1 else 0
    inside = f'<is><t xml:space="preserve">{_text(said)}</t></is>'
    return f'<c r="{place}" s="{style}" t="inlineStr">{inside}</c>'


def _text(said: str) -> str:
    return escape(FORBIDDEN.sub("\ufffd", said)[:LONGEST])
