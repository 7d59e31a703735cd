"""What would change the suggestion of a profile: for a figure, the line it would have to reach or to stay below."""

from decimal import Decimal

import pytest

from nqpf_assess.engine.profiles import advice, suggestions
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from tests.support.varied import tiny


@pytest.mark.parametrize(
    ("income", "first", "line", "then"),
    [
        (3, "base", ("at_least", Decimal(5)), "rich"),
        (7, "rich", ("below", Decimal(5)), "base"),
        (None, "base", ("at_least", Decimal(5)), "rich"),
    ],
)
def test_a_figure_tips_the_suggestion_at_its_line(
    income: int | None, first: str, line: tuple[str, Decimal], then: str
) -> None:
    case = tiny({"p": {"d": 50}})
    case.questionnaire["facts"] = {"income": {"kind": "number", "range": [0, 10], "text": {"en": "x"}}}
    root = Weights.model_validate(case.chain[0])
    head = {"format": "nqpf-weights/1", "id": "rich", "questionnaire": "inst", "based_on": "base", "name": {"en": "x"}}
    profile = Weights.model_validate(head | {"fits": {"fact": "income", "at_least": 5}})
    facts = {} if income is None else {"income": {"value": income}}
    questionnaire = Questionnaire.model_validate(case.questionnaire)
    answers = Answers.model_validate(case.answers | {"facts": facts})
    found = advice(suggestions(questionnaire, [(root,), (root, profile)], answers), questionnaire, answers)
    assert found.first.profile.id == first
    (tip,) = found.tipping
    assert (tip.fact, tip.line, tip.profile.id, tip.answered) == ("income", line, then, income is not None)
