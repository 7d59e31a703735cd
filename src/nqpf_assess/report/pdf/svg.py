"""A plain SVG drawing as filled and stroked outlines: shapes, paths, groups and transforms; nothing that is active.

What it cannot draw faithfully (text, pictures, gradients, styles, scripts, links, half-transparent parts) is refused by
name rather than left out.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, radians, sin, tan

from reportlab.lib import colors

from nqpf_assess.report.pdf.svg_path import PathError, Point, Segment, segments

Matrix = tuple[float, float, float, float, float, float]
STILL: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
SILENT = frozenset({"title", "desc", "metadata", "defs"})
"""Elements that draw nothing; `defs` only while it is empty."""

INHERITED = ("fill", "stroke", "stroke-width", "fill-rule")
OPAQUE = ("opacity", "fill-opacity", "stroke-opacity")
REFUSED_KEYS = ("class", "filter", "mask", "clip-path", "marker-end", "marker-start", "marker-mid")
MOST_OUTLINES = 2_000
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")


class SvgError(ValueError):
    """A drawing that cannot be shown as it is; the message names what stands against it."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One shape in the drawing's own coordinates; colours as #RRGGBB, "" for none."""

    segments: tuple[Segment, ...]
    fill: str
    stroke: str
    line: float
    even_odd: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: its window (x, y, width, height) and its outlines from the bottom up."""

    window: tuple[float, float, float, float]
    outlines: tuple[Outline, ...]


def read_svg(data: bytes) -> Drawing:
    """Read a drawing. Raises SvgError for what cannot be drawn faithfully."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise SvgError("<!DOCTYPE>")
    try:
        root = ET.fromstring(data)
    except ET.ParseError as fault:
        raise SvgError(str(fault)) from fault
    if _name(root) != "svg":
        raise SvgError(f"<{_name(root)}>")
    try:
        found = tuple(_outlines(root, {}, STILL))
        window = _window(root)
    except (PathError, IndexError) as fault:
        raise SvgError(str(fault)) from fault
    if not found or len(found) > MOST_OUTLINES:
        raise SvgError(f"{len(found)} outlines")
    return Drawing(window, found)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "?"


def _window(root: ET.Element) -> tuple[float, float, float, float]:
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    if len(box) != 4:
        box = [0.0, 0.0, _number(root.attrib, "width"), _number(root.attrib, "height")]
    if box[2] <= 0 or box[3] <= 0:
        raise SvgError("viewBox")
    return (box[0], box[1], box[2], box[3])


def _number(given: Mapping[str, str], key: str, otherwise: float = 0.0) -> float:
    found = re.fullmatch(rf"\s*({_NUMBER.pattern})(?:px)?\s*", given.get(key, ""))
    if key in given and found is None:
        raise SvgError(f'{key}="{given[key][:30]}"')
    return float(found[1]) if found else otherwise


def _outlines(element: ET.Element, inherited: Mapping[str, str], matrix: Matrix) -> Iterator[Outline]:
    name = _name(element)
    if name in SILENT and not (name == "defs" and len(element)):
        return
    given = _stated(element)
    style = {**inherited, **{key: given[key] for key in INHERITED if key in given}}
    matrix = _times(matrix, _transform(given.get("transform", "")))
    if name in ("svg", "g"):
        for below in element:
            yield from _outlines(below, style, matrix)
        return
    yield _outline(_shape(name, given), style, matrix)


def _stated(element: ET.Element) -> dict[str, str]:
    """Give the attributes with those of `style` among them; refuse what would have to be left out."""
    given = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    for entry in filter(None, given.pop("style", "").split(";")):
        key, _, value = entry.partition(":")
        given[key.strip()] = value.strip()
    for key in REFUSED_KEYS:
        if key in given and given[key] != "none":
            raise SvgError(f'{key}="{given[key][:30]}"')
    for key in OPAQUE:
        if _number(given, key, 1.0) != 1.0:
            raise SvgError(f'{key}="{given[key]}"')
    return given


