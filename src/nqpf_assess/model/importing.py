"""What another program's file holds for an assessment, and what would become of each of its values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nqpf_assess.locale import Text
from nqpf_assess.model.answers import Answer, Answers, Subject
from nqpf_assess.model.questionnaire import Questionnaire

SourceKind = Literal["xlsx", "kobo", "odk", "statistics", "json", "csv"]
"""Kinds of source, as `from.kind` of an answer names them."""

ImportTable = Literal["subject", "facts", "answers"]


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something in a source that is no answer: where it stands, what it was for ("" = unknown), why, what to do."""

    place: str
    id: str
    why: Text
    advice: Text


TO_THE_LEFT, FURTHER_UP = "← ", "↑ "
"""Marks of a head that stands left of a figure's column, which has none, and of words above blank cells of its row."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A figure as its table has it: its cell, what that shows, and what stands around it, word for word.

    `time`: that it is taken for, "" where nothing says one; `row`: beside it; `column`: from groups of heads down to
    the end of its table; `over`: titles, headings and sections that it stands under. What is not in its own column or
    row is marked.
    """

    place: str
    shown: str
    time: str = ""
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    over: tuple[str, ...] = ()

    @property
    def is_marked(self) -> bool:
        """Whether a head further to the left or words further up are among what stands around it."""
        return any(words.startswith((TO_THE_LEFT, FURTHER_UP)) for words in (*self.over, *self.column))


@dataclass(frozen=True)
class Submission:
    """What one respondent gave, read under one edition of a questionnaire; each answer says where it came from.

    `name`: how messages call it; `rubric`: the id of one it asks for, "" = none; `whole`: all that a file of ours in
    another form states beside the answers; `sent`: to one of several who are asked, each for a part, so that who gave
    it speaks for that part alone; `asks_years`: for the year of each figure, so that one without is of the year that it
    describes; `of_unknown`: to an edition that is not at hand or not named, and read by the present one; `excerpts`: of
    the answers out of somebody's own table, by id, the figures that each is made of; `notes`: what else is to be said
    of it, one sentence each.
    """

    name: str
    edition: Questionnaire
    subject: Subject
    facts: Mapping[str, Answer]
    answers: Mapping[str, Answer]
    mode: Literal["full", "quick"] = "full"
    rubric: str = ""
    whole: Answers | None = None
    sent: bool = False
    asks_years: bool = False
    not_taken: tuple[NotTaken, ...] = ()
    notes: tuple[Text, ...] = ()
    of_unknown: bool = False
    excerpts: Mapping[str, tuple[Excerpt, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportSource:
    """One file as it was read: what it was recognised as, what its columns are, and who gave what in it."""

    path: str
    kind: SourceKind
    recognised: Text
    columns: tuple[Text, ...] = ()
    submissions: tuple[Submission, ...] = ()
    map: Mapping[str, object] = field(default_factory=dict)
    """The columns for machines: `used`, `carried`, `unknown`, `absent`."""


ImportFate = Literal["new", "added", "same", "kept", "conflict"]
IMPORT_FATES: tuple[ImportFate, ...] = ("new", "added", "same", "kept", "conflict")
"""There was no value; the value is there and something is written beside it; nothing changes; what is there stays
though the source says something else beside it; both have a value and they differ."""


@dataclass(frozen=True, slots=True)
class ImportStep:
    """One value of a source beside what is in the file. `became`: the answer as it would be.

    In the table `subject` the ids are `name`, `period`, `respondent`, and the values words. `why`: what is to be known
    before it is taken, one sentence each: converted from another edition, differs in its year. `excerpts`: the figures
    that it is made of, as somebody's own table has them.
    """

    table: ImportTable
    id: str
    title: Text
    present: Answer | None
    incoming: Answer
    became: Answer
    fate: ImportFate
    why: tuple[Text, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Table and id, by which a decision on it is named."""
        return self.table, self.id

    @property
    def adds(self) -> tuple[str, ...]:
        """What taking it writes beside an answer that stays: evidence, year, reason, note, as they are given."""
        held = self.present or Answer()
        parts = ((name, getattr(self.became, name)) for name in ("year", "reason", "note", "confidence"))
        plain = tuple(str(part) for name, part in parts if part is not None and getattr(held, name) != part)
        return (*(entry for entry in self.became.evidence if entry not in held.evidence), *plain)

    @property
    def changes(self) -> bool:
        """Whether taking it changes the file."""
        return self.fate in ("new", "added", "conflict")
