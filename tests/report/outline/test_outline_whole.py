"""What a brief names as all of something is all of it, or it says how many more; what it says stands elsewhere does."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.planning import planner_of
from nqpf_assess.model.answers import Answers, Chosen
from nqpf_assess.model.base import canonical
from nqpf_assess.model.plan import Wishes
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.pages.explanation import gain_lines
from nqpf_assess.pages.plan import plan_blocks
from nqpf_assess.pages.score import score_blocks
from nqpf_assess.report.blocks import Heat, Table, words_of
from nqpf_assess.report.outline import (
    brief_blocks,
    decision,
    listing,
    measures,
    outline_of,
    pillars,
    ranking,
    standing,
    sureness,
    upward,
    verdict,
)
from nqpf_assess.report.outline.case import Case, earlier_than, place_of
from nqpf_assess.report.outline.change import movement
from nqpf_assess.report.outline.findings import all_gaps, holding_back
from nqpf_assess.report.outline.roadmap import agenda_of
from nqpf_assess.report.outline.shelf import IN_FRONT, decides, shelve
from tests.report.outline.made import CLUSTER, COUNTY, DATE, FACTORY, answered, case_of, mixed, scored, shipped, told
from tests.support.scored import instrument_of
from tests.support.varied import MEASURE, tiny


def salted(salt: int) -> Callable[[str], float]:
    """Scores that differ from question to question, others for each salt."""
    return lambda id: float((sum(map(ord, id)) * 37 + salt * (1 + len(id))) % 101)


@pytest.mark.parametrize("salt", [13, 52, 76])
def test_a_measure_said_to_stand_among_the_requests_stands_there(salt: int) -> None:
    """The table shows five of them, whatever their place in the list of measures."""
    instrument = shipped("region", "baseline")
    case = case_of(instrument, answered(instrument, facts=CLUSTER, wanted=salted(salt)))
    shelf = shelve(case)
    agenda = agenda_of(case, shelf.work)
    left = told(*decision.stays_open(case, shelf, agenda))
    asked = [block for block in upward.asked_blocks(case, shelf, agenda) if isinstance(block, Table)]
    rows = [words_of(row[0]) for table in asked for row in table.rows]
    named = re.findall(r"“([^”]+)” is meant for this, is decided by the [\w ]+ and stands among the requests", left)
    assert all(any(row.startswith(title) for row in rows) for title in named)
    assert len(rows) <= upward.MOST_ASKED
    own = re.findall(
        r"“([^”]+)” is meant for this; on top of all tasks it would add (?!0\.0)", left
    )  # the place's own comes first
    assert own
    titles = {case.tell(case.questionnaire.countermeasures[row.id].title): row for row in shelf.fitting}
    assert all(decides(case, titles[title]) != "ask" for title in own)


def test_what_a_place_can_do_itself_waits_for_nothing_that_is_decided_above() -> None:
    """In a questionnaire of one's own the best of the place's own measures may need one of the province."""
    whole = shipped("region", "baseline")
    answers = answered(whole, facts=CLUSTER, wanted=salted(76))
    own, request = "port_local_processing", "one_document"
    table = dict(whole.questionnaire.countermeasures)
    table[own] = table[own].model_copy(update={"needs": (request,)})
    bound = replace(whole, questionnaire=whole.questionnaire.model_copy(update={"countermeasures": table}))
    named = []
    for instrument in (whole, bound):
        case = case_of(instrument, answers)
        shelf = shelve(case)
        left = told(*decision.stays_open(case, shelf, agenda_of(case, shelf.work)))
        named.append(re.findall("“([^”]+)” is meant for this; on top of all tasks", left))
    assert "Processing what passes the port" in named[0]
    assert "More markets for small exporters" in named[1]
    assert "Processing what passes the port" not in named[1]


@pytest.mark.parametrize(("language", "said"), [("en", "(only after List of firms"), ("zh", "（须先实施：")])
def test_a_request_names_what_must_come_before_it(language: str, said: str) -> None:
    """What a pilot base builds on is no task of the brief, and cannot be passed over."""
    instrument = shipped("region", "baseline")
    case = case_of(instrument, answered(instrument, facts=CLUSTER, wanted=salted(2)), language)
    shelf = shelve(case)
    agenda = agenda_of(case, shelf.work)
    asked = next(block for block in upward.asked_blocks(case, shelf, agenda) if isinstance(block, Table))
    base = case.tell(case.questionnaire.countermeasures["pilot_proof_base"].title)
    (row,) = (words_of(row[0]) for row in asked.rows if words_of(row[0]).startswith(base))
    assert said in row
    assert "problem_list" not in agenda.by_id
    # A reader who adds up what lifts one dimension has more than it ever brings.
    assert ("may bring less than their sum" if language == "en" else "可能低于各项之和") in asked.note


def test_a_task_of_a_long_plan_is_not_told_as_left_open() -> None:
    """Tasks behind the sixth stand in the division of work, and are not said to bring too little for their effort."""
    instrument = shipped("region", "baseline")
    answers = answered(instrument, facts={"tier": "county"}, wanted=mixed)
    fitting = [row for row in case_of(instrument, answers).card.countermeasures if row.eligible]
    chosen = Chosen(chosen=[row.id for row in fitting])
    case = case_of(instrument, answers.model_copy(update={"plan": chosen}))
    shelf = shelve(case)
    assert len(shelf.work) > IN_FRONT
    opened = told(*decision.stays_open(case, shelf, agenda_of(case, shelf.work)))
    assert "the best that fits" not in opened
    gaps = told(*standing.gaps(case, shelf))
    for node in all_gaps(case)[: standing.MOST_GAPS]:
        last = [shelf.number(row.id) for row in shelf.work[IN_FRONT:] if row.lifts.get(node.id, 0.0) > 0]
        assert all(re.search(rf"No\. {number}\b", gaps) for number in last)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "cannot be said, because the answers name no tier of government"), ("zh", "没有可识别的行政层级")],
)
def test_without_a_tier_the_full_edition_does_not_say_that_nothing_has_to_be_asked_for(
    language: str, said: str
) -> None:
    """Brief and volume both say that it cannot be told."""
    instrument = shipped("region", "baseline")
    facts = {id: value for id, value in COUNTY.items() if id != "tier"}
    made = outline_of(
        instrument, answered(instrument, facts=facts, wanted=mixed), languages=[language], date=DATE, edition="full"
    )
    volume = told(*made.parts[-1].blocks)
    assert said in volume
    assert "没有需要提请支持的事项" not in volume


@pytest.mark.parametrize(
    ("option", "tier"), [("county", "county"), ("city", "city"), ("province", "province"), ("b", "")]
)
def test_a_questionnaire_of_ones_own_may_call_its_tiers_as_its_measures_do(option: str, tier: str) -> None:
    """Whoever answers to be a city is not told to have stated no tier."""
    seen = SimpleNamespace(state="answered", value=option)
    assessed: Any = SimpleNamespace(
        instrument=SimpleNamespace(questionnaire=SimpleNamespace(subject="region")),
        view=SimpleNamespace(facts={"tier": seen}),
        answers=SimpleNamespace(subject=SimpleNamespace(name="Linjiang")),
    )
    assert place_of(assessed).tier == tier


# ── Lists that are cut short ──


def since(then: tuple[Instrument, Answers], now: tuple[Instrument, Answers]) -> list[str]:
    case = case_of(*now)
    return movement(case, earlier_than(then, now, DATE))


@pytest.mark.parametrize(("fell", "more"), [(3, ""), (5, " and 2 more")])
def test_more_parts_that_fell_than_are_named_are_counted(fell: int, more: str) -> None:
    """A leader reads “Fallen: a, b, c” as all that fell."""
    names = [f"d{n}" for n in range(6)]
    then = scored({"p": dict.fromkeys(names, 80)})
    now = scored({"p": {name: 50 - n if n < fell else 80 for n, name in enumerate(names)}})
    said = since(then, now)[0]
    assert said.startswith("Fallen: ")
    assert len(re.findall(r" by \d", said)) == 3
    assert said.endswith(f"{more}.")
    assert (" more" in said) == bool(more)


def test_gaps_left_below_pillars_on_target_are_counted() -> None:
    names = [f"d{n}" for n in range(5)]
    scores = {name: {f"{name}_high": 100, f"{name}_low": 40} for name in names}
    case = case_of(*scored(scores, targets=dict.fromkeys(names, 50)))
    assert "what is left lies in" in verdict.verdict(case)
    assert verdict.verdict(case).endswith(" and 2 more.")


@pytest.mark.parametrize(("language", "said"), [("en", " and others."), ("zh", "等单位掌握")])
def test_that_others_than_those_named_hold_answers_is_said(language: str, said: str) -> None:
    """Else whoever asks the three that are named misses them; not how many: “HR or finance” names no office more."""
    case = tiny(
        {"p": {"a": 50, "b": 50, **{f"d{n}": None for n in range(5)}}}, scoring={"minimum_coverage": Decimal("0.1")}
    )
    for n in range(5):
        case.questionnaire["questions"][f"q_d{n}"]["holder"] = {"en": f"Bureau {n}", "zh": f"{n}局"}
    case.questionnaire["questions"]["q_d4"]["holder"]["en"] = "Office, bureau 0"
    case.questionnaire["languages"] = ["en", "zh"]
    made = case_of(instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers), language)
    assert said in told(*decision.sureness(made))
    assert said not in told(*upward.missing(made))  # all five are named there


def test_what_is_answered_is_said_of_all_dimensions_and_not_of_those_drawn() -> None:
    """Open ones behind the last cell count too."""
    names = {f"d{n}": 50 if n < sureness.MOST_CELLS else None for n in range(sureness.MOST_CELLS + 3)}
    (heat,) = sureness.coverage(case_of(*scored({"p": names})))
    assert isinstance(heat, Heat)
    assert len(heat.cells) == sureness.MOST_CELLS
    drawn, every = sureness.MOST_CELLS, sureness.MOST_CELLS + 3
    assert heat.caption == f"Not everything is answered in 3 of {every} dimensions ({drawn} of {every} are drawn)"


# ── What stands behind ──


@pytest.mark.parametrize(
    ("then", "now", "behind"),
    [
        ({"heavy": 80, "light": 80}, {"heavy": 50, "light": 40}, "50"),
        ({"heavy": None, "light": 80}, {"heavy": 10, "light": 78}, None),
        ({"heavy": 100, "light": 50}, {"heavy": None, "light": 49}, None),
    ],
)
def test_behind_a_fall_stands_the_answer_that_weighs_most_in_it(
    then: Mapping[str, Any], now: Mapping[str, Any], behind: str | None
) -> None:
    """Not the one whose own score fell most, however little it weighs; where it had no score once, none is named."""

    def made(scores: Mapping[str, Any]) -> tuple[Instrument, Answers]:
        case = tiny({"p": {"heavy": scores["heavy"]}}, weights={"q_heavy": 9, "q_light": 1})
        questions = case.questionnaire["questions"]
        questions["q_heavy"]["text"] = {"en": "Share of the heavy ones"}
        questions["q_light"] = questions["q_heavy"] | {"text": {"en": "Share of the light ones"}}
        case.chain[0]["scoring"] = {"minimum_coverage": Decimal("0.05")}
        if scores["light"] is not None:
            case.answers["answers"]["q_light"] = {"value": scores["light"]}
        return instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers)

    said = [line for line in since(made(then), made(now)) if line.startswith("Behind")]
    assert len(said) == (behind is not None)
    assert behind is None or behind in said[0]


def test_a_score_that_no_weight_was_moved_for_is_not_told_as_firm_whatever_the_weights() -> None:
    """A rubric may state that no weight is varied; the pillars stand at 20 and 80."""
    case: Case = case_of(*scored({"p": {"a": 20}, "q": {"b": 80}}, scoring={"weight_spread": Decimal(0)}))
    said = told(*decision.sureness(case))
    assert "If every weight were 0% more or less, the score would stay at 50.0." in said
    assert "hatever the weights" not in said


@pytest.mark.parametrize(("language", "said"), [("en", "Not assessed here"), ("zh", "本次不评估")])
def test_a_pillar_that_is_not_assessed_is_named_beside_those_that_are(language: str, said: str) -> None:
    """Its weight goes to the others, which a brief has to explain as well."""
    instrument, answers = scored({"p": {"a": 50}, "q": {"b": 50}, "r": {"c": 50}})
    fewer = {
        **answers.answers,
        "q_c": answers.answers["q_c"].model_copy(update={"value": None, "state": "na", "reason": "x"}),
    }
    left = case_of(instrument, answers.model_copy(update={"answers": fewer}), language)
    assert [pillar.id for pillar in left.left_out] == ["r"]
    assert said in told(*standing.table(left))
    assert said not in told(*standing.table(case_of(instrument, answers, language)))


# ── What speaks against a comparison, and what rules alone did ──


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"name": "A", "period": "2024"}, {"name": "A", "period": "2025"}, []),
        ({"name": "B", "period": "2024"}, {"name": "A", "period": "2025"}, ["The files name different subjects: “B”"]),
        (
            {"name": "A", "period": "2025"},
            {"name": "A", "period": "2024"},
            ["The first file describes 2025, the second"],
        ),
        # Last year's file, copied and not given its year: then they are called by their names, which may say another.
        ({"name": "A", "period": "2024"}, {"name": "A", "period": "2024"}, ["Both files describe 2024"]),
        # The same year in two offices' words.
        ({"name": "A", "period": "2024年"}, {"name": "A", "period": "2024"}, ["Both files describe 2024"]),
    ],
)
def test_a_brief_says_what_speaks_against_its_comparison(
    before: Mapping[str, str], after: Mapping[str, str], said: list[str]
) -> None:
    """As volume and command do: another place's scores are not told as those of last time."""
    instrument, answers = scored({"p": {"a": 50}})
    then, now = (
        answers.model_copy(update={"subject": answers.subject.model_copy(update=names)}) for names in (before, after)
    )
    case = case_of(instrument, now)
    earlier = earlier_than((instrument, then), (instrument, now), DATE)
    moved = told(*decision.moved(case, earlier))
    doubts = (
        "The files name different subjects: “B”",
        "Both files describe 2024",
        "The first file describes 2025, the second",
    )
    assert [doubt for doubt in doubts if doubt in moved] == said


