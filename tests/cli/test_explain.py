"""`explain`: the arithmetic behind a figure, down to the answers, for people and for machines."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import REPOSITORY, Run

FLOORED = REPOSITORY / "samples" / "innovation_hub_city.toml"
BLENDED = REPOSITORY / "samples" / "border_county_override.toml"


def test_explain_for_machines(run: Run, answers: Path) -> None:
    """`explain --json` holds the same arithmetic at full precision, down to the answers."""
    row = json.loads(run("explain", answers, "innovation", "--json").stdout)
    assert (row["format"], row["node"]) == ("nqpf-explanation/1", "innovation")
    mean = row["steps"][0]
    assert mean["score"] is None or mean["score"] == pytest.approx(sum(term["adds"] or 0 for term in mean["terms"]))
    answer = next(step for step in row["steps"] if step["id"] == "rd_intensity")
    assert (answer["by"], answer["value"]) == ("answer", "1.5")
    assert answer["scale"][0][0] < 1.5 < answer["scale"][-1][0]


def test_explain_adds_up(run: Run, answers: Path) -> None:
    """The lines of `explain` end in the score that `score --json` gives."""
    node = next(
        node for node in json.loads(run("score", answers, "--json").stdout)["nodes"] if node["id"] == "rd_intensity"
    )
    assert f"= {node['score']:.2f}" in run("explain", answers, "rd_intensity").stdout
    for title in ("科技创新", "数实融合"):  # as reports and pages have it, the long or the short one
        assert ("“innovation”" if title == "科技创新" else "“digital”") in run("explain", answers, title).stderr
    wrong = run("explain", answers, "rd_intensty")
    assert wrong.returncode == 2
    assert "rd_intensity" in wrong.stderr
    told = run("explain", answers, "population", "--lang", "en").stderr  # as the agenda of a merge names it
    assert told == "error: “population” is a fact, which earns nothing: there is no arithmetic to explain\n"
    told = run("explain", answers, "digital_diagnosis", "--lang", "en").stderr  # as a plan names it
    assert "is a measure. What it gains: nqpf-assess plan FILE --choose digital_diagnosis" in told


def test_explain_says_of_which_year_a_figure_is(run: Run, answers: Path) -> None:
    """Whoever asks where a figure comes from is told its year, which need not be that of the assessment."""
    for language, told in (("en", "1.5% (2024)"), ("zh", "1.5%（2024年）")):
        assert run("explain", answers, "rd_intensity", "--lang", language).stdout.splitlines()[1].endswith(told)


def test_explain_says_what_lifts_a_floor_and_how_a_weight_came_about(run: Run) -> None:
    whole = run("explain", FLOORED).stdout.splitlines()
    assert whole[0].startswith("Overall score before the floors = ")  # not the overall score
    assert any("After the floors the overall score is 59.00" in line for line in whole[:20])
    assert json.loads(run("explain", FLOORED, "--json").stdout)["after_floors"] == pytest.approx(59)
    floor = run("explain", FLOORED, "safety").stdout
    assert "for which this is enough: level 3: " in floor
    assert "for which this is enough: 76%" in floor
    rows = {row["id"]: row for row in json.loads(run("score", "--json", FLOORED).stdout)["nodes"]}
    lifted = rows["project_review_share"]["to_target_after_floors"]
    assert lifted > 20
    assert f"{lifted:.2f} after the floors" in run("explain", FLOORED, "project_review_share").stdout
    came_about = run("explain", BLENDED, "green", "--weights", "border_gateway+0.4*ecological").stdout
    assert "How its weight and target came about:" in came_about
    assert re.search(r"Ecological-function area \(40%\): weight × [\d.]+\^0\.4, target", came_about)
    green = next(
        row["target"] for row in json.loads(run("score", "--json", BLENDED).stdout)["nodes"] if row["id"] == "green"
    )
    assert f"so that of “Green productivity” comes to {green:.1f}." in run("explain", BLENDED, "green").stdout


def test_a_floor_that_bears_the_id_of_another_part_is_explained_too(run: Run, answers: Path) -> None:
    own = answers.with_name("own.toml")
    own.write_text(
        'format = "nqpf-weights/1"\nid = "own"\nquestionnaire = "region"\nbased_on = "baseline"\n'
        'name = { en = "Own", zh = "自有" }\n[floors.innovation]\nnode = "safe_development"\nbelow = 50\ncap = 55\n'
        'why = { en = "Safety first.", zh = "安全第一。" }\n',
        encoding="utf-8",
    )
    told = run("explain", answers, "innovation", "--weights", own).stdout
    assert "[pillar innovation]" in told
    assert "Floor [innovation]" in told
    row = json.loads(run("explain", answers, "floors.innovation", "--json", "--weights", own).stdout)
    assert row["node"] == "safe_development"
