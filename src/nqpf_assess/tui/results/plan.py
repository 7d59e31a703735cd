"""The plan: measures that fit here, ticked with their effect at once, and the best plan for an effort."""

from collections.abc import Sequence
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.worker import Worker, WorkerState, get_current_worker

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.following import closed, progress
from nqpf_assess.engine.gaps import UNDECIDED, falls_short
from nqpf_assess.locale import Text, _, _n
from nqpf_assess.model.plan import CurvePoint, Plan
from nqpf_assess.model.questionnaire import HORIZONS
from nqpf_assess.model.scorecard import MeasureScore
from nqpf_assess.pages.plan import floor_words
from nqpf_assess.report.follow_up_text import stated
from nqpf_assess.report.outline.floors import lifted
from nqpf_assess.report.plan_reason import first_reason
from nqpf_assess.report.wording import HORIZON_WORDS, TIER_WORDS, WHAT_TO_DO, number, raised_by, rounded
from nqpf_assess.session.answering import Session
from nqpf_assess.session.clock import today
from nqpf_assess.session.planning import PlanEffect, counted, effect_of, in_order, planner_for, ticked, toggled
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import pad, width
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Line, Part, Row, columns, ends, heading, quiet
from nqpf_assess.tui.drawing.speech import Speech, bar, numbered
from nqpf_assess.tui.frame.filtering import FilterPage
from nqpf_assess.tui.frame.lists import CHOOSE, MENU_BY_ESCAPE, PAGING, TURN, TURN_BACK, PairedPage
from nqpf_assess.tui.frame.page import HELP, MENU, SEARCH
from nqpf_assess.tui.widgets.drawn import LineBlock
from nqpf_assess.tui.widgets.list import How, RowList

if TYPE_CHECKING:
    from nqpf_assess.engine.planning import Planner
    from nqpf_assess.engine.scoring import Assessed


TICKED = _("ticked {count}")
TICKED_OF = _("ticked {count}, {more} more not counted")
EFFORT = _("effort {effort}")
SCORE = _("score {before} → {after}")
WITHOUT_FLOORS = _("without floors {before} → {after}")
NO_SCORE = _("no overall score yet, so no effect can be shown")
HEADS = _("effort|alone adds|within|decided by")
FIGURES = (8, 12, 17, 14)
"""Cells of the columns: effort, gain, horizon, who decides; the last two where there is room."""

WIDE_ENOUGH = 90

TITLE = 40
"""Cells that a title keeps before the last columns are left out; what they say stands in the detail too."""

AFTER_FLOORS = _("after floors")
AFTER_FLOORS_CELLS = 14
NONE_FIT = _("No countermeasure is called for: nothing scores below its line and its target.")
NONE_SUITS = _("No countermeasure of the list is called for and suits here; “Not here” says why of each.")
NONE_YET = _("No countermeasure is called for by what is answered so far.")
NO_MEASURES = _("The questionnaire has no countermeasures.")
NONE_LEFT_OUT = _("Every countermeasure of the list is called for and suits here.")
NOT_SUITED = _("Not called for or not suited here")
UP_TO = _("All gains are “up to”, computed from the weights here; never a forecast.")
LIFTS = _("Lifts")
LEAD = _("Who leads")
SUPPORT = _("Who helps")
DECIDES = _("Who may decide")
TIME = _("Horizon")
FIRST = _("First comes")
KPI = _("Counted by")
FIRST_STEP = _("First step, in its first 100 days")
EXAMPLES = _("Seen elsewhere")
WHY_NOT = _("Why not")
SUITS, UNSURE = _("Suits here"), _("counted so, though what decides it is not answered")
EFFORT_OF = _("Effort")
OF_FIVE = _("{effort} of 5: staff, money and agreement it takes")
POINTS = _("{dimension} +{points}")
LABEL = 16


