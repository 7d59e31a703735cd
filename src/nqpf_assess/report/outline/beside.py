"""Beside many like it: where the scores stand in a benchmark file; relative, and no score changes by it."""

from collections.abc import Iterator

from nqpf_assess.exchange.benchmark import Placing
from nqpf_assess.locale import _
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.report.beside_words import ALIKE_QUESTION, alike_words, group_words, standing
from nqpf_assess.report.blocks import Block, Callout, Column, Inline, Mark, Paragraph, Run, Table, cells, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.wording import NO_FIGURE, number, span

NOTE = _("Relative figures from self-assessments: they say how others score, not how good a score is.")
MARK = _("quartiles and median of others")
MARK_OTHER = _("quartiles and median of others (another edition)")


def standing_blocks(case: Case) -> list[Block]:
    """Say beside the score where it stands; nothing without a benchmark."""
    if case.placings is None:
        return []
    return [Paragraph(runs(case.say(standing(case.placings, case.questionnaire))), "note")]


def marks(case: Case, node: NodeScore) -> tuple[Mark, ...]:
    """Give the marks beside a bar: quartiles and median of the others."""
    placing = case.placings.nodes.get(node.id) if case.placings else None
    if placing is None or case.placings is None:
        return ()
    words = MARK_OTHER if case.placings.other_edition else MARK
    spread = placing.spread
    return tuple(Mark(at, case.say(words)) for at in (spread.q25, spread.median, spread.q75))


def beside_blocks(case: Case) -> Iterator[Block]:
    """Set every score beside the others, and say what many chose alike; nothing without a benchmark."""
    if case.placings is None:
        return
    if case.placings.nodes:
        yield _table(case)
    for row in case.placings.alike:
        yield Callout(
            case.say(_("The same in many places")), runs(case.say(alike_words(row, case.questionnaire))), "warn"
        )
    if case.placings.alike:
        yield Paragraph(runs(case.say(ALIKE_QUESTION)))


def _table(case: Case) -> Table:
    columns = (
        Column(case.say(_("Pillar and dimension")), 2.6),
        Column(case.say(_("Here")), 0.6, "right"),
        Column(case.say(_("Median")), 0.7, "right"),
        Column(case.say(_("Quartiles")), 1.0, "right"),
        Column(case.say(_("Where it stands")), 1.2),
    )
    rows = [
        _row(case, node, bold=node.level == "pillar")
        for pillar in case.pillars
        for node in (pillar, *case.dimensions(pillar.id))
    ]
    said = (NOTE, *(case.placings.notes if case.placings else ()))
    return Table(columns, tuple(rows), _caption(case), case.grammar.space.join(case.say(words) for words in said))


def _row(case: Case, node: NodeScore, *, bold: bool) -> tuple[Inline, ...]:
    placing: Placing | None = case.placings.nodes.get(node.id) if case.placings else None
    title = runs(Run(case.title(node.id), bold=bold))
    if placing is None:
        return (title, *cells(number(node.score), *(NO_FIGURE,) * 3))
    spread = placing.spread
    figures = (number(placing.score), number(spread.median), span(spread.q25, spread.q75))
    return (title, *cells(*figures, case.say(placing.short)))


def _caption(case: Case) -> str:
    assert case.placings is not None
    group, period = case.placings.group, case.placings.period
    return case.say(
        _("Scores beside {n} respondents{group}{period} ({relative})"),
        n=f"{group.n:,}",
        group=case.say(_(" ({group})"), group=group_words(case.placings, case.questionnaire)) if group.group else "",
        period=case.say(_(", {period}"), period=period) if period else "",
        relative=case.placings.relative,
    )
