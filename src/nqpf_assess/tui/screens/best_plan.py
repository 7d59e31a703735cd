"""The best plan for an effort: the curve of gain against effort, from which a plan is taken."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.worker import Worker, WorkerState

from nqpf_assess.model.plan import Plan
from nqpf_assess.model.text import Text, text
from nqpf_assess.session.planning import effect_of, planner_for, ticked
from nqpf_assess.tui.rows import BLANK, EDGES, Row
from nqpf_assess.tui.screens.listing import FilterPage
from nqpf_assess.tui.views import best_plan as view
from nqpf_assess.tui.widgets.rows import How

if TYPE_CHECKING:
    from nqpf_assess.engine.planning import Planner

FAULT = text(en="The plan could not be worked out: {fault}", zh="无法计算方案：{fault}")


class BestPlanPage(FilterPage):
    """Gives back the plan that was taken, None where it is closed. The solver works beside the app."""

    TITLE_WORDS: ClassVar[Text] = text(en="Best plan for an effort", zh="按投入选最优方案")
    HINT_WORDS: ClassVar[Text] = text(en="effort, a number", zh="投入（数字）")

    def __init__(self) -> None:
        super().__init__()
        self._planner: Planner | None = None

    def on_mount(self) -> None:
        """Begin to work out the curve."""
        super().on_mount()
        self.run_worker(self._work_out, thread=True, exclusive=True, exit_on_error=False, name="curve")

    def _work_out(self) -> "Planner":
        return planner_for(self.boss.session)

    def rows(self) -> tuple[Row, ...]:
        """List the budgets, or say that they are being worked out."""
        speech = self.speech_in((self.list.size.width or self.size.width) - EDGES)
        if self._planner is None:
            return (BLANK, Row(speech.tell(view.WORKING)))
        effect = effect_of(self.boss.session, ticked(self.boss.session))
        return view.curve_rows(self._planner.points, effect, self.query_typed.strip(), speech)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Take the best plan for a budget."""
        planner = self._planner
        if planner is not None:
            self.run_worker(
                lambda: planner.plan(int(id)), thread=True, exclusive=True, exit_on_error=False, name="plan"
            )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show the curve, or give the plan back."""
        if event.state is WorkerState.ERROR:
            self.say(FAULT, "bad", fault=f"{type(event.worker.error).__name__}: {event.worker.error}")
        elif event.state is WorkerState.SUCCESS and event.worker.name == "curve":
            self._planner = cast("Planner", event.worker.result)
            self.repaint()
        elif event.state is WorkerState.SUCCESS and event.worker.name == "plan":
            self.dismiss(cast("Plan", event.worker.result))
