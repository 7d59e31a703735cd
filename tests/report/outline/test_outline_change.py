"""What a report says of last time: what changed, why, what came of the plan, and how far each measure has come."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import shipped
from nqpf_assess.model.answers import Answer, Answers, Chosen, Override
from nqpf_assess.model.comparison import Change
from nqpf_assess.model.follow_up import FollowUp, FollowUpState
from nqpf_assess.report.blocks import (
    BulletChart,
    Callout,
    Heading,
    Outline,
    SlopeChart,
    Table,
    texts_of,
    words_of,
)
from nqpf_assess.report.comparison_tables import ComparisonTables
from nqpf_assess.report.comparison_text import ComparisonText
from nqpf_assess.report.outline import brief_blocks, change, measures, outline_of
from nqpf_assess.report.outline.case import earlier_than
from nqpf_assess.report.outline.change import goals_table, movement
from nqpf_assess.report.outline.decision import stays_open, verdict
from nqpf_assess.report.outline.measures import gone_words
from nqpf_assess.report.outline.roadmap import agenda_of, division
from nqpf_assess.report.outline.shelf import shelve, stopped
from nqpf_assess.report.outline.upward import asked_blocks
from nqpf_assess.report.text import table_lines
from nqpf_assess.report.wording import number, rounded
from tests.report.outline.made import case_of, joined, scored
from tests.support.scored import instrument_of
from tests.support.varied import MEASURE, tiny

DAY = "2026-03-02"


@cache
def sample(name: str, rubric: str = "industrial_renewal") -> tuple[Instrument, Answers]:
    sheet = Library(()).open_answers(
        shipped() / "samples" / name,
        questionnaire=str(shipped() / "questionnaires" / "region"),
        weights=str(shipped() / "weights" / "region" / f"{rubric}.toml"),
    )
    assert sheet.instrument is not None
    assert sheet.answers is not None
    return sheet.instrument, sheet.answers


@cache
def report(language: str, *, compared: bool = True, followed: bool = True) -> Outline:
    instrument, answers = sample("renewal_city_2025.toml")
    if not followed:
        answers = answers.model_copy(update={"follow_up": ()})
    earlier = sample("renewal_city_2024.toml") if compared else None
    return joined(outline_of(instrument, answers, languages=[language], date=DAY, earlier=earlier, edition="full"))


def tables(outline: Outline, caption: str) -> Table:
    return next(b for b in outline.parts[0].blocks if isinstance(b, Table) and b.caption == caption)


def column(table: Table, place: int) -> list[str]:
    return ["".join(run.text for run in row[place]) for row in table.rows]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_slopes_run_from_last_time_to_now(language: str) -> None:
    """One line for every pillar, both ends the scores of the two files."""
    (chart,) = [b for b in report(language).parts[0].blocks if isinstance(b, SlopeChart)]
    assert (chart.before_name, chart.after_name) == ("2024", "2025")
    scores = [
        {node.id: node.score for node in score(*sample(f"renewal_city_{year}.toml")).nodes if node.level == "pillar"}
        for year in (2024, 2025)
    ]
    assert len(chart.slopes) == len(scores[0]) >= 7
    assert [slope.before for slope in chart.slopes] == pytest.approx(list(scores[0].values()))
    assert [slope.after for slope in chart.slopes] == pytest.approx(list(scores[1].values()))
    shown = [number(value) for value in scores[1].values()]
    assert [re.split(r" \(|（", slope.value)[0] for slope in chart.slopes] == shown
    assert chart.caption.endswith("7 higher, 0 lower" if language == "en" else "7个上升，0个下降")


def test_both_languages_print_the_same_figures() -> None:
    """The tables of the comparison hold the same numbers, whatever the words."""
    pairs = [
        ("Change of every pillar and dimension", "各支柱、维度的变化", range(1, 4)),
        ("Where the effect of the answers comes from", "答案影响的来源", range(1, 2)),
        ("Expected and achieved, by dimension", "各维度的预期与实际", range(1, 3)),
        # Of forty-five only the first twelve stand there, and no note says so.
        (
            "Changed answers with the largest score change times weight",
            "作答有变的题目（得分变动乘以权重居前者）",
            range(3, 4),
        ),
    ]
    for english, chinese, places in pairs:
        found = [tables(report("en"), english), tables(report("zh"), chinese)]
        for place in places:
            assert column(found[0], place) == column(found[1], place)
            assert column(found[0], place)


def test_the_parts_add_up_by_hand() -> None:
    """A reader who adds the printed column gets the printed change; that another order gives other parts is said."""
    table = tables(report("en"), "Where the effect of the answers comes from")
    assert "In another order the parts may differ" in table.note
    printed = column(table, 1)
    before, after = (score(*sample(f"renewal_city_{year}.toml")).overall.score for year in (2024, 2025))
    assert before is not None
    assert after is not None
    assert sum(Decimal(points.replace("−", "-")) for points in printed) == rounded(after - before)


def test_the_chart_of_pillars_tells_in_words_all_that_it_draws() -> None:
    """The range that open answers leave, and last time's score."""
    outline = outline_of(
        *sample("renewal_city_2025.toml"),
        languages=["en"],
        date=DAY,
        earlier=sample("renewal_city_2024.toml"),
        edition="brief",
    )
    blocks = outline.parts[0].blocks
    (drawn,) = (block for block in blocks if isinstance(block, BulletChart))
    assert "Innovation 32.7 (last time 31.8), target 58.0;" in drawn.alt
    assert "Digital 42.4 (41.4–46.4; last time 38.6), target 62.0;" in drawn.alt


def test_what_was_planned_is_held_against_what_came() -> None:
    """The measures of last time with their state, and expected beside achieved."""
    chosen = tables(report("en", followed=False), "Measures chosen then")
    assert len(chosen.rows) == len(sample("renewal_city_2024.toml")[1].plan.chosen)
    earlier = earlier_than(sample("renewal_city_2024.toml"), sample("renewal_city_2025.toml"), DAY)
    assert earlier.comparison.planned is not None
    followed = ComparisonTables(earlier.comparison, earlier.questionnaires, "en").measures(earlier.comparison.planned)
    assert sum(line.endswith("  2025-12-31") for line in table_lines(followed, 70)) == 4  # no day is broken
    assert "4 done, 2 under way, 1 dropped" in " ".join(texts_of(report("en").parts[0].blocks))
    outcome = tables(report("en"), "Expected and achieved, by dimension")
    assert set(column(outcome, 3)) == {"partly", "reached"}


