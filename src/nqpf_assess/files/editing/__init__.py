"""Changing a rubric's file for its author: one thing at a time, every comment, order and layout beside it kept."""

from nqpf_assess.files.editing.edits import (
    Adjusted,
    Argued,
    Banded,
    Conditioned,
    Dropped,
    Edit,
    Floored,
    NotEditable,
    PairsJudged,
    Removed,
    ScoringChange,
    Stated,
    Together,
    Versioned,
    edited,
)
from nqpf_assess.files.editing.judging import Judged, judged
from nqpf_assess.files.editing.keeping import RubricFile

__all__ = [
    "Adjusted",
    "Argued",
    "Banded",
    "Conditioned",
    "Dropped",
    "Edit",
    "Floored",
    "Judged",
    "NotEditable",
    "PairsJudged",
    "Removed",
    "RubricFile",
    "ScoringChange",
    "Stated",
    "Together",
    "Versioned",
    "edited",
    "judged",
]
