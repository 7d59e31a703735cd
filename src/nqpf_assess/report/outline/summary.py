"""The one page that answers: how good, how far from the target, the largest gaps, the first actions, how sure."""

from collections.abc import Sequence

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.model.text import text
from nqpf_assess.report.blocks import (
    Axis,
    Block,
    Column,
    Inline,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Radar,
    Run,
    Table,
    cells,
    runs,
)
from nqpf_assess.report.outline.beside import standing_blocks
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import all_gaps, capped, in_sentence, reached
from nqpf_assess.report.outline.missing import holder_table
from nqpf_assess.report.outline.phrases import editions_of, evidence_named, share_words
from nqpf_assess.report.outline.schedule import schedule
from nqpf_assess.report.outline.shelf import measure_of, shelve
from nqpf_assess.report.wording import NO_FIGURE, number, percent, span

THREE = 3

# ── The verdict ──

BELOW = text(
    en="{score} of 100, {gap} points below target",
    zh="自评总分{score}分，距目标{gap}分（满分100分）",
)
REACHED = text(
    en="{score} of 100: the target is reached",
    zh="自评总分{score}分，已达到目标（满分100分）",
)
CAPPED = text(
    en="{score} of 100, held by a floor; {uncapped} without it",
    zh="自评总分{score}分（满分100分），因触及底线封顶，原为{uncapped}分",
)
NO_SCORE = text(en="Too little is answered for an overall score", zh="作答不足，暂无总分")
NOTHING = text(en="Nothing is answered yet", zh="尚未作答")


def verdict(case: Case) -> str:
    """State the result in one line."""
    overall = case.card.overall
    if overall.score is None:
        return case.say(NO_SCORE if case.answered else NOTHING)
    if capped(case):
        return case.say(CAPPED, score=number(overall.score), uncapped=number(overall.uncapped))
    words = REACHED if (overall.gap or 0.0) < TOLERANCE else BELOW
    return case.say(words, score=number(overall.score), gap=number(overall.gap))


# ── The lead ──

SCORED = text(
    en="{Place} is in the band “{band}” under the rubric “{profile}”; target in three to five years: {target}.",
    zh="按“{profile}”方案，{place}处于“{band}”等次，今后三至五年目标{target}分。",
)
SCORED_NO_BAND = text(
    en="Scored under the rubric “{profile}”; target in three to five years: {target}.",
    zh="按“{profile}”方案评分，今后三至五年目标{target}分。",
)
QUICK = text(
    en=" This is a quick screening: only the core questions were asked.",
    zh="本次为快速筛查，仅询问核心题目。",
)
MOST = text(en=" {share} of the shortfall lies in {pillars}.", zh="差距主要在{pillars}，合计占总差距的{share}。")
ONLY = text(en=" Below target are only {dimensions}.", zh="仅{dimensions}低于目标。")
ONLY_ONE = text(en=" Below target is only {dimensions}.", zh="仅{dimensions}低于目标。")
FEW_GAPS = 2
GOOD = text(en=" {pillars} have reached their targets.", zh="{pillars}已达到目标。")
GOOD_ONE = text(en=" {pillars} has reached its target.", zh="{pillars}已达到目标。")
GOOD_COUNT = text(en=" {n} of {all} pillars have reached their targets.", zh="{all}个支柱中{n}个总体达到目标。")
EVERY = text(en=" Every pillar as a whole has reached its target.", zh="各支柱总体均已达到目标。")
NO_SHORTFALL = text(
    en=" Every scored dimension has reached its target, so there is no shortfall.",
    zh="已评分的维度均达到目标，没有短板差距。",
)
FLOOR = text(
    en=" The score is capped at {cap} because {node} scores below its floor of {below}.",
    zh="因{node}得分低于底线{below}分，总分最高计{cap}分。",
)
FLOOR_UNBOUND = text(
    en=" Below its floor of {below}: {node}, with {score}; the cap of {cap} that follows takes no points today.",
    zh="{node}得分{score}分，低于底线{below}分，总分上限因此为{cap}分，目前未影响总分。",
)
UNSCORED = text(
    en="Questions answered so far: {answered} of {asked}, {coverage} of their weight; a score needs {minimum}. "
    "Depending on the open answers the score will lie in the range {range}.",
    zh="{asked}题中已答{answered}题，覆盖率{coverage}，评出总分需达到{minimum}。视未答题目而定，总分将在{range}分之间"
    "。",
)
NOTHING_LEAD = text(
    en="None of the {asked} questions is answered. This report therefore shows what will be asked, by whom the answers "
    "are usually held, and under which rubric they will be scored.",
    zh="共{asked}题，均未作答。本报告仅列出待填事项、通常掌握情况的{unit}和拟采用的权重方案。",
)


