"""Respondents that stand in more than one row, found in bounded memory: a share of all names at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from nqpf_assess.cohort.engines import Task
from nqpf_assess.cohort.task import part_path
from nqpf_assess.cohort.work import Work

AT_A_TIME = 1 << 24
"""Names looked at together."""


def names_in(work: Work, tasks: Sequence[Task]) -> Iterator[tuple[int, int, list[str | None]]]:
    """Give the respondents of every part, a stretch at a time: the part, the number of the first, the names."""
    for part, _ in tasks:
        start = 0
        with pq.ParquetFile(part_path(work.folder, part)) as file:
            for batch in file.iter_batches(batch_size=1 << 17, columns=["respondent"]):
                yield part, start, batch.column(0).to_pylist()
                start += batch.num_rows


def repeated(work: Work, tasks: Sequence[Task]) -> dict[int, list[tuple[int, str]]]:
    """Give for each part the rows (from 0) whose respondent stands elsewhere too, with the name."""
    rows = sum(pq.read_metadata(part_path(work.folder, part)).num_rows for part, _ in tasks)
    rounds = max(1, -(-rows // AT_A_TIME))
    suspects: set[int] = set()
    for turn in range(rounds):
        suspects.update(_twice(work, tasks, turn, rounds))
    return _rows_of(work, tasks, suspects) if suspects else {}


def _twice(work: Work, tasks: Sequence[Task], turn: int, rounds: int) -> list[int]:
    """Give the hashes that come more than once, of those that belong to this round."""
    found: list[Any] = []
    for _, _, names in names_in(work, tasks):
        hashes = np.fromiter((hash(name) for name in names if name is not None), np.int64)
        found.append(hashes if rounds == 1 else hashes[hashes % rounds == turn])
    every = np.sort(np.concatenate(found)) if found else np.array([], np.int64)
    return [int(value) for value in np.unique(every[1:][every[1:] == every[:-1]])]


def _rows_of(work: Work, tasks: Sequence[Task], suspects: set[int]) -> dict[int, list[tuple[int, str]]]:
    places: dict[str, list[tuple[int, int]]] = {}
    for part, start, names in names_in(work, tasks):
        for row, name in enumerate(names, start=start):
            if name is not None and hash(name) in suspects:
                places.setdefault(name, []).append((part, row))
    found: dict[int, list[tuple[int, str]]] = {}
    for name, rows in places.items():
        if len(rows) > 1:
            for part, row in rows:
                found.setdefault(part, []).append((row, name))
    return found
