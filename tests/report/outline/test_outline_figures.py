"""The figures of a report are those of the scorecard, rounded once, and add up."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.gaps import gain_of_set
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.planning.steps import LAST_MONTH
from nqpf_assess.model.answers import Answers, Override
from nqpf_assess.model.scorecard import OVERALL, Scorecard
from nqpf_assess.pages.explanation import explanation_lines
from nqpf_assess.report.blocks import (
    Block,
    Bullets,
    DetailCard,
    ImpactMatrix,
    Paragraph,
    Table,
    Waterfall,
    texts_of,
    words_of,
)
from nqpf_assess.report.outline import (
    Case,
    listing,
    local,
    measures,
    method,
    pillars,
    ranking,
    references,
    standing,
    verdict,
    yardstick,
)
from nqpf_assess.report.outline import sureness as sureness_
from nqpf_assess.report.outline.decision import stays_open, sureness
from nqpf_assess.report.outline.findings import blocking, holding_back, reached, sentences, stated
from nqpf_assess.report.outline.front import key_figures
from nqpf_assess.report.outline.listing import listing_blocks
from nqpf_assess.report.outline.local import OVERRIDES, changes, waterfall
from nqpf_assess.report.outline.measures import cards, considered, matrix, rest
from nqpf_assess.report.outline.method import addition_blocks
from nqpf_assess.report.outline.phrases import evidence_named
from nqpf_assess.report.outline.roadmap import agenda_of, phases
from nqpf_assess.report.outline.shelf import IN_FRONT, decides, measure_of, shelve
from nqpf_assess.report.outline.sureness import coverage, robustness
from nqpf_assess.report.outline.upward import asked_for
from nqpf_assess.report.outline.verdict import verdict_blocks
from nqpf_assess.report.outline.yardstick import yardstick_blocks
from nqpf_assess.report.wording import difference, gap_in_parts, number, percent, rounded
from tests.report.outline.made import (
    CLUSTER,
    COUNTY,
    FACTORY,
    NUMBER,
    answered,
    case_of,
    mixed,
    numbers,
    scored,
    shipped,
    told,
)
from tests.support.scored import instrument_of
from tests.support.varied import tiny

CASES = {
    "county": ("region", "ecological", COUNTY),
    "cluster": ("region", "cluster_county", CLUSTER),
    "hub": ("region", "innovation_hub", {"tier": "sub_provincial", "rd_base": "strong"}),
    "factory": ("firm", "specialised_sme", FACTORY),
}


def made(name: str) -> tuple[Instrument, Answers]:
    subject, profile, facts = CASES[name]
    instrument = shipped(subject, profile)
    return instrument, answered(instrument, facts=facts, wanted=lambda id: None if mixed(id) < 8 else mixed(id))


def value(words: str) -> Decimal:
    return Decimal(words.replace("−", "-").replace(",", ""))


# ── Page 1 ──


def figures_of(card: Scorecard) -> set[str]:
    """Every figure of a scorecard as a report writes it."""
    overall = card.overall
    points = [
        getattr(overall, name) for name in overall.__dataclass_fields__ if name not in ("coverage", "band", "floors")
    ]
    points += [
        figure for node in card.nodes for figure in (node.score, node.target, difference(node.score, node.target))
    ]
    points += [*gap_in_parts(overall), difference(overall.score, overall.target)]
    gains = [gain for measure in card.countermeasures for gain in (measure.gain, measure.gain_after_floors)]
    return {
        *(number(figure) for figure in (*points, *gains) if figure is not None),
        *(percent(node.share, 1) for node in card.nodes if node.share is not None),
        percent(overall.coverage),
    }


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_one_holds_only_figures_of_the_scorecard(name: str, language: str) -> None:
    """Every number of the verdict, of what stays open and how sure is a figure of the scorecard, a count or a rule."""
    case = case_of(*made(name), language)
    shelf = shelve(case)
    counts = [len(case.answered), len(case.counting), len(case.card.checks), len(case.instrument.rules.floors), 100]
    counts += [
        sum(evidence_named(case, id) for id in case.answered),
        *range(1, 7),
        *(row.effort for row in shelf.front),
    ]
    allowed = figures_of(case.card) | {percent(case.assessed.figures.rules.weight_spread), *map(str, counts)}
    blocks = [*verdict_blocks(case), *stays_open(case, shelf, agenda_of(case, shelf.work)), *sureness(case)]
    titles = [case.tell(measure.title) for measure in case.questionnaire.countermeasures.values()]
    found = set(numbers(blocks)) - {figure for title in titles for figure in NUMBER.findall(title)}
    assert len(found) > 8
    assert found <= allowed, found - allowed


def test_key_figures_are_the_overall_figures() -> None:
    """Score, baseline, target, coverage and evidence stand in their places."""
    case = case_of(*made("county"))
    shown = key_figures(case).figures
    overall = case.card.overall
    wanted = (overall.score, overall.baseline_score, overall.target, None, overall.evidence_backed)
    assert [figure.value for figure in shown] == [
        percent(overall.coverage) if figure is None else number(figure) for figure in wanted
    ]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("date", ["2026-01-01", "2026-11-25"])
def test_printed_gains_add_up(name: str, date: str) -> None:
    """What the acts bring sums to the digit, to the points so far of the division of work, and to what is exact."""
    case = replace(case_of(*made(name)), date=date)
    agenda = agenda_of(case, shelve(case).work)
    so_far = Decimal(0)
    for place, task in enumerate(agenda.tasks, start=1):
        so_far += Decimal(str(task.gain))
        chosen = [entry.measure for entry in agenda.tasks[:place]]
        exact = gain_of_set(case.assessed, chosen).after_floors
        assert float(so_far) == task.cumulative == float(rounded(exact))


def test_the_last_phase_leads_where_the_tasks_lead() -> None:
    """As printed: the score of today and what all tasks bring."""
    instrument = shipped("firm", "specialised_sme")
    case = case_of(instrument, answered(instrument, facts=FACTORY, wanted=lambda id: (mixed(id) + 21) % 101))
    shelf = shelve(case)
    (table,) = (block for block in phases(case, shelf) if isinstance(block, Table))
    after = value("".join(run.text for run in table.rows[-1][-1]))
    assert after == rounded(case.card.overall.score or 0.0) + rounded(
        agenda_of(case, shelf.work).tasks[-1].cumulative or 0.0
    )


# ── Countermeasures ──


@pytest.mark.parametrize("name", CASES)
def test_every_measure_stands_in_exactly_one_place(name: str) -> None:
    """Cards in front, rows in the annex, rows and names of what is not recommended: together the whole list, once."""
    case = case_of(*made(name))
    shelf = shelve(case)
    titles = {case.tell(measure.title) for measure in case.questionnaire.countermeasures.values()}
    found: Counter[str] = Counter()
    found.update(block.title.partition(" ")[2] for block in cards(case, shelf, {}, {}) if isinstance(block, DetailCard))
    for block in (*(rest(case, shelf) if shelf.rest else ()), *considered(case, shelf)):
        if isinstance(block, Table):
            place = 1 if len(block.columns) > 2 else 0
            found.update(row[place][0].text for row in block.rows)
        elif isinstance(block, Bullets):
            found.update(title for item in block.items for title in words_of(item[1:]).split("; "))
    assert found == Counter(titles)
    assert len(shelf.front) <= IN_FRONT


@pytest.mark.parametrize("name", CASES)
def test_prerequisites_stand_before_what_needs_them(name: str) -> None:
    """In front nothing waits for a measure that comes later or stands in the annex."""
    case = case_of(*made(name))
    front = [row.id for row in shelve(case).front]
    fitting = {row.id for row in case.card.countermeasures if row.eligible}
    for place, id in enumerate(front):
        assert fitting.intersection(case.questionnaire.countermeasures[id].needs) <= set(front[:place])


@pytest.mark.parametrize("name", CASES)
def test_each_measure_takes_the_months_it_states(name: str) -> None:
    """Each measure takes the months it states, is checked within, ends after it begins."""
    case = case_of(*made(name))
    agenda = agenda_of(case, shelve(case).work)
    assert len(agenda.tasks) > 3
    for task in agenda.tasks:
        assert task.end == (task.measure.months or LAST_MONTH[task.measure.horizon]) or task.needs
        assert 0 <= task.start < task.check <= task.end
        assert agenda.first_step(task) <= agenda.last_day(task.check) <= agenda.due(task)


@pytest.mark.parametrize("name", ["county", "factory"])
def test_what_needs_another_begins_when_that_is_done(name: str) -> None:
    """Or halfway, beside it, where both are done by one month."""
    case = case_of(*made(name))
    rows = {row.id: row for row in case.card.countermeasures}
    needing = {id: measure.needs for id, measure in case.questionnaire.countermeasures.items() if measure.needs}
    assert len(needing) > 5
    for id, needs in needing.items():
        *before, task = agenda_of(case, [rows[each] for each in (*needs, id)]).tasks
        last = max(one.end for one in before)
        assert task.start == (last if last < task.end else task.end // 2)


@pytest.mark.parametrize(
    ("day", "begins", "due"),
    [
        ("2026-11-25", date(2026, 12, 1), date(2027, 11, 30)),
        ("2026-01-01", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-12-31", date(2027, 1, 1), date(2027, 12, 31)),
        ("2027-03-01", date(2027, 3, 1), date(2028, 2, 29)),
    ],
)
def test_work_begins_with_the_next_month_and_ends_with_a_month(day: str, begins: date, due: date) -> None:
    case = replace(case_of(*made("county")), date=day)
    agenda = agenda_of(case, shelve(case).work)
    year = next(task for task in agenda.tasks if task.end == 12)
    assert (agenda.begins, agenda.due(year)) == (begins, due)
    assert agenda.first_step(year) == begins + timedelta(days=100)


def test_the_matrix_shows_gains_and_efforts() -> None:
    case = case_of(*made("county"))
    shelf = shelve(case)
    figure = next(block for block in matrix(case, shelf) if isinstance(block, ImpactMatrix))
    by_number = {str(shelf.number(row.id)): row for row in shelf.fitting}
    assert len(figure.points) > 6
    for point in figure.points:
        assert (point.effort, point.impact) == (
            by_number[point.number].effort,
            by_number[point.number].gain_after_floors,
        )


def test_what_brings_most_for_its_effort_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a plan of more measures than are drawn the caption names none that is not there."""
    monkeypatch.setattr(measures, "MOST_POINTS", 4)
    case = case_of(*made("county"))
    shelf = shelve(case)
    best = shelf.rest[-1]._replace(gain=90.0, gain_after_floors=90.0)
    (figure,) = matrix(case, replace(shelf, rest=(*shelf.rest[:-1], best)))
    assert isinstance(figure, ImpactMatrix)
    said = f"(4 of {len(shelf.fitting)} are drawn)"  # else they passed for all of them
    assert figure.caption == f"Most for its effort: {figure.points[-1].label} {said}"
    assert (len(figure.points), figure.points[-1].number) == (4, str(len(shelf.fitting)))
    twin = shelf.rest[-2]._replace(gain=90.0, gain_after_floors=90.0 + 1e-4, effort=best.effort)  # printed alike
    (figure,) = matrix(case, replace(shelf, rest=(*shelf.rest[:-2], twin, best)))
    names = [case.tell(measure_of(case, row).title) for row in (twin, best)]
    assert figure.caption.startswith(f"Most for its effort: {case.listed(names)}")
    # It is the one that scores, plans and lists of measures put first, though what is printed may give another ratio.
    twin, best = twin._replace(gain_after_floors=90.06, effort=2), best._replace(gain_after_floors=45.04, effort=1)
    (figure,) = matrix(case, replace(shelf, rest=(*shelf.rest[:-2], twin, best)))
    assert figure.caption == f"Most for its effort: {names[1]} {said}"


