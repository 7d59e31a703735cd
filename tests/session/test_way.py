"""The way through an assessment: what decides comes first, what can wait is asked where a question needs it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from nqpf_assess.engine.states import unsettled
from nqpf_assess.model.answers import Origin
from nqpf_assess.model.condition import AllOf, AnyOf, Comparison, Not
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import ScaleCase
from nqpf_assess.model.weights import Adjustment, BlendedProfile
from nqpf_assess.session import Session
from nqpf_assess.session.way import (
    PROFILE,
    RESULTS,
    after_fact,
    after_question,
    efforts,
    facts_first,
    first_open,
    held_back,
    minutes_left,
    weights_wait,
)

ZONE = Comparison(fact="zone", one_of=("hills",))
OTHER = Comparison(question="plan", at_least=1)


def test_a_condition_hangs_on_the_facts_that_nobody_answered(session: Session) -> None:
    assert unsettled(AllOf(all=(ZONE, OTHER)), session.view) == ("zone",)
    assert unsettled(Not(**{"not": ZONE}), session.view) == ("zone",)
    assert unsettled(None, session.view) == ()
    session.give("facts", "zone", "town")
    assert unsettled(AnyOf(any=(ZONE, OTHER)), session.view) == ()


def test_what_is_settled_or_not_known_is_asked_no_more(session: Session) -> None:
    assert facts_first(session) == ("zone",)
    assert after_fact(session) == ("facts", "zone")
    assert after_fact(session, passed={"zone"}) == PROFILE
    session.put("facts", "zone", state="dk")
    assert facts_first(session) == ()
    assert after_fact(session) == PROFILE


def test_the_weights_wait_until_somebody_chose_or_answered(session: Session) -> None:
    """Whoever leaves at the weights is not led past them, to be scored by the general ones without a word."""
    assert not weights_wait(session)
    session.give("facts", "zone", "hills")
    assert weights_wait(session)
    session.give("answers", "plan", 1)
    assert not weights_wait(session)
    brought = session.answers.answers["plan"].model_copy(update={"from_": Origin(kind="xlsx")})
    session.bring_in(session.answers.model_copy(update={"answers": {"plan": brought}}))
    assert weights_wait(session)
    (hills,) = (one.chain for one in session.suggested() if one.profile.id == "hills")
    session.locked = UserError({"en": "to look at", "zh": "仅供查看"})
    assert not weights_wait(session)  # nobody can choose any
    session.locked = None
    session.choose_profile(session.instrument.chain, (BlendedProfile(hills, Decimal("0.4")),))
    assert not weights_wait(session)
    session.choose_profile(hills)
    assert not weights_wait(session)


def test_behind_the_last_question_come_the_results(session: Session) -> None:
    assert after_question(session, None) == ("answers", "share")
    assert after_question(session, "plan") == ("answers", "tools")
    session.give("answers", "plan", 1)
    assert after_question(session, "plan") == ("answers", "review")
    assert after_question(session, "story") == RESULTS


@pytest.mark.parametrize(("node", "waits"), [("clean", True), ("works", True), ("tools", True), ("new", False)])
def test_a_fact_on_which_a_weight_of_the_profile_in_use_hangs_is_asked_before_what_it_weighs(
    session: Session, node: str, waits: bool
) -> None:
    """Else the profile would be applied in part, without a word, to whoever answers all that is asked."""
    (root,) = session.instrument.chain
    change = Adjustment(node=node, factor=Decimal(2), when=ZONE, why=root.name)
    own = root, root.model_copy(update={"id": "own", "based_on": root.id, "adjust": (change,)})
    upon = *own, root.model_copy(update={"id": "upon", "based_on": "own"})
    for chain, further in ((own, ()), (upon, ()), ((root,), (BlendedProfile(own, Decimal("0.4")),))):
        session.choose_profile(chain, further)
        assert after_question(session, "plan") == (("facts", "zone") if waits else ("answers", "tools"))
    assert after_question(session, "plan", passed={"zone"}) == ("answers", "tools")
    session.give("facts", "zone", "town")
    assert after_question(session, "plan") == ("answers", "tools")


def test_a_fact_that_decides_a_scale_is_asked_only_while_no_scale_before_it_holds(session: Session) -> None:
    book = session.instrument.questionnaire
    cases = tuple(ScaleCase(when=when, scale=((0, 0), (9, 100))) for when in (OTHER, ZONE))
    share = book.questions["share"].model_copy(update={"scale_when": cases})
    changed = book.model_copy(update={"questions": {**book.questions, "share": share}})
    session.instrument = replace(session.instrument, questionnaire=changed)
    assert after_question(session, None) == ("facts", "zone")
    session.give("answers", "plan", 1)
    assert after_question(session, None) == ("answers", "share")


def test_who_comes_back_is_asked_the_fact_that_the_first_open_question_waits_for(session: Session) -> None:
    """Left at the fact, an assessment went on with the question, and the fact was never asked again."""
    (root,) = session.instrument.chain
    change = Adjustment(node="clean", factor=Decimal(2), when=ZONE, why=root.name)
    session.choose_profile((root, root.model_copy(update={"id": "own", "based_on": root.id, "adjust": (change,)})))
    assert first_open(session) == (None, ("answers", "share"))
    session.give("answers", "share", Decimal(1))
    session.give("answers", "plan", 0)
    assert first_open(session) == ("plan", ("facts", "zone"))
    assert first_open(session, passed={"zone"}) == ("plan", ("answers", "tools"))
    session.locked = UserError({"en": "to look at", "zh": "仅供查看"})
    assert first_open(session) == ("plan", ("answers", "tools"))
    session.locked = None
    for id in session.visible:
        session.put("answers", id, state="dk")
    assert first_open(session) == ("story", RESULTS)


def test_among_the_open_ones_only_those_that_nobody_dealt_with_are_asked(session: Session) -> None:
    session.give("facts", "zone", "town")
    session.give("answers", "plan", 0)
    session.give("answers", "tools", frozenset({"audit"}))
    assert after_question(session, "share", only_open=True) == ("answers", "story")
    assert after_question(session, "share") == ("answers", "plan")
    session.put("answers", "tools", state="later")  # put off is still to be answered
    assert after_question(session, "share", only_open=True) == ("answers", "tools")
    session.put("answers", "tools", state="dk")
    session.put("answers", "story", state="dk")
    assert after_question(session, "share", only_open=True) == RESULTS


def test_minutes_and_questions_left_shrink_with_each_answer(session: Session) -> None:
    before = minutes_left(session, "en")
    assert before >= 1
    for id in session.visible:
        session.put("answers", id, state="dk")
    assert minutes_left(session, "en") == 0


def test_the_quick_way_asks_fewer_questions_in_fewer_minutes(session: Session) -> None:
    found = efforts(session.instrument.questionnaire, "zh")
    assert found["quick"][0] == 2
    assert found["quick"][0] < found["full"][0]
    assert found["quick"][1] <= found["full"][1]


def test_in_quick_mode_facts_that_hold_core_questions_back_are_told_and_not_asked(session: Session) -> None:
    book = session.instrument.questionnaire
    plan = book.questions["plan"].model_copy(update={"show_if": ZONE})
    changed = book.model_copy(update={"questions": {**book.questions, "plan": plan}})
    session.instrument = replace(session.instrument, questionnaire=changed)
    session.ask("quick")
    assert after_question(session, None) == ("answers", "tools")
    assert held_back(session) == ("zone",)
    session.give("facts", "zone", "town")
    assert held_back(session) == ()
