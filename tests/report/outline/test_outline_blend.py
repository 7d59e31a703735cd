"""The ledger of a blend: its factor is the one that the weight really moved by, its name that of all its parts."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nqpf_assess.engine.profiles import suggestions
from nqpf_assess.model.answers import Answers, Override
from nqpf_assess.pages.score import score_blocks
from nqpf_assess.report.blocks import Table, texts_of
from nqpf_assess.report.outline import front, local, references
from nqpf_assess.report.outline.local import ledger
from nqpf_assess.report.outline.method import method_blocks
from nqpf_assess.report.outline.yardstick import yardstick_blocks
from nqpf_assess.report.wording import number
from tests.report.outline.made import CLUSTER, answered, case_of, shipped
from tests.support.scored import instrument_of, shipped_chain, shipped_questionnaire
from tests.support.varied import tiny


def test_the_factor_of_a_blend_is_what_moved_the_weight() -> None:
    further = [(shipped_chain("region", "cluster_county"), Decimal("0.4"))]
    instrument = instrument_of(shipped_questionnaire("region"), shipped_chain("region", "grain_base"), further)
    case = case_of(instrument, answered(instrument))
    (table,) = [block for block in ledger(case) if isinstance(block, Table)]
    shown = {row[0][0].text: row[2][0].text for row in table.rows}
    rows = {case.title(row.node): row for row in case.card.ledger if row.steps}
    assert len(shown) > 10
    for title, factor in shown.items():
        moved = rows[title].final / rows[title].baseline
        assert factor == ("–" if abs(moved - 1) < 1e-12 else f"×{number(moved, 2)}")
    assert case.tell(instrument.name) == "Main agricultural production area with 40% of Specialised-cluster county"
    # What each part is for stands beside that part's name.
    described = " ".join(texts_of(tuple(local.profile(case))))
    assert "Main agricultural production area: For " in described
    assert "Specialised-cluster county: For counties, districts and development zones" in described


def test_the_formula_of_a_blend_is_that_of_its_weights() -> None:
    """Whoever works the weights out by it gets those of the blend, and not those of one profile."""
    further = [(shipped_chain("region", "cluster_county"), Decimal("0.4"))]
    blend = instrument_of(shipped_questionnaire("region"), shipped_chain("region", "grain_base"), further)
    said = [
        " ".join(texts_of(tuple(method_blocks(case_of(one, answered(one))))))
        for one in (blend, shipped("region", "baseline"))
    ]
    assert ["^share over the blended profiles" in words for words in said] == [True, False]
    assert ["product of the factors that apply; targets as last" in words for words in said] == [False, True]


def test_a_weakened_profile_is_not_the_baseline_itself() -> None:
    """A baseline with a share of a profile is told as local conditions, and the glossary explains its ledger."""
    further = [(shipped_chain("region", "cluster_county"), Decimal("0.4"))]
    instrument = instrument_of(shipped_questionnaire("region"), shipped_chain("region", "baseline"), further)
    case = case_of(instrument, answered(instrument, facts=CLUSTER))
    assert front.key_figures(case).figures[1].note.startswith("local conditions: ")
    assert "Ledger" in texts_of(tuple(references.term_blocks(case)))


def test_only_what_speaks_against_a_profile_is_told_of_one_that_does_not_fit() -> None:
    facts = {"tier": "county", "gateway": ["airport"], "structure": ["resource_led"], "resource_class": "none"}
    alone = instrument_of(shipped_questionnaire("region"), shipped_chain("region", "border_gateway"))
    further = [(shipped_chain("region", "border_gateway"), Decimal("0.4"))]
    blend = instrument_of(shipped_questionnaire("region"), shipped_chain("region", "energy_base"), further)
    for instrument in (alone, blend):
        said = next(iter(texts_of(tuple(yardstick_blocks(case_of(instrument, answered(instrument, facts=facts)))))))
        assert "would not usually be chosen." in said
        assert not any(words in said for words in ("international hub airport", "banner", "mining"))


@pytest.mark.parametrize(
    ("profile", "facts", "speaks_for"),
    [
        (
            "industrial_renewal",
            {"old_industrial": "yes", "resource_class": "none", "gdp_ratio": "125"},
            "old industrial bases",
        ),
        ("border_gateway", {"gateway": ["border"]}, "land border"),
        ("innovation_hub", {"science_role": ["laboratory"]}, "national laboratory"),
    ],
)
def test_what_speaks_for_a_profile_is_no_reason_against_it(
    profile: str, facts: dict[str, object], speaks_for: str
) -> None:
    """“(… it is on the national list of old industrial bases)” stood as why the profile for these is not usual."""
    instrument = instrument_of(shipped_questionnaire("region"), shipped_chain("region", profile))
    case = case_of(
        instrument, answered(instrument, facts={"tier": "city", "zone": "mixed", "rd_base": "weak", **facts})
    )
    (said, *_) = texts_of(tuple(yardstick_blocks(case)))
    assert "would not usually be chosen" in said
    assert speaks_for not in said.partition("would not usually be chosen")[2].partition(".")[0]


@pytest.mark.parametrize("profile", ["ecological", "grain_base", "border_gateway"])
def test_a_fact_without_an_answer_is_no_reason_for_or_against_a_profile(profile: str) -> None:
    """One that fits, one that does not and one that cannot be judged, each with facts that are open."""
    instrument = shipped("region", profile)
    answers = answered(instrument, facts={"tier": "county", "zone": "ecological", "rd_base": "weak"})
    for language, open_words in (("en", "not answered"), ("zh", "未答")):
        told = texts_of(tuple(local.profile(case_of(instrument, answers, language))))
        assert not any(open_words in said for said in told)


@pytest.mark.parametrize(
    ("profile", "own", "what", "which"),
    [
        ("baseline", {"factor": 2}, "by hand: ", "Corrections by hand "),
        ("baseline", {"target": 90}, "by hand: ", "Corrections by hand "),
        ("exporter", {"factor": 2}, "the firm's conditions and by hand: ", "The firm's conditions and corrections by "),
        ("exporter", {"target": 90}, "the firm's conditions: ", "The firm's conditions lower "),
    ],
)
def test_what_was_corrected_by_hand_is_not_laid_to_the_conditions(
    profile: str, own: dict[str, int], what: str, which: str
) -> None:
    instrument = shipped("firm", profile)
    case = case_of(instrument, answered(instrument, override=[{"node": "security", "why": "x"} | own]))
    assert front.key_figures(case).figures[1].note.startswith(what)
    assert local.headline(case).startswith(which)


def test_a_correction_of_a_part_that_is_not_assessed_is_not_told_as_one_that_counts() -> None:
    """Of a factor on what has no weight here the brief says that it changes nothing at present."""
    instrument = shipped("region", "trade_hub")
    answers = answered(instrument, facts=CLUSTER)
    for node, idle in (("trade_visitors", True), ("green", False)):
        own = Override.model_validate({"node": node, "factor": 2, "target": 90, "why": "x"})
        case = case_of(instrument, answers.model_copy(update={"override": (own,)}))
        said = next(iter(texts_of(tuple(yardstick_blocks(case)))))
        assert "was multiplied by 2.00 and its target set" in said
        assert ("At present this changes nothing, since" in said) == idle
        assert ("by hand" in front.key_figures(case).figures[1].note) != idle


@pytest.mark.parametrize(
    ("language", "risen", "said"),
    [
        ("en", "rises from 10.0% to 19.2%", "The weights above already contain what was decided by hand."),
        ("zh", "由10.0%提高到19.2%", "上述权重已计入人工修正。"),
    ],
)
def test_that_weights_with_the_reason_of_a_profile_contain_a_correction_is_said(
    language: str, risen: str, said: str
) -> None:
    """Of 10.0 → 19.2 the profile moves 0.6, the firm's own factor of 2 the rest, which no profile's reason explains.

    One that moves no weight is contained in none, and no other sentence speaks of weights that a baseline moves.
    """
    for profile, own, told in (
        ("large_manufacturer", {"factor": 2}, True),
        ("large_manufacturer", {"factor": 0}, True),
        ("large_manufacturer", {"target": 90}, False),
        ("large_manufacturer", None, False),
        ("baseline", {"factor": 2}, False),
    ):
        instrument = shipped("firm", profile)
        override = [] if own is None else [{"node": "security", "why": "x"} | own]
        words = next(
            iter(
                texts_of(
                    tuple(yardstick_blocks(case_of(instrument, answered(instrument, override=override), language)))
                )
            )
        )
        assert (said in words) == told, (profile, own)
        assert (risen in words) == (profile != "baseline" and own == {"factor": 2})


def test_no_reason_is_told_for_a_part_that_is_not_assessed_here() -> None:
    """The hub's rubric moves trade and visitors most; a place without them does not read that their weight rises."""
    instrument = shipped("region", "trade_hub")
    case = case_of(instrument, answered(instrument, facts=CLUSTER))
    assert case.nodes["trade_visitors"].state == "not_assessed"
    said = next(iter(texts_of(tuple(yardstick_blocks(case)))))
    assert "so the weight of" in said
    assert case.in_sentence(case.title("trade_visitors")) not in said