# ── Sums ──


@pytest.mark.parametrize("name", CASES)
def test_the_waterfall_adds_up(name: str) -> None:
    """The steps from baseline to local score sum to their difference."""
    case = case_of(*made(name))
    steps = changes(case.assessed)
    difference = (case.card.overall.score or 0.0) - (case.card.overall.baseline_score or 0.0)
    assert len(steps) >= 2
    assert sum(step.points for step in steps) == pytest.approx(difference, abs=1e-9)
    figure = next(block for block in waterfall(case) if isinstance(block, Waterfall))
    assert [step.change for step in figure.steps] == [step.points for step in steps]


def test_the_brief_quotes_no_question_whose_weight_was_corrected() -> None:
    """It speaks of one question of a dimension: a question amid the sentence reads as what the county leaves out."""
    override = [
        {"node": "rd_intensity", "factor": 0, "why": "no figure"},
        {"node": "upgrade_programme", "factor": 2, "why": "it decides"},
        {"node": "talent", "factor": Decimal("1.125"), "why": "a new college"},
    ]
    case = case_of(shipped("region", "ecological"), answered(shipped("region", "ecological"), override=override))
    (said, *_) = yardstick_blocks(case)
    assert isinstance(said, Paragraph)
    assert "?" not in words_of(said.runs)
    assert "By hand one question of R&D input was left out of the score, because “no figure”" in words_of(said.runs)
    assert "was multiplied by 2.00, because" in words_of(said.runs)
    assert "was multiplied by 1.125, because “a new college”" in words_of(
        said.runs
    )  # and not 1.13, which nobody decided


