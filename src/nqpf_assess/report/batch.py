"""Many reports at once: each made by itself, in several processes, so that one bad file never stops the others."""

import os
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from nqpf_assess.files.editions import Read, open_own_edition, open_scorable, refuse_other_questionnaire
from nqpf_assess.files.library import Library
from nqpf_assess.files.machine import end_with_parent, refusal
from nqpf_assess.files.places import Root, roots
from nqpf_assess.locale import Text
from nqpf_assess.model.answers import Answers, Subject
from nqpf_assess.model.problem import Problem, UserError, errors
from nqpf_assess.report.forms import Edition, Form, WordStyle
from nqpf_assess.report.house import House
from nqpf_assess.report.make import PLAIN, Before, ReportFile, ReportLanguage, make_report

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Beside


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What reports are to be like, the same for every file. `quick`: core questions only; `compare`: last time's file.

    `edition`: brief or full; `questionnaire`, `weights`: instead of what the files name; `width`: of text, in cells.
    """

    to: Form
    language: str
    date: str
    content: tuple[Path, ...] = ()
    questionnaire: str | None = None
    weights: str | None = None
    quick: bool = False
    width: int = 80
    style: WordStyle = "report"
    beside: "Beside | None" = None
    compare: Path | None = None
    edition: Edition = "brief"
    house: House = PLAIN


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """What became of one file: a report, or what keeps it from being made.

    That is either the errors of a file (`problems`), or one `message` with its `hint`, or a fault of ours (`crash`: its
    traceback without values). `status` is the exit status of the command line; `notices` stop nothing, nor do `doubts`
    whether last time's file is of the same subject.
    """

    path: Path
    report: ReportFile | None = None
    subject: Subject = field(default_factory=Subject)
    notices: tuple[Problem, ...] = ()
    doubts: tuple[Text, ...] = ()
    problems: tuple[Problem, ...] = ()
    message: Text | None = None
    hint: Text | None = None
    crash: str = ""
    status: int = 0


def make_reports(paths: Sequence[Path], wish: ReportWish, *, jobs: int = 0) -> Iterator[ReportOutcome]:
    """Make reports one after another or in several processes, in the order of the files; `jobs` 0: one a core."""
    available: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    cores = len(available(0)) if available else os.cpu_count() or 1
    workers = min(jobs or cores, len(paths))
    if workers <= 1:
        for path in paths:
            yield make_one(path, wish)
        return
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(workers, initializer=_begin_worker)
    try:
        with _undisturbed():
            made = pool.map(make_one, paths, [wish] * len(paths))
        yield from made
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent alone: the report under way is finished
    end_with_parent()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl+C wait while processes are started: of a pool half started nobody waits for those that are there."""
    mask: Callable[..., set[int]] | None = getattr(signal, "pthread_sigmask", None)
    before = mask(signal.SIG_BLOCK, {signal.SIGINT}) if mask else set()
    try:
        yield
    finally:
        if mask:
            mask(signal.SIG_SETMASK, before)


def make_one(path: Path, wish: ReportWish) -> ReportOutcome:
    """Make one report; whatever goes wrong is in its outcome."""
    try:
        return _made(path, wish)
    except UserError as fault:
        return ReportOutcome(path, message=fault.message, hint=fault.hint, status=fault.status)
    except OSError as fault:
        return ReportOutcome(path, message=refusal(fault), status=3)
    except Exception as fault:
        return ReportOutcome(path, crash="".join(traceback.format_exception(fault)), status=3)


def _made(path: Path, wish: ReportWish) -> ReportOutcome:
    library = _library(roots(wish.content))
    found = open_scorable(library, path, questionnaire=wish.questionnaire, weights=wish.weights)
    sheet = found.sheet
    if not sheet.sound or sheet.answers is None or sheet.instrument is None:
        return ReportOutcome(path, problems=errors(sheet.problems), status=1)
    book = found.library.questionnaire(
        wish.questionnaire or sheet.answers.questionnaire.id, stated=wish.questionnaire is None
    )
    rubrics = [rubric for rubric in found.library.profiles(book) if not errors(rubric.problems)] if book else []
    earlier: Before | None = None
    doubts: tuple[Text, ...] = ()
    if wish.compare is not None:
        from nqpf_assess.report.comparison_text import doubts_of

        read = open_own_edition(library, wish.compare)
        if not read.usable:
            return ReportOutcome(wish.compare, problems=read.faults, status=1)
        refuse_other_questionnaire(read, Read(path, sheet, ()))
        earlier = read.instrument, _asked(read.answers, wish)
        doubts = tuple(doubts_of(read.answers.subject, sheet.answers.subject))
    report = make_report(
        sheet.instrument,
        _asked(sheet.answers, wish),
        language=cast("ReportLanguage", wish.language),
        to=wish.to,
        date=wish.date,
        width=wish.width,
        style=wish.style,
        profiles=[rubric.chain for rubric in rubrics],
        beside=wish.beside,
        earlier=earlier,
        house=wish.house,
        edition=wish.edition,
    )
    return ReportOutcome(path, report, sheet.answers.subject, found.notices, doubts)


@cache
def _library(places: tuple[Root, ...]) -> Library:
    """Return the library of a process, which reads questionnaires and rubrics once for all files."""
    return Library(places)


def _asked(answers: Answers, wish: ReportWish) -> Answers:
    """Return answers as they are to be reported on: all of them, or the core questions only."""
    if not wish.quick:
        return answers
    stated = {name: getattr(answers, name) for name in answers.model_fields_set}
    return Answers.model_construct(**{**stated, "mode": "quick"})
