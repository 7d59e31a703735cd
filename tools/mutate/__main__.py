"""Draw changes and hold them against the tests: `python -m tools.mutate [--seed N] [--count N] [--modules GLOB] ...`.

The draw is even over the modules. Each change is held against those tests of tests/engine and tests/kinds that run its
line, quickest first, until one fails; then against all other tests that do. What a run has done it does not do again.
"""

import argparse
import fnmatch
import json
import math
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from platformdirs import user_cache_path

from tools.mutate.changes import Changes, draw, modules
from tools.mutate.reach import ROOT, Reach
from tools.mutate.trial import judge


def copied(to: Path) -> None:
    """Copy what belongs to the repository, as it stands now; what has not changed is not compiled anew."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    wanted = {name for name in names if name and (ROOT / name).is_file()}
    for path in [path for path in to.rglob("*") if path.suffix in (".py", ".toml") and path.is_file()]:
        if str(path.relative_to(to)) not in wanted:
            path.unlink()
    for name in wanted:
        source, target = ROOT / name, to / name
        if not target.exists() or source.read_bytes() != target.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def interval(noticed: int, of: int) -> str:
    """A share with its 95 % interval (Wilson)."""
    if not of:
        return "–"
    z, p = 1.96, noticed / of
    middle, wide = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = ((middle + side * wide) / (1 + z * z / of) for side in (-1, 1))
    return f"{noticed} of {of}, {p:.0%} ({low:.0%} to {high:.0%})"


def tally(rows: list[dict[str, object]], same: set[str]) -> None:
    """Print what survived, then the shares."""
    for row in rows:
        if row["by"] != "own":
            what = (
                "makes no difference"
                if row["name"] in same
                else f"noticed by {row['test']}"
                if row["by"]
                else "survived"
            )
            tried = f"{row['own']} own and {row['other']} other tests, {row['left_out']} left out"
            print(f"\n{row['name']}  {what}  ({tried})\n{row['diff']}")
    counted = [row for row in rows if row["name"] not in same]
    print(f"\n{len(rows)} changes, {len(rows) - len(counted)} of them make no difference")
    print(f"noticed by tests/engine and tests/kinds: {interval(sum(r['by'] == 'own' for r in counted), len(counted))}")
    print(f"noticed by all that reach it:            {interval(sum(bool(r['by']) for r in counted), len(counted))}")


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutate", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="another seed, another draw")
    parser.add_argument("--count", type=int, default=100, help="how many changes")
    parser.add_argument("--first", type=int, default=0, help="after so many of the draw, to share it among processes")
    parser.add_argument("--modules", default="*", help="only these, such as engine/scoring.py or kinds/*")
    parser.add_argument("--change", action="append", default=[], help="this one, as it was named: engine/graph.py#12")
    parser.add_argument("--same", action="append", default=[], help="one that makes no difference, as you have read it")
    parser.add_argument("--seconds", type=float, default=40, help="of tests held against a change, own and others each")
    parser.add_argument("--tests", nargs="*", default=["tests"], help="where tests are looked for")
    parser.add_argument(
        "--store", type=Path, default=user_cache_path("nqpf-assess-mutate"), help="the folder of the copy"
    )
    asked = parser.parse_args()
    root = asked.store / "tree"
    copied(root)
    path = os.pathsep.join([str(root / "src"), str(root)])
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": path, "PYTHONPYCACHEPREFIX": str(asked.store / "compiled")}
    reach = Reach(root, asked.store / "reach", asked.tests, environment)
    chosen = fnmatch.filter(modules(root), asked.modules)
    if asked.change:
        wanted = iter([Changes(root, name.split("#")[0])[int(name.split("#")[1])] for name in asked.change])
    else:
        wanted = islice(draw(root, chosen, asked.seed), asked.first, asked.first + asked.count)
    book = asked.store / "book.jsonl"
    done = {row["key"]: row for row in _read(book)}
    rows = []
    for change in wanted:
        key = f"{change.module}\n{change.diff}\n{reach.digest} {asked.seconds}"
        if key not in done:
            verdict = judge(change, root, reach, asked.seconds, environment)
            done[key] = {"key": key, "name": change.name, "diff": change.diff, **asdict(verdict)}
            with book.open("a", encoding="utf-8") as written:
                written.write(json.dumps(done[key]) + "\n")
        rows.append(done[key])
        print(f"{len(rows)} {change.name}: {done[key]['by'] or 'SURVIVED'} {done[key]['test']}", flush=True)
    tally(rows, set(asked.same))


def _read(book: Path) -> Iterator[dict[str, object]]:
    if book.exists():
        with book.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
