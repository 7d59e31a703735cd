"""The result as rows: the overall with its range, the pillars, the gaps, how sure it is."""

from collections.abc import Iterator, Sequence

from nqpf_assess.engine.balance import grade
from nqpf_assess.engine.explaining import OVERALL
from nqpf_assess.exchange.benchmark import Beside
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.scorecard import NodeScore, Scorecard
from nqpf_assess.model.text import Text, text
from nqpf_assess.report.beside_words import lines_beside
from nqpf_assess.report.wording import NO_FIGURE, STATE_WORDS, STAYS_WORDS, number, percent, span
from nqpf_assess.session.answering import Session
from nqpf_assess.tui.cells import pad, width
from nqpf_assess.tui.rows import BLANK, Line, Look, Part, Row, heading, quiet
from nqpf_assess.tui.views.speech import Speech

OVERALL_WORDS = text(en="Overall", zh="总分")
NO_OVERALL = text(
    en="There is no overall score yet: {coverage} of the weight is answered, at least {least} are needed. "
    "It can still come out anywhere between {span}.",
    zh="暂无总分：已答部分占权重 {coverage}，至少需要 {least}。目前可能落在 {span} 之间。",
)
NOTHING_YET = text(en="Nothing is answered yet.", zh="尚未作答。")
BAND = text(en="band: {band}", zh="等级：{band}")
RANGE = text(en="Possible range", zh="可能区间")
RANGE_WHY = text(en="open questions, worst to best", zh="未答题按最低、最高计")
BASELINE = text(en="Under the baseline", zh="通用基准得分")
BASELINE_WHY = text(en="same answers, common weights", zh="同样答案，通用权重")
BACKED = text(en="Backed by evidence", zh="有据得分")
BACKED_WHY = text(en="without evidence at most {ceiling}", zh="{ceiling} 分以上无佐证的按 {ceiling} 分计")
SURE = text(en="By how sure the answers are", zh="计入把握程度")
SURE_WHY = text(en="by the confidence stated", zh="按各题把握程度浮动")
ROBUST = text(en="If weights vary", zh="权重变动区间")
ROBUST_WHY = text(en="every weight ± {spread}", zh="各权重上下浮动 {spread}")
COVERAGE = text(en="Answered", zh="覆盖率")
COVERAGE_WHY = text(en="share of the weight", zh="按权重计")
FLOOR_IDLE = text(
    en="Floor: “{node}” is below {below}, so the overall is at most {cap}. {why}",
    zh="底线：“{node}”低于 {below} 分，总分不超过 {cap} 分。{why}",
)
FLOOR = text(
    en="Floor: “{node}” is below {below}, so the overall is at most {cap} (without it: {uncapped}). {why}",
    zh="底线：“{node}”低于 {below} 分，总分不超过 {cap} 分（原为 {uncapped} 分）。{why}",
)
HEADS = text(en="score|target|gap|share", zh="得分|目标|差距|占差距")
NOTE_ROWS = text(
    en="Enter on a row explains its figure, down to the answers.", zh="在任一行按回车，可逐层查看算法，直至答案。"
)

GAPS_LEAD = text(
    en="Dimensions by their share of the whole shortfall of {shortfall} points.",
    zh="各维度按占总差距（{shortfall} 分）的比重排列。",
)
NO_GAPS = text(en="Every scored dimension is at or above its target.", zh="已评分的维度均达到或超过目标。")
NO_SHARES = text(en="No overall score yet, so there are no shares.", zh="暂无总分，无法计算占比。")
UNSCORED = text(en="No score yet: too little answered", zh="作答不足，暂未评分")
REACHED = text(en="At or above target", zh="已达目标")

FIGURES = (8, 8, 8, 9)
"""Cells of the columns: score, target, gap, share."""


def overview(session: Session, card: Scorecard, speech: Speech, beside: Beside | None = None) -> tuple[Row, ...]:
    """Tell the overall in its contexts, then the pillars; `beside`: a benchmark of many like this one."""
    told = _beside(session, card, speech, beside)
    return (
        *_headline(session, card, speech),
        *told[:1],
        BLANK,
        _heads(speech),
        *(node_row(session, node, speech) for node in card.nodes if node.level == "pillar"),
        *([BLANK, *told[1:]] if told[1:] else []),
        BLANK,
        quiet(speech.tell(NOTE_ROWS)),
    )


def _headline(session: Session, card: Scorecard, speech: Speech) -> Iterator[Row]:
    overall, rules = card.overall, session.assessed.figures.rules
    if overall.score is None:
        yield _no_overall(card, speech, rules.minimum_coverage)
        return
    band = speech.line(rules.bands[overall.band].words) if overall.band else ""
    said = f"{speech.tell(OVERALL_WORDS)} {number(overall.score)}"
    yield Row(said, id=f"node:{OVERALL}", look="heading", tail=speech.tell(BAND, band=band) if band else "")
    for id in overall.floors:
        floor = rules.floors[id]
        node = title_of(session.instrument.questionnaire, floor.node)
        values = {"below": number(float(floor.below), 0), "cap": number(float(floor.cap), 0)}
        words = FLOOR_IDLE if overall.score == overall.uncapped else FLOOR
        shown = speech.tell(words, node=node, uncapped=number(overall.uncapped), why=floor.why, **values)
        yield Row(shown, look="warn", lead=f"{speech.glyphs.alarm} ")
    yield from _contexts(session, card, speech)


