"""Two rubrics, or two editions of a questionnaire: what differs, how grave it is, what it does to the answers."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from nqpf_assess.locale import Text, _
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import title_of
from nqpf_assess.session.searching import fits
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.cells import shown
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Part, Row, heading, quiet
from nqpf_assess.tui.frame.filtering import NOTHING_FITS, FilterPage
from nqpf_assess.tui.frame.lists import CLOSE, PAGING, ListPage
from nqpf_assess.tui.frame.page import HELP, MENU
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.tools.files import typed_place
from nqpf_assess.tui.widgets.list import How

if TYPE_CHECKING:
    from nqpf_assess.files.found import Book
    from nqpf_assess.model.migration import EditionDifference
    from nqpf_assess.pages.difference import Titles
    from nqpf_assess.session.answering import Place

OLDER = _("Compare weights or questionnaires: which is the first?")
NEWER = _("… and with which?")
EDITIONS = _("Editions of the questionnaire “{title}”")
WEIGHTS = _("Weights for “{title}”")
TAKE = _("Take {path}")


class Compared(NamedTuple):
    """A questionnaire or a rubric to compare. `of`: its questionnaire; `kind`: what it can be compared with.

    `depth`: how many rubrics a rubric rests on, itself among them: a baseline and a profile say different things.
    """

    path: Path
    name: Text
    of: str
    kind: str
    version: str = ""
    depth: int = 0

    @property
    def alike(self) -> tuple[str, str, int]:
        """What it has in common with all that it can be compared with."""
        return (self.kind, self.of, self.depth)


class EditionsPage(FilterPage):
    """Lists rubrics and questionnaires with their earlier editions; gives one back. `beside`: the first of the two."""

    HINT_WORDS: ClassVar[Text] = _("a few letters, or the path of a file")

    def __init__(self, beside: Compared | None = None) -> None:
        super().__init__()
        self._beside = beside
        self._held: tuple[tuple[Text, Text, tuple[Compared, ...]], ...] | None = None

    def title_text(self) -> str:
        """Say which of the two is asked for."""
        return self.speech.tell(OLDER if self._beside is None else NEWER)

    @property
    def held(self) -> tuple[tuple[Text, Text, tuple[Compared, ...]], ...]:
        """What can be chosen, in groups: what they are, of which questionnaire, and each of them; read once."""
        if self._held is None:
            self._held = tuple(self._groups())
        return self._held

    def _groups(self) -> "Iterator[tuple[Text, Text, tuple[Compared, ...]]]":
        from nqpf_assess.session.content import books_offered

        library, beside = self.bench.library, self._beside
        for book in books_offered(library):
            id, title = book.value.id, book.value.title
            rubrics = [
                Compared(one.path, one.chain[-1].name, id, "weights", depth=len(one.chain))
                for one in library.profiles(book)
                if one.chain
            ]
            kept = [
                Compared(other.path, other.value.title, id, "questionnaire", other.value.version)
                for other in (book, *library.other_editions(book))
            ]
            for words, group in ((WEIGHTS, rubrics), (EDITIONS, kept)):
                pairs = Counter(one.alike for one in group)
                if beside is None:
                    fitting = tuple(one for one in group if pairs[one.alike] > 1)
                else:  # of a path that was typed nothing is known
                    kin = (one for one in group if not beside.kind or one.alike == beside.alike)
                    fitting = tuple(one for one in kin if one.path != beside.path)
                if fitting:
                    yield words, title, fitting

    def rows(self) -> tuple[Row, ...]:
        """List what fits the letters; a path that is there comes first."""
        speech, typed = self.speech, self.query_typed.strip()
        rows: list[Row] = []
        if (place := typed_place(typed)) is not None:
            rows.append(Row(speech.tell(TAKE, path=typed), id=f"path:{place}"))
        for words, title, group in self.held:
            found = [one for one in group if fits(typed, " ".join((one.path.stem, one.version, *one.name.values())))]
            rows += [*([BLANK] if rows and found else []), heading(speech.tell(words, title=title))] if found else []
            alike = Counter((speech.line(one.name), one.version) for one in group)
            for one in found:
                name = speech.line(one.name)
                double = alike[name, one.version] > 1  # a copy to change, and what it was made of
                told = f"{name}  {shown(str(one.path))}" if double else name
                rows.append(Row(told, id=f"one:{one.path}", tail=one.version, whole=double))
        return tuple(rows) or (quiet(speech.tell(NOTHING_FITS)),)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Give it back."""
        path = Path(id.partition(":")[2])
        known = (one for _words, _title, group in self.held for one in group if one.path == path)
        self.dismiss(next(known, Compared(path, {}, "", "")))


