"""A merge, entry by entry, on a small instrument: what stands, what is written beside it, what is dropped."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.merging import Wish, disputed, merge, untouched
from nqpf_assess.engine.merging.claims import settled_since
from nqpf_assess.files.store import document
from nqpf_assess.model.answers import Answers, MergeRule, Origin
from nqpf_assess.model.merging import Merging
from nqpf_assess.pages.merging import merging_lines
from nqpf_assess.pages.provenance import provenance_lines
from tests.support.asked import TICKS
from tests.support.scored import instrument_of
from tests.support.varied import tiny

CASE = tiny({"p": {"d": 0, "e": 0}})
MEASURE = {"title": {"en": "x"}, "gist": {"en": "x"}, "lead": {"en": "x"}, "kpi": {"en": "x"}, "when_below": 100}
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def instrument() -> Instrument:
    questionnaire = CASE.questionnaire | {
        "facts": {"zone": {"kind": "text", "text": {"en": "x"}}, "tier": TICKS | {"text": {"en": "x"}}},
        "countermeasures": {
            id: MEASURE | {"lifts": {"d": 5}, "effort": 1, "horizon": "short", "acts": "county"} for id in "mno"
        },
    }
    return instrument_of(questionnaire, CASE.chain)


def file(name: str, answers: dict[str, Any] | None = None, **rest: Any) -> tuple[str, Answers]:
    """One respondent's file; a bare number is a value."""
    stated = {id: one if isinstance(one, dict) else {"value": one} for id, one in (answers or {}).items()}
    return name, Answers.model_validate(CASE.answers | {"answers": stated} | rest)


def merged(*files: tuple[str, Answers], rule: MergeRule = "median", lead: str | None = None, **wish: Any) -> Merging:
    return merge(instrument(), files, Wish(rule, lead, **wish))


# ---- answers


@pytest.mark.parametrize(
    ("said", "stands", "why"),
    [
        ((10, 30, 20), 20, "the middle one of 3 answers"),
        ((10, 20), 10, "one of the two middle ones of 2 answers, not the higher"),
        ((10, 20, 20, 30), 20, "the middle one of 4 answers"),
        ((40,), 40, "only one respondent answered it"),
        ((40, 40, 40), 40, "all 3 who answered agree"),
        (("na", "na", 10), "na", "given by 2 of the 3 who answered"),
        (
            ("na", 10),
            10,
            "given by 1 of the 2 who answered, as many as gave “not applicable”; one of these is taken for now",
        ),
        (("na", "na", 10, 30), 10, "one of the two middle ones of 2 answers, not the higher"),
        (("na", 10, 30), "na", None),
        (("na", 10, 30, 20), 20, "the middle one of 3 answers"),
        (("dk", "later"), "dk", "nobody has answered it"),
        (("dk", 10), 10, "only one respondent answered it"),
        ((), None, "nobody has said anything"),
    ],
)
def test_the_middle_answer_stands(said: tuple[object, ...], stands: object, why: str | None) -> None:
    """“Not applicable” stands where more claim it than gave an answer; who does not know is not counted."""
    files = [
        file(name, {} if one is None else {"q_d": {"state": one} if isinstance(one, str) else one})
        for name, one in zip("abcd", (*said, *[None] * (4 - len(said))), strict=True)
    ]
    found = merged(*files)
    answer = found.answers.answers.get("q_d")
    if why is None:  # one of three says that it does not apply: two answers outweigh it
        assert answer is not None
        assert answer.value == 10
        return
    assert (None if answer is None else answer.state or answer.value) == stands
    assert next(one.why["en"] for one in found.settled if one.id == "q_d") == why


def test_of_ticked_options_that_earn_alike_what_most_said_stands() -> None:
    """Their order in the questionnaire decided, so that one voice stood as the middle one before two pairs."""
    options = {id: {"en": id, "score": 25} for id in "abc"} | {"d": {"en": "d", "score": 26}}
    asked = {"dimension": "d", "text": {"en": "x"}, "kind": "multi", "options": options}
    book = CASE.questionnaire | {"questions": CASE.questionnaire["questions"] | {"q_d": asked}}
    files = [file(name, {"q_d": {"value": [tick]}}) for name, tick in zip("vwxyz", "aabcd", strict=True)]
    for given, stands, why in (
        (
            files,
            "a",
            "several of 5 answers score like the middle one, or the lower of two; given by 2",
        ),
        (files[1:4], "a", "as many as gave “b”, “c”; one of these is taken for now"),
        (files[2:], "b", "as many as gave “c”"),
        ((files[0], *files[3:], files[4]), "a", "several of 4 answers score like the middle one, or the lower of two"),
    ):
        found = merge(instrument_of(book, CASE.chain), given, Wish("median"))
        said = next(one.why["en"] for one in found.settled if one.id == "q_d")
        assert (found.answers.answers["q_d"].value, why in said) == ((stands,), True), said


