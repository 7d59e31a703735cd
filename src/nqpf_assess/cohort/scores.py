"""Scores as the statistics take them: a column at a time, each respondent once, never of different editions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nqpf_assess.cohort.cells import CODE, Array, Cells, read_cells
from nqpf_assess.cohort.column_names import BY_FILE, TOTALS, Extras
from nqpf_assess.cohort.engines import Engine
from nqpf_assess.cohort.job import CATALOGUE, JobOutcome, Order, Say, Watch, score_table
from nqpf_assess.cohort.problems import NO_PROFILE
from nqpf_assess.cohort.reading import read_rows
from nqpf_assess.cohort.reserved import read_mode, read_years
from nqpf_assess.cohort.rubrics import Instruments
from nqpf_assess.cohort.tables import (
    RowBatch,
    as_texts,
    batches,
    is_csv,
    names_in,
    open_table,
    opened,
    table_files,
    whole_of,
)
from nqpf_assess.cohort.work import RAGGED, identity_of
from nqpf_assess.engine.graph import in_dependency_order
from nqpf_assess.engine.instrument import visibility_needs
from nqpf_assess.exchange.grids import QUOTE_COMMAS
from nqpf_assess.files.intake import json_in
from nqpf_assess.files.machine import folder_for_a_while
from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Value, written
from nqpf_assess.locale import Text, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.blend import Blend
from nqpf_assess.model.condition import subjects
from nqpf_assess.model.period import comes_before, is_part, mix_parts, year_of
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire

SIGNS = ("respondent", "weights", "score", "coverage", "baseline_score")
"""Columns by which a scores table is known, beside those of pillars; without these it is a list or export of ours."""

NO_VALUE = "–"
"""Stands in a group's label where a row says nothing."""

NO_COLUMN = _("there is no column “{name}” to group by")

NOT_STUDIED = _("{name} is a table of the Spark catalogue; what compares respondents takes files")
SCORE_FIRST = _(
    "First: nqpf-assess cohort score {name} --engine spark -o scores.parquet --with gaps,measures; then name "
    "scores.parquet here."
)

BOTH_SORTS = _("there are scores in {scores} and answers in {answers}, which cannot be compared together")
ONE_SORT = _("Score the answers too, and name the scores alone; or name the tables of answers alone.")
MOST_NAMED = 3
"""Tables of one sort that are named where there are both."""

BAD_ROW = _("{path}, row {row}: {why}")

CHANGED = _("{path} was changed by something else while it was read")
AT_REST = _("Run the command again when nothing writes into the table any more.")


