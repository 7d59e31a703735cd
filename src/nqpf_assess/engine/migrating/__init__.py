"""Takes answers over to another edition of their questionnaire. Nothing that was typed is ever dropped.

What stays, what is rewritten, what a person should confirm and what fits no more is said of every answer. Whatever
leaves the scored tables is kept under `[archive]`, and comes back when a later edition has a place for it again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from nqpf_assess.engine.editions import Names, asked_then, editions_from, given_to, is_edition, names_between
from nqpf_assess.engine.instrument import Instrument, identities, reference_to
from nqpf_assess.engine.migrating.archive import Archive
from nqpf_assess.engine.migrating.values import Outcome, settle, voices_read_otherwise
from nqpf_assess.engine.states import View, read, unsettled
from nqpf_assess.kinds import is_blank as blank
from nqpf_assess.kinds import read_value
from nqpf_assess.kinds.kind import Fault
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import Answer, Answers, Archived, Chosen, Override, Reference
from nqpf_assess.model.base import stated_keys
from nqpf_assess.model.migration import ASKED, Migration, Moved, Where
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire, title_of
from nqpf_assess.model.scorecard import Identity, RubricIdentity

CALLED_NOW = _("is called “{now}” now")
REMOVED = _("edition {edition} does not ask it")
REPLACED = _("“{other}” is answered already")
NO_NODE = _("edition {edition} has no such part")
NO_MEASURE = _("edition {edition} has no such measure")
CAME_BACK = _("came back out of the archive")
NOT_COMPARED = _("was given to edition {edition}, whose question may have had other words or another unit")


def migrate(
    instrument: Instrument,
    answers: Answers,
    before: Questionnaire | None = None,
    *,
    kept: Sequence[Questionnaire] = (),
) -> Migration:
    """Take answers over to the edition of `instrument`. `before`: the edition that they name, where at hand.

    `kept`: the others that are, under which they may have been answered on, or before. Running it on its own outcome
    changes nothing.
    """
    questionnaire, weights, _ = identities(instrument, answers)
    same = is_edition(answers.questionnaire, questionnaire)
    names = names_between(before, instrument.questionnaire)
    return _Migrating(instrument, answers, before, kept, names, same_edition=same).run(questionnaire, weights)


@dataclass
class _Candidate:
    """An answer that wants a place, and where it came from."""

    table: Where
    was: str
    answer: Answer


@dataclass
class _Migrating:
    """One migration under way."""

    instrument: Instrument
    answers: Answers
    before: Questionnaire | None
    kept: Sequence[Questionnaire]
    names: Names
    same_edition: bool
    rows: list[Moved] = field(default_factory=list)
    restored: list[Moved] = field(default_factory=list)
    entries: dict[str, dict[str, Answer]] = field(default_factory=lambda: {"facts": {}, "answers": {}})

    @property
    def after(self) -> Questionnaire:
        return self.instrument.questionnaire

    def run(self, questionnaire: Identity, weights: RubricIdentity) -> Migration:
        self.archive = Archive(self.answers.archive, edition=self.answers.questionnaire.version)
        self.place_answers()
        overrides, chosen = self.place_overrides(), self.place_measures()
        if not self.same_edition:
            self.restore_answers()
            overrides, chosen = self.restore_rest(overrides, chosen)
        answers = self.outcome(questionnaire, weights, overrides, chosen)
        return Migration(
            rows=tuple(self.rows),
            restored=tuple(self.restored),
            facts_anew=self.new_here("facts"),
            asked_anew=self.asked_anew(answers),
            before=self.answers,
            answers=answers,
            questionnaire=questionnaire,
            weights=weights,
            same_edition=self.same_edition,
            known_before=self.before is not None,
            books=(self.after if self.same_edition else self.before, self.after),
        )

    # ---- facts and questions

    def place_answers(self) -> None:
        waiting: dict[str, list[_Candidate]] = {}
        for candidate in self.candidates():
            now = self.now(candidate.was)
            if now is None:
                self.set_aside(candidate, candidate.was, "removed", fill(REMOVED, edition=self.after.version))
            else:
                waiting.setdefault(now, []).append(candidate)
        for id, candidates in waiting.items():
            self.choose(id, sorted(candidates, key=lambda one: self.rank(id, one)))
        order = {id: place for place, id in enumerate((*self.answers.facts, *self.answers.answers))}
        self.rows.sort(key=lambda row: order[row.was])

    def candidates(self) -> Iterator[_Candidate]:
        for table in ASKED:
            for id, answer in getattr(self.answers, table).items():
                yield _Candidate(table, id, answer)

    def now(self, id: str) -> str | None:
        now = self.names.get(id, id)
        return now if now in self.after.asked else None

    def rank(self, id: str, candidate: _Candidate) -> tuple[int, bool, int]:
        """What is answered before what is not known or put off, and this before what is blank.

        Of what is alike the id's own answer comes before those of former ids, these in their order.
        """
        former, given = self.after.asked[id].previous_ids, candidate.answer
        place = former.index(candidate.was) if candidate.was in former else len(former)
        said = given.state == "na" or not (blank(given.value) or given.state_wins)
        return 0 if said else 1 if given.state_wins else 2, candidate.was != id, place

    def choose(self, id: str, candidates: list[_Candidate]) -> None:
        first, *others = candidates
        self.settle(id, first)
        for other in others:
            self.set_aside(other, id, "replaced", fill(REPLACED, other=id))

    def settle(self, id: str, candidate: _Candidate) -> None:
        outcome = self.original(id, candidate) or self.outcome_of(id, candidate.was, candidate.answer)
        called = (fill(CALLED_NOW, now=id),) if id != candidate.was else ()
        if outcome.fate == "invalid":
            self.keep(candidate, "invalid")
        else:
            self.entries[self.table_of(id)][id] = outcome.answer
            if outcome.rewritten:
                self.keep(candidate, "converted")
        after = None if outcome.fate == "invalid" else outcome.answer
        self.rows.append(
            Moved(
                self.table_of(id) if after else candidate.table,
                candidate.was,
                id,
                self.title(id),
                outcome.fate,
                (*called, *outcome.why),
                candidate.answer,
                after,
            )
        )

    def outcome_of(self, id: str, was: str, answer: Answer) -> Outcome:
        asked = self.after.asked.get(id)
        assert asked is not None
        return settle(self.asked_before(was, answer), asked, answer, same_edition=self.same_edition)

    def original(self, id: str, candidate: _Candidate) -> Outcome | None:
        """Give what was typed, where an answer goes back to the edition it was converted from and is still the same."""
        newer, older = self.asked_before(candidate.was, candidate.answer), self.after.asked.get(id)
        found = self.archive.converted(id, self.after.version)
        if found is None or newer is None or older is None:
            return None
        key, typed = found
        if isinstance(read_value(older, typed.value), Fault):  # content of that number was another one
            return None
        became = settle(older, newer, typed, same_edition=False)
        if became.fate == "invalid" or became.answer.value != candidate.answer.value:
            return None
        said_since = candidate.answer.voices not in ((), became.answer.voices)
        if said_since and (typed.voices or voices_read_otherwise(newer, older, candidate.answer)):
            return None
        self.archive.take(key)
        kept: dict[str, Any] = dict(stated_keys(candidate.answer))
        kept |= {"value": typed.value, "revision": typed.revision}
        if typed.voices:
            kept["voices"] = typed.voices
        answer = Answer(**{name: part for name, part in kept.items() if part is not None})
        return Outcome("converted", answer, (CAME_BACK,))

    def asked_before(self, id: str, answer: Answer) -> AnyAsked | None:
        if self.before is None or self.same_edition:
            return None
        now = self.now(id)
        if now is None:
            return self.before.asked.get(id)
        return given_to(editions_from(self.before, self.kept, self.after), id, self.after.asked[now], answer)

    def table_of(self, id: str) -> Where:
        return "answers" if id in self.after.questions else "facts"

    def set_aside(self, candidate: _Candidate, id: str, because: str, why: Text) -> None:
        self.keep(candidate, because)
        row = Moved(candidate.table, candidate.was, id, self.title(candidate.was), "archived", (why,), candidate.answer)
        self.rows.append(row)

    def keep(self, candidate: _Candidate, because: str) -> None:
        before = self.asked_before(candidate.was, candidate.answer)
        revision = before.revision if before is not None else None
        self.archive.keep(candidate.was, candidate.answer, table=candidate.table, because=because, revision=revision)

    def title(self, id: str) -> Text:
        for edition in (self.after, self.before):
            if edition is not None and id in edition.asked:
                return title_of(edition, id)
        return {}

    # ---- overrides and the plan

    def place_overrides(self) -> tuple[Override, ...]:
        kept: list[Override] = []
        for change in self.answers.override:
            now = self.names.get(change.node, change.node)
            if self.is_node(now):
                kept.append(change if now == change.node else change.model_copy(update={"node": now}))
            else:
                self.archive.keep_override(change)
                why = fill(NO_NODE, edition=self.after.version)
                self.rows.append(Moved("override", change.node, change.node, {}, "archived", (why,)))
        return tuple(kept)

    def is_node(self, id: str) -> bool:
        return any(id in table for table in (self.after.pillars, self.after.dimensions, self.after.questions))

    def place_measures(self) -> tuple[str, ...]:
        kept: list[str] = []
        for measure in self.answers.plan.chosen:
            if measure in self.after.countermeasures:
                kept.append(measure)
                continue
            self.archive.keep(measure, Answer(), table="plan", because="removed")
            known = self.before.countermeasures.get(measure) if self.before is not None else None
            title = known.title if known is not None else {}
            why = fill(NO_MEASURE, edition=self.after.version)
            self.rows.append(Moved("plan", measure, measure, title, "archived", (why,)))
        return tuple(kept)

    # ---- back out of the archive

    def restore_answers(self) -> None:
        for kept, waiting in self.archive.waiting(ASKED, self.after.version):
            was = waiting.of or kept
            now = self.now(was)
            if now is None or now in self.entries[self.table_of(now)]:
                continue
            key, entry = self.nearest(now, kept, waiting)
            outcome = self.outcome_back(now, was, entry)
            if outcome.fate != "invalid" and not outcome.rewritten:
                self.entries[self.table_of(now)][now] = outcome.answer
                self.archive.take(key)
                self.came_back(entry, was, now, outcome)

    def nearest(self, now: str, key: str, entry: Archived) -> tuple[str, Archived]:
        """Return what may come back, with its key: for what it became in an edition between, what was typed here.

        The unit of the former is not known here. It stays in the archive: it may have been answered anew there.
        """
        between = entry.edition not in (self.after.version, self.before.version if self.before else None)
        typed = self.archive.converted(now, self.after.version) if between else None
        return (key, entry) if typed is None else (typed[0], entry.model_copy(update=dict(stated_keys(typed[1]))))

    def outcome_back(self, now: str, was: str, entry: Archived) -> Outcome:
        asked = self.after.asked.get(now)
        assert asked is not None
        own = entry.edition == self.after.version
        known = (self.before,) if own else (self.before, *self.kept)
        books = [one for one in known if one is not None and one.version == entry.edition]
        books = [one for one in books if asked_then(one, was, asked) is not None] or books  # of one number, by mistake
        editions = editions_from(books[0], self.kept, self.after) if books else ()
        before = given_to(editions, was, asked, entry.answer)
        outcome = settle(before, asked, entry.answer, same_edition=own)
        if own or before is not None or outcome.fate != "carried" or blank(entry.value):
            return outcome
        return replace(outcome, fate="confirm", why=(fill(NOT_COMPARED, edition=entry.edition or "?"),))

    def came_back(self, entry: Archived, was: str, now: str, outcome: Outcome) -> None:
        why = (CAME_BACK, *outcome.why)
        row = Moved(self.table_of(now), was, now, self.title(now), outcome.fate, why, entry.answer, outcome.answer)
        self.restored.append(row)

    def restore_rest(
        self, overrides: tuple[Override, ...], chosen: tuple[str, ...]
    ) -> tuple[tuple[Override, ...], tuple[str, ...]]:
        for key, entry in self.archive.waiting(("override", "plan"), self.after.version):
            id = entry.of or key
            if entry.table == "override" and self.is_node(id) and (back := self.archive.override(key, id)) is not None:
                overrides = (*overrides, back)
            elif entry.table == "plan" and id in self.after.countermeasures:
                chosen = chosen if id in chosen else (*chosen, id)
                self.archive.take(key)
            else:
                continue
            self.restored.append(Moved(entry.table, id, id, {}, "carried", (CAME_BACK,)))
        return overrides, chosen

    # ---- the outcome

    def outcome(
        self, questionnaire: Identity, weights: RubricIdentity, overrides: tuple[Override, ...], chosen: tuple[str, ...]
    ) -> Answers:
        changes: dict[str, Any] = {
            "questionnaire": _reference(self.answers.questionnaire, questionnaire),
            "weights": _reference(self.answers.weights, weights),
            "facts": _in_order(self.entries["facts"], self.after.facts),
            "answers": _in_order(self.entries["answers"], self.after.questions),
            "override": overrides,
            "plan": Chosen(chosen=chosen),
            "archive": self.archive.entries,
        }
        return self.answers.model_copy(
            update={key: value for key, value in changes.items() if value != getattr(self.answers, key)}
        )

    def asked_anew(self, answers: Answers) -> tuple[str, ...]:
        new = self.new_here("answers")
        view = read(self.instrument, answers) if new else None
        return tuple(id for id in new if view is not None and self.open(id, view))

    def new_here(self, table: Where) -> tuple[str, ...]:
        """Return what the edition before did not have and nothing stands for."""
        if self.before is None or self.same_edition:
            return ()
        known = {*self.before.questions, *self.before.facts}
        known |= {self.names.get(id, id) for id in known}
        asked = self.after.facts if table == "facts" else self.after.questions
        return tuple(id for id in asked if id not in known and id not in self.entries[table])

    def open(self, id: str, view: View) -> bool:
        """Return whether a question is asked here, or what decides that is not answered."""
        question = self.after.questions[id]
        if self.answers.mode == "quick" and not question.core:
            return False
        return view.questions[id].state == "blank" or bool(unsettled(question.show_if, view))


def _reference(stated: Reference, edition: Identity) -> Reference:
    """Return the reference to an edition; the one that is there stays where it means the same."""
    if is_edition(stated, edition):
        return stated
    return reference_to(edition)


def _in_order(entries: Mapping[str, Answer], known: Mapping[str, object]) -> dict[str, Answer]:
    return {id: entries[id] for id in known if id in entries}
