"""Where one assessment stands beside a benchmark file."""

import json
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.engine.scorecard import score
from nqpf_assess.exchange.benchmark import (
    Alike,
    BenchmarkGroup,
    Spread,
    place_of,
    placed,
    placings_row,
    read_peers,
    said,
    wanted_group,
)
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.pages.score import score_blocks
from nqpf_assess.report.blocks import texts_of
from nqpf_assess.report.outline import outline_of
from nqpf_assess.report.peer_words import group_words, spread_words, standing
from tests.support.scored import instrument_of
from tests.support.varied import tiny

CASE = tiny({"p": {"d": 40, "e": 80}})
SPREAD = {"scored": 118, "mean": 50, "q10": 20, "q25": 35, "median": 50, "q75": 65, "q90": 80}


@pytest.fixture
def card() -> Scorecard:
    return score(instrument_of(CASE.questionnaire, CASE.chain), Answers.model_validate(CASE.answers))


def file_of(path: Path, card: Scorecard, **changes: Any) -> Path:
    identity = {"id": card.questionnaire.id, "version": card.questionnaire.version, "digest": card.questionnaire.digest}
    rubric = {"id": card.weights.id, "version": card.weights.version, "digest": card.weights.digest, "n": 118}
    columns = dict.fromkeys(("score", "baseline_score", "pillar.p", "dimension.d"), SPREAD)
    groups = [{"group": {}, "n": 120, "columns": columns}, {"group": {"region": "R01"}, "n": 9, "columns": {}}]
    whole = {"format": "nqpf-benchmark/1", "questionnaire": identity, "weights": [rubric], "period": "2025"}
    path.write_text(json.dumps(whole | {"minimum_group": 5, "by": ["region"], "groups": groups} | changes), "utf-8")
    return path


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (10, "in the lowest tenth"),
        (20, "at the edge of the lowest tenth"),
        (21, "between the lowest tenth and the lower quartile"),
        (35 - 1e-12, "at the lower quartile"),
        (36, "between the lower quartile and the median"),
        (50, "at the median"),
        (51, "between the median and the upper quartile"),
        (65, "at the upper quartile"),
        (79, "between the upper quartile and the highest tenth"),
        (80, "at the edge of the highest tenth"),
        (81, "in the highest tenth"),
    ],
)
def test_a_score_is_placed_between_marks(score: float, words: str) -> None:
    """Or on one of them; closer than the tolerance meets it."""
    assert place_of(score, Spread(**SPREAD))["en"] == words


@pytest.mark.parametrize(
    ("score", "marks", "words"),
    [
        (59, {"q75": 59, "q90": 59}, "at the upper quartile"),
        (59, {"median": 59, "q75": 59, "q90": 59}, "at the median"),
        (0, {"q10": 0, "q25": 0}, "at the lower quartile"),
    ],
)
def test_a_score_that_many_share_is_not_told_as_the_best_or_above_the_worst(
    score: float, marks: dict[str, int], words: str
) -> None:
    """Places that a floor holds at one cap share a score: it stands at a quartile, and not in “the highest tenth”."""
    assert place_of(score, Spread(**SPREAD | marks))["en"] == words


def test_the_sentence_says_how_many_which_group_and_that_it_is_relative(card: Scorecard, tmp_path: Path) -> None:
    """In both languages."""
    found = placed(read_peers(file_of(tmp_path / "b.json", card)).benchmark, card)
    assert found.overall is not None
    sentence = said(found, found.overall)
    assert sentence["en"] == "between the median and the upper quartile of 118 respondents, 2025 (relative)"
    assert "118" in sentence["zh"]
    assert "相对" in sentence["zh"]
    assert set(found.nodes) == {"p", "d"}
    assert not found.notes


def test_a_score_that_is_not_the_median_is_not_printed_as_it(card: Scorecard, tmp_path: Path) -> None:
    """“53.0 is between the median and the upper quartile; their median is 53.0” reads as a mistake."""
    found = placed(read_peers(file_of(tmp_path / "b.json", card)).benchmark, card)
    assert found.overall is not None
    near = replace(found.overall, score=found.overall.spread.median + 0.02)
    questionnaire = instrument_of(CASE.questionnaire, CASE.chain).questionnaire
    told = standing(replace(found, overall=near), questionnaire)["en"]
    assert told.startswith(f"{near.score:.2f} is ")
    assert told.endswith(f"their median is {near.spread.median:.1f}.")


