"""What page two must not hide: a floor that fired, a cap that looks like certainty, answers to another edition."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.engine.instrument import Instrument, chain_version, digest
from nqpf_assess.engine.merging import Wish, merge
from nqpf_assess.files.library import Library
from nqpf_assess.model.answers import Answers, Override
from nqpf_assess.model.condition import subjects
from nqpf_assess.report.blocks import Cover, Outline, Paragraph, Table, texts_of, words_of
from nqpf_assess.report.outline.decision import sureness
from nqpf_assess.report.outline.local import facts
from nqpf_assess.report.outline.method import method_blocks
from nqpf_assess.report.outline.pillars import overview_blocks
from nqpf_assess.report.outline.sureness import (
    balance,
    check_blocks,
    checks_headline,
    coverage,
    differing,
    headline,
    robustness,
)
from nqpf_assess.report.wording import number
from tests.report.outline.made import CLUSTER, answered, case_of, every_text, outline, scored, sections, shipped
from tests.support.scored import instrument_of
from tests.support.varied import tiny

SAMPLES = Path(__file__).parents[3] / "samples"
CLEAN_FLOOR = 40.0


def answers_with(instrument: Instrument, clean: float, others: float, **head: Any) -> Answers:
    """Answers near `clean` in the dimension of clean production, which has a floor, and near `others` elsewhere."""
    dimension = instrument.questionnaire.questions_of["clean_production"]
    return answered(instrument, facts=CLUSTER, wanted=lambda id: clean if id in dimension else others, **head)


def page_two(made: Outline) -> str:
    return " ".join(texts_of(sections(made.parts[0])["answer"]))


@pytest.mark.parametrize(("language", "said"), [("en", "below its floor of 40.0"), ("zh", "低于40.0分的底线")])
def test_a_floor_that_caps_is_named_on_page_two(language: str, said: str) -> None:
    instrument = shipped("region", "cluster_county")
    answers = answers_with(instrument, 0.0, 95.0)
    overall = case_of(instrument, answers).card.overall
    assert "clean" in overall.floors
    assert overall.score is not None
    assert overall.uncapped is not None
    assert overall.score < overall.uncapped
    assert said in page_two(outline(instrument, answers, language))


@pytest.mark.parametrize(("language", "said"), [("en", "below its floor of 40.0"), ("zh", "低于40.0分的底线")])
@pytest.mark.parametrize("others", [30.0, None])
def test_a_floor_that_takes_no_points_is_named_as_well(language: str, said: str, others: float | None) -> None:
    """Whether the total lies under the cap by itself, or there is no total yet."""
    instrument = shipped("region", "cluster_county")
    answers = answers_with(instrument, 0.0, others)  # type: ignore[arg-type]
    overall = case_of(instrument, answers).card.overall
    assert "clean" in overall.floors
    assert overall.score == overall.uncapped
    assert said in page_two(outline(instrument, answers, language))


def report_on_sample(name: str, language: str) -> str:
    """Every word of a sample's report."""
    sheet = Library().open_answers(SAMPLES / name)
    assert sheet.instrument is not None
    assert sheet.answers is not None
    return " ".join(every_text(outline(sheet.instrument, sheet.answers, language)))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "What can lift it: “Backup, access and one drill” (No. 6)"), ("zh", "补上的办法：“备份、权限和一次演练”")],
)
def test_of_all_that_fits_what_lifts_a_floor_by_itself_is_named(language: str, said: str) -> None:
    """Beyond the first acts too: “not enough alone” is not said where another measure is enough."""
    assert said in report_on_sample("firm_food_workshop.toml", language)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "10% in the year (to be cleared up)."), ("zh", "能耗降低率为10%（待核实）。")]
)
def test_what_does_not_go_together_with_another_answer_is_no_achievement_without_a_word(
    language: str, said: str
) -> None:
    """A doubt about a fall of 10% in one year stands beside it among what has been achieved, not in an annex alone."""
    assert said in report_on_sample("energy_base_contradictory.toml", language)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "that of “Green productivity” comes to 80.7."),
        ("zh", "“绿色生产力”中另定目标的维度保持不变，各维度目标按权重汇总为80.7分。"),
    ],
)
def test_the_target_that_a_place_set_for_a_pillar_and_the_one_beside_its_score_are_told_apart(
    language: str, said: str
) -> None:
    """A place may set 82.0 where the tables have 80.7: the sentence explains both."""
    assert said in report_on_sample("border_county_override.toml", language)


