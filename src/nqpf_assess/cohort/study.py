"""The study of a cohort: ranks, groups, bands, gaps, inequality, weights, herding, each as a small table.

Groups too small to be shown are held back in every table (see `statistics.suppressed`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from nqpf_assess.cohort.cells import Array
from nqpf_assess.cohort.scores import Groups, Scores, groups_of
from nqpf_assess.cohort.statistics import (
    MOST_GROUPS,
    Derived,
    NoWeights,
    derived,
    gini,
    members_of,
    ranked,
    ranked_within,
    summary,
    suppressed,
    theil,
)
from nqpf_assess.engine.arithmetic import TOLERANCE
from nqpf_assess.model.questionnaire import Questionnaire

SMALL_GROUP = 5
TOTALS = ("score", "baseline_score")
TEXT, COUNT, FIGURE, FLAG = pa.string(), pa.int64(), pa.float64(), pa.bool_()


def table_of(columns: Mapping[str, pa.DataType], rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Make a table out of rows; NaN is no figure."""
    found = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table(
        {
            name: pa.array([None if isinstance(value, float) and np.isnan(value) else value for value in values], kind)
            for (name, kind), values in zip(columns.items(), found, strict=True)
        }
    )


@dataclass
class Study:
    """Works the tables out of the scores, a column at a time."""

    questionnaire: Questionnaire
    scores: Scores
    by: tuple[str, ...] = ()
    minimum: int = SMALL_GROUP
    bands_in_order: tuple[str, ...] = ()

    @cached_property
    def groups(self) -> Groups:
        """The groups."""
        return groups_of(self.scores, self.by, self.questionnaire)

    @cached_property
    def members(self) -> list[Array]:
        """The rows of each group."""
        return members_of(self.groups.codes) if self.groups.labels else []

    @cached_property
    def rows(self) -> int:
        """Respondents, each once."""
        return len(self.groups.codes)

    @cached_property
    def figures_named(self) -> tuple[str, ...]:
        """The columns that are studied."""
        nodes = [f"pillar.{id}" for id in self.questionnaire.pillars]
        nodes += [f"dimension.{id}" for id in self.questionnaire.dimensions]
        return tuple(name for name in (*TOTALS, *nodes) if name in self.scores.names)

    @cached_property
    def hidden(self) -> set[int]:
        """The groups that are never shown; where none of them has a score, the smallest other one too."""
        # else what the shown leave of the whole would be how many they are
        found, counts = self.few, self._scored_in(self.scores.figures("score"))
        shown = [(count, index) for index, count in enumerate(counts) if index not in found]
        return found | {min(shown)[1]} if shown and found and not any(counts[index] for index in found) else found

    @cached_property
    def few(self) -> set[int]:
        """The groups in which few have a score, and those that would give away how many of these have one."""
        return suppressed(self._scored_in(self.scores.figures("score")), self.minimum)

    @cached_property
    def whole_hidden(self) -> bool:
        """Whether even the whole is too small to be shown."""
        return int((~np.isnan(self.scores.figures("score"))).sum()) < self.minimum

    def hidden_in(self, values: Array) -> set[int]:
        """Return which groups are not shown in one column."""
        return self.hidden | suppressed(self._scored_in(values), self.minimum, self.few)

    def _scored_in(self, values: Array) -> list[int]:
        return [int((~np.isnan(values[rows])).sum()) for rows in self.members]

    def shown(self, hidden: set[int]) -> Iterator[tuple[str, Array | None]]:
        """Return the whole ("" with None) and every group that is shown, with its rows."""
        if not self.whole_hidden:
            yield "", None
        for index, rows in enumerate(self.members):
            if index not in hidden:
                yield self.groups.labels[index], rows

    # ---- tables

    def ranks(self) -> pa.Table:
        """Rank every respondent: single rows, never for publication."""
        score, base = self.scores.figures("score"), self.scores.figures("baseline_score")
        codes, _ = self.scores.coded("weights")
        in_group = pa.nulls(self.rows, COUNT)
        if self.by:
            among = (base if self.total == "baseline_score" else score).copy()
            for index in self.hidden_in(among):
                among[self.members[index]] = np.nan  # the largest rank of a group would tell how many it has
            in_group = _over(among, lambda values, at: ranked_within(values, self.groups.codes[at]), COUNT)
        return pa.table(
            {
                "respondent": self.scores.texts("respondent"),
                "weights": self.scores.texts("weights"),
                "score": _nullable(score),
                "rank": _over(score, lambda values, _: ranked(values).rank, COUNT),
                "percentile": _over(score, lambda values, _: ranked(values).percentile, FIGURE),
                "rank_in_weights": _over(score, lambda values, at: ranked_within(values, codes[at]), COUNT),
                "baseline_score": _nullable(base),
                "baseline_rank": _over(base, lambda values, _: ranked(values).rank, COUNT),
                "rank_in_group": in_group,
                "coverage": _nullable(self.scores.figures("coverage")),
                "floors": self.scores.texts("floors"),
                "mode": self.scores.mode_of_each,
            }
        )

    @cached_property
    def floored(self) -> tuple[int, int] | None:
        """Count who lies below a floor of the own profile, and whose score one holds down; None: held back."""
        if self.whole_hidden:
            return None
        codes, labels = self.scores.coded("floors")
        below = np.array([bool(label) for label in labels], bool)[codes]
        held = self.scores.figures("uncapped") - self.scores.figures("score") >= TOLERANCE
        return int(below.sum()), int((below & held).sum())

    def group_table(self) -> pa.Table:
        """Return count, mean and quantiles of every column in every group; what is held back says only that."""
        rows: list[tuple[Any, ...]] = []
        for name in self.figures_named:
            values = self.scores.figures(name)
            hidden = self.hidden_in(values)
            rows += [self._summed("", name, values, hide=self._too_few(values))]
            for index, members in enumerate(self.members):
                rows += [self._summed(self.groups.labels[index], name, values[members], hide=index in hidden)]
        order = {label: place for place, label in enumerate(("", *self.groups.labels))}
        rows.sort(key=lambda row: order[row[0]])
        return table_of(GROUP_COLUMNS, rows)

    def _too_few(self, values: Array) -> bool:
        return self.whole_hidden or int((~np.isnan(values)).sum()) < self.minimum

    def _summed(self, group: str, name: str, values: Array, *, hide: bool) -> tuple[Any, ...]:
        there = values[~np.isnan(values)]
        if hide:
            said = f"<{self.minimum}" if len(there) < self.minimum else None
            return (group, name, said, None, *(None,) * 6, True)
        found = summary(there)
        return (group, name, str(len(values)), found.scored, found.mean, *found.quantiles, False)

    def bands(self) -> pa.Table:
        """Count the respondents of every group in every band, the lowest band first."""
        codes, labels = self.scores.coded("band")
        rows: list[tuple[Any, ...]] = []
        for group, members in self.shown(self.hidden):
            inside = codes if members is None else codes[members]
            counts = np.bincount(inside, minlength=len(labels))
            total = sum(int(count) for label, count in zip(labels, counts, strict=True) if label)
            by_band = {label: int(n) for label, n in zip(labels, counts, strict=True) if label and n}
            known = [band for band in self.bands_in_order if band in by_band]
            ordered = [*known, *(band for band in by_band if band not in known)]
            rows += [(group, band, by_band[band], by_band[band] / total) for band in ordered]
        return table_of({"group": TEXT, "band": TEXT, "n": COUNT, "share": FIGURE}, rows)

    def gaps(self) -> pa.Table | None:
        """Return how many lie below their target in each dimension, and by how much; None without columns of gaps."""
        dimensions = list(self.questionnaire.dimensions)
        if not dimensions or f"gap.{dimensions[0]}" not in self.scores.names:
            return None
        rows: list[tuple[Any, ...]] = []
        for id in dimensions:
            gap, share = self.scores.figures(f"gap.{id}"), self.scores.figures(f"share.{id}")
            if self._too_few(gap):
                continue
            disclosed = share.copy()
            for index in self.hidden_in(share):
                disclosed[self.members[index]] = np.nan  # a mean over the few that have one would tell them
            for group, at in self.shown(self.hidden_in(gap)):
                own, parts = (gap, share) if at is None else (gap[at], disclosed[at])
                there, parts = own[~np.isnan(own)], parts[~np.isnan(parts)]
                short = np.where(there >= TOLERANCE, there, 0.0)
                below = int((short > 0).sum())
                apart = (below / len(there), float(short.mean())) if len(there) else (None, 0.0)
                rows.append((group, id, len(there), below, *apart, float(parts.mean()) if len(parts) else None))
        order = {label: place for place, label in enumerate(("", *self.groups.labels))}
        rows.sort(key=lambda row: order[row[0]])
        return table_of(GAP_COLUMNS, rows)

    @cached_property
    def total(self) -> str:
        """The column that respondents are compared by: over several profiles the baseline score.

        A profile that nobody has a score under, such as one that there is not, counts for nothing.
        """
        codes, _ = self.scores.coded("weights")
        scored = [~np.isnan(self.scores.figures(name)) for name in TOTALS]
        return "score" if len(np.unique(codes[np.logical_or(*scored)])) <= 1 else "baseline_score"

    def weakest(self) -> pa.Table:
        """Set the weakest (at or below the lower quartile of the total) beside the others, by dimension."""
        total = self.scores.figures(self.total)
        there = total[~np.isnan(total)]
        line = np.quantile(there, 0.25) + TOLERANCE if len(there) else np.nan
        weak, others = total <= line, total > line
        rows: list[tuple[Any, ...]] = []
        for id in self.questionnaire.dimensions:
            gap = self.scores.figures(f"gap.{id}") if f"gap.{id}" in self.scores.names else None
            values = self.scores.figures(f"dimension.{id}")
            row: list[Any] = [id, int(weak.sum()) if not self.whole_hidden else None]
            parts = [part & ~np.isnan(values) for part in (weak, others)]
            for part in parts:
                if min(int(each.sum()) for each in parts) < self.minimum:
                    row += [None, None]  # of both: the other one would give it away
                else:
                    below = None if gap is None else float((gap[part] >= TOLERANCE).mean())
                    row += [float(values[part].mean()), below]
            rows.append(tuple(row))
        return table_of(WEAKEST_COLUMNS, rows)

    def inequality(self) -> pa.Table:
        """Return Gini and Theil of every column, with their parts where there are groups."""
        rows: list[tuple[Any, ...]] = []
        for name in self.figures_named:
            values = self.scores.figures(name)
            there = ~np.isnan(values)
            if self._too_few(values):
                continue
            codes, held = self.groups.codes.copy(), self.hidden_in(values)
            for index in held:
                codes[self.members[index]] = len(self.members)  # held back, they count as one, or parts would tell them
            alone = bool(held) and len(np.unique(codes[there])) == 1  # of one that holds them all nothing lies between
            groups = codes[there] if self.by and not alone else None
            g, t = gini(values[there], groups), theil(values[there], groups)
            rows.append((name, int(there.sum()), *(g or (None,) * 4), *(t or (None,) * 3)))
        return table_of(INEQUALITY_COLUMNS, rows)

    @property
    def too_many_groups(self) -> bool:
        """Whether Gini's parts are left out because there are too many groups; those held back count as one."""
        return len(self.groups.labels) - len(self.hidden) + bool(self.hidden) > MOST_GROUPS

    @property
    def gini_parts(self) -> str:
        """Whether Gini is taken apart by the groups, or why it is not."""
        if not self.by:
            return "no_groups"
        if self.too_many_groups:
            return "too_many_groups"
        return "held_back" if len(self.hidden) == len(self.members) else "given"

    def weights(self) -> pa.Table:
        """Derive weights of the pillars from the spread of the scores; a refusal is a row without a weight."""
        rows: list[tuple[Any, ...]] = []
        for method, found in self._derived.items():
            if isinstance(found, NoWeights):
                rows += [(method, id, None, str(found)) for id in self.questionnaire.pillars]
            else:
                rows += [
                    (method, id, found.weights.get(id), found.dropped.get(id)) for id in self.questionnaire.pillars
                ]
        return table_of({"method": TEXT, "node": TEXT, "weight": FIGURE, "dropped": TEXT}, rows)

    @property
    def weights_from(self) -> int | None:
        """How many respondents have every score from which weights are derived; None where none are derived."""
        return next((found.rows for found in self._derived.values() if isinstance(found, Derived)), None)

    @cached_property
    def _derived(self) -> Mapping[str, Derived | NoWeights]:
        columns = {id: self.scores.figures(f"pillar.{id}") for id in self.questionnaire.pillars}
        found: dict[str, Derived | NoWeights] = {}
        for method in ("entropy", "critic"):
            try:
                one = derived(columns, method)
                found[method] = one if one.rows >= self.minimum else NoWeights("few")
            except NoWeights as refusal:
                found[method] = refusal
        return found