def test_ticks_whose_points_come_to_the_same_earn_alike() -> None:
    """A tenth and two tenths are three tenths, though not to a computer."""
    options = {
        id: {"en": id, "score": Decimal(score)} for id, score in {"a": "0.1", "b": "0.2", "c": "0.3", "d": "90"}.items()
    }
    asked = {"dimension": "d", "text": {"en": "x"}, "kind": "multi", "options": options}
    book = CASE.questionnaire | {"questions": CASE.questionnaire["questions"] | {"q_d": asked}}
    ticked = (["c"], ["c"], ["a", "b"], ["d"], ["d"])
    files = [file(name, {"q_d": {"value": ticks}}) for name, ticks in zip("vwxyz", ticked, strict=True)]
    found = merge(instrument_of(book, CASE.chain), files, Wish("median"))
    assert found.answers.answers["q_d"].value == ("c",)


def test_facts_without_an_order_go_by_what_most_said() -> None:
    facts = [
        {"zone": {"value": value}, "tier": {"value": [tick]}}
        for value, tick in (("sea", "c"), ("hill", "b"), ("hill", "c"))
    ]
    found = merged(*(file(name, facts=one) for name, one in zip("abc", facts, strict=True)))
    assert found.answers.facts["zone"].value == "hill"
    assert found.answers.facts["tier"].value == ("c",)
    tied = merged(*(file(name, facts={"zone": {"value": value}}) for name, value in (("a", "sea"), ("b", "hill"))))
    assert "one of these is taken for now" in next(one.why["en"] for one in tied.settled if one.id == "zone")


def test_who_is_not_sure_of_a_fact_leaves_it_to_those_who_know() -> None:
    """Two who tick “not sure” do not outvote the one who knows the place."""
    option = {"en": "x"}
    zone = {"kind": "single", "text": option, "options": {"sea": option, "unsure": option | {"unknown": True}}}
    known = instrument_of(CASE.questionnaire | {"facts": {"zone": zone}}, CASE.chain)

    def found(*said: str) -> Merging:
        return merge(known, [file(str(n), facts={"zone": {"value": one}}) for n, one in enumerate(said)], Wish())

    one = found("unsure", "unsure", "sea")
    assert (one.answers.facts["zone"].value, one.answers.facts["zone"].by) == ("sea", "2")
    assert (one.settled[0].disputed, one.settled[0].why["en"]) == (False, "only one respondent answered it")
    nobody = found("unsure", "unsure")
    assert nobody.answers.facts["zone"].value == "unsure"
    assert nobody.settled[0].why["en"] == "nobody has answered it"


def test_years_and_reasons_that_differ_are_kept() -> None:
    """One figure of two years, or two reasons why something does not apply: what each said stays beside what stands."""
    years = (("Ann", 2023), ("Bo", 2024), ("Cy", 2024))
    found = merged(*(file(name, {"q_d": {"value": 20, "year": year}}) for name, year in years)).answers
    assert (found.answers["q_d"].year, found.answers["q_d"].by) == (2023, "Ann, Bo, Cy")
    assert list(provenance_lines(found, instrument().questionnaire, "q_d", "en")) == [
        "given by Ann, Bo, Cy",
        "- Ann said: 20; of 2023",
        "- Bo, Cy said: 20; of 2024",
    ]
    (answer,) = merged(
        *(file(name, {"q_d": {"state": "na", "reason": why}}) for name, why in (("Ann", "no coast"), ("Bo", "no port")))
    ).answers.answers.values()
    assert [voice.reason for voice in answer.voices] == ["no coast", "no port"]
    one = file("Ann", {"q_d": {"value": 20, "evidence": ["map"]}}), file("Bo", {"q_d": {"value": 20, "year": 2024}})
    assert (merged(*one).answers.answers["q_d"].year, merged(*one).answers.answers["q_d"].voices) == (2024, ())


