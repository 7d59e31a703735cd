"""A session: one assessment being answered. Everything the app and the plain mode do, without a terminal.

Each change makes a new `Answers` value, is saved at once and scored anew; undo is going back to an earlier value.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from nqpf_assess.engine.digest import chain_version, digest
from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.profiles import Suggestion, suggestions
from nqpf_assess.engine.scoring import Assessed, assess
from nqpf_assess.engine.values import Value
from nqpf_assess.model.answers import Answer, Answers, Override, Reference, Subject
from nqpf_assess.model.questionnaire import AnyAsked
from nqpf_assess.model.weights import Chain

Table = Literal["facts", "answers"]


class Saver(Protocol):
    """Where answers are kept."""

    def save(self, answers: Answers) -> None:
        """Save answers whole; raises a `UserError` where that is refused."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What one change did to the overall score; None where there was or is none."""

    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """Points the score moved."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass
class Session:
    """One assessment being answered. `now`: the clock that stamps answers; `chains`: the rubrics to choose from."""

    instrument: Instrument
    answers: Answers
    saver: Saver
    now: Callable[[], datetime]
    chains: Sequence[Chain] = ()
    by: str = ""
    assessed: Assessed = field(init=False)
    _past: list[Answers] = field(default_factory=list, init=False)
    _future: list[Answers] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.assessed = assess(self.instrument, self.answers)

    # ---- what is asked

    def asked(self, table: Table, id: str) -> AnyAsked:
        """Give a fact or question."""
        questionnaire = self.instrument.questionnaire
        return questionnaire.facts[id] if table == "facts" else questionnaire.questions[id]

    def given(self, table: Table, id: str) -> Answer:
        """Give what was answered so far, else an empty answer."""
        held: Answer = getattr(self.answers, table).get(id, Answer())
        return held

    def state(self, table: Table, id: str) -> str:
        """Give the state of a fact or question."""
        view = self.assessed.view
        return (view.facts if table == "facts" else view.questions)[id].state

    @property
    def visible(self) -> tuple[str, ...]:
        """Questions that are asked, in the order of pillars and dimensions."""
        questions = self.instrument.questionnaire.questions
        shown = self.assessed.view.questions
        return tuple(node for node in self.instrument.nodes if node in questions and shown[node].state != "hidden")

    def next_open(self, after: str | None, states: Sequence[str] = ("blank",)) -> str | None:
        """Give the next visible question in one of the states behind `after`, going around; None if there is none."""
        order = self.visible
        start = order.index(after) + 1 if after in order else 0
        return next((id for id in (*order[start:], *order[:start]) if self.state("answers", id) in states), None)

    # ---- what changes

    def put(self, table: Table, id: str, **changes: Any) -> Moved:
        """Change parts of one answer: value, state, reason, year, confidence, note, evidence. None takes a part away.

        A value takes the states don't know, not applicable and later away; a state keeps the value that was there.
        """
        held = self.given(table, id)
        stated = {name: getattr(held, name) for name in held.model_fields_set}
        stated |= changes
        if changes.get("value") is not None and "state" not in changes:
            stated |= {"state": None, "reason": None}
        if "value" in changes or "state" in changes:
            stated |= {"revision": self.asked(table, id).revision, "at": self.now(), "by": self.by or None}
        kept = {name: part for name, part in stated.items() if part not in (None, ())}
        entries = {**getattr(self.answers, table), id: Answer(**kept)}
        if not set(kept) - {"revision", "at", "by"}:
            del entries[id]
        return self._become(self._with({table: self._in_order(table, entries)}))

    def give(self, table: Table, id: str, value: Value | None, **changes: Any) -> Moved:
        """Answer with a typed value; None takes the answer away."""
        return self.put(table, id, value=_raw(value, self.asked(table, id)), **changes)

    def describe(self, subject: Subject) -> Moved:
        """Say whom the assessment describes."""
        return self._become(self._with({"subject": subject}))

    def choose_profile(self, chain: Chain) -> Moved:
        """Take another rubric."""
        reference = Reference(id=chain[-1].id, version=chain_version(chain), digest=digest(*chain))
        self.instrument = replace(self.instrument, chain=chain)
        return self._become(self._with({"weights": reference}))

    def override(self, overrides: Sequence[Override]) -> Moved:
        """Set a person's corrections of the local weights."""
        return self._become(self._with({"override": tuple(overrides)}))

    def speak(self, language: str) -> None:
        """Keep the language of the assessment."""
        self._become(self._with({"language": language}))

    def suggested(self) -> tuple[Suggestion, ...]:
        """Judge the profiles by the facts."""
        return suggestions(self.instrument.questionnaire, self.chains, self.answers)

    # ---- history

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to bring back."""
        return bool(self._future)

    def undo(self) -> bool:
        """Take the last change back."""
        return self._travel(self._past, self._future)

    def redo(self) -> bool:
        """Bring back what was taken back."""
        return self._travel(self._future, self._past)

    def _travel(self, source: list[Answers], other: list[Answers]) -> bool:
        if not source:
            return False
        other.append(self.answers)
        self._settle(source.pop())
        return True

    def _become(self, answers: Answers) -> Moved:
        before = self._score()
        if answers != self.answers:
            self._past.append(self.answers)
            self._future.clear()
            self._settle(answers)
        return Moved(before, self._score())

    def _settle(self, answers: Answers) -> None:
        self.answers = answers
        self._follow_rubric()
        self.assessed = assess(self.instrument, answers)
        self.saver.save(answers)

    def _follow_rubric(self) -> None:
        """Let the instrument follow the rubric that the answers name, also after undo."""
        if self.instrument.profile.id != self.answers.weights.id:
            chain = next((chain for chain in self.chains if chain[-1].id == self.answers.weights.id), None)
            self.instrument = self.instrument if chain is None else replace(self.instrument, chain=chain)

    def _score(self) -> float | None:
        total = self.assessed.figures.total
        return total.value if total.has else None

    def _with(self, changes: dict[str, Any]) -> Answers:
        stated = {name: getattr(self.answers, name) for name in self.answers.model_fields_set}
        return Answers.model_construct(**{**stated, **changes})

    def _in_order(self, table: Table, entries: dict[str, Answer]) -> dict[str, Answer]:
        """Order entries as the questionnaire does, so that the same answers always give the same file."""
        questionnaire = self.instrument.questionnaire
        known = questionnaire.facts if table == "facts" else questionnaire.questions
        return {id: entries[id] for id in (*known, *(set(entries) - set(known))) if id in entries}


def _raw(value: Value | None, asked: AnyAsked) -> Any:
    """Give a typed value as the file holds it."""
    if isinstance(value, frozenset):
        options: Sequence[str] = tuple(getattr(asked, "options", ()))
        return tuple(option for option in options if option in value)
    return str(value) if isinstance(value, Decimal) else value


def new_answers(instrument: Instrument, *, language: str, mode: Literal["full", "quick"] = "full") -> Answers:
    """Begin an assessment."""
    questionnaire, chain = instrument.questionnaire, instrument.chain
    return Answers(
        format="nqpf-answers/1",
        questionnaire=Reference(id=questionnaire.id, version=questionnaire.version, digest=digest(questionnaire)),
        weights=Reference(id=chain[-1].id, version=chain_version(chain), digest=digest(*chain)),
        language=language,
        mode=mode,
        subject=Subject(),
    )
