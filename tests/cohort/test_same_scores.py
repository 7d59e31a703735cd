"""A table scores like one respondent at a time, to 1e-9; a row's bits depend on its own cells alone."""

from random import Random

import pyarrow as pa
import pytest

from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.scorer import Extras, score_batch
from nqpf_assess.engine import scorecard
from nqpf_assess.model.scorecard import Identity
from tests.cohort.tabled import alone, batch_of, crowd, crowd_on, instruments_of, row_of, wanted_row
from tests.support.instruments import Case
from tests.support.oracle import Plain
from tests.support.scored import PROFILES, assert_same, sample, shipped_chain, shipped_questionnaire


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
        cases = crowd(seed, 100)
        instruments, pick = instruments_of(cases[0].questionnaire, cases[0].chain), Random(seed)
        assert_like_alone(instruments, cases, [pick.randrange(len(instruments.all)) for _ in cases])


@pytest.mark.parametrize("subject", ["region", "firm"])
def test_shipped_rubrics_score_as_one_at_a_time(subject: str) -> None:
    """Every shipped profile, all in one table."""
    questionnaire = shipped_questionnaire(subject)
    chains = [shipped_chain(subject, profile) for at, profile in PROFILES if at == subject]
    several = [instruments_of(questionnaire, chain) for chain in chains]
    instruments = Instruments(several[0].questionnaire, tuple(one.chains[-1] for one in several))
    cases = crowd_on(questionnaire, chains[0], 7, 100)
    assert_like_alone(instruments, cases, [index % len(chains) for index in range(len(cases))])


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
