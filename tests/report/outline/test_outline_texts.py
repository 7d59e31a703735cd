"""The report's own sentences: both languages name the same values and figures, and neither is mixed into the other."""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from nqpf_assess.locale.zh.grammar import ordinal
from nqpf_assess.report import figures, outline, wording

PLACEHOLDER = re.compile(r"\{([^}]*)\}")
ALWAYS = re.compile(r"^(place|Place|units?|conditions|Conditions|facts_word|scheme|Scheme|tailoring)$")
"""Names that only fit words into one language's sentence."""

HAN = re.compile(r"[\u4e00-\u9fff]")
MODULES = (
    *(importlib.import_module(f"{outline.__name__}.{found.name}") for found in pkgutil.iter_modules(outline.__path__)),
    wording,
    figures,
)


def texts(value: Any) -> Iterator[Mapping[str, str]]:
    if isinstance(value, Mapping):
        if {"en", "zh"} <= value.keys() and isinstance(value["en"], str):
            yield value
        else:
            for part in value.values():
                yield from texts(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts(part)


FOUND = {
    id(pair): (f"{module.__name__.rpartition('.')[2]}.{name}", pair)
    for module in MODULES
    for name, value in vars(module).items()
    if name.isupper() and name not in ("SERIES", "SEPARATOR", "LAST")
    for pair in texts(value)
}
PAIRS = list(FOUND.values())


def test_there_are_many() -> None:
    assert len(PAIRS) > 250


@pytest.mark.parametrize(("name", "pair"), PAIRS, ids=[name for name, _ in PAIRS])
def test_both_languages_name_the_same_values(name: str, pair: Mapping[str, str]) -> None:
    """The same placeholders as often, and the same digits; figures can then not differ between the languages."""

    def named(language: str) -> Counter[str]:
        return Counter(found for found in PLACEHOLDER.findall(pair[language]) if not ALWAYS.match(found))

    def digits(language: str) -> Counter[str]:
        return Counter(re.findall(r"\d+", PLACEHOLDER.sub("", pair[language])))

    assert named("en") == named("zh")
    assert digits("en") == digits("zh")


@pytest.mark.parametrize(("name", "pair"), PAIRS, ids=[name for name, _ in PAIRS])
def test_no_language_is_mixed_into_the_other(name: str, pair: Mapping[str, str]) -> None:
    """English without Han, Chinese without English sentences."""
    assert not HAN.search(pair["en"])
    assert not re.search(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", PLACEHOLDER.sub("", pair["zh"]))


def test_chinese_ordinals() -> None:
    """一 to 九十九, as headings number themselves."""
    assert [ordinal(n) for n in (1, 9, 10, 11, 19, 20, 21, 35, 99)] == [
        "一", "九", "十", "十一", "十九", "二十", "二十一", "三十五", "九十九",
    ]  # fmt: skip
