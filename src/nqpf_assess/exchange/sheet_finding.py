"""Which sheet of a file a map speaks of: the one that has the columns that it names, and most of its indicators."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from nqpf_assess.exchange.grids import Grid, GridCell
from nqpf_assess.exchange.sheet_merged import said_of_each
from nqpf_assess.exchange.sheet_tables import MappedSheet
from nqpf_assess.exchange.sheet_words import names_in
from nqpf_assess.kinds.filled import plain_words
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.mapping import StatisticsMap
from nqpf_assess.model.problem import UserError

NO_HEAD = _("{path} has no row with the columns that the map names: {names}")
SAY_HEAD = _("Write the heads as the sheet has them, which has to hold them in one row; “sheet” and “head” say where.")
NO_SHEET = _("{path} has no sheet “{sheet}”")
SHEETS_ARE = _("Its sheets are: {names}")
SHEETS_ALIKE = _("several sheets of {path} have such heads: {names}")
SAY_SHEET = _('Say in the map which is meant: sheet = "..."')


class NoHeadsError(UserError):
    """Nowhere stand the heads that a map names."""


def find_sheet(grids: Sequence[Grid], mapped: StatisticsMap, path: Path) -> MappedSheet:
    """Find the sheet that a map speaks of; raises `UserError` where there is none, or several."""
    named = [grid for grid in grids if mapped.sheet in (None, grid.sheet)]
    if not named and any(grid.sheet for grid in grids):
        names = listed(grid.sheet for grid in grids)
        raise UserError(fill(NO_SHEET, path=path, sheet=mapped.sheet), hint=fill(SHEETS_ARE, names=names))
    best: dict[int, list[tuple[Grid, Sequence[int]]]] = {}
    for grid in named or grids:
        heads = [row for row in grid.rows if _is_head(grid.rows[row], mapped)]
        rows = heads if mapped.head is None else [mapped.head] if mapped.head in heads else []
        if rows:
            hits = max(_hits(grid.rows[row], mapped) for row in rows)
            best.setdefault(hits, []).append((grid, [row for row in heads if row >= rows[0]]))
    across = mapped.layout == "wide" and mapped.across == "indicator"
    if not best or (across and not max(best)):
        names = listed((not best and mapped.heads.values()) or mapped.indicators)
        raise NoHeadsError(fill(NO_HEAD, path=path, names=names), hint=SAY_HEAD)
    if len(best[max(best)]) > 1:
        names = listed(grid.sheet for grid, _heads in best[max(best)])
        raise UserError(fill(SHEETS_ALIKE, path=path, names=names), hint=SAY_SHEET)
    ((grid, starts),) = best[max(best)]
    first = {column: cell.shown for column, cell in grid.rows[starts[0]].items() if cell.shown}
    grid = said_of_each(grid, starts, {plain_words(name) for name in mapped.heads.values()})
    others = [other.sheet for hits, some in best.items() if 0 < hits < max(best) for other, _heads in some]
    return MappedSheet(mapped, path, grid, starts, first, others)


def _hits(cells: Mapping[int, GridCell], mapped: StatisticsMap) -> int:
    """Return how many indicators of the map are among heads, where they stand across."""
    if mapped.layout == "long" or mapped.across != "indicator":
        return 0
    return len(names_in(cells) & {plain_words(name) for name in mapped.indicators})


def _is_head(cells: Mapping[int, GridCell], mapped: StatisticsMap) -> bool:
    """Return whether a row holds all heads that the map names; where it names none, one of its indicators."""
    needed = {plain_words(name) for name in mapped.heads.values()}
    return needed <= names_in(cells) and (bool(needed) or _hits(cells, mapped) > 0)
