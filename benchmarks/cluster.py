"""A standalone Spark master with two workers on 127.0.0.1; one is killed in mid-job, and the table is the same.

`python -m benchmarks.cluster [ROWS]`. It starts and ends its own processes only. Needs Java 17 and the extra `spark`.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import crowds

ROWS = 400_000
GROUPS = 20
PARTS_BEFORE = 4
"""Parts that are there when a worker is killed."""

WAIT = 120.0
CONF = ("spark.executor.memory=1g", "spark.task.maxFailures=8", "spark.sql.shuffle.partitions=2")
Process = subprocess.Popen[bytes]


def main(rows: int = ROWS) -> int:
    """Score on this machine, on the whole cluster, and on one that loses a worker; gives 0 where all are the same."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="nqpf-cluster-") as name:
        folder = Path(name)
        table = crowds.write_table(folder / "t.parquet", rows, group=-(-rows // GROUPS))
        _tell("this machine", _score(folder, table, "local"))
        with _cluster(folder) as (master, _):
            _tell("two workers", _score(folder, table, "whole", master))
        with _cluster(folder) as (master, workers):
            seconds = _score(folder, table, "killed", master, lambda: _kill(workers[0]))
            _tell("two workers, one killed", seconds)
        files = [(folder / f"{name}.parquet").read_bytes() for name in ("local", "whole", "killed")]
        same = files[0] == files[1] == files[2]
        print("the three tables are the same, byte for byte" if same else "THE TABLES DIFFER")
        return int(not same)


def _tell(what: str, seconds: float) -> None:
    print(f"{what}: {seconds:.1f} s", flush=True)


def _score(
    folder: Path, table: Path, name: str, master: str | None = None, meanwhile: Callable[[], None] | None = None
) -> float:
    """Run the command; `meanwhile` is done once some parts are there. Gives wall seconds."""
    command = [sys.executable, "-m", "nqpf_assess", "cohort", "score", str(table), "--questionnaire", "region"]
    command += ["-o", str(folder / f"{name}.parquet")]
    if master:
        command += ["--engine", "spark", "--master", master, *(word for pair in CONF for word in ("--conf", pair))]
    begun = time.monotonic()
    process = subprocess.Popen(command, env=_environment(), stderr=subprocess.DEVNULL)
    if meanwhile is not None:
        _until(lambda: len(list((folder / f"{name}.parquet.parts").glob("part-*"))) >= PARTS_BEFORE, process)
        meanwhile()
    if process.wait(timeout=600):
        raise RuntimeError(f"{name}: exit status {process.returncode}")
    return time.monotonic() - begun


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": os.environ.get("PYSPARK_PYTHON", sys.executable),
    }


def _until(there: Callable[[], bool], process: Process) -> None:
    end = time.monotonic() + WAIT
    while not there():
        if time.monotonic() > end or process.poll() is not None:
            raise RuntimeError("it did not come so far")
        time.sleep(0.05)


@contextlib.contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, list[Process]]]:
    """Start a master and two workers of one core; end them, and all they started."""
    started: list[Process] = []
    try:
        master, url = _master(folder)
        started.append(master)
        workers = [_worker(folder, url, number) for number in (1, 2)]
        started += workers
        for number in (1, 2):
            log = folder / f"worker{number}.log"
            _until(lambda log=log: "Successfully registered" in log.read_text("utf-8"), master)  # type: ignore[misc]
        yield url, workers
    finally:
        for process in reversed(started):
            _kill(process)


def _master(folder: Path) -> tuple[Process, str]:
    log = folder / "master.log"
    process = _java(
        "org.apache.spark.deploy.master.Master", log, "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"
    )
    _until(lambda: "Starting Spark master at " in log.read_text("utf-8"), process)
    said = log.read_text("utf-8")
    return process, said[said.index("Starting Spark master at ") :].split()[4]


def _worker(folder: Path, master: str, number: int) -> Process:
    log, room = folder / f"worker{number}.log", folder / f"worker{number}"
    options = ["--host", "127.0.0.1", "--cores", "1", "--memory", "2g", "--webui-port", "0", "--work-dir", str(room)]
    return _java("org.apache.spark.deploy.worker.Worker", log, *options, master)


def _java(name: str, log: Path, *arguments: str) -> Process:
    import pyspark

    script = Path(pyspark.__file__).parent / "bin" / "spark-class"
    with log.open("wb") as out:
        return subprocess.Popen([str(script), name, *arguments], stdout=out, stderr=out, env=_environment())


def _kill(process: Process) -> None:
    """Kill a process with SIGKILL, and everything it started: executors and their Python workers."""
    for number in (*_below(process.pid), process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    process.wait()


def _below(number: int) -> list[int]:
    """Give the processes that a process started, and what these started."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields: Any = status.read_text("utf-8", errors="replace").rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found, waiting = [], [number]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