@dataclass(frozen=True)
class Scores:
    """Scores tables on disk, read a column at a time. `sources`: the tables they were made from, if any.

    `quick`: what rows of these are that name no mode.
    """

    files: tuple[str, ...]
    sources: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ""
    outcome: JobOutcome | None = None
    quick: bool = False

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Name the columns that every file has."""
        every = [names_in(path, self.encoding, self.delimiter) for path in self.files]
        return tuple(name for name in every[0] if all(name in names for names in every[1:]))

    @cached_property
    def first(self) -> Array:
        """Return which rows are the first of their respondent: distinct names are numbered as they come."""
        found = []
        highest = -1
        names = self._bare("respondent")
        if self.blank.any():
            names = names.filter(pa.array(~self.blank))
        for chunk in names.dictionary_encode().chunks:
            codes = chunk.indices.to_numpy(zero_copy_only=False)
            before = np.maximum.accumulate(np.r_[highest, codes])
            found.append(codes > before[:-1])
            highest = int(before[-1])
        first = np.zeros(len(self.blank), bool)
        first[~self.blank] = np.concatenate(found or [np.zeros(0, bool)])
        return first

    @cached_property
    def blank(self) -> Array:
        """Return which rows name nobody and answer nothing, as spreadsheets leave at their end: no respondents."""
        nameless: Array = pc.equal(self._bare("respondent"), "").to_numpy()
        return nameless & ~(self._figures("coverage") > 0) if nameless.any() else nameless

    @property
    def left_out(self) -> int:
        """Count the rows of respondents that stand there already."""
        return int(np.count_nonzero(~self.blank & ~self.first))

    def left_out_later(self) -> int:
        """Count those among them that describe a later time than the row that counts, as far as `period` names it."""
        if not self.left_out or not self._tells_periods:
            return 0
        (respondents, _), (periods, labels) = self._numbered("respondent"), self._numbered("period")
        there = ~self.blank
        _, begins, places = np.unique(respondents[there], return_index=True, return_inverse=True)
        both = np.stack([periods[there][begins][places], periods[there]])  # of the row that counts, and of each
        pairs, numbers = np.unique(both[:, ~self.first[there]], axis=1, return_counts=True)
        told = labels.to_pylist()
        later = [comes_before(told[before], told[after]) for before, after in pairs.T]
        return int(numbers[np.array(later, bool)].sum())

    def figures(self, name: str) -> Array:
        """Return a column of figures, NaN where there is none, each respondent once."""
        found = self._figures(name)
        return found if self.first.all() else found[self.first]

    def _figures(self, name: str) -> Array:
        try:
            columns = [column.cast(pa.float64()) for column in self._chunks(name)]
        except pa.ArrowException as fault:
            raise UserError(fill(NO_FIGURES, path=listed(self.files), name=name), hint=AGAIN) from fault
        return np.concatenate(
            [
                np.where(column.is_null().to_numpy(zero_copy_only=False), np.nan, column.to_numpy(zero_copy_only=False))
                for column in columns
            ]
            or [np.zeros(0)]
        )

    def texts(self, name: str) -> pa.Array:
        """Return a column as texts, each respondent once."""
        whole = pa.chunked_array([as_texts(column) for column in self._chunks(name)], pa.string())
        return whole.combine_chunks() if self.first.all() else whole.filter(pa.array(self.first)).combine_chunks()

    def coded(self, name: str) -> tuple[Array, list[str]]:
        """Return a column as numbers of its distinct values in sorted order, "" for none, each respondent once."""
        numbers, distinct = self._numbered(name)
        labels = distinct.to_pylist()
        order = sorted(range(len(labels)), key=labels.__getitem__)
        place = np.empty(len(labels), np.int64)
        place[order] = np.arange(len(labels))
        codes, labels = place[numbers], [labels[index] for index in order]
        if self.first.all():
            return codes, labels
        used, codes = np.unique(codes[self.first], return_inverse=True)  # of rows that are left out nothing is told
        return codes, [labels[index] for index in used]

    def _numbered(self, name: str) -> tuple[Array, pa.Array]:
        """Return a column as numbers of its distinct values as they come, "" for none, every row."""
        coded = self._bare(name).combine_chunks().dictionary_encode()
        return coded.indices.to_numpy(zero_copy_only=False), coded.dictionary

    def _bare(self, name: str) -> pa.ChunkedArray:
        """Return a column as texts, "" for none, blanks around them taken off: a respondent is one however written."""
        whole = pa.chunked_array([as_texts(column) for column in self._chunks(name)], pa.string())
        return pc.fill_null(pc.utf8_trim_whitespace(whole.cast(pa.large_string())), "")

    def modes(self) -> set[str]:
        """Return whether rows are full, quick or both, as the tables that were scored say; nothing of scores alone."""
        return set(pc.unique(self.mode_of_each.drop_null()).to_pylist())

    @cached_property
    def mode_of_each(self) -> pa.Array:
        """Whether each respondent was asked in full or quick; null of scores alone."""
        if not self.sources:
            return pa.nulls(int(self.first.sum()), pa.string())
        codes, labels = self.coded("mode")
        usual = "quick" if self.quick else "full"
        stated = [mode if (mode := label.strip()) in ("full", "quick") else usual for label in labels]
        return pa.array(stated, pa.string()).take(pa.array(codes))

    @property
    def alone(self) -> bool:
        """Whether they stand without the tables that they were made from, and tell no mode and no correction."""
        return not self.sources

    def corrected(self) -> bool:
        """Return whether weights of any respondent were corrected by hand; nothing of it is known of scores alone."""
        return self.outcome is not None and self.outcome.corrected > 0

    def years(self) -> tuple[int, ...]:
        """Return the years that the answers describe, the earliest first, as far as a column `period` names them.

        One year that some rows do not name is not that of all, and none is returned.
        """
        found = {year_of(period) for period in self._periods}
        named = tuple(sorted(year for year in found if year is not None))
        return named if len(named) == len(found) or len(named) > 1 else ()

    def years_of_some(self) -> tuple[int, ...]:
        """Return the years that some rows name where others name none, the earliest first."""
        found = {year_of(period) for period in self._periods}
        return tuple(sorted(year for year in found if year is not None)) if None in found else ()

    def times(self) -> tuple[str, ...]:
        """Return what the answers describe: the one part of a year that all rows name, else the years."""
        periods = self._periods
        if periods and all(map(is_part, periods)) and not mix_parts(periods):
            return (min(period.strip() for period in periods),)
        return tuple(map(str, self.years()))

    def mixes_parts(self) -> bool:
        """Return whether some rows describe a part of a year, and others the whole of it or another part."""
        return mix_parts(self._periods)

    @cached_property
    def _periods(self) -> list[str]:
        """Return each period that rows name, as it is written; "" stands for those that name none."""
        if not self._tells_periods:
            return []
        codes, labels = self.coded("period")
        return [labels[code] for code in np.unique(codes)]

    @property
    def _tells_periods(self) -> bool:
        way = (self.encoding, self.delimiter)
        return any("period" in names_in(path, *way) for path in (*self.files, *self.sources))

    def _chunks(self, name: str) -> Iterator[pa.Array]:
        if name not in self.names and self.sources:
            yield from self.source_column(name)
            return
        for path in self.files:
            for batch in _batches_of(path, [name], (self.encoding, self.delimiter)):
                for line in batch.ragged:  # else its respondent would count as one without a score
                    why = fill(RAGGED, found=line.found, wanted=line.wanted)
                    hint = QUOTE_COMMAS if line.found > line.wanted else AGAIN
                    raise UserError(fill(BAD_ROW, path=path, row=batch.start + line.row, why=why), hint=hint)
                yield _column(batch.rows, name)

    def groups_by(self, name: str) -> bool:
        """Return whether rows can be grouped by a column: one of the scores, or a fact of the tables they are from."""
        facts = name.startswith("fact.") and any(
            name in names_in(path, self.encoding, self.delimiter) for path in self.sources
        )
        return name in self.names or facts

    def source_column(self, name: str) -> Iterator[pa.Array]:
        """Return a column of the tables that were scored, file by file; null where a file lacks it.

        Raises `UserError` where they have other rows than when they were scored.
        """
        for rows in self._source_rows([name]):
            yield _column(rows, name)

    def answers_to(self, questionnaire: Questionnaire, name: str) -> Iterator[Cells]:
        """Read a question (by its id) or fact (`fact.<id>`) in the tables that were scored, file by file.

        A question has the state in which it was scored: one that a row does not ask, or that does not apply there, is
        no answer, whatever its cell still holds. Raises `UserError` as `source_column` does.
        """
        fact, asked = name.removeprefix("fact."), questionnaire.questions
        wanted = {name} & asked.keys()
        order = in_dependency_order({id: visibility_needs(question) for id, question in asked.items()})
        for id in reversed(order):
            wanted |= set(visibility_needs(asked[id])) if id in wanted else set()
        conditions = [rule for id in wanted for rule in (asked[id].show_if, asked[id].na_when)]
        facts = {fact} if not wanted else {id for rule in conditions for id in subjects(rule, "fact")}
        columns = {**{f"fact.{id}": questionnaire.facts[id] for id in facts}, **{id: asked[id] for id in wanted}}
        names = ["mode", "period", *columns, *(f"{column}.state" for column in columns)]
        for rows in self._source_rows(names):
            count = rows.num_rows
            cells = {
                column: read_cells(one, column, _column(rows, column), _column(rows, f"{column}.state"), [])
                for column, one in columns.items()
            }
            seen = read_rows(
                questionnaire,
                {id: cells[f"fact.{id}"] for id in facts},
                cells,
                order=[id for id in order if id in wanted],
                quick=read_mode(_column(rows, "mode"), count, [], quick=self.quick),
                years=read_years(_column(rows, "period"), count),
            )
            yield seen.questions[name] if wanted else seen.facts[fact]

    def _source_rows(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Return the rows of the tables that were scored, with those of the columns that each file has."""
        count = 0
        for path in self.sources:
            for batch in _batches_of(path, names, (self.encoding, self.delimiter)):
                count += batch.rows.num_rows
                yield batch.rows
        if count != len(self.first):
            raise UserError(fill(CHANGED, path=listed(self.sources)), hint=AT_REST)


