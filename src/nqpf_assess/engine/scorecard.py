"""The scorecard: every figure of one assessment, each with what explains it."""

from collections.abc import Sequence

from nqpf_assess.engine.arithmetic import FLOOR, Column, Rolled, below
from nqpf_assess.engine.balance import balance_of
from nqpf_assess.engine.conditions import View, holds
from nqpf_assess.engine.digest import identities
from nqpf_assess.engine.gains import Gain, one_level_up, to_target
from nqpf_assess.engine.gaps import Gaps, gaps_of
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.measures import measures_of
from nqpf_assess.engine.phrasing import with_answers
from nqpf_assess.engine.robustness import Robustness, robustness_of, variants_of
from nqpf_assess.engine.rubric import dimension_targets, ledger, normalised
from nqpf_assess.engine.scoring import (
    Assessed,
    applicable,
    assess,
    band_of,
    baseline,
    confidence_ends,
    effective,
    ends,
    evidence_backed,
)
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.scorecard import FiredCheck, NodeLevel, NodeScore, Overall, Scorecard


def score(instrument: Instrument, answers: Answers) -> Scorecard:
    """Score one assessment in full. The files must be free of errors."""
    return scorecard_of(assess(instrument, answers))


def scorecard_of(assessed: Assessed) -> Scorecard:
    """Compute everything that follows from one scored assessment."""
    instrument = assessed.instrument
    gaps, robust = gaps_of(assessed), robustness_of(assessed)
    questionnaire, weights, answers = identities(instrument, assessed.answers)
    return Scorecard(
        questionnaire=questionnaire,
        weights=weights,
        answers_digest=answers,
        overall=_overall(assessed, gaps, robust),
        balance=balance_of(assessed),
        nodes=tuple(map(_Rows(assessed, gaps, robust).row, instrument.nodes)),
        ledger=ledger(instrument, assessed.rubric),
        checks=fired_checks(assessed),
        countermeasures=measures_of(assessed),
        variants=variants_of(assessed),
        at_geometric_floor=_floored_nodes(assessed),
    )


def figure(column: Column) -> float | None:
    """Return a figure or None."""
    return float(column.value) if column.has else None


def _overall(assessed: Assessed, gaps: Gaps, robust: Robustness) -> Overall:
    figures = assessed.figures
    low, high = ends(figures)
    confidence_low, confidence_high = confidence_ends(assessed)
    target, uncapped, total = gaps.targets.overall, figure(figures.scores.overall), figure(figures.total)
    return Overall(
        score=total,
        uncapped=uncapped,
        low=figure(low),
        high=figure(high),
        confidence_low=figure(confidence_low),
        confidence_high=figure(confidence_high),
        coverage=figure(figures.coverage.overall),
        band=band_of(figures.rules.bands, total),
        target=figure(target),
        gap=None if uncapped is None else float(target.value) - uncapped,
        shortfall=gaps.shortfall,
        surplus=gaps.surplus,
        baseline_score=figure(baseline(assessed).total),
        evidence_backed=figure(evidence_backed(assessed).total),
        robust_low=robust.low,
        robust_high=robust.high,
        floors=figures.fired,
    )


class _Rows:
    """Builds the rows of the node table from the figures of each level."""

    def __init__(self, assessed: Assessed, gaps: Gaps, robust: Robustness) -> None:
        self.assessed = assessed
        self.instrument: Instrument = assessed.instrument
        self.gaps, self.robust = gaps, robust
        self.local = normalised(self.instrument, assessed.rubric.weights)
        self.root = normalised(self.instrument, self.instrument.root_weights)
        self.effective, self.applicable = effective(assessed), applicable(assessed)
        self.targets = dimension_targets(self.instrument, assessed.rubric)
        self.up, self.to_target = one_level_up(assessed), to_target(assessed)

    def row(self, node: str) -> NodeScore:
        questionnaire, index = self.instrument.questionnaire, self.instrument.place[node]
        if node in questionnaire.pillars:
            return self._node(
                node,
                "pillar",
                parent=None,
                target=figure(self.gaps.targets.pillars[index]),
                contribution=self.gaps.pillar_contributions[index],
                share=self.gaps.pillar_shares[index],
                weakest=self.robust.weakest[index],
            )
        if node in questionnaire.dimensions:
            return self._node(
                node,
                "dimension",
                parent=questionnaire.dimensions[node].pillar,
                target=self.targets[index],
                contribution=self.gaps.dimension_contributions[index],
                share=self.gaps.dimension_shares[index],
            )
        parent = questionnaire.questions[node].dimension
        return self._node(node, "question", parent=parent, up=self.up[index], to_target=self.to_target[index])

    def _node(
        self,
        node: str,
        level: NodeLevel,
        *,
        parent: str | None,
        target: float | None = None,
        contribution: float | None = None,
        share: float | None = None,
        weakest: object = None,
        up: Gain | None = None,
        to_target: Gain | None = None,
    ) -> NodeScore:
        figures = self.assessed.figures
        score, coverage = (figure(self._at(rolled, level, node)) for rolled in (figures.scores, figures.coverage))
        if level == "question":
            state: str = self.assessed.view.questions[node].state
        else:
            state = "scored" if score is not None else "no_score" if coverage is not None else "not_assessed"
        return NodeScore(
            id=node,
            level=level,
            parent=parent,
            state=state,
            score=score,
            low=figure(self._at(figures.low, level, node)),
            high=figure(self._at(figures.high, level, node)),
            coverage=coverage,
            weight=self.local[node],
            effective_weight=float(self._at(self.effective, level, node).value),
            applicable_weight=float(self._at(self.applicable, level, node).value),
            baseline_weight=self.root[node],
            target=target,
            gap=None if score is None or target is None else target - score,
            contribution=contribution,
            share=share,
            one_level_up=None if up is None else up.points,
            one_level_up_after_floors=None if up is None else up.after_floors,
            to_target=None if to_target is None else to_target.points,
            to_target_after_floors=None if to_target is None else to_target.after_floors,
            weakest_three=weakest,  # type: ignore[arg-type]
        )

    def _at(self, rolled: Rolled, level: NodeLevel, node: str) -> Column:
        columns: Sequence[Column] = {
            "pillar": rolled.pillars,
            "dimension": rolled.dimensions,
            "question": rolled.questions,
        }[level]
        return columns[self.instrument.place[node]]


def _floored_nodes(assessed: Assessed) -> tuple[str, ...]:
    """Name the scored nodes that were raised to 1 as they entered a geometric mean."""
    means, scores, instrument = assessed.figures.rules.means, assessed.figures.scores, assessed.instrument
    levels = (
        (means.pillars, instrument.pillars, scores.pillars),
        (means.dimensions, instrument.dimensions, scores.dimensions),
        (means.questions, instrument.questions, scores.questions),
    )
    return tuple(
        id
        for kind, ids, columns in levels
        if kind == "geometric"
        for id, column in zip(ids, columns, strict=True)
        if column.has and below(column.value, FLOOR)
    )


def fired_checks(assessed: Assessed) -> tuple[FiredCheck, ...]:
    """Return the contradictions between answers: found and said, never scored (formats.md, consistency checks).

    The checks whose condition holds, in file order, with the answers filled into their messages.
    """
    instrument = assessed.instrument
    dimensions = dict(zip(instrument.dimensions, assessed.figures.scores.dimensions, strict=True))
    view = View(assessed.view.facts, assessed.view.questions, dimensions)
    return tuple(
        FiredCheck(id, with_answers(check.message, instrument.questionnaire, view), subjects(check.when, "question"))
        for id, check in instrument.questionnaire.checks.items()
        if holds(check.when, view)
    )