def test_overrides_are_a_step_of_their_own() -> None:
    """A person's correction is told apart from the profile's."""
    instrument = shipped("region", "ecological")
    override = [{"node": "talent", "factor": Decimal(3), "why": "a new college"}]
    answers = answered(instrument, facts=COUNTY, wanted=mixed, override=override)
    case = case_of(instrument, answers)
    steps = changes(case.assessed)
    assert steps[-1].what == OVERRIDES
    assert abs(steps[-1].points) > 0.1
    assert "Local conditions and corrections by hand change the score by" in " ".join(texts_of(tuple(waterfall(case))))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Before the floors the steps are these, from 55.0 to 63.3: "),
        ("zh", "未计底线时，由55.0到63.3的各步为："),
    ],
)
def test_what_a_correction_moves_before_the_floors_is_told_where_one_holds(language: str, told: str) -> None:
    """What moves nothing under a cap may be 8.3 points once the floor is lifted: 0.0 does not stand alone."""
    floors = {"f": {"node": "a", "below": 40, "cap": 45, "why": {"en": "x", "zh": "x"}}}
    lighter = [Override(node="p", factor=Decimal("0.5"), why="x")]
    for rules, said in (({"floors": floors}, True), ({}, False)):
        instrument, answers = scored({"p": {"a": 30}, "q": {"c": 80}}, **rules)
        case = case_of(instrument, answers.model_copy(update={"override": lighter}), language)
        words = " ".join(texts_of(waterfall(case)))
        assert (told in words) == said
        assert "+8.3" in words


