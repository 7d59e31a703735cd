"""Where an answer comes from: who gave it, and after a merge who said what."""

import re
from collections.abc import Iterator

from nqpf_assess.engine.editions import asked_in
from nqpf_assess.engine.states import Seen, stored
from nqpf_assess.locale import _, tell
from nqpf_assess.model.answers import Answer, Answers, Given
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.pages.merging import RULE_WORDS
from nqpf_assess.report.shown_answers import shown_answer
from nqpf_assess.report.wording import origin

BY = _("given by {who}")
BY_RULE = _("merged ({rule}), given by {who}")
NAMELESS_RULE = _("merged ({rule})")
SETTLED = _("settled after the merge, given by {who}")
NAMELESS_SETTLED = _("settled after the merge")
SAID = _("{who} said: {value}{note}")
SOMEBODY = _("a respondent")
NOTE = _(" ({note})")


def provenance_lines(answers: Answers, questionnaire: Questionnaire, id: str, language: str) -> Iterator[str]:
    """Write who gave an answer and, where a merge found respondents differing, who said what."""
    answer = answers.answers.get(id) or answers.facts.get(id)
    if answer is None:
        return
    if answer.voices and answers.merged is not None and _was_settled(answer, questionnaire, id):
        yield tell(SETTLED if answer.by else NAMELESS_SETTLED, language, who=answer.by)
    elif answer.voices and answers.merged is not None:
        rule = tell(RULE_WORDS[answers.merged.rule], language)
        yield tell(BY_RULE if answer.by else NAMELESS_RULE, language, rule=rule, who=answer.by)
    elif answer.by:
        yield tell(BY, language, who=answer.by)
    if answer.from_ is not None:
        yield origin(answer.from_, language)
    for voice in answer.voices:
        asked = asked_in(questionnaire, id)
        seen = stored(asked, Answer(value=voice.value, state=voice.state)) if asked is not None else None
        value = "" if seen is None else shown_answer(questionnaire, id, seen.state, seen.value, language)
        note = " ".join((voice.reason or voice.note or "").split())
        told = tell(NOTE, language, note=note) if note else ""
        yield "- " + tell(SAID, language, who=voice.by or tell(SOMEBODY, language), value=value, note=told)


def _was_settled(answer: Answer, questionnaire: Questionnaire, id: str) -> bool:
    """Return whether another answer was given after the merge: what a rule takes, exactly those who gave it said.

    Whoever answers stamps the answer; of a merge without names nothing is stamped.
    """
    said = [
        voice.by for voice in answer.voices if _claim(voice, questionnaire, id) == _claim(answer, questionnaire, id)
    ]
    return not said or _names(answer.by) != _names(*said) or not (answer.by or answer.at is None)


def _claim(given: Given, questionnaire: Questionnaire, id: str) -> Seen | None:
    asked = asked_in(questionnaire, id)
    seen = stored(asked, Answer(value=given.value, state=given.state)) if asked is not None else None
    return seen if seen is None or seen.state == "answered" else Seen(seen.state)


def _names(*joint: str | None) -> set[str]:
    return {name for names in joint for name in re.split("、|, ", names or "") if name}
