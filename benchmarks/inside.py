"""Work inside one process, beside a peer that does part of it."""

import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.processes import ROOT, SAMPLE
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.engine.scoring import assess
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.files.store import answers_text, write_whole

RUNS = 5


@dataclass(frozen=True)
class InsideRow:
    """Our work beside a peer's, seconds."""

    name: str
    seconds: float
    peer: str
    peer_seconds: float

    @property
    def ratio(self) -> float:
        """Ours over the peer's."""
        return self.seconds / self.peer_seconds


def best(work: Callable[[], Any]) -> float:
    """Give the best of several runs in CPU seconds, each long enough to be measured."""
    work()
    times = []
    for _ in range(RUNS):
        count, start = 0, time.process_time()
        while time.process_time() - start < 0.05:
            work()
            count += 1
        times.append((time.process_time() - start) / count)
    return min(times)


def inside_rows() -> Iterator[InsideRow]:
    """Measure reading, scoring, saving."""
    sheet = Library().open_answers(SAMPLE)
    assert sheet.instrument is not None
    assert sheet.answers is not None
    instrument, answers = sheet.instrument, sheet.answers
    assessed = assess(instrument, answers)
    region = ROOT / "questionnaires" / "region"
    texts = [path.read_text(encoding="utf-8") for path in sorted(region.glob("*.toml"))]
    parsed = best(lambda: [tomllib.loads(text, parse_float=Decimal) for text in texts])
    opened = best(lambda: Library(roots()).open_questionnaire(region))
    yield InsideRow("the region questionnaire, checked, from the content cache", opened, "tomllib alone", parsed)
    scored = best(lambda: assess(instrument, answers))
    floor = best(lambda: sum(leaf.score for leaf in assessed.leaves))
    yield InsideRow("score one assessment (live)", scored, "one sum over its questions", floor)
    yield InsideRow("full scorecard", best(lambda: scorecard_of(assessed)), "live score", scored)
    text = answers_text(answers).encode()
    target = Path("/dev/shm/nqpf-bench.toml") if Path("/dev/shm").is_dir() else Path("nqpf-bench.toml")
    plain = best(lambda: target.write_bytes(text))
    saved = best(lambda: write_whole(target, answers_text(answers).encode(), durable=False))
    target.unlink(missing_ok=True)
    yield InsideRow("save an answer file whole", saved, "write the bytes in place", plain)