def effect_line(effect: PlanEffect, count: int, speech: Speech, *, more: int = 0) -> Line:
    """Draw the effect of the ticked measures: how many, effort, score before and after; `more` are not counted."""
    dot = speech.glyphs.dot
    ticks = speech.tell(TICKED_OF if more else TICKED, count=count, more=more)
    words = f" {ticks}{dot}{speech.tell(EFFORT, effort=effect.effort)}{dot}"
    if effect.before is None:
        return (Part(words, "plain"), Part(speech.tell(NO_SCORE), "warn"))
    before, after = effect.floored or (effect.before, effect.after)
    gain = (after or 0) - (before or 0)
    counted = number(before), number(raised_by(before, gain))
    free = number(effect.before), number(raised_by(effect.before, effect.gain))
    arrow = speech.tell(SCORE, before=counted[0], after=counted[1])
    if free != counted:
        arrow += speech.grammar.bracketed(speech.tell(WITHOUT_FLOORS, before=free[0], after=free[1]))
    gained = (Part(f"{speech.glyphs.up} {number(gain)} ", "good"),) if rounded(gain) > 0 else ()
    return ends((Part(words), Part(arrow, "strong")), gained, speech.cells)


def measure_rows(
    session: Session, judged: Sequence[MeasureScore], chosen: Sequence[str], speech: Speech, *, by_phase: bool
) -> tuple[Row, ...]:
    """List the measures that fit here, by gain for the effort or by phase, to be ticked."""
    fit, _rest = in_order(judged)
    if not fit:
        scored = session.card.overall.score is not None
        none = NONE_YET if any(one.why_not is UNDECIDED for one in judged) else NONE_FIT
        words = NONE_YET if not scored else NONE_SUITS if falls_short(session.card) else none
        return (
            BLANK,
            Row(speech.tell(words if judged else NO_MEASURES), look="good" if words is NONE_FIT else "plain"),
        )
    measures, glyphs = session.instrument.questionnaire.countermeasures, speech.glyphs
    begun = progress(session.answers)
    # Gains after the floors stand beside those before them wherever they differ.
    floored = any(number(one.gain) != number(one.gain_after_floors) for one in fit)
    sizes, heads = list(FIGURES), speech.tell(HEADS).split("|")
    if floored:
        sizes.insert(2, AFTER_FLOORS_CELLS)
        heads.insert(2, speech.tell(AFTER_FLOORS))
    right = 3 if floored else 2
    heads[right:] = [f"  {head}" for head in heads[right:]]
    sizes = sizes if speech.cells >= WIDE_ENOUGH else sizes[:right]
    while len(sizes) > right and speech.cells - sum(sizes) < TITLE:
        del sizes[-1]
    room = speech.cells - sum(sizes)

    def row(judged: MeasureScore) -> Row:
        measure, ticked = measures[judged.id], judged.id in chosen
        title = stated(speech.line(measure.title), begun.get(judged.id), speech.language)
        name = pad(f"{glyphs.ticked if ticked else glyphs.unticked} {title}", room)
        whole = "" if name.rstrip().endswith(title) else title
        words = (HORIZON_WORDS[measure.horizon], TIER_WORDS[measure.acts])
        gains = [judged.gain, judged.gain_after_floors] if floored else [judged.gain]
        points = (number(gain, signed=True) for gain in gains)
        texts = (str(judged.effort), *points, *(f"  {speech.tell(word)}" for word in words))
        figures = columns(texts, sizes, left_from=right)
        return Row(whole, judged.id, parts=(Part(name, "strong" if ticked else "plain"), *figures))

    rows = [Row(parts=(Part(" " * room), *columns(heads, sizes, "quiet", left_from=right)))]
    for horizon in HORIZONS if by_phase else ():
        group = [measure for measure in fit if measures[measure.id].horizon == horizon]
        rows += [heading(speech.tell(HORIZON_WORDS[horizon])), *map(row, group)] if group else []
    rows += [] if by_phase else map(row, fit)
    return (*rows, BLANK, quiet(speech.tell(UP_TO)))


