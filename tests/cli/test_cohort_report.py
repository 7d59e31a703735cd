"""`cohort report` as a process: its files, what they replace, its forms and both languages."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.cli.main import run as main
from tests.cli.conftest import REPOSITORY, Run
from tests.cohort.conftest import rows_of, write_csv
from tests.report.reading import extracted
from tests.session.conftest import write_content

REGION = ("--questionnaire", "region")
AGAIN = {"pdf": [("two", "both")], "md": [("zh", "zh")]}
"""What is written a second time: the same, and in one language."""
SAMPLES = REPOSITORY / "samples"
SMALL = ("--questionnaire", "small")


@pytest.mark.parametrize(("to", "ending"), [("pdf", "pdf"), ("docx", "docx"), ("md", "md"), ("text", "txt")])
def test_the_report_of_a_cohort(to: str, ending: str, run: Run, table: Path, tmp_path: Path) -> None:
    """All files, twice the same bytes; the report in either language or both."""
    asked = (table, *REGION, "--by", "region", "--herding", "priority_industries", "--to", to, "--date", "2026-11-25")
    for folder, language in (("one", "both"), *AGAIN.get(to, ())):
        done = run("cohort", "report", *asked, "-o", folder, "--lang", language)
        assert done.returncode == 0, done.stderr
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert {*files} == {
        *(
            f"{name}.csv"
            for name in ("ranks", "groups", "bands", "gaps", "weakest", "inequality", "weights", "herding")
        ),
        "cohort.json",
        f"report.{ending}",
    }
    if to == "pdf":
        assert files == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    made: dict[str, Any] = json.loads(files["cohort.json"])
    assert made["format"] == "nqpf-cohort/1"
    assert len(made["ranks"]) == 60
    assert made["rubrics"][0]["digest"].startswith("sha256:")  # beside the table `weights`: no key stands twice
    assert {row["method"] for row in made["weights"]} == {"entropy", "critic"}
    assert made["groups"][0]["n"] == 60
    if to == "md":
        english, chinese = files["report.md"].decode(), (tmp_path / "zh" / "report.md").read_text(encoding="utf-8")
        assert re.search(r"## The middle half of the baseline scores lies between", english)
        assert "- With a baseline score: **" in english  # of several profiles: others have a score and a band too
        assert re.search(r"通用基准得分居中的一半在", chinese)
        assert "middle half" not in chinese


def test_floors_and_bands_are_named_as_by_the_profile_of_the_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not as by another profile at hand that calls its floor or band the same."""
    monkeypatch.chdir(tmp_path)
    Path("weights/region").mkdir(parents=True)
    for id, node, band in (("aa", "green", "Well on the way"), ("bb", "talent", "Nearly there")):
        Path(f"weights/region/{id}.toml").write_text(
            f'format = "nqpf-weights/1"\nid = "{id}"\nquestionnaire = "region"\nbased_on = "baseline"\n'
            f'name = {{ en = "{id}", zh = "{id}" }}\n'
            f'[bands]\ndeveloping = {{ from = 30, en = "{band}", zh = "{band}" }}\n'
            f'[floors.core]\nnode = "{node}"\nbelow = 95\ncap = 60\nwhy = {{ en = "Needed.", zh = "必要。" }}\n',
            encoding="utf-8",
        )
    write_csv(Path("t.csv"), [row | {"weights": "aa"} for row in rows_of(12)])
    main(["cohort", "report", "t.csv", *REGION, "-o", "out", "--to", "text", "--ranks", "--lang", "en"])
    said = Path("out/report.txt").read_text(encoding="utf-8")
    ranks = said.partition("Ranks, as asked for")[2]
    assert ("Green productivity" in ranks, "Skilled workers" in ranks) == (True, False)
    assert ("Well on the way" in said, "Nearly there" in said) == (True, False)


