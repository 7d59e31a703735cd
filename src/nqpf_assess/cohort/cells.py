"""Cells: what the columns of a question or fact hold, row by row, read by the same rules as an answer file.

A column of texts goes through its distinct values, each read once; figures are read as whole columns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nqpf_assess.cohort.problems import NO_VALUE, UNUSUAL, WANTS_STATE, CellFault, wanted
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Fault, Value
from nqpf_assess.kinds.multi import EMPTY_LIST
from nqpf_assess.model.answers import STATES, State
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked, NumberFact, NumberQuestion
from nqpf_assess.model.text import fill

Array = np.ndarray[Any, Any]
AnyFigure = NumberQuestion | NumberFact

CODE: Mapping[State, int] = {state: code for code, state in enumerate(STATES)}
"""States as small numbers: answered is 0."""

WORDS: Mapping[str, int] = {"dk": CODE["dk"], "na": CODE["na"], "later": CODE["later"]}
EXACT = 15
"""Digits that a float keeps exactly."""

SHORT_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"


class Cell(NamedTuple):
    """One distinct cell as read: its state as far as the cell says, its value, and what is wrong with it."""

    state: int
    value: Value | None = None
    fault: Fault | None = None


BLANK = Cell(CODE["blank"])


@dataclass(frozen=True)
class Cells:
    """A question or fact over the rows of a batch: its state, and its value where there is one.

    Either `codes` into `distinct` (the last entry stands for no value), or `numbers` with the exact figures of the few
    rows whose digits a float does not keep.
    """

    asked: AnyAsked | None
    state: Array
    codes: Array | None = None
    distinct: Sequence[Value | None] = ()
    numbers: Array | None = None
    exact: Mapping[int, Decimal] = field(default_factory=dict)

    def by_value(self, judge: Callable[[Value | None], float]) -> Array:
        """Judge every distinct value once, and give the outcome row by row."""
        assert self.codes is not None
        table: Array = np.array([judge(value) for value in self.distinct], float)
        found: Array = table[self.codes]
        return found

    def by_figure(self, judge: Callable[[Decimal], float]) -> Array:
        """Judge every distinct figure once, by its digits, and give the outcome row by row."""
        assert self.numbers is not None
        distinct, codes = np.unique(self.numbers, return_inverse=True)
        table: Array = np.array([judge(Decimal(repr(number))) for number in distinct.tolist()], float)
        found: Array = table[codes]
        for row, number in self.exact.items():
            found[row] = judge(number)
        return found

    def at_least(self, line: Decimal) -> Array:
        """Say where a figure reaches a line, exactly."""
        assert self.numbers is not None
        return _reaches(self.numbers, self.exact, line)

    def at_most(self, line: Decimal) -> Array:
        """Say where a figure does not pass a line, exactly."""
        assert self.numbers is not None
        mirrored = {row: -number for row, number in self.exact.items()}
        return _reaches(-self.numbers, mirrored, -line)


def _reaches(numbers: Array, exact: Mapping[int, Decimal], line: Decimal) -> Array:
    """Compare with floats where they decide, with digits where the float of the line is met or digits were lost."""
    edge = float(line)
    found: Array = numbers >= edge if Decimal(repr(edge)) >= line else numbers > edge
    for row, number in exact.items():
        found[row] = number >= line
    return found


def no_cells(asked: AnyAsked, rows: int) -> Cells:
    """Give the cells of a column that is not there: blank in every row."""
    blank = np.full(rows, CODE["blank"], np.int8)
    return Cells(asked, blank, np.zeros(rows, np.int8), (None,))


def read_cells(
    asked: AnyAsked, name: str, column: pa.Array | None, states: pa.Array | None, faults: list[CellFault]
) -> Cells:
    """Read a column and its companion of states; what is not valid counts as blank and is added to `faults`."""
    rows = len(column) if column is not None else len(states) if states is not None else 0
    if column is None or pa.types.is_null(column.type):
        cells = no_cells(asked, rows)
    elif kind_of(asked).is_figure and (pa.types.is_floating(column.type) or pa.types.is_integer(column.type)):
        cells = _figures(cast("AnyFigure", asked), name, column, faults)
    else:
        cells = _distinct(asked, name, column, faults)
    return cells if states is None else _with_states(cells, name, states, faults)


# ---- distinct values


def encoded(column: pa.Array) -> tuple[Array, list[Any]]:
    """Give a column as numbers of its distinct values, and these; a null is numbered -1."""
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = _joined(column)
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    indices = coded.indices.cast(pa.int32())
    if indices.null_count:
        indices = indices.fill_null(-1)
    return indices.to_numpy(zero_copy_only=False), coded.dictionary.to_pylist()


def _joined(column: pa.Array) -> pa.Array:
    """Join the entries of lists, so that each list is one text."""
    rows = [
        None
        if row is None
        else EMPTY_LIST
        if not row
        else ";".join("" if entry is None else str(entry) for entry in row)
        for row in column.to_pylist()
    ]
    return pa.array(rows, pa.string())


def _distinct(asked: AnyAsked, name: str, column: pa.Array, faults: list[CellFault]) -> Cells:
    codes, raws = encoded(column)
    if kind_of(asked).is_figure:
        return _numbers(cast("AnyFigure", asked), name, codes, raws, faults)
    cells = [*(cell_of(asked, raw) for raw in raws), BLANK]
    _blame(name, codes, raws, cells, faults)
    state = np.array([cell.state for cell in cells], np.int8)[codes]
    return Cells(asked, state, codes, [cell.value for cell in cells])


def _blame(name: str, codes: Array, raws: Sequence[Any], cells: Sequence[Cell], faults: list[CellFault]) -> None:
    for index, cell in enumerate(cells):
        if cell.fault is not None:
            code = "unknown_option" if cell.fault.unknown else "bad_value"
            reason, shown = wanted(cell.fault.wants), _shown(raws[index])
            faults += [CellFault(int(row), name, shown, code, reason) for row in np.flatnonzero(codes == index)]


def _shown(raw: Any) -> str:
    return "[]" if raw == EMPTY_LIST else str(raw).lower() if isinstance(raw, bool) else str(raw)


def cell_of(asked: AnyAsked, raw: Any) -> Cell:
    """Read one cell, whatever type its column has."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return BLANK
    if isinstance(raw, str) and raw.strip() in WORDS:
        return Cell(WORDS[raw.strip()])
    value = kind_of(asked).read(asked, kind_of(asked).cell(asked, raw))
    if value is None:
        return BLANK
    return Cell(CODE["blank"], None, value) if isinstance(value, Fault) else Cell(CODE["answered"], value)


