"""Engines: they hand tasks out and bring receipts back. None of them knows any arithmetic."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

import pyarrow as pa

from nqpf_assess.cohort.tables import TablePiece
from nqpf_assess.cohort.work import Receipt, Work, run_task
from nqpf_assess.files.machine import NO_THREAD, end_with_parent, may_start
from nqpf_assess.locale import _
from nqpf_assess.model.problem import UserError

ENDED = _("the system ended a process that worked on a part of the table, perhaps for lack of memory")
ONE_AT_A_TIME = _("Run the command again with --jobs 1. A job of “cohort score” goes on where it was with --resume.")

Task = tuple[int, TablePiece]
"""The number of a part, and what it is made of."""


class Engine(Protocol):
    """The one seam: runs tasks anywhere, in any order, and gives a receipt for each."""

    def ready(self) -> None:
        """Refuse, before anything is begun, what cannot be done here; raises `UserError`."""

    def close(self) -> None:
        """Let go of what was held for the tasks."""

    def map(self, work: Work, tasks: Sequence[Task]) -> Iterator[Receipt]:
        """Run the tasks."""


FEWEST_THREADS = 4
"""With fewer, Arrow waits for ever for one that never comes."""


class Local:
    """This machine: one process, or several that take the tasks in turn."""

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or cores()

    def ready(self) -> None:
        """Nothing is needed but this machine, and that it starts what Arrow reads with."""
        if not may_start(FEWEST_THREADS):
            raise UserError(NO_THREAD, status=3)

    def close(self) -> None:
        """Nothing was held."""

    def map(self, work: Work, tasks: Sequence[Task]) -> Iterator[Receipt]:
        """Run the tasks; leaving early gives up what has not begun and ends what runs, which leaves no part behind."""
        workers = min(self.jobs, len(tasks))
        if workers <= 1:
            for part, piece in tasks:
                yield run_task(work, part, piece)
            return
        fresh = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(workers, mp_context=fresh, initializer=_begin_worker)
        try:
            for future in [pool.submit(run_task, work, part, piece) for part, piece in tasks]:
                yield future.result()
        except BaseException as fault:
            # The processes end at once: a part has its name only when it is whole, so nothing half is left.
            impatient = threading.current_thread() is threading.main_thread()
            before = signal.signal(signal.SIGINT, signal.SIG_IGN) if impatient else None
            try:
                for process in list((pool._processes or {}).values()):
                    process.terminate()
                pool.shutdown(wait=True, cancel_futures=True)
            finally:
                if impatient:
                    signal.signal(signal.SIGINT, before)
            if isinstance(fault, BrokenProcessPool):
                raise UserError(ENDED, hint=ONE_AT_A_TIME, status=3) from fault
            raise
        pool.shutdown()


def _begin_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts are left to the parent
    end_with_parent()
    leave_pandas_out()


class _Absent:
    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def leave_pandas_out() -> None:
    """Keep pyarrow from importing pandas, which it does wherever that is installed and nothing here wants.

    Only for processes that are wholly ours: what was imported before stays, and whoever imports it later has it.
    """
    absent: Any = _Absent()
    sys.meta_path.insert(0, absent)
    try:
        pa.scalar(None)  # looks for pandas, once and for all; an array of numpy would not
    finally:
        sys.meta_path.remove(absent)


def cores() -> int:
    """Count the processor cores this process may use."""
    available: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1