UNUSUAL = "By the facts Main agricultural production area would not usually be chosen ("
"""Of the part of the blend that does not fit, and of it alone."""


@pytest.mark.parametrize(
    ("further", "facts", "said"),
    [
        ("grain_base", CLUSTER, UNUSUAL),
        ("ecological", CLUSTER, "Whether it fits cannot be said yet"),
        ("ecological", {**CLUSTER, "zone": "ecological", "resource_class": "none"}, ""),
    ],
)
def test_brief_and_volume_judge_a_blend_alike_by_all_its_parts(
    further: str, facts: Mapping[str, Any], said: str
) -> None:
    """Where one part does not fit, or cannot be judged yet, neither says that the blend fits by these facts."""
    parts = [(shipped_chain("region", further), Decimal("0.4"))]
    instrument = instrument_of(shipped_questionnaire("region"), shipped_chain("region", "cluster_county"), parts)
    case = case_of(instrument, answered(instrument, facts=facts))
    brief, volume = (" ".join(texts_of(tuple(blocks))) for blocks in (yardstick_blocks(case), local.profile(case)))
    for told in (brief, volume):
        judged = [words for words in (UNUSUAL, "Whether it fits cannot be said yet") if words in told]
        assert judged == ([said] if said else [])
    assert ("It fits by these facts" in volume) == ("That fits the facts" in brief) == (not said)