def test_one_profile_and_a_blend_are_compared_by_the_baseline_score(run: Run, tmp_path: Path) -> None:
    """By score each would stand under its own weights; both are named, and half is half of those with a score."""
    names = ("ecological+0.4*grain_base", "ecological", "ecological")
    write_csv(tmp_path / "t.csv", [row | {"weights": names[at % 3]} for at, row in enumerate(rows_of(40))])
    done = run("cohort", "report", "t.csv", *REGION, "-o", "out", "--to", "md", "--ranks", "--lang", "en")
    assert done.returncode == 0, done.stderr
    said = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    made = json.loads((tmp_path / "out" / "cohort.json").read_text(encoding="utf-8"))
    whole = next(row for row in made["groups"] if row["column"] == "baseline_score")
    assert f"- Median: **{whole['median']:.1f}** (Baseline score)" in said
    assert "with 40% of Main agricultural production area" in said
    assert "## The middle half of the baseline scores lies between" in said
    assert "| Respondent | Below its floor | Baseline score | Rank | Answered |" in said
    assert "lower quartile of the baseline score" in said


def test_a_name_that_the_fonts_lack_is_said_to_stand_in_the_files_beside_the_report(run: Run, tmp_path: Path) -> None:
    """Not in the attached answers: a report on many attaches none."""
    write_csv(tmp_path / "t.csv", [row | {"respondent": f"བོད་{at}"} for at, row in enumerate(rows_of(3))])
    done = run("cohort", "report", "t.csv", *REGION, "-o", "out", "--ranks", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "Theyarekeptinthefilesbesideit." in "".join(extracted((tmp_path / "out" / "report.pdf").read_bytes()))
    assert "བོད་2" in (tmp_path / "out" / "ranks.csv").read_text(encoding="utf-8")


def test_the_report_of_very_few_shows_no_figures(run: Run, tmp_path: Path) -> None:
    """It still reads well."""
    write_csv(tmp_path / "t.csv", rows_of(3))
    done = run("cohort", "report", "t.csv", *REGION, "-o", "out", "--to", "text", "--lang", "en")
    assert done.returncode == 0, done.stderr
    said = (tmp_path / "out" / "report.txt").read_text(encoding="utf-8")
    assert "Fewer than 5 respondents have the baseline score" in said


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A table of six places under a questionnaire of one's own: what a report replaces is nothing of its figures."""
    write_content(tmp_path)
    rows = "".join(f"{name},hills,{at}.5,{at % 3},outside,audit,x\n" for at, name in enumerate("ABCDEF"))
    (tmp_path / "t.csv").write_text(f"respondent,fact.zone,share,plan,review,tools,story\n{rows}", encoding="utf-8")
    return tmp_path / "t.csv"


@pytest.mark.parametrize("name", ["weights.csv", "ranks.csv", "cohort.json", "report.md"])
def test_a_report_replaces_nothing_that_no_report_wrote(name: str, run: Run, few: Path, tmp_path: Path) -> None:
    """What is called like one of its files in a folder that is there already; its own it writes anew."""
    asked = ("cohort", "report", few, *SMALL, "--to", "md", "-o", "r")
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / name).write_bytes(b"respondent,weights,score,uncapped\nmine,,1,1\n")
    done = run(*asked)
    assert (done.returncode, "Nothing was overwritten" in done.stderr) == (3, True)
    assert [file.name for file in (tmp_path / "r").iterdir()] == [name]


def test_a_report_replaces_its_own_files(run: Run, few: Path, tmp_path: Path) -> None:
    """However large: that of half a million respondents has more than 100 MB."""
    asked = ("cohort", "report", few, *SMALL, "--to", "md", "-o", "r")
    assert run(*asked).returncode == 0
    with (tmp_path / "r" / "cohort.json").open("r+b") as whole:
        whole.truncate(100_000_001)
    assert run(*asked).returncode == 0
    ranks = tmp_path / "r" / "ranks.csv"
    head, rows = ranks.read_text("utf-8").split("\n", 1)
    # Somebody keeps a column of notes in it, or put his words into a spreadsheet program's cells.
    for noted in (f'{head},"visited"\n{rows}', f"{head.replace(chr(34), '')}\n{rows}seen in May\n"):
        ranks.write_text(noted, "utf-8")
        assert (run(*asked).returncode, ranks.read_text("utf-8")) == (3, noted)