@pytest.mark.parametrize(
    ("language", "calm"), [("en", "If every weight were"), ("zh", "各项权重上下浮动")], ids=["en", "zh"]
)
def test_a_capped_score_is_not_called_robust(language: str, calm: str) -> None:
    instrument = shipped("region", "cluster_county")
    capped = outline(instrument, answers_with(instrument, 0.0, 95.0), language)
    free = outline(instrument, answers_with(instrument, 95.0, 95.0), language)
    assert calm in page_two(free)
    assert calm not in page_two(capped)
    before = case_of(instrument, answers_with(instrument, 0.0, 95.0)).card.overall.uncapped
    sure = [block for block in sections(capped.parts[0])["answer"] if isinstance(block, Paragraph)][-1]
    assert f"{before:.1f}" in " ".join(run.text for run in sure.runs)


def test_where_all_but_one_are_alike_not_all_are_the_weakest() -> None:
    """Of six pillars at 100 and one below it seven are not called the weakest."""
    instrument = shipped("region", "cluster_county")
    questions, clean = instrument.questionnaire.questions, instrument.questionnaire.questions_of["clean_production"]
    whole = {id: 60.0 if id in clean else 100.0 for id in questions if questions[id].kind != "multi"}
    said = page_two(outline(instrument, answered(instrument, facts=CLUSTER, wanted=whole.get), "en"))
    assert "If every weight were" in said
    assert "the weakest" not in said


def test_one_answer_is_one() -> None:
    instrument = shipped("region", "cluster_county")
    first = next(iter(instrument.questionnaire.questions))
    made = outline(instrument, answered(instrument, wanted=lambda id: 50.0 if id == first else None), "en")
    said = " ".join(texts_of(made.parts[0].blocks))
    assert "answered so far: 1 of" in said
    assert "1 of 73 questions are" not in said
    assert "1 of 1 answers" not in said.replace("evidence for 0 of 1 answers", "")


def reference(instrument: Instrument, *, version: str = "", other_content: bool = False) -> dict[str, str]:
    found = digest(instrument.questionnaire)
    return {
        "id": instrument.questionnaire.id,
        "version": version or instrument.questionnaire.version,
        "digest": "sha256:" + "0" * 64 if other_content else found,
    }


@pytest.mark.parametrize(
    ("stated", "said"),
    [({"version": "2019.9.0"}, "2019.9.0"), ({"other_content": True}, "with other content")],
    ids=["version", "content"],
)
def test_answers_to_another_edition_say_so_on_the_first_page_and_beside_the_score(
    stated: dict[str, Any], said: str
) -> None:
    instrument = shipped("region", "cluster_county")
    rubric = {"id": instrument.profile.id, "version": chain_version(instrument.chain)}
    answers = answers_with(instrument, 50.0, 50.0, questionnaire=reference(instrument, **stated), weights=rubric)
    made = outline(instrument, answers, "en")
    cover = made.parts[0].blocks[0]
    assert isinstance(cover, Cover)
    assert any(said in value for _, value in cover.facts)
    assert said in page_two(made)


def test_that_answers_still_hold_is_not_doubted_for_another_rubric() -> None:
    """It weighs them otherwise: what may be others are the figures."""
    instrument = shipped("region", "cluster_county")
    answers = answers_with(
        instrument, 50.0, 50.0, questionnaire=reference(instrument), weights={"id": "ecological", "version": "1"}
    )
    said = page_two(outline(instrument, answers, "en"))
    assert "The answers name rubric ecological 1 and are scored by rubric cluster_county" in said
    assert "still hold" not in said


def test_answers_to_this_edition_say_nothing_of_editions() -> None:
    instrument = shipped("region", "cluster_county")
    rubric = {"id": instrument.profile.id, "version": chain_version(instrument.chain)}
    answers = answers_with(instrument, 50.0, 50.0, questionnaire=reference(instrument), weights=rubric)
    made = outline(instrument, answers, "en")
    assert "answered under" not in " ".join(texts_of(made.parts[0].blocks[:1]))
    assert "given under" not in page_two(made)


