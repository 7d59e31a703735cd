"""The report as Markdown (CommonMark with GitHub's tables). Every text is escaped: none becomes markup or a link."""

import re
from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import Any

from nqpf_assess.files.unchanged import sealed
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Block, Chart, Inline, Outline, OutlinePart, card_table, cleaned
from nqpf_assess.report.figures import MAKERS, as_table

MARKER = "<!-- nqpf-assess report -->"
"""First line, by which a report is known as one of ours."""

SPECIAL = re.compile(
    r"[\\`*|~$]"  # code, emphasis, cells, strokes, formulas
    r"|(?<![^\W_])_|_(?![^\W_])"  # emphasis, but not within a word
    r"|<(?=[A-Za-z/!?])|&(?=#?\w+;)"  # tags, entities
    r"|\](?=[(\[:])|\[(?=\^)|^\["  # links, notes, boxes to tick
    r"|\{(?=[{%#])|(?<=[}%#])\}"  # templates of site generators
    r"|^#(?=#*(?:\s|$))|^>"  # headings, quotations
)
"""Marks that would be read as markup where they stand; all others stay as they are."""

ADDRESS = re.compile(r"(?i)(?<=[a-z]):(?=//)|(?<=\w)\.(?=[^\W\d_])|@")
"""Marks without which no reader makes a link of words: `http://x`, `www.x`, `x.org`, `a@x`."""
LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")
BRACKETS = (("（", "）"), ("《", "》"), ("“", "”"), ("‘", "’"))
MARKS = "，。；：、？！（）《》“”‘’…— "
"""Punctuation that is kept out of bold words."""

SAFE_LINK = re.compile(r"^(#[A-Za-z0-9-]+|https?://[^\s()<>]+|mailto:[^\s()<>]+)$")


def write_markdown(outline: Outline) -> str:
    """Write an outline as Markdown."""
    outline = cleaned(outline)
    lines: list[str] = [MARKER, ""]
    for part in outline.parts:
        writer = _MarkdownWriter(part)
        for block in part.blocks:
            written = WRITERS[type(block)](writer, block)
            lines += [*written, ""] if written else []
    return sealed("\n".join([*lines, "---", "", escaped(outline.footer), "", ""]))


def escaped(words: str) -> str:
    """Escape a text so that it reads as it is: no emphasis, no heading, no tag, no link, no table."""
    words = SPECIAL.sub(lambda found: "\\" + found[0], " ".join(words.split()))
    words = ADDRESS.sub(lambda found: "\\" + found[0], words)
    return LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", words)


def inline(runs: Inline) -> str:
    """Write runs of text."""
    written = ""
    for run, after in zip_longest(runs, runs[1:]):
        words = escaped(run.text)
        if not words:
            written += " " if run.text else ""
            continue
        words = bold(words, after.text[:1] if after else "") if run.bold else words
        words = f"[{words}]({run.link})" if SAFE_LINK.match(run.link) else words
        written += " " * run.text[:1].isspace() + words + " " * run.text[-1:].isspace()
    return written.strip()


def bold(words: str, following: str = "") -> str:
    """Set words bold; punctuation at either end stays outside, else the marks beside Chinese letters are no marks.

    A bracket that was opened inside is closed inside, where what is `following` allows it.
    """
    core = words.strip(MARKS)
    before, _, after = words.partition(core) if core else (words, "", "")
    for opened, closed in BRACKETS:
        follows = after[1:2] or following
        if after.startswith(closed) and core.count(opened) > core.count(closed) and not follows.isalnum():
            core, after = core + closed, after[1:]
    return f"{before}**{core}**{after}" if core else words


