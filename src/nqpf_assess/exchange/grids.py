"""Tables of other programs as grids of cells: CSV in any usual separator and encoding, sheets of a workbook.

Each cell knows its place as people name it (`Sheet!C14`), and what is the matter with it: a formula, an error, merged.
"""

import operator
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name

from nqpf_assess.files.intake import (
    MOST_CELLS,
    MOST_ROWS,
    csv_rows,
    read_workbook,
    refuse_columns,
    separator_of,
    text_in,
)
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import read_printed
from nqpf_assess.kinds.filled import CORRECT, Misfit, as_decimal, quoted, read_filled
from nqpf_assess.kinds.kind import Value
from nqpf_assess.kinds.units import POWERS, SIGNS, split_power, unit_factor
from nqpf_assess.locale import LANGUAGES, Text, _, _c, fill
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import AnyAsked

A_FORMULA = _("a formula stands here: {formula}")
PASTE_VALUE = _("Paste the value itself in its place, or add --values to take what was worked out last.")
NEVER_WORKED_OUT = _("a formula stands here that was never worked out: {formula}")
OPEN_AND_SAVE = _("Open the file in a spreadsheet program and save it, or put the figure itself in its place.")
AN_ERROR = _("the cell shows the error {error}")
STRUCK = _("“{typed}” is struck out")
UNSTRIKE = _("Take the striking out back where it still holds, or put in its place what does.")
MERGED = _("the cells {range} are merged, so that it cannot be told which of them is meant")
UNMERGE = _("Take the merging back, and fill in each cell.")
A_PERCENTAGE = _("the cell is shown as a percentage, and the question asks in another unit")
SHOWN_OTHERWISE = _("the cell shows its figure in another unit than the question asks in (number format {format})")

CSV_READ = _("read as {encoding}, cells parted by {mark}")
CSV_UNENDED = _(
    "read as {encoding}, cells parted by {mark}; behind its last figure, {typed}, stands no line end: see that it is "
    "whole"
)
MARKS: Mapping[str, Text] = {
    ",": _c("separator", "commas"),
    ";": _c("separator", "semicolons"),
    "\t": _c("separator", "tabs"),
}
ONE_MARK = _("--delimiter wants one character, or tab, comma or semicolon")
TOO_MANY_ROWS = _("{path} has more than {most} rows")
LONGER = _("{path}, line {line}: more cells than the line of heads has, so that it cannot be told which belongs where")
QUOTE_COMMAS = _(
    'Put what holds a comma into quotation marks ("1,234.5"), or write it without; decimals want a point. '
    "A comma that is left over at the end of the line has to go."
)
CUT_OFF = _("{path} may be cut off: its last line, {line}, has fewer cells than the line of heads, and no line end")
COPY_AGAIN = _("Where something is missing, copy it again; where nothing is, end the line (Enter).")
TOO_MANY_CELLS = _("{path} has more than {most} filled cells")
NAMED_MARKS: Mapping[str, str] = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t"}


_PARTS = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])+')
"""Parts of a number format, for what is positive, negative, nothing, text (ECMA-376, 18.8.31)."""

LONGEST_FORMAT = 255
"""Characters that a spreadsheet program takes as a number format."""

_NO_DIGITS = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|([$¥￥€£‰\u4e00-\u9fff]+)')
"""What a number format shows as text: quoted, behind a stroke, currencies, Han signs; and widths and colours."""

_CURRENCY = re.compile("[a-zA-Z]*[$¥￥€£]")
"""A currency among other words that a number format writes."""

_AHEAD = re.compile(rf"(?:{_NO_DIGITS.pattern})*")
"""What a number format writes before the first digit."""

_OF_DATES = dict.fromkeys(map(ord, "年度末底月日时分秒"))
"""What number formats write between and behind the numbers of a date."""

_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
"""When a part of a number format holds: [>=10000]0.0,"万";0 shows small figures as they are."""

_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}

_POINT = re.compile(r'[0#?](?:"\."|[\\!]\.)[0#?]')
"""A point that a number format writes among the digits, which shows yuan in 万: 0!.0000"万"."""

