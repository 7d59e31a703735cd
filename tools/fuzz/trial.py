"""One trial: commands run inside this process on files made for it, and what is wrong with how they went."""

import io
import json
import math
import os
import re
import shlex
import shutil
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import patch

SEEDS = Path(__file__).parent / "seeds"
QUESTIONNAIRE = "content/questionnaires/small.toml"
CONTENT = ("--content", "content")
SMALL = ("--questionnaire", "small", *CONTENT)
"""Options with which a command takes the content of the seeds, and the small questionnaire."""

HERE = ("--jobs", "1")
SECONDS = 10.0
"""Processor time that one trial may take."""

MEMORY = 500 * 2**20
"""Bytes of memory that one trial may add."""

OUTPUT = 20_000_000
"""Letters that a command may print about a small file."""

RAW = re.compile(r"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Letters that steer a terminal: never printed raw."""

FILES_BEGIN = ("%PDF", "PK")
"""How files begin that `-o -` writes to standard output."""

LITTER = re.compile(r"\.(part|holder|lock|tmp)$")


@cache
def seed(name: str) -> bytes:
    """Return a sound file that trials spoil."""
    return (SEEDS / name).read_bytes()


class TooSlow(BaseException):
    """The trial took longer than it may; no handler of the program may swallow it."""


@dataclass(frozen=True)
class Finding:
    """Something the program may not do. `sign`: the same for the same fault; `words`: for a person."""

    sign: str
    words: str


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    """A standard stream in memory."""

    def __init__(self, data: bytes = b"") -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8", errors="replace", newline="\n")

    @property
    def text(self) -> str:
        self.flush()
        raw: Any = self.buffer
        return bytes(raw.getvalue()).decode("utf-8", "replace")


@dataclass
class Trial:
    """A folder with the seeds' content in it, the commands run there, and the findings.

    `inputs`: how many of its kind were tried: one file, or each key or line that was typed.
    """

    folder: Path
    findings: list[Finding] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    inputs: int = 1

    def write(self, name: str, data: bytes | str) -> str:
        """Write a file into the folder; returns its name."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        return name

    def find(self, sign: str, words: str) -> None:
        """Note a finding."""
        self.findings.append(Finding(sign, words))

    def expect(self, *, holds: bool, sign: str, words: str) -> None:
        """Note a finding where something does not hold."""
        if not holds:
            self.find(sign, words)

    def expect_sound(self, name: str) -> None:
        """Note a finding where `check` finds an error in a file that the program wrote."""
        done = self.run("check", name, *CONTENT)
        self.expect(holds=done.status == 0, sign=f"unsound {name} was written", words=done.out[:3000] + done.err[:1000])

    def run(self, *arguments: str, typed: str = "", strict_json: bool = False, drawn: str = "") -> Outcome:
        """Run a command line and judge what holds for every command.

        `drawn`: its command, where the line was drawn at random and may be refused.
        """
        self.commands.append(shlex.join(("nqpf-assess", *arguments)))
        from nqpf_assess.cli import crash, main

        faults: list[BaseException] = []

        def keep(*_: object) -> Path:
            fault = sys.exc_info()[1]  # the log is written while the fault is handled
            faults.append(fault if fault is not None else RuntimeError("a log was written, of what nobody knows"))
            return Path("-")

        streams = sys.stdin, sys.stdout, sys.stderr
        given, out, err = _Stream(typed.encode("utf-8", "surrogatepass")), _Stream(), _Stream()
        sys.stdin, sys.stdout, sys.stderr = given, out, err
        try:
            with patch.object(crash, "write_log", keep):
                status = main.run(arguments)
        except TooSlow as slow:
            self.find(f"slow {drawn or arguments[0]} {_where(slow)}", f"more than {SECONDS:.0f} s: {_place(slow)}")
            status = 3
        except (Exception, SystemExit) as fault:
            faults.append(fault)
            status = 3
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
        done = Outcome(status, out.text, err.text)
        self.findings.extend(fault_of(fault, drawn or arguments[0]) for fault in faults)
        self._judge(done, arguments, strict_json=strict_json, drawn=drawn)
        return done

    def _judge(self, done: Outcome, arguments: tuple[str, ...], *, strict_json: bool, drawn: str) -> None:
        name = drawn or " ".join(arguments[:2])
        self.expect(holds=done.status in (0, 1, 2, 3), sign=f"status {name}", words=f"exit status {done.status}")
        usage = done.status == 2 and not drawn and not {"--encoding", "--group", "--by"} & {*arguments}
        self.expect(holds=not usage, sign=f"usage {name}", words=f"the fuzzer asks wrongly: {done.err[:500]}")
        for stream, said in (("out", done.out), ("err", done.err)):
            self.expect(holds=len(said) < OUTPUT, sign=f"long {stream} {name}", words=f"{len(said)} letters printed")
            if (raw := RAW.search(said)) and not said.startswith(FILES_BEGIN):
                self.find(f"raw {stream} {name}", f"{raw[0]!r} in {said[max(0, raw.start() - 80) : raw.end() + 80]!r}")
            self.expect(holds="Traceback (most" not in said, sign=f"traceback {name}", words=said[:4000])
        silent = done.status != 0 and not (done.err.strip() or done.out.strip())
        self.expect(holds=not silent, sign=f"silent {name}", words=f"exit status {done.status} without a word")
        if strict_json and done.status == 0:
            self._judge_json(done.out, name)

    def _judge_json(self, said: str, name: str) -> None:
        def refuse(constant: str) -> float:
            raise ValueError(constant)

        try:
            json.loads(said, parse_constant=refuse)
        except ValueError as fault:
            self.find(f"json {name}", f"not JSON: {fault}: {said[:2000]}")

    def look_for_litter(self) -> None:
        """Note files that should have gone with the command."""
        for path in self.folder.rglob(".*"):
            if LITTER.search(path.name):
                self.find(f"litter {LITTER.search(path.name)[0]}", f"{path.name} was left behind")  # type: ignore[index]


def figures(value: Any) -> Iterator[float]:
    """Iterate over all numbers in data."""
    if isinstance(value, dict):
        for part in value.values():
            yield from figures(part)
    elif isinstance(value, list):
        for part in value:
            yield from figures(part)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value) if abs(value) < 2**1000 else math.inf


def fault_of(fault: BaseException, name: str) -> Finding:
    """Return the finding that a fault of the program is."""
    told = "".join(traceback.format_exception_only(fault))
    return Finding(f"{type(fault).__name__} {_where(fault)} {name}", f"{_place(fault)}{told[-3000:]}")


def _frames(fault: BaseException) -> list[traceback.FrameSummary]:
    return traceback.extract_tb(fault.__traceback__)


def _where(fault: BaseException) -> str:
    """Name the innermost function of the program, so that the same fault counts once."""
    ours = [frame for frame in _frames(fault) if "nqpf_assess" in frame.filename]
    last = ours[-1] if ours else None
    return f"{Path(last.filename).parent.name}/{Path(last.filename).name}:{last.name}" if last else "-"


def _place(fault: BaseException) -> str:
    return "".join(traceback.format_list(_frames(fault)[-12:]))


@contextmanager
def surroundings(folder: Path) -> Iterator[None]:
    """Work in a folder with the seeds, with no setting of the person who runs this."""
    shutil.copytree(SEEDS, folder, dirs_exist_ok=True)
    before, environment = Path.cwd(), dict(os.environ)
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "TEXTUAL_THEME", "ACCESSIBLE", "COLUMNS", "NQPF_ASSESS_CACHE"):
        os.environ.pop(name, None)
    os.environ |= {
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "NQPF_ASSESS_DATA": str(folder / "data"),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "SOURCE_DATE_EPOCH": "1764063062",
    }
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)


@contextmanager
def limits(seconds: float = SECONDS) -> Iterator[None]:
    """Interrupt what takes more processor time than it may."""

    def interrupt(_: int, __: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def memory_now() -> int:
    """Return the bytes of memory in use, and begin to watch for the highest use anew."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return 0
    return _status("VmRSS")


def memory_peak() -> int:
    """Return the highest use of memory since it was last looked at, in bytes; 0 where the system does not tell."""
    return _status("VmHWM") if Path("/proc/self/clear_refs").exists() else 0


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0
