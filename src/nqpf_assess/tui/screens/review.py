"""Review: what is left to do, and whom to ask for it; every row leads to its question."""

from typing import ClassVar

from nqpf_assess.files.machine import refusal
from nqpf_assess.files.store import write_whole
from nqpf_assess.model.text import Text, tell, text
from nqpf_assess.session.reviewing import missing_sheet
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import EDGES, Row
from nqpf_assess.tui.screens.listing import PAGING
from nqpf_assess.tui.screens.tabbed import MENU_BY_ESCAPE, TURN, TURN_BACK, TabbedPage
from nqpf_assess.tui.views.review import holder_rows, todo_rows
from nqpf_assess.tui.widgets.rows import How
from nqpf_assess.typography.clean import clean

WRITE = Act(
    "write",
    "s",
    text(en="Write the sheet of missing items as a text file", zh="把缺项清单写成文本文件"),
    text(en="Write sheet", zh="写出清单"),
)
WRITTEN = text(en="Written: {path}", zh="已写入：{path}")
NOT_WRITTEN = text(en="{path} could not be written: {why}", zh="{path} 未能写入：{why}")
LONGEST = 5_000_000
"""Characters of a sheet of missing items."""

ENDING = text(en="missing", zh="缺项")


class ReviewPage(TabbedPage):
    """Two views: by what is wrong, by who holds the answer."""

    STEP: ClassVar[str] = "review"
    TABS: ClassVar[tuple[tuple[str, Text], ...]] = (
        ("todo", text(en="To do", zh="待办")),
        ("holders", text(en="Missing items by bureau", zh="缺项清单（按单位）")),
    )
    ACTS: ClassVar[tuple[Act, ...]] = (TURN, TURN_BACK, *PAGING, WRITE, MENU_BY_ESCAPE)
    EXPLAINED = (
        text(
            en="What is still open, put off or not known, what contradicts, and where evidence is asked for. Enter "
            "goes to the question. The second view sorts the missing items by who usually has them; S writes that list "
            "as a text file to send around.",
            zh="列出未答、稍后再答、不清楚、相互矛盾以及应注明佐证的题目，按回车即到该题。"
            "第二个视图按掌握数据的单位归类，按 S 可写成文本文件发给各单位。",
        ),
    )

    def hinted(self) -> tuple[Act, ...]:
        """Show how to write the sheet where it is seen."""
        usual = super().hinted()
        return (*usual[:2], WRITE, *usual[2:]) if self.tab == "holders" else usual

    def rows(self) -> tuple[Row, ...]:
        """List what is left."""
        speech = self.speech_in(self.size.width - EDGES)
        view = todo_rows if self.tab == "todo" else holder_rows
        return view(self.boss.session, speech)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Go to the question."""
        self.boss.show_question(id)

    def action_write(self) -> None:
        """Write the sheet beside the answers."""
        assert self.boss.desk is not None
        path = self.boss.desk.path
        target = path.with_name(f"{path.stem}-{tell(ENDING, self.boss.language)}.txt")
        try:
            sheet = clean(missing_sheet(self.boss.session, self.boss.language), limit=LONGEST)
            write_whole(target, sheet.encode())
        except OSError as fault:
            self.say(NOT_WRITTEN, "bad", path=str(target), why=refusal(fault))
        else:
            self.say(WRITTEN, "good", path=str(target))
