"""What the machine refuses or cuts short, and what the program asks of it."""

import builtins
import os
import subprocess
import sys
import threading
from pathlib import Path
from unittest.mock import patch

import pytest

from nqpf_assess.cli.main import run as main
from nqpf_assess.files.machine import may_start
from nqpf_assess.model.problem import UserError
from tests.cli.conftest import REPOSITORY, Run, clean_environment

PIPE_READERS = (
    ["score"],
    ["check"],
    ["report"],
    ["export", "--to", "csv"],
    ["migrate"],
    ["plan", "--budget", "3"],
)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("command", PIPE_READERS)
def test_a_pipe_is_refused_and_nothing_waits(run: Run, tmp_path: Path, command: list[str]) -> None:
    """A named pipe may never end; it is named, and the command ends."""
    os.mkfifo(tmp_path / "pipe.toml")
    done = run(command[0], "pipe.toml", *command[1:])
    assert done.returncode in (1, 3)
    assert "is no ordinary file" in done.stdout + done.stderr


def test_a_reader_that_stops_early_is_no_error(answers: Path) -> None:
    """`score … | head -1` ends quietly."""
    command = f"{sys.executable} -m nqpf_assess score {answers} {answers} --json | head -c 10; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], env=clean_environment(), capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_is_a_sentence(run: Run) -> None:
    """Where the machine refuses, the status is 3 and the reason is told."""
    done = run("new", "/dev/full/x.toml")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_a_bug_of_ours_leaves_a_log_and_a_sentence(run: Run, answers: Path, tmp_path: Path) -> None:
    """An unexpected error never shows a traceback; its log is named, and holds no answer."""
    code = (
        "import sys\nfrom nqpf_assess.engine import scorecard\n"
        "def broken(*a): secret = 'my ' + 'answer'; raise RuntimeError('bug')\n"
        "scorecard.score = broken\nfrom nqpf_assess.cli.main import run\nsys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "score", str(answers)],
        env=clean_environment(XDG_STATE_HOME=str(tmp_path)),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "Traceback" not in done.stderr
    log = Path(done.stderr.strip().rsplit(" ", 1)[1])
    assert "RuntimeError: bug" in log.read_text()
    assert "my answer" not in log.read_text()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_too_little_memory_is_the_machines_refusal(
    language: str, answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No bug of ours, and no log."""
    from nqpf_assess.cli import score
    from nqpf_assess.cli.main import run as call

    with patch.object(score, "open_answers", side_effect=MemoryError):
        assert call(["score", str(answers), "--lang", language]) == 3
    assert capsys.readouterr().err.strip().endswith({"en": "fewer files at once", "zh": "减少一次处理的文件"}[language])


@pytest.mark.parametrize(
    "said",
    ["can't start new thread", "Failed to launch worker thread: no room"],
)
def test_a_thread_that_is_not_started_is_the_machines_refusal(
    said: str, answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from nqpf_assess.cli import score
    from nqpf_assess.cli.main import run as call

    with patch.object(score, "open_answers", side_effect=RuntimeError(said)):
        assert call(["score", str(answers), "--lang", "en"]) == 3
    assert "the system starts no further thread" in capsys.readouterr().err


def test_a_part_that_the_system_cannot_load_is_not_called_missing() -> None:
    from nqpf_assess.cli import cohort_options

    def load(name: str) -> None:
        raise ImportError("libarrow.so: failed to map segment")

    with patch.object(builtins, "__import__", load), pytest.raises(UserError, match="is installed, but") as refused:
        cohort_options.need("cohort", "pyarrow")
    assert refused.value.status == 3


@pytest.mark.parametrize("behind", [False, True])
def test_without_the_cache_nothing_is_kept_and_the_result_is_the_same(run: Run, tmp_path: Path, behind: bool) -> None:
    """`--no-cache` stands before the command or behind it."""
    cache, score = tmp_path / "cache", ["score", str(REPOSITORY / "samples" / "cluster_county.toml"), "--json"]
    wished = [*score, "--no-cache"] if behind else ["--no-cache", *score]
    without = run(*wished, NQPF_ASSESS_CACHE=str(cache))
    assert not cache.exists()
    kept = run(*score, NQPF_ASSESS_CACHE=str(cache))
    assert list(cache.glob("*.json"))
    assert (without.returncode, without.stdout) == (kept.returncode, kept.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="lists its threads nowhere")
@pytest.mark.parametrize(("wished", "found"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")])
def test_the_library_of_sums_starts_no_threads_unless_wished(wished: dict[str, str], found: str) -> None:
    """Where the system starts none, it would end the program as a Ctrl+C does."""
    code = (
        "import atexit, os, sys; from nqpf_assess.__main__ import main; sys.argv[1:] = ['--version']\n"
        "def told():\n import numpy; print(os.environ['OPENBLAS_NUM_THREADS'], len(os.listdir('/proc/self/task')))\n"
        "atexit.register(told); main()"
    )
    environment = {name: words for name, words in clean_environment().items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment | wished, capture_output=True, text=True, check=True
    )
    set_to, threads = done.stdout.split()[-2:]
    assert set_to == found
    assert wished or threads == "1"


def test_where_no_thread_starts_reports_are_made_one_by_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A pool that gets only some of its processes waits for ever; tables, which need several, are refused at once."""

    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    samples = [str(path) for path in sorted((REPOSITORY / "samples").glob("renewal_city_*.toml"))]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("respondent\nr\n")
    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert main(["report", *samples, "-o", "out/", "--to", "md", "--jobs", "2"]) == 0
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert main(["cohort", "score", "t.csv", "--questionnaire", "region", "-o", "s.csv"]) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="lists its threads nowhere")
def test_asking_whether_threads_start_leaves_none_behind() -> None:
    """One still ending would take a Ctrl+C that is to wait, and a lock along into a process forked meanwhile."""
    tasks = Path("/proc/self/task")
    before = {task.name for task in tasks.iterdir()}
    for _ in range(30):
        assert may_start(6)
        assert {task.name for task in tasks.iterdir()} <= before
