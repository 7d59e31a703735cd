"""Ranked gaps: each dimension's part of the shortfall, and the one answer that holds it back."""

from collections.abc import Sequence

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.locale import _
from nqpf_assess.report.blocks import Block, Inline, Paragraph, Run, Table, TableColumn, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import after_floors_differ, all_gaps, blocking, capped, stated, unscored
from nqpf_assess.report.outline.phrases import DIMENSIONS, and_more, counted, cut, raised, share_words
from nqpf_assess.report.wording import GAPS_UNSCORED, NO_FIGURE, adds_up, difference, gap_in_parts, number, span

MOST = 30
HALF = 0.5

HEADLINE_SPREAD = _("The shortfall is spread over {dimensions}; no single one decides it")
HEADLINE_OPEN = _("Gaps that can be named before everything is answered")
HEADLINE_EMPTY = _("No gap can be named yet")


def headline(case: Case) -> str:
    """State how the shortfall is spread."""
    ranked, shortfall = all_gaps(case), case.card.overall.shortfall
    if not ranked:
        return case.say(HEADLINE_EMPTY if shortfall is None else _("No scored dimension lies below its target"))
    if not shortfall:  # 0: all gaps lie in pillars of which too little is answered
        return case.say(HEADLINE_OPEN)
    if len(ranked) == 1:
        return case.say(_("One scored dimension lies below its target: {names}"), names=case.short(ranked[0].id))
    most, total = 0, 0.0
    while total < HALF and most < len(ranked):
        total, most = total + (ranked[most].share or 0.0), most + 1
    while most < len(ranked) and share_words(ranked[most].share) == share_words(ranked[most - 1].share):
        most += 1  # one that is printed as large is named as well
    names = case.listed([case.short(node.id) for node in ranked[:most]])
    if most == 1:
        return case.say(_("One dimension makes up half of the shortfall or more: {names}"), names=names)
    if most > 4:
        return case.say(HEADLINE_SPREAD, dimensions=counted(case, len(ranked), DIMENSIONS))
    return case.say(
        _("{dimensions} make up half of the shortfall or more: {names}"),
        dimensions=counted(case, most, DIMENSIONS),
        names=names,
    )


LEAD = _(
    "By their weights the dimensions below their targets are {shortfall} points short, those above them {surplus} "
    "points ahead; the difference is {difference}."
)
LEAD_NONE_AHEAD = _(
    "By their weights the dimensions below their targets are {shortfall} points short, and none lies above its target."
)
LEAD_SAME = _(" That is the gap between the overall score and its target.")
LEAD_GEOMETRIC = _(" Under the geometric mean, in which weak parts weigh more, the gap of the overall score is {gap}.")
NO_GAPS = _("There is nothing to rank: every scored dimension has reached the target set for {place}.")
NO_GAPS_HELD = _(
    "There is nothing to rank: every scored dimension has reached the target set for {place}. What holds the score "
    "down is a floor: the part that it judges has to be lifted all the same."
)
OPEN = _(
    "Without an overall score the gaps have no common measure; they are sorted by their size in points of the "
    "dimension."
)
REACHED_OPEN = _(
    "Every dimension that has a score has reached its target. Of the others, and so of the whole, too little is "
    "answered for a score."
)
EMPTY = _(
    "No dimension has enough answers for a score. Which gaps there are will show once the missing items are filled in."
)


def lead(case: Case) -> Paragraph:
    """State what the ranking adds up to."""
    overall, nodes = case.card.overall, [node for pillar in case.pillars for node in case.dimensions(pillar.id)]
    if overall.shortfall is None:
        scored = any(node.score is not None for node in nodes)
        return Paragraph(runs(case.say(OPEN if all_gaps(case) else REACHED_OPEN if scored else EMPTY)))
    if not all_gaps(case):
        return Paragraph(runs(case.say(NO_GAPS_HELD if capped(case) else NO_GAPS)))
    same = adds_up(overall)
    gap, shortfall, surplus = gap_in_parts(overall)
    net = gap if same else difference(overall.surplus, overall.shortfall)
    values = {"shortfall": number(shortfall), "surplus": number(surplus), "difference": number(net)}
    # One above its target carries nothing where too little is answered of its pillar.
    ahead = overall.surplus or any((node.gap or 0.0) < -TOLERANCE for node in nodes)
    words = LEAD if ahead else LEAD_NONE_AHEAD
    said = case.say(words, **values) + case.say(LEAD_SAME if same else LEAD_GEOMETRIC, gap=number(gap))
    if not overall.shortfall:
        said = case.say(GAPS_UNSCORED, **values)
    before = case.say(_(" These figures belong to the score before the floor.")) if capped(case) else ""
    return Paragraph(runs(said + before))