@pytest.mark.parametrize("name", CASES)
def test_the_arithmetic_can_be_added_up_by_hand(name: str) -> None:
    """In each table of the annex the printed products sum to the printed score, and each is what it says."""
    case = case_of(*made(name))
    tables = [block for block in addition_blocks(case) if isinstance(block, Table)]
    assert len(tables) > 5
    for table in tables:
        *parts, total = [[words_of(cell) for cell in row] for row in table.rows]
        products = [value(row[3]) for row in parts if row[3] != "–"]
        weights = [value(row[1]) for row in parts if row[3] != "–"]
        assert abs(sum(products) - value(total[2])) <= Decimal("0.005")
        assert abs(sum(weights) - 1) <= Decimal("0.005")
        for row in parts:
            if row[3] != "–":
                assert abs(value(row[1]) * value(row[2]) - value(row[3])) <= Decimal("0.0015")


def test_the_power_of_the_printed_logarithms_is_the_printed_score() -> None:
    """By hand one arrives at it, in the annex and in `explain`: e^4.281 is 72.31, the score 72.34."""
    small = tiny({"p": {"a": 71, "b": 83}, "q": {"c": 67, "d": 92}})
    scoring = {"across_dimensions": "geometric", "across_pillars": "geometric"}
    instrument = instrument_of(small.questionnaire, [small.chain[0] | {"scoring": scoring}])
    case = case_of(instrument, Answers.model_validate(small.answers))
    tables = [block for block in addition_blocks(case) if isinstance(block, Table)]
    ends = [[words_of(cell) for cell in table.rows[-1]] for table in tables]
    powers = [(words.rpartition("e^")[2], score) for words, _, score, _ in ends if "e^" in words]
    powers += re.findall(r"e\^([\d.]+) = ([\d.]+)$", "\n".join(explanation_lines(case.assessed, OVERALL, "en")), re.M)
    assert len(powers) == 6
    assert all(abs(math.exp(float(log)) - float(score)) < 0.0011 for log, score in powers)


