"""What the figures and answers say: headlines, strengths and gaps in order, and answers as sentences."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.engine.phrasing import behind, stands_alone, told_of
from nqpf_assess.engine.profiles import Fit, against, fit_of
from nqpf_assess.engine.scoring import scored_here
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import in_words, with_unit
from nqpf_assess.kinds.kind import Value
from nqpf_assess.locale import Text, _, _c
from nqpf_assess.model.questionnaire import AnyAsked
from nqpf_assess.model.scorecard import NodeScore
from nqpf_assess.model.weights import Weights
from nqpf_assess.report.outline.case import Case, plain
from nqpf_assess.report.outline.phrases import and_more, raised, share_words
from nqpf_assess.report.wording import apart, difference, number, unit_of

PillarFinding = Literal[
    "nothing", "little", "reached", "reached_scored", "reached_but", "largest", "close", "far", "below"
]

CLOSE, FAR = 5.0, 20.0
"""Points below its target within which a pillar is close to it, and beyond which it is far from it."""

IN_PLACE = 60.0
"""Score from which an answer counts as something in place (the rubric's own word for 60)."""

HEADLINES: Mapping[PillarFinding, Text] = {
    "nothing": _("{pillar}: nothing is answered yet"),
    "little": _("{pillar}: too little is answered for a score"),
    "reached": _("{pillar}: every dimension has reached its target"),
    "reached_scored": _("{pillar}: every scored dimension has reached its target"),
    "reached_but": _("{pillar}: on target as a whole, with {dimension} behind"),
    "largest": _("{pillar}: the largest part of the shortfall, above all in {dimension}"),
    "close": _("{pillar}: close to target; most is missing in {dimension}"),
    "far": _("{pillar}: far below its target, most of all in {dimension}"),
    "below": _("{pillar}: below its target, most of all in {dimension}"),
}


def headline(case: Case, pillar: NodeScore) -> str:
    """State a pillar's finding."""
    lagging = gaps(case, pillar.id)
    shown = [number(node.gap) if node.share is None else share_words(node.share) for node in lagging]
    alike = [node for node, share in zip(lagging, shown, strict=True) if share == shown[0]]
    dimensions = case.listed([case.in_sentence(case.title(node.id)) for node in alike])
    return case.say(HEADLINES[finding(case, pillar)], pillar=case.title(pillar.id), dimension=dimensions)


def finding(case: Case, pillar: NodeScore) -> PillarFinding:
    """Choose a pillar's finding by its figures."""
    if pillar.score is None:
        return "little" if pillar.coverage else "nothing"
    if not gaps(case, pillar.id):
        return "reached_scored" if unscored(case, pillar.id) else "reached"
    gap = pillar.gap or 0.0
    if gap < TOLERANCE:
        return "reached_but"
    if pillar.id == largest(case):
        return "largest"
    return "close" if gap <= CLOSE else "far" if gap >= FAR else "below"


def largest(case: Case) -> str:
    """Name the pillar with the largest share of the shortfall; "" where none is printed larger than all others."""
    shared = sorted((pillar for pillar in case.pillars if pillar.share), key=lambda pillar: -(pillar.share or 0.0))
    alone = len(shared) > 1 and share_words(shared[0].share) != share_words(shared[1].share)
    return shared[0].id if alone else ""


def reached(node: NodeScore) -> bool:
    """Return whether a node has a score at or above its target."""
    return node.gap is not None and node.gap < TOLERANCE


NO_SCORE = _("no score")
NOW_AND_TARGET = {False: _("{score} → {target}"), True: _("{score} ≥ {target}")}


def now_and_target(case: Case, node: NodeScore) -> str:
    """Write a score beside its target: an arrow leads to one that lies above, since none is to be let fall."""
    score = case.say(NO_SCORE) if node.score is None else number(node.score)
    if node.target is None:
        return score
    return case.say(NOW_AND_TARGET[reached(node)], score=score, target=number(node.target))


def capped(case: Case) -> bool:
    """Return whether a floor takes points from the overall score."""
    overall = case.card.overall
    return overall.score is not None and (overall.uncapped or 0.0) - overall.score > TOLERANCE


def after_floors_differ(case: Case, answers: Iterable[NodeScore]) -> bool:
    """Return whether a floor takes points, today or from what one of some answers would bring if it alone rose."""
    return capped(case) or any(number(one.to_target) != number(one.to_target_after_floors) for one in answers)


def strengths(case: Case, pillar: str) -> tuple[NodeScore, ...]:
    """Dimensions at or above their targets, the furthest above first."""
    found = [node for node in case.dimensions(pillar) if reached(node)]
    return tuple(sorted(found, key=lambda node: node.gap or 0.0))


def gaps(case: Case, pillar: str) -> tuple[NodeScore, ...]:
    """Dimensions below their targets, those with the largest part of the shortfall first."""
    return by_weight(node for node in case.dimensions(pillar) if node.gap is not None and not reached(node))


def by_weight(nodes: object) -> tuple[NodeScore, ...]:
    """Sort gaps by their share of the shortfall, where there are no shares by their size."""
    return tuple(sorted(nodes, key=lambda node: (-(node.share or 0.0), -(node.gap or 0.0))))  # type: ignore[call-overload]


def furthest(ranked: Sequence[NodeScore], most: int) -> Sequence[NodeScore]:
    """Return the first so many of what lies below its target, and what is printed at least as far below as the last."""
    short = [difference(node.score, node.target) or 0.0 for node in ranked]
    return [node for place, node in enumerate(ranked) if place < most or short[place] >= short[most - 1]]


def all_gaps(case: Case) -> tuple[NodeScore, ...]:
    """Every dimension below its target, ranked."""
    return by_weight(gap for pillar in case.pillars for gap in gaps(case, pillar.id))


def unscored(case: Case, pillar: str) -> tuple[NodeScore, ...]:
    """Dimensions with too little answered for a score."""
    return tuple(node for node in case.dimensions(pillar) if node.score is None)


def blocking(case: Case, dimension: str) -> NodeScore | None:
    """Return the one answer whose rise to the dimension's target would bring most; None where no act would bring any.

    What only time moves is left out.
    """
    target = case.nodes[dimension].target or 0.0
    below = [
        node
        for node in _scored(case, dimension)
        if (node.score or 0.0) - target < -TOLERANCE and not case.questionnaire.questions[node.id].only_time
    ]
    return max(
        below, key=lambda node: (node.to_target or 0.0, node.weight * (target - (node.score or 0.0))), default=None
    )


def _scored(case: Case, dimension: str) -> list[NodeScore]:
    return [node for node in case.questions(dimension) if node.score is not None]


MOST_LISTED = 4
"""Things that are ticked beyond which a list is cut short."""

COMMA = re.compile("，|, ")
"""What parts a name in whatever language the questionnaire has."""

LONGEST_NAME = 30
"""Characters that the name of a published figure has in all languages, beyond which it does not fit a sentence."""

SMALL = 0.05
"""Points of the overall below which an answer holds nothing back."""

ToldAs = Literal["answer", "strength", "gap"]

HAS = _("{place} has {what}")
HAS_NONE = _c("a finding that says there is none", "{place} has {what}")
HAS_AS_FACT = _c("local conditions", "{place} has {what}")
SO_FAR, SO_FAR_HAS = _("So far {said}"), _c("several things", "So far {said}")
SO_FAR_ALL = _c("several findings", "So far {said}")
PUBLISHED, PUBLISHED_HOW = _(" ({whose}, {year}: {value})"), _(" ({whose}, {year}: {value}, {how})")
OF_YEAR = _(" ({year})")
DOUBTED = _("to be cleared up")


def stated(case: Case, id: str, *, told_as: ToldAs = "answer") -> str:
    """State one answer or fact as a sentence without its stop; "" where nothing can be said of it.

    A strength stands beside a published figure that is no better, a gap beside a better one; of a gap on its way it is
    said that it is only so far. A year is named where it is another than that of the report. A strength that does not
    go together with another answer has to be cleared up, and this is said.
    """
    asked = case.questionnaire.asked[id]
    seen = case.assessed.view.seen(id)
    if seen.value is None or seen.state != "answered":
        return ""
    said = worded(case, asked, seen.value, year=str(case.year_of(id) or ""))
    lacks = None
    if told_as == "gap":
        lacks = kind_of(asked).lacking(asked, seen.value, case.language, most=MOST_LISTED)
    if not said:
        return lacks or ""  # where nothing is ticked
    said = dated(case, id, said)
    if told_as == "answer":
        return said
    if told_as == "gap":
        has_findings = kind_of(asked).stated(asked, seen.value, case.language) is not None
        if isinstance(seen.value, frozenset) and case.nodes[id].score:
            said = case.say(SO_FAR_HAS, said=case.in_sentence(said)) if has_findings else said
            said += case.grammar.stop + lacks if lacks else ""
        elif on_its_way(case, id):
            said = case.say(SO_FAR, said=case.in_sentence(said))
    said += _published(case, id, told_as)
    doubted = told_as == "strength" and any(id in check.questions for check in case.card.checks)
    return said + case.grammar.bracketed(case.say(DOUBTED)) if doubted else said


def dated(case: Case, id: str, said: str) -> str:
    """Return what is said of an answer with its year, where that is another than that of the report."""
    year = case.given(id).year if case.assessed.view.seen(id).state == "answered" else None
    other = year is not None and year != case.answers.subject.year and str(year) not in said
    return said + case.say(OF_YEAR, year=year) if said and other else said


def on_its_way(case: Case, id: str) -> bool:
    """Return whether an answer is a level that is begun, and told as a sentence: what it finds is only so far."""
    asked, value = case.questionnaire.questions[id], case.assessed.view.questions[id].value
    if value is None or isinstance(value, frozenset) or kind_of(asked).anchor(asked, value) is None:
        return False
    return bool(case.nodes[id].score) and stands_alone(asked, value, case.language)


def worded(case: Case, asked: AnyAsked, value: Value, *, year: str) -> str:
    """State a value as an answer to a question or fact; of a level without a finding of its own the anchor is it."""
    if isinstance(value, frozenset):
        return _listed(case, asked, value)
    return plain(told_of(asked, value, case.language, year=year))


def _tells_nothing(case: Case, id: str) -> bool:
    """Return whether an answer is the highest level of a question, and that level has no finding of its own.

    As a strength that tells nothing: it says in all questions alike that others have taken it over.
    """
    asked, value = case.questionnaire.questions[id], case.assessed.view.questions[id].value
    if value is None or isinstance(value, frozenset):
        return False
    anchor = kind_of(asked).anchor(asked, value)
    own = "" if anchor is None else kind_of(asked).finding(asked, value, case.language)
    return anchor is not None and anchor[0] == anchor[1] and own == case.tell(anchor[2])


def _listed(case: Case, asked: AnyAsked, ticked: frozenset[str]) -> str:
    """State what is there of several things; what comes first in the questionnaire comes first, a long list is cut."""
    kind = kind_of(asked)
    every = [str(choice.value) for choice in kind.choices(asked)]
    alone = {str(choice.value) for choice in kind.choices(asked) if choice.alone}
    items = [kind.finding(asked, frozenset({id}), case.language) or "" for id in every if id in ticked]
    if not items:
        return ""
    is_named = kind.stated(asked, ticked, case.language) is None
    if is_named:  # without findings the options are names, of which what was asked may make a statement
        items = [case.in_sentence(item) for item in items]
    listed = case.listed(items[:MOST_LISTED])
    if len(items) > MOST_LISTED:
        listed = and_more(case, items, MOST_LISTED - 1)
    fact = asked in case.questionnaire.facts.values()
    if is_named:
        made = case.grammar.statement(case.tell(asked.text), listed) if fact and not ticked & alone else ""
        return made if made.casefold() not in ("", listed.casefold()) else behind(asked, listed, case.language)
    words = HAS_NONE if ticked & alone else HAS_AS_FACT if fact else HAS
    return raised(case.say(words, what=listed))


def _published(case: Case, id: str, told_as: ToldAs) -> str:
    """Name a published figure of a question, whose it is and of which year, where that takes few words.

    It is of those that come first among the published ones, and nearest in time to the answer. Beside a gap it has to
    be a better one, beside a strength none that is. A name says whose figure it is, and after a comma how it was made.
    """
    asked, score = case.questionnaire.questions[id], case.nodes[id].score or 0.0
    published = [entry for entry in kind_of(asked).benchmarks(asked) if entry.year <= int(case.date[:4])]
    if not published:
        return ""

    def parts(words: Mapping[str, str]) -> tuple[str, str]:
        whose, *how = COMMA.split(case.tell(words), maxsplit=1)
        return whose, "".join(how)

    year = case.year_of(id) or published[0].year
    theirs_first = [entry for entry in published if parts(entry.words)[0] == parts(published[0].words)[0]]
    found = min(theirs_first, key=lambda entry: (abs(entry.year - year), -entry.year))
    if len("".join(found.words.values())) > LONGEST_NAME:
        return ""
    theirs = kind_of(asked).score(asked, found.value, scored_here(case.instrument, id, case.assessed.view))
    if theirs is None or (theirs > score) != (told_as == "gap"):
        return ""
    figure, unit = in_words(found.value, unit_of(asked, case.language))
    value = with_unit(figure, unit if unit == "%" else "")
    whose, how = parts(found.words)
    words = PUBLISHED_HOW if how else PUBLISHED
    return case.say(words, whose=case.in_sentence(whose), year=found.year, value=value, how=case.in_sentence(how))


def profile_facts(case: Case, profile: Weights) -> list[str]:
    """State the facts that make a profile fit, each as far as it decides; else the answered ones that it hangs on."""
    holding = [pair for found in case.suggestions if found.profile.id == profile.id for pair in found.holding]
    asked = case.questionnaire.asked
    deciding = [
        dated(case, id, worded(case, asked[id], value, year=str(case.year_of(id) or ""))) for id, value in holding
    ]
    told = deciding or [stated(case, id) for id in against(profile, case.assessed.view)]
    return list(dict.fromkeys(filter(None, told)))


FITS: tuple[Fit, ...] = ("differs", "unknown", "fits", "unstated", "baseline")
"""How the parts of a blend may fit; what is said of the whole is the first of these that one of them does."""


def fit_told(case: Case) -> tuple[Fit, list[str], str]:
    """Return how what is measured by fits, the facts that tell it, each once, and the profiles that they are told of.

    What speaks for one part of a blend is no reason against the whole, and what speaks against one is none against
    the others.
    """
    profiles = [chain[-1] for _share, chain in case.instrument.profiles]
    fits = [fit_of(profile, case.assessed.view) for profile in profiles]
    whole = min(fits, key=FITS.index)
    speaking = [p for p, fit in zip(profiles, fits, strict=True) if whole != "differs" or fit == whole]
    facts = dict.fromkeys(fact for profile in speaking for fact in profile_facts(case, profile))
    return whole, list(facts), case.listed([case.tell(profile.name) for profile in speaking])


# ── Which answers speak ──


def holding_back(case: Case, dimension: str, most: int) -> list[NodeScore]:
    """Return the answers that keep a dimension from its target: what can be raised first, the most worth at the top."""
    target = case.nodes[dimension].target or 0.0
    found = [node for node in _scored(case, dimension) if (node.score or 0.0) - target < -TOLERANCE]
    asked = case.questionnaire.questions

    def first(node: NodeScore) -> tuple[bool, float, float]:
        worth = node.to_target or node.weight * (target - (node.score or 0.0))  # also where its pillar has no score
        return asked[node.id].only_time, -worth, node.score or 0.0

    found.sort(key=first)
    strong = [node for node in found if (node.to_target or 0.0) >= SMALL]
    return (strong or found)[:most]


def in_place(case: Case, dimension: str, most: int) -> list[NodeScore]:
    """Return the answers that carry a dimension, the highest first."""
    scored = [node for node in _scored(case, dimension) if (node.score or 0.0) - IN_PLACE > -TOLERANCE]
    return sorted(scored, key=lambda node: -(node.score or 0.0))[:most]


def carried(case: Case, nodes: Sequence[NodeScore], *, on_target: bool = True) -> list[tuple[NodeScore, list[str]]]:
    """State the answer that carries each of some dimensions below target, where one is in place.

    `on_target`: only one that is at the dimension's target itself; one below it holds the dimension back, and is told
    there, so that nothing is praised and blamed in the same words.
    """
    found = []
    for node in nodes:
        held = (node.target or 0.0) if on_target else 0.0
        carrying = [each for each in in_place(case, node.id, 1) if (each.score or 0.0) - held > -TOLERANCE]
        if told := sentences(case, carrying, "strength"):
            found.append((node, told))
    return found


# ── Paragraphs ──

MOST_LOST = _("Most is lost in {name}: {score} against a target of {target}, {share} of the shortfall.")
HARDLY_BEGUN = _("In {name} {place} has hardly begun: {score} against a target of {target}{share}.")
FAR_BELOW = _("{Place} is far behind in {name}: {score} against a target of {target}{share}.")
BELOW = _("In {name} {place} falls short: {score} against a target of {target}{share}.")
NEARLY_THERE = _("Little is missing in {name}: {score} against a target of {target}{share}.")
OF_SHORTFALL = _(", {share} of the shortfall")
FURTHEST_AHEAD = _("{Place} is furthest ahead in {name}: {score} against a target of {target}.")
WELL_AHEAD = _("{Place} is well ahead in {name}: {score} against a target of {target}.")
ON_TARGET = _("In {name} the target is reached: {score} against {target}.")
BEGUN, AHEAD = 10.0, 10.0
"""Score below which a part has hardly begun; points between score and target that open a paragraph otherwise."""


def opening(case: Case, node: NodeScore, *, first: bool = False) -> str:
    """Open a paragraph with what its figures say; `first`: of several, the largest gap or the furthest ahead."""
    gap = node.gap or 0.0
    if reached(node):
        words = FURTHEST_AHEAD if first and -gap >= CLOSE else WELL_AHEAD if -gap >= AHEAD else ON_TARGET
    elif (node.score or 0.0) < BEGUN:
        words = HARDLY_BEGUN
    elif first and node.share:
        words = MOST_LOST
    else:
        words = FAR_BELOW if gap >= FAR else NEARLY_THERE if gap <= CLOSE else BELOW
    share = share_words(node.share) if node.share else ""
    return case.say(
        words,
        name=case.in_sentence(case.title(node.id)),
        score=apart(node.score, node.target),
        target=number(node.target),
        share=share if words is MOST_LOST else case.say(OF_SHORTFALL, share=share) if share else "",
    )


def sentences(case: Case, nodes: Sequence[NodeScore], told_as: ToldAs) -> list[str]:
    """Put answers into whole sentences, in their order; of a gap, what is only so far is said once, with its first."""
    nodes = [node for node in nodes if told_as == "gap" or not _tells_nothing(case, node.id)]
    begun = [node for node in nodes if told_as == "gap" and on_its_way(case, node.id)]
    said = [case.in_sentence(words) for node in begun if (words := stated(case, node.id))]
    so_far = case.say(SO_FAR_ALL, said=case.series(said)) if len(said) > 1 else ""
    told = [so_far if so_far and node in begun else stated(case, node.id, told_as=told_as) for node in nodes]
    return [case.grammar.sentence(raised(words)) for words in dict.fromkeys(told) if words]
