"""Comparing two assessments: what changed and why, what came of the plan; and one subject over the years."""

from pathlib import Path
from typing import ClassVar

from nqpf_assess.files.library import Library
from nqpf_assess.model.comparison import History
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.text import Text, text
from nqpf_assess.session.comparing import Compared, Kin, compared, history, kin_of
from nqpf_assess.session.keeping import clock
from nqpf_assess.session.remembered import Recent
from nqpf_assess.session.searching import folded
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.screens.files import typed_file
from nqpf_assess.tui.screens.listing import CHOOSE, CLOSE, PAGING, FilterPage, ListPage
from nqpf_assess.tui.screens.page import HELP, MENU
from nqpf_assess.tui.screens.tabbed import TURN, TURN_BACK, TabbedPage
from nqpf_assess.tui.views import compare as view
from nqpf_assess.tui.widgets.rows import How

SAME_SUBJECT = text(en="The same place or firm", zh="同一对象")
OTHERS = text(en="Others with the same questionnaire", zh="同一问卷的其他答卷")
NONE = text(
    en="No other assessment lies beside this one. Type the path of last year's file above.",
    zh="同一文件夹中没有其他答卷，可在上方输入去年文件的路径。",
)
OPEN_TYPED = text(en="Compare with {path}", zh="与 {path} 比较")


class EarlierPage(FilterPage):
    """Asks which assessment to compare the open one with."""

    TITLE_WORDS: ClassVar[Text] = text(en="Compare with which assessment?", zh="与哪份自评比较？")
    HINT_WORDS: ClassVar[Text] = text(en="path or part of a name", zh="文件路径，或名称中的几个字")

    def __init__(self) -> None:
        super().__init__()
        self._kin: tuple[Kin, ...] | None = None

    @property
    def kin(self) -> tuple[Kin, ...]:
        """The files to choose from; looked for once."""
        if self._kin is None:
            assert self.boss.desk is not None
            recent = [Path(seen.path) for seen in self.boss.memory.recent]
            self._kin = kin_of(self.boss.session.answers, self.boss.desk.path, recent)
        return self._kin

    def rows(self) -> tuple[Row, ...]:
        """List what fits the letters; a path that is there comes first."""
        typed, speech, rows = self.query_typed.strip(), self.speech, []
        if typed_file(typed) is not None:
            rows = [Row(speech.tell(OPEN_TYPED, path=typed), id=str(typed_file(typed)))]
        for same, words in ((True, SAME_SUBJECT), (False, OTHERS)):
            group = [
                one for one in self.kin if one.same == same and folded(typed) in folded(f"{one.path.name} {one.name}")
            ]
            if group:
                rows += [heading(speech.tell(words)), *(view.kin_row(one) for one in group), BLANK]
        return tuple(rows) or (quiet(speech.tell(NONE)),)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Compare with it: the earlier year is the old one, whichever was open."""
        assert self.boss.desk is not None
        here, there = self.boss.desk.path, Path(id)
        other = next((one.period for one in self.kin if one.path == there), "")
        swapped = bool(other) and other > (self.boss.session.answers.subject.period.strip() or other)
        old, new = (here, there) if swapped else (there, here)
        page = ComparePage(old, new)
        try:
            page.load(self.boss.library)
        except (UserError, OSError) as fault:
            self._refuse(fault)
            return
        self.dismiss(None)
        boss = self.boss
        boss.soon(lambda: boss.push_screen(page))

    def _refuse(self, fault: UserError | OSError) -> None:
        from nqpf_assess.files.machine import refusal

        self.say(fault.message if isinstance(fault, UserError) else refusal(fault), "bad")


class ComparePage(TabbedPage):
    """Three views of what changed between two assessments."""

    TITLE_WORDS: ClassVar[Text] = text(en="Compare", zh="比较")
    TABS: ClassVar[tuple[tuple[str, Text], ...]] = (
        ("change", text(en="What changed", zh="变化")),
        ("answers", text(en="Answers", zh="答案")),
        ("plan", text(en="What came of the plan", zh="方案成效")),
    )
    EXPLAINED = (
        text(
            en="The change of every score comes apart into three: what the new answers did, what other weights did, "
            "and what another edition of the questionnaire did; they sum to the change. The third view holds what the "
            "measures chosen then were expected to add against what the new answers brought.",
            zh="每个得分的变化分为三部分：答案变化、权重变化、问卷版本变化的影响，三者之和等于总变化。"
            "第三个视图把当时所选对策的预期提升与新答案带来的实际变化相对照。",
        ),
    )
    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE, TURN, TURN_BACK, *PAGING)

    def __init__(self, old: Path, new: Path) -> None:
        super().__init__()
        self._paths = old, new
        self._found: Compared | None = None

    def load(self, library: Library) -> None:
        """Read and compare both files; raises `UserError` where that cannot be done."""
        self._found = compared(library, *self._paths, clock()().date())

    def hinted(self) -> tuple[Act, ...]:
        """Show how to turn and go back."""
        return (TURN, CLOSE, MENU, HELP)

    def rows(self) -> tuple[Row, ...]:
        """Give the present view."""
        assert self._found is not None
        views = {"change": view.change_rows, "answers": view.answer_rows, "plan": view.plan_rows}
        return views[self.tab](self._found, self.speech_in(self.size.width - EDGES))


class HistoryPage(ListPage):
    """One subject over the years; any two of them can be compared."""

    TITLE_WORDS: ClassVar[Text] = text(en="Over the years", zh="历年变化")

    def __init__(self, years: tuple[Recent, ...]) -> None:
        super().__init__()
        self._paths = [Path(seen.path) for seen in years]
        self._found: tuple[History, Questionnaire] | None = None

    def load(self, library: Library) -> bool:
        """Read and score the files; False where they are no line any more. Raises `UserError`."""
        self._found = history(library, self._paths)
        return self._found is not None

    def hinted(self) -> tuple[Act, ...]:
        """Show how to compare and go back."""
        return (CHOOSE, CLOSE, MENU, HELP)

    def rows(self) -> tuple[Row, ...]:
        """Give the table and what can be compared."""
        assert self._found is not None
        return view.history_rows(*self._found, self.speech_in(self.size.width - EDGES))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Compare two years."""
        assert self._found is not None
        places = [int(place) for place in id.split(":")[1:]]
        known = {path.name: path for path in self._paths}
        old, new = (known[self._found[0].years[place].name] for place in places)
        page = ComparePage(old, new)
        try:
            page.load(self.boss.library)
        except UserError as fault:
            self.say(fault.message, "bad")
            return
        self.boss.push_screen(page)
