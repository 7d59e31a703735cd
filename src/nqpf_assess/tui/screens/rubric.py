"""The rubric editor: the tree with bars, the rules, what saving would change; a sample watched all the while."""

from pathlib import Path
from typing import ClassVar

from textual import on

from nqpf_assess.files.places import shown
from nqpf_assess.files.store import ChangedUnderneath
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import Text, text
from nqpf_assess.session.rubric_editing import RubricEditing
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import BLANK, EDGES, Row
from nqpf_assess.tui.screens.dialogs import ChoicePage
from nqpf_assess.tui.screens.listing import CLOSE, PAGING, ListPage
from nqpf_assess.tui.screens.page import COMMON, HELP
from nqpf_assess.tui.screens.tabbed import TURN, TURN_BACK, PairedPage
from nqpf_assess.tui.views import rubric as view
from nqpf_assess.tui.widgets.drawn import Drawn
from nqpf_assess.tui.widgets.rows import How, Rows

OPEN = Act("open", "space", text(en="Show or hide the questions of a dimension", zh="展开或收起维度下的题目"))
UNDO = Act("undo", "ctrl+z", text(en="Take the last change back", zh="撤销上一步修改"))
REDO = Act("redo", "ctrl+y", text(en="Bring back what was taken back", zh="恢复已撤销的修改"))
SAVE = Act("save", "ctrl+s", text(en="Look at the changes and save", zh="查看改动并保存"), text(en="Save", zh="保存"))
SAMPLE = Act("sample", "f6", text(en="Watch another sample", zh="换一份观察的样例"), text(en="Sample", zh="样例"))
PAIRS = Act(
    "pairs", "f7", text(en="Compare this part with its siblings in pairs (AHP)", zh="与同组各项两两比较（层次分析法）")
)
QUESTION = Act(
    "question",
    "f8",
    text(en="Change the words, values and conditions of this question", zh="修改此题的文字、取值和条件"),
)
CHANGE = Act("", "enter", text(en="Change", zh="修改"), text(en="Change", zh="修改"))
LEAVE = Act("leave", "escape", text(en="Leave the editor", zh="退出编辑"), text(en="Leave", zh="退出"))
OWN = ("app.undo", "app.redo", "app.save")

TITLE = text(en="Rubric: {name}", zh="权重方案：{name}")
NOTHING_TO_UNDO = text(en="There is nothing to take back.", zh="没有可撤销的修改。")
NOTHING_TO_REDO = text(en="There is nothing to bring back.", zh="没有可恢复的修改。")
NO_QUESTION = text(
    en="Put the cursor on a question first; Space shows those of a dimension.",
    zh="请先将光标移到题目上；按空格可展开维度下的题目。",
)
NOTHING_TO_SAVE = text(en="Nothing has been changed.", zh="尚无改动。")
SAVED = text(en="Saved in {path}", zh="已保存到 {path}")
RESUMED = text(
    en="Changes that were not saved last time are here again; Ctrl+Z takes them back.",
    zh="上次未保存的改动已恢复，按 Ctrl+Z 可撤销。",
)
COPY = text(
    en="This one came with the program: your changes go into a copy, {path}.",
    zh="此方案为程序自带，改动将写入副本 {path}。",
)
LEAVING = text(en="Leave without saving?", zh="不保存就退出吗？")
KEPT = text(
    en="There are changes that are not saved. They are kept and come back next time.",
    zh="有改动尚未保存。退出后会保留，下次打开时恢复。",
)
STAY = text(en="Stay", zh="返回")
SAVE_FIRST = text(en="Look at them and save", zh="查看并保存")
GO = text(en="Leave; keep them for next time", zh="退出，改动留待下次")
DROP = text(en="Leave and drop them", zh="退出并放弃改动")


