"""Cells: what the columns of a question or fact hold, row by row, read by the same rules as an answer file.

A column of texts goes through its distinct values, each read once; figures are read as whole columns.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nqpf_assess.cohort.problems import NO_VALUE, UNUSUAL, WANTS_STATE, CellFault, wanted
from nqpf_assess.cohort.tables import is_list
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Fault, Value
from nqpf_assess.kinds.multi import EMPTY_LIST
from nqpf_assess.locale import fill
from nqpf_assess.model.answers import STATES, State
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import AnyAsked, NumberFact, NumberQuestion

Array = np.ndarray[Any, Any]
AnyFigure = NumberQuestion | NumberFact

CODE: Mapping[State, int] = {state: code for code, state in enumerate(STATES)}
"""States as small numbers: answered is 0."""

WORDS: Mapping[str, int] = {"dk": CODE["dk"], "na": CODE["na"], "later": CODE["later"]}
EXACT = 15
"""Digits that a float keeps exactly."""


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
    rows whose digits a float does not keep; a row without a figure has 0 there.
    """

    asked: AnyAsked | None
    state: Array
    codes: Array | None = None
    distinct: Sequence[Value | None] = ()
    numbers: Array | None = None
    exact: Mapping[int, Decimal] = field(default_factory=dict)

    @cached_property
    def answered(self) -> Array:
        """Return in which rows there is an answer."""
        there: Array = self.state == CODE["answered"]
        return there

    def by_value(self, judge: Callable[[Value | None], float]) -> Array:
        """Judge every distinct value once, and give the outcome row by row."""
        assert self.codes is not None
        return np.array([judge(value) for value in self.distinct], float).take(self.codes)

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
        """Return where a figure reaches a line, exactly."""
        assert self.numbers is not None
        return _reaches(self.numbers, self.exact, line)

    def at_most(self, line: Decimal) -> Array:
        """Return where a figure does not pass a line, exactly."""
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
    """Return the cells of a column that is not there: blank in every row."""
    blank = np.full(rows, CODE["blank"], np.int8)
    return Cells(asked, blank, np.zeros(rows, np.intp), (None,))


Known = dict[tuple[type, Any], Cell]
"""Cells of one question or fact that were read before, by what stands in them."""


def read_cells(
    asked: AnyAsked,
    name: str,
    column: pa.Array | None,
    states: pa.Array | None,
    faults: list[CellFault],
    *,
    known: Known | None = None,
) -> Cells:
    """Read a column and its companion of states; what is not valid counts as blank and is added to `faults`.

    `known`: what was read of this column in earlier batches; it grows.
    """
    rows = len(column) if column is not None else len(states) if states is not None else 0
    if column is None or pa.types.is_null(column.type):
        cells = no_cells(asked, rows)
    elif kind_of(asked).is_figure and (pa.types.is_floating(column.type) or pa.types.is_integer(column.type)):
        cells = _figures(cast("AnyFigure", asked), name, column, faults)
    else:
        known = {} if known is None else known
        if kind_of(asked).is_figure:
            cells = _numbers(cast("AnyFigure", asked), name, column, faults, known)
        else:
            codes, raws = encoded(column)
            read = [*(_known_cell(asked, raw, known) for raw in raws), BLANK]
            for index, cell in enumerate(read):
                if cell.fault is not None:
                    faults += _faults_of(name, np.flatnonzero(codes == index), raws[index], cell)
            state = marked_by(codes, {index: cell.state for index, cell in enumerate(read)})
            cells = Cells(asked, state, codes.astype(np.intp), [cell.value for cell in read])
    return cells if states is None else _with_states(cells, name, states, faults)


# ---- distinct values


def encoded(column: pa.Array) -> tuple[Array, list[Any]]:
    """Return a column as numbers of its distinct values, and these; a null has the number after the last."""
    if is_list(column.type):
        joined = [
            None
            if row is None
            else EMPTY_LIST
            if not row
            else ";".join("" if entry is None else str(entry) for entry in row)
            for row in column.to_pylist()
        ]
        column = pa.array(joined, pa.string())
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    raws = coded.dictionary.to_pylist()
    codes, there = plain_values(coded.indices)
    none = len(raws)
    kind = np.uint8 if none < 256 else np.intp
    codes = codes.astype(kind)
    if there is not None:
        codes = (codes - kind(none)) * there + kind(none)  # bytes begin again after 255: the same for less time
    return codes, raws


def plain_values(column: pa.Array) -> tuple[Array, Array | None]:
    """Return the values of a column of whole numbers or figures as they lie in memory, and where there are any.

    What lies in the place of a null is undefined; None: there is no null.
    """
    bits, values = column.buffers()
    start, end = column.offset, column.offset + len(column)
    sort = "f" if pa.types.is_floating(column.type) else "u" if pa.types.is_unsigned_integer(column.type) else "i"
    kind = np.dtype(f"{sort}{column.type.bit_width // 8}")  # to_pandas_dtype wants pandas before pyarrow 26
    if not len(column):
        return np.zeros(0, kind), None
    there = None
    if column.null_count:
        there = np.unpackbits(np.frombuffer(bits, np.uint8), count=end, bitorder="little")[start:].view(bool)
    return np.frombuffer(values, kind)[start:end], there


