"""Running text: headings, paragraphs, lists."""

from nqpf_assess.report import blocks
from nqpf_assess.report.pdf.composer import Composer
from nqpf_assess.report.pdf.flow import Break, Piece
from nqpf_assess.report.pdf.paragraph import Item, Paragraph, SectionHeading
from nqpf_assess.report.pdf.theme import BLUE, CAPTION, HEADINGS, LEAD, MEASURE, NOTE, RUNNING, WIDTH

STYLES = {"body": RUNNING, "lead": LEAD, "note": NOTE, "caption": CAPTION}
SPACE_AFTER = {"body": 7.0, "lead": 12.0, "note": 8.0, "caption": 5.0}
SPACE_BEFORE_HEADING = (26.0, 20.0, 13.0)
SPACE_AFTER_HEADING = (12.0, 6.0, 3.0)
LIST_INDENT = 16.0


def compose_heading(composer: Composer, block: blocks.Heading) -> list[Piece]:
    """Turn a heading into a piece that keeps with what follows, on a new page if it asks for one."""
    level = min(max(block.level, 1), 3)
    # A reader who listens moves from level to level: none may be skipped (PDF/UA-1, 7.4.2).
    composer.heading_level = min(max(block.level, 1), composer.heading_level + 1, 6)
    node = composer.root.add(f"H{composer.heading_level}")
    kind = SectionHeading if level == 1 else Paragraph
    piece = kind(
        composer.words(block.text, HEADINGS[level - 1]),
        node,
        WIDTH,
        before=SPACE_BEFORE_HEADING[level - 1],
        after=SPACE_AFTER_HEADING[level - 1],
        keep=True,
        anchor=block.anchor,
        section=block.text if level == 1 else "",
        balance=True,
    )
    return [Break(), piece] if block.new_page else [piece]


def title_piece(composer: Composer, title: str) -> Piece:
    """Set a title that looks like a section's but is no heading of the contents."""
    words = composer.words(title, HEADINGS[0])
    return SectionHeading(words, composer.root.add("P"), WIDTH, before=26, after=14, keep=True, section=title)


def compose_paragraph(composer: Composer, block: blocks.Paragraph) -> list[Piece]:
    """Turn running text into a paragraph as wide as is good to read."""
    words = composer.words(block.runs, STYLES[block.style])
    width = WIDTH if block.style == "caption" else MEASURE
    keep = block.style == "caption"
    return [Paragraph(words, composer.root.add("P"), width, after=SPACE_AFTER[block.style], keep=keep)]


def compose_bullets(composer: Composer, block: blocks.Bullets) -> list[Piece]:
    """Turn a list into items with hanging bullets or numbers."""
    node = composer.root.add("L", numbering="Decimal" if block.numbered else "Disc")
    pieces: list[Piece] = []
    for number, runs in enumerate(block.items, start=1):
        item = node.add("LI")
        mark = composer.words(f"{number}." if block.numbered else "•", RUNNING.but(bold=block.numbered, colour=BLUE))
        label, body = item.add("Lbl"), item.add("LBody")
        after = 8.0 if number == len(block.items) else 2.5
        words = composer.words(runs, RUNNING)
        pieces.append(Item(words, body, MEASURE - LIST_INDENT, LIST_INDENT, after=after, mark=mark, label=label))
    return pieces
