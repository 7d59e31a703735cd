"""One mistake in a sound workspace is found, exactly where it was made, and nothing else is said to be wrong."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nqpf_assess.model.problem import errors
from tests.files.mutations import KINDS, Mutation, applied, mutations, reported
from tests.files.workspace import WORKSPACE, checked, write
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


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_places_for_a_mutation(kind: str) -> None:
    """No kind of mutation has become empty as the content changed."""
    assert len(mutations(kind)) > 0


@pytest.mark.parametrize("kind", KINDS)
@tries(3)
@given(data=st.data())
def test_one_mistake_is_reported_where_it_was_made_and_no_other(folder: Path, kind: str, data: st.DataObject) -> None:
    """Its code, file, line and column, and no follow-up."""
    change = data.draw(st.sampled_from(mutations(kind)))
    assert found(folder, [change]) == [reported(change, [change])]


@tries(40)
@given(data=st.data())
def test_three_mistakes_are_all_reported(folder: Path, data: st.DataObject) -> None:
    """Made in three different tables, each is told at its place, and nothing else."""
    kinds = data.draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=3, max_size=3, unique=True))
    changes = [data.draw(st.sampled_from(mutations(kind))) for kind in kinds]
    assume(not any(a.touches(b) for a, b in ((changes[0], changes[1]), (changes[0], changes[2]), changes[1:])))
    assert found(folder, changes) == sorted(reported(change, changes) for change in changes)
