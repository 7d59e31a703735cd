"""The way to the editors: which rubric, which part to compare in pairs, which question."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from nqpf_assess.files.places import end_of, roots, shipped
from nqpf_assess.files.places import shown as path_shown
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.problem import UserError, errors
from nqpf_assess.session.nearby import editing_folder
from nqpf_assess.session.samples import sample_name
from nqpf_assess.session.searching import fits
from nqpf_assess.tui.drawing.rows import BLANK, Row, heading, quiet
from nqpf_assess.tui.drawing.speech import numbered
from nqpf_assess.tui.frame.dialogs import ChoicePage
from nqpf_assess.tui.frame.filtering import FilterPage
from nqpf_assess.tui.frame.forms import TakingForm, in_languages
from nqpf_assess.tui.frame.lists import ListPage
from nqpf_assess.tui.frame.problems import ProblemsPage
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.widgets.list import How

if TYPE_CHECKING:
    from nqpf_assess.files.found import Book
    from nqpf_assess.kinds.kind import Refusal
    from nqpf_assess.session.beginning import NewRubric
    from nqpf_assess.session.rubric_editing import RubricEditing

WHICH_RUBRIC = _("Which weights?")
WHICH_QUESTION = _("Which question?")
WHICH_BOOK = _("Questions of which questionnaire?")
WHICH_PARTS = _("Which parts to compare?")
PILLARS = _("the pillars")
PARTS_OF = _("the parts of “{title}”")
FAULTY = _("has errors")
BEGIN_OWN = _("Begin weights of your own")
WHICH_BASE = _("On which weights shall yours rest?")
BASES = _("On a baseline yours state only what differs; a local profile is copied, to be changed freely.")
NAME_IN = _("Name ({language})")
RESTS = _("It rests on “{name}” and changes nothing yet.")
COPIED = _("It begins as a copy of “{name}”.")
GOES_INTO = _("Its file: {path}")
WRITE = _("Write it and open it in the editor")
NAMELESS = _("Please give it a name.")
SHIPPED = _("What came with the program is not changed itself: your changes go into a copy.")
OWN = _("your own")
NONE = _("Nothing fits these letters.")
COPY_FIRST = _("Make a copy to change?")
COPY_WORDS = _(
    "The questionnaire that came with the program is not changed. A copy of it goes into {folder}; from then on the "
    "copy is used, and taking that folder away brings the old one back."
)
COPY = _("Make the copy and go on")
LEAVE_IT = _("Back; nothing is changed")


class RubricsPage(FilterPage):
    """Lists the rubrics of every questionnaire; gives back the path of one."""

    def __init__(self, first: str = "", *, base: bool = False) -> None:
        """`first`: the questionnaire that is listed first. `base`: a new one is to be based on what is chosen."""
        super().__init__()
        self._first, self._base = first, base
        self._held: list[tuple[Book, tuple[tuple[Path, Text, bool], ...]]] | None = None

    def title_text(self) -> str:
        """Say what the rubric is wanted for."""
        return self.speech.tell(WHICH_BASE if self._base else WHICH_RUBRIC)

    @property
    def held(self) -> "list[tuple[Book, tuple[tuple[Path, Text, bool], ...]]]":
        """The questionnaires with their rubrics, each with its path, name and whether it is sound; read once."""
        if self._held is None:
            from nqpf_assess.session.content import books_offered

            self._held = []
            for book in books_offered(self.bench.library, self._first):
                rubrics = [rubric for rubric in self.bench.library.profiles(book) if rubric.chain]
                rows = ((one.path, one.chain[-1].name, not errors(one.problems)) for one in rubrics)
                self._held.append((book, tuple(rows)))
        return self._held

    def rows(self) -> tuple[Row, ...]:
        """List what fits the letters."""
        speech, typed = self.speech, self.query_typed
        rows: list[Row] = []
        for book, rubrics in self.held:
            found = [row for row in rubrics if fits(typed, " ".join((row[0].stem, *row[1].values())))]
            rows += [*([BLANK] if rows and found else []), heading(speech.line(book.value.title))] if found else []
            for path, name, sound in found:
                ours = end_of(path).is_relative_to(end_of(shipped()))
                tail = speech.tell(FAULTY) if not sound else "" if ours else speech.tell(OWN)
                rows.append(Row(speech.line(name), id=str(path), tail=tail, whole=False))
        return (
            (quiet(speech.tell(BASES if self._base else SHIPPED)), BLANK, *rows)
            if rows
            else (quiet(speech.tell(NONE)),)
        )

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Give it back."""
        self.dismiss(Path(id))


