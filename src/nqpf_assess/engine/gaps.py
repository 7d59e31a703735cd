"""Gaps to the targets, and what would close them: a better answer, countermeasures (scoring.md, sections 4 and 7)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from nqpf_assess.engine.arithmetic import (
    FLOOR,
    TOLERANCE,
    Column,
    Mean,
    Rolled,
    are_eligible,
    below,
    figure,
    floored,
    is_needed,
    lifted,
    log_mean,
    mean,
    path_shares,
    plain,
    share_of,
    shares,
    shortfall,
    shortfalls,
    targets_rolled,
    with_lifts,
)
from nqpf_assess.engine.graph import in_dependency_order
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.phrasing import value_as_written
from nqpf_assess.engine.scoring import Assessed, scored_here
from nqpf_assess.engine.states import fails, holds, unknown
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import LANGUAGES, Text, _, fill
from nqpf_assess.model.base import summed
from nqpf_assess.model.questionnaire import Countermeasure
from nqpf_assess.model.scorecard import KpiFigures, MeasureScore, Scorecard

NEAR = 1e-7
"""A pillar's gap below this hands its contribution down by the limit of the rule."""


class Gaps(NamedTuple):
    """Targets and what follows from them, by index of pillar and dimension; None = no figure.

    Sums: T − S(uncapped) = Σ contributions over pillars = Σ over dimensions, signed, exactly. `carried`: the share of
    the overall that each node really carries; 0 for what carries nothing.
    """

    targets: Rolled
    carried: Rolled
    pillar_contributions: tuple[float | None, ...]
    dimension_contributions: tuple[float | None, ...]
    pillar_shares: tuple[float | None, ...]
    dimension_shares: tuple[float | None, ...]
    shortfall: float | None
    surplus: float | None


def gaps_of(assessed: Assessed) -> Gaps:
    """Compute targets, contributions and shares."""
    figures, tree = assessed.figures, assessed.instrument.tree
    scores, means, weights = figures.scores, figures.rules.means, figures.weights
    stated = assessed.rubric.dimension_targets
    targets = targets_rolled(plain, tree, stated, scores=scores, weights=weights, means=means)
    over_pillars = _split(
        means.pillars,
        (targets.overall, scores.overall),
        targets=targets.pillars,
        scores=scores.pillars,
        weights=weights.pillars,
    )
    # Each pillar's contribution is handed down to its dimensions: k × the split of the pillar's own gap.
    over_dimensions: list[float | None] = [None] * len(scores.dimensions)
    for pillar, members in enumerate(tree.dimensions):
        k = _handing_factor(assessed, targets, pillar, over_pillars[pillar])
        split = _split(
            means.dimensions,
            (targets.pillars[pillar], scores.pillars[pillar]),
            targets=[targets.dimensions[d] for d in members],
            scores=[scores.dimensions[d] for d in members],
            weights=[weights.dimensions[d] for d in members],
        )
        for dimension, part in zip(members, split, strict=True):
            if scores.overall.has and scores.dimensions[dimension].has:
                over_dimensions[dimension] = 0.0 if part is None or k is None else k * part
    carried = path_shares(plain, tree, scores, weights)
    parts, total = shortfalls(plain, carried.dimensions, targets.dimensions, scores)
    local = tuple(figure(share_of(plain, part, total)) for part in parts)
    pillar_shares: list[float | None] = []
    for score, members in zip(scores.pillars, tree.dimensions, strict=True):
        inside = [share for d in members if (share := local[d]) is not None]
        pillar_shares.append(summed(inside) if score.has and inside else None)
    # What lies above its target is told apart: it does not make up for what lies below elsewhere.
    above = zip(carried.dimensions, targets.dimensions, scores.dimensions, strict=True)
    surplus = float(summed(w.value * shortfall(plain, s.value, t.value) for w, t, s in above if s.has))
    return Gaps(
        targets=targets,
        carried=carried,
        pillar_contributions=over_pillars,
        dimension_contributions=tuple(over_dimensions),
        pillar_shares=tuple(pillar_shares),
        dimension_shares=local,
        shortfall=figure(total),
        surplus=surplus if scores.overall.has else None,
    )


def _split(
    kind: Mean,
    parent: tuple[Column, Column],
    *,
    targets: Sequence[Column],
    scores: Sequence[Column],
    weights: Sequence[float],
) -> tuple[float | None, ...]:
    """Split a parent's gap over its children: w(t − s), or L(T, S) w ln(t/s) under a geometric mean."""
    target, score = parent
    if not score.has:
        return (None,) * len(scores)
    local = shares(plain, [s.has for s in scores], weights)
    parts = zip(targets, scores, local, strict=True)
    if kind == "arithmetic":
        return tuple(w * (t.value - s.value) if s.has else None for t, s, w in parts)
    scale = log_mean(plain, _raised(target.value), _raised(score.value))
    return tuple(
        scale * w * (plain.log(_raised(t.value)) - plain.log(_raised(s.value))) if s.has else None for t, s, w in parts
    )


