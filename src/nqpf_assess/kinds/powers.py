"""Words and signs for powers of ten, as they stand in units and behind figures: 万, 亿, million, %."""

from collections.abc import Mapping

POWERS: Mapping[str, int] = {
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "萬": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "億": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
    "thousand": 3,
    "million": 6,
    "billion": 9,
}
"""Word → exponent of ten."""

SIGNS: Mapping[str, int] = {"%": -2, "percent": -2, "per cent": -2, "‰": -3, "permille": -3}
"""Sign of a share, or its word → exponent of ten."""


def split_power(words: str) -> tuple[int, str]:
    """Split the longest word for a power of ten off the beginning: 万元 is 4 and 元, yuan is 0 and yuan."""
    word = max((word for word in POWERS if words.startswith(word)), key=len, default="")
    return POWERS.get(word, 0), words.removeprefix(word).strip()
