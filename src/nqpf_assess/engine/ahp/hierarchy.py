"""A hierarchy of groups: each member's share of the whole is the product of the weights along its path."""

from collections import Counter
from collections.abc import Mapping, Sequence

from nqpf_assess.engine.ahp.experts import Panel
from nqpf_assess.engine.graph import in_dependency_order


def groups_above(panels: Sequence[Panel]) -> Mapping[str, Sequence[str]]:
    """Return for every group the groups of which it is a member itself."""
    return {panel.of: [other.of for other in panels if panel.of in other.members] for panel in panels}


def along_the_hierarchy(panels: Sequence[Panel]) -> dict[str, float]:
    """Return the share of the whole of every member, a group's own share multiplied by the weights inside it.

    What is compared in several groups, as offers are under each criterion, has the sum of its shares; none where one of
    them has none. A group that no panel weighs counts as the whole, for what is compared there alone. Order of the
    panels: any.
    """
    groups, higher = {panel.of: panel for panel in panels}, groups_above(panels)
    often = Counter(member for panel in panels for member in panel.members)
    shares: dict[str, float | None] = {"": 1.0}
    for of in in_dependency_order(higher):
        own = shares.get(of)
        for member, weight in zip(groups[of].members, groups[of].found.weights, strict=True):
            whole = 1.0 if own is None and not higher[of] and often[member] == 1 else own
            so_far = shares.get(member, 0.0)
            shares[member] = None if whole is None or so_far is None else so_far + whole * weight
    every = (member for panel in panels for member in panel.members)
    return {member: share for member in every if (share := shares[member]) is not None}