@pytest.mark.parametrize(("language", "late"), [("en", "One policy for each traditional sector"), ("zh", "一业一策")])
def test_the_sheet_is_printed_as_it_stands_on_the_day(language: str, late: str) -> None:
    """Also without last time; what is overdue on the day of the report stands before it."""
    for compared in (True, False):
        outline = report(language, compared=compared)
        (warning,) = [b for b in outline.parts[0].blocks if isinstance(b, Callout) and late in b.runs[0].text]
        assert warning.tone == "warn"
        sheet = tables(outline, "Follow-up of the measures" if language == "en" else "对策落实跟踪表")
        assert len(sheet.rows) == 7


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_said_where_nothing_is_known(language: str) -> None:
    """Without last time and without a sheet the report has no section of either."""
    outline = report(language, compared=False, followed=False)
    anchors = {b.anchor for b in outline.parts[0].blocks if isinstance(b, Heading)}
    assert anchors
    assert not anchors & {f"{language}-change", f"{language}-outcome", f"{language}-followed"}


def test_no_option_of_the_command_line_is_named() -> None:
    """A reader on paper has no command line: another edition is said without advice for it."""
    instrument, answers = sample("renewal_city_2024.toml")
    stated = answers.questionnaire.model_copy(update={"version": "2020.1.0"})
    old = instrument, answers.model_copy(update={"questionnaire": stated})
    outline = outline_of(*sample("renewal_city_2025.toml"), languages=["en"], date=DAY, earlier=old, edition="full")
    outline = joined(outline)
    (doubt,) = [b for b in outline.parts[0].blocks if isinstance(b, Callout) and b.label == "Read with care"]
    told = doubt.runs[0].text
    assert told.startswith("Last time was answered to questionnaire region 2020.1.0; that edition is not at hand")
    assert "--" not in told


@pytest.mark.parametrize("key", ["questionnaire", "weights"])
def test_a_brief_says_that_last_time_is_read_under_another_edition(key: str) -> None:
    """The score of then was another one than last time's paper had, and only the full edition said why."""
    instrument, answers = sample("renewal_city_2024.toml")
    stated = getattr(answers, key).model_copy(update={"version": "2020.1.0"})
    old = instrument, answers.model_copy(update={key: stated})
    made = [
        outline_of(*sample("renewal_city_2025.toml"), languages=["en"], date=DAY, earlier=then, edition="brief")
        for then in ((instrument, answers), old)
    ]
    same, other = ("that edition is not at hand" in " ".join(texts_of(one.parts[0].blocks)) for one in made)
    assert (same, other) == (False, True)


@pytest.mark.parametrize("rubric", ["baseline", "energy_base"])
def test_what_fell_is_said_by_as_much_as_its_table_prints(rubric: str) -> None:
    """Then and now are printed rounded; of a change that is rounded by itself one of the two would be wrong."""
    before, after = (sample(f"renewal_city_{year}.toml", rubric) for year in (2025, 2024))
    made = joined(outline_of(*after, languages=["en"], date=DAY, earlier=before, edition="full"))
    table = tables(made, "Change of every pillar and dimension")
    printed = list(zip(column(table, 2), column(table, 3), strict=True))
    said = "\n".join(texts_of(made.parts[0].blocks))
    fallen = re.findall(r" by (\d+\.\d) to (\d+\.\d)", re.search(r"Fallen: .*?\. Behind", said)[0])
    assert len(fallen) == 3
    assert all((now, f"−{points}") in printed for points, now in fallen)
    total = re.search(r"Overall score \S+ → \S+ \(−(\S+)\)", said)[1]
    assert f"{total} points lower since 2025" in said


@pytest.mark.parametrize(("language", "said"), [("en", "come from the weights."), ("zh", "权重影响 ")])
def test_a_brief_tells_what_other_weights_did_to_the_score(language: str, said: str) -> None:
    """A fall by other weights read as one of the answers; with the same ones nothing is said of them."""
    after = sample("renewal_city_2025.toml")
    made = [
        outline_of(*after, languages=[language], date=DAY, earlier=sample("renewal_city_2024.toml", rubric))
        for rubric in ("energy_base", "industrial_renewal")
    ]
    other, same = (" ".join(texts_of(joined(one).parts[0].blocks)) for one in made)
    assert said in other
    assert said not in same


def test_a_rise_is_the_same_in_the_chart_and_the_table() -> None:
    """One was rounded itself, the other was the difference of the printed scores: +9.7 beside +9.8."""
    blocks = report("en").parts[0].blocks
    (slopes,) = [block for block in blocks if isinstance(block, SlopeChart)]
    changes = next(b for b in blocks if isinstance(b, Table) and b.caption.startswith("Change of every pillar"))
    pillars = [changes.rows[place] for place in sorted(changes.bold_rows)]
    said = [f"{row[2][0].text} ({row[3][0].text})" for row in pillars]
    assert [line.value for line in slopes.slopes] == said


def test_what_stands_behind_a_fall_is_said_as_what_there_is_so_far() -> None:
    """A level that is begun read as if it were the cause of the fall."""
    instrument, now = sample("renewal_city_2025.toml")
    better = now.answers["rd_organisation"].model_copy(update={"value": 4})
    then = now.model_copy(update={"answers": {**now.answers, "rd_organisation": better}})
    made = outline_of(instrument, now, languages=["en"], date=DAY, earlier=(instrument, then))
    assert "Behind it: so far " in " ".join(texts_of(joined(made).parts[0].blocks))
    # Of an answer that nobody gave then nobody knows that it fell.
    worst = now.answers["rd_organisation"].model_copy(update={"value": 0})
    low = now.model_copy(update={"answers": {**now.answers, "rd_organisation": worst}})
    blank = now.model_copy(update={"answers": {id: a for id, a in now.answers.items() if id != "rd_organisation"}})
    told = [
        " ".join(movement(case_of(instrument, low), earlier_than((instrument, before), (instrument, low), DAY)))
        for before in (now, blank)
    ]
    assert ["Behind it: " in one for one in told] == [True, True]
    assert ["(did not count then)" in one for one in told] == [False, True]


