"""The pillars: all at a glance, then each with its figures, bars, strengths and gaps."""

from collections.abc import Sequence

from nqpf_assess.locale import Text, _, _n
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.report.blocks import Bar, Bars, Block, Bullets, Inline, Paragraph, Run, Table, TableColumn, cells, runs
from nqpf_assess.report.outline import placing
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import (
    after_floors_differ,
    blocking,
    carried,
    gaps,
    holding_back,
    in_place,
    now_and_target,
    opening,
    reached,
    sentences,
    stated,
    strengths,
    unscored,
)
from nqpf_assess.report.outline.phrases import (
    DIMENSIONS,
    PILLARS,
    QUESTIONS,
    and_more,
    counted,
    cut,
    drawn_of,
    points,
    share_words,
)
from nqpf_assess.report.outline.placing import marks
from nqpf_assess.report.wording import NO_FIGURE, apart, covered, difference, number, percent, span

# ── All at a glance ──

MOST_ROWS = 40

ASSESSED = _(
    "Assessed are {pillars} and {dimensions}, by {questions} counting here. Dimensions on target: {reached}; "
    "below target: {below}{open}."
)
LEFT_OUT = _(
    "Not assessed here, because it is switched off, not asked about, answered in words or nothing in it applies: "
    "{names}."
)
CAPTION = _("Pillars: score, target and part of the shortfall")
CAPTION_OPEN = _("Pillars and what they weigh")
NOTE = _("Gap: target minus score; a negative gap lies above the target.")


ON_TARGET, ON_TARGET_ONE = _("On target: {reached} of {all} dimensions"), _("On target: {reached} of {all} dimension")
ON_TARGET_SCORED = _n(
    "On target: {reached} of {count} dimension with a score", "On target: {reached} of {count} dimensions with a score"
)


def headline(case: Case) -> str:
    """Count what has reached its target, of all dimensions where all have a score: of the others nobody knows."""
    nodes = _dimensions(case)
    scored, count = sum(node.score is not None for node in nodes), sum(map(reached, nodes))
    if not scored:
        return case.say(_("What the answers show so far"))
    if scored < len(nodes):
        return case.say(ON_TARGET_SCORED, reached=count, count=scored)
    return case.say(ON_TARGET_ONE if len(nodes) == 1 else ON_TARGET, reached=count, all=len(nodes))


def _dimensions(case: Case) -> list[NodeScore]:
    return [node for pillar in case.pillars for node in case.dimensions(pillar.id)]


def overview_blocks(case: Case) -> Sequence[Block]:
    """Return the overview without its heading."""
    nodes = _dimensions(case)
    if not nodes:
        return _left_out(case)
    above = sum(reached(node) for node in nodes)
    unscored = sum(node.score is None for node in nodes)
    said = case.say(
        ASSESSED,
        pillars=counted(case, len(case.pillars), PILLARS),
        dimensions=counted(case, len(nodes), DIMENSIONS),
        questions=counted(case, len(case.counting), QUESTIONS),
        reached=above,
        below=len(nodes) - above - unscored,
        open=case.say(_("; too few answers for a score: {open}"), open=unscored) if unscored else "",
    )
    scored = any(pillar.score is not None for pillar in case.pillars)
    figures = (
        TableColumn(case.say(_("Score")), 0.8, "right"),
        TableColumn(case.say(_("Target")), 0.8, "right"),
        TableColumn(case.say(_("Gap")), 0.8, "right"),
        TableColumn(case.say(_("Share of the shortfall")), 1.1, "right"),
    )
    columns = (
        TableColumn(case.say(_("Pillar")), 2.8),
        TableColumn(case.say(_("Weight")), 0.8, "right"),
        *(figures if scored else ()),
        TableColumn(case.say(_("Answered")), 0.9, "right"),
    )
    rows: list[tuple[Inline, ...]] = []
    for pillar in case.pillars[:MOST_ROWS]:
        share = share_words(pillar.share) if pillar.share is not None else NO_FIGURE
        gap = difference(pillar.score, pillar.target)
        told = cells(number(pillar.score), number(pillar.target), number(gap), share) if scored else ()
        weight, coverage = cells(percent(pillar.applicable_weight, 1), covered(pillar.coverage))
        rows.append((runs(Run(case.title(pillar.id), bold=True)), weight, *told, coverage))
    note = case.grammar.paragraph([case.say(NOTE) if scored else "", cut(case, MOST_ROWS, len(case.pillars))])
    return [
        Paragraph(runs(said)),
        Table(columns, tuple(rows), case.say(CAPTION if scored else CAPTION_OPEN), note),
        *_left_out(case),
        *placing.peer_blocks(case),
    ]