class PartsPage(ListPage):
    """Lists the wholes whose parts can be compared in pairs; gives back the id of one, "" for the pillars."""

    TITLE_WORDS: ClassVar[Text] = WHICH_PARTS

    def __init__(self, editing: "RubricEditing") -> None:
        super().__init__()
        self._editing = editing

    def rows(self) -> tuple[Row, ...]:
        """List the pillars, then the parts of each pillar and dimension."""
        speech, questionnaire = self.speech, self._editing.book.value
        rows = [Row(speech.tell(PILLARS), id="of:")]
        for id, pillar in questionnaire.pillars.items():
            rows.append(Row(speech.tell(PARTS_OF, title=pillar.title), id=f"of:{id}"))
            for part, dimension in questionnaire.dimensions.items():
                if dimension.pillar == id:
                    rows.append(Row(speech.tell(PARTS_OF, title=dimension.title), id=f"of:{part}", lead="    "))
        return tuple(rows)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Give it back."""
        self.dismiss(id.removeprefix("of:"))


class NewRubricPage(TakingForm):
    """The name of a new rubric in each language of its questionnaire; gives back the file that was begun."""

    TITLE_WORDS: ClassVar[Text] = BEGIN_OWN
    AUTO_FOCUS = "Input"

    def __init__(self, bench: Workbench, base: Path) -> None:
        """Raises `UserError` where the base has errors."""
        from nqpf_assess.session.content import sound_rubric

        super().__init__()
        self._base, self._folder = base, editing_folder(bench.options.content)
        self._instrument, _path = sound_rubric(bench.library, str(base))

    def fields(self) -> tuple[tuple[str, Text], ...]:
        """Return a field a language, the reader's own first."""
        return in_languages("name-", NAME_IN, self._instrument.questionnaire.languages, self.bench.language)

    @property
    def wanted(self) -> "NewRubric":
        """What stands in the fields, with an id made of it."""
        from nqpf_assess.session.beginning import NewRubric, id_for

        questionnaire = self._instrument.questionnaire
        name = {code: self.field(f"name-{code}").value.strip() for code in questionnaire.languages}
        id = id_for(name, self.bench.library, questionnaire.id)
        return NewRubric(id, name, str(self._base), questionnaire.id, stated=True)

    def paint(self) -> None:
        """Name the fields; say on what the rubric rests and where its file goes."""
        self.name_fields()
        speech, wanted = self.speech, self.wanted
        file = self._folder / "weights" / wanted.questionnaire / f"{wanted.id}.toml"
        copied = self._instrument.profile.based_on is not None
        about = speech.tell(COPIED if copied else RESTS, name=speech.line(self._instrument.name))
        named = [quiet(speech.tell(GOES_INTO, path=path_shown(file)))] if any(wanted.name.values()) else []
        self.list.show((quiet(about), *named, BLANK, *numbered([("take", speech.tell(WRITE))])), keep=True)

    def taken(self) -> "Refusal | None":
        """Write the beginning of the rubric."""
        from nqpf_assess.kinds.kind import Refusal
        from nqpf_assess.session.beginning import begin_rubric

        wanted = self.wanted
        if not any(wanted.name.values()):
            return Refusal(NAMELESS)
        try:
            self._begun = begin_rubric(self.bench.library, wanted, self._folder)
        except UserError as fault:
            return Refusal(fault.message)
        return None

    def settle(self, refusal: "Refusal | None") -> None:
        """Give the file back; where it was refused, say why and stay."""
        if refusal is None:
            self.dismiss(self._begun)
        else:
            super().settle(refusal)


def open_rubrics(bench: Workbench, go_home: Callable[[], Path | None], *, pairs: bool = False) -> None:
    """Ask which rubric, and open its editor; `pairs`: and in it the comparison in pairs."""
    bench.ask(RubricsPage(_asked(bench)), lambda path: _edit(bench, path, go_home, pairs=pairs))


def open_new_rubric(bench: Workbench, go_home: Callable[[], Path | None]) -> None:
    """Ask on which rubric a new one shall rest and how it is called, and open it in the editor."""

    def based(base: Path | None) -> None:
        if base is None:
            return
        try:
            page = NewRubricPage(bench, base)
        except UserError as fault:
            bench.push_screen(ProblemsPage(fault))
            return
        bench.ask(page, begun)

    def begun(file: Path | None) -> None:
        if file is not None:
            bench.renew_library()
            _edit(bench, file, go_home, pairs=False)

    bench.ask(RubricsPage(_asked(bench), base=True), based)


def _asked(bench: Workbench) -> str:
    """Return the questionnaire of the open assessment; "" where none is open."""
    return bench.session.instrument.questionnaire.id if bench.desk is not None else ""


