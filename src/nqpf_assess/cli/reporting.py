"""Makes many reports: in several processes, one bad file never stopping the others, each file written whole or not."""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say, tell_problem, tell_problems, tell_user
from nqpf_assess.cli.targets import Targets
from nqpf_assess.exchange.benchmark import Beside
from nqpf_assess.files.library import Library
from nqpf_assess.files.machine import refusal
from nqpf_assess.files.places import roots, shown
from nqpf_assess.files.store import write_whole
from nqpf_assess.model.answers import Answers, Subject
from nqpf_assess.model.problem import Problem, UserError, errors
from nqpf_assess.model.text import Text, fill, text
from nqpf_assess.report.house import House
from nqpf_assess.report.make import PLAIN, Before, Form, ReportFile, ReportLanguage, make_report


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for, the same for every file."""

    to: Form
    language: str
    date: str
    content: tuple[Path, ...]
    questionnaire: str | None
    weights: str | None
    quick: bool
    debug: bool
    width: int
    beside: Beside | None = None
    compare: Path | None = None
    house: House = PLAIN


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a report, or what keeps it from being made (problems of the file, or one sentence)."""

    path: Path
    report: ReportFile | None = None
    subject: Subject = field(default_factory=Subject)
    problems: tuple[Problem, ...] = ()
    said: Text | None = None
    hint: Text | None = None
    status: int = 0


def make_all(settings: Settings, paths: Sequence[Path], wanted: Wanted, targets: Targets, *, jobs: int) -> int:
    """Make and write all reports; gives the exit status."""
    progress = Progress(len(paths))
    statuses: list[int] = []
    failed: list[Path] = []
    for outcome in outcomes(paths, wanted, jobs):
        progress.clear()
        status = outcome.status or _deliver(settings, outcome, targets)
        if outcome.status:
            _explain(settings, outcome)
        statuses.append(status)
        failed += [outcome.path] if status else []
        progress.show(len(statuses), outcome.path)
    progress.clear()
    if failed and len(paths) > 1:
        words = text(
            en="{failed} of {all} reports were not made: {names}", zh="{all} 份报告中有 {failed} 份未生成：{names}"
        )
        names = ", ".join(shown(path) for path in failed)
        tell_user(settings.tell(words, failed=len(failed), all=len(paths), names=names))
    return max(statuses, default=0)


def outcomes(paths: Sequence[Path], wanted: Wanted, jobs: int) -> Iterator[Outcome]:
    """Make the reports one after another or in several processes, in the order of the files."""
    workers = min(jobs or cores(), len(paths))
    if workers <= 1:
        for path in paths:
            yield make_one(path, wanted)
        return
    pool = ProcessPoolExecutor(workers, initializer=_leave_interrupts_to_the_parent)
    try:
        yield from pool.map(make_one, paths, [wanted] * len(paths))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def cores() -> int:
    """Count the processor cores this process may use."""
    import os

    available: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def make_one(path: Path, wanted: Wanted) -> Outcome:
    """Make one report; whatever goes wrong is told in its outcome."""
    try:
        return _made(path, wanted)
    except UserError as fault:
        return Outcome(path, said=fault.message, hint=fault.hint, status=fault.status)
    except OSError as fault:
        return Outcome(path, said=refusal(fault), status=3)
    except Exception as fault:
        if wanted.debug:
            raise
        from nqpf_assess.cli.crash import write_log

        words = text(en="something went wrong inside the program; details: {log}", zh="程序内部出错，详情见：{log}")
        return Outcome(path, said=fill(words, log=write_log(fault)), status=3)


def _made(path: Path, wanted: Wanted) -> Outcome:
    library = _library(wanted.content)
    sheet = library.open_answers(path, questionnaire=wanted.questionnaire, weights=wanted.weights)
    if not sheet.sound or sheet.answers is None or sheet.instrument is None:
        return Outcome(path, problems=errors(sheet.problems), status=1)
    named = wanted.questionnaire or sheet.answers.questionnaire.id
    book = library.questionnaire(named, stated=wanted.questionnaire is None)
    rubrics = [rubric for rubric in library.profiles(book) if not errors(rubric.problems)] if book else []
    answers = _quick(sheet.answers) if wanted.quick else sheet.answers
    before = _before(library, path, wanted, sheet.instrument.questionnaire.id)
    if isinstance(before, Outcome):
        return before
    report = make_report(
        sheet.instrument,
        answers,
        language=cast("ReportLanguage", wanted.language),
        to=wanted.to,
        date=wanted.date,
        width=wanted.width,
        profiles=[rubric.chain for rubric in rubrics],
        beside=wanted.beside,
        earlier=before,
        house=wanted.house,
    )
    return Outcome(path, report, answers.subject)


