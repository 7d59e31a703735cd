"""All pillars at a glance: what was assessed, what has reached its target, one row for each pillar."""

from collections.abc import Sequence

from nqpf_assess.locale import _
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.report.blocks import Block, Column, Inline, Paragraph, Run, Table, cells, runs
from nqpf_assess.report.outline import benchmarks, beside
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import reached
from nqpf_assess.report.outline.phrases import DIMENSIONS, MORE_ROWS, PILLARS, QUESTIONS, counted, share_words
from nqpf_assess.report.wording import NO_FIGURE, number, percent

MOST_ROWS = 40

LEAD = _(
    "Assessed are {pillars} and {dimensions}, by {questions} that apply here. Dimensions on target: {reached}; "
    "below target: {below}{open}."
)
LEFT_OUT = _("Not assessed here, because it is switched off or nothing in it applies: {names}.")
CAPTION = _("Pillars: score, target and part of the shortfall")
CAPTION_OPEN = _("Pillars and what they weigh")
NOTE = _("Gap: target minus score; a negative gap lies above the target.")


def headline(case: Case) -> str:
    """Count what has reached its target."""
    nodes = _dimensions(case)
    if not any(node.score is not None for node in nodes):
        return case.say(_("What the answers show so far"))
    return case.say(
        _("On target: {reached} of {all} dimensions"), reached=sum(reached(node) for node in nodes), all=len(nodes)
    )


def _dimensions(case: Case) -> list[NodeScore]:
    return [node for pillar in case.pillars for node in case.dimensions(pillar.id)]


def overview_blocks(case: Case) -> Sequence[Block]:
    """Give the overview without its heading."""
    nodes = _dimensions(case)
    if not nodes:
        return _left_out(case)
    above = sum(reached(node) for node in nodes)
    unscored = sum(node.score is None for node in nodes)
    said = case.say(
        LEAD,
        pillars=counted(case, len(case.pillars), PILLARS),
        dimensions=counted(case, len(nodes), DIMENSIONS),
        questions=counted(case, len(case.counting), QUESTIONS),
        reached=above,
        below=len(nodes) - above - unscored,
        open=case.say(_("; too few answers for a score: {open}"), open=unscored) if unscored else "",
    )
    return [Paragraph(runs(said)), _table(case), *_left_out(case), *beside.beside_blocks(case), *benchmarks.chart(case)]


def _left_out(case: Case) -> list[Block]:
    names = [case.title(node.id) for node in case.left_out[:MOST_ROWS]]
    return [Paragraph(runs(case.say(LEFT_OUT, names=case.listed(names))))] if names else []


def _table(case: Case) -> Table:
    """One row a pillar; the columns of figures only where some pillar has them."""
    scored = any(pillar.score is not None for pillar in case.pillars)
    figures = (
        Column(case.say(_("Score")), 0.8, "right"),
        Column(case.say(_("Target")), 0.8, "right"),
        Column(case.say(_("Gap")), 0.8, "right"),
        Column(case.say(_("Share of the shortfall")), 1.1, "right"),
    )
    columns = (
        Column(case.say(_("Pillar")), 2.8),
        Column(case.say(_("Weight")), 0.8, "right"),
        *(figures if scored else ()),
        Column(case.say(_("Answered")), 0.9, "right"),
    )
    rows = tuple(_row(case, pillar, scored=scored) for pillar in case.pillars[:MOST_ROWS])
    note = case.say(NOTE) if scored else ""
    if len(case.pillars) > MOST_ROWS:
        note += " " + case.say(MORE_ROWS, shown=MOST_ROWS, total=len(case.pillars))
    return Table(columns, rows, case.say(CAPTION if scored else CAPTION_OPEN), note.strip())


def _row(case: Case, pillar: NodeScore, *, scored: bool) -> tuple[Inline, ...]:
    share = share_words(pillar.share) if pillar.share is not None else NO_FIGURE
    figures = cells(number(pillar.score), number(pillar.target), number(pillar.gap), share)
    return (
        runs(Run(case.title(pillar.id), bold=True)),
        runs(percent(pillar.applicable_weight, 1)),
        *(figures if scored else ()),
        runs(percent(pillar.coverage)),
    )
