"""Final weights and targets out of what profiles say and persons correct (scoring.md, section 3).

Written over the array namespace, like `arithmetic`: one assessment and a whole table are weighed by these functions
alone. A rubric is one or more profiles with shares that sum to 1; with one profile its share is 1, and every figure is
that of the profile itself, to the last digit.
"""

from collections.abc import Sequence

from nqpf_assess.engine.arithmetic import NOTHING, Column, Figures, Namespace

FULL_TARGET = 100.0

Correction = tuple[Figures, float]
"""Where a factor or target applies (1.0 or 0.0), and the factor or target."""


LEAST, MOST = 1e-100, 1e100
"""Bounds of a weight that is not 0; a hundred digits apart, no sum of siblings sees the smaller one any more."""


def corrected(xp: Namespace, weight: Figures, corrections: Sequence[Correction]) -> Figures:
    """Multiply a weight by the factors of the corrections, in order, where each one applies.

    However many there are, the weight stays a number that can be summed with its siblings, and is 0 only by a factor 0.
    """
    for applies, factor in corrections:
        product = weight * xp.where(applies, factor, 1.0)
        weight = xp.where(product > 0, xp.minimum(xp.maximum(product, LEAST), MOST), product)
    return weight


def blended_weight(xp: Namespace, weight: Figures, profiles: Sequence[tuple[float, Sequence[Correction]]]) -> Figures:
    """Compute weight × Π_p (Π factors of profile p)^share_p: the weighted geometric mean of what the profiles say.

    A profile that switches a node off (factor 0) is left out for that node, the shares of the others scaled to 1; the
    node is off only where all switch it off.
    """
    if len(profiles) == 1:
        return corrected(xp, weight, profiles[0][1])
    # A 0 among the factors would switch the node off for all: 0 to the power of any share is 0.
    factors = [corrected(xp, 1.0, corrections) for _, corrections in profiles]
    shares = [share * (factor > 0) for (share, _), factor in zip(profiles, factors, strict=True)]
    mass: Figures = sum(shares)
    scale = xp.where(mass > 0, mass, 1.0)
    for share, factor in zip(shares, factors, strict=True):
        weight = weight * xp.where(factor > 0, factor, 1.0) ** (share / scale)
    return weight * (mass > 0)


def last_stated(xp: Namespace, target: Column, corrections: Sequence[Correction]) -> Column:
    """Return the target that was stated last: the rubric's, or that of the last correction that applies."""
    for applies, stated in corrections:
        target = Column(xp.where(applies, stated, target.value), xp.maximum(target.has, 1.0 * applies))
    return target


def blended_target(
    xp: Namespace,
    profiles: Sequence[tuple[float, Column, Column]],
    *,
    by_hand: Column = NOTHING,
    pillar_by_hand: Column = NOTHING,
) -> Figures:
    """Compute a dimension's target: Σ share_p × the one it has under profile p, its own, else its pillar's, else 100.

    `profiles`: share, the dimension's own stated target, its pillar's. A person's target wins; one put on the pillar
    reaches the dimension where no profile states its own.
    """
    target: Figures = 0.0
    own_somewhere: Figures = 0.0
    for share, own, pillar in profiles:
        target = target + share * xp.where(own.has, own.value, xp.where(pillar.has, pillar.value, FULL_TARGET))
        own_somewhere = xp.maximum(own_somewhere, own.has)
    target = xp.where(pillar_by_hand.has * (1.0 - own_somewhere), pillar_by_hand.value, target)
    return xp.where(by_hand.has, by_hand.value, target)
