"""Frozen values: `dataclass` as the standard library has it, at a quarter of what a frozen class costs a start.

The standard library writes and compiles six methods for each frozen class, though only `__init__` is another one each
time, and a start makes a hundred such classes. Here `__init__` alone is compiled and the others are shared; what a
class does is the same. A class that is not frozen is left to the standard library.
"""

import reprlib
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as standard_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:  # so that the type checker knows what it knows of those of the standard library
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, eq=True, repr=True, **wanted):  # noqa: A002 - its names
        """Make a class of its annotated fields, as `dataclasses.dataclass` does."""

        def made(cls):
            if not frozen:
                return standard_dataclass(cls, eq=eq, repr=repr, **wanted)
            bare = standard_dataclass(cls, init=False, eq=False, repr=False, **wanted)
            return with_methods(bare, eq=eq, shown=repr)

        return made if cls is None else made(cls)


def with_methods(cls: type[Any], *, eq: bool, shown: bool) -> type[Any]:
    """Give a class with fields the methods of a frozen one, but for those that it has of its own."""
    parts, own = fields(cls), vars(cls)
    methods: dict[str, Callable[..., Any]] = {
        "__init__": written_init(cls, parts),
        "__setattr__": _refuse_setting,
        "__delattr__": _refuse_deleting,
    }
    if shown:
        methods["__repr__"] = _shown
    if "__slots__" in own:
        methods |= {"__getstate__": _state, "__setstate__": _restore}
    if eq:
        compared = _values_of([part.name for part in parts if part.compare])

        def equal(self: Any, other: object) -> bool:
            return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

        def hashed(self: Any) -> int:
            return hash(compared(self))

        methods |= {"__eq__": equal, "__hash__": hashed}
    for name, method in methods.items():
        if own.get(name) is None:  # a class that states `__eq__` alone has None for `__hash__`
            setattr(cls, name, method)
    return cls


def written_init(cls: type[Any], parts: Sequence[Field[Any]]) -> Callable[..., None]:
    """Write and compile `__init__`: keys by position, then those by name only, then what the class does afterwards."""
    known: dict[str, Any] = {"_put": object.__setattr__, "_left_out": MISSING}
    placed: list[str] = ["self"]
    named: list[str] = []
    lines: list[str] = []
    for part in parts:
        name, default, value = part.name, "", part.name
        if part.default_factory is not MISSING:
            known[f"_make_{name}"] = part.default_factory
            default = "=_left_out"
            value = f"_make_{name}() if {name} is _left_out else {name}" if part.init else f"_make_{name}()"
        elif part.default is not MISSING:
            known[f"_of_{name}"] = part.default
            default = f"=_of_{name}"
            value = name if part.init else f"_of_{name}"
        if part.init:
            (named if part.kw_only else placed).append(name + default)
        if part.init or default:
            lines.append(f"_put(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    keys = ", ".join([*placed, *(["*", *named] if named else [])])
    body = "".join(f"\n    {line}" for line in lines or ["pass"])
    exec(f"def __init__({keys}):{body}", known)
    init: Callable[..., None] = known["__init__"]
    init.__qualname__, init.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    init.__annotations__ = {part.name: part.type for part in parts if part.init} | {"return": None}
    return init


def _values_of(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads these fields of a value as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple([getattr(value, name) for name in names])


def _refuse_setting(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


@reprlib.recursive_repr()
def _shown(self: Any) -> str:
    parts = ", ".join(f"{part.name}={getattr(self, part.name)!r}" for part in fields(self) if part.repr)
    return f"{self.__class__.__qualname__}({parts})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, part.name) for part in fields(self)]


def _restore(self: Any, state: Sequence[Any]) -> None:
    for part, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, part.name, value)
