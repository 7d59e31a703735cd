"""The report as Markdown (CommonMark with GitHub's tables). Every text is escaped: none becomes markup or a link."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Block, Chart, Inline, Outline, Part
from nqpf_assess.report.figures import MAKERS, as_table
from nqpf_assess.report.tidy import tidy

MARKER = "<!-- nqpf-assess report -->"
"""First line, by which a report is known as one of ours."""

SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$#{}])")
ADDRESS = re.compile(r"(?i)(?<=[a-z]):(?=//)|(?<=\w)\.(?=\w*[^\W\d_])|@")
"""Marks without which no reader makes a link of words: `http://x`, `www.x`, `x.org`, `a@x`."""
LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")
MARKS = "，。；：、？！（）《》“”‘’…— "
"""Punctuation that is kept out of bold words."""

SAFE_LINK = re.compile(r"^(#[A-Za-z0-9-]+|https?://[^\s()<>]+|mailto:[^\s()<>]+)$")

Lines = list[str]


def write_markdown(outline: Outline) -> str:
    """Write an outline as Markdown."""
    outline = tidy(outline)
    lines: Lines = [MARKER, ""]
    for part in outline.parts:
        lines += _part(part)
    return "\n".join([*lines, "---", "", escaped(outline.footer), ""])


def escaped(words: str) -> str:
    """Escape a text so that it reads as it is: no emphasis, no heading, no tag, no link, no table."""
    words = SPECIAL.sub(r"\\\1", " ".join(words.split()))
    words = ADDRESS.sub(lambda found: "\\" + found[0], words)
    return LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", words)


def inline(runs: Inline) -> str:
    """Write runs of text."""
    return "".join(_run(run) for run in runs).strip()


def _run(run: blocks.Run) -> str:
    words = escaped(run.text)
    if not words:
        return " " if run.text else ""
    lead = " " if run.text[:1].isspace() else ""
    tail = " " if run.text[-1:].isspace() else ""
    words = _bold(words) if run.bold else words
    words = f"[{words}]({run.link})" if SAFE_LINK.match(run.link) else words
    return lead + words + tail


def _bold(words: str) -> str:
    """Set words bold; punctuation at either end stays outside, else the marks beside Chinese letters are no marks."""
    core = words.strip(MARKS)
    before, _, after = words.partition(core) if core else (words, "", "")
    return f"{before}**{core}**{after}" if core else words


def _part(part: Part) -> Lines:
    headings = [block for block in part.blocks if isinstance(block, blocks.Heading)]
    lines: Lines = []
    for block in part.blocks:
        if isinstance(block, blocks.Contents):
            lines += _contents(block, headings)
        else:
            drawn = WRITERS[type(block)](block, part.language)
            lines += [*drawn, ""] if drawn else []
    return lines


def _contents(block: blocks.Contents, headings: Sequence[blocks.Heading]) -> Lines:
    items = [
        f"{'  ' * (heading.level - 1)}- [{escaped(heading.text)}](#{heading.anchor})"
        for heading in headings
        if heading.level <= 2
    ]
    return [_bold(escaped(block.title)), "", *items, ""]


def _cover(block: blocks.Cover, _language: str) -> Lines:
    facts = [f"- {escaped(label)}: {_bold(escaped(value))}" for label, value in block.facts]
    return [
        f"# {escaped(block.title)}",
        "",
        f"{_bold(escaped(block.subject))} – {escaped(block.subtitle)}",
        "",
        *facts,
        "",
        f"> {escaped(block.notice)}",
    ]


def _heading(block: blocks.Heading, _language: str) -> Lines:
    return [f'<a id="{block.anchor}"></a>', "", f"{'#' * (block.level + 1)} {escaped(block.text)}"]


def _paragraph(block: blocks.Paragraph, _language: str) -> Lines:
    return [inline(block.runs)]


def _bullets(block: blocks.Bullets, _language: str) -> Lines:
    return [
        f"{f'{place}.' if block.numbered else '-'} {inline(item)}" for place, item in enumerate(block.items, start=1)
    ]


def _callout(block: blocks.Callout, _language: str) -> Lines:
    return [f"> {_bold(escaped(block.label))} {inline(block.runs)}"]


def _table(block: blocks.Table, _language: str) -> Lines:
    rows = [
        [_bold(inline(cell)) if place in block.bold_rows and inline(cell) else inline(cell) for cell in row]
        for place, row in enumerate(block.rows)
    ]
    lines = [_bold(escaped(block.caption)), ""] if block.caption else []
    lines += _grid([column.title for column in block.columns], rows, [column.align for column in block.columns])
    return [*lines, "", f"*{escaped(block.note)}*"] if block.note else lines


def _grid(titles: Sequence[str], rows: Sequence[Sequence[str]], aligns: Sequence[str]) -> Lines:
    marks = {"left": ":--", "right": "--:", "center": ":-:"}
    return [
        "| " + " | ".join(escaped(title) or " " for title in titles) + " |",
        "| " + " | ".join(marks[align] for align in aligns) + " |",
        *("| " + " | ".join(cell or " " for cell in row) + " |" for row in rows),
    ]


def _key_figures(block: blocks.KeyFigures, _language: str) -> Lines:
    return [
        f"- {escaped(figure.label)}: {_bold(escaped(figure.value))}"
        + (f" ({escaped(figure.note)})" if figure.note else "")
        for figure in block.figures
    ]


def _card(block: blocks.Card, _language: str) -> Lines:
    title = _bold(escaped(block.title)) + (f" ({escaped(block.badge)})" if block.badge else "")
    anchor = [f'<a id="{block.anchor}"></a>', ""] if block.anchor else []
    fields = [f"- *{escaped(field.label)}:* {inline(field.runs)}" for field in block.fields]
    return [*anchor, title, "", *([inline(block.lead), ""] if block.lead else []), *fields]


def _chart(block: Chart, language: str) -> Lines:
    return _table(as_table(block, language), language)


WRITERS: Mapping[type[Block], Callable[[Any, str], Lines]] = {
    blocks.Heading: _heading,
    blocks.Paragraph: _paragraph,
    blocks.Bullets: _bullets,
    blocks.Callout: _callout,
    blocks.Table: _table,
    blocks.KeyFigures: _key_figures,
    blocks.Card: _card,
    blocks.Cover: _cover,
    blocks.PageBreak: lambda _block, _language: [],
    **dict.fromkeys(MAKERS, _chart),
}
