"""A new assessment: whom it describes, of which year, who answers, full or quick, in which file."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Literal

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from nqpf_assess.model.text import Text, text
from nqpf_assess.report.clean import clean_line
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import Row
from nqpf_assess.tui.screens.listing import CLOSE
from nqpf_assess.tui.screens.page import MENU, Page
from nqpf_assess.tui.widgets.fields import Field
from nqpf_assess.tui.widgets.rows import Rows

NAME = text(en="Name of the place or firm", zh="地区或企业名称")
PERIOD = text(en="Year the answers describe", zh="数据所属年份")
WHO = text(en="Who answers (may be left out)", zh="填报人或单位（可不填）")
FILE = text(en="File it is kept in", zh="保存到文件")
FULL = text(en="Full: all questions", zh="完整：全部题目")
QUICK = text(en="Quick: the core questions, about 20 minutes", zh="快速：只答核心题，约 20 分钟")
BEGIN = text(en="Begin", zh="开始")
NEXT_FIELD = Act("", "tab", text(en="Next field", zh="下一栏"), text(en="Next field", zh="下一栏"))
NAME_WANTED = text(en="Please give a name first.", zh="请先填写名称。")
STARTS = text(en="self-assessment", zh="自评")


def file_for(name: str, folder: Path) -> Path:
    """Suggest a file that is not there yet for a name, in a folder."""
    stem = re.sub(r"[^\w\-（）()]+", "-", clean_line(name, limit=60)).strip("-.") or "assessment"
    names = (folder / f"{stem}{f'-{number}' if number > 1 else ''}.toml" for number in range(1, 1000))
    return next(path for path in names if not path.exists())


def working_folder() -> Path:
    """Give the folder the program works in, the home folder where that was removed."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return Path.home()


class NewPage(Page):
    """A form of four fields and one choice."""

    TITLE_WORDS: ClassVar[Text] = text(en="New assessment", zh="新建自评")
    ACTS = (CLOSE,)
    AUTO_FOCUS = "#name"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._mode: Literal["full", "quick"] = "full"
        self._suggested = ""

    def body(self) -> Iterable[Widget]:
        """Hang up the fields."""
        for id in ("name", "period", "who", "file"):
            yield Field(id=id, max_length=500)
        yield Rows(id="rows")

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go through the fields."""
        return (NEXT_FIELD, CLOSE, MENU)

    def paint(self) -> None:
        """Name the fields and list the choices."""
        for id, words in (("name", NAME), ("period", PERIOD), ("who", WHO), ("file", FILE)):
            self._field(id).border_title = self.speech.tell(words)
        self.query_one(Rows).show(self._rows(), keep=True)

    def _rows(self) -> list[Row]:
        speech = self.speech
        rows = []
        for number, (mode, words) in enumerate((("full", FULL), ("quick", QUICK)), start=1):
            chosen = mode == self._mode
            sign = speech.glyphs.chosen if chosen else speech.glyphs.free
            look = "strong" if chosen else "plain"
            rows.append(Row(speech.tell(words), id=mode, key=str(number), lead=f"{sign}  {number}  ", look=look))  # type: ignore[arg-type]
        return [*rows, Row(speech.tell(BEGIN), id="begin", key="3", lead="   3  ", look="heading")]

    def _field(self, id: str) -> Input:
        return self.query_one(f"#{id}", Input)

    @on(Input.Changed, "#name")
    def _suggest(self, message: Input.Changed) -> None:
        message.stop()
        file = self._field("file")
        if file.value == self._suggested:
            self._suggested = str(file_for(message.value, working_folder())) if message.value.strip() else ""
            file.value = self._suggested

    @on(Input.Submitted)
    def _next(self, message: Input.Submitted) -> None:
        message.stop()
        self.focus_next()

    @on(Rows.Chosen)
    def _chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        if message.id == "begin":
            self._begin()
        else:
            self._mode = "quick" if message.id == "quick" else "full"
            self.repaint()

    def _begin(self) -> None:
        from nqpf_assess.model.answers import Subject
        from nqpf_assess.session.desk import Wanted, typed_path
        from nqpf_assess.tui.screens.starting import begin_file

        values = {id: self._field(id).value.strip() for id in ("name", "period", "who", "file")}
        if not values["name"]:
            self.say(NAME_WANTED, "warn")
            self.set_focus(self._field("name"), scroll_visible=False)
            return
        subject = Subject(name=values["name"], period=values["period"], respondent=values["who"])
        wanted = Wanted(self._kind, subject=subject, mode=self._mode, language=self.boss.language)
        path = typed_path(values["file"]) if values["file"] else file_for(values["name"], working_folder())
        boss = self.boss
        self.dismiss(None)
        boss.soon(lambda: begin_file(boss, path, wanted))

    def action_close(self) -> None:
        """Go back without beginning."""
        self.dismiss(None)
