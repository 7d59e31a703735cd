"""What a comparison says beside the nodes: where the change comes from, which answers moved, what came of the plan."""

from collections.abc import Iterator, Mapping

from nqpf_assess.engine.comparing.parts import FACTS as FACTS_PART
from nqpf_assess.engine.comparing.parts import PERIOD as PERIOD_PART
from nqpf_assess.locale import Text, _, _c, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.comparison import (
    CAUSES,
    AnswerChange,
    AssessmentComparison,
    Planned,
    SeenAnswer,
)
from nqpf_assess.model.questionnaire import Questionnaire, title_of
from nqpf_assess.report.blocks import Table, TableColumn, cells
from nqpf_assess.report.comparison_text import ComparisonText, effects_shown, from_answers, held, names_of
from nqpf_assess.report.follow_up_text import counted_states, day, state_words
from nqpf_assess.report.shown_answers import shown_answer
from nqpf_assess.report.wording import NO_FIGURE, adding_up, difference, number, rounded

MOST_ANSWERS = 12

PARTS = _("effect of the answers, part by part")
POINTS, POINTS_BEFORE_FLOORS = _("points of the overall"), _("points of the overall before the floors")
IN_THIS_ORDER = _(
    "The new answers are taken over one part after another, in this order. In another order the parts may differ, "
    "their sum would not."
)
FACTS, FIRM_FACTS = _("local conditions"), _("the firm's conditions")
ASKED = _("{conditions}, and which questions are asked")
PERIOD = _("the year described, by which days are scored")
QUESTION = _("changed answers, by score change times weight")
SCORE_CHANGE = _("score change")
MORE_ANSWERS = _("… and {count} more; --all shows them.")

NOT_PLANNED = _("No measures were recorded as chosen then, so results cannot be held against a plan.")
CHOSEN = _("Measures chosen then: {count}{states}.")
BROUGHT = _("At most {gain} points were expected once all are done; so far the answers brought {achieved}.")
BEFORE_FLOORS = _("Both count the score before the floors.")
AFTER_FLOORS = _("Both count the score before the floors; after them the plan was to bring {gain}.")
DIMENSIONS = _("Dimensions that were to be lifted: {n}; lifted by the answers: {risen}.")
PLAN_NOTE = _("Achieved is what the new answers moved, whatever brought it about.")
OTHER_QUESTIONS = _(
    "Not the same questions count in each part both times: a part may have risen or fallen, and a floor been broken or "
    "lifted, by that alone."
)
MEASURE, LEAD = _("measure"), _("lead")
STATE, DEADLINE = _c("of a measure", "state"), _("deadline")
DIMENSION = _("dimension")
EXPECTED, ACHIEVED, UNTOLD = _("expected"), _("achieved"), _("cannot be told")


def comparison_lines(
    comparison: AssessmentComparison,
    questionnaires: tuple[Questionnaire, Questionnaire],
    language: str,
    *,
    width: int,
    everything: bool = False,
) -> Iterator[str]:
    """Write a comparison as plain text, no wider than `width` cells; `everything`: with every question and answer."""
    from nqpf_assess.report.text import table_lines

    words = ComparisonText(comparison, questionnaires, language)
    yield from words.head()
    yield ""
    yield from table_lines(words.nodes(questions=everything), width)
    rest = ComparisonTables(comparison, questionnaires, language)
    for table in (rest.parts(), rest.answers(everything=everything)):
        if table is not None:
            yield ""
            yield from table_lines(table, width)
            yield from (table.note,) if table.note else ()
    if comparison.planned is not None:
        yield ""
        yield from plan_words(comparison, language)
        for table in rest.plan(comparison.planned):
            yield ""
            yield from table_lines(table, width)


def plan_words(comparison: AssessmentComparison, language: str, *, notes: bool = True) -> Iterator[str]:
    """State what became of the measures chosen then, what was expected of them, and what the answers brought.

    `notes`: also what stands behind that: not every rise is a plan's merit, nor every fall its fault.
    """
    planned = comparison.planned
    if planned is None:
        return
    states = [measure.state for measure in planned.measures]
    kept = grammar(language).bracketed(counted_states(states, language)) if any(states) else ""
    yield tell(CHOSEN, language, count=len(states), states=kept)
    for words in (*_plan_figures(comparison, planned), *(_plan_notes(comparison) if notes else ())):
        yield tell(words, language)


