"""Measure what a newcomer has to hold: `python tools/measure_house.py [PACKAGE]`; `--walk`: what a command enters.

Printed: lines, functions, the share that is private and used once in its file, class names with several meanings,
comments; with `--once`, the names of those helpers; with `--walk`, how many functions in how many of our modules
`score` and `report` of one sample enter, by package, and of the packages asked for which ones.
"""

import ast
import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "nqpf_assess"

WALK = """
import inspect, json, os, sys
entered, classes = set(), set()
def see(frame, event, argument):
    if event == "call":
        code = frame.f_code
        if "nqpf_assess" in code.co_filename and code.co_name[0] != "<":
            # The body of a class is run once, when its module is imported: it is no function.
            (entered if code.co_flags & inspect.CO_OPTIMIZED else classes).add((code.co_filename, code.co_qualname))
sys.setprofile(see)
from nqpf_assess.__main__ import main
sys.argv = ["nqpf-assess", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
sys.setprofile(None)
print(json.dumps([sorted(entered), len(classes)]), file=sys.stderr)
"""


def main() -> None:
    """Print the measures of the whole package or of one part of it, such as `report/pdf`."""
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    places = [SOURCE / argument for argument in arguments] or sorted(p for p in SOURCE.iterdir() if p.is_dir())
    head = f"{'package':<22}{'files':>6}{'lines':>8}{'functions':>10}{'private once':>14}{'comments':>10}"
    print(head)
    totals = [0] * 5
    for place in [*places, *([] if arguments else [SOURCE])]:
        files = sorted(place.rglob("*.py")) if place.is_dir() and place != SOURCE else sorted(SOURCE.glob("*.py"))
        if place != SOURCE and not files:
            continue
        row = _measures(files)
        totals = [total + part for total, part in zip(totals, row, strict=True)]
        _print_row(str(place.relative_to(SOURCE)), row)
    if not arguments:
        _print_row("all", totals)
    repeated = _repeated_classes(places if arguments else [SOURCE])
    print(f"class names with several meanings: {len(repeated)}", ", ".join(repeated[:60]))
    if "--once" in sys.argv:
        for place in places:
            for path in sorted(place.rglob("*.py")):
                if names := _private_once(path.read_text(encoding="utf-8")):
                    print(path.relative_to(SOURCE), *names)
    if "--walk" in sys.argv:
        for command in (["score", "--json"], ["report", "--lang", "zh", "-o", "/dev/null", "--to", "text"]):
            _print_walk(command, arguments)
        _print_walk(["report", "--lang", "zh", "-o", str(ROOT / "build" / "walk.pdf")], arguments)


def _print_row(name: str, row: list[int]) -> None:
    files, lines, functions, once, comments = row
    share = f"{once} = {100 * once / max(functions, 1):.0f}%"
    print(f"{name:<22}{files:>6}{lines:>8}{functions:>10}{share:>14}{comments:>10}")


def _print_walk(command: list[str], named: list[str]) -> None:
    (ROOT / "build").mkdir(exist_ok=True)
    call = [command[0], str(ROOT / "samples" / "cluster_county.toml"), *command[1:]]
    for _ in range(2):  # the second time the content stands in the cache, as it does for whoever scores every day
        done = subprocess.run([sys.executable, "-c", WALK, *call], capture_output=True, text=True, check=False)
    entered, classes = json.loads(done.stderr.splitlines()[-1])
    names = collections.defaultdict(list)
    for file, name in entered:
        names[str(pathlib.Path(file).relative_to(SOURCE).with_suffix(""))].append(name)
    words = f"enters {len(entered)} functions in {len(names)} modules; defines {classes} classes"
    print(f"{' '.join(command):<50} {words}")
    rooms = collections.Counter(module.split("/")[0] for module, found in names.items() for _ in found)
    inside = collections.Counter(module.split("/")[0] for module in names)
    print("   ", ", ".join(f"{room} {count} in {inside[room]}" for room, count in rooms.most_common()))
    for module, found in names.items():
        if module.startswith(tuple(named) or " "):
            print(f"    {module}:", *found)


def _measures(files: list[pathlib.Path]) -> list[int]:
    row = [len(files), 0, 0, 0, 0]
    for path in files:
        source = path.read_text(encoding="utf-8")
        row[1] += source.count("\n")
        row[2] += sum(isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) for n in ast.walk(ast.parse(source)))
        row[3] += len(_private_once(source))
        row[4] += sum(line.lstrip().startswith("#") for line in source.splitlines())
    return row


def _private_once(source: str) -> list[str]:
    words = collections.Counter(re.findall(r"\b[A-Za-z_]\w*\b", source))
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("_")
        and not node.name.startswith("__")
        and words[node.name] == 2
    ]


def _repeated_classes(places: list[pathlib.Path]) -> list[str]:
    homes = collections.defaultdict(set)
    for path in SOURCE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                homes[node.name].add(path)
    return sorted(
        f"{name}×{len(found)}"
        for name, found in homes.items()
        if len(found) > 1 and any(path.is_relative_to(place) for path in found for place in places)
    )


if __name__ == "__main__":
    main()
