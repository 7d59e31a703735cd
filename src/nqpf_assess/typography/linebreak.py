"""Where the lines of mixed Chinese and English end. Pure: it knows characters and widths, no fonts and no pages.

Chinese breaks between any two characters, except that no line starts with a closing mark or ends with an opening one
(GB/T 15834; W3C CLREQ 3.1); Latin words, numbers and addresses stay whole. A full-width mark gives up its blank half
at either edge of a line. Widths are in thousandths of the type size (em).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

OPENING = "（《〈「『【〔〖［｛“‘￥¥([{"
"""Marks that no line may end with."""

CLOSING = "，。、；：？！）》〉」』】〕〗］｝”’…—–·～％‰℃々ー,.;:!?)]}%"
"""Marks that no line may start with."""

FULL_WIDTH = 1000
BLANK_HALF = 500
NARROW = 20 * FULL_WIDTH
"""Width below which a text is a cell or a label."""
BLANK_AT_RIGHT = frozenset("，。、；：？！）》〉」』】〕〗］｝”’")
BLANK_AT_LEFT = frozenset("（《〈「『【〔〖［｛“‘")

_WIDE = (
    r"\u2e80-\u2fff\u3000\u3003-\u3007\u3012\u3013\u301c-\ua4cf\uf900-\ufaff\ufe30-\ufe4f"
    r"\uff01-\uffe6\U0001f000-\U0003ffff"
)
_FULL_MARKS = "（《〈「『【〔〖［｛“‘￥，。、；：？！）》〉」』】〕〗］｝”’…—–·～％‰℃"
_OPEN, _CLOSE = re.escape(OPENING), re.escape(CLOSING)
_STOP = r",.;:!?)\]}%"
_LATIN = rf"[^ \n{_WIDE}{_FULL_MARKS}]"
_CLUSTER = re.compile(
    rf"""(
        (?:[{_OPEN}]+[ ]*)?
        (?:
            [0-9][0-9.,]*[ ]?[年月日分个项家亿万元]
          | {_LATIN}+(?:[’·–]{_LATIN}+)*(?<![(\[{{])
          | [{_WIDE}]
        )?
        (?:
            [{_CLOSE}]
          | [ ]+(?:(?!’\w)(?![{_STOP}])[{_CLOSE}]|[{_STOP}]+(?![^ ]))
        )*
    )[ ]*""".replace("[ ]", r"\x20"),
    re.VERBOSE,
)
_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d_]{2}-)(?=[^\W\d_]{2})")
_INSIDE_LONG = re.compile(rf"(?<=[/_\-?&=#@.:,+~])(?<!\d[\-.,:/])(?![{_CLOSE}/])")


class TextLine(NamedTuple):
    """One line: characters `start` to `end` of the text, `shaved` off its left, `width` of what is seen.

    `final` lines end a paragraph or stand before a newline; they are never justified.
    """

    start: int
    end: int
    shaved: int
    width: int
    final: bool = False


class Measured:
    """A text with the width of each character and the kerns after some, ready to be broken at any width.

    `edges[i]` is where character i starts when everything stands on one line.
    """

    __slots__ = ("_cuts", "_ends", "_seen", "boxes", "edges", "kerns", "text")

    def __init__(self, text: str, boxes: Sequence[int], kerns: Mapping[int, int]) -> None:
        self.text = text
        self.boxes = boxes
        self.kerns = kerns
        advances = list(boxes)
        for index, kern in kerns.items():
            advances[index] += kern
        self.edges = list(accumulate(advances, initial=0))
        # Where lines may be cut, and where what is seen of them ends (before the spaces).
        places: dict[int, int] = {}
        start = 0
        for paragraph in text.split("\n"):
            stop = start + len(paragraph)
            for cluster in _CLUSTER.finditer(text, start, stop):
                if cluster.end() > cluster.start():
                    places[cluster.end()] = cluster.end(1)
            if "-" in paragraph:
                places |= {found.start(): found.start() for found in _AFTER_HYPHEN.finditer(text, start, stop)}
            start = stop + 1
        self._cuts = sorted(places)
        self._seen = [places[cut] for cut in self._cuts]
        self._ends = [self._right_edge(end) for end in self._seen]

    def _right_edge(self, end: int) -> int:
        """Return where the ink of a line that stops before `end` stops."""
        if not end:
            return 0
        last, box = self.text[end - 1], self.boxes[end - 1]
        blank = BLANK_HALF if box >= FULL_WIDTH and last in BLANK_AT_RIGHT else 0
        return self.edges[end - 1] + box - blank

    def _blank_at(self, start: int) -> int:
        full = start < len(self.text) and self.text[start] in BLANK_AT_LEFT and self.boxes[start] >= FULL_WIDTH
        return BLANK_HALF if full else 0

    def line(self, start: int, end: int, *, final: bool = False) -> TextLine:
        """Make the line of the characters `start` to `end`."""
        shaved = self._blank_at(start) if end > start else 0
        width = self._right_edge(end) - self.edges[start] - shaved if end > start else 0
        return TextLine(start, end, shaved, width, final)

    def widest_cluster(self) -> int:
        """Return the width of the widest stretch that has no place to break."""
        starts = [0, *self._cuts]
        return max((end - self.edges[start] for start, end in zip(starts, self._ends, strict=False)), default=0)

    def keeping(self, spans: Iterable[tuple[int, int]]) -> "Measured":
        """Return the same text with no place to break inside some stretches of it."""
        whole = [*spans]
        other = Measured(self.text, self.boxes, self.kerns)
        left = [place for place, cut in enumerate(self._cuts) if not any(start < cut < end for start, end in whole)]
        other._cuts, other._seen, other._ends = (
            [found[place] for place in left] for found in (self._cuts, self._seen, self._ends)
        )
        return other

    def lines(self, width: float) -> tuple[TextLine, ...]:
        """Break the text into lines no wider than `width`, each as full as it can be."""
        if "\n" not in self.text:
            return tuple(self._fill(0, len(self.text), width))
        found: list[TextLine] = []
        start = 0
        for paragraph in self.text.split("\n"):
            found += self._fill(start, start + len(paragraph), width)
            start += len(paragraph) + 1
        return tuple(found)

    def _fill(self, start: int, stop: int, width: float) -> Iterator[TextLine]:
        """Fill lines with whole clusters; `first` is the next cluster, `start` lies in it only after a cut inside."""
        cuts, ends, seen = self._cuts, self._ends, self._seen
        first, last = bisect_right(cuts, start), bisect_right(cuts, stop)
        if first == last:
            yield self.line(start, start, final=True)
        while first < last:
            limit = self.edges[start] + self._blank_at(start) + width
            fitting = bisect_right(ends, limit, first, last)
            if fitting == first:
                end = self._cut_inside(start, seen[first], limit)
                fitting += end == seen[first]
            else:
                end = seen[fitting - 1]
            yield self.line(start, end, final=fitting == last)
            start = end if fitting == first else cuts[fitting - 1]
            first = fitting

    def _cut_inside(self, start: int, stop: int, limit: float) -> int:
        """Find where to cut a stretch wider than a line: after a joint of an address, else where the line is full."""
        full = min(max(bisect_right(self.edges, limit) - 1, start + 1), stop)
        while full > start + 1 and self._right_edge(full) > limit:
            full -= 1
        joints = [match.end() for match in _INSIDE_LONG.finditer(self.text, start + 1, full + 1)]
        if joints and joints[-1] <= full and 3 * self.edges[joints[-1]] > 2 * self.edges[start] + limit:
            return joints[-1]
        end = full
        while end > start + 1 and (self.text[end] in CLOSING or self.text[end - 1] in OPENING):
            end -= 1
        return end if end > start + 1 else full


TERMS = re.compile(r"[（(][^（()）]{1,12}[)）]|新质生产力(?:发展)?|自评(?:简报|报告|问卷)")
"""What a heading does not part: a short remark in brackets, the name of the subject matter and of the paper."""

COLON = re.compile(rf"[^:：]+[:：]|(?:(?<=: )|(?<=：))\S.+|{TERMS.pattern}")
"""Besides, what stands before a colon and what stands behind it."""


def balanced(measured: Measured, width: float) -> tuple[TextLine, ...]:
    """Break a heading so that its lines are about equally long, without needing one line more.

    What belongs together stays on one line where that costs none.
    """
    lines = measured.lines(width)
    for together in (COLON, TERMS) if len(lines) > 1 else ():
        kept = measured.keeping(found.span() for found in together.finditer(measured.text))
        if kept.widest_cluster() <= width and len(kept.lines(width)) == len(lines):
            measured, lines = kept, kept.lines(width)
            break
    low, high = max(width / max(len(lines), 1), measured.widest_cluster()), width
    while len(lines) > 1 and high - low > FULL_WIDTH / 4:
        middle = (low + high) / 2
        tried = measured.lines(middle)
        low, high, lines = (low, middle, tried) if len(tried) <= len(lines) else (middle, high, lines)
    return lines


def without_runt(measured: Measured, width: float) -> tuple[TextLine, ...]:
    """Break a paragraph so that no lone character or short word stands in its last line, where that costs no line."""
    lines = measured.lines(width)
    cell = width < NARROW
    least = (2 if cell else 3) * FULL_WIDTH
    if len(lines) < 2 or lines[-1].width >= least:
        return lines
    narrowest = measured.widest_cluster()
    for share in (0.92, 0.84, 0.76, 0.68) if cell else (0.98, 0.96, 0.94, 0.92):
        tried = measured.lines(min(max(width * share, narrowest), width))
        if len(tried) == len(lines) and tried[-1].width >= least:
            return tried
    return lines
