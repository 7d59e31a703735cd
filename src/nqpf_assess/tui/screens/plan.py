"""The plan: countermeasures that fit here, ticked with their effect on the score at once."""

from typing import ClassVar

from textual import on

from nqpf_assess.engine.measures import measures_of
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.model.plan import Plan
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.model.text import Text, text
from nqpf_assess.report.plan_reason import first_reason
from nqpf_assess.report.wording import number
from nqpf_assess.session.planning import effect_of, ticked, toggled
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import EDGES, Row
from nqpf_assess.tui.screens.listing import PAGING
from nqpf_assess.tui.screens.page import HELP, MENU
from nqpf_assess.tui.screens.tabbed import MENU_BY_ESCAPE, TURN, TURN_BACK, PairedPage
from nqpf_assess.tui.views import plan as view
from nqpf_assess.tui.views.asking import joined
from nqpf_assess.tui.widgets.drawn import Drawn
from nqpf_assess.tui.widgets.rows import How, Rows

TICK = Act("", "space", text(en="Tick or untick", zh="勾选或取消"), text(en="Tick", zh="勾选"))
NONE = Act("untick", "delete", text(en="Take all ticks away", zh="取消全部勾选"))
BEST = Act("best", "b", text(en="Best plan for an effort", zh="按投入选最优方案"), text(en="Best plan", zh="最优方案"))
FOLLOW = Act(
    "follow",
    "f",
    text(en="Follow-up: how far each measure has come", zh="落实跟踪：登记各项进展"),
    text(en="Follow-up", zh="跟踪"),
)
ALONG = text(en="Along with it, as it comes first: {names}", zh="已一并勾选须先实施的：{names}")
ALONG_OFF = text(en="Taken away along with it, as they need it: {names}", zh="依赖它的措施已一并取消：{names}")
TAKEN = text(
    en="Best plan for an effort of {budget}: {count} measures, {gain} points. {why}",
    zh="投入 {budget} 以内的最优方案：{count} 项，增 {gain} 分。{why}",
)
NOT_HERE = text(en="This one is not called for or not suited here.", zh="这项措施暂不需要或不适合本地。")


class PlanPage(PairedPage):
    """Three views of the measures, with the one under the cursor in full."""

    STEP: ClassVar[str] = "plan"
    TABS: ClassVar[tuple[tuple[str, Text], ...]] = (
        ("gain", text(en="By gain for the effort", zh="按投入产出")),
        ("phase", text(en="By phase", zh="按期限")),
        ("others", text(en="Not here", zh="暂不采用")),
    )
    EXPLAINED = (
        text(
            en="Tick what shall be done: the line above the list shows the effort (1 to 5 for each) and what the score "
            "would become. “Alone adds” is the gain of one measure by itself; together they add less where they lift "
            "the same part. What must come first is ticked along with it. B finds the best "
            "plan for the effort at hand.",
            zh="勾选打算采取的对策，列表上方即时显示投入（每项 1 至 5）和得分变化。“单独可增”是只做这一项的增分；"
            "几项对策作用于同一处时，合计会小于各项之和。须先实施的对策会一并勾选。按 B 可按可用投入选出最优方案。",
        ),
    )
    ACTS: ClassVar[tuple[Act, ...]] = (TICK, TURN, TURN_BACK, BEST, NONE, FOLLOW, *PAGING, MENU_BY_ESCAPE)

    def __init__(self) -> None:
        super().__init__()
        self._judged: tuple[object, tuple[MeasureScore, ...]] | None = None

    def hinted(self) -> tuple[Act, ...]:
        """Show how to tick and turn."""
        return (TICK, BEST, TURN, FOLLOW, MENU, HELP)

    @property
    def judged(self) -> tuple[MeasureScore, ...]:
        """The measures judged for the present answers."""
        assessed = self.boss.session.assessed
        if self._judged is None or self._judged[0] is not assessed:
            self._judged = (assessed, measures_of(assessed))
        return self._judged[1]

    def rows(self) -> tuple[Row, ...]:
        """List the measures."""
        session, speech = self.boss.session, self.speech_in((self.list.size.width or self.size.width) - EDGES)
        if self.tab == "others":
            return view.left_out_rows(session, self.judged, speech)
        return view.measure_rows(session, self.judged, ticked(session), speech, by_phase=self.tab == "phase")

    def paint(self) -> None:
        """Draw list, effect and detail."""
        super().paint()
        if self.list.current is None:
            self.list.action_jump(0)
        chosen = ticked(self.boss.session)
        effect = effect_of(self.boss.session, chosen)
        self.query_one("#effect", Drawn).show([view.effect_line(effect, len(chosen), self.speech)])
        self._paint_detail(self.list.current)

    def _paint_detail(self, id: str | None) -> None:
        detail = self.query_one("#detail", Rows)
        judged = next((measure for measure in self.judged if measure.id == id), None)
        if judged is None:
            detail.show(())
            return
        speech = self.speech_in((detail.size.width or self.size.width) - EDGES)
        detail.show(view.measure_detail(self.boss.session, judged, speech))

    @on(Rows.Moved, "#rows")
    def _moved(self, message: Rows.Moved) -> None:
        message.stop()
        self._paint_detail(message.id)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Tick or untick a measure, with what must come first or would be left without."""
        session = self.boss.session
        if self.tab == "others" and id not in ticked(session):
            self.say(NOT_HERE)
            return
        before = ticked(session)
        ticks = toggled(session, id, self.judged)
        self.boss.changed(session.choose_measures(ticks.chosen))
        self.repaint()
        if ticks.along:
            measures = session.instrument.questionnaire.countermeasures
            names = joined(self.speech, [self.speech.line(measures[other].title) for other in ticks.along])
            self.say(ALONG if id not in before else ALONG_OFF, names=names)

    def action_best(self) -> None:
        """Show what each effort can gain at most, and take the plan that is chosen there."""
        from nqpf_assess.tui.screens.best_plan import BestPlanPage

        self.boss.push_screen(BestPlanPage(), self._take)

    def _take(self, plan: Plan | None) -> None:
        if plan is None:
            return
        self.boss.changed(self.boss.session.choose_measures([step.id for step in plan.chosen]))
        self.repaint()
        assessed = self.boss.session.assessed
        order, card = [step.id for step in plan.chosen], scorecard_of(assessed)
        why = first_reason(order, card, assessed.instrument.questionnaire, self.boss.language)
        self.say(TAKEN, budget=plan.budget, count=len(plan.chosen), gain=number(plan.gain), why=why)

    def action_follow(self) -> None:
        """Open the follow-up sheet."""
        from nqpf_assess.tui.screens.following import FollowingPage

        self.boss.push_screen(FollowingPage())

    def action_untick(self) -> None:
        """Take all ticks away."""
        self.boss.changed(self.boss.session.choose_measures(()))
        self.repaint()
