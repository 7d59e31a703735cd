"""Which places the sections and labels of a statistics sheet speak of, beside the column or row of places."""

import re
from collections.abc import Sequence, Set

from nqpf_assess.exchange.sheet_tables import SheetFigure
from nqpf_assess.exchange.sheet_words import name_and_unit
from nqpf_assess.kinds.filled import plain_words

_ORDINAL = r"(?:其中[:：]?|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])?"
_NO_PLACE = r"(?![按分各]|城市|社区|地区)"
AREA = re.compile(rf"{_ORDINAL}({_NO_PLACE}(?:[一-鿿]{{1,16}}(?:[省市县区州盟旗]|地区)|[省市县区州盟旗]本级))\Z")
"""Labels and sections that are places: 甲市, 全县, 市辖区, 市本级."""

_OWN = re.compile(rf"\A\W*{_ORDINAL}\W*|\W*(?:合计|小计|汇总|总计|total)?\W*\Z")
"""What stands around the name of a place of which a row is a part or the sum: #安和县, 其中：安和县, 安和县 汇总."""


def areas_apart(figure: SheetFigure, other: SheetFigure, places: Sequence[str]) -> Set[str]:
    """Return the places that two figures stand under or beside, where these are different ones.

    The wanted place is one by whatever name: where 安和, or its office, is wanted, 安和县 and 全县 are that.
    """
    each = [_areas(one) for one in (figure, other)]
    own = {area for area in each[0] | each[1] if any(area in place or place in area for place in places)}
    own |= {f"{whole}{place[-1]}" for place in (*own, *places) for whole in "全本我"}
    areas = [found - own | ({places[0]} if found & own else set()) for found in each]
    return areas[0] ^ areas[1] if all(areas) else set()


def names_place(words: str, places: Sequence[str]) -> bool:
    """Return whether the name of a row is the wanted place or firm, also as one among others: 其中：安和县."""
    said = _OWN.sub("", plain_words(name_and_unit(words)[0]))
    found = AREA.match(said)
    return said in places or (found is not None and any(found[1] in one or found[1][:-1] == one for one in places))


def _areas(figure: SheetFigure) -> set[str]:
    over, labels = ([AREA.match(plain_words(words)) for words in said] for said in (figure.over, figure.labels))
    return {found[1] for found in (*[found for found in over if found][-1:], *labels) if found}
