"""A whole assessment from the start page to the written report: once by keyboard alone, once by mouse alone."""

from decimal import Decimal
from pathlib import Path

import pytest
from textual import events
from wcwidth import wcswidth

from nqpf_assess.kinds import kind_of
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.questionnaire import NumberKeys, TextKeys
from nqpf_assess.tui.answering.asking import AnsweringPage
from nqpf_assess.tui.answering.profiles import ProfilesPage
from nqpf_assess.tui.answering.questions import FactsPage, QuestionsPage
from nqpf_assess.tui.answering.review import ReviewPage
from nqpf_assess.tui.answering.subject import NewPage
from nqpf_assess.tui.answering.support import SupportPage
from nqpf_assess.tui.home.about import AboutPage
from nqpf_assess.tui.home.menu import MenuPage
from nqpf_assess.tui.home.start import HomePage
from nqpf_assess.tui.results.plan import PlanPage
from nqpf_assess.tui.results.report import ReportPage
from nqpf_assess.tui.results.results import ExplainPage, ResultsPage
from tests.tui.driving import Drive, at, drive

pytestmark = pytest.mark.long


def sensible(asked: NumberKeys) -> str:
    """A figure in the middle of what is usual."""
    low, high = asked.usual or asked.range
    return plain_number(((low + high) / 2).quantize(Decimal("0.1")))


async def answer_by_keys(drive: Drive, page: AnsweringPage) -> None:
    """Answer what is asked and go on, as the hints say."""
    id, asked = page.at, drive.session.asked(page.TABLE, page.at)
    if isinstance(asked, NumberKeys):
        await drive.write(sensible(asked))
        await drive.press("enter")
    elif isinstance(asked, TextKeys):
        await drive.write("words")
        await drive.press("pagedown")
    elif kind_of(asked).entry == "tick":
        await drive.press("1", *(["enter"] if page.at == id else []))
    else:
        await drive.press("1")
    assert drive.session.state(page.TABLE, id) in ("answered", "dk"), id


def test_by_keyboard_alone(tmp_path: Path) -> None:
    async def steps(drive: Drive) -> None:
        await drive.on(HomePage)
        await drive.press("1")
        await drive.on(NewPage)
        await drive.write("Anhe County")
        await drive.press("enter")
        await drive.write("2025")
        await drive.press("down", "down", "2", "4")
        await drive.on(FactsPage)
        while isinstance(drive.app.screen, FactsPage):
            await answer_by_keys(drive, drive.app.screen)
            await drive.until(lambda: drive.app._open and drive.app.screen.query("#hints"))
        await drive.on(ProfilesPage)
        await drive.press("enter")
        await drive.on(FactsPage)  # the first question counts by it
        while isinstance(drive.app.screen, AnsweringPage):
            await answer_by_keys(drive, drive.app.screen)
            await drive.until(lambda: drive.app._open and drive.app.screen.query("#hints"))
        await drive.on(ResultsPage)
        assert drive.app.standing().coverage == "100%"
        await drive.press("f9", "3")
        await drive.on(ReviewPage)
        await drive.press("f9", "4")
        await drive.on(ResultsPage)
        await drive.press("down", "down", "enter")
        await drive.on(ExplainPage)
        await drive.press("escape", "f9", "5")
        await drive.on(PlanPage)
        await drive.press("space")
        assert drive.session.answers.plan.chosen
        await drive.press("f9", "6")
        await drive.on(ReportPage)
        await drive.press("7", "9")
        await drive.until(lambda: "Written:" in drive.text)
        assert "Anhe County" in (tmp_path / "work" / "Anhe-County-report-en.txt").read_text(encoding="utf-8")

    drive(steps)


