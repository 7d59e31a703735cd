"""Which parts of a report are not as it comes out when drawn again: pages, attachments, description, structure.

Compared is what a reader gets, not how the file is written: a report saved anew by another program is the same report.
"""

from collections.abc import Iterator
from hashlib import sha256

import pikepdf
from pikepdf import Array, Dictionary, Stream

from nqpf_assess.files.intake import attachments_of, broken, opened_pdf
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.report.wording import stretches

COUNT = _("it has {now} pages instead of {then}")
PAGES = _("pages {numbers}")
PAGE = _("page {numbers}")
ADDED = _("attachment {name}, which was not there")
GONE = _("attachment {name}, which is gone")
OTHER = _("attachment {name}")
KNOWN = {
    "/Metadata": _("the description of the file (XMP)"),
    "/Outlines": _("the bookmarks"),
    "/StructTreeRoot": _("the structure that screen readers follow"),
    "/OpenAction": _("an action on opening, which was not there"),
    "/AcroForm": _("form fields, which were not there"),
    "/Info": _("the properties of the file"),
    "/AF": _("what it says of its attachments"),
    "/Names": _("what it says of its attachments, or a script that was not there"),
}
UNKNOWN = _("the part {name} of the file")
DAMAGED = _("damaged places of the file")
ELSEWHERE = frozenset({"/Pages", "/Type", "/Version", "/Extensions"})
"""Parts of the catalogue that are compared in another way, or say nothing to a reader."""

LISTS = frozenset({"/Names", "/AF"})
"""Where attachments are listed; an attachment that differs makes these differ too."""

BACK = frozenset({"/Parent", "/P", "/Prev"})
"""References upwards and backwards, not followed where they are such: `/P` is the prefix of page labels too."""

SIZES = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
"""How a stream is stored, not what it holds."""


MOST_PIECES = 3_000_000
"""Objects of a file that are looked at; a report on 10,000 questions has 400,000."""


def differences_of(made: bytes, again: bytes) -> tuple[Text, ...]:
    """Name every part of a report that differs from the same report drawn again; none where only the writing does.

    `made` is of unknown origin: what of it is damaged, or unpacks to more than any report has, differs.
    """
    with opened_pdf(again) as there, opened_pdf(made) as here:
        attached = tuple(_attachments(here, there))
        found = (
            *_pages(here, there),
            *attached,
            *_catalogue(here, there, ELSEWHERE | LISTS if attached else ELSEWHERE),
        )
        # What had to be guessed on the way, as where a word between two objects is wrong, another reader guesses
        # otherwise, and draws another page: the warnings come as the objects are read, so they are asked for last.
        return (*found, DAMAGED) if here.get_warnings() or _misled(here) else found


def _misled(pdf: pikepdf.Pdf) -> bool:
    """Tell whether the page tree makes readers show something else than the pages that hang on it.

    They show as many as a branch states: the rest would be there for whoever compares, and for nobody else. And some
    take which part of a page is seen from what the page names as the one above, be it in the tree or not.
    """
    branches: list[tuple[pikepdf.Object, int]] = []
    pages: list[int] = []
    waiting: list[tuple[pikepdf.Object, int]] = [(pdf.Root.Pages, -1)]
    while waiting:
        found, above = waiting.pop()
        kids = found.get("/Kids") if isinstance(found, Dictionary) else None
        if not isinstance(kids, Array):
            if not pages or not isinstance(found, Dictionary) or not _hangs_on(found, branches[above][0]):
                return True
            pages[above] += 1
            continue
        waiting += [(kid, len(branches)) for kid in kids]
        branches.append((found, above))
        pages.append(0)
        if len(branches) > MOST_PIECES:
            return True
    for place in reversed(range(len(branches))):  # a branch stands behind the one it hangs on
        found, above = branches[place]
        if found.get("/Count") != pages[place] or (place and not _hangs_on(found, branches[above][0])):
            return True
        if place:
            pages[above] += pages[place]
    return False


def _hangs_on(found: pikepdf.Object, branch: pikepdf.Object) -> bool:
    """Tell whether a part of the page tree names the branch that lists it as the one above; some readers go by it."""
    above = getattr(found.get("/Parent"), "objgen", (0, 0))
    return above == branch.objgen != (0, 0)


