"""The menu: the steps first, then everything that can be done on the page below, found by a few letters."""

from collections.abc import Iterator
from typing import ClassVar

from nqpf_assess.model.text import Text, text
from nqpf_assess.session.initials import initials
from nqpf_assess.session.searching import folded
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import BLANK, Row, heading
from nqpf_assess.tui.screens.listing import CHOOSE, CLOSE, PAGING, FilterPage
from nqpf_assess.tui.screens.page import COMMON, Page
from nqpf_assess.tui.views.frame import FIRM_STEP, STEPS
from nqpf_assess.tui.widgets.rows import How

GO_ON = text(en="Go to", zh="前往")
HERE = text(en="On this page", zh="本页操作")
EVERYWHERE = text(en="Everywhere", zh="通用操作")
HOME = text(en="All assessments (start page)", zh="全部自评（首页）")
NONE = text(en="Nothing fits these letters.", zh="没有符合的操作。")
STEP_ABOUT: dict[str, Text] = {
    "place": text(en="name, local conditions, fitting weights", zh="名称、本地条件、适合的权重方案"),
    "questions": text(en="answer the questions", zh="逐题作答"),
    "review": text(en="what is missing or contradicts", zh="缺项、矛盾、待补佐证"),
    "results": text(en="score, gaps, how sure", zh="得分、差距、可靠程度"),
    "plan": text(en="countermeasures that fit here", zh="适合本地的对策措施"),
    "report": text(en="write the report", zh="生成报告"),
}


class MenuPage(FilterPage):
    """Lists what can be done; a choice closes the menu first."""

    TITLE_WORDS: ClassVar[Text] = text(en="Menu", zh="菜单")
    ACTS = (Act("close", "escape,f9", text(en="Back", zh="返回"), text(en="Back", zh="返回")), *PAGING)

    def __init__(self, about: Page) -> None:
        super().__init__()
        self._about = about

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose."""
        return (CHOOSE, CLOSE)

    def rows(self) -> tuple[Row, ...]:
        """List steps and acts; typed letters find them in both languages."""
        wanted = folded(self.query_typed)
        groups = (
            (GO_ON, [*self._steps()]),
            (HERE, [*self._acts(self._about.ACTS)]),
            (EVERYWHERE, [*self._acts(COMMON)]),
        )
        rows: list[Row] = []
        for title, entries in groups:
            found = [row for row, hay in entries if wanted in hay]
            if found:
                rows += [*([BLANK] if rows else []), heading(self.speech.tell(title)), *found]
        return tuple(rows) or (Row(self.speech.tell(NONE), look="quiet"),)

    def _steps(self) -> Iterator[tuple[Row, str]]:
        if self.boss.desk is not None:
            for number, (step, words) in enumerate(STEPS.items(), start=1):
                said = FIRM_STEP if step == "place" and self.boss.is_firm else words
                row = self._row(f"app.go('{step}')", said, str(number), STEP_ABOUT[step])
                yield row, _hay(step, said, STEP_ABOUT[step])
        yield self._row("app.home", HOME, "0", None), _hay("home", HOME)

    def _row(self, action: str, words: Text, key: str, about: Text | None) -> Row:
        tail = self.speech.tell(about) if about else ""
        return Row(self.speech.tell(words), id=action, key=key, lead=f"{key}  ", tail=tail)

    def _acts(self, acts: tuple[Act, ...]) -> Iterator[tuple[Row, str]]:
        for act in acts:
            if act.action and act.action not in ("app.menu", "close"):
                row = Row(self.speech.tell(act.words), id=act.action, lead="   ", tail=self.speech.key(act))
                yield row, _hay(act.id, act.words)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Close, then do it on the page below."""
        about = self._about
        self.dismiss(None)
        self.boss.soon(lambda: about.run_action(id))


def _hay(id: str, *words: Text) -> str:
    said = " ".join((id, *(said for text in words for said in text.values())))
    return f"{folded(said)} {initials(said)}"
