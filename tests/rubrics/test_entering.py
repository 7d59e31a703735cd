"""Entries of lists set, added and taken out in a file of any layout: the rest keeps its bytes."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.files.editing.asking import Entered, changed

LAYOUTS = {
    "lines": 'benchmarks = [\n  { value = 1.50, en = "A" }, # first\n\n  # second\n  { value = 2, en = "B" }\n]',
    "one line": 'benchmarks = [{ value = 1.50, en = "A" }, { value = 2, en = "B" }]  # both',
    "tables": '[[q.x.benchmarks]]\nvalue = 1.50 # one\nen = "A"\n\n[[q.x.benchmarks]]\nvalue = 2\nen = "B"\n',
    "dotted": 'y.z = 1\nbenchmarks = [ {value=1.50, en="A"} , {value=2, en="B"} , ]',
}
PATH = ("q", "x", "benchmarks")
NEW = {"value": 3, "en": "C"}


def written(layout: str, newline: str = "\n") -> str:
    return f'# top\n[q.x]\nkind = "number"\n{LAYOUTS[layout]}\n\n[q.y]\nkind = "text" # end\n'.replace("\n", newline)


def listed(words: str) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = tomllib.loads(words)["q"]["x"].get("benchmarks", [])
    return found


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_entries_in_every_layout(layout: str, newline: str) -> None:
    words = written(layout, newline)
    first, second = listed(words)
    added = changed(words, Entered(PATH, None, NEW))
    assert listed(added) == [first, second, NEW]
    assert listed(changed(added, Entered(PATH, 0, None))) == [second, NEW]
    revised = changed(words, Entered(PATH, 1, {"value": 2, "en": "B!", "year": 2024}))
    assert listed(revised) == [first, {"value": 2, "en": "B!", "year": 2024}]
    for made in (added, revised):
        assert "value=1.50" in made.replace(" ", "")
        assert made.startswith(words[:10])
        assert made.endswith(f'[q.y]{newline}kind = "text" # end{newline}')
        assert made.count("#") == words.count("#")
        assert made.count("\r\n") == (made.count("\n") if newline == "\r\n" else 0)
    emptied = changed(changed(words, Entered(PATH, 0, None)), Entered(PATH, 0, None))
    assert "benchmarks" not in tomllib.loads(emptied)["q"]["x"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_entry_again_moves_no_byte(layout: str) -> None:
    words = written(layout)
    assert changed(words, Entered(PATH, 0, {"value": Decimal("1.5"), "en": "A"})) == words


def test_a_first_entry_stands_behind_the_key_it_belongs_to() -> None:
    words = '[q.x]\nrange = [0, 9] # all\nhelp = "h"\n'
    made = changed(words, Entered(PATH, None, NEW, after="range"))
    assert made == '[q.x]\nrange = [0, 9] # all\nbenchmarks = [\n  { value = 3, en = "C" },\n]\nhelp = "h"\n'
