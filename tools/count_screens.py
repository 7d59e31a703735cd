"""How many screens does a first quick report cost? Counted for the real places and firms of `tests/places/`.

`python -m tools.count_screens` walks each as the app leads it, by the same functions: its name and facts as they are
listed, every question answered. A screen is a page on which somebody presses a key; `tests/tui/test_first_hour.py`
counts the same in a terminal.
"""

import statistics
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.kinds import kind_of
from nqpf_assess.session.answering import Session, new_answers
from nqpf_assess.session.desk import BASELINE, Chains, know
from nqpf_assess.session.divisions import LEVEL_FACT, level_of
from nqpf_assess.session.way import PROFILE, RESULTS, after_fact, after_question

LISTED = Path(__file__).resolve().parent.parent / "tests" / "places"
PAGES = ("start page", "name and year", "weights that fit", "results", "the brief")
"""What somebody sees besides facts and questions."""


class Nowhere:
    """Keeps nothing."""

    def save(self, answers: object) -> None:
        """Keep nothing."""


def screens(library: Library, kind: str, entry: dict[str, Any]) -> Counter[str]:
    """Count the screens of one place or firm, by what they are."""
    instrument, _problems = library.instrument(kind, BASELINE)
    assert instrument is not None
    answers = new_answers(instrument, language="zh", mode="quick")
    session = Session(instrument, answers, Nowhere(), lambda: datetime.now(UTC), chains=Chains(library, instrument))
    if kind == "region" and (level := level_of(entry["name"]["zh"])):
        know(session, LEVEL_FACT, level)
    seen = Counter({"page": len(PAGES)})

    def fact(id: str) -> None:
        seen["fact"] += 1
        value = entry["facts"].get(id)
        held = {"value": tuple(value) if isinstance(value, list) else value} if value is not None else {"state": "dk"}
        session.put("facts", id, **held)

    while (place := after_fact(session)) != PROFILE:
        fact(place[1])
    session.choose_profile(session.suggested()[0].chain)
    at: str | None = None
    while (place := after_question(session, at)) != RESULTS:
        if place[0] == "facts":
            fact(place[1])
            continue
        at = place[1]
        seen["question"] += 1
        asked = session.asked("answers", at)
        choices = kind_of(asked).choices(asked)
        session.put(
            "answers", at, **({"value": choices[0].value} if choices and not choices[0].alone else {"state": "dk"})
        )
    return seen


def main() -> None:
    """Print the median of each list, with its parts and its ends."""
    library = Library(roots(()))
    for kind in ("region", "firm"):
        listed = tomllib.loads((LISTED / f"{kind}.toml").read_text(encoding="utf-8"))
        found = [screens(library, kind, entry) for entry in listed.values()]
        sums = sorted(sum(seen.values()) for seen in found)
        parts = ", ".join(f"{part} {statistics.median(seen[part] for seen in found):g}" for part in sorted(found[0]))
        print(f"{kind}: {len(found)} walked, median {statistics.median(sums):g}, {sums[0]} to {sums[-1]} ({parts})")


if __name__ == "__main__":
    main()
