"""Checks: answers that do not go together, said in neutral words, with what each names."""

from collections.abc import Sequence

from nqpf_assess.model.condition import subjects
from nqpf_assess.model.scorecard import FiredCheck
from nqpf_assess.model.text import text
from nqpf_assess.report.blocks import Block, Column, Inline, Paragraph, Table, runs
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.phrases import quoted, raised, statement, with_year
from nqpf_assess.report.wording import number

HEADLINE = text(en="{n} contradictions between answers to be cleared up", zh="有{n}处作答需要核实")
HEADLINE_ONE = text(en="{n} contradiction between answers to be cleared up", zh="有{n}处作答需要核实")
HEADLINE_NONE = text(en="No contradictions between answers", zh="未发现作答相互矛盾")
LEAD = text(
    en="{all} combinations of answers were checked. What is listed does not mean that an answer is wrong, and "
    "changes no score: please correct an answer or note why both hold.",
    zh="共核对{all}项作答组合。以下情形不表示作答有误，也不影响得分，请更正或注明原因。",
)
NONE = text(
    en="{all} combinations of answers were checked; none of them contradicts another.",
    zh="共核对{all}项作答组合，未发现相互矛盾的情形。",
)
NONE_TO_CHECK = text(en="The questionnaire has no checks between answers.", zh="本问卷未设作答核对规则。")
SEEN = text(en="What the answers say", zh="作答情况")
NAMED = text(en="Answers concerned", zh="涉及内容")
PAIR = text(en="“{what}” {answer}", zh="“{what}”{answer}")
SCORED = text(en="{what}: score {answer}", zh="{what}得分{answer}分")


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
    columns = (Column(case.say(SEEN), 1.2), Column(case.say(NAMED), 1.0))
    return [Paragraph(runs(case.say(LEAD, all=every))), Table(columns, rows)]


def _row(case: Case, check: FiredCheck) -> tuple[Inline, ...]:
    when = case.questionnaire.checks[check.id].when
    named = [
        *(statement(case, id, brief=True) for id in check.questions),
        *(case.say(PAIR, what=quoted(case.title(id)), answer=with_year(case, id)) for id in subjects(when, "fact")),
        *(
            case.say(SCORED, what=case.title(id), answer=number(case.nodes[id].score))
            for id in subjects(when, "dimension")
        ),
    ]
    return (
        runs(case.without_gaps(case.tell(check.message))),
        runs(raised(case.series(named))),
    )
