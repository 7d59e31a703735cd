"""Commands as whole processes, beside a bare Python."""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "cluster_county.toml"
RUNS = 7


@dataclass(frozen=True)
class ProcessRow:
    """Median CPU seconds and peak memory of a process, and the ratio to a bare Python."""

    name: str
    cpu: float
    ratio: float
    peak: float


def measure(arguments: Sequence[str]) -> tuple[float, float]:
    """Run a process several times; give median CPU seconds and peak MB."""
    seconds, peaks = [], []
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(RUNS):
        process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise RuntimeError(f"{arguments}: {status}")
        seconds.append(usage.ru_utime + usage.ru_stime)
        peaks.append(usage.ru_maxrss / 1024)
    return statistics.median(seconds), max(peaks)


def process_rows() -> Iterator[ProcessRow]:
    """Measure every command."""
    bare, peak = measure([sys.executable, "-c", "pass"])
    yield ProcessRow("bare Python", bare, 1.0, peak)
    with tempfile.TemporaryDirectory() as folder:
        ours = [sys.executable, "-m", "nqpf_assess"]
        commands = {
            "click alone, one command": [sys.executable, "-c", "import click; click.command()(lambda: 0)(args=[])"],
            "--version": [*ours, "--version"],
            "--help": [*ours, "--help"],
            "score SAMPLE": [*ours, "score", str(SAMPLE)],
            "score SAMPLE --json": [*ours, "score", str(SAMPLE), "--json"],
            "plan SAMPLE --budget 12": [*ours, "plan", str(SAMPLE), "--budget", "12"],
            "check questionnaires weights": [*ours, "check", str(ROOT / "questionnaires"), str(ROOT / "weights")],
            "report SAMPLE (PDF, one language)": [*ours, "report", str(SAMPLE), "-o", f"{folder}/one.pdf"],
            "report SAMPLE --lang both": [*ours, "report", str(SAMPLE), "--lang", "both", "-o", f"{folder}/two.pdf"],
        }
        for name, arguments in commands.items():
            cpu, peak = measure(arguments)
            yield ProcessRow(name, cpu, cpu / bare, peak)