def test_who_said_what_outlives_a_second_merge() -> None:
    """When a latecomer's file joins a merged one, what the others said against an answer stays, with their names."""
    first = merged(file("Ann", {"q_d": {"value": 10, "note": "few"}}), file("Bo", {"q_d": {"value": 30}})).answers
    late = merged(("Ann, Bo", first), file("Cy", {"q_e": 20})).answers.answers["q_d"]
    told = [("Ann", 10, "few"), ("Bo", 30, None)]
    assert (late.value, late.by) == (10, "Ann")
    assert [(given.by, given.value, given.note) for given in late.voices] == told
    agrees = merged(("Ann, Bo", first), file("Cy", {"q_d": 10})).answers.answers["q_d"]
    assert [(given.by, given.value, given.note) for given in agrees.voices] == [*told, ("Cy", 10, None)]

    settled = first.answers["q_d"].model_copy(update={"value": 20, "note": None, "by": "Di", "evidence": ("minutes",)})
    found = merged(("Ann, Bo", first.model_copy(update={"answers": {"q_d": settled}})), file("Cy", {"q_d": 40}))
    voices = [(given.by, given.value) for given in found.answers.answers["q_d"].voices]
    assert voices == [("Di", 20), ("Ann", 10), ("Bo", 30), ("Cy", 40)]
    nameless = merged(("Ann, Bo", first), file("Cy", {"q_d": 20}), anonymous=True).answers.answers["q_d"]
    assert [(given.by, given.value) for given in nameless.voices] == [(None, 10), (None, 20), (None, 30)]


def test_what_is_written_beside_the_answers_that_stand_is_kept_with_them() -> None:
    """The best supported respondent's words, the evidence of all who said it, who said it, and who said what else."""
    found = merged(
        file("Ann", {"q_d": {"value": 10, "note": "few"}}),
        file("Bo", {"q_d": {"value": 20, "note": "own", "evidence": ["minutes"], "confidence": "high"}}),
        file("Cy", {"q_d": {"value": 20, "note": "as Bo", "evidence": ["map", "minutes", " "]}}),
        file("Di", {"q_d": {"value": 30}}),
    )
    answer = found.answers.answers["q_d"]
    assert (answer.value, answer.note, answer.evidence, answer.by) == (20, "as Bo", ("map", "minutes"), "Bo, Cy")
    assert [(given.by, given.value, given.note) for given in answer.voices] == [
        ("Ann", 10, "few"),
        ("Bo", 20, "own"),
        ("Cy", 20, "as Bo"),
        ("Di", 30, None),
    ]


def test_what_was_settled_after_the_merge_is_not_called_what_the_rule_took() -> None:
    """By which rule an answer stands that nobody settled is not told: a merge before may have had another one."""
    notes = ({"value": 20, "note": "own"}, {"value": 20}, {"value": 10})
    apart = (*(file(name, {"q_d": one}) for name, one in zip(("Ann", "张", "Cy"), notes, strict=True)),)
    silent = file("Di", {"q_d": {"state": "dk", "value": 5}}), file("Ed", {"q_d": {"state": "dk", "note": "x"}})
    asked = instrument().questionnaire

    def told(found: Merging, **settled: Any) -> str:
        answer = found.answers.answers["q_d"].model_copy(update=settled)
        answers = found.answers.model_copy(update={"answers": {"q_d": answer}})
        return next(provenance_lines(answers, asked, "q_d", "en"))

    assert told(merged(*apart)) == "given by Ann、张"
    assert told(merged(*silent)) == "given by Di, Ed"
    assert told(merged(*apart, anonymous=True)) == "- a respondent said: 10"
    stamp = {"by": "Ann, 张, Cy", "at": NOON}
    assert told(merged(*apart), value=30, **stamp) == "settled after the merge, given by Ann, 张, Cy"
    assert told(merged(*apart), value=10, **stamp) == "settled after the merge, given by Ann, 张, Cy"
    assert told(merged(*apart, anonymous=True), value=10, at=NOON) == "settled after the merge"


@pytest.mark.parametrize("anonymous", [False, True])
@pytest.mark.parametrize(
    ("said", "left"),
    [
        ((10, 30, 20), ["20", "10", "30"]),
        ((10, 20, 20), ["20", "10"]),
        (("na", 10), ["10", "na"]),
        ((10, 10, 10), []),
        (("dk", 10), []),
        (("dk", "later"), []),
        (({"value": 10, "note": "a"}, {"value": 10, "note": "b"}), []),
    ],
)
def test_what_stands_and_what_else_was_said_are_told_until_somebody_settles_it(
    said: tuple[Any, ...], left: list[str], *, anonymous: bool
) -> None:
    """Who does not know, or gives another note, disputes nothing; whoever answers anew has settled it."""
    entries = [{"state": one, "reason": "x"} if isinstance(one, str) else one for one in said]
    files = (file(f"R{place}", {"q_d": one}) for place, one in enumerate(entries))
    answer, asked = merged(*files, anonymous=anonymous).answers.answers["q_d"], instrument().questionnaire.questions
    found = disputed(asked["q_d"], answer)
    assert [str(seen.value) if seen.state == "answered" else seen.state for seen in found] == left
    for value in (15, 20):
        settled = answer.model_copy(update={"value": value, "state": None, "by": "Zoe", "at": NOON})
        assert disputed(asked["q_d"], settled) == ()


