"""Every code is taught with a wrong and a right example; put in its place, the right one mends the file."""

from pathlib import Path

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.files.checking import check
from nqpf_assess.files.lessons import _entries, lesson
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.files.rules.catalogue import catalogue
from tests.files.examples import FOLDER, SOUND

UNPROVEN = {
    "encoding",
    "missing_file",
    "unreadable",
    "too_deep",
    "other_format",
    "base_cycle",
    "empty_folder",
    "passed_over",
    "place_differs",
    "copied_file",
    "repeated_head",
    "id_differs",
}
"""Codes of whole files or folders, whose examples say in words what a snippet cannot show."""

ELSEWHERE = {"id_differs", "empty_group", "unknown_reference", "comparison_idle", "judgement_unfollowed"}
"""What a right example may still lack in the file it is put into: the fact it speaks of, the name of the copy."""


def test_every_code_is_taught() -> None:
    assert list(_entries()) == list(catalogue())


@pytest.mark.parametrize("code", sorted(set(catalogue()) - UNPROVEN))
def test_the_right_example_mends_the_wrong_one(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    words = (FOLDER / f"{code}.toml").read_text(encoding="utf-8")
    wrong, right = (part["en"].rstrip("\n") for part in (lesson(code).wrong, lesson(code).right))
    assert wrong in words
    mended = tmp_path / f"{code}.toml"
    mended.write_text(words.replace(wrong, right), encoding="utf-8")
    library = Library((Root("content", SOUND),))
    before, after = ([problem.code for problem in check(library, [file])] for file in (FOLDER / f"{code}.toml", mended))
    assert after.count(code) < before.count(code)
    assert set(after) <= set(before) | ELSEWHERE


def test_the_number_of_an_edition_is_not_taught_to_be_raised_by_hand() -> None:
    """Answers would be read in the units of the newer one, and nothing would tell."""
    assert all("migrate" in words for words in lesson("edition_differs").right.values())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_lesson_as_it_is_printed(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", language, "check", "--explain", "range_disorder"]) == 0
    said = capsys.readouterr().out
    assert "    range = [15, 0]\n" in said
    assert "    range = [0, 15]\n" in said
    assert ("Wrong:" in said) == (language == "en")
    assert ("错误写法：" in said) == (language == "zh")


def test_an_unknown_code_offers_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "check", "--explain", "range_disordr"]) == 2
    assert "range_disorder" in capsys.readouterr().err


def test_nothing_to_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "zh", "check"]) == 2
    assert "缺少 PATH" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_braces_stand_for_is_said_where_there_are_some(language: str) -> None:
    said = {"en": "Words in braces stand for what the file says.", "zh": "花括号中的词代表文件中的内容。"}[language]
    assert lesson("unknown_key").lines(language)[3] == said
    assert said not in lesson("encoding").lines(language)
