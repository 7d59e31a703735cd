"""By which edition and rubric an answer file is read: those at hand, those kept, and beside mistakes in them."""

import json
import re
import shutil
from pathlib import Path

import pytest

import nqpf_assess as nq
from nqpf_assess.cli.main import run as main
from nqpf_assess.engine.instrument import digest as digest_of
from tests.cli.conftest import NEW, OLD, QUESTION, REGION, REPOSITORY, Run, edited
from tests.session.conftest import OTHER_UNIT, PLAN, TYPED, next_edition_of, small_answers, write_content


def test_old_editions_kept_in_the_workspace_are_found(run: Run, next_edition: Path, tmp_path: Path) -> None:
    """`editions/<name>/` of a workspace is searched by version; it is no second questionnaire anywhere else."""
    new = tmp_path / "new.toml"
    shutil.copy(NEW, new)
    assert run("migrate", new, "--write", "--content", next_edition).returncode == 0
    shutil.copytree(next_edition / "questionnaires", tmp_path / "questionnaires")
    shutil.copytree(REPOSITORY / "weights", tmp_path / "weights")
    older = tmp_path / "old.toml"
    shutil.copy(OLD, older)
    edited(older, ('id = "region", version = "2027.1.0"', 'id = "region", version = "2025.3.0"'))
    assert json.loads(run("compare", older, new, "--json").stdout)["not_told"] == ["questionnaire"]
    kept = tmp_path / "editions" / "2025" / "questionnaires" / "region"
    shutil.copytree(REGION, kept)
    edited(kept / "00-head.toml", ('version = "2027.1.0"', 'version = "2025.3.0"'))
    row = json.loads(run("compare", older, new, "--json").stdout)
    assert row["not_told"] == []
    assert row["old"]["questionnaire"]["used"]["version"] == "2025.3.0"
    assert "editions/" not in run("where").stdout


def test_where_an_older_edition_is_at_hand_nobody_is_sent_back_to_it(capsys: pytest.CaptureFixture[str]) -> None:
    """As in a folder that was made before the program was renewed: `migrate --write` then refuses to go back."""
    assert main(["score", str(OLD), "--lang", "en", "--content", str(REPOSITORY / "editions" / "2026.1.0")]) == 0
    told = capsys.readouterr().err
    assert "scored by edition 2027.1.0 of the questionnaire" in told
    assert "That one is older" in told
    assert "migrate" not in told


def test_compare_goes_by_the_edition_by_which_the_other_commands_score(capsys: pytest.CaptureFixture[str]) -> None:
    """The one at hand does not take the new file; that the old one is of another edition goes without saying."""
    older = str(REPOSITORY / "editions" / "2026.1.0")
    assert main(["compare", str(OLD), str(NEW), "--json", "--lang", "en", "--content", older]) == 0
    assert "the one at hand" not in capsys.readouterr().err


