"""What changed since last time, what came of the plan, and the follow-up sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.comparing.parts import FACTS
from nqpf_assess.engine.following import follow_up
from nqpf_assess.engine.gaps import kpi_figures
from nqpf_assess.engine.migrating import migrate
from nqpf_assess.engine.scoring import assess
from nqpf_assess.locale import _
from nqpf_assess.model.comparison import AssessmentComparison, NodeChange
from nqpf_assess.model.follow_up import Followed
from nqpf_assess.report.blocks import Block, Callout, Paragraph, Slope, SlopeChart, Table, TableColumn, cells, runs
from nqpf_assess.report.comparison_tables import (
    NOT_PLANNED,
    OTHER_QUESTIONS,
    ComparisonTables,
    other_questions,
    plan_words,
)
from nqpf_assess.report.comparison_text import OVERRIDES, ComparisonText, doubts_of, held, names_of
from nqpf_assess.report.follow_up_text import counted_states, follow_up_table, state_words
from nqpf_assess.report.outline.case import Case, Earlier
from nqpf_assess.report.outline.findings import dated, stated
from nqpf_assess.report.outline.phrases import and_more, cut, raised
from nqpf_assess.report.wording import NO_FIGURE, difference, number, period_in_sentence

SAME = _("Score unchanged since {then}")
HIGHER = _("{points} points higher since {then}")
LOWER = _("{points} points lower since {then}")
UNTOLD = _("What changed since {then}")
PARTS = _("Where the effect of the answers comes from")
ANSWERS = _("Changed answers with the largest score change times weight")
PILLAR, QUESTION = _("Part"), _("Question")
OUTCOME = _("What came of the plan")
EXCLAMATION = "! "


def headline(case: Case, earlier: Earlier) -> str:
    """State by how much the overall changed."""
    found = earlier.told(case.language)
    then, _ = in_time(found, case.language)
    total = difference(found.overall.before, found.overall.after)
    if total is None:
        return case.say(UNTOLD, then=then)
    if not total:
        return case.say(SAME, then=then)
    return case.say(HIGHER if total > 0 else LOWER, then=then, points=number(abs(total)))


def in_time(found: AssessmentComparison, language: str) -> tuple[str, str]:
    """Name the two times within a sentence."""
    then, now = names_of(found)
    return period_in_sentence(then, language), period_in_sentence(now, language)


# ── In sentences ──

THREE = 3
FELL_FIRST = _("Fallen: {names}.")
FELL = _("{name} by {points} to {after}")
FELL_AS_A_WHOLE = _("{name} as a whole by {points} to {after}")
BEHIND = _("Behind it: {answer}.")
BEHIND_FIRST = _("Behind the first of these falls: {answer}.")
ROSE_WHOLE = _("The score rose from {before} to {after}.")
FELL_WHOLE = _("The score fell from {before} to {after}.")
SAME_WHOLE = _("The score stayed at {after}{bands}.")
NO_SCORE_THEN = _("There was no score then; it is {after} now.")
NO_SCORE_NOW = _("The score was {before} then; there is none now.")
BY_CONDITIONS = _(
    "{Conditions} answered otherwise than then moved {score} by {points}, since other weights, scales or questions "
    "count."
)
SCORE, SCORE_BEFORE_FLOORS = _("the score"), _("the score before the floors")
RISEN = _("Risen: {names}.")
GAINED = _("{name} ({before} → {after})")
NOTHING_FELL = _("No part fell of those with a score both times.")


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

    `causes`: also what became of the score as a whole, and how much of it is due to what.
    """
    found = earlier.told(case.language)
    every = [node for node in found.nodes if node.change.total is not None and node.id in case.nodes]
    shown = {node.id: difference(node.change.before, node.change.after) or 0.0 for node in every}
    nodes = [node for node in every if node.level == "dimension"]
    within = {node.parent for node in nodes if shown[node.id] < 0}
    alone = [node for node in every if node.level == "pillar" and node.id not in within]
    fallen = sorted((n for n in (*nodes, *alone) if shown[n.id] < 0), key=lambda n: (shown[n.id], n.change.total))
    risen = sorted((n for n in nodes if shown[n.id] > 0), key=lambda n: (-shown[n.id], -(n.change.total or 0.0)))
    said = [*(_fallen(case, earlier, fallen) if fallen else []), *(_whole(case, earlier) if causes else ())]
    if risen:
        gained = [
            case.say(
                GAINED,
                name=case.in_sentence(case.short(node.id)),
                before=number(node.change.before),
                after=number(node.change.after),
            )
            for node in risen
        ]
        said.append(case.say(RISEN, names=and_more(case, gained, THREE)))
    if nodes and all((node.change.total or 0.0) > -TOLERANCE for node in (*nodes, *alone)):  # print may hide a fall
        said.append(case.say(NOTHING_FELL))
    return said


