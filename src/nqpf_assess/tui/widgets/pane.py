"""The pane that asks: where the question stands, what is asked, a field for figures or words, the sheet of answers."""

from dataclasses import dataclass
from typing import Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, TextArea

from nqpf_assess.tui.drawing.rows import Line, Row
from nqpf_assess.tui.widgets.drawn import LineBlock
from nqpf_assess.tui.widgets.fields import LineField, TextField
from nqpf_assess.tui.widgets.list import RowList

FieldKind = Literal["none", "line", "dated", "words"]
"""No field; a figure; a figure with its year; free words."""


@dataclass(frozen=True, slots=True)
class PaneContent:
    """All that the pane shows of one question. `head`: what is asked, where a field stands below it; else in `rows`."""

    crumb: Line
    head: tuple[Line, ...]
    rows: tuple[Row, ...]
    field: FieldKind = "none"
    typed: str = ""
    year: str = ""
    year_hint: str = ""
    labels: tuple[str, str] = ("", "")


class AskingPane(Vertical):
    """The pane itself. It posts what its parts post: `RowList.Chosen`, `Input.Submitted`, `Input.Changed`."""

    class Fitted(Message):
        """The pane has another width than it was drawn in."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._drawn_in = 0

    def on_resize(self) -> None:
        """Ask to be drawn anew in another width; that comes late where the window was resized below another page."""
        if self.size.width != self._drawn_in:
            self.post_message(self.Fitted())

    def compose(self) -> ComposeResult:
        """Compose the parts."""
        yield LineBlock(id="crumb")
        yield LineBlock(id="head")
        with Horizontal(id="field"):
            yield LineField(id="figure", max_length=200)
            yield LineField(id="year", max_length=20)
        yield TextField(id="words")
        yield RowList(id="sheet")

    def show(self, asking: PaneContent, *, at: str | None = None, keep: bool = False) -> None:
        """Show a question. `keep`: it is the one already shown, so what is being typed, cursor and scroll stay."""
        self._drawn_in = self.size.width
        self.query_one("#crumb", LineBlock).show([asking.crumb])
        self.query_one("#head", LineBlock).show(asking.head)
        self._show_field(asking, keep=keep)
        self.query_one("#sheet", RowList).show(asking.rows, at=at, keep=keep)

    def _show_field(self, asking: PaneContent, *, keep: bool) -> None:
        self.query_one("#head").display = asking.field != "none"
        self.query_one("#field").display = asking.field in ("line", "dated")
        self.query_one("#year").display = asking.field == "dated"
        self.query_one("#words").display = asking.field == "words"
        self.figure.border_title, self.year.border_title = asking.labels
        self.year.placeholder = asking.year_hint
        if keep:
            return
        with self.prevent(Input.Changed, TextArea.Changed):
            self.figure.value, self.year.value = asking.typed, asking.year
            self.figure.select_all()  # as where the keys come to it: what is typed first takes the figure's place
            if asking.field == "words" and self.words.text != asking.typed:
                self.words.load_text(asking.typed)
                self.words.move_cursor(self.words.document.end)

    def take_keys(self, field: FieldKind) -> None:
        """Put the keys where an answer is typed or chosen."""
        target = {"none": "#sheet", "line": "#figure", "dated": "#figure", "words": "#words"}[field]
        self.screen.set_focus(self.query_one(target), scroll_visible=False)

    @property
    def figure(self) -> Input:
        """The field for a figure."""
        return self.query_one("#figure", Input)

    @property
    def year(self) -> Input:
        """The field for its year."""
        return self.query_one("#year", Input)

    @property
    def words(self) -> TextArea:
        """The field for free words."""
        return self.query_one("#words", TextArea)

    @property
    def sheet(self) -> RowList:
        """The sheet of answers."""
        return self.query_one("#sheet", RowList)
