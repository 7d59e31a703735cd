"""A list of rows to choose from with digits, arrows, Enter or the mouse. Only lines that differ are painted."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from nqpf_assess.tui.drawing.rows import BROADEST, EDGES, GUTTER, TRACK, Line, Look, Part, Row
from nqpf_assess.tui.widgets.drawn import Painter

WHEEL = 3
"""Lines that one turn of the mouse wheel scrolls."""

DrawnLine = tuple[Line, str, str]
"""One line as it is drawn: its parts, the look laid over it, the sign at its right."""


How = Literal["enter", "digit", "number", "space", "click"]
"""How a row was chosen. Enter means: and go on; a number is a digit that waited for another one, taken by Enter."""


class RowList(Widget, can_focus=True):
    """A list of rows. Nothing stands under the cursor until somebody moves it, unless `at` says so, or `mark`.

    It scrolls by itself, so that showing other rows never makes Textual lay out the whole screen anew.
    """

    FOCUS_ON_CLICK = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("k", "letter(-1)", show=False),
        Binding("j", "letter(1)", show=False),
        Binding("g", "letter_jump(0)", show=False),
        Binding("G", "letter_jump(-1)", show=False),
        Binding("ctrl+d", "half(1)", show=False),
        Binding("ctrl+u", "half(-1)", show=False),
        Binding("home", "jump(0)", show=False),
        Binding("end", "jump(-1)", show=False),
        Binding("enter,ctrl+j", "choose", show=False),
        Binding("space", "tick", show=False),
    ]

    class Chosen(Message):
        """A row was chosen: by Enter, by its digit, by the space bar, or by a click."""

        def __init__(self, rows: "RowList", id: str, how: How) -> None:
            super().__init__()
            self.rows, self.id, self.how = rows, id, how

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.rows

    class Moved(Message):
        """The cursor came to another row."""

        def __init__(self, rows: "RowList", id: str) -> None:
            super().__init__()
            self.rows, self.id = rows, id

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.rows

    class Passed(Message):
        """Enter was pressed with nothing under the cursor, or an arrow beyond an end (`step` −1 or 1)."""

        def __init__(self, rows: "RowList", step: int = 0) -> None:
            super().__init__()
            self.rows, self.step = rows, step

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.rows

    class Typed(Message):
        """A digit was typed that chooses no row, or not yet one: `more` are the digits that may follow it."""

        def __init__(self, rows: "RowList", typed: str, more: tuple[str, ...]) -> None:
            super().__init__()
            self.rows, self.typed, self.more = rows, typed, more

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.rows

    class Labelled(Message):
        """A key was pressed while letters stood beside the rows."""

        def __init__(self, rows: "RowList", letter: str) -> None:
            super().__init__()
            self.rows, self.letter = rows, letter

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.rows

    def __init__(self, *, id: str | None = None, classes: str | None = None, letters: bool = True) -> None:
        """`letters`: j and k move as they do in vi; not where letters are typed to narrow the list down."""
        super().__init__(id=id, classes=classes)
        self._letters = letters
        self.rows: tuple[Row, ...] = ()
        self.cursor: int | None = None
        self.top = 0
        self.passing = False
        """Whether Enter passes the marked row and takes nothing, until somebody moves the mark or chooses a row."""
        self._untouched = True
        self._has_keys = False
        self._typed = ""
        self.labels: dict[int, str] = {}
        """Letters beside rows in sight, by the row's place, while somebody jumps."""
        self._laid: list[tuple[Line, ...]] = []
        self._unfolded: int | None = None
        """The row that is laid out whole, because it is marked and the list has the keys."""
        self._lines: list[tuple[int, Line]] = []
        self._first: list[int] = []
        self._drawn: list[DrawnLine] = []
        self._fitted: Size | None = None
        """The size for which rows were wrapped last."""
        self._painter = Painter(self)

    # ---- what is shown

    def show(self, rows: Sequence[Row], *, at: str | None = None, keep: bool = False) -> None:
        """Show other rows. `at`: the row under the cursor; `keep`: cursor and scroll stay where they are."""
        wanted = at or (self.current if keep else None)
        self.rows = tuple(rows)
        self.cursor = next((i for i, row in enumerate(self.rows) if row.id and row.id == wanted), None)
        self._wrap()
        self.top = min(self.top, self._last_top) if keep else 0
        self.passing = self.passing and keep
        self._untouched = self._untouched if keep else True
        self._reveal()
        self._paint()

    def mark(self, near: int | None = None) -> None:
        """Put the cursor on the first row that can be chosen, at or behind a place; scroll nothing."""
        if self._places:
            behind = (index for index in self._places if index >= (near or 0))
            self.cursor = next(behind, self._places[-1])
            self._unfold()
            self._paint()

    def as_text(self) -> list[str]:
        """Write all rows as text, in the width they have."""
        return ["".join(part.text for part in line) for _, line in self._lines]

    @property
    def current(self) -> str | None:
        """Id of the row under the cursor."""
        return self.rows[self.cursor].id if self.cursor is not None and self.cursor < len(self.rows) else None

    @property
    def _cells(self) -> int:
        return max(8, min(self.size.width, BROADEST) - EDGES)

    def _wrap(self) -> None:
        self._fitted = self.size
        cells, self._unfolded = self._cells, self.cursor if self._has_keys else None
        if self.size.width:
            self._laid = [row.lines(cells, marked=index == self._unfolded) for index, row in enumerate(self.rows)]
        else:  # there is nothing to wrap in before the layout
            self._laid = [()] * len(self.rows)
        self._stack()

    def _stack(self) -> None:
        self._lines, self._first = [], []
        for index, lines in enumerate(self._laid):
            self._first.append(len(self._lines))
            self._lines += [(index, line) for line in lines]

    def _unfold(self) -> None:
        """Lay the marked row out whole, and the one that was marked before as others are."""
        before, self._unfolded = self._unfolded, self.cursor if self._has_keys else None
        changed = False
        for index in {before, self._unfolded} - {None} if before != self._unfolded else ():
            if index is not None and index < len(self.rows):
                lines = self.rows[index].lines(self._cells, marked=index == self._unfolded)
                changed = changed or lines != self._laid[index]
                self._laid[index] = lines
        if changed:
            self._stack()
            self.top = min(self.top, self._last_top)

    @property
    def whole(self) -> bool:
        """Whether all of it is in sight at once."""
        return self._last_top == 0

    @property
    def _last_top(self) -> int:
        return max(0, len(self._lines) - self.size.height)

    def _height(self, index: int) -> int:
        end = self._first[index + 1] if index + 1 < len(self._first) else len(self._lines)
        return end - self._first[index]

    def _paint(self) -> None:
        """Paint the lines that differ from what is seen; a list that is hidden now is drawn anew when it is shown."""
        if not self.size.height:
            self._fitted = None
            return
        before, self._drawn = self._drawn, [self._line(y) for y in range(self.size.height)]
        for y, line in enumerate(self._drawn):
            if y >= len(before) or before[y] != line:
                self.refresh(Region(0, y, self.size.width, 1))

    def _line(self, y: int) -> DrawnLine:
        glyphs = self.app.glyphs  # type: ignore[attr-defined]
        place = self.top + y
        if place >= len(self._lines):
            return ((), "", "")
        index, line = self._lines[place]
        under = index == self.cursor
        first = place == self._first[index]
        label = self.labels.get(index, "") if first else ""
        sign = label or (glyphs.cursor if under and first else " ")
        over = ("cursor" if self._has_keys else "waiting") if under else ""
        more = glyphs.before if y == 0 and self.top > 0 else ""
        if y == self.size.height - 1 and place + 1 < len(self._lines):
            more = glyphs.more
        look: Look = "mark" if label else line[0].look if line and sign == " " else "plain"
        return ((Part(sign.ljust(GUTTER), look), *line), over, more)

    def render_line(self, y: int) -> Strip:
        """Draw one line; the first one after the layout finds the rows a place, of which an event tells only later."""
        if self._fitted != self.size:
            self._fit()
        line, over, more = self._drawn[y] if y < len(self._drawn) else ((), "", "")
        body = self._painter.strip(line, self.size.width - TRACK, over)
        return Strip.join(
            [body, self._painter.strip((Part(more.rjust(TRACK), "key"),) if more else (), TRACK)]
        ).simplify()

    def _fit(self) -> None:
        """Wrap the rows anew for the size that the list has now."""
        self._wrap()
        self.top = 0 if self._untouched else min(self.top, self._last_top)
        self._reveal()
        self._drawn = [self._line(y) for y in range(self.size.height)]

    def on_resize(self) -> None:
        """Wrap again, unless that was done when it was drawn."""
        if self._fitted != self.size:
            self._fit()
            self.refresh()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001
        """Show the cursor as the place where keys go, or that they go elsewhere.

        Events tell of it too early. Where another window has the keys, rows stay where a click will look for them.
        """
        super().watch_has_focus(has_focus)
        had, self._has_keys = self._has_keys, has_focus or not self.app.app_focus
        self._unfold()
        if self._has_keys and not had:
            self._reveal()
        self._paint()

    # ---- scrolling

    def scroll_lines(self, by: int) -> None:
        """Scroll by so many lines, as far as there are any."""
        self._untouched = False
        self.top = max(0, min(self._last_top, self.top + by))
        self._paint()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Follow the wheel."""
        event.stop()
        self.scroll_lines(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Follow the wheel."""
        event.stop()
        self.scroll_lines(-WHEEL)

    def _reveal(self) -> None:
        """Bring the row under the cursor in sight."""
        if self.cursor is None or not self.size.height:
            return
        first, rows = self._first[self.cursor], self._height(self.cursor)
        if first < self.top or rows >= self.size.height:
            self.top = min(first, self._last_top)
        elif first + rows > self.top + self.size.height:
            self.top = first + rows - self.size.height

    # ---- the cursor

    @property
    def _places(self) -> list[int]:
        return [index for index, row in enumerate(self.rows) if row.id]

    def action_step(self, by: int) -> None:
        """Move to the next row that can be chosen; long rows and small print scroll by on the way."""
        here = self.cursor if self.cursor is not None else (-1 if by > 0 else len(self.rows))
        onward = [index for index in self._places if (index > here if by > 0 else index < here)]
        target = (onward[0] if by > 0 else onward[-1]) if onward else None
        if self._away(target, by):
            self.scroll_lines(by)
        elif target is None:
            self.post_message(self.Passed(self, by))
        else:
            self.move_to(target)

    def action_letter(self, by: int) -> None:
        """Move by a letter."""
        self.action_step(by)

    def action_letter_jump(self, end: int) -> None:
        """Move to the first or the last row by a letter."""
        self.action_jump(end)

    def action_half(self, by: int) -> None:
        """Move by half of what is in sight."""
        self.action_page(by, 2)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Leave letters to the page where they are typed."""
        return self._letters or not action.startswith("letter")

    def _away(self, target: int | None, by: int) -> bool:
        """Return whether the next row is out of sight, or there is more to read beyond the last one.

        Before the list has its place on the screen nothing is out of sight.
        """
        if not self.size.height:
            return False
        if by > 0:
            return self.top < self._last_top and (target is None or self._first[target] > self.top + self.size.height)
        return self.top > 0 and (target is None or self._first[target] + self._height(target) < self.top)

    def action_jump(self, end: int) -> None:
        """Move to the first or the last row."""
        if self._places:
            self.move_to(self._places[end])
        self.scroll_lines(-len(self._lines) if end == 0 else len(self._lines))

    def action_page(self, by: int, part: int = 1) -> None:
        """Scroll by what is in sight, or by a part of it, and move to the row that can be chosen there, if one can."""
        step = by * max(1, (self.size.height - 1) // part)
        goal = (self._first[self.cursor] if self.cursor is not None else self.top) + step
        self.scroll_lines(step)
        reached = [index for index in self._places if 0 <= self._first[index] - self.top < self.size.height]
        if reached:
            self.move_to(min(reached, key=lambda index: (abs(self._first[index] - goal), index)))

    def move_to(self, index: int) -> None:
        """Put the cursor on a row and bring it in sight."""
        moved, self.cursor = index != self.cursor, index
        self._untouched = self.passing = False
        self._unfold()
        self._reveal()
        self._paint()
        if moved:
            self.post_message(self.Moved(self, self.rows[index].id))

    # ---- choosing

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.current and not self.passing:
            self.post_message(self.Chosen(self, self.current, "enter"))
        else:
            self.post_message(self.Passed(self))

    def action_tick(self) -> None:
        """Choose the row under the cursor and stay."""
        if self.current:
            self.post_message(self.Chosen(self, self.current, "space"))

    def label(self, letters: Iterator[str]) -> None:
        """Put letters beside the rows in sight that can be chosen, as long as there are any."""
        seen = range(self.top, self.top + self.size.height)
        places = (place for place in self._places if self._first[place] in seen)
        self.labels = dict(zip(places, letters, strict=False))
        self._paint()

    def unlabel(self) -> None:
        """Take the letters away."""
        self.labels = {}
        self._paint()

    def on_key(self, event: events.Key) -> None:
        """Choose a row by its number, also in full-width digits; the page that is told paints the row.

        A digit with which longer numbers begin waits for the next key: a digit that makes one of them, or Enter.
        """
        if self.labels:
            event.stop()
            event.prevent_default()
            self.post_message(self.Labelled(self, event.character or ""))
            return
        digit, before = unicodedata.normalize("NFKC", event.character or ""), self._typed
        self._typed = ""
        keys = {row.key: index for index, row in enumerate(self.rows) if row.key}
        if event.key in ("enter", "ctrl+j") and before in keys:  # Enter takes that row, also where else it goes on
            event.stop()
            event.prevent_default()
            self.post_message(self.Chosen(self, self.rows[keys[before]].id, "number"))
            return
        if not (len(digit) == 1 and digit.isdecimal()) or not (keys or self._letters):
            return
        event.stop()
        event.prevent_default()
        typed = before + digit
        more = tuple(key[len(typed) :] for key in keys if key.startswith(typed) and key != typed)
        if typed in keys:
            self.cursor, self.passing = keys[typed], False
            self._unfold()
            self._reveal()
            if not more:
                self.post_message(self.Chosen(self, self.rows[keys[typed]].id, "digit"))
                return
            self._typed = typed
            self._paint()
        self.post_message(self.Typed(self, typed, more))

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the pointer, which is found before the list gets the keys: then rows unfold and move."""
        place = event.y + self.top
        self.screen.set_focus(self, scroll_visible=False)
        if place < len(self._lines) and self.rows[index := self._lines[place][0]].id:
            self.move_to(index)
            self.post_message(self.Chosen(self, self.rows[index].id, "click"))
