"""What if an answer were another: answers moved step by step beside the assessment, which stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nqpf_assess.engine.scoring import leaf, scored_here
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Value
from nqpf_assess.model.answers import Answers
from nqpf_assess.session.answering import Session

Rung = tuple[float, Value]
"""A score that an answer can have, from 0 to 100, and an answer that earns it."""


@dataclass
class WhatIf:
    """An assessment with some answers moved. `asked`: the assessment itself; `moved`: the other answers by question."""

    asked: Session
    moved: dict[str, Value] = field(default_factory=dict)
    _scratch: tuple[object, Mapping[str, Value], Session] | None = None

    @property
    def session(self) -> Session:
        """The assessment with the moved answers, in a session of its own that nobody saves."""
        held = self._scratch
        if held is None or held[0] is not self.asked.answers or held[1] != self.moved:
            other = Session(self.asked.instrument, self.asked.answers, NeverSaved(), self.asked.now, self.asked.chains)
            for id, value in self.moved.items():
                other.give("answers", id, value)
            self._scratch = held = (self.asked.answers, dict(self.moved), other)
        return held[2]

    def ladder(self, question: str) -> Sequence[Rung]:
        """List the scores that an answer can take, from the lowest, each with an answer that earns it.

        What is answered is among them, so that a step back leads to it.
        """
        session, instrument = self.asked, self.asked.instrument
        asked, held = session.asked("answers", question), session.value("answers", question)
        if held is None:
            return ()
        rungs: dict[float, Value] = {}
        for value in (held, *kind_of(asked).moves(asked, held, scored_here(instrument, question, session.view))):
            view = session.view.answered(question, value)
            rungs.setdefault(leaf(instrument, question, view).score, value)
        return sorted(rungs.items(), key=lambda rung: rung[0])

    def move(self, question: str, by: int) -> bool:
        """Move an answer one step up (1) or down (−1); False where there is no such step, or no answer to move."""
        now, value = self.session, self.session.value("answers", question)
        score = leaf(now.instrument, question, now.view).score
        if value is None or now.state("answers", question) != "answered":
            return False
        beyond = [rung for rung in self.ladder(question) if (rung[0] - score) * by > 0]
        if not beyond:
            return False
        self.moved[question] = beyond[0 if by > 0 else -1][1]
        if self.moved[question] == self.asked.value("answers", question):
            del self.moved[question]
        return True


class NeverSaved:
    """Keeps nothing: what is tried out is never written."""

    def save(self, answers: Answers) -> None:
        """Pass it over."""
