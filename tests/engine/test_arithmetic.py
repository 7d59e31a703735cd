"""The arithmetic is written once: over numpy columns it gives what it gives for each respondent alone."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise, product
from math import e, inf, log
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.engine import arithmetic
from nqpf_assess.engine.arithmetic import (
    Column,
    FloorRule,
    Leaf,
    LevelWeights,
    Rolled,
    by_dimension,
    coverage_and_scores,
    low_and_high,
    plain,
)
from nqpf_assess.engine.scoring import Assessed, assess
from nqpf_assess.engine.states import combined
from nqpf_assess.kinds.scale import Scale
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.condition import AllOf, AnyOf, Comparison, Not
from tests.support.columns import Numpy, at, flat, stacked
from tests.support.instruments import Case, crowds
from tests.support.scored import instrument_of, tries

SCORE = st.floats(0, 100) | st.sampled_from([0.0, 1.0, 50.0, 100.0])
MASK = st.sampled_from([0.0, 1.0])
WEIGHT = st.sampled_from([0.0, 0.5, 1.0, 3.0])
LIKE = {"rel": 1e-12, "abs": 1e-12}


def assert_alike(over_columns: Rolled, alone: list[Rolled]) -> None:
    for respondent, rolled in enumerate(alone):
        got = [at(column, respondent) for column in flat(over_columns)]
        wanted = [(value if has else 0.0, has) for value, has in flat(rolled)]
        assert np.array(got) == pytest.approx(np.array(wanted), **LIKE)


@tries(80)
@given(crowds())
def test_a_table_of_respondents_scores_like_each_alone(crowd: list[Case]) -> None:
    """Coverage, scores, ranges, floors and effective weights over columns are those of one respondent at a time."""
    instrument = instrument_of(crowd[0].questionnaire, crowd[0].chain)
    alone = [assess(instrument, Answers.model_validate(case.answers)) for case in crowd]
    rules, xp = instrument.rules, Numpy()
    weights = LevelWeights(
        *(list(np.array(level, float).T) for level in zip(*(one.figures.weights for one in alone), strict=True))
    )

    def leaf(question: int) -> Leaf:
        return Leaf(*np.array([one.leaves[question] for one in alone], float).T)

    how = {"weights": weights, "means": rules.means}
    parts = by_dimension(xp, instrument.tree, leaf, weights=weights.questions, mean=rules.means.questions)
    coverage, scores = coverage_and_scores(xp, instrument.tree, parts, minimum=rules.minimum_coverage, **how)
    low, high = low_and_high(xp, instrument.tree, parts, **how)
    for name, rolled in {"coverage": coverage, "scores": scores, "low": low, "high": high}.items():
        assert_alike(rolled, [getattr(one.figures, name)._replace(questions=()) for one in alone])
    scores = scores._replace(questions=stacked([one.figures.scores.questions for one in alone]))
    assert_floors(xp, scores, alone)
    assert_alike(
        arithmetic.path_shares(xp, instrument.tree, scores, weights),
        [arithmetic.path_shares(plain, instrument.tree, one.figures.scores, one.figures.weights) for one in alone],
    )


def assert_floors(xp: Numpy, scores: Rolled, alone: list[Assessed]) -> None:
    total, fired = arithmetic.floored(xp, scores, alone[0].figures.rules.floor_rules)
    for respondent, one in enumerate(alone):
        assert at(total, respondent) == pytest.approx(
            (one.figures.total.value * one.figures.total.has, one.figures.total.has)
        )
        names = [id for id, there in fired.items() if np.broadcast_to(there, len(alone))[respondent]]
        assert tuple(names) == one.figures.fired


@tries(100)
@given(st.data(), st.integers(1, 5), st.sampled_from(["arithmetic", "geometric"]))
def test_means_and_shares_over_columns(data: st.DataObject, count: int, kind: str) -> None:
    """`mean` and `shares` of columns are those of each number in them, with missing parts and zero weights too."""
    respondents = 4

    def table(of: st.SearchStrategy[float]) -> list[list[float]]:
        row = st.lists(of, min_size=count, max_size=count)
        return data.draw(st.lists(row, min_size=respondents, max_size=respondents))

    values, masks, weights = table(SCORE), table(MASK), table(WEIGHT)
    parts = [[Column(v, m) for v, m in zip(*row, strict=True)] for row in zip(values, masks, strict=True)]
    columns = list(np.array(weights, float).T)
    got = arithmetic.mean(Numpy(), kind, stacked(parts), columns)
    shares = arithmetic.shares(Numpy(), [column.has for column in stacked(parts)], columns)
    for i in range(respondents):
        alone = arithmetic.mean(plain, kind, parts[i], weights[i])
        assert at(got, i) == pytest.approx((alone.value * alone.has, alone.has), **LIKE)
        wanted = arithmetic.shares(plain, masks[i], weights[i])
        assert [float(share[i]) for share in shares] == pytest.approx(wanted, **LIKE)


@tries(100)
@given(st.lists(st.tuples(SCORE, SCORE, SCORE, SCORE), min_size=1, max_size=4), st.sampled_from([0.0, 0.5, 1.0]))
def test_lifts_and_logarithmic_means_over_columns(rows: list[tuple[float, ...]], overlap: float) -> None:
    """`lifted` and `log_mean` give for a column what they give for each number in it."""
    score, target, one, two = np.array(rows).T
    got = arithmetic.lifted(Numpy(), score, target, points=[one, two], overlap=overlap)
    means = arithmetic.log_mean(Numpy(), score + 1, target + 1)
    for i, (s, t, a, b) in enumerate(rows):
        wanted = arithmetic.lifted(plain, s, t, points=[a, b], overlap=overlap)
        assert got[i] == pytest.approx(wanted, **LIKE)
        assert means[i] == pytest.approx(arithmetic.log_mean(plain, s + 1, t + 1), **LIKE)
        assert s <= wanted <= max(s, t)


@pytest.mark.parametrize("xp", [plain, Numpy()])
def test_truths_combine_as_kleene_says(xp: Any) -> None:
    """*and* is the least, *or* the greatest, *not* turns round; unknown stays unknown unless the others decide."""
    true, unknown, false = arithmetic.TRUE, arithmetic.UNKNOWN, arithmetic.FALSE
    left, right = Comparison(fact="left", answered=True), Comparison(fact="right", answered=True)
    for one, other in product((true, unknown, false), repeat=2):
        truths = {"left": one, "right": other}
        both, either, turned = (
            combined(xp, condition, lambda leaf, truths=truths: truths[leaf.subject])
            for condition in (AllOf(all=(left, right)), AnyOf(any=(left, right)), Not.model_validate({"not": left}))
        )
        assert both == (false if false in (one, other) else unknown if unknown in (one, other) else true)
        assert either == (true if true in (one, other) else unknown if unknown in (one, other) else false)
        assert turned == {true: false, unknown: unknown, false: true}[one]


@pytest.mark.parametrize(
    ("x", "y"),
    [(-inf, 10), (0, 10), (1, 10), (1.5, 15), (2, 20), (2.5, 10), (3, 0), (4, 0), (5, 100), (9, 100), (inf, 100)],
)
def test_scales_are_straight_between_points_and_flat_outside(x: float, y: float) -> None:
    """They may rise, fall, stay and turn; digits and numpy agree."""
    xs, ys = (1.0, 2.0, 3.0, 4.0, 5.0), (10.0, 20.0, 0.0, 0.0, 100.0)
    points = tuple((Decimal(value), Decimal(score)) for value, score in zip(xs, ys, strict=True))
    assert Scale(xs, ys, points).score(Decimal(x)) == pytest.approx(y)
    assert Numpy.interp(x, xs, ys) == pytest.approx(y)


@tries(400)
@given(
    st.lists(st.decimals("-1e14", "1e14", places=3), min_size=2, max_size=5, unique=True),
    st.lists(st.integers(0, 100), min_size=5, max_size=5),
    st.decimals("-1e14", "1e14", places=6),
    st.integers(0, 1000),
)
def test_no_scale_loses_digits(values: list[Decimal], scores: list[int], x: Decimal, step: int) -> None:
    """However close its points lie together and however far from zero: against fractions."""
    values = sorted({*values, values[0] + Decimal("0.001")})
    points = tuple((value, Decimal(score)) for value, score in zip(values, scores, strict=False))
    curve = Scale(tuple(float(v) for v, _ in points), tuple(float(s) for _, s in points), points)
    for figure in (x, points[0][0] + Decimal(step) / 1_000_000):
        assert curve.score(figure) == pytest.approx(float(_between(points, Fraction(figure))), abs=1e-9)
        if not curve.steep:
            assert Numpy.interp(float(figure), curve.xs, curve.ys) == pytest.approx(curve.score(figure), abs=1e-9)


def _between(points: Sequence[tuple[Decimal, Decimal]], x: Fraction) -> Fraction:
    fractions = [(Fraction(value), Fraction(score)) for value, score in points]
    for (before, low), (after, high) in pairwise(fractions):
        if before <= x <= after:
            return low + (high - low) * (x - before) / (after - before)
    return fractions[0][1] if x < fractions[0][0] else fractions[-1][1]


@pytest.mark.parametrize("left", [1.0, 40.0, 99.9])
@pytest.mark.parametrize("apart", [0.0, 1e-12, 1e-7, 1e-4, 1e-2, 1.0, 50.0])
def test_the_logarithmic_mean_keeps_its_digits(left: float, apart: float) -> None:
    """L(a, b) = (a - b)/ln(a/b), L(a, a) = a, without a jump where the two meet (against 50 digits)."""
    with localcontext() as context:
        context.prec = 50
        a, b = Decimal(left), Decimal(left + apart)
        exact = a if a == b else (a - b) / (a / b).ln()
    assert arithmetic.log_mean(plain, left, left + apart) == pytest.approx(float(exact), rel=1e-12)


def test_a_floor_is_judged_within_the_tolerance() -> None:
    """Closer than 1e-9 below the line is not below it; a node without a score fires nothing."""
    rule = [FloorRule("f", "pillar", 0, 40.0, 30.0)]
    for value, has, wanted in (
        (39.0, 1.0, 30),
        (40 - 2e-9, 1.0, 30),
        (40 - 5e-10, 1.0, 90),
        (40.0, 1.0, 90),
        (0.0, 0.0, 90),
    ):
        rolled = Rolled(Column(90.0, 1.0), [Column(value, has)], [], [])
        assert arithmetic.floored(plain, rolled, rule)[0].value == wanted


def test_a_geometric_mean_floors_each_score_at_one() -> None:
    """0 enters as 1, and so does anything below 1."""
    for low in (0.0, 0.3, 1.0):
        mean = arithmetic.mean(plain, "geometric", [Column(low, 1.0), Column(e * e, 1.0)], [1.0, 1.0])
        assert mean.value == pytest.approx(e)
    assert log(mean.value) == pytest.approx(1)
