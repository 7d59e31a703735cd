"""Captions: a number in the language of the part, and the finding in words, above every table and figure."""

from nqpf_assess.locale import Text, _
from nqpf_assess.report.blocks import Run
from nqpf_assess.report.pdf.composer import Composer
from nqpf_assess.report.pdf.flow import Piece
from nqpf_assess.report.pdf.paragraph import Paragraph
from nqpf_assess.report.pdf.tagging import Node
from nqpf_assess.report.pdf.theme import CAPTION, WIDTH

TABLE = _("Table {number}")
FIGURE = _("Figure {number}")


def caption_of_table(composer: Composer, node: Node, caption: str) -> list[Piece]:
    """Number a table and set its caption; a table without one gets no number."""
    composer.tables += bool(caption)
    return _caption(composer, node.add("Caption"), TABLE, composer.tables, caption) if caption else []


def caption_of_figure(composer: Composer, caption: str) -> list[Piece]:
    """Number a figure and set its caption, before the figure: its alternative text would else hide the words."""
    composer.figures += bool(caption)
    return _caption(composer, composer.root.add("P"), FIGURE, composer.figures, caption) if caption else []


def _caption(composer: Composer, node: Node, label: Text, number: int, caption: str) -> list[Piece]:
    runs = (Run(composer.say(label, number=number) + "\u2003"), Run(caption))
    words = composer.words(runs, CAPTION)
    return [Paragraph(words, node, WIDTH, before=16, after=5, keep=True, balance=True)]
