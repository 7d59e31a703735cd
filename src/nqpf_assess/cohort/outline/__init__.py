"""The report on a cohort as blocks: the tables of a study in words and bars, in either language; it alone rounds."""

from collections.abc import Callable, Iterator, Sequence

from nqpf_assess.cohort.outline import choices, gaps, groups
from nqpf_assess.cohort.outline import wording as w
from nqpf_assess.cohort.outline.told import Told, rows_of
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.text import Text, tell
from nqpf_assess.report.blocks import (
    Block,
    Callout,
    Cover,
    KeyFigure,
    KeyFigures,
    Outline,
    OutlinePart,
    Paragraph,
    runs,
)
from nqpf_assess.report.wording import number, span

__all__ = ["Told", "cohort_outline", "rows_of"]


def cohort_outline(parts: Sequence[Told]) -> Outline:
    """Make the outline, a part for each language."""
    first = parts[0]
    title, subject = first.say(w.TITLE), tell(first.questionnaire.title, first.language)
    return Outline(
        title=f"{title} · {subject}",
        subject=title,
        language=first.language,
        date=first.date,
        header=f"{subject} · {title}",
        footer=first.say(w.FOOTER, digest=first.head["questionnaire"]["digest"].removeprefix("sha256:")[:16]),
        parts=tuple(OutlinePart(part.language, tuple(_blocks(part))) for part in parts),
        keywords=("cohort", "同类群体", "new quality productive forces", "新质生产力"),
    )


def _blocks(told: Told) -> Iterator[Block]:
    yield _cover(told)
    yield told.headings.section(_verdict(told), "answer")
    yield from _answer(told)
    for words, anchor, table, blocks in SECTIONS:
        body = list(blocks(told)) if table in told.tables else []
        if body:
            yield told.headings.section(told.say(words), anchor, new_page=False)
            yield from body
    yield told.headings.section(told.say(w.METHOD_HEAD), "method", new_page=False)
    yield from (Paragraph(runs(told.say(words, minimum=told.head["minimum_group"]))) for words in w.METHOD)


SECTIONS: Sequence[tuple[Text, str, str, Callable[[Told], Iterator[Block]]]] = (
    (w.PARTS_HEAD, "parts", "groups", groups.part_blocks),
    (w.GROUPS_HEAD, "groups", "groups", groups.group_blocks),
    (w.GAPS_HEAD, "gaps", "gaps", gaps.gap_blocks),
    (w.SHARED_HEAD, "shared", "herding", choices.measure_blocks),
    (w.HERDING_HEAD, "herding", "herding", choices.herding_blocks),
    (w.INEQUALITY_HEAD, "inequality", "inequality", gaps.inequality_blocks),
    (w.WEIGHTS_HEAD, "weights", "weights", gaps.weight_blocks),
    (w.RANKS_HEAD, "ranks", "ranks", groups.rank_blocks),
)
"""Title, anchor, the table without which a section has nothing to say, and what it says."""


def _cover(told: Told) -> Cover:
    names = grammar(told.language)
    facts = [
        (w.RESPONDENTS, f"{told.head['rows']:,}"),
        (w.PROFILES, names.list(tell(words, told.language) for words in told.profiles.values())),
        (w.GROUPED, told.grouping()),
        (w.VERSION, f"{told.head['questionnaire']['id']} {told.head['questionnaire']['version']}"),
        (w.DATE, told.date),
    ]
    subject = tell(told.questionnaire.title, told.language)
    shown = tuple((told.say(label), value) for label, value in facts)
    return Cover(told.say(w.TITLE), told.say(w.SUBTITLE), subject, shown, told.say(w.NOTICE))


def _verdict(told: Told) -> str:
    whole = told.whole(told.total)
    if whole is None:
        return told.say(w.TOO_FEW, minimum=told.head["minimum_group"])
    return told.say(w.VERDICT, median=number(whole["median"]), low=number(whole["q25"]), high=number(whole["q75"]))


def _answer(told: Told) -> Iterator[Block]:
    whole = told.whole(told.total)
    if whole is not None:
        gini = next((row["gini"] for row in told.tables["inequality"] if row["column"] == told.total), None)
        figures = (
            KeyFigure(told.say(w.SCORED), f"{whole['scored']:,}", told.say(w.OF_ALL, n=f"{told.head['rows']:,}")),
            KeyFigure(told.say(w.MEDIAN), number(whole["median"]), told.column(told.total)),
            KeyFigure(told.say(w.MIDDLE), span(whole["q25"], whole["q75"]), told.say(w.MIDDLE_NOTE)),
            KeyFigure(told.say(w.GINI), number(gini, 3), told.say(w.GINI_NOTE)),
        )
        yield KeyFigures(figures)
    if told.head["left_out"]:
        yield Paragraph(runs(told.say(w.LEFT_OUT, n=f"{told.head['left_out']:,}")), "note")
    yield Callout(told.say(w.RELATIVE), runs(told.say(w.RELATIVE_WORDS)))
    yield from groups.band_blocks(told)
