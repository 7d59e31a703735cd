"""What answers say beside official criteria: sentences, figures by their names, nothing empty."""

import re

import pytest

from nqpf_assess.report.blocks import Paragraph, Table, words_of
from nqpf_assess.report.outline.criteria import criteria_blocks
from nqpf_assess.report.outline.headings import Headings
from nqpf_assess.report.outline.references import source_numbers
from nqpf_assess.report.outline.shelf import shelve
from tests.report.outline.made import FACTORY, answered, case_of, shipped

SAYS, READING = 2, 3


def rows(language: str, level: float | None, mode: str) -> list[tuple[str, str]]:
    """What the answers say and how that is read, of every criterion for a firm whose answers all score alike."""
    instrument = shipped("firm", "specialised_sme")
    case = case_of(
        instrument, answered(instrument, facts=FACTORY, wanted=lambda _: level, entries={}, mode=mode), language
    )
    tables = [block for block in criteria_blocks(case, Headings(language)) if isinstance(block, Table)]
    found = [(words_of(row[SAYS]), words_of(row[READING])) for table in tables for row in table.rows]
    assert len(found) > 20
    return found


@pytest.mark.parametrize(
    ("language", "left_out", "clumsy"), [("en", ": left out this time", "is not asked. "), ("zh", "：本次未问", "是未")]
)
def test_a_figure_that_quick_mode_leaves_out_is_named(language: str, left_out: str, clumsy: str) -> None:
    """By its title, in a sentence that is one in each language, and not as “……占比是未询问”."""
    said = [words for words, _ in rows(language, 100, "quick")]
    assert any(left_out in words for words in said)
    assert not [words for words in said if clumsy in words]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_has_no_name_is_told_only_where_nothing_else_is(language: str) -> None:
    """“Not asked.” does not stand alone between what is answered."""
    bare, stop = {"en": ("Left out this time", ". "), "zh": ("本次未问", "。")}[language]
    parts = [words.rstrip(".。").split(stop) for words, _ in rows(language, 100, "quick")]
    assert any(first == bare for first, *_ in parts)
    assert not [rest for _, *rest in parts if bare in rest]


def test_of_what_nothing_can_be_said_plainly_no_stop_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a bare yes in content of one's own."""
    monkeypatch.setattr("nqpf_assess.report.outline.criteria.told_of", lambda *_, **_rest: "")
    assert not [said for said, _ in rows("en", 100, "full") if said.startswith(".") or ". ." in said]


@pytest.mark.parametrize(
    ("language", "open_yet", "counts"),
    [
        (
            "en",
            "not answered yet",
            r"; not answered yet: (\d+); (?:not asked here: \d+; )?for the documents to decide: (\d+)\.",
        ),
        ("zh", "尚未填写", r"，尚未填写(\d+)条(?:，未涉及\d+条)?，其余(\d+)条须"),
    ],
)
def test_clauses_whose_questions_are_open_are_not_counted_among_those_that_documents_decide(
    language: str, open_yet: str, counts: str
) -> None:
    """Whoever has answered nothing does not read that all clauses are for the documents."""
    instrument = shipped("firm", "specialised_sme")
    for level in (None, 50.0):
        case = case_of(instrument, answered(instrument, facts=FACTORY, wanted=lambda _, level=level: level), language)
        blocks = list(criteria_blocks(case, Headings(language)))
        told = re.findall(counts, " ".join(words_of(b.runs) for b in blocks if isinstance(b, Paragraph)))
        tables = [block for block in blocks if isinstance(block, Table)]
        readings = [words_of(row[READING]) for table in tables for row in table.rows]
        assert sum(int(n) for n, _rest in told) == readings.count(open_yet)
        assert told or level is not None


@pytest.mark.parametrize(
    ("language", "unasked", "counts"),
    [("en", "not asked here", r"; not asked here: (\d+)[;.]"), ("zh", "未涉及", r"，未涉及(\d+)条")],
)
def test_clauses_that_a_quick_screening_leaves_out_are_not_counted_among_those_that_documents_decide(
    language: str, unasked: str, counts: str
) -> None:
    """They are counted by themselves: the full questionnaire decides them."""
    instrument = shipped("firm", "specialised_sme")
    case = case_of(instrument, answered(instrument, facts=FACTORY, mode="quick"), language)
    blocks = list(criteria_blocks(case, Headings(language)))
    told = re.findall(counts, " ".join(words_of(b.runs) for b in blocks if isinstance(b, Paragraph)))
    readings = [words_of(row[READING]) for table in blocks if isinstance(table, Table) for row in table.rows]
    assert sum(map(int, told)) == readings.count(unasked) > 0


@pytest.mark.parametrize(("size", "cited"), [("small", True), ("large", False)])
def test_sources_of_criteria_that_are_not_meant_for_a_firm_are_not_listed_as_cited(size: str, cited: bool) -> None:
    instrument = shipped("firm", "large_manufacturer")
    case = case_of(instrument, answered(instrument, facts=FACTORY | {"size": size}))
    assert ("c_guided_rating24" in source_numbers(case, shelve(case))) == cited
