"""What every command promises: data on standard output, exit statuses, both languages, no prompt, no traceback."""

import json
import re
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.cells import cell_len

from nqpf_assess.cli.assess import must_be_plain
from nqpf_assess.cli.commands import SUBCOMMANDS
from nqpf_assess.cli.main import run as main
from nqpf_assess.cli.main import with_patterns_filled
from nqpf_assess.cli.output import ProgressLine, clean
from nqpf_assess.files.places import as_word
from nqpf_assess.files.schemas import KINDS, schema_text
from nqpf_assess.session.options import Options
from tests.cli.conftest import REPOSITORY, Run

HAN = re.compile(r"[\u4e00-\u9fff]")


def test_score_json_is_data_alone(run: Run, answers: Path) -> None:
    """`score --json` prints one object on standard output and nothing else anywhere."""
    done = run("score", answers, "--json")
    row = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert row["format"] == "nqpf-score/1"
    assert row["nodes"][0]["parent"] is None


def test_figures_of_a_quick_screening_are_said_to_be_that(run: Run) -> None:
    """Its coverage is that of the core questions: a score at 99 % would pass for one on all of them."""
    quick = REPOSITORY / "samples" / "grain_county_quick.toml"
    assert "quick screening" in run("score", quick, "--json", "--lang", "en").stderr


def test_several_files_give_a_list(run: Run, answers: Path) -> None:
    """Several files give a list of objects, in the order given."""
    rows = json.loads(run("score", answers, answers, "--json").stdout)
    assert [row["weights"]["id"] for row in rows] == ["ecological", "ecological"]


def test_of_several_files_each_head_names_its_own(run: Run, answers: Path, tmp_path: Path) -> None:
    """Two files of one place and year are told apart; of one file nobody has to be told its name."""
    copied = tmp_path / "asked_again.toml"
    copied.write_bytes(answers.read_bytes())
    heads = run("score", answers, copied).stdout.splitlines()[0], run("score", copied, answers).stdout.splitlines()[0]
    assert [head.rsplit(" · ", 1)[1] for head in heads] == [answers.name, copied.name]
    assert copied.name not in run("score", copied).stdout


def test_a_pipe_gets_plain_text(run: Run, answers: Path) -> None:
    """Without a terminal there is no colour and no trailing space."""
    out = run("score", answers).stdout
    assert "\x1b" not in out
    assert all(line == line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("place", ["before", "behind"])
@pytest.mark.parametrize("code", ["zh", "zh-CN", "zh_CN.UTF-8", "zh-Hans"])
def test_language_stands_anywhere_in_any_form(run: Run, answers: Path, place: str, code: str) -> None:
    """`--lang` works before and behind the command, in every usual form of the code."""
    words = ["--lang", code]
    done = run(*words, "score", answers) if place == "before" else run("score", answers, *words)
    assert "总分" in done.stdout


def test_language_follows_the_locale(run: Run, answers: Path) -> None:
    """Without `--lang` the locale decides; an unknown one means English."""
    assert "总分" in run("score", answers, LANG="zh_CN.UTF-8").stdout
    assert "score" in run("score", answers, LANG="fr_FR.UTF-8").stdout


@pytest.mark.parametrize("command", ["", *SUBCOMMANDS])
def test_help_in_both_languages(run: Run, command: str) -> None:
    """Every command has help in English without Chinese, and in Chinese without an English sentence."""
    words = [command] if command else []
    english, chinese = run(*words, "--help"), run("--lang", "zh", *words, "--help")
    assert (english.returncode, chinese.returncode) == (0, 0)
    assert not HAN.search(english.stdout)
    assert HAN.search(chinese.stdout)
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", re.sub(r"nqpf-assess [a-z]+", "", chinese.stdout))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scor"], "did you mean score"),
        (["samples/x.toml"], "nqpf-assess assess samples/x.toml"),
        (["score"], "FILES"),
        (["score", "--jsn", "x"], "did you mean --json"),
        (["new", "x.toml", "--as", "village"], "region | firm"),
        (["--lang", "fr", "where"], "en|zh"),
        (["schema"], "KIND (questionnaire | weights | answers | map)"),
        (["schema", "nothing"], "KIND wants questionnaire | weights | answers | map"),
        (["plan", "x.toml", "--budget", "many"], "--budget"),
        (["plan", "x.toml", "--choose", "x", "--short", "0"], "--short"),
        (["score", "x.toml", "--questionnaire", ""], "--questionnaire wants a value"),
        (["score", "x.toml", "--group", "a=b", "--group", ""], "--group wants a value"),
        (["score", "x.toml", "--json=yes"], "--json takes no value"),
        (["cohort", "--no-color"], "COMMAND is missing"),
        (["new", "x.csv"], ".toml"),
        (["new", "-"], ".toml"),
        (["weights", "new", "mine", "-o", "x.pdf"], ".toml"),
        (["new", "x.toml", "--as", "region", "--questionnaire", "firm"], "“firm”"),
        (["export", "region", "place.toml", "--to", "csv"], "answer files"),
    ],
)
def test_wrong_usage_is_status_2_with_the_nearest_name(run: Run, arguments: list[str], said: str) -> None:
    """Wrong usage says what was meant perhaps, in the user's language, with status 2."""
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    chinese = run(*arguments, LANG="zh_CN.UTF-8")
    assert HAN.search(chinese.stderr)
    assert "error" not in chinese.stderr


