"""Where an answer comes from: who gave it, and after a merge who said what."""

from collections.abc import Iterator

from nqpf_assess.engine.merging import said_before
from nqpf_assess.engine.merging.claims import settled_since
from nqpf_assess.engine.states import stored
from nqpf_assess.locale import _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Answer, Answers, Given
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.report.shown_answers import shown_answer
from nqpf_assess.report.wording import origin

BY = _("given by {who}")
SETTLED = _("settled after the merge, given by {who}")
NAMELESS_SETTLED = _("settled after the merge")
SAID = _("{who} said: {value}{beside}")
SAID_BEFORE = _("{who} said before that: {value}{beside}")
SOMEBODY = _("a respondent")
OF_YEAR = _("of {year}")
EVIDENCE = _("evidence: {evidence}")


def beside(given: Given, language: str) -> Iterator[str]:
    """Write what was given beside a value: its year, the reason, the note, the evidence."""
    if given.year is not None:
        yield tell(OF_YEAR, language, year=given.year)
    yield from (" ".join(words.split()) for words in (given.reason, given.note) if words and words.strip())
    if named := [entry.strip() for entry in given.evidence if entry.strip()]:
        yield tell(EVIDENCE, language, evidence=grammar(language).list(named))


def provenance_lines(answers: Answers, questionnaire: Questionnaire, id: str, language: str) -> Iterator[str]:
    """Write who gave an answer and, where a merge found respondents differing, who said what."""
    asked, answer = questionnaire.asked.get(id), answers.answers.get(id) or answers.facts.get(id)
    if asked is None or answer is None:
        return
    if answer.voices and answers.merged is not None and settled_since(asked, answer):
        yield tell(SETTLED if answer.by else NAMELESS_SETTLED, language, who=answer.by)
    elif answer.by:
        yield tell(BY, language, who=answer.by)
    if answer.from_ is not None:
        yield origin(answer.from_, language)
    last = answers.merged.respondents if answers.merged is not None else ()
    for voice, before in zip(answer.voices, said_before(answer.voices, last), strict=True):
        seen = stored(asked, Answer(value=voice.value, state=voice.state))
        value = shown_answer(questionnaire, id, seen.state, seen.value, language)
        more = "".join(grammar(language).semicolon + part for part in beside(voice, language))
        words = SAID_BEFORE if before else SAID
        yield "- " + tell(words, language, who=voice.by or tell(SOMEBODY, language), value=value, beside=more)
