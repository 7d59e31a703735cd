"""Questions the app itself asks: why not applicable, whether to leave, what to do about a file that others changed."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import BLANK, Row
from nqpf_assess.tui.screens.listing import CHOOSE, CLOSE, ListPage
from nqpf_assess.tui.screens.page import Page
from nqpf_assess.tui.widgets.fields import Field
from nqpf_assess.tui.widgets.rows import How, Rows

if TYPE_CHECKING:
    from nqpf_assess.tui.app import AssessApp

DONE = Act("", "enter", text(en="Done", zh="完成"), text(en="Done", zh="完成"))


class AskPage(Page):
    """Asks for one line of text; gives it back, or None where it is left empty or closed."""

    ACTS = (CLOSE,)
    AUTO_FOCUS = "Input"
    ASKED: ClassVar[Text] = text(en="", zh="")

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self._typed = typed

    def body(self) -> Iterable[Widget]:
        """Hang up what is asked and the field."""
        yield Rows(id="asked")
        yield Field(self._typed, id="line", max_length=1000)
        yield Rows(id="below")

    def paint(self) -> None:
        """Say what is asked."""
        self.query_one("#asked", Rows).show([BLANK, Row(self.speech.tell(self.ASKED))])

    def hinted(self) -> tuple[Act, ...]:
        """Show how to finish."""
        return (DONE, CLOSE)

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        self.dismiss(message.value.strip() or None)

    def action_close(self) -> None:
        """Go back without a text."""
        self.dismiss(None)


class ReasonPage(AskPage):
    """Asks why a question does not apply."""

    TITLE_WORDS: ClassVar[Text] = text(en="Not applicable", zh="不适用")
    ASKED: ClassVar[Text] = text(
        en="Why does this question not apply here? The reason is printed in the report; without one nothing changes.",
        zh="本题为何不适用？理由会写入报告；不填理由则不作改动。",
    )


class FilePage(AskPage):
    """Asks for another file to go on in."""

    TITLE_WORDS: ClassVar[Text] = text(en="Save under another name", zh="另存为")
    ASKED: ClassVar[Text] = text(en="In which file shall it be kept from now on?", zh="今后保存到哪个文件？")


class ChoicePage(ListPage):
    """Says something and gives choices; gives back the id of the one taken, None where it is closed."""

    def __init__(self, title: Text, said: Iterable[str], choices: Iterable[tuple[str, Text]]) -> None:
        super().__init__()
        self._title, self._lines, self._choices = title, tuple(said), tuple(choices)

    def title_said(self) -> str:
        """Give the title."""
        return self.speech.tell(self._title)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose."""
        return (CHOOSE, CLOSE)

    def rows(self) -> tuple[Row, ...]:
        """Say it, then list the choices."""
        said = [Row(line) for line in self._lines]
        choices = [
            Row(self.speech.tell(words), id=id, key=str(number), lead=f"{number}  ")
            for number, (id, words) in enumerate(self._choices, start=1)
        ]
        return (BLANK, *said, BLANK, *choices)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Give the choice back."""
        self.dismiss(id)


CONFLICT = text(en="The file was changed", zh="文件已被修改")
THEIRS = text(
    en="Go on from what is in the file now; Ctrl+Z brings my answers back",
    zh="采用文件中的内容；按 Ctrl+Z 可找回我的答案",
)
MINE = text(en="Keep my answers; what is in the file is kept beside it", zh="保留我的答案；文件中的内容另存在旁边")
ELSEWHERE = text(en="Keep my answers in another file", zh="把我的答案另存为新文件")
LEAVING = text(en="Leave?", zh="要退出吗？")
NOT_TAKEN = text(
    en="What stands in the field cannot be taken as it is and would be lost.",
    zh="输入框中的内容无法采用，退出后会丢失。",
)
STAY = text(en="Stay and mend it", zh="返回修改")
LEAVE = text(en="Leave all the same", zh="仍然退出")
AGAIN = text(en="Try to save again", zh="再试一次保存")
KEPT_ASIDE = text(en="The other version is in {path}", zh="另一版本保存在 {path}")
NOT_READABLE = text(en="What is in the file now cannot be read.", zh="文件目前的内容无法读取。")


def ask_about_conflict(app: "AssessApp") -> None:
    """Where others changed the file, ask once what shall hold."""
    from nqpf_assess.files.store import ChangedUnderneath

    trouble = app.session.trouble if app.desk else None
    if not isinstance(trouble, ChangedUnderneath) or any(isinstance(page, _ConflictPage) for page in app.screen_stack):
        return
    said = [app.page.speech.tell(words) for words in (trouble.message, trouble.hint)]
    page = _ConflictPage(CONFLICT, said, (("mine", MINE), ("theirs", THEIRS), ("elsewhere", ELSEWHERE)))
    app.ask(page, lambda choice: _settle(app, choice))


class _ConflictPage(ChoicePage):
    """The question about a file that others changed."""


def _settle(app: "AssessApp", choice: str | None) -> None:
    if app.desk is None or choice is None:
        return
    if choice == "mine":
        aside = app.desk.keep_mine()
        if aside is not None:
            app.page.say(KEPT_ASIDE, path=aside)
    elif choice == "theirs":
        if not app.desk.take_theirs(app.library):
            app.page.say(NOT_READABLE, "bad")
    else:
        save_elsewhere(app)
    app.page.repaint()


def save_elsewhere(app: "AssessApp") -> None:
    """Ask for another file and go on in it."""

    from nqpf_assess.session.desk import typed_path

    def go_on(typed: str | None) -> None:
        if typed and app.desk:
            try:
                app.desk.save_elsewhere(typed_path(typed))
            except UserError as fault:
                app.page.say(fault.message, "bad")
            app.page.repaint()

    app.ask(FilePage(str(_free_name(app))), go_on)


def _free_name(app: "AssessApp") -> Path:
    assert app.desk is not None
    path = app.desk.path
    names = (path.with_name(f"{path.stem}-{number}.toml") for number in range(2, 1000))
    return next(name for name in names if not name.exists())


def may_leave(app: "AssessApp", leave: Callable[[], None]) -> None:
    """Leave at once where all is saved; else say what would be lost and ask."""
    if app.desk is None:
        leave()
    elif not app.page.flush():
        _ask(app, [app.page.speech.tell(NOT_TAKEN)], (("stay", STAY), ("leave", LEAVE)), leave)
    elif app.session.trouble is not None and app.session.locked is None and not app.session.save_again():
        trouble = app.session.trouble
        said = [app.page.speech.tell(words) for words in (trouble.message, trouble.hint) if words]
        _ask(app, said, (("again", AGAIN), ("elsewhere", ELSEWHERE), ("leave", LEAVE)), leave)
    else:
        leave()


def _ask(app: "AssessApp", said: Iterable[str], choices: Iterable[tuple[str, Text]], leave: Callable[[], None]) -> None:
    if any(isinstance(page, _LeavingPage) for page in app.screen_stack):
        leave()
        return

    def go_on(choice: str | None) -> None:
        if choice == "leave":
            leave()
        elif choice == "again":
            may_leave(app, leave)
        elif choice == "elsewhere":
            save_elsewhere(app)

    app.ask(_LeavingPage(LEAVING, said, choices), go_on)


class _LeavingPage(ChoicePage):
    """The question whether to leave."""
