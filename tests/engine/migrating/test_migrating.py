"""Single answers taken over to another edition: what the author did, and what becomes of what was typed."""

from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.merging import disputed
from nqpf_assess.engine.migrating import migrate
from nqpf_assess.engine.migrating.values import VOICES_TOO, VOICES_UNFIT, misread
from nqpf_assess.model.answers import Answer, Answers, Chosen, Given, Override, Reference
from nqpf_assess.model.migration import Migration
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from nqpf_assess.pages.migration import migration_blocks

WORDS = {"en": "x"}
NUMBER = {"kind": "number", "unit": "%", "range": [0, 100], "scale": [[0, 0], [100, 100]]}
LEVEL = {"kind": "level", "levels": [{"en": "no plan at all"}, {"en": "a plan on paper"}, {"en": "funded and audited"}]}
MULTI = {"kind": "multi", "options": {"a": {"en": "park", "score": 50}, "b": {"en": "fund", "score": 50}}}
NONE = {"en": "none of these", "score": 0, "exclusive": True}
TEXT = {"kind": "text"}


def edition(version: str, question: dict[str, Any], name: str = "q") -> Instrument:
    """A questionnaire of one question."""
    asked = {"dimension": "d", "text": {"en": "What is it?"}, **question}
    questionnaire = {
        "format": "nqpf-questionnaire/1",
        "id": "made",
        "version": version,
        "subject": "region",
        "languages": ["en"],
        "title": WORDS,
        "pillars": {"p": {"title": WORDS}},
        "dimensions": {"d": {"pillar": "p", "title": WORDS}},
        "questions": {name: asked},
    }
    bands = {"low": {"from": 0, "en": "x"}}
    rubric = {"format": "nqpf-weights/1", "id": "base", "questionnaire": "made", "version": version}
    return Instrument(
        Questionnaire.model_validate(questionnaire),
        (Weights.model_validate({**rubric, "name": WORDS, "bands": bands}),),
    )


def answers(value: Any, version: str = "1.0.0", **beside: Any) -> Answers:
    heads = {key: {"id": id, "version": version} for key, id in (("questionnaire", "made"), ("weights", "base"))}
    table = {"q": {"value": value, **beside}}
    return Answers.model_validate({"format": "nqpf-answers/1", **heads, "answers": table})


def taken(value: Any, before: dict[str, Any], after: dict[str, Any], *, known: bool = True, **beside: Any) -> Migration:
    old = edition("1.0.0", before)
    given = answers(value, **beside)
    return migrate(edition("2.0.0", after), given, old.questionnaire if known else None)


CASES = [
    ("3.5", NUMBER, NUMBER | {"range": [0, 50]}, "carried", "3.5"),
    ("60", NUMBER, NUMBER | {"range": [0, 50]}, "invalid", None),
    ("3.5", NUMBER, NUMBER | {"unit": "‰"}, "converted", "35"),
    ("3.5", NUMBER, NUMBER | {"unit": "persons"}, "invalid", None),
    ("3.5", NUMBER, NUMBER | {"revision": 2}, "confirm", "3.5"),
    ("3.5", NUMBER, TEXT, "carried", "3.5"),
    ("3.5", TEXT, NUMBER, "confirm", "3.5"),
    ("about three", TEXT, NUMBER, "invalid", None),
    ("a", TEXT, MULTI | {"kind": "single"}, "confirm", "a"),
    ("planned", TEXT, MULTI | {"kind": "single"}, "invalid", None),
    (1, LEVEL, {**LEVEL, "levels": [LEVEL["levels"][0], {"en": "one at hand"}, *LEVEL["levels"][1:]]}, "converted", 2),
    (1, LEVEL, {**LEVEL, "levels": [LEVEL["levels"][0], LEVEL["levels"][2]]}, "invalid", None),
    (["a", "b"], MULTI, {**MULTI, "options": {"a": MULTI["options"]["a"]}}, "confirm", ("a",)),
    ([], MULTI, {**MULTI, "options": {**MULTI["options"], "none": NONE}}, "invalid", None),
    ([], {**MULTI, "options": {**MULTI["options"], "none": NONE}}, MULTI, "converted", None),
]  # fmt: skip


