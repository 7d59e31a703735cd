"""A plan in words and tables: what to do in which order, what it gains, and what more or less effort would do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.following import CLOSED
from nqpf_assess.engine.gaps import NOT_SUITED, UNDECIDED, falls_short
from nqpf_assess.engine.planning.open_gaps import open_gaps
from nqpf_assess.locale import Text, _, _n, tell
from nqpf_assess.locale.grammar import Grammar, grammar
from nqpf_assess.model.follow_up import FollowUpState
from nqpf_assess.model.plan import CurvePoint, FiredFloor, Plan
from nqpf_assess.model.questionnaire import HORIZONS, Questionnaire, title_of
from nqpf_assess.model.scorecard import MeasureScore, Scorecard
from nqpf_assess.report.blocks import Block, Bullets, Paragraph, Table, TableColumn, cells, runs
from nqpf_assess.report.follow_up_text import stated
from nqpf_assess.report.plan_reason import UNSURE, first_reason, open_gap_words, waited_for
from nqpf_assess.report.wording import HORIZON_WORDS, TIER_WORDS, difference, number, raised_by

BEST = _n(
    "Best plan for an effort of {budget}: {count} measure with an effort of {effort} gains {gain} points. Overall "
    "score before floors {before} → {after}.",
    "Best plan for an effort of {budget}: {count} measures with an effort of {effort} gain {gain} points. Overall "
    "score before floors {before} → {after}.",
)
CHOSEN = _n(
    "What was chosen: {count} measure with an effort of {effort} gains {gain} points. Overall score before floors "
    "{before} → {after}.",
    "What was chosen: {count} measures with an effort of {effort} gain {gain} points. Overall score before floors "
    "{before} → {after}.",
)
FLOOR = _("{node} is below its floor of {below}, so the overall score is at most {cap}.")
AFTER_FLOORS = _("After the floors the overall score goes from {before} to {after} by this plan.")
PROVEN = _("No other set within this effort gains more before the floors.")
PROVEN_WISHED = _(
    "Of the sets that keep to what was asked for, no other within this effort gains more before the floors."
)
BETTER = _("Within an effort of {budget} other sets can gain up to {bound} points before the floors.")
BETTER_WISHED = _(
    "Keeping to what was asked for, other sets within an effort of {budget} can gain up to {bound} points before the "
    "floors."
)
UNPROVEN = _(
    "The best set found. It is proven that none gains more than {bound} points before the floors; --exact searches to "
    "the end."
)
UNPROVEN_WISHED = _(
    "The best set found that keeps to what was asked for. It is proven that no such set gains more than {bound} "
    "points before the floors; --exact searches to the end."
)
RESCORED = _(
    "The rubric uses geometric means: the choice was made with tangents of them, every gain is re-scored exactly."
)
UP_TO = _(
    "Gains are the most that expert judgement allows, computed with the weights here; no forecast. Effort is no sum of "
    "money: each measure takes 1 to 5, for money, staff and coordination together."
)
NOTHING_FITS = _("No measure can be chosen here.")
NO_MEASURES = _("The questionnaire has no countermeasures.")
NOTHING_GAINS = _("Within an effort of {budget} no measure gains anything before the floors.{least}")
NOTHING_GAINS_WISHED = _(
    "Keeping to what was asked for, no measure gains anything before the floors within an effort of {budget}.{least}"
)
LEAST = _(" The least that gains something is an effort of {effort}.")
NO_SCORE = _(
    "There is no overall score yet, so no plan can be worked out: coverage is too low. Answer more questions first."
)
NOTHING_ASSESSED = _("Nothing in the questionnaire is assessed here.")
OVER = _("Counted here, though done or dropped by the follow-up sheet: {names}.")
WITHOUT = _("To plan without what is done or dropped, and needed by no other measure: --exclude {ids}")
NO, MEASURE = _("No."), _("Measure")
DONE, EFFORT = _("Done within"), _("Effort")
DECIDED, TOGETHER, GAIN = _("Decided by"), _("Adds up to"), _("Gain")
ADDS_UP = _("Adds up to: what a measure and all above it gain, also those done later.")
FLOORED = _("After floors")
MONTHS = _n("{count} month", "{count} months")
HOW = _("How each begins, and how its course is checked:")
FIRST_STEP = _("First step: {step}")
CHECK = _("To be checked in month {month}, on the way to: {kpi}")
PHASES = _("Effort by phase: {phases}.")
PHASE = _("{phase} {effort}")
NEXT = _("With more effort: {effort} in all gains {gain} points before the floors, {more} more.")
SAME = _("More effort gains nothing more before the floors.")
SAME_WISHED = _("Keeping to what was asked for, more effort gains nothing more before the floors.")
OPEN = _n("This plan leaves one of the largest gaps open:", "This plan leaves {count} of the largest gaps open:")
ALL_MET = _("Every dimension that could be scored is at its target: no measure is called for.")
ALL_OPEN = _(
    "What lies below its target lies in parts of which too little is answered for a score, so that no measure moves "
    "the score before floors yet. Answer more questions first."
)
LIFTING = _("By lifting a floor, each of these alone brings more after the floors: {names}.")
LEFT = _("Considered and left out:")
ELSEWHERE = _("Meant for other conditions than those here: {names}.")
FOR_INSTANCE = _("{count} measures, for instance {names}")
UNNEEDED = _n("One of the list is not needed at present.", "{count} of the list are not needed at present.")
UNNEEDED_BESIDES = _n("One more is not needed at present.", "{count} more are not needed at present.")
UNTOLD = _n(
    "Of one it cannot be told yet whether it is needed: a dimension that it lifts has too little answered for a score.",
    "Of {count} it cannot be told yet whether they are needed: a dimension that they lift has too little answered for "
    "a score.",
)
CURVE = _("Largest gain for each effort")
HERE = _("this plan")
UP_TO_BOUND = _("at most {bound}")

MOST_POINTS = 14
"""Points of the curve that are drawn."""

BAR = 30
"""Cells of the largest gain."""

MOST_NAMES = 6
"""Measures meant for other places that are named; of more, as many as an example."""

NOTICEABLE = 0.05
"""Points from which a gain after the floors is told beside the one before."""


def plan_blocks(
    plan: Plan,
    card: Scorecard,
    questionnaire: Questionnaire,
    language: str,
    *,
    progress: Mapping[str, FollowUpState],
    lifted: Mapping[FiredFloor, str] | None = None,
) -> Iterator[Block]:
    """Write a plan: what it comes to, the steps in order, what was left out, and the curve of all efforts.

    `progress`: what the follow-up sheet has as begun or dropped. `lifted`: what can lift the floors that the plan
    leaves broken and that hold the score.
    """
    page = _PlanPage(plan, card, questionnaire, language, progress)
    if plan.gain is None:
        yield page.line(NOTHING_ASSESSED if card.overall.coverage is None else NO_SCORE)
        return
    for floor in plan.floors:
        yield Paragraph(runs(floor_words(floor, (lifted or {}).get(floor, ""), questionnaire, language)))
    if plan.chosen:
        yield from page.worth()
        yield page.steps()
        yield from page.doubts()
        yield from page.course()
        yield from page.open_yet()
    elif falls_short(card):
        yield from page.why_nothing()
    else:
        yield page.line(ALL_MET)
        yield from page.untold()
        return
    if plan.chosen or len(plan.curve) <= 1:
        yield from page.left_out()
    if plan.curve and plan.curve[-1].gain:
        yield _drawn_curve(plan, language, best=not plan.by_hand or plan.optimal)


def floor_words(floor: FiredFloor, lifted: str, questionnaire: Questionnaire, language: str) -> str:
    """Say that a floor is broken, and what can lift it."""
    values = {"below": f"{floor.below:g}", "cap": f"{floor.cap:g}"}
    said = tell(FLOOR, language, node=title_of(questionnaire, floor.node), **values)
    return grammar(language).paragraph([said, lifted])


@dataclass(frozen=True)
class _PlanPage:
    """The parts of the page, one after the other (fields: see `plan_blocks`)."""

    plan: Plan
    card: Scorecard
    questionnaire: Questionnaire
    language: str
    progress: Mapping[str, FollowUpState]

    @property
    def grammar(self) -> Grammar:
        return grammar(self.language)

    @property
    def chosen(self) -> list[str]:
        return [step.id for step in self.plan.chosen]

    def line(self, words: Text, **values: object) -> Paragraph:
        return Paragraph(runs(tell(words, self.language, **values)))

    def title(self, measure: str) -> str:
        return tell(self.questionnaire.countermeasures[measure].title, self.language)

    def named(self, measures: Iterable[str]) -> list[str]:
        return [self.grammar.quoted(self.title(id)) for id in measures]

    def worth(self) -> Iterator[Paragraph]:
        """Tell what the chosen measures bring, before and after the floors, and whether others could bring more."""
        plan, score = self.plan, self.card.overall.score
        yield self.line(
            CHOSEN if plan.by_hand else BEST,
            budget=plan.budget,
            count=len(plan.chosen),
            effort=plan.effort,
            gain=number(plan.gain),
            before=number(plan.score_before),
            after=number(raised_by(plan.score_before, plan.gain)),
        )
        gained = plan.gain or 0.0
        if plan.score_after_floors is not None and score is not None:
            gained = plan.score_after_floors - score
        floored = abs(gained - (plan.gain or 0.0)) >= NOTICEABLE
        if floored and score is not None:
            yield self.line(AFTER_FLOORS, before=number(score), after=number(raised_by(score, gained)))
        # Of the gains before the floors: a set that lifts one may bring more after them.
        more = (BETTER, BETTER_WISHED) if plan.by_hand else (UNPROVEN, UNPROVEN_WISHED)
        every, wished = (PROVEN, PROVEN_WISHED) if plan.optimal else more
        yield self.line(wished if plan.wished else every, budget=plan.budget, bound=number(plan.bound, 2))
        if floored and (names := self.lifting(self.card.countermeasures, gained)):
            yield self.line(LIFTING, names=names)
        if plan.linearised:
            yield self.line(RESCORED)
        yield self.line(UP_TO)

    def steps(self) -> Table:
        """List the steps in order, each with its progress; the gain after the floors stands beside the one before."""
        chosen, language = self.plan.chosen, self.language
        floored = any(abs(step.after_floors - step.cumulative_gain) >= NOTICEABLE for step in chosen)
        heads = [(NO, -0.4), (MEASURE, 3.2), (DECIDED, 1.1), (DONE, 1.1), (EFFORT, -0.7), (TOGETHER, -1.0)]
        heads += [(FLOORED, -1.0)] if floored else []
        rows = []
        for place, step in enumerate(chosen, start=1):
            rows.append(
                cells(
                    str(place),
                    f"{stated(self.title(step.id), self.progress.get(step.id), language)} [{step.id}]",
                    tell(TIER_WORDS[self.questionnaire.countermeasures[step.id].acts], language),
                    tell(MONTHS, language, count=step.months),
                    str(step.effort),
                    number(step.cumulative_gain, signed=True),
                    *([number(step.after_floors, signed=True)] if floored else []),
                )
            )
        columns = (
            TableColumn(tell(words, language), abs(share), "right" if share < 0 else "left") for words, share in heads
        )
        later = any(after.months < step.months for step, after in pairwise(chosen))
        return Table(tuple(columns), tuple(rows), note=tell(ADDS_UP, language) if later else "")

    def doubts(self) -> Iterator[Paragraph]:
        """Tell which steps are done or dropped already, and of which it is open whether they suit."""
        over = [id for id in self.chosen if self.progress.get(id) in CLOSED]
        if over:
            yield self.line(OVER, names=self.grammar.enumerated(self.named(over)))
        # To leave out what another one needs would leave that out too, though it may be done.
        needed = {need for measure in self.questionnaire.countermeasures.values() for need in measure.needs}
        alone = [id for id in over if id not in needed and id not in self.plan.wishes.must]
        if alone and not self.plan.by_hand:
            yield self.line(WITHOUT, ids=",".join((*self.plan.wishes.without, *alone)))
        unsure = {measure.id for measure in self.card.countermeasures if measure.unsure}
        if names := self.named(id for id in self.chosen if id in unsure):
            yield self.line(UNSURE, names=self.grammar.enumerated(names))

    def course(self) -> Iterator[Block]:
        """Say how each step begins and its course is checked, the effort of each phase, and why the first is first."""
        yield self.line(HOW)
        yield self.beginnings()
        spent = {phase: sum(step.effort for step in self.plan.chosen if step.phase == phase) for phase in HORIZONS}
        phases = [
            tell(PHASE, self.language, phase=HORIZON_WORDS[phase], effort=effort)
            for phase, effort in spent.items()
            if effort
        ]
        yield self.line(PHASES, phases=self.grammar.join(phases))
        left = [id for id in self.chosen if self.progress.get(id) not in CLOSED]
        yield Paragraph(runs(first_reason(left, self.card, self.questionnaire, self.language)))
        if not self.plan.by_hand:
            yield self.next_step()

    def beginnings(self) -> Bullets:
        """Say of each step who carries it, how it begins, and by which figure its course is checked in which month."""
        here, language = self.grammar, self.language
        figures = {measure.id: measure.kpi for measure in self.card.countermeasures}
        items = []
        for step in self.plan.chosen:
            measure = self.questionnaire.countermeasures[step.id]
            kpi = here.sentence(tell(figures[step.id].filled(measure.kpi), language))
            first = here.sentence(tell(measure.first, language)) if measure.first else ""
            said = [tell(FIRST_STEP, language, step=first)] if first else []
            said.append(tell(CHECK, language, month=step.check, kpi=kpi))
            lead = here.bracketed(tell(measure.lead, language))
            items.append(f"{self.title(step.id)}{lead}{here.stop}{here.paragraph(said)}")
        return Bullets(tuple(runs(words) for words in items), numbered=True)

    def next_step(self) -> Paragraph:
        """Return the effort at which the next noticeable gain comes."""
        plan = self.plan
        later = (point for point in plan.curve if point.budget > plan.budget)
        found = next((point for point in later if (difference(plan.gain, point.gain) or 0.0) > TOLERANCE), None)
        if found is None:
            return self.line(SAME_WISHED if plan.wished else SAME)
        more = number(difference(plan.gain, found.gain))  # of the figures that are printed
        return self.line(NEXT, effort=found.budget, gain=number(found.gain), more=more)

    def open_yet(self) -> Iterator[Block]:
        """Name the largest gaps that no step closes, each with why."""
        left_out = [left.id for left in self.plan.left_out]
        still = open_gaps(self.card, self.questionnaire, self.chosen, left_out=left_out)
        if still:
            yield self.line(OPEN, count=len(still))
            card, questionnaire, language = self.card, self.questionnaire, self.language
            told = (open_gap_words(gap, self.plan, card, questionnaire, language) for gap in still)
            yield Bullets(tuple(runs(words) for words in told))

    def why_nothing(self) -> Iterator[Paragraph]:
        """Say why there is no step though something falls short, and what brings points by lifting a floor alone."""
        plan = self.plan
        if not self.card.overall.shortfall:
            yield self.line(ALL_OPEN)
        else:
            rising = next((point for point in plan.curve if (point.gain or 0.0) > TOLERANCE), None)
            least = "" if rising is None else tell(LEAST, self.language, effort=rising.budget)
            words = NOTHING_GAINS_WISHED if plan.wished else NOTHING_GAINS
            if len(plan.curve) <= 1:
                words = NOTHING_FITS if plan.left_out else NO_MEASURES
            yield self.line(words, budget=plan.budget, least=least)
        idle = [measure for measure in self.card.countermeasures if (measure.gain or 0.0) < NOTICEABLE]
        if names := self.lifting(idle, 0.0):
            yield self.line(LIFTING, names=names)

    def lifting(self, measures: Iterable[MeasureScore], gained: float) -> str:
        """Name those that alone bring more than `gained` after the floors, and are within the effort with their needs.

        Before the floors none brings more than the best plan: after them it does by lifting one. None is named where
        others have to be in, or a phase has a limit: by themselves they would not be what was asked for.
        """
        if self.plan.wishes.must or self.plan.wishes.by_phase:
            return ""
        left_out = {left.id for left in self.plan.left_out}
        efforts = {id: measure.effort for id, measure in self.questionnaire.countermeasures.items()}
        open_yet = {measure.id for measure in self.card.countermeasures if measure.eligible}
        names = []
        for measure in measures:
            more = (measure.gain_after_floors or 0.0) - gained
            needs = waited_for(measure.id, self.questionnaire, open_yet)
            together = sum(efforts[id] for id in (measure.id, *needs))
            if more >= NOTICEABLE and measure.id not in left_out and together <= self.plan.budget:
                after = self.grammar.bracketed(number(measure.gain_after_floors, signed=True))
                title = stated(
                    self.grammar.quoted(self.title(measure.id)), self.progress.get(measure.id), self.language
                )
                names.append(f"{title} [{measure.id}]{after}")
        return self.grammar.enumerated(names)

    def left_out(self) -> Iterator[Block]:
        """Tell of the measures that were not taken: those that are called for with why, how many others there are."""
        here, left_out = self.grammar, self.plan.left_out
        called_for = [left for left in left_out if left.needed]
        reasoned = [left for left in called_for if left.why is not NOT_SUITED]
        if reasoned:
            yield self.line(LEFT)
            why = (f"{self.title(left.id)} [{left.id}]{here.colon}{tell(left.why, self.language)}" for left in reasoned)
            yield Bullets(tuple(runs(here.sentence(words)) for words in why))
        elsewhere = self.named(left.id for left in called_for if left.why is NOT_SUITED)
        if elsewhere:
            names = here.enumerated(elsewhere[:MOST_NAMES])
            if len(elsewhere) > MOST_NAMES:
                names = tell(FOR_INSTANCE, self.language, count=len(elsewhere), names=names)
            yield self.line(ELSEWHERE, names=names)
        untold = sum(left.why is UNDECIDED for left in left_out)
        if unneeded := len(left_out) - len(called_for) - untold:
            yield self.line(UNNEEDED_BESIDES if self.plan.chosen or called_for else UNNEEDED, count=unneeded)
        yield from self.untold()

    def untold(self) -> Iterator[Paragraph]:
        """Tell of how many measures nobody knows yet whether they are needed."""
        if count := sum(left.why is UNDECIDED for left in self.plan.left_out):
            yield self.line(UNTOLD, count=count)


def _drawn_curve(plan: Plan, language: str, *, best: bool) -> Table:
    """Draw the curve as bars; the budget of this plan is marked where it is the `best` for it, and gains that much."""
    most = max((point.gain or 0.0 for point in plan.curve), default=0.0) or 1.0
    rows = []
    for point in shown_points(plan.curve, plan.budget, MOST_POINTS):
        marks = [tell(HERE, language)] if best and point.budget == min(plan.budget, plan.curve[-1].budget) else []
        marks += [] if point.proven else [tell(UP_TO_BOUND, language, bound=number(point.bound, 2))]
        bar = "█" * round(BAR * (point.gain or 0.0) / most)
        row = str(point.budget), number(point.gain, signed=True), bar, grammar(language).join(marks)
        rows.append(cells(*row))
    columns = (
        TableColumn(tell(EFFORT, language), 0.7, "right"),
        TableColumn(tell(GAIN, language), 0.7, "right"),
        TableColumn("", 3.0),
        TableColumn("", 2.0),
    )
    return Table(columns, tuple(rows), tell(CURVE, language))


def shown_points(curve: Sequence[CurvePoint], budget: int, most: int) -> list[CurvePoint]:
    """Pick points of the curve: evenly spread up to where it stops rising, the plan's own among them."""
    top = curve[-1].gain or 0.0
    last = next((p.budget for p in curve if (p.gain or 0.0) >= top - TOLERANCE), curve[-1].budget)
    here = min(budget, curve[-1].budget)
    spread = {round(last * place / (most - 2)) for place in range(most - 1)} | {here, last}
    return [curve[place] for place in sorted(spread)]