def test_no_gap_is_half_of_a_shortfall_of_nothing() -> None:
    """Gaps of a pillar without a score weigh nothing, and make up no share of the shortfall."""
    instrument = shipped("region", "baseline")
    questions, dimensions = instrument.questionnaire.questions, instrument.questionnaire.dimensions_of["innovation"]

    def wanted(id: str) -> float | None:
        place = dimensions.index(asked) if (asked := questions[id].dimension) in dimensions else -1
        return 100.0 if place < 0 else 0.0 if place == 0 else None

    case = case_of(instrument, answered(instrument, facts=COUNTY, wanted=wanted))
    assert all_gaps(case)
    assert case.card.overall.shortfall == 0
    assert ranking.headline(case) == "Gaps that can be named before everything is answered"
    lead = words_of(ranking.lead(case).runs)
    assert lead.startswith("The dimensions below their targets lie in pillars without a score")
    assert "0.0" not in lead
    (table,) = ranking.table(case)
    assert isinstance(table, Table)
    assert table.caption == "Gaps ranked by their size"


@pytest.mark.parametrize("held", [True, False])
def test_the_plan_that_gains_most_before_the_floors_is_not_told_as_the_one_that_brings_most(held: bool) -> None:
    """A plan that lifts no floor may bring nothing: what brings 12.5 after the floors is named beside it."""
    floors = {"f": {"node": "d", "below": 40, "cap": 50, "why": {"en": "x"}}} if held else {}
    plain = tiny({"p": {"c": 80}, "q": {"d": 30}}, floors=floors)
    lifts = {"much": {"c": 20}, "lifting": {"d": 15}, "late": {"d": 14}}
    measures = {id: {**MEASURE, "title": {"en": id}, "effort": 2, "lifts": lift} for id, lift in lifts.items()}
    measures["late"]["needs"] = ["much"]
    plain.questionnaire["countermeasures"] = measures
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    plan = planner_of(case.assessed).plan(2)
    assert [step.id for step in plan.chosen] == ["much"]
    for wished, proven in ((False, "No other set"), (True, "Of the sets that keep")):
        kept = replace(plan, wishes=Wishes(must=("much",) if wished else ()))
        said = told(*plan_blocks(kept, case.card, case.questionnaire, "en", progress={}))
        assert proven in said
        assert "gains more before the floors." in said
        for by_hand, bound in (
            (True, "can gain up to"),
            (False, "none gains more than" if not wished else "no such set"),
        ):
            some = replace(kept, optimal=False, by_hand=by_hand)
            said_of_it = told(*plan_blocks(some, case.card, case.questionnaire, "en", progress={}))
            assert (bound in said_of_it, "points before the floors" in said_of_it) == (True, True)
        assert ("more after the floors: “lifting” [lifting] (+12.5)." in said) == (held and not wished)
    said = told(*plan_blocks(plan, case.card, case.questionnaire, "en", progress={"lifting": "under_way"}))
    assert ("more after the floors: under way: “lifting” [lifting] (+12.5)." in said) == held
    without = planner_of(case.assessed, Wishes(without=("lifting",))).plan(2)
    for other in (planner_of(case.assessed).what_if(["lifting" if not held else "much"]), without):
        said = told(*plan_blocks(other, case.card, case.questionnaire, "en", progress={}))
        assert ("more after the floors: " in said) == (held and other is not without)