@pytest.mark.parametrize(("mode", "score", "said"), [("quick", 10, "too little"), ("full", 95, "not called for")])
def test_a_quick_screening_does_not_say_that_what_it_does_not_ask_about_is_not_called_for(
    mode: str, score: int, said: str
) -> None:
    """A measure chosen then passed for one that the present answers do not call for."""
    made = tiny({"p": {"d": 80, "e": score}})
    made.questionnaire["questions"]["q_d"]["core"] = True
    made.questionnaire["countermeasures"] = {"m": MEASURE | {"lifts": {"e": 10}, "kpi": {"en": "x"}}}
    plain = made.answers | {"mode": mode, "plan": {"chosen": ["m"]}}
    case = case_of(instrument_of(made.questionnaire, made.chain), Answers.model_validate(plain))
    assert said in gone_words(case, shelve(case))


@pytest.mark.parametrize(("mode", "lower"), [("quick", None), ("quick", 60), ("full", None)])
def test_what_a_quick_screening_does_not_ask_about_is_not_told_as_reached(mode: str, lower: int | None) -> None:
    """“Every pillar has reached its target. Nothing new has to be begun”, of one of two that were asked about."""
    parts = {"d": 100, **({} if lower is None else {"f": lower})}
    made = tiny({"p": parts, "r": {"e": 10 if mode == "quick" else 90}}, targets={"p": 70, "r": 70})
    for part in parts:
        made.questionnaire["questions"][f"q_{part}"]["core"] = True
    made.questionnaire["countermeasures"] = {"m": MEASURE | {"lifts": {"e": 10}, "kpi": {"en": "x"}}}
    instrument = instrument_of(made.questionnaire, made.chain)
    case = case_of(instrument, Answers.model_validate(made.answers | {"mode": mode}))
    told = " ".join(texts_of(tuple(brief_blocks(case))))
    assert ("Every pillar that this screening asks about" in verdict(case)) == (mode == "quick")
    assert ("nothing is known of" in verdict(case)) == (mode == "quick")
    assert ("Nothing new has to be begun" in told) == (mode == "full")
    assert ("parts that a quick screening does not ask about" in told) == (mode == "quick")
    assert "missing items" not in told


@pytest.mark.parametrize(
    ("other", "figures", "behind"),
    [("edition", (70, 75), False), ("fact", (70, 75), False), ("fact", (70, 60), True), ("neither", (70, 60), True)],
)
def test_no_answer_that_is_better_than_then_stands_behind_a_fall(
    other: str, figures: tuple[int, int], behind: bool
) -> None:
    """A stricter scale, of another edition or since a fact is another one, passed for a worse figure."""
    made = tiny({"p": {"d": figures[0]}})
    on_coast = {"kind": "single", "text": {"en": "x"}, "options": {o: {"en": o} for o in ("yes", "no")}}
    strict = [[0, 0], [50, 0], [100, 100]]
    asked = made.questionnaire["questions"]["q_d"] | {"finding": {"en": "The share is {value}"}}
    asked |= {"scale_when": [{"when": {"fact": "coast", "is": "yes"}, "scale": strict}]}
    first = made.questionnaire | {"facts": {"coast": on_coast}, "questions": {"q_d": asked}}
    later = first | {"version": "2.0.0", "questions": {"q_d": asked | {"scale": strict}}}
    then, now = (instrument_of(one, made.chain) for one in (first, later if other == "edition" else first))
    coast = {"coast": {"value": "yes" if other == "fact" else "no"}}
    said = [
        Answers.model_validate(made.answers | {"answers": {"q_d": {"value": figure}}, "facts": facts})
        for figure, facts in zip(figures, ({"coast": {"value": "no"}}, coast), strict=True)
    ]
    told = " ".join(movement(case_of(now, said[1]), earlier_than((then, said[0]), (now, said[1]), DAY)))
    assert told.startswith("Fallen: ")
    assert ("Behind it: the share is 60" in told) == behind
    assert ("Behind it" in told) == behind


def test_a_part_that_has_lost_its_score_is_not_told_as_one_that_did_not_fall() -> None:
    instrument, answers = sample("renewal_city_2024.toml")
    left = set(instrument.questionnaire.questions_of["future"])
    fewer = answers.model_copy(update={"answers": {id: a for id, a in answers.answers.items() if id not in left}})
    before = (instrument, answers)
    made = [
        outline_of(instrument, now, languages=["en"], date=DAY, earlier=before, edition="brief")
        for now in (answers, fewer)
    ]
    whole, part = (" ".join(texts_of(joined(one).parts[0].blocks)) for one in made)
    assert "No part fell." in whole
    assert "No part fell of those with a score both times." in part
    assert "was answered then" not in whole
    assert "Of the weight of the questions 99% was answered then, 97% now; " in part
    few = answers.model_copy(update={"answers": {id: answers.answers[id] for id in left}})
    ends = [(answers, few), (few, answers), (few, few)]
    cases = [(case_of(instrument, now), earlier_than((instrument, then), (instrument, now), DAY)) for then, now in ends]
    told = [" ".join(movement(case, earlier, causes=True)) for case, earlier in cases]
    assert "The score was 38.4 then; there is none now." in told[0]
    assert "There was no score then; it is 38.4 now." in told[1]
    assert "score" not in told[2].replace("No part fell of those with a score both times.", "")
    (drawn,) = (block for block in change.change_blocks(*cases[0]) if isinstance(block, SlopeChart))
    assert drawn.caption.endswith("0 higher, 0 lower, 7 without a score then or now")


@pytest.mark.parametrize(("language", "said"), [("en", "Fallen: {} as a whole by "), ("zh", "下降的有：{}整体下降")])
def test_a_pillar_that_falls_without_any_dimension_of_it_is_told(language: str, said: str) -> None:
    """“No part fell” stood beside a chart of one that fell: a dimension had its first score, and it was low."""
    instrument, answers = sample("renewal_city_2024.toml")
    asked = set(instrument.questionnaire.questions_of["future"])
    before = answers.model_copy(update={"answers": {id: a for id, a in answers.answers.items() if id not in asked}})
    made = outline_of(instrument, answers, languages=[language], date=DAY, earlier=(instrument, before))
    case = case_of(instrument, answers, language)
    told = said.format(case.in_sentence(case.short(case.pillar_of("future"))))
    assert told in " ".join(texts_of(joined(made).parts[0].blocks))


