"""The object of `score --json`: its shape, its identities, its words, and how every mean explains itself."""

import math
import re
from collections.abc import Iterable
from copy import deepcopy
from decimal import Decimal
from math import exp
from random import Random
from typing import Any

import pytest
from hypothesis import given

from nqpf_assess.engine.explaining import MeanExplained, explain
from nqpf_assess.engine.instrument import digest
from nqpf_assess.engine.scorecard import coordination, grade, score, set_aside
from nqpf_assess.engine.scoring import assess
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import OVERALL
from nqpf_assess.model.weights import Weights
from tests.support.instruments import Case, Maker, cases
from tests.support.oracle import Plain
from tests.support.scored import close, engine_row, instrument_of, shipped_chain, shipped_questionnaire, tries
from tests.support.varied import tiny

SHAPE: Plain = {
    "": "format questionnaire weights answers_digest overall balance nodes ledger checks countermeasures",
    "questionnaire": "id version digest",
    "weights": "id version digest with",
    "overall": "score uncapped low high confidence_low confidence_high coverage band target gap shortfall surplus"
    " baseline_score evidence_backed robust_low robust_high floors",
    "balance": "coupling coordination modified_coupling",
    "nodes": "id level parent state score low high coverage weight effective_weight applicable_weight baseline_weight"
    " target gap contribution share one_level_up one_level_up_after_floors to_target to_target_after_floors"
    " weakest_three",
    "ledger": "node baseline steps final share_baseline share_final target",
    "checks": "id message questions",
    "countermeasures": "id eligible why_not gain gain_after_floors effort priority lifts kpi",
}
"""Keys of the contract's example, in its order."""
NEVER_NULL = ("weight", "effective_weight", "applicable_weight", "baseline_weight")


@tries(40)
@given(cases())
def test_every_key_of_the_contract_is_there_in_its_order(case: Case) -> None:
    """No key more, none less; weights are numbers always; siblings in file order under their parents."""
    row = engine_row(case)
    assert row["format"] == "nqpf-score/1"
    for part, keys in SHAPE.items():
        found = row if not part else row[part]
        for line in found if isinstance(found, list) else [found]:
            assert list(line) == keys.split()
    assert all(isinstance(line[key], float) for line in row["nodes"] for key in NEVER_NULL)
    assert [line["id"] for line in row["nodes"]] == [line["node"] for line in row["ledger"]]
    assert [line["id"] for line in row["countermeasures"]] == list(case.questionnaire["countermeasures"])


@tries(60)
@given(cases())
def test_every_mean_explains_itself(case: Case) -> None:
    """What the parts of a mean add is the mean, or the logarithm of it; their weights sum to 1."""
    assessed = assess(instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers))
    lines = [line for line in explain(assessed, OVERALL) if isinstance(line, MeanExplained)]
    assert len(lines) == 1 + len(case.questionnaire["pillars"]) + len(case.questionnaire["dimensions"])
    for line in (line for line in lines if line.score is not None):
        added = sum(term.adds or 0 for term in line.terms)
        assert close(exp(added) if line.mean == "geometric" else added, line.score)
        assert close(sum(term.weight for term in line.terms), 1)


@pytest.mark.parametrize(("means", "named"), [({}, ()), ({"across_pillars": "geometric"}, ("p",))])
def test_the_geometric_floor_is_reported_where_it_bit(means: Plain, named: tuple[str, ...]) -> None:
    """A score below 1 that enters a geometric mean is named; under arithmetic means none is."""
    case = tiny({"p": {"d": Decimal("0.5")}, "r": {"e": 1}}, scoring=means)
    card = score(instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers))
    assert card.at_geometric_floor == named


@pytest.mark.parametrize("count", [2, 3, 4, 5, 7])
def test_a_grade_begins_at_its_bound(count: int) -> None:
    """Pillars all at 25 coordinate to D = 0.5, the sixth of the ten grades, closer than 1e-9 counting as equal."""
    assert grade(coordination([0.25] * count, [1] * count).coordination or 0) == 5


