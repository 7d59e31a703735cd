"""Help: what the keys are on now, then every key."""

from typing import ClassVar

from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.screens.page import COMMON, MENU, Page
from nqpf_assess.tui.views.helping import keys_help
from nqpf_assess.tui.widgets.rows import Rows

CLOSE = Act("close", "escape,enter,f1", text(en="Back", zh="返回"), text(en="Back", zh="返回"))


class HelpPage(Page):
    """Explains the page it was called from."""

    TITLE_WORDS: ClassVar[Text] = text(en="Help", zh="帮助")
    ACTS = (CLOSE,)

    def __init__(self, about: Page) -> None:
        super().__init__()
        self._about = about

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go back."""
        return (CLOSE, MENU)

    def paint(self) -> None:
        """List explanations and keys."""
        speech = self.speech_in(self.size.width - 3)
        rows = (*self._about.help_rows(), *keys_help(self._about.ACTS, COMMON, speech))
        self.query_one(Rows).show(rows, keep=True)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()