def test_files_with_errors_are_status_1_with_all_problems(run: Run, answers: Path) -> None:
    """Every problem of the file is printed at once, with its place, and nothing is scored."""
    answers.write_text(answers.read_text().replace('"1.5"', '"99"').replace("value = 3", "value = 8"))
    done = run("score", answers)
    assert (done.returncode, done.stdout) == (1, "")
    assert "place.toml:11:9: error bad_value" in done.stderr
    assert "place.toml:14:9: error bad_value" in done.stderr


def test_a_broken_file_does_not_stop_the_others(run: Run, answers: Path, tmp_path: Path) -> None:
    """One file with errors is told; the others are scored all the same; the status says so."""
    broken = tmp_path / "broken.toml"
    broken.write_text("format = “x”")
    done = run("score", broken, answers, "--json")
    assert done.returncode == 1
    alone = json.loads(run("score", answers, "--json").stdout)
    assert json.loads(done.stdout) == [alone], "a list of these objects, and no key more"
    assert "broken.toml:1:10" in done.stderr


@pytest.mark.parametrize("command", ["score", "check"])
def test_every_missing_file_is_named_and_the_others_are_done(run: Run, answers: Path, command: str) -> None:
    """What is not there never hides what is."""
    broken = answers.with_name("broken.toml")
    broken.write_text(answers.read_text().replace('"1.5"', '"99"'))
    done = run(command, "nope.toml", answers, broken, "gone.toml")
    assert done.returncode == 1
    said = done.stdout + done.stderr
    missing = {"score": "{name} does not exist", "check": "{name}:1:1: error missing_file"}[command]
    assert all(missing.format(name=name) in said for name in ("nope.toml", "gone.toml"))
    assert "broken.toml:11:9" in said
    assert command == "check" or "Test County" in done.stdout


def test_compare_names_all_that_is_wrong(run: Run, answers: Path) -> None:
    """A missing OLD does not hide the errors of NEW."""
    answers.write_text(answers.read_text().replace('"1.5"', '"99"'))
    done = run("compare", "nope.toml", answers)
    assert done.returncode == 1
    assert "nope.toml" in done.stderr
    assert "place.toml:11:9" in done.stderr


COMMANDS_OF_ONE = (["score"], ["explain"], ["plan", "--budget", "5"], ["suggest"], ["export", "--to", "csv"])


