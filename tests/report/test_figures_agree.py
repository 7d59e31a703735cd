"""Figures that stand side by side agree as printed: of score, target and gap, or before, after and change, the third
is what the printed two give."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.cli.main import run
from nqpf_assess.report.wording import difference, number, raised_by

SAMPLES = Path(__file__).parents[2] / "samples"
FIGURE = r"([+−]?\d+\.\d)"
GAP = re.compile(rf"{FIGURE} +{FIGURE} +{FIGURE} +\d+%$", re.MULTILINE)
CHANGE = re.compile(rf" {FIGURE} +{FIGURE} +{FIGURE}(?: +{FIGURE})*\s*$", re.MULTILINE)
ARROW = re.compile(rf"{FIGURE} → {FIGURE} \({FIGURE}\)")
GAIN = re.compile(rf"gain {FIGURE} points. Overall score\s+before\s+floors {FIGURE} → {FIGURE}")
PRODUCT = re.compile(r": (\d+\.\d+)% × (\d+\.\d+) = (\d+\.\d+)$", re.MULTILINE)


def figure(written: str) -> Decimal:
    return Decimal(written.replace("−", "-"))


def shown(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert run(["--lang", "en", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_a_gap_is_target_less_score(capsys: pytest.CaptureFixture[str]) -> None:
    rows = GAP.findall(shown(capsys, "score", *sorted(SAMPLES.glob("*.toml"))))
    assert len(rows) > 40
    for score, target, gap in rows:
        assert figure(target) - figure(score) == figure(gap)


def test_a_change_is_now_less_then_and_its_parts_add_up(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    old, new = SAMPLES / "renewal_city_2024.toml", SAMPLES / "renewal_city_2025.toml"
    words = new.read_text(encoding="utf-8")
    blended = words.replace('"industrial_renewal",', '"industrial_renewal", with = { all_round_centre = 0.4 },')
    (tmp_path / "blended.toml").write_text(blended, encoding="utf-8")
    for later in (new, tmp_path / "blended.toml"):
        page = shown(capsys, "compare", old, later)
        rows = [[figure(one) for one in re.findall(FIGURE, match[0])] for match in CHANGE.finditer(page)]
        assert len(rows) > 20
        for before, after, change, *parts in rows:
            assert after - before == change
            assert not parts or sum(parts) == change
        for before_, after_, change_ in ARROW.findall(page):
            assert figure(after_) - figure(before_) == figure(change_)


def test_a_product_of_explain_is_what_the_printed_weight_and_score_give(capsys: pytest.CaptureFixture[str]) -> None:
    """But for one in the last digit: 13.17% × 22.4975 is 2.9629, not 2.9620."""
    steps = PRODUCT.findall(shown(capsys, "explain", SAMPLES / "border_county_override.toml"))
    assert len(steps) > 50
    for weight, score, product in steps:
        assert abs(Decimal(weight) / 100 * Decimal(score) - Decimal(product)) < Decimal("0.00015")


@pytest.mark.parametrize("sample", ["cluster_county", "innovation_hub_city", "firm_food_workshop"])
def test_a_plan_leads_where_its_gain_says(capsys: pytest.CaptureFixture[str], sample: str) -> None:
    (found,) = GAIN.findall(shown(capsys, "plan", SAMPLES / f"{sample}.toml", "--budget", "9"))
    gain, before, after = map(figure, found)
    assert before + gain == after


SCORES = st.floats(0, 100)


@given(SCORES, SCORES)
def test_what_is_printed_adds_up_whatever_the_figures(before: float, after: float) -> None:
    change = figure(number(difference(before, after)))
    assert figure(number(before)) + change == figure(number(after))
    assert figure(number(raised_by(before, after))) == figure(number(before)) + figure(number(after))
    assert abs(change - (Decimal(after) - Decimal(before))) <= Decimal("0.1000000001")
