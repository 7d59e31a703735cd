"""Statistics that only make sense among many, on columns of scores: pure functions on numpy arrays without gaps.

They are *relative*: they say how places stand beside each other, never how good one is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nqpf_assess.cohort.cells import Array
from nqpf_assess.model.base import summed

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
DECIMALS = 9
"""Scores are compared rounded to this."""

MOST_GROUPS = 200
"""Groups over which Gini's parts are worked out."""

FEWEST = 3
"""Complete rows that weights can be derived from."""


class Summary(NamedTuple):
    """Count, mean and quantiles of one column in one group."""

    scored: int
    mean: float
    quantiles: tuple[float, ...]


def summary(values: Array) -> Summary:
    """Sum a column up; quantiles lie on straight lines between order statistics (type 7, Hyndman and Fan 1996)."""
    if not len(values):
        return Summary(0, float("nan"), (float("nan"),) * len(QUANTILES))
    ordered = np.sort(values)
    return Summary(len(values), float(ordered.mean()), tuple(float(q) for q in np.quantile(ordered, QUANTILES)))


class Ranked(NamedTuple):
    """Competition ranks (1, 2, 2, 4; highest first) and percentiles."""

    rank: Array
    percentile: Array


def ranked(values: Array) -> Ranked:
    """Rank scores. Percentile = 100 × (lower + half of the equals, oneself among them) / scored."""
    count = len(values)
    order = np.argsort(np.round(values, DECIMALS), kind="stable")
    ordered = np.round(values, DECIMALS)[order]
    begins = np.r_[True, ordered[1:] != ordered[:-1]] if count else np.zeros(0, bool)
    first = np.flatnonzero(begins)
    size = np.diff(np.r_[first, count])
    run = np.cumsum(begins) - 1
    lower, equal = first[run], size[run]
    rank, percentile = np.empty(count, np.int64), np.empty(count)
    rank[order] = count - lower - equal + 1
    percentile[order] = 100.0 * (lower + equal / 2.0) / count if count else 0.0
    return Ranked(rank, percentile)


def ranked_within(values: Array, groups: Array) -> Array:
    """Return each score's competition rank within its group."""
    found = np.empty(len(values), np.int64)
    for members in members_of(groups):
        found[members] = ranked(values[members]).rank
    return found


def members_of(groups: Array) -> list[Array]:
    """Return the rows of each group, by the number of the group; rows in their order."""
    small = len(groups) and groups.min() >= 0 and groups.max() <= np.iinfo(np.uint16).max
    order = np.argsort(groups.astype(np.uint16) if small else groups, kind="stable")  # small numbers by their digits
    bounds = np.flatnonzero(np.r_[True, np.diff(groups[order]) != 0, True]) if len(groups) else np.zeros(1, int)
    return [order[start:end] for start, end in pairwise(bounds)]


class Gini(NamedTuple):
    """Gini's coefficient, and its parts within groups, between groups and from their overlap (Dagum 1997)."""

    whole: float
    within: float | None
    between: float | None
    overlap: float | None


class Theil(NamedTuple):
    """Theil's T, and its parts within and between groups."""

    whole: float
    within: float | None
    between: float | None


def distances(values: Array) -> float:
    """Sum |xᵢ − xⱼ| over all ordered pairs."""
    count, ordered = len(values), np.sort(values)
    places = 2.0 * np.arange(1, count + 1) - count - 1
    return float(2.0 * (places * ordered).sum())


def gini(values: Array, groups: Array | None = None) -> Gini | None:
    """Return Σ|xᵢ − xⱼ| / (2n²m), and its parts where there are groups; mean 0: none.

    Dagum's parts: pairs within a group; |difference of the means| of pairs of groups; what is left of the pairs across
    groups, where they overlap (Dagum 1997, Empirical Economics 22: 515–531).
    """
    count = len(values)
    mean = values.mean() if count else 0.0
    if mean <= 0:
        return None
    scale = 2.0 * count * count * mean
    whole = distances(values) / scale
    if groups is None:
        return Gini(float(whole), None, None, None)
    members = members_of(groups)
    if len(members) > MOST_GROUPS:
        return Gini(float(whole), None, None, None)
    within = summed(distances(values[rows]) for rows in members) / scale
    sizes = np.array([len(rows) for rows in members], float)
    means = np.array([values[rows].mean() for rows in members])
    apart = np.abs(means[:, None] - means[None, :]) * sizes[:, None] * sizes[None, :]
    between = float(apart.sum() / scale)
    return Gini(float(whole), float(within), between, float(max(0.0, whole - within - between)))


