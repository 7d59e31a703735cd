"""Tidy tables as files: CSV, XLSX, Parquet and JSON, each with the dictionary of its columns.

The same tables give the same bytes. No text can become a formula, and none steers a terminal.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from nqpf_assess.exchange.tables import csv_text
from nqpf_assess.exchange.tidy import TidyTable, arrow_table, data_dictionary
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

MOST_ROWS = 1_048_575
"""Rows of a sheet below the line of names."""

LONGEST = 32_767
"""Characters that a cell of a sheet can hold."""

TOO_MANY = _("the table “{name}” has {rows} rows; a sheet holds {most}")
ELSEWHERE = _("Write it with --to csv or --to parquet.")


@dataclass(frozen=True, slots=True)
class TidyFile:
    """A finished file: its name, its bytes, and how many texts had to be cut off since a cell holds no more."""

    name: str
    data: bytes
    cut: int = 0


def tidy_files(tables: Sequence[TidyTable], form: str) -> tuple[TidyFile, ...]:
    """Write tables and their dictionary as `csv` or `parquet` (a file a table) or `xlsx` (one book, a sheet a table).

    Parquet needs pyarrow. Raises `UserError` where a table is too long for a sheet.
    """
    every = (*tables, data_dictionary([table.name for table in tables]))
    if form == "xlsx":
        return (_book(every),)
    found = []
    for table in every:
        if form == "parquet":
            import pyarrow.parquet as pq

            packed = io.BytesIO()
            pq.write_table(arrow_table(table), packed, compression="zstd")
            data = packed.getvalue()
        else:
            # Nothing stands where there is nothing; figures read back the same to the last digit.
            rows = ([str(cell).lower() if isinstance(cell, bool) else cell for cell in row] for row in table.rows)
            data = csv_text([[column.name for column in table.columns], *rows]).encode()
        found.append(TidyFile(f"{table.name}.{form}", data))
    return tuple(found)


WIDTHS = {"text": 24, "number": 12, "whole": 9, "yes_no": 9}


def _book(tables: Sequence[TidyTable]) -> TidyFile:
    from xlsxwriter import Workbook

    from nqpf_assess.exchange.workbook import CREATED

    out, cut = io.BytesIO(), 0
    with Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": CREATED})
        head, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for table in tables:
            if len(table.rows) > MOST_ROWS:
                words = fill(TOO_MANY, name=table.name, rows=f"{len(table.rows):,}", most=f"{MOST_ROWS:,}")
                raise UserError(words, hint=ELSEWHERE, status=3)
            page = book.add_worksheet(table.name)
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
            for place, column in enumerate(table.columns):
                page.set_column(place, place, WIDTHS[column.kind], {"text": text}.get(column.kind))
                page.write_string(0, place, column.name, head)
            for number, row in enumerate(table.rows, start=1):
                for place, cell in enumerate(row):
                    if isinstance(cell, str):
                        cut += len(cell) > LONGEST
                        page.write_string(number, place, cell[:LONGEST], text)
                    elif isinstance(cell, bool):
                        page.write_boolean(number, place, cell)
                    elif cell is not None:
                        page.write_number(number, place, cell)
    return TidyFile("tables.xlsx", out.getvalue(), cut)
