"""Answer files become the rows of a table."""

import json
import re
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nqpf_assess.cli.main import run as main
from nqpf_assess.cohort.collecting import Collecting
from nqpf_assess.cohort.scores import SIGNS
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from tests.cli.conftest import REPOSITORY, Run
from tests.cohort.conftest import read_csv, rows_of, write_csv
from tests.session.conftest import OTHER_UNIT, TYPED, next_edition_of, small_answers, write_content

REGION = ("--questionnaire", "region")
SAMPLES = REPOSITORY / "samples"


def samples() -> list[Path]:
    return [path for path in sorted(SAMPLES.glob("*.toml")) if not path.name.startswith(("firm", "renewal_city_2024"))]


def test_collected_samples_score_as_each_alone(run: Run, tmp_path: Path) -> None:
    """From answer files to a table and its scores: what `score --json` says of every file."""
    done = run("cohort", "collect", *samples(), "-o", "all.csv", "--keep", "period")
    assert done.returncode == 0, done.stderr
    assert "not_carried" in done.stderr  # one sample corrects a target, which a table does not hold
    done = run("cohort", "score", "all.csv", *REGION, "-o", "s.csv", "--with", "questions,gaps,measures")
    assert done.returncode == 0, done.stderr
    rows = read_csv(tmp_path / "s.csv")
    assert len(rows) == len(samples()) > 5
    cards = json.loads(run("score", *samples(), "--json").stdout)
    for path, row, card in zip(samples(), rows, cards, strict=True):
        for name in ("score", "uncapped", "low", "high", "coverage", "baseline_score"):
            assert float(row[name]) == pytest.approx(card["overall"][name], abs=1e-9), (path.name, name)
        assert row["band"] == card["overall"]["band"]
        assert row["floors"] == ";".join(card["overall"]["floors"])
        for node in card["nodes"]:
            said = row[f"{node['level']}.{node['id']}"]
            assert (None if said == "" else float(said)) == pytest.approx(node["score"], abs=1e-9)
        assert row["period"]


