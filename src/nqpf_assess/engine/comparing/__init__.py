"""Compares two assessments of one subject: the change of every score, and how much of it is due to what.

Re-scored with one thing changed at a time, answers, then weights, then questionnaire, so the parts sum to the change
exactly (scoring.md, section 8; docs/decisions/0012-comparing-and-migrating.md).
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from nqpf_assess.engine.arithmetic import figure
from nqpf_assess.engine.comparing.parts import parts_of
from nqpf_assess.engine.comparing.planned import planned_then
from nqpf_assess.engine.editions import Names, fitted, fitted_blend, names_between
from nqpf_assess.engine.instrument import Instrument, digest, identities
from nqpf_assess.engine.migrating import migrate
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.engine.scoring import Assessed, assess
from nqpf_assess.kinds import kind_of, read_value
from nqpf_assess.kinds.kind import Fault
from nqpf_assess.model.answers import Answer, Answers, Raw
from nqpf_assess.model.base import summed
from nqpf_assess.model.comparison import (
    AnswerChange,
    AssessmentComparison,
    Cause,
    Change,
    Edition,
    NodeChange,
    SeenAnswer,
    Side,
    Why,
)
from nqpf_assess.model.migration import Migration
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire, title_of
from nqpf_assess.model.scorecard import Identity, NodeLevel
from nqpf_assess.model.weights import Weights

OVERALL, UNCAPPED = "*overall", "*uncapped"
"""Beside the ids of nodes, of which none can be called so."""

Scores = Mapping[str, float | None]


@dataclass(frozen=True)
class ComparedAssessment:
    """One of the two: its name (of its file), its answers as they stand there, the instrument it is read under."""

    name: str
    answers: Answers
    instrument: Instrument


def compare(old: ComparedAssessment, new: ComparedAssessment, today: date) -> AssessmentComparison:
    """Compare two assessments. Answers given to another edition than their instrument are taken over to it first."""
    moved = [migrate(side.instrument, side.answers) for side in (old, new)]
    then, now = (assess(side.instrument, read.answers) for side, read in zip((old, new), moved, strict=True))
    names = names_between(new.instrument.questionnaire, old.instrument.questionnaire)
    back = migrate(old.instrument, now.answers, new.instrument.questionnaire)
    between = _between(then, now, names, back)
    stages: list[Scores] = []
    for stage in (then, *between, now):
        scores = stage.figures.scores
        levels = zip(stage.instrument.levels, scores.levels, strict=True)
        found = {id: figure(column) for ids, columns in levels for id, column in zip(ids, columns, strict=True)}
        stages.append({**found, OVERALL: figure(stage.figures.total), UNCAPPED: figure(scores.overall)})
    nodes = tuple(_nodes(old.instrument, new.instrument, names, stages))
    sides = _side(old, then, moved[0]), _side(new, now, moved[1])
    asked = {id: names.get(id, id) for id in _levels(new.instrument.questionnaire)}
    there = {was: was for was in asked.values()}
    untold = set(_untold(back, old.instrument.questionnaire, now))
    stay = _in_place(old.instrument.questionnaire, new.instrument.questionnaire, names)
    causes: tuple[Cause, ...] = ("weights", "questionnaire")
    return AssessmentComparison(
        old=sides[0],
        new=sides[1],
        overall=_change(OVERALL, OVERALL, stages),
        uncapped=_change(UNCAPPED, UNCAPPED, stages),
        nodes=nodes,
        parts=parts_of(then, between[0]),
        answers=tuple(_answers(then, between[0], now, names, _placeless(back))),
        planned=planned_then(then, now, nodes, _change(UNCAPPED, UNCAPPED, stages), today=today, untold=untold),
        editions_missing=tuple(cause for cause in causes if _is_missing(*(getattr(side, cause) for side in sides))),
        overrides_changed=_corrections(then.answers, there) != _corrections(now.answers, asked),
        regrouped=any(node.was not in stay and None not in (node.change.before, node.change.after) for node in nodes),
    )


def _between(then: Assessed, now: Assessed, names: Names, back: Migration) -> tuple[Assessed, Assessed]:
    """Score the new answers under the old weights and questionnaire, then under the new weights in the old one.

    `back`: the new answers, taken over to the old edition.
    """
    old, new = then.instrument, now.instrument
    if digest(old.questionnaire) == digest(new.questionnaire):
        answers, chain, further = now.answers, new.chain, new.further
    else:
        kept = {names.get(id, id) for id in _levels(new.questionnaire)}
        answers = _with_last(back, then, now, names)
        answers = _with_unasked(answers, then, now, names)
        stay = kept & _in_place(old.questionnaire, new.questionnaire, names)
        # What was dropped or moved weighs as it did, what a person had corrected included: that is not corrected anew.
        rows = tuple(row for row in answers.override if row.node in stay)
        answers = answers.model_copy(update={"override": rows})
        chain = fitted(new.chain, old.questionnaire, names, new.questionnaire, moved=kept - stay)
        further = fitted_blend(new.further, old.questionnaire, names, new.questionnaire, moved=kept - stay)
        bare = assess(replace(old, chain=chain, further=further), answers)
        chain = (_with_dropped(then, bare, kept, stay), *chain[1:])
    first = assess(old, answers.model_copy(update={"override": then.answers.override}))
    return first, assess(replace(old, chain=chain, further=further), answers)


def _placeless(back: Migration) -> Set[str]:
    """Return which of the new answers, taken over to the old edition, it cannot hold."""
    return {row.was for row in back.of("invalid") if row.before is None or not row.before.state_wins}


def _untold(back: Migration, old: Questionnaire, now: Assessed) -> Iterator[str]:
    """Return the dimensions in which something counts that the old edition cannot hold, or holds without a tick.

    `back`: the new answers, taken over to it.
    """
    for row in back.rows:
        seen = now.view.questions.get(row.was)
        if seen is None or seen.state != "answered" or row.id not in old.questions:
            continue
        ticked, kept = (each and each.value for each in (row.before, row.after))
        fewer = isinstance(ticked, tuple) and isinstance(kept, tuple) and len(kept) < len(ticked)
        if row.fate == "invalid" or fewer:
            yield old.questions[row.id].dimension


def _with_last(back: Migration, then: Assessed, now: Assessed, names: Names) -> Answers:
    """Return the new answers in the old edition, with last time's in place of those that only taking them over lost.

    An option that is gone was given up by nobody, however many editions lie between, and for one that is new last
    time's was not withdrawn: both count with the questionnaire.
    """
    old, new = then.instrument.questionnaire, now.instrument.questionnaire
    answers, placeless = back.answers, _placeless(back)
    taken = migrate(now.instrument, then.answers, old).answers
    unfit = {entry.of or key for key, entry in now.answers.archive.items() if entry.because in ("invalid", "merged")}
    changes: dict[str, Any] = {}
    for table, asked in (("facts", new.facts), ("answers", new.questions)):
        before, after, given, held = (getattr(each, table) for each in (then.answers, taken, now.answers, answers))
        changes[table] = dict(held)
        for id, one in asked.items():
            was = names.get(id, id)
            last, made = before.get(was), after.get(id)
            if last is None:
                continue
            if id in placeless:
                changes[table][was] = last
                continue
            if last.state_wins:
                continue
            if _is_untouched(one, given.get(id), made, is_lost=not unfit.isdisjoint((id, was, *one.previous_ids))):
                changes[table][was] = held.get(was, last).model_copy(update={"value": last.value})
            elif was in held:
                value = _with_gone(held[was].value, last.value, made.value if made else None)
                if not isinstance(read_value(old.asked[was], value), Fault):
                    changes[table][was] = held[was].model_copy(update={"value": value})
    return answers.model_copy(update=changes)


def _is_untouched(asked: AnyAsked, given: Answer | None, taken: Answer | None, *, is_lost: bool) -> bool:
    """Return whether an answer is what taking last time's over makes of it; `is_lost`: taking it over left none."""
    if given is None:
        return is_lost
    if taken is None or given.state_wins:
        return False
    return read_value(asked, given.value) == read_value(asked, taken.value)


