"""Circles of what needs what: each is found once and walked once around, by the shortest way."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.engine.graph import cycles
from tests.support.scored import tries

Needs = dict[str, list[str]]
NAMES = "abcdef"


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ({"a": ["b"], "b": []}, []),
        ({"a": ["a"]}, ["a"]),
        ({"a": ["b"], "b": ["a"]}, ["ab"]),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, ["abc"]),
        ({"a": ["b"], "b": ["c", "a"], "c": ["a"]}, ["ab"]),
        ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, ["ab", "cd"]),
    ],
)
def test_a_circle_is_told_once_from_its_first_member_on(needs: Needs, found: list[str]) -> None:
    assert sorted("".join(ring) for ring in cycles(needs)) == found


@tries(200)
@given(st.fixed_dictionaries({name: st.lists(st.sampled_from(NAMES), unique=True, max_size=2) for name in NAMES}))
def test_there_is_a_circle_where_something_reaches_itself_and_nowhere_else(needs: Needs) -> None:
    reached = {name: set(others) for name, others in needs.items()}
    for middle in NAMES:
        for name in NAMES:
            reached[name] |= reached[middle] if middle in reached[name] else set()
    groups = {frozenset({b for b in reached[a] if a in reached[b]}) for a in NAMES if a in reached[a]}
    rings = cycles(needs)
    assert len(rings) == len(groups)
    for ring in rings:
        assert ring[0] == min(next(group for group in groups if ring[0] in group), key=list(needs).index)
        assert len(set(ring)) == len(ring)
        assert all(need in needs[name] for name, need in pairwise((*ring, ring[0])))