@pytest.mark.parametrize(("low", "lifted"), [(20, False), (30, True)])
def test_what_lags_where_too_little_is_answered_is_not_told_as_at_its_target(low: int, lifted: bool) -> None:
    """“No measure is called for” would be said of 41 points at hand."""
    floors = {"f": {"node": "d", "below": 40, "cap": 59, "why": {"en": "x"}}}
    plain = tiny({"p": {"c": 100}, "q": {"d": low, "e": None, "f": None}}, floors=floors)
    plain.questionnaire["countermeasures"] = {"m": {**MEASURE, "lifts": {"d": 12}}}
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    overall, book, shelf = case.card.overall, case.questionnaire, shelve(case)
    assert (overall.score, overall.shortfall) == (59.0, 0.0)
    said = told(*plan_blocks(planner_of(case.assessed).plan(8), case.card, book, "en", progress={}))
    assert "too little is answered for a score" in said
    assert "at its target" not in said
    assert ("after the floors: “x” [m] (+41.0)" in said) == lifted
    page = told(*score_blocks(case.instrument, case.answers, case.card, "en"))
    assert ("most for their effort" in page) == lifted
    acts = told(*decision.acts(case, shelf, agenda_of(case, shelf.work)))
    assert ("the missing answers come first" in acts) == (not lifted)
    assert (measures.headline(case, shelf) == "No countermeasure can be chosen yet") == (not lifted)
    (item, *_rest) = map(words_of, pillars.gap_items(case, "q"))
    assert "adds 0.0 points to the overall score before the floors, 41.0 points after them" in item
    assert "41.00 after the floors" in " ".join(gain_lines(case.assessed, "q_d", "en"))
    plain.questionnaire["questions"]["q_w"] = plain.questionnaire["questions"]["q_d"]
    plain.answers["answers"]["q_w"] = {"value": low}
    heavy = {**plain.chain[0], "weights": {"q_w": 3}}
    case = case_of(instrument_of(plain.questionnaire, [heavy]), Answers.model_validate(plain.answers))
    assert [node.id for node in holding_back(case, "d", 2)] == ["q_w", "q_d"]  # what weighs most comes first there too
    early = case_of(*scored({"p": {"c": None}, "q": {"d": low, "e": None, "f": None}}, floors=floors))
    broke = told(*decision.broken(early, shelve(early)))
    assert "as long as it stays there, the whole score is 59.0 at most. " in broke  # not: takes no points today
    plain = tiny({"p": {"c": 20}})
    plain.questionnaire["countermeasures"] = {"m": {**MEASURE, "lifts": {"c": 0}}}  # a duty that lifts nothing
    behind = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    acts = told(*decision.acts(behind, shelve(behind), agenda_of(behind, ())))
    assert "No further measure of the list is to be begun" in acts
    assert "held" not in acts  # 20 points of 100
    plain = tiny({"p": {"c": 100}, "q": {"d": 100, "e": None, "f": None}})
    plain.questionnaire["countermeasures"] = {"m": {**MEASURE, "lifts": {"e": 12}}}
    reached = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    plan = planner_of(reached.assessed).plan(8)
    said = told(*plan_blocks(plan, reached.card, reached.questionnaire, "en", progress={}))
    assert "is at its target" in said
    assert "Of one it cannot be told yet whether it is needed" in said


