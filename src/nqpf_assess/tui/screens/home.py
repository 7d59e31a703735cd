"""Home: recent assessments, new ones, samples to look around in, and what stays on this computer."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import BLANK, EDGES, Row, heading, quiet
from nqpf_assess.tui.screens.listing import CHOOSE, PAGING, ListPage
from nqpf_assess.tui.screens.page import HELP, MENU
from nqpf_assess.tui.views.home import recent_row
from nqpf_assess.tui.widgets.rows import How

PRIVACY = text(
    en="Everything stays on this computer: answers are in your own file, nothing is sent anywhere.",
    zh="全部内容只留在本机：答案存在您自己的文件里，不上传、不联网。",
)
RECENT = text(en="Recent assessments", zh="最近的自评")
BEGIN = text(en="Begin", zh="开始")
NEW_REGION = text(en="New: assess a place", zh="新建：地区自评")
NEW_FIRM = text(en="New: assess a firm", zh="新建：企业自评")
OPEN = text(en="Open a file …", zh="打开已有文件……")
SAMPLE = text(en="Look around in a filled sample", zh="先看一份填好的示例")
SAMPLE_FIRST = text(en="a good first step; nothing can break", zh="初次使用可从这里开始，随意操作不会出错")
OVER_THE_YEARS = text(en="Over the years", zh="历年变化")
LANGUAGE = text(en="中文", zh="English")
LEAVE = text(en="Leave", zh="退出")
FORGET = Act("forget", "delete", text(en="Take from this list (the file stays)", zh="从列表中移除（不删除文件）"))
GONE = text(en="The file is no longer there: {path}", zh="文件已不在原处：{path}")
NO_SAMPLES = text(en="There are no samples here.", zh="没有找到示例。")


class HomePage(ListPage):
    """The start page."""

    TITLE_WORDS: ClassVar[Text] = text(en="Self-assessment of new quality productive forces", zh="新质生产力自评")
    ACTS = (*PAGING, FORGET)
    EXPLAINED = (
        text(
            en="An assessment is one file. Begin a new one, go on with a recent one, or look around in a sample first. "
            "Choose with the digits, or with ↑ ↓ and Enter; the mouse works too.",
            zh="一份自评就是一个文件。可以新建，可以继续最近的自评，也可以先看示例。"
            "用数字键选择，或用 ↑ ↓ 加回车，也可以用鼠标。",
        ),
    )

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose and leave."""
        return (CHOOSE, MENU, HELP, Act("app.leave", "f10", LEAVE, LEAVE))

    def rows(self) -> tuple[Row, ...]:
        """List what can be begun or gone on with."""
        speech = self.speech
        recent, years = [*self._recent()], [*self._years()]
        return (
            BLANK,
            quiet(speech.tell(PRIVACY)),
            BLANK,
            *((heading(speech.tell(RECENT)), *recent, BLANK) if recent else ()),
            *((heading(speech.tell(OVER_THE_YEARS)), *years, BLANK) if years else ()),
            heading(speech.tell(BEGIN)),
            *self._beginnings(first=not recent),
        )

    def _recent(self) -> Iterator[Row]:
        for index, seen in enumerate(self.boss.memory.recent):
            yield recent_row(seen, index, self.speech_in(self.size.width - EDGES))

    def _years(self) -> Iterator[Row]:
        from nqpf_assess.session.remembered import over_the_years
        from nqpf_assess.tui.views.home import years_row

        for index, years in enumerate(over_the_years(self.boss.memory.recent)):
            yield years_row(years, index, self.speech)

    def _beginnings(self, *, first: bool) -> Iterator[Row]:
        sample = self.speech.tell(SAMPLE_FIRST) if first else ""
        entries = (
            ("new:region", NEW_REGION, ""),
            ("new:firm", NEW_FIRM, ""),
            ("open", OPEN, ""),
            ("sample", SAMPLE, sample),
            ("language", LANGUAGE, ""),
            ("leave", LEAVE, ""),
        )
        for number, (id, words, tail) in enumerate(entries, start=1):
            key = str(number) if id != "leave" else "0"
            yield Row(self.speech.tell(words), id=id, key=key, lead=f"{key}  ", tail=tail)

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Do what the row is for."""
        if id.startswith("recent:"):
            self._open(Path(self.boss.memory.recent[int(id.removeprefix("recent:"))].path))
        elif id.startswith("years:"):
            self._history(int(id.removeprefix("years:")))
        elif id.startswith("new:"):
            from nqpf_assess.tui.screens.new import NewPage

            self.boss.push_screen(NewPage(id.removeprefix("new:")))
        elif id == "open":
            from nqpf_assess.tui.screens.files import OpenPage

            self.boss.push_screen(OpenPage())
        elif id == "sample":
            self._samples()
        elif id == "language":
            self.boss.action_language()
        else:
            self.boss.action_leave()

    def _open(self, path: Path) -> None:
        from nqpf_assess.tui.screens.starting import open_file

        if path.exists():
            open_file(self.boss, path)
        else:
            self.say(GONE, "warn", path=str(path))

    def _history(self, index: int) -> None:
        from nqpf_assess.session.remembered import over_the_years
        from nqpf_assess.tui.screens.compare import HistoryPage

        page = HistoryPage(over_the_years(self.boss.memory.recent)[index])
        try:
            if page.load(self.boss.library):
                self.boss.push_screen(page)
        except UserError as fault:
            self.say(fault.message, "bad")

    def _samples(self) -> None:
        from nqpf_assess.session.desk import samples
        from nqpf_assess.tui.screens.files import SamplesPage

        if samples():
            self.boss.push_screen(SamplesPage())
        else:
            self.say(NO_SAMPLES)

    def action_forget(self) -> None:
        """Take an assessment off the list."""
        current = self.list.current or ""
        if current.startswith("recent:"):
            path = self.boss.memory.recent[int(current.removeprefix("recent:"))].path
            self.boss.keep_in_mind(self.boss.memory.without(path))
            self.repaint()

    def action_close(self) -> None:
        """There is nothing behind the start page."""
