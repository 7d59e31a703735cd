"""What changed since last time, what came of the plan, and the follow-up sheet."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.following import follow_up
from nqpf_assess.engine.gaps import kpi_figures
from nqpf_assess.engine.migrating import migrate
from nqpf_assess.engine.scoring import assess, scored_here
from nqpf_assess.engine.states import read
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import _
from nqpf_assess.model.comparison import CAUSES, AssessmentComparison, NodeChange
from nqpf_assess.model.follow_up import Followed, FollowUpState
from nqpf_assess.report.blocks import Block, Callout, Paragraph, Slope, SlopeChart, Table, TableColumn, cells, runs
from nqpf_assess.report.comparison_tables import (
    OTHER_QUESTIONS,
    ComparisonTables,
    held,
    other_questions,
    plan_figures,
    plan_notes,
)
from nqpf_assess.report.comparison_text import ComparisonText, doubts_of, from_answers, names_of
from nqpf_assess.report.follow_up_text import follow_up_table, state_words
from nqpf_assess.report.outline.case import Case, Earlier
from nqpf_assess.report.outline.findings import dated, stated
from nqpf_assess.report.outline.phrases import MEASURES, and_more, counted, cut, raised
from nqpf_assess.report.wording import NO_FIGURE, covered, difference, number, period_in_sentence, rounded

SAME = _("Score unchanged since {then}")
HIGHER = _("{points} points higher since {then}{most}")
LOWER = _("{points} points lower since {then}{most}")
MOST_OF_IT = _(", the largest part of it from {pillar}")
UNTOLD = _("What changed since {then}")
PARTS = _("Where the effect of the answers comes from")
ANSWERS = _("Changed answers with the largest score change times weight")
PILLAR, QUESTION = _("Part"), _("Question")
NOT_PLANNED = _("No measures were recorded as chosen then, so results cannot be held against a plan.")
OUTCOME = _("What came of the plan")
EXCLAMATION = "! "


def headline(case: Case, earlier: Earlier) -> str:
    """State by how much the overall changed, and which pillar did most of it, where nothing else did as much.

    Where the parts would be others in another order, none is named: geometric means, facts that moved weights, pillars
    that had a score once.
    """
    found = earlier.told(case.language)
    then, _ = in_time(found, case.language)
    total = difference(found.overall.before, found.overall.after)
    if total is None:
        return case.say(UNTOLD, then=then)
    if not total:
        return case.say(SAME, then=then)
    sign, effects = (1 if total > 0 else -1), found.overall.effects
    moves = {(part.what, part.pillar): part.points for part in found.parts}
    moves |= {(cause, False): effects[cause] for cause in CAUSES[1:]}
    first, second = sorted(moves, key=lambda what: -sign * (moves[what] or 0.0))[:2]
    ahead, behind = (rounded(sign * (moves[what] or 0.0)) for what in (first, second))
    pillar, is_pillar = first
    steady = all((node.change.before is None) == (node.change.after is None) for node in found.of("pillar"))
    steady = steady and earlier.instrument.rules.means.pillars == "arithmetic"
    steady = steady and all(part.pillar or not part.points for part in found.parts)
    alone = steady and is_pillar and pillar in case.questionnaire.pillars and ahead > 0 and ahead > behind
    most = case.say(MOST_OF_IT, pillar=case.short(pillar)) if alone else ""
    return case.say(HIGHER if total > 0 else LOWER, then=then, points=number(abs(total)), most=most)


def in_time(found: AssessmentComparison, language: str) -> tuple[str, str]:
    """Name the two times within a sentence."""
    then, now = names_of(found)
    return period_in_sentence(then, language), period_in_sentence(now, language)


# ── In sentences ──

THREE = 3
FELL_FIRST = _("Fallen: {names}.")
FELL = _("{name} by {points} to {after}")
FELL_AS_A_WHOLE = _("{name} as a whole by {points} to {after}")
FELL_BY_WEIGHTS = _("{name} as a whole, by other weights, by {points} to {after}")
BEHIND = _("Behind it: {answer}.")
BEHIND_FIRST = _("Behind the first of these falls: {answer}.")
ROSE_WHOLE = _("The score rose from {before} to {after}.")
FELL_WHOLE = _("The score fell from {before} to {after}.")
SAME_WHOLE = _("The score stayed at {after}.")
NO_SCORE_THEN = _("There was no score then; it is {after} now.")
NO_SCORE_NOW = _("The score was {before} then; there is none now.")
ANSWERED_THEN = _(
    "Of the weight of the questions {before} was answered then, {after} now; scores rise and fall by that too."
)
BY_CONDITIONS = _(
    "{Conditions} answered otherwise than then moved the score by {points}, since other weights, scales or questions "
    "count."
)
NOT_THEN = _("did not count then")
ROSE_MOST = _("Most was gained in {names}.")
GAINED = _("{name} ({before} → {after})")
NOTHING_FELL = _("No part fell.")
NOTHING_SCORED_FELL = _("No part fell of those with a score both times.")


def doubtful(case: Case, earlier: Earlier) -> list[str]:
    """State what speaks against comparing: other names, the wrong order, a quick screening, another edition."""
    found = earlier.told(case.language)
    words = ComparisonText(found, earlier.questionnaires, case.language, hints=False)
    # That this time's edition is another one is said beside how sure the result is, but for answers that were lost.
    read = [(found.old, "questionnaire"), (found.old, "weights")]
    read += [(found.new, "questionnaire")] if found.new.unfit else []
    editions = [said for side, key in read for said in words.edition(side, key)]
    doubts = (*map(words.say, doubts_of(found.old.subject, found.new.subject)), *words.mode(), *editions)
    return [raised(said.removeprefix(EXCLAMATION)) for said in doubts]


def movement(case: Case, earlier: Earlier, *, causes: bool = False) -> list[str]:
    """State in sentences what changed since last time, what fell first.

    A pillar falls without any of its dimensions where other weights measure it, or one has its first score.

    `causes`: also how much of it is due to other weights, another questionnaire or other facts, and that another part
    was answered.
    """
    found = earlier.told(case.language)
    every = [node for node in found.nodes if node.change.total is not None and node.id in case.nodes]
    shown = {node.id: difference(node.change.before, node.change.after) or 0.0 for node in every}
    nodes = [node for node in every if node.level == "dimension"]
    within = {node.parent for node in nodes if shown[node.id] < 0}
    alone = [node for node in every if node.level == "pillar" and node.id not in within]
    fallen = sorted((n for n in (*nodes, *alone) if shown[n.id] < 0), key=lambda n: (shown[n.id], n.change.total))
    risen = sorted((n for n in nodes if shown[n.id] > 0), key=lambda n: (-shown[n.id], -(n.change.total or 0.0)))
    said = [*(_fallen(case, earlier, fallen) if fallen else []), *_whole(case, earlier, causes=causes)]
    if risen:
        gained = [
            case.say(
                GAINED,
                name=case.in_sentence(case.short(node.id)),
                before=number(node.change.before),
                after=number(node.change.after),
            )
            for node in risen[:THREE]
        ]
        said.append(case.say(ROSE_MOST, names=case.listed(gained)))
    if not fallen and nodes:
        once = any((n.change.before is None) != (n.change.after is None) for n in found.of("dimension"))
        said.append(case.say(NOTHING_SCORED_FELL if once else NOTHING_FELL))
    return said


def _fallen(case: Case, earlier: Earlier, fallen: Sequence[NodeChange]) -> Iterator[str]:
    """State what fell and by how much, and what stands behind the largest fall."""
    found = earlier.told(case.language)
    names = [
        case.say(
            FELL if node.level != "pillar" else FELL_BY_WEIGHTS if _by_weights(found, node) else FELL_AS_A_WHOLE,
            name=case.in_sentence(case.short(node.id)),
            points=number(abs(difference(node.change.before, node.change.after) or 0.0)),
            after=number(node.change.after),
        )
        for node in fallen
    ]
    listed = and_more(case, names, THREE) if len(names) > THREE else case.grammar.join(names)
    yield case.say(FELL_FIRST, names=listed)
    why = "" if fallen[0].level == "pillar" else _worst_answer(case, fallen[0], earlier)
    if why:
        yield case.say(BEHIND if len(fallen) == 1 else BEHIND_FIRST, answer=case.in_sentence(why))


def _whole(case: Case, earlier: Earlier, *, causes: bool) -> Iterator[str]:
    """State what became of the overall score; with `causes`, how much of it is due to what, and what was answered."""
    found = earlier.told(case.language)
    overall = found.overall
    total = difference(overall.before, overall.after)
    if total is not None:
        words = SAME_WHOLE if not total else ROSE_WHOLE if total > 0 else FELL_WHOLE
        yield case.say(words, before=number(overall.before), after=number(overall.after))
    if not causes:
        return
    if total is not None:
        text = ComparisonText(found, earlier.questionnaires, case.language, hints=False)
        yield from text.attributed() if text.shown_causes() else ()
        by_facts = ComparisonTables(found, earlier.questionnaires, case.language).of_facts()
        if by_facts and not found.other_mode and not held(found):
            yield case.say(BY_CONDITIONS, points=number(by_facts, signed=True))
        yield from text.aimed()
        yield from text.floored() if text.capped() else ()
    elif (overall.before, overall.after) != (None, None):
        words = NO_SCORE_THEN if overall.before is None else NO_SCORE_NOW
        yield case.say(words, before=number(overall.before), after=number(overall.after))
    if not other_questions(found):
        return
    answered = [covered(side.card.overall.coverage) for side in (found.old, found.new)]
    if answered[0] != answered[1] and NO_FIGURE not in answered:
        yield case.say(ANSWERED_THEN, before=answered[0], after=answered[1])
    elif not found.other_mode:
        yield case.say(OTHER_QUESTIONS)


def _by_weights(found: AssessmentComparison, node: NodeChange) -> bool:
    """Return whether other weights made a part fall, which nothing else did."""
    effects = node.change.effects
    fell = {cause for cause in found.told if (effects[cause] or 0.0) < -TOLERANCE}
    return fell == {"weights"} and node.change.unsplit is None


def _worst_answer(case: Case, dimension: NodeChange, earlier: Earlier) -> str:
    """State the answer that pulled a dimension down most, as it is now; "" where it is given no more.

    By the weight that it has; one without a score then or now counts from the dimension's score then, or to it. Of one
    that had none then nobody knows that it fell, and this is said.
    """
    within, mean = set(case.questionnaire.questions_of[dimension.id]), dimension.change.before or 0.0
    pulls: dict[str, float] = {}
    fresh: set[str] = set()
    for node in earlier.comparison.of("question"):
        if node.id in within and (node.change.before, node.change.after) != (None, None):
            before, after = (mean if end is None else end for end in (node.change.before, node.change.after))
            pulls[node.id] = case.nodes[node.id].weight * (after - before - _by_other_scale(case, node, earlier))
            fresh |= {node.id} if node.change.before is None else set()
    worst = min(pulls, key=lambda id: pulls[id], default="")
    told = "" if not worst or pulls[worst] >= 0 else stated(case, worst, told_as="gap")
    return told + case.grammar.bracketed(case.say(NOT_THEN)) if told and worst in fresh else told


def _by_other_scale(case: Case, question: NodeChange, earlier: Earlier) -> float:
    """Return what another edition, or a scale that counts since a fact is another one, did to a question's score.

    A figure may be better than then and yet earn less: that is no fall of the answer.
    """
    sides, before = (earlier.comparison.old, earlier.comparison.new), question.change.before
    scales = case.instrument.scales.get(question.id)
    if len({side.questionnaire.used.digest for side in sides}) > 1:
        return question.change.effects["questionnaire"] or 0.0
    if scales is None or not scales.cases or before is None or question.change.after is None:
        return 0.0
    asked = case.questionnaire.questions[question.id]
    then = read(earlier.instrument, migrate(earlier.instrument, earlier.answers).answers).questions[question.id].value
    here = scored_here(case.instrument, question.id, case.assessed.view)
    rescored = None if then is None else kind_of(asked).score(asked, then, here)
    return 0.0 if rescored is None else rescored - before


GOALS = _("Of the {measures} chosen then: {states}. Hoped for were {gain} points; the answers brought {achieved}.")
GOALS_NO_STATE = _("The {measures} chosen then were to bring {gain} points; the answers brought {achieved}.")
GOALS_ONE = _("The one measure chosen then: {states}. Hoped for were {gain} points; the answers brought {achieved}.")
GOALS_ONE_NO_STATE = _("The one measure chosen then was to bring {gain} points; the answers brought {achieved}.")


def outcome(case: Case, earlier: Earlier) -> list[str]:
    """State what came of last time's plan."""
    planned = earlier.comparison.planned
    if planned is None or planned.gain is None or planned.achieved is None:
        return []
    states = [measure.state for measure in planned.measures]
    alone = len(states) == 1
    told = [
        case.tell(state_words(state))
        if alone
        else case.say(_("{n} {state}"), n=states.count(state), state=case.tell(state_words(state)))
        for state in (*ORDER, None)
        if state in states
    ]
    kept = any(measure.state for measure in planned.measures)
    without_state, with_state = (GOALS_ONE_NO_STATE, GOALS_ONE) if alone else (GOALS_NO_STATE, GOALS)
    return [
        case.say(
            with_state if kept else without_state,
            measures=counted(case, len(planned.measures), MEASURES),
            states=case.grammar.list(told),
            gain=number(planned.gain),
            achieved=number(from_answers(earlier.comparison.uncapped)),
        ),
        *map(case.say, plan_figures(earlier.comparison)),
    ]


