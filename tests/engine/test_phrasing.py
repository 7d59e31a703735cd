"""Answers put into sentences: a reason says what is known of the place, and nothing about what is not."""

from datetime import date
from decimal import Decimal

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.phrasing import (
    answer_shown,
    as_written,
    reason_here,
    statement_of,
    statement_of_line,
    statements,
    told_of,
    with_answers,
)
from nqpf_assess.engine.states import read
from nqpf_assess.kinds.kind import Value
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import Answers
from nqpf_assess.report.wording import answer
from tests.support.oracle import Plain
from tests.support.scored import instrument_of
from tests.support.varied import tiny

FACTS: Plain = {
    "income": {"kind": "number", "range": [0, 10], "unit": {"en": "yuan"}, "text": {"en": "x"}},
    "coast": {"kind": "single", "options": {"sea": {"en": "open sea"}, "lake": {"en": "lake"}}, "text": {"en": "x"}},
}


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (
            "It earns {income}|, and lies at the {coast}",
            {"income": 3, "coast": "sea"},
            "It earns 3 yuan, and lies at the open sea",
        ),
        ("It earns {income}|, and lies at the {coast}", {"income": 3}, "It earns 3 yuan"),
        ("It earns {income}|, and lies at the {coast}", {"coast": "lake"}, "Lies at the lake"),
        ("It earns {income}|, and lies at the {coast}", {}, ""),
        ("It earns {income} by {other} means", {"income": 3}, "It earns 3 yuan by {other} means"),
        ("Said as it is ", {}, "Said as it is "),
    ],
)
def test_a_reason_names_the_answers_and_leaves_out_what_is_not_answered(words: str, given: Plain, said: str) -> None:
    case = tiny({"p": {"d": 50}})
    case.questionnaire["facts"] = FACTS
    instrument = instrument_of(case.questionnaire, case.chain)
    facts = {id: {"value": value} for id, value in given.items()}
    view = read(instrument, Answers.model_validate(case.answers | {"facts": facts}))
    assert reason_here({"en": words}, instrument.questionnaire, view) == {"en": said}


@pytest.mark.parametrize(
    ("id", "line", "written", "said"),
    [
        ("income", Decimal(5), "at least 5 yuan", "At least 5 yuan"),
        ("coast", "sea", "not open sea", "Not open sea"),
    ],
)
def test_a_line_that_is_reached_is_a_statement(id: str, line: Value, written: str, said: str) -> None:
    case = tiny({"p": {"d": 50}})
    case.questionnaire["facts"] = FACTS
    asked = instrument_of(case.questionnaire, case.chain).questionnaire.facts[id]
    assert statement_of_line(asked, line, written, "en") == said


TOLD: Plain = {
    "income": {
        "kind": "number",
        "range": [0, 10],
        "unit": {"en": "yuan"},
        "text": {"en": "Income"},
        "finding": {"en": "It earned {value} in {year}."},
    },
    "coast": FACTS["coast"] | {"text": {"en": "Coast"}},
    "level": {
        "kind": "level",
        "levels": [{"en": "none"}, {"en": "some", "finding": {"en": "There is some."}}],
        "text": {"en": "Stage"},
    },
    "ticks": {
        "kind": "multi",
        "options": {id: {"en": f"{id} words", "finding": {"en": f"a {id}"}} for id in ("mill", "dam")},
        "text": {"en": "Works"},
    },
}


def told_instrument() -> Instrument:
    case = tiny({"p": {"d": 50}})
    case.questionnaire["facts"] = TOLD
    return instrument_of(case.questionnaire, case.chain)


def test_answers_that_make_a_condition_hold_are_stated_once_each() -> None:
    """By their findings, else by question and answer; what cannot be said plainly is left out, and nothing twice."""
    questionnaire = told_instrument().questionnaire
    holding: list[tuple[str, Value]] = [
        ("level", 1),
        ("ticks", frozenset({"dam"})),
        ("level", 1),
        ("ticks", frozenset({"mill", "dam"})),
    ]
    assert statements(holding, questionnaire, "en") == ("There is some", "It has a dam", "It has a mill and a dam")
    assert statements([], questionnaire, "en") == ()


