"""The guide for rubric writers, followed to the letter in both languages: every file is sound, every command works."""

import re
import shlex
from pathlib import Path

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.files.library import Library
from tests.support.scored import every_other

pytestmark = pytest.mark.long

GUIDE = Path(__file__).parents[2] / "docs" / "rubrics.md"
BLOCK = re.compile(r"```(sh|toml|csv)\n(.*?)```", re.DOTALL)
ENGLISH, _, REST = GUIDE.read_text(encoding="utf-8").partition("\n## 中文\n")
PARTS = {"en": ENGLISH, "zh": REST.partition("\n## Checking")[0]}
FILES = {
    path: body
    for kind, block in BLOCK.findall(ENGLISH)
    if kind != "sh"
    for path, body in [(block.partition("\n")[0].partition(": ")[2], block.partition("\n")[2])]
}


def put(block: str) -> None:
    """Write a file of the guide, or add to one that is there."""
    head = block.partition("\n")[0]
    how, _, path = head.removeprefix("# ").partition(": ")
    added = Path(path).is_file()
    assert how in ("same as", "add to" if added else "file"), head
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(("\n" if added else "") + FILES[path])


def words(line: str) -> list[str]:
    """Take a command line apart as a shell does."""
    found: list[str] = []
    for word in shlex.split(line):
        found += sorted(map(str, Path().glob(word))) if "*" in word else [word]
    return found


def test_both_languages_show_the_same_commands_and_files() -> None:
    """But for the language that is asked for, in what form it is printed, and the reader's own words."""
    english, chinese = (
        [
            shlex.split(line.removesuffix(" --lang zh"))
            for kind, block in BLOCK.findall(part)
            for line in block.strip().split("\n")
            if kind == "sh"
        ]
        for part in PARTS.values()
    )
    both = [pair for lines in zip(english, chinese, strict=True) for pair in zip(*lines, strict=True)]
    assert [pair for pair in both if pair[0] != pair[1]] == [
        ("form.pdf", "form.docx"),
        ("--why-en", "--why-zh"),
        ("A duty of border regions only", "仅沿边地区承担"),
    ]
    english, chinese = (
        [block.partition("\n")[0].partition(": ")[2] for kind, block in BLOCK.findall(part) if kind != "sh"]
        for part in PARTS.values()
    )
    assert english == chinese


@pytest.mark.parametrize("language", every_other(list(PARTS)))
def test_the_guide_can_be_followed(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path / "data"))
    done = 0
    for kind, block in BLOCK.findall(PARTS[language]):
        if kind != "sh":
            put(block)
            continue
        for line in block.strip().split("\n"):
            name, *arguments = words(line)
            if name == "cd":
                monkeypatch.chdir(tmp_path / arguments[0])
                continue
            assert name == "nqpf-assess"
            assert run(arguments) == 0, line
            done += 1
    assert done >= 15
    library = Library()
    book = library.questionnaire("region")
    assert book is not None
    assert book.path.resolve() == Path("questionnaires/region").resolve()
    assert {"port_processing", "market_for_residents"} <= set(book.value.questions)
    profiles = {rubric.chain[-1].id: rubric for rubric in library.profiles(book)}
    assert [change.node for change in profiles["border_trade_town"].chain[-1].adjust] == [
        "border_trade",
        "core_technology",
    ]
    assert profiles["border_trade_town"].chain[0].weights["border_trade"] == 10
    assert profiles["judged"].chain[-1].judgements
