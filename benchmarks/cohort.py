"""Whole tables: how the cost of scoring grows with the rows, and one plain job beside a numpy loop and its peers.

`python -m benchmarks cohort [ROWS]`: up to ROWS rows (default 1,000,000). Peers are measured where they are installed:
pandas, polars, scikit-criteria and pyDecision do a smaller part, a weighted mean of full columns.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import crowds
from nqpf_assess.engine import columns
from nqpf_assess.engine.arithmetic import Column, mean

RUNS = 5
BATCH = 16384
WIDTH = 60
PLAIN_ROWS = 1_000_000


@dataclass(frozen=True)
class Run:
    """One process: CPU seconds, wall seconds, peak MB (of the largest process)."""

    what: str
    rows: int
    cpu: float
    wall: float
    peak: float


def run(what: str, rows: int, arguments: Sequence[str]) -> Run:
    """Run one command of the program and measure it."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "nqpf_assess", "cohort", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{what}: {status}")
    cpu = usage.ru_utime + usage.ru_stime
    return Run(what, rows, cpu, time.monotonic() - begun, usage.ru_maxrss / 1024)


def scoring(most: int) -> Iterator[Run]:
    """Score tables of 10⁴ rows and ten times more, up to `most`; then study the last one."""
    with tempfile.TemporaryDirectory(prefix="nqpf-bench-") as name:
        folder, rows = Path(name), 10_000
        while rows <= most:
            table = crowds.write_table(folder / "t.parquet", rows)
            crowds.write_csv(table, folder / "t.csv")
            asked, output = ["--questionnaire", "region"], str(folder / "s.parquet")
            yield run("score, CSV", rows, ["score", str(folder / "t.csv"), *asked, "-o", output, "--jobs", "1"])
            for jobs in ("1", "2"):
                how = ["-o", output, "--jobs", jobs]
                yield run(f"score, Parquet, {jobs} at a time", rows, ["score", str(table), *asked, *how])
            report = ["report", output, *asked, "-o", str(folder / "report"), "--by", "region", "--to", "md"]
            yield run("report on the scores", rows, report)
            rows *= 10


def best(work: Callable[[], Any]) -> float:
    """Give the best of several runs, CPU seconds."""
    found = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def plain() -> Iterator[tuple[str, float]]:
    """Average full columns with weights: a numpy loop as the floor, the shared arithmetic, and peers."""
    dice = np.random.default_rng(7)
    table = [dice.uniform(0, 100, PLAIN_ROWS) for _ in range(WIDTH)]
    weights = dice.uniform(1, 5, WIDTH).tolist()

    def sliced(work: Callable[[list[Any]], Any]) -> Callable[[], None]:
        def all_slices() -> None:
            out = np.empty(PLAIN_ROWS)
            for start in range(0, PLAIN_ROWS, BATCH):
                out[start : start + BATCH] = work([column[start : start + BATCH] for column in table])

        return all_slices

    yield "numpy, column after column", best(sliced(lambda parts: _floor(parts, weights)))
    shared = sliced(lambda parts: mean(columns, "arithmetic", [Column(part, 1.0) for part in parts], weights).value)
    yield "the program's arithmetic", best(shared)
    for name, work in _peers(table, weights):
        yield name, best(work)


def _floor(parts: list[Any], weights: list[float]) -> Any:
    total: Any = 0.0
    for part, weight in zip(parts, weights, strict=True):
        total = total + weight * part
    return total / sum(weights)


def _peers(table: list[Any], weights: list[float]) -> Iterator[tuple[str, Callable[[], Any]]]:
    if find_spec("pandas"):
        pandas: Any = __import__("pandas")
        frame = pandas.DataFrame({str(index): column for index, column in enumerate(table)})
        yield "pandas", lambda: (frame * weights).sum(axis=1) / sum(weights)
    if find_spec("polars"):
        polars: Any = __import__("polars")
        tall = polars.DataFrame({str(index): column for index, column in enumerate(table)})
        terms = [polars.col(str(index)) * weight for index, weight in enumerate(weights)]
        yield "polars", lambda: tall.select(polars.sum_horizontal(terms) / sum(weights))
    if find_spec("skcriteria"):
        yield "scikit-criteria", _skcriteria(np.stack(table, axis=1), weights)
    if find_spec("pyDecision"):
        saw: Any = __import__("pyDecision.algorithm", fromlist=["saw_method"]).saw_method
        matrix = np.stack(table, axis=1)
        yield "pyDecision", lambda: saw(matrix, ["max"] * WIDTH, weights, graph=False, verbose=False)


def _skcriteria(matrix: Any, weights: list[float]) -> Callable[[], Any]:
    skcriteria: Any = __import__("skcriteria")
    model: Any = __import__("skcriteria.agg.simple", fromlist=["WeightedSumModel"]).WeightedSumModel()
    made = skcriteria.mkdm(matrix, [max] * WIDTH, weights=weights)
    return lambda: model.evaluate(made)


def lines(most: int = 1_000_000) -> Iterator[str]:
    """Write both tables as Markdown."""
    columns = next(crowds.groups(1)).num_columns
    yield from ("## Whole tables", "", f"Region questionnaire, {columns} columns, all profiles; whole processes.", "")
    yield "| work | rows | CPU s | µs a row | wall s | peak MB |"
    yield "|---|---:|---:|---:|---:|---:|"
    for row in scoring(most):
        cost = 1e6 * row.cpu / row.rows
        yield f"| {row.what} | {row.rows:,} | {row.cpu:.2f} | {cost:.1f} | {row.wall:.1f} | {row.peak:.0f} |"
    yield from ("", f"### One weighted mean of {WIDTH} full columns, {PLAIN_ROWS:,} rows", "")
    yield from ("| work | CPU ms | × floor |", "|---|---:|---:|")
    floor = 0.0
    for what, seconds in plain():
        floor = floor or seconds
        yield f"| {what} | {seconds * 1000:.0f} | {seconds / floor:.2f} |"
