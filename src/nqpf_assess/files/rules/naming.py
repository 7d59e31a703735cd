"""How findings name things: the nearest known word, lists of known words, words that fit in one line."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from nqpf_assess.locale import Text, _, fill

NEAREST = _("Did you mean “{nearest}”?")
KNOWN = _("Known here: {known}.")
NONE_ALIKE = _("None of the {count} that exist is spelled alike.")
NONE_KNOWN = _("There is none to refer to yet.")

MANY, SOME = 200, 40
"""Above `MANY` known words only `SOME` of those that begin alike are compared, so that a check stays quick."""


def nearest(word: str, known: Collection[str]) -> str:
    """Return the known word that was meant perhaps, or ""."""
    return _nearest(word, known if isinstance(known, frozenset) else tuple(known))


@lru_cache(maxsize=2000)
def _nearest(word: str, known: frozenset[str] | tuple[str, ...]) -> str:
    from difflib import get_close_matches

    compared = sorted(known) if len(known) <= MANY else _alike(known, len(word)).get(word[:2], [])
    return next(iter(get_close_matches(word, compared, n=1, cutoff=0.6)), "")


@lru_cache(maxsize=100)
def _alike(known: frozenset[str] | tuple[str, ...], length: int) -> Mapping[str, Sequence[str]]:
    """Sort words of about a length by their beginning, some of each."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(known, key=lambda word: (abs(len(word) - length), word)):
        if len(found[word[:2]]) < SOME:
            found[word[:2]].append(word)
    return found


def suggestion(word: str, known: Collection[str]) -> Text:
    """Advise the nearest known word, else the known ones."""
    near = nearest(word, known)
    if near:
        return fill(NEAREST, nearest=near)
    if not known:
        return NONE_KNOWN
    if len(known) > MANY:
        return fill(NONE_ALIKE, count=len(known))
    return fill(KNOWN, known=listed(sorted(known) if isinstance(known, frozenset) else known))


def alternatives(word: str, known: Collection[str]) -> dict[str, object]:
    """Return what the hint on a missing word needs: `near`, a question with the nearest known one, and all `known`."""
    near = nearest(word, known)
    question = fill(_("Did you mean “{near}”? "), near=near) if near else ""
    return {"near": question, "known": listed(known, most=20) or "–"}


def listed(words: Iterable[str], most: int = 12) -> str:
    """List words, the first dozen of them."""
    every = list(words)
    return ", ".join(every[:most]) + (" …" if len(every) > most else "")


def in_circle(ring: Sequence[str], most: int = 30) -> str:
    """Name the members of a ring, each needing the next; of a long one only where it begins and ends."""
    if len(ring) > most:
        half = most // 2
        ring = (*ring[:half], f"… {len(ring) - 2 * half} …", *ring[-half:])
    return " → ".join((*ring, ring[0]))


def in_one_line(value: object, most: int = 1500) -> str:
    """Write a value so that it fits in one line of a message, whatever characters are in it."""
    words = "".join(letter if letter.isprintable() else "�" for letter in " ".join(str(value).split()))
    return words if len(words) <= most else words[:most] + "…"
