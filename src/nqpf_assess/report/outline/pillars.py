"""Findings by pillar: the figures in a sentence, bars from current to target, strengths, gaps."""

from collections.abc import Sequence

from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.model.text import text
from nqpf_assess.report.blocks import Bar, Bars, Block, Bullets, Inline, Paragraph, Run, runs
from nqpf_assess.report.outline.beside import marks
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import best, blocking, gaps, in_sentence, strengths, unscored
from nqpf_assess.report.outline.phrases import raised, share_words, statement
from nqpf_assess.report.wording import number, percent, span

MOST_BARS = 24
MOST_ITEMS = 6
CARRYING, FEW = 2, 3
"""Answers quoted behind each of a few strengths; behind each of many only one. Of many gaps each is told briefly."""

# ── The figures in a sentence ──

LEAD = text(
    en="Score {score}, target {target}{range}. The pillar carries {weight} of the overall score{share}; {coverage} "
    "of it is answered.",
    zh="得分{score}分，目标{target}分{range}；占总分权重{weight}{share}，覆盖率{coverage}。",
)
RANGE = text(en=", possible range {range}", zh="，可能区间{range}分")
SHARE = text(en=" and {share} of the shortfall", zh="、占总差距{share}")
SILENT = text(
    en="Nothing is answered yet in {names}.",
    zh="{names}尚未作答。",
)
NO_SCORE = text(
    en="No score yet: {coverage} of the pillar's weight is answered, {minimum} are needed. Depending on the open "
    "answers it lies in the range {range}. Questions answered: {answered} of {asked}.",
    zh="暂无得分：覆盖率{coverage}，评分需达到{minimum}；视未答题目而定，可能区间{range}分。{asked}题中已答{answered}"
    "题。",
)


def silent(case: Case) -> list[Block]:
    """Name the pillars in which nothing is answered, in one sentence instead of an empty page each."""
    names = [case.short(pillar.id) for pillar in case.pillars if not pillar.coverage]
    if not names or not case.answered:
        return []
    return [Paragraph(runs(case.say(SILENT, names=case.listed(names))))]


def lead(case: Case, pillar: NodeScore) -> Paragraph:
    """Give a pillar's figures."""
    if pillar.score is None:
        return Paragraph(runs(_no_score(case, pillar)))
    open_range = number(pillar.low) != number(pillar.high)
    said = case.say(
        LEAD,
        score=number(pillar.score),
        target=number(pillar.target),
        range=case.say(RANGE, range=span(pillar.low, pillar.high)) if open_range else "",
        weight=percent(pillar.effective_weight or pillar.applicable_weight, 1),
        share=case.say(SHARE, share=share_words(pillar.share)) if pillar.share else "",
        coverage=percent(pillar.coverage),
    )
    return Paragraph(runs(said))


def _no_score(case: Case, pillar: NodeScore) -> str:
    asked = [node for dimension in case.dimensions(pillar.id) for node in case.questions(dimension.id)]
    return case.say(
        NO_SCORE,
        coverage=percent(pillar.coverage),
        minimum=percent(case.assessed.figures.rules.minimum_coverage),
        range=span(pillar.low, pillar.high),
        answered=sum(node.score is not None for node in asked),
        asked=len(asked),
    )


# ── Bars ──

CURRENT = text(en="Current score", zh="当前得分")
TARGET = text(en="Target", zh="目标")
BAR_VALUE = text(en="{score} → {target}", zh="{score} → {target}")
NO_BAR = text(en="no score → {target}", zh="未评分 → {target}")
BARS_REACHED = text(en="{pillar}: all dimensions have reached their targets", zh="{pillar}：各维度均达到目标")
BARS_GAP = text(en="{pillar}: furthest below target is {dimension}", zh="{pillar}：{dimension}距目标最远")
BARS_NONE = text(en="{pillar}: no dimension has a score yet", zh="{pillar}：各维度暂无得分")
ALT_ITEM = text(en="{name} {value}", zh="{name}{value}")
ALT = text(
    en="Bars on a scale of 100 from current score to target: {items}.", zh="条形图（满分100），当前得分→目标：{items}。"
)


def bars(case: Case, pillar: NodeScore) -> Bars:
    """Draw a pillar's dimensions from current score to target, with the range that open answers leave."""
    drawn = tuple(bar(case, node, case.title(node.id)) for node in case.dimensions(pillar.id)[:MOST_BARS])
    return Bars(drawn, case.say(CURRENT), case.say(TARGET), _caption(case, pillar), alt_of(case, drawn))


def bar(case: Case, node: NodeScore, label: str) -> Bar:
    """Draw one node."""
    words = NO_BAR if node.score is None else BAR_VALUE
    value = case.say(words, score=number(node.score), target=number(node.target))
    return Bar(label, node.score, node.target, node.low, node.high, value, marks(case, node))