FEW = 12
"""States that are quicker looked for one by one than looked up."""


def marked_by(codes: Array, states: Mapping[int, int]) -> Array:
    """Return the state that stands for each code, 0 for those that are not named."""
    named = [(code, state) for code, state in states.items() if state]
    if len(named) > FEW:
        table = np.zeros(int(codes.max(initial=0)) + 1 + max(states), np.int8)
        table[[code for code, _ in named]] = [state for _, state in named]
        return table.take(codes)
    found = np.zeros(len(codes), np.int8)
    for code, state in named:
        found += (codes == code).view(np.int8) * np.int8(state)
    return found


def marked(there: Array, state: State) -> Array:
    """Return the state answered where there is something, else another."""
    return (~there).view(np.int8) * np.int8(CODE[state])


MOST_KNOWN = 4096
"""Cells of one column that are kept in mind."""


def _known_cell(asked: AnyAsked, raw: Any, known: Known) -> Cell:
    key = type(raw), raw
    if key not in known:
        if len(known) > MOST_KNOWN:
            known.clear()
        known[key] = cell_of(asked, raw)
    return known[key]


def _faults_of(name: str, rows: Array, raw: Any, cell: Cell) -> Iterator[CellFault]:
    if cell.fault is not None:
        code = "unknown_option" if cell.fault.unknown else "bad_value"
        reason = wanted(cell.fault.wants)
        shown = "[]" if raw == EMPTY_LIST else str(raw).lower() if isinstance(raw, bool) else str(raw)
        yield from (CellFault(row, name, shown, code, reason) for row in rows.tolist())


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


def _numbers(asked: AnyFigure, name: str, column: pa.Array, faults: list[CellFault], known: Known) -> Cells:
    """Read figures given as texts or decimals: plain ones as a whole column, the others one by one."""
    if not pa.types.is_string(column.type):
        codes, raws = encoded(column)
        texts = pa.array([str(raw) if isinstance(raw, str | Decimal) else None for raw in raws], pa.string())
    else:
        codes, raws, texts = None, column, column
    numbers, there, filled = _plain_figures(texts)
    filled = filled if codes is None else np.ones(len(texts), bool)
    there &= _in_range(asked, Cells(None, there, None, (), numbers))
    states, numbers = marked(there, "blank"), np.where(there, numbers, 0.0)
    exact: dict[int, Decimal] = {}
    for index in np.flatnonzero(~there & filled):
        raw = raws[index].as_py() if codes is None else raws[index]
        cell = _known_cell(asked, raw, known)
        states[index] = cell.state
        rows = np.array([index]) if codes is None else np.flatnonzero(codes == index)
        if isinstance(cell.value, Decimal):
            numbers[index] = float(cell.value)
            if len(cell.value.as_tuple().digits) > EXACT:
                exact |= dict.fromkeys(rows.tolist(), cell.value)
        faults += _faults_of(name, rows, raw, cell)
    if codes is not None:
        states, numbers = np.append(states, np.int8(CODE["blank"]))[codes], np.append(numbers, 0.0)[codes]
    return _look_at_usual(asked, name, Cells(asked, states, None, (), numbers, exact), faults)


POINT, MINUS, NOUGHT, NINE = map(np.uint8, b".-09")


def _plain_figures(texts: pa.Array) -> tuple[Array, Array, Array]:
    """Read the texts that are digits, at most one point between them and a minus before them, 15 letters at most.

    Gives the figures, which texts are such, and which have any letters.
    """
    count = len(texts)
    nothing = np.zeros(count), np.zeros(count, bool), np.zeros(count, bool)
    if texts.null_count == count:
        return nothing
    _, places, letters = texts.buffers()
    offsets = np.frombuffer(places, np.int32)[texts.offset : texts.offset + count + 1]
    if offsets[0] == offsets[-1]:
        return nothing
    signs = np.frombuffer(letters, np.uint8)[offsets[0] : offsets[-1]]
    begin, end = offsets[:-1] - offsets[0], offsets[1:] - offsets[0]
    length = end - begin
    some = length > 0
    first, last = np.minimum(begin, len(signs) - 1), np.maximum(end - 1, 0)
    signed = signs[first] == MINUS
    plain = some & (length <= EXACT)
    for edge in (signs[last], signs[np.minimum(first + signed, len(signs) - 1)]):
        plain &= edge - NOUGHT <= NINE - NOUGHT  # bytes begin again at 255: what is less is more
    if (signs - MINUS <= NINE - MINUS).all() and np.array_equal(plain, some):
        # with these letters alone, and digits at both ends, what is read as a figure at all is plain
        with suppress(pa.ArrowInvalid):
            return plain_values(pc.cast(texts, pa.float64()))[0], plain, some
    digit, point = signs - NOUGHT <= NINE - NOUGHT, signs == POINT
    odd = np.flatnonzero(~digit)
    if len(odd):
        # letters that are no digits, text by text: only one point, and a minus at the beginning
        inside = np.searchsorted(end, odd, side="right")
        points = np.bincount(inside[point[odd]], minlength=count)
        others = np.bincount(inside[~point[odd]], minlength=count)
        plain &= (points <= 1) & (others == signed)
    if plain.all():
        return plain_values(pc.cast(texts, pa.float64()))[0], plain, some
    numbers = np.zeros(count)
    numbers[plain] = plain_values(pc.cast(texts.take(pa.array(np.flatnonzero(plain))), pa.float64()))[0]
    return numbers, plain, some