def test_a_floor_that_holds_under_every_method_is_a_sentence_and_no_table_of_one_figure() -> None:
    instrument = shipped("region", "cluster_county")
    case = case_of(instrument, answers_with(instrument, 0.0, 95.0))
    assert {variant.score for variant in case.card.variants} == {case.card.overall.score}
    made = robustness(case)
    assert "under every other choice of method" in " ".join(texts_of(made))
    assert not any("other choices of method" in block.caption for block in made if isinstance(block, Table))


@pytest.mark.parametrize(("language", "said"), [("en", "that floor does not hold it"), ("zh", "该底线不再限制总分")])
def test_a_floor_that_other_weights_lift_is_not_told_as_holding_whatever_the_weights(language: str, said: str) -> None:
    """The sample's range ends at 91.3, above its cap of 59.0."""
    sheet = Library().open_answers(SAMPLES / "innovation_hub_city.toml")
    assert sheet.instrument is not None
    assert sheet.answers is not None
    case = case_of(sheet.instrument, sheet.answers, language)
    overall = case.card.overall
    assert (overall.robust_high or 0.0) > (overall.score or 0.0)
    words = " ".join(texts_of(robustness(case)))
    assert said in words
    assert "end at the cap" not in words
    assert "whatever the weights" not in headline(case)
    cluster = shipped("region", "cluster_county")
    held = case_of(cluster, answers_with(cluster, 0.0, 95.0))
    assert "end at the cap" in " ".join(texts_of(robustness(held)))
    # Just below its floor, so that answers that are off a little lift it: the range told beside it passes 90.
    near = answers_with(cluster, 43.0, 95.0, entries={"clean_production_programme": {"value": 1}})
    held = case_of(cluster, near)
    assert number(held.card.overall.robust_high) == number(held.card.overall.score) == "59.0"
    assert (held.card.overall.confidence_high or 0.0) > 90.0
    words = " ".join(texts_of(robustness(held)))
    assert "end at the cap" not in words
    assert "the floor would not hold it there" in words


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Every scored pillar has reached"), ("zh", "已评分的支柱均已达到目标")]
)
def test_what_is_not_answered_is_neither_on_target_nor_behind_nor_above_its_floor(language: str, said: str) -> None:
    instrument = shipped("region", "baseline")
    found = instrument.questionnaire
    parts = [*found.dimensions_of["talent"], "livelihood"]
    blank = {id for part in parts for id in found.questions_of[part]}
    answers = answered(instrument, wanted=lambda id: None if id in blank else 100.0)
    made = outline(instrument, answers, language)
    text = page_two(made)
    assert said in text
    assert ("Balance: every scored dimension" if language == "en" else "协调共享：已评分的维度") in " ".join(
        every_text(made)
    )
    assert ("No floor is broken so far" if language == "en" else "目前未触发底线") in text
    assert ("three floors hold" if language == "en" else "底线均守住") not in text


def test_a_broken_floor_that_an_open_answer_decides_is_told_as_open() -> None:
    """With the range, and with the other parts whose floors may break too."""
    instrument = shipped("region", "baseline")
    of_part = {part: instrument.questionnaire.questions_of[part] for part in ("livelihood", "safe_development")}
    too = "For safe development what is not answered yet decides whether a floor breaks there too."

    def told(blank: set[str], others: float) -> str:
        given = dict.fromkeys(of_part["livelihood"], 35.0) | dict.fromkeys(of_part["safe_development"], 50.0)
        given |= dict.fromkeys(blank)
        answers = answered(instrument, wanted=lambda id: given.get(id, others))
        assert case_of(instrument, answers).card.overall.floors == ("people",)
        return page_two(outline(instrument, answers, "en"))

    open_yet = {ids[0] for ids in of_part.values()}
    for blank in (open_yet, set[str]()):
        text = told(blank, 80.0)
        for said in (
            "Whether livelihood and public services stays below hangs on what is not answered yet.",
            too,
            "depending on the open answers it lies between 59.0 and 79.8. Before the floor it is 78.4.",
        ):
            assert (said in text) == bool(blank), said
        assert ("no range says how firm it is" in text) != bool(blank)
    assert too not in told(open_yet, 50.0)  # the score is lower than that floor would hold it


