"""Floors that broke: which cap holds the score, what fired each, and what lifts it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from nqpf_assess.engine.arithmetic import TOLERANCE, below
from nqpf_assess.engine.explaining import FloorExplained, answer_earning, done_for, explain_floor
from nqpf_assess.engine.scoring import Assessed
from nqpf_assess.locale import _
from nqpf_assess.model.base import summed
from nqpf_assess.model.plan import FiredFloor
from nqpf_assess.model.scorecard import MeasureScore, NodeScore, Scorecard
from nqpf_assess.model.weights import Floor
from nqpf_assess.report.blocks import Block, Callout, Run
from nqpf_assess.report.outline.case import Case
from nqpf_assess.report.outline.findings import capped, reached, sentences, worded
from nqpf_assess.report.outline.measures import closed_state
from nqpf_assess.report.outline.phrases import quoted, raised
from nqpf_assess.report.outline.shelf import ACTS, Shelf, fired_by, lifts_by, meant, measure_of, shelve
from nqpf_assess.report.plan_reason import with_effort
from nqpf_assess.report.wording import apart, number

BROKE = _("Broken floors")
FLOOR_BINDS = _("{Node} scores {score}, below its floor of {below}: the whole score is held at {cap}.")
FLOOR_AT_MOST = _(
    "{Node} scores {score}, below its floor of {below}: as long as it stays there, the whole score is {cap} at most."
)
FLOOR_IDLE = _(
    "{Node} scores {score}, below its floor of {below}: as long as it stays there, the whole score is {cap} at most; "
    "today that takes no points."
)
FLOOR_ALIKE = _("{Node} scores {score}, below its floor of {below}; for the whole score that means the same.")
FLOOR_HANGS = _("Whether {node} stays below hangs on what is not answered yet.")
DISPUTED = _("On {count} of the answers behind it those who were asked differed.")
FIRED_BY = _("Why: {answers}")
HELD_ONCE = _("The floor holds once this is so: {answer}.")
LIFTED_BY = _("What can lift it: {measures}.")
JUDGED = _("Judge that by the new score of this part, not by the KPI.")
TOGETHER = _("together {names}")
LIFTED_PARTLY = _("On the way to lifting it, though not enough alone: {measures}.")
NOT_LIFTED = _("No measure that fits here lifts it; it needs {missing} points.")
TARGET_BELOW = _(
    "Its target, {target}, lies below the floor, so no measure is called for; it needs {missing} points all the same."
)
NAMED, NAMED_FURTHER = _("“{title}” (No. {number})"), _("“{title}” (No. {number} in {full})")


def binding(case: Case) -> list[Floor]:
    """Return the floors whose cap is the one that holds the score."""
    fired = [case.instrument.rules.floors[id] for id in case.card.overall.floors]
    return [floor for floor in fired if floor.cap == min(floor.cap for floor in fired)]


def broken(case: Case, shelf: Shelf) -> Iterator[Block]:
    """Yield the floors that fired in one box: whether each costs points, what fired it, what lifts it."""
    broke = ((id, case.instrument.rules.floors[id]) for id in case.card.overall.floors)
    once = {(floor.node, floor.below, floor.cap): (id, floor) for id, floor in broke}  # a blend may have made two alike
    rules = sorted(once.values(), key=lambda one: one[1].cap)
    told: list[Run] = []
    holding = binding(case) if capped(case) else []
    caps = set[float]()  # told already: a second floor with the same cap does the same
    for id, floor in rules:
        found = explain_floor(case.assessed, id)
        binds = floor in holding
        behind = (case.card.overall.uncapped or 0.0) - found.cap > TOLERANCE
        scored = case.card.overall.score is not None
        words = FLOOR_BINDS if binds else FLOOR_IDLE if scored and not behind else FLOOR_AT_MOST
        said = case.say(
            FLOOR_ALIKE if found.cap in caps else words,
            Node=raised(case.title(floor.node)),
            score=apart(found.score, found.below),
            below=number(found.below),
            cap=number(found.cap),
        )
        caps.add(found.cap)
        if not below(case.nodes[floor.node].high or 0.0, found.below):
            said += case.grammar.space + case.say(FLOOR_HANGS, node=case.in_sentence(case.title(floor.node)))
        if disputed := case.disputed_behind(floor.node):
            said += case.grammar.space + case.say(DISPUTED, count=len(disputed))
        lowest = fired_by(case, [id])
        answers = sentences(case, lowest, "gap")
        fired = case.say(FIRED_BY, answers=case.in_sentence(case.grammar.paragraph(answers))) if answers else ""
        lifted = _lifted(case, shelf, floor.node, lowest, missing=found.below - (found.score or 0.0), holds=binds)
        rest = case.grammar.space + case.grammar.paragraph([fired, _held_once(case, found), lifted])
        told += [Run((case.grammar.space if told else "") + said, bold=True), Run(rest)]
    if told:
        yield Callout(case.say(BROKE), tuple(told), "bad" if capped(case) else "warn")


def lifted(
    assessed: Assessed,
    card: Scorecard,
    chosen: Collection[str],
    before_floors: float | None,
    *,
    language: str,
    on: date,
) -> Mapping[FiredFloor, str]:
    """Say what can lift the broken floors that the chosen measures leave and that hold what these reach.

    `chosen`: their ids; `before_floors`: the overall score without the floors, 0 to 100; `on`: the day that it is said.
    """
    case, said = Case(assessed, card, (), language, on.isoformat()), dict[FiredFloor, str]()
    work = [row for row in card.countermeasures if row.id in chosen]
    for id in card.overall.floors:
        found, node = explain_floor(assessed, id), assessed.instrument.rules.floors[id].node
        missing = found.below - (found.score or 0.0)
        if (before_floors or 0.0) - found.cap > TOLERANCE and not lifts_by(case, work, node, missing):
            fired, shelf = fired_by(case, [id]), shelve(case)
            words = _lifted(case, shelf, node, fired, missing=missing, numbered=False)
            said[FiredFloor(node, found.below, found.cap)] = words
    return said


def _held_once(case: Case, found: FloorExplained) -> str:
    """State the answer that alone would do, of a question whose best only time brings: no measure is made for it."""
    asked = case.questionnaire.questions
    for question, needed in found.lifting:
        enough = answer_earning(case.assessed, question, needed) if asked[question].only_time else None
        if enough is not None and done_for(case.assessed, question, needed):
            return case.say(HELD_ONCE, answer=case.in_sentence(worded(case, asked[question], enough, year="")))
    return ""


def _lifted(
    case: Case,
    shelf: Shelf,
    node: str,
    reasons: Collection[NodeScore],
    *,
    missing: float,
    holds: bool = True,
    numbered: bool = True,
) -> str:
    """Name what lifts a part to its floor: of the tasks chosen one made for what fired it, else the first that do.

    Else it is any made for that, the first of what is proposed, any other, or few together; where no such few do, what
    brings it nearer. `missing`: points up to the floor; `holds`: it is the one that holds the score.
    """
    below = _below(case, node)
    able = [row for row in shelf.fitting if any(row.lifts.get(dimension, 0.0) > 0 for dimension in below)]
    able = [row for row in able if row.id not in shelf.closed] or able
    if not able:
        scored = [case.nodes[dimension] for dimension in below if case.nodes[dimension].score is not None]
        words = TARGET_BELOW if all(map(reached, scored)) else NOT_LIFTED
        return case.say(words, missing=apart(missing, 0.0), target=number(case.nodes[node].target))
    strong = sorted(able, key=lambda row: -summed(row.lifts.get(dimension, 0.0) for dimension in below))
    tasks = [row for row in strong if row in shelf.work]
    doing = _enough(case, [row for row in shelf.work if row in able], node, missing)
    made = [[row] for row in meant(case, able, reasons)]
    chosen = [*(rows for rows in made if rows[0] in shelf.work), doing] if shelf.planned else []
    sets = (*chosen, *made, doing, *([row] for row in able), *(strong[:count] for count in range(2, ACTS + 1)))
    nearer = (tasks or meant(case, strong, reasons) or strong)[:ACTS]
    front = next((rows for rows in sets if lifts_by(case, rows, node, missing)), nearer)
    named = []
    for row in front:
        title = quoted(case.tell(measure_of(case, row).title))
        if row.id in shelf.closed:
            named.append(title + closed_state(case, shelf, row.id))
        elif not numbered:
            open_yet = {one.id for one in shelf.fitting} - {*shelf.closed}
            named.append(with_effort(row.id, case.questionnaire, open_yet, case.language))
        else:
            words = NAMED if row in shelf.work else NAMED_FURTHER
            named.append(case.say(words, title=title, number=shelf.number(row.id)))
    names = case.listed(named)
    if not lifts_by(case, front, node, missing):
        return raised(case.say(LIFTED_PARTLY, measures=names))
    if len(named) > 1:  # none of them does so alone
        names = case.say(TOGETHER, names=names)
    said = raised(case.say(LIFTED_BY, measures=names))
    # The goal of a measure may be reached, and the floor that holds the score stand: a cap is a step.
    return said + (case.grammar.space + case.say(JUDGED) if holds else "")


def _below(case: Case, node: str) -> Sequence[str]:
    return case.questionnaire.dimensions_of.get(node, (node,))


def _enough(case: Case, rows: Sequence[MeasureScore], node: str, missing: float) -> list[MeasureScore]:
    """Return the first of some measures in their order that together lift a node to its floor, none without need."""
    first = (list(rows[:count]) for count in range(1, len(rows) + 1))
    found = next((few for few in first if lifts_by(case, few, node, missing)), [])
    while lifts_by(case, found[1:], node, missing):
        found = found[1:]
    return found
