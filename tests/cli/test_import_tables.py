"""The table of answers that `export` writes comes back from CSV, XLSX and JSON, with what was typed into it."""

import csv
import json
import shutil
import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.cli.main import run as main
from nqpf_assess.exchange.tables import csv_text
from tests.cli.conftest import REPOSITORY, Run
from tests.session.conftest import QUESTIONNAIRE, write_content
from tests.support.later import Later
from tests.support.scored import every_other

openpyxl = Later("openpyxl")

SAMPLES = REPOSITORY / "samples"
FORMS = {"csv": ("out/", "out/answers.csv"), "xlsx": ("t.xlsx", "t.xlsx"), "json": ("out/", "out/tables.json")}


def exported(run: Run, tmp_path: Path, form: str, *names: str) -> str:
    """Export samples as tidy tables; return the path of what is imported of them."""
    for name in names:
        shutil.copy(SAMPLES / f"{name}.toml", tmp_path)
    target, table = FORMS[form]
    done = run("export", *(f"{name}.toml" for name in names), "--to", form, "-o", target)
    assert done.returncode == 0, done.stderr
    return table


def scored(run: Run, path: Path) -> dict[str, Any]:
    found = json.loads(run("score", path, "--json").stdout)
    return {key: found[key] for key in ("overall", "nodes", "countermeasures")}


@pytest.mark.parametrize(
    ("form", "sample"), every_other([*product(FORMS, ["grain_county_quick", "firm_service", "catch_up_county"])])
)
def test_what_export_wrote_comes_back(run: Run, tmp_path: Path, form: str, sample: str) -> None:
    table = exported(run, tmp_path, form, sample)
    if sample == "catch_up_county":  # evidence with a semicolon in it comes back as its pieces, and added nothing
        file = tmp_path / f"{sample}.toml"
        file.write_text(file.read_text("utf-8").replace('["拨付凭证"]', '["拨付凭证；第3页"]'), encoding="utf-8")
        assert run("export", file.name, "--to", form, "-o", FORMS[form][0]).returncode == 0
    again = run("import", table, "--into", f"{sample}.toml", "--write")
    assert (again.returncode, "Nothing to change" in again.stdout) == (0, True), again.stdout + again.stderr
    done = run("import", table, "--write", "--json")
    ((one,),) = (file["respondents"] for file in json.loads(done.stdout)["files"])
    assert (one["new"], one["problems"]) == (True, [])
    assert scored(run, tmp_path / one["into"]) == scored(run, tmp_path / f"{sample}.toml")