def left_out_rows(
    session: Session, judged: Sequence[MeasureScore], chosen: Sequence[str], speech: Speech
) -> tuple[Row, ...]:
    """List the measures that are not called for or do not suit here, each with the reason and its tick."""
    measures = session.instrument.questionnaire.countermeasures
    left_out = in_order(judged)[1]
    if not left_out:
        return (BLANK, Row(speech.tell(NONE_LEFT_OUT if judged else NO_MEASURES)))
    rows: list[Row] = [heading(speech.tell(NOT_SUITED))]
    for measure in left_out:
        rows += [
            Row(
                speech.line(measures[measure.id].title),
                id=measure.id,
                lead=f"{speech.glyphs.ticked} " if measure.id in chosen else "",
            ),
            quiet(speech.line(measure.why_not), lead="  "),
        ]
    return tuple(rows)


def measure_detail(session: Session, judged: MeasureScore, speech: Speech) -> tuple[Row, ...]:
    """Render one measure in full."""
    questionnaire = session.instrument.questionnaire
    measures, measure = questionnaire.countermeasures, questionnaire.countermeasures[judged.id]
    lifts = [
        speech.tell(POINTS, dimension=questionnaire.dimensions[id].title, points=number(points))
        for id, points in judged.lifts.items()
        if points > 0
    ]
    needs = [speech.line(measures[need].title) for need in measure.needs if need in measures]
    facts: Sequence[tuple[Text, str]] = (
        (WHY_NOT, "" if judged.eligible else speech.line(judged.why_not)),
        (SUITS, speech.tell(UNSURE) if judged.unsure else ""),
        (LEAD, speech.line(measure.lead)),
        (WHAT_TO_DO, speech.line(measure.gist)),
        (LIFTS, speech.grammar.list(lifts)),
        (SUPPORT, speech.line(measure.support)),
        (EFFORT_OF, speech.tell(OF_FIVE, effort=measure.effort)),
        (DECIDES, speech.tell(TIER_WORDS[measure.acts])),
        (TIME, speech.tell(HORIZON_WORDS[measure.horizon])),
        (FIRST, speech.grammar.list(needs)),
        (FIRST_STEP, speech.line(measure.first)),
        (KPI, speech.line(judged.kpi.filled(measure.kpi))),
        (EXAMPLES, speech.line(measure.examples)),
    )
    rows = [Row(speech.line(measure.title), look="heading")]
    for name, words in facts:
        label = speech.tell(name)
        if words and width(label) >= LABEL:  # a label that is wide stands on a line of its own
            rows.append(Row(label))
            label = ""
        rows += [Row(words, lead=pad(label, LABEL))] if words else []
    return tuple(rows)


HOW = _(
    "How much effort is at hand? Each measure takes 1 to 5; it is no sum of money. Type a number or choose a line: "
    "Enter ticks the best plan for it. Gains are those before floors."
)
LEFT_OUT = _("Not chosen again, since done or dropped by the follow-up sheet: {names}.")
CURVE_HEADS = _("effort|at most|")
NOW = _("ticked now: {gain}")
AT_MOST = _("at most {bound}")
WORKING = _("Working out the best plan for every effort …")
WAITS = _("The best plan for an effort of {budget} is taken as soon as it is worked out.")
NO_SCORE_FOR_PLAN = _("There is no overall score yet; answer more questions first.")
NO_NUMBER = _("“{typed}” is no whole number; type one such as 8.")
NO_MEASURE = _("No countermeasure can be chosen here.")
NO_GAIN = _("No countermeasure moves the score before floors at present.")
CURVE_FIGURES = (8, 12)
TAIL = 26