def _left_out(case: Case) -> list[Block]:
    names = and_more(case, [case.title(node.id) for node in case.left_out], MOST_ROWS)
    return [Paragraph(runs(case.say(LEFT_OUT, names=names)))] if names else []


MOST_BARS = 24
MOST_ITEMS = 6
CARRYING, HOLDING, FEW = 2, 4, 3
"""Answers told behind each of a few strengths and gaps; behind each of many fewer."""

# ── The figures in a sentence ──

LEAD = _(
    "Score {score}, target {target}{range}. The pillar has {weight} of the weight{alone}{share}; {coverage} of it is "
    "answered."
)
NO_SCORE = _(
    "No score yet: {coverage} of the pillar's weight is answered, {minimum} are needed. Depending on the open "
    "answers it lies in the range {range}. Questions answered: {answered} of {asked}."
)


def silent(case: Case) -> list[Block]:
    """Name the pillars in which nothing is answered, in one sentence instead of an empty page each."""
    names = [case.short(pillar.id) for pillar in case.pillars if not pillar.coverage]
    if not names or not case.answered:
        return []
    return [Paragraph(runs(case.say(_("Nothing is answered yet in {names}."), names=case.listed(names))))]


def lead(case: Case, pillar: NodeScore) -> Paragraph:
    """Return a pillar's figures."""
    if pillar.score is None:
        least = case.assessed.figures.rules.minimum_coverage
        asked = [node for dimension in case.dimensions(pillar.id) for node in case.questions(dimension.id)]
        return Paragraph(
            runs(
                case.say(
                    NO_SCORE,
                    coverage=covered(pillar.coverage, least),
                    minimum=percent(least),
                    range=span(pillar.low, pillar.high),
                    answered=sum(node.score is not None for node in asked),
                    asked=len(asked),
                )
            )
        )
    others_open = pillar.effective_weight and any(p.score is None and p.applicable_weight for p in case.pillars)
    open_range = number(pillar.low) != number(pillar.high)
    said = case.say(
        LEAD,
        score=apart(pillar.score, pillar.target),
        target=number(pillar.target),
        range=case.say(_(", possible range {range}"), range=span(pillar.low, pillar.high)) if open_range else "",
        weight=percent(pillar.effective_weight or pillar.applicable_weight, 1),
        alone=case.say(_(" (pillars without a score left out)")) if others_open else "",
        share=case.say(_(" and {share} of the shortfall"), share=share_words(pillar.share)) if pillar.share else "",
        coverage=covered(pillar.coverage),
    )
    return Paragraph(runs(said))


# ── Bars ──

CAPTION_UNSCORED = _("{pillar}: no dimension has a score yet")
CAPTION_REACHED = _("{pillar}: all dimensions have reached their targets")
CAPTION_REACHED_SCORED = _("{pillar}: every scored dimension has reached its target")
CAPTION_BEHIND = _("{pillar}: furthest below target is {dimension}")
CAPTION_BEHIND_ALIKE = _("{pillar}: equally far below target are {dimension}")
ALT = _("Bars on a scale of 100 from current score to target: {items}.")


def bars(case: Case, pillar: NodeScore) -> Bars:
    """Draw a pillar's dimensions from current score to target, with the range that open answers leave."""
    nodes = case.dimensions(pillar.id)
    drawn = tuple(bar(case, node, case.title(node.id)) for node in nodes[:MOST_BARS])
    scored = [node for node in nodes if node.gap is not None]
    short = {node.id: difference(node.score, node.target) or 0.0 for node in scored}
    below = {node.id for node in gaps(case, pillar.id)}
    furthest = [case.in_sentence(case.title(id)) for id in short if id in below and short[id] == max(short.values())]
    reached = CAPTION_REACHED_SCORED if unscored(case, pillar.id) else CAPTION_REACHED
    behind = CAPTION_BEHIND if len(furthest) == 1 else CAPTION_BEHIND_ALIKE
    words = CAPTION_UNSCORED if not scored else behind if gaps(case, pillar.id) else reached
    caption = case.say(words, pillar=case.short(pillar.id), dimension=and_more(case, furthest, MOST_ITEMS))
    caption += drawn_of(case, MOST_BARS, len(nodes))
    return Bars(drawn, case.say(_("Current score")), case.say(_("Target")), caption, alt_of(case, drawn))


def bar(case: Case, node: NodeScore, label: str) -> Bar:
    """Draw one node; the range that is drawn is told, too, for those who read bars as words."""
    value = now_and_target(case, node)
    if number(node.low) != number(node.high):
        value += case.grammar.bracketed(span(node.low, node.high))
    return Bar(label, node.score, node.target, node.low, node.high, value, marks(case, node))


