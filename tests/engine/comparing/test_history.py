"""A city over five years: the line, what each year did, a change of rubric in between, and the plan held to it."""

import tomllib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from nqpf_assess.engine.comparing import ComparedAssessment, compare
from nqpf_assess.engine.comparing.history import histories, without_order
from nqpf_assess.engine.comparing.planned import verdict
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score
from nqpf_assess.model.answers import Answers, Override, Subject
from nqpf_assess.model.comparison import Verdict
from tests.support.scored import ROOT, instrument_of, shipped_chain, shipped_questionnaire

YEARS = ("2021", "2022", "2023", "2024", "2025")
TODAY = date(2026, 3, 2)
BEHIND = {"2021": 4, "2022": 3, "2023": 2}
"""Every how many-th level was one lower than in 2024."""


@cache
def instrument(profile: str) -> Instrument:
    return instrument_of(shipped_questionnaire("region"), shipped_chain("region", profile))


@cache
def answers(year: str) -> Answers:
    """The two samples, and before them years in which more and more levels were still lower."""
    name = "renewal_city_2025" if year == "2025" else "renewal_city_2024"
    path = ROOT / "samples" / f"{name}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    table["subject"]["period"] = year
    levels = [e for e in table["answers"].values() if isinstance(e.get("value"), int)]
    for entry in levels[:: BEHIND[year]] if year in BEHIND else ():
        entry["value"] = max(0, entry["value"] - 1)
    return Answers.model_validate(table)


def profile(year: str) -> str:
    """In its first two years the city was read by the baseline."""
    return "baseline" if year < "2023" else "industrial_renewal"


def scored(years: Sequence[str]) -> list[Any]:
    return [(f"city-{y}.toml", answers(y), score(instrument(profile(y)), answers(y))) for y in years]


def test_the_line_runs_through_the_years_whatever_the_order_of_the_files() -> None:
    """Five points in the order of the years; each change is the difference to the year before."""
    (line,) = histories(scored(YEARS[::-1]))
    assert line.subject == answers(YEARS[0]).subject.name
    assert [year.period for year in line.years] == list(YEARS)
    scores = [year.score or 0.0 for year in line.years]
    changes = [year.change for year in line.years]
    assert changes[0] is None
    assert sum(change or 0.0 for change in changes) == pytest.approx(scores[-1] - scores[0], abs=1e-9)
    assert scores[-1] > scores[-2] > scores[2]


def test_half_years_follow_each_other_however_they_are_written() -> None:
    """By time and not by letters: H1 2025 before H2 2024 would tell a change the wrong way round."""
    said = {"2023": "FY2023", "2024": "H2 2024", "2025": "H1 2025"}
    files = []
    for name, given, card in scored(tuple(said)):
        named = given.subject.model_copy(update={"period": said[given.subject.period]})
        files.append((name, given.model_copy(update={"subject": named}), card))
    (line,) = histories(files)
    assert [year.period for year in line.years] == list(said.values())


def test_the_line_goes_by_the_years_however_they_are_written() -> None:
    """By time and not by letters: “as of 2024” behind 2025 would tell a rise as a fall."""
    renamed = [
        (name, given.model_copy(update={"subject": given.subject.model_copy(update={"period": period})}), card)
        for period, (name, given, card) in zip(("2025年", "截至2024年底"), scored(["2025", "2024"]), strict=True)
    ]
    (line,) = histories(renamed)
    assert [year.period for year in line.years] == ["截至2024年底", "2025年"]
    assert (line.years[1].change or 0.0) > 0
    assert histories([renamed[0], *scored(["2025"])]) == ()  # one year


def test_the_year_of_another_rubric_is_marked() -> None:
    """Only the year in which the rubric changed is not like the one before."""
    (line,) = histories(scored(YEARS))
    assert [year.period for year in line.years if not year.like_before] == ["2023"]


def test_a_year_answered_to_an_earlier_edition_is_marked_though_the_present_one_scored_it() -> None:
    """Its 80 yuan may be 80 of 10,000 yuan: where the line tells a fall and comparing a rise, the mark says why."""
    former, *others = scored(YEARS[-3:])
    reference = former[1].questionnaire.model_copy(update={"version": "1.4.0"})
    (line,) = histories([(former[0], former[1].model_copy(update={"questionnaire": reference}), former[2]), *others])
    assert [year.like_before for year in line.years] == [True, False, True]


def test_a_quick_screening_among_full_assessments_is_marked() -> None:
    """It asks other questions, so that scores move where no answer does."""
    *before, (name, full, _) = scored(YEARS[-3:])
    quick = full.model_copy(update={"mode": "quick"})
    (line,) = histories([*before, (name, quick, score(instrument(profile(YEARS[-1])), quick))])
    assert [year.like_before for year in line.years] == [True, True, False]


