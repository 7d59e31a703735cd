"""Path data of SVG as straight lines and cubic curves, in absolute coordinates (SVG 2, chapter Paths)."""

import re
from collections.abc import Iterator, Sequence
from math import acos, ceil, cos, hypot, pi, radians, sin, sqrt, tan

Point = tuple[float, float]
Segment = tuple[str, tuple[Point, ...]]
"""`M` or `L` with a point, `C` with two controls and a point, `Z` with none."""

COMMANDS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_TOKEN = re.compile(r"([A-Za-z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(\S)")
_FLAGGED = re.compile(r"[\s,]*([01])")


class PathError(ValueError):
    """Path data that cannot be read."""


def segments(data: str) -> list[Segment]:
    """Read path data. Raises PathError where it cannot be read."""
    drawn = _Drawn()
    for command, numbers in _commands(data):
        drawn.go(command, numbers)
    return drawn.found


def _commands(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Cut the data into commands, a repeated one written out each time."""
    for letter, rest in re.findall(r"([A-DF-Za-df-z])([^A-DF-Za-df-z]*)", data):
        count = COMMANDS.get(letter.upper())
        numbers = _numbers(rest, arcs=letter in "Aa")
        if count is None or (count and (not numbers or len(numbers) % count)):
            raise PathError(letter)
        if not count:
            yield letter, ()
        for place in range(0, len(numbers), count or 1):
            following = {"M": "L", "m": "l"}.get(letter, letter) if place else letter
            yield following, tuple(numbers[place : place + count])


def _numbers(words: str, *, arcs: bool) -> list[float]:
    found: list[float] = []
    place = 0
    while place < len(words):
        flag = _FLAGGED.match(words, place) if arcs and len(found) % 7 in (3, 4) else None
        token = flag or _TOKEN.search(words, place)
        if token is None:
            break
        if flag is None and token[2] is None:
            if token[0] != ",":
                raise PathError(token[0])
        else:
            found.append(float(flag[1] if flag else token[2]))
        place = token.end()
    return found


class _Drawn:
    """The pen of a path: where it is, where the subpath began, and the last control point."""

    def __init__(self) -> None:
        self.found: list[Segment] = []
        self.at: Point = (0.0, 0.0)
        self.begin: Point = (0.0, 0.0)
        self.control: Point | None = None
        self.last = ""

    def go(self, command: str, numbers: Sequence[float]) -> None:
        """Follow one command."""
        kind = command.upper()
        origin = self.at if command.islower() else (0.0, 0.0)
        points = [(origin[0] + x, origin[1] + y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
        before, self.control = self.control, None
        match kind:
            case "M" | "L":
                self._to(kind, points[0])
                self.begin = points[0] if kind == "M" else self.begin
            case "H":
                self._to("L", (origin[0] + numbers[0], self.at[1]))
            case "V":
                self._to("L", (self.at[0], origin[1] + numbers[0]))
            case "C" | "S":
                self._cubic(points if kind == "C" else [self._mirrored(before, "CS"), *points])
            case "Q" | "T":
                self._quadratic(points if kind == "Q" else [self._mirrored(before, "QT"), *points])
            case "A":
                end = (origin[0] + numbers[5], origin[1] + numbers[6])
                for curve in arc(self.at, numbers, end):
                    self.found.append(("C", curve))
                self.at = end
            case _:
                self.found.append(("Z", ()))
                self.at = self.begin
        self.last = kind

    def _to(self, kind: str, point: Point) -> None:
        self.found.append((kind, (point,)))
        self.at = point

    def _mirrored(self, control: Point | None, after: str) -> Point:
        if control is None or self.last not in after:
            return self.at
        return (2 * self.at[0] - control[0], 2 * self.at[1] - control[1])

    def _cubic(self, points: Sequence[Point]) -> None:
        self.found.append(("C", tuple(points)))
        self.control, self.at = points[1], points[2]

    def _quadratic(self, points: Sequence[Point]) -> None:
        control, end = points
        first = _between(self.at, control, 2 / 3)
        second = _between(end, control, 2 / 3)
        self.found.append(("C", (first, second, end)))
        self.control, self.at = control, end


def _between(start: Point, end: Point, share: float) -> Point:
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def arc(start: Point, numbers: Sequence[float], end: Point) -> list[tuple[Point, Point, Point]]:
    """Turn an elliptical arc into cubic curves (SVG 2, appendix B.2.4: from endpoints to centre)."""
    rx, ry, tilt = abs(numbers[0]), abs(numbers[1]), radians(numbers[2])
    if start == end:
        return []
    if not rx or not ry:
        return [(start, end, end)]
    turned = _turn(((start[0] - end[0]) / 2, (start[1] - end[1]) / 2), -tilt)
    grown = max(1.0, hypot(turned[0] / rx, turned[1] / ry))
    rx, ry = rx * grown, ry * grown
    under = max(0.0, (rx * ry) ** 2 / ((rx * turned[1]) ** 2 + (ry * turned[0]) ** 2) - 1)
    away = sqrt(under) * (1 if bool(numbers[3]) != bool(numbers[4]) else -1)
    middle = (away * rx * turned[1] / ry, -away * ry * turned[0] / rx)
    first = _angle(((turned[0] - middle[0]) / rx, (turned[1] - middle[1]) / ry))
    last = _angle(((-turned[0] - middle[0]) / rx, (-turned[1] - middle[1]) / ry))
    sweep = (last - first) % (2 * pi) if numbers[4] else -((first - last) % (2 * pi))
    offset = _turn(middle, tilt)
    centre = (offset[0] + (start[0] + end[0]) / 2, offset[1] + (start[1] + end[1]) / 2)
    return _curves(centre, (rx, ry), tilt, first, sweep)


def _curves(centre: Point, radii: Point, tilt: float, first: float, sweep: float) -> list[tuple[Point, Point, Point]]:
    parts = max(1, ceil(abs(sweep) / (pi / 2) - 1e-9))
    step = sweep / parts
    reach = 4 / 3 * tan(step / 4)

    def place(x: float, y: float) -> Point:
        turned = _turn((radii[0] * x, radii[1] * y), tilt)
        return (centre[0] + turned[0], centre[1] + turned[1])

    found = []
    for part in range(parts):
        a, b = first + part * step, first + (part + 1) * step
        leave = place(cos(a) - reach * sin(a), sin(a) + reach * cos(a))
        arrive = place(cos(b) + reach * sin(b), sin(b) - reach * cos(b))
        found.append((leave, arrive, place(cos(b), sin(b))))
    return found


def _turn(point: Point, angle: float) -> Point:
    return (point[0] * cos(angle) - point[1] * sin(angle), point[0] * sin(angle) + point[1] * cos(angle))


def _angle(point: Point) -> float:
    length = hypot(*point) or 1.0
    found = acos(max(-1.0, min(1.0, point[0] / length)))
    return found if point[1] >= 0 else -found
