"""`import`: a dry run first, values decided one by one, where each came from, one file to go back to."""

import json
import sys
import tomllib
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from nqpf_assess.cli.main import run as call
from nqpf_assess.exchange.sources import ReadingWish, read_source
from nqpf_assess.exchange.xlsx_form import FormWish, xlsx_form
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.locale import tell
from nqpf_assess.model.problem import UserError
from tests.cli.conftest import Run, edited
from tests.cli.rows import figures, one_row
from tests.session.conftest import QUESTIONNAIRE, write_content
from tests.support.later import Later

openpyxl = Later("openpyxl")

SAMPLE = Path(__file__).parents[2] / "samples" / "cluster_county.toml"


def test_json_goes_out_and_comes_back(run: Run, tmp_path: Path) -> None:
    assert run("export", SAMPLE, "--to", "json", "-o", "out.json").returncode == 0
    dry = run("import", "out.json")
    assert dry.returncode == 0
    assert "Nothing was written" in dry.stderr
    assert [*tmp_path.glob("*.toml")] == []
    assert run("import", "out.json", "--write").returncode == 0
    (made,) = tmp_path.glob("*.toml")
    assert figures(made) == figures(SAMPLE)
    mine, theirs = (json.loads(run("score", path, "--json").stdout) for path in (made, SAMPLE))
    assert mine["overall"] == theirs["overall"]
    origin = tomllib.loads(made.read_text(encoding="utf-8"))["facts"]["tier"]["from"]
    assert (origin["kind"], origin["file"], origin["place"]) == ("json", "out.json", "facts.tier")
    assert run("check", made).returncode == 0


def test_the_same_source_twice_changes_nothing(run: Run, tmp_path: Path, answers: Path) -> None:
    source = one_row(tmp_path, "respondent,rd_intensity,rd_organisation", "Test County,1.5,4")
    once = run("import", source, "--into", answers, "--write", "--on-conflict", "take")
    assert once.returncode == 0, once.stderr
    assert figures(answers)["rd_organisation"] == 4
    held, kept = answers.read_bytes(), answers.with_suffix(".before-import.toml").read_bytes()
    twice = run("import", source, "--into", answers, "--write")
    assert twice.returncode == 0
    assert "stays as it is" in twice.stderr
    assert (answers.read_bytes(), answers.with_suffix(".before-import.toml").read_bytes()) == (held, kept)


def test_what_somebody_does_not_know_is_not_put_off_again(run: Run, tmp_path: Path, answers: Path) -> None:
    """Of two who were asked one did not know, one put it off: their forms undid each other at every import."""
    for state in ("later", "dk", "later"):
        source = one_row(tmp_path, "respondent,open_innovation", f"Test County,{state}")
        run("import", source, "--into", answers, "--write")
    assert tomllib.loads(answers.read_text(encoding="utf-8"))["answers"]["open_innovation"]["state"] == "dk"


def test_what_people_wrote_stays_and_the_file_before_is_kept(run: Run, tmp_path: Path, answers: Path) -> None:
    text = answers.read_text(encoding="utf-8") + "# asked on 3 March (Wang)\n"
    answers.write_text(text, encoding="utf-8")
    source = one_row(tmp_path, "respondent,patents_high_value", "Test County,9.5")
    assert run("import", source, "--into", answers, "--write").returncode == 0
    assert answers.with_suffix(".before-import.toml").read_text(encoding="utf-8") == text
    assert "# asked on 3 March (Wang)" in answers.read_text(encoding="utf-8")


def test_the_states_before_earlier_imports_are_kept_too(run: Run, tmp_path: Path, answers: Path) -> None:
    """What the first import replaced stands nowhere else once a second one has been made."""
    before = [answers.read_bytes()]
    for figure in ("1.7", "1.8", "1.9"):
        source = one_row(tmp_path, "respondent,rd_intensity", f"Test County,{figure}")
        done = run("import", source, "--into", answers, "--write", "--on-conflict", "take")
        assert done.returncode == 0, done.stderr
        before.append(answers.read_bytes())
    kept = [answers.with_suffix(f"{number}.before-import.toml") for number in (".1", ".2", "")]
    assert [path.read_bytes() for path in kept] == before[:3]


