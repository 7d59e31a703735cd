"""A logo is shown as it is or refused by name: pictures whole, drawings faithful, nothing active."""

import io
from math import cos, hypot, pi, sin
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from nqpf_assess.model.problem import UserError
from nqpf_assess.report.pdf import write_pdf
from nqpf_assess.report.pdf.logo import logo_in, read_logo
from nqpf_assess.report.pdf.svg import SvgError, read_svg
from nqpf_assess.report.pdf.svg_path import PathError, arc, segments
from tests.report import demo
from tests.report.reading import findings

HERE = Path("logo")
RED = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#c00000"/></svg>'


def png(size: tuple[int, int] = (80, 40), colour: str = "#c00000", mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, "PNG")
    return file.getvalue()


def svg(inside: str, head: str = 'viewBox="0 0 100 100"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inside}</svg>'.encode()


@pytest.mark.parametrize("data", [png(), png(mode="RGBA"), RED], ids=["png", "png with alpha", "svg"])
def test_a_logo_stands_on_the_cover_in_its_colours_and_passes_both_profiles(data: bytes) -> None:
    made = write_pdf(demo.outline(demo.english()), logo=logo_in(data, HERE)).data
    cover = pypdfium2.PdfDocument(made)[0].render(scale=1).to_pil()
    reds = sum(count for count, colour in cover.getcolors(maxcolors=10**6) if colour == (192, 0, 0))
    assert reds > 1500  # 80 x 40 points less its edge
    assert findings(made) == []


def test_a_logo_is_a_figure_with_words() -> None:
    import pikepdf

    made = write_pdf(demo.outline(demo.english()), logo=logo_in(RED, HERE)).data
    with pikepdf.open(io.BytesIO(made)) as pdf:
        said = [str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert any(words.startswith("Logo of ") for words in said)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no PNG"),
        (b"GIF89a", "no PNG"),
        (png()[:60], "damaged"),
        (png()[:16] + b"\x00\x01\x00\x00" * 2 + png()[24:], "65536 × 65536 pixels"),
        (b"\x89PNG\r\n\x1a\n", "0 × 0 pixels"),
        (b" " * 4_000_001, "larger than 4 MB"),
        (svg("<text>Hello</text>"), "<text>"),
        (svg('<image href="file:///secret.png"/>'), "<image>"),
        (svg("<script>alert(1)</script>"), "<script>"),
        (svg('<a href="http://x"><rect width="9" height="9"/></a>'), "<a>"),
        (svg("<style>.a{fill:red}</style>"), "<style>"),
        (svg('<rect class="a" width="9" height="9"/>'), 'class="a"'),
        (svg('<rect width="9" height="9" fill="url(#g)"/>'), "url"),
        (svg('<rect width="9" height="9" opacity="0.5"/>'), "opacity"),
        (svg('<rect width="9cm" height="9"/>'), "9cm"),
        (svg('<path d="M0 0 L"/>'), "L"),
        (svg('<path d="M0 0 X9 9"/>'), "X"),
        (svg('<g transform="spin(9)"><rect width="9" height="9"/></g>'), "spin"),
        (svg(""), "0 outlines"),
        (svg('<rect width="9" height="9"/>', head=""), "viewBox"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "DOCTYPE"),
        (b"<html/>", "<html>"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_name(data: bytes, said: str) -> None:
    with pytest.raises(UserError) as caught:
        logo_in(data, HERE)
    assert said in caught.value.message["en"]
    assert set(caught.value.message) == set(caught.value.hint) == {"en", "zh"}


def test_a_missing_logo_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_logo(tmp_path / "nowhere.png")


def test_path_data_is_read_in_every_way_it_may_be_written() -> None:
    straight = [("M", ((1.0, 2.0),)), ("L", ((4.0, 6.0),)), ("L", ((4.0, 9.0),)), ("L", ((0.5, 9.0),)), ("Z", ())]
    for data in ("M1 2 4 6V9H.5Z", "m1,2 3,4 v3h-3.5z", "M 1 2 L 4 6 L 4 9 L 5e-1 9 z", "M1 2l3 4 0 3-3.5 0z"):
        assert segments(data) == straight
    curved = segments("M0 0C0 1 1 2 2 2S4 1 4 0")
    assert curved[2] == ("C", ((3.0, 2.0), (4.0, 1.0), (4.0, 0.0)))
    assert segments("M0 0Q3 3 6 0T12 0")[2] == segments("M6 0Q9-3 12 0")[1]
    assert segments("M0 0a1 1 0 0110 0") == segments("M0 0 a1,1,0,0,1,10,0")
    for wrong in ("M", "M1", "L1 2 3", "M0 0C1 1 2 2"):
        with pytest.raises(PathError):
            segments(wrong)


@pytest.mark.parametrize("large", [0, 1])
@pytest.mark.parametrize("sweep", [0, 1])
@pytest.mark.parametrize("tilt", [0, 30, -75])
def test_an_arc_stays_on_its_ellipse_and_ends_where_it_should(large: int, sweep: int, tilt: float) -> None:
    rx, ry, start, end = 5.0, 3.0, (1.0, 2.0), (6.0, 4.0)
    curves = arc(start, (rx, ry, tilt, large, sweep, *end), end)
    assert curves[-1][2] == pytest.approx(end)
    angle = tilt * pi / 180
    centres = [_centre_left(curve, angle, rx, ry, before) for before, curve in _with_starts(start, curves)]
    assert all(value == pytest.approx(1.0, abs=2e-3) for value in centres)


def _with_starts(start, curves):
    starts = [start, *(curve[2] for curve in curves)]
    return list(zip(starts, curves, strict=False))


def _centre_left(curve, angle: float, rx: float, ry: float, start) -> float:
    """The curve's middle, measured by the ellipse through its ends: 1 where it lies on it."""
    a, b, end = curve

    def unturned(point):
        x, y = point[0] * cos(angle) + point[1] * sin(angle), -point[0] * sin(angle) + point[1] * cos(angle)
        return (x / rx, y / ry)

    p, q, r, s = map(unturned, (start, a, b, end))
    middle = tuple((p[i] + 3 * q[i] + 3 * r[i] + s[i]) / 8 for i in (0, 1))
    tangent = (q[0] - p[0], q[1] - p[1])
    length = hypot(*tangent)
    normal = (-tangent[1] / length, tangent[0] / length)
    side = 1 if (s[0] - p[0]) * normal[0] + (s[1] - p[1]) * normal[1] > 0 else -1
    centre = (p[0] + side * normal[0], p[1] + side * normal[1])
    return hypot(middle[0] - centre[0], middle[1] - centre[1])


def test_shapes_and_transforms_come_out_as_they_are_drawn() -> None:
    inside = (
        '<title>T</title><g transform="translate(10 20) scale(2)" fill="red"><rect x="1" y="1" width="2" height="3"/>'
        '<circle cx="5" cy="5" r="1" style="fill:#0f0;stroke:black;stroke-width:.5"/></g>'
        '<polygon points="0,0 10,0 5,5" fill-rule="evenodd" transform="rotate(90 5 5)"/>'
        '<line x1="0" y1="0" x2="5" y2="0" stroke="blue"/><rect rx="2" width="8" height="8"/><ellipse rx="3" ry="2"/>'
    )
    drawing = read_svg(svg(inside))
    first, dot, wedge, line, rounded, oval = drawing.outlines
    assert first.segments[0] == ("M", ((12.0, 22.0),))
    assert (first.fill, first.stroke) == ("#ff0000", "")
    assert (dot.fill, dot.stroke, dot.line) == ("#00ff00", "#000000", 1.0)
    assert wedge.even_odd
    assert wedge.segments[1][1][0] == pytest.approx((10.0, 10.0))
    assert line.stroke == "#0000ff"
    assert sum(kind == "C" for kind, _ in rounded.segments) == 4
    assert sum(kind == "C" for kind, _ in oval.segments) == 4


def test_too_many_outlines_are_refused() -> None:
    with pytest.raises(SvgError, match="2001 outlines"):
        read_svg(svg('<rect width="1" height="1"/>' * 2001))