@pytest.mark.parametrize("kept", [False, True])
def test_that_years_differ_is_said_where_files_are_brought_together_and_compared(
    kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table without the years says how to take them along; with them the report tells too."""
    monkeypatch.chdir(tmp_path)
    files = [str(SAMPLES / name) for name in ("renewal_city_2024.toml", "cluster_county.toml")]
    collect = ["cohort", "collect", *files, "-o", "t.csv", "--lang", "en", *(["--keep", "period"] if kept else [])]
    assert main(collect) == 0
    said = capsys.readouterr().err
    assert "different years, 2024, 2025;" in said
    assert ("With --keep period" in said) is not kept
    assert main(["cohort", "report", "t.csv", *REGION, "-o", "out", "--to", "md", "--lang", "en"]) == 0
    assert ("different years, 2024, 2025;" in capsys.readouterr().err) is kept
    assert ("Year the answers describe: **2024, 2025**" in Path("out/report.md").read_text(encoding="utf-8")) is kept


def test_half_a_year_beside_a_whole_one_is_said_where_files_are_brought_together_and_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They do not both pass for the year 2025; half a year of all is told as that half, twelve months as no part."""
    monkeypatch.chdir(tmp_path)
    whole = (SAMPLES / "cluster_county.toml").read_text(encoding="utf-8")
    for name, period in (("h.toml", "2025H1"), ("f.toml", "截至2025年3月31日止年度")):
        Path(name).write_text(whole.replace('period = "2025"', f'period = "{period}"'), encoding="utf-8")
    report = ["cohort", "report", "t.csv", *REGION, "-o", "out", "--to", "md", "--lang", "en"]
    for files, mixed, time in (
        (["h.toml", str(SAMPLES / "ecological_county.toml")], True, "2025"),
        (["h.toml"], False, "2025H1"),
        (["f.toml", str(SAMPLES / "ecological_county.toml")], True, "2025"),
    ):
        assert main(["cohort", "collect", *files, "-o", "t.csv", "--keep", "period", "--lang", "en"]) == 0
        assert ("the same span of time" in capsys.readouterr().err) is mixed
        assert main(report) == 0
        assert ("the same span of time" in capsys.readouterr().err) is mixed
        said = Path("out/report.md").read_text(encoding="utf-8")
        assert f"Year the answers describe: **{time}**" in said
        assert ("the same span of time" in said) is mixed
        assert "part of a year" not in said


def test_a_bad_file_is_a_problem_and_not_a_stop(run: Run, tmp_path: Path) -> None:
    """The others are collected; the exit status is 1; with --strict nothing is written."""
    (tmp_path / "bad.toml").write_text('format = "nqpf-answers/1"\nnonsense = ', encoding="utf-8")
    done = run("cohort", "collect", samples()[0], "bad.toml", "gone.toml", "-o", "all.parquet")
    assert done.returncode == 1
    assert "1 row;" in done.stderr
    rows = read_csv(tmp_path / "all.parquet.problems.csv")
    assert {row["file"] for row in rows} >= {"bad.toml", "gone.toml"}
    assert run("cohort", "collect", "bad.toml", samples()[0], "-o", "none.csv", "--strict").returncode == 1
    assert not (tmp_path / "none.csv").exists()


def test_a_file_of_another_questionnaire_than_the_stated_one_is_named_as_that() -> None:
    """It is left out in one line, as where none is stated, and not with each of its answers as a mistake."""
    for stated, files in ((None, ("ecological_county", "firm_service")), ("region", ("firm_service",))):
        gathering = Collecting(Library((Root("shipped", REPOSITORY),)), stated, (), "en")
        for name in files:
            gathering.answers(SAMPLES / f"{name}.toml")
        ((*_, code, said),) = gathering.faults
        assert (code, said) == ("other_questionnaire", "the file answers the questionnaire “firm”, not “region”")


def test_a_strict_table_takes_the_place_of_one_as_any_other_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earlier table keeps its permissions, and one that is write-protected is not replaced."""
    monkeypatch.chdir(tmp_path)
    command = ["cohort", "collect", str(samples()[1]), "-o", "all.csv", "--strict"]
    assert main(command) == 0
    before = (tmp_path / "all.csv").stat().st_mode
    (tmp_path / "all.csv").chmod(before ^ 0o020)
    assert main(command) == 0
    assert (tmp_path / "all.csv").stat().st_mode == before ^ 0o020
    monkeypatch.setattr("os.access", lambda *_: False)
    assert main(command) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["all.csv"]


def test_folders_are_looked_through_to_the_bottom(run: Run, tmp_path: Path) -> None:
    """A province keeps its counties by city; what is no answer file is passed over with a word."""
    for number, folder in enumerate(("", "杭州", "宁波/象山", ".hidden")):
        (tmp_path / "a" / folder).mkdir(parents=True, exist_ok=True)
        name = f"county_{number}.toml"
        (tmp_path / "a" / folder / name).write_bytes(samples()[number].read_bytes())
    (tmp_path / "a" / "杭州" / "notes.txt").write_text("x")
    (tmp_path / "a" / "宁波" / "ranks.csv").write_text("respondent,baseline_score\nr,1\n")
    (tmp_path / "a" / "宁波" / "answers.csv").write_text("file,subject,question,value\nr.toml,r,rd_intensity,1\n")
    (tmp_path / "a" / "宁波" / "more.csv").write_text("respondent,rd_intensity\nr,1\n")
    (tmp_path / "a" / "county_0.original.toml").write_bytes(samples()[0].read_bytes())
    (tmp_path / "a" / "profile.toml").write_bytes((REPOSITORY / "weights/region/baseline.toml").read_bytes())
    (tmp_path / "a" / "roads.toml").write_text("scale = 1\n")  # may be meant as answers
    done = run("cohort", "collect", "a", "-o", "a/all.csv", "--json")
    row = json.loads(done.stdout)
    assert (row["rows"], row["files"], row["left_out"]) == (4, 5, 1)
    assert {Path(name).name for name in row["skipped"]} == {
        "notes.txt",
        "ranks.csv",
        "answers.csv",
        "county_0.original.toml",
        "profile.toml",
    }
    assert "passed over: a/杭州/notes.txt: neither" in done.stderr
    assert "passed over: a/profile.toml: holds no answers" in done.stderr
    assert "passed over: a/宁波/answers.csv: there is no column “respondent”" in done.stderr
    copies = ("a/county_0.original.toml", "a/county_0.toml")
    done = run("cohort", "collect", *copies, "-o", "one.csv", "--json")
    assert (json.loads(done.stdout)["rows"], json.loads(done.stdout)["skipped"]) == (1, [copies[0]])
    again = run("cohort", "collect", "a", "-o", "a/all.csv", "--json")
    assert json.loads(again.stdout)["rows"] == 4, "the table that the command wrote is not collected again"
    assert "passed over: a/all.csv: written by this command" in again.stderr
    scored = run("score", "a", "--json")
    assert len(json.loads(scored.stdout)) == 3
    assert "passed over: a/roads.toml: does not say which of our formats it is" in scored.stderr


def test_a_folder_is_collected_without_lists_of_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d").mkdir()
    write_csv(Path("d/t.csv"), rows_of(2))
    Path("d/s.csv.problems.csv").write_text("respondent,file,row,column,value,code,reason\nr,t.csv,2,a,b,c,d\n")
    Path("A.TOML").write_bytes(samples()[0].read_bytes())  # as some disks and programs write it
    assert main(["cohort", "collect", "d", "A.TOML", "-o", "all.csv", "--lang", "en"]) == 0
    assert "passed over: d/s.csv.problems.csv: it lists what was wrong" in capsys.readouterr().err
    assert len(read_csv(tmp_path / "all.csv")) == 3


def test_whose_answers_stand_in_several_rows_is_said(run: Run, tmp_path: Path) -> None:
    """Beside a table of last time, as the app leaves one, a place renamed since would count as two."""
    (tmp_path / "a").mkdir()
    for number in range(3):
        (tmp_path / "a" / f"{number}.toml").write_bytes(samples()[number].read_bytes())
    done = run("cohort", "collect", "a", "-o", "a/last.csv")
    assert (done.returncode, "too;" in done.stderr, "several answer files" in done.stderr) == (0, False, False)
    (tmp_path / "a" / "0 (1).toml").write_bytes(samples()[0].read_bytes())
    done = run("cohort", "collect", "a", "-o", "all.csv")
    assert done.returncode == 0
    assert "3 rows of a/last.csv are of respondents whose answer files are collected too" in done.stderr
    assert "several answer files of one respondent and one period: a/0 (1).toml, a/0.toml;" in done.stderr
    assert "places or firms of the same name" in done.stderr  # else of three districts of one name two are lost
    next_year = (tmp_path / "a" / "0 (1).toml").read_text(encoding="utf-8")
    (tmp_path / "a" / "0 (1).toml").write_text(re.sub('period = "[0-9]+"', 'period = "2099"', next_year), "utf-8")
    assert "several answer files" not in run("cohort", "collect", "a", "-o", "all.csv").stderr


def test_copies_of_a_file_without_a_name_are_one_respondent(run: Run, tmp_path: Path) -> None:
    """As copies of one with a name are; another file without a name is another respondent."""
    words = re.sub('(?m)^name = ".*"$', 'name = ""', samples()[0].read_text(encoding="utf-8"))
    for name in ("a", "a (1)"):
        (tmp_path / f"{name}.toml").write_text(words, encoding="utf-8")
    (tmp_path / "b.toml").write_text(words.replace('mode = "full"', 'mode = "quick"'), encoding="utf-8")
    done = run("cohort", "collect", "a.toml", "a (1).toml", "b.toml", "-o", "all.csv")
    assert "several answer files of one respondent and one period: a.toml, a (1).toml;" in done.stderr
    assert [row["respondent"] for row in read_csv(tmp_path / "all.csv")] == ["a", "a", "b"]


def test_collecting_replaces_no_table_that_it_did_not_write(run: Run, tmp_path: Path) -> None:
    theirs = tmp_path / "staff.csv"
    theirs.write_text("name,bureau\nLi,statistics\n", encoding="utf-8")
    done = run("cohort", "collect", samples()[0], "-o", "staff.csv")
    assert (done.returncode, theirs.read_text(encoding="utf-8")) == (3, "name,bureau\nLi,statistics\n")
    assert "staff.csv" in done.stderr
    assert run("cohort", "collect", samples()[0], "-o", "all.csv", "--keep", "name").returncode == 0
    assert run("cohort", "collect", samples()[0], "-o", "all.csv").returncode == 0
    (tmp_path / "bad.toml").write_text('format = "nqpf-answers/1"\n')
    written = (tmp_path / "all.csv").read_bytes()
    done = run("cohort", "collect", "bad.toml", "-o", "all.csv")
    assert (done.returncode, (tmp_path / "all.csv").read_bytes()) == (1, written)
    assert "missing_key" in done.stderr, "what is wrong with the files is said, not what the table would lack"
    assert "no file could be taken, and all.csv is as it was" in done.stderr
    assert "no file could be taken\n" in run("cohort", "collect", "bad.toml", "-o", "none.csv").stderr
    assert not (tmp_path / "none.csv").exists()
    noted = tmp_path / "all.csv"
    head, rows = noted.read_text("utf-8").split("\n", 1)
    bare = head.replace('"', "")  # as a spreadsheet program saves it, in which somebody typed a row
    for kept, why in ((f'{head},"visited"\n{rows}', "visited"), (f"{bare}\n{rows}Anhe,baseline\n", "another program")):
        noted.write_text(kept, "utf-8")
        done = run("cohort", "collect", samples()[0], "-o", "all.csv")
        assert (done.returncode, why in done.stderr, noted.read_text("utf-8")) == (3, True, kept)


def test_collecting_anew_drops_a_column_of_texts_that_nobody_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column that no file fills any more is no note of somebody's: the next night's run replaces the table."""
    monkeypatch.chdir(tmp_path)
    write_content(tmp_path)
    bare = (
        'format = "nqpf-answers/1"\nquestionnaire = { id = "small", version = "1" }\n'
        'weights = { id = "baseline", version = "1" }\n[subject]\nname = "Anhe"\n'
    )
    for told, columns in (('[answers.story]\nvalue = "more"\n', True), ("", False)):
        Path("a.toml").write_text(bare + told, encoding="utf-8")
        assert main(["cohort", "collect", "a.toml", "-o", "t.csv"]) == 0
        assert ("story" in Path("t.csv").read_text(encoding="utf-8")) is columns


@pytest.mark.parametrize("besides", ["cluster_county.toml", "t.csv"])
def test_scores_are_not_collected_beside_answers(
    besides: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one table a report would take the scores, and call those who answered without a score."""
    monkeypatch.chdir(tmp_path)
    scores = write_csv(tmp_path / "scores.csv", [dict.fromkeys((*SIGNS, "pillar.green"), "1")])
    answers = SAMPLES / besides if besides.endswith(".toml") else write_csv(tmp_path / besides, rows_of(2))
    assert main(["cohort", "collect", str(scores), str(answers), "-o", "all.csv", "--lang", "en"]) == 2
    assert re.search(rf"scores in \S*scores.csv and answers in \S*{besides}", capsys.readouterr().err)
    assert not Path("all.csv").exists()
    assert main(["cohort", "collect", str(scores), "-o", "all.csv"]) == 0


def test_collecting_refuses_a_table_whose_rows_have_no_names(run: Run, tmp_path: Path) -> None:
    """A sheet of our Excel form, saved as CSV, is no table of respondents without problems."""
    (tmp_path / "form.csv").write_text("id,part,answer\nzone,facts,2\n", encoding="utf-8")
    done = run("cohort", "collect", samples()[0], "form.csv", "-o", "all.csv")
    assert (done.returncode, (tmp_path / "all.csv").exists()) == (1, False)
    assert "form.csv: there is no column “respondent”" in done.stderr


def test_an_empty_list_stays_an_answer_where_lists_become_texts(run: Run, tmp_path: Path) -> None:
    """Nothing ticked is an answer and an empty cell is none: its state tells them apart, unless it says more."""
    lists = pa.array([["port"], [], None, []], pa.list_(pa.string()))
    states = pa.array([None, None, None, "dk"], pa.string())
    table = {"respondent": list("abcd"), "works": lists, "tools": lists, "tools.state": states}
    table |= {"goods": lists, "goods.state": pa.nulls(4)}  # where no cell is filled tables keep no texts
    table |= {"roads": lists, "roads.state": pa.array([[], [], [], ["na"]])}
    pq.write_table(pa.table(table), tmp_path / "t.parquet")
    assert run("cohort", "collect", "t.parquet", "-o", "all.csv").returncode == 0
    rows = read_csv(tmp_path / "all.csv")
    assert [(row["works"], row["works.state"]) for row in rows] == [
        ("port", ""),
        ("", "answered"),
        ("", ""),
        ("", "answered"),
    ]
    assert [row["tools.state"] for row in rows] == ["", "answered", "", "dk"]
    assert [row["goods.state"] for row in rows] == ["", "answered", "", "answered"]
    assert [row["roads.state"] for row in rows] == ["", "answered", "", "na"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kobo.csv", "_id,form/subject__name\n1,Anhe\n"),
        ("answers.csv", "file,table,id,state,value\na.toml,facts,zone,answered,ecological\n"),
        ("kobo.json", "[]"),
    ],
)
def test_of_what_a_survey_or_export_handed_out_it_is_said_to_be_imported_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    """It holds a respondent's answers in a way of its own, which `import` knows."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert main(["cohort", "collect", str(tmp_path / name), "-o", str(tmp_path / "all.csv"), "--lang", "en"]) == 1
    assert "nqpf-assess import FILE --write" in capsys.readouterr().err


def test_an_answer_file_of_a_broken_edition_is_left_out(run: Run, tmp_path: Path) -> None:
    """Between first numbers of a version answers may not mean the same: a problem that names `migrate`.

    What the present edition does not ask is not told beside it, as a mistake to be mended by hand.
    """
    old = samples()[0].read_text(encoding="utf-8").replace('version = "2027.', 'version = "2026.')
    old += "[answers.asked_no_more]\nvalue = 1\n"
    (tmp_path / "old one.toml").write_text(old, encoding="utf-8")
    done = run("cohort", "collect", "old one.toml", samples()[1], "-o", "all.csv")
    assert done.returncode == 1
    assert "other_edition" in done.stderr
    assert 'migrate "old one.toml"' in done.stderr
    assert "asked_no_more" not in done.stderr
    assert "1 answer file is left out of the table, for what is wrong with it." in done.stderr  # not its cell alone
    assert len(read_csv(tmp_path / "all.csv")) == 1


@pytest.mark.parametrize(
    ("version", "more", "codes"),
    [
        ('"2"', "[answers.gone]\nvalue = 1\n", ["other_edition"]),
        ('""', "", ["other_edition"]),
        ('""', "[answers.gone]\nvalue = 1\n", ["unknown_reference"]),
        ('"1"', "[answers.gone]\nvalue = 1\n", ["unknown_reference"]),
        ('"1.1"', "[answers.gone]\nvalue = 1\n", ["other_edition", "unknown_reference"]),
        ("2", "", ["wrong_type"]),
    ],
)
def test_of_an_unsure_edition_what_is_wrong_with_it_is_told(
    version: str, more: str, codes: list[str], tmp_path: Path
) -> None:
    """“First: migrate” would be no way on for a file whose edition is mistyped."""
    write_content(tmp_path / "content")
    path = tmp_path / "a.toml"
    head = f'format = "nqpf-answers/1"\nquestionnaire = {{ id = "small", version = {version} }}\n'
    path.write_text(f'{head}weights = {{ id = "baseline", version = "1" }}\n{more}', encoding="utf-8")
    gathering = Collecting(Library((Root("test", tmp_path / "content"),)), None, (), "en")
    gathering.answers(path)
    assert [fault[5] for fault in gathering.faults] == codes


def test_what_reads_otherwise_under_a_profile_that_is_gone_is_left_out(tmp_path: Path) -> None:
    """It ended the collection of all the others in a fault."""
    root = write_content(tmp_path / "content")
    next_edition_of(root, *OTHER_UNIT)
    small_answers(tmp_path / "a.toml", rubric="islands", words=TYPED)
    gathering = Collecting(Library((Root("test", root),)), None, (), "en")
    gathering.answers(tmp_path / "a.toml")
    assert [fault[5] for fault in gathering.faults] == ["other_edition", "weights_missing", "read_otherwise"]


def test_a_measure_that_was_dropped_is_told(tmp_path: Path) -> None:
    """A table holds ticked measures alone: a province would count what a place dropped as chosen."""
    write_content(tmp_path / "content")
    path = tmp_path / "a.toml"
    head = 'format = "nqpf-answers/1"\nquestionnaire = { id = "small", version = "1" }\n'
    head += 'weights = { id = "baseline", version = "1" }\n[plan]\nchosen = ["list", "bids", "scrub"]\n'
    entries = (("list", "done"), ("bids", 'dropped"\nreason = "costs'), ("scrub", 'dropped"\nreason = "?'))
    sheet = [f'[[follow_up]]\nmeasure = "{id}"\nstate = "{state}"\n' for id, state in entries]
    taken_up = '[[follow_up]]\nmeasure = "scrub"\nstate = "under_way"\n'
    path.write_text("".join((head, *sheet, taken_up)), encoding="utf-8")
    gathering = Collecting(Library((Root("test", tmp_path / "content"),)), None, (), "en")
    gathering.answers(path)
    assert [fault[3:6] for fault in gathering.faults] == [("plan.chosen", "bids", "not_carried")]
    assert gathering.rows[0]["plan.chosen"] == "list;bids;scrub"


def test_that_people_still_differ_in_a_merged_file_is_told(run: Run, tmp_path: Path) -> None:
    """A province would rank a county by what one of its bureaus says, as if all said it."""
    sample = SAMPLES / "cluster_county.toml"
    one = re.sub(r"respondent = .*", 'respondent = "A"', sample.read_text(encoding="utf-8"))
    other = re.sub(r'(\[answers\.rd_intensity\]\nvalue = )"[^"]*"', r'\1"6.66"', one.replace('"A"', '"B"', 1))
    (tmp_path / "one.toml").write_text(one, encoding="utf-8")
    (tmp_path / "other.toml").write_text(other, encoding="utf-8")
    run("merge", "one.toml", "other.toml", "-o", "merged.toml")
    done = run("cohort", "collect", "merged.toml", "-o", "all.csv")
    (said,) = (row for row in read_csv(tmp_path / "all.csv.problems.csv") if "differ" in row["reason"])
    assert (done.returncode, said["value"], said["code"]) == (0, "rd_intensity", "not_carried"), done.stderr


def test_what_is_done_without_a_plan_is_told(tmp_path: Path) -> None:
    """Next year's file has last year's measures on its sheet alone: the cohort would recommend again what is done."""
    write_content(tmp_path / "content")
    path = tmp_path / "a.toml"
    head = 'format = "nqpf-answers/1"\nquestionnaire = { id = "small", version = "1" }\n'
    head += 'weights = { id = "baseline", version = "1" }\n'
    sheet = [f'[[follow_up]]\nmeasure = "{id}"\nstate = "{s}"\n' for id, s in (("list", "done"), ("bids", "under_way"))]
    path.write_text("".join((head, *sheet)), encoding="utf-8")
    gathering = Collecting(Library((Root("test", tmp_path / "content"),)), None, (), "en")
    gathering.answers(path)
    assert [fault[3:6] for fault in gathering.faults] == [("plan.chosen", "list", "not_carried")]


def test_what_is_wrong_in_a_questionnaire_is_not_told_by_a_line_of_the_answers(tmp_path: Path) -> None:
    """A mistake in the questionnaire is told with its own line: that line of the answer file is sound."""
    content = write_content(tmp_path / "content") / "questionnaires" / "small.toml"
    content.write_text(
        content.read_text(encoding="utf-8").replace('pillar = "new"', 'pillar = "old"'), encoding="utf-8"
    )
    path = tmp_path / "a.toml"
    head = 'format = "nqpf-answers/1"\nquestionnaire = { id = "small", version = "1" }\n'
    path.write_text(head + 'weights = { id = "baseline", version = "1" }\n', encoding="utf-8")
    gathering = Collecting(Library((Root("test", tmp_path / "content"),)), None, (), "en")
    gathering.answers(path)
    assert gathering.left == 1
    ((_name, file, line, *_rest, reason),) = gathering.faults
    assert (file, line) == (str(path), None)
    assert re.match(rf"{re.escape(str(content))}:\d+: there is no pillar", reason)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are texts")
def test_a_name_in_no_encoding_goes_into_tables(run: Run, tmp_path: Path, answers: Path) -> None:
    """Answers in a file of such a name are collected and exported."""
    odd = tmp_path / "\udcb0\udcb2.toml"
    odd.write_bytes(answers.read_bytes().replace(b"\n[subject]", b"\n[subject]\n", 1))
    assert run("cohort", "collect", odd, "-o", "c.csv").returncode == 0
    assert run("export", odd, "--to", "csv", "-o", "tables/").returncode == 0