def change_blocks(case: Case, earlier: Earlier) -> Iterator[Block]:
    """Yield the section without its heading."""
    found = earlier.told(case.language)
    words = ComparisonText(found, earlier.questionnaires, case.language, hints=False)
    tables = ComparisonTables(found, earlier.questionnaires, case.language)
    for doubt in words.doubts():
        yield Callout(case.say(_("Read with care")), runs(raised(doubt.removeprefix(EXCLAMATION))), "warn")
    yield Paragraph(runs(case.grammar.sentence(words.score())), "lead")
    yield Paragraph(runs(case.grammar.paragraph(movement(case, earlier))))
    yield Paragraph(runs(case.grammar.paragraph([*words.causes(), *words.editions()])))
    yield from _slopes(case, found)
    rows = [node for node in found.nodes if node.level != "question"]
    pillars = frozenset(place for place, node in enumerate(rows) if node.level == "pillar")
    yield replace(_captioned(words.nodes(), case.say(_("Change of every pillar and dimension"))), bold_rows=pillars)
    answers = tables.answers(everything=False)
    rest = ((tables.parts(), PARTS, PILLAR), (answers and replace(answers, note=""), ANSWERS, QUESTION))
    for table, caption, first in rest:
        if table is not None:
            columns = (replace(table.columns[0], title=case.say(first)), *table.columns[1:])
            yield _captioned(replace(table, columns=columns), case.say(caption))


