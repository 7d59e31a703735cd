"""Run the fuzzer: `python -m tools.fuzz [KIND ...] [--count N | --inputs N] [--seconds S] [--seed N] [--first N]`.

The kinds take turns, a portion each, so that all have come equally far whenever a run is ended. Trials run in worker
processes that are renewed; a worker that dies or hangs loses only its trial, which is a finding. The same kind, seed
and number make the same trial. Findings lie in build/fuzz/KIND/, each with its files and commands; what came of each
portion in tally.jsonl, trials that took long in slow.jsonl.
"""

import argparse
import gc
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
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from pkgutil import walk_packages
from random import Random
from typing import Any

import nqpf_assess
from tools.fuzz.kinds import KINDS, prepare
from tools.fuzz.trial import MEMORY, SECONDS, Finding, Trial, limits, memory_now, memory_peak, surroundings

SLOW = 1.0
"""Processor seconds from which a trial is noted, and run once more: is it the input, or was it the machine?"""

HANGING = 180.0
"""Seconds of the clock after which a worker that says nothing is ended; generous, since the machine may be busy."""

MEMORY_FOLDER = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where trials work, if the system has a folder in memory: a trial writes some twenty files."""

KEPT = ("content", "answers.toml", "prepared", "cache", "table.csv", "judgements.csv", "judgements.toml")


@dataclass
class Tally:
    """What came of the trials of one kind. `inputs`: files, or keys and lines where these are typed."""

    kind: str
    trials: int = 0
    inputs: int = 0
    cpu: float = 0.0
    slowest: float = 0.0
    slowest_number: int = -1
    most_memory: int = 0
    signs: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Add what came of further trials."""
        self.trials += other.trials
        self.inputs += other.inputs
        self.cpu += other.cpu
        if other.slowest > self.slowest:
            self.slowest, self.slowest_number = other.slowest, other.slowest_number
        self.most_memory = max(self.most_memory, other.most_memory)
        self.signs.update(other.signs)


def _clear(folder: Path, seeds: dict[Path, bytes]) -> None:
    """Bring the folder back to what it was."""
    for path in folder.iterdir():
        if path.name not in KEPT:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    for root in ("content", "cache"):  # an entry of the cache is of use to no later trial, and all are looked at
        for path in (folder / root).rglob("*"):
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


def _run(kind: str, seed: int, number: int, folder: Path) -> tuple[Trial, float, int]:
    """Run a trial; returns it with its processor seconds and the bytes of memory that it added."""
    trial = Trial(folder)
    before, began = memory_now(), time.process_time()
    try:
        with limits(4 * SECONDS if kind == "keys" else SECONDS):
            KINDS[kind].make(Random(f"{kind} {seed} {number}"), trial)
    except BaseException as fault:
        trial.find(f"fuzzer {type(fault).__name__}", repr(fault))
    took, more = time.process_time() - began, max(memory_peak() - before, 0)
    if more > MEMORY:
        trial.find("memory", f"{more / 2**20:.0f} MB more")
    trial.look_for_litter()
    return trial, took, more


def _work(pipe: Connection, kind: str, seed: int, numbers: range, prepared: Path, folder: Path, target: Path) -> None:
    """Run trials one after the other, and say how each went."""
    gc.freeze()  # the program itself is not looked through for what may go
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdin = sys.__stdin__ = Path(os.devnull).open(encoding="utf-8")  # type: ignore[misc]
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    with surroundings(folder):
        mine = [p for p in folder.rglob("*") if p.is_file() and p.relative_to(folder).parts[0] in KEPT]
        seeds = {path: path.read_bytes() for path in mine}
        for number in numbers:
            _clear(folder, seeds)
            trial, took, more = _run(kind, seed, number, folder)
            for finding in trial.findings:
                told = {"kind": kind, "seed": seed, "number": number, "sign": finding.sign}
                _keep(target / kind, folder, finding, told, trial.commands)
            if took > (4 * SLOW if kind == "keys" else SLOW):
                _clear(folder, seeds)
                again = _run(kind, seed, number, folder)[1]
                row = {"kind": kind, "seed": seed, "number": number, "cpu": took, "again": again}
                with (target / "slow.jsonl").open("a", encoding="utf-8") as book:
                    book.write(json.dumps(row | {"commands": trial.commands}) + "\n")
            pipe.send((number, trial.inputs, took, more, [finding.sign for finding in trial.findings]))
    pipe.close()


