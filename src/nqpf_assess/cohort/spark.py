"""The engine `spark`: tasks as rows of a small Spark data set; workers read slices and write parts by path themselves.

No row of the table passes through the JVM. Questionnaire and rubrics are broadcast as text, the package travels with
the job, and a lost worker's tasks run again.
"""

import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from nqpf_assess.cohort.engines import Task, leave_pandas_out
from nqpf_assess.cohort.job import CATALOGUE
from nqpf_assess.cohort.tables import RowBatch, TableFile, TablePiece, with_texts
from nqpf_assess.cohort.work import Receipt, Work, run_task
from nqpf_assess.files.presence import is_dir
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError

PROBE = 3.0
"""Seconds given to a master to answer before Spark is started."""

JAVA = 17
NO_JAVA = _("Spark needs Java {wanted} or newer; {found}")
NONE_FOUND = _("none was found")
FOUND_JAVA = _("Java {version} was found")
JAVA_HINT = _("Install it, or set JAVA_HOME.")
NO_MASTER = _("no Spark master answers at {host}:{port}")
MASTER_HINT = _("It was tried for 3 seconds.")
OTHER_PYTHON = _("a Spark worker has Python {found}; it must have {wanted}")
ON_HOST = _("on {host}: {said}")
SEEN_BY_ALL = _(
    "Every worker writes into the folder of the scores and must see it: give -o a path on a shared disk. For a report, "
    "a benchmark or weights, score the table into such a path first, and name the scores."
)
FAILED = _("the Spark job failed: {why}")
KINDS = {
    **dict.fromkeys(("byte", "short", "integer", "long", "tinyint", "smallint", "int", "bigint"), pa.int64()),
    **dict.fromkeys(("float", "double"), pa.float64()),
    "boolean": pa.bool_(),
}
"""The Arrow types that stand for types of Spark where grouping columns are carried through; all others are texts."""

SETTINGS = {"spark.ui.enabled": "false"}


