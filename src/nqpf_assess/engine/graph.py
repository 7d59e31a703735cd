"""Order among things that depend on each other, without recursion: chains may be ten thousand long."""

from collections.abc import Iterable, Mapping
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
    return tuple(_ring(group, needs) for group in _strong_groups(needs))


def _strong_groups(needs: Mapping[str, Iterable[str]]) -> list[list[str]]:
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[list[str]] = []
    for start in needs:
        if start not in index:
            _walk(start, needs, index=index, low=low, stack=stack, on_stack=on_stack, found=found)
    return found


def _walk(
    start: str,
    needs: Mapping[str, Iterable[str]],
    *,
    index: dict[str, int],
    low: dict[str, int],
    stack: list[str],
    on_stack: set[str],
    found: list[list[str]],
) -> None:
    def enter(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        on_stack.add(name)
        work.append((name, iter([need for need in needs[name] if need in needs])))

    work: list[tuple[str, Iterable[str]]] = []
    enter(start)
    while work:
        name, rest = work[-1]
        following = next(iter(rest), None)
        if following is None:
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[name])
            if low[name] == index[name]:
                _close(name, needs, stack=stack, on_stack=on_stack, found=found)
        elif following not in index:
            enter(following)
        elif following in on_stack:
            low[name] = min(low[name], index[following])


def _close(
    name: str, needs: Mapping[str, Iterable[str]], *, stack: list[str], on_stack: set[str], found: list[list[str]]
) -> None:
    group: list[str] = []
    while not group or group[-1] != name:
        group.append(stack.pop())
        on_stack.discard(group[-1])
    if len(group) > 1 or name in set(needs[name]):
        found.append(group)


def _ring(group: list[str], needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Walk once around: the shortest way from the group's first member in file order back to itself."""
    members = set(group)
    start = next(name for name in needs if name in members)
    before: dict[str, str] = {}
    queue = [start]
    for name in queue:
        for need in needs[name]:
            if need == start:
                return _back(name, before, start)
            if need in members and need not in before:
                before[need] = name
                queue.append(need)
    return tuple(group)


def _back(name: str, before: Mapping[str, str], start: str) -> tuple[str, ...]:
    ring = [name]
    while ring[-1] != start:
        ring.append(before[ring[-1]])
    return tuple(reversed(ring))