def test_other_weights_are_compared_by_the_baseline_score(card: Scorecard, tmp_path: Path) -> None:
    """And that is said, like another version of the same rubric or questionnaire."""
    other = {"id": "other", "version": "1", "digest": "sha256:0", "n": 3}
    found = placed(read_peers(file_of(tmp_path / "b.json", card, weights=[other])).benchmark, card)
    assert found.overall is not None
    assert found.overall.column == "baseline_score"
    assert "of the whole the baseline scores are compared" in found.notes[0]["en"]
    assert found.nodes["p"].score == next(node.score for node in card.nodes if node.id == "p")
    # What is named as lacking is that by which they are compared, here or in the benchmark, and not the overall score.
    lacking = replace(card, overall=replace(card.overall, baseline_score=None))
    alone = placed(read_peers(file_of(tmp_path / "b.json", card, weights=[other])).benchmark, lacking)
    bare = [{"group": {}, "n": 120, "columns": {"score": SPREAD}}]
    theirs = placed(read_peers(file_of(tmp_path / "b.json", card, weights=[other], groups=bare)).benchmark, card)
    told = [standing(one, instrument_of(CASE.questionnaire, CASE.chain).questionnaire)["en"] for one in (alone, theirs)]
    assert told[0].startswith("There is no baseline score to set beside the 120 respondents")
    assert told[1].startswith("The benchmark holds no score of the 120 respondents")
    older = {"id": card.questionnaire.id, "version": "0.9", "digest": "sha256:1"}
    found = placed(read_peers(file_of(tmp_path / "b.json", card, questionnaire=older)).benchmark, card)
    assert "another edition" in found.notes[0]["en"]


def test_the_others_are_told_beside_a_part_without_a_score(card: Scorecard, tmp_path: Path) -> None:
    """What has no score here has no placing, and the spread of the others stands beside it all the same."""
    bare = replace(card, nodes=tuple(replace(n, score=None) if n.id == "p" else n for n in card.nodes))
    placings = placed(read_peers(file_of(tmp_path / "b.json", card)).benchmark, bare)
    instrument = instrument_of(CASE.questionnaire, CASE.chain)
    lines = texts_of([*score_blocks(instrument, Answers.model_validate(CASE.answers), bare, "en", placings)])
    assert "p" not in placings.nodes
    spread = placings.spread_of(next(node for node in bare.nodes if node.id == "p"))
    assert spread is not None
    assert sum(spread_words(spread) in line for line in lines) >= 1


def test_weights_corrected_by_hand_are_said_beside_the_score(card: Scorecard, tmp_path: Path) -> None:
    """Here or in the benchmark, in a brief too: scores of other weights are not alike. A target by hand moves none."""
    plain = Answers.model_validate(CASE.answers)
    own = Answers.model_validate(CASE.answers | {"override": [{"node": "p", "factor": 2, "why": "x"}]})
    aim = Answers.model_validate(CASE.answers | {"override": [{"node": "p", "target": 70, "why": "x"}]})
    peers = read_peers(file_of(tmp_path / "b.json", card))
    told = {
        name: [note["en"] for note in peers.placed(card, each).notes] for name, each in (("own", own), ("aim", aim))
    }
    assert "Weights of this assessment were corrected by hand" in told["own"][0]
    assert not told["aim"]
    instrument = instrument_of(CASE.questionnaire, CASE.chain)
    others = read_peers(file_of(tmp_path / "c.json", card, corrected=True))
    for answers, read, words in (
        (own, peers, "of this assessment"),
        (plain, others, "respondents of the benchmark have"),
    ):
        made = outline_of(
            instrument, answers, languages=["en"], date="2026-11-25", peers=read, edition="brief", card=card
        )
        assert words in " ".join(texts_of(made.parts[0].blocks))


