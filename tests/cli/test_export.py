"""`export` and `check --logic`: a questionnaire as a form or table, answers as data that other commands read again."""

import csv
import html
import io
import json
import os
import re
import sys
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pypdfium2
import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.exchange.exporting import answers_as
from nqpf_assess.facade.assessing import load
from nqpf_assess.files.library import Library
from tests.cli.conftest import REPOSITORY

SAMPLE = str(Path(__file__).parents[2] / "samples" / "cluster_county.toml")


@pytest.fixture(autouse=True)
def in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764028800")


def export(*arguments: str, status: int = 0, language: str = "en") -> None:
    assert run(["export", *arguments, "--lang", language]) == status


def squeezed(words: str) -> str:
    return "".join(words.split())


def test_a_pipe_of_windows_gets_sound_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends lines in two signs itself, and lacks some: a page says that it is UTF-8, so its letters go by number."""
    monkeypatch.setattr(os, "linesep", "\r\n")
    printed = {}
    for form in ("csv", "html", "schema"):
        pipe = io.TextIOWrapper(io.BytesIO(), encoding="gbk", newline="\r\n")
        monkeypatch.setattr(sys, "stdout", pipe)
        command = ["schema", "weights"] if form == "schema" else ["export", SAMPLE, "--to", form, "-o", "-"]
        assert run([*command, "--lang", "zh"]) == 0
        printed[form] = pipe.buffer.getvalue()  # type: ignore[attr-defined]
    assert b"\r\r" not in printed["csv"]
    assert printed["csv"].count(b"\r\n") == 2
    assert "得分" in html.unescape(printed["html"].decode("ascii"))
    assert b"&#" not in printed["html"].partition(b"<script")[2].partition(b"</script>")[0]  # there it is no letter
    assert printed["schema"].isascii()  # which editors read as UTF-8


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_printed_form_has_every_question_with_its_answers(language: str) -> None:
    """And for whom a question is, in words that name other questions by their number."""
    export("region", "--to", "paper", "-o", "form.pdf", language=language)
    words = squeezed("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument("form.pdf")))
    book = Library().questionnaire("region")
    assert book is not None
    lacking = [id for id, asked in book.value.questions.items() if squeezed(asked.text[language]) not in words]
    assert lacking == []
    for question in book.value.questions.values():
        for level in getattr(question, "levels", ()):
            assert squeezed(level.words[language]) in words
    for part in (*book.value.pillars.values(), *book.value.dimensions.values()):
        assert squeezed(part.help[language]) in words
    assert words.count("□") > 300
    assert squeezed({"en": "Not applicable if", "zh": "以下情况不适用"}[language]) in words
    assert squeezed({"en": "Decides about", "zh": "影响"}[language]) in words


def test_the_form_as_word_markdown_text_and_page() -> None:
    export("firm", "--to", "paper", "-o", "form.docx", language="zh")
    with ZipFile("form.docx") as whole:
        tree = ElementTree.fromstring(whole.read("word/document.xml"))
    assert "从业人员" in "".join(tree.itertext())
    export("firm", "--to", "paper", "-o", "form.md")
    assert "\n\nForm to fill in by hand\n" in Path("form.md").read_text(encoding="utf-8")  # “ – ” for want of a name
    export("firm", "--to", "paper", "-o", "form.html")  # every option to tick has its box
    assert Path("form.html").read_text(encoding="utf-8").count("□") == Path("form.md").read_text("utf-8").count("□")
    export("firm", "--to", "paper", "-o", "form.txt", language="both")
    assert {"Otherwise", "其他"} <= set(Path("form.txt").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("counti.toml", "counti.toml does not exist"),
        ("samples/none.toml", "nqpf-assess init my-office"),
        ("regoin", "Did you mean “region”?"),
    ],
)
def test_a_mistyped_file_is_told_as_one(capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    """No option is named that goes with answer files only."""
    export(name, "--to", "csv", status=1)
    words = capsys.readouterr().err
    assert said in words
    assert "--questionnaire" not in words


def test_the_same_form_twice_gives_the_same_bytes() -> None:
    export("firm", "--to", "paper", "-o", "a.pdf")
    export("firm", "--to", "paper", "-o", "b.pdf")
    assert Path("a.pdf").read_bytes() == Path("b.pdf").read_bytes()


def test_the_codebook_has_a_row_for_every_answer(capsys: pytest.CaptureFixture[str]) -> None:
    export("region", "--to", "csv", "-o", "code.csv")
    rows = list(csv.DictReader(Path("code.csv").read_text(encoding="utf-8-sig").splitlines()))
    book = Library().questionnaire("region")
    assert book is not None
    assert dict.fromkeys(row["id"] for row in rows) == dict.fromkeys((*book.value.facts, *book.value.questions))
    organisation = [row for row in rows if row["id"] == "rd_organisation"]
    assert [row["answer"] for row in organisation] == ["0", "1", "2", "3", "4", "5"]
    assert organisation[0]["text.zh"]
    told = capsys.readouterr().err
    assert "not carried by csv: conditions" in told
    assert "not carried by csv: sources, benchmarks" in told


def test_the_codebook_has_days_as_people_write_them() -> None:
    """The range of a question that asks for a day is two dates: 1950-01-01..2026-12-31."""
    export(str(REPOSITORY / "tests/invalid/sound/questionnaires/days.toml"), "--to", "csv", "-o", "code.csv")
    rows = csv.DictReader(Path("code.csv").read_text(encoding="utf-8-sig").splitlines())
    assert {row["id"]: row["range"] for row in rows if row["range"]} == {
        "founded": "1950-01-01..2026-12-31",
        "audit": "2015-01-01..2027-12-31",
    }


def test_json_is_all_that_the_file_states(capsys: pytest.CaptureFixture[str]) -> None:
    export("firm", "--to", "json")
    found = capsys.readouterr()
    book = Library().questionnaire("firm")
    assert book is not None
    assert list(json.loads(found.out)["questions"]) == list(book.value.questions)
    assert found.err == ""
    export(SAMPLE, "--to", "json")
    assert json.loads(capsys.readouterr().out)["answers"]["rd_intensity"]["value"]


def test_answers_as_a_row_score_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """The row is what `cohort score` reads."""
    pytest.importorskip("pyarrow")
    export(SAMPLE, "--to", "csv", "-o", "row.csv")
    assert run(["cohort", "score", "row.csv", "--questionnaire", "region", "-o", "scores.csv"]) == 0
    (row,) = csv.DictReader(Path("scores.csv").read_text(encoding="utf-8").splitlines())
    capsys.readouterr()
    assert run(["score", "--json", SAMPLE]) == 0
    assert float(row["score"]) == pytest.approx(json.loads(capsys.readouterr().out)["overall"]["score"], abs=1e-9)


def test_a_printed_form_names_the_questions_that_an_answer_decides_about_in_their_order() -> None:
    export("region", "--to", "paper", "-o", "form.md")
    told = re.findall(r"questions ((?:\d+(?:, | and )?)+)", Path("form.md").read_text(encoding="utf-8"))
    numbers = [[int(each) for each in re.findall(r"\d+", found)] for found in told]
    assert any(len(found) > 2 for found in numbers)
    assert numbers == [sorted(found) for found in numbers]


def test_no_export_ends_as_answers_do() -> None:
    """A folder that is scored would hold it to be answers that are broken."""
    export(SAMPLE, "--to", "json", "-o", "a.toml", status=2)
    assert not Path("a.toml").exists()


@pytest.mark.parametrize("ending", ["xls", "xlsm", "ods", "et"])
def test_no_workbook_ends_as_those_of_other_programs(ending: str) -> None:
    export("firm", "--to", "xlsx", "-o", f"f.{ending}", status=2)
    assert not Path(f"f.{ending}").exists()


def test_only_an_export_is_replaced() -> None:
    for name, form in (("form.pdf", "paper"), ("code.csv", "csv"), ("q.json", "json")):
        Path(name).write_text("mine", encoding="utf-8")
        export("firm", "--to", form, "-o", name, status=3)
        assert Path(name).read_text(encoding="utf-8") == "mine"
        Path(name).unlink()
        export("firm", "--to", form, "-o", name)
        export("firm", "--to", form, "-o", name)
    # A benchmark begins as an export does, and is none.
    Path("b.json").write_text('{\n "format": "nqpf-benchmark/1"\n}', encoding="utf-8")
    export(SAMPLE, "--to", "json", "-o", "b.json", status=3)
    export(SAMPLE, "--to", "json", "-o", "q.json", status=3)
    for files in ((SAMPLE,), (SAMPLE, SAMPLE)):  # answers, and tables of several files
        export(*files, "--to", "json", "-o", "a.json")
        export(*files, "--to", "json", "-o", "a.json")
        export("firm", "--to", "json", "-o", "a.json", status=3)
        Path("a.json").unlink()
    # A column of notes that somebody keeps in the table of questions makes it theirs.
    noted = Path("code.csv").read_bytes().replace(b"\r\n", b',"who asks"\r\n', 1)
    Path("code.csv").write_bytes(noted)
    export("firm", "--to", "csv", "-o", "code.csv", status=3)
    assert Path("code.csv").read_bytes() == noted


def test_a_table_of_ours_is_replaced_whatever_it_has_less_or_in_other_languages() -> None:
    """Git's ends of lines, a language less or no measure ticked any more make it nobody else's."""
    row = "row.csv"
    for what, name in (("firm", "code.csv"), (SAMPLE, row)):
        export(what, "--to", "csv", "-o", name)
        new = Path(name).read_bytes()
        for head in (
            (b'"plan.chosen"\n', b'"override.rd_intensity"\r\n')
            if name == row
            else (b'"text.fr"\n', b'"answer.fr"\r\n')
        ):
            Path(name).write_bytes(new.replace(b"\r\n", b"," + head, 1))
            export(what, "--to", "csv", "-o", name)
            assert Path(name).read_bytes() == new
    head, rest = new.split(b"\r\n", 1)
    # A column of somebody's own, to group by; a row of another place, or a figure, typed in a spreadsheet program.
    for noted in (new.replace(b"\r\n", b',"remark"\r\n', 1), head.replace(b'"', b"") + b"\r\n" + rest + b"Anhe\r\n"):
        Path(row).write_bytes(noted)
        export(SAMPLE, "--to", "csv", "-o", row, status=3)
        assert Path(row).read_bytes() == noted


def test_a_column_added_by_tools_that_end_lines_otherwise_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """`sed` and `awk` put it behind the first half of a line end, where it is still somebody's own."""
    export(SAMPLE, "--to", "csv", "-o", "row.csv")
    noted = Path("row.csv").read_bytes().replace(b"\r\n", b'\r,"remark"\n')
    Path("row.csv").write_bytes(noted)
    export(SAMPLE, "--to", "csv", "-o", "row.csv", status=3)
    assert "would not have: remark" in " ".join(capsys.readouterr().err.split())
    assert Path("row.csv").read_bytes() == noted


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["nowhere", "--to", "json"], 1),
        ([SAMPLE, "--to", "paper"], 2),
        (["firm", "--to", "paper", "-o", "form.xls"], 2),
        (["firm", "--to", "spss"], 2),
        (["firm"], 2),
    ],
)
def test_what_cannot_be_exported(arguments: list[str], status: int) -> None:
    export(*arguments, status=status)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_logic_is_told(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "region", "--logic", "--lang", language]) == 0
    said = capsys.readouterr().out
    assert {"en": "Questions asked: 64 at least, 94 at most", "zh": "作答题数：最少 64 题，最多 94 题"}[
        language
    ] in said
    assert "[future_scenario]" in said
    book = Library().questionnaire("region")
    assert book is not None
    assert all(f"[{id}]" in said for id in book.value.countermeasures)
    least = next(one.when_at_least for one in book.value.countermeasures.values() if one.when_at_least is not None)
    assert {"en": f"scores {least} or more, but below", "zh": f"达到 {least} 分，但低于"}[language] in said


