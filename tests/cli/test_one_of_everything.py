"""What commands say of an instrument that has one of everything, or none: no plural of one, no head over nothing."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

ASKED = """format = "nqpf-questionnaire/1"
id = "one"
version = "{version}"
subject = "firm"
languages = ["en"]
title.en = "One"
{more}
[pillars.p]
title.en = "Roads"
[dimensions.d]
pillar = "p"
title.en = "Paved roads"
[questions.q]
dimension = "d"
kind = "level"
revision = {revision}
text.en = "How far are they paved?"
levels = [{{ en = "None" }}, {{ en = "All" }}]
[questions.day]
dimension = "d"
kind = "date"
text.en = "When were they paved?"
range = [2000-01-01, 2030-12-31]
scale = [[0, 100], [100, 0]]
"""
FACT = """[facts.staff]
kind = "number"
text.en = "How many work here?"
range = [0, 900]
[countermeasures.pave]
title.en = "Pave"
gist.en = "Pave them."
lifts = { d = 20 }
when_below = 90
effort = 1
horizon = "short"
acts = "firm"
lead.en = "Owner"
kpi.en = "Paved"
"""
ANSWERED = """format = "nqpf-answers/1"
questionnaire = { id = "one", version = "1.0.0" }
weights = { id = "base", version = "1.0.0" }
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace with one baseline without bands; `two/` holds the next edition, with a fact and a measure."""
    rubric = 'format = "nqpf-weights/1"\nid = "base"\nquestionnaire = "one"\nversion = "1.0.0"\nname.en = "Plain"\n'
    small = rubric.replace('"base"', '"small"').replace("Plain", "Small").replace("version", "based_on")
    small = small.replace('"1.0.0"', '"base"') + 'fits = { fact = "staff", at_most = 50 }\n'
    for folder, values in ((tmp_path, ("1.0.0", "", 1)), (tmp_path / "two", ("2.0.0", FACT, 2))):
        (folder / "questionnaires").mkdir(parents=True)
        (folder / "weights" / "one").mkdir(parents=True)
        asked = ASKED.format(version=values[0], more=values[1], revision=values[2])
        (folder / "questionnaires" / "one.toml").write_text(asked, encoding="utf-8")
        (folder / "weights" / "one" / "base.toml").write_text(rubric, encoding="utf-8")
    (tmp_path / "two" / "weights" / "one" / "small.toml").write_text(small, encoding="utf-8")
    for name, answers in (
        ("all", "[answers]\nq = { value = 1 }\n"),
        ("none", '[answers]\nq = { value = 0 }\nday = { state = "dk" }\n'),
        ("day", "[answers]\nday = { value = 2025-01-01 }\n"),
        ("blank", ""),
    ):
        (tmp_path / f"{name}.toml").write_text(ANSWERED + answers, encoding="utf-8")
    (tmp_path / "small.toml").write_text(
        ANSWERED.replace('"base"', '"small"') + "[answers]\nq = { value = 0 }\n", encoding="utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("score all.toml", "Score 100.0 of 100; target 100.0\n"),
        ("score all.toml", "rubric Plain: 100.0 here"),
        ("explain day.toml d", "When were they paved?: no score: the year that the answers describe is missing"),
        ("explain day.toml day", "answered: 1 January 2025\n  no score: the year"),
        ("plan none.toml --budget 3", "The questionnaire has no countermeasures.\n"),
        ("--content two plan none.toml --budget 3 --exclude pave", "No measure can be chosen here.\nConsidered"),
        (
            "--content two plan none.toml --budget 3 --short 0",
            "Keeping to what was asked for, no measure gains anything",
        ),
        ("--content two suggest none.toml", "if the answer to “How many work here?” is 50 or less, Small comes first"),
        ("--content two suggest none.toml", "Suggested, as no local profile is known to fit: Plain"),
        ("merge all.toml none.toml -o out.toml", "Agenda: 1 question on which answers differ\n"),
        ("merge all.toml blank.toml -o out.toml", "Nothing was answered by two or more. Score of"),
        ("merge all.toml none.toml -o out.toml --rule majority", "as many as gave “level 1”;"),
        ("--content two migrate all.toml", "Of 1 answer, 1 to confirm."),
        ("--content two compare all.toml small.toml", "Any change of a score comes from the answers.\n"),
        ("weights show base all.toml --effect --questionnaire one", "Effect on 1 answer file, against “Plain”;"),
    ],
)
def test_what_is_one_or_none_is_told_as_that(run: Run, place: Path, command: str, said: str) -> None:
    done = run(*command.split())
    assert (done.returncode, said in done.stdout.replace("\n\n", "\n")) == (0, True), done.stdout + done.stderr


def test_an_effect_without_adjustments_says_nothing_of_them(run: Run, place: Path) -> None:
    done = run("weights", "show", "base", "all.toml", "--effect", "--questionnaire", "one")
    assert "None of them scores otherwise when one weight moves by ±25%." in done.stdout
    assert "adjustment" not in done.stdout


def test_a_new_file_has_no_head_over_nothing(run: Run, place: Path) -> None:
    """Neither over facts where there are none, nor over dimensions of which the quick mode asks nothing."""
    assert run("new", "whole.toml", "--questionnaire", "one", "--weights", "base").returncode == 0
    assert run("new", "core.toml", "--quick", "--questionnaire", "one", "--weights", "base").returncode == 0
    heads = [(place / name).read_text(encoding="utf-8").count("# ── ") for name in ("whole.toml", "core.toml")]
    assert heads == [1, 0]


def test_a_profile_beside_its_own_baseline_takes_nothing_away(run: Run, place: Path) -> None:
    folder = place / "two" / "weights" / "one"
    found = run("--content", "two", "diff", folder / "base.toml", folder / "small.toml").stdout
    assert "small: head fits" in found
    assert "removed" not in found


def test_the_logic_of_a_questionnaire_without_measures_has_no_head_for_them(run: Run, place: Path) -> None:
    """Nor is its reading level told in a language that it does not speak."""
    told = {lang: run("check", "questionnaires/one.toml", "--logic", "--lang", lang).stdout for lang in ("en", "zh")}
    assert "When each countermeasure appears" not in told["en"]
    assert ("Reading level" in told["en"], "阅读难度" in told["zh"]) == (True, False)


def test_a_reason_in_another_language_is_asked_for_where_it_can_be_given(run: Run, place: Path) -> None:
    """--why-en is not advised, which the rubric has no place for."""
    for path in (place / "two").rglob("*.toml"):
        words = path.read_text(encoding="utf-8").replace(".en =", ".fr =").replace("{ en =", "{ fr =")
        path.write_text(words.replace('["en"]', '["fr"]'), encoding="utf-8")
    named = ("--content", "two", "weights", "edit", "small", "--questionnaire", "one", "--node", "d", "--factor", "2")
    said = run(*named, "--why-en", "x").stderr
    assert "Reasons in fr are written in the editor" in said
    assert "--why-en" not in said


def test_what_fits_is_told_of_content_that_is_named_by_its_path(run: Run, place: Path) -> None:
    """It may lie in no folder where rubrics are looked for, so that there are none to choose from."""
    for file, folder in (("one", "questionnaires"), ("base", "weights/one"), ("small", "two/weights/one")):
        (place / folder / f"{file}.toml").rename(place / f"{file}.own.toml")
    (place / "base.own.toml").rename(place / "base.toml")  # for the profile, which is based on it
    content = ("--questionnaire", "one.own.toml", "--weights")
    done = run("suggest", "none.toml", *content, "base.toml")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Suggested, as no local profile fits: Plain [base]")
    done = run("suggest", "none.toml", "--questionnaire", "two/questionnaires/one.toml", "--weights", "small.own.toml")
    assert "known to fit: Plain [base]" in done.stdout, done.stdout + done.stderr