def _plan_notes(comparison: AssessmentComparison) -> Iterator[Text]:
    yield PLAN_NOTE
    if other_questions(comparison):
        yield OTHER_QUESTIONS


def _plan_figures(comparison: AssessmentComparison, planned: Planned) -> Iterator[Text]:
    """Say what a plan was to bring and what the answers brought, and in how many of the parts that it was to lift.

    The answers are those to all questions, also where no measure was to lift anything.
    """
    if planned.gain is None or planned.achieved is None:
        return
    yield fill(BROUGHT, gain=number(planned.gain), achieved=number(from_answers(comparison.uncapped)))
    if number(planned.gain) != number(planned.gain_after_floors):
        yield fill(AFTER_FLOORS, gain=number(planned.gain_after_floors))
    elif held(comparison):
        yield BEFORE_FLOORS
    changes = {node.was: node.change for node in comparison.nodes if node.level == "dimension"}
    achieved = [from_answers(changes[lift.id]) for lift in planned.lifts if lift.achieved is not None]
    if achieved and len(achieved) == len(planned.lifts):
        risen = sum(rounded(points or 0.0) > 0 for points in achieved)
        yield fill(DIMENSIONS, n=str(len(achieved)), risen=str(risen))


def other_questions(comparison: AssessmentComparison) -> bool:
    """Return whether other questions count in some part than then; as much may be answered both times, not the same."""
    sides = (comparison.old, comparison.new)
    then, now = ({node.id for node in side.card.nodes if node.applicable_weight > 0} for side in sides)
    once = any(
        (node.was in then) != (node.id in now) or node.change.why in ("first_score", "lost_score")
        for node in comparison.of("question")
    )
    return comparison.other_mode or comparison.regrouped or once