@pytest.mark.parametrize(
    ("language", "said"), [("en", " as a whole, by other weights, by "), ("zh", "因权重变化整体下降")]
)
def test_a_pillar_that_other_weights_alone_let_fall_is_told_so(language: str, said: str) -> None:
    """“Fallen: industries” stood where no answer had changed, but the blend that measures them."""
    instrument, answers = sample("renewal_city_2024.toml")
    then = sample("renewal_city_2024.toml", "baseline")[0]
    case = case_of(instrument, answers, language)
    told = " ".join(movement(case, earlier_than((then, answers), (instrument, answers), DAY), causes=True))
    fallen = re.search("Fallen: [^.]*(?:[.][0-9][^.]*)*[.]" if language == "en" else "下降的有：[^。]*。", told)
    assert fallen is not None
    assert fallen[0].count(said) == fallen[0].count(" to " if language == "en" else "分至") > 0


@pytest.mark.parametrize(
    ("language", "with_state", "without"),
    [
        ("en", "The one measure chosen then: done.", "The one measure chosen then was to bring"),
        ("zh", "当时选定的一项措施：已完成。", "当时选定一项措施，预计提高"),
    ],
)
def test_one_measure_of_last_time_is_one(language: str, with_state: str, without: str) -> None:
    instrument, then = sample("renewal_city_2024.toml")
    now = sample("renewal_city_2025.toml")[1]
    finished = next(state for state in now.follow_up if state.state == "done")
    then = then.model_copy(update={"plan": then.plan.model_copy(update={"chosen": (finished.measure,)})})
    for said, follow_up in ((with_state, (finished,)), (without, ())):
        answers = now.model_copy(update={"follow_up": follow_up})
        made = outline_of(instrument, answers, languages=[language], date=DAY, earlier=(instrument, then))
        assert said in " ".join(texts_of(joined(made).parts[0].blocks))


@pytest.mark.parametrize(
    ("language", "left_out", "under_way"),
    [
        (
            "en",
            "Left out, because the follow-up sheet has them as done or dropped: ",
            "(under way, overdue since 1 March ",
        ),
        ("zh", "落实跟踪表中已完成或已取消、不再列入的有：", "（推进中，原定2026年3月1日，已逾期）"),
    ],
    ids=["en", "zh"],
)
def test_what_is_done_or_dropped_is_no_first_act(language: str, left_out: str, under_way: str) -> None:
    """A brief asked to begin within 100 days with what its own follow-up sheet had as done."""
    instrument, answers = sample("renewal_city_2025.toml")
    first, second, third, *_ = shelve(replace(case_of(instrument, answers), date=DAY)).front
    rows = (
        FollowUp(measure=first.id, state="done"),
        FollowUp(measure=second.id, state="dropped", reason="no money"),
        FollowUp(measure=third.id, state="under_way", deadline=date(2026, 3, 1)),
    )
    followed = answers.model_copy(update={"follow_up": rows})
    case = replace(case_of(instrument, followed), language=language, date=DAY)
    shelf = shelve(case)
    assert {row.id for row in shelf.front}.isdisjoint((first.id, second.id))
    assert {first.id, second.id} <= {row.id for row in shelf.rest}
    made = outline_of(instrument, followed, languages=[language], date=DAY, edition="brief")
    said = " ".join(texts_of(joined(made).parts[0].blocks))
    titles = instrument.questionnaire.countermeasures
    assert left_out + titles[first.id].title[language] in said
    assert under_way in said
    gone = shelve(case).unsuited[0].id  # done then, chosen again, and not suited here by the present answers
    then = followed.model_copy(update={"follow_up": (*rows, FollowUp(measure=gone, state="done"))})
    again = followed.model_copy(update={"plan": Chosen(chosen=(first.id, gone)), "follow_up": ()})
    earlier = earlier_than((instrument, then), (instrument, again), DAY)
    chosen_again = replace(case_of(instrument, again), language=language, date=DAY, earlier=earlier)
    assert [row.id for row in shelve(chosen_again).planned] == [first.id]
    assert titles[gone].title[language] in gone_words(chosen_again, shelve(chosen_again))


@pytest.mark.parametrize(
    ("language", "beside"),
    [("en", " (under way, deadline set: 31 December 2026)"), ("zh", "（推进中，跟踪表所定时限：2026年12月31日）")],
)
def test_a_deadline_of_the_follow_up_sheet_stands_in_the_division_of_work(language: str, beside: str) -> None:
    """The sheet had “31 December 2026”, the division of work of the same report another day alone."""
    instrument, answers = sample("renewal_city_2025.toml")
    begun = shelve(replace(case_of(instrument, answers), date=DAY)).front[-1].id
    row = FollowUp(measure=begun, state="under_way", deadline=date(2026, 12, 31))
    case = replace(case_of(instrument, answers.model_copy(update={"follow_up": (row,)})), language=language, date=DAY)
    shelf = shelve(case)
    title = instrument.questionnaire.countermeasures[begun].title[language]
    assert title + beside in division(case, shelf, agenda_of(case, shelf.work)).note


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_where_all_that_fits_is_done_or_dropped_it_is_still_called_for(state: FollowUpState) -> None:
    """“None is called for”, “without an overall score”, and what lifts the broken floor had been dropped."""
    instrument, answers = sample("renewal_city_2024.toml")
    fitting = shelve(replace(case_of(instrument, answers), date=DAY)).fitting
    rows = tuple(FollowUp(measure=row.id, state=state, reason="no money") for row in fitting)
    followed = answers.model_copy(update={"follow_up": rows})
    case = replace(case_of(instrument, followed), date=DAY)
    shelf = shelve(case)
    assert not shelf.front
    assert measures.headline(case, shelf) == "No further countermeasure is to be begun"
    assert "None of them is to be begun" in words_of(measures.lead(case, shelf).runs)
    assert not measures.matrix(case, shelf)
    made = outline_of(instrument, followed, languages=["en"], date=DAY, edition="brief")
    said = " ".join(texts_of(joined(made).parts[0].blocks))
    assert f" ({state})." in said.partition("lift it")[2][:100]
    assert "is called for at present" not in said
    known = instrument.questionnaire.countermeasures
    needs = {need for row in fitting for need in known[row.id].needs if need in {row.id for row in fitting}}
    listed = " ".join(texts_of(measures.rest(case, shelf)))
    assert needs
    assert ("First: " in listed) is (state == "dropped")


