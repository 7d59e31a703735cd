"""Forms by holder: what each bureau is sent, how its form comes back, and what is never replaced."""

import csv
import json
import re
from pathlib import Path

import pytest

from nqpf_assess.cli.main import run as main
from nqpf_assess.exchange.holder_forms import LISTS, lists_forms
from tests.cli.conftest import Run
from tests.cli.forms import put, rows
from tests.session.conftest import write_content
from tests.support.later import Later

openpyxl = Later("openpyxl")

EXPORT = ("export", "a.toml", "--to", "xlsx", "--by", "holder", "-o", "out/", "--lang", "en")


def begin(path: Path, rest: str) -> None:
    """Write an assessment of a place; `rest`: what stands behind its year."""
    head = (
        'format = "nqpf-answers/1"\nquestionnaire = { id = "small", version = "1" }\n'
        'weights = { id = "baseline", version = "1" }\n[subject]\nname = "Anhe"\nperiod = "2025"\n'
    )
    path.write_text(head + rest, encoding="utf-8")


@pytest.fixture
def out(run: Run, tmp_path: Path) -> Path:
    """The forms for what an assessment lacks: of Statistics, of Planning and of what nobody is named for."""
    write_content(tmp_path)
    begin(tmp_path / "a.toml", "[answers.plan]\nvalue = 0\n")
    done = run(*EXPORT)
    assert done.returncode == 0, done.stderr
    return tmp_path / "out"


def fill_in(form: Path, respondent: str = "", **answers: object) -> None:
    """Answer in a form, and say who did."""
    book = openpyxl.load_workbook(form)
    put(book, **answers)
    if respondent:
        about = (row for row in book["about"].iter_rows(max_row=9))
        next(row[1] for row in about if row[0].value == "respondent").value = respondent
    book.save(form)


def test_each_holder_gets_a_form_of_what_is_missing(run: Run, out: Path) -> None:
    text = (out / "a-who-got-what.csv").read_text(encoding="utf-8-sig")
    listed = [*csv.reader(text.splitlines())][1:]
    assert {(row[0], row[3]) for row in listed} == {
        ("Statistics", "share"),
        ("Statistics", "tools"),
        ("Planning", "zone"),
        ("nobody named", "story"),
    }
    assert {row[1] for row in listed} == {path.name for path in out.glob("*.xlsx")}
    book = openpyxl.load_workbook(out / "a-Statistics.xlsx")
    assert set(rows(book)) == {"share", "tools"}
    about = {row[0].value: row[1].value for row in book["about"].iter_rows(max_row=9)}
    assert (about["name"], about["period"], about["holder"]) == ("Anhe", "2025", "Statistics")


