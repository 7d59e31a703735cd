"""A plan in words and tables: what to do in which order, what it gains, and what more or less effort would do."""

from collections.abc import Iterator, Sequence

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.model.plan import CurvePoint, LeftOut, Plan
from nqpf_assess.model.questionnaire import HORIZONS, Questionnaire, title_of
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.report.blocks import Inline, Table, TableColumn, cells
from nqpf_assess.report.plan_reason import first_reason
from nqpf_assess.report.text import table_lines
from nqpf_assess.report.wording import HORIZON_WORDS, TIER_WORDS, number
from nqpf_assess.typography.cells import wrap

BEST = _(
    "Best plan for an effort of {budget}: {measures} with an effort of {effort} gain {gain} points. Overall score "
    "before floors {before} → {after}."
)
CHOSEN = _(
    "What was chosen: {measures} with an effort of {effort} gain {gain} points. Overall score before floors "
    "{before} → {after}."
)
FLOOR = _("{node} is below its floor of {below}, so the overall score is at most {cap}.")
AFTER_FLOORS = _("After the floors the overall score goes from {before} to {after} by this plan.")
ONE, MANY = _("1 measure"), _("{count} measures")
PROVEN = _("No other set within this effort gains more.")
BETTER = _("Within an effort of {budget} other sets can gain up to {bound} points.")
UNPROVEN = _("The best set found. It is proven that none gains more than {bound} points; --exact searches to the end.")
RESCORED = _(
    "The rubric uses geometric means: the choice was made with tangents of them, every gain is re-scored exactly."
)
UP_TO = _("Gains are the most that expert judgement allows, computed with the weights here; no forecast.")
NOTHING_FITS = _(
    "No countermeasure can be chosen here: {left} of the list are not needed, do not suit or are left out."
)
NOTHING_GAINS = _("Within an effort of {budget} no measure gains anything.{least}")
LEAST = _(" The least that gains something is an effort of {effort}.")
NO_SCORE = _(
    "There is no overall score yet, so no plan can be worked out: coverage is too low. Answer more questions first."
)
NO, MEASURE = _("No."), _("Measure")
WITHIN, EFFORT = _("Within"), _("Effort")
DECIDED, TOGETHER = _("Decided by"), _("Gain so far")
PHASES = _("Effort by phase: {phases}.")
PHASE = _("{phase} {effort}")
NEXT = _("With more effort: {effort} in all gains {gain} points, {more} more.")
SAME = _("More effort gains nothing more.")
LEFT = _("Considered and left out:")
UNNEEDED = _("Besides, not needed at present: {count}.")
CURVE = _("Largest gain for each effort")
HERE = _("this plan")
UP_TO_BOUND = _("at most {bound}")
SEPARATOR = {"en": ", ", "zh": "，"}

MOST_POINTS = 14
BAR = 30
FULL = "█"


