"""The engine `spark`: the same bytes as on this machine, and refusals that say what is wanted before Spark starts."""

import shutil
import socket
import subprocess
import sys
import time
import zipimport
from collections.abc import Iterator
from contextlib import closing
from importlib.util import module_from_spec
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from nqpf_assess.cohort.column_names import PLAIN, Extras
from nqpf_assess.cohort.engines import Local
from nqpf_assess.cohort.job import Order, score_table
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.tables import TablePiece, open_table
from nqpf_assess.cohort.work import Work, part_path
from nqpf_assess.locale import LANGUAGES
from nqpf_assess.model.problem import UserError
from tests.cohort.conftest import rows_of, table_of
from tests.cohort.tabled import alone, crowd, instruments_of, row_of, wanted_row
from tests.support.later import Later, needs
from tests.support.scored import assert_same

spark = Later("nqpf_assess.cohort.spark")

pytestmark = [needs("pyspark"), pytest.mark.loopback, pytest.mark.long]  # Spark talks to its Java process


QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java that works for seconds only is through sooner where it does not compile with care."""


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    """Spark on this machine, begun once."""
    try:
        spark.check_java()
    except UserError:
        pytest.skip("no Java 17 or newer was found")
    with closing(
        spark.Spark("local[2]", {"spark.sql.shuffle.partitions": "2", "spark.driver.extraJavaOptions": QUICK})
    ) as begun:
        yield begun


EVERYTHING = Extras(questions=True, gaps=True, measures=True)


def test_spark_gives_the_same_bytes(engine: Any, instruments: Instruments, tmp_path: Path) -> None:
    """Scores and problems, in several tasks."""
    source = tmp_path / "t.parquet"
    pq.write_table(table_of([*rows_of(50), {"respondent": "z", "rd_intensity": "?"}]), source, row_group_size=10)
    engines = {"local": Local(1), "spark": engine}
    for name, each in engines.items():
        score_table(instruments, Order([str(source)], str(tmp_path / f"{name}.csv")), each)
    for ending in ("", ".problems.csv"):
        local, other = ((tmp_path / f"{name}.csv{ending}").read_bytes() for name in engines)
        assert local == other


def test_random_instruments_score_on_spark_as_one_at_a_time(engine: Any, tmp_path: Path) -> None:
    """The questionnaire and its rubrics travel as texts; each row is what the engine says of the respondent alone."""
    for seed in range(3):
        cases, folder = crowd(seed, 40), tmp_path / str(seed)
        instruments = instruments_of(cases[0].questionnaire, cases[0].chain)
        profiles = [index % len(instruments.all) for index in range(len(cases))]
        rows = [
            row_of(case, f"r{i}", instruments.ids[p]) for i, (case, p) in enumerate(zip(cases, profiles, strict=True))
        ]
        folder.mkdir()
        pq.write_table(table_of(rows), folder / "t.parquet", row_group_size=20)
        work = Work(instruments, EVERYTHING, False, "en", 7, "utf-8", (), str(folder))
        tasks = list(enumerate(open_table(str(folder / "t.parquet"), "utf-8").pieces))
        assert [receipt.rows for receipt in engine.map(work, tasks)] == [20, 20]
        got = [row for part in (0, 1) for row in pq.read_table(part_path(str(folder), part)).to_pylist()]
        for case, profile, row in zip(cases, profiles, got, strict=True):
            wanted = wanted_row(alone(instruments.all[profile], case.answers), case.answers)
            assert_same(wanted, {name: row[name] for name in wanted})


def test_a_refusal_of_a_worker_is_a_sentence(engine: Any, instruments: Instruments, tmp_path: Path) -> None:
    """A file that a worker does not see comes back with its path and the worker's host, not as a trace."""
    work = Work(instruments, PLAIN, False, "en", 100, "utf-8", (), str(tmp_path))
    tasks = [(0, TablePiece(str(tmp_path / "gone.parquet"), 0, 1, 10))]
    with pytest.raises(UserError, match=r"gone\.parquet") as fault:
        list(engine.map(work, tasks))
    assert fault.value.status == 3


def test_a_worker_with_another_python_is_told(instruments: Instruments) -> None:
    """Before it works on anything."""
    said = spark.perform(None, {}, (2, 7))
    with pytest.raises(UserError, match="a Spark worker has Python"):
        spark.receipt_in(said)


def test_the_program_speaks_its_languages_as_it_travels(tmp_path: Path) -> None:
    """Packed it has no folder in which to look for them, and workers of a cluster import it so."""
    spark.pack(tmp_path / "p.zip")
    spec = zipimport.zipimporter(str(tmp_path / "p.zip" / "nqpf_assess")).find_spec("nqpf_assess.locale")
    assert spec is not None
    assert spec.loader is not None
    packed = module_from_spec(spec)
    spec.loader.exec_module(packed)
    assert packed.LANGUAGES == LANGUAGES
    assert packed.Message(spark.ON_HOST.key)["zh"] == spark.ON_HOST["zh"] != spark.ON_HOST["en"]


@pytest.mark.parametrize(("table", "folder"), [("gone.csv", "parts"), ("t.csv", "elsewhere")])
def test_a_worker_says_what_it_does_not_see(table: str, folder: str, instruments: Instruments, tmp_path: Path) -> None:
    """The table, or the folder of the scores, each by its name; of the folder also who has to see it."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "t.csv").write_text("respondent\nx\n", encoding="utf-8")
    work = Work(instruments, PLAIN, False, "en", 100, "utf-8", (), str(tmp_path / folder))
    row = {"part": 0, **TablePiece(str(tmp_path / table), None, 2, None)._asdict()}
    with pytest.raises(UserError) as fault:
        spark.receipt_in(spark.perform(work, row, sys.version_info[:2]))
    lacking = table if table == "gone.csv" else folder
    assert all(said in fault.value.message["en"] for said in (f"on {socket.gethostname()}: ", lacking, "not exist"))
    assert bool(fault.value.hint) is (lacking == folder)
    assert fault.value.status == 3


def test_a_master_that_does_not_answer_is_told_within_seconds() -> None:
    """Host and port are tried for three seconds; Spark itself would take a minute."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    started = time.monotonic()
    with pytest.raises(UserError, match=f"127.0.0.1:{port}") as fault:
        spark.check_master(f"spark://127.0.0.1:{port}")
    assert fault.value.status == 3
    assert time.monotonic() - started < 30
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        spark.check_master(f"spark://127.0.0.1:{port},127.0.0.1:{listening.getsockname()[1]}")
    for elsewhere in (None, "local[2]", "yarn", "k8s://https://127.0.0.1:1"):
        spark.check_master(elsewhere)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ('openjdk version "11.0.2" 2019', "Java 11"),
        ('java version "1.8.0_392"', "Java 8"),
        ("nonsense", "none was found"),
    ],
)
def test_a_java_that_is_too_old_is_told(said: str, found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found, and what is wanted."""
    (tmp_path / "bin").mkdir()
    java = tmp_path / "bin" / "java"
    java.write_text(f"#!/bin/sh\necho '{said}' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UserError, match=found) as fault:
        spark.check_java()
    assert "17" in fault.value.message["zh"]
    assert fault.value.status == 3


def test_no_java_at_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a trace of the gateway."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("nothing to run"))
    with pytest.raises(UserError, match="none was found"):
        spark.check_java()
