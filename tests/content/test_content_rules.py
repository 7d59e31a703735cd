"""What the content as a whole must do, whatever it says: every part can matter, and no part moves a score unsaid."""

import re
import tomllib

import pytest

from nqpf_assess.engine.profiles import suggestions
from nqpf_assess.engine.scorecard import score
from nqpf_assess.files.checking import check
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Here
from tests.content.firing import put, ways
from tests.content.plausible import COUNTY, FIRM, PLACES, VARIANTS, answer_all, best, good, middling, weak, worst

INSTRUMENTS = ("region", "firm")
PLAIN = {"region": COUNTY, "firm": FIRM}
NAMED = [f"{instrument}/{profile}" for instrument, profile in PLACES]


def of(content, named: str):
    """Give the instrument of a profile, and the facts of a plausible place."""
    questionnaire, profile = named.split("/")
    found, problems = content.library.instrument(questionnaire, profile)
    assert found is not None, problems
    return found, PLACES[questionnaire, profile]


def first_three(card) -> list[str]:
    eligible = [measure for measure in card.countermeasures if measure.eligible]
    return [measure.id for measure in sorted(eligible, key=lambda m: (-m.priority, m.id))[:3]]


def every_text(root):
    for folder in ("questionnaires", "weights"):
        for path in sorted((root / folder).rglob("*.toml")):
            yield from walk(tomllib.loads(path.read_text(encoding="utf-8")), f"{path.parent.name}/{path.stem}")


