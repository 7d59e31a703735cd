"""The logic of a questionnaire in words: the ways through it, what leads to what, when each measure appears."""

from collections.abc import Iterator
from typing import Any

from nqpf_assess.engine.logic import Link, Linked, effort, hardest, links, mean_grade, way
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import Countermeasure, Questionnaire, title_of
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.wording import number

WAYS = _("Questions asked: {least} at least, {most} at most, of {all}{unsure}; facts: {facts}.")
UNSURE = _(" (bounds: too many combinations to try)")
TIME = _("Time to fill in, everything asked: about {minutes} min ({reading} to read, {answering} to find and write).")
READING = _("Reading level: Flesch–Kincaid grade {grade} on average; hardest: {hardest}.")
GRAPH = _("What leads to what")
MEASURES = _("When each countermeasure appears")
BELOW = _("one of these scores below {line} and below its target: {dimensions}")
FROM = _("one of these scores {least} or more, but below {line} and below its target: {dimensions}")
SUITS = _("and not known otherwise than: {condition}")
UNSUITS = _("and not: {condition}")
NEEDS = _("after: {needs}")
NO_LINKS = _("nothing: every question is asked of everybody")

HOW_WORDS: dict[str, Text] = {
    "show_if": _("asked or not"),
    "na_when": _("applicable or not"),
    "scale_when": _("which scale"),
    "suits": _("measure suits"),
    "unsuits": _("measure does not suit"),
    "when": _("check"),
    "needs": _("prerequisite of"),
}


def logic_lines(questionnaire: Questionnaire, language: str) -> Iterator[str]:
    """Write the logic of a questionnaire."""
    found, time = way(questionnaire), effort(questionnaire, language)
    yield tell(
        WAYS,
        language,
        least=found.least,
        most=found.most,
        all=len(questionnaire.questions),
        unsure="" if found.exact else tell(UNSURE, language),
        facts=len(questionnaire.facts),
    )
    minutes = {"minutes": time.minutes, "reading": time.reading, "answering": time.answering}
    yield tell(TIME, language, **{name: number(value, 0) for name, value in minutes.items()})
    if language in questionnaire.languages:
        marks = grammar(language)
        worst = [id + marks.bracketed(number(value)) for id, value in hardest(questionnaire, language)]
        grade = number(mean_grade(questionnaire, language))
        yield tell(READING, language, grade=grade, hardest=marks.list(worst))
    yield ""
    # A tree: each fact or question that decides something, and below it what it decides about.
    yield tell(GRAPH, language)
    drawn: dict[tuple[Linked, str], list[Link]] = {}
    for link in links(questionnaire):
        if link.how != "lifts":
            drawn.setdefault((link.kind, link.subject), []).append(link)
    if not drawn:
        yield "  " + tell(NO_LINKS, language)
    for (kind, subject), mine in drawn.items():
        yield f"  {_title(questionnaire, kind, subject, language)} [{subject}]"
        for index, link in enumerate(mine):
            branch = "└─" if index == len(mine) - 1 else "├─"
            title = f"{_title(questionnaire, link.about, link.to, language)} [{link.to}]"
            yield f"  {branch} {tell(HOW_WORDS[link.how], language)}{grammar(language).colon}{title}"
    if questionnaire.countermeasures:
        yield ""
        yield tell(MEASURES, language)
    for id, measure in questionnaire.countermeasures.items():
        yield f"  {tell(measure.title, language)} [{id}]"
        yield from (f"    {line}" for line in measure_lines(measure, questionnaire, language))


def _title(questionnaire: Questionnaire, kind: Linked, id: str, language: str) -> str:
    """Say what is linked in words: measures and checks may be called like a question."""
    if kind == "countermeasure":
        return tell(questionnaire.countermeasures[id].title, language)
    return id if kind == "check" else tell(title_of(questionnaire, id), language)


def measure_lines(measure: Countermeasure, questionnaire: Questionnaire, language: str) -> Iterator[str]:
    """Write which scores and facts make a measure appear."""
    listed = grammar(language).list
    dimensions = listed(tell(title_of(questionnaire, id), language) for id in measure.lifts)
    values = {"line": plain_number(measure.when_below), "dimensions": dimensions}
    if measure.when_at_least is None:
        yield tell(BELOW, language, **values)
    else:
        yield tell(FROM, language, least=plain_number(measure.when_at_least), **values)
    for words, condition in ((SUITS, measure.suits), (UNSUITS, measure.unsuits)):
        if condition is not None:
            yield tell(words, language, condition=condition_words(condition, questionnaire, language))
    if measure.needs:
        needs = listed(tell(questionnaire.countermeasures[id].title, language) for id in measure.needs)
        yield tell(NEEDS, language, needs=needs)


def logic_json(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the logic for machines."""
    found = way(questionnaire)
    return {
        "questionnaire": questionnaire.id,
        "questions": {
            "all": len(questionnaire.questions),
            "least": found.least,
            "most": found.most,
            "exact": found.exact,
        },
        "minutes": {language: effort(questionnaire, language).minutes for language in questionnaire.languages},
        "reading": {language: mean_grade(questionnaire, language) for language in questionnaire.languages},
        "links": [
            {"from": link.subject, "kind": link.kind, "to": link.to, "how": link.how} for link in links(questionnaire)
        ],
    }
