"""The samples: each passes the check, is marked as invented, and its numbers tell the story its README tells."""

import re
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.profiles import suggestions
from nqpf_assess.engine.scorecard import score
from nqpf_assess.engine.states import read
from nqpf_assess.files.checking import check
from nqpf_assess.model.answers import Answer, Answers
from nqpf_assess.model.scorecard import Scorecard

PROFILES = {
    "border_county_override": "border_gateway",
    "catch_up_county": "catch_up",
    "cluster_county": "cluster_county",
    "ecological_county": "ecological",
    "energy_base_contradictory": "energy_base",
    "firm_exporter": "exporter",
    "firm_food_workshop": "traditional_manufacturer",
    "firm_large_manufacturer": "large_manufacturer",
    "firm_service": "service_digital",
    "firm_specialised_unfinished": "specialised_sme",
    "grain_county_quick": "grain_base",
    "innovation_hub_city": "innovation_hub",
    "renewal_city_2024": "industrial_renewal",
    "renewal_city_2025": "industrial_renewal",
    "trade_hub_city": "trade_hub",
}
NAMES = sorted(PROFILES)


def points(card: Scorecard, node: str) -> float:
    value = card.node(node).score
    assert value is not None, node
    return value


def changed(answers: Answers, id: str, **parts: Any) -> Answers:
    entries = {**answers.answers, id: Answer(**parts)}
    stated = {name: getattr(answers, name) for name in answers.model_fields_set}
    return Answers.model_construct(**{**stated, "answers": entries})


# ---- all of them


def test_all_shipped_content_passes_the_check(content):
    """Not even a warning: what we ship is an example of what `check --strict` lets pass."""
    assert check(content.library, [content.root / name for name in ("questionnaires", "weights", "samples")]) == ()


