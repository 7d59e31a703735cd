"""Matrices that were printed with their results: ours give the printed digits."""

import pytest

from nqpf_assess.engine.ahp import Matrix, along_the_hierarchy, panel_of, priorities, read_matrix, worst_pairs

HOUSE = """1 5 3 7 6 6 1/3 1/4
1/5 1 1/3 5 3 3 1/5 1/7
1/3 3 1 6 3 4 6 1/5
1/7 1/5 1/6 1 1/3 1/4 1/7 1/8
1/6 1/3 1/3 3 1 1/2 1/5 1/6
1/6 1/3 1/4 4 2 1 1/5 1/6
3 5 1/6 7 5 5 1 1/2
4 7 5 8 6 6 2 1"""
"""Buying a house: size, transport, neighbourhood, age, yard, facilities, condition, financing (Saaty 1990)."""

DRINKS = """1 9 5 2 1 1 1/2
1/9 1 1/3 1/9 1/9 1/9 1/9
1/5 3 1 1/3 1/4 1/3 1/9
1/2 9 3 1 1/2 1 1/3
1 9 4 2 1 2 1/2
1 9 3 1 1/2 1 1/3
2 9 9 3 2 3 1"""
"""What is drunk in the United States: coffee, wine, tea, beer, sodas, milk, water (Saaty 2008)."""

JOURNEY = """1 1/2 4 3 3
2 1 7 5 5
1/4 1/7 1 1/2 1/3
1/3 1/5 2 1 1
1/3 1/5 3 1 1"""
"""Where to travel: scenery, cost, lodging, food, road (Jiang, Mathematical Models)."""

PLACES = (
    ("1 2 5\n1/2 1 2\n1/5 1/2 1", 3.005),
    ("1 1/3 1/8\n3 1 1/3\n8 3 1", 3.002),
    ("1 1 3\n1 1 3\n1/3 1/3 1", 3.0),
    ("1 3 4\n1/3 1 1\n1/4 1 1", 3.009),
    ("1 1 1/4\n1 1 1/4\n4 4 1", 3.0),
)
"""The three places under each criterion of the journey, with the printed λmax."""


def matrix(typed: str) -> Matrix:
    rows = [line.split() for line in typed.splitlines()]
    found, faults = read_matrix(rows, len(rows))
    assert faults == ()
    assert found is not None
    return found


def printed(values: tuple[float, ...], digits: int = 3) -> list[float]:
    return [round(value, digits) for value in values]


def test_a_house_by_eigenvector() -> None:
    """Priorities, λmax, CI and CR as printed: the judgements do not agree well enough."""
    found = priorities(matrix(HOUSE))
    assert printed(found.weights) == [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert (round(found.largest, 3), round(found.index, 3), round(found.ratio or 0, 3)) == (9.669, 0.238, 0.169)
    assert not found.consistent


def test_a_house_by_geometric_mean() -> None:
    """At such a ratio the method matters: neighbourhood falls from 0.188 to 0.149, behind size and condition."""
    found = priorities(matrix(HOUSE), "geometric")
    assert round(found.weights[2], 3) == 0.149
    assert found.weights[0] > found.weights[6] > found.weights[2]


def test_the_pair_that_hurts_most_in_the_house() -> None:
    """Neighbourhood against condition, judged 6: Saaty's own text names it; mended, CR falls below 0.10."""
    found = priorities(matrix(HOUSE))
    first, *rest = worst_pairs(matrix(HOUSE), found)
    assert (first.one, first.other, first.judged) == (2, 6, 6.0)
    assert round(first.consistent, 3) == round(found.weights[2] / found.weights[6], 3) == 1.128
    assert first.step == 1.0
    assert first.ratio_then is not None
    assert first.ratio_then < 0.10 < (found.ratio or 0)
    assert len(rest) == 2


def test_drinks() -> None:
    """Priorities and CR as printed."""
    found = priorities(matrix(DRINKS))
    assert printed(found.weights) == [0.177, 0.019, 0.042, 0.116, 0.19, 0.129, 0.327]
    assert round(found.ratio or 0, 3) == 0.022
    assert found.consistent


def test_a_journey() -> None:
    """The textbook's CI and CR."""
    found = priorities(matrix(JOURNEY))
    assert (round(found.index, 3), round(found.ratio or 0, 3)) == (0.018, 0.016)
    assert printed(found.weights)[1] == 0.476


def test_a_journey_through_its_hierarchy() -> None:
    """Shares of the three places; the book multiplies weights that it had rounded, hence one unit of the last digit."""
    criteria = ("scenery", "cost", "lodging", "food", "road")
    panels = [panel_of("", criteria, [("", matrix(JOURNEY))], "eigenvector")]
    totals = dict.fromkeys("abc", 0.0)
    for criterion, (typed, largest) in zip(criteria, PLACES, strict=True):
        members = tuple(f"{criterion}_{place}" for place in "abc")
        panels.append(panel_of(criterion, members, [("", matrix(typed))], "eigenvector"))
        assert panels[-1].found.largest == pytest.approx(largest, abs=1e-3)
    for member, share in along_the_hierarchy(panels).items():
        if member[-2:-1] == "_":
            totals[member[-1]] += share
    assert sum(totals.values()) == pytest.approx(1.0)
    assert list(totals.values()) == pytest.approx([0.300, 0.246, 0.456], abs=1.001e-3)
