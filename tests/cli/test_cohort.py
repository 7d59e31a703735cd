"""`cohort collect|score|benchmark|weights|report` as processes: files, exit statuses, both languages."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nqpf_assess.cli.main import run as main
from nqpf_assess.cohort.choosing import choose_content
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import shipped
from tests.cli.conftest import REPOSITORY, Run, clean_environment
from tests.cohort.conftest import read_csv, rows_of, write_csv
from tests.session.conftest import write_content
from tests.support.attached import swapped

REGION = ("--questionnaire", "region")
SAMPLE = REPOSITORY / "samples" / "cluster_county.toml"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("folder/x.toml", "", "nqpf-assess cohort collect folder"),
        ("x.toml", "", "nqpf-assess cohort collect x.toml"),
        ("x.xlsx", "", "Save the sheet as CSV"),
        ("x.xlsx", "", "nqpf-assess import x.xlsx --write"),
        ("x.csv", "respondent|weights\nr|\n", '--delimiter "|"'),
    ],
)
def test_a_file_of_another_kind_is_answered_with_the_right_command(
    name: str, content: str, said: str, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    done = run("cohort", "report", name.partition("/")[0], *REGION, "-o", "out")
    assert done.returncode == 1
    assert said in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["score", "t.csv"], "nqpf-assess cohort score t.csv"),
        (["plan", "a.json", "--budget", "3"], "nqpf-assess import a.json"),
        (["report", "r.pdf"], "nqpf-assess open r.pdf"),
        (["weights", "ahp", "t.csv"], "nqpf-assess weights derive t.csv"),
        (["score", "--benchmark", "t.csv", str(SAMPLE)], "nqpf-assess cohort benchmark t.csv"),
    ],
)
def test_a_file_for_another_command_is_answered_with_it(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("t.csv", "a.json", "r.pdf"):
        Path(name).write_text("respondent,rd_intensity\nx,3\n", encoding="utf-8")
    assert main([*arguments, "--lang", "en"]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("modes", "options", "said"),
    [("quick full", [], True), ("quick quick", [], False), ("full full", [], False), ("full ", ["--quick"], True)],
)
def test_quick_screenings_among_full_assessments_are_told_where_they_are_scored(
    modes: str, options: list[str], said: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"{place},{mode},3\n" for place, mode in enumerate(modes.split(" ")))
    table, scores = tmp_path / "t.csv", tmp_path / "s.csv"
    table.write_text(f"respondent,mode,rd_intensity\n{rows}")
    assert main(["cohort", "score", str(table), *REGION, "-o", str(scores), *options, "--lang", "en"]) == 0
    assert ("Some of the respondents are quick screenings" in capsys.readouterr().err) == said


def test_years_that_only_some_rows_name_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "t.csv"
    table.write_text("respondent,period,rd_intensity\na,2025,3\nb,,3\n")
    assert main(["cohort", "benchmark", str(table), *REGION, "-o", str(tmp_path / "b.json"), "--lang", "en"])
    assert "do not name the year that they describe; the others describe 2025." in capsys.readouterr().err


@pytest.mark.parametrize(("factor", "said"), [("2", True), ("1", False), ("", False)])
def test_weights_corrected_by_hand_are_told_where_rows_are_scored(
    factor: str, said: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is made of the scores alone cannot tell it any more."""
    table, scores = tmp_path / "t.csv", tmp_path / "s.csv"
    table.write_text(f"respondent,override.innovation,rd_intensity\na,{factor},3\nb,,3\n")
    assert main(["cohort", "score", str(table), *REGION, "-o", str(scores), "--lang", "en"]) == 0
    assert ("Weights of some of the respondents were corrected by hand" in capsys.readouterr().err) == said


