"""One mistake in a sound workspace is found, exactly where it was made, and nothing else is said to be wrong."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nqpf_assess.model.problem import errors
from tests.files.mutations import KINDS, Mutation, applied, mutations, reported
from tests.files.workspace import WORKSPACE, checked, write
from tests.support.budget import BUDGET
from tests.support.scored import tries


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One workspace for all: what a mutation does not touch is found in the cache."""
    folder = tmp_path_factory.mktemp("workspace")
    write(folder, {})
    return folder


def found(folder: Path, changes: list[Mutation]) -> list[tuple[str, int, int, str]]:
    changed = applied(changes)
    for name, lines in changed.items():
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    try:
        problems = errors(checked(folder))
    finally:
        for name in changed:
            (folder / name).write_text("\n".join(WORKSPACE[name]), encoding="utf-8")
    return [(str(Path(p.source).relative_to(folder)), p.line, p.column, p.code) for p in problems]


def test_the_workspace_is_sound(folder: Path) -> None:
    """Without a mutation no error is found."""
    assert found(folder, []) == []


def test_there_are_places_for_a_mutation() -> None:
    """No kind of mutation has become empty as the content changed."""
    assert [kind for kind in KINDS if not mutations(kind)] == []


TOGETHER = 1 if BUDGET >= 1 else 4
"""Mistakes of different kinds made at once: one alone in the whole run."""

NAMES = sorted(KINDS)


@pytest.mark.parametrize("first", range(0, len(NAMES), TOGETHER))
@tries(3)
@given(data=st.data())
def test_every_kind_of_mistake_is_reported_where_it_was_made(folder: Path, first: int, data: st.DataObject) -> None:
    """Its code, file, line and column, and no follow-up. Those that are made together stand in different tables."""
    changes = [data.draw(st.sampled_from(mutations(kind))) for kind in NAMES[first : first + TOGETHER]]
    assume(not any(a.touches(b) for a, b in combinations(changes, 2)))
    assert found(folder, changes) == sorted(reported(change, changes) for change in changes)


@tries(40 if BUDGET >= 1 else 12)
@given(data=st.data())
def test_three_mistakes_are_all_reported(folder: Path, data: st.DataObject) -> None:
    """Made in three different tables, each is told at its place, and nothing else."""
    kinds = data.draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=3, unique=True))
    changes = [data.draw(st.sampled_from(mutations(kind))) for kind in kinds]
    assume(not any(a.touches(b) for a, b in combinations(changes, 2)))
    assert found(folder, changes) == sorted(reported(change, changes) for change in changes)
