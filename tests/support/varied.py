"""Cases made from others: another answer, all answers at their best, a tiny instrument of one's own."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.support.instruments import Case, assessments
from tests.support.oracle import Plain, World
from tests.support.scored import PROFILES, shipped_chain, shipped_questionnaire

SHIPPED = st.sampled_from(PROFILES).flatmap(
    lambda at: assessments(shipped_questionnaire(at[0]), shipped_chain(*at), overrides=True)
)
"""Any shipped rubric with random answers. All of them are arithmetic, and their questions span 0 to 100."""


def changed(case: Case, **tables: Any) -> Case:
    return Case(case.questionnaire, case.chain, case.answers | tables)


def with_answer(case: Case, id: str, entry: Plain) -> Case:
    return changed(case, answers=case.answers["answers"] | {id: entry})


def typed(value: Any) -> Any:
    """A value as a file may write it."""
    return Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value


def values_with_scores(world: World, id: str) -> Iterator[tuple[Any, Fraction]]:
    """Values of a question that stand for all its scores: levels, scale points, options, some sets of options."""
    question = world.questions[id]
    match question["kind"]:
        case "level":
            yield from enumerate(world.steps(id))
        case "number":
            points = world.scale(id)
            (low, high), (first, last) = map(Fraction, question["range"]), (points[0], points[-1])
            yield from [*points, (min(low, first[0]), first[1]), (max(high, last[0]), last[1])]
        case "single":
            yield from ((name, Fraction(option["score"])) for name, option in question["options"].items())
        case "multi":
            shared = [name for name, option in question["options"].items() if not option.get("exclusive")]
            kept = [name for name in world.value(id) or () if name in shared]
            sets = [[name] for name in question["options"]] + [[*kept, name] for name in shared if name not in kept]
            sets += [shared] if shared else []
            sets += [[]] if len(shared) == len(question["options"]) else []
            yield from ((ticked, world.ticked(id, set(ticked))) for ticked in sets)
        case _:
            pass


def at_an_end(case: Case, *, best: bool) -> Case:
    """The case with every question answered as well, or as badly, as can be."""
    for _ in range(2):  # once more, since a scale may hang on another answer
        world, entries = World(case.questionnaire, case.answers), {}
        for id, question in case.questionnaire["questions"].items():
            found = list(values_with_scores(world, id))
            if question["kind"] == "number":  # as far out as can be, where scales that depend on other answers agree
                found.sort(key=lambda pair: pair[0])
            if found:
                order = found[::-1] if best else found
                entries[id] = {"value": typed((max if best else min)(order, key=lambda pair: pair[1])[0])}
        case = changed(case, answers=entries, override=[])
    return case


def raised(case: Case, id: str) -> Case | None:
    """The case with one answer put on the next higher level, option or scale point; None where there is none."""
    world = World(case.questionnaire, case.answers)
    higher = world.next_score(id)
    values = [value for value, score in values_with_scores(world, id) if score == higher]
    return with_answer(case, id, case.answers["answers"][id] | {"value": typed(values[0])}) if values else None


MEASURE: Plain = {
    **{key: {"en": "x"} for key in ("title", "gist", "lead")},
    "when_below": 90,
    "effort": 1,
    "horizon": "short",
    "acts": "county",
    "kpi": {"en": "from {now} to {goal}"},
}
"""A measure but for what it lifts."""


def tiny(
    scores: Mapping[str, Mapping[str, Any]], *, targets: Plain | None = None, scoring: Plain | None = None, **rest: Any
) -> Case:
    """Pillars and dimensions with one question each (`q_` before its id) that earns the number typed, 0 to 100.

    A score of None is left blank; `rest`: further tables of the rubric.
    """
    flat = {dimension: (pillar, score) for pillar, below in scores.items() for dimension, score in below.items()}
    number = {"kind": "number", "range": [0, 100], "scale": [[0, 0], [100, 100]], "text": {"en": "x"}}
    head = {"version": "1.0.0", "title": {"en": "x"}, "subject": "region", "languages": ["en"]}
    root = {"format": "nqpf-weights/1", "id": "base", "questionnaire": "inst", "version": "1.0.0", "name": {"en": "x"}}
    named = {"questionnaire": {"id": "inst", "version": "1.0.0"}, "weights": {"id": "base", "version": "1.0.0"}}
    return Case(
        {
            "format": "nqpf-questionnaire/1",
            "id": "inst",
            **head,
            "pillars": {pillar: {"title": {"en": "x"}} for pillar in scores},
            "dimensions": {id: {"title": {"en": "x"}, "pillar": pillar} for id, (pillar, _) in flat.items()},
            "questions": {f"q_{id}": {"dimension": id, **number} for id in flat},
        },
        [root | {"targets": targets or {}, "scoring": scoring or {}, **rest}],
        {
            "format": "nqpf-answers/1",
            **named,
            "facts": {},
            "answers": {f"q_{id}": {"value": score} for id, (_, score) in flat.items() if score is not None},
        },
    )
