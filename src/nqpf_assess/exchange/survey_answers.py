"""Submissions of Kobo and ODK back as answers: JSON, CSV or XLSX, in whatever layout they were exported.

Groups may stand before a name with any mark between them, or not; several answers may stand in one column or in a
column each; codes may be written as their labels, and columns named by theirs. Of several submissions of one respondent
the last complete one is taken, and the others are named.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.engine.states import read
from nqpf_assess.exchange.column_map import MOST_COMPARED, ColumnMap, nearest
from nqpf_assess.exchange.gathering import ONE_ONLY, STATED_TWICE, STATES, Gathering, period_typed
from nqpf_assess.exchange.grids import Grid, GridCell
from nqpf_assess.exchange.xlsform import (
    EDITION,
    EVIDENCE,
    EVIDENCE_ASKED,
    REASON,
    REASON_ASKED,
    STATE,
    STATE_ASKED,
    SUBJECT,
    SUBJECT_ASKED,
    YEAR,
    YEAR_ASKED,
)
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.filled import Misfit, plain_words, quoted, ticked
from nqpf_assess.kinds.kind import AnswerChoice
from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.model.answers import Answers, Reference, RubricReference, Subject
from nqpf_assess.model.base import ID_LENGTH, ID_PATTERN
from nqpf_assess.model.importing import SourceKind, Submission
from nqpf_assess.model.period import Time
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire
from nqpf_assess.model.weights import BASELINE

RECOGNISED: Mapping[str, Text] = {
    "kobo": _("submissions of Kobo"),
    "odk": _("submissions of ODK"),
}
ANY_TABLE = _("a table headed by the questions, a row for each respondent")
LEFT_ASIDE = _("another submission of this respondent was left aside ({which}): {why}")
LEFT_UNNAMED = _("another submission that names no respondent was left aside ({which}): {why}")
REJECTED_ALONE = _(
    "this submission ({which}) was not approved, or sent back; it is taken, since this respondent has none that stands"
)
EARLIER = _("it is an earlier one")
NOT_COMPLETE = _("it is not complete")
REJECTED = _("it was not approved, or sent back")
WHOSE = _("{n} rows of {file} do not say whose answers they are")
NAME_THEM = _(
    "Call the column that names them “subject__name”. For an assessment of one of them, "
    "import a table of the column names and its row alone."
)
A_NUMBER = _("“{typed}” is a number, and the program that made this table may count the answers otherwise")
SKIPPED_CODE = _("in a table that gives answers by their numbers, “{typed}” stands for a question that was skipped")
AS_WORDS = _("Save the table with the words of the answers instead of their numbers.")

Part = Literal["value", "option", "state", "reason", "year", "evidence", "subject"]
PARTS: Mapping[str, Part] = {STATE: "state", REASON: "reason", YEAR: "year", EVIDENCE: "evidence"}
ASKED: Mapping[Part, Text] = {
    "state": STATE_ASKED,
    "reason": REASON_ASKED,
    "year": YEAR_ASKED,
    "evidence": EVIDENCE_ASKED,
}
PART_LABELS: Mapping[str, Part] = {
    plain_words(tell(words, language)): part for part, words in ASKED.items() for language in LANGUAGES
}

KOBO = frozenset({"_id", "_uuid", "_submission_time", "_index", "_submitted_by", "_status", "_validation_status"})
ODK = frozenset({"KEY", "SubmissionDate", "meta-instanceID", "instanceID", "SubmitterName", "ReviewState", "__id"})
WHEN = ("_submission_time", "SubmissionDate", "__system/submissionDate", "submissionDate", "end", "meta/instanceTime")
WHO = ("_submitted_by", "SubmitterName", "__system/submitterName", "username", "deviceid", "DeviceID")
WHICH = ("_id", "KEY", "__id", "_uuid", "meta/instanceID", "meta-instanceID", "instanceID")
REVIEW = ("_validation_status", "ReviewState", "__system/reviewState", "_validation_status/uid")
OF_THE_TOOL = frozenset({*KOBO, *ODK, *WHEN, *WHO, *WHICH, *REVIEW, "start", "today", "formhub/uuid", "__version__"})
NOT_APPROVED = ("notapproved", "rejected", "hasissues")

YES, NO = frozenset({"1", "1.0", "true", "yes", "是", "✓", "x"}), frozenset({"0", "0.0", "false", "no", "否", ""})
UNTICKED = frozenset({"0", "0.0", "false"})
"""What the tools write into the column of an option that is not ticked, however it is called."""
SKIPPED = frozenset({"n/a", "(空)", "(跳过)"})
"""What the tools write where a question was not shown or not answered."""

SKIPPED_CODES = frozenset({"-2", "-3"})
"""The same in tables that give answers by their numbers, below figures and words too; pandas writes -3.0."""

_NUMBERS = re.compile(r"\d+(?:[.;|┋,、]\d+)*\Z")
_MOMENT = re.compile(r"(\d{4})([/.-])(\d\d?)\2(\d\d?) +(\d\d?):(\d\d)(?::(\d\d))?\Z")
"""A moment as a spreadsheet program in Chinese writes it when it saves a table of text."""
_MARKS = re.compile(r"[/\-.:|]+")


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """What a column holds: the value of an answer, one of its options, or what is written beside it.

    `worded`: its head is the words of the question, not its id.
    """

    id: str
    part: Part = "value"
    option: str = ""
    worded: bool = False


@dataclass(frozen=True)
class Record:
    """One submission as it was exported: cells by the name of their column. `place`: names one of them."""

    cells: Mapping[str, GridCell]
    places: Mapping[str, str]
    number: int

    def first(self, names: Iterable[str]) -> str:
        """Return the first of some cells that is not blank."""
        return next((self.cells[name].words for name in names if name in self.cells and self.cells[name].words), "")

    @property
    def edition(self) -> Reference | None:
        """The edition that a submission says it answers."""
        said = next((cell.words for name, cell in self.cells.items() if name.endswith(EDITION)), "")
        id, _space, version = said.partition(" ")
        sound = re.fullmatch(ID_PATTERN, id) and len(id) <= ID_LENGTH
        return Reference(id=id, version=version) if sound else None


@dataclass
class Names:
    """The names that an XLSForm of a questionnaire has: ids with what stands behind them, and all labels."""

    questionnaire: Questionnaire
    labels: dict[str, AnswerColumn | None] = field(init=False)

    def __post_init__(self) -> None:
        self.labels = {}
        for part, name in SUBJECT.items():
            for language in LANGUAGES:
                self._label(plain_words(tell(SUBJECT_ASKED[part], language)), AnswerColumn(name, "subject"))
        for id, asked in self.questionnaire.asked.items():
            for words in asked.text.values():
                self._label(plain_words(words), AnswerColumn(id, worded=True))
                for choice in self.ticked(id):
                    for said in choice.words.values():
                        option = AnswerColumn(id, "option", str(choice.value))
                        self._label(f"{plain_words(words)}/{plain_words(said)}", option)
                        self._label(f"{plain_words(id)}/{plain_words(said)}", option)

    def ticked(self, id: str) -> Sequence[AnswerChoice]:
        """Return the options that have a column each; a level has none: pandas calls a second one `plan.1`."""
        kind = kind_of(self.questionnaire.asked[id])
        return kind.choices(self.questionnaire.asked[id]) if kind.entry == "tick" else ()

    def _label(self, words: str, column: AnswerColumn) -> None:
        """Note a label; one that stands for several things stands for none."""
        self.labels[words] = column if self.labels.get(words, column) == column else None

    def column(self, header: str, before: str = "") -> AnswerColumn | None:
        """Return what a column holds by its name or label; `before`: the question of the column before it."""
        *groups, last = [segment for segment in _MARKS.split(header) if segment] or [""]
        of = groups[-1] if groups else ""
        if of in self.questionnaire.asked and any(str(choice.value) == last for choice in self.ticked(of)):
            return AnswerColumn(of, "option", last)
        if last in self.questionnaire.asked:
            return AnswerColumn(last)
        for mark, part in PARTS.items():
            if last.endswith(mark) and last.removesuffix(mark) in self.questionnaire.asked:
                return AnswerColumn(last.removesuffix(mark), part)
        if last in (*SUBJECT.values(), EDITION):
            return AnswerColumn(last, "subject")
        # No name of ours: perhaps a label, with or without the labels of its groups before it.
        plain = plain_words(header)
        for at in (0, *(place + 1 for place, sign in enumerate(plain) if sign in "/-.:|、")):
            if (labelled := self.labels.get(plain[at:])) is not None:
                return labelled
            if (labelled_part := PART_LABELS.get(plain[at:])) is not None and before:
                return AnswerColumn(before, labelled_part)
        return None

    def columns(self, headers: Iterable[str]) -> dict[str, AnswerColumn]:
        """Return what columns hold, those of no answer left out."""
        found: dict[str, AnswerColumn] = {}
        before = ""
        for header in headers:
            # A label that repeats is read without the place that tells it apart.
            column = self.column(re.sub(r"//\d+\Z", "", header), before)
            if column is not None:
                found[header] = column
                before = column.id if column.part != "subject" else before
        return found

    def hits(self, headers: Iterable[str]) -> int:
        """Count the facts and questions that some columns hold."""
        return len({column.id for column in self.columns(headers).values() if column.part != "subject"})


def flat(data: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Return the entries of a submission in JSON with the names of their groups before them."""
    for key, part in data.items():
        if isinstance(part, Mapping):
            yield from flat(part, f"{above}{key}/")
        else:
            yield f"{above}{key}", part


