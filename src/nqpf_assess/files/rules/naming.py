"""How findings name things: tables, ids that are not there, the nearest known word, words that fit in one line."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from nqpf_assess.files.finding import At, Finding
from nqpf_assess.files.positions import Path
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.base import ID_PATTERN

NEAREST = _("Did you mean “{nearest}”?")
KNOWN = _("Known here: {known}.")
NONE_ALIKE = _("None of the {count} that exist is spelled alike.")
ELSEWHERE = _("“{name}” is a {other}; here a {what} is wanted.")
SEVERAL = _('Each stands in quotation marks of its own, with commas between: ["one", "two"].')
MARKS = "[,，;；、]"
"""What people part several names by within one text."""
NONE_KNOWN = _("There is none to refer to yet.")

TOP = _("the pillars")
"""The group of those that stand in no other."""

WHAT: Mapping[str, Text] = {
    "sources": _("source"),
    "facts": _("fact"),
    "pillars": _("pillar"),
    "dimensions": _("dimension"),
    "questions": _("question"),
    "countermeasures": _("countermeasure"),
    "nodes": _("pillar, dimension or question"),
    "floor_nodes": _("pillar or dimension"),
}
NODE_TABLES = ("pillars", "dimensions", "questions")

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


def called(title: str, titles: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """Return the id of what bears a title in some language, as reports name it; "" where none or several do."""
    said = title.strip().casefold()
    found = {id for id, words in titles if said in map(str.casefold, words.values())}
    return found.pop() if len(found) == 1 else ""


def suggestion(word: str, known: Collection[str], *, braces: bool = False) -> Text:
    """Advise the nearest known word, else the known ones; with the `braces` in which it is to stand."""
    near = nearest(word, known)
    if near:
        return fill(NEAREST, nearest=f"{{{near}}}" if braces else near)
    if not known:
        return NONE_KNOWN
    if len(known) > MANY:
        return fill(NONE_ALIKE, count=len(known))
    words = sorted(known) if isinstance(known, frozenset) else known
    return fill(KNOWN, known=listed([f"{{{word}}}" for word in words] if braces else words, 12))


def alternatives(word: str, known: Collection[str]) -> dict[str, object]:
    """Return what the hint on a missing word needs: `near`, asking for the nearest known one, and which there are."""
    near = nearest(word, known)
    question = fill(_("Did you mean “{near}”? "), near=near) if near else ""
    there = fill(_("There are: {known}. "), known=listed(known, 20)) if known else _("There is none yet. ")
    return {"near": question, "known": there}


def unresolved(path: Path, at: At, id: str, table: str, declared: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    """Find an id that is not in its table; not where what was meant is there, under a faulty id."""
    near = "" if id in declared[table] else nearest(id, declared[table])
    if id not in declared[table] and (not near or re.match(ID_PATTERN, near)):
        own = SEVERAL if several(id, declared[table]) else None
        hint = own or elsewhere(id, table, declared) or suggestion(id, declared[table])
        yield Finding(path, {"name": id, "what": WHAT[table]}, at=at, hint=hint)


def several(words: str, known: Collection[str]) -> bool:
    """Return whether several names stand in one text, as a list typed between one pair of quotation marks."""
    return any(word.partition("#")[0].strip() in known for word in re.split(MARKS, words)[1:])


def elsewhere(id: str, table: str, declared: Mapping[str, Collection[str]]) -> Text | None:
    """Return the hint that an id is there, but names something else."""
    found = next((other for other in (*NODE_TABLES, "facts") if other != table and id in declared[other]), None)
    return fill(ELSEWHERE, name=id, other=WHAT[found], what=WHAT[table]) if found else None


def in_circle(ring: Sequence[str]) -> str:
    """Name the members of a ring, each needing the next; of a long one only where it begins and ends."""
    if len(ring) > 30:
        ring = (*ring[:15], f"… {len(ring) - 30} …", *ring[-15:])
    return " → ".join((*ring, ring[0]))


def in_one_line(value: object, most: int = 1500) -> str:
    """Write a value so that it fits in one line of a message, whatever characters are in it."""
    words = " ".join(str(value).split())
    if not words.isprintable():
        words = "".join(letter if letter.isprintable() else "�" for letter in words)
    return words if len(words) <= most else words[:most] + "…"
