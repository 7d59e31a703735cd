"""Options as people tick them: one, several, or none of them."""

from collections.abc import Mapping, Sequence

from nqpf_assess.engine.values import Value
from nqpf_assess.model.questionnaire import AnyAsked, LevelKind, MultiFact, MultiQuestion, SingleFact, SingleQuestion

NONE_OF_THEM: frozenset[str] = frozenset()
"""The answer that no option holds; there is one only where no option says it itself."""


def options_of(asked: AnyAsked) -> Mapping[str, object]:
    """Give the options of a question or fact by id; none for figures, levels and words."""
    return getattr(asked, "options", {})


def is_single(asked: AnyAsked) -> bool:
    """Say whether exactly one option is chosen."""
    return isinstance(asked, SingleQuestion | SingleFact)


def is_multi(asked: AnyAsked) -> bool:
    """Say whether several options may be ticked."""
    return isinstance(asked, MultiQuestion | MultiFact)


def excludes(asked: AnyAsked, option: str) -> bool:
    """Say whether an option stands alone."""
    return bool(getattr(options_of(asked)[option], "exclusive", False))


def may_be_none(asked: AnyAsked) -> bool:
    """Say whether “none of these” is an answer of its own."""
    return is_multi(asked) and not any(excludes(asked, option) for option in options_of(asked))


def knows_unsure(asked: AnyAsked) -> bool:
    """Say whether an option of a fact says that it is not known."""
    return any(getattr(option, "unknown", False) for option in options_of(asked).values())


def tick(asked: AnyAsked, held: Value | None, option: str) -> frozenset[str] | None:
    """Tick an option or take its tick away; what stands alone puts the others out. None: nothing is ticked any more."""
    ticked = held if isinstance(held, frozenset) else NONE_OF_THEM
    if option in ticked:
        return ticked - {option} or None
    if excludes(asked, option):
        return frozenset({option})
    return frozenset({o for o in ticked if not excludes(asked, o)} | {option})


def numbered(asked: AnyAsked) -> Sequence[tuple[int, Value]]:
    """Give what can be chosen with the number it is chosen by: levels by their own, options counted from 1."""
    if isinstance(asked, LevelKind):
        return tuple((level, level) for level in range(len(asked.levels)))
    return tuple(enumerate(options_of(asked), start=1))


def in_file(asked: AnyAsked, ticked: frozenset[str]) -> tuple[str, ...]:
    """Give ticked options in the order of the questionnaire, as the file holds them."""
    return tuple(option for option in options_of(asked) if option in ticked)
