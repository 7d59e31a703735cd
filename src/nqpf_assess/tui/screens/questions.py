"""The questions: an outline beside or behind one question asked in place."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from nqpf_assess.model.text import text
from nqpf_assess.session.outline import ancestors
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import EDGES, Row
from nqpf_assess.tui.screens.asking import AskPage
from nqpf_assess.tui.screens.listing import CHOOSE
from nqpf_assess.tui.screens.page import HELP, MENU
from nqpf_assess.tui.views.outline import outline_rows
from nqpf_assess.tui.widgets.asking import AskingPane
from nqpf_assess.tui.widgets.rows import Rows

BACK_FROM_LIST = Act("outline", "f2", text(en="Back", zh="返回"), text(en="Back to the question", zh="返回题目"))


class OutlinedPage(AskPage):
    """Asks beside an outline; in a narrow window the outline takes the question's place while it is open."""

    def body(self) -> Iterable[Widget]:
        """Hang up outline and pane."""
        with Horizontal(id="split"):
            yield Rows(id="outline")
            yield AskingPane(id="pane")

    @property
    def outline(self) -> Rows:
        """The outline."""
        return self.query_one("#outline", Rows)

    def outline_rows(self) -> tuple[Row, ...]:
        """Give the rows of the outline."""
        return ()

    def paint(self) -> None:
        """Draw outline and question."""
        super().paint()
        if not self.hurried and (self.has_class("-wide") or self.has_class("-outline")):
            at = None if self.outline.has_focus else self.at
            self.outline.show(self.outline_rows(), at=at, keep=True)

    def action_outline(self) -> None:
        """Go to the outline, or back from it."""
        if self.outline.has_focus:
            self._leave_outline()
            return
        if not self.flush():
            return
        self.add_class("-outline")
        self.outline.show(self.outline_rows(), at=self.at)
        self.set_focus(self.outline, scroll_visible=False)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose while the outline has the keys."""
        return (CHOOSE, BACK_FROM_LIST, MENU, HELP) if self.outline.has_focus else super().hinted()

    def on_descendant_focus(self) -> None:
        """Show the keys of what has them now."""
        self.paint_hints()

    def _leave_outline(self) -> None:
        self.remove_class("-outline")
        self.pane.take_keys(self.kind)

    def key_escape(self) -> None:
        """Leave the outline; else as elsewhere."""
        if self.outline.has_focus:
            self._leave_outline()
        else:
            super().key_escape()

    def action_page(self, by: int) -> None:
        """Page through the outline."""
        self.outline.action_page(by)

    def step(self, by: int, said: str = "") -> None:
        """Page through the outline while it has the keys; else go to the neighbour."""
        if self.outline.has_focus:
            self.outline.action_page(by)
        else:
            super().step(by, said)

    @on(Rows.Chosen, "#outline")
    def _from_outline(self, message: Rows.Chosen) -> None:
        message.stop()
        self.open_entry(message.id)

    def open_entry(self, id: str) -> None:
        """Ask what was chosen in the outline."""
        self._leave_outline()
        if id == self.at:
            self.refresh_after()
        else:
            self.go(id)


class QuestionsPage(OutlinedPage):
    """Asks the questions."""

    STEP: ClassVar[str] = "questions"
    TABLE = "answers"

    def __init__(self, at: str | None = None) -> None:
        super().__init__(at)
        self._open: set[str] = set()

    def first(self) -> str:
        """Begin where the last visit ended, if that is still asked; else as everywhere."""
        last = self.boss.question
        return last if last in self.boss.session.visible else super().first()

    def paint(self) -> None:
        """Draw; the pillar of the question is open in the outline."""
        super().paint()
        self.boss.question = self.at or None

    def outline_rows(self) -> tuple[Row, ...]:
        """List pillars, and below the open ones their dimensions and questions."""
        session = self.boss.session
        opened = self._open | ({ancestors(session, self.at)[0]} if self.at else set())
        return outline_rows(session, self.speech_in(self.outline.size.width - EDGES), opened)

    def open_entry(self, id: str) -> None:
        """Open or close a pillar, or ask a question."""
        if id in self.boss.session.instrument.questionnaire.questions:
            super().open_entry(id)
        else:
            self._open ^= {id}
            self.outline.show(self.outline_rows(), keep=True)