class ContentDifferencePage(ListPage):
    """Shows every change, the gravest first, and what they do to the answers that are open."""

    TITLE_WORDS: ClassVar[Text] = _("What differs")
    EXPLAINED = (
        _(
            "Each change is safe, to be confirmed, to be converted, or loses something, for answers that are taken "
            "over. Where an assessment is open, the score under the first and under the second stand at the end."
        ),
    )

    def __init__(self, compared: "Callable[[], EditionDifference]", book: "Book | None") -> None:
        """`book`: the questionnaire by whose titles parts are named. Raises `UserError`."""
        super().__init__()
        self._compared, self._book = compared, book
        self._found = compared()

    def travelled(self, place: "Place") -> None:  # noqa: ARG002
        """Score anew: what was taken or brought back is in the file by now."""
        with suppress(UserError):
            self._found = self._compared()

    def hinted(self) -> tuple[Act, ...]:
        """Show how to read on; there is nothing to choose."""
        return (*PAGING[:1], CLOSE, MENU, HELP)

    def rows(self) -> tuple[Row, ...]:
        """Return all of it."""
        from nqpf_assess.pages.difference import difference_blocks
        from nqpf_assess.report.text import page_lines

        speech = self.speech_in(self.size.width - EDGES)
        blocks = difference_blocks(self._found, speech.language, everything=True, titles=self._titles())
        lines = page_lines(blocks, speech.language, speech.cells)
        return tuple(Row(parts=(Part(shown(line)),)) for line in lines)

    def _titles(self) -> "Titles":
        """Return what the parts of the questionnaire and its rubrics are called."""
        from nqpf_assess.pages.difference import IDS, Titles

        if self._book is None:
            return IDS
        words, asked = self.speech.line, self._book.value
        parts = (*asked.pillars, *asked.dimensions, *asked.questions, *asked.facts)
        rubrics = (rubric.chain[-1] for rubric in self.bench.library.profiles(self._book) if rubric.chain)
        return Titles(
            {id: words(title_of(asked, id)) for id in parts},
            {id: words(measure.title) for id, measure in asked.countermeasures.items()},
            {rubric.id: words(rubric.name) for rubric in rubrics} | {asked.id: words(asked.title)},
        )


def open_differing(bench: Workbench) -> None:
    """Ask for the first and the second, and show what differs."""
    bench.ask(EditionsPage(), lambda old: _second(bench, old))


def _second(bench: Workbench, old: Compared | None) -> None:
    if old is not None:
        bench.ask(EditionsPage(old), lambda new: _compare(bench, old, new))


def _compare(bench: Workbench, old: Compared, new: Compared | None) -> None:
    from nqpf_assess.session.differing import edition_difference

    if new is None:
        return
    of, files = old.of or new.of, []
    if bench.desk is not None and bench.session.instrument.questionnaire.id == of:
        files = [bench.desk.path]
    book = bench.library.questionnaire(of, stated=True) if of else None
    # By its place: a folder of the current one may be called like its id.
    asked = str(book.path) if book is not None and "weights" in (old.kind, new.kind) else None
    paths = (str(old.path), str(new.path))
    compared = partial(edition_difference, bench.library, *paths, questionnaire=asked, files=files)
    try:
        page = ContentDifferencePage(compared, book if book is not None and book.subject is not None else None)
    except UserError as fault:
        bench.push_screen(ProblemsPage(fault))
        return
    bench.push_screen(page)
