"""Merges the answers of several respondents of one subject; the outcome does not depend on the order of their files."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nqpf_assess.engine.arithmetic import figure
from nqpf_assess.engine.editions import is_edition
from nqpf_assess.engine.instrument import Instrument, digest, identities, reference_to
from nqpf_assess.engine.merging.claims import File, Item, Voice, evidenced, item_of, order_of, settled_since, thing_said
from nqpf_assess.engine.merging.names import joined, nameless, parted
from nqpf_assess.engine.merging.rest import (
    alike,
    archive_of,
    follow_up_of,
    most_wanted,
    override_key,
    plan_of,
    stated_changes,
    subject_of,
)
from nqpf_assess.engine.merging.rules import Choice, choose
from nqpf_assess.engine.scoring import Assessed, assess, scored_here
from nqpf_assess.engine.states import Seen, holds, read, stored
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Here
from nqpf_assess.model.answers import Answer, Answers, Given, Merged, MergeRule, Reference, as_filed
from nqpf_assess.model.base import canonical, stated_keys
from nqpf_assess.model.merging import Merging, Respondent, Said, Settled
from nqpf_assess.model.questionnaire import AnyAsked, title_of
from nqpf_assess.model.scorecard import Identity, Scorecard


@dataclass(frozen=True, slots=True)
class Wish:
    """How to merge: the rule, the name of the lead where it asks for one, and whether names are to be left out.

    `name`: the subject's name in the merged file, where the files write it differently.
    """

    rule: MergeRule = "median"
    lead: str | None = None
    anonymous: bool = False
    name: str | None = None


def merge(instrument: Instrument, files: Sequence[tuple[str, Answers]], wish: Wish) -> Merging:
    """Merge files, each with the name by which its respondent is known; all belong to the instrument's edition.

    Respondents are listed by name; without names in an order that tells nothing of them.
    """
    ordered = sorted(files, key=lambda file: (file[0] * (not wish.anonymous), digest(file[1])))
    named = [(name, nameless(given) if wish.anonymous else given) for name, given in ordered]
    return _Merge(instrument, [File(name, given, assess(instrument, given)) for name, given in named], wish).run()


def untouched(answers: Answers) -> bool:
    """Return whether a merged file still is as the merge wrote it."""
    return answers.merged is not None and answers.merged.digest == _digest(answers)


def disputed(asked: AnyAsked, answer: Answer, respondents: Sequence[str] = ()) -> tuple[Seen, ...]:
    """Return what stands and what else was said where merged files differ and nobody has settled it since; else ().

    Free words are no matter of dispute, and who does not know claims nothing; nor does it matter what some had said who
    then gave one answer together, before their file was merged again. `respondents`: those of the files that were
    merged last. What else was said: in its order there.
    """
    if kind_of(asked).entry == "words" or settled_since(asked, answer):
        return ()
    said = (
        thing_said(stored(asked, Answer(value=voice.value, state=voice.state)))
        for voice, over in zip(answer.voices, said_before(answer.voices, respondents), strict=True)
        if not over
    )
    stands = thing_said(stored(asked, answer))
    claims = dict.fromkeys(seen for seen in (stands, *said) if seen.state in ("answered", "na"))
    return (stands, *(seen for seen in claims if seen != stands)) if len(claims) > 1 else ()


def disputes(instrument: Instrument, answers: Answers, card: Scorecard) -> dict[str, tuple[Seen, ...]]:
    """Return the facts and questions on which merged files still differ: what stands, then what else was said.

    Questions that do not count here are left out, unless it is the answer that stands which leaves them out.
    """
    if answers.merged is None:
        return {}
    questionnaire, view = instrument.questionnaire, read(instrument, answers)
    off, states = {node.id for node in card.nodes if not node.weight}, {node.id: node.state for node in card.nodes}
    asked: dict[str, AnyAsked] = dict(questionnaire.facts)
    for id in instrument.questions:
        question = questionnaire.questions[id]
        line = (id, question.dimension, questionnaire.dimensions[question.dimension].pillar)
        left_out = states[id] == "hidden" or (states[id] == "na" and holds(question.na_when, view))
        if not left_out and off.isdisjoint(line):
            asked[id] = question
    given = {**answers.facts, **answers.answers}
    found = ((id, disputed(asked[id], given[id], answers.merged.respondents)) for id in asked if id in given)
    return {id: said for id, said in found if said}


def said_before(voices: Sequence[Given], respondents: Sequence[str]) -> tuple[bool, ...]:
    """Return of each voice whether those whose it is then gave one answer together, before their file was merged again.

    `respondents`: those of the files that were merged last.
    """
    people, last = [parted(voice.by) for voice in voices], [parted(name) for name in respondents]
    return tuple(
        bool(who) and any(who < names for names in people) and not any(name <= who for name in last) for who in people
    )


def _digest(answers: Answers) -> str:
    """Hash all but the mark itself, as it can be read back from the file: what is empty is not written."""
    content = _written(canonical(as_filed(answers.model_copy(update={"merged": None}))))
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return f"sha256:{hashlib.sha256(told.encode()).hexdigest()}"


NOTHING: tuple[str, list[str]] = ("value", [])
"""The one empty thing that says something: nothing is ticked."""


def _written(value: Any) -> Any:
    match value:
        case dict():
            said = {
                key: part for key, part in value.items() if part not in (None, "", [], {}) or (key, part) == NOTHING
            }
            return {key: _written(part) for key, part in said.items()}
        case list():
            return [_written(part) for part in value]
        case _:
            return value


class _Merge:
    """One merge under way. Respondents are known by their place in the order of their names."""

    def __init__(self, instrument: Instrument, files: Sequence[File], wish: Wish) -> None:
        self.instrument, self.files, self.wish = instrument, files, wish
        self.first = files[0].answers
        self.lead = next((who for who, file in enumerate(files) if file.name == wish.lead), None)

    def run(self) -> Merging:
        overrides = most_wanted(self.files, self.lead_for_rest, lambda a: a.override, override_key)
        measures = most_wanted(self.files, self.lead_for_rest, lambda a: a.plan.chosen, lambda id: id)
        entries: dict[str, dict[str, Answer]] = {"facts": {}, "answers": {}}
        # What a figure earns hangs on what stands elsewhere, not on what each respondent knew of the place: facts stand
        # whatever is earned, so figures are scored again by those that stand, until nothing is scored otherwise.
        tried: list[dict[str, Here]] = []
        while (here := self.conditions(self.outcome(entries, overrides[0], measures[0]))) not in tried:
            tried.append(here)
            found = [(item, choose(item, self.wish.rule, lead=self.lead)) for item in self.items(here)]
            entries = {"facts": {}, "answers": {}}
            for item, choice in found:
                if (answer := self.standing(item, choice)) is not None:
                    entries[item.table][item.id] = answer
        answers = self.outcome(entries, overrides[0], measures[0])
        scored = assess(self.instrument, answers)
        settled = tuple(self.settled(item, choice, scored) for item, choice in found)
        closed = (one for one in settled if not one.free_words)
        several = [one for one in closed if sum(len(said.who) for said in one.said if said.claims) > 1]
        return Merging(
            rule=self.wish.rule,
            lead=None if self.wish.anonymous else self.wish.lead,
            respondents=tuple(self.respondent(file) for file in self.files),
            settled=settled,
            answers=answers,
            score=figure(scored.figures.total),
            pillars=self.pillars(scored),
            # The share of what two or more answered on which all who did agree.
            agreement=sum(not one.disputed for one in several) / len(several) if several else None,
            overrides_dropped=overrides[1],
            measures_dropped=measures[1],
            untouched=sum(
                seen.state == "blank" and id not in entries["answers"] for id, seen in scored.view.questions.items()
            ),
        )

    def conditions(self, answers: Answers) -> dict[str, Here]:
        """Return what decides about each question's score where these answers stand."""
        assessed = assess(self.instrument, answers)
        return {
            id: scored_here(assessed.instrument, id, assessed.view) for id in self.instrument.questionnaire.questions
        }

    @property
    def lead_for_rest(self) -> int | None:
        return self.lead if self.wish.rule == "lead" else None

    def items(self, here: Mapping[str, Here]) -> Iterator[Item]:
        questionnaire = self.instrument.questionnaire
        for table, asked in (("facts", questionnaire.facts), ("answers", questionnaire.questions)):
            for id in asked:
                yield item_of(asked[id], self.files, table, id, here.get(id))

    def respondent(self, file: File) -> Respondent:
        answered = sum(seen.state == "answered" for seen in file.assessed.view.questions.values())
        name = "" if self.wish.anonymous else file.name
        return Respondent(
            name,
            figure(file.assessed.figures.total),
            self.pillars(file.assessed),
            answered,
            quick=file.answers.mode == "quick",
            merged=file.answers.merged is not None,
        )

    def pillars(self, assessed: Assessed) -> dict[str, float | None]:
        columns = assessed.figures.scores.pillars
        return {id: figure(column) for id, column in zip(self.instrument.pillars, columns, strict=True)}

    # ---- one answer

    def standing(self, item: Item, choice: Choice) -> Answer | None:
        """Return the answer that stands with all that was written beside it, and who said what where they differ."""
        if not item.voices:
            return None
        own = item.voices[0]
        if alike(voice.answer for voice in item.voices) and len(item.voices) == len(self.files):
            return self.kept(item, own)
        if own.answer.voices and len(item.voices) == 1:  # a merged file alone speaks of it: what was settled stays so
            return self.kept(item, own)
        group = choice.claim.voices if choice.claim is not None else self.silent(item)
        first, *others = sorted(group, key=lambda voice: self.rank(item, voice))
        stated: dict[str, Any] = dict(stated_keys(first.answer))
        stated["evidence"] = tuple(dict.fromkeys(e for v in (first, *others) for e in v.answer.evidence if e.strip()))
        stated["by"] = self.names(sorted(group, key=lambda voice: voice.who))
        stated["year"] = next((v.answer.year for v in (first, *others) if v.answer.year is not None), None)
        stated["voices"] = self.voices(item)
        return as_filed(Answer(**stated))

    def kept(self, item: Item, own: Voice) -> Answer:
        """Return an answer as it stands in a file; of a merged one, without names, in an order that tells of nobody."""
        if not self.wish.anonymous:
            return own.answer
        earlier = [voice for voice in item.told if voice.who == own.who and voice is not own]
        return own.answer.model_copy(update={"voices": self.unnamed(item, earlier)}) if earlier else own.answer

    def silent(self, item: Item) -> tuple[Voice, ...]:
        return tuple(voice for voice in item.silent if voice.seen.state == item.silent[0].seen.state)

    def rank(self, item: Item, voice: Voice) -> tuple[object, ...]:
        """The lead's words first, then the best supported, then those with a note, then by name."""
        backed, sure, named = evidenced(item.asked, voice.answer)
        leads = self.wish.rule == "lead" and voice.who == self.lead
        return not leads, not backed, -named, -sure, not (voice.answer.note or "").strip(), voice.who

    def names(self, voices: Sequence[Voice]) -> str | None:
        if self.wish.anonymous:
            return None
        names = [voice.answer.by or self.files[voice.who].name for voice in voices]
        return joined(name for name in names if not any(parted(name) < parted(more) for more in names))

    def voices(self, item: Item) -> tuple[Given, ...]:
        """Return who said what, where not all who spoke said the same of the same year, with the same reason and note.

        Who said and wrote the very same stand together, but for what was said before those whose it is answered
        together; without names each stands alone, the lowest answer first.
        """
        told = {(said, reason, note) for said, _year, reason, note in (voice.words for voice in item.told)}
        years = {voice.answer.year for voice in item.told if voice.answer.year is not None}
        if len(told) < 2 and len(years) < 2:
            return ()
        if self.wish.anonymous:
            return self.unnamed(item, item.told)
        groups: dict[tuple[Given, bool], list[Voice]] = {}
        for voice in item.told:
            groups.setdefault((self.given([voice], who=False), voice.before), []).append(voice)
        return tuple(dict.fromkeys(self.given(group) for group in groups.values()))  # once, where copies have it

    def unnamed(self, item: Item, voices: Sequence[Voice]) -> tuple[Given, ...]:
        every = sorted(voices, key=lambda voice: (order_of(item.asked, voice), voice.words[2:]))
        return tuple(self.given([voice]) for voice in every)

    def given(self, voices: Sequence[Voice], *, who: bool = True) -> Given:
        answer = voices[0].answer
        stated = {key: part for key, part in stated_keys(answer) if key != "voices"}
        stated["by"] = self.names(voices) if who else None
        if not who or len(voices) > 1:
            stated["at"] = None
        return as_filed(Given(**stated))

    # ---- what is told of it

    def settled(self, item: Item, choice: Choice, scored: Assessed) -> Settled:
        said = tuple(_said(claim.voices, claim.score) for claim in item.claims)
        said += tuple(_said([voice], None) for voice in item.silent)
        total = sum(claim.count for claim in item.claims)
        scores = [claim.score for claim in item.claims if claim.score is not None]
        return Settled(
            table=item.table,  # type: ignore[arg-type]
            id=item.id,
            free_words=kind_of(item.asked).entry == "words",
            title=title_of(self.instrument.questionnaire, item.id),
            said=said,
            stands=item.claims.index(choice.claim) if choice.claim is not None else None,
            why=choice.why,
            agreement=choice.claim.count / total if choice.claim is not None else None,
            spread=max(scores) - min(scores) if scores else None,
            stake=self.stake(item, scored) if len(item.claims) > 1 else None,
        )

    def stake(self, item: Item, scored: Assessed) -> float | None:
        """Re-score with each of the answers in turn, all others as they stand."""
        table = getattr(scored.answers, item.table)
        totals = []
        for claim in item.claims:
            tried = {**table, item.id: claim.voices[0].answer}
            answers = scored.answers.model_copy(update={item.table: tried})
            totals.append(figure(assess(self.instrument, answers).figures.total))
        known = [total for total in totals if total is not None]
        return max(known) - min(known) if len(known) == len(totals) else None

    # ---- the merged file

    def outcome(
        self, entries: Mapping[str, dict[str, Answer]], overrides: Sequence[Any], chosen: Sequence[str]
    ) -> Answers:
        questionnaire, weights, _ = identities(self.instrument, self.first)
        known = self.instrument.questionnaire.countermeasures
        files = [file.answers for file in self.files]
        changes: dict[str, Any] = {
            "questionnaire": self.reference("questionnaire", questionnaire),
            "weights": self.reference("weights", weights),
            "language": Counter(file.language for file in files).most_common(1)[0][0],
            "mode": "full" if any(file.mode == "full" for file in files) else "quick",
            "subject": subject_of(self.files, name=self.wish.name),
            "override": files[0].override if alike(file.override for file in files) else tuple(overrides),
            "plan": plan_of(self.files, [id for id in known if id in chosen]),
            "follow_up": follow_up_of(self.files),
            "archive": archive_of(self.files),
            **entries,
        }
        merged = self.first.model_copy(update=stated_changes(self.first, changes))
        return merged.model_copy(update={"merged": self.mark(_digest(merged))})

    def reference(self, key: str, edition: Identity) -> Reference:
        stated = [getattr(file.answers, key) for file in self.files]
        if alike(stated) and is_edition(stated[0], edition):
            return stated[0]  # type: ignore[no-any-return]
        return reference_to(edition)

    def mark(self, found: str) -> Merged:
        stated: dict[str, Any] = {"rule": self.wish.rule, "digest": found}
        if not self.wish.anonymous:
            stated["respondents"] = tuple(file.name for file in self.files)
            stated |= {"lead": self.wish.lead} if self.wish.lead is not None else {}
        return Merged(**stated)


def _said(voices: Sequence[Voice], score: float | None) -> Said:
    seen = voices[0].seen
    return Said(tuple(v.who for v in voices), seen.state, seen.value, score, tuple(v.answer for v in voices))
