"""Corrections by hand as `score` tells them: what they come to, and what is not laid to local conditions."""

from pathlib import Path

import pytest

from tests.cli.conftest import REPOSITORY, Run

SAMPLES = REPOSITORY / "samples"


def test_what_was_corrected_by_hand_is_not_laid_to_local_conditions(run: Run) -> None:
    said = " ".join(run("score", SAMPLES / "border_county_override.toml").stdout.split())
    assert "corrected by hand: Digital infrastructure (weight × 0.8), Green productivity (weight × 1.2, target" in said
    # As its table has it, since a dimension keeps its own.
    assert "so that of “Green productivity” comes to 80.7." in said
    assert "weights that were moved" in said
    assert "what local conditions" not in said
    assert "here it should be near the front. (by hand × 1.2)" in said
    said = " ".join(run("score", SAMPLES / "innovation_hub_city.toml").stdout.split())
    assert "by hand" not in said
    assert "so that of" not in said  # its profile states targets for pillars, of which `explain` tells this


@pytest.mark.parametrize(
    ("key", "figures", "said"), [("factor", (2, 0.5), "weight × 1"), ("target", (75, 65), "target 65.0")]
)
def test_several_corrections_by_hand_of_one_part_are_told_as_what_they_come_to(
    run: Run, answers: Path, key: str, figures: tuple[float, float], said: str
) -> None:
    """Factors multiply, also to 1; the last target counts."""
    own = "".join(f'[[override]]\nnode = "green"\n{key} = {figure}\nwhy = "x"\n' for figure in figures)
    answers.write_text(answers.read_text(encoding="utf-8") + own, encoding="utf-8")
    assert f"corrected by hand: Green productivity ({said})" in run("score", answers).stdout


def test_a_target_set_by_hand_moves_no_weight(run: Run, tmp_path: Path) -> None:
    """A target that is corrected is told as that, no points of weight stand beside it, and it is told once."""
    words = (SAMPLES / "cluster_county.toml").read_text(encoding="utf-8")
    words = words.replace('weights = { id = "cluster_county"', 'weights = { id = "baseline"')
    own = '\n[[override]]\nnode = "green"\ntarget = 90\nwhy = "x"\n'
    (tmp_path / "a.toml").write_text(words + own, encoding="utf-8")
    said = " ".join(run("score", "a.toml").stdout.split())
    assert "corrected by hand: Green productivity (target 90.0)" in said
    assert "so that of" not in said  # no dimension has another, and 90.0 is what it comes to
    assert "points of weight" not in said
    own += '\n[[override]]\nnode = "workforce_skills"\nfactor = 2\nwhy = "y"\n'  # within a part that keeps its weight
    (tmp_path / "a.toml").write_text(words + own, encoding="utf-8")
    moved = run("score", "a.toml").stdout.partition("points of weight")[2]
    assert "Skills of the workforce" in moved
    assert "Green productivity" not in moved
