"""What is looked for is found in a line again, letter by letter."""

import pytest

from nqpf_assess.session.searching import places_of


@pytest.mark.parametrize(("line", "sought", "found"), [
    ("Trade in permits", ("PERMIT",), ["permit"]),
    ("ＰＥＲＭＩＴ and permit", ("permit",), ["ＰＥＲＭＩＴ", "permit"]),
    ("排污权交易的排污权", ("排污权",), ["排污权", "排污权"]),
    ("aaab", ("aa", "ab"), ["aaab"]),
    ("R&D share", ("share", "r&d"), ["R&D", "share"]),
    ("Straße", ("ss",), ["ß"]),
    ("㎡ of land", ("m2",), ["㎡"]),
    ("nothing", ("", "x"), []),
    ("", ("x",), []),
    ("数字技术的应用", ("szjs",), ["数字技术"]),
    ("数字技术的应用", ("shuziji",), ["数字技"]),
    ("数字 szjs", ("szjs",), ["szjs"]),
    ("数字技术", ("s",), []),
    ("字，技术", ("zjs",), []),
])  # fmt: skip
def test_places_of_words(line: str, sought: tuple[str, ...], found: list[str]) -> None:
    assert [line[start:end] for start, end in places_of(line, sought)] == found
