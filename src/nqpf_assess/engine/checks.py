"""Contradictions between answers: found and said, never scored (formats.md, consistency checks)."""

from nqpf_assess.engine.conditions import View, holds
from nqpf_assess.engine.phrasing import with_answers
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.scorecard import FiredCheck


def fired_checks(assessed: Assessed) -> tuple[FiredCheck, ...]:
    """Return the checks whose condition holds, in file order, with the answers filled into their messages."""
    instrument = assessed.instrument
    dimensions = dict(zip(instrument.dimensions, assessed.figures.scores.dimensions, strict=True))
    view = View(assessed.view.facts, assessed.view.questions, dimensions)
    return tuple(
        FiredCheck(id, with_answers(check.message, instrument.questionnaire, view), subjects(check.when, "question"))
        for id, check in instrument.questionnaire.checks.items()
        if holds(check.when, view)
    )
