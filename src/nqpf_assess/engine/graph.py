"""Order among things that depend on each other, without recursion: chains may be ten thousand long."""

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TypeVar

Name = TypeVar("Name", bound=str)


def in_dependency_order(needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """List every name after all it needs, else in the given order. Members of a cycle come last, in the given order."""
    waiting = {name: {need for need in wanted if need in needs and need != name} for name, wanted in needs.items()}
    dependants: dict[str, list[str]] = {name: [] for name in needs}
    for name, wanted in waiting.items():
        for need in wanted:
            dependants[need].append(name)
    ready = [name for name, wanted in waiting.items() if not wanted]
    for name in ready:
        for dependant in dependants[name]:
            waiting[dependant].discard(name)
            if not waiting[dependant]:
                ready.append(dependant)
    placed = set(ready)
    return (*ready, *(name for name in needs if name not in placed))


def cycles(needs: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Find the cycles, members only, in the order in which one needs the next (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: dict[str, None] = {}
    work: list[tuple[str, Iterator[str]]] = []
    found: list[tuple[str, ...]] = []

    def enter(name: str) -> None:
        index[name] = low[name] = len(index)
        stack[name] = None
        work.append((name, iter([need for need in needs[name] if need in needs])))

    for start in needs:
        if start not in index:
            enter(start)
        while work:  # a stack of our own: Python's ends after a thousand names
            name, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:  # the root of a group: all above it on the stack can reach each other
                    group = {stack.popitem()[0]}
                    while name not in group:
                        group.add(stack.popitem()[0])
                    if len(group) > 1 or name in set(needs[name]):
                        found.append(_ring(group, needs))
            elif following not in index:
                enter(following)
            elif following in stack:
                low[name] = min(low[name], index[following])
    return tuple(found)


def _ring(group: Set[str], needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Walk once around: the shortest way from the group's first member in file order back to itself."""
    start = next(name for name in needs if name in group)
    before: dict[str, str] = {}
    queue = [start]
    for name in queue:
        for need in needs[name]:
            if need == start:
                ring = [name]
                while ring[-1] != start:
                    ring.append(before[ring[-1]])
                return tuple(reversed(ring))
            if need in group and need not in before:
                before[need] = name
                queue.append(need)
    raise AssertionError("each of a group can reach each other")
