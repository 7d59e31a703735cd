"""A figure by phone, one from a bureau's sheet, one from a yearbook meet in one assessment, each with its origin."""

import json
import tomllib
from pathlib import Path
from random import Random

import pytest

from nqpf_assess.locale import LANGUAGES
from tests.cli.conftest import Run
from tests.support.later import Later

openpyxl = Later("openpyxl")

BUREAU = {"en": "Science and technology bureau", "zh": "科技局"}


def bureau_form(run: Run, tmp_path: Path, language: str) -> Path:
    """The form of one bureau as it comes back: filled in, its rows sorted, its sheet and its file renamed."""
    assert run("export", "region", "--to", "xlsx", "--by", "holder", "-o", "forms/", "--lang", language).returncode == 0
    (form,) = (tmp_path / "forms").glob(f"*{BUREAU[language]}*.xlsx")
    book = openpyxl.load_workbook(form)
    about = {row[0].value: row[1] for row in book["about"].iter_rows(max_row=9)}
    for key, words in (("name", "安和县"), ("period", "2025年"), ("respondent", "王工")):
        about[key].value = words
    (sheet,) = (one for one in book if any(row[0].value == "tech_contract_share" for row in one.iter_rows()))
    keys = [cell.value for cell in sheet[1]]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    for row in rows:
        if row[0] == "tech_contract_share":
            row[keys.index("answer")], row[keys.index("year")] = 1.2, 2025
            row[keys.index("evidence")] = "登记台账"
    Random(7).shuffle(rows)
    for at, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column).value = value
    sheet.title = "定稿"
    path = tmp_path / "报送.xlsx"
    book.save(path)
    form.unlink()
    return path


def by_phone(tmp_path: Path) -> Path:
    """What Kobo hands out of a form that was filled in on a phone."""
    path = tmp_path / "kobo.json"
    submission = {
        "_id": 1203311,
        "form__edition": "region 2027.1.0",
        "subject__name": "安和县",
        "subject__period": "2025",
        "subject__respondent": "李敏",
        "facts__group/tier": "county",
        "innovation__group/rd_input__group/rd_organisation": "3",
        "end": "2026-11-20T09:31:00.000+08:00",
        "_submission_time": "2026-11-20T01:31:05",
    }
    path.write_text(json.dumps({"count": 1, "results": [submission]}), encoding="utf-8")
    return path


def yearbook(tmp_path: Path) -> Path:
    """A table of counties as a provincial yearbook has it."""
    path = tmp_path / "年鉴2025.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "23-4"
    sheet.append(["23-4 各县（市、区）主要经济指标（2024年）"])
    sheet.append(["地区", "年末常住人口", "地区生产总值", "研究与试验发展（R&D）经费支出"])
    sheet.append([None, "（万人）", "（亿元）", "（万元）"])
    sheet.append(["清源县", 38.1, 180.2, 11000])
    sheet.append(["安和县", 46.2, 212.4, 22300])
    book.save(path)
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_sources_meet_and_the_report_says_where_each_figure_came_from(
    run: Run, tmp_path: Path, language: str
) -> None:
    speak = ("--lang", language)
    first = run("import", bureau_form(run, tmp_path, language), "--write", *speak)
    assert first.returncode == 0, first.stdout + first.stderr
    (county,) = tmp_path.glob("*.toml")
    assert run("import", by_phone(tmp_path), "--into", county, "--write", *speak).returncode == 0
    last = run("import", yearbook(tmp_path), "--map", "provincial_yearbook", "--into", county, "--write", *speak)
    assert last.returncode == 0, last.stdout + last.stderr

    held = tomllib.loads(county.read_text(encoding="utf-8"))
    given = {**held["facts"], **held["answers"]}
    came = {id: (given[id]["value"], given[id]["from"]["kind"], given[id].get("year")) for id in given}
    assert came == {
        "tech_contract_share": ("1.2", "xlsx", 2025),
        "rd_organisation": (3, "kobo", None),
        "tier": ("county", "kobo", None),
        "rd_intensity": ("1.05", "statistics", 2024),
        "population": ("46.2", "statistics", 2024),
    }
    assert run("check", county).returncode == 0

    full, brief = (
        "".join(run("report", county, "--edition", edition, "--to", "text", *speak).stdout.split())
        for edition in ("full", "brief")
    )
    for origin in ("报送.xlsx", "定稿!H", "kobo.json", "1203311", "年鉴2025.xlsx", "23-4!D5/23-4!C5"):
        assert origin in full
    for file in ("报送.xlsx", "kobo.json", "年鉴2025.xlsx"):
        assert file in brief


def test_a_sheet_of_another_year_does_not_pass_for_this_one(run: Run, tmp_path: Path) -> None:
    """The year of figures is the one in the sheet's title; where no year stands anywhere, that is said."""
    (tmp_path / "r.toml").write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "region", version = "2027.1.0" }\n'
        'weights = { id = "baseline", version = "2027.1.0" }\n[subject]\nname = "安和县"\nperiod = "2025"\n',
        encoding="utf-8",
    )
    told = run("import", yearbook(tmp_path), "--map", "provincial_yearbook", "--into", "r.toml", "--json")
    (respondent,) = json.loads(told.stdout)["files"][0]["respondents"]
    assert any("2024" in note and "2025" in note for note in respondent["notes"])
    book = openpyxl.load_workbook(tmp_path / "年鉴2025.xlsx")
    book["23-4"]["A1"] = "某省统计年鉴2025年鉴 主要经济指标"
    book.save(tmp_path / "年鉴2025.xlsx")
    told = run("import", "年鉴2025.xlsx", "--map", "provincial_yearbook", "--into", "r.toml", "--json")
    (respondent,) = json.loads(told.stdout)["files"][0]["respondents"]
    assert any("says that the figures of “" in note for note in respondent["notes"])
