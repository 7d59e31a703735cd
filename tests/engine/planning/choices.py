"""Small random choices, and the best plan of each found by trying every set."""

import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from nqpf_assess.engine.gaps import gain_of, reasons
from nqpf_assess.engine.scoring import Assessed, assess
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.plan import Wishes
from nqpf_assess.model.questionnaire import HORIZONS
from tests.support.instruments import Case
from tests.support.scored import instrument_of, sample
from tests.support.varied import tiny

MEANS = ("arithmetic", "geometric")
SCORES = ("0", "0.5", "12", "20", "35.5", "50", "61", "80", "100")
POINTS = (5, 10, 10, 12, 20, 33)
ACTS = ("county", "city", "province")


def seeds(count: int) -> Sequence[int]:
    """Seeds of so many cases; NQPF_TEST_BUDGET multiplies them."""
    return range(sample(count))


def assessed_of(case: Case) -> Assessed:
    return assess(instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers))


def random_case(seed: int, *, most: int = 8, means: tuple[str, str] | None = None) -> Case:
    """A few pillars and dimensions, and a few measures with prerequisites; round figures, so that many sets tie."""
    draw = random.Random(seed)
    names = [(f"p{p}", f"d{p}{d}") for p in range(draw.randint(1, 3)) for d in range(draw.randint(1, 3))]
    scores: dict[str, dict[str, Any]] = {}
    for pillar, dimension in names:
        scores.setdefault(pillar, {})[dimension] = draw.choice(SCORES) if draw.random() < 0.93 else None
    nodes = sorted({node for pair in names for node in pair})
    pillars, dimensions = means or (draw.choice(MEANS), draw.choice(MEANS))
    overlap, equal = draw.choice(("0", "0.3", "0.5", "1")), draw.random() < 0.4
    case = tiny(
        scores,
        targets={node: draw.choice((60, 70, 85)) for node in nodes if draw.random() < 0.7},
        scoring={"across_pillars": pillars, "across_dimensions": dimensions, "overlap": Decimal(overlap)},
        weights={node: 1 if equal else draw.randint(1, 5) for node in nodes},
    )
    case.questionnaire["countermeasures"] = _measures(draw, [d for _, d in names], most)
    return case


def _measures(draw: random.Random, dimensions: Sequence[str], most: int) -> dict[str, Any]:
    ids = [f"m{number}" for number in range(draw.randint(1, most))]
    draw.shuffle(ids)
    return {id: _measure(draw, dimensions, ids[:place]) for place, id in enumerate(ids)}


def _measure(draw: random.Random, dimensions: Sequence[str], before: Sequence[str]) -> dict[str, Any]:
    lifted = draw.sample(list(dimensions), min(len(dimensions), draw.choice((1, 1, 2, 3))))
    plain = {"title": {"en": "x"}, "gist": {"en": "x"}, "lead": {"en": "x"}, "kpi": {"en": "x"}}
    return {
        **plain,
        "lifts": {dimension: draw.choice(POINTS) for dimension in lifted},
        "when_below": draw.choice((55, 90, 90)),
        "effort": draw.randint(1, 4),
        "horizon": draw.choice(HORIZONS),
        "acts": draw.choice(ACTS),
        "needs": draw.sample(list(before), 1) if before and draw.random() < 0.4 else [],
    }


class Brute:
    """Every set that may be chosen, with its exact gain."""

    def __init__(self, assessed: Assessed, wishes: Wishes) -> None:
        self.assessed, self.wishes = assessed, wishes
        self.measures = assessed.instrument.questionnaire.countermeasures
        self.eligible = {id for id, why in reasons(assessed).items() if not why["en"]} - {*wishes.done}
        self.may = sorted(id for id in self.eligible if all(self._wished(other) for other in self._closed({id})))
        self.sets = [(self.gain(ids), self.effort(ids), ids) for ids in self._sets()]

    def _wished(self, id: str) -> bool:
        acts = self.wishes.acts
        return id not in self.wishes.without and (not acts or self.measures[id].acts in acts)

    def _sets(self) -> Iterator[tuple[str, ...]]:
        must = self._closed(set(self.wishes.must) & set(self.may))
        for size in range(len(self.may) + 1):
            for ids in combinations(self.may, size):
                chosen = set(ids)
                if must <= chosen and self._closed(chosen) == chosen and self._in_phases(ids):
                    yield ids

    def _closed(self, ids: set[str]) -> set[str]:
        found = set(ids)
        for id in ids:
            found |= self._closed({need for need in self.measures[id].needs if need in self.eligible})
        return found

    def _in_phases(self, ids: Sequence[str]) -> bool:
        spent = dict.fromkeys(HORIZONS, 0)
        for id in ids:
            before = self._closed({id}) & set(ids)
            spent[HORIZONS[max(HORIZONS.index(self.measures[b].horizon) for b in before)]] += self.measures[id].effort
        return all(spent[phase] <= limit for phase, limit in self.wishes.by_phase.items())

    def effort(self, ids: Sequence[str]) -> int:
        return sum(self.measures[id].effort for id in ids)

    def gain(self, ids: Sequence[str]) -> float:
        return gain_of(self.assessed, [self.measures[id] for id in ids])

    def best(self, budget: int) -> tuple[float, list[str]] | None:
        """The largest gain, and of the sets within 1e-9 of it the one with less effort, fewer, then the first by id."""
        within = [entry for entry in self.sets if entry[1] <= budget]
        if not within:
            return None
        most = max(gain for gain, _, _ in within)
        tied = [(effort, len(ids), list(ids)) for gain, effort, ids in within if most - gain < 1e-9]
        return most, min(tied)[2]
