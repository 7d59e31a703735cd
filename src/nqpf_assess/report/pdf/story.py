"""From the outline to pages: which function composes which block, the drawing of all, what runs round each page."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_args

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from nqpf_assess.locale import LANGUAGES, _
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Block, Outline, OutlinePart, words_of
from nqpf_assess.report.pdf.archive import Bookmark, DrawnReport
from nqpf_assess.report.pdf.boxes import compose_callout, compose_card, compose_card_row, compose_key_figures
from nqpf_assess.report.pdf.flow import Break, Flowable, PageLayout, needed, paginate, places_on
from nqpf_assess.report.pdf.fonts import FontSet
from nqpf_assess.report.pdf.front import compose_contents, compose_cover
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.structure import Destination, Element, begin_of, within
from nqpf_assess.report.pdf.table import align_tables, compose_table
from nqpf_assess.report.pdf.text import compose_bullets, compose_heading, compose_paragraph
from nqpf_assess.report.pdf.theme import HEIGHT, LEFT, PAGE_HEIGHT, PAGE_WIDTH, QUIET_LABEL, TOP, WIDTH
from nqpf_assess.report.pdf.typeset import Composer, TypesetWords
from nqpf_assess.typography.clean import clean_line

if TYPE_CHECKING:
    from nqpf_assess.report.pdf.logo import Logo

# ── Head and foot ──

HEAD = 38.0
FOOT = PAGE_HEIGHT - 46.0
GAP = 20.0
SEPARATOR = " · "
"""What stands between the subject and the title of the paper in a running head."""


@dataclass(frozen=True, eq=False)
class Furniture:
    """The running words of a part; its pages are counted from the `first` of the file on."""

    header: str
    footer: str
    first: int
    pages: int
    others: "Sequence[OtherLanguage]" = ()

    def draw(self, pen: Pen, composer: Composer, page: PageLayout) -> None:
        """Draw head and foot of a page as decoration; on the first page, where the other language begins."""
        opening = pen.page == self.first
        for other in self.others if opening else ():
            top = FOOT if page.bare else HEAD
            pen.tagged_text(other.node, other.words, LEFT, top, WIDTH, align="left" if page.bare else "right")
        if page.bare:
            return
        with pen.artifact("Pagination", "Header"):
            named = (self.header, *self.header.rsplit(SEPARATOR, 1))
            header = _reminder(composer, named, WIDTH * 0.6)
            # The title of the paper says itself what it is; elsewhere the subject gives way to a long section.
            topic = re.split("[:：]", page.section, maxsplit=1)[0].strip()  # before the finding that a heading states
            itself = opening or page.section.startswith(self.header.split(SEPARATOR, 1)[0])
            for wording in () if itself else filter(None, dict.fromkeys((page.section, topic))):
                section = composer.words(wording, QUIET_LABEL)
                if shorter := _reminder(composer, named, min(WIDTH * 0.6, WIDTH - section.natural_width - GAP)):
                    header = shorter
                    pen.text(section, LEFT, HEAD, WIDTH, align="right")
                    break
            if header:
                pen.text(header, LEFT, HEAD, WIDTH)
        number = pen.page + 1 - self.first
        with pen.artifact("Pagination", "Footer"):
            told = composer.words(composer.say(_("Page {page} of {pages}"), page=number, pages=self.pages), QUIET_LABEL)
            room = WIDTH - told.natural_width - GAP
            footer = composer.words(self.footer, QUIET_LABEL)
            pen.text(footer, LEFT, FOOT, room, lines=footer.lines(room)[:2])
            pen.text(told, LEFT, FOOT, WIDTH, align="right")


@dataclass(frozen=True, eq=False)
class OtherLanguage:
    """The pointer to the part in another language, said in that language."""

    words: TypesetWords
    node: Element


def _reminder(composer: Composer, wordings: Sequence[str], room: float) -> TypesetWords | None:
    """Set the first wording that one line of the running head holds; none is cut, so that none may stand there."""
    for wording in filter(None, wordings):
        words = composer.words(wording, QUIET_LABEL)
        if words.natural_width <= room:
            return words
    return None


# ── From blocks to pages ──


def _chart(module: str, name: str) -> Callable[[Composer, Any], list[Flowable]]:
    """Compose a chart with a function of its own module, which is read when the first such chart is met."""

    def compose_chart(composer: Composer, block: Any) -> list[Flowable]:
        found: Callable[[Composer, Any], list[Flowable]] = getattr(import_module(f"{CHARTS}.{module}"), name)
        return found(composer, block)

    return compose_chart


CHARTS = "nqpf_assess.report.pdf.charts"

COMPOSERS: Mapping[type, Callable[[Composer, Any], list[Flowable]]] = {
    blocks.Heading: compose_heading,
    blocks.Paragraph: compose_paragraph,
    blocks.Bullets: compose_bullets,
    blocks.Callout: compose_callout,
    blocks.Table: compose_table,
    blocks.KeyFigures: compose_key_figures,
    blocks.DetailCard: compose_card,
    blocks.CardRow: compose_card_row,
    blocks.Bars: _chart("bars", "compose_bars"),
    blocks.BulletChart: _chart("bullets", "compose_bullet_chart"),
    blocks.WordsWithChart: _chart("bullets", "compose_verdict"),
    blocks.WeightMap: _chart("weights", "compose_weights"),
    blocks.ImpactMatrix: _chart("matrix", "compose_matrix"),
    blocks.Gantt: _chart("gantt", "compose_gantt"),
    blocks.Waterfall: _chart("waterfall", "compose_waterfall"),
    blocks.SlopeChart: _chart("slope", "compose_slope_chart"),
    blocks.Heat: _chart("heat", "compose_heat"),
    blocks.Cover: compose_cover,
    blocks.Contents: compose_contents,
    blocks.PageBreak: lambda _composer, _block: [Break()],
}


@dataclass(eq=False)
class Laid:
    """A part of the report laid out on pages; `places` are its anchors."""

    part: OutlinePart
    composer: Composer
    pages: list[PageLayout]
    first: int
    places: dict[str, Destination]
    others: Sequence[OtherLanguage] = ()


BEGINS = _("This report in English: from page {page} of the file")
"""The catalogue of each language names itself here: the pointer is for those who read that language."""


def _point_at_one_another(laid: Sequence[Laid]) -> None:
    """Let the first part of each language point at the first part of every other."""
    firsts = {part.part.language: part for part in reversed(laid)}
    for part in firsts.values():
        others = []
        for language, other in firsts.items():
            if other is part:
                continue
            spoken = Composer(part.composer.fonts, language, part.composer.root)
            said = blocks.Run(spoken.say(BEGINS, page=other.first + 1), link=f"#{begin_of(laid.index(other))}")
            node = Element("P", language=language_tag(language))
            part.composer.root.kids.insert(0, node)
            others.append(OtherLanguage(spoken.words((said,), QUIET_LABEL), node))
        part.others = others


INTRODUCIBLE = (blocks.Table, *get_args(blocks.Chart), blocks.DetailCard)
"""What a sentence under a heading introduces: it stays with it, as the heading with the sentence."""

INTRODUCED = 0.6
"""Part of a page up to which a sentence and what it introduces are held together."""

INTRODUCING = 0.15
"""Part of a page up to which a paragraph is such a sentence; a longer one is read for itself."""


def compose(composer: Composer, sequence: Sequence[Block]) -> list[Flowable]:
    """Turn the blocks of a part into pieces."""
    composer.headings = [block for block in sequence if isinstance(block, blocks.Heading)]
    align_tables(composer, sequence)
    pieces: list[Flowable] = []
    for earlier, introduced, block in zip((None, None, *sequence), (None, *sequence), sequence, strict=False):
        made = COMPOSERS[type(block)](composer, block)
        if made and pieces and isinstance(introduced, blocks.Paragraph):
            opened = isinstance(earlier, blocks.Heading) and isinstance(block, INTRODUCIBLE)
            fits = pieces[-1].height + needed(made) <= INTRODUCED * HEIGHT
            fits &= pieces[-1].height <= INTRODUCING * HEIGHT
            bare = isinstance(block, blocks.Table) and not block.caption and bool(block.rows)
            bare |= isinstance(block, blocks.CardRow)
            colon = words_of(introduced.runs).endswith((":", "："))
            pieces[-1].keep |= bare or colon or (opened and fits)
        pieces += made
    return pieces


def lay_out(outline: Outline, fonts: FontSet, root: Element, logo: "Logo | None" = None) -> list[Laid]:
    """Lay all parts out, each from a new page on."""
    laid: list[Laid] = []
    first = 0
    for number, part in enumerate(outline.parts):
        node = root.add("Part", language=language_tag(part.language))
        before = [other for other in laid if other.part.language == part.language]
        later = [(place, other) for place, other in enumerate(outline.parts) if place > number]
        later = [] if before else [(place, other) for place, other in later if other.language == part.language]
        composer = Composer(fonts, part.language, node, logo=logo, later=later)
        if before:  # one report has one figure 1
            composer.figures, composer.tables = before[-1].composer.figures, before[-1].composer.tables
        pages = paginate(compose(composer, part.blocks)) or [PageLayout()]
        places = places_on(pages, first=first, offset=TOP)
        places |= {within(number, anchor): place for anchor, place in places.items()}
        places[begin_of(number)] = Destination(first, 0.0)
        laid.append(Laid(part, composer, pages, first, places))
        first += len(pages)
    _point_at_one_another(laid)
    return laid


def draw(outline: Outline, fonts: FontSet, logo: "Logo | None" = None) -> DrawnReport:
    """Draw the outline, whose texts are clean, and note what the finishing pass needs."""
    root = Element("Document", language=language_tag(outline.language))
    laid = lay_out(outline, fonts, root, logo)
    everywhere = {anchor: place for part in reversed(laid) for anchor, place in part.places.items()}
    buffer = io.BytesIO()
    rl_config.useA85 = 0  # text-safe streams would only be undone
    canvas = Canvas(
        buffer,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.latin.name,
        initialFontSize=10,
        pdfVersion=(1, 7),
    )
    pen = Pen(canvas, everywhere)
    pen.firsts = [part.first for part in laid]
    for part in laid:
        furniture = Furniture(
            part.part.header or outline.header,
            part.part.footer or outline.footer,
            part.first,
            len(part.pages),
            part.others,
        )
        for page in part.pages:
            pen.start_page(everywhere | part.places)
            furniture.draw(pen, part.composer, page)
            for placed in page.pieces:
                placed.piece.draw(pen, LEFT, TOP + placed.top)
    canvas.showPage()
    canvas.save()
    found = []
    for part in laid:
        sections: list[Bookmark] = []
        for block in part.part.blocks:
            if not isinstance(block, blocks.Heading) or block.level > 2 or block.anchor not in part.places:
                continue
            mark = Bookmark(clean_line(block.text), part.places[block.anchor])
            if block.level == 1 or not sections:
                sections.append(mark)
            else:
                last = sections[-1]
                sections[-1] = Bookmark(last.title, last.place, (*last.below, mark))
        marks = sections
        if len(laid) > 1:
            start = Destination(part.first, 0.0)
            covers = [block.title for block in part.part.blocks if isinstance(block, blocks.Cover)]
            named = part.part.title or (covers[0] if covers else part.part.language)
            found.append(Bookmark(clean_line(named), start, tuple(marks)))
        else:
            found += marks
    return DrawnReport(buffer.getvalue(), root, pen.owners, pen.annotations, found, pen.firsts)


def language_tag(language: str) -> str:
    """Return a language code as BCP 47 wants it."""
    return grammar(language).tag if language in LANGUAGES else language
