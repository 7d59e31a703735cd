"""Opening and beginning assessments from the app: what can go wrong is said in a page, never thrown."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import Text, text
from nqpf_assess.tui.rows import BLANK, Row, quiet
from nqpf_assess.tui.screens.dialogs import ChoicePage
from nqpf_assess.tui.screens.home import HomePage
from nqpf_assess.tui.screens.listing import ListPage
from nqpf_assess.tui.screens.opening import OpeningPage
from nqpf_assess.tui.screens.steps import page_of

if TYPE_CHECKING:
    from nqpf_assess.session.desk import Desk, Wanted
    from nqpf_assess.tui.app import AssessApp

LOCKED = text(en="Opened to look at only: {why}.", zh="只读打开：{why}。")
NEW_KIND = text(en="What is assessed?", zh="评估对象是什么？")
REGION = text(en="A place: county, city, district, province", zh="地区：县、市、区、省")
FIRM = text(en="A firm", zh="企业")


class ProblemsPage(ListPage):
    """Says why a file cannot be opened, with every line at fault."""

    TITLE_WORDS = text(en="This cannot be opened", zh="无法打开")

    def __init__(self, fault: UserError) -> None:
        super().__init__()
        self._fault = fault

    def rows(self) -> tuple[Row, ...]:
        """Say it, then list the problems."""
        fault, speech = self._fault, self.speech
        rows = [BLANK, Row(speech.words(fault.message), look="bad")]
        rows += [Row(speech.words(fault.hint))] if fault.hint else []
        for problem in getattr(fault, "problems", ()):
            head, _, hint = problem.told(speech.language).partition("\n")
            rows += [BLANK, Row(head), quiet(hint.strip(), lead="  ")]
        return tuple(rows)


def begin(app: "AssessApp", path: Path) -> None:
    """Open or begin the file named on the command line, or let a page say why that cannot be."""
    from nqpf_assess.session.desk import is_there

    options = app.options
    wanted = options.questionnaire or options.kind
    try:
        there = is_there(path)
    except UserError as fault:
        _explain(app, fault)
        return
    if there:
        opened = open_file(app, path, questionnaire=options.questionnaire, weights=options.weights)
        if opened and options.mode == "quick":
            app.session.ask("quick")
    elif wanted:
        begin_file(app, path, _wanted(app, wanted))
    else:
        _ask_kind(app, path)


def _wanted(app: "AssessApp", questionnaire: str) -> "Wanted":
    from nqpf_assess.session.desk import BASELINE, Wanted

    options = app.options
    return Wanted(questionnaire, weights=options.weights or BASELINE, mode=options.mode, language=app.language)


def _ask_kind(app: "AssessApp", path: Path) -> None:
    def go_on(kind: str | None) -> None:
        if kind is not None:
            begin_file(app, path, _wanted(app, kind))

    app.switch_screen(HomePage())
    app.ask(ChoicePage(NEW_KIND, [str(path)], (("region", REGION), ("firm", FIRM))), go_on)


def open_file(app: "AssessApp", path: Path, *, questionnaire: str | None = None, weights: str | None = None) -> bool:
    """Open an answer file and go on where it waits; False where a page says why that cannot be."""
    from nqpf_assess.session.desk import open_desk

    return _lay_open(app, lambda: open_desk(app.library, path, questionnaire=questionnaire, weights=weights))


def begin_file(app: "AssessApp", path: Path, wanted: "Wanted") -> bool:
    """Begin an answer file; False where a page says why that cannot be."""
    from nqpf_assess.session.desk import new_desk

    return _lay_open(app, lambda: new_desk(app.library, path, wanted))


def _lay_open(app: "AssessApp", opened: Callable[[], "Desk"]) -> bool:
    try:
        desk = opened()
    except UserError as fault:
        _explain(app, fault)
        return False
    app.lay_open(desk)
    page = page_of(step_to_begin(desk))
    app.switch_screen(page)
    if desk.session.locked is not None:
        why: Text = desk.session.locked.message
        app.call_after_refresh(page.say, LOCKED, "warn", why=why)
    return True


def _explain(app: "AssessApp", fault: UserError) -> None:
    if isinstance(app.screen, OpeningPage):
        app.switch_screen(HomePage())
    app.push_screen(ProblemsPage(fault))


def step_to_begin(desk: "Desk") -> str:
    """Give the step where an assessment waits: its facts, its questions, or its results."""
    session = desk.session
    if session.next_open(None, table="facts") and not session.answers.answers:
        return "place"
    return "questions" if session.next_open(None) else "results"