def test_what_needs_a_dropped_measure_is_no_first_act() -> None:
    instrument, answers = sample("renewal_city_2025.toml")
    case = replace(case_of(instrument, answers), date=DAY)
    known = instrument.questionnaire.countermeasures
    fitting = [row.id for row in shelve(case).fitting]
    need, id = next((need, id) for id in fitting for need in known[id].needs if need in fitting)
    closed: dict[FollowUpState, bool] = {"done": False, "dropped": True}
    assert {state: stopped(case, id, fitting, {need: state}) for state in closed} == closed
    # What lies between the two and is not called for counts as done, and what it needs in turn is not asked.
    chain = ["industrial_internet", "copy_the_sample", "one_sector_one_policy"]
    waits = {n: stopped(case, chain[0], chain[:n] + chain[2:], {chain[2]: "dropped"}) for n in (1, 2)}
    assert waits == {1: False, 2: True}


def test_answers_of_last_time_that_have_no_place_are_said_on_the_first_page() -> None:
    """A part fell since last time's answer was read as not given; only the full edition said so."""
    instrument, answers = sample("renewal_city_2025.toml")
    odd = answers.answers["rd_intensity"].model_copy(update={"value": "99"})
    stated = answers.questionnaire.model_copy(update={"version": "2026.9.0"})
    update = {"answers": {**answers.answers, "rd_intensity": odd}, "questionnaire": stated}
    earlier = instrument, answers.model_copy(update=update)
    made = outline_of(instrument, answers, languages=["en"], date=DAY, earlier=earlier, edition="brief")
    said = " ".join(texts_of(made.parts[0].blocks))
    assert "Last time was answered to questionnaire region 2026.9.0" in said
    assert "count as not given: 1" in said


def test_a_quick_screening_beside_a_full_one_is_said() -> None:
    """Parts fell by 30 points and “any change comes from the answers”, where no answer had changed."""
    instrument, answers = sample("renewal_city_2025.toml")
    quick = answers.model_copy(update={"mode": "quick"})
    made = outline_of(instrument, quick, languages=["en"], date=DAY, earlier=(instrument, answers), edition="brief")
    assert "One of the two is a quick screening" in " ".join(texts_of(made.parts[0].blocks))
    earlier = earlier_than((instrument, answers), (instrument, quick), DAY)
    told = ComparisonText(earlier.comparison, earlier.questionnaires, "en")
    assert "any change comes from the answers" not in " ".join(told.head())
    assert [line for line in told.doubts() if "quick" in line]
    parts = ComparisonTables(earlier.comparison, earlier.questionnaires, "en").parts()
    assert parts is not None
    assert column(parts, 0) == ["local conditions, and which questions are asked"]


def test_where_nothing_is_asked_it_is_not_said_how_much_is_answered() -> None:
    """“100% was answered then, – now”: a quick screening without a core question."""
    made = tiny({"p": {"d": 80}})
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    quick = answers.model_copy(update={"mode": "quick"})
    earlier = earlier_than((instrument, answers), (instrument, quick), DAY)
    said = " ".join(movement(case_of(instrument, quick), earlier, causes=True))
    assert "there is none now" in said
    assert "was answered then" not in said


def test_what_is_compared_has_one_decimal_so_that_the_change_is_their_difference() -> None:
    """“20.04 → 21.7 (+1.7)”, since a band begins at 20."""
    instrument, answers = sample("renewal_city_2025.toml")
    earlier = earlier_than((instrument, answers), (instrument, answers), DAY)
    line = float(list(instrument.rules.bands.values())[1].from_)
    close = replace(earlier.comparison, overall=Change((line + 0.04, *[line + 1.7] * 3)))
    assert f" {line:.1f} → {line + 1.7:.1f} (+1.7)" in ComparisonText(close, earlier.questionnaires, "en").score()


def test_goals_of_last_time_that_are_left_out_are_counted() -> None:
    (instrument, now), (_, then) = sample("renewal_city_2025.toml"), sample("renewal_city_2024.toml")
    chosen = [*then.plan.chosen, *(id for id in instrument.questionnaire.countermeasures if id not in then.plan.chosen)]
    for count, note in ((8, ""), (9, "8 of 9 rows are shown; the others are in the files this report was made from.")):
        planned = then.model_copy(update={"plan": Chosen(chosen=tuple(chosen[:count]))})
        earlier = earlier_than((instrument, planned), (instrument, now), DAY)
        goals = goals_table(replace(case_of(instrument, now), date=DAY, earlier=earlier))
        assert goals is not None
        assert (len(goals.rows), goals.note) == (8, note)


def test_goals_of_last_time_stand_in_both_languages_before_anything_is_answered() -> None:
    """The Chinese brief of a new year left them out."""
    (instrument, now), earlier = sample("renewal_city_2025.toml"), sample("renewal_city_2024.toml")
    blank = now.model_copy(update={"answers": {}})
    made = outline_of(instrument, blank, languages=["en", "zh"], date=DAY, earlier=earlier, edition="brief")
    heads = [{block.columns[0].title for block in part.blocks if isinstance(block, Table)} for part in made.parts]
    assert ["Measure chosen then" in heads[0], "当时选定的措施" in heads[1]] == [True, True]