def test_a_year_that_the_present_edition_does_not_take_is_scored_by_its_own(
    next_edition: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Told on standard error, the same figure as under that edition alone; the report too; the years side by side."""
    monkeypatch.chdir(tmp_path)
    assert main(["score", "--json", str(OLD)]) == 0
    alone = json.loads(capsys.readouterr().out)
    there = ["--content", str(next_edition), "--lang", "en"]
    assert main(["score", "--json", str(OLD), *there]) == 0
    found = capsys.readouterr()
    assert json.loads(found.out) == alone
    assert f"{OLD}:7:44: notice edition_differs: scored by edition 2027.1.0 of the questionnaire" in found.err
    assert "present edition is 2028.0.0" in found.err
    assert f"nqpf-assess migrate {OLD}" in found.err
    rubrics = shutil.copytree(REPOSITORY / "weights" / "region", next_edition / "weights" / "region")
    kept = {
        name: (rubrics / f"{name}.toml").read_text(encoding="utf-8") for name in ("industrial_renewal", "ecological")
    }
    for name, words in kept.items():
        words += '\n[[adjust]]\nnode = "ip_disputes"\nfactor = 2\nwhy.en = "New."\nwhy.zh = "新增。"\n'
        (rubrics / f"{name}.toml").write_text(words, encoding="utf-8")
    assert main(["score", "--json", str(OLD), *there, "--weights", "industrial_renewal"]) == 0
    assert json.loads(capsys.readouterr().out) == alone  # the rubric of that name is that edition's too
    assert main(["suggest", str(OLD), *there, "--weights", "industrial_renewal"]) == 0  # its profiles are
    found = capsys.readouterr()
    assert ("[industrial_renewal]" in found.out, "has errors" in found.err) == (True, False)
    (rubrics / "industrial_renewal.toml").write_text(kept["industrial_renewal"], encoding="utf-8")
    assert main(["report", str(OLD), "-o", "r.pdf", *there]) == 0
    found = capsys.readouterr()
    assert "scored by edition 2027.1.0" in found.err
    assert main(["open", "r.pdf", *there]) == 0  # it proves itself, with the profiles of that edition
    new = shutil.copy(NEW, tmp_path / "new.toml")
    edited(Path(new), ('version = "2027.1.0"', 'version = "2028.0.0"'), (QUESTION, "ip_disputes"))
    assert main(["score", str(OLD), str(new), *there]) == 0
    assert re.search(r"2024 +2025 \*", capsys.readouterr().out)
    shutil.copy(OLD, tmp_path / "named.toml")
    edited(tmp_path / "named.toml", ('version = "2027.1.0"', 'version = "2026.9.9"'))
    assert main(["score", "named.toml", *there]) == 1, "an edition that nobody keeps cannot be scored by"
    assert "migrate" in capsys.readouterr().err


ANOTHER_LEVEL = (
    ('version = "1"', 'version = "2"'),
    (
        'levels = [{ en = "Nobody", zh = "无人负责" }, ',
        'levels = [{ en = "Nobody", zh = "无人负责" }, { en = "?", zh = "？" }, ',
    ),
)


@pytest.mark.parametrize("changes", [OTHER_UNIT, ANOTHER_LEVEL], ids=["unit", "level"])
def test_answers_that_the_present_edition_would_misread_are_read_by_their_own(
    changes: tuple[tuple[str, str], ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """Their values are possible here too, and would be 2 ‰, or another level: every face reads what was meant."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    kept = next_edition_of(root, *changes)
    small_answers(Path("a.toml"), words=TYPED)
    asked = "share" if changes is OTHER_UNIT else "plan"
    for words in (
        ["score", "a.toml", "--json"],
        ["explain", "a.toml", asked],
        ["plan", "a.toml", "--budget", "4"],
        ["report", "a.toml", "--to", "text", "-o", "-", "--date", "2026-03-02"],
        ["export", "a.toml", "--to", "json", "-o", "-"],
        ["compare", "a.toml", "a.toml"],
    ):
        said = []
        for there in (kept, root):
            assert main([*words, "--lang", "en", "--content", str(there)]) == 0, words
            found = capsys.readouterr()
            said.append(found.out)
        assert said[0] == said[1], words
        assert words[0] == "compare" or "scored by edition 1 of the questionnaire" in found.err
    with pytest.warns(nq.NotAsWritten, match="scored by edition 1"):
        assert nq.load("a.toml", content=root).instrument.questionnaire.version == "1"
    for words in (["check", "a.toml"], ["score", "a.toml", "--questionnaire", str(root / "questionnaires/small.toml")]):
        assert main([*words, "--lang", "en", "--content", str(root)]) == 1
        found = capsys.readouterr()
        assert "was answered to edition 1 and would say something else here" in found.out + found.err


MORE = """[questions.extra]
dimension = "works"
kind = "number"
text = { en = "What is spent?", zh = "投入多少？" }
unit = "yuan"
range = [0, 100]
scale = [[0, 0], [100, 100]]
"""


TWICE = '{ en = "Done", zh = "已落实" }'


@pytest.mark.parametrize(
    ("added", "changed", "typed", "became"),
    [
        (
            ("[countermeasures.list]", f"{MORE}[countermeasures.list]"),
            ('"yuan"', '"1000 yuan"'),
            'extra.value = "5"',
            "0.005",
        ),
        ((TWICE, f'{TWICE}, {{ en = "Twice", zh = "两次" }}'), ANOTHER_LEVEL[1], "plan.value = 3", "4"),
    ],
    ids=["question", "level"],
)
def test_what_only_an_edition_between_asked_is_read_by_that(
    added: tuple[str, str],
    changed: tuple[str, str],
    typed: str,
    became: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """A file goes on to name the edition it was begun under: 5 yuan of a question added since are not thousands."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    book = root / "questionnaires" / "small.toml"
    edited(book, ('version = "1"', 'version = "1.0.0"'))
    for kept, version, change in (("1", "1.1.0", added), ("2", "2.0.0", changed)):
        for part in ("questionnaires", "weights"):
            shutil.copytree(root / part, root / "editions" / kept / part)
        edited(book, change)
        book.write_text(re.sub('version = "1[^"]*"', f'version = "{version}"', book.read_text("utf-8")), "utf-8")
    small_answers(Path("a.toml"), version="1.0.0", words=f"[answers]\n{typed}\n")
    there = ["--lang", "en", "--content", str(root)]
    for command in (["score", "a.toml"], ["check", "a.toml"], ["assess", "a.toml", "--plain"]):
        assert main([*command, *there]) == 1
        found = capsys.readouterr()
        assert "migrate" in found.out + found.err
        assert "answered to edition 1.1.0 and would" in found.out + found.err or command[0] == "assess"
    assert main(["migrate", "a.toml", "--write", *there]) == 0
    (answer,) = nq.load("a.toml", content=root).answers.answers.values()
    assert str(answer.value) == became


def test_answers_of_two_editions_in_one_file_are_to_be_taken_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One that states the present revision was given in the unit of now; beside one of before no edition reads both."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    next_edition_of(root, *OTHER_UNIT, *ANOTHER_LEVEL[1:])
    small_answers(Path("now.toml"), words="[answers]\nshare = { value = 20, revision = 2, year = 2025 }\n")
    small_answers(Path("both.toml"), words=f"{PLAN}share = {{ value = 2, revision = 2, year = 2025 }}\n")
    there = ["--lang", "en", "--content", str(root)]
    assert main(["explain", "now.toml", "share", *there]) == 0
    assert "20‰" in capsys.readouterr().out
    for words in (["score", "both.toml"], ["compare", "both.toml", "both.toml"]):
        assert main([*words, *there]) == 1
        assert "found again by its words: 2 is 3 now" in capsys.readouterr().err
    assert main(["migrate", "both.toml", "--write", *there]) == 0
    assert ("value = 2\n" in Path("both.toml").read_text("utf-8"), main(["score", "both.toml", *there])) == (True, 0)
    capsys.readouterr()
    assert (
        main(["migrate", "both.toml", "--questionnaire", str(root / "editions/1/questionnaires/small.toml"), *there])
        == 0
    )
    assert "questionnaire small 2 → 1, rubric baseline stays 1" in capsys.readouterr().out


def test_nothing_is_brought_into_a_file_whose_own_edition_would_misread_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Level 2 of a table of today is level 1 of the edition that the file names, though it has no answer to it yet."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    next_edition_of(root, ('version = "1"', 'version = "1.1"'), ANOTHER_LEVEL[1])
    small_answers(Path("a.toml"), words='[answers]\nreview.value = "none"\n')
    Path("now.csv").write_text("respondent,plan\nX,2\n", encoding="utf-8")
    there = ["--lang", "en", "--content", str(root)]
    into = ["import", "now.csv", "--into", "a.toml", "--questionnaire", "small", "--write", *there]
    assert main(into) == 1
    assert "nqpf-assess migrate a.toml" in capsys.readouterr().err
    assert "plan" not in Path("a.toml").read_text("utf-8")
    assert main(["migrate", "a.toml", "--write", *there]) == 0
    assert main(into) == 0
    assert main(["migrate", "a.toml", "--write", *there]) == 0
    assert nq.load("a.toml", content=root).answers.answers["plan"].value == 2


def test_what_was_answered_in_the_unit_of_now_is_not_compared_in_that_of_before(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """2 ‰ in a file that still names the edition of percents: as it is scored, not as 2 %."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    next_edition_of(root, *OTHER_UNIT)
    share = "[answers]\nshare = { value = 2, revision = 2, year = 2025 }\n"
    small_answers(Path("old.toml"), words=share)
    small_answers(Path("new.toml"), version="2", words=share)
    assert main(["compare", "old.toml", "new.toml", "--lang", "en", "--content", str(root)]) == 0
    assert re.search(r"Innovation +5\.0 +5\.0 +0\.0", capsys.readouterr().out)
    stated = ["--old-questionnaire", str(root / "editions/1/questionnaires/small.toml")]
    assert main(["compare", "old.toml", "new.toml", *stated, "--lang", "en", "--content", str(root)]) == 1
    assert "answered to revision 2 of the question, which is newer than 1 here" in capsys.readouterr().err
    small_answers(Path("old.toml"), words=share, rubric="nobody")
    assert main(["compare", "old.toml", "new.toml", *stated, "--lang", "en", "--content", str(root)]) == 1
    assert "nobody" in capsys.readouterr().err


def test_a_fact_of_now_is_not_read_by_the_edition_of_before(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """2 ‰ in a file that still names the edition of percents; and what is wrong with a file is told once."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    size = '[facts.size]\nkind = "number"\nunit = "%"\nrange = [0, 99]\ntext = { en = "x", zh = "x" }\n[facts.zone]'
    edited(root / "questionnaires" / "small.toml", ("[facts.zone]", size))
    unit = ('unit = "%"\nrange = [0, 99]', 'unit = "‰"\nrevision = 2\nrange = [0, 99]')
    next_edition_of(root, ('version = "1"', 'version = "2"'), unit)
    small_answers(Path("new.toml"), version="2")
    small_answers(Path("old.toml"), words=f"{PLAN}[facts]\nsize = {{ value = 20, revision = 2 }}\n")
    there = ["--lang", "en", "--content", str(root)]
    stated = ["--old-questionnaire", str(root / "editions/1/questionnaires/small.toml")]
    assert main(["compare", "old.toml", "new.toml", *stated, *there]) == 1
    assert "answered to revision 2 of the question, which is newer than 1 here" in capsys.readouterr().err
    small_answers(Path("old.toml"), words=f"{PLAN}[facts]\nsize.value = 20\n", rubric="nobody")
    assert main(["compare", "old.toml", "new.toml", *there]) == 1
    assert capsys.readouterr().err.count("would say something else here") == 1


def test_an_old_edition_that_is_named_reads_a_later_revision_that_says_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As where only the words of a question were made clearer."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    kept = next_edition_of(root, ('version = "1"', 'version = "2"'), ('unit = "%"\n', 'unit = "%"\nrevision = 2\n'))
    small_answers(Path("old.toml"), words="[answers]\nshare = { value = 2, revision = 2, year = 2025 }\n")
    small_answers(Path("new.toml"), version="2")
    stated = ["--old-questionnaire", str(kept / "questionnaires" / "small.toml")]
    assert main(["compare", "old.toml", "new.toml", *stated, "--content", str(root)]) == 0


def test_what_was_taken_back_to_an_edition_is_read_by_that(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """20 ‰ became 2 %, which the present edition, whose revision it was given to, would take for 2 ‰."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    kept = next_edition_of(root, *OTHER_UNIT) / "questionnaires" / "small.toml"
    small_answers(Path("a.toml"), version="2", words="[answers]\nshare = { value = 20, revision = 2, year = 2025 }\n")
    there = ["--lang", "en", "--content", str(root)]
    assert main(["migrate", "a.toml", "--questionnaire", str(kept), "--write", *there]) == 0
    capsys.readouterr()
    assert main(["explain", "a.toml", "share", *there]) == 0
    found = capsys.readouterr()
    assert ("2%" in found.out, "scored by edition 1 of the questionnaire" in found.err) == (True, True)


def test_a_table_leaves_out_what_its_edition_would_misread_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    raised = ('version = "1"', 'version = "1.1"')  # less than what it changes asks for
    next_edition_of(root, raised, *OTHER_UNIT[1:], *ANOTHER_LEVEL[1:])
    small_answers(Path("both.toml"), words=f"{PLAN}share = {{ value = 2, revision = 2, year = 2025 }}\n")
    assert main(["cohort", "collect", "both.toml", "-o", "t.csv", "--lang", "en", "--content", str(root)]) != 0
    assert "edition 1 of the questionnaire, not 1.1; first: nqpf-assess migrate both.toml" in capsys.readouterr().err


def test_of_content_that_changed_under_its_number_a_table_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    there = ["--lang", "en", "--content", str(root)]
    small_answers(Path("a.toml"), words=TYPED)
    digest = digest_of(nq.load("a.toml", content=root).instrument.questionnaire)
    edited(Path("a.toml"), ('version = "1" }', f'version = "1", digest = "{digest}" }}'))
    next_edition_of(root, *OTHER_UNIT[1:])
    collect = ["cohort", "collect", "a.toml", "-o", "t.csv", *there]
    capsys.readouterr()
    assert main(collect) != 0
    told = capsys.readouterr().err
    assert "edition 1 of the questionnaire with other content; first: nqpf-assess migrate a.toml" in told
    assert main(["migrate", "a.toml", "--write", *there]) == 0
    assert main(collect) == 0


def test_of_an_edition_whose_words_were_corrected_since_it_is_said_how_it_becomes_the_files_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The copy that is kept is not what was answered, as far as can be known, and 2 % would be read as 2 ‰."""
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    small_answers(Path("a.toml"), words=TYPED)
    digest = digest_of(nq.load("a.toml", content=root).instrument.questionnaire)
    edited(Path("a.toml"), ('version = "1" }', f'version = "1", digest = "{digest}" }}'))
    kept = next_edition_of(root, *OTHER_UNIT) / "questionnaires" / "small.toml"
    there = ["--lang", "en", "--content", str(root)]
    assert main(["score", "a.toml", *there]) == 0
    assert "scored by edition 1" in capsys.readouterr().err
    edited(kept, ("How is it steered?", "How is it led?"))
    given = ["migrate", "a.toml", "--old-questionnaire", str(kept), *there]
    for words, status in ((["score", "a.toml", *there], 0), (given, 1)):
        assert main(words) == status
        told = " ".join(capsys.readouterr().err.split())
        assert "If only words were corrected since, take the digest out of the file’s line “questionnaire”" in told
    edited(Path("a.toml"), (f', digest = "{digest}"', ""))
    assert main(["score", "a.toml", *there]) == 0
    assert "scored by edition 1" in capsys.readouterr().err
    assert main(given) == 0
    assert "2% → 20‰" in capsys.readouterr().out


def test_a_table_of_an_earlier_edition_says_how_a_file_of_the_present_one_gets_into_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """To take it over to the present edition, to which it belongs, changed nothing."""
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    root = write_content(tmp_path / "content")
    earlier = next_edition_of(root, *OTHER_UNIT) / "questionnaires" / "small.toml"
    small_answers(Path("a.toml"), version="2", words=TYPED.replace("value = 2,", "value = 20,"))
    there = ["--questionnaire", str(earlier), "--lang", "en", "--content", str(root)]
    assert main(["cohort", "collect", "a.toml", "-o", "t.csv", *there]) != 0
    assert f"first: nqpf-assess migrate a.toml --questionnaire {earlier}" in capsys.readouterr().err
    assert main(["migrate", "a.toml", "--write", *there]) == 0
    assert main(["cohort", "collect", "a.toml", "-o", "t.csv", *there]) == 0


def test_answers_to_another_edition_are_announced_when_they_are_collected(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    shutil.copy(OLD, "old.toml")
    edited(Path("old.toml"), ('version = "2027.1.0"', 'version = "2027.0.9"'))
    for strict in ([], ["--strict"]):
        assert main(["cohort", "collect", "old.toml", "-o", "t.csv", "--lang", "en", *strict]) == 0
        assert "edition_differs" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "version", "spoilt", "before"),
    [
        ("score", "1", "questionnaires/small.toml", "\n[questions.plan]"),
        ("score", "2", "questionnaires/small.toml", "\n[questions.plan]"),
        ("score", "1", "weights/small/baseline.toml", "\n[weights]"),
        ("score", "2", "weights/small/baseline.toml", "\n[weights]"),
        ("compare", "1", "questionnaires/small.toml", "\n[questions.plan]"),
        ("compare", "2", "questionnaires/small.toml", "\n[questions.plan]"),
        ("compare", "1", "weights/small/baseline.toml", "\n[weights]"),
    ],
)
def test_a_mistake_in_content_at_hand_does_not_make_room_for_another_copy_of_it(
    command: str,
    version: str,
    spoilt: str,
    before: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """Nor for the edition before; with a file copied beside it the figures would be those of other weights."""
    monkeypatch.chdir(tmp_path)
    mine, others = write_content(tmp_path / "mine"), write_content(tmp_path / "others")
    asked = mine / "questionnaires" / "small.toml"
    edited(asked, ('version = "1"', f'version = "{version}"'))
    small_answers(tmp_path / "a.toml")
    words = [command, *["a.toml"] * (2 if command == "compare" else 1), "--lang", "en"]
    words += ["--content", str(mine), "--content", str(others)]
    assert main(words) == 0, capsys.readouterr().err
    edited(mine / spoilt, (before, f"{before}\nkint = 1"))
    assert main(words) == 1
    told = capsys.readouterr().err
    assert ("kint" in told, "scored by edition" in told) == (True, False)
    edited(tmp_path / "a.toml", ('id = "baseline"', 'id = "hills"'))  # a profile on it
    assert main(words) == 1


def test_a_profile_of_ones_own_that_fits_the_edition_of_a_file_alone_scores_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A question that it weighs was dropped since, though the present edition takes all answers: that is no mistake."""
    monkeypatch.chdir(tmp_path)
    old, new = write_content(tmp_path / "old"), write_content(tmp_path / "new")
    book = new / "questionnaires/small.toml"
    words = re.sub(r"\bshare\b", "part", book.read_text(encoding="utf-8")).replace('version = "1"', 'version = "2"')
    book.write_text(words, encoding="utf-8")
    profile = 'format = "nqpf-weights/1"\nid = "mine"\nquestionnaire = "small"\nbased_on = "baseline"\nversion = "1"\n'
    profile += 'name = { en = "Mine", zh = "本地" }\n'
    profile += '[[adjust]]\nnode = "share"\nfactor = 2\nwhy = { en = "x", zh = "x" }\n'
    (new / "weights/small/mine.toml").write_text(profile, encoding="utf-8")
    small_answers(Path("a.toml"), rubric="mine")
    assert main(["score", "a.toml", "--content", str(new), "--content", str(old), "--lang", "en"]) == 0
    assert "scored by edition 1" in capsys.readouterr().err


@pytest.mark.parametrize("stated", [[], ["--weights", "baseline"]])
def test_a_rubric_that_lies_apart_from_the_questionnaire_is_compared_by_as_it_is_scored_by(
    stated: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One's own rubric in the folder, the questionnaire the program's, no digest in the file."""
    monkeypatch.chdir(tmp_path)
    mine, others = write_content(tmp_path / "mine"), write_content(tmp_path / "others")
    shutil.rmtree(mine / "questionnaires")
    edited(mine / "weights/small/baseline.toml", ("\n[weights]", "\n[weights]\nplan = 9"))
    words = f'{PLAN}review.value = "outside"\nshare.value = 0\n'
    small_answers(Path("a.toml"), words=words)
    there = [*stated, "--json", "--content", str(mine), "--content", str(others)]
    assert main(["score", "a.toml", *there]) == 0
    scored = json.loads(capsys.readouterr().out)["overall"]
    assert main(["compare", "a.toml", "a.toml", *there]) == 0
    assert json.loads(capsys.readouterr().out)["overall"]["before"] == scored["score"]


def test_an_old_file_is_read_by_the_rubric_that_lies_with_its_questionnaire(run: Run, tmp_path: Path) -> None:
    """Last year's score is worked out by its own baseline, though the profile kept its version since."""
    asked = """format = "nqpf-questionnaire/1"
id = "one"
version = "{version}"
subject = "firm"
languages = ["en"]
title.en = "One"
[pillars]
a = {{ title.en = "A" }}
b = {{ title.en = "B" }}
[dimensions]
c = {{ pillar = "a", title.en = "C" }}
d = {{ pillar = "b", title.en = "D" }}
[questions]
p = {{ dimension = "c", kind = "level", text.en = "P?", levels = [{{ en = "no" }}, {{ en = "yes" }}] }}
q = {{ dimension = "d", kind = "level", text.en = "Q?", levels = [{{ en = "no" }}, {{ en = "yes" }}] }}
"""
    head = 'format = "nqpf-weights/1"\nquestionnaire = "one"\nname.en = "R"\nversion = "1.0.0"\n'
    for root, version, weight in ((tmp_path, "2.0.0", 1), (tmp_path / "editions" / "1", "1.0.0", 3)):
        (root / "questionnaires").mkdir(parents=True)
        (root / "weights" / "one").mkdir(parents=True)
        (root / "questionnaires" / "one.toml").write_text(asked.format(version=version), encoding="utf-8")
        (root / "weights" / "one" / "base.toml").write_text(f'{head}id = "base"\n[weights]\na = {weight}\n', "utf-8")
        (root / "weights" / "one" / "own.toml").write_text(f'{head}id = "own"\nbased_on = "base"\n', encoding="utf-8")
        answers = f'format = "nqpf-answers/1"\nquestionnaire = {{ id = "one", version = "{version}" }}\n'
        answers += 'weights = { id = "own", version = "1.0.0" }\n[answers]\np.value = 1\nq.value = 0\n'
        (tmp_path / f"{version}.toml").write_text(answers, encoding="utf-8")
    row = json.loads(run("compare", "1.0.0.toml", "2.0.0.toml", "--json").stdout)
    assert (row["overall"]["before"], row["overall"]["after"]) == (75, 50)
    told = run("compare", "2.0.0.toml", "1.0.0.toml", "--lang", "en").stderr  # `score` has 50 for the second
    assert told.count("compared by the edition that it names") == told.count("the one at hand is") == 1
    # Of a profile whose edition before is kept nowhere, what is at hand is compared.
    own = tmp_path / "weights" / "one" / "own.toml"
    own.write_text(head.replace("1.0.0", "1.0.1") + 'id = "own"\nbased_on = "base"\n', encoding="utf-8")
    kept = (tmp_path / "editions").rename(tmp_path / "away")
    raised = run("compare", "2.0.0.toml", "2.0.0.toml", "--lang", "en")
    assert "is read here under 1.0.1" in raised.stdout
    assert "compared by the edition" not in raised.stderr
    kept.rename(tmp_path / "editions")
    # A profile that the new edition lacks is found with the old one, and the two are compared.
    own.unlink()
    edited(tmp_path / "2.0.0.toml", ('id = "own"', 'id = "base"'))
    row = json.loads(run("compare", "1.0.0.toml", "2.0.0.toml", "--json").stdout)
    assert (row["overall"]["before"], row["overall"]["after"], row["not_told"]) == (75, 50, [])
    done = run("score", "1.0.0.toml", "--json")
    assert json.loads(done.stdout)["overall"]["score"] == 75
    assert "scored by edition 1.0.0 of the questionnaire" in done.stderr
    # One's own, which lies in the workspace alone, is read on the base that lies with the old edition.
    (tmp_path / "editions" / "1" / "weights" / "one" / "own.toml").rename(tmp_path / "weights" / "one" / "own.toml")
    data = tmp_path / "data" / "weights" / "one"
    data.mkdir(parents=True)
    beside, words = tmp_path / "weights" / "one", ["compare", "1.0.0.toml", "1.0.0.toml", "--content", tmp_path]
    words += ["--content", tmp_path / "data"]
    assert json.loads(run(*words, "--json").stdout)["overall"]["before"] == 50  # but for what lies beside it and fits
    (beside / "base.toml").rename(data / "base.toml")
    assert json.loads(run(*words, "--json").stdout)["overall"]["before"] == 75
    unfit = f'{head}id = "base"\n[weights]\ngone_since = 1\n'
    for present in (data, beside):
        (present / "base.toml").write_text(unfit, encoding="utf-8")
        assert json.loads(run(*words, "--json").stdout)["overall"]["before"] == 75
    edited(tmp_path / "weights" / "one" / "own.toml", ('version = "1.0.0"', 'version = "1.1.0"'))
    told = run(*words).stdout  # one of another version too, which is told
    assert ("score 75.0" in told, "rubric own 1.0.0; it is read here under 1.1.0" in told) == (True, True), told
    edited(tmp_path / "questionnaires" / "one.toml", ("p = {", "r = {"))
    told = run("score", "1.0.0.toml", "--lang", "en", *words[3:]).stderr
    assert "scored by edition 1.0.0 of the questionnaire" in told
    assert "answered to edition 1.0.0 of “own”; the one at hand is 1.1.0" in told
    edited(tmp_path / "1.0.0.toml", ('id = "own"', 'id = "base"'))
    old = tmp_path / "editions" / "1" / "questionnaires" / "one.toml"
    for more in ([], ["--questionnaire", old]):  # stated by hand as well
        told = run("score", "1.0.0.toml", "--json", "--weights", "own", *words[3:], *more).stdout
        assert json.loads(told)["overall"]["score"] == 75
    # A share in the file that is no number is told with its line.
    edited(tmp_path / "1.0.0.toml", ('version = "1.0.0" }\n[ans', 'version = "1.0.0", with = { own = "0.4" } }\n[ans'))
    assert "1.0.0.toml:3:60: error wrong_type" in run("score", "1.0.0.toml", *words[3:]).stderr


@pytest.mark.parametrize("command", [["score"], ["plan", "--budget", "3"], ["report", "--to", "text"]])
def test_beside_what_an_edition_has_no_more_stands_that_it_is_another(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Told alone that there is no countermeasure “gone”, people would strike out what `migrate` keeps."""
    monkeypatch.chdir(tmp_path)
    write_content(tmp_path)
    small_answers(Path("a.toml"), version="0.9", words='[plan]\nchosen = ["gone"]\n')
    assert main([*command, "a.toml", "--lang", "en"]) == 1
    told = capsys.readouterr().err
    assert "no countermeasure “gone”" in told
    assert "“migrate” shows" in told


def test_an_edition_that_is_named_is_scored_by_the_rubrics_kept_with_it(run: Run, tmp_path: Path) -> None:
    """Last year's files are read by their own weights, and not refused for faults of this year's."""
    (tmp_path / "answers").mkdir()
    old = tmp_path / "answers" / "anhe.toml"
    old.write_text(
        'format = "nqpf-answers/1"\nquestionnaire = { id = "region", version = "2026.1.0" }\n'
        'weights = { id = "ecological", version = "2026.1.0" }\n[subject]\nname = "Anhe"\nperiod = "2025"\n'
        '[facts]\nzone = { value = "ecological" }\nstructure = { value = "mixed" }\n'
        '[answers.polluter_disclosure]\nvalue = "yes"\n[answers.doctors_per_1000]\nvalue = "2.5"\n',
        encoding="utf-8",
    )
    named = ("--questionnaire", REPOSITORY / "editions" / "2026.1.0" / "questionnaires" / "region")
    alone = json.loads(run("score", old, "--json").stdout)
    done = run("score", old, "--json", *named)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == alone
    assert alone["weights"]["version"] == "2026.1.0"
    assert "1 file read: 0 errors" in run("check", old, *named).stderr
    (tmp_path / "another.toml").write_text(old.read_text(encoding="utf-8").replace('"2.5"', '"2.7"'), encoding="utf-8")
    done = run("merge", old, "another.toml", "-o", "merged.toml", *named)
    assert (done.returncode, "error" in done.stderr) == (0, False)
    assert json.loads(run("score", "merged.toml", "--json").stdout)["weights"] == alone["weights"]
    done = run("cohort", "collect", old.parent, "-o", "table.csv", *named)
    assert (done.returncode, done.stderr) == (0, "1 row; no problems\n")
    rubrics = ("--weights", REPOSITORY / "editions" / "2026.1.0" / "weights" / "region")
    for way, more in (("own", ()), ("stated", rubrics)):
        done = run("cohort", "score", "table.csv", "-o", f"{way}.csv", *named, *more)
        assert done.returncode == 0
        assert "errors" not in done.stderr
    assert (tmp_path / "own.csv").read_bytes() == (tmp_path / "stated.csv").read_bytes()


def test_content_that_changed_under_its_number_is_not_called_another_edition(run: Run, tmp_path: Path) -> None:
    """What was answered to the shipped content keeps its figures; “edition 2027.1.0, not 2027.1.0” says nothing."""
    for kind in ("questionnaires", "weights"):
        shutil.copytree(REPOSITORY / kind / "region", tmp_path / kind / "region")
    file = tmp_path / "a.toml"
    assert run("new", file, "--as", "region").returncode == 0
    with file.open("a", encoding="utf-8") as written:
        written.write('\n[answers.rd_intensity]\nvalue = "3.41"\n')
    asked = tmp_path / "questionnaires" / "region" / "10-innovation.toml"
    words = asked.read_text(encoding="utf-8")
    before, named, behind = words.partition("[questions.rd_intensity]")
    asked.write_text(before + named + behind.replace('"%"', '"‰"', 1).replace("[0, 15]", "[0, 150]", 1), "utf-8")
    told = " ".join(run("score", file, "--lang", "en", "--content", tmp_path).stderr.split())
    assert "scored by edition 2027.1.0 of the questionnaire as it was when answered" in told
    assert "the present edition is" not in told