def test_who_said_it_alone_settles_it_by_saying_it_again() -> None:
    """One of those asked who goes on with the merged file, under their own name, and takes what the rule took."""
    files = (file(name, {"q_d": {"value": value, "at": NOON}}) for name, value in (("Ann", 10), ("Bo", 20)))
    answer, asked = merged(*files).answers.answers["q_d"], instrument().questionnaire.questions["q_d"]
    assert (answer.by, len(disputed(asked, answer))) == ("Ann", 2)
    assert disputed(asked, answer.model_copy(update={"at": NOON + timedelta(days=1)})) == ()


@pytest.mark.parametrize(("by", "at"), [("Ann", NOON), ("Di", NOON), (None, NOON), (None, None)])
@pytest.mark.parametrize(("late", "left"), [(None, []), ({"state": "dk", "note": "x"}, []), (20, [10, 20])])
def test_what_was_settled_is_in_dispute_again_only_where_a_latecomer_says_something_else(
    late: Any, left: list[int], by: str | None, at: datetime | None
) -> None:
    """Who took an answer before the latecomer's was there, under a name or none, has not settled it with that one."""
    files = (file(name, {"q_d": {"value": value, "at": at}}) for name, value in (("Ann", 10), ("Bo", 20)))
    first = merged(*files).answers
    settled = first.answers["q_d"].model_copy(update={"by": by, "at": NOON + timedelta(days=1)})
    own = first.model_copy(update={"answers": {"q_d": settled}})
    again = merged(("m1", own), file("Cy", {"q_d": late} if late else {})).answers
    assert again.merged is not None
    asked, answer = instrument().questionnaire.questions["q_d"], again.answers["q_d"]
    assert [seen.value for seen in disputed(asked, answer, again.merged.respondents)] == left
    assert [voice.by for voice in answer.voices if voice.note] == (["Cy"] if isinstance(late, dict) else [])


def test_a_file_that_says_nothing_changes_nothing_of_what_a_merged_file_says() -> None:
    """Though the year that stands is of one who said it, and the note of another."""
    noted = (
        file("Ann", {"q_d": {"value": 10, "note": "x", "evidence": ["y"]}}),
        file("Bo", {"q_d": {"value": 10, "year": 2025}}),
    )
    first = merged(*noted, file("Cy", {"q_d": 20})).answers
    assert merged(("m1", first), file("Di")).answers.answers == first.answers


def test_of_two_who_do_not_know_what_each_wrote_is_kept() -> None:
    first = merged(file("Ann", {"q_d": 10}), file("Bo", {"q_d": 20})).answers
    taken_back = first.answers["q_d"].model_copy(update={"value": None, "state": "dk", "note": "x", "by": "Cy"})
    own = first.model_copy(update={"answers": {"q_d": taken_back}})
    late = file("Di", {"q_d": {"state": "dk", "note": "y", "evidence": ["z"]}})
    found = merged(("m1", own), late).answers.answers["q_d"]
    assert {voice.note for voice in found.voices} == {None, "x", "y"}


def test_free_words_are_no_matter_of_dispute() -> None:
    """They stand on no agenda and count in no agreement."""
    found = merged(*(file(name, facts={"zone": {"value": name}}) for name in "AB"))
    assert (found.agenda, found.agreement) == ((), None)
    zone = found.answers.facts["zone"]
    assert len(zone.voices) == 2
    assert disputed(instrument().questionnaire.facts["zone"], zone) == ()


