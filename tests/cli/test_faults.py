"""What goes wrong around a command (readers that leave, full disks, kills): a sentence, and nothing lost."""

import errno
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from pydantic_core import SchemaError

from nqpf_assess.cli import crash
from nqpf_assess.cli import main as command_lines
from nqpf_assess.cli.main import run as run_here
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.files.store import AnswerFile
from tests.cli.conftest import REPOSITORY, Run, clean_environment

POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="needs signals and limits of a POSIX system")


def started(arguments: Sequence[str | Path], folder: Path, **options: Any) -> "subprocess.Popen[bytes]":
    """A command under way in a folder."""
    environment = clean_environment(**options.pop("changes", {}))
    command = [sys.executable, "-m", "nqpf_assess", *map(str, arguments)]
    return subprocess.Popen(command, cwd=folder, env=environment, **{"stderr": subprocess.PIPE, **options})


@POSIX_ONLY
@pytest.mark.parametrize(
    "arguments",
    [["score", "place.toml", "--json"], ["compare", "place.toml", "place.toml"], ["check", "--help"], ["where"]],
)
def test_a_reader_that_is_gone_before_the_first_line(arguments: list[str], answers: Path) -> None:
    """Status 0 and not a word, whichever layer meets the broken pipe first."""
    read, write = os.pipe()
    os.close(read)
    process = started(arguments, answers.parent, stdout=write)
    os.close(write)
    said = process.communicate(timeout=120)[1]
    assert (process.returncode, said) == (0, b"")


@pytest.mark.parametrize("arguments", [["score", "place.toml", "--json"], ["where"]])
def test_windows_calls_a_reader_that_is_gone_an_invalid_argument(
    arguments: list[str], answers: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Gone(io.StringIO):
        def write(self, words: str) -> int:
            raise OSError(errno.EINVAL, "Invalid argument")

        def fileno(self) -> int:
            return spare

    spare = os.open(os.devnull, os.O_WRONLY)
    monkeypatch.chdir(answers.parent)
    monkeypatch.setattr("sys.stdout", Gone())
    assert run_here(arguments) == 3
    monkeypatch.setattr("nqpf_assess.files.machine.READER_LEFT", {errno.EPIPE, errno.EINVAL})
    capsys.readouterr()
    assert (run_here(arguments), capsys.readouterr().err) == (0, "")


@POSIX_ONLY
@pytest.mark.parametrize(
    ("closed", "arguments"),
    [
        ((1,), ["score", "place.toml", "--json"]),
        ((1, 2), ["score", "place.toml", "--json"]),
        ((1, 2), ["where"]),
        ((1,), ["--version"]),
        ((1,), ["score", "--help"]),
    ],
)
def test_a_result_that_nobody_can_take_is_not_lost_in_silence(
    closed: tuple[int, ...], arguments: list[str], answers: Path
) -> None:
    """As under a scheduler that gives a process no streams at all."""
    process = started(arguments, answers.parent, preexec_fn=lambda: [os.close(number) for number in closed])
    said = process.communicate(timeout=120)[1]
    assert (process.returncode, said) == (3, b"" if 2 in closed else b"error: the output is closed\n")


@POSIX_ONLY
def test_the_status_does_not_hang_on_who_reads_the_narration(answers: Path) -> None:
    """Where that reader has left, the status is the same, and the figures are still printed."""
    answers.write_text(answers.read_text(encoding="utf-8").replace('version = "', 'version = "1', 1), encoding="utf-8")
    for arguments, status in ((["score", "nowhere.toml"], 1), (["score"], 2), (["score", answers], 0)):
        read, write = os.pipe()
        os.close(read)
        process = started(arguments, answers.parent, stdout=subprocess.PIPE, stderr=write)
        os.close(write)
        out = process.communicate(timeout=120)[0]
        assert (process.returncode, bool(out)) == (status, status == 0)


@POSIX_ONLY
@pytest.mark.parametrize("closed", [(0, 1, 2), (1, 2)])
def test_what_says_nothing_needs_no_streams(closed: tuple[int, ...], answers: Path, tmp_path: Path) -> None:
    """No file is written where a stream that is closed would have been."""
    made, other = tmp_path / "made.toml", tmp_path / "other.toml"
    other.write_bytes(answers.read_bytes())
    arguments = ["merge", answers, other, "-o", made]
    process = started(arguments, answers.parent, preexec_fn=lambda: [os.close(number) for number in closed])
    process.communicate(timeout=120)
    assert process.returncode == 3  # the agenda of the meeting has nowhere to go
    assert "format =" in made.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "changes"),
    [
        ("zh", {"PYTHONIOENCODING": "gbk"}),
        ("en", {"PYTHONIOENCODING": "latin-1"}),
        ("en", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    ],
)
def test_a_terminal_of_another_encoding(language: str, changes: dict[str, str], answers: Path) -> None:
    """Signs that it cannot show are shown by others that mean the same; data for machines stays whole."""
    shown, data = (
        started(["--lang", language, *arguments], answers.parent, stdout=subprocess.PIPE, changes=changes)
        for arguments in (["score", answers], ["score", answers, "--json"])
    )
    (out, said), (rows, nothing) = shown.communicate(timeout=120), data.communicate(timeout=120)
    assert (shown.returncode, data.returncode, said, nothing) == (0, 0, b"", b"")
    words = out.decode("gbk" if language == "zh" else "latin-1")
    assert "  -3.7  " in words
    assert "?" not in words
    assert json.loads(rows.decode("ascii"))["format"] == "nqpf-score/1"


