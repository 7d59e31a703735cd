"""From answers up: question scores, means, coverage, ranges, floors, band (scoring.md, section 2)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from nqpf_assess.engine.arithmetic import (
    MEANS,
    TOLERANCE,
    Column,
    Leaf,
    LevelWeights,
    Mean,
    Rolled,
    below,
    by_dimension,
    coverage_and_scores,
    floored,
    lit,
    low_and_high,
    plain,
)
from nqpf_assess.engine.instrument import Instrument, Rules
from nqpf_assess.engine.rubric import LocalRubric, local_rubric
from nqpf_assess.engine.states import View, holds, read
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Here
from nqpf_assess.model.answers import Answer, Answers
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.questionnaire import AnyAsked
from nqpf_assess.model.weights import Band


class Figures(NamedTuple):
    """What one set of weights and rules makes of the leaves: scores (gated by coverage), ranges, and the floors."""

    weights: LevelWeights
    rules: Rules
    scores: Rolled
    coverage: Rolled
    low: Rolled
    high: Rolled
    total: Column
    fired: tuple[str, ...]


class Assessed(NamedTuple):
    """One assessment read and scored: what everything else about it is worked out from."""

    instrument: Instrument
    answers: Answers
    view: View
    rubric: LocalRubric
    leaves: tuple[Leaf, ...]
    figures: Figures


def assess(instrument: Instrument, answers: Answers, view: View | None = None) -> Assessed:
    """Score one assessment under its local rubric. The files must be free of errors.

    `view`: the answers as they were read already; it hangs on questionnaire and answers alone, not on the rubric.
    """
    view = view or read(instrument, answers)
    rubric = local_rubric(instrument, view, answers.override)
    leaves = tuple(leaf(instrument, id, view) for id in instrument.questions)
    figures = measure(instrument, leaves, weights=rubric.weights, rules=instrument.rules)
    return Assessed(instrument, answers, view, rubric, leaves, figures)


def measure(instrument: Instrument, leaves: Sequence[Leaf], *, weights: Mapping[str, float], rules: Rules) -> Figures:
    """Roll the leaves up under one set of weights and rules."""
    by_level, tree, means = instrument.weights_by_level(weights), instrument.tree, rules.means
    dimensions = by_dimension(plain, tree, leaves.__getitem__, weights=by_level.questions, mean=means.questions)
    coverage, scores = coverage_and_scores(
        plain, tree, dimensions, weights=by_level, means=means, minimum=rules.minimum_coverage
    )
    low, high = low_and_high(plain, tree, dimensions, weights=by_level, means=means)
    applicable, answered = lit(plain, tree, leaves, by_level)
    total, fired = floored(plain, scores, rules.floor_rules)
    return Figures(
        by_level,
        rules,
        scores._replace(questions=list(map(Column, (leaf.score for leaf in leaves), answered))),
        coverage._replace(questions=list(map(Column, answered, applicable))),
        low._replace(questions=list(map(Column, (leaf.low for leaf in leaves), applicable))),
        high._replace(questions=list(map(Column, (leaf.high for leaf in leaves), applicable))),
        total,
        tuple(id for id, there in fired.items() if there),
    )


def totals_of(
    instrument: Instrument, leaves: Sequence[Leaf], *, weights: Mapping[str, float], rules: Rules
) -> Mapping[Mean, Column]:
    """Return the overall after the floors by each mean across pillars; `measure` without all that leads to it."""
    by_level, tree = instrument.weights_by_level(weights), instrument.tree
    dimensions = by_dimension(plain, tree, leaves.__getitem__, weights=by_level.questions, mean=rules.means.questions)
    found: dict[Mean, Column] = {}
    for kind in MEANS:
        means = rules.means._replace(pillars=kind)
        _, scores = coverage_and_scores(
            plain, tree, dimensions, weights=by_level, means=means, minimum=rules.minimum_coverage
        )
        found[kind] = floored(plain, scores, rules.floor_rules)[0]
    return found


def ends(figures: Figures) -> tuple[Column, Column]:
    """Return the overall's range after the floors, each end judged by the nodes' same ends."""
    low, _ = floored(plain, figures.low, figures.rules.floor_rules)
    high, _ = floored(plain, figures.high, figures.rules.floor_rules)
    return low, high


def leaf(instrument: Instrument, id: str, view: View) -> Leaf:
    """Score one question."""
    question, seen = instrument.questionnaire.questions[id], view.questions[id]
    kind = kind_of(question)
    if not kind.scored or seen.state in ("hidden", "na"):
        return Leaf(answered=False, applicable=False, score=0.0, low=0.0, high=0.0)
    here = scored_here(instrument, id, view)
    if seen.state == "answered" and seen.value is not None:
        score = kind.score(question, seen.value, here)
        assert score is not None
        return Leaf(answered=True, applicable=True, score=score, low=score, high=score)
    low, high = kind.reach(question, here)
    return Leaf(answered=False, applicable=True, score=0.0, low=low, high=high)


def scored_here(instrument: Instrument, id: str, view: View) -> Here:
    """Return what decides about a question's score beside its answer: of its scales the first that holds."""
    scales = instrument.scales.get(id)
    if scales is None:
        return Here(None, view.year)
    return Here(next((scale for when, scale in scales.cases if holds(when, view)), scales.usual), view.year)


