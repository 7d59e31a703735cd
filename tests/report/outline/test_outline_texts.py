"""The report's own sentences: both languages name the same values and figures, and neither is mixed into the other."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from nqpf_assess import report
from nqpf_assess.locale import Message
from nqpf_assess.locale.zh.grammar import ordinal

PLACEHOLDER = re.compile(r"\{([^}]*)\}")
ALWAYS = re.compile(r"^(place|Place|units?|conditions|Conditions|facts_word|scheme|Scheme|tailoring)$")
"""Names that only fit words into one language's sentence."""

HAN = re.compile(r"[\u4e00-\u9fff]")
ROOT = Path(report.__path__[0])


def messages(file: Path) -> Iterator[Message]:
    """Every message that a module marks for translation."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "_c"):
            *context, key = (argument.value for argument in node.args if isinstance(argument, ast.Constant))
            yield Message(key, context="".join(context))


FOUND = {
    (message.context, message.key): (f"{file.stem}: {message.key[:40]}", message)
    for file in sorted(ROOT.rglob("*.py"))
    for message in messages(file)
}
PAIRS = list(FOUND.values())


def test_there_are_many() -> None:
    assert len(PAIRS) > 250


@pytest.mark.parametrize(("name", "pair"), PAIRS, ids=[name for name, _ in PAIRS])
def test_both_languages_name_the_same_values(name: str, pair: Message) -> None:
    """The same placeholders as often, and the same digits; figures can then not differ between the languages."""

    def named(language: str) -> Counter[str]:
        return Counter(found for found in PLACEHOLDER.findall(pair[language]) if not ALWAYS.match(found))

    def digits(language: str) -> Counter[str]:
        return Counter(re.findall(r"\d+", PLACEHOLDER.sub("", pair[language])))

    assert named("en") == named("zh")
    assert digits("en") == digits("zh")


@pytest.mark.parametrize(("name", "pair"), PAIRS, ids=[name for name, _ in PAIRS])
def test_no_language_is_mixed_into_the_other(name: str, pair: Message) -> None:
    """English without Han, Chinese without English sentences."""
    assert not HAN.search(pair["en"])
    assert not re.search(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", PLACEHOLDER.sub("", pair["zh"]))


def test_chinese_ordinals() -> None:
    """一 to 九十九, as headings number themselves."""
    assert [ordinal(n) for n in (1, 9, 10, 11, 19, 20, 21, 35, 99)] == [
        "一", "九", "十", "十一", "十九", "二十", "二十一", "三十五", "九十九",
    ]  # fmt: skip
