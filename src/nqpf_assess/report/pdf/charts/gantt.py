"""The road map: years and quarters across, tasks in groups down, milestones as diamonds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.charts.figure import FigureFlowable, Legend, Swatch, clamp, figures, in_parts, legend
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.theme import (
    BLUE,
    CELL,
    GRID,
    INK,
    LABEL,
    NAVY,
    ORANGE,
    PALE,
    QUIET_LABEL,
    RULE,
    WHITE,
    WIDTH,
)
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords

LABEL_WIDTH = 150.0
LEFT = LABEL_WIDTH + 14.0
CHART = WIDTH - LEFT
YEAR, QUARTER = 17.0, 12.0
ROW = 19.0
GROUP = 20.0
BAR = 8.0


@dataclass(eq=False)
class TaskRow:
    """A task with its words measured; `group` is set on the first of its group in a part.

    `start`, `end`: of the bar, in points right of the calendar's edge; `middle`: of the bar, below the row's top.
    `beside`: whether the milestone's words fit on one line at the right of the bar; else they stand below it, right
    up to `milestone_room`: the bar's end, if they fit there.
    """

    task: blocks.GanttTask
    label: TypesetWords
    milestone: TypesetWords
    group: TypesetWords | None
    quarters: int

    def __post_init__(self) -> None:
        self.start = self.at(self.task.start)
        self.end = max(self.at(self.task.end), self.start + 2)
        words = self.milestone
        self.beside = self.end + words.natural_width + 9 <= CHART
        self.milestone_room = self.end if words.natural_width <= self.end else CHART
        below = 0.0 if self.beside or not words.text else words.height(self.milestone_room)
        head, body = GROUP if self.group else 0.0, max(self.label.height(LABEL_WIDTH) + 5, ROW + below)
        self.height = head + body
        self.middle = head + (body - below) / 2

    def at(self, quarter: float) -> float:
        """Return where a time lies, in points right of the calendar's edge."""
        return clamp(quarter, 0, self.quarters) * CHART / self.quarters


