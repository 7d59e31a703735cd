"""What a change of the answers or of the rubric does to a score, and what it does not (scoring.md, 1 to 4)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nqpf_assess.engine.scorecard import score
from nqpf_assess.exchange.score_json import score_row
from nqpf_assess.model.answers import Answers
from tests.support.instruments import Case, cases
from tests.support.oracle import Plain, World
from tests.support.scored import (
    ROOT,
    SUBJECTS,
    assert_same,
    close,
    engine_json,
    engine_row,
    instrument_of,
    node,
    of_level,
    shipped_chain,
    shipped_questionnaire,
    tries,
)
from tests.support.varied import SHIPPED, changed, raised, typed, values_with_scores, with_answer

SLACK = 1e-9

# ── A better answer ──────────────────────────────────────────────────────────

NEVER_FALLING = (
    *("score", "uncapped", "low", "high", "confidence_low", "confidence_high"),
    *("baseline_score", "evidence_backed", "robust_low", "robust_high"),
)


def same_but(before: Plain, after: Plain, id: str) -> bool:
    """Whether the same is asked, weighed and scaled alike, the one answer apart."""
    asked = [
        [
            (line["id"], line["state"], line["low"], line["high"])
            for line in of_level(row, "question")
            if line["id"] != id
        ]
        for row in (before, after)
    ]
    return asked[0] == asked[1] and before["ledger"] == after["ledger"]


def assert_rises(case: Case, data: st.DataObject) -> None:
    before = engine_json(case)
    candidates = [line["id"] for line in of_level(before, "question") if line["score"] is not None]
    assume(candidates)
    id = data.draw(st.sampled_from(candidates))
    better = raised(case, id)
    assume(better is not None)
    after = engine_json(better)
    assume(same_but(before, after, id))
    step = float(World(case.questionnaire, case.answers).next_score(id))
    assume(close(node(after, id)["score"], step))  # the answer may change its own scale
    for key in NEVER_FALLING:
        assert before["overall"][key] is None or after["overall"][key] >= before["overall"][key] - SLACK, key
    for old, new in zip(before["nodes"], after["nodes"], strict=True):
        assert all(old[key] is None or new[key] >= old[key] - SLACK for key in ("score", "low", "high"))
    if before["overall"]["score"] is not None:
        assert close(node(before, id)["one_level_up"], after["overall"]["uncapped"] - before["overall"]["uncapped"])


@tries(120)
@given(cases(), st.data())
def test_no_score_falls_when_an_answer_improves(case: Case, data: st.DataObject) -> None:
    """With the same questions asked, weights and scales; and the overall gains what `one_level_up` had said."""
    assert_rises(case, data)


@tries(12)
@given(SHIPPED, st.data())
def test_no_score_falls_when_an_answer_improves_under_shipped_rubrics(case: Case, data: st.DataObject) -> None:
    """The same for the shipped questionnaires under every profile."""
    assert_rises(case, data)


# ── What is not an answer ────────────────────────────────────────────────────


@tries(80)
@given(cases())
def test_what_is_kept_moves_nothing(case: Case) -> None:
    """A value kept under dk, later, na or a hiding condition changes no figure when it goes away."""
    world = World(case.questionnaire, case.answers)

    def emptied(id: str, entry: Plain) -> Plain:
        answered = world.file_state(id) if id in world.facts else world.state(id)
        return entry if answered == "answered" else {key: entry[key] for key in ("state", "reason") if key in entry}

    facts, answers = (
        {id: emptied(id, entry) for id, entry in case.answers[table].items()} for table in ("facts", "answers")
    )
    assert_same(engine_json(case), engine_json(changed(case, facts=facts, answers=answers)), but=r"\.message")


@tries(80)
@given(cases(), st.sampled_from(["dk", "later"]))
def test_dk_later_and_blank_count_alike(case: Case, state: str) -> None:
    """Three ways of not answering: the states differ, no figure does."""
    world = World(case.questionnaire, case.answers)
    open_ones = [id for id in case.questionnaire["questions"] if world.file_state(id) in ("dk", "blank", "later")]
    put_off = case.answers["answers"] | {id: {"state": state} for id in open_ones}
    assert_same(engine_json(case), engine_json(changed(case, answers=put_off)), but=r"\.(state|message)")


@tries(80)
@given(cases(), st.data())
def test_not_applicable_is_as_if_never_asked(case: Case, data: st.DataObject) -> None:
    """A question marked na leaves all else as a questionnaire without it would."""
    written = repr((case.questionnaire, case.chain))
    naming = ("'question': '{id}'", "'kpi_question': '{id}'")
    questions = case.questionnaire["questions"]
    free = [id for id in questions if not any(words.format(id=id) in written for words in naming)]
    assume(free)
    id = data.draw(st.sampled_from(free))
    marked = engine_json(with_answer(case, id, {"state": "na", "reason": "none here"}))
    rest = [line["id"] for line in marked["nodes"] if line["parent"] == node(marked, id)["parent"] != line["id"] != id]
    assume(any(line["final"] and line["baseline"] for line in marked["ledger"] if line["node"] in rest))
    without = deepcopy(case)
    del without.questionnaire["questions"][id]
    without.answers["answers"].pop(id, None)
    for table, key in ((without.answers, "override"), *((file, "adjust") for file in without.chain)):
        table[key] = [row for row in table.get(key, []) if row["node"] != id]
    without.chain[0]["weights"].pop(id, None)
    for key in ("nodes", "ledger"):
        marked[key] = [line for line in marked[key] if id not in (line.get("id"), line.get("node"))]
    assert_same(marked, engine_json(without), but=r"\.(weight|baseline_weight|share_\w+|message):")


@tries(60)
@given(cases())
def test_the_quick_mode_hides_what_is_not_core(case: Case) -> None:
    """It carries nothing and shows nothing, and what was answered there moves no figure."""
    quick = engine_json(changed(case, mode="quick"))
    off = [id for id, question in case.questionnaire["questions"].items() if not question.get("core")]
    for line in (node(quick, id) for id in off):
        assert line["state"] == "hidden"
        assert line["score"] is line["low"] is line["high"] is line["coverage"] is line["one_level_up"] is None
        assert line["effective_weight"] == line["applicable_weight"] == 0
    core = {id: entry for id, entry in case.answers["answers"].items() if id not in off}
    assert_same(quick, engine_json(changed(case, mode="quick", answers=core)), but=r"\.message")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_condition_of_the_shipped_questionnaires_hides_and_shows(subject: str) -> None:
    """Each shipped `na_when` and `show_if` takes its question out when it says so; the kept answer comes back after."""
    questionnaire, chain = shipped_questionnaire(subject), shipped_chain(subject, "baseline")
    guarded = {
        id: question.get("na_when") or question["show_if"]
        for id, question in questionnaire["questions"].items()
        if {"na_when", "show_if"} & question.keys()
    }
    assert guarded
    instrument = instrument_of(questionnaire, chain)
    for id, condition in guarded.items():
        found: dict[bool | None, Plain] = {}
        for tables in settings_of(questionnaire, condition):
            world = World(questionnaire, tables)
            if world.holds(condition) not in found:
                best = max(values_with_scores(world, id), key=lambda pair: pair[1])[0]
                answers = sheet(subject, tables["facts"], tables["answers"] | {id: {"value": typed(best)}})
                row = score_row(score(instrument, Answers.model_validate(answers)), "en")
                found[world.holds(condition)] = node(row, id)
        out, kept = ("na", "answered") if "na_when" in questionnaire["questions"][id] else ("answered", "hidden")
        assert found.pop(True)["state"] == out
        assert {line["state"] for line in found.values()} == {kept}
        assert all(line["score"] == (100 if kept == "answered" else None) for line in found.values())


def sheet(subject: str, facts: Plain, answers: Plain) -> Plain:
    head = {"id": subject, "version": "1.0.0"}
    return {"format": "nqpf-answers/1", "questionnaire": head, "weights": head, "facts": facts, "answers": answers}


def settings_of(questionnaire: Plain, condition: Plain) -> Iterator[Plain]:
    """Every way to answer what a condition names (numbers: at their ends), and leaving all open."""
    named = [
        (table, id)
        for table, key, word in (("facts", "facts", "fact"), ("answers", "questions", "question"))
        for id in questionnaire[key]
        if f"'{word}': '{id}'" in repr(condition)
    ]
    yield {"facts": {}, "answers": {}}
    asked = questionnaire["facts"] | questionnaire["questions"]
    for values in product(*(some_values(asked[id]) for _, id in named)):
        tables: Plain = {"facts": {}, "answers": {}}
        for (table, id), value in zip(named, values, strict=True):
            tables[table][id] = {"value": value}
        yield tables


def some_values(asked: Plain) -> list[object]:
    match asked["kind"]:
        case "number":
            return list(asked["range"])
        case "level":
            return list(range(len(asked["levels"])))
        case "multi":
            return [[name] for name in asked["options"]]
        case _:
            return list(asked["options"])


# ── The rubric ───────────────────────────────────────────────────────────────


@tries(60)
@given(cases())
def test_the_baseline_score_knows_no_local_correction(case: Case) -> None:
    """`baseline_score` is the score under the root rubric alone, without profiles and overrides."""
    alone = Case(case.questionnaire, case.chain[:1], case.answers | {"override": []})
    assert_same(engine_json(alone)["overall"]["score"], engine_json(case)["overall"]["baseline_score"])


@tries(60)
@given(cases(), st.sampled_from([Decimal("0.001"), Decimal(7), Decimal(100000)]), st.data())
def test_weights_have_any_unit(case: Case, unit: Decimal, data: st.DataObject) -> None:
    """All weights of a group of siblings in another unit: only the ledger's stated figures change."""
    before = engine_json(case)
    parents = [None, *case.questionnaire["pillars"], *case.questionnaire["dimensions"]]
    parent = data.draw(st.sampled_from(parents))
    group = [line["id"] for line in before["nodes"] if line["parent"] == parent]
    weights = case.chain[0]["weights"]
    root = case.chain[0] | {"weights": weights | {id: weights.get(id, Decimal(1)) * unit for id in group}}
    after = engine_json(Case(case.questionnaire, [root, *case.chain[1:]], case.answers))
    assert_same(before, after, but=r"ledger\[\w+\]\.(baseline|final):")


