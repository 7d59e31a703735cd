"""From the command line to the conversation and back: which file, which language, how it ends."""

import os
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import as_word, roots, shown
from nqpf_assess.files.store import HeldByOther
from nqpf_assess.locale import _, _n, fill, tell
from nqpf_assess.model.problem import Problem, UserError
from nqpf_assess.model.weights import BASELINE
from nqpf_assess.plain.interview import Interview
from nqpf_assess.plain.talking import NOT_HERE, EndOfInput, Meant, Talk, console
from nqpf_assess.session.clock import clock
from nqpf_assess.session.desk import Desk, Wanted, is_there, new_desk, open_desk, typed_path
from nqpf_assess.session.options import Options
from nqpf_assess.session.remembered import recall
from nqpf_assess.session.settings import read_settings, settings_file, sources, variable

GREETING = _("Self-assessment in {path}. Every answer is saved at once and stays on this computer. ? explains.")
ASK_FILE = _("File to open or to begin:")
RECENT = _("Recent:")
ASK_KIND = _("What is assessed? 1 a place, 2 a firm:")
KINDS = ("region", "firm")
NO_EARLIER = _("No assessment of an earlier year under this name lies beside this one.")
NOT_KNOWN = _("By name and year the assessment of the year before is found; this one does not state both.")
COMPARED = _("Compared with {path}, as by {program} compare {path} {own}")
LINE = 76
"""Cells of a line of the comparison."""

FAREWELL = _("Everything is saved in {path}")
ONWARD = _("The report: {program} report {path}. The measures that bring most: {program} plan {path} --budget 10")
ASK_ALL = _(
    'To be asked all questions, write mode = "full" in place of mode = "quick" in {path}, in any text editor; what is '
    "answered counts."
)

LOOKING = _("Looking at {path} only: nothing that is typed here changes it. ? explains.")
AS_SET = _("Asked line by line, since “plain” is set in {place}; false there brings the pages back.")
NOT_YET = _("{path} does not exist yet.")
NO_NEW = _("Nothing is begun while files are only looked at (--read-only).")
LOOK_ONLY = _("Look at it with “assess --read-only”, or copy it into a folder where you may write.")
LEFT_ALONE = _("Nothing was changed in {path}")

NOT_TAKEN = _n(
    "line {number} of those that were typed was not taken: “{typed}”",
    "{count} lines were not taken, the first of them line {number}: “{typed}”",
)
SHIFTED = _(
    "The same was asked again, so the lines behind may have answered what they were not meant for: hold what was shown "
    "against them. Where each was typed anew by hand, all is well."
)


def run_plain(options: Options, talk: Talk | None = None) -> int:
    """Hold the conversation; gives the exit status, 0 also where the input ended.

    Raises a `UserError` at its end where lines of a script were not taken.
    """
    remembered = recall().language if sys.stdin and sys.stdin.isatty() else ""
    settings, mistakes = read_settings(os.environ)
    talk = talk or console(options.language or settings.language or remembered or options.locale)
    # SIGTERM ends like any other way out: what is open is closed, and so saved.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    if settings.plain and not talk.script:
        talk.say(AS_SET, place=settings_file() if sources(os.environ)["plain"] == "file" else variable("plain"))
    _converse(options, talk, mistakes)
    if talk.script and talk.untaken:
        number, typed = talk.untaken[0]
        said = typed if len(typed) <= LINE else typed[:LINE] + "…"
        raise UserError(fill(NOT_TAKEN, count=len(talk.untaken), number=number, typed=said), hint=SHIFTED)
    return 0


def _converse(options: Options, talk: Talk, mistakes: Sequence[Problem]) -> None:
    """Lay the file open and talk about it until its end; `mistakes`: of the settings, which are told first."""
    desk: Desk | None = None
    while desk is None:
        try:
            desk = _desk(options, talk)
        except EndOfInput:
            return
        except Meant as found:
            if found.command in ("quit", "back"):
                return
            talk.refuse(NOT_HERE)
    try:
        session = desk.session
        looking = options.read_only
        # Without the folder that was named, a command that is copied would score by what came with the program.
        folders = (as_word(shown(folder)) for folder in options.content)
        program = " ".join(("nqpf-assess", *(f"--content {folder}" for folder in folders)))
        if session.locked is not None and not looking:
            other = session.locked if isinstance(session.locked, HeldByOther) else None
            raise other or UserError(session.locked.message, hint=LOOK_ONLY, status=3)
        talk.say(LOOKING if looking else GREETING, path=shown(desk.path))
        for told in desk.told:
            talk.say(told)
        for mistake in mistakes:
            talk.show(mistake.told(talk.language))
        for problem in desk.problems:
            if problem.code == "edition_differs":
                talk.show(problem.told(talk.language))

        def compare() -> Iterable[str]:
            """Compare with the assessment of the year before, where one lies near at hand."""
            from nqpf_assess.report.comparison_tables import comparison_lines
            from nqpf_assess.session.comparing import compared, year_before

            found = year_before(session.answers, desk.path, [Path(seen.path) for seen in recall().recent])
            if not found:
                subject = session.answers.subject
                return (tell(NO_EARLIER if subject.called and subject.year else NOT_KNOWN, talk.language),)
            earlier = found[0]
            try:
                pair = compared(Library(roots(options.content)), earlier.path, desk.path, clock()().date())
            except UserError as fault:
                return (tell(fault.message, talk.language),)
            lines = comparison_lines(pair.comparison, pair.questionnaires, talk.language, width=LINE)
            paths = {"path": as_word(shown(earlier.path)), "own": as_word(shown(desk.path))}
            return (tell(COMPARED, talk.language, program=program, **paths), *lines)

        interview = Interview(session, talk, options.peers, compare)
        try:
            interview.run()
        except EndOfInput:
            talk.show("")
        interview.sum_up()
        if not looking and session.trouble is not None and not session.save_again():
            raise session.trouble
        talk.say(LEFT_ALONE if looking else FAREWELL, path=shown(desk.path))
        if session.score is not None:
            talk.say(ONWARD, program=program, path=as_word(shown(desk.path)))
        if session.answers.mode == "quick" and not looking:
            talk.say(ASK_ALL, path=shown(desk.path))
    finally:
        desk.close()


def _desk(options: Options, talk: Talk) -> Desk:
    """Lay the file open that was named or is asked for; one that is not there is begun."""
    path = options.file
    if path is None:
        recent = recall().recent
        if recent:
            talk.say(RECENT)
        for seen in recent:
            talk.show(f"  {seen.name} {seen.period}  {seen.path}")
        typed = talk.ask_words(ASK_FILE)
        if not typed:
            raise EndOfInput
        path = typed_path(typed)
        if not path.suffix and not is_there(path):  # as lists show it; without the ending no folder's list would
            path = path.with_suffix(".toml")
    library = Library(roots(options.content))
    if is_there(path):
        return open_desk(
            library,
            path,
            questionnaire=options.questionnaire,
            weights=options.weights,
            read_only=options.read_only,
            quick=options.mode == "quick",
        )
    if options.read_only:
        raise UserError(NO_NEW, status=2)
    talk.say(NOT_YET, path=shown(path))
    kind = options.questionnaire or options.kind or KINDS[talk.ask_number(ASK_KIND, len(KINDS)) - 1]
    rubric, stated = options.weights or BASELINE, not options.questionnaire
    wanted = Wanted(kind, weights=rubric, mode=options.mode, language=talk.language, stated=stated)
    return new_desk(library, path, wanted)