def test_pillars_on_target_stand_in_the_order_of_their_printed_gaps() -> None:
    """Whoever subtracts score and target finds the one that is named first furthest ahead."""
    instrument = shipped("region", "baseline")
    case = case_of(instrument, answered(instrument, facts=COUNTY, wanted=lambda id: 100.0))
    found = {"innovation": (77.318, 55.258), "industries": (88.4583, 66.4), "talent": (40.0, 80.0)}

    def node(one: NodeScore) -> NodeScore:
        score, target = found.get(one.id, (70.0, 70.0))
        return replace(one, score=score, target=target, gap=target - score) if one.level == "pillar" else one

    overall = replace(case.card.overall, floors=())
    case = replace(case, card=replace(case.card, overall=overall, nodes=tuple(map(node, case.card.nodes))))
    assert verdict.verdict(case).startswith("The county is on target in industries, innovation, ")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Where there are scores, the county "), ("zh", "已评分的支柱中，")]
)
def test_the_weakest_of_what_has_a_score_is_not_called_the_weakest_of_all(language: str, said: str) -> None:
    """Beside five pillars of which nothing is answered “furthest behind” holds where there are scores, as it says."""
    instrument = shipped("region", "baseline")
    book = instrument.questionnaire
    wanted: dict[str, float | None] = {"innovation": 100.0, "industries": 100.0, "digital": 100.0, "green": 40.0}
    for open_yet in (None, 60.0):
        case = case_of(
            instrument,
            answered(
                instrument,
                facts=COUNTY,
                wanted=lambda id, rest=open_yet: wanted.get(book.dimensions[book.questions[id].dimension].pillar, rest),
            ),
            language,
        )
        overall = replace(case.card.overall, floors=(), score=case.card.overall.uncapped)
        assert overall.score is not None
        case = replace(case, card=replace(case.card, overall=overall))
        assert verdict.verdict(case).startswith(said) == (open_yet is None)