@dataclass(eq=False, kw_only=True)
class GanttFigure(FigureFlowable):
    """Band of years, quarters, rows."""

    rows: Sequence[TaskRow]
    years: Sequence[TypesetWords]
    quarters: Sequence[TypesetWords]
    key: Legend
    places: Sequence[int]
    """Places of these rows among all tasks, by which `needs` names them."""

    def __post_init__(self) -> None:
        key = self.key.height + 6 if self.key.entries else 0.0
        self.height = key + YEAR + QUARTER + summed(row.height for row in self.rows) + 2

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Paint legend, bands, grid, then rows and what they need."""
        if self.key.entries:
            self.key.draw(pen, x, top)
            top += self.key.height + 6
        left, bottom = x + LEFT, top + YEAR + QUARTER + summed(row.height for row in self.rows) + 2
        unit = CHART / max(len(self.quarters), 1)
        tops = list(accumulate((row.height for row in self.rows), initial=top + YEAR + QUARTER))
        for row, y in zip(self.rows[::2], tops[::2], strict=False):
            head = GROUP if row.group else 0.0
            pen.rect(x, y + head, WIDTH, row.height - head, fill=PALE)
        for index, words in enumerate(self.years):
            at = left + 4 * index * unit
            pen.rect(at + 0.5, top, 4 * unit - 1, YEAR, fill=NAVY)
            pen.text(words, at, top + (YEAR - words.leading) / 2, 4 * unit, align="center")
        for index, words in enumerate(self.quarters):
            at = left + index * unit
            colour = RULE if index % 4 == 0 else GRID
            pen.line((at, top + YEAR), (at, bottom), colour=colour, line=0.5)
            pen.text(words, at, top + YEAR + (QUARTER - words.leading) / 2, unit, align="center")
        pen.line((left + CHART, top + YEAR), (left + CHART, bottom), colour=RULE, line=0.5)
        pen.line((x, bottom), (x + WIDTH, bottom), colour=NAVY, line=0.6)
        middles = {place: (row, y + row.middle) for row, place, y in zip(self.rows, self.places, tops, strict=False)}
        for row, middle in middles.values():
            for need in row.task.needs:
                if need in middles:
                    _paint_need(pen, left + middles[need][0].end, middles[need][1], left + row.start, middle)
        for index, (row, y) in enumerate(zip(self.rows, tops, strict=False)):
            _paint_task(pen, row, x, y, ground=WHITE if index % 2 else PALE)


def _paint_task(pen: Pen, row: TaskRow, x: float, top: float, *, ground: str) -> None:
    left, middle = x + LEFT, top + row.middle
    if row.group:
        pen.text(row.group, x, top + GROUP - row.group.leading - 2, WIDTH)
        top += GROUP
    body = row.height - (GROUP if row.group else 0.0)
    pen.text(row.label, x + 4, top + (body - row.label.height(LABEL_WIDTH)) / 2, LABEL_WIDTH)
    pen.round_rect(left + row.start, middle - BAR / 2, row.end - row.start, BAR, radius=1.5, fill=BLUE)
    for check in row.task.checks:
        _check(pen, left + row.at(check), middle)
    if row.task.first_step is not None:
        _first_step(pen, left + row.at(row.task.first_step), middle)
    if row.milestone.text:
        _end(pen, left + row.end, middle)
        # Its words stand on the ground of the row, so that no line of the grid runs through them.
        words = row.milestone
        if row.beside:
            at, top = left + row.end + 8, middle - words.leading / 2
            pen.rect(at - 1, top, words.natural_width + 2, words.leading, fill=ground)
            pen.text(words, at, top, CHART - row.end - 7)
            return
        room, top = row.milestone_room, middle + BAR / 2 + 1.5
        if words.natural_width <= room:
            pen.rect(left + room - words.natural_width - 1, top, words.natural_width + 1, words.leading, fill=ground)
        pen.text(words, left, top, room, align="right")


def _first_step(pen: Pen, x: float, y: float) -> None:
    pen.polygon([(x, y - 5.5), (x + 5.5, y - 2.6), (x, y + 0.3)], fill=ORANGE, stroke=WHITE, line=0.5)
    pen.line((x, y - 5.5), (x, y + BAR / 2), colour=INK, line=1.0)


def _check(pen: Pen, x: float, y: float) -> None:
    pen.circle((x, y), 2.4, fill=WHITE, stroke=INK, line=0.9)


def _end(pen: Pen, x: float, y: float) -> None:
    pen.diamond((x, y), 5.2, fill=WHITE, stroke=ORANGE, line=1.6)


def _paint_need(pen: Pen, end: float, end_y: float, start: float, start_y: float) -> None:
    """Paint an arrow from the end of what must come first to the start of what follows it."""
    down = 1 if start_y > end_y else -1
    turn = start_y - down * (BAR / 2 + 5)
    for first, second in pairwise(
        [(end, end_y), (end, turn), (start + 3, turn), (start + 3, start_y - down * BAR / 2)]
    ):
        pen.line(first, second, colour=INK, line=0.8, dash=(2, 1.4))
    tip = start_y - down * BAR / 2
    pen.polygon([(start + 3, tip), (start + 0.6, tip - down * 4), (start + 5.4, tip - down * 4)], fill=INK)


def compose_gantt(composer: Composer, block: blocks.Gantt) -> list[Flowable]:
    """Turn the road map into figures, in parts if there are many tasks."""
    quarters = 4 * max(len(block.periods), 1)
    rows = []
    for name, tasks in groupby(block.tasks, key=lambda task: task.group):
        group = composer.words(name, LABEL.but(bold=True, colour=BLUE)) if name else None
        for task in tasks:
            label, milestone = composer.words(task.label, CELL), composer.words(task.milestone, QUIET_LABEL)
            rows.append(TaskRow(task, label, milestone, group, quarters))
            group = None
    years = [composer.words(period, CELL.but(bold=True, colour=WHITE)) for period in block.periods]
    called = [composer.words(grammar(composer.language).quarter(number), QUIET_LABEL) for number in range(1, 5)]
    if max(words.natural_width for words in called) > CHART / quarters:  # too narrow for names: the numbers alone
        called = [composer.words(str(number), QUIET_LABEL) for number in range(1, 5)]
    names = [called[index % 4] for index in range(quarters)]
    entries: list[tuple[Swatch, str]] = []
    if any(task.first_step is not None for task in block.tasks):
        entries.append((lambda pen, x, y: _first_step(pen, x + 6, y + 2), block.first_step_name))
    if any(task.checks for task in block.tasks):
        entries.append((lambda pen, x, y: _check(pen, x + 8, y), block.check_name))
    if any(task.milestone for task in block.tasks):
        entries.append((lambda pen, x, y: _end(pen, x + 8, y), block.end_name))
    if any(task.needs for task in block.tasks):
        entries.append((lambda pen, x, y: _paint_need(pen, x, y - 6, x + 9, y + 6), block.needs_name))
    key, order = legend(composer, entries), range(len(rows))
    parts = in_parts([row.height for row in rows])
    return figures(
        composer,
        block.caption,
        block.alt,
        len(parts),
        lambda node, part: GanttFigure(
            node, rows=rows[parts[part]], years=years, quarters=names, key=key, places=order[parts[part]]
        ),
    )
