"""A filled workbook back as answers: every cell by the id in its row and the key of its column, wherever they stand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nqpf_assess.exchange.column_map import ColumnMap, nearest
from nqpf_assess.exchange.gathering import ONE_ONLY, STATES, TWICE, Gathering, period_typed
from nqpf_assess.exchange.grids import Grid, GridCell
from nqpf_assess.exchange.xlsx_form import ABOUT_KEYS, COLUMNS, FORM_FORMAT, sheet_name
from nqpf_assess.files.places import writable
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.filled import Misfit, plain_words, quoted
from nqpf_assess.locale import LANGUAGES, Text, _, fill, tell
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Reference, Subject
from nqpf_assess.model.base import ID_LENGTH, ID_PATTERN
from nqpf_assess.model.importing import Submission
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import FACTS_TITLE, AnyAsked, Questionnaire

RECOGNISED = _("our Excel form, recognised by its sheet “{sheet}”")
RENAMED = _("the sheet “{sheet}” was renamed or is another one; its answers are found by their ids all the same")
NO_IDS = _("{path} is our Excel form, but no sheet of it has the hidden column of ids")
FETCH_AGAIN = _("Copy the answers into a fresh form: nqpf-assess export {id} --to xlsx")
NO_QUESTIONNAIRE = _("{path} is our Excel form, but its sheet “{sheet}” does not say which questionnaire it is")
NO_ID = _("the hidden id of this row is gone, so it is not known which question it answers")
COPY_ROW = _("Copy the row's answer into a fresh form, or type it in the app.")
OTHER_WORDS = _("the row shows the question “{shown}”, and its hidden id is that of another")
ANOTHER_UNIT = _("the row shows the unit “{unit}”, the question asks in “{wanted}”")
BACK = _("Convert the figure, and put the unit back as it was.")
SEVERAL_FORMS = _("{path} holds several forms, and it cannot be told which answers belong to which: {names}")
ONE_EACH = _("Import each form as a file of its own.")
BOTH = _("an answer stands here, and beside it “{state}” as the reason for none")
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


@dataclass(frozen=True)
class About:
    """What the sheet `about` of a form says."""

    sheet: str
    stated: Mapping[str, str]

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
        return Subject(**{**words, "respondent": words["respondent"] or self.stated.get("holder", "")})


def about_of(grids: Sequence[Grid], path: Path) -> About | None:
    """Return what a workbook says of itself where it is a form of ours, whatever its sheets are called.

    Raises `UserError` where the sheets of several forms were put together in it.
    """
    found: list[About] = []
    for grid in grids:
        at = ((r, c) for r, cells in grid.rows.items() for c, cell in cells.items() if cell.value == "format")
        column = next((c for r, c in at if grid.words(r, c + 1) == FORM_FORMAT), None)
        if column is not None:
            lines = ((c[column].words, grid.words(r, column + 1)) for r, c in grid.rows.items() if column in c)
            found.append(About(grid.sheet, {key: said for key, said in lines if key in ABOUT_KEYS and said}))
    if len({tuple(sorted(about.stated.items())) for about in found}) > 1:
        names = listed(about.sheet for about in found)
        raise UserError(fill(SEVERAL_FORMS, path=path, names=names), hint=ONE_EACH)
    return found[0] if found else None


def read_form(
    grids: Sequence[Grid], about: About, edition: Questionnaire, path: Path, at: datetime
) -> tuple[ColumnMap, Submission]:
    """Read a filled form; raises `UserError` where the ids are gone."""
    gathered = Gathering(edition, "xlsx", writable(path.name), at)
    asked = {**edition.facts, **edition.questions}
    notes: list[Text] = []
    used: dict[str, int] = {}
    first: dict[str, tuple[str, dict[str, str]]] = {}
    carried: dict[str, None] = {}
    unknown: dict[str, str] = {}
    known_sheets = _sheet_names(edition)
    of_words: dict[str, list[AnyAsked]] = {}
    for one in asked.values():
        for words in {plain_words(words) for words in one.text.values()}:
            of_words.setdefault(words, []).append(one)
    found_any = False
    for grid in grids:
        head = _head(grid)
        if head is None or grid.sheet == about.sheet:
            continue
        found_any = True
        line, places = head
        held = 0
        again = [(key, at) for at in grid.rows[line] if (key := HEADS.get(plain_words(grid.words(line, at)))) in ONCE]
        below = {column for row, cells in grid.rows.items() if row > line for column in cells}
        for column in sorted(below - set(places.values())):  # somebody added it; its head stands below the hidden keys
            carried[grid.words(line, column) or grid.words(line + 1, column) or grid.place(line, column)] = None
        for row, cells in grid.rows.items():
            id = grid.words(row, places["id"])
            if row == line or HEADS.get(plain_words(id)) == "id":
                continue
            if not id:
                filled = next((places[key] for key in GIVEN if key in places and grid.words(row, places[key])), None)
                if row > line and filled is not None:
                    gathered.refuse(grid.place(row, filled), "", Misfit(NO_ID, COPY_ROW))
            elif id in asked:
                held += 1
                used.setdefault(id, row)
                place = grid.place(row, places["answer"])
                given = {key: words for key in GIVEN if key in places and (words := grid.words(row, places[key]))}
                before, said = first.setdefault(id, (place, given)) if given else (place, given)
                # Of a row or sheet that was copied, what is otherwise than in the first may not mix with it.
                if any(
                    said.get(key) != words and (key, key in said) != ("answer", True) for key, words in given.items()
                ):
                    gathered.refuse(place, id, Misfit(fill(TWICE, id=id, place=before), ONE_ONLY))
                    continue
                against = [*_against(grid, (row, places), asked[id], of_words, edition.languages)] if given else []
                against += [
                    (grid.place(row, column), Misfit(fill(TWICE, id=id, place=grid.place(row, places[key])), ONE_ONLY))
                    for key, column in again
                    if grid.words(row, column) not in ("", given.get(key, ""))
                ]
                for where, misfit in against:
                    gathered.refuse(where, id, misfit)
                if not against:
                    _take(gathered, grid, id, (row, cells), places)
                    _refuse_both(gathered, id, place)
            elif any(grid.words(row, places[key]) for key in GIVEN if key in places):
                unknown[id] = nearest(id, asked)
        if held and grid.sheet not in known_sheets:
            notes.append(fill(RENAMED, sheet=grid.sheet))
    if not found_any:
        raise UserError(fill(NO_IDS, path=path), hint=fill(FETCH_AGAIN, id=edition.id))
    holder = about.stated.get("holder")
    sent = [id for id, one in asked.items() if holder is None or holder in (one.holder or {}).values()]
    absent = tuple(id if id in edition.questions else f"fact.{id}" for id in sent if id not in used)
    found = ColumnMap(dict(used) | dict.fromkeys([*unknown, *carried], 0), tuple(carried), unknown, absent, ())
    subject = about.subject
    name = subject.name or writable(path.stem)
    return found, gathered.submission(subject, name=name, sent=holder is not None, notes=tuple(notes))


def _take(
    gathered: Gathering, grid: Grid, id: str, line: tuple[int, Mapping[int, GridCell]], places: Mapping[str, int]
) -> None:
    """Take one row."""
    row, cells = line
    for key in GIVEN:
        column = places.get(key)
        if column is None:
            continue
        cell, place = cells.get(column), grid.place(row, column)
        if cell is None or (cell.trouble is None and not cell.words):
            # A cell under a merged one shows what it does not hold.
            if key == "answer" and (trouble := grid.merging(row, column)) is not None:
                gathered.refuse(place, id, trouble)
            continue
        match key:
            case "answer":
                gathered.value(id, cell, place, numbered=True)
            case "state":
                gathered.state(id, cell, place)
            case "year":
                gathered.year(id, cell, place)
            case "reason" | "evidence" | "note":
                gathered.said(id, key, cell, place)
            case _:
                raise KeyError(key)


def _against(
    grid: Grid,
    line: tuple[int, Mapping[str, int]],
    asked: AnyAsked,
    of_words: Mapping[str, Sequence[AnyAsked]],
    languages: Sequence[str],
) -> Iterator[tuple[str, Misfit]]:
    """Return what the row itself says against its answer, and where: the words of another question, or another unit.

    Rows that were sorted without their hidden ids have the one; who takes the protection off may write the other. Words
    that follow the switch of a form in several languages are formulas, and say nothing here.
    """
    row, places = line
    wanted = {language: kind_of(asked).unit(asked, language) for language in (*LANGUAGES, *languages)}
    for key in ("text", "unit"):
        cell = grid.rows[row].get(places.get(key, 0))
        if cell is None or cell.trouble is not None or not cell.words:
            continue
        if key == "text" and asked not in of_words.get(plain_words(cell.words), (asked,)):
            yield grid.place(row, places[key]), Misfit(fill(OTHER_WORDS, shown=quoted(cell.words)), COPY_ROW)
            return
        shows = key == "unit" and kind_of(asked).is_figure  # beside a level, a dash or “level” is no unit
        if shows and plain_words(cell.words) not in map(plain_words, wanted.values()):
            words = fill(ANOTHER_UNIT, unit=quoted(cell.words), wanted=wanted)
            yield grid.place(row, places[key]), Misfit(words, BACK)


def _refuse_both(gathered: Gathering, id: str, place: str) -> None:
    """Refuse a row that gives an answer and says that there is none.

    In a file of ours the state would win, and a figure that somebody filled in later would count for nothing.
    """
    if state := gathered.denied(id):
        del gathered.parts[id]
        gathered.refuse(place, id, Misfit(fill(BOTH, state=STATES[state]), ONE_ONLY))


def _head(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Find the row that names the columns, by keys or by words; None where a sheet has none with ids and answers."""
    best: tuple[int, dict[str, int]] | None = None
    for row, cells in grid.rows.items():
        places: dict[str, int] = {}
        for column, cell in cells.items():
            key = HEADS.get(plain_words(cell.words))
            if key is not None:
                places.setdefault(key, column)
        if {"id", "answer"} <= set(places) and (best is None or len(places) > len(best[1])):
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
