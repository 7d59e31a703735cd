"""What is left to do, search, outline, plan and corrections: without a terminal."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nqpf_assess.engine.gaps import gain_of, measures_of
from nqpf_assess.engine.merging import Wish, merge
from nqpf_assess.files.library import Library
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.model.answers import Answer, Answers, Chosen, Override, Subject
from nqpf_assess.model.base import canonical
from nqpf_assess.model.problem import UserError
from nqpf_assess.session import Session
from nqpf_assess.session.answering import tick
from nqpf_assess.session.desk import Wanted, new_desk
from nqpf_assess.session.outline import background, counted, outline
from nqpf_assess.session.overriding import corrected, held
from nqpf_assess.session.planning import effect_of, in_order, ticked, toggled
from nqpf_assess.session.reviewing import missing_by_holder, missing_sheet, todos
from nqpf_assess.session.searching import index_of
from nqpf_assess.tui.answering.sheet import notices, sheet
from nqpf_assess.tui.drawing.speech import Speech
from tests.support.asked import DAY, asked


def ids(session: Session, why: str) -> list[str]:
    return [todo.id for todo in todos(session)[why]]  # type: ignore[index]


# ---- review


def test_what_is_open_is_grouped_by_its_state(session: Session) -> None:
    session.put("answers", "share", state="dk")
    session.put("answers", "tools", state="later")
    assert ids(session, "blank") == ["zone", "plan", "story"]
    assert ids(session, "dk") == ["share"]
    assert ids(session, "later") == ["tools"]


def test_a_day_without_the_year_up_to_which_it_counts_is_listed(session: Session) -> None:
    book = session.instrument.questionnaire
    since = asked(DAY).model_copy(update={"dimension": "works"})
    changed = book.model_copy(update={"questions": {**book.questions, "tools": since}})
    session.instrument = replace(session.instrument, questionnaire=changed)
    session.give("answers", "tools", date(2024, 3, 1))
    assert ids(session, "year") == ["tools"]
    session.describe(Subject(period="2025"))
    assert ids(session, "year") == []


def test_evidence_is_wanted_from_its_level_or_score_on(session: Session) -> None:
    session.give("answers", "plan", 1)
    session.give("answers", "share", Decimal(2))
    assert ids(session, "evidence") == []
    session.give("answers", "plan", 2)
    session.give("answers", "share", Decimal(4))
    assert ids(session, "evidence") == ["share", "plan"]
    session.put("answers", "plan", evidence=(" ",))
    assert "plan" in ids(session, "evidence")
    session.put("answers", "plan", evidence=("Doc",))
    session.put("answers", "share", year=2025)
    assert ids(session, "evidence") == []


def test_unusual_figures_and_older_wordings_are_listed(session: Session) -> None:
    session.give("answers", "share", Decimal(9))
    session.take(
        session.answers.model_copy(
            update={"answers": {**session.answers.answers, "plan": Answer(value=1, revision=1)}}
        ),
        session.instrument,
    )
    assert ids(session, "unusual") == ["share"]
    assert ids(session, "confirm") == ["plan"]


def test_contradictions_are_listed_with_their_sentence(session: Session) -> None:
    session.give("answers", "plan", 2)
    session.give("answers", "share", Decimal("0.1"))
    (found,) = todos(session)["check"]
    assert (found.id, found.message) == ("plan", {"en": "Level 2 beside 0.1 %.", "zh": "等级2，占比0.1%。"})


@pytest.mark.parametrize(
    ("condition", "place"),
    [
        ({"fact": "zone", "is": "hills"}, ("facts", "zone")),
        ({"all": [{"fact": "zone", "is": "hills"}, {"question": "plan", "at_least": 2}]}, ("answers", "plan")),
        ({"dimension": "spending", "score_at_least": 50}, ("answers", "share")),
    ],
)
def test_a_contradiction_leads_to_an_answer_also_where_it_names_no_question(
    session: Session, condition: dict[str, object], place: tuple[str, str]
) -> None:
    """Size and staff of a firm are both facts: its row leads to one, and stands beside it."""
    questionnaire = session.instrument.questionnaire
    known = questionnaire.checks["paper_only"]
    check = type(known).model_validate({"when": condition, "message": {"en": "Odd.", "zh": "不符。"}})
    questionnaire = questionnaire.model_copy(update={"checks": {"odd": check}})
    session.take(session.answers, replace(session.instrument, questionnaire=questionnaire))
    session.give("facts", "zone", "hills")
    session.give("answers", "plan", 2)
    session.give("answers", "share", Decimal(4))
    (found,) = todos(session)["check"]
    assert (found.table, found.id) == place
    beside = [words for words, _look in notices(session, "facts", "zone", Speech("en"))]
    assert beside == (["! Odd."] if "fact" in str(condition) else [])


def test_who_said_what_is_of_the_year_that_was_merged_and_not_of_the_next_one(session: Session) -> None:
    """Who is asked anew would be told to have said last year's answer, too, and to have answered in two files."""
    apart = [
        (
            name,
            Answers.model_validate({**canonical(session.answers), "answers": {"plan": {"value": level, "note": ""}}}),
        )
        for name, level in (("finance", 1), ("science", 2))
    ]
    session.take(merge(session.instrument, apart, Wish()).answers, session.instrument)
    stood, before = session.given("answers", "plan"), session.score
    session.begin_here()
    plan = session.given("answers", "plan")
    assert (plan.voices, session.answers.merged, session.steps) == ((), None, 0)
    assert (plan, session.score) == (stood.model_copy(update={"voices": ()}), before)
    assert ids(session, "differ") == []
    assert plan.model_fields_set == stood.model_fields_set - {"voices"}


