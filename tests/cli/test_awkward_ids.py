"""Ids mean nothing: what is called like a word of the program, or like something else, is read and told as itself."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.session.conftest import QUESTIONNAIRE, write_content
from tests.support.later import Later

openpyxl = Later("openpyxl")

ANSWERS = """format = "nqpf-answers/1"
questionnaire = { id = "small", version = "1" }
weights = { id = "baseline", version = "1" }
subject = { name = "Anhe", period = "2025" }
[facts]
zone = { value = "hills" }
[answers]
share = { value = "2", year = 2024 }
plan = { value = 1 }
"""


@pytest.fixture
def called(tmp_path: Path) -> Path:
    """Return where the small content lies, and answers to it."""
    (tmp_path / "a.toml").write_text(ANSWERS, encoding="utf-8")
    return write_content(tmp_path)


def rename(root: Path, old: str, new: str) -> None:
    """Call a fact or question otherwise, in the questionnaire and in the answers."""
    for path in (root / "questionnaires" / "small.toml", root / "a.toml"):
        path.write_text(re.sub(rf"\b{old}\b", new, path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize("name", ["respondent", "weights", "mode"])
def test_a_question_called_like_a_column_of_a_table_is_not_written_over_it(run: Run, called: Path, name: str) -> None:
    """Such an id is refused: its answers would stand in the place of the respondent, the rubric or the mode."""
    rename(called, "share", name)
    done = run("cohort", "collect", "a.toml", "-o", "all.csv")
    assert (done.returncode, f"“{name}”" in done.stderr, "previous_ids" in done.stderr) == (1, True, True)
    assert not (called / "all.csv").exists()
    (called / "table.csv").write_text(f"respondent,{name}\nAnhe,2\n" if name != "respondent" else "respondent\nAnhe\n")
    for command in (
        ("cohort", "score", "table.csv", "--questionnaire", "small", "-o", "scores.csv"),
        ("import", "table.csv", "--questionnaire", "small"),
    ):
        done = run(*command)
        assert (done.returncode, f"“{name}”" in done.stderr) == (1, True), done.stderr


def test_a_table_without_that_column_is_read(run: Run, called: Path) -> None:
    rename(called, "share", "mode")
    (called / "table.csv").write_text("respondent,plan\nAnhe,2\n")
    done = run("cohort", "score", "table.csv", "--questionnaire", "small", "-o", "scores.csv")
    assert (called / "scores.csv").exists(), done.stderr


def test_a_question_called_like_a_column_that_is_kept_is_not_written_over_it(run: Run, called: Path) -> None:
    rename(called, "share", "period")
    assert run("cohort", "collect", "a.toml", "-o", "all.csv").returncode == 0
    assert run("cohort", "collect", "a.toml", "-o", "b.csv", "--keep", "period").returncode == 1


def test_submissions_of_a_form_that_asks_who_responds_are_no_table_of_respondents(run: Run, called: Path) -> None:
    """As such a table facts, and options in a column each, would be passed over: Central leaves groups out of names."""
    rename(called, "zone", "respondent")
    given = {"KEY": "uuid:1", "form__edition": "small 1", "respondent": "hills", "tools/audit": "1", "tools/trade": "0"}
    out = io.StringIO()
    csv.writer(out).writerows([given.keys(), given.values()])
    (called / "odk.csv").write_text(out.getvalue())
    (found,) = json.loads(run("import", "odk.csv", "--json").stdout)["files"]
    values = {row["id"]: row["new"].get("value") for row in found["respondents"][0]["rows"]}
    assert (found["kind"], values["respondent"], values["tools"]) == ("odk", "hills", ["audit"])


def test_forms_offer_the_answers_of_a_question_called_states_and_not_why_there_is_none(run: Run, called: Path) -> None:
    rename(called, "plan", "states")
    assert run("export", "small", "--to", "xlsform", "-o", "odk.xlsx").returncode == 0
    rows = [*openpyxl.load_workbook(called / "odk.xlsx")["choices"].iter_rows(values_only=True)]
    assert [row[1] for row in rows if row[0] == "states"] == ["0", "1", "2"]
    assert run("export", "small", "--to", "xlsx", "-o", "form.xlsx", "--lang", "en").returncode == 0
    lists = [*openpyxl.load_workbook(called / "form.xlsx")["lists"].iter_rows(values_only=True)]
    (offered,) = [row for row in lists if str(row[0]).startswith("states|")]
    assert "Nobody" in str(offered)


def test_an_option_worded_later_is_an_answer(run: Run, called: Path) -> None:
    """The word “Later” puts an answer off only where it names no option."""
    path = called / "questionnaires" / "small.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('en = "An outside body"', 'en = "Later"'), "utf-8")
    given = {"KEY": "uuid:1", "form__edition": "small 1", "plan": "1", "review": "Later", "share": "Later"}
    out = io.StringIO()
    csv.writer(out).writerows([given.keys(), given.values()])
    (called / "odk.csv").write_text(out.getvalue())
    (found,) = json.loads(run("import", "odk.csv", "--json").stdout)["files"]
    rows = {row["id"]: row["new"] for row in found["respondents"][0]["rows"]}
    assert (rows["review"], rows["share"]) == ({"value": "outside"}, {"state": "later"})


def test_a_measure_called_like_a_question_is_not_told_in_its_place(run: Run, called: Path) -> None:
    path = called / "questionnaires" / "small.toml"
    assert QUESTIONNAIRE.count("[countermeasures.list]") == 1
    words = path.read_text(encoding="utf-8").replace("[countermeasures.list]", "[countermeasures.plan]")
    path.write_text(words.replace('needs = ["list"]', 'needs = ["plan"]'), encoding="utf-8")
    said = run("check", "--logic", "questionnaires/small.toml", "--lang", "en").stdout
    assert "  How is it steered? [plan]\n  ├─ asked or not: Who reviews the plan? [review]" in said
    assert "  List needs [plan]\n  └─ prerequisite of: Open bids [bids]" in said


def test_a_reason_that_names_the_place_does_not_keep_its_rubric_from_being_edited(run: Run, called: Path) -> None:
    """“{zone}” in a reason is no fault where there is no assessment to take the zone from."""
    path = called / "weights" / "small" / "hills.toml"
    words = path.read_text(encoding="utf-8").replace("Water comes from here.", "{zone}: water comes from here.")
    path.write_text(words.replace("水源地。", "{zone}：水源地。"), encoding="utf-8")
    reasons = ("--why-en", "Air too.", "--why-zh", "空气亦然。")
    done = run("weights", "edit", str(path), "--node", "new", "--factor", "1.5", *reasons)
    assert done.returncode == 0, done.stderr
    assert "factor = 1.5" in path.read_text(encoding="utf-8")


def test_answers_called_like_the_base_of_a_rubric_beside_them_are_not_taken_for_it(run: Run, called: Path) -> None:
    """A rubric of one's own finds its base among rubrics, whatever answers beside it are called `baseline`."""
    assert run("weights", "new", "mine", "--questionnaire", "small", "-o", "mine.toml").returncode == 0
    (called / "baseline.toml").write_text(ANSWERS, encoding="utf-8")
    done = run("score", "a.toml", "--weights", "mine.toml")
    assert (done.returncode, done.stderr) == (0, "")