@pytest.mark.parametrize(("value", "before", "after", "fate", "now"), CASES)
def test_what_becomes_of_an_answer(
    value: Any, before: dict[str, Any], after: dict[str, Any], fate: str, now: object
) -> None:
    """Each change of a question has one outcome for an answer, and what leaves the scored table is in the archive."""
    moved = taken(value, before, after)
    (row,) = moved.rows
    kept = moved.answers.answers.get("q")
    assert (row.fate, kept.value if kept is not None else None) == (fate, now)
    typed = answers(value).answers["q"].value
    held = [kept.value if kept is not None else None, *(entry.value for entry in moved.answers.archive.values())]
    assert typed in held


@pytest.mark.parametrize(("value", "before", "after", "fate", "now"), CASES)
def test_and_back_again(value: Any, before: dict[str, Any], after: dict[str, Any], fate: str, now: object) -> None:
    """Taken back to the edition it was given to, the answer is what was typed, and the archive is empty again."""
    moved = taken(value, before, after).answers
    back = migrate(edition("1.0.0", before), moved, edition("2.0.0", after).questionnaire).answers
    assert back.answers["q"].value == answers(value).answers["q"].value
    if fate != "confirm":
        assert not back.archive


INSERTED = [LEVEL["levels"][0], {"en": "one at hand"}, *LEVEL["levels"][1:]]
FIRST_AND_LAST = [LEVEL["levels"][0], LEVEL["levels"][2]]


@pytest.mark.parametrize(
    ("stands", "said", "before", "after", "now"),
    [
        (0, 2, LEVEL, {**LEVEL, "levels": FIRST_AND_LAST}, [0, 1]),
        (1, 2, LEVEL, {**LEVEL, "levels": INSERTED}, [2, 3]),
        (1, 0, LEVEL, {**LEVEL, "levels": INSERTED}, [2, 0]),
        ("1", "3.5", NUMBER, NUMBER | {"unit": "‰"}, ["10", "35"]),
        (None, "3.5", NUMBER, NUMBER | {"unit": "‰"}, [None, "35"]),
        (2, 1, LEVEL, {**LEVEL, "levels": FIRST_AND_LAST}, []),
        ("a", "b", MULTI | {"kind": "single"}, {"kind": "single", "options": {"a": MULTI["options"]["a"]}}, []),
    ],
)
def test_what_the_respondents_of_a_merge_said_is_never_read_otherwise(
    stands: Any, said: Any, before: dict[str, Any], after: dict[str, Any], now: list[Any]
) -> None:
    """It is converted with the answer, 10% to 100‰, so that they still differ; where it cannot be, it is archived."""
    voices = [{"value": stands, "state": "dk"} if stands is None else {"value": stands, "by": "Ann"}]
    voices += [{"value": said, "by": "Bo", "note": "page 4", "year": 2024}]
    beside = {"voices": voices} | ({"state": "dk"} if stands is None else {"by": "Ann"})
    migration = taken(stands, before, after, **beside)
    moved, (row,) = migration.answers, migration.rows
    (kept,) = moved.archive.values()
    assert [given.value for given in kept.voices] == [stands, said]
    assert [given.value for given in moved.answers["q"].voices] == now
    assert [given.note for given in moved.answers["q"].voices] == ([None, "page 4"] if now else [])
    assert (VOICES_TOO if now else VOICES_UNFIT) in row.why
    asked = edition("2.0.0", after).questionnaire.questions["q"]
    assert bool(disputed(asked, moved.answers["q"], ("Ann", "Bo"))) == (bool(now) and stands is not None)
    back = migrate(edition("1.0.0", before), moved, edition("2.0.0", after).questionnaire).answers
    same = taken(stands, before, before, **beside).answers
    for found in (back, same):
        assert ([given.value for given in found.answers["q"].voices], found.archive) == ([stands, said], {})
    was = edition("1.0.0", before).questionnaire.questions["q"]
    assert misread(was, asked, same.answers["q"]) is not None  # so that `asked` is not used to read it
    assert misread(was, was, same.answers["q"]) is None


