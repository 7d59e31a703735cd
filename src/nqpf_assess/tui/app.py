"""The app: which page is open, on which assessment, in which language and colours; how it ends."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from nqpf_assess.model.text import Text, tell, text
from nqpf_assess.session.options import Options
from nqpf_assess.session.remembered import Recent, Remembered, recall, remember
from nqpf_assess.session.settings import read_settings
from nqpf_assess.tui.glyphs import ASCII, UNICODE, Glyphs
from nqpf_assess.tui.look import THEMES, own_themes, theme_for, theme_words
from nqpf_assess.tui.rows import Look
from nqpf_assess.tui.shell import Shell
from nqpf_assess.tui.views.frame import Standing

if TYPE_CHECKING:
    from nqpf_assess.files.library import Library
    from nqpf_assess.session.answering import Change, Session
    from nqpf_assess.session.desk import Desk
    from nqpf_assess.tui.screens.page import Page

PRESS_TO_LEAVE = text(en="Ctrl+Q leaves the program; everything is saved.", zh="按 Ctrl+Q 退出，内容均已保存。")
SAVED = text(en="saved {at}", zh="已保存 {at}")
READ_ONLY = text(en="read only", zh="只读")
NOT_SAVED = text(en="NOT SAVED", zh="未保存")
NOTHING_TO_UNDO = text(en="There is nothing to take back.", zh="没有可撤销的修改。")
NOTHING_TO_REDO = text(en="There is nothing to bring back.", zh="没有可恢复的修改。")
UNDONE = text(en="Taken back: {what}", zh="已撤销：{what}")
REDONE = text(en="Brought back: {what}", zh="已恢复：{what}")
ALL_SAVED = text(en="Everything is saved in {path}", zh="已全部保存到 {path}")
ASKED_NOW = (
    text(en="1 more question is asked now.", zh="因此新增 1 道题。"),
    text(en="{count} more questions are asked now.", zh="因此新增 {count} 道题。"),
)
"""For one question, and for several."""

ASKED_NO_MORE = (
    text(en="1 question is no longer asked; its answer is kept.", zh="因此有 1 道题不再询问，原有答案保留。"),
    text(
        en="{count} questions are no longer asked; their answers are kept.",
        zh="因此有 {count} 道题不再询问，原有答案保留。",
    ),
)
COPIED = text(
    en="Copied as text. If nothing can be pasted, this terminal does not allow it; in tmux: set -g set-clipboard on.",
    zh="已复制为文本。如无法粘贴，说明终端不允许；在 tmux 中可设置 set -g set-clipboard on。",
)
NO_COLOURS = text(en="Colours were asked to be off when the program was started.", zh="启动时已要求不使用颜色。")
PLACES: dict[str, Text] = {
    "facts": text(en="local conditions", zh="基本概况"),
    "answers": text(en="an answer", zh="一项答案"),
    "subject": text(en="name and year", zh="名称与年份"),
    "weights": text(en="the weights", zh="权重方案"),
    "override": text(en="a correction of the weights", zh="权重调整"),
    "plan": text(en="a tick in the plan", zh="对策勾选"),
    "follow_up": text(en="the follow-up sheet", zh="落实跟踪"),
    "mode": text(en="full or quick", zh="题量模式"),
    "language": text(en="the language", zh="语言"),
    "file": text(en="answers from the file", zh="文件中的答案"),
}


REPORT_TAKES = 6.0
"""Seconds that a report takes, for its bar, before this run of the program made one."""


class AssessApp(Shell):
    """The terminal app."""

    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "leave", show=False, priority=True)]

    def __init__(self, options: Options) -> None:
        self.options = options
        self.memory: Remembered = recall()
        self.settings, self.mistakes = read_settings(os.environ)
        self.language = options.language or self.settings.language or self.memory.language or options.locale
        self.plain_glyphs = bool(options.plain_glyphs or self.settings.ascii)
        self.glyphs: Glyphs = ASCII if self.plain_glyphs else UNICODE
        self.alone = self.warned = False
        self.report_takes = REPORT_TAKES
        self.desk: Desk | None = None
        self.question: str | None = None
        self._library: Library | None = None
        themes = (*THEMES, *own_themes(self.settings.themes))
        self._themes = [theme.name for theme in themes]
        wished = f"nqpf-{self.settings.theme}" if self.settings.theme else self.memory.theme
        theme = theme_for(wished, self._themes, colour=options.colour, environment=os.environ)
        super().__init__(theme=theme, themes=themes, colour=options.colour)
        self.set_keymap(dict(self.settings.keys))

    # ---- start and end

    def on_mount(self) -> None:
        """Open the first page, and be ready for what ends the app from outside."""
        self.watch_for_signals()
        if self.plain_glyphs:
            self.add_class("-ascii")
        from nqpf_assess.tui.screens.opening import first_page

        self.push_screen(first_page(self))

    def let_go(self) -> None:
        """Let the assessment go."""
        self.close_desk()

    def action_leave(self) -> None:
        """Leave, unless something typed cannot be kept or saved; then that is said first."""
        from nqpf_assess.tui.screens.dialogs import may_leave

        may_leave(self, self._really_leave)

    def _really_leave(self) -> None:
        self.put_away()
        self.exit()

    def action_help_quit(self) -> None:
        """Say how to leave, to those who press ctrl+c."""
        self.page.say(PRESS_TO_LEAVE)

    # ---- the desk

    @property
    def library(self) -> "Library":
        """Where questionnaires and rubrics are found."""
        if self._library is None:
            from nqpf_assess.files.library import Library
            from nqpf_assess.files.places import roots

            self._library = Library(roots(self.options.content))
        return self._library

    @property
    def session(self) -> "Session":
        """The assessment that is open."""
        assert self.desk is not None
        return self.desk.session

    def lay_open(self, desk: "Desk") -> None:
        """Take an assessment on; its language is the app's unless another was asked for."""
        self.close_desk()
        self.desk, self.question = desk, None
        self._library = None  # what was read for it is not needed any more
        self.note_recent()

    def close_desk(self) -> None:
        """Let the assessment go, and remember how it stood."""
        if self.desk is not None:
            self.note_recent()
            self.desk.close()
            self.desk = None

    def note_recent(self) -> None:
        """Remember the assessment for the first page."""
        if self.desk is None:
            return
        session, now = self.session, self.standing()
        seen = Recent(
            path=str(self.desk.path.absolute()),
            name=session.answers.subject.name,
            period=session.answers.subject.period,
            kind=session.instrument.questionnaire.id,
            score=now.score,
            coverage=now.coverage,
        )
        self.keep_in_mind(self.memory.with_recent(seen))

    def keep_in_mind(self, memory: Remembered) -> None:
        """Remember for the next start."""
        if memory != self.memory:
            self.memory = memory
            remember(memory)

    @property
    def whom(self) -> tuple[str, str]:
        """Whom the open assessment describes, and of which year."""
        if self.desk is None:
            return "", ""
        subject = self.session.answers.subject
        return subject.name or Path(self.desk.path).stem, subject.period

    @property
    def is_firm(self) -> bool:
        """Whether a firm is assessed and not a place."""
        return self.desk is not None and self.session.instrument.questionnaire.subject == "firm"

    def standing(self) -> Standing:
        """Give how the assessment stands, written for people."""
        if self.desk is None:
            return Standing()
        from nqpf_assess.tui.views.standing import standing_of

        return standing_of(self.session, self.language)

    # ---- what is always true of the file

    def saved_shown(self) -> str:
        """Say since when everything is in the file, or that it may only be read."""
        if self.desk is None:
            return ""
        if self.session.locked is not None:
            return tell(READ_ONLY, self.language)
        if self.session.trouble is not None:
            return tell(NOT_SAVED, self.language)
        saved = self.desk.keeper.saved_at if self.desk.keeper else None
        return tell(SAVED, self.language, at=f"{saved:%H:%M:%S}") if saved else ""

    def lasting_trouble(self) -> tuple[str, Look] | None:
        """Give what keeps the file from being saved, as long as it does."""
        if self.desk is None or self.session.trouble is None:
            return None
        trouble, joint = self.session.trouble, {"en": ". ", "zh": "。"}[self.language]
        said = [tell(words, self.language) for words in (trouble.message, trouble.hint) if words]
        return joint.join(said), "bad"

    def changed(self, change: "Change") -> str:
        """Look after a change: say what it brought or took away, and ask where the file was changed by others."""
        from nqpf_assess.tui.screens.dialogs import ask_about_conflict

        ask_about_conflict(self)
        pairs = ((change.shown, ASKED_NOW), (change.hidden, ASKED_NO_MORE))
        said = [tell(words[min(len(ids), 2) - 1], self.language, count=len(ids)) for ids, words in pairs if ids]
        return " ".join(said)

    # ---- what can be done everywhere

    @property
    def page(self) -> "Page":
        """The page that is open."""
        from nqpf_assess.tui.screens.page import Page

        page = self.screen
        assert isinstance(page, Page)
        return page

    def action_go(self, step: str) -> None:
        """Go to a step of the assessment."""
        from nqpf_assess.tui.screens.steps import page_of

        if self.desk is None or not self.page.flush():
            return
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.switch_screen(page_of(step))

    def show_question(self, place: str | None) -> None:
        """Ask the fact or question that a row names, as `facts:id` or `answers:id` with anything before it."""
        from nqpf_assess.tui.screens.steps import asking

        if place is None or not self.page.flush():
            return
        while len(self.screen_stack) > 2:
            self.pop_screen()
        page, at = asking(place)
        if type(self.screen) is page:
            self.screen.go(at)
        else:
            self.switch_screen(page(at))

    def action_home(self) -> None:
        """Go to the first page; the assessment is let go."""
        from nqpf_assess.tui.screens.home import HomePage

        if not self.page.flush():
            return
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.close_desk()
        self.switch_screen(HomePage())

    def action_help(self) -> None:
        """Explain what the keys are on, and list every key."""
        from nqpf_assess.tui.screens.help import HelpPage

        self.push_screen(HelpPage(self.page))

    def action_menu(self) -> None:
        """List everything that can be done, to choose from."""
        from nqpf_assess.tui.screens.menu import MenuPage

        if not isinstance(self.page, MenuPage):
            self.push_screen(MenuPage(self.page))

    def action_undo(self) -> None:
        """Take the last change back and go where it was made."""
        self._travel(undo=True)

    def action_redo(self) -> None:
        """Bring back what was taken back."""
        self._travel(undo=False)

    def _travel(self, *, undo: bool) -> None:
        if self.desk is None or not self.page.flush():
            return
        place = self.session.undo() if undo else self.session.redo()
        if place is None:
            self.page.say(NOTHING_TO_UNDO if undo else NOTHING_TO_REDO)
            return
        self.page.travelled(place)
        self.page.repaint()
        self.page.say(UNDONE if undo else REDONE, what=tell(PLACES[place[0]], self.language))

    def action_save(self) -> None:
        """Save now, for those who like to be sure; also tries again what was refused."""
        if self.desk is None or not self.page.flush():
            return
        if self.session.locked is None and self.session.save_again():
            self.page.say(ALL_SAVED, "good", path=self.desk.path)
        self.changed_file_shown()

    def changed_file_shown(self) -> None:
        """Draw the state of the file anew, and ask where others changed it."""
        from nqpf_assess.tui.screens.dialogs import ask_about_conflict

        ask_about_conflict(self)
        self.page.paint_status()

    def action_language(self) -> None:
        """Change to the other language."""
        self.speak("en" if self.language == "zh" else "zh")

    def speak(self, language: str) -> None:
        """Change the language of the app, and of the assessment that is open."""
        from dataclasses import replace

        self.language = language
        self.keep_in_mind(replace(self.memory, language=language))
        if self.desk is not None and self.session.locked is None:
            self.session.speak(language)
        self.page.repaint()

    def action_colours(self) -> None:
        """Change to the next colours."""
        from dataclasses import replace

        if self.no_color:
            self.page.say(NO_COLOURS)
            return
        self.theme = self._themes[(self._themes.index(self.theme) + 1) % len(self._themes)]
        self.keep_in_mind(replace(self.memory, theme=self.theme))
        self.page.say(theme_words(self.theme))

    def action_copy(self) -> None:
        """Give what the page shows to the terminal's clipboard, as text."""
        self.copy_to_clipboard(self.page.as_text())
        self.page.say(COPIED)

    def action_alone(self) -> None:
        """Hide what stands beside, or show it again."""
        self.alone = not self.alone
        self.page.repaint()
        self.call_after_refresh(self.page.repaint)

    def action_about(self) -> None:
        """Tell what runs here and where its files are."""
        from nqpf_assess.tui.screens.about import AboutPage

        if not isinstance(self.page, AboutPage):
            self.push_screen(AboutPage())


def run_app(options: Options) -> int:
    """Run the app and give the exit status; a fault of the program is raised after the terminal is as it was."""
    app = AssessApp(options)
    app.run(mouse=options.mouse and app.settings.mouse is not False)
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0