def _raised(score: float) -> float:
    return max(score, FLOOR)


def _handing_factor(assessed: Assessed, targets: Rolled, pillar: int, contribution: float | None) -> float | None:
    """Return k = c/(t − s) of a pillar; where its gap is below `NEAR`, the limit: w, or L(T, S) w / max(s, 1)."""
    if contribution is None:
        return None
    figures = assessed.figures
    scores, target, score = figures.scores, targets.pillars[pillar].value, figures.scores.pillars[pillar].value
    w = shares(plain, [s.has for s in scores.pillars], figures.weights.pillars)[pillar]
    if figures.rules.means.pillars == "arithmetic":
        return float(w)
    scale = log_mean(plain, _raised(targets.overall.value), _raised(scores.overall.value))
    if min(target, score) >= FLOOR:
        return float(scale * w / log_mean(plain, target, score))
    near = abs(target - score) < NEAR  # the quotient would be 0/0, or all rounding
    return float(scale * w / _raised(score)) if near else contribution / (target - score)


# ---- what one answer, or countermeasures, would add to the overall: before the floors and after


class Gain(NamedTuple):
    """Points that the overall gains. `after_floors`: with the floors applied before and after."""

    points: float
    after_floors: float


NO_GAIN = Gain(0.0, 0.0)


def falls_short(card: Scorecard) -> bool:
    """Return whether any dimension scores below its target; one whose pillar has no score has no part in shortfalls."""
    return any(node.level == "dimension" and node.gap is not None and node.gap >= TOLERANCE for node in card.nodes)


def one_level_up(assessed: Assessed) -> tuple[Gain | None, ...]:
    """Return for each question what is gained if its score rises to the next one it can take.

    Nothing at the top; None where the question or the overall has no score.
    """
    instrument, view = assessed.instrument, assessed.view
    found: list[float | None] = []
    for (id, question), leaf in zip(instrument.questionnaire.questions.items(), assessed.leaves, strict=True):
        value = view.questions[id].value
        if not leaf.answered or value is None:
            found.append(None)
            continue
        steps = kind_of(question).steps(question, value, scored_here(instrument, id, view))
        found.append(min((step for step in steps if below(leaf.score, step)), default=None))
    return _gains(assessed, found)


def to_target(assessed: Assessed) -> tuple[Gain | None, ...]:
    """Return for each question what is gained if its score alone rises to its dimension's target.

    Nothing where it is there; None where the question or the overall has no score. Compares questions of every kind.
    """
    instrument = assessed.instrument
    targets = assessed.rubric.dimension_targets
    asked = instrument.questionnaire.questions.values()
    wanted = [targets[instrument.place[question.dimension]] for question in asked]
    return _gains(
        assessed,
        [target if below(leaf.score, target) else None for target, leaf in zip(wanted, assessed.leaves, strict=True)],
    )


def _gains(assessed: Assessed, scores: Sequence[float | None]) -> tuple[Gain | None, ...]:
    figures = assessed.figures
    if not figures.scores.overall.has:
        return (None,) * len(scores)
    found: list[Gain | None] = []
    for index, (scored, score) in enumerate(zip(figures.scores.questions, scores, strict=True)):
        rolled = None if score is None or not scored.has else with_answer(assessed, index, score)
        found.append(None if not scored.has else NO_GAIN if rolled is None else gain_of_scores(assessed, rolled))
    return tuple(found)


def with_answer(assessed: Assessed, question: int, score: float) -> Rolled | None:
    """Re-score along the one path that changes: its dimension, its pillar, the overall. States and coverage stay.

    None where the question carries nothing.
    """
    instrument, figures = assessed.instrument, assessed.figures
    scores, weights, means, tree = figures.scores, figures.weights, figures.rules.means, instrument.tree
    asked = instrument.questionnaire.questions[instrument.questions[question]]
    dimension = instrument.place[asked.dimension]
    pillar = instrument.place[instrument.questionnaire.dimensions[asked.dimension].pillar]
    if not scores.dimensions[dimension].has:
        return None

    def raised(
        kind: Mean, columns: Sequence[Column], members: Sequence[int], at: Sequence[float], changed: Mapping[int, float]
    ) -> float:
        parts = [Column(changed[m], 1.0) if m in changed else columns[m] for m in members]
        return float(mean(plain, kind, parts, [at[m] for m in members]).value)

    # One path is enough: what another answer adds is asked of every question, and the rest of the tree stays.
    members = tree.questions[dimension]
    in_dimension = raised(means.questions, scores.questions, members, weights.questions, {question: score})
    dimensions = list(scores.dimensions)
    dimensions[dimension] = Column(in_dimension, 1.0)
    if not scores.pillars[pillar].has:  # it carries nothing further up, but a floor may stand on the dimension
        return Rolled(scores.overall, scores.pillars, dimensions, ())
    members = tree.dimensions[pillar]
    in_pillar = raised(means.dimensions, scores.dimensions, members, weights.dimensions, {dimension: in_dimension})
    pillars = list(scores.pillars)
    pillars[pillar] = Column(in_pillar, 1.0)
    every = range(len(pillars))
    overall = raised(means.pillars, scores.pillars, every, weights.pillars, {pillar: in_pillar})
    return Rolled(Column(overall, 1.0), pillars, dimensions, ())


