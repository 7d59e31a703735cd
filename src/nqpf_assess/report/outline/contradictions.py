"""Checks: answers that do not go together, said in neutral words, with what each names."""

from collections.abc import Sequence

from nqpf_assess.locale import _
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.scorecard import FiredCheck
from nqpf_assess.report.blocks import Block, Column, Inline, Paragraph, Table, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.phrases import quoted, raised, statement, with_year
from nqpf_assess.report.wording import number

HEADLINE = _("{n} contradictions between answers to be cleared up")
HEADLINE_ONE = _("{n} contradiction between answers to be cleared up")
HEADLINE_NONE = _("No contradictions between answers")
LEAD = _(
    "{all} combinations of answers were checked. What is listed does not mean that an answer is wrong, and "
    "changes no score: please correct an answer or note why both hold."
)
NONE = _("{all} combinations of answers were checked; none of them contradicts another.")
NONE_TO_CHECK = _("The questionnaire has no checks between answers.")


def headline(case: Case) -> str:
    """Count what was found."""
    count = len(case.card.checks)
    return case.say(HEADLINE_NONE if not count else HEADLINE_ONE if count == 1 else HEADLINE, n=count)


def check_blocks(case: Case) -> Sequence[Block]:
    """Give the section without its heading."""
    every = len(case.questionnaire.checks)
    if not case.card.checks:
        return [Paragraph(runs(case.say(NONE if every else NONE_TO_CHECK, all=every)))]
    rows = tuple(_row(case, check) for check in case.card.checks)
    columns = (Column(case.say(_("What the answers say")), 1.2), Column(case.say(_("Answers concerned")), 1.0))
    return [Paragraph(runs(case.say(LEAD, all=every))), Table(columns, rows)]


def _row(case: Case, check: FiredCheck) -> tuple[Inline, ...]:
    when = case.questionnaire.checks[check.id].when
    named = [
        *(statement(case, id, brief=True) for id in check.questions),
        *(
            case.say(_("“{what}” {answer}"), what=quoted(case.title(id)), answer=with_year(case, id))
            for id in subjects(when, "fact")
        ),
        *(
            case.say(_("{what}: score {answer}"), what=case.title(id), answer=number(case.nodes[id].score))
            for id in subjects(when, "dimension")
        ),
    ]
    return (
        runs(case.without_gaps(case.tell(check.message))),
        runs(raised(case.series(named))),
    )
