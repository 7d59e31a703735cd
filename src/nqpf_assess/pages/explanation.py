"""The arithmetic of a figure in words and numbers that can be added up again by hand."""

from collections.abc import Iterator
from decimal import Decimal

from nqpf_assess.engine.arithmetic import FLOOR, TOLERANCE, below, figure
from nqpf_assess.engine.explaining import (
    AnswerExplained,
    Explained,
    MeanExplained,
    answer_earning,
    done_for,
    explain,
    explain_floor,
)
from nqpf_assess.engine.gaps import gaps_of, to_target
from nqpf_assess.engine.rubric import ledger
from nqpf_assess.engine.scoring import Assessed, scale_conditions
from nqpf_assess.engine.states import stored, unknown
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import _, _n, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.base import plain_number, summed
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.model.scorecard import OVERALL, LedgerRow
from nqpf_assess.pages.provenance import provenance_lines
from nqpf_assess.report.condition_words import condition_words
from nqpf_assess.report.ledger_words import handed_down, move_words, step_words, undecided_words
from nqpf_assess.report.wording import LEVEL_WORDS, STATE_WORDS, answer, apart, number, percent, percent_apart

WHOLE, BEFORE_FLOORS = _("Overall score"), _("Overall score before the floors")
AFTER_FLOORS = _("After the floors the overall score is {score}; what fired stands at the end.")
IS_MEAN = {
    "arithmetic": _("weighted mean"),
    "geometric": _("weighted geometric mean: e^(sum of weight × ln score), a score below 1 counts as 1"),
}
TOO_LITTLE = _("no score: only {coverage} of its weight is answered, {minimum} are needed")
NOTHING = _("no score: nothing in it has a score")
NO_YEAR = _("no score: the year that the answers describe is missing, so the days cannot be counted")
NOT_ASSESSED = _("not assessed here: it is switched off, not asked about, or nothing in it counts")
SWITCHED_OFF = _("counts for nothing here, switched off by a weight of 0")
SUM = _("sum")
FLOOR_FIRED = _("Floor [{id}]: {node} scores {score}, below {below}, so the overall score is at most {cap}.")
FLOOR_QUIET = _("Floor [{id}]: below {below} the overall score would be at most {cap}; {node} scores {score}.")
FLOOR_UNJUDGED = _("Floor [{id}]: {node} has no score, so the floor at {below} judges nothing.")
FIRED_BY = _("Among what fired it, lowest first: {questions}.")
LIFTED_BY = _("This answer alone would lift it: {question}, from {now} to {needed}.")
LIFTED_BY_ANSWER = _(
    "This answer alone would lift it: {question}, from {now} to {needed} points, for which this is enough: {answer}"
)
LIFTED_BY_MORE = _n("So would {count} further answer, alone.", "So would each of {count} further answers, alone.")
MOST_LIFTING = 3
LIFTED_BY_NONE = _("None of the answers given would lift it alone.")
WORTH = _("Were it not below {below} and all else the same, the overall score would be {after}; it is {now}.")
CAME_ABOUT = _("How its weight and target came about:")
BY_HAND = _("correction by hand")
LEFT_OUT = _("left out of the weight: it switches off what the other profiles keep")
STATED = _("weight as stated, before shares are taken: {before} → {after}")
TO_TARGET = _("Raised to its dimension's target, this answer alone would add {points} points to the overall score.")
TO_TARGET_FLOORED = _(
    "Raised to its dimension's target, this answer alone would add {points} points to the overall score, {floored} "
    "after the floors."
)
ANSWERED = _("answered: {answer}")
OF_YEAR = _(" ({year})")
OTHER_SCALE = _("another scale applies where {condition}; what decides that is not answered")


def explanation_lines(assessed: Assessed, node: str, language: str) -> Iterator[str]:
    """Explain a node and all below it; each level is indented by two spaces."""
    depth = {OVERALL: 0}
    for explained in explain(assessed, node):
        indent = "  " * depth.get(explained.id, 0)
        for part in explained.terms if isinstance(explained, MeanExplained) else ():
            depth[part.id] = depth.get(explained.id, 0) + 1
        for line in lines_of(assessed, explained, language):
            yield indent + line
    yield from weight_lines(assessed, node, language)
    yield from gain_lines(assessed, node, language)
    for id, floor in assessed.figures.rules.floors.items():
        if floor.node == node or (node == OVERALL and id in assessed.figures.fired):
            yield from floor_lines(assessed, id, language)


