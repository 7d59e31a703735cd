"""`check` says what is wrong, where, and what to do: mistakes for which the nearest advice would mislead."""

import os
from pathlib import Path

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.files.checking import check, files_read
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root, edition_in_name, is_copy
from nqpf_assess.model.problem import Problem
from tests.files.contract import FILES, A, B, Q, V


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound workspace, in the current folder."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change(name: str, old: str, new: str) -> None:
    words = Path(name).read_text(encoding="utf-8")
    assert old in words
    Path(name).write_text(words.replace(old, new, 1), encoding="utf-8")


def problems(*paths: str, root: Path | None = None) -> tuple[Problem, ...]:
    return check(Library((Root("workspace", root or Path()),)), [Path(path) for path in paths])


def hints(*paths: str, language: str = "en") -> list[str]:
    return [f"{problem.code}: {problem.hint[language]}" for problem in problems(*paths)]


# ---- what is looked at


def test_files_named_together_see_each_other(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Wherever they lie: what the command line names is looked up before any folder."""
    flat = tmp_path_factory.mktemp("flat")
    for name, file in ((Q, "q.toml"), (B, "baseline.toml"), (V, "valley.toml"), (A, "a.toml")):
        (flat / file).write_text(FILES[name], encoding="utf-8")
    names = [str(flat / file) for file in ("a.toml", "valley.toml", "baseline.toml", "q.toml")]
    nowhere = tmp_path_factory.mktemp("nowhere")
    assert problems(*names, root=nowhere) == ()
    assert [problem.code for problem in problems(*names[:3], root=nowhere)] == ["questionnaire_missing"] * 3


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("id = ", "if = ", "missing_key"), ("kind =", "#", "missing_key"), ("format =", "#", "missing_key")],
)
def test_a_broken_questionnaire_among_the_files_is_there_all_the_same(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, old: str, new: str, code: str
) -> None:
    """What is wrong in it is told, and not besides of every other file that there is none."""
    flat = tmp_path_factory.mktemp("flat")
    for name, file in ((Q, "small.toml"), (B, "baseline.toml"), (V, "valley.toml"), (A, "a.toml")):
        words = FILES[name].replace(old, new, 1) if name == Q else FILES[name]
        (flat / file).write_text(words, encoding="utf-8")
    names = [str(flat / file) for file in ("a.toml", "valley.toml", "baseline.toml", "small.toml")]
    found = {problem.code for problem in problems(*names, root=tmp_path_factory.mktemp("nowhere"))}
    assert code in found
    assert "questionnaire_missing" not in found


@pytest.mark.parametrize("gone", ["format =", "questionnaire ="])
def test_a_rubric_that_says_too_little_is_there_all_the_same(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, gone: str
) -> None:
    """One mistake is told once: neither what is based on the rubric nor the answers call it missing besides."""
    flat, beside = tmp_path_factory.mktemp("flat"), tmp_path_factory.mktemp("beside")
    for name, file in ((Q, "small.toml"), (B, "baseline.toml"), (V, "valley.toml"), (A, "a.toml")):
        words = FILES[name].replace(gone, "#", 1) if name == B else FILES[name]
        (beside if name == B else flat).joinpath(file).write_text(words, encoding="utf-8")
    names = [flat / "a.toml", flat / "valley.toml", beside / "baseline.toml", flat / "small.toml"]
    found = problems(*map(str, names), root=tmp_path_factory.mktemp("nowhere"))
    assert [(problem.code, Path(problem.source).name) for problem in found] == [("missing_key", "baseline.toml")]


def test_a_folder_of_files_that_belong_together_is_taken_file_by_file(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A questionnaire in one file beside rubrics and answers, such as what a report carried."""
    flat = tmp_path_factory.mktemp("flat")
    for name, file in ((Q, "q.toml"), (B, "baseline.toml"), (V, "valley.toml"), (A, "a.toml")):
        (flat / file).write_text(FILES[name], encoding="utf-8")
    assert problems(str(flat), root=tmp_path_factory.mktemp("nowhere")) == ()


def test_two_workspaces_named_together_each_see_their_own(workspace: Path, tmp_path: Path) -> None:
    """Although both have the same ids."""
    for folder in ("one", "two"):
        for name, text in FILES.items():
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_text(text.replace("zone", "place" if folder == "two" else "zone"))
    assert problems("one", "two") == ()


def test_a_file_of_a_questionnaire_is_read_with_its_folder(workspace: Path) -> None:
    """One part named alone has no head of its own, and refers to what stands in the others."""
    folder = workspace / "questionnaires/small"
    folder.mkdir()
    head, table, rest = FILES[Q].partition("[questions.")
    (workspace / Q).unlink()
    (folder / "10-head.toml").write_text(head, encoding="utf-8")
    (folder / "20-questions.toml").write_text(f'format = "nqpf-questionnaire/1"\n\n{table}{rest}', encoding="utf-8")
    assert problems("questionnaires/small/20-questions.toml") == ()
    change("questionnaires/small/20-questions.toml", 'kind = "level"', 'kind = "levl"')
    change("questionnaires/small/10-head.toml", "[facts.zone]", "[facts.zone]\nodd = 1")
    assert {problem.source for problem in problems("questionnaires/small/20-questions.toml")} == {
        "questionnaires/small/20-questions.toml"
    }


def test_a_path_with_nothing_behind_it_stops_no_other(workspace: Path) -> None:
    change(A, "value = 1", "value = 9")
    found = [(problem.source, problem.code) for problem in problems("no.toml", A, "nor.toml")]
    assert found == [("no.toml", "missing_file"), ("nor.toml", "missing_file"), (A, "bad_value")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_at_once(workspace: Path) -> None:
    """It would be waited for without end; nothing ever writes into this one."""
    os.mkfifo("pipe.toml")
    assert [(problem.code, problem.message["en"]) for problem in problems("pipe.toml")] == [
        ("unreadable", "the file cannot be read: it is no ordinary file")
    ]


@pytest.mark.parametrize("name", ["extra.toml.txt", "extra.TOML", "extra.Toml.TXT"])
def test_a_file_that_is_passed_over_is_named(workspace: Path, name: str) -> None:
    """In every folder that is looked at, and also where only a rubric of the questionnaire is checked."""
    (workspace / "samples" / name).write_text("x")
    assert [(problem.code, problem.severity) for problem in problems(".")] == [("passed_over", "warning")]
    folder = workspace / "questionnaires/small"
    folder.mkdir()
    (workspace / Q).rename(folder / "10-all.toml")
    (folder / name).write_text('format = "nqpf-questionnaire/1"\n')
    found = problems("weights")
    assert [problem.code for problem in found] == ["passed_over"]
    assert "Rename it to extra.toml." in found[0].hint["en"]


def test_a_questionnaire_whose_only_file_is_passed_over_names_it(workspace: Path) -> None:
    """Also where it is looked for on a command line."""
    (workspace / "mine").mkdir()
    (workspace / "mine/x.toml.txt").write_text('format = "nqpf-questionnaire/1"\n')
    found = Library((Root("workspace", Path()),)).questionnaire("mine").problems
    assert [problem.code for problem in found] == ["empty_folder", "passed_over"]
    assert "Rename it to x.toml." in found[1].hint["en"]


def test_rubrics_of_a_questionnaire_whose_folder_holds_no_file_are_checked(workspace: Path) -> None:
    """It was a fault of the program."""
    folder = workspace / "questionnaires/small"
    folder.mkdir()
    (workspace / Q).rename(folder / "10-all.toml.txt")
    assert [problem.code for problem in problems("weights")] == ["empty_folder", "passed_over"]


def test_a_rubric_among_those_of_another_questionnaire(workspace: Path) -> None:
    """As after a questionnaire was copied under another id: its rubrics are listed there, and say whose they are.

    What they name is not looked for in that one.
    """
    Path("questionnaires/other.toml").write_text(Path(Q).read_text(encoding="utf-8").replace('"small"', '"other"', 1))
    Path("weights/other").mkdir()
    lies = Path(B).read_text(encoding="utf-8").replace("[weights]", "[weights]\nelsewhere = 2")
    Path("weights/other/baseline.toml").write_text(lies, encoding="utf-8")
    assert [(found.source, found.code) for found in problems(".")] == [
        ("weights/other/baseline.toml", "other_questionnaire")
    ]


def test_where_there_is_no_rubric_at_all_it_is_said(workspace: Path) -> None:
    """In a sentence, and not as a list of nothing."""
    for name in (B, V):
        (workspace / name).unlink()
    assert hints(A) == [
        "weights_missing: There is none yet. Looked in: weights/small. If it lies in a workspace elsewhere, begin the "
        "program in that folder, or with --content DIR. Another one, or a path, may be given with --weights."
    ]


def test_what_was_read_is_counted(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where nothing was; one is no plural."""
    assert len(files_read([Path()])) == 4
    (workspace / "empty/questionnaires").mkdir(parents=True)
    for path, language, said in (
        (".", "en", "4 files read: 0 errors, 0 warnings, 0 notices"),
        (A, "en", "1 file read: 1 error, 0 warnings, 1 notice"),
        (A, "zh", "已读取 1 个文件：1 个错误，0 个警告，1 个提示"),
        ("empty", "en", "0 files read: 0 errors, 0 warnings, 0 notices"),
    ):
        if path == A and language == "en":
            change(A, "value = 1", "value = 9")
            change(A, '"Anhe County"', '""')
        run(["--lang", language, "check", path])
        assert capsys.readouterr().err == said + "\n"


# ---- what is said of it


def test_a_comparison_beside_a_group(workspace: Path) -> None:
    """It is no misspelt key, so no key is offered in its place."""
    change(
        Q,
        "[questions.tools]",
        '[questions.tools]\nshow_if = { fact = "zone", is = "urban", any = [{ fact = "zone", is = "rural" }] }',
    )
    found = hints(Q)
    assert {line.partition(":")[0] for line in found} == {"unknown_key"}
    for line in found:
        assert line.startswith("unknown_key: “any” stands alone in its braces.")


@pytest.mark.parametrize(("typed", "meant"), [("and", "all"), ("or", "any")])
def test_a_group_under_the_name_that_other_programs_give_it(workspace: Path, typed: str, meant: str) -> None:
    change(Q, "[questions.tools]", f'[questions.tools]\nshow_if = {{ {typed} = [{{ fact = "zone", is = "rural" }}] }}')
    assert hints(Q) == [f"unknown_key: Did you mean “{meant}”?"]


def test_several_words_where_one_stands(workspace: Path) -> None:
    """They are no word that is misspelt."""
    change(Q, 'acts = "county"', 'acts = ["county", "city"]')
    assert hints(Q) == ['wrong_type: One text stands here, without brackets: acts = "...".']


def test_a_language_declared_by_a_wrong_code(workspace: Path) -> None:
    """The right one beside the texts is no misspelling of it."""
    change(Q, '["en", "zh"]', '["en", "cn"]')
    assert set(hints(Q)) == {"undeclared_language: Declare it under languages, or take the text out."}


def test_is_on_a_number(workspace: Path) -> None:
    """The advice leads to what works, not to the next mistake."""
    change(Q, "[questions.tools]", '[questions.tools]\nshow_if = { question = "spending", is = 2 }')
    assert hints(Q) == [
        "wrong_type: A number or a level is compared with at_least and at_most; “is” and “has” take the id of an "
        "option, in quotation marks."
    ]


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        ('{ question = "plan", at_least = 7 }', ": “plan” goes from 0 to 2, not to 7"),
        ('{ question = "spending", at_most = -1.50 }', ": “spending” goes from 0 to 15, not to -1.5"),
    ],
)
def test_a_comparison_out_of_range(workspace: Path, comparison: str, said: str) -> None:
    """Question, value and what is possible are named."""
    change(Q, "[questions.tools]", f"[questions.tools]\nshow_if = {comparison}")
    assert [problem.message["en"] for problem in problems(Q)] == ["this can never hold, whatever is answered" + said]


def test_what_a_rubric_is_based_on_is_misspelt(workspace: Path) -> None:
    change(V, '"baseline"', '"baselien"')
    assert hints(V)[0].startswith("base_missing: Did you mean “baseline”? Put baselien.toml beside this file")


def test_single_brackets_where_there_may_be_several(workspace: Path) -> None:
    """The first is of the wrong type, the second stands there twice; both are told how to write it."""
    entry = '[adjust]\nnode = "plan"\nfactor = 2\nwhy = { en = "x", zh = "x" }\n'
    words = FILES[V].partition("[[adjust]]")[0]
    Path(V).write_text(words + entry + entry, encoding="utf-8")
    assert hints(V) == [
        "wrong_type: Write [[adjust]] in double brackets, once for each entry.",
        "duplicate_key: Write [[adjust]] in double brackets, each time; so there may be several.",
    ]


@pytest.mark.parametrize(
    ("file", "line", "wrong", "said"),
    [
        (Q, 'languages = ["en", "zh"]', "languages = { en = 1 }", "Put it in brackets: languages = [...]."),
        (Q, "range = [0, 15]", "range = { from = 0 }", "Put it in brackets: range = [...]."),
        (
            Q,
            "range = [0, 15]",
            "range = [0, 15]\nbenchmarks = [1]",
            "Write each entry in braces: benchmarks = [ { ... }, { ... } ].",
        ),
        (
            Q,
            "range = [0, 15]",
            "range = [0, 15]\nscale_when = [2]",
            "Write each entry in braces: scale_when = [ { ... }, { ... } ].",
        ),
        (
            Q,
            'sources = ["expert"]',
            'sources = [["expert"]]',
            'Put each entry in quotation marks: sources = ["...", "..."].',
        ),
        (Q, "range = [0, 15]", 'range = [0, 15]\ncore = "true"', "Take the quotation marks away."),
        (Q, "range = [0, 15]", 'range = [0, 15]\ncore = "yes"', "Write the value in the form that is wanted."),
        (V, "factor = 1.5", 'factor = "1.5"', "Take the quotation marks away."),
        (V, "factor = 1.5", 'factor = "much"', "Write the value in the form that is wanted."),
    ],
)
def test_what_is_advised_can_be_read(workspace: Path, file: str, line: str, wrong: str, said: str) -> None:
    """No double brackets for plain values, and no marks taken from words that are no value without them."""
    change(file, line, wrong)
    assert hints(file) == [f"wrong_type: {said}"]


def test_no_siblings_are_told_of_where_there_are_none(workspace: Path) -> None:
    change(V, 'node = "safety"', 'node = "innovation"')
    assert [hint for hint in hints(V) if "iblings" in hint] == [
        "reason_against_move: It has no siblings that count, so that no factor moves its share: take the factor out "
        "with its reason."
    ]


def test_two_ids_in_one_text_are_not_to_be_written_as_a_third(workspace: Path) -> None:
    Path(A).write_text(FILES[A] + '\n[plan]\nchosen = ["fund, school"]\n', encoding="utf-8")
    assert hints(A) == ['bad_id: Each stands in quotation marks of its own, with commas between: ["one", "two"].']


def test_a_day_that_is_not_in_the_calendar_is_not_to_get_a_time(workspace: Path) -> None:
    change(A, "value = 1\n", "value = 2026-02-30\n")
    assert hints(A)[0].startswith("syntax: Write a day as 2026-12-31, ")


def test_what_is_switched_off_is_not_to_be_raised_further(workspace: Path) -> None:
    """A factor brings nothing back, neither from the 0 of a base nor from one beside it."""
    change(B, "safety = 40", "safety = 0")
    assert [hint[:39] for hint in hints(V)] == ["reason_against_move: It is switched off"]


@pytest.mark.parametrize(
    ("name", "data", "said", "advised"),
    [
        ("form.xlsx", b"PK\x03\x04\x14\0\x06\0\xff", "a workbook or another packed file", "nqpf-assess import FILE"),
        ("form.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "a workbook or another packed file", "nqpf-assess import FILE"),
        ("report.pdf", b"%PDF-1.7\n%\xe2\xe3", "a PDF", "nqpf-assess open FILE"),
        ("table.parquet", b"PAR1\x15\0", "a Parquet table", "nqpf-assess cohort score FILE"),
        ("table.csv", b"respondent,zone\nLin,urban\n", "a table", "nqpf-assess import FILE"),
        ("answers.json", b'{"format": 1}', "other data", "nqpf-assess import FILE"),
    ],
)
def test_what_is_no_toml_is_not_to_be_saved_as_text(
    workspace: Path, name: str, data: bytes, said: str, advised: str
) -> None:
    """A bureau's form, saved as UTF-8 by an editor, would be lost; the command that it is for is named."""
    Path(name).write_bytes(data)
    [problem] = problems(name)
    assert said in problem.message["en"]
    assert advised in problem.hint["en"]
    assert "Save" not in problem.hint["en"]


def test_folders_looked_in_are_told_once_and_as_each_language_lists(workspace: Path) -> None:
    change(A, 'id = "small"', 'id = "smal"')
    library = Library((Root("one", Path()), Root("same", Path()), Root("other", Path("weights"))))
    told = next(problem.hint for problem in check(library, [Path(A)]) if problem.code == "questionnaire_missing")
    assert ("Looked in: ., weights." in told["en"], "查找位置：.、weights。" in told["zh"]) == (True, True)


POINT = {
    "en": "Decimals are written with a point, thousands without a mark: 0.5, not 0,5; 1200, not 1,200.",
    "zh": "小数用点号，千位不加分隔符：写 0.5，不写 0,5；写 1200，不写 1,200。",
}


@pytest.mark.parametrize(
    "line",
    ["factor = 0,5", "factor = -1,25", "target = 70,5 # score", 'when = { question = "spending", at_least = 0,5 }'],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_decimal_comma(workspace: Path, line: str, language: str) -> None:
    change(V, "[[adjust]]\n", f"[[adjust]]\n{line}\n")
    assert f"syntax: {POINT[language]}" in hints(V, language=language)


@pytest.mark.parametrize("day", ["2025-13-01", "2025-1-1", "2025-02-30", "2024-02-29T24:00:00Z", "25:00:00"])
def test_a_day_that_is_none(workspace: Path, day: str) -> None:
    """The reader takes the year for the whole value; more does not follow, the day is wrong."""
    change(V, "[[adjust]]\n", f"[[adjust]]\nfactor = {day} # so\n")
    (found,) = [problem for problem in problems(V) if problem.code == "syntax"]
    assert "there is no such date or time" in found.message["en"]


def test_two_versions_that_git_could_not_merge(workspace: Path) -> None:
    """The lines between are read as any others."""
    both = "<<<<<<< HEAD\nfactor = 2\n=======\nfactor = 3\n>>>>>>> other\n"
    change(V, "[[adjust]]\n", f"[[adjust]]\n{both}")
    found = [(problem.code, problem.message["en"].endswith("two versions")) for problem in problems(V)]
    assert found.count(("syntax", True)) == 3
    assert [code for code, _ in found if code not in ("syntax", "duplicate_key")] == []


@pytest.mark.parametrize(
    "line", ["factor = 2 units", 'factor = 2, "x"', 'when = { fact = "zone", is }', "factor = 1.5.2"]
)
def test_no_decimal_comma(workspace: Path, line: str) -> None:
    """Other mistakes behind a number keep the advice of their own."""
    change(V, "[[adjust]]\n", f"[[adjust]]\n{line}\n")
    assert not [hint for hint in hints(V) if POINT["en"] in hint]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_decimal_comma_in_a_list(workspace: Path, language: str) -> None:
    """[0,5, 60] is three whole numbers; a pair with too few is told of the pair alone."""
    change(Q, "range = [0, 15]", "range = [0,5, 60]")
    assert [hint for hint in hints(Q, language=language) if hint.endswith(POINT[language])] != []
    change(Q, "range = [0,5, 60]", "range = [5]")
    assert [hint for hint in hints(Q, language=language) if hint.endswith(POINT[language])] == []


@pytest.mark.parametrize(
    "header",
    [
        "【questions.plan】",
        "(questions.plan)",
        "questions.plan]",
        "[questions.plan]:",
        "[questions.plan] new",
        "[questions plan]",
    ],
)
def test_the_keys_under_a_spoilt_header_are_not_those_of_the_table_above(workspace: Path, header: str) -> None:
    """Else each stands there a second time, and one of the two would have to be taken out."""
    change(Q, "[questions.plan]", header)
    line = Path(Q).read_text(encoding="utf-8").split("\n").index(header) + 1
    assert {(found.code, found.line) for found in problems(".")} == {("syntax", line)}


def test_what_follows_on_a_line_loses_that_line_alone(workspace: Path) -> None:
    """The option is there, though it cannot be read: no answer that names it is wrong."""
    change(Q, 'zh = "城市化地区" }', 'zh = "城市化地区" } new')
    assert {found.code for found in problems(".")} == {"syntax"}


@pytest.mark.parametrize("text", ['"C:\\data"', '"""C:\\data\nx"""', '"""x\nC:\\data\ny"""'])
def test_a_backslash_in_a_text(workspace: Path, text: str) -> None:
    """The hint is in the reader's language, says how to write it, and tells nothing of the rest of the text."""
    Path(A).write_text(FILES[A].replace("value = 1\n", f"value = 1\nnote = {text}\n"), encoding="utf-8")
    assert hints(A, language="zh") == ["syntax: 反斜杠写成 \\\\，或改用单引号：'C:\\data'。"]


def test_what_a_text_speaks_of_may_stand_in_what_could_not_be_read(workspace: Path) -> None:
    words = '{ en = "{zone} {plan}", zh = "{zone}{plan}" }'
    change(
        Q,
        "[questions.plan]",
        f'[checks.odd]\nwhen = {{ question = "tools", has = "none" }}\nmessage = {words}\n[questions.plan]',
    )
    why = 'why = { en = "{zone}", zh = "{zone}" }'
    change(V, "[[adjust]]", f'[[adjust]]\nnode = "research"\ntarget = 50\nquestions = ["plan"]\n{why}\n\n[[adjust]]')
    assert problems(".") == ()
    change(Q, "[questions.plan]", "[questions.plan")
    change(Q, "[facts.zone]", "[facts.zone")
    assert {found.code for found in problems(".")} == {"syntax"}


@pytest.mark.parametrize("together", ["expert, paper", "paper#4.1, expert", "paper#4.1，expert#2"])
def test_sources_in_one_pair_of_quotation_marks(workspace: Path, together: str) -> None:
    """What stands behind the first is another source, and not taken for a section of it."""
    change(Q, 'sources = ["expert"]', f'sources = ["{together}"]')
    change(Q, "[sources.expert]", '[sources.paper]\ntitle = { en = "P", zh = "文" }\n\n[sources.expert]')
    assert [hint for hint in hints(Q) if "quotation marks of its own" in hint] != []


def test_a_syntax_error_in_the_questionnaire_casts_no_doubt_on_judgements(workspace: Path) -> None:
    """What they compare may stand in the line that could not be read."""
    judged = '\n[[judgements]]\nof = "research"\nmembers = ["plan", "spending"]\nmatrix = [[1, 1], [1, 1]]\n'
    Path(V).write_text(FILES[V] + judged, encoding="utf-8")
    assert problems(V) == ()
    change(Q, "[questions.spending]", "[questions.spending")
    assert {problem.code for problem in problems(V)} == {"syntax"}


def test_a_question_that_an_edition_dropped(workspace: Path) -> None:
    """Its nearest name now is another question; the edition that has it is named instead, and the way over."""
    old = workspace / "editions/0.9.0" / Q
    old.parent.mkdir(parents=True)
    old.write_text(FILES[Q].replace("1.0.0", "0.9.0").replace("spending", "spendings"), encoding="utf-8")
    change(A, "[answers.spending]", "[answers.spendings]")
    assert hints(A) == [
        "unknown_reference: Edition 0.9.0 of this questionnaire has “spendings”; “migrate” takes the answers over to "
        "the present edition."
    ]


def test_an_answer_that_only_its_own_edition_takes(workspace: Path) -> None:
    """How to write it in this edition is no advice: `migrate` does that. One that neither takes is to be corrected."""
    old = workspace / "editions/0.9.0" / Q
    old.parent.mkdir(parents=True)
    last = '{ en = "In force", zh = "已实施" },'
    more = f'{last}\n  {{ en = "Copied", zh = "已推广" }},'
    old.write_text(FILES[Q].replace("1.0.0", "0.9.0").replace(last, more, 1), encoding="utf-8")
    change(A, 'id = "small", version = "1.0.0"', 'id = "small", version = "0.9.0"')
    change(A, "value = 1", "value = 3")
    over = "bad_value: The command “migrate” takes the answers over to the present edition."
    assert over in hints(A)
    change(A, "value = 3", "value = 9")
    assert over not in hints(A)


def test_a_question_dropped_without_a_new_version(workspace: Path) -> None:
    """Without one `migrate` has nowhere to take the answers to: raising the version comes first."""
    old = workspace / "editions/before" / Q
    old.parent.mkdir(parents=True)
    old.write_text(FILES[Q].replace("spending", "spendings"), encoding="utf-8")
    change(A, "[answers.spending]", "[answers.spendings]")
    assert hints(A) == [
        "unknown_reference: Another edition of this questionnaire, 1.0.0 too, has “spendings”. Raise the version of "
        "the one that is yours; “migrate” then takes the answers over."
    ]


def test_copies_left_in_a_folder(workspace: Path) -> None:
    """Each is named once, as the copy it is, however the names sort."""
    folder = workspace / "questionnaires/small"
    folder.mkdir()
    (workspace / Q).rename(folder / "17-border.toml")
    for name in ("17-border - Copy.toml", "17-border (1).toml", "17-border 副本.toml"):
        (folder / name).write_text(FILES[Q], encoding="utf-8")
    assert sorted((Path(p.source).name, p.code) for p in problems("questionnaires")) == [
        ("17-border (1).toml", "copied_file"),
        ("17-border - Copy.toml", "copied_file"),
        ("17-border 副本.toml", "copied_file"),
    ]


def test_a_file_that_says_other_things_under_the_same_ids_is_no_copy(workspace: Path) -> None:
    """Each id that stands twice is named with both places, and so is each key of a second head."""
    folder = workspace / "questionnaires/small"
    folder.mkdir()
    (workspace / Q).rename(folder / "10-small.toml")
    head, _, asked = FILES[Q].partition("[questions.")
    question = asked.partition("\n\n")[0]
    again = head.partition("\n")[0] + f'\nid = "other"\n\n[questions.{question}\nhelp = {{ en = "a", zh = "b" }}\n'
    (folder / "20-more.toml").write_text(again, encoding="utf-8")
    found = [p for p in problems("questionnaires") if p.source.endswith("20-more.toml")]
    assert [(p.line, p.code) for p in found if p.severity == "error"] == [(2, "repeated_head"), (4, "duplicate_id")]
    assert all("10-small.toml:" in p.message["en"] for p in found)


def test_a_rubric_with_errors_is_no_rubric_that_does_not_fit(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`suggest` names what it had to leave out, and where the errors are told."""
    (workspace / V).write_text(FILES[V] + "\n[colours]\n", encoding="utf-8")
    change(A, '"valley"', '"baseline"')
    assert run(["--lang", "en", "suggest", A]) == 0
    assert f"{V} has errors: nqpf-assess check" in capsys.readouterr().err


def test_a_rubric_by_its_path_is_compared_with_one_by_its_id(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In either order, and a questionnaire beside a rubric is told as such."""
    for names in ((B, "valley"), ("baseline", V)):
        assert run(["--lang", "en", "diff", *names]) == 0
        assert capsys.readouterr().out.startswith("rubric baseline 1.0.0 → valley 1.0.0")
    assert run(["--lang", "en", "diff", "small", V]) == 2
    assert "one of the two is a questionnaire" in capsys.readouterr().err


def test_what_a_base_lacks_is_not_told_of_what_is_based_on_it(workspace: Path) -> None:
    """Neither of its bands, whether it is not there or its own lowest is wrong, nor that it were a baseline."""
    band = '\n[bands.more]\nfrom = 90\nen = "x"\nzh = "x"\n'
    hill = FILES[V].replace('"valley"', '"hill"')
    (workspace / V).write_text(FILES[V] + band, encoding="utf-8")
    (workspace / V).with_name("hill.toml").write_text(hill, encoding="utf-8")
    change(A, 'id = "valley", version = "1.0.0"', 'id = "valley", version = "1.0.0", with = { hill = 0.4 }')
    assert problems(".") == ()
    change(B, "from = 0,", 'from = "0",')
    assert [problem.code for problem in problems(".")] == ["wrong_type"]
    (workspace / B).write_text(FILES[B].partition("[bands]")[0] + "x = = 1", encoding="utf-8")
    assert [problem.code for problem in problems(".")] == ["syntax"]
    (workspace / B).unlink()
    assert [problem.code for problem in problems(".")] == ["base_missing"] * 2


def test_copies_of_answers_that_commands_keep_are_not_among_those_of_a_folder(workspace: Path) -> None:
    """They are of an edition that is gone: `migrate` is not told for them again. One that is named is checked."""
    kept = Path(A).with_suffix(".0.9.0.toml")
    kept_as = (".before-import", ".original", ".other", ".other1")
    for copy in (kept, *(Path(A).with_suffix(f"{name}.toml") for name in kept_as)):
        copy.write_text(FILES[A].replace("[answers.spending]", "[answers.spendings]"), encoding="utf-8")
    assert problems(".") == problems(str(Path(A).parent)) == ()
    assert [problem.code for problem in problems(str(kept))] == ["unknown_reference"]


@pytest.mark.parametrize("version", ["2", "2026.1", "2027.1.0-hz", "第一版", "2026"])
def test_a_copy_of_an_edition_that_is_numbered_otherwise_is_one_too(tmp_path: Path, version: str) -> None:
    """Else each place of a questionnaire of one's own, once taken over, counts twice in a folder and in a cohort."""
    stated = [f'questionnaire = {{ id = "own", version = "{version}" }}\n', '[questionnaire]\nversion = "{}"\n']
    now, kept = tmp_path / "anhe.toml", tmp_path / f"anhe.{edition_in_name(version)}.toml"
    again = kept.with_name(f"{kept.stem}-1.toml")
    for words in (stated[0], stated[1].format(version)):
        kept.write_text(f'format = "nqpf-answers/1"\n{words}', encoding="utf-8")
        again.write_text(kept.read_text(encoding="utf-8"), encoding="utf-8")
        now.write_text(kept.read_text(encoding="utf-8").replace(version, "3"), encoding="utf-8")
        assert [is_copy(path) for path in (now, kept, again)] == [False, True, True]
    now.write_text(kept.read_text(encoding="utf-8"), encoding="utf-8")
    assert not is_copy(kept)  # of another year, of another bureau: both are of one edition
    now.unlink()
    assert not is_copy(kept)
