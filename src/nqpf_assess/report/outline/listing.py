"""Annex: every question with its answer, score, weight, evidence, note and source."""

from collections.abc import Sequence

from nqpf_assess.engine.states import stored
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import _
from nqpf_assess.report.blocks import Block, Column, Inline, Paragraph, Run, Table, runs
from nqpf_assess.report.outline.case import Case, typed
from nqpf_assess.report.outline.citing import cited
from nqpf_assess.report.outline.phrases import raised, with_year
from nqpf_assess.report.wording import CONFIDENCE_WORDS, STATE_WORDS, number

MOST_ROWS = 300
MOST_EVIDENCE = 10

TITLE = _("Every question and answer")
LEAD = _(
    "Weight is the share of the overall score that a question carries, in percentage points; where the means are "
    "arithmetic, Σ weight × score / 100 gives the overall score. A question that carries nothing has weight 0."
)
CAPPED = _(
    "The questionnaire has {total} questions. The {shown} that carry most are listed here; all answers are in the "
    "file that this report was made from."
)
HIDDEN = _("Questions not asked under these conditions or in this mode: {n}.")
OLD_LINE = _("Answered to an earlier wording of the question; please confirm. ")


def listing_blocks(case: Case) -> Sequence[Block]:
    """Give the annex without its heading."""
    asked = [
        id
        for id in [node for node in case.instrument.nodes if node in case.questionnaire.questions]
        if case.nodes[id].state != "hidden"
    ]
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
    lead = case.grammar.paragraph((case.say(LEAD), *notes))
    return [Paragraph(runs(lead)), *tables]


def _table(case: Case, pillar: str, questions: Sequence[str]) -> Table:
    columns = (
        Column(case.say(_("Question")), 2.5),
        Column(case.say(_("Answer")), 2.3),
        Column(case.say(_("Score")), 0.5, "right"),
        Column(case.say(_("Weight")), 0.5, "right"),
        Column(case.say(_("Evidence, note, source")), 3.6),
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
        found.append(case.say(_("Evidence: {evidence}. "), evidence=case.series(evidence)))
    elif seen.state == "answered" and kind_of(question).scored:
        found.append(case.say(_("No evidence named. ")))
    if seen.state == "na":
        reason = given.reason if stored(question, given).state == "na" else case.tell(question.na_reason or {})
        found += [case.say(_("Reason: {reason}. "), reason=_unstopped(reason))] if typed(reason) else []
    if typed(given.note):
        found.append(case.say(_("Note: {note}. "), note=_unstopped(given.note)))
    if given.confidence and seen.state == "answered":
        found.append(case.say(_("Confidence: {confidence}. "), confidence=CONFIDENCE_WORDS[given.confidence]))
    if typed(given.by):
        found.append(case.say(_("Answered by {by}. "), by=typed(given.by)))
    if given.revision is not None and given.revision < question.revision:
        found.append(case.say(OLD_LINE))
    source = cited(case, [source for source in question.sources if source != "expert"])
    return (
        [*found, case.say(_("Basis: {source}."), source=source)]
        if source
        else found or [case.say(STATE_WORDS[seen.state])]
    )


def _unstopped(words: str | None) -> str:
    return typed(words).rstrip(".。")
