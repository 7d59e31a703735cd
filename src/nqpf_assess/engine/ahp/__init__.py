"""AHP: weights from judgements of pairs, and how far the judgements agree with each other (scoring.md, section 10).

Pure functions over matrices of floats, aᵢⱼ = how many times i counts as much as j. Sources: Saaty 1977, 1980, 1990;
Crawford and Williams 1985 (geometric mean); Aczél and Saaty 1983 (several experts).
"""

from nqpf_assess.engine.ahp.experts import Expert, Panel, combined, panel_of
from nqpf_assess.engine.ahp.hierarchy import along_the_hierarchy, groups_above
from nqpf_assess.engine.ahp.matrix import LARGEST, Matrix, MatrixFault, judged, read_matrix
from nqpf_assess.engine.ahp.pairs import Pair, worst_pairs
from nqpf_assess.engine.ahp.priorities import (
    ACCEPTED,
    METHODS,
    RANDOM_INDEX,
    Method,
    Priorities,
    priorities,
)

__all__ = [
    "ACCEPTED",
    "LARGEST",
    "METHODS",
    "RANDOM_INDEX",
    "Expert",
    "Matrix",
    "MatrixFault",
    "Method",
    "Pair",
    "Panel",
    "Priorities",
    "along_the_hierarchy",
    "combined",
    "groups_above",
    "judged",
    "panel_of",
    "priorities",
    "read_matrix",
    "worst_pairs",
]