@pytest.mark.parametrize("more", [False, True])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "Chosen in the plan, but not called for"), ("zh", "已选定、但按现有作答")]
)
def test_a_plan_that_is_not_called_for_any_more_does_not_vanish_without_a_word(
    language: str, said: str, *, more: bool
) -> None:
    """Else a brief names other measures as the things to do first, and nobody learns what became of those chosen."""
    instrument = shipped("region", "cluster_county")
    rows = case_of(instrument, answered(instrument, facts=CLUSTER, wanted=lambda id: 55.0)).card.countermeasures
    gone, fit = next(row for row in rows if not row.eligible), next(row for row in rows if row.eligible)
    plan = {"chosen": [gone.id, fit.id] if more else [gone.id]}
    found = {}
    for score in (55.0, None):
        answers = answered(instrument, facts=CLUSTER, wanted=lambda id, score=score: score, plan=plan)  # type: ignore[misc]
        case = case_of(instrument, answers, language)
        lead = "".join(run.text for run in measures.lead(case, shelve(case)).runs)
        found[score] = said in told(*brief_blocks(case)), said in lead
    assert found == {55.0: (True, True), None: (False, False)}  # without answers that cannot be said yet
    assert case.say(measures.NOT_KNOWN_YET, titles="")[:12] in lead
    lifted = instrument.questionnaire.countermeasures[fit.id].lifts
    blank = {id for dimension in lifted for id in instrument.questionnaire.questions_of[dimension]}
    plan = {"chosen": [fit.id]}
    answers = answered(instrument, facts=CLUSTER, wanted=lambda id: None if id in blank else 55.0, plan=plan)
    case = case_of(instrument, answers, language)
    title = case.tell(instrument.questionnaire.countermeasures[fit.id].title)
    assert case.say(measures.NOT_KNOWN_YET, titles=title) in told(*brief_blocks(case))


