"""Where lines of Chinese and English end, what may be shown, and how wide it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from nqpf_assess.files.library import Library
from nqpf_assess.tui.drawing.cells import cut, pad, shown, width
from nqpf_assess.tui.drawing.rows import Part, Row, fitted
from nqpf_assess.typography.cells import wrap
from nqpf_assess.typography.linebreak import CLOSING, OPENING

MIXED = st.text(st.sampled_from("县级市的GDP每万人，。、；：！？（）“”《》—…2.31%abc [](),"), max_size=120)
ANY = st.text(st.characters(codec="utf-8"), max_size=80)


def texts() -> list[str]:
    """Every text of the shipped questionnaires."""
    found: list[str] = []

    def gather(value: object) -> None:
        if isinstance(value, dict):
            for part in value.values():
                gather(part)
        elif isinstance(value, list):
            for part in value:
                gather(part)
        elif isinstance(value, str) and " " in value + " " and len(value) > 20:
            found.append(value)

    from nqpf_assess.model.base import canonical

    for name in ("region", "firm"):
        book = Library().questionnaire(name)
        assert book is not None
        gather(canonical(book.value))
    return found


def test_no_line_of_the_shipped_texts_breaks_a_rule_at_any_width() -> None:
    every = texts()
    assert len(every) > 1000
    for cells in (28, 40, 57, 74, 77, 114):
        for text in every:
            for line in wrap(text, cells):
                assert width(line) <= cells
                assert line[:1] not in CLOSING or line[:1] in "([", (cells, line)
                assert line[-1:] not in OPENING, (cells, line)


@given(MIXED, st.integers(8, 60))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("研发强度（占比）多少？", 11, ("研发强度", "（占比）多", "少？")),
        ("县级市，按县填报。", 6, ("县级", "市，按", "县填", "报。")),
        ("GDP per head", 8, ("GDP per", "head")),
        ("2.31 % of GDP", 9, ("2.31 % of", "GDP")),
        ("a\n\nb", 10, ("a", "", "b")),
        ("abcdefghij", 4, ("abcd", "efgh", "ij")),
        ("", 10, ("",)),
        ("什么——没有", 7, ("什么——", "没有")),
        ("say “yes”, then", 9, ("say", "“yes”,", "then")),
    ],
)
def test_examples(text: str, cells: int, lines: tuple[str, ...]) -> None:
    assert wrap(text, cells) == lines


@given(ANY)
def test_what_is_shown_holds_no_command_and_has_one_width(text: str) -> None:
    seen = shown(text)
    assert all(letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Cn") for letter in seen)
    for line in seen.split("\n"):
        assert width(line) == sum(map(wcwidth, line))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x1b[31mb", "a[31mb"),
        ("a\u202eb", "ab"),
        ("👍🏽", "👍"),
        ("🇨🇳", "CN"),
        ("e" + "\u0301" * 9, "é" + "\u0301" * 3),
        ("𠮷", "𠮷"),
        ("[/b]", "[/b]"),
    ],
)
def test_what_is_shown(text: str, seen: str) -> None:
    assert shown(text) == unicodedata.normalize("NFC", seen)


@given(ANY, st.integers(0, 40))
def test_cutting_and_padding_hold_the_width(text: str, cells: int) -> None:
    line = text.replace("\n", " ")
    assert width(cut(line, cells)) <= max(cells, 0)
    assert width(pad(line, cells)) == cells


@given(ANY)
def test_plain_signs_take_the_same_cells(text: str) -> None:
    assert width(shown(text, plain=True)) == width(shown(text))


@given(st.lists(ANY, max_size=4), st.integers(1, 60))
def test_parts_are_fitted_into_a_line(texts: list[str], cells: int) -> None:
    parts = [Part(text.replace("\n", " ")) for text in texts]
    assert sum(width(part.text) for part in fitted(parts, cells)) <= cells


@given(MIXED, st.text("ab→ ", max_size=6), st.text("0123456789.%", max_size=8), st.integers(24, 80))
def test_a_row_holds_its_width_and_its_tail(text: str, lead: str, tail: str, cells: int) -> None:
    lines = Row(text, lead=lead, tail=tail).lines(cells)
    assert all(sum(width(part.text) for part in line) <= cells for line in lines)
    assert not tail or lines[0][-1].text == tail
    assert Row(text, tail="a\nb").lines(cells)[0][-1].text == "a b", "a name of a file may have two lines"


def test_no_sign_in_ascii_says_something_else() -> None:
    """‰ is not drawn as %, Ⅱ as I, ≥ as > or ⑩ as 0, and what is cut ends in no stop."""
    assert shown("3.1‰ ≥2 ≤5 ±1 Ⅱ ⅸ ③ ⑩", plain=True) == "3.1‰ ≥2 ≤5 ±1 2 9 3 ⑩"
    assert not shown("per 1,000…", plain=True).endswith(".")