def _with_gone(held: Raw | None, last: Raw | None, taken: Raw | None) -> Raw | None:
    """Return ticked options with those of last time's that the new edition does not offer; other values as they are."""
    if not isinstance(held, tuple) or not isinstance(last, tuple):
        return held
    offered = taken if isinstance(taken, tuple) else ()
    return (*held, *(option for option in last if option not in offered and option not in held))


def _with_unasked(answers: Answers, then: Assessed, now: Assessed, names: Names) -> Answers:
    """Return the new answers in the old edition, with last time's answers to what the new one asks no more.

    Nobody answered these otherwise: that they are gone counts with the questionnaire. One that waits in the archive is
    newer where it was given to the old edition; given to one between, it may be in another unit.
    """
    new, version = now.instrument.questionnaire, then.answers.questionnaire.version
    asked = {names.get(id, id) for table in (new.facts, new.questions) for id in table}
    waiting = ((entry.of or key, entry) for key, entry in now.answers.archive.items() if entry.because == "removed")
    newer = asked | {id for id, entry in waiting if entry.edition == version}
    changes: dict[str, Any] = {}
    for table in ("facts", "answers"):
        held, before = getattr(answers, table), getattr(then.answers, table)
        last = {id: answer for id, answer in before.items() if id not in asked}
        changes[table] = last | {id: answer for id, answer in held.items() if id in newer}
    return answers.model_copy(update=changes)


