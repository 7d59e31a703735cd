"""What comes, goes, moves or changes in each table of a questionnaire, with its grade and what it moves."""

from typing import Any

import pytest

from nqpf_assess.engine.differing import difference, rubric_difference
from nqpf_assess.model.migration import EditionDifference
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from tests.support.oracle import Plain
from tests.support.varied import tiny

X = {"en": "x"}
MEASURE = {
    "title": X,
    "gist": X,
    "lifts": {"d": 5},
    "when_below": 60,
    "effort": 1,
    "horizon": "short",
    "acts": "county",
    "lead": X,
    "kpi": X,
}
NUMBER = {"kind": "number", "range": [0, 10], "text": X}
TABLES: Plain = {
    "facts": {"zone": NUMBER},
    "countermeasures": {"m": MEASURE},
    "checks": {"c": {"when": {"fact": "zone", "at_least": 5}, "message": X}},
    "sources": {"s": {"title": X}},
    "figures": {"g": {"title": X, "said": X, "found": X, "verdict": "correct"}},
}


def edition(**tables: Any) -> Questionnaire:
    """Two pillars, two dimensions, an entry of every other table; `tables`: others in their place."""
    made = tiny({"p": {"d": 1}, "r": {"e": 1}}).questionnaire | TABLES
    return Questionnaire.model_validate(made | tables)


def told(found: EditionDifference) -> list[tuple[str, str, str, str, str, str]]:
    """Each difference in one row: where, its grade, the step it asks for, what it moves."""
    return [(row.table, row.id, row.key, row.grade, row.step, row.moves) for row in found.changes]


PILLARS = {"p": {"title": X}, "r": {"title": X}}
DIMENSIONS = {"d": {"title": X, "pillar": "p"}, "e": {"title": X, "pillar": "r"}}
LATE = {"title": {"en": "Other words entirely"}}


@pytest.mark.parametrize(
    ("tables", "rows"),
    [
        ({"id": "other"}, [("", "", "id", "loss", "major", "")]),
        ({"subject": "firm"}, [("", "", "subject", "loss", "major", "")]),
        ({"title": {"en": "Another"}}, [("", "", "title", "safe", "patch", "")]),
        ({"languages": ["en", "zh"]}, [("", "", "languages", "safe", "minor", "")]),
        ({"pillars": PILLARS | {"t": {"title": X}}}, [("pillars", "t", "", "safe", "minor", "scores")]),
        ({"facts": {"zone": NUMBER, "tier": NUMBER}}, [("facts", "tier", "", "safe", "minor", "")]),
        ({"facts": {}}, [("facts", "zone", "", "loss", "major", "scores")]),
        (
            {"countermeasures": {"m": MEASURE, "n": MEASURE}},
            [("countermeasures", "n", "", "safe", "minor", "plans")],
        ),
        ({"countermeasures": {}}, [("countermeasures", "m", "", "loss", "major", "plans")]),
        ({"sources": {}}, [("sources", "s", "", "safe", "patch", "")]),
        ({"sources": {"s": {"title": X}, "t": {"title": X}}}, [("sources", "t", "", "safe", "patch", "")]),
        ({"checks": {}}, [("checks", "c", "", "safe", "patch", "")]),
        ({"pillars": {"r": {"title": X}, "p": {"title": X}}}, [("pillars", "", "order", "safe", "patch", "")]),
        ({"pillars": PILLARS | {"p": LATE}}, [("pillars", "p", "title", "safe", "patch", "")]),
        (
            {"dimensions": DIMENSIONS | {"e": {"title": X, "pillar": "p"}}},
            [("dimensions", "e", "pillar", "confirm", "minor", "scores")],
        ),
        (
            {"countermeasures": {"m": MEASURE | {"lifts": {"d": 6}}}},
            [("countermeasures", "m", "lifts", "confirm", "minor", "plans")],
        ),
        (
            {"countermeasures": {"m": MEASURE | {"effort": 2}}},
            [("countermeasures", "m", "effort", "confirm", "minor", "plans")],
        ),
        (
            {"countermeasures": {"m": MEASURE | {"title": {"en": "Another measure"}}}},
            [("countermeasures", "m", "title", "safe", "patch", "")],
        ),
        (
            {"countermeasures": {"m": MEASURE | {"sources": ["s"]}}},
            [("countermeasures", "m", "sources", "safe", "patch", "")],
        ),
        (
            {"checks": {"c": TABLES["checks"]["c"] | {"when": {"fact": "zone", "at_least": 6}}}},
            [("checks", "c", "when", "safe", "patch", "")],
        ),
        (
            {"facts": {"zone": NUMBER | {"scale": [[0, 0], [10, 100]]}}},
            [("facts", "zone", "scale", "safe", "patch", "")],
        ),
        ({"facts": {"zone": NUMBER | {"help": X}}}, [("facts", "zone", "help", "safe", "patch", "")]),
        ({"facts": {"zone": NUMBER | {"revision": 2}}}, [("facts", "zone", "revision", "confirm", "minor", "")]),
        (
            {"facts": {"zone": {"kind": "text", "text": X}}},
            [("facts", "zone", "kind", "convert", "major", "scores")],
        ),
    ],
)
def test_every_difference_has_its_place_its_grade_and_what_it_moves(tables: Plain, rows: list[Any]) -> None:
    found = difference(edition(), edition(**tables))
    assert told(found) == rows
    assert (found.kind, found.wanted) == ("questionnaire", rows[0][4])


