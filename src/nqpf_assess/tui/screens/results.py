"""Results: the overall in its contexts, the gaps, the radar, how sure it is; every figure explains itself."""

from typing import ClassVar

from nqpf_assess.engine.explaining import OVERALL, explain
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import EDGES, Row
from nqpf_assess.tui.screens.listing import CHOOSE, PAGING, ListPage
from nqpf_assess.tui.screens.page import HELP, MENU
from nqpf_assess.tui.screens.tabbed import MENU_BY_ESCAPE, TURN, TURN_BACK, TabbedPage
from nqpf_assess.tui.views import results as view
from nqpf_assess.tui.views.explaining import explained_rows
from nqpf_assess.tui.views.radar import radar
from nqpf_assess.tui.widgets.rows import How

COMPARE = Act(
    "compare",
    "c",
    text(en="Compare with another year", zh="与其他年份比较"),
    text(en="Compare", zh="比较"),
)


class ResultsPage(TabbedPage):
    """Four views of the scorecard."""

    STEP: ClassVar[str] = "results"
    TABS: ClassVar[tuple[tuple[str, Text], ...]] = (
        ("overview", text(en="Overview", zh="总览")),
        ("gaps", text(en="Gaps", zh="差距")),
        ("radar", text(en="Radar", zh="雷达图")),
        ("sureness", text(en="Balance and robustness", zh="均衡与稳健")),
    )

    ACTS: ClassVar[tuple[Act, ...]] = (TURN, TURN_BACK, *PAGING, COMPARE, MENU_BY_ESCAPE)
    EXPLAINED = (
        text(
            en="Scores run from 0 to 100. The bar shows the score, the line across it the target that is sensible here "
            "in three to five years. Gap = target minus score. Share = how much of the whole shortfall a part makes: "
            "begin where it is largest. Enter on any row shows the arithmetic, down to the answers.",
            zh="得分为 0 至 100。横条为得分，横条上的竖线为本地三至五年内合理的目标。"
            "差距＝目标−得分；占差距＝该项占总差距的比重，宜从最大的做起。在任一行按回车，可逐层查看算法，直至答案。",
        ),
        text(
            en="The possible range says how far the score could still move once everything is answered. The baseline "
            "score is the same answers under weights for any place: compare it with other places, the local score with "
            "the local target.",
            zh="可能区间表示全部答完后得分还可能在什么范围。通用基准得分是同样的答案按通用权重计算：与外地比较看通用基准得分，"
            "对照本地目标看本地得分。",
        ),
    )

    def hinted(self) -> tuple[Act, ...]:
        """Show how to compare too."""
        return (CHOOSE, TURN, COMPARE, MENU, HELP)

    def __init__(self) -> None:
        super().__init__()
        self._card: tuple[object, Scorecard] | None = None

    @property
    def card(self) -> Scorecard:
        """The scorecard of the present answers; worked out once after each change."""
        assessed = self.boss.session.assessed
        if self._card is None or self._card[0] is not assessed:
            self._card = (assessed, scorecard_of(assessed))
        return self._card[1]

    def rows(self) -> tuple[Row, ...]:
        """Give the present view."""
        session, speech = self.boss.session, self.speech_in(self.size.width - EDGES)
        if self.tab == "radar":
            return radar(session, self.card, speech, max(10, self.list.size.height - 1))
        if self.tab == "overview":
            return view.overview(session, self.card, speech, self.boss.options.beside)
        views = {"gaps": view.gaps, "sureness": view.sureness}
        return views[self.tab](session, self.card, speech)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Explain the figure."""
        self.boss.push_screen(ExplainPage(id.removeprefix("node:")))

    def action_compare(self) -> None:
        """Ask which assessment to compare with."""
        from nqpf_assess.tui.screens.compare import EarlierPage

        self.boss.push_screen(EarlierPage())


class ExplainPage(ListPage):
    """Explains one figure by its parts; each part leads further down, to the answers."""

    def __init__(self, node: str = OVERALL) -> None:
        super().__init__()
        self._node = node

    def title_said(self) -> str:
        """Give the title of what is explained."""
        return view.explained_title(self.boss.session, self._node, self.speech)

    def rows(self) -> tuple[Row, ...]:
        """Give the arithmetic."""
        session = self.boss.session
        return explained_rows(
            session, explain(session.assessed, self._node)[0], self.speech_in(self.size.width - EDGES)
        )

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Go further down, or to the question itself."""
        if id.startswith("go:"):
            self.boss.show_question(f"answers:{id.removeprefix('go:')}")
        else:
            self.boss.push_screen(ExplainPage(id))