def test_where_values_differ_the_file_that_is_there_is_named_with_the_way_to_decide(run: Run, tmp_path: Path) -> None:
    """--into is advised along with --on-conflict take, which is refused without it."""
    assert run("import", one_row(tmp_path, "respondent,rd_intensity", "A,1"), "--write").returncode == 0
    source = one_row(tmp_path, "respondent,rd_intensity", "A,2")
    assert "--into A.toml --on-conflict take" in run("import", source).stderr
    assert run("import", source, "--into", "A.toml", "--on-conflict", "take", "--write").returncode == 0


def test_columns_without_a_name_are_named_by_their_place(run: Run, tmp_path: Path, answers: Path) -> None:
    source = one_row(tmp_path, "respondent,,rd_intensity,", "Test County,x,1.5,y")
    for wish, words in (((), "without a name, not used: B, D"), (("--lang", "zh"), "无列名、未使用的列：B、D")):
        assert words in run("import", source, "--into", answers, *wish).stdout
    submission = tmp_path / "kobo.csv"
    submission.write_text("_id,,rd_intensity\n1,x,1.5\n", encoding="utf-8")
    assert "without a name, not used: B" in run("import", submission, "--questionnaire", "region").stdout


@pytest.mark.parametrize(
    ("wish", "status", "value"), [((), 1, 3), (("keep",), 0, 3), (("take",), 0, 5), (("ask",), 1, 3)]
)
def test_values_that_differ_are_never_decided_silently(
    run: Run, tmp_path: Path, answers: Path, wish: tuple[str, ...], status: int, value: int
) -> None:
    source = one_row(tmp_path, "respondent,rd_organisation", "Test County,5")
    asked = ("--on-conflict", *wish) if wish else ()
    done = run("import", source, "--into", answers, "--write", *asked)
    assert done.returncode == status
    assert "rd_organisation" in done.stdout
    assert figures(answers)["rd_organisation"] == value


