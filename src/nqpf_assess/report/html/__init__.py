"""The report as one page for a browser: nothing outside it is asked for, so it opens from a USB stick as it is.

Words and figures come from the same outline as the PDF, charts from the same drawings. Every text is escaped; the only
script sorts and searches tables, and the page's policy admits no other. The same outline gives the same bytes.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from nqpf_assess.files.unchanged import sealed
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Block, Chart, Inline, Outline, cleaned, head_column
from nqpf_assess.report.figures import MAKERS, as_table
from nqpf_assess.report.html.svg import svg_of
from nqpf_assess.report.pdf.fonts import load_fonts
from nqpf_assess.report.pdf.structure import Element
from nqpf_assess.report.pdf.text import FIGURE, TABLE
from nqpf_assess.report.pdf.typeset import Composer

MARKER = "<!doctype html>\n<!-- nqpf-assess report -->"
"""How every page begins, by which it is known as one of ours."""

SEARCH = _("Search these rows:")
FOUND = _("{shown} of {all} rows")
SORT = _("Sort by: {column}")
SKIP = _("Skip to the report")
DATA = _("The figures of this chart")
OPEN_FOR_MORE = _("Parts with a triangle unfold.")


def write_html(outline: Outline) -> str:
    """Render an outline as a page."""
    outline = cleaned(outline)
    style, script = _shipped("page.css"), _shipped("page.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    writers = [_PartWriter(outline, place) for place in range(len(outline.parts))]
    taken: set[str] = set()
    for writer in writers:
        writer.name_places(taken)
    counted: dict[str, tuple[int, int]] = {}
    written = []
    for writer in writers:  # one report has one figure 1
        writer.figures, writer.tables = counted.get(writer.part.language, (0, 0))
        written.append(writer.written())
        counted[writer.part.language] = writer.figures, writer.tables
    language, ways = grammar(outline.language).tag, ""
    if len(outline.parts) > 1:  # links to the parts: each says in its own language what it is
        links = " ".join(
            f'<a href="#part-{place}" lang="{grammar(part.language).tag}">'
            f"{escape(part.title or tell(_('English version'), part.language))}</a>"
            for place, part in enumerate(outline.parts, start=1)
        )
        ways = f"<nav>{links}</nav>"
    page = "\n".join(
        (
            MARKER,
            f'<html lang="{language}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer"><meta name="generator" content="nqpf-assess">',
            f'<meta name="date" content="{escape(outline.date)}">',
            f"<title>{escape(outline.title)}</title>",
            f"<style>{style}</style></head>",
            f'<body><a class="skip" href="#report">{escape(tell(SKIP, outline.language))}</a>',
            f'<header class="top"><p>{escape(outline.header)}</p>{ways}</header>',
            '<main id="report">',
            *written,
            "</main>",
            f'<footer class="foot"><p>{escape(outline.footer)}</p></footer>',
            f"<script>{script}</script></body></html>",
            "",
        )
    )
    return sealed(page)


@cache
def _shipped(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _hash(words: str) -> str:
    """Return the digest by which the page's policy knows a style or script."""
    return b64encode(sha256(words.encode()).digest()).decode()