def _in_place(old: Questionnaire, new: Questionnaire, names: Names) -> Set[str]:
    """Return the parts of the old edition that have the same group above them in the new one."""
    then, now = (
        dict.fromkeys(book.pillars)
        | {id: dimension.pillar for id, dimension in book.dimensions.items()}
        | {id: question.dimension for id, question in book.questions.items()}
        for book in (old, new)
    )
    return {was for id, group in now.items() if then.get(was := names.get(id, id), "") == group}


def _with_dropped(then: Assessed, now: Assessed, kept: Set[str], stay: Set[str]) -> Weights:
    """Return the root of the new rubric in the old edition, with what the new one dropped or moved as it weighed then.

    Each such part keeps its share beside the siblings that both editions have there (`stay`), and what was dropped (not
    `kept`) the floor that stands on it. `now`: scored by the new rubric, for which each of them counts 1.
    """
    instrument, before, after = then.instrument, then.rubric.weights, now.rubric.weights
    dropped: dict[str, Decimal] = {}
    for members in (
        instrument.pillars,
        *instrument.questionnaire.dimensions_of.values(),
        *instrument.questionnaire.questions_of.values(),
    ):
        mass, mass_now = (summed(of[member] for member in members if member in stay) for of in (before, after))
        scale = mass_now / mass if mass > 0 and mass_now > 0 else 1.0
        gone = [member for member in members if member not in stay and not instrument.is_unscored(member)]
        dropped |= {member: Decimal(repr(before[member] * scale)) for member in gone}
    root, stated = now.instrument.chain[0], now.instrument.rules.floors
    floors = {
        id: floor for id, floor in then.figures.rules.floors.items() if floor.node not in kept and id not in stated
    }
    return root.model_copy(update={"weights": {**root.weights, **dropped}, "floors": {**root.floors, **floors}})


# ---- nodes


def _nodes(old: Instrument, new: Instrument, names: Names, stages: Sequence[Scores]) -> Iterator[NodeChange]:
    then = _levels(old.questionnaire)
    kept = set()
    for id, level in _levels(new.questionnaire).items():
        was = names.get(id, id)
        there = then.get(was) == level
        kept |= {was} if there else set()
        yield _node(new.questionnaire, id, was, level, _change(was if there else None, id, stages))
    for id, level in then.items():
        if id not in kept:
            yield _node(old.questionnaire, id, id, level, _change(id, None, stages))


def _levels(questionnaire: Questionnaire) -> Mapping[str, NodeLevel]:
    """Return every pillar, dimension and question that carries figures with its level, parents before children."""
    found: dict[str, NodeLevel] = {}
    for pillar in questionnaire.pillars:
        found[pillar] = "pillar"
        for dimension in questionnaire.dimensions_of[pillar]:
            found[dimension] = "dimension"
            asked = questionnaire.questions_of[dimension]
            found |= {id: "question" for id in asked if kind_of(questionnaire.questions[id]).scored}
    return found


def _node(questionnaire: Questionnaire, id: str, was: str, level: NodeLevel, change: Change) -> NodeChange:
    parent = None
    if level == "dimension":
        parent = questionnaire.dimensions[id].pillar
    elif level == "question":
        parent = questionnaire.questions[id].dimension
    return NodeChange(id, was, level, parent, title_of(questionnaire, id), change)


def _change(was: str | None, id: str | None, stages: Sequence[Scores]) -> Change:
    """Return the change of a node; `was`, `id`: None where the old or the new edition has none."""
    earlier = [None if was is None else scores[was] for scores in stages[:-1]]
    after = None if id is None else stages[-1][id]
    why: Why
    if was is None or id is None:
        why = "new" if was is None else "gone"
    elif earlier[0] is None:
        why = "no_score" if after is None else "first_score"
    elif after is None:
        why = "lost_score"
    else:
        why = "between" if None in earlier else ""
    return Change((earlier[0], earlier[1], earlier[2], after), why)


