"""Comparing parts two by two (AHP) in a rubric that is being edited: what is judged, and what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from nqpf_assess.engine.ahp import Matrix, Panel, panel_of
from nqpf_assess.files.drafting import among, factors, in_each, shares_before
from nqpf_assess.files.editing import Adjusted, Argued, Edit, PairsJudged, Stated
from nqpf_assess.files.rules.judging import ordered, siblings
from nqpf_assess.locale import Text
from nqpf_assess.model.base import plain_number
from nqpf_assess.model.weights import Judgements
from nqpf_assess.session.rubric_editing import RubricEditing

Pair = tuple[int, int]
Why = Callable[[Panel, float, float], Text]
"""The reason for a share that was judged, given all judgements, the share before and the share now."""

STEPS: tuple[Fraction, ...] = (
    *(Fraction(step) for step in range(9, 1, -1)),
    *(Fraction(1, step) for step in range(1, 10)),
)
"""Saaty's scale from 9 to 1/9."""

SAME = 1e-6
"""Within it two shares are one: factors are kept with so many decimals."""


@dataclass
class Judging:
    """One expert's judgements of the parts of one whole, as far as they are given. `of`: "" for the pillars.

    What a profile has switched off is none of its parts: no factor brings it back.
    """

    editing: RubricEditing
    of: str
    by: str = ""
    given: dict[Pair, Fraction] = field(default_factory=dict)
    _before: dict[Pair, Fraction] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        editing = self.editing
        before = shares_before(editing.instrument)
        self.members = tuple(
            member
            for member in siblings(editing.book.value, self.of)
            if not editing.instrument.is_unscored(member) and (editing.is_baseline or before[member])
        )
        held = self.held()
        self.take_up(held[0].by if held and not self.by else self.by)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs, in order."""
        return tuple(combinations(range(len(self.members)), 2))

    def held(self, *, counted: bool = True) -> tuple[Judgements, ...]:
        """Return what the file already holds of this whole; not `counted`: what compares other parts than these."""
        mine = (entry for entry in self.editing.value.judgements if (entry.of or "") == self.of)
        return tuple(entry for entry in mine if (sorted(entry.members) == sorted(self.members)) is counted)

    @property
    def namesakes(self) -> int:
        """How many experts in the file have the name of the one whose judgements these are."""
        return sum(entry.by == self.by for entry in self.held())

    @property
    def changed(self) -> bool:
        """Whether something was judged here that the file does not hold."""
        return bool(self.given) and self.given != self._before

    def take_up(self, by: str) -> None:
        """Go on as an expert; what he or she judged before is there again."""
        self.by, self.given = by, {}
        entry = self._held_of(by)
        if entry is not None:
            matrix = ordered(entry, self.members)
            self.given = {(i, j): _typed(matrix[i][j]) for i, j in self.pairs}
        self._before = dict(self.given)

    def _held_of(self, by: str) -> Judgements | None:
        """Return what the file holds of an expert, of namesakes the first: two may have sent files of one name."""
        return next((entry for entry in self.held() if entry.by == by), None)

    def judge(self, pair: Pair, value: Fraction) -> None:
        """Judge a pair."""
        self.given[pair] = value

    def open_pair(self, after: Pair | None = None) -> Pair | None:
        """Return the next pair that is not judged yet, after one, else from the beginning; None where all are."""
        left = [pair for pair in self.pairs if pair not in self.given]
        return next((pair for pair in left if after is None or pair > after), left[0] if left else None)

    @property
    def complete(self) -> bool:
        """Whether every pair is judged."""
        return len(self.given) == len(self.pairs)

    def matrix(self) -> Matrix:
        """Return the judgements as a matrix; only where all are there."""
        count = len(self.members)
        rows = [[1.0] * count for _ in range(count)]
        for (i, j), value in self.given.items():
            rows[i][j], rows[j][i] = float(value), float(1 / value)
        return tuple(map(tuple, rows))

    def panel(self) -> Panel | None:
        """Return what follows from these judgements and the other experts' in the file; None while pairs lack."""
        if not self.complete:
            return None
        own = self._held_of(self.by)
        others = (entry for entry in self.held() if entry is not own)
        named = [(e.by or f"{number}", ordered(e, self.members)) for number, e in enumerate(others, start=2)]
        return panel_of(self.of, self.members, [*named, (self.by or "1", self.matrix())], "eigenvector")

    def edits(self, why: Why) -> list[Edit]:
        """Return the changes that bring the weights to what was judged, and keep the judgements in the file.

        None where both are so already.
        """
        panel = self.panel()
        assert panel is not None
        shares = dict(zip(self.members, panel.found.weights, strict=True))
        now = among(shares_before(self.editing.instrument), self.members)
        if not self.changed and all(abs(now[member] - share) < SAME for member, share in shares.items()):
            return []
        count = len(self.members)
        rows = tuple(
            tuple("1" if i == j else as_kept(self.given[i, j]) if i < j else "" for j in range(count))
            for i in range(count)
        )
        judged = Judgements(of=self.of or None, by=self.by, members=self.members, matrix=rows)
        return [*self._weights(panel, shares, why), PairsJudged(judged)]

    def _weights(self, panel: Panel, shares: dict[str, float], why: Why) -> list[Edit]:
        # A reason names what the rubric rests on: its own share may come of judgements that nobody has seen yet.
        before = among(shares_before(self.editing.instrument, own=self.editing.is_baseline), self.members)
        languages = self.editing.languages
        words = {member: in_each(languages, why(panel, before[member], share)) for member, share in shares.items()}
        if self.editing.is_baseline:
            return [
                Stated("weights", member, Decimal(f"{share * 100:.4f}").normalize(), words[member][languages[0]])
                for member, share in shares.items()
            ]
        edits: list[Edit] = []
        for member, factor in factors(self.editing.instrument, shares).items():
            # On top of the factor that this file states for the part always, if it does.
            index, change = next(
                ((i, c) for i, c in self.editing.own(member) if c.when is None and c.factor is not None), (None, None)
            )
            if change is None or change.factor is None:
                edits.append(Adjusted(member, factor, None, words[member], None))
                continue
            together_now = (change.factor * factor).quantize(Decimal("0.000000001"))
            edits.append(Adjusted(member, together_now, change.target, words[member], index))
            if index is not None and change.target is not None and not change.target_why:
                edits.append(Argued(index, change.why))  # it argued the target too, of which the judgements say nothing
        return edits


def as_kept(value: Fraction) -> str:
    """Write a judgement as a file keeps it: 3, 1/3, else with all its decimals where they come to an end."""
    ends = 10**20 % value.denominator == 0 and value.numerator != 1
    return plain_number(Decimal(value.numerator) / Decimal(value.denominator)) if ends else str(value)


def _typed(value: float) -> Fraction:
    """Return a judgement as it was typed: a fraction, else its decimals, such as the mean of a panel has."""
    simple = Fraction(value).limit_denominator(10_000)
    return simple if float(simple) == value else Fraction(repr(value))