def _contexts(session: Session, card: Scorecard, speech: Speech) -> Iterator[Row]:
    overall, rules = card.overall, session.assessed.figures.rules
    ceiling, spread = number(rules.unsupported_ceiling, 0), percent(rules.weight_spread)
    confident = span(overall.confidence_low, overall.confidence_high)
    table: Sequence[tuple[Text, str, str]] = (
        (RANGE, span(overall.low, overall.high), speech.tell(RANGE_WHY)),
        (BASELINE, number(overall.baseline_score), speech.tell(BASELINE_WHY)),
        (BACKED, number(overall.evidence_backed), speech.tell(BACKED_WHY, ceiling=ceiling)),
        (SURE, confident, speech.tell(SURE_WHY)),
        (ROBUST, span(overall.robust_low, overall.robust_high), speech.tell(ROBUST_WHY, spread=spread)),
        (COVERAGE, percent(overall.coverage), speech.tell(COVERAGE_WHY)),
    )
    label = max(width(speech.tell(words)) for words, _, _ in table) + 2
    for words, figure, why in table:
        yield Row(
            parts=(Part(f"  {pad(speech.tell(words), label)}"), Part(pad(figure, 13), "strong"), Part(why, "quiet"))
        )


def _beside(session: Session, card: Scorecard, speech: Speech, beside: Beside | None) -> list[Row]:
    """Say where the score stands; then what must be said beside it, and what was chosen like many others."""
    if beside is None:
        return []
    told = lines_beside(beside, card, session.answers, session.instrument.questionnaire)
    return [Row(speech.line(words), lead="  ") for words in told]


def _no_overall(card: Scorecard, speech: Speech, least: float) -> Row:
    overall = card.overall
    if not overall.coverage:
        return Row(speech.tell(NOTHING_YET), look="warn")
    values = {"coverage": percent(overall.coverage), "least": percent(least), "span": span(overall.low, overall.high)}
    return Row(speech.tell(NO_OVERALL, **values), look="warn")


def _heads(speech: Speech) -> Row:
    heads = speech.tell(HEADS).split("|")
    cells = (Part(pad(head, size, right=True), "quiet") for head, size in zip(heads, FIGURES, strict=True))
    return Row(parts=(Part(" " * _name_and_bar(speech)), *cells))


def _name_and_bar(speech: Speech) -> int:
    return speech.cells - sum(FIGURES)


