"""Scores of a batch: one pure function from an Arrow record batch to the scores and problems of its rows.

It knows no file, no engine and no option of the command line. A row's figures depend on its own cells alone, to the
last bit, whatever lies beside it in the batch.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from nqpf_assess.cohort.cells import Array, Cells, no_cells, read_cells
from nqpf_assess.cohort.column_names import PLAIN, Extras, output_columns
from nqpf_assess.cohort.measured import first_measures
from nqpf_assess.cohort.problems import ALL_ZERO, NO_YEAR, UNDATED, CellFault, fault_table
from nqpf_assess.cohort.reading import leaf_of, read_rows
from nqpf_assess.cohort.reserved import (
    read_chosen,
    read_mode,
    read_overrides,
    read_profiles,
    read_years,
    rubric_names,
    short_spans,
    texts_of,
)
from nqpf_assess.cohort.rubrics import Instruments, LocalRubrics, taken
from nqpf_assess.engine import columns
from nqpf_assess.engine.arithmetic import (
    NOTHING,
    TOLERANCE,
    ByDimension,
    Column,
    Figures,
    Leaf,
    LevelWeights,
    Mean,
    Rolled,
    by_dimension,
    coverage_and_scores,
    floored,
    lit,
    low_and_high,
    path_shares,
    share_of,
    shortfalls,
    targets_rolled,
)
from nqpf_assess.engine.instrument import Rules
from nqpf_assess.exchange.column_map import PERIOD, column_map
from nqpf_assess.kinds import kind_of
from nqpf_assess.locale import fill


def score_batch(
    instruments: Instruments,
    batch: pa.RecordBatch,
    *,
    extras: Extras = PLAIN,
    quick: bool = False,
    language: str = "en",
) -> tuple[pa.Table, pa.Table]:
    """Score every row of a batch; gives the scores in the order of the rows, and the problems of its cells.

    `quick`: rows that say nothing of their mode count only the core questions.
    """
    faults: list[CellFault] = []
    questionnaire, count = instruments.questionnaire, batch.num_rows
    names = column_map(questionnaire, batch.schema.names)

    def cells(asked: Any, name: str) -> Cells:
        column, states = names.column(batch, name), names.column(batch, f"{name}.state")
        if column is None and states is None:
            return no_cells(asked, count)
        return read_cells(asked, name, column, states, faults, known=instruments.cells.setdefault(name, {}))

    facts = {id: cells(fact, f"fact.{id}") for id, fact in questionnaire.facts.items()}
    stored = {id: cells(question, id) for id, question in questionnaire.questions.items()}
    only_core = read_mode(names.column(batch, "mode"), count, faults, quick=quick)
    years = read_years(names.column(batch, PERIOD), count)
    if PERIOD in names.place:  # where it is not there, that is told once of the table
        faults += _undated(stored, years)
        faults += short_spans(batch.column(names.place[PERIOD])) if names.dating else []
    order = instruments.first.reading_order
    rows = read_rows(questionnaire, facts, stored, order=order, quick=only_core, years=years)
    instruments = instruments.with_blends(rubric_names(names.column(batch, "weights")))
    profile, shown = read_profiles(instruments, names.column(batch, "weights"), count, faults)
    overrides = read_overrides(batch, names, faults)
    local = LocalRubrics(instruments, rows, profile, overrides)
    out = _Out(instruments, count, extras)
    questions = _Questions(local)
    for members in instruments.rule_sets:
        _score_group(out, local, questions, members, faults=faults)
    for members in instruments.roots:
        _score_baseline(out, local, questions, members)
    if extras.measures:
        read_chosen(questionnaire, names.column(batch, "plan.chosen"), out.measures, faults)
    respondents = texts_of(names.column(batch, "respondent"), count)
    kept = {name: names.column(batch, name) for name in names.grouping}
    scores = out.table({"respondent": respondents, "weights": shown, **kept})
    return scores, fault_table(faults, respondents.to_pylist() if faults else (), language)


def _undated(stored: Mapping[str, Cells], years: Array) -> Iterator[CellFault]:
    """Find the days in rows that do not name the year by which days are scored."""
    for id, cells in stored.items():
        if cells.asked is not None and kind_of(cells.asked).needs_year and cells.codes is not None:
            for row in np.flatnonzero(cells.answered & (years == 0)):
                yield CellFault(int(row), id, str(cells.distinct[cells.codes[row]]), NO_YEAR, UNDATED)


class _Questions:
    """The questions of the rows as they are scored, and what they make of the dimensions."""

    def __init__(self, local: LocalRubrics) -> None:
        self.instrument, self.rows = local.instruments.first, local.rows
        self.known: dict[tuple[Any, ...], ByDimension] = {}
        self.leaves: dict[int, Leaf] | None = {} if local.moves_questions else None

    def leaf(self, question: int) -> Leaf:
        """Score a question; kept only where it is asked for again."""
        if self.leaves is not None and question in self.leaves:
            return self.leaves[question]
        found = leaf_of(self.instrument, self.instrument.questions[question], self.rows)
        if self.leaves is not None:
            self.leaves[question] = found
        return found

    def here(self, here: Array | None) -> Callable[[int], Leaf]:
        """Return the questions in the rows `here`."""
        if here is None:
            return self.leaf
        return lambda question: Leaf(*(taken(figures, here) for figures in self.leaf(question)))

    def by_dimension(self, weights: Sequence[Figures], mean: Mean, here: Array | None) -> ByDimension:
        """Average them by dimension; under weights that are the same in all rows that is done once."""
        tree = self.instrument.tree
        if any(np.ndim(weight) for weight in weights):
            return by_dimension(columns, tree, self.here(here), weights=weights, mean=mean)
        key = (mean, *weights)
        if key not in self.known:
            self.known[key] = by_dimension(columns, tree, self.leaf, weights=weights, mean=mean)
        found = self.known[key]
        return (
            found
            if here is None
            else ByDimension(
                *([Column(*(taken(part, here) for part in column)) for column in level] for level in found)
            )
        )


class _Out:
    """The columns of the scores table as they are filled, group of rows by group of rows."""

    def __init__(self, instruments: Instruments, rows: int, extras: Extras) -> None:
        self.instruments, self.rows, self.extras = instruments, rows, extras
        self.names = output_columns(instruments.questionnaire, extras)
        self.figures: dict[str, Column] = {}
        self.bands, self.floors = np.full(rows, None, object), np.full(rows, None, object)
        self.measures = np.full(rows, None, object)

    def put(self, name: str, column: Column, here: Array | None) -> None:
        """Put a figure into the rows `here`."""
        if here is None:
            self.figures[name] = column
            return
        values, has = self.figures.setdefault(name, Column(np.zeros(self.rows), np.zeros(self.rows)))
        values[here], has[here] = column

    def put_nodes(self, scores: Rolled, here: Array | None) -> None:
        """Put the scores of pillars and dimensions, and of questions where these are wanted."""
        instrument = self.instruments.first
        for id, column in zip(instrument.pillars, scores.pillars, strict=True):
            self.put(f"pillar.{id}", column, here)
        for id, column in zip(instrument.dimensions, scores.dimensions, strict=True):
            self.put(f"dimension.{id}", column, here)
        if self.extras.questions:
            for id, column in zip(instrument.questions, scores.questions, strict=True):
                self.put(f"question.{id}", column, here)

    def table(self, heads: Mapping[str, Any]) -> pa.Table:
        """Return the scores table; a figure that does not exist is null, and a zero has no sign."""
        texts = {"band": self.bands, "floors": self.floors, "first_measures": self.measures}
        found = dict(heads)
        for name in self.names:
            if name in texts:
                found[name] = pa.array(texts[name], pa.string())
                continue
            value, has = (np.broadcast_to(part, self.rows) for part in self.figures.get(name, NOTHING))
            buffers = [pa.py_buffer(np.packbits(has > 0, bitorder="little")), pa.py_buffer(value * has + 0.0)]
            found[name] = pa.Array.from_buffers(pa.float64(), self.rows, buffers)
        return pa.table(found)


def _here(profile: Array, members: Sequence[int]) -> Array | None:
    """Return the rows under some rubrics; None where that is all of them."""
    inside = np.isin(profile, members)
    return None if inside.all() else np.flatnonzero(inside)


def _score_group(
    out: _Out, local: LocalRubrics, questions: _Questions, members: Sequence[int], *, faults: list[CellFault]
) -> None:
    """Score the rows under rubrics whose rules are alike."""
    here = _here(local.profile, members)
    if here is not None and not len(here):
        return
    instrument = out.instruments.all[members[0]]
    rules, tree, weights = instrument.rules, instrument.tree, local.weights(members, here)
    dimensions = questions.by_dimension(weights.questions, rules.means.questions, here)
    coverage, scores = coverage_and_scores(
        columns, tree, dimensions, weights=weights, means=rules.means, minimum=rules.minimum_coverage
    )
    low, high = low_and_high(columns, tree, dimensions, weights=weights, means=rules.means)
    total, fired = floored(columns, scores, rules.floor_rules)
    out.put("score", total, here)
    out.put("uncapped", scores.overall, here)
    out.put("low", floored(columns, low, rules.floor_rules)[0], here)
    out.put("high", floored(columns, high, rules.floor_rules)[0], here)
    out.put("coverage", coverage.overall, here)
    count = out.rows if here is None else len(here)
    out.bands[slice(None) if here is None else here] = bands_of(rules, total, count)
    out.floors[slice(None) if here is None else here] = joined(fired, count)
    if out.extras.questions:
        leaves = list(map(questions.here(here), range(len(instrument.questions))))
        _, answered = lit(columns, tree, leaves, weights)
        pairs = zip(leaves, answered, strict=True)
        scores = scores._replace(questions=[Column(leaf.score, there) for leaf, there in pairs])
    out.put_nodes(scores, here)
    _blame_zero(out, weights, here, faults)
    if out.extras.gaps or out.extras.measures:
        targets = local.targets(members, here)
        if out.extras.gaps:
            _put_gaps(out, rules, scores, targets, weights=weights, here=here)
        if out.extras.measures:
            chosen = first_measures(instrument, local.rows, scores, targets, weights=weights, here=here, count=count)
            out.measures[slice(None) if here is None else here] = chosen


def _put_gaps(
    out: _Out, rules: Rules, scores: Rolled, targets: Sequence[Figures], *, weights: LevelWeights, here: Array | None
) -> None:
    instrument = out.instruments.first
    rolled = targets_rolled(columns, instrument.tree, targets, scores=scores, weights=weights, means=rules.means)
    out.put("target", rolled.overall, here)
    out.put("gap", Column(rolled.overall.value - scores.overall.value, scores.overall.has), here)
    carried = path_shares(columns, instrument.tree, scores, weights).dimensions
    parts, total = shortfalls(columns, carried, rolled.dimensions, scores)
    for index, id in enumerate(instrument.dimensions):
        score = scores.dimensions[index]
        out.put(f"gap.{id}", Column(targets[index] - score.value, score.has), here)
        out.put(f"share.{id}", share_of(columns, parts[index], total), here)


def _score_baseline(out: _Out, local: LocalRubrics, questions: _Questions, members: Sequence[int]) -> None:
    """Score the same answers under the root rubric alone."""
    here = _here(local.profile, members)
    if here is not None and not len(here):
        return
    instrument = out.instruments.all[members[0]]
    rules, weights = instrument.root_rules, instrument.weights_by_level(instrument.root_weights)
    dimensions = questions.by_dimension(weights.questions, rules.means.questions, here)
    _, scores = coverage_and_scores(
        columns, instrument.tree, dimensions, weights=weights, means=rules.means, minimum=rules.minimum_coverage
    )
    out.put("baseline_score", floored(columns, scores, rules.floor_rules)[0], here)


def bands_of(rules: Rules, total: Column, count: int) -> Array:
    """Name the band that each score reaches; None without a score or below the lowest."""
    place: Array = np.zeros(count, int)
    for number, band in enumerate(rules.bands.values(), start=1):
        place = np.where(total.value - float(band.from_) > -TOLERANCE, number, place)
    names = np.array([None, *rules.bands], object)
    found: Array = names[np.where(np.asarray(total.has) > 0, place, 0)]
    return found


MOST_LABELS = 256
"""Joined ids up to which nobody looks which of them are used."""


def joined(fired: Mapping[str, Figures], count: int) -> Array:
    """Join the ids of what holds in each row by `;`."""
    labels, place = [""], np.zeros(count, np.intp)
    for id, there in fired.items():
        if np.any(there):
            place = 2 * place + np.broadcast_to(np.asarray(there) > 0, count)
            labels = [text for label in labels for text in (label, f"{label};{id}" if label else id)]
            if len(labels) > MOST_LABELS:
                used, place = np.unique(place, return_inverse=True)
                labels = [labels[index] for index in used]
    found: Array = np.array(labels, object)[place]
    return found


def _blame_zero(out: _Out, weights: LevelWeights, here: Array | None, faults: list[CellFault]) -> None:
    """Report the rows in which adjustments and corrections leave all siblings without a weight."""
    instrument = out.instruments.first
    tree, ids = instrument.tree, (instrument.pillars, instrument.dimensions)
    groups: list[tuple[str, list[Figures]]] = [("", list(weights.pillars))]
    groups += [(id, [weights.dimensions[d] for d in tree.dimensions[at]]) for at, id in enumerate(ids[0])]
    groups += [
        (id, [weights.questions[q] for q in tree.questions[at] if not instrument.is_unscored(instrument.questions[q])])
        for at, id in enumerate(ids[1])
    ]
    for parent, members in groups:
        if members and all(np.ndim(weight) or not weight for weight in members):
            total = sum(members[1:], members[0])
            rows = np.flatnonzero(np.asarray(total) == 0) if np.ndim(total) else np.zeros(0, int)
            column, reason = f"override.{parent}".rstrip("."), fill(ALL_ZERO, group=parent or "–")
            at = rows if here is None else here[rows]
            faults += [CellFault(row, column, "", "all_zero", reason) for row in at.tolist()]
