"""What is said to be impossible is impossible: compared with every answer there can be, over small questionnaires."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain, combinations, product
from math import prod
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from nqpf_assess.engine.arithmetic import TRUE
from nqpf_assess.engine.graph import cycles
from nqpf_assess.engine.instrument import Instrument, visibility_needs
from nqpf_assess.engine.satisfiable import MOST_WORK, MOST_WORK_IN_ALL, Possible
from nqpf_assess.engine.states import View, read, truth
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.condition import AnyCondition
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from tests.support.budget import BUDGET
from tests.support.scored import tries

Plain = dict[str, Any]
X = {"en": "x"}
HEAD = {
    "format": "nqpf-questionnaire/1",
    "id": "q",
    "version": "1",
    "subject": "region",
    "languages": ["en"],
    "title": X,
}
BASE = Weights.model_validate({"format": "nqpf-weights/1", "id": "w", "questionnaire": "q", "version": "1", "name": X})
NAMED = {"id": "q", "version": "1"}

THINGS: Mapping[str, Plain] = {
    "level": {"kind": "level", "text": X, "levels": [X, X, X]},
    "single": {"kind": "single", "text": X, "options": {"a": X, "b": X, "c": {**X, "unknown": True}}},
    "multi": {"kind": "multi", "text": X, "options": {"a": X, "b": X, "c": {**X, "exclusive": True}}},
    "free": {"kind": "multi", "text": X, "options": {"a": X, "b": X}},
    "number": {"kind": "number", "text": X, "range": [0, 4]},
    "text": {"kind": "text", "text": X},
}
SPAN = {"level": {}, "multi": {}, "free": {}, "text": {}, "number": {"scale": [[0, 0], [4, 100]]}}
VALUES: Mapping[str, list[Any]] = {
    "level": [0, 1, 2],
    "single": ["a", "b", "c"],
    "multi": [["a"], ["b"], ["a", "b"], ["c"]],
    "free": [[], ["a"], ["b"], ["a", "b"]],
    "number": [Decimal(n) / 2 for n in range(9)],
    "text": ["words"],
}
"""Values between which no comparison drawn here can tell any further one."""


def as_question(kind: str) -> Plain:
    entry = {**THINGS[kind], "dimension": "d", **SPAN.get(kind, {})}
    if "options" in entry:
        options = {id: {**option, "score": 50} for id, option in entry["options"].items()}
        entry["options"] = {id: {k: v for k, v in option.items() if k != "unknown"} for id, option in options.items()}
    return entry


@st.composite
def leaves(draw: st.DrawFn, subjects: Mapping[tuple[str, str], str]) -> Plain:
    """A sound comparison with one of the subjects."""
    (table, id), kind = draw(st.sampled_from(sorted(subjects.items())))
    thresholds = st.sampled_from([-1, 0, 1, 2, 3, 4, 5] if kind == "number" else [0, 1, 2, 3])
    fitting: dict[str, st.SearchStrategy[Any]] = {"answered": st.booleans(), "na": st.booleans()}
    if kind in ("level", "number"):
        fitting |= {"at_least": thresholds, "at_most": thresholds}
    if kind == "single":
        fitting |= {"is": st.sampled_from("abc"), "one_of": st.lists(st.sampled_from("abc"), min_size=1, max_size=2)}
    if kind in ("multi", "free"):
        fitting |= {"has": st.sampled_from(sorted(THINGS[kind]["options"]))}
    operator = draw(st.sampled_from(sorted(fitting)))
    return {table: id, operator: draw(fitting[operator])}


def conditions(subjects: Mapping[tuple[str, str], str]) -> st.SearchStrategy[Plain]:
    """Conditions up to the depth the format allows."""
    return st.recursive(
        leaves(subjects),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            inner.map(lambda part: {"not": part}),
        ),
        max_leaves=4,
    )


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """One or two facts and up to three questions, each shown or not applicable by those before it."""
    facts = draw(st.lists(st.sampled_from(sorted(THINGS)), min_size=1, max_size=2))
    kinds = draw(st.lists(st.sampled_from(sorted(SPAN)), min_size=1, max_size=3))
    subjects = {("fact", f"f{n}"): kind for n, kind in enumerate(facts)}
    questions: dict[str, Plain] = {}
    for n, kind in enumerate(kinds):
        entry = as_question(kind)
        for key in ("show_if", "na_when"):
            if draw(st.booleans()):
                entry[key] = draw(conditions(subjects))
        questions[f"q{n}"] = entry | {"core": draw(st.booleans())}
        subjects[("question", f"q{n}")] = kind
    tables = {
        "facts": {f"f{n}": THINGS[kind] for n, kind in enumerate(facts)},
        "pillars": {"p": {"title": X}},
        "dimensions": {"d": {"title": X, "pillar": "p"}},
        "questions": questions,
        "checks": {"c": {"when": draw(conditions(subjects)), "message": X}},
    }
    assume(prod(2 + len(VALUES[kind]) for kind in subjects.values()) <= MOST_ANSWERS)
    return Questionnaire.model_validate({**HEAD, **tables})


MOST_ANSWERS = 1500 if BUDGET >= 1 else 400
"""Ways to answer that are tried one by one for one questionnaire."""


def kind_of(entry: Any) -> str:
    free = entry.kind == "multi" and not any(option.exclusive for option in entry.options.values())
    return "free" if free else str(entry.kind)


def every_answer(questionnaire: Questionnaire) -> Iterator[Answers]:
    """Every way to answer, leave blank or mark as not applicable, in both modes."""
    asked = {
        **{("facts", id): kind_of(fact) for id, fact in questionnaire.facts.items()},
        **{("answers", id): kind_of(question) for id, question in questionnaire.questions.items()},
    }
    entries = [
        [None, {"state": "na", "reason": "x"}, *({"value": value} for value in VALUES[kind])] for kind in asked.values()
    ]
    for chosen in product(*entries):
        tables: dict[str, Plain] = {"facts": {}, "answers": {}}
        for (table, id), entry in zip(asked, chosen, strict=True):
            if entry is not None:
                tables[table][id] = entry
        for mode in ("full", "quick"):
            yield Answers.model_validate(
                {"format": "nqpf-answers/1", "questionnaire": NAMED, "weights": NAMED, "mode": mode, **tables}
            )


def views(questionnaire: Questionnaire) -> list[View]:
    """What every answer comes to, once the questions that are hidden or not applicable are known; each once."""
    instrument = Instrument(questionnaire, (BASE,))
    found = {
        (*view.facts.items(), *view.questions.items()): view
        for view in (read(instrument, answers) for answers in every_answer(questionnaire))
    }
    return list(found.values())


def truths(condition: AnyCondition, seen: list[View]) -> set[bool]:
    """Whether the condition holds, over every answer."""
    return {truth(condition, view) == TRUE for view in seen}


@tries(120)
@given(questionnaires())
def test_what_can_hold_and_what_can_fail_agrees_with_every_answer(questionnaire: Questionnaire) -> None:
    """Exactly, with the conditions of the questions a condition names taken into account.

    Where a question can never be asked, that is told of it alone, not of all that depends on it (see below).
    """
    seen, condition = views(questionnaire), questionnaire.checks["c"].when
    for question in questionnaire.questions.values():
        assume(question.show_if is None or True in truths(question.show_if, seen))
        assume(question.na_when is None or False in truths(question.na_when, seen))
    possible, found = Possible(questionnaire), truths(condition, seen)
    event(f"holds: {sorted(found)}")
    assert possible.can_hold(condition) is (True in found)
    assert possible.can_fail(condition) is (False in found)


@tries(120)
@given(questionnaires())
def test_nothing_possible_is_called_impossible(questionnaire: Questionnaire) -> None:
    """Also where questions that can never be shown are set aside: then fewer conditions are blamed, never more."""
    seen, possible = views(questionnaire), Possible(questionnaire)
    possible.set_aside({id: visibility_needs(question) for id, question in questionnaire.questions.items()})
    for condition in every_condition(questionnaire):
        found = truths(condition, seen)
        assert possible.can_hold(condition) is not False or True not in found
        assert possible.can_fail(condition) is not False or False not in found


def every_condition(questionnaire: Questionnaire) -> Iterator[AnyCondition]:
    for question in questionnaire.questions.values():
        yield from (condition for condition in (question.show_if, question.na_when) if condition is not None)
    yield questionnaire.checks["c"].when


def many(conditions: Mapping[str, Any], count: int = 400) -> Possible:
    """Questions shown or not applicable by those before them, every condition looked at; `{n}` names the one before."""
    questions: dict[str, Plain] = {"q0": as_question("level"), "q1": as_question("level")}
    facts = {f"f{n}": {**THINGS["multi"], "options": dict.fromkeys((f"o{i}" for i in range(30)), X)} for n in range(3)}
    for n in range(2, count):
        told = json.loads(json.dumps(conditions).replace("before", f"q{n - 1}").replace("earlier", f"q{n - 2}"))
        questions[f"q{n}"] = {**as_question("level"), **told}
    tables = {"facts": facts, "pillars": {"p": {"title": X}}, "dimensions": {"d": {"title": X, "pillar": "p"}}}
    questionnaire = Questionnaire.model_validate({**HEAD, **tables, "questions": questions})
    possible = Possible(questionnaire)
    possible.set_aside({id: visibility_needs(question) for id, question in questionnaire.questions.items()})
    for question in questionnaire.questions.values():
        for condition in (question.show_if, question.na_when):
            assert condition is None or possible.can_fail(condition) is not False
    return possible


BEFORE, EARLIER = {"question": "before", "at_least": 1}, {"question": "earlier", "at_least": 1}
TICKED = [{"fact": f"f{n % 3}", "has": f"o{n}"} for n in range(30)]


@pytest.mark.parametrize(
    "conditions",
    [
        {"show_if": BEFORE},
        {"show_if": {"all": [BEFORE, EARLIER]}},
        {"show_if": {"any": [BEFORE, EARLIER]}},
        {"show_if": BEFORE, "na_when": {"question": "earlier", "at_least": 2}},
    ],
)
def test_long_chains_are_followed_in_few_steps(conditions: Plain) -> None:
    """However the questions hang together, each costs a few hundred comparisons, and none is called impossible."""
    possible = many(conditions)
    assert possible.work < 400 * 400
    assert not possible.aside


def test_a_questionnaire_too_hard_to_decide_is_given_up_in_bounded_steps() -> None:
    """Ticks that exclude each other in a thousand million ways: nothing is claimed, and not for long."""
    possible = many({"show_if": {"all": [*TICKED, {"not": {"any": TICKED[:20]}}, {"fact": "f1", "na": False}]}}, 20)
    assert MOST_WORK < possible.work < 2 * MOST_WORK_IN_ALL


NAMES = "abcdef"


@tries(200)
@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=3), max_size=6))
def test_cycles_are_exactly_those_there_are(needs: dict[str, list[str]]) -> None:
    """Each ring found is one, each thing that comes back to itself is in a group that is told, nothing else is."""
    found = cycles(needs)
    for ring in found:
        assert all(following in needs[one] for one, following in zip(ring, (*ring[1:], ring[0]), strict=True))
    back = {name for name in needs if name in _reached(needs, name)}
    assert set(chain.from_iterable(found)) <= back
    assert all(any(ring[0] in {name, *_reached(needs, name)} for ring in found) for name in back)
    assert not any(set(one) & set(other) for one, other in combinations(found, 2))


def _reached(needs: Mapping[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    work = list(needs.get(start, ()))
    while work:
        name = work.pop()
        if name in needs and name not in found:
            found.add(name)
            work += needs[name]
    return found
