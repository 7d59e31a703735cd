"""A person at a line: what is typed, and all that was said."""

from collections.abc import Iterator

from nqpf_assess.plain.talking import Talk


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
