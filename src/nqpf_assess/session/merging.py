"""Several respondents of one subject: which of their files may be merged, how each is called, and who leads."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from nqpf_assess.engine.editions import is_edition
from nqpf_assess.engine.instrument import digest, identities
from nqpf_assess.engine.merging import Wish, merge, untouched
from nqpf_assess.engine.merging.names import parted
from nqpf_assess.files.editions import Read
from nqpf_assess.files.library import Library
from nqpf_assess.files.linting import load
from nqpf_assess.files.places import is_seen, meant_by, shown, writable
from nqpf_assess.files.presence import is_file
from nqpf_assess.files.store import AnswerFile
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Answer, Answers, Subject
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.merging import Merging
from nqpf_assess.model.problem import UserError

Unlike = Literal["same file", "questionnaire", "edition", "subject", "period", "rubric"]
"""What speaks against merging some files."""

WORDS: dict[Unlike, Text] = {
    "same file": _("the files are one and the same: {names}"),
    "questionnaire": _("the files answer different questionnaires: {names}"),
    "edition": _("{names} was answered to another edition of the questionnaire than the one at hand"),
    "subject": _("the files describe different subjects: {names}"),
    "period": _("the files describe different years: {names}"),
    "rubric": _("the files are scored by different rubrics: {names}"),
}
TWICE = _(
    "The answers of {names} are also in a file that is merged already, and count twice. Leave one of the two files out."
)
SENT_TWICE = _(
    "“{name}” is named as who answers in {names}; each file counts as one respondent. If one of them was only sent "
    "again, leave the older one out."
)
COPIES = _(
    "{names} hold the same answers throughout; each file counts as one respondent. If one is only a copy, leave it out."
)
COPIED = _(
    "Answers that were given once and copied stand in {names}; each file counts as one respondent. What one of them "
    "changed stands alone against the copies: go through the agenda."
)
MERGED_ALREADY = _(
    "Merged already: {names}. Each counts as one respondent, and where its own respondents differ is not told here "
    "again. If you have their own files, merge those instead."
)
NO_LEAD = _("no respondent is called “{name}”; there are: {names}")
OWN_INPUT = _("{path} is one of the files to merge")
FOREIGN = _("{path} exists, and is no merged file as merge wrote it")


class NotMergeable(UserError):
    """Files that cannot be merged, and why; each face says in its own words what to do about it."""

    def __init__(self, unlike: Unlike, *names: object) -> None:
        super().__init__(fill(WORDS[unlike], names=listed(names)), status=2 if unlike == "same file" else 1)
        self.unlike, self.names = unlike, names


def different_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return files without those named a second time; raises `NotMergeable` where they are all one and the same."""
    files: tuple[Path, ...] = ()
    for path in paths:  # asked of the disk: some take a.toml and A.toml for one
        with suppress(OSError):
            if any(path.samefile(other) for other in files):
                continue
        files += (path,)
    if len(paths) > 1 and len(files) == 1:
        raise NotMergeable("same file", *dict.fromkeys(paths))
    return files


def refuse_unlike(read: Sequence[Read], *, subject_stated: bool = False, rubric_stated: bool = False) -> None:
    """Refuse files that do not describe one subject in one year by one edition; raises `NotMergeable`.

    What a file leaves blank does not count. `subject_stated`, `rubric_stated`: its name, or the rubric to score it by,
    was said for all of them, so the files may differ there.
    """
    _refuse_different("questionnaire", [one.answers.questionnaire.id for one in read], read)
    edition = identities(read[0].instrument, read[0].answers)[0]
    for one in read:
        own = identities(one.instrument, one.answers)[0]
        if own != edition or not is_edition(one.answers.questionnaire, own):
            raise NotMergeable("edition", one.path)
    if not subject_stated:
        _refuse_different("subject", [one.answers.subject.called for one in read], read)
    periods = {one.answers.subject.time: one.answers.subject.period for one in read}
    _refuse_different("period", [periods[one.answers.subject.time] for one in read], read)
    if not rubric_stated:
        blends = [str(Blend(one.answers.weights.id, one.answers.weights.with_)) for one in read]
        _refuse_different("rubric", blends, read)


def _refuse_different(unlike: Unlike, values: Sequence[str], read: Sequence[Read]) -> None:
    """Refuse files of which two state another value, each named with the first file that states it."""
    known: dict[str, str] = {}
    for value, one in zip(values, read, strict=True):
        if value.strip():
            known.setdefault(value.strip(), one.name)
    if len(known) > 1:
        raise NotMergeable(unlike, *(f"{value} [{name}]" for value, name in known.items()))