def test_forms_come_back_into_their_folder_beside_the_list(run: Run, out: Path) -> None:
    """Nobody is said to have given all of it: a report's cover would name the first of several bureaus."""
    fill_in(out / "a-Statistics.xlsx", share=2)
    back = run("import", "out", "--into", "a.toml", "--write")
    assert (back.returncode, "passed over: out/a-who-got-what.csv" in back.stderr) == (0, True), back.stderr
    words = (out.parent / "a.toml").read_text(encoding="utf-8")
    assert ('by = "Statistics"' in words, "respondent" in words) == (True, False)
    fill_in(out / "a-Planning.xlsx", zone="2")
    listed = out / "a-who-got-what.csv"
    listed.write_bytes(listed.read_bytes().removeprefix("\ufeff".encode()))  # as LibreOffice saves it
    both = run("import", "out", "--write")
    assert "passed over: out/a-who-got-what.csv" in both.stderr
    assert both.returncode == 0, both.stdout + both.stderr
    new = (out / "Anhe-2025.toml").read_text(encoding="utf-8")
    assert [word in new for word in ('by = "Statistics"', 'by = "Planning"', "respondent")] == [True, True, False]

    (out / "Anhe-2025.toml").unlink()  # one by one, into the file that the first of them begins
    run("import", "out/a-Statistics.xlsx", "--write")
    first = (out / "Anhe-2025.toml").read_text(encoding="utf-8")
    assert "respondent" not in first  # whoever goes on in it in the app would answer in that bureau's name
    named = first.replace("[subject]", '[subject]\nrespondent = "Statistics"')  # as earlier versions began it
    (out / "Anhe-2025.toml").write_text(named, encoding="utf-8")
    second = run("import", "out/a-Planning.xlsx", "--into", "out/Anhe-2025.toml", "--write")
    assert (second.returncode, "several answered" in second.stdout) == (0, True), second.stdout + second.stderr
    new = (out / "Anhe-2025.toml").read_text(encoding="utf-8")
    assert [word in new for word in ('by = "Statistics"', 'by = "Planning"', "respondent")] == [True, True, False]
    (out / "Anhe-2025.toml").write_text(f'{named}\n[merged]\nrule = "median"\n', encoding="utf-8")
    run("import", "out/a-Planning.xlsx", "--into", "out/Anhe-2025.toml", "--write")
    merged = (out / "Anhe-2025.toml").read_text(encoding="utf-8")  # those who were merged stay named
    assert ('by = "Planning"' in merged, 'respondent = "Statistics"' in merged) == (True, True)
    (out / "Anhe-2025.toml").write_text(new, encoding="utf-8")
    survey = "subject__name,subject__period,subject__respondent,share\nAnhe,2025,By telephone,2.5\n"
    (out.parent / "survey.csv").write_text(survey, encoding="utf-8")
    done = run("import", "survey.csv", "--into", "out/Anhe-2025.toml", "--write", "--on-conflict", "take")
    third = (out / "Anhe-2025.toml").read_text(encoding="utf-8")
    assert ('by = "By telephone"' in third, "respondent" in third) == (True, False), done.stdout + done.stderr
    alone = re.sub('by = ".*"', 'by = " By telephone "', third)  # of one who gave all of it that is said
    (out / "Anhe-2025.toml").write_text(alone, encoding="utf-8")
    run("import", "survey.csv", "--into", "out/Anhe-2025.toml", "--write", "--on-conflict", "take")
    assert 'respondent = "By telephone"' in (out / "Anhe-2025.toml").read_text(encoding="utf-8")
    mine = new.replace("[subject]", '[subject]\nrespondent = "Li Wei"')  # who works on the whole stays named
    (out / "Anhe-2025.toml").write_text(mine.replace('value = "2"', 'value = "3"'), encoding="utf-8")
    run("import", "out/a-Statistics.xlsx", "--into", "out/Anhe-2025.toml", "--write", "--on-conflict", "take")
    assert 'respondent = "Li Wei"' in (out / "Anhe-2025.toml").read_text(encoding="utf-8")
    mine = mine.replace('value = "2"', 'value = "4"').replace('by = "Planning"', 'by = "Li Wei"')  # some from a form
    (out / "Anhe-2025.toml").write_text(f'{mine}\n[answers.plan]\nvalue = 1\nby = "Li Wei"\n', encoding="utf-8")
    run("import", "out/a-Statistics.xlsx", "--into", "out/Anhe-2025.toml", "--write", "--on-conflict", "take")
    assert 'respondent = "Li Wei"' in (out / "Anhe-2025.toml").read_text(encoding="utf-8")


def test_what_nobody_is_named_for_is_a_part_as_well(run: Run, out: Path) -> None:
    """Whoever fills in what nobody is named for has answered that part alone, and not all the others' questions."""
    fill_in(out / "a-Statistics.xlsx", share=2)
    fill_in(out / "a-nobody named.xlsx", "Li Wei", story="Long ago.")
    parts = [f"out/a-{who}.xlsx" for who in ("Statistics", "nobody named")]
    found = json.loads(run("import", *parts, "--json").stdout)["files"]
    assert [file["columns"]["absent"] for file in found] == [[], ["review"]]
    steps = [row for file in found for one in file["respondents"] for row in one["rows"]]
    assert [row["new"] for row in steps if row["id"] == "respondent"] == []


