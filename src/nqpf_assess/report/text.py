"""Plain text for a terminal or a file: a whole report, or one table. No colour, no escape, lines as wide as asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from rich.cells import cell_len

from nqpf_assess.locale import _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import summed
from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Block, Chart, Outline, OutlinePart, cleaned, words_of
from nqpf_assess.report.figures import MAKERS, as_table
from nqpf_assess.report.wording import number, span
from nqpf_assess.typography.cells import fit, short, wrap

SCALE, SHORT_SCALE = 20, 10
"""Cells of a bar on the scale from 0 to 100, and where there is little room."""

WIDE = 64
"""Width from which there is room for long bars."""

LABEL = 12
"""Cells that a label needs beside bars; with less these become a table."""

NARROWEST = 40
SCALE_ONLY = _("bar: {what}, scale 0 to 100")
SCALE_WORDS = _("bar: current score, | target, scale 0 to 100")

RANGE = _("possible range")

GAP = 2
"""Cells between two columns of a table."""

NARROW = 8
"""A column of running text narrower than this is no help; the table becomes records."""


def write_text(outline: Outline, *, width: int = 80) -> str:
    """Write an outline as plain text, `width` cells wide at most."""
    outline, width = cleaned(outline), max(width, NARROWEST)
    lines: list[str] = []
    for part in outline.parts:
        writer = _TextWriter(part, width)
        for block in part.blocks:
            written = WRITERS[type(block)](writer, block)
            lines += [*written, ""] if written else []
    lines += [*wrap(outline.footer, width), ""]
    lines = lines if lines[0].startswith("═") else ["═" * width, *lines]  # by which the file is known as ours
    return "\n".join(line.rstrip() for line in lines)


def page_lines(found: Iterable[Block], language: str, width: int) -> list[str]:
    """Write blocks as the lines of a page: paragraphs follow one another, all else stands between empty lines."""
    writer = _TextWriter(OutlinePart(language, tuple(found)), width)
    lines: list[str] = []
    after: Block | None = None
    for block in writer.part.blocks:
        written = WRITERS[type(block)](writer, block)
        if written:
            together = isinstance(block, blocks.Paragraph) and isinstance(after, blocks.Paragraph)
            lines += ([""] if lines and not together else []) + [line.rstrip() for line in written]
            after = block
    return lines


def has_room(table: blocks.Table, width: int) -> bool:
    """Return whether the columns of a table can stand beside one another."""
    return _widths(table, width) is not None


def _widths(table: blocks.Table, width: int) -> list[int] | None:
    titles = [column.title for column in table.columns]
    rows = [[words_of(cell) for cell in row] for row in table.rows]
    return column_widths([column.share for column in table.columns], [titles, *rows], width)


def table_lines(table: blocks.Table, width: int) -> list[str]:
    """Write a table no wider than `width` cells: in columns, or one record under another where there is no room."""
    titles = [column.title for column in table.columns]
    rows = [[words_of(cell) for cell in row] for row in table.rows]
    widths = _widths(table, width)
    lines: list[str] = []
    if widths is None:
        wide = min(max(map(cell_len, titles), default=0), width // 3)
        for row in rows:
            lines += ["· · ·"] if lines else []
            for title, cell in zip(titles, row, strict=True):
                pair = (wrap(title, wide), wrap(cell, width - wide - GAP)) if cell else ()
                lines += [fit(left, wide) + " " * GAP + right for left, right in zip_longest(*pair, fillvalue="")]
        return lines
    rule = (" " * GAP).join("─" * wide for wide in widths)
    for place, row in enumerate([titles, *rows]):
        lines += [rule] if place == 1 or (place > 1 and place - 1 in table.bold_rows) else []
        broken = [wrap(cell, wide) for cell, wide in zip(row, widths, strict=True)]
        for line in zip_longest(*broken, fillvalue=""):
            columns = zip(line, widths, table.columns, strict=True)
            lines.append((" " * GAP).join(fit(part, wide, right=c.align == "right") for part, wide, c in columns))
    return [*lines, rule] if not rows else lines


def column_widths(shares: Sequence[float], rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Share the width out: short columns as wide as they need, the others by their shares; None if there is no room."""
    natural = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    room = width - GAP * (len(shares) - 1)
    fixed: dict[int, int] = {}
    while len(fixed) < len(shares):
        free = [index for index in range(len(shares)) if index not in fixed]
        left, total = room - summed(fixed.values()), summed(shares[index] for index in free)
        fair = {index: int(left * shares[index] / total) for index in free}
        content = {index: natural[index] for index in free if natural[index] <= fair[index]}
        if not content and any(fair[index] < min(NARROW, natural[index]) for index in free):
            return None
        fixed |= content or fair
    return [fixed[index] for index in range(len(shares))]


