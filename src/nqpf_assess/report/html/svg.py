"""The charts as SVG: the drawings of the PDF, painted by a pen that writes shapes and words instead of a page."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

from nqpf_assess.report.blocks import Align, Chart
from nqpf_assess.report.pdf import theme
from nqpf_assess.report.pdf.charts.figure import FigureFlowable
from nqpf_assess.report.pdf.charts.matrix import PointNames
from nqpf_assess.report.pdf.pen import BASE_LINE, SHARES, Pen, Point
from nqpf_assess.report.pdf.story import COMPOSERS
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.theme import WIDTH
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords
from nqpf_assess.typography.linebreak import TextLine

COLOURS: Mapping[str, str] = {
    getattr(theme, name): name.lower()
    for name in ("INK", "MUTED", "NAVY", "BLUE", "ORANGE", "RUST", "PEACH", "GRID", "RULE", "PALE", "WHITE")
} | {shade: f"blue{number}" for number, shade in enumerate(theme.BLUES[:-1])}
"""Colours that the page's style sheet names, so that they change with the reader's light and dark."""

MARGIN = 8.0
"""Room around a drawing for marks that reach over its edge."""


def svg_of(composer: Composer, chart: Chart, id: str) -> str:
    """Draw a chart; `id` begins the ids of its title and description. Empty where there is nothing to draw."""
    drawn = [
        piece
        for piece in COMPOSERS[type(chart)](composer, chart)
        if isinstance(piece, FigureFlowable | PointNames) and piece.height
    ]
    if not drawn:
        return ""
    pen, top = SvgPen(composer), MARGIN
    for piece in drawn:
        piece.draw(pen, MARGIN, top)
        top += piece.height + (4.0 if isinstance(piece, PointNames) else 14.0)
    wide, high = max(getattr(piece, "width", WIDTH) for piece in drawn) + 2 * MARGIN, top
    return (
        f'<svg class="chart" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" height="{high:.0f}" role="img" '
        f'aria-labelledby="{id}-t {id}-d"><title id="{id}-t">{escape(chart.caption or chart.alt)}</title>'
        f'<desc id="{id}-d">{escape(chart.alt)}</desc>{"".join(pen.written)}</svg>'
    )


class SvgPen(Pen):
    """Writes shapes and words as the elements of a drawing, in the same coordinates as on a page of paper."""

    def __init__(self, composer: Composer) -> None:
        self.written: list[str] = []
        self.bold = {composer.fonts.latin_bold.name, composer.fonts.han_bold.name}

    @contextmanager
    def mark(self, node: Element) -> Iterator[None]:  # noqa: ARG002 - the drawing is one image to who listens
        """Draw what is content."""
        yield

    @contextmanager
    def artifact(self, kind: str = "Layout", place: str = "") -> Iterator[None]:  # noqa: ARG002
        """Draw what is decoration."""
        yield

    def rect(
        self, x: float, top: float, width: float, height: float, *, fill: str = "", stroke: str = "", line: float = 0.5
    ) -> None:
        """Draw a rectangle from its upper left corner."""
        self.round_rect(x, top, width, height, radius=0.0, fill=fill, stroke=stroke, line=line)

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
        corner = f' rx="{radius:g}"' if radius else ""
        shape = f'<rect x="{_short(x)}" y="{_short(top)}" width="{_short(width)}" height="{_short(height)}"{corner}'
        self.written.append(f"{shape}{_paint(fill, stroke, line)}/>")

    def line(self, start: Point, end: Point, *, colour: str, line: float = 0.5, dash: Sequence[float] = ()) -> None:
        """Draw a straight line."""
        shape = f'<path d="M{_short(start[0])} {_short(start[1])}L{_short(end[0])} {_short(end[1])}"'
        self.written.append(f"{shape}{_paint('', colour, line, dash)}/>")

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
        path = "L".join(f"{_short(x)} {_short(y)}" for x, y in points)
        self.written.append(f'<path d="M{path}Z"{_paint(fill, stroke, line, dash)}/>')

    def circle(self, centre: Point, radius: float, *, fill: str = "", stroke: str = "", line: float = 0.5) -> None:
        """Draw a circle."""
        shape = f'<circle cx="{_short(centre[0])}" cy="{_short(centre[1])}" r="{_short(radius)}"'
        self.written.append(f"{shape}{_paint(fill, stroke, line)}/>")

    @contextmanager
    def clipped(self, x: float, top: float, width: float, height: float) -> Iterator[None]:
        """Show only what falls inside a rectangle: a drawing within the drawing."""
        self.written.append(
            f'<svg x="{_short(x)}" y="{_short(top)}" width="{_short(width)}" height="{_short(height)}" '
            f'viewBox="{_short(x)} {_short(top)} {_short(width)} {_short(height)}">'
        )
        yield
        self.written.append("</svg>")

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
        """Write words line by line, each as wide as it was measured, whatever font the reader has."""
        style = words.style
        for row, line in enumerate(words.lines(width) if lines is None else lines):
            pieces = list(words.placed(line, width))
            said = ""
            for piece in pieces:
                words_of_it = escape(piece.text.replace("\n", " "), quote=False)
                bold = piece.heavy or piece.face.name in self.bold
                said += f'<tspan class="b">{words_of_it}</tspan>' if bold else words_of_it
            if not said.strip():
                continue
            wide = words.points(line)
            at = x + (width - wide) * SHARES[align]
            down = top + row * words.leading + words.leading / 2 + BASE_LINE * style.size
            self.written.append(
                f'<text class="t-{COLOURS[style.colour]}" x="{_short(at)}" y="{_short(down)}" '
                f'font-size="{style.size:g}" '
                f'textLength="{_short(wide)}" lengthAdjust="spacingAndGlyphs">{said}</text>'
            )

    def tagged_text(self, node: Element, words: TypesetWords, x: float, top: float, width: float, **how: Any) -> None:  # noqa: ARG002
        """Write words; links of a drawing stay plain words."""
        how.pop("quiet", None)
        self.text(words, x, top, width, **how)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _paint(fill: str, stroke: str, line: float, dash: Sequence[float] = ()) -> str:
    """Write how a shape is filled and lined, its colours as classes."""
    classes = [f"{kind}-{COLOURS[colour]}" for kind, colour in (("f", fill), ("s", stroke)) if colour]
    said = f' class="{" ".join(classes)}"' if classes else ""
    said += "" if fill else ' fill="none"'
    said += f' stroke-width="{line:g}"' if stroke else ""
    return said + (f' stroke-dasharray="{" ".join(f"{part:g}" for part in dash)}"' if dash else "")