@pytest.mark.parametrize("command", [*COMMANDS_OF_ONE, ["report", "--to", "text"]])
@pytest.mark.parametrize("part", ["questionnaire", "weights"])
def test_answers_to_another_edition_are_never_taken_in_silence(
    run: Run, answers: Path, command: list[str], part: str
) -> None:
    """The edition that was answered and the one at hand are named on standard error; nothing else changes."""
    name = {"questionnaire": "region", "weights": "ecological"}[part]
    answers.write_text(
        answers.read_text().replace(f'id = "{name}", version = "2027.1.0"', f'id = "{name}", version = "2025.9.0"')
    )
    done = run(command[0], answers, *command[1:])
    assert done.returncode == 0
    assert done.stderr.count("notice edition_differs") == 1
    assert f"edition 2025.9.0 of “{name}”" in done.stderr


def test_another_rubric_is_no_other_edition(run: Run, answers: Path) -> None:
    """Who asks for another rubric knows that it is another one."""
    assert run("score", answers, "--weights", "baseline").stderr == ""


@pytest.mark.parametrize("command", COMMANDS_OF_ONE)
def test_another_questionnaire_and_rubric_can_be_named(run: Run, answers: Path, command: list[str]) -> None:
    """Wherever answers are read, `--questionnaire` and `--weights` stand over what the file names."""
    answers.write_text(answers.read_text().replace('id = "region"', 'id = "nosuch"').replace("ecological", "nosuch", 1))
    assert run(command[0], answers, *command[1:]).returncode == 1
    done = run(command[0], answers, *command[1:], "--questionnaire", "region", "--weights", "baseline")
    assert (done.returncode, done.stderr.count("error")) == (0, 0)


HOSTILE = "\\u007f\\u0085\\u009b31m\\u202e"
"""DEL, two C1 controls and a direction mark, as TOML writes them."""


@pytest.mark.parametrize("form", [["score", "--json"], ["suggest", "--json"], ["export", "--to", "json"]])
def test_no_control_character_stands_raw_in_data(run: Run, answers: Path, tmp_path: Path, form: list[str]) -> None:
    """What a terminal would obey is escaped, whoever wrote it; the data stay the same."""
    shutil.copytree(REPOSITORY / "weights", tmp_path / "weights")
    rubric = tmp_path / "weights" / "region" / "ecological.toml"
    rubric.write_text(re.sub('(name|why).en = "', lambda found: found[0] + HOSTILE, rubric.read_text()))
    answers.write_text(answers.read_text().replace("Test County", HOSTILE))
    out = run(form[0], answers, *form[1:]).stdout
    assert "\x9b31m" in json.dumps(json.loads(out), ensure_ascii=False)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", out)


def test_one_is_counted_as_one(run: Run, answers: Path) -> None:
    """1 error, not 1 errors."""
    answers.write_text(answers.read_text().replace('"1.5"', '"99"'))
    assert run("check", answers).stderr.strip().endswith("1 error, 0 warnings, 0 notices")


def test_missing_file_is_a_sentence(run: Run) -> None:
    """A file that is not there is a sentence, not a traceback."""
    done = run("score", "nowhere.toml")
    assert done.returncode == 1
    assert "nowhere.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_new_never_overwrites(run: Run, tmp_path: Path) -> None:
    """`new` writes a file that `check` accepts, and refuses to replace it; a folder called firm is no questionnaire."""
    (tmp_path / "firm").mkdir()
    made = run("new", "a.toml", "--as", "firm", "--quick")
    assert (made.returncode, "the questionnaire “Self-assessment of new" in made.stderr) == (0, True)
    first = (tmp_path / "a.toml").read_bytes()
    assert run("check", "a.toml").returncode == 0
    done = run("new", "a.toml")
    assert done.returncode == 3
    assert "exists" in done.stderr
    assert (tmp_path / "a.toml").read_bytes() == first


def test_new_asks_every_question_as_a_comment(run: Run, tmp_path: Path) -> None:
    """Taking the comment marks away from a question and writing its value answers it."""
    run("new", "a.toml", "--as", "region")
    path = tmp_path / "a.toml"
    words = path.read_text(encoding="utf-8")
    assert words.count("# [answers.") >= 63
    at = words.index("# [answers.rd_organisation]")
    path.write_text(
        words[:at]
        + words[at:].replace("# [answers.rd_organisation]\n# value = ", "[answers.rd_organisation]\nvalue = 4", 1)
    )
    row = json.loads(run("score", "a.toml", "--json").stdout)
    assert next(node for node in row["nodes"] if node["id"] == "rd_organisation")["score"] == 80


