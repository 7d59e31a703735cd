"""The library for Python: figures of the command line, problems of `check`, nothing imported before its time."""

import copy
import json
import pickle
import re
import subprocess
import sys
import warnings
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import nqpf_assess as nq
from nqpf_assess.cli.main import run

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "cluster_county.toml"


@pytest.fixture(scope="module")
def assessment() -> nq.Assessment:
    return nq.load(SAMPLE)


@pytest.fixture(scope="module")
def card(assessment: nq.Assessment) -> nq.Card:
    return nq.score(assessment)


def test_a_card_has_the_figures_of_the_command_line(card: nq.Card, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", "--json", str(SAMPLE)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["overall"]["score"] == card.overall.score
    assert {node["id"]: node["gap"] for node in told["nodes"]} == {node.id: node.gap for node in card}
    assert card["green"].gap == card["green"].target - card["green"].score  # type: ignore[operator]
    assert "green" in card
    assert "grey" not in card


def test_values_pass_to_other_processes_and_are_copied(assessment: nq.Assessment, card: nq.Card) -> None:
    """As for a pool of processes, and for `asdict`."""
    plan = nq.plan(assessment, 8)
    for value in (assessment, card, plan):
        assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value
    there = pickle.loads(pickle.dumps(assessment))
    assert nq.score(there, weights="ecological").overall == nq.score(assessment, weights="ecological").overall


def test_a_blend_is_shown_with_its_shares() -> None:
    blended = nq.load(ROOT / "samples" / "border_county_override.toml")
    for shown in (blended, nq.score(blended)):
        assert repr(shown).endswith("weights border_gateway+0.3*ecological>")


def test_a_card_is_shown_with_its_score_rounded_as_everywhere_else(card: nq.Card) -> None:
    tied = replace(card, overall=replace(card.overall, score=41.25))
    assert ": 41.3 (" in repr(tied)


def test_paths_and_whole_numbers_are_taken_as_libraries_have_them(assessment: nq.Assessment) -> None:
    rubric = ROOT / "weights" / "region" / "ecological.toml"
    assert nq.score(assessment, weights=rubric).overall == nq.score(assessment, weights="ecological").overall
    assert nq.load(SAMPLE, weights=rubric, questionnaire=ROOT / "questionnaires" / "region", content=ROOT).notices == ()
    assert nq.plan(assessment, np.int64(8)) == nq.plan(assessment, 8)  # type: ignore[arg-type]
    for name in ("questionnaire", "weights"):
        with pytest.raises(nq.UserError, match="“”"):
            nq.load(SAMPLE, **{name: ""})


def test_another_rubric_and_a_blend(assessment: nq.Assessment, capsys: pytest.CaptureFixture[str]) -> None:
    for weights in ("ecological", "grain_base+0.4*cluster_county"):
        assert run(["score", "--json", str(SAMPLE), "--weights", weights]) == 0
        told = json.loads(capsys.readouterr().out)["overall"]["score"]
        assert nq.score(assessment, weights=weights).overall.score == told


def test_a_plan_is_that_of_the_command_line(assessment: nq.Assessment, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "--json", str(SAMPLE), "--budget", "8"]) == 0
    told = json.loads(capsys.readouterr().out)
    plan = nq.plan(assessment, budget=8)
    assert [step.id for step in plan.chosen] == [step["id"] for step in told["chosen"]]
    assert plan.gain == told["gain"]
    for budget in (-1, 7.5, "8", True):
        with pytest.raises(nq.UserError, match="whole number"):
            nq.plan(assessment, budget=budget)  # type: ignore[arg-type]


def test_values_are_frozen(assessment: nq.Assessment, card: nq.Card) -> None:
    for value in (assessment, card, card.overall, card["green"]):
        with pytest.raises(FrozenInstanceError):
            setattr(value, fields(value)[0].name, None)


def test_a_node_that_is_not_there_is_named_with_the_nearest(card: nq.Card) -> None:
    with pytest.raises(nq.UserError, match="gren") as raised:
        card["gren"]
    assert "green" in raised.value.__notes__[0]


def test_an_error_carries_the_problems_that_check_finds(tmp_path: Path) -> None:
    """Where Python shows it, each stands below it with its place and what to do."""
    text = SAMPLE.read_text(encoding="utf-8")
    for name, wrong in (("a", "rd_intensty"), ("b", "rd_intensitie")):
        (tmp_path / f"{name}.toml").write_text(text.replace("rd_intensity", wrong), encoding="utf-8")
    with pytest.raises(nq.UserError) as raised:
        nq.load(tmp_path / "a.toml")
    assert raised.value.problems == nq.check(tmp_path / "a.toml")
    assert any("unknown_reference" in note and "rd_intensty" in note for note in raised.value.__notes__)
    with pytest.raises(nq.UserError, match="2 of 2") as both:
        nq.load_all(tmp_path)
    assert {Path(problem.source).name for problem in both.value.problems} == {"a.toml", "b.toml"}
    with pytest.raises(nq.UserError, match="does not exist") as gone:
        nq.load(tmp_path / "none.toml")
    assert [problem.code for problem in gone.value.problems] == ["missing_file"]


