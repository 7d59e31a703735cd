"""Which places the titles, sections and labels of a statistics sheet speak of, beside the column or row of places."""

import re
from collections.abc import Iterable, Sequence, Set

from nqpf_assess.exchange.sheet_tables import SheetFigure
from nqpf_assess.kinds.filled import plain_words

_ORDINAL = r"(?:其中[:：]?|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])?"
_NO_PLACE = r"(?![按分各]|城市|社区|地区)"
_AREA = re.compile(rf"{_ORDINAL}({_NO_PLACE}(?:[一-鿿]{{1,8}}(?:[省市县区州盟旗]|地区)|[省市县区州盟旗]本级))\Z")
"""Labels and sections that are places: 甲市, 全县, 市辖区, 市本级."""
_BEGINS = re.compile(
    rf"{_ORDINAL}({_NO_PLACE}[一-鿿]{{1,6}}?[省市县区州盟旗])(?=\W|\d|主|国|经|社|财|统|人|工|农|基|综|指|科|外|居|环|\Z)"
)
"""The place that a title or section begins with: 乙县2024年主要指标."""


def areas_of(figure: SheetFigure, places: Sequence[str], *, titled: bool) -> Set[str]:
    """Return the places that a figure stands under or beside, the wanted one by one name.

    `titled`: titles count too; where a column or row tells places apart, they speak of all of these.
    """
    found = [_AREA.match(plain_words(words)) for words in (figure.section, *figure.labels)]
    found += [_BEGINS.match(plain_words(words)) for words in figure.titles] if titled else []
    own = next(iter(places), "")
    return {own if _is_whole(said[1], own) or _is_called(said[1], places) else said[1] for said in found if said}


def place_begun(titles: Iterable[str], places: Sequence[str]) -> str | None:
    """Return the place that titles begin with; None where they begin with none, or say 全县 alone."""
    found = [said[1] for words in titles if (said := _BEGINS.match(plain_words(words)))]
    others = (area for area in found if not _is_whole(area, places[0] if places else ""))
    return next((places[0] for area in found if _is_called(area, places)), next(others, None))


def _is_called(area: str, places: Sequence[str]) -> bool:
    """Return whether an area is the wanted place; one may be a part of the other."""
    return any(area in place or place in area for place in places)


def _is_whole(area: str, place: str) -> bool:
    return area in (f"全{place[-1:]}", f"本{place[-1:]}")