def _edit(bench: Workbench, path: Path | None, go_home: Callable[[], Path | None], *, pairs: bool) -> None:
    from nqpf_assess.files.editing.keeping import own_place
    from nqpf_assess.session.content import find_rubric
    from nqpf_assess.session.rubric_editing import open_rubric, samples_for
    from nqpf_assess.tui.editing.rubric import RubricPage

    if path is None:
        return
    place = end_of(own_place(path, editing_folder(bench.options.content)))
    for page in bench.screen_stack:
        if isinstance(page, RubricPage) and end_of(page.editing.file.path) == place:  # it has the file's lock
            while bench.screen is not page:
                bench.pop_screen()
            if pairs:
                bench.ask(PartsPage(page.editing), page.compare_parts)
            return
    watched = (bench.whom[0], bench.session.answers) if bench.desk is not None else None
    asked = _asked(bench)
    try:
        editing = open_rubric(*find_rubric(bench.library, str(path)), editing_folder(bench.options.content))
    except UserError as fault:
        bench.push_screen(ProblemsPage(fault))
        return
    if watched is not None and asked == editing.book.value.id:
        editing.watch(watched[1], watched[0])
    else:
        folders = tuple(root.path / "samples" for root in roots(bench.options.content))
        for found, answers in islice(samples_for(bench.library, editing.book.value.id, folders), 1):
            editing.watch(answers, sample_name(found))
    back_to = go_home()

    page = RubricPage(editing)
    bench.ask(page, lambda _: _come_back(bench, back_to))
    if pairs:
        bench.ask(PartsPage(editing), page.compare_parts)


def _come_back(bench: Workbench, to: Path | None) -> None:
    """Read content anew, and open the assessment again that was let go for the editor, where one was."""
    bench.renew_library()
    if to is not None:
        bench.soon(lambda: bench.open_file(to))


# ---- questions


class EditedQuestionsPage(FilterPage):
    """Lists the questions of a questionnaire; gives back the id of one."""

    TITLE_WORDS: ClassVar[Text] = WHICH_QUESTION

    def __init__(self, book: "Book") -> None:
        super().__init__()
        self._book = book

    def rows(self) -> tuple[Row, ...]:
        """List what fits the letters, by dimension."""
        speech, questionnaire, typed = self.speech, self._book.value, self.query_typed
        rows: list[Row] = []
        for id, dimension in questionnaire.dimensions.items():
            found = [
                (name, asked)
                for name, asked in questionnaire.questions.items()
                if asked.dimension == id
                and fits(typed, " ".join((name, *asked.text.values(), *dimension.title.values())))
            ]
            rows += [heading(speech.line(dimension.title))] if found else []
            rows += [Row(speech.line(asked.text), id=name, tail=name, whole=False) for name, asked in found]
        return tuple(rows) or (quiet(speech.tell(NONE)),)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Give it back."""
        self.dismiss(id)


def open_questions(bench: Workbench, go_home: Callable[[], Path | None]) -> None:
    """Ask which questionnaire, unless an assessment names one, then which question, and open its editor."""
    from nqpf_assess.session.content import books_offered, called

    if bench.desk is not None:
        _with_book(bench, bench.session.instrument.questionnaire.id, go_home)
        return
    # By their places: one whose head cannot be read has no id, and what is wrong with it is to be said.
    choices = [(str(book.path), called(book)) for book in books_offered(bench.library)]
    if len(choices) == 1:
        _with_book(bench, choices[0][0], go_home, stated=False)
    else:
        bench.ask(ChoicePage(WHICH_BOOK, [], choices), lambda path: _with_book(bench, path, go_home, stated=False))


def _with_book(bench: Workbench, name: str | None, go_home: Callable[[], Path | None], *, stated: bool = True) -> None:
    """Go on with a questionnaire named by its id, or by its place where it is not `stated`."""
    from nqpf_assess.session.content import sound_questionnaire
    from nqpf_assess.session.question_editing import is_shipped

    if name is None:
        return
    try:
        book = sound_questionnaire(bench.library, name, stated=stated)
    except UserError as fault:
        bench.push_screen(ProblemsPage(fault))
        return
    if not is_shipped(book):
        bench.ask(EditedQuestionsPage(book), lambda question: _edit_question(bench, book, question, go_home))
        return
    id = book.value.id
    folder = path_shown(editing_folder(bench.options.content) / "questionnaires" / id)
    choices = (("copy", COPY), ("leave", LEAVE_IT))
    page = ChoicePage(COPY_FIRST, [fill(COPY_WORDS, folder=folder)], choices)
    bench.ask(page, lambda choice: _copied(bench, id, choice, go_home))


def _copied(bench: Workbench, id: str, choice: str | None, go_home: Callable[[], Path | None]) -> None:
    from nqpf_assess.files.workspace import copy_questionnaire

    if choice != "copy":
        return
    try:
        copy_questionnaire(editing_folder(bench.options.content), id)
    except UserError as fault:
        bench.push_screen(ProblemsPage(fault))
        return
    bench.renew_library()
    _with_book(bench, id, go_home)


def _edit_question(bench: Workbench, book: "Book", id: str | None, go_home: Callable[[], Path | None]) -> None:
    from nqpf_assess.tui.editing.question import QuestionPage, questionnaire_opened

    if id is None:
        return
    try:
        editing = questionnaire_opened(bench, book, id)
    except UserError as fault:
        bench.push_screen(ProblemsPage(fault))
        return
    back_to = go_home()

    bench.ask(QuestionPage(editing, id), lambda _: _come_back(bench, back_to))
