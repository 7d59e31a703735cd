"""Every mistake `check` knows has an example, and is told as the file beside it says, in both languages."""

import json
import re
from pathlib import Path

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.files import places
from nqpf_assess.files.rules.catalogue import catalogue
from nqpf_assess.files.schema_nodes import schema_of
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import Problem
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from tests.files.examples import EXAMPLES, FOLDER, SOUND, code_of, expected, problems_of, refusing
from tests.support.scored import every_other

LANGUAGES = ("en", "zh")


@pytest.fixture(autouse=True)
def among_the_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)


def told(problems: tuple[Problem, ...], language: str) -> str:
    return "".join(problem.told(language) + "\n" for problem in problems)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_told_as_expected(example: str, language: str) -> None:
    """Places, codes, words and hints are exactly those of the file beside the example."""
    assert told(problems_of(example), language) == expected(example, language)


@pytest.mark.parametrize("example", every_other(EXAMPLES))
def test_the_command_line_says_the_same(
    example: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In both languages and as rows for machines; the status is 1 where there is an error, else 0."""
    monkeypatch.setenv(places.DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setattr(places, "shipped", lambda: tmp_path / "shipped")
    folders = (SOUND, Path(), tmp_path / "data", tmp_path / "shipped")

    def printed(mark: str) -> str:
        words = capsys.readouterr().out
        for inside in ("", "weights/small"):
            words = words.replace(mark.join(str(folder / inside) for folder in folders), str(SOUND / inside))
        return words

    rows = [problem.as_row("zh") for problem in problems_of(example)]
    with refusing():
        for language, mark in (("en", ", "), ("zh", "、")):
            status = run(["--content", str(SOUND), "--lang", language, "check", example])
            assert printed(mark) == expected(example, language)
            assert status == any(row["severity"] == "error" for row in rows)
        run(["--content", str(SOUND), "--lang", "zh", "check", "--json", example])
    assert json.loads(printed("、")) == rows


def test_every_code_has_an_example() -> None:
    """And every example shows the code it is named by."""
    shown = {example: {problem.code for problem in problems_of(example)} for example in EXAMPLES}
    assert [example for example, codes in shown.items() if code_of(example) not in codes] == []
    assert {code_of(example) for example in EXAMPLES} == set(catalogue())
    assert len(EXAMPLES) >= len(catalogue()) > 70


def test_the_sound_instruments_have_no_mistake() -> None:
    """What the examples refer to gives no problem of its own, nor a notice; one is not called by its id on purpose."""
    found = [(Path(problem.source).name, problem.code) for problem in problems_of(str(SOUND))]
    assert found == [("sibling.toml", "place_differs")]


KEYS = {
    key
    for model in (Questionnaire, Weights, Answers)
    for node in (schema_of(model), *schema_of(model)["$defs"].values())
    for key in node.get("properties", {})
}
NAMES = {
    "later",
    "TOML",
    "UTF",
    "Windows",
    "GBK",
    "toml",
    "true",
    "false",
    "nan",
    "inf",
    "nqpf",
    "assess",
    "ahp",
    "questionnaire",
    "content",
    "migrate",
    "multi",
    "now",
    "goal",
    "facts",
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_chinese_is_whole(example: str) -> None:
    """No English stands in a Chinese message or hint but keys, ids and what the file itself says."""
    path = FOLDER / example
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    written = " ".join(file.read_bytes().decode(errors="replace") for file in files)
    written += " ".join(str(file.relative_to(FOLDER)) for file in files)  # the folders above say what they like
    for problem in problems_of(example):
        for words in (problem.message["zh"], problem.hint["zh"]):
            assert re.search("[\u4e00-\u9fff]", words), words
            latin = set(re.findall("[A-Za-z]{3,}", words))
            assert {word for word in latin if word not in written and not _known(word)} == set(), words


def _known(word: str) -> bool:
    return word in NAMES or any(word in key.split("_") or word == key for key in KEYS) or _in_sound(word)


def _in_sound(word: str) -> bool:
    """Ids of the instruments the examples refer to are listed in some hints."""
    files = SOUND.rglob("*.toml")
    return any(
        word in str(file.relative_to(SOUND.parent)) or word in file.read_text(encoding="utf-8") for file in files
    )