def test_a_wide_comma_that_parts_the_cells_is_answered_with_a_plain_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table parted by “，” is to have plain commas; `--delimiter ，` is refused, and never advised."""
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text("respondent，rd_intensity\nx，3\n", encoding="utf-8")
    for stated, status in (([], 1), (["--delimiter", "，"], 2)):
        assert main(["cohort", "score", "t.csv", *REGION, "-o", "s.csv", *stated, "--lang", "en"]) == status
        said = capsys.readouterr().err
        assert "put plain commas in" in said
        assert '--delimiter "，' not in said
    assert main(["import", "t.csv", *REGION, "--delimiter", "，"]) == 0  # a form of one is read as it is


def test_a_blend_for_rows_that_name_no_rubric(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `score --weights` gives it; rows with a rubric keep theirs; an unfinished job is tied to the blend."""
    monkeypatch.chdir(tmp_path)
    blend, file = "grain_base+0.4*cluster_county", str(SAMPLE)
    assert main(["export", file, "--to", "csv", "-o", "t.csv"]) == 0
    head, row = Path("t.csv").read_text(encoding="utf-8-sig").splitlines()
    others = row.replace(",cluster_county,", ",,").replace("Yunjin", "Other")
    Path("t.csv").write_text(f"{head}\n{row}\n{others}\n", encoding="utf-8")
    assert main(["cohort", "score", "t.csv", *REGION, "--weights", blend, "-o", "s.csv"]) == 0
    scores = read_csv(Path("s.csv"))
    assert [row["weights"] for row in scores] == ["cluster_county", blend]
    for row, weights in zip(scores, ("cluster_county", blend), strict=True):
        capsys.readouterr()
        assert main(["score", "--json", file, "--weights", weights]) == 0
        assert float(row["score"]) == pytest.approx(json.loads(capsys.readouterr().out)["overall"]["score"], abs=1e-9)


def test_a_big_csv_becomes_parquet(run: Run, table: Path, tmp_path: Path) -> None:
    """`collect` of tables: the scores are the same."""
    assert run("cohort", "collect", table, "-o", "t.parquet").returncode == 0
    for name in ("t.csv", "t.parquet"):
        assert run("cohort", "score", name, *REGION, "-o", f"{name}.out.csv").returncode == 0
    assert (tmp_path / "t.csv.out.csv").read_bytes() == (tmp_path / "t.parquet.out.csv").read_bytes()


def test_problems_are_told_and_the_scores_written(run: Run, tmp_path: Path) -> None:
    """The first on standard error, all in the file, a last line with counts, exit status 1; warnings alone: 0."""
    rows = rows_of(30)
    for row in rows[:25]:
        row["rd_organisation"], row["rd_organisation.state"] = "99", None
    write_csv(tmp_path / "bad.csv", rows)
    done = run("cohort", "score", "bad.csv", *REGION, "-o", "s.csv", "--json", "--lang", "zh")
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"]["bad_value"] == 25
    lines = done.stderr.splitlines()
    assert lines[0].startswith("所用列数：")
    assert "bad_value" in lines[-1]
    assert "全部见" in lines[-2]
    assert sum("bad.csv:" in line for line in lines) >= 18
    assert len(read_csv(tmp_path / "s.csv")) == 30
    write_csv(tmp_path / "good.csv", rows[25:])
    done = run("cohort", "score", "good.csv", *REGION, "-o", "g.csv")
    assert done.returncode == 0, done.stderr