def target_told(assessed: Assessed, row: LedgerRow, language: str) -> str:
    """Say to what a pillar's target comes where dimensions keep their own; "" where it stands."""
    questionnaire = assessed.instrument.questionnaire
    targets = dict(zip(questionnaire.pillars, gaps_of(assessed).targets.pillars, strict=True))
    return handed_down(row, figure(targets[row.node]), questionnaire, language) if row.node in targets else ""


def weight_lines(assessed: Assessed, node: str, language: str) -> Iterator[str]:
    """Write how a node's weight and target came about here, step by step where there are several; nothing unmoved."""
    instrument, marks = assessed.instrument, grammar(language)
    row = next((row for row in ledger(instrument, assessed.rubric) if row.node == node), None)
    undecided = undecided_words(instrument, assessed.view, language, node=node)
    if row is None or not (row.steps or undecided):
        return
    yield tell(CAME_ABOUT, language)
    if undecided:
        yield "  " + undecided
    if not row.steps:
        return
    yield "  " + move_words(row, instrument.questionnaire, language)
    if comes_to := target_told(assessed, row, language):
        yield "  " + comes_to
    names = {file.id: file.name for _, chain in instrument.profiles for file in chain}
    kept = 1.0 - sum(row.left_out.values())
    # One step alone is told by its reason, unless that is not the profile's.
    for step in row.steps if len(row.steps) > 1 or instrument.further or row.steps[0].by_hand else ():
        share = "" if step.share == 1 else marks.bracketed(percent(step.share))
        by = tell(BY_HAND if step.by_hand else names[step.by], language)
        counted = step if step.by_hand else step._replace(share=round(step.share / kept, 9))
        said = tell(LEFT_OUT, language) if step.profile in row.left_out else step_words(counted, language)
        yield f"    {by}{share}{marks.colon}{said}"
    if row.final != row.baseline:
        yield "    " + tell(STATED, language, before=f"{row.baseline:g}", after=f"{row.final:.6g}")


def gain_lines(assessed: Assessed, node: str, language: str) -> Iterator[str]:
    """Write what the overall would gain if this answer alone came up to its dimension's target.

    Nothing for what is no question, and for an answer that only time moves.
    """
    place, asked = assessed.instrument.place, assessed.instrument.questionnaire.questions.get(node)
    gain = None if asked is None or asked.only_time else to_target(assessed)[place[node]]
    if gain is not None and (gain.points or gain.after_floors):  # where its pillar has no score, a floor may hold all
        points, floored = number(gain.points, 2), number(gain.after_floors, 2)
        yield tell(TO_TARGET if points == floored else TO_TARGET_FLOORED, language, points=points, floored=floored)


def lines_of(assessed: Assessed, explained: Explained, language: str) -> Iterator[str]:
    """Explain one node by itself."""
    if isinstance(explained, MeanExplained):
        yield from _mean_lines(assessed, explained, language)
        return
    yield f"{name_of(assessed, explained.id, language)} = {number(explained.score, 2)}"
    if explained.value is None or explained.state not in ("answered", "blank"):
        why = not_applicable(assessed, explained.id, language) if explained.state == "na" else ""
        yield "  " + tell(STATE_WORDS[explained.state], language) + (grammar(language).colon + why if why else "")
    else:
        yield "  " + tell(ANSWERED, language, answer=answer_of(assessed, explained.id, language))
        if explained.state == "blank":  # only a day can be given and count for nothing
            yield "  " + tell(NO_YEAR, language)
        if rule := rule_line(assessed, explained, language):
            yield "  " + rule
            yield from ("  " + line for line in other_scale(assessed, explained.id, language))
    if is_off(assessed, explained.id):
        yield "  " + tell(SWITCHED_OFF, language)
    for line in provenance_lines(assessed.answers, assessed.instrument.questionnaire, explained.id, language):
        yield "  " + line


