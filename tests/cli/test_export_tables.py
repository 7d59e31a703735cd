"""`export ANSWERS...`: all figures as tidy tables in four forms, each with a dictionary; none steers anything."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.cli.main import run

SAMPLES = Path(__file__).parents[2] / "samples"
COUNTY, FIRM = str(SAMPLES / "cluster_county.toml"), str(SAMPLES / "firm_exporter.toml")
TABLES = ("assessments", "answers", "scores", "ledger", "gaps", "plan", "criteria")


@pytest.fixture(autouse=True)
def in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def export(*arguments: str, status: int = 0) -> None:
    assert run(["export", *arguments, "--lang", "en"]) == status


def rows_of(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(Path(path).read_text(encoding="utf-8-sig").splitlines(keepends=True)))


def test_tables_have_the_figures_of_score(capsys: pytest.CaptureFixture[str]) -> None:
    for _again in range(2):  # what nobody saved since is written anew
        export(COUNTY, FIRM, "--to", "csv", "-o", "t/")
    assert {path.stem for path in Path("t").iterdir()} == {*TABLES, "dictionary"}
    capsys.readouterr()
    assert run(["score", "--json", COUNTY, FIRM]) == 0
    cards = json.loads(capsys.readouterr().out)
    scores = rows_of("t/scores.csv")
    told = [(node["id"], node["score"], node["gap"]) for card in cards for node in card["nodes"]]
    figures = [(row["id"], *(float(row[name]) if row[name] else None for name in ("score", "gap"))) for row in scores]
    assert figures == told
    steps = [
        (row["node"], step["from"], step["factor"]) for card in cards for row in card["ledger"] for step in row["steps"]
    ]
    written = [(row["node"], row["by"], float(row["factor"])) for row in rows_of("t/ledger.csv") if row["step"] != "0"]
    assert written == steps
    plan = {(row["file"], row["id"]): float(row["gain"] or "nan") for row in rows_of("t/plan.csv")}
    assert plan == pytest.approx(
        {
            (file, m["id"]): m["gain"] if m["gain"] is not None else float("nan")
            for file, card in zip((COUNTY, FIRM), cards, strict=True)
            for m in card["countermeasures"]
        },
        nan_ok=True,
    )
    whole = rows_of("t/assessments.csv")
    assert [float(row["score"]) for row in whole] == [c["overall"]["score"] for c in cards]
    for part in ("questionnaire", "weights"):
        for key in ("version", "digest"):
            assert [row[f"{part}_{key}"] for row in whole] == [c[part][key] for c in cards]
    assert [row["answers_digest"] for row in whole] == [c["answers_digest"] for c in cards]
    assert [row["baseline"] for row in whole] == ["baseline", "baseline"]
    assert [row["checks"] for row in whole] == [";".join(check["id"] for check in c["checks"]) for c in cards]
    assert all(row["title_en"] and row["title_zh"] for row in scores)
    assert all(row["lead_en"] and row["lead_zh"] for row in rows_of("t/plan.csv"))
    # A figure that the app writes stands in the file as a text, and is a number all the same.
    typed = [row for row in rows_of("t/answers.csv") if row["kind"] in ("number", "level") and row["value"]]
    assert [float(row["number"] or "nan") for row in typed] == [float(row["value"]) for row in typed]


def test_whatever_is_named_is_named_by_its_own_edition(tmp_path: Path) -> None:
    """The answers, the profile of one's own that scores and the baseline may be of three."""
    shipped = (SAMPLES.parent / "weights" / "firm" / "exporter.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(shipped.replace("based_on", 'version = "1.0.0"\nbased_on', 1), encoding="utf-8")
    (tmp_path / "old.toml").write_text(Path(FIRM).read_text("utf-8").replace("2027.1.0", "2026.1.0"), encoding="utf-8")
    export(FIRM, "--to", "csv", "--weights", "baseline", "-o", "b/")
    export("old.toml", "--to", "csv", "--weights", "mine.toml", "-o", "m/")
    (base,), (mine,) = (rows_of(f"{folder}/assessments.csv") for folder in "bm")
    assert mine["weights_version"] == "1.0.0" != mine["baseline_version"] == base["weights_version"]
    assert mine["weights_digest"] != mine["baseline_digest"] == base["weights_digest"]
    assert (mine["answered_version"], mine["questionnaire_version"]) == ("2026.1.0", base["questionnaire_version"])


def approx(cells: dict[str, Any]) -> dict[str, Any]:
    """A sheet holds figures to sixteen digits."""
    return {name: pytest.approx(cell, rel=1e-15) if isinstance(cell, float) else cell for name, cell in cells.items()}


def test_every_form_holds_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pq = pytest.importorskip("pyarrow.parquet")
    export(COUNTY, FIRM, "--to", "xlsx", "-o", "t.xlsx")
    export(COUNTY, FIRM, "--to", "parquet", "-o", "p/")
    export(COUNTY, FIRM, "--to", "json", "-o", "j/")
    export(COUNTY, FIRM, "--to", "csv", "-o", "c/")
    data = json.loads(Path("j/tables.json").read_text(encoding="utf-8"))
    assert data["format"] == "nqpf-tables/1"
    book = openpyxl.load_workbook("t.xlsx", read_only=True)
    assert book.sheetnames == [*TABLES, "dictionary"]
    for name in (*TABLES, "dictionary"):
        wanted = data["tables"][name] if name in TABLES else data["dictionary"]
        assert pq.read_table(f"p/{name}.parquet").to_pylist() == wanted
        head, *rows = book[name].iter_rows(values_only=True)
        assert all(dict(zip(head, row, strict=False)) == approx(cells) for row, cells in zip(rows, wanted, strict=True))
        assert [[cell or None for cell in row.values()] for row in rows_of(f"c/{name}.csv")] == [
            [
                None if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)
                for cell in row.values()
            ]
            for row in wanted
        ]
    described = {(row["table"], row["column"]) for row in data["dictionary"] if row["column"]}
    assert described == {(name, column) for name in TABLES for column in data["tables"][name][0]}


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet"])
def test_nothing_in_a_file_becomes_a_formula_or_steers(form: str) -> None:
    text = Path(COUNTY).read_text(encoding="utf-8")
    for plain, hostile in (("Yunjin", "=cmd|'/c calc'!A1 Yunjin"), ("2025", "\\u001b[2J\\u0000\\u009b 2025")):
        text = text.replace(f'"{plain}', f'"{hostile}', 1)
    text = text.replace("year = 2025", f"year = {10**20}", 1)  # check warns of it; Arrow's whole numbers end before
    Path("hostile.toml").write_text(text, encoding="utf-8")
    export("hostile.toml", "--to", form, "-o", "out/")
    written = b"".join(path.read_bytes() for path in Path("out").iterdir())
    assert b"\x1b[2J" not in written
    if form == "csv":
        (row,) = rows_of("out/assessments.csv")
        assert row["subject"].startswith("'=cmd")
        assert "\x00" not in "".join(row.values())
    if form == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        cells = [cell for row in openpyxl.load_workbook("out/tables.xlsx")["assessments"].iter_rows() for cell in row]
        assert any(str(cell.value).startswith("=cmd") for cell in cells)
        assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_where_a_value_was_imported_from_goes_along() -> None:
    text = Path(COUNTY).read_text(encoding="utf-8")
    at = text.index("[answers.rd_intensity]\n") + len("[answers.rd_intensity]\n")
    origin = 'from = { kind = "statistics", file = "yearbook.csv", place = "row 7", at = 2026-11-02T09:14:05+08:00 }\n'
    Path("a.toml").write_text(text[:at] + origin + text[at:], encoding="utf-8")
    export("a.toml", "--to", "csv", "-o", "t/")
    row = next(row for row in rows_of("t/answers.csv") if row["id"] == "rd_intensity")
    assert [row[f"from_{key}"] for key in ("kind", "file", "place", "at")] == [
        "statistics",
        "yearbook.csv",
        "row 7",
        "2026-11-02T09:14:05+08:00",
    ]


