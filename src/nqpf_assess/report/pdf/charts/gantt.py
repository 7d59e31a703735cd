"""The road map: years and quarters across, tasks in groups down, milestones as diamonds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.charts.figure import FigureFlowable, clamp, figures, in_parts
from nqpf_assess.report.pdf.composer import Composer
from nqpf_assess.report.pdf.flow import Flowable
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.theme import (
    BLUE,
    CELL,
    GRID,
    LABEL,
    NAVY,
    ORANGE,
    PALE,
    QUIET_LABEL,
    WHITE,
    WIDTH,
)
from nqpf_assess.report.pdf.typeset import TypesetWords

LABEL_WIDTH = 150.0
LEFT = LABEL_WIDTH + 14.0
CHART = WIDTH - LEFT
YEAR, QUARTER = 17.0, 12.0
ROW = 19.0
GROUP = 20.0
BAR = 8.0
YEAR_LINE = "#9DAAB7"


@dataclass(frozen=True, eq=False)
class TaskRow:
    """A task with its words measured; `group` is set on the first of its group in a part."""

    task: blocks.GanttTask
    label: TypesetWords
    milestone: TypesetWords
    group: TypesetWords | None
    quarters: int

    @property
    def start(self) -> float:
        """Left end of the bar, in points."""
        return clamp(self.task.start, 0, self.quarters) * CHART / self.quarters

    @property
    def end(self) -> float:
        """Right end of the bar, in points."""
        return max(clamp(self.task.end, 0, self.quarters) * CHART / self.quarters, self.start + 2)

    @property
    def beside(self) -> bool:
        """Whether the milestone's words fit on one line at the right of the bar; else they stand below its end."""
        return self.end + self.milestone.natural_width + 9 <= CHART

    @property
    def milestone_height(self) -> float:
        """Height of a milestone's words below the bar."""
        return 0.0 if self.beside or not self.milestone.text else self.milestone.height(self.milestone_room)

    @property
    def milestone_room(self) -> float:
        """Width for a milestone's words below the bar, up to its end if they fit there."""
        return self.end if self.milestone.natural_width <= self.end else CHART

    @property
    def height(self) -> float:
        """Height in points, with the group's name if it starts one."""
        body = max(self.label.height(LABEL_WIDTH) + 5, ROW + self.milestone_height)
        return body + (GROUP if self.group else 0.0)


@dataclass(eq=False)
class GanttFigure(FigureFlowable):
    """Band of years, quarters, rows."""

    rows: Sequence[TaskRow] = ()
    years: Sequence[TypesetWords] = ()
    quarters: Sequence[TypesetWords] = ()

    def __post_init__(self) -> None:
        self.height = YEAR + QUARTER + sum(row.height for row in self.rows) + 2

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Paint bands, grid, then rows."""
        left, bottom = x + LEFT, top + self.height
        unit = CHART / max(len(self.quarters), 1)
        self._paint_stripes(pen, x, top + YEAR + QUARTER)
        for index, words in enumerate(self.years):
            at = left + 4 * index * unit
            pen.rect(at + 0.5, top, 4 * unit - 1, YEAR, fill=NAVY)
            pen.text(words, at, top + (YEAR - words.leading) / 2, 4 * unit, align="center")
        for index, words in enumerate(self.quarters):
            at = left + index * unit
            colour = YEAR_LINE if index % 4 == 0 else GRID
            pen.line((at, top + YEAR), (at, bottom), colour=colour, line=0.5)
            if words.natural_width <= unit:
                pen.text(words, at, top + YEAR + (QUARTER - words.leading) / 2, unit, align="center")
        pen.line((left + CHART, top + YEAR), (left + CHART, bottom), colour=YEAR_LINE, line=0.5)
        pen.line((x, bottom), (x + WIDTH, bottom), colour=NAVY, line=0.6)
        y = top + YEAR + QUARTER
        for index, row in enumerate(self.rows):
            _paint_task(pen, row, x, y, ground=WHITE if index % 2 else PALE)
            y += row.height

    def _paint_stripes(self, pen: Pen, x: float, y: float) -> None:
        for index, row in enumerate(self.rows):
            head = GROUP if row.group else 0.0
            if index % 2 == 0:
                pen.rect(x, y + head, WIDTH, row.height - head, fill=PALE)
            y += row.height


def _paint_task(pen: Pen, row: TaskRow, x: float, top: float, *, ground: str) -> None:
    if row.group:
        pen.text(row.group, x, top + GROUP - row.group.leading - 2, WIDTH)
        top += GROUP
    body = row.height - (GROUP if row.group else 0.0)
    pen.text(row.label, x + 4, top + (body - row.label.height(LABEL_WIDTH)) / 2, LABEL_WIDTH)
    left, middle = x + LEFT, top + (body - row.milestone_height) / 2
    pen.round_rect(left + row.start, middle - BAR / 2, row.end - row.start, BAR, radius=1.5, fill=BLUE)
    if row.milestone.text:
        pen.diamond((left + row.end, middle), 5.2, fill=WHITE, stroke=ORANGE, line=1.6)
        _paint_milestone(pen, row, left, middle, ground=ground)


def _paint_milestone(pen: Pen, row: TaskRow, left: float, middle: float, *, ground: str) -> None:
    """Set a milestone's words on the ground of its row, so that no line of the grid runs through them."""
    words = row.milestone
    if row.beside:
        at, top = left + row.end + 8, middle - words.leading / 2
        pen.rect(at - 1, top, words.natural_width + 2, words.leading, fill=ground)
        pen.text(words, at, top, CHART - row.end - 7)
    else:
        room, top = row.milestone_room, middle + BAR / 2 + 1.5
        if words.natural_width <= room:
            pen.rect(left + room - words.natural_width - 1, top, words.natural_width + 1, words.leading, fill=ground)
        pen.text(words, left, top, room, align="right")


def compose_gantt(composer: Composer, block: blocks.Gantt) -> list[Flowable]:
    """Turn the road map into figures, in parts if there are many tasks."""
    quarters = 4 * max(len(block.periods), 1)
    rows = [
        _task_row(composer, task, quarters, first=index == 0)
        for _, tasks in groupby(block.tasks, key=lambda task: task.group)
        for index, task in enumerate(tasks)
    ]
    years = [composer.words(period, CELL.but(bold=True, colour=WHITE)) for period in block.periods]
    names = [composer.words(f"Q{index % 4 + 1}", QUIET_LABEL) for index in range(quarters)]
    parts = in_parts([row.height for row in rows])
    return figures(
        composer,
        block.caption,
        block.alt,
        len(parts),
        lambda node, part: GanttFigure(node, rows=rows[parts[part]], years=years, quarters=names),
    )


def _task_row(composer: Composer, task: blocks.GanttTask, quarters: int, *, first: bool) -> TaskRow:
    group = composer.words(task.group, LABEL.but(bold=True, colour=BLUE)) if first and task.group else None
    return TaskRow(task, composer.words(task.label, CELL), composer.words(task.milestone, QUIET_LABEL), group, quarters)