_IN_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")
"""Commas behind the last digit of a number format: each shows the figure a thousand times smaller."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One filled cell; `trouble`: why it cannot be read as it is. `shown_as`: its number format, "" in a CSV file.

    `is_merged`: it is in trouble for being merged with others, and nothing else. `is_struck`: what it says holds no
    more, as a year whose figures are withdrawn.
    """

    value: object
    trouble: Misfit | None = None
    shown_as: str = ""
    is_merged: bool = False
    is_struck: bool = False

    @property
    def percent(self) -> bool:
        """Whether the cell shows a hundred times what it holds, as 2.31% for 0.0231; a sign that is text does not."""
        return "%" in _NO_DIGITS.sub("", self._format)

    def shows(self, units: Collection[str]) -> bool:
        """Return whether the cell shows its figure as one in these units: not scaled, no sign for another.

        Without units to hold it against, as where a map states a factor alone, it may be any that is counted.
        """
        if _POINT.search(self._format) or _IN_THOUSANDS.search(_NO_DIGITS.sub("", self._format)):
            return False
        apart = counted = False
        said = (quoted or marked or plain for quoted, marked, _currency, plain in _NO_DIGITS.findall(self._format))
        sign = _CURRENCY.sub("", "".join(said)).strip()  # ¥0.0"亿元" is in 亿元
        for unit in units if sign else ():
            factor = unit_factor(unit or None, sign)
            if factor == 1 or (sign in POWERS and split_power(unit)[0] == POWERS[sign]):
                return True
            apart |= isinstance(factor, Decimal)
            counted |= unit.partition("/")[0].endswith(sign)  # 百分点 of 个百分点
        # A sign with a power of ten, as 亿元 beside a question in %, is that of another figure.
        other = bool(units) and split_power(sign)[0] != 0 and not counted
        return not (apart or other or sign in SIGNS or sign in POWERS or sign in (".", ","))

    @property
    def _format(self) -> str:
        """The part of the number format that holds for the value: by condition, else the second if it is negative."""
        parts: list[str] = _PARTS.findall(self.shown_as[:LONGEST_FORMAT].replace("G/通用格式", "0")) or [""]
        number = self.value if isinstance(self.value, int | float) else 0
        conditions = [_CONDITION.search(part) for part in parts]
        if any(conditions):
            holds = (one is None or _COMPARED[one[1]](number, float(one[2])) for one in conditions)
            return next((part for part, hold in zip(parts, holds, strict=True) if hold), parts[-1])
        return parts[min(1, len(parts) - 1) if number < 0 else 0]

    @property
    def words(self) -> str:
        """The cell as a word: a code, a name, a state; whole numbers without their point."""
        value = self.value
        if isinstance(value, date):
            return self._date_shown(value)
        if isinstance(value, float):
            value = as_decimal(value)
        return quoted(value) if not isinstance(value, str) else value.strip()

    def _date_shown(self, value: date) -> str:
        """Return a date as far as its number format shows it: 2024-12 of 2024年12月, which holds the last day of it."""
        shown = _NO_DIGITS.sub("", self._format).casefold()
        if "y" not in shown or not {"d", "h", "s"}.isdisjoint(shown):
            return quoted(value)
        return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"

    @property
    def shown(self) -> str:
        """The cell as a word with what its number format says beside: 2024E of an estimate, 2024年1-9月, FY2024.

        ~2024~ is struck out, as parts of a cell are marked.
        """
        before, behind = self._beside
        is_said = any(map(str.isalnum, before + behind)) and before + behind != "年"
        said = self.printed if is_said else self.words
        return f"~{said}~" if self.is_struck else said

    @property
    def printed(self) -> str:
        """The cell as a word with all that its number format writes beside: ▼3.2, $500, 2.31% for 0.0231."""
        before, behind = self._beside
        words, value = self.words, self.value
        if self.percent and isinstance(value, int | float):
            words = f"{plain_number(as_decimal(value) * 100)}%"
        return f"{before}{words}{behind}"

    @property
    def _beside(self) -> tuple[str, str]:
        """What the number format writes before and behind the value."""
        if isinstance(self.value, str):
            return "", ""
        ahead = _AHEAD.match(self._format)
        at = ahead.end() if ahead else 0
        before, behind = _text_in(self._format[:at]), _text_in(self._format[at:])
        if isinstance(self.value, date):
            before, behind = before.translate(_OF_DATES), behind.translate(_OF_DATES)
        return before, behind

    def read(self, asked: AnyAsked, *, numbered: bool = False) -> Value | Misfit | None:
        """Read the cell as the answer to a question or fact."""
        if self.trouble is not None:
            return self.trouble
        value = self.value
        if self.percent and isinstance(value, int | float) and not isinstance(value, bool):
            value = Decimal(plain_number(as_decimal(value) * 100))  # 2.31% is kept as 0.0231
            if not kind_of(asked).is_figure:
                value = f"{value}%"  # 100% is not the first option
            elif kind_of(asked).unit(asked, "en") != "%":
                return Misfit(A_PERCENTAGE, CORRECT)
        elif (
            kind_of(asked).is_figure
            and isinstance(value, int | float)
            and not self.shows([kind_of(asked).unit(asked, language) for language in LANGUAGES])
        ):
            return Misfit(fill(SHOWN_OTHERWISE, format=quoted(self.shown_as)), CORRECT)
        return read_filled(asked, value, numbered=numbered)