def test_questions_with_their_weights_give_the_total() -> None:
    """Σ weight × score / 100 over the list of questions is the overall score under arithmetic means."""
    case = case_of(*made("county"))
    rows = [row for block in listing_blocks(case) if isinstance(block, Table) for row in block.rows]
    assert len(rows) == len([node for node in case.card.nodes if node.level == "question" and node.state != "hidden"])
    pairs = [(words_of(row[3]), words_of(row[4])) for row in rows]
    total = sum(value(score) * value(weight) / 100 for score, weight in pairs if score != "–")
    assert float(total) == pytest.approx(case.card.overall.uncapped or 0.0, abs=0.15)


def test_without_a_score_questions_are_listed_with_what_they_weigh_if_all_is_answered() -> None:
    """A column of 0.00 says of every question that it counts for nothing."""
    case = case_of(*scored({"p": {"a": 20}, "q": {"b": None}, "r": {"c": None}}))
    lead, *tables = listing_blocks(case)
    assert "if everything is answered" in told(lead)
    assert [words_of(row[4]) for table in tables if isinstance(table, Table) for row in table.rows] == ["33.33"] * 3


def test_a_figure_below_a_state_is_not_listed_as_the_answer() -> None:
    """A figure that is not known any more stays in the file; the list has the state alone."""
    words = {"dk": "Don't know", "later": "Put off", "na": "Not applicable"}
    instrument = shipped("region", "ecological")
    for state, said in words.items():
        entry = {"value": "0.42", "year": 2025, "state": state, **({"reason": "none"} if state == "na" else {})}
        case = case_of(instrument, answered(instrument, facts=COUNTY, entries={"rd_intensity": entry}), "en")
        rows = [row for block in listing_blocks(case) if isinstance(block, Table) for row in block.rows]
        listed = {words_of(row[1]): words_of(row[2]) for row in rows}
        assert [answer for title, answer in listed.items() if title.endswith("[rd_intensity]")] == [said]


def test_evidence_that_is_not_listed_is_counted() -> None:
    """Of several bureaus merged an answer may name more than ten documents: the others do not pass for none."""
    instrument = shipped("region", "ecological")
    for count in (10, 12):
        entry = {"value": "0.42", "year": 2025, "evidence": [f"Paper {number}" for number in range(1, count + 1)]}
        case = case_of(instrument, answered(instrument, facts=COUNTY, entries={"rd_intensity": entry}), "en")
        said = " ".join(
            words_of(item) for block in listing_blocks(case) if isinstance(block, Bullets) for item in block.items
        )
        assert f"Evidence: Paper 1; Paper 2; {'; '.join(f'Paper {number}' for number in range(3, 11))}" in said
        assert ("Paper 10 and 2 more." in said) is (count > 10)


