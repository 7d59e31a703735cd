"""`dataclass` of the standard library, with one difference: its methods are written when the first instance is made.

The standard library compiles five or six functions for each class as it is defined, a third of a millisecond. A command
defines more than a hundred and makes instances of a third of them; the terminal app, three hundred. Slots are not made:
they would need another class than the one that was defined. Type checkers see the standard library's decorator.
"""

from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Return the class, still without methods; as a decorator with options, what does so."""
        if cls is None:
            return partial(dataclass, **options)

        # `__new__`, not `__init__`: instances that come from another process pass through it too, and while one thread
        # writes the methods, another cannot slip in between an `__init__` that is gone and one that is not there yet.
        def __new__(kind: type, /, *_args: object, **_named: object) -> Any:  # noqa: N807
            if cls in _pending:
                _complete(cls)
            return _make(kind)

        _pending[cls] = {**options, "slots": False}
        if cls.__new__ is _make or cls.__new__.__module__ == __name__:
            cls.__new__ = __new__
        else:
            _complete(cls)  # a class that is made in a way of its own
        return cls


_make = object.__new__
_pending: dict[type, dict[str, bool]] = {}
_one_at_a_time = RLock()


def _complete(cls: type) -> None:
    """Write the methods of a class, after those of the classes that it extends: fields are inherited from these."""
    with _one_at_a_time:
        for part in reversed(cls.__mro__):
            if part in _pending:
                import dataclasses

                dataclasses.dataclass(**_pending[part])(part)
                del _pending[part]
