"""One assessment being answered: changes, states, saving, the way back."""

import random
import tomllib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from nqpf_assess.engine.instrument import digest
from nqpf_assess.engine.states import read
from nqpf_assess.files.store import Kept, answers_text, document
from nqpf_assess.locale import tell
from nqpf_assess.model.answers import Answer, Answers, Override, Subject
from nqpf_assess.model.condition import Comparison
from nqpf_assess.model.importing import ImportStep
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.weights import Adjustment
from nqpf_assess.session import AskedChange, Session
from nqpf_assess.session.answering import BY_HAND_FIRST
from nqpf_assess.session.importing import ImportPlan, without_respondent
from tests.session.conftest import NOW, Memory

REFUSED = UserError({"en": "the disk is full", "zh": "磁盘已满"}, status=3)


def test_each_change_is_saved_at_once(session: Session, memory: Memory) -> None:
    session.give("answers", "plan", 1)
    assert memory.saved[-1].answers["plan"].value == 1
    session.put("answers", "plan", note="x")
    assert memory.saved[-1].answers["plan"].note == "x"
    assert len(memory.saved) == 2


def test_that_the_file_was_gone_is_told_though_more_was_saved_since(
    session: Session, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = iter((True, False))
    monkeypatch.setattr(memory, "save", lambda _answers: next(gone))
    session.give("answers", "plan", 1)
    session.give("answers", "plan", 2)
    assert session.anew


def test_an_answer_is_stamped_with_time_revision_and_who(session: Session) -> None:
    session.describe(Subject(name="Anhe", respondent="Li"))
    session.give("answers", "plan", 1)
    assert session.given("answers", "plan") == Answer(value=1, revision=2, by="Li", at=NOW)


def test_a_note_leaves_the_stamp_alone(session: Session) -> None:
    session.put("answers", "plan", note="x")
    assert session.given("answers", "plan") == Answer(note="x")


def test_the_same_answer_again_changes_nothing(session: Session, memory: Memory) -> None:
    session.give("answers", "plan", 1)
    assert session.give("answers", "plan", 1) == AskedChange()
    assert len(memory.saved) == 1


def test_the_same_answer_again_changes_nothing_where_the_file_says_that_it_is_answered(session: Session) -> None:
    """Enter, which goes on, writes no present time and person over those of the answer."""
    stated = Answer(value="2.5", state="answered", by="Wu")
    session.answers = session.answers.model_copy(update={"answers": {"share": stated}})
    session.put("answers", "share", value="2.5")
    session.put("answers", "share", state=None)
    assert session.given("answers", "share") is stated
    session.put("answers", "share", state="dk")
    assert session.given("answers", "share").state == "dk"


def test_the_same_answer_to_a_newer_wording_is_a_new_answer(session: Session) -> None:
    session.put("answers", "plan", value=1, revision=1)
    old = session.answers.model_copy(update={"answers": {"plan": Answer(value=1, revision=1)}})
    session.take(old, session.instrument)
    session.give("answers", "plan", 1)
    assert session.given("answers", "plan").revision == 2


def test_a_state_keeps_the_value_and_a_value_takes_the_state_away(session: Session) -> None:
    session.give("answers", "plan", 2)
    session.put("answers", "plan", state="dk")
    assert (session.state("answers", "plan"), session.given("answers", "plan").value) == ("dk", 2)
    session.give("answers", "plan", 2)
    assert (session.state("answers", "plan"), session.given("answers", "plan").state) == ("answered", None)


def test_a_reason_goes_with_not_applicable(session: Session) -> None:
    session.put("answers", "plan", state="na", reason="no such thing")
    session.give("answers", "plan", 1)
    assert session.given("answers", "plan").reason is None


def test_taking_everything_away_leaves_no_entry(session: Session) -> None:
    session.give("answers", "plan", 1)
    session.give("answers", "plan", None)
    assert "plan" not in session.answers.answers


def test_entries_stand_in_the_order_of_the_questionnaire(session: Session) -> None:
    for id, value in (("tools", frozenset({"trade", "audit"})), ("plan", 1), ("share", Decimal("2.50"))):
        session.give("answers", id, value)
    assert tuple(session.answers.answers) == ("share", "plan", "tools")
    assert session.given("answers", "tools").value == ("audit", "trade")
    assert session.given("answers", "share").value == "2.50"


def test_a_change_says_which_questions_it_brings_and_takes_away(session: Session) -> None:
    assert session.give("answers", "plan", 1) == AskedChange(shown=("review",))
    assert session.give("answers", "plan", 0) == AskedChange(hidden=("review",))


def test_a_change_says_which_answers_it_makes_count_no_more(session: Session) -> None:
    """What does not apply any more is passed over; of an answer that was given there it is said, as of one hidden."""
    book = session.instrument.questionnaire
    share = book.questions["share"].model_copy(update={"na_when": Comparison(fact="zone", one_of=("hills",))})
    changed = book.model_copy(update={"questions": {**book.questions, "share": share}})
    session.instrument = replace(session.instrument, questionnaire=changed)
    assert session.give("facts", "zone", "hills") == AskedChange()
    assert session.give("facts", "zone", "town") == AskedChange()
    session.give("answers", "share", Decimal("2.5"))
    assert session.give("facts", "zone", "hills") == AskedChange(hidden=("share",))
    assert session.give("facts", "zone", "town") == AskedChange(shown=("share",))
    session.give("answers", "share", None)
    session.give("facts", "zone", "hills")
    before = session.counting
    for changes in ({"value": "2.5"}, {"state": "na", "reason": "x"}, {"state": "dk"}):
        session.put("answers", "share", **changes)  # what did not apply before comes and goes by no answer of its own
        assert AskedChange.between(before, session.counting) == AskedChange()
        assert AskedChange.between(session.counting, before) == AskedChange()


def test_quick_mode_asks_the_core_questions_only(session: Session) -> None:
    session.ask("quick")
    assert session.visible == ("plan", "tools")


def test_next_open_goes_around_and_ends_with_nothing(session: Session) -> None:
    assert session.visible == ("share", "plan", "tools", "story")
    session.give("answers", "plan", 0)
    assert session.next_open("share") == "tools"
    assert session.next_open("story") == "share"
    for id, value in (("share", Decimal(1)), ("tools", frozenset({"none"})), ("story", "x")):
        session.give("answers", id, value)
    assert session.next_open("share") is None


def test_the_score_moves_by_what_the_last_change_did(session: Session) -> None:
    assert session.score is None
    session.give("answers", "share", Decimal(4))
    session.give("answers", "plan", 0)
    session.give("answers", "tools", frozenset({"none"}))
    before = session.score
    session.give("answers", "tools", frozenset({"audit"}))
    assert before is not None
    assert session.moved == pytest.approx(session.score - before)  # type: ignore[operator]
    assert session.moved == pytest.approx(24.0)


# ---- the way back


def test_undo_and_redo_reach_everything_and_say_where(session: Session) -> None:
    session.give("facts", "zone", "hills")
    session.choose_profile(session.chains[1])
    session.override([Override(node="new", factor=Decimal("0.5"), why="because")])
    session.choose_measures(["bids", "list"])
    session.describe(Subject(name="Anhe"))
    session.ask("quick")
    end = session.answers
    assert end.plan.chosen == ("list", "bids")
    places = [session.undo() for _ in range(6)]
    assert [place and place[0] for place in places] == ["mode", "subject", "plan", "override", "weights", "facts"]
    assert session.undo() is None
    assert session.instrument.profile.id == "baseline"
    while session.redo():
        pass
    assert session.answers == end
    assert session.instrument.profile.id == "hills"


def test_changes_too_long_ago_to_be_taken_back_are_counted(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """By their number the page of the subject knows what was changed on it, which goes into next year's file alone."""
    monkeypatch.setattr("nqpf_assess.session.answering.MEMORY", 3)
    for number in range(5):
        session.put("answers", "plan", note=f"Note {number}")
    assert session.steps == 5
    assert sum(session.undo() is not None for _ in range(5)) == 3
    assert session.steps == 2


def test_undo_is_saved_too(session: Session, memory: Memory) -> None:
    session.give("answers", "plan", 1)
    session.undo()
    assert "plan" not in memory.saved[-1].answers


def test_a_new_change_ends_what_could_be_brought_back(session: Session) -> None:
    session.give("answers", "plan", 1)
    session.undo()
    session.give("answers", "plan", 2)
    assert session.redo() is None


def test_drafts_of_one_text_are_one_step(session: Session, memory: Memory) -> None:
    for draft in ("a", "ab", "abc"):
        session.put("answers", "plan", draft=True, note=draft)
    assert [saved.answers["plan"].note for saved in memory.saved] == ["a", "ab", "abc"]
    session.undo()
    assert session.given("answers", "plan").note is None
    session.redo()
    assert session.given("answers", "plan").note == "abc"


def test_a_draft_that_was_ended_is_a_step_of_its_own(session: Session) -> None:
    """What is typed into a field that was left and entered anew."""
    session.put("answers", "plan", draft=True, note="a")
    session.end_draft()
    session.put("answers", "plan", draft=True, note="ab")
    session.undo()
    assert session.given("answers", "plan").note == "a"


def test_drafts_of_different_parts_are_steps_of_their_own(session: Session) -> None:
    session.put("answers", "plan", draft=True, note="a")
    session.put("answers", "plan", draft=True, evidence=("b",))
    session.put("answers", "tools", draft=True, note="c")
    session.undo()
    session.undo()
    assert session.given("answers", "plan") == Answer(note="a")


# ---- when saving is refused


def test_a_refused_save_keeps_what_was_entered_and_is_said(session: Session, memory: Memory) -> None:
    memory.refusal = REFUSED
    session.give("answers", "plan", 1)
    assert session.trouble is REFUSED
    assert session.given("answers", "plan").value == 1
    memory.refusal = None
    assert session.save_again()
    assert session.trouble is None
    assert memory.saved[-1].answers["plan"].value == 1


def test_a_locked_session_changes_nothing_and_says_why(session: Session, memory: Memory) -> None:
    session.locked = REFUSED
    session.give("answers", "plan", 1)
    session.undo()
    assert session.answers.answers == {}
    assert session.trouble is REFUSED
    assert memory.saved == []


def test_an_answer_that_leaves_nothing_to_weigh_is_not_taken_and_why_is_said(session: Session, memory: Memory) -> None:
    """Where the rubric switches one part off by a fact and a person all beside it, no file could be opened again."""
    on_fact = Adjustment(
        node="clean", factor=0, when={"fact": "zone", "is": "hills"}, why={"en": "Dry.", "zh": "干旱。"}
    )
    root, profile = session.chains[1]
    session.choose_profile((root, profile.model_copy(update={"adjust": (on_fact,)})))
    session.override((Override(node="new", factor=0, why="none here"),))
    before = memory.saved[-1]
    assert session.give("facts", "zone", "hills") == AskedChange()
    assert session.trouble is not None
    assert tell(session.trouble.message, "en") == (
        "This was not taken: with it nothing would be left to weigh beside “Innovation”."
    )
    assert session.trouble.hint is BY_HAND_FIRST
    assert session.answers == memory.saved[-1] == before
    session.override((Override(node="plan", factor=0, why="none here"), *session.answers.override))
    session.give("facts", "zone", "hills")
    assert session.trouble is not None
    assert "beside “Innovation”" in tell(session.trouble.message, "en")  # the one that switches off what is left
    session.undo()
    session.undo()
    session.give("facts", "zone", "hills")
    assert session.trouble is None
    assert session.state("facts", "zone") == "answered"
    off = Override(node="new", factor=0, why="none here")
    stuck = Session(session.instrument, session.answers.model_copy(update={"override": (off,)}), memory, lambda: NOW)
    stuck.give("answers", "plan", 1)  # nothing weighed before, and the answer makes it no worse
    assert stuck.state("answers", "plan") == "answered"


def test_a_fact_by_which_the_rubric_alone_would_leave_nothing_is_not_taken(session: Session) -> None:
    hills, why = {"fact": "zone", "is": "hills"}, {"en": "Dry.", "zh": "干旱。"}
    off = tuple(Adjustment(node=node, factor=0, when=hills, why=why) for node in ("new", "clean"))
    root, profile = session.chains[1]
    session.choose_profile((root, profile.model_copy(update={"adjust": off})))
    session.give("facts", "zone", "hills")
    assert session.trouble is not None
    assert not session.trouble.hint  # there is no correction by hand to take away
    assert session.state("facts", "zone") == "blank"


def test_what_a_score_rests_on_besides_the_answers_is_marked(session: Session) -> None:
    before = session.basis
    session.give("answers", "plan", 1)
    assert session.basis == before
    session.ask("quick")
    assert session.basis != before
    session.undo()
    session.choose_profile(session.chains[1])
    assert session.basis != before
    session.undo()
    assert session.basis == before


def test_what_is_blank_in_the_form_of_a_file_counts_for_the_digest_as_it_does_there(session: Session) -> None:
    """`new` writes name, time and who answers without a word behind them."""
    blank = Subject(name="", period="", respondent="")
    session.answers = session.answers.model_copy(update={"subject": blank})
    kept = Kept.of(answers_text(session.answers) + '[subject]\nname = ""\nperiod = ""\nrespondent = ""\n')
    assert kept is not None
    for act in (
        lambda: session.give("answers", "plan", 1),
        lambda: session.describe(Subject(name="X", period="", respondent="Li")),
        lambda: session.describe(Subject(name="X", period="2025", respondent="")),
        session.undo,
        session.undo,
        session.undo,
        session.redo,
    ):
        act()
        read = Answers.model_validate(tomllib.loads(kept.text_of(session.answers)))
        assert digest(session.answers) == digest(read)


def test_in_a_file_of_another_order_a_report_names_the_digest_of_the_file(session: Session) -> None:
    """Somebody may have ordered the answers: they stay so, and what is new stands in its place among them."""
    session.answers = session.answers.model_copy(
        update={"answers": {"tools": Answer(value=("trade",)), "plan": Answer(value=1)}}
    )
    file = Kept.of(answers_text(session.answers))
    assert file is not None
    for id, value in (("plan", 0), ("story", "x"), ("share", Decimal(2))):
        session.give("answers", id, value)
    text = file.text_of(session.answers)
    assert tuple(session.answers.answers) == ("share", "tools", "story", "plan")
    assert digest(session.answers) == digest(Answers.model_validate(tomllib.loads(text)))


STEPS = [(id, what) for id in ("plan", "share", "review", "tools") for what in ("answer", "empty", "dk", "undo")]


def test_what_is_read_anew_after_one_answer_is_what_would_be_read_whole(session: Session) -> None:
    given = {"share": "1.5", "plan": 2, "review": "outside", "tools": ("audit",)}
    parts = {"empty": {"value": None, "state": None}, "dk": {"state": "dk"}}
    hidden = 0
    for seed in range(20):
        for id, what in random.Random(seed).sample(STEPS, len(STEPS)):
            if what == "undo":
                session.undo()
            else:
                session.put("answers", id, **parts.get(what, {"value": given[id]}))
            assert session.view == read(session.instrument, session.answers)
            states = session.view.questions
            assert set(session.visible) == {id for id in states if states[id].state != "hidden"}
            hidden += len(states) - len(session.visible)
    assert hidden > 0


def test_what_is_brought_in_stands_in_its_place_among_what_is_there(session: Session) -> None:
    there, new = {"tools": Answer(value=("trade",)), "plan": Answer(value=1)}, Answer(value="2")
    answers = session.answers.model_copy(update={"answers": there})
    step = ImportStep("answers", "share", {}, None, new, new, "new")
    found = ImportPlan(session.instrument, answers, (step,), (), new=False).accepted()
    assert tuple(found.answers) == ("share", "tools", "plan")


@pytest.mark.parametrize(
    "act",
    [
        lambda session: session.describe(Subject(name="X", period="2025", respondent="")),
        lambda session: [session.describe(Subject(name=name)) for name in ("X", "")],
        lambda session: [
            session.describe(Subject(respondent="Li")),
            session.bring_in(without_respondent(session.answers)),
        ],
        lambda session: [session.choose_measures(ids) for ids in (["gone"], [])],
        lambda session: [session.override(own) for own in ([Override(node="new", factor=0, why="because")], [])],
        lambda session: session.put("answers", "share", value="2.5", note="", evidence=()),
        lambda session: [session.give("answers", "share", value) for value in (2.5, None)],
    ],
    ids=["subject", "no subject", "respondent", "ticks", "corrections", "note", "answer"],
)
def test_what_was_emptied_has_the_digest_of_its_file(act: Callable[[Session], object], session: Session) -> None:
    """A report that the app writes names the one that the file has when it is read again."""
    act(session)
    filed = document(session.answers)
    assert all(filed.values())
    assert digest(session.answers) == digest(Answers.model_validate(filed))


@pytest.mark.parametrize(
    ("held", "typed", "asks"),
    [
        ("2025", "2026", True),
        ("2025", "2025年三季度（累计）", True),
        ("2025", "", False),
        ("2025", "二〇二六年", False),
        ("二〇二五年度", "2025", True),
        ("", "2025", False),
    ],
)
def test_a_file_of_its_own_is_asked_for_where_another_time_names_a_year(
    session: Session, held: str, typed: str, asks: bool
) -> None:
    """Where it was cleared it was asked where the answers of None shall be kept."""
    session.give("answers", "plan", 1)
    session.describe(Subject(period=held))
    assert session.may_be_later(typed) is asks
