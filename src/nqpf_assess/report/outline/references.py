"""Annex: the sources this report rests on, and the paper's figures checked against what was published."""

from collections.abc import Iterator, Mapping, Sequence

from nqpf_assess.model.questionnaire import Figure, NumberQuestion
from nqpf_assess.model.text import text
from nqpf_assess.report.blocks import Block, Column, Inline, Paragraph, Run, Table, cells, runs
from nqpf_assess.report.outline.case import Case, plain
from nqpf_assess.report.outline.citing import titled
from nqpf_assess.report.outline.shelf import Shelf, measure_of
from nqpf_assess.report.wording import CONFIDENCE_WORDS, NO_FIGURE

MOST_ROWS = 150

TITLE = text(en="Sources and fact check", zh="资料来源与数据核对")
LEAD = text(
    en="Cited in this report are the following sources. What is uncertain about them is noted.",
    zh="本报告引用的资料如下，存疑之处一并注明。",
)
NO = text(en="No.", zh="序号")
SOURCE = text(en="Source", zh="资料")
KIND = text(en="Kind", zh="类别")
REMARK = text(en="Remark", zh="说明")
KINDS = {
    "paper": text(en="paper", zh="论文"),
    "statistic": text(en="statistic", zh="统计资料"),
    "policy": text(en="policy", zh="政策文件"),
    "standard": text(en="standard", zh="标准"),
    "expert": text(en="expert judgement", zh="专家判断"),
}
OTHER_KIND = text(en="other", zh="其他")

FACT_CHECK = text(en="The paper's figures beside official ones", zh="论文数据与官方数据对照")
FACT_LEAD = text(
    en="The paper that the questionnaire follows quotes figures. Where the official figure differs both are shown; "
    "this tool compares with the official one. None of them is scored.",
    zh="问卷所依据的论文引用了若干数据。与官方数据不一致的，两者并列，本工具以官方数据为参照；均不计分。",
)
FIGURE = text(en="Figure", zh="数据项")
SAID = text(en="The paper says", zh="论文表述")
FOUND = text(en="Published", zh="公开数据")
VERDICT = text(en="Verdict and use", zh="核对结论与用法")
SECTION = text(en="{said} (section {section})", zh="{said}（第{section}节）")
VERDICTS = {
    "correct": text(en="Agrees", zh="相符"),
    "outdated": text(en="Outdated", zh="数据已更新"),
    "wrong_year": text(en="Wrong year", zh="年份有误"),
    "other_definition": text(en="Other definition", zh="口径不同"),
    "not_traceable": text(en="Not traceable", zh="未查到出处"),
    "opinion": text(en="Opinion", zh="作者判断"),
}
CONFIDENCE = text(en=", confidence {confidence}", zh="，可信度{confidence}")


def reference_blocks(case: Case, shelf: Shelf) -> Sequence[Block]:
    """Give the annex without its heading."""
    numbers = source_numbers(case, shelf)
    rows = tuple(_source_row(case, id, number) for id, number in numbers.items())
    columns = (
        Column(case.say(NO), 0.35, "right"),
        Column(case.say(SOURCE), 3.4),
        Column(case.say(KIND), 0.9),
        Column(case.say(REMARK), 3.2),
    )
    found: list[Block] = []
    if rows:
        found += [Paragraph(runs(case.say(LEAD))), Table(columns, rows[:MOST_ROWS])]
    return [*found, *_figures(case, numbers)]


def source_numbers(case: Case, shelf: Shelf) -> Mapping[str, int]:
    """Number the sources that this report cites, in the order of the questionnaire."""
    used = set(_used(case, shelf))
    return {id: place for place, id in enumerate((id for id in case.questionnaire.sources if id in used), start=1)}


def _used(case: Case, shelf: Shelf) -> Iterator[str]:
    """Name every source that a shown text, number or rule cites."""
    for reference in _references(case, shelf):
        yield reference.partition("#")[0]


def _references(case: Case, shelf: Shelf) -> Iterator[str]:
    questionnaire = case.questionnaire
    for id, question in questionnaire.questions.items():
        if case.nodes[id].state != "hidden":
            yield from question.sources
            if isinstance(question, NumberQuestion) and case.nodes[id].score is not None:
                yield from (entry.source for entry in question.benchmarks)
    for row in shelf.fitting:
        yield from measure_of(case, row).sources
    for moved in case.card.ledger:
        yield from (source for step in moved.steps for source in step.sources)
    for figure in questionnaire.figures.values():
        yield from figure.sources


def _source_row(case: Case, id: str, number: int) -> tuple[Inline, ...]:
    source = case.questionnaire.sources[id]
    kind = KINDS.get(source.kind or "", OTHER_KIND)
    return cells(str(number), titled(case, id), case.say(kind), case.tell(source.note or {}) or NO_FIGURE)


def _figures(case: Case, numbers: Mapping[str, int]) -> list[Block]:
    rows = tuple(_figure_row(case, figure, numbers) for figure in case.questionnaire.figures.values())
    if not rows:
        return []
    columns = (
        Column(case.say(FIGURE), 1.3),
        Column(case.say(SAID), 1.6),
        Column(case.say(FOUND), 2.4),
        Column(case.say(VERDICT), 2.4),
    )
    return [Paragraph(runs(case.say(FACT_LEAD))), Table(columns, rows[:MOST_ROWS], case.say(FACT_CHECK))]


def _figure_row(case: Case, figure: Figure, numbers: Mapping[str, int]) -> tuple[Inline, ...]:
    stop = ". " if case.language == "en" else "。"
    said = plain(case.tell(figure.said))
    said = case.say(SECTION, said=said, section=figure.section) if figure.section else said
    ids = dict.fromkeys(reference.partition("#")[0] for reference in figure.sources)
    sources = "".join(f"[{numbers[id]}]" for id in ids if id in numbers)
    verdict = case.say(VERDICTS[figure.verdict])
    verdict += case.say(CONFIDENCE, confidence=CONFIDENCE_WORDS[figure.confidence]) if figure.confidence else ""
    note = case.tell(figure.note or {})
    return (
        runs(Run(case.tell(figure.title), bold=True)),
        runs(said),
        runs(" ".join(filter(None, (case.tell(figure.found), sources)))),
        runs(Run(verdict, bold=True), stop + note) if note else runs(Run(verdict, bold=True)),
    )
