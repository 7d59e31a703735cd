"""The verdict on page 1: what leads and what holds back, the figures behind it, what was decided by hand."""

from collections.abc import Iterable, Iterator

from nqpf_assess.engine.arithmetic import TOLERANCE, below
from nqpf_assess.engine.gaps import beyond_screening
from nqpf_assess.engine.scorecard import score
from nqpf_assess.locale import Text, _
from nqpf_assess.model.scorecard import Overall
from nqpf_assess.report.blocks import Block, Paragraph, Run, WordsWithChart
from nqpf_assess.report.outline import standing
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import all_gaps, capped, furthest, reached
from nqpf_assess.report.outline.floors import binding
from nqpf_assess.report.outline.front import band
from nqpf_assess.report.outline.phrases import and_more
from nqpf_assess.report.outline.yardstick import part_named
from nqpf_assess.report.wording import (
    QUICK_SCREENING,
    adds_up,
    apart,
    banded,
    covered,
    difference,
    gap_in_parts,
    number,
    percent,
)

THREE = 3
NOTABLE = 0.4
"""Part of the largest gap below which another is not named beside it."""
LEAST_OFFSET, MOST_OF_IT = 1.0, 0.5
"""Points, and part of what is short, from which it is told that what is ahead offsets it."""

LEADS_AND_LAGS = _("{Place} is on target in {strong}, and furthest behind in {weak}.")
LEADS_AND_LAGS_SCORED = _("Where there are scores, {place} is on target in {strong}, and furthest behind in {weak}.")
NONE_REACHED = _("No pillar has reached its target.")
NONE_SCORED_REACHED = _("No scored pillar has reached its target.")
ONLY_LAG = _("No pillar has reached its target; furthest behind are {weak}.")
ONLY_LAGS_ONE = _("No pillar has reached its target; furthest behind is {weak}.")
ONLY_SCORED_LAG = _("No scored pillar has reached its target; furthest behind are {weak}.")
ONLY_SCORED_LAGS_ONE = _("No scored pillar has reached its target; furthest behind is {weak}.")
EVERY = _("Every pillar has reached its target.")
EVERY_SCORED = _("Every scored pillar has reached its target; too little is answered of {open} for a score.")
EVERY_ASKED = _("Every pillar that this screening asks about has reached its target; nothing is known of {open}.")
EVERY_BUT = _("Every pillar as a whole has reached its target; what is left lies in {weak}.")
EVERY_ASSESSED = _("Every pillar that is assessed here has reached its target; not assessed: {open}.")
EVERY_ASSESSED_BUT = _(
    "As a whole every pillar that is assessed here has reached its target; what is left lies in {weak}. Not assessed: "
    "{open}."
)
HELD = _("One weak point holds the whole score down: {node} stands at {score}, below its floor of {below}.")
HELD_BY_SEVERAL = _("Several weak points hold the whole score down: {nodes} lie below their floors.")
NO_SCORE = _("Too little is answered for a verdict.")
NOTHING = _("Nothing is answered yet.")
NOTHING_ASSESSED = _("Nothing in the questionnaire is assessed here.")

SCORED = _(
    "The score is {score} of 100{band}, {gap} points below the target for the next three to five years ({target})"
    "{offset}."
)
SCORED_REACHED = _(
    "The score is {score} of 100{band}; the target for the next three to five years, {target}, is reached{offset}."
)
SCORED_CAPPED = _(
    "The score is {score} of 100{band}; without floors it would be {uncapped}, against a target of {target}."
)
OWN_WEIGHTS = _("Other weights were set by hand for {nodes}; without that {outcome}.")
OWN_OFF = _("Left out of the score by hand: {off}; without that {outcome}.")
OWN_BOTH = _(
    "Left out of the score by hand: {off}; other weights were set by hand for {nodes}; without both {outcome}."
)
WOULD_BE, WOULD_NOT = _("the score{floors} would be {score}"), _("there would be no score")
WOULD_BE_AGAINST = _("the score{floors} would be {score}, against a target of {target}")
BEFORE_FLOORS = _(" before the floors")
OWN_TARGETS = _("Other targets were set by hand for {nodes}; without them the target would be {target}.")
OWN_NEITHER = _("Without any of this the score{floors} would be {score}, against a target of {target}.")
OFFSET = _(": some dimensions are {shortfall} points short, others {surplus} ahead")
IN_BAND = _(", in the band “{band}”")
FLOORS_HOLD = _("All {n} floors hold.")
FLOORS_OPEN = _("No floor is broken so far; for {nodes} what is not answered yet decides.")
FLOORS_OPEN_TOO = _("For {nodes} what is not answered yet decides whether a floor breaks there too.")
FLOORS_DISPUTED = _("On {count} of the answers behind the floors those who were asked differed.")
FLOORS_LEFT_OUT = _("No floor judges what is not assessed here: {nodes}.")
FEW_FLOORS: dict[int, Text] = {1: _("The one floor holds."), 2: _("Both floors hold."), 3: _("All three floors hold.")}
UNSCORED = _(
    "Questions answered so far: {answered} of {asked}, {coverage} of their weight; a score needs {minimum}. "
    "Depending on what is still open it will lie between {low} and {high}."
)
NOTHING_LEAD = _(
    "None of the {asked} questions is answered, so there is neither a score nor advice. What follows says whom to ask "
    "first; {full} lists every question."
)
NOTHING_LEAD_ONE = _(
    "The one question is not answered, so there is neither a score nor advice. What follows says whom to ask first."
)
NOTHING_ASSESSED_LEAD = _(
    "No question counts here: each is switched off, not asked, not applicable or answered in words. So there is "
    "neither a score nor advice."
)