@pytest.mark.parametrize(("rest", "said"), [(None, "the missing answers come first"), (100, "Nothing new has to be")])
def test_while_parts_are_open_it_is_not_said_that_nothing_has_to_be_begun(rest: int | None, said: str) -> None:
    """One pillar at its best says nothing of another that is not answered."""
    case = case_of(*scored({"p": {"d": 100}, "q": {"e": rest}}))
    shelf = shelve(case)
    words = told(*decision.acts(case, shelf, agenda_of(case, shelf.work)))
    assert said in words
    assert ("Nothing new has to be" in words) == (rest is not None)


@pytest.mark.parametrize(("score", "hold"), [(20, False), (100, True)])
def test_to_hold_what_is_reached_is_advised_where_no_gap_is_open(score: int, hold: bool) -> None:
    plain = tiny({"p": {"d": score}})
    plain.questionnaire["countermeasures"] = {"m": {**MEASURE, "lifts": {"d": 30}, "when_below": 10}}
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    lead = words_of(measures.lead(case, shelve(case)).runs)
    assert "none is both called for" in lead
    assert ("to hold what is reached" in lead) == hold


@pytest.mark.parametrize(
    ("language", "said", "concerns"),
    [
        (
            "en",
            "To be checked before the paper is passed on: ",
            "3 combinations of answers should be checked; they",
        ),
        ("zh", "报送前请先核对：", "报送前应先核对作答（3处），涉及企业条件"),
    ],
)
def test_what_is_to_be_checked_is_told_in_the_brief(language: str, said: str, concerns: str) -> None:
    """Page one asks for it, so the last says what it is, also where no question is part of it; of many, where."""
    instrument = shipped("firm", "baseline")
    facts = FACTORY | {"size": "large", "staff": "20"}
    case = case_of(instrument, answered(instrument, facts=facts, wanted=lambda id: 75.0), language)
    assert [(check.id, check.questions) for check in case.card.checks] == [("size_and_staff", ())]
    (check,) = case.card.checks
    assert said + case.tell(check.message) in told(*upward.doubt_blocks(case))
    two = replace(case, card=replace(case.card, checks=(check,) * 2))
    assert told(*upward.doubt_blocks(two)).count(case.tell(check.message)) == 2
    many = replace(case, card=replace(case.card, checks=(check,) * 3))
    assert concerns in told(*upward.doubt_blocks(many))
    asked = tuple(next(iter(ids)) for ids in case.questionnaire.questions_of.values())[: upward.MOST_CHECKS + 2]
    spread = check._replace(questions=asked)
    wide = replace(case, card=replace(case.card, checks=(spread,) * 3))
    more = f" and {len(asked) - upward.MOST_CHECKS} more" if language == "en" else "以及另外"
    assert more in told(*upward.doubt_blocks(wide))
    case = case_of(instrument, answered(instrument, facts=facts, wanted=lambda id: None), language)
    assert case.card.checks
    assert len([block for block in sureness.check_blocks(case) if isinstance(block, Table)]) == 1


