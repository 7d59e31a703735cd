"""Bringing values of another file into an assessment: what would change, decided value by value, then written.

For every face the same way:

    source = read_source(path, library, ReadingWish(...))          # exchange.sources: who gave what, and where
    plan = plan_import(instrument, answers, submission, at=now)     # nothing is written
    for step in plan.steps: ...                                     # present, incoming, fate, why: show them
    taken = plan.accepted({step.key: True or False, ...})           # conflicts not named stay as they are

Whoever writes keeps a copy of the file with `keep_before`; the app, which has it open, then brings the answers in with
`Session.bring_in`, one step on the way back. What is accepted carries `from`: kind of source, file,
place, time. Planning the same source again over the outcome plans no change.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from nqpf_assess.engine.editions import breaks_answers, names_between
from nqpf_assess.engine.instrument import Instrument, digest
from nqpf_assess.engine.migrating import migrate
from nqpf_assess.engine.states import read, stored
from nqpf_assess.files.editions import ANOTHER
from nqpf_assess.files.naming import file_name
from nqpf_assess.files.presence import exists
from nqpf_assess.files.store import write_whole
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import read_period
from nqpf_assess.kinds.filled import pieces
from nqpf_assess.kinds.kind import Refusal, written
from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.locale.grammar import grammar
from nqpf_assess.model.answers import NOT_ANSWERED, Answer, Answers, Chosen, Reference, Subject, as_filed, with_entries
from nqpf_assess.model.base import stated_keys
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.importing import ImportFate, ImportStep, ImportTable, NotTaken, Submission
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import AnyAsked, title_of
from nqpf_assess.session.answering import new_answers
from nqpf_assess.session.nearby import look_at

SUBJECT_TITLES: Mapping[str, Text] = {
    "name": _("Name of the place or firm"),
    "period": _("Year the answers describe"),
    "respondent": _("Who answered"),
}
UNUSUAL = _("outside what is usual, {low} to {high}")
NOT_ASKED = _("not asked at present: it counts once it is")
OTHER_YEAR = _("the year of the figure differs: {present} there, {incoming} here")
OTHER_PART = _("{part} differs and stays as it is")
STAYS_BESIDE = _("beside the new one stays of the answer before: {parts}")
EVIDENCE = _("the evidence")
PARTS: Mapping[str, Text] = {"reason": _("the reason"), "note": _("the note"), "confidence": _("how sure it is")}
KEEPS_RUBRIC = _("The source names the rubric {stated}; this assessment keeps its own, {own}.")
OF_ANOTHER = _("The source is of {theirs}, this assessment of {ours}; see that its figures belong here.")
SEVERAL_ANSWER = _("several answered: each is named beside what it gave, nobody as the one who gave all")
KEEPS_MODE = _("The source asks the core questions only; this assessment keeps asking all.")
COUNTS_CORE = _(
    "This assessment is a quick screening, which asks and counts the core questions only; what comes in for others is "
    "kept, and counts once all are asked."
)
KEEPS_REST = _("Besides answers the source states {what}; nothing of that is taken into an assessment that is there.")
REST: Mapping[str, Text] = {
    "override": _("corrections of weights and targets"),
    "chosen": _("ticked measures"),
    "follow_up": _("the follow-up of measures"),
}
OF_EDITION = _(
    "the assessment is of edition {own} of the questionnaire, and what comes in is read by {now}, where units and "
    "levels may be others"
)
TAKE_OVER = _("Take the assessment over first: nqpf-assess migrate FILE --write. Then import again.")
HAS_VALUE = _("there is an answer, and the source has none")
NOT_KNOWN = _("the questionnaire has no “{id}”")
LOOK_AT_ID = _("Look whether it is spelt as in the questionnaire.")
LOOK_AGAIN = _("Answer this question anew in the edition at hand.")
STAYS_THERE = _("It stays in the source alone.")


@dataclass(frozen=True)
class ImportPlan:
    """What one submission would do to one assessment. `answers`: as it is before, an empty one where it is `new`.

    `parted`: whoever is named as the one who answered gave a part, and so does the submission.
    """

    instrument: Instrument
    answers: Answers
    steps: tuple[ImportStep, ...]
    not_taken: tuple[NotTaken, ...]
    new: bool
    parted: bool = False

    @property
    def empty(self) -> bool:
        """Whether the source holds nothing but, perhaps, whom it describes."""
        return not self.not_taken and all(step.table == "subject" for step in self.steps)

    @property
    def conflicts(self) -> tuple[ImportStep, ...]:
        """Values that differ from those in the file."""
        return tuple(step for step in self.steps if step.fate == "conflict")

    def accepted(self, decisions: Mapping[tuple[str, str], bool] | None = None, *, take: bool = False) -> Answers:
        """Return the answers with what is accepted: what is new or added unless refused, conflicts where agreed to.

        `decisions`: yes or no by `ImportStep.key`; `take`: what holds for conflicts that are not named.
        """
        said = decisions or {}
        chosen = [step for step in self.steps if step.changes and said.get(step.key, take or step.fate != "conflict")]
        if not chosen:
            return self.answers
        changes: dict[str, Any] = {}
        questionnaire = self.instrument.questionnaire
        for table, known in (("facts", questionnaire.facts), ("answers", questionnaire.questions)):
            taken = {step.id: step.became for step in chosen if step.table == table}
            if taken:
                changes[table] = with_entries(getattr(self.answers, table), taken, known)
        said_of = {step.id: str(step.became.value) for step in chosen if step.table == "subject"}
        if said_of:
            subject = self.answers.subject
            parts = {name: getattr(subject, name) for name in subject.model_fields_set}
            changes["subject"] = Subject(**{**parts, **said_of})
        stated = {name: getattr(self.answers, name) for name in self.answers.model_fields_set}
        after = Answers.model_construct(**{**stated, **changes})
        return without_respondent(after) if self.parted else after


def plan_import(
    instrument: Instrument, answers: Answers | None, submission: Submission, *, at: datetime, language: str = "en"
) -> ImportPlan:
    """Plan what a submission does to an assessment, or to a new one where there is none; nothing is written.

    A submission to another edition is taken over to the one at hand first. `at`: when it is imported. Raises
    `UserError` where it answers another questionnaire: what is called alike there does not mean the same; and where the
    assessment is of an edition that the one at hand breaks with, since a file says for all its answers which it is.
    """
    named, given = submission.edition.id, instrument.questionnaire.id
    if named != given:
        raise UserError(fill(ANOTHER, path=submission.name, named=named, given=given))
    if answers is not None and breaks_answers(answers.questionnaire.version, instrument.questionnaire.version):
        values = {"own": answers.questionnaire.version, "now": instrument.questionnaire.version}
        raise UserError(fill(OF_EDITION, **values), hint=TAKE_OVER)
    begun, left = (answers, []) if answers is not None else _begun(instrument, submission, language)
    incoming, whys, lost = _in_edition(instrument, begun, submission)
    whole = not (submission.sent or signed_by_others(begun, submission))
    steps = [*_subject_steps(begun.subject, submission.subject, whole=whole)]
    unread = {row.id for row in submission.not_taken}
    year = submission.subject.year if begun.subject.year not in (None, submission.subject.year) else None
    of = (submission.subject.year or begun.subject.year) if submission.asks_years else None
    questionnaire = instrument.questionnaire
    tables: tuple[tuple[ImportTable, Mapping[str, AnyAsked], Mapping[str, Answer]], ...] = (
        ("facts", questionnaire.facts, incoming.facts),
        ("answers", questionnaire.questions, incoming.answers),
    )
    for table, known, entries in tables:
        for id, asked in known.items():
            if id in entries:
                found = _step(asked, getattr(begun, table).get(id), entries[id], at, of=of, unread=id in unread)
                if found is not None:
                    present, became, fate, why = found
                    comes = entries[id]
                    if fate in ("new", "conflict"):
                        comes, became = _dated(asked, comes, year), _dated(asked, became, year)
                    why = (*whys.get(id, ()), *why, *(_unusual(asked, became) if fate in ("new", "conflict") else ()))
                    title = title_of(questionnaire, id)
                    seen = submission.excerpts.get(id, ())
                    steps.append(ImportStep(table, id, title, present, comes, became, fate, why, seen))
    new, not_taken = answers is None, (*submission.not_taken, *lost, *left)
    plan = ImportPlan(instrument, begun, tuple(steps), not_taken, new, parted=given_in_parts(begun, submission))
    return replace(plan, steps=tuple(_told_of_counting(plan)))


def _told_of_counting(plan: ImportPlan) -> Iterator[ImportStep]:
    """Yield the steps, with a word to those whose value counts for nothing beside all the others.

    That a quick assessment counts the core questions only is said of all of them (`kept_beside`).
    """
    after, questions = plan.accepted(take=True), plan.instrument.questionnaire.questions
    seen = read(plan.instrument, after).questions
    for step in plan.steps:
        valued = step.table == "answers" and step.changes and step.became.value is not None
        idle = valued and not step.became.state_wins and seen[step.id].state in ("hidden", "na")
        asked_for = idle and (after.mode == "full" or questions[step.id].core)
        yield replace(step, why=(*step.why, NOT_ASKED)) if asked_for else step


def of_its_time(found: Sequence[Submission], subject: Subject) -> tuple[Submission, ...]:
    """Return the submissions that describe the time of a subject, else its year: its half is not the whole of it."""
    same = tuple(one for one in found if one.subject.time == subject.time)
    return same or tuple(one for one in found if one.subject.year == subject.year)


def kept_beside(answers: Answers | None, submission: Submission) -> Iterator[Text]:
    """Say what an assessment that is there keeps, although the submission states another: rubric, mode and the rest.

    And what it takes without counting it, where it is a quick one.

    First, whom and which year the submission describes, where it is another: new figures of it are taken all the same.
    """
    if answers is None:
        return
    here, there = answers.subject, submission.subject
    differ = here.called and there.called and here.called != there.called
    if differ or (here.year is not None and there.year is not None and here.time != there.time):
        them, us = (" ".join(part for part in (one.called, one.period.strip()) if part) for one in (there, here))
        yield fill(OF_ANOTHER, theirs=them, ours=us)
    if given_in_parts(answers, submission):
        yield SEVERAL_ANSWER
    asked, own = Blend.parse(submission.rubric), Blend(answers.weights.id, answers.weights.with_)
    if submission.rubric and str(asked) != str(own):
        yield fill(KEEPS_RUBRIC, stated=submission.rubric, own=str(own))
    if submission.mode == "quick" and answers.mode != "quick":
        yield KEEPS_MODE
    asked_of = submission.edition.questions
    if answers.mode == "quick" and any(not asked_of[id].core for id in submission.answers):
        yield COUNTS_CORE
    if submission.whole is not None:
        theirs, ours = (_rest(one) for one in (submission.whole, answers))
        passed_over = [words for part, words in REST.items() if any(entry not in ours[part] for entry in theirs[part])]
        if passed_over:
            parts = {id: grammar(id).enumerated([tell(words, id) for words in passed_over]) for id in LANGUAGES}
            yield fill(KEEPS_REST, what=parts)


def _rest(answers: Answers) -> Mapping[str, tuple[object, ...]]:
    return {"override": answers.override, "chosen": answers.plan.chosen, "follow_up": answers.follow_up}


def _begun(instrument: Instrument, submission: Submission, language: str) -> tuple[Answers, list[NotTaken]]:
    """Begin an assessment for a submission, with all that a file of ours states beside its answers.

    Corrections, measures and entries of the follow-up for what the questionnaire does not have are named.
    """
    begun = new_answers(instrument, language=language, mode=submission.mode)
    whole = submission.whole
    if whole is None:
        return begun, []
    questionnaire = instrument.questionnaire
    nodes = {*questionnaire.pillars, *questionnaire.dimensions, *questionnaire.questions}
    known = questionnaire.countermeasures
    names = names_between(submission.edition, questionnaire)
    override = [(names.get(entry.node, entry.node), entry) for entry in whole.override]
    stated: dict[str, Any] = {
        "override": tuple(entry.model_copy(update={"node": now}) for now, entry in override if now in nodes),
        "plan": Chosen(chosen=tuple(id for id in whole.plan.chosen if id in known)),
        "follow_up": tuple(entry for entry in whole.follow_up if entry.measure in known),
    }
    gone = [("override", entry.node) for now, entry in override if now not in nodes]
    gone += [("plan.chosen", id) for id in whole.plan.chosen if id not in known]
    gone += [("follow_up", entry.measure) for entry in whole.follow_up if entry.measure not in known]
    kept = ("language", "mode", "override", "plan", "follow_up", "archive", "merged")
    parts = {name: stated.get(name, getattr(whole, name)) for name in kept if name in whole.model_fields_set}
    lost = [NotTaken(place, id, fill(NOT_KNOWN, id=id), LOOK_AT_ID) for place, id in gone]
    return begun.model_copy(update=parts), lost


def _in_edition(
    instrument: Instrument, begun: Answers, submission: Submission
) -> tuple[Answers, Mapping[str, tuple[Text, ...]], list[NotTaken]]:
    """Return the submission in the edition at hand, what is to be said of each answer, and what has no place in it."""
    edition, now = submission.edition, instrument.questionnaire
    reference = Reference(id=edition.id, version=edition.version, digest=digest(edition))
    given = begun.model_copy(
        update={
            "questionnaire": reference,
            "facts": submission.facts,
            "answers": submission.answers,
            "override": (),
            "archive": {},
        }
    )
    if submission.of_unknown:
        unnamed = given.model_copy(update={"questionnaire": Reference(id=edition.id, version="0")})
        moved = migrate(instrument, unnamed)
    elif edition is now or digest(edition) == digest(now):
        return given, {}, []
    else:
        moved = migrate(instrument, given, edition)
    lost = []
    for row in moved.rows:
        if row.fate in ("invalid", "archived"):
            origin = row.before.from_ if row.before is not None else None
            place = origin.place or "" if origin is not None else ""
            advice = LOOK_AGAIN if row.fate == "invalid" else STAYS_THERE
            lost.append(NotTaken(place, row.was, row.why[0] if row.why else {}, advice))
    return moved.answers, {row.id: row.why for row in moved.rows if row.fate in ("converted", "confirm")}, lost


def new_files(source: Path, submissions: Sequence[Submission]) -> tuple[Path, ...]:
    """Name the new answer file of each submission: beside the source, by its subject and year.

    Of several of one subject and year by who answers too, but for the one whose file is there already, from when it
    was the only one; what would be named alike is numbered.
    """
    names = [file_name(one.subject, source.stem) for one in submissions]
    alike = Counter(name.casefold() for name in names)
    stems: list[str] = []
    for name, one in zip(names, submissions, strict=True):
        stem = name
        if alike[name.casefold()] > 1:
            there = look_at(source.with_name(f"{name}.toml"))
            answered = there.respondent if there is not None else ""
            if not answered or answered != one.subject.respondent.strip():
                stem = with_respondent(Path(f"{name}.toml"), one.subject, one.subject.respondent or one.name).stem
        taken = {earlier.casefold() for earlier in stems}
        numbered = chain((stem,), (f"{stem}-{number}" for number in count(2)))
        stems.append(next(free for free in numbered if free.casefold() not in taken))
    return tuple(source.parent / f"{stem}.toml" for stem in stems)


def with_respondent(path: Path, subject: Subject, respondent: str) -> Path:
    """Name the file of one of several respondents, called after its subject and year or the source, by who answered."""
    year = subject.period.strip() if subject.name.strip() else ""
    named = Subject(name=subject.name if year else path.stem, period="-".join(filter(None, (year, respondent))))
    return path.with_name(f"{file_name(named, path.stem)}.toml")


def given_in_parts(answers: Answers, submission: Submission) -> bool:
    """Return whether what somebody gave comes in beside what another did, whom the answers name for all.

    Who typed any of what is called his or hers works on the whole, and stays named; so do those who were merged.
    """
    named, who = answers.subject.respondent.strip(), submission.subject.respondent.strip()
    theirs = [one for one in (*answers.facts.values(), *answers.answers.values()) if one.by == named]
    is_another = bool(named and who) and named != who and answers.merged is None
    return is_another and bool(theirs) and all(one.from_ is not None for one in theirs)


def signed_by_others(answers: Answers, submission: Submission) -> bool:
    """Return whether some of the answers that are there name somebody else than who answers now as their giver."""
    names = {(one.by or "").strip() for one in (*answers.facts.values(), *answers.answers.values())}
    return bool(names - {"", submission.subject.respondent.strip()})


def without_respondent(answers: Answers) -> Answers:
    """Return answers that say of nobody that they are all theirs; each may still say whose it is."""
    parts = {name: getattr(answers.subject, name) for name in answers.subject.model_fields_set - {"respondent"}}
    return answers.model_copy(update={"subject": Subject(**parts)})


def _subject_steps(present: Subject, incoming: Subject, *, whole: bool) -> Iterator[ImportStep]:
    """Compare whom the two describe; another respondent is no conflict, since several may fill in one assessment.

    Who gave a part, where it is not `whole`, is named beside each answer, and not as the one who gave all of them.
    """
    for part, title in SUBJECT_TITLES.items():
        here, said = getattr(present, part).strip(), getattr(incoming, part).strip()
        if not said or (part == "respondent" and (here or not whole)):
            continue
        alike = present.time == incoming.time if part == "period" else present.called == incoming.called
        fate: ImportFate = "new" if not here else "same" if alike else "conflict"
        new, read = Answer(value=said), read_period(said) if part == "period" else said
        why = (read.why,) if isinstance(read, Refusal) and fate != "same" else ()
        yield ImportStep("subject", part, title, Answer(value=here) if here else None, new, new, fate, why)


def _step(
    asked: AnyAsked, present: Answer | None, incoming: Answer, at: datetime, *, of: int | None, unread: bool
) -> tuple[Answer | None, Answer, ImportFate, tuple[Text, ...]] | None:
    """Compare one answer with the one that is there; None where the source says nothing.

    `of`: the year of a figure without one, None where it is not known. `unread`: the source has a value that is no
    answer. Year and evidence of that one, or of another year, are not those of the one that is there.
    """
    here, there = stored(asked, present), stored(asked, incoming)
    said: dict[str, Any] = dict(stated_keys(as_filed(incoming)))
    beside: dict[str, Any] = {
        name: said[name] for name in ("year", "reason", "confidence", "note", "evidence") if name in said
    }
    held = present or NOT_ANSWERED
    if present is None and incoming.voices:
        beside["voices"] = incoming.voices
    if there.state == "blank" and not beside:
        return None
    if there.state != "blank":
        put_off_again = there.state == "later" and here.state == "dk"  # who does not know has said more
        open_yet = here.state == "blank" or (here.state in ("dk", "later") and here.value is None)
        if open_yet and there != here and not put_off_again:
            return present, _taken(asked, held, incoming, at), "new", ()
        if (here.state, here.value) != (there.state, there.value):
            unknown = there.state in ("dk", "later")  # a figure typed beneath counts for nothing
            if unknown and (there.value is None or here.state == "answered"):
                return present, held, "kept", (HAS_VALUE,)
            return present, _taken(asked, held, incoming, at), "conflict", (*_staying(held, incoming),)
    alone = there.state == "blank" and here.state != "blank"
    if alone and unread:
        return present, held, "kept", (HAS_VALUE,)
    year = said.get("year", of if there.value is not None and not unread else None)
    if year is not None and held.year not in (None, year):
        other_year = fill(OTHER_YEAR, present=held.year, incoming=year)
        if alone:
            return present, held, "kept", (other_year,)
        return present, _taken(asked, held, incoming, at), "conflict", (other_year, *_staying(held, incoming))
    added: dict[str, Any] = {name: part for name, part in beside.items() if not getattr(held, name)}
    known = {*held.evidence, *(piece for entry in held.evidence for piece in pieces(entry))}
    if more := [entry for entry in beside.get("evidence", ()) if entry not in known]:
        added["evidence"] = (*held.evidence, *more)
    why = tuple(
        fill(OTHER_PART, part=words)
        for name, words in PARTS.items()
        if name in beside and name not in added and getattr(held, name) != beside[name]
    )
    if added:
        if present is None:  # whose words they are, and of when
            added |= {name: said[name] for name in ("by", "at") if name in said}
        kept: dict[str, Any] = dict(stated_keys(held))
        return present, Answer(**{**kept, **added}), "added", why
    return present, held, "kept" if why else "same", why


def _dated(asked: AnyAsked, answer: Answer, year: int | None) -> Answer:
    """Return an answer with the year of its source, where that is not the assessment's and the figure has none."""
    if year is None or answer.year is not None or answer.value is None or not kind_of(asked).dated(asked):
        return answer
    return Answer(**{**dict(stated_keys(answer)), "year": year})


