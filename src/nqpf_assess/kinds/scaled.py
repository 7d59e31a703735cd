"""What figures and days share: typed on a line, with an order of their own, scored along the points of a scale."""

from collections.abc import Sequence

from nqpf_assess.kinds.kind import STATES_FIT, Here, Keys, Kind, Value


class ScaledKind(Kind[Keys]):
    """A kind whose values have an order of their own, and a scale that turns them into scores."""

    entry = "line"
    ordered = True
    operators = ("at_least", "at_most", *STATES_FIT)

    def reach(self, asked: Keys, here: Here) -> tuple[float, float]:
        assert here.scale is not None
        return min(here.scale.ys), max(here.scale.ys)

    def steps(self, asked: Keys, value: Value, here: Here) -> Sequence[float]:
        return here.scale.ys if here.scale is not None else ()
