"""Files that figures are kept in, recognised by what they hold and not by their names, and read as submissions.

Our Excel form, JSON and table of answers, submissions of Kobo and ODK, statistics sheets by a map, tables with the
columns of a cohort.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from nqpf_assess.engine.editions import is_edition
from nqpf_assess.engine.instrument import digest
from nqpf_assess.exchange.benchmark import BENCHMARK_FORMAT
from nqpf_assess.exchange.column_answers import NO_ROW, head_of, nameless_columns, names_in, read_columns
from nqpf_assess.exchange.column_map import SAME_NAME, ColumnMap
from nqpf_assess.exchange.gathering import GIVE_REASON, LOOK_AT_ID, NO_REASON, NOT_ASKED
from nqpf_assess.exchange.grids import (
    TOO_MANY_ROWS,
    Grid,
    csv_grid,
    is_workbook,
    workbook_grids,
)
from nqpf_assess.exchange.json_answers import read_json_answers
from nqpf_assess.exchange.sheet_finding import NoHeadsError
from nqpf_assess.exchange.statistics_sheets import RECOGNISED as STATISTICS
from nqpf_assess.exchange.statistics_sheets import read_statistics
from nqpf_assess.exchange.survey_answers import (
    ANY_TABLE,
    Names,
    Record,
    SurveyPart,
    grid_records,
    headers_in,
    json_records,
    kind_of_tool,
    read_survey,
)
from nqpf_assess.exchange.survey_answers import RECOGNISED as SURVEYS
from nqpf_assess.exchange.tidy import KEYS, TIDY_FORMAT
from nqpf_assess.exchange.tidy_answers import (
    READ,
    TidyAnswers,
    holds_answers,
    is_other_table,
    tidy_in_grids,
    tidy_in_json,
)
from nqpf_assess.exchange.tidy_answers import RECOGNISED as TIDY
from nqpf_assess.exchange.xlsform import EDITION
from nqpf_assess.exchange.xlsx_answers import (
    NO_QUESTIONNAIRE,
    RECOGNISED,
    WHOLE_BOOK,
    About,
    about_of,
    is_of_form,
    read_form,
)
from nqpf_assess.files.checking import kind_of as format_of
from nqpf_assess.files.editions import ANOTHER
from nqpf_assess.files.found import Book
from nqpf_assess.files.intake import MOST_ROWS, SAVE_AS_XLSX, SEPARATORS, json_in, read_file, refuse_columns
from nqpf_assess.files.library import Library, refuse_errors
from nqpf_assess.files.mapping import maps_at_hand, sound_map
from nqpf_assess.files.places import as_word, writable
from nqpf_assess.files.presence import is_file
from nqpf_assess.files.rules.formats import MAP_FORMAT
from nqpf_assess.kinds import read_value
from nqpf_assess.kinds.filled import CORRECT
from nqpf_assess.kinds.kind import Fault
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import ANSWERS_FORMAT, Answer, Answers, Reference, Subject
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.importing import ImportSource, NotTaken, SourceKind, Submission
from nqpf_assess.model.problem import UserError, errors
from nqpf_assess.model.questionnaire import QUESTIONNAIRE_FORMAT, Questionnaire
from nqpf_assess.model.scorecard import Identity
from nqpf_assess.model.weights import WEIGHTS_FORMAT
from nqpf_assess.session.content import books, books_with_errors, sound_questionnaire

NOT_KNOWN = _("{path} is nothing that can be imported")
NO_ABOUT = _(
    "{path} is of our Excel form, without the sheet “about” that says of which questionnaire and edition the answers "
    "are"
)
KNOWN = _(
    "Imported are: our Excel form, JSON and table of answers, submissions of Kobo or ODK, tables with the columns of a "
    "cohort, and any statistics sheet by a map (--map MAP.toml). Maps at hand: {maps}"
)
OF_OURS: Mapping[str, tuple[Text, Text]] = {
    ANSWERS_FORMAT: (
        _("{path} is an answer file already"),
        _("Answers of several people are merged: nqpf-assess merge FILE... -o FILE."),
    ),
    MAP_FORMAT: (
        _("{path} is the map of a statistics sheet, not the sheet"),
        _("Name the sheet, and the map beside it: nqpf-assess import SHEET --map {path}"),
    ),
    QUESTIONNAIRE_FORMAT: (
        _("{path} is a questionnaire; it holds no answers"),
        _("A form to fill in is made of it: nqpf-assess export QUESTIONNAIRE --to xlsx"),
    ),
    WEIGHTS_FORMAT: (
        _("{path} is a rubric; it holds no answers"),
        _("Answers are scored with it: nqpf-assess score FILE --weights {path}"),
    ),
    BENCHMARK_FORMAT: (
        _("{path} is a benchmark; it holds no answers"),
        _("It stands beside a score: nqpf-assess score FILE --benchmark {path}"),
    ),
}
"""Our own files by their format: what they are, and the command for them."""

PARQUET = _("{path} is a Parquet table, and none is imported into one assessment")
SCORE_TABLE = _(
    "A table of respondents is scored row by row: nqpf-assess cohort score {path} --questionnaire ID -o scores.csv. "
    "To import it, save it as CSV. An export writes that with --to csv."
)
FIGURES = _("{path} holds figures that export wrote for other programs; no answers are taken out of them")
AS_ANSWERS = _("The answers stand in the table “answers” of the same export; import that, or the answers as JSON.")
_TAG = re.compile(rb"<\0?[!?A-Za-z]")
A_PAGE = _("{path} is a web page or XML, whatever it is called, and no table that can be read")
NO_FORMAT = _("{path} does not say which of our formats it is")
FIRST_LINE = _('An answer file begins with the line format = "{format}"; nqpf-assess check {path} names what is wrong.')
WHICH = _("it cannot be told which questionnaire {path} answers")
SAY_WHICH = _("Say which: --questionnaire ID.")
NO_EDITION = _("{path} was given to edition {version} of “{id}”, which is not at hand; it is read by the present one")
OTHER_STATE = _(
    "{path} was made with another state of edition {version} of “{id}”: look whether units and levels still hold"
)
JSON_ANSWERS = _("answers in JSON, as export writes them")
COLUMNS = _("a table with the columns of a cohort, one row")
SHEETS = _("several sheets of {path} hold answers, and it cannot be told which are meant: {names}")
ONE_SHEET = _("Keep one of them in the file.")
ABOVE = _("the names of the columns stand in line {row} of {path}, and something else above them")
TAKE_OUT = _("Take out the lines above them: a title, or sep=; of a spreadsheet program.")
ASSESSMENTS = "assessments.csv"
MOST_ABOVE = 12
"""Lines at the beginning of a table among which its heads are looked for, to say that something stands above them."""
SHEET = _("sheet “{sheet}”")
NO_SUBMISSION = _("{path} holds no submission")
ONE_PAGE = _(
    "{path} is one page of several, and more submissions are on the next one: fetch that too, or all of them in one "
    "file"
)
ROWS_USED = _("questions in it: {n}")
UNTOUCHED = _("not in it, so left as they are: {names}")
NOT_TAKEN_OVER = _("not taken over: {names}")
NOT_VALID = _("it is no answer here; wanted: {wants}")


class NothingKnown(UserError):
    """Nothing that can be imported; its hint names what can, and the option of the command line for a map."""


@dataclass(frozen=True)
class ReadingWish:
    """How to read: what was stated on the command line, or chosen in the app; all of it may be left out.

    `by_id`: the questionnaire is the one that an assessment names, and no path, though a folder may be called so.
    `values`: take what formulas were worked out to last. `map`: the mapping file of a statistics sheet. `subject`: whom
    the assessment describes that the figures go into, which says what a statistics sheet is searched for.
    """

    questionnaire: str | None = None
    by_id: bool = False
    delimiter: str | None = None
    encoding: str | None = None
    values: bool = False
    map: Path | None = None
    subject: Subject | None = None


def read_source(path: Path, library: Library, wish: ReadingWish, *, at: datetime) -> ImportSource:
    """Read a file; raises `UserError` where it is nothing that can be imported, or cannot be read within limits.

    `at`: when it is imported, which every value says.
    """
    return _Reading(path, library, wish, at).source()


@dataclass
class _Reading:
    path: Path
    library: Library
    wish: ReadingWish
    at: datetime

    def source(self) -> ImportSource:
        data = read_file(self.path)
        if data[:4] == b"PAR1":
            raise UserError(fill(PARQUET, path=self.path), hint=fill(SCORE_TABLE, path=as_word(self.path)))
        if is_workbook(data):
            return self.tables(workbook_grids(data, self.path, values=self.wish.values), (), "xlsx")
        beginning = data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:3]  # behind any byte order mark
        if beginning[:1] in (b"{", b"["):
            return self.json(json_in(data, str(self.path)))
        if _TAG.match(beginning):  # as programs of offices write tables, and call them .xls
            raise UserError(fill(A_PAGE, path=self.path), hint=SAVE_AS_XLSX)
        toml = self.path.suffix.lower() == ".toml"
        ours = format_of(self.path) if toml or b"nqpf-" in data[:4096] else ""
        if toml or ours:
            raise self.no_source(ours)
        return self.csv(data, self.wish.delimiter)

    def no_source(self, ours: str) -> UserError:
        what, advice = OF_OURS.get(ours, (NO_FORMAT, FIRST_LINE))
        return UserError(fill(what, path=self.path), hint=fill(advice, path=as_word(self.path), format=ANSWERS_FORMAT))

    def not_known(self) -> UserError:
        maps = listed(maps_at_hand(self.library))
        return NothingKnown(fill(NOT_KNOWN, path=self.path), hint=fill(KNOWN, maps=maps))

    # ---- JSON

    def json(self, data: Any) -> ImportSource:
        if isinstance(data, Mapping) and data.get("format") == ANSWERS_FORMAT:
            answers = read_json_answers(data, self.path, self.at)
            edition, notes, is_gone = self.edition(answers.questionnaire)
            submission = replace(of_file(answers, edition, self.path, notes), of_unknown=is_gone)
            return ImportSource(str(self.path), "json", JSON_ANSWERS, submissions=(submission,))
        if isinstance(data, Mapping) and data.get("format") == TIDY_FORMAT:
            return self.tidy(tidy_in_json(data.get("tables")), (), "json")
        if isinstance(data, Mapping) and data.get("format") == BENCHMARK_FORMAT:
            raise self.no_source(BENCHMARK_FORMAT)
        entries = data
        if isinstance(data, Mapping):
            # Kobo's API gives `results`, Central's OData gives `value`; one submission by itself is a list of one.
            entries = next((data[key] for key in ("results", "value") if isinstance(data.get(key), list)), [data])
        if entries == []:
            raise UserError(fill(NO_SUBMISSION, path=self.path))
        if isinstance(entries, list) and all(isinstance(entry, Mapping) for entry in entries):
            if len(entries) > MOST_ROWS:
                raise UserError(fill(TOO_MANY_ROWS, path=self.path, most=MOST_ROWS))
            records = json_records(entries)
            headers = list(dict.fromkeys(key for record in records for key in record.cells))
            refuse_columns(len(headers), str(self.path))
            is_page = isinstance(data, Mapping) and entries[0] is not data
            more = is_page and (data.get("next") or data.get("@odata.nextLink"))
            found = self.survey(records, headers, (fill(ONE_PAGE, path=self.path),) if more else (), "json")
            if found is not None:
                return found
        raise self.not_known()

    # ---- tables

    def csv(self, data: bytes, mark: str | None) -> ImportSource:
        """Read a table by the mark that is stated, or that most lines have; else by one that lets its heads be found.

        Of a short table under many notes, most lines have the mark that the notes have.
        """
        grid, said = csv_grid(data, self.path, delimiter=mark, encoding=self.wish.encoding)
        try:
            return self.tables([grid], (said,), "csv")
        except NoHeadsError:
            for other in () if mark else SEPARATORS:
                with suppress(NoHeadsError):
                    return self.csv(data, other)
            raise

    def tables(self, grids: Sequence[Grid], said: tuple[Text, ...], kind: SourceKind) -> ImportSource:
        if self.wish.map is not None:
            return self.statistics(grids, said, self.wish.map)
        if (about := about_of(grids, self.path)) is not None:
            return self.form(grids, about)
        tidy = tuple(column.name for column in KEYS)
        answers = [grid for grid in grids if holds_answers(names_in(grid, head_of(grid)).values())]
        self.refuse_several(answers)
        if answers or any(tuple(names_in(grid, head_of(grid)).values())[: len(tidy)] == tidy for grid in grids):
            for grid in grids:
                self.refuse_moved(grid)
                count = Counter(names_in(grid, head_of(grid)).values())
                if (twice := next((name for name in READ if count[name] > 1), None)) is not None:
                    raise UserError(fill(SAME_NAME, path=self.path, name=twice))
            tidy_answers = tidy_in_grids([*grids, *self.assessments()] if kind == "csv" else grids)
            if tidy_answers is None and answers:
                raise UserError(fill(NO_ROW, path=self.path))
            return self.tidy(tidy_answers, said, kind)
        ours = [grid for grid in grids if is_cohort(names_in(grid, head_of(grid)).values())]
        self.refuse_several(ours)
        for grid in ours:
            head, names = head_of(grid), names_in(grid, head_of(grid))
            edition = self.by_names(names.values())
            found, submission = read_columns(grid, edition, self.path, kind=kind, at=self.at)
            lines = (*said, *nameless_columns(grid, head), *found.lines(absent=UNTOUCHED, carried=NOT_TAKEN_OVER))
            return ImportSource(str(self.path), kind, COLUMNS, lines, (submission,), as_map(found))
        surveys: list[tuple[Grid, ImportSource]] = []
        for grid in grids:
            head = head_of(grid)
            records, headers = grid_records(grid, head), headers_in(grid, head)
            lines = (*said, *([fill(SHEET, sheet=grid.sheet)] if len(grids) > 1 else []), *nameless_columns(grid, head))
            source = self.survey(records, headers, lines, "csv")
            if source is not None:
                self.refuse_moved(grid)
                surveys.append((grid, source))
        if surveys:
            filled = [(grid, source) for grid, source in surveys if source.submissions]
            if not filled:
                raise UserError(fill(NO_ROW, path=self.path))
            self.refuse_several(grid for grid, _source in filled)
            return filled[0][1]
        for grid in grids:
            for row in (*grid.rows,)[1:MOST_ABOVE]:
                heads = [*names_in(grid, row).values()]
                if "respondent" in heads or any(Names(one).hits(heads) > 1 for one, _book in self.at_hand):
                    raise UserError(fill(ABOVE, path=self.path, row=row), hint=TAKE_OUT)
        if any(is_of_form(grid) for grid in grids):
            raise UserError(fill(NO_ABOUT, path=self.path), hint=WHOLE_BOOK)
        raise self.not_known()

    def refuse_several(self, grids: Iterable[Grid]) -> None:
        """Refuse a workbook of which several sheets hold answers: another year, a copy that was worked in."""
        if len(names := [grid.sheet for grid in grids]) > 1:
            raise UserError(fill(SHEETS, path=self.path, names=listed(names)), hint=ONE_SHEET)

    def refuse_moved(self, grid: Grid) -> None:
        """Refuse a table with a line that has more cells than its heads, or is cut off."""
        head = head_of(grid)
        for row, _cells in grid.records(head):
            grid.refuse_uneven(row, head, self.path)

    def tidy(self, found: TidyAnswers | None, said: tuple[Text, ...], kind: SourceKind) -> ImportSource:
        """Read the table of answers of an export of ours; raises `UserError` where it is another of its tables."""
        if found is None:
            raise UserError(fill(FIGURES, path=self.path), hint=AS_ANSWERS)
        submissions, columns = list[Submission](), None
        for file in found.files:
            stated = found.edition(file)
            edition, notes, is_gone = self.edition(stated) if stated else (self.by_names(found.ids), (), True)
            columns = columns or found.map(edition)
            name = writable(self.path.name)
            one = found.submission(file, edition, name, kind=kind, at=self.at, of_unknown=is_gone)
            submissions.append(replace(one, notes=(*notes, *one.notes)))
        assert columns is not None
        lines = (*said, *columns.lines(absent=UNTOUCHED, carried=NOT_TAKEN_OVER))
        return ImportSource(str(self.path), kind, TIDY, lines, tuple(submissions), as_map(columns))

    def assessments(self) -> Iterator[Grid]:
        """Return the CSV table of assessments that lies beside one of answers, as `export` wrote both."""
        place = self.path.with_name(ASSESSMENTS)
        if is_file(place) and is_other_table(place):
            yield csv_grid(read_file(place), place, delimiter=None, encoding=None)[0]

    @property
    def at_hand(self) -> list[tuple[Questionnaire, Book]]:
        """The questionnaires at hand, those with errors too, which are known by what they stand before besides."""
        behind = ((other.value, book) for book, other in books_with_errors(self.library) if other is not None)
        return [*((book.value, book) for book in books(self.library)), *behind]

    def statistics(self, grids: Sequence[Grid], said: tuple[Text, ...], place: Path) -> ImportSource:
        """Read a statistics sheet by its map."""
        mapped = sound_map(self.library, place)
        edition = sound_questionnaire(self.library, mapped.questionnaire, stated=True).value
        subject = self.wish.subject or Subject()
        found, submission = read_statistics(grids, mapped, edition, self.path, subject=subject, at=self.at)
        lines = (*said, *found.lines(absent=UNTOUCHED, carried=NOT_TAKEN_OVER))
        return ImportSource(str(self.path), "statistics", STATISTICS, lines, (submission,), as_map(found))

    def survey(
        self, records: Sequence[Record], headers: Sequence[str], said: tuple[Text, ...], otherwise: SourceKind
    ) -> ImportSource | None:
        """Read submissions; None where no column is one of an XLSForm of ours, and none states its edition.

        `otherwise`: what the source is where no column is Kobo's or ODK's own.
        """
        by_edition: dict[Reference | None, list[Record]] = {}
        for record in records:
            by_edition.setdefault(record.edition, []).append(record)
        if len(by_edition.keys() - {None}) == 1:  # what does not say it is of the same one
            by_edition = {next(filter(None, by_edition)): [*records]}
        parts: list[SurveyPart] = []
        for stated, some in by_edition.items() or [(None, [])]:
            edition, notes, is_gone = self.edition(stated) if stated else (self.by_columns(headers), (), False)
            if edition is not None:
                parts.append(SurveyPart(some, edition, notes, of_unknown=is_gone))
        if not parts:
            return None
        kind = kind_of_tool(headers, otherwise)
        maps, submissions = read_survey(parts, headers, writable(self.path.name), kind=kind, at=self.at)
        lines = (*said, *(line for found in maps for line in found.lines(absent=UNTOUCHED, carried=NOT_TAKEN_OVER)))
        recognised = SURVEYS.get(kind, ANY_TABLE)
        return ImportSource(str(self.path), kind, recognised, lines, tuple(submissions), as_map(maps[0]))

    def by_columns(self, headers: Sequence[str]) -> Questionnaire | None:
        """Return the questionnaire whose XLSForm some columns are those of; None where they are of none at hand."""
        try:
            edition = self.stated() or self.by_hits(lambda book: Names(book).hits(headers))
        except UserError:
            if any(Names(one).hits(headers) for one, _book in self.at_hand):
                raise
            return None
        return edition if Names(edition).hits(headers) else None

    def form(self, grids: Sequence[Grid], about: About) -> ImportSource:
        edition, notes, is_gone = self.stated(), tuple[Text, ...](), False
        if (stated := about.reference) is not None:
            edition, notes, is_gone = self.edition(stated)
        if edition is None:
            raise UserError(fill(NO_QUESTIONNAIRE, path=self.path, sheet=about.sheet), hint=SAY_WHICH)
        is_own = stated is not None and not notes
        found, submission = read_form(grids, about, edition, self.path, self.at, is_own=is_own)
        submission = replace(submission, notes=(*notes, *submission.notes), of_unknown=is_gone)
        recognised = fill(RECOGNISED, sheet=about.sheet)
        return ImportSource(
            str(self.path),
            "xlsx",
            recognised,
            tuple(found.lines(ROWS_USED, UNTOUCHED, NOT_TAKEN_OVER)),
            (submission,),
            as_map(found),
        )

    # ---- questionnaires

    def edition(self, stated: Reference) -> tuple[Questionnaire, tuple[Text, ...], bool]:
        """Return the edition of a questionnaire that a source names, what is to be said of it, and whether it is gone.

        In place of one that is gone the present one is returned, which may have revised what was answered.
        Raises `UserError` where it names another questionnaire than the one that is asked for, or an edition that is
        kept with mistakes alone.
        """
        name = self.wish.questionnaire
        book = sound_questionnaire(self.library, name or stated.id, stated=name is None or self.wish.by_id)
        present = book.value
        if stated.id != present.id:
            raise UserError(fill(ANOTHER, path=self.path, named=stated.id, given=present.id))
        if is_edition(stated, Identity(present.id, present.version, digest(present))):
            return present, (), False
        held = self.library.edition(stated)
        if held is not None:
            return held.value, (), False
        refuse_errors(self.path, self.library.spoilt_edition(stated, book))
        is_gone = stated.version != present.version
        why = NO_EDITION if is_gone else OTHER_STATE
        return present, (fill(why, path=self.path, version=stated.version, id=stated.id),), is_gone

    def stated(self) -> Questionnaire | None:
        """Return the questionnaire that was asked for."""
        name = self.wish.questionnaire
        return None if name is None else sound_questionnaire(self.library, name, stated=self.wish.by_id).value

    def by_names(self, names: "Sequence[str] | Any") -> Questionnaire:
        """Return the questionnaire that is stated, else the one that knows most of some names."""
        if (stated := self.stated()) is not None:
            return stated
        bare = {name.removeprefix("fact.").partition(".")[0] for name in names}
        return self.by_hits(lambda book: len(bare & {*book.questions, *book.facts}))

    def by_hits(self, hits: Callable[[Questionnaire], int]) -> Questionnaire:
        """Return the questionnaire at hand with most hits; raises `UserError` where none has any or two tie.

        One with errors that has the most is refused: what answers it would else be taken for answers to another.
        """
        counted = [(hits(one), book) for one, book in self.at_hand]
        most = max((count for count, _book in counted), default=0)
        tied = {book.path: book for count, book in counted if count and count == most}
        those = [book for book in tied.values() if not errors(book.problems)] or [*tied.values()]
        if len(those) != 1:
            raise UserError(fill(WHICH, path=self.path), hint=SAY_WHICH)
        refuse_errors(those[0].path, those[0].problems)
        return those[0].value


def is_cohort(names: Collection[str]) -> bool:
    """Whether columns are those of a cohort; a form of ours may ask a question that is called `respondent`."""
    return "respondent" in names and not any(name.endswith(EDITION) for name in names)


def as_map(found: ColumnMap) -> dict[str, object]:
    """Return a column map for machines."""
    carried = [name for name in found.grouping if name not in found.unknown and name not in found.dating]
    used = [name for name in found.place if name not in carried and name not in found.unknown]
    return {"used": used, "carried": carried, "unknown": dict(found.unknown), "absent": list(found.absent)}


def of_file(answers: Answers, edition: Questionnaire, path: Path, notes: tuple[Text, ...]) -> Submission:
    """Return answers of ours as a submission; what the questionnaire does not ask or takes is named."""
    lost: list[NotTaken] = []
    kept: dict[str, dict[str, Answer]] = {"facts": {}, "answers": {}}
    for table, known in (("facts", edition.facts), ("answers", edition.questions)):
        for id, answer in getattr(answers, table).items():
            place = f"{table}.{id}"
            read = read_value(known[id], answer.value) if id in known else None
            if id not in known:
                lost.append(NotTaken(place, id, fill(NOT_ASKED, id=id), LOOK_AT_ID))
            elif isinstance(read, Fault):
                lost.append(NotTaken(place, id, fill(NOT_VALID, wants=read.wants), read.advice or CORRECT))
            elif answer.state == "na" and not (answer.reason or "").strip():
                lost.append(NotTaken(place, id, NO_REASON, GIVE_REASON))
            else:
                kept[table][id] = answer
    return Submission(
        name=answers.subject.name or writable(path.stem),
        edition=edition,
        subject=answers.subject,
        facts=kept["facts"],
        answers=kept["answers"],
        mode=answers.mode,
        rubric=str(Blend(answers.weights.id, answers.weights.with_)),
        whole=answers,
        asks_years=True,
        not_taken=tuple(lost),
        notes=notes,
    )