def test_what_was_said_after_a_new_edition_goes_back_converted() -> None:
    """What a latecomer said there has no other words to come back to; what was typed before stays in the archive."""
    permille = NUMBER | {"unit": "‰"}
    voices = [{"value": "1", "by": "Ann"}, {"value": "3", "by": "Bo"}]
    moved = taken("1", NUMBER, permille, by="Ann", voices=voices).answers
    told = moved.answers["q"].model_copy(update={"voices": (*moved.answers["q"].voices, Given(value="55", by="Cy"))})
    late = moved.model_copy(update={"answers": {"q": told}})
    back = migrate(edition("1.0.0", NUMBER), late, edition("2.0.0", permille).questionnaire).answers
    assert [given.value for given in back.answers["q"].voices] == ["1", "3", "5.5"]
    assert [len(entry.voices) for entry in back.archive.values()] == [2, 3]


def test_what_was_said_in_two_editions_is_kept_on_the_way_back() -> None:
    """Bo said what is gone; Cy and Di went on without it. Neither takes the place of the other."""
    both, one = ({"kind": "single", "options": {id: MULTI["options"][id] for id in ids}} for ids in ("ab", "a"))
    moved = taken("a", both, one, by="Ann", voices=[{"value": "a", "by": "Ann"}, {"value": "b", "by": "Bo"}]).answers
    since = (Given(value="a", by="Cy"), Given(state="na", reason="x", by="Di"))
    late = moved.model_copy(update={"answers": {"q": moved.answers["q"].model_copy(update={"voices": since})}})
    back = migrate(edition("1.0.0", both), late, edition("2.0.0", one).questionnaire).answers
    assert back.answers["q"].voices == since
    assert [given.value for entry in back.archive.values() for given in entry.voices] == ["a", "b"]


@pytest.mark.parametrize(("said", "fate"), [(0, "converted"), (1, "confirm")])
def test_what_a_respondent_said_is_to_be_confirmed_where_its_words_changed(said: int, fate: str) -> None:
    """As an answer of its own would be; the standing one, found again by its very words, asks for nothing."""
    reworded = [{"en": "one at hand"}, LEVEL["levels"][0], {"en": "some plan on paper"}, LEVEL["levels"][2]]
    voices = [{"value": 2, "by": "Ann"}, {"value": said, "by": "Bo"}]
    moved = taken(2, LEVEL, LEVEL | {"levels": reworded}, by="Ann", voices=voices)
    assert [row.fate for row in moved.rows] == [fate]
    assert [given.value for given in moved.answers.answers["q"].voices] == [3, said + 1]


def test_what_was_said_before_an_answer_was_given_anew_is_converted_without_it() -> None:
    """20 ‰ settled a dispute in a file not taken over yet; 1 % and 3.5 % were said before that, and are no ‰."""
    voices = [{"value": "1", "by": "Ann"}, {"value": "3.5", "by": "Bo"}]
    moved = taken("20", NUMBER, NUMBER | {"unit": "‰", "revision": 2}, by="Cy", revision=2, voices=voices).answers
    found = moved.answers["q"]
    assert (found.value, [given.value for given in found.voices]) == ("20", ["10", "35"])


def test_what_was_typed_comes_back_only_where_it_is_an_answer() -> None:
    """Of one number there may be two contents: the archive knows the number alone."""
    alone = {"a": MULTI["options"]["a"]}
    went = taken(["a", "b"], MULTI, MULTI | {"options": alone | {"c": NONE}})
    assert went.answers.answers["q"].value == ("a",)
    back = migrate(edition("1.0.0", MULTI | {"options": alone | {"d": NONE}}), went.answers, went.books[1])
    assert back.answers.answers["q"].value == ("a",)


