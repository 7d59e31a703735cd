"""Plausible places and firms, one for each profile, and answers that are as good or as bad as they can be."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from nqpf_assess.model.answers import Answer, Answers, Reference, RubricReference
from nqpf_assess.model.questionnaire import AnyQuestion, Questionnaire

COUNTY = {
    "tier": "county",
    "zone": "mixed",
    "resource_class": "none",
    "old_industrial": "no",
    "population": "45",
    "gdp_ratio": "60",
    "structure": "mixed",
    "rd_base": "weak",
    "location": "inland",
    "ecology": "low",
    "science_role": "none",
    "gateway": "none",
    "trade_role": "none",
    "grain_duty": "no",
    "energy": "ordinary",
    "digital_base": "basic",
    "fiscal": "18",
    "universities": "none",
    "lead_firm": "no",
}
CITY = COUNTY | {
    "tier": "prefecture",
    "zone": "urbanised",
    "population": "520",
    "gdp_ratio": "130",
    "structure": "manufacturing_led",
    "rd_base": "fair",
    "location": "coastal",
    "gateway": "sea_dry_port",
    "digital_base": "leading",
    "fiscal": "75",
    "universities": "undergraduate",
    "lead_firm": "yes",
}
FIRM = {
    "sector": "consumer",
    "size": "small",
    "stage": "mature",
    "ownership": "private",
    "chain_position": "independent",
    "export_share": "5",
    "sme_grade": "none",
    "high_tech": "no",
    "energy_intensive": "no",
    "key_energy_user": "no",
    "park": "none",
    "staff": "30",
}
FUNCTION_DIMENSIONS = {"main_function", "trade_visitors"}
"""Asked only of places that hold such a function."""

PLACES: Mapping[tuple[str, str], dict[str, str | tuple[str, ...]]] = {
    ("region", "ecological"): COUNTY | {"zone": "ecological", "ecology": "high", "energy": "renewable"},
    ("region", "grain_base"): COUNTY | {"zone": "agricultural", "structure": "agri_led"},
    ("region", "border_gateway"): COUNTY | {"gateway": "land_port", "location": "remote", "structure": "services_led"},
    ("region", "energy_base"): COUNTY
    | {"structure": "resource_led", "resource_class": "mature", "energy": "both", "gdp_ratio": "150", "fiscal": "55"},
    ("region", "industrial_renewal"): COUNTY | {"resource_class": "declining", "old_industrial": "yes"},
    ("region", "innovation_hub"): CITY
    | {
        "rd_base": "strong",
        "science_role": "universities",
        "universities": "research",
        "location": "metro_core",
        "structure": "services_led",
    },
    ("region", "advanced_manufacturing"): CITY,
    ("region", "cluster_county"): COUNTY
    | {"structure": "cluster_led", "gdp_ratio": "125", "location": "metro_ring", "fiscal": "70", "lead_firm": "yes"},
    ("region", "trade_hub"): CITY
    | {"structure": "services_led", "trade_role": ("market_trade", "logistics_hub"), "location": "metro_ring"},
    ("region", "tourism_services"): COUNTY | {"structure": ("services_led", "visitor_led"), "location": "coastal"},
    ("region", "all_round_centre"): CITY | {"tier": "district", "structure": "services_led", "location": "metro_core"},
    ("region", "catch_up"): COUNTY,
    ("firm", "energy_intensive"): FIRM | {"sector": "materials", "size": "medium", "energy_intensive": "yes"},
    ("firm", "chain_leader"): FIRM
    | {"sector": "equipment", "size": "large", "chain_position": "leader", "high_tech": "yes", "staff": "4200"},
    ("firm", "science_startup"): FIRM | {"sector": "pharma", "stage": "start_up", "high_tech": "yes"},
    ("firm", "service_digital"): FIRM | {"sector": "software", "staff": "80"},
    ("firm", "specialised_sme"): FIRM
    | {"sector": "equipment", "sme_grade": "little_giant", "high_tech": "yes", "size": "medium", "staff": "320"},
    ("firm", "exporter"): FIRM | {"export_share": "70", "high_tech": "yes", "size": "medium", "staff": "340"},
    ("firm", "large_manufacturer"): FIRM | {"size": "large", "staff": "2400", "sector": "consumer"},
    ("firm", "innovating_manufacturer"): FIRM | {"sector": "pharma", "high_tech": "yes", "staff": "120"},
    ("firm", "local_services"): FIRM | {"sector": "construction"},
    ("firm", "traditional_manufacturer"): FIRM,
}

VARIANTS: Mapping[str, Sequence[tuple[str, dict[str, str | tuple[str, ...]]]]] = {
    "region": (
        ("advanced_manufacturing", CITY | {"structure": ("manufacturing_led", "cluster_led"), "gateway": "zone"}),
        ("ecological", COUNTY | {"zone": "ecological", "ecology": "high", "structure": ("agri_led", "visitor_led")}),
    ),
    "firm": (
        *(("traditional_manufacturer", FIRM | {"sector": sector}) for sector in ("agro_food", "electronics")),
        *(("local_services", FIRM | {"sector": "other", "size": size}) for size in ("small", "medium")),
        ("service_digital", FIRM | {"sector": "services"}),
        ("specialised_sme", FIRM | {"sector": "software", "sme_grade": "specialised"}),
        ("traditional_manufacturer", FIRM | {"key_energy_user": "yes", "size": "medium"}),
    ),
}
"""Further plausible places and firms, with the profile each would take."""


def answer_all(
    questionnaire: Questionnaire,
    facts: Mapping[str, str],
    how: Callable[[AnyQuestion], Answer],
    profile: str = "baseline",
) -> Answers:
    """Fill a whole questionnaire in one way."""
    return Answers(
        format="nqpf-answers/1",
        questionnaire=Reference(id=questionnaire.id, version=questionnaire.version),
        weights=RubricReference(id=profile, version=questionnaire.version),
        facts={id: fact(questionnaire, id, value) for id, value in facts.items()},
        answers={id: how(question) for id, question in questionnaire.questions.items()},
    )


def fact(questionnaire: Questionnaire, id: str, value: object) -> Answer:
    """Give an answer to a fact; of a kind that takes several, a tuple of one."""
    several = questionnaire.facts[id].kind == "multi" and not isinstance(value, tuple)
    return Answer(value=(value,) if several else value)


def best(question: AnyQuestion) -> Answer:
    """Answer as well as can be: the highest level, every tool, a figure at the good end of every scale."""
    return _extreme(question, good=True)


def worst(question: AnyQuestion) -> Answer:
    """Answer as badly as can be."""
    return _extreme(question, good=False)


def weak(question: AnyQuestion) -> Answer:
    """Answer weakly but not extremely: level 1, no, the tool that scores least, a figure just above the lowest."""
    if question.kind == "level":
        return Answer(value=1)
    if question.kind in ("single", "multi"):
        ranked = sorted(question.options, key=lambda id: (question.options[id].score, id))
        return Answer(value=ranked[0] if question.kind == "single" else (ranked[0],))
    lowest, second = sorted(question.scale, key=lambda point: point[1])[:2]
    return Answer(value=str(lowest[0] + (second[0] - lowest[0]) / 10))


def middling(question: AnyQuestion) -> Answer:
    """Answer in the middle: level 2, the middle of the scale, the option that scores half."""
    if question.kind == "number":
        points = sorted(question.scale)
        return Answer(value=str(points[len(points) // 2][0]))
    return Answer(value=2) if question.kind == "level" else weak(question)


def good(question: AnyQuestion) -> Answer:
    """Answer well, but not as well as can be: level 3, some tools, a figure just past the middle of its scale."""
    if question.kind == "level":
        return Answer(value=min(3, len(question.levels) - 1))
    if question.kind == "number":
        points = sorted(question.scale, key=lambda point: point[1])
        return Answer(value=str(points[-2][0]))
    ranked = [id for id in question.options if not getattr(question.options[id], "exclusive", False)]
    return Answer(value=tuple(ranked[:3])) if question.kind == "multi" else best(question)


def _extreme(question: AnyQuestion, *, good: bool) -> Answer:
    if question.kind == "level":
        return Answer(value=len(question.levels) - 1 if good else 0)
    if question.kind == "number":
        return Answer(value=str(_end(question, good=good)))
    ranked = sorted(question.options, key=lambda id: question.options[id].score)
    if question.kind == "single":
        return Answer(value=ranked[-1 if good else 0])
    ticked = [id for id in question.options if not question.options[id].exclusive]
    return Answer(value=tuple(ticked) if good else (ranked[0],))


def _end(question: AnyQuestion, *, good: bool) -> Decimal:
    scales = [question.scale, *(case.scale for case in question.scale_when)]
    first, last = min(question.scale), max(question.scale)
    rising = first[1] < last[1]
    ends = [point[0] for scale in scales for point in (min(scale), max(scale))]
    return max(ends) if rising == good else min(ends)
