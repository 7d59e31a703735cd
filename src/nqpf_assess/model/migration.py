"""What becomes of answers under another edition of their questionnaire, and what differs between two editions."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from nqpf_assess.locale import Text
from nqpf_assess.model.answers import Answer, Answers
from nqpf_assess.model.questionnaire import Questionnaire
from nqpf_assess.model.scorecard import Identity, RubricIdentity

Grade = Literal["safe", "confirm", "convert", "loss"]
GRADES: tuple[Grade, ...] = ("safe", "confirm", "convert", "loss")
"""How grave a change is for answers that were given already, from the least to the worst.

Safe: they stay as they are. Confirm: they stay, and a person should look at them again. Convert: `migrate` rewrites
them exactly. Loss: some leave the scored tables and are kept in the archive.
"""

Step = Literal["patch", "minor", "major"]
STEPS: tuple[Step, ...] = ("patch", "minor", "major")
"""Parts of a version, the least first: wording, additions, what breaks answers."""

Moves = Literal["", "scores", "plans"]

Fate = Literal["carried", "converted", "confirm", "invalid", "archived"]
FATES: tuple[Fate, ...] = ("carried", "converted", "confirm", "invalid", "archived")
"""Carried as it is; rewritten; kept, to be confirmed by a person; fits no more; has no place any more.

The value of an answer that is invalid or archived leaves the scored tables and stays in the file, under `[archive]`.
"""

Where = Literal["facts", "answers", "override", "plan"]
ASKED: tuple[Where, ...] = ("facts", "answers")


class Moved(NamedTuple):
    """What becomes of one answer, override or chosen measure.

    `was`: its id in the file; `id`: the one it has now, the same where it has no place. `title`: the words of what it
    answers, empty where neither edition at hand has it. `why`: one sentence each, none where it is simply carried.
    `before`, `after`: the answer in the file and the one that takes its place, None where there is none.
    """

    table: Where
    was: str
    id: str
    title: Text
    fate: Fate
    why: tuple[Text, ...] = ()
    before: Answer | None = None
    after: Answer | None = None


class Migration(NamedTuple):
    """Answers taken over to an edition.

    `rows`: all that the file holds, in the order of its tables. `restored`: what came back out of the archive.
    `asked_anew`: questions without an answer that the edition before did not have and that are asked here, or may be;
    none where it is not at hand. `facts_anew`: likewise the facts.
    `answers`: the outcome; nothing that was typed is missing in it. `same_edition`: the file says that it was given to
    this very edition. `known_before`: the edition before is at hand, so changes of unit, levels and wording are seen.
    `books`: the questionnaire the file was given to, None where it is not at hand, and the present one.
    """

    rows: tuple[Moved, ...]
    restored: tuple[Moved, ...]
    facts_anew: tuple[str, ...]
    asked_anew: tuple[str, ...]
    before: Answers
    answers: Answers
    questionnaire: Identity
    weights: RubricIdentity
    same_edition: bool
    known_before: bool
    books: tuple[Questionnaire | None, Questionnaire]

    @property
    def changes(self) -> bool:
        """Whether the file would become another one."""
        return self.answers != self.before

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many answers have each fate, overrides and chosen measures left aside."""
        return {fate: sum(row.table in ASKED for row in self.of(fate)) for fate in FATES}

    def of(self, fate: Fate) -> tuple[Moved, ...]:
        """Return the rows of one fate."""
        return tuple(row for row in self.rows if row.fate == fate)


class EditionChange(NamedTuple):
    """One difference between two editions.

    `table`, `id`: what is meant ("" = the head). `key`: the part that changed, "" where the whole came or went.
    `moves`: whether scores or plans may move though the answers stay. `before`, `after`: what stood there, in words.
    `file`: the rubric of the chain in which it stands, "" for a questionnaire.
    """

    table: str
    id: str
    key: str
    grade: Grade
    step: Step
    what: Text
    moves: Moves = ""
    before: Text | None = None
    after: Text | None = None
    file: str = ""


class Effect(NamedTuple):
    """What two editions make of one answer file. Points from 0 to 100; None = no score.

    `fates`: how many answers have each fate; `nodes`: pillars whose score moved, with both scores.
    """

    name: str
    before: float | None
    after: float | None
    nodes: Mapping[str, tuple[float | None, float | None]]
    fates: Mapping[Fate, int]


class EditionDifference(NamedTuple):
    """All that differs between two editions of a questionnaire or a rubric.

    `wanted`: the step of the version that the changes ask for, None where nothing changed; `raised`: the step that was
    taken, None where the version stayed or fell, or is not of the form 1.2.3.
    """

    kind: Literal["questionnaire", "weights"]
    old: Identity
    new: Identity
    changes: tuple[EditionChange, ...]
    wanted: Step | None
    raised: Step | None
    effects: tuple[Effect, ...] = ()

    @property
    def worst(self) -> Grade | None:
        """The gravest grade there is; None where nothing changed."""
        return max((change.grade for change in self.changes), key=GRADES.index, default=None)

    @property
    def kept_its_word(self) -> bool:
        """Whether the version was raised as far as the changes ask for."""
        return self.wanted is None or (self.raised is not None and STEPS.index(self.raised) >= STEPS.index(self.wanted))
