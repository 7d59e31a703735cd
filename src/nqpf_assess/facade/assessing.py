"""One assessment at a time: read, score, plan, report, check.

Scores and gains are points on the scale 0 to 100, weights, coverage and shares run from 0 to 1, effort is counted as
the questionnaire counts it. None stands where something has no figure; it is never 0.
"""

import datetime
import operator
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal, get_args

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score as scored
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots, shown, without_content
from nqpf_assess.files.presence import exists, is_dir
from nqpf_assess.locale import Text, _, fill, locale_language, tell
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.plan import Plan
from nqpf_assess.model.problem import Problem, UserError, errors
from nqpf_assess.model.scorecard import NodeScore, Scorecard

PathLike = str | Path

NO_NODE = _("there is no pillar, dimension or question “{id}”")
NO_BUDGET = _("a budget is a whole number from 0 up, not {budget}")
NO_FILE = _("{path} is a folder; load_all reads the answer files in it")
UNUSABLE = _("{n} of {all} answer files cannot be used until this is corrected")
NOTHING = _("there are no answer files in {path}")
NO_FORM = _("a report ends in {endings}, not in “{ending}”")
NO_CHOICE = _("“{what}” is one of {value}")
FOREIGN = _("{path} is no report of ours, or was changed since")
OTHER_NAME = _("Nothing was overwritten; choose another name.")


class NotAsWritten(UserWarning):
    """Something was read otherwise than its writer may think: another edition is at hand, a file was passed over."""


@dataclass(frozen=True, slots=True, repr=False)
class Assessment:
    """The answers of one respondent with the questionnaire and rubric they are read under; free of errors.

    `answers`: all that the file states (`answers.subject.name`, `answers.answers["rd_intensity"].value`).
    `instrument`: the questionnaire (`instrument.questionnaire`) and the rubric. `notices`: that the answers were given
    to another edition than the one at hand.
    """

    path: Path
    answers: Answers
    instrument: Instrument
    notices: tuple[Problem, ...] = ()
    _library: Library = field(default_factory=Library, compare=False)
    _questionnaire: str = ""
    """The questionnaire as the library finds it: a path, or an id."""

    @property
    def name(self) -> str:
        """Whom it is about: the name of the subject, else of the file."""
        return self.answers.subject.name.strip() or self.path.stem

    def __repr__(self) -> str:
        questionnaire = self.instrument.questionnaire
        rubric = Blend(self.instrument.profile.id, self.instrument.shares)
        return f"<Assessment {self.name!r}: {questionnaire.id} {questionnaire.version}, weights {rubric}>"


@dataclass(frozen=True, slots=True, repr=False)
class Card(Scorecard):
    """The score of one assessment with everything that explains it: what `score --json` writes.

    `card.overall.score`, `card.balance.coordination`, `card["green"].gap`, `card.nodes`, `card.ledger`,
    `card.checks`, `card.countermeasures`. `instrument`: the questionnaire and the rubric it was scored with.
    """

    assessment: Assessment
    instrument: Instrument

    @property
    def name(self) -> str:
        """Whom it is about."""
        return self.assessment.name

    def __getitem__(self, id: str) -> NodeScore:
        """Return the figures of a pillar, dimension or question; raises `UserError` with the nearest id."""
        found = next((node for node in self.nodes if node.id == id), None)
        if found is not None:
            return found
        from nqpf_assess.files.rules.naming import suggestion

        known = [node.id for node in self.nodes]
        with _explained():
            raise UserError(fill(NO_NODE, id=id), hint=suggestion(id, known), status=2)

    def __iter__(self) -> Iterator[NodeScore]:
        """Yield pillars, dimensions and questions in the order of the questionnaire, parents before children."""
        return iter(self.nodes)

    def __contains__(self, id: object) -> bool:
        return any(node.id == id for node in self.nodes)

    def __repr__(self) -> str:
        from nqpf_assess.report.wording import number

        overall = self.overall
        said = "no score" if overall.score is None else number(overall.score)
        band = f" ({overall.band})" if overall.band else ""
        return f"<Card {self.name!r}: {said}{band}, weights {self.weights.named}>"


def load(
    path: PathLike,
    *,
    questionnaire: PathLike | None = None,
    weights: PathLike | None = None,
    content: PathLike | Sequence[PathLike] = (),
) -> Assessment:
    """Read an answer file with its questionnaire and rubric.

    `questionnaire`, `weights`: an id or a path, instead of what the file names; `weights` may be a blend
    (`"grain_base+0.4*cluster_county"`). `content`: workspaces to look in first, as `--content`.

    Raises `UserError` where there is no such file, or with every problem that `check` finds in it (`fault.problems`).
    Answers that were given to another edition than the one at hand are announced by the warning `NotAsWritten`.
    """
    with _explained():
        return _loaded(_library(content), Path(path), _named(questionnaire), _named(weights))