def test_two_rubrics_of_one_id_are_not_taken_one_for_the_other(
    table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such an id is refused: a draft that keeps that of its original would score all rows that name it."""
    monkeypatch.chdir(table.parent)
    words = (shipped() / "weights" / "region" / "ecological.toml").read_text(encoding="utf-8")
    folder = table.parent / "own"
    folder.mkdir()
    (folder / "ecological.toml").write_text(words, encoding="utf-8")
    (folder / "draft.toml").write_text(words.replace("factor = 1.", "factor = 2."), encoding="utf-8")
    asked = ["cohort", "score", table.name, *REGION, "-o", "s.csv", "--weights"]
    for named in (["own"], ["border_gateway+0.3*ecological", "--weights", "own/draft.toml"]):
        assert main([*asked, *named]) == 2
        assert "“ecological” is the id of several rubrics" in capsys.readouterr().err
    assert not Path("s.csv").exists()
    assert main([*asked, "own/ecological.toml"]) == 0
    (folder / "draft.toml").unlink()
    shutil.copy(shipped() / "weights" / "region" / "baseline.toml", folder / "z.toml")
    found = choose_content(Library(), "region", ["own"]).instruments
    assert found.first.profile.id == "baseline"  # and not the one whose file comes first by its name
    (folder / "z.toml").unlink()
    shutil.copy(shipped() / "weights" / "region" / "advanced_manufacturing.toml", folder / "a.toml")  # its order is 8
    found = choose_content(Library(), "region", ["own"]).instruments
    assert found.first.profile.id == "advanced_manufacturing"  # as before, where the folder holds no baseline
    Path("grain_base").mkdir()  # a folder of scores, called like a rubric, is no folder of rubrics
    assert choose_content(Library(), "region", ["grain_base"]).instruments.first.profile.id == "grain_base"
    Path("scores").mkdir()
    assert main([*asked, "scores"]) == 1


def test_no_other_rubric_takes_the_place_of_a_baseline_with_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows that name no rubric are refused, and not scored by the next profile in the list."""
    monkeypatch.chdir(tmp_path)
    write_content(tmp_path)
    base, asked = Path("weights/small/baseline.toml"), ["cohort", "score", "t.csv", "--questionnaire", "small"]
    sound = base.read_text(encoding="utf-8")
    base.write_text(sound.replace("new = 60", "new = -5", 1), encoding="utf-8")
    Path("weights/small/aside.toml").write_text(sound.replace('"baseline"', '"aside"', 1), encoding="utf-8")
    write_csv(Path("t.csv"), [{"respondent": "a", "plan": "1"}])
    assert main([*asked, "-o", "s.csv", "--lang", "en"]) == 1
    assert "baseline.toml cannot be used until this is corrected" in capsys.readouterr().err
    assert main([*asked, "-o", "s.csv", "--weights", "aside", "--lang", "en"]) == 0
    # A rubric with errors, which rows may name, is said to have them, and not to be missing.
    assert "baseline.toml has errors: nqpf-assess check" in capsys.readouterr().err
    base.rename("weights/small/a copy.toml")
    base.write_text(sound, encoding="utf-8")
    assert main([*asked, "-o", "s.csv", "--lang", "en"]) == 0  # a copy that kept its id keeps nobody back
    Path("weights/small/a copy.toml").unlink()
    base.write_text("x = = 1\n", encoding="utf-8")  # one that cannot be read states no id
    assert main([*asked, "-o", "s.csv", "--lang", "en"]) == 1
    assert "baseline.toml cannot be used until this is corrected" in capsys.readouterr().err
    base.unlink()  # where there is none at all, rows go by the first one
    aside = Path("weights/small/aside.toml")
    aside.rename("weights/small/beside.toml").write_text(sound.replace('"baseline"', '"beside"', 1), encoding="utf-8")
    aside.write_text(sound.replace('"baseline"', '"aside"', 1).replace("new = 60", "new = -5", 1), encoding="utf-8")
    assert main([*asked, "-o", "s.csv", "--lang", "en"]) == 1
    assert "aside.toml cannot be used until this is corrected" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["score", "t.csv", *REGION, "-o", "s.txt"], 2, "scores end in"),
        (["score", "t.csv", *REGION, "-o", "s.csv", "--with", "everything"], 2, "--with takes"),
        (["score", "gone.csv", *REGION, "-o", "s.csv"], 1, "does not exist"),
        (["score", "t.csv", "--questionnaire", "nothing", "-o", "s.csv"], 1, "there is no questionnaire"),
        (
            ["score", "t.csv", *REGION, "-o", "s.csv", "--weights", "nothing"],
            1,
            "there is no rubric “nothing” for “region”",
        ),
        (["score", "t.csv", *REGION, "-o", "s.csv", "--master", "local[2]"], 2, "--engine spark"),
        pytest.param(
            ["score", "t.csv", *REGION, "-o", "s.csv", "--engine", "spark", "--master", "spark://127.0.0.1:1"],
            3,
            "127.0.0.1:1",
            marks=pytest.mark.skipif(not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="no Java"),
        ),
        (["score", "t.csv", *REGION, "-o", "no/s.csv"], 3, "does not exist"),
        (["collect", "t.csv", "-o", "x.csv", "--keep", "secret"], 2, "--keep takes"),
        (["benchmark", "t.csv", *REGION, "-o", "b.json", "--minimum-group", "2"], 2, "a whole number from 3 up"),
        (["score", "t.csv", *REGION, "-o", "s.csv", "--jobs", "-1"], 2, "a whole number from 0 up"),
        (["report", "t.csv", *REGION, "-o", "d", "--herding-share", "7"], 2, "a number from 0 to 1"),
        (["benchmark", "t.csv", *REGION, "-o", "b.json", "--by", "nowhere"], 2, "no column"),
        (["scor", "t.csv"], 2, "did you mean score"),
        (["score", "ftp://office/t.csv", *REGION, "-o", "s.csv"], 2, "is no address"),
        (
            ["score", "ftp://office/t.parquet", *REGION, "-o", "s.csv"],
            2,
            "is no address from which a table can be read",
        ),
    ],
)
def test_wrong_uses(arguments: list[str], status: int, said: str, run: Run, table: Path) -> None:
    """Each with its sentence and exit status, and nothing left behind."""
    done = run("cohort", *arguments)
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert {path.name for path in table.parent.iterdir()} <= {"t.csv"}


