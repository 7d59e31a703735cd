"""The time that answers describe, as people write it (`period`): which year it names, and what comes before what."""

import re
import unicodedata

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_BARE = re.compile(r"\d{4} ?(?:年度?)?")

Moment = tuple[int, str]
"""A year, and what a period says besides that bare year; 0 where it names none."""


def year_of(period: str) -> int | None:
    """Return the last year that a period names, remarks in brackets left aside."""
    words = unicodedata.normalize("NFKC", period)
    for said in (_BRACKETED.sub(" ", words), words):  # “(2025)” alone is no remark
        if years := re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", said):
            return int(years[-1])
    return None


def moment_of(period: str) -> Moment:
    """Return what puts periods in order, by their years first: “as of 2024” comes before “2025”.

    “2025”, “2025年”, “2025年度” and “2025 (revised)” are one.
    """
    year, words = year_of(period), unicodedata.normalize("NFKC", period).casefold().strip()
    said = _BRACKETED.sub("", words).strip() or words.strip("()[]【】〔〕 ")
    return year or 0, "" if year and _BARE.fullmatch(said) else words


def precedes(earlier: str, later: str) -> bool:
    """Return whether a period lies before another one: in an earlier year, or as an earlier part of the same year.

    A whole year lies before no part of itself; where only one of the two names a year, nothing is known.
    """
    one, other = moment_of(earlier), moment_of(later)
    return one < other and bool(one[0] if one[0] != other[0] else one[1])