def test_a_year_with_other_weights_by_hand_is_marked() -> None:
    """The rubric is the same; what the correction moves is no step of the answers. Targets move nothing."""
    found = []
    for year, factor in zip(YEARS[-3:], (None, Decimal("0.2"), Decimal("0.2")), strict=True):
        given = answers(year).model_copy(
            update={"override": (Override(node="green", factor=factor, target=Decimal(70), why=year),)}
        )
        found.append((year, given, score(instrument("industrial_renewal"), given)))
    (line,) = histories(found)
    assert [year.like_before for year in line.years] == [True, False, True]


@pytest.mark.parametrize("pair", [*pairwise(YEARS), (YEARS[0], YEARS[-1])])
def test_each_step_comes_apart_exactly(pair: tuple[str, str]) -> None:
    """Answers, weights, questionnaire: they sum to the change of every node, and the rubric moves only in its year."""
    old, new = (ComparedAssessment(year, answers(year), instrument(profile(year))) for year in pair)
    found = compare(old, new, TODAY)
    moved = found.overall.effects["weights"] or 0.0
    assert (abs(moved) > 1e-6) == (profile(pair[0]) != profile(pair[1]))
    for change in [found.overall, found.uncapped, *(node.change for node in found.nodes)]:
        if change.total is not None:
            parts = sum(effect or 0.0 for effect in change.effects.values()) + (change.unsplit or 0.0)
            assert parts == pytest.approx(change.total, abs=1e-9)


def test_what_was_planned_in_2024_is_held_to_2025() -> None:
    """The seven measures of the plan, with the state of the sheet; of a dimension nobody planned nothing is said."""
    old, new = (ComparedAssessment(year, answers(year), instrument(profile(year))) for year in ("2024", "2025"))
    planned = compare(old, new, TODAY).planned
    assert planned is not None
    assert [measure.id for measure in planned.measures] == list(answers("2024").plan.chosen)
    states = {measure.id: measure.state for measure in planned.measures}
    assert (states["equipment_renewal"], states["transition_and_services"]) == ("done", "dropped")
    named = {lift.id for lift in planned.lifts}
    known = instrument("industrial_renewal").questionnaire.countermeasures
    assert named <= {id for measure in planned.measures for id in known[measure.id].lifts}
    assert all(lift.planned > 0 for lift in planned.lifts)
    assert planned.verdict == "partly"


def test_respondents_of_one_year_and_other_places_are_no_line() -> None:
    """Two files of one year, and one file of another place, make no line."""
    twice = [*scored(["2024"]), *scored(["2024"])]
    assert histories(twice) == ()
    name, given, card = scored(["2025"])[0]
    other = given.model_copy(update={"subject": given.subject.model_copy(update={"name": "elsewhere"})})
    assert histories([*scored(["2024"]), (name, other, card)]) == ()


def test_two_files_of_one_year_stand_in_the_way_of_a_line_and_are_named() -> None:
    """A copy that lies beside the files of several years; respondents of one year alone are in the way of none."""
    first, later = scored(["2024", "2025"])
    kept = ("copy", *first[1:])
    assert histories([first, later, kept]) == ()
    assert [*without_order([first, later, kept])] == [(first, kept)]
    assert [*without_order([first, kept])] == [*without_order([first, later])] == []
    fiscal = (
        "copy",
        first[1].model_copy(update={"subject": Subject(name=first[1].subject.name, period="FY2024")}),
        first[2],
    )
    assert histories([first, later, fiscal]) == ()  # the same year in other words
    assert [*without_order([first, later, fiscal])] == [(first, fiscal)]
    unclear = (
        "copy",
        first[1].model_copy(update={"subject": Subject(name=first[1].subject.name, period="2024年夏")}),
        first[2],
    )
    assert histories([first, later, unclear]) == ()
    assert [*without_order([first, later, unclear])] == [(unclear, first)]
    timeless, *_ = scored([""])
    assert [*without_order([first, timeless, ("copy", *timeless[1:])])] == []  # of which nobody knows the year


@pytest.mark.parametrize(
    ("planned", "achieved", "said"),
    [
        (10.0, 10.0, "reached"),
        (10.0, 10.0 - 1e-10, "reached"),
        (10.0, 4.0, "partly"),
        (10.0, 0.0, "unmoved"),
        (10.0, -1e-10, "unmoved"),
        (10.0, -2.0, "fell"),
        (0.0, 0.0, "reached"),
        (None, 3.0, "unknown"),
        (10.0, None, "unknown"),
    ],
)
def test_the_verdict_on_a_plan(planned: float | None, achieved: float | None, said: Verdict) -> None:
    """Closer than 1e-9 counts as equal; without a figure nothing is claimed."""
    assert verdict(planned, achieved) == said
