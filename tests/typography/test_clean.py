"""Text of people and files is cleaned once, and nothing unseen survives."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqpf_assess.typography.clean import GETA, LIMIT, clean, clean_line, replace_missing


@pytest.mark.parametrize(
    ("given_text", "seen"),
    [
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("x\x00\x07\x1b[31my", "x[31my"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u202edrow\u202c \u2066x\u2069", "drow x"),
        ("☃\ufe0f", "☃"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("soft\u00adhyphen", "softhyphen"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("cafe\u0301", "café"),
        ("thin\u2009space", "thin space"),
        ("narrow\u202fgap", "narrow\u00a0gap"),
        ("<b>R&D</b>", "<b>R&D</b>"),
        ("新质生产力，𬭊", "新质生产力，𬭊"),
    ],
)
def test_what_cannot_be_seen_is_dropped_and_the_rest_stays(given_text: str, seen: str) -> None:
    assert clean(given_text) == seen


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Lo", "Mn"]), max_size=50))
def test_no_control_survives_but_the_newline(text: str) -> None:
    kept = {unicodedata.category(character) for character in clean(text) if character != "\n"}
    assert kept.isdisjoint({"Cc", "Cs", "Zl", "Zp"})


@pytest.mark.parametrize("text", ["字" * (LIMIT + 1), "a" * 10 * LIMIT, "a\u200b" * LIMIT])
def test_a_text_over_the_limit_ends_in_an_ellipsis(text: str) -> None:
    assert len(clean(text)) <= LIMIT
    assert clean("x" * (LIMIT + 1)).endswith("x…")
    assert clean("x" * LIMIT).endswith("xx")


def test_a_line_has_no_line_ends() -> None:
    assert clean_line(" a\n\n b\tc ") == "a b c"


def test_missing_characters_become_geta_and_are_noted() -> None:
    missing: set[str] = set()
    assert replace_missing("安😀和\n县😀", set("安和县"), missing) == f"安{GETA}和\n县{GETA}"
    assert missing == {"😀"}


def test_combining_marks_without_a_glyph_are_left_out_and_noted() -> None:
    missing: set[str] = set()
    shown = replace_missing("e" + "\u0489" * 200 + "x", frozenset("ex〓"), missing)
    assert shown == "ex"
    assert missing == {"\u0489"}