class RubricPage(PairedPage):
    """The editor of one rubric."""

    TABS: ClassVar[tuple[tuple[str, Text], ...]] = (
        ("tree", text(en="Weights and targets", zh="权重与目标")),
        ("rules", text(en="Rules, bands, floors", zh="规则、等次、底线")),
        ("changes", text(en="Changes", zh="改动")),
    )
    EXPLAINED = (
        text(
            en="Bars show the share of each part among its siblings, for the sample in the line above the list; its "
            "score and first measures move with every change. Enter changes a part and asks for the reason. * marks "
            "what differs from the file. Nothing is written before you save.",
            zh="条形表示各部分在同组中的占比（按列表上方的样例计算），每次改动后样例的得分和首批措施随之变化。"
            "按回车修改并填写理由。* 表示与文件不同。保存之前不写入文件。",
        ),
    )
    ACTS: ClassVar[tuple[Act, ...]] = (
        CHANGE,
        TURN,
        TURN_BACK,
        OPEN,
        SAVE,
        SAMPLE,
        PAIRS,
        QUESTION,
        UNDO,
        REDO,
        *PAGING,
        LEAVE,
    )
    SHARED: ClassVar[tuple[Act, ...]] = tuple(act for act in COMMON if act.action not in OWN)

    def __init__(self, editing: RubricEditing) -> None:
        super().__init__()
        self.editing = editing
        self.opened: set[str] = set()

    def hinted(self) -> tuple[Act, ...]:
        """Show how to change, turn, save and leave."""
        return (CHANGE, TURN, SAVE, SAMPLE, LEAVE, HELP)

    def title_said(self) -> str:
        """Name the rubric; a mark shows that something is not saved."""
        mark = " *" if self.editing.changed else ""
        return self.speech.tell(TITLE, name=self.speech.line(self.editing.value.name)) + mark

    def take_keys(self) -> None:
        """Say where the changes go, or that some came back."""
        super().take_keys()
        if self.editing.resumed:
            self.say(RESUMED, "warn")
        elif self.editing.file.path != self.editing.file.source:
            self.say(COPY, path=shown(self.editing.file.path))

    def rows(self) -> tuple[Row, ...]:
        """Give the rows of the present view."""
        speech = self.speech_in((self.list.size.width or self.size.width) - EDGES)
        if self.tab == "rules":
            return view.rule_rows(self.editing, speech)
        if self.tab == "changes":
            return view.change_rows(self.editing, speech)
        return view.tree_rows(self.editing, self.opened, speech)

    def paint(self) -> None:
        """Draw list, effect and detail."""
        super().paint()
        if self.list.current is None:
            self.list.action_jump(0)
        self.query_one("#effect", Drawn).show_all(view.effect_lines(self.editing, self.editing.now(), self.speech))
        self._paint_detail(self.list.current)

    def _paint_detail(self, id: str | None) -> None:
        detail = self.query_one("#detail", Rows)
        detail.display = self.tab == "tree"
        if self.tab == "tree" and id:
            speech = self.speech_in((detail.size.width or self.size.width) - EDGES)
            detail.show(view.node_detail(self.editing, id, speech))

    @on(Rows.Moved, "#rows")
    def _moved(self, message: Rows.Moved) -> None:
        message.stop()
        self._paint_detail(message.id)

    def chosen(self, id: str, how: How) -> None:
        """Change a part or a rule; the space bar shows or hides questions."""
        from nqpf_assess.tui.screens.rubric_forms import page_for_node
        from nqpf_assess.tui.screens.rubric_rules import page_for_rule

        if how == "space":
            self.action_open()
        elif self.tab == "rules":
            self.boss.push_screen(page_for_rule(self.editing, id))
        elif self.tab == "tree":
            self.boss.push_screen(page_for_node(self.editing, id))

    def action_open(self) -> None:
        """Show or hide the questions of the dimension under the cursor."""
        node = self.list.current or ""
        question = self.editing.book.value.questions.get(node)
        dimension = question.dimension if question else node
        if self.tab == "tree" and dimension in self.editing.book.value.dimensions:
            self.opened ^= {dimension}
            self.list.show(self.rows(), at=dimension, keep=True)

    def action_undo(self) -> None:
        """Take the last change back."""
        if not self.editing.undo():
            self.say(NOTHING_TO_UNDO)
        self.repaint()

    def action_redo(self) -> None:
        """Bring back what was taken back."""
        if not self.editing.redo():
            self.say(NOTHING_TO_REDO)
        self.repaint()

    def action_sample(self) -> None:
        """Choose another sample to watch."""
        self.boss.push_screen(SamplePage(self.editing))

    def action_pairs(self) -> None:
        """Compare the part under the cursor with its siblings."""
        from nqpf_assess.session.judging_pairs import Judging
        from nqpf_assess.tui.screens.rubric_forms import parent_of
        from nqpf_assess.tui.screens.rubric_pairs import TWO, PairsPage

        if self.tab != "tree" or not self.list.current:
            return
        judging = Judging(self.editing, parent_of(self.editing, self.list.current))
        if len(judging.members) < 2:
            self.say(TWO)
            return
        self.boss.push_screen(PairsPage(judging), self._compared)

    def _compared(self, said: Text | None) -> None:
        self.repaint()
        if said is not None:
            self.say(said, "good")

    def action_question(self) -> None:
        """Edit the question under the cursor, in the workspace's questionnaire."""
        from nqpf_assess.session.question_editing import open_to_edit
        from nqpf_assess.tui.screens.question_editing import QuestionPage

        node = self.list.current or ""
        if self.tab != "tree" or node not in self.editing.book.value.questions:
            self.say(NO_QUESTION)
            return
        try:
            editing = open_to_edit(self.editing.book)
        except UserError as fault:
            self.say_plainly(
                " ".join(self.speech.words(words) for words in (fault.message, fault.hint) if words), "warn"
            )
            return
        self.boss.push_screen(QuestionPage(editing, node), self._questioned)

    def _questioned(self, written: bool | None) -> None:  # noqa: FBT001
        if written:
            from nqpf_assess.files.library import Library
            from nqpf_assess.files.places import roots

            self.editing.renew(Library(roots(self.boss.options.content)).open_questionnaire(self.editing.book.path))
        self.repaint()

    def action_save(self) -> None:
        """Show the difference, then save."""
        if not self.editing.changed:
            self.say(NOTHING_TO_SAVE)
            return
        self.boss.push_screen(SavePage(self.editing), self._saved)

    def _saved(self, path: Path | None) -> None:
        if path is not None:
            self.say(SAVED, "good", path=shown(path))
        self.repaint()

    def action_leave(self) -> None:
        """Leave, unless something is not saved; then that is asked first."""
        if not self.editing.changed:
            self.boss.exit()
            return
        choices = (("stay", STAY), ("save", SAVE_FIRST), ("go", GO), ("drop", DROP))
        self.boss.push_screen(ChoicePage(LEAVING, [self.speech.tell(KEPT)], choices), self._leaving)

    def _leaving(self, choice: str | None) -> None:
        if choice == "save":
            self.action_save()
        elif choice == "drop":
            self.editing.file.forget()
            self.boss.exit()
        elif choice == "go":
            self.boss.exit()


