"""Respondents in more than one row are found, all of them and no others, however the numbers are shared out."""

import tracemalloc
from collections import Counter
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nqpf_assess.cohort import repeats


def parts_of(folder: Path, *parts: list[str | None]) -> list[Path]:
    places = [folder / f"{number}.parquet" for number in range(len(parts))]
    for place, names in zip(places, parts, strict=True):
        pq.write_table(pa.table({"respondent": pa.array(names, pa.string())}), place)
    return places


@pytest.mark.parametrize("at_a_time", [1, 100, 1 << 21])
def test_every_repeated_name_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_a_time: int) -> None:
    """In one part or in two, short and long, letters that take three bytes; rows without a name are nobody's."""
    monkeypatch.setattr(repeats, "AT_A_TIME", at_a_time)
    pick = Random(3)
    names = [
        pick.choice([None, "", "长沙县", f"{pick.randint(0, 500)}", "x" * pick.randint(1, 300)]) for _ in range(900)
    ]
    found = repeats.repeated_names(parts_of(tmp_path, names[:200], names[200:], []), tmp_path).to_pylist()
    assert sorted(found) == sorted(name for name, count in Counter(names).items() if count > 1 and name is not None)


def most_taken(folder: Path, rows: int) -> int:
    """The most bytes of numbers held at once while names are looked for among so many."""
    parts = parts_of(folder, [f"{row:09}" for row in range(rows)])
    repeats.numbers_of(pa.array(["000000000"] * (1 << 14)))  # what is worked out once counts for neither
    tracemalloc.start()
    try:
        assert not len(repeats.repeated_names(parts, folder))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers wait on the disk; were they sorted all at once, the same measure would show it."""
    few, many = 1 << 16, 1 << 20
    monkeypatch.setattr(repeats, "AT_A_TIME", 1 << 14)
    assert most_taken(tmp_path, many) < 1.3 * most_taken(tmp_path, few)
    monkeypatch.setattr(repeats, "AT_A_TIME", 1 << 30)
    assert most_taken(tmp_path, many) > 3 * most_taken(tmp_path, few)


def test_names_that_share_a_number_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "numbers_of", lambda names: np.zeros(len(names), np.uint64))
    assert repeats.repeated_names(parts_of(tmp_path, ["a", "b"], ["c", "b"]), tmp_path).to_pylist() == ["b"]


def test_nobody_is_repeated_among_nobody(tmp_path: Path) -> None:
    assert repeats.repeated_names(parts_of(tmp_path, [], [None, None]), tmp_path).to_pylist() == []


def test_the_number_of_a_name_is_its_own() -> None:
    """Wherever it stands among others; a letter more, even one that is nought, makes another."""
    names = pa.array(["a", "b", "ab", "ba", "", "a\0", "\0a", "\0", "长沙", "a" * 300, "a" * 301])
    numbers = repeats.numbers_of(names)
    assert len(set(numbers.tolist())) == len(names)
    assert repeats.numbers_of(names.slice(3)).tolist() == numbers[3:].tolist()