def test_goals_of_last_time_are_those_of_answers_under_former_ids() -> None:
    """Where the old edition is not at hand the goal was “from the first count to the goal set by it”."""
    plain = tiny({"p": {"d": 20}})
    plain.questionnaire["questions"]["q_d"]["previous_ids"] = ["before"]
    plain.questionnaire["countermeasures"] = {"m": {**MEASURE, "lifts": {"d": 30}, "kpi_question": "q_d"}}
    instrument, now = instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers)
    former = {"questionnaire": {"id": "inst", "version": "0.9.0"}, "answers": {"before": {"value": 20}}}
    then = Answers.model_validate({**plain.answers, **former, "plan": {"chosen": ["m"]}})
    earlier = earlier_than((instrument, then), (instrument, now), DAY)
    goals = goals_table(replace(case_of(instrument, now), date=DAY, earlier=earlier))
    assert goals is not None
    assert column(goals, 1) == ["from 20 to 50"]


def test_a_measure_that_the_sheet_passes_over_is_not_begun_wherever_it_is_told() -> None:
    """The sentence counted it, and the tables had a dash."""
    (instrument, now), earlier = sample("renewal_city_2025.toml"), sample("renewal_city_2024.toml")
    (done, *_) = (state for state in now.follow_up if state.state == "done")
    now = now.model_copy(update={"follow_up": (done,)})
    case = replace(case_of(instrument, now), date=DAY, earlier=earlier_than(earlier, (instrument, now), DAY))
    goals, planned = goals_table(case), case.earlier and case.earlier.told("en").planned
    assert goals is not None
    assert planned
    assert case.earlier
    measures = ComparisonTables(case.earlier.told("en"), case.earlier.questionnaires, "en").measures(planned)
    assert set(column(goals, 3)) == set(column(measures, 2)) == {"done", "not followed up"}


@pytest.mark.parametrize(("now", "said"), [((70, 60, 60), "the largest part of it from"), ((60, 60, 60), "")])
def test_a_pillar_did_most_only_where_nothing_else_did_as_much(now: tuple[int, int, int], said: str) -> None:
    """“Most of it from” a pillar that brought a fifth, and less than the facts did."""
    cases = [tiny({f"p{n}": {f"d{n}": score} for n, score in enumerate(scores)}) for scores in ((40, 40, 40), now)]
    instrument = instrument_of(cases[0].questionnaire, cases[0].chain)
    then, answers = (Answers.model_validate(case.answers) for case in cases)
    earlier = earlier_than((instrument, then), (instrument, answers), DAY)
    headline = change.headline(case_of(instrument, answers), earlier)
    assert "points higher" in headline
    assert ("from x" in headline) == bool(said)
    assert said in headline
    # Of a geometric mean each part would be another one in another order.
    chain = [cases[0].chain[0] | {"scoring": {"across_pillars": "geometric"}}]
    instrument = instrument_of(cases[0].questionnaire, chain)
    earlier = earlier_than((instrument, then), (instrument, answers), DAY)
    assert "the largest part" not in change.headline(case_of(instrument, answers), earlier)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_cannot_be_told_apart_is_said_wherever_the_causes_are(language: str) -> None:
    """“– come from the answers, – come from the weights” stood in a brief, and no word of the five points left."""
    before, now = sample("renewal_city_2024.toml", "energy_base"), sample("renewal_city_2025.toml")
    found = earlier_than(before, now, DAY)
    overall = Change((50.0, None, 55.0, 56.0), "between")
    earlier = replace(found, comparison=replace(found.comparison, overall=overall))
    said = " ".join(change.movement(case_of(*now, language), earlier, causes=True))
    assert "–" not in said
    one = {
        "en": "Of the change, +1.0 come from the questionnaire. +5.0 cannot",
        "zh": "变化中：问卷影响 +1.0。 另有 +5.0",
    }
    assert one[language] in said


def test_beside_a_score_that_a_floor_holds_plan_and_parts_say_what_they_count() -> None:
    """“The answers added +8.0” stood in `compare` below a score that stayed where it was, and their parts below."""
    found = earlier_than(sample("renewal_city_2024.toml"), sample("renewal_city_2025.toml"), DAY)
    assert found.comparison.planned is not None
    for overall, said in ((found.comparison.uncapped, False), (Change((30.0,) * 4), True)):
        tables = ComparisonTables(replace(found.comparison, overall=overall), found.questionnaires, "en")
        words = list(tables.plan_words(found.comparison.planned))
        assert ("Both count the score before the floors." in words) == said
        parts = tables.parts()
        assert parts is not None
        assert parts.columns[1].title == "points of the overall" + " before the floors" * said


@pytest.mark.parametrize("mode", ["full", "quick"])
def test_a_part_that_other_questions_moved_is_not_laid_to_the_plan_without_a_word(mode: str) -> None:
    """“Fell back” stood beside a part of the plan of which a quick screening had asked one question of three."""
    now = sample("renewal_city_2025.toml")
    now = now[0], now[1].model_copy(update={"mode": mode})
    found = earlier_than(sample("renewal_city_2024.toml"), now, DAY)
    assert found.comparison.planned is not None
    tables = ComparisonTables(found.comparison, found.questionnaires, "en")
    said = " ".join(tables.plan_words(found.comparison.planned))
    blocks = " ".join(texts_of(tuple(change.planned_blocks(case_of(*now), found))))
    for words in (said, blocks):
        assert ("Not the same questions count both times" in words) == (mode == "quick")


def test_page_one_says_that_the_target_was_lowered_since_last_time() -> None:
    """“The target is reached” stood there, where a correction by hand had lowered it and no answer had moved."""
    then = scored({"p": {"a": 50}})
    lower = Override(node="a", target=Decimal(40), why="x")
    now = then[0], then[1].model_copy(update={"override": (lower,)})
    said = " ".join(change.movement(case_of(*now), earlier_than(then, now, DAY), causes=True))
    assert "stayed at 50.0. The target was 100.0 then and is 40.0 now." in said
    assert "target" not in " ".join(change.movement(case_of(*now), earlier_than(now, now, DAY), causes=True))
    both = scored({"p": {"a": 50, "b": 50}}, targets={"a": 60, "b": 90})
    entries = {**both[1].answers, "q_b": Answer(state="na", reason="x")}
    one = both[0], both[1].model_copy(update={"answers": entries})
    case, earlier = case_of(*one), earlier_than(both, one, DAY)
    assert earlier.comparison.old.card.overall.target != case.card.overall.target
    assert "target" not in " ".join(change.movement(case, earlier, causes=True))  # nobody aims elsewhere


