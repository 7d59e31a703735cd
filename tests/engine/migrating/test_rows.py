"""A whole file taken over to the next edition: one row for each entry, what is kept apart, what comes back."""

from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.migrating import migrate
from nqpf_assess.engine.migrating.archive import Archive
from nqpf_assess.model.answers import Answer, Answers, Archived, Override
from nqpf_assess.model.base import ID_LENGTH
from nqpf_assess.model.migration import Migration
from nqpf_assess.pages.migration import migration_blocks
from nqpf_assess.report.blocks import texts_of
from tests.engine.migrating.test_migrating import LEVEL, MULTI, NONE, NUMBER, TEXT, taken
from tests.support.oracle import Plain
from tests.support.scored import instrument_of
from tests.support.varied import tiny

CASE = tiny({"p": {"d": 1, "e": 1}})
ASKED = CASE.questionnaire["questions"]
MEASURE = {"title": {"en": "Lift"}, "gist": {"en": "x"}, "lead": {"en": "x"}, "kpi": {"en": "x"}, "when_below": 100}
FULL = MEASURE | {"lifts": {"d": 5}, "effort": 1, "horizon": "short", "acts": "county"}
ZONE = {"kind": "text", "text": {"en": "Zone"}}


def edition(version: str, **tables: Any) -> Instrument:
    made = CASE.questionnaire | {"version": version, "facts": {"zone": ZONE}, "countermeasures": {"m": FULL, "n": FULL}}
    return instrument_of(made | tables, CASE.chain)


def given(version: str = "1.0.0", **tables: Any) -> Answers:
    head = {"questionnaire": {"id": "inst", "version": version}}
    entries = {"answers": {"q_d": {"value": 10}, "q_e": {"value": 20}}, "facts": {"zone": {"value": "coast"}}}
    return Answers.model_validate(CASE.answers | entries | head | tables)


def told(moved: Migration) -> list[tuple[str, str, str, str, list[str]]]:
    return [(row.table, row.was, row.id, row.fate, [why["en"] for why in row.why]) for row in moved.rows]


def taken_over(answers: Answers, **tables: Any) -> Migration:
    return migrate(edition("2.0.0", **tables), answers, edition("1.0.0").questionnaire)


def test_every_entry_has_its_row_in_the_order_of_the_file() -> None:
    questions = {"now": ASKED["q_d"] | {"previous_ids": ["q_d"]}, "q_e": ASKED["q_e"] | {"range": [0, 15]}}
    moved = taken_over(given(), questions=questions, facts={})
    assert told(moved) == [
        ("facts", "zone", "zone", "archived", ["edition 2.0.0 does not ask it"]),
        ("answers", "q_d", "now", "carried", ["is called “now” now"]),
        ("answers", "q_e", "q_e", "invalid", ["20 is no answer any more; wanted: a number from 0 to 15"]),
    ]
    assert [row.title["en"] for row in moved.rows] == ["Zone", "x", "x"]
    assert [(row.before is None, row.after is None) for row in moved.rows] == [
        (False, True),
        (False, False),
        (False, True),
    ]
    assert {id: (entry.table, entry.because, entry.edition) for id, entry in moved.answers.archive.items()} == {
        "zone": ("facts", "removed", "1.0.0"),
        "q_e": ("answers", "invalid", "1.0.0"),
    }
    assert (list(moved.answers.facts), list(moved.answers.answers)) == ([], ["now"])
    assert moved.answers.questionnaire.version == "2.0.0"


def test_a_question_that_became_a_fact_takes_its_answer_to_the_other_table() -> None:
    fact = {key: part for key, part in ASKED["q_e"].items() if key != "dimension"}
    moved = taken_over(given(), questions={"q_d": ASKED["q_d"]}, facts={"zone": ZONE, "q_e": fact})
    assert ("facts", "q_e", "q_e", "carried", []) in told(moved)
    assert (list(moved.answers.facts), list(moved.answers.answers)) == (["zone", "q_e"], ["q_d"])