def test_suggest_names_the_fitting_profile_first(run: Run, answers: Path) -> None:
    """The profile whose condition the facts meet comes first, with what it would move.

    A folder that is called like the questionnaire is none: what a file names is an id.
    """
    answers.with_name("region").mkdir()
    assert run("suggest", answers).stdout.startswith("Suggested: Ecological-function area [ecological]")
    rows = json.loads(run("suggest", answers, "--json").stdout)
    assert rows[0]["fit"] == "fits"
    assert rows[0]["moves"]
    blended = run(
        "suggest", REPOSITORY / "samples" / "cluster_county.toml"
    ).stdout  # the moves below are not those of the blend
    assert "\nWhat Specialised-cluster county [cluster_county] alone would move:\n" in blended


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_fresh(run: Run, kind: str) -> None:
    """The committed schema is the one the models give."""
    committed = (REPOSITORY / "src/nqpf_assess/schemas" / f"{kind}.json").read_text(encoding="utf-8")
    assert run("schema", kind).stdout == committed == schema_text(kind)


def test_where_shows_what_shadows_what(run: Run, tmp_path: Path) -> None:
    """A workspace's questionnaire comes before the shipped one of the same id."""
    (tmp_path / "questionnaires").mkdir()
    (tmp_path / "questionnaires" / "region.toml").write_text("")
    rows = json.loads(run("where", "--json").stdout)
    regions = [(row["root"], row["used"]) for row in rows if row["id"] == "region"]
    assert regions == [("workspace", True), ("shipped", False)]


def test_where_names_rescue_copies_and_says_what_it_looked_for(run: Run, tmp_path: Path, answers: Path) -> None:
    """A folder of answers, and a data folder with what could not be saved, are not told to hold nothing."""
    data = tmp_path / "data"
    (data / "rescue").mkdir(parents=True)
    (data / "rescue" / "anhe.1a2b3c.rescue.toml").touch()
    said = run("where", NQPF_ASSESS_DATA=str(data)).stdout.splitlines()
    nothing = "  no questionnaires or weights here"
    assert said[:5] == [
        f"current folder: {tmp_path}",
        nothing,
        f"your data folder: {data}",
        nothing,
        f"  rescue copy {Path('rescue') / 'anhe.1a2b3c.rescue.toml'}",
    ]
    assert "".join(said).count("rescue copy") == 1


def test_no_file_can_steer_the_terminal(run: Run, answers: Path) -> None:
    """Escape sequences in a file are shown as marks, never sent."""
    answers.write_text(
        answers.read_text().replace("Test County", "\\u001b[31mRed\\u0007 [/b] \\u202e"), encoding="utf-8"
    )
    out = run("score", answers).stdout
    assert not set(out) & set("\x1b\x07\u202e")
    assert "[/b]" in out


FLOORED = REPOSITORY / "samples" / "innovation_hub_city.toml"


def test_a_floor_that_fired_comes_right_under_the_score(run: Run) -> None:
    """What it costs is said there, and the measures that lift it come first."""
    lines = run("score", FLOORED).stdout.splitlines()
    assert lines[1].startswith("Score 59.0 of 100")
    assert lines[2].startswith("! Safe development is below its floor of 40")
    assert "(without floors it would be 87.3)" in " ".join(lines[2:5])
    first = next(place for place, line in enumerate(lines) if line.startswith("most for their effort")) + 2
    assert "+28" in "".join(lines[first : first + 3])