@pytest.mark.parametrize("value", [15, 20])
@pytest.mark.parametrize(("late", "left"), [("as settled", []), (None, []), (30, ["settled", "30"])])
def test_what_was_settled_before_the_file_was_merged_again_is_no_dispute(
    value: int, late: object, left: list[str]
) -> None:
    """What three settle together stays settled once a latecomer's file is added, unless it says something else."""
    three = [
        file(name, {"q_d": value}, subject={"respondent": name}) for name, value in (("A", 10), ("B", 20), ("C", 30))
    ]
    first = merged(*three).answers
    given = first.answers["q_d"].model_copy(update={"value": value, "by": first.subject.respondent, "at": NOON})
    settled = first.model_copy(update={"answers": {"q_d": given}})
    said = value if late == "as settled" else late
    latecomer = file("D", {"q_d": said} if said else {}, subject={"respondent": "D"})
    again = merged((first.subject.respondent, settled), latecomer).answers
    assert again.merged is not None
    asked, answer = instrument().questionnaire.questions["q_d"], again.answers["q_d"]
    assert settled_since(asked, answer) is (late is None)
    found = disputed(asked, answer, again.merged.respondents)
    assert [str(seen.value) for seen in found] == [str(value) if one == "settled" else one for one in left]
    lines = [*provenance_lines(again, instrument().questionnaire, "q_d", "en")]
    if left:  # nobody is told to have said two things
        three_said = [f"- {name} said before that: {one}" for name, one in (("A", 10), ("B", 20), ("C", 30))]
        assert lines[1:] == [f"- A, B, C said: {value}", *three_said, f"- D said: {late}"]


@pytest.mark.parametrize(
    ("late", "left"), [(10, ["10", "20", "30"]), (20, ["20", "10", "30"]), (5, ["5", "10", "20", "30"])]
)
def test_what_a_rule_takes_of_a_file_that_was_merged_before_nobody_has_settled(late: int, left: list[str]) -> None:
    """A latecomer who says what one of three has said does not settle it: all three answers are in dispute still."""
    three = merged(*(file(name, {"q_d": value}) for name, value in (("A", 10), ("B", 20), ("C", 30)))).answers
    again = merged(("ABC", three), file("D", {"q_d": late})).answers
    found = disputed(instrument().questionnaire.questions["q_d"], again.answers["q_d"], ("ABC", "D"))
    assert [str(seen.value) for seen in found] == left


def test_copies_of_a_merged_file_of_which_one_is_settled_are_in_dispute() -> None:
    """What all gave together in one copy, while in the other one's answer stands; what each had said stands once."""
    first = merged(
        *(file(name, {"q_d": value}, subject={"respondent": name}) for name, value in (("A", 10), ("B", 20)))
    )
    settled = first.answers.answers["q_d"].model_copy(update={"value": 20, "by": "A, B", "at": NOON})
    copies = (("m1", first.answers.model_copy(update={"answers": {"q_d": settled}})), ("m2", first.answers))
    again = merged(*copies).answers
    answer, asked = again.answers["q_d"], instrument().questionnaire.questions["q_d"]
    assert [seen.value for seen in disputed(asked, answer, ("m1", "m2"))] == [10, 20]
    assert [(voice.by, voice.value) for voice in answer.voices] == [("A, B", 20), ("A", 10), ("B", 20)]
    alike = file("C", {"q_d": 20}, subject={"respondent": "C"}), file("D", {"q_d": {"value": 20, "by": "C, D"}})
    assert merged(*alike).answers.answers["q_d"].by == "C, D"


def test_what_stands_comes_first_among_what_is_in_dispute_also_where_it_claims_nothing() -> None:
    """Reports print the first as what stands: here a person has put in that nobody knows."""
    said = (("A", {"value": 10}), ("B", {"value": 20}), ("C", {"state": "dk"}))
    answer = merged(*(file(name, {"q_d": given}) for name, given in said)).answers.answers["q_d"]
    unknown = answer.model_copy(update={"state": "dk", "by": "C"})
    found = disputed(instrument().questionnaire.questions["q_d"], unknown)
    assert [seen.value or seen.state for seen in found] == ["dk", 10, 20]


def test_the_words_of_the_lead_come_first_where_the_lead_decides() -> None:
    files = [
        file("Ann", {"q_d": {"value": 20, "note": "hers"}}),
        file("Bo", {"q_d": {"value": 20, "note": "his", "evidence": ["map"]}}),
        file("Cy", {"q_d": 30}),
    ]
    assert merged(*files, rule="lead", lead="Ann").answers.answers["q_d"].note == "hers"
    assert merged(*files, rule="majority").answers.answers["q_d"].note == "his"


def test_who_said_and_wrote_the_very_same_stand_together() -> None:
    (first, second) = (
        merged(file("Ann", {"q_d": 10}), file("Bo", {"q_d": 20}), file("张", {"q_d": {"value": 10, "at": NOON}}))
        .answers.answers["q_d"]
        .voices
    )
    assert (first.by, first.value, first.at) == ("Ann、张", 10, None)
    assert (second.by, second.value) == ("Bo", 20)
    agreed = merged(file("Ann", {"q_d": 10}), file("Bo", {"q_d": 10}))
    assert agreed.answers.answers["q_d"].voices == ()


