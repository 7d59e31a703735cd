"""Fields to type in: nothing blinks, and what is pasted is made safe and loses no line without a word."""

import re
import unicodedata
from typing import Any

from rich.text import Text
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from nqpf_assess.typography.clean import clean

PAUSE = 0.3
"""Seconds without a key after which what is being typed is saved."""

RESTED = 2.0
"""Seconds without a key after which the words that are typed next are a step of their own on the way back."""

PASTED = 20_000
"""Characters that are taken from one paste."""


LINE_ENDS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
"""What parts the lines and cells of a paste; blanks stay as they are, which a path may hold of every sort."""

UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Classes of characters that act on a terminal or are not seen: controls, direction marks, halves, line ends."""


class FieldShut(Message):
    """Posted by a field that was typed in on a page whose `shut` says that nothing can be kept of it."""


class TooLong(Message):
    """Posted by a field that took no more than `most` characters, of what was typed or of what was pasted."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


def pasted(field: Widget, text: str, room: int, most: int) -> str:
    """Return what a field takes of a paste: made safe, and as much as it has room for; its page is told of the rest."""
    whole = clean(text[: 2 * PASTED], limit=2 * PASTED)
    if len(whole) > room or len(text) > 2 * PASTED:
        field.post_message(TooLong(most))
    return whole[: max(room, 0)]


def to_go_on(words: str) -> str:
    """Return words of a file as a field holds them: made safe, but whole and with signs that no terminal may know.

    What is typed behind them is saved with them.
    """
    return clean(words, limit=4 * len(words) + 1)


def takes(field: Widget) -> bool:
    """Return whether a field takes what is typed; where it does not, its page is told, which says why."""
    shut = bool(getattr(field.screen, "shut", False))
    if shut:
        field.post_message(FieldShut())
    return not shut


class _Field:
    """What both sorts of field have: names and refusals in their frame are no markup, whatever they quote."""

    def render_str(self, text_content: str | Content) -> Content:
        """Take what stands in the frame as it is."""
        return Content(text_content) if isinstance(text_content, str) else text_content


class LineField(_Field, Input):
    """One line of text."""

    def __init__(self, value: str = "", **rest: Any) -> None:
        super().__init__(value, **rest)
        self.cursor_blink = False

    @property
    def _value(self) -> Text:
        """The line as drawn: a name of a file may hold any character, and stays what it is unless it is typed anew."""
        drawn = "".join("�" if unicodedata.category(letter) in UNSEEN else letter for letter in self.value)
        return Text(drawn, no_wrap=True, overflow="ignore", end="")

    def _on_paste(self, event: events.Paste) -> None:
        most = self.max_length or PASTED
        room = most - len(self.value) + len(self.selected_text)
        lines = (line.strip() for line in LINE_ENDS.split(event.text))
        event.text = pasted(self, " ".join(filter(None, lines)), room, most)

    def restricted(self) -> None:
        """Say that no more fits."""
        self.post_message(TooLong(self.max_length or PASTED))

    def replace(self, text: str, start: int, end: int) -> None:
        """Change the line, as every key that writes or deletes does; one that is too long may become shorter."""
        most = self.max_length
        if takes(self):
            self.max_length = None if len(text) < abs(end - start) else most
            super().replace(text, start, end)
            self.max_length = most

    def key_ctrl_j(self) -> None:
        """Take Enter that was pressed before the terminal was ours."""
        self.post_message(self.Submitted(self, self.value))


LEFT = ("cursor_page_up", "cursor_page_down", "undo", "redo", "select_line", "select_all")
"""What keys do in Textual's own field that elsewhere lead on, take back, or say that an answer is not known."""


class TextField(_Field, TextArea):
    """Several lines of text; Tab leaves the field."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(tab_behavior="focus", **rest)
        self.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys to the page around the field: those that page, undo and redo, F6 and F7."""
        return action not in LEFT and super().check_action(action, parameters)

    def _on_paste(self, event: events.Paste) -> None:  # type: ignore[override]
        event.text = pasted(self, event.text, PASTED, PASTED)

    def edit(self, edit: Edit) -> EditResult:
        """Change the text, as every key that writes or deletes does."""
        return super().edit(edit) if takes(self) else EditResult(edit.from_location, "")