def test_a_finding_that_names_the_year_has_that_which_the_answers_describe() -> None:
    """Where no year stands beside the figure there is no gap in the sentence (“In R&D spending was 0.42%”)."""
    instrument = shipped("region", "ecological")
    question = instrument.questionnaire.questions["rd_intensity"]
    dated = question.model_copy(update={"finding": {"en": "In {year} it was {value}", "zh": "{year}年为{value}"}})
    questions = instrument.questionnaire.questions | {"rd_intensity": dated}
    dated_too = replace(instrument, questionnaire=instrument.questionnaire.model_copy(update={"questions": questions}))
    bare = answered(instrument, facts=COUNTY, entries={"rd_intensity": {"value": "0.42"}})
    case = case_of(dated_too, bare, "en")
    assert stated(case, "rd_intensity") == f"In {case.answers.subject.year} it was 0.42%"


def test_where_nothing_is_ticked_a_gap_is_told_by_what_is_lacking() -> None:
    """Ticks without one that says “none” are told by the questionnaire's words for what is not there."""
    made = tiny({"p": {"d": 50}})
    options = {id: {"en": id, "score": 50, "lacking": {"en": f"a {id}"}} for id in ("mill", "dam")}
    made.questionnaire["questions"]["q_d"] = {
        "dimension": "d",
        "kind": "multi",
        "text": {"en": "x"},
        "options": options,
    }
    given = Answers.model_validate(made.answers | {"answers": {"q_d": {"value": []}}})
    case = case_of(instrument_of(made.questionnaire, made.chain), given, "en")
    assert stated(case, "q_d", told_as="gap") == "It lacks a mill and a dam"
    assert stated(case, "q_d") == ""


def test_what_only_time_moves_is_said_and_not_offered():
    instrument = shipped("firm", "specialised_sme")
    answers = answered(
        instrument, facts=FACTORY, wanted=lambda id: 0 if id in ("env_compliance", "emission_steps") else 90
    )
    case = case_of(instrument, answers, "en")
    assert [node.id for node in holding_back(case, "clean_production", 2)] == ["emission_steps", "env_compliance"]
    held = blocking(case, "clean_production")
    assert held
    assert held.id == "emission_steps"
    assert (case.nodes["env_compliance"].to_target or 0) > 0
    # What closes a penalty is in the firm's hands, and no measure of the list says it.
    assert "closing it takes correction, payment and a check" in stated(case, "env_compliance")


def test_a_score_outside_its_range_is_accounted_for() -> None:
    """The range counts what is answered in a dimension without a score."""
    instrument = shipped("firm", "baseline")
    one, *others = instrument.questionnaire.questions_of["smart_production"]
    wanted = dict.fromkeys(others) | {one: 100.0}
    case = case_of(instrument, answered(instrument, wanted=lambda id: wanted.get(id, 0.0)))
    digital = case.nodes["digital"]
    assert digital.score is not None
    assert digital.low is not None
    assert digital.score < digital.low - 0.1
    (table,) = standing.table(case)
    assert isinstance(table, Table)
    assert "as here for digital." in table.note
    (sure,) = sureness(case)
    said = "".join(run.text for run in sure.runs)
    assert "Depending on the open answers" not in said
    assert "Once everything is answered the score will lie between" in said
    assert "once everything is answered, also where" in words_of(robustness(case)[0].runs)


def test_the_answer_that_a_gain_speaks_of_is_the_first_one_told() -> None:
    """Of several answers that are begun the first keeps its place, with the others behind it."""
    instrument = shipped("region", "baseline")
    given = {"priority_chain_check": {"value": 1}, "cluster_cultivation": {"value": 2}}
    case = case_of(instrument, answered(instrument, wanted=lambda id: 45.0, entries=given))
    told = sentences(case, holding_back(case, "emerging", 4), "gap")
    held = blocking(case, "emerging")
    assert held is not None
    assert held.id == "priority_chain_check"
    assert told[0].startswith("So far a list")
    assert "an approved cluster plan" in told[0]
    assert len(told) == 3


