"""Respondents that stand in more than one row: found exactly, in memory that does not grow with the rows.

A number is worked out of every name; only names whose numbers come more than once are looked at themselves.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

AT_A_TIME = 1 << 21
"""Numbers sorted together; what is beyond waits on the disk, in files by the size of the numbers."""

BUFFER = 1 << 13
"""Bytes kept for each of these files; Python 3.14 would keep 16 times as many."""

ODD, MIXING = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9
BACK = pow(ODD, -1, 1 << 64)
"""By what it is multiplied to undo a multiplication by `ODD`, to 64 bits."""


def repeated_names(parts: Sequence[Path], folder: Path) -> pa.Array:
    """Return the respondents that stand in more than one row of the parts, without the blanks around their names.

    Empty cells name nobody.
    `folder`: where numbers may wait, eight bytes a row. Memory grows with the repeated rows alone.
    """
    shares = max(1, -(-sum(pq.read_metadata(part).num_rows for part in parts) // AT_A_TIME))
    edges = np.array([(share << 64) // shares for share in range(1, shares)], np.uint64)
    suspects: list[Any] = []
    with ExitStack() as held:
        waiting = [held.enter_context(TemporaryFile(dir=folder, buffering=BUFFER)) for _ in range(shares)]
        for names in _names_in(parts):
            numbers = np.sort(numbers_of(names)) if shares > 1 else numbers_of(names)
            for file, share in zip(waiting, np.split(numbers, np.searchsorted(numbers, edges)), strict=True):
                file.write(share.tobytes())
        for file in waiting:
            file.seek(0)
            numbers = np.sort(np.frombuffer(file.read(), np.uint64))
            suspects.append(np.unique(numbers[1:][numbers[1:] == numbers[:-1]]))
    doubtful = np.concatenate(suspects)  # in order, as the shares are
    if not len(doubtful):
        return pa.array([], pa.string())
    found = []
    for names in _names_in(parts):
        numbers = numbers_of(names)
        place = np.minimum(np.searchsorted(doubtful, numbers), len(doubtful) - 1)
        found.append(names.filter(pa.array(doubtful[place] == numbers)))
    counted = pc.value_counts(pa.chunked_array(found))  # two names may have one number by chance
    return counted.filter(pc.greater(counted.field("counts"), 1)).field("values")


def _names_in(parts: Sequence[Path]) -> Iterator[pa.Array]:
    """Yield the respondents of the parts, those that are named, without blanks around the name, a stretch at a time."""
    for part in parts:
        with pq.ParquetFile(part) as file:
            for batch in file.iter_batches(batch_size=1 << 14, columns=["respondent"], use_threads=False):
                yield pc.utf8_trim_whitespace(batch.column(0).drop_null())


def numbers_of(names: pa.Array) -> Any:
    """Return a number of 64 bits for each name: the same for the same letters, and hardly ever for others.

    The letters are the coefficients of a polynomial, the sums of which run through all names in one go; a name's own is
    the difference at its ends, divided by the power at which it began (Karp and Rabin 1987).
    """
    _, places, letters = names.buffers()
    nothing = np.zeros(len(names), np.uint64)
    if not len(names):
        return nothing
    offsets = np.frombuffer(places, np.int32)[names.offset : names.offset + len(names) + 1]
    if offsets[0] == offsets[-1]:
        return nothing
    signs = np.frombuffer(letters, np.uint8)[offsets[0] : offsets[-1]]
    begin, end = offsets[:-1] - offsets[0], offsets[1:] - offsets[0]
    powers, undone = _powers(1 << len(signs).bit_length())
    sums = np.zeros(len(signs) + 1, np.uint64)
    np.cumsum((signs + np.uint64(1)) * powers[: len(signs)], out=sums[1:])
    found = (sums[end] - sums[begin]) * undone[begin]
    return (found ^ (found >> np.uint64(32))) * np.uint64(MIXING)


@lru_cache(maxsize=1)
def _powers(count: int) -> tuple[Any, Any]:
    """Return the powers of `ODD`, and what undoes them."""
    powers, undone = (np.cumprod(np.r_[np.uint64(1), np.full(count - 1, base, np.uint64)]) for base in (ODD, BACK))
    return powers, undone