def not_applicable(assessed: Assessed, question: str, language: str) -> str:
    """Write why a question does not apply: in the words of whoever said so, else in those of the question itself."""
    asked, given = assessed.instrument.questionnaire.questions[question], assessed.answers.answers.get(question)
    if given is not None and given.reason and stored(asked, given).state == "na":
        return " ".join(given.reason.split())
    return tell(asked.na_reason or {}, language)


def answer_of(assessed: Assessed, question: str, language: str) -> str:
    """Write an answer with the year its figure describes, which need not be that of the assessment."""
    questionnaire, given = assessed.instrument.questionnaire, assessed.answers.answers.get(question)
    said, state = answer(question, questionnaire, assessed.view, language), assessed.view.questions[question].state
    if given is None or given.year is None or state != "answered":
        return said
    figure = kind_of(questionnaire.questions[question]).is_figure
    return said + tell(OF_YEAR, language, year=given.year) if figure else said


def name_of(assessed: Assessed, node: str, language: str) -> str:
    """Return a node with what it is."""
    if node == OVERALL:
        return tell(WHOLE, language)
    questionnaire = assessed.instrument.questionnaire
    level = (
        "pillar" if node in questionnaire.pillars else "dimension" if node in questionnaire.dimensions else "question"
    )
    title = tell(title_of(questionnaire, node), language)
    return f"{title} [{tell(LEVEL_WORDS[level], language)} {node}]"


def _mean_lines(assessed: Assessed, explained: MeanExplained, language: str) -> Iterator[str]:
    marks, figures = grammar(language), assessed.figures
    held = is_held(assessed, explained)
    name = tell(BEFORE_FLOORS, language) if held else name_of(assessed, explained.id, language)
    head = f"{name} = {number(explained.score, 2)}"
    yield head + marks.bracketed(tell(IS_MEAN[explained.mean], language)) if explained.score is not None else head
    if explained.score is None:
        yield "  " + why_unscored(explained, language)
    for term in explained.terms:
        if term.state == "hidden":
            continue
        title, weight = tell(title_of(assessed.instrument.questionnaire, term.id), language), percent(term.weight, 4)
        if term.score is None:
            words = SWITCHED_OFF if is_off(assessed, term.id) else STATE_WORDS[term.state]
            words = NO_YEAR if waits_for_year(assessed, term.id) else words
            yield f"  {title}{marks.colon}{tell(words, language)}"
        elif explained.mean == "arithmetic":
            yield f"  {title}{marks.colon}{weight} × {number(term.score, 4)} = {number(term.adds, 4)}"
        else:
            yield f"  {title}{marks.colon}{weight} × ln {number(max(term.score, FLOOR), 4)} = {number(term.adds, 6)}"
    if explained.score is not None:
        total = summed(term.adds for term in explained.terms if term.adds is not None)
        log = number(total, 6)  # of which the power is taken
        result = (
            number(total, 4) if explained.mean == "arithmetic" else f"{log}; e^{log} = {number(explained.score, 4)}"
        )
        yield f"  {tell(SUM, language)}{marks.colon}{result}"
    if held:
        yield "  " + tell(AFTER_FLOORS, language, score=number(figures.total.value, 2))


def is_held(assessed: Assessed, explained: MeanExplained) -> bool:
    """Return whether it is the overall, and floors hold it below what its parts give."""
    figures = assessed.figures
    held = figures.scores.overall.value - figures.total.value >= TOLERANCE
    return explained.id == OVERALL and explained.score is not None and held


def waits_for_year(assessed: Assessed, question: str) -> bool:
    """Return whether a day is answered that counts for nothing, since the year that the answers describe is missing."""
    seen = assessed.view.questions.get(question)
    return seen is not None and seen.state == "blank" and seen.value is not None


def is_off(assessed: Assessed, question: str) -> bool:
    """Return whether a question that would apply here has no figures, since its weight or one above it is 0."""
    instrument = assessed.instrument
    if question not in instrument.questionnaire.questions or instrument.is_unscored(question):
        return False
    place = instrument.place[question]
    return bool(assessed.leaves[place].applicable and not assessed.figures.coverage.questions[place].has)


