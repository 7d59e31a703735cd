"""Help: what the keys are on now, then every key; typed letters narrow it down."""

from typing import ClassVar

from textual import on
from textual.widgets import Input

from nqpf_assess.model.text import Text, text
from nqpf_assess.session.searching import folded
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import EDGES, Row, quiet
from nqpf_assess.tui.screens.listing import PAGING, FilterPage
from nqpf_assess.tui.screens.page import COMMON, MENU, Page
from nqpf_assess.tui.views.helping import keys_help

CLOSE = Act("close", "escape,enter,f1", text(en="Back", zh="返回"), text(en="Back", zh="返回"))
NOTHING = text(en="Nothing in the help fits these letters.", zh="帮助中没有符合的内容。")


class HelpPage(FilterPage):
    """Explains the page it was called from. The field is seen once somebody types."""

    TITLE_WORDS: ClassVar[Text] = text(en="Help", zh="帮助")
    ACTS = (CLOSE, *PAGING)

    def __init__(self, about: Page) -> None:
        super().__init__()
        self._about = about

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go back."""
        return (CLOSE, MENU)

    def rows(self) -> tuple[Row, ...]:
        """List explanations and keys; with letters typed only the lines that hold them."""
        speech, wanted = self.speech_in(self.size.width - EDGES), folded(self.query_typed.strip())
        rows = (*self._about.help_rows(), *keys_help(self._about.ACTS, COMMON, speech))
        found = tuple(row for row in rows if wanted in folded(row.lead + row.text) and row.text) if wanted else rows
        return found or (quiet(speech.tell(NOTHING)),)

    @on(Input.Changed, "#filter")
    def _seen(self) -> None:
        self.set_class(bool(self.query_typed), "-typed")

    @on(Input.Submitted, "#filter")
    def _enter(self, message: Input.Submitted) -> None:
        message.stop()
        self.action_close()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
