"""The one place that calls HiGHS: linear programmes that keep their basis from one solve to the next.

HiGHS (Huangfu and Hall 2018, Mathematical Programming Computation 10) is imported when the first programme is made.
Simplex, one thread: the same calls give the same figures.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

SHARP = 1e-9
"""How far a solution may break a row or a bound."""


class Solved(NamedTuple):
    """The best solution of a linear programme: its value, the columns, their reduced costs, the rows' prices."""

    value: float
    columns: list[float]
    reduced: list[float]
    prices: list[float]


def _highs() -> Any:
    import highspy

    base: Any = highspy.Highs
    # In the place of what would announce the program on standard output.
    silence = {"enableCallbacks": lambda made: made.setOptionValue("output_flag", False)}  # noqa: FBT003
    made = type("SilentHighs", (base,), silence)()
    for option, value in {"threads": 1, "presolve": "off", "solver": "simplex", "simplex_scale_strategy": 0}.items():
        made.setOptionValue(option, value)
    made.setOptionValue("primal_feasibility_tolerance", SHARP)
    made.setOptionValue("dual_feasibility_tolerance", SHARP)
    made.changeObjectiveSense(highspy.ObjSense.kMaximize)
    return made


class Programme:
    """A linear programme that is maximised again and again while rows are added and bounds change."""

    def __init__(self) -> None:
        import highspy

        self._highs, self._optimal = _highs(), highspy.HighsModelStatus.kOptimal
        self.solves = 0

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self._highs.getNumRow())

    def add_column(self, cost: float, low: float, high: float) -> None:
        """Add a column."""
        self._highs.addCol(cost, low, high, 0, [], [])

    def add_row(self, factors: Mapping[int, float], most: float) -> None:
        """Add a row: the columns times their factors come to `most` at the highest."""
        self._highs.addRow(-1e30, most, len(factors), list(factors), list(factors.values()))

    def limit_row(self, row: int, most: float) -> None:
        """Change what a row may come to."""
        self._highs.changeRowBounds(row, -1e30, most)

    def bound_column(self, column: int, low: float, high: float) -> None:
        """Change a column's bounds."""
        self._highs.changeColBounds(column, low, high)

    def drop_loose_rows(self, first: int, slack: float) -> None:
        """Take away the rows from `first` on that the last solution does not touch."""
        values, model = list(self._highs.getSolution().row_value), self._highs.getLp()
        most = list(model.row_upper_)
        loose = [row for row in range(first, len(values)) if most[row] - values[row] > slack]
        if loose:
            self._highs.deleteRows(len(loose), loose)

    def value(self) -> float | None:
        """Solve; give the value, or None where no solution exists."""
        self._highs.run()
        self.solves += 1
        if self._highs.getModelStatus() != self._optimal:
            return None
        return float(self._highs.getInfo().objective_function_value)

    def solution(self) -> Solved:
        """Return the solution that the last solve found."""
        found = self._highs.getSolution()
        value = float(self._highs.getInfo().objective_function_value)
        return Solved(value, list(found.col_value), list(found.col_dual), list(found.row_dual))


class Mixtures:
    """Prices the members of a set function: the mixture of subsets of so many members that is worth the most.

    One programme serves every function of so many members, since only worths and shares differ.
    """

    def __init__(self, members: int) -> None:
        self._highs, self._members = _highs(), members
        for _ in range(members + 1):
            self._highs.addRow(0.0, 0.0, 0, [], [])
        for subset in range(2**members):
            rows = [*(member for member in range(members) if subset >> member & 1), members]
            self._highs.addCol(0.0, 0.0, 1e30, len(rows), rows, [1.0] * len(rows))

    def prices(self, worth: Sequence[float], shares: Sequence[float]) -> list[float]:
        """Give each member's price where subsets have these worths (by bit mask) and members these shares (0 to 1)."""
        self._highs.changeColsCost(len(worth), list(range(len(worth))), list(worth))
        for row, share in enumerate((*shares, 1.0)):
            self._highs.changeRowBounds(row, share, share)
        self._highs.run()
        return list(self._highs.getSolution().row_dual)[: self._members]