def curve_rows(curve: tuple[CurvePoint, ...], effect: PlanEffect, typed: str, speech: Speech) -> tuple[Row, ...]:
    """List the budgets from the one typed on, each with its gain as a bar; what is ticked now stands at its effort."""
    if len(curve) <= 1:
        return (BLANK, Row(speech.tell(NO_SCORE_FOR_PLAN if not curve else NO_MEASURE), look="warn"))
    if typed and not typed.isdecimal():
        return (BLANK, Row(speech.tell(NO_NUMBER, typed=typed), look="warn"))
    last = rising(curve)
    if not last:
        return (BLANK, Row(speech.tell(NO_GAIN), look="warn"))
    first = min(int(typed), curve[last].budget) if typed.isdecimal() else 1
    room = max(6, speech.cells - sum(CURVE_FIGURES) - TAIL - 2)
    rows = [quiet(speech.tell(HOW)), BLANK]
    rows.append(Row(parts=columns(speech.tell(CURVE_HEADS).split("|"), CURVE_FIGURES, "quiet")))
    for point in curve[first : last + 1]:
        notes = [speech.tell(NOW, gain=number(effect.gain, signed=True))] if point.budget == effect.effort else []
        notes += [] if point.proven else [speech.tell(AT_MOST, bound=number(point.bound, 2))]
        figures = columns((str(point.budget), number(point.gain, signed=True)), CURVE_FIGURES)
        drawn = bar(speech, point.gain or 0.0, curve[last].gain or 1.0, room)
        note = Part("  " + speech.grammar.join(notes), "mark")
        rows.append(Row(id=str(point.budget), parts=(*figures, Part("  "), *drawn, note)))
    return tuple(rows)


def rising(curve: tuple[CurvePoint, ...]) -> int:
    """Return the least budget from which on more effort gains nothing more."""
    most = curve[-1].gain or 0.0
    return next((point.budget for point in curve if (point.gain or 0.0) >= most - TOLERANCE), len(curve) - 1)


FAULT = _("The plan could not be worked out: {fault}")


class BestPlanPage(FilterPage):
    """Gives back the plan that was taken, None where it is closed. The solver works beside the app."""

    TITLE_WORDS: ClassVar[Text] = _("Best plan for an effort")
    HINT_WORDS: ClassVar[Text] = _("effort, a number")

    def __init__(self) -> None:
        super().__init__()
        self._planner: Planner | None = None
        self._solving = Lock()
        self._of: Assessed | None = None
        """What the curve is worked out for."""
        self._awaited = ""
        """The effort for which Enter was pressed before there was a curve."""

    def paint(self) -> None:
        """Draw; work the curve out, and anew where an undo or another writer changed what it is of.

        The plan that was asked for before is taken as soon as the curve is seen, which may be when help is left.
        """
        session = self.bench.session
        if self._of is not session.assessed:
            self._of, self._planner = session.assessed, None
            work = partial(planner_for, session)
            # Described, or Textual words all that a session holds, which takes it some tenths of a second.
            self.run_worker(work, thread=True, exclusive=True, exit_on_error=False, name="curve", description="curve")
        super().paint()
        if self._planner is not None and self._awaited:
            awaited, self._awaited = self._awaited, ""
            if awaited == self.query_typed.strip() and self.list.current:
                self.chosen(self.list.current, "enter")

    def rows(self) -> tuple[Row, ...]:
        """List the budgets, or say that they are being worked out."""
        speech = self.speech_in((self.list.size.width or self.size.width) - EDGES)
        if self._planner is None:
            return (BLANK, Row(speech.tell(WORKING)))
        session, over = self.bench.session, closed(self.bench.session.answers)
        measures = session.instrument.questionnaire.countermeasures
        names = [speech.line(measures[one.id].title) for one in session.judged if one.eligible and one.id in over]
        said = [quiet(speech.tell(LEFT_OUT, names=speech.grammar.enumerated(names)))] if names else []
        reached = session.card.overall.uncapped
        lifting = lifted(session.assessed, session.card, (), reached, language=speech.language, on=today())
        for floor, words in lifting.items():
            said.append(quiet(floor_words(floor, words, session.instrument.questionnaire, speech.language)))
        effect = effect_of(session, counted(session))
        return (*said, *curve_rows(self._planner.points, effect, self.query_typed.strip(), speech))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Take the best plan for a budget."""
        planner = self._planner
        if planner is not None:
            work = partial(self._plan, planner, int(id))
            self.run_worker(work, thread=True, exclusive=True, exit_on_error=False, name="plan", description="plan")

    def _plan(self, planner: "Planner", budget: int) -> Plan | None:
        """Work a plan out; the one that was asked for before comes first: two at once in one solver end the process."""
        with self._solving:
            return None if get_current_worker().is_cancelled else planner.plan(budget)

    def say_nothing_fits(self) -> None:
        """While the curve is worked out, keep the effort that is asked for; else say why Enter takes nothing."""
        typed = self.query_typed.strip()
        if self._planner is not None or (typed and not typed.isdecimal()):
            super().say_nothing_fits()
        elif typed:
            self._awaited = typed
            self.say(WAITS, budget=int(typed))
        else:
            self.say(WORKING)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show the curve, or give the plan back."""
        if event.state is WorkerState.ERROR:
            self.say(FAULT, "bad", fault=f"{type(event.worker.error).__name__}: {event.worker.error}")
        elif event.state is WorkerState.SUCCESS and event.worker.name == "curve":
            self._planner = cast("Planner", event.worker.result)
            self.repaint()
        elif event.state is WorkerState.SUCCESS and event.worker.name == "plan":
            self.dismiss(cast("Plan", event.worker.result))