def lead(case: Case) -> Paragraph:
    """Say in a few sentences what the figures mean."""
    overall, asked = case.card.overall, len(case.counting)
    if not case.answered:
        return Paragraph(runs(case.say(NOTHING_LEAD, asked=asked)), "lead")
    if overall.score is None:
        said = case.say(
            UNSCORED,
            answered=len(case.answered),
            asked=asked,
            coverage=percent(overall.coverage),
            minimum=percent(case.assessed.figures.rules.minimum_coverage),
            range=span(overall.low, overall.high),
        )
        return Paragraph(runs(said + _floors(case) + (case.say(QUICK) if case.quick else "")), "lead")
    words = SCORED if overall.band else SCORED_NO_BAND
    said = case.say(words, profile=case.instrument.profile.name, band=band(case), target=number(overall.target))
    pieces = (said, _floors(case), _where(case), _good(case), case.say(QUICK) if case.quick else "")
    return Paragraph(runs("".join(pieces)), "lead")


def band(case: Case) -> str:
    """Name the band."""
    id = case.card.overall.band
    return NO_FIGURE if id is None else case.tell(case.instrument.rules.bands[id].words)


def _floors(case: Case) -> str:
    """Name every floor that fired: the one that caps the score first, then those that take no points today."""
    floors = sorted((case.instrument.rules.floors[id] for id in case.card.overall.floors), key=lambda floor: floor.cap)
    binding = floors[:1] if capped(case) else []
    said = ""
    for floor in floors:
        said += case.say(
            FLOOR if floor in binding else FLOOR_UNBOUND,
            node=in_sentence(case, case.title(floor.node)),
            score=number(case.nodes[floor.node].score),
            below=number(float(floor.below)),
            cap=number(float(floor.cap)),
        )
    return said


def _where(case: Case) -> str:
    """Say where the shortfall lies: the fewest pillars that make up more than half of it, three at most."""
    shared, below = sorted((p for p in case.pillars if p.share), key=lambda p: -(p.share or 0.0)), all_gaps(case)
    if not below:
        return case.say(NO_SHORTFALL)
    if len(below) <= FEW_GAPS or len(shared) == 1:
        names = [in_sentence(case, case.title(node.id)) for node in below[:THREE]]
        return case.say(ONLY if len(names) > 1 else ONLY_ONE, dimensions=case.listed(names))
    most, total = 0, 0.0
    while total <= 0.5 and most < min(THREE, len(shared)):
        total, most = total + (shared[most].share or 0.0), most + 1
    named = case.listed([case.short(pillar.id) for pillar in shared[:most]])
    return case.say(MOST, pillars=named, share=share_words(total))


def _good(case: Case) -> str:
    found = [case.short(pillar.id) for pillar in case.pillars if reached(pillar)]
    if not found or not any(pillar.share for pillar in case.pillars):
        return ""
    if len(found) == len(case.pillars):
        return case.say(EVERY)
    if len(found) > THREE:
        return case.say(GOOD_COUNT, n=len(found), all=len(case.pillars))
    return case.say(GOOD_ONE if len(found) == 1 else GOOD, pillars=case.listed(found))


# ── Key figures ──

SCORE = text(en="Score, {scheme}", zh="总分（{scheme}）")
RANGE_BAND = text(en="range {range}; band “{band}”", zh="可能区间{range}，“{band}”等次")
BAND_ONLY = text(en="band “{band}”", zh="“{band}”等次")
RANGE_ONLY = text(en="range {range}", zh="可能区间{range}")
BASELINE = text(en="Score, baseline", zh="总分（通用基准）")
BASELINE_NOTE = text(en="{conditions}: {change}", zh="{tailoring}调整{change}")
SAME = text(en="the baseline itself", zh="未作调整")
TARGET = text(en="Target", zh="目标")
CAPPED_NOTE = text(en="gap before the floor: {gap}", zh="未计底线时差距{gap}")
GAP_NOTE = text(en="gap {gap}", zh="差距{gap}")
NEAR = 1e-6
TARGET_NOTE = text(en="gap {gap}: {shortfall} short, {surplus} ahead", zh="差距{gap}：不足{shortfall}，超出{surplus}")
ANSWERED = text(en="Answered", zh="覆盖率")
ANSWERED_NOTE = text(en="{answered} of {asked} questions", zh="{asked}题中已答{answered}题")
BACKED = text(en="Backed by evidence", zh="有据得分")
BACKED_NOTE = text(en="evidence for {named} of {answered} answers", zh="已答{answered}题中{named}题有佐证")


