"""Options as people tick them: one, several, or none of them."""

from nqpf_assess.kinds import kind_of
from nqpf_assess.kinds.kind import Value
from nqpf_assess.model.questionnaire import AnyAsked


def tick(asked: AnyAsked, held: Value | None, option: str) -> frozenset[str] | None:
    """Tick an option or take its tick away; what stands alone puts the others out. None: nothing is ticked any more."""
    ticked = held if isinstance(held, frozenset) else frozenset[str]()
    alone = {choice.value for choice in kind_of(asked).choices(asked) if choice.alone}
    if option in ticked:
        return ticked - {option} or None
    return frozenset({option}) if option in alone else (ticked - alone) | {option}
