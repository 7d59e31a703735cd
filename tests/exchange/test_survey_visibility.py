"""A survey made of the XLSForm shows just what our own engine asks, whatever was answered before.

With the whole budget 1,000 random submissions; else a few of them.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given

from nqpf_assess.engine.states import Seen, read
from nqpf_assess.exchange.xlsform import STATE, _Form
from nqpf_assess.model.answers import Answers
from tests.support.budget import BUDGET
from tests.support.instruments import Case, cases
from tests.support.scored import instrument_of, tries

FUNCTIONS = {"selected": lambda held, option: option in str(held).split(), "false": lambda: False, "__builtins__": {}}


def holds(xpath: str, values: Mapping[str, Any]) -> bool:
    """Evaluate the little of XPath that a form uses, as Python; what is blank equals '' and nothing else."""
    said = re.sub(r"\$\{(\w+)\}", lambda found: repr(values.get(found[1], "")), xpath)
    return bool(eval(re.sub(r"(?<![!<>])=", "==", said), dict(FUNCTIONS)))


def typed(seen: Seen) -> Any:
    """What a survey tool holds for an answer: a number, a text, ids with spaces; nothing beside a state."""
    if seen.value is None or seen.state != "answered":
        return ""
    match seen.value:
        case frozenset():
            return " ".join(sorted(seen.value))
        case Decimal():
            return float(seen.value)
        case date():
            return seen.value.isoformat()
        case _:
            return seen.value


@tries(1000 if BUDGET >= 1 else 60)
@given(cases())
def test_a_survey_shows_what_the_engine_asks(case: Case) -> None:
    case.answers["mode"] = "full"
    for table in ("facts", "answers"):  # a survey has no state of a fact, no value beside a state, no empty choice
        for entry in case.answers[table].values():
            if entry.get("value") == [] or (table == "answers" and entry.get("state", "answered") != "answered"):
                entry.pop("value", None)
            if table == "facts":
                entry.pop("state", None)
    instrument, answers = instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers)
    view, form = read(instrument, answers), _Form(instrument.questionnaire)
    values: dict[str, Any] = {}
    for id, seen in view.facts.items():
        stated = answers.facts.get(id)
        unknown = seen.state == "dk" and seen.value is not None
        values[id] = typed(Seen("answered", seen.value)) if unknown and stated is not None else typed(seen)
    shown = set()
    for id in instrument.reading_order:
        asked, seen = instrument.questionnaire.questions[id], view.questions[id]
        relevant = form._relevant(asked)
        if relevant and not holds(relevant, values):
            continue
        shown.add(id)
        given_ = answers.answers.get(id)
        values[id] = typed(seen)
        values[id + STATE] = given_.state or "" if given_ is not None and seen.state != "answered" else ""
    asked_here = {
        id
        for id, seen in view.questions.items()
        if seen.state != "hidden"
        and not (seen.state == "na" and (answers.answers.get(id) is None or answers.answers[id].state != "na"))
    }
    by_itself = {
        id
        for id in asked_here
        if (when := instrument.questionnaire.questions[id].na_when) is not None and holds(form.holds(when), values)
    }
    assert shown == asked_here - by_itself