def _shape(name: str, given: Mapping[str, str]) -> list[Segment]:
    match name:
        case "path":
            return segments(given.get("d", ""))
        case "rect":
            x, y, w, h = (_number(given, key) for key in ("x", "y", "width", "height"))
            return segments(_rounded(given, (x, y, w, h)))
        case "circle" | "ellipse":
            keys = ("r", "r") if name == "circle" else ("rx", "ry")
            rx, ry = (_number(given, key) for key in keys)
            left, y = _number(given, "cx") - rx, _number(given, "cy")
            return segments(f"M{left} {y}a{rx} {ry} 0 1 0 {2 * rx} 0a{rx} {ry} 0 1 0 {-2 * rx} 0Z")
        case "line":
            x1, y1, x2, y2 = (_number(given, key) for key in ("x1", "y1", "x2", "y2"))
            return segments(f"M{x1} {y1}L{x2} {y2}")
        case "polyline" | "polygon":
            return segments(f"M{given.get('points', '')}{'Z' if name == 'polygon' else ''}")
    raise SvgError(f"<{name}>")


def _rounded(given: Mapping[str, str], box: tuple[float, float, float, float]) -> str:
    x, y, w, h = box
    rx = min(_number(given, "rx", _number(given, "ry")), w / 2)
    ry = min(_number(given, "ry", rx), h / 2)
    if not rx or not ry:
        return f"M{x} {y}h{w}v{h}h{-w}Z"
    corner = f"a{rx} {ry} 0 0 1"
    return (
        f"M{x + rx} {y}h{w - 2 * rx}{corner} {rx} {ry}v{h - 2 * ry}{corner} {-rx} {ry}"
        f"h{2 * rx - w}{corner} {-rx} {-ry}v{2 * ry - h}{corner} {rx} {-ry}Z"
    )


def _outline(shape: list[Segment], style: Mapping[str, str], matrix: Matrix) -> Outline:
    moved = tuple((kind, tuple(_moved(point, matrix) for point in points)) for kind, points in shape)
    size = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
    return Outline(
        moved,
        _colour(style.get("fill", "black")),
        _colour(style.get("stroke", "none")),
        _number(style, "stroke-width", 1.0) * size,
        style.get("fill-rule") == "evenodd",
    )


def _colour(words: str) -> str:
    name = words.strip().lower()
    if name in ("none", "transparent"):
        return ""
    if re.fullmatch(r"#[0-9a-f]{3}", name):
        return "#" + "".join(2 * digit for digit in name[1:])
    if re.fullmatch(r"#[0-9a-f]{6}", name):
        return name
    named = colors.getAllNamedColors().get("black" if name == "currentcolor" else name)
    if named is None:
        raise SvgError(f'"{words[:30]}"')
    return "#" + str(named.hexval())[2:8]


def _transform(words: str) -> Matrix:
    found = STILL
    for kind, inside in _TRANSFORM.findall(words):
        found = _times(found, _one_transform(kind, [float(number) for number in _NUMBER.findall(inside)]))
    if _TRANSFORM.sub("", words).strip(" ,\t\r\n"):
        raise SvgError(f'transform="{words[:30]}"')
    return found


def _one_transform(kind: str, n: list[float]) -> Matrix:
    match kind:
        case "matrix":
            return (n[0], n[1], n[2], n[3], n[4], n[5])
        case "translate":
            return (1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0)
        case "scale":
            return (n[0], 0, 0, n[-1], 0, 0)
        case "rotate":
            turn = (cos(radians(n[0])), sin(radians(n[0])))
            x, y = (n[1], n[2]) if len(n) > 2 else (0.0, 0.0)
            about = _times((1, 0, 0, 1, x, y), (turn[0], turn[1], -turn[1], turn[0], 0, 0))
            return _times(about, (1, 0, 0, 1, -x, -y))
        case "skewX":
            return (1, 0, tan(radians(n[0])), 1, 0, 0)
    return (1, tan(radians(n[0])), 0, 1, 0, 0)


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[2] * b[1],
        a[1] * b[0] + a[3] * b[1],
        a[0] * b[2] + a[2] * b[3],
        a[1] * b[2] + a[3] * b[3],
        a[0] * b[4] + a[2] * b[5] + a[4],
        a[1] * b[4] + a[3] * b[5] + a[5],
    )


def _moved(point: Point, m: Matrix) -> Point:
    return (m[0] * point[0] + m[2] * point[1] + m[4], m[1] * point[0] + m[3] * point[1] + m[5])