def test_folders_are_read_to_the_bottom_and_nothing_is_passed_over_silently(tmp_path: Path) -> None:
    inside = tmp_path / "Zhejiang" / "Ningbo"
    inside.mkdir(parents=True)
    (inside / "one.toml").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "two.toml").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.warns(nq.NotAsWritten, match=r"notes\.txt") as told:
        found = nq.load_all(tmp_path)
    assert [warning.filename for warning in told] == [__file__]
    for number in range(30):
        (tmp_path / f"{number}.txt").touch()
    with pytest.warns(nq.NotAsWritten, match="besides: 11 more"):
        nq.load_all(tmp_path)
    assert [each.path.name for each in found] == ["two.toml", "one.toml"]
    with pytest.warns(nq.NotAsWritten, match="neither questionnaires/ nor weights/") as told:
        nq.load(SAMPLE, content=tmp_path)
    assert [warning.filename for warning in told] == [__file__]


def test_what_migrate_kept_is_not_taken_for_answers(tmp_path: Path) -> None:
    """A copy beside its file is left out with a warning, so that no assessment counts twice."""
    for name in ("one.toml", "one.2026.1.0.toml", "one.2026.1.0-1.toml", "two.2026.1.0.toml"):
        (tmp_path / name).write_bytes(SAMPLE.read_bytes())
    for paths in ((tmp_path,), sorted(tmp_path.iterdir(), reverse=True)):
        with pytest.warns(nq.NotAsWritten, match="a copy of an answer file") as told:
            found = nq.load_all(*paths)
        assert [warning.filename for warning in told] == [__file__]
        assert {each.path.name for each in found} == {"one.toml", "two.2026.1.0.toml"}


def test_answers_to_another_edition_are_announced(tmp_path: Path) -> None:
    file = tmp_path / "old.toml"
    file.write_text(re.sub(r'version = "[^"]+"', 'version = "2001.1.0"', SAMPLE.read_text(encoding="utf-8")), "utf-8")
    with pytest.warns(nq.NotAsWritten, match="2001") as told:
        assert nq.load(file).notices
    assert [warning.filename for warning in told] == [__file__]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nq.load(SAMPLE)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_report_is_written_and_nothing_foreign_replaced(assessment: nq.Assessment, tmp_path: Path, lang: str) -> None:
    made = nq.report(assessment, tmp_path / "r.md", lang=lang, date="2026-11-27")  # type: ignore[arg-type]
    words = made.read_text(encoding="utf-8")
    assert assessment.answers.subject.name.split()[0] in words
    nq.report(assessment, made, lang=lang, date=date(2026, 11, 27))  # type: ignore[arg-type]
    assert made.read_text(encoding="utf-8") == words
    mine = tmp_path / "mine.md"
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(nq.UserError, match="no report of ours"):
        nq.report(assessment, mine)
    with pytest.raises(nq.UserError, match=r"not in “\.xls”"):
        nq.report(assessment, tmp_path / "r.xls")
    for other in ({"lang": "fr"}, {"edition": "half"}):
        with pytest.raises(nq.UserError, match="is one of"):
            nq.report(assessment, tmp_path / "new.md", **other)  # type: ignore[arg-type]
    assert not (tmp_path / "new.md").exists()


def test_a_workspace_without_faults_has_no_errors() -> None:
    assert [p for p in nq.check(ROOT / "samples") if p.severity == "error"] == []


def test_nothing_is_imported_before_its_time(tmp_path: Path) -> None:
    """Not even the standard library's typing for the names alone; no app and no page to score and plan.

    `report` stays one and the same to other processes, whichever of its two was imported first.
    """
    steps = f"""
import sys
before = set(sys.modules)
import nqpf_assess as nq
print(sorted(set(sys.modules) - before))
nq.plan(nq.score(nq.load({str(SAMPLE)!r})).assessment, budget=3)
print(sorted({{"textual", "reportlab", "pyarrow", "narwhals", "rich", "click"}} & set(sys.modules)))
import pickle
import nqpf_assess.report.make
there = pickle.loads(pickle.dumps(nq.report))
print(there is nq.report, there(nq.load({str(SAMPLE)!r}), {str(tmp_path / "r.txt")!r}).name)
"""
    done = subprocess.run([sys.executable, "-c", steps], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["['nqpf_assess']", "[]", "True r.txt"]


def test_the_names_that_are_promised_are_there_and_documented() -> None:
    assert set(dir(nq)) == set(nq.__all__)
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    for name in set(nq.__all__) - {"__version__", "Problem"}:
        found = getattr(nq, name)
        assert found.__doc__
        assert name in page, name
    with pytest.raises(AttributeError):
        nq.nothing_of_this_name  # noqa: B018


def test_a_rubric_that_was_edited_is_read_anew(assessment: nq.Assessment, tmp_path: Path) -> None:
    """In a notebook a rubric is changed and tried again: each score is of the file as it is."""
    mine = tmp_path / "mine.toml"
    words = (ROOT / "weights" / "region" / "ecological.toml").read_text(encoding="utf-8")
    mine.write_text(words.replace('id = "ecological"', 'id = "mine"'), encoding="utf-8")
    before = nq.score(assessment, weights=mine).overall.score
    mine.write_text(mine.read_text(encoding="utf-8").replace("factor = 0.7", "factor = 0.2", 1), encoding="utf-8")
    now = nq.score(assessment, weights=mine).overall.score
    assert now != before
    assert now == nq.score(nq.load(assessment.path), weights=mine).overall.score
    assert nq.plan(assessment, 5, weights=mine).score_before != before