def verdict_blocks(case: Case, *, glanced: bool = True) -> Iterator[Block]:
    """Yield the verdict in one sentence and the figures behind it, the pillars at its side unless they follow at once.

    Where a floor broke or an earlier time is told, the page needs its room for that.
    """
    said = (Run(verdict(case), bold=True), Run(case.grammar.space + figures(case)))
    crowded = bool(case.card.overall.floors) or case.earlier is not None
    glance = standing.glance(case) if glanced and not crowded else None
    yield Paragraph(said, "lead") if glance is None else WordsWithChart(said, glance)
    if own := tuple(own_decisions(case)):
        yield Paragraph((Run(case.grammar.paragraph(own)),), "note")


def verdict(case: Case) -> str:
    """State in one sentence what leads and what holds back."""
    overall = case.card.overall
    if overall.score is None:
        return case.say(NO_SCORE if case.answered else NOTHING if case.counting else NOTHING_ASSESSED)
    if capped(case):
        floor, *others = {floor.node: floor for floor in binding(case)}.values()
        node = case.in_sentence(case.title(floor.node))
        if others:
            nodes = [node, *(case.in_sentence(case.title(other.node)) for other in others)]
            return case.say(HELD_BY_SEVERAL, nodes=case.listed(list(dict.fromkeys(nodes))))
        score = apart(case.nodes[floor.node].score, float(floor.below))
        return case.say(HELD, node=node, score=score, below=number(float(floor.below)))
    behind = [node for node in case.pillars if node.gap is not None and not reached(node)]
    behind.sort(key=lambda node: -(node.gap or 0.0))
    # Named are three, and those as far as the third; none that is near its target beside the furthest.
    weak = furthest([node for node in behind if (node.gap or 0.0) >= NOTABLE * (behind[0].gap or 0.0)], THREE)
    names = case.listed([case.in_sentence(case.short(node.id)) for node in weak])
    strong = [node for node in case.pillars if reached(node)]
    if len(strong) == len(case.pillars):
        within = case.questionnaire.dimensions_of
        unasked = [one.id for one in case.left_out if any(beyond_screening(case.assessed, id) for id in within[one.id])]
        if unasked:
            return case.say(EVERY_ASKED, open=case.listed([case.in_sentence(case.short(id)) for id in unasked]))
        below = and_more(case, [case.in_sentence(case.title(node.id)) for node in all_gaps(case)], THREE)
        if not case.left_out:
            return case.say(EVERY_BUT if below else EVERY, weak=below)
        out = case.listed([case.in_sentence(case.short(node.id)) for node in case.left_out])
        return case.say(EVERY_ASSESSED_BUT if below else EVERY_ASSESSED, weak=below, open=out)
    if not behind:
        unscored = [case.in_sentence(case.short(node.id)) for node in case.pillars if node.score is None]
        return case.say(EVERY_SCORED, open=case.listed(unscored))
    whole = all(node.score is not None for node in case.pillars)
    if not strong:
        if len({difference(node.score, node.target) for node in behind}) == 1:  # none is further behind than another
            return case.say(NONE_REACHED if whole else NONE_SCORED_REACHED)
        several, one = (ONLY_LAG, ONLY_LAGS_ONE) if whole else (ONLY_SCORED_LAG, ONLY_SCORED_LAGS_ONE)
        return case.say(several if len(weak) > 1 else one, weak=names)
    strong.sort(key=lambda node: difference(node.score, node.target) or 0.0)
    ahead = case.listed([case.in_sentence(case.short(node.id)) for node in strong])
    return case.say(LEADS_AND_LAGS if whole else LEADS_AND_LAGS_SCORED, strong=ahead, weak=names)


