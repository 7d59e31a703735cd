"""Two assessments held against each other, and one subject over the years, for those who look at them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from nqpf_assess.engine.comparing import ComparedAssessment, compare
from nqpf_assess.engine.comparing.history import histories
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.scorecard import score
from nqpf_assess.files.editions import Read, open_own_edition, refuse_other_questionnaire
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import end_of, is_copy
from nqpf_assess.model.answers import Answers
from nqpf_assess.model.comparison import AssessmentComparison, History
from nqpf_assess.model.period import precedes, time_of
from nqpf_assess.model.problem import Problem
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.session.desk import Unsound
from nqpf_assess.session.nearby import latest_first, nearby


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """Two assessments with what changed between them. `questionnaires`: the old edition and the new one.

    `left_aside`: notices of the editions at hand by which the later one is not compared, but scored elsewhere.
    """

    comparison: AssessmentComparison
    questionnaires: tuple[Questionnaire, Questionnaire]
    left_aside: tuple[Problem, ...]


def compared(library: Library, old: Path, new: Path, today: date) -> ComparedPair:
    """Compare two files, each under the edition it names. Raises `UserError` where that cannot be done."""
    return compared_reads(_read(library, old), _read(library, new), today)


def compared_reads(old: Read, new: Read, today: date) -> ComparedPair:
    """Compare two files that were read and can be used. Raises `UserError` where they answer two questionnaires.

    They are named as people know them; those of one name with their folder, or by their whole path.
    """
    refuse_other_questionnaire(old, new)
    paths = [read.path.absolute() for read in (old, new)]
    ways = [path.name for path in paths], [f"{path.parent.name}/{path.name}" for path in paths], [*map(str, paths)]
    names = next((names for names in ways if names[0] != names[1]), ways[0])
    named = zip(names, (old, new), strict=True)
    before, after = (ComparedAssessment(name, read.answers, read.instrument) for name, read in named)
    asked = old.instrument.questionnaire, new.instrument.questionnaire
    return ComparedPair(compare(before, after, today), asked, new.left_aside)


def _read(library: Library, path: Path) -> Read:
    read = open_own_edition(library, path)
    if not read.usable:
        raise Unsound(path, read.faults)
    return read


@dataclass(frozen=True, slots=True)
class Kin:
    """An answer file that may be compared with another one. `same`: it names the same place or firm.

    `legible`: whether it can be read; of one that cannot nothing is known, and it may be last year's.
    """

    path: Path
    name: str
    period: str
    same: bool
    legible: bool = True


def kin_of(answers: Answers, path: Path, others: Iterable[Path]) -> tuple[Kin, ...]:
    """Find files to compare with: beside the file and among `others`; the same subject first, the latest year first.

    Of one year the file that was changed last comes first: what was merged, before those of its respondents. What was
    kept of a file before it was changed comes last.
    """
    here, own = end_of(path), answers.subject.called
    kin = [
        Kin(seen.path, seen.name, seen.period, same=bool(seen.name) and seen.name == own, legible=seen.legible)
        for seen in latest_first(nearby(path.parent, others))
        if (seen.questionnaire == answers.questionnaire.id or not seen.legible) and end_of(seen.path) != here
    ]
    return tuple(sorted(kin, key=lambda one: (not one.same, is_copy(one.path))))


def year_before(answers: Answers, path: Path, others: Iterable[Path]) -> tuple[Kin, ...]:
    """Find the assessments of the year before: of the same subject, all of the latest year that is earlier.

    There are several where several people answered, or a program that copies files made another one. What was kept of
    a file before it was changed is none of them.
    """
    same = (one for one in kin_of(answers, path, others) if one.same and not is_copy(one.path))
    earlier = [one for one in same if one.period and precedes(one.period, answers.subject.period)]
    return tuple(one for one in earlier if time_of(one.period) == time_of(earlier[0].period))


def read_earlier(library: Library, path: Path) -> tuple[Instrument, Answers]:
    """Open last time's assessment under the editions it names. Raises `Unsound` where it has mistakes."""
    read = _read(library, path)
    return read.instrument, read.answers


@dataclass(frozen=True, slots=True)
class OverTheYears:
    """One subject over the years. `left_aside`: notices of the editions at hand by which a year is not scored here."""

    history: History
    questionnaire: Questionnaire
    left_aside: tuple[Problem, ...]


def history(library: Library, paths: Sequence[Path]) -> OverTheYears | None:
    """Return the line over the years of files of one subject; None where they are none. Raises `UserError`.

    Each year is named by the path of its file: those of several folders may bear one name.
    """
    reads = [_read(library, path) for path in paths]
    found = histories([(str(read.path), read.answers, score(read.instrument, read.answers)) for read in reads])
    if not found:
        return None
    return OverTheYears(found[0], reads[-1].instrument.questionnaire, tuple(chain(*(one.left_aside for one in reads))))
