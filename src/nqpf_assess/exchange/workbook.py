"""A spreadsheet out of plain rows: every cell a text, the first row in sight.

The same sheets give the same bytes: no clock, a fixed order.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from xlsxwriter import Workbook

CREATED = datetime(1980, 1, 1, tzinfo=UTC)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
LONGEST = 32_767
"""Characters that a cell can hold."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One sheet. The first row stays in sight; `widths`: of the columns, in characters."""

    name: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()


def workbook(sheets: Sequence[Worksheet]) -> bytes:
    """Write the file."""
    out = io.BytesIO()
    with Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": CREATED})
        # Every cell is of the format “text”, so that no spreadsheet makes a date of 1/3 or a number of an id.
        plain = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        head = book.add_format({"num_format": "@", "bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for column, width in enumerate(sheet.widths):
                page.set_column(column, column, width, plain)
            for row, cells in enumerate(sheet.rows):
                for column, words in enumerate(cells):
                    if words:
                        lines = words.replace("\r\n", "\n").replace("\r", "\n")
                        shown = FORBIDDEN.sub("\ufffd", lines)[:LONGEST]
                        page.write_string(row, column, shown, plain if row else head)
    return out.getvalue()
