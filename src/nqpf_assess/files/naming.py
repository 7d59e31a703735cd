"""How files are named after those whom they describe."""

import re
import unicodedata
from itertools import chain, count
from pathlib import Path

from nqpf_assess.files.places import is_seen, writable
from nqpf_assess.model.answers import Subject
from nqpf_assess.typography.clean import clean_line

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])")
"""Names Windows keeps for devices, whatever ending follows their first point."""

LONGEST = 120
"""Bytes of a name made from the subject; file systems take 255, and a temporary name beside it is longer."""


def file_name(subject: Subject, otherwise: str) -> str:
    """Return a file's name, without ending, made from a subject and its period, else from `otherwise`.

    No separators, nothing hidden, no name that a system keeps for a device, at most 120 bytes in UTF-8, which a long
    name leaves room in for the period: else this year's file would take the place of last year's.
    """
    name, period = (unicodedata.normalize("NFC", clean_line(part)) for part in (subject.name, subject.period))
    period = _within(period, max(LONGEST // 3, LONGEST - 1 - len(name.encode())))
    joined = "-".join(part for part in (_within(name, LONGEST - 1 - len(period.encode())), period) if part)
    for wished in (joined if name else "", otherwise):
        named = FORBIDDEN.sub("_", writable(wished)).strip(" ._-")
        if named:
            break
    stem, point, rest = (named or "report").partition(".")
    if DEVICES.fullmatch(stem.strip()):
        named = f"{stem}_{point}{rest}"
    return _within(named or "report", LONGEST).strip(" .-")


def _within(words: str, most: int) -> str:
    """Cut words to so many bytes, amid none of them."""
    return words.encode()[:most].decode(errors="ignore")


def free(path: Path) -> Path:
    """Return a path behind which nothing lies: the one that is wished, else numbered from 2."""
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return next(one for one in chain((path,), numbered) if not is_seen(one))