@pytest.mark.parametrize("finding", [{}, {"finding": {"en": "There is no plan"}}])
def test_a_gain_is_told_only_behind_the_answer_that_it_is_of(finding: Mapping[str, Any]) -> None:
    """A bare no stands behind its question, else “the first of these” would be another answer."""
    plain = tiny({"p": {"d": 30}, "q": {"e": 50}})
    options = {"yes": {"en": "Yes", "score": 100}, "no": {"en": "No", "score": 0, **finding}}
    asked = {"dimension": "d", "kind": "single", "text": {"en": "Is there a plan?"}, "options": options}
    plain.questionnaire["questions"]["there"] = asked
    plain.answers["answers"]["there"] = {"value": "no"}
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    assert blocking(case, "d") == case.nodes["there"]
    (item,) = pillars.gap_items(case, "p")
    assert (finding["finding"]["en"] if finding else "Is there a plan: no. ") in words_of(item)
    assert "Raising the first of these" in words_of(item)


@pytest.mark.parametrize(
    ("words", "told"), [("In part", "How far is it: in part"), ("It is done in part.", "So far it")]
)
def test_a_level_that_stands_behind_its_question_is_not_said_to_be_so_far(words: str, told: str) -> None:
    plain = tiny({"p": {"d": 30}, "q": {"e": 50}})
    levels = [{"en": "not at all"}, {"en": words}, {"en": "wholly"}]
    asked = {"dimension": "d", "kind": "level", "text": {"en": "How far is it?"}, "levels": levels}
    plain.questionnaire["questions"]["there"] = asked
    plain.answers["answers"]["there"] = {"value": 1}
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    (item,) = pillars.gap_items(case, "p")
    assert told in words_of(item)
    assert ("So far" in words_of(item)) is told.startswith("So far")


def test_dimensions_that_are_not_told_are_counted() -> None:
    """Six of eight below their targets do not pass for all."""
    for more in (0, 1, 2):
        below, reached, blank = ({f"{sign}{at}": score for at in range(6 + more)} for sign, score in PARTS)
        plain = tiny({"p": {**below, **reached}, "q": blank})
        case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
        for pillar, items in (("p", pillars.gap_items), ("p", pillars.strength_items), ("q", pillars.gap_items)):
            *_, last = map(words_of, items(case, pillar))
            assert last.startswith(f"{more} further dimension") == (more > 0)


PARTS = (("d", 30), ("r", 100), ("u", None))


def test_all_that_has_to_be_asked_for_is_listed() -> None:
    """“These are all” stands below the whole table, however many there are."""
    instrument = shipped("region", "grain_base")
    case = case_of(instrument, answered(instrument, facts={"tier": "county"}, wanted=lambda id: 30.0))
    shelf = shelve(case)
    above = [row for row in shelf.fitting if decides(case, row) == "ask"]
    table = next(block for block in asked_for(case, shelf) if isinstance(block, Table))
    assert len(above) > 8
    assert len(table.rows) == len(above)
    assert table.note.startswith("These are all")


def test_pillars_that_are_left_out_are_counted() -> None:
    case = case_of(*made("county"))
    for pillars_, note in ((case.pillars * 2, ""), (case.pillars * 3, "The first 14 of 21; ")):
        many = replace(case)
        vars(many)["pillars"] = pillars_
        (drawn,) = standing.table(many)
        assert isinstance(drawn, Table)
        assert len(drawn.rows) == 14
        assert (note in drawn.note) if note else ("The first" not in drawn.note)