def _before(library: Library, path: Path, wanted: Wanted, id: str) -> Before | Outcome | None:
    """Open last time's assessment, or say what is wrong with it."""
    if wanted.compare is None:
        return None
    from nqpf_assess.cli.compare import OTHER
    from nqpf_assess.files.editions import open_own_edition

    read = open_own_edition(library, wanted.compare)
    if not read.usable:
        return Outcome(wanted.compare, problems=read.faults, status=1)
    found = read.instrument.questionnaire.id
    if found != id:
        raise UserError(fill(OTHER, old=read.name, before=found, new=path.name, after=id))
    return read.instrument, _quick(read.answers) if wanted.quick else read.answers


@cache
def _library(content: tuple[Path, ...]) -> Library:
    return Library(roots(content))


def _quick(answers: Answers) -> Answers:
    stated: dict[str, Any] = {name: getattr(answers, name) for name in answers.model_fields_set}
    return Answers.model_construct(**{**stated, "mode": "quick"})


def _explain(settings: Settings, outcome: Outcome) -> None:
    """Say what keeps a report from being made."""
    tell_problems(outcome.problems, settings.language)
    if outcome.problems:
        words = text(
            en="{path} cannot be reported on until this is mended.", zh="{path} 须先改正以上错误才能生成报告。"
        )
        tell_user(settings.tell(words, path=shown(outcome.path)))
    elif outcome.said:
        said = fill(text(en="{path}: {said}", zh="{path}：{said}"), path=shown(outcome.path), said=outcome.said)
        tell_problem(UserError(said, hint=outcome.hint), settings)


def _deliver(settings: Settings, outcome: Outcome, targets: Targets) -> int:
    """Write one report; what the machine refuses is told and does not stop the others."""
    assert outcome.report is not None
    _warn(settings, outcome)
    if targets.on_screen:
        sys.stdout.write(outcome.report.data.decode())
        sys.stdout.flush()
        return 0
    path: Path | None = None
    try:
        path = targets.place(outcome.path, outcome.subject)
        write_whole(path, outcome.report.data)
    except UserError as fault:
        tell_problem(fault, settings)
        return fault.status
    except OSError as fault:
        where = shown(Path(fault.filename or path or outcome.path))
        said = fill(text(en="{where}: {why}", zh="{where}：{why}"), where=where, why=refusal(fault))
        tell_problem(UserError(said), settings)
        return 3
    say(shown(path))
    return 0


def _warn(settings: Settings, outcome: Outcome) -> None:
    missing = outcome.report.missing if outcome.report else ()
    if missing:
        words = text(
            en="warning: {path}: the fonts lack {n} characters, shown as 〓: {codes}",
            zh="警告：{path}：字体缺少 {n} 个字符，以“〓”代替：{codes}",
        )
        codes = ", ".join(f"U+{ord(letter):04X}" for letter in missing[:10]) + ("…" if len(missing) > 10 else "")
        tell_user(settings.tell(words, path=shown(outcome.path), n=len(missing), codes=codes))


@dataclass
class Progress:
    """One line on standard error, only where that is a terminal and there is something to wait for."""

    total: int

    @property
    def seen(self) -> bool:
        """Whether anybody sees it."""
        return self.total > 1 and sys.stderr.isatty()

    def show(self, done: int, path: Path) -> None:
        """Show how far the work is."""
        if self.seen:
            filled = round(20 * done / self.total)
            name = path.stem if path.stem.isprintable() else ""
            sys.stderr.write(f"\r[{'█' * filled}{'·' * (20 - filled)}] {done}/{self.total} {name[:30]}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away before something else is said."""
        if self.seen:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