def _text_in(number_format: str) -> str:
    """Return what a number format, or a part of one, shows as text."""
    return "".join(text for found in _NO_DIGITS.findall(number_format) for text in found).strip()


def _in_text_format(value: str, number_format: str) -> str:
    """Return words as their number format shows them: 2024年上半年 of 2024年 below @"上半年"."""
    parts = _PARTS.findall(number_format[:LONGEST_FORMAT])
    before, _at, behind = next((part for part in parts if "@" in part), "").partition("@")
    return f"{_text_in(before)}{value}{_text_in(behind)}"


@dataclass(frozen=True)
class Grid:
    """One sheet, or a CSV file, whose sheet has no name: filled cells by row and column from 1."""

    sheet: str
    rows: Mapping[int, dict[int, GridCell]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    widths: Mapping[int, int] = field(default_factory=dict)
    """How many cells each line of a CSV file has, blank ones too."""
    unended: int = 0
    """The last line of a CSV file where it holds something and nothing ends it; 0 where it is ended."""

    def place(self, row: int, column: int) -> str:
        """Name a place as people do."""
        cell = f"{xl_col_to_name(column - 1)}{row}"
        return f"{self.sheet}!{cell}" if self.sheet else cell

    def words(self, row: int, column: int) -> str:
        """Return what stands in a cell as a word, "" where it is blank."""
        cell = self.rows.get(row, {}).get(column)
        return "" if cell is None else cell.words

    def shown(self, row: int, column: int) -> str:
        """Return a cell as it is shown, "" where it is blank."""
        cell = self.rows.get(row, {}).get(column)
        return "" if cell is None else cell.shown

    def records(self, head: int) -> Iterator[tuple[int, Mapping[int, GridCell]]]:
        """Return the rows below a head that are not blank."""
        for row, cells in self.rows.items():
            if row > head and any(cell.words for cell in cells.values()):
                yield row, cells

    def refuse_uneven(self, row: int, head: int, path: Path) -> None:
        """Refuse a line of a CSV file that has more cells than its heads, or is cut off; raises `UserError`.

        An unquoted comma in a figure (2,31) moves all behind it one column on, past the heads a blank cell too. Of a
        file that was cut off the last figure may be half of one.
        """
        cells, heads = self.widths.get(row, 0), self.widths.get(head, 0)
        if cells > heads:
            raise UserError(fill(LONGER, path=path, line=row), hint=QUOTE_COMMAS)
        if row == self.unended and cells < heads:
            raise UserError(fill(CUT_OFF, path=path, line=row), hint=COPY_AGAIN)

    def are_one(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Return whether two places, each a row and a column, are merged into one cell."""
        (row, column), (below, beside) = sorted((one, other))
        return any(
            top <= row and below <= bottom and first <= min(column, beside) and max(column, beside) <= last
            for top, first, bottom, last in self.merged
        )

    def merging(self, row: int, column: int) -> Misfit | None:
        """Return what is the matter where a cell is merged with others."""
        for top, first, bottom, last in self.merged:
            if top <= row <= bottom and first <= column <= last:
                return Misfit(fill(MERGED, range=span_of(top, first, bottom, last)), UNMERGE)
        return None


def is_workbook(data: bytes) -> bool:
    """Return whether bytes are a workbook of today or of old, whatever the file is called."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


def workbook_grids(data: bytes, path: Path, *, values: bool) -> list[Grid]:
    """Read the sheets of a workbook; raises `UserError` where it cannot be read within limits."""
    found = []
    for sheet in read_workbook(data, str(path), values=values):
        rows: dict[int, dict[int, GridCell]] = {}
        for cell in sheet.cells:
            trouble = None
            if cell.formula:
                why, what = (NEVER_WORKED_OUT, OPEN_AND_SAVE) if values else (A_FORMULA, PASTE_VALUE)
                trouble = Misfit(fill(why, formula=quoted(cell.value)), what)
            elif cell.error:
                trouble = Misfit(fill(AN_ERROR, error=quoted(cell.value)), CORRECT)
            elif cell.struck:
                trouble = Misfit(fill(STRUCK, typed=quoted(cell.value)), UNSTRIKE)
            value = cell.value
            if isinstance(value, str):
                value = _in_text_format(value, cell.shown_as)
            rows.setdefault(cell.row, {})[cell.column] = GridCell(value, trouble, cell.shown_as, is_struck=cell.struck)
        grid = Grid(sheet.name, dict(sorted(rows.items())), sheet.merged)
        _mark_merged(grid)
        found.append(grid)
    return found


def _mark_merged(grid: Grid) -> None:
    """Note at every filled cell under a merged range what is the matter with it.

    Ranges do not overlap where a spreadsheet program wrote them; work beyond that is not done.
    """
    numbers, left = list(grid.rows), MOST_CELLS
    for top, first, bottom, last in grid.merged:
        for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
            cells = grid.rows[number]
            left -= len(cells)
            if left < 0:
                return
            for column, cell in cells.items():
                if first <= column <= last and cell.trouble is None:
                    trouble = Misfit(fill(MERGED, range=span_of(top, first, bottom, last)), UNMERGE)
                    cells[column] = replace(cell, trouble=trouble, is_merged=True)


def span_of(top: int, first: int, bottom: int, last: int) -> str:
    """Name a range of cells as people do."""
    return f"{xl_col_to_name(first - 1)}{top}:{xl_col_to_name(last - 1)}{bottom}"


def csv_grid(data: bytes, path: Path, *, delimiter: str | None, encoding: str | None) -> tuple[Grid, Text]:
    """Read a CSV file, and say how it was read; separator and encoding as stated, else as they are recognised."""
    words, codec = text_in(data, str(path), encoding=encoding)
    mark = NAMED_MARKS.get(delimiter or "", delimiter) or separator_of(words)
    if len(mark) != 1:
        raise UserError(ONE_MARK, status=2)
    if words.count(mark) + words.count("\n") > 2 * MOST_CELLS:  # before a reader makes a list of them
        raise UserError(fill(TOO_MANY_CELLS, path=path, most=MOST_CELLS))
    rows: dict[int, dict[int, GridCell]] = {}
    widths: dict[int, int] = {}
    cells = 0
    for line, row in csv_rows(words, str(path), separator=mark):
        refuse_columns(len(row), str(path))
        filled = {column: GridCell(said) for column, said in enumerate(row, start=1) if said.strip()}
        cells += len(filled)
        if cells > MOST_CELLS:
            raise UserError(fill(TOO_MANY_CELLS, path=path, most=MOST_CELLS))
        if len(rows) >= MOST_ROWS:
            raise UserError(fill(TOO_MANY_ROWS, path=path, most=MOST_ROWS))
        if filled:
            rows[line], widths[line] = filled, len(row)
    unended = 0 if not rows or not filled or words.endswith(("\n", "\r")) else line
    typed = rows[unended][max(rows[unended])].words if unended else ""
    said = CSV_READ if read_printed(typed) is None else CSV_UNENDED
    grid = Grid("", rows, widths=widths, unended=unended)
    return grid, fill(said, encoding=codec.upper(), mark=MARKS.get(mark, mark), typed=typed)
