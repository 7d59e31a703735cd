"""What a comparison promises: the parts sum to the change, on random assessments, rubrics and editions."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.engine.comparing import ComparedAssessment, compare
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score
from nqpf_assess.exchange.comparison_json import comparison_row
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.comparison import CAUSES, AssessmentComparison, Change
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from nqpf_assess.report.comparison_tables import comparison_lines
from tests.engine.migrating.editions import Editions, editions
from tests.support.instruments import Case, crowds
from tests.support.oracle import Plain
from tests.support.scored import tries

TODAY = date(2026, 11, 2)
EXACT = 1e-9
Draw = Callable[[st.SearchStrategy[Any]], Any]


def side(name: str, case: Case, chain: list[Plain] | None = None) -> ComparedAssessment:
    rubric = tuple(map(Weights.model_validate, chain or case.chain))
    instrument = Instrument(Questionnaire.model_validate(case.questionnaire), rubric)
    return ComparedAssessment(name, Answers.model_validate(case.answers), instrument)


def changes(comparison: AssessmentComparison) -> Sequence[Change]:
    return [comparison.overall, comparison.uncapped, *(node.change for node in comparison.nodes)]


def assert_additive(comparison: AssessmentComparison) -> None:
    """The parts that can be told, and what cannot be told apart, are the whole change."""
    for change in changes(comparison):
        parts = [effect for effect in change.effects.values() if effect is not None]
        if change.total is not None:
            assert sum(parts) + (change.unsplit or 0.0) == pytest.approx(change.total, abs=EXACT)
            assert change.unsplit is None or len(parts) < len(CAUSES)
        else:
            assert change.why in ("new", "gone", "first_score", "lost_score", "no_score")


@st.composite
def retuned(draw: Draw) -> tuple[Case, Case, list[Plain]]:
    """Two assessments under one questionnaire, and another rubric for the second."""
    then, now = draw(crowds(2))
    chain = [dict(file) for file in now.chain]
    nodes = [*then.questionnaire["pillars"], *then.questionnaire["dimensions"]]
    chain[0]["weights"] = {**chain[0].get("weights", {}), **{id: draw(st.integers(1, 9)) for id in nodes}}
    return then, now, chain


@tries(40)
@given(retuned())
def test_the_parts_sum_to_the_change(drawn: tuple[Case, Case, list[Plain]]) -> None:
    """Answers and weights differ: both ends are as `score` gives them, parts sum, the questionnaire moves nothing."""
    then, now, chain = drawn
    old, new = side("then", then), side("now", now, chain)
    comparison = compare(old, new, TODAY)
    assert_additive(comparison)
    cards = score(old.instrument, old.answers), score(new.instrument, new.answers)
    ends = cards[0].overall.score, cards[1].overall.score
    assert (comparison.overall.before, comparison.overall.after) == ends
    scores = {node.id: node.score for node in cards[1].nodes}
    assert comparison.nodes
    assert all(node.change.after == scores[node.id] for node in comparison.nodes)
    assert all(change.effects["questionnaire"] in (None, 0.0) for change in changes(comparison))


@tries(30)
@given(editions(), st.data())
def test_the_parts_sum_across_editions(found: Editions, data: st.DataObject) -> None:
    """The questionnaire differs too: renamed questions are held against each other, what came or went is said."""
    old = ComparedAssessment("then", found.answers, found.instrument(new=False))
    new = ComparedAssessment("now", found.answers, found.instrument(new=True))
    comparison = compare(old, new, TODAY)
    assert_additive(comparison)
    kept = {node.id for node in comparison.nodes if node.change.why not in ("gone",)}
    asked = found.new
    scored = {id for id, question in asked.questions.items() if question.kind != "text"}
    assert kept == {*asked.pillars, *asked.dimensions, *scored}


@tries(30)
@given(editions())
def test_nothing_changes_between_a_file_and_itself(found: Editions) -> None:
    """Compared with itself an assessment has changed in nothing."""
    same = ComparedAssessment("x", found.answers, found.instrument(new=False))
    comparison = compare(same, replace(same, name="y"), TODAY)
    assert all(change.total in (None, 0.0) for change in changes(comparison))
    assert (comparison.answers, comparison.parts, comparison.overrides_changed) == ((), (), False)


@tries(30)
@given(crowds(2))
def test_the_effect_of_the_answers_comes_apart_by_pillars(crowd: list[Case]) -> None:
    """Taken over one after another, the parts sum to the effect of the answers."""
    comparison = compare(side("then", crowd[0]), side("now", crowd[1]), TODAY)
    whole, parts = comparison.uncapped.effects["answers"], [part.points for part in comparison.parts]
    known = [points for points in parts if points is not None]
    if whole is not None and len(known) == len(parts):
        assert sum(known) == pytest.approx(whole, abs=EXACT)


@tries(20)
@given(editions(), st.sampled_from(["en", "zh"]))
def test_every_comparison_can_be_told(found: Editions, language: str) -> None:
    """Whatever is missing on either side, it is told in words and tables and as data."""
    old = ComparedAssessment("then", found.answers, found.instrument(new=False))
    new = ComparedAssessment("now", found.answers, found.instrument(new=True))
    comparison = compare(old, new, TODAY)
    questionnaires = old.instrument.questionnaire, new.instrument.questionnaire
    lines = list(comparison_lines(comparison, questionnaires, language, width=80, everything=True))
    assert len(lines) > len(comparison.nodes)
    assert comparison_row(comparison, language)["format"] == "nqpf-comparison/1"