def _batches_of(path: str, names: Sequence[str], way: tuple[str, str]) -> Iterator[RowBatch]:
    there = [name for name in names_in(path, *way) if name in names] or ["respondent"]
    return batches(whole_of(path), columns=there, batch=1 << 16, encoding=way[0], delimiter=way[1])


def _column(rows: pa.RecordBatch, name: str) -> pa.Array:
    return rows.column(name) if name in rows.schema.names else pa.nulls(rows.num_rows, pa.string())


def is_scores(path: str, encoding: str = "utf-8") -> bool:
    """Return whether a table holds scores already; ours are UTF-8, until another program saves them."""
    try:
        names = names_in(path, encoding)
        return set(SIGNS) <= set(names) and any(name.startswith("pillar.") for name in names)
    except UserError:  # a table in another encoding, which is looked at with its own
        return False


def refuse_both_sorts(scores: Sequence[str], answers: Sequence[str]) -> None:
    """Refuse scores beside answers: a row of either sort has nothing where the other has its figures."""
    if scores and answers:
        said = fill(BOTH_SORTS, scores=listed(scores, MOST_NAMED), answers=listed(answers, MOST_NAMED))
        raise UserError(said, hint=ONE_SORT, status=2)


@contextmanager
def scores_of(
    instruments: Instruments,
    tables: Sequence[str],
    *,
    engine: Engine,
    watch: Watch,
    say: Say = lambda _: None,
    **options: Any,
) -> Iterator[Scores]:
    """Return the scores of tables: as they are where they hold scores, else scored first, in a folder for the while.

    `options`: those of `Order`; where it is strict and there are problems, no file.
    """
    if own := next((name for name in tables if name.startswith(CATALOGUE)), ""):
        raise UserError(fill(NOT_STUDIED, name=own), hint=fill(SCORE_FIRST, name=own), status=2)
    files = table_files(tables)
    encoding, scored = "utf-8", [path for path in files if is_scores(path)]
    if not scored:
        encoding = options.get("encoding", "utf-8")
        scored = [path for path in files if is_scores(path, encoding)]
    refuse_both_sorts(scored, [path for path in files if path not in scored])
    if scored:
        for path in filter(is_csv, files):
            open_table(path, encoding)  # what cannot be read is told before anything is worked out
        yield Scores(tuple(files), encoding=encoding)
        return
    with folder_for_a_while("nqpf-cohort-") as folder:
        output = f"{folder}/scores.parquet"
        order = Order(tables, output, Extras(gaps=True, measures=True), **options)
        outcome = score_table(instruments, order, engine, watch, say)
        if not outcome.written:
            yield Scores((), outcome=outcome)
            return
        way = options.get("encoding", "utf-8"), options.get("delimiter", "")
        yield Scores((output,), tuple(files), *way, outcome, quick=options.get("quick", False))


