"""What can be said of one comparison without running anything: is it sound, does it fit what it compares?"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from nqpf_assess.files.positions import Path
from nqpf_assess.kinds import kind_of
from nqpf_assess.model.condition import DEPTH, SUBJECTS, AnyCondition, Comparison, leaves
from nqpf_assess.model.questionnaire import AnyAsked, Questionnaire


def sound(leaf: Comparison) -> bool:
    """Return whether a comparison names one thing under one operator."""
    return sum(getattr(leaf, kind) is not None for kind in SUBJECTS) == 1 and len(leaf.operators) == 1


def options_named(leaf: Comparison) -> Iterator[tuple[Path, str]]:
    """Return the options a comparison names, each with its path inside it."""
    if leaf.operator in ("is", "has"):
        yield (leaf.operator,), leaf.operand
    elif leaf.operator == "one_of":
        for index, option in enumerate(leaf.operand):
            yield ("one_of", index), option


def groups_above(path: Path) -> int:
    """Count the groups under which a comparison stands, by its path inside the condition."""
    return sum(part in ("all", "any", "not") for part in path)


def questions_named(condition: AnyCondition | None) -> dict[str, Path]:
    """Return the questions a condition names, each with the path where that is first."""
    found: dict[str, Path] = {}
    for path, leaf in leaves(condition) if condition is not None else ():
        if leaf.question is not None:
            found.setdefault(leaf.question, (*path, "question"))
    return found


class Comparable(NamedTuple):
    """What comparisons speak of. `shaky`: facts and questions (table, id) at fault, of which nothing is concluded."""

    questionnaire: Questionnaire
    shaky: Collection[tuple[str, str]] = ()

    def asked(self, leaf: Comparison) -> AnyAsked | None:
        """Return the fact or question that a sound comparison speaks of, if it is there and sound."""
        if not sound(leaf) or leaf.dimension is not None or (f"{leaf.subject_kind}s", leaf.subject) in self.shaky:
            return None
        table: Mapping[str, AnyAsked] = (
            self.questionnaire.facts if leaf.fact is not None else self.questionnaire.questions
        )
        return table.get(leaf.subject)

    def fitted(self, leaf: Comparison) -> AnyAsked | None:
        """Return what a comparison speaks of, if its operator fits the kind of it."""
        asked = self.asked(leaf)
        return asked if asked is not None and kind_of(asked).fits(leaf) else None

    def reasonable(self, condition: AnyCondition, *, check: bool = False) -> bool:
        """Return whether a condition is free of faults, so that it can be reasoned about; `check`: of a check."""
        for path, leaf in leaves(condition):
            asked = self.fitted(leaf)
            if asked is not None:
                known = {choice.value for choice in kind_of(asked).choices(asked)}
                faultless = all(option in known for _, option in options_named(leaf))
            else:  # what is scored can be spoken of in checks only
                dimension = sound(leaf) and leaf.dimension in self.questionnaire.dimensions
                faultless = check and dimension and leaf.operator == "score_at_least"
            if groups_above(path) > DEPTH or not faultless:
                return False
        return True