@pytest.mark.parametrize(
    ("entries", "stands", "aside"),
    [
        ({"q_d": {"value": 10}, "now": {"value": 30}}, 30, {"q_d": 10}),
        ({"q_d": {"value": 10}, "now": {"value": ""}}, 10, {"now": ""}),
        ({"q_d": {"value": ""}, "now": {"state": "dk"}}, None, {"q_d": ""}),
        ({"q_d": {"value": 10}, "now": {"state": "later"}}, 10, {"now": None}),
        ({"q_d": {"value": 10}, "now": {"value": 30, "state": "dk"}}, 10, {"now": 30}),
        ({"q_d": {"value": 10}, "now": {"state": "na", "reason": "x"}}, None, {"q_d": 10}),
    ],
)
def test_of_two_answers_for_one_place_the_given_one_stands_and_the_other_is_kept(
    entries: Plain, stands: Any, aside: Plain
) -> None:
    questions = {"now": ASKED["q_d"] | {"previous_ids": ["q_d"]}, "q_e": ASKED["q_e"]}
    moved = taken_over(given(answers=entries), questions=questions)
    assert moved.answers.answers["now"].value == stands
    assert {id: entry.value for id, entry in moved.answers.archive.items()} == aside
    (row,) = [row for row in moved.rows if row.fate == "archived"]
    assert [why["en"] for why in row.why] == ["“now” is answered already"]
    assert [entry.because for entry in moved.answers.archive.values()] == ["replaced"]


def test_overrides_and_measures_without_a_place_are_kept_and_come_back() -> None:
    rows = [{"node": "q_d", "factor": 2, "why": "a"}, {"node": "gone", "target": 60, "why": "b"}]
    start = given(override=rows, plan={"chosen": ["m", "n"]})
    questions = {"now": ASKED["q_d"] | {"previous_ids": ["q_d"]}, "q_e": ASKED["q_e"]}
    moved = taken_over(start, questions=questions, countermeasures={"n": FULL})
    assert [(change.node, change.factor) for change in moved.answers.override] == [("now", 2)]
    assert moved.answers.plan.chosen == ("n",)
    assert [row[:2] + row[3:] for row in told(moved) if row[0] in ("override", "plan")] == [
        ("override", "gone", "archived", ["edition 2.0.0 has no such part"]),
        ("plan", "m", "archived", ["edition 2.0.0 has no such measure"]),
    ]
    assert [row.title for row in moved.rows if row.table == "plan"] == [{"en": "Lift"}]
    next_one = edition("3.0.0", pillars=CASE.questionnaire["pillars"] | {"gone": {"title": {"en": "x"}}})
    back = migrate(next_one, moved.answers, edition("2.0.0", questions=questions).questionnaire)
    assert [(change.node, change.target, change.why) for change in back.answers.override if change.node == "gone"] == [
        ("gone", 60, "b")
    ]
    assert back.answers.plan.chosen == ("n", "m")
    assert not back.answers.archive
    assert {(row.table, row.id, row.fate) for row in back.restored} == {
        ("override", "gone", "carried"),
        ("plan", "m", "carried"),
    }
    assert [why["en"] for row in back.restored for why in row.why] == ["came back out of the archive"] * 2


def test_an_answer_comes_back_when_its_question_does() -> None:
    """And not before, nor over an answer that was given in the meantime."""
    short = {"q_d": ASKED["q_d"]}
    moved = taken_over(given(), questions=short).answers
    assert list(moved.archive) == ["q_e"]
    back = migrate(edition("3.0.0"), moved, edition("2.0.0", questions=short).questionnaire)
    assert back.answers.answers["q_e"].value == 20
    assert [(row.table, row.id, row.fate, row.why[0]["en"]) for row in back.restored] == [
        ("answers", "q_e", "confirm", "came back out of the archive")
    ]
    meant = moved.model_copy(update={"answers": {**moved.answers, "q_e": Answer(value=5)}})
    kept = migrate(edition("3.0.0"), meant, edition("2.0.0", questions=short).questionnaire)
    assert kept.answers.answers["q_e"].value == 5
    assert kept.restored == ()


