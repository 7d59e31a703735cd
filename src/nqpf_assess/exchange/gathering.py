"""What one respondent gave in another program, gathered cell by cell: answers with their origin, and what is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from nqpf_assess.exchange.grids import GridCell
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.figures import read_period, read_year
from nqpf_assess.kinds.filled import CORRECT, Misfit, pieces, plain_words, quoted
from nqpf_assess.kinds.kind import Fault, Refusal, Value
from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Answer, Origin, Subject
from nqpf_assess.model.importing import NotTaken, SourceKind, Submission
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire

STATES: Mapping[str, Text] = {
    "dk": _("Don't know"),
    "na": _("Not applicable"),
    "later": _("Later"),
}
"""States as forms offer them."""

NO_ANSWER = "no__answer"
"""The name of the list that offers them, beside those of the questions; ids themselves have no two underscores."""

STATE_WORDS: Mapping[str, str] = {
    **{state: state for state in (*STATES, "answered")},
    **{tell(words, language).casefold(): state for state, words in STATES.items() for language in LANGUAGES},
}

WANTS_STATE = _("“{typed}” is no state")
STATES_ARE = _("Write dk (don't know), na (not applicable) or later, or leave it blank.")
NO_REASON = _("“not applicable” stands here without a reason")
GIVE_REASON = _("Write the reason beside it.")
GIVE_IT_AFTERWARDS = _(
    "Such a table has no place for the reason: give both in the assessment after the import; the other cells are taken."
)
NOT_ASKED = _("“{id}” is not asked in this questionnaire")
LOOK_AT_ID = _("Look whether it is spelt as in the questionnaire.")
STATE_COUNTS = _(
    "a value stands at {places}, and beside it that there is no answer (dk, na or later), which counts; take that out "
    "where the value holds"
)
STATED_TWICE = _("“{name}” is stated a second time, otherwise than at {place}, which counts")
TWICE = _("“{id}” is answered a second time, otherwise than at {place}")
ONE_ONLY = _("Keep one of the two.")
MOST_BOTH = 12
"""Cells of one source that are named as having an answer and why there is none."""


def period_typed(words: str) -> str:
    """Read the year that a form or table names, as the app reads it; what holds none stays, as `plan_import` tells."""
    read = read_period(words)
    return words if isinstance(read, Refusal) else read


@dataclass
class Gathering:
    """The answers of one respondent under way. `file`: how the source is called in their origin; `at`: when.

    `twice`: what is answered in two places in two ways, of which neither is taken. `advice_on_reasons`: what to do
    where something does not apply and no reason is given. `of_unknown`: they were given to an edition that is not at
    hand.
    """

    edition: Questionnaire
    kind: SourceKind
    file: str
    at: datetime
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    not_taken: list[NotTaken] = field(default_factory=list)
    twice: set[str] = field(default_factory=set)
    advice_on_reasons: Text = field(default_factory=lambda: GIVE_REASON)
    of_unknown: bool = False

    def asked(self, id: str) -> AnyAsked | None:
        """Return the fact or question of an id."""
        return self.edition.asked.get(id)

    def refuse(self, place: str, id: str, misfit: Misfit) -> None:
        """Note something that is no answer."""
        self.not_taken.append(NotTaken(place, id, misfit.why, misfit.advice))

    def value(self, id: str, cell: GridCell, place: str, *, numbered: bool = False) -> None:
        """Take what stands in a cell as the answer to a fact or question."""
        asked = self.asked(id)
        assert asked is not None
        is_state = cell.trouble is None and STATE_WORDS.get(cell.words.casefold()) in STATES
        if is_state and cell.words not in STATES:  # “Later” may be an answer that is offered; later never is
            said, choices = plain_words(cell.words), kind_of(asked).choices(asked)
            is_state = all(said not in map(plain_words, choice.words.values()) for choice in choices)
        if is_state:
            self.state(id, cell, place)
            return
        self.typed(id, cell.read(asked, numbered=numbered), place)

    def typed(self, id: str, read: Value | Misfit | None, place: str) -> None:
        """Take a value that was read already."""
        asked = self.asked(id)
        assert asked is not None
        if read is None:
            return
        if isinstance(read, Misfit):
            self.refuse(place, id, read)
            return
        held = self.parts.get(id, {}).get("value")
        if held is None or kind_of(asked).read(asked, held) != read:  # 5 and 5.0 are one figure
            self._put(id, "value", kind_of(asked).stored(asked, read), place)
        self.places.setdefault(id, place)

    def state(self, id: str, cell: GridCell, place: str) -> None:
        """Take what stands in a cell as the state of an answer: in a code or in words."""
        if not cell.words:
            return
        state = STATE_WORDS.get(cell.words.casefold())
        if cell.trouble is not None or state is None:
            self.refuse(place, id, cell.trouble or Misfit(fill(WANTS_STATE, typed=quoted(cell.words)), STATES_ARE))
        else:
            self._put(id, "state", state, place)
            self.places.setdefault(id, place)

    def year(self, id: str, cell: GridCell, place: str) -> None:
        """Take what stands in a cell as the year of a figure."""
        if cell.trouble is not None:
            self.refuse(place, id, cell.trouble)
            return
        year = read_year(cell.words)
        if isinstance(year, Refusal):
            self.refuse(place, id, Misfit(year.why, CORRECT))
        elif year is not None:
            self._put(id, "year", year, place)

    def refuse_second(self, id: str, place: str, before: str) -> None:
        """Note that something is answered in two places in two ways, so that neither is taken."""
        self.refuse(place, id, Misfit(fill(TWICE, id=id, place=before), ONE_ONLY))
        self.twice.add(id)

    def _put(self, id: str, part: str, given: object, place: str) -> None:
        if self.parts.setdefault(id, {}).setdefault(part, given) != given:
            self.refuse_second(id, place, self.places.get(id, id))

    def said(self, id: str, part: Literal["reason", "note", "evidence"], cell: GridCell, place: str) -> None:
        """Take what stands in a cell as words beside an answer; several pieces of evidence are parted by semicolons."""
        if cell.trouble is not None:
            self.refuse(place, id, cell.trouble)
            return
        words = str(cell.value).strip() if isinstance(cell.value, str) else cell.words
        told = pieces(words) if part == "evidence" else words
        if told:
            self._put(id, part, told, place)

    def word(self, name: str, cell: GridCell, place: str) -> str:
        """Return what stands in a cell that says whom the answers describe or how they are read, "" where it says none.

        `name`: that of its column.
        """
        if cell.trouble is None:
            return cell.words
        self.refuse(place, name, cell.trouble)
        return ""

    def denied(self, id: str) -> str:
        """Return the state by which a value counts for nothing, "" where none does.

        To pick “not known” as an option agrees with dk.
        """
        held, asked = self.parts.get(id, {}), self.asked(id)
        state: str = held.get("state", "answered")
        if asked is None or "value" not in held or state == "answered":
            return ""
        read = kind_of(asked).read(asked, held["value"])
        if isinstance(read, Fault) or read is None or state != "dk":
            return state
        return "" if kind_of(asked).unknown(asked, read) else state

    def submission(self, subject: Subject, *, name: str, notes: tuple[Text, ...] = (), **rest: Any) -> Submission:
        """Return what was gathered; `name`: how messages call the respondent."""
        both = list[str]()
        entries: dict[str, dict[str, Answer]] = {"facts": {}, "answers": {}}
        tables: tuple[tuple[str, Mapping[str, AnyAsked]], ...] = (
            ("facts", self.edition.facts),
            ("answers", self.edition.questions),
        )
        for table, known in tables:
            for id, asked in known.items():
                parts = self.parts.get(id)
                if not parts or id in self.twice:
                    continue
                if parts.get("state") == "na" and not parts.get("reason"):
                    self.refuse(self.places.get(id, ""), id, Misfit(NO_REASON, self.advice_on_reasons))
                    continue
                stated = {name: part for name, part in parts.items() if part is not None}
                if stated.get("state") == "answered":
                    # “Answered” without a value: nothing was ticked, where a question takes that for an answer.
                    del stated["state"]
                    none = kind_of(asked).none_ticked(asked)
                    if "value" not in stated and none is not None:
                        stated["value"] = kind_of(asked).stored(asked, none)
                if self.denied(id):
                    both.append(self.places.get(id, id))
                if "value" in stated or "state" in stated:
                    stated["from"] = Origin(kind=self.kind, file=self.file, place=self.places.get(id), at=self.at)
                    if subject.respondent.strip():
                        stated.setdefault("by", subject.respondent.strip())
                entries[table][id] = Answer(**stated)
        return Submission(
            name=name,
            edition=self.edition,
            subject=subject,
            facts=entries["facts"],
            answers=entries["answers"],
            not_taken=tuple(self.not_taken),
            of_unknown=self.of_unknown,
            notes=(*notes, *([fill(STATE_COUNTS, places=listed(both, MOST_BOTH))] if both else [])),
            **rest,
        )