@pytest.mark.parametrize(
    ("name", "tier", "called"),
    [
        ("苏州", "prefecture", "我市"),
        ("贵州", "province", "我省"),
        ("凉山彝族自治州", "prefecture", "我州"),
        ("凉山州（虚构）", "prefecture", "我州"),
        ("海门区", "district", "我区"),
        ("邓州市", "county", "我市"),
    ],
)
def test_a_place_is_called_as_it_calls_itself(name: str, tier: str, called: str) -> None:
    """苏州, typed without 市, is a city, and not “我州”."""
    instrument = shipped("region", "baseline")
    answers = answered(instrument, facts={"tier": tier}, wanted=lambda _: None, subject={"name": name})
    assert case_of(instrument, answers, "zh").say({"zh": "{place}"}) == called


@pytest.mark.parametrize(("name", "tier"), [("宁夏回族自治区", "province"), ("大兴安岭地区", "prefecture")])
def test_a_region_is_no_district(name: str, tier: str) -> None:
    instrument = shipped("region", "baseline")
    answers = answered(instrument, facts={"tier": tier}, wanted=lambda _: None, subject={"name": name})
    said = [case_of(instrument, answers, language).say({"en": "{Place}", "zh": "{place}"}) for language in ("en", "zh")]
    assert said == ["The region", "我区"]


def test_what_stands_beside_a_fact_is_told_in_the_annex_as_beside_a_question() -> None:
    """Facts decide the yardstick: who reads why wants to know what they rest on."""
    instrument = shipped("region", "baseline")
    answers = answered(instrument, facts={}, wanted=lambda _: None)
    beside = {"value": "35.6", "evidence": ["Bulletin, table 1"], "note": "35.1 registered", "by": "Statistics"}
    given = Answers.model_validate({**canonical(answers), "facts": {"population": beside}})
    said = told(*listing.listing_blocks(case_of(instrument, given)))
    assert "Evidence: Bulletin, table 1. Note: 35.1 registered. Answered by Statistics." in said
    assert "facts about" not in told(*listing.listing_blocks(case_of(instrument, answers)))


