"""A figure rounded for print says nothing that the figure itself does not."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.model.answers import Answers
from nqpf_assess.report.blocks import words_of
from nqpf_assess.report.outline import findings, pillars, ranking, verdict
from nqpf_assess.report.outline.findings import furthest, opening
from nqpf_assess.report.outline.front import key_figures
from nqpf_assess.report.outline.sureness import robustness
from nqpf_assess.report.wording import apart, banded, covered, percent_apart
from tests.report.outline.made import COUNTY, answered, case_of, mixed, shipped
from tests.support.scored import instrument_of
from tests.support.varied import tiny


@pytest.mark.parametrize(
    ("share", "said"), [(0.4, "40%"), (0.497, "49.7%"), (0.49996, "49.996%"), (0.495, "49.5%"), (None, "–")]
)
def test_a_share_below_the_least_is_not_printed_as_it(share: float | None, said: str) -> None:
    """With as many decimals as it takes, so that 50% is not short of 50%."""
    assert percent_apart(share, 0.5) == said


@pytest.mark.parametrize(
    ("value", "lines", "said"),
    [(39.97, (40.0,), "39.97"), (40.0, (40.0,), "40.0"), (99.996, (100.0,), "99.996"), (41.0, (40.0,), "41.0")],
)
def test_what_lies_below_a_line_is_not_printed_as_it(value: float, lines: tuple[float, ...], said: str) -> None:
    assert apart(value, *lines) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(1.0, "100%"), (0.9996, "99.96%"), (1 - 1e-13, "100%"), (0.004, "0.4%"), (0.0, "0%"), (0.6, "60%")],
)
def test_all_is_answered_only_where_nothing_is_open(share: float, said: str) -> None:
    assert covered(share) == said


def test_a_score_that_misses_its_target_or_the_next_band_is_not_printed_as_it() -> None:
    case = case_of(*county())
    line = float(list(case.instrument.rules.bands.values())[1].from_)
    overall = replace(case.card.overall, score=line - 0.04, uncapped=line - 0.04, target=line, gap=0.04)
    overall = replace(overall, coverage=0.9996)
    close = replace(case, card=replace(case.card, overall=overall))
    assert f"{line - 0.04:.2f} of 100" in verdict.figures(close)
    assert "0.04 points below the target" in verdict.figures(close)
    score, *_rest = key_figures(close).figures
    assert score.value == f"{line - 0.04:.2f}"
    assert "99.96%" in [figure.value for figure in key_figures(close).figures]
    pillar = replace(case.pillars[0], score=99.96, target=100.0, gap=0.04)
    assert "99.96 against a target of 100.0" in opening(case, pillar)
    # A band that it does reach needs no more.
    assert banded(line + 0.04, case.instrument.rules.bands) == f"{line:.1f}"
    # A chart and the table beside it have one decimal both.
    assert pillars.bar(case, pillar, "x").value.startswith("100.0 → 100.0")


def test_a_band_that_only_rounding_keeps_from_a_range_is_reached() -> None:
    case = case_of(*county())
    line = float(list(case.instrument.rules.bands.values())[1].from_)
    overall = replace(case.card.overall, robust_low=line - 1e-12, robust_high=line + 1)
    said, *_table = robustness(replace(case, card=replace(case.card, overall=overall)))
    assert "does not change" in words_of(said.runs)


def county() -> tuple[Instrument, Answers]:
    instrument = shipped("region", "ecological")
    return instrument, answered(instrument, facts=COUNTY, wanted=lambda id: None if mixed(id) < 8 else mixed(id))


def lead_of(scores: Mapping[str, Mapping[str, Any]], **rest: Any) -> str:
    """What the ranking of a tiny instrument says first."""
    found = tiny(scores, scoring={"minimum_coverage": Decimal("0.6")}, **rest)
    case = case_of(instrument_of(found.questionnaire, found.chain), Answers.model_validate(found.answers))
    return "".join(run.text for run in ranking.lead(case).runs)


def test_the_largest_part_is_told_only_where_none_is_printed_as_large() -> None:
    for second, largest in ((20, ""), (30, "p")):
        found = tiny({"p": {"d": 20}, "q": {"e": second}})
        case = case_of(instrument_of(found.questionnaire, found.chain), Answers.model_validate(found.answers))
        assert findings.largest(case) == largest


def test_of_two_equal_gaps_none_alone_makes_up_half_of_the_shortfall() -> None:
    """Neither is named as the one dimension that does."""
    for second, said in ((20, "2 dimensions make up"), (30, "One dimension makes up")):
        found = tiny({"p": {"d": 20}, "q": {"e": second}})
        case = case_of(instrument_of(found.questionnaire, found.chain), Answers.model_validate(found.answers))
        assert ranking.headline(case).startswith(said)


@pytest.mark.parametrize(
    ("score", "target", "said"),
    [
        ("62.46", "50.64", "gap −11.9: 0.0 short, 11.9 ahead"),  # and not “−0.1 short”
        ("62.44", "50.66", "gap −11.7: 0.0 short, 11.7 ahead"),  # and not “0.1 short”
        ("40.06", "50.04", "gap 9.9: 9.9 short, 0.0 ahead"),
    ],
)
def test_where_every_target_is_reached_nothing_is_short(score: str, target: str, said: str) -> None:
    """What rounding takes is not put down as points that are missing, nor as fewer than none."""
    found = tiny({"p": {"d": Decimal(score)}}, targets={"p": Decimal(target)})
    case = case_of(instrument_of(found.questionnaire, found.chain), Answers.model_validate(found.answers))
    assert said in [figure.note for figure in key_figures(case).figures]


def test_what_is_printed_further_below_its_target_is_named_too() -> None:
    """59.97 − 29.94 is less than 60.0 − 29.96, and is printed 60.0 − 29.9."""
    first, *_ = case_of(*county()).pillars
    figures = ((10.0, 90.0), (29.96, 60.0), (29.94, 59.97), (40.0, 60.0))
    nodes = [replace(first, id=str(n), score=s, target=t, gap=t - s) for n, (s, t) in enumerate(figures)]
    assert [node.id for node in furthest(nodes, 2)] == ["0", "1", "2"]
