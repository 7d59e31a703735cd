"""Run the fuzzer: `python -m tools.fuzz [KIND ...] [--count N] [--seconds S] [--seed N] [--first N]`.

Trials run in worker processes that are renewed; a worker that dies or hangs loses only its trial, which is a finding.
The same kind, seed and number make the same trial. Findings lie in build/fuzz/KIND/, each with its files and commands.
"""

import argparse
import json
import os
import re
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from tools.fuzz.kinds import KINDS, prepare
from tools.fuzz.trial import MEMORY, SECONDS, Finding, Trial, limits, memory_now, memory_peak, surroundings

RENEWED_AFTER = 400
"""Trials that one worker runs, so that what leaks does not add up."""

HANGING = 180.0
"""Seconds of the clock after which a worker that says nothing is ended; generous, since the machine may be busy."""

KEPT = ("content", "answers.toml", "prepared", "cache", "table.csv", "judgements.csv", "judgements.toml")


@dataclass
class Tally:
    """What came of the trials of one kind."""

    kind: str
    trials: int = 0
    cpu: float = 0.0
    slowest: float = 0.0
    slowest_number: int = -1
    most_memory: int = 0
    signs: Counter[str] = field(default_factory=Counter)


def _clear(folder: Path, seeds: dict[Path, bytes]) -> None:
    """Bring the folder back to what it was."""
    for path in folder.iterdir():
        if path.name not in KEPT:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    for path in (folder / "content").rglob("*"):
        if path.is_file() and path not in seeds:
            path.unlink()
    for path, data in seeds.items():
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _keep(target: Path, folder: Path, finding: Finding, told: dict[str, Any], commands: list[str]) -> None:
    """Keep a finding with its files, the first time it comes."""
    place = target / re.sub(r"[^\w.-]+", "_", finding.sign)[:100]
    if place.exists():
        return
    place.mkdir(parents=True)
    hidden = shutil.ignore_patterns("prepared", "cache", "state")
    shutil.copytree(folder, place / "files", symlinks=True, ignore=hidden)
    again = f"python -m tools.fuzz {told['kind']} --seed {told['seed']} --first {told['number']} --count 1"
    parts = ("\n".join(f"{name}: {value}" for name, value in told.items()), f"again: {again}", *commands, finding.words)
    (place / "finding.txt").write_text("\n\n".join(parts) + "\n", encoding="utf-8", errors="backslashreplace")


def _work(pipe: Connection, kind: str, seed: int, numbers: range, folder: Path, target: Path) -> None:
    """Run trials one after the other, and say how each went."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdin = sys.__stdin__ = Path(os.devnull).open(encoding="utf-8")  # type: ignore[misc]
    with surroundings(folder):
        prepare(Trial(folder))
        seeds = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.relative_to(folder).parts[0] in KEPT}
        for path in list(seeds):
            if path.relative_to(folder).parts[0] == "cache":
                del seeds[path]
        for number in numbers:
            _clear(folder, seeds)
            trial = Trial(folder)
            before, began = memory_now(), time.process_time()
            try:
                with limits(4 * SECONDS if kind == "keys" else SECONDS):
                    KINDS[kind].make(Random(f"{kind} {seed} {number}"), trial)
            except BaseException as fault:
                trial.find(f"fuzzer {type(fault).__name__}", repr(fault))
            took, more = time.process_time() - began, memory_peak() - before
            if more > MEMORY:
                trial.find("memory", f"{more / 2**20:.0f} MB more")
            trial.look_for_litter()
            for finding in trial.findings:
                told = {"kind": kind, "seed": seed, "number": number, "sign": finding.sign}
                _keep(target / kind, folder, finding, told, trial.commands)
            pipe.send((number, took, max(more, 0), [finding.sign for finding in trial.findings]))
    pipe.close()


def fuzz(kind: str, *, seed: int, numbers: range, seconds: float, target: Path) -> Tally:
    """Run trials of one kind until the numbers or the seconds (of the clock) are used up."""
    tally, end = Tally(kind), time.monotonic() + seconds
    context = get_context("fork")
    at = numbers.start
    while at < numbers.stop and time.monotonic() < end:
        with tempfile.TemporaryDirectory(prefix="nqpf-fuzz-", ignore_cleanup_errors=True) as place:
            folder = Path(place)
            ours, theirs = context.Pipe(duplex=False)
            batch = range(at, min(at + RENEWED_AFTER, numbers.stop))
            worker = context.Process(target=_work, args=(theirs, kind, seed, batch, folder, target), daemon=True)
            worker.start()
            theirs.close()
            while at < batch.stop and time.monotonic() < end:
                try:
                    if not ours.poll(HANGING):
                        raise TimeoutError
                    number, took, more, signs = ours.recv()
                except (EOFError, TimeoutError) as fault:
                    worker.kill()
                    worker.join()
                    sign = f"died {worker.exitcode}" if isinstance(fault, EOFError) else "hung"
                    number, took, more, signs = at, 0.0, 0, [sign]
                    told = {"kind": kind, "seed": seed, "number": number, "sign": sign}
                    _keep(target / kind, folder, Finding(sign, "the worker ended without a word"), told, [])
                at = number + 1
                tally.trials += 1
                tally.cpu += took
                if took > tally.slowest:
                    tally.slowest, tally.slowest_number = took, number
                tally.most_memory = max(tally.most_memory, more)
                tally.signs.update(signs)
                if not worker.is_alive() and not ours.poll():
                    break
            worker.kill()
            worker.join()
            ours.close()
    return tally


def main() -> int:
    """Run what is asked for, and print a table of what came of it."""
    about = argparse.ArgumentParser(prog="python -m tools.fuzz", description=(__doc__ or "").split("\n")[0])
    about.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; default: all")
    about.add_argument("--count", type=int, help="trials of each kind; default: about two minutes of all kinds")
    about.add_argument("--first", type=int, default=0, help="number of the first trial")
    about.add_argument("--seconds", type=float, help="of the clock, for all kinds together, instead of a count")
    about.add_argument("--seed", type=int, default=1)
    about.add_argument("--target", type=Path, default=Path("build/fuzz"), help="folder for findings")
    asked = about.parse_args()
    kinds = asked.kinds or list(KINDS)
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        about.error(f"there is no kind {unknown[0]}; there are {', '.join(KINDS)}")
    target = asked.target.absolute()
    # Imported once, so that every worker has it.
    import nqpf_assess.cli.main
    import nqpf_assess.tui.app  # noqa: F401

    wrong = 0
    print(f"{'kind':14}{'trials':>8}{'CPU s':>9}{'slowest':>9}{'MB more':>9}  findings")
    for kind in kinds:
        count = asked.count or (10**9 if asked.seconds else KINDS[kind].portion)
        numbers = range(asked.first, asked.first + count)
        seconds = asked.seconds / len(kinds) if asked.seconds else 10**9
        tally = fuzz(kind, seed=asked.seed, numbers=numbers, seconds=seconds, target=target)
        wrong += len(tally.signs)
        memory = tally.most_memory / 2**20
        found = f"{len(tally.signs)} ({', '.join(sorted(tally.signs))})" if tally.signs else "none"
        print(f"{kind:14}{tally.trials:8}{tally.cpu:9.0f}{tally.slowest:9.2f}{memory:9.0f}  {found}", flush=True)
        target.mkdir(parents=True, exist_ok=True)
        with (target / "tally.jsonl").open("a", encoding="utf-8") as book:
            row = vars(tally) | {"signs": dict(tally.signs), "seed": asked.seed, "first": asked.first}
            book.write(json.dumps(row) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(main())