class ComparisonTables:
    """The tables behind that of the nodes. `questionnaires`: the old edition and the new one."""

    def __init__(
        self, comparison: AssessmentComparison, questionnaires: tuple[Questionnaire, Questionnaire], language: str
    ) -> None:
        self.comparison, self.language = comparison, language
        self.old, self.new = questionnaires

    def _say(self, words: Text, **values: object) -> str:
        return tell(words, self.language, **values)

    def parts(self) -> Table | None:
        """Where the effect of the answers comes from, adding up; None where that cannot be told, or is nowhere."""
        parts = self.comparison.parts
        shown = self._shares()
        if not shown:
            return None
        facts: Text = FIRM_FACTS if self.old.subject == "firm" else FACTS
        if self.comparison.other_mode:
            facts = fill(ASKED, conditions=facts)
        named = {FACTS_PART: facts, PERIOD_PART: PERIOD}
        rows = [
            cells(self._say(title_of(self.old, part.what) if part.pillar else named[part.what]), number(p, signed=True))
            for part, p in zip(parts, shown, strict=True)
            if part.points
        ]
        points = POINTS_BEFORE_FLOORS if held(self.comparison) else POINTS
        columns = (TableColumn(self._say(PARTS), 3.0), TableColumn(self._say(points), 1.0, "right"))
        return Table(columns, tuple(rows), note=self._say(IN_THIS_ORDER) if len(rows) > 1 else "")

    def of_facts(self) -> float:
        """What the facts did to the overall before the floors, as the table of the parts prints it; else 0."""
        shown = zip(self.comparison.parts, self._shares(), strict=False)
        return next((points for part, points in shown if part.what == FACTS_PART and not part.pillar), 0.0)

    def _shares(self) -> list[float]:
        """Round the parts of the effect of the answers, which add up; [] where it cannot be told, or is nowhere."""
        uncapped, parts = self.comparison.uncapped, self.comparison.parts
        whole = dict(zip(CAUSES, effects_shown(uncapped, CAUSES), strict=True))["answers"]
        if whole is None or any(part.points is None for part in parts) or not any(part.points for part in parts):
            return []
        return list(adding_up(whole, [part.points or 0.0 for part in parts]))

    def answers(self, *, everything: bool) -> Table | None:
        """The answers that changed, those first whose change of score weighs most in the overall."""
        changes, moves = {node.id: node for node in self.comparison.of("question")}, self._moves()
        moved = sorted(self.comparison.answers, key=lambda one: -moves.get(one.id, 0.0))
        known = moved if everything else [one for one in moved if moves.get(one.id)][:MOST_ANSWERS]
        if not known:
            return None
        rows = [
            cells(
                self._say(one.title),
                self._seen(one, one.before, self.old),
                self._seen(one, one.after, self.new),
                number(difference((then := changes[one.id].change).before, then.after), signed=True)
                if one.id in changes
                else NO_FIGURE,
            )
            for one in known
        ]
        more = len(moved) - len(known)
        note = self._say(MORE_ANSWERS, count=more) if more else ""
        return Table(
            (
                TableColumn(self._say(QUESTION), 3.0),
                *(TableColumn(name, 1.2) for name in names_of(self.comparison)),
                TableColumn(self._say(SCORE_CHANGE), 0.7, "right"),
            ),
            tuple(rows),
            note=note,
        )

    def _moves(self) -> Mapping[str, float]:
        """Return about how far each answer moved the overall: the change of its score by the weight it carries now.

        An answer that is given for the first time, or no more, moved what it is part of: without it a question counts
        as what is answered beside it, by the weight that it has where it applies. What was not asked is no answer's
        doing.
        """
        found: dict[str, float] = {}
        nodes = {(node.level == "question", node.id): node for node in self.comparison.nodes}
        now, then = (
            {node.id: node.applicable_weight for node in side.card.nodes}
            for side in (self.comparison.new, self.comparison.old)
        )
        for one in self.comparison.answers:
            node = nodes.get((True, one.id))
            unasked = any(seen is None or seen.state == "hidden" for seen in (one.before, one.after))
            if node is None or unasked or node.change.why in ("new", "gone", "no_score"):
                continue
            dimension = nodes[False, node.parent or ""]
            above = dimension.change, nodes[False, dimension.parent or ""].change, self.comparison.uncapped
            before = next((each.before for each in (node.change, *above) if each.before is not None), None)
            after = next((each.after for each in (node.change, *above) if each.after is not None), None)
            if before is not None and after is not None:
                found[one.id] = abs(after - before) * (now.get(one.id) or then.get(one.was, 0.0))
        return found

    def _seen(self, one: AnswerChange, seen: SeenAnswer | None, questionnaire: Questionnaire) -> str:
        id = one.was if questionnaire is self.old else one.id
        state, value = ("hidden", None) if seen is None else (seen.state, seen.value)  # None: not asked in that edition
        return shown_answer(questionnaire, id, state, value, self.language)

    def plan(self, planned: Planned) -> tuple[Table, ...]:
        """The measures chosen then and, where they were to lift any dimension, what came of it."""
        return (self.measures(planned), *((self.lifts(planned),) if planned.lifts else ()))

    def measures(self, planned: Planned) -> Table:
        """The measures chosen then, who leads them and, where a sheet was kept, how far they have come."""
        followed = any(measure.state for measure in planned.measures)
        columns = [TableColumn(self._say(MEASURE), 3.0), TableColumn(self._say(LEAD), 1.5)]
        columns += [TableColumn(self._say(STATE), 1.0), TableColumn(self._say(DEADLINE), 1.2)] if followed else []
        rows = []
        for measure in planned.measures:
            state = self._say(state_words(measure.state))
            more = (state, day(measure.deadline)) if followed else ()
            rows.append(cells(self._say(measure.title), self._say(measure.lead), *more))
        return Table(tuple(columns), tuple(rows))

    def lifts(self, planned: Planned) -> Table:
        """What was expected of each dimension, and what came of it."""
        columns = (
            TableColumn(self._say(DIMENSION), 3.0),
            TableColumn(self._say(EXPECTED), 0.8, "right"),
            TableColumn(self._say(ACHIEVED), 1.2, "right"),
        )
        changes = {node.was: node.change for node in self.comparison.nodes if node.level == "dimension"}
        rows = []
        for lift in planned.lifts:
            known = lift.achieved is not None
            achieved = number(from_answers(changes[lift.id]), signed=True) if known else self._say(UNTOLD)
            rows.append(cells(self._say(lift.title), number(lift.planned, signed=True), achieved))
        return Table(columns, tuple(rows))
