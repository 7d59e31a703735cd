"""What would change the suggestion of a profile: for a figure, the line it would have to reach or to stay below."""

from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import Advice, advice, against, deciding_facts, suggestions
from nqpf_assess.engine.states import read
from nqpf_assess.model.answers import Answer, Answers
from nqpf_assess.model.condition import Comparison
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.weights import Weights
from nqpf_assess.pages.suggestion import suggestion_lines, suggestion_rows, tip_line, would_speak
from nqpf_assess.session.blending import pair_that_fits
from tests.support.oracle import Plain
from tests.support.varied import tiny


@pytest.mark.parametrize(
    ("operator", "income", "first", "side", "then"),
    [
        ("at_least", 3, "base", "at_least", "rich"),
        ("at_least", 7, "rich", "below", "base"),
        ("at_least", None, "base", "at_least", "rich"),
        ("at_most", 3, "rich", "above", "base"),
        ("at_most", 7, "base", "at_most", "rich"),
    ],
)
def test_a_figure_tips_the_suggestion_at_its_line(
    operator: str, income: int | None, first: str, side: str, then: str
) -> None:
    case = tiny({"p": {"d": 50}})
    case.questionnaire["facts"] = {"income": {"kind": "number", "range": [0, 10], "text": {"en": "x"}}}
    root = Weights.model_validate(case.chain[0])
    head = {"format": "nqpf-weights/1", "id": "rich", "questionnaire": "inst", "based_on": "base", "name": {"en": "x"}}
    profile = Weights.model_validate(head | {"fits": {"fact": "income", operator: 5}})
    facts = {} if income is None else {"income": {"value": income}}
    questionnaire = Questionnaire.model_validate(case.questionnaire)
    answers = Answers.model_validate(case.answers | {"facts": facts})
    found = advice(suggestions(questionnaire, [(root,), (root, profile)], answers), questionnaire, answers)
    assert found.first.profile.id == first
    (tip,) = found.tipping
    assert (tip.fact, tip.ends, tip.profile.id, tip.answered) == (
        "income", ((side, Decimal(5)),), then, income is not None
    )  # fmt: skip


HEAD = {"format": "nqpf-weights/1", "questionnaire": "inst", "based_on": "base"}
FACTS: Plain = {
    "income": {"kind": "number", "range": [0, 10], "text": {"en": "x"}},
    "coast": {"kind": "single", "options": {id: {"en": id} for id in ("sea", "lake", "none")}, "text": {"en": "x"}},
    "works": {"kind": "multi", "options": {id: {"en": id} for id in ("mill", "dam", "port")}, "text": {"en": "x"}},
    "stage": {"kind": "level", "levels": [{"en": "a"}, {"en": "b"}, {"en": "c"}], "text": {"en": "x"}},
}
RICH, COASTAL = {"fact": "income", "at_least": 5}, {"fact": "coast", "is": "sea"}
MILL, DAM = {"fact": "works", "has": "mill"}, {"fact": "works", "has": "dam"}


def place(facts: Plain) -> tuple[Questionnaire, Weights, Answers]:
    """The questionnaire with these facts, its baseline, and a place that answers some of them."""
    case = tiny({"p": {"d": 50}})
    case.questionnaire["facts"] = FACTS
    told = {id: value if isinstance(value, dict) else {"value": value} for id, value in facts.items()}
    answers = Answers.model_validate(case.answers | {"facts": told})
    return Questionnaire.model_validate(case.questionnaire), Weights.model_validate(case.chain[0]), answers


def chains(root: Weights, **fits: Any) -> list[tuple[Weights, ...]]:
    """The baseline and a profile for each condition; a pair is a condition and the profile's place in the order."""
    found: list[tuple[Weights, ...]] = [(root,)]
    for id, fit in fits.items():
        condition, order = fit if isinstance(fit, tuple) else (fit, None)
        stated = {} if order is None else {"order": order}
        found.append((root, Weights.model_validate(HEAD | {"id": id, "name": {"en": id}, "fits": condition} | stated)))
    return found


def advised(facts: Plain, **fits: Any) -> Advice:
    questionnaire, root, answers = place(facts)
    return advice(suggestions(questionnaire, chains(root, **fits), answers), questionnaire, answers)