def test_pairs_are_judged_by_titles_though_a_dimension_bears_that_of_its_pillar(run: Run, called: Path) -> None:
    """A table headed by the titles of all pillars judges pillars, though a dimension bears one of them."""
    path = called / "questionnaires" / "small.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"R&D input"', '"Innovation"'), encoding="utf-8")
    (called / "pairs.csv").write_text(",Innovation,Green\nInnovation,1,3\nGreen,1/3,1\n")
    done = run("weights", "ahp", "pairs.csv", "--questionnaire", "small", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["groups"][0]["members"] == ["new", "clean"]


def test_the_row_of_a_question_called_id_is_no_row_of_heads(run: Run, called: Path) -> None:
    """The answer to a question called `id` comes in like any other."""
    rename(called, "plan", "id")
    assert run("export", "small", "--to", "xlsx", "-o", "form.xlsx", "--lang", "en").returncode == 0
    book = openpyxl.load_workbook(called / "form.xlsx")
    (sheet,) = [one for one in book if one.title == "Innovation"]
    column = [cell.value for cell in sheet[1]].index("answer") + 1
    (row,) = [row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == "id"]
    sheet.cell(row, column).value = 2
    book.save(called / "filled.xlsx")
    (found,) = json.loads(run("import", "filled.xlsx", "--json").stdout)["files"]
    assert {row["id"]: row["new"].get("value") for row in found["respondents"][0]["rows"]}["id"] == 2
