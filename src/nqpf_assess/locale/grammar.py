"""What a language does with marks, spaces and numbers: one `Grammar` a language, in `locale/<code>/grammar.py`.

Nothing outside these modules asks which language it is. A new language is a folder with a `grammar.py` and a
`messages.po`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from nqpf_assess.locale import LANGUAGES, Text


class Grammar(NamedTuple):
    """The marks and habits of one language. Marks that end a part carry the space that follows them.

    `tag`: the language tag of documents (BCP 47). `listing` joins items, `clauses` the parts of a sentence, `semicolon`
    stronger parts, `colon` what it announces; `stop` ends a sentence, `space` parts two. `date`: of year, month, day;
    `quarter`: of the year, 1 to 4.
    The marks stand before a heading, by its number from 1.
    `conclusion_first`: the verdict opens a report. `length` counts what a reader reads, `reading_speed` is how much of
    it a minute, `grade` how hard it is. `lower_first`: a title as it stands inside a sentence.
    `conjunction`: before the last item of a list; `serial`: the same where an item holds a conjunction itself;
    `apart`: what joins items that hold commas, and what goes before the last of them.
    `han`: written in Chinese characters, set wider and justified.
    `figure_asked`: a question after a figure, cut into `what` it is and the `unit` that the question names.
    `statement`: what a question and its answer say together, as a statement; the bare
    answer where that is not plain, nothing where a bare yes or no would stand alone.
    """

    tag: str
    listing: str
    clauses: str
    semicolon: str
    colon: str
    stop: str
    space: str
    brackets: tuple[str, str]
    quotes: tuple[str, str]
    date: Callable[[int, int, int], str]
    month: Callable[[int, int], str]
    quarter: Callable[[int], str]
    section_mark: Callable[[int], str]
    part_mark: Callable[[int], str]
    point_mark: Callable[[int], str]
    annex_mark: Callable[[int], str]
    conclusion_first: bool
    reading_speed: int
    length: Callable[[str], int]
    grade: Callable[[str], float]
    lower_first: Callable[[str], str]
    conjunction: str
    serial: str
    apart: tuple[str, str]
    han: bool
    figure_asked: re.Pattern[str]
    statement: Callable[[str, str], str]

    def list(self, items: Iterable[str]) -> str:
        """Join the items of a list: “a, b, c”, “甲、乙、丙”."""
        return self.listing.join(items)

    def enumerated(self, items: Sequence[str]) -> str:
        """Join the items of a list within a sentence: “a, b and c”, “甲、乙和丙”; “a and b, and c”, “甲和乙、丙”.

        Where an item holds a comma itself, the items are kept apart otherwise: “a, by b; and c”, “甲、乙以及丙、丁”.
        """
        between, last = self.listing, self.conjunction
        if any(self.listing in item for item in items):
            between, last = self.apart
        elif any(self.conjunction in item for item in items):
            last = self.serial
        return last.join(part for part in (between.join(items[:-1]), *items[-1:]) if part)

    def join(self, clauses: Iterable[str]) -> str:
        """Join parts of one sentence by commas."""
        return self.clauses.join(clauses)

    def paragraph(self, sentences: Iterable[str]) -> str:
        """Join whole sentences."""
        return self.space.join(sentence for sentence in sentences if sentence)

    def bracketed(self, words: str) -> str:
        """Put words in brackets, with the space that goes before them."""
        left, right = self.brackets
        return f"{left}{words}{right}"

    def quoted(self, words: str) -> str:
        """Put words in quotation marks."""
        left, right = self.quotes
        return f"{left}{words}{right}"

    def sentence(self, words: str) -> str:
        """End a sentence with its stop, unless it ends already."""
        return words if words.endswith((".", "!", "?", "。", "！", "？")) else words + self.stop.rstrip()


@cache
def grammar(language: str) -> Grammar:
    """Return the grammar of a language; of English where there is none of its own (a questionnaire may speak any)."""
    name = f"{__package__}.{language.partition('-')[0]}"
    found = language.isidentifier() and find_spec(name) is not None
    made: Grammar = import_module(f"{name if found else __package__ + '.en'}.grammar").GRAMMAR
    return made


def listed(items: Iterable[object], most: int | None = None) -> Text:
    """Return items as a list in each language, the first `most` of them; “–” for none."""
    every = [str(item) for item in items]
    more = " …" if most is not None and len(every) > most else ""
    return {language: grammar(language).list(every[:most]) + more if every else "–" for language in LANGUAGES}
