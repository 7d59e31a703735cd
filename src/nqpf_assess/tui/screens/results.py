"""Results: the overall in its contexts, the gaps, the radar, how sure it is; every figure explains itself."""

from typing import ClassVar

from nqpf_assess.engine.explaining import OVERALL, explain
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.rows import Row
from nqpf_assess.tui.screens.listing import ListPage
from nqpf_assess.tui.screens.tabbed import TabbedPage
from nqpf_assess.tui.views import results as view
from nqpf_assess.tui.views.explaining import explained_rows
from nqpf_assess.tui.views.radar import radar
from nqpf_assess.tui.widgets.rows import How


class ResultsPage(TabbedPage):
    """Four views of the scorecard."""

    STEP: ClassVar[str] = "results"
    TABS: ClassVar[tuple[tuple[str, Text], ...]] = (
        ("overview", text(en="Overview", zh="总览")),
        ("gaps", text(en="Gaps", zh="差距")),
        ("radar", text(en="Radar", zh="雷达图")),
        ("sureness", text(en="Balance and robustness", zh="均衡与稳健")),
    )

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
        session, speech = self.boss.session, self.speech_in(self.size.width - 3)
        if self.tab == "radar":
            return radar(session, self.card, speech, max(10, self.list.size.height - 1))
        views = {"overview": view.overview, "gaps": view.gaps, "sureness": view.sureness}
        return views[self.tab](session, self.card, speech)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Explain the figure."""
        self.boss.push_screen(ExplainPage(id.removeprefix("node:")))


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
        return explained_rows(session, explain(session.assessed, self._node)[0], self.speech_in(self.size.width - 3))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Go further down, or to the question itself."""
        if id.startswith("go:"):
            self.boss.show_question(f"answers:{id.removeprefix('go:')}")
        else:
            self.boss.push_screen(ExplainPage(id))