# ── Identities ───────────────────────────────────────────────────────────────


def test_a_profile_without_a_version_has_its_roots() -> None:
    """Identities name the questionnaire, the chosen rubric, and digests of 64 hex digits."""
    case = tiny({"p": {"d": 40}})
    profile = {key: case.chain[0][key] for key in ("format", "questionnaire", "name")} | {"id": "w", "based_on": "base"}
    row = engine_row(Case(case.questionnaire, [*case.chain, profile], case.answers))
    assert (row["weights"]["id"], row["weights"]["version"]) == ("w", "1.0.0")
    for value in (row["questionnaire"]["digest"], row["weights"]["digest"], row["answers_digest"]):
        assert re.fullmatch(r"sha256:[0-9a-f]{64}", value)


@tries(30)
@given(cases())
def test_a_digest_is_of_the_content(case: Case) -> None:
    """Keys in another order and numbers written otherwise are the same content; another word or number is not."""

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            fixed = "kind" in value or "node" in value or "format" in value  # tables whose keys are the format's
            items = [(key, turned(part)) for key, part in value.items()]
            return dict(reversed(items) if fixed else items)
        if isinstance(value, list):
            return [turned(part) for part in value]
        return value.quantize(Decimal("1.0000000000000000000000")) if isinstance(value, Decimal) else value

    for model, table in ((Questionnaire, case.questionnaire), *((Weights, file) for file in case.chain)):
        before = digest(model.model_validate(table))
        assert digest(model.model_validate(turned(table))) == before
        other = deepcopy(table)
        (other.get("title") or other["name"])["en"] = "another word"
        assert digest(model.model_validate(other)) != before