def test_what_merged_files_differ_on_is_listed_until_it_is_answered_anew_be_it_the_same(session: Session) -> None:
    """A meeting that agrees on what the rule took has settled it too."""
    apart = [
        (name, Answers.model_validate({**canonical(session.answers), "answers": {"plan": {"value": level}}}))
        for name, level in (("finance", 1), ("science", 2))
    ]
    session.take(merge(session.instrument, apart, Wish()).answers, session.instrument)
    assert ids(session, "differ") == ["plan"]
    assert "settles it" in " ".join(words for words, _look in notices(session, "answers", "plan", Speech("en")))
    beside = [row.text for row in sheet(session, "answers", "plan", Speech("en"))]
    assert [words for words in beside if "said:" in words] == ["- finance said: level 1", "- science said: level 2"]
    session.put("answers", "plan", value=1, note=None)
    assert ids(session, "differ") == []
    assert (session.given("answers", "plan").value, session.steps) == (1, 2)
    session.put("answers", "plan", value=1)
    assert session.steps == 2


def test_the_evidence_of_a_fact_is_seen_where_a_form_brought_some(session: Session) -> None:
    def rows() -> list[str | None]:
        return [row.id for row in sheet(session, "facts", "zone", Speech("en"))]

    session.give("facts", "zone", "town")
    assert "evidence" not in rows()
    session.put("facts", "zone", evidence=("Letter",))
    assert "evidence" in rows()


def test_missing_items_are_grouped_by_who_holds_them_and_nobody_last(session: Session) -> None:
    found = missing_by_holder(session, "en")
    assert missing_by_holder(session, "de") == found  # in a language that the questionnaire has not
    assert list(found) == ["Statistics", "Planning", "Science", ""]
    assert found["Statistics"] == (("answers", "share"), ("answers", "tools"))


def test_the_sheet_of_missing_items_names_holder_question_and_unit(session: Session) -> None:
    session.describe(Subject(name="Anhe", period="2025"))
    sheet = missing_sheet(session, "zh")
    assert "缺项清单：Anhe 2025" in sheet
    assert "── 统计局" in sheet
    assert "1. 研发经费占比是多少？\n   单位：%\n   见统计年鉴。\n   答：" in sheet


def test_the_sheet_of_missing_items_tells_the_levels_and_options_to_choose_from(session: Session) -> None:
    lines = [line.strip() for line in missing_sheet(session, "en").splitlines()]
    plan, tools = session.asked("answers", "plan"), session.asked("answers", "tools")
    assert (
        [f"{n}  {level.words['en']}" for n, level in enumerate(plan.levels)]
        == [  # type: ignore[union-attr]
            line for line in lines if line[:1].isdigit() and line[1:3] == "  "
        ]
    )
    assert all(f"□ {option.words['en']}" in lines for option in tools.options.values())  # type: ignore[union-attr]
    assert [lines[lines.index(f"□ {first}") - 1] for first in ("Town", "Audit")] == ["tick one", "tick all that apply"]


