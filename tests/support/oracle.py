"""A second, naive reading of scoring.md: what `score --json` must say, worked out from the plain tables of the files.

Written from the contract alone and as unlike the engine as could be: nested dicts instead of models, exact fractions,
recursion without sharing, all corners of the weight box, and a full re-score for every "what if". Slow and meant so.

Readings taken where the contract leaves room are marked READING in the text.
"""

import math
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

Plain = dict[str, Any]

EPSILON = Fraction(1, 10**9)
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


def below(figure: Any, limit: Any) -> bool:
    """Whether a computed figure is truly lower than another; closer than 1e-9 counts as equal."""
    return figure < limit and limit - figure >= EPSILON


def mean(rule: str, parts: list[tuple[Any, Any]]) -> Any:
    """Weighted mean of (weight, score) pairs by the named rule."""
    total = sum(weight for weight, _ in parts)
    if rule == "geometric":
        return math.exp(sum(float(weight / total) * math.log(max(score, 1)) for weight, score in parts))
    return sum(weight * score for weight, score in parts) / total


def log_mean(a: Any, b: Any) -> Any:
    """Logarithmic mean of two figures from 1 upwards; its limit where they meet."""
    if abs(a - b) < EPSILON:
        return a
    return float(a - b) / (math.log(a) - math.log(b))


# ── What was answered ────────────────────────────────────────────────────────


class World:
    """The answers as read: a state and a value for every fact and question, and conditions upon them."""

    def __init__(self, questionnaire: Plain, answers: Plain):
        self.questionnaire = questionnaire
        self.facts: Plain = questionnaire.get("facts", {})
        self.questions: Plain = questionnaire.get("questions", {})
        self.answers = answers
        self._states: dict[str, str] = {}

    def entry(self, id: str) -> Plain:
        return self.answers.get("facts" if id in self.facts else "answers", {}).get(id, {})

    def asked(self, id: str) -> Plain:
        return self.facts[id] if id in self.facts else self.questions[id]

    def value(self, id: str) -> Any:
        """The value in the file in the form of its kind, or None where nothing was said."""
        raw, asked = self.entry(id).get("value"), self.asked(id)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        if asked["kind"] == "multi":
            if not raw and any(option.get("exclusive") for option in asked["options"].values()):
                return None
            return set(raw)
        return Fraction(raw.strip() if isinstance(raw, str) else raw) if asked["kind"] in ("number", "level") else raw

    def file_state(self, id: str) -> str:
        stated = self.entry(id).get("state")
        if stated in ("dk", "na", "later"):
            return stated
        return "blank" if self.value(id) is None else "answered"

    def fact_state(self, id: str) -> str:
        state, fact = self.file_state(id), self.facts[id]
        if state == "answered" and fact["kind"] in ("single", "multi"):
            value = self.value(id)
            ticked = value if isinstance(value, set) else {value}
            if any(fact["options"][option].get("unknown") for option in ticked):
                return "dk"
        return state

    def question_state(self, id: str) -> str:
        question = self.questions[id]
        if self.answers.get("mode") == "quick" and not question.get("core"):
            return "hidden"
        if "show_if" in question and self.holds(question["show_if"]) is not True:
            return "hidden"
        if "na_when" in question and self.holds(question["na_when"]) is True:
            return "na"
        return self.file_state(id)

    def state(self, id: str) -> str:
        if id not in self._states:
            self._states[id] = self.fact_state(id) if id in self.facts else self.question_state(id)
        return self._states[id]

    def holds(self, condition: Plain, dimension_scores: Plain | None = None) -> bool | None:
        """Kleene's three values of a condition: True, False, or None for unknown."""
        if "not" in condition:
            inner = self.holds(condition["not"], dimension_scores)
            return None if inner is None else not inner
        for group, decisive in (("all", False), ("any", True)):
            if group in condition:
                said = [self.holds(part, dimension_scores) for part in condition[group]]
                if decisive in said:
                    return decisive
                return None if None in said else not decisive
        return self._leaf(condition, dimension_scores or {})

    def _leaf(self, leaf: Plain, dimension_scores: Plain) -> bool | None:
        if "dimension" in leaf:
            score = dimension_scores.get(leaf["dimension"])
            return None if score is None else not below(score, Fraction(leaf["score_at_least"]))
        id = leaf["fact"] if "fact" in leaf else leaf["question"]
        state = self.state(id)
        for operator in ("answered", "na"):
            if operator in leaf:
                return (state == operator) == leaf[operator]
        if state != "answered":
            return None
        value = self.value(id)
        if "is" in leaf:
            return value == leaf["is"]
        if "one_of" in leaf:
            return value in leaf["one_of"]
        if "has" in leaf:
            return leaf["has"] in value
        if "at_least" in leaf:
            return value >= Fraction(leaf["at_least"])
        return value <= Fraction(leaf["at_most"])

    # Scores of single questions

    def scale(self, id: str) -> list[tuple[Fraction, Fraction]]:
        question = self.questions[id]
        rows = [case["scale"] for case in question.get("scale_when", []) if self.holds(case["when"]) is True]
        return [(Fraction(x), Fraction(y)) for x, y in (rows or [question["scale"]])[0]]

    def steps(self, id: str) -> list[Fraction]:
        """Every score that a level, option or scale point of the question gives."""
        question = self.questions[id]
        if question["kind"] == "level":
            last = len(question["levels"]) - 1
            return [
                Fraction(level["score"]) if "score" in level else Fraction(100 * number, last)
                for number, level in enumerate(question["levels"])
            ]
        if question["kind"] == "number":
            return [y for _, y in self.scale(id)]
        return [Fraction(option["score"]) for option in question["options"].values()]

    def score(self, id: str) -> Fraction | None:
        """The score an answer earns, None where the question is not answered."""
        if self.state(id) != "answered" or self.questions[id]["kind"] == "text":
            return None
        question, value = self.questions[id], self.value(id)
        if question["kind"] == "level":
            return self.steps(id)[int(value)]
        if question["kind"] == "single":
            return Fraction(question["options"][value]["score"])
        if question["kind"] == "multi":
            return self.ticked(id, value)
        points = self.scale(id)
        if value <= points[0][0]:
            return points[0][1]
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
            if value <= x1:
                return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
        return points[-1][1]

    def ticked(self, id: str, options: set[str]) -> Fraction:
        total = sum((Fraction(self.questions[id]["options"][option]["score"]) for option in options), Fraction(0))
        return min(Fraction(100), total)

    def reach(self, id: str) -> tuple[Fraction, Fraction]:
        """Lowest and highest score an unanswered question could still get."""
        question = self.questions[id]
        if question["kind"] != "multi":
            return min(self.steps(id)), max(self.steps(id))
        free = self.ticked(id, {name for name, option in question["options"].items() if not option.get("exclusive")})
        alone = [Fraction(option["score"]) for option in question["options"].values() if option.get("exclusive")]
        return Fraction(0), min(Fraction(100), max([free, *alone]))

    def next_score(self, id: str) -> Fraction | None:
        """The next higher score, None at the top."""
        present, question = self.score(id), self.questions[id]
        candidates = self.steps(id)
        if question["kind"] == "multi":
            options = question["options"]
            kept = {name for name in self.value(id) if not options[name].get("exclusive")}
            more = [name for name in options if not options[name].get("exclusive") and name not in kept]
            candidates = [self.ticked(id, kept | {name}) for name in more]
        return min((score for score in candidates if below(present, score)), default=None)

    def supported(self, id: str) -> bool:
        entry = self.entry(id)
        if self.questions[id]["kind"] == "number" and entry.get("year") is not None:
            return True
        return any(line.strip() for line in entry.get("evidence", []))


