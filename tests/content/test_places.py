"""Real places and firms get the profile that people who know them would name; few plain facts lead to none."""

import itertools

import pytest
import write_validation

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import fit_of
from nqpf_assess.engine.states import read
from nqpf_assess.model.answers import Answers, Reference, RubricReference
from tests.content.plausible import COUNTY, fact


@pytest.mark.parametrize(("instrument", "least"), [("region", 40), ("firm", 25)])
def test_nine_of_ten_get_the_profile_expected(instrument: str, least: int) -> None:
    """The first suggestion is one of those written down beforehand."""
    rows = write_validation.placed(instrument)
    assert len(rows) >= least
    wrong = [(row.id, row.fitting, row.expected) for row in rows if not row.agrees]
    assert len(wrong) <= len(rows) // 10, wrong


def test_the_page_is_fresh() -> None:
    """`docs/validation.md` says what the tool says today."""
    assert write_validation.PAGE.read_text(encoding="utf-8") == write_validation.page()


def test_at_most_one_in_ten_plain_combinations_of_facts_has_no_local_profile(content) -> None:
    """Tier, zone, structure, research and wealth, with nothing else known to be special."""
    questionnaire = content.questionnaire("region")
    chains = [chain for chain in content.chains("region") if chain[-1].fits is not None]
    instrument = Instrument(questionnaire, chains[0])
    reference = RubricReference(id="baseline", version=questionnaire.version)
    asked = {
        "tier": ["county", "prefecture", "sub_provincial", "district", "dev_zone"],
        "zone": ["urbanised", "agricultural", "ecological", "mixed"],
        "structure": ["agri_led", "resource_led", "cluster_led", "manufacturing_led", "services_led", "mixed"],
        "rd_base": ["weak", "fair", "strong"],
        "gdp_ratio": ["60", "105", "130"],
    }
    combinations = [dict(zip(asked, values, strict=True)) for values in itertools.product(*asked.values())]
    without = 0
    for combination in combinations:
        answers = Answers(
            format="nqpf-answers/1",
            questionnaire=Reference(id="region", version=questionnaire.version),
            weights=reference,
            facts={id: fact(questionnaire, id, value) for id, value in (COUNTY | combination).items()},
        )
        view = read(instrument, answers)
        without += not any(fit_of(chain[-1], view) == "fits" for chain in chains)
    assert len(combinations) > 1000
    assert without <= len(combinations) / 10