# ---- outline, search, ticks


def test_the_outline_counts_what_is_dealt_with(session: Session) -> None:
    session.give("answers", "plan", 1)
    session.put("answers", "share", state="dk")
    session.put("answers", "review", state="na", reason="x")
    lines = {entry.id: (entry.done, entry.total) for entry in outline(session)}
    assert lines["new"] == lines["spending"] == (3, 3)
    assert lines["clean"] == (0, 2)
    assert counted(session) == (3, 5)


def test_help_for_a_question_tells_what_its_dimension_and_pillar_count(session: Session) -> None:
    assert [words["en"] for words in background(session, "answers", "share")] == ["Approved means in writing."]
    assert background(session, "facts", "zone") == ()


def test_search_weighs_the_words_of_the_question_above_its_options(session: Session) -> None:
    index = index_of(session)
    assert index.find(session, "plan") == (("answers", "plan"),)
    assert index.unasked(session, "plan") == index.unasked(session, "ＰＬＡＮ") == 1  # found, and told as not asked
    session.give("answers", "plan", 1)
    assert index.unasked(session, "plan") == 0
    assert index.find(session, "plan") == (("answers", "plan"), ("answers", "review"))
    assert index.find(session, "清洁生产 工具") == (("answers", "tools"),)
    assert index.find(session, "nobody") == (("answers", "plan"), ("answers", "review"))
    assert index.find(session, "  ") == ()
    assert index.find(session, "no such word") == ()


def test_ticks(session: Session) -> None:
    tools = session.asked("answers", "tools")
    assert tick(tools, None, "audit") == {"audit"}
    assert tick(tools, frozenset({"audit"}), "trade") == {"audit", "trade"}
    assert tick(tools, frozenset({"audit", "trade"}), "none") == {"none"}
    assert tick(tools, frozenset({"none"}), "audit") == {"audit"}
    assert tick(tools, frozenset({"audit"}), "audit") is None


# ---- plan and corrections


@pytest.fixture
def scored(session: Session) -> Session:
    session.give("answers", "share", Decimal(1))
    session.give("answers", "plan", 0)
    session.give("answers", "tools", frozenset({"audit"}))
    return session


def test_ticking_a_measure_ticks_what_comes_first_and_taking_that_away_takes_it_along(scored: Session) -> None:
    judged = measures_of(scored.assessed)
    ticks = toggled(scored, "bids", judged)
    assert (ticks.chosen, ticks.along) == (("list", "bids"), ("list",))
    scored.choose_measures(ticks.chosen)
    ticks = toggled(scored, "bids", judged)
    assert (ticks.chosen, ticks.kept) == (("list",), ("list",))
    ticks = toggled(scored, "list", judged)
    assert (ticks.chosen, ticks.along, ticks.kept) == ((), ("bids",), ())


def test_the_effect_is_the_exact_gain_and_the_effort_the_sum(scored: Session) -> None:
    measures = scored.instrument.questionnaire.countermeasures
    effect = effect_of(scored, ("list", "bids"))
    assert effect.gain == pytest.approx(gain_of(scored.assessed, [measures["list"], measures["bids"]]))
    assert effect.effort == 4
    assert list(effect.lifted) == ["spending"]


def test_without_a_score_there_is_no_effect(session: Session) -> None:
    assert effect_of(session, ("list",)).gain is None


def test_measures_stand_by_gain_for_the_effort_and_the_rest_apart(scored: Session) -> None:
    scored.give("facts", "zone", "hills")
    fit, rest = in_order(measures_of(scored.assessed))
    assert [measure.id for measure in fit] == ["list", "bids"]
    assert [measure.id for measure in rest] == ["scrub"]


