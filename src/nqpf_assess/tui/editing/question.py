"""The question editor: a question as it will be asked, in every language, with all that can be changed; saving."""

from typing import ClassVar

from nqpf_assess.files.found import Book
from nqpf_assess.kinds.kind import Refusal
from nqpf_assess.locale import Text, _
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.question_editing import QuestionEditing, open_to_edit
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Row
from nqpf_assess.tui.drawing.speech import numbered
from nqpf_assess.tui.editing import question_rows as view
from nqpf_assess.tui.editing.editor import BACK, LEAVING, REDO, SAVE, STAY, UNDO, EditingPage, EditorPage
from nqpf_assess.tui.editing.question_forms import WordsForm
from nqpf_assess.tui.editing.rubric_rows import difference_row
from nqpf_assess.tui.frame.dialogs import ChoicePage
from nqpf_assess.tui.frame.lists import CHOOSE, CLOSE, PAGING, ListPage
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.frame.tools import in_app
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.widgets.list import How

SAVED = _("Saved. Raise the questionnaire's version when you hand it out.")
SAVE_FIRST = _("Look at the changes and save")
DROP = _("Leave and drop the changes")
WRITE = _("Save these changes")


class QuestionPage(EditorPage, ListPage):
    """One question: as it is asked, and all that can be changed."""

    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE, SAVE, UNDO, REDO, *PAGING)
    EXPLAINED = (
        _(
            "Above, the question's words, values and conditions; below, how it will be asked, in every language. "
            "Where one language was changed and another not, the other is marked, in the file by a comment; Enter on "
            "the mark takes it away. Nothing is written before you save."
        ),
    )

    editing: QuestionEditing

    def __init__(self, editing: QuestionEditing, id: str) -> None:
        super().__init__()
        self.editing, self._question, self._saved_once = editing, id, False

    def title_text(self) -> str:
        """Name the question; a mark shows that something is not saved."""
        words = view.question_name(self.editing.value, self._question, self.speech)
        return words + (" *" if self.editing.changed else "")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to change, save and go back."""
        return (CHOOSE, SAVE, CLOSE)

    def rows(self) -> tuple[Row, ...]:
        """Show it."""
        return view.question_rows(self.editing, self._question, self.speech_in(self.size.width - EDGES))

    def paint(self) -> None:
        """Fill the list; the cursor is on the text at first, and near by where its row is gone."""
        self.unsay_of_before(SAVED)
        rows, current = self.rows(), self.list.current or ""
        kind, _, place = current.partition(":")
        near = (current, f"{kind}:", f"slot:{place.partition(':')[0]}", "slot:0")
        known = {row.id for row in rows if row.id}
        self.list.show(rows, at=next(id for id in near if id in known), keep=True)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Change words, a value or a condition."""
        kind, _, place = id.partition(":")
        if kind == "slot":
            slot = self.editing.slots(self._question)[int(place)]
            self.bench.push_screen(WordsForm(self.editing, self._question, slot))
        elif kind == "holds":
            number, _, language = place.partition(":")
            self._settle(self.editing.holds(self.editing.slots(self._question)[int(number)], language))
        elif kind == "core":
            core = bool(getattr(self.editing.asked(self._question), kind))
            self._settle(self.editing.set(self._question, kind, not core))
        elif kind in ("show_if", "na_when"):
            self._condition(kind)
        else:
            self.bench.push_screen(self._figures(kind, int(place) if place else None))

    def _figures(self, key: str, index: int | None) -> Page:
        from nqpf_assess.tui.editing.question_forms import BenchmarkForm, CaseForm, EndsForm, ScaleForm

        if key in ("range", "usual"):
            return EndsForm(self.editing, self._question, key)
        if key == "scale":
            return ScaleForm(self.editing, self._question)
        return (CaseForm if key == "scale_when" else BenchmarkForm)(self.editing, self._question, index)

    def _condition(self, key: str) -> None:
        from nqpf_assess.tui.editing.conditions import ConditionPage

        present = getattr(self.editing.asked(self._question), key)
        page = ConditionPage(self.editing, present, lambda found: self.editing.when(self._question, key, found))
        self.bench.push_screen(page)

    def _settle(self, refusal: Refusal | None) -> None:
        self.hush()  # what was said of the change before
        self.repaint()
        if refusal is not None:
            self.say_plainly(self.speech.words(refusal.why), "warn")

    def saving(self) -> None:
        """Show the difference."""
        self.bench.push_screen(DifferencePage(self.editing), self._written)

    def _written(self, done: str | None) -> None:
        self.repaint()
        if done:
            self._saved_once = True
            self.say(SAVED, "good")

    def action_close(self) -> None:
        """Go back; where something is not saved, ask first. Gives back whether anything was written."""
        if not self.editing.changed:
            self.dismiss(self._saved_once)
            return
        choices = (("stay", STAY), ("save", SAVE_FIRST), ("drop", DROP))
        self.bench.push_screen(ChoicePage(LEAVING, [], choices), self._leaving)

    def _leaving(self, choice: str | None) -> None:
        if choice == "save":
            self.action_save()
        elif choice == "drop":
            self.editing.forget()
            self.dismiss(self._saved_once)


def questionnaire_opened(bench: Workbench, book: Book, question: str | None = None) -> QuestionEditing:
    """Return a questionnaire as a page of this app has it open already, else open it; raises `UserError`."""
    for page in bench.screen_stack:
        found = page.editing if isinstance(page, EditingPage) else None
        if isinstance(found, QuestionEditing) and found.book.path == book.path:
            return found
    return open_to_edit(book, question)


class DifferencePage(ListPage):
    """What saving changes in the questionnaire's files."""

    TITLE_WORDS: ClassVar[Text] = _("Save")

    def __init__(self, editing: QuestionEditing) -> None:
        super().__init__()
        self._editing = editing

    def rows(self) -> tuple[Row, ...]:
        """List the choices, then the difference."""
        lines = [difference_row(line) for line in self._editing.difference()]
        choices = numbered((("write", self.speech.tell(WRITE)), ("back", self.speech.tell(BACK))))
        return (*choices, BLANK, *lines)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Save, or go on."""
        if id == "back":
            self.dismiss(None)
            return
        try:
            self._editing.save()
        except UserError as fault:
            self.say_plainly(self.speech.sentences(fault.message, in_app(fault.hint)), "bad")
            return
        self.dismiss("written")