# ── What counts how much ─────────────────────────────────────────────────────


class Rubric:
    """A chain of rubric files, root first, applied to one world: weights, targets, rules, and the ledger."""

    def __init__(self, world: World, chain: list[Plain], overrides: list[Plain], language: str):
        questionnaire = world.questionnaire
        self.pillars = list(questionnaire.get("pillars", {}))
        self.dimensions = {id: table["pillar"] for id, table in questionnaire.get("dimensions", {}).items()}
        self.questions = {id: table["dimension"] for id, table in world.questions.items()}
        self.silent = {id for id, table in world.questions.items() if table["kind"] == "text"}
        root = chain[0]
        self.scoring, self.bands, self.floors = dict(DEFAULTS), {}, {}
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
        for file in chain:
            for adjustment in file.get("adjust", []):
                if "when" not in adjustment or world.holds(adjustment["when"]) is True:
                    self._apply(adjustment, file["id"], adjustment["why"][language])
        for override in overrides:
            self._apply(override, "override", override["why"])

    def _apply(self, row: Plain, origin: str, why: str) -> None:
        node = row["node"]
        self.final[node] *= Fraction(row.get("factor", 1))
        if "target" in row:
            self.stated[node] = row["target"]
        self.steps[node].append(
            {"from": origin, "factor": row.get("factor", 1), "target": row.get("target"), "why": why}
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
        return self.scoring[f"across_{level}"]

    def target(self, dimension: str) -> Fraction:
        own, inherited = self.stated[dimension], self.stated[self.dimensions[dimension]]
        return Fraction(own if own is not None else inherited if inherited is not None else 100)

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
                self._coverage[node] = mean("arithmetic", [(weight, self.coverage(id)) for weight, id in self.kids(node)])
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
        return self.world.score(id) if self.applicable(id) else None

    def score(self, node: str = OVERALL, instead: Plain | None = None) -> Any:
        """The (uncapped) score of a node; `instead` puts other scores in the place of some questions' or dimensions'."""
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
        return scale * float(weight) * math.log(max(target, 1) / max(score, 1))

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

    def one_level_up(self, id: str) -> Any:
        if self.score() is None or self.question_score(id) is None:
            return None
        higher = self.world.next_score(id)
        return 0 if higher is None else self.score(OVERALL, {id: higher}) - self.score()

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
        answered = [id for id in self.rubric.questions if self.question_score(id) is not None]
        return {id: min(self.question_score(id), ceiling) for id in answered if not self.world.supported(id)}


# ── Countermeasures ──────────────────────────────────────────────────────────


class Measures:
    """Which countermeasures are needed and eligible, and what each would add."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.table: Plain = reading.world.questionnaire.get("countermeasures", {})

    def needed(self, id: str) -> bool:
        reading = self.reading
        return any(
            reading.score(dimension) is not None
            and below(reading.score(dimension), Fraction(self.table[id]["when_below"]))
            and below(reading.score(dimension), reading.target(dimension))
            for dimension in self.table[id]["lifts"]
        )

    def eligible(self, id: str) -> bool:
        measure, world = self.table[id], self.reading.world
        if not self.needed(id):
            return False
        if "suits" in measure and world.holds(measure["suits"]) is False:
            return False
        if "unsuits" in measure and world.holds(measure["unsuits"]) is True:
            return False
        return all(not self.needed(other) or self.eligible(other) for other in measure.get("needs", []))

    def lifted(self, ids: list[str]) -> Plain:
        """The scores of the dimensions that a set of measures moves."""
        overlap, found = Fraction(self.reading.rubric.scoring["overlap"]), {}
        for dimension in self.reading.rubric.dimensions:
            points = sorted((Fraction(self.table[id]["lifts"].get(dimension, 0)) for id in ids), reverse=True)
            score, target = self.reading.score(dimension), self.reading.target(dimension)
            if points and score is not None and below(score, target):
                found[dimension] = min(target, score + points[0] + overlap * sum(points[1:]))
        return found

    def gain(self, ids: list[str]) -> Any:
        """What a set of measures adds to the uncapped overall."""
        return self.reading.score(OVERALL, self.lifted(ids)) - self.reading.score()

    def row(self, id: str) -> Plain:
        moved, measure = self.lifted([id]), self.table[id]
        eligible = self.eligible(id)
        gain = self.gain([id]) if eligible and self.reading.score() is not None else None
        return {
            "id": id,
            "eligible": eligible,
            "why_not": eligible,  # only whether it is "" can be compared: see `plain`
            "gain": gain,
            "effort": measure["effort"],
            "priority": None if gain is None else gain / measure["effort"],
            # READING: every dimension named stands there, with 0 where nothing moves.
            "lifts": {
                dimension: moved[dimension] - self.reading.score(dimension) if dimension in moved else 0
                for dimension in measure["lifts"]
            },
        }

    def best_plan(self, budget: int) -> tuple[Any, list[str]]:
        """The best set by trying all: largest gain, then less effort, then fewer, then the ids."""
        eligible = [id for id in self.table if self.eligible(id)]
        best: tuple[Any, int, int, list[str]] = (0, 0, 0, [])
        for picks in product((False, True), repeat=len(eligible)):
            ids = sorted(id for id, pick in zip(eligible, picks, strict=True) if pick)
            effort = sum(self.table[id]["effort"] for id in ids)
            pending = {other for id in ids for other in self.table[id].get("needs", []) if self.needed(other)}
            if effort > budget or not pending <= set(ids):
                continue
            gain = self.gain(ids)
            better = below(best[0], gain)
            if better or (not below(gain, best[0]) and (effort, len(ids), ids) < best[1:]):
                best = (gain, effort, len(ids), ids)
        return best[0], best[3]


# ── The object of `score --json` ─────────────────────────────────────────────


def _named_questions(condition: Plain) -> list[str]:
    parts = condition.get("all") or condition.get("any") or ([condition["not"]] if "not" in condition else [])
    found = [condition["question"]] if "question" in condition else []
    return list(dict.fromkeys(found + [id for part in parts for id in _named_questions(part)]))


def _overall(reading: Reading, root: Reading) -> Plain:
    score, rubric = reading.score(), reading.rubric
    final = reading.capped(score, reading.score)
    backed = reading.evidence_backed
    moved = rubric.spread

    def end(which: int, by_confidence: Plain | None) -> Any:
        return reading.capped(
            reading.end(OVERALL, which, by_confidence), lambda node: reading.end(node, which, by_confidence)
        )

    def robust(which: int) -> Any:
        return reading.capped(reading.robust(OVERALL)[which], lambda node: reading.robust(node)[which])

    reached = [
        (Fraction(band["from"]), id)
        for id, band in rubric.bands.items()
        if final is not None and not below(final, Fraction(band["from"]))
    ]
    return {
        "score": final,
        "uncapped": score,
        "low": end(0, None),
        "high": end(1, None),
        "confidence_low": end(0, moved),
        "confidence_high": end(1, moved),
        "coverage": reading.coverage(OVERALL) if reading.applicable(OVERALL) else None,
        "band": max(reached)[1] if reached else None,
        "target": reading.target(OVERALL),
        "gap": reading.gap(OVERALL),
        "shortfall": None if score is None else sum(reading.weighted(1).values()),
        "surplus": None if score is None else sum(reading.weighted(-1).values()),
        "baseline_score": root.capped(root.score(), root.score),
        "evidence_backed": reading.capped(
            reading.score(OVERALL, backed), lambda node: reading.score(node, backed)
        ),
        "robust_low": robust(0),
        "robust_high": robust(1),
        # READING: a floor that fires is listed even where the overall has no score to cap.
        "floors": reading.fired(reading.score),
    }


def _state(reading: Reading, node: str) -> str:
    if reading.is_question(node):
        return reading.world.state(node)
    if not reading.applicable(node):
        return "not_assessed"
    return "no_score" if reading.score(node) is None else "scored"


def _node(reading: Reading, node: str) -> Plain:
    rubric, applies = reading.rubric, reading.applicable(node)
    level = "pillar" if node in rubric.pillars else "dimension" if node in rubric.dimensions else "question"
    return {
        "id": node,
        "level": level,
        "parent": rubric.parent(node) or None,
        "state": _state(reading, node),
        "score": reading.score(node),
        "low": reading.end(node, 0),
        "high": reading.end(node, 1),
        # READING: a hidden or na question is "not assessed", so its coverage is null.
        "coverage": reading.coverage(node) if applies else None,
        "weight": rubric.normalised(node, rubric.final),
        "effective_weight": reading.effective(node),
        "applicable_weight": reading.applicable_weight(node),
        "baseline_weight": rubric.normalised(node, rubric.baseline),
        "target": reading.target(node),
        "gap": reading.gap(node),
        "contribution": reading.contribution(node),
        "share": reading.share(node),
        "one_level_up": reading.one_level_up(node) if level == "question" else None,
        "weakest_three": reading.weakest_three(node) if level == "pillar" else None,
    }


def _ledger_row(rubric: Rubric, node: str) -> Plain:
    return {
        "node": node,
        "baseline": rubric.baseline[node],
        "steps": rubric.steps[node],
        "final": rubric.final[node],
        "share_baseline": rubric.share(node, rubric.baseline),
        "share_final": rubric.share(node, rubric.final),
        "target": rubric.target(node) if node in rubric.dimensions else rubric.stated[node],
    }


def plain(value: Any) -> Any:
    """Numbers of every kind as floats, all else as it is."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, bool) or not isinstance(value, Fraction | Decimal | int):
        return value
    return float(value)


def readings(questionnaire: Plain, chain: list[Plain], answers: Plain, language: str = "en") -> tuple[Reading, Reading]:
    """The answers under the whole chain with the overrides, and under the root alone."""
    world = World(questionnaire, answers)
    local = Rubric(world, chain, answers.get("override", []), language)
    return Reading(world, local), Reading(world, Rubric(world, chain[:1], [], language))


def score_json(questionnaire: Plain, chain: list[Plain], answers: Plain, language: str = "en") -> Plain:
    """What `score --json` must hold, but ids, versions and digests of the files; `why_not`: whether it is ""."""
    reading, root = readings(questionnaire, chain, answers, language)
    rubric, measures = reading.rubric, Measures(reading)
    dimension_scores = {id: reading.score(id) for id in rubric.dimensions}
    fired = {
        id: check
        for id, check in questionnaire.get("checks", {}).items()
        if reading.world.holds(check["when"], dimension_scores) is True
    }
    return plain(
        {
            "overall": _overall(reading, root),
            "balance": reading.balance(),
            "nodes": [_node(reading, node) for node in rubric.nodes()],
            "ledger": [_ledger_row(rubric, node) for node in rubric.nodes()],
            "checks": [
                {"id": id, "message": check["message"][language], "questions": _named_questions(check["when"])}
                for id, check in fired.items()
            ],
            "countermeasures": [measures.row(id) for id in measures.table],
        }
    )
