"""The shipped content, read once: tests here ask whether it says what its authors meant."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from nqpf_assess.engine.scorecard import score
from nqpf_assess.files.found import Sheet
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.model.weights import Chain

ROOT = Path(__file__).parents[2]


class Content:
    """Questionnaires, rubrics and samples of this repository, whatever lies in the user's folders."""

    def __init__(self) -> None:
        self.root = ROOT
        self.library = Library((Root("shipped", ROOT),))
        self._cards: dict[tuple[str, str | None], Scorecard] = {}

    def questionnaire(self, id: str) -> Questionnaire:
        book = self.library.questionnaire(id)
        assert book is not None
        return book.value

    def chains(self, questionnaire: str) -> Sequence[Chain]:
        book = self.library.questionnaire(questionnaire)
        assert book is not None
        return [rubric.chain for rubric in self.library.profiles(book)]

    def sheet(self, name: str, *, weights: str | None = None) -> Sheet:
        sheet = self.library.open_answers(ROOT / "samples" / f"{name}.toml", weights=weights)
        assert sheet.sound, sheet.problems
        return sheet

    def card(self, name: str, *, weights: str | None = None) -> Scorecard:
        if (name, weights) not in self._cards:
            sheet = self.sheet(name, weights=weights)
            assert sheet.instrument is not None
            assert sheet.answers is not None
            self._cards[name, weights] = score(sheet.instrument, sheet.answers)
        return self._cards[name, weights]

    @property
    def samples(self) -> Sequence[Path]:
        return sorted((ROOT / "samples").glob("*.toml"))


@pytest.fixture(scope="session")
def content() -> Content:
    return Content()
