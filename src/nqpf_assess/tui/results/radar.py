"""The pillars as a radar, drawn with dots: where we are as a closed line, the targets as a dotted one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from nqpf_assess.locale import _
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.report.wording import number
from nqpf_assess.session.answering import Session
from nqpf_assess.tui.drawing.cells import width
from nqpf_assess.tui.drawing.rows import Look, Part, Row, quiet
from nqpf_assess.tui.drawing.speech import Speech

LEGEND = _("{line} now   {dots} target   centre 0, rim 100; without a score: no corner")
TOO_FEW = _("At least three pillars with a score are needed for a radar.")

Spot = tuple[int, int]
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a braille character by row and column of its dots (Unicode 15, chapter 21.1)."""


@dataclass
class Canvas:
    """Dots, two across and four down a cell; for plain terminals one a cell."""

    columns: int
    lines: int
    plain: bool
    dots: dict[Spot, set[Look]] = field(default_factory=dict)
    words: dict[Spot, Part] = field(default_factory=dict)

    def dot(self, x: float, y: float, look: Look) -> None:
        """Set a dot; x and y run from 0 to 1, from the upper left."""
        across, down = (1, 1) if self.plain else (2, 4)
        spot = (round(y * (self.lines * down - 1)), round(x * (self.columns * across - 1)))
        self.dots.setdefault(spot, set()).add(look)

    def line(self, start: tuple[float, float], end: tuple[float, float], look: Look, *, every: int = 1) -> None:
        """Set the dots of a line; `every`: one of so many, for a dotted one."""
        steps = max(self.columns * 2, self.lines * 4)
        for step in range(0, steps + 1, every):
            part = step / steps
            self.dot(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part, look)

    def write(self, x: float, y: float, words: str, look: Look) -> None:
        """Write a word around a place, kept inside; on the nearest line where it stands over no other word."""
        cells, wanted = width(words), y * (self.lines - 1)
        column = max(0, min(self.columns - cells, round(x * (self.columns - 1)) - cells // 2))

        def is_free(line: int) -> bool:
            there = ((start, start + width(part.text)) for (row, start), part in self.words.items() if row == line)
            return all(column + cells < start or end < column for start, end in there)

        lines = sorted(range(self.lines), key=lambda line: (not is_free(line), abs(line - wanted)))
        self.words[lines[0], column] = Part(words, look)

    def rows(self) -> tuple[Row, ...]:
        """Draw it."""
        rows: list[Row] = []
        for line in range(self.lines):
            parts: list[Part] = []
            column = 0
            while column < self.columns:
                part = self.words.get((line, column)) or self._cell(line, column)
                parts.append(part)
                column += max(1, width(part.text))
            rows.append(Row(parts=tuple(parts)))
        return tuple(rows)

    def _cell(self, line: int, column: int) -> Part:
        if self.plain:
            looks = self.dots.get((line, column), set())
            sign = "*" if "bar" in looks else "." if "mark" in looks else ":" if looks else " "
            return Part(sign, _first(looks))
        bits, looks = 0, set[Look]()
        for down in range(4):
            for across in range(2):
                found = self.dots.get((line * 4 + down, column * 2 + across))
                if found:
                    bits |= DOTS[down][across]
                    looks |= found
        return Part(chr(0x2800 + bits) if bits else " ", _first(looks))


def _first(looks: set[Look]) -> Look:
    order: tuple[Look, ...] = ("bar", "mark", "rest")
    return next((look for look in order if look in looks), "plain")


def radar(session: Session, card: Scorecard, speech: Speech, lines: int) -> tuple[Row, ...]:
    """Draw the radar in so many lines."""
    nodes = [node for node in card.nodes if node.level == "pillar"]
    if sum(node.score is not None for node in nodes) < 3:
        return (quiet(speech.tell(TOO_FEW)),)
    columns = min(speech.cells, lines * 4)
    canvas = Canvas(columns, max(8, lines - 2), speech.glyphs.plain)
    corners = [_spot(index, len(nodes), 100) for index in range(len(nodes))]
    for index, corner in enumerate(corners):
        canvas.line(corner, corners[(index + 1) % len(corners)], "rest", every=10 if canvas.plain else 4)
        if not canvas.plain:
            canvas.line((0.5, 0.5), corner, "rest", every=6)
    _polygon(canvas, [node.target for node in nodes], "mark", every=4)
    _polygon(canvas, [node.score for node in nodes], "bar")
    pillars = session.instrument.questionnaire.pillars
    for index, node in enumerate(nodes):
        x, y = _spot(index, len(nodes), 118)
        pillar = pillars[node.id]
        canvas.write(x, y, f"{speech.line(pillar.short or pillar.title)} {number(node.score)}", "strong")
    line, dots = ("***", ". . .") if speech.glyphs.plain else ("⣀⣀⣀", "⠄⠠⠄")
    return (*canvas.rows(), quiet(speech.tell(LEGEND, line=line, dots=dots)))


def _spot(index: int, count: int, score: float) -> tuple[float, float]:
    """Return where a score lies on its axis; the rim leaves room for the words around it."""
    turn = 2 * math.pi * index / count - math.pi / 2
    return 0.5 + 0.34 * score / 100 * math.cos(turn), 0.5 + 0.41 * score / 100 * math.sin(turn)


def _polygon(canvas: Canvas, scores: Sequence[float | None], look: Look, *, every: int = 1) -> None:
    count = len(scores)
    spots = [None if score is None else _spot(index, count, score) for index, score in enumerate(scores)]
    for index, spot in enumerate(spots):
        onward = spots[(index + 1) % count]
        if spot is not None and onward is not None:
            canvas.line(spot, onward, look, every=every)
        elif spot is not None:
            canvas.dot(*spot, look)