@pytest.mark.parametrize(
    ("facts", "first", "clarity", "blended", "others", "near"),
    [
        ({"income": 7, "coast": "lake"}, "rich", "clear", None, [], []),
        ({"income": 3, "coast": "lake"}, "base", "none", None, [], []),
        ({"income": 7, "coast": "sea"}, "rich", "several", "coastal", [], []),
        ({"income": 7}, "rich", "open", None, [], []),
        ({"coast": "sea"}, "coastal", "open", None, [], []),
        ({}, "base", "open", None, [], []),
        ({"income": {"state": "dk"}, "coast": "lake"}, "base", "open", None, [], []),
    ],
)
def test_the_profile_that_fits_best_is_advised_and_how_clear_that_is(
    facts: Plain, first: str, clarity: str, blended: str | None, others: list[str], near: list[str]
) -> None:
    """In their order; open as long as it cannot be told of some whether they fit, in first place or beside another."""
    found = advised(facts, rich=(RICH, 1), coastal=(COASTAL, 2))
    assert (found.first.profile.id, found.clarity) == (first, clarity)
    assert (found.blended.profile.id if found.blended else None) == blended
    assert [one.profile.id for one in found.others] == others
    assert [one.profile.id for one in found.near] == near


def test_what_cannot_be_told_yet_is_open_and_nothing_that_a_place_resembles_without_fitting() -> None:
    """Where two answers are open the choice is not clear, though no single one changes it."""
    both = {"all": [COASTAL, {"fact": "stage", "at_least": 1}]}
    assert advised({"income": 7}, rich=(RICH, 2), both=(both, 1)).clarity == "open"
    assert (found := advised({"income": 3}, both=both)).clarity == "open"
    assert found.tipping == ()
    assert advised({"coast": "sea"}, both=both).near == ()  # half of it holds, and the other half may


def test_a_value_kept_beside_not_known_is_an_answer_that_would_change_the_choice() -> None:
    (tip,) = advised({"coast": {"value": "sea", "state": "dk"}}, coastal=COASTAL).tipping
    assert (tip.fact, tip.value, tip.answered) == ("coast", "sea", False)


def test_a_profile_that_does_not_say_where_it_fits_is_never_the_suggestion() -> None:
    """Whatever its place in the order, it is not taken for the baseline."""
    questionnaire, root, answers = place({"income": 3})
    own = Weights.model_validate(HEAD | {"id": "aaa", "name": {"en": "Own"}, "order": 0})
    found = suggestions(questionnaire, [(root, own), (root,)], answers)
    assert [(one.profile.id, one.fit) for one in found] == [("base", "baseline"), ("aaa", "unstated")]
    assert advice(found, questionnaire, answers).first.profile.id == "base"


def test_what_fits_besides_is_told_after_the_two_that_are_blended() -> None:
    found = advised({"income": 7, "coast": "sea", "stage": 2}, a=RICH, b=COASTAL, c={"fact": "stage", "at_least": 1})
    assert (found.first.profile.id, found.blended and found.blended.profile.id) == ("a", "b")
    assert [one.profile.id for one in found.others] == ["c"]


def test_a_profile_is_not_blended_with_its_base_nor_a_copy_nor_on_another_baseline() -> None:
    questionnaire, root, answers = place({"income": 7, "coast": "sea"})
    upper = {"fact": "income", "at_least": 6}
    fits = {"rich": (RICH, 2), "richer": (upper, 1), "copy": (upper, 3), "other": (COASTAL, 4)}
    _, rich, richer, copy, other = (chain[-1] for chain in chains(root, **fits))
    elsewhere = root.model_copy(update={"id": "elsewhere"})
    for more, blended in (([], None), ([(root, other)], "other"), ([(elsewhere, other)], None)):
        held = [(root,), (root, rich), (root, rich, richer), (root, copy), *more]
        found = suggestions(questionnaire, held, answers)
        advised = advice(found, questionnaire, answers)
        assert (advised.first.profile.id, advised.blended and advised.blended.profile.id) == ("richer", blended)
        left = [chain[-1].id for chain in more if not blended]
        assert [one.profile.id for one in advised.others] == ["rich", "copy", *left]
        assert [chain[-1].id for chain in pair_that_fits(found) or ()] == (["richer", "other"] if blended else [])


