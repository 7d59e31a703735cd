"""The tables of files as frozen values: what a format says of each key, and how pydantic is told of it.

Pydantic reads them and is imported when the first is read; a value that was read once and kept is made without it.
"""

from collections.abc import Mapping, Set
from functools import cache
from inspect import get_annotations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self, dataclass_transform, get_origin

if TYPE_CHECKING:
    from pydantic import BaseModel

MUST = object()
"""Stands for the default of a key that must be stated."""

NONE_STATED: Mapping[Any, Any] = MappingProxyType({})
"""The table of a format that is not there."""


class Key(NamedTuple):
    """One key of a format: its type, what it counts as where it is left out, its name in the file, its bounds."""

    annotation: Any = None
    default: Any = MUST
    alias: str | None = None
    bounds: Mapping[str, Any] = NONE_STATED

    def is_required(self) -> bool:
        """Whether it must be stated."""
        return self.default is MUST


def key(*, default: Any = MUST, alias: str | None = None, **bounds: int) -> Any:
    """Say more of a key than its type and default. `bounds`: `ge`, `le` of a number, `min_length`, `max_length`."""
    return Key(None, default, alias, bounds)


class Format(type):
    """What the classes of frozen values are: each knows the keys of its table."""

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> None:
        super().__init__(name, bases, namespace)
        found: dict[str, Key] = {}
        for base in reversed(cls.__mro__[1:]):
            found |= vars(base).get("model_fields", {})
        for field, annotation in get_annotations(cls).items():
            origin: Any = get_origin(annotation)
            if origin is not ClassVar and not field.startswith("__"):
                stated = namespace.get(field, MUST)
                if stated is not MUST:
                    delattr(cls, field)
                said = stated if isinstance(stated, Key) else Key(default=stated)
                found[field] = said._replace(annotation=annotation)
        cls.model_fields = found


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(key,))
class Frozen(metaclass=Format):
    """A table of a file as a value: unknown keys refused, types taken as written, never changed afterwards.

    Its methods have the names that those of pydantic's models have.
    """

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")
    __pydantic_extra__: dict[str, Any] | None
    __pydantic_fields_set__: set[str]
    __pydantic_private__: None

    model_config: ClassVar[dict[str, Any]] = {"strict": True, "extra": "forbid", "hide_input_in_errors": True}
    """How pydantic reads it."""
    model_fields: ClassVar[Mapping[str, Key]]
    """Its keys by their names here, in the order of the format."""

    def __init__(self, **stated: Any) -> None:
        reader(type(self)).__pydantic_validator__.validate_python(stated, self_instance=self)

    @classmethod
    def model_validate(cls, data: object) -> Self:
        """Read a value out of plain data; raises pydantic's `ValidationError`."""
        made: Any = reader(cls).__pydantic_validator__.validate_python(data)
        return made  # type: ignore[no-any-return]

    @classmethod
    def model_construct(cls, **stated: Any) -> Self:
        """Make a value of parts that are known to be sound; words of a labelled table by their languages."""
        parts = {
            name: stated.get(name, entry.default)
            for name, entry in cls.model_fields.items()
            if name in stated or entry.default is not MUST
        }
        words = {name: part for name, part in stated.items() if name not in parts}
        return cls.made_of(parts, stated.keys() & parts.keys(), words if cls.model_config["extra"] == "allow" else None)

    @classmethod
    def made_of(cls, parts: dict[str, Any], stated: Set[str], words: dict[str, Any] | None) -> Self:
        """Make a value of all its parts, some of them stated, and the words of a labelled table; nothing is checked."""
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", parts)
        object.__setattr__(made, "__pydantic_fields_set__", set(stated))
        object.__setattr__(made, "__pydantic_extra__", words)
        object.__setattr__(made, "__pydantic_private__", None)
        return made

    def model_copy(self, *, update: Mapping[str, Any] = NONE_STATED) -> Self:
        """Return a copy in which some keys are stated otherwise; what they hold is known to be sound.

        What was worked out of the keys, as a cached property, stays behind.
        """
        words = None if self.__pydantic_extra__ is None else dict(self.__pydantic_extra__)
        parts = self._parts()
        for name, part in update.items():
            (parts if words is None or name in self.model_fields else words)[name] = part
        return self.made_of(parts, self.model_fields_set | update.keys(), words)

    def _parts(self) -> dict[str, Any]:
        """Return what it holds by its keys, without what was worked out of them."""
        return {name: part for name, part in vars(self).items() if name in self.model_fields}

    @property
    def model_fields_set(self) -> set[str]:
        """The keys that were stated."""
        return self.__pydantic_fields_set__

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, Frozen):
            return NotImplemented
        mine, others = vars(self), vars(other)
        if (self.__pydantic_extra__ or {}) != (other.__pydantic_extra__ or {}):
            return False
        # Beside the keys there may be what was worked out of them, of one of the two alone.
        return mine == others or all(mine.get(name, MUST) == others.get(name, MUST) for name in self.model_fields)

    def __hash__(self) -> int:
        return hash((type(self), *[vars(self)[name] for name in self.model_fields]))

    def __repr__(self) -> str:
        stated = {name: part for name, part in vars(self).items() if name in self.model_fields_set}
        parts = (f"{name}={part!r}" for name, part in {**stated, **(self.__pydantic_extra__ or {})}.items())
        return f"{type(self).__name__}({', '.join(parts)})"

    def __reduce__(self) -> tuple[Any, ...]:
        parts = self._parts()
        return self.made_of, (parts, self.model_fields_set, self.__pydantic_extra__)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} never changes")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} never changes")

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, handler: Any) -> Any:
        return handler.generate_schema(reader(cls))


class Labelled(Frozen):
    """A table that carries its own words under language codes, beside its other keys: `{ en = "...", zh = "..." }`."""

    model_config: ClassVar[dict[str, Any]] = {
        **Frozen.model_config,
        "extra": "allow",
        "json_schema_extra": {"additionalProperties": {"type": "string"}},
    }

    @property
    def words(self) -> Mapping[str, str]:
        """The words by language code."""
        return self.__pydantic_extra__ or {}


@cache
def reader(made: type[Frozen]) -> "type[BaseModel]":
    """Return the class by which pydantic reads values of one of ours: the same keys, and what it makes is ours.

    It is made ready when the first value is read: of most classes none is in one command.
    """
    from pydantic import Field, create_model

    def said(key: Key) -> Any:
        if key.default is NONE_STATED:
            return Field(alias=key.alias, default_factory=lambda: NONE_STATED, **key.bounds)
        return Field(default=... if key.default is MUST else key.default, alias=key.alias, **key.bounds)

    def schema(_cls: object, source: object, handler: Any) -> Any:
        return {**handler(source), "cls": made}

    keys: dict[str, Any] = {name: (key.annotation, said(key)) for name, key in made.model_fields.items()}
    config: Any = {**made.model_config, "defer_build": True}
    found: type[BaseModel] = create_model(
        made.__name__, __config__=config, __module__=made.__module__, __doc__=made.__doc__, **keys
    )
    found.__get_pydantic_core_schema__ = classmethod(schema)  # type: ignore[assignment]
    return found
