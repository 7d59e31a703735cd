"""Coupling coordination of the pillars (scoring.md, section 5): a hint about balance, never part of the score."""

import math
from collections.abc import Sequence

from nqpf_assess.engine.arithmetic import below
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.model.scorecard import Balance

NO_BALANCE = Balance(None, None, None)
UNBALANCED = Balance(0.0, 0.0, 0.0)


def balance_of(assessed: Assessed) -> Balance:
    """Compute coupling C, coordination D and modified coupling C' on the scored pillars."""
    scored = [
        (column.value / 100.0, weight)
        for column, weight in zip(assessed.figures.scores.pillars, assessed.figures.weights.pillars, strict=True)
        if column.has
    ]
    return coordination([u for u, _ in scored], [w for _, w in scored])


def coordination(scores: Sequence[float], weights: Sequence[float]) -> Balance:
    """Return C, D = sqrt(C·T) with T the weighted arithmetic mean, and C' (Wang et al. 2021), from scores in [0, 1].

    Fewer than two scores, or all zero: none; one zero among others: all three are 0.
    """
    if len(scores) < 2 or not any(scores):
        return NO_BALANCE
    if not all(scores):
        return UNBALANCED
    n = len(scores)
    coupling = min(1.0, n * math.prod(scores) ** (1 / n) / sum(scores))
    development = sum(u * w for u, w in zip(scores, weights, strict=True)) / sum(weights)
    return Balance(coupling, math.sqrt(coupling * development), modified_coupling(scores))


def modified_coupling(scores: Sequence[float]) -> float:
    """Return C' = sqrt([1 − Σ|uᵢ − uⱼ| / (n(n−1)/2)] · [Π uᵢ / max u]^(1/(n−1))), the product over all but one largest.

    Wang Shujia et al. 2021, Journal of Natural Resources 36(3): spreads the values that plain C crowds near 1.
    """
    n = len(scores)
    ordered = sorted(scores)
    apart = sum(ordered[i] - ordered[j] for i in range(n) for j in range(i)) / (n * (n - 1) / 2)
    relative = math.prod(u / ordered[-1] for u in ordered[:-1]) ** (1 / (n - 1))
    return math.sqrt(max(0.0, 1 - apart) * relative)


GRADES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Upper bounds of the customary ten grades of D; a convention, not statistics."""


def grade(coordination: float) -> int:
    """Return the customary grade of D, 0 (extreme imbalance) to 9 (high-quality coordination)."""
    return sum(not below(coordination, bound) for bound in GRADES)
