"""States, conditions and leaves over the rows of a batch (scoring.md, sections 1 and 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from nqpf_assess.cohort.cells import CODE, Array, Cells
from nqpf_assess.engine import columns
from nqpf_assess.engine.arithmetic import FALSE, TRUE, UNKNOWN, Figures, Leaf
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.states import COMPARISONS, STATE_OPERATORS, combined
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Here, Value
from nqpf_assess.kinds.scale import Scale
from nqpf_assess.model.answers import STATES
from nqpf_assess.model.condition import AnyCondition, Comparison
from nqpf_assess.model.questionnaire import AnyQuestion, Questionnaire


@dataclass
class BatchView:
    """All that conditions may speak of, over the rows of a batch; each comparison is worked out once.

    `years`: the year that the answers of each row describe, 0 where none is stated.
    """

    facts: Mapping[str, Cells]
    years: Array
    questions: dict[str, Cells] = field(default_factory=dict)
    known: dict[Any, Array] = field(default_factory=dict)

    def truth(self, condition: AnyCondition) -> Figures:
        """Return TRUE, FALSE or UNKNOWN in each row."""
        return combined(columns, condition, self._leaf)

    def holds(self, condition: AnyCondition | None) -> Array | None:
        """Return in which rows a condition is known to hold; none given: None."""
        return None if condition is None else np.asarray(self.truth(condition) == TRUE)

    def fails(self, condition: AnyCondition | None) -> Array | None:
        """Return in which rows a condition is known not to hold; none given: None."""
        return None if condition is None else np.asarray(self.truth(condition) == FALSE)

    def _leaf(self, leaf: Comparison) -> Array:
        """Work a comparison out, once for each batch."""
        key = (leaf.fact, leaf.question, leaf.operator, leaf.operand)
        if key in self.known:
            return self.known[key]
        cells = (self.facts if leaf.fact is not None else self.questions)[leaf.subject]
        if leaf.operator in STATE_OPERATORS:
            judged = [TRUE if STATE_OPERATORS[leaf.operator](state) is leaf.operand else FALSE for state in STATES]
            found: Array = np.array(judged)[cells.state]
        else:
            if cells.codes is None:
                reached = cells.at_least(leaf.operand) if leaf.operator == "at_least" else cells.at_most(leaf.operand)
                outcome: Array = 1.0 * reached
            else:
                compare = COMPARISONS[leaf.operator]
                outcome = cells.by_value(
                    lambda value: UNKNOWN if value is None else float(compare(value, leaf.operand))
                )
            found = np.where(cells.answered, outcome, UNKNOWN)
        self.known[key] = found
        return found


def fact_cells(cells: Cells) -> Cells:
    """Take a fact answered with an `unknown` option as not known."""
    asked = cells.asked
    if asked is None or not any(value is not None and kind_of(asked).unknown(asked, value) for value in cells.distinct):
        return cells
    vague = cells.by_value(lambda value: float(value is not None and kind_of(asked).unknown(asked, value)))
    answered = cells.state == CODE["answered"]
    state = np.where(answered & (vague > 0), CODE["dk"], cells.state).astype(np.int8)
    return Cells(cells.asked, state, cells.codes, cells.distinct, cells.numbers, cells.exact)


def read_rows(
    questionnaire: Questionnaire,
    facts: Mapping[str, Cells],
    stored: Mapping[str, Cells],
    *,
    order: Sequence[str],
    quick: Array,
    years: Array,
) -> BatchView:
    """Work out the state of questions, in an order in which every condition finds its answers."""
    rows = BatchView({id: fact_cells(cells) for id, cells in facts.items()}, years)
    for id in order:
        question, cells = questionnaire.questions[id], stored[id]
        state = cells.state
        if kind_of(question).needs_year:
            state = np.where((state == CODE["answered"]) & (years == 0), CODE["blank"], state)
        not_applicable, shown = rows.holds(question.na_when), rows.holds(question.show_if)
        if not_applicable is not None:
            state = np.where(not_applicable, CODE["na"], state)
        if shown is not None:
            state = np.where(shown, state, CODE["hidden"])
        if not question.core and quick.any():
            state = np.where(quick, CODE["hidden"], state)
        if state is not cells.state:
            cells = replace(cells, state=state.astype(np.int8))
        rows.questions[id] = cells
    return rows


def leaf_of(instrument: Instrument, id: str, rows: BatchView) -> Leaf:
    """Score a question; what is the same in all rows stays a plain number."""
    question, cells = instrument.questionnaire.questions[id], rows.questions[id]
    if not kind_of(question).scored:
        return Leaf(0.0, 0.0, 0.0, 0.0, 0.0)
    applicable = columns.mask((cells.state != CODE["na"]) & (cells.state != CODE["hidden"]))
    score, least, most = _scaled(instrument, id, cells, rows)
    answered = columns.mask(cells.answered)
    score, still_open = answered * score, applicable - answered
    low = score if np.ndim(least) == 0 and least == 0 else score + still_open * least
    return Leaf(answered, applicable, score, low, score + still_open * most)


def _score(question: AnyQuestion, here: Here, value: Value | None) -> float:
    """Score one value; 0 where there is none, or no year to score it by."""
    return (None if value is None else kind_of(question).score(question, value, here)) or 0.0


def _scaled(instrument: Instrument, id: str, cells: Cells, rows: BatchView) -> tuple[Figures, Figures, Figures]:
    """Score answers, where there are several scales by the one that applies: the first case that holds, else the usual.

    Returns the scores, and the lowest and highest that can be reached.
    """
    question = instrument.questionnaire.questions[id]
    kind, scales = kind_of(question), instrument.scales.get(id)

    def by(scale: Scale | None) -> tuple[Figures, Figures, Figures]:
        if kind.needs_year:
            score = np.zeros(len(cells.state))
            for year in np.unique(rows.years).tolist():
                of_year = cells.by_value(partial(_score, question, Here(scale, year or None)))
                score = np.where(rows.years == year, of_year, score)
        elif cells.numbers is None or scale is None:
            score = cells.by_value(partial(_score, question, Here(scale)))
        elif scale.steep:
            score = cells.by_figure(scale.score)
        else:
            score = columns.interp(cells.numbers, scale.xs, scale.ys)
        return score, *kind.reach(question, Here(scale))

    if scales is None:
        return by(None)
    found = by(scales.usual)
    for when, scale in reversed(scales.cases):
        holding = rows.truth(when) == TRUE
        pairs = zip(by(scale), found, strict=True)
        score, least, most = (columns.where(holding, yes, no) for yes, no in pairs)
        found = (score, least, most)
    return found