def test_a_benchmark_and_derived_weights(run: Run, table: Path, tmp_path: Path) -> None:
    """The benchmark file of a table; a drafted profile that `check` takes and `score` may name."""
    done = run("cohort", "benchmark", table, *REGION, "-o", "b.json", "--by", "region", "--period", "2025")
    assert done.returncode == 0, done.stderr
    made = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert [group["group"] for group in made["groups"]][:2] == [{}, {"region": "R00"}]
    assert made["groups"][0]["columns"]["score"]["scored"] <= 60
    (tmp_path / "weights" / "region").mkdir(parents=True)
    profile = "weights/region/derived.toml"
    for of, where in (("pillars", ()), ("dimensions", ("-o", profile))):
        done = run(
            "cohort",
            "weights",
            table,
            *REGION,
            "--method",
            "critic",
            "--of",
            of,
            *where,
            "--minimum-group",
            "5",
            "--json",
        )
        assert (done.returncode, json.loads(done.stdout)["of"]) == (0, of), done.stderr
    assert run("check", "--strict", profile).returncode == 0
    assert run("cohort", "score", table, *REGION, "--weights", "derived", "-o", "s.csv").returncode == 0
    done = run("cohort", "weights", table, *REGION, "-o", profile)
    assert (done.returncode, "already" in done.stderr) == (3, True)


def test_two_rows_are_too_few_for_weights(run: Run, tmp_path: Path) -> None:
    """Refused, never equal."""
    write_csv(tmp_path / "t.csv", rows_of(2))
    done = run("cohort", "weights", "t.csv", *REGION)
    assert done.returncode == 1
    assert "no weights can be derived" in done.stderr


def test_a_benchmark_stands_beside_the_figures(run: Run, table: Path, tmp_path: Path) -> None:
    """In `score`, its JSON and `report`, whose PDF is drawn again from what it carries; no score changes by it."""
    done = run("cohort", "benchmark", table, *REGION, "-o", "b.json", "--by", "region", "--period", "2025")
    assert done.returncode == 0, done.stderr
    sample, beside = SAMPLE, ("--benchmark", "b.json", "--group", "region=R01")
    plain, shown = (json.loads(run("score", sample, "--json", *more).stdout) for more in ((), beside))
    placing = shown.pop("benchmark")
    assert plain == shown
    assert placing["group"] == {"region": "R01"}
    assert placing["nodes"]["innovation"]["q25"] <= placing["nodes"]["innovation"]["median"]
    said = run("score", sample, *beside, "--lang", "zh").stdout
    assert "填报单位中" in said
    assert "相对比较" in "".join(said.split())
    assert run("report", sample, *beside, "-o", "r.pdf", "--lang", "en").returncode == 0
    assert "byte by byte" in run("open", "r.pdf").stdout
    forged = swapped(tmp_path / "r.pdf", "benchmark.json", b'"mean": ', b'"mean": 1')  # printed nowhere
    done = run("open", forged)
    assert (done.returncode, "was made from: benchmark.json" in done.stdout) == (1, True)
    done = run("score", sample, "--benchmark", "b.json", "--group", "region=R99")
    assert done.returncode == 1
    assert "region=R01" in done.stderr


