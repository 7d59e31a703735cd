"""`import` of what holds no answers, or not all of them: told by what it is, and what to do."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nqpf_assess.cli.main import run as call
from nqpf_assess.exchange.sources import ReadingWish, read_source
from nqpf_assess.files.library import Library
from nqpf_assess.locale import LANGUAGES, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.tui.frame.tools import IN_MENU, PEERS, in_app
from tests.cli.conftest import Run
from tests.cli.rows import figures, one_row
from tests.cli.sheets import BY_PLACE, BY_YEAR, LONG, outcome
from tests.support.later import Later

openpyxl = Later("openpyxl")

SAMPLE = Path(__file__).parents[2] / "samples" / "cluster_county.toml"


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("wide.csv", "respondent," + "," * 20_000 + "\nA", "more than 16384 columns"),
        ("wide.json", json.dumps([{f"k{n}": 1 for n in range(20_000)}]), "more than 16384 columns"),
        ("long.json", json.dumps([{}] * 100_001), "more than 100000 rows"),
        ("deep.json", "[" * 100_000 + "]" * 100_000, "brackets within brackets"),
    ],
)
def test_a_table_beyond_all_bounds_is_a_sentence(run: Run, tmp_path: Path, name: str, words: str, said: str) -> None:
    """Names are held against those of the questionnaire, and each comparison costs milliseconds."""
    (tmp_path / name).write_text(words, encoding="utf-8")
    done = run("import", tmp_path / name, "--questionnaire", "region")
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


def test_many_respondents_are_a_cohort(run: Run, tmp_path: Path) -> None:
    (tmp_path / "many.csv").write_text("respondent,rd_intensity\nA,1\nB,2\n", encoding="utf-8")
    done = run("import", "many.csv")
    assert done.returncode == 1
    assert "nqpf-assess cohort score many.csv --questionnaire region" in done.stderr
    assert "import a table of the column names and its row alone" in done.stderr  # the way to one of them


def test_a_benchmark_is_told_to_stand_beside_a_score(tmp_path: Path) -> None:
    """Who is sent one opens it, is told that what is no answer file is imported, and would be led in a circle."""
    path = tmp_path / "b.json"
    path.write_text('{"format": "nqpf-benchmark/1", "groups": []}', "utf-8")
    with pytest.raises(UserError, match="is a benchmark; it holds no answers") as fault:
        read_source(path, Library(), ReadingWish(), at=datetime(2026, 1, 1, tzinfo=UTC))
    assert in_app(fault.value.hint) == fill(IN_MENU, tool=PEERS)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04rubbish", b"{", b"[1]", b"\x00\xff\xfe", b"\xd0\xcf\x11\xe0"]
)
def test_what_cannot_be_imported_is_a_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd").write_bytes(content)
    done = run("import", "odd")
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr


def test_lines_above_the_names_of_the_columns_are_told(run: Run, tmp_path: Path) -> None:
    """A spreadsheet program writes sep=;, people a title."""
    for line, above in ((2, "sep=,"), (3, "County figures,\n")):
        (tmp_path / "one.csv").write_text(f"{above}\nrespondent,rd_intensity\nAnhe,2.31\n", encoding="utf-8")
        assert f"stand in line {line} of one.csv" in run("import", "one.csv").stderr


def test_what_the_questionnaire_does_not_have_is_named_and_left_out(run: Run, tmp_path: Path) -> None:
    """Corrections of weights, measures and follow-up in JSON too: a new file that was imported is always sound."""
    assert run("export", SAMPLE, "--to", "json", "-o", "out.json").returncode == 0
    data = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    data["override"] = [{"node": "nowhere", "factor": "0.8", "why": "x"}]
    data["plan"] = {"chosen": ["nothing"]}
    data["answers"]["nobody_asks"] = {"value": 1}
    data["answers"]["rd_organisation"] = {"state": "na"}
    (tmp_path / "out.json").write_text(json.dumps(data), encoding="utf-8")
    done = run("import", "out.json", "--write")
    assert done.returncode == 1
    assert all(f"{place}, {id}" in done.stdout for place, id in (("override", "nowhere"), ("plan.chosen", "nothing")))
    assert "answers.nobody_asks" in done.stdout
    assert "without a reason" in done.stdout
    (made,) = tmp_path.glob("*.toml")
    assert run("check", made).returncode == 0


@pytest.mark.parametrize(
    ("stated", "command"),
    [
        ("nqpf-answers/1", "merge"),
        ("nqpf-map/1", "--map"),
        ("nqpf-questionnaire/1", "export"),
        ("nqpf-weights/1", "score"),
        ("", "check"),
    ],
)
def test_a_file_of_ours_is_called_what_it_is_with_its_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], stated: str, command: str
) -> None:
    path = tmp_path / "file.toml"
    path.write_text(f'# a file\n{"format" if stated else "title"} = "{stated}"\n', encoding="utf-8")
    for language in LANGUAGES:
        assert call(["--lang", language, "import", str(path)]) == 1
        said = capsys.readouterr().err
        assert command in said.splitlines()[1]
        assert ("answer file already" in said or "本身就是答卷" in said) == (stated == "nqpf-answers/1")


def test_a_folder_is_read_to_the_bottom_and_what_is_passed_over_is_said(
    run: Run, tmp_path: Path, answers: Path
) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    one_row(tmp_path, "respondent,patents_high_value", "Test County,9.5", name="in/a.csv")
    one_row(tmp_path, "respondent,tech_contract_share", "Test County,1.2", name="in/deep/b.CSV")
    (tmp_path / "in" / "readme.txt").write_text("x", encoding="utf-8")
    done = run("import", "in", "--into", answers, "--write")
    assert done.returncode == 0, done.stderr
    assert "in/readme.txt" in done.stderr
    assert {"patents_high_value", "tech_contract_share"} <= figures(answers).keys()
    # What a bureau saved in another form of spreadsheet holds answers all the same.
    (tmp_path / "in" / "bureau.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    told = run("import", "in", "--into", answers)
    assert (told.returncode, "Open it and save it as .xlsx" in told.stderr) == (1, True), told.stderr
    (tmp_path / "empty").mkdir()
    none = run("import", "empty")
    assert (none.returncode, none.stdout) == (1, "")
    assert none.stderr.count("error:") == 1


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ("安和县,2.3", True),
        *((row, False) for row in ("安和县,2.3\n", "安和县,2.3,4", "安和县,2.3\n  ", "安和县,2.3\n,,")),
    ],
)
def test_a_file_that_was_cut_off_is_refused(run: Run, tmp_path: Path, row: str, refused: bool) -> None:
    """Its last figure may be half of one: 2.3 of 2.31. A line that leaves out blank cells is ended, or it is whole."""
    path = tmp_path / "cut.csv"
    path.write_text(f"respondent,rd_intensity,rd_organisation\n{row}", encoding="utf-8")
    done = run("import", path)
    assert ("cut.csv may be cut off: its last line, 2," in done.stderr) == refused
    assert ("its last figure, 4, stands no line end" in done.stdout) == row.endswith("4")
    assert done.returncode == int(refused)


@pytest.mark.usefixtures("statistics")
@pytest.mark.parametrize(
    ("ending", "is_taken"),
    [
        ("注：不含飞地, 开发区, 农场, 林场", True),  # a note may hold any commas, and need not be ended
        ("资料来源：统计局", True),
        ("乙县,9", False),
        ("乙县,9\n,,", True),
    ],
)
def test_a_note_below_the_figures_is_not_taken_for_a_line_that_was_cut_off(
    run: Run, tmp_path: Path, ending: str, is_taken: bool
) -> None:
    found = outcome(run, tmp_path, f"地区,研发强度（%）,备注\n安和县,2.31,\n{ending}", BY_PLACE)
    assert ("share" in found["values"], "may be cut off" in found["said"]) == (is_taken, not is_taken)


@pytest.mark.usefixtures("statistics")
@pytest.mark.parametrize(
    ("mapped", "sheet", "told"),
    [
        (BY_PLACE, "地区,研发强度（%）\n甲县,约33\n安和县,2.31\n", "“安和县” stands in A3, outside of"),
        (
            BY_YEAR,
            "指标,2024年\n产值,33\n主导产业,纺织\n研发强度（%）,2.31\n",
            "“研发强度（%）” stands in A4, outside of",
        ),
        (BY_YEAR, "指标,2024年\n主导产业,纺织\n研发强度（%）,2.31\n", "“研发强度（%）” stands in A3, outside of"),
        (LONG, "指标,地区,年份,数值,单位,来源\n主导产业,安和县,2024,纺织,,x\n研发强度,安和县,2024,2.31,%,x\n", ""),
    ],
)
def test_what_stands_below_words_in_place_of_figures_is_not_said_to_be_absent(
    run: Run, tmp_path: Path, mapped: str, sheet: str, told: str
) -> None:
    """The sheet that showed it was said to have nothing of the place, or the figure not to be in it."""
    found = outcome(run, tmp_path, sheet, mapped)
    assert told in " ".join([str(found["said"]), *found["wrong"].values()])
    assert ("share" in found["values"]) == (not told)
    assert "share" not in found.get("columns", {}).get("absent", ())


@pytest.mark.usefixtures("statistics")
def test_a_comma_in_a_title_or_a_text_parts_no_cells(run: Run, tmp_path: Path) -> None:
    """The sheet was read as parted by commas, and said to have none of the heads that it shows."""
    for mark, text in (("\t", '"一,\n二,三\n四,五"'), (";", "一,二")):
        rows = (("地区", "研发强度（%）", "备注"), ("安和县", "2.31", text), ("乙县", "9", ""))
        sheet = "Main indicators, 2024\n" + "".join(f"{mark.join(row)}\n" for row in rows)
        assert outcome(run, tmp_path, sheet, BY_PLACE)["values"]["share"]["new"]["value"] == "2.31"


def test_a_page_that_is_called_a_spreadsheet_is_told_for_what_it_is(run: Run, tmp_path: Path) -> None:
    """Programs of offices export a table as a web page and call it .xls; Excel opens it all the same."""
    (tmp_path / "导出.xls").write_bytes("<table><tr><td>respondent</td></tr></table>".encode("utf-16"))
    done = run("import", "导出.xls")
    assert (done.returncode, "导出.xls is a web page or XML" in done.stderr) == (1, True)
    assert "save it as .xlsx" in done.stderr


@pytest.mark.usefixtures("statistics")
def test_a_sheet_whose_title_stands_in_pointed_brackets_is_no_page(run: Run, tmp_path: Path) -> None:
    """It was said to be a web page or XML, and no table that can be read."""
    found = outcome(run, tmp_path, "<表1> 主要指标\n地区,研发强度（%）\n安和县,2.31\n", BY_PLACE)
    assert found["values"]["share"]["new"]["value"] == "2.31"


@pytest.mark.usefixtures("statistics")
def test_a_file_in_which_nothing_names_a_year_is_named(run: Run, tmp_path: Path) -> None:
    """It may be called by another year than its figures are taken for."""
    (tmp_path / "map.toml").write_text(BY_PLACE, encoding="utf-8")
    for name in ("2024年.csv", "2023年.csv", "上半年.csv"):
        (tmp_path / name).write_text("地区,研发强度（%）\n安和县,2.31\n", encoding="utf-8")
        said = run("import", name, "--map", "map.toml", "--into", "a.toml").stdout
        assert f"the figures of “{name}” are those of 2024, for which" in " ".join(said.split())


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ("安和县,2,31,4", True),
        ("安和县,2,31,", True),  # the last cell was blank
        ("安和县,2.31,4,,", True),
        ('安和县,"2.31",4', False),
        ("安和县,2.31", False),
    ],
)
def test_a_comma_that_moves_a_line_on_is_refused(run: Run, tmp_path: Path, row: str, refused: bool) -> None:
    """2,31 without quotation marks would be 2, and what follows stand under the head before."""
    done = run("import", one_row(tmp_path, "respondent,rd_intensity,rd_organisation", row))
    assert ("one.csv, line 2: more cells than" in done.stderr) == refused
    assert done.returncode == int(refused)


def test_a_formula_is_no_name_and_no_year(run: Run, tmp_path: Path) -> None:
    """=2024+1 is not taken for the year 2024."""
    book = openpyxl.Workbook()
    book.active.append(["respondent", "period", "rd_intensity"])
    book.active.append(["=A9", "=2024+1", 2])
    book.save(tmp_path / "one.xlsx")
    (found,) = json.loads(run("import", "one.xlsx", "--questionnaire", "region", "--json").stdout)["files"]
    (one,) = found["respondents"]
    assert {row["id"]: row["place"] for row in one["problems"]} == {"respondent": "Sheet!A2", "period": "Sheet!B2"}
    assert [row["id"] for row in one["rows"]] == ["rd_intensity"]


def test_what_stands_twice_is_refused(run: Run, tmp_path: Path) -> None:
    """Two columns of one name, two sheets with answers: neither is taken for the one that is meant."""
    twice = run("import", one_row(tmp_path, "respondent,rd_intensity,respondent", "安和县,2.31,丙县"))
    assert (twice.returncode, "two columns are named “respondent”" in twice.stderr) == (1, True)
    book = openpyxl.Workbook()
    for sheet, figure in ((book.active, 2), (book.create_sheet("2024"), 3)):
        sheet.append(["respondent", "rd_intensity"])
        sheet.append(["安和县", figure])
    book.save(tmp_path / "two.xlsx")
    assert "several sheets of two.xlsx hold answers" in run("import", "two.xlsx").stderr
    del book["2024"]
    book.active.append(["丙县", 3])
    book.save(tmp_path / "two.xlsx")
    assert "Save the sheet as CSV" in run("import", "two.xlsx").stderr


@pytest.mark.parametrize("command", [("import",), ("cohort", "score", "-o", "scores.csv", "--questionnaire", "region")])
@pytest.mark.parametrize(("cell", "closed"), [('"see page 3', False), ('"see\npage 3"', True), ('see "page 3', True)])
def test_a_quotation_mark_that_is_never_closed_is_refused(
    run: Run, tmp_path: Path, command: tuple[str, ...], cell: str, closed: bool
) -> None:
    """It would make one cell of all that follows, whoever stands there."""
    path = one_row(
        tmp_path, "respondent,rd_intensity,remark", f"安和县,2,{cell}\n" + "丙县,3," * (command[0] == "cohort")
    )
    done = run(*command, path)
    assert ("one.csv, line 2: a quotation mark is opened" in done.stderr) != closed


def test_a_folder_that_bears_the_name_of_the_questionnaire_is_not_taken_for_it(
    run: Run, tmp_path: Path, answers: Path
) -> None:
    """The assessment names it by its id: forms of bureaus may be kept in a folder called `region`."""
    (tmp_path / "region").mkdir()
    source = one_row(tmp_path / "region", "respondent,rd_intensity", "Test County,1.5")
    done = run("import", source, "--into", answers)
    assert done.returncode == 0, done.stderr
    assert "1.5%" in done.stdout


@pytest.mark.parametrize(("rows", "more"), [("results", "next"), ("value", "@odata.nextLink")])
def test_of_one_page_of_several_it_is_said_that_others_are_not_in_it(
    run: Run, tmp_path: Path, rows: str, more: str
) -> None:
    """The first page of Kobo's or Central's interface is not all submissions."""
    for page, said in (("https://x/2", True), (None, False)):
        data = {"count": 2, more: page, rows: [{"subject__name": "Alpha", "rd_intensity": "1.5"}]}
        (tmp_path / "k.json").write_text(json.dumps(data), encoding="utf-8")
        done = run("import", "k.json", "--questionnaire", "region")
        assert (done.returncode, "k.json is one page of several" in done.stdout) == (0, said)


def test_a_table_of_heads_alone_is_said_to_hold_nobody(run: Run, tmp_path: Path, answers: Path) -> None:
    (tmp_path / "none.csv").write_text("_id,subject__name,rd_intensity\n", encoding="utf-8")
    for more in ((), ("--into", answers)):
        done = run("import", "none.csv", *more)
        assert (done.returncode, "none.csv holds no respondent" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[]", "holds no submission"),
        ('{"count": 0, "next": null, "results": []}', "holds no submission"),
        ("file,subject,period,table,id,state,value\n", "holds no respondent"),
    ],
)
def test_what_nobody_has_answered_yet_is_not_said_to_be_nothing_known(tmp_path: Path, words: str, said: str) -> None:
    """A list without submissions, as Kobo's interface sends before the first one, is told as that."""
    source = tmp_path / "none"
    source.write_text(words, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        read_source(source, Library(), ReadingWish(), at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.usefixtures("statistics")
@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_short_table_under_many_notes_is_parted_by_what_its_heads_have(mark: str, run: Run, tmp_path: Path) -> None:
    """Most lines had the comma of the notes, and the heads that stand there were said to be nowhere."""
    sheet = f"地区{mark}研发强度（%）\n安和县{mark}2.31\n" + "".join(f"Note {n}: final, revised\n" for n in range(4))
    assert outcome(run, tmp_path, sheet, BY_PLACE)["values"]["share"]["new"]["value"] == "2.31"
