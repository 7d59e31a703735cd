"""Rows of the results, without the app: figures as their file has them, and no word of a drawing dropped."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from nqpf_assess.engine.explaining import explain
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.model.answers import Answers, Override, Subject
from nqpf_assess.model.scorecard import OVERALL
from nqpf_assess.pages.explanation import explanation_lines
from nqpf_assess.pages.score import score_blocks
from nqpf_assess.report.wording import number
from nqpf_assess.session.answering import Session
from nqpf_assess.session.desk import Wanted, new_desk
from nqpf_assess.session.planning import PlanEffect
from nqpf_assess.session.what_if import NeverSaved, WhatIf
from nqpf_assess.tui.answering.profiles import ledger_rows
from nqpf_assess.tui.answering.review import todo_rows
from nqpf_assess.tui.drawing.cells import width
from nqpf_assess.tui.drawing.glyphs import UNICODE
from nqpf_assess.tui.drawing.rows import Row
from nqpf_assess.tui.drawing.speech import Speech
from nqpf_assess.tui.frame.page import standing_line, title_line
from nqpf_assess.tui.frame.standing import standing_of
from nqpf_assess.tui.results.explaining import explained_rows
from nqpf_assess.tui.results.plan import effect_line, measure_detail, measure_rows
from nqpf_assess.tui.results.radar import Canvas
from nqpf_assess.tui.results.results import gaps, overview, sureness
from nqpf_assess.tui.results.what_if import first_parts, what_if_rows
from tests.support.scored import instrument_of
from tests.support.varied import MEASURE, tiny

FLOOR = """
[floors.weak]
node = "new"
below = 59.5
cap = 39.5
why = { en = "Too weak.", zh = "过弱。" }
[scoring]
unsupported_ceiling = 62.5
"""


def test_a_gain_that_is_printed_as_nothing_has_no_arrow() -> None:
    """“▲ 0.0” would contradict 40.0 → 40.0 beside it."""
    speech = Speech("en", UNICODE, 80)
    for after, arrow in ((40.04, False), (40.06, True)):
        line = effect_line(PlanEffect(40.0, after, 3, {}), 1, speech)
        assert any(UNICODE.up in part.text for part in line) is arrow


def test_a_floor_and_a_ceiling_are_told_to_their_last_digit(content: Path, tmp_path: Path) -> None:
    """A cap of 39.5 is not told as 40, beside a score of 39.5."""
    baseline = content / "weights" / "small" / "baseline.toml"
    baseline.write_text(baseline.read_text(encoding="utf-8") + FLOOR, encoding="utf-8")
    library = Library(roots((content,)))
    desk = new_desk(library, tmp_path / "work" / "a.toml", Wanted("small", subject=Subject(name="Anhe", period="2025")))
    session = desk.session
    session.give("answers", "share", Decimal(1))
    session.give("answers", "plan", 1)
    session.give("answers", "review", "none")
    session.give("answers", "tools", frozenset({"audit", "trade"}))
    speech = Speech("en", UNICODE, 120)
    text = said(overview(session, session.card, speech))
    explained = said(explained_rows(session, explain(session.assessed, OVERALL)[0], speech))
    beside = said([*first_parts(session, speech)])
    desk.close()
    assert "below 59.5, so the overall is at most 39.5 " in text
    assert f"(without floors: {number(session.card.overall.uncapped)})" in text  # two may hold: without one is not that
    assert "at most 62.5" in text
    assert explained.startswith("Overall score before the floors")  # the mean that stands there is not the score
    assert "After the floors the overall score is 39.50" in explained
    assert not any(measure.gain_after_floors for measure in session.judged)
    assert "each alone, before floors" in beside  # the cap keeps all of them


def test_an_answer_that_a_weight_of_0_switches_off_is_explained_as_such(content: Path, tmp_path: Path) -> None:
    """The app tells why it has no score, as the plain mode does."""
    library = Library(roots((content,)))
    desk = new_desk(library, tmp_path / "work" / "a.toml", Wanted("small", subject=Subject(name="Anhe", period="2025")))
    session = desk.session
    session.give("answers", "share", Decimal(1))
    session.override((Override(node="share", factor=Decimal(0), why="not here"),))
    told = said(explained_rows(session, explain(session.assessed, "share")[0], Speech("en", UNICODE, 120)))
    dimension = session.instrument.questionnaire.questions["share"].dimension
    beside = explained_rows(session, explain(session.assessed, dimension)[0], SPEECHES[0])
    desk.close()
    assert next(row.tail for row in beside if row.id == "share") == "not assessed"
    assert "switched off by a weight of 0" in told
    assert " 1%" in told  # the answer is told all the same


def test_a_target_of_a_pillar_is_explained_with_what_it_comes_to() -> None:
    """The results have 50.0 for it, since one of its two dimensions keeps its own."""
    made = tiny({"p": {"d": 20, "e": 20}})
    answers = Answers.model_validate(
        made.answers | {"override": [{"node": node, "target": aim, "why": "x"} for node, aim in (("p", 40), ("e", 60))]}
    )
    session = Session(
        instrument_of(made.questionnaire, made.chain), answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC)
    )
    told = said(explained_rows(session, explain(session.assessed, "p")[0], SPEECHES[0]))
    assert "target 40.0" in told
    assert "so that of “x” comes to 50.0." in told


def test_what_hangs_on_what_is_not_answered_is_said_beside_it() -> None:
    """That another scale may come first, its weight be another, or a measure is only counted as one that suits."""
    made = tiny({"p": {"d": 20}})
    levels = {"kind": "level", "levels": [{"en": "low"}, {"en": "high"}], "text": {"en": "Tier"}}
    made.questionnaire["facts"] = {"tier": levels}
    high = {"fact": "tier", "at_least": 1}
    made.questionnaire["questions"]["q_d"]["scale_when"] = [{"when": high, "scale": [[0, 0], [50, 100]]}]
    made.questionnaire["countermeasures"] = {"m": MEASURE | {"lifts": {"d": 20}, "suits": high}}
    adjust = [{"node": "q_d", "factor": 2, "when": high, "why": {"en": "It is high."}}]
    chain = [*made.chain, made.chain[0] | {"id": "hills", "based_on": "base", "adjust": adjust}]
    instrument, answers = instrument_of(made.questionnaire, chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    for level, waits in ((None, True), (1, False)):
        session.give("facts", "tier", level)
        (measure,) = session.judged
        told = said(explained_rows(session, explain(session.assessed, "q_d")[0], SPEECHES[0]))
        assert ("another scale" in told) is waits
        for words in (told, " ".join(explanation_lines(session.assessed, "q_d", "en"))):
            assert ("this move is left out here" in " ".join(words.split())) is waits
            assert "came about" in words
        assert ("what decides it is not answered" in said(measure_detail(session, measure, SPEECHES[0]))) is waits


def test_without_an_overall_score_no_target_is_called_reached(content: Path, tmp_path: Path) -> None:
    """Too little answered for any share of the shortfall is no “all targets are reached”."""
    library = Library(roots((content,)))
    desk = new_desk(library, tmp_path / "work" / "a.toml", Wanted("small", subject=Subject(name="Anhe", period="2025")))
    empty = desk.session
    tried = {speech.language: said(what_if_rows(WhatIf(empty), speech)) for speech in SPEECHES}
    beside = said([*first_parts(empty, SPEECHES[0])])
    desk.close()
    assert empty.card.overall.score is None
    assert "reache" not in tried["en"] + beside
    assert "Largest gap          no overall score yet" in tried["en"]
    assert "Most for its effort  none yet" in tried["en"]  # what is not answered calls for nothing yet
    assert "No answer can be moved yet." in tried["en"]
    assert "达到" not in tried["zh"]
    assert "最大差距          暂无总分" in tried["zh"]


def test_without_an_overall_score_no_measure_is_called_the_best() -> None:
    """What fits stands in the order of its effort then, and nobody knows what it gains."""
    made = tiny({"p": {"low": 20}, "q": {"open": None}, "r": {"blank": None}})
    made.questionnaire["countermeasures"] = {"m": MEASURE | {"title": {"en": "Fits"}, "lifts": {"low": 20}}}
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert (session.score, session.judged[0].eligible) == (None, True)
    told = said([*first_parts(session, SPEECHES[0]), *what_if_rows(WhatIf(session), SPEECHES[0])])
    assert "Fits" not in told
    assert told.count("none yet") == 3


@pytest.mark.parametrize(("answered", "ranked", "varied"), [(3, False, False), (4, True, False), (5, True, True)])
def test_who_is_always_weakest_is_told_where_some_are_not(answered: int, ranked: bool, varied: bool) -> None:
    """Of three pillars with a score, 80 to 95, each was “always” among the three weakest."""
    made = tiny({f"p{place}": {f"d{place}": 80 if place < answered else None} for place in range(9)})
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    told = said(tuple(sureness(session, session.card, SPEECHES[0])))
    assert ("Among the three weakest" in told) is ranked
    assert ("Overall under other methods" in told) is varied


def test_a_score_that_lies_outside_its_range_is_told_with_why() -> None:
    """90.0 beside 45.0–78.3 reads as a fault, where the range counts the dimension that the score leaves out."""
    made = tiny({"p": {"up": 90, "low": 0}})
    made.questionnaire["questions"] |= dict.fromkeys(("open", "blank"), made.questionnaire["questions"]["q_low"])
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    told = "Once everything is answered the score will lie between 45.0 and 78.3; that of today leaves out"
    assert told in said(overview(session, session.card, SPEECHES[0]))
    page = str([*score_blocks(instrument, answers, session.card, "en")])
    assert told in page
    assert "outside, as here for “x”." in page
    session.give("answers", "open", Decimal(90))
    assert told[:30] not in said(overview(session, session.card, SPEECHES[0]))


def test_a_gap_in_a_pillar_without_a_score_is_not_called_reached() -> None:
    """It has no share: a shortfall of 0 does not say that every scored dimension reaches its target."""
    made = tiny({"p": {"up": 100}, "q": {"low": 20, "open": None, "blank": None}})
    words = {key: {"en": "x"} for key in ("title", "gist", "lead", "kpi")}
    least = {"lifts": {"low": 20}, "when_below": 10, "effort": 1, "horizon": "short", "acts": "county"}
    made.questionnaire["countermeasures"] = {"m": words | least}
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert session.card.overall.shortfall == 0
    assert "none that counts yet" in said([*first_parts(session, SPEECHES[0])])
    assert "lie in pillars without a score and count for nothing" in said(gaps(session, session.card, SPEECHES[0]))
    tried = WhatIf(session)
    while tried.move("q_low", 1):
        pass
    assert "its pillar → none: every scored dimension" in said(what_if_rows(tried, SPEECHES[0]))
    assert "nothing scores below" not in said(measure_rows(session, session.judged, (), SPEECHES[0], by_phase=False))


@pytest.mark.parametrize(("last", "said_of"), [(None, "by what is answered so far"), (100, "nothing scores below")])
def test_while_a_measure_waits_for_a_score_it_is_not_said_that_nothing_scores_below(
    last: int | None, said_of: str
) -> None:
    made = tiny({"p": {"up": 100, "open": last}})
    words = {key: {"en": "x"} for key in ("title", "gist", "lead", "kpi")}
    least = {"lifts": {"open": 20}, "when_below": 60, "effort": 1, "horizon": "short", "acts": "county"}
    made.questionnaire["countermeasures"] = {"m": words | least}
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert session.card.overall.score == 100
    assert said_of in said(measure_rows(session, session.judged, (), SPEECHES[0], by_phase=False))
    for rows in (first_parts(session, SPEECHES[0]), what_if_rows(WhatIf(session), SPEECHES[0])):
        assert ("none is called for and suits here" in said([*rows])) is (last is not None)


def test_gaps_that_are_alike_are_both_the_largest() -> None:
    made = tiny({"p": {"one": 40, "other": 40, "third": 90}})
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    (row,) = [said([row]) for row in what_if_rows(WhatIf(session), SPEECHES[0]) if "Largest gap" in said([row])]
    assert "x and x, 46% of the shortfall each" in row
    tried = WhatIf(session)
    assert tried.move("q_third", 1)
    assert "x and x, 46% of the shortfall each → x and x, 50% of the shortfall each" in said(
        what_if_rows(tried, SPEECHES[0])
    )


@pytest.mark.parametrize(("state", "told"), [("done", "done: "), ("under_way", "under way: "), ("not_begun", "")])
def test_a_first_measure_is_told_with_its_progress_in_every_list(state: str, told: str) -> None:
    """Of what is done or under way no list says it as if it were still to be begun."""
    made = tiny({"p": {"up": 100, "low": 20}})
    words = {key: {"en": "x"} for key in ("title", "gist", "lead", "kpi")}
    least = {"lifts": {"low": 20}, "when_below": 60, "effort": 1, "horizon": "short", "acts": "county"}
    made.questionnaire["countermeasures"] = {"m": words | least}
    made.answers["follow_up"] = [{"measure": "m", "state": state}]
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert f"Most for its effort  {told}x" in said(what_if_rows(WhatIf(session), SPEECHES[0]))
    assert f" {told}x" in said(measure_rows(session, session.judged, (), SPEECHES[0], by_phase=False))
    assert said([*first_parts(session, SPEECHES[0])]).endswith(f" alone {told}x")


def test_a_floor_that_broke_is_told_before_there_is_a_score() -> None:
    """The range beside it may reach past the cap, since open answers may lift the part: so long the cap holds."""
    floors = {"f": {"node": "low", "below": 40, "cap": 59, "why": {"en": "x"}}}
    made = tiny({"p": {"up": None}, "q": {"low": 20, "open": None, "blank": None}}, floors=floors)
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert session.card.overall.score is None
    assert "is below 40; while it is, the overall is at most 59" in said(overview(session, session.card, SPEECHES[0]))


def test_a_quick_screening_is_called_one_beside_its_score() -> None:
    """“Answered 99%” and nearly no range would say nothing of the questions that are never asked."""
    made = tiny({"p": {"a": 20, "b": 40}})
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    for quick in (False, True):
        session.ask("quick" if quick else "full")
        page = score_blocks(instrument, session.answers, session.card, "en")
        rows = overview(session, session.card, SPEECHES[0])
        for told in (said(rows), str([*page]), said(todo_rows(session, SPEECHES[0]))):
            assert ("only the core questions were asked" in told) is quick


def test_what_was_set_aside_as_not_applicable_is_counted_beside_the_score() -> None:
    """“Answered 100%” leaves it out; the page of results and `score` say so, as the report does."""
    made = tiny({"p": {"a": 20, "b": 40}})
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    for aside in (False, True):
        if aside:
            session.put("answers", "q_a", state="na", reason="none here")
        page = score_blocks(instrument, session.answers, session.card, "en")
        for told in (said(overview(session, session.card, SPEECHES[0])), str([*page])):
            assert ("1 question was set aside as not applicable" in told) is aside


def test_a_long_name_takes_no_words_of_the_title() -> None:
    """Whose figure is explained stands in the title alone; whom all is about gives way, as beside the steps."""
    title = "Compare weights or questionnaires: which is the first?"
    told = {"Anhe": "Anhe 2025 ", "Anhe County, Zhejiang": "Anhe County, Zhe… 2025 ", "市" * 90: "市… 2025 "}
    for name, ending in told.items():
        line = "".join(part.text for part in title_line(Speech("en", UNICODE, 80), title, name, "2025"))
        assert line.startswith(f" {title} ")
        assert line.endswith(ending)  # the year tells it from last year's file
        assert width(line) <= 80


def test_what_is_done_is_told_apart_from_what_does_not_apply() -> None:
    """“All 76 done” beside 70 questions in the report told nobody of the six between them; not known is not left."""
    made = tiny({"p": {"a": 20, "b": 40, "c": 60}})
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))

    def line() -> str:
        return "".join(part.text for part in standing_line(SPEECHES[0], standing_of(session, "en")))

    assert line().endswith(" all 3 done ")
    session.put("answers", "q_a", state="na", reason="none here")
    session.put("answers", "q_b", state="dk", value=None)
    assert line().endswith(" all 3 done, 1 not applicable ")
    session.put("answers", "q_c", state="later", value=None)
    assert "First: 1 question left to answer" in said(overview(session, session.card, SPEECHES[0]))


def test_no_figure_is_rounded_over_a_line_that_it_does_not_meet() -> None:
    """No “40.0” stands in the band below 40, and no “100%” where a question is open."""
    bands = {"low": {"from": 0, "en": "Low"}, "high": {"from": 40, "en": "High"}}
    parts = {"much": 998, "little": 2}
    made = tiny({"p": {"much": Decimal("39.96"), "little": None}}, weights={"p": 100} | parts, bands=bands)
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    told, beside = said(overview(session, session.card, SPEECHES[0])), standing_of(session, "en")
    assert "39.96" in told
    assert "99.8%" in told
    assert (beside.score, beside.band, beside.coverage) == ("39.96", "Low", "99.8%")
    session.give("answers", "q_little", Decimal(10))
    session.give("answers", "q_much", None, state=None)
    assert "0.2% of the" in said(overview(session, session.card, SPEECHES[0]))


def test_a_correction_that_waits_for_an_answer_is_told_where_weights_are_corrected() -> None:
    made = tiny({"p": {"d": 20, "e": 50}})
    options = {"yes": {"en": "Yes"}, "no": {"en": "No"}}
    made.questionnaire["facts"] = {"port": {"kind": "single", "text": {"en": "Is there a port?"}, "options": options}}
    adjust = [{"node": "d", "factor": 3, "when": {"fact": "port", "is": "yes"}, "why": {"en": "w"}}]
    chain = [*made.chain, {**made.chain[0], "id": "harbour", "based_on": "base", "targets": {}, "adjust": adjust}]
    instrument, answers = instrument_of(made.questionnaire, chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    words = "moves the weight or target of “x”; whether"
    assert words in said(ledger_rows(session, SPEECHES[0]))
    session.give("facts", "port", "no")
    assert words not in said(ledger_rows(session, SPEECHES[0]))


SPEECHES = (Speech("en", UNICODE, 120), Speech("zh", UNICODE, 120))


def said(rows: Sequence[Row]) -> str:
    """Return the words of rows."""
    return " ".join((row.lead or "") + row.text + " ".join(part.text for part in row.parts or ()) for row in rows)


def test_a_word_of_a_drawing_gives_way_to_one_that_stands_there() -> None:
    """Of two in one place both are drawn: a corner of the radar would have no name."""
    canvas = Canvas(40, 10, plain=False)
    words = [f"Industry and services {number}" for number in range(3)]
    for place, word in enumerate(words):
        canvas.write(0.4 + place / 10, 0.9, word, "strong")
    drawn = ["".join(part.text for part in row.parts or ()) for row in canvas.rows()]
    assert all(any(word in line for line in drawn) for word in words)
    assert {len(line) for line in drawn} == {40}


def test_what_is_corrected_by_hand_is_told_on_the_results_and_where_a_weight_is_explained() -> None:
    """Whoever opens the file of another would take the correction, with its reason, for what the rubric says."""
    made = tiny({"p": {"a": 20, "b": 40}, "q": {"c": 60}})
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    session = Session(instrument, answers, NeverSaved(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert "orrected by hand" not in said(overview(session, session.card, SPEECHES[0]))
    by_hand = {"node": "p", "factor": 2, "target": 50, "why": "The river comes first."}
    session.override([Override.model_validate(by_hand)])
    assert "Corrected by hand: x (weight × 2, target 50.0)" in said(overview(session, session.card, SPEECHES[0]))
    rows = said(explained_rows(session, explain(session.assessed, "p")[0], SPEECHES[0]))
    assert "The river comes first." in rows
    assert "correction by hand: weight × 2, target 50.0" in rows
    assert "correction by hand: weight × 2" in " ".join(explanation_lines(session.assessed, "p", "en"))
