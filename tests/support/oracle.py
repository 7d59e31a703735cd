"""A second, naive reading of scoring.md: what `score --json` must say, worked out from the plain tables of the files.

Written from the contract alone and as unlike the engine as could be: nested dicts instead of models, exact fractions,
recursion without sharing, all corners of the weight box, and a full re-score for every "what if". Slow and meant so.

Readings taken where the contract leaves room are marked READING in the text.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from tests.support.reading import OVERALL, Reading, Rubric
from tests.support.world import Plain, World, below

__all__ = ["Measures", "Plain", "World", "readings", "score_json"]

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
            and not below(reading.score(dimension), Fraction(self.table[id].get("when_at_least", 0)))
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
        return self.gains(ids)[0]

    def gains(self, ids: list[str]) -> tuple[Any, Any]:
        """What a set of measures adds to the overall, before the floors and after."""
        return self.reading.gain(self.lifted(ids))

    def kpi(self, id: str) -> Plain:
        """The figure a KPI speaks of, and the goal."""
        found: Plain = {"question": self.table[id].get("kpi_question"), "now": None, "goal": None}
        question, world = found["question"], self.reading.world
        if question is None or world.state(question) != "answered":
            return found
        raw = world.entry(question)["value"]
        found["now"] = ";".join(raw) if isinstance(raw, list | tuple) else str(raw).strip()
        dimension, score = self.reading.rubric.questions[question], world.score(question)
        target = self.reading.rubric.target(dimension)
        assert score is not None  # what is answered has a score
        wanted = min(target, score + Fraction(self.table[id]["lifts"].get(dimension, 0)))
        if below(score, wanted):
            found["goal"] = world.goal(question, score, wanted)
        return found

    def row(self, id: str) -> Plain:
        moved, measure = self.lifted([id]), self.table[id]
        eligible = self.eligible(id)
        scored = eligible and self.reading.score() is not None
        gain, floored = self.gains([id]) if scored else (None, None)
        return {
            "id": id,
            "eligible": eligible,
            "why_not": eligible,  # only whether it is "" can be compared: see `plain`
            "gain": gain,
            "gain_after_floors": floored,
            "effort": measure["effort"],
            "priority": None if gain is None else gain / measure["effort"],
            # READING: every dimension named stands there, with 0 where nothing moves.
            "lifts": {
                dimension: moved[dimension] - self.reading.score(dimension) if dimension in moved else 0
                for dimension in measure["lifts"]
            },
            "kpi": self.kpi(id),
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


def _shown(world: World, id: str, language: str) -> str | None:
    """An answer in few words, None where there is none."""
    if id not in world.facts | world.questions or world.state(id) != "answered":
        return None
    value, options = world.value(id), world.asked(id).get("options", {})
    if isinstance(value, set):
        return ("、" if language == "zh" else ", ").join(
            row[language] for name, row in options.items() if name in value
        )
    if isinstance(value, Fraction):
        return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return str(options[value][language] if options else value)


def _message(world: World, said: str, language: str) -> str:
    """READING: `{id}` of a question or fact in a check's message stands for its answer, where it is answered."""
    return re.sub(r"\{(\w+)\}", lambda found: _shown(world, found[1], language) or found[0], said)


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
        "evidence_backed": reading.capped(reading.score(OVERALL, backed), lambda node: reading.score(node, backed)),
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
    up = reading.one_level_up(node) if level == "question" else (None, None)
    aim = reading.to_target(node) if level == "question" else (None, None)
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
        "one_level_up": up[0],
        "one_level_up_after_floors": up[1],
        "to_target": aim[0],
        "to_target_after_floors": aim[1],
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
        "target": rubric.target(node) if node in rubric.dimensions else rubric.stated.get(node),
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


def readings(
    questionnaire: Plain,
    chain: list[Plain],
    answers: Plain,
    language: str = "en",
    further: Sequence[tuple[list[Plain], Decimal]] = (),
) -> tuple[Reading, Reading]:
    """The answers under the whole chain with the overrides, and under the root alone."""
    world = World(questionnaire, answers)
    local = Rubric(world, chain, answers.get("override", []), language, further)
    return Reading(world, local), Reading(world, Rubric(world, chain[:1], [], language))


def score_json(
    questionnaire: Plain,
    chain: list[Plain],
    answers: Plain,
    language: str = "en",
    further: Sequence[tuple[list[Plain], Decimal]] = (),
) -> Plain:
    """What `score --json` must hold, but ids, versions and digests of the files; `why_not`: whether it is ""."""
    reading, root = readings(questionnaire, chain, answers, language, further)
    rubric, measures = reading.rubric, Measures(reading)
    dimension_scores = {id: reading.score(id) for id in rubric.dimensions}
    fired = {
        id: check
        for id, check in questionnaire.get("checks", {}).items()
        if reading.world.holds(check["when"], dimension_scores) is True
    }
    whole: Plain = plain(
        {
            "overall": _overall(reading, root),
            "balance": reading.balance(),
            "nodes": [_node(reading, node) for node in rubric.nodes()],
            "ledger": [_ledger_row(rubric, node) for node in rubric.nodes()],
            "checks": [
                {
                    "id": id,
                    "message": _message(reading.world, check["message"][language], language),
                    "questions": _named_questions(check["when"]),
                }
                for id, check in fired.items()
            ],
            "countermeasures": [measures.row(id) for id in measures.table],
        }
    )
    return whole