def test_baseline_scores_by_another_baseline_are_said_beside_every_figure(card: Scorecard, tmp_path: Path) -> None:
    """A baseline that was changed places nobody: the scores that are compared are not by the same weights."""
    ours = card.weights.baseline
    assert ours is not None
    other = {"id": "p1", "version": "1", "digest": "sha256:0", "n": 118}
    for root, unlike in ((asdict(ours), False), (asdict(ours) | {"digest": "sha256:1"}, True)):
        peers = read_peers(file_of(tmp_path / "b.json", card, weights=[other], baselines=[root]))
        placings = peers.placed(card, Answers.model_validate(CASE.answers))
        assert placings.other_edition is unlike
        assert any("not all by one baseline (" in note["en"] for note in placings.notes) is unlike


def test_a_quick_screening_is_said_to_be_one(card: Scorecard, tmp_path: Path) -> None:
    """Core questions alone do not compare with full assessments; weights corrected by hand are said beside it."""
    quick, full = (Answers.model_validate(CASE.answers | {"mode": mode}) for mode in ("quick", "full"))
    peers = read_peers(file_of(tmp_path / "b.json", card))
    assert "core questions alone" in peers.placed(card, quick).notes[0]["en"]
    assert not peers.placed(card, full).notes
    peers_by_hand = read_peers(file_of(tmp_path / "b.json", card, corrected=True))
    assert "corrected by hand" in peers_by_hand.placed(card, full).notes[0]["en"]
    instrument = instrument_of(CASE.questionnaire, CASE.chain)
    made = outline_of(instrument, quick, languages=["en"], date="2026-11-25", peers=peers, edition="brief", card=card)
    assert "core questions alone" in " ".join(texts_of(made.parts[0].blocks))


@pytest.mark.parametrize(
    ("mode", "quick", "said"),
    [
        ("full", "all", "All respondents of the benchmark are quick screenings"),
        ("full", "some", "Some respondents of the benchmark are quick screenings"),
        ("quick", "some", "only some are"),
        ("full", "untold", "made of scores alone"),
        ("quick", "all", ""),
    ],
)
def test_quick_screenings_in_the_benchmark_are_said(
    mode: str, quick: str, said: str, card: Scorecard, tmp_path: Path
) -> None:
    """What the file states of its respondents is said beside an assessment of the other mode, in the brief too."""
    answers = Answers.model_validate(CASE.answers | {"mode": mode})
    peers = read_peers(file_of(tmp_path / "b.json", card, quick=quick))
    assert [said in note["en"] for note in peers.placed(card, answers).notes] == ([True] if said else [])
    # The brief says the same, and not that the benchmark does not tell.
    instrument = instrument_of(CASE.questionnaire, CASE.chain)
    made = outline_of(instrument, answers, languages=["en"], date="2026-11-25", peers=peers, edition="brief", card=card)
    brief = " ".join(texts_of(made.parts[0].blocks))
    assert said in brief
    assert "does not say whether" not in brief


def test_an_answer_that_is_not_asked_is_not_chosen_alike() -> None:
    """A quick screening keeps what was answered in full; what it does not ask is not told as chosen by many."""
    options = {id: {"en": id, "score": points} for id, points in (("a", 0), ("b", 100))}
    question = {"dimension": "d", "kind": "single", "text": {"en": "x"}, "options": options}
    case = tiny({"p": {"d": "b", "e": 80}})
    instrument = instrument_of(
        case.questionnaire | {"questions": case.questionnaire["questions"] | {"q_d": question}}, case.chain
    )
    for mode in ("full", "quick"):
        answers = Answers.model_validate(case.answers | {"mode": mode})
        assert Alike("q_d", "b", 9, 10).chosen_by(answers, score(instrument, answers)) is (mode == "full")


def test_a_group_that_states_nothing_is_named_so(instruments: Instruments) -> None:
    """Empty cells read “not stated”, several options by their words; what the questionnaire has no more stays."""
    group = BenchmarkGroup({"fact.tier": "", "fact.zone": "ecological", "region": ""}, 7, {})
    words = group_words(group, instruments.questionnaire)["en"]
    assert words.startswith("Which tier of government is assessed: not stated")
    assert words.endswith("region not stated")
    both = BenchmarkGroup({"fact.structure": "resource_led;agri_led"}, 7, {})  # several ticked
    assert group_words(both, instruments.questionnaire)["zh"].startswith("农业占比高")
    gone = BenchmarkGroup({"fact.structure": "agri_led;of_old"}, 7, {})
    assert group_words(gone, instruments.questionnaire)["zh"] == "agri_led;of_old"