def test_a_renamed_question_takes_its_answer_along() -> None:
    """By its former id, with everything that was written beside it."""
    new = edition("2.0.0", NUMBER | {"previous_ids": ["q"]}, name="intensity")
    moved = migrate(new, answers("3.5", note="page 4", evidence=["yearbook"]))
    answer = moved.answers.answers["intensity"]
    assert (answer.value, answer.note, answer.evidence) == ("3.5", "page 4", ("yearbook",))
    assert (moved.rows[0].was, moved.rows[0].id, moved.rows[0].fate) == ("q", "intensity", "carried")


def test_of_two_questions_that_become_one_both_answers_come_back() -> None:
    """The one that stood back waits in the archive for the edition that it was given to."""

    def asking(version: str, **questions: Any) -> Instrument:
        made = edition(version, NUMBER)
        asked = {id: made.questionnaire.questions["q"].model_copy(update=keys) for id, keys in questions.items()}
        return Instrument(made.questionnaire.model_copy(update={"questions": asked}), made.chain)

    old, new = asking("1.0.0", q={}, r={}), asking("2.0.0", both={"previous_ids": ("q", "r")})
    given = answers("3").model_copy(update={"answers": {"q": Answer(value="3"), "r": Answer(value="7")}})
    moved = migrate(new, given, old.questionnaire).answers
    assert {id: answer.value for id, answer in moved.answers.items()} == {"both": "3"}
    back = migrate(old, moved, new.questionnaire).answers
    assert {id: answer.value for id, answer in back.answers.items()} == {"q": "3", "r": "7"}
    assert not back.archive


def test_without_the_old_edition_a_revision_still_asks() -> None:
    """Where the old edition is not at hand, what is revised since is to be confirmed, though the file states none."""
    (row,) = taken("3.5", NUMBER, NUMBER | {"revision": 2}, known=False).rows
    assert row.fate == "confirm"


def test_that_the_old_edition_is_not_at_hand_is_said_of_one_of_the_same_version_too() -> None:
    """Somebody may change a unit and leave the version: it is not said of every answer that it stays as it is."""
    stated = Reference(id="made", version="1.0.0", digest="sha256:" + "a" * 64)
    given = answers("3.5").model_copy(update={"questionnaire": stated})
    assert "changes of unit" in str([*migration_blocks(migrate(edition("1.0.0", NUMBER), given), "x", "en")])
    same = migrate(edition("1.0.0", NUMBER), answers("3.5"))
    assert "changes of unit" not in str([*migration_blocks(same, "x", "en")])
    for known in (True, False):
        told = migration_blocks(taken("3.5", NUMBER, NUMBER, known=known), "x", "en")
        assert ("changes of unit" in str([*told])) == (not known)


@pytest.mark.parametrize(("revision", "told"), [(1, True), (2, False)])
def test_what_is_to_confirm_and_stays_without_a_mark_is_said_to_be_named_once(revision: int, told: bool) -> None:
    """A level whose words changed while the revision of its question stayed is in no list after the migration."""
    levels = [{"en": "not even a plan"}, *LEVEL["levels"][1:]]
    moved = taken(0, LEVEL, LEVEL | {"levels": levels, "revision": revision})
    assert [row.fate for row in moved.rows] == ["confirm"]
    assert ("1 of those to confirm is named here alone" in str([*migration_blocks(moved, "x", "en")])) == told


@pytest.mark.parametrize(("stated", "fate", "kept"), [({}, "confirm", "35"), ({"revision": 2}, "carried", "3.5")])
def test_what_was_answered_since_the_unit_changed_is_not_converted(
    stated: dict[str, int], fate: str, kept: str
) -> None:
    """A form or the app asked it as it is now, and the file was not taken over yet: its revision tells."""
    moved = taken("3.5", NUMBER, NUMBER | {"unit": "‰", "revision": 2}, **stated)
    assert [(row.fate, row.after and row.after.value) for row in moved.rows] == [(fate, kept)]
    assert moved.answers.answers["q"].revision == stated.get("revision", 1)


@pytest.mark.parametrize(("stated", "kept"), [({}, 3), ({"revision": 2}, 2)])
def test_the_archive_knows_which_wording_was_answered(stated: dict[str, int], kept: int) -> None:
    """The revision that the answer states, else that of the question as it was."""
    moved = taken("60", NUMBER | {"revision": 3}, NUMBER | {"revision": 3, "range": [0, 50]}, **stated)
    assert [entry.revision for entry in moved.answers.archive.values()] == [kept]


