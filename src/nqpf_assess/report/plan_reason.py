"""Why a plan is as it is, in words: what the first measure closes and brings, and why a large gap stays open."""

from collections.abc import Collection, Mapping, Sequence

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.locale import Text, _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.plan import OpenGap, Openness, Plan
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import MeasureScore, Scorecard
from nqpf_assess.report.wording import apart, number, percent

ALONE = _("; alone it gains {gain} points for an effort of {effort}")
ALONE_FLOORED = _("; alone it gains {gain} points for an effort of {effort}, after the floors {floored}")
UNSURE = _("Counted as suited here, though what decides it is not answered: {names}.")
FIRST_ALONE = _("First comes “{title}”{opens}.")
CLOSES = _("it raises “{dimension}”, now {score} against a target of {target}{share}")


def first_reason(order: Sequence[str], card: Scorecard, questionnaire: Questionnaire, language: str) -> str:
    """State why the first measure of a plan comes first; "" where it has none. `order`: ids, the first one first."""
    return _Reason(order, card, questionnaire, language).told() if order else ""


STAYS = _("“{dimension}”, {score} against a target of {target}: {why}.")
STAYS_OPEN: dict[Openness, Text] = {
    "effort": _("{names} would lift it, but other measures gain more for this effort"),
    "wish": _("{names} would lift it, but may not be chosen, as asked"),
    "unsuited": _("what would lift it does not suit here: {names}"),
    "past": _("the measures for it begin at a lower or a higher score"),
    "none": _("the list has no measure for it"),
}
NOT_CHOSEN = _("{names} would lift it, but what was chosen left it open")
NO_PLACE = _("{names} would lift it, but found no place within this effort and what was asked for")
WITH_EFFORT = _("“{title}” (effort {effort})")
WITH_NEEDS = _("“{title}” (effort {effort}; {together} with {needs}, which must come first)")
AND_MORE = _("{listed} and {n} more")
MOST_NAMES = 2


def open_gap_words(gap: OpenGap, plan: Plan, card: Scorecard, questionnaire: Questionnaire, language: str) -> str:
    """State why a plan leaves a large gap open.

    A measure that waits for others outside the plan is told with them: its own effort would not be enough. Where sets
    had to keep to wishes, such as limits of phases, these may be why others stand there, or none.
    """
    chosen = {step.id for step in plan.chosen}
    node = next(node for node in card.nodes if node.id == gap.dimension)
    open_yet = {row.id for row in card.countermeasures if row.eligible} - chosen if gap.why == "effort" else set()
    titles = [_with_effort(id, questionnaire, open_yet, language) for id in gap.measures[:MOST_NAMES]]
    here, more = grammar(language), len(gap.measures) - MOST_NAMES
    names = tell(AND_MORE, language, listed=here.list(titles), n=more) if more > 0 else here.enumerated(titles)
    words = STAYS_OPEN[gap.why]
    if gap.why == "effort" and (plan.by_hand or plan.wished):
        words = NOT_CHOSEN if plan.by_hand else NO_PLACE
    return tell(
        STAYS,
        language,
        dimension=questionnaire.dimensions[gap.dimension].title,
        score=apart(node.score, node.target),
        target=number(node.target),
        why=tell(words, language, names=names),
    )


def _with_effort(id: str, questionnaire: Questionnaire, open_yet: Collection[str], language: str) -> str:
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


class _Reason:
    """Puts the reason together."""

    def __init__(self, order: Sequence[str], card: Scorecard, questionnaire: Questionnaire, language: str) -> None:
        self.order, self.card, self.questionnaire, self.language = order, card, questionnaire, language
        self.first = order[0]
        self.measures: Mapping[str, MeasureScore] = {measure.id: measure for measure in card.countermeasures}

    def say(self, words: Text, **values: object) -> str:
        return tell(words, self.language, **values)

    def title(self, id: str) -> str:
        return self.say(self.questionnaire.countermeasures[id].title)

    def told(self) -> str:
        judged = self.measures[self.first]
        alone, floored = "", number(judged.gain_after_floors)
        words = ALONE if floored == number(judged.gain) else ALONE_FLOORED
        if judged.gain or judged.gain_after_floors:
            alone = self.say(words, gain=number(judged.gain), effort=judged.effort, floored=floored)
        if not (closes := self.closes(judged)):
            return self.say(FIRST_ALONE, title=self.title(self.first), opens=self.opens())
        return self.say(
            _("First comes “{title}”: {closes}{alone}{rank}{opens}."),
            title=self.title(self.first),
            closes=closes,
            alone=alone,
            # Where a floor holds the score, what lifts it may bring more after the floors.
            rank=self.rank(judged) if judged.gain and words is ALONE else "",
            opens=self.opens(),
        )

    def closes(self, judged: MeasureScore) -> str:
        """Name the dimension of the largest share of the shortfall that it lifts."""
        nodes = [node for node in self.card.nodes if judged.lifts.get(node.id, 0.0) > 0]
        if not nodes:
            return ""
        node = max(nodes, key=lambda node: (node.share or 0.0) * judged.lifts[node.id])
        share = (
            self.say(_(" and {share} of the whole shortfall"), share=percent(node.share))
            if (node.share or 0.0) >= 0.01
            else ""
        )
        title = self.say(self.questionnaire.dimensions[node.id].title)
        return self.say(
            CLOSES, dimension=title, score=apart(node.score, node.target), target=number(node.target), share=share
        )

    def rank(self, judged: MeasureScore) -> str:
        """Return whether nothing brings more for its effort."""
        if self.leads(judged, list(self.measures.values())):
            return self.say(_(", more for its effort than any other measure here"))
        inside = [self.measures[id] for id in self.order]
        return (
            self.say(_(", more for its effort than any other of this plan"))
            if len(inside) > 1 and self.leads(judged, inside)
            else ""
        )

    def leads(self, judged: MeasureScore, others: Sequence[MeasureScore]) -> bool:
        most = max((other.priority or 0.0 for other in others if other is not judged), default=0.0)
        return (judged.priority or 0.0) - most > TOLERANCE

    def opens(self) -> str:
        """Name the steps that wait for it."""
        waiting = [id for id in self.order if self.first in self.questionnaire.countermeasures[id].needs]
        return (
            self.say(
                _("; what needs it follows: {titles}"), titles=grammar(self.language).list(map(self.title, waiting))
            )
            if waiting
            else ""
        )
