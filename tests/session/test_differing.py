"""Differences of two rubrics, as they are written for readers who know no ids."""

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.pages.difference import difference_blocks
from nqpf_assess.report.text import page_lines
from nqpf_assess.session.differing import edition_difference


def test_titles_stand_where_ids_stood() -> None:
    """Of the rubrics compared, the part that a change is about, and the rubric of the chain in which it stands."""
    found = edition_difference(Library(roots()), "catch_up", "ecological", questionnaire="region")
    changes = [change for change in found.changes if change.id]
    assert any(change.file for change in changes)
    titles = {id: f"Title of {id}" for change in changes for id in (change.id, change.file) if id}
    text = "\n".join(page_lines(difference_blocks(found, "en", everything=True, titles=titles), "en", 400))
    for change in changes:
        assert f"Title of {change.id}" in text
        assert not change.file or f"Title of {change.file}: " in text