# ---- answers and editions


def _answers(
    then: Assessed, taken: Assessed, now: Assessed, names: Names, placeless: Set[str]
) -> Iterator[AnswerChange]:
    """Return what was answered otherwise, in the order of the new edition, then what only the old one asked.

    `taken`: the new answers in the old edition, in whose units and levels both can be held against each other, but for
    those in `placeless`.
    """
    old, new = then.instrument.questionnaire, now.instrument.questionnaire
    before, there, after = _seen(then), _seen(taken), _seen(now)
    kept = set()
    for id, seen in after.items():
        was = names.get(id, id)
        kept.add(was)
        if _counts(before.get(was)) != _counts(seen if id in placeless else _as_then(there.get(was), seen)):
            yield _answer(new, id, was, before.get(was), seen)
    for id, seen in before.items():
        if id not in kept and _counts(seen) != _counts(None):
            yield _answer(old, id, id, seen, None)


def _answer(
    questionnaire: Questionnaire, id: str, was: str, before: SeenAnswer | None, after: SeenAnswer | None
) -> AnswerChange:
    in_facts = id in questionnaire.facts
    return AnswerChange("facts" if in_facts else "answers", id, was, title_of(questionnaire, id), before, after)


def _seen(assessed: Assessed) -> Mapping[str, SeenAnswer]:
    return {
        id: SeenAnswer(seen.state, seen.value)
        for table in (assessed.view.facts, assessed.view.questions)
        for id, seen in table.items()
    }


def _as_then(there: SeenAnswer | None, seen: SeenAnswer) -> SeenAnswer:
    """Return a new answer as the old edition has it, where it is one there that the new one takes or sets aside."""
    return there if there is not None and there.state == "answered" and seen.state in ("answered", "na") else seen


def _counts(seen: SeenAnswer | None) -> tuple[str, object]:
    """Return what counts of an answer: a value only where it is answered; not asked and blank are alike."""
    if seen is None or seen.state in ("blank", "hidden"):
        return "", None
    return seen.state, seen.value if seen.state == "answered" else None


def _side(side: ComparedAssessment, assessed: Assessed, moved: Migration) -> Side:
    questionnaire, weights, _ = identities(side.instrument, side.answers)
    card = scorecard_of(assessed)
    rules, asked = side.instrument.rules, side.instrument.questionnaire
    band = rules.bands[card.overall.band].words if card.overall.band is not None else None
    unjudged = dict.fromkeys(floor.node for floor in rules.floors.values() if card.node(floor.node).score is None)
    return Side(
        name=side.name,
        subject=side.answers.subject,
        questionnaire=_edition(side, "questionnaire", questionnaire),
        weights=_edition(side, "weights", weights),
        card=card,
        band=band,
        bands=rules.bands,
        floors=tuple(title_of(asked, rules.floors[id].node) for id in card.overall.floors),
        unjudged=tuple(title_of(asked, node) for node in unjudged),
        lines={(floor.node, floor.below): title_of(asked, floor.node) for floor in rules.floors.values()},
        rubric=side.instrument.name,
        unfit=moved.counts["invalid"] + moved.counts["archived"],
        quick=side.answers.mode == "quick",
    )


def _corrections(answers: Answers, nodes: Names) -> list[tuple[object, ...]]:
    """Return what corrections by hand do, whatever reasons they give, of the parts in `nodes` under the names there.

    One of a part that the new edition has no more was changed by nobody.
    """
    rows = [row for row in answers.override if row.node in nodes]
    return [(nodes[each.node], 1 if each.factor is None else each.factor, each.target) for each in rows]


def _is_missing(then: Edition, now: Edition) -> bool:
    """Return whether what a change of edition did cannot be told: one of the two is lacking, and the other stands in.

    Where both files name the same one there was no change, whether it is at hand or not.
    """
    lacking = any(not edition.same and not edition.chosen for edition in (then, now))
    return lacking and then.used == now.used and then.differs_from(now)


def _edition(side: ComparedAssessment, key: str, used: Identity) -> Edition:
    stated, rubric = getattr(side.answers, key), side.answers.weights
    used_here = side.instrument.profile.id, side.instrument.shares
    chosen = key == "weights" and (rubric.id, rubric.with_) != used_here
    return Edition(stated.id, stated.version, stated.digest, used, chosen)