# ---- figures


def _numbers(asked: AnyFigure, name: str, codes: Array, raws: Sequence[Any], faults: list[CellFault]) -> Cells:
    """Read figures given as texts or decimals: short ones as a whole column, the others one by one."""
    numbers, states = np.zeros(len(raws) + 1), np.full(len(raws) + 1, CODE["blank"], np.int8)
    cells: dict[int, Cell] = {}
    for index in _short_numbers(asked, raws, numbers, states):
        cells[index] = cell = cell_of(asked, raws[index])
        states[index] = cell.state
        numbers[index] = 0.0 if cell.value is None else float(cell.value)  # type: ignore[arg-type]
    _blame(name, codes, raws, [cells.get(index, BLANK) for index in range(len(raws))], faults)
    long = {
        index: cell.value for index, cell in cells.items() if isinstance(cell.value, Decimal) and _is_long(cell.value)
    }
    exact = {int(row): number for index, number in long.items() for row in np.flatnonzero(codes == index)}
    read = Cells(asked, states[codes], None, (), numbers[codes], exact)
    return _look_at_usual(asked, name, read, faults)


def _is_long(number: Decimal) -> bool:
    return len(number.as_tuple().digits) > EXACT


def _short_numbers(asked: AnyFigure, raws: Sequence[Any], numbers: Array, states: Array) -> list[int]:
    """Read the texts that are plain figures of few digits and in range; give the numbers of the others."""
    if not raws or not isinstance(raws[0], str):
        return list(range(len(raws)))
    texts = pc.utf8_trim_whitespace(pa.array(raws, pa.string()))
    short = pc.and_(pc.less_equal(pc.utf8_length(texts), EXACT), pc.match_substring_regex(texts, SHORT_NUMBER))
    at = np.flatnonzero(short.to_numpy(zero_copy_only=False))
    read = pc.cast(pc.take(texts, pa.array(at)), pa.float64()).to_numpy()
    fits = _in_range(asked, Cells(None, read, None, (), read))
    numbers[at[fits]], states[at[fits]] = read[fits], CODE["answered"]
    rest = np.ones(len(raws), bool)
    rest[at[fits]] = False
    return [int(index) for index in np.flatnonzero(rest)]