PROPOSED = text(en="Save as version {version} (the changes ask for it)", zh="保存为版本 {version}（按改动性质建议）")
AS_IS = text(en="Save; the version stays {version}", zh="保存，版本仍为 {version}")
BACK = text(en="Go on editing", zh="继续编辑")
SAVING = text(en="Save", zh="保存")


class SavePage(ListPage):
    """Shows what saving would change, and saves."""

    TITLE_WORDS: ClassVar[Text] = SAVING

    def __init__(self, editing: RubricEditing) -> None:
        super().__init__()
        self._editing = editing

    def rows(self) -> tuple[Row, ...]:
        """List the choices, then the difference."""
        from nqpf_assess.engine.digest import chain_version

        proposed, present = self._editing.proposed_version(), chain_version(self._editing.instrument.chain)
        entries = [("raise", PROPOSED, proposed)] if proposed else []
        entries += [("keep", AS_IS, present), ("back", BACK, "")]
        choices = [
            Row(self.speech.tell(words, version=version), id=id, key=str(place), lead=f"{place}  ")
            for place, (id, words, version) in enumerate(entries, start=1)
        ]
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
            said = [self.speech.words(words) for words in (fault.message, fault.hint) if words]
            self.say_plainly(" ".join(said), "warn" if isinstance(fault, ChangedUnderneath) else "bad")
            return
        self.dismiss(self._editing.file.path)


class SamplePage(ListPage):
    """Lists the samples that can be watched."""

    TITLE_WORDS: ClassVar[Text] = text(en="Which sample to watch", zh="选择观察的样例")
    ACTS = (CLOSE, *PAGING)

    def __init__(self, editing: RubricEditing) -> None:
        super().__init__()
        self._editing = editing
        self._samples: dict[str, object] = {}

    def rows(self) -> tuple[Row, ...]:
        """List them by name and whom they describe."""
        from nqpf_assess.files.places import roots
        from nqpf_assess.session.rubric_editing import samples_for

        if not self._samples:
            folders = tuple(root.path / "samples" for root in roots(self.boss.options.content))
            self._samples = dict(samples_for(self.boss.library, self._editing.book.value.id, folders))
        return tuple(
            Row(getattr(answers, "subject").name or name, id=name, tail=name)  # noqa: B009
            for name, answers in self._samples.items()
        )

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Watch one."""
        self._editing.watch(self._samples[id], id)  # type: ignore[arg-type]
        self.dismiss(None)
