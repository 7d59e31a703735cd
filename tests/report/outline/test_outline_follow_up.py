"""What a report says of the plan and the follow-up sheet: what came of it, what is under way, done, dropped or late."""

from dataclasses import replace
from datetime import date

import pytest

from nqpf_assess.engine.following import follow_up
from nqpf_assess.model.answers import Answers, Chosen
from nqpf_assess.model.follow_up import FollowUp, FollowUpState
from nqpf_assess.report.blocks import (
    Callout,
    Table,
    texts_of,
    words_of,
)
from nqpf_assess.report.comparison_tables import ComparisonTables
from nqpf_assess.report.follow_up_text import follow_up_table
from nqpf_assess.report.outline import change, measures, outline_of
from nqpf_assess.report.outline.case import earlier_than
from nqpf_assess.report.outline.change import goals_table
from nqpf_assess.report.outline.decision import stays_open
from nqpf_assess.report.outline.measures import gone_words, progress
from nqpf_assess.report.outline.roadmap import agenda_of, calendar, division
from nqpf_assess.report.outline.shelf import shelve, stopped
from nqpf_assess.report.outline.upward import asked_blocks
from nqpf_assess.report.text import table_lines
from tests.report.outline.made import case_of, joined
from tests.report.outline.two_years import DAY, column, report, sample, tables
from tests.support.scored import instrument_of
from tests.support.varied import MEASURE, tiny


def test_what_was_planned_is_held_against_what_came() -> None:
    """The measures of last time with their state, and expected beside achieved."""
    chosen = tables(report("en", followed=False), "Measures chosen then")
    assert len(chosen.rows) == len(sample("renewal_city_2024.toml")[1].plan.chosen)
    earlier = earlier_than(sample("renewal_city_2024.toml"), sample("renewal_city_2025.toml"), DAY)
    assert earlier.comparison.planned is not None
    told = ComparisonTables(earlier.comparison, earlier.questionnaires, "en")
    followed, lifts = told.plan(earlier.comparison.planned)
    assert lifts.rows
    assert told.plan(replace(earlier.comparison.planned, lifts=())) == (followed,), "no table without rows"
    assert sum(line.endswith("  2025-12-31") for line in table_lines(followed, 70)) == 4  # no day is broken
    assert "4 done, 2 under way, 1 dropped" in " ".join(texts_of(report("en").parts[0].blocks))


@pytest.mark.parametrize(("language", "late"), [("en", "One policy for each traditional sector"), ("zh", "一业一策")])
def test_the_sheet_is_printed_as_it_stands_on_the_day(language: str, late: str) -> None:
    """Also without last time; what is overdue on the day of the report stands before it."""
    for compared in (True, False):
        outline = report(language, compared=compared)
        (warning,) = [b for b in outline.parts[0].blocks if isinstance(b, Callout) and late in b.runs[0].text]
        assert warning.tone == "warn"
        sheet = tables(outline, "Follow-up of the measures" if language == "en" else "对策落实跟踪表")
        assert len(sheet.rows) == 7


@pytest.mark.parametrize(
    ("language", "with_state", "without"),
    [
        ("en", "Measures chosen then: 1 (1 done).", "Measures chosen then: 1. At most "),
        ("zh", "当时选定措施1项（已完成1项）。", "当时选定措施1项。全部完成后预计最多提高"),
    ],
)
def test_how_far_measures_of_last_time_have_come_is_counted_where_a_sheet_says_so(
    language: str, with_state: str, without: str
) -> None:
    instrument, then = sample("renewal_city_2024.toml")
    now = sample("renewal_city_2025.toml")[1]
    finished = next(state for state in now.follow_up if state.state == "done")
    then = then.model_copy(update={"plan": then.plan.model_copy(update={"chosen": (finished.measure,)})})
    for said, entries in ((with_state, (finished,)), (without, ())):
        answers = now.model_copy(update={"follow_up": entries})
        made = outline_of(instrument, answers, languages=[language], date=DAY, earlier=(instrument, then))
        assert said in " ".join(texts_of(joined(made).parts[0].blocks))


