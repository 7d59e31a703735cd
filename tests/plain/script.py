"""A person at a line: what is typed, and all that was said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots
from nqpf_assess.model.answers import Answers
from nqpf_assess.plain.running import run_plain
from nqpf_assess.plain.talking import Talk
from nqpf_assess.session.options import Options

ZONE, PROFILE = ("2",), ("",)
"""What is typed at the one local condition of the small questionnaire, and where a profile is proposed."""


class Script:
    """Lines that somebody types, and all that was shown."""

    def __init__(self, *lines: str, language: str = "en") -> None:
        self._lines: Iterator[str] = iter(lines)
        self.shown: list[str] = []
        self.talk = Talk(language, self._read, self.shown.append)

    def _read(self, prompt: str) -> str:
        self.shown.append(prompt)
        try:
            return next(self._lines)
        except StopIteration:
            raise EOFError from None

    @property
    def text(self) -> str:
        return "\n".join(self.shown)


@pytest.fixture
def hold(file: Path, content: Path):  # type: ignore[no-untyped-def]
    """Hold a conversation over the small questionnaire; gives what was said and the answers in the file."""

    def run(*lines: str, language: str = "en") -> tuple[Script, Answers]:
        script = Script(*lines, language=language)
        assert run_plain(Options(file=file, content=(content,)), script.talk) == 0
        answers = Library(roots((content,))).open_answers(file).answers
        assert answers is not None
        return script, answers

    return run


@pytest.fixture
def begin(content: Path, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Begin a new file over the small questionnaire; gives what was said and the answers in the file."""

    def run(*lines: str, language: str = "en") -> tuple[Script, Answers]:
        script, path = Script(*lines, language=language), tmp_path / "begun.toml"
        assert run_plain(Options(file=path, content=(content,), questionnaire="small"), script.talk) == 0
        answers = Library(roots((content,))).open_answers(path).answers
        assert answers is not None
        return script, answers

    return run