def test_another_questionnaire_is_an_error(card: Scorecard, tmp_path: Path) -> None:
    """So is a group that is not there, with those that are."""
    foreign = {"id": "firm", "version": "1", "digest": "sha256:0"}
    with pytest.raises(UserError, match="questionnaire “firm”"):
        placed(read_peers(file_of(tmp_path / "b.json", card, questionnaire=foreign)).benchmark, card)
    benchmark = read_peers(file_of(tmp_path / "b.json", card)).benchmark
    assert placed(benchmark, card, {"region": "R01"}).overall is None
    with pytest.raises(UserError, match="no group region=R02") as fault:
        placed(benchmark, card, wanted_group(["region=R02"]))
    assert "region=R01" in fault.value.hint["en"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "nqpf-score/1"}', '{"format": "nqpf-benchmark/1"}'])
def test_what_is_no_benchmark_file_is_refused(content: str, tmp_path: Path) -> None:
    """With a sentence."""
    (tmp_path / "b.json").write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match="benchmark file"):
        read_peers(tmp_path / "b.json")


def test_why_a_group_is_not_there_is_said(card: Scorecard, tmp_path: Path) -> None:
    """Groups of few respondents are held back, so that often the whole alone is left."""
    whole = [{"group": {}, "n": 9, "columns": {"score": SPREAD}}]
    benchmark = read_peers(file_of(tmp_path / "b.json", card, groups=whole)).benchmark
    with pytest.raises(UserError) as fault:
        benchmark.group({"fact.tier": "county"})
    assert "the whole alone" in fault.value.hint["en"]


def test_of_many_groups_those_that_were_meant_perhaps_are_named(card: Scorecard, tmp_path: Path) -> None:
    """The nearest names come first and the rest is counted: a mistyped group does not pass for one held back."""
    groups: list[dict[str, Any]] = [{"group": {}, "n": 90, "columns": {}}]
    groups += [{"group": {"region": f"R{number:02}"}, "n": 9, "columns": {}} for number in range(1, 31)]
    benchmark = read_peers(file_of(tmp_path / "b.json", card, groups=groups)).benchmark
    with pytest.raises(UserError) as fault:
        benchmark.group({"region": "R-27"})
    assert "region=R27; " in fault.value.hint["en"]
    assert "and 10 more" in fault.value.hint["en"]


def test_the_wanted_group() -> None:
    """Pairs, joined by commas or given several times."""
    assert wanted_group(["region=R01, tier=county"]) == {"region": "R01", "tier": "county"}
    assert wanted_group(["region=R01", "tier=county"]) == {"region": "R01", "tier": "county"}
    assert wanted_group(["trade=food, drink,tier=county"]) == {"trade": "food, drink", "tier": "county"}
    with pytest.raises(UserError, match="COLUMN=VALUE"):
        wanted_group(["R01"])


def test_an_edition_that_differs_is_said_beside_every_figure(card: Scorecard, tmp_path: Path) -> None:
    """In the sentence, in both languages, and for machines in the notes."""
    older = {"id": card.questionnaire.id, "version": "0.9", "digest": "sha256:1"}
    found = placed(read_peers(file_of(tmp_path / "b.json", card, questionnaire=older)).benchmark, card)
    assert found.overall is not None
    assert "another edition" in said(found, found.overall)["en"]
    assert "所用版本或通用基准不同" in said(found, found.overall)["zh"]
    row = placings_row(found, "en")
    assert row["relative"] is True
    assert row["overall"]["median"] == 50
    assert "another edition" in row["notes"][0]