@pytest.mark.parametrize(
    ("mode", "said"), [("quick", "Nothing is missing for a quick screening:"), ("full", "Nothing is missing: ")]
)
def test_a_quick_screening_does_not_call_the_whole_complete(mode: str, said: str) -> None:
    instrument, answers = scored({"p": {"a": 50}, "q": {"c": 76}})
    case = case_of(instrument, answers.model_copy(update={"mode": mode}))
    assert told(*listing.missing_blocks(case)).startswith(said)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "is meant for this, but what must come before it was dropped"), ("zh", "前置措施")]
)
def test_what_waits_for_a_dropped_measure_is_not_the_best_that_fits(language: str, said: str) -> None:
    """It is meant for the gap, and what must come before it is dropped, which is why nobody is asked to begin it."""
    plain = tiny({"p": {"a": 20, "b": 30}, "q": {"c": 40}})
    first, then = MEASURE | {"when_below": 100, "lifts": {"c": 4}}, MEASURE | {"when_below": 100, "lifts": {"a": 30}}
    plain.questionnaire["countermeasures"] = {"m": first, "n": then | {"needs": ["m"]}}
    dropped = {"follow_up": [{"measure": "m", "state": "dropped", "reason": "x"}]}
    case = case_of(
        instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers | dropped), language
    )
    shelf = shelve(case)
    assert said in told(*decision.stays_open(case, shelf, agenda_of(case, shelf.work)))


@pytest.mark.parametrize(
    ("lifted", "said"),
    [
        ("c", "What to do first can be said once more is answered; the missing answers come first."),
        ("d", "No measure of the list is called for at present. More may be called for once the missing items are"),
    ],
)
def test_where_too_little_is_answered_nothing_is_said_to_need_no_measure(lifted: str, said: str) -> None:
    """A pillar without a score may need one: “no further measure is to be begun” does not stand beside it."""
    plain = tiny({"p": {"a": 20}, "q": {"c": 40, "d": None, "e": None}})
    plain.questionnaire["countermeasures"] = {"m": MEASURE | {"when_below": 100, "lifts": {lifted: 20}}}
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    assert case.card.overall.score == 20
    shelf = shelve(case)
    acts = " ".join(told(*decision.acts(case, shelf, agenda_of(case, shelf.work))).split())
    assert acts.startswith(said)
    assert "to be begun" not in acts


@pytest.mark.parametrize(
    ("quick", "first", "then"),
    [(False, "Nothing new has to be begun.", "hold what is reached"), (True, *["a quick screening does not ask"] * 2)],
)
def test_whether_more_is_called_for_is_told_on_page_one_as_beside_the_measures(
    quick: bool, first: str, then: str
) -> None:
    """One answer is open of a dimension that has a score; or another dimension is not asked by the core questions."""
    plain = tiny({"p": {"a": 100}, "q": {"b": 100}})
    asked = plain.questionnaire["questions"]
    asked["q_a"]["core"] = True
    asked["q_more"] = asked["q_a"] | {"core": False}
    plain.questionnaire["countermeasures"] = {f"m_{id}": MEASURE | {"lifts": {id: 20}} for id in "ab"}
    answers = Answers.model_validate(plain.answers | {"mode": "quick" if quick else "full"})
    case = case_of(instrument_of(plain.questionnaire, plain.chain), answers)
    shelf = shelve(case)
    assert first in told(*decision.acts(case, shelf, agenda_of(case, shelf.work)))
    assert then in told(measures.lead(case, shelf))


@pytest.mark.parametrize(("rest", "ordered"), [(None, False), (60, True)])
def test_what_fits_besides_is_put_in_the_order_of_its_gain_where_gains_are_known(
    rest: int | None, ordered: bool
) -> None:
    """Without an overall score they stand by effort, and a column of dashes says nothing."""
    plain = tiny({"p": {"a": 20}, "q": {"b": rest}, "r": {"c": rest}})
    lifts = {"a": 25}
    plain.questionnaire["countermeasures"] = {f"m{place}": MEASURE | {"lifts": lifts} for place in range(8)}
    case = case_of(instrument_of(plain.questionnaire, plain.chain), Answers.model_validate(plain.answers))
    lead, table = measures.rest(case, shelve(case))
    assert ("in the order of what each can add" in told(lead)) == ordered
    assert ("Gain alone" in told(table)) == ordered


def test_where_no_gap_is_ranked_what_has_no_score_is_named_and_nothing_advised() -> None:
    """“The next step is to hold this” stood there while the missing answers come first elsewhere."""
    case = case_of(*scored({"p": {"a": 100}, "q": {"b": 100}, "r": {"c": None}}))
    said = told(*ranking.ranking_blocks(case))
    assert "Not ranked, because too little is answered for a score" in said
    assert "next step" not in said
