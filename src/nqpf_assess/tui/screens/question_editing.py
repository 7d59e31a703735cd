"""The question editor: a question as it will be asked, in every language, with all that can be changed; saving."""

from collections.abc import Mapping
from typing import ClassVar

from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import Text, text
from nqpf_assess.session.question_editing import QuestionEditing
from nqpf_assess.session.typed import Refusal
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import BLANK, EDGES, Look, Row
from nqpf_assess.tui.screens.dialogs import ChoicePage
from nqpf_assess.tui.screens.listing import CHOOSE, CLOSE, PAGING, ListPage
from nqpf_assess.tui.screens.page import COMMON, Page
from nqpf_assess.tui.screens.question_forms import WordsForm
from nqpf_assess.tui.views import wording as view
from nqpf_assess.tui.widgets.rows import How

UNDO = Act("undo", "ctrl+z", text(en="Take the last change back", zh="撤销上一步修改"))
REDO = Act("redo", "ctrl+y", text(en="Bring back what was taken back", zh="恢复已撤销的修改"))
SAVE = Act("save", "ctrl+s", text(en="Look at the changes and save", zh="查看改动并保存"), text(en="Save", zh="保存"))
OWN = ("app.undo", "app.redo", "app.save")
TITLE = text(en="Question {id}", zh="题目 {id}")
NOTHING = text(en="Nothing has been changed.", zh="尚无改动。")
SAVED = text(en="Saved. Raise the questionnaire's version when you hand it out.", zh="已保存。发布时请提高问卷版本号。")
RESUMED = text(
    en="Changes that were not saved last time are here again; Ctrl+Z takes them back.",
    zh="上次未保存的改动已恢复，按 Ctrl+Z 可撤销。",
)
LEAVING = text(en="Leave without saving?", zh="不保存就退出吗？")
SAVE_FIRST = text(en="Look at the changes and save", zh="查看改动并保存")
DROP = text(en="Leave and drop the changes", zh="放弃改动并退出")
STAY = text(en="Stay", zh="返回")
WRITE = text(en="Save these changes", zh="保存以上改动")
BACK = text(en="Go on editing", zh="继续编辑")


class QuestionPage(ListPage):
    """One question: as it is asked, and all that can be changed."""

    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE, SAVE, UNDO, REDO, *PAGING)
    SHARED: ClassVar[tuple[Act, ...]] = tuple(act for act in COMMON if act.action not in OWN)
    EXPLAINED = (
        text(
            en="Above, the question's words, values and conditions; below, how it will be asked, in every language. "
            "Where one language was changed and another not, the other is marked, in the file by a comment; Enter on "
            "the mark takes it away. Nothing is written before you save.",
            zh="上方是文字、取值和条件，下方是各语言提问时的样子。只改了一种语言时，另一种会有标记，"
            "文件中也以注释标明，在标记上按回车可取消。保存之前不写入文件。",
        ),
    )

    def __init__(self, editing: QuestionEditing, id: str) -> None:
        super().__init__()
        self.editing, self._question, self._saved_once = editing, id, False

    def title_said(self) -> str:
        """Name the question; a mark shows that something is not saved."""
        return self.speech.tell(TITLE, id=self._question) + (" *" if self.editing.changed else "")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to change, save and go back."""
        return (CHOOSE, SAVE, CLOSE)

    def take_keys(self) -> None:
        """Say that something came back."""
        super().take_keys()
        if self.editing.resumed:
            self.say(RESUMED, "warn")

    def rows(self) -> tuple[Row, ...]:
        """Show it."""
        return view.question_rows(self.editing, self._question, self.speech_in(self.size.width - EDGES))

    def paint(self) -> None:
        """Fill the list; the cursor is on the text at first, and near by where its row is gone."""
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
            self.boss.push_screen(WordsForm(self.editing, self._question, slot))
        elif kind == "holds":
            number, _, language = place.partition(":")
            self._settle(self.editing.holds(self.editing.slots(self._question)[int(number)], language))
        elif kind == "core":
            core = bool(getattr(self.editing.asked(self._question), kind))
            self._settle(self.editing.set(self._question, kind, not core))
        elif kind in ("show_if", "na_when"):
            self._condition(kind)
        else:
            self.boss.push_screen(self._figures(kind, int(place) if place else None))

    def _figures(self, key: str, index: int | None) -> Page:
        from nqpf_assess.tui.screens.question_figures import BenchmarkForm, CaseForm, EndsForm, ScaleForm

        if key in ("range", "usual"):
            return EndsForm(self.editing, self._question, key)
        if key == "scale":
            return ScaleForm(self.editing, self._question)
        return (CaseForm if key == "scale_when" else BenchmarkForm)(self.editing, self._question, index)

    def _condition(self, key: str) -> None:
        from nqpf_assess.tui.screens.rubric_conditions import ConditionPage

        present = getattr(self.editing.asked(self._question), key)
        page = ConditionPage(self.editing, present, lambda found: self.editing.when(self._question, key, found))
        self.boss.push_screen(page)

    def _settle(self, refusal: Refusal | None) -> None:
        self.repaint()
        if refusal is not None:
            self.say_plainly(self.speech.words(refusal.why), "warn")

    def action_undo(self) -> None:
        """Take the last change back."""
        self.editing.undo()
        self.repaint()

    def action_redo(self) -> None:
        """Bring back what was taken back."""
        self.editing.redo()
        self.repaint()

    def action_save(self) -> None:
        """Show the difference, then save."""
        if not self.editing.changed:
            self.say(NOTHING)
            return
        self.boss.push_screen(DifferencePage(self.editing), self._written)

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
        self.boss.push_screen(ChoicePage(LEAVING, [], choices), self._leaving)

    def _leaving(self, choice: str | None) -> None:
        if choice == "save":
            self.action_save()
        elif choice == "drop":
            self.editing.forget()
            self.dismiss(self._saved_once)


class DifferencePage(ListPage):
    """What saving changes in the questionnaire's files."""

    TITLE_WORDS: ClassVar[Text] = text(en="Save", zh="保存")

    def __init__(self, editing: QuestionEditing) -> None:
        super().__init__()
        self._editing = editing

    def rows(self) -> tuple[Row, ...]:
        """List the choices, then the difference."""
        looks: Mapping[str, Look] = {"+": "good", "-": "warn"}
        lines = [Row(line or " ", look=looks.get(line[:1], "quiet")) for line in self._editing.difference()]
        choices = [
            Row(self.speech.tell(words), id=id, key=key, lead=f"{key}  ")
            for id, key, words in (("write", "1", WRITE), ("back", "2", BACK))
        ]
        return (*choices, BLANK, *lines)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Save, or go on."""
        if id == "back":
            self.dismiss(None)
            return
        try:
            self._editing.save()
        except UserError as fault:
            self.say_plainly(
                " ".join(self.speech.words(words) for words in (fault.message, fault.hint) if words), "bad"
            )
            return
        self.dismiss("written")
