"""Pages that are lists: one list, several views that ← and → go through, a list with the detail of its row."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.containers import Container
from textual.widget import Widget

from nqpf_assess.locale import Text, _
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import Line, Part, Row
from nqpf_assess.tui.frame.page import HELP, MENU, Page
from nqpf_assess.tui.widgets.drawn import LineBlock
from nqpf_assess.tui.widgets.list import How, RowList

CLOSE = Act("close", "escape", _("Back"), _("Back"))
CHOOSE = Act("", "enter", _("Choose"), _("Choose"))
PAGING = (
    Act("page(1)", "pagedown", _("A page down"), _("A page down")),
    Act("page(-1)", "pageup", _("A page up")),
)
END = _("This is the end.")
END_OF_READING = _("This is the end. Enter or Esc leads back.")
BEGINNING = _("This is the beginning.")
ENDS = (END, END_OF_READING, BEGINNING)


class ListPage(Page):
    """A page that is one list."""

    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE, *PAGING)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose and how to go back."""
        return (CHOOSE, CLOSE, MENU, HELP)

    @property
    def list(self) -> RowList:
        """The list."""
        return self.query_one("#rows", RowList)

    def rows(self) -> tuple[Row, ...]:
        """Return the rows."""
        return ()

    def paint(self) -> None:
        """Fill the list; the cursor stays where it is, at first on the first row that can be chosen."""
        before = self.list.cursor
        self.list.show(self.rows(), keep=True)
        if self.list.cursor is None:
            self.list.mark(before)

    @on(RowList.Chosen, "#rows")
    def _row_chosen(self, message: RowList.Chosen) -> None:
        message.stop()
        if self.bench.screen is self:  # and not what was chosen before has led away
            self.chosen(message.id, message.how)

    def chosen(self, id: str, how: How) -> None:
        """Do what a row is for."""

    def action_close(self) -> None:
        """Go back; from a step, under which nothing lies, to the menu."""
        if self.STEP:
            self.bench.action_menu()
        else:
            self.dismiss(None)

    def action_page(self, by: int) -> None:
        """Move by as many rows as are in sight; at either end it is said that it is one."""
        before = (self.list.top, self.list.cursor)
        self.list.action_page(by)
        if (self.list.top, self.list.cursor) == before:
            end = END if self.list.current or self.STEP else END_OF_READING
            self.say(end if by > 0 else BEGINNING)
        elif self.said in map(self.speech.tell, ENDS):
            self.hush()

    @on(RowList.Passed, "#rows")
    def _row_passed(self, message: RowList.Passed) -> None:
        message.stop()
        self.passed(message.step)

    def passed(self, step: int) -> None:
        """Where no row is marked read on by Enter and arrows; by Enter from the end back, as Esc does.

        `step`: 0 for Enter, 1 and −1 for an arrow beyond the last row and the first.
        """
        if step == 0 and not self.list.current and (self.list.whole or self.said == self.speech.tell(END_OF_READING)):
            self.action_close()
        elif not self.list.current:
            self.action_page(step or 1)


TURN = Act("turn(1)", "right", _("Next view"), _("Other view"))
TURN_BACK = Act("turn(-1)", "left", _("View before"))
MENU_BY_ESCAPE = Act("app.menu", "escape", _("Menu"))


class TabbedPage(ListPage):
    """A step with several views."""

    TABS: ClassVar[tuple[tuple[str, Text], ...]] = ()
    ACTS: ClassVar[tuple[Act, ...]] = (TURN, TURN_BACK, *PAGING, MENU_BY_ESCAPE)

    def __init__(self) -> None:
        super().__init__()
        self.tab = self.TABS[0][0]

    def body(self) -> Iterable[Widget]:
        """Compose the line of views above the list."""
        yield LineBlock(id="tabs")
        yield RowList(id="rows")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose and turn."""
        return (CHOOSE, TURN, MENU, HELP)

    def rows(self) -> tuple[Row, ...]:
        """Return the rows of the present view."""
        return ()

    def paint(self) -> None:
        """Draw the views' names and the present one."""
        self.query_one("#tabs", LineBlock).show([self._tabs()])
        super().paint()

    def _tabs(self) -> Line:
        parts: list[Part] = [Part(" ")]
        for id, words in self.TABS:
            look = "here" if id == self.tab else "step"
            parts += [Part(f" {self.speech.tell(words)} ", look, f"screen.show_tab('{id}')"), Part(" ")]  # type: ignore[arg-type]
        return tuple(parts)

    def action_turn(self, by: int) -> None:
        """Show the next view."""
        names = [id for id, _ in self.TABS]
        self.action_show_tab(names[(names.index(self.tab) + by) % len(names)])

    def action_show_tab(self, id: str) -> None:
        """Show a view from its beginning."""
        self.tab = id
        self.hush()
        self.list.show(self.rows())
        self.repaint()


class PairedPage(TabbedPage):
    """A step with several views that shows the effect of what is chosen, and the row under the cursor in detail."""

    MEASURED = True

    def body(self) -> Iterable[Widget]:
        """Compose views, effect, list and detail."""
        yield LineBlock(id="tabs")
        yield LineBlock(id="effect")
        with Container(id="pair"):
            yield RowList(id="rows")
            yield RowList(id="detail")