class Spark:
    """Apache Spark, wherever its master is. `conf`: its settings, as `spark-submit --conf` takes them."""

    def __init__(self, master: str | None, conf: Mapping[str, str]) -> None:
        self.master, self.conf = master, dict(conf)
        self._session: Any = None

    def ready(self) -> None:
        """Refuse to start without a Java that fits and a master that answers; raises `UserError`."""
        if self._session is None:
            check_java()
            check_master(self.master)

    def close(self) -> None:
        """Stop Spark."""
        if self._session is not None:
            self._session.stop()
            self._session = None

    def map(self, work: Work, tasks: Sequence[Task]) -> Iterator[Receipt]:
        """Run the tasks as Spark jobs; raises `UserError` where Spark cannot be started."""
        files = [task for task in tasks if not task[1].file.startswith(CATALOGUE)]
        python = sys.version_info[:2]
        rows = [{"part": part, **piece._asdict()} for part, piece in files]

        def on_files(shared: Any) -> Iterable[str]:
            """Hand out slices of files: a worker reads its slice and writes its part itself."""
            spread = self._started().sparkContext.parallelize(rows, len(rows))
            found: list[str] = spread.map(lambda row: perform(shared.value, row, python)).collect()
            return found

        def on_rows(shared: Any, name: str, parts: Mapping[int | None, int]) -> Iterable[str]:
            """Hand out the partitions of a table: its rows pass through the JVM, under names without dots."""
            frame = self._frame(name)
            names = list(frame.columns)
            short = frame.toDF(*(f"c{index}" for index in range(len(names))))

            def work_on(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
                said = perform_rows(shared.value, name, names, parts, batches, python=python)
                if said is not None:
                    yield pa.RecordBatch.from_pydict({"receipt": [said]})

            return [row["receipt"] for row in short.mapInArrow(work_on, "receipt string").collect()]

        if files:
            yield from self._run(work, on_files)
        for name in dict.fromkeys(piece.file for _part, piece in tasks if piece.file.startswith(CATALOGUE)):
            parts = {piece.group: part for part, piece in tasks if piece.file == name}
            yield from self._run(work, partial(on_rows, name=name, parts=parts))

    def catalogue(self, name: str) -> TableFile:
        """Open a table of the Spark catalogue; raises `UserError` where there is none."""
        self.ready()
        try:
            frame = self._frame(name)
            schema = pa.schema(
                [(column.name, KINDS.get(column.dataType.typeName(), pa.string())) for column in frame.schema]
            )
            pieces = tuple(TablePiece(name, part, 1, None) for part in range(frame.rdd.getNumPartitions()))
        except Exception as fault:
            raise _explained(fault) from fault
        return TableFile(name, schema, pieces, name)

    def _frame(self, name: str) -> Any:
        return self._started().table(name.removeprefix(CATALOGUE))

    def _started(self) -> Any:
        if self._session is None:
            self.ready()
            self._session = _session(self.master, self.conf)
        return self._session

    def _run(self, work: Work, job: Callable[[Any], Iterable[str]]) -> Iterator[Receipt]:
        context = self._started().sparkContext
        archive = Path(work.folder) / "nqpf_assess.zip"
        try:
            if not context.master.startswith("local"):  # there workers have the program that runs here
                pack(archive)
                context.addPyFile(str(archive))
            said = list(job(context.broadcast(work)))
        except Exception as fault:
            raise _explained(fault) from fault
        finally:
            archive.unlink(missing_ok=True)
        yield from map(receipt_in, said)


def pack(archive: Path) -> None:
    """Pack the program as workers need it: its code and its words; content and fonts stay here, scoring needs none."""
    import nqpf_assess

    root = Path(nqpf_assess.__file__).parent
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted((*root.rglob("*.py"), *root.rglob("*.mo"))):
            packed.write(file, str(Path("nqpf_assess") / file.relative_to(root)))


def _session(master: str | None, conf: Mapping[str, str]) -> Any:
    from pyspark.sql import SparkSession

    here = os.environ.setdefault("PYSPARK_PYTHON", sys.executable) == sys.executable
    builder = SparkSession.builder.appName("nqpf-assess cohort")
    if master:
        builder = builder.master(master)
    if (master or "").startswith("local") or "127.0.0.1" in (master or ""):
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    if here and (master or "").startswith("local"):  # its workers have this very program, and share one import of it
        builder = builder.config("spark.python.daemon.module", "nqpf_assess.cohort.spark_daemon")
    seen = {"spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
    for key, value in {**SETTINGS, **seen, **conf}.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except Exception as fault:
        raise _explained(fault) from fault
    session.sparkContext.setLogLevel("ERROR")
    return session


def perform_rows(
    work: Work,
    name: str,
    names: Sequence[str],
    parts: Mapping[int | None, int],
    batches: Iterator[pa.RecordBatch],
    *,
    python: tuple[int, int],
) -> str | None:
    """Score one partition of a catalogue table on a worker; None where its part is there already."""
    from pyspark import TaskContext

    context = TaskContext.get()
    group = context.partitionId() if context is not None else 0
    if group not in parts:
        return None

    def numbered() -> Iterator[RowBatch]:
        start = 1
        for batch in batches:
            yield RowBatch(with_texts(batch.rename_columns(list(names))), start)
            start += batch.num_rows

    row = {"part": parts[group], **TablePiece(name, group, 1, None)._asdict()}
    return perform(work, row, python, numbered())


def perform(work: Work, row: Mapping[str, Any], python: tuple[int, int], rows: Iterable[RowBatch] | None = None) -> str:
    """Run one task on a worker; what the person can mend comes back as words."""
    if sys.version_info[:2] != tuple(python):
        return json.dumps({"python": platform.python_version()})
    leave_pandas_out()
    try:
        piece = TablePiece(**{key: row[key] for key in TablePiece._fields})
        return json.dumps({"receipt": run_task(work, row["part"], piece, rows).as_row()}, ensure_ascii=False)
    except UserError as fault:
        said = fill(ON_HOST, host=socket.gethostname(), said=fault.message)
        hint = fault.hint if is_dir(Path(work.folder)) else SEEN_BY_ALL
        return json.dumps({"refused": dict(said), "hint": dict(hint), "status": fault.status}, ensure_ascii=False)


def receipt_in(said: str) -> Receipt:
    """Read what `perform` said on a worker; raises `UserError` with what it refused."""
    row = json.loads(said)
    if "python" in row:
        wanted = ".".join(map(str, sys.version_info[:2]))
        raise UserError(fill(OTHER_PYTHON, found=row["python"], wanted=wanted), status=3)
    if "refused" in row:
        raise UserError(row["refused"], hint=row["hint"] or None, status=row["status"])
    return Receipt(**row["receipt"])


def _explained(fault: Exception) -> UserError:
    """Make a sentence of a failed job; the trace is in Spark's own log."""
    if isinstance(fault, UserError):
        return fault
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    versions = next((line for line in lines if "PYTHON_VERSION_MISMATCH" in line), None)
    return UserError(fill(FAILED, why=versions or (lines[0] if lines else type(fault).__name__)), status=3)


def check_java() -> None:
    """Refuse to start Spark without a Java it can use; raises `UserError`."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    said = ""
    if java:
        try:
            said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False).stderr
        except (OSError, subprocess.TimeoutExpired):
            said = ""
    match = re.search(r'version "(\d+)(?:\.(\d+))?', said)
    version = 0 if match is None else int(match[2] or 0) if match[1] == "1" else int(match[1])
    if version < JAVA:
        found = fill(FOUND_JAVA, version=version) if version else NONE_FOUND
        raise UserError(fill(NO_JAVA, wanted=JAVA, found=found), hint=JAVA_HINT, status=3)


def check_master(master: str | None) -> None:
    """Refuse a standalone master that does not answer; Spark itself would take a minute; raises `UserError`."""
    match = re.match(r"spark://(?P<hosts>.+)$", master or "")
    if match is None:
        return
    last: tuple[str, str] = ("", "")
    for place in match["hosts"].split(","):
        host, _, port = place.rpartition(":")
        last = (host or place, port if host else "7077")
        try:
            with socket.create_connection((last[0].strip("[]"), int(last[1])), timeout=PROBE):
                return
        except (OSError, ValueError):
            continue
    raise UserError(fill(NO_MASTER, host=last[0], port=last[1]), hint=MASTER_HINT, status=3)
