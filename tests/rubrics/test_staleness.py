"""The mark of words that were not brought up to a change: written, read back, taken away, in files of any layout."""

import tomllib

import pytest

from nqpf_assess.files.positions import Path
from nqpf_assess.files.staleness import Stale, marked, stale_in

DAY = "2026-11-25"
ZH = Stale("zh", "en", DAY)
SAID = f"# stale zh: en changed {DAY}"

LAYOUTS: dict[str, tuple[str, Path, str]] = {
    "dotted": ('[q.x]\ntext.en = "A"\ntext.zh = "甲" # note\nn = 1\n', ("q", "x", "text"), f'"甲" # note  {SAID}\n'),
    "inline": ('[q.x]\ntext = { en = "A", zh = "甲" }\nn = 1\n', ("q", "x", "text"), f' "甲" }}  {SAID}\n'),
    "table": ('[q.x.text]\nen = "A"\nzh = "甲"', ("q", "x", "text"), f'zh = "甲"  {SAID}'),
    "several lines": (
        '[q.x]\ntext.en = "A"\ntext.zh = """\n甲\n乙"""\nn = 1\n',
        ("q", "x", "text"),
        f'乙"""  {SAID}\n',
    ),
    "levels": (
        '[q.x]\nlevels = [\n  { en = "A", zh = "甲" }, # one\n  { en = "B", zh = "乙" }\n]\n',
        ("q", "x", "levels", 1),
        f'"乙" }}  {SAID}\n]',
    ),
    "option": (
        '[q.x]\noptions.y = { en = "A#", zh = "甲", score = 3 }\n',
        ("q", "x", "options", "y"),
        f"3 }}  {SAID}\n",
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_marked_read_back_and_taken_away(layout: str, newline: str) -> None:
    words, path, wanted = (part.replace("\n", newline) if isinstance(part, str) else part for part in LAYOUTS[layout])
    assert isinstance(words, str)
    assert isinstance(wanted, str)
    assert isinstance(path, tuple)
    made = marked(words, path, ("en", "zh"), (ZH,))
    assert wanted in made
    assert tomllib.loads(made) == tomllib.loads(words)
    assert stale_in(made) == {path: (ZH,)}
    later = Stale("zh", "en", "2027-01-02")
    assert stale_in(marked(made, path, ("en", "zh"), (later,))) == {path: (later,)}
    assert marked(made, path, ("en", "zh"), ()) == words


def test_where_a_comment_has_no_room_nothing_is_written() -> None:
    words = '[q.x]\ntext = { zh = "甲", en = """\nA""" }\n'
    assert marked(words, ("q", "x", "text"), ("en", "zh"), (ZH,)) == words


@pytest.mark.parametrize(
    "words",
    [
        f'[q.x]\ntext.zh = "甲 {SAID}"\n',
        f'[q.x]\ntext.zh = """\n甲 {SAID}\n乙"""\n',
        '[q.x]\ntext.zh = "甲" # stale zh: en changed lately\n',
        f'[q.x]\ntext.en = "A" {SAID}\n',
        f"[q.x]\nn = 1 {SAID}\n",
    ],
)
def test_what_is_no_mark(words: str) -> None:
    assert stale_in(words) == {}


def test_two_languages_that_share_a_line() -> None:
    words = '[q.x]\ntext = { en = "A", zh = "甲", fr = "a" }\n'
    path = ("q", "x", "text")
    fr = Stale("fr", "en", DAY)
    made = marked(words, path, ("en", "zh", "fr"), (ZH, fr))
    assert stale_in(made) == {path: (ZH, fr)}
    assert stale_in(marked(made, path, ("en", "zh", "fr"), (fr,))) == {path: (fr,)}
