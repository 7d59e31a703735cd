"""Several respondents of one subject: where they agree, how far apart they are, whose answer stands and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nqpf_assess.locale import Text
from nqpf_assess.model.answers import Answers, Given, MergeRule, Override


@dataclass(frozen=True, slots=True)
class Respondent:
    """One respondent, with what their own file scores by the rubric of the merged one.

    `name`: "" where it is not to be known. `quick`: only the core questions were asked. `merged`: the file was merged
    itself, so that the name is that of several, of whom not each need have said what it says.
    """

    name: str
    score: float | None
    pillars: Mapping[str, float | None]
    answered: int
    quick: bool
    merged: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said about a fact or question, and by whom.

    `who`: respondents by their place in the list. `state`, `value`: as it was read. `score`: what it earns, None where
    it earns nothing. `given`: the words of each of them beside it, in the order of `who`.
    """

    who: tuple[int, ...]
    state: str
    value: object
    score: float | None
    given: tuple[Given, ...]

    @property
    def claims(self) -> bool:
        """Whether it is an answer, or the claim that the question does not apply."""
        return self.state in ("answered", "na")


@dataclass(frozen=True, slots=True)
class Settled:
    """One fact or question after the merge.

    `said`: every different thing that was said, the lowest score first. `stands`: the place in it of what stands, None
    where nobody said anything. `agreement`: share of those who answered that gave what stands. `spread`: between the
    lowest and the highest score given. `stake`: points of the overall score that hang on it, whatever stands elsewhere
    staying; None where there is no overall score.
    """

    table: Literal["facts", "answers"]
    id: str
    free_words: bool
    title: Text
    said: tuple[Said, ...]
    stands: int | None
    why: Text
    agreement: float | None
    spread: float | None
    stake: float | None

    @property
    def disputed(self) -> bool:
        """Whether there are two answers or more; free words are no matter of dispute."""
        return sum(one.claims for one in self.said) > 1 and not self.free_words

    @property
    def unknown(self) -> bool:
        """Whether nobody answered, though somebody has an entry: not known, put off, or left blank."""
        return bool(self.said) and not any(one.claims for one in self.said)


@dataclass(frozen=True, slots=True)
class Merging:
    """The outcome of a merge. `score`, `pillars`: of the merged answers.

    `settled`: facts, then questions, in the order of the questionnaire. `agreement`: of what two or more answered
    otherwise than in free words, the share on which all agree; None where there is nothing of the kind.
    `overrides_dropped`, `measures_dropped`: what not more than half of the respondents wanted (the lead, by the rule of
    the lead, did not), with how many did. `untouched`: how many questions that are asked here no file has an entry for.
    """

    rule: MergeRule
    lead: str | None
    respondents: tuple[Respondent, ...]
    settled: tuple[Settled, ...]
    answers: Answers
    score: float | None
    pillars: Mapping[str, float | None]
    agreement: float | None
    overrides_dropped: tuple[tuple[Override, int], ...]
    measures_dropped: tuple[tuple[str, int], ...]
    untouched: int = 0

    @property
    def agenda(self) -> tuple[Settled, ...]:
        """What is to be talked about: the disputed ones, those on which most hangs first.

        Where one of the answers leaves no overall score, the score itself hangs on it.
        """
        disputed = [one for one in self.settled if one.disputed]
        return tuple(
            sorted(disputed, key=lambda one: (one.stake is not None, -(one.stake or 0.0), -(one.spread or 0.0)))
        )

    @property
    def unknown(self) -> tuple[Settled, ...]:
        """What nobody answered, of what somebody has an entry for."""
        return tuple(one for one in self.settled if one.unknown)