def test_page_one_says_what_a_floor_that_holds_no_more_brought_of_a_rise() -> None:
    """“The score rose from 50.0 to 61.3”, and no word that a cap of last time had taken 8.8 points of that."""
    floors = {"f": {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}}
    then, now = (scored({"p": {"a": score, "b": 75}, "q": {"c": 60}}, floors=floors) for score in (30, 50))
    said = " ".join(change.movement(case_of(*now), earlier_than(then, now, DAY), causes=True))
    assert "rose from 50.0 to 61.3. Before the floors: 56.3 → 61.3 (+5.0). Floors that broke: then x; now none." in said
    idle = " ".join(change.movement(case_of(*now), earlier_than(now, now, DAY), causes=True))
    assert "floors" not in idle
    open_now = scored({"p": {"a": None, "b": 75}, "q": {"c": 60}}, floors=floors)
    said = " ".join(change.movement(case_of(*open_now), earlier_than(then, open_now, DAY), causes=True))
    not_judged = "Floors not judged, as their part has no score: then none; now x."
    assert f"Floors that broke: then x; now none. {not_judged}" in said
    held = scored({"p": {"a": 50, "b": 75}, "q": {"c": 60}}, floors=floors)
    found = earlier_than(held, open_now, DAY)
    assert [*ComparisonText(found.comparison, found.questionnaires, "en").floored()] == []  # none broke either time


@pytest.mark.parametrize(("language", "other"), [("en", "bands themselves"), ("zh", "等次划分本身")])
def test_a_band_that_was_lowered_is_not_told_as_one_that_was_climbed_to(language: str, other: str) -> None:
    """“50.0 → 50.0 (0.0); low → high” stood where a profile lets the band begin lower, and nothing else."""
    bands = [
        {"low": {"from": 0, "en": "low", "zh": "低"}, "high": {"from": f, "en": "high", "zh": "高"}} for f in (60, 40)
    ]
    then, now = (scored({"p": {"a": 50}}, bands=one) for one in bands)
    for one, said in ((then, False), (now, True)):
        found = earlier_than(then, one, DAY)
        assert (other in ComparisonText(found.comparison, found.questionnaires, language).score()) == said


@pytest.mark.parametrize(("language", "same"), [("en", "floors themselves"), ("zh", "底线本身")])
def test_a_floor_that_was_lowered_or_taken_away_is_not_told_as_one_that_holds_again(language: str, same: str) -> None:
    """“Then x; now none” stood where the other rubric has no such floor, and its part scores what it scored then."""
    floor = {"node": "a", "below": 40, "cap": 50, "why": {"en": "x"}}
    lines = [{"f": floor}, {"f": {**floor, "below": 20}}, {"g": {**floor, "node": "b", "cap": 30}}, {}]
    there, *others = (scored({"p": {"a": 30, "b": 75}, "q": {"c": 60}}, floors=floors) for floors in lines)
    words = [
        "then x at 40.0; now x at 20.0.",
        "then x at 40.0; now x at 40.0.",  # of another part: all are called x here
        "then x at 40.0; now none.",
    ]
    for other, said in zip(others, words, strict=True):
        found = earlier_than(there, other, DAY)
        *_rest, told = ComparisonText(found.comparison, found.questionnaires, language).floored()
        assert same in told
        assert language != "en" or told.endswith(said)
        assert "floors themselves" in " ".join(change.movement(case_of(*other), found, causes=True))
    again = earlier_than(there, there, DAY)
    assert same not in " ".join(ComparisonText(again.comparison, again.questionnaires, language).floored())


@pytest.mark.parametrize(
    ("language", "waits"),
    [
        ("en", "“{after}” must wait for what is no task here: {first} (dropped)."),
        ("zh", "“{after}”须待前置措施先行，而该措施不在上述任务之列：{first}（已取消）。"),
    ],
    ids=["en", "zh"],
)
def test_what_must_come_before_a_measure_is_told_where_it_is_no_task(language: str, waits: str) -> None:
    """Of what waits for a measure that was dropped, the brief asked to take the first step within 100 days."""
    instrument, answers = sample("renewal_city_2025.toml")
    fitting = [row.id for row in case_of(instrument, answers).card.countermeasures if row.eligible]
    known = instrument.questionnaire.countermeasures
    first, after = next((need, id) for id in fitting for need in known[id].needs if need in fitting)
    wanted = waits.format(after=known[after].title[language], first=known[first].title[language])
    said = {}
    for state in ("dropped", "done"):
        entry = FollowUp(measure=first, state=state, reason="no money")
        planned = answers.model_copy(update={"plan": Chosen(chosen=(first, after)), "follow_up": (entry,)})
        made = outline_of(instrument, planned, languages=[language], date=DAY, edition="brief")
        said[state] = " ".join(texts_of(joined(made).parts[0].blocks))
    assert said["dropped"].count(wanted) == 2  # below the acts and below the division of work
    assert waits[waits.index("”") : waits.index("{first}")] not in said["done"]


def test_the_effort_of_what_must_come_before_it_is_told_of_the_best_that_fits() -> None:
    """“The best that fits” was told with its own effort, and could not be begun with that."""
    made = tiny({"p": {"d": 30, "e": 40}})
    lifts = {"act": {"e": 40}, "ready": {"d": 5}, "best": {"d": 30}}
    made.questionnaire["countermeasures"] = {id: MEASURE | {"lifts": lifted} for id, lifted in lifts.items()}
    made.questionnaire["countermeasures"]["best"] |= {"effort": 3, "needs": ["ready"]}
    made.questionnaire["countermeasures"]["ready"] |= {"title": {"en": "Ready"}}
    for chosen, told in ((["act"], True), (["act", "ready"], False)):
        answers = Answers.model_validate({**made.answers, "plan": {"chosen": chosen}})
        case = replace(case_of(instrument_of(made.questionnaire, made.chain), answers), date=DAY)
        shelf = shelve(case)
        said = " ".join(texts_of(stays_open(case, shelf, agenda_of(case, shelf.work))))
        assert ("for an effort of 3 (4 with what it needs)" in said) is told


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Local conditions answered"), ("zh", "地方情况的填报与上次不同")]
)
def test_a_score_that_local_conditions_moved_is_told_by_them(language: str, said: str) -> None:
    """“The score fell. No part fell.” stood alone: a fact had switched what a weight hangs on."""
    instrument, then = sample("renewal_city_2024.toml")
    other = then.facts["resource_class"].model_copy(update={"value": "regenerative"})
    now = then.model_copy(update={"facts": {**then.facts, "resource_class": other}})
    case, same = case_of(instrument, now, language), case_of(instrument, then, language)
    told = " ".join(movement(case, earlier := earlier_than((instrument, then), (instrument, now), DAY), causes=True))
    points = earlier.comparison.overall.effects["answers"]
    assert points is not None
    assert rounded(points) != 0
    assert said in told
    assert number(points, signed=True) in told
    unmoved = movement(same, earlier_than((instrument, then), (instrument, then), DAY), causes=True)
    assert said not in " ".join(unmoved)


