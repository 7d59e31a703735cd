"""The figures of a countermeasure's KPI: where its question stands now, and how far the measure may bring it."""

from decimal import Decimal

from nqpf_assess.engine.phrasing import value_as_written
from nqpf_assess.engine.rubric import dimension_targets
from nqpf_assess.engine.scoring import Assessed, scored_here
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import Text
from nqpf_assess.model.questionnaire import Countermeasure
from nqpf_assess.model.scorecard import KpiFigures

NO_KPI_FIGURES = KpiFigures()


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
    target = dimension_targets(instrument, assessed.rubric)[instrument.place[question.dimension]]
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
