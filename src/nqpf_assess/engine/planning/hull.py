"""Upper limits of what a dimension can gain, as weighted sums of its measures: cuts of the convex hull of all subsets.

What measures add to a dimension is no sum: the largest counts in full, the others in part, and the target caps it. A
cut is a sum that no subset exceeds. Those of the hull are the tightest there are; without them the programme believes
that half of each of two measures is as good as the whole of one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nqpf_assess.engine.planning.solver import Mixtures
from nqpf_assess.model.base import summed

MEMBERS = 8
"""Measures of one dimension whose subsets are told apart in one cut: 2^8 of them."""

INSIDE = 1e-3
"""Shares are moved so far from 0 and 1, so that a cut says something about measures that are out or in as well."""

WHOLE = 1e-7
"""A share closer than this to 0 or 1 is that."""

Worth = Callable[[float, float], float]
"""What a dimension gains where its measures add up to so many points, the largest being so many."""

Alone = Callable[[float], float]
"""The most that a measure of so many points can add, whatever was there before."""


class Cut(NamedTuple):
    """The gain is at most `constant` + Σ factor × share."""

    constant: float
    factors: Mapping[int, float]

    def at(self, shares: Sequence[float]) -> float:
        """Return the limit for given shares of the options."""
        return self.constant + summed(factor * shares[option] for option, factor in self.factors.items())


def single_cut(lifts: Sequence[tuple[int, float]], alone: Alone) -> Cut:
    """Limit the gain by the most that each measure can add."""
    return Cut(0.0, {option: alone(points) for option, points in lifts})


def overlap_cut(lifts: Sequence[tuple[int, float]], overlap: float, shares: Sequence[float]) -> Cut:
    """Limit the points by letting the largest measures in full, up to one in all, and the overlap of the others.

    `lifts`: the most points first. Only where a dimension's gain is at most its points.
    """
    line, mass = 0.0, 0.0
    for option, points in lifts:
        mass += shares[option]
        if mass >= 1.0 - WHOLE:
            line = points
            break
    return Cut(
        (1 - overlap) * line,
        {option: overlap * points + (1 - overlap) * max(0.0, points - line) for option, points in lifts},
    )


def chain_gain(lifts: Sequence[tuple[int, float]], worth: Worth, shares: Sequence[float]) -> float:
    """Return a gain that some mixture of subsets has: measures come in one after another, the largest share first."""
    total = largest = gain = reached = 0.0
    for option, points in sorted(lifts, key=lambda lift: -shares[lift[0]]):
        if shares[option] <= WHOLE:
            break
        total, largest = total + points, max(largest, points)
        after = worth(total, largest)
        gain, reached = gain + shares[option] * (after - reached), after
    return gain


@dataclass
class Hull:
    """Makes cuts of hulls; keeps one programme for each number of members."""

    _mixtures: dict[int, Mixtures] = field(default_factory=dict)

    def cut(self, lifts: Sequence[tuple[int, float]], worth: Worth, alone: Alone, shares: Sequence[float]) -> Cut:
        """Return the tightest cut for these shares.

        Measures that are wholly in and not told apart count as in without a price; those that are out cost the
        most that they can add.
        """
        told, given, out = _sorted_out(lifts, shares)
        # What every subset of those told apart gains, by bit mask, together with those that are in.
        base = [points for _, points in given]
        reached = [(summed(base), max(base, default=0.0))]
        for _, points in told:
            reached += [(total + points, max(largest, points)) for total, largest in reached]
        worths = [worth(total, largest) for total, largest in reached]
        if len(told) not in self._mixtures:
            self._mixtures[len(told)] = Mixtures(len(told))
        inside = [min(1 - INSIDE, max(INSIDE, shares[option])) for option, _ in told]
        prices = [max(0.0, price) for price in self._mixtures[len(told)].prices(worths, inside)]
        factors = {option: price for (option, _), price in zip(told, prices, strict=True)}
        # The least constant with which the prices are a limit for every subset: valid whatever the solver's rounding.
        paid = [0.0]
        for price in prices:
            paid += [before + price for before in paid]
        constant = max(gained - sum_of for gained, sum_of in zip(worths, paid, strict=True))
        return Cut(constant, factors | dict(single_cut(out, alone).factors))


Lifts = list[tuple[int, float]]


def _sorted_out(lifts: Sequence[tuple[int, float]], shares: Sequence[float]) -> tuple[Lifts, Lifts, Lifts]:
    """Sort measures into those told apart (the most divided first), those that are in, and the others."""
    divided = [lift for lift in lifts if WHOLE < shares[lift[0]] < 1 - WHOLE]
    divided.sort(key=lambda lift: -min(shares[lift[0]], 1 - shares[lift[0]]))
    whole = [lift for lift in lifts if shares[lift[0]] >= 1 - WHOLE]
    room = MEMBERS - min(len(divided), MEMBERS)
    told, given = [*divided[:MEMBERS], *whole[:room]], whole[room:]
    known = {option for option, _ in (*told, *given)}
    return told, given, [lift for lift in lifts if lift[0] not in known]
