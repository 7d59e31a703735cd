"""The page that lists the tools, each with its digit and what it is for."""

from typing import ClassVar

from nqpf_assess.locale import Text, _
from nqpf_assess.tui.drawing.rows import Row
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.frame.tools import ABOUT_TOOLS, TOOLS, tool_of
from nqpf_assess.tui.widgets.list import How


class ToolsPage(ListPage):
    """Lists them; a tool lies over the page, so that Esc leads back to it."""

    TITLE_WORDS: ClassVar[Text] = _("More tools")
    EXPLAINED = (_("What can be done besides answering one assessment. F9 finds each of these by a few letters too."),)

    def rows(self) -> tuple[Row, ...]:
        """List them with their digits."""
        return tuple(
            Row(
                self.speech.tell(act.words),
                id=act.action,
                key=str(number),
                lead=f"{number:>2}  ",
                tail=self.speech.tell(ABOUT_TOOLS[tool_of(act)]),
            )
            for number, act in enumerate(TOOLS, start=1)
        )

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Open it."""
        self.hush()
        bench = self.bench
        bench.soon(lambda: bench.run_action(id), drawn=False)
