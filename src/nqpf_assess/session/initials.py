"""First letters of Chinese syllables (pinyin initials), for people who search as input methods do: pwq finds 排污权.

The 3,755 common characters of GB/T 2312 stand in the order of their syllables, so the first letter follows from the
code; no table of readings is needed. Rarer characters have none, and one with several readings has the first.
"""

from bisect import bisect_right

LETTERS = "abcdefghjklmnopqrstwxyz"
FIRST_CODES = (
    *(0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8),
    *(0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1),
)
"""The code of the first character under each letter. No syllable begins with i, u or v."""

LAST_CODE = 0xD7F9


def initials(words: str) -> str:
    """Return the initials of all common Chinese characters in a text; anything between them is one space."""
    found = []
    for letter in words:
        try:
            code = int.from_bytes(letter.encode("gb2312"), "big")
        except UnicodeEncodeError:
            code = 0
        found.append(LETTERS[bisect_right(FIRST_CODES, code) - 1] if FIRST_CODES[0] <= code <= LAST_CODE else " ")
    return " ".join("".join(found).split())
