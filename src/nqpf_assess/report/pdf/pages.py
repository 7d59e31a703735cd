"""What stands on every page beside its text: running head, foot, page number."""

from dataclasses import dataclass

from nqpf_assess.model.text import text
from nqpf_assess.report.pdf.composer import Composer
from nqpf_assess.report.pdf.flow import Page
from nqpf_assess.report.pdf.pen import Pen
from nqpf_assess.report.pdf.theme import GRID, LEFT, PAGE_HEIGHT, QUIET_LABEL, WIDTH
from nqpf_assess.report.pdf.typeset import Words

PAGE_OF = text(en="Page {page} of {pages}", zh="第 {page} 页，共 {pages} 页")
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
            header = composer.words(self.header, QUIET_LABEL)
            pen.text(header, LEFT, HEAD, WIDTH, lines=header.lines(WIDTH * 0.55)[:1])
            words = _shortened(composer, section, WIDTH * 0.45 - GAP)
            pen.text(words, LEFT + WIDTH * 0.55 + GAP, HEAD, WIDTH * 0.45 - GAP, align="right")
            rule = HEAD + header.leading + 3
            pen.line((LEFT, rule), (LEFT + WIDTH, rule), colour=GRID, line=0.5)

    def _draw_foot(self, pen: Pen, composer: Composer, number: int) -> None:
        with pen.artifact("Pagination", "Footer"):
            page = composer.words(composer.say(PAGE_OF, page=number, pages=self.pages), QUIET_LABEL)
            room = WIDTH - page.natural_width - GAP
            footer = composer.words(self.footer, QUIET_LABEL)
            pen.line((LEFT, FOOT - 4), (LEFT + WIDTH, FOOT - 4), colour=GRID, line=0.5)
            pen.text(footer, LEFT, FOOT, room, lines=footer.lines(room)[:2])
            pen.text(page, LEFT, FOOT, WIDTH, align="right")


def _shortened(composer: Composer, words: str, room: float) -> Words:
    """Cut a section's name to one line of the running head, where it is only a reminder."""
    whole = composer.words(words, QUIET_LABEL)
    if len(whole.lines(room)) <= 1:
        return whole
    first = whole.lines(room - 12)[0]
    return composer.words(words[: first.end].rstrip(" ,;:，；：、") + "…", QUIET_LABEL)