def fuzz(kind: str, *, seed: int, numbers: range, end: float, prepared: Path, target: Path) -> Tally:
    """Run trials of one kind until the numbers are used up, or the clock is past the end."""
    tally = Tally(kind)
    context = get_context("fork")
    at = numbers.start
    while at < numbers.stop and time.monotonic() < end:
        with tempfile.TemporaryDirectory(prefix="nqpf-fuzz-", dir=MEMORY_FOLDER, ignore_cleanup_errors=True) as place:
            ours, theirs = context.Pipe(duplex=False)
            rest = (theirs, kind, seed, range(at, numbers.stop), prepared, Path(place), target)
            worker = context.Process(target=_work, args=rest, daemon=True)
            worker.start()
            theirs.close()
            while at < numbers.stop and time.monotonic() < end:
                try:
                    if not ours.poll(HANGING):
                        raise TimeoutError
                    number, inputs, took, more, signs = ours.recv()
                except (EOFError, TimeoutError) as fault:
                    worker.kill()
                    worker.join()
                    sign = f"died {worker.exitcode}" if isinstance(fault, EOFError) else "hung"
                    number, inputs, took, more, signs = at, 1, 0.0, 0, [sign]
                    told = {"kind": kind, "seed": seed, "number": number, "sign": sign}
                    _keep(target / kind, Path(place), Finding(sign, "the worker ended without a word"), told, [])
                at = number + 1
                tally.add(Tally(kind, 1, inputs, took, took, number, more, Counter(signs)))
                if not worker.is_alive() and not ours.poll():
                    break
            worker.kill()
            worker.join()
            ours.close()
    return tally


def _prepare(folder: Path) -> None:
    """Have the program make what is spoilt, in a process of its own: no thread of its libraries is to be copied."""

    def make() -> None:
        with surroundings(folder):
            prepare(Trial(folder))

    maker = get_context("fork").Process(target=make)
    maker.start()
    maker.join()
    if maker.exitcode:
        raise RuntimeError("what is to be spoilt could not be made")


def main() -> int:
    """Run what is asked for, and print a table of what came of it."""
    about = argparse.ArgumentParser(prog="python -m tools.fuzz", description=(__doc__ or "").split("\n")[0])
    about.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; default: all")
    about.add_argument("--count", type=int, help="trials of each kind; default: about two minutes of all kinds")
    about.add_argument(
        "--inputs", type=int, help="of each kind, instead: files, or keys and lines where these are typed"
    )
    about.add_argument("--first", type=int, default=0, help="number of the first trial")
    about.add_argument("--seconds", type=float, help="of the clock, for all kinds together, instead of a count")
    about.add_argument("--seed", type=int, default=1)
    about.add_argument("--target", type=Path, default=Path("build/fuzz"), help="folder for findings")
    asked = about.parse_args()
    kinds = asked.kinds or list(KINDS)
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        about.error(f"there is no kind {unknown[0]}; there are {', '.join(KINDS)}")
    target = asked.target.absolute()
    target.mkdir(parents=True, exist_ok=True)
    for module in walk_packages(nqpf_assess.__path__, "nqpf_assess."):
        if not module.name.endswith("__main__"):
            import_module(module.name)  # once, so that no worker has to
    total = {kind: Tally(kind) for kind in kinds}
    end = time.monotonic() + (asked.seconds or 10**9)
    limit = asked.count or 10**9
    one_turn = not (asked.count or asked.inputs or asked.seconds)
    with tempfile.TemporaryDirectory(prefix="nqpf-fuzz-", dir=MEMORY_FOLDER) as prepared:
        _prepare(Path(prepared))
        waiting = kinds
        while waiting and time.monotonic() < end:
            for kind in waiting:
                first = asked.first + total[kind].trials
                turn = KINDS[kind].portion if one_turn else KINDS[kind].portion // 4
                numbers = range(first, min(first + turn, asked.first + limit))
                tally = fuzz(kind, seed=asked.seed, numbers=numbers, end=end, prepared=Path(prepared), target=target)
                total[kind].add(tally)
                with (target / "tally.jsonl").open("a", encoding="utf-8") as book:
                    book.write(json.dumps(vars(tally) | {"seed": asked.seed, "first": first}) + "\n")
            if one_turn:
                break
            wanted = asked.inputs or 10**9
            waiting = [kind for kind in waiting if total[kind].trials < limit and total[kind].inputs < wanted]
    print(f"{'kind':14}{'trials':>8}{'inputs':>8}{'CPU s':>9}{'slowest':>9}{'MB more':>9}  findings")
    for kind, tally in total.items():
        memory = tally.most_memory / 2**20
        found = f"{len(tally.signs)} ({', '.join(sorted(tally.signs))})" if tally.signs else "none"
        figures = f"{tally.trials:8}{tally.inputs:8}{tally.cpu:9.0f}{tally.slowest:9.2f}{memory:9.0f}"
        print(f"{kind:14}{figures}  {found}", flush=True)
    return 1 if any(tally.signs for tally in total.values()) else 0


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(main())
