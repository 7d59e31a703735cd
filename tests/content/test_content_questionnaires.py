"""The questionnaires: anchors two readers read alike, a short form that touches everything, measures for everybody."""

import re
import tomllib

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.phrasing import PLACEHOLDER
from nqpf_assess.engine.scorecard import score
from nqpf_assess.model.condition import subjects
from tests.content.plausible import COUNTY, FIRM, FUNCTION_DIMENSIONS, answer_all, weak

INSTRUMENTS = ("region", "firm")
VAGUE_EN = re.compile(
    r"\b(very|fairly|rather|quite|good|well|strong|weak|advanced|adequate|sufficient|significant|substantial|fully|"
    r"effective|effectively|some|several|modern|actively|great|complete|comprehensive|appropriate)\b",
    re.IGNORECASE,
)
VAGUE_ZH = re.compile(
    "较好|较强|较高|较大|较多|较完善|一定程度|一定的|基本|良好|优秀|显著|明显|充分|完善|健全|不断|大力|积极|有效|全面|深入|切实|"
    "进一步|高度重视|初步|相当|十分|非常|先进|合理|比较(?!显示)"
)
"""“公开比较显示”, “第三方比较显示…” are comparisons; elsewhere 比较 means “rather”."""
THIRDS = ("top third", "lowest third", "safest third")
ZERO_IS_ORDINARY = {
    "region": {"hightech_share", "little_giant_density", "green_factory_share", "trade_openness", "work_safety_rate"},
    "firm": {"rd_staff_share", "patent_use_rate", "training_spend", "single_source_share", "sme_payment_days"},
}
ZERO_IS_ASKED_AGAIN = {
    "region": {"rd_intensity", "rd_personnel_density", "sme_digital_level2"},
    "firm": {"rd_revenue_share"},
}
"""Where 0 is a plain county's or a small firm's honest answer, and where it mostly stands for “not known”."""
COUNTED = {"two": ("两", "2", "双方"), "three": ("三", "3")}


def anchors(content, questionnaire):
    for id, question in content.questionnaire(questionnaire).questions.items():
        if question.kind == "level":
            for number, level in enumerate(question.levels):
                yield f"{id}.{number}", level.words["en"], level.words["zh"]


# ---- anchors


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_every_level_question_has_six_anchors(content, questionnaire):
    levels = [q for q in content.questionnaire(questionnaire).questions.values() if q.kind == "level"]
    assert len(levels) > 20
    assert {len(question.levels) for question in levels} == {6}
    assert all(question.evidence_from == 3 for question in levels)


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_the_highest_level_can_be_told_as_a_strength(content, questionnaire):
    """Its anchor alone says in all questions alike that others have taken it over."""
    levels = [q for q in content.questionnaire(questionnaire).questions.values() if q.kind == "level"]
    assert all(question.levels[-1].finding for question in levels)


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_anchors_have_the_length_of_one_breath(content, questionnaire):
    for place, english, chinese in anchors(content, questionnaire):
        assert 15 <= len(chinese) <= 45, (place, len(chinese), chinese)
        assert len(english.split()) <= 30, (place, english)


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_anchors_hold_no_word_that_everybody_reads_in_another_way(content, questionnaire):
    for place, english, chinese in anchors(content, questionnaire):
        assert not VAGUE_EN.search(english), (place, english)
        assert not VAGUE_ZH.search(chinese), (place, chinese)


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_anchors_carry_the_same_numbers_in_both_languages(content, questionnaire):
    for place, english, chinese in anchors(content, questionnaire):
        said = (place, english, chinese)
        text = english.lower()
        assert sorted(re.findall(r"\d+", text)) == sorted(re.findall(r"\d+", chinese)), said
        assert any(third in text for third in THIRDS) == ("三分之一" in chinese), said
        assert ("half" in text) == bool(re.search("半数|过半", chinese)), said
        for word, signs in COUNTED.items():
            if re.search(rf"\b{word}\b", text):
                assert any(sign in chinese for sign in signs), said


# ---- figures, quotation marks, checks


def figures(content, questionnaire):
    value = content.questionnaire(questionnaire)
    asked = {**value.facts, **value.questions}
    return {id: each for id, each in asked.items() if each.kind == "number"}


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_every_figure_has_a_unit_in_both_languages(content, questionnaire):
    for id, asked in figures(content, questionnaire).items():
        assert asked.unit == "%" or set(asked.unit) == {"en", "zh"}, id


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_an_honest_zero_is_not_asked_again(content, questionnaire):
    usual = {id: asked.usual for id, asked in figures(content, questionnaire).items()}
    assert {id for id in ZERO_IS_ORDINARY[questionnaire] if usual[id][0] > 0} == set()
    assert {id for id in ZERO_IS_ASKED_AGAIN[questionnaire] if usual[id][0] <= 0} == set()


@pytest.mark.parametrize("folder", ["questionnaires", "weights"])
def test_texts_use_curly_quotes_in_pairs_and_one_spelling_of_percent(content, folder):
    for path in sorted((content.root / folder).rglob("*.toml")):
        for place, said in texts(tomllib.loads(path.read_text(encoding="utf-8"))):
            assert '"' not in said, (path.name, place)
            assert said.count("“") == said.count("”"), (path.name, place)
            assert not re.search(r"per cent\b|\d percent\b", said), (path.name, place)