QUESTION = tiny({"p": {"d": 1}, "r": {"e": 1}}).questionnaire["questions"]
SHOWN = {"show_if": {"fact": "zone", "at_least": 5}}


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (SHOWN, ("show_if", "confirm", "scores", "added")),
        ({"na_when": {"fact": "zone", "at_least": 5}}, ("na_when", "confirm", "scores", "added")),
        ({"core": True}, ("core", "confirm", "scores", "changed")),
        ({"dimension": "e"}, ("dimension", "confirm", "scores", "changed")),
        ({"scale": [[0, 0], [50, 100]]}, ("scale", "confirm", "scores", "changed")),
        ({"evidence": X}, ("evidence", "safe", "", "added")),
        ({"evidence_from": 50}, ("evidence_from", "safe", "", "changed")),
        ({"decimals": 2}, ("decimals", "safe", "", "changed")),
        ({"text": {"en": "Something else"}}, ("text", "confirm", "", None)),
    ],
)
def test_what_changes_in_a_question_is_told_both_ways(keys: Plain, row: tuple[Any, ...]) -> None:
    """What came in one direction goes in the other; all else is a change in both."""
    before, after = edition(), edition(questions=QUESTION | {"q_d": QUESTION["q_d"] | keys})
    back = {"added": "removed"}
    for old, new, word in ((before, after, row[3]), (after, before, back.get(row[3], row[3]))):
        (found,) = difference(old, new).changes
        assert (found.table, found.id, found.key, found.grade, found.moves) == ("questions", "q_d", *row[:3])
        assert word is None or found.what["en"] == word


def test_words_of_what_is_not_asked_ask_for_no_revision() -> None:
    """A measure has none: who followed the advice met an unknown key."""
    now = edition(countermeasures={"m": MEASURE | {"title": {"en": "Another"}}})
    assert [found.what["en"] for found in difference(edition(), now).changes] == ["worded otherwise"]
    head = {"format": "nqpf-weights/1", "id": "w", "questionnaire": "tiny", "version": "1.0.0"}
    then, since = (
        Weights.model_validate(head | {"name": {"en": words}, "bands": {"low": {"from": 0, "en": words}}})
        for words in ("x", "Another")
    )
    assert {found.what["en"] for found in rubric_difference((then,), (since,)).changes} == {"worded otherwise"}


def test_a_revision_that_fell_is_told_as_that() -> None:
    up, down = edition(questions=QUESTION | {"q_d": QUESTION["q_d"] | {"revision": 3}}), edition()
    (revised,) = difference(down, up).changes
    assert revised.what["en"] == "revised: answers are to be confirmed"
    assert ((revised.before or {})["en"], (revised.after or {})["en"]) == ("1", "3")
    assert [row.what["en"] for row in difference(up, down).changes] == ["the revision went back; it may only rise"]


def test_a_question_that_becomes_a_fact_takes_its_answer_along() -> None:
    asked = {key: value for key, value in QUESTION["q_e"].items() if key != "dimension"}
    now = edition(questions={"q_d": QUESTION["q_d"]}, facts=TABLES["facts"] | {"q_e": asked})
    there = [row for row in difference(edition(), now).changes if row.id == "q_e"]
    back = [row for row in difference(now, edition()).changes if row.id == "q_e"]
    assert (there[0].table, there[0].key, there[0].grade, there[0].moves) == ("facts", "", "convert", "scores")
    assert there[0].what["en"] == "a question before, a fact now: never scored any more"
    assert (back[0].table, back[0].grade, back[0].what["en"]) == (
        "questions",
        "convert",
        "a fact before, a question now",
    )
    assert "loss" not in {row.grade for row in (*there, *back)}