def test_the_logic_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "firm", "region", "--logic", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["questionnaire"] for row in rows] == ["firm", "region"]
    assert {"from": "sector", "kind": "fact", "to": "equipment_networked", "how": "na_when"} in rows[0]["links"]
    assert run(["check", "nowhere", "--logic"]) == 1


@pytest.mark.parametrize("form", ["csv", "json"])
def test_nothing_in_a_file_can_steer_a_terminal(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard output and in the file: no escape, NUL, C1 or mark of direction; a formula stays a text."""
    text = Path(SAMPLE).read_text(encoding="utf-8")
    hostile = r"=1+1\u001b[2J\u0000\u009b31m\u202e\u007f"
    lines = [f'name = "{hostile}"' if line.startswith("name =") else line for line in text.splitlines()]
    path = tmp_path / "hostile.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert "u001b" in path.read_text(encoding="utf-8")
    assert run(["export", str(path), "--to", form]) == 0
    assert run(["export", str(path), "--to", form, "-o", f"out.{form}"]) == 0
    for words in (capsys.readouterr().out, Path(f"out.{form}").read_text(encoding="utf-8-sig")):
        assert not re.search("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]", words)
    if form == "csv":
        (row,) = csv.DictReader(Path("out.csv").read_text(encoding="utf-8-sig").splitlines())
        assert row["respondent"].startswith("'=1+1")
        assert "\u202e" not in row["respondent"]


def test_answers_as_a_page_stand_in_a_file_that_only_a_page_replaces(tmp_path: Path) -> None:
    """In a folder under a name made from the subject; nothing else is overwritten, a questionnaire is refused."""
    page = tmp_path / "page.html"
    export(SAMPLE, "--to", "html", "-o", "page.html", language="zh")
    said = page.read_text(encoding="utf-8")
    assert said.startswith('<!doctype html>\n<!-- nqpf-assess report -->\n<html lang="zh-CN">')
    export(SAMPLE, "--to", "html", "-o", "page.html")
    assert page.read_text(encoding="utf-8") != said
    page.write_text("<!doctype html>\n<p>Mine</p>", encoding="utf-8")
    export(SAMPLE, "--to", "html", "-o", "page.html", status=3)
    assert page.read_text(encoding="utf-8").endswith("<p>Mine</p>")
    export(SAMPLE, "--to", "html", "-o", "pages/")
    assert [path.suffix for path in (tmp_path / "pages").iterdir()] == [".html"]
    export("region", "--to", "html", "-o", "r.html", status=2)


@pytest.mark.parametrize("rubric", ["baseline", "grain_base+0.4*cluster_county"])
def test_a_rubric_that_is_asked_for_stands_in_the_row_and_in_the_file(rubric: str) -> None:
    """Both name the rubric asked for: by the file's own `cohort` would give the row another score."""
    export(SAMPLE, "--to", "csv", "-o", "row.csv", "--weights", rubric)
    export(SAMPLE, "--to", "json", "-o", "one.json", "--weights", rubric)
    (row,) = csv.DictReader(Path("row.csv").read_text(encoding="utf-8-sig").splitlines())
    assert row["weights"] == rubric
    named = json.loads(Path("one.json").read_text(encoding="utf-8"))["weights"]
    assert named["id"] == rubric.split("+", maxsplit=1)[0]
    assert ("with" in named) == ("+" in rubric)
    export(SAMPLE, "--to", "csv", "-o", "own.csv")
    (row,) = csv.DictReader(Path("own.csv").read_text(encoding="utf-8-sig").splitlines())
    assert row["weights"] == "cluster_county"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_is_looked_at_by_another_rubric_is_handed_on_with_it(form: str) -> None:
    """The app, opened to look on with --weights, exports a row that has the score it shows."""
    seen = load(REPOSITORY / "samples" / "cluster_county.toml", weights="grain_base+0.4*ecological")
    made = answers_as(form, seen.path, seen.instrument, seen.answers).data.decode()
    assert ("grain_base+0.4*ecological" if form == "csv" else '"id": "grain_base"') in made
    assert '"cluster_county"' not in made
    blended = load(REPOSITORY / "samples" / "cluster_county.toml", weights="cluster_county+0.4*ecological")
    again = answers_as(form, blended.path, blended.instrument, blended.answers).data.decode()
    assert ("cluster_county+0.4*ecological" if form == "csv" else '"with"') in again
