"""The samples of edition 0.1.0 score and plan as they did then, to the last digit; new keys may stand beside them."""

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nqpf_assess.engine.planning import planner_of
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.engine.scoring import assess
from nqpf_assess.exchange.plan_json import plan_row
from nqpf_assess.exchange.score_json import score_row
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root

FROZEN = Path(__file__).parents[1] / "frozen" / "0.1.0.tar.xz"
"""Questionnaires, rubrics and samples of 0.1.0, with what `score --json` and `plan --json --budget 8` gave then."""

WORDS = ("why_not", "message", "why")
BALANCE = ".balance"
"""Roots and powers, which another machine may round in the last place."""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frozen")
    with tarfile.open(FROZEN) as archive:
        archive.extractall(folder, filter="data")
    return folder


def moved(was: Any, now: Any, path: str = "") -> Iterator[str]:
    """Where an old key is gone or says something else now."""
    if isinstance(was, dict):
        for key in was:
            if key not in now:
                yield f"{path}.{key} is gone"
            elif key not in WORDS:
                yield from moved(was[key], now[key], f"{path}.{key}")
    elif isinstance(was, list):
        if len(was) != len(now):
            yield f"{path}: {len(was)} entries were there, now {len(now)}"
        for index, (before, after) in enumerate(zip(was, now, strict=False)):
            yield from moved(before, after, f"{path}[{index}]")
    elif path.startswith(BALANCE) and was is not None:
        if now != pytest.approx(was, abs=1e-12):
            yield f"{path}: {was!r}, now {now!r}"
    elif was != now:
        yield f"{path}: {was!r}, now {now!r}"


def test_old_samples_keep_their_figures(old: Path) -> None:
    names = sorted(path.stem for path in (old / "samples").glob("*.toml"))
    assert len(names) == 12
    library = Library((Root("content", old),))
    for name in names:
        sheet = library.open_answers(old / "samples" / f"{name}.toml")
        assert sheet.instrument is not None
        assert sheet.answers is not None
        assessed = assess(sheet.instrument, sheet.answers)
        now = json.loads(json.dumps(score_row(scorecard_of(assessed), "en")))
        assert list(moved(json.loads((old / "scores" / f"{name}.json").read_text("utf-8")), now)) == [], name
        plan = json.loads(json.dumps(plan_row(planner_of(assessed).plan(8))))
        assert list(moved(json.loads((old / "plans" / f"{name}.json").read_text("utf-8")), plan)) == [], name
