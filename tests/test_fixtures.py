"""What tests and tools stand on is sound itself: no fixture fails our own check."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from nqpf_assess.files.checking import check
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.problem import errors
from tests.session.conftest import write_content

TESTS = Path(__file__).parent
OUTLINE = TESTS / "report" / "outline" / "small"
SEEDS = TESTS.parent / "tools" / "fuzz" / "seeds"


def _outline(root: Path) -> None:
    (root / "questionnaires").mkdir(parents=True)
    (root / "weights" / "small").mkdir(parents=True)
    for path in OUTLINE.glob("*.toml"):
        target = "questionnaires/small.toml" if path.stem == "questionnaire" else f"weights/small/{path.name}"
        shutil.copy(path, root / target)


def _seeds(root: Path) -> None:
    shutil.copytree(SEEDS / "content", root)
    (root / "samples").mkdir()
    shutil.copy(SEEDS / "answers.toml", root / "samples")


FIXTURES: Mapping[str, Callable[[Path], object]] = {
    "the small questionnaire of the sessions": write_content,
    "the small questionnaire of the outlines": _outline,
    "the seeds of the fuzzer": _seeds,
}


@pytest.mark.parametrize("name", FIXTURES)
def test_a_fixture_passes_our_own_check(name: str, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    FIXTURES[name](root)
    found = errors(check(Library((Root("content", root),)), [root]))
    assert [problem.told("en") for problem in found] == []


def test_no_fixture_is_left_out() -> None:
    """A questionnaire in a file among the tests is one that the test above looks at, or is meant to be wrong."""
    kept = {
        path.relative_to(TESTS)
        for path in TESTS.rglob("*.toml")
        if "nqpf-questionnaire" in path.read_text(encoding="utf-8", errors="replace")
    }
    meant = {path for path in kept if path.parts[0] in ("invalid", "cases")}
    assert kept - meant == {(OUTLINE / "questionnaire.toml").relative_to(TESTS)}
