"""One assessment being answered: what is asked, what changes, and the way back.

Each change makes a new `Answers` value and is saved at once; scores are worked out when somebody looks at them. Undo is
going back to an earlier value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol, Self

from nqpf_assess.engine.following import closed
from nqpf_assess.engine.gaps import measures_of
from nqpf_assess.engine.instrument import Instrument, basis_of, digest, reference_to_rubric, rubric_identity
from nqpf_assess.engine.profiles import Suggestion, suggestions
from nqpf_assess.engine.rubric import local_rubric, zero_groups
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.engine.scoring import Assessed, assess
from nqpf_assess.engine.states import View, holds, read, read_again
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import read_year
from nqpf_assess.kinds.kind import Value
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.model.answers import (
    NOT_ANSWERED,
    Answer,
    Answers,
    Chosen,
    Override,
    Reference,
    Subject,
    as_filed,
    with_entries,
)
from nqpf_assess.model.base import stated_keys
from nqpf_assess.model.follow_up import FollowUp
from nqpf_assess.model.period import comes_before, time_of
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import AnyAsked, title_of
from nqpf_assess.model.scorecard import Identity, MeasureScore, Scorecard
from nqpf_assess.model.weights import BlendedProfile, Chain

Table = Literal["facts", "answers"]

Place = tuple[str, str]
"""Where a change was made: a table of the answer file and, in `facts` and `answers`, the id."""

WHOLE_FILE: Place = ("file", "")
"""Anywhere in it: what was brought in."""

OTHERS: Place = ("others", "")
"""Anywhere in it: what others wrote, which was gone on from."""

NOTHING_WEIGHS = _("“{name}” was not taken: with it nothing would be left to weigh beside “{node}”.")
NOTHING_LEFT = _("This was not taken: with it nothing would be left to weigh beside “{node}”.")
BY_HAND_FIRST = _("First take the correction by hand away that switches it off.")

MEMORY = 1000
"""Changes that can be taken back."""


class Saver(Protocol):
    """Where answers are kept."""

    def save(self, answers: Answers) -> bool | None:
        """Save answers whole, True where their file was gone; raises a `UserError` where that is refused."""


class Counting(NamedTuple):
    """What is asked at one time: the questions that apply, and those that do not by themselves and hold no value."""

    applying: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()


class AskedChange(NamedTuple):
    """What one change did to what is asked: questions that are asked now and were not, and the reverse."""

    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @classmethod
    def between(cls, before: Counting, now: Counting) -> Self:
        """Compare what was asked with what is asked. One that holds no value comes and goes with being asked alone."""
        was, still = ({*one.applying, *one.idle} for one in (before, now))
        shown = tuple(id for id in now.applying if id not in was)
        return cls(shown, tuple(id for id in before.applying if id not in still))


class _Step(NamedTuple):
    """An earlier value of the answers, where the change after it was made, and whether it was a draft."""

    answers: Answers
    place: Place
    draft: tuple[str, ...] = ()


@dataclass
class Session:
    """One assessment being answered. `now`: the clock that stamps answers; `chains`: the rubrics to choose from.

    `left_out`: gives the files of rubrics that are none to choose from, since they have errors. `locked`: why nothing
    may be changed; `trouble`: why the last save failed, None where it did not; `anew`: whether the file was gone and
    was written anew, which nobody was told yet.
    """

    instrument: Instrument
    answers: Answers
    saver: Saver
    now: Callable[[], datetime]
    chains: Sequence[Chain] = ()
    locked: UserError | None = None
    left_out: Callable[[], Sequence[Path]] = tuple
    trouble: UserError | None = field(default=None, init=False)
    anew: bool = field(default=False, init=False)
    view: View = field(init=False)
    minutes: dict[str, dict[str, float]] = field(default_factory=dict, init=False)
    """Minutes that each question takes, by language; kept by `way.minutes_left`."""
    _assessed: Assessed | None = field(default=None, init=False)
    _card: tuple[Assessed, Scorecard] | None = field(default=None, init=False)
    _judged: tuple[Assessed, tuple[MeasureScore, ...]] | None = field(default=None, init=False)
    _before: float | None = field(default=None, init=False)
    _visible: tuple[str, ...] | None = field(default=None, init=False)
    _past: list[_Step] = field(default_factory=list, init=False)
    _forgotten: int = field(default=0, init=False)
    _future: list[_Step] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.view = read(self.instrument, self.answers)

    # ---- what is asked

    @property
    def assessed(self) -> Assessed:
        """The answers scored; worked out once after each change."""
        if self._assessed is None:
            self._assessed = assess(self.instrument, self.answers, self.view)
        return self._assessed

    @property
    def card(self) -> Scorecard:
        """The scorecard of the present answers; worked out once after each change."""
        if self._card is None or self._card[0] is not self.assessed:
            self._card = (self.assessed, scorecard_of(self.assessed))
        return self._card[1]

    @property
    def judged(self) -> tuple[MeasureScore, ...]:
        """The countermeasures judged for the present answers; worked out once after each change."""
        if self._card is not None and self._card[0] is self.assessed:
            return self._card[1].countermeasures
        if self._judged is None or self._judged[0] is not self.assessed:
            self._judged = (self.assessed, measures_of(self.assessed))
        return self._judged[1]

    @property
    def is_assessed(self) -> bool:
        """Whether somebody looked at the scores since the last change."""
        return self._assessed is not None

    @property
    def score(self) -> float | None:
        """The overall score after the floors, in points from 0 to 100."""
        total = self.assessed.figures.total
        return total.value if total.has else None

    @property
    def follows(self) -> bool:
        """Whether the rubric in use is the one that the answers name; a file to look at may be read by another."""
        stated = self.answers.weights
        return (self.instrument.profile.id, self.instrument.shares) == (stated.id, stated.with_)

    @property
    def basis(self) -> str:
        """A mark of what the score rests on besides the answers: by it the scores of two years are told apart."""
        asked = self.instrument.questionnaire
        edition = Identity(asked.id, asked.version, digest(asked))
        return basis_of(edition, rubric_identity(self.instrument), self.answers)

    @property
    def moved(self) -> float | None:
        """Points by which the last change moved the score; None where there is or was none, or nobody looked."""
        return None if self._before is None or self.score is None else self.score - self._before

    def asked(self, table: Table, id: str) -> AnyAsked:
        """Return a fact or question."""
        questionnaire = self.instrument.questionnaire
        return questionnaire.facts[id] if table == "facts" else questionnaire.questions[id]

    def given(self, table: Table, id: str) -> Answer:
        """Return what was answered so far, else an empty answer."""
        held: Answer = getattr(self.answers, table).get(id, NOT_ANSWERED)
        return held

    def state(self, table: Table, id: str) -> str:
        """Return the state of a fact or question; what only waits for the year it is scored by is not open."""
        seen = (self.view.facts if table == "facts" else self.view.questions)[id]
        return "answered" if seen.state == "blank" and seen.value is not None else seen.state

    def value(self, table: Table, id: str) -> Value | None:
        """Return the value that counts, also where a state stands over it."""
        return (self.view.facts if table == "facts" else self.view.questions)[id].value

    def differs(self, table: Table, id: str) -> bool:
        """Return whether those whose files were merged differ on an answer, and nobody has answered it anew since."""
        merged = self.answers.merged
        if merged is None:
            return False
        from nqpf_assess.engine.merging import disputed

        return bool(disputed(self.asked(table, id), self.given(table, id), merged.respondents))

    @property
    def year_offered(self) -> int | None:
        """The year that a figure is of where none is stated: the assessment's; None where that is no whole one."""
        time = self.answers.subject.time
        year = read_year(str(time.year)) if time.is_whole else None
        return year if isinstance(year, int) else None

    @property
    def visible(self) -> tuple[str, ...]:
        """Questions that are asked, in the order of pillars and dimensions."""
        if self._visible is None:
            questions, shown = self.instrument.questionnaire.questions, self.view.questions
            self._visible = tuple(
                node for node in self.instrument.nodes if node in questions and shown[node].state != "hidden"
            )
        return self._visible

    @property
    def counting(self) -> Counting:
        """Questions whose answers count, or would: of those that others rule out, the ones that hold no value."""
        questions, seen = self.instrument.questionnaire.questions, self.view.questions
        ruled_out = [id for id in self.visible if holds(questions[id].na_when, self.view)]
        applying = tuple(id for id in self.visible if id not in ruled_out)
        return Counting(applying, tuple(id for id in ruled_out if seen[id].value is None))

    def order(self, table: Table) -> tuple[str, ...]:
        """Return all that is asked in a table, in order."""
        return self.visible if table == "answers" else tuple(self.instrument.questionnaire.facts)

    def next_open(self, after: str | None, states: Sequence[str] = ("blank",), table: Table = "answers") -> str | None:
        """Return the next thing asked in one of the states behind `after`, going around; None if there is none."""
        order = self.order(table)
        start = order.index(after) + 1 if after in order else 0
        return next((id for id in (*order[start:], *order[:start]) if self.state(table, id) in states), None)

    # ---- what changes

    def put(self, table: Table, id: str, *, draft: bool = False, **changes: Any) -> AskedChange:
        """Change parts of one answer: value, state, reason, year, confidence, note, evidence. None takes a part away.

        A value takes the states don't know, not applicable and later away; a state keeps the value that was there. What
        stands already is given anew where the question was worded otherwise, or merged files differ on it.
        Drafts of the same parts, saved while somebody types, are one step on the way back.
        """
        held, asked = self.given(table, id), self.asked(table, id)
        stands = held.state if held.state_wins else None  # a file may say, too, that it is answered
        rest = ((name, part) for name, part in changes.items() if name != "state")
        same = all(getattr(held, name) == part for name, part in rest) and stands == changes.get("state")
        if same and held.revision in (None, asked.revision) and not self.differs(table, id):
            return AskedChange()  # so that the stamp of the answer stays as well
        draft_of = tuple(sorted(changes)) if draft else ()
        entries = self._entries(table, id, changes)
        return self._become(self.answers.model_copy(update={table: entries}), (table, id), draft_of)

    def _entries(self, table: Table, id: str, changes: dict[str, Any]) -> Mapping[str, Answer]:
        """Return the answers of a table with parts of one changed."""
        held, asked = self.given(table, id), self.asked(table, id)
        stated = dict(stated_keys(held)) | changes
        if changes.get("value") is not None and "state" not in changes:
            stated |= {"state": None, "reason": None}
        if "value" in changes or "state" in changes:  # what is said over an imported answer comes from no file any more
            who = self.answers.subject.respondent or None
            stated |= {"revision": asked.revision, "at": self.now(), "by": who, "from": None}
        answer = as_filed(Answer(**{name: part for name, part in stated.items() if part is not None}))
        questionnaire = self.instrument.questionnaire
        known = questionnaire.facts if table == "facts" else questionnaire.questions
        entries = with_entries(getattr(self.answers, table), {id: answer}, known)
        if not answer.model_fields_set - {"revision", "at", "by"}:  # a stamp alone is no answer
            return {other: entry for other, entry in entries.items() if other != id}
        return entries

    def end_draft(self) -> None:
        """Let the next draft be a step of its own on the way back, also where it changes the same parts."""
        if self._past:
            self._past[-1] = self._past[-1]._replace(draft=())

    def give(self, table: Table, id: str, value: Value | None, **changes: Any) -> AskedChange:
        """Answer with a typed value; None takes the answer away."""
        asked = self.asked(table, id)
        return self.put(table, id, value=None if value is None else kind_of(asked).stored(asked, value), **changes)

    def describe(self, subject: Subject, **fact: str | None) -> AskedChange:
        """Say whom the assessment describes, with a fact that goes with it, None for none: one step on the way back."""
        changes: dict[str, Any] = {"subject": subject}
        for id, option in fact.items():
            changes["facts"] = self._entries("facts", id, {"value": option})
        return self._become(self.answers.model_copy(update=changes), ("subject", ""))

    def may_be_later(self, period: str) -> bool:
        """Return whether a time may lie behind that of the answers here: the next assessment would replace this one.

        Any other time does that names a year and is not known to come before: a later year or part of it, and what
        nobody can tell.
        """
        given, held = any(answer.value is not None for answer in self.answers.answers.values()), self.answers.subject
        time = time_of(period)
        is_other = bool(held.period.strip()) and time != held.time and time.year > 0
        return given and is_other and not comes_before(period, held.period)

    def choose_profile(self, chain: Chain, further: Sequence[BlendedProfile] = ()) -> AskedChange:
        """Take another rubric; `further`: profiles blended into it, with their shares.

        Raises `UserError` where it leaves siblings without any weight: such a file could not be opened again.
        """
        if self._refused():
            return AskedChange()
        taken = replace(self.instrument, chain=chain, further=tuple(further))
        if off := self._weightless(taken, self.view, self.answers):
            raise self._all_off(NOTHING_WEIGHS, off, name=taken.name)
        self.instrument = taken
        reference = reference_to_rubric(rubric_identity(self.instrument))
        return self._become(self.answers.model_copy(update={"weights": reference}), ("weights", chain[-1].id))

    def override(self, overrides: Sequence[Override]) -> AskedChange:
        """Set a person's corrections of the local weights."""
        return self._become(self.answers.model_copy(update={"override": tuple(overrides)}), ("override", ""))

    def ask(self, mode: Literal["full", "quick"]) -> AskedChange:
        """Ask all questions, or the core ones only."""
        return self._become(self.answers.model_copy(update={"mode": mode}), ("mode", mode))

    def choose_measures(self, chosen: Sequence[str]) -> AskedChange:
        """Keep the countermeasures that are ticked, in file order."""
        known = self.instrument.questionnaire.countermeasures
        kept = tuple(id for id in (*known, *(id for id in chosen if id not in known)) if id in chosen)
        return self._become(self.answers.model_copy(update={"plan": Chosen(chosen=kept)}), ("plan", ""))

    def keep_follow_up(self, entries: Sequence[FollowUp]) -> AskedChange:
        """Keep the follow-up sheet."""
        return self._become(self.answers.model_copy(update={"follow_up": tuple(entries)}), ("follow_up", ""))

    def speak(self, language: str) -> AskedChange:
        """Keep the language of the assessment."""
        return self._become(self.answers.model_copy(update={"language": language}), ("language", language))

    def suggested(self) -> tuple[Suggestion, ...]:
        """Judge the profiles by the facts."""
        return suggestions(self.instrument.questionnaire, self.chains, self.answers)

    def bring_in(self, answers: Answers) -> AskedChange:
        """Go on from these answers with figures of a file in them; one step on the way back."""
        return self._become(answers, WHOLE_FILE)

    def save_again(self) -> bool:
        """Try once more to save what could not be saved; True where all is on disk."""
        self._save()
        return self.trouble is None

    def take(self, answers: Answers, instrument: Instrument) -> None:
        """Go on from other answers to the same questionnaire: those that somebody else wrote into the file.

        `instrument`: what they are read under, whose rubric may be newer than all that were there to choose from.
        """
        self._past.append(_Step(self.answers, OTHERS))
        self._future.clear()
        self.trouble = None
        chains = (*self.chains, *(chain for _share, chain in instrument.profiles))
        self.chains = tuple({chain[-1].id: chain for chain in chains}.values())
        self.instrument = instrument
        self._settle(answers)

    # ---- the way back

    def begin_here(self) -> None:
        """Let the way back begin here: what was done so far is kept in another file, and so is what was merged there.

        Who said what of another time would count beside those who are asked anew, and what is done or dropped would be
        hoped for once more where the plan of this file is held against what came of it.
        """
        over = closed(self.answers)
        chosen = tuple(id for id in self.answers.plan.chosen if id not in over)
        changes: dict[str, Any] = {"plan": Chosen(chosen=chosen)} if over else {}
        if self.answers.merged is not None:
            changes["merged"] = None
            for table in ("facts", "answers"):
                entries = getattr(self.answers, table).items()
                changes[table] = {id: as_filed(one.model_copy(update={"voices": ()}), one) for id, one in entries}
        self._become(self.answers.model_copy(update=changes), WHOLE_FILE)
        self._past.clear()
        self._future.clear()
        self._forgotten = 0

    @property
    def steps(self) -> int:
        """How many changes were made and not taken back, those included that are too long ago to be."""
        return self._forgotten + len(self._past)

    def undo(self) -> Place | None:
        """Take the last change back and say where it was made; None where there is none."""
        return self._travel(self._past, self._future)

    @property
    def last_change(self) -> Place | None:
        """Where the change was made that undo would take back; None where there is none."""
        return self._past[-1].place if self._past else None

    def redo(self) -> Place | None:
        """Bring back what was taken back and say where; None where there is nothing."""
        return self._travel(self._future, self._past)

    def _travel(self, source: list[_Step], other: list[_Step]) -> Place | None:
        if not source or self._refused():
            return None
        step = source.pop()
        other.append(_Step(self.answers, step.place))
        self._settle(as_filed(step.answers, self.answers))
        self._save()
        return step.place

    def _become(self, answers: Answers, place: Place, draft: tuple[str, ...] = ()) -> AskedChange:
        answers = as_filed(answers, self.answers)
        if answers == self.answers or self._refused():
            return AskedChange()
        before, counted, held, seen = self.visible, self.counting, self.answers, self.view
        self._settle(answers, place)
        off = self._weightless(self.instrument, self.view, answers)
        if off and off != self._weightless(self.instrument, seen, held):  # such a file could not be opened again
            self.trouble = self._all_off(NOTHING_LEFT, off)
            self._settle(held)
            return AskedChange()
        last = self._past[-1] if self._past else None
        if not (draft and last and (last.place, last.draft) == (place, draft)):
            self._past.append(_Step(held, place, draft))
            self._forgotten += len(self._past[:-MEMORY])
            del self._past[:-MEMORY]
        self._future.clear()
        self._save()
        # The very same list: `_settle` makes another one only where questions may come or go.
        if before is self.visible:
            return AskedChange()
        return AskedChange.between(counted, self.counting)

    @staticmethod
    def _weightless(instrument: Instrument, view: View, answers: Answers) -> tuple[str, ...]:
        """Return the siblings of which none would have any weight; nothing where nothing is switched off."""
        stated = [change.factor for change in answers.override]
        stated += [change.factor for _share, chain in instrument.profiles for file in chain for change in file.adjust]
        if 0 not in stated:
            return ()
        groups = zero_groups(instrument, local_rubric(instrument, view, answers.override).weights)
        return tuple(node for _parent, members in groups for node in members)

    def _all_off(self, said: Text, off: Sequence[str], **values: Text) -> UserError:
        by_hand = [change.node for change in self.answers.override if change.factor == 0 and change.node in off]
        node = title_of(self.instrument.questionnaire, (*by_hand, *off)[0])
        return UserError(fill(said, node=node, **values), hint=BY_HAND_FIRST if by_hand else None)

    def _refused(self) -> bool:
        if self.locked is not None:
            self.trouble = self.locked
        return self.locked is not None

    def _settle(self, answers: Answers, place: Place = WHOLE_FILE) -> None:
        """Take other answers; where only one changed on which no question hangs, little is read anew."""
        # Nobody looked: then the score before is not worked out only to say by how much it moved.
        self._before = self.score if self._assessed is not None else None
        self.answers = answers
        self._follow_rubric()
        if place[0] == "answers" and place[1] not in self.instrument.steering:
            self.view = read_again(self.instrument, answers, self.view, place[1])
        else:
            self.view, self._visible = read(self.instrument, answers), None
        self._assessed = None

    def _save(self) -> None:
        try:
            self.anew = bool(self.saver.save(self.answers)) or self.anew
        except UserError as fault:
            self.trouble = fault
        else:
            self.trouble = None

    def _follow_rubric(self) -> None:
        """Let the instrument follow the rubric that the answers name, also after undo."""
        if self.follows:
            return
        stated = self.answers.weights
        # Those in use as well: a rubric that was opened by its path is none of those to choose from.
        in_use = (chain for _share, chain in self.instrument.profiles)
        known = {chain[-1].id: chain for chain in (*self.chains, *in_use)}
        if all(id in known for id in (stated.id, *stated.with_)):
            further = tuple(BlendedProfile(known[id], share) for id, share in stated.with_.items())
            self.instrument = replace(self.instrument, chain=known[stated.id], further=further)


def new_answers(instrument: Instrument, *, language: str, mode: Literal["full", "quick"] = "full") -> Answers:
    """Begin an assessment."""
    questionnaire = instrument.questionnaire
    return Answers(
        format="nqpf-answers/1",
        questionnaire=Reference(id=questionnaire.id, version=questionnaire.version, digest=digest(questionnaire)),
        weights=reference_to_rubric(rubric_identity(instrument)),
        language=language,
        mode=mode,
    )


# ---- options as people tick them: one, several, or none of them


def tick(asked: AnyAsked, held: Value | None, option: str) -> frozenset[str] | None:
    """Tick an option or take its tick away; what stands alone puts the others out. None: nothing is ticked any more."""
    ticked = held if isinstance(held, frozenset) else frozenset[str]()
    alone = {choice.value for choice in kind_of(asked).choices(asked) if choice.alone}
    if option in ticked:
        return ticked - {option} or None
    return frozenset({option}) if option in alone else (ticked - alone) | {option}
