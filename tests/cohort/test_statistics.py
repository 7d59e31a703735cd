"""Statistics against closed forms and against the definitions, written out plainly."""

from itertools import combinations
from math import log

import numpy as np
import pytest

from nqpf_assess.cohort.statistics import (
    NoWeights,
    derived,
    gini,
    ranked,
    ranked_within,
    summary,
    suppressed,
    theil,
)

DICE = np.random.default_rng(5)


def test_quantiles_lie_on_straight_lines_between_order_statistics() -> None:
    """Type 7: of 1..5 the quartiles are 2, 3, 4, the tenth 1.4."""
    found = summary(np.array([5.0, 1, 3, 2, 4]))
    assert found.scored == 5
    assert found.mean == 3
    assert found.quantiles == pytest.approx((1.4, 2, 3, 4, 4.6))
    assert summary(np.array([7.0])).quantiles == (7,) * 5


def test_competition_ranks_and_percentiles() -> None:
    """1, 2, 2, 4, highest first; a hair below nine decimals is a tie."""
    found = ranked(np.array([50.0, 70.0, 70.0 + 1e-11, 90.0]))
    assert found.rank.tolist() == [4, 2, 2, 1]
    assert found.percentile.tolist() == [12.5, 50.0, 50.0, 87.5]
    assert ranked(np.array([])).rank.tolist() == []
    assert ranked_within(np.array([1.0, 2, 3, 4]), np.array([0, 0, 1, 1])).tolist() == [2, 1, 2, 1]


def test_percentiles_are_what_their_definition_says() -> None:
    """100 × (lower + half of the equals, oneself among them) / scored."""
    values = DICE.integers(0, 8, 50).astype(float)
    wanted = [100 * (sum(values < v) + sum(values == v) / 2) / 50 for v in values]
    assert ranked(values).percentile.tolist() == pytest.approx(wanted)
    assert ranked(values).rank.tolist() == [1 + sum(values > v) for v in values]


def plain_gini(values: np.ndarray) -> float:
    return float(sum(abs(a - b) for a in values for b in values) / (2 * len(values) ** 2 * values.mean()))


def test_gini_of_simple_cases() -> None:
    """All alike 0; one has everything (n − 1)/n; 1..n (n² − 1)/(3n(n + 1)); mean 0: none."""
    assert gini(np.full(9, 50.0)).whole == 0  # type: ignore[union-attr]
    assert gini(np.array([0.0, 0, 0, 8])).whole == pytest.approx(0.75)  # type: ignore[union-attr]
    n = 20
    assert gini(np.arange(1.0, n + 1)).whole == pytest.approx((n * n - 1) / (3 * n * (n + 1)))  # type: ignore[union-attr]
    assert gini(np.zeros(4)) is None
    assert gini(np.zeros(0)) is None


def test_ginis_parts_are_dagums() -> None:
    """Within, between and overlap by Dagum's own formulas; they sum to the whole to 1e-12."""
    values, groups = DICE.uniform(0, 100, 60), DICE.integers(0, 4, 60)
    found = gini(values, groups)
    assert found is not None
    n, m = len(values), values.mean()
    parts = [values[groups == g] for g in range(4)]
    p = [len(x) / n for x in parts]
    s = [x.sum() / (n * m) for x in parts]
    within = sum(plain_gini(x) * p[g] * s[g] for g, x in enumerate(parts))
    between = overlap = 0.0
    for j, h in combinations(range(4), 2):
        if parts[j].mean() < parts[h].mean():
            j, h = h, j
        pairs = np.subtract.outer(parts[j], parts[h])
        gross, transvariation = pairs.clip(min=0).mean(), (-pairs).clip(min=0).mean()
        g_jh = np.abs(pairs).mean() / (parts[j].mean() + parts[h].mean())
        d_jh = (gross - transvariation) / (gross + transvariation)
        between += g_jh * (p[j] * s[h] + p[h] * s[j]) * d_jh
        overlap += g_jh * (p[j] * s[h] + p[h] * s[j]) * (1 - d_jh)
    assert found.whole == pytest.approx(plain_gini(values), rel=1e-12)
    assert [found.within, found.between, found.overlap] == pytest.approx([within, between, overlap], rel=1e-9)
    assert found.within + found.between + found.overlap == pytest.approx(found.whole, rel=1e-12)  # type: ignore[operator]


