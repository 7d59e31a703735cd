"""Tables in plain text: columns where there is room, else one record under another."""

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len

from nqpf_assess.report.blocks import Table
from nqpf_assess.report.breaking import fit, wrap
from nqpf_assess.report.tidy import words_of

GAP = 2
NARROW = 8
"""A column of running text narrower than this is no help; the table becomes records."""


def table_lines(table: Table, width: int) -> list[str]:
    """Draw a table no wider than `width` cells."""
    rows = [[words_of(cell) for cell in row] for row in table.rows]
    widths = _widths(table, rows, width)
    return _records(table, rows, width) if widths is None else _columns(table, rows, widths)


def _widths(table: Table, rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Share the width out: short columns as wide as they need, the others by their shares; None if there is no room."""
    titles = [column.title for column in table.columns]
    natural = [max(cell_len(row[index]) for row in (titles, *rows)) for index in range(len(titles))]
    room = width - GAP * (len(titles) - 1)
    fixed: dict[int, int] = {}
    while len(fixed) < len(titles):
        free = [index for index in range(len(titles)) if index not in fixed]
        left, shares = room - sum(fixed.values()), sum(table.columns[index].share for index in free)
        fair = {index: int(left * table.columns[index].share / shares) for index in free}
        content = [index for index in free if natural[index] <= fair[index]]
        if not content:
            return None if any(fair[index] < min(NARROW, natural[index]) for index in free) else _joined(fixed | fair)
        fixed |= {index: natural[index] for index in content}
    return _joined(fixed)


def _joined(widths: dict[int, int]) -> list[int]:
    return [widths[index] for index in sorted(widths)]


def _columns(table: Table, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    right = [column.align == "right" for column in table.columns]
    titles = [column.title for column in table.columns]
    rule = (" " * GAP).join("─" * width for width in widths)
    lines = [*_row(titles, widths, right), rule]
    for place, row in enumerate(rows):
        lines += [rule] if place and place in table.bold_rows else []
        lines += _row(row, widths, right)
    return lines


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    broken = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return [
        (" " * GAP).join(fit(part, width, right=turn) for part, width, turn in zip(line, widths, right, strict=True))
        for line in zip_longest(*broken, fillvalue="")
    ]


def _records(table: Table, rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Write each row as labelled lines, the first without its label where that is a number."""
    titles = [column.title for column in table.columns]
    wide = min(max(map(cell_len, titles), default=0), width // 3)
    lines: list[str] = []
    for row in rows:
        lines += ["· · ·"] if lines else []
        for title, cell in zip(titles, row, strict=True):
            if cell:
                lines += _field(title, cell, wide, width)
    return lines


def _field(title: str, cell: str, wide: int, width: int) -> list[str]:
    left, right = wrap(title, wide), wrap(cell, width - wide - GAP)
    return [fit(a, wide) + " " * GAP + b for a, b in zip_longest(left, right, fillvalue="")]