GROUP_COLUMNS = {
    "group": TEXT,
    "column": TEXT,
    "n": TEXT,
    "scored": COUNT,
    "mean": FIGURE,
    "q10": FIGURE,
    "q25": FIGURE,
    "median": FIGURE,
    "q75": FIGURE,
    "q90": FIGURE,
    "suppressed": FLAG,
}
GAP_COLUMNS = {
    "group": TEXT,
    "dimension": TEXT,
    "scored": COUNT,
    "below_target": COUNT,
    "share_below": FIGURE,
    "mean_shortfall": FIGURE,
    "mean_share": FIGURE,
}
WEAKEST_COLUMNS = {
    "dimension": TEXT,
    "weakest": COUNT,
    "mean_weakest": FIGURE,
    "below_weakest": FIGURE,
    "mean_others": FIGURE,
    "below_others": FIGURE,
}
INEQUALITY_COLUMNS = {
    "column": TEXT,
    "n": COUNT,
    "gini": FIGURE,
    "gini_within": FIGURE,
    "gini_between": FIGURE,
    "gini_overlap": FIGURE,
    "theil": FIGURE,
    "theil_within": FIGURE,
    "theil_between": FIGURE,
}


def _nullable(values: Array) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))


def _over(values: Array, judge: Any, kind: pa.DataType) -> pa.Array:
    """Judge the rows that have a figure; the others have no rank."""
    at = np.flatnonzero(~np.isnan(values))
    found = np.zeros(len(values), np.int64 if kind == COUNT else float)
    found[at] = judge(values[at], at)
    return pa.array(found, kind, mask=np.isnan(values))
