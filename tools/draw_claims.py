"""Draw claims of the questionnaires for a look-up: benchmarks, figures, dated sources, examples; with a seed.

`python -m tools.draw_claims [instrument] [seed] [count]` prints ids and words; what became of them stands, by hand, in
docs/content/drawn.toml.
"""

import random
import sys
from collections.abc import Iterator

from tools.write_content_map import questionnaire


def claims(instrument: str) -> Iterator[tuple[str, str]]:
    """Yield every claim that a look-up could refute, with its id."""
    value = questionnaire(instrument)
    for id, question in value.questions.items():
        for index, mark in enumerate(getattr(question, "benchmarks", ())):
            yield f"{instrument}/{id}.{index}", f"{mark.value} {mark.year} {mark.words['en']} [{mark.source}]"
    for id, figure in value.figures.items():
        yield f"{instrument}/{id}", figure.found["en"]
    for id, source in value.sources.items():
        if source.kind in ("policy", "standard", "statistic"):
            yield f"{instrument}/{id}", f"{source.title['zh']} {source.number or ''} {source.year or ''}"
    for id, measure in value.countermeasures.items():
        if measure.examples:
            yield f"{instrument}/{id}", measure.examples["en"]


def drawn(instrument: str, seed: int, count: int) -> list[tuple[str, str]]:
    """Draw claims; the same seed draws the same ones from the same edition."""
    return random.Random(seed).sample(sorted(claims(instrument)), count)


if __name__ == "__main__":
    given = sys.argv[1:]
    for id, said in drawn(given[0] if given else "region", *(int(each) for each in given[1:] or ("2027", "30"))):
        print(id, said, sep="\t")
