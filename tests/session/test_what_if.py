"""What if an answer were another: tried out beside the assessment, which stays as it is."""

from decimal import Decimal

from nqpf_assess.session import Session
from nqpf_assess.session.what_if import WhatIf
from tests.session.conftest import Memory


def answered(session: Session) -> WhatIf:
    session.give("answers", "share", Decimal(1))
    session.give("answers", "plan", 1)
    session.give("answers", "tools", frozenset({"audit"}))
    return WhatIf(session)


def test_an_answer_moves_one_step_and_the_assessment_stays(session: Session, memory: Memory) -> None:
    tried = answered(session)
    saved, score = len(memory.saved), session.score
    assert tried.move("plan", 1)
    assert tried.session.value("answers", "plan") == 2
    assert tried.session.score is not None
    assert score is not None
    assert tried.session.score > score
    assert (session.value("answers", "plan"), session.score, len(memory.saved)) == (1, score, saved)


def test_a_figure_moves_along_the_points_of_its_scale(session: Session) -> None:
    tried = answered(session)
    assert tried.move("share", 1)
    assert tried.session.value("answers", "share") == Decimal(4)
    assert not tried.move("share", 1)


def test_a_step_back_to_the_answer_is_no_move(session: Session) -> None:
    tried = answered(session)
    assert tried.move("plan", 1)
    assert tried.move("plan", -1)
    assert tried.moved == {}


def test_options_that_are_ticked_move_by_one_and_end_at_what_stands_alone(session: Session) -> None:
    tried = answered(session)
    assert tried.move("tools", 1)
    assert tried.session.value("answers", "tools") == {"audit", "trade"}
    assert not tried.move("tools", 1)
    assert tried.move("tools", -1)
    assert tried.moved == {}
    assert tried.move("tools", -1)
    assert tried.session.value("answers", "tools") == {"none"}
    assert not tried.move("tools", -1)
    assert tried.move("tools", 1)
    assert tried.moved == {}


def test_a_step_back_leads_to_a_figure_between_two_points(session: Session) -> None:
    tried = answered(session)
    assert tried.move("share", 1)
    assert tried.move("share", -1)
    assert tried.moved == {}


def test_what_is_not_answered_does_not_move(session: Session) -> None:
    tried = answered(session)
    session.put("answers", "plan", state="dk")
    assert not tried.move("plan", 1)
