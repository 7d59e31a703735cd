"""A blend of two profiles as the app offers it: five positions, the first being the one profile alone."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots, shipped
from nqpf_assess.session.answering import Session
from nqpf_assess.session.blending import SHARES, blended, may_be_blended, pair_that_fits
from nqpf_assess.session.desk import open_desk


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "sample.toml"
    shutil.copy(shipped() / "samples" / "ecological_county.toml", path)
    desk = open_desk(Library(roots(())), path)
    yield desk.session
    desk.close()


def test_the_first_position_is_the_profile_itself_and_every_step_moves_the_score(session: Session) -> None:
    ecological = session.instrument.chain
    grain = next(chain for chain in session.chains if chain[-1].id == "grain_base")
    positions = blended(session, ecological, grain)
    assert [position.share for position in positions] == list(SHARES)
    assert positions[0].score == session.score
    assert not positions[0].instrument.further
    assert all(position.instrument.further[0].chain == grain for position in positions[1:])
    scores = [position.score for position in positions]
    assert len(set(scores)) == len(scores)
    assert all(position.moves for position in positions)


def test_a_blend_is_kept_in_the_file_and_taken_back_by_undo(session: Session) -> None:
    before, saved = session.instrument, session.answers.weights
    grain = next(chain for chain in session.chains if chain[-1].id == "grain_base")
    half = blended(session, before.chain, grain)[2]
    session.choose_profile(half.instrument.chain, half.instrument.further)
    assert session.answers.weights.with_ == {"grain_base": Decimal("0.4")}
    assert session.score == half.score
    session.undo()
    assert session.answers.weights == saved
    assert session.instrument.further == before.further == ()
    session.redo()
    assert session.score == half.score


def test_the_baseline_is_never_blended(session: Session) -> None:
    baseline = next(chain for chain in session.chains if chain[-1].id == "baseline")
    assert not may_be_blended(session.instrument.chain, baseline)
    assert not may_be_blended(baseline, session.instrument.chain)
    assert not may_be_blended(session.instrument.chain, session.instrument.chain)


def test_only_profiles_that_fit_are_offered_together(session: Session) -> None:
    found = session.suggested()
    fitting = [one.profile.id for one in found if one.fit == "fits"]
    pair = pair_that_fits(found)
    assert (pair is None) == (len(fitting) < 2)
    if pair:
        assert [chain[-1].id for chain in pair] == fitting[:2]
