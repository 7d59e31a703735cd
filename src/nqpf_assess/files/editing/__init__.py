"""Changing a rubric's file for its author: one thing at a time, every comment, order and layout beside it kept."""

from nqpf_assess.files.editing.edits import (
    Adjusted,
    Banded,
    Compared,
    Conditioned,
    Dropped,
    Edit,
    Floored,
    NotEditable,
    Removed,
    Rule,
    Stated,
    Versioned,
    edited,
)
from nqpf_assess.files.editing.judging import Judged, judged
from nqpf_assess.files.editing.keeping import RubricFile

__all__ = [
    "Adjusted",
    "Banded",
    "Compared",
    "Conditioned",
    "Dropped",
    "Edit",
    "Floored",
    "Judged",
    "NotEditable",
    "Removed",
    "RubricFile",
    "Rule",
    "Stated",
    "Versioned",
    "edited",
    "judged",
]
