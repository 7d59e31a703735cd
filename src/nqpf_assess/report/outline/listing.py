"""Annex: every question with its answer, score, weight, evidence, note and source."""

from collections.abc import Sequence

from nqpf_assess.engine.states import stored
from nqpf_assess.model.text import text
from nqpf_assess.report.blocks import Block, Column, Inline, Paragraph, Run, Table, runs
from nqpf_assess.report.outline.case import Case, typed
from nqpf_assess.report.outline.citing import cited
from nqpf_assess.report.outline.phrases import raised, with_year
from nqpf_assess.report.wording import CONFIDENCE_WORDS, STATE_WORDS, number

MOST_ROWS = 300
MOST_EVIDENCE = 10

TITLE = text(en="Every question and answer", zh="题目与作答明细")
LEAD = text(
    en="Weight is the share of the overall score that a question carries, in percentage points; where the means are "
    "arithmetic, Σ weight × score / 100 gives the overall score. A question that carries nothing has weight 0.",
    zh="权重为该题占总分的份额（百分点）；各级均为算术平均时，Σ 权重×得分/100即为总分。未计入总分的题目权重为0。",
)
CAPPED = text(
    en="The questionnaire has {total} questions. The {shown} that carry most are listed here; all answers are in the "
    "file that this report was made from.",
    zh="本问卷共{total}题，此处列出权重最大的{shown}题，全部作答见生成本报告的文件。",
)
HIDDEN = text(
    en="Questions not asked under these conditions or in this mode: {n}.",
    zh="按{conditions}或作答模式，另有{n}题未询问。",
)
QUESTION = text(en="Question", zh="题目")
ANSWER = text(en="Answer", zh="作答")
SCORE = text(en="Score", zh="得分")
WEIGHT = text(en="Weight", zh="权重")
EVIDENCE = text(en="Evidence, note, source", zh="佐证、备注、出处")
EVIDENCE_LINE = text(en="Evidence: {evidence}. ", zh="佐证：{evidence}。")
NO_EVIDENCE = text(en="No evidence named. ", zh="未注明佐证。")
NOTE_LINE = text(en="Note: {note}. ", zh="备注：{note}。")
REASON_LINE = text(en="Reason: {reason}. ", zh="理由：{reason}。")
CONFIDENCE_LINE = text(en="Confidence: {confidence}. ", zh="把握程度：{confidence}。")
BY_LINE = text(en="Answered by {by}. ", zh="填报：{by}。")
OLD_LINE = text(en="Answered to an earlier wording of the question; please confirm. ", zh="按题目旧版作答，请确认。")
SOURCE_LINE = text(en="Basis: {source}.", zh="题目依据：{source}。")


def listing_blocks(case: Case) -> Sequence[Block]:
    """Give the annex without its heading."""
    asked = [id for id in _in_order(case) if case.nodes[id].state != "hidden"]
    shown = asked
    if len(asked) > MOST_ROWS:
        heaviest = sorted(asked, key=lambda id: -case.nodes[id].applicable_weight)[:MOST_ROWS]
        kept = set(heaviest)
        shown = [id for id in asked if id in kept]
    hidden = len(case.instrument.questions) - len(asked)
    notes = [case.say(CAPPED, total=len(case.instrument.questions), shown=MOST_ROWS)] if len(asked) > MOST_ROWS else []
    notes += [case.say(HIDDEN, n=hidden)] if hidden else []
    tables: list[Block] = []
    for pillar in case.instrument.pillars:
        rows = [id for id in shown if case.pillar_of(case.questionnaire.questions[id].dimension) == pillar]
        if rows:
            tables.append(_table(case, pillar, rows))
    lead = " ".join((case.say(LEAD), *notes)) if case.language == "en" else "".join((case.say(LEAD), *notes))
    return [Paragraph(runs(lead)), *tables]


def _in_order(case: Case) -> list[str]:
    return [node for node in case.instrument.nodes if node in case.questionnaire.questions]


def _table(case: Case, pillar: str, questions: Sequence[str]) -> Table:
    columns = (
        Column(case.say(QUESTION), 2.5),
        Column(case.say(ANSWER), 2.3),
        Column(case.say(SCORE), 0.5, "right"),
        Column(case.say(WEIGHT), 0.5, "right"),
        Column(case.say(EVIDENCE), 3.6),
    )
    return Table(columns, tuple(_row(case, id) for id in questions), case.title(pillar))


def _row(case: Case, id: str) -> tuple[Inline, ...]:
    node = case.nodes[id]
    return (
        runs(case.title(id), Run(f" [{id}]")),
        runs(raised(with_year(case, id))),
        runs(number(node.score)),
        runs(number(100 * node.effective_weight, 2)),
        runs("".join(_remarks(case, id)).strip()),
    )


def _remarks(case: Case, id: str) -> list[str]:
    question, given, seen = case.questionnaire.questions[id], case.given(id), case.assessed.view.questions[id]
    evidence = [shown for entry in given.evidence if (shown := typed(entry))][:MOST_EVIDENCE]
    found = []
    if evidence:
        found.append(case.say(EVIDENCE_LINE, evidence=case.series(evidence)))
    elif seen.state == "answered" and question.kind != "text":
        found.append(case.say(NO_EVIDENCE))
    if seen.state == "na":
        reason = given.reason if stored(question, given).state == "na" else case.tell(question.na_reason or {})
        found += [case.say(REASON_LINE, reason=_unstopped(reason))] if typed(reason) else []
    if typed(given.note):
        found.append(case.say(NOTE_LINE, note=_unstopped(given.note)))
    if given.confidence and seen.state == "answered":
        found.append(case.say(CONFIDENCE_LINE, confidence=CONFIDENCE_WORDS[given.confidence]))
    if typed(given.by):
        found.append(case.say(BY_LINE, by=typed(given.by)))
    if given.revision is not None and given.revision < question.revision:
        found.append(case.say(OLD_LINE))
    source = cited(case, [source for source in question.sources if source != "expert"])
    return [*found, case.say(SOURCE_LINE, source=source)] if source else found or [case.say(STATE_WORDS[seen.state])]


def _unstopped(words: str | None) -> str:
    return typed(words).rstrip(".。")