def test_a_place_resembles_what_three_quarters_of_a_condition_say() -> None:
    quarter = [RICH, COASTAL, {"fact": "stage", "at_least": 1}, MILL]
    three = {"income": 7, "coast": "sea", "stage": 2, "works": ["port"]}
    found = advised(three, most={"all": quarter})
    assert [(one.profile.id, one.nearness, one.fit) for one in found.near] == [("most", 0.75, "differs")]
    assert advised(three | {"stage": 0}, most={"all": quarter}).near == ()
    assert advised(three, most={"any": [{"all": quarter[:1] + quarter[3:]}, {"all": quarter}]}).near[0].nearness == 0.75


@pytest.mark.parametrize(
    ("fits", "facts", "because"),
    [
        ({"all": [RICH, COASTAL]}, {"income": 7, "coast": "sea"}, [("income", 7), ("coast", "sea")]),
        ({"any": [RICH, COASTAL]}, {"income": 7, "coast": "sea"}, [("income", 7)]),
        ({"any": [RICH, COASTAL]}, {"income": 3, "coast": "sea"}, [("coast", "sea")]),
        ({"not": COASTAL}, {"coast": "lake"}, [("coast", "lake")]),
        ({"not": {"all": [RICH, COASTAL]}}, {"income": 3, "coast": {"value": "sea", "state": "dk"}}, [("income", 3)]),
        ({"all": [RICH, {"not": MILL}]}, {"income": 7, "works": ["port"]}, [("income", 7)]),
        ({"all": [MILL, DAM]}, {"works": ["mill", "dam", "port"]}, [("works", {"mill", "dam"})]),
        (COASTAL, {"coast": "lake"}, []),
        (COASTAL, {}, []),
    ],
)
def test_a_profile_fits_because_of_the_answers_that_decide(fits: Any, facts: Plain, because: Any) -> None:
    """Of alternatives the first that holds; of what is ticked the options that are looked for."""
    questionnaire, root, answers = place(facts)
    (found,) = [one for one in suggestions(questionnaire, chains(root, it=fits), answers) if one.profile.id == "it"]
    assert list(found.holding) == because
    assert found.because == tuple(id for id, _ in because)
    assert set(found.facts) == {leaf for leaf in ("income", "coast", "works") if leaf in str(fits)}


def test_profiles_are_sorted_by_how_they_fit_then_by_their_order_then_by_their_ids() -> None:
    questionnaire, root, answers = place({"income": 7, "coast": "lake"})
    every = chains(root, z=(RICH, 1), b=RICH, a=RICH, no=COASTAL, open={"fact": "stage", "at_least": 1}, y=(RICH, 0))
    found = suggestions(questionnaire, every, answers)
    assert [one.profile.id for one in found] == ["y", "z", "a", "b", "base", "open", "no"]
    assert [one.fit for one in found[3:]] == ["fits", "baseline", "unknown", "differs"]


@pytest.mark.parametrize(
    ("facts", "fits", "anyway", "hangs"),
    [
        ({}, {"rich": RICH, "coastal": COASTAL}, (), ["coast", "income"]),
        (
            {"income": 7},
            {"coastal": (COASTAL, 1), "rich": (RICH, 2), "late": ({"fact": "stage", "at_least": 1}, 3)},
            (),
            ["coast"],
        ),
        ({"income": 7}, {"rich": RICH}, (), []),
        ({}, {"both": {"all": [RICH, COASTAL]}}, (), ["coast", "income"]),
        ({}, {"both": {"all": [COASTAL, RICH]}}, ("income",), ["income", "coast"]),
        ({}, {"both": {"all": [RICH, COASTAL]}}, ("coast",), ["coast", "income"]),
        ({"coast": "lake"}, {"both": {"all": [RICH, COASTAL]}}, (), []),
    ],
)
def test_the_suggestion_hangs_on_facts_until_a_profile_fits(
    facts: Plain, fits: Any, anyway: tuple[str, ...], hangs: list[str]
) -> None:
    """Profile by profile in their order, each fact once; first what is asked anyway, then what settles most.

    Two of three coasts settle that the place is not at the sea; of incomes the two in five that lie below the line.
    """
    questionnaire, root, answers = place(facts)
    every = chains(root, **fits)
    view = read(Instrument(questionnaire, every[0]), answers)
    assert list(deciding_facts(questionnaire, every, view, anyway)) == hangs


