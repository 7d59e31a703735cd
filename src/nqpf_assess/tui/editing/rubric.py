"""The rubric editor: the tree with bars, the rules, what saving would change; a sample watched all the while."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on

from nqpf_assess.files.places import shown
from nqpf_assess.files.store import ChangedUnderneath
from nqpf_assess.locale import Text, _, _c
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.rubric_editing import RubricEditing
from nqpf_assess.session.samples import sample_name
from nqpf_assess.tui.drawing.acts import Act
from nqpf_assess.tui.drawing.rows import BLANK, EDGES, Look, Row, quiet
from nqpf_assess.tui.drawing.speech import numbered
from nqpf_assess.tui.editing import rubric_rows as view
from nqpf_assess.tui.editing.editor import BACK, LEAVING, REDO, SAVE, STAY, UNDO, EditorPage
from nqpf_assess.tui.frame.dialogs import ChoicePage
from nqpf_assess.tui.frame.lists import CLOSE, PAGING, TURN, TURN_BACK, ListPage, PairedPage
from nqpf_assess.tui.frame.page import HELP
from nqpf_assess.tui.frame.tools import in_app
from nqpf_assess.tui.widgets.drawn import LineBlock
from nqpf_assess.tui.widgets.list import How, RowList

if TYPE_CHECKING:
    from nqpf_assess.session.question_editing import QuestionEditing

OPEN = Act("open", "space", _("Show or hide the questions of a dimension"))
PAIRS = Act("pairs", "f7", _("Compare this part with its siblings in pairs (AHP)"))
QUESTION = Act(
    "question",
    "f8",
    _("Change the words, values and conditions of this question"),
)
MEASURES = Act("measures", "f4", _("Change a measure that lifts this part: its KPI, first step, months"))
CHANGE = Act("", "enter", _c("do", "Change"), _c("do", "Change"))
LEAVE = Act("leave", "escape", _("Leave the editor"), _("Leave"))

TITLE = _("Rubric: {name}")
NO_PART = _("Put the cursor on a part of the tree first.")
NO_DIMENSION = _("Put the cursor on a dimension first; its questions are shown below it.")
NO_QUESTION = _("Put the cursor on a question first; Space shows those of a dimension.")
SHIPPED = _(
    "The questionnaire came with the program and is not changed. Leave the editor and choose “Edit questions” in the "
    "menu: it makes a copy that can be changed."
)
SAVED = _("Saved in {path}")
BASE_SAVED = _(
    "Saved in {path}. Profiles that lie beside another baseline, such as those of the program, stay based on that one."
)
COPY = _("This one came with the program: your changes go into a copy, {path}.")
BASE_COPY = _(
    "This one came with the program: your changes go into a copy, {path}. Profiles that lie beside another baseline, "
    "such as those of the program, stay based on that one."
)
KEPT = _("There are changes that are not saved. They are kept and come back next time.")
NOT_KEPT = _(
    "There are changes that are not saved, and they cannot be kept for next time: the disk is full, or nothing may be "
    "written there."
)
SAVE_FIRST = _("Look at them and save")
GO = _("Leave; keep them for next time")
DROP = _("Leave and drop them")


class RubricPage(EditorPage, PairedPage):
    """The editor of one rubric."""

    TABS: ClassVar[tuple[tuple[str, Text], ...]] = (
        ("tree", _("Weights and targets")),
        ("rules", _("Rules, bands, floors")),
        ("changes", _("Changes")),
    )
    EXPLAINED = (
        _(
            "Bars show the share of each part among its siblings, for the sample in the line above the list; its "
            "score and first measures move with every change. Enter changes a part and asks for the reason. * marks "
            "what differs from the file. Nothing is written before you save."
        ),
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        CHANGE,
        TURN,
        TURN_BACK,
        OPEN,
        SAVE,
        view.WATCH,
        PAIRS,
        QUESTION,
        MEASURES,
        UNDO,
        REDO,
        *PAGING,
        LEAVE,
    )

    editing: RubricEditing

    def __init__(self, editing: RubricEditing) -> None:
        super().__init__()
        self.editing = editing
        self.opened: set[str] = set()

    def hinted(self) -> tuple[Act, ...]:
        """Show how to change, turn, save and leave."""
        return (*(() if self.tab == "changes" else (CHANGE,)), TURN, SAVE, view.WATCH, LEAVE, HELP)

    def title_text(self) -> str:
        """Name the rubric; a mark shows that something is not saved."""
        mark = " *" if self.editing.changed else ""
        return self.speech.tell(TITLE, name=self.speech.line(self.editing.value.name)) + mark

    def take_keys(self) -> None:
        """Show where the changes go, or that some came back."""
        super().take_keys()
        came_back = self.editing.resumed or self.editing.aside is not None
        if not came_back and self.editing.file.path != self.editing.file.source:
            baseline = self.editing.is_baseline
            look: Look = "warn" if baseline else "plain"
            self.say(BASE_COPY if baseline else COPY, look, path=shown(self.editing.file.path))

    def rows(self) -> tuple[Row, ...]:
        """Return the rows of the present view."""
        speech = self.speech_in((self.list.size.width or self.size.width) - EDGES)
        if self.tab == "rules":
            return view.rule_rows(self.editing, speech)
        if self.tab == "changes":
            return view.change_rows(self.editing, speech)
        return view.tree_rows(self.editing, self.opened, speech)

    def paint(self) -> None:
        """Draw list, effect and detail."""
        super().paint()
        self.unsay_of_before(SAVED, BASE_SAVED)
        self.query_one("#effect", LineBlock).show_all(view.effect_lines(self.editing, self.editing.now(), self.speech))
        self._paint_detail(self.list.current)

    def _paint_detail(self, id: str | None) -> None:
        detail = self.query_one("#detail", RowList)
        detail.display = self.tab == "tree"
        if self.tab == "tree" and id:
            speech = self.speech_in((detail.size.width or self.size.width) - EDGES)
            detail.show(view.node_detail(self.editing, id, speech))

    @on(RowList.Moved, "#rows")
    def _moved(self, message: RowList.Moved) -> None:
        message.stop()
        self._paint_detail(message.id)

    def chosen(self, id: str, how: How) -> None:
        """Change a part or a rule; the space bar shows or hides questions."""
        from nqpf_assess.tui.editing.rubric_forms import page_for_node
        from nqpf_assess.tui.editing.rule_forms import page_for_rule

        if how == "space":
            self.action_open()
        elif self.tab == "rules":
            self.bench.push_screen(page_for_rule(self.editing, id))
        elif self.tab == "tree":
            self.bench.push_screen(page_for_node(self.editing, id))

    def action_open(self) -> None:
        """Show or hide the questions of the dimension under the cursor."""
        node = self.list.current or ""
        question = self.editing.book.value.questions.get(node)
        dimension = question.dimension if question else node
        if self.tab == "tree" and dimension in self.editing.book.value.dimensions:
            self.opened ^= {dimension}
            self.list.show(self.rows(), at=dimension, keep=True)
        else:
            self.say(NO_DIMENSION)

    def action_sample(self) -> None:
        """Choose another sample to watch."""
        self.bench.push_screen(SamplePage(self.editing))

    def action_pairs(self) -> None:
        """Compare the part under the cursor with its siblings."""
        from nqpf_assess.tui.editing.rubric_forms import parent_of

        if self.tab == "tree" and self.list.current:
            self._compare(parent_of(self.editing, self.list.current))
        else:
            self.say(NO_PART)

    def _compare(self, of: str) -> None:
        from nqpf_assess.session.judging_pairs import Judging
        from nqpf_assess.tui.editing.pairs import TWO, PairsPage

        judging = Judging(self.editing, of)
        if len(judging.members) < 2:
            self.say(TWO)
            return
        self.bench.push_screen(PairsPage(judging), self._compared)

    def _compared(self, words: Text | None) -> None:
        self.repaint()
        if words is not None:
            self.say(words, "good")

    def action_question(self) -> None:
        """Edit the question under the cursor, in the workspace's questionnaire."""
        from nqpf_assess.tui.editing.question import QuestionPage

        node = self.list.current or ""
        if self.tab != "tree" or node not in self.editing.book.value.questions:
            self.say(NO_QUESTION)
        elif (editing := self._opened_questionnaire(node)) is not None:
            self.bench.push_screen(QuestionPage(editing, node), self._questioned)

    def action_measures(self) -> None:
        """Edit a measure that lifts the part under the cursor, in the workspace's questionnaire."""
        from nqpf_assess.tui.editing.measure import MeasuresPage

        node, questionnaire = self.list.current or "", self.editing.book.value
        question = questionnaire.questions.get(node)
        dimensions = questionnaire.dimensions_of.get(node, (question.dimension if question else node,))
        if self.tab != "tree" or not node:
            self.say(NO_PART)
        elif (editing := self._opened_questionnaire()) is not None:
            self.bench.push_screen(MeasuresPage(editing, tuple(dimensions)), self._questioned)

    def _opened_questionnaire(self, question: str | None = None) -> "QuestionEditing | None":
        """Open the questionnaire to edit it; None where that cannot be, which is said with the app's own way out."""
        from nqpf_assess.session.question_editing import is_shipped
        from nqpf_assess.tui.editing.question import questionnaire_opened

        if is_shipped(self.editing.book):
            self.say(SHIPPED, "warn")
            return None
        try:
            return questionnaire_opened(self.bench, self.editing.book, question)
        except UserError as fault:
            self.say_plainly(self.speech.sentences(fault.message, in_app(fault.hint)), "warn")
            return None

    def _questioned(self, written: bool | None) -> None:  # noqa: FBT001
        if written:
            from nqpf_assess.files.library import Library
            from nqpf_assess.files.places import roots

            self.editing.renew(Library(roots(self.bench.options.content)).open_questionnaire(self.editing.book.path))
        self.repaint()

    def saving(self) -> None:
        """Show the difference, and which version saving would state."""
        new_baseline = self.editing.is_baseline and self.editing.file.path != self.editing.file.source
        words = BASE_SAVED if new_baseline else SAVED
        self.bench.push_screen(SavePage(self.editing), lambda path: self._saved(path, words))

    def _saved(self, path: Path | None, words: Text) -> None:
        if path is not None:
            self.say(words, "warn" if words is BASE_SAVED else "good", path=shown(path))
        self.repaint()

    def compare_parts(self, of: str | None) -> None:
        """Compare the parts of a whole in pairs: "" for the pillars; None: nothing is to be compared."""
        if of is not None:
            self._compare(of)

    def leave(self) -> None:
        """Go back to the page below; where this was the first one, end."""
        if len(self.bench.screen_stack) > 2:
            self.dismiss(None)
        else:
            self.bench.exit()

    def action_close(self) -> None:
        """Leave as by Esc: Enter behind the last of the changes does so too."""
        self.action_leave()

    def action_leave(self) -> None:
        """Leave, unless something is not saved; then that is asked first."""
        if not self.editing.changed:
            self.leave()
            return
        lost = self.half_done
        choices = [("stay", STAY), ("save", SAVE_FIRST), *([] if lost else [("go", GO)]), ("drop", DROP)]
        words = NOT_KEPT if lost else KEPT
        self.bench.push_screen(ChoicePage(LEAVING, [words], choices), self._leaving)

    def _leaving(self, choice: str | None) -> None:
        if choice == "save":
            self.action_save()
        elif choice == "drop":
            self.editing.file.forget()
            self.leave()
        elif choice == "go":
            self.leave()