def _fallen(case: Case, earlier: Earlier, fallen: Sequence[NodeChange]) -> Iterator[str]:
    """State what fell and by how much, and what stands behind the largest fall."""
    names = [
        case.say(
            FELL_AS_A_WHOLE if node.level == "pillar" else FELL,
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


def _whole(case: Case, earlier: Earlier) -> Iterator[str]:
    """State what became of the overall score, how much of it is due to what, and that other questions count."""
    found = earlier.told(case.language)
    overall = found.overall
    total = difference(overall.before, overall.after)
    if total is not None:
        words = SAME_WHOLE if not total else ROSE_WHOLE if total > 0 else FELL_WHOLE
        text = ComparisonText(found, earlier.questionnaires, case.language, hints=False)
        bands = text.bands() if found.old.band != found.new.band else ""
        yield case.say(words, before=number(overall.before), after=number(overall.after), bands=bands)
        yield from text.attributed() if text.shown_causes() else ()
        if found.overrides_changed:
            yield case.say(OVERRIDES)
        by_facts = ComparisonTables(found, earlier.questionnaires, case.language).of_facts()
        if by_facts and not found.other_mode:
            moved = SCORE_BEFORE_FLOORS if held(found) else SCORE
            yield case.say(BY_CONDITIONS, score=moved, points=number(by_facts, signed=True))
        yield from text.aimed()
        yield from text.floored()
    elif (overall.before, overall.after) != (None, None):
        words = NO_SCORE_THEN if overall.before is None else NO_SCORE_NOW
        yield case.say(words, before=number(overall.before), after=number(overall.after))
    if other_questions(found) and not found.other_mode:  # which is said before it
        yield case.say(OTHER_QUESTIONS)


def _worst_answer(case: Case, dimension: NodeChange, earlier: Earlier) -> str:
    """State the answer that pulled a dimension down most, as it is now; "" where another pulled as much.

    Nor is any told where it is not the answer alone that fell.

    One without a score then or now counts from the dimension's score then, or to it. Of one that had none then nobody
    knows that it fell; and a figure may be better than then and yet earn less, by another edition or a scale that
    counts since a fact is another one.
    """
    within, mean = set(case.questionnaire.questions_of[dimension.id]), dimension.change.before or 0.0
    changes = {node.id: node.change for node in earlier.comparison.of("question") if node.id in within}
    pulls: dict[str, float] = {}
    for id, change in changes.items():
        if (change.before, change.after) != (None, None):
            before, after = (mean if end is None else end for end in (change.before, change.after))
            pulls[id] = case.nodes[id].weight * (after - before)
    worst = min(pulls, key=lambda id: pulls[id], default="")
    if not worst or pulls[worst] >= 0 or sum(pull - pulls[worst] < TOLERANCE for pull in pulls.values()) > 1:
        return ""
    total, answered = changes[worst].total, changes[worst].effects["answers"]
    parts, scales = earlier.comparison.parts, case.instrument.scales.get(worst)
    by_facts = any(part.what == FACTS and not part.pillar and part.points != 0 for part in parts)
    by_scale = by_facts and scales is not None and scales.cases
    alone = total is not None and answered is not None and abs(total - answered) < TOLERANCE and not by_scale
    return stated(case, worst, told_as="gap") if alone else ""


def outcome(case: Case, earlier: Earlier) -> list[str]:
    """State what came of last time's plan."""
    return list(plan_words(earlier.comparison, case.language, notes=False))


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
    yield Paragraph(runs(case.grammar.paragraph(list(plan_words(found, case.language)))))
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
        *([TableColumn(case.say(_("Progress")), 0.9)] if followed else ()),
    )
    told = tuple(
        cells(
            case.tell(measure.title),
            case.tell(kpi.filled(known[measure.id].kpi)),
            dated(case, asked, case.answer(asked)) if (asked := asked_now.get(kpi.question or "")) else NO_FIGURE,
            *([case.tell(state_words(measure.state))] if followed else ()),
        )
        for measure, kpi in goals
    )
    total = len(planned.measures)
    note = cut(case, MOST_GOALS, total)
    return Table(columns, told, note=note)


# ── The follow-up sheet ──


def sheet_of(case: Case) -> tuple[Followed, ...]:
    """Return the sheet as it stands on the day of the report; nothing where nobody has kept one."""
    before = case.earlier.answers if case.earlier is not None else None
    if not case.answers.follow_up and (before is None or not before.follow_up):
        return ()
    return follow_up(case.questionnaire, case.answers, date.fromisoformat(case.date), earlier=before)


def follow_up_headline(case: Case, sheet: tuple[Followed, ...]) -> str:
    """Count the measures by how far they have come."""
    return case.say(_("Follow-up: {counts}"), counts=counted_states((row.noted for row in sheet), case.language))


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