def key_figures(case: Case) -> KeyFigures:
    """Give the figures that a leader looks for first."""
    overall = case.card.overall
    words = RANGE_BAND if overall.band else RANGE_ONLY
    if overall.band and number(overall.low) == number(overall.high):
        words = BAND_ONLY
    score = KeyFigure(
        case.say(SCORE), number(overall.score), case.say(words, range=span(overall.low, overall.high), band=band(case))
    )
    named = sum(evidence_named(case, id) for id in case.answered)
    figures = [
        score,
        KeyFigure(case.say(BASELINE), number(overall.baseline_score), _baseline_note(case)),
        KeyFigure(case.say(TARGET), number(overall.target), _target_note(case)),
        KeyFigure(case.say(ANSWERED), percent(overall.coverage), _answered_note(case)),
        KeyFigure(
            case.say(BACKED),
            number(overall.evidence_backed),
            case.say(BACKED_NOTE, named=named, answered=len(case.answered)),
        ),
    ]
    return KeyFigures(tuple(figure for figure in figures if figure.value != NO_FIGURE))


def _target_note(case: Case) -> str:
    """Give the gap; where the means are arithmetic, as what is missing less what is ahead."""
    overall = case.card.overall
    parts = (overall.shortfall or 0.0) - (overall.surplus or 0.0)
    if capped(case):
        return case.say(CAPPED_NOTE, gap=number(overall.gap))
    if abs(parts - (overall.gap or 0.0)) > NEAR:
        return case.say(GAP_NOTE, gap=number(overall.gap))
    gap, shortfall, surplus = number(overall.gap), number(overall.shortfall), number(overall.surplus)
    return case.say(TARGET_NOTE, gap=gap, shortfall=shortfall, surplus=surplus)


def _answered_note(case: Case) -> str:
    return case.say(ANSWERED_NOTE, answered=len(case.answered), asked=len(case.counting))


def _baseline_note(case: Case) -> str:
    overall = case.card.overall
    if len(case.instrument.chain) == 1 and not case.answers.override:
        return case.say(SAME)
    if overall.score is None or overall.baseline_score is None:
        return ""
    return case.say(BASELINE_NOTE, change=number(overall.score - overall.baseline_score, signed=True))


# ── Radar ──

RADAR_CURRENT = text(en="Current score", zh="当前得分")
RADAR_TARGET = text(en="Target", zh="目标")
RADAR_GAP = text(en="Furthest below target: {pillar}", zh="{pillar}距目标最远")
RADAR_REACHED = text(en="Every scored pillar has reached its target", zh="已评分的支柱均达到目标")
RADAR_ALT = text(
    en="Current score and target of each pillar, 0 to 100: {items}.", zh="各支柱当前得分与目标（0至100）：{items}。"
)
NO_AXIS = text(en="no score", zh="未评分")


def radar(case: Case) -> Block | None:
    """Draw the pillars, current against target; nothing where no pillar has a score."""
    scored = [pillar for pillar in case.pillars if pillar.score is not None]
    if not scored:
        return None
    axes = tuple(
        Axis(case.short(pillar.id), pillar.score, pillar.target, _axis_note(case, pillar)) for pillar in case.pillars
    )
    furthest = max(scored, key=lambda pillar: pillar.gap or 0.0)
    words = RADAR_REACHED if reached(furthest) else RADAR_GAP
    items = case.listed([f"{axis.label} {axis.label_note}" for axis in axes])
    return Radar(
        axes,
        case.say(RADAR_CURRENT),
        case.say(RADAR_TARGET),
        case.say(words, pillar=case.title(furthest.id)),
        case.say(RADAR_ALT, items=items),
        compact=True,
    )


def _axis_note(case: Case, pillar: NodeScore) -> str:
    return case.say(NO_AXIS) if pillar.score is None else f"{number(pillar.score)} → {number(pillar.target)}"


# ── Gaps and actions ──

GAP_COLUMN = text(en="Largest gaps", zh="主要差距")
NOW_COLUMN = text(en="Now → target", zh="当前→目标")
SHARE_COLUMN = text(en="Share of the shortfall", zh="占总差距")
ACTION_COLUMN = text(en="First actions", zh="首要措施")
WHO_COLUMN = text(en="Who", zh="牵头{unit}")
WHEN_COLUMN = text(en="By", zh="完成时限")
GAIN_COLUMN = text(en="Gain", zh="预计提升")
DEADLINE = text(en="{year}-{month:02d}", zh="{year}年{month:02d}月")


def gap_table(case: Case) -> list[Block]:
    """List the three largest gaps."""
    shared = case.card.overall.shortfall is not None
    rows = tuple(_gap_row(case, node, shared=shared) for node in all_gaps(case)[:THREE])
    columns = (
        Column(case.say(GAP_COLUMN), 3.0),
        Column(case.say(NOW_COLUMN), 1.3, "right"),
        *((Column(case.say(SHARE_COLUMN), 1.3, "right"),) if shared else ()),
    )
    return [Table(columns, rows)] if rows else []


