"""The report: language, form, where; written in the background with the seconds it takes."""

import os
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from textual.timer import Timer
from textual.worker import Worker, WorkerState

from nqpf_assess.files.machine import refusal
from nqpf_assess.files.store import write_whole
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import Text, text
from nqpf_assess.session.desk import typed_path
from nqpf_assess.session.keeping import clock
from nqpf_assess.tui.acts import Act
from nqpf_assess.tui.cells import shown
from nqpf_assess.tui.rows import BLANK, Row, heading, quiet
from nqpf_assess.tui.screens.dialogs import AskPage
from nqpf_assess.tui.screens.listing import CHOOSE, PAGING, ListPage
from nqpf_assess.tui.screens.page import HELP, MENU
from nqpf_assess.tui.screens.subject import SubjectPage
from nqpf_assess.tui.screens.tabbed import MENU_BY_ESCAPE
from nqpf_assess.tui.widgets.rows import How

if TYPE_CHECKING:
    from nqpf_assess.report.make import ReportFile
    from nqpf_assess.session.comparing import Kin

Form = Literal["pdf", "docx", "md", "text"]

LANGUAGES: tuple[tuple[str, Text], ...] = (
    ("zh", text(en="Chinese", zh="中文")),
    ("en", text(en="English", zh="英文")),
    ("both", text(en="Both in one file", zh="中英文合为一份")),
)
FORMS: tuple[tuple[Form, Text], ...] = (
    ("pdf", text(en="PDF, to print and to keep", zh="PDF，适合打印和存档")),
    ("docx", text(en="Word, to go on editing", zh="Word，便于继续修改")),
    ("md", text(en="Markdown", zh="Markdown")),
    ("text", text(en="Plain text", zh="纯文本")),
)
ENDINGS: dict[Form, str] = {"pdf": ".pdf", "docx": ".docx", "md": ".md", "text": ".txt"}

LANGUAGE = text(en="Language of the report", zh="报告语言")
FORM = text(en="Form", zh="格式")
WHERE = text(en="File", zh="保存位置")
CHANGE = text(en="Enter changes it", zh="按回车修改")
SINCE = text(en="Tell what changed since {period}", zh="说明与{period}相比的变化")
WRITE = text(en="Write the report", zh="生成报告")
WRITING = text(en="Writing  {bar}  {seconds} s", zh="正在生成  {bar}  {seconds} 秒")
WRITTEN = text(en="Written: {path}", zh="已生成：{path}")
PAGES = text(en="{pages} pages", zh="共 {pages} 页")
MISSING = text(
    en="{count} characters are not in the fonts and are printed as 〓: {letters}",
    zh="有 {count} 个字符字体中没有，报告中以〓代替：{letters}",
)
NOT_WRITTEN = text(en="{path} could not be written: {why}", zh="{path} 未能写入：{why}")
NO_PART = text(en="This form needs a part that is not installed: {name}", zh="该格式所需组件未安装：{name}")
REPLACES = text(en="A file of this name is there and will be replaced.", zh="已有同名文件，将被替换。")
FAULT = text(
    en="The report could not be made; your answers are safe. Fault of the program: {fault}",
    zh="报告未能生成，您的答案未受影响。程序错误：{fault}",
)
NAMELESS = text(en="The report has no name on its title page yet: give one", zh="报告封面还没有名称，请先填写")
NO_REPORT = text(
    en="{path} is there and is no report; nothing was overwritten. Choose another name.",
    zh="{path} 已存在且不是报告，未覆盖。请换一个名称。",
)
REPORTS = (b"%PDF-", b"PK\x03\x04", b"<!-- nqpf-assess report -->", "═".encode())
"""First bytes by which a file is known as a report, whatever its form."""

SHOWN_LETTERS = 20

BAR = 20
"""Cells of the bar that shows how far the report is."""

FOLDER = text(en="Open its folder", zh="打开所在文件夹")
IN_FOLDER = text(en="It is in {path}", zh="文件夹：{path}")


class PlacePage(AskPage):
    """Asks where the report shall be written."""

    TITLE_WORDS: ClassVar[Text] = WHERE
    ASKED: ClassVar[Text] = text(en="In which file shall the report be written?", zh="报告写入哪个文件？")


