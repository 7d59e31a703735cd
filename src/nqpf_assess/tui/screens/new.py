"""A new assessment: whom it describes, of which year, who answers, full or quick, in which file."""

import re
from pathlib import Path
from typing import ClassVar, Literal

from textual import on
from textual.widgets import Input

from nqpf_assess.model.text import Text, text
from nqpf_assess.report.wording import NO_FIGURE
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.rows import BLANK, Row
from nqpf_assess.tui.screens.dialogs import AskPage
from nqpf_assess.tui.screens.forms import NEXT_FIELD, FormPage
from nqpf_assess.tui.screens.listing import CLOSE
from nqpf_assess.tui.screens.page import MENU
from nqpf_assess.tui.widgets.rows import Rows
from nqpf_assess.typography.clean import clean_line

NAME = text(en="Name of the place or firm", zh="地区或企业名称")
PERIOD = text(en="Year the answers describe", zh="数据所属年份")
WHO = text(en="Who answers (may be left out)", zh="填报人或单位（可不填）")
FILE = text(en="File it is kept in", zh="保存到文件")
FULL = text(en="Full: all questions", zh="完整：全部题目")
QUICK = text(en="Quick: the core questions, about 20 minutes", zh="快速：只答核心题，约 20 分钟")
BEGIN = text(en="Begin", zh="开始")
KEPT_IN = text(en="Kept in {path}", zh="保存到 {path}")
CHANGE = text(en="change", zh="修改")
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


class WherePage(AskPage):
    """Asks for the file of a new assessment."""

    TITLE_WORDS: ClassVar[Text] = FILE
    ASKED: ClassVar[Text] = text(en="In which file shall the answers be kept?", zh="答案保存到哪个文件？")


class NewPage(FormPage):
    """A form of three fields, the choice of full or quick, and the file, which has a name of its own accord."""

    TITLE_WORDS: ClassVar[Text] = text(en="New assessment", zh="新建自评")
    ACTS = (CLOSE,)
    AUTO_FOCUS = "#name"
    FIELDS = (("name", NAME), ("period", PERIOD), ("who", WHO))
    GO = "begin"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._mode: Literal["full", "quick"] = "full"
        self._file = ""

    def hinted(self) -> tuple[Act, ...]:
        """Show how to go through the fields."""
        return (NEXT_FIELD, CLOSE, MENU)

    def paint(self) -> None:
        """Name the fields and list the choices."""
        self.name_fields()
        self.list.show(self._rows(), keep=True)

    def _rows(self) -> list[Row]:
        speech, rows = self.speech, []
        for number, (mode, words) in enumerate((("full", FULL), ("quick", QUICK)), start=1):
            chosen = mode == self._mode
            sign = speech.glyphs.chosen if chosen else speech.glyphs.free
            look = "strong" if chosen else "plain"
            rows.append(Row(speech.tell(words), id=mode, key=str(number), lead=f"{sign}  {number}  ", look=look))  # type: ignore[arg-type]
        path = self.file
        kept = speech.tell(KEPT_IN, path=str(path) if path else NO_FIGURE)
        return [
            *rows,
            Row(kept, id="file", key="3", lead="   3  ", tail=speech.tell(CHANGE)),
            BLANK,
            Row(speech.tell(BEGIN), id="begin", key="4", lead="   4  ", look="heading"),
        ]

    @property
    def file(self) -> Path | None:
        """The file: the one that was asked for, else one named after the place; None as long as neither is known."""
        from nqpf_assess.session.desk import typed_path

        name = self.field("name").value.strip()
        return typed_path(self._file) if self._file else file_for(name, working_folder()) if name else None

    @on(Input.Changed, "#name")
    def _suggest(self, message: Input.Changed) -> None:
        message.stop()
        self.list.show(self._rows(), keep=True)

    @on(Rows.Chosen)
    def _chosen(self, message: Rows.Chosen) -> None:
        message.stop()
        if message.id == "begin":
            self._begin()
        elif message.id == "file":
            self.boss.push_screen(WherePage(str(self.file or "")), self._elsewhere)
        else:
            self._mode = "quick" if message.id == "quick" else "full"
            self.repaint()

    def _elsewhere(self, typed: str | None) -> None:
        self._file = typed or self._file
        self.repaint()

    def _begin(self) -> None:
        from nqpf_assess.model.answers import Subject
        from nqpf_assess.session.desk import Wanted
        from nqpf_assess.tui.screens.starting import begin_file

        values = {id: self.field(id).value.strip() for id, _ in self.FIELDS}
        path = self.file
        if not values["name"] or path is None:
            self.say(NAME_WANTED, "warn")
            self.set_focus(self.field("name"), scroll_visible=False)
            return
        subject = Subject(name=values["name"], period=values["period"], respondent=values["who"])
        wanted = Wanted(self._kind, subject=subject, mode=self._mode, language=self.boss.language)
        boss = self.boss
        self.dismiss(None)
        boss.soon(lambda: begin_file(boss, path, wanted))

    def action_close(self) -> None:
        """Go back without beginning."""
        self.dismiss(None)