def _in_range(asked: AnyFigure, cells: Cells) -> Array:
    low, high = asked.range
    return cells.at_least(low) & cells.at_most(high)


def _figures(asked: AnyFigure, name: str, column: pa.Array, faults: list[CellFault]) -> Cells:
    """Read a column of numbers; float32 is rounded to the question's decimals."""
    numbers, there = plain_values(column)
    if numbers.dtype in (np.float32, np.float16):
        numbers = numbers if there is None else np.where(there, numbers, 0)
        if asked.decimals is None:
            numbers = numbers.astype(str)  # its shortest text
        else:
            numbers = np.array([float(f"{number:.{asked.decimals}f}") for number in numbers.tolist()])
    numbers = numbers.astype(float, copy=False)
    with np.errstate(invalid="ignore"):
        fits = _in_range(asked, Cells(None, numbers, None, (), numbers))
    good = fits if there is None else there & fits
    for row in np.flatnonzero(~fits if there is None else there & ~fits):
        shown = str(column[int(row)].as_py())
        fault = cell_of(asked, column[int(row)].as_py()).fault
        faults.append(CellFault(int(row), name, shown, "bad_value", wanted(fault.wants if fault else {})))
    read = Cells(asked, marked(good, "blank"), None, (), numbers if good.all() else np.where(good, numbers, 0.0))
    return _look_at_usual(asked, name, read, faults)


def _look_at_usual(asked: AnyFigure, name: str, cells: Cells, faults: list[CellFault]) -> Cells:
    if asked.usual is not None and cells.numbers is not None:
        low, high = asked.usual
        odd = np.flatnonzero(cells.answered & ~(cells.at_least(low) & cells.at_most(high)))
        reason = fill(UNUSUAL, low=plain_number(low), high=plain_number(high)) if len(odd) else {}
        for row in odd:
            number = cells.exact.get(int(row), Decimal(repr(float(cells.numbers[row]))))
            faults.append(CellFault(int(row), name, plain_number(number), "unusual", reason))
    return cells


# ---- companion columns of states


def _with_states(cells: Cells, name: str, states: pa.Array, faults: list[CellFault]) -> Cells:
    """Let the state column win over the value; `answered` makes a blank multi the empty list."""
    codes, raws = encoded(states)
    words = ["" if raw is None else str(raw).strip() for raw in raws]
    for index, word in enumerate(words):
        if word and word not in WORDS and word != "answered":
            reason = wanted(WANTS_STATE)
            rows = np.flatnonzero(codes == index)
            faults += [CellFault(int(row), f"{name}.state", str(raws[index]), "unknown_state", reason) for row in rows]
    put = marked_by(codes, {index: WORDS.get(word, 0) for index, word in enumerate(words)})
    if put.any():  # what is put off or not known is no figure yet that could be unusual
        faults[:] = [one for one in faults if not (one.column == name and one.code == "unusual" and put[one.row])]
    settled = cells.state * (put == 0) + put
    said = [index for index, word in enumerate(words) if word == "answered"]
    bare = np.isin(codes, said) & ~cells.answered if said else None
    if bare is None or not bare.any():
        return replace(cells, state=settled)
    # a blank multi that is said to be answered is the empty list; anything else stays without a value
    settled = np.where(bare, CODE["blank"], settled).astype(np.int8)
    asked, values, distinct = cells.asked, cells.codes, list(cells.distinct)
    empty = None if asked is None else kind_of(asked).none_ticked(asked)
    blank = bare & (cells.state == CODE["blank"])
    blank[[fault.row for fault in faults if fault.column == name and fault.code != "unusual"]] = False
    if isinstance(empty, frozenset) and values is not None:
        distinct.append(empty)
        distinct.append(distinct[-2])  # no value stays the last one
        values = np.where(values == len(distinct) - 3, len(distinct) - 1, values)
        values = np.where(blank, len(distinct) - 2, values)
        settled = np.where(blank, CODE["answered"], settled).astype(np.int8)
    without = bare & (cells.state != CODE["blank"])
    faults += [
        CellFault(int(row), name, STATES[cells.state[row]], "bad_value", wanted(NO_VALUE))
        for row in np.flatnonzero(without)
    ]
    return replace(cells, state=settled, codes=values, distinct=distinct)
