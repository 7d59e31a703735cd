"""Can what the questionnaire says of answers and measures be said as it is written?"""

import re
from collections.abc import Iterable, Mapping

from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.rules.naming import suggestion
from nqpf_assess.files.rules.subjects import QuestionnaireSubject
from nqpf_assess.files.rules.texts import PLACEHOLDER
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import _
from nqpf_assess.model.questionnaire import Horizon

KPI_PLACEHOLDERS = ("now", "goal")
FINDING_PLACEHOLDERS = ("value", "year")

MONTHS: Mapping[Horizon, tuple[int, int]] = {"short": (1, 12), "medium": (12, 36), "long": (36, 60)}
"""The months within which a measure of a horizon can be done (formats.md, countermeasures)."""

_BLANK = re.compile(r"(?<![A-Za-z0-9])[XYN](?![A-Za-z0-9-])|_{2,}")
"""What stands where a figure is to be filled in: X, Y, N, __."""


def kpi_figures(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find `{now}` and `{goal}` in the KPI of a measure that does not say which figure that is, and other braces."""
    for id, measure in subject.value.countermeasures.items():
        used = {language: dict.fromkeys(PLACEHOLDER.findall(words)) for language, words in measure.kpi.items()}
        for language, names in used.items():
            path = ("countermeasures", id, "kpi", language)
            strange = [name for name in names if name not in KPI_PLACEHOLDERS and all(name in n for n in used.values())]
            if strange:  # in all languages: else the difference between them is told
                yield Finding(path, {"name": strange[0]}, hint=suggestion(strange[0], KPI_PLACEHOLDERS, braces=True))
            elif measure.kpi_question is None and (known := [name for name in names if name in KPI_PLACEHOLDERS]):
                yield Finding(path, {"name": known[0]}, unless=(("countermeasures", id, "kpi_question"),))


def kpi_question_words(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find KPIs whose question is answered in free words, which nothing can be counted of."""
    questions = subject.value.questions
    for id, measure in subject.value.countermeasures.items():
        question = questions.get(measure.kpi_question or "")
        if question is not None and not kind_of(question).scored:
            yield Finding(("countermeasures", id, "kpi_question"), {"name": measure.kpi_question})


def months_outside(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find measures that are done outside their horizon."""
    for id, measure in subject.value.countermeasures.items():
        low, high = MONTHS[measure.horizon]
        if measure.months is not None and not low <= measure.months <= high:
            values = {"months": measure.months, "horizon": measure.horizon, "low": low, "high": high}
            horizon = ("countermeasures", id, "horizon")
            yield Finding(("countermeasures", id, "months"), values, unless=(horizon,))


def finding_placeholder(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find placeholders in what a report says of an answer that no report fills in."""
    for path, words in subject.walk.texts:
        for language, said in words.items() if path[-1] in ("finding", "lacking") else ():
            for name in dict.fromkeys(PLACEHOLDER.findall(said)):
                if name not in FINDING_PLACEHOLDERS:
                    hint = suggestion(name, FINDING_PLACEHOLDERS, braces=True)
                    yield Finding((*path, language), {"name": name}, hint=hint)


def kpi_not_countable(subject: QuestionnaireSubject) -> Iterable[Finding]:
    """Find KPIs with a blank to fill in, which say nothing that could be counted."""
    for id, measure in subject.value.countermeasures.items():
        for language, words in measure.kpi.items():
            found = _BLANK.search(words)
            if found is not None:
                yield Finding(("countermeasures", id, "kpi", language), {"blank": found[0]})
                break


ADVICE_RULES = (
    Rule(
        "kpi_placeholder",
        "error",
        _("“{{{name}}}” stands in this KPI, but nothing says which figure it is"),
        _('Name the question that holds it: kpi_question = "…".'),
        kpi_figures,
    ),
    Rule(
        "kpi_question_words",
        "error",
        _("“{name}” is answered in words, so no KPI can be counted by it"),
        _("Name a question with a figure, a level or options."),
        kpi_question_words,
    ),
    Rule(
        "months_outside",
        "error",
        _("{months} months lie outside the horizon “{horizon}”, which is {low} to {high} months"),
        _("Correct the months or the horizon."),
        months_outside,
    ),
    Rule(
        "finding_placeholder",
        "error",
        _("“{{{name}}}” is not filled in here: a finding may use {{value}} and {{year}}"),
        _("Write {{value}} for the answer and {{year}} for its year."),
        finding_placeholder,
    ),
    Rule(
        "kpi_not_countable",
        "notice",
        _("this KPI leaves “{blank}” to be filled in, so nothing can be counted by it"),
        _("Say what is counted; with kpi_question, {{now}} and {{goal}} are filled in from the answers."),
        kpi_not_countable,
    ),
)
