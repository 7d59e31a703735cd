"""What a merge does with everything beside the answers: subject, overrides, the plan, the follow-up sheet."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from nqpf_assess.engine.merging.claims import File
from nqpf_assess.engine.merging.names import joined
from nqpf_assess.engine.migrating.archive import Archive
from nqpf_assess.model.answers import Answers, Archived, Chosen, Override, Subject, as_filed
from nqpf_assess.model.follow_up import FollowUp

Part = TypeVar("Part")


def alike(parts: Iterable[object]) -> bool:
    """Return whether all are the same."""
    first, *others = list(parts)
    return all(part == first for part in others)


def most_wanted(
    files: Sequence[File], lead: int | None, of: Callable[[Answers], Iterable[Part]], key: Callable[[Part], object]
) -> tuple[tuple[Part, ...], tuple[tuple[Part, int], ...]]:
    """Give what the lead wants, else what more than half want, each once; and what was dropped, with how many want it.

    Two parts are the same where their keys are; the first in the order of the respondents stands for them.
    """
    first: dict[object, Part] = {}
    counts: Counter[object] = Counter()
    wanted_by_lead: set[object] = set()
    for who, file in enumerate(files):
        for name in dict.fromkeys(key(part) for part in of(file.answers)):
            counts[name] += 1
            wanted_by_lead |= {name} if who == lead else set()
        for part in of(file.answers):
            first.setdefault(key(part), part)

    def wanted(name: object) -> bool:
        return name in wanted_by_lead if lead is not None else counts[name] * 2 > len(files)

    kept = tuple(part for name, part in first.items() if wanted(name))
    return kept, tuple((part, counts[name]) for name, part in first.items() if not wanted(name))


def override_key(change: Override) -> object:
    """Two overrides are the same where they do the same, whatever reason they give."""
    return change.node, change.factor, change.target


def subject_of(files: Sequence[File], *, name: str | None) -> Subject:
    """Return the subject of the merged file; its respondents are those of all files, also who is known by the file."""
    subjects = [file.answers.subject for file in files]
    if alike(subjects) and name is None:
        return subjects[0]
    stated: dict[str, str] = {
        "name": name or next((subject.name for subject in subjects if subject.name.strip()), ""),
        "period": next((subject.period for subject in subjects if subject.period.strip()), ""),
    }
    if any(subject.respondent.strip() for subject in subjects):
        stated["respondent"] = joined(file.answers.subject.respondent.strip() or file.name for file in files)
    return as_filed(Subject(**stated))


def follow_up_of(files: Sequence[File]) -> tuple[FollowUp, ...]:
    """Unite the follow-up sheets: every entry once, those of a measure in the order they were written.

    What says no time, or an earlier one as where a clock was put right, was written after what stands before it in its
    sheet, and stays behind that: else a measure that is done would be under way again.
    """
    sheets = [file.answers.follow_up for file in files]
    if alike(sheets):
        return sheets[0]
    written: dict[FollowUp, tuple[datetime, int]] = {}
    for sheet in sheets:
        moment, of_measure = datetime.min.replace(tzinfo=UTC), dict[str, datetime]()
        for place, entry in enumerate(sheet):
            if entry.at is not None:  # what says no zone counts as UTC
                moment = entry.at.replace(tzinfo=entry.at.tzinfo or UTC)
            of_measure[entry.measure] = max(moment, of_measure.get(entry.measure, moment))
            here = of_measure[entry.measure], place
            written[entry] = max(written.get(entry, here), here)
    return tuple(sorted(written, key=written.__getitem__))


def archive_of(files: Sequence[File]) -> Mapping[str, Archived]:
    """Unite the archives: every entry once, under a key of its own.

    What not all had alike speaks for one of them, and comes back for the others no more.
    """
    archives = [file.answers.archive for file in files]
    if alike(archives):
        return archives[0]
    had = [{archived_key(key, entry) for key, entry in archive.items()} for archive in archives]
    united = Archive({}, edition="")
    for archive in archives:
        for key, entry in archive.items():
            is_of_all = entry.because == "converted" or all(archived_key(key, entry) in one for one in had)
            united.add(entry.of or key, entry if is_of_all else entry.model_copy(update={"because": "merged"}))
    return united.entries


def archived_key(key: str, entry: Archived) -> object:
    """Two archived entries are the same where they say the same, whoever gave them, and when."""
    what = entry.of or key, entry.table, entry.because, entry.edition
    return *what, entry.value, entry.state, entry.year, entry.factor, entry.target


def plan_of(files: Sequence[File], chosen: Sequence[str]) -> Chosen:
    """Return the plan; the same one stays as it is written."""
    plans = [file.answers.plan for file in files]
    return plans[0] if alike(plans) else Chosen(chosen=tuple(chosen))


def stated_changes(first: Answers, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the changes that say something else than the first file."""
    return {key: value for key, value in changes.items() if value != getattr(first, key)}
