"""Pages that are lists: one list, one that typed letters narrow down, several views that ← and → go through."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from nqpf_assess.locale import Text, _
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import Line, Part, Row
from nqpf_assess.tui.frame.page import HELP, MENU, Page
from nqpf_assess.tui.widgets.drawn import LineBlock
from nqpf_assess.tui.widgets.fields import LineField
from nqpf_assess.tui.widgets.list import How, RowList

CLOSE = Act("close", "escape", _("Back"), _("Back"))
CHOOSE = Act("", "enter", _("Choose"), _("Choose"))
PAGING = (
    Act("page(1)", "pagedown", _("A page down")),
    Act("page(-1)", "pageup", _("A page up")),
)


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
        self.chosen(message.id, message.how)

    def chosen(self, id: str, how: How) -> None:
        """Do what a row is for."""

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_page(self, by: int) -> None:
        """Move by as many rows as are in sight."""
        self.list.action_page(by)


class FilterPage(ListPage):
    """A list that typed letters narrow down. Digits choose while the list has the keys."""

    HINT_WORDS: ClassVar[Text] = _("type a few letters")
    AUTO_FOCUS = "RowList"

    def body(self) -> Iterable[Widget]:
        """Compose the field above the list."""
        yield LineField(id="filter", max_length=200, select_on_focus=False)
        yield RowList(id="rows", letters=False)

    @property
    def query_typed(self) -> str:
        """What was typed."""
        return self.query_one("#filter", Input).value

    def paint(self) -> None:
        """Fill the list and the hint in the field."""
        self.query_one("#filter", Input).placeholder = self.speech.tell(self.HINT_WORDS)
        rows = self.rows()
        first = next((row.id for row in rows if row.id), None)
        kept = self.list.current if any(row.id == self.list.current for row in rows) else first
        self.list.show(rows, at=kept, keep=True)

    @on(Input.Changed, "#filter")
    def _narrow(self, message: Input.Changed) -> None:
        message.stop()
        rows = self.rows()
        self.list.show(rows, at=next((row.id for row in rows if row.id), None))

    @on(Input.Submitted, "#filter")
    def _enter(self, message: Input.Submitted) -> None:
        message.stop()
        if self.list.current:
            self.chosen(self.list.current, "enter")

    def on_key(self, event: events.Key) -> None:
        """Pass arrows from the field to the list, and letters from the list to the field."""
        field = self.query_one("#filter", Input)
        if self.focused is field and event.key in ("down", "up"):
            event.stop()
            self.list.action_step(1 if event.key == "down" else -1)
        elif self.focused is not field and event.is_printable and event.character and event.character.strip():
            event.stop()
            self.set_focus(field, scroll_visible=False)
            field.insert_text_at_cursor(event.character)


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