def test_commands_that_are_proposed_can_be_copied(run: Run, answers: Path, tmp_path: Path) -> None:
    """A name with blanks or brackets stands in quotation marks: a shell would take it apart."""
    answers.rename(tmp_path / "Anhe County (1).toml")
    assert 'nqpf-assess assess "Anhe County (1).toml"' in run("Anhe County (1).toml").stderr
    said = run("assess", tmp_path / "Anhe County (1).toml", "--plain").stdout
    assert "nqpf-assess" not in said or 'report "Anhe County (1).toml"' in said
    words = {"云锦县.toml": "云锦县.toml", "a/b-1.toml": "a/b-1.toml", "R&D.toml": '"R&D.toml"', "~a.toml": '"~a.toml"'}
    words |= {r"a\b.toml": r"'a\b.toml'", "$a.toml": "'$a.toml'"}
    assert {path: as_word(path) for path in words} == words


def test_the_folder_above_is_named_as_any_other(
    run: Run, answers: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From a folder of its own a notebook or a clerk names what lies above as `..`."""
    below = answers.parent / "sub"
    below.mkdir()
    monkeypatch.chdir(below)
    said = []
    for folder in ("..", str(answers.parent)):
        assert main(["score", folder, "--json"]) == 0
        said.append(json.loads(capsys.readouterr().out))
    assert said[0] == said[1]
    assert "it is a folder" in run("assess", "/", "--plain").stderr


def test_a_first_measure_says_what_must_come_before_it(run: Run, tmp_path: Path) -> None:
    """Its own effort is not enough; what it waits for is done where the follow-up sheet says so."""
    file = tmp_path / "city.toml"
    file.write_text((REPOSITORY / "samples" / "trade_hub_city.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert "(only after One policy for" in run("score", file).stdout
    assert "（须先实施：传统产业一业一策改造提升）" in run("score", file, "--lang", "zh").stdout
    with file.open("a", encoding="utf-8") as sheet:
        sheet.write('\n[[follow_up]]\nmeasure = "one_sector_one_policy"\nstate = "done"\n')
    assert "only after" not in run("score", file).stdout


@pytest.mark.parametrize("words", [["score", ""], ["compare", "{}", ""], ["report", "{}", "--compare", ""]])
def test_an_empty_word_names_no_file(run: Run, answers: Path, words: list[str]) -> None:
    """As of a variable that is not set: never the current folder."""
    done = run(*(word.format(answers) for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    assert "the name of a file or folder" in done.stderr


@pytest.mark.parametrize("command", ["assess", "serve"])
def test_a_questionnaire_for_no_file_is_refused(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The start page would begin another one, without a word."""
    monkeypatch.setattr("nqpf_assess.cli.assess.must_be_plain", lambda: False)
    monkeypatch.setattr("nqpf_assess.cli.assess.wants_plain", lambda: False)
    for option in ("--questionnaire", "--weights"):
        assert main([command, option, "library"]) == 2
        assert "for a file that is named" in capsys.readouterr().err


@pytest.mark.parametrize(("platform", "plain"), [("linux", True), ("win32", False)])
def test_a_terminal_of_windows_need_not_say_what_it_is(
    platform: str, *, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There none does; else nobody there would ever see the app."""
    monkeypatch.delenv("TERM", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, SimpleNamespace(isatty=lambda: True))
    assert must_be_plain() is plain
    monkeypatch.setenv("TERM", "dumb")
    assert must_be_plain()


def test_patterns_that_a_shell_leaves_name_the_files_that_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As those of Windows leave them all; what fits nothing stays as it is typed, and so does a file of that name."""
    monkeypatch.chdir(tmp_path)
    for name in ("b.toml", "a.toml", "a[1].toml", "a1.toml"):
        (tmp_path / name).touch()
    assert with_patterns_filled(["score", "?.toml", "a[1].toml", "*.csv", "-o"]) == [
        *("score", "a.toml", "b.toml", "a[1].toml", "*.csv", "-o"),
    ]
    for filled, named in ((False, "?.toml does not exist"), (True, "b.toml")):
        monkeypatch.setattr("nqpf_assess.cli.main.SHELL_FILLS", not filled)
        assert main(["--lang", "en", "score", "?.toml"]) == 1
        assert named in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [['my answers" -o reports"'], ['my answers" -o my', 'reports"'], ["a.toml", "-o", 'r"']]
)
def test_on_windows_a_backslash_takes_the_quotation_mark_behind_it(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What comes there of `report "my answers\\" -o "reports\\"` and the like, as PowerShell completes folders."""
    monkeypatch.setattr("nqpf_assess.cli.main.SHELL_FILLS", False)
    assert main(["--lang", "en", "report", *words]) == 2
    assert "leave the \\ at the end of a folder out" in capsys.readouterr().err
    assert with_patterns_filled(['see "Plan"']) == ['see "Plan"']


def test_how_far_the_work_is_stands_in_one_line_of_any_console(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """That of Windows 10 knows no sequence that erases, and showed it; a line too long is never taken away whole."""
    monkeypatch.setenv("COLUMNS", "12")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    line = ProgressLine()
    line.show("三份报告 1/3 and so on")
    line.show("2/3")
    line.clear()
    shown = capsys.readouterr().err.split("\r")[1:]
    assert [cell_len(words) for words in shown] == [11, 11, 11, 0]
    assert [words.strip() for words in shown] == ["三份报告 1…", "2/3", "", ""]


def test_started_where_it_lies_the_app_works_in_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a double click on Windows: answers kept there would go with the program."""
    home, own = tmp_path / "home", tmp_path / "nqpf" / "Scripts"
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr("sysconfig.get_path", lambda _name: str(own))
    monkeypatch.setattr("nqpf_assess.cli.assess.face", lambda _options, plain: 0)
    for started, works in ((own, home), (own.parent, own.parent)):
        own.mkdir(parents=True, exist_ok=True)
        home.mkdir(exist_ok=True)
        monkeypatch.chdir(started)
        assert main([]) == 0
        assert Path.cwd() == works


@pytest.mark.parametrize("folder", ["mistyped", "place.toml"])
def test_a_workspace_that_is_no_folder_is_refused(run: Run, answers: Path, folder: str) -> None:
    """Else the shipped content would score, without a word."""
    done = run("score", answers, "--content", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert folder in done.stderr


@pytest.mark.parametrize(("folder", "said"), [("office/weights", True), ("away", True), ("office", False)])
def test_a_folder_of_which_no_content_is_taken_is_said(
    folder: str, said: bool, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A rubric of the house in office/weights counts for nothing, and the shipped one scores: that is told."""
    (tmp_path / "away").mkdir()
    (tmp_path / "office" / "weights" / "region").mkdir(parents=True)
    for command, status in ((["score", str(answers)], 0), (["weights", "list"], 0), ([], 2)):  # the app: no terminal
        assert main([*command, "--content", str(tmp_path / folder), "--lang", "en"]) == status
        assert ("neither questionnaires/ nor weights/ in it" in capsys.readouterr().err) is said


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("score", "{answers}", "--questionnaire", "regin"), "region"),
        (("score", "{answers}", "--weights", "ecologicall"), "ecological"),
        (("report", "{answers}", "--weights", "ecologicall"), "ecological"),
        (("check", "{answers}", "--weights", "ecologicall"), "ecological"),
        (("plan", "{answers}", "--budget", "3", "--questionnaire", "regin"), "region"),
        (("new", "y.toml", "--questionnaire", "regin"), "region"),
        (("weights", "show", "ecologicall"), "ecological"),
    ],
)
def test_content_that_the_command_line_names_and_that_is_not_there(
    run: Run, answers: Path, arguments: tuple[str, ...], near: str
) -> None:
    """No line of the answer file is blamed, and the nearest known name is offered."""
    done = run(*(part.format(answers=answers) for part in arguments))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"“{near}”" in done.stderr
    assert "toml:6" not in done.stderr


def test_two_questionnaires_are_not_called_editions(run: Run) -> None:
    assert "two questionnaires, not two editions" in run("diff", "region", "firm").stderr
    assert run("diff", "region", "region").stderr == ""


def test_rubrics_are_compared_by_their_ids(run: Run) -> None:
    assert run("diff", "baseline", "ecological").returncode == 0
    both = run("diff", "baseline", "baseline")
    assert both.returncode == 2
    assert "firm" in both.stderr
    assert "region" in both.stderr
    assert run("diff", "baseline", "baseline", "--questionnaire", "firm").returncode == 0
    for missing in (["baseline", "nosuch"], ["nosuch", "firm"], ["no.toml", "firm"], ["", "firm"]):
        done = run("diff", *missing)
        assert (done.returncode, done.stdout) == (1, "")  # as a file, questionnaire or rubric that is not there
        assert "“" in done.stderr


def test_a_dash_is_standard_output(run: Run, tmp_path: Path, answers: Path) -> None:
    assert json.loads(run("export", answers, "--to", "json", "-o", "-").stdout)["format"] == "nqpf-answers/1"
    assert run("report", answers, "--to", "md", "-o", "-").stdout.startswith("<!-- nqpf-assess report -->")
    assert run("export", answers, "--to", "xlsx", "-o", "-").returncode == 2
    assert run("report", answers, answers, "-o", "-", "--to", "text").returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == [answers.name]


def test_a_sample_of_the_guides_that_is_not_there_is_said_to_come_with_a_workspace(run: Run) -> None:
    assert "nqpf-assess init" in run("score", "samples/cluster_county.toml").stderr
    assert "nqpf-assess init" not in run("score", "mine.toml").stderr


def test_the_logic_of_a_workspace_is_that_of_its_questionnaires(run: Run, answers: Path) -> None:
    """Answer files in the workspace are not taken for questionnaires."""
    assert run("init", "w").returncode == 0
    shutil.copy(answers, answers.with_name("w") / "mine.toml")
    done = run("check", "--logic", "w", "--json")
    assert done.returncode == 0, done.stderr
    assert [row["questionnaire"] for row in json.loads(done.stdout)] == ["firm", "region"]
    (answers.with_name("none")).mkdir()
    shutil.copy(answers, answers.with_name("none"))
    done = run("check", "--logic", "none")
    assert done.returncode == 1
    assert "“none” is no questionnaire" in done.stderr


def test_a_carriage_return_alone_is_named(run: Run, answers: Path) -> None:
    """What stands behind it is not called missing instead, nor the value unfinished."""
    answers.write_bytes(answers.read_bytes().replace(b"\n", b"\r", 3))
    for language, said in (("en", "a carriage return stands here alone"), ("zh", "只有回车符")):
        done = run("--lang", language, "check", answers)
        assert done.returncode == 1
        assert said in done.stdout
        assert "missing_key" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "colour"), [(["assess"], True), (["--no-color", "assess"], False), (["assess", "--no-color"], False)]
)
def test_an_assessment_is_asked_without_colour_where_that_is_wished(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], colour: bool
) -> None:
    """What the option leaves is what the face that asks is handed."""
    handed: list[Options] = []
    monkeypatch.setattr("nqpf_assess.cli.assess.face", lambda options, *, plain: handed.append(options) or 0)
    assert main([*arguments, str(REPOSITORY / "samples" / "cluster_county.toml")]) == 0
    assert [options.colour for options in handed] == [colour]


def test_a_folder_of_content_that_is_not_there_is_said_before_anything_is_served(run: Run) -> None:
    done = run("serve", "--port", "0", "--content", "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no folder nowhere" in done.stderr


def test_a_folder_is_not_offered_to_be_replaced_by_an_empty_file(run: Run, answers: Path) -> None:
    """With --force what an existing file holds is lost; of a folder nothing may be."""
    (answers.parent / "kept").mkdir()
    for name, offered in ((answers.name, True), ("kept", False)):
        done = run("new", name)
        assert (done.returncode, "--force" in done.stderr) == (3, offered)


def test_what_moves_a_cursor_is_not_printed_and_a_wide_blank_is() -> None:
    """Chinese lists write 张　三 beside 欧阳修; copied from the terminal the name is to be the same."""
    assert clean("张　三\x1b[31m\u202e\u2028\n") == "张　三�[31m��\n"
