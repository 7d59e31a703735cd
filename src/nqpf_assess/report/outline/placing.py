"""What stands beside the scores: published figures, and many others like this one. No score changes by them."""

from collections.abc import Iterator, Mapping, Sequence

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import told
from nqpf_assess.locale import _
from nqpf_assess.model.questionnaire import AnyQuestion
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.report.blocks import (
    BarMark,
    Block,
    Callout,
    Inline,
    Paragraph,
    Run,
    Table,
    TableColumn,
    cells,
    runs,
)
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.phrases import cut, indicator, with_year
from nqpf_assess.report.peer_words import ALIKE_QUESTION, alike_words, group_words, period_words
from nqpf_assess.report.wording import CONFIDENCE_WORDS, NO_FIGURE, number, span, unit_of

MOST_ROWS = 12


def compared(case: Case, pillar: str) -> list[tuple[NodeScore, AnyQuestion]]:
    """Return the answered figures of a pillar for which something is published."""
    found = []
    for dimension in case.dimensions(pillar):
        for node in case.questions(dimension.id):
            question = case.questionnaire.questions[node.id]
            if kind_of(question).benchmarks(question) and node.score is not None:
                found.append((node, question))
    return found


# ── The tables ──

TABLE_NOTE = _("For orientation, never scored. Numbers in brackets: annex “Sources and fact check”.")


def published_table(case: Case, pillar: NodeScore, numbers: Mapping[str, int]) -> Sequence[Block]:
    """Set the answered figures of a pillar beside what is published; `numbers`: under which sources are listed."""
    rows = []
    for node, question in compared(case, pillar.id):
        published = []
        for entry in kind_of(question).benchmarks(question):
            id = entry.source.partition("#")[0]
            unsure = entry.confidence not in (None, "high")
            whose = case.tell(entry.words)
            published.append(
                case.say(
                    _("{value} ({whose}, {year}) [{source}]"),
                    value=told(entry.value, unit_of(question, case.language)),
                    whose=whose
                    + (
                        case.say(_(", confidence {confidence}"), confidence=CONFIDENCE_WORDS[entry.confidence or "low"])
                        if unsure
                        else ""
                    ),
                    year=entry.year,
                    source=numbers.get(id, id),
                )
            )
        shown = case.series(published)
        rows.append(cells(indicator(case, node.id), with_year(case, node.id), number(node.score), shown))
    if not rows:
        return []
    columns = (
        TableColumn(case.say(_("Indicator")), 2.6),
        TableColumn(case.say(_("Here")), 1.3),
        TableColumn(case.say(_("Score")), 0.5, "right"),
        TableColumn(case.say(_("Published figures")), 3.8),
    )
    note = case.grammar.paragraph([case.say(TABLE_NOTE), cut(case, MOST_ROWS, len(rows))])
    return [Table(columns, tuple(rows[:MOST_ROWS]), case.say(_("Indicators beside published figures")), note)]


# ── Many like this one ──

NOTE = _("Relative figures from self-assessments: they say how others score, not how good a score is.")
MARK = _("quartiles and median of others")
MARK_OTHER = _("quartiles and median of others (another edition or baseline)")


def marks(case: Case, node: NodeScore) -> tuple[BarMark, ...]:
    """Return the marks beside a bar: quartiles and median of the others."""
    placing = case.placings.nodes.get(node.id) if case.placings else None
    if placing is None or case.placings is None:
        return ()
    words = MARK_OTHER if case.placings.other_edition else MARK
    spread = placing.spread
    return tuple(BarMark(at, case.say(words)) for at in (spread.q25, spread.median, spread.q75))


def peer_blocks(case: Case) -> Iterator[Block]:
    """Set every score beside the others, and say what many chose alike; nothing without a benchmark."""
    if case.placings is None:
        return
    if case.placings.nodes:
        columns = (
            TableColumn(case.say(_("Pillar and dimension")), 2.6),
            TableColumn(case.say(_("Here")), 0.6, "right"),
            TableColumn(case.say(_("Median")), 0.7, "right"),
            TableColumn(case.say(_("Quartiles")), 1.0, "right"),
            TableColumn(case.say(_("Where it stands")), 1.2),
        )
        rows: list[tuple[Inline, ...]] = []
        for node in (node for pillar in case.pillars for node in (pillar, *case.dimensions(pillar.id))):
            spread, placing = case.placings.spread_of(node), case.placings.nodes.get(node.id)
            others = (number(spread.median), span(spread.q25, spread.q75)) if spread else (NO_FIGURE,) * 2
            figures = [number(node.score), *others, case.say(placing.short) if placing else NO_FIGURE]
            rows.append((runs(Run(case.title(node.id), bold=node.level == "pillar")), *cells(*figures)))
        said = (NOTE, *case.placings.notes)
        group, period = case.placings.group, case.placings.period
        yield Table(
            columns,
            tuple(rows),
            case.say(
                _("Scores beside {n} respondents, as far as these have one{group}{period} ({relative})"),
                n=f"{group.n:,}",
                group=case.say(_(" ({group})"), group=group_words(case.placings.group, case.questionnaire))
                if group.group
                else "",
                period=case.say(_(", {period}"), period=period_words(case.placings)) if period else "",
                relative=case.placings.relative,
            ),
            case.grammar.space.join(case.say(words) for words in said),
        )
    for row in case.placings.alike:
        yield Callout(
            case.say(_("The same in many places")), runs(case.say(alike_words(row, case.questionnaire))), "warn"
        )
    if case.placings.alike:
        yield Paragraph(runs(case.say(ALIKE_QUESTION)))
