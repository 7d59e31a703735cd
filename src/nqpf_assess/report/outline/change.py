"""What changed since last time: slopes of the pillars, why the score moved, which answers, what came of the plan."""

from collections.abc import Iterator
from dataclasses import replace

from nqpf_assess.model.comparison import Comparison, NodeChange, Planned
from nqpf_assess.model.text import text
from nqpf_assess.report.blocks import Block, Callout, Paragraph, Slope, SlopeChart, Table, runs
from nqpf_assess.report.comparison_tables import ComparisonTables
from nqpf_assess.report.comparison_text import ComparisonText, in_words, names_of
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.earlier import Earlier
from nqpf_assess.report.outline.phrases import raised
from nqpf_assess.report.wording import number

SAME = text(en="As high as in {then}", zh="与{then}持平")
HIGHER = text(en="{points} points higher than in {then}{most}", zh="比{then}提高{points}分{most}")
LOWER = text(en="{points} points lower than in {then}{most}", zh="比{then}下降{points}分{most}")
MOST = text(en=", most of it from {pillar}", zh="，主要来自{pillar}")
UNTOLD = text(en="What changed since {then}", zh="与{then}相比的变化")
READ_WITH_CARE = text(en="Read with care", zh="注意")
SLOPES = text(
    en="Pillars, {then} and {now}: {up} higher, {down} lower", zh="各支柱{then}与{now}得分：{up}个上升，{down}个下降"
)
SLOPES_ALT = text(en="Pillar scores {then} and {now}: {items}.", zh="各支柱{then}与{now}得分：{items}。")
SLOPE = text(en="{name} {before} to {after}", zh="{name}由{before}到{after}")
NODES = text(en="Change of every pillar and dimension", zh="各支柱、维度的变化")
PARTS = text(en="Where the effect of the answers comes from", zh="答案影响的来源")
ANSWERS = text(en="Answers that moved a score most", zh="影响得分最大的答案")
PILLAR, QUESTION = text(en="Part", zh="部分"), text(en="Question", zh="题目")
MEASURES = text(en="Measures chosen then", zh="当时选定的对策")
LIFTS = text(en="Expected and achieved, by dimension", zh="各维度的预期与实际")
NOT_PLANNED = text(
    en="No measures were recorded as chosen then, so results cannot be held against a plan.",
    zh="当时未记录所选对策，无法与行动方案对照。",
)
OUTCOME = text(en="What came of the plan", zh="上次行动方案的成效")
EXCLAMATION = "! "


def headline(case: Case, earlier: Earlier) -> str:
    """State by how much the overall changed, and which pillar did most of it."""
    found = earlier.told(case.language)
    then, _ = in_time(found, case.language)
    total = found.overall.total
    if total is None:
        return case.say(UNTOLD, then=then)
    shown = number(abs(total))
    if shown == number(0.0):
        return case.say(SAME, then=then)
    return case.say(HIGHER if total > 0 else LOWER, then=then, points=shown, most=_most(case, found, total))


def _most(case: Case, found: Comparison, total: float) -> str:
    """Name the pillar with the largest part, where its part goes the way of the whole."""
    pillars = [part for part in found.parts if part.points is not None and part.what in case.questionnaire.pillars]
    largest = max(pillars, key=lambda part: (part.points or 0.0) * total, default=None)
    if largest is None or (largest.points or 0.0) * total <= 0:
        return ""
    return case.say(MOST, pillar=case.short(largest.what))


def in_time(found: Comparison, language: str) -> tuple[str, str]:
    """Name the two times within a sentence."""
    then, now = names_of(found)
    return in_words(then, language), in_words(now, language)


def change_blocks(case: Case, earlier: Earlier) -> Iterator[Block]:
    """Give the section without its heading."""
    found = earlier.told(case.language)
    words = ComparisonText(found, earlier.questionnaires, case.language, hints=False)
    tables = ComparisonTables(found, earlier.questionnaires, case.language)
    for doubt in words.doubts():
        yield Callout(case.say(READ_WITH_CARE), runs(doubt.removeprefix(EXCLAMATION)), "warn")
    yield Paragraph(runs(words.score() + ("。" if case.language == "zh" else ".")), "lead")
    yield Paragraph(runs(_sentences(case, [*words.causes(), *words.editions()])))
    yield from _slopes(case, found)
    rows = [node for node in found.nodes if node.level != "question"]
    pillars = frozenset(place for place, node in enumerate(rows) if node.level == "pillar")
    yield replace(_captioned(words.nodes(), case.say(NODES)), bold_rows=pillars)
    rest = ((tables.parts(), PARTS, PILLAR), (tables.answers(everything=False), ANSWERS, QUESTION))
    for table, caption, first in rest:
        if table is not None:
            columns = (replace(table.columns[0], title=case.say(first)), *table.columns[1:])
            yield _captioned(replace(table, columns=columns, note=""), case.say(caption))


def _captioned(table: Table, caption: str) -> Table:
    """Put a caption above a table, and begin its column heads as a report does."""
    columns = tuple(replace(column, title=raised(column.title)) for column in table.columns)
    return replace(table, columns=columns, caption=caption)


def _sentences(case: Case, said: list[str]) -> str:
    return ("" if case.language == "zh" else " ").join(said)


def _slopes(case: Case, found: Comparison) -> Iterator[SlopeChart]:
    pillars = [node for node in found.of("pillar") if (node.change.before, node.change.after) != (None, None)]
    if not pillars:
        return
    then, now = in_time(found, case.language)
    rises = [number(node.change.total, signed=True) for node in pillars if node.change.total is not None]
    up, down = sum(rise.startswith("+") for rise in rises), sum(rise.startswith("−") for rise in rises)
    items = [
        case.say(SLOPE, name=_name(case, node), before=number(node.change.before), after=number(node.change.after))
        for node in pillars
    ]
    yield SlopeChart(
        tuple(Slope(_name(case, node), node.change.before, node.change.after, _value(node)) for node in pillars),
        *names_of(found),
        case.say(SLOPES, then=then, now=now, up=up, down=down),
        case.say(SLOPES_ALT, then=then, now=now, items=case.series(items)),
    )


def _name(case: Case, node: NodeChange) -> str:
    return case.short(node.id) if node.id in case.questionnaire.pillars else case.tell(node.title)


def _value(node: NodeChange) -> str:
    total = node.change.total
    return number(node.change.after) + ("" if total is None else f" ({number(total, signed=True)})")


# ── What came of the plan ──


def planned_blocks(case: Case, earlier: Earlier) -> Iterator[Block]:
    """Hold what was planned then against what came of it."""
    found = earlier.told(case.language)
    tables = ComparisonTables(found, earlier.questionnaires, case.language)
    if found.planned is None:
        yield Paragraph(runs(case.say(NOT_PLANNED)))
        return
    yield Paragraph(runs(_sentences(case, list(tables.plan_words(found.planned)))))
    yield from _planned(case, tables, found.planned)


def _planned(case: Case, tables: ComparisonTables, planned: Planned) -> Iterator[Table]:
    yield _captioned(tables.measures(planned), case.say(MEASURES))
    if planned.lifts:
        yield _captioned(tables.lifts(planned), case.say(LIFTS))