def alt_of(case: Case, drawn: Sequence[Bar]) -> str:
    """State in words what bars show."""
    items = [case.say(_("{name} {value}"), name=bar.label, value=bar.value) for bar in drawn]
    return case.say(ALT, items=case.series(items))


# ── Strengths ──


MORE_REACHED = _n(
    "{count} further dimension has reached its target.", "{count} further dimensions have reached their targets."
)


def strength_items(case: Case, pillar: str) -> tuple[Inline, ...]:
    """State what is good in a pillar: dimensions on target; where there is none, answers that are."""
    found = strengths(case, pillar)
    most = CARRYING if len(case.dimensions(pillar)) <= FEW else 1
    if found:
        told = (
            _told(case, opening(case, node), sentences(case, in_place(case, node.id, most), "strength"))
            for node in found[:MOST_ITEMS]
        )
        return (*told, *_further(case, MORE_REACHED, len(found)))
    grounds = carried(case, gaps(case, pillar))[:MOST_ITEMS]
    return tuple(_told(case, case.grammar.sentence(case.title(node.id)), words) for node, words in grounds)


def _further(case: Case, words: Text, total: int) -> list[Inline]:
    """Say how many more there are than are told: a list that is cut short must not pass for all of them."""
    return [runs(case.say(words, count=total - MOST_ITEMS))] if total > MOST_ITEMS else []


def has_strengths(case: Case, pillar: str) -> bool:
    """Return whether a dimension of the pillar has reached its target."""
    return bool(strengths(case, pillar))


def _told(case: Case, opens: str, words: Sequence[str]) -> Inline:
    """Open with what the figures say, go on with what lies behind them."""
    return runs(Run(opens, bold=True), *([case.grammar.space + case.grammar.paragraph(words)] if words else []))


# ── Gaps ──

TO_TARGET = _("Raising the first of these alone to the target adds {points} to the overall score.")
TO_TARGET_FLOORS = _(
    "Raising the first of these alone to the target adds {points} to the overall score before the floors, {floored} "
    "after them."
)
TO_TARGET_ONE = _("Raising this alone to the target adds {points} to the overall score.")
TO_TARGET_ONE_FLOORS = _(
    "Raising this alone to the target adds {points} to the overall score before the floors, {floored} after them."
)
UNSCORED = _(": no score, {answered} of {asked} questions answered, possible range {range}.")
UNSCORED_ONE = _(": no score, its one question is not answered, possible range {range}.")
MORE_BELOW = _n(
    "{count} further dimension lies below its target: see the ranked gaps.",
    "{count} further dimensions lie below their targets: see the ranked gaps.",
)
MORE_UNSCORED = _n("{count} further dimension has no score yet.", "{count} further dimensions have no score yet.")


def gap_items(case: Case, pillar: str) -> tuple[Inline, ...]:
    """State what is missing in a pillar, the largest part of the shortfall first, then what has no score."""
    lagging, unknown = gaps(case, pillar), unscored(case, pillar)
    most = HOLDING if len(lagging) <= FEW else CARRYING
    items: list[Inline] = []
    for node in lagging[:MOST_ITEMS]:
        answers, held = holding_back(case, node.id, most), blocking(case, node.id)
        words = sentences(case, answers, "gap")
        told_first = held is not None and held in answers[:1] and stated(case, held.id)
        gains = () if held is None else (held.to_target, held.to_target_after_floors)
        if held is not None and told_first and not {*map(number, gains)} <= {NO_FIGURE, "0.0"}:
            floored = points(case, held.to_target_after_floors)
            twice = after_floors_differ(case, [held])
            several, one = (TO_TARGET_FLOORS, TO_TARGET_ONE_FLOORS) if twice else (TO_TARGET, TO_TARGET_ONE)
            told = one if len(answers) == 1 else several
            words.append(case.say(told, points=points(case, held.to_target), floored=floored))
        items.append(_told(case, opening(case, node), words))
    items += _further(case, MORE_BELOW, len(lagging))
    for node in unknown[:MOST_ITEMS]:
        asked = case.questions(node.id)
        answered = sum(entry.score is not None for entry in asked)
        template = UNSCORED_ONE if len(asked) == 1 else UNSCORED
        said = case.say(template, answered=answered, asked=len(asked), range=span(node.low, node.high))
        items.append(runs(Run(case.title(node.id), bold=True), said))
    return (*items, *_further(case, MORE_UNSCORED, len(unknown)))


def bulleted(items: Sequence[Inline], *, numbered: bool = False) -> list[Block]:
    """Make a list of items, or nothing of none."""
    return [Bullets(tuple(items), numbered)] if items else []
