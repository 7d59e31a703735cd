"""Other weights: the same seed gives the same figures, and weights left as they are change nothing."""

from pathlib import Path

import numpy as np
import pytest

from nqpf_assess.engine.scorecard import score
from tools import vary_weights, write_validation

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sample():
    library, questionnaire, _ = write_validation.content("region")
    sheet = library.open_answers(ROOT / "samples" / "catch_up_county.toml")
    assert sheet.instrument is not None
    assert sheet.answers is not None
    pillars = {id: dimension.pillar for id, dimension in questionnaire.dimensions.items()}
    return score(sheet.instrument, sheet.answers), pillars


def test_weights_left_as_they_are_give_the_score_and_the_first_measures_of_the_program(sample):
    card, pillars = sample
    found = vary_weights.varied("sample", card, pillars, sets=3, widest=1.0)
    assert found.overall == pytest.approx(card.overall.uncapped)
    assert (found.kept, found.first_kept) == (1, 1)


def test_the_same_seed_gives_the_same_sets(sample):
    card, pillars = sample
    one, other = (vary_weights.varied("sample", card, pillars, sets=40) for _ in range(2))
    assert np.array_equal(one.overall, other.overall)
    assert one.overall.std() > 0
    assert 0 < one.kept < 1


def test_pairs_are_counted_where_they_keep_their_order():
    low, high = (vary_weights.Varied(id, np.array(values), 1, 1) for id, values in (("a", [1, 3]), ("b", [2, 2])))
    assert vary_weights.same_order([low, high], [1.0, 2.0]) == (0.5, 0.5)