def test_a_finding_names_the_value_and_its_year() -> None:
    questionnaire = told_instrument().questionnaire
    assert statement_of(questionnaire.facts["income"], Decimal(3), "en", year="2024") == "It earned 3 yuan in 2024"
    assert statement_of(questionnaire.facts["level"], 0, "en") == "none"
    made = grammar("en").statement("Which industries does the place name as its own?", "AI, wind power")
    assert made == "The place names AI, wind power as its own"  # and not “aI”


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("企业是否属于高耗能行业？", "否", ""),
        ("本地是否已设立港口？", "是", "本地已设立港口"),
        ("近几年有多少人离职？", "12人", "近几年有12人离职"),
        ("近几年来教师平均任教几年？", "8年", "8年"),
        ("近几年教师平均任教年限？", "8年", "8年"),
        ("全院有多少护士离职？", "12人", "12人"),
        ("常住人口是多少万人？", "45万人", "常住人口是45万人"),
        ("是否列入名单，属于哪一类？", "是", "列入名单"),
        ("是否有备用电源，是否每月试验？", "否", ""),
        ("是否有备用电源，并每月试验？", "否", ""),
        ("学区是否已无危房？", "否", ""),
        ("全部村卫生室是否配备医生？", "否", ""),
        ("Is the place on the list, and in which class?", "No", ""),
        ("Does the district office pay?", "No", ""),
        ("Does it have a generator, and is it tested?", "No", ""),
        ("Does it store oxygen, blood or antidotes?", "Yes", ""),
        ("How often is the water tested?", "Every week", "Every week"),
        ("How unsafe is the dormitory?", "Not at all", "Not at all"),
        ("How late is the payment of wages?", "45 days", "45 days"),
        ("本县是否有港口，吞吐量是多少？", "是", ""),
        ("What are the main trades?", "Metal and wood", "Main trades are metal and wood"),
    ],
)
def test_question_and_answer_make_a_sentence_where_nothing_is_dropped(question: str, answer: str, said: str) -> None:
    """It was said of a hospital without a monthly test that it has no generator; no is nowhere put into a sentence."""
    assert grammar("en" if question.isascii() else "zh").statement(question, answer) == said


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        ("single", {"en": "Yes, in many"}, "Do roofs leak: yes, in many"),
        ("single", {"en": "Many", "finding": {"en": "Many"}}, "Many"),  # a finding may say the same
        ("single", {"en": "None."}, "Do roofs leak: none"),
        ("level", {"en": "None."}, "Do roofs leak: none"),
        ("level", {"en": "Many leak."}, "Many leak"),
        ("level", {"en": "Many", "finding": {"en": "Many leak"}}, "Many leak"),
        ("level", {"en": "Less than 30%"}, "Do roofs leak: less than 30%"),
    ],
)
def test_what_is_no_sentence_stands_behind_its_question(kind: str, words: Plain, said: str) -> None:
    """Behind “free of asbestos: no” stood “Yes, in many schools”, of another question."""
    case, other = tiny({"p": {"d": 50}}), {"en": "Other"}
    options: Plain = {"levels": [words, other]} if kind == "level" else {"options": {"a": words, "b": other}}
    case.questionnaire["facts"] = {"f": {"kind": kind, "text": {"en": "Do roofs leak?"}, **options}}
    asked = instrument_of(case.questionnaire, case.chain).questionnaire.facts["f"]
    assert told_of(asked, 0 if kind == "level" else "a", "en") == said


def test_an_option_with_a_stop_is_no_statement_either() -> None:
    case = tiny({"p": {"d": 50}})
    options = {"a": {"en": "No."}, "b": {"en": "Yes."}}
    case.questionnaire["facts"] = {"f": {"kind": "single", "text": {"en": "Is there a port?"}, "options": options}}
    questionnaire = instrument_of(case.questionnaire, case.chain).questionnaire
    assert statements([("f", "a")], questionnaire, "en") == ("the answer to “Is there a port?” is No",)


def test_a_finding_that_names_the_year_is_not_told_without_one() -> None:
    assert statement_of(told_instrument().questionnaire.facts["income"], Decimal(3), "en") == "3 yuan"


