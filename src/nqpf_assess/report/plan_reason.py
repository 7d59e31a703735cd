"""Why a plan is as it is, in words: what the first measure closes and brings, and why a large gap stays open."""

from collections.abc import Collection, Sequence

from nqpf_assess.locale import Text, _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.plan import OpenGap, Openness, Plan
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.report.wording import apart, number, percent

UNSURE = _("Counted as suited here, though what decides it is not answered: {names}.")
FIRST = _("First comes “{title}”{raises}{opens}.")
RAISES = _(": it raises “{dimension}”, now {score} against a target of {target}{share}")
OF_SHORTFALL = _(" and {share} of the whole shortfall")
OPENS = _("; what needs it follows: {titles}")


def first_reason(order: Sequence[str], card: Scorecard, questionnaire: Questionnaire, language: str) -> str:
    """State what the first measure of a plan is for; "" where it has none. `order`: ids, the first one first."""
    if not order:
        return ""
    measures = questionnaire.countermeasures
    lifts = next(measure.lifts for measure in card.countermeasures if measure.id == order[0])
    raises = ""
    if nodes := [node for node in card.nodes if lifts.get(node.id, 0.0) > 0]:
        node = max(nodes, key=lambda node: (node.share or 0.0) * lifts[node.id])
        share = tell(OF_SHORTFALL, language, share=percent(node.share)) if (node.share or 0.0) >= 0.01 else ""
        title, score = questionnaire.dimensions[node.id].title, apart(node.score, node.target)
        raises = tell(RAISES, language, dimension=title, score=score, target=number(node.target), share=share)
    waiting = [tell(measures[id].title, language) for id in order if order[0] in measures[id].needs]
    opens = tell(OPENS, language, titles=grammar(language).list(waiting)) if waiting else ""
    return tell(FIRST, language, title=measures[order[0]].title, raises=raises, opens=opens)


STAYS = _("“{dimension}”, {score} against a target of {target}: {why}.")
STAYS_OPEN: dict[Openness, Text] = {
    "effort": _("outside this plan {names} would lift it"),
    "wish": _("{names} would lift it, but may not be chosen, as asked"),
    "unsuited": _("what would lift it does not suit here: {names}"),
    "past": _("the measures for it begin at a lower or a higher score"),
    "none": _("the list has no measure for it"),
}
WITH_EFFORT = _("“{title}” (effort {effort})")
WITH_NEEDS = _("“{title}” (effort {effort}; {together} with {needs}, which must come first)")
AND_MORE = _("{listed} and {n} more")
MOST_NAMES = 2


def open_gap_words(gap: OpenGap, plan: Plan, card: Scorecard, questionnaire: Questionnaire, language: str) -> str:
    """State why a plan leaves a large gap open.

    A measure that waits for others outside the plan is told with them: its own effort would not be enough.
    """
    chosen = {step.id for step in plan.chosen}
    node = next(node for node in card.nodes if node.id == gap.dimension)
    open_yet = {row.id for row in card.countermeasures if row.eligible} - chosen if gap.why == "effort" else set()
    titles = [with_effort(id, questionnaire, open_yet, language) for id in gap.measures[:MOST_NAMES]]
    here, more = grammar(language), len(gap.measures) - MOST_NAMES
    names = tell(AND_MORE, language, listed=here.list(titles), n=more) if more > 0 else here.enumerated(titles)
    return tell(
        STAYS,
        language,
        dimension=questionnaire.dimensions[gap.dimension].title,
        score=apart(node.score, node.target),
        target=number(node.target),
        why=tell(STAYS_OPEN[gap.why], language, names=names),
    )


def with_effort(id: str, questionnaire: Questionnaire, open_yet: Collection[str], language: str) -> str:
    """Name a measure with its effort, and with that of what must come before it and is `open_yet`."""
    here, measures = grammar(language), questionnaire.countermeasures
    title, effort = measures[id].title, measures[id].effort
    first = waited_for(id, questionnaire, open_yet)
    if not first:
        return tell(WITH_EFFORT, language, title=title, effort=effort)
    together = effort + sum(measures[need].effort for need in first)
    needs = here.enumerated([here.quoted(tell(measures[need].title, language)) for need in first])
    return tell(WITH_NEEDS, language, title=title, effort=effort, together=together, needs=needs)


def waited_for(id: str, questionnaire: Questionnaire, open_yet: Collection[str]) -> list[str]:
    """Return what must come before a measure, the first one first. What is not `open_yet` keeps nothing waiting."""
    found: list[str] = []
    for need in questionnaire.countermeasures[id].needs:
        if need in open_yet:
            found += [*waited_for(need, questionnaire, open_yet), need]
    return list(dict.fromkeys(found))