def test_the_list_of_samples_is_complete(content):
    assert [path.stem for path in content.samples] == NAMES
    assert all(re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", path.stem) for path in content.samples)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_says_that_it_is_invented(content, name):
    lines = (content.root / "samples" / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    head = lines[: lines.index('format = "nqpf-answers/1"')]
    comments = [line for line in head if line]
    assert all(line.startswith("# ") for line in comments)
    assert "INVENTED" in comments[0]
    assert any(line.startswith("# It imitates") for line in comments)
    assert any("虚构" in line for line in comments)
    assert any("仿照" in line for line in comments)
    answers = content.sheet(name).answers
    assert answers.subject.name.endswith({"en": " (invented)", "zh": "（虚构）"}[answers.language])


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_names_the_edition_at_hand_without_a_digest(content, name):
    sheet = content.sheet(name)
    assert sheet.answers.questionnaire.digest is None
    assert sheet.answers.weights.digest is None
    assert sheet.answers.questionnaire.version == sheet.instrument.questionnaire.version
    assert sheet.answers.weights.version == sheet.instrument.chain[0].version


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_suggest_the_profile_of_the_story(content, name):
    sheet = content.sheet(name)
    questionnaire = sheet.instrument.questionnaire
    fitting = [
        suggestion.profile.id
        for suggestion in suggestions(questionnaire, content.chains(questionnaire.id), sheet.answers)
        if suggestion.fit == "fits"
    ]
    assert sheet.answers.weights.id == PROFILES[name]
    assert fitting[0] == PROFILES[name]
    assert set(sheet.answers.weights.with_) <= set(fitting)


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_answered(content, name):
    sheet = content.sheet(name)
    assert set(sheet.answers.facts) == set(sheet.instrument.questionnaire.facts)


@pytest.mark.parametrize("name", NAMES)
def test_figures_carry_their_year_and_the_year_is_the_period(content, name):
    sheet = content.sheet(name)
    for table, asked in (
        ("facts", sheet.instrument.questionnaire.facts),
        ("answers", sheet.instrument.questionnaire.questions),
    ):
        for id, answer in getattr(sheet.answers, table).items():
            if getattr(asked[id], "reference_year", False) and answer.state is None:
                assert str(answer.year) == sheet.answers.subject.period, id


def test_both_languages_are_shown_for_both_instruments(content):
    sheets = [content.sheet(name).answers for name in NAMES]
    assert {(sheet.questionnaire.id, sheet.language) for sheet in sheets} == {
        (questionnaire, language) for questionnaire in ("region", "firm") for language in ("en", "zh")
    }


def test_no_two_samples_describe_the_same_place_but_the_pair(content):
    names = [content.sheet(name).answers.subject.name for name in NAMES]
    assert len(set(names)) == len(names) - 1


# ---- the table in README.md


def rows(text: str) -> dict[str, list[list[str]]]:
    """Give the cells of each table row by sample."""
    found: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        link = re.match(r"\[`([a-z0-9_]+)\.toml`\]", cells[0]) if len(cells) == 5 else None
        if link:
            found.setdefault(link[1], []).append(cells)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_table_gives_the_figures_as_computed(content, name):
    text = (content.root / "samples" / "README.md").read_text(encoding="utf-8")
    table = rows(text)
    assert sorted(table) == NAMES
    card = content.card(name)
    band = content.sheet(name).instrument.chain[0].bands[card.overall.band]
    english, chinese = table[name]
    for cells, language in ((english, "en"), (chinese, "zh")):
        stated = Decimal(cells[2].split()[0].split("（")[0])
        assert stated == Decimal(str(round(card.overall.score, 1))), (name, card.overall.score)
        assert cells[3] == band.words[language]
        assert cells[4] == f"{round(100 * card.overall.coverage)}%"


def test_the_table_also_gives_the_score_before_the_floor_where_one_caps(content):
    text = (content.root / "samples" / "README.md").read_text(encoding="utf-8")
    table = rows(text)
    for name in NAMES:
        overall = content.card(name).overall
        capped = overall.score != overall.uncapped
        for cells in table[name]:
            assert (str(round(overall.uncapped, 1)) in cells[2] and len(cells[2]) > 4) == capped, cells


# ---- the stories


def test_the_ecological_county_is_strong_where_it_should_be_and_local_weights_see_it(content):
    card = content.card("ecological_county")
    assert points(card, "green") > 75
    assert points(card, "green") - points(card, "innovation") > 45
    assert card.overall.score - card.overall.baseline_score > 8
    assert card.checks == ()
    assert card.overall.evidence_backed == pytest.approx(card.overall.score)
    assert [id for id in ("future_scenario", "manufacturing_share_change") if card.node(id).state == "na"] == [
        "future_scenario",
        "manufacturing_share_change",
    ]


def test_the_cluster_county_is_rich_in_evidence_with_a_few_gaps(content):
    card, answers = content.card("cluster_county"), content.sheet("cluster_county").answers
    given = [answer for answer in answers.answers.values() if answer.value is not None]
    assert sum(bool(answer.evidence) for answer in given) / len(given) > 0.9
    assert 2 <= sum(answer.state in ("dk", "later") for answer in answers.answers.values()) <= 5
    assert 0.95 < card.overall.coverage < 1
    assert card.overall.band == "established"
    assert [check.id for check in card.checks] == ["gate_disclosure"]
    assert card.overall.shortfall - card.overall.gap > 4, "a surplus hides most of the shortfall"
    assert points(card, "upgrading") > 80


def test_the_cluster_county_is_another_place_to_another_rubric(content):
    own, other = content.card("cluster_county"), content.card("cluster_county", weights="ecological")
    for pillar in ("innovation", "industries", "digital", "green", "balance"):
        assert own.node(pillar).weight != pytest.approx(other.node(pillar).weight)
        assert own.node(pillar).target != pytest.approx(other.node(pillar).target)
    assert own.overall.target != pytest.approx(other.overall.target)
    assert own.overall.baseline_score == pytest.approx(other.overall.baseline_score)
    assert not set(first_three(own)) & set(first_three(other))


def first_three(card: Scorecard) -> list[str]:
    eligible = [measure for measure in card.countermeasures if measure.eligible]
    return [measure.id for measure in sorted(eligible, key=lambda m: (-m.priority, m.id))[:3]]


def test_the_hub_is_excellent_but_one_floor_caps_it(content):
    card, sheet = content.card("innovation_hub_city"), content.sheet("innovation_hub_city")
    assert card.overall.uncapped > 80
    assert (card.overall.score, card.overall.band, card.overall.floors) == (59, "developing", ("safety",))
    assert all(points(card, pillar) > 75 for pillar in sheet.instrument.pillars if pillar != "security")
    mended = score(sheet.instrument, changed(sheet.answers, "project_review_share", value="100", year=2025))
    assert mended.overall.floors == ()
    assert mended.overall.band == "advanced"


def test_the_energy_base_contradicts_itself(content):
    card = content.card("energy_base_contradictory")
    fired = {check.id for check in card.checks}
    assert len(fired) >= 12
    assert fired >= {"herd_priorities", "energy_jump", "waste_full_reuse", "rd_org_result", "future_talk"}
    assert not any("{" in said for check in card.checks for said in check.message.values())
    assert card.overall.score - card.overall.evidence_backed > 4


def test_the_late_developing_county_is_honest_about_what_it_does_not_know(content):
    card, answers = content.card("catch_up_county"), content.sheet("catch_up_county").answers
    without = [node.id for node in card.nodes if node.level == "dimension" and node.state == "no_score"]
    assert without == ["industry_digitalisation", "efficiency"]
    unknown = [answer for answer in answers.answers.values() if answer.state in ("dk", "later")]
    assert len(unknown) >= 10
    assert all(answer.note for answer in unknown)
    assert card.overall.coverage < 0.85
    assert card.overall.high - card.overall.low > 15
    assert card.overall.score < 40
    assert card.overall.evidence_backed == pytest.approx(card.overall.score)


def test_the_grain_county_answers_the_core_questions_only(content):
    sheet = content.sheet("grain_county_quick")
    view = read(sheet.instrument, sheet.answers)
    core = {id for id, question in sheet.instrument.questionnaire.questions.items() if question.core}
    core = {id for id in core if view.questions[id].state != "hidden"}
    assert sheet.answers.mode == "quick"
    assert set(sheet.answers.answers) == core
    assert not any(answer.evidence for answer in sheet.answers.answers.values())
    card = content.card("grain_county_quick")
    assert sum(node.state == "scored" for node in card.nodes if node.level == "dimension") >= 19


def test_the_border_county_prints_its_reasons(content):
    card, answers = content.card("border_county_override"), content.sheet("border_county_override").answers
    assert len(answers.override) == 2
    assert all(len(change.why) > 60 for change in answers.override)
    by_hand = {row.node: row.steps[-1] for row in card.ledger if row.steps and row.steps[-1].by == "override"}
    assert set(by_hand) == {"green", "infrastructure"}
    ecological = content.card("border_county_override", weights="ecological")
    assert card.node("efficiency").target == 82
    assert ecological.node("security").weight < card.node("security").weight


def test_the_renewal_city_moves_in_a_year_in_part_as_planned(content):
    before, after = content.card("renewal_city_2024"), content.card("renewal_city_2025")
    first, second = content.sheet("renewal_city_2024").answers, content.sheet("renewal_city_2025").answers
    assert first.subject.name == second.subject.name
    assert (first.subject.period, second.subject.period) == ("2024", "2025")
    assert first.plan.chosen
    assert not second.plan.chosen
    assert (before.overall.band, after.overall.band) == ("emerging", "developing")

    def moved(node: str) -> float:
        return points(after, node) - points(before, node)

    for node in ("upgrading", "workforce_skills", "efficiency", "safe_development"):
        assert moved(node) > 8, node
    assert moved("openness") < -10
    assert abs(moved("livelihood")) < 5, "the planned help from job to job was not paid for"
    lifted = {d for id in first.plan.chosen for d in content.questionnaire("region").countermeasures[id].lifts}
    assert {"upgrading", "workforce_skills", "efficiency", "safe_development", "livelihood"} <= lifted


def test_the_specialised_firm_has_three_questions_open(content):
    card = content.card("firm_specialised_unfinished")
    open_ones = [node.id for node in card.nodes if node.state in ("blank", "later", "dk")]
    assert open_ones == ["green_product_share", "staff_community", "market_building"]
    assert card.node("staff_community").state == "blank"
    assert card.overall.coverage > 0.95
    assert card.overall.band == "advanced"


def test_the_food_workshop_is_weak_honest_and_pays_its_suppliers(content):
    card = content.card("firm_food_workshop")
    assert card.overall.score < 25
    assert card.overall.floors == ("clean", "safety")
    assert points(card, "responsibility") > 85
    assert card.overall.coverage > 0.95
    assert card.checks == ()
    small = [m for m in card.countermeasures if m.eligible and m.effort == 1]
    assert len(small) >= 10
    assert all(m.effort <= 2 for m in card.countermeasures if m.id in first_three(card))


def test_the_exporter_is_excellent_and_can_show_it(content):
    card = content.card("firm_exporter")
    assert card.overall.score > 80
    assert card.overall.band == "advanced"
    assert card.checks == ()
    assert card.overall.evidence_backed == pytest.approx(card.overall.score)
    assert card.overall.shortfall < 2


def test_the_hub_of_trade_is_told_of_its_market_first(content):
    card = content.card("trade_hub_city")
    assert points(card, "innovation") < 50
    assert "make_for_market" in {measure.id for measure in card.countermeasures if measure.eligible}
    assert card.overall.score > card.overall.baseline_score


def test_the_large_manufacturer_lacks_technology_and_skills_not_machines(content):
    card = content.card("firm_large_manufacturer")
    assert points(card, "digital") > 70
    gap = {node.id: node.target - node.score for node in card.nodes if node.level == "dimension"}
    assert {"core_technology", "chain_collaboration"} <= set(sorted(gap, key=gap.__getitem__)[-3:])
    assert points(card, "skills") < 60


def test_the_service_firm_is_weighed_as_one(content):
    card, baseline = content.card("firm_service"), content.card("firm_service", weights="baseline")
    assert card.node("green").weight < 0.6 * baseline.node("green").weight
    assert points(card, "green") < 40
    assert 0.9 < card.overall.coverage < 1