class _PartWriter:
    """Renders one part of the outline; the second and later parts of a language fold, section by section."""

    def __init__(self, outline: Outline, place: int) -> None:
        self.outline, self.place = outline, place
        self.part = outline.parts[place]
        self.folds = any(before.language == self.part.language for before in outline.parts[:place])
        self.composer = Composer(load_fonts(), self.part.language, Element("Part"))
        self.ids: dict[str, str] = {}
        self.charts = self.figures = self.tables = self.section = 0

    def say(self, words: Text, **values: object) -> str:
        """State something of the page's own in the language of the part, ready to stand in it."""
        return escape(tell(words, self.part.language, **values))

    def name_places(self, taken: set[str]) -> None:
        """Give each anchor of the part an id of its own on the page."""
        for block in self.part.blocks:
            anchor = block.anchor if isinstance(block, blocks.Heading | blocks.DetailCard) else ""
            if anchor and anchor not in self.ids:
                id, count = anchor, 2
                while id in taken:
                    id, count = f"{anchor}-{count}", count + 1
                taken.add(id)
                self.ids[anchor] = id

    def written(self) -> str:
        """Render the part."""
        language = grammar(self.part.language).tag
        said = {"find": SEARCH, "found": FOUND, "sort": SORT}
        data = "".join(f' data-{key}="{self.say(words)}"' for key, words in said.items())
        lines = [f'<article class="part" id="part-{self.place + 1}" lang="{language}"{data}>']
        if not any(isinstance(block, blocks.Cover) for block in self.part.blocks):
            first = self.outline.parts.index(self.part) == 0
            lines.append(f"<h1>{escape(self.part.title or (self.outline.title if first else self.part.header))}</h1>")
        if self.folds:
            lines.append(f'<p class="note">{self.say(OPEN_FOR_MORE)}</p>')
        lines += [WRITERS[type(block)](self, block) for block in self.part.blocks]
        return "\n".join([*(line for line in lines if line), self._closed(), "</article>"])

    def _id(self, anchor: str) -> str:
        return f' id="{escape(self.ids[anchor])}"' if anchor in self.ids else ""

    def _closed(self) -> str:
        """Close the section that is open, if one is."""
        return ("</details>" if self.folds else "</section>") if self.section else ""

    def inline(self, runs: Inline) -> str:
        """Render runs of text; links lead to places of this page alone."""
        written = []
        for run in runs:
            words = escape(run.text, quote=False).replace("\n", "<br>")
            words = f"<b>{words}</b>" if run.bold and words.strip() else words
            place = self.ids.get(run.link.removeprefix("#")) if run.link.startswith("#") else None
            if place and words.strip():
                words = f'<a href="#{escape(place)}">{words}</a>'
            elif run.link and not run.link.startswith("#") and run.link not in run.text:
                words += f" ({escape(run.link, quote=False)})"  # said, not linked: nothing leads off this page
            written.append(words)
        return "".join(written)

    # ── Running text ──

    def heading(self, block: blocks.Heading) -> str:
        level = min(block.level + 1, 4)
        words = f"<h{level}{self._id(block.anchor)}>{escape(block.text)}</h{level}>"
        if block.level > 1:
            return words
        closed, self.section = self._closed(), self.section + 1
        opened = f'<details class="fold"><summary>{words}</summary>' if self.folds else f"<section>{words}"
        return closed + opened

    def paragraph(self, block: blocks.Paragraph) -> str:
        style = "" if block.style == "body" else f' class="{block.style}"'
        return f"<p{style}>{self.inline(block.runs)}</p>"

    def verdict(self, block: blocks.WordsWithChart) -> str:
        return f'<div class="verdict"><p class="lead">{self.inline(block.runs)}</p>{self.chart(block.chart)}</div>'

    def bullets(self, block: blocks.Bullets) -> str:
        tag = "ol" if block.numbered else "ul"
        return f"<{tag}>{''.join(f'<li>{self.inline(item)}</li>' for item in block.items)}</{tag}>" * bool(block.items)

    def callout(self, block: blocks.Callout) -> str:
        label = f'<p class="label">{escape(block.label)}</p>' if block.label else ""
        return f'<div class="callout {block.tone}" role="note">{label}<p>{self.inline(block.runs)}</p></div>'

    # ── Front ──

    def cover(self, block: blocks.Cover) -> str:
        facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in block.facts)
        return (
            f'<div class="cover"><h1>{escape(block.title)}</h1><p>{escape(block.subtitle)}</p>'
            f'<p class="subject">{escape(block.subject)}</p></div>'
            + (f'<dl class="facts">{facts}</dl>' if facts else "")
            + (f'<p class="notice">{escape(block.notice)}</p>' if block.notice else "")
        )

    def contents(self, block: blocks.Contents) -> str:
        items = "".join(
            f'<li class="level{heading.level}"><a href="#{escape(self.ids[heading.anchor])}">'
            f"{escape(heading.text)}</a></li>"
            for heading in self.part.blocks
            if isinstance(heading, blocks.Heading) and heading.level <= 2 and heading.anchor in self.ids
        )
        named = " · ".join(filter(None, (block.title, self.part.title)))  # each part has contents of its own
        return f'<nav class="contents" aria-label="{escape(named)}"><ol>{items}</ol></nav>' if items else ""

    # ── Tables and boxes ──

    def table(self, block: blocks.Table, *, numbered: bool = True) -> str:
        """Render a table; its first words are heads of its rows, a total stays below what is sorted."""
        if not block.rows or not block.columns:
            return ""
        caption = ""
        if block.caption and numbered:
            self.tables += 1
            caption = f"<caption>{self.say(TABLE, number=self.tables)}  {escape(block.caption)}</caption>"
        marks = {"left": "", "right": ' class="r"', "center": ' class="c"'}
        heads = "".join(
            f'<th scope="col"{marks[column.align]}>{escape(column.title)}</th>'
            if column.title
            else f"<td{marks[column.align]}></td>"
            for column in block.columns
        )
        named, rows, total = head_column(block), [], ' class="total"'
        for place, row in enumerate(block.rows):
            cells = [
                f'<th scope="row"{marks[column.align]}>{self.inline(cell)}</th>'
                if index == named and blocks.words_of(cell)
                else f"<td{marks[column.align]}>{self.inline(cell)}</td>"
                for index, (cell, column) in enumerate(zip(row, block.columns, strict=True))
            ]
            rows.append(f"<tr{total if place in block.bold_rows else ''}>{''.join(cells)}</tr>")
        note = f'<p class="note">{escape(block.note)}</p>' if block.note else ""
        return (
            f'<div class="table"><div class="scroll"><table class="data">{caption}<thead><tr>{heads}</tr></thead>'
            f"<tbody>{''.join(rows)}</tbody></table></div>{note}</div>"
        )

    def key_figures(self, block: blocks.KeyFigures) -> str:
        items = "".join(
            f'<li class="{figure.tone}"><span class="label">{escape(figure.label)}</span> '
            f'<span class="value">{escape(figure.value)}</span> <span class="said">{escape(figure.note)}</span></li>'
            for figure in block.figures
        )
        return f'<ul class="figures">{items}</ul>' if items else ""

    def card(self, block: blocks.DetailCard) -> str:
        badge = f'<span class="badge">{escape(block.badge)}</span>' if block.badge else ""
        lead = f"<p>{self.inline(block.lead)}</p>" if block.lead else ""
        fields = "".join(
            f"{f'<dt>{escape(field.label)}</dt>' * bool(field.label)}<dd>{self.inline(field.runs)}</dd>"
            for field in block.fields
        )
        return (
            f'<div class="card"{self._id(block.anchor)}>{badge}'
            f'<p class="title">{escape(block.title)}</p>{lead}{f"<dl>{fields}</dl>" if fields else ""}</div>'
        )

    def card_row(self, block: blocks.CardRow) -> str:
        return f'<div class="cards">{"".join(map(self.card, block.cards))}</div>' if block.cards else ""

    def chart(self, block: Chart) -> str:
        """Render a chart under its caption, with its figures as a table to unfold."""
        id = f"chart-{self.place + 1}-{self.charts + 1}"
        drawn = svg_of(self.composer, block, id)
        if not drawn:
            return ""
        self.charts += 1
        self.figures += bool(block.caption)
        caption = ""
        if block.caption:
            said = f"{self.say(FIGURE, number=self.figures)}  {escape(block.caption)}"
            caption = f"<figcaption>{said}</figcaption>"
        told = self.table(as_table(block, self.part.language), numbered=False)
        data = f"<details><summary>{self.say(DATA)}</summary>{told}</details>" if told else ""
        return f'<figure>{caption}<div class="scroll">{drawn}</div>{data}</figure>'

    def page_break(self, _block: blocks.PageBreak) -> str:
        return ""


WRITERS: Mapping[type[Block], Callable[[_PartWriter, Any], str]] = {
    blocks.Heading: _PartWriter.heading,
    blocks.Paragraph: _PartWriter.paragraph,
    blocks.WordsWithChart: _PartWriter.verdict,
    blocks.Bullets: _PartWriter.bullets,
    blocks.Callout: _PartWriter.callout,
    blocks.Table: _PartWriter.table,
    blocks.KeyFigures: _PartWriter.key_figures,
    blocks.DetailCard: _PartWriter.card,
    blocks.CardRow: _PartWriter.card_row,
    blocks.Cover: _PartWriter.cover,
    blocks.Contents: _PartWriter.contents,
    blocks.PageBreak: _PartWriter.page_break,
    **dict.fromkeys(MAKERS, _PartWriter.chart),
}