def test_where_all_files_say_the_same_it_stays_as_it_is_written() -> None:
    entry = {"value": 10, "by": "Office", "at": NOON, "note": "n"}
    (answer,) = merged(file("Ann", {"q_d": entry}), file("Bo", {"q_d": entry})).answers.answers.values()
    assert (answer.by, answer.note, answer.at is None) == ("Office", "n", False)
    (nameless,) = merged(
        file("Ann", {"q_d": entry}), file("Bo", {"q_d": entry}), anonymous=True
    ).answers.answers.values()
    assert (nameless.value, nameless.by, nameless.note, nameless.at) == (10, None, "n", None)


def test_without_names_nothing_tells_who_said_what() -> None:
    """Each answer stands alone, the lowest first, whatever the names and the order of the files."""
    files = [
        file("Zoe", {"q_d": {"value": 10, "by": "Zoe", "at": NOON}}),
        file("Ann", {"q_d": 30}),
        file("Bo", {"q_d": 10}),
    ]
    found = merged(*files, rule="majority", anonymous=True)
    answer = found.answers.answers["q_d"]
    assert (answer.value, answer.by, answer.at) == (10, None, None)
    assert [(given.value, given.by, given.at) for given in answer.voices] == [
        (10, None, None),
        (10, None, None),
        (30, None, None),
    ]
    assert [one.name for one in found.respondents] == ["", "", ""]
    assert found.answers.merged is not None
    assert (found.answers.merged.respondents, found.answers.merged.lead) == ((), None)


def test_without_names_what_a_merged_file_alone_says_stands_in_an_order_that_tells_of_nobody() -> None:
    last = {"q_d": {"value": 10, "note": "last"}}
    first = merged(file("Ann", {"q_d": 30}), file("Bea", last), file("Bo", {"q_d": {"value": 10, "note": "b"}})).answers
    assert [given.note for given in first.answers["q_d"].voices] == [None, "last", "b"]
    for other in (file("Cy"), ("copy", first)):
        voices = merged(("m1", first), other, anonymous=True).answers.answers["q_d"].voices
        assert [(given.value, given.note) for given in voices] == [(10, "b"), (10, "last"), (30, None)]


def test_without_names_no_form_and_no_sheet_tells_who_gave_what() -> None:
    """Names of forms that answers come from go, and those in the follow-up sheet; a yearbook stays."""
    form = {"kind": "xlsx", "file": "form-Ann.xlsx", "place": "p!C14", "at": NOON}
    book = {"kind": "statistics", "file": "yearbook.xlsx", "place": "3-1!C4"}
    voice = {"value": 5, "by": "Ann", "at": NOON, "from": form}
    entry = {"value": 10, "by": "Ann", "at": NOON, "from": form, "voices": [voice]}
    own = {
        "q_d": entry,
        "q_e": {"value": 1, "from": book},
    }
    rest = {"follow_up": [{"measure": "m", "by": "Ann"}], "archive": {"gone": {"value": 3, "by": "Ann", "from": form}}}
    for others in ([file("Bo", {"q_d": 30})], [file("Bo", own, **rest)]):
        found = merged(file("Ann", own, **rest), *others, anonymous=True).answers
        assert "Ann" not in repr(found)
        assert found.answers["q_d"].from_ == Origin(kind="xlsx")
        assert found.answers["q_e"].from_ == Origin(**book)
        assert [(one.measure, one.by) for one in found.follow_up] == [("m", None)]
        assert found.archive["gone"].value == 3


def test_names_are_joined_by_the_mark_of_their_script() -> None:
    said = {"q_d": 10}
    chinese = merged(file("张三", said), file("李四", said | {"q_e": 1}), file("Bo", {"q_d": 90}))
    assert chinese.answers.answers["q_d"].by in {"张三、李四", "李四、张三"}
    other = merged(file("Ann", said), file("Bo", {"q_d": {"value": 10, "by": "Ann"}}), file("Cy", {"q_d": 90}))
    assert other.answers.answers["q_d"].by == "Ann"


