"""Run the faults: `python -m tools.faults [--session NAME ...] [--fault NAME ...] [--count N] [--seed N]`.

Each run lays out a folder of its own, harms one session at a random moment, and asks: is every acknowledged answer
there, is nothing half written under a final name, was no fault of the program printed or logged, does the next start
leave nothing lying about? The same seed harms in the same order; the moments are the machine's.
"""

import argparse
import importlib
import json
import os
import pkgutil
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random

from tools.faults.harm import FAULTS, Fault, NotHere, jumping_clock, small_disk
from tools.faults.sessions import SESSIONS, Place, Session, content

FAULT = re.compile("Traceback|Exception ignored|went wrong inside")
"""What no run of the program says, however it is harmed."""

OWN = {"XDG_STATE_HOME": "state", "XDG_CACHE_HOME": "cache", "TMPDIR": "tmp"}
"""Folders that each session has of its own: of logs, of what is read again, of what lasts no longer than a run."""


def suffer(name: str, what: str, seed: str, *, base: Path) -> tuple[list[str], list[str]] | None:
    """Harm one session; returns what was lost and what was left lying about, None where this cannot be done here."""
    fault: Fault = FAULTS[what]
    dice = Random(seed)
    root = Path(tempfile.mkdtemp(prefix="nqpf-faults-", dir=base))
    root.chmod(0o755)
    place = Place(root, root / "data")
    os.environ["NQPF_ASSESS_DATA"] = str(place.data)
    content(root)
    for folder in (place.work, place.data, *(root / name for name in OWN.values())):
        folder.mkdir()
        folder.chmod(0o777)
    os.environ.update({variable: str(root / name) for variable, name in OWN.items()})
    with ExitStack() as stack:
        if fault.small_disk and not stack.enter_context(small_disk(place.work)):
            return None
        before = jumping_clock if what == "clock" else None
        session: Session = SESSIONS[name](place, dice, nobody=fault.nobody and SESSIONS[name].forks_only, before=before)
        stack.callback(session.close)
        try:
            session.begin()
            fault.do(session)
        except NotHere:
            return None
        except Exception:
            place.lost.append(f"the session did not come that far: {traceback.format_exc()[-1500:]}")
        if session.child is not None:
            session.child.wait(30)
        left: list[str] = []
        if not place.lost:
            session.judge(rescued=fault.rescued)
        if not place.lost:
            session.before = None
            session.again()
            left = place.hidden()
        logs = [*root.rglob("nqpf-assess-crash*")]
        place.expect(holds=not logs, words=f"a fault of the program was logged: {[log.read_text() for log in logs]}")
        for child in place.started:
            place.expect(holds=not FAULT.search(child.text), words=f"a fault was printed: {child.text[-3000:]}")
    if place.lost or left:
        said = session.child.text[-3000:] if session.child is not None else ""
        words = "\n".join((f"{name} {what} {seed}", *place.lost, *left, said))
        (root / "finding.txt").write_text(words, encoding="utf-8", errors="replace")
    else:
        shutil.rmtree(root, ignore_errors=True)
    return place.lost, left


def load_everything() -> None:
    """Load the program once, since every run is forked from this process, and not everybody may read its modules."""
    import nqpf_assess

    for package in (nqpf_assess, *map(importlib.import_module, ("encodings", "textual.drivers", "textual.widgets"))):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "windows" not in module.name and "win32" not in module.name and not module.name.endswith("__main__"):
                with suppress(ImportError):
                    importlib.import_module(module.name)


def main() -> int:
    """Run what is asked for, and print a table."""
    about = argparse.ArgumentParser(prog="python -m tools.faults", description=(__doc__ or "").split("\n")[0])
    about.add_argument("--session", action="append", choices=SESSIONS, help="may repeat; default: all")
    about.add_argument("--fault", action="append", choices=FAULTS, help="may repeat; default: all")
    about.add_argument("--count", type=int, default=4, help="runs of each session with each fault")
    about.add_argument("--seed", type=int, default=1)
    about.add_argument(
        "--target", type=Path, default=Path("build/faults"), help="folder for the runs that lost something"
    )
    asked = about.parse_args()
    base = asked.target.absolute()
    base.mkdir(parents=True, exist_ok=True)
    os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", SOURCE_DATE_EPOCH="1764063062")
    load_everything()
    total: Counter[str] = Counter()
    print(f"{'session':10}{'fault':12}{'runs':>6}{'lost':>6}{'litter':>8}{'seconds':>9}")
    for name in asked.session or SESSIONS:
        for what in asked.fault or FAULTS:
            row: Counter[str] = Counter()
            began = time.monotonic()
            for number in range(asked.count):
                found = suffer(name, what, f"{asked.seed} {name} {what} {number}", base=base)
                if found is None:
                    row["impossible"] += 1
                    continue
                row["runs"] += 1
                row["lost"] += bool(found[0])
                row["litter"] += bool(found[1])
            total += row
            seconds = time.monotonic() - began
            more = "  not possible here" if row["impossible"] else ""
            print(f"{name:10}{what:12}{row['runs']:6}{row['lost']:6}{row['litter']:8}{seconds:9.0f}{more}", flush=True)
            with (base / "tally.jsonl").open("a", encoding="utf-8") as book:
                book.write(json.dumps({"session": name, "fault": what, "seed": asked.seed, **row}) + "\n")
    print(f"{'all':22}{total['runs']:6}{total['lost']:6}{total['litter']:8}")
    return 1 if total["lost"] or total["litter"] else 0


if __name__ == "__main__":
    sys.exit(main())