# ── The same input gives the same bytes ──────────────────────────────────────


@tries(40)
@given(cases(), st.integers(0, 99))
def test_the_same_answers_give_the_same_bytes(case: Case, seed: int) -> None:
    """Read again, or written in another order, the same answers give the same figures to the last bit."""

    def shuffled(table: Plain) -> Plain:
        keys = Random(seed).sample(list(table), len(table))
        return {key: shuffled(table[key]) if isinstance(table[key], dict) else table[key] for key in keys}

    first, second = (json.dumps(engine_row(table), allow_nan=False) for table in (case, deepcopy(case)))
    assert first == second
    assert engine_json(case) == engine_json(Case(case.questionnaire, case.chain, shuffled(case.answers)))


SCRIPT = """
import json, random
from tests.support.instruments import ANYTHING, Case, Maker
from tests.support.scored import engine_row, shipped_chain, shipped_questionnaire
questionnaire = shipped_questionnaire("region")
maker = Maker(random.Random(), ANYTHING, questionnaire, random=random.Random(7))
head = {"id": "region", "version": "1"}
answers = {"format": "nqpf-answers/1", "questionnaire": head, "weights": head} | maker.world_answers()
print(json.dumps(engine_row(Case(questionnaire, shipped_chain("region", "ecological"), answers))))
"""


def test_the_order_of_hashes_does_not_show() -> None:
    """Another seed for Python's hashes, the same bytes of JSON."""
    said = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert len(said[0]) > 10_000
    assert said[0] == said[1]