def test_what_is_said_of_an_answer_is_counted_over_those_who_claim_something() -> None:
    found = merged(
        file("a", {"q_d": 10, "q_e": 50}),
        file("b", {"q_d": 30, "q_e": 50}),
        file("c", {"q_d": 30, "q_e": {"state": "dk"}}),
        rule="majority",
    )
    first, second = (next(one for one in found.settled if one.id == id) for id in ("q_d", "q_e"))
    assert (first.agreement, first.spread, first.stands) == (pytest.approx(2 / 3), 20, 1)
    assert first.stake == pytest.approx(10)  # of two dimensions: 20 points of one of them
    assert (second.agreement, second.spread, second.stake, second.stands) == (1, 0, None, 0)
    assert [(said.who, said.state) for said in second.said] == [((0, 1), "answered"), ((2,), "dk")]
    assert found.agreement == 0.5
    assert found.score == pytest.approx(40)
    assert [(one.name, one.score, one.answered) for one in found.respondents] == [
        ("a", 30, 2),
        ("b", 40, 2),
        ("c", 30, 1),
    ]
    assert merged(file("a", {"q_d": 10}), file("b", {"q_e": 10})).agreement is None


# ---- everything beside the answers


def wanting(name: str, *measures: str, overrides: tuple[tuple[str, int], ...] = ()) -> tuple[str, Answers]:
    rows = [{"node": node, "factor": factor, "why": name} for node, factor in overrides]
    return file(name, plan={"chosen": list(measures)}, override=rows)


@pytest.mark.parametrize(
    ("wanted", "kept", "dropped"),
    [
        (("m", "m", "n"), ("m",), [("n", 1)]),
        (("m", "n"), (), [("m", 1), ("n", 1)]),
        (("m", "mn", "n", "o"), (), [("m", 2), ("n", 2), ("o", 1)]),
        (("nm", "mn", "n", "o"), ("n",), [("m", 2), ("o", 1)]),
        (("nm", "nm"), ("n", "m"), []),
        (("nm", "mn"), ("m", "n"), []),
    ],
)
def test_a_measure_stays_that_more_than_half_want(
    wanted: tuple[str, ...], kept: tuple[str, ...], dropped: list[tuple[str, int]]
) -> None:
    """Half is not enough; one and the same plan stays as it is written, another is put in file order."""
    found = merged(*(wanting(name, *ids) for name, ids in zip("abcd", wanted, strict=False)))
    assert found.answers.plan.chosen == kept
    assert list(found.measures_dropped) == dropped


def test_what_is_left_out_is_told_with_how_many_wanted_it() -> None:
    """By the rule of the lead also what two of three wanted. What no file has a word on is counted."""
    wish = {"override": [{"node": "p", "factor": 2, "why": "x"}], "plan": {"chosen": ["m"]}}
    files = [file("a", {"q_d": 10}), file("b", {"q_d": 10}, **wish), file("c", {"q_d": 10}, **wish)]
    led = merged(*files, rule="lead", lead="a")
    told = "\n".join(merging_lines(led, instrument().questionnaire, "en", width=100))
    assert "Corrections by hand that are left out, and how many made them: x (2 of 3)" in told
    assert "Measures that are left out, and how many had chosen them: x (2 of 3)" in told
    assert "1 question that is asked has no entry in any of the files." in told


def test_the_lead_decides_about_the_plan_too_and_only_where_it_is_asked_for() -> None:
    files = [wanting("a", "o", overrides=(("p", 2),)), wanting("b", "m"), wanting("c", "m")]
    led = merged(*files, rule="lead", lead="a")
    assert (led.answers.plan.chosen, led.measures_dropped) == (("o",), (("m", 2),))
    assert [(change.node, change.factor) for change in led.answers.override] == [("p", 2)]
    assert (led.lead, led.rule) == ("a", "lead")
    by_most = merged(*files, lead="a")
    assert by_most.answers.plan.chosen == ("m",)
    assert [(change.node, count) for change, count in by_most.overrides_dropped] == [("p", 1)]


def test_overrides_are_the_same_where_they_do_the_same_whatever_reason_they_give() -> None:
    found = merged(
        wanting("a", overrides=(("p", 2), ("d", 3))), wanting("b", overrides=(("p", 2), ("d", 4))), wanting("c")
    )
    assert [(change.node, change.factor, change.why) for change in found.answers.override] == [("p", 2, "a")]
    assert [(change.node, change.factor, count) for change, count in found.overrides_dropped] == [
        ("d", 3, 1),
        ("d", 4, 1),
    ]
    twice = merged(wanting("a", overrides=(("p", 2), ("p", 2))), wanting("b"))
    assert twice.answers.override == ()


def subject(who: str, **stated: str) -> tuple[str, Answers]:
    return file(who, subject=stated)


