"""Whatever is or is not answered, an outline builds, says nothing unfinished, and holds nothing empty."""

import re
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.model.answers import Answers
from nqpf_assess.report.blocks import (
    Bullets,
    DetailCard,
    Heading,
    KeyFigures,
    Outline,
    PageBreak,
    Paragraph,
    Table,
    words_of,
)
from nqpf_assess.report.outline import findings, pillars
from tests.report.outline.made import (
    COUNTY,
    FACTORY,
    anchors,
    answered,
    case_of,
    every_text,
    links,
    numbers,
    outline,
    sections,
    shipped,
)
from tests.support.instruments import Case, cases
from tests.support.oracle import Plain
from tests.support.scored import instrument_of, tries

UNFINISHED = re.compile(r"\bNone\b(?! of the)|\bnan\b|\binf\b|\{[a-z_]*\}|Text\(|<bound|object at|\.0\d{6,}")
UNKNOWN = "{nothing}"
"""Braces in a check's message that name no question: by contract they stay as they are."""

PROFILES = (("region", "ecological"), ("region", "innovation_hub"), ("region", "baseline"), ("firm", "specialised_sme"))


def nothing(words: str) -> str:
    """The content's own “None of these” and figures must not look like ours: a Chinese report quotes more of it."""
    return re.sub(r"(?<![{\w])\d[\d,.]*", "so many", re.sub(r"\bNone\b", "Nil", words))


STATES = st.tuples(st.sampled_from(PROFILES), st.integers(0, 2**20))
"""Which instrument, and the seed of a random state of its answers (small, so that a failing case can be read)."""


def assessment(which: tuple[tuple[str, str], int]) -> tuple[Instrument, Answers]:
    """A shipped instrument with random states and scores of answers, by pillars answered more or less."""
    (subject, profile), seed = which
    instrument, random = shipped(subject, profile, nothing), Random(seed)
    facts = {id: value for id, value in (COUNTY if subject == "region" else FACTORY).items() if random.random() < 0.7}
    lazy = {pillar: random.choice((0, 0, 20, 60, 100)) for pillar in instrument.pillars}
    level = random.choice((0, 30, 60, 100))
    entries: Plain = {}
    wanted: dict[str, float | None] = {}
    for id, question in instrument.questionnaire.questions.items():
        silent = random.randrange(100) < lazy[instrument.questionnaire.dimensions[question.dimension].pillar]
        wanted[id] = None if silent else min(100, max(0, level + random.randint(-30, 30)))
        if silent and random.random() < 0.5:
            state = random.choice(("dk", "later", "na"))
            entries[id] = {"state": state} | ({"reason": "not here"} if state == "na" else {})
    mode = random.choice(("full", "full", "quick"))
    return instrument, answered(instrument, facts=facts, wanted=wanted.get, entries=entries, mode=mode)


def check(made: Outline) -> None:
    """Hold an outline to every rule that needs no figures."""
    for part in made.parts:
        _structure(part.blocks)
        names = anchors(part)
        assert len(names) == len(set(names))
    reachable = {(part.language, name) for part in made.parts for name in anchors(part)}
    assert set(links(made)) <= reachable
    bad = [text for text in every_text(made) if UNFINISHED.search(text.replace(UNKNOWN, ""))]
    assert not bad, bad[:3]


def _structure(blocks: tuple[Any, ...]) -> None:
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Heading):
            assert block.text.strip()
            deeper = isinstance(following, Heading) and following.level > block.level
            assert deeper or not isinstance(following, Heading | PageBreak | None), f"nothing under {block.text}"
        elif isinstance(block, Table):
            assert block.rows
            assert all(words_of(cell) for row in block.rows for cell in row), block.caption
            assert all(len(row) == len(block.columns) for row in block.rows)
            assert all(column.title for column in block.columns)
        elif isinstance(block, Bullets):
            assert block.items
            assert all(words_of(item) for item in block.items)
        elif isinstance(block, Paragraph):
            assert words_of(block.runs)
        elif isinstance(block, KeyFigures):
            assert all(figure.label and figure.value for figure in block.figures)
        elif isinstance(block, DetailCard):
            assert block.title
            assert all(words_of(field.runs) for field in block.fields)


@tries(50)
@given(STATES)
def test_any_state_of_answers_gives_a_finished_outline(which: tuple[tuple[str, str], int]) -> None:
    """Nothing unfinished, nothing empty, every link leads somewhere, in both languages."""
    check(outline(*assessment(which)))


@tries(20)
@given(STATES)
def test_nothing_is_praised_and_blamed_in_the_same_words(which: tuple[tuple[str, str], int]) -> None:
    """An answer below its target that is in place is something to build on or a gap, and not both."""
    case = case_of(*assessment(which))
    for pillar in case.pillars:
        blamed = " ".join(words_of(item) for item in pillars.gap_items(case, pillar.id)).casefold()
        for node, told in findings.carried(case, findings.gaps(case, pillar.id)):
            assert told
            assert not [words for words in told if words.strip(". ").casefold() in blamed], node.id


@tries(40)
@given(STATES)
def test_both_languages_give_the_same_figures(which: tuple[tuple[str, str], int]) -> None:
    """Section by section the same numbers, as often; the content says the same in both, so all others are ours."""
    english, chinese = (sections(part) for part in outline(*assessment(which)).parts)
    assert english.keys() == chinese.keys()
    for name in english:
        left, right = numbers(english[name]), numbers(chinese[name])
        assert left == right, (name, left - right, right - left)


@tries(60)
@given(cases())
def test_any_valid_instrument_gives_a_finished_outline(case: Case) -> None:
    """Geometric means, switched-off parts, floors, text questions, hidden questions, instruments in one language."""
    instrument = instrument_of(case.questionnaire, case.chain)
    check(outline(instrument, Answers.model_validate(case.answers)))


def test_one_answer_alone_reads_well() -> None:
    """Far from a score, nothing is empty and nothing is unfinished."""
    instrument = shipped("region", "ecological", nothing)
    first = next(iter(instrument.questionnaire.questions))
    check(outline(instrument, answered(instrument, wanted=lambda id: 50.0 if id == first else None)))


@pytest.mark.parametrize(("subject", "profile"), PROFILES)
@pytest.mark.parametrize("score", [None, 0.0, 100.0])
def test_extremes_read_well(subject: str, profile: str, score: float | None) -> None:
    """Nothing answered, all gaps, no gaps."""
    instrument = shipped(subject, profile, nothing)
    made = outline(instrument, answered(instrument, wanted=lambda _: score))
    check(made)
    tables = [block for part in made.parts for block in part.blocks if isinstance(block, Table)]
    dashes = [table for table in tables if all(words_of(cell) in ("–", "0%") for row in table.rows for cell in row[1:])]
    assert not dashes, [table.caption for table in dashes]