def test_what_was_typed_into_the_table_is_taken_or_named_with_its_cell(run: Run, tmp_path: Path) -> None:
    path = tmp_path / exported(run, tmp_path, "csv", "cluster_county")
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = [*csv.reader(file)]
    at = {row[heads.index("id")]: row for row in rows}
    for id, column, typed in (
        ("rd_intensity", "value", "2.5"),
        *(("rd_intensity", beside, "") for beside in ("evidence", "note", "confidence")),
        ("patents_high_value", "value", "16.1"),
        ("rd_organisation", "value", "9"),
        ("population", "confidence", "rather"),
        ("cyber_review_share", "id", "cyber_share"),
    ):
        at[id][heads.index(column)] = typed
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    path.with_name("assessments.csv").unlink()
    done = run(
        "import", "out/answers.csv", "--into", "cluster_county.toml", "--on-conflict", "take", "--write", "--json"
    )
    ((one,),) = (file["respondents"] for file in json.loads(done.stdout)["files"])
    assert "by the baseline where --weights names no other" in " ".join(one["notes"])
    # What stays beside a value that is replaced is told where the table names none of it.
    assert {row["id"]: row["why"] for row in one["rows"] if row["fate"] == "conflict"} == {
        "rd_intensity": ["beside the new one stays of the answer before: the evidence, the note, how sure it is"],
        "patents_high_value": [],
    }
    wrong = {row["id"]: row["place"] for row in one["problems"]}
    places = {id: rows.index(row) + 2 for id, row in at.items()}
    column = {name: chr(ord("A") + heads.index(name)) for name in ("value", "confidence", "id")}
    assert wrong == {
        "rd_organisation": f"{column['value']}{places['rd_organisation']}",
        "population": f"{column['confidence']}{places['population']}",
        "cyber_share": f"{column['id']}{places['cyber_review_share']}",
    }
    assert 'value = "2.5"' in (tmp_path / "cluster_county.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("head", "cell", "said"),
    [
        ("value", "2,31", "more cells than the line of heads"),
        ("value,value", "1.9,2.31", "two columns are named “value”"),
    ],
)
def test_of_what_a_comma_moved_on_or_two_columns_say_nothing_is_taken(
    run: Run, tmp_path: Path, head: str, cell: str, said: str
) -> None:
    """2,31 would be 2, since the last cells of a line are blank; of two columns the first does not count."""
    path = tmp_path / exported(run, tmp_path, "csv", "cluster_county")
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = [*csv.reader(file)]
    at = heads.index("value")
    lines = [",".join([*heads[:at], head, *heads[at + 1 :]])]
    line = next(row for row in rows if "rd_intensity" in row)
    lines.append(",".join([*line[:at], cell, "", "", "", *[""] * len(heads[at + 4 :])]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("import", "out/answers.csv", "--into", "cluster_county.toml")
    assert done.returncode == 1
    assert said in done.stderr


def test_who_gave_an_answer_and_what_a_spreadsheet_would_run_come_back(run: Run, tmp_path: Path) -> None:
    """Whoever is named beside an answer gave it, not who answered the whole; `'` before `=` is no part of words.

    Nor where a spreadsheet program opened the table and saved it as its own.
    """
    (tmp_path / "a.toml").write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "region", version = "2027.1.0" }\n'
        'weights = { id = "baseline", version = "2027.1.0" }\n[subject]\nname = "A"\nrespondent = "Office"\n'
        '[facts]\ntier = { value = "unsure" }\n[answers]\n'
        'rd_organisation = { value = 3, by = "Bureau", note = "=1+1" }\nopen_innovation = { value = 1 }\n',
        encoding="utf-8",
    )
    assert run("export", "a.toml", "--to", "csv", "-o", "out/").returncode == 0
    done = run("import", "out/answers.csv", "--write", "--json")
    ((one,),) = (file["respondents"] for file in json.loads(done.stdout)["files"])
    made = (tmp_path / one["into"]).read_text(encoding="utf-8")
    assert (made.count('by = "Bureau"'), made.count('note = "=1+1"')) == (1, 1)
    assert 'by = "Office"' in made
    assert "state" not in made  # that an option means “not known” is said by the option
    book = openpyxl.Workbook()
    with (tmp_path / "out" / "answers.csv").open(encoding="utf-8-sig", newline="") as table:
        for row in csv.reader(table):
            book.active.append(row)
    book.save(tmp_path / "saved.xlsx")
    again = run("import", "saved.xlsx", "--into", "a.toml")
    assert (again.returncode, "Nothing to change" in again.stdout) == (0, True), again.stdout


def test_what_is_not_asked_now_keeps_why_it_has_no_answer(run: Run, tmp_path: Path) -> None:
    """Beside “hidden” the table has the state that was given: a figure set aside comes back set aside."""
    (tmp_path / "a.toml").write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "region", version = "2027.1.0" }\nmode = "quick"\n'
        'weights = { id = "baseline", version = "2027.1.0" }\n[subject]\nname = "A"\n[answers]\n'
        'tech_contract_share = { value = "1.2", state = "na", reason = "no count" }\n'
        'open_innovation = { value = 1, state = "dk" }\n',
        encoding="utf-8",
    )
    assert run("export", "a.toml", "--to", "csv", "-o", "out/").returncode == 0
    rows = {row["id"]: row for row in csv.DictReader((tmp_path / "out" / "answers.csv").open(encoding="utf-8-sig"))}
    kept = {"tech_contract_share": "na", "open_innovation": "dk"}
    assert {id: (rows[id]["state"], rows[id]["stated"]) for id in kept} == {id: ("hidden", kept[id]) for id in kept}
    done = run("import", "out/answers.csv", "--write", "--json")
    ((one,),) = (file["respondents"] for file in json.loads(done.stdout)["files"])
    made = tomllib.loads((tmp_path / one["into"]).read_text(encoding="utf-8"))["answers"]
    assert {id: answer["state"] for id, answer in made.items()} == kept