def test_the_subject_takes_the_first_name_and_year_and_all_respondents() -> None:
    found = merged(
        subject("a", name=" ", period="2025", respondent="Ann"),
        subject("b", name="County", period="2024", respondent="Bo"),
        subject("c", name="Other", respondent="Ann"),
    ).answers.subject
    assert (found.name, found.period, found.respondent) == ("County", "2025", "Ann, Bo")
    same = subject("a", name="County", respondent="张")[1], subject("b", name="County", respondent="李")[1]
    files = list(zip("ab", same, strict=True))
    assert merged(*files).answers.subject.respondent == "张、李"
    assert merged(files[0], subject("hr", name="County")).answers.subject.respondent == "张、hr"
    assert merged(*files, name="Merged").answers.subject.name == "Merged"
    assert merged(*files, anonymous=True).answers.subject.respondent == ""
    assert merged(files[0], ("b", same[0]), anonymous=True).answers.subject.respondent == ""
    assert merged(files[0], ("b", same[0])).answers.subject == same[0].subject


def test_the_sheets_are_united_in_the_order_of_time() -> None:
    """Every entry once; what says no zone counts as UTC, what says no time stays behind what stands before it.

    So a line added by hand, “done”, is not followed by earlier entries of the app, whose last one would count.
    """

    def entry(measure: str, at: str | None = None) -> dict[str, Any]:
        return {"measure": measure} | ({"at": datetime.fromisoformat(at)} if at else {})

    shared = entry("m", "2026-01-02T08:00:00Z")
    found = merged(
        file("a", follow_up=[entry("n", "2026-01-02T09:00:00"), shared]),
        file("b", follow_up=[entry("m"), shared, entry("o", "2026-01-02T09:30:00+01:00"), entry("o")]),
    ).answers.follow_up
    assert [
        (one.measure, None if one.at is None else one.at.replace(tzinfo=one.at.tzinfo or UTC).astimezone(UTC).hour)
        for one in found
    ] == [
        ("m", None),
        ("m", 8),
        ("o", 8),
        ("o", None),
        ("n", 9),
    ]
    assert found[0].at is None
    assert datetime(2026, 1, 2, 8, tzinfo=UTC) == found[1].at
    put_right = [
        entry("m", "2099-01-01T00:00:00Z"),
        entry("m", "2026-01-01T00:00:00Z"),
        entry("n", "2026-01-02T00:00Z"),
    ]
    found = merged(file("a", follow_up=put_right), file("b", follow_up=[shared])).answers.follow_up
    assert [one.at and (one.measure, one.at.year) for one in found] == [
        ("n", 2026),
        ("m", 2026),
        ("m", 2099),
        ("m", 2026),
    ]
    kept = [entry("n", "2026-01-03T00:00:00Z"), entry("m", "2026-01-01T00:00:00Z")]
    assert [one.measure for one in merged(file("a", follow_up=kept), file("b", follow_up=kept)).answers.follow_up] == [
        "n",
        "m",
    ]


def test_language_and_mode_are_those_that_most_and_that_any_file_has() -> None:
    files = [
        file(name, language=language, mode=mode)
        for name, language, mode in (("a", "en", "quick"), ("b", "zh", "quick"), ("c", "zh", "quick"))
    ]
    assert (merged(*files).answers.language, merged(*files).answers.mode) == ("zh", "quick")
    assert merged(*files, file("d", language="en", mode="full")).answers.mode == "full"


def test_a_merged_file_knows_its_origin_and_whether_anybody_touched_it_since() -> None:
    found = merged(file("b", {"q_d": 1}), file("a", {"q_d": 2}), rule="lead", lead="b").answers
    assert found.merged is not None
    assert (found.merged.rule, found.merged.lead, found.merged.respondents) == ("lead", "b", ("a", "b"))
    assert untouched(found)
    answers = merged(file("b", {"q_d": 1, "q_e": 5}), file("a", {"q_d": 2})).answers
    turned = answers.model_copy(update={"answers": dict(reversed(answers.answers.items()))})
    assert list(turned.answers) != list(answers.answers)
    assert untouched(turned)  # the order in a file says nothing
    blank = [file(name, subject={"name": "", "respondent": ""}) for name in "ab"]  # as `new` writes it
    read = Answers.model_validate(document(merged(*blank).answers))
    assert untouched(read)
    assert not untouched(found.model_copy(update={"language": "zh"}))
    assert not untouched(found.model_copy(update={"answers": {}}))
    assert not untouched(file("a")[1])
