"""Pages that are one list, and lists that a few typed letters narrow down."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import Row
from nqpf_assess.tui.screens.page import HELP, MENU, Page
from nqpf_assess.tui.widgets.fields import Field
from nqpf_assess.tui.widgets.rows import How, Rows

CLOSE = Act("close", "escape", text(en="Back", zh="返回"), text(en="Back", zh="返回"))
CHOOSE = Act("", "enter", text(en="Choose", zh="选择"), text(en="Choose", zh="选择"))
PAGING = (
    Act("page(1)", "pagedown", text(en="A page down", zh="下一屏")),
    Act("page(-1)", "pageup", text(en="A page up", zh="上一屏")),
)


class ListPage(Page):
    """A page that is one list."""

    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE, *PAGING)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose and how to go back."""
        return (CHOOSE, CLOSE, MENU, HELP)

    @property
    def list(self) -> Rows:
        """The list."""
        return self.query_one("#rows", Rows)

    def rows(self) -> tuple[Row, ...]:
        """Give the rows."""
        return ()

    def paint(self) -> None:
        """Fill the list; the cursor stays where it is."""
        self.list.show(self.rows(), keep=True)

    @on(Rows.Chosen, "#rows")
    def _row_chosen(self, message: Rows.Chosen) -> None:
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

    HINT_WORDS: ClassVar[Text] = text(en="type a few letters", zh="输入几个字查找")
    AUTO_FOCUS = "Rows"

    def body(self) -> Iterable[Widget]:
        """Hang up the field above the list."""
        yield Field(id="filter", max_length=200, select_on_focus=False)
        yield Rows(id="rows", letters=False)

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