def _captioned(table: Table, caption: str) -> Table:
    """Put a caption above a table, and begin its column heads as a report does."""
    columns = tuple(replace(column, title=raised(column.title)) for column in table.columns)
    return replace(table, columns=columns, caption=caption)


def _slopes(case: Case, found: AssessmentComparison) -> Iterator[SlopeChart]:
    pillars = [node for node in found.of("pillar") if (node.change.before, node.change.after) != (None, None)]
    if not pillars:
        return
    then, now = in_time(found, case.language)
    rises = [difference(node.change.before, node.change.after) for node in pillars]
    up, down = sum((rise or 0.0) > 0 for rise in rises), sum((rise or 0.0) < 0 for rise in rises)
    caption = case.say(_("Pillars, {then} and {now}: {up} higher, {down} lower"), then=then, now=now, up=up, down=down)
    if open_ends := rises.count(None):
        caption += case.say(_(", {n} without a score then or now"), n=open_ends)
    items = [
        case.say(
            _("{name} {before} to {after}"),
            name=_name(case, node),
            before=number(node.change.before),
            after=number(node.change.after),
        )
        for node in pillars
    ]
    lines = []
    for node, rise in zip(pillars, rises, strict=True):
        value = number(node.change.after)
        value += "" if rise is None else case.grammar.bracketed(number(rise, signed=True))
        lines.append(Slope(_name(case, node), node.change.before, node.change.after, value))
    yield SlopeChart(
        tuple(lines),
        *names_of(found),
        caption,
        case.say(_("Pillar scores {then} and {now}: {items}."), then=then, now=now, items=case.series(items)),
    )