def hung(words: str, first: str, rest: str, width: int) -> list[str]:
    """Break text with a hanging indent."""
    lines = wrap(words, width - max(cell_len(first), cell_len(rest)))
    return [(first if index == 0 else rest) + line for index, line in enumerate(lines)]


class _TextWriter:
    """Writes the blocks of one part, `width` cells wide."""

    def __init__(self, part: OutlinePart, width: int) -> None:
        self.part, self.width = part, width

    def cover(self, block: blocks.Cover) -> list[str]:
        wide = max((cell_len(label) for label, _value in block.facts), default=0)
        lines = ["═" * self.width]
        for words in (block.subject, block.title, block.subtitle):
            lines += wrap(words, self.width)
        lines += ["═" * self.width, ""]
        for label, value in block.facts:
            lines += hung(value, fit(label, wide) + "  ", " " * (wide + 2), self.width)
        return [*lines, "", *wrap(block.notice, self.width)]

    def contents(self, block: blocks.Contents) -> list[str]:
        lines = [block.title, "─" * cell_len(block.title)]
        for heading in self.part.blocks:
            if isinstance(heading, blocks.Heading) and heading.level == 1:
                lines += hung(heading.text, "  ", "    ", self.width)
        return lines

    def heading(self, block: blocks.Heading) -> list[str]:
        lines = wrap(block.text, self.width)
        under = {1: "═", 2: "─"}.get(block.level, "")
        return [*([""] if block.level == 1 else []), *lines, *([under * max(map(cell_len, lines))] if under else [])]

    def paragraph(self, block: blocks.Paragraph) -> list[str]:
        return list(wrap(words_of(block.runs), self.width))

    def verdict(self, block: blocks.WordsWithChart) -> list[str]:
        return list(wrap(words_of(block.runs), self.width))

    def bullets(self, block: blocks.Bullets) -> list[str]:
        marks = [f"{place}. " if block.numbered else "• " for place in range(1, len(block.items) + 1)]
        wide = max(map(len, marks), default=0)
        lines: list[str] = []
        for mark, item in zip(marks, block.items, strict=True):
            lines += hung(words_of(item), fit(mark, wide, right=True), " " * wide, self.width)
        return lines

    def callout(self, block: blocks.Callout) -> list[str]:
        colon = grammar(self.part.language).colon
        return hung(f"{block.label}{colon}{words_of(block.runs)}", "┃ ", "┃ ", self.width)

    def table(self, block: blocks.Table) -> list[str]:
        caption = wrap(block.caption, self.width) if block.caption else ()
        note = wrap(block.note, self.width) if block.note else ()
        return [*caption, *table_lines(block, self.width), *note]

    def key_figures(self, block: blocks.KeyFigures) -> list[str]:
        label = max((cell_len(figure.label) for figure in block.figures), default=0)
        value = max((cell_len(figure.value) for figure in block.figures), default=0)
        lines: list[str] = []
        for figure in block.figures:
            head = f"{fit(figure.label, label)}  {fit(figure.value, value, right=True)}  "
            lines += hung(figure.note, head, " " * (label + value + 4), self.width)
        return lines

    def card(self, block: blocks.DetailCard) -> list[str]:
        title = f"{block.title}  [{block.badge}]" if block.badge else block.title
        wide = max((cell_len(field.label) for field in block.fields), default=0)
        lines = [*wrap(title, self.width)]
        lines += hung(words_of(block.lead), "  ", "  ", self.width) if block.lead else []
        for field in block.fields:
            lines += hung(words_of(field.runs), f"  {fit(field.label, wide)}  ", " " * (wide + 4), self.width)
        return lines

    def card_row(self, block: blocks.CardRow) -> list[str]:
        told = [self.card(card) for card in block.cards]
        return [line for place, lines in enumerate(told) for line in ([""] if place else []) + lines]

    def chart(self, block: Chart) -> list[str]:
        return self.table(as_table(block, self.part.language))

    def bullet_chart(self, block: blocks.BulletChart) -> list[str]:
        spoken = grammar(self.part.language)

        def told(line: blocks.Bullet) -> str:
            last = f"{block.before_name} {number(line.before)}" if line.before is not None else ""
            open_range = span(line.low, line.high) if line.low is not None else ""
            beside = spoken.semicolon.join(filter(None, (open_range, last)))
            return line.value + (spoken.bracketed(beside) if beside else "")

        bars = tuple(
            blocks.Bar(line.label, line.current, line.target, line.low, line.high, told(line)) for line in block.bullets
        )
        return self.bars(
            blocks.Bars(bars, block.current_name, block.target_name, block.caption, block.alt, block.range_name),
            otherwise=block,
        )

    def bars(self, block: blocks.Bars, otherwise: Chart | None = None) -> list[str]:
        """Draw bars in cells; where labels find no room, `otherwise` as a table."""
        value = max((cell_len(bar.value) for bar in block.bars), default=0)
        longest = max((cell_len(bar.label) for bar in block.bars), default=0)
        scale = SCALE if self.width >= max(WIDE, longest + SCALE + value + 4) else SHORT_SCALE
        room = self.width - scale - value - 4
        names = dict.fromkeys(mark.label for bar in block.bars for mark in bar.marks)
        if room < (longest if names else min(LABEL, longest)):  # names of indicators say nothing when cut
            return self.chart(otherwise or block)
        label = min(longest, room)
        lines = list(wrap(block.caption, self.width))
        for bar in block.bars:
            drawn = cells_of(bar, scale)
            lines.append(f"{fit(short(bar.label, label), label)}  {drawn}  {fit(bar.value, value, right=True)}")
        language = self.part.language
        what = grammar(language).lower_first(block.current_name)
        aimed = any(bar.target is not None for bar in block.bars)
        key = tell(SCALE_WORDS, language) if aimed else tell(SCALE_ONLY, language, what=what)
        if any(number(bar.low) != number(bar.high) for bar in block.bars):
            key += tell(_("; in brackets: {what}"), language, what=block.range_name or tell(RANGE, language))
        key += "".join(tell(_("; △ {name}"), language, name=name) for name in names)
        return [*lines, *wrap(key, self.width)]

    def heat(self, block: blocks.Heat) -> list[str]:
        label = max((cell_len(cell.label) for cell in block.cells), default=0)
        each = label + 8
        columns = max(1, self.width // each)
        drawn = [fit(f"{fit(cell.label, label)} {fit(cell.value, 5, right=True)}", each) for cell in block.cells]
        rows = ["".join(drawn[place : place + columns]) for place in range(0, len(drawn), columns)]
        return [*wrap(block.caption, self.width), *rows]

    def page_break(self, _block: blocks.PageBreak) -> list[str]:
        return []


def cells_of(bar: blocks.Bar, scale: int) -> str:
    """Draw a bar in cells: solid to the current score, dots beyond, a line at the target, a sign at each benchmark."""
    filled = 0 if bar.current is None else round(min(max(bar.current, 0.0), 100.0) / 100 * scale)
    cells = ["█" if index < filled else "·" for index in range(scale)]
    for at, sign in ((bar.target, "|"), *((mark.at, "△") for mark in bar.marks)):
        if at is not None:
            cells[min(scale - 1, round(min(max(at, 0.0), 100.0) / 100 * scale))] = sign
    return "".join(cells)


WRITERS: Mapping[type[Block], Callable[[_TextWriter, Any], list[str]]] = {
    **dict.fromkeys(MAKERS, _TextWriter.chart),  # as a table, but for those drawn in cells below
    blocks.Heading: _TextWriter.heading,
    blocks.Paragraph: _TextWriter.paragraph,
    blocks.WordsWithChart: _TextWriter.verdict,
    blocks.Bullets: _TextWriter.bullets,
    blocks.Callout: _TextWriter.callout,
    blocks.Table: _TextWriter.table,
    blocks.KeyFigures: _TextWriter.key_figures,
    blocks.DetailCard: _TextWriter.card,
    blocks.CardRow: _TextWriter.card_row,
    blocks.BulletChart: _TextWriter.bullet_chart,
    blocks.Bars: _TextWriter.bars,
    blocks.Heat: _TextWriter.heat,
    blocks.Cover: _TextWriter.cover,
    blocks.Contents: _TextWriter.contents,
    blocks.PageBreak: _TextWriter.page_break,
}