def json_records(entries: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Return submissions in JSON as records."""
    found = []
    for number, entry in enumerate(entries, start=1):
        cells = {key: GridCell(part) for key, part in flat(entry) if part is not None}
        record = Record(cells, {}, number)
        which = record.first(WHICH) or f"#{number}"
        found.append(Record(cells, {key: f"{which} {key}" for key in cells}, number))
    return found


def grid_records(grid: Grid, head: int) -> list[Record]:
    """Return the rows of a table as records; of two columns of one name the second is told apart by its place."""
    names: dict[int, str] = {}
    for column, cell in grid.rows.get(head, {}).items():
        if cell.words and cell.words not in names.values():
            names[column] = cell.words
        elif cell.words:
            names[column] = f"{cell.words}//{column}"  # labels repeat; what they stand for hangs on their place
    found = []
    for row, cells in grid.records(head):
        held = {names[column]: cell for column, cell in cells.items() if column in names}
        places = {names[column]: grid.place(row, column) for column in cells if column in names}
        found.append(Record(held, places, row))
    return found


def kind_of_tool(headers: Sequence[str], otherwise: SourceKind) -> SourceKind:
    """Return which tool exported a table, by the columns that are its own or those of the XLSForm; else `otherwise`."""
    if KOBO & set(headers):
        return "kobo"
    odk = any(header in ODK or header.startswith("__system/") or header.endswith(EDITION) for header in headers)
    return "odk" if odk else otherwise


def headers_in(grid: Grid, head: int) -> list[str]:
    """Return the names of the columns of a table; labels that repeat are told apart by their place."""
    found: list[str] = []
    for column, cell in grid.rows.get(head, {}).items():
        if cell.words:
            found.append(cell.words if cell.words not in found else f"{cell.words}//{column}")
    return found


@dataclass(frozen=True)
class SurveyPart:
    """Submissions to one edition: a form may be exported anew while they come in.

    `notes`: what is said of each; `of_unknown`: they are to another edition, which is not at hand.
    """

    records: Sequence[Record]
    edition: Questionnaire
    notes: tuple[Text, ...] = ()
    of_unknown: bool = False


def read_survey(
    parts: Sequence[SurveyPart], headers: Sequence[str], file: str, *, kind: SourceKind, at: datetime
) -> tuple[list[ColumnMap], list[Submission]]:
    """Read submissions, one of each respondent to each questionnaire; the columns as each edition has them.

    Raises `UserError` where several rows of a table that no tool exported name nobody: they are not of one respondent.
    """
    maps: list[ColumnMap] = []
    by_respondent: dict[tuple[object, ...], list[_Given]] = {}
    for part in parts:
        names = Names(part.edition)
        columns = names.columns(headers)
        maps.append(_map(names, headers, columns))
        for record in part.records:
            one = _Given.of(
                record, columns, Gathering(part.edition, kind, file, at, of_unknown=part.of_unknown), part.notes
            )
            if "end" in headers:  # a blank cell is none; somebody has not come to the end
                one = replace(one, ended=bool(record.first(("end",))))
            by_respondent.setdefault((part.edition.id, *one.known_as), []).append(one)
    for group in by_respondent.values():
        if kind not in RECOGNISED and len(group) > 1 and not group[0].named:
            raise UserError(fill(WHOSE, n=len(group), file=file), hint=NAME_THEM)
    return maps, [_chosen(group) for group in by_respondent.values()]


@dataclass(frozen=True)
class _Given:
    record: Record
    gathered: Gathering
    subject: Subject
    notes: tuple[Text, ...]
    ended: bool = True

    @classmethod
    def of(
        cls, record: Record, columns: Mapping[str, AnswerColumn], gathered: Gathering, notes: tuple[Text, ...]
    ) -> "_Given":
        """Gather the answers of one submission."""
        options: dict[str, dict[str, tuple[str, GridCell]]] = {}
        joined: list[tuple[str, str, GridCell]] = []
        stated: dict[str, tuple[str, str]] = {}
        by_number = any(
            columns[header].worded and (asked := gathered.asked(columns[header].id)) and _is_number_of(asked, cell)
            for header, cell in record.cells.items()
            if header in columns
        )
        for header, cell in record.cells.items():
            column = columns.get(header)
            if column is None or not (cell.trouble or cell.words):
                continue
            asked = gathered.asked(column.id)
            if plain_words(cell.words) in SKIPPED and not (asked and _called(asked, cell)):
                continue
            place = record.places[header]
            match column.part:
                case "value":
                    assert asked is not None
                    below = _in_words(asked, cell, by_number=by_number) if column.worded else cell
                    if _is_joined(asked, below, worded=column.worded):
                        joined.append((column.id, place, below))
                    else:
                        gathered.value(column.id, below, place)
                case "option":
                    before, other = options.setdefault(column.id, {}).setdefault(column.option, (place, cell))
                    if plain_words(other.words) != plain_words(cell.words):
                        gathered.refuse_second(column.id, place, before)
                case "state":
                    gathered.state(column.id, cell, place)
                case "year":
                    gathered.year(column.id, cell, place)
                case "subject":
                    words = gathered.word(column.id, cell, place)
                    before, first = stated.setdefault(column.id, (place, words)) if words else (place, words)
                    if words != first:
                        gathered.refuse(
                            place, column.id, Misfit(fill(STATED_TWICE, name=header, place=before), ONE_ONLY)
                        )
                case "reason" | "evidence":
                    gathered.said(column.id, column.part, cell, place)
        for id, found in options.items():  # beside the one column that has them all, too: what differs is refused
            _tick(gathered, id, found)
        for id, place, below in joined:
            asked = gathered.asked(id)
            assert asked is not None
            # What can be told apart must not differ from what the columns say, of which some may be gone.
            if not gathered.parts.get(id, {}).get("value") or not isinstance(below.read(asked), Misfit):
                gathered.value(id, below, place)
        said = {part: stated.get(name, ("", ""))[1] for part, name in SUBJECT.items()}
        said["period"] = period_typed(said["period"])
        return cls(record, gathered, Subject(**said), notes)

    @property
    def who(self) -> tuple[str, ...]:
        subject = self.subject
        return subject.name, subject.period, subject.respondent or self.record.first(WHO)

    @property
    def named(self) -> bool:
        """Whether it says of whom it is, or who answered."""
        name, _period, respondent = self.who
        return bool(name or respondent)

    @property
    def known_as(self) -> tuple[str, Time, str]:
        """By what two submissions are one respondent's, in whatever words the year and however letters are made."""
        return self.subject.called, self.subject.time, unicodedata.normalize("NFC", self.who[2])

    @property
    def rejected(self) -> bool:
        said = plain_words(self.record.first(REVIEW)).replace("_", "")
        return any(word in said for word in NOT_APPROVED)

    def lacks_none_of(self, ids: Collection[str]) -> bool:
        """Return whether all of some ids that its edition asks have an answer."""
        return all(id in self.gathered.parts for id in ids if self.gathered.asked(id) is not None)

    @property
    def when(self) -> str:
        """When it was sent, in the one form in which moments sort; "" for what cannot be read as one."""
        value: object = next((c.value for n in WHEN if (c := self.record.cells.get(n)) and c.words), "")
        if isinstance(value, str):
            year, _mark, *parts = found.groups("00") if (found := _MOMENT.match(value.strip())) else ("", "")
            iso = "{}-{:0>2}-{:0>2}T{:0>2}:{}:{}".format(year, *parts) if parts else value
            with suppress(ValueError):
                value = datetime.fromisoformat(iso)
        with suppress(OverflowError):  # 0001-01-01T00:00:00+08:00, a tool's mark for none, lies before the calendar
            if isinstance(value, datetime):
                utc = value.astimezone(UTC) if value.tzinfo else value
                return utc.replace(tzinfo=None).isoformat()
        return ""

    @property
    def which(self) -> str:
        said = self.record.first(WHEN)
        return ", ".join(part for part in (self.record.first(WHICH) or f"#{self.record.number}", said) if part)


def _called(asked: AnyAsked, cell: GridCell) -> list[int | str]:
    """Return the levels or options that are called as a cell says."""
    said = plain_words(cell.words)
    return [c.value for c in kind_of(asked).choices(asked) if said in map(plain_words, c.words.values())]


def _is_number_of(asked: AnyAsked, cell: GridCell) -> bool:
    """Return whether a cell gives a level or options by numbers."""
    return not cell.trouble and bool(kind_of(asked).choices(asked) and _NUMBERS.match(plain_words(cell.words)))


def _in_words(asked: AnyAsked, cell: GridCell, *, by_number: bool) -> GridCell:
    """Return a cell below the words of its question: a number there is no level's, where it may be counted from 1.

    `by_number`: the table gives answers by numbers, and so what was skipped.
    """
    if by_number and cell.words.removesuffix(".0") in SKIPPED_CODES:
        return GridCell(cell.value, Misfit(fill(SKIPPED_CODE, typed=cell.words), AS_WORDS))
    if not _is_number_of(asked, cell):
        return cell
    if len(called := _called(asked, cell)) == 1:
        return GridCell(called[0])
    return GridCell(cell.value, Misfit(fill(A_NUMBER, typed=quoted(cell.value)), AS_WORDS))


def _is_joined(asked: AnyAsked, cell: GridCell, *, worded: bool) -> bool:
    """Return whether a cell may hold several answers that nothing tells apart: their words, with blanks between them.

    Kobo writes them so beside a column for each, which then says what is ticked.
    """
    is_ticks = kind_of(asked).entry == "tick" and cell.trouble is None and cell.words.casefold() not in STATES
    return is_ticks and (worded or isinstance(cell.read(asked), Misfit))


def _tick(gathered: Gathering, id: str, found: Mapping[str, tuple[str, GridCell]]) -> None:
    """Take an answer whose options stand in a column each: 1 or 0, true or false, or the option where it is ticked."""
    asked = gathered.asked(id)
    assert asked is not None
    words = {str(choice.value): choice.words for choice in kind_of(asked).choices(asked)}
    chosen: list[str] = []
    for option, (place, cell) in found.items():
        said = plain_words(str(cell.value))
        own = {plain_words(option), *(plain_words(label) for label in words[option].values())}
        if cell.trouble is None and (said in YES or said in own - UNTICKED):
            chosen.append(option)
        elif cell.trouble is not None or said not in NO:
            gathered.typed(id, GridCell(cell.value, cell.trouble).read(asked), place)
            return
    place = next(iter(found.values()))[0]
    read_ = ticked(asked, [option for option in words if option in chosen])
    if not isinstance(read_, Misfit) or chosen:
        gathered.typed(id, read_, place)


def _chosen(group: Sequence[_Given]) -> Submission:
    """Take the last complete submission of one respondent, and name the others.

    Where a moment cannot be read, nobody knows what it lies before, and all go by their place in the file.
    """
    dated = all(one.when for one in group)
    ordered = sorted(group, key=lambda one: (one.when if dated else "", one.record.number))
    everything = {id for one in ordered for id in one.gathered.parts}
    standing = [one for one in ordered if not one.rejected]
    complete = [one for one in standing if one.ended and (one.lacks_none_of(everything) or _all_answered(one))]
    taken = (complete or standing or ordered)[-1]
    notes = [*taken.notes, *([fill(REJECTED_ALONE, which=taken.which)] if taken.rejected else [])]
    passed = False
    for one in ordered:
        passed = passed or one is taken
        if one is not taken:
            why = REJECTED if one.rejected else NOT_COMPLETE if passed else EARLIER
            notes.append(fill(LEFT_ASIDE if taken.named else LEFT_UNNAMED, which=one.which, why=why))
    name = " ".join(part for part in taken.who if part) or Path(taken.gathered.file).stem
    asks_years = taken.gathered.kind in RECOGNISED
    return taken.gathered.submission(taken.subject, name=name, asks_years=asks_years, notes=tuple(notes))


def _all_answered(one: _Given) -> bool:
    """Return whether all that is asked under the answers given has an answer or a reason for none."""
    edition = one.gathered.edition
    found = one.gathered.submission(one.subject, name="")
    answers = Answers(
        format="nqpf-answers/1",
        questionnaire=Reference(id=edition.id, version=edition.version),
        weights=RubricReference(id=BASELINE, version=""),
        subject=one.subject,
        facts=found.facts,
        answers=found.answers,
    )
    view = read(Instrument(edition, ()), answers)
    return all(seen.state != "blank" for seen in (*view.facts.values(), *view.questions.values()))


def _map(names: Names, headers: Sequence[str], columns: Mapping[str, AnswerColumn]) -> ColumnMap:
    """Sort the columns: what is used, what is the tool's own, what looks as if it were meant, what is not there."""
    held = {column.id for column in columns.values() if column.part in ("value", "option")}
    absent = tuple(
        id if id in names.questionnaire.questions else f"fact.{id}"
        for id, asked in names.questionnaire.asked.items()
        if id not in held and (id in names.questionnaire.facts or kind_of(asked).scored)
    )
    missing = {name.removeprefix("fact."): name for name in absent}
    unknown: dict[str, str] = {}
    carried: list[str] = []
    for header in headers:
        if header in columns:
            continue
        segments = [part for part in _MARKS.split(header) if part]
        last = segments[-1] if segments else ""
        meant = last and header not in OF_THE_TOOL and not header.startswith("_")
        near = nearest(last, missing) if meant and len(carried) + len(unknown) < MOST_COMPARED else ""
        if near:
            unknown[header] = near
        else:
            carried.append(header)
    only = tuple(
        name for id, name in missing.items() if any(c.id == id and c.part == "state" for c in columns.values())
    )
    return ColumnMap({name: place for place, name in enumerate(headers)}, tuple(carried), unknown, absent, only)
