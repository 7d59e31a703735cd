"""Rounded parts that add up to their rounded whole, so that a reader who adds the column finds no fault."""

from collections.abc import Sequence
from decimal import Decimal

from nqpf_assess.report.wording import rounded


def adding_up(whole: float, parts: Sequence[float], decimals: int = 1) -> tuple[float, ...]:
    """Round parts so that they sum to the rounded whole; the parts that lie nearest to the other side give way.

    Largest remainders; no part moves by a full unit of the last digit or more.
    """
    unit = Decimal(1).scaleb(-decimals)
    found = [rounded(part, decimals) for part in parts]
    missing = int((rounded(whole, decimals) - sum(found, Decimal(0))) / unit)
    step = unit.copy_sign(missing)
    lost = sorted(range(len(parts)), key=lambda i: -(Decimal(repr(parts[i])) - found[i]) * (1 if missing > 0 else -1))
    for index in lost[: abs(missing)]:
        found[index] += step
    return tuple(float(part) for part in found)
