"""What stands on every page beside its text: running head, foot, page number."""

from dataclasses import dataclass

from nqpf_assess.locale import _
from nqpf_assess.report.pdf.composer import Composer
from nqpf_assess.report.pdf.flow import Page
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.theme import LEFT, PAGE_HEIGHT, QUIET_LABEL, WIDTH
from nqpf_assess.report.pdf.typeset import Words

HEAD = 38.0
FOOT = PAGE_HEIGHT - 46.0
GAP = 20.0


@dataclass(frozen=True, eq=False)
class Furniture:
    """The running words of a report; `header` and `footer` are the outline's."""

    header: str
    footer: str
    pages: int

    def draw(self, pen: Pen, composer: Composer, page: Page) -> None:
        """Draw head and foot of a page as decoration."""
        self._draw_head(pen, composer, page.section)
        self._draw_foot(pen, composer, pen.page + 1)

    def _draw_head(self, pen: Pen, composer: Composer, section: str) -> None:
        with pen.artifact("Pagination", "Header"):
            header = _shortened(composer, self.header, WIDTH * 0.6)
            pen.text(header, LEFT, HEAD, WIDTH)
            words = _shortened(composer, section, WIDTH - header.natural_width - GAP)
            pen.text(words, LEFT, HEAD, WIDTH, align="right")

    def _draw_foot(self, pen: Pen, composer: Composer, number: int) -> None:
        with pen.artifact("Pagination", "Footer"):
            page = composer.words(composer.say(_("Page {page} of {pages}"), page=number, pages=self.pages), QUIET_LABEL)
            room = WIDTH - page.natural_width - GAP
            footer = composer.words(self.footer, QUIET_LABEL)
            pen.text(footer, LEFT, FOOT, room, lines=footer.lines(room)[:2])
            pen.text(page, LEFT, FOOT, WIDTH, align="right")


def _shortened(composer: Composer, words: str, room: float) -> Words:
    """Cut a section's name to one line of the running head, where it is only a reminder."""
    whole = composer.words(words, QUIET_LABEL)
    if len(whole.lines(room)) <= 1:
        return whole
    first = whole.lines(room - 12)[0]
    return composer.words(words[: first.end].rstrip(" ,;:，；：、") + "…", QUIET_LABEL)