PROPOSED = _("Save as version {version} (the changes ask for it)")
AS_IS = _("Save; the version stays {version}")
SAVING = _("Save")


class SavePage(ListPage):
    """Shows what saving would change, and saves."""

    TITLE_WORDS: ClassVar[Text] = SAVING

    def __init__(self, editing: RubricEditing) -> None:
        super().__init__()
        self._editing = editing

    def rows(self) -> tuple[Row, ...]:
        """List the choices, then the difference."""
        from nqpf_assess.engine.instrument import chain_version

        proposed, present = self._editing.proposed_version(), chain_version(self._editing.instrument.chain)
        entries = [("raise", PROPOSED, proposed)] if proposed else []
        entries += [("keep", AS_IS, present), ("back", BACK, "")]
        choices = numbered((id, self.speech.tell(words, version=version)) for id, words, version in entries)
        return (BLANK, *choices, BLANK, *view.change_rows(self._editing, self.speech_in(self.size.width - EDGES)))

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Save, with or without another version."""
        if id == "back":
            self.dismiss(None)
            return
        proposed = self._editing.proposed_version()
        if id == "raise" and proposed:
            self._editing.take_version(proposed)
        try:
            self._editing.save()
        except UserError as fault:
            look: Look = "warn" if isinstance(fault, ChangedUnderneath) else "bad"
            self.say_plainly(self.speech.sentences(fault.message, in_app(fault.hint)), look)
            return
        self.dismiss(self._editing.file.path)


NO_SAMPLES = _("There is no filled sample of this questionnaire to watch.")


class SamplePage(ListPage):
    """Lists the samples that can be watched."""

    TITLE_WORDS: ClassVar[Text] = _("Which sample to watch")
    ACTS = (CLOSE, *PAGING)

    def __init__(self, editing: RubricEditing) -> None:
        super().__init__()
        self._editing = editing
        self._samples: dict[str, Answers] = {}

    def rows(self) -> tuple[Row, ...]:
        """List them by name and whom they describe."""
        from nqpf_assess.files.places import roots
        from nqpf_assess.session.rubric_editing import samples_for

        if not self._samples:
            folders = tuple(root.path / "samples" for root in roots(self.bench.options.content))
            self._samples = dict(samples_for(self.bench.library, self._editing.book.value.id, folders))
        rows = tuple(
            Row(self.speech.words(sample_name(name)), id=name, tail=answers.subject.name)
            for name, answers in self._samples.items()
        )
        return rows or (quiet(self.speech.tell(NO_SAMPLES)),)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Watch one."""
        self._editing.watch(self._samples[id], sample_name(id))
        self.dismiss(None)
