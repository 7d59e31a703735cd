"""The whole outline of a small questionnaire, as it was read and found good. NQPF_UPDATE=1 writes it anew."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.weights import Weights
from nqpf_assess.report.blocks import Outline
from tests.report.outline.made import DATE, dumped, outline
from tests.support.oracle import Plain
from tests.support.scored import instrument_of, read_toml

HERE = Path(__file__).parent
PROFILES = ("baseline", "wetland", "strict")
SOLID: Plain = {
    "intensity": {"value": "1.2", "year": 2025, "confidence": "high", "evidence": ["Bulletin, page 3"]},
    "steering": {"value": 1, "note": "Plan of May"},
    "pilot": {"value": "shared"},
    "meters": {"value": ["power", "water"], "confidence": "low"},
    "training": {"state": "dk"},
    "remarks": {"value": "A dry year."},
}
WET: Plain = {"tier": {"value": "county"}, "wet": {"value": "yes"}, "inhabitants": {"value": "31.5", "year": 2025}}
DRY: Plain = {"tier": {"value": "prefecture"}, "wet": {"value": "no"}}
BEST: Plain = {
    "intensity": {"value": 4, "year": 2025},
    "steering": {"value": 2},
    "pilot": {"value": "own"},
    "meters": {"value": ["power", "water", "waste"]},
    "training": {"value": 2},
}
CONTRARY: Plain = {
    "intensity": {"value": "0.5"},
    "steering": {"value": 2},
    "pilot": {"state": "na", "reason": "No industry"},
    "meters": {"value": ["waste"]},
    "training": {"value": 0},
}
OVERRIDE = [{"node": "people", "factor": Decimal(3), "target": Decimal(70), "why": "A new college opened."}]
CASES: dict[str, tuple[str, str, Plain]] = {
    "wetland": ("region", "wetland", {"facts": WET, "answers": SOLID}),
    "nothing": ("region", "baseline", {}),
    "reached": ("region", "wetland", {"facts": DRY, "answers": BEST, "subject": {"name": "", "period": ""}}),
    "floored": (
        "region",
        "baseline",
        {"facts": DRY, "answers": BEST | {"meters": {"value": ["waste"]}}, "override": OVERRIDE},
    ),
    "strict": ("region", "strict", {"facts": DRY, "answers": CONTRARY}),
    "firm": ("firm", "baseline", {"facts": DRY, "answers": CONTRARY, "mode": "quick"}),
}


def chain(profile: str) -> list[Plain]:
    file = read_toml(HERE / "small" / f"{profile}.toml")
    return [*chain(file["based_on"]), file] if "based_on" in file else [file]


def instrument(subject: str, profile: str) -> Instrument:
    questionnaire = read_toml(HERE / "small" / "questionnaire.toml")
    if subject == "firm":
        for measure in questionnaire["countermeasures"].values():
            measure["acts"] = "firm" if measure["acts"] == "county" else "county"
    return instrument_of(questionnaire | {"subject": subject}, chain(profile))


def made(name: str, *languages: str) -> Outline:
    subject, profile, rest = CASES[name]
    head = {
        "format": "nqpf-answers/1",
        "questionnaire": {"id": "small", "version": "1.0.0"},
        "weights": {"id": profile, "version": "1.0.0"},
        "subject": {"name": "Lakeside 湖畔县", "period": "2025", "respondent": "Office 办公室"},
    }
    profiles = [tuple(map(Weights.model_validate, chain(known))) for known in PROFILES]
    return outline(instrument(subject, profile), Answers.model_validate(head | rest), *languages, profiles=profiles)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_outline_is_as_it_was(name: str, language: str) -> None:
    """Every word and figure of the report, in order."""
    path = HERE / "goldens" / f"{name}.{language}.txt"
    now = dumped(made(name, language))
    if os.environ.get("NQPF_UPDATE"):
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")


def test_date_of_the_report_is_the_one_given() -> None:
    """The outline knows no clock."""
    assert made("wetland", "en").date == DATE