def theil(values: Array, groups: Array | None = None) -> Theil | None:
    """Return Theil's T = mean of (x/m) ln(x/m) with 0 ln 0 = 0, and its parts where there are groups; mean 0: none."""
    mean = values.mean() if len(values) else 0.0
    if mean <= 0:
        return None
    whole = _t(values)
    if groups is None:
        return Theil(whole, None, None)
    within = between = 0.0
    for rows in members_of(groups):
        local = float(values[rows].mean())
        share = local * len(rows) / (mean * len(values))
        if share > 0:
            within += share * _t(values[rows])
            between += share * float(np.log(local / mean))
    return Theil(whole, within, between)


def _t(values: Array) -> float:
    relative = values / values.mean()
    there = relative > 0
    return float((relative[there] * np.log(relative[there])).sum() / len(values))


class NoWeights(Exception):
    """Weights cannot be derived; the message is the code of the reason: `few` or `alike`."""


@dataclass(frozen=True)
class Derived:
    """Weights derived from the spread of the scores: by column; the columns dropped with why; complete rows."""

    weights: dict[str, float]
    dropped: dict[str, str]
    rows: int


def derived(columns: dict[str, Array], method: str) -> Derived:
    """Derive weights from columns in which NaN stands for no score; raises `NoWeights`, never gives equal ones.

    `entropy`: Shannon's entropy of the shares (Hwang and Yoon 1981). `critic`: spread × conflict (Diakoulaki, Mavrotas
    and Papayannakis 1995). Both on min–max over the rows that have every column.
    """
    dropped = {id: why for id, column in columns.items() if (why := _flat(column[~np.isnan(column)]))}
    left = {id: column for id, column in columns.items() if id not in dropped}
    if not left:
        most = max((int((~np.isnan(column)).sum()) for column in columns.values()), default=0)
        raise NoWeights("few" if most < FEWEST else "alike")
    complete = ~np.isnan(np.column_stack(list(left.values()))).any(axis=1)
    rows = int(complete.sum())
    if rows < FEWEST:
        raise NoWeights("few")
    kept = {id: column[complete] for id, column in left.items()}
    dropped |= {id: why for id, column in kept.items() if (why := _flat(column))}
    varying = {id: (c - c.min()) / np.ptp(c) for id, c in kept.items() if id not in dropped}
    if not varying:
        raise NoWeights("alike")
    raw = (_entropy if method == "entropy" else _critic)(list(varying.values()), rows)
    total = summed(raw)
    if total <= 1e-12:
        raise NoWeights("alike")
    weights = {id: part / total for id, part in zip(varying, raw, strict=True)}
    return Derived(weights, {id: dropped[id] for id in columns if id in dropped}, rows)


def _flat(column: Array) -> str:
    """Return why a column tells nobody apart: no figure in it, or all alike; "" where it does."""
    return "empty" if not len(column) else "constant" if np.ptp(column) <= 1e-9 else ""


def _entropy(columns: Sequence[Array], rows: int) -> list[float]:
    found = []
    for column in columns:
        shares = column / column.sum()
        there = shares > 0
        found.append(1.0 + float((shares[there] * np.log(shares[there])).sum() / np.log(rows)))
    return found


def _critic(columns: Sequence[Array], _rows: int) -> list[float]:
    if len(columns) == 1:
        return [1.0]
    conflict = (1.0 - np.corrcoef(np.stack(columns))).sum(axis=1)
    return [float(column.std() * part) for column, part in zip(columns, conflict, strict=True)]


def suppressed(scored: Sequence[int], minimum: int, also: Collection[int] = ()) -> set[int]:
    """Return which groups of a whole must not be shown: those below the minimum, and what would give them away.

    Whoever knows the whole can take the shown groups off it: what is left must be at least two groups and together
    reach the minimum, else the next smallest group is held back too. `also`: groups held back anyway.
    """
    hidden = {index for index, count in enumerate(scored) if count < minimum} | set(also)
    left = sorted((count, index) for index, count in enumerate(scored) if index not in hidden)
    while left:
        taken_off = [scored[index] for index in hidden if scored[index]]
        if not taken_off or (len(taken_off) > 1 and sum(taken_off) >= minimum):
            break
        hidden.add(left.pop(0)[1])
    return hidden