@pytest.mark.parametrize(
    ("language", "open_yet", "held"),
    [
        ("en", "for livelihood and public services what is not answered yet decides", "All three floors hold."),
        ("zh", "能否守住底线，取决于未答题目", "底线均守住"),
    ],
)
def test_a_floor_that_an_open_answer_could_still_break_does_not_hold_yet(
    language: str, open_yet: str, held: str
) -> None:
    """Above its floor by what is answered, below it by the lowest that the open answers allow."""
    instrument = shipped("region", "baseline")
    first, *_others = instrument.questionnaire.questions_of["livelihood"]
    for blank, said, not_said in (({first}, open_yet, held), (set(), held, open_yet)):
        answers = answered(instrument, wanted=lambda id, blank=blank: None if id in blank else 45.0)  # type: ignore[misc]
        node = case_of(instrument, answers).nodes["livelihood"]
        assert node.score is not None
        text = page_two(outline(instrument, answers, language))
        assert said in text
        assert not_said not in text
        annex = " ".join(texts_of(method_blocks(case_of(instrument, answers, "en"))))
        assert ("not to be judged yet" in annex) == bool(blank)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Both floors hold. No floor judges what is not assessed here: cleaner production."),
        ("zh", "两道底线均守住。本次不评估、因而不作底线判断的有：清洁生产。"),
    ],
)
def test_the_part_that_a_place_leaves_out_is_not_among_what_the_floors_hold(language: str, said: str) -> None:
    """A part that a correction by hand switches off is judged by no floor: that stands beside “both floors hold”."""
    instrument = shipped("region", "cluster_county")
    override = [{"node": "clean_production", "factor": 0, "why": "another office judges it"}]
    assert said in page_two(outline(instrument, answers_with(instrument, 0.0, 95.0, override=override), language))


@pytest.mark.parametrize(("language", "said"), [("en", "Several weak points"), ("zh", "多处短板")])
def test_of_several_floors_with_one_cap_none_alone_holds_the_score(language: str, said: str) -> None:
    instrument = shipped("region", "baseline")
    weak = [id for part in ("clean_production", "livelihood") for id in instrument.questionnaire.questions_of[part]]
    text = page_two(outline(instrument, answered(instrument, wanted=lambda id: 0.0 if id in weak else 95.0), language))
    assert said in text
    assert "0.0 points of the total" not in text
    assert "提高总分0.0分" not in text


def test_a_fact_that_nobody_is_sure_of_is_no_fact_but_missing() -> None:
    instrument = shipped("region", "baseline")
    blocks = facts(case_of(instrument, answered(instrument, facts={"tier": "county", "zone": "unsure"})))
    said = " ".join(texts_of(blocks))
    assert "Not sure" not in said
    assert f"{len(instrument.questionnaire.facts) - 1} facts are not answered" in said


@pytest.mark.parametrize(("language", "said"), [("en", "No scored pillar has"), ("zh", "已评分的支柱均未达到目标")])
def test_a_pillar_without_a_score_is_not_told_as_one_below_its_target(language: str, said: str) -> None:
    instrument = shipped("region", "baseline")
    found = instrument.questionnaire
    blank = {id for part in found.dimensions_of["talent"] for id in found.questions_of[part]}
    text = page_two(
        outline(instrument, answered(instrument, wanted=lambda id: None if id in blank else 50.0), language)
    )
    assert said in text


def test_combinations_that_no_answers_decide_are_not_told_as_checked() -> None:
    """A quick screening asks half of what they compare: the others are counted as not asked."""
    sheet = Library().open_answers(SAMPLES / "grain_county_quick.toml")
    assert sheet.instrument is not None
    assert sheet.answers is not None
    none = sheet.answers.model_copy(update={"answers": {}})
    told = []
    for answers, checked in ((sheet.answers, {}), (sheet.answers, {"checked": 0}), (none, {})):
        case = case_of(sheet.instrument, answers)
        vars(case).update(checked)
        sure = " ".join(texts_of(tuple(sureness(case))))
        told.append((checks_headline(case), " ".join(texts_of(check_blocks(case))), "contradict" in sure))
    quick, alone, nothing = told
    assert quick[1].startswith("Combinations of answers checked: 19. None")
    assert "not asked or does not apply here: 9." in quick[1]
    assert (quick[0], quick[2]) == ("No contradictions between answers", True)
    # A pillar without a score may be weaker than those that are called the weakest.
    case = case_of(sheet.instrument, sheet.answers)
    unscored = [replace(node, score=None) if node.id == "green" else node for node in case.pillars]
    some = []
    for each in (case.pillars, unscored):
        vars(case)["pillars"] = each
        some.append(" ".join(texts_of(tuple(sureness(case)))))
    assert ["among the three that score lowest" in words for words in some] == [True, False]
    assert alone[1].startswith("No combination of answers could be checked yet.")
    assert [(head, sure) for head, _, sure in (alone, nothing)] == [("Contradictions between answers", False)] * 2