def gain_of_scores(assessed: Assessed, scores: Rolled) -> Gain:
    """Compare other scores of pillars, dimensions and the overall with the present ones, before and after floors."""
    figures = assessed.figures
    total, _ = floored(plain, scores, figures.rules.floor_rules)
    return Gain(float(scores.overall.value - figures.scores.overall.value), float(total.value - figures.total.value))


# ---- which countermeasures fit here, what each would gain alone, how far it may bring its KPI


NOT_NEEDED = _("not needed: no dimension it lifts scores below both {line} and its target")
UNDECIDED = _("not known yet whether it is needed: a dimension it lifts has no score, too little is answered there")
TOO_EARLY = _("builds on a basis that other measures lay: called for from {line} points on in a dimension it lifts")
NOT_SUITED = _("does not suit these local conditions")
NEEDS_FIRST = _("needs “{first}” first, which does not suit here")
ELIGIBLE: Text = dict.fromkeys(LANGUAGES, "")
NO_KPI_FIGURES = KpiFigures()


def measures_of(assessed: Assessed) -> tuple[MeasureScore, ...]:
    """Judge every countermeasure, in file order."""
    why_not, view, scores = reasons(assessed), assessed.view, assessed.figures.scores
    place, targets = assessed.instrument.place, assessed.rubric.targets
    rows = []
    for id, measure in assessed.instrument.questionnaire.countermeasures.items():
        eligible = why_not[id] is ELIGIBLE
        scored = eligible and scores.overall.has
        gain = gain_of_scores(assessed, with_measures(assessed, [measure])) if scored else None
        # What it would really add to each dimension it names, alone; 0 where there is no score to lift.
        added = {}
        for dimension, lift in measure.lifts.items():
            score, target = scores.dimensions[place[dimension]], targets[dimension]
            higher = lifted(plain, score.value, target, points=[float(lift)], overlap=0.0) - score.value
            added[dimension] = higher if score.has else 0.0
        row = MeasureScore(
            id=id,
            eligible=eligible,
            why_not=why_not[id],
            gain=None if gain is None else gain.points,
            gain_after_floors=None if gain is None else gain.after_floors,
            effort=measure.effort,
            priority=None if gain is None else gain.points / measure.effort,
            lifts=added,
            kpi=kpi_figures(assessed, measure),
            unsure=eligible and any(unknown(when, view) for when in (measure.suits, measure.unsuits)),
        )
        rows.append(row)
    return tuple(rows)


def needed(assessed: Assessed, measure: Countermeasure, *, past_basics: bool = True) -> bool:
    """Return whether some dimension it lifts scores below its trigger and that target, and is past its basics."""
    place, least = assessed.instrument.place, measure.when_at_least
    targets = [assessed.rubric.targets[dimension] for dimension in measure.lifts]
    scores = [assessed.figures.scores.dimensions[place[dimension]] for dimension in measure.lifts]
    at_least = None if least is None or not past_basics else float(least)
    line = float(measure.when_below)
    return bool(is_needed(plain, line, targets, scores, at_least))


def undecided(assessed: Assessed, measure: Countermeasure) -> bool:
    """Return whether in a dimension that it lifts too little is asked or answered to tell if it is needed there."""
    place, figures = assessed.instrument.place, assessed.figures
    asked, scored = figures.coverage.dimensions, figures.scores.dimensions
    return any(
        not scored[place[id]].has and (asked[place[id]].has or beyond_screening(assessed, id)) for id in measure.lifts
    )


def beyond_screening(assessed: Assessed, dimension: str) -> bool:
    """Return whether a dimension is left out by the quick mode alone: asked in full, something in it may apply."""
    questionnaire, weights, view = assessed.instrument.questionnaire, assessed.rubric.weights, assessed.view
    counts = weights[dimension] * weights[questionnaire.dimensions[dimension].pillar] > 0
    asked = {id: questionnaire.questions[id] for id in questionnaire.questions_of[dimension] if weights[id] > 0}
    may_apply = any(not fails(one.show_if, view) and not holds(one.na_when, view) for one in asked.values())
    return assessed.answers.mode == "quick" and counts and may_apply


