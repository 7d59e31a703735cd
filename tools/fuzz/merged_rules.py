"""What must hold where a report of merged answers tells on what those who were asked differed."""

from collections.abc import Iterator

from nqpf_assess.engine.arithmetic import TRUE
from nqpf_assess.engine.states import truth
from nqpf_assess.locale import tell
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.pages import provenance
from nqpf_assess.report.blocks import Table, words_of
from nqpf_assess.report.outline import decision, sureness
from nqpf_assess.report.wording import MERGE_RULE_WORDS
from tools.fuzz.claim_rules import RULES, Fields, Truths, claim
from tools.fuzz.facts import Facts
from tools.fuzz.respondents import Said

__all__ = ("RULES",)


def differing(s: Facts) -> dict[str, Said]:
    """What is said, and not settled since, of facts and of questions that count or that some say do not apply."""
    if s.state.merged is None:
        return {}
    applies = {node["id"] for node in s.questions}
    for id, question in s.questionnaire.questions.items():
        given = s.answers.answers.get(id)
        line = (id, question.dimension, s.questionnaire.dimensions[question.dimension].pillar)
        left_out = s.nodes[id]["state"] == "na" and all(s.nodes[node]["weight"] for node in line)
        left_out = left_out and given is not None and given.state == "na"
        if left_out and (question.na_when is None or truth(question.na_when, s.assessed.view) != TRUE):
            applies.add(id)
    return {
        id: said
        for id, said in s.state.merged.said.items()
        if (s.questionnaire.facts[id].kind != "text" if id in s.questionnaire.facts else id in applies)
    }


def rule_of(s: Facts) -> str:
    assert s.answers.merged is not None
    return tell(MERGE_RULE_WORDS[s.answers.merged.rule], s.language)


def listed(s: Facts, f: Fields) -> Truths:
    """All of it is listed, each under its title with as many others as were said."""
    heads = [tell(words, s.language) for words in (sureness.STANDS, sureness.ALSO_SAID)]
    tables = [b for b in s.blocks if isinstance(b, Table) and [column.title for column in b.columns][1:] == heads]
    rows = [[words_of(cell) for cell in row] for table in tables for row in table.rows]
    wanted = differing(s)
    return [
        len(tables) == 1,
        sorted(row[0] for row in rows) == sorted(tell(title_of(s.questionnaire, id), s.language) for id in wanted),
        all(row[1] and row[2] for row in rows),
        f["rule"] == rule_of(s),
    ]


def between(s: Facts, told: set[str]) -> Iterator[tuple[str, str]]:
    """It is told wherever there is some, and of each answer whether somebody settled it since."""
    wanted = differing(s)
    if wanted and not {decision.DIFFERING.key, sureness.DIFFERING_NOTE.key} & told:
        yield "differing, not told", str(wanted)
    if s.state.merged is None:
        return
    asked = {**s.questionnaire.facts, **s.questionnaire.questions}
    for id, said in s.state.merged.said.items():
        lines = list(provenance.provenance_lines(s.answers, s.questionnaire, id, s.language))
        by = (s.answers.facts.get(id) or s.answers.answers[id]).by
        words = provenance.BY_RULE if by else provenance.NAMELESS_RULE
        if asked[id].kind != "text" and (not lines or lines[0] != tell(words, s.language, rule=rule_of(s), who=by)):
            yield "differing, not explained", f"{id} {said} {lines}"


claim(
    lambda s, f: [int(f["count"]) == len(differing(s)), f["rule"] == rule_of(s)],
    decision.DIFFERING,
)
claim(listed, sureness.DIFFERING_NOTE)
