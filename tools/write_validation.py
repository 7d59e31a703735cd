"""Write docs/validation.md: what the tool suggests for real places and firms, beside what people who know them say.

`python tools/write_validation.py` writes the page; the tests hold that it is fresh.
"""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nqpf_assess.engine.profiles import suggestions
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.answers import Answer, Answers, Reference, RubricReference

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "validation.md"
INSTRUMENTS = ("region", "firm")


@dataclass(frozen=True)
class Placed:
    """One place or firm: what was expected, and the profiles that the tool says fit, the suggested one first."""

    id: str
    name: str
    kind: str
    expected: tuple[str, ...]
    fitting: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the first suggestion is one of those expected."""
        return bool(self.fitting) and self.fitting[0] in self.expected


def placed(instrument: str) -> tuple[Placed, ...]:
    """Ask the tool about every place or firm of the list."""
    library = Library((Root("content", ROOT),))
    book = library.questionnaire(instrument)
    assert book is not None
    chains = [rubric.chain for rubric in library.profiles(book)]
    listed = tomllib.loads((ROOT / "tests" / "places" / f"{instrument}.toml").read_text(encoding="utf-8"))
    found = []
    for id, entry in listed.items():
        answers = Answers(
            format="nqpf-answers/1",
            questionnaire=Reference(id=instrument, version=book.value.version),
            weights=RubricReference(id="baseline", version=book.value.version),
            facts={name: Answer(value=_value(value)) for name, value in entry["facts"].items()},
        )
        judged = suggestions(book.value, chains, answers)
        fitting = tuple(each.profile.id for each in judged if each.fit == "fits")
        found.append(Placed(id, entry["name"]["en"], entry["kind"], tuple(entry["expected"]), fitting))
    return tuple(found)


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def page() -> str:
    """Return the text of the page."""
    lines = [
        "# Does the suggested profile suit real places and firms?",
        "",
        "The lists stand in `tests/places/`: public facts (figures are estimates), and the function that",
        "people who know the place or firm would name, written before the tool was asked. Several: each is right.",
        "中文：清单见 `tests/places/`，先写判断、后测工具；列有多个名称的，任一均可。",
        "",
        "It shows whether facts lead to the right yardstick; it says nothing about scores. One author wrote lists",
        "and profiles: the agreement is an upper bound until others have added places of their own.",
        "",
    ]
    for instrument in INSTRUMENTS:
        rows = placed(instrument)
        agreed = sum(row.agrees for row in rows)
        kinds: dict[str, list[Placed]] = defaultdict(list)
        for row in rows:
            kinds[row.kind].append(row)
        lines += [f"## {instrument.capitalize()}: {agreed} of {len(rows)} as expected", ""]
        lines += ["| kind | as expected | of |", "|---|--:|--:|"]
        lines += [f"| {kind} | {sum(r.agrees for r in found)} | {len(found)} |" for kind, found in kinds.items()]
        lines += ["", "| place or firm | expected | suggested | also fits |", "|---|---|---|---|"]
        for row in rows:
            mark = "" if row.agrees else " ✗"
            first, *others = row.fitting or ("none",)
            lines.append(f"| {row.name} | {' or '.join(row.expected)} | {first}{mark} | {', '.join(others)} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