def reasons(assessed: Assessed) -> Mapping[str, Text]:
    """Return for every measure why it is not eligible, or `ELIGIBLE`; prerequisites are judged first."""
    measures, view = assessed.instrument.questionnaire.countermeasures, assessed.view
    wanted = {id: needed(assessed, measure) for id, measure in measures.items()}
    suited = {id: not (holds(m.unsuits, view) or fails(m.suits, view)) for id, m in measures.items()}
    needs = {id: measure.needs for id, measure in measures.items()}
    eligible = are_eligible(in_dependency_order(needs), needs, wanted, suited)
    found: dict[str, Text] = {}
    for id, measure in measures.items():
        if eligible[id]:
            found[id] = ELIGIBLE
        elif not wanted[id] and undecided(assessed, measure):
            found[id] = UNDECIDED
        elif not wanted[id] and needed(assessed, measure, past_basics=False):
            found[id] = fill(TOO_EARLY, line=f"{float(measure.when_at_least or 0):g}")
        elif not wanted[id]:
            found[id] = fill(NOT_NEEDED, line=f"{float(measure.when_below):g}")
        elif holds(measure.unsuits, view):
            found[id] = measure.unsuits_why or NOT_SUITED
        elif not suited[id]:
            found[id] = NOT_SUITED
        else:
            missing = next(first for first in measure.needs if wanted[first] and not eligible[first])
            found[id] = fill(NEEDS_FIRST, first=measures[missing].title)
    return found


def gain_of(assessed: Assessed, measures: Sequence[Countermeasure]) -> float:
    """Compute the exact gain of a set: the uncapped overall re-scored with the lifted dimensions, minus it."""
    return gain_of_set(assessed, measures).points


def gain_of_set(assessed: Assessed, measures: Iterable[Countermeasure]) -> Gain:
    """Compute the exact gain of a set of measures, before the floors and after."""
    return gain_of_scores(assessed, with_measures(assessed, measures))


def with_measures(assessed: Assessed, measures: Iterable[Countermeasure]) -> Rolled:
    """Re-score pillars and the overall with every scored dimension lifted by the set."""
    figures = assessed.figures
    return with_lifts(
        plain,
        assessed.instrument.tree,
        points_by_dimension(assessed.instrument, measures),
        scores=figures.scores,
        targets=assessed.rubric.dimension_targets,
        weights=figures.weights,
        means=figures.rules.means,
        overlap=figures.rules.overlap,
    )


def points_by_dimension(instrument: Instrument, measures: Iterable[Countermeasure]) -> dict[int, list[float]]:
    """Gather the points that a set of measures can add to each dimension, by index."""
    points: dict[int, list[float]] = {}
    for measure in measures:
        for dimension, lift in measure.lifts.items():
            points.setdefault(instrument.place[dimension], []).append(float(lift))
    return points


def kpi_figures(assessed: Assessed, measure: Countermeasure) -> KpiFigures:
    """Return where the KPI's question stands now, and the goal: what its answer would be with the measure's points.

    The goal scores min(target of the dimension, score + points the measure can add there); None where the question is
    unanswered, the goal is reached already, or the measure adds nothing there.
    """
    id = measure.kpi_question
    if id is None:
        return NO_KPI_FIGURES
    instrument, view = assessed.instrument, assessed.view
    question, seen = instrument.questionnaire.questions[id], view.questions[id]
    leaf = assessed.leaves[instrument.place[id]]
    if not leaf.answered or seen.value is None:
        away = seen.state == "na" or holds(question.na_when, view) or fails(question.show_if, view)
        return KpiFigures(id, away=away)
    raw = assessed.answers.answers[id].value
    target = assessed.rubric.targets[question.dimension]
    here, points = scored_here(instrument, id, view), Decimal(measure.lifts.get(question.dimension, 0))
    goal, most = (
        kind_of(question).goal(question, seen.value, here, score=leaf.score, target=target, points=added)
        for added in (points, Decimal(100))
    )
    now_shown, goal_shown = (
        {language: value_as_written(question, value, language) for language in instrument.questionnaire.languages}
        if value is not None
        else {}
        for value in (seen.value, goal)
    )
    now = ";".join(raw) if isinstance(raw, tuple) else str(raw).strip()
    return KpiFigures(
        id,
        now,
        None if goal is None else kind_of(question).in_cell(question, goal),
        now_shown,
        goal_shown,
        held=goal is None and most is None,
    )