@pytest.mark.parametrize(
    ("facts", "fits", "tips"),
    [
        ({"coast": "lake"}, COASTAL, [("coast", "sea", "it", True, (), False)]),
        ({}, COASTAL, [("coast", "sea", "it", False, (), False)]),
        ({"works": ["port"]}, MILL, [("works", {"mill"}, "it", True, (), False)]),
        ({"works": ["mill", "port"]}, {"not": MILL}, [("works", {"mill"}, "it", True, (), True)]),
        ({"works": ["mill"]}, {"not": MILL}, [("works", {"mill"}, "it", True, (), True)]),
        ({"coast": "sea"}, COASTAL, [("coast", "lake", "base", True, (), False)]),
        ({"stage": 0}, {"fact": "stage", "at_least": 2}, [("stage", 2, "it", True, (), False)]),
    ],
)
def test_what_would_tip_the_suggestion_is_one_other_answer(facts: Plain, fits: Any, tips: list[Any]) -> None:
    """Of ticks one more, or with `taken` one less; of choices the first that leads elsewhere."""
    found = advised(facts, it=fits).tipping
    assert [(tip.fact, tip.value, tip.profile.id, tip.answered, tip.ends, tip.taken) for tip in found] == tips


@pytest.mark.parametrize(
    ("score", "because", "tips", "said"),
    [
        (None, [], [("q_d", False, "at_least")], "is 60 or more, it comes first"),
        (70, ["income", "q_d"], [("income", True, "below"), ("q_d", True, "below")], "is 70."),
        (20, [], [("q_d", True, "at_least")], "is 60 or more, it comes first"),
    ],
)
def test_a_question_that_a_profile_asks_for_tips_the_choice_and_is_named_among_its_reasons(
    score: int | None, because: list[str], tips: list[Any], said: str
) -> None:
    """Else all facts are answered, the choice is called open, and nobody is told what it hangs on."""
    questionnaire, root, answers = place({"income": 7})
    answers = answers.model_copy(update={"answers": {} if score is None else {"q_d": Answer(value=score)}})
    every = chains(root, it={"all": [RICH, {"question": "q_d", "at_least": 60}]})
    found = suggestions(questionnaire, every, answers)
    told = advice(found, questionnaire, answers)
    assert list(told.first.because) == because
    assert [(tip.fact, tip.answered, tip.ends[0][0]) for tip in told.tipping] == tips
    instrument = Instrument(questionnaire, every[0])
    assert said in "\n".join(suggestion_lines(found, instrument, answers, "en"))
    assert [row["fact"] for row in suggestion_rows(found, instrument, answers, "en")[0]["because"]] == because
    (it,) = [one for one in found if one.profile.id == "it"]
    assert "60 or more" in would_speak(it, ["q_d"], questionnaire, "en")


@pytest.mark.parametrize("operator", ["at_least", "at_most"])
def test_a_level_that_is_not_answered_would_speak_for_a_profile_by_its_words(operator: str) -> None:
    """It ended the page of profiles in a fault."""
    questionnaire, root, answers = place({})
    every = chains(root, it={"fact": "stage", operator: 1})
    (it,) = [one for one in suggestions(questionnaire, every, answers) if one.profile.id == "it"]
    assert would_speak(it, ["stage"], questionnaire, "en") == "x: b"


def test_an_option_that_would_speak_for_a_profile_stands_behind_its_question() -> None:
    """Yes and no were left out."""
    questionnaire, root, answers = place({})
    every = chains(root, it={"fact": "coast", "is": "none"})
    (it,) = [one for one in suggestions(questionnaire, every, answers) if one.profile.id == "it"]
    assert would_speak(it, ["coast"], questionnaire, "en") == "x: none"


@pytest.mark.parametrize(
    ("income", "said"),
    [
        (9, ["5 or more but less than 8, middling", "less than 5, poor"]),
        (2, ["5 or more but less than 8, middling", "8 or more, rich"]),
        (None, ["5 or more but less than 8, middling", "8 or more, rich", "less than 5, poor"]),
    ],
)
def test_a_figure_that_tips_the_choice_has_two_ends_where_a_third_profile_lies_beyond(
    income: int | None, said: list[str]
) -> None:
    """From 9 downwards “less than 5” and “less than 8” cannot both bring another one first."""
    questionnaire, root, answers = place({} if income is None else {"income": income})
    lines = {"rich": ({"fact": "income", "at_least": 8}, 1), "middling": (RICH, 2)}
    every = chains(root, **lines, poor=({"not": RICH}, 3))
    found = advice(suggestions(questionnaire, every, answers), questionnaire, answers).tipping
    told = sorted(tip_line(tip, questionnaire, "en") for tip in found)
    assert [words.partition("the answer to “x” is ")[2] for words in told] == [f"{each} comes first." for each in said]