def respondent_names(read: Sequence[Read]) -> list[str]:
    """Return how each respondent is called: as the file says, else by the file; namesakes are told apart by theirs."""
    called = names = [_called(one) for one in read]
    for mark in ("stem", ""):
        counts = Counter(names)
        names = [
            name if counts[name] == 1 else f"{own} [{writable(one.path.stem if mark else one.path)}]"
            for name, own, one in zip(names, called, read, strict=True)
        ]
    return names


def _called(one: Read) -> str:
    """Return how a respondent is called: as the file says, else by the file. A merge of it keeps that name."""
    return one.answers.subject.respondent.strip() or writable(one.path.stem)


def told_of_counting(read: Sequence[Read]) -> tuple[Text, ...]:
    """Say how files count that are merged themselves, by one respondent or copies, and whose answers count twice."""
    # A merged file that is merged again stands in the next one under all its names together.
    merged = [one.answers.merged.respondents if one.answers.merged else () for one in read]
    twice: dict[str, None] = {}
    for place, one in enumerate(read):
        elsewhere = [parted(*names) for number, names in enumerate(merged) if number != place]
        own = [name for name in merged[place] if name] or ([] if one.answers.merged else [_called(one)])
        twice |= {name: None for name in own if any(parted(name) <= names for names in elsewhere)}
    said = [fill(TWICE, names=listed(twice))] if twice else []
    already = [one.name for one in read if one.answers.merged is not None]
    if already:
        said.append(fill(MERGED_ALREADY, names=listed(already)))
    papers: dict[str, list[str]] = {}
    alike: dict[str, list[str]] = {}
    for one in read:
        who = one.answers.subject.respondent.strip()
        files = papers.setdefault(who, []) if who else alike.setdefault(digest(one.answers), [])
        files.append(one.name)
    said += [fill(SENT_TWICE, name=who, names=listed(names)) for who, names in papers.items() if len(names) > 1]
    said += [fill(COPIES, names=listed(names)) for names in alike.values() if len(names) > 1]
    # An answer of the same moment is one that was given once; its file went around, and others went on in theirs.
    given: dict[tuple[str, Answer], dict[str, str]] = {}
    for one in read:
        who = one.answers.subject.respondent.strip() or digest(one.answers)
        for id, answer in {**one.answers.facts, **one.answers.answers}.items():
            if answer.at is not None and one.answers.merged is None:
                given.setdefault((id, answer), {})[who] = one.name
    copied = dict.fromkeys(name for files in given.values() if len(files) > 1 for name in files.values())
    if copied:
        said.append(fill(COPIED, names=listed(copied)))
    return tuple(said)


def lead_among(stated: str, read: Sequence[Read]) -> str:
    """Return the respondent that is meant: named in full, by the file's name, or by a part that only one name has."""
    names = respondent_names(read)
    if stated in names:
        return stated
    meant = [name for name, one in zip(names, read, strict=True) if stated == writable(one.path.stem)]
    meant = meant or [name for name in names if stated in name]
    if len(meant) != 1:
        raise UserError(fill(NO_LEAD, name=stated, names=listed(names)), status=2)
    return meant[0]


def merged_subject(read: Sequence[Read], *, name: str = "") -> Subject:
    """Return whom a merged file describes: `name` as stated, else the first name and year that the files have."""
    subjects = [one.answers.subject for one in read]
    names = [name, *(subject.name for subject in subjects)]
    periods = [subject.period for subject in subjects]
    stated = [next((value for value in values if value.strip()), "") for values in (names, periods)]
    return Subject(name=stated[0], period=stated[1])


def merge_read(read: Sequence[Read], wish: Wish) -> Merging:
    """Merge files that were read, each respondent by the name that the files give."""
    named = zip(respondent_names(read), (one.answers for one in read), strict=True)
    return merge(read[0].instrument, list(named), wish)


def refuse_replacing(library: Library, target: Path, sources: Sequence[Path], *, force: bool = False) -> None:
    """Refuse to write over one of the files to merge, or over one that merging did not write or somebody changed.

    Also to begin one beside that whose ending was left out, which nothing forces.
    """
    there = next(filter(is_seen, meant_by(target)), target)
    if is_seen(there) and any(there.samefile(source) for source in sources if is_seen(source)):
        raise UserError(fill(OWN_INPUT, path=shown(there)), status=3)
    if there != target:
        raise UserError(fill(_("{shown} is already there"), shown=shown(there)), status=3)
    if not is_seen(target) or force:
        return
    loaded = load(Answers, [library.read(target)]) if is_file(target) else None
    held = loaded.value if loaded is not None and not loaded.problems else None
    # The mark in the file covers what it says; comments that somebody added to it stay through the writing.
    if held is None or not untouched(held):
        raise UserError(fill(FOREIGN, path=shown(target)), status=3)


def write_merged(target: Path, answers: Answers) -> None:
    """Write a merged file, with the lock that every writer of answers takes."""
    with AnswerFile(target) as held:
        held.save(answers)
