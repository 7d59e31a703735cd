"""Steps of editing: each change gives a new state; the present one can be taken back and brought back."""

from typing import Generic, TypeVar

State = TypeVar("State")


class Steps(Generic[State]):
    """The states of what is edited, oldest first, and which of them is the present one."""

    def __init__(self, first: State) -> None:
        self._states = [first]
        self._at = 0

    @property
    def now(self) -> State:
        """The present state."""
        return self._states[self._at]

    def take(self, state: State) -> None:
        """Make a state the present one. What was taken back before is dropped."""
        self._states = [*self._states[: self._at + 1], state]
        self._at += 1

    def move(self, by: int) -> bool:
        """Go back (−1) or forward (+1); False where there is nothing."""
        there = 0 <= self._at + by < len(self._states)
        self._at += by if there else 0
        return there