def texts(node: object, place: str = ""):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("en", "zh") and isinstance(value, str):
                yield place, value
            else:
                yield from texts(value, f"{place}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from texts(value, f"{place}.{number}")


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_a_check_names_only_answers_that_its_condition_knows(content, questionnaire):
    for id, check in content.questionnaire(questionnaire).checks.items():
        known = {*subjects(check.when, "question"), *subjects(check.when, "fact")}
        for said in check.message.values():
            assert set(PLACEHOLDER.findall(said)) <= known, id


# ---- the short form


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_the_quick_mode_is_short_and_touches_every_dimension(content, questionnaire):
    value = content.questionnaire(questionnaire)
    core = [question for question in value.questions.values() if question.core]
    everywhere = [question for question in core if question.dimension not in FUNCTION_DIMENSIONS]
    assert 20 <= len(everywhere) <= 25
    assert {question.dimension for question in core} == set(value.dimensions)


# ---- measures


def eligible_for(content, questionnaire: str, profile: str, facts: dict[str, str]) -> dict[str, list[int]]:
    """Give for every dimension the efforts of the measures that a weak place or firm with these facts may take."""
    instrument, problems = content.library.instrument(questionnaire, profile)
    assert isinstance(instrument, Instrument), problems
    value = instrument.questionnaire
    answers = answer_all(value, facts, weak, profile)
    found: dict[str, list[int]] = {dimension: [] for dimension in value.dimensions}
    for measure in score(instrument, answers).countermeasures:
        for dimension in value.countermeasures[measure.id].lifts if measure.eligible else ():
            found[dimension].append(measure.effort)
    return found


def test_a_plain_county_finds_two_measures_for_every_dimension(content):
    found = eligible_for(content, "region", "catch_up", COUNTY)
    asked = {dimension: efforts for dimension, efforts in found.items() if dimension not in FUNCTION_DIMENSIONS}
    assert {dimension: efforts for dimension, efforts in asked.items() if len(efforts) < 2} == {}
    assert {dimension: efforts for dimension, efforts in asked.items() if min(efforts) > 3} == {}


def test_a_firm_of_thirty_finds_two_light_measures_for_every_dimension(content):
    found = eligible_for(content, "firm", "traditional_manufacturer", FIRM)
    light = {dimension: [effort for effort in efforts if effort <= 2] for dimension, efforts in found.items()}
    assert {dimension: efforts for dimension, efforts in light.items() if len(efforts) < 2} == {}
    assert len([effort for efforts in found.values() for effort in efforts if effort == 1]) >= 20


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_every_question_says_where_it_comes_from_and_what_proves_it(content, questionnaire):
    for id, question in content.questionnaire(questionnaire).questions.items():
        assert question.sources, id
        assert question.evidence["en"], id
        assert question.help["zh"], id
        assert question.holder["zh"], id


def test_every_share_of_revenue_says_what_a_firm_without_revenue_answers(content):
    for id, question in content.questionnaire("firm").questions.items():
        if question.kind == "number" and "revenue" in question.text["en"]:
            assert "not applicable" in question.help["en"] or "all spending" in question.help["en"], id
            assert "没有营业收入" in question.help["zh"], id


MAY_BE_SHARES_OF_NOTHING = {
    "firm": {
        "unit_energy_cut", "equipment_newness", "equipment_networked", "key_process_nc", "senior_skill_share",
        "sme_payment_days", "patent_use_rate",
    },
    "region": {
        "above_scale_rd_share", "little_giant_density", "key_process_nc", "sme_digital_level2", "tech_upgrade_share",
        "industrial_water", "solid_waste_use", "mined_land_restored", "green_mine_share", "supply_kept",
    },
}  # fmt: skip


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_a_share_of_what_is_not_there_is_said_not_to_apply(content, questionnaire):
    """A firm that has others produce, a place without mines: 0 would be taken for the worst."""
    for id in MAY_BE_SHARES_OF_NOTHING[questionnaire]:
        question = content.questionnaire(questionnaire).questions[id]
        assert "not applicable" in question.help["en"], id
        assert "不适用" in question.help["zh"], id


def test_whoever_is_not_meant_is_told_so(content):
    """A township would look for its tier in vain; of a bank nine tenths are debts, which would count as the worst."""
    tier, debt = content.questionnaire("region").facts["tier"], content.questionnaire("firm").questions["debt_ratio"]
    for asked, english, chinese in ((tier, "Townships", "乡镇"), (debt, "Banks", "银行")):
        assert english in asked.help["en"]
        assert chinese in asked.help["zh"]


def test_the_size_class_can_be_told_from_its_help(content):
    """It is the first thing a firm is asked; by the limits of industry a software firm of 120 would be a small one."""
    said = content.questionnaire("firm").facts["size"].help
    assert all(sector in said["en"] for sector in ("Industry", "Software", "Wholesale"))
    assert all(sector in said["zh"] for sector in ("工业", "软件", "批发", "划分办法"))


@pytest.mark.parametrize("questionnaire", INSTRUMENTS)
def test_none_of_these_is_told_as_none_of_what_was_asked_about(content, questionnaire):
    """A firm that ticks none of four safety routines may have a fifth."""
    asked = content.questionnaire(questionnaire).asked.values()
    options = [option for one in asked if one.kind == "multi" for option in one.options.values() if option.finding]
    told = [option.finding for option in options if "None of these" in option.words["en"]]
    assert len(told) > 3
    assert all("asked about" in words["en"] and "问卷所列" in words["zh"] for words in told)