@pytest.mark.parametrize(
    ("language", "came", "only"),
    [
        ("en", "Of the change before the floors, 0.0 come from the answers, +8.3 come from the weights.", "Any change"),
        ("zh", "未计底线的变化中：答案影响 0.0，权重影响 +8.3。", "如有变化"),
    ],
)
def test_what_a_correction_moved_before_the_floors_is_not_laid_to_the_answers(
    language: str, came: str, only: str
) -> None:
    """“Any change comes from the answers” stood above “Before the floors: 55.0 → 63.3”, which a correction did."""
    floors = {"f": {"node": "a", "below": 40, "cap": 45, "why": {"en": "x", "zh": "x"}}}
    then = scored({"p": {"a": 30}, "q": {"c": 80}}, floors=floors)
    lighter = Override(node="p", factor=Decimal("0.5"), why="x")
    now = then[0], then[1].model_copy(update={"override": (lighter,)})
    case, earlier = case_of(*now, language), earlier_than(then, now, DAY)
    words = ComparisonText(earlier.comparison, earlier.questionnaires, language)
    for said in (" ".join(words.causes()), " ".join(change.movement(case, earlier, causes=True))):
        assert came in said
        assert only not in said
    assert came not in " ".join(change.movement(case, earlier))


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Not the same questions count both times"), ("zh", "两次计分的题目不尽相同")]
)
def test_a_part_that_fell_since_an_answer_is_not_known_any_more_is_told_so(language: str, said: str) -> None:
    """As much was answered both times, and “Fallen: p” stood alone: one answer was not known now, another was then."""
    then, now = (scored({"p": {"a": 50, "b": b}, "q": {"c": 60, "d": d}}) for b, d in ((90, None), (None, 60)))
    case, earlier = case_of(*now, language), earlier_than(then, now, DAY)
    sides = (earlier.comparison.old, earlier.comparison.new)
    assert len({side.card.overall.coverage for side in sides}) == 1
    assert said in " ".join(change.movement(case, earlier, causes=True))
    same = earlier_than(now, now, DAY)
    assert said not in " ".join(change.movement(case, same, causes=True))
    made = tiny({"p": {"a": 50}})
    made.questionnaire["questions"]["q_a"]["core"] = True
    instrument = instrument_of(made.questionnaire, made.chain)
    full, quick = (Answers.model_validate(made.answers | {"mode": mode}) for mode in ("full", "quick"))
    other = earlier_than((instrument, full), (instrument, quick), DAY)  # which is told beside it
    assert said not in " ".join(change.movement(case_of(instrument, quick, language), other, causes=True))


@pytest.mark.parametrize(("language", "stands"), [("en", "“M” (under way)"), ("zh", "“M”（推进中）")])
def test_the_best_that_fits_a_gap_is_not_told_as_new_where_it_is_under_way(language: str, stands: str) -> None:
    """“The best that fits would bring 9.0 points”: by the follow-up sheet it had been begun the year before."""
    made = tiny({"p": {"d": 30, "e": 40}})
    lifts = {"act": {"e": 40}, "best": {"d": 30}}
    made.questionnaire["countermeasures"] = {id: MEASURE | {"lifts": lifted} for id, lifted in lifts.items()}
    made.questionnaire["countermeasures"]["best"] |= {"effort": 3, "title": {"en": "M", "zh": "M"}}
    begun = FollowUp(measure="best", state="under_way")
    for sheet in ((begun,), ()):
        plain = Answers.model_validate({**made.answers, "plan": {"chosen": ["act"]}})
        answers = plain.model_copy(update={"follow_up": sheet})
        case = replace(case_of(instrument_of(made.questionnaire, made.chain), answers, language), date=DAY)
        shelf = shelve(case)
        told = " ".join(texts_of(stays_open(case, shelf, agenda_of(case, shelf.work))))
        assert (stands in told) is bool(sheet)


@pytest.mark.parametrize(("language", "stands"), [("en", " (under way)"), ("zh", "（推进中）")])
def test_a_request_that_is_under_way_is_not_asked_for_as_new(language: str, stands: str) -> None:
    """What the city had been asked for in January stood among the requests of February as any other."""
    instrument, answers = sample("renewal_city_2025.toml")

    def requested(entries: tuple[FollowUp, ...]) -> list[str]:
        case = case_of(instrument, answers.model_copy(update={"follow_up": entries}), language)
        case = replace(case, date=DAY)
        shelf = shelve(case)
        (table,) = (b for b in asked_blocks(case, shelf, agenda_of(case, shelf.work)) if isinstance(b, Table))
        return [words_of(row[0]) for row in table.rows]

    first, *rest = requested(())
    id = next(id for id, one in instrument.questionnaire.countermeasures.items() if one.title[language] == first)
    assert requested((FollowUp(measure=id, state="under_way"),)) == [first + stands, *rest]


def test_a_remark_that_ends_in_a_stop_is_joined_to_the_next_without_it() -> None:
    """“运。；未列入行动方案” stood in the follow-up sheet of a sample."""
    instrument, answers = sample("renewal_city_2025.toml")
    planned = answers.model_copy(update={"plan": Chosen(chosen=("rd_accounting_coaching",))})
    case = replace(case_of(instrument, planned, "zh"), date=DAY)
    said = " ".join(texts_of(tuple(change.sheet_blocks(case, change.sheet_of(case)))))
    assert "；未列入行动方案" in said
    assert "。；" not in said
