"""Words that files hold are put in place as they are written: only the names of values are filled in."""

import pytest

from nqpf_assess.locale import _, fill, tell
from nqpf_assess.locale.grammar import listed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("from {now} to {goal}", "from 2% to 4%"),
        ("{now.__class__} {now!r:>9} {now[0]}", "{now.__class__} {now!r:>9} {now[0]}"),
        ("{} {0} { {now", "{} {0} { {now"),
        ("{{now}} {other}", "{2%} {other}"),
    ],
)
def test_braces_of_a_file_are_no_format_of_python(words: str, said: str) -> None:
    assert tell({"en": words}, "en", now="2%", goal="4%") == said
    assert fill({"en": words}, now={"en": "2%"}, goal="4%") == {"en": said}


def test_what_is_filled_in_is_not_read_for_names_again() -> None:
    assert tell({"en": "{a} {b}"}, "en", a="{b}", b="{a}") == "{b} {a}"
    assert tell(_("Kept in {path}"), "en", path="{path}") == "Kept in {path}"


def test_names_are_joined_as_each_language_joins_them() -> None:
    assert listed(["a", 2]) == {"en": "a, 2", "zh": "a、2"}
    assert listed("abc", 2) == {"en": "a, b …", "zh": "a、b …"}
    assert listed([]) == {"en": "–", "zh": "–"}