def test_of_whole_forms_of_several_nobody_is_named_for_all_of_them(run: Run, out: Path) -> None:
    """Everybody was sent the same form: the first to come in was named on the cover for what the others gave."""
    assert run("export", "small", "--to", "xlsx", "-o", "form.xlsx").returncode == 0
    for who, answers in {"Li Wei": {"share": 2}, "Wang Fang": {"zone": "2"}}.items():
        (out.parent / f"{who}.xlsx").write_bytes((out.parent / "form.xlsx").read_bytes())
        fill_in(out.parent / f"{who}.xlsx", who, **answers)
        done = run("import", f"{who}.xlsx", "--into", "a.toml", "--write")
        assert done.returncode == 0, done.stdout + done.stderr
        words = (out.parent / "a.toml").read_text(encoding="utf-8")
        assert (f'by = "{who}"' in words, "respondent" in words) == (True, who == "Li Wei")
    assert "several answered" in done.stdout


@pytest.mark.parametrize("kept", ["notes", "form", "other"])
def test_where_one_file_may_not_be_replaced_none_is_written(kept: str, run: Run, out: Path) -> None:
    """A list in which somebody notes what came back, a form that is filled in, a file of somebody else's."""
    listed, planning, own = (out / f"a-{name}" for name in ("who-got-what.csv", "Planning.xlsx", "nobody named.xlsx"))
    if kept == "notes":
        listed.write_bytes(listed.read_bytes().replace(b'"', b"") + b"Statistics,back on 3 May,,,\r\n")
    elif kept == "form":
        fill_in(planning, zone="2")
    else:
        own.write_text("mine", encoding="utf-8")
    (out / "a-Statistics.xlsx").unlink()
    before = {path: path.read_bytes() for path in out.iterdir()}
    done = run(*EXPORT)
    name = {"notes": listed, "form": planning, "other": own}[kept].name
    assert (done.returncode, f"{name} exists and is no export" in done.stderr) == (3, True), done.stderr
    assert {path: path.read_bytes() for path in out.iterdir()} == before


def test_a_form_of_who_holds_nothing_any_more_is_named(run: Run, out: Path) -> None:
    """It is left over from last time: whoever sends round all of the folder would ask again for what is answered."""
    begin(out.parent / "a.toml", "[answers.plan]\nvalue = 0\n[facts.zone]\nvalue = 'town'\n")
    told = run(*EXPORT).stderr
    assert "not in the list: a-Planning.xlsx" in told, told


def test_the_list_of_who_got_what_is_known_however_it_was_saved(tmp_path: Path) -> None:
    """Also in the encoding of the system, as plain CSV is by Excel: it does not end the import of its folder."""
    path = tmp_path / "list.csv"
    for head in LISTS:
        words = head.decode("utf-8-sig").strip().replace('"', "")
        for encoding, mark in (("utf-8-sig", ","), ("utf-8", ";"), ("gb18030", ","), ("gb18030", "\t")):
            path.write_bytes(f"{words},came back\r\na,b\r\n".replace(",", mark).encode(encoding))
            assert lists_forms(path)
            path.write_bytes(f"{words[:-1]}\r\n".encode(encoding))
            assert not lists_forms(path)


def test_two_who_answer_for_one_place_each_get_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The forms of what the second one lacks do not replace those of the first."""
    write_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, answered in (("li", "share"), ("zhang", "plan")):
        given = f'[answers.{answered}]\nstate = "na"\nreason = "none here"\n'
        begin(tmp_path / f"{name}.toml", f'respondent = "{name}"\n{given}')
    by_holder = ("--to", "xlsx", "--by", "holder", "-o")
    assert main(["export", "li.toml", "zhang.toml", *by_holder, "out/"]) == 0
    asked = {path.parent.name: set(rows(openpyxl.load_workbook(path))) for path in tmp_path.glob("out/*/*Stat*.xlsx")}
    assert sorted(asked) == ["Anhe-2025", "Anhe-2025-2"]
    assert ("share" in asked["Anhe-2025"], "share" in asked["Anhe-2025-2"]) == (False, True)
    for name in ("li", "zhang"):  # one after the other into one folder
        assert main(["export", f"{name}.toml", *by_holder, "one/", "--lang", "en"]) == 0
    asked = {path.stem: set(rows(openpyxl.load_workbook(path))) for path in tmp_path.glob("one/*-Stat*.xlsx")}
    assert {name: "share" in ids for name, ids in asked.items()} == {"li-Statistics": False, "zhang-Statistics": True}
    assert len([*tmp_path.glob("one/*-who-got-what.csv")]) == 2