class PlanText:
    """Puts one plan in words. `asked`: the set was chosen by somebody and not by its gain."""

    def __init__(
        self, plan: Plan, card: Scorecard, questionnaire: Questionnaire, language: str, *, asked: bool = False
    ) -> None:
        self.plan, self.card, self.questionnaire, self.language = plan, card, questionnaire, language
        self.asked = asked

    def say(self, words: Text, **values: object) -> str:
        """Say one thing in the chosen language."""
        return tell(words, self.language, **values)

    def title(self, id: str) -> str:
        """Name a measure."""
        return self.say(self.questionnaire.countermeasures[id].title)

    # ---- in sentences

    def lines(self, width: int) -> Iterator[str]:
        """Give the whole plan as lines no wider than so many cells."""
        if self.plan.gain is None:
            yield from wrap(self.say(NO_SCORE), width)
            return
        for said in (*self.floors(), *self.head()):
            yield from wrap(said, width)
        if self.plan.chosen:
            yield from ("", *table_lines(self.table(), width), "")
            for said in self.below():
                yield from wrap(said, width)
        if self.plan.chosen or len(self.plan.curve) <= 1:
            yield from self.left_out(width)
        if len(self.plan.curve) > 1:
            yield from ("", self.say(CURVE), *self.drawn_curve(width))

    def head(self) -> Iterator[str]:
        """Say what the plan comes to, and how sure it is that none is better."""
        plan = self.plan
        if not plan.chosen:
            yield self.nothing()
            return
        yield self.say(
            CHOSEN if self.asked else BEST,
            budget=plan.budget,
            measures=self.say(ONE if len(plan.chosen) == 1 else MANY, count=len(plan.chosen)),
            effort=plan.effort,
            gain=number(plan.gain),
            before=number(plan.score_before),
            after=number(plan.score_after),
        )
        yield self.sureness()
        if plan.linearised:
            yield self.say(RESCORED)
        yield self.say(UP_TO)

    def floors(self) -> Iterator[str]:
        """Say which floors fired, whether or not they cost points, and what the plan makes of the score after them."""
        plan, overall = self.plan, self.card.overall
        for floor in plan.floors:
            values = {"below": f"{floor.below:g}", "cap": f"{floor.cap:g}"}
            yield self.say(FLOOR, node=title_of(self.questionnaire, floor.node), **values)
        if plan.score_after_floors is not None and overall.score is not None and plan.chosen:
            gained = plan.score_after_floors - overall.score
            if abs(gained - (plan.gain or 0.0)) >= 0.05:
                values = {"before": number(overall.score), "after": number(plan.score_after_floors)}
                yield self.say(AFTER_FLOORS, **values)

    def nothing(self) -> str:
        """Say why there is no step."""
        rising = next((point for point in self.plan.curve if (point.gain or 0.0) > TOLERANCE), None)
        if len(self.plan.curve) <= 1:
            return self.say(NOTHING_FITS, left=len(self.plan.left_out))
        least = self.say(LEAST, effort=rising.budget) if rising is not None else ""
        return self.say(NOTHING_GAINS, budget=self.plan.budget, least=least)

    def sureness(self) -> str:
        """Say whether another set could gain more."""
        if self.plan.optimal:
            return self.say(PROVEN)
        return self.say(BETTER if self.asked else UNPROVEN, budget=self.plan.budget, bound=number(self.plan.bound, 2))

    def below(self) -> Iterator[str]:
        """Say what stands under the table: phases, the first reason, what more effort would bring."""
        spent = {phase: sum(s.effort for s in self.plan.chosen if s.phase == phase) for phase in HORIZONS}
        said = [
            self.say(PHASE, phase=self.say(HORIZON_WORDS[p]), effort=effort) for p, effort in spent.items() if effort
        ]
        yield self.say(PHASES, phases=SEPARATOR.get(self.language, ", ").join(said))
        yield first_reason([s.id for s in self.plan.chosen], self.card, self.questionnaire, self.language)
        if not self.asked:
            yield self.next_step()

    def next_step(self) -> str:
        """Say at which effort the next noticeable gain comes."""
        gain = self.plan.gain or 0.0
        later = (point for point in self.plan.curve if point.budget > self.plan.budget)
        found = next((point for point in later if (point.gain or 0.0) - gain >= 0.05), None)
        if found is None:
            return self.say(SAME)
        more = (found.gain or 0.0) - gain
        return self.say(NEXT, effort=found.budget, gain=number(found.gain), more=number(more))

    # ---- as tables

    def table(self) -> Table:
        """List the steps in order."""
        columns = (
            TableColumn(self.say(NO), 0.4, "right"),
            TableColumn(self.say(MEASURE), 3.0),
            TableColumn(self.say(WITHIN), 1.4),
            TableColumn(self.say(DECIDED), 1.1),
            TableColumn(self.say(EFFORT), 0.7, "right"),
            TableColumn(self.say(TOGETHER), 1.2, "right"),
        )
        return Table(columns, tuple(self._rows()))

    def _rows(self) -> Iterator[tuple[Inline, ...]]:
        for place, step in enumerate(self.plan.chosen, start=1):
            measure = self.questionnaire.countermeasures[step.id]
            yield cells(
                str(place),
                f"{self.say(measure.title)} [{step.id}]",
                self.say(HORIZON_WORDS[step.phase]),
                self.say(TIER_WORDS[measure.acts]),
                str(step.effort),
                number(step.cumulative_gain, signed=True),
            )

    def left_out(self, width: int) -> Iterator[str]:
        """List what was left out with the reason; what is not needed is only counted."""
        told = [left for left in self.plan.left_out if left.needed]
        needless = len(self.plan.left_out) - len(told)
        if told:
            yield from ("", self.say(LEFT))
        for left in told:
            yield from _indented(self._left(left), width)
        if needless:
            yield from wrap(self.say(UNNEEDED, count=needless), width)

    def _left(self, left: LeftOut) -> str:
        joint = "：" if self.language == "zh" else ": "
        return f"{self.title(left.id)} [{left.id}]{joint}{self.say(left.why)}"

    def drawn_curve(self, width: int) -> Iterator[str]:
        """Draw the curve as bars, this plan's budget marked."""
        shown = shown_points(self.plan.curve, self.plan.budget, MOST_POINTS)
        most = max((point.gain or 0.0 for point in self.plan.curve), default=0.0) or 1.0
        room = max(8, min(BAR, width - 34))
        for point in shown:
            bar = FULL * round(room * (point.gain or 0.0) / most)
            mark = [self.say(HERE)] if point.budget == min(self.plan.budget, self.plan.curve[-1].budget) else []
            mark += [] if point.proven else [self.say(UP_TO_BOUND, bound=number(point.bound, 2))]
            said = SEPARATOR.get(self.language, ", ").join(mark)
            yield f"{point.budget:>5}  {number(point.gain, signed=True):>6}  {bar}  {said}".rstrip()


def shown_points(curve: Sequence[CurvePoint], budget: int, most: int) -> list[CurvePoint]:
    """Pick points of the curve: evenly spread up to where it stops rising, the plan's own among them."""
    top = curve[-1].gain or 0.0
    last = next((p.budget for p in curve if (p.gain or 0.0) >= top - TOLERANCE), curve[-1].budget)
    here = min(budget, curve[-1].budget)
    spread = {round(last * place / (most - 2)) for place in range(most - 1)} | {here, last}
    return [curve[place] for place in sorted(spread)]


def _indented(said: str, width: int) -> Iterator[str]:
    first, *rest = wrap(said, width - 4)
    yield f"  · {first}"
    yield from (f"    {line}" for line in rest)
