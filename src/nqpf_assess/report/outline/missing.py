"""Annex: what is still to be filled in, sorted by who usually holds it; and what still wants evidence."""

from collections.abc import Sequence
from itertools import groupby

from nqpf_assess.locale import Text, _
from nqpf_assess.report.blocks import Block, Column, Inline, Paragraph, Run, Table, cells, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.phrases import MORE_ROWS, QUESTIONS, counted, raised, unsupported
from nqpf_assess.report.wording import NO_FIGURE, STATE_WORDS, number

MOST_ROWS = 200

TITLE = _("Missing items by {unit}")
LEAD = _(
    "{questions} that apply here are not answered, {points} percentage points of the weight. Sorted by the {unit} "
    "that usually holds the answer; weight is what the answer counts in the overall score."
)
LEAD_FACTS = _("All questions that apply here are answered; some facts about {place} are not.")
COMPLETE = _("Nothing is missing: every question that applies here is answered.")
HOLDER = _("{unit}")
ITEM = _("Item")
PROOF = _("What to hand in")
A_FIGURE = _("The answer, with its year and source")
EVIDENCE_LEAD = _(
    "{questions} answered above {ceiling} points name no evidence. They lower the score backed by evidence, not the "
    "score itself."
)


def missing_blocks(case: Case) -> Sequence[Block]:
    """Give the annex without its heading."""
    open_questions = [id for id in case.instrument.questions if id in case.counting and case.nodes[id].score is None]
    open_facts = [id for id, seen in case.assessed.view.facts.items() if seen.state not in ("answered", "na")]
    found: list[Block] = [Paragraph(runs(_lead(case, open_questions, open_facts)))]
    if open_questions or open_facts:
        found.append(_open_table(case, open_questions, open_facts))
    return [*found, *_evidence(case)]


MOST_HOLDERS = 8


def holder_table(case: Case) -> list[Block]:
    """Say who holds the most of what is still missing, for a report that has no score yet."""
    ids = [id for id in case.instrument.questions if id in case.counting and case.nodes[id].score is None]
    ordered = _by_holder(case, ids)
    rows = tuple(
        (runs(Run(name, bold=True)), *cells(str(len(own)), number(100 * sum(_weight(case, id) for id in own))))
        for name, own in ((name, list(group)) for name, group in groupby(ordered, key=lambda id: _holder(case, id)))
    )
    columns = (
        Column(raised(case.say(HOLDER)), 2.6),
        Column(case.say(_("Number of questions")), 0.8, "right"),
        Column(case.say(_("Weight, points of the total")), 1.4, "right"),
    )
    return [Table(columns, rows[:MOST_HOLDERS], case.say(_("Whom to ask first")))] if rows else []


def _lead(case: Case, open_questions: Sequence[str], open_facts: Sequence[str]) -> str:
    if not open_questions:
        return case.say(LEAD_FACTS if open_facts else COMPLETE)
    weight = sum(case.nodes[id].applicable_weight for id in open_questions)
    return case.say(LEAD, questions=counted(case, len(open_questions), QUESTIONS), points=number(100 * weight))


def _open_table(case: Case, questions: Sequence[str], facts: Sequence[str]) -> Table:
    ordered = _by_holder(case, (*questions, *facts))
    rows = tuple(
        _open_row(case, id, repeats=place > 0 and _holder(case, ordered[place - 1]) == _holder(case, id))
        for place, id in enumerate(ordered[:MOST_ROWS])
    )
    unit = raised(case.say(HOLDER))
    columns = (
        Column(unit, 1.2),
        Column(case.say(ITEM), 3.0),
        Column(case.say(_("State")), 1.0),
        Column(case.say(PROOF), 2.2),
        Column(case.say(_("Weight")), 0.6, "right"),
    )
    note = case.say(MORE_ROWS, shown=MOST_ROWS, total=len(ordered)) if len(ordered) > MOST_ROWS else ""
    return Table(columns, rows, case.say(_("To be filled in")), note)


def _by_holder(case: Case, ids: Sequence[str]) -> list[str]:
    """Sort by holder, the one whose answers weigh most first; within a holder by weight."""
    total: dict[str, float] = {}
    for id in ids:
        total[_holder(case, id)] = total.get(_holder(case, id), 0.0) + _weight(case, id)
    names = list(total)
    return sorted(ids, key=lambda id: (-total[_holder(case, id)], names.index(_holder(case, id)), -_weight(case, id)))


def _weight(case: Case, id: str) -> float:
    return case.nodes[id].applicable_weight if id in case.nodes else 0.0


def _holder(case: Case, id: str) -> str:
    asked = case.questionnaire.questions.get(id) or case.questionnaire.facts[id]
    return case.tell(asked.holder) if asked.holder else case.say(_("not named"))


def _open_row(case: Case, id: str, *, repeats: bool) -> tuple[Inline, ...]:
    question = case.questionnaire.questions.get(id)
    seen = case.assessed.view.questions.get(id) or case.assessed.view.facts[id]
    state = raised(case.say(STATE_WORDS[seen.state]))
    proof: Text = (question.evidence if question is not None else None) or A_FIGURE
    holder = _holder(case, id)
    return (
        runs(Run(holder, bold=not repeats)),
        runs(case.title(id)),
        runs(state),
        runs(case.tell(proof) if question is not None else case.say(_("fact, not scored"))),
        runs(number(100 * case.nodes[id].applicable_weight) if question is not None else NO_FIGURE),
    )


def _evidence(case: Case) -> list[Block]:
    wanting = unsupported(case)
    if not wanting:
        return []
    ceiling = number(case.assessed.figures.rules.unsupported_ceiling)
    said = case.say(EVIDENCE_LEAD, questions=counted(case, len(wanting), QUESTIONS), ceiling=ceiling)
    ordered = _by_holder(case, wanting)
    rows = tuple(
        (
            runs(Run(_holder(case, id), bold=place == 0 or _holder(case, ordered[place - 1]) != _holder(case, id))),
            runs(case.title(id)),
            runs(case.tell(case.questionnaire.questions[id].evidence or A_FIGURE)),
            runs(number(case.nodes[id].score)),
        )
        for place, id in enumerate(ordered[:MOST_ROWS])
    )
    columns = (
        Column(raised(case.say(HOLDER)), 1.2),
        Column(case.say(ITEM), 3.0),
        Column(case.say(PROOF), 2.6),
        Column(case.say(_("Score")), 0.6, "right"),
    )
    return [
        Paragraph(runs(said)),
        Table(columns, rows, case.say(_("Answered above {ceiling}, evidence still to be named"), ceiling=ceiling)),
    ]
