"""What taking answers over to another edition promises, on random assessments and random next editions."""

from collections import Counter
from typing import Any

from hypothesis import given

from nqpf_assess.engine.differing import difference
from nqpf_assess.engine.migrating import migrate
from nqpf_assess.engine.scoring import assess
from nqpf_assess.files.document import read_document
from nqpf_assess.files.linting import load
from nqpf_assess.files.store import answers_text
from nqpf_assess.kinds import read_value
from nqpf_assess.kinds.kind import Fault
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.base import canonical
from tests.engine.migrating.editions import Editions, editions
from tests.support.scored import tries

TYPED = ("value", "note", "reason", "evidence", "year", "confidence", "state")


def typed(answers: Answers) -> Counter[str]:
    """Everything somebody typed, wherever it stands."""
    found: Counter[str] = Counter()
    for table in (answers.facts, answers.answers, answers.archive):
        for entry in table.values():
            found.update(
                f"{name}={canonical(getattr(entry, name))}" for name in TYPED if name in entry.model_fields_set
            )
    found.update(f"chosen={id}" for id in answers.plan.chosen)
    found.update(f"chosen={e.of or id}" for id, e in answers.archive.items() if e.table == "plan")
    found.update(f"reason={change.why}" for change in answers.override)
    return found


def values(answers: Answers) -> dict[str, Any]:
    return {id: canonical(a.value) for table in (answers.facts, answers.answers) for id, a in table.items()}


@tries(80)
@given(editions())
def test_running_it_twice_changes_nothing(found: Editions) -> None:
    """The outcome belongs to the new edition, so taking it over again leaves every byte of it."""
    for before in (found.old, None):
        once = migrate(found.instrument(new=True), found.answers, before)
        twice = migrate(found.instrument(new=True), once.answers, before)
        assert not twice.changes
        assert answers_text(twice.answers) == answers_text(once.answers)


@tries(80)
@given(editions())
def test_nothing_typed_is_dropped(found: Editions) -> None:
    """Every value, note, reason and document of the file is somewhere in the outcome."""
    for before in (found.old, None):
        moved = migrate(found.instrument(new=True), found.answers, before).answers
        missing = typed(found.answers) - typed(moved)
        assert not missing, missing


@tries(80)
@given(editions())
def test_every_entry_has_one_fate(found: Editions) -> None:
    """Facts and answers are told once each; those that are not placed are archived or invalid."""
    moved = migrate(found.instrument(new=True), found.answers, found.old)
    rows = Counter(row.was for row in moved.rows if row.table in ("facts", "answers"))
    assert rows == Counter((*found.answers.facts, *found.answers.answers))
    for row in moved.rows:
        assert (row.after is None) == (row.fate in ("invalid", "archived"))
        assert row.fate == "carried" or row.why


@tries(80)
@given(editions())
def test_the_outcome_is_sound(found: Editions) -> None:
    """Every answer of it fits its question, it can be scored, and it can be written and read back as it is."""
    instrument = found.instrument(new=True)
    moved = migrate(instrument, found.answers, found.old).answers
    for id, answer in (*moved.facts.items(), *moved.answers.items()):
        asked = instrument.questionnaire.asked.get(id)
        assert asked is not None
        assert not isinstance(read_value(asked, answer.value), Fault)
    assess(instrument, moved)
    again = load(Answers, [read_document("x", answers_text(moved).encode())])
    assert again.problems == ()
    assert answers_text(again.value) == answers_text(moved)


@tries(60)
@given(editions())
def test_the_same_edition_changes_nothing(found: Editions) -> None:
    """Answers that belong to the edition stay as they are, to the byte."""
    moved = migrate(found.instrument(new=False), found.answers)
    assert moved.same_edition
    assert not moved.changes
    assert answers_text(moved.answers) == answers_text(found.answers.model_copy(update=_ordered(found)))


def _ordered(found: Editions) -> dict[str, Any]:
    order = {"facts": found.old.facts, "answers": found.old.questions}
    return {
        t: {id: getattr(found.answers, t)[id] for id in ids if id in getattr(found.answers, t)}
        for t, ids in order.items()
    }


@tries(80)
@given(editions())
def test_there_and_back_again(found: Editions) -> None:
    """Taken over and taken back, every answer has the value that was typed."""
    moved = migrate(found.instrument(new=True), found.answers, found.old).answers
    back = migrate(found.instrument(new=False), moved, found.new).answers
    assert values(back) == values(found.answers)
    assert {*back.plan.chosen} == {*found.answers.plan.chosen}


@tries(80)
@given(editions())
def test_what_is_called_no_loss_loses_nothing(found: Editions) -> None:
    """Where `diff` finds no loss, no answer is invalid or archived; where nothing is to be confirmed, nothing is."""
    changes = difference(found.old, found.new).changes
    moved = migrate(found.instrument(new=True), found.answers, found.old)
    grades = {change.grade for change in changes}
    if "loss" not in grades:
        assert not moved.of("invalid")
        assert not moved.of("archived")
    if grades <= {"safe"}:
        assert {row.fate for row in moved.rows} <= {"carried"} | (
            {"confirm"} if any(_stale(found, row.was) for row in moved.rows) else set()
        )


def _stale(found: Editions, id: str) -> bool:
    """Whether an answer was to another revision of its question already before."""
    answer = found.answers.facts.get(id) or found.answers.answers.get(id)
    asked = found.old.asked.get(id)
    return answer is not None and asked is not None and answer.revision not in (None, asked.revision)
