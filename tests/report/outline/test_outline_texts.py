"""The report's own sentences: both languages name the same values and figures, and neither is mixed into the other."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from nqpf_assess.locale import Message
from nqpf_assess.locale.zh.grammar import ordinal

PLACEHOLDER = re.compile(r"\{([^}]*)\}")
ALWAYS = re.compile(r"^(place|Place|units?|conditions|Conditions|facts_word|scheme|Scheme|tailoring)$")
"""Names that only fit words into one language's sentence."""

HAN = re.compile(r"[\u4e00-\u9fff]")
ROOT = Path(import_module("nqpf_assess.report").__path__[0])


def messages(file: Path) -> Iterator[Message]:
    """Every message that a module marks for translation."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "_c"):
            *context, key = (argument.value for argument in node.args if isinstance(argument, ast.Constant))
            yield Message(key, context="".join(context))


@cache
def pairs() -> list[tuple[str, Message]]:
    """Every message of the report with its module: looked for when a test runs, since it means parsing all modules."""
    found = {
        (message.context, message.key): (f"{file.stem}: {message.key[:40]}", message)
        for file in sorted(ROOT.rglob("*.py"))
        for message in messages(file)
    }
    return list(found.values())


def test_there_are_many() -> None:
    assert len(pairs()) > 250


def named(words: str) -> Counter[str]:
    return Counter(found for found in PLACEHOLDER.findall(words) if not ALWAYS.match(found))


def digits(words: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", PLACEHOLDER.sub("", words)))


def test_both_languages_name_the_same_values() -> None:
    """The same placeholders as often, and the same digits; figures can then not differ between the languages."""
    assert [name for name, pair in pairs() if named(pair["en"]) != named(pair["zh"])] == []
    assert [name for name, pair in pairs() if digits(pair["en"]) != digits(pair["zh"])] == []


def test_no_language_is_mixed_into_the_other() -> None:
    """English without Han, Chinese without English sentences."""
    english = re.compile(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+")
    assert [name for name, pair in pairs() if HAN.search(pair["en"])] == []
    assert [name for name, pair in pairs() if english.search(PLACEHOLDER.sub("", pair["zh"]))] == []


def test_chinese_ordinals() -> None:
    """一 to 九十九, as headings number themselves."""
    assert [ordinal(n) for n in (1, 9, 10, 11, 19, 20, 21, 35, 99)] == [
        "一", "九", "十", "十一", "十九", "二十", "二十一", "三十五", "九十九",
    ]  # fmt: skip
