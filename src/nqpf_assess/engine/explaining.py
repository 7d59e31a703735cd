"""The arithmetic of one figure, part by part, down to the answers."""

from dataclasses import dataclass
from decimal import Decimal

from nqpf_assess.engine.arithmetic import Mean, below, entering, floored, plain, shares
from nqpf_assess.engine.gaps import with_answer
from nqpf_assess.engine.scoring import Assessed, scored_here
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Here, Value
from nqpf_assess.model.scorecard import OVERALL


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a mean: its weight among what has a score, its score, and what it adds.

    Under a geometric mean `adds` is weight × ln(score), scores below 1 raised to 1.
    """

    id: str
    weight: float
    score: float | None
    adds: float | None
    state: str


@dataclass(frozen=True, slots=True)
class MeanExplained:
    """A pillar, dimension or the overall as the mean of its parts. `coverage`: None where it is not assessed here."""

    id: str
    mean: Mean
    terms: tuple[Term, ...]
    score: float | None
    coverage: float | None
    minimum_coverage: float


@dataclass(frozen=True, slots=True)
class AnswerExplained:
    """A question: what was answered, and what decides about its score beside the answer."""

    id: str
    kind: str
    state: str
    value: Value | None
    score: float | None
    here: Here


Explained = MeanExplained | AnswerExplained


@dataclass(frozen=True, slots=True)
class FloorExplained:
    """A floor: whether it fired, what fired it, what would lift it, and what that is worth.

    `score`: of its node. `lowest`: the questions of the node with the lowest scores, the lowest first. `lifting`: those
    of which one answer alone would lift the node, with the score it needs, the nearest first. `worth`: points that the
    overall gains once the node is past the floor, None without an overall score.
    """

    id: str
    node: str
    below: float
    cap: float
    fired: bool
    score: float | None
    lowest: tuple[str, ...]
    lifting: tuple[tuple[str, float], ...]
    worth: float | None


def explain_floor(assessed: Assessed, id: str) -> FloorExplained:
    """Explain a floor of the rubric in use."""
    instrument, figures = assessed.instrument, assessed.figures
    rule = next(rule for rule in figures.rules.floor_rules if rule.id == id)
    node = figures.rules.floors[id].node
    columns = figures.scores.pillars if rule.level == "pillar" else figures.scores.dimensions
    held, fired = columns[rule.place], id in figures.fired
    # What lies in a dimension without a score has no part in the floor's node.
    inside = [
        dimension
        for dimension in instrument.questionnaire.dimensions_of.get(node, (node,))
        if figures.scores.dimensions[instrument.place[dimension]].has
    ]
    places = [instrument.place[q] for d in inside for q in instrument.questionnaire.questions_of[d]]
    scored = sorted((p for p in places if figures.scores.questions[p].has), key=lambda p: assessed.leaves[p].score)

    def reaches(place: int, score: float) -> bool:
        raised = with_answer(assessed, place, score)
        level = () if raised is None else raised.pillars if rule.level == "pillar" else raised.dimensions
        return bool(level) and not below(level[rule.place].value, rule.below)

    lifting: list[tuple[str, float]] = []
    for place in scored if fired else ():
        question = instrument.questions[place]
        asked = instrument.questionnaire.questions[question]
        best = kind_of(asked).reach(asked, scored_here(instrument, question, assessed.view))[1]
        low, high = assessed.leaves[place].score, best
        if reaches(place, high):
            for _step in range(50):  # the least score that does it, by halving: means rise with their parts
                middle = (low + high) / 2
                low, high = (low, middle) if reaches(place, middle) else (middle, high)
            lifting.append((question, high))

    def lacks(row: tuple[str, float]) -> float:  # rounded: of those that lack the same the lowest comes first
        return round(row[1] - float(assessed.leaves[instrument.place[row[0]]].score), 6)

    # A node at this line is past every other floor of its own that begins no higher.
    still = [
        other
        for other in figures.rules.floor_rules
        if other.id != id and ((other.level, other.place) != (rule.level, rule.place) or other.below > rule.below)
    ]
    without, _ = floored(plain, figures.scores, still)
    return FloorExplained(
        id=id,
        node=node,
        below=rule.below,
        cap=rule.cap,
        fired=fired,
        score=float(held.value) if held.has else None,
        lowest=tuple(instrument.questions[place] for place in scored[:3]),
        lifting=tuple(sorted(lifting, key=lacks)),
        worth=float(without.value - figures.total.value) if figures.total.has else None,
    )


def answer_earning(assessed: Assessed, question: str, score: float) -> Value | None:
    """Return the nearest answer to a question that earns at least a score; None where no single step reaches it."""
    asked, seen = assessed.instrument.questionnaire.questions[question], assessed.view.questions[question]
    here = scored_here(assessed.instrument, question, assessed.view)
    now = assessed.leaves[assessed.instrument.place[question]]
    if seen.value is None or not now.answered:
        return None
    kind = kind_of(asked)
    found = kind.goal(asked, seen.value, here, score=now.score, target=score, points=Decimal(100))
    earned = None if found is None else kind.score(asked, found, here)
    return None if earned is None or below(earned, score) else found


def done_for(assessed: Assessed, question: str, score: float) -> bool:
    """Return whether something can be done for an answer to earn a score.

    Of what only time moves that is an option short of the best: no penalty within 24 months only time brings, that one
    is closed does not. A figure, day or level of it may be time itself.
    """
    asked = assessed.instrument.questionnaire.questions[question]
    if not asked.only_time or kind_of(asked).ordered:
        return not asked.only_time
    here = scored_here(assessed.instrument, question, assessed.view)
    enough = answer_earning(assessed, question, score)
    earned = None if enough is None else kind_of(asked).score(asked, enough, here)
    return earned is not None and below(earned, kind_of(asked).reach(asked, here)[1])


def explain(assessed: Assessed, node: str) -> tuple[Explained, ...]:
    """Explain a node and everything below it, parents first. `overall` explains the whole."""
    questionnaire = assessed.instrument.questionnaire
    if node in questionnaire.questions:
        return (explain_answer(assessed, node),)
    parts = parts_of(assessed, node)
    return (explain_mean(assessed, node), *(line for part in parts for line in explain(assessed, part)))


def parts_of(assessed: Assessed, node: str) -> tuple[str, ...]:
    """Name the parts of a node in file order."""
    questionnaire = assessed.instrument.questionnaire
    if node == OVERALL:
        return assessed.instrument.pillars
    return questionnaire.dimensions_of.get(node) or questionnaire.questions_of.get(node, ())


def explain_mean(assessed: Assessed, node: str) -> MeanExplained:
    """Explain one mean."""
    figures, instrument = assessed.figures, assessed.instrument
    means, scores, covered, weighed = figures.rules.means, figures.scores, figures.coverage, figures.weights
    if node == OVERALL:
        kind, columns, weights, covers = means.pillars, scores.pillars, weighed.pillars, covered.pillars
        own, coverage = scores.overall, covered.overall
    elif node in instrument.questionnaire.pillars:
        kind, columns, weights, covers = means.dimensions, scores.dimensions, weighed.dimensions, covered.dimensions
        own, coverage = scores.pillars[instrument.place[node]], covered.pillars[instrument.place[node]]
    else:
        kind, columns, weights, covers = means.questions, scores.questions, weighed.questions, covered.questions
        own, coverage = scores.dimensions[instrument.place[node]], covered.dimensions[instrument.place[node]]
    members = [instrument.place[part] for part in parts_of(assessed, node)]
    local = shares(plain, [columns[m].has for m in members], [weights[m] for m in members])
    terms = []
    for part, member, weight in zip(parts_of(assessed, node), members, local, strict=True):
        column, seen = columns[member], assessed.view.questions.get(part)
        part_score = column.value if column.has else None
        adds = None if part_score is None else weight * entering(plain, kind, part_score)
        reached = "scored" if column.has else "no_score" if covers[member].has else "not_assessed"
        terms.append(Term(part, weight, part_score, adds, seen.state if seen else reached))
    score = own.value if own.has else None
    return MeanExplained(
        node, kind, tuple(terms), score, coverage.value if coverage.has else None, figures.rules.minimum_coverage
    )


def explain_answer(assessed: Assessed, question: str) -> AnswerExplained:
    """Explain one question's score."""
    asked = assessed.instrument.questionnaire.questions[question]
    seen, place = assessed.view.questions[question], assessed.instrument.place[question]
    scored = assessed.figures.scores.questions[place]
    return AnswerExplained(
        id=question,
        kind=asked.kind,
        state=seen.state,
        value=seen.value,
        score=scored.value if scored.has else None,
        here=scored_here(assessed.instrument, question, assessed.view),
    )