def test_nothing_ticked_that_is_not_asked_now_comes_back_as_an_answer(tmp_path: Path) -> None:
    """Beside “hidden” the table says that none was ticked: in full mode the question would be open again."""
    content = write_content(tmp_path)
    words = QUESTIONNAIRE.replace(", score = 0, exclusive = true", ", score = 0")
    (content / "questionnaires" / "small.toml").write_text(words.replace("core = true", ""), encoding="utf-8")
    (tmp_path / "a.toml").write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "small", version = "1" }\nmode = "quick"\n'
        'weights = { id = "baseline", version = "1" }\n[subject]\nname = "A"\n[answers]\ntools = { value = [] }\n',
        encoding="utf-8",
    )
    (tmp_path / "out").mkdir()
    more = ("--content", str(content))
    assert main(["export", str(tmp_path / "a.toml"), "--to", "csv", "-o", f"{tmp_path}/out/", *more]) == 0
    assert main(["import", str(tmp_path / "out" / "answers.csv"), "--write", *more]) == 0
    made = tomllib.loads((tmp_path / "out" / "A.toml").read_text(encoding="utf-8"))
    assert made["answers"]["tools"]["value"] == []


def test_a_table_of_several_gives_a_file_each_and_the_other_tables_hold_none(run: Run, tmp_path: Path) -> None:
    table = exported(run, tmp_path, "xlsx", "cluster_county", "firm_exporter")
    done = run("import", table, "--json")
    (file,) = json.loads(done.stdout)["files"]
    assert len({one["into"] for one in file["respondents"]}) == 2
    assert [one["problems"] for one in file["respondents"]] == [[], []]
    assert all("corrections by hand" in " ".join(one["notes"]) for one in file["respondents"])
    exported(run, tmp_path, "csv", "cluster_county")
    for other in ("scores", "assessments"):  # the second one is no row of a cohort
        named = run("import", f"out/{other}.csv", "--questionnaire", "region")
        assert (named.returncode, "table “answers”" in named.stderr) == (1, True)
    folder = run("import", "out/", "--into", "cluster_county.toml")
    assert folder.returncode == 0
    assert folder.stderr.count("another table of an export") == 7


