"""One change, and the tests that come to it, until one of them fails.

As a plugin of pytest (`-p tools.mutate.trial`) it runs the tests named in the file of NQPF_TRIAL, in that order, and
ends a test that takes far longer than it did: a change that never ends is noticed too.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.mutate.changes import PACKAGE, Change
from tools.mutate.reach import Reach

ORDER = "NQPF_TRIAL"
OWN = ("tests/engine/", "tests/kinds/")
PATIENT, LONGER = 20.0, 10.0
"""A test is ended after so many processor seconds, and so many times what it took."""


@dataclass(frozen=True)
class Verdict:
    """What came of a change. `by`: `own`, `other`, or nothing if it survived; `left_out`: tests beyond the seconds."""

    by: str
    test: str
    own: int
    other: int
    left_out: int


def judge(change: Change, root: Path, reach: Reach, seconds: float, environment: Mapping[str, str]) -> Verdict:
    """Hold a change against its own tests and then against all others that come to it, so many seconds each."""
    place = root / PACKAGE / change.module
    tests = list(reach.tests(change))
    counts, left_out, noticed = {"own": 0, "other": 0}, 0, ("", "")
    _write(place, change.after)
    try:
        for by in ("own", "other"):
            chosen, sum_of = [], 0.0
            for test, took, _ in tests:
                if test.startswith(OWN) == (by == "own"):
                    sum_of += took
                    if sum_of <= seconds:
                        chosen.append((test, took))
                    else:
                        left_out += 1
            counts[by] = len(chosen)
            if chosen and (failed := _run(root, chosen, environment)):
                noticed = (by, failed)
                break
    finally:
        _write(place, change.before)
    return Verdict(*noticed, counts["own"], counts["other"], left_out)


def _write(place: Path, text: str) -> None:
    """Write a source file, later by a second each time: a compiled module is known by its second and its length."""
    later = int(place.stat().st_mtime) + 1
    place.write_text(text, encoding="utf-8")
    os.utime(place, (later, later))


def _run(root: Path, chosen: Iterable[tuple[str, float]], environment: Mapping[str, str]) -> str:
    """The first test that failed, or nothing."""
    order = root.with_suffix(".order")
    order.write_text(json.dumps(list(chosen)), encoding="utf-8")
    order.with_suffix(".failed").unlink(missing_ok=True)
    shutil.rmtree(root / ".hypothesis", ignore_errors=True)
    files = dict.fromkeys(test.split("::")[0] for test, _ in json.loads(order.read_text(encoding="utf-8")))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "--tb=no",
        "-p",
        "no:cacheprovider",
        "-p",
        "tools.mutate.trial",
    ]
    done = subprocess.run(
        [*command, *files], cwd=root, env={**environment, ORDER: str(order)}, capture_output=True, check=False
    )
    if done.returncode == 0:
        return ""
    failed = order.with_suffix(".failed")
    return failed.read_text(encoding="utf-8") if failed.exists() else f"pytest ended with {done.returncode}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that were asked for, in their order."""
    places = {test: place for place, (test, _) in enumerate(json.loads(Path(os.environ[ORDER]).read_text("utf-8")))}
    items[:] = sorted((item for item in items if item.nodeid in places), key=lambda item: places[item.nodeid])


def pytest_runtest_logstart(nodeid: str) -> None:
    """Set the clock of a test."""
    took = dict(json.loads(Path(os.environ[ORDER]).read_text("utf-8")))[nodeid]
    Path(os.environ[ORDER]).with_suffix(".failed").write_text(nodeid, encoding="utf-8")
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, PATIENT + LONGER * took)
