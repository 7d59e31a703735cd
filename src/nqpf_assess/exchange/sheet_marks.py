"""Rows and columns of a statistics sheet that tell in figures of which time its others are: 数据年 2023, 会计期间 6.

Their values say it, whatever they are called: years, months as codes, days; a small number where the name is of a time.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from nqpf_assess.exchange.grids import GridCell
from nqpf_assess.exchange.sheet_times import periods_said
from nqpf_assess.exchange.sheet_words import OF_CODES, OF_TIME, is_number, is_words, name_and_unit
from nqpf_assess.kinds.filled import plain_words

_YEAR_OR_CODE = re.compile(r"(?:199\d|20\d\d)(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?)?")
_PART = re.compile(r"0?[1-9]|[1-4]\d|5[0-3]")
"""The number of a month, a quarter or a week."""
MOST_MARKS = 8
"""Rows and columns of times of one table; no sheet of people has more of each."""


@dataclass(frozen=True)
class Marks:
    """What rows and columns of times say: of a column in which row, and of a row in which column."""

    of_columns: Mapping[int, Mapping[int, str]]
    of_rows: Mapping[int, Mapping[int, str]]

    def beside(self, row: int, column: int, labels: Collection[str]) -> Iterator[str]:
        """Return what they say of a figure that is none of them itself, but for what its labels say."""
        yield from (said for at, said in self.of_columns.get(column, {}).items() if at != row)
        of_row = self.of_rows.get(row, {}).items()
        yield from (said for at, said in of_row if at != column and said.partition("：")[2] not in labels)


def marks_in(
    rows: Mapping[int, Mapping[int, GridCell]],
    heads: Mapping[int, str],
    keys: Mapping[str, Sequence[int]],
    asked: Set[str],
) -> Marks:
    """Find the rows and columns of times of a table by its rows and the heads of its figures.

    `keys`: the columns that name rows and say their unit, none where a row is a figure; `asked`: plain heads and names
    of what is asked for, which is none.
    """
    found = (
        (column, head)
        for column, head in heads.items()
        if _is_unasked(head, asked) and not OF_CODES.match(head)
        if _tell_times(head, [cells[column] for cells in rows.values() if column in cells])
    )
    columns = dict(islice(found, MOST_MARKS))
    of_rows = {
        row: {at: f"{head.rstrip(':：')}：{cells[at].shown}" for at, head in columns.items() if at in cells}
        for row, cells in rows.items()
    }
    of_columns, left = dict[int, dict[int, str]](), MOST_MARKS
    others = heads.keys() - columns.keys()
    named = [at for key in ("place", "indicator") for at in keys.get(key, ())]
    for row, cells in rows.items():
        name = "".join([cells[at].shown for at in named if at in cells][-1:])
        unit = next((f"（{cells[at].shown}）" for at in keys.get("unit", ()) if at in cells), "")
        figures = {column: cell for column, cell in cells.items() if column in others}
        if left and name and _is_unasked(name, asked) and _tell_times(name + unit, [*figures.values()]):
            left -= 1
            for column, cell in figures.items():
                of_columns.setdefault(column, {})[row] = f"{name.rstrip(':：')}：{cell.shown}"
    return Marks(of_columns, of_rows)


def _is_unasked(said: str, asked: Set[str]) -> bool:
    return asked.isdisjoint(map(plain_words, (said, name_and_unit(said)[0])))


def _tell_times(said: str, cells: Sequence[GridCell]) -> bool:
    """Return whether all figures of a row or column are times; one number alone is one where the name says so."""
    name, unit = name_and_unit(said)
    if not cells or periods_said(name) or (unit and not OF_TIME.search(unit)):
        return False
    is_named = OF_TIME.search(name) is not None
    if len(cells) == 1 and is_number(cells[0]) and not is_named:
        return False
    return all(_is_time(cell) or (is_named and _PART.fullmatch(cell.shown)) for cell in cells)


def _is_time(cell: GridCell) -> bool:
    if is_number(cell):
        return _YEAR_OR_CODE.fullmatch(cell.shown) is not None
    return bool(periods_said(cell.shown)) and not is_words(cell)
