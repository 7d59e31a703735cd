"""What one filling says to official criteria: cases at and beside each line, for three sets of criteria for firms."""

import pytest

from nqpf_assess.engine.crosswalk import applies, readings
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.states import read
from nqpf_assess.model.answers import Answer, Answers, Reference, RubricReference

FACTS = {"stage", "size", "sme_grade"}

CASES = [
    # rule, clause, what is answered, how it reads
    ("high_tech", "one_year", {"stage": "mature"}, "met"),
    ("high_tech", "one_year", {"stage": "start_up"}, "answered"),
    ("high_tech", "one_year", {}, "open"),
    ("high_tech", "own_rights", {"own_ip_revenue": "0"}, "unmet"),
    ("high_tech", "own_rights", {"own_ip_revenue": "66"}, "answered"),
    ("high_tech", "field", {}, "not_asked"),
    ("high_tech", "staff", {"rd_staff_share": "10"}, "met"),
    ("high_tech", "staff", {"rd_staff_share": "9.9"}, "answered"),
    # one year's share decides nothing of what three years add up to, and of each of two years only that it is too low
    ("high_tech", "spending", {"rd_revenue_share": "12"}, "answered"),
    ("high_tech", "spending", {"rd_revenue_share": "2.99"}, "answered"),
    ("high_tech", "income", {"own_ip_revenue": "80"}, "answered"),
    ("high_tech", "capacity", {"ip_system": 3, "idea_to_market": 3, "rd_governance": 3}, "open"),
    ("high_tech", "record", {"env_compliance": "clean", "injury_rate": "0"}, "answered"),
    ("specialised", "size", {"size": "medium"}, "met"),
    ("specialised", "size", {"size": "large"}, "unmet"),
    ("specialised", "lower_grade", {"sme_grade": "innovative"}, "met"),
    ("specialised", "lower_grade", {"sme_grade": "none"}, "unmet"),
    ("specialised", "lower_grade", {"sme_grade": "champion"}, "answered"),
    ("specialised", "niche_years", {"value_chain_position": 0}, "unmet"),
    ("specialised", "niche_years", {"value_chain_position": 4}, "answered"),
    ("specialised", "revenue", {}, "not_asked"),
    ("specialised", "debt", {"debt_ratio": "80"}, "met"),
    ("specialised", "debt", {"debt_ratio": "80.1"}, "unmet"),
    ("specialised", "rd_share", {"rd_revenue_share": "3"}, "answered"),
    ("specialised", "rd_share", {"rd_revenue_share": "2.9"}, "unmet"),
    ("specialised", "position", {"value_chain_position": 5}, "met"),
    ("specialised", "position", {"value_chain_position": 4}, "answered"),
    ("specialised", "platform_score", {}, "not_asked"),
    ("digital_level", "networked_machines", {"equipment_networked": "60"}, "answered"),
    ("digital_level", "networked_machines", {"equipment_networked": "60.1"}, "met"),
    ("digital_level", "networked_machines", {"equipment_networked": "10"}, "unmet"),
    ("digital_level", "planning", {"digital_lead": 2}, "met"),
    ("digital_level", "planning", {"digital_lead": 1}, "answered"),
    ("digital_level", "planning", {"digital_lead": 0}, "unmet"),
    # a part of what is asked for, or a figure beside it, decides nothing
    ("digital_level", "rules", {"data_governance": 4}, "answered"),
    ("digital_level", "people", {"digital_skills": 0}, "answered"),
    ("digital_level", "output_up", {"digital_results": ("output",)}, "answered"),
    ("digital_level", "security", {"data_security": 3}, "met"),
    ("digital_level", "energy_down", {"unit_energy_cut": "2"}, "answered"),
    ("digital_level", "quality_up", {"digital_results": ("quality",)}, "answered"),
    ("digital_level", "network", {}, "not_asked"),
]


def seen(content, given):
    """Read a firm that has answered this and nothing else."""
    questionnaire = content.questionnaire("firm")
    reference = RubricReference(id="baseline", version=questionnaire.version)
    answers = Answers(
        format="nqpf-answers/1",
        questionnaire=Reference(id="firm", version=questionnaire.version),
        weights=reference,
        facts={id: Answer(value=value) for id, value in given.items() if id in FACTS},
        answers={id: Answer(value=value) for id, value in given.items() if id not in FACTS},
    )
    return questionnaire, read(Instrument(questionnaire, content.chains("firm")[0]), answers)


@pytest.mark.parametrize(("rule", "clause", "given", "state"), CASES)
def test_a_clause_is_read_by_the_answers_alone(content, rule, clause, given, state):
    questionnaire, view = seen(content, given)
    found = {each.id: each.state for each in readings(questionnaire, rule, view)}
    assert found[clause] == state


def test_every_clause_that_decides_has_a_case(content):
    """No line of a rule is there that no case stands beside."""
    tried = {(rule, clause, state) for rule, clause, _, state in CASES}
    for rule, crosswalk in content.questionnaire("firm").crosswalks.items():
        for clause, criterion in crosswalk.criteria.items():
            assert criterion.met is None or (rule, clause, "met") in tried, (rule, clause)
            assert criterion.unmet is None or (rule, clause, "unmet") in tried, (rule, clause)


def test_the_metrics_for_small_firms_are_not_laid_beside_a_large_one(content):
    for size, wanted in (("large", False), ("small", True), ("unsure", True)):
        questionnaire, view = seen(content, {"size": size})
        assert applies(questionnaire.crosswalks["digital_level"], view) is wanted


def test_every_set_of_criteria_says_what_it_is_not(content):
    for id, crosswalk in content.questionnaire("firm").crosswalks.items():
        assert "no application" in crosswalk.about["en"], id
        assert "不是申报材料" in crosswalk.about["zh"], id