def test_gini_is_not_taken_apart_over_too_many_groups() -> None:
    """Over 200 the parts are null."""
    values = DICE.uniform(0, 100, 402)
    assert gini(values, np.arange(402) // 2).within is None  # type: ignore[union-attr]
    assert gini(values, np.arange(402) % 200).within is not None  # type: ignore[union-attr]


def test_theil_and_its_parts() -> None:
    """One has everything: ln n; two alike groups: nothing between; the parts sum to the whole to 1e-12."""
    assert theil(np.array([0.0, 0, 0, 8])).whole == pytest.approx(log(4))  # type: ignore[union-attr]
    assert theil(np.zeros(3)) is None
    same = theil(np.array([1.0, 3, 1, 3]), np.array([0, 0, 1, 1]))
    assert same is not None
    assert same.between == pytest.approx(0, abs=1e-15)
    values, groups = DICE.uniform(0, 100, 300), DICE.integers(0, 7, 300)
    found = theil(values, groups)
    assert found is not None
    assert found.within + found.between == pytest.approx(found.whole, rel=1e-12)  # type: ignore[operator]
    apart = theil(np.array([10.0, 10, 30, 30]), np.array([0, 0, 1, 1]))
    assert apart is not None
    assert apart.within == pytest.approx(0, abs=1e-15)
    assert apart.between == pytest.approx(0.25 * log(0.5) + 0.75 * log(1.5))


COLUMNS = {"a": np.array([0.0, 50, 100]), "b": np.array([0.0, 0, 100]), "c": np.array([7.0, 7, 7])}


def test_entropy_weights() -> None:
    """On min–max shares: a = (0, 1/3, 2/3), b = (0, 0, 1); a constant column is dropped and named."""
    found = derived(COLUMNS, "entropy")
    spread = 1 - (-(1 / 3) * log(1 / 3) - (2 / 3) * log(2 / 3)) / log(3)
    assert found.weights == pytest.approx({"a": spread / (spread + 1), "b": 1 / (spread + 1)})
    assert found.dropped == {"c": "constant"}
    assert found.rows == 3


def test_critic_weights() -> None:
    """Spread × conflict; equal conflicts leave the spreads."""
    a, b = np.array([0.0, 0.5, 1.0]), np.array([0.0, 0.0, 1.0])
    found = derived(COLUMNS, "critic")
    assert found.weights == pytest.approx({"a": a.std() / (a.std() + b.std()), "b": b.std() / (a.std() + b.std())})
    three = {"x": np.array([0.0, 1, 2, 3]), "y": np.array([0.0, 1, 2, 3]), "z": np.array([3.0, 2, 1, 0])}
    weights = derived(three, "critic").weights
    assert weights == pytest.approx({"x": 0.25, "y": 0.25, "z": 0.5})


@pytest.mark.parametrize("method", ["entropy", "critic"])
def test_weights_are_refused_rather_than_equal(method: str) -> None:
    """Fewer than three complete rows, all alike, all the same order; an empty column is dropped, not the rows."""
    nothing = np.full(3, np.nan)
    assert derived(COLUMNS | {"d": nothing}, method).dropped == {"d": "empty", "c": "constant"}
    with pytest.raises(NoWeights, match="few"):
        derived({"a": np.array([1.0, 2, np.nan]), "b": np.array([2.0, 1, 4])}, method)
    with pytest.raises(NoWeights, match="few"):
        derived({"a": nothing}, method)
    with pytest.raises(NoWeights, match="alike"):
        derived({"c": COLUMNS["c"]}, method)


@pytest.mark.parametrize(
    ("scored", "hidden"),
    [
        ([10, 10, 10], set()),
        ([10, 4, 12], {0, 1}),
        ([10, 4, 4, 12], {1, 2}),
        ([10, 1, 1, 12], {0, 1, 2}),
        ([4], {0}),
        ([4, 10], {0, 1}),
        ([0, 10, 12], {0}),
        ([0, 3, 10, 12], {0, 1, 2}),
        ([], set()),
    ],
)
def test_what_is_held_back(scored: list[int], hidden: set[int]) -> None:
    """Too small, and the next smallest where one small group, or few rows, could be worked out by subtraction."""
    assert suppressed(scored, 5) == hidden


def test_no_held_back_group_can_be_worked_out() -> None:
    """Whatever the sizes: what is hidden is nothing, or at least two groups of together the minimum, or all."""
    for _ in range(500):
        scored = DICE.integers(0, 15, DICE.integers(1, 9)).tolist()
        hidden = suppressed(scored, 5)
        counts = [scored[index] for index in hidden if scored[index]]
        assert all(scored[index] >= 5 for index in range(len(scored)) if index not in hidden)
        assert not counts or len(hidden) == len(scored) or (len(counts) >= 2 and sum(counts) >= 5)


def test_a_constant_column_with_gaps_costs_no_row() -> None:
    """It is dropped before the complete rows are counted, and named."""
    found = derived(COLUMNS | {"d": np.array([7.0, np.nan, np.nan])}, "entropy")
    assert found.rows == 3
    assert found.dropped == {"c": "constant", "d": "constant"}
