"""The country's divisions down to counties, to find a place by a few letters: its name, pinyin, initials or code.

The table is `divisions.tsv`, read where somebody looks for a place and not before. A place that is not in it may be
typed all the same; nothing depends on it.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from nqpf_assess.session.searching import folded

AS_OF = "2025-12-31"
"""Day of which the table is."""

LEVEL_FACT = "tier"
"""Fact of the shipped questionnaire that a place's level answers."""

SUB_PROVINCIAL = frozenset(
    (
        *("210100", "210200", "220100", "230100", "320100", "330100", "330200", "350200"),
        *("370100", "370200", "420100", "440100", "440300", "510100", "610100"),
    )
)
"""The ten sub-provincial capitals and the five cities with plans of their own."""

INDUSTRIAL_PARK = "320576"
NEW_AREAS = frozenset(("133100", INDUSTRIAL_PARK))
"""What has a code and is no division but a new area or a development zone."""

COUNTIES_BY_ANOTHER_NAME = ("林区", "特区", "行政区")
NO_LEVEL = ("71", "81", "82")
"""Provinces whose divisions have levels of their own."""

MINORITY_NAMES = ("15", "54", "63", "65")
"""Provinces whose names come from other languages mostly, so that pinyin is not how they are written in English."""

PROVINCES = {
    "15": "Inner Mongolia",
    "45": "Guangxi",
    "54": "Xizang",
    "61": "Shaanxi",
    "64": "Ningxia",
    "65": "Xinjiang",
    "71": "Taiwan Province",
    "81": "Hong Kong SAR",
    "82": "Macao SAR",
}
"""English names of provinces that do not follow from the pinyin of their names."""

LATIN = frozenset(("en",))
"""Languages that write names in Latin letters."""

GENERIC = {
    "省": "Province",
    "市": "City",
    "县": "County",
    "区": "District",
    "旗": "Banner",
    "盟": "League",
    "地区": "Prefecture",
    "新区": "New Area",
}


LEVELS_BY_ENDING = {
    "省": "province",
    "自治区": "province",
    "自治州": "prefecture",
    "地区": "prefecture",
    "盟": "prefecture",
    "县": "county",
    "旗": "county",
    " Province": "province",
    " Prefecture": "prefecture",
    " League": "prefecture",
    " County": "county",
    " Banner": "county",
}
"""Ends of names that say the level; 市 and 区 stand for several, so only the table tells these."""


LARGEST_FIRST = ("", "province", "sub_provincial", "prefecture", "county", "district", "dev_zone")
"""Levels, what is larger before what may lie in it."""

HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Division:
    """A division: its code of GB/T 2260, its name, its syllables; `above`: those it belongs to, the province last."""

    code: str
    name: str
    syllables: tuple[str, ...]
    above: tuple["Division", ...]

    @cached_property
    def spelled(self) -> str:
        """The syllables without spaces."""
        return "".join(self.syllables)

    @cached_property
    def initials(self) -> str:
        """The first letters of the syllables."""
        return "".join(syllable[0] for syllable in self.syllables)

    @property
    def level(self) -> str:
        """Which option of the fact on the level it is; "" where that cannot be told."""
        if self.code.endswith("0000"):
            return "province"
        if self.code[:2] in NO_LEVEL:
            return ""
        if self.code in NEW_AREAS:
            return "dev_zone"
        if self.code.endswith("00"):
            return "sub_provincial" if self.code in SUB_PROVINCIAL else "prefecture"
        named = self.name.endswith(COUNTIES_BY_ANOTHER_NAME) and self.code in ("429021", "520203", "632857")
        return "district" if self.name.endswith("区") and not named else "county"

    def named(self, language: str) -> str:
        """Return the name by which an assessment calls it: with its city where it is a district, else its province.

        In English as the pinyin is written, where that is how the name is written in English; else in Chinese.
        """
        above = self.above[0] if self.level == "district" and self.above else self.above[-1] if self.above else None
        if language not in LATIN or (english := self.english) is None:
            return (above.name if above is not None else "") + self.name
        within = above.english if above is not None else None
        return f"{english}, {within}" if within else english

    @property
    def english(self) -> str | None:
        """The name as it is written in English; None where that does not follow from its pinyin."""
        if self.code.endswith("0000") and self.code[:2] in PROVINCES:
            return PROVINCES[self.code[:2]]
        if self.code[:2] in MINORITY_NAMES or "自治" in self.name or self.code[:2] in NO_LEVEL:
            return None
        if self.code == INDUSTRIAL_PARK:
            return "Suzhou Industrial Park"
        generic = next((words for words in ("新区", "地区", *GENERIC) if self.name.endswith(words)), None)
        if generic is None or len(self.name) - len(generic) < 1:
            return None
        stem = self.syllables[: len(self.name) - len(generic)]
        if len(stem) == 1:  # 沁县 is written Qinxian County
            stem = self.syllables
        # The municipalities are written without “City”, and provinces as people know them.
        words = "" if self.code.endswith("0000") else f" {GENERIC[generic]}"
        return _written(stem) + words


