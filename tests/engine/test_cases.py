"""The worked cases of tests/cases: published examples and examples worked by hand."""

from decimal import Decimal

import pytest

from tests.support.oracle import Plain
from tests.support.scored import engine_json
from tests.support.worked import case_of, expectations, worked_cases

CASES = dict(worked_cases())


@pytest.mark.parametrize("name", CASES)
def test_a_worked_case_comes_out_as_published(name: str) -> None:
    """Every expected figure within the tolerance the case states; words ("none" for no figure) exactly."""
    case: Plain = CASES[name]
    tolerance = float(case["expect"].get("tolerance", 1e-9))
    found = list(expectations(case["expect"], engine_json(case_of(case))))
    assert found
    for figure, wanted, got in found:
        if isinstance(wanted, int | Decimal) and not isinstance(wanted, bool):
            assert got == pytest.approx(float(wanted), abs=tolerance), f"{case['title']}: {figure}"
        else:
            assert got == (None if wanted == "none" else wanted), f"{case['title']}: {figure}"