def _in_range(asked: AnyFigure, cells: Cells) -> Array:
    low, high = asked.range
    return cells.at_least(low) & cells.at_most(high)


def _figures(asked: AnyFigure, name: str, column: pa.Array, faults: list[CellFault]) -> Cells:
    """Read a column of numbers; float32 is rounded to the question's decimals."""
    there = column.is_valid().to_numpy(zero_copy_only=False)
    numbers = pc.fill_null(column, 0).to_numpy(zero_copy_only=False)
    numbers = _widened(asked, numbers) if numbers.dtype in (np.float32, np.float16) else numbers.astype(float)
    with np.errstate(invalid="ignore"):
        fits = _in_range(asked, Cells(None, there, None, (), numbers))
    for row in np.flatnonzero(there & ~fits):
        shown = str(column[int(row)].as_py())
        fault = cell_of(asked, column[int(row)].as_py()).fault
        faults.append(CellFault(int(row), name, shown, "bad_value", wanted(fault.wants if fault else {})))
    good = there & fits
    state = np.where(good, CODE["answered"], CODE["blank"]).astype(np.int8)
    read = Cells(asked, state, None, (), np.where(good, numbers, 0.0))
    return _look_at_usual(asked, name, read, faults)


def _widened(asked: AnyFigure, numbers: Array) -> Array:
    """Give the float64 of what a float32 meant: rounded to the decimals, else its shortest text."""
    if asked.decimals is not None:
        return np.array([float(f"{number:.{asked.decimals}f}") for number in numbers.tolist()])
    return numbers.astype(str).astype(float)


def _look_at_usual(asked: AnyFigure, name: str, cells: Cells, faults: list[CellFault]) -> Cells:
    if asked.usual is not None and cells.numbers is not None:
        low, high = asked.usual
        odd = (cells.state == CODE["answered"]) & ~(cells.at_least(low) & cells.at_most(high))
        reason = fill(UNUSUAL, low=plain_number(low), high=plain_number(high))
        for row in np.flatnonzero(odd):
            number = cells.exact.get(int(row), Decimal(repr(float(cells.numbers[row]))))
            faults.append(CellFault(int(row), name, plain_number(number), "unusual", reason))
    return cells


# ---- companion columns of states


def _with_states(cells: Cells, name: str, states: pa.Array, faults: list[CellFault]) -> Cells:
    """Let the state column win over the value; `answered` makes a blank multi the empty list."""
    codes, raws = encoded(states.cast(pa.string()) if not pa.types.is_dictionary(states.type) else states)
    known = {"answered": CODE["answered"], **WORDS}
    given = np.array([*(known.get(str(raw).strip(), -1) for raw in raws), -1], np.int8)[codes]
    for index, raw in enumerate(raws):
        if str(raw).strip() and str(raw).strip() not in known:
            reason = wanted(WANTS_STATE)
            rows = np.flatnonzero(codes == index)
            faults += [CellFault(int(row), f"{name}.state", str(raw), "unknown_state", reason) for row in rows]
    put = given > CODE["answered"]
    bare = (given == CODE["answered"]) & (cells.state != CODE["answered"])
    settled = np.where(put, given, np.where(bare, CODE["blank"], cells.state)).astype(np.int8)
    if not bare.any():
        return Cells(cells.asked, settled, cells.codes, cells.distinct, cells.numbers, cells.exact)
    return _answered_without(cells, name, settled, bare, faults)


def _answered_without(cells: Cells, name: str, settled: Array, bare: Array, faults: list[CellFault]) -> Cells:
    """Take a blank multi that is said to be answered as the empty list; anything else stays without a value."""
    asked, codes, distinct = cells.asked, cells.codes, list(cells.distinct)
    empty = None if asked is None else kind_of(asked).none_ticked(asked)
    blank = bare & (cells.state == CODE["blank"])
    blank[[fault.row for fault in faults if fault.column == name and fault.code != "unusual"]] = False
    if isinstance(empty, frozenset) and codes is not None:
        distinct.append(empty)
        codes = np.where(blank, len(distinct) - 1, np.where(codes < 0, len(distinct) - 2, codes))
        settled = np.where(blank, CODE["answered"], settled).astype(np.int8)
    words = bare & (cells.state != CODE["blank"])
    faults += [
        CellFault(int(row), name, STATES[cells.state[row]], "bad_value", wanted(NO_VALUE))
        for row in np.flatnonzero(words)
    ]
    return Cells(asked, settled, codes, distinct, cells.numbers, cells.exact)
