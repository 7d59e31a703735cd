"""A hierarchy of groups: each member's share of the whole is the product of the weights along its path."""

from collections.abc import Mapping, Sequence

from nqpf_assess.engine.ahp.experts import Panel


def along_the_hierarchy(panels: Sequence[Panel], above: Mapping[str, float] | None = None) -> dict[str, float]:
    """Return the share of the whole of every member, a group's own share multiplied by the weights inside it.

    A group whose parent is weighed by no panel takes its share from `above`, else 1. Order of the panels: any.
    """
    by_parent = {panel.of: panel for panel in panels}
    parent_of = {member: panel.of for panel in panels for member in panel.members}
    given = dict(above or {})

    def share(node: str) -> float:
        if node not in parent_of:
            return given.get(node, 1.0)
        panel = by_parent[parent_of[node]]
        return share(panel.of) * panel.found.weights[panel.members.index(node)]

    return {member: share(member) for panel in panels for member in panel.members}