ON = _("Next: write the report with what is ticked")
TICK = Act("", "space", _("Tick or untick"), _("Tick"))
NONE = Act("untick", "delete", _("Take all ticks away"))
NO_TICKS = _("No measure is ticked.")
BEST = Act("best", "b", _("Best plan for an effort"), _("Best plan"))
FOLLOW = Act(
    "follow",
    "f",
    _("Follow-up: how far each measure has come"),
    _("Follow-up"),
)
UNTICKED = _("No measure is ticked any more. Ctrl+Z takes it back.")
ALONG = _("Along with it, as it comes first: {names}")
ALONG_OFF = _("Taken away along with it, as they need it: {names}")
STAYS = _("What had to come before it stays ticked: {names}")
TAKEN = _n(
    "Best plan for an effort of {budget}: {count} measure, {gain} points{floored}. Ctrl+Z takes it back. {why}",
    "Best plan for an effort of {budget}: {count} measures, {gain} points{floored}. Ctrl+Z takes it back. {why}",
)
GAINED_AFTER = _("{gain} after floors")
NOT_HERE = _("This one is not called for or not suited here.")


class PlanPage(PairedPage):
    """Three views of the measures, with the one under the cursor in full."""

    STEP: ClassVar[str] = "plan"
    TABS: ClassVar[tuple[tuple[str, Text], ...]] = (
        ("gain", _("By gain for the effort")),
        ("phase", _("By phase")),
        ("others", _("Not here")),
    )
    EXPLAINED = (
        _(
            "Tick what shall be done: the line above the list shows the effort (1 to 5 for each) and what the score "
            "would become. “Alone adds” is the gain of one measure by itself; together they add less where they lift "
            "the same part. What must come first is ticked along with it. B finds the best "
            "plan for the effort at hand. Ticked but not counted is what the follow-up sheet (F) has as done or "
            "dropped, and what is not called for or does not suit here."
        ),
    )
    ACTS: ClassVar[tuple[Act, ...]] = (TICK, TURN, TURN_BACK, BEST, NONE, FOLLOW, *PAGING, SEARCH, MENU_BY_ESCAPE)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to tick and turn."""
        current = self.list.current if self.is_mounted else None
        onward = current == "write:" or (self.tab == "others" and current not in ticked(self.bench.session))
        return (CHOOSE if onward else TICK, BEST, TURN, FOLLOW, MENU, HELP)

    @property
    def judged(self) -> tuple[MeasureScore, ...]:
        """The measures judged for the present answers."""
        return self.bench.session.judged

    def rows(self) -> tuple[Row, ...]:
        """List the measures."""
        session, speech = self.bench.session, self.speech_in((self.list.size.width or self.size.width) - EDGES)
        if self.tab == "others":
            listed = left_out_rows(session, self.judged, ticked(session), speech)
        else:
            listed = measure_rows(session, self.judged, ticked(session), speech, by_phase=self.tab == "phase")
        return (*numbered([("write:", speech.tell(ON))]), *listed)

    def paint(self) -> None:
        """Draw list, effect and detail; at first the best measure is marked."""
        first = self.list.cursor is None
        super().paint()
        if first and self.tab != "others":
            ids = [row.id for row in self.list.rows if row.id and row.id != "write:"]
            self.list.show(self.list.rows, at=ids[0] if ids else None)
            if not ids:
                self.list.mark()
        chosen, every = counted(self.bench.session), ticked(self.bench.session)
        effect, more = effect_of(self.bench.session, chosen), len(every) - len(chosen)
        self.query_one("#effect", LineBlock).show([effect_line(effect, len(chosen), self.speech, more=more)])
        self._paint_detail(self.list.current)
        self.paint_hints()

    def _paint_detail(self, id: str | None) -> None:
        detail = self.query_one("#detail", RowList)
        judged = next((measure for measure in self.judged if measure.id == id), None)
        if judged is None:
            detail.show(())
            return
        speech = self.speech_in((detail.size.width or self.size.width) - EDGES)
        detail.show(measure_detail(self.bench.session, judged, speech))

    @on(RowList.Moved, "#rows")
    def _moved(self, message: RowList.Moved) -> None:
        message.stop()
        self._paint_detail(message.id)
        self.paint_hints()

    def chosen(self, id: str, how: How) -> None:
        """Go on; or tick or untick a measure, with what must come first or would be left without.

        Enter takes no tick away: from a measure that is ticked it goes on to the next, from the last to the report.
        """
        session = self.bench.session
        if id == "write:":
            from nqpf_assess.tui.results.report import ReportPage

            self.bench.switch_screen(ReportPage(at_once=True))
            return
        if self.tab == "others" and id not in ticked(session):
            self.say(NOT_HERE)
            return
        before = ticked(session)
        if how == "enter" and id in before:
            places = {row.id: index for index, row in enumerate(self.list.rows) if row.id}
            following = [index for index in places.values() if index > places[id]]
            self.list.move_to(min(following, default=places["write:"]))
            return
        ticks = toggled(session, id, self.judged)
        self.bench.changed(session.choose_measures(ticks.chosen))
        self.hush()  # what was said of the tick before
        self.repaint()
        measures, speech = session.instrument.questionnaire.countermeasures, self.speech
        told = ((ALONG if id not in before else ALONG_OFF, ticks.along), (STAYS, ticks.kept))
        said = (
            speech.tell(words, names=speech.grammar.list([speech.line(measures[other].title) for other in others]))
            for words, others in told
            if others
        )
        if words := speech.grammar.space.join(said):
            self.say_plainly(words)

    def action_best(self) -> None:
        """Show what each effort can gain at most, and take the plan that is chosen there."""
        self.bench.push_screen(BestPlanPage(), self._take)

    def _take(self, plan: Plan | None) -> None:
        if plan is None:
            return
        self.bench.changed(self.bench.session.choose_measures([step.id for step in plan.chosen]))
        self.repaint()
        assessed = self.bench.session.assessed
        order, card = [step.id for step in plan.chosen], self.bench.session.card
        why = first_reason(order, card, assessed.instrument.questionnaire, self.bench.language)
        gain = number(plan.gain)
        before, after = effect_of(self.bench.session, order).floored or (None, None)
        counted = gain if before is None or after is None else number(after - before)
        floored = "" if counted == gain else self.speech.grammar.bracketed(self.speech.tell(GAINED_AFTER, gain=counted))
        self.say(TAKEN, budget=plan.budget, count=len(plan.chosen), gain=gain, floored=floored, why=why)

    def action_follow(self) -> None:
        """Open the follow-up sheet."""
        from nqpf_assess.tui.results.following import FollowingPage

        self.hush()  # what is said of the ticks need not hold behind the sheet, nor what Ctrl+Z takes back
        self.bench.push_screen(FollowingPage())

    def action_untick(self) -> None:
        """Take all ticks away."""
        if not ticked(self.bench.session):
            self.say(NO_TICKS)
            return
        self.bench.changed(self.bench.session.choose_measures(()))
        self.say(UNTICKED)
        self.repaint()