class ReportPage(ListPage):
    """Choices above, what became of the report below."""

    STEP: ClassVar[str] = "report"
    ACTS = (*PAGING, MENU_BY_ESCAPE)
    EXPLAINED = (
        text(
            en="Choose language, form and file, then 9 writes the report. It takes a few seconds; the file stands "
            "beside your answers unless you say otherwise.",
            zh="选好语言、格式和保存位置，按 9 生成报告，约需几秒。报告默认保存在答案文件旁边。",
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._language = ""
        self._form: Form = "pdf"
        self._path: Path | None = None
        self._begun: float | None = None
        self._ticking: Timer | None = None
        self._outcome: tuple[Row, ...] = ()
        self._compared = False
        self._earlier: tuple[Kin | None] | None = None

    @property
    def earlier(self) -> "Kin | None":
        """The assessment of the year before, where it lies near at hand; looked for once."""
        if self._earlier is None:
            from nqpf_assess.session.comparing import last_year

            assert self.boss.desk is not None
            recent = [Path(seen.path) for seen in self.boss.memory.recent]
            self._earlier = (last_year(self.boss.session.answers, self.boss.desk.path, recent),)
        return self._earlier[0]

    def hinted(self) -> tuple[Act, ...]:
        """Show how to choose."""
        return (CHOOSE, MENU, HELP)

    @property
    def target(self) -> Path:
        """The file the report goes to."""
        assert self.boss.desk is not None
        path = self.boss.desk.path
        language = self._language or self.boss.language
        return self._path or path.with_name(f"{path.stem}-report-{language}{ENDINGS[self._form]}")

    @property
    def _is_there(self) -> bool:
        with suppress(OSError):
            return self.target.exists()
        return False

    # ---- what is shown

    def rows(self) -> tuple[Row, ...]:
        """List the choices, the button, the outcome."""
        speech, language = self.speech, self._language or self.boss.language
        return (
            *self._nameless(),
            BLANK,
            heading(speech.tell(LANGUAGE)),
            *(
                self._choice(f"language:{id}", words, number, id == language)
                for number, (id, words) in enumerate(LANGUAGES, 1)
            ),
            BLANK,
            heading(speech.tell(FORM)),
            *(
                self._choice(f"form:{id}", words, number, id == self._form)
                for number, (id, words) in enumerate(FORMS, 4)
            ),
            BLANK,
            heading(speech.tell(WHERE), speech.tell(CHANGE)),
            Row(str(self.target.absolute()), id="where", key="8", lead="   8  "),
            *((quiet(speech.tell(REPLACES), lead="      "),) if self._is_there and not self._outcome else ()),
            *self._since(),
            BLANK,
            Row(speech.tell(WRITE), id="write", key="9", lead="   9  ", look="heading"),
            BLANK,
            *self._outcome,
        )

    def _since(self) -> tuple[Row, ...]:
        """Offer to tell what changed, where last year's assessment is at hand."""
        if self.earlier is None:
            return ()
        from nqpf_assess.report.comparison_text import in_words

        period = shown(in_words(self.earlier.period, self.boss.language))
        glyphs, words = self.speech.glyphs, self.speech.tell(SINCE, period=period)
        return (Row(words, id="since", lead=f"   {glyphs.ticked if self._compared else glyphs.unticked} "),)

    def _nameless(self) -> tuple[Row, ...]:
        """Remind of the name that the title page lacks."""
        if self.boss.session.answers.subject.name:
            return ()
        return (BLANK, Row(self.speech.tell(NAMELESS), id="subject", key="0", lead="   0  ", look="warn"))

    def _choice(self, id: str, words: Text, number: int, chosen: bool) -> Row:  # noqa: FBT001
        glyphs = self.speech.glyphs
        sign = glyphs.chosen if chosen else glyphs.free
        look = "strong" if chosen else "plain"
        return Row(self.speech.tell(words), id=id, key=str(number), lead=f"{sign}  {number}  ", look=look)  # type: ignore[arg-type]

    # ---- what is done

    def chosen(self, id: str, how: How) -> None:  # noqa: ARG002
        """Take a choice, ask for the file, or write."""
        kind, _, value = id.partition(":")
        if kind == "subject":
            self.boss.push_screen(SubjectPage())
            return
        if kind == "folder":
            self._open_folder()
            return
        if kind == "language":
            self._language = value
        elif kind == "form":
            self._form, self._path = cast("Form", value), None
        elif kind == "since":
            self._compared = not self._compared
        elif kind == "where":
            self.boss.push_screen(PlacePage(str(self.target)), self._elsewhere)
            return
        elif self._begun is None and not self._refused():
            self._write()
        self._outcome = () if kind != "write" else self._outcome
        self.repaint()

    def _elsewhere(self, typed: str | None) -> None:
        if typed:
            self._path = typed_path(typed)
            self._outcome = ()
            self.repaint()

    def _refused(self) -> bool:
        """Never write over what is not a report: the answers themselves, somebody's own file."""
        assert self.boss.desk is not None
        try:
            with self.target.open("rb") as file:
                head = file.read(64)
        except OSError:
            return False
        foreign = bool(head) and not any(head.startswith(sign) for sign in REPORTS)
        if foreign:
            self.say(NO_REPORT, "bad", path=str(self.target))
        return foreign

    def _write(self) -> None:
        self._begun = time.monotonic()
        self._outcome = ()
        self._ticking = self.set_interval(1.0, self._tick)
        self._tick()
        self.run_worker(self._make, thread=True, exclusive=True, exit_on_error=False, name="report")

    def _tick(self) -> None:
        """Show the seconds, and a bar against what a report took last; its end is kept for the report that is there."""
        if self._begun is not None:
            taken, glyphs = time.monotonic() - self._begun, self.speech.glyphs
            full = min(BAR - 1, round(BAR * taken / self.boss.report_takes))
            self.say(WRITING, bar=glyphs.full * full + glyphs.rest * (BAR - full), seconds=int(taken))

    def _make(self) -> "ReportFile":
        from nqpf_assess.report.make import make_report

        session, earlier = self.boss.session, None
        if self._compared and self.earlier is not None:
            from nqpf_assess.session.comparing import read_earlier

            earlier = read_earlier(self.boss.library, self.earlier.path)
        return make_report(
            session.instrument,
            session.answers,
            language=cast("Literal['en', 'zh', 'both']", self._language or self.boss.language),
            to=self._form,
            date=_today(),
            profiles=session.chains,
            earlier=earlier,
        )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Write the file when the report is made, or say why there is none."""
        if event.worker.name != "report" or event.state not in (WorkerState.SUCCESS, WorkerState.ERROR):
            return
        if self._ticking is not None:
            self._ticking.stop()
        if self._begun is not None:
            self.boss.report_takes = max(1.0, time.monotonic() - self._begun)
        self._begun = None
        self.hush()
        if event.state is WorkerState.SUCCESS:
            self._outcome = self._put_down(cast("ReportFile", event.worker.result))
        else:
            self._outcome = self._failed(event.worker.error)
        self.repaint()
        self.list.scroll_lines(len(self.list.rows))

    def _open_folder(self) -> None:
        """Open the folder where there is a desktop to open it on; say where it is in any case."""
        folder = self.target.absolute().parent
        desktop = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
        if desktop or sys.platform in ("darwin", "win32"):
            self.boss.open_url(folder.as_uri())
        self.say(IN_FOLDER, path=str(folder))

    def _failed(self, error: BaseException | None) -> tuple[Row, ...]:
        """Say why there is no report; the answers are safe and the app goes on."""
        if isinstance(error, UserError):
            return (Row(self.speech.tell(error.message), look="bad"),)
        if isinstance(error, ModuleNotFoundError):
            return (Row(self.speech.tell(NO_PART, name=error.name), look="bad"),)
        return (Row(self.speech.tell(FAULT, fault=f"{type(error).__name__}: {error}"), look="bad"),)

    def _put_down(self, made: "ReportFile") -> tuple[Row, ...]:
        speech = self.speech
        try:
            write_whole(self.target, made.data)
        except OSError as fault:
            return (Row(speech.tell(NOT_WRITTEN, path=str(self.target), why=refusal(fault)), look="bad"),)
        rows = [Row(speech.tell(WRITTEN, path=str(self.target.absolute())), look="good")]
        rows += [quiet(speech.tell(PAGES, pages=made.pages))] if made.pages else []
        rows.append(Row(speech.tell(FOLDER), id="folder", key="0", lead="   0  "))
        if made.missing:
            letters = " ".join(f"U+{ord(letter):04X}" for letter in made.missing[:SHOWN_LETTERS])
            rows.append(Row(speech.tell(MISSING, count=len(made.missing), letters=letters), look="warn"))
        return tuple(rows)


def _today() -> str:
    """Give the day of the report by the clock that stamps answers."""
    now: date = clock()().date()
    return now.isoformat()