@dataclass(frozen=True)
class Groups:
    """The rows by one or several grouping columns. `labels`: `a|b`, no two alike; `values`: the group's by column."""

    by: tuple[str, ...]
    codes: Array
    labels: tuple[str, ...]
    values: tuple[dict[str, str], ...]


def groups_of(scores: Scores, by: Sequence[str], questionnaire: Questionnaire) -> Groups:
    """Group the rows; raises `UserError` where a column is not there.

    Rows that differ in blanks around a cell are of one group, and by a fact those of one answer, however it is written.
    """
    for name in by:
        if not scores.groups_by(name):
            raise UserError(fill(NO_COLUMN, name=name), hint=_to_group_by(scores, name, questionnaire), status=2)
    if not by:
        return Groups((), np.zeros(int(scores.first.sum()), np.int64), (), ())
    parts = [
        _alike(_fact_words(scores, questionnaire, name) if name not in scores.names else scores.texts(name))
        for name in by
    ]
    joint = np.zeros(len(parts[0][0]), np.int64)
    for codes, labels in parts:
        joint = joint * len(labels) + codes
    used, codes = np.unique(joint, return_inverse=True)
    values = []
    for code in used:
        rest, row = int(code), {}
        for name, (_codes, labels) in reversed(list(zip(by, parts, strict=True))):
            rest, at = divmod(rest, len(labels))
            row[name] = labels[at]
        values.append({name: row[name] for name in by})
    # Two groups never share a label, whatever stands in the cells: the mark between two, or the dash of a blank one.
    labelled: dict[str, int] = {}
    for row in values:
        label = own = "|".join(value or NO_VALUE for value in row.values())
        while own in labelled:
            labelled[label] += 1
            own = f"{label} ({labelled[label]})"
        labelled[own] = 1
    return Groups(tuple(by), codes, tuple(labelled), tuple(values))


