"""When what an answer changes is drawn: the question at once, score and list beside when no key comes for a moment."""

from textual.timer import Timer

from nqpf_assess.tui.frame.page import Page

FEW = 300
"""Questions up to which the score is worked out while the eye is still on its way to the next question."""

AT_ONCE, SETTLED = 0.02, 0.2
"""Seconds without a key after which score and list beside are drawn: of few questions, and of a long questionnaire."""


class Settling(Page):
    """A page that draws after each change. `hurried`: score and list beside are drawn later."""

    def __init__(self) -> None:
        super().__init__()
        self.hurried = False
        self._settling: Timer | None = None

    def refresh_after(self, words: str = "") -> None:
        """Draw after a change: the question first, for which somebody waits, behind it score, frame and list."""
        session = self.bench.session
        self.hurried = not session.is_assessed
        self.paint()
        if words:
            self.say_plainly(words)
        if self.hurried:
            self.paint_status()
            self.settle()
        else:
            self.paint_frame()

    def settle(self) -> None:
        """Draw score, frame and list when no key came for a moment."""
        self.hurried = True
        if self._settling is not None:
            self._settling.stop()
        rest = AT_ONCE if len(self.bench.session.instrument.questions) <= FEW else SETTLED
        self._settling = self.set_timer(rest, self._score_and_paint)

    def _score_and_paint(self) -> None:
        if self.hurried and not self.bench.ending and self.bench.screen is self:
            _ = self.bench.session.assessed
            self.hurried = False
            self.paint()
            self.paint_frame()

    def repaint(self) -> None:
        """Draw all of it."""
        self.hurried = False
        super().repaint()