@pytest.mark.parametrize(("port", "said"), [("yes", "is there a port: yes."), ("no", "(is there a port: no).")])
def test_a_bare_yes_or_no_that_judges_a_profile_stands_behind_its_question(port: str, said: str) -> None:
    plain = tiny({"p": {"d": 20}})
    options = {"yes": {"en": "Yes"}, "no": {"en": "No"}}
    plain.questionnaire["facts"] = {"port": {"kind": "single", "text": {"en": "Is there a port?"}, "options": options}}
    own = {"id": "harbour", "based_on": "base", "fits": {"fact": "port", "is": "yes"}}
    adjust = [{"node": "d", "target": 60, "why": {"en": "y"}}]
    chain = [*plain.chain, {**plain.chain[0], **own, "targets": {}, "adjust": adjust}]
    answers = Answers.model_validate({**plain.answers, "facts": {"port": {"value": port}}})
    case = case_of(instrument_of(plain.questionnaire, chain), answers)
    for blocks in (local.profile(case), yardstick_blocks(case)):
        told = " ".join(texts_of(tuple(blocks)))
        assert said in told
        assert "()" not in told


@pytest.mark.parametrize(("year", "said"), [(2019, "is 7 (2019)."), (2025, "is 7."), (None, "is 7.")])
def test_a_fact_of_another_year_that_makes_the_profile_fit_is_told_with_it(year: int | None, said: str) -> None:
    plain = tiny({"p": {"d": 20}})
    plain.questionnaire["facts"] = {"income": {"kind": "number", "range": [0, 10], "text": {"en": "What is income?"}}}
    own = {"id": "rich", "based_on": "base", "fits": {"fact": "income", "at_least": 5}}
    instrument = instrument_of(plain.questionnaire, [*plain.chain, {**plain.chain[0], **own, "targets": {}}])
    facts = {"income": {"value": 7, **({} if year is None else {"year": year})}}
    answers = Answers.model_validate({**plain.answers, "subject": {"period": "2025"}, "facts": facts})
    judged = suggestions(instrument.questionnaire, [instrument.chain[:1], instrument.chain], answers)
    case = replace(case_of(instrument, answers), suggestions=judged)
    for blocks in (local.profile(case), yardstick_blocks(case)):
        assert said in " ".join(texts_of(tuple(blocks)))


