"""Questions and facts of each kind, small enough to work out by hand what becomes of their answers."""

from datetime import date
from typing import Any

from nqpf_assess.model.questionnaire import Questionnaire
from tests.support.oracle import Plain
from tests.support.varied import tiny

LEVEL = {"kind": "level", "levels": [{"en": "none"}, {"en": "some", "finding": {"en": "There is some"}}, {"en": "all"}]}
OPTIONS = {
    "a": {"en": "apples", "score": 0, "finding": {"en": "Apples grow there"}},
    "b": {"en": "bread", "score": 100},
}
SINGLE = {"kind": "single", "options": OPTIONS}
TICKS = {"kind": "multi", "options": OPTIONS | {"c": {"en": "cheese", "score": 20}}}
ALONE = {"none": {"en": "none of these", "score": 0, "exclusive": True}}
NUMBER = {"kind": "number", "range": [0, 50], "unit": "%", "scale": [[0, 0], [50, 100]]}
DAY = {"kind": "date", "range": [date(2000, 1, 1), date(2030, 12, 31)], "scale": [[0, 100], [1000, 0]]}
TEXT = {"kind": "text"}


def asked(keys: Plain) -> Any:
    """A question with these keys."""
    case = tiny({"p": {"d": 50}})
    case.questionnaire["questions"] = {"q": {"dimension": "d", "text": {"en": "x"}, **keys}}
    return Questionnaire.model_validate(case.questionnaire).questions["q"]


def fact(keys: Plain) -> Any:
    """A fact with these keys."""
    case = tiny({"p": {"d": 50}})
    case.questionnaire["facts"] = {"f": {"text": {"en": "x"}, **keys}}
    return Questionnaire.model_validate(case.questionnaire).facts["f"]


def ticks(*more: Plain) -> Any:
    """The three ticks, and further options."""
    options: dict[str, Any] = {**OPTIONS, "c": {"en": "cheese", "score": 20}}
    for one in more:
        options |= one
    return asked({"kind": "multi", "options": options})
