"""Where an answer comes from: who gave it, and after a merge who said what."""

from collections.abc import Iterator

from nqpf_assess.engine.merging import said_before
from nqpf_assess.engine.merging.claims import settled_since
from nqpf_assess.engine.states import stored
from nqpf_assess.locale import _, tell
from nqpf_assess.model.answers import Answer, Answers
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.report.shown_answers import shown_answer
from nqpf_assess.report.wording import MERGE_RULE_WORDS, origin

BY = _("given by {who}")
BY_RULE = _("merged ({rule}), given by {who}")
NAMELESS_RULE = _("merged ({rule})")
SETTLED = _("settled after the merge, given by {who}")
NAMELESS_SETTLED = _("settled after the merge")
SAID = _("{who} said: {value}{note}")
SAID_BEFORE = _("{who} said before that: {value}{note}")
SOMEBODY = _("a respondent")
NOTE, OF_YEAR = _(" ({note})"), _(" ({year})")


def provenance_lines(answers: Answers, questionnaire: Questionnaire, id: str, language: str) -> Iterator[str]:
    """Write who gave an answer and, where a merge found respondents differing, who said what."""
    asked, answer = questionnaire.asked.get(id), answers.answers.get(id) or answers.facts.get(id)
    if asked is None or answer is None:
        return
    if answer.voices and answers.merged is not None:
        rule = tell(MERGE_RULE_WORDS[answers.merged.rule], language)
        by_rule, settled = (BY_RULE, SETTLED) if answer.by else (NAMELESS_RULE, NAMELESS_SETTLED)
        yield tell(settled if settled_since(asked, answer) else by_rule, language, rule=rule, who=answer.by)
    elif answer.by:
        yield tell(BY, language, who=answer.by)
    if answer.from_ is not None:
        yield origin(answer.from_, language)
    last = answers.merged.respondents if answers.merged is not None else ()
    for voice, before in zip(answer.voices, said_before(answer.voices, last), strict=True):
        seen = stored(asked, Answer(value=voice.value, state=voice.state))
        value = shown_answer(questionnaire, id, seen.state, seen.value, language)
        value += tell(OF_YEAR, language, year=voice.year) if voice.year is not None else ""
        note = " ".join((voice.reason or voice.note or "").split())
        told = tell(NOTE, language, note=note) if note else ""
        words = SAID_BEFORE if before else SAID
        yield "- " + tell(words, language, who=voice.by or tell(SOMEBODY, language), value=value, note=told)