@pytest.mark.parametrize(
    ("zone", "state", "plan", "followed", "alike"),
    [
        ("x", None, [], "", ["x"]),
        ("y", None, [], "", []),
        ("x", "dk", [], "", []),
        (None, None, ["m"], "", ["m"]),
        (None, None, ["m"], "done", ["m"]),
        (None, None, ["m"], "dropped", []),
    ],
)
def test_what_was_chosen_like_many_others(
    zone: str | None,
    state: str | None,
    plan: list[str],
    followed: str,
    alike: list[str],
    card: Scorecard,
    tmp_path: Path,
) -> None:
    """An option that many of the group chose, or a first measure; not known is no choice, and what is dropped none."""
    herd = [
        {"what": "zone", "option": "x", "n": 60, "of": 118},
        {"what": "first_measures", "option": "m", "n": 50, "of": 118},
    ]
    groups = [{"group": {}, "n": 120, "columns": {"score": SPREAD}, "herding": herd}]
    answers = CASE.answers | {"facts": {"zone": {"value": zone, "state": state}}, "plan": {"chosen": plan}}
    if followed:
        answers |= {"follow_up": [{"measure": "m", "state": followed, "reason": "costs"}]}
    path = file_of(tmp_path / "b.json", card, groups=groups)
    found = read_peers(path).placed(card, Answers.model_validate(answers))
    assert [row.option for row in found.alike] == alike


def test_a_benchmark_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With a sentence, not a trace."""
    with pytest.raises(UserError, match="does not exist"):
        read_peers(tmp_path / "gone.json")


@pytest.mark.parametrize(("period", "words"), [("2025", "2025年的"), ("2025年上半年", "2025年上半年的"), ("", "")])
def test_a_brief_says_where_it_stands_among_how_many(card: Scorecard, tmp_path: Path, period: str, words: str) -> None:
    """The words of the report and those of the benchmark both fill in a `{place}`; half a year is called none."""
    peers = read_peers(file_of(tmp_path / "b.json", card, period=period))
    answers = Answers.model_validate(CASE.answers)
    made = outline_of(
        instrument_of(CASE.questionnaire, CASE.chain), answers, languages=["en", "zh"], date="2026-01-01", peers=peers
    )
    english, chinese = ("\n".join(texts_of(part.blocks)) for part in made.parts)
    assert "60.0 is between the median and the upper quartile of 118 respondents" in english
    assert f"在{words}118个填报单位中" in chinese


def test_a_blend_is_no_other_edition_of_its_first_profile_and_is_compared_by_the_baseline(
    card: Scorecard, tmp_path: Path
) -> None:
    shares = {"other": Decimal("0.25")}
    blend = replace(card, weights=replace(card.weights, digest="sha256:9", shares=shares))
    benchmark = read_peers(file_of(tmp_path / "b.json", card)).benchmark
    found = placed(benchmark, blend)
    assert found.overall is not None
    assert found.overall.column == "baseline_score"
    assert not found.other_edition
    assert f"here {card.weights.id}+0.25*other" in found.notes[0]["en"]
    under = {"id": f"{card.weights.id}+0.25*other", "version": card.weights.version, "digest": "sha256:9", "n": 118}
    found = placed(read_peers(file_of(tmp_path / "b.json", card, weights=[under])).benchmark, blend)
    assert found.overall is not None
    assert (found.overall.column, found.notes) == ("score", ())  # all are under the blend
    found = placed(read_peers(file_of(tmp_path / "b.json", card, weights=[])).benchmark, card)
    assert "(blends of profiles; here" in found.notes[0]["en"]


@pytest.mark.parametrize("n", [117, None])
def test_who_was_scored_by_a_rubric_that_a_file_does_not_name_is_no_peer_under_that_it_names(
    n: int | None, card: Scorecard, tmp_path: Path
) -> None:
    """Its counts tell: more have a score than the rubric counts, or its own count is held back beside others."""
    rubric = {"id": card.weights.id, "version": card.weights.version, "digest": card.weights.digest, "n": n}
    found = placed(read_peers(file_of(tmp_path / "b.json", card, weights=[rubric])).benchmark, card)
    assert found.overall is not None
    assert found.overall.column == "baseline_score"
    assert f"({card.weights.id}, blends of profiles; here" in found.notes[0]["en"]


def test_of_several_rubrics_a_count_held_back_tells_of_no_blends(card: Scorecard, tmp_path: Path) -> None:
    """Four counties under a second profile are few, not scored by weights that the file does not name."""
    rubric = {"id": card.weights.id, "version": card.weights.version, "digest": card.weights.digest, "n": None}
    benchmark = file_of(tmp_path / "b.json", card, weights=[rubric, {**rubric, "id": "grain_base"}])
    found = placed(read_peers(benchmark).benchmark, card)
    assert f"({card.weights.id}, grain_base; here" in found.notes[0]["en"]