def _written(syllables: tuple[str, ...]) -> str:
    """Write syllables as one name: an apostrophe before a vowel, ü for v."""
    joined = "".join(
        f"'{syllable}" if place and syllable[0] in "aeo" else syllable for place, syllable in enumerate(syllables)
    )
    return joined.replace("nv", "nü").replace("lv", "lü").capitalize()


@cache
def divisions() -> tuple[Division, ...]:
    """Return all divisions in the order of their codes."""
    known: dict[str, Division] = {}
    for line in (files("nqpf_assess.session") / "divisions.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, name, said = line.split("\t")
        above = (code[:4] + "00", code[:2] + "0000")
        found = tuple(known[upper] for upper in above if upper in known and upper != code)
        known[code] = Division(code, name, tuple(said.split()), found)
    return tuple(known.values())


MOST_FOUND = 60
"""Divisions that are listed at most for what is typed."""


def find_places(typed: str) -> tuple[Division, ...]:
    """Return the divisions that fit all words typed, the best first: name, pinyin, initials or code from the beginning.

    At least one word must be its own; others may be those of a division above it: `zhejiang aj`, `浙江 安吉`.
    """
    words = folded(typed).replace("'", "").replace("’", "").split()
    if not words:
        return ()
    found = []
    for division in divisions():
        ranks = [_rank(division, word) for word in words]
        if any(rank is not None for rank in ranks) and all(
            rank is not None or any(_rank(upper, word) is not None for upper in division.above)
            for word, rank in zip(words, ranks, strict=True)
        ):
            own = min(rank for rank in ranks if rank is not None)
            below = 0 if division.code.endswith("0000") else 1 if division.code.endswith("00") else 2
            found.append((own, below, len(division.name), division.code, division))
    found.sort(key=lambda row: row[:4])
    return tuple(row[4] for row in found[:MOST_FOUND])


def _rank(division: Division, word: str) -> int | None:
    """Return how well a word fits a division, 0 the best; None where it does not."""
    if word.isdigit():
        return 0 if division.code.startswith(word) else None
    if division.name.startswith(word):
        return 0
    if not word.isascii():
        return 3 if word in division.name else None
    if division.code.endswith("0000") and folded(PROVINCES.get(division.code[:2], "")).startswith(word):
        return 1
    if division.initials == word or (len(word) > 1 and division.initials.startswith(word)):
        return 1
    spelled = division.spelled
    if spelled.startswith(word) and len(word) > 1:
        return 1 if any("".join(division.syllables[:end]) == word for end in range(1, 6)) else 2
    return None


def division_called(name: str) -> Division | None:
    """Return the division that an assessment calls so in one of its languages; None where none is, or several are."""
    found = [one for one in divisions() if name in (one.named("zh"), one.named("en"))]
    return found[0] if len(found) == 1 else None


def level_of(name: str) -> str:
    """Tell a place's level by its name, where all divisions called so have one level or its ending says it; else "".

    What stands behind a comma is what it belongs to, in Chinese what stands before a blank: “Anji County, Zhejiang
    Province” is no province. Nothing is told where that is the smaller one.
    """
    if (called := division_called(name)) is not None:
        return called.level
    place, *above = (part.strip() for part in re.split("[,，、]", name))
    if above and not name.isascii():  # in Chinese the larger one may come first
        return ""
    if HAN.search(name):
        *above, place = name.split() or [""]
    level = _level_said(place)
    return "" if any(LARGEST_FIRST.index(_level_said(part)) > LARGEST_FIRST.index(level) for part in above) else level


def _level_said(name: str) -> str:
    levels = {
        division.level for division in divisions() if name == division.name or name.endswith(division.named("zh"))
    }
    if len(levels) == 1:
        return levels.pop()
    return next((level for ending, level in LEVELS_BY_ENDING.items() if name.endswith(ending)), "")