def test_ticks_of_an_older_questionnaire_are_passed_over(scored: Session) -> None:
    scored.choose_measures(("gone", "list"))
    assert ticked(scored) == ("list",)
    assert scored.answers.plan.chosen == ("list", "gone")
    twice = Chosen(chosen=("list", "bids", "list"))  # as somebody may write it in the file
    scored.bring_in(scored.answers.model_copy(update={"plan": twice}))
    assert ticked(scored) == ("list", "bids")


def test_a_correction_needs_a_figure_and_a_reason_and_leaves_something_to_weigh(session: Session) -> None:
    for node in ("new", "clean", "new"):  # corrected again it stays in its place, as comments in the file do
        found = corrected(session, node, factor="2", target="", why="x")
        assert not isinstance(found, Refusal)
        session.override(found)
    assert [one.node for one in session.answers.override] == ["new", "clean"]
    session.override(())
    assert isinstance(corrected(session, "new", factor="", target="", why="x"), Refusal)
    assert isinstance(corrected(session, "new", factor="2", target="", why=" "), Refusal)
    assert isinstance(corrected(session, "new", factor="11", target="", why="x"), Refusal)
    assert isinstance(corrected(session, "new", factor="1e-16", target="", why="x"), Refusal)
    assert isinstance(corrected(session, "new", factor="", target="101", why="x"), Refusal)
    share = corrected(session, "new", factor="", target="0.75", why="x")  # of which `check` warns in a file
    assert isinstance(share, Refusal)
    assert "type its points: 75" in share.why["en"]
    assert not isinstance(corrected(session, "new", factor="", target="0", why="x"), Refusal)
    found = corrected(session, "new", factor="０", target="", why="x")
    assert not isinstance(found, Refusal)
    session.override(found)
    assert isinstance(corrected(session, "clean", factor="0", target="", why="x"), Refusal)
    again = corrected(session, "new", factor="1.5", target="70", why="y")
    assert not isinstance(again, Refusal)
    assert [(str(o.factor), str(o.target), o.why) for o in again] == [("1.5", "70", "y")]


def test_no_rubric_is_taken_that_leaves_nothing_to_weigh_beside_what_is_switched_off_by_hand(
    tmp_path: Path, library: Library
) -> None:
    """A file saved with it could not be opened again."""
    hills = library.roots[0].path / "weights" / "small" / "hills.toml"
    hills.write_text(hills.read_text(encoding="utf-8").replace("factor = 2", "factor = 0"), encoding="utf-8")
    desk = new_desk(library, tmp_path / "a.toml", Wanted("small"))
    off = corrected(desk.session, "new", factor="0", target="", why="Not ours.")
    assert not isinstance(off, Refusal)
    desk.session.override(off)
    chain = next(chain for chain in desk.session.chains if chain[-1].id == "hills")
    with pytest.raises(UserError, match=r"“Hill country” was not taken.*beside “Innovation”") as refused:
        desk.session.choose_profile(chain)
    assert "correction" in refused.value.hint["en"]
    desk.close()
    assert library.open_answers(tmp_path / "a.toml").sound
    desk.session.override(())
    desk.session.choose_profile(chain)
    assert desk.session.instrument.profile.id == "hills"


def test_several_corrections_of_one_part_in_a_file_are_one_in_the_form(session: Session) -> None:
    """What they come to, with the reason of each: taking it keeps every figure."""
    stated = (
        {"factor": Decimal(2), "why": "a"},
        {"target": Decimal(60), "why": "b"},
        {"factor": Decimal(3), "why": "a"},
    )
    session.override(tuple(Override(node="new", **one) for one in stated))
    before = session.assessed.rubric
    one = held(session, "new")
    assert one is not None
    assert (one.factor, one.target, one.why) == (6, 60, "a; b")
    found = corrected(session, "new", factor=str(one.factor), target=str(one.target), why=one.why)
    assert not isinstance(found, Refusal)
    assert len(found) == 1
    session.override(found)
    after = session.assessed.rubric
    assert (after.weights, after.targets) == (before.weights, before.targets)


def test_a_question_is_given_no_target(session: Session) -> None:
    """A file that says so would not be opened again."""
    assert isinstance(corrected(session, "share", factor="", target="50", why="x"), Refusal)
    assert not isinstance(corrected(session, "share", factor="2", target="", why="x"), Refusal)
