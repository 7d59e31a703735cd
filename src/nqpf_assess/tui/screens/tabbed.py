"""Steps that show several lists, one at a time: ← and → go through them."""

from collections.abc import Iterable
from typing import ClassVar

from textual.containers import Container
from textual.widget import Widget

from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import Line, Part, Row
from nqpf_assess.tui.screens.listing import CHOOSE, PAGING, ListPage
from nqpf_assess.tui.screens.page import HELP, MENU
from nqpf_assess.tui.widgets.drawn import Drawn
from nqpf_assess.tui.widgets.rows import Rows

TURN = Act("turn(1)", "right", text(en="Next view", zh="下一视图"), text(en="Other view", zh="切换视图"))
TURN_BACK = Act("turn(-1)", "left", text(en="View before", zh="上一视图"))
MENU_BY_ESCAPE = Act("app.menu", "escape", text(en="Menu", zh="菜单"))


class TabbedPage(ListPage):
    """A step with several views."""

    TABS: ClassVar[tuple[tuple[str, Text], ...]] = ()
    ACTS: ClassVar[tuple[Act, ...]] = (TURN, TURN_BACK, *PAGING, MENU_BY_ESCAPE)

    def __init__(self) -> None:
        super().__init__()
        self.tab = self.TABS[0][0]

    def body(self) -> Iterable[Widget]:
        """Hang up the line of views above the list."""
        yield Drawn(id="tabs")
        yield Rows(id="rows")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose and turn."""
        return (CHOOSE, TURN, MENU, HELP)

    def rows(self) -> tuple[Row, ...]:
        """Give the rows of the present view."""
        return ()

    def paint(self) -> None:
        """Draw the views' names and the present one."""
        self.query_one("#tabs", Drawn).show([self._tabs()])
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

    def body(self) -> Iterable[Widget]:
        """Hang up views, effect, list and detail."""
        yield Drawn(id="tabs")
        yield Drawn(id="effect")
        with Container(id="pair"):
            yield Rows(id="rows")
            yield Rows(id="detail")