def _staying(held: Answer, incoming: Answer) -> Iterator[Text]:
    """Say what stays beside a value that another one replaces, and was not named by whoever gives the new one."""
    stays = (
        (EVIDENCE, {*held.evidence} - {*incoming.evidence}),
        (PARTS["note"], held.note and held.note not in (incoming.note or "")),
        (PARTS["confidence"], held.confidence and not incoming.confidence),
    )
    if parts := [words for words, is_kept in stays if is_kept]:
        names = {language: grammar(language).list(tell(words, language) for words in parts) for language in LANGUAGES}
        yield fill(STAYS_BESIDE, parts=names)


def _unusual(asked: AnyAsked, answer: Answer) -> Iterator[Text]:
    """Say that a figure lies outside what is usual."""
    seen = stored(asked, answer)
    usual = None if seen.value is None or seen.state != "answered" else kind_of(asked).unusual(asked, seen.value)
    if usual is not None:
        yield fill(UNUSUAL, low=written(usual[0]), high=written(usual[1]))


def _taken(asked: AnyAsked, held: Answer, incoming: Answer, at: datetime) -> Answer:
    """Return the answer that comes out where the source's value is taken: what is written beside the old one stays."""
    stays = {name: part for name, part in stated_keys(held) if name in ("confidence", "note", "evidence")}
    stated = {**stays, **dict(stated_keys(as_filed(incoming)))}
    for name in ("evidence", "voices"):
        here, there = getattr(held, name), getattr(incoming, name)
        if united := (*here, *(one for one in there if one not in here)):  # nameless voices may be alike
            stated[name] = united
    if held.note and incoming.note and held.note not in incoming.note:
        stated["note"] = held.note if incoming.note in held.note else f"{held.note}\n{incoming.note}"
    stated.setdefault("revision", asked.revision)
    if not incoming.voices:  # nobody answered now what respondents of a merge differed on
        stated.setdefault("at", at)
    return Answer(**stated)


# ---- files


def before_import(path: Path) -> Path:
    """Return where the state of an answer file before the import is kept."""
    return path.with_suffix(".before-import.toml")


def keep_before(path: Path) -> Path:
    """Keep an answer file as it is beside it; returns where.

    The state before an earlier import makes room for it under a number: it may hold what that import replaced.
    """
    kept, words = before_import(path), path.read_bytes()
    if exists(kept) and kept.read_bytes() != words:
        numbered = (path.with_suffix(f".{number}.before-import.toml") for number in count(1))
        kept.rename(next(earlier for earlier in numbered if not exists(earlier)))
    write_whole(kept, words, copy_of=path)
    return kept
