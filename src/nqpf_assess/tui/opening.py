"""Opening and beginning assessments: the first page, and what is said in a page where a file cannot be opened."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nqpf_assess.locale import _, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.problem import UserError
from nqpf_assess.tui.frame.page import Page
from nqpf_assess.tui.frame.workbench import Workbench
from nqpf_assess.tui.steps import page_of_step

if TYPE_CHECKING:
    from nqpf_assess.session.desk import Desk, Wanted

AT_REST = 0.3
"""Seconds after an assessment was opened in which its first page is drawn, and nobody has read it yet."""

READING = _("Reading {name} …")


def open_first(app: Workbench) -> None:
    """Show what the app begins with: the rubric or the assessment that was asked for, else the start page."""
    if app.options.rubric is not None:
        from nqpf_assess.tui.editing.rubric import RubricPage

        app.push_screen(RubricPage(app.options.rubric))
    elif app.options.file is not None:
        # Reading leaves no time to draw, so a line is written without a page; keys wait for the page that comes.
        app.write_line(tell(READING, app.language, name=app.options.file.name))
        begin(app, app.options.file)
    else:
        app.push_screen(home_page())


def home_page() -> Page:
    """Return the start page; its module is loaded where it is shown."""
    from nqpf_assess.tui.home.start import HomePage

    return HomePage()


TAKE_IN = _("“Take figures from a file” in the menu (F9) reads forms and tables.")
NO_NEW = _("Nothing is begun while files are only looked at (--read-only).")
KNOWN = _("Taken from the name: {what}. F2 lists this with the other local conditions.")
NEW_KIND = _("What is assessed?")
REGION = _("A place: county, city, district, province")
FIRM = _("A firm")


def begin(app: Workbench, path: Path) -> None:
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
        quick = options.mode == "quick"
        open_file(app, path, questionnaire=options.questionnaire, weights=options.weights, quick=quick)
    elif wanted:
        begin_file(app, path, _wanted(app, wanted, stated=not options.questionnaire))
    else:
        _ask_kind(app, path)


def _wanted(app: Workbench, questionnaire: str, *, stated: bool) -> "Wanted":
    from nqpf_assess.model.weights import BASELINE
    from nqpf_assess.session.desk import Wanted

    options = app.options
    rubric = options.weights or BASELINE
    return Wanted(questionnaire, weights=rubric, mode=options.mode, language=app.language, stated=stated)


def _ask_kind(app: Workbench, path: Path) -> None:
    from nqpf_assess.session.desk import rescued
    from nqpf_assess.tui.frame.dialogs import ChoicePage

    def go_on(kind: str | None) -> None:
        if kind is not None:
            begin_file(app, path, _wanted(app, kind, stated=True))

    _show(app, home_page())
    app.ask(ChoicePage(NEW_KIND, [str(path), *rescued(path)], (("region", REGION), ("firm", FIRM))), go_on)


def open_file(
    app: Workbench,
    path: Path,
    *,
    questionnaire: str | None = None,
    weights: str | None = None,
    quick: bool = False,
) -> bool:
    """Open an answer file and go on where it waits; False where a page says why that cannot be."""
    from nqpf_assess.session.desk import open_desk

    return _lay_open(
        app,
        lambda: open_desk(
            app.library,
            path,
            questionnaire=questionnaire,
            weights=weights,
            read_only=app.options.read_only,
            quick=quick,
        ),
        file=path,
    )


def begin_file(app: Workbench, path: Path, wanted: "Wanted") -> bool:
    """Begin an answer file; False where a page says why that cannot be."""
    from nqpf_assess.session.desk import new_desk

    if app.options.read_only:
        _explain(app, UserError(NO_NEW))
        return False
    return _lay_open(app, lambda: new_desk(app.library, path, wanted), known=tuple(wanted.facts))


def _lay_open(
    app: Workbench, opened: Callable[[], "Desk"], *, file: Path | None = None, known: Sequence[str] = ()
) -> bool:
    """Show an assessment where it waits; `known`: facts that its name told, which is said. `file`: it lies there."""
    app.renew_library()
    try:
        desk = opened()
    except UserError as fault:
        _explain(app, fault, file)
        return False
    app.lay_open(desk)
    while len(app.screen_stack) > 2:
        app.pop_screen()
    from nqpf_assess.tui.drawing.speech import Speech

    page, speech = page_of_step(step_to_begin(desk), app), Speech(app.language, keymap=app.settings.keys)
    if told := [id for id in known if desk.session.state("facts", id) == "answered"]:
        from nqpf_assess.report.wording import answer

        words = [answer(id, desk.session.instrument.questionnaire, desk.session.view, app.language) for id in told]
        page.greeting(speech.tell(KNOWN, what=grammar(app.language).list(words)))
    elif of_edition := [problem for problem in desk.problems if problem.code == "edition_differs"]:
        from nqpf_assess.tui.frame.tools import in_app

        page.greeting(speech.sentences(of_edition[0].message, in_app(of_edition[0].hint)))
    _show(app, page)
    if desk.keeper is not None:
        app.set_timer(AT_REST, desk.keeper.file.prepare)
    said = [page.said, speech.sentences(*desk.told)] if desk.told else []
    said += [app.locked_words()] if desk.session.locked is not None else []
    if said:
        app.call_after_refresh(page.say_plainly, speech.grammar.space.join(filter(None, said)), "warn")
    return True


def _explain(app: Workbench, fault: UserError, file: Path | None = None) -> None:
    from nqpf_assess.files.library import FormOrTable
    from nqpf_assess.tui.frame.problems import ProblemsPage

    if isinstance(fault, FormOrTable):  # its hint names a command; here the menu does it
        fault = UserError(fault.message, hint=TAKE_IN)
    if not isinstance(app.screen, Page):
        app.push_screen(home_page())
    app.push_screen(ProblemsPage(fault, file))


def _show(app: Workbench, page: Page) -> None:
    """Show a page instead of the present one, or over the empty screen that the app begins with."""
    if isinstance(app.screen, Page):
        app.switch_screen(page)
    else:
        app.push_screen(page)


def step_to_begin(desk: "Desk") -> str:
    """Return the step where an assessment waits: its facts, its weights, its questions, or its results."""
    from nqpf_assess.session.way import RESULTS, facts_first, first_open, weights_wait

    session = desk.session
    if not session.answers.answers and facts_first(session):
        return "place"
    if weights_wait(session):
        return "weights"
    return "results" if first_open(session)[1] == RESULTS else "questions"