def figures(case: Case) -> str:
    """State the score, its band, and what is missing to the target."""
    overall, asked, least = case.card.overall, len(case.counting), case.assessed.figures.rules.minimum_coverage
    if not case.answered:
        return case.say(
            NOTHING_LEAD if asked > 1 else NOTHING_LEAD_ONE if asked else NOTHING_ASSESSED_LEAD, asked=asked
        )
    if overall.score is None:
        said = case.say(
            UNSCORED,
            answered=len(case.answered),
            asked=asked,
            coverage=covered(overall.coverage, least),
            minimum=percent(least),
            low=number(overall.low),
            high=number(overall.high),
        )
        return said + (case.grammar.space + case.say(QUICK_SCREENING) if case.quick else "")
    shortfall, surplus = (part or 0.0 for part in gap_in_parts(overall)[1:])
    offset = min(shortfall, surplus) >= LEAST_OFFSET and surplus > MOST_OF_IT * shortfall and adds_up(overall)
    words = SCORED_CAPPED if capped(case) else SCORED_REACHED if (overall.gap or 0.0) < TOLERANCE else SCORED
    said = case.say(
        words,
        score=banded(overall.score, case.instrument.rules.bands, overall.target),
        band=case.say(IN_BAND, band=band(case)) if overall.band else "",
        gap=apart(difference(overall.score, overall.target) or overall.gap, 0.0),
        target=number(overall.target),
        uncapped=number(overall.uncapped),
        offset=case.say(OFFSET, shortfall=number(shortfall), surplus=number(surplus)) if offset else "",
    )
    return case.grammar.space.join((said, *floors_held(case), *((case.say(QUICK_SCREENING),) if case.quick else ())))


def floors_held(case: Case) -> Iterator[str]:
    """Yield whether the floors hold, for which open answers decide, what is disputed, and which judge nothing here."""
    overall, floors = case.card.overall, case.instrument.rules.floors

    def named(nodes: Iterable[str]) -> str:
        return case.listed([case.in_sentence(case.title(node)) for node in nodes])

    left_out = dict.fromkeys(f.node for f in floors.values() if case.nodes[f.node].state == "not_assessed")
    judged = [floor for floor in floors.values() if floor.node not in left_out]
    fired = {floors[id].node for id in overall.floors}
    # Beside one that broke, those are told whose cap would take points today.
    others = [f for f in judged if not fired or (f.node not in fired and float(f.cap) < (overall.uncapped or 0.0))]
    lows = ((floor, case.nodes[floor.node].low or 0.0) for floor in others)
    unsure = dict.fromkeys(floor.node for floor, low in lows if below(low, float(floor.below)))
    if unsure or (judged and not fired):
        held = FEW_FLOORS.get(len(judged), FLOORS_HOLD) if not unsure else FLOORS_OPEN_TOO if fired else FLOORS_OPEN
        yield case.say(held, n=len(judged), nodes=named(unsure))
        if disputed := {id for floor in others for id in case.disputed_behind(floor.node)}:
            yield case.say(FLOORS_DISPUTED, count=len(disputed))
    if left_out:  # a place may leave out the very part that would hold its score down
        yield case.say(FLOORS_LEFT_OUT, nodes=named(left_out))


def own_decisions(case: Case) -> Iterator[str]:
    """Yield what weights and targets set by hand do to the score and to the target, where it is seen in print."""
    own, now, held = case.answers.override, case.card.overall, capped(case)
    floors = case.say(BEFORE_FLOORS) if held else ""

    def named(nodes: Iterable[str]) -> str:
        return and_more(case, [part_named(case, node) for node in dict.fromkeys(nodes)], THREE)

    def without(*parts: str) -> Overall:
        kept = tuple(each.model_copy(update=dict.fromkeys(parts)) for each in own)
        return score(case.instrument, case.answers.model_copy(update={"override": kept})).overall

    def printed(overall: Overall) -> tuple[str, str]:
        """Return score and target as the sentence before tells them: where a floor takes points, before the floors."""
        return number(overall.uncapped if held else overall.score), number(overall.target)

    said = list[str]()
    moved = [each for each in own if each.factor not in (None, 1)]
    if moved and printed(usual := without("factor")) != printed(now):
        off = [each.node for each in moved if not each.factor]
        # What is not assessed is left out already, however it would weigh.
        weighed = [each.node for each in moved if each.node not in off and case.nodes[each.node].applicable_weight]
        same = number(usual.target) == number(now.target)
        without_them = WOULD_NOT if usual.score is None else WOULD_BE if same else WOULD_BE_AGAINST
        told, target = printed(usual)
        outcome = case.say(without_them, score=told, target=target, floors=floors)
        words = OWN_BOTH if off and weighed else OWN_OFF if off else OWN_WEIGHTS
        said.append(case.say(words, off=named(off), nodes=named(weighed), outcome=outcome))
    aimed = [each.node for each in own if each.target is not None]
    if aimed := [node for node in aimed if case.nodes[node].score is not None]:  # the others have no part in the target
        target = number(without("target").target)
        if target != number(now.target):
            said.append(case.say(OWN_TARGETS, nodes=named(aimed), target=target))
    yield from said
    if len(said) > 1 and (neither := without("factor", "target")).score is not None:
        told, target = printed(neither)
        yield case.say(OWN_NEITHER, score=told, target=target, floors=floors)