def test_gaps_of_an_earlier_report_do_not_stay(run: Run, few: Path, tmp_path: Path) -> None:
    """Scores without gaps leave them out: those of another day do not lie among the new files."""
    assert run("cohort", "report", few, *SMALL, "--to", "md", "-o", "r").returncode == 0
    assert run("cohort", "score", few, *SMALL, "-o", "s.csv").returncode == 0
    gaps = tmp_path / "r" / "gaps.csv"
    ours = gaps.read_text("utf-8")
    gaps.write_text(noted := ours.replace("\n", ',"who helps"\n', 1), "utf-8")
    done = run("cohort", "report", "s.csv", *SMALL, "--to", "md", "-o", "r")  # nor do somebody's notes go with them
    assert (done.returncode, "new table would not have: who helps" in done.stderr, gaps.read_text("utf-8")) == (
        3,
        True,
        noted,
    )
    gaps.write_text(ours, "utf-8")
    done = run("cohort", "report", "s.csv", *SMALL, "--to", "text", "-o", "r")
    assert (done.returncode, "gaps.csv is left out" in done.stderr, (tmp_path / "r" / "gaps.csv").exists()) == (
        0,
        True,
        False,
    )
    assert "first measures are not counted" in done.stderr  # the report has no such section
    assert "report.md is of an earlier run and was left as it was" in done.stderr.replace("\\", "/")


def test_baseline_scores_by_two_baselines_are_said_to_be_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A house baseline beside shipped profiles: of two places either one may be first by one and the same baseline."""
    monkeypatch.chdir(tmp_path)
    assert main(["weights", "new", "house", *REGION, "--whole"]) == 0
    for table, own in (("one.csv", "baseline"), ("two.csv", "house")):
        named = zip(rows_of(12), (own, "ecological") * 6, strict=True)
        write_csv(Path(table), [row | {"weights": name} for row, name in named])
    for table, several in (("one.csv", False), ("two.csv", True)):
        for words in (["report", table, "-o", "out", "--to", "text"], ["benchmark", table, "-o", "b.json"]):
            capsys.readouterr()
            assert main(["cohort", *words, *REGION, "--lang", "en"]) == 0
            assert ("go back to 2 different baselines" in capsys.readouterr().err) is several
        said = " ".join(Path("out/report.txt").read_text(encoding="utf-8").replace("┃", " ").split())
        assert ("go back to 2 different baselines" in said) is several
        Path("b.json").unlink()


@pytest.mark.parametrize("scores", ["s.csv", "s.parquet"])
def test_scores_alone_are_said_to_tell_no_quick_screening(
    scores: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who scored the table was told of them; whoever is handed the scores, or a benchmark of these, was not."""
    monkeypatch.chdir(tmp_path)
    modes = zip(rows_of(6), ("quick", "full") * 3, strict=True)
    write_csv(Path("t.csv"), [row | {"mode": mode} for row, mode in modes])
    assert main(["cohort", "score", "t.csv", *REGION, "-o", scores, "--with", "gaps,measures"]) == 0
    for table, alone in (("t.csv", False), (scores, True)):
        capsys.readouterr()
        assert main(["cohort", "report", table, *REGION, "-o", "out", "--to", "text", "--lang", "en"]) == 0
        said = " ".join(Path("out/report.txt").read_text(encoding="utf-8").replace("┃", " ").split())
        words = "do not tell whether some of the respondents are quick screenings"
        assert [words in told for told in (said, " ".join(capsys.readouterr().err.split()))] == [alone, alone]
        assert ("by which edition of the questionnaire they were made" in said) is (table == "s.csv")
        assert json.loads(Path("out/cohort.json").read_text(encoding="utf-8"))["quick"] == (
            "untold" if alone else "some"
        )
        assert main(["cohort", "benchmark", table, *REGION, "-o", f"{table}.json"]) == 0
        capsys.readouterr()
        county = str(SAMPLES / "cluster_county.toml")
        assert main(["score", county, "--benchmark", f"{table}.json", "--json", "--lang", "en"]) == 0
        notes = json.loads(capsys.readouterr().out)["benchmark"]["notes"]
        assert any("made of scores alone" in note for note in notes) is alone
        quick = str(SAMPLES / "grain_county_quick.toml")
        assert main(["score", quick, "--benchmark", f"{table}.json", "--json", "--lang", "en"]) == 0
        notes = json.loads(capsys.readouterr().out)["benchmark"]["notes"]
        assert any("does not say whether the others were asked all" in note for note in notes) is alone