@pytest.mark.parametrize(("facts", "said"), [({"port": {"value": "yes"}}, True), ({}, False)])
def test_a_reason_that_names_facts_alone_leaves_no_torn_sentence_where_they_are_not_answered(
    facts: Mapping[str, Any], said: bool
) -> None:
    """As “Port town. , so the weight of effluent rises” would be."""
    plain = tiny({"p": {"d": 20, "e": 50}})
    options = {"yes": {"en": "Yes", "finding": {"en": "It has a port"}}, "no": {"en": "No"}}
    plain.questionnaire["facts"] = {"port": {"kind": "single", "text": {"en": "Is there a port?"}, "options": options}}
    adjust = [{"node": "d", "factor": 3, "why": {"en": "{port} that counts"}}]
    chain = [*plain.chain, {**plain.chain[0], "id": "harbour", "based_on": "base", "targets": {}, "adjust": adjust}]
    answers = Answers.model_validate({**plain.answers, "facts": facts})
    told = " ".join(texts_of(tuple(yardstick_blocks(case_of(instrument_of(plain.questionnaire, chain), answers)))))
    assert ("that counts, so the weight of" in told) == said
    assert " , so" not in told


@pytest.mark.parametrize(
    ("port", "told"), [(None, True), ({"state": "dk"}, True), ({"value": "no"}, False), ({"value": "yes"}, False)]
)
def test_a_correction_that_waits_for_an_answer_is_told_wherever_the_weights_are(
    port: Mapping[str, Any] | None, *, told: bool
) -> None:
    plain = tiny({"p": {"d": 20, "e": 50}})
    options = {"yes": {"en": "Yes"}, "no": {"en": "No"}}
    plain.questionnaire["facts"] = {"port": {"kind": "single", "text": {"en": "Is there a port?"}, "options": options}}
    adjust = [{"node": "d", "factor": 3, "when": {"fact": "port", "is": "yes"}, "why": {"en": "w"}}]
    chain = [*plain.chain, {**plain.chain[0], "id": "harbour", "based_on": "base", "targets": {}, "adjust": adjust}]
    answers = Answers.model_validate({**plain.answers, "facts": {} if port is None else {"port": port}})
    case = case_of(instrument_of(plain.questionnaire, chain), answers)
    for blocks in (ledger(case), yardstick_blocks(case), score_blocks(case.instrument, answers, case.card, "en")):
        assert " ".join(texts_of(tuple(blocks))).count("moves the weight or target of “x”; whether") == told


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", " By the facts the usual choice is: Specialised-cluster county."), ("zh", "按所填情况，通常采用：")],
)
def test_the_brief_says_which_profile_fits_where_the_general_weights_are_used(language: str, said: str) -> None:
    """And not only that they make no assumption; where none fits it says nothing of one."""
    instrument = shipped("region", "baseline")
    answers = answered(instrument, facts=CLUSTER)
    chains = [shipped("region", id).chain for id in ("baseline", "grain_base", "cluster_county")]
    judged = suggestions(instrument.questionnaire, chains, answers)
    case = replace(case_of(instrument, answers, language), suggestions=judged)
    assert judged[0].profile.id == "cluster_county"
    assert said in next(iter(texts_of(tuple(yardstick_blocks(case)))))
    unfit = replace(case, suggestions=judged[1:])
    assert said not in next(iter(texts_of(tuple(yardstick_blocks(unfit)))))
