"""The shipped region questionnaire with all its rubrics, and small tables on it."""

import csv
import gzip
import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nqpf_assess.cohort.engines import Local
from nqpf_assess.cohort.job import JobOutcome, Order, score_table
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scores import Scores
from nqpf_assess.cohort.study import Study
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from tests.cohort.tabled import crowd_on, row_of
from tests.support.oracle import Plain
from tests.support.scored import PROFILES, ROOT, shipped_chain, shipped_questionnaire

Read = Callable[..., Study]
ONE = Local(1)


@cache
def shipped_instruments() -> Instruments:
    library = Library((Root("shipped", ROOT),))
    book = library.questionnaire("region")
    assert book is not None
    chains = {rubric.chain[-1].id: rubric.chain for rubric in library.profiles(book)}
    return Instruments(book.value, (chains.pop("baseline"), *chains.values()))


def score(instruments: Instruments, tables: Sequence[Path | str], output: Path | str, **rest: Any) -> JobOutcome:
    engine = rest.pop("engine", ONE)
    return score_table(instruments, Order([str(table) for table in tables], str(output), **rest), engine)


def read_csv(path: Path) -> list[Plain]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def problems_of(path: Path) -> list[Plain]:
    place = path.with_name(path.name + ".problems.csv")
    return read_csv(place) if place.exists() else []


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


def scores_table(path: Path, instruments: Instruments, rows: Sequence[Plain]) -> Path:
    """A scores table made up for a test."""
    names = [
        "respondent",
        "weights",
        "region",
        "city",
        "score",
        "uncapped",
        "coverage",
        "band",
        "floors",
        "baseline_score",
    ]
    nodes = [f"pillar.{id}" for id in instruments.questionnaire.pillars]
    nodes += [f"dimension.{id}" for id in instruments.questionnaire.dimensions]
    filled = [
        {"weights": "baseline", "coverage": 1.0, "band": "b", "baseline_score": row["score"], "uncapped": row["score"]}
        | dict.fromkeys(nodes, row["score"])
        | row
        for row in rows
    ]
    columns: dict[str, Any] = {name: [row.get(name) for row in filled] for name in (*names, *nodes)}
    texts = {"respondent", "weights", "region", "city", "band", "floors"}
    pq.write_table(
        pa.table({n: pa.array(v, pa.string() if n in texts else pa.float64()) for n, v in columns.items()}), path
    )
    return path


@pytest.fixture
def study(tmp_path: Path, instruments: Instruments) -> Read:
    def make(rows: Sequence[Plain], by: tuple[str, ...] = ("region",), minimum: int = 5) -> Study:
        path = scores_table(tmp_path / "s.parquet", instruments, rows)
        return Study(instruments.questionnaire, Scores((str(path),)), by, minimum)

    return make


def crowd_of(**sizes: int) -> list[Plain]:
    dice = np.random.default_rng(3)
    return [
        {"respondent": f"{region}{i}", "region": region, "score": float(dice.uniform(5, 95)), "band": "xyz"[i % 3]}
        for region, size in sizes.items()
        for i in range(size)
    ]