@pytest.mark.parametrize(
    ("question", "value", "language", "said"),
    [
        ("When was the house founded?", date(1921, 5, 1), "en", "1 May 1921"),
        ("最近一次消防演练在何时？", date(2026, 3, 1), "zh", "最近一次消防演练在2026年3月1日"),
        ("何时建馆？", date(1921, 5, 1), "zh", "1921年5月1日建馆"),
        ("What is its motto?", "Read on.", "en", "Its motto is “Read on.”"),
        ("有几个分馆？", Decimal(5), "zh", "有5个分馆"),
        ("有多少个分馆？", Decimal(5), "zh", "有5个分馆"),
        ("馆训是什么？", "Read on", "zh", "馆训是“Read on”"),
    ],
)
def test_days_and_counts_are_statements_and_words_stand_as_they_were_typed(
    question: str, value: Value, language: str, said: str
) -> None:
    case = tiny({"p": {"d": 50}})
    kinds: dict[type, Plain] = {
        str: {"kind": "text"},
        date: {"kind": "date", "range": [date.min, date.max]},
        Decimal: {"kind": "number", "range": [0, 9], "unit": {"en": "branches", "zh": "个"}},
    }
    case.questionnaire["facts"] = {"f": kinds[type(value)] | {"text": {language: question}}}
    asked = instrument_of(case.questionnaire, case.chain).questionnaire.facts["f"]
    assert statement_of(asked, value, language) == said


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        ("It earns {income} at the {coast}.", {"income": 3, "coast": "sea"}, "It earns 3 at the open sea."),
        ("It earns {income} at the {coast}.", {"coast": "lake"}, "It earns – at the lake."),
        ("Stage {level}, {unknown}", {"level": 1}, "Stage 1, {unknown}"),
        ("{ticks}", {"ticks": ["dam", "mill"]}, "mill words, dam words"),
        ("{ticks}", {"ticks": []}, "–"),
    ],
)
def test_a_message_names_answers_in_few_words_and_a_dash_where_there_is_none(
    words: str, given: Plain, said: str
) -> None:
    instrument = told_instrument()
    case = tiny({"p": {"d": 50}})
    facts = {id: {"value": value} for id, value in given.items()}
    view = read(instrument, Answers.model_validate(case.answers | {"facts": facts}))
    assert with_answers({"en": words}, instrument.questionnaire, view) == {"en": said}
    for id in TOLD:
        assert bool(as_written(id, instrument.questionnaire, view, "en")) == (id in given)
    assert answer_shown("nobody", instrument.questionnaire, view, "en") == ""


def test_an_answer_that_is_not_known_is_a_dash_though_a_value_stands_beside_it() -> None:
    instrument, case = told_instrument(), tiny({"p": {"d": 50}})
    facts = {"income": {"value": 3, "state": "dk"}}
    view = read(instrument, Answers.model_validate(case.answers | {"facts": facts}))
    assert with_answers({"en": "{income}"}, instrument.questionnaire, view) == {"en": "–"}
    assert reason_here({"en": "It earns {income}|, and more"}, instrument.questionnaire, view) == {"en": "More"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"value": 3}, "3 yuan"),
        ({"value": 3, "state": "dk"}, "don't know"),
        ({"value": 3, "state": "later"}, "put off"),
        ({"value": "unsure"}, "not sure"),
        ({"value": "unsure", "state": "na", "reason": "x"}, "not applicable"),
        ({}, "not answered"),
    ],
)
def test_what_a_state_stands_over_is_no_answer(given: Plain, said: str) -> None:
    """A figure that is kept under “don't know” is not printed as the answer."""
    fact = "coast" if given.get("value") == "unsure" else "income"
    unsure = {"options": {**FACTS["coast"]["options"], "unsure": {"en": "not sure", "unknown": True}}}
    case = tiny({"p": {"d": 0}})
    instrument = instrument_of(case.questionnaire | {"facts": FACTS | {"coast": FACTS["coast"] | unsure}}, case.chain)
    answers = Answers.model_validate(case.answers | {"facts": {fact: given}})
    assert answer(fact, instrument.questionnaire, read(instrument, answers), "en") == said


def test_a_figure_of_which_no_statement_can_be_made_stands_with_its_question() -> None:
    """Alone (“fits: 20.”) it says nothing."""
    case = tiny({"p": {"d": 50}})
    asked = {"kind": "number", "text": {"en": "Border"}, "range": [0, 100]}
    case.questionnaire["facts"] = {"border": asked}
    questionnaire = instrument_of(case.questionnaire, case.chain).questionnaire
    assert statements([("border", Decimal(20))], questionnaire, "en") == ("the answer to “Border” is 20",)