def test_what_is_asked_for_the_first_time_is_named_unless_it_is_answered() -> None:
    """Nor what is not asked here: whoever looks for what waits for an answer is led to such questions alone."""
    grown = ASKED | {"q_new": ASKED["q_d"], "q_also": ASKED["q_d"] | {"previous_ids": ["q_e"]}}
    moved = taken_over(given(), questions=grown)
    assert moved.asked_anew == ("q_new", "q_also")
    assert migrate(edition("2.0.0", questions=grown), given()).asked_anew == ()
    island = {"fact": "zone", "is": "island"}
    hidden = grown | {"q_new": grown["q_new"] | {"show_if": island}, "q_core": ASKED["q_d"] | {"core": True}}
    assert taken_over(given(), questions=hidden).asked_anew == ("q_also", "q_core")
    assert taken_over(given(facts={}), questions=hidden).asked_anew == ("q_new", "q_also", "q_core")
    assert taken_over(given(facts={}, mode="quick"), questions=hidden).asked_anew == ("q_core",)
    port = taken_over(given(), questions=grown, facts={"zone": ZONE, "port": ZONE})
    assert port.facts_anew == ("port",)
    said = texts_of(tuple(migration_blocks(port, "a.toml", "en")))
    assert {"1 fact is new and open; which questions are asked may hang on it:", "Zone [port]"} <= set(said)
    again = migrate(edition("1.0.0"), given(), edition("1.0.0").questionnaire)
    assert (again.facts_anew, moved.facts_anew) == ((), ())
    assert (again.asked_anew, again.same_edition, again.known_before, moved.same_edition) == ((), True, True, False)


@pytest.mark.parametrize(
    ("value", "before", "after", "fate", "why"),
    [
        (1, LEVEL, NUMBER, "invalid", "the question was of kind level and is now of kind number"),
        ("3.5", TEXT, NUMBER, "confirm", "the question was of kind text and is now of kind number"),
        (["a"], MULTI, MULTI | {"kind": "single"}, "converted", "written in the form of the new kind"),
        ([], MULTI, MULTI | {"options": MULTI["options"] | {"none": NONE}}, "invalid", None),
        ([], MULTI | {"options": MULTI["options"] | {"none": NONE}}, MULTI, "converted", None),
        (60, NUMBER, NUMBER | {"range": [0, 50]}, "invalid", "60 is no answer any more; wanted: a number from 0 to 50"),
        ("3", NUMBER, NUMBER | {"revision": 2}, "confirm", "answered to revision 1 of the question, now 2"),
    ],
)
def test_what_becomes_of_an_answer_is_said_in_a_sentence(
    value: Any, before: Plain, after: Plain, fate: str, why: str | None
) -> None:
    (row,) = taken(value, before, after).rows
    none_ticked = {
        "invalid": "nothing ticked is no answer any more: an option says so itself now",
        "converted": "nothing ticked was no answer then and would be one now; it stays open",
    }
    assert (row.fate, [one["en"] for one in row.why]) == (fate, [why or none_ticked[fate]])


@pytest.mark.parametrize(
    ("stated", "known", "now", "fate", "why"),
    [
        (1, True, 2, "confirm", "answered to revision 1 of the question, now 2"),
        (2, True, 2, "carried", None),
        (3, True, 2, "confirm", "answered to revision 3 of the question, which is newer than 2"),
        (None, False, 1, "carried", None),
        (
            None,
            False,
            3,
            "confirm",
            "answered to another edition; the question may have been revised since (revision 3)",
        ),
    ],
)
def test_an_answer_to_another_revision_is_confirmed(
    stated: int | None, known: bool, now: int, fate: str, why: str | None
) -> None:
    beside = {} if stated is None else {"revision": stated}
    (row,) = taken("3", NUMBER, NUMBER | {"revision": now}, known=known, **beside).rows
    assert (row.fate, [one["en"] for one in row.why]) == (fate, [] if why is None else [why])


@pytest.mark.parametrize(("before", "now", "kept"), [(2, 2, 2), (1, 1, None)])
def test_an_answer_that_stays_says_to_which_revision_it_was_given(before: int, now: int, kept: int | None) -> None:
    """Where the edition in between is not at hand the next time, nobody has to confirm what was never revised."""
    asked = {"q_d": ASKED["q_d"] | {"revision": now}, "q_e": ASKED["q_e"]}
    old = edition("1.0.0", questions=asked | {"q_d": asked["q_d"] | {"revision": before}}).questionnaire
    moved = migrate(edition("2.0.0", questions=asked), given(), old).answers
    assert moved.answers["q_d"].revision == kept
    assert {row.fate for row in migrate(edition("3.0.0", questions=asked), moved, None).rows} == {"carried"}


# ---- the archive itself