def scale_conditions(instrument: Instrument, id: str, view: View) -> Iterator[AnyCondition]:
    """Yield the conditions on which it hangs by which scale a question is scored: those before the first that holds."""
    scales = instrument.scales.get(id)
    return takewhile(lambda when: not holds(when, view), (when for when, _scale in scales.cases) if scales else ())


def confidence_ends(assessed: Assessed) -> tuple[Column, Column]:
    """Return the overall's range when, besides, every answered score moves by its confidence's spread (0–100)."""
    spreads = assessed.figures.rules.confidence_spread
    moved = []
    for id, leaf in zip(assessed.instrument.questions, assessed.leaves, strict=True):
        answer = assessed.answers.answers.get(id)
        by = spreads[(answer.confidence if answer else None) or "medium"]
        ranged = leaf._replace(low=max(0.0, leaf.low - by), high=min(100.0, leaf.high + by))
        moved.append(ranged if leaf.answered else leaf)  # what is open has its whole range already
    rules = assessed.figures.rules
    return ends(measure(assessed.instrument, moved, weights=assessed.rubric.weights, rules=rules))


def supported(question: AnyAsked, answer: Answer | None) -> bool:
    """Return whether evidence is named for an answer; a figure with its year counts as supported."""
    if answer is None:
        return False
    named = any(entry.strip() for entry in answer.evidence)
    return named or (kind_of(question).is_figure and answer.year is not None)


def evidence_leaves(assessed: Assessed, ceiling: float) -> tuple[Leaf, ...]:
    """Return the leaves with every answer above the ceiling that names no evidence counted as the ceiling."""
    questions, answers = assessed.instrument.questionnaire.questions, assessed.answers.answers
    return tuple(
        leaf._replace(score=ceiling)
        if leaf.answered and below(ceiling, leaf.score) and not supported(questions[id], answers.get(id))
        else leaf
        for id, leaf in zip(assessed.instrument.questions, assessed.leaves, strict=True)
    )


def baseline(assessed: Assessed) -> Figures:
    """Score the same answers under the root rubric alone: its weights, rules and floors."""
    instrument = assessed.instrument
    return measure(instrument, assessed.leaves, weights=instrument.root_weights, rules=instrument.root_rules)


def band_of(bands: Mapping[str, Band], score: float | None) -> str | None:
    """Return the band with the highest lower bound that the score reaches; none below the lowest."""
    if score is None:
        return None
    reached = [id for id, band in bands.items() if score - float(band.from_) > -TOLERANCE]
    return max(reached, key=lambda id: bands[id].from_, default=None)
