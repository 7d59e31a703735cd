"""A big CSV is read in slices that begin where a record begins; what is read does not depend on where it was cut."""

import pickle
import random
from contextlib import suppress
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nqpf_assess.cohort import csv_tables, tables
from nqpf_assess.cohort.tables import batches, open_table
from nqpf_assess.files.intake import text_codec
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError
from tests.support.scored import every_other

PARTS = ["a", "1", ",", ",", "\n", "\n", "\r\n", "\r", '"', '""', '",', ',"', '"\n', "\n\n", " ", "名", '"x\ny"', "'"]


def rows_read(path: Path, encoding: str = "utf-8", few: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    """Every row with its number in the file, and every ragged line. `few`: columns that are numbered."""
    found: list[tuple[object, ...]] = []
    ragged: list[tuple[object, ...]] = []
    for piece in open_table(str(path), encoding).pieces:
        for batch in batches(piece, columns=None, batch=3, encoding=encoding, few=few):
            found += [(batch.start + n, *row.values()) for n, row in enumerate(batch.rows.to_pylist())]
            ragged += [(batch.start + line.row, line.found, line.wanted) for line in batch.ragged]
    return found + ragged


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-8-sig"])
@pytest.mark.parametrize("seed", every_other(range(40)))
def test_slices_give_the_rows_of_the_whole(
    seed: int, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line ends and marks anywhere: in quoted cells, alone in plain ones, at the edges of what is read at once."""
    dice = random.Random(seed)
    path = tmp_path / "t.csv"
    path.write_bytes(("respondent,b\n" + "".join(dice.choices(PARTS, k=300))).encode(encoding))
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    try:
        whole = rows_read(path, codec)
    except UserError:
        whole = []
    monkeypatch.setattr(csv_tables, "SLICE", dice.choice([1, 5, 40]))
    monkeypatch.setattr(csv_tables, "CHUNK", dice.choice([1, 7, 64, 4096]))
    monkeypatch.setattr(csv_tables, "BLOCK", dice.choice([200, 1000, 1 << 22]))
    try:
        assert rows_read(path, codec, few=dice.choice([(), ("b",)])) == whole
    except UserError:
        assert not whole


def test_a_file_that_cannot_be_read_from_the_middle_is_one_slice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packed, or in an encoding whose letters may hold the bytes of a line end."""
    monkeypatch.setattr(csv_tables, "SLICE", 1)
    import gzip

    words = "respondent,b\n" + "r,1\n" * 9
    (tmp_path / "t.csv").write_text(words, encoding="utf-8")
    (tmp_path / "u.csv").write_text(words, encoding="utf-16")
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(words.encode()))
    counts = [len(open_table(str(tmp_path / name), codec).pieces) for name, codec in CASES]
    assert counts == [9, 1, 1]
    read = [rows_read(tmp_path / name, codec) for name, codec in CASES]
    assert read[0] == read[1] == read[2]


CASES = (("t.csv", "utf-8"), ("u.csv", "utf-16"), ("t.csv.gz", "utf-8"))


@pytest.mark.parametrize("content", ["respondent,b", "respondent,b\n", "respondent,b\n\n\n"])
def test_a_table_without_rows_is_one_empty_slice(content: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(content)
    assert rows_read(tmp_path / "t.csv") == []


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        ("respondent,名称\nr,甲\n".encode("gbk"), "utf-8", "not UTF-8"),
        (b"respondent,a\nr,\xff\n", "gbk", "not gbk"),
        (b"respondent,a\nr,1\n", "utf-16", "not utf-16"),
        (b"respondent,a\nr,1\n", "hex", "no encoding of text"),
        (b"respondent,a\nr,1\n", "undefined", "no encoding of text"),
        (b"", "utf-8", "is empty"),
        (b"\n\n", "utf-8", "is empty"),
        (b"respondent,a, a \nr,1\n", "utf-8", "two columns are named"),
        (b"respondent,a,,\nr,1,,\n", "utf-8", "Give each column without a name"),
        (b'respondent,"' + b"x" * 200_000, "utf-8", "not closed"),
    ],
    ids=lambda value: repr(value)[:14],
)
def test_a_table_that_cannot_be_read_is_a_sentence(data: bytes, encoding: str, said: str, tmp_path: Path) -> None:
    """Before any row is used, by every command."""
    (tmp_path / "t.csv").write_bytes(data)
    with pytest.raises(UserError) as refused:
        open_table(str(tmp_path / "t.csv"), encoding)
    assert said in f"{refused.value} {refused.value.hint.get('en')}"


def test_packed_data_that_end_too_early_are_a_sentence(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"respondent,a\n" + b"r,1\n" * 5000)[:-20])
    with pytest.raises(UserError, match="packed data"):
        open_table(str(tmp_path / "t.csv.gz"), "utf-8")


def test_a_line_longer_than_what_is_parsed_at_once_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t.csv").write_text("respondent,b\nr," + "x" * 3000 + "\n" + "r,1\n" * 1000)
    monkeypatch.setattr(csv_tables, "BLOCK", 1024)
    with pytest.raises(UserError, match="line is longer"):
        rows_read(tmp_path / "t.csv")


