"""Submissions of Kobo and ODK come back in every layout in which these tools export them."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.exchange.xlsform import xlsform
from nqpf_assess.files.library import Library
from nqpf_assess.model.questionnaire import Questionnaire
from tests.cli.conftest import Run
from tests.session.conftest import QUESTIONNAIRE
from tests.support.later import Later
from tests.support.scored import every_other

openpyxl = Later("openpyxl")

WANTED = {"zone": "hills", "share": "2.31", "plan": 2, "tools": ["audit", "trade"], "review": "outside", "story": "x"}


def outcome(run: Run, path: Path, *more: str) -> dict[str, Any]:
    done = run("import", path, "--json", *more)
    assert done.stdout, done.stderr
    (found,) = json.loads(done.stdout)["files"]
    respondents = found["respondents"]
    for one in respondents:
        one["values"] = {row["id"]: row["new"].get("value", row["new"].get("state")) for row in one["rows"]}
        one["wrong"] = {row["id"]: row["why"] for row in one["problems"]}
    return {**found, "first": respondents[0], "status": done.returncode}


def answered(one: dict[str, Any]) -> dict[str, Any]:
    return {id: value for id, value in one["values"].items() if id in WANTED}


KOBO = {
    "_id": 7,
    "_uuid": "aa-bb",
    "_submission_time": "2026-11-02T09:14:05",
    "subject__name": "安和县",
    "subject__period": "2025",
    "facts__group/zone": "hills",
    "new__group/spending__group/share": "2.31",
    "new__group/spending__group/share__year": "2024",
    "new__group/spending__group/plan": "2",
    "new__group/spending__group/plan__evidence": "文件一；文件二",
    "new__group/spending__group/review": "outside",
    "clean__group/works__group/tools": "audit trade",
    "clean__group/works__group/story": "x",
    "meta/instanceID": "uuid:1",
}


def test_kobo_json_comes_back(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    (tmp_path / "kobo.json").write_text(json.dumps({"count": 1, "results": [KOBO]}), encoding="utf-8")
    found = outcome(run, tmp_path / "kobo.json")
    assert (found["kind"], found["status"]) == ("kobo", 0)
    assert answered(found["first"]) == WANTED
    assert run("import", "kobo.json", "--write").returncode == 0
    text = (tmp_path / "安和县-2025.toml").read_text(encoding="utf-8")
    assert "year = 2024" in text
    assert 'place = "7 new__group/spending__group/share"' in text
    assert run("check", "安和县-2025.toml").returncode == 0
    # The same figure once more, of which the form asks the year and nobody says it: it is of the year of the form.
    again = {key: value for key, value in KOBO.items() if not key.endswith("share__year")}
    (tmp_path / "again.json").write_text(json.dumps([again]), encoding="utf-8")
    rows = outcome(run, tmp_path / "again.json", "--into", "安和县-2025.toml")["first"]["rows"]
    assert [row["fate"] for row in rows if row["id"] == "share"] == ["conflict"]


def test_a_submission_without_any_answer_is_one_still(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """It states our edition, by which a submission is known."""
    blank = {"_id": 7, "form__edition": f"small {small.version}", "subject__name": "安和县", "subject__period": "2025"}
    (tmp_path / "kobo.json").write_text(json.dumps([blank]), encoding="utf-8")
    found = outcome(run, tmp_path / "kobo.json")
    assert (found["kind"], [row["id"] for row in found["first"]["rows"]]) == ("kobo", ["name", "period"])


def test_central_data_in_nested_groups_come_back(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """OData of Central nests groups, and tells of its own under `__system`."""
    entry = {
        "__id": "uuid:1",
        "__system": {"submissionDate": "2026-11-02T09:14:05.000Z", "reviewState": None},
        "facts__group": {"zone": "hills"},
        "new__group": {"spending__group": {"share": 2.31, "plan": 2, "review": "outside", "share__year": 2024}},
        "clean__group": {"works__group": {"tools": "audit trade", "story": "x"}},
    }
    (tmp_path / "odata.json").write_text(json.dumps({"value": [entry]}), encoding="utf-8")
    found = outcome(run, tmp_path / "odata.json")
    assert (found["kind"], answered(found["first"])) == ("odk", WANTED)


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    head = list(dict.fromkeys(name for row in rows for name in row))
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        book.active.append(head)
        for row in rows:
            book.active.append([row.get(name) for name in head])
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, head)
            writer.writeheader()
            writer.writerows(rows)
    return path


PLAIN = {"zone": "hills", "share": "2.31", "plan": "2", "review": "outside", "story": "x"}
MULTI: dict[str, dict[str, Any]] = {
    "joined": {"tools": "audit trade"},
    "a column an option": {"tools/audit": 1, "tools/trade": 1, "tools/none": 0},
    "both": {"tools": "audit trade", "tools/audit": "TRUE", "tools/trade": "TRUE", "tools/none": "FALSE"},
    "true and false": {"tools/audit": "True", "tools/trade": "True", "tools/none": "False"},
    "the labels of options": {"tools/清洁生产审核": 1, "tools/Permit trading": 1},
    "the option where it is ticked": {"tools/audit": "audit", "tools/trade": "trade", "tools/none": ""},
}


@pytest.mark.parametrize("layout", MULTI)
@pytest.mark.parametrize("above", every_other(["", "group/", "new__group-spending__group-", "a.b."]))
def test_groups_and_several_answers_in_every_layout(
    run: Run, tmp_path: Path, small: Questionnaire, layout: str, above: str
) -> None:
    row = {f"{above}{name}": value for name, value in {**PLAIN, **MULTI[layout]}.items()}
    found = outcome(run, written(tmp_path / "out.csv", [{"SubmissionDate": "2026-11-02T09:14:05Z", **row, "KEY": "u"}]))
    assert (found["kind"], answered(found["first"])) == ("odk", WANTED)
    assert set(found["columns"]["carried"]) == {"SubmissionDate", "KEY"}


@pytest.mark.parametrize(("tick", "taken"), [("", True), (0, False)])
def test_empty_columns_of_ticks_deny_nothing(
    run: Run, tmp_path: Path, small: Questionnaire, tick: Any, taken: bool
) -> None:
    """Also where nothing ticked is an answer: what stands beside them was not unticked by whoever cleared them."""
    free = QUESTIONNAIRE.replace(", exclusive = true", "")
    (tmp_path / "questionnaires" / "small.toml").write_text(free, encoding="utf-8")
    row = {"_id": 1, **PLAIN, "tools": "audit trade", **{f"tools/{id}": tick for id in ("audit", "trade", "none")}}
    found = outcome(run, written(tmp_path / "out.csv", [row]), "--questionnaire", "small")["first"]
    assert ("tools" in answered(found), "tools" in found["wrong"]) == (taken, not taken)


def test_an_option_called_0_is_not_ticked_by_0(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    called = QUESTIONNAIRE.replace('en = "Permit trading"', 'en = "0"')
    (tmp_path / "questionnaires" / "small.toml").write_text(called, encoding="utf-8")
    row = {"_id": 1, **PLAIN, **MULTI["a column an option"], "tools/trade": 0}
    found = outcome(run, written(tmp_path / "out.csv", [row]), "--questionnaire", "small")
    assert found["first"]["values"]["tools"] == ["audit"]


def test_an_option_that_is_struck_out_or_merged_is_not_ticked(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """Of an answer of which a part cannot be read nothing is taken."""
    book = openpyxl.Workbook()
    book.active.append(["_id", "tools/audit", "tools/trade", "plan"])
    book.active.append([1, 1, 1, 2])
    book.active["C2"].font = openpyxl.styles.Font(strike=True)
    book.save(tmp_path / "x.xlsx")
    found = outcome(run, tmp_path / "x.xlsx", "--questionnaire", "small")["first"]
    assert (found["values"], found["wrong"]) == ({"plan": 2}, {"tools": "“1” is struck out"})


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("heads", ["names", "labels", "numbered"])
def test_labels_stand_for_codes_and_for_names(
    run: Run, tmp_path: Path, small: Questionnaire, language: str, heads: str
) -> None:
    q, f = small.questions, small.facts
    label = {id: asked.text[language] for id, asked in {**f, **q}.items()}
    options = {id: o.words[language] for id, o in q["tools"].options.items()}
    row: dict[str, Any] = {"_id": 1, "zone": f["zone"].options["hills"].words[language], "share": 2.31}
    row |= {"plan": q["plan"].levels[2].words[language], "review": q["review"].options["outside"].words[language]}
    tools = {f"tools/{id}": int(id != "none") for id in options}
    if heads == "labels":
        group = "Local conditions" if language == "en" else "本地条件"
        row = {f"{group}/{label[name]}" if name in label else name: value for name, value in row.items()}
        tools = {f"{label['tools']}/{options[name.split('/')[1]]}": value for name, value in tools.items()}
        row["Year of the figure" if language == "en" else "数据年份"] = ""
        # As Kobo writes them where nothing else is chosen: whom they describe is called by its label too.
        row["Name of the place or firm" if language == "en" else "地区或企业名称"] = "安和县"
        row[label["tools"]] = f"{options['audit']} {options['trade']}"
    if heads == "numbered":  # as 问卷星 writes them
        row = {f"{number}、{label[name]}" if name in label else name: row[name] for number, name in enumerate(row)}
        tools = {f"7、{label['tools']}": f"{options['audit']}┋{options['trade']}"}
    row |= tools | {"story" if heads == "names" else label["story"]: "x"}
    found = outcome(run, written(tmp_path / "kobo.xlsx", [row]), "--questionnaire", "small")
    assert (found["kind"], answered(found["first"]), found["first"]["wrong"]) == ("kobo", WANTED, {})
    assert found["first"]["name"] == ("安和县" if heads == "labels" else "kobo")  # else as its file


@pytest.mark.parametrize(("ticks", "taken"), [((1, 1, 0), True), (("", "", ""), True), ((1, 0, 0), False)])
@pytest.mark.usefixtures("small")
def test_ticks_that_differ_from_the_column_that_has_them_all_are_refused(
    run: Run, tmp_path: Path, ticks: tuple[Any, ...], taken: bool
) -> None:
    """Whoever corrects one of the two finds neither taken for the other."""
    row = {"_id": 1, "subject__name": "安和县", "plan": 2, "share": 2.31, "tools": "audit trade"}
    row |= dict(zip(("tools/audit", "tools/trade", "tools/none"), ticks, strict=True))
    found = outcome(run, written(tmp_path / "kobo.xlsx", [row]), "--questionnaire", "small")["first"]
    assert ("tools" in answered(found), "tools" in found["wrong"]) == (taken, not taken)


def test_below_the_words_of_a_question_a_number_is_no_level(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """Other programs count answers from 1: each level would be one too high. “(空)” and the like answer nothing."""
    cells = {"plan": 2, "tools": "1┋2", "share": "(空)", "story": "(跳过)"}
    row = {f"{n}、{small.questions[id].text['zh']}": cell for n, (id, cell) in enumerate(cells.items(), start=1)}
    found = outcome(run, written(tmp_path / "out.xlsx", [row]), "--questionnaire", "small")
    assert (found["kind"], answered(found["first"])) == ("csv", {})  # and no ODK submission in a report
    assert set(found["first"]["wrong"]) == {"plan", "tools"}
    assert "may count the answers otherwise" in found["first"]["wrong"]["plan"]
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for cell in book.active[2]:
        cell.number_format = '0"分"' if isinstance(cell.value, int) else "General"
    book.save(tmp_path / "out.xlsx")  # a number all the same
    found = outcome(run, tmp_path / "out.xlsx", "--questionnaire", "small")
    assert "may count the answers otherwise" in found["first"]["wrong"]["plan"]


@pytest.mark.parametrize(
    ("level", "code", "taken"),
    [
        ("3", "-3", False),
        ("3.0", "-3.0", False),
        ("近24个月没有研发项目获得财政支持，也没有企业接受过辅导。", "-3", True),
    ],
)
def test_below_figures_too_a_skipped_question_is_none(
    run: Run, tmp_path: Path, level: str, code: str, taken: bool
) -> None:
    """In a table of numbers -3 is a question that was not shown, also through pandas; in one of words a figure."""
    heads = "本地如何统筹全社会研发投入？,上年单位地区生产总值能耗降低率是多少？"
    (tmp_path / "survey.csv").write_text(f"{heads}\n{level},{code}\n", encoding="utf-8")
    done = json.loads(run("import", "survey.csv", "--json").stdout)
    ((one,),) = (file["respondents"] for file in done["files"])
    assert ("energy_intensity_cut" in {row["id"] for row in one["rows"]}) == taken
    assert ("skipped" in str(one["problems"])) == (not taken)


@pytest.mark.parametrize(
    ("second", "taken"), [("2024/share,2024/share__year", False), ("2024/share,share__year", False), ("a/share", True)]
)
def test_of_two_columns_of_a_question_that_differ_neither_is_taken(
    run: Run, tmp_path: Path, small: Questionnaire, second: str, taken: bool
) -> None:
    """That they differ is told; neither the first nor the last is guessed to hold."""
    cells = {"2024/share,2024/share__year": "3,2024", "2024/share,share__year": "2.0,2024", "a/share": "2.0"}[second]
    (tmp_path / "x.csv").write_text(f"2023/share,2023/share__year,{second},plan\n2,2023,{cells},1\n", encoding="utf-8")
    first = outcome(run, tmp_path / "x.csv", "--questionnaire", "small")["first"]
    assert (answered(first) == {"share": "2", "plan": 1}, answered(first) == {"plan": 1}) == (taken, not taken)
    assert ("share" in first["wrong"]) == (not taken)


def test_of_two_columns_that_differ_the_last_does_not_count_without_a_word(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """Of a name or year the first counts, and that is said; what has two reasons, or one option twice, is not taken."""
    heads = "subject__name,b/subject__name,tools__evidence,b/tools__evidence,a/tools/audit,b/tools/audit,share,plan"
    (tmp_path / "x.csv").write_text(f"{heads}\nLi,Wang,page 1,page 2,,,2,1\n", encoding="utf-8")
    found = outcome(run, tmp_path / "x.csv", "--questionnaire", "small")
    assert (found["first"]["name"], [*found["first"]["wrong"]]) == ("Li", ["subject__name", "tools"])
    assert (found["status"], "which counts" in found["first"]["wrong"]["subject__name"]) == (1, True)
    (tmp_path / "x.csv").write_text(f"{heads}\nLi,Li,page 1,page 1,1,0,2,1\n", encoding="utf-8")
    first = outcome(run, tmp_path / "x.csv", "--questionnaire", "small")["first"]
    assert (answered(first), [*first["wrong"]]) == ({"share": "2", "plan": 1}, ["tools"])
    (tmp_path / "x.csv").write_text(f"{heads}\n,Li,page 1,page 1,1,1,2,1\n", encoding="utf-8")
    first = outcome(run, tmp_path / "x.csv", "--questionnaire", "small")["first"]  # twice the same, or once nothing
    assert (first["name"], answered(first)["tools"], first["wrong"]) == ("Li", ["audit"], {})


def test_words_that_differ_from_the_columns_of_the_options_are_not_taken(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """Nor of two columns headed by the words of one question the last."""
    words, options = small.questions["tools"].text["zh"], small.questions["tools"].options
    audit, trade = (options[id].words["zh"] for id in ("audit", "trade"))
    for heads, cells in ((f"{words},{words}/{trade}", f"{audit},1"), (f"a/{words},b/{words}", f"{audit},{trade}")):
        (tmp_path / "x.csv").write_text(f"{heads},plan\n{cells},1\n", encoding="utf-8")
        first = outcome(run, tmp_path / "x.csv", "--questionnaire", "small")["first"]
        assert (answered(first), [*first["wrong"]]) == ({"plan": 1}, ["tools"])


def test_a_second_column_of_a_level_is_said_not_to_be_used(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """It is not passed over as the column of an option."""
    (tmp_path / "x.csv").write_text("plan,plan.1,share\n1,2,2\n", encoding="utf-8")
    found = outcome(run, tmp_path / "x.csv", "--questionnaire", "small")
    assert "plan.1" in {*found["columns"]["carried"], *found["columns"]["unknown"]}


def test_of_two_sheets_that_hold_answers_none_is_taken(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """A sheet for each year: both are named, and the first is not taken for the one that is meant."""
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("2024")
    first.title = "2023"
    for sheet, share in ((first, 1.1), (second, 2.2)):
        sheet.append(["plan", "share"])
        sheet.append([1, share])
    book.save(tmp_path / "x.xlsx")
    done = run("import", "x.xlsx", "--questionnaire", "small")
    assert (done.returncode, "2023, 2024" in done.stderr) == (1, True), done.stderr
    second.delete_rows(2)  # heads alone hold nothing
    book.save(tmp_path / "x.xlsx")
    assert outcome(run, tmp_path / "x.xlsx", "--questionnaire", "small")["first"]["values"]["share"] == "1.1"


def test_respondents_of_one_place_get_a_file_each(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """The second is not brought into the file of the first."""
    of = {"form__edition": f"small {small.version}", "subject__name": "安和县", "subject__period": "2025"}
    rows = [{"_id": n, **of, "subject__respondent": who, "plan": n} for n, who in enumerate(("Li", "Wu"), start=1)]
    (tmp_path / "kobo.json").write_text(json.dumps(rows), encoding="utf-8")
    for _time in range(2):
        assert run("import", "kobo.json", "--write").returncode == 0
        assert sorted(path.name for path in tmp_path.glob("*.toml")) == ["安和县-2025-Li.toml", "安和县-2025-Wu.toml"]
    mine = json.loads(run("import", "kobo.json", "--into", "安和县-2025-Wu.toml", "--json").stdout)["files"][0]
    assert [one["name"] for one in mine["respondents"]] == ["安和县 2025 Wu"]
    alone = "Of 2 respondents in the file this one alone is taken. Not taken: 安和县 2025 Li"
    assert [one["notes"] for one in mine["respondents"]] == [[alone]]
    assert "Not taken" not in run("import", "kobo.json").stdout
    others = [{"_id": n, **of, "subject__name": name} for n, name in enumerate(("安和", *"ABCDEFGHIJKLMN"), start=3)]
    (tmp_path / "many.json").write_text(json.dumps([rows[0], *others]), encoding="utf-8")
    said = run("import", "many.json", "--into", "安和县-2025-Wu.toml").stdout
    assert "Of 16 respondents in the file this one alone is taken. Not taken: 安和 2025, A 2025, B 2025," in said
    assert "K 2025 and 3 more" in said
    # What Wu said of the first half of the year is none of it; Li has the whole.
    halves = [rows[0], rows[1] | {"subject__period": "2025上半年"}]
    (tmp_path / "halves.json").write_text(json.dumps(halves), encoding="utf-8")
    mine = json.loads(run("import", "halves.json", "--into", "安和县-2025-Wu.toml", "--json").stdout)["files"][0]
    assert [one["name"] for one in mine["respondents"]] == ["安和县 2025 Li"]
    other = (tmp_path / "安和县-2025-Wu.toml").read_text(encoding="utf-8").replace('respondent = "Wu"', "")
    (tmp_path / "other.toml").write_text(other, encoding="utf-8")
    refused = run("import", "kobo.json", "--into", "other.toml")
    assert "2 respondents in kobo.json describe “安和县”" in refused.stderr
    (tmp_path / "other.toml").write_text(other.replace("安和县", ""), encoding="utf-8")
    refused = run("import", "kobo.json", "--into", "other.toml")
    assert "kobo.json holds 2 respondents, and other.toml does not say whom it describes" in refused.stderr
    for row in rows:  # in a file each they are no more one
        row["subject__period"] = "2024"
        (tmp_path / f"{row['subject__respondent']}.json").write_text(json.dumps([row]), encoding="utf-8")
    for _time in range(2):
        assert run("import", "Li.json", "Wu.json", "--write").returncode == 0
        assert sorted(path.name for path in tmp_path.glob("*2024*")) == ["安和县-2024-Wu.toml", "安和县-2024.toml"]
    assert run("import", "Wu.json", "--write").returncode == 0  # not into the file of Li, who came first
    for row in rows:  # nor where the name of the place takes all the room of a file's name
        row["subject__name"] = "安和" * 30
        (tmp_path / f"{row['_id']}.json").write_text(json.dumps([row]), encoding="utf-8")
    (tmp_path / "3.json").write_text(json.dumps([rows[0] | {"subject__respondent": "Xu"}]), encoding="utf-8")
    assert run("import", "1.json", "2.json", "3.json", "--write").returncode == 0
    ends = {path.stem.split("-", 1)[1] for path in tmp_path.glob("安和安和*.toml")}
    assert ends == {"2024", "2024-Wu", "2024-Xu"}
    for name in "甲乙":  # nor where names that begin alike are too long to be told apart by
        row = rows[0] | {"subject__respondent": "人" * 20 + name}
        (tmp_path / f"{name}.json").write_text(json.dumps([row]), encoding="utf-8")
    for _again in range(2):
        assert run("import", "甲.json", "乙.json", "--write").returncode == 0
        assert len([*tmp_path.glob("安和安和*.toml")]) == 5
    # Whoever was alone at first keeps the file of that time.
    (tmp_path / "安和县-2025-Li.toml").rename(tmp_path / "安和县-2025.toml")
    assert run("import", "kobo.json", "--write").returncode == 0
    assert not (tmp_path / "安和县-2025-Li.toml").exists()


def test_one_year_written_in_two_ways_is_one_respondent(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """Who sends the form again as of “2025年度” is one still, not counted twice among several people."""
    of = {"form__edition": f"small {small.version}", "subject__name": "Andé", "subject__respondent": "René"}
    rows = [
        {"_id": 1, **of, "subject__period": "2025", "plan": 1},
        {"_id": 2, **of, "subject__period": "2025年度", "subject__respondent": "Rene\u0301", "plan": 2},
        {"_id": 3, **of, "subject__period": "2025年上半年", "plan": 0},
    ]
    (tmp_path / "kobo.json").write_text(json.dumps(rows), encoding="utf-8")
    year, half = outcome(run, tmp_path / "kobo.json")["respondents"]
    assert (year["values"]["plan"], half["values"]["plan"]) == (2, 0)
    assert "(1)" in year["notes"][-1]
    assert not any("another submission" in note for note in half["notes"])


def test_submissions_that_name_nobody_are_not_called_those_of_one(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    rows = [{"SubmissionDate": f"2026-11-0{day}T08:00:00Z", **PLAIN, "KEY": f"k{day}"} for day in (1, 2)]
    found = outcome(run, written(tmp_path / "out.csv", rows), "--questionnaire", "small")
    (note,) = found["first"]["notes"]
    assert note.startswith("another submission that names no respondent was left aside (k1")


def test_a_form_that_says_there_is_no_evidence_names_none(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """“无” in its cell brings nothing in, nor does it take away what the file names."""
    table = written(tmp_path / "t.csv", [{**PLAIN, "plan__evidence": "无"}])
    rows = outcome(run, table, "--questionnaire", "small")["first"]["rows"]
    plan = next(row["new"] for row in rows if row["id"] == "plan")
    assert (plan["value"], "evidence" in plan) == (2, False)


def test_rows_that_name_nobody_are_not_taken_for_one_respondent(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """Under a head that is none of ours (“name”), the last county of a table would fill in the answers of another."""
    table = written(tmp_path / "t.csv", [{"name": name, **PLAIN} for name in ("Anhe", "Bo")])
    done = run("import", str(table), "--questionnaire", "small")
    assert done.returncode == 1
    assert "2 rows of t.csv do not say whose answers they are" in done.stderr
    table = written(tmp_path / "t.csv", [{"subject__name": name, **PLAIN} for name in ("Anhe", "Bo")])
    assert len(outcome(run, table, "--questionnaire", "small")["respondents"]) == 2


def test_a_submission_that_was_sent_back_is_taken_with_a_word(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """Where there is no other, what a reviewer refused is taken, and told."""
    row = {"SubmissionDate": "2026-11-01T08:00:00Z", **PLAIN, "KEY": "k1"}
    for state, said in (("approved", False), ("rejected", True)):
        found = outcome(run, written(tmp_path / "out.csv", [row | {"ReviewState": state}]), "--questionnaire", "small")
        assert any("(k1, 2026" in note and "not approved" in note for note in found["first"]["notes"]) is said


def test_of_several_submissions_the_last_complete_one_is_taken(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """And the others are named; a rejected one never stands."""

    def row(who: str, day: int, **more: Any) -> dict[str, Any]:
        return {"SubmissionDate": f"2026-11-0{day}T08:00:00Z", "SubmitterName": who, "KEY": f"{who}{day}", **more}

    full = {**PLAIN, "tools": "audit"}
    rows = [
        row("li", 3, **full, plan_="") | {"plan": "1"},
        row("li", 1, **full),
        row("li", 4, share="9"),
        row("li", 5, **full, ReviewState="rejected") | {"plan": "0"},
        row("wu", 2, **full) | {"share": "3"},
        row("he", 1, **full),
        row("he", 2, **full) | {"plan": "0", "review": ""},  # which is not asked then
        row("yu", 1, share="4"),
        row("yu", 2, share="5", story="x", ReviewState="rejected"),
    ]
    found = outcome(run, written(tmp_path / "out.csv", rows), "--questionnaire", "small")
    by_name = {one["name"]: one for one in found["respondents"]}
    assert by_name["li"]["values"]["plan"] == 1
    assert by_name["wu"]["values"]["share"] == "3"
    notes = " ".join(by_name["li"]["notes"])
    assert all(mark in notes for mark in ("li1", "li4", "li5", "earlier", "not complete", "not approved"))
    assert by_name["wu"]["notes"] == []
    assert by_name["he"]["values"]["plan"] == 0
    assert by_name["yu"]["values"]["share"] == "4"


def test_of_two_submissions_the_one_that_came_to_its_end_is_taken(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """A blank cell below “end” says that a submission is not complete."""
    rows = [
        {"_id": n, "_submission_time": f"2026-11-0{n}", "end": end, **PLAIN, "plan": str(n)}
        for n, end in ((1, "2026-11-01T09:00:00"), (2, ""))
    ]
    first = outcome(run, written(tmp_path / "out.csv", rows), "--questionnaire", "small")["first"]
    assert first["values"]["plan"] == 1
    assert "not complete" in " ".join(first["notes"])


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("2026/11/10 9:00", "2026/11/2 10:00:05"),
        ("2026-11-1 9:05", "2026-10-10 10:30"),  # hyphens do not ask for two digits everywhere
        ("2026.11.1 9:05", "2026.10.10 10:30"),
    ],
)
def test_moments_that_a_spreadsheet_program_wrote_sort_as_moments(
    run: Run, tmp_path: Path, later: str, earlier: str
) -> None:
    """As words, the 2nd of a month comes after the 10th."""
    times = {"2.31": later, "3": earlier}
    rows = [{"_id": share, "_submission_time": time, "rd_intensity": share} for share, time in times.items()]
    found = outcome(run, written(tmp_path / "out.csv", rows), "--questionnaire", "region")
    assert found["first"]["values"]["rd_intensity"] == "2.31"


@pytest.mark.parametrize("unread", ["1 November, 9:05", "0001-01-01T00:00:00+08:00"])
def test_where_a_moment_cannot_be_read_submissions_go_by_their_place(run: Run, tmp_path: Path, unread: str) -> None:
    """The last row counts: what cannot be read is not earlier than all that can.

    What tools write for no moment lies before the first year in Greenwich, and is no fault.
    """
    times = {"3": "2026-10-10 10:30", "2.31": unread}
    rows = [{"_id": share, "_submission_time": time, "rd_intensity": share} for share, time in times.items()]
    found = outcome(run, written(tmp_path / "out.csv", rows), "--questionnaire", "region")
    assert found["first"]["values"]["rd_intensity"] == "2.31"
    assert ["(3, 2026" in note and "earlier" in note for note in found["first"]["notes"]] == [True]


def test_each_submission_is_read_by_the_edition_that_it_names(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    """A form may be exported anew while answers come in: the edition of the first is not that of all."""
    rows = [
        {"_id": 1, "form__edition": "region 2027.1.0", "subject__name": "安和县", "rd_intensity": "2.31", "share": ""},
        {
            "_id": 2,
            "form__edition": f"small {small.version}",
            "subject__name": "乙县",
            "rd_intensity": "",
            "share": "3",
        },
    ]
    found = outcome(run, written(tmp_path / "out.csv", rows))
    assert [answered(one) | {"n": one["name"]} for one in found["respondents"]] == [
        {"n": "安和县"},
        {"n": "乙县", "share": "3"},
    ]
    assert found["first"]["values"]["rd_intensity"] == "2.31"


def test_of_submissions_to_two_editions_the_last_one_of_a_respondent_is_taken(
    run: Run, tmp_path: Path, small: Questionnaire
) -> None:
    """A place that answers to two editions has one assessment, and does not count twice among others."""
    rows = [
        {"_id": n, "_submission_time": f"2026-11-0{n}", "form__edition": f"small {version}", **more}
        for n, (version, more) in enumerate(
            [("0.1.0", {"share": 1, "plan": 1}), (small.version, {"share": 2, "plan": 2}), ("0.1.0", {"share": 3})], 1
        )
    ]
    (tmp_path / "kobo.json").write_text(
        json.dumps([{**row, "subject__name": "安和县"} for row in rows]), encoding="utf-8"
    )
    (one,) = outcome(run, tmp_path / "kobo.json")["respondents"]
    assert one["values"]["share"] == "2"
    assert [note.partition(": ")[2] for note in one["notes"]] == ["it is an earlier one", "it is not complete"]


def test_states_reasons_and_wrong_cells(run: Run, tmp_path: Path, small: Questionnaire) -> None:
    row = {"_id": 1, "plan__state": "dk", "share__state": "Not applicable", "share__reason": "no GDP figure"}
    row |= {"zone": "moon", "tools": "audit sauna", "rd_plann": 3, "revieww": "outside"}
    found = outcome(run, written(tmp_path / "k.csv", [row]), "--questionnaire", "small")
    assert {id: found["first"]["values"][id] for id in ("plan", "share")} == {"plan": "dk", "share": "na"}
    assert set(found["first"]["wrong"]) == {"zone", "tools"}
    assert found["columns"]["unknown"]["revieww"] == "review"
    assert found["status"] == 1


def test_the_xlsform_converts_without_a_warning(tmp_path: Path, small: Questionnaire) -> None:
    convert = pytest.importorskip("pyxform.xls2xform").convert
    for name in ("region", "firm"):
        book = Library().questionnaire(name)
        assert book is not None
        (tmp_path / "form.xlsx").write_bytes(xlsform(book.value))
        told: list[str] = []
        made = convert(xlsform=str(tmp_path / "form.xlsx"), warnings=told, validate=False)
        assert (told, [*made.warnings]) == ([], [])
        assert "subject__name" in made.xform