def _gap_row(case: Case, node: NodeScore, *, shared: bool) -> tuple[Inline, ...]:
    share = cells(share_words(node.share)) if shared else ()
    return (*cells(case.title(node.id), f"{number(node.score)} → {number(node.target)}"), *share)


def action_table(case: Case) -> list[Block]:
    """List the first three actions with who and when."""
    shelf = shelve(case)
    front, slots = shelf.front, schedule(case, shelf.work).slots
    gains = any(row.gain is not None for row in front)
    rows = tuple(
        (
            runs(case.tell(measure_of(case, row).title)),
            runs(case.tell(measure_of(case, row).lead)),
            runs(case.say(DEADLINE, year=slots[row.id].year, month=slots[row.id].month)),
            *(cells(number(row.gain, signed=True)) if gains else ()),
        )
        for row in front[:THREE]
    )
    columns = (
        Column(case.say(ACTION_COLUMN), 3.0),
        Column(case.say(WHO_COLUMN), 1.5),
        Column(case.say(WHEN_COLUMN), 0.8, "right"),
        *((Column(case.say(GAIN_COLUMN), 0.6, "right"),) if gains else ()),
    )
    return [Table(columns, rows)] if rows else []


# ── How sure ──

SURE = text(en="How sure this is. ", zh="结论可靠程度：")
ROBUST = text(
    en="With every weight varied by {spread} either way the score is {range}; ",
    zh="各项权重上下浮动{spread}，总分为{range}分；",
)
HELD = text(
    en="The score is held at {score} by a floor, so varied weights and doubtful answers hardly show in it: it says "
    "nothing of how sure the score of {uncapped} before the floor is. ",
    zh="总分因底线封顶为{score}分，权重浮动和作答把握程度难以在总分中体现，不说明封顶前{uncapped}分的可靠程度。",
)
OTHER_EDITION = text(
    en="The answers were given under {stated} and are scored under {used}; whether they still hold should be checked. ",
    zh="答案按{stated}填写，现按{used}计分，应核实是否仍然适用。",
)
STABLE = text(en="The weakest pillars remain the same throughout: {pillars}. ", zh="得分较低的支柱始终是{pillars}。")
UNSTABLE = text(en="Which pillars are the weakest depends on the weights. ", zh="得分较低的支柱随权重有所变化。")
CONFIDENCE = text(en="if answers are off by their stated confidence, {range}. ", zh="计入作答把握程度，为{range}分。")
CHECKS = text(en="{n} contradictions between answers should be cleared up.", zh="有{n}处作答需要核实。")
CHECK_ONE = text(en="{n} contradiction between answers should be cleared up.", zh="有{n}处作答需要核实。")
NO_CHECKS = text(en="No contradictions between answers were found.", zh="未发现作答相互矛盾。")
FEW = text(en="Little can be said until more is answered. ", zh="作答较少，结论仅供参考。")


def sureness(case: Case) -> Paragraph:
    """Say how far the result can be relied on."""
    editions = [editions_of(case, other) for other in case.other_editions]
    pieces = [case.say(OTHER_EDITION, stated=stated, used=used) for stated, used in editions]
    pieces.append(_robust(case) if case.card.overall.score is not None else case.say(FEW))
    count = len(case.card.checks)
    pieces.append(case.say(NO_CHECKS) if not count else case.say(CHECK_ONE if count == 1 else CHECKS, n=count))
    return Paragraph(runs(Run(case.say(SURE), bold=True), "".join(pieces)))


def _robust(case: Case) -> str:
    overall, rules = case.card.overall, case.assessed.figures.rules
    if capped(case):
        said = case.say(HELD, score=number(overall.score), uncapped=number(overall.uncapped))
    else:
        robust = span(overall.robust_low, overall.robust_high)
        said = case.say(ROBUST, spread=percent(rules.weight_spread), range=robust)
        said += case.say(CONFIDENCE, range=span(overall.confidence_low, overall.confidence_high))
    weakest = [pillar for pillar in case.pillars if pillar.weakest_three in ("always", "sometimes")]
    if len([p for p in case.pillars if p.score is not None]) <= THREE:
        return said
    steady = all(pillar.weakest_three == "always" for pillar in weakest)
    return said + (
        case.say(STABLE, pillars=case.listed([case.short(p.id) for p in weakest])) if steady else case.say(UNSTABLE)
    )


def answer_blocks(case: Case) -> Sequence[Block]:
    """Give the page without its heading."""
    drawn = radar(case)
    return [
        lead(case),
        *standing_blocks(case),
        *([key_figures(case)] if key_figures(case).figures else []),
        *([drawn] if drawn else []),
        *gap_table(case),
        *action_table(case),
        *(holder_table(case) if drawn is None else []),
        *([sureness(case)] if case.answered else []),
    ]
