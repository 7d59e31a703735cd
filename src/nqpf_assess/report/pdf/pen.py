"""The hand that draws: lines, shapes and words on reportlab's canvas, each piece marked for the structure tree.

Coordinates run in points from the page's upper left corner, downwards.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from math import cos, pi, sin
from operator import itemgetter
from typing import Any
from urllib.parse import quote, urlsplit

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from nqpf_assess.locale.grammar import grammar
from nqpf_assess.report.blocks import Align
from nqpf_assess.report.pdf.structure import Annotation, Destination, Element, MarkedContent
from nqpf_assess.report.pdf.theme import BLUE, PAGE_HEIGHT
from nqpf_assess.report.pdf.typeset import Placed, TypesetWords
from nqpf_assess.typography.linebreak import TextLine

SCHEMES = frozenset({"http", "https", "mailto"})
"""Where a link out of the report may lead."""

BASE_LINE = 0.36
"""How far below a line's middle the base line stands, in em: centres hanzi and capitals alike."""

THICKER = 0.034
"""Width of the line round heavy characters, in em."""

Point = tuple[float, float]
_WORDS_OF_LATIN = re.compile(r"[A-Za-z]{2,}\W+[A-Za-z]{2,}")
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


class Pen:
    """Draws one page after another. What is drawn must stand inside `mark` (content) or `artifact` (decoration)."""

    def __init__(self, canvas: Canvas, places: Mapping[str, Destination]) -> None:
        self._canvas = canvas
        self._state: dict[str, object] = {}
        self.places = places
        self.page = -1
        self.firsts: Sequence[int] = ()  # the pages on which the parts of the report begin
        self.owners: list[list[Element]] = []
        self.annotations: list[Annotation] = []

    def start_page(self, places: Mapping[str, Destination]) -> None:
        """Turn to the next page; `places` are the anchors its links can see."""
        if self.page >= 0:
            self._canvas.showPage()
        self.page += 1
        self.places = places
        self.owners.append([])
        self._state = {}

    def first_page_of(self, page: int) -> int:
        """Return the page on which the part that holds a page begins."""
        return max((first for first in self.firsts if first <= page), default=0)

    @contextmanager
    def mark(self, node: Element) -> Iterator[None]:
        """Make what is drawn inside a part of the node."""
        owned = self.owners[self.page]
        node.kids.append(MarkedContent(self.page, len(owned)))
        self._canvas.addLiteral(f"/{node.kind} <</MCID {len(owned)}>> BDC")
        owned.append(node)
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout", place: str = "") -> Iterator[None]:
        """Make what is drawn inside decoration: frames, rules, running heads."""
        attached = f" /Subtype /{place} /Attached [/{'Top' if place == 'Header' else 'Bottom'}]" if place else ""
        self._canvas.addLiteral(f"/Artifact <</Type /{kind}{attached}>> BDC")
        yield
        self._canvas.addLiteral("EMC")

    # Shapes

    def rect(
        self, x: float, top: float, width: float, height: float, *, fill: str = "", stroke: str = "", line: float = 0.5
    ) -> None:
        """Draw a rectangle from its upper left corner."""
        self._ink(fill, stroke, line)
        painted = {(True, False): "f", (False, True): "S", (True, True): "B"}.get((bool(fill), bool(stroke)), "n")
        self._canvas.addLiteral(f"{x:.2f} {PAGE_HEIGHT - top - height:.2f} {width:.2f} {height:.2f} re {painted}")

    def round_rect(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        radius: float,
        fill: str = "",
        stroke: str = "",
        line: float = 0.5,
    ) -> None:
        """Draw a rectangle with round corners."""
        self._ink(fill, stroke, line)
        bottom = PAGE_HEIGHT - top - height
        self._canvas.roundRect(x, bottom, width, height, radius, fill=bool(fill), stroke=bool(stroke))

    def line(self, start: Point, end: Point, *, colour: str, line: float = 0.5, dash: Sequence[float] = ()) -> None:
        """Draw a straight line."""
        self._ink("", colour, line, dash)
        self._canvas.addLiteral(
            f"{start[0]:.2f} {PAGE_HEIGHT - start[1]:.2f} m {end[0]:.2f} {PAGE_HEIGHT - end[1]:.2f} l S"
        )

    def polygon(
        self,
        points: Sequence[Point],
        *,
        fill: str = "",
        stroke: str = "",
        line: float = 0.5,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a closed polygon."""
        self._ink(fill, stroke, line, dash)
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], PAGE_HEIGHT - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, PAGE_HEIGHT - y)
        path.close()
        self._canvas.drawPath(path, fill=bool(fill), stroke=bool(stroke))

    def circle(self, centre: Point, radius: float, *, fill: str = "", stroke: str = "", line: float = 0.5) -> None:
        """Draw a circle."""
        self._ink(fill, stroke, line)
        self._canvas.circle(centre[0], PAGE_HEIGHT - centre[1], radius, fill=bool(fill), stroke=bool(stroke))

    def diamond(self, centre: Point, radius: float, *, fill: str = "", stroke: str = "", line: float = 0.5) -> None:
        """Draw a square standing on its corner."""
        self.polygon(regular(centre, radius, 4), fill=fill, stroke=stroke, line=line)

    def image(self, picture: Any, x: float, top: float, width: float, height: float) -> None:
        """Draw a picture from its upper left corner."""
        self._canvas.drawImage(ImageReader(picture), x, PAGE_HEIGHT - top - height, width, height)

    @contextmanager
    def clipped(self, x: float, top: float, width: float, height: float) -> Iterator[None]:
        """Show only what falls inside a rectangle."""
        before = dict(self._state)
        self._canvas.saveState()
        path = self._canvas.beginPath()
        path.rect(x, PAGE_HEIGHT - top - height, width, height)
        self._canvas.clipPath(path, stroke=0, fill=0)
        yield
        self._canvas.restoreState()
        self._state = before

    def _ink(self, fill: str, stroke: str, line: float = 0.5, dash: Sequence[float] = ()) -> None:
        if fill:
            self._set("fill", fill, lambda: self._canvas.setFillColorRGB(*_rgb(fill)))
        if stroke:
            self._set("stroke", stroke, lambda: self._canvas.setStrokeColorRGB(*_rgb(stroke)))
            self._set("line", line, lambda: self._canvas.setLineWidth(line))
            self._set("dash", tuple(dash), lambda: self._canvas.setDash(list(dash)))

    def _set(self, name: str, value: object, change: Any) -> None:
        if self._state.get(name) != value:
            self._state[name] = value
            change()

    # Words

    def text(
        self,
        words: TypesetWords,
        x: float,
        top: float,
        width: float,
        *,
        align: Align = "left",
        lines: Sequence[TextLine] | None = None,
    ) -> None:
        """Draw words in a box `width` points wide, inside whatever is being marked; links stay plain words."""
        for baseline, pieces in self._set_lines(words, x, top, width, align=align, lines=lines):
            self._show(words, baseline, pieces)

    def tagged_text(
        self,
        node: Element,
        words: TypesetWords,
        x: float,
        top: float,
        width: float,
        *,
        align: Align = "left",
        lines: Sequence[TextLine] | None = None,
        quiet: bool = False,
    ) -> None:
        """Draw words as a part of the node, with their links; `quiet` links look like the words around them."""
        rows = self._set_lines(words, x, top, width, align=align, lines=lines)
        if not any(stretch.link for stretch in words.stretches):
            with self.mark(node):
                for baseline, pieces in rows:
                    self._show(words, baseline, pieces)
            return
        flat = [(self._target(piece.link), baseline, piece) for baseline, pieces in rows for piece in pieces]
        for target, group in groupby(flat, key=itemgetter(0)):
            spot = node.add("Link") if target else node
            with self.mark(spot):
                for baseline, row in groupby(group, key=itemgetter(1)):
                    pieces = [piece for _, _, piece in row]
                    self._show(words, baseline, pieces, colour=BLUE if target and not quiet else "")
                    if target:
                        size, last = words.style.size, pieces[-1]
                        base = PAGE_HEIGHT - baseline
                        annotation = Annotation(
                            self.page,
                            (pieces[0].x, base - 0.25 * size, last.x + last.width(size), base + 0.85 * size),
                            target,
                            "".join(piece.text for piece in pieces),
                            spot,
                        )
                        self.annotations.append(annotation)
                        annotation.node.kids.append(annotation)
                    if target and not quiet:
                        y = baseline + 0.16 * words.style.size
                        end = pieces[-1].x + pieces[-1].width(words.style.size)
                        self.line((pieces[0].x, y), (end, y), colour=BLUE, line=0.4)

    def _set_lines(
        self, words: TypesetWords, x: float, top: float, width: float, *, align: Align, lines: Sequence[TextLine] | None
    ) -> list[tuple[float, list[Placed]]]:
        found = []
        for row, line in enumerate(words.lines(width) if lines is None else lines):
            baseline = top + row * words.leading + words.leading / 2 + BASE_LINE * words.style.size
            shift = x + (width - words.points(line)) * SHARES[align]
            found.append((baseline, list(words.placed(line, width, shift))))
        return found

    def _show(self, words: TypesetWords, baseline: float, pieces: Sequence[Placed], *, colour: str = "") -> None:
        ink = colour or words.style.colour
        heavy = any(piece.heavy for piece in pieces)
        self._ink(ink, ink if heavy else "", words.style.size * THICKER)
        code, document = ["BT"], self._canvas._doc
        chinese = grammar(words.language).han
        for piece in pieces:
            foreign = ""  # the language of a piece, where it is another than that of the words
            if piece.han and not chinese and any(character.isalpha() for character in piece.text):
                foreign = "zh-CN"
            elif chinese and not piece.han and _WORDS_OF_LATIN.search(piece.text):
                foreign = "en"
            if foreign:
                code.append(f"/Span <</Lang ({foreign})>> BDC")
            size = words.style.size
            if self._state.get("spacing", 0.0) != piece.spacing:
                self._state["spacing"] = piece.spacing
                code.append(f"{piece.spacing:.3f} Tc")
            code.append(f"1 0 0 1 {piece.x:.2f} {PAGE_HEIGHT - baseline:.2f} Tm")
            if self._state.get("heavy", False) != piece.heavy:
                self._state["heavy"] = piece.heavy
                code.append("2 Tr" if piece.heavy else "0 Tr")
            if self._state.get("font") != (piece.face.name, size):
                self._state["font"] = (piece.face.name, size)
                code.append(f"{piece.face.font.getSubsetInternalName(0, document)} {size:g} Tf")
            code.append(f"<{piece.face.font.encoded(piece.text, document)}> Tj")
            if foreign:
                code.append("EMC")
        self._canvas.addLiteral(" ".join([*code, "ET"]))

    def _target(self, link: str) -> Destination | str:
        """Return where a link leads, or nothing: unknown anchors and other schemes stay plain words."""
        if link.startswith("#"):
            return self.places.get(link[1:], "")
        try:
            allowed = urlsplit(link).scheme.lower() in SCHEMES
        except ValueError:
            return ""
        return quote(link, safe="%:/?#[]@!$&'()*+,;=") if allowed else ""


def regular(centre: Point, radius: float, corners: int) -> list[Point]:
    """Return the corners of a regular polygon, the first at the top, clockwise."""
    angles = (2 * pi * corner / corners for corner in range(corners))
    return [(centre[0] + radius * sin(angle), centre[1] - radius * cos(angle)) for angle in angles]


@cache
def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue
