"""The pages on the method agree with the code: their examples are run, and both languages have the same ones."""

import doctest
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("method.md", "method.zh.md")


def examples(page: str) -> list[str]:
    words = (DOCS / page).read_text(encoding="utf-8")
    return [re.sub(r"\s+#.*", "", example.source.strip()) + example.want for example in _parsed(words)]


def _parsed(words: str) -> list[doctest.Example]:
    return doctest.DocTestParser().get_examples(words)


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_the_page_hold(page: str) -> None:
    found = doctest.testfile(str(DOCS / page), module_relative=False, encoding="utf-8")
    assert found.attempted >= 40
    assert found.failed == 0


def test_both_languages_show_the_same_examples_and_sections() -> None:
    assert examples(PAGES[0]) == examples(PAGES[1])
    heads = [re.findall(r"^## (?:(\d)\.)?", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE) for page in PAGES]
    assert heads[0] == heads[1]
