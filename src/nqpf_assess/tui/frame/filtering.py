"""Lists that typed letters narrow down."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from nqpf_assess.locale import Text, _
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.widgets.fields import LineField
from nqpf_assess.tui.widgets.list import RowList

NOTHING_FITS = _("Nothing here fits what is typed.")
NOTHING_YET = _("There is no row to choose yet.")


class FilterPage(ListPage):
    """A list that typed letters narrow down. Digits choose while the list has the keys."""

    HINT_WORDS: ClassVar[Text] = _("type a few letters")
    AUTO_FOCUS: ClassVar[str] = "RowList"

    def body(self) -> Iterable[Widget]:
        """Compose the field above the list."""
        yield LineField(id="filter", max_length=1000, select_on_focus=False)
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
        self.hush()
        self.paint_status()
        rows = self.rows()
        self.list.show(rows, at=next((row.id for row in rows if row.id), None))
        if not message.value:
            self.set_focus(self.query_one(self.AUTO_FOCUS), scroll_visible=False)  # where they were at first

    @on(Input.Submitted, "#filter")
    def _enter(self, message: Input.Submitted) -> None:
        message.stop()
        if self.list.current:
            self.chosen(self.list.current, "enter")
        else:
            self.say_nothing_fits()

    def passed(self, step: int) -> None:
        """Say why Enter takes nothing."""
        if step == 0:
            self.say_nothing_fits()

    def say_nothing_fits(self) -> None:
        """Say why Enter takes nothing."""
        self.say(NOTHING_FITS if self.query_typed.strip() else NOTHING_YET)

    def on_key(self, event: events.Key) -> None:
        """Give the keys to the list at an arrow, so that Space ticks there, and to the field at a letter."""
        field = self.query_one("#filter", Input)
        if self.focused is field and event.key in ("down", "up"):
            event.stop()
            self.set_focus(self.list, scroll_visible=False)
            self.list.action_step(1 if event.key == "down" else -1)
        elif self.focused is not field and event.key == "backspace" and field.value:
            event.stop()
            self.set_focus(field, scroll_visible=False)
            field.action_delete_left()
        elif self.focused is not field and event.is_printable and event.character and event.character.strip():
            event.stop()
            self.set_focus(field, scroll_visible=False)
            field.insert_text_at_cursor(event.character)
