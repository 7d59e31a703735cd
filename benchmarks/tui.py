"""The app in a terminal: first frame, answer to next question painted, memory, quiet; beside a bare Textual form.

Peers (harlequin, posting) are measured where they are installed; their folder may be named by the variable PEERS.
"""

import fcntl
import os
import pty
import select
import shutil
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import ROOT
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import DATA_VARIABLE, roots
from nqpf_assess.model.answers import Subject
from nqpf_assess.session.desk import Wanted, new_desk

SIZE = (120, 40)
STARTS = 15
ANSWERS = 40
QUIET = 0.08
"""Seconds without a byte after which a paint is over."""

PATIENCE = 30.0

FORM = """
from textual.app import App
from textual.widgets import Footer, Header, Input, OptionList
class Form(App):
    def compose(self):
        yield Header(); yield Input(placeholder="Ready to type"); yield OptionList(*(f"level {n}" for n in range(6)))
        yield Footer()
Form().run()
"""

HEAD = """
format = "nqpf-questionnaire/1"
id = "long"
version = "1"
subject = "region"
languages = ["en", "zh"]
title = { en = "Long", zh = "长问卷" }
"""
LEVELS = ", ".join(
    f'{{ en = "Level {n}: what can be seen and shown there.", zh = "{n} 级：看得到、查得着。" }}' for n in range(6)
)
BASELINE = """
format = "nqpf-weights/1"
id = "baseline"
version = "1"
questionnaire = "long"
name = { en = "Baseline", zh = "通用基准" }
"""


@dataclass(frozen=True)
class TuiRow:
    """One line of the table."""

    what: str
    figures: tuple[str, ...]


