"""Figures and rows of cards as tables, for renderers that do not draw: the same words and figures, one row a mark."""

from collections.abc import Callable, Mapping
from typing import Any

from nqpf_assess.locale import _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Chart, Table, TableColumn, cells, runs
from nqpf_assess.report.wording import number, percent, span

WHAT = _("What")
FIGURE = _("Figure")
CURRENT_TARGET = _("{current} → {target}")
AFTER = _("after: {needs}")


def as_table(chart: Chart, language: str) -> Table:
    """Return a figure as a table under its caption."""
    return MAKERS[type(chart)](chart, language)


def _pairs(caption: str, language: str, name: str, rows: list[tuple[str, str]]) -> Table:
    columns = (TableColumn(tell(WHAT, language), 2.4), TableColumn(name, 1.0, "right"))
    return Table(columns, tuple(cells(*row) for row in rows), caption)


def _bars(block: blocks.Bars, language: str) -> Table:
    name = tell(CURRENT_TARGET, language, current=block.current_name, target=block.target_name)
    name = name if any(bar.target is not None for bar in block.bars) else block.current_name
    found = _pairs(block.caption, language, name, [(bar.label, bar.value) for bar in block.bars])
    if not any(bar.marks for bar in block.bars):
        return found
    names = {mark.label for bar in block.bars for mark in bar.marks}
    columns = (*found.columns, TableColumn(names.pop() if len(names) == 1 else tell(_("Beside it"), language), 1.6))
    marked = [
        (*row, *cells(marks_of(bar, columns[-1].title, language)))
        for row, bar in zip(found.rows, block.bars, strict=True)
    ]
    return Table(columns, tuple(marked), block.caption)


def _bullets(block: blocks.BulletChart, language: str) -> Table:
    name = tell(CURRENT_TARGET, language, current=block.current_name, target=block.target_name)
    columns = [TableColumn(tell(WHAT, language), 2.4), TableColumn(name, 1.2, "right")]
    rows = [list(cells(bullet.label, bullet.value)) for bullet in block.bullets]
    if any(bullet.low is not None for bullet in block.bullets):
        columns.append(TableColumn(block.range_name, 1.0, "right"))
        for row, bullet in zip(rows, block.bullets, strict=True):
            row.append(runs(span(bullet.low, bullet.high)))
    if any(bullet.before is not None for bullet in block.bullets):
        columns.append(TableColumn(block.before_name, 0.8, "right"))
        for row, bullet in zip(rows, block.bullets, strict=True):
            row.append(runs(number(bullet.before)))
    return Table(tuple(columns), tuple(map(tuple, rows)), block.caption)


def _weights(block: blocks.WeightMap, language: str) -> Table:
    columns = (
        TableColumn(tell(WHAT, language), 2.4),
        TableColumn(block.before_name, 1.0, "right"),
        TableColumn(block.after_name, 1.0, "right"),
    )
    rows = tuple(cells(move.label, percent(move.before, 1), percent(move.after, 1)) for move in block.moves)
    return Table(columns, rows, block.caption)


def marks_of(bar: blocks.Bar, title: str, language: str) -> str:
    """Write the marks on a bar: each label once, if it is not the column's title, with all its places on the scale."""
    places: dict[str, list[str]] = {}
    for mark in bar.marks:
        places.setdefault(mark.label, []).append(number(mark.at))
    told = {label: grammar(language).list(found) for label, found in places.items()}
    return grammar(language).semicolon.join(
        found if label == title else f"{label} {found}" for label, found in told.items()
    )


def _waterfall(block: blocks.Waterfall, language: str) -> Table:
    steps = [(step.label, step.value) for step in block.steps]
    rows = [(block.start_label, number(block.start)), *steps, (block.end_label, number(block.end))]
    found = _pairs(block.caption, language, tell(FIGURE, language), rows)
    return Table(found.columns, found.rows, found.caption, bold_rows=frozenset({0, len(rows) - 1}))


def _slopes(block: blocks.SlopeChart, language: str) -> Table:
    columns = (
        TableColumn(tell(WHAT, language), 2.4),
        TableColumn(block.before_name, 1.0, "right"),
        TableColumn(block.after_name, 1.0, "right"),
    )
    rows = tuple(cells(line.label, number(line.before), line.value or number(line.after)) for line in block.slopes)
    return Table(columns, rows, block.caption)


def _heat(block: blocks.Heat, language: str) -> Table:
    return _pairs(block.caption, language, tell(FIGURE, language), [(cell.label, cell.value) for cell in block.cells])


def _matrix(block: blocks.ImpactMatrix, language: str) -> Table:
    columns = [
        TableColumn(tell(_("No."), language), 0.4, "right"),
        TableColumn(tell(WHAT, language), 3.0),
        TableColumn(block.effort_name, 1.0, "right"),
        TableColumn(block.impact_name, 1.0, "right"),
    ]
    rows = [
        list(cells(point.number, point.label, f"{point.effort:g}", number(point.impact, signed=True)))
        for point in block.points
    ]
    if block.chosen_name:  # what filled and hollow dots say
        columns.append(TableColumn(tell(_("Advice"), language), 1.0))
        for row, point in zip(rows, block.points, strict=True):
            row.append(runs(block.chosen_name if point.chosen else block.other_name))
    return Table(tuple(columns), tuple(map(tuple, rows)), block.caption)


def _gantt(block: blocks.Gantt, language: str) -> Table:
    """Write every mark of the road map, by quarters, and behind a task's name what must be done before it."""
    spoken, tasks = grammar(language), block.tasks

    def when(place: float | None) -> str:
        year, quarter = divmod(min(int(place or 0), 4 * len(block.periods) - 1), 4)
        name = block.periods[year]
        return "" if place is None else tell(_("{year} Q{quarter}"), language, year=name, quarter=quarter + 1)

    def what(task: blocks.GanttTask) -> str:
        needs = spoken.semicolon.join(tasks[place].label for place in task.needs)
        return task.label + (spoken.bracketed(tell(AFTER, language, needs=needs)) if needs else "")

    columns = {
        tell(WHAT, language): list(map(what, tasks)),
        tell(_("Start"), language): [when(task.start) for task in tasks],
        block.first_step_name: [when(task.first_step) for task in tasks],
        block.check_name: [spoken.semicolon.join(map(when, task.checks)) for task in tasks],
        tell(_("End"), language): [task.milestone for task in tasks],
    }
    told = {name: column for name, column in columns.items() if name}
    heads = (TableColumn(name[:1].upper() + name[1:], 1.0 if place else 2.2) for place, name in enumerate(told))
    return Table(tuple(heads), tuple(cells(*row) for row in zip(*told.values(), strict=True)), block.caption)


MAKERS: Mapping[type[Chart], Callable[[Any, str], Table]] = {
    blocks.Bars: _bars,
    blocks.BulletChart: _bullets,
    blocks.WeightMap: _weights,
    blocks.Waterfall: _waterfall,
    blocks.SlopeChart: _slopes,
    blocks.Heat: _heat,
    blocks.ImpactMatrix: _matrix,
    blocks.Gantt: _gantt,
}
