"""Where an assessment stands among many like it, in words: for the terminal, the command line and the report."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nqpf_assess.engine.phrasing import value_as_written
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Fault
from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.report.wording import apart, number, percent, period_in_sentence, span

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Alike, BenchmarkGroup, Peers, Placings, Spread

STANDING = _("{score} is {place}; their median is {median}.")
STANDING_BASELINE = _("The baseline score {score} is {place}; their median is {median}.")
NO_STANDING = _("There is no overall score to set beside the {n} respondents of the benchmark.")
NO_STANDING_BASELINE = _(
    "There is no baseline score to set beside the {n} respondents of the benchmark: too little is answered for one."
)
NOT_HELD = _("The benchmark holds no score of the {n} respondents that this one could be set beside.")
OTHERS_KEY = _("“others”: median (lower quartile–upper quartile) of those in the benchmark that have a score there.")
ALIKE = _("{n} of {of} ({share}) also chose “{option}”.")
RECOMMENDED = _("“{option}” is recommended to {n} of {of} ({share}); it is in the plan of none of them.")
RECOMMENDED_SOME = _("“{option}” is recommended to {n} of {of} ({share}); {chosen} of them chose it.")
RECOMMENDED_OR = _("“{option}” is chosen by or recommended to {n} of {of} ({share}).")
ALIKE_QUESTION = _(
    "Choosing alike is a question to ask, not a fault: is there room for all of them, and are the conditions given "
    "here?"
)
NOT_STATED = _("not stated")


def spread_words(spread: "Spread") -> str:
    """Write median and quartiles in a narrow place."""
    return f"{number(spread.median)} ({span(spread.q25, spread.q75)})"


def standing(placings: "Placings", questionnaire: Questionnaire) -> Text:
    """State in one sentence where the overall score stands."""
    placing = placings.overall
    if placing is None:
        lacking = NO_STANDING if placings.column == "score" else NO_STANDING_BASELINE
        there = placings.column in placings.group.columns
        return fill(lacking if there else NOT_HELD, n=f"{placings.group.n:,}")
    from nqpf_assess.exchange.benchmark import said

    words = STANDING if placing.column == "score" else STANDING_BASELINE
    median = number(placing.spread.median)
    return fill(
        words,
        score=apart(placing.score, placing.spread.median),
        place=said(placings, placing, group_words(placings.group, questionnaire), period_words(placings)),
        median=median,
    )


def standing_lines(placings: "Placings", questionnaire: Questionnaire) -> Iterator[Text]:
    """State where an assessment stands, what must be said beside it, and what it chose like many others."""
    yield standing(placings, questionnaire)
    yield from placings.notes
    yield from (alike_words(row, questionnaire) for row in placings.alike)
    if placings.alike:
        yield ALIKE_QUESTION


def peer_lines(peers: "Peers", card: Scorecard, answers: Answers, questionnaire: Questionnaire) -> tuple[Text, ...]:
    """Return the lines that stand beside a score, one that says why where the benchmark does not fit."""
    try:
        placings = peers.placed(card, answers)
    except UserError as fault:
        return (fault.message,)
    return tuple(standing_lines(placings, questionnaire))


def period_words(placings: "Placings") -> Text:
    """Write what time a benchmark states as it stands within a sentence."""
    return {language: period_in_sentence(placings.period, language) for language in LANGUAGES}


def group_words(group: "BenchmarkGroup", questionnaire: Questionnaire) -> Text:
    """Name a group: options of facts by their words, other columns as they stand in the file."""

    def part(column: str, value: str, language: str) -> str:
        fact, said = column.removeprefix("fact."), value or tell(NOT_STATED, language)
        if fact not in questionnaire.facts or fact == column:
            return f"{column} {said}"
        if value:
            return tell(option_words(questionnaire, fact, value), language)
        asked = tell(title_of(questionnaire, fact), language).rstrip("?？")
        return f"{asked}{grammar(language).colon}{said}"

    return {
        language: grammar(language).list(part(*named, language) for named in group.group.items())
        for language in LANGUAGES
    }


def alike_words(row: "Alike", questionnaire: Questionnaire, chose: Text = ALIKE) -> Text:
    """State how many chose the same; of a question or fact, behind its own words."""
    option = option_words(questionnaire, row.what, row.option)
    counts = {
        "n": f"{row.n:,}",
        "of": f"{row.of:,}",
        "share": percent(row.n / row.of),
        "chosen": f"{row.chosen or 0:,}",
    }
    if row.what != "first_measures":
        asked, said = title_of(questionnaire, row.what), fill(chose, **counts, option=option)
        return {code: grammar(code).paragraph((tell(asked, code), tell(said, code))) for code in LANGUAGES}
    if row.chosen == row.n:
        return fill(chose, **counts, option=option)
    return fill({None: RECOMMENDED_OR, 0: RECOMMENDED}.get(row.chosen, RECOMMENDED_SOME), **counts, option=option)


def option_words(questionnaire: Questionnaire, what: str, option: str) -> Text:
    """Name a measure, or an answer to a question or fact as a cell holds it: one option, or several joined by `;`.

    What the questionnaire has no more is named as it stands.
    """
    nameless: Text = dict.fromkeys(LANGUAGES, option)
    if what == "first_measures":
        measure = questionnaire.countermeasures.get(option)
        return measure.title if measure else nameless
    asked = questionnaire.asked.get(what)
    if asked is None:
        return nameless
    read = kind_of(asked).read(asked, kind_of(asked).cell(asked, option))
    if read is None or isinstance(read, Fault):
        return nameless
    return {language: value_as_written(asked, read, language) for language in LANGUAGES}