def test_a_part_of_a_contradiction_that_has_no_score_has_none() -> None:
    """Said in words: “score –” among the answers concerned is none."""
    instrument = shipped("region", "cluster_county")
    questions = instrument.questionnaire.questions
    high = {id: 100.0 if questions[id].dimension == "digital_industry" else 10.0 for id in questions}
    case = case_of(instrument, answered(instrument, facts=CLUSTER, wanted=high.get))
    checks = [case.questionnaire.checks[check.id] for check in case.card.checks]
    assert any("industry_digitalisation" in subjects(check.when, "dimension") for check in checks)
    unscored = replace(case.nodes["industry_digitalisation"], score=None)
    vars(case)["nodes"] = {**case.nodes, unscored.id: unscored}
    said = " ".join(texts_of(check_blocks(case)))
    assert "Digitalisation of industry: no score yet" in said
    assert "score –" not in said


@pytest.mark.parametrize(
    ("language", "none", "bare"),
    [
        (
            "en",
            "The questionnaire lists no countermeasures.",
            "questions are answered, none of them with evidence.",
        ),
        ("zh", "问卷未列对策措施。", "均无佐证。"),
    ],
)
def test_a_questionnaire_without_measures_calls_for_none_that_it_has(language: str, none: str, bare: str) -> None:
    """It says that there are none, and counts nothing “of the 0 measures on the list”."""
    from tests.support.scored import instrument_of
    from tests.support.varied import tiny

    plain = tiny({"p": {"d": 2, "e": 1}})
    instrument = instrument_of(plain.questionnaire, plain.chain)
    said = " ".join(texts_of(outline(instrument, Answers.model_validate(plain.answers), language).parts[0].blocks))
    assert said.count(none) == 2
    assert bare in said


@pytest.mark.parametrize(
    ("language", "brief", "heading"),
    [
        (
            "en",
            "On 3 of the answers those who were asked differed, and nobody has answered anew since.",
            "answered differently",
        ),
        ("zh", "有3处答案各方所答不一，其后未重新作答。", "各方所答不一之处"),
    ],
)
def test_a_report_says_where_those_who_were_asked_do_not_agree(language: str, brief: str, heading: str) -> None:
    """A leader does not read one level with high confidence, of which some of the bureaus said otherwise."""
    instrument = shipped("region", "cluster_county")
    levels = [id for id, question in instrument.questionnaire.questions.items() if question.kind == "level"][:3]
    files = []
    for name, level in (("Ann", 1), ("Bo", 3), ("Cy", 3)):
        facts = CLUSTER | {"rd_base": "weak" if name == "Cy" else "fair"}
        aside = {"value": 4} if level == 1 else {"state": "na", "reason": "x"}
        entries = {levels[0]: {"value": level}, levels[1]: {"value": 2, "note": name}, levels[2]: aside}
        files.append((name, answered(instrument, facts=facts, entries=entries)))
    answers = merge(instrument, files, Wish("majority")).answers
    made = outline(instrument, answers, language)
    assert brief in page_two(made)
    told = " ".join(texts_of(sections(made.parts[0])["sureness"]))
    assert heading in told
    stands, other = {"en": ("level 3", "level 1"), "zh": ("第3级", "第1级")}[language]
    (table,) = differing(case_of(instrument, answers, language))
    assert isinstance(table, Table)
    rows = [["".join(run.text for run in cell) for cell in row] for row in table.rows]
    assert rows[-2][1:] == [stands, other]
    assert rows[-1][2] == {"en": "level 4", "zh": "第4级"}[language]  # what is left out is no less disputed
    settled = answers.answers[levels[0]].model_copy(update={"value": 2, "by": "Ann"})
    again = answers.model_copy(update={"answers": {**answers.answers, levels[0]: settled}})
    assert len(case_of(instrument, again).disputes) == 2
    assert not differing(case_of(instrument, files[0][1]))


