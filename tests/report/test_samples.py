"""Every sample's report in both languages is sound for archives and screen readers, and its pages are well filled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.locale import tell
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import errors
from nqpf_assess.model.weights import Chain
from nqpf_assess.report.make import ReportFile, make_report
from nqpf_assess.report.pdf.theme import BOTTOM, HEIGHT, LEFT, PAGE_HEIGHT, PAGE_WIDTH, TOP
from tests.report.reading import extracted, findings
from tests.support.scored import every_other

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.toml"))
LIBRARY = Library(roots(()))
EDGE = 6.0
"""Points by which the ground of a total row reaches over the frame."""

NEXT_TO_NOTHING = 0.05

OF_PAGES = {"en": r"Page \d+ of (\d+)\b", "zh": r"第 ?\d+ ?页，共 ?(\d+) ?页"}
"""How the foot of each half says how many pages the brief has."""


@dataclass(frozen=True)
class Sample:
    """An assessment of the samples, with the profiles that were to choose from."""

    instrument: Instrument
    answers: Answers
    profiles: Sequence[Chain]


@pytest.fixture(scope="module", params=every_other(SAMPLES), ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> Sample:
    sheet = LIBRARY.open_answers(request.param)
    assert sheet.instrument is not None
    assert sheet.answers is not None
    book = LIBRARY.questionnaire(sheet.answers.questionnaire.id)
    assert book is not None
    profiles = [rubric.chain for rubric in LIBRARY.profiles(book) if not errors(rubric.problems)]
    assert len(profiles) > 3
    return Sample(sheet.instrument, sheet.answers, profiles)


@pytest.fixture(scope="module")
def report(sample: Sample) -> ReportFile:
    return make_report(
        sample.instrument, sample.answers, language="both", to="pdf", date="2026-11-25", profiles=sample.profiles
    )


def test_every_sample_is_there() -> None:
    assert len(SAMPLES) >= 12


@pytest.mark.parametrize("path", every_other(SAMPLES), ids=lambda path: path.stem)
def test_a_chinese_brief_takes_300_kilobytes_at_most(path: Path) -> None:
    """Kilobytes of 1,000 bytes."""
    sheet = LIBRARY.open_answers(path)
    assert sheet.instrument is not None
    assert sheet.answers is not None
    report = make_report(sheet.instrument, sheet.answers, language="zh", to="pdf", date="2026-11-25")
    assert len(report.data) <= 300_000


def test_the_validator_finds_nothing_in_a_sample(report: ReportFile) -> None:
    assert findings(report.data) == []


def test_pages_of_a_sample_are_filled_and_nothing_leaves_them(report: ReportFile) -> None:
    document = pypdfium2.PdfDocument(report.data)
    assert report.missing == ()
    words = "\n".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    pages = {language: set(map(int, re.findall(pattern, words))) for language, pattern in OF_PAGES.items()}
    assert all(len(found) == 1 and found <= {4, 5, 6, 7, 8} for found in pages.values()), pages
    for number, page in enumerate(document, start=1):
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        assert all(left > LEFT - EDGE and right < PAGE_WIDTH - LEFT + EDGE for left, _, right, _ in boxes), number
        assert all(bottom > 20 and top < PAGE_HEIGHT - 20 for _, bottom, _, top in boxes), number
        body = [bottom for _, bottom, _, top in boxes if bottom > BOTTOM - 4 and top < PAGE_HEIGHT - TOP + 6]
        assert PAGE_HEIGHT - TOP - min(body) > NEXT_TO_NOTHING * HEIGHT, number


MOVED = {
    "en": r",sotheweightof[^.]+?(?P<way>rises|falls)from(?P<old>[\d.]+)%to(?P<new>[\d.]+)%",
    "zh": r"，因此[^。]+?的权重由(?P<old>[\d.]+)%(?P<way>提高|降低)到(?P<new>[\d.]+)%",
}
UP = ("rises", "提高")


def test_a_reason_stands_beside_a_figure_that_it_argues_for(sample: Sample, report: ReportFile) -> None:
    """As printed: a reason for more weight beside a weight that rises, a reason for less beside one that falls."""
    text = "".join(extracted(report.data)).lower()
    ledger = score(sample.instrument, sample.answers).ledger
    steps = [step for row in ledger for step in row.steps if step.by != "override" and step.factor != 1.0]
    told = 0
    for language, pattern in MOVED.items():
        ways = {"".join(tell(step.why, language).split()).rstrip(".。").lower(): step.factor > 1.0 for step in steps}
        for found in re.finditer(pattern, text):
            rises = found["way"] in UP
            assert (float(found["new"]) > float(found["old"])) == rises, found[0]
            argued = {up for why, up in ways.items() if text[: found.start()].endswith(why)}
            assert argued <= {rises}, found[0]
            told += len(argued)
    assert told >= 2 * bool(steps)
