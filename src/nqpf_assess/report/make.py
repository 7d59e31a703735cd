"""Makes reports of assessments: the outline once, drawn in a form; one, or many in several processes."""

import os
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score
from nqpf_assess.files.editions import Read, open_own_edition, open_scorable, refuse_other_questionnaire
from nqpf_assess.files.library import Library
from nqpf_assess.files.machine import end_with_parent, may_start, refusal
from nqpf_assess.files.places import Root, roots
from nqpf_assess.locale import LANGUAGES, Text, _, fill
from nqpf_assess.model.answers import Answers, Subject
from nqpf_assess.model.problem import Problem, UserError, errors
from nqpf_assess.model.report_form import Edition, Form, WordStyle
from nqpf_assess.model.scorecard import Scorecard
from nqpf_assess.model.weights import Chain
from nqpf_assess.report.blocks import Attachment, Outline
from nqpf_assess.report.forms import House, draw
from nqpf_assess.report.outline import outline_of as outline_in
from nqpf_assess.report.outline import with_unshown

if TYPE_CHECKING:
    from nqpf_assess.exchange.benchmark import Peers

ReportLanguage = Literal["en", "zh", "both"]
Before = tuple[Instrument, Answers]
"""Last time's assessment, with the instrument it is read under."""
PLAIN = House()
JSON = "application/json"
OF_ANOTHER = _("{path}: {fault}")
ENDED = _("the system ended a process that makes reports, perhaps for lack of memory")
ALONE = _("Make those that are left again, one after the other: --jobs 1.")


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A finished report: its bytes, the characters that could not be shown, and its pages where it has any."""

    data: bytes
    missing: tuple[str, ...] = ()
    pages: int | None = None


def outline_of(
    instrument: Instrument,
    answers: Answers,
    *,
    language: ReportLanguage,
    date: str,
    profiles: Sequence[Chain] = (),
    peers: "Peers | None" = None,
    earlier: Before | None = None,
    edition: Edition = "brief",
    card: Scorecard | None = None,
) -> Outline:
    """Make the outline of a report; `both` gives the language of the answers first. `edition`: brief or full."""
    languages = sorted(LANGUAGES, key=lambda known: known != answers.language)
    return outline_in(
        instrument,
        answers,
        languages=languages if language == "both" else (language,),
        date=date,
        profiles=profiles,
        peers=peers,
        earlier=earlier,
        edition=edition,
        card=card,
    )


def make_report(  # noqa: PLR0913 - what is reported on, and how it is to look
    instrument: Instrument,
    answers: Answers,
    *,
    language: ReportLanguage,
    to: Form,
    date: str,
    width: int = 80,
    style: WordStyle = "report",
    profiles: Sequence[Chain] = (),
    peers: "Peers | None" = None,
    earlier: Before | None = None,
    house: House = PLAIN,
    edition: Edition = "brief",
) -> ReportFile:
    """Make a report. `date`: ISO 8601; `width`: of plain text, in cells; `style`: of a Word file.

    `profiles`: those that were to choose from; `peers`: a benchmark of many like this one, shown beside its figures;
    `earlier`: last time's assessment, for what changed since; `house`: fonts and logo of the PDF.
    `edition`: the brief, or in full with the technical volume.
    """
    card = score(instrument, answers)
    outline = outline_of(
        instrument,
        answers,
        language=language,
        date=date,
        profiles=profiles,
        peers=peers,
        earlier=earlier,
        edition=edition,
        card=card,
    )
    if to != "pdf":
        return ReportFile(draw(outline, to, width=width, style=style)[0])
    from nqpf_assess.report.carried import BENCHMARK, RECEIPT, carried, carried_before, receipt
    from nqpf_assess.report.pdf import write_pdf
    from nqpf_assess.report.pdf.fonts import choice_of
    from nqpf_assess.report.pdf.logo import logo_in

    fonts = choice_of(house.fonts) if house.fonts else None
    logo = logo_in(house.logo, Path("logo")) if house.logo else None
    beside = (
        *(() if peers is None else (Attachment(BENCHMARK, JSON, "Benchmark", peers.data, "Data"),)),
        *(
            ()
            if logo is None
            else (Attachment(logo.name, logo.media_type, "Logo on the cover", house.logo, "Supplement"),)
        ),
        *(() if earlier is None else carried_before(instrument, earlier)),
    )
    record = receipt(
        card,
        language=language,
        date=date,
        edition=edition,
        profiles=profiles,
        group=None if peers is None else peers.group,
        fonts=house.fonts,
        beside=beside,
    )
    told = Attachment(RECEIPT, JSON, "How the report was made, and every figure it prints", record, "Data")
    kept = (*carried(instrument, answers), *beside, told)
    outline = replace(outline, attachments=kept)
    drawn = write_pdf(outline, fonts=fonts, logo=logo)
    if not drawn.missing:
        return ReportFile(drawn.data, (), drawn.pages)
    # The fonts lack characters: once more, with a list of these.
    again = write_pdf(with_unshown(outline, drawn.missing), fonts=fonts, logo=logo)
    return ReportFile(again.data, drawn.missing, again.pages)


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
    peers: "Peers | None" = None
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
    _library.cache_clear()  # what was read for reports made before may have been changed since
    available: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    cores = len(available(0)) if available else os.cpu_count() or 1
    workers = min(jobs or cores, len(paths))
    if workers <= 1 or not may_start(workers + 4):
        for path in paths:
            yield make_one(path, wish)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool, left = ProcessPoolExecutor(workers, initializer=_begin_worker), list(paths)
    try:
        with _undisturbed():
            made = pool.map(make_one, paths, [wish] * len(paths))
        for outcome in made:
            del left[0]
            yield outcome
    except BrokenProcessPool:
        yield from (ReportOutcome(path, message=ENDED, hint=ALONE, status=3) for path in left)
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
        why = refusal(fault)
        if isinstance(fault.filename, str) and Path(fault.filename) != path:  # it is content that cannot be read
            why = fill(OF_ANOTHER, path=fault.filename, fault=why)
        return ReportOutcome(path, message=why, status=3)
    except Exception as fault:
        return ReportOutcome(path, crash="".join(traceback.format_exception(fault)), status=3)


def _made(path: Path, wish: ReportWish) -> ReportOutcome:
    library = _library(roots(wish.content))
    found = open_scorable(library, path, questionnaire=wish.questionnaire, weights=wish.weights)
    sheet = found.sheet
    if not sheet.sound or sheet.answers is None or sheet.instrument is None:
        return ReportOutcome(path, problems=errors(sheet.problems), notices=found.notices, status=1)
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
        peers=wish.peers,
        earlier=earlier,
        house=wish.house,
        edition=wish.edition,
    )
    return ReportOutcome(path, report, sheet.answers.subject, found.notices, doubts)


@cache
def _library(places: tuple[Root, ...]) -> Library:
    """Return the library that reads questionnaires and rubrics once for all files that a process makes reports of."""
    return Library(places)


def _asked(answers: Answers, wish: ReportWish) -> Answers:
    """Return answers as they are to be reported on: all of them, or the core questions only."""
    if not wish.quick:
        return answers
    stated = {name: getattr(answers, name) for name in answers.model_fields_set}
    return Answers.model_construct(**{**stated, "mode": "quick"})