def _name(case: Case, node: NodeChange) -> str:
    return case.short(node.id) if node.id in case.questionnaire.pillars else case.tell(node.title)


# ── What came of the plan ──


def planned_blocks(case: Case, earlier: Earlier) -> Iterator[Block]:
    """Hold what was planned then against what came of it."""
    found = earlier.told(case.language)
    tables = ComparisonTables(found, earlier.questionnaires, case.language)
    if found.planned is None:
        yield Paragraph(runs(case.say(NOT_PLANNED)))
        return
    yield Paragraph(runs(case.grammar.paragraph([*outcome(case, earlier), *map(case.say, plan_notes(found))])))
    if not sheet_of(case):
        yield _captioned(tables.measures(found.planned), case.say(_("Measures chosen then")))
    if found.planned.lifts:
        yield _captioned(tables.lifts(found.planned), case.say(_("Expected and achieved, by dimension")))


MOST_GOALS = 8


def goals_table(case: Case) -> Table | None:
    """Set the goals of last time beside what came of them; None where no measure was chosen then."""
    earlier = case.earlier
    planned = None if earlier is None else earlier.told(case.language).planned
    if earlier is None or planned is None:
        return None
    then = assess(earlier.instrument, migrate(earlier.instrument, earlier.answers).answers)
    known = earlier.instrument.questionnaire.countermeasures
    followed = any(measure.state for measure in planned.measures)
    goals = [(measure, kpi_figures(then, known[measure.id])) for measure in planned.measures[:MOST_GOALS]]
    asked_now = {node.was: node.id for node in earlier.comparison.of("question") if node.id in case.nodes}
    columns = (
        TableColumn(case.say(_("Measure chosen then")), 2.2),
        TableColumn(case.say(_("Goal set then")), 3.0),
        TableColumn(case.say(_("Now")), 1.1),
        TableColumn(case.say(_("Progress")), 0.9),
    )
    told = tuple(
        cells(
            case.tell(measure.title),
            case.tell(kpi.filled(known[measure.id].kpi)),
            dated(case, asked, case.answer(asked)) if (asked := asked_now.get(kpi.question or "")) else NO_FIGURE,
            case.tell(state_words(measure.state)) if followed else NO_FIGURE,
        )
        for measure, kpi in goals
    )
    total = len(planned.measures)
    note = cut(case, MOST_GOALS, total)
    return Table(columns, told, note=note)


