"""What several respondents said about one fact or question, sorted by what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nqpf_assess.engine.merging.names import parted
from nqpf_assess.engine.scoring import Assessed, supported
from nqpf_assess.engine.states import Seen, stored
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Here
from nqpf_assess.model.answers import Answer, Answers
from nqpf_assess.model.base import stated_keys
from nqpf_assess.model.questionnaire import AnyAsked

CONFIDENCE: Mapping[str | None, int] = {"high": 2, "medium": 1, None: 1, "low": 0}
UNANSWERED = ("dk", "later", "blank")
"""What is no claim, what says most first."""


@dataclass(frozen=True)
class File:
    """One respondent's file: the name by which it is known, its answers, and these scored by themselves."""

    name: str
    answers: Answers
    assessed: Assessed


@dataclass(frozen=True)
class Voice:
    """What one respondent said: their place in the list, the answer as it stands in the file, as read, its score.

    `before`: whether those in a merged file whose it is have given one answer together since.
    """

    who: int
    answer: Answer
    seen: Seen
    score: float | None
    before: bool = False

    @property
    def claims(self) -> bool:
        """Whether it is an answer, or the claim that the question does not apply."""
        return self.seen.state in ("answered", "na")

    @property
    def words(self) -> tuple[object, ...]:
        """What was said, of which year, and the reason and note beside it."""
        answer = self.answer
        return thing_said(self.seen), answer.year, (answer.reason or "").strip(), (answer.note or "").strip()


@dataclass(frozen=True)
class Claim:
    """One thing that was said, by all who said it. `order`: its place among the others, the lowest score first."""

    voices: tuple[Voice, ...]
    order: tuple[object, ...]

    @property
    def seen(self) -> Seen:
        """State and value."""
        return self.voices[0].seen

    @property
    def score(self) -> float | None:
        """What it earns where all else is as it stands."""
        return self.voices[0].score

    @property
    def count(self) -> int:
        """How many said it."""
        return len(self.voices)


@dataclass(frozen=True)
class Item:
    """One fact or question with everything that was said about it, the lowest score first.

    `voices`: one of each file that has an entry; `told`: of a file that is merged itself those of its respondents,
    by whom its own answer was given.
    """

    table: str
    id: str
    asked: AnyAsked
    voices: tuple[Voice, ...]
    told: tuple[Voice, ...]
    claims: tuple[Claim, ...]
    silent: tuple[Voice, ...]


def thing_said(seen: Seen) -> Seen:
    """Return what two respondents must share to have said the same: the state and, of an answer, its value."""
    return seen if seen.state == "answered" else Seen(seen.state)


def item_of(asked: AnyAsked, files: Sequence[File], table: str, id: str, here: Here | None) -> Item:
    """Collect what was said about one fact or question. Who has no entry for it in their file said nothing.

    `here`: what decides about the score of the question, the same for all; None for a fact, which earns nothing.
    """
    voices: list[Voice] = []
    told: list[Voice] = []
    groups: dict[Seen, list[Voice]] = {}
    for who, file in enumerate(files):
        answer = getattr(file.answers, table).get(id)
        if answer is not None:
            voices.append(_voice(asked, who, answer, here))
    for own in voices:
        if own.claims:
            groups.setdefault(thing_said(own.seen), []).append(own)
    for own in voices:
        earlier = [_voice(asked, own.who, Answer(**dict(stated_keys(one))), here) for one in own.answer.voices]
        if not _is_told(asked, own, earlier, alone=not any(other.claims for other in voices if other is not own)):
            told.append(own)
            by = parted(own.answer.by)
            earlier = [replace(voice, before=parted(voice.answer.by) < by) for voice in earlier]
        told += earlier
    claims = [Claim(tuple(group), order_of(asked, group[0])) for group in groups.values()]
    silent = sorted((voice for voice in voices if not voice.claims), key=lambda v: UNANSWERED.index(v.seen.state))
    sorted_claims = tuple(sorted(claims, key=lambda c: c.order))
    return Item(table, id, asked, tuple(voices), tuple(told), sorted_claims, tuple(silent))


def _is_told(asked: AnyAsked, own: Voice, earlier: Sequence[Voice], *, alone: bool) -> bool:
    """Return whether the answer of a merged file says nothing beyond what those said by whom it is given.

    What was settled stands as it is where that file is `alone` in claiming something; else it is told beside what was
    said before: it would pass for settled with the others, too.
    """
    if own.claims and earlier and settled_since(asked, own.answer):
        return alone
    named = {entry for voice in earlier for entry in voice.answer.evidence}
    alike = [voice.answer.confidence for voice in earlier if voice.words == own.words]
    gave = parted(*(voice.answer.by for voice in earlier if thing_said(voice.seen) == thing_said(own.seen)))
    told = own.answer.confidence in alike and named.issuperset(own.answer.evidence)
    return told and gave.issuperset(parted(own.answer.by))


def settled_since(asked: AnyAsked, answer: Answer) -> bool:
    """Return whether an answer on which the merged files differed was given after the merge, not taken by its rule.

    What a rule takes, those who gave it said; of a file that was merged before, some beside them may have said it too.
    Whoever answers stamps the answer, who said the same alone before it with another moment; of a merge without names
    nothing is stamped.
    """
    stands = thing_said(stored(asked, answer))
    gave = [
        voice
        for voice in answer.voices
        if thing_said(stored(asked, Answer(value=voice.value, state=voice.state))) == stands
    ]
    by, names = parted(answer.by), parted(*(voice.by for voice in gave))
    if len(gave) == 1 and by == names and gave[0].at is not None:  # of several who said it no moment is kept
        return answer.at != gave[0].at
    return not gave or not by <= names or (not by and (bool(names) or answer.at is not None))


def _voice(asked: AnyAsked, who: int, answer: Answer, here: Here | None) -> Voice:
    seen, score = stored(asked, answer), None
    if here is not None and seen.state == "answered" and seen.value is not None:
        score = kind_of(asked).score(asked, seen.value, here)
    return Voice(who, answer, seen, score)


def order_of(asked: AnyAsked, voice: Voice) -> tuple[object, ...]:
    """Sort “not applicable” first, then by score, then by the value itself; what is no claim last."""
    seen = voice.seen
    if seen.state == "na":
        return (0, 0.0, ())
    if not voice.claims:
        return (2, UNANSWERED.index(seen.state), ())
    assert seen.value is not None
    return (1, voice.score or 0.0, kind_of(asked).order(asked, seen.value))


def evidenced(asked: AnyAsked, answer: Answer) -> tuple[bool, int, int]:
    """Return how well an answer is supported, for sorting: is evidence named, how sure, how many documents."""
    named = sum(bool(entry.strip()) for entry in answer.evidence)
    return supported(asked, answer), CONFIDENCE[answer.confidence], named
