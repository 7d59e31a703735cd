"""Which tests run which line of `engine/` and `kinds/`, in their own process and in those that they start.

As a plugin of pytest (`-p tools.mutate.reach`) it follows every test and writes a note for each process into the folder
that NQPF_REACH names; `tests/support/offline/sitecustomize.py` calls `follow_child` in what a test starts. `Reach`
reads the notes and keeps them, a file for each file of tests, until that file or a module of the two parts changes.
"""

import atexit
import functools
import hashlib
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import coverage
import pytest

from tests.support.costs import used
from tools.mutate.changes import PACKAGE, Change, modules

FOLDER, TEST = "NQPF_REACH", "NQPF_REACH_TEST"
ROOT = Path(__file__).parents[2]


class Note:
    """The lines that this process runs, test by test, and what the tests took."""

    def __init__(self) -> None:
        self.tests: dict[str, tuple[float, bool]] = {}
        self.begin()

    def begin(self) -> None:
        """Follow from here on; what came before is forgotten, as in a process just forked."""
        included = [f"{ROOT / PACKAGE}/{part}/*" for part in ("engine", "kinds")]
        self.coverage = coverage.Coverage(data_file=None, config_file=False, include=included, messages=False)
        self.coverage.start()

    def write(self) -> None:
        """Leave the note in the folder. In a process that a test started, every line is that test's."""
        self.coverage.stop()
        data, alone = self.coverage.get_data(), os.environ.get(TEST, "")
        lines: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for path in data.measured_files():
            module = str(Path(path).relative_to(ROOT / PACKAGE))
            for line, contexts in data.contexts_by_lineno(path).items():
                for test in contexts:
                    lines[test or alone].setdefault(module, []).append(line)
        place = Path(os.environ[FOLDER]) / f"{uuid4().hex}.part"
        place.write_text(json.dumps({"tests": self.tests, "lines": lines}), encoding="utf-8")
        place.rename(place.with_suffix(".json"))  # a test may end a process in the middle of its note


def follow_child() -> None:
    """Follow a process that a test started, and all that it forks, to their end."""
    note, leave = Note(), os._exit

    def noted(status: int) -> None:
        note.write()
        leave(status)

    atexit.register(note.write)
    os.register_at_fork(after_in_child=note.begin)
    os._exit = noted  # type: ignore[assignment]


class Following:
    """The plugin's hooks."""

    def __init__(self) -> None:
        self.note, self.file = Note(), ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Put down for this test what runs now; what a former file made and kept for others is made anew."""
        if self.file != (file := item.nodeid.split("::", maxsplit=1)[0]):
            self.file = file
            for name, module in list(sys.modules.items()):
                if name.startswith("tests.") and not name.startswith("tests.support.forked"):
                    for value in vars(module).values():
                        if isinstance(value, functools._lru_cache_wrapper):
                            value.cache_clear()
        self.note.coverage.switch_context(item.nodeid)
        os.environ[TEST] = item.nodeid
        before = used()
        self.note.tests[item.nodeid] = (0.0, True)
        outcome = yield
        self.note.tests[item.nodeid] = (used() - before, self.note.tests[item.nodeid][1])
        self.note.coverage.switch_context("")
        os.environ.pop(TEST)
        return outcome

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that fails or is skipped as things stand says nothing about a change."""
        if not report.passed and report.nodeid in self.note.tests:
            self.note.tests[report.nodeid] = (0.0, False)

    def pytest_sessionfinish(self) -> None:
        """Leave the note."""
        self.note.write()


def pytest_configure(config: pytest.Config) -> None:
    """Follow where tests run: in each worker, or here if there are none."""
    if hasattr(config, "workerinput") or not getattr(config.option, "numprocesses", None):
        config.pluginmanager.register(Following())


class Reach:
    """Which tests come to which line, of all the files of tests under some paths.

    `root`: the copy of the repository. `store`: a folder for what is known, which may be deleted at any time.
    """

    def __init__(self, root: Path, store: Path, paths: Sequence[str], environment: Mapping[str, str]) -> None:
        files = sorted({str(f.relative_to(root)) for path in paths for f in _files(root / path)})
        sources = b"".join((root / PACKAGE / module).read_bytes() for module in modules(root))
        kept = {
            file: store / f"{hashlib.sha256(sources + file.encode() + (root / file).read_bytes()).hexdigest()}.json"
            for file in files
        }
        if missing := [file for file, place in kept.items() if not place.exists()]:
            print(f"finding out what {len(missing)} files of tests run", flush=True)
            self._follow(root, store, missing, kept, environment)
        self.digest = hashlib.sha256("".join(place.name for place in kept.values()).encode()).hexdigest()
        self.rows = [json.loads(place.read_text(encoding="utf-8")) for place in kept.values() if place.exists()]

    def _follow(
        self, root: Path, store: Path, missing: Sequence[str], kept: Mapping[str, Path], environment: Mapping[str, str]
    ) -> None:
        notes = store / f"notes-{time.time_ns()}"
        notes.mkdir(parents=True)
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--tb=no", "-p", "tools.mutate.reach", *missing]
        with (store / "following.log").open("w", encoding="utf-8") as log:
            told = {**environment, FOLDER: str(notes)}
            subprocess.run(command, cwd=root, env=told, stdout=log, stderr=log, check=False)
        tests: dict[str, dict[str, tuple[float, bool]]] = {file: {} for file in missing}
        lines: dict[str, dict[str, dict[str, int]]] = {file: {} for file in missing}
        read = [json.loads(path.read_text(encoding="utf-8")) for path in notes.glob("*.json")]
        for test, row in ((test, row) for note in read for test, row in note["tests"].items()):
            tests[test.split("::")[0]][test] = row
        places = {test: place for rows in tests.values() for place, test in enumerate(rows)}
        for test, modules_run in (
            (test, run) for note in read for test, run in note["lines"].items() if test in places
        ):
            table = lines[test.split("::")[0]]
            for module, numbers in modules_run.items():
                for number in numbers:
                    marks = table.setdefault(module, {})
                    marks[str(number)] = marks.get(str(number), 0) | 1 << places[test]
        for file in missing:
            if tests[file]:
                masks = {m: {n: f"{mask:x}" for n, mask in marks.items()} for m, marks in lines[file].items()}
                row = {"file": file, "tests": [(t, *what) for t, what in tests[file].items()], "lines": masks}
                kept[file].write_text(json.dumps(row), encoding="utf-8")

    def tests(self, change: Change) -> Iterator[tuple[str, float, bool]]:
        """Return the tests of files that come to the change and pass as things stand: id, seconds, do they come there.

        Those that do first, the quickest file first; within a file as they stand.
        """
        found: list[tuple[bool, float, list[tuple[str, float, bool]]]] = []
        for row in self.rows:
            marks = row["lines"].get(change.module, {})
            mask = next((int(marks[str(line)], 16) for line in change.lines if str(line) in marks), 0)
            if not mask:
                continue
            passing = [(t, s, bool(mask >> n & 1)) for n, (t, s, passed) in enumerate(row["tests"]) if passed]
            for comes in (True, False):
                part = [test for test in passing if test[2] == comes]
                found.append((not comes, sum(seconds for _, seconds, _ in part), part))
        for _, _, part in sorted(found):
            yield from part


def _files(path: Path) -> Iterator[Path]:
    return iter([path]) if path.is_file() else path.rglob("test_*.py")
