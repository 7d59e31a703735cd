"""Every word of a report stands out from the ground it stands on: 4.5 to 1 at least (WCAG 2.2, 1.4.3)."""

from collections.abc import Callable
from typing import Any

import pytest

from nqpf_assess.report.pdf import write_pdf
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.theme import WHITE
from tests.report import demo

LEAST = 4.5
Shape = Callable[[float, float], bool]


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * channel for share, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def inside(points: list[tuple[float, float]]) -> Shape:
    """Whether a point lies in a polygon (even-odd rule)."""

    def test(x: float, y: float) -> bool:
        hit = False
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                hit = not hit
        return hit

    return test


class Grounds:
    """Watches a pen: what is painted where on the page, and which words are set on top of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.painted: list[tuple[Shape, str]] = []
        self.found: dict[tuple[str, str], str] = {}
        for name in ("rect", "round_rect", "polygon", "circle", "start_page", "_show"):
            monkeypatch.setattr(Pen, name, self.watched(name, getattr(Pen, name)))

    def watched(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def watch(pen: Pen, *args: Any, **named: Any) -> Any:
            if name == "start_page":
                self.painted.clear()
            elif name == "_show":
                self.words(*args, **named)
            elif named.get("fill"):
                self.painted.append((self.shape(name, args), named["fill"]))
            return method(pen, *args, **named)

        return watch

    def shape(self, name: str, args: tuple[Any, ...]) -> Shape:
        if name == "polygon":
            return inside(list(args[0]))
        if name == "circle":
            (cx, cy), radius = args
            return lambda x, y: (x - cx) ** 2 + (y - cy) ** 2 <= radius**2
        left, top, width, height = args
        return lambda x, y: left <= x <= left + width and top <= y <= top + height

    def words(self, words: Any, baseline: float, pieces: Any, *, colour: str = "") -> None:
        colour = colour or words.style.colour
        for piece in pieces:
            wide = piece.width(words.style.size)
            for share in (0.02, 0.5, 0.98):
                x, y = piece.x + share * wide, baseline - 0.3 * words.style.size
                ground = next((fill for shape, fill in reversed(self.painted) if shape(x, y)), WHITE)
                self.found.setdefault((colour, ground), piece.text)


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_words_stand_out_from_their_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    grounds = Grounds(monkeypatch)
    write_pdf(demo.outline())
    assert len(grounds.found) > 12
    assert len({ground for _, ground in grounds.found}) > 4
    weak = {
        f"{colour} on {ground} ({contrast(colour, ground):.2f}): {text}"
        for (colour, ground), text in grounds.found.items()
        if contrast(colour, ground) < LEAST
    }
    assert not weak
