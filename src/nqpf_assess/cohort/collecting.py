"""Answer files and tables brought into one wide table; a file that is at fault is a problem and not a stop."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from nqpf_assess.cohort.column_names import BY_FILE, NO_RESPONDENT, refuse_nameless
from nqpf_assess.cohort.job import read_otherwise, refuse_other_than_answers, refuse_other_than_problems, refuse_sources
from nqpf_assess.cohort.problems import SCHEMA, WARNINGS, ProblemSample, problem_rows
from nqpf_assess.cohort.scores import is_scores, refuse_both_sorts
from nqpf_assess.cohort.tables import (
    BATCH,
    ENDINGS,
    NO_ANSWERS_IN,
    RISKY_ANSWER,
    TEXTS,
    TableFile,
    as_texts,
    batches,
    conformed,
    is_csv,
    is_list,
    names_in,
    open_table,
    refuse_unnamed,
    table_files,
    write_table,
)
from nqpf_assess.cohort.wording import SEVERAL_YEARS, SOME_PARTS
from nqpf_assess.cohort.work import RAGGED
from nqpf_assess.engine.editions import breaks_answers
from nqpf_assess.engine.following import closed
from nqpf_assess.engine.instrument import digest
from nqpf_assess.engine.merging import disputed
from nqpf_assess.exchange.column_map import column_map, refuse_taken
from nqpf_assess.files.editions import MISREAD, open_scorable
from nqpf_assess.files.found import Sheet
from nqpf_assess.files.gathering import (
    NO_ANSWERS,
    NO_FORMAT,
    PASSED_OVER,
    files_below,
    named_besides,
    why_no_answers,
)
from nqpf_assess.files.library import Library
from nqpf_assess.files.linting import UNNAMED
from nqpf_assess.files.places import as_word, shown, source_of, writable
from nqpf_assess.files.presence import is_dir
from nqpf_assess.files.unchanged import AT_TIMES
from nqpf_assess.kinds import is_dated, kind_of
from nqpf_assess.locale import Text, _, _n, fill, tell
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.answers import Answer, Answers, Subject, cell_text
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.period import mix_parts, year_of
from nqpf_assess.model.problem import Problem, UserError, errors

OTHER = _("the file answers the questionnaire “{found}”, not “{wanted}”")
OTHER_EDITION = _(
    "the file answers edition {found} of the questionnaire, not {wanted}; first: nqpf-assess migrate {path}"
)
OTHER_CONTENT = _(
    "the file answers edition {found} of the questionnaire with other content; first: nqpf-assess migrate {path}"
)
LEFT_OUT = _("a table holds factors only; the target {target} of this correction is left out")
DROPPED = _("a table does not say what was dropped; it counts as chosen")
DIFFERING = _("a table does not say that those who were asked still differ on these answers; what stands counts")
CLOSED = _("a table does not say what is done or dropped; without a plan it may count as recommended")
KEEP_YEAR = _("With --keep period the table says which, and the report on it too.")
NOT_READ = _("the file cannot be read")
NOTHING = _("there are neither answer files nor tables in {names}")
OWN = _("written by this command")
OTHER_KIND = _("neither an answer file (.toml) nor a table (.csv, .csv.gz, .parquet)")
FILES_TWICE = _(
    "several answer files of one respondent and one period: {paths}; statistics take the one whose row comes first. "
    "Where they are places or firms of the same name, write more into the name of each, such as its city."
)
TABLE_TWICE = _n(
    "{n} row of {path} is of a respondent whose answer file is collected too; if the table was made of these files, "
    "name them alone (*.toml)",
    "{n} rows of {path} are of respondents whose answer files are collected too; if the table was made of these files, "
    "name them alone (*.toml)",
)
MOST_TWICE = 12
"""Answer files of respondents who have several that are named."""
NO_ENDING = _("{path}: a table ends in .csv, .csv.gz or .parquet")


@dataclass
class Collected:
    """What became of the files. `lines`: of the columns of tables, of years that differ, of respondents there twice.

    `twice`: rows of tables whose respondents have an answer file besides, by table.
    """

    files: int
    left: int
    skipped: list[tuple[Path, Text]]
    lines: tuple[Text, ...]
    rows: int = 0
    twice: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    shown: ProblemSample = field(default_factory=ProblemSample)
    written: bool = True


@dataclass
class Collecting:
    """Gathers rows and problems. `keep`: keys of `[subject]` that become columns."""

    library: Library
    questionnaire: str | None
    keep: Sequence[str]
    language: str
    encoding: str = "utf-8"
    delimiter: str = ""
    wanted: str = ""
    rows: list[dict[str, str | None]] = field(default_factory=list)
    columns: dict[str, None] = field(default_factory=lambda: dict.fromkeys(("respondent", "weights")))
    faults: list[tuple[Any, ...]] = field(default_factory=list)
    left: int = 0
    periods: set[str] = field(default_factory=set)
    files: dict[tuple[str, str], list[Path]] = field(default_factory=dict)
    """The answer files of each respondent and period."""
    nameless: dict[str, str] = field(default_factory=dict)
    """How a file without a name was called, by its answers: a copy of it is the same respondent."""
    at_times: set[str] = field(default_factory=lambda: {*AT_TIMES, *Subject.model_fields})
    """Columns that come and go with the files and options, such as a question to which somebody wrote a text."""

    def answers(self, path: Path) -> None:
        """Take in one answer file."""
        try:
            if self.questionnaire is None:
                sheet = self.library.open_answers(path)
            else:  # where it is an earlier edition, the rubrics that its files name lie with it
                sheet = open_scorable(self.library, path, questionnaire=self.questionnaire).sheet
        except UserError as fault:
            self._leave(path, [(0, "", "unreadable", tell(fault.message, self.language))])
            return
        if self._leave_other_edition(path, sheet):
            return
        own = errors(sheet.problems)
        if own and self._leave_other_questionnaire(path, sheet):
            return
        if own or sheet.answers is None:
            rows = [self._told(path, problem) for problem in own]
            stated = sheet.answers.questionnaire.version if sheet.answers else ""
            at_hand = self._at_hand(sheet) if sheet.answers else stated
            differs, codes = stated not in ("", UNNAMED["version"], at_hand), {problem.code for problem in own}
            if MISREAD in codes or (differs and "unknown_reference" in codes):
                rows.insert(0, self._other_edition(path, sheet))
            self._leave(path, rows or [(0, "", "unreadable", tell(NOT_READ, self.language))])
            return
        answers = sheet.answers
        questionnaire = sheet.instrument.questionnaire if sheet.instrument else None
        found = questionnaire.id if questionnaire else answers.questionnaire.id
        self.wanted = self.wanted or found
        if found != self.wanted:
            self._leave(path, [self._other_questionnaire(found, self.wanted)])
            return
        self.faults += [
            (None, writable(path), p.line or None, p.key, "", p.code, tell(p.message, self.language))
            for p in sheet.edition_notices
        ]
        if questionnaire is not None and len(self.columns) == 2:
            if is_dated(questionnaire):
                self.keep = tuple(dict.fromkeys((*self.keep, "period")))
            refuse_taken(questionnaire, ours := (*self.columns, *self.keep, "mode"))
            self.columns |= dict.fromkeys(ours)
            self.columns |= dict.fromkeys(f"fact.{id}" for id in questionnaire.facts)
            scored = (id for id, q in questionnaire.questions.items() if kind_of(q).scored)
            self.columns |= dict.fromkeys(scored)
            self.at_times |= {*questionnaire.questions}
        if questionnaire is not None and answers.merged is not None:
            given, last = {**answers.facts, **answers.answers}, answers.merged.respondents
            known = (id for id in questionnaire.asked if id in given)
            if differing := [id for id in known if disputed(questionnaire.asked[id], given[id], last)]:
                reason = tell(DIFFERING, self.language)
                self.faults.append((None, writable(path), None, "", ";".join(differing), "not_carried", reason))
        self.periods.add(answers.subject.period)
        self.rows.append(row := self._row(path, answers))
        self.columns |= dict.fromkeys(row)
        self.files.setdefault((row["respondent"] or "", answers.subject.period.strip()), []).append(path)

    def _leave_other_questionnaire(self, path: Path, sheet: Sheet) -> bool:
        """Leave out a file that answers another questionnaire than the stated one, of whose questions it knows few."""
        book = self.library.questionnaire(self.questionnaire) if self.questionnaire else None
        found = sheet.answers.questionnaire.id if sheet.answers else UNNAMED["id"]
        if book is None or found in (book.value.id, UNNAMED["id"]):
            return False
        self._leave(path, [self._other_questionnaire(found, book.value.id)])
        return True

    def _other_questionnaire(self, found: str, wanted: str) -> tuple[int, str, str, str]:
        return 0, "questionnaire", "other_questionnaire", tell(OTHER, self.language, found=found, wanted=wanted)

    def _leave_other_edition(self, path: Path, sheet: Sheet) -> bool:
        """Leave out a file that answers an edition whose answers may not mean the same: one of another first number.

        What is wrong with it otherwise mostly comes of that, and goes when it is taken over.
        """
        if sheet.answers is None or sheet.instrument is None:
            return False
        stated, at_hand = sheet.answers.questionnaire, sheet.instrument.questionnaire
        own = errors(sheet.problems)
        unsure = stated.version in ("", UNNAMED["version"])  # or its head cannot be read
        unsure = unsure or any(problem.key.startswith("questionnaire") for problem in own)
        if (own and unsure) or not breaks_answers(stated.version, at_hand.version):
            return False
        self._leave(path, [self._other_edition(path, sheet)])
        return True

    def _other_edition(self, path: Path, sheet: Sheet) -> tuple[int, str, str, str]:
        """Return the row that names the edition of a file, and `migrate`."""
        assert sheet.answers is not None
        found, wanted = sheet.answers.questionnaire.version, self._at_hand(sheet)
        words = OTHER_CONTENT if found == wanted else OTHER_EDITION
        stated = f" --questionnaire {as_word(self.questionnaire)}" if self.questionnaire else ""
        reason = tell(words, self.language, found=found, wanted=wanted, path=as_word(path) + stated)
        return 0, "questionnaire", "other_edition", reason

    def _at_hand(self, sheet: Sheet) -> str:
        """Return the version of the questionnaire that is at hand for a file, also where its rubric is not."""
        assert sheet.answers is not None
        stated = sheet.answers.questionnaire
        if sheet.instrument is not None:
            return sheet.instrument.questionnaire.version
        book = self.library.questionnaire(self.questionnaire or stated.id, stated=self.questionnaire is None)
        return stated.version if book is None else book.value.version

    def _told(self, path: Path, problem: Problem) -> tuple[int, str, str, str]:
        """Return line, key, code and reason of what is wrong with an answer file, or with the content that it names."""
        reason = tell(problem.message, self.language)
        if problem.source == source_of(path):
            return problem.line, problem.key, problem.code, reason
        return (
            0,
            problem.key,
            problem.code,
            tell(BY_FILE, self.language, path=f"{problem.source}:{problem.line}", said=reason),
        )

    def _leave(self, path: Path, rows: Sequence[tuple[int, str, str, str]]) -> None:
        self.left += 1
        self.faults += [(None, writable(path), line or None, key, "", code, reason) for line, key, code, reason in rows]

    def _row(self, path: Path, answers: Answers) -> dict[str, str | None]:
        subject = answers.subject
        row: dict[str, str | None] = {
            "respondent": subject.name.strip() or self.nameless.setdefault(digest(answers), Path(writable(path)).stem),
            "weights": str(Blend(answers.weights.id, answers.weights.with_)),
        }
        row |= {key: getattr(subject, key) or None for key in self.keep}
        row["mode"] = answers.mode
        for table, prefix in ((answers.facts, "fact."), (answers.answers, "")):
            for id, answer in table.items():
                row |= cells_of(f"{prefix}{id}", answer)
        for change in answers.override:
            key = f"override.{change.node}"
            if change.factor is not None:
                before = row.get(key)
                factor = change.factor if before is None else change.factor * type(change.factor)(before)
                row[key] = plain_number(factor)
            if change.target is not None:
                reason = tell(LEFT_OUT, self.language, target=plain_number(change.target))
                self.faults.append((None, writable(path), None, key, "", "not_carried", reason))
        if answers.plan.chosen:
            row["plan.chosen"] = ";".join(answers.plan.chosen)
        states, plan = closed(answers), dict.fromkeys(answers.plan.chosen)
        # first measures are those of the plan, without one what scores best, be it done
        if untold := [id for id in plan if states.get(id) == "dropped"] if plan else [*states]:
            reason = tell(DROPPED if plan else CLOSED, self.language)
            key = "plan.chosen"
            self.faults.append((None, writable(path), None, key, ";".join(untold), "not_carried", reason))
        return row

    def unlike_times(self) -> Iterator[Text]:
        """Say where answer files describe unlike years, or parts of one."""
        years = sorted({year for period in self.periods if (year := year_of(period)) is not None})
        said = [fill(SEVERAL_YEARS, years=listed(map(str, years)))] if len(years) > 1 else []
        said += [SOME_PARTS] if mix_parts(self.periods) else []
        yield from said
        if said and "period" not in self.keep:
            yield KEEP_YEAR

    def repeated(self, tables: Counter[str]) -> Iterator[Text]:
        """Say whose answers stand in several rows: answer files of one period, and rows of tables beside them."""
        if several := [path for paths in self.files.values() if len(paths) > 1 for path in paths]:
            yield fill(FILES_TWICE, paths=listed(map(shown, several), MOST_TWICE))
        for path, number in tables.items():
            yield fill(TABLE_TWICE, count=number, n=number, path=path)

    def table(self) -> pa.Table:
        """Return the rows of all answer files as texts."""
        return pa.table({name: pa.array([row.get(name) for row in self.rows], pa.string()) for name in self.columns})


def cells_of(name: str, answer: Answer) -> dict[str, str | None]:
    """Return the cells of one answer: its value as a text, and its state where it has one or an empty list needs it."""
    cells: dict[str, str | None] = {name: cell_text(answer.value) or None}
    state = answer.state if answer.state != "answered" else None
    if state or answer.value == ():
        cells[f"{name}.state"] = state or "answered"
    return cells


@dataclass
class Sources:
    """What is to be collected: answer files, tables, and the files of folders that were passed over, with why."""

    answers: list[Path] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    skipped: list[tuple[Path, Text]] = field(default_factory=list)


def sources_of(names: Sequence[str], encoding: str, *, delimiter: str = "", besides: Collection[Path] = ()) -> Sources:
    """Sort out answer files and tables; folders are looked through to the bottom. `besides`: files we write."""
    found = Sources()
    ours = {path.absolute() for path in besides}
    found.skipped += named_besides([Path(name) for name in names]).skipped
    copies = {path for path, _why in found.skipped}
    for name in names:
        path = Path(name)
        if path in copies:
            continue
        if is_dir(path):
            for file in files_below(path):
                ending = file.name.lower()
                # only what is plainly an answer file or a table of answers; what cannot be told is read, and its
                # mistakes are told
                why: Text | None = OTHER_KIND
                if file.absolute() in ours:
                    why = OWN
                elif ending.endswith(".toml"):
                    why = why_no_answers(file)
                    why = None if why == NO_FORMAT else why
                elif ending.endswith(ENDINGS):
                    columns = names_in(str(file), encoding, delimiter)
                    why = NO_ANSWERS if "baseline_score" in columns else None
                    why = why if "respondent" in columns else NO_RESPONDENT
                    why = NO_ANSWERS_IN if columns == SCHEMA.names else why
                if why is not None:
                    found.skipped.append((file, why))
                elif ending.endswith(".toml"):
                    found.answers.append(file)
                else:
                    found.tables.append(str(file))
        elif path.suffix.lower() == ".toml":
            found.answers.append(path)
        else:
            found.tables += table_files([name])
    if not found.answers and not found.tables:
        hint = fill(PASSED_OVER, path=found.skipped[0][0], why=found.skipped[0][1]) if found.skipped else None
        raise UserError(fill(NOTHING, names=listed(names)), hint=hint)
    return found


def collect(gathering: Collecting, names: Sequence[str], output: Path, *, problems: Path, strict: bool) -> Collected:
    """Write one table of all files; gives what became of them."""
    if not output.name.lower().endswith((".csv", ".csv.gz", ".parquet")):
        raise UserError(fill(NO_ENDING, path=output), status=2)
    refuse_unnamed(output, problems)
    sources = sources_of(names, gathering.encoding, delimiter=gathering.delimiter, besides=(output, problems))
    refuse_sources((output, problems), (*map(str, sources.answers), *sources.tables))
    refuse_other_than_problems(problems, output)
    for path in sources.answers:
        gathering.answers(path)
    files = [open_table(path, gathering.encoding, gathering.delimiter) for path in sources.tables]
    for file in files:
        refuse_nameless(file.schema.names, path=file.path)
    scored = [path for path in sources.tables if is_scores(path, gathering.encoding)]
    refuse_both_sorts(scored, [*map(str, sources.answers), *(path for path in sources.tables if path not in scored)])
    lines = list(read_otherwise(files, gathering.encoding))
    named = gathering.questionnaire or gathering.wanted
    stated = not gathering.questionnaire
    book = gathering.library.questionnaire(named, stated=stated) if named and files else None
    if book is not None and not errors(book.problems):  # else nobody knows what the columns of tables should be
        for file in files:
            said = column_map(book.value, file.schema.names).lines()
            lines += (fill(BY_FILE, path=file.path, said=line) if len(files) > 1 else line for line in said)
    columns: dict[str, pa.DataType] = dict.fromkeys(gathering.columns, pa.string()) if gathering.rows else {}
    for file in files:
        for column in file.schema:
            plain = is_csv(file.path) or (pa.types.is_nested(column.type) and is_csv(output.name))
            kind = pa.string() if plain or any(test(column.type) for test in TEXTS) else column.type
            # one that is not of the same type everywhere becomes text
            columns[column.name] = kind if columns.get(column.name, kind) == kind else pa.string()
    for column in (column for file in files for column in file.schema if is_list(column.type)):
        if columns[column.name] == pa.string():
            columns[f"{column.name}.state"] = pa.string()  # where no cell is filled it is of any type
    schema = pa.schema(list(columns.items()))
    if schema.names:  # else no file could be taken
        refuse_other_than_answers(output, schema.names, gathering.at_times)
    lines += gathering.unlike_times()
    counted = Collected(len(sources.answers) + len(files), gathering.left, sources.skipped, tuple(lines))
    tables = _tables(gathering, files, schema, counted)
    with suppress(_GraveError):
        if schema.names:
            write_table(output, schema, _unless_grave(tables, gathering) if strict else tables, risky=RISKY_ANSWER)
    counted.lines += tuple(gathering.repeated(counted.twice))
    rows = problem_rows(gathering.faults)
    counted.problems = Counter(rows["code"].to_pylist())
    counted.shown.add(rows)
    counted.written = bool(schema.names) and not (strict and set(counted.problems) - WARNINGS)
    if rows.num_rows:
        write_table(problems, SCHEMA, [rows])
    else:
        problems.unlink(missing_ok=True)
    return counted


class _GraveError(Exception):
    """A table that is to be strict has problems that are no mere warnings, and is not written."""


def _unless_grave(tables: Iterator[pa.Table], gathering: Collecting) -> Iterator[pa.Table]:
    yield from tables
    if set(problem_rows(gathering.faults)["code"].to_pylist()) - WARNINGS:  # known when all rows were read
        raise _GraveError


def _with_empty_lists(given: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a table in which `.state` says of each empty list that becomes text that it is an answer."""
    texts = {column.name for column in schema if column.type == pa.string()}
    table = given
    for name in [column.name for column in given.schema if is_list(column.type) and column.name in texts]:
        mark = f"{name}.state"
        stated = as_texts(table.column(mark)) if mark in table.column_names else pa.nulls(table.num_rows, pa.string())
        empty = pc.equal(pc.fill_null(pc.list_value_length(given.column(name)), 1), 0)
        bare = pc.equal(pc.utf8_trim_whitespace(pc.fill_null(stated, "")), "")
        marked = pc.if_else(pc.and_(empty, bare), "answered", stated)
        table = table.drop_columns([mark] if mark in table.column_names else []).append_column(mark, marked)
    return table


def _tables(
    gathering: Collecting, files: Sequence[TableFile], schema: pa.Schema, counted: Collected
) -> Iterator[pa.Table]:
    if gathering.rows:
        counted.rows += len(gathering.rows)
        yield conformed(gathering.table(), schema)
    named = pa.array({name for name, _period in gathering.files}, pa.string())
    for file in files:
        for piece in file.pieces:
            for batch in batches(
                piece, columns=None, batch=8 * BATCH, encoding=gathering.encoding, delimiter=gathering.delimiter
            ):
                counted.rows += batch.rows.num_rows
                for line in batch.ragged:
                    reason = tell(RAGGED, gathering.language, found=line.found, wanted=line.wanted)
                    at = batch.start + line.row
                    gathering.faults.append((None, file.path, at, "", str(line.found), "ragged_line", reason))
                rows = conformed(_with_empty_lists(pa.Table.from_batches([batch.rows]), schema), schema)
                if named and (twice := pc.sum(pc.is_in(rows["respondent"], named)).as_py()):
                    counted.twice[file.path] += twice
                yield rows