def node_row(session: Session, node: NodeScore, speech: Speech, *, name: str = "") -> Row:
    """Write a pillar or dimension: name, bar with its target, score, target, gap, share."""
    room = _name_and_bar(speech)
    bar_cells = max(10, min(40, room * 2 // 5))
    title = name or speech.line(_short(session, node))
    figures = (number(node.score), number(node.target), number(node.gap, signed=False), percent(node.share))
    looks = ("strong", "plain", "warn" if (node.gap or 0) > 0 else "good", "plain")
    cells = (
        Part(pad(said, size, right=True), look)  # type: ignore[arg-type]
        for said, size, look in zip(figures, FIGURES, looks, strict=True)
    )
    bar = target_bar(node.score, node.target, bar_cells, speech)
    return Row(id=f"node:{node.id}", parts=(Part(pad(title, room - bar_cells - 1) + " "), *bar, *cells))


def _short(session: Session, node: NodeScore) -> Text:
    questionnaire = session.instrument.questionnaire
    found = questionnaire.pillars.get(node.id) or questionnaire.dimensions.get(node.id)
    return (found.short or found.title) if found else title_of(questionnaire, node.id)


def target_bar(score: float | None, target: float | None, cells: int, speech: Speech) -> Line:
    """Draw 0 to 100 as a bar with a mark at the target."""
    glyphs = speech.glyphs
    full = 0 if score is None else round(cells * score / 100)
    signs = [
        Part(glyphs.full if index < full else glyphs.rest, "bar" if index < full else "rest") for index in range(cells)
    ]
    if target is not None:
        signs[min(cells - 1, round(cells * target / 100))] = Part(glyphs.target, "mark")
    return _joined(signs)


def _joined(signs: Sequence[Part]) -> Line:
    """Join neighbours that look alike, so that less is sent."""
    found: list[Part] = []
    for sign in signs:
        if found and found[-1].look == sign.look:
            found[-1] = Part(found[-1].text + sign.text, sign.look)
        else:
            found.append(sign)
    return tuple(found)


# ---- gaps


def gaps(session: Session, card: Scorecard, speech: Speech) -> tuple[Row, ...]:
    """Rank the dimensions by their share of the shortfall; those at their target and those without a score follow."""
    nodes = [node for node in card.nodes if node.level == "dimension"]
    scored = [node for node in nodes if node.score is not None]
    short = sorted((n for n in scored if (n.gap or 0) > 0), key=lambda n: (-(n.share or 0), -(n.gap or 0)))
    reached = [node for node in scored if node not in short]
    without = [node for node in nodes if node.state == "no_score"]
    lead = NO_GAPS if scored and not short else GAPS_LEAD if card.overall.shortfall is not None else NO_SHARES
    rows = [quiet(speech.tell(lead, shortfall=number(card.overall.shortfall))), BLANK]
    rows += [_heads(speech), *(node_row(session, node, speech) for node in short)] if short else []
    for words, group in ((REACHED, reached), (UNSCORED, without)):
        if group:
            rows += [BLANK, heading(speech.tell(words)), *(node_row(session, node, speech) for node in group)]
    return tuple(rows)


# ---- balance and robustness

BALANCE_LEAD = text(
    en="How evenly the pillars are developed; a hint beside the score, never part of it.",
    zh="各支柱发展是否均衡，仅供参考，不计入得分。",
)
BALANCE: tuple[tuple[str, Text], ...] = (
    ("coordination", text(en="Coordination D", zh="耦合协调度 D")),
    ("coupling", text(en="Coupling C", zh="耦合度 C")),
    ("modified_coupling", text(en="Modified coupling C'", zh="修正耦合度 C'")),
)
GRADE = text(en="grade {grade} of 10 by custom", zh="习惯上的十级中第 {grade} 级")
WEAKEST = text(
    en="Among the three weakest, whatever the weights in this range",
    zh="权重在此范围内浮动时，是否始终属于最弱的三个支柱",
)
VARIANTS = text(en="Overall under other methods", zh="其他算法下的总分")
MEANS = {"arithmetic": text(en="arithmetic", zh="算术平均"), "geometric": text(en="geometric", zh="几何平均")}
LOCAL = {True: text(en="local weights", zh="本地权重"), False: text(en="baseline weights", zh="通用权重")}
BACKED_BY = {True: text(en="only with evidence", zh="仅计有佐证"), False: text(en="as answered", zh="按答案")}
NO_BALANCE = text(en="At least two pillars with a score are needed.", zh="至少需要两个已评分的支柱。")


def sureness(session: Session, card: Scorecard, speech: Speech) -> tuple[Row, ...]:
    """Tell balance, which pillars stay weakest, and the overall under other methods."""
    return (
        quiet(speech.tell(BALANCE_LEAD)),
        *_balance(card, speech),
        BLANK,
        heading(speech.tell(WEAKEST)),
        *_weakest(session, card, speech),
        BLANK,
        heading(speech.tell(VARIANTS)),
        *_variants(card, speech),
    )


def _balance(card: Scorecard, speech: Speech) -> Iterator[Row]:
    if card.balance.coordination is None:
        yield Row(speech.tell(NO_BALANCE), lead="  ")
        return
    for name, words in BALANCE:
        value = getattr(card.balance, name)
        place = speech.tell(GRADE, grade=grade(value) + 1) if name == "coordination" else ""
        said = Part(pad(number(value, 2), 7, right=True), "strong")
        yield Row(parts=(Part(f"  {pad(speech.tell(words), 26)}"), said, Part(f"   {place}", "quiet")))


def _weakest(session: Session, card: Scorecard, speech: Speech) -> Iterator[Row]:
    for node in card.nodes:
        if node.level == "pillar":
            said = speech.tell(STAYS_WORDS[node.weakest_three]) if node.weakest_three else NO_FIGURE
            look: Look = "warn" if node.weakest_three == "always" else "plain"
            title = pad(speech.line(_short(session, node)), 26)
            yield Row(
                id=f"node:{node.id}",
                parts=(Part(title), Part(pad(number(node.score), 7, right=True), "strong"), Part(f"   {said}", look)),
            )


def _variants(card: Scorecard, speech: Speech) -> Iterator[Row]:
    for variant in card.variants:
        said = (MEANS[variant.mean], LOCAL[variant.local], BACKED_BY[variant.evidence_backed])
        cells = "".join(pad(speech.tell(words), 20) for words in said)
        yield Row(parts=(Part(f"  {cells}"), Part(pad(number(variant.score), 7, right=True), "strong")))


def explained_title(session: Session, node: str, speech: Speech) -> str:
    """Give the title of what is explained."""
    if node == OVERALL:
        return speech.tell(OVERALL_WORDS)
    return speech.line(title_of(session.instrument.questionnaire, node))


def state_shown(node: NodeScore, speech: Speech) -> str:
    """Give the state of a node in words."""
    return speech.tell(STATE_WORDS[node.state])