def _pages(here: pikepdf.Pdf, there: pikepdf.Pdf) -> Iterator[Text]:
    if len(here.pages) != len(there.pages):
        yield fill(COUNT, now=len(here.pages), then=len(there.pages))
    pairs = zip(_page_digests(here), _page_digests(there), strict=False)
    numbers = [place for place, (now, then) in enumerate(pairs, start=1) if now != then]
    if numbers:
        yield fill(PAGE if len(numbers) == 1 else PAGES, numbers=listed(stretches(numbers)))


def _page_digests(pdf: pikepdf.Pdf) -> list[bytes]:
    """Digest each page with all it shows; a link to another page counts as that page's number."""
    numbers = _numbers(pdf)
    return [
        _summed(_pieces(page.obj, {key: at for key, at in numbers.items() if key != page.obj.objgen}))
        for page in pdf.pages
    ]


def _numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: -place for place, page in enumerate(pdf.pages, start=1)}


def _attachments(here: pikepdf.Pdf, there: pikepdf.Pdf) -> Iterator[Text]:
    names, wanted = list(here.attachments), list(there.attachments)
    now, then = attachments_of(here, wanted.__contains__), attachments_of(there, wanted.__contains__)
    for name in sorted({*names, *wanted}):
        if now.get(name) != then.get(name) or name not in wanted:
            yield fill(GONE if name not in names else ADDED if name not in wanted else OTHER, name=name)


def _catalogue(here: pikepdf.Pdf, there: pikepdf.Pdf, elsewhere: frozenset[str]) -> Iterator[Text]:
    keys = sorted({*here.Root.keys(), *there.Root.keys()} - elsewhere)
    now, then = _numbers(here), _numbers(there)
    for key in keys:
        if _summed(_pieces(here.Root.get(key), dict(now))) != _summed(_pieces(there.Root.get(key), dict(then))):
            yield KNOWN.get(key) or fill(UNKNOWN, name=key)
    if _summed(_pieces(here.docinfo, {})) != _summed(_pieces(there.docinfo, {})):
        yield KNOWN["/Info"]


def _summed(pieces: Iterator[bytes]) -> bytes:
    digest = sha256()
    for count, piece in enumerate(pieces):
        digest.update(b"%d:%b" % (len(piece), piece))  # no piece can be taken for two
        if count > MOST_PIECES:
            return b""
    return digest.digest()


def _pieces(root: object, seen: dict[tuple[int, int], int]) -> Iterator[bytes]:
    """Write an object with all below it as pieces; what was met before is named by when it was met.

    Without recursion: in a file of unknown origin objects may hang on each other in chains of any length.
    """
    waiting: list[object] = [root]
    known = len(seen)
    while waiting:
        found = waiting.pop()
        if isinstance(found, bytes):
            yield found
            continue
        place = getattr(found, "objgen", (0, 0))
        if place != (0, 0):
            if place in seen:
                yield f"#{seen[place]}".encode()
                continue
            seen[place] = len(seen) - known  # counted alike whatever the number of pages known before
        match found:
            case Stream():
                try:
                    yield found.read_bytes()
                except broken():
                    yield b"damaged" + found.read_raw_bytes()
                waiting += _entries(found, SIZES)
            case Dictionary():
                waiting += _entries(found, frozenset())
            case Array():
                waiting += [b"]", *reversed(list(found)), b"["]
            case pikepdf.String():
                yield b"(" + bytes(found)  # a text, not a name or number that is written alike
            case _:
                yield str(found).encode(errors="surrogateescape")


def _entries(found: Stream | Dictionary, passed_over: frozenset[str]) -> list[object]:
    """Arrange keys and values so that the first comes off the end of a list first."""
    entries: list[object] = [b">"]
    for key in sorted(set(found.keys()) - passed_over, reverse=True):
        value = found.get(key)
        if key not in BACK or not isinstance(value, Dictionary):
            entries += [value, key.encode(errors="surrogateescape")]
    return [*entries, b"<"]