@pytest.mark.parametrize(
    ("language", "left_out", "under_way", "again"),
    [
        (
            "en",
            "Left out, because the follow-up sheet has them as done or dropped: ",
            "(under way, deadline set: 1 March ",
            " (done, chosen again)",
        ),
        (
            "zh",
            "落实跟踪表中已完成或已取消、不再列入的有：",
            "（推进中，原定2026年3月1日，已逾期）",
            "（已完成，现再次选定）",
        ),
    ],
    ids=["en", "zh"],
)
def test_what_is_done_or_dropped_is_no_first_act(language: str, left_out: str, under_way: str, again: str) -> None:
    """A brief does not ask to begin within 100 days with what its own sheet has as done, but where that is meant."""
    instrument, answers = sample("renewal_city_2025.toml")
    first, second, third, *_ = shelve(replace(case_of(instrument, answers), date=DAY)).front
    rows = (
        FollowUp(measure=first.id, state="done", deadline=date(2025, 3, 1)),
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
    now = followed.model_copy(update={"plan": Chosen(chosen=(first.id, gone)), "follow_up": ()})
    earlier = earlier_than((instrument, then), (instrument, now), DAY)
    chosen_again = replace(case_of(instrument, now), language=language, date=DAY, earlier=earlier)
    assert [row.id for row in shelve(chosen_again).planned] == [first.id]
    assert progress(chosen_again, first.id) == again
    assert titles[gone].title[language] in gone_words(chosen_again, shelve(chosen_again))


@pytest.mark.parametrize(
    ("language", "beside"),
    [("en", " (under way, deadline set: 31 December 2026)"), ("zh", "（推进中，跟踪表所定时限：2026年12月31日）")],
)
def test_a_deadline_of_the_follow_up_sheet_stands_with_the_work(language: str, beside: str) -> None:
    """So that sheet, division and calendar of one report do not give two days without a word."""
    instrument, answers = sample("renewal_city_2025.toml")
    before = shelve(replace(case_of(instrument, answers.model_copy(update={"follow_up": ()})), date=DAY))
    begun, further = before.front[-1].id, before.rest[0].id
    rows = tuple(FollowUp(measure=id, state="under_way", deadline=date(2026, 12, 31)) for id in (begun, further))
    case = replace(case_of(instrument, answers.model_copy(update={"follow_up": rows})), language=language, date=DAY)
    shelf = shelve(case)
    listed = " ".join(texts_of(measures.rest(case, shelf)))
    assert instrument.questionnaire.countermeasures[further].title[language] + beside in listed
    title = instrument.questionnaire.countermeasures[begun].title[language]
    agenda = agenda_of(case, shelf.work)
    assert title + beside in division(case, shelf, agenda).note
    drawn = calendar(case, shelf, agenda)
    assert [task.label.endswith(title + beside) for task in drawn.tasks] == [task.id == begun for task in agenda.tasks]
    assert title + beside in drawn.alt


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_where_all_that_fits_is_done_or_dropped_it_is_still_called_for(state: FollowUpState) -> None:
    """“None is called for” does not stand where what lifts the broken floor is dropped: none is to be begun."""
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
    """A new year's brief has them in Chinese as in English."""
    (instrument, now), earlier = sample("renewal_city_2025.toml"), sample("renewal_city_2024.toml")
    blank = now.model_copy(update={"answers": {}})
    made = outline_of(instrument, blank, languages=["en", "zh"], date=DAY, earlier=earlier, edition="brief")
    heads = [{block.columns[0].title for block in part.blocks if isinstance(block, Table)} for part in made.parts]
    assert ["Measure chosen then" in heads[0], "当时选定的措施" in heads[1]] == [True, True]


def test_goals_of_last_time_are_those_of_answers_under_former_ids() -> None:
    """Where the old edition is not at hand too: the goal has its figures, and no words in their place."""
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
    assert len(goals.columns) == 3  # nobody kept a sheet: a dash under “Progress” would read as none


def test_what_came_of_a_goal_says_of_which_year_it_is_where_that_is_another() -> None:
    """A figure that nobody has typed anew is last year's, and no sign that a measure brought nothing."""
    (instrument, now), (_, then) = sample("renewal_city_2025.toml"), sample("renewal_city_2024.toml")
    kept = replace(case_of(instrument, now.model_copy(update={"answers": then.answers})), date=DAY)
    goals = goals_table(replace(kept, earlier=earlier_than((instrument, then), (instrument, kept.answers), DAY)))
    assert goals is not None
    assert {said[-7:] for said in column(goals, 2) if "%" in said} == {" (2024)"}
    unknown = {id: one.model_copy(update={"state": "dk"}) for id, one in then.answers.items()}
    kept = replace(case_of(instrument, now.model_copy(update={"answers": unknown})), date=DAY)
    goals = goals_table(replace(kept, earlier=earlier_than((instrument, then), (instrument, kept.answers), DAY)))
    assert goals is not None
    assert {*column(goals, 2)} == {"don't know", "–"}  # its year is that of the figure which nobody knows any more


def test_a_measure_that_the_sheet_passes_over_is_not_begun_wherever_it_is_told() -> None:
    """It is “not followed up” in every table, as the sentence counts it."""
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
    sheet = change.sheet_of(case)
    assert change.follow_up_headline(case, sheet) == f"Follow-up: 1 done, {len(sheet) - 1} not followed up"
    assert sorted(column(follow_up_table(sheet, "en"), 3)) == ["done"] + (len(sheet) - 1) * ["not followed up"]


def test_the_sheet_has_what_is_overdue_first() -> None:
    """As the app's page has it, in whatever order it was planned."""
    instrument, answers = sample("renewal_city_2025.toml")
    sheet = sorted(follow_up(instrument.questionnaire, answers, date(2026, 12, 1)), key=lambda row: row.overdue)
    late = ["overdue" in said for said in column(follow_up_table(sheet, "en"), 2)]
    assert {*late} == {True, False}
    assert late == sorted(late, reverse=True)


def test_what_is_done_or_dropped_is_not_said_to_stand_in_no_plan() -> None:
    """It stood in last year's: this year's file begins without its tick."""
    instrument, answers = sample("renewal_city_2025.toml")
    planned = answers.model_copy(update={"plan": Chosen(chosen=("digital_diagnosis",))})
    table = follow_up_table(follow_up(instrument.questionnaire, planned, date(2026, 12, 1)), "en")
    remarks = zip(column(table, 3), column(table, 4), strict=True)
    assert {state for state, remark in remarks if "not in the plan" in remark} == {"under way"}


@pytest.mark.parametrize(
    ("language", "waits"),
    [
        ("en", "“{after}” must wait for what is no task here: {first} (dropped)."),
        ("zh", "“{after}”须待前置措施先行，而该措施不在上述任务之列：{first}（已取消）。"),
    ],
    ids=["en", "zh"],
)
def test_what_must_come_before_a_measure_is_told_where_it_is_no_task(language: str, waits: str) -> None:
    """What waits for a dropped measure cannot begin within 100 days: the brief says what is lacking."""
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
    """It cannot be begun with its own effort alone, where what it needs is no task."""
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
        assert ("together with what must come before it" in said) is told


@pytest.mark.parametrize(("language", "stands"), [("en", "“M” (under way)"), ("zh", "“M”（推进中）")])
def test_the_best_that_fits_a_gap_is_not_told_as_new_where_it_is_under_way(language: str, stands: str) -> None:
    """Where the follow-up sheet has it as begun, that is said."""
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
    """What the city was asked for in January is marked so among the requests of February."""
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
    """“。；” is no mark of Chinese."""
    instrument, answers = sample("renewal_city_2025.toml")
    planned = answers.model_copy(update={"plan": Chosen(chosen=("rd_accounting_coaching",))})
    case = replace(case_of(instrument, planned, "zh"), date=DAY)
    said = " ".join(texts_of(tuple(change.sheet_blocks(case, change.sheet_of(case)))))
    assert "；未列入行动方案" in said
    assert "。；" not in said
