"""Which countermeasures fit here, what each would gain alone, how far it may bring its KPI (scoring.md, section 7)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from nqpf_assess.engine.arithmetic import Rolled, are_eligible, is_needed, lifted, plain, with_lifts
from nqpf_assess.engine.gaps import Gain, gain_of_scores
from nqpf_assess.engine.graph import in_dependency_order
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.phrasing import value_as_written
from nqpf_assess.engine.rubric import dimension_targets
from nqpf_assess.engine.scoring import Assessed, scored_here
from nqpf_assess.engine.states import fails, holds
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import LANGUAGES, Text, _, fill
from nqpf_assess.model.questionnaire import Countermeasure
from nqpf_assess.model.scorecard import KpiFigures, MeasureScore

NOT_NEEDED = _("not needed: no dimension it lifts scores below both {line} and its target")
TOO_EARLY = _("too early: for those past the basics, from {line} points on in a dimension it lifts")
NOT_SUITED = _("does not suit these local conditions")
NEEDS_FIRST = _("needs “{first}” first, which does not suit here")
ELIGIBLE: Text = dict.fromkeys(LANGUAGES, "")
NO_KPI_FIGURES = KpiFigures()


def measures_of(assessed: Assessed) -> tuple[MeasureScore, ...]:
    """Judge every countermeasure, in file order."""
    why_not, scores = reasons(assessed), assessed.figures.scores
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
        targets=dimension_targets(assessed.instrument, assessed.rubric),
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
    unanswered, or the goal is reached already.
    """
    id = measure.kpi_question
    if id is None:
        return NO_KPI_FIGURES
    instrument, view = assessed.instrument, assessed.view
    question, seen = instrument.questionnaire.questions[id], view.questions[id]
    leaf = assessed.leaves[instrument.place[id]]
    if not leaf.answered or seen.value is None:
        return KpiFigures(id)
    raw = assessed.answers.answers[id].value
    target = assessed.rubric.targets[question.dimension]
    points = Decimal(measure.lifts.get(question.dimension, 0))
    goal = kind_of(question).goal(
        question, seen.value, scored_here(instrument, id, view), score=leaf.score, target=target, points=points
    )
    shown: list[Text] = [
        {language: value_as_written(question, value, language) for language in instrument.questionnaire.languages}
        if value is not None
        else {}
        for value in (seen.value, goal)
    ]
    now = ";".join(raw) if isinstance(raw, tuple) else str(raw).strip()
    return KpiFigures(id, now, None if goal is None else kind_of(question).in_cell(question, goal), *shown)