@pytest.mark.parametrize(
    "column",
    [
        pa.array([{"x": 1}]),
        pa.array([[[1]]]),
        pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int64())),
        pa.array([b"x"]),
        pa.array([1], pa.duration("s")),
    ],
    ids=lambda column: str(column.type)[:12],
)
def test_columns_of_a_parquet_file_that_are_no_cells_are_named(column: pa.Array, tmp_path: Path) -> None:
    """Structures, maps, bytes: a sentence before any row is read."""
    pq.write_table(pa.table({"respondent": ["r"], "odd": column}), tmp_path / "t.parquet")
    with pytest.raises(UserError, match="the column “odd” holds"):
        open_table(str(tmp_path / "t.parquet"), "utf-8")


def test_days_and_times_are_texts(tmp_path: Path) -> None:
    day = pa.array([date(2026, 3, 5)])
    pq.write_table(
        pa.table({"respondent": ["r"], "day": day, "long": pa.array(["x"], pa.large_string())}), tmp_path / "t.parquet"
    )
    assert rows_read(tmp_path / "t.parquet") == [(1, "r", "2026-03-05", "x")]


@pytest.mark.parametrize("at", [4, 40, -60, -9])
def test_a_damaged_parquet_file_is_a_sentence(at: int, tmp_path: Path) -> None:
    """Wherever a byte was changed: in a page, in the letters of a cell, in the names of the columns."""
    path = tmp_path / "t.parquet"
    pq.write_table(
        pa.table({"respondent": ["甲乙丙"] * 9, "a": ["1"] * 9}), path, compression="none", use_dictionary=False
    )
    data = bytearray(path.read_bytes())
    data[at : at + 4 or None] = b"\xff\xff\xff\xff"[: len(data[at : at + 4 or None])]
    path.write_bytes(bytes(data))
    with suppress(UserError):
        rows_read(path)
    data[: len(data) // 2] = bytes(len(data) // 2)
    path.write_bytes(bytes(data))
    with pytest.raises(UserError, match="cannot be read as a table"):
        rows_read(path)


def test_no_row_of_a_damaged_parquet_file_is_lost_in_silence(tmp_path: Path) -> None:
    """Whichever byte counts fewer than there are, of a page, a group or the file, it is a sentence, or all rows."""
    path = tmp_path / "t.parquet"
    table = pa.table({"respondent": ["r1", "r2"], "plan": ["1", "2"]})
    pq.write_table(table, path, compression="none", use_dictionary=False, write_statistics=False)
    sound, read = path.read_bytes(), 0
    for at in range(len(sound)):
        for value in {0, 2} - {sound[at]}:
            path.write_bytes(sound[:at] + bytes([value]) + sound[at + 1 :])
            with suppress(UserError):
                assert len(rows_read(path)) == 2, (at, value)
                read += 1
    assert read > 100


def test_too_little_memory_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound file is not called damaged where the memory does not suffice."""
    pq.write_table(pa.table({"respondent": ["r"]}), tmp_path / "t.parquet")

    def asks_too_much(*_: object, **__: object) -> None:
        raise pa.ArrowMemoryError("malloc of size 1048576 failed")

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", asks_too_much)
    with pytest.raises(UserError, match="too little memory to read it"):
        rows_read(tmp_path / "t.parquet")


def test_a_number_that_stands_for_no_text_is_seen() -> None:
    """Of a numbered column in a damaged file; what lies in the place of a null is nobody's number."""
    texts = pa.array(["a", "b"])
    for numbers, sound in (([0, 1, 1], True), ([0, None, 1], True), ([0, 2], False), ([-1, 0], False), ([], True)):
        column = pa.DictionaryArray.from_arrays(pa.array(numbers, pa.int32()), texts, safe=False)
        assert tables._are_sound(column) == sound
        assert tables._are_sound(column.slice(1)) == (sound or numbers[0] == -1)


def test_a_refusal_travels_whole_from_a_worker() -> None:
    """What a process that works on a part refuses is told with its hint and exit status."""
    refusal = UserError(fill(_("{path} does not exist"), path="x"), hint=_("{path} is empty"), status=3)
    back = pickle.loads(pickle.dumps(refusal))
    assert (dict(back.message), dict(back.hint), back.status) == (dict(refusal.message), dict(refusal.hint), 3)


def test_no_encoding_of_python_ends_in_a_trace(tmp_path: Path) -> None:
    """A table in UTF-8 read under each encoding gives rows or a sentence."""
    import encodings.aliases

    (tmp_path / "t.csv").write_text("respondent,名\nr,甲\n", encoding="utf-8")
    tried = 0
    for name in sorted(set(encodings.aliases.aliases.values())):
        with suppress(UserError):
            text_codec(name)
            rows_read(tmp_path / "t.csv", name)
        tried += 1
    assert tried > 90
