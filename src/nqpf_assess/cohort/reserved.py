"""The columns that are no answers: respondent, weights, mode, overrides, chosen measures."""

from decimal import Decimal
from difflib import get_close_matches
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nqpf_assess.cohort.cells import Array, encoded
from nqpf_assess.cohort.problems import (
    FIRST_COUNTS,
    LONGEST,
    NEAR,
    NO_BLEND,
    NO_PROFILE,
    OF_SPAN,
    WANTS_FACTOR,
    WANTS_MEASURES,
    WANTS_MODE,
    CellFault,
    wanted,
)
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.exchange.column_map import PERIOD, ColumnMap
from nqpf_assess.kinds.figures import read_number
from nqpf_assess.locale import Text, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Subject
from nqpf_assess.model.base import LARGEST
from nqpf_assess.model.period import short_span_of
from nqpf_assess.model.questionnaire import Questionnaire


def texts_of(column: pa.Array | None, rows: int) -> pa.Array:
    """Return a column as texts, null where it is empty or only spaces; 340115.0 is 340115, as in a CSV beside it."""
    if column is None:
        return pa.nulls(rows, pa.string())
    if pa.types.is_string(column.type):
        return pc.if_else(pc.equal(pc.utf8_trim_whitespace(column), ""), None, column)
    codes, raws = encoded(column)
    whole = [int(raw) if isinstance(raw, float | Decimal) and raw % 1 == 0 else raw for raw in raws]
    shown = np.array([*(None if _blank(raw) else str(raw) for raw in whole), None], object)
    return pa.array(shown[codes], pa.string())


def _blank(raw: Any) -> bool:
    return raw is None or not str(raw).strip()


def rubric_names(column: pa.Array | None) -> list[str]:
    """Return the distinct names of rubrics that a column holds."""
    return [] if column is None else [str(raw).strip() for raw in encoded(column)[1] if not _blank(raw)]


def read_profiles(
    instruments: Instruments, column: pa.Array | None, rows: int, faults: list[CellFault]
) -> tuple[Array, pa.Array]:
    """Return the number of each row's rubric (-1 where it is unknown), and its id as the scores table shows it.

    A blend has one id there, however it is written in the cells.
    """
    default = instruments.unnamed
    ids = [str(instruments.blends.get(id, id)) for id in instruments.ids]
    if column is None:
        return np.full(rows, default), pa.array([ids[default]] * rows, pa.string())
    codes, raws = encoded(column)
    names = [*("" if _blank(raw) else str(raw).strip() for raw in raws), ""]
    places = [instruments.ids.index(name) if name in instruments.ids else default if not name else -1 for name in names]
    for index, name in enumerate(names):
        if places[index] < 0:
            known = listed(chain[-1].id for chain in instruments.chains)
            reason = fill(NO_BLEND if "+" in name else NO_PROFILE, name=name[:LONGEST], known=known)
            faults += _noted(codes == index, "weights", name, "unknown_profile", reason)
    shown = np.array([name if at < 0 else ids[at] for name, at in zip(names, places, strict=True)], object)
    return np.array(places)[codes], pa.array(shown[codes], pa.string())


def read_mode(column: pa.Array | None, rows: int, faults: list[CellFault], *, quick: bool) -> Array:
    """Return in which rows only the core questions count."""
    if column is None:
        return np.full(rows, quick)
    codes, raws = encoded(column)
    known = {"full": False, "quick": True, "": quick}
    names = [*("" if _blank(raw) else str(raw).strip() for raw in raws), ""]
    for index, name in enumerate(names):
        if name not in known:
            faults += _noted(codes == index, "mode", name, "bad_value", wanted(WANTS_MODE))
    found: Array = np.array([known.get(name, quick) for name in names])[codes]
    return found


def read_years(column: pa.Array | None, rows: int) -> Array:
    """Return the year that each row's answers describe, as its period names it; 0 where it names none."""
    if column is None:
        return np.zeros(rows, int)
    codes, raws = encoded(column)
    table = [Subject(period="" if raw is None else str(raw)).year or 0 for raw in raws]
    return np.array([*table, 0], int)[codes]


def short_spans(column: pa.Array) -> list[CellFault]:
    """Find the school and financial years of which the first year counts, the second being told by two digits."""
    codes, raws = encoded(column)
    faults: list[CellFault] = []
    for index, text in enumerate("" if raw is None else str(raw) for raw in raws):
        if (span := short_span_of(text)) is not None:
            said = fill(FIRST_COUNTS, year=span[0], whole=f"{span[0]}/{span[1]}")
            faults += _noted(codes == index, PERIOD, text, OF_SPAN, said)
    return faults


def read_overrides(batch: pa.RecordBatch, names: ColumnMap, faults: list[CellFault]) -> dict[str, Array]:
    """Return the factor of every node that a column corrects; 1 where the cell is blank."""
    found = {}
    for name in names.place:
        if not name.startswith("override.") or name in names.unknown:
            continue
        codes, raws = encoded(names.column(batch, name))
        table = np.ones(len(raws) + 1)
        for index, raw in enumerate(raws):
            if _blank(raw):
                continue
            number = None  # true and false are whole numbers to Python, and no factors
            if not isinstance(raw, bool):
                number = read_number(raw if isinstance(raw, str | Decimal) else Decimal(repr(raw)))
            if number is None or not 0 <= number <= LARGEST:
                faults += _noted(codes == index, name, str(raw), "bad_value", wanted(WANTS_FACTOR))
            else:
                table[index] = float(number)
        found[name.removeprefix("override.")] = table[codes]
    return found


def read_chosen(
    questionnaire: Questionnaire, column: pa.Array | None, measures: Array, faults: list[CellFault]
) -> None:
    """Put the measures that a place has chosen itself in place of those that were worked out."""
    if column is None:
        return
    codes, raws = encoded(column)
    table: list[str | None] = []
    for index, raw in enumerate(raws):
        ids = () if _blank(raw) else tuple(part.strip() for part in str(raw).split(";") if part.strip("\0 "))
        unknown = [id for id in ids if id not in questionnaire.countermeasures]
        if unknown:
            near = get_close_matches(unknown[0], questionnaire.countermeasures, n=1)
            hint: Text | str = fill(NEAR, near=near[0]) if near else ""
            reason = wanted(fill(WANTS_MEASURES, name=unknown[0], near=hint))
            faults += _noted(codes == index, "plan.chosen", str(raw), "unknown_option", reason)
        table.append(";".join(dict.fromkeys(ids)) if ids and not unknown else None)
    chosen = np.array([*table, None], object)[codes]
    given = np.array([entry is not None for entry in chosen], bool)
    measures[given] = chosen[given]


def _noted(there: Array, column: str, value: str, code: str, reason: Text) -> list[CellFault]:
    return [CellFault(int(row), column, value, code, reason) for row in np.flatnonzero(there)]