def test_a_rubrics_digest_is_over_its_whole_chain() -> None:
    """A change in the root changes the digest of every profile upon it."""
    case = tiny({"p": {"d": 40}})
    profile = {key: case.chain[0][key] for key in ("format", "questionnaire", "name")} | {"id": "w", "based_on": "base"}
    roots = [case.chain[0], case.chain[0] | {"targets": {"p": 50}}]
    rows = [engine_row(Case(case.questionnaire, [root, profile], case.answers)) for root in roots]
    assert rows[0]["weights"]["digest"] != rows[1]["weights"]["digest"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_texts_are_in_the_language_asked_for(language: str) -> None:
    """Reasons of the ledger, messages of checks and reasons against measures; an override speaks as it was written."""
    head = {"id": "region", "version": "1.0.0"}
    answers = {"format": "nqpf-answers/1", "questionnaire": head, "weights": head, "facts": {}, "answers": {}}
    override = [{"node": "green", "factor": 1, "target": 90, "why": "We say so"}]
    case = Case(
        shipped_questionnaire("region"), shipped_chain("region", "ecological"), answers | {"override": override}
    )
    row = engine_row(case, language)
    steps = next(line["steps"] for line in row["ledger"] if line["node"] == "green")
    stated = [change for change in case.chain[-1]["adjust"] if change["node"] == "green"]
    assert [step["why"] for step in steps] == [*(change["why"][language] for change in stated), "We say so"]
    refused = [measure["why_not"] for measure in row["countermeasures"] if not measure["eligible"]]
    assert refused
    assert all(("不" in reason) == (language == "zh") for reason in refused)


# ── Words ────────────────────────────────────────────────────────────────────


def message(entry: Plain, **question: Any) -> str:
    """The message of a check that always fires and names a question."""
    case = tiny({"p": {"d": 40, "e": 80}})
    case.questionnaire["questions"]["q_d"] |= question
    said = {"when": {"question": "q_e", "answered": True}, "message": {"en": "Is it {q_d}? {q_x}"}}
    case.questionnaire["checks"] = {"c": said}
    answers = {"answers": case.answers["answers"] | {"q_d": entry}}
    return engine_row(Case(case.questionnaire, case.chain, case.answers | answers))["checks"][0]["message"]


def test_a_checks_message_names_the_answer() -> None:
    """`{id}` is the answer as typed, without idle zeros; what is not answered a dash; unknown ids stay as they are."""
    assert message({"value": " 2.50 "}) == "Is it 2.5? {q_x}"
    assert message({}) == "Is it –? {q_x}"


@pytest.mark.parametrize(
    ("entry", "question"),
    [
        ({"value": 2, "state": "dk"}, {}),
        ({"value": 2, "state": "na", "reason": "x"}, {}),
        ({"value": 2}, {"show_if": {"question": "q_e", "answered": False}}),
    ],
)
def test_a_checks_message_names_no_answer_that_does_not_count(entry: Plain, question: Plain) -> None:
    """What is kept but not answered here is not quoted."""
    assert message(entry, **question) == "Is it –? {q_x}"


def test_the_band_is_the_highest_reached_whatever_the_bands_are_called() -> None:
    """Neither the order in the file nor that of the alphabet decides."""
    bands = {"z": {"from": 0, "en": "x"}, "m": {"from": 40, "en": "x"}, "a": {"from": 60, "en": "x"}}
    found = {at: engine_row(tiny({"p": {"d": at}}, bands=bands))["overall"]["band"] for at in (39, 40, 60, 100)}
    assert found == {39: "z", 40: "m", 60: "a", 100: "a"}
    upside_down = {"a": {"from": 0, "en": "x"}, "z": {"from": 60, "en": "x"}}
    assert engine_row(tiny({"p": {"d": 70}}, bands=upside_down))["overall"]["band"] == "z"


def test_no_share_of_a_shortfall_where_there_is_no_score() -> None:
    """Of the whole none where the whole has no score, though a dimension has one; none of a dimension without one."""
    scored = {"p": {"d": 40}, "r": {"e": None, "f": None}}
    case = tiny(scored, targets={"p": 80}, scoring={"minimum_coverage": 1})
    row = engine_row(case)
    assert row["overall"]["score"] is None
    assert {line["id"]: line["share"] for line in row["nodes"] if line["level"] == "dimension"} == {
        "d": None,
        "e": None,
        "f": None,
    }


def test_a_questionnaire_without_dimensions_has_no_score_and_is_no_error() -> None:
    case = tiny({"p": {}})
    found = score(instrument_of(case.questionnaire, case.chain), Answers.model_validate(case.answers)).overall
    assert (found.score, found.low, found.high, found.band) == (None, None, None, None)


def test_no_figure_hangs_on_how_python_adds(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 3.12 on `sum` makes up for what is rounded off; figures and digests must be those of 3.11 all the same."""

    def compensated(items: Iterable[Any], start: Any = 0) -> Any:
        found = [*items]
        return math.fsum(found) if found and all(type(item) is float for item in found) else plain(found, start)

    plain = sum
    drawn = [Maker(Random(seed)).build() for seed in range(10)]
    before = [engine_row(case) for case in drawn]
    monkeypatch.setattr("builtins.sum", compensated)
    assert [engine_row(case) for case in drawn] == before


def test_only_what_would_count_is_counted_as_set_aside() -> None:
    """Not what has no weight here, nor words, which never count."""
    made = tiny({"p": {"a": 20, "b": 40, "c": 60, "d": 80}, "q": {"e": 50}}, weights={"q_b": 0, "q": 0})
    made.questionnaire["questions"]["q_c"] = {"dimension": "c", "kind": "text", "text": {"en": "x"}}
    made.answers["answers"] |= {f"q_{id}": {"state": "na", "reason": "x"} for id in "abce"}
    instrument, answers = instrument_of(made.questionnaire, made.chain), Answers.model_validate(made.answers)
    assert set_aside(instrument.questionnaire, answers, score(instrument, answers)) == ("q_a",)