def test_what_is_called_otherwise_is_told_once_and_stands_in_its_place() -> None:
    renamed = {"now": QUESTION["q_d"] | {"previous_ids": ["q_d"]}, "q_e": QUESTION["q_e"]}
    (found,) = difference(edition(), edition(questions=renamed)).changes
    assert (found.table, found.id, found.key, found.grade) == ("questions", "now", "id", "convert")
    assert found.what["en"] == "called “now” now"
    assert (found.before, found.after) == ({"en": "q_d", "zh": "q_d"}, {"en": "now", "zh": "now"})
    swapped = {"q_e": QUESTION["q_e"], "now": QUESTION["q_d"] | {"previous_ids": ["q_d"]}}
    assert [row.key for row in difference(edition(), edition(questions=swapped)).changes] == ["id", "order"]


def test_the_same_in_another_form_is_said_where_the_version_is_the_same() -> None:
    """A default that is written out changes the file and nothing else."""
    plain, stated = edition(), edition(questions=QUESTION | {"q_d": QUESTION["q_d"] | {"core": False}})
    assert difference(plain, plain).changes == ()
    found = difference(plain, stated)
    if found.old.digest != found.new.digest:
        assert [(row.what["en"], row.grade, row.step) for row in found.changes] == [
            ("says the same in another form", "safe", "patch")
        ]
    assert difference(plain, edition(version="1.1.0")).changes == ()
    assert (difference(plain, edition(version="1.1.0")).raised, difference(plain, edition()).raised) == ("minor", None)


def test_an_entry_that_comes_or_goes_is_shown_by_its_title() -> None:
    words = {"en": "A pillar of glass"}
    grown = edition(pillars=PILLARS | {"t": {"title": words}})
    (came,), (went,) = difference(edition(), grown).changes, difference(grown, edition()).changes
    assert (came.what["en"], came.before, came.after) == ("added", None, words)
    assert (went.what["en"], went.before, went.after) == ("removed", words, None)
    message = {"when": {"fact": "zone", "at_least": 5}, "message": {"en": "Both at once?"}}
    (check,) = difference(edition(), edition(checks=TABLES["checks"] | {"new": message})).changes
    assert check.after == {"en": "Both at once?"}


def test_a_rubric_that_rests_on_another_one_is_told_with_the_files_it_rests_on() -> None:
    head = {"format": "nqpf-weights/1", "questionnaire": "inst", "version": "1.0.0", "name": X}
    root, other = (
        Weights.model_validate(head | {"id": id, "bands": {"low": {"from": 0} | X}}) for id in ("root", "other")
    )
    leaf = {"format": "nqpf-weights/1", "id": "leaf", "questionnaire": "inst", "name": X}
    on_root, on_other = (Weights.model_validate(leaf | {"based_on": id}) for id in ("root", "other"))
    found = rubric_difference((root, on_root), (other, on_other))
    (row,) = [row for row in found.changes if row.key == "based_on" and not row.table]
    assert (row.grade, row.moves) == ("confirm", "scores")
    assert (row.before or {})["en"] == "[root]"
    assert (row.after or {})["en"] == "[other]"
    heavier = root.model_copy(update={"weights": {"p": 2}})
    (inside,) = rubric_difference((root, on_root), (heavier, on_root)).changes
    assert (inside.file, inside.table, inside.id) == ("root", "weights", "p")


def test_the_clauses_of_an_official_rule_are_told_one_by_one() -> None:
    """Which clause came, went or has other words, by its id and key."""
    clause = {"clause": {"en": "4.1"}, "text": {"en": "Has a plan"}, "facts": ["zone"]}
    rule = {"title": X, "about": X, "sources": ["s"], "criteria": {"a": clause, "b": clause}}
    reworded = clause | {"text": {"en": "Has an approved plan"}, "met": {"fact": "zone", "at_least": 5}}
    other = rule | {"criteria": {"c": clause, "a": reworded}}
    found = difference(edition(crosswalks={"rule": rule}), edition(crosswalks={"rule": other}))
    assert [(one.table, one.id, one.key, one.grade) for one in found.changes] == [
        ("crosswalks", "rule", "criteria.c", "safe"),
        ("crosswalks", "rule", "criteria.a.text", "safe"),
        ("crosswalks", "rule", "criteria.a.met", "safe"),
        ("crosswalks", "rule", "criteria.b", "safe"),
    ]
    assert found.changes[1].after == {"en": "Has an approved plan"}