# ── The follow-up sheet ──

ORDER: tuple[FollowUpState, ...] = ("done", "under_way", "not_begun", "dropped")


def sheet_of(case: Case) -> tuple[Followed, ...]:
    """Return the sheet as it stands on the day of the report; nothing where nobody has kept one."""
    before = case.earlier.answers if case.earlier is not None else None
    if not case.answers.follow_up and (before is None or not before.follow_up):
        return ()
    return follow_up(case.questionnaire, case.answers, date.fromisoformat(case.date), earlier=before)


def follow_up_headline(case: Case, sheet: tuple[Followed, ...]) -> str:
    """Count the measures by how far they have come."""
    counts = Counter(row.noted for row in sheet)
    told = [
        case.say(_("{n} {state}"), n=counts[state], state=case.tell(state_words(state)))
        for state in (*ORDER, None)
        if state in counts
    ]
    return case.say(_("Follow-up: {counts}"), counts=case.listed(told))


def sheet_blocks(case: Case, sheet: tuple[Followed, ...]) -> Iterator[Block]:
    """Yield the sheet, and what is overdue before it."""
    late = [case.tell(row.title) or row.measure for row in sheet if row.overdue]
    if late:
        yield Callout(
            case.say(_("Overdue")),
            runs(case.grammar.sentence(case.series(late))),
            "warn",
        )
    yield follow_up_table(sheet, case.language)
