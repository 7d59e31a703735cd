"""Targets, gaps, exact contributions, shares of the shortfall (scoring.md, section 4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from nqpf_assess.engine import plain
from nqpf_assess.engine.arithmetic import (
    FLOOR,
    Column,
    Mean,
    Rolled,
    below,
    log_mean,
    shares,
)
from nqpf_assess.engine.measuring import share_of, shortfall, shortfalls, targets_rolled
from nqpf_assess.engine.rubric import dimension_targets
from nqpf_assess.engine.scoring import Assessed, effective, scored_here
from nqpf_assess.kinds import kind_of

NEAR = 1e-7
"""A pillar's gap below this hands its contribution down by the limit of the rule."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Targets and what follows from them, by index of pillar and dimension; None = no figure.

    Sums: T − S(uncapped) = Σ contributions over pillars = Σ over dimensions, signed, exactly.
    """

    targets: Rolled
    pillar_contributions: tuple[float | None, ...]
    dimension_contributions: tuple[float | None, ...]
    pillar_shares: tuple[float | None, ...]
    dimension_shares: tuple[float | None, ...]
    shortfall: float | None
    surplus: float | None


def gaps_of(assessed: Assessed) -> Gaps:
    """Compute targets, contributions and shares."""
    figures, tree = assessed.figures, assessed.instrument.tree
    scores, means, weights = figures.scores, figures.rules.means, figures.weights
    targets = targets_of(assessed)
    over_pillars = _split(
        means.pillars,
        (targets.overall, scores.overall),
        targets=targets.pillars,
        scores=scores.pillars,
        weights=weights.pillars,
    )
    # Each pillar's contribution is handed down to its dimensions: k × the split of the pillar's own gap.
    over_dimensions: list[float | None] = [None] * len(scores.dimensions)
    for pillar, members in enumerate(tree.dimensions):
        k = _handing_factor(assessed, targets, pillar, over_pillars[pillar])
        split = _split(
            means.dimensions,
            (targets.pillars[pillar], scores.pillars[pillar]),
            targets=[targets.dimensions[d] for d in members],
            scores=[scores.dimensions[d] for d in members],
            weights=[weights.dimensions[d] for d in members],
        )
        for dimension, part in zip(members, split, strict=True):
            if scores.overall.has and scores.dimensions[dimension].has:
                over_dimensions[dimension] = 0.0 if part is None or k is None else k * part
    carried = effective(assessed).dimensions
    parts, total = shortfalls(plain, carried, targets.dimensions, scores)
    local = tuple(_figure(share_of(plain, part, total)) for part in parts)
    pillar_shares: list[float | None] = []
    for score, members in zip(scores.pillars, tree.dimensions, strict=True):
        inside = [share for d in members if (share := local[d]) is not None]
        pillar_shares.append(sum(inside) if score.has and inside else None)
    # What lies above its target is told apart: it does not make up for what lies below elsewhere.
    above = zip(carried, targets.dimensions, scores.dimensions, strict=True)
    surplus = float(sum(w.value * shortfall(plain, s.value, t.value) for w, t, s in above if s.has))
    return Gaps(
        targets=targets,
        pillar_contributions=over_pillars,
        dimension_contributions=tuple(over_dimensions),
        pillar_shares=tuple(pillar_shares),
        dimension_shares=local,
        shortfall=_figure(total),
        surplus=surplus if scores.overall.has else None,
    )


def targets_of(assessed: Assessed) -> Rolled:
    """Aggregate the dimensions' targets by the same rules and weights as the scores, over what has a score."""
    figures = assessed.figures
    return targets_rolled(
        plain,
        assessed.instrument.tree,
        dimension_targets(assessed.instrument, assessed.rubric),
        scores=figures.scores,
        weights=figures.weights,
        means=figures.rules.means,
    )


def _split(
    kind: Mean,
    parent: tuple[Column, Column],
    *,
    targets: Sequence[Column],
    scores: Sequence[Column],
    weights: Sequence[float],
) -> tuple[float | None, ...]:
    """Split a parent's gap over its children: w(t − s), or L(T, S) w ln(t/s) under a geometric mean."""
    target, score = parent
    if not score.has:
        return (None,) * len(scores)
    local = shares(plain, [s.has for s in scores], weights)
    parts = zip(targets, scores, local, strict=True)
    if kind == "arithmetic":
        return tuple(w * (t.value - s.value) if s.has else None for t, s, w in parts)
    scale = log_mean(plain, _raised(target.value), _raised(score.value))
    return tuple(
        scale * w * (plain.log(_raised(t.value)) - plain.log(_raised(s.value))) if s.has else None for t, s, w in parts
    )


def _raised(score: float) -> float:
    return max(score, FLOOR)


def _handing_factor(assessed: Assessed, targets: Rolled, pillar: int, contribution: float | None) -> float | None:
    """Return k = c/(t − s) of a pillar; where its gap is below `NEAR`, the limit: w, or L(T, S) w / max(s, 1)."""
    if contribution is None:
        return None
    figures = assessed.figures
    scores, target, score = figures.scores, targets.pillars[pillar].value, figures.scores.pillars[pillar].value
    w = shares(plain, [s.has for s in scores.pillars], figures.weights.pillars)[pillar]
    if figures.rules.means.pillars == "arithmetic":
        return float(w)
    scale = log_mean(plain, _raised(targets.overall.value), _raised(scores.overall.value))
    if min(target, score) >= FLOOR:
        return float(scale * w / log_mean(plain, target, score))
    near = abs(target - score) < NEAR  # the quotient would be 0/0, or all rounding
    return float(scale * w / _raised(score)) if near else contribution / (target - score)


def _figure(column: Column) -> float | None:
    return float(column.value) if column.has else None


def next_scores(assessed: Assessed) -> tuple[float | None, ...]:
    """Return the next higher score each answered question can take; None at the top or without a score."""
    instrument, view = assessed.instrument, assessed.view
    found: list[float | None] = []
    for (id, question), leaf in zip(instrument.questionnaire.questions.items(), assessed.leaves, strict=True):
        value = view.questions[id].value
        if not leaf.answered or value is None:
            found.append(None)
            continue
        steps = kind_of(question).steps(question, value, scored_here(instrument, id, view))
        found.append(min((step for step in steps if below(leaf.score, step)), default=None))
    return tuple(found)