def why_unscored(explained: MeanExplained, language: str) -> str:
    """Write why a pillar, dimension or the overall has no score."""
    if explained.coverage is None:
        return tell(NOT_ASSESSED, language)
    if not explained.coverage:
        return tell(NOTHING, language)
    least = explained.minimum_coverage
    coverage, minimum = percent_apart(explained.coverage, 0.0, least, decimals=1), percent(least)
    return tell(TOO_LITTLE, language, coverage=coverage, minimum=minimum)


def rule_line(assessed: Assessed, explained: AnswerExplained, language: str) -> str:
    """Write by which rule an answer became its score; "" where it has none."""
    question = assessed.instrument.questionnaire.questions[explained.id]
    if explained.value is None or explained.score is None:
        return ""
    words, values = kind_of(question).reason(question, explained.value, explained.here)
    shown = {name: str(value) for name, value in values.items()}
    for name, value in values.items():
        if isinstance(value, tuple):  # a sum, part by part, each to the last digit too
            shown[name] = " + ".join(map(repr, value)) or "0"
        elif isinstance(value, float):
            shown[name] = plain_number(Decimal(repr(value))).replace("-", "−")  # to the last digit, as it was typed
    return tell(words, language, score=number(explained.score, 2), **shown)


def other_scale(assessed: Assessed, question: str, language: str) -> Iterator[str]:
    """Say that another scale would come before the one that scores an answer, if what decides it were answered so."""
    instrument, view = assessed.instrument, assessed.view
    for when in (when for when in scale_conditions(instrument, question, view) if unknown(when, view)):
        yield tell(OTHER_SCALE, language, condition=condition_words(when, instrument.questionnaire, language))


def floor_lines(assessed: Assessed, id: str, language: str) -> Iterator[str]:
    """Explain a floor: what fired it, what would lift it, what that is worth."""
    found, questionnaire = explain_floor(assessed, id), assessed.instrument.questionnaire

    def title(node: str) -> str:
        return tell(title_of(questionnaire, node), language)

    values = {"node": title(found.node), "below": f"{found.below:g}", "cap": f"{found.cap:g}", "id": id}
    if found.score is None:
        yield tell(FLOOR_UNJUDGED, language, **values)
        return
    if not found.fired:
        yield tell(FLOOR_QUIET, language, score=number(found.score, 2), **values)
        return
    yield tell(FLOOR_FIRED, language, score=apart(found.score, found.below, decimals=2), **values)
    yield "  " + tell(assessed.figures.rules.floors[id].why, language)
    marks = grammar(language)
    # What scores no less than the line holds the node up, however few questions it has.
    leaves, place = assessed.leaves, assessed.instrument.place
    scores = {question: leaves[place[question]].score for question in found.lowest}
    low = [question for question, score in scores.items() if below(score, found.below)]
    shown = {question: apart(scores[question], found.below) for question in low}
    listed = marks.list(marks.quoted(title(question)) + marks.bracketed(score) for question, score in shown.items())
    yield "  " + tell(FIRED_BY, language, questions=listed)
    asked_of = questionnaire.questions
    raised = [(question, needed) for question, needed in found.lifting if done_for(assessed, question, needed)]
    for question, needed in raised[:MOST_LIFTING]:
        now = leaves[place[question]].score
        values = {"question": marks.quoted(title(question)), "now": apart(now, needed), "needed": apart(needed, now)}
        enough, asked = answer_earning(assessed, question, needed), asked_of[question]
        said = "" if enough is None else kind_of(asked).full(asked, enough, language)
        yield "  " + tell(LIFTED_BY_ANSWER if said else LIFTED_BY, language, answer=said, **values)
    if (more := len(raised) - MOST_LIFTING) > 0:
        yield "  " + tell(LIFTED_BY_MORE, language, count=more)
    if not found.lifting:
        yield "  " + tell(LIFTED_BY_NONE, language)
    if found.worth is not None:
        total = number(assessed.figures.total.value, 2)
        after = number(assessed.figures.total.value + found.worth, 2)
        yield "  " + tell(WORTH, language, below=f"{found.below:g}", now=total, after=after)
