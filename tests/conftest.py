"""What every test stands on: the translations as they are in the working tree, and no network."""

import gc
import os
import shutil
import signal
import sys
import tempfile
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

if sys.dont_write_bytecode:  # else each of some thousand processes compiles the program, and each worker all tests
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(Path(__file__).parents[1] / "build" / "pycache")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    del os.environ["PYTHONDONTWRITEBYTECODE"]

import catalogues

from tests.support.offline.sitecustomize import VARIABLE  # from here on nothing of this process reaches a network

OFFLINE = Path(__file__).parent / "support" / "offline"
CACHE = pytest.StashKey[str]()
MEMORY, ROOM = Path("/dev/shm"), 2 << 30
"""Where Linux keeps files in memory, and the bytes that must be free there for all that tests write."""


settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")  # no test fails because a machine is slow, or has much to do


def memory_holds_files() -> bool:
    """Whether files can be written in memory, enough of them, and programs among them be started."""
    if not os.access(MEMORY, os.W_OK):
        return False
    there = os.statvfs(MEMORY)
    return there.f_bavail * there.f_frsize > ROOM and not there.f_flag & os.ST_NOEXEC


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations that were changed since; keep the network from all processes that tests start."""
    config.addinivalue_line("markers", "loopback: reaches the machine's own address, as the browser mode does")
    config.addinivalue_line("markers", "long: a file that takes long with few tests; it is begun first")
    if not hasattr(config, "workerinput"):
        if "TMPDIR" not in os.environ and memory_holds_files():
            os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
        # One cache a run, for all its workers: whoever reads content first keeps it.
        config.stash[CACHE] = os.environ["NQPF_ASSESS_CACHE"] = tempfile.mkdtemp(prefix="nqpf-assess-tests-")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # begun by a shell in the background, and so for all we start
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(OFFLINE), os.environ.get("PYTHONPATH"))))
    for source in catalogues.CATALOGUES:
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            catalogues.build()


def pytest_collection_finish() -> None:
    """Look for circles among what the tests make, and seldom: looking through modules takes a fifth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread files of the app, which wait, evenly among others, which work; of each the longest first."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    by_size = sorted(files, key=lambda path: (files[path][0].get_closest_marker("long") is None, -len(files[path])))
    waiting = [path for path in by_size if path.parent.name == "tui"]
    working = [path for path in by_size if path.parent.name != "tui"]
    spread = [(place / len(kind), path) for kind in (working, waiting) for place, path in enumerate(kind)]
    items[:] = [item for _, path in sorted(spread, key=itemgetter(0)) for item in files[path]]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give all tests of a file to one worker, so that what they share is made once; files in the order of above."""
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Return two workers more than processors: what drives a terminal waits for most of its time (`-n auto`)."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return (os.cpu_count() or 1) + 2


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the run's cache."""
    if CACHE in config.stash:
        shutil.rmtree(config.stash[CACHE], ignore_errors=True)


@pytest.fixture(autouse=True)
def _network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("loopback"):
        monkeypatch.setenv(VARIABLE, "1")
