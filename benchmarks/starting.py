"""What the start of a command costs: whole processes in CPU seconds (user + system), as a multiple of a bare Python.

`python -m benchmarks.starting` measures `score --json` without the content cache, with a cold and with a warm one, in
turns with a bare Python, so that whatever else the machine does weighs on all alike.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "cluster_county.toml"
TURNS = 15


def seconds(arguments: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return the CPU seconds of a process, user and system."""
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{arguments}: {status}")
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        base = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        base["NQPF_ASSESS_CACHE"] = f"{folder}/warm"
        score = [sys.executable, "-m", "nqpf_assess", "score", str(SAMPLE), "--json"]
        rows: dict[str, tuple[Sequence[str], Mapping[str, str]]] = {
            "bare Python": ([sys.executable, "-c", "pass"], base),
            "score --json, no cache": (score, {**base, "NQPF_ASSESS_CACHE": ""}),
            "score --json, warm cache": (score, base),
        }
        for arguments, environment in rows.values():
            seconds(arguments, environment)
        found: dict[str, list[float]] = {name: [] for name in rows}
        for _ in range(TURNS):
            for name, (arguments, environment) in rows.items():
                found[name].append(seconds(arguments, environment))
    bare = statistics.median(found["bare Python"])
    for name, measured in found.items():
        print(f"{name:28} {1000 * statistics.median(measured):6.0f} ms  {statistics.median(measured) / bare:5.1f} x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