def _to_group_by(scores: Scores, name: str, questionnaire: Questionnaire) -> Text:
    """Return by what rows can be grouped, where it is not by `name`."""
    carried = scores.names[: scores.names.index("score")] if "score" in scores.names else ()
    shown = [column for column in carried if column != "respondent"]
    facts = [f"fact.{id}" for id in questionnaire.facts]
    if scores.sources or not facts:
        return fill(TO_GROUP_BY, shown=listed((*shown, *filter(scores.groups_by, facts))))
    fact = next((one for one in facts if one.removeprefix("fact.") == name.removeprefix("fact.")), facts[0])
    return fill(FACTS_OF_TABLE, shown=listed(shown), fact=fact)


def _alike(words: pa.Array) -> tuple[Array, list[str]]:
    """Return texts as numbers of the distinct ones in sorted order, blanks around them taken off; "" for none."""
    coded = pc.fill_null(words.cast(pa.large_string()), "").dictionary_encode()
    bare = [text.strip() for text in coded.dictionary.to_pylist()]
    labels = sorted(set(bare))
    number = {label: at for at, label in enumerate(labels)}
    place = np.array([number[text] for text in bare], np.int64)
    return place[coded.indices.to_numpy(zero_copy_only=False)], labels


def _fact_words(scores: Scores, questionnaire: Questionnaire, name: str) -> pa.Array:
    """Return what each respondent answered to a fact as one text, "" where there is no answer.

    An option that means “not sure” is one to group by, too.
    """
    asked = questionnaire.facts.get(name.removeprefix("fact."))
    if asked is None:
        return scores.texts(name)
    order = [choice.value for choice in kind_of(asked).choices(asked)]

    def words(value: Value | None) -> str:
        if isinstance(value, frozenset):
            return ";".join(str(option) for option in order if option in value)
        return "" if value is None else written(value)

    found = [pa.array([], pa.string())]
    for cells in scores.answers_to(questionnaire, name):
        if cells.codes is not None:
            texts = np.array([*map(words, cells.distinct)], object)[cells.codes]
            vague = [value is not None and kind_of(asked).unknown(asked, value) for value in cells.distinct]
            told = cells.answered | (np.array(vague)[cells.codes] & (cells.state == CODE["dk"]))
        else:
            numbers = cast("Array", cells.numbers).tolist()
            exact = (cells.exact.get(row, Decimal(repr(number))) for row, number in enumerate(numbers))
            texts, told = np.array([*map(words, exact)], object), cells.answered
        found.append(pa.array(np.where(told, texts, ""), pa.string()))
    return pa.concat_arrays(found).filter(pa.array(scores.first))


