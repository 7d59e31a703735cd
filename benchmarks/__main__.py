"""Run every measurement and write the table; `cohort [ROWS]`, `report`, `tui`: these alone."""

import platform
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.inside import inside_rows
from benchmarks.processes import process_rows

RESULTS = Path(__file__).parent / "RESULTS.md"
REPORT = Path(__file__).parent / "REPORT.md"
TUI = Path(__file__).parent / "TUI.md"
PLAN = Path(__file__).parent / "PLAN.md"
LIBRARIES = ("pydantic", "click", "rich", "textual", "reportlab", "pikepdf")


def heading() -> list[str]:
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return [
        "# Measurements",
        "",
        f"{machine}; {versions}.",
        "",
        "CPU seconds (user + system) are the figures; ratios travel between machines, milliseconds do not.",
        "",
    ]


def cohort(arguments: list[str]) -> None:
    """Measure whole tables and print what was found; `docs/scale.md` tells it with its circumstances."""
    from benchmarks.cohort import lines

    print("\n".join([*heading(), *lines(*map(int, arguments[:1]))]))


def tui() -> None:
    """Measure the app in a terminal and write it to a table of its own."""
    from benchmarks.tui import lines

    made = [*heading(), *lines()]
    TUI.write_text("\n".join(made) + "\n", encoding="utf-8")
    print("\n".join(made))


def report() -> None:
    """Measure the report beside other PDF engines and write it to a table of its own."""
    from benchmarks.report import lines

    made = [*heading(), *lines()]
    REPORT.write_text("\n".join(made) + "\n", encoding="utf-8")
    print("\n".join(made))


def plan() -> None:
    """Measure plans and write them to a table of their own."""
    from benchmarks.plan import lines

    made = [*heading(), *lines()]
    PLAN.write_text("\n".join(made) + "\n", encoding="utf-8")
    print("\n".join(made))


def main() -> None:
    if sys.argv[1:2] == ["plan"]:
        plan()
        return
    if sys.argv[1:2] == ["report"]:
        report()
        return
    if sys.argv[1:2] == ["tui"]:
        tui()
        return
    if sys.argv[1:2] == ["cohort"]:
        cohort(sys.argv[2:])
        return
    lines = [*heading(), "## Whole processes", "", "Median of 7 runs; × is the ratio to a bare Python.", ""]
    lines += ["| process | CPU ms | × | peak MB |", "|---|---:|---:|---:|"]
    lines += [f"| {row.name} | {row.cpu * 1000:.0f} | {row.ratio:.1f} | {row.peak:.0f} |" for row in process_rows()]
    lines += [
        "",
        "## Inside one process",
        "",
        "Best of 5.",
        "",
        "| work | ms | beside | ms | ratio |",
        "|---|---:|---|---:|---:|",
    ]
    lines += [
        f"| {row.name} | {row.seconds * 1000:.2f} | {row.peer} | {row.peer_seconds * 1000:.2f} | {row.ratio:.2f} |"
        for row in inside_rows()
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines), file=sys.stdout)


if __name__ == "__main__":
    main()