def test_what_is_ticked_and_does_not_suit_is_no_step() -> None:
    """As in the report: it lifts nothing in the gain of the plan."""
    text = Path(COUNTY).read_text(encoding="utf-8")
    chosen = '\n[plan]\nchosen = ["basic_research_fund", "digital_diagnosis"]\n'
    Path("a.toml").write_text(text + chosen, encoding="utf-8")
    export("a.toml", "--to", "csv", "-o", "t/")
    rows = {row["id"]: row for row in rows_of("t/plan.csv") if row["ticked"] == "true"}
    assert [row["step"] for row in rows.values()] == ["", "1"]
    assert rows["digital_diagnosis"]["cumulative_gain"] == rows["digital_diagnosis"]["gain"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_what_the_tables_have_no_place_for_is_said(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not carried is told: bureaus would read a measure that was dropped as step 1 of the plan."""
    told = {}
    for sample in (COUNTY, str(SAMPLES / "renewal_city_2025.toml")):
        export(sample, "--to", form, "-o", f"{Path(sample).stem}.xlsx" if form == "xlsx" else f"{Path(sample).stem}/")
        told[sample] = capsys.readouterr().err
    quiet, said = told.values()
    assert "not carried" not in quiet
    assert f"not carried by {form}: deadlines, reasons and notes of the follow-up sheet; gains in the table" in said
    if form == "csv":
        states = {row["id"]: row["state"] for row in rows_of("renewal_city_2025/plan.csv") if row["state"]}
        assert (states["equipment_renewal"], "not_begun" in states.values()) == ("done", False)
    assert not any(words in said for words in ("each respondent", "former editions"))
    for name, level in (("a.toml", 2), ("b.toml", 1)):
        text = Path(COUNTY).read_text(encoding="utf-8")
        assert "\nvalue = 2\n" in text
        kept = '\n[archive.gone]\nvalue = 1\nedition = "2026.1.0"\n'
        Path(name).write_text(text.replace("\nvalue = 2\n", f"\nvalue = {level}\n") + kept, encoding="utf-8")
    assert run(["merge", "a.toml", "b.toml", "-o", "merged.toml", "--lang", "en"]) == 0
    export("merged.toml", "--to", form, "-o", "m.xlsx" if form == "xlsx" else "m/")
    said = capsys.readouterr().err
    assert all(
        words in said for words in ("what each respondent said where they differed", "kept from former editions")
    )


def test_folders_and_bad_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Folders to the bottom; a bad file is told and does not stop the others; a foreign file stays."""
    deep = Path("province/city")
    deep.mkdir(parents=True)
    (deep / "good.toml").write_bytes(Path(COUNTY).read_bytes())
    (deep / "bad.toml").write_text('format = "nqpf-answers/1"\n', encoding="utf-8")
    (deep / "notes.txt").write_text("x", encoding="utf-8")
    export("province", "--to", "csv", "-o", "t/", status=1)
    said = capsys.readouterr().err
    assert "notes.txt" in said
    assert "bad.toml" in said
    assert len(rows_of("t/assessments.csv")) == 1
    export("province", "gone.toml", "--to", "json", "-o", "all.json", status=1)
    Path("mine.json").write_text("mine", encoding="utf-8")
    export(COUNTY, FIRM, "--to", "json", "-o", "mine.json", status=3)
    assert Path("mine.json").read_text(encoding="utf-8") == "mine"


def test_many_in_a_file_are_rows_for_a_cohort(capsys: pytest.CaptureFixture[str]) -> None:
    export(COUNTY, str(SAMPLES / "ecological_county.toml"), "--to", "csv", "-o", "rows.csv")
    assert [row["weights"] for row in rows_of("rows.csv")] == ["cluster_county", "ecological"]
    assert "-o tables/" in capsys.readouterr().err
    export(COUNTY, FIRM, "--to", "csv", "-o", "rows.csv", status=2)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ([COUNTY, "--to", "parquet"], 2, "name a folder"),
        ([COUNTY, "--to", "parquet", "-o", "t.parquet"], 2, "name a folder"),
        (["region", "--to", "parquet", "-o", "p/"], 2, "answer files"),
        (["region", "firm", "--to", "csv"], 2, "answer files"),
        ([COUNTY, "--to", "xlsform"], 2, "xlsx, json, parquet or html"),
    ],
)
def test_what_cannot_be_written(
    arguments: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    export(*arguments, status=status)
    assert said in capsys.readouterr().err


def test_parquet_without_its_library_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    for name in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # type: ignore[arg-type]
    export(COUNTY, "--to", "parquet", "-o", "p/", status=3)
    assert "nqpf-assess[cohort]" in capsys.readouterr().err


def test_the_same_answers_give_the_same_bytes() -> None:
    def files(folder: str) -> dict[str, Any]:
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}

    for form in ("csv", "xlsx", "json"):
        export(COUNTY, "--to", form, "-o", f"{form}-1/")
        export(COUNTY, "--to", form, "-o", f"{form}-2/")
        assert files(f"{form}-1") == files(f"{form}-2")
    noted = Path("csv-1/gaps.csv").read_bytes().replace(b"\r\n", b',"notes"\r\n', 1)
    Path("csv-1/gaps.csv").write_bytes(noted)
    (before := files("csv-1")).pop("answers.csv")
    Path("csv-1/answers.csv").unlink()
    export(COUNTY, "--to", "csv", "-o", "csv-1/", status=3)
    assert files("csv-1") == before  # none is written: they belong together
