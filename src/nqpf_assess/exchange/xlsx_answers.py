"""A filled workbook back as answers: every cell by the id in its row and the key of its column, wherever they stand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from nqpf_assess.engine.editions import Names, names_between
from nqpf_assess.exchange.column_map import ColumnMap, nearest
from nqpf_assess.exchange.gathering import ONE_ONLY, STATES, TWICE, Gathering, period_typed
from nqpf_assess.exchange.grids import Grid, GridCell
from nqpf_assess.exchange.xlsx_form import ABOUT_KEYS, COLUMNS, FORM_FORMAT, UNADDRESSED, sheet_name
from nqpf_assess.files.places import writable
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.filled import Misfit, plain_words, quoted
from nqpf_assess.locale import LANGUAGES, _, fill, tell
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Reference, Subject
from nqpf_assess.model.base import ID_LENGTH, ID_PATTERN
from nqpf_assess.model.importing import Submission
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import FACTS_TITLE, AnyAsked, Questionnaire

RECOGNISED = _("our Excel form, recognised by its sheet “{sheet}”")
RENAMED = _("the sheet “{sheet}” was renamed or is another one; its answers are found by their ids all the same")
NO_IDS = _("{path} is our Excel form, but no sheet of it has the hidden column of ids")
WHOLE_BOOK = _("Import the workbook with all its sheets, as .xlsx. If it is lost, copy the answers into a fresh form.")
FETCH_AGAIN = _("Copy the answers into a fresh form: nqpf-assess export {id} --to xlsx")
NO_QUESTIONNAIRE = _("{path} is our Excel form, but its sheet “{sheet}” does not say which questionnaire it is")
NO_ID = _("the hidden id of this row is gone, so it is not known which question it answers")
COPY_ROW = _("Copy the row's answer into a fresh form, or type it in the app.")
OTHER_WORDS = _("the row shows the question “{shown}”, and its hidden id is that of another")
SHEET_WITHOUT_IDS = _(
    "answers stand in the sheet “{sheet}”, which is without the hidden column of ids, so that none of them is taken"
)
COPY_SHEET = _("Copy them into a fresh form; where another sheet of this form holds them as well, delete this sheet.")
OTHER_NUMBERS = _("“{typed}” is a number, and the row shows other answers than those the question offers now")
IN_WORDS = _("Type the words of the answer in place of its number, or answer the question in a fresh form.")
ANOTHER_UNIT = _("the row shows the unit “{unit}”, the question asks in “{wanted}”")
BACK = _("Convert the figure, and put the unit back as it was.")
SEVERAL_FORMS = _("{path} holds several forms, and it cannot be told which answers belong to which: {names}")
ONE_EACH = _("Import each form as a file of its own.")
BOTH = _("an answer stands here, and beside it “{state}” as the reason for none")
REASON_ALONE = _("a reason for “not applicable” stands here, and nothing says that it does not apply")
PICK_NA = _("Pick “not applicable” beside it, or move the words to the note.")
OPTIONAL = ("state", "reason", "year", "evidence", "note")
GIVEN = ("answer", *OPTIONAL)
ONCE = ("answer", "state", "year")
"""What can hold for a question in one way only: two columns of it, last year's beside this one's, may not differ."""

OLD_HEADS: Mapping[str, str] = {
    "state: dk, na, later": "state",
    "状态：dk 不清楚，na 不适用，later 稍后": "state",
    "reason (na)": "reason",
    "理由（不适用）": "reason",
}
"""Words of heads that forms of version 0.1 have and those of today do not."""


HEADS: Mapping[str, str] = {
    **{plain_words(tell(words, language)): key for key, (words, _w) in COLUMNS.items() for language in LANGUAGES},
    **{plain_words(words): key for words, key in OLD_HEADS.items()},
    **{key: key for key in COLUMNS},
}
"""Words and keys of heads → key of the column."""


_SWITCHED = re.compile(r"=INDEX\('?([^'!]+)'?!\$A\$(\d{1,6}):\$[A-Z]{1,3}\$\2,1,MATCH\([^()]+,0\)\)")
"""A formula by which a form in several languages shows words: the sheet they stand on, and their line there."""


@dataclass(frozen=True)
class About:
    """What the sheet `about` of a form says.

    `unread`: the places of cells that say nothing as they are, each with what is the matter.
    """

    sheet: str
    stated: Mapping[str, str]
    unread: tuple[tuple[str, Misfit], ...] = ()

    @property
    def reference(self) -> Reference | None:
        """The edition the form was made of; None where it names none."""
        id, digest = self.stated.get("questionnaire", ""), self.stated.get("digest", "")
        if not re.fullmatch(ID_PATTERN, id) or len(id) > ID_LENGTH:
            return None
        whole = re.fullmatch(r"sha256:[0-9a-f]{64}", digest)
        return Reference(id=id, version=self.stated.get("version", ""), digest=digest if whole else None)

    @property
    def subject(self) -> Subject:
        """Whom the answers describe, and who gave them; a form sent to a holder speaks for the holder."""
        words = {key: self.stated.get(key, "") for key in ("name", "period", "respondent")}
        words["period"] = period_typed(words["period"])
        holder = self.stated.get("holder", "")
        return Subject(**{**words, "respondent": words["respondent"] or ("" if holder == UNADDRESSED else holder)})


def about_of(grids: Sequence[Grid], path: Path) -> About | None:
    """Return what a workbook says of itself where it is a form of ours, whatever its sheets are called.

    Raises `UserError` where the sheets of several forms were put together in it.
    """
    found: list[About] = []
    for grid in grids:
        at = ((r, c) for r, cells in grid.rows.items() for c, cell in cells.items() if cell.value == "format")
        column = next((c for r, c in at if grid.words(r, c + 1) == FORM_FORMAT), None)
        if column is not None:
            stated, unread = dict[str, str](), list[tuple[str, Misfit]]()
            for row, cells in grid.rows.items():
                key, cell = grid.words(row, column), cells.get(column + 1)
                if cell is None or key not in ABOUT_KEYS:
                    continue
                if cell.trouble is not None:
                    unread.append((grid.place(row, column + 1), cell.trouble))
                elif cell.words:
                    stated[key] = cell.words
            found.append(About(grid.sheet, stated, tuple(unread)))
    if len({tuple(sorted(about.stated.items())) for about in found}) > 1:
        names = listed(about.sheet for about in found)
        raise UserError(fill(SEVERAL_FORMS, path=path, names=names), hint=ONE_EACH)
    return found[0] if found else None


def read_form(
    grids: Sequence[Grid], about: About, edition: Questionnaire, path: Path, at: datetime, *, is_own: bool = True
) -> tuple[ColumnMap, Submission]:
    """Read a filled form; raises `UserError` where the ids are gone.

    `is_own`: it was made of this edition as it is; another may have numbered its answers otherwise.
    """
    form = _FilledForm(edition, Gathering(edition, "xlsx", writable(path.name), at), is_own)
    grids = _in_words(grids, about, {*LANGUAGES, *edition.languages})
    for place, misfit in about.unread:
        form.gathered.refuse(place, "", misfit)
    heads = [(grid, head) for grid in grids if grid.sheet != about.sheet and (head := _head(grid)) is not None]
    if not heads:
        raise UserError(
            fill(NO_IDS, path=path), hint=fill(FETCH_AGAIN, id=edition.id) if len(grids) > 1 else WHOLE_BOOK
        )
    known = _sheet_names(edition)
    holding = [grid.sheet for grid, head in heads if form.take_sheet(grid, *head)]
    for grid in grids:
        if grid.sheet != about.sheet and _head(grid) is None and (head := _head(grid, "text")) is not None:
            form.refuse_sheet(grid, *head)
    notes = tuple(fill(RENAMED, sheet=sheet) for sheet in holding if sheet not in known)
    holder = about.stated.get("holder")
    sent = [
        id
        for id, one in edition.asked.items()
        if holder is None or holder in (one.holder or {"": UNADDRESSED}).values()
    ]
    absent = tuple(id if id in edition.questions else f"fact.{id}" for id in sent if id not in form.used)
    used = form.used | dict.fromkeys([*form.unknown, *form.carried], 0)
    found = ColumnMap(used, tuple(form.carried), form.unknown, absent, ())
    subject = about.subject
    name = subject.name or writable(path.stem)
    return found, form.gathered.submission(subject, name=name, sent=holder is not None, asks_years=True, notes=notes)


class _FormRow(NamedTuple):
    """A row of a form. `places`: in which column each key stands; `again`: every column that bears a key of `ONCE`."""

    grid: Grid
    row: int
    places: Mapping[str, int]
    again: Sequence[tuple[str, int]]

    def place(self, key: str) -> str:
        """Name the cell of a key as people do."""
        return self.grid.place(self.row, self.places[key])

    def words(self, key: str) -> str:
        """Return what stands there as a word, "" where it is blank or the form has no such column."""
        return self.grid.words(self.row, self.places.get(key, 0))

    @property
    def is_head(self) -> bool:
        """Whether the row names its columns once more, in words below the hidden keys."""
        return sum(HEADS.get(plain_words(self.words(key))) == key for key in self.places) > 1

    @property
    def given(self) -> dict[str, str]:
        """What somebody filled in, by key."""
        return {key: words for key in GIVEN if (words := self.words(key))}


@dataclass
class _FilledForm:
    """The sheets of a form as they are read, row by row.

    `used`: the first row of each question; `first`: where that is and what was given there; `carried`: heads of columns
    that somebody added; `unknown`: ids that no question has, each with the nearest one;
    `is_own`: as `read_form` has it.
    """

    edition: Questionnaire
    gathered: Gathering
    is_own: bool
    used: dict[str, int] = field(default_factory=dict)
    first: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    carried: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)

    @cached_property
    def renamed(self) -> Names:
        """What earlier editions called otherwise: a form of one that is not at hand is read by the present one."""
        return names_between(None, self.edition)

    @cached_property
    def of_words(self) -> dict[str, list[AnyAsked]]:
        """What is asked, by its words in any language."""
        found: dict[str, list[AnyAsked]] = {}
        for one in self.edition.asked.values():
            for words in {plain_words(words) for words in one.text.values()}:
                found.setdefault(words, []).append(one)
        return found

    def take_sheet(self, grid: Grid, head: int, places: Mapping[str, int]) -> bool:
        """Take a sheet below its row of heads; returns whether it has a row of any question."""
        heads = ((HEADS.get(plain_words(grid.words(head, at)), ""), at) for at in grid.rows[head])
        again = [(key, at) for key, at in heads if key in ONCE]
        below = {column for row, cells in grid.rows.items() if row > head for column in cells}
        for column in sorted(below - set(places.values())):  # somebody added it; its head stands below the hidden keys
            self.carried[grid.words(head, column) or grid.words(head + 1, column) or grid.place(head, column)] = None
        held = False
        for row in grid.rows:
            line = _FormRow(grid, row, places, again)
            id, given = self.renamed.get(line.words("id"), line.words("id")), line.given
            titles = line.is_head and HEADS.get(plain_words(line.words("id"))) == "id"  # a question may be called `id`
            switched = row == head + 1 and id.startswith("=")  # heads that follow the switch between languages
            if row == head or titles or switched:
                continue
            if id in self.edition.asked:
                held = True
                self.used.setdefault(id, row)
                self.take_row(line, id, given)
            elif given and id:
                self.unknown[id] = nearest(id, self.edition.asked)
            elif given and row > head:
                self.gathered.refuse(line.place(next(iter(given))), "", Misfit(NO_ID, COPY_ROW))
        return held

    def refuse_sheet(self, grid: Grid, head: int, places: Mapping[str, int]) -> None:
        """Refuse the answers of a sheet that shows questions of the form, or all its heads, without their ids."""
        lines = [_FormRow(grid, row, places, ()) for row in grid.rows if row > head]
        filled = next((line for line in lines if line.given and not line.is_head), None)
        is_ours = {"state", "evidence"} <= places.keys()
        if filled and (is_ours or any(plain_words(line.words("text")) in self.of_words for line in lines)):
            place = filled.place(next(iter(filled.given)))
            self.gathered.refuse(place, "", Misfit(fill(SHEET_WITHOUT_IDS, sheet=grid.sheet), COPY_SHEET))

    def take_row(self, line: _FormRow, id: str, given: dict[str, str]) -> None:
        """Take what a row gives; nothing of it where something speaks against that."""
        place = line.place("answer")
        before, said = self.first.setdefault(id, (place, given)) if given else (place, given)
        # Of a row or sheet that was copied, what is otherwise than in the first may not mix with it.
        if any(said.get(key) != words and (key, key in said) != ("answer", True) for key, words in given.items()):
            self.gathered.refuse(place, id, Misfit(fill(TWICE, id=id, place=before), ONE_ONLY))
            return
        against = [*self.against(line, id, given)]
        for where, misfit in against:
            self.gathered.refuse(where, id, misfit)
        if against:
            return
        for key in GIVEN:
            if key in line.places:
                self.take_cell(line, id, key)
        parts = self.gathered.parts.get(id, {})
        if "reason" in parts and parts.get("state") != "na":  # nobody would ever be shown it
            del parts["reason"]
            self.gathered.refuse(line.place("reason"), id, Misfit(REASON_ALONE, PICK_NA))
        # In a file of ours the state would win, and a figure that somebody filled in later would count for nothing.
        if state := self.gathered.denied(id):
            del self.gathered.parts[id]
            self.gathered.refuse(place, id, Misfit(fill(BOTH, state=STATES[state]), ONE_ONLY))

    def against(self, line: _FormRow, id: str, given: Mapping[str, str]) -> Iterator[tuple[str, Misfit]]:
        """Return what a row itself says against its answer, and where: other words, another unit, a second cell of it.

        Rows that were sorted without their hidden ids show the words of another question; who takes the protection off
        may write another unit. A formula or an error in place of the words cannot be held against the id.
        """
        grid, asked = line.grid, self.edition.asked[id]
        cells = grid.rows[line.row]
        text, unit = (
            cell.words if (cell := cells.get(line.places.get(key, 0))) is not None and cell.trouble is None else ""
            for key in ("text", "unit")
        )
        shown = cells.get(line.places.get("text", 0))
        wanted = {language: kind_of(asked).unit(asked, language) for language in (*LANGUAGES, *self.edition.languages)}
        if given and shown is not None and shown.trouble and not (shown.is_struck or shown.is_merged):
            yield line.place("text"), shown.trouble
        elif given and text and asked not in self.of_words.get(plain_words(text), (asked,)):
            yield line.place("text"), Misfit(fill(OTHER_WORDS, shown=quoted(text)), COPY_ROW)
        elif given and unit and kind_of(asked).is_figure and plain_words(unit) not in map(plain_words, wanted.values()):
            # Beside a level, a dash or “level” is no unit.
            yield line.place("unit"), Misfit(fill(ANOTHER_UNIT, unit=quoted(unit), wanted=wanted), BACK)
        for key, column in line.again:
            if grid.words(line.row, column) not in ("", given.get(key, "")):
                yield (
                    grid.place(line.row, column),
                    Misfit(fill(TWICE, id=id, place=line.place(key)), ONE_ONLY),
                )

    def take_cell(self, line: _FormRow, id: str, key: str) -> None:
        """Take one cell of a row."""
        column, place = line.places[key], line.place(key)
        cell = line.grid.rows[line.row].get(column)
        if cell is None or (cell.trouble is None and not cell.words):
            # A cell under a merged one shows what it does not hold.
            if key == "answer" and (trouble := line.grid.merging(line.row, column)) is not None:
                self.gathered.refuse(place, id, trouble)
            return
        match key:
            case "answer":
                if not self.is_own and self.is_misnumbered(line, id, cell):
                    self.gathered.refuse(place, id, Misfit(fill(OTHER_NUMBERS, typed=quoted(cell.words)), IN_WORDS))
                else:
                    self.gathered.value(id, cell, place, numbered=True)
            case "state":
                self.gathered.state(id, cell, place)
            case "year":
                self.gathered.year(id, cell, place)
            case "reason" | "evidence" | "note":
                self.gathered.said(id, key, cell, place)
            case _:
                raise KeyError(key)

    def is_misnumbered(self, line: _FormRow, id: str, cell: GridCell) -> bool:
        """Return whether a cell chooses by number alone where its row shows other answers than those at hand."""
        asked, typed = self.edition.asked[id], plain_words(cell.words)
        shown = {plain_words(words) for words in line.words("anchors").split("\n")} - {""}
        read = cell.read(asked, numbered=True)
        for choice in kind_of(asked).choices(asked) if shown else ():
            if choice.value == read or (isinstance(read, frozenset) and choice.value in read):
                words = {*map(plain_words, choice.words.values())}
                lines = {f"{choice.number}{one}" for one in words}
                if shown.isdisjoint(lines) and not any(one in typed for one in words):
                    return True
        return False


def _in_words(grids: Sequence[Grid], about: About, languages: set[str]) -> list[Grid]:
    """Return the sheets of a form in several languages with the words that its formulas show in place of these.

    Such a formula names its line on the sheet of texts, and goes along wherever its cell is moved.
    """
    books: dict[str, tuple[Grid, int]] = {}
    for grid in grids:
        columns = {cell.words: column for column, cell in grid.rows.get(1, {}).items()}
        if columns and columns.keys() <= languages:
            books[grid.sheet] = grid, columns.get(about.stated.get("language", ""), 1)

    def shown(cell: GridCell) -> GridCell:
        found = _SWITCHED.fullmatch(cell.value) if cell.trouble and isinstance(cell.value, str) else None
        if found is None or found[1] not in books:
            return cell
        texts, column = books[found[1]]
        words = texts.words(int(found[2]), column)
        return replace(cell, value=words, trouble=None) if words else cell

    return [
        replace(grid, rows={r: {c: shown(cell) for c, cell in cells.items()} for r, cells in grid.rows.items()})
        for grid in grids
    ]


def is_of_form(grid: Grid) -> bool:
    """Tell whether a table has the heads of a sheet of our form, which may have been taken out of its workbook."""
    head = _head(grid)
    return head is not None and {"state", "evidence"} <= head[1].keys()


def _head(grid: Grid, beside: str = "id") -> tuple[int, dict[str, int]] | None:
    """Find the row that names the columns, by keys or by words; None where a sheet has none with ids and answers.

    `beside`: what it has to name beside the answers.
    """
    best: tuple[int, dict[str, int]] | None = None
    for row, cells in grid.rows.items():
        places: dict[str, int] = {}
        for column, cell in cells.items():
            key = HEADS.get(plain_words(cell.words))
            if key is not None:
                places.setdefault(key, column)
        if {beside, "answer"} <= set(places) and (best is None or len(places) > len(best[1])):
            best = row, places
    return best


def _sheet_names(edition: Questionnaire) -> set[str]:
    """Return how the sheets of a form are called in each language and in both, and the one of version 0.1."""
    every = tuple(edition.languages)
    found = {"answers"}
    pillars = [pillar.short or pillar.title for pillar in edition.pillars.values()]
    for languages in (*((language,) for language in every), every, tuple(reversed(every))):
        for facts in FACTS_TITLE.values():  # forms of version 0.1 head the facts of a firm as those of a place
            taken: list[str] = []
            for title in (facts, *pillars):
                taken.append(sheet_name(title, languages, taken))
            found.update(taken)
    return found
