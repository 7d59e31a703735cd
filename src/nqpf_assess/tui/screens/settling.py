"""Long questionnaires: the next question is seen at once; score and list beside follow as soon as keys rest."""

from textual.timer import Timer

from nqpf_assess.tui.screens.page import Page

DRAWN_AT_ONCE = 300
"""Questions up to which the score is worked out before the next question is painted; above, as soon as keys rest."""

SETTLED = 0.2
"""Seconds without a key after which the score of a long questionnaire is worked out and the list beside drawn."""


class Settling(Page):
    """A page that draws after each change. `hurried`: score and list beside are drawn later."""

    def __init__(self) -> None:
        super().__init__()
        self.hurried = False
        self._settling: Timer | None = None

    def refresh_after(self, said: str = "") -> None:
        """Draw question and frame after a change; in a long questionnaire the question first, the score behind it."""
        session = self.boss.session
        if len(session.instrument.questions) <= DRAWN_AT_ONCE:
            _ = session.assessed
        self.hurried = not session.is_assessed
        self.paint()
        if said:
            self.say_plainly(said)
        if self._settling is not None:
            self._settling.stop()
        if self.hurried:
            self.paint_status()
            self._settling = self.set_timer(SETTLED, self._score_and_paint)
        else:
            self.paint_frame()

    def _score_and_paint(self) -> None:
        if not self.boss.ending and self.boss.screen is self:
            _ = self.boss.session.assessed
            self.hurried = False
            self.paint()
            self.paint_frame()

    def repaint(self) -> None:
        """Draw all of it."""
        self.hurried = False
        super().repaint()
