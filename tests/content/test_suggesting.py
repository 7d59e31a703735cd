"""`suggest` says only what is true: what it names makes the profile fit, in sentences of the questionnaire's own."""

import tomllib
from collections.abc import Sequence
from typing import Any

import pytest

from nqpf_assess.engine.arithmetic import TRUE
from nqpf_assess.engine.profiles import Suggestion, suggestions
from nqpf_assess.engine.states import Seen, View, truth
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import tell
from nqpf_assess.model.answers import Answer, Answers, Reference, RubricReference
from nqpf_assess.model.condition import Not, leaves
from nqpf_assess.model.scorecard import LedgerRow, LedgerStep
from nqpf_assess.pages.suggestion import reason
from nqpf_assess.report.ledger_words import drift_words, move_words, moved_because

INSTRUMENTS = ("region", "firm")


@pytest.fixture(scope="module")
def judged(content: Any) -> dict[str, Sequence[Suggestion]]:
    """Every profile judged for every place and firm of the validation lists."""
    found = {}
    for instrument in INSTRUMENTS:
        book, chains = content.questionnaire(instrument), content.chains(instrument)
        listed = tomllib.loads((content.root / "tests" / "places" / f"{instrument}.toml").read_text(encoding="utf-8"))
        for id, entry in listed.items():
            facts = {n: Answer(value=tuple(v) if isinstance(v, list) else v) for n, v in entry["facts"].items()}
            answers = Answers(
                format="nqpf-answers/1",
                questionnaire=Reference(id=instrument, version=book.version),
                weights=RubricReference(id="baseline", version=book.version),
                facts=facts,
            )
            found[f"{instrument}.{id}"] = suggestions(book, chains, answers)
    return found


def test_what_is_named_is_enough_to_make_the_profile_fit(content: Any, judged: dict[str, Sequence[Suggestion]]) -> None:
    """Where nothing else is ticked: what a condition denies of ticks goes without saying."""
    fitting = [(name, one) for name, found in judged.items() for one in found if one.fit == "fits"]
    assert len(fitting) > 100
    for name, one in fitting:
        book = content.questionnaire(name.partition(".")[0])
        known = {id: Seen("answered", value) for id, value in one.holding}
        nothing = {id: Seen("answered", frozenset()) for id, fact in book.facts.items() if fact.kind == "multi"}
        facts = {id: Seen("blank") for id in book.facts} | nothing | known
        assert one.profile.fits is not None
        assert truth(one.profile.fits, View(facts, {id: Seen("blank") for id in book.questions})) == TRUE, name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_reasons_are_sentences_of_the_questionnaire(
    content: Any, judged: dict[str, Sequence[Suggestion]], language: str
) -> None:
    """Never a question, never an option alone: every answer that can decide has a finding."""
    for name, found in judged.items():
        book = content.questionnaire(name.partition(".")[0])
        for one in found:
            said = reason(one, book, language)
            assert bool(said) == (one.fit == "fits")
            assert not set("?？{}") & set(said), said
            for id, value in one.holding:
                assert kind_of(book.facts[id]).stated(book.facts[id], value, language), (id, value)


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_every_answer_that_may_decide_has_a_finding(content: Any, instrument: str) -> None:
    book = content.questionnaire(instrument)
    asked = {
        leaf.fact
        for chain in content.chains(instrument)
        for condition in ([chain[-1].fits] if chain[-1].fits is not None else [])
        for _, leaf in leaves(condition.not_ if isinstance(condition, Not) else condition)
        if leaf.fact is not None
    }
    assert len(asked) > 4
    for id in asked:
        kind = kind_of(book.facts[id])
        for choice in kind.choices(book.facts[id]):
            value = frozenset({str(choice.value)}) if kind.name == "multi" else choice.value
            assert choice.unknown or kind.stated(book.facts[id], value, "zh"), (id, choice.value)


def row(
    before: float, after: float, factor: float, among: tuple[float, float] = (0.2, 0.2), *, alone: bool = True
) -> LedgerRow:
    step = LedgerStep("coast", factor, 70.0, {"en": "The port counts."}, target_why={"en": "It is within reach."})
    return LedgerRow(
        "innovation_environment", 20, (step,), 20 * factor, before, after, 70.0, parent="innovation",
        among_baseline=among[0], among_final=among[1], outweighed=alone, relieved=alone,
    )  # fmt: skip


def test_beside_a_target_set_by_hand_stands_the_reason_for_it_alone(content: Any) -> None:
    """What argues for the profile's 70 does not argue for the 50 that a place set itself."""
    profile = row(0.05, 0.07, 1.5)
    by_hand = LedgerStep("override", 1.0, 50.0, {"en": "The young leave."}, by_hand=True)
    words = move_words(
        profile._replace(steps=(*profile.steps, by_hand), target=50.0), content.questionnaire("region"), "en"
    )
    assert "Target 50.0: The young leave." in words
    assert "within reach" not in words


