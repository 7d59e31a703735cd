"""Contradictions between answers: found and said, never scored (formats.md, consistency checks)."""

import re
from collections.abc import Mapping

from nqpf_assess.engine.conditions import View, holds
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire
from nqpf_assess.model.scorecard import FiredCheck
from nqpf_assess.model.text import Text, tell

NO_ANSWER = "–"
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def fired_checks(assessed: Assessed) -> tuple[FiredCheck, ...]:
    """Give the checks whose condition holds, in file order, with the answers filled into their messages."""
    instrument = assessed.instrument
    dimensions = dict(zip(instrument.dimensions, assessed.figures.scores.dimensions, strict=True))
    view = View(assessed.view.facts, assessed.view.questions, dimensions)
    return tuple(
        FiredCheck(id, with_answers(check.message, instrument.questionnaire, view), subjects(check.when, "question"))
        for id, check in instrument.questionnaire.checks.items()
        if holds(check.when, view)
    )


def with_answers(words: Text, questionnaire: Questionnaire, view: View) -> Text:
    """Fill `{id}` of a question or fact with its answer as shown, a dash where it has none; other braces stay."""

    def shown(match: re.Match[str], language: str) -> str:
        seen = view.questions.get(match[1]) or view.facts.get(match[1])
        if seen is None:
            return match[0]
        said = answer_shown(match[1], questionnaire, view, language) if seen.state == "answered" else ""
        return said or NO_ANSWER

    return {
        language: PLACEHOLDER.sub(lambda match, language=language: shown(match, language), said)  # type: ignore[misc]
        for language, said in words.items()
    }


def answer_shown(id: str, questionnaire: Questionnaire, view: View, language: str) -> str:
    """Give an answer in few words: a level's number, a figure as typed, an option's words; "" where there is none."""
    asked: AnyAsked | None = questionnaire.questions.get(id) or questionnaire.facts.get(id)
    seen = view.questions.get(id) or view.facts.get(id)
    if asked is None or seen is None or seen.value is None:
        return ""
    options: Mapping[str, object] = getattr(asked, "options", {})
    match seen.value:
        case frozenset() as ticked:
            joint = "、" if language == "zh" else ", "
            return joint.join(_words(options, option, language) for option in options if option in ticked)
        case str() as value:
            return _words(options, value, language) if value in options else value
        case int() as level:
            return str(level)
        case number:
            return plain_number(number)


def _words(options: Mapping[str, object], option: str, language: str) -> str:
    return tell(options[option].words, language)  # type: ignore[attr-defined]