def test_a_choice_that_few_made_is_said_not_to_be_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Left out without a word it would look as if nobody chose like others."""
    monkeypatch.chdir(tmp_path)
    write_csv(
        Path("t.csv"), [row | {"fact.priority_industries": "" if at else "ai"} for at, row in enumerate(rows_of(9))]
    )
    for command, output in (("benchmark", ["-o", "b.json"]), ("report", ["-o", "out", "--to", "md"])):
        asked = [part for id in ("priority_industries", "tier") for part in ("--herding", id) * 2]
        main(["cohort", command, "t.csv", *REGION, *output, *asked, "--lang", "en"])
        noted = capsys.readouterr().err
        assert noted.count("“priority_industries” is not counted: fewer than 5") == 1
        assert "“tier” is not counted" not in noted
    # What another program made of a benchmark, or somebody added to, is no more ours to replace.
    saved = json.dumps(json.loads(Path("b.json").read_text(encoding="utf-8")), ensure_ascii=False)
    Path("b.json").write_text(saved, encoding="utf-8")
    assert main(["cohort", "benchmark", "t.csv", *REGION, "-o", "b.json", "--lang", "en"]) == 3
    assert "was changed since" in capsys.readouterr().err
    assert Path("b.json").read_text(encoding="utf-8") == saved


def test_a_strict_report_writes_nothing(run: Run, tmp_path: Path) -> None:
    """The problems alone, where they are asked for."""
    write_csv(tmp_path / "t.csv", [*rows_of(6), {"respondent": "bad", "rd_intensity": "x"}])
    done = run("cohort", "report", "t.csv", *REGION, "-o", "out", "--strict", "--problems", "p.csv")
    assert done.returncode == 1
    assert not (tmp_path / "out").exists()
    assert [row["value"] for row in read_csv(tmp_path / "p.csv") if row["code"] == "bad_value"] == ["x"]


@pytest.mark.parametrize(
    ("module", "command", "extra"),
    [
        ("pyarrow", ["collect", "TABLE", "-o", "s.csv"], "cohort"),
        ("numpy", ["score", "TABLE", *REGION, "-o", "s.csv"], "cohort"),
        ("pyarrow", ["benchmark", "TABLE", *REGION, "-o", "s.json"], "cohort"),
        ("numpy", ["weights", "TABLE", *REGION], "cohort"),
        ("pyarrow", ["report", "TABLE", *REGION, "-o", "out"], "cohort"),
        ("pyspark", ["score", "TABLE", *REGION, "-o", "s.csv", "--engine", "spark"], "spark"),
    ],
)
def test_a_missing_part_names_what_to_install(module: str, command: list[str], extra: str, table: Path) -> None:
    """Exit status 3."""
    code = (
        f"import sys\nsys.modules[{module!r}] = None\nfrom nqpf_assess.cli.main import run\nsys.exit(run(sys.argv[1:]))"
    )
    asked = ["cohort", *(str(table) if word == "TABLE" else word for word in command)]
    done = subprocess.run(
        [sys.executable, "-c", code, *asked],
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 3
    assert f'pip install "nqpf-assess[{extra}]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_help_needs_no_optional_part(run: Run) -> None:
    """In both languages, without numpy or pyarrow."""
    for language, word in (("en", "Usage:"), ("zh", "用法：")):
        for arguments in ([], ["score"], ["collect"], ["benchmark"], ["weights"], ["report"]):
            done = run("cohort", *arguments, "--help", "--lang", language)
            assert done.returncode == 0, done.stderr
            assert word in done.stdout


def test_the_conversation_says_where_one_stands(run: Run, table: Path, tmp_path: Path) -> None:
    """`assess --plain` ends with it; the app shows the same lines on its results."""
    assert run("cohort", "benchmark", table, *REGION, "-o", "b.json").returncode == 0
    (tmp_path / "a.toml").write_bytes(SAMPLE.read_bytes())
    done = run("assess", "a.toml", "--plain", "--benchmark", "b.json", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert re.search(r"respondents \(relative[^)]*\); their median is", done.stdout)


def test_a_damaged_foot_of_a_parquet_table_is_a_fault_of_the_file(run: Run, tmp_path: Path) -> None:
    """It is told as damage, and not as a refusal of the system in the words of what reads it."""
    (tmp_path / "t.parquet").write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    for command, target in (("score", "s.csv"), ("collect", "c.csv"), ("benchmark", "b.json"), ("report", "r")):
        done = run("cohort", command, "t.parquet", *REGION, "-o", target)
        assert (command, done.returncode) == (command, 1)
        assert "damaged, or no Parquet file" in done.stderr
        assert "refused" not in done.stderr


def test_long_cells_are_told_in_short(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"respondent,weights,rd_intensity\n{'x' * 9000},{'y' * 9000},z\n", encoding="utf-8")
    done = run("cohort", "score", "t.csv", *REGION, "-o", "s.csv")
    assert done.returncode == 1
    assert "unknown_profile" in done.stderr
    assert "bad_value" in done.stderr
    assert len(done.stderr) < 3000


def test_import_says_what_a_parquet_table_is_for(run: Run, table: Path) -> None:
    """Tables of respondents are what `cohort score` reads; to state the encoding of its text leads nowhere."""
    assert run("cohort", "collect", table, "-o", "t.parquet").returncode == 0
    done = run("import", "t.parquet")
    assert done.returncode == 1
    assert "cohort score t.parquet" in done.stderr
    assert "--encoding" not in done.stderr


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_table_wider_than_any_sheet_is_refused(ending: str, run: Run, tmp_path: Path) -> None:
    """By a sentence, before any row; one as wide as a sheet costs seconds, not minutes."""
    names = ["respondent", *(f"g{number}" for number in range(16_384))]
    if ending == "csv":
        (tmp_path / "wide.csv").write_text(",".join(names) + "\n")
    else:
        pq.write_table(pa.table({name: ["1"] for name in names}), tmp_path / "wide.parquet")
    done = run("cohort", "score", f"wide.{ending}", *REGION, "-o", "s.csv")
    assert done.returncode == 1
    assert f"wide.{ending} has more than 16384 columns" in done.stderr


@pytest.mark.parametrize(
    ("length", "rows", "kinds"),
    [
        (70_000_000, 1, (pa.string(),)),
        (400_000, 100, (pa.string(), pa.string())),  # 40 MB each
        (400_000, 200, (pa.large_string(),)),
        (400_000, 200, (pa.list_(pa.string()),)),
    ],
)
def test_a_few_rows_that_unpack_to_much_are_refused(
    length: int, rows: int, kinds: tuple[pa.DataType, ...], run: Run, tmp_path: Path
) -> None:
    """A file of 19 kB may hold one cell of 600 MB, or one of 9 kB a text of 400 kB in 4,000 rows: they never unpack."""
    cell = "x" * length
    notes = {
        f"note{n}": pa.array([[cell] if pa.types.is_list(kind) else cell] * rows, kind) for n, kind in enumerate(kinds)
    }
    table = pa.table({"respondent": ["r"] * rows, **notes})
    pq.write_table(table, tmp_path / "t.parquet", compression="zstd", use_dictionary=rows > 1)
    done = run("cohort", "score", "t.parquet", *REGION, "-o", "s.csv")
    assert (done.returncode, (tmp_path / "s.csv").exists()) == (1, False)
    assert f"its {rows} rows unpack to " in done.stderr


def test_a_day_kept_as_its_midnight_is_that_day(run: Run, tmp_path: Path) -> None:
    """Programs that know no days write them so; a day with a time is none."""
    days = [datetime(2025, 6, 30), datetime(2025, 6, 30, 12, 1), None]  # noqa: DTZ001 - as tables hold them
    for unit in ("s", "ns"):
        columns = {"respondent": ["a", "b", "c"], "period": ["2025"] * 3, "audit": pa.array(days, pa.timestamp(unit))}
        pq.write_table(pa.table(columns), tmp_path / "t.parquet")
        content = ("--content", REPOSITORY / "tests" / "invalid" / "sound", "--questionnaire", "days")
        done = run("cohort", "score", "t.parquet", *content, "--weights", "base", "-o", f"{unit}.csv")
        assert done.returncode == 1
        assert re.findall(r"t.parquet:(\d) ", done.stderr) == ["2"]
        assert [bool(row["score"]) for row in read_csv(tmp_path / f"{unit}.csv")] == [True, False, False]


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("score", ("-o", "t.csv")),
        ("score", ("-o", "s.csv", "--problems", "t.csv")),
        ("score", ("-o", "s.csv", "--problems", "mine.txt")),
        ("score", ("-o", "other.csv")),
        ("score", ("-o", "mine.csv.gz")),
        ("collect", ("-o", "mine.parquet")),
        ("collect", ("-o", "t.csv")),
        ("collect", ("-o", "c.csv", "--problems", "mine.txt")),
        ("benchmark", ("-o", "t.csv")),
        ("benchmark", ("-o", "mine.txt")),
        ("weights", ("-o", "t.csv")),
    ],
)
def test_neither_the_table_nor_another_file_is_written_over(
    run: Run, tmp_path: Path, command: str, options: tuple[str, ...]
) -> None:
    """A command replaces only what it writes: a table of respondents stays, though it begins like one of scores."""
    respondents = "respondent,weights,rd_intensity\n" + "".join(f"r{n},,2\n" for n in range(6))
    others = {
        "t.csv": respondents.encode(),
        "other.csv": b"respondent,weights,rd_organisation\nr,,2\n",
        "mine.txt": b"notes\n",
        "mine.csv.gz": gzip.compress(respondents.encode(), mtime=0),
        "mine.parquet": b"PAR1 of somebody",
    }
    for name, data in others.items():
        (tmp_path / name).write_bytes(data)
    done = run("cohort", command, "t.csv", *REGION, *options)
    assert (done.returncode, {name: (tmp_path / name).read_bytes() for name in others}) == (3, others)
    assert "is" in done.stderr


@pytest.mark.parametrize(("command", "file"), [("collect", "x.csv"), ("score", "x.csv"), ("benchmark", "x.json")])
def test_problems_and_result_are_two_files(run: Run, tmp_path: Path, command: str, file: str) -> None:
    """Else the one that is written last is all that is left."""
    (tmp_path / "t.csv").write_text("respondent,rd_intensity\nr,x\n", encoding="utf-8")
    done = run("cohort", command, "t.csv", *REGION, "-o", file, "--problems", f"./{file}")
    assert (done.returncode, "name one file" in done.stderr, (tmp_path / file).exists()) == (2, True, False)


@pytest.mark.parametrize("name", ["./", "../", "../{here}/", "/"])
def test_scores_do_not_take_the_place_of_the_current_folder(run: Run, tmp_path: Path, name: str) -> None:
    """It would be gone, and the scores with it."""
    (tmp_path / "t.csv").write_text("respondent,rd_intensity\nr,2\n", encoding="utf-8")
    done = run("cohort", "score", "t.csv", *REGION, "-o", name.format(here=tmp_path.name), "--problems", "../p.csv")
    assert (done.returncode, "is the current folder, or holds it" in done.stderr) == (3, True)
    assert [file.name for file in tmp_path.iterdir()] == ["t.csv"]


def test_scores_go_where_a_link_to_a_folder_leads(run: Run, tmp_path: Path) -> None:
    """It stays a link, and the next run writes them anew."""
    (tmp_path / "t.csv").write_text("respondent,rd_intensity\nr,2\n", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "s").symlink_to("elsewhere")
    for _ in range(2):
        assert run("cohort", "score", "t.csv", *REGION, "-o", "s/").returncode == 0
        assert (tmp_path / "s").is_symlink()
        assert (tmp_path / "elsewhere/_job.json").exists()
    assert not [*tmp_path.glob("*.parts")]


def test_problems_are_not_named_as_other_files_are(run: Run, tmp_path: Path) -> None:
    """Answers that are broken, or a workbook that does not open, is what they would be taken for."""
    (tmp_path / "t.csv").write_text("respondent,rd_intensity\nr,x\n", encoding="utf-8")
    for name in ("p.toml", "p.xlsx"):
        done = run("cohort", "score", "t.csv", *REGION, "-o", "s.csv", "--problems", name)
        assert (done.returncode, "ends in .csv" in done.stderr, (tmp_path / name).exists()) == (2, True, False)


def test_problems_do_not_go_into_the_folder_of_the_scores(run: Run, tmp_path: Path) -> None:
    """It is cleared away, and they with it, once the scores are there."""
    (tmp_path / "t.csv").write_text("respondent,rd_intensity\nr,x\n", encoding="utf-8")
    done = run("cohort", "score", "t.csv", *REGION, "-o", "s/", "--problems", "s/p.csv")
    assert (done.returncode, "put the problems beside it" in done.stderr) == (2, True)
    assert [file.name for file in tmp_path.iterdir()] == ["t.csv"]