TO_GROUP_BY = _("There are: {shown}.")
FACTS_OF_TABLE = _("There are: {shown}; and facts, such as {fact}, where the table is named that was scored.")
OTHER_QUESTIONNAIRE = _("{path} was scored with the questionnaire “{found}”, not “{wanted}”")
OTHER_EDITION = _("{path} was scored with another edition of “{id}” ({found}; here {wanted})")
NO_FIGURES = _("{path}: the column “{name}” holds what is no figure")
NO_EDITION = _("{path} does not say soundly what it was scored with")
AGAIN = _("Score its table again, or name the edition it was scored with (--questionnaire, --weights).")
OTHER_COLUMNS = _("{path} has no column “{name}”; it was scored with another questionnaire")


def _made_with(path: str) -> Any:
    """Return what a scores table says that it was made with; None where it says nothing, as no CSV does."""
    kept = None if is_csv(path) else (pq.read_schema(opened(path)).metadata or {}).get(b"nqpf-cohort")
    return json_in(kept, path) if kept else None


def of_no_edition(scores: Scores) -> tuple[str, ...]:
    """Return the tables of scores that do not say with which edition they were scored."""
    return tuple(path for path in scores.files if _made_with(path) is None)


def refuse_other_editions(scores: Scores, instruments: Instruments) -> None:
    """Refuse scores of another questionnaire, or of another edition of it or of a rubric used, or by one not at hand.

    Parquet files say what they were made with; of CSV files only the columns can be compared.
    """
    wanted = identity_of(instruments)
    nodes = [f"pillar.{id}" for id in instruments.questionnaire.pillars]
    nodes += [f"dimension.{id}" for id in instruments.questionnaire.dimensions]
    ours = {row["id"]: row for row in wanted["weights"]}
    for path in scores.files:
        made = _made_with(path)
        if made is None:
            continue
        try:
            made_with = [
                (row["id"], f"{row['version']}", f"{row['digest']}")
                for row in (made["questionnaire"], *made["weights"])
            ]
        except (KeyError, TypeError) as fault:
            raise UserError(fill(NO_EDITION, path=path), hint=AGAIN) from fault
        theirs, *rubrics = made_with
        if theirs[0] != instruments.questionnaire.id:
            words = fill(OTHER_QUESTIONNAIRE, path=path, found=theirs[0], wanted=instruments.questionnaire.id)
            raise UserError(words, hint=AGAIN)
        blends = [Blend.parse(name) for name in scores.coded("weights")[1]]
        used = {id for blend in blends if blend is not None for id in (blend.first, *blend.further)}
        pairs = [(theirs, wanted["questionnaire"])]
        pairs += [(row, ours[row[0]]) for row in rubrics if row[0] in used and row[0] in ours]
        for (_id, version, digest), now in pairs:
            if digest != now["digest"]:
                words = fill(
                    OTHER_EDITION,
                    path=path,
                    id=now["id"],
                    found=f"{version} {digest.removeprefix('sha256:')[:8]}",
                    wanted=f"{now['version']} {now['digest'].removeprefix('sha256:')[:8]}",
                )
                raise UserError(words, hint=AGAIN)
    missing = next((name for name in (*TOTALS, *nodes) if name not in scores.names), None)
    if missing is not None:
        raise UserError(fill(OTHER_COLUMNS, path=listed(scores.files), name=missing), hint=AGAIN)
    codes, labels = scores.coded("weights")
    known = instruments.with_blends(labels).ids
    for id in (label for label in labels if label and label not in known):
        # a row whose profile was not known when it was scored has no figure at all
        if not np.isnan(scores.figures("coverage")[codes == labels.index(id)]).all():
            said = fill(NO_PROFILE, name=id, known=listed(chain[-1].id for chain in instruments.chains))
            raise UserError(fill(BY_FILE, path=listed(scores.files, MOST_NAMED), said=said), hint=AGAIN)
