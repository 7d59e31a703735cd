"""The report as plain text for a terminal: no colour, no escape, lines as wide as asked."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.cells import cell_len

from nqpf_assess.locale import _, tell
from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Block, Chart, Outline, Part
from nqpf_assess.report.breaking import fit, short, wrap
from nqpf_assess.report.figures import as_table
from nqpf_assess.report.tables import table_lines
from nqpf_assess.report.tidy import tidy, words_of

SCALE, SHORT_SCALE = 20, 10
"""Cells of a bar on the scale from 0 to 100, and where there is little room."""

WIDE = 64
"""Width from which there is room for long bars."""

LABEL = 12
"""Cells that a label needs beside a calendar or bars; with less these become a table."""

NARROWEST = 40
SCALE_ONLY = _("bar: score, scale 0 to 100")
MARK_WORDS = _("; △ {name}")
SCALE_WORDS = _("bar: current score, | target, scale 0 to 100")

Lines = list[str]


def write_text(outline: Outline, *, width: int = 80) -> str:
    """Write an outline as plain text, `width` cells wide at most."""
    outline, width = tidy(outline), max(width, NARROWEST)
    lines: Lines = []
    for part in outline.parts:
        lines += _part(part, width)
    lines += [*wrap(outline.footer, width), ""]
    return "\n".join(line.rstrip() for line in lines)


def _part(part: Part, width: int) -> Lines:
    headings = [block for block in part.blocks if isinstance(block, blocks.Heading)]
    lines: Lines = []
    for block in part.blocks:
        if isinstance(block, blocks.Contents):
            drawn = _contents(block, headings, width)
        else:
            drawn = WRITERS[type(block)](block, width, part.language)
        lines += [*drawn, ""] if drawn else []
    return lines


def _contents(block: blocks.Contents, headings: Sequence[blocks.Heading], width: int) -> Lines:
    items = [line for heading in headings if heading.level == 1 for line in _hung(heading.text, "  ", "    ", width)]
    return [block.title, "─" * cell_len(block.title), *items]


def _hung(words: str, first: str, rest: str, width: int) -> Lines:
    """Break text with a hanging indent."""
    lines = wrap(words, width - max(cell_len(first), cell_len(rest)))
    return [(first if index == 0 else rest) + line for index, line in enumerate(lines)]


def _cover(block: blocks.Cover, width: int, _language: str) -> Lines:
    wide = max((cell_len(label) for label, _ in block.facts), default=0)
    facts = [
        line for label, value in block.facts for line in _hung(value, fit(label, wide) + "  ", " " * (wide + 2), width)
    ]
    head = [line for words in (block.subject, block.title, block.subtitle) for line in wrap(words, width)]
    return ["═" * width, *head, "═" * width, "", *facts, "", *wrap(block.notice, width)]


def _heading(block: blocks.Heading, width: int, _language: str) -> Lines:
    lines = wrap(block.text, width)
    under = {1: "═", 2: "─"}.get(block.level, "")
    return [*([""] if block.level == 1 else []), *lines, *([under * max(map(cell_len, lines))] if under else [])]


def _paragraph(block: blocks.Paragraph, width: int, _language: str) -> Lines:
    return wrap(words_of(block.runs), width)


def _bullets(block: blocks.Bullets, width: int, _language: str) -> Lines:
    marks = [f"{place}. " if block.numbered else "• " for place in range(1, len(block.items) + 1)]
    wide = max(map(len, marks), default=0)
    return [
        line
        for mark, item in zip(marks, block.items, strict=True)
        for line in _hung(words_of(item), fit(mark, wide, right=True), " " * wide, width)
    ]


def _callout(block: blocks.Callout, width: int, _language: str) -> Lines:
    return _hung(f"{block.label}: {words_of(block.runs)}", "┃ ", "┃ ", width)


def _table(block: blocks.Table, width: int, _language: str) -> Lines:
    return [
        *(wrap(block.caption, width) if block.caption else []),
        *table_lines(block, width),
        *(wrap(block.note, width) if block.note else []),
    ]


def _key_figures(block: blocks.KeyFigures, width: int, _language: str) -> Lines:
    label = max((cell_len(figure.label) for figure in block.figures), default=0)
    value = max((cell_len(figure.value) for figure in block.figures), default=0)
    return [
        line
        for figure in block.figures
        for line in _hung(
            figure.note,
            f"{fit(figure.label, label)}  {fit(figure.value, value, right=True)}  ",
            " " * (label + value + 4),
            width,
        )
    ]


def _card(block: blocks.Card, width: int, _language: str) -> Lines:
    title = f"{block.title}  [{block.badge}]" if block.badge else block.title
    wide = max((cell_len(field.label) for field in block.fields), default=0)
    lines = [*wrap(title, width), *(_hung(words_of(block.lead), "  ", "  ", width) if block.lead else [])]
    for field in block.fields:
        lines += _hung(words_of(field.runs), f"  {fit(field.label, wide)}  ", " " * (wide + 4), width)
    return lines


def _radar(block: blocks.Radar, width: int, language: str) -> Lines:
    bars = tuple(blocks.Bar(axis.label, axis.current, axis.target, value=axis.label_note) for axis in block.axes)
    return _bars(blocks.Bars(bars, block.current_name, block.target_name, block.caption, block.alt), width, language)


def _bars(block: blocks.Bars, width: int, language: str) -> Lines:
    value = max((cell_len(bar.value) for bar in block.bars), default=0)
    scale = SCALE if width >= WIDE else SHORT_SCALE
    room = width - scale - value - 4
    longest = max((cell_len(bar.label) for bar in block.bars), default=0)
    marked = any(bar.marks for bar in block.bars)
    if room < (longest if marked else min(LABEL, longest)):  # names of indicators say nothing when cut
        return _as_table(block, width, language)
    label = min(longest, room)
    rows = [
        f"{fit(short(bar.label, label), label)}  {_drawn(bar, scale)}  {fit(bar.value, value, right=True)}"
        for bar in block.bars
    ]
    return [*wrap(block.caption, width), *rows, *wrap(_key(block, language), width)]


def _key(block: blocks.Bars, language: str) -> str:
    """Say what the signs of bars stand for."""
    words = SCALE_WORDS if any(bar.target is not None for bar in block.bars) else SCALE_ONLY
    names = dict.fromkeys(mark.label for bar in block.bars for mark in bar.marks)
    marked = [tell(MARK_WORDS, language, name=name) for name in names]
    return tell(words, language) + "".join(marked)


def _drawn(bar: blocks.Bar, scale: int) -> str:
    """Draw a bar in cells: solid to the current score, dots beyond, a line at the target, a sign at each benchmark."""
    filled = 0 if bar.current is None else round(min(max(bar.current, 0.0), 100.0) / 100 * scale)
    cells = ["█" if index < filled else "·" for index in range(scale)]
    for at, sign in ((bar.target, "|"), *((mark.at, "△") for mark in bar.marks)):
        if at is not None:
            cells[min(scale - 1, round(min(max(at, 0.0), 100.0) / 100 * scale))] = sign
    return "".join(cells)


def _as_table(block: Chart, width: int, language: str) -> Lines:
    return _table(as_table(block, language), width, language)


def _gantt(block: blocks.Gantt, width: int, language: str) -> Lines:
    quarters = 4 * len(block.periods)
    beside = max((cell_len(task.milestone) for task in block.tasks), default=0)
    label = min(40, width - quarters - (len(block.periods) - 1) - beside - 4)
    if label < LABEL:
        return _as_table(block, width, language)
    head = " " * (label + 2) + " ".join(fit(period, 4) for period in block.periods)
    lines, group = [*wrap(block.caption, width), head], ""
    for task in block.tasks:
        if task.group != group:
            group = task.group
            lines.append(group)
        start, end = round(task.start), max(round(task.end), round(task.start) + 1)
        bar = ("·" * start + "■" * (end - start)).ljust(quarters, "·")
        bar = " ".join(bar[place : place + 4] for place in range(0, len(bar), 4))
        lines.append(f"{fit(short(task.label, label), label)}  {bar}  {task.milestone}")
    return lines


def _heat(block: blocks.Heat, width: int, _language: str) -> Lines:
    label = max((cell_len(cell.label) for cell in block.cells), default=0)
    each = label + 8
    columns = max(1, width // each)
    drawn = [fit(f"{fit(cell.label, label)} {fit(cell.value, 5, right=True)}", each) for cell in block.cells]
    rows = ["".join(drawn[place : place + columns]) for place in range(0, len(drawn), columns)]
    return [*wrap(block.caption, width), *rows]


WRITERS: Mapping[type[Block], Callable[[Any, int, str], Lines]] = {
    blocks.Heading: _heading,
    blocks.Paragraph: _paragraph,
    blocks.Bullets: _bullets,
    blocks.Callout: _callout,
    blocks.Table: _table,
    blocks.KeyFigures: _key_figures,
    blocks.Card: _card,
    blocks.Radar: _radar,
    blocks.Bars: _bars,
    blocks.Matrix: _as_table,
    blocks.Gantt: _gantt,
    blocks.Waterfall: _as_table,
    blocks.SlopeChart: _as_table,
    blocks.Heat: _heat,
    blocks.Cover: _cover,
    blocks.PageBreak: lambda _block, _width, _language: [],
}