def test_beside_a_target_stand_the_reasons_of_those_that_hold_alone(content: Any) -> None:
    """Of each profile the last; what argues for the weight and for a part of a blended target stands beside both."""
    book, first = content.questionnaire("region"), row(0.05, 0.07, 1.5).steps[0]
    later = first._replace(target=80.0, why={"en": "It is fragile."}, target_why={})
    moved = row(0.05, 0.07, 1.5)._replace(steps=(first._replace(factor=1.0), later), target=80.0)
    assert move_words(moved, book, "en").endswith("weight 5.0% → 7.0%, target 80.0. It is fragile.")
    other = first._replace(profile="hills", share=0.3)
    blended = moved._replace(steps=(later._replace(share=0.7), other), target=77.0)
    words = move_words(blended, book, "en")
    assert "5.0% → 7.0%, target 77.0. It is fragile. The port counts. It is within reach." in words


def test_a_reason_never_stands_beside_a_share_that_moves_against_it(content: Any) -> None:
    book = content.questionnaire("region")
    argued = move_words(row(0.05, 0.07, 1.5), book, "en")
    assert "weight 5.0% → 7.0%. The port counts. Target 70.0: It is within reach." in argued
    falls = move_words(row(0.05, 0.04, 1.0), book, "en")
    assert "5.0% → 4.0%. The weight falls only because others rise. Target 70.0: It is within reach." in falls
    assert "The port counts" not in falls
    own = row(0.05, 0.07, 1.5)  # what people write as a reason gets its stop before what stands behind it
    bare = own._replace(steps=(own.steps[0]._replace(why={"en": "People leave"}),))
    assert "People leave. Target 70.0: It is within reach." in move_words(bare, book, "en")
    above = [drift_words(row(0.05, after, 1.0, alone=False), book, "en") for after in (0.04, 0.06)]
    assert above == [
        f"The weight {way} because “Scientific and technological innovation” as a whole weighs {what} here."
        for way, what in (("falls", "less"), ("rises", "more"))
    ]
    crossed = row(0.05, 0.045, 1.3, among=(0.2, 0.27))
    assert crossed.crossed
    assert drift_words(crossed, book, "en").startswith(
        "Within “Scientific and technological innovation” its share rises"
    )
    beside = row(
        0.0065, 0.0054, 2.0, among=(0.03225806451612903, 0.03225806451612904), alone=False
    )  # all of them doubled
    assert drift_words(beside, book, "en") == above[0]


def test_of_several_reasons_the_strongest_stands_beside_the_share(content: Any) -> None:
    """And not the last: a council's 1.2 argues for nothing that two profiles moved, and alone for what falls by it."""
    first, own = row(0.14, 0.25, 2.0), row(0.14, 0.25, 1.2)
    council = own.steps[0]._replace(by="override", by_hand=True, why={"en": "The council wants it."})
    other = own.steps[0]._replace(by="hills", factor=3.0, share=0.3, why={"en": "It is steep."})
    moved = first._replace(steps=(first.steps[0]._replace(share=0.7), other, council))
    assert moved_because(moved, content.questionnaire("region"), "en") == "The port counts."
    assert [step.by for step in moved.arguing] == ["coast", "hills", "override"]
    fallen = moved._replace(share_final=0.1, steps=(*moved.steps, council._replace(factor=0.5)))
    assert moved_because(fallen, content.questionnaire("region"), "en") == "The council wants it."
    assert row(0.14, 0.14, 2.0).argued is None
    assert row(0.14, 0.14, 0.5).argued is None


def test_of_reasons_for_either_way_only_those_for_the_way_it_went_stand_beside_the_share(content: Any) -> None:
    """As of two blended profiles, or of a profile and what a council decided."""
    first = row(0.05, 0.04, 1.5)
    other = first.steps[0]._replace(by="hills", factor=0.5, why={"en": "It is steep."})
    words = move_words(first._replace(steps=(*first.steps, other)), content.questionnaire("region"), "en")
    assert "weight 5.0% → 4.0%. It is steep. Target 70.0: It is within reach." in words
    assert "The port counts" not in words


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_no_shipped_reason_stands_bare_beside_a_move_against_it(
    judged: dict[str, Sequence[Suggestion]], content: Any, instrument: str
) -> None:
    book, looked = content.questionnaire(instrument), 0
    for name, found in judged.items():
        for one in found if name.startswith(instrument) else ():
            for moved in one.moves:
                against = [
                    s
                    for s in moved.steps
                    if s.factor != 1 and (s.factor > 1) == (moved.share_final < moved.share_baseline)
                ]
                words = move_words(moved, book, "en")
                if against and any(tell(step.why, "en") in words for step in against) and moved.argued is None:
                    looked += 1
                    assert drift_words(moved, book, "en") in words
    assert looked or instrument == "firm"
