"""How far the result depends on the weights: exact ranges, no sampling (scoring.md, section 6)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from nqpf_assess.engine import plain
from nqpf_assess.engine.arithmetic import NOTHING, Column, Mean, Rolled, below, entering, floored, leaving
from nqpf_assess.engine.scoring import Assessed, evidence_leaves, measure
from nqpf_assess.model.scorecard import Stays, Variant

WEAKEST = 3


@dataclass(frozen=True, slots=True)
class Robustness:
    """The overall's exact range over the box of weights, after the floors; and which pillars stay among the weakest."""

    low: float | None
    high: float | None
    weakest: tuple[Stays | None, ...]


def robustness_of(assessed: Assessed) -> Robustness:
    """Vary every weight of every level within w(1 ± spread), renormalised among the scored siblings."""
    low, high = _extreme(assessed, "low"), _extreme(assessed, "high")
    rules = assessed.figures.rules.floor_rules
    least, most = floored(plain, low, rules)[0], floored(plain, high, rules)[0]
    scored = [index for index, column in enumerate(low.pillars) if column.has]
    weakest = (
        _stays(index, low.pillars, high.pillars, scored) if index in scored else None
        for index in range(len(low.pillars))
    )
    return Robustness(least.value if least.has else None, most.value if most.has else None, tuple(weakest))


def _extreme(assessed: Assessed, end: Literal["low", "high"]) -> Rolled:
    """Combine from the leaves up: groups of siblings are independent boxes, and means rise with their parts."""
    figures, tree = assessed.figures, assessed.instrument.tree
    scores, means, weights = figures.scores, figures.rules.means, figures.weights

    def group(
        kind: Mean, columns: Sequence[Column], members: Sequence[int], at: Sequence[float], gate: Column
    ) -> Column:
        if not gate.has:
            return NOTHING
        parts = [(columns[m], at[m]) for m in members if columns[m].has]
        extreme = extreme_mean(kind, parts, spread=figures.rules.weight_spread, end=end)
        return extreme._replace(value=(min if end == "low" else max)(extreme.value, gate.value))

    dimensions = [
        group(means.questions, scores.questions, members, weights.questions, gate)
        for members, gate in zip(tree.questions, scores.dimensions, strict=True)
    ]
    pillars = [
        group(means.dimensions, dimensions, members, weights.dimensions, gate)
        for members, gate in zip(tree.dimensions, scores.pillars, strict=True)
    ]
    overall = group(means.pillars, pillars, range(len(pillars)), weights.pillars, scores.overall)
    return Rolled(overall, pillars, dimensions, scores.questions)


def extreme_mean(
    kind: Mean, parts: Sequence[tuple[Column, float]], *, spread: float, end: Literal["low", "high"]
) -> Column:
    """Return the exact lowest or highest mean over the box of weights w(1 ± spread).

    The extremes lie at threshold corners: after sorting, the first k parts weigh more and the rest less.
    """
    ordered = sorted(((entering(plain, kind, c.value), w) for c, w in parts), reverse=end == "high")
    mass = sum(w * (1 - spread) for _, w in ordered)
    total = sum(w * (1 - spread) * x for x, w in ordered)
    corners = [total / mass] if mass > 0 else []
    # Each step moves one more weight from its least to its most, by 2 × spread × w; one of the n + 1 corners is it.
    for x, w in ordered:
        mass, total = mass + 2 * spread * w, total + 2 * spread * w * x
        corners += [total / mass] if mass > 0 else []
    if not corners:
        return NOTHING
    return Column(leaving(plain, kind, min(corners) if end == "low" else max(corners)), 1.0)


def _stays(pillar: int, low: Sequence[Column], high: Sequence[Column], scored: Sequence[int]) -> Stays:
    """Return whether fewer than three scored pillars score strictly lower, over the whole box."""
    others = [index for index in scored if index != pillar]
    lower_at_worst = sum(bool(below(low[other].value, high[pillar].value)) for other in others)
    lower_at_best = sum(bool(below(high[other].value, low[pillar].value)) for other in others)
    if lower_at_worst < WEAKEST:
        return "always"
    return "sometimes" if lower_at_best < WEAKEST else "never"


def variants_of(assessed: Assessed) -> tuple[Variant, ...]:
    """Score the overall under each choice of mean across pillars, weights and evidence: the robustness table."""
    kinds: tuple[Mean, ...] = ("arithmetic", "geometric")
    instrument, found = assessed.instrument, []
    for kind, local, backed in product(kinds, (True, False), (False, True)):
        rules = instrument.rules if local else instrument.root_rules
        rules = replace(rules, means=rules.means._replace(pillars=kind))
        leaves = evidence_leaves(assessed, rules.unsupported_ceiling) if backed else assessed.leaves
        weights = assessed.rubric.weights if local else instrument.root_weights
        total = measure(instrument, leaves, weights=weights, rules=rules).total
        found.append(Variant(kind, local, backed, total.value if total.has else None))
    return tuple(found)