class Mouse:
    """A mouse that clicks on words it sees."""

    def __init__(self, drive: Drive) -> None:
        self.drive = drive

    async def click(self, words: str, *, nth: int = 0) -> None:
        places = [(y, line.index(words)) for y, line in enumerate(self.drive.lines) if words in line]
        assert places, f"{words} is not in\n{self.drive.text}"
        y, letters = places[nth]
        x = wcswidth(self.drive.lines[y][:letters])
        await self.drive.pilot.click(offset=(x + 1, y))
        await self.drive.pilot.pause()


def test_what_counts_as_a_click(file: Path, content: Path) -> None:
    """No second click falls on what the first opens; a browser's menu, or words marked to be copied, answer nothing."""

    async def steps(drive: Drive) -> None:
        async def mouse(*presses: type[events.MouseEvent], at: tuple[int, int], button: int = 1) -> None:
            for press in presses:
                drive.send(press(None, *at, 0, 0, button, False, False, False, *at))
            await drive.pilot.pause()
            await drive.pilot.pause()

        def line(words: str) -> int:
            return next(y for y, line in enumerate(drive.lines) if words in line)

        async def twice(words: str) -> None:
            await mouse(
                *(events.MouseDown, events.MouseUp) * 2, at=(drive.lines[line(words)].index(words), line(words))
            )

        page = await at(drive, "plan")
        await mouse(events.MouseDown, events.MouseUp, at=(6, line("A paper")), button=3)
        await mouse(events.MouseDown, at=(6, line("A paper") - 1))
        await mouse(events.MouseUp, at=(20, line("A paper")))
        assert drive.session.state("answers", "plan") == "blank"
        await twice("A paper")
        await drive.until(lambda: page.at == "review")
        assert drive.session.given("answers", "plan").value == 1
        assert drive.session.state("answers", "review") == "blank"
        await drive.press("up")
        await twice("Take, go on")
        await drive.until(lambda: page.at == "tools")
        assert drive.session.state("answers", "tools") == "blank"
        await drive.press("f9")
        await twice("4  Results")
        await drive.on(ResultsPage)

    drive(steps, file=file, content=(content,))


def test_a_click_takes_the_row_under_the_pointer(file: Path, content: Path) -> None:
    """A list that has not the keys does not go back to its marked row at the press, and choose another one."""

    async def steps(drive: Drive) -> None:
        await drive.press("f9")
        menu = await drive.on(MenuPage)
        await drive.write("e")
        menu.list.scroll_lines(99)
        await Mouse(drive).click("About: version")
        await drive.on(AboutPage)

    drive(steps, file=file, content=(content,))


def test_by_mouse_alone(file: Path, content: Path) -> None:
    async def steps(drive: Drive) -> None:
        mouse = Mouse(drive)
        await drive.on(FactsPage)
        await mouse.click("作答")
        page: AnsweringPage = await drive.on(QuestionsPage)
        await mouse.click("如何统筹")
        await drive.until(lambda: page.at == "plan")
        await mouse.click("有文件")
        assert drive.session.given("answers", "plan").value == 1
        await mouse.click("上一题")
        await drive.until(lambda: page.at == "plan")
        await mouse.click("佐证：")
        await drive.on(SupportPage)
        await mouse.click("1  高")
        assert drive.session.given("answers", "plan").confidence == "high"
        await mouse.click("完成")
        await drive.on(QuestionsPage)
        await mouse.click("菜单")
        await drive.on(MenuPage)
        await mouse.click("稍后再答") if "稍后再答" in drive.text else await mouse.click("返回")
        await drive.on(QuestionsPage)
        await mouse.click("结果")
        results = await drive.on(ResultsPage)
        await mouse.click("差距")
        assert results.tab == "gaps"
        await mouse.click("报告")
        await drive.on(ReportPage)
        await mouse.click("Markdown")
        await mouse.click("生成报告")
        await drive.until(lambda: "已写入：" in drive.text)
        assert file.with_name("anhe-report-zh.md").exists()

    drive(steps, file=file, content=(content,), size=(120, 40), language="zh")