CAPTION = _("Gaps ranked by their share of the shortfall")
CAPTION_OPEN = _("Gaps ranked by their size")
NOTE = _(
    "Share: of the weighted shortfall. To target: points the overall score gains if this one answer alone rises to the "
    "target of its dimension, recalculated exactly."
)
NOTE_FLOORS = _("After floors: the same once the floors are applied before and after.")


def table(case: Case) -> list[Block]:
    """Rank the gaps."""
    ranked = all_gaps(case)
    if not ranked:
        return []
    scored = bool(case.card.overall.shortfall)
    holding = {node.id: blocking(case, node.id) for node in ranked[:MOST]}
    floored = scored and after_floors_differ(case, filter(None, holding.values()))
    note = case.grammar.paragraph([case.say(NOTE), case.say(NOTE_FLOORS) if floored else ""]) if scored else ""
    note = case.grammar.paragraph([note, cut(case, MOST, len(ranked))])
    columns = (
        TableColumn(case.say(_("No.")), 0.4, "right"),
        TableColumn(case.say(_("Dimension (pillar)")), 2.6),
        TableColumn(case.say(_("Now → target")), 1.0, "right"),
        TableColumn(case.say(_("Gap")), 0.6, "right"),
        *((TableColumn(case.say(_("Share")), 0.7, "right"),) if scored else ()),
        TableColumn(case.say(_("Held back by")), 3.2),
        *((TableColumn(case.say(_("To target")), 0.7, "right"),) if scored else ()),
        *((TableColumn(case.say(_("After floors")), 0.7, "right"),) if floored else ()),
    )
    rows: list[tuple[Inline, ...]] = []
    for place, node in enumerate(ranked[:MOST], start=1):
        held = holding[node.id]
        pillar = case.say(_(" ({pillar})"), pillar=case.short(case.pillar_of(node.id)))
        gains = (None, None) if held is None else (held.to_target, held.to_target_after_floors)
        rows.append(
            (
                runs(str(place)),
                runs(Run(case.title(node.id), bold=True), pillar),
                runs(f"{number(node.score)} → {number(node.target)}"),
                runs(number(difference(node.score, node.target))),
                *((runs(share_words(node.share)),) if scored else ()),
                runs((held and raised(stated(case, held.id, told_as="gap"))) or NO_FIGURE),
                *((runs(number(gain, signed=True)) for gain in gains[: 1 + floored]) if scored else ()),
            )
        )
    return [Table(columns, tuple(rows), case.say(CAPTION if scored else CAPTION_OPEN), note)]


WITHOUT = _("Not ranked, because too little is answered for a score: {names}.")


def without_score(case: Case) -> list[Block]:
    """Name the dimensions that cannot be ranked."""
    nodes = [node for pillar in case.pillars for node in unscored(case, pillar.id)]
    if not nodes or len(nodes) == sum(len(case.dimensions(pillar.id)) for pillar in case.pillars):
        return []
    items = []
    for node in nodes:
        name = case.in_sentence(case.title(node.id))
        items.append(
            case.say(_("{name} (possible range {range})"), name=name, range=span(node.low, node.high))
            if node.coverage
            else name
        )
    return [Paragraph(runs(case.say(WITHOUT, names=and_more(case, items, MOST))), "note")]


def ranking_blocks(case: Case) -> Sequence[Block]:
    """Return the section without its heading."""
    return [lead(case), *table(case), *without_score(case)]
