"""Tables of made-up respondents, as long as wanted: every kind of question, blanks, states, all shipped profiles."""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from nqpf_assess.files.library import Library
from nqpf_assess.model.questionnaire import (
    AnyAsked,
    LevelKeys,
    MultiFact,
    MultiQuestion,
    NumberFact,
    NumberQuestion,
    Questionnaire,
    SingleFact,
    SingleQuestion,
)

GROUP = 1 << 17
"""Rows of a row group: a task."""

BLANK, PUT_OFF = 0.02, 0.04
"""Shares of answers that are blank, and that have a state instead of a value."""

Dice = np.random.Generator


def book(id: str = "region") -> tuple[Questionnaire, list[str]]:
    """Give a shipped questionnaire and the ids of its profiles."""
    library = Library()
    found = library.questionnaire(id)
    assert found is not None
    return found.value, [rubric.chain[-1].id for rubric in library.profiles(found)]


def column(asked: AnyAsked, rows: int, dice: Dice) -> pa.Array | None:
    """Draw the answers to one question; None for free words."""
    if isinstance(asked, LevelKeys):
        return pa.array(dice.integers(0, len(asked.levels), rows))
    if isinstance(asked, NumberQuestion | NumberFact):
        low, high = map(float, asked.usual or asked.range)
        return pa.array(np.round(dice.uniform(low, high, rows), 2))
    if isinstance(asked, SingleQuestion | SingleFact):
        return _coded(dice.integers(0, len(asked.options), rows), list(asked.options))
    if isinstance(asked, MultiQuestion | MultiFact):
        ids = [
            id for id, option in asked.options.items() if not (option.exclusive or getattr(option, "unknown", False))
        ]
        pairs = [f"{left};{right}" for left, right in pairwise(ids)] or ids
        return _coded(dice.integers(0, len(pairs), rows), pairs)
    return None


def _coded(codes: Any, words: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(words))


def _with_gaps(values: pa.Array, dice: Dice) -> tuple[pa.Array, pa.Array]:
    draw = dice.uniform(size=len(values))
    states = np.where(draw < BLANK + PUT_OFF, np.array(["dk", "na", "later"])[dice.integers(0, 3, len(values))], "")
    there = pa.array(draw >= BLANK + PUT_OFF)
    return pa.compute.if_else(there, values, None), pa.array(np.where(draw < BLANK, "", states)).dictionary_encode()


def groups(rows: int, seed: int = 7, id: str = "region", group: int = GROUP) -> Iterator[pa.Table]:
    """Give a table, a row group at a time; the same rows for the same seed and size of group."""
    import pyarrow.compute  # noqa: F401

    questionnaire, profiles = book(id)
    for start in range(0, rows, group):
        dice, count = np.random.default_rng([seed, start]), min(group, rows - start)
        made: dict[str, pa.Array] = {"respondent": pa.array([f"{start + row:010}" for row in range(count)])}
        made["weights"] = _coded(dice.integers(0, len(profiles), count), profiles)
        made["region"] = _coded(dice.integers(0, 31, count), [f"R{region:02}" for region in range(31)])
        asked = {f"fact.{id}": fact for id, fact in questionnaire.facts.items()} | dict(questionnaire.questions)
        for name, one in asked.items():
            values = column(one, count, dice)
            if values is not None:
                made[name], made[f"{name}.state"] = _with_gaps(values, dice)
        yield pa.table(made)


def write_table(path: Path, rows: int, seed: int = 7, id: str = "region", *, group: int = GROUP) -> Path:
    """Write a table as Parquet."""
    writer: Any = None
    for table in groups(rows, seed, id, group):
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=group)
    writer.close()
    return path


def write_csv(table: Path, path: Path) -> Path:
    """Write a table that is Parquet as CSV."""
    from pyarrow import csv

    writer: Any = None
    with pq.ParquetFile(table) as file:
        for group in range(file.metadata.num_row_groups):
            rows = file.read_row_group(group)
            plain = pa.schema([(field.name, _plain(field.type)) for field in rows.schema])
            writer = writer or csv.CSVWriter(path, plain)
            writer.write_table(rows.cast(plain))
    writer.close()
    return path


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


if __name__ == "__main__":
    write_table(Path(sys.argv[1]), int(sys.argv[2]))