class _MarkdownWriter:
    """Writes the blocks of one part."""

    def __init__(self, part: OutlinePart) -> None:
        self.part = part

    def contents(self, block: blocks.Contents) -> list[str]:
        items = [
            f"{'  ' * (heading.level - 1)}- [{escaped(heading.text)}](#{heading.anchor})"
            for heading in self.part.blocks
            if isinstance(heading, blocks.Heading) and heading.level <= 2
        ]
        return [bold(escaped(block.title)), "", *items]

    def cover(self, block: blocks.Cover) -> list[str]:
        colon = grammar(self.part.language).colon
        return [
            f"# {escaped(block.title)}",
            "",
            f"{bold(escaped(block.subject))} – {escaped(block.subtitle)}" if block.subject else escaped(block.subtitle),
            "",
            *(f"- {escaped(label)}{colon}{bold(escaped(value))}" for label, value in block.facts),
            "",
            f"> {escaped(block.notice)}",
        ]

    def heading(self, block: blocks.Heading) -> list[str]:
        return [f'<a id="{block.anchor}"></a>', "", f"{'#' * (block.level + 1)} {escaped(block.text)}"]

    def paragraph(self, block: blocks.Paragraph) -> list[str]:
        return [inline(block.runs)]

    def verdict(self, block: blocks.WordsWithChart) -> list[str]:
        return [inline(block.runs)]

    def bullets(self, block: blocks.Bullets) -> list[str]:
        marks = (f"{place}." if block.numbered else "-" for place in range(1, len(block.items) + 1))
        return [f"{mark} {inline(item)}" for mark, item in zip(marks, block.items, strict=False)]

    def callout(self, block: blocks.Callout) -> list[str]:
        return [f"> {bold(escaped(block.label))} {inline(block.runs)}"]

    def table(self, block: blocks.Table) -> list[str]:
        lines = [bold(escaped(block.caption)), ""] if block.caption else []
        marks = {"left": ":--", "right": "--:", "center": ":-:"}
        lines.append("| " + " | ".join(escaped(column.title) or " " for column in block.columns) + " |")
        lines.append("| " + " | ".join(marks[column.align] for column in block.columns) + " |")
        for place, row in enumerate(block.rows):
            cells = [inline(cell) for cell in row]
            cells = [bold(cell) for cell in cells] if place in block.bold_rows else cells
            lines.append("| " + " | ".join(cell or " " for cell in cells) + " |")
        return [*lines, "", f"*{escaped(block.note)}*"] if block.note else lines

    def key_figures(self, block: blocks.KeyFigures) -> list[str]:
        lines = []
        for figure in block.figures:
            note = f" ({escaped(figure.note)})" if figure.note else ""
            lines.append(f"- {escaped(figure.label)}: {bold(escaped(figure.value))}{note}")
        return lines

    def card(self, block: blocks.DetailCard) -> list[str]:
        title = bold(escaped(block.title)) + (f" ({escaped(block.badge)})" if block.badge else "")
        anchor = [f'<a id="{block.anchor}"></a>', ""] if block.anchor else []
        fields = [
            f"- {f'*{escaped(field.label)}:* ' * bool(field.label)}{inline(field.runs)}" for field in block.fields
        ]
        return [*anchor, title, "", *([inline(block.lead), ""] if block.lead else []), *fields]

    def card_row(self, block: blocks.CardRow) -> list[str]:
        return self.table(card_table(block))

    def chart(self, block: Chart) -> list[str]:
        return self.table(as_table(block, self.part.language))

    def page_break(self, _block: blocks.PageBreak) -> list[str]:
        return []


WRITERS: Mapping[type[Block], Callable[[_MarkdownWriter, Any], list[str]]] = {
    blocks.Heading: _MarkdownWriter.heading,
    blocks.Paragraph: _MarkdownWriter.paragraph,
    blocks.WordsWithChart: _MarkdownWriter.verdict,
    blocks.Bullets: _MarkdownWriter.bullets,
    blocks.Callout: _MarkdownWriter.callout,
    blocks.Table: _MarkdownWriter.table,
    blocks.KeyFigures: _MarkdownWriter.key_figures,
    blocks.DetailCard: _MarkdownWriter.card,
    blocks.CardRow: _MarkdownWriter.card_row,
    blocks.Cover: _MarkdownWriter.cover,
    blocks.Contents: _MarkdownWriter.contents,
    blocks.PageBreak: _MarkdownWriter.page_break,
    **dict.fromkeys(MAKERS, _MarkdownWriter.chart),
}