def test_keys_of_another_encoding(tmp_path: Path) -> None:
    """Bytes that are no text are not taken, which is said; what was answered before is in the file."""
    process = started(
        ["assess", "x.toml", "--plain", "--as", "region"], tmp_path, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    said = process.communicate("Anhe\n2025\n安和县\n".encode("gbk"), timeout=120)[1]
    assert (process.returncode, said.startswith(b"error: This line is not text in UTF-8")) == (1, True)
    read = Library(roots(())).open_answers(tmp_path / "x.toml").answers
    assert read is not None
    assert (read.subject.name, read.subject.period) == ("Anhe", "2025")


WRITERS: dict[str, list[str]] = {
    "new": ["new", "made.toml", "--as", "region"],
    "report": ["report", "place.toml", "-o", "made.pdf"],
    "report as text": ["report", "place.toml", "--to", "text", "-o", "made.txt"],
    "export": ["export", "place.toml", "--to", "csv", "-o", "made.csv"],
}


def _small_disk() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


@POSIX_ONLY
@pytest.mark.parametrize("what", WRITERS)
def test_no_room_leaves_no_half_file(what: str, answers: Path) -> None:
    """The disk takes no more: status 3, the file is named, nothing is there but what was there."""
    before = {path.name: path.read_bytes() for path in answers.parent.iterdir()}
    changes = {"PYTHONDONTWRITEBYTECODE": "1"}  # Python would leave its own compiled modules cut off after 300 bytes
    process = started(WRITERS[what], answers.parent, stdout=subprocess.PIPE, preexec_fn=_small_disk, changes=changes)
    out, said = process.communicate(timeout=120)
    assert (process.returncode, out) == (3, b"")
    assert f"{WRITERS[what][-1] if '-o' in WRITERS[what] else 'made.toml'}: the file became too large" in said.decode()
    assert {path.name: path.read_bytes() for path in answers.parent.iterdir()} == before


@pytest.mark.parametrize("what", ["new", "report as text"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_folder_that_cannot_be_written(
    what: str, language: str, answers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place that was asked for is named, not that of a temporary file."""

    def refuse(**options: object) -> tuple[int, str]:
        raise OSError(30, "Read-only file system", f"{options['dir']}/.x.part")

    monkeypatch.chdir(answers.parent)
    with patch.object(tempfile, "mkstemp", refuse):
        assert run_here([*WRITERS[what], "--lang", language]) == 3
    said = capsys.readouterr().err
    assert "made." in said
    assert ".part" not in said
    assert {"en": "read-only", "zh": "只读"}[language] in said


@POSIX_ONLY
def test_what_is_no_ordinary_file_is_not_replaced(run: Run, answers: Path) -> None:
    """A pipe, or a device, is left as it is."""
    os.mkfifo(answers.parent / "pipe")
    for arguments in (["report", answers, "-o", "pipe"], ["new", "pipe", "--as", "region", "--force"]):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (3, "")
        assert "no ordinary file" in done.stderr
    assert (answers.parent / "pipe").is_fifo()


@POSIX_ONLY
def test_the_current_folder_is_gone(answers: Path, tmp_path: Path) -> None:
    """That is said, and not of some file."""
    gone = tmp_path / "gone"
    gone.mkdir()
    process = started(["check", answers], gone, stdout=subprocess.PIPE, preexec_fn=gone.rmdir)
    said = process.communicate(timeout=120)[1].decode()
    assert (process.returncode, said.count("\n"), "current folder" in said) == (3, 1, True)


def test_names_with_spaces_and_chinese_from_another_folder(run: Run, answers: Path, tmp_path: Path) -> None:
    """Every path is taken as it is, wherever the command is run, in every time zone."""
    place = tmp_path / "自评 材料" / "2025 年"
    place.mkdir(parents=True)
    file = answers.rename(place / "安和 县.toml")
    assert run("check", file.relative_to(tmp_path)).returncode == 0
    reports = set()
    for zone in ("Asia/Shanghai", "America/Los_Angeles"):
        done = run(
            "report",
            file.relative_to(tmp_path),
            "-o",
            place / "报 告.txt",
            "--to",
            "text",
            "--date",
            "2026-01-31",
            TZ=zone,
        )
        assert (done.returncode, done.stderr) == (0, "")
        reports.add((place / "报 告.txt").read_bytes())
    assert len(reports) == 1


@POSIX_ONLY
def test_killed_while_writing_many_reports(answers: Path, tmp_path: Path) -> None:
    """kill -9: what stands under a report's name is a whole report, and the next run makes them all."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.toml").write_bytes(answers.read_bytes())
    arguments = ["report", "many", "-o", "out/", "--to", "text", "--jobs", "1", "--date", "2026-01-31"]
    process = started(arguments, tmp_path, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline()  # the first one is written
    process.kill()
    process.communicate(timeout=120)
    partial = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.txt")}
    assert started(arguments, tmp_path, stdout=subprocess.DEVNULL).wait(timeout=120) == 0
    whole = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.txt")}
    assert len(whole) == 4
    assert partial.items() <= whole.items()


def _answering(folder: Path) -> "subprocess.Popen[bytes]":
    process = started(
        ["assess", "x.toml", "--plain", "--as", "region"], folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    for line, shown in (("Anhe County", "Anhe County"), ("2025", "2025"), ("", "")):
        _typed(process, line, shown)
    return process


def _typed(process: "subprocess.Popen[bytes]", line: str, shown: str) -> None:
    """Type a line and wait until it is taken: until it is shown again."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(line.encode() + b"\n")
    process.stdin.flush()
    while not process.stdout.readline().decode().rstrip().endswith(shown):
        pass


@POSIX_ONLY
def test_killed_while_answering(tmp_path: Path) -> None:
    """kill -9 between two answers: what was taken before the next question was shown is in the file."""
    process = _answering(tmp_path)
    _typed(process, "d", "d")
    _typed(process, "d", "d")
    process.kill()
    process.communicate(timeout=120)
    read = Library(roots(())).open_answers(tmp_path / "x.toml")
    assert read.sound
    assert read.answers is not None
    assert read.answers.subject.name == "Anhe County"
    assert len(read.answers.facts) >= 1


@POSIX_ONLY
def test_two_writers(tmp_path: Path, run: Run) -> None:
    """The second one is told who writes, changes nothing, and may write once the first is gone."""
    process = _answering(tmp_path)
    done = run("assess", "x.toml", "--plain")
    assert (done.returncode, done.stdout) == (3, "")
    assert "is open elsewhere" in done.stderr
    assert 'name = "Anhe County"' in (tmp_path / "x.toml").read_text(encoding="utf-8")
    process.kill()
    process.communicate(timeout=120)
    assert run("assess", "x.toml", "--plain").returncode == 0


@POSIX_ONLY
@pytest.mark.parametrize("streams", [("stdout",), ("stdout", "stderr")])
def test_what_is_to_be_written_does_not_hang_on_who_reads_the_output(streams: Sequence[str], answers: Path) -> None:
    """`import … --write | head -1` writes as much as without the pipe, also with `2>&1`."""
    folder = answers.parent
    words = answers.read_text(encoding="utf-8")
    # Another edition: a notice is said before anything is written.
    answers.write_text(re.sub(r'version = "[^"]+"', 'version = "2027.1.9"', words), encoding="utf-8")
    source = folder / "one.csv"
    source.write_text("respondent,patents_high_value\nTest County,9.5\n", encoding="utf-8")
    read, write = os.pipe()
    os.close(read)
    gone = dict.fromkeys(streams, write)
    process = started(
        ["import", source, "--into", answers, "--write"], folder, **gone, changes={"PYTHONUNBUFFERED": "1"}
    )
    os.close(write)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert 'value = "9.5"' in answers.read_text(encoding="utf-8")


@POSIX_ONLY
@pytest.mark.parametrize("command", ["check", "score"])
def test_a_status_that_judges_does_not_hang_on_who_reads_the_output(command: str, answers: Path) -> None:
    """`check … | head` ended with 0 where there were so many errors that the reader had left before the last."""
    sound, words = answers.parent / "sound.toml", answers.read_text(encoding="utf-8")
    sound.write_text(words, encoding="utf-8")
    answers.write_text(words + "[answers.no_such]\nvalue = 1\n", encoding="utf-8")
    for files, status in (([sound, answers], 1), ([sound], 0)):
        read, write = os.pipe()
        os.close(read)
        process = started([command, *files], answers.parent, stdout=write, changes={"PYTHONUNBUFFERED": "1"})
        os.close(write)
        process.communicate(timeout=120)
        assert process.returncode == status


@POSIX_ONLY
def test_the_status_of_a_change_of_edition_does_not_hang_on_who_reads_it(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    older = REPOSITORY / "editions" / "2026.1.0" / "questionnaires" / "region"
    process = started(["diff", older, "region", "--fail-on", "confirm"], tmp_path, stdout=write)
    os.close(write)
    process.communicate(timeout=120)
    assert process.returncode == 1


HASTY = """
import os, signal, sys
from concurrent.futures import process

started = process.ProcessPoolExecutor._spawn_process

def start(pool):
    started(pool)
    if len(pool._processes) == 1:
        os.kill(os.getpid(), signal.SIGINT)

process.ProcessPoolExecutor._spawn_process = start
from nqpf_assess.cli.main import run

sys.exit(run(["report", "place.toml", "other.toml", "--jobs", "2", "-o", "reports/"]))
"""


@POSIX_ONLY
def test_ctrl_c_while_processes_are_started_ends_the_command(answers: Path) -> None:
    """It does not wait for the one that is there already."""
    (answers.parent / "other.toml").write_bytes(answers.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", HASTY], cwd=answers.parent, env=clean_environment(), capture_output=True, timeout=120
    )
    assert done.returncode == 130, done.stderr
    assert b"interrupted" in done.stderr


EARLY = """
import builtins, os, signal, sys

before = builtins.__import__

def importing(name, *rest):
    if name == "click":
        builtins.__import__ = before
        os.kill(os.getpid(), signal.SIGINT)
    return before(name, *rest)

builtins.__import__ = importing
sys.argv = ["nqpf-assess", "--lang", "zh", "where"]
from nqpf_assess.__main__ import main

main()
"""


@POSIX_ONLY
def test_ctrl_c_before_the_command_line_is_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EARLY], cwd=tmp_path, env=clean_environment(), capture_output=True, timeout=120
    )
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.decode().strip() == "已中断，未丢失任何内容"


UNRAISED = """
import os, signal, sys, time

from nqpf_assess.__main__ import main
from nqpf_assess.cli import main as command

class Last:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)

def slowly():
    Last()
    time.sleep(60)
    return made()

made, command.command_line = command.command_line, slowly
sys.argv = ["nqpf-assess", "where"]
main()
"""


@POSIX_ONLY
def test_ctrl_c_where_nothing_can_be_raised_comes_again(tmp_path: Path) -> None:
    """In a finaliser, or in a library's machine code, Python can only print it: the command still ends by it."""
    done = subprocess.run(
        [sys.executable, "-c", UNRAISED], cwd=tmp_path, env=clean_environment(), capture_output=True, timeout=40
    )
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.decode().strip() == "interrupted; nothing is lost"


def test_ctrl_c_that_a_library_tells_as_its_own_error_is_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """pydantic wraps it in an error of its own while it makes a class ready: that is no fault of the program."""

    def making_ready() -> None:
        said = 'Error building "model" validator:\n  SchemaError: Field "confidence":\n  KeyboardInterrupt: '
        raise SchemaError(said)

    monkeypatch.setattr(crash, "write_log", lambda _: pytest.fail("a log was written"))
    monkeypatch.setattr(command_lines, "command_line", making_ready)
    assert run_here(["--lang", "en", "where"]) == 130
    assert capsys.readouterr().err.strip() == "interrupted; nothing is lost"


SWALLOWED = """
import os, signal, sys

class Finding:
    def find_spec(self, name, path, target=None):
        if name == awaited:
            sys.meta_path.remove(self)
            try:  # as callbacks of the interpreter and libraries do with what is raised in them
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                pass

awaited = sys.argv[1]
sys.meta_path.insert(0, Finding())
from nqpf_assess.__main__ import main

sys.argv[1:] = ["where"]
main()
"""


@POSIX_ONLY
@pytest.mark.parametrize("module", ["click", "nqpf_assess.cli.where"])
def test_ctrl_c_while_something_is_imported_is_not_swallowed(module: str, tmp_path: Path) -> None:
    """An interrupt may be lost amid an import: the command ends by it all the same."""
    done = subprocess.run(
        [sys.executable, "-c", SWALLOWED, module],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.decode().strip() == "interrupted; nothing is lost"


KILLED = """
import os, signal, sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import parent_process

if sys.argv[1] == "report":
    from nqpf_assess.report.make import _begin_worker
else:
    from nqpf_assess.cohort.engines import _begin_worker

def begin_and_kill(one):
    os.kill(parent_process().pid, signal.SIGKILL)
    return one

if __name__ == "__main__":
    with ProcessPoolExecutor(2, initializer=_begin_worker) as workers:
        list(workers.map(begin_and_kill, range(2)))
"""


@POSIX_ONLY
@pytest.mark.parametrize("pool", ["report", "cohort"])
def test_workers_end_with_who_started_them(pool: str, tmp_path: Path) -> None:
    """A closed terminal or a kill leaves none waiting for work for ever with the output held open."""
    (tmp_path / "killed.py").write_text(KILLED, encoding="utf-8")  # a file, which workers that are not forked read anew
    process = subprocess.Popen(
        [sys.executable, "killed.py", pool],
        cwd=tmp_path,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert process.communicate(timeout=60)[0] == b""  # read to the end: nobody holds it any more
        assert process.returncode == -signal.SIGKILL
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def test_a_new_file_is_not_forced_over_one_that_is_open(run: Run, answers: Path) -> None:
    before = answers.read_bytes()
    with AnswerFile(answers):
        done = run("new", answers, "--as", "region", "--force")
    assert done.returncode == 3
    assert "is open elsewhere" in done.stderr
    assert answers.read_bytes() == before
    said = run("new", answers, "--as", "region").stderr  # --force is not advised without its price
    assert "With --force an empty file takes its place, and what it holds is lost." in said
    assert run("new", answers, "--as", "region", "--force").returncode == 0


def test_what_is_no_ordinary_file_is_status_1_everywhere(run: Run) -> None:
    for command in (["score"], ["migrate"], ["suggest"], ["explain", "x"], ["plan", "--budget", "3"]):
        done = run(command[0], os.devnull, *command[1:])
        assert (command, done.returncode) == (command, 1)
        assert "no ordinary file" in done.stderr


def test_a_refused_table_is_named_and_not_its_temporary_file(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused = OSError(errno.EROFS, "read-only", str(answers.with_name(".c.csv.12345678.part")))
    with patch("tempfile.mkstemp", side_effect=refused):
        assert run_here(["cohort", "collect", str(answers), "-o", str(answers.with_name("c.csv"))]) == 3
    said = capsys.readouterr().err
    assert "c.csv: the disk or folder is read-only" in said
    assert ".part" not in said


def test_files_under_names_in_no_encoding(run: Run, tmp_path: Path) -> None:
    """As old archives and sticks hold them: their names go into files readably; what Arrow cannot name is refused."""
    first, second = (os.fsdecode(name) for name in (b"\xbc\xd7.toml", b"\xd2\xd2.toml"))  # GBK, where UTF-8 is used
    for name in (first, second):
        shutil.copy(REPOSITORY / "samples/cluster_county.toml", tmp_path / name)
    assert run("merge", first, second, "--rule", "median", "-o", "merged.toml").returncode == 0
    merged = (tmp_path / "merged.toml").read_text("utf-8")
    assert all(rf"[\\udc{number}\\udc" in merged for number in ("bc", "d2"))  # both are told apart
    assert run("export", first, "--to", "json", "-o", os.fsdecode(b"\xbc.json")).returncode == 0
    (tmp_path / first).unlink()
    assert run("import", os.fsdecode(b"\xbc.json"), "--write").returncode == 0
    assert r"\\udcbc.json" in (tmp_path / "Yunjin County (invented)-2025.toml").read_text("utf-8")
    done = run("cohort", "collect", ".", "-o", os.fsdecode(b"\xbc.csv"))
    assert done.returncode == 1
    assert "names in UTF-8" in done.stderr


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (["merge", "a.toml", "b.toml", "-o", "m.toml"], "--name"),
        (["cohort", "benchmark", "t.csv", "-o", "b.json"], "--period"),
        (["weights", "new", "own"], "--name-zh"),
        (["weights", "edit", "own", "--node", "rd_input"], "--why-zh"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_words_typed_in_another_encoding_are_refused(
    command: list[str], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a terminal set to GBK sends them: no file could be written with them."""
    assert run_here([*command, option, os.fsdecode(b"\xb0\xb2"), "--lang", "en"]) == 2
    assert f"{option}: what stands there is not text in UTF-8" in capsys.readouterr().err


def test_merge_says_that_the_folder_is_what_is_missing(run: Run, answers: Path) -> None:
    """The missing folder is named; to copy the file to where one may write is not advised."""
    other = answers.with_name("other.toml")
    other.write_bytes(answers.read_bytes())
    done = run("merge", answers, other, "-o", "out/merged.toml")
    assert (done.returncode, done.stderr) == (3, "error: the folder out does not exist\n")