@pytest.mark.parametrize(
    ("lines", "asked", "value"), [("y\nn\nt\n", 3, 5), ("k\n", 1, 3), ("采用\n", 1, 5), ("", 1, 3)]
)
def test_a_terminal_is_asked_to_keep_or_take_until_it_says_which(
    lines: str,
    asked: int,
    value: int,
    tmp_path: Path,
    answers: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Yes to “Keep what is there?” took what comes in."""
    source, typed = one_row(tmp_path, "respondent,rd_organisation", "Test County,5"), StringIO(lines)
    for stream in (typed, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin", typed)
    call(["import", str(source), "--into", str(answers), "--write", "--lang", "en"])
    assert capsys.readouterr().out.count("or take the new value (t)?") == asked
    assert figures(answers)["rd_organisation"] == value


@pytest.mark.parametrize(("period", "year"), [("2024", 2024), ("2025", None), ("", None)])
def test_a_figure_keeps_the_year_of_a_source_that_is_of_another_one(
    period: str, year: int | None, run: Run, tmp_path: Path, answers: Path
) -> None:
    """Last year's form filled this year's assessment with figures that counted as this year's."""
    head, row = "respondent,period,patents_high_value,open_innovation", f"Test County,{period},3.2,2"
    for _time in range(2):  # nor is it another figure the second time
        run("import", one_row(tmp_path, head, row), "--into", answers, "--write")
    taken = tomllib.loads(answers.read_text(encoding="utf-8"))["answers"]
    assert (taken["patents_high_value"].get("year"), taken["open_innovation"].get("year")) == (year, None)
    assert not answers.with_suffix(".1.before-import.toml").exists()


@pytest.mark.parametrize("form", ["theirs.json", "theirs/answers.csv"])
@pytest.mark.parametrize(("period", "fate"), [("2025", "conflict"), ("2024", "same")])
def test_a_figure_of_ours_without_a_year_is_of_the_year_of_its_file(
    period: str, fate: str, form: str, run: Run, tmp_path: Path, answers: Path
) -> None:
    """Last year's file carried on: the same figure of this year is no figure of last year's any more."""
    theirs = tmp_path / "theirs.toml"
    theirs.write_text(answers.read_text("utf-8"), encoding="utf-8")
    edited(theirs, ("year = 2024\n", ""), ('period = "2025"', f'period = "{period}"'))
    run("export", theirs, "--to", form.rpartition(".")[2], "-o", form.replace("answers.csv", ""))
    (file,) = json.loads(run("import", form, "--into", answers, "--json").stdout)["files"]
    assert [row["fate"] for one in file["respondents"] for row in one["rows"] if row["id"] == "rd_intensity"] == [fate]


def test_a_note_stays_where_another_value_is_taken(run: Run, tmp_path: Path, answers: Path) -> None:
    """The note of the value that comes in stands below it."""
    with answers.open("a", encoding="utf-8") as file:
        file.write('[answers.open_innovation]\nvalue = 1\nnote = "with Milan"\n')
    held = json.loads(run("export", answers, "--to", "json").stdout)
    held["answers"]["open_innovation"] |= {"value": 3, "note": "new institute"}
    (tmp_path / "new.json").write_text(json.dumps(held), encoding="utf-8")
    for _time in range(2):
        done = run("import", "new.json", "--into", answers, "--write", "--on-conflict", "take")
        taken = tomllib.loads(answers.read_text(encoding="utf-8"))["answers"]["open_innovation"]
        assert (taken["value"], taken["note"]) == (3, "with Milan\nnew institute"), done.stderr


def test_what_the_respondents_of_a_merge_said_stays_where_another_value_is_taken(
    run: Run, tmp_path: Path, answers: Path
) -> None:
    """A figure that settles a dispute leaves what was said in it; so does JSON out and in, where it is open.

    Of those who are not named several may have said the same.
    """
    said = "[[answers.rd_organisation.voices]]\nvalue = {}\n"
    voices = said.format(3) + 'by = "Finance"\n' + said.format(1) + 'by = "Planning"\n' + said.format(1) * 2
    words = answers.read_text(encoding="utf-8") + voices
    answers.write_text(words, encoding="utf-8")
    source = one_row(tmp_path, "respondent,rd_organisation", "Test County,4")
    assert run("import", source, "--into", answers, "--write", "--on-conflict", "take").returncode == 0
    held = tomllib.loads(answers.read_text(encoding="utf-8"))["answers"]["rd_organisation"]
    assert (held["value"], [voice.get("by") for voice in held["voices"]]) == (4, ["Finance", "Planning", None, None])

    (tmp_path / "open.toml").write_text(words.replace("[answers.rd_organisation]\nvalue = 3\n", ""), encoding="utf-8")
    assert run("export", "open.toml", "--to", "json", "-o", "out.json").returncode == 0
    assert run("import", "out.json", "--write").returncode == 0
    (made,) = set(tmp_path.glob("*2025.toml"))
    back = tomllib.loads(made.read_text(encoding="utf-8"))
    assert back["answers"]["rd_organisation"]["voices"] == held["voices"]


def test_what_nobody_settled_since_a_merge_without_names_is_open_after_json(
    run: Run, tmp_path: Path, answers: Path
) -> None:
    """Whoever settles it stamps the answer; to take it in is no answer."""
    said = "[[answers.rd_organisation.voices]]\nvalue = {}\n"
    words = answers.read_text(encoding="utf-8") + said.format(3) + said.format(1) + '[merged]\nrule = "median"\n'
    answers.write_text(words, encoding="utf-8")
    assert run("export", answers, "--to", "json", "-o", "out.json").returncode == 0
    assert run("import", "out.json", "--write").returncode == 0
    (made,) = set(tmp_path.glob("*2025.toml"))
    told = run("explain", made, "rd_organisation").stdout
    assert ("a respondent said: level 1" in told, "settled" in told) == (True, False), told


def test_what_a_spreadsheet_would_run_comes_back_as_it_was(run: Run, tmp_path: Path) -> None:
    """The ' that a table puts before “+A county” is no part of the name."""
    held = json.loads(run("export", SAMPLE, "--to", "json").stdout)
    held["subject"]["name"] = "+A county"
    (tmp_path / "held.json").write_text(json.dumps(held), encoding="utf-8")
    assert run("import", "held.json", "--write").returncode == 0
    (first,) = tmp_path.glob("*.toml")
    assert run("export", first, "--to", "csv", "-o", "row.csv").returncode == 0
    assert "'+A county" in (tmp_path / "row.csv").read_text(encoding="utf-8")
    back = json.loads(run("import", "row.csv", "--into", first, "--json").stdout)["files"][0]["respondents"][0]
    assert {row["fate"] for row in back["rows"]} == {"same"}
    assert [row["id"] for row in back["rows"]][:2] == ["name", "period"]  # so that a new file of it is of its year


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_what_answers_another_questionnaire_is_refused(run: Run, answers: Path, tmp_path: Path, form: str) -> None:
    """A figure of the same id is not the same: the share of a firm is not that of all firms of the place."""
    if form == "xlsx":
        questionnaire = Library().questionnaire("firm")
        assert questionnaire is not None
        (tmp_path / "firm.xlsx").write_bytes(xlsx_form(questionnaire.value, FormWish(("en",))))
    elif form == "json":
        run("export", SAMPLE.with_name("firm_service.toml"), "--to", "json", "-o", "firm.json")
    else:
        one_row(tmp_path, "_id,form__edition,key_process_nc", "1,firm 2027.1.0,55", name="firm.csv")
    before = answers.read_bytes()
    done = run("import", f"firm.{form}", "--into", answers, "--write")
    assert (done.returncode, answers.read_bytes()) == (1, before)
    assert "answers questionnaire “firm”; “region” is another questionnaire" in done.stderr


def test_what_fits_the_facts_of_a_new_file_is_told(run: Run, tmp_path: Path) -> None:
    """Forms bring facts in without asking for weights: the rubric that fits them is named."""
    source, said = one_row(tmp_path, "respondent,fact.zone,rd_intensity", "A,ecological,1"), "Its facts fit “"
    assert said not in run("import", source, "--lang", "en").stderr
    done = run("import", source, "--write", "--lang", "en")
    assert said in done.stderr
    assert "nqpf-assess assess A.toml\n" in done.stderr
    assert said not in run("import", source, "--weights", "ecological", "--write", "--lang", "en").stderr


def test_a_new_file_of_the_same_name_takes_no_answers_to_another_questionnaire(run: Run, tmp_path: Path) -> None:
    """A place and a firm of one name, and no --into: the file that is there is found by the name alone."""
    assert run("import", one_row(tmp_path, "respondent,rd_intensity", "A,1"), "--write").returncode == 0
    before = (tmp_path / "A.toml").read_bytes()
    done = run("import", one_row(tmp_path, "respondent,rd_revenue_share", "A,5"), "--write")
    assert (done.returncode, (tmp_path / "A.toml").read_bytes()) == (1, before)
    assert "“region” is another questionnaire" in done.stderr


@pytest.mark.parametrize(
    ("mark", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (",", "gb18030"), (";", "gb18030")]
)
def test_separator_and_encoding_are_recognised_and_said(
    run: Run, tmp_path: Path, answers: Path, mark: str, encoding: str
) -> None:
    head, row = (mark.join(cells) for cells in (("respondent", "办公室", "rd_organisation"), ("示例县", "科技局", "3")))
    done = run("import", one_row(tmp_path, head, row, encoding=encoding), "--into", answers)
    said = {",": "commas", ";": "semicolons", "\t": "tabs"}[mark]
    assert f"read as {encoding.removesuffix('-sig').upper()}, cells parted by {said}" in done.stdout
    assert "示例县" in done.stdout


@pytest.mark.parametrize("wrong", [("--delimiter", "ab"), ("--delimiter", '"'), ("--encoding", "nowhere")])
def test_a_wrong_option_is_refused_before_anything_is_printed(run: Run, tmp_path: Path, wrong: tuple[str, str]) -> None:
    done = run("import", one_row(tmp_path, "respondent,rd_intensity", "A,1"), *wrong, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_the_map_of_the_columns_comes_first(run: Run, tmp_path: Path) -> None:
    """Used, carried along, unknown with the nearest name, absent, facts too."""
    source = one_row(tmp_path, "respondent,period,tier,fact.zone,rd_intensty,office", "A,2025,county,ecological,2.1,3")
    done = run("import", source, "--json")
    columns = json.loads(done.stdout)["files"][0]["columns"]
    assert columns["used"] == ["respondent", "period", "fact.zone"]
    assert columns["carried"] == ["office"]  # by cohorts; an assessment has no place for it
    assert columns["unknown"] == {"tier": "fact.tier", "rd_intensty": "rd_intensity"}
    assert {"fact.tier", "rd_intensity", "rd_organisation"} <= set(columns["absent"])
    told = run("import", source).stdout
    assert told.index("did you mean rd_intensity?") < told.index("what happens")
    assert "not taken over: office\n" in told


def test_what_does_not_apply_is_not_to_be_explained_in_a_table_that_has_no_place_for_it(
    run: Run, tmp_path: Path
) -> None:
    """The reason is to be written in the assessment: a column for it would be unknown here."""
    (told,) = json.loads(run("import", one_row(tmp_path, "respondent,rd_organisation.state", "A,na"), "--json").stdout)[
        "files"
    ][0]["respondents"][0]["problems"]
    assert "in the assessment after the import" in told["advice"]


def test_what_no_table_brings_into_an_assessment_is_named_with_its_reason(run: Run, tmp_path: Path) -> None:
    source = one_row(tmp_path, "respondent,rd_intensity,override.innovation,plan.chosen", "A,2.1,0.8,open_bidding")
    done = run("import", source, "--json")
    override, plan = json.loads(done.stdout)["files"][0]["respondents"][0]["problems"]
    assert ("corrections of weights" in override["why"], "countermeasures" in plan["why"]) == (True, True)
    assert {"after the import" in told["advice"] for told in (override, plan)} == {True}


def test_a_rubric_of_the_source_that_is_not_taken_is_said(run: Run, tmp_path: Path, answers: Path) -> None:
    """An assessment that is there keeps its own, and whether it asks all; one that is begun takes the source's."""
    source = one_row(tmp_path, "respondent,weights,mode,rd_organisation", "A,grain_base+0.4*cluster_county,quick,2")
    done = run("import", source, "--into", answers)
    assert "The source names the rubric grain_base+0.4*cluster_county; this assessment keeps its own" in done.stdout
    assert "keeps asking all" in done.stdout
    assert "keeps" not in run("import", source, "--write").stdout
    again = run("import", source, "--into", "A.toml", "--json")
    assert json.loads(again.stdout)["files"][0]["respondents"][0]["notes"] == []


def test_a_rubric_that_is_asked_for_is_no_rubric_of_what_is_there(run: Run, tmp_path: Path, answers: Path) -> None:
    """An assessment that is there keeps its own rubric, and --weights is told to change nothing."""
    source = one_row(tmp_path, "respondent,rd_organisation", "Test County,3")
    own = answers.read_text(encoding="utf-8")
    done = run("import", source, "--into", answers, "--weights", "grain_base")
    assert f"keeps its own rubric, ecological. To change that: nqpf-assess migrate {answers.name}" in done.stdout
    assert (done.returncode, answers.read_text(encoding="utf-8")) == (0, own)
    assert "--weights is for" not in run("import", source, "--into", answers, "--weights", "ecological").stdout
    assert "--weights is for" not in run("import", source, "--weights", "grain_base").stdout


def test_what_stands_beside_the_answers_and_is_not_taken_is_said(run: Run, tmp_path: Path, answers: Path) -> None:
    """Corrections, ticked measures and follow-up stay with the source; of what is there already nothing is said."""
    assert run("export", answers, "--to", "json", "-o", "out.json").returncode == 0
    data = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    (tmp_path / "out.json").write_text(
        json.dumps(
            {**data, "override": [{"node": "green", "factor": 2, "why": "x"}], "plan": {"chosen": ["water_plan"]}}
        ),
        encoding="utf-8",
    )
    done = run("import", "out.json", "--into", answers)
    assert "the source states corrections of weights and targets, and ticked measures; nothing of that" in done.stdout
    answers.write_text(
        answers.read_text(encoding="utf-8") + '[[override]]\nnode = "green"\nfactor = 2\nwhy = "x"\n', encoding="utf-8"
    )
    assert "the source states ticked measures;" in run("import", "out.json", "--into", answers).stdout


def test_an_empty_source_is_not_said_to_be_there_already(run: Run, tmp_path: Path, answers: Path) -> None:
    data = {"format": "nqpf-answers/1", "questionnaire": {"id": "region", "version": "2027.1.0"}}
    data |= {"weights": {"id": "ecological", "version": "2027.1.0"}, "subject": {"name": "Test County"}}
    (tmp_path / "empty.json").write_text(json.dumps(data), encoding="utf-8")
    done = run("import", "empty.json", "--into", answers)
    assert "There is no answer in it." in done.stdout
    assert "there already." not in done.stdout


def test_an_unusual_figure_is_said_before_it_is_taken(run: Run, tmp_path: Path, answers: Path) -> None:
    for figure, is_said in (("14", True), ("2.5", False), ("1.5", False)):
        source = one_row(tmp_path, "respondent,rd_intensity", f"Test County,{figure}")
        done = run("import", source, "--into", answers, "--json")
        (one,) = json.loads(done.stdout)["files"][0]["respondents"]
        (row,) = (row for row in one["rows"] if row["id"] == "rd_intensity")
        assert row["why"] == (["outside what is usual, 0.05 to 7"] if is_said else [])
    run("export", answers, "--to", "json", "-o", "out.json")
    sent = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    sent["answers"]["rd_intensity"] = {"value": "14", "state": "dk"}  # a figure that does not count
    (tmp_path / "out.json").write_text(json.dumps(sent), encoding="utf-8")
    (one,) = json.loads(run("import", "out.json", "--into", answers, "--json").stdout)["files"][0]["respondents"]
    (row,) = (row for row in one["rows"] if row["id"] == "rd_intensity")
    assert not any("usual" in why for why in row["why"])


@pytest.mark.parametrize(("period", "alike"), [("2025年度", True), ("2025上半年", False)])
def test_one_year_may_be_written_in_two_ways(run: Run, tmp_path: Path, answers: Path, period: str, alike: bool) -> None:
    """Its half is not the whole of it."""
    book = openpyxl.Workbook()
    book.active.append(["respondent", "period", "rd_organisation"])
    book.active.append(["Test County", period, 3])
    book.save(tmp_path / "one.xlsx")
    done = run("import", "one.xlsx", "--into", answers, "--json")
    (one,) = json.loads(done.stdout)["files"][0]["respondents"]
    assert {row["id"]: row["fate"] for row in one["rows"]}.get("period") == ("same" if alike else "conflict")
    assert ("see that its figures belong here" in done.stdout + done.stderr) is not alike


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('"2,31"', "use a point for decimals"),
        ("２．３１", "Type 2.31 in its place"),
        ("2.31%", "Type 2.31 in its place"),
        ("45.6万", "is asked in %"),
        ("99", "from 0 to 15"),
        ("high", "is not a number"),
    ],
)
def test_a_figure_that_is_none_is_named_with_what_to_do(run: Run, tmp_path: Path, cell: str, said: str) -> None:
    done = run("import", one_row(tmp_path, "respondent,rd_intensity", f"A,{cell}"), "--write")
    assert done.returncode == 1
    assert "B2, rd_intensity" in done.stdout
    assert said in done.stdout
    assert figures(tmp_path / "A.toml") == {}


