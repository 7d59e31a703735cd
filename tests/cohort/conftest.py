"""The shipped region questionnaire with all its rubrics, and small tables on it."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from tests.cohort.tabled import crowd_on, row_of
from tests.support.oracle import Plain
from tests.support.scored import PROFILES, ROOT, shipped_chain, shipped_questionnaire


@cache
def shipped_instruments() -> Instruments:
    library = Library((Root("shipped", ROOT),))
    book = library.questionnaire("region")
    assert book is not None
    chains = {rubric.chain[-1].id: rubric.chain for rubric in library.profiles(book)}
    return Instruments(book.value, (chains.pop("baseline"), *chains.values()))


@pytest.fixture
def instruments() -> Instruments:
    return shipped_instruments()


@cache
def _rows(count: int, seed: int) -> tuple[Plain, ...]:
    questionnaire = shipped_questionnaire("region")
    profiles = [profile for subject, profile in PROFILES if subject == "region"]
    cases = crowd_on(questionnaire, shipped_chain("region", "baseline"), seed, count)
    rows = [row_of(case, f"{index:05}", profiles[index % len(profiles)]) for index, case in enumerate(cases)]
    return tuple(row | {"region": f"R{index % 4:02}"} for index, row in enumerate(rows))


def rows_of(count: int, seed: int = 11) -> list[Plain]:
    """Random sound rows with a grouping column."""
    return [dict(row) for row in _rows(count, seed)]


def write_csv(path: Path, rows: Sequence[Plain], encoding: str = "utf-8") -> Path:
    """Rows as a CSV file."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows({name: "" if row.get(name) is None else row[name] for name in names} for row in rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def table_of(rows: Sequence[Plain]) -> pa.Table:
    """Rows as a table of texts."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})


Make = Callable[..., Any]