def alt_of(case: Case, drawn: Sequence[Bar]) -> str:
    """Say in words what bars show."""
    items = [case.say(ALT_ITEM, name=bar.label, value=bar.value) for bar in drawn]
    return case.say(ALT, items=case.series(items))


def _caption(case: Case, pillar: NodeScore) -> str:
    name, below = case.short(pillar.id), [n for n in case.dimensions(pillar.id) if n.gap is not None]
    if not below:
        return case.say(BARS_NONE, pillar=name)
    furthest = max(below, key=lambda node: node.gap or 0.0)
    if not gaps(case, pillar.id):
        return case.say(BARS_REACHED, pillar=name)
    return case.say(BARS_GAP, pillar=name, dimension=in_sentence(case, case.title(furthest.id)))


# ── Strengths ──

ABOVE = text(
    en=": {score}, {surplus} above the target of {target}",
    zh="得分{score}分，高于目标{surplus}分（目标{target}分）",
)
JUST_REACHED = text(en=": {score}, on the target of {target}", zh="得分{score}分，达到目标（目标{target}分）")
BEHIND = text(en=". {answers}.", zh="：{answers}。")
FULL_STOP = text(en=".", zh="。")


def strength_items(case: Case, pillar: str) -> tuple[Inline, ...]:
    """Say what is good in a pillar: dimensions on target; where there is none, answers that are in place."""
    found = strengths(case, pillar)
    if found:
        most = CARRYING if len(case.dimensions(pillar)) <= FEW else 1
        return tuple(_strength(case, node, most) for node in found[:MOST_ITEMS])
    grounds = [node for node in gaps(case, pillar) if best(case, node.id, 1)]
    return tuple(_with_answers(case, node, "", 1) for node in grounds[:MOST_ITEMS])


def has_strengths(case: Case, pillar: str) -> bool:
    """Say whether a dimension of the pillar has reached its target."""
    return bool(strengths(case, pillar))


def _strength(case: Case, node: NodeScore, most: int) -> Inline:
    surplus = number(abs(node.gap or 0.0))
    words = JUST_REACHED if surplus == "0.0" else ABOVE
    said = case.say(words, score=number(node.score), target=number(node.target), surplus=surplus)
    return _with_answers(case, node, said, most)


def _with_answers(case: Case, node: NodeScore, said: str, most: int) -> Inline:
    answers = [statement(case, entry.id) for entry in best(case, node.id, most)]
    behind = case.say(BEHIND, answers=raised(case.series(answers))) if answers else case.say(FULL_STOP)
    return runs(Run(case.title(node.id), bold=True), said + behind)


# ── Gaps ──

GAP = text(
    en=": {score}, {gap} below the target of {target}",
    zh="得分{score}分，距目标{target}分差{gap}分",
)
GAP_SHARE = text(en=" ({share} of the shortfall)", zh="（占总差距的{share}）")
HELD_BACK = text(en=". Held back most by: {answer}.", zh="。主要短板：{answer}。")
UP = text(en=" One level up there adds {up} to the overall score.", zh="该题再上一级，总分可提高{up}分。")
UNSCORED = text(
    en=": no score, {answered} of {asked} questions answered, possible range {range}.",
    zh="暂无得分：{asked}题中已答{answered}题，可能区间{range}分。",
)


def gap_items(case: Case, pillar: str) -> tuple[Inline, ...]:
    """Say what is missing in a pillar, the largest part of the shortfall first, then what has no score."""
    lagging = gaps(case, pillar)[:MOST_ITEMS]
    below = tuple(_gap(case, node, brief=len(lagging) > FEW) for node in lagging)
    return (*below, *(_open(case, node) for node in unscored(case, pillar)[:MOST_ITEMS]))


def _gap(case: Case, node: NodeScore, *, brief: bool) -> Inline:
    said = case.say(GAP, score=number(node.score), gap=number(node.gap), target=number(node.target))
    said += case.say(GAP_SHARE, share=share_words(node.share)) if node.share else ""
    held = blocking(case, node.id)
    if held is None:
        return runs(Run(case.title(node.id), bold=True), said + case.say(FULL_STOP))
    said += case.say(HELD_BACK, answer=statement(case, held.id, brief=brief))
    if held.one_level_up is not None and number(held.one_level_up) != "0.0":
        said += case.say(UP, up=number(held.one_level_up))
    return runs(Run(case.title(node.id), bold=True), said)


def _open(case: Case, node: NodeScore) -> Inline:
    asked = case.questions(node.id)
    said = case.say(
        UNSCORED,
        answered=sum(entry.score is not None for entry in asked),
        asked=len(asked),
        range=span(node.low, node.high),
    )
    return runs(Run(case.title(node.id), bold=True), said)


def bulleted(items: Sequence[Inline], *, numbered: bool = False) -> list[Block]:
    """Make a list of items, or nothing of none."""
    return [Bullets(tuple(items), numbered)] if items else []