def test_entries_of_one_id_stand_side_by_side_and_keep_their_id() -> None:
    archive = Archive({}, edition="1.0.0")
    for value in (1, 2, 3):
        archive.keep("q", Answer(value=value), table="answers", because="removed")
    assert {key: (entry.value, entry.of) for key, entry in archive.entries.items()} == {
        "q": (1, None),
        "q_2": (2, "q"),
        "q_3": (3, "q"),
    }
    long = "q" * ID_LENGTH
    for value in (1, 2):
        archive.keep(long, Answer(value=value), table="answers", because="removed")
    assert f"{'q' * (ID_LENGTH - 2)}_2" in archive.entries


def test_only_what_may_come_back_waits() -> None:
    """Removed answers always, invalid and replaced ones in the edition they were given to, converted ones never."""
    entries = {
        id: Archived(value=1, table=table, because=because, edition="1.0.0")  # type: ignore[arg-type]
        for id, table, because in (
            ("a", "answers", "removed"),
            ("b", "answers", "invalid"),
            ("c", "answers", "replaced"),
            ("d", "answers", "converted"),
            ("e", "plan", "removed"),
        )
    }
    archive = Archive(entries, edition="2.0.0")
    assert [key for key, _ in archive.waiting(("answers", "facts"), "1.0.0")] == ["a", "b", "c"]
    assert [key for key, _ in archive.waiting(("answers", "facts"), "3.0.0")] == ["a"]
    assert [key for key, _ in archive.waiting(("plan",), "3.0.0")] == ["e"]
    archive.keep("new", Answer(value=1), table="answers", because="removed")
    assert [key for key, _ in archive.waiting(("answers",), "3.0.0")] == ["a"]
    assert archive.take("a").value == 1
    assert [key for key, _ in archive.waiting(("answers",), "3.0.0")] == []
    assert archive.converted("d", "1.0.0") == ("d", entries["d"].answer)
    assert archive.converted("d", "2.0.0") is None
    assert archive.converted("b", "1.0.0") is None


def test_an_override_comes_out_as_it_was_or_stays_where_it_can_be_none_any_more() -> None:
    archive = Archive({}, edition="1.0.0")
    archive.keep_override(Override(node="p", factor=Decimal("1.5"), target=Decimal(60), why="said so"))
    assert archive.entries["p"].reason == "said so"
    assert archive.override("p", "p") == Override(node="p", factor=Decimal("1.5"), target=Decimal(60), why="said so")
    assert archive.entries == {}
    archive.entries["p"] = Archived(table="override", factor="many", reason="x")
    archive.entries["r"] = Archived(table="override", target=700, reason="x")
    assert (archive.override("p", "p"), archive.override("r", "r")) == (None, None)
    assert list(archive.entries) == ["p", "r"]


def test_what_was_typed_for_an_edition_comes_back_to_it_and_not_what_became_of_it_in_one_between() -> None:
    """260 of 10,000 yuan, which are 2,600 of 1,000 between, come back as 260: 2,600 would be ten times as much."""

    def asked(version: str, unit: str | None) -> Instrument:
        figure = ASKED["q_d"] | {"unit": unit, "range": [0, 9999], "scale": [[0, 0], [9999, 100]]}
        return edition(version, questions={"q_e": ASKED["q_e"]} | ({} if unit is None else {"q_d": figure}))

    first, second, third = asked("1.0.0", "10,000 yuan"), asked("1.1.0", "1,000 yuan"), asked("2.0.0", None)
    there = migrate(second, given(answers={"q_d": {"value": "260", "note": "x"}}), first.questionnaire).answers
    there = there.model_copy(
        update={"answers": {"q_d": there.answers["q_d"].model_copy(update={"evidence": ("yearbook",)})}}
    )
    gone = migrate(third, there, second.questionnaire).answers
    assert [entry.value for entry in gone.archive.values()] == ["260", "2600"]
    back = migrate(first, gone, third.questionnaire)
    (row,) = back.restored
    assert (row.fate, row.after and row.after.value, row.after and row.after.note) == ("confirm", "260", "x")
    assert [entry.value for entry in back.answers.archive.values()] == ["2600"]  # it may have been answered anew there
    assert migrate(second, gone, third.questionnaire).answers.answers["q_d"].value == "2600"