class Screen:
    """A process in a pty of its own; what it writes is read and counted, not drawn."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self.begun = time.perf_counter()
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            unset = ("PYTHONDONTWRITEBYTECODE", "NO_COLOR")
            kept = {name: value for name, value in os.environ.items() if name not in unset}
            look = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", DATA_VARIABLE: str(folder)}
            os.execvpe(command[0], list(command), {**kept, **look})
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.handle)

    def read(self, patience: float) -> bytes:
        """Read what there is; nothing where nothing came in time."""
        if not select.select([self.handle], [], [], patience)[0]:
            return b""
        return os.read(self.handle, 65536)

    def until(self, mark: bytes) -> float:
        """Read until a mark was written; gives the moment."""
        seen, end = b"", time.perf_counter() + PATIENCE
        while mark not in seen:
            if time.perf_counter() > end:
                raise TimeoutError(mark.decode())
            seen = seen[-len(mark) :] + self.read(0.5)
        return time.perf_counter()

    def rest(self) -> int:
        """Read until it is quiet; gives the bytes."""
        count = 0
        while data := self.read(QUIET):
            count += len(data)
        return count

    def press(self, keys: bytes, mark: bytes) -> tuple[float, int]:
        """Press keys; gives the seconds until the mark was written, and all bytes that came of it."""
        begun, seen, painted = time.perf_counter(), b"", 0.0
        os.write(self.handle, keys)
        while data := self.read(QUIET if painted else PATIENCE):
            seen += data
            if not painted and mark in seen:
                painted = time.perf_counter() - begun
        if not painted:
            raise TimeoutError(mark.decode())
        return painted, len(seen)

    @property
    def cpu(self) -> float:
        """Seconds that the process worked so far, all its threads together; other programs do not disturb this."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9

    @property
    def memory(self) -> float:
        """Megabytes that the process holds."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def long_questionnaire(root: Path, count: int) -> Path:
    """Write a questionnaire of so many questions of six levels in seven pillars, and begin an assessment."""
    pillars = 7
    parts = [HEAD]
    for number in range(pillars):
        parts.append(f'[pillars.p{number}]\ntitle = {{ en = "Pillar {number}", zh = "支柱{number}" }}\n')
        parts.append(
            f'[dimensions.d{number}]\npillar = "p{number}"\ntitle = {{ en = "Part {number}", zh = "维度{number}" }}\n'
        )
    parts += [
        f'[questions.q{number:05}]\ndimension = "d{number * pillars // count}"\nkind = "level"\n'
        f'text = {{ en = "Thing {number:05}?", zh = "事项{number:05}？" }}\nlevels = [{LEVELS}]\n'
        for number in range(count)
    ]
    weights = "\n".join(f"p{n} = 1" for n in range(pillars)) + "\n" + "\n".join(f"d{n} = 1" for n in range(pillars))
    targets = "\n".join(f"p{n} = 60" for n in range(pillars))
    (root / "questionnaires").mkdir(parents=True)
    (root / "weights" / "long").mkdir(parents=True)
    (root / "questionnaires" / "long.toml").write_text("".join(parts), encoding="utf-8")
    bands = '[bands]\nlow = { from = 0, en = "Emerging", zh = "起步" }\nhigh = { from = 60, en = "Ready", zh = "成型" }'
    rubric = f"{BASELINE}[weights]\n{weights}\n[targets]\n{targets}\n{bands}\n"
    (root / "weights" / "long" / "baseline.toml").write_text(rubric, encoding="utf-8")
    path = root / "answers.toml"
    new_desk(Library(roots((root,))), path, Wanted("long", subject=Subject(name="Bench"))).close()
    return path


def ours(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "nqpf_assess", "--lang", "en", *arguments]


def first_frames() -> Iterator[TuiRow]:
    """Measure from the start of the process to a mark of its first frame; starts of all take turns."""
    peers = {
        name: shutil.which(name, path=os.environ.get("PEERS", os.environ["PATH"])) for name in ("harlequin", "posting")
    }
    with tempfile.TemporaryDirectory() as folder:
        sample = shutil.copy(ROOT / "samples" / "cluster_county.toml", folder)
        commands: dict[str, tuple[list[str], bytes]] = {
            "a bare Python": ([sys.executable, "-c", "print('bare')"], b"bare"),
            "a bare Textual form": ([sys.executable, "-c", FORM], b"Ready to type"),
            "start page": (ours(), b"Look around"),
            "a filled assessment, first frame": (ours("assess", str(sample)), b"Reading"),
            "a filled assessment, read and scored": (ours("assess", str(sample)), b"Overall"),
        }
        marks = {"harlequin": b"Run Query", "posting": b"Enter a URL"}
        commands |= {name: ([path], marks[name]) for name, path in peers.items() if path}
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(STARTS):
            for name, (command, mark) in commands.items():
                with Screen(command, Path(folder)) as screen:
                    taken[name].append((screen.until(mark) - screen.begun, screen.cpu))
        usual = [statistics.median(cpu for _, cpu in taken[name]) for name in ("a bare Python", "a bare Textual form")]
        for name, starts in taken.items():
            wall, cpu = (statistics.median(kind) for kind in zip(*starts, strict=True))
            yield TuiRow(name, (f"{wall * 1000:.0f}", f"{cpu * 1000:.0f}", *(f"{cpu / one:.2f}" for one in usual)))


def answers() -> Iterator[TuiRow]:
    """Measure answer (one digit) to the next question painted, in questionnaires of several sizes."""
    base = 0.0
    for count in (80, 1_000, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "content"
            path = long_questionnaire(root, count)
            with Screen(ours("--content", str(root), "assess", str(path)), root) as screen:
                opened = screen.until(b"Thing 00000?") - screen.begun
                screen.rest()
                worked = screen.cpu
                taken = [screen.press(b"3", f"Thing {n + 1:05}?".encode()) for n in range(ANSWERS)]
                worked = (screen.cpu - worked) / ANSWERS
                quiet, memory = len(screen.read(2.0)), screen.memory
            seconds = sorted(one for one, _ in taken)
            half, most = statistics.median(seconds), seconds[int(0.9 * len(seconds))]
            base = base or worked
            size = statistics.median(count for _, count in taken)
            walls = (f"{opened * 1000:.0f}", f"{half * 1000:.1f}", f"{most * 1000:.1f}")
            figures = (*walls, f"{worked * 1000:.1f}", f"{worked / base:.2f}")
            yield TuiRow(f"{count} questions", (*figures, f"{size / 1000:.1f}", f"{memory:.0f}", str(quiet)))


def lines() -> list[str]:
    """Write both tables."""
    made = [
        "## The app in a terminal",
        "",
        f"{SIZE[0]} × {SIZE[1]}; wall clock; median of {STARTS} starts, all in turn.",
        "",
    ]
    made += [
        "| first frame | ms | CPU ms | × a bare Python | × a bare Textual form |",
        "|---|---:|---:|---:|---:|",
    ]
    made += [f"| {row.what} | {' | '.join(row.figures)} |" for row in first_frames()]
    made += ["", f"Answer (one digit) → scored, saved, next question painted; {ANSWERS} answers.", ""]
    made += [
        "| questionnaire | opened ms | p50 ms | p90 ms | CPU ms | × 80 questions | KB an answer | MB | bytes at rest |"
    ]
    made += ["|---|---:|---:|---:|---:|---:|---:|---:|---:|"]
    made += [f"| {row.what} | {' | '.join(row.figures)} |" for row in answers()]
    return made
