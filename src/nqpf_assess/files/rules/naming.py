"""How findings name things: the nearest known word, lists of known words, quotation marks of each language."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from nqpf_assess.model.text import Text, fill, text

NEAREST = text(en="Did you mean “{nearest}”?", zh="是否想写“{nearest}”？")
KNOWN = text(en="Known here: {known}.", zh="此处可用：{known}。")
NONE_KNOWN = text(en="There is none to refer to yet.", zh="目前没有可引用的内容。")

MANY = 500
"""Above so many known words only those that begin alike are compared, so that a check stays quick."""


def nearest(word: str, known: Collection[str]) -> str:
    """Give the known word that was meant perhaps, or ""."""
    if len(known) > MANY:
        known = [other for other in known if other[:2] == word[:2] and abs(len(other) - len(word)) <= 2][:MANY]
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), "")


def suggestion(word: str, known: Collection[str]) -> Text:
    """Advise the nearest known word, else the known ones where they are few."""
    near = nearest(word, known)
    if near:
        return fill(NEAREST, nearest=near)
    return fill(KNOWN, known=listed(known)) if known else NONE_KNOWN


def listed(words: Iterable[str], most: int = 12) -> str:
    """List words, the first dozen of them."""
    every = list(words)
    return ", ".join(every[:most]) + (" …" if len(every) > most else "")
