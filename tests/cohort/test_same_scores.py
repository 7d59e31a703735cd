"""A table scores like one respondent at a time, to 1e-9; a row's bits depend on its own cells alone."""

from dataclasses import replace
from random import Random

import pyarrow as pa
import pytest

from nqpf_assess.cohort.column_names import Extras
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scorer import score_batch
from nqpf_assess.engine import scorecard
from nqpf_assess.model.scorecard import Identity
from tests.cohort.tabled import alone, batch_of, crowd, crowd_on, instruments_of, row_of, wanted_row
from tests.support.instruments import Case, Maker
from tests.support.oracle import Plain
from tests.support.questions import BLENDED
from tests.support.scored import (
    PROFILES,
    assert_same,
    instrument_of,
    sample,
    shipped_chain,
    shipped_questionnaire,
)


@pytest.fixture(autouse=True)
def only_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table has no digests of single respondents and no variants of the method; they take half of the time."""
    nobody = Identity("x", "1", "sha256:0")
    monkeypatch.setattr(scorecard, "identities", lambda *_: (nobody, nobody, ""))
    monkeypatch.setattr(scorecard, "variants_of", lambda *_: ())


EVERYTHING = Extras(questions=True, gaps=True, measures=True)


def scored(instruments: Instruments, rows: list[Plain]) -> pa.Table:
    scores, problems = score_batch(instruments, batch_of(rows), extras=EVERYTHING)
    codes = set(problems["code"].to_pylist())
    assert codes <= {"unusual", "all_zero"}, problems.to_pylist()[:3]
    return scores


def assert_like_alone(instruments: Instruments, cases: list[Case], profiles: list[int]) -> None:
    rows = [row_of(case, f"r{i}", instruments.ids[p]) for i, (case, p) in enumerate(zip(cases, profiles, strict=True))]
    got = scored(instruments, rows).to_pylist()
    for case, profile, row in zip(cases, profiles, got, strict=True):
        wanted = wanted_row(alone(instruments.all[profile], case.answers), case.answers)
        assert_same(wanted, {name: row[name] for name in wanted})


@pytest.mark.parametrize("first", range(0, sample(200), 10))
def test_random_instruments_score_as_one_at_a_time(first: int) -> None:
    """Conditions, states, geometric means, floors, switched-off nodes, profiles with rules of their own."""
    for seed in range(first, first + 10):
        cases = crowd(seed, sample(140))
        instruments, pick = instruments_of(cases[0].questionnaire, cases[0].chain), Random(seed)
        assert_like_alone(instruments, cases, [pick.randrange(len(instruments.all)) for _ in cases])


@pytest.mark.parametrize("subject", ["region", "firm"])
def test_shipped_rubrics_score_as_one_at_a_time(subject: str) -> None:
    """Every shipped profile, all in one table."""
    questionnaire = shipped_questionnaire(subject)
    chains = [shipped_chain(subject, profile) for at, profile in PROFILES if at == subject]
    several = [instruments_of(questionnaire, chain) for chain in chains]
    instruments = Instruments(several[0].questionnaire, tuple(one.chains[-1] for one in several))
    cases = crowd_on(questionnaire, chains[0], 7, max(3 * len(chains), sample(100)))
    assert_like_alone(instruments, cases, [index % len(chains) for index in range(len(cases))])


BLENDS = {
    "region": ["grain_base+0.4*cluster_county", "ecological + .25*border_gateway + 0.3 * catch_up"],
    "firm": ["exporter+0.5*specialised_sme"],
}


@pytest.mark.parametrize("subject", ["region", "firm"])
def test_blends_in_the_weights_column_score_as_one_at_a_time(subject: str) -> None:
    """They are written there as on a command line, among rows under single profiles."""
    questionnaire = shipped_questionnaire(subject)
    chains = [shipped_chain(subject, profile) for at, profile in PROFILES if at == subject]
    several = [instruments_of(questionnaire, chain) for chain in chains]
    known = Instruments(several[0].questionnaire, tuple(one.chains[-1] for one in several))
    blended = known.with_blends(BLENDS[subject])
    places = [known.ids.index("baseline"), *range(len(known.ids), len(blended.ids))]
    assert len(places) == 1 + len(BLENDS[subject])
    cases = crowd_on(questionnaire, chains[0], 8, sample(100))
    assert_like_alone(blended, cases, [places[index % len(places)] for index in range(len(cases))])


@pytest.mark.parametrize("seed", range(12))
def test_blends_of_random_instruments_score_as_one_at_a_time(seed: int) -> None:
    """Switched-off nodes, floors of each, rules of the first."""
    case = next(case for maker in range(seed, 999, 12) if (case := Maker(Random(maker), BLENDED).build()).further)
    whole = instrument_of(case.questionnaire, case.chain, case.further)
    known = Instruments(whole.questionnaire, tuple(chain for _, chain in whole.profiles))
    blended = known.with_blends(["+".join((whole.profile.id, *(f"{p.share}*{p.id}" for p in whole.further)))])
    assert len(blended.all) == len(known.all) + 1
    cases = crowd_on(case.questionnaire, case.chain, seed, 40)
    assert_like_alone(blended, cases, [len(known.all) - index % 2 for index in range(len(cases))])


def test_a_blend_is_one_rubric_however_it_is_written() -> None:
    """Several ways of writing it are no several profiles, which are ranked by the baseline and held back when small."""
    questionnaire = shipped_questionnaire("region")
    several = [
        instruments_of(questionnaire, shipped_chain("region", id)) for id in ("baseline", "ecological", "catch_up")
    ]
    known = Instruments(several[0].questionnaire, tuple(one.chains[-1] for one in several))
    ways = ["ecological+0.4*catch_up", " ecological + .40 * catch_up", ""]
    rows = [{"respondent": f"r{at}", "weights": way} for at, way in enumerate(ways)]
    scores, _ = score_batch(replace(known, default="ecological+0.40*catch_up"), batch_of(rows))
    assert scores["weights"].to_pylist() == [ways[0]] * 3


def test_a_blend_that_is_none_is_a_problem_of_its_row() -> None:
    """Unknown profiles, shares that leave nothing, another root: the row says so and has no score."""
    questionnaire = shipped_questionnaire("region")
    chains = [shipped_chain("region", id) for id in ("baseline", "ecological", "catch_up")]
    several = [instruments_of(questionnaire, chain) for chain in chains]
    instruments = Instruments(several[0].questionnaire, tuple(one.chains[-1] for one in several))
    names = ["ecological+0.4*nowhere", "ecological+1*catch_up", "ecological+0.4*baseline", "ecological+catch_up"]
    rows = [{"respondent": name, "weights": name, "rd_intensity": "2"} for name in names]
    scores, problems = score_batch(instruments, batch_of(rows))
    told = [row for row in problems.to_pylist() if row["column"] == "weights"]
    assert [(row["code"], row["value"]) for row in told] == [("unknown_profile", name) for name in names]
    assert scores["score"].to_pylist() == [None] * 4


@pytest.mark.parametrize("seed", range(sample(25)))
def test_bits_do_not_depend_on_neighbours(seed: int) -> None:
    """The same rows permuted, and in batches of 1, 7 and all, give the same bits."""
    cases, pick = crowd(1000 + seed, 21), Random(seed)
    instruments = instruments_of(cases[0].questionnaire, cases[0].chain)
    rows = [row_of(case, f"r{index:02}", pick.choice(instruments.ids)) for index, case in enumerate(cases)]
    whole = scored(instruments, rows).to_pylist()
    for size in (1, 7):
        parts = [scored(instruments, rows[at : at + size]).to_pylist() for at in range(0, len(rows), size)]
        assert [repr(row) for part in parts for row in part] == [repr(row) for row in whole]
    shuffled = pick.sample(rows, len(rows))
    again = {row["respondent"]: repr(row) for row in scored(instruments, shuffled).to_pylist()}
    assert [again[row["respondent"]] for row in whole] == [repr(row) for row in whole]