def load_all(
    *paths: PathLike,
    questionnaire: PathLike | None = None,
    weights: PathLike | None = None,
    content: PathLike | Sequence[PathLike] = (),
) -> tuple[Assessment, ...]:
    """Read many answer files: those that the paths name, and of folders all to the bottom, in the order of their names.

    Questionnaires and rubrics are read once. Raises `UserError` with the problems of all files at once where any
    cannot be used. What is passed over in a folder is named in a warning, `NotAsWritten`.
    """
    from nqpf_assess.files.gathering import answers_below, named_besides, passed_over

    def warn_of(skipped: Sequence[tuple[Path, Text]]) -> None:
        if skipped:
            said = [tell(line, locale_language()) for line in passed_over(skipped)]
            warnings.warn("\n".join(said), NotAsWritten, stacklevel=3)

    with _explained():
        files: list[Path] = []
        named = named_besides([Path(path) for path in paths])
        warn_of(named.skipped)
        for path in named.answers:
            if not is_dir(path):
                files.append(path)
                continue
            below = answers_below(path)
            files += below.answers
            warn_of(below.skipped)
            if not below.answers:
                raise UserError(fill(NOTHING, path=shown(path)))
        library, found, faults = _library(content), list[Assessment](), list[UserError]()
        for file in dict.fromkeys(files):
            try:
                found.append(_loaded(library, file, _named(questionnaire), _named(weights)))
            except UserError as fault:
                faults.append(fault)
        if len(faults) == 1:
            raise faults[0]
        if faults:
            problems = tuple(problem for fault in faults for problem in fault.problems)
            words = fill(UNUSABLE, n=len(faults), all=len(found) + len(faults))
            raise UserError(words, hint=faults[0].message, problems=problems)
        return tuple(found)


def score(assessment: Assessment, *, weights: PathLike | None = None) -> Card:
    """Score an assessment; `weights`: by another rubric or blend, an id or a path. The same figures as `score --json`.

    Raises `UserError` where there is no such rubric, or it has errors.
    """
    with _explained():
        instrument = _instrument(assessment, weights)
        card = scored(instrument, assessment.answers)
        figures = {each.name: getattr(card, each.name) for each in fields(card)}
        return Card(**figures, assessment=assessment, instrument=instrument)


def plan(assessment: Assessment, budget: int, *, weights: PathLike | None = None) -> Plan:
    """Choose the countermeasures that gain the most for an effort of at most `budget`, exactly (scoring.md, section 7).

    `.chosen`: the measures in order, each with `id`, `phase`, `effort`, `cumulative_gain` (points); `.gain`,
    `.score_before`, `.score_after` (points, before the floors), `.score_after_floors`, `.optimal`, `.bound`, `.curve`.
    Without an overall score `.chosen` and `.curve` are empty and the figures None. What the follow-up sheet
    (`assessment.answers.follow_up`) has as done or dropped may be chosen like any other.

    Raises `UserError` for a budget that is no whole number from 0 up, and as `score` does.
    """
    from nqpf_assess.engine.planning import planner_of
    from nqpf_assess.engine.scoring import assess

    with _explained():
        whole = -1
        with suppress(TypeError):
            whole = operator.index(budget)  # of any library
        if isinstance(budget, bool) or whole < 0:
            raise UserError(fill(NO_BUDGET, budget=repr(budget)), status=2)
        return planner_of(assess(_instrument(assessment, weights), assessment.answers)).plan(whole)


