"""Differences of two rubrics, as they are written for readers who know no ids."""

from pathlib import Path

import pytest

import nqpf_assess as nq
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.locale import tell
from nqpf_assess.model.migration import FATES, EditionChange, EditionDifference, Effect
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.scorecard import Identity
from nqpf_assess.pages.difference import Titles, difference_blocks
from nqpf_assess.report.text import page_lines
from nqpf_assess.session.differing import edition_difference

REPOSITORY = Path(__file__).parents[2]


def test_titles_stand_where_ids_stood() -> None:
    """Of the rubrics compared, the part that a change is about, and the rubric of the chain in which it stands."""
    found = edition_difference(Library(roots()), "catch_up", "ecological", questionnaire="region")
    changes = [change for change in found.changes if change.id]
    assert any(change.file for change in changes)
    parts = {change.id: f"Title of {change.id}" for change in changes}
    titles = Titles(parts, {}, {change.file: f"Title of {change.file}" for change in changes})
    text = "\n".join(page_lines(difference_blocks(found, "en", everything=True, titles=titles), "en", 400))
    for change in changes:
        assert f"Title of {change.id}" in text
        assert not change.file or f"Title of {change.file}: " in text
    # Two profiles are two rubrics, and no editions of one whose version had to be raised.
    assert text.startswith("rubric catch_up 2027.1.0 → Title of ecological 2027.1.0: ")
    assert "version" not in text.splitlines()[1]


@pytest.mark.parametrize("turned", [False, True])
def test_a_rubric_is_read_by_the_edition_of_the_questionnaire_that_lies_beside_it(*, turned: bool) -> None:
    """A published one is not refused, to be mended first, since a fact it names is of another kind by now."""
    old, new = REPOSITORY / "editions" / "2026.1.0" / "weights" / "region" / "ecological.toml", "ecological"
    pair = (new, str(old)) if turned else (str(old), new)
    sample = REPOSITORY / "samples" / "ecological_county.toml"
    found = edition_difference(Library(roots()), *pair, questionnaire="region", files=[sample])
    assert {change.grade for change in found.changes} <= {"safe", "confirm"}
    assert {found.old.version, found.new.version} == {"2026.1.0", "2027.1.0"}
    (effect,) = found.effects
    scored = nq.score(nq.load(sample), weights="ecological").overall.score
    assert (effect.before if turned else effect.after) == pytest.approx(scored)


def test_of_rubrics_whose_questionnaire_is_elsewhere_it_is_told_where_was_looked() -> None:
    """Their own files name it, not the command line."""
    old = str(REPOSITORY / "weights" / "region" / "ecological.toml")
    with pytest.raises(UserError) as refused:
        edition_difference(Library(()), old, old)
    assert "there is no questionnaire “region”" in refused.value.message["en"]
    assert "--questionnaire" in tell(refused.value.hint, "en")


def test_a_band_bears_no_title_of_a_part_of_its_id() -> None:
    change = EditionChange("bands", "emerging", "from", "confirm", "minor", {"en": "changed"}, file="emerging")
    same = Identity("emerging", "1.0.0", "")
    found = EditionDifference("weights", same, same, (change,), None, None)
    titles = Titles({"emerging": "A dimension"}, {}, {"emerging": "A rubric"})
    text = "\n".join(page_lines(difference_blocks(found, "en", titles=titles), "en", 400))
    assert "A rubric: band emerging from" in text
    assert "A dimension" not in text


def test_of_one_pillar_both_moves_are_the_same_figure() -> None:
    """Each is what the printed scores give: from 56.242 to 51.687 is −4.5, though it is rounded to −4.6."""
    scores = 56.242, 51.687
    same = Identity("library", "1.0.0", "")
    found = EditionDifference(
        "questionnaire",
        same,
        same,
        (),
        None,
        None,
        (Effect("a.toml", *scores, {"p": scores}, dict.fromkeys(FATES, 0)),),
    )
    text = "\n".join(page_lines(difference_blocks(found, "en"), "en", 400))
    assert text.count("−4.5") == 2


def test_of_pillars_that_moved_alike_none_is_the_one_that_moved_most() -> None:
    """Both are named: the first of them was, in whatever order they stand."""
    same, scores = Identity("library", "1.0.0", ""), (50.0, 52.0)
    nodes = {"p": (40.04, 42.0), "q": (60.0, 58.0), "r": (50.0, 50.6), "s": (None, 9.0)}
    effect = Effect("a.toml", *scores, nodes, dict.fromkeys(FATES, 0))
    found = EditionDifference("questionnaire", same, same, (), None, None, (effect,))
    assert any(line.endswith(" p +2.0, q −2.0") for line in page_lines(difference_blocks(found, "en"), "en", 400))
