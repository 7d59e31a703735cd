"""The exact lowest and highest mean where every weight may vary: corners of the box, also its degenerate ones."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.engine.arithmetic import Column
from nqpf_assess.engine.scorecard import extreme_mean
from tests.support.scored import tries

PARTS = st.lists(st.tuples(st.floats(0, 100), st.sampled_from((0.0, 0.5, 1.0, 3.0))), min_size=1, max_size=5)


@tries(60)
@given(PARTS, st.sampled_from((0.0, 0.25, 1.0)))
def test_no_corner_of_the_box_gives_less_or_more(parts: list[tuple[float, float]], spread: float) -> None:
    """Every weight low or high, all ways: the least and the greatest mean; none where nothing ever weighs anything."""
    means = []
    for ends in product((1 - spread, 1 + spread), repeat=len(parts)):
        weights = [weight * end for (_, weight), end in zip(parts, ends, strict=True)]
        if sum(weights) > 0:
            means.append(sum(w * x for w, (x, _) in zip(weights, parts, strict=True)) / sum(weights))
    columns = [(Column(x, 1.0), weight) for x, weight in parts]
    low, high = (extreme_mean("arithmetic", columns, spread=spread, end=end) for end in ("low", "high"))  # type: ignore[arg-type]
    assert bool(low.has) == bool(high.has) == bool(means)
    if means:
        assert low.value == pytest.approx(min(means), abs=1e-9)
        assert high.value == pytest.approx(max(means), abs=1e-9)