def report(
    assessment: Assessment,
    path: PathLike,
    *,
    lang: Literal["en", "zh", "both"] = "en",
    edition: Literal["brief", "full"] = "brief",
    weights: PathLike | None = None,
    date: str | datetime.date | None = None,
) -> Path:
    """Write the report, in the form that the ending of the file says (PDF, Word, Markdown, text, web page).

    `edition`: `brief`, what is handed to a leader, or `full`, with the technical volume. `date`: the day on the cover,
    a date or its ISO form, else today. A file that is no report is not overwritten.

    Raises `UserError` for another language, edition or ending, for a foreign file in the way, and as `score` does;
    OSError where the machine does not let the file be written.
    """
    from nqpf_assess.files.store import write_whole
    from nqpf_assess.model.report_form import Edition
    from nqpf_assess.report.forms import ENDINGS, form_of, is_foreign
    from nqpf_assess.report.make import ReportLanguage, make_report
    from nqpf_assess.session.clock import day_of_paper

    with _explained():
        for name, chosen, choices in (
            ("lang", lang, get_args(ReportLanguage)),
            ("edition", edition, get_args(Edition)),
        ):
            if chosen not in choices:
                raise UserError(fill(NO_CHOICE, what=name, value=listed(choices)), status=2)
        file, form = Path(path), form_of(Path(path))
        if form is None:
            endings = listed(ENDINGS)
            raise UserError(fill(NO_FORM, endings=endings, ending=file.suffix), status=2)
        if is_foreign(file, form):
            raise UserError(fill(FOREIGN, path=shown(file)), hint=OTHER_NAME, status=3)
        library = _rubrics_anew(assessment)
        book = library.questionnaire(assessment._questionnaire)
        rubrics = [rubric for rubric in library.profiles(book) if not errors(rubric.problems)] if book else []
        made = make_report(
            _instrument(assessment, weights),
            assessment.answers,
            language=lang,
            to=form,
            date=day_of_paper(None if date is None else str(date)),
            profiles=[rubric.chain for rubric in rubrics],
            edition=edition,
        )
        write_whole(file, made.data)
        return file


def check(
    *paths: PathLike,
    questionnaire: PathLike | None = None,
    weights: PathLike | None = None,
    content: PathLike | Sequence[PathLike] = (),
) -> tuple[Problem, ...]:
    """Check answer files, rubrics, questionnaires and whole workspaces; returns every problem, sorted.

    Each has `source`, `line`, `column`, `severity` (error, warning, notice), `code`, `key`, `message` and `hint`;
    `problem.told("en")` is what the command line prints. No problems: an empty tuple.
    """
    from nqpf_assess.files.checking import check as checked

    with _explained():
        named = {"questionnaire": _named(questionnaire), "weights": _named(weights)}
        return checked(_library(content), [Path(path) for path in paths], **named)


def _library(content: PathLike | Sequence[PathLike]) -> Library:
    """Return a library that reads everything anew: content on disk may have changed since the last call."""
    folders = [Path(path) for path in ([content] if isinstance(content, str | Path) else content)]
    library = Library(roots(folders))
    for line in without_content(folders):
        warnings.warn(tell(line, locale_language()), NotAsWritten, stacklevel=3)
    return library


def _named(content: PathLike | None) -> str | None:
    """Return what names a questionnaire or rubric as the library takes it: an id, a blend, or a path as text."""
    return str(content) if isinstance(content, Path) else content


def _loaded(library: Library, path: Path, questionnaire: str | None, weights: str | None) -> Assessment:
    from nqpf_assess.files.editions import open_scorable

    if is_dir(path):
        raise UserError(fill(NO_FILE, path=shown(path)), status=2)
    try:
        found = open_scorable(library, path, questionnaire=questionnaire, weights=weights)
        instrument, answers = found.assessed()
    except UserError as fault:
        from nqpf_assess.files.checking import check as checked

        told = fault.problems or not exists(path)
        every = checked(library, [path], questionnaire=questionnaire, weights=weights) if told else ()
        if errors(every):
            raise UserError(fault.message, hint=fault.hint, problems=every) from None
        raise
    if found.notices:
        warnings.warn("\n".join(_told(found.notices)), NotAsWritten, stacklevel=3)
    place = found.library.questionnaire_path(questionnaire or answers.questionnaire.id, stated=questionnaire is None)
    return Assessment(path, answers, instrument, found.notices, found.library, str(place))


def _instrument(assessment: Assessment, weights: PathLike | None) -> Instrument:
    """Return the instrument of an assessment, or its questionnaire with another rubric."""
    named = _named(weights)
    if named is None:
        return assessment.instrument
    from nqpf_assess.session.content import sound_instrument

    return sound_instrument(_rubrics_anew(assessment), assessment._questionnaire, named)


def _rubrics_anew(assessment: Assessment) -> Library:
    """Return a library that reads rubrics as they are now, and the questionnaire as the answers were read by."""
    held = assessment._library
    return Library(held.roots, held.tolerant, held.named, _books=held._books)


def _told(problems: Iterable[Problem]) -> list[str]:
    return [problem.told(locale_language()) for problem in problems]


@contextmanager
def _explained() -> Iterator[None]:
    """Let an error say all that it knows where Python shows it: every problem, and what to do."""
    try:
        yield
    except UserError as fault:
        if not getattr(fault, "__notes__", ()):
            language = locale_language()
            if (message := tell(fault.message, language)) != str(fault):
                fault.add_note(message)
            for line in (*_told(fault.problems), *filter(None, [tell(fault.hint, language)])):
                fault.add_note(line)
        raise
