"""About: what runs here, where its files are, what was set, and whether this terminal draws as it should."""

import os
from collections.abc import Iterator
from typing import ClassVar

from nqpf_assess import __version__
from nqpf_assess.files.places import user_data
from nqpf_assess.model.text import Text, text
from nqpf_assess.session.settings import settings_file
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.cells import pad
from nqpf_assess.tui.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.screens.listing import CLOSE, PAGING, ListPage
from nqpf_assess.tui.screens.page import COMMON, MENU

PROGRAM = text(en="This program", zh="本程序")
VERSION = text(en="Version {version}", zh="版本 {version}")
ANSWERS = text(en="Answers: {path}", zh="答案文件：{path}")
NO_ANSWERS = text(en="no assessment is open", zh="未打开自评")
DATA = text(en="Its own folder: {path}", zh="程序数据文件夹：{path}")
SETTINGS = text(en="Settings: {path}", zh="设置文件：{path}")
NO_SETTINGS = text(en="Settings: none. They would stand in {path}", zh="未作设置。设置文件应放在 {path}")
TERMINAL = text(en="This terminal", zh="当前终端")
SIZE = text(en="{columns} columns × {lines} lines, TERM={term}", zh="{columns} 列 × {lines} 行，TERM={term}")
TEST = text(
    en="The bars at the right must stand below each other; if they do not, start with --ascii.",
    zh="右侧竖线应上下对齐；若不齐，请用 --ascii 启动。",
)
NAMES = text(
    en="Names of all acts, for other keys under [keys] in the settings", zh="全部操作的名称（可在设置的 [keys] 中改键）"
)
UNKNOWN_ACT = text(en="There is no act “{name}” to give keys to.", zh="没有名为“{name}”的操作，无法改键。")
TESTED = ("中文字宽测试", "ASCII width.", "“”——……·①", "│─▆·▸●○✓")
TEST_CELLS = 14


def every_act() -> tuple[Act, ...]:
    """Give all acts of all pages, each name once."""
    from nqpf_assess.tui.screens.asking import ASKING_ACTS
    from nqpf_assess.tui.screens.beside import BesidePage
    from nqpf_assess.tui.screens.home import HomePage
    from nqpf_assess.tui.screens.plan import PlanPage
    from nqpf_assess.tui.screens.profiles import ProfilesPage
    from nqpf_assess.tui.screens.review import ReviewPage

    pages = (HomePage, ProfilesPage, BesidePage, ReviewPage, PlanPage)
    acts = (*ASKING_ACTS, *COMMON, *(act for page in pages for act in page.ACTS))
    names = dict.fromkeys(act.id for act in acts if act.action)
    return tuple(next(act for act in acts if act.id == name) for name in names)


class AboutPage(ListPage):
    """Tells it."""

    TITLE_WORDS: ClassVar[Text] = text(en="About this program", zh="关于本程序")
    ACTS: ClassVar[tuple[Act, ...]] = (CLOSE, *PAGING)

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go back."""
        return (CLOSE, MENU)

    def rows(self) -> tuple[Row, ...]:
        """List program, terminal, names."""
        return (*self._program(), BLANK, *self._terminal(), BLANK, *self._names())

    def _program(self) -> Iterator[Row]:
        speech, desk, settings = self.speech, self.boss.desk, settings_file()
        yield heading(speech.tell(PROGRAM))
        yield Row(speech.tell(VERSION, version=__version__), lead="  ")
        answers = str(desk.path.absolute()) if desk else speech.tell(NO_ANSWERS)
        yield Row(speech.tell(ANSWERS, path=answers), lead="  ")
        yield Row(speech.tell(DATA, path=str(user_data())), lead="  ")
        yield Row(speech.tell(SETTINGS if settings.exists() else NO_SETTINGS, path=str(settings)), lead="  ")
        for problem in self.boss.mistakes:
            yield Row(problem.told(speech.language).replace("\n", " "), lead="  ", look="warn")
        for name in sorted(set(self.boss.settings.keys) - {act.id for act in every_act()}):
            yield Row(speech.tell(UNKNOWN_ACT, name=name), lead="  ", look="warn")

    def _terminal(self) -> Iterator[Row]:
        speech, term = self.speech, os.environ.get("TERM", "")
        yield heading(speech.tell(TERMINAL))
        yield Row(speech.tell(SIZE, columns=self.size.width, lines=self.size.height, term=term), lead="  ")
        yield quiet(speech.tell(TEST), lead="  ")
        for said in TESTED:
            yield Row(f"{pad(said, TEST_CELLS)}{speech.glyphs.target}", lead="  ")

    def _names(self) -> Iterator[Row]:
        speech = self.speech_in(self.size.width - EDGES)
        yield heading(speech.tell(NAMES))
        for act in every_act():
            yield Row(speech.tell(act.words), lead=f"  {pad(act.id, 18)}", tail=speech.keys(act))
