"""Lines drawn as they are: the base of all that the app shows. No markup anywhere, and only what changed is painted."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from nqpf_assess.tui.drawing.cells import shown, width
from nqpf_assess.tui.drawing.rows import Line, fitted


class Painter:
    """Turns lines into strips with a widget's styles."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[tuple[str, ...], Style] = {}

    def style(self, *names: str) -> Style:
        """Return the style of one or more looks together, on the widget's own ground.

        The looks are component classes of the app, for which Textual works them out once a theme.
        """
        key = (self._widget.app.theme, *names)
        if key not in self._styles:
            looks = (f"look--{name}" for name in names)
            of_looks = self._widget.app.get_component_styles(*looks)
            self._styles[key] = self._widget.rich_style + of_looks.partial_rich_style
        return self._styles[key]

    def strip(self, line: Line, cells: int, over: str = "") -> Strip:
        """Draw a line in exactly so many cells; `over`: a look laid over all of it."""
        plain = bool(getattr(self._widget.app, "plain_glyphs", False))
        base = self.style(over) if over else self.style("plain")
        drawn: list[Segment] = []
        for part in fitted(line, cells):
            style = self.style(part.look) + base if over else self.style(part.look)
            if drawn and not part.text.strip(" ") and _looks_blank(style, drawn[-1].style):
                style = drawn[-1].style or style
            drawn.append(Segment(shown(part.text, plain=plain), style))
        return Strip(drawn).adjust_cell_length(cells, base).simplify()


def _looks_blank(style: Style, before: Style | None) -> bool:
    """Return whether blanks look the same in both styles, so that fewer codes are sent."""
    return before is not None and all(
        getattr(style, name) == getattr(before, name) for name in ("bgcolor", "reverse", "underline")
    )


class LineBlock(Widget):
    """A few lines as they are. A click on a part with an action posts `Pressed`."""

    class Pressed(Message):
        """A part with an action was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()
        self._painter = Painter(self)

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines; only those that differ are painted."""
        before, self._lines = self._lines, tuple(lines)
        longest = max(len(before), len(self._lines))
        for y in range(longest):
            if (before[y] if y < len(before) else None) != (self._lines[y] if y < len(self._lines) else None):
                self.refresh(Region(0, y, self.size.width, 1))

    def show_all(self, lines: Sequence[Line]) -> None:
        """Show other lines and be as high as they are."""
        height = self.styles.height
        if height is None or height.value != len(lines):
            self.styles.height = len(lines)
        self.show(lines)

    def as_text(self) -> list[str]:
        """Write the lines as text."""
        return ["".join(part.text for part in line) for line in self._lines]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as they are shown."""
        return self._lines

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        line = self._lines[y] if y < len(self._lines) else ()
        return self._painter.strip(line, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Run the action of the part under the pointer."""
        end = 0
        for part in self._lines[event.y] if event.y < len(self._lines) else ():
            end += width(part.text)
            if event.x < end:
                if part.action:
                    self.post_message(self.Pressed(part.action))
                return
