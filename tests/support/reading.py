"""The second half of the oracle: rubrics, and every figure of answers under one (see `oracle`)."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

from tests.support.world import EPSILON, Plain, World, below

DEFAULTS: Plain = {
    "across_pillars": "arithmetic",
    "across_dimensions": "arithmetic",
    "across_questions": "arithmetic",
    "minimum_coverage": Decimal("0.5"),
    "confidence_spread": {},
    "unsupported_ceiling": 60,
    "weight_spread": Decimal("0.25"),
    "overlap": Decimal("0.5"),
}
SPREAD = {"high": 0, "medium": 5, "low": 15}
OVERALL = ""


def mean(rule: str, parts: list[tuple[Any, Any]]) -> Any:
    """Weighted mean of (weight, score) pairs by the named rule."""
    total = sum(weight for weight, _ in parts)
    if rule == "geometric":
        return math.exp(sum(float(weight / total) * math.log(max(score, 1)) for weight, score in parts))
    return sum(weight * score for weight, score in parts) / total


def log_mean(a: Any, b: Any) -> Any:
    """Logarithmic mean of two figures from 1 upwards; its limit where they meet."""
    return a if a == b else float(a - b) / math.log1p(float(a - b) / float(b))


# ── What counts how much ─────────────────────────────────────────────────────


class Rubric:
    """A chain of rubric files, root first, applied to one world: weights, targets, rules, and the ledger."""

    def __init__(
        self,
        world: World,
        chain: list[Plain],
        overrides: list[Plain],
        language: str,
        further: Sequence[tuple[list[Plain], Decimal]] = (),
    ):
        questionnaire = world.questionnaire
        self.pillars = list(questionnaire.get("pillars", {}))
        self.dimensions = {id: table["pillar"] for id, table in questionnaire.get("dimensions", {}).items()}
        self.questions = {id: table["dimension"] for id, table in world.questions.items()}
        self.silent = {id for id, table in world.questions.items() if table["kind"] == "text"}
        root = chain[0]
        self.bands: Plain = {}
        self.floors: Plain = {}
        self.scoring: Plain = dict(DEFAULTS)
        for file in chain:
            self.scoring |= file.get("scoring", {})
            self.bands |= file.get("bands", {})
            self.floors |= file.get("floors", {})
        # READING: a confidence_spread replaces the base's whole; a key it leaves out has the contract's default.
        self.spread = SPREAD | self.scoring["confidence_spread"]
        nodes = self.nodes()
        self.baseline = {id: Fraction(root.get("weights", {}).get(id, 1)) for id in nodes}
        # READING: "all weights 0" of a text question holds for its ledger row too.
        self.baseline |= dict.fromkeys(self.silent, Fraction(0))
        self.final = dict(self.baseline)
        self.stated: Plain = {id: root.get("targets", {}).get(id) for id in nodes}
        self.steps: dict[str, list[Plain]] = {id: [] for id in nodes}
        others = sorted(further, key=lambda part: part[0][-1]["id"])
        self.shares = [
            1 - sum((Fraction(share) for _, share in others), Fraction(0)),
            *(Fraction(s) for _, s in others),
        ]
        self.under: list[Plain] = []
        products = []
        for share, files in zip(self.shares, [chain, *(files for files, _ in others)], strict=True):
            product, stated = dict.fromkeys(nodes, Fraction(1)), dict(self.stated)
            for file in files:
                for row in file.get("adjust", []):
                    if "when" not in row or world.holds(row["when"]) is True:
                        product[row["node"]] *= Fraction(row.get("factor", 1))
                        stated[row["node"]] = row.get("target", stated[row["node"]])
                        self._note(row, file["id"], row["why"][language], share)
            products.append(product)
            self.under.append(stated)
        for node in nodes:
            self.final[node] *= self._blended([product[node] for product in products])
        if others:
            self._tighten([chain, *(files for files, _ in others)])
        self.by_hand: Plain = {}
        for row in overrides:
            self.final[row["node"]] *= Fraction(row.get("factor", 1))
            if "target" in row:
                self.by_hand[row["node"]] = row["target"]
            self._note(row, "override", row["why"], 1)
        self.stated = {node: self._pillar_target(node) for node in self.pillars}

    def _blended(self, products: list[Fraction]) -> Any:
        """The factors of the profiles, each to the power of its share; those that switch off are left out."""
        kept = [(share, product) for share, product in zip(self.shares, products, strict=True) if product]
        if len(products) == 1 or not kept:
            return products[0]
        mass = sum(share for share, _ in kept)
        return math.prod(float(product) ** float(share / mass) for share, product in kept)

    def _tighten(self, chains: list[list[Plain]]) -> None:
        """For each node the highest `below` and the lowest `cap` of all."""
        tables: list[Plain] = [{} for _ in chains]
        for table, files in zip(tables, chains, strict=True):
            for file in files:
                table.update(file.get("floors", {}))
        every = [floor for table in tables for floor in table.values()]
        found: Plain = {}
        for table, files in zip(tables, chains, strict=True):
            for id, floor in table.items():
                mine = id not in found or found[id]["node"] == floor["node"]
                found.setdefault(id if mine else f"{id}_{files[-1]['id']}", floor)
        for id, floor in found.items():
            same = [other for other in every if other["node"] == floor["node"]]
            tight = {"below": max(f["below"] for f in same), "cap": min(f["cap"] for f in same)}
            found[id] = floor | tight
        self.floors = found

    def _pillar_target(self, pillar: str) -> Any:
        if pillar in self.by_hand:
            return self.by_hand[pillar]
        stated = [under[pillar] for under in self.under]
        if all(target is None for target in stated):
            return None
        return sum(s * Fraction(100 if t is None else t) for s, t in zip(self.shares, stated, strict=True))

    def _note(self, row: Plain, origin: str, why: str, share: Any) -> None:
        self.steps[row["node"]].append(
            {
                "from": origin,
                "share": share,
                "factor": row.get("factor", 1),
                "target": row.get("target"),
                "why": why,
                "target_why": "",
            }
        )

    def nodes(self) -> list[str]:
        """Parents before children, siblings in file order."""
        found = []
        for pillar in self.pillars:
            found.append(pillar)
            for dimension in self.children(pillar):
                found += [dimension, *self.children(dimension)]
        return found

    def children(self, node: str) -> list[str]:
        if node == OVERALL:
            return self.pillars
        table = self.dimensions if node in self.pillars else self.questions
        return [id for id, parent in table.items() if parent == node]

    def parent(self, node: str) -> str:
        return OVERALL if node in self.pillars else (self.dimensions | self.questions)[node]

    def rule(self, node: str) -> str:
        level = "pillars" if node == OVERALL else "dimensions" if node in self.pillars else "questions"
        return str(self.scoring[f"across_{level}"])

    def target(self, dimension: str) -> Fraction:
        pillar = self.dimensions[dimension]
        if dimension in self.by_hand:
            return Fraction(self.by_hand[dimension])
        if pillar in self.by_hand and all(under[dimension] is None for under in self.under):
            return Fraction(self.by_hand[pillar])
        total = Fraction(0)
        for share, under in zip(self.shares, self.under, strict=True):
            own, inherited = under[dimension], under[pillar]
            total += share * Fraction(own if own is not None else inherited if inherited is not None else 100)
        return total

    def normalised(self, node: str, weights: dict[str, Fraction]) -> Fraction:
        """A weight among all its siblings, whatever was answered."""
        total = sum(weights[id] for id in self.children(self.parent(node)))
        return weights[node] / total if total else Fraction(0)

    def share(self, node: str, weights: dict[str, Fraction]) -> Fraction:
        own = self.normalised(node, weights)
        return own if node in self.pillars else own * self.share(self.parent(node), weights)


# ── Figures of one assessment under one rubric ───────────────────────────────


class Reading:
    """Scores, ranges, weights and what-ifs of one world under one rubric, by plain recursion."""

    def __init__(self, world: World, rubric: Rubric):
        self.world, self.rubric = world, rubric
        self._applicable: dict[str, bool] = {}
        self._coverage: dict[str, Fraction] = {}
        self._robust: dict[str, tuple[Any, Any]] = {}
        self._scores: Plain = {}
        self._answered: dict[str, Fraction | None] = {}

    def is_question(self, node: str) -> bool:
        return node in self.rubric.questions

    def kids(self, node: str) -> list[tuple[Fraction, str]]:
        """The applicable children with their final weights."""
        return [(self.rubric.final[id], id) for id in self.rubric.children(node) if self.applicable(id)]

    def applicable(self, node: str) -> bool:
        """Whether something below (or the question itself) is neither na, hidden, switched off nor mere text."""
        if node not in self._applicable:
            self._applicable[node] = self._is_applicable(node)
        return self._applicable[node]

    def _is_applicable(self, node: str) -> bool:
        if node == OVERALL:
            return any(self.applicable(id) for id in self.rubric.pillars)
        above, is_off = node, False
        while above != OVERALL:
            is_off = is_off or self.rubric.final[above] == 0
            above = self.rubric.parent(above)
        if is_off:
            return False
        if self.is_question(node):
            return node not in self.rubric.silent and self.world.state(node) not in ("hidden", "na")
        return any(self.applicable(id) for id in self.rubric.children(node))

    def coverage(self, node: str) -> Fraction:
        if node not in self._coverage:
            if self.is_question(node):
                self._coverage[node] = Fraction(self.world.state(node) == "answered")
            else:
                self._coverage[node] = mean(
                    "arithmetic", [(weight, self.coverage(id)) for weight, id in self.kids(node)]
                )
        return self._coverage[node]

    def applicable_weight(self, node: str) -> Fraction:
        if node == OVERALL:
            return Fraction(1)
        if not self.applicable(node):
            return Fraction(0)
        parent = self.rubric.parent(node)
        total = sum(weight for weight, _ in self.kids(parent))
        return self.applicable_weight(parent) * self.rubric.final[node] / total

    def question_score(self, id: str) -> Fraction | None:
        if id not in self._answered:
            self._answered[id] = self.world.score(id) if self.applicable(id) else None
        return self._answered[id]

    def score(self, node: str = OVERALL, instead: Plain | None = None) -> Any:
        """The (uncapped) score of a node; `instead` puts other scores in the place of those of some parts."""
        if instead:
            return self._score(node, instead)
        if node not in self._scores:
            self._scores[node] = self._score(node, None)
        return self._scores[node]

    def _score(self, node: str, instead: Plain | None) -> Any:
        if not self.applicable(node):
            return None
        if self.is_question(node):
            present = self.question_score(node)
            return present if present is None else (instead or {}).get(node, present)
        parts = [(weight, self.score(id, instead)) for weight, id in self.kids(node)]
        parts = [(weight, score) for weight, score in parts if score is not None]
        if not parts or below(self.coverage(node), Fraction(self.rubric.scoring["minimum_coverage"])):
            return None
        return (instead or {}).get(node) if node in (instead or {}) else mean(self.rubric.rule(node), parts)

    def end(self, node: str, which: int, moved: Plain | None = None) -> Any:
        """One end (0 low, 1 high) of the range; `moved`: points by which answered scores may be off, by confidence."""
        if not self.applicable(node):
            return None
        if self.is_question(node):
            score = self.question_score(node)
            if score is None:
                return self.world.reach(node)[which]
            points = Fraction((moved or {}).get(self.world.entry(node).get("confidence", "medium"), 0))
            return min(Fraction(100), max(Fraction(0), score + (points if which else -points)))
        return mean(self.rubric.rule(node), [(weight, self.end(id, which, moved)) for weight, id in self.kids(node)])

    def scored(self, node: str) -> list[tuple[Fraction, str]]:
        """The children that carry something, with their final weights."""
        return [(weight, id) for weight, id in self.kids(node) if self.score(id) is not None]

    def local(self, node: str) -> Fraction:
        """The weight of a scored node renormalised among its scored siblings."""
        return self.rubric.final[node] / sum(weight for weight, _ in self.scored(self.rubric.parent(node)))

    def effective(self, node: str) -> Fraction:
        if node == OVERALL:
            return Fraction(self.score() is not None)
        if self.score(node) is None:
            return Fraction(0)
        above = self.effective(self.rubric.parent(node))
        return above * self.local(node) if above else Fraction(0)

    def fired(self, figure: Any) -> list[str]:
        """The floors whose node's figure lies below."""
        return [
            id
            for id, floor in self.rubric.floors.items()
            if figure(floor["node"]) is not None and below(figure(floor["node"]), Fraction(floor["below"]))
        ]

    def capped(self, overall: Any, figure: Any) -> Any:
        if overall is None:
            return None
        return min([overall, *(Fraction(self.rubric.floors[id]["cap"]) for id in self.fired(figure))])

    # Targets, gaps and their parts

    def target(self, node: str) -> Any:
        if node in self.rubric.dimensions:
            return self.rubric.target(node)
        if self.is_question(node) or self.score(node) is None:
            return None
        return mean(self.rubric.rule(node), [(weight, self.target(id)) for weight, id in self.scored(node)])

    def gap(self, node: str) -> Any:
        score = self.score(node)
        return None if score is None or self.is_question(node) else self.target(node) - score

    def contribution(self, node: str) -> Any:
        if self.score() is None or self.score(node) is None or self.is_question(node):
            return None
        parent = self.rubric.parent(node)
        if self.score(parent) is None:
            return Fraction(0)
        return self._handed_down(parent) * self._part(node)

    def _part(self, node: str) -> Any:
        """What a child adds to the gap of its parent, by the rule of the parent."""
        parent = self.rubric.parent(node)
        weight, target, score = self.local(node), self.target(node), self.score(node)
        if self.rubric.rule(parent) == "arithmetic":
            return weight * (target - score)
        scale = log_mean(self.target(parent), self.score(parent))
        target, score = max(target, 1), max(score, 1)
        return scale * float(weight) * math.log1p(float(target - score) / float(score))

    def _handed_down(self, node: str) -> Any:
        """The factor k of a parent: its contribution for each point of its own gap."""
        if node == OVERALL:
            return 1
        if abs(self.gap(node)) >= Fraction(1, 10**7):
            return self.contribution(node) / self.gap(node)
        if self.rubric.rule(OVERALL) == "arithmetic":
            return self.local(node)
        return log_mean(self.target(OVERALL), self.score()) * float(self.local(node)) / max(self.score(node), 1)

    def weighted(self, sign: int) -> dict[str, Any]:
        """W · max(0, T - s) of every scored dimension (sign 1), or W · max(0, s - T) (sign -1)."""
        scored = [id for id in self.rubric.dimensions if self.score(id) is not None]
        points = {id: sign * self.gap(id) for id in scored}
        return {id: self.effective(id) * (gap if gap >= EPSILON else 0) for id, gap in points.items()}

    def share(self, node: str) -> Any:
        if self.score() is None or self.score(node) is None or self.is_question(node):
            return None
        parts = self.weighted(1)
        total = sum(parts.values())
        if not total:
            return None
        members = [node] if node in self.rubric.dimensions else self.rubric.children(node)
        return sum(parts.get(id, 0) for id in members) / total

    def answer_gain(self, id: str, higher: Any) -> tuple[Any, Any]:
        """What another score of a question adds to the overall, before the floors and after."""
        if self.score() is None or self.question_score(id) is None:
            return None, None
        return (0, 0) if higher is None else self.gain({id: higher})

    def gain(self, instead: Plain) -> tuple[Any, Any]:
        """What other scores of some parts add to the overall, before the floors and after."""
        after = self.score(OVERALL, instead)
        floored = self.capped(after, lambda node: self.score(node, instead))
        return after - self.score(), floored - self.capped(self.score(), self.score)

    def one_level_up(self, id: str) -> tuple[Any, Any]:
        # A question of kind text has no next score to be asked for.
        scored = self.question_score(id) is not None
        return self.answer_gain(id, self.world.next_score(id) if scored else None)

    def to_target(self, id: str) -> tuple[Any, Any]:
        target, score = self.rubric.target(self.rubric.questions[id]), self.question_score(id)
        return self.answer_gain(id, target if score is not None and below(score, target) else None)

    # Balance and robustness

    def balance(self) -> Plain:
        parts = [(weight, self.score(id)) for weight, id in self.scored(OVERALL)]
        shares = [float(score) / 100 for _, score in parts]
        count, names = len(shares), ("coupling", "coordination", "modified_coupling")
        if count < 2 or not any(shares):
            return dict.fromkeys(names)
        if not all(shares):
            return dict.fromkeys(names, 0)
        coupling = count * math.prod(shares) ** (1 / count) / sum(shares)
        apart = sum(abs(a - b) for i, a in enumerate(shares) for b in shares[:i]) / (count * (count - 1) / 2)
        lower = sorted(shares)[:-1]
        near = math.prod(share / max(shares) for share in lower) ** (1 / (count - 1))
        level = float(mean("arithmetic", parts)) / 100
        return dict(
            zip(names, (coupling, math.sqrt(coupling * level), math.sqrt(max(0, 1 - apart) * near)), strict=True)
        )

    def robust(self, node: str) -> tuple[Any, Any]:
        """Lowest and highest score of a node over all corners of the box of weights, (None, None) without a score."""
        if node not in self._robust:
            self._robust[node] = self._over_corners(node)
        return self._robust[node]

    def _over_corners(self, node: str) -> tuple[Any, Any]:
        score = self.score(node)
        if self.is_question(node) or score is None:
            return score, score
        kids, rule = self.scored(node), self.rubric.rule(node)
        spread = Fraction(self.rubric.scoring["weight_spread"])
        ends = [self.robust(id) for _, id in kids]
        lows, highs = [], []
        for corner in product((1 - spread, 1 + spread), repeat=len(kids)):
            weights = [weight * factor for (weight, _), factor in zip(kids, corner, strict=True)]
            if any(weights):
                lows.append(mean(rule, [(weight, end[0]) for weight, end in zip(weights, ends, strict=True)]))
                highs.append(mean(rule, [(weight, end[1]) for weight, end in zip(weights, ends, strict=True)]))
        return min(lows), max(highs)

    def weakest_three(self, pillar: str) -> str | None:
        if self.score(pillar) is None:
            return None
        low, high = self.robust(pillar)
        others = [self.robust(id) for _, id in self.scored(OVERALL) if id != pillar]
        if len(others) < 3 or sum(below(other[0], high) for other in others) < 3:
            return "always"
        return "never" if sum(below(other[1], low) for other in others) >= 3 else "sometimes"

    @cached_property
    def evidence_backed(self) -> "Plain":
        """Scores that stand in place of unsupported ones above the ceiling."""
        ceiling = Fraction(self.rubric.scoring["unsupported_ceiling"])
        scores = {id: self.question_score(id) for id in self.rubric.questions}
        answered = {id: score for id, score in scores.items() if score is not None}
        return {id: min(score, ceiling) for id, score in answered.items() if not self.world.supported(id)}