@pytest.mark.parametrize(
    ("income", "fits", "ends"),
    [
        (9, {"not": {"fact": "income", "at_least": 8}}, (("below", 8),)),
        (1, {"fact": "income", "at_least": 3}, (("at_least", 3),)),
        (10, {"all": [RICH, {"not": {"fact": "income", "at_least": 10}}]}, (("at_least", 5), ("below", 10))),
        (9, {"all": [RICH, {"fact": "income", "at_most": 5}]}, ()),
        (9, {"all": [RICH, {"fact": "income", "at_most": 6}]}, (("at_least", 5), ("at_most", 6))),
        (9, {"any": [{"fact": "income", "at_most": 1}, {"all": [RICH, {"fact": "income", "at_most": 6}]}]},
         (("at_least", 5), ("at_most", 6))),
    ],
)  # fmt: skip
def test_a_line_of_a_profile_that_comes_later_cuts_no_stretch_short(income: int, fits: Any, ends: Any) -> None:
    """Else “less than 5” is told where less than 8 will do. A single figure has no ends; of two the nearest is told."""
    questionnaire, root, answers = place({"income": income})
    every = chains(root, first=(fits, 1), later=({"all": [RICH, {"fact": "coast", "is": "sea"}]}, 2))
    tips = advice(suggestions(questionnaire, every, answers), questionnaire, answers).tipping
    assert [tip.ends for tip in tips if tip.profile.id == "first"] == [ends]


def test_a_question_that_does_not_apply_tips_nothing_and_one_that_speaks_against_a_profile_is_named() -> None:
    questionnaire, root, answers = place({"income": 7})
    every = chains(root, it={"all": [RICH, {"question": "q_d", "at_least": 60}]})
    low = answers.model_copy(update={"answers": {"q_d": Answer(value=20)}})
    assert against(every[1][-1], read(Instrument(questionnaire, every[0]), low)) == ("q_d",)
    deeper = chains(root, it={"all": [RICH, {"all": [{"fact": "coast", "answered": False}, every[1][-1].fits]}]})
    assert against(deeper[1][-1], read(Instrument(questionnaire, every[0]), low)) == ("q_d",)
    none = answers.model_copy(update={"answers": {"q_d": Answer(state="na", reason="x")}})
    assert advice(suggestions(questionnaire, every, none), questionnaire, none).tipping == ()
    (question,) = questionnaire.questions.values()
    hiding = question.model_copy(update={"show_if": Comparison.model_validate(COASTAL)})
    hidden = questionnaire.model_copy(update={"questions": {"q_d": hiding}})
    inland = answers.model_copy(update={"facts": {**answers.facts, "coast": Answer(value="lake")}})
    assert advice(suggestions(hidden, every, inland), hidden, inland).tipping == ()
    only = chains(root, it={"question": "q_d", "at_least": 60}, other={"not": {"question": "q_d", "at_least": 60}})
    assert against(only[1][-1], read(Instrument(questionnaire, only[0]), low)) == ("q_d",)
    (other,) = [one for one in suggestions(questionnaire, only, low) if one.profile.id == "other"]
    assert other.because == ("q_d",)


def test_that_somebody_does_not_know_tips_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    options = FACTS["coast"]["options"] | {"unsure": {"en": "Not sure", "unknown": True}}
    monkeypatch.setitem(FACTS, "coast", FACTS["coast"] | {"options": options})
    assert advised({"coast": "sea"}, it={"not": {"fact": "coast", "one_of": ["sea", "lake", "none"]}}).tipping == ()


def test_what_is_open_is_told_before_what_is_answered() -> None:
    tips = advised({"income": 7}, rich=(RICH, 2), coastal=(COASTAL, 1)).tipping
    assert [(tip.fact, tip.answered) for tip in tips] == [("coast", False), ("income", True)]
    near = ({"all": [RICH, MILL, DAM]}, 2)  # nearer than what hangs on an open answer
    tips = advised({"income": 3, "works": ["mill", "dam"]}, rich=near, coastal=(COASTAL, 1)).tipping
    assert [(tip.fact, tip.answered) for tip in tips] == [("coast", False), ("income", True)]
    assert advised({"works": ["mill", "dam"]}, it=MILL).tipping == ()  # that less of it would let none fit