def test_an_override_of_what_is_gone_is_kept_as_one() -> None:
    """With its figures and its reason, so that it can be told from an answer and come back."""
    given = answers("3").model_copy(update={"override": (Override(node="gone", factor=Decimal(2), why="by the sea"),)})
    (entry,) = migrate(edition("2.0.0", NUMBER), given, edition("1.0.0", NUMBER).questionnaire).answers.archive.values()
    assert (entry.table, entry.because, entry.factor, entry.reason) == ("override", "removed", 2, "by the sea")


def test_what_comes_back_to_a_third_edition_is_to_be_confirmed() -> None:
    """A question left out for one edition may have another unit in the next: 40 % would be 40 ‰. The value stays."""
    without = edition("2.0.0", NUMBER, name="other")
    gone = migrate(without, answers("40"), edition("1.0.0", NUMBER).questionnaire).answers
    moved = migrate(edition("3.0.0", NUMBER | {"unit": "‰"}), gone, without.questionnaire)
    assert [(row.fate, row.why[-1]["en"][:26]) for row in moved.restored] == [("confirm", "was given to edition 1.0.0")]
    assert moved.answers.answers["q"].value == "40"
    home = migrate(edition("1.0.0", NUMBER), gone, without.questionnaire)
    assert [row.fate for row in home.restored] == ["carried"]
    first = (edition("1.0.0", NUMBER).questionnaire,)
    known = migrate(edition("3.0.0", NUMBER | {"unit": "‰"}), gone, without.questionnaire, kept=first)
    assert (known.restored, known.answers.archive["q"].value) == ((), "40")  # that edition is kept, and says so
    same = edition("1.0.0", NUMBER, name="other").questionnaire  # the author left the number as it was
    kept = (*first, edition("2.0.0", NUMBER | {"unit": "‰"}).questionnaire)
    gone = migrate(Instrument(same, without.chain), answers("40"), *first).answers
    assert migrate(edition("3.0.0", NUMBER | {"unit": "‰"}), gone, same, kept=kept).restored == ()


def test_under_a_name_that_came_since_an_answer_is_in_the_unit_that_the_question_had() -> None:
    """The file was answered on under the edition that renamed it, and goes on to name the one before."""
    given = answers("3.5").model_copy(update={"answers": {"intensity": Answer(value="3.5", revision=1)}})
    new = edition("2.0.0", NUMBER | {"unit": "‰", "revision": 2, "previous_ids": ["q"]}, name="intensity")
    moved = migrate(new, given, edition("1.0.0", NUMBER).questionnaire)
    assert moved.answers.answers["intensity"].value == "35"


def test_of_what_becomes_of_answers_overrides_and_measures_are_none() -> None:
    """They were counted among the answers: of one answer that is carried two and an archived one were told."""
    given = answers("3").model_copy(update={"override": (Override(node="gone", factor=Decimal(2), why="by the sea"),)})
    given = given.model_copy(update={"plan": Chosen(chosen=("gone_too",))})
    found = migrate(edition("2.0.0", NUMBER), given, edition("1.0.0", NUMBER).questionnaire)
    assert {fate: count for fate, count in found.counts.items() if count} == {"carried": 1}
    assert [row.fate for row in found.rows] == ["carried", "archived", "archived"]
    assert "Of 1 answer, 1 carried over." in str(list(migration_blocks(found, "x.toml", "en")))


def test_what_comes_back_out_of_the_archive_is_told_once_in_words() -> None:
    """It was told twice, as it stands in the file and in words, as if it became another answer."""
    without = edition("2.0.0", NUMBER, name="other")
    gone = migrate(without, answers("40"), edition("1.0.0", NUMBER).questionnaire).answers
    moved = migrate(edition("3.0.0", NUMBER), gone, without.questionnaire)
    told = str(list(migration_blocks(moved, "x.toml", "en")))
    assert "40%" in told
    assert "40 →" not in told