def walk(node: object, place: str):
    if isinstance(node, dict):
        if isinstance(node.get("en"), str):
            yield place, node["en"], node["zh"]
        for key, value in node.items():
            yield from walk(value, f"{place}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from walk(value, f"{place}.{number}")


def test_check_has_nothing_to_say_of_questionnaires_and_rubrics(content):
    found = check(content.library, [content.root / "questionnaires", content.root / "weights"])
    assert [(problem.source, problem.code) for problem in found] == []


# ---- scores


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_every_question_reaches_nothing_and_everything(content, questionnaire):
    for id, question in content.questionnaire(questionnaire).questions.items():
        kind = kind_of(question)
        scales = kind.scales(question)
        assert kind.reach(question, Here(scales.usual if scales else None)) == (0, 100), id


@pytest.mark.parametrize("named", NAMED)
def test_perfect_answers_give_everything_and_the_worst_nothing_under_every_profile(content, named):
    instrument, facts = of(content, named)
    for how, points in ((best, 100), (worst, 0)):
        card = score(instrument, answer_all(instrument.questionnaire, facts, how, instrument.chain[-1].id))
        assert card.overall.score == pytest.approx(points), how.__name__
        assert card.overall.baseline_score == pytest.approx(points), how.__name__


@pytest.mark.parametrize("named", NAMED)
def test_a_profile_moves_a_score_only_by_what_the_ledger_gives_a_reason_for(content, named):
    instrument, facts = of(content, named)
    card = score(instrument, answer_all(instrument.questionnaire, facts, middling, instrument.chain[-1].id))
    moved = {row.node: row for row in card.ledger if row.steps}
    assert {row.node for row in card.ledger if row.final != row.baseline} <= set(moved)
    assert all(
        len(step.why[language]) >= 5 for row in moved.values() for step in row.steps for language in ("en", "zh")
    )
    assert abs(card.overall.uncapped - card.overall.baseline_score) <= 100 * turned(instrument, card)


def turned(instrument, card) -> float:
    """Give the share of the weight that a profile turns over: no overall can move by more than this part of 100."""
    rows = [row for row in card.ledger if row.node in instrument.questionnaire.dimensions]
    return sum(abs(row.share_final - row.share_baseline) for row in rows) / 2


@pytest.mark.parametrize("named", NAMED)
def test_no_profile_turns_over_more_than_a_fifth_of_the_weight(content, named):
    instrument, facts = of(content, named)
    answers = answer_all(instrument.questionnaire, facts, middling, instrument.chain[-1].id)
    assert 0.05 < turned(instrument, score(instrument, answers)) < 0.2


# ---- profiles


@pytest.mark.parametrize("named", NAMED)
def test_every_profile_is_suggested_first_for_a_plausible_place(content, named):
    questionnaire, profile = named.split("/")
    value = content.questionnaire(questionnaire)
    answers = answer_all(value, PLACES[questionnaire, profile], middling)
    found = suggestions(value, content.chains(questionnaire), answers)
    assert next(each.profile.id for each in found if each.fit == "fits") == profile


def test_there_is_a_plausible_place_for_every_profile(content):
    for questionnaire in INSTRUMENTS:
        shipped = [chain[-1].id for chain in content.chains(questionnaire) if chain[-1].based_on]
        assert sorted(shipped) == sorted(profile for kind, profile in PLACES if kind == questionnaire)


@pytest.mark.parametrize("named", NAMED)
def test_every_profile_changes_one_of_the_first_three_measures_on_some_sample(content, named):
    questionnaire, profile = named.split("/")
    names = [path.stem for path in content.samples if path.stem.startswith("firm_") == (questionnaire == "firm")]
    assert any(
        first_three(content.card(name, weights=profile)) != first_three(content.card(name, weights="baseline"))
        for name in names
    )


# ---- measures and checks


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_every_measure_is_proposed_for_a_plausible_place(content, questionnaire):
    proposed: set[str] = set()
    places = [(profile, facts) for (kind, profile), facts in PLACES.items() if kind == questionnaire]
    for profile, facts in (*places, *VARIANTS[questionnaire]):
        instrument, _ = of(content, f"{questionnaire}/{profile}")
        for how in (weak, middling, good):
            card = score(instrument, answer_all(instrument.questionnaire, facts, how, profile))
            proposed |= {measure.id for measure in card.countermeasures if measure.eligible and measure.gain > 0}
    assert set(content.questionnaire(questionnaire).countermeasures) - proposed == set()


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_every_check_can_fire(content, questionnaire):
    instrument, problems = content.library.instrument(questionnaire, "baseline")
    assert instrument is not None, problems
    value = instrument.questionnaire
    usual = answer_all(value, PLAIN[questionnaire], middling)
    for id, rule in value.checks.items():
        given = put(value, next(iter(ways(rule.when))))
        parts = {"facts": {**usual.facts, **given["fact"]}, "answers": {**usual.answers, **given["question"]}}
        stated = {name: getattr(usual, name) for name in usual.model_fields_set}
        fired = score(instrument, type(usual).model_construct(**{**stated, **parts})).checks
        assert id in {each.id for each in fired}, id


# ---- sources


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_every_source_is_used_and_every_figure_has_one(content, questionnaire):
    value = content.questionnaire(questionnaire)
    asked = {**value.facts, **value.questions}
    tables = (value.pillars, value.dimensions, asked, value.countermeasures, value.checks, value.figures)
    parts = (*tables, value.crosswalks)
    used = {name.partition("#")[0] for table in parts for item in table.values() for name in item.sources}
    marks = [row for item in asked.values() for row in getattr(item, "benchmarks", ())]
    used |= {row.source for row in marks}
    used |= {
        n.partition("#")[0] for chain in content.chains(questionnaire) for a in chain[-1].adjust for n in a.sources
    }
    assert set(value.sources) - used == set()
    assert all(row.source in value.sources and row.confidence for row in marks)
    assert all(figure.sources and figure.confidence and figure.section for figure in value.figures.values())


# ---- two languages

ENGLISH = re.compile(r"(\d[\d,]*\.?\d*)(?:\s*(thousand|million|billion|bn|trillion))?")
CHINESE = re.compile(r"(\d[\d,]*\.?\d*)(万亿|亿|万|千)?")
TIMES = {
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "万亿": 1e12,
    "亿": 1e8,
    "万": 1e4,
    "千": 1e3,
}
WORDED = (
    ("15th", "十五五"),
    ("15th", "十五个五年"),
    ("14th", "四五"),
    ("14th", "十四个五年"),
    ("20 data measures", "数据二十条"),
    ("60%", "六成"),
)
"""A number that Chinese says in words."""
UNITS = {100, 1_000, 10_000, 100_000_000}
"""Parts of units that one language says in words: 万元, 亿元, per 10,000 people, per 100 million yuan."""
SAID_IN_ONE = {"region/11-industries.questions.per_mu_evaluation.help"}
"""What a mu is need be told in English only."""


def amounts(said: str, pattern: re.Pattern[str]) -> set[float]:
    found = (
        float(f"{float(m[1].replace(',', '').rstrip('.')) * TIMES.get(m[2] or '', 1):.6g}")
        for m in pattern.finditer(said)
    )
    return {number for number in found if number > 12 and number not in UNITS}


def test_both_languages_carry_the_same_numbers(content):
    for place, english, chinese in every_text(content.root):
        for one, other in WORDED:
            if other in chinese:
                english = english.replace(one, "")
        if place not in SAID_IN_ONE:
            assert amounts(english.lower(), ENGLISH) == amounts(chinese, CHINESE), (place, english, chinese)


def test_a_goal_ends_what_is_said_of_it(content):
    """Where nothing is answered yet it is “the goal set by it”, behind which “of GDP” or “a year” would stand alone."""
    texts = [said for _, *both in every_text(content.root) for said in both if "{goal}" in said]
    assert len(texts) > 50
    assert [said for said in texts if re.search(r"\{goal\}(?![,;，；。]|$)", said)] == []


# ---- first steps

PERHAPS_TAKEN = {
    "region": (
        "skills_list_courses",
        "problem_list",
        "key_user_audit",
        "eco_value",
        "per_mu_pricing",
        "list_and_bid",
        "entry_gate_review",
    ),
    "firm": (
        "ai_three_tasks",
        "phased_equipment_renewal",
        "ip_basics",
        "resilience_drill",
        "stage_gates",
        "second_source_three",
    ),
}
"""Measures still offered to some who answered that the step was taken: a list, a ranking or a grading is there."""

WHAT_IS_LEFT = re.compile(r"\b(yet|latest|unaudited|amend|up to date|without|lacks)\b", re.IGNORECASE)
WHAT_IS_LEFT_CHINESE = re.compile(r"已有|已排过|还没|尚未|最新|没有")


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_a_first_step_that_may_be_taken_already_names_what_is_left(content, questionnaire):
    measures: dict[str, dict] = {}
    for path in sorted((content.root / "questionnaires" / questionnaire).glob("3*.toml")):
        measures |= tomllib.loads(path.read_text(encoding="utf-8"))["countermeasures"]
    for name in PERHAPS_TAKEN[questionnaire]:
        first = measures[name]["first"]
        assert WHAT_IS_LEFT.search(first["en"]), first["en"]
        assert WHAT_IS_LEFT_CHINESE.search(first["zh"]), first["zh"]


# ---- the glossary

NEVER_ENGLISH = re.compile(
    r"new productivity|new[- ]quality (?!productive)\w+|new[- ]type productiv|chinese-style|"
    r"transformation of achievements|stranglehold|stuck[- ]neck|permanent resident|energy consumption|"
    r"\b(organiz|industrializ|digitaliz|digitiz|moderniz|utiliz|commercializ|specializ|standardiz|realiz|recogniz)\w*|"
    r"\b(labor|center|color|favor|program(?!me)s?)\b",
    re.IGNORECASE,
)
NEVER_CHINESE = re.compile(
    r"新型生产力|新质量生产|新生产率|劳动生产力|全要素生产力|(?<!“)卡脖子|(?<!“)小巨人|(?<!“)人工智能\+|(?<!“)双一流|(?<!“)十四五|"
    r"研发强度|研发经费强度|智能化制造|常驻人口|规模以上企业|帐|其它|亟需|做为|截止|[\u4e00-\u9fff][,;:?!(]|[,;:?!)][\u4e00-\u9fff]|"
    r"\.\.\.|[０-９％]"
)


def test_what_the_glossary_forbids_does_not_occur(content):
    for place, english, chinese in every_text(content.root):
        assert not NEVER_ENGLISH.search(english), (place, english)
        assert not NEVER_CHINESE.search(chinese), (place, chinese)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [(NEVER_ENGLISH, "It raises new productivity."), (NEVER_CHINESE, "解决卡脖子技术"), (NEVER_CHINESE, "投入,产出")],
)
def test_the_forbidden_words_would_be_found(pattern, said):
    assert pattern.search(said)