def test_what_does_not_count_is_no_dispute() -> None:
    """A question that is not asked here, does not apply by the facts, or has no weight, is nothing to settle."""
    instrument, facts = shipped("region", "cluster_county"), CLUSTER | {"digital_base": "basic"}
    ids = ("ai_plus_use", "supply_kept", "rd_organisation")
    entries = [{id: {"value": level} for id in ids} for level in (1, 3)]
    files = [(str(one), answered(instrument, facts=facts, entries=one)) for one in entries]
    answers = merge(instrument, files, Wish("majority")).answers
    case = case_of(instrument, answers)
    assert [(case.nodes[id].state, bool(answers.answers[id].voices)) for id in ids] == [
        ("na", True),
        ("hidden", True),
        ("answered", True),
    ]
    assert [*case.disputes] == [ids[2]]
    off = Override(node=instrument.questionnaire.questions[ids[2]].dimension, factor=Decimal(0), why="x")
    assert not case_of(instrument, answers.model_copy(update={"override": (off,)})).disputes


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Whether other questions, scales or weights apply here is not known"),
        ("zh", "是否适用其他题目、标尺或权重尚不能确定"),
    ],
)
def test_questions_and_scales_that_an_open_fact_may_bring_are_not_told_as_settled(language: str, said: str) -> None:
    """All are answered, and all floors hold, only where no open fact may bring a question that breaks one."""
    instrument = shipped("region", "baseline")
    options = {id: [*getattr(fact, "options", ())] for id, fact in instrument.questionnaire.facts.items()}
    facts = {
        id: next((one for one in ("none", "no", "urbanised") if one in known), known[0]) if known else "50"
        for id, known in options.items()
    }
    told = {}
    for open_yet in ("", "zone", "old_industrial"):
        known = {id: value for id, value in facts.items() if id != open_yet}
        case = case_of(instrument, answered(instrument, facts=known), language)
        told[open_yet] = said in words_of(next(iter(sureness(case))).runs)
    assert told == {"": False, "zone": True, "old_industrial": True}


PORT, HIGH = {"fact": "port", "is": "yes"}, {"question": "q_d", "at_least": 50}
SCALE, OTHER = ({"when": when, "scale": [[0, 0], [50, 100]]} for when in (PORT, HIGH))


@pytest.mark.parametrize(
    ("mode", "state", "hangs", "said"),
    [
        ("full", "dk", {"scale_when": [SCALE]}, True),
        ("full", "dk", {"na_when": PORT}, True),
        ("quick", "dk", {"scale_when": [SCALE]}, False),
        ("full", "na", {"scale_when": [SCALE]}, False),
        ("full", "dk", {"scale_when": [OTHER, SCALE]}, False),
        ("full", "dk", {"scale_when": [SCALE], "show_if": {"not": HIGH}}, False),
    ],
    ids=str,
)
def test_what_hangs_on_an_open_fact_is_told_where_it_can_still_matter(
    mode: str, state: str, hangs: dict[str, Any], said: bool
) -> None:
    """Not of a question that is never asked or set aside, nor of a scale behind one that counts."""
    made = tiny({"p": {"d": 60, "e": None}})
    options = {id: {"en": id} for id in ("yes", "no")}
    made.questionnaire["facts"] = {"port": {"kind": "single", "text": {"en": "x"}, "options": options}}
    made.questionnaire["questions"]["q_d"]["core"] = True
    made.questionnaire["questions"]["q_e"] |= hangs
    made.answers["answers"]["q_e"] = {"state": state, "reason": "x"}
    adjust = [{"node": "d", "factor": 3, "when": PORT, "why": {"en": "w"}}]
    profile = {**made.chain[0], "id": "harbour", "based_on": "base", "targets": {}, "adjust": adjust}
    answers = Answers.model_validate(made.answers | {"mode": mode, "facts": {"port": {"state": "dk"}}})
    for chain, told in ((made.chain, said), ([*made.chain, profile], True)):
        case = case_of(instrument_of(made.questionnaire, chain), answers)
        words = words_of(next(iter(sureness(case))).runs)
        assert ("Whether other questions, scales or weights apply" in words) == told


