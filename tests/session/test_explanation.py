"""The arithmetic of a figure, as it is written for people."""

from dataclasses import replace
from decimal import Decimal

from nqpf_assess.engine.explaining import AnswerExplained, explain
from nqpf_assess.engine.scoring import assess
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import MultiQuestion
from nqpf_assess.pages.explanation import lines_of, rule_line, weight_lines
from nqpf_assess.session import Session
from tests.session.conftest import Memory
from tests.support.scored import instrument_of
from tests.support.varied import tiny


def test_a_large_figure_stands_in_its_arithmetic_to_the_last_digit(session: Session) -> None:
    """1,234,567.8 is not 1.23457e+06 there."""
    questionnaire = session.instrument.questionnaire
    share = questionnaire.questions["share"].model_copy(
        update={
            "range": (Decimal(0), Decimal(100_000_000)),
            "scale": ((Decimal(0), Decimal(0)), (Decimal(12_345_678), Decimal(100))),
        }
    )
    book = questionnaire.model_copy(update={"questions": {**questionnaire.questions, "share": share}})
    other = Session(replace(session.instrument, questionnaire=book), session.answers, Memory(), session.now)
    other.give("answers", "share", Decimal("1234567.8"))
    explained = explain(other.assessed, "share")[0]
    assert isinstance(explained, AnswerExplained)
    said = rule_line(other.assessed, explained, "en")
    assert "(1234567.8 − 0) ÷ (12345678 − 0)" in said


def test_the_parts_of_a_sum_stand_there_to_the_last_digit(session: Session) -> None:
    """Options of 33.33 as 33.3 each would not add up to the sum beside them."""
    questionnaire = session.instrument.questionnaire
    asked = questionnaire.questions["tools"]
    assert isinstance(asked, MultiQuestion)
    alike = {id: option.model_copy(update={"score": Decimal("33.33")}) for id, option in asked.options.items()}
    tools = asked.model_copy(update={"options": alike})
    book = questionnaire.model_copy(update={"questions": {**questionnaire.questions, "tools": tools}})
    other = Session(replace(session.instrument, questionnaire=book), session.answers, Memory(), session.now)
    other.give("answers", "tools", frozenset([id for id, option in alike.items() if not option.exclusive][:2]))
    explained = explain(other.assessed, "tools")[0]
    assert isinstance(explained, AnswerExplained)
    assert "33.33 + 33.33 = 66.66" in rule_line(other.assessed, explained, "en")


def test_why_a_question_does_not_apply_stands_behind_it(session: Session) -> None:
    """Whoever asks how a figure came about hears the reason that was given, not only that there was one."""
    session.put("answers", "share", state="na", reason="no grid\nhere")
    said = [*lines_of(session.assessed, explain(session.assessed, "share")[0], "en")]
    assert said[1] == "  not applicable: no grid here"


def test_a_profile_that_switches_off_what_the_blend_keeps_is_told_as_left_out() -> None:
    """Its reason argues for nothing then, and the factors of the others count by shares of their own."""
    made = tiny({"p": {"d": 20, "e": 40, "f": 60}})

    def profile(id: str, **factors: float) -> list[dict[str, object]]:
        adjust = [{"node": node, "factor": factor, "why": {"en": f"{id} says so."}} for node, factor in factors.items()]
        return [*made.chain, {**made.chain[0], "id": id, "name": {"en": id}, "based_on": "base", "adjust": adjust}]

    further = [(profile("night", d=0), Decimal("0.3")), (profile("port", e=3), Decimal("0.2"))]
    instrument = instrument_of(made.questionnaire, profile("hills", d=2, f=5), further)
    assessed = assess(instrument, Answers.model_validate(made.answers))
    told = [*weight_lines(assessed, "d", "en")]
    assert told[1].startswith("  x: weight 33.3% → 32.0%. The weight falls only because others rise.")
    assert "night says so" not in told[1]
    assert told[2:4] == [
        "    hills (50%): weight × 2^0.714286",
        "    night (30%): left out of the weight: it switches off what the other profiles keep",
    ]
    assert told[4].endswith("1 → 1.64067")