def test_two_whose_names_make_one_name_of_a_file_have_a_file_each(run: Run, tmp_path: Path) -> None:
    """A sign may not stand in it, or it ends before they differ: the answers of one went into the file of the other."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, (name, id) in enumerate((("ABC: X", "rd_staff_share"), ("ABC? X", "rd_revenue_share"))):
        table = f'respondent,period,fact.size,{id}\n"{name}",2025,medium,0.2\n'
        (folder / f"{number}.csv").write_text(table, encoding="utf-8")
    assert run("import", "in", "--questionnaire", "firm", "--write").returncode == 0
    held = [tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")]
    assert {one["subject"]["name"]: [*one["answers"]] for one in held} == {
        "ABC: X": ["rd_staff_share"],
        "ABC? X": ["rd_revenue_share"],
    }


def test_of_last_years_table_without_that_of_assessments_no_figure_of_another_unit_is_taken(
    run: Run, tmp_path: Path
) -> None:
    """The edition that was answered stands there alone: per mille would be taken as per cent."""
    path = tmp_path / exported(run, tmp_path, "csv", "catch_up_county")
    path.with_name("assessments.csv").unlink()
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = [*csv.reader(file)]
    at = {row[heads.index("id")]: row for row in rows}
    for unit in ("unit_en", "unit_zh"):
        at["fiscal_sci_share"][heads.index(unit)] = "‰"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    ((one,),) = (file["respondents"] for file in json.loads(run("import", path, "--json").stdout)["files"])
    assert [(row["id"], row["why"]) for row in one["problems"]] == [
        ("fiscal_sci_share", "the table gives this in “‰”, the question asks in “%”")
    ]


def test_what_an_earlier_edition_did_not_ask_is_no_answer_that_was_left_out(run: Run, tmp_path: Path) -> None:
    """The table is made by the present edition: blank rows of its new questions are nothing to complain of."""
    (tmp_path / "old.toml").write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "region", version = "2026.1.0" }\n'
        'weights = { id = "baseline", version = "2026.1.0" }\n[subject]\nname = "Old"\nperiod = "2025"\n'
        '[answers.rd_intensity]\nvalue = "2.31"\n',
        encoding="utf-8",
    )
    assert run("export", "old.toml", "--to", "csv", "-o", "out/").returncode == 0
    table = tmp_path / "out" / "answers.csv"
    head, *rows = csv.reader(table.read_text("utf-8-sig").splitlines())
    (new,) = (row for row in rows if row[head.index("id")] == "visitor_nights")
    for state, status in (("blank", 0), ("na", 0), ("dk", 1)):  # “na” follows from other answers, without a reason
        new[head.index("state")] = state
        table.write_text(csv_text([head, *rows]), "utf-8", newline="")
        done = run("import", "out/answers.csv")
        assert (done.returncode, "visitor_nights" in done.stdout) == (status, bool(status)), done.stdout


def test_of_two_years_of_a_place_the_one_of_the_file_is_taken(run: Run, tmp_path: Path) -> None:
    names = ("renewal_city_2024", "renewal_city_2025")
    table = exported(run, tmp_path, "xlsx", *names)
    for name in names:
        done = run("import", table, "--into", f"{name}.toml")
        assert (done.returncode, "Nothing to change" in done.stdout) == (0, True), done.stdout + done.stderr


def test_of_a_copied_sheet_of_answers_none_is_taken(run: Run, tmp_path: Path) -> None:
    """Both are named: which of them somebody worked in is not guessed."""
    path = tmp_path / exported(run, tmp_path, "xlsx", "cluster_county")
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["answers"]).title = "answers (2)"
    book.save(path)
    done = run("import", path.name, "--into", "cluster_county.toml")
    assert (done.returncode, "answers, answers (2)" in done.stderr) == (1, True), done.stderr


def test_a_figure_beside_a_state_that_counts_is_said(run: Run, tmp_path: Path) -> None:
    """A figure typed beside “dk” counts for nothing, and is not said to be filled in."""
    path = tmp_path / exported(run, tmp_path, "csv", "cluster_county")
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = [*csv.reader(file)]
    row = next(row for row in rows if row[heads.index("id")] == "core_digital_share")
    row[heads.index("value")] = "3"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    place = f"{chr(ord('A') + heads.index('value'))}{rows.index(row) + 2}"
    said = run("import", "out/answers.csv", "--into", "cluster_county.toml").stdout
    assert f"a value stands at {place}, and beside it that there is no answer" in " ".join(said.split())


def test_do_not_know_takes_no_answer_away_whatever_figure_lies_beneath_it(run: Run, tmp_path: Path) -> None:
    for name, change in (("li", 'state = "dk"\n'), ("wang", "")):
        words = (SAMPLES / "cluster_county.toml").read_text(encoding="utf-8")
        head = "[answers.rd_intensity]\n"
        (tmp_path / f"{name}.toml").write_text(words.replace(head, head + change), encoding="utf-8")
    assert run("export", "li.toml", "--to", "json", "-o", "li.json").returncode == 0
    done = run("import", "li.json", "--into", "wang.toml", "--on-conflict", "take", "--json")
    ((one,),) = (file["respondents"] for file in json.loads(done.stdout)["files"])
    assert "rd_intensity" not in {row["id"] for row in one["rows"] if row["outcome"] in ("new", "replaced")}


def test_a_state_typed_in_words_is_one_or_told_to_be_none(run: Run, tmp_path: Path) -> None:
    """A word that is no state is told, and not passed over beside its reason."""
    path = tmp_path / exported(run, tmp_path, "csv", "cluster_county")
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = [*csv.reader(file)]
    at = {row[heads.index("id")]: row for row in rows}
    for id, state in (("rd_intensity", "Don't know"), ("rd_organisation", "不适用"), ("core_tech_tackling", "nobody")):
        at[id][heads.index("value")], at[id][heads.index("state")], at[id][heads.index("reason")] = "", state, "x"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    done = run("import", "out/answers.csv", "--json")
    ((one,),) = (file["respondents"] for file in json.loads(done.stdout)["files"])
    states = {row["id"]: row["new"].get("state") for row in one["rows"]}
    assert (states["rd_intensity"], states["rd_organisation"]) == ("dk", "na")
    assert {row["id"]: row["why"] for row in one["problems"]} == {"core_tech_tackling": "“nobody” is no state"}


def test_a_revision_of_0_is_none(run: Run, tmp_path: Path) -> None:
    """As a program fills in what is blank; it ended in a fault."""
    path = tmp_path / exported(run, tmp_path, "csv", "cluster_county")
    (alone := tmp_path / "alone").mkdir()
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = [*csv.reader(file)]
    at = heads.index("revision")
    with (alone / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *([*row[:at], "0", *row[at + 1 :]] for row in rows)])
    done = run("import", alone / "answers.csv", "--questionnaire", "region")
    assert done.returncode == 0, done.stderr


def test_of_a_table_whose_columns_were_moved_all_is_found(run: Run, tmp_path: Path) -> None:
    """Also with another column before the first one."""
    path = tmp_path / exported(run, tmp_path, "csv", "cluster_county")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.reader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([row[4], *row[:4], *row[5:]] for row in rows)
    done = run("import", "out/answers.csv", "--into", "cluster_county.toml")
    assert (done.returncode, "Nothing to change" in done.stdout) == (0, True), done.stderr
