"""Do the reasons of a rubric argue for what its figures do, and can one answer alone bring down a floor?"""

from collections.abc import Iterable, Mapping, Sequence

from nqpf_assess.engine.arithmetic import Column, below, plain, roll_up
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.rubric import normalised
from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.rules.naming import elsewhere, suggestion
from nqpf_assess.files.rules.subjects import WeightsSubject
from nqpf_assess.files.rules.texts import PLACEHOLDER
from nqpf_assess.locale import _
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.weights import Adjustment

MIDDLING = 60.0
"""The score of all other questions of a node while one is moved between its best and its worst answer."""


def reason_fact(subject: WeightsSubject) -> Iterable[Finding]:
    """Find braces in a reason that name no fact, so that nothing of the place can be put in."""
    facts = subject.declared["facts"]
    for index, change in enumerate(subject.value.adjust):
        for key, words in (("why", change.why), ("target_why", change.target_why or {})):
            for language, said in words.items():
                for name in dict.fromkeys(PLACEHOLDER.findall(said)):
                    if name not in facts:
                        hint = elsewhere(name, "facts", subject.declared) or suggestion(name, facts, braces=True)
                        yield Finding(("adjust", index, key, language), {"name": name}, hint=hint)


def _weights(subject: WeightsSubject, also: Adjustment | None = None) -> dict[str, float]:
    """Compute final weights with all unconditional adjustments of the chain, and one more that has a condition."""
    weights = dict(subject.instrument.root_weights)
    for file in subject.chain:
        for change in file.adjust:
            if (change.when is None or change is also) and change.factor is not None and change.node in weights:
                weights[change.node] *= float(change.factor)
    return weights


def reason_against_move(subject: WeightsSubject) -> Iterable[Finding]:
    """Find factors above 1 that do not raise their node's share of its siblings, and below 1 that do not lower it."""
    if not subject.sound:
        return
    instrument = subject.instrument
    before, together = normalised(instrument, instrument.root_weights), normalised(instrument, _weights(subject))
    for index, change in enumerate(subject.value.adjust):
        if change.factor in (None, 1) or change.node not in before:
            continue
        after = together if change.when is None else normalised(instrument, _weights(subject, change))
        was, now = before[change.node], after[change.node]
        rises = float(change.factor or 0) > 1
        if not (below(was, now) if rises else below(now, was)):
            values = {"name": change.node, "factor": f"{change.factor:f}", "was": f"{100 * was:.1f}"}
            values |= {"now": f"{100 * now:.1f}"}
            alone = not below(was, 1.0)
            hint = ALONE if alone else OFF if not now else RAISE if rises else LOWER
            yield Finding(("adjust", index, "factor"), values, hint=hint)


RAISE = _("Other factors outweigh it. Raise it further, or take the factor out with its reason.")
ALONE = _("It has no siblings that count, so that no factor moves its share: take the factor out with its reason.")
OFF = _(
    "It is switched off here, or in what this is based on, and no factor brings it back: take the factor out with its "
    "reason, or let this be based on another rubric."
)
LOWER = _("Other factors outweigh it. Lower it further, or take the factor out with its reason.")


def reason_beside_the_point(subject: WeightsSubject) -> Iterable[Finding]:
    """Find questions that a reason speaks of, but that do not lie below the node it is for."""
    questionnaire = subject.questionnaire
    for index, change in enumerate(subject.value.adjust):
        for place, id in enumerate(change.questions):
            question = questionnaire.questions.get(id)
            dimension = questionnaire.dimensions.get(question.dimension) if question is not None else None
            if question is None or dimension is None:
                continue
            if change.node not in (id, question.dimension, dimension.pillar):
                yield Finding(("adjust", index, "questions", place), {"name": id, "node": change.node})


def floor_hangs_on_one(subject: WeightsSubject) -> Iterable[Finding]:
    """Find floors that a single answer can decide, with all others of the node at 60."""
    if not subject.sound:
        return
    instrument, weights, floors = subject.instrument, _weights(subject), subject.value.floors
    if any(floor.node not in instrument.place for rubric in subject.chain for floor in rubric.floors.values()):
        return  # no rules can be made of a floor under nothing, here or in a base, where it is an error of its own
    for id, floor in floors.items():
        deciding = _deciding(instrument, weights, floor.node, float(floor.below))
        if deciding:
            values = {"node": floor.node, "questions": listed(deciding, 12)}
            yield Finding(("floors", id), values, at="key")


def _deciding(instrument: Instrument, weights: dict[str, float], node: str, line: float) -> list[str]:
    """Return the questions of a node that alone, between worst and best answer, bring it below a line or above."""
    questionnaire, place = instrument.questionnaire, instrument.place
    if node not in place or node in questionnaire.questions:
        return []
    dimensions = questionnaire.dimensions_of.get(node, (node,))
    ends: dict[object, Sequence[float]] = {}
    found = []
    for id in (question for dimension in dimensions for question in questionnaire.questions_of[dimension]):
        # Questions that weigh the same beside the same siblings move the node alike, of thousands mostly all.
        alike = questionnaire.questions[id].dimension, weights[id], instrument.reach(id)
        if alike not in ends:
            ends[alike] = [_with_others_middling(instrument, weights, node, id, end) for end in instrument.reach(id)]
        worst, best = ends[alike]
        if weights[id] > 0 and below(worst, line) and not below(best, line):
            found.append(id)
    return found


def _with_others_middling(
    instrument: Instrument, weights: Mapping[str, float], node: str, id: str, score: float
) -> float:
    """Return the score of a node where one question has a score and all others are middling."""
    columns = [Column(score if other == id else MIDDLING, 1.0 * (weights[other] > 0)) for other in instrument.questions]
    levels = instrument.weights_by_level(weights)
    rolled = roll_up(plain, instrument.tree, columns, weights=levels, means=instrument.rules.means)
    pillar = node in instrument.questionnaire.pillars
    return float((rolled.pillars if pillar else rolled.dimensions)[instrument.place[node]].value)


ARGUING_RULES = (
    Rule(
        "reason_fact",
        "error",
        _("“{{{name}}}” names no fact, so nothing of the place can be put in here"),
        _("Write the id of a fact in the braces."),
        reason_fact,
    ),
    Rule(
        "reason_against_move",
        "notice",
        _("the factor {factor} moves the share of “{name}” among its siblings from {was} % to {now} %"),
        RAISE,
        reason_against_move,
    ),
    Rule(
        "reason_beside_the_point",
        "notice",
        _("the reason speaks of “{name}”, which does not lie below “{node}”"),
        _("Name questions of this part, or give the reason to the part that holds the question."),
        reason_beside_the_point,
    ),
    Rule(
        "floor_hangs_on_one",
        "notice",
        _("a single answer can decide whether “{node}” falls below this floor: {questions}"),
        _("Lower the line, or ask more questions there, so that no single answer can bring it down."),
        floor_hangs_on_one,
    ),
)
