"""Merged cells of a statistics sheet that say something, which holds for each of them: 1-6月 below two heads."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import replace

from nqpf_assess.exchange.grids import Grid
from nqpf_assess.exchange.sheet_times import periods_said, year_alone
from nqpf_assess.exchange.sheet_words import is_words, names_in
from nqpf_assess.files.intake import MOST_CELLS


def said_of_each(grid: Grid, starts: Sequence[int], names: Set[str]) -> Grid:
    """Return a sheet in which every cell of merged ones that say something says it, below and beside the heads.

    `starts`: the rows of heads; `names`: the heads that a map names. What begins with the names of a row is a section
    or a note, and what stands right above heads goes up to the next there. Merged figures stay in trouble.
    """
    rows = dict(grid.rows)
    numbers, last, left = list(rows), max(map(max, rows.values())), MOST_CELLS
    for top, first, bottom, end in grid.merged:
        at, cell = bisect_right(starts, top) - 1, rows.get(top, {}).get(first)
        if cell is None or at < 0 or not {top, top + 1, top + 2}.isdisjoint(starts):
            continue
        named = {column for column, head in rows[starts[at]].items() if names & names_in({column: head})}
        columns = range(first, min(end, last) + 1)
        if first < min(named, default=0) or not named.isdisjoint(columns):
            continue
        if not (is_words(cell) or periods_said(cell.shown) or year_alone(cell.shown)):
            continue
        for row in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
            left -= len(columns)
            if left < 0:
                return replace(grid, rows=rows)
            rows[row] = dict(sorted({**dict.fromkeys(columns, cell), **rows[row]}.items()))
    return replace(grid, rows=rows)