def test_a_file_of_somebody_else_is_not_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "A.toml").write_text("mine", encoding="utf-8")
    done = run("import", one_row(tmp_path, "respondent,rd_intensity", "A,2"), "--write")
    assert done.returncode != 0
    assert (tmp_path / "A.toml").read_text(encoding="utf-8") == "mine"


def test_what_differs_stands_at_the_end_of_a_long_table(run: Run, tmp_path: Path, answers: Path) -> None:
    source = one_row(tmp_path, "respondent,rd_organisation,rd_intensity,patents_high_value", "Test County,5,1.5,9.5")
    lines = run("import", source, "--into", answers).stdout.splitlines()
    place = {
        id: next(number for number, line in enumerate(lines) if f"[{id}]" in line)
        for id in ("rd_intensity", "patents_high_value", "rd_organisation")
    }
    assert sorted(place, key=lambda id: place[id]) == ["rd_intensity", "patents_high_value", "rd_organisation"]


def test_figures_of_a_firm_come_into_no_file_of_a_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor with `--questionnaire`: no command could read the file any more."""
    place, firm = tmp_path / "place.toml", tmp_path / "firm.json"
    assert call(["new", str(place), "--as", "region"]) == 0
    sample = Path(__file__).parents[2] / "samples" / "firm_exporter.toml"
    assert call(["export", str(sample), "--to", "json", "-o", str(firm)]) == 0
    before = place.read_bytes()
    words = ["import", str(firm), "--into", str(place), "--questionnaire", "firm", "--write", "--lang", "en"]
    assert call(words) == 1
    assert "“firm” is another questionnaire, not an edition of it" in capsys.readouterr().err
    assert place.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("row.csv", "respondent,fact.zone,share,plan,tools\nAnhe,hills,2.31,2,audit\n"),
        ("kobo.json", '[{"_id": 7, "zone": "hills", "share": "2.31", "plan": "2"}]'),
    ],
)
def test_answers_to_a_questionnaire_with_errors_are_not_taken_for_those_to_another(
    tmp_path: Path, name: str, words: str
) -> None:
    """They are refused with those errors: a firm's questionnaire may ask a few of the same as a county's."""
    content = write_content(tmp_path / "content") / "questionnaires"
    (content / "small.toml").write_text(QUESTIONNAIRE.replace('dimension = "works"', 'dimension = "nowhere"'))
    other = QUESTIONNAIRE.replace('id = "small"', 'id = "tiny"')
    for id in ("zone", "plan", "tools"):
        other = (
            other.replace(f".{id}]", f".{id}_there]")
            .replace(f".{id}.", f".{id}_there.")
            .replace(f'"{id}"', f'"{id}_there"')
        )
    (content / "tiny.toml").write_text(other)
    source = tmp_path / name
    source.write_text(words)
    # Of one that cannot be read at all, or is an empty folder yet, one behind it tells what it asks.
    behind = Root("behind", write_content(tmp_path / "behind"))
    begun = Root("begun", tmp_path / "begun")
    (begun.path / "questionnaires" / "small").mkdir(parents=True)
    for spoilt in ("", "x = = 1\n"):
        if spoilt:
            (content / "small.toml").write_text(spoilt)
        library = Library((Root("test", tmp_path / "content"), begun, behind))
        with pytest.raises(UserError) as refused:
            read_source(source, library, ReadingWish(), at=datetime(2026, 1, 1, tzinfo=UTC))
        assert "small.toml cannot be used" in tell(refused.value.message, "en")
        assert refused.value.problems


def test_a_respondent_whose_file_is_there_keeps_no_other_back(run: Run, tmp_path: Path) -> None:
    """That file is named, and the respondents before and behind it are written."""
    shares = {"Alpha": "1.5", "Beta County": "1.6", "Gamma": "1.7"}
    rows = [{"subject__name": name, "rd_intensity": share} for name, share in shares.items()]
    (tmp_path / "k.json").write_text(json.dumps(rows[1:2]), encoding="utf-8")
    assert run("import", "k.json", "--write", "--questionnaire", "region").returncode == 0
    rows[1]["tier"] = "county"
    (tmp_path / "k.json").write_text(json.dumps(rows), encoding="utf-8")
    done = run("import", "k.json", "--write", "--json", "--questionnaire", "region")
    assert (done.returncode, "Beta County.toml exists already" in done.stderr) == (3, True)
    assert '--into "Beta County.toml"\n' in done.stderr
    assert {path.stem: figures(path) for path in tmp_path.glob("*.toml")} == {
        name: {"rd_intensity": share} for name, share in shares.items()
    }
    (found,) = json.loads(done.stdout)["files"]
    assert [one["name"] for one in found["respondents"]] == ["Alpha", "Gamma"]


def test_of_new_files_that_differ_none_is_said_to_be_there(run: Run, tmp_path: Path) -> None:
    """Which of two sources counts is decided with --on-conflict; --into is refused for a file that is not there."""
    for name, figure in (("a.csv", 1), ("b.csv", 2)):
        one_row(tmp_path, "respondent,rd_intensity", f"A County,{figure}", name=name)
    dry = run("import", "a.csv", "b.csv")
    assert ("exists already" in dry.stderr, "--on-conflict take, or keep" in dry.stderr) == (False, True)
    assert '--into "A County.toml" --on-conflict take' in run("import", "a.csv", "b.csv", "--write").stderr


def test_a_quick_screening_says_of_what_comes_in_that_it_does_not_count_yet(run: Run, tmp_path: Path) -> None:
    """It is filled in, and moves no score."""
    quick = tmp_path / "quick.toml"
    quick.write_bytes(SAMPLE.with_name("grain_county_quick.toml").read_bytes())
    for id, is_core in (("rd_organisation", True), ("fiscal_sci_share", False)):
        source = one_row(tmp_path, f"respondent,{id}", "A,1")
        assert ("counts the core questions only" in run("import", source, "--into", quick).stdout) != is_core