def test_one_part_is_one_and_none_is_furthest_among_equals() -> None:
    case = case_of(*made("county"))
    pillar = next(pillar for pillar in case.pillars if not reached(pillar))
    dimension = next(node for node in case.dimensions(pillar.id) if not reached(node))
    one = replace(case)
    vars(one).update(pillars=[pillar], dimensions=lambda id: [dimension])
    assert standing.headline(one) == "0 of 1 dimension on target"
    assert pillars.headline(one) == "On target: 0 of 1 dimension"
    assert verdict.verdict(one) == "No pillar has reached its target."
    # What has no score does not count with what lies below its target.
    unscored = replace(dimension, score=None, gap=None)
    vars(one).update(dimensions=lambda id: [dimension, dimension, unscored])
    assert standing.headline(one) == "0 of 2 dimensions with a score on target"
    assert pillars.headline(one) == "On target: 0 of 2 dimensions with a score"
    told, *_ = standing.strengths(one)
    assert words_of(told.runs).startswith("As far as there are scores, no dimension")
    vars(one).update(dimensions=lambda id: [unscored])
    told, *_ = standing.strengths(one)
    assert words_of(told.runs).startswith("There is something to build on")


@pytest.mark.parametrize(
    ("module", "most", "made_of"),
    [
        (sureness_, "MOST_CELLS", coverage),
        (sureness_, "MOST_PILLARS", robustness),
        (pillars, "MOST_BARS", lambda case: [pillars.bars(case, case.pillars[0])]),
        (standing, "MOST_PILLARS", lambda case: [*standing.chart(case)]),
        (method, "MOST_TABLES", addition_blocks),
        (local, "MOST_ROWS", local.facts),
        (listing, "MOST_MISSING", listing.missing_blocks),
        (measures, "MOST_ROWS", lambda case: considered(case, shelve(case))),
        (references, "MOST_ROWS", lambda case: references.reference_blocks(case, shelve(case))),
        (yardstick, "MOST_MOVES", yardstick_blocks),
    ],
)
def test_what_is_cut_short_says_so(
    module: Any, most: str, made_of: Callable[[Case], Iterable[Block]], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(*made("county"))
    said = re.compile(r"1 of \d+ (are drawn|rows are shown)")
    assert not said.search(" ".join(texts_of([*made_of(case)])))
    monkeypatch.setattr(module, most, 1)
    assert said.search(" ".join(texts_of([*made_of(case)])))


def test_no_measure_brings_most_where_none_brings_anything() -> None:
    case = case_of(*made("county"))
    rows = tuple(row._replace(gain_after_floors=0.0) for row in case.card.countermeasures)
    held = replace(case, card=replace(case.card, countermeasures=rows))
    (drawn,) = matrix(held, shelve(held))
    assert drawn.caption.startswith("Alone none of these adds to the score")


def lead_of(scores: Mapping[str, Mapping[str, Any]], **rest: Any) -> str:
    """What the ranking of a tiny instrument says first."""
    found = tiny(scores, scoring={"minimum_coverage": Decimal("0.6")}, **rest)
    case = case_of(instrument_of(found.questionnaire, found.chain), Answers.model_validate(found.answers))
    return "".join(run.text for run in ranking.lead(case).runs)


def test_what_lies_above_its_target_is_not_denied_where_its_pillar_has_no_score() -> None:
    """A dimension may be well ahead there, with 0.0 points of the overall: “none lies above” would be wrong."""
    scores = {"p": {"d": 20}, "q": {"e": 100, "f": None}}
    said = lead_of(scores, targets={"p": 80, "q": 50}, weights={"p": 3, "q": 1})
    assert "those above them 0.0 points ahead" in said
    assert "none lies above" in lead_of({"p": {"d": 20}, "q": {"e": 50}}, targets={"p": 80, "q": 50})


def test_a_dimension_with_a_score_is_not_told_as_one_without() -> None:
    """One that has reached its target has a score, though all others have too few answers."""
    assert lead_of({"p": {"d": 100, "e": None, "f": None}}).startswith("Every dimension that has a score has reached")
    assert lead_of({"p": {"d": None, "e": None}}).startswith("No dimension has enough answers")


def test_one_question_that_is_not_answered_is_one() -> None:
    """“None of the 1 questions” is no sentence."""
    found = tiny({"p": {"d": None}})
    case = case_of(instrument_of(found.questionnaire, found.chain), Answers.model_validate(found.answers))
    assert verdict.figures(case).startswith("The one question is not answered")