def test_questions_set_aside_by_whoever_answered_are_counted_those_that_a_rule_sets_aside_are_not() -> None:
    """What is uncomfortable may be called not applicable, which raises the score; page 1 says how much is."""
    made = tiny({"p": {"d": 60, "e": 20, "f": 20}})
    made.questionnaire["questions"]["q_e"] |= {
        "na_when": {"question": "q_d", "answered": True},
        "na_reason": {"en": "x"},
    }
    said = {}
    for state in ({"value": 20}, {"state": "na", "reason": "none here"}):
        answers = Answers.model_validate(made.answers | {"answers": made.answers["answers"] | {"q_f": state}})
        case = case_of(instrument_of(made.questionnaire, made.chain), answers)
        said[state.get("state")] = words_of(next(iter(sureness(case))).runs)
    assert "1 question was set aside as not applicable by whoever answered" in said["na"]
    assert "set aside" not in said[None]


def test_answers_of_low_confidence_are_counted_with_what_they_leave_of_the_score() -> None:
    """“How sure this is” does not stop at what is open where those who answered say themselves that they are not."""
    made, said = tiny({"p": {"d": 60, "e": 20}}), {}
    for confidence in ("low", "medium"):
        entry = made.answers["answers"]["q_d"] | {"confidence": confidence}
        answers = Answers.model_validate(made.answers | {"answers": made.answers["answers"] | {"q_d": entry}})
        case = case_of(instrument_of(made.questionnaire, made.chain), answers)
        said[confidence] = words_of(next(iter(sureness(case))).runs)
    wanted = "low for 1 answer, the score lies between 30.0 and 50.0."  # 60 ± 15 and 20 ± 5, each half
    assert wanted in said["low"]
    assert "confidence" not in said["medium"]


def test_figures_of_another_year_are_counted() -> None:
    """Who begins a year with last year's file may change three figures of forty: the page that decides says so."""
    made, said = tiny({"p": {"d": 60, "e": 20}}), {}
    for year in (2020, 2025):
        entry = made.answers["answers"]["q_d"] | {"year": year}
        changed = {"subject": {"name": "Anhe", "period": "2025"}, "answers": made.answers["answers"] | {"q_d": entry}}
        case = case_of(instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers | changed))
        said[year] = words_of(next(iter(sureness(case))).runs)
    assert "1 figure is of 2020, not of 2025." in said[2020]
    assert "not of 2025" not in said[2025]


def test_answers_to_an_earlier_wording_are_counted() -> None:
    """They count as they stand, which `check`, Review and the annex say; so does the page that decides."""
    made, said = tiny({"p": {"d": 60, "e": 20}}), {}
    made.questionnaire["questions"]["q_d"]["revision"] = 2
    for revision in (1, 2):
        entry = made.answers["answers"]["q_d"] | {"revision": revision}
        answers = Answers.model_validate(made.answers | {"answers": made.answers["answers"] | {"q_d": entry}})
        case = case_of(instrument_of(made.questionnaire, made.chain), answers)
        said[revision] = words_of(next(iter(sureness(case))).runs)
    assert "1 answer was given to an earlier wording of its question and should be confirmed." in said[1]
    assert "earlier wording" not in said[2]


@pytest.mark.parametrize(("last", "said"), [(None, "The 2 scored pillars of 3 range"), (40, "The pillars range")])
def test_balance_says_of_how_many_pillars_it_speaks(last: int | None, said: str) -> None:
    """With two of seven answered “the pillars” are not even."""
    (block,) = balance(case_of(*scored({"p": {"a": 20}, "q": {"b": 60}, "r": {"c": last}})))
    assert isinstance(block, Paragraph)
    assert words_of(block.runs).startswith(said)


def test_of_a_quick_screening_it_is_not_said_that_no_more_questions_apply() -> None:
    """Of 73 that apply 24 are asked there."""
    instrument = shipped("region", "cluster_county")
    case = case_of(instrument, answered(instrument, facts=CLUSTER, mode="quick"))
    said = " ".join(texts_of((*overview_blocks(case), *coverage(case))))
    assert "Everything that counts here is answered" in said
    assert "that apply here" not in said
